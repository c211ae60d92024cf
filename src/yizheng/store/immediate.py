"""A store that answers at once, for code that is written to await one.

What a docket does is written once, over an asynchronous store. Over a store that answers before it returns, nothing in
it ever waits, and so it is carried through at once, without an event loop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterable
from typing import Any, Self, TypeVar

from yizheng.store.protocol import Record, Store, Write

__all__ = ["Immediate", "at_once"]

T = TypeVar("T")


def at_once(doing: Coroutine[Any, Any, T]) -> T:
    """What a coroutine comes to that awaits nothing but an :class:`Immediate` store.

    Args:
        doing: the coroutine.

    Raises: whatever it raises.
    """
    try:
        doing.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    doing.close()
    raise AssertionError("what answers at once has waited")


class Immediate:
    """An asynchronous store over one that is not: every answer is there before it is awaited.

    Args:
        store: the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def append(self, *writes: Write) -> None:
        """Write to one stream or to several; see :meth:`Store.append`."""
        self._store.append(*writes)

    async def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read`."""
        return self._store.read(stream, after)

    async def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load`."""
        return self._store.load(stream)

    async def read_all(self, after: int = 0, limit: int | None = None) -> AsyncIterator[tuple[int, Record]]:
        """Every record in the order of commitment; see :meth:`Store.read_all`."""
        for each in self._store.read_all(after, limit):
            yield each

    async def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts`."""
        return self._store.parts(digests)

    async def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version`."""
        return self._store.version(stream)

    async def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams`."""
        return self._store.streams()

    async def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts`."""
        return self._store.facts(stream)

    async def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of`."""
        return self._store.facts_of(name)

    async def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find`."""
        return self._store.find(**facts)

    async def close(self) -> None:
        """Close the store; see :meth:`Store.close`."""
        self._store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
