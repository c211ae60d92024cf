"""The second level: an append is kept whole or refused whole."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

import attrs
import pytest

from yizheng.errors import InvalidValue, KeyReused, VersionConflict
from yizheng.store import Store
from yizheng.testing.plain import PlainContract
from yizheng.testing.samples import MOMENT, UNSOUND_TEXTS, record, refuses, write
from yizheng.testing.taking import TakingChecks

__all__ = ["AtomicContract"]


class AtomicContract(TakingChecks, PlainContract):
    """Level 2, atomic: what conflicts or is unsound is refused with its reason, and leaves everything as it was."""

    def test_a_stream_that_has_moved_on_is_a_conflict(self, store: Store) -> None:
        """Who has seen an older version is told both versions, and nothing is written."""
        store.append(write(count=3))
        for expected in (0, 2):
            error = refuses(store, VersionConflict, write(expected=expected))
            assert (error.stream, error.expected, error.found) == ("a", expected, 3)

    def test_a_stream_that_is_not_so_far_is_a_conflict(self, store: Store) -> None:
        """Who expects more than there is is told so, also of a stream that does not exist."""
        store.append(write(count=2))
        error = refuses(store, VersionConflict, write(expected=5))
        assert (error.stream, error.expected, error.found) == ("a", 5, 2)
        error = refuses(store, VersionConflict, write("b", expected=1))
        assert (error.stream, error.expected, error.found) == ("b", 1, 0)

    def test_a_conflict_in_one_stream_writes_to_none(self, store: Store) -> None:
        """Records, parts and facts of every write are left out, wherever the conflicting one stands."""
        store.append(write("b", count=2, facts={"stage": "solicit"}))
        bad = write("b", expected=1, facts={"stage": "resolve"}, parts={"q": b"Q"})
        first = write("a", facts={"stage": "resolve"}, parts={"p": b"P"})
        last = write("c", facts={"stage": "resolve"})
        for writes in ((first, bad, last), (bad, first, last), (first, last, bad)):
            assert refuses(store, VersionConflict, *writes).stream == "b"
        assert store.find(stage="resolve") == ()
        with pytest.raises(InvalidValue):
            store.parts(["p"])

    def test_the_first_of_several_conflicts_is_told(self, store: Store) -> None:
        """Where several streams have moved on, the error names the one that was written first."""
        store.append(write("a"), write("b"))
        assert refuses(store, VersionConflict, write("b"), write("a")).stream == "b"

    def test_a_refused_write_can_be_made_good(self, store: Store) -> None:
        """After a conflict the same writer reads, writes again, and succeeds."""
        store.append(write())
        refuses(store, VersionConflict, write())
        store.append(write(expected=store.version("a")))
        assert store.read("a") == (record(), record(version=2))

    def test_records_follow_the_expected_version_without_gaps(self, store: Store) -> None:
        """A gap, a repetition, a wrong order and another stream's record are refused."""
        store.append(write(count=2))
        for versions in ((4,), (2,), (3, 5), (3, 3), (4, 3), (3, 2), (0,)):
            refuses(store, InvalidValue, write(expected=2, records=[record(version=version) for version in versions]))
        refuses(store, InvalidValue, write(expected=2, records=[record("b", 3)]))

    def test_a_stream_stands_in_one_write(self, store: Store) -> None:
        """The same stream twice in one append is refused, even where the numbers would fit."""
        store.append(write())
        refuses(store, InvalidValue, write(expected=1), write("b"), write(expected=2))
        refuses(store, InvalidValue, write(expected=1), write(expected=1))

    def test_a_retry_key_is_used_once_in_a_stream(self, store: Store) -> None:
        """A key that a record has is refused with that record's number, and nothing is written."""
        store.append(write(records=[record(), record(version=2, key="k")]))
        error = refuses(store, KeyReused, write("b"), write(expected=2, records=[record(version=3, key="k")]))
        assert (error.key, error.number) == ("k", 2)

    def test_a_retry_key_is_used_once_in_an_append(self, store: Store) -> None:
        """Two records of one append do not share a key."""
        refuses(store, InvalidValue, write(records=[record(key="k"), record(version=2, key="k")]))

    def test_a_conflict_is_told_before_a_used_key(self, store: Store) -> None:
        """A late retry learns that the stream has moved on, so that it reads and finds its own record."""
        store.append(write(records=[record(key="k")]))
        refuses(store, VersionConflict, write(records=[record(key="k")]))

    def test_streams_do_not_share_their_retry_keys(self, store: Store) -> None:
        """The same key may stand in two streams, and many records may stand without one."""
        store.append(write("a", records=[record("a", key="k")]), write("b", records=[record("b", key="k")]))
        store.append(write("a", expected=1, count=2))
        assert [kept.key for kept in store.read("a")] == ["k", None, None]
        assert [kept.key for kept in store.read("b")] == ["k"]

    def test_unsound_texts_are_refused(self, store: Store) -> None:
        """A NUL or half of a surrogate pair is refused wherever it stands, and so is an empty name."""
        for text in UNSOUND_TEXTS:
            for bad in (
                write(text),
                write(records=[record(kind=text)]),
                write(records=[record(digest=text)]),
                write(records=[record(key=text)]),
                write(parts={text: b""}),
                write(facts={text: ""}),
                write(facts={"stage": text}),
            ):
                refuses(store, InvalidValue, bad)
        for bad in (write(""), write(parts={"": b""}), write(facts={"": "x"})):
            refuses(store, InvalidValue, bad)

    def test_values_of_another_kind_are_refused(self, store: Store) -> None:
        """What a database would silently turn into something else is refused."""
        china = timezone(timedelta(hours=8))
        unsound: tuple[dict[str, Any], ...] = (
            {"payload": "{}"},
            {"payload": bytearray(b"{}")},
            {"payload": None},
            {"private": "x"},
            {"kind": 1},
            {"kind": None},
            {"kind": b"x"},
            {"digest": 1},
            {"key": 1},
            {"key": []},
            {"version": 1.0},
            {"version": True},
            {"kind_version": 0},
            {"kind_version": 2**63},
            {"kind_version": 1.0},
            {"kind_version": "1"},
            {"moment": MOMENT.replace(tzinfo=None)},
            {"moment": MOMENT.astimezone(china)},
            {"moment": MOMENT.isoformat()},
            {"moment": MOMENT.timestamp()},
        )
        for changes in unsound:
            refuses(store, InvalidValue, write(records=[record(**changes)]))
        unsound = (
            {"stream": 1},
            {"expected": -1},
            {"expected": "0"},
            {"expected": 2**63},
            {"parts": {"p": "text"}},
            {"parts": {1: b""}},
            {"facts": {"stage": 1}},
            {"facts": {1: "x"}},
        )
        for changes in unsound:
            refuses(store, InvalidValue, attrs.evolve(write(), **changes))

    def test_every_fault_is_told_at_once(self, store: Store) -> None:
        """A writer is told all that is wrong with what is handed in, not the first thing only."""
        bad = write(
            records=[record(kind="\0", payload="x"), record(version=5)], facts={"": ""}, parts={"p": 1, "\0": b""}
        )
        error = refuses(store, InvalidValue, bad, write("\0"))
        assert len(error.faults) == 7

    def test_parts_and_facts_belong_to_a_stream_that_exists(self, store: Store) -> None:
        """A stream begins with a record; parts or facts alone do not make one."""
        refuses(store, InvalidValue, write(count=0, facts={"stage": "solicit"}))
        refuses(store, InvalidValue, write(count=0, parts={"p": b"P"}))
        assert store.streams() == ()

    def test_a_write_without_records_holds_a_stream_to_its_version(self, store: Store) -> None:
        """It changes nothing, and conflicts like any other where the stream has moved on."""
        store.append(write("a", count=2))
        store.append(write("a", expected=2, count=0), write("b"), write("c", count=0))
        assert store.streams() == ("a", "b")
        refuses(store, VersionConflict, write("a", expected=1, count=0), write("c"))
        refuses(store, VersionConflict, write("b", count=0))

    def test_facts_alone_are_held_to_the_version(self, store: Store) -> None:
        """Who writes the index anew from what a stream was before is told that it has moved on."""
        store.append(write(count=2, facts={"stage": "resolve"}))
        refuses(store, VersionConflict, write(expected=1, count=0, facts={"stage": "solicit"}))

    def test_a_part_never_changes(self, store: Store) -> None:
        """Other bytes under a digest that is kept, or twice in one append, are refused, and nothing is written."""
        store.append(write(parts={"p": b"P"}))
        refuses(store, InvalidValue, write("b"), write("a", expected=1, parts={"q": b"Q", "p": b"other"}))
        refuses(store, InvalidValue, write("b", parts={"s": b"S"}), write("c", parts={"s": b"T"}))
        assert store.parts(["p"]) == {"p": b"P"}

    def test_a_refusal_takes_no_position(self, store: Store) -> None:
        """What is written after a refusal stands right where it would have stood without it, in its order."""
        store.append(write("a"))
        refuses(store, VersionConflict, write("b"), write("a"))
        refuses(store, InvalidValue, write("b", records=[record("b", kind="\0")]))
        store.append(write("b"), write("a", expected=1))
        assert [kept for _, kept in store.read_all()] == [record("a"), record("b"), record("a", 2)]

    def test_a_refused_part_leaves_no_trace(self, store: Store) -> None:
        """A part that came with a refused append is not kept, and other bytes may be given under its digest later."""
        store.append(write("a"))
        refuses(store, VersionConflict, write("b", parts={"p": b"P"}), write("a", parts={"p": b"P"}))
        store.append(write("b", parts={"p": b"other"}))
        assert store.parts(["p"]) == {"p": b"other"}
        assert store.load("a") == ((record(),), {})

    def test_a_refused_key_is_free(self, store: Store) -> None:
        """A retry key that came with a refused append was never used."""
        store.append(write("a"))
        refuses(store, VersionConflict, write("b", records=[record("b", key="k")]), write("a"))
        store.append(write("b", records=[record("b", key="k")]))
        assert store.read("b") == (record("b", key="k"),)
