"""Any store for programs that await: what it does is done in worker threads, so that the event loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from inspect import iscoroutinefunction
from types import TracebackType
from typing import Final, Self

from typing_extensions import get_protocol_members

from yizheng.errors import InvalidType, StoreFault, kind_of
from yizheng.store.protocol import Record, Store, Write
from yizheng.store.refusals import check_number

__all__ = ["ThreadedStore"]

_PAGE: Final = 512
_STORE: Final = frozenset(name for name in get_protocol_members(Store) if not name.startswith("_"))


class ThreadedStore:
    """A store in worker threads: makes an :class:`AsyncStore` of a :class:`Store`, such as a :class:`SQLiteStore`.

    Each method waits in one of the threads that the event loop has for such work, and never on the loop itself. Opening
    a store may wait for the disk too: inside a running loop, write
    ``ThreadedStore(await asyncio.to_thread(SQLiteStore, path))``.

    A thread cannot be stopped. A task that is cancelled while it appends stops waiting; the append goes on, and is kept or
    refused whole, perhaps a little later. Whoever must know reads until the stream has moved on, or writes again with
    the same retry key. What had not begun when the store was closed is refused.

    Args:
        store: the store. Closing this one closes it.

    Raises:
        InvalidType: when it is no store, or awaits by itself.

    Example:
        >>> import asyncio
        >>> from yizheng.store import SQLiteStore, ThreadedStore
        >>> async def main():
        ...     async with ThreadedStore(SQLiteStore(":memory:")) as store:
        ...         return await store.streams()
        >>> asyncio.run(main())
        ()
    """

    def __init__(self, store: Store) -> None:
        if isinstance(store, type):
            raise InvalidType(f"a store was expected, not {kind_of(store)}; write an instance")
        if lacking := sorted(each for each in _STORE if not hasattr(store, each)):
            raise InvalidType(f"a store was expected; {kind_of(store)} lacks {', '.join(lacking)}")
        if iscoroutinefunction(store.append):
            raise InvalidType(f"{kind_of(store)} awaits by itself; use it as it is")
        self._store = store

    async def append(self, *writes: Write) -> None:
        """Write to one stream or to several, all or nothing; see :meth:`Store.append`."""
        await asyncio.to_thread(self._store.append, *writes)

    async def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read`."""
        return await asyncio.to_thread(self._store.read, stream, after)

    async def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load`."""
        return await asyncio.to_thread(self._store.load, stream)

    def read_all(self, after: int = 0, limit: int | None = None) -> AsyncIterator[tuple[int, Record]]:
        """Every record in the order of commitment, with its position; see :meth:`Store.read_all`."""
        return self._from(check_number(after, "after"), None if limit is None else check_number(limit, "limit"))

    async def _from(self, position: int, left: int | None) -> AsyncIterator[tuple[int, Record]]:
        def read_page(number: int) -> list[tuple[int, Record]]:
            return list(self._store.read_all(position, number))

        while left != 0 and (page := await asyncio.to_thread(read_page, _PAGE if left is None else min(_PAGE, left))):
            if page[-1][0] <= position:  # else this would go on for ever
                raise StoreFault(f"{self._store!r} gives position {page[-1][0]} after {position}; positions must rise")
            for each in page:
                yield each
            position = page[-1][0]
            left = None if left is None else left - len(page)

    async def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts`."""
        return await asyncio.to_thread(self._store.parts, digests)

    async def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version`."""
        return await asyncio.to_thread(self._store.version, stream)

    async def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams`."""
        return await asyncio.to_thread(self._store.streams)

    async def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts`."""
        return await asyncio.to_thread(self._store.facts, stream)

    async def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of`."""
        return await asyncio.to_thread(self._store.facts_of, name)

    async def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find`."""
        return await asyncio.to_thread(self._found, facts)

    def _found(self, facts: dict[str, str]) -> tuple[str, ...]:
        # A fact may be called like a parameter of whatever starts the thread.
        return self._store.find(**facts)

    async def close(self) -> None:
        """Close the store; see :meth:`Store.close`."""
        await asyncio.to_thread(self._store.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"ThreadedStore({self._store!r})"
