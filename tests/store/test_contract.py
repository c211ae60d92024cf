"""The contract of every store, held by those that we ship, and shown to catch those that break it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from yizheng.store import MemoryStore, SQLiteStore, Store, Write

from .broken import BROKEN, Broken
from .contract import StoreContract, record


class TestMemoryStore(StoreContract):
    """Records in lists keep the contract."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new one."""
        with MemoryStore() as store:
            yield store


class TestSQLiteStore(StoreContract):
    """Records in a SQLite file keep the contract."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        """A new one."""
        with SQLiteStore(tmp_path / "records.db") as store:
            yield store


class TestSQLiteStoreInMemory(StoreContract):
    """Records in a SQLite database without a file keep the contract."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new one."""
        with SQLiteStore(":memory:") as store:
            yield store


CHECKS = [name for name in vars(StoreContract) if name.startswith("test_")]


@cache
def caught(broken: type[Store]) -> frozenset[str]:
    """The checks that a store does not pass."""
    failed: set[str] = set()
    for name in CHECKS:
        try:
            getattr(StoreContract(), name)(broken())
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever it is, the check did not pass
            failed.add(name)
    return frozenset(failed)


class TestBrokenStores:
    """The contract is worth what it catches."""

    @pytest.mark.parametrize("broken", BROKEN)
    def test_every_broken_store_is_caught(self, broken: type[Store]):
        """At least one check fails on each store that is broken on purpose."""
        assert caught(broken)

    def test_every_check_catches_something(self):
        """No check passes on all of the broken stores."""
        assert set(CHECKS) - set[str]().union(*map(caught, BROKEN)) == set()

    def test_nothing_is_caught_in_a_sound_store(self):
        """What the broken stores are made of passes every check."""
        assert caught(Broken) == set()

    def test_there_are_enough_of_both(self):
        """The numbers that the contract is meant to have."""
        assert len(CHECKS) >= 40
        assert len(BROKEN) >= 25


class TestWrite:
    """What is handed to a store."""

    def test_records_that_come_one_by_one_are_all_kept(self) -> None:
        """A generator of records is taken whole before anything is written: nothing is acknowledged and lost."""
        with MemoryStore() as store:
            store.append(Write(stream="a", expected=0, records=(record(version=number) for number in (1, 2))))
            assert store.version("a") == len(store.read("a")) == 2
