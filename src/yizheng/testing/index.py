"""Parts and index facts: the third part of the plain level."""

from __future__ import annotations

import pytest

from yizheng.errors import InvalidValue
from yizheng.store import Store
from yizheng.testing.samples import record, write

__all__ = ["IndexChecks"]


class IndexChecks:
    """What is kept beside the records, and what is found by it."""

    def test_parts_are_given_by_their_digests(self, store: Store) -> None:
        """Those that are asked for are given, from whichever stream they came."""
        store.append(write("a", parts={"p": b"P", "q": b""}), write("b", parts={"r": b"\x00\xff"}))
        assert store.parts(["r", "p", "p"]) == {"p": b"P", "r": b"\x00\xff"}
        assert store.parts(iter(["q"])) == {"q": b""}
        assert store.parts([]) == {}

    def test_parts_that_are_not_kept_are_named(self, store: Store) -> None:
        """A missing part is an error that names each one, never a shorter answer."""
        store.append(write(parts={"p": b"P"}))
        with pytest.raises(InvalidValue) as caught:
            store.parts(["one", "p", "other"])
        assert len(caught.value.faults) == 2
        assert "one" in caught.value.faults[0]
        assert "other" in caught.value.faults[1]

    def test_a_stream_is_loaded_with_its_parts(self, store: Store) -> None:
        """All parts that were ever handed in for a stream come with it, and no other."""
        store.append(write("a", parts={"p": b"P"}), write("b", parts={"q": b"Q"}))
        store.append(write("a", expected=1, parts={"r": b"R"}))
        store.append(write("a", expected=2, count=0, parts={"s": b"S"}))
        assert store.load("a") == ((record(), record(version=2)), {"p": b"P", "r": b"R", "s": b"S"})
        assert store.load("b") == ((record("b"),), {"q": b"Q"})

    def test_streams_share_the_parts_they_have_in_common(self, store: Store) -> None:
        """A part that is kept may be handed in again, in the same append or later, and belongs to each stream."""
        store.append(write("a", parts={"p": b"P"}), write("b", parts={"p": b"P"}))
        store.append(write("c", parts={"p": b"P"}))
        store.append(write("a", expected=1, parts={"p": b"P"}))
        assert [store.load(stream)[1] for stream in "abc"] == [{"p": b"P"}] * 3

    def test_facts_replace_those_with_the_same_name(self, store: Store) -> None:
        """The others stay; ``None`` removes one, and does no harm where there is none."""
        store.append(write(facts={"stage": "solicit", "status": "open", "due": "2026-03-09", "gone": None}))
        assert store.facts("a") == {"due": "2026-03-09", "stage": "solicit", "status": "open"}
        store.append(write(expected=1, facts={"stage": "resolve", "due": None, "category": ""}))
        assert store.facts("a") == {"category": "", "stage": "resolve", "status": "open"}
        assert store.facts_of("due") == {}

    def test_facts_change_without_a_record(self, store: Store) -> None:
        """An index can be written anew, at the version that was seen."""
        store.append(write(facts={"stage": "solicit"}))
        store.append(write(expected=1, count=0, facts={"stage": "resolve"}))
        assert store.facts("a") == {"stage": "resolve"}
        store.append(write(expected=1))
        assert store.facts("a") == {"stage": "resolve"}

    def test_each_stream_has_its_own_facts(self, store: Store) -> None:
        """What is written of one stream is not said of another."""
        store.append(write("a", facts={"stage": "solicit"}), write("b", facts={"status": "open"}))
        store.append(write("b", expected=1, facts={"stage": "resolve"}))
        assert store.facts("a") == {"stage": "solicit"}
        assert store.facts("b") == {"stage": "resolve", "status": "open"}

    def test_streams_are_found_by_all_their_facts(self, store: Store) -> None:
        """Every fact that is asked for must match, exactly; the answer is sorted."""
        store.append(
            write("c", facts={"stage": "resolve", "category": "courtyard"}),
            write("b", facts={"stage": "resolve", "category": "allowance"}),
            write("a", facts={"stage": "solicit", "category": "courtyard", "note": ""}),
        )
        assert store.find(stage="resolve") == ("b", "c")
        assert store.find(stage="resolve", category="courtyard") == ("c",)
        assert store.find(category="courtyard") == ("a", "c")
        assert store.find(note="") == ("a",)
        assert store.find(stage="solicit", category="allowance") == ()
        assert store.find(stage="Resolve") == store.find(stage="resolv%") == store.find(other="resolve") == ()
        assert store.find(stage="resolve", category="courtyard", note="") == ()

    def test_a_fact_that_was_replaced_is_found_no_more(self, store: Store) -> None:
        """A search looks at what holds now."""
        store.append(write(facts={"stage": "solicit", "due": "2026-03-09"}))
        store.append(write(expected=1, facts={"stage": "resolve", "due": None}))
        assert store.find(stage="solicit") == store.find(due="2026-03-09") == ()
        assert store.find(stage="resolve") == ("a",)

    def test_one_fact_of_many_streams_is_read_at_once(self, store: Store) -> None:
        """A due list needs no record: the fact is given for each stream that has it."""
        store.append(*(write(stream, facts={"due": f"day {stream}"}) for stream in "cab"), write("d"))
        assert store.facts_of("due") == {"a": "day a", "b": "day b", "c": "day c"}
        assert store.facts_of("stage") == {}

    def test_streams_are_sorted_by_code_point(self, store: Store) -> None:
        """The same order everywhere, whatever the database's own idea of an alphabet; without facts, all are found."""
        names = ("b", "B", "a", "ä", "Z", "10", "9", "一", "\U00020000", "\uffff", "ａ")
        store.append(*(write(name, facts={"stage": "x"}) for name in names))
        assert store.streams() == store.find() == store.find(stage="x") == tuple(sorted(names))
