"""What an append compares and writes as one statement, for PostgreSQL.

A statement costs a round trip and, in SQLAlchemy, more than that. A new case takes nine of them where each table is
asked and written by itself; here they are one. The rows go as JSON, so that the statement stays the same whatever their
number, and the server plans it once for each connection; their bytes go beside them in one piece.

Where a version, a key or a part is against the append, the statement writes nothing and does not say which: the caller
asks one by one, as on every other database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    exists,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from yizheng.store.protocol import Write
from yizheng.store.tables import facts, id_of, parts, parts_of, records, streams

__all__ = ["ask_driver", "keep_at_once", "serves"]

_DRIVER: Final = "psycopg"
_SINCE: Final = (9, 5)  # what speaks PostgreSQL's protocol and calls itself older knows no ON CONFLICT
_MOST: Final = 1 << 24  # bytes in one statement; more are better sent row by row


def serves(dialect: Dialect) -> bool:
    """Whether a database understands the statement."""
    return dialect.name == "postgresql" and (getattr(dialect, "server_version_info", None) or ()) >= _SINCE


def ask_driver(
    connection: Connection, question: Select[Any] | CompoundSelect[Any], given: Mapping[str, Any]
) -> list[Any]:
    """The rows of an answer, from psycopg itself where that is the driver.

    What SQLAlchemy does around a question takes longer than the answer. Whatever goes wrong there is asked again in the ordinary way, which knows what to do with a broken connection.

    Args:
        connection: a connection outside of any transaction.
        question: what is asked; its parameters are bytes and whole numbers alone.
        given: the parameters.
    """
    driver: Any = connection.connection.driver_connection
    dialect = connection.dialect
    if dialect.driver == _DRIVER and not dialect.is_async and driver is not None and driver.autocommit:
        words, bound = _words(question)
        with suppress(dialect.loaded_dbapi.Error):
            rows: list[Any] = driver.execute(words, {**bound, **given}, binary=True).fetchall()
            return rows
    return [*connection.execute(question, given)]


@cache
def _words(question: Select[Any] | CompoundSelect[Any]) -> tuple[str, dict[str, Any]]:
    compiled = question.compile(dialect=PGDialect_psycopg())  # type: ignore[no-untyped-call]
    return str(compiled), dict(compiled.params)


def keep_at_once(connection: Connection, writes: Sequence[Write], position: int) -> bool:
    """Compare and write all of an append whose turn it is.

    Args:
        connection: a transaction that has raised the last position already, so that nobody else writes.
        writes: what is to be written.
        position: the last position before the first record.

    Returns:
        Whether it was written. If not, nothing was, and the caller finds out why.
    """
    pieces = _Pieces()
    given: dict[str, Any] = {"position": position, "records": _rows(_record_rows(writes, pieces))}
    given["writes"] = _rows(
        [
            {"stream": _id(write.stream), "expected": int(write.expected)}
            | ({"name": str(write.stream)} if write.records and not write.expected else {})
            for write in writes
        ]
    )
    given["facts"] = _rows(
        [
            {"stream": _id(write.stream), "name_id": _id(name), "name": str(name)}
            | ({} if value is None else {"value_id": _id(value), "value": str(value)})
            for write in writes
            for name, value in write.facts.items()
        ]
    )
    contents = {digest: content for write in writes for digest, content in write.parts.items()}
    if contents:
        given["parts"] = _rows(
            [
                {
                    "part": _id(digest),
                    "digest": str(digest),
                    "content": pieces.start(content),
                    "content_size": len(content),
                }
                for digest, content in contents.items()
            ]
        )
        given["parts_of"] = _rows(
            [{"stream": _id(write.stream), "part": _id(digest)} for write in writes for digest in write.parts]
        )
    if pieces.size > _MOST:
        return False
    given["bytes"] = pieces.joined()
    statement = _statement(
        keys=any(record.key is not None for write in writes for record in write.records),
        parts_too=bool(contents),
        drops=any(write.expected and None in write.facts.values() for write in writes),
    )
    return connection.execute(statement, given).first() is not None


class _Pieces:
    """Bytes that go in one piece."""

    def __init__(self) -> None:
        self.size = 0
        self._pieces: list[bytes] = []

    def start(self, piece: bytes) -> int:
        """Take a piece in; where it starts, counted from one as a database does."""
        start = self.size + 1
        self.size += len(piece)
        self._pieces.append(piece)
        return start

    def joined(self) -> bytes:
        return b"".join(self._pieces)


def _id(name: str) -> str:
    return id_of(name).hex()


def _rows(rows: Sequence[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


def _record_rows(writes: Sequence[Write], pieces: _Pieces) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for write in writes:
        stream = _id(write.stream)
        for number, record in enumerate(write.records, len(rows) + 1):
            row: dict[str, Any] = {
                "number": number,
                "stream": stream,
                "version": int(record.version),
                "kind": str(record.kind),
                "kind_version": int(record.kind_version),
                "moment": datetime.combine(record.moment.date(), record.moment.time()).isoformat(),
                "payload": pieces.start(record.payload),
                "payload_size": len(record.payload),
                "digest": str(record.digest),
            }
            if record.private is not None:
                row["private"] = pieces.start(record.private)
                row["private_size"] = len(record.private)
            if record.key is not None:
                row["key_id"] = _id(record.key)
                row["key"] = str(record.key)
            rows.append(row)
    return rows


# The statement

_RECORD: Final[dict[str, type[Any]]] = {
    "number": BigInteger,
    "stream": Text,
    "version": BigInteger,
    "kind": Text,
    "kind_version": BigInteger,
    "moment": DateTime,
    "payload": Integer,
    "payload_size": Integer,
    "private": Integer,
    "private_size": Integer,
    "digest": Text,
    "key_id": Text,
    "key": Text,
}


@cache
def _statement(*, keys: bool, parts_too: bool, drops: bool) -> Select[Any]:
    """The statement for an append with or without retry keys, parts, and facts that are taken away."""
    written = _given("writes", stream=Text, name=Text, expected=BigInteger)
    version = select(func.max(records.c.version)).where(records.c.stream == _bytes(written.c.stream)).scalar_subquery()
    against = [exists().where(func.coalesce(version, literal_column("0")) != written.c.expected)]
    if keys:
        used = _given("records", stream=Text, key_id=Text)
        against.append(
            exists().where(records.c.stream == _bytes(used.c.stream), records.c.key_id == _bytes(used.c.key_id))
        )
    if parts_too:
        kept = _given_parts()
        against.append(exists().where(parts.c.id == _bytes(kept.c.part), parts.c.content != _piece(kept, "content")))
    yes: ColumnElement[int] = literal_column("1", Integer)
    granted = select(yes.label("granted")).where(*[~each for each in against]).cte("granted")
    writing: list[Any] = [_streams(granted, written), _records(granted), _facts(granted)]
    if parts_too:
        writing += [_parts(granted), _parts_of(granted)]
    if drops:
        writing.append(_dropped(granted))
    return select(granted.c.granted).add_cte(*[each.cte(f"writing_{place}") for place, each in enumerate(writing)])


def _streams(granted: CTE, written: Any) -> Insert:
    rows = {"id": _bytes(written.c.stream), "name": written.c.name}
    return _added(streams, rows, written, granted, written.c.name.is_not(None))


def _records(granted: CTE) -> Insert:
    given = _given("records", **_RECORD)
    rows = {name: given.c[name] for name in ("version", "kind", "kind_version", "moment", "digest", "key")} | {
        "stream": _bytes(given.c.stream),
        "position": bindparam("position", type_=BigInteger()) + given.c.number,
        "payload": _piece(given, "payload"),
        "private": _piece(given, "private"),
        "key_id": _bytes(given.c.key_id),
    }
    return _added(records, rows, given, granted)


def _given_facts() -> Any:
    return _given("facts", stream=Text, name_id=Text, name=Text, value_id=Text, value=Text)


def _facts(granted: CTE) -> Insert:
    given = _given_facts()
    rows = {name: given.c[name] for name in ("name", "value")} | {
        name: _bytes(given.c[name]) for name in ("stream", "name_id", "value_id")
    }
    new = _added(facts, rows, given, granted, given.c.value.is_not(None))
    return new.on_conflict_do_update(
        index_elements=[facts.c.stream, facts.c.name_id],
        set_={name: new.excluded[name] for name in ("value", "value_id")},
        where=facts.c.value_id != new.excluded.value_id,
    )


def _dropped(granted: CTE) -> Any:
    given = _given_facts()
    return delete(facts).where(
        facts.c.stream == _bytes(given.c.stream),
        facts.c.name_id == _bytes(given.c.name_id),
        given.c.value.is_(None),
        exists(select(granted.c.granted)),
    )


def _given_parts() -> Any:
    return _given("parts", part=Text, digest=Text, content=Integer, content_size=Integer)


def _parts(granted: CTE) -> Insert:
    given = _given_parts()
    rows = {"id": _bytes(given.c.part), "digest": given.c.digest, "content": _piece(given, "content")}
    return _added(parts, rows, given, granted).on_conflict_do_nothing()


def _parts_of(granted: CTE) -> Insert:
    given = _given("parts_of", stream=Text, part=Text)
    rows = {name: _bytes(given.c[name]) for name in ("stream", "part")}
    return _added(parts_of, rows, given, granted).on_conflict_do_nothing()


def _added(table: Table, rows: dict[str, Any], given: Any, granted: CTE, *which: ColumnElement[bool]) -> Insert:
    return insert(table).from_select(
        list(rows), select(*rows.values()).join_from(given, granted, true()).where(*which), include_defaults=False
    )


def _given(name: str, /, **columns: type[Any]) -> Any:
    """The rows of one parameter as a table."""
    rows = func.json_to_recordset(cast(bindparam(name, type_=Text()), JSON))
    typed: list[ColumnElement[Any]] = [column(each, kind) for each, kind in columns.items()]
    return rows.table_valued(*typed).render_derived(name=f"given_{name}", with_types=True)


def _bytes(hexadecimal: Any) -> ColumnElement[bytes]:
    return func.decode(hexadecimal, literal_column("'hex'"), type_=LargeBinary())


def _piece(given: Any, name: str) -> ColumnElement[bytes]:
    return func.substring(bindparam("bytes", type_=LargeBinary()), given.c[name], given.c[f"{name}_size"])
