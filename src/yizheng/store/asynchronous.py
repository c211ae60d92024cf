"""The same store for programs that await: what an asynchronous store is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import Protocol, Self

from yizheng.store.protocol import Record, Write

__all__ = ["AsyncStore"]


class AsyncStore(Protocol):
    """What keeps records, for programs that await: each promise of :class:`~yizheng.store.Store`, method by method.

    A store may be used by several tasks of one event loop at once. A task that is cancelled while it appends does not
    know whether the write was kept, as after a connection that broke: nothing is kept by half.
    """

    async def append(self, *writes: Write) -> None:
        """Write to one stream or to several, all or nothing; see :meth:`Store.append <yizheng.store.Store.append>`."""
        ...

    async def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read <yizheng.store.Store.read>`."""
        ...

    async def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load <yizheng.store.Store.load>`."""
        ...

    def read_all(self, after: int = 0, limit: int | None = None) -> AsyncIterator[tuple[int, Record]]:
        """Every record in the order of commitment; see :meth:`Store.read_all <yizheng.store.Store.read_all>`."""
        ...

    async def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts <yizheng.store.Store.parts>`."""
        ...

    async def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version <yizheng.store.Store.version>`."""
        ...

    async def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams <yizheng.store.Store.streams>`."""
        ...

    async def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts <yizheng.store.Store.facts>`."""
        ...

    async def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of <yizheng.store.Store.facts_of>`."""
        ...

    async def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find <yizheng.store.Store.find>`."""
        ...

    async def close(self) -> None:
        """Give back what the store holds; see :meth:`Store.close <yizheng.store.Store.close>`."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
