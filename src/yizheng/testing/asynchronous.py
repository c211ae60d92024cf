"""What every asynchronous store promises: the checks of every store, on an event loop, and those that only tasks need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import suppress
from functools import partial, wraps
from typing import Any, Final, TypeVar

import pytest

from yizheng.errors import VersionConflict
from yizheng.store import AsyncStore, Record
from yizheng.testing.atomic import AtomicContract
from yizheng.testing.concurrent import ConcurrentContract
from yizheng.testing.durable import StoreContract
from yizheng.testing.on_a_loop import AsyncOpener, Awaited, Loop
from yizheng.testing.plain import PlainContract
from yizheng.testing.samples import Opener, record, write

__all__ = ["AsyncAtomicContract", "AsyncConcurrentContract", "AsyncPlainContract", "AsyncStoreContract"]

_C = TypeVar("_C", bound=PlainContract)

_PATIENCE: Final = 10.0
"""The seconds after which a store that was left by a cancelled task is taken to be stuck."""

_CUTS: Final = 24
"""At how many moments of an append it is cancelled."""


def _as_tasks(check: Callable[[_C, AsyncStore], Coroutine[Any, Any, None]]) -> Callable[[_C, Awaited], None]:
    """A check that awaits, as one that pytest runs by itself."""

    @wraps(check)
    def run(self: _C, store: Awaited) -> None:
        store.loop.run(check(self, store.store))

    return run


async def _together(doing: list[Coroutine[Any, Any, None]]) -> list[BaseException]:
    """Do all of it at once, each in a task of its own; what they raised."""
    return [each for each in await asyncio.gather(*doing, return_exceptions=True) if each is not None]


async def _insist(store: AsyncStore, *streams: str) -> None:
    """Write a record to each stream at once, again and again, until nobody was faster."""
    while True:
        seen = {stream: await store.version(stream) for stream in streams}
        with suppress(VersionConflict):
            return await store.append(*[write(stream, version) for stream, version in seen.items()])


async def _spin(seconds: float) -> None:
    """Let the others go on for so long, more exactly than a timer could tell."""
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    while clock() < end:  # noqa: ASYNC110 - no event tells when a moment in the midst of something has come
        await asyncio.sleep(0)


async def _standstill(doing: Awaitable[None]) -> float:
    """The longest time for which nothing else could go on meanwhile, as a share of the whole time."""
    clock = asyncio.get_running_loop().time
    gaps: list[float] = []

    async def tick() -> None:
        last = clock()
        while True:
            await asyncio.sleep(0)
            now = clock()
            gaps.append(now - last)
            last = now

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    start = clock()
    await doing
    whole = clock() - start
    await asyncio.sleep(0)
    ticking.cancel()
    return max(gaps) / whole


class AsyncPlainContract(PlainContract):
    """Level 1, plain, for asynchronous stores; see :class:`AsyncStoreContract`."""

    @pytest.fixture
    def loop(self) -> Iterator[Loop]:
        """The loop on which the store is opened, asked and closed."""
        with Loop() as loop:
            yield loop

    @pytest.fixture
    def opener(self, open_store: AsyncOpener, loop: Loop) -> Opener:
        """What opens the store for the checks, which do not await."""
        return partial(loop.open, open_store)


class AsyncAtomicContract(AsyncPlainContract, AtomicContract):
    """Level 2, atomic, for asynchronous stores; see :class:`AsyncStoreContract`."""


class AsyncConcurrentContract(AsyncAtomicContract, ConcurrentContract):
    """Level 3, concurrent: tasks that share a store do not lose, mix up or hide what the others do, and may be cancelled."""

    @_as_tasks
    async def test_one_of_many_tasks_wins(self, store: AsyncStore) -> None:
        """Of eight tasks that begin at the same moment from the same version, one writes and seven are told."""
        for version in range(5):
            writes = [
                write(expected=version, records=[record(version=version + 1, digest=f"{number}")])
                for number in range(8)
            ]
            raised = await _together([store.append(one) for one in writes])
            assert [type(error) for error in raised] == [VersionConflict] * 7
            assert await store.version("a") == version + 1

    @_as_tasks
    async def test_a_task_that_reads_misses_nothing_that_commits_late(self, store: AsyncStore) -> None:
        """Whoever reads on from the last position while eight tasks write has seen every record once, in order."""
        seen: list[tuple[int, Record]] = []

        async def write_five(stream: str) -> None:
            for version in range(5):
                await store.append(write(stream, version))

        async def read_on() -> None:
            seen.extend([each async for each in store.read_all(seen[-1][0] if seen else 0)])

        async def keep_reading() -> None:
            while not writing.done():
                await read_on()
                await asyncio.sleep(0)

        writing = asyncio.gather(*(write_five(stream) for stream in "abcdefgh"))
        await asyncio.gather(writing, keep_reading())
        await read_on()
        assert len(seen) == 40
        assert seen == [each async for each in store.read_all()]

    @_as_tasks
    async def test_a_cancelled_append_is_kept_whole_or_not_at_all(self, store: AsyncStore) -> None:
        """Wherever a task is cancelled while it appends, nothing is kept by half, and the store is as good as before."""
        clock = asyncio.get_running_loop().time

        async def write_both() -> None:
            seen = await store.version("a")
            with suppress(VersionConflict):  # a cancelled one may still be on its way
                await store.append(write("a", seen, count=3), write("b", seen, count=3))

        start = clock()
        await write_both()
        usual = clock() - start
        for cut in range(_CUTS):
            task = asyncio.create_task(write_both())
            await _spin(usual * cut * 1.2 / _CUTS)
            task.cancel()
            with suppress(asyncio.CancelledError):
                async with asyncio.timeout(_PATIENCE):
                    await task
        async with asyncio.timeout(_PATIENCE):
            await _insist(store, "a", "b")
        streams = "".join([kept.stream async for _, kept in store.read_all()])
        assert streams == "aaabbb" * (len(streams) // 6) + "ab"
        for stream in "ab":
            assert [kept.version for kept in await store.read(stream)] == [*range(1, len(streams) // 2 + 1)]


class AsyncStoreContract(AsyncConcurrentContract, StoreContract):
    """Level 4, durable: what every asynchronous store promises, as checks that its author inherits.

    They are those of :class:`StoreContract`, each asked on an event loop, where what threads do at once becomes as many
    tasks; and those that only tasks need. No plugin of pytest is needed.

    A subclass gives one fixture, ``open_store``: a function without arguments whose answer is entered with ``async with``,
    such as an asynchronous store itself. In each test the first opens an empty store, and each further one a store that
    has what was written to the first. All of one test are used on one event loop, and each test has a new one; so
    where an engine or a pool belongs to a loop, open it there too, in a function that is made with
    ``contextlib.asynccontextmanager``. A store that ends with its last handle inherits :class:`AsyncConcurrentContract`.

    Example:
        >>> import pytest
        >>> from yizheng.store import SQLiteStore, ThreadedStore
        >>> from yizheng.testing import AsyncStoreContract
        >>> class TestMyStore(AsyncStoreContract):
        ...     @pytest.fixture
        ...     def open_store(self, tmp_path):
        ...         return lambda: ThreadedStore(SQLiteStore(tmp_path / "records.db"))
    """

    @_as_tasks
    async def test_the_loop_goes_on_while_an_append_waits(self, store: AsyncStore) -> None:
        """What waits for a disk or a server holds up no other task: not for as long as half of the append takes."""
        # The best of many, since the machine may be busy with something else; a store that blocks has no better one.
        shares = [await _standstill(store.append(write("a", version))) for version in range(20)]
        assert min(shares) < 0.5, f"the loop stood still for {min(shares):.0%} of an append"
