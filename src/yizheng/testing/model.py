"""Any store against a model that is too simple to be wrong."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs

from yizheng.errors import InvalidValue, KeyReused, VersionConflict
from yizheng.store import AsyncStore, Record, Store, Write
from yizheng.testing.on_a_loop import Loop
from yizheng.testing.samples import record

__all__ = ["AsyncStoreModel", "StoreModel"]

STREAMS = st.sampled_from(["a", "A", "b ", "b"])
FACTS = st.dictionaries(st.sampled_from(["stage", "due"]), st.sampled_from(["1", "2", "", None]), max_size=2)
PARTS = st.dictionaries(st.sampled_from("pq"), st.sampled_from([b"", b"1"]), max_size=2)
KEYS = st.sampled_from([None, None, None, "k", "l"])
SECRETS = st.sampled_from([None, b"", b"1", b"22"])


class StoreModel(RuleBasedStateMachine):
    """A random walk: appends of every kind, sound and unsound, to a store and to plain dictionaries.

    A subclass says which store. Hypothesis walks many times, each time with a new store, and shortens the walk on
    which the two came apart.

    Example:
        >>> from hypothesis import settings
        >>> from yizheng.store import MemoryStore
        >>> from yizheng.testing import StoreModel
        >>> class MyModel(StoreModel):
        ...     def open_store(self):
        ...         return MemoryStore()
        >>> TestMyModel = MyModel.TestCase
        >>> TestMyModel.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
    """

    def __init__(self) -> None:
        super().__init__()
        self.store = self.open_store()
        self.order: list[Record] = []
        self.parts: dict[str, bytes] = {}
        self.parts_of: dict[str, set[str]] = {}
        self.facts: dict[str, dict[str, str]] = {}

    def open_store(self) -> Store:
        """Open the store that is held against the model, new and empty.

        Raises:
            NotImplementedError: where a subclass does not say which.
        """
        raise NotImplementedError(f"{type(self).__name__}.open_store() must open the store, new and empty")

    def teardown(self) -> None:
        """Close what was opened."""
        self.store.close()

    def of(self, stream: str) -> tuple[Record, ...]:
        """The records of one stream."""
        return tuple(kept for kept in self.order if kept.stream == stream)

    def refusal(self, writes: list[Write]) -> type[Exception] | None:
        """What a store must say to these writes; ``None`` where it must take them."""
        given: dict[str, bytes] = {}
        for write in writes:
            if any(given.setdefault(digest, part) != part for digest, part in write.parts.items()):
                return InvalidValue
            nowhere = not write.expected and not write.records and (write.parts or write.facts)
            if nowhere or any(version > write.expected for version in write.private):
                return InvalidValue
            keys = [kept.key for kept in write.records if kept.key]
            if len(keys) != len(set(keys)):
                return InvalidValue
        if any(write.expected != len(self.of(write.stream)) for write in writes):
            return VersionConflict
        for write in writes:
            if {kept.key for kept in write.records if kept.key} & {kept.key for kept in self.of(write.stream)}:
                return KeyReused
        if any(self.parts.get(digest, part) != part for digest, part in given.items()):
            return InvalidValue
        if any(not self.is_less(write, version) for write in writes for version in write.private):
            return InvalidValue
        return None

    def is_less(self, write: Write, version: int) -> bool:
        """Whether less would be left of the private part of a record than there is."""
        there, left = self.of(write.stream)[version - 1].private, write.private[version]
        return there is not None and (left is None or len(left) < len(there))

    @rule(data=st.data(), streams=st.lists(STREAMS, min_size=1, max_size=3, unique=True))
    def append(self, data: st.DataObject, streams: list[str]) -> None:
        """Write to some streams at once, mostly at the right version."""
        writes: list[Write] = []
        for stream in streams:
            expected = max(0, len(self.of(stream)) + data.draw(st.sampled_from([0, 0, 0, 0, 0, 1, -1])))
            numbers = range(expected + 1, expected + 1 + data.draw(st.integers(0, 3)))
            records = [record(stream, number, key=data.draw(KEYS), private=data.draw(SECRETS)) for number in numbers]
            beside: dict[str, Any] = {"records": records, "parts": data.draw(PARTS), "facts": data.draw(FACTS)}
            beside["private"] = data.draw(st.dictionaries(st.integers(1, 4), SECRETS, max_size=1))
            writes.append(Write(stream=stream, expected=expected, **beside))
        if refusal := self.refusal(writes):
            with pytest.raises(refusal):
                self.store.append(*writes)
            return
        self.store.append(*writes)
        for write in writes:
            for place, kept in enumerate(self.order):
                if kept.stream == write.stream and kept.version in write.private:
                    self.order[place] = structs.replace(kept, private=write.private[kept.version])
            self.order.extend(write.records)
            self.parts.update(write.parts)
            self.parts_of.setdefault(write.stream, set()).update(write.parts)
            facts = self.facts.setdefault(write.stream, {}) | dict(write.facts)
            self.facts[write.stream] = {name: value for name, value in facts.items() if value is not None}

    @precondition(lambda self: self.order)
    @rule(data=st.data(), limit=st.none() | st.integers(0, 9))
    def take_up(self, data: st.DataObject, limit: int | None) -> None:
        """Read everything from some position on."""
        start = data.draw(st.integers(0, len(self.order)))
        after = ([0] + [position for position, _ in self.store.read_all()])[start]
        assert [kept for _, kept in self.store.read_all(after, limit)] == self.order[start:][:limit]

    @rule(stream=STREAMS, after=st.integers(0, 9))
    def read(self, stream: str, after: int) -> None:
        """Read one stream from some version on."""
        assert self.store.read(stream, after) == self.of(stream)[after:]

    @rule(facts=st.dictionaries(st.sampled_from(["stage", "due"]), st.sampled_from(["1", "2", ""]), max_size=2))
    def find(self, facts: dict[str, str]) -> None:
        """Search by some facts."""
        streams = sorted({kept.stream for kept in self.order})
        found = [stream for stream in streams if facts.items() <= self.facts.get(stream, {}).items()]
        assert self.store.find(**facts) == tuple(found)

    @invariant()
    def agrees(self) -> None:
        """What is kept is what was taken."""
        streams = tuple(sorted({kept.stream for kept in self.order}))
        assert self.store.streams() == streams
        assert [kept for _, kept in self.store.read_all()] == self.order
        assert self.store.parts(self.parts) == self.parts
        for stream in streams:
            parts = {digest: self.parts[digest] for digest in self.parts_of[stream]}
            assert self.store.load(stream) == (self.of(stream), parts)
            assert self.store.version(stream) == len(self.of(stream))
            assert self.store.facts(stream) == self.facts[stream]
        for name in ("stage", "due"):
            of = {stream: facts[name] for stream, facts in self.facts.items() if name in facts}
            assert self.store.facts_of(name) == of
            for value in ("1", "2", ""):
                assert self.store.find(**{name: value}) == tuple(sorted(key for key in of if of[key] == value))


class AsyncStoreModel(StoreModel):
    """The same walk through an asynchronous store, on an event loop.

    A subclass says which: ``open_async_store`` opens it as the fixture of :class:`AsyncStoreContract` does.
    """

    def open_store(self) -> Store:
        """Open the asynchronous store on a loop of its own."""
        self.loop = Loop()
        self.loop.__enter__()
        try:
            return self.loop.open(self.open_async_store)
        except BaseException:
            self.loop.__exit__(None, None, None)
            raise

    def open_async_store(self) -> AbstractAsyncContextManager[AsyncStore]:
        """Open the store that is held against the model, new and empty.

        Raises:
            NotImplementedError: where a subclass does not say which.
        """
        raise NotImplementedError(f"{type(self).__name__}.open_async_store() must open the store, new and empty")

    def teardown(self) -> None:
        """Close what was opened, and end the loop."""
        try:
            super().teardown()
        finally:
            self.loop.__exit__(None, None, None)
