"""What an append compares and writes as one statement, for PostgreSQL.

A statement costs a round trip and, in SQLAlchemy, more than that. A new case takes nine of them where each table is
asked and written by itself; here they are one. The rows go as JSON, so that the statement stays the same whatever their
number, and the server plans it once for each connection; their bytes go beside them in one piece.

Where psycopg is the driver and nothing else belongs to the transaction, that statement raises the last position too and
commits itself, with one round trip. Everywhere else the position is raised first.

Where a version, a key or a part is against the append, the statement writes nothing and does not say which: the caller
asks one by one, as on every other database.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
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
    Engine,
    Integer,
    LargeBinary,
    PoolProxiedConnection,
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
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

from yizheng.store.protocol import Write
from yizheng.store.tables import facts, id_of, parts, parts_of, records, store, streams

__all__ = ["ask_driver", "keep_at_once", "keep_in_one_trip", "serves", "straight"]

_DRIVER: Final = "psycopg"
_SINCE: Final = (9, 5)  # what speaks PostgreSQL's protocol and calls itself older knows no ON CONFLICT
_IDLE: Final = 0  # of the states of a transaction, as libpq numbers them
_MOST: Final = 1 << 24  # bytes in one statement; more are better sent row by row


def serves(dialect: Dialect) -> bool:
    """Whether a database understands the statement."""
    return dialect.name == "postgresql" and (getattr(dialect, "server_version_info", None) or ()) >= _SINCE


def ask_driver(asked: Any, question: Select[Any] | CompoundSelect[Any], given: Mapping[str, Any]) -> list[Any]:
    """The rows of an answer.

    Args:
        asked: a connection of SQLAlchemy, or psycopg's own of :func:`straight`: what SQLAlchemy does around a question
            takes longer than the answer.
        question: what is asked; its parameters are bytes and whole numbers alone.
        given: the parameters.
    """
    if isinstance(asked, Connection):
        return [*asked.execute(question, given)]
    words, bound = _words(question)
    rows: list[Any] = asked.execute(words, {**bound, **given}, binary=True).fetchall()
    return rows


@contextmanager
def straight(engine: Engine) -> Generator[Any]:
    """A connection of psycopg itself from the pool of an engine, on which each statement is its own transaction.

    Gives ``None`` where psycopg is not the driver, or there is no connection. What the driver raises goes out as it is:
    where the connection broke, it is taken out of the pool.
    """
    pooled = _borrowed(engine)
    if pooled is None:
        yield None
        return
    driver: Any = pooled.driver_connection
    try:
        yield driver
    finally:
        if driver.closed or driver.info.transaction_status != _IDLE:
            pooled.invalidate()  # nobody else gets it as it was left
        else:
            driver.autocommit = False
        pooled.close()


def _borrowed(engine: Engine) -> PoolProxiedConnection | None:
    """A connection of the pool whose statements commit themselves; where none is to be had, the ordinary way says why."""
    if not serves(engine.dialect) or engine.dialect.driver != _DRIVER or engine.dialect.is_async:
        return None
    with suppress(engine.dialect.loaded_dbapi.Error):
        pooled = engine.raw_connection()
        try:
            driver: Any = pooled.driver_connection
            driver.autocommit = True
        except BaseException:
            pooled.invalidate()
            raise
        return pooled
    return None


@cache
def _words(question: Select[Any] | CompoundSelect[Any]) -> tuple[str, dict[str, Any]]:
    compiled = question.compile(dialect=PGDialect_psycopg())  # type: ignore[no-untyped-call]
    return str(compiled), dict(compiled.params)


def keep_at_once(connection: Connection, writes: Sequence[Write]) -> bool:
    """Compare and write all of an append whose turn it is.

    Args:
        connection: a transaction that has raised the last position already, so that nobody else writes.
        writes: what is to be written.

    Returns:
        Whether it was written. If not, nothing was, and the caller finds out why.
    """
    statement, given = _asked(writes)
    return statement is not None and connection.execute(statement, given).first() is not None


def keep_in_one_trip(engine: Engine, writes: Sequence[Write]) -> bool:
    """Raise the last position, compare, write and commit with one statement, where psycopg itself is the driver.

    The statement sees what was committed when it began, though it may have to wait for its turn after that. What others
    write meanwhile is met all the same: a version or a key that was taken is refused by its index, and a part that was
    kept with other bytes by a row that cannot be. Each of these undoes the whole.

    Args:
        engine: the database.
        writes: what is to be written; each of them has records, by whose versions it is held to what is there.

    Returns:
        Whether it was written and committed. If not, nothing was, and the caller goes the ordinary way, which finds out
        why.

    Raises:
        sqlalchemy.exc.DBAPIError: when the connection broke, so that nobody knows whether it was kept.
    """
    statement, given = _asked(writes, raises=True)
    if statement is None:
        return False
    words, bound = _words(statement)
    refused: Any = engine.dialect.loaded_dbapi.Error
    with straight(engine) as driver:
        if driver is None:
            return False
        try:
            return driver.execute(words, {**bound, **given}).fetchone() is not None
        except refused as error:
            if driver.closed:
                raise DBAPIError(None, None, error, connection_invalidated=True) from error
            return False


def _asked(writes: Sequence[Write], *, raises: bool = False) -> tuple[Select[Any] | None, dict[str, Any]]:
    """The statement for an append, with what is given to it; none where it is too long for one."""
    pieces = _Pieces()
    given: dict[str, Any] = {
        "count": sum([len(write.records) for write in writes]),
        "records": _rows(_record_rows(writes, pieces)),
    }
    opened = [write for write in writes if write.records and not write.expected]
    given["writes"] = _rows(
        [
            {"stream": _id(write.stream), "expected": int(write.expected)}
            | ({"name": str(write.stream)} if write in opened else {})
            for write in writes
        ]
    )
    facts_too = any(write.facts for write in writes)
    if facts_too:
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
        return None, {}
    given["bytes"] = pieces.joined()
    statement = _statement(
        raises=raises,
        opens=bool(opened),
        keys=any(record.key is not None for write in writes for record in write.records),
        parts_too=bool(contents),
        facts_too=facts_too,
        drops=any(write.expected and None in write.facts.values() for write in writes),
    )
    return statement, given


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

_RAISE: Final = (
    update(store).values(position=store.c.position + bindparam("count", type_=BigInteger())).returning(store.c.position)
)

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
def _statement(*, raises: bool, opens: bool, keys: bool, parts_too: bool, facts_too: bool, drops: bool) -> Select[Any]:
    """The statement for an append with or without new streams, retry keys, parts, facts, and facts that are taken away.

    What an append has not is left out: the server takes a tenth of a millisecond for each table that it looks at in vain.
    """
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
    # Everything else waits for the turn, which comes with the last position; what is refused raises none.
    allowed = [~each for each in against]
    turn = _RAISE.where(*allowed) if raises else select(store.c.position).where(*allowed)
    last = turn.cte("last")
    granted = select(yes.label("granted"), last.c.position).cte("granted")
    writing: list[Any] = [_records(granted)]
    if opens:
        writing.append(_streams(granted, written))
    if facts_too:
        writing.append(_facts(granted))
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
        "position": granted.c.position - bindparam("count", type_=BigInteger()) + given.c.number,
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
    unkept = ~exists().where(parts.c.id == _bytes(given.c.part))
    new = _added(parts, rows, given, granted, unkept)
    # Somebody may have kept it while this was waiting: the same bytes are welcome, and others can be no row.
    return new.on_conflict_do_update(
        index_elements=[parts.c.id], set_={"digest": null()}, where=parts.c.content != new.excluded.content
    )


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
