"""An asynchronous store as one that can be asked without awaiting: each question becomes a task on a loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from yizheng.store import AsyncStore, Record, Write

__all__ = ["AsyncOpener", "Awaited", "Loop"]

AsyncOpener = Callable[[], AbstractAsyncContextManager[AsyncStore]]
"""Opens an asynchronous store where ``async with`` enters it, and closes what it opened where that is left."""

_T = TypeVar("_T")
_PATIENCE: Final = 60.0


class Loop:
    """An event loop in a thread of its own, which ends with what was opened on it.

    What several threads ask at once are as many tasks on this one loop.
    """

    def __init__(self) -> None:
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._go_on()))

    async def _go_on(self) -> None:
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        async with AsyncExitStack() as self._opened:
            self._started.set()
            await self._done.wait()

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join()

    def run(self, doing: Coroutine[Any, Any, _T]) -> _T:
        """Carry a coroutine through on the loop, and wait for what it comes to."""
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(_PATIENCE)

    def open(self, open_store: AsyncOpener) -> Awaited:
        """Open a store on the loop."""
        return self.run(self._open(open_store))

    async def _open(self, open_store: AsyncOpener) -> Awaited:
        opened = AsyncExitStack()
        store = await opened.enter_async_context(open_store())
        self._opened.push_async_callback(opened.aclose)
        return Awaited(self, store, opened.aclose)


class Awaited:
    """A :class:`~yizheng.store.Store` over an asynchronous one: asks it on its loop, and waits for the answer.

    Attributes:
        loop: the loop.
        store: the asynchronous store.
    """

    def __init__(self, loop: Loop, store: AsyncStore, leave: Callable[[], Awaitable[None]]) -> None:
        self.loop = loop
        self.store = store
        self._leave = leave

    def _wait(self, question: Callable[..., Awaitable[_T]], *of: Any, **named: Any) -> _T:
        async def ask() -> _T:
            return await question(*of, **named)

        return self.loop.run(ask())

    def append(self, *writes: Write) -> None:
        """Write to one stream or to several."""
        self._wait(self.store.append, *writes)

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version."""
        return self._wait(self.store.read, stream, after)

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream."""
        return self._wait(self.store.load, stream)

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        """Every record in the order of commitment."""

        async def begin() -> AsyncIterator[tuple[int, Record]]:
            return self.store.read_all(after, limit)

        return self._rest(self._wait(begin))

    def _rest(self, reading: AsyncIterator[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
        while (each := self._wait(anext, reading, None)) is not None:
            yield each

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests."""
        return self._wait(self.store.parts, digests)

    def version(self, stream: str) -> int:
        """The version of the stream's last record."""
        return self._wait(self.store.version, stream)

    def streams(self) -> tuple[str, ...]:
        """The names of all streams."""
        return self._wait(self.store.streams)

    def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream."""
        return self._wait(self.store.facts, stream)

    def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it."""
        return self._wait(self.store.facts_of, name)

    def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts."""
        return self._wait(self.store.find, **facts)

    def close(self) -> None:
        """Close the asynchronous store."""
        self._wait(self.store.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._wait(self._leave)
