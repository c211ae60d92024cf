"""The store over SQLAlchemy for programs that await: the same tables, statements and steps on an asynchronous engine."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import AsyncExitStack, contextmanager
from inspect import isawaitable
from itertools import islice
from traceback import clear_frames
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from yizheng.errors import InvalidType, StoreFault, kind_of
from yizheng.store import relational, tables
from yizheng.store.protocol import Record, Write
from yizheng.store.refusals import check_number, check_writes
from yizheng.store.relational import NOT_CREATED, NOT_KNOWN, NOT_READ, NOT_WRITTEN, checked_engine, place, told

__all__ = ["AsyncAlso", "AsyncSQLAlchemyStore"]

AsyncAlso = Callable[[AsyncConnection, Sequence[Write]], Awaitable[object]]
"""What an embedding program does in the transaction of an append, beside it, and awaits."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class AsyncSQLAlchemyStore:
    """Records in a database that the program has already, for many tasks: :class:`SQLAlchemyStore` for programs that await.

    Both use the same tables, and may be open on one database at once. The tables are made by :meth:`create`, once; they
    are looked at when the store is entered with ``async with``, or at its first use. The engine stays the caller's:
    closing the store does not dispose of it, and like every asynchronous engine it belongs to one event loop.

    A task that is cancelled while it appends gives its connection up, so that the database takes back what was not yet
    committed: all of it was kept, or none. Which of the two, reading tells.

    Args:
        engine: an engine whose connections know transactions, which is the default.
        also: what is to be done in the same transaction as each append, such as putting a message into an outbox: an
            ``async def`` of the connection and what was written, which neither commits nor rolls back. What it raises is
            raised by ``append``, and nothing was written then. A function that was written for a store that does not
            await is handed in as ``lambda connection, writes: connection.run_sync(outbox, writes)``.

    Raises:
        InvalidType: when the engine is none, or ``also`` cannot be called.
        InvalidValue: when the engine is of a database that was never tried. On entering, or at the first use: when it
            commits each statement by itself.
        StoreFault: on entering, or at the first use: when the database cannot be reached, has no tables for this store,
            or has them in another format.

    Example:
        >>> import asyncio, tempfile
        >>> from sqlalchemy.ext.asyncio import create_async_engine
        >>> from yizheng.store import AsyncSQLAlchemyStore
        >>> async def main():
        ...     engine = create_async_engine(f"sqlite+aiosqlite:///{tempfile.mkdtemp()}/office.db")
        ...     await AsyncSQLAlchemyStore.create(engine)
        ...     async with AsyncSQLAlchemyStore(engine) as store:
        ...         print(await store.streams())
        ...     await engine.dispose()
        >>> asyncio.run(main())
        ()
    """

    def __init__(self, engine: AsyncEngine, *, also: AsyncAlso | None = None) -> None:
        self._engine = _checked(engine)
        if also is not None and not callable(cast("Any", also)):
            raise InvalidType(f"also is {kind_of(also)}; hand in an async def of a connection and the writes")
        self._also = also
        self._looked = False
        self._ended: str | None = None

    @staticmethod
    async def create(engine: AsyncEngine) -> None:
        """Create the tables, or bring those of an earlier release to this one's; see :meth:`SQLAlchemyStore.create`."""
        with _told(_checked(engine), NOT_CREATED):
            async with engine.begin() as connection:
                await connection.run_sync(tables.bring_up)

    async def append(self, *writes: Write) -> None:
        """Write to one stream or to several in one transaction; see :meth:`Store.append`."""
        check_writes(writes)
        await self._look()
        async with AsyncExitStack() as opened:
            with _told(self._engine, NOT_WRITTEN):
                connection = await opened.enter_async_context(self._engine.connect())
                await connection.run_sync(relational.keep, writes)
            if self._also is not None:
                with _let_go():
                    await _awaitable(self._also(connection, writes))
            with _told(self._engine, NOT_KNOWN):
                await connection.commit()

    async def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read`."""
        return await self._ask(relational.read, stream, after)

    async def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load`."""
        return await self._ask(relational.load, stream)

    def read_all(self, after: int = 0, limit: int | None = None) -> AsyncIterator[tuple[int, Record]]:
        """Every record in the order of commitment, with its position; see :meth:`Store.read_all`."""
        return self._from(check_number(after, "after"), None if limit is None else check_number(limit, "limit"))

    async def _from(self, position: int, left: int | None) -> AsyncIterator[tuple[int, Record]]:
        # Page by page, so that no connection is held while the caller is at work.
        while left != 0 and (page := await self._ask(relational.read_page, position)):
            for each in islice(page, left):
                yield each
            position = page[-1][0]
            left = None if left is None else max(0, left - len(page))

    async def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts`."""
        return await self._ask(relational.read_parts, digests)

    async def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version`."""
        return await self._ask(relational.read_version, stream)

    async def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams`."""
        return await self._ask(relational.find, {})

    async def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts`."""
        return await self._ask(relational.read_facts, stream)

    async def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of`."""
        return await self._ask(relational.read_facts_of, name)

    async def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find`."""
        return await self._ask(relational.find, facts)

    async def _ask(self, question: Callable[Concatenate[Connection, _P], _T], *of: _P.args, **named: _P.kwargs) -> _T:
        await self._look()
        return await self._asked(question, *of, **named)

    async def _asked(self, question: Callable[Concatenate[Connection, _P], _T], *of: _P.args, **named: _P.kwargs) -> _T:
        with _told(self._engine, NOT_READ):
            async with self._engine.connect() as connection:
                return await connection.run_sync(question, *of, **named)

    async def _look(self) -> None:
        if self._ended is not None:
            raise StoreFault(f"{place(self._engine.sync_engine)}: {self._ended}")
        if not self._looked:
            # In a transaction of its own: an append must begin with the lock, and see nothing from before it.
            await self._asked(relational.check_tables, type(self).__name__)
            self._looked = True

    async def close(self) -> None:
        """Refuse every further use; see :meth:`Store.close`. The engine stays as it is."""
        self._ended = "this store is closed; open another one"

    async def __aenter__(self) -> Self:
        await self._look()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"AsyncSQLAlchemyStore({place(self._engine.sync_engine)!r})"


def _checked(engine: object) -> AsyncEngine:
    if not isinstance(engine, AsyncEngine):
        raise InvalidType(
            f"engine is {kind_of(engine)}; hand in what sqlalchemy.ext.asyncio.create_async_engine returned"
        )
    checked_engine(engine.sync_engine)
    return engine


@contextmanager
def _told(engine: AsyncEngine, advice: str) -> Generator[None, None, None]:
    with told(engine.sync_engine, advice), _let_go():
        yield


@contextmanager
def _let_go() -> Generator[None, None, None]:
    """What a cancelled task has left behind in the frames that it was driven out of is dropped at once.

    A SQLite file stays locked for as long as a cursor is in memory that was not read to its end, though its connection
    was closed.
    """
    try:
        yield
    except CancelledError as cancelled:
        clear_frames(cancelled.__traceback__)
        raise


def _awaitable(doing: Awaitable[object]) -> Awaitable[object]:
    # What is not awaited on such a connection was not done, and nobody would know.
    if not isawaitable(cast("Any", doing)):
        raise InvalidType(
            f"also has returned {kind_of(doing)}, which cannot be awaited, and nothing was written; write it as async def, or "
            "hand in lambda connection, writes: connection.run_sync(also, writes)"
        )
    return doing
