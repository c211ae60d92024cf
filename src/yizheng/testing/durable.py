"""The fourth level: what was acknowledged is there for whoever opens the store next, and for whoever has it open too."""

from __future__ import annotations

from functools import partial

import pytest

from yizheng.errors import InvalidValue, KeyReused, VersionConflict
from yizheng.testing.concurrent import ConcurrentContract, follow
from yizheng.testing.samples import Opener, everything, record, refuses, together, write

__all__ = ["StoreContract"]


class StoreContract(ConcurrentContract):
    """Level 4, durable: what every store promises, as checks that the author of a store inherits.

    A subclass gives one fixture, ``open_store``: a function without arguments that opens the store. In each test the
    first call opens an empty one, and each further call one that has what was written to the first. The contract
    closes what it has opened. A store that ends with its last handle, such as one in memory, inherits
    :class:`ConcurrentContract` instead.

    Example:
        >>> from functools import partial
        >>> import pytest
        >>> from yizheng.store import SQLiteStore
        >>> from yizheng.testing import StoreContract
        >>> class TestMyStore(StoreContract):
        ...     @pytest.fixture
        ...     def open_store(self, tmp_path):
        ...         return partial(SQLiteStore, tmp_path / "records.db")
    """

    def test_what_was_written_is_there_when_the_store_is_opened_again(self, opener: Opener) -> None:
        """Records, positions, parts and facts are those that were there when it was closed."""
        with opener() as store:
            whole = record("a", key="k", private=b"\x00 salt", payload=b"\xff")
            store.append(write("b", count=2, facts={"stage": "solicit", "due": "1"}, parts={"p": b"P"}))
            store.append(write("a", records=[whole], facts={"stage": "resolve"}, parts={"p": b"P", "q": b""}))
            store.append(write("b", expected=2, facts={"due": None}))
            before = everything(store)
        with opener() as store:
            assert everything(store) == before
            assert store.read("a") == (whole,)

    def test_what_was_taken_away_does_not_come_back(self, opener: Opener) -> None:
        """Private parts that were taken away are gone for whoever opens the store next, and for who has it open too."""
        with opener() as store, opener() as other:
            store.append(write(records=[record(private=b"secret"), record(version=2, private=b"kept")]))
            assert other.read("a")[0].private == b"secret"
            store.append(write(expected=2, private={1: None}))
            left = [None, b"kept", None]
            assert [kept.private for kept in other.read("a")] == left
        with opener() as store:
            assert [kept.private for kept in store.read("a")] == left
            assert [kept.private for _, kept in store.read_all()] == left

    def test_what_was_acknowledged_needs_no_closing(self, opener: Opener) -> None:
        """An append is durable on return: whoever opens the store next has it, though it was not closed before."""
        with opener() as first:
            first.append(write(count=2, facts={"stage": "solicit"}, parts={"p": b"P"}))
            with opener() as second:
                assert everything(second) == everything(first)
                assert second.load("a") == ((record(), record(version=2)), {"p": b"P"})

    def test_a_new_record_comes_after_those_that_were_there(self, opener: Opener) -> None:
        """The order of everything goes on where it stood, and a reader takes up where it was."""
        with opener() as store:
            store.append(write("b", count=2))
            seen = list(store.read_all())
        with opener() as store:
            store.append(write("a"))
            assert list(store.read_all())[:2] == seen
            assert [kept for _, kept in store.read_all(seen[-1][0])] == [record("a")]

    def test_a_stream_is_held_to_its_version_after_opening(self, opener: Opener) -> None:
        """A writer that has slept in the meantime learns of the conflict, and both versions."""
        with opener() as store:
            store.append(write(count=3))
        with opener() as store:
            error = refuses(store, VersionConflict, write(expected=1))
            assert (error.stream, error.expected, error.found) == ("a", 1, 3)
            store.append(write(expected=3))

    def test_a_retry_key_is_known_after_opening(self, opener: Opener) -> None:
        """A retry after a restart is told which record it wrote before."""
        with opener() as store:
            store.append(write(records=[record(), record(version=2, key="k")]))
        with opener() as store:
            error = refuses(store, KeyReused, write(expected=2, records=[record(version=3, key="k")]))
            assert (error.key, error.number) == ("k", 2)

    def test_a_part_never_changes_after_opening(self, opener: Opener) -> None:
        """Other bytes under a digest that was kept before the restart are refused."""
        with opener() as store:
            store.append(write(parts={"p": b"P"}))
        with opener() as store:
            refuses(store, InvalidValue, write("b", parts={"p": b"other"}))
            store.append(write("b", parts={"p": b"P"}))
            assert store.load("b") == ((record("b"),), {"p": b"P"})

    def test_what_was_refused_is_not_there_after_opening(self, opener: Opener) -> None:
        """A refusal leaves nothing that could come to light later."""
        with opener() as store:
            store.append(write("a", facts={"stage": "solicit"}))
            bad = write("a", facts={"stage": "resolve"}, parts={"q": b"Q"})
            refuses(store, VersionConflict, write("b", parts={"p": b"P"}), bad)
            before = everything(store)
        with opener() as store:
            assert everything(store) == before
            assert store.find(stage="resolve") == ()
            for digest in "pq":
                with pytest.raises(InvalidValue):
                    store.parts([digest])

    def test_two_open_stores_see_what_the_other_writes(self, opener: Opener) -> None:
        """Nobody looks at what was there when the store was opened."""
        with opener() as one, opener() as other:
            for version in range(3):
                writer, reader = (one, other) if version % 2 else (other, one)
                writer.append(write(expected=version, facts={"stage": str(version)}, parts={str(version): b""}))
                assert reader.version("a") == len(reader.read("a")) == len(list(reader.read_all())) == version + 1
                assert reader.facts("a") == {"stage": str(version)}
                assert reader.find(stage=str(version)) == ("a",)
                assert reader.load("a") == writer.load("a")
                assert len(reader.load("a")[1]) == version + 1

    def test_a_version_is_won_once_whoever_has_the_store_open(self, opener: Opener) -> None:
        """What one has written is a conflict for another that has not seen it."""
        with opener() as one, opener() as other:
            assert one.version("a") == other.version("a") == 0
            one.append(write())
            error = refuses(other, VersionConflict, write())
            assert (error.expected, error.found) == (0, 1)
            other.append(write(expected=1))
            refuses(one, VersionConflict, write(expected=1))

    def test_a_retry_key_is_used_once_whoever_has_the_store_open(self, opener: Opener) -> None:
        """A retry that goes to another process is told that the act was written."""
        with opener() as one, opener() as other:
            one.append(write(records=[record(key="k")]))
            assert refuses(other, KeyReused, write(expected=1, records=[record(version=2, key="k")])).number == 1

    def test_closing_one_leaves_the_other_open(self, opener: Opener) -> None:
        """What is given back is one's own."""
        with opener() as one:
            with opener() as other:
                other.append(write())
            one.append(write(expected=1))
            assert one.read("a") == (record(), record(version=2))

    def test_one_of_many_that_have_the_store_open_wins(self, opener: Opener) -> None:
        """Of four that have seen the same version, each with the store open for itself, one writes."""
        with opener() as one, opener() as two, opener() as three, opener() as four:
            for version in range(5):
                raised = together(partial(store.append, write(expected=version)) for store in (one, two, three, four))
                assert [type(error) for error in raised] == [VersionConflict] * 3
            assert [kept.version for kept in four.read("a")] == [1, 2, 3, 4, 5]

    def test_a_reader_elsewhere_misses_nothing_that_commits_late(self, opener: Opener) -> None:
        """Whoever has the store open for reading alone, from the last position on, has seen every record once."""
        with opener() as writing, opener() as reading:
            follow(writing, reading)
