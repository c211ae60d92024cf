"""The tables of a store in a database that others have too, and the steps that lead from one format to the next.

Why they are built so:

- Names are found by their SHA-256, in a column of bytes. A collation may take ``a`` for ``A`` or for ``a`` with a blank
  after it, and the key of an index has an end; a digest knows neither. Beside it stands the name itself, to be read.
- The last position stands in one row, which every append raises before it does anything else. The row stays locked
  until the append is committed, so that whoever comes second waits, and positions are committed in their order.
- No moment has a zone: the column is in UTC, whatever the server or the session thinks of zones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    inspect,
    select,
    update,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from yizheng.errors import StoreFault

__all__ = ["FORMAT", "bring_up", "facts", "format_of", "id_of", "parts", "parts_of", "records", "store", "streams"]

_MYSQL: Final = ("mysql", "mariadb")


def _moment(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _written_moment(value: Any) -> Any:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    if found.isoformat(timespec="microseconds") != value:  # the same moment, but not as it was written
        return value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else value


class _Moment(TypeDecorator[datetime]):
    """A moment in UTC to the microsecond; what is kept and is none comes out as it is kept."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(26))
        return dialect.type_descriptor(mysql.DATETIME(fsp=6) if dialect.name in _MYSQL else DateTime())

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        # In one call for each row: what a decorator gives by itself takes three.
        del coltype
        return _written_moment if dialect.name == "sqlite" else _moment

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        plain = datetime.combine(value.date(), value.time())
        return plain.isoformat(timespec="microseconds") if dialect.name == "sqlite" else plain


_ID: Final = LargeBinary(32).with_variant(mysql.BINARY(32), *_MYSQL)
_TEXT: Final = Text().with_variant(mysql.LONGTEXT(charset="utf8mb4", collation="utf8mb4_bin"), *_MYSQL)
_BYTES: Final = LargeBinary().with_variant(mysql.LONGBLOB(), *_MYSQL)
_SAFE: Final[dict[str, Any]] = {
    "mysql_engine": "InnoDB",
    "mariadb_engine": "InnoDB",
}  # another one may know no transactions

_tables = MetaData()

store: Final = Table(
    "yizheng_store",
    _tables,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("format", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    **_SAFE,
)
streams: Final = Table(
    "yizheng_streams", _tables, Column("id", _ID, primary_key=True), Column("name", _TEXT, nullable=False), **_SAFE
)
records: Final = Table(
    "yizheng_records",
    _tables,
    Column("stream", _ID, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("kind", _TEXT, nullable=False),
    Column("kind_version", BigInteger, nullable=False),
    Column("moment", _Moment, nullable=False),
    Column("payload", _BYTES, nullable=False),
    Column("private", _BYTES),
    Column("digest", _TEXT, nullable=False),
    Column("key_id", _ID),
    Column("key", _TEXT),
    UniqueConstraint("position", name="yizheng_records_by_position"),
    **_SAFE,
)
# Few records have a key; where the database can, the others are left out.
_KEYED: Final = records.c.key_id.is_not(None)
Index(
    "yizheng_records_by_key",
    records.c.stream,
    records.c.key_id,
    unique=True,
    postgresql_where=_KEYED,
    sqlite_where=_KEYED,
)
parts: Final = Table(
    "yizheng_parts",
    _tables,
    Column("id", _ID, primary_key=True),
    Column("digest", _TEXT, nullable=False),
    Column("content", _BYTES, nullable=False),
    **_SAFE,
)
parts_of: Final = Table(
    "yizheng_parts_of",
    _tables,
    Column("stream", _ID, primary_key=True),
    Column("part", _ID, primary_key=True),
    **_SAFE,
)
facts: Final = Table(
    "yizheng_facts",
    _tables,
    Column("stream", _ID, primary_key=True),
    Column("name_id", _ID, primary_key=True),
    Column("name", _TEXT, nullable=False),
    Column("value_id", _ID, nullable=False),
    Column("value", _TEXT, nullable=False),
    Index("yizheng_facts_by_value", "name_id", "value_id", "stream"),
    **_SAFE,
)


def id_of(name: str) -> bytes:
    """What a name is found by: the SHA-256 of its UTF-8 bytes."""
    return sha256(name.encode()).digest()


def _first(connection: Connection) -> None:
    _tables.create_all(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (_first,)
"""What leads from format 0, nothing, to format 1, and so on. A step that was cut short can be taken again.

A step is never changed once it was released: it says in its own words what it does, and not in those of the tables.
"""

FORMAT: Final = len(STEPS)


def format_of(connection: Connection) -> int:
    """The format of the tables that are there; 0 where there are none."""
    if not inspect(connection).has_table(store.name):
        return 0
    return connection.execute(select(store.c.format)).scalar() or 0


def bring_up(connection: Connection) -> None:
    """Create the tables, or take the steps that lead from their format to this release's.

    Raises:
        StoreFault: when the tables have a format that this release does not know.
    """
    found = format_of(connection)
    if found > len(STEPS):
        raise StoreFault(
            f"the tables have format {found}, and this release knows format {len(STEPS)}; they were left as they are: use "
            "the release that made them, or a newer one"
        )
    for step in STEPS[found:]:
        step(connection)
    if found:
        connection.execute(update(store).values(format=len(STEPS)))
    else:
        connection.execute(store.insert().values(id=1, format=len(STEPS), position=0))
