"""The first level: one writer, one reader, nothing refused and nothing that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from yizheng.store import Store
from yizheng.testing.index import IndexChecks
from yizheng.testing.order import OrderChecks
from yizheng.testing.records import RecordChecks
from yizheng.testing.samples import Opener

__all__ = ["PlainContract"]


class PlainContract(RecordChecks, OrderChecks, IndexChecks):
    """Level 1, plain: what is written is read, whole and in order, and found by its facts.

    A subclass gives a fixture ``open_store``, a function that opens a store; see :class:`StoreContract`.
    """

    @pytest.fixture
    def opener(self, open_store: Opener) -> Opener:
        """What opens the store for the checks."""
        return open_store

    @pytest.fixture
    def store(self, opener: Opener) -> Iterator[Store]:
        """A new and empty store, which is closed after the check."""
        with opener() as store:
            yield store
