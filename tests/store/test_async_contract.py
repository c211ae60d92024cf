"""The contract of every asynchronous store catches those that break it."""

from __future__ import annotations

import inspect
from functools import partial

import pytest

from yizheng.store import ThreadedStore
from yizheng.testing import (
    AsyncAtomicContract,
    AsyncConcurrentContract,
    AsyncPlainContract,
    AsyncStoreContract,
    AsyncStoreModel,
    AtomicContract,
    ConcurrentContract,
    PlainContract,
    StoreContract,
    asynchronous,
)
from yizheng.testing.on_a_loop import AsyncOpener, Loop

from .broken import (
    AnswersAnything,
    Broken,
    DuplicateKeyAccepted,
    GoneWhenClosed,
    HalfWrittenBatch,
    LastWriterWins,
    LiveFacts,
    LockOfItsOwn,
    LostWrite,
    OpenAfterClosing,
    PayloadAltered,
    StaleRead,
    Unlocked,
    WrongOrder,
)
from .broken_async import BROKEN_ASYNC, AsyncBroken

LEVELS = {
    AsyncPlainContract: PlainContract,
    AsyncAtomicContract: AtomicContract,
    AsyncConcurrentContract: ConcurrentContract,
    AsyncStoreContract: StoreContract,
}


DERIVED: dict[type[Broken], str] = {
    LostWrite: "test_an_append_is_seen_by_the_next_read",
    WrongOrder: "test_records_come_in_the_order_of_their_versions",
    PayloadAltered: "test_nothing_and_empty_are_two_things",
    StaleRead: "test_an_append_is_seen_by_the_next_read",
    LiveFacts: "test_what_is_given_back_is_the_callers",
    AnswersAnything: "test_unsound_questions_are_refused",
    OpenAfterClosing: "test_a_closed_store_says_so",
    HalfWrittenBatch: "test_a_conflict_in_one_stream_writes_to_none",
    LastWriterWins: "test_a_stream_that_has_moved_on_is_a_conflict",
    DuplicateKeyAccepted: "test_a_retry_key_is_used_once_in_a_stream",
    Unlocked: "test_one_of_many_writers_wins",
    GoneWhenClosed: "test_what_was_written_is_there_when_the_store_is_opened_again",
    LockOfItsOwn: "test_one_of_many_that_have_the_store_open_wins",
}
"""Stores that do not await, each with a check that it fails."""


def checks(level: type) -> set[str]:
    """The names of the checks of a level."""
    return {name for name in dir(level) if name.startswith("test_")}


OWN = checks(AsyncStoreContract) - checks(StoreContract)


def passes(name: str, open_store: AsyncOpener) -> bool:
    """Whether a store passes a check."""
    check = getattr(AsyncStoreContract(), name)
    with Loop() as loop:
        opener = partial(loop.open, open_store)
        try:
            check(opener if "opener" in inspect.signature(check).parameters else opener())
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever it is, the check did not pass
            return False
    return True


class TestBrokenStores:
    """The contract is worth what it catches."""

    @pytest.mark.parametrize("broken", BROKEN_ASYNC)
    def test_what_is_broken_for_tasks_is_caught(
        self, broken: type[AsyncBroken], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each store that is broken on purpose fails the checks that were made for it."""
        monkeypatch.setattr(asynchronous, "_PATIENCE", 0.3)
        assert [name for name in broken.CAUGHT_BY if passes(name, broken.place())] == []

    @pytest.mark.parametrize(("broken", "name"), DERIVED.items())
    def test_what_no_store_may_do_is_caught_on_a_loop_too(self, broken: type[Broken], name: str) -> None:
        """A store that fails a check of the contract fails the same check when it is asked on an event loop."""
        opener = broken.place()
        assert not passes(name, lambda: ThreadedStore(opener()))

    def test_nothing_is_caught_in_a_sound_store(self) -> None:
        """What the broken stores are made of passes every check."""
        assert {name for name in checks(AsyncStoreContract) if not passes(name, AsyncBroken.place())} == set()

    def test_every_check_for_tasks_catches_something(self) -> None:
        """No check that only tasks need is without a store that it was made for."""
        assert {name for broken in BROKEN_ASYNC for name in broken.CAUGHT_BY} >= OWN

    def test_each_level_has_the_checks_of_its_twin(self) -> None:
        """Nothing that is asked of a store is left out because it awaits."""
        for level, twin in LEVELS.items():
            assert checks(level) >= checks(twin)
        counts = [len(checks(level)) for level in LEVELS]
        print(f"{counts} checks with each level, {sorted(OWN)} for tasks alone")  # noqa: T201 - the figures are a part of the result
        assert counts == sorted(set(counts))


def test_a_model_says_that_it_needs_a_store() -> None:
    """Whoever forgets to say which store is told what to write, and no loop is left behind."""
    with pytest.raises(NotImplementedError, match=r"AsyncStoreModel\.open_async_store\(\) must open the store"):
        AsyncStoreModel()
