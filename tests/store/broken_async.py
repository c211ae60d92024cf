"""Asynchronous stores that break the contract, each in one way that is peculiar to programs that await, or worse there."""

# ruff: noqa: D102 - what a method does wrong is the first line of its class

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import count
from typing import ClassVar

from yizheng.errors import StoreFault, VersionConflict
from yizheng.store import Record, Store, ThreadedStore, Write
from yizheng.store.refusals import check_number, check_writes
from yizheng.testing.on_a_loop import AsyncOpener

from .broken import Broken

BROKEN_ASYNC: list[type[AsyncBroken]] = []


class AsyncBroken(ThreadedStore):
    """A sound store; what is wrong with each subclass is said in its first line.

    Attributes:
        CAUGHT_BY: the checks that must not pass.
    """

    CAUGHT_BY: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, caught_by: tuple[str, ...] = ()) -> None:
        cls.CAUGHT_BY = caught_by
        BROKEN_ASYNC.append(cls)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.inner = store

    @classmethod
    def place(cls) -> AsyncOpener:
        """A new place where such a store keeps its records, as that which opens it."""
        opener = Broken.place()
        return lambda: cls(opener())

    async def append(self, *writes: Write) -> None:
        """Wait a moment, as for a disk, which memory does not need."""
        await asyncio.sleep(0.002)
        await super().append(*writes)


class LostWrite(
    AsyncBroken,
    caught_by=("test_a_record_is_given_back_as_it_was_written", "test_what_was_acknowledged_needs_no_closing"),
):
    """Acknowledges an append, and hands it to a task that nobody waits for."""

    async def append(self, *writes: Write) -> None:
        check_writes(writes)
        for each in writes:
            if (found := await self.version(each.stream)) != each.expected:
                raise VersionConflict(each.stream, each.expected, found)

        async def later() -> None:
            await asyncio.sleep(60)
            await super(LostWrite, self).append(*writes)

        self.writing = asyncio.create_task(later())


class HalfWrittenBatch(AsyncBroken, caught_by=("test_a_conflict_in_one_stream_writes_to_none",)):
    """Awaits stream after stream, and stops where one conflicts."""

    async def append(self, *writes: Write) -> None:
        check_writes(writes)
        for each in writes:
            await super().append(each)


class SeenHalf(AsyncBroken, caught_by=("test_an_append_is_seen_whole_or_not_at_all",)):
    """Lets other tasks in between two streams."""

    async def append(self, *writes: Write) -> None:
        for each in writes:
            await super().append(each)
            await asyncio.sleep(0.001)


class ForgottenConflict(
    AsyncBroken, caught_by=("test_a_stream_that_has_moved_on_is_a_conflict", "test_one_of_many_tasks_wins")
):
    """Swallows the conflict, and writes nothing."""

    async def append(self, *writes: Write) -> None:
        with suppress(VersionConflict):
            await super().append(*writes)


class ComparedTooEarly(AsyncBroken, caught_by=("test_one_of_many_tasks_wins", "test_one_of_many_writers_wins")):
    """Compares the versions, awaits something, and writes without comparing them again."""

    async def append(self, *writes: Write) -> None:
        check_writes(writes)
        for each in writes:
            if (found := await self.version(each.stream)) != each.expected:
                raise VersionConflict(each.stream, each.expected, found)
        await asyncio.sleep(0)
        for each in writes:
            self.inner._keep(each)  # type: ignore[attr-defined]


class LateCommit(
    AsyncBroken,
    caught_by=(
        "test_a_task_that_reads_misses_nothing_that_commits_late",
        "test_a_reader_misses_nothing_that_commits_late",
    ),
):
    """Hands out positions first and commits a moment later, so that a reader passes by what was not there yet."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._at: dict[tuple[str, int], int] = {}
        self._next = count(1)

    async def append(self, *writes: Write) -> None:
        check_writes(writes)
        at = {(record.stream, record.version): next(self._next) for each in writes for record in each.records}
        await asyncio.sleep(0.01 if "a" in {each.stream for each in writes} else 0.001)
        self._at |= at
        await super().append(*writes)

    def read_all(self, after: int = 0, limit: int | None = None) -> AsyncIterator[tuple[int, Record]]:
        check_number(after, "after")
        return self._in_order(after, limit)

    async def _in_order(self, after: int, limit: int | None) -> AsyncIterator[tuple[int, Record]]:
        kept = [(self._at[(record.stream, record.version)], record) async for _, record in super().read_all()]
        for pair in sorted(((at, record) for at, record in kept if at > after), key=lambda pair: pair[0])[:limit]:
            yield pair


class Blocking(AsyncBroken, caught_by=("test_the_loop_goes_on_while_an_append_waits",)):
    """Writes on the loop itself, after it has awaited something for the look of it."""

    async def append(self, *writes: Write) -> None:
        await asyncio.sleep(0)
        for _ in range(100):
            check_writes(writes)
        self._store.append(*writes)


class HalfWhenCancelled(AsyncBroken, caught_by=("test_a_cancelled_append_is_kept_whole_or_not_at_all",)):
    """Is driven out between two streams, and leaves the first."""

    async def append(self, *writes: Write) -> None:
        try:
            await asyncio.sleep(0.001)
        except asyncio.CancelledError:
            self._store.append(*writes[:1])
            raise
        await super().append(*writes)


class LockedWhenCancelled(AsyncBroken, caught_by=("test_a_cancelled_append_is_kept_whole_or_not_at_all",)):
    """Takes a lock, and gives it back where all went well or badly, but not where it was cancelled."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._writing = asyncio.Lock()

    async def append(self, *writes: Write) -> None:
        await self._writing.acquire()
        try:
            await asyncio.sleep(0.001)
            await super().append(*writes)
        except Exception:
            self._writing.release()
            raise
        self._writing.release()


class PoolOfThree(AsyncBroken, caught_by=("test_a_cancelled_append_is_kept_whole_or_not_at_all",)):
    """Has three connections, and loses one with each task that is cancelled."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._free = 3

    async def append(self, *writes: Write) -> None:
        if not self._free:
            raise StoreFault("the pool is exhausted")
        self._free -= 1
        try:
            await asyncio.sleep(0.001)
            await super().append(*writes)
        except Exception:
            self._free += 1
            raise
        self._free += 1
