"""What is written is read: the first part of the plain level."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, cast

import pytest

from yizheng.errors import InvalidType, InvalidValue, StoreFault
from yizheng.store import Store
from yizheng.testing.samples import MOMENT, NAMES, UNSOUND_TEXTS, everything, record, write

__all__ = ["RecordChecks"]

_LONG: Final = "征议公开" * 500
"""Two thousand characters that no index can shorten: six thousand bytes, more than a key of any database may have."""


class RecordChecks:
    """Records, and the questions that a store answers about them."""

    def test_a_record_is_given_back_as_it_was_written(self, store: Store) -> None:
        """Every field comes back as it was, and the bytes are not looked into."""
        payload = b'{"b" : 1.0,\r\n "a":"\\u00e9\xc3\xa9\xff\x00"} \n'
        whole = record(payload=payload, private=b"\x00\xff\x80 salt", key="retry 1", kind_version=7, digest="0fF")
        store.append(write(records=[whole]))
        assert store.read("a") == (whole,)
        assert store.load("a") == ((whole,), {})
        assert [kept for _, kept in store.read_all()] == [whole]
        assert type(store.read("a")[0].payload) is bytes

    def test_nothing_and_empty_are_two_things(self, store: Store) -> None:
        """No private values are ``None``, empty ones are empty, and so it is with the payload."""
        records = (record(private=None), record(version=2, private=b""), record(version=3, payload=b""))
        store.append(write(records=records))
        assert store.read("a") == records

    def test_a_moment_is_exact_to_the_microsecond(self, store: Store) -> None:
        """A moment comes back as it was, aware and in UTC, from the year 1 to the year 9999."""
        moments = (
            MOMENT,
            MOMENT.replace(microsecond=0),
            datetime(1, 1, 1, tzinfo=UTC),
            datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
            datetime(2038, 1, 19, 3, 14, 8, 1, tzinfo=UTC),
            datetime(9000, 2, 28, 0, 0, 0, 999999, tzinfo=UTC),
            datetime.max.replace(tzinfo=UTC),
        )
        store.append(write(records=[record(version=number, moment=moment) for number, moment in enumerate(moments, 1)]))
        found = [kept.moment for kept in store.read("a")]
        assert tuple(found) == moments
        assert all(moment.utcoffset() == timedelta(0) for moment in found)

    def test_records_come_in_the_order_of_their_versions(self, store: Store) -> None:
        """The tenth comes after the ninth, whether they were written together or one by one."""
        store.append(write(count=12))
        for version in range(12, 24):
            store.append(write(expected=version))
        assert store.read("a") == tuple(record(version=version) for version in range(1, 25))

    def test_a_stream_is_read_from_a_version_on(self, store: Store) -> None:
        """Those after the version that was seen are given, and no other."""
        store.append(write(count=3))
        assert [kept.version for kept in store.read("a", after=1)] == [2, 3]
        assert store.read("a", 3) == store.read("a", 4) == store.read("a", 2**63 - 1) == ()

    def test_what_does_not_exist_is_empty(self, store: Store) -> None:
        """A stream that nobody has written to has no records, no parts, no facts and version 0."""
        store.append(write("other", facts={"stage": "solicit"}, parts={"p": b"P"}))
        assert store.read("a") == ()
        assert store.load("a") == ((), {})
        assert store.facts("a") == {}
        assert store.facts_of("a") == {}
        assert store.version("a") == 0

    def test_each_stream_has_its_own_version(self, store: Store) -> None:
        """The version is the number of the stream's last record, and another stream does not move it."""
        store.append(write("a", count=3), write("b", count=1))
        store.append(write("b", expected=1, count=1))
        assert (store.version("a"), store.version("b")) == (3, 2)

    def test_an_append_is_seen_by_the_next_read(self, store: Store) -> None:
        """Nothing that was read before is given again in the place of what is there now."""
        for version in range(3):
            store.append(write(expected=version, facts={"stage": str(version)}))
            assert len(store.read("a")) == len(store.load("a")[0]) == store.version("a") == version + 1
            assert store.facts("a") == {"stage": str(version)}
            assert store.find(stage=str(version)) == ("a",)

    def test_several_streams_are_written_together(self, store: Store) -> None:
        """One append writes to every stream that it names."""
        store.append(write("a", count=2), write("b", count=3), write("c"))
        assert [store.version(stream) for stream in "abc"] == [2, 3, 1]

    def test_names_that_look_alike_are_kept_apart(self, store: Store) -> None:
        """Case, composition, width, blanks and signs that mean something elsewhere make different names."""
        store.append(*(write(name, facts={name: name}, parts={name: name.encode()}) for name in NAMES))
        assert store.streams() == tuple(sorted(NAMES))
        for name in NAMES:
            assert store.load(name) == ((record(name),), {name: name.encode()})
            assert store.facts(name) == store.facts_of(name) == {name: name}
            assert store.find(**{name: name}) == (name,)
            assert store.parts([name]) == {name: name.encode()}

    def test_long_payloads_are_kept_whole(self, store: Store) -> None:
        """Ten megabytes come back as they were."""
        long = bytes(range(256)) * 40_000
        store.append(write(records=[record(payload=long, private=long)], parts={"roll": long}))
        ((kept,), parts) = store.load("a")
        # Not the bytes themselves: pytest would spend hours on how ten megabytes differ.
        assert [given == long for given in (kept.payload, kept.private, parts["roll"])] == [True, True, True]

    def test_what_is_given_back_is_the_callers(self, store: Store) -> None:
        """Changing what a store returned, or what it was given, changes nothing that is kept."""
        records = [record()]
        given = write(facts={"stage": "solicit"}, parts={"p": b"P"}, records=records)
        store.append(given)
        before = everything(store)
        for owned in (given.facts, given.parts, store.facts("a"), store.facts_of("stage"), store.load("a")[1]):
            assert isinstance(owned, dict)
            owned.clear()
        store.parts(["p"]).clear()
        records.clear()
        assert given.records == (record(),)
        assert everything(store) == before

    def test_sound_values_of_a_finer_kind_are_taken(self, store: Store) -> None:
        """A string, a datetime and bytes of a subclass are what they are."""

        class Word(str):
            __slots__ = ()

        class Octets(bytes):
            __slots__ = ()

        fine = record(kind=Word("a\nb"), key=Word("k"), payload=Octets(b"x"), moment=MOMENT.astimezone(timezone.utc))  # noqa: UP017 - the point is another road to the same zone
        store.append(write(records=[fine]))
        assert store.read("a") == (fine,)

    def test_an_append_of_nothing_does_nothing(self, store: Store) -> None:
        """No write is no fault."""
        before = everything(store)
        store.append()
        assert everything(store) == before

    def test_unsound_questions_are_refused(self, store: Store) -> None:
        """A question that no store could have an answer to says what is wrong with it."""
        store.append(write(facts={"stage": "1"}, parts={"p": b"P"}))
        ask: list[Callable[[Any], object]] = [store.read, store.load, store.version, store.facts, store.facts_of]
        ask.append(lambda text: store.parts(["p", text]))
        by_name: Callable[[Any], object] = lambda text: store.find(**{text: "x"})  # noqa: E731 - it has a type so
        by_value: Callable[[Any], object] = lambda value: store.find(stage=value)  # noqa: E731
        for question in (*ask, by_name, by_value):
            for text in UNSOUND_TEXTS:
                with pytest.raises(InvalidValue):
                    question(text)
        for question in (*ask, by_name):
            with pytest.raises(InvalidValue):
                question("")
        for question in (*ask, by_value):
            for other in (1, None, b"a"):
                with pytest.raises(InvalidType):
                    question(other)

    def test_unsound_numbers_are_refused(self, store: Store) -> None:
        """A version, a position or a limit is an integer that a database can hold."""
        from_version: Callable[[Any], object] = lambda number: store.read("a", number)  # noqa: E731
        up_to_limit: Callable[[Any], object] = lambda number: store.read_all(0, number)  # noqa: E731
        for question in (from_version, up_to_limit, store.read_all):
            for number in (-1, 2**63):
                with pytest.raises(InvalidValue):
                    question(number)
            for other in ("0", 1.0, True):
                with pytest.raises(InvalidType):
                    question(cast("Any", other))

    def test_a_closed_store_says_so(self, store: Store) -> None:
        """Every use after closing is a fault of our tree; closing again is none."""
        store.append(write(parts={"p": b"P"}))
        with store as opened:
            assert opened is store
        store.close()
        for use in (
            lambda: store.append(write(expected=1)),
            lambda: store.read("a"),
            lambda: store.load("a"),
            lambda: list(store.read_all()),
            lambda: store.parts(["p"]),
            lambda: store.version("a"),
            store.streams,
            lambda: store.facts("a"),
            lambda: store.facts_of("stage"),
            store.find,
        ):
            with pytest.raises(StoreFault, match="closed"):
                use()

    def test_long_names_that_differ_at_their_end_are_kept_apart(self, store: Store) -> None:
        """No name is cut where a column or the key of an index would end."""
        names = (_LONG, _LONG + "甲", _LONG + "乙")
        records = [[record(name, key=name), record(name, 2, key=name + "丙", kind=name, digest=name)] for name in names]
        for name, two in zip(names, records, strict=True):
            store.append(write(name, records=two, facts={name: name}, parts={name: name.encode()}))
        assert store.streams() == tuple(sorted(names))
        for name, two in zip(names, records, strict=True):
            assert store.load(name) == (tuple(two), {name: name.encode()})
            assert store.find(**{name: name}) == (name,)
            assert store.facts_of(name) == {name: name}
