"""Stores that fail, and stores that lag behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizheng.errors import StoreFault
from yizheng.store import MemoryStore, Record, Store, Write

__all__ = ["Behind", "Failing", "everything"]


def everything(store: Store) -> tuple[Any, ...]:
    """What a store keeps, by stream: how much of it, and what it is found by. What was written is never changed."""
    return tuple((stream, store.version(stream), store.facts(stream)) for stream in store.streams())


class Failing(MemoryStore):
    """A store whose line goes dead when it is told to: before anything is written, or before that is told.

    Attributes:
        fails: whether the next write fails.
        written: whether it was written all the same, and only the answer is lost.
    """

    fails: bool = False
    written: bool = False

    def append(self, *writes: Write) -> None:
        """Write, and fail where that is asked for."""
        failing, written = self.fails, self.written
        self.fails = self.written = False
        if written or not failing:
            super().append(*writes)
        if failing:
            raise StoreFault("the line to the database is dead")


class Behind:
    """A store as it was read before others wrote: it answers from then, and writes now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._then = {stream: store.load(stream) for stream in store.streams()}

    def read(self, stream: str, after: int = 0) -> Sequence[Record]:
        """The records of then."""
        return self._then.get(stream, ((), {}))[0][after:]

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and parts of then."""
        return self._then.get(stream, ((), {}))

    def __getattr__(self, name: str) -> Any:
        """Everything else is asked of the store itself."""
        return getattr(self._store, name)
