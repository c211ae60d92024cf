"""A store in PostgreSQL, MariaDB or SQLite, by way of SQLAlchemy Core.

Why it is built so:

- Every append begins by raising the last position, in one row. That waits for whoever is writing, on each of these
  databases, so that the versions that are compared afterwards are still true when the rows are written, and no
  position becomes visible before a smaller one. A reader therefore never passes by a record that commits late.
- The primary key of the records, stream and version, is a second guard: where somebody writes past that lock, the
  database itself refuses the second record of one version.
- PostgreSQL is asked and given everything else in one statement; whatever that refuses is looked at question by question,
  as elsewhere, so that there is one place that says what was wrong.
- Answers are sorted here, since every database has an alphabet of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError, StatementError

from yizheng.errors import (
    BrokenRecord,
    InvalidType,
    InvalidValue,
    KeyReused,
    StoreFault,
    VersionConflict,
    kind_of,
    shown,
)
from yizheng.store import postgresql, tables
from yizheng.store.protocol import Record, Write
from yizheng.store.refusals import (
    check_digests,
    check_facts,
    check_kept,
    check_left,
    check_number,
    check_read,
    check_text,
    check_writes,
)
from yizheng.store.tables import facts, id_of, parts, parts_of, records, store, streams

__all__ = ["Also", "SQLAlchemyStore"]

T = TypeVar("T")

Also = Callable[[Connection, Sequence[Write]], object]
"""What an embedding program does in the transaction of an append, beside it."""

_KNOWN: Final = ("postgresql", "mysql", "mariadb", "sqlite")
_PAGE: Final = 512
_SHOWN: Final = 300

NOT_READ: Final = "nothing was read"
NOT_WRITTEN: Final = "nothing was written"
NOT_KNOWN: Final = "the commit failed, and whether it was kept is not known; read what is there"
NOT_CREATED: Final = "call create again once that is seen to"

_P = ParamSpec("_P")
_T = TypeVar("_T")

_FIELDS: Final = tuple(
    records.c[name]
    for name in ("version", "kind", "kind_version", "moment", "payload", "private", "digest", "key", "position")
)
_READ: Final = (
    select(*_FIELDS)
    .where(records.c.stream == bindparam("stream"), records.c.version > bindparam("after"))
    .order_by(records.c.version)
)
_READ_ALL: Final = (
    select(*_FIELDS, streams.c.name)
    .join_from(records, streams, records.c.stream == streams.c.id)
    .where(records.c.position > bindparam("after"))
    .order_by(records.c.position)
    .limit(_PAGE)
)
_VERSION: Final = select(func.coalesce(func.max(records.c.version), 0)).where(records.c.stream == bindparam("stream"))
_VERSIONS: Final = (
    select(records.c.stream, func.max(records.c.version))
    .where(records.c.stream.in_(bindparam("asked", expanding=True)))
    .group_by(records.c.stream)
)
_KEYS: Final = select(records.c.key, records.c.version).where(
    records.c.stream == bindparam("stream"), records.c.key_id.in_(bindparam("asked", expanding=True))
)
_PRIVATE: Final = select(records.c.version, records.c.private).where(
    records.c.stream == bindparam("stream"), records.c.version.in_(bindparam("asked", expanding=True))
)
_TAKE_AWAY: Final = (
    update(records)
    .where(records.c.stream == bindparam("of"), records.c.version == bindparam("number"))
    .values(private=bindparam("left"))
)
_PARTS: Final = select(parts.c.digest, parts.c.content).where(parts.c.id.in_(bindparam("asked", expanding=True)))
# A stream with its parts in one question: a part stands as what no record is, version 0, with its bytes as the payload.
_PART: Final[dict[str, ColumnElement[Any]]] = {
    "version": literal_column("0"),
    "digest": parts.c.digest,
    "payload": parts.c.content,
}
_LOAD: Final = union_all(
    select(*_FIELDS).where(records.c.stream == bindparam("stream")),
    select(*[_PART.get(field.name, null()).label(field.name) for field in _FIELDS])
    .join_from(parts_of, parts, parts_of.c.part == parts.c.id)
    .where(parts_of.c.stream == bindparam("stream")),
).order_by("version")
_PAIRS: Final = select(parts_of.c.part).where(parts_of.c.stream == bindparam("stream"))
_FACTS: Final = select(facts.c.name, facts.c.value).where(facts.c.stream == bindparam("stream"))
_FACTS_OF: Final = (
    select(streams.c.name, facts.c.value)
    .join_from(facts, streams, facts.c.stream == streams.c.id)
    .where(facts.c.name_id == bindparam("fact"))
)
_RAISE: Final = update(store).values(position=store.c.position + bindparam("number"))
_POSITION: Final = select(store.c.position)
_RAISE_AND_TELL: Final = _RAISE.returning(store.c.position)
_DROP_FACTS: Final = delete(facts).where(
    facts.c.stream == bindparam("of"), facts.c.name_id.in_(bindparam("asked", expanding=True))
)


class SQLAlchemyStore:
    """Records in a database that the program has already: PostgreSQL, MariaDB or SQLite, for many threads and processes.

    The tables are made by :meth:`create`, once, and never by opening the store. The engine stays the caller's: closing
    the store does not dispose of it. Appends to one database are written one after the other, whatever their streams.

    On MariaDB, ``max_allowed_packet`` must be greater than the largest record. A SQLite database must be a file, whose
    connections need ``PRAGMA synchronous = EXTRA``, or write-ahead logging, for an append to outlive a loss of power;
    where the records have a file of their own, :class:`SQLiteStore` is the quicker one.

    Private values that are destroyed are gone from every answer at once; their bytes go when the database takes the old
    row away (``VACUUM``, purge), and from its logs, replicas and backups when those are removed.

    Args:
        engine: an engine whose connections know transactions, which is the default.
        also: what is to be done in the same transaction as each append, such as putting a message into an outbox. It is
            given the connection and what was written; it must neither commit nor roll back. What it raises is raised
            by ``append``, and nothing was written then.

    Raises:
        InvalidType: when the engine is none, or ``also`` cannot be called.
        InvalidValue: when the engine is of a database that was never tried, or commits each statement by itself.
        StoreFault: when the database cannot be reached, has no tables for this store, or has them in another format.

    Example:
        >>> import tempfile
        >>> from sqlalchemy import create_engine
        >>> from yizheng.store import SQLAlchemyStore
        >>> engine = create_engine(f"sqlite:///{tempfile.mkdtemp()}/office.db")
        >>> SQLAlchemyStore.create(engine)
        >>> with SQLAlchemyStore(engine) as store:
        ...     store.streams()
        ()
    """

    def __init__(self, engine: Engine, *, also: Also | None = None) -> None:
        self._engine = self._reader = checked_engine(engine)
        if also is not None and not callable(cast("Any", also)):
            raise InvalidType(f"also is {kind_of(also)}; hand in a function of a connection and the writes")
        self._also = also
        self._ended: str | None = None
        self._ask(check_tables)
        self._reader = reading_engine(engine)

    @staticmethod
    def create(engine: Engine) -> None:
        """Create the tables, or bring those of an earlier release to the format of this one. Records stay as they are.

        Call it from one place, when the program is installed or upgraded, and make a backup before.

        Args:
            engine: an engine whose user may create tables.

        Raises:
            InvalidType: when the engine is none.
            InvalidValue: when the engine is of a database that was never tried.
            StoreFault: when the database does not do it, or has the tables of a newer release.
        """
        with told(checked_engine(engine), NOT_CREATED), engine.begin() as connection:
            tables.bring_up(connection)

    def append(self, *writes: Write) -> None:
        """Write to one stream or to several in one transaction; see :meth:`Store.append`."""
        check_writes(writes)
        self._check_open()
        if self._also is None and adds(self._engine.dialect, writes) and all(write.records for write in writes):
            with told(self._engine, NOT_KNOWN):
                if postgresql.keep_in_one_trip(self._engine, writes):
                    return
        with ExitStack() as opened:
            with told(self._engine, NOT_WRITTEN):
                connection = opened.enter_context(self._engine.connect())
                keep(connection, writes)
            if self._also is not None:
                self._also(connection, writes)
            with told(self._engine, NOT_KNOWN):
                connection.commit()

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read`."""
        return self._ask_straight(read, stream, after)

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load`."""
        return self._ask_straight(load, stream)

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        """Every record in the order of commitment, with its position; see :meth:`Store.read_all`."""
        start = check_number(after, "after")
        return islice(self._from(start), None if limit is None else check_number(limit, "limit"))

    def _from(self, position: int) -> Iterator[tuple[int, Record]]:
        # Page by page, so that no transaction stays open while the caller is at work.
        while page := self._ask(read_page, position):
            yield from page
            position = page[-1][0]

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts`."""
        return self._ask(read_parts, digests)

    def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version`."""
        return self._ask(read_version, stream)

    def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams`."""
        return self._ask(find, {})

    def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts`."""
        return self._ask(read_facts, stream)

    def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of`."""
        return self._ask(read_facts_of, name)

    def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find`."""
        return self._ask(find, facts)

    def _ask_straight(self, question: Callable[Concatenate[Any, _P], _T], *of: _P.args, **named: _P.kwargs) -> _T:
        """Ask psycopg itself where it is the driver; what it refuses is asked again in the ordinary way, which says why."""
        self._check_open()
        refused = self._engine.dialect.loaded_dbapi.Error
        with told(self._engine, NOT_READ), suppress(refused), postgresql.straight(self._engine) as driver:
            if driver is not None:
                return question(driver, *of, **named)
        return self._ask(question, *of, **named)

    def _ask(self, question: Callable[Concatenate[Connection, _P], _T], *of: _P.args, **named: _P.kwargs) -> _T:
        self._check_open()
        with told(self._engine, NOT_READ), self._reader.connect() as connection:
            return question(connection, *of, **named)

    def _check_open(self) -> None:
        if self._ended is not None:
            raise StoreFault(f"{place(self._engine)}: {self._ended}")

    def close(self) -> None:
        """Refuse every further use; see :meth:`Store.close`. The engine stays as it is."""
        self._ended = "this store is closed; open another one"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"SQLAlchemyStore({place(self._engine)!r})"


def checked_engine(engine: object) -> Engine:
    """The engine, where it is one of a database that was tried."""
    if not isinstance(engine, Engine):
        raise InvalidType(f"engine is {kind_of(engine)}; hand in what sqlalchemy.create_engine returned")
    if engine.dialect.name not in _KNOWN:
        raise InvalidValue(f"engine is of {engine.dialect.name}; this store was tried on {', '.join(_KNOWN)} alone")
    return engine


def reading_engine(engine: Engine) -> Engine:
    """The engine by which a store asks: on PostgreSQL, a transaction around one question costs two further round trips."""
    return engine.execution_options(isolation_level="AUTOCOMMIT") if postgresql.serves(engine.dialect) else engine


def check_tables(connection: Connection, store: str = "SQLAlchemyStore") -> None:
    """Whether the database knows transactions and has the tables of this release.

    Raises:
        InvalidValue: when each statement is committed by itself.
        StoreFault: when there are no tables, or tables of another format.
    """
    raw = connection.connection.dbapi_connection
    if raw is None or connection.dialect.detect_autocommit_setting(raw):
        raise InvalidValue(
            "this engine commits each statement by itself, so that an append could be kept by half; create one "
            'without isolation_level="AUTOCOMMIT"'
        )
    found = tables.format_of(connection)
    if found != tables.FORMAT:
        there = (
            f"the tables have format {found}, and this release knows format {tables.FORMAT}"
            if found
            else "there are no tables"
        )
        cure = "use a newer release" if found > tables.FORMAT else f"call {store}.create(engine) once"
        raise StoreFault(f"{place(connection.engine)}: {there}; {cure}")


def place(engine: Engine) -> str:
    """Where an engine leads, without the password."""
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def told(engine: Engine, advice: str) -> Generator[None, None, None]:
    """A fault of the database as one of our tree, without what was to be written: that may be private."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:  # some drivers let those of the network through as they are
        cause: BaseException = error
        if isinstance(error, StatementError):
            error.hide_parameters = True
            cause = error.orig or error
        lines = str(cause).strip().splitlines() or [type(cause).__name__]
        fault = StoreFault(f"{place(engine)}: {lines[0][:_SHOWN]}; {advice}")
        # What a database says against a row tells the row, which may be private: it is in no traceback either.
        raise fault from (None if isinstance(error, IntegrityError | DataError) else error)


def read(connection: Any, stream: str, after: int) -> tuple[Record, ...]:
    """The records of one stream after a version."""
    asked = {"stream": id_of(check_text(stream)), "after": check_number(after, "after")}
    name = str.__str__(stream)  # not a kind of string of the caller's
    return tuple([_record(name, row) for row in postgresql.ask_driver(connection, _READ, asked)])


def load(connection: Any, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
    """The records and the parts of one stream."""
    rows = postgresql.ask_driver(connection, _LOAD, {"stream": id_of(check_text(stream))})
    found = {digest: content for version, _, _, _, content, _, digest, *_ in rows if not version}
    return tuple([_record(str.__str__(stream), row) for row in rows[len(found) :]]), found


def read_page(connection: Connection, after: int) -> list[tuple[int, Record]]:
    """The next records of all streams, with their positions; none at the end."""
    return [(row.position, _record(row.name, row)) for row in connection.execute(_READ_ALL, {"after": after})]


def read_parts(connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
    """The parts with these digests, each of which must be there."""
    asked = check_digests(digests)
    found = _kept_parts(connection, asked)
    InvalidValue.raise_all(f"part {shown(digest)} is not kept here" for digest in asked if digest not in found)
    return found


def read_version(connection: Connection, stream: str) -> int:
    """The version of the stream's last record."""
    version: int = connection.execute(_VERSION, {"stream": id_of(check_text(stream))}).scalar_one()
    return version


def read_facts(connection: Connection, stream: str) -> dict[str, str]:
    """The index facts of one stream."""
    return _pairs(sorted(connection.execute(_FACTS, {"stream": id_of(check_text(stream))}).all()))


def read_facts_of(connection: Connection, name: str) -> dict[str, str]:
    """One fact of every stream that has it."""
    return _pairs(connection.execute(_FACTS_OF, {"fact": id_of(check_text(name, "fact"))}))


def find(connection: Connection, having: dict[str, str]) -> tuple[str, ...]:
    """The streams that have all these facts."""
    query = select(streams.c.name)
    for name, value in check_facts(having).items():
        asked = facts.c.name_id == id_of(name), facts.c.value_id == id_of(value)
        query = query.where(streams.c.id.in_(select(facts.c.stream).where(*asked)))
    return tuple(sorted(connection.execute(query).scalars()))


def keep(connection: Connection, writes: Sequence[Write]) -> None:
    """Write to all streams, and leave it to the caller to commit."""
    try:
        _keep(connection, writes)
    except IntegrityError as error:
        # Somebody writes past the lock; whoever lost a version by that is told so.
        error.hide_parameters = True
        connection.rollback()
        _check_versions(connection, writes)
        raise


def _keep(connection: Connection, writes: Sequence[Write]) -> None:
    count = sum([len(write.records) for write in writes])
    position = _raised(connection, count) - count
    if adds(connection.dialect, writes) and postgresql.keep_at_once(connection, writes):
        return
    _check_versions(connection, writes)
    for write in writes:
        _check_keys(connection, write)
    _keep_parts(connection, writes)
    for write in writes:
        _take_away(connection, write)
    new = [
        {"id": id_of(write.stream), "name": str(write.stream)}
        for write in writes
        if write.records and not write.expected
    ]
    _add(connection, streams, new)
    kept = [_row(record) for write in writes for record in write.records]
    for number, row in enumerate(kept, position + 1):
        row["position"] = number
    _add(connection, records, kept)
    for write in writes:
        _keep_facts(connection, write)


def adds(dialect: Dialect, writes: Sequence[Write]) -> bool:
    """Whether an append can go as one statement: private parts are taken away one by one, each held against what is there."""
    return postgresql.serves(dialect) and not any(write.private for write in writes)


def _raised(connection: Connection, count: int) -> int:
    """The last position, raised by so many."""
    if connection.dialect.update_returning:
        return int(connection.execute(_RAISE_AND_TELL, {"number": count}).scalar_one())
    connection.execute(_RAISE, {"number": count})
    return int(connection.execute(_POSITION).scalar_one())


def _add(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _check_versions(connection: Connection, writes: Sequence[Write]) -> None:
    found: dict[bytes, int] = {}
    for asked in _pages([id_of(write.stream) for write in writes]):
        found |= _pairs(connection.execute(_VERSIONS, {"asked": asked}))
    for write in writes:
        if (version := found.get(id_of(write.stream), 0)) != write.expected:
            raise VersionConflict(write.stream, write.expected, version)


def _check_keys(connection: Connection, write: Write) -> None:
    keys = [record.key for record in write.records if record.key is not None]
    used: dict[str, int] = {}
    for asked in _pages([id_of(key) for key in keys]):
        used |= _pairs(connection.execute(_KEYS, {"stream": id_of(write.stream), "asked": asked}))
    for key in keys:
        if key in used:
            raise KeyReused(key, used[key])


def _kept_parts(connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for asked in _pages([id_of(digest) for digest in dict.fromkeys(digests)]):
        found |= _pairs(connection.execute(_PARTS, {"asked": asked}))
    return found


def _keep_parts(connection: Connection, writes: Sequence[Write]) -> None:
    given = {str(digest): bytes(content) for write in writes for digest, content in write.parts.items()}
    kept = _kept_parts(connection, given)
    for digest, content in given.items():
        check_kept(kept.get(digest), content, digest)
    new = {digest: content for digest, content in given.items() if digest not in kept}
    _add(connection, parts, [{"id": id_of(each), "digest": each, "content": new[each]} for each in new])
    for write in writes:
        if write.parts:
            stream = id_of(write.stream)
            there = {row.part for row in connection.execute(_PAIRS, {"stream": stream})}
            refers = [part for digest in write.parts if (part := id_of(digest)) not in there]
            _add(connection, parts_of, [{"stream": stream, "part": part} for part in refers])


def _take_away(connection: Connection, write: Write) -> None:
    if not write.private:
        return
    stream = id_of(write.stream)
    kept: dict[int, bytes | None] = {}
    for asked in _pages(list(write.private)):
        kept |= _pairs(connection.execute(_PRIVATE, {"stream": stream, "asked": asked}))
    check_left(write, kept)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "PRAGMA secure_delete = ON"
        )  # elsewhere the database decides when rows are overwritten
    rows = [
        {"of": stream, "number": version, "left": None if left is None else bytes(left)}
        for version, left in write.private.items()
    ]
    connection.execute(_TAKE_AWAY, rows)


def _keep_facts(connection: Connection, write: Write) -> None:
    stream = id_of(write.stream)
    for asked in _pages([id_of(name) for name in write.facts] if write.expected else []):
        connection.execute(_DROP_FACTS, {"of": stream, "asked": asked})
    rows = [
        {"stream": stream, "name_id": id_of(name), "name": str(name), "value_id": id_of(value), "value": str(value)}
        for name, value in write.facts.items()
        if value is not None
    ]
    _add(connection, facts, rows)


def _pages(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as each of the databases takes in one question."""
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]


def _pairs(rows: Iterable[Any]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in rows}


def _row(record: Record) -> dict[str, Any]:
    # Not every driver knows what to do with a subclass of a string or of bytes.
    return {
        "stream": id_of(record.stream),
        "version": int(record.version),
        "kind": str(record.kind),
        "kind_version": int(record.kind_version),
        "moment": record.moment,
        "payload": bytes(record.payload),
        "private": None if record.private is None else bytes(record.private),
        "digest": str(record.digest),
        "key_id": None if record.key is None else id_of(record.key),
        "key": None if record.key is None else str(record.key),
    }


def _record(stream: str, row: Any) -> Record:
    # Taken apart at once: a row looks up each name anew, and most of the time of reading would go there.
    version, kind, kind_version, moment, payload, private, digest, key, *_ = row
    if not isinstance(moment, datetime):
        raise BrokenRecord(
            f"record {version} of {stream!r} bears the moment {moment!r}, which no store has written; somebody has "
            "changed the table: copy it and restore a backup",
            version,
        )
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return check_read(
        Record(
            stream=stream,
            version=version,
            kind=kind,
            kind_version=kind_version,
            moment=moment,
            payload=payload,
            private=private,
            digest=digest,
            key=key,
        )
    )
