"""Every store against a model that is too simple to be wrong."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from yizheng.errors import InvalidValue, KeyReused, VersionConflict
from yizheng.store import MemoryStore, SQLiteStore, Store
from yizheng.testing import StoreModel

from .broken import (
    DestroysAll,
    DestroysNothing,
    FactsNotReplaced,
    ForgottenConflict,
    HalfWrittenBatch,
    LostWrite,
    PartsOverwritten,
    PrivatePartExchanged,
    StaleFacts,
    WrongOrder,
)


class MemoryModel(StoreModel):
    """Records in lists."""

    def open_store(self) -> Store:
        """A new one."""
        return MemoryStore()


class SQLiteModel(StoreModel):
    """Records in a SQLite database."""

    def open_store(self) -> Store:
        """A new one."""
        return SQLiteStore(":memory:")


MemoryModel.TestCase.settings = settings(deadline=None, stateful_step_count=20)
SQLiteModel.TestCase.settings = settings(deadline=None, stateful_step_count=20)
TestMemoryModel = MemoryModel.TestCase
TestSQLiteModel = SQLiteModel.TestCase


@pytest.mark.parametrize(
    "broken",
    [
        *(LostWrite, HalfWrittenBatch, ForgottenConflict, WrongOrder, StaleFacts, PartsOverwritten, FactsNotReplaced),
        *(DestroysNothing, DestroysAll, PrivatePartExchanged),
    ],
)
def test_the_model_finds_what_is_broken(broken: type[Store]):
    """A walk that a broken store does not survive is found, without the help of any check of the contract."""

    class BrokenModel(StoreModel):
        def open_store(self) -> Store:
            return broken()

    quick = settings(
        max_examples=2_000,
        deadline=None,
        stateful_step_count=20,
        database=None,
        phases=[Phase.generate],
        print_blob=False,
    )
    with pytest.raises(
        (AssertionError, pytest.fail.Exception, VersionConflict, InvalidValue, KeyReused, ExceptionGroup)
    ):
        run_state_machine_as_test(BrokenModel, settings=quick)


def test_a_model_says_that_it_needs_a_store():
    """Whoever forgets to say which store is told what to write."""
    with pytest.raises(NotImplementedError, match=r"StoreModel\.open_store\(\) must open the store"):
        StoreModel()
