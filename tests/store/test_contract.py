"""The contract of every store, held by those that we ship, and shown to catch those that break it."""

from __future__ import annotations

import inspect
from functools import cache, partial
from pathlib import Path

import pytest

from yizheng.store import MemoryStore, SQLiteStore, Write
from yizheng.testing import AtomicContract, ConcurrentContract, PlainContract, StoreContract
from yizheng.testing.samples import Opener, record

from .broken import BROKEN, Broken


class TestMemoryStore(ConcurrentContract):
    """Records in lists keep the contract, but for what outlives them."""

    @pytest.fixture
    def open_store(self) -> Opener:
        """A new one each time."""
        return MemoryStore


class TestSQLiteStore(StoreContract):
    """Records in a SQLite file keep the contract."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Opener:
        """One file for each test."""
        return partial(SQLiteStore, tmp_path / "records.db")


class TestSQLiteStoreInMemory(ConcurrentContract):
    """Records in a SQLite database without a file keep the contract, but for what outlives them."""

    @pytest.fixture
    def open_store(self) -> Opener:
        """A new one each time."""
        return partial(SQLiteStore, ":memory:")


LEVELS = (PlainContract, AtomicContract, ConcurrentContract, StoreContract)
CHECKS = [name for name in dir(StoreContract) if name.startswith("test_")]


@cache
def caught(broken: type[Broken]) -> frozenset[str]:
    """The checks that a store does not pass."""
    failed: set[str] = set()
    for name in CHECKS:
        check = getattr(StoreContract(), name)
        opener = broken.place()
        try:
            check(opener if "opener" in inspect.signature(check).parameters else opener())
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever it is, the check did not pass
            failed.add(name)
    return frozenset(failed)


class TestBrokenStores:
    """The contract is worth what it catches."""

    @pytest.mark.parametrize("broken", BROKEN)
    def test_every_broken_store_is_caught(self, broken: type[Broken]):
        """At least one check fails on each store that is broken on purpose."""
        assert caught(broken)

    def test_every_check_catches_something(self):
        """No check passes on all of the broken stores."""
        assert set(CHECKS) - set[str]().union(*map(caught, BROKEN)) == set()

    def test_nothing_is_caught_in_a_sound_store(self):
        """What the broken stores are made of passes every check."""
        assert caught(Broken) == set()

    def test_there_are_enough_of_both(self):
        """The numbers that the contract is meant to have: 60 checks, 4 levels, 25 broken stores."""
        counts = [len([name for name in dir(level) if name.startswith("test_")]) for level in LEVELS]
        print(f"{len(CHECKS)} checks, {counts} with each level, {len(BROKEN)} broken stores")  # noqa: T201 - the figures are a part of the result
        assert len(CHECKS) >= 60
        assert len(BROKEN) >= 25
        assert counts == sorted(set(counts))


class TestWrite:
    """What is handed to a store."""

    def test_records_that_come_one_by_one_are_all_kept(self) -> None:
        """A generator of records is taken whole before anything is written: nothing is acknowledged and lost."""
        with MemoryStore() as store:
            store.append(Write(stream="a", expected=0, records=(record(version=number) for number in (1, 2))))
            assert store.version("a") == len(store.read("a")) == 2
