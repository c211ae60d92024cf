"""What every store promises, as checks that a store's author inherits.

A subclass gives a fixture named ``store``, which yields a new and empty store. The checks use the protocol alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import attrs
import pytest

from yizheng.errors import InvalidType, InvalidValue, KeyReused, StoreFault, VersionConflict
from yizheng.store import Record, Store, Write

MOMENT = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)

NAMES = (
    *(
        "2026-007",
        "2026-07",
        "A",
        "a",
        "a ",
        " a",
        "a\n",
        "a\tb",
        "0",
        "-1",
        "1e3",
        "NULL",
        "None",
        "%",
        "_",
        "a%",
        "?",
    ),
    *("'; DROP TABLE records; --", '"', "\\", "/", "../x", "a" * 2_000, "\x01", "\x7f", "\ufeff", "\ufffd", "\uffff"),
    *(
        "一征三议两公开",
        "事项 〇〇七",
        "\u00e9",
        "e\u0301",
        "\u212b",
        "\u00c5",
        "ß",
        "ss",
        "SS",
        "ﬁ",
        "fi",
        "ı",
        "i",
        "İ",
    ),
    *(
        "２０２６",
        "2026",
        "ﬀ",
        "\u200b",
        "\u200d",
        "\u202eabc",
        "אבג",
        "가",
        "\u1100\u1161",
        "𠮷野家",
        "👨‍👩‍👧",
        "\U0010ffff",
    ),
)
"""Names that somebody, somewhere, takes for one another, for a pattern, or for a command."""

UNSOUND_TEXTS: tuple[str, ...] = ("\0", "a\0b", "\ud800", "a\udfffb", "\udcff")


def record(stream: str = "a", version: int = 1, **changes: Any) -> Record:
    """A record like any other, but for the changes."""
    whole: dict[str, Any] = {
        "stream": stream,
        "version": version,
        "kind": "stages.Convene",
        "kind_version": 1,
        "moment": MOMENT + timedelta(minutes=version),
        "payload": f'{{"stream":{len(stream)},"version":{version}}}'.encode(),
        "private": None,
        "digest": f"{int(version):064x}",
        "key": None,
    }
    return Record(**(whole | changes))


def write(stream: str = "a", expected: int = 0, count: int = 1, **changes: Any) -> Write:
    """A write of so many records to one stream."""
    whole: dict[str, Any] = {
        "records": [record(stream, expected + number) for number in range(1, count + 1)],
        "parts": {},
        "facts": {},
    }
    return Write(stream=stream, expected=expected, **(whole | changes))


def everything(store: Store) -> tuple[object, ...]:
    """All that can be seen of a store, to hold before against after."""
    streams = store.streams()
    return (
        tuple(store.read_all()),
        tuple((stream, store.load(stream), store.version(stream), store.facts(stream)) for stream in streams),
    )


def refuses(store: Store, error: type[Exception], *writes: Write) -> Any:
    """The error with which the store refuses the writes, having changed nothing."""
    before = everything(store)
    with pytest.raises(error) as caught:
        store.append(*writes)
    assert everything(store) == before
    return caught.value


def together(acts: Iterable[Callable[[], None]]) -> list[BaseException]:
    """Do these acts at the same moment, each in a thread of its own; what they raised."""
    raised: list[BaseException] = []
    acts = list(acts)
    barrier = threading.Barrier(len(acts))

    def do(act: Callable[[], None]) -> None:
        barrier.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - judged by the caller
            raised.append(error)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


class StoreContract:
    """Every store keeps these promises."""

    # What is written is read.

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
        assert kept.payload == kept.private == parts["roll"] == long

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

    # What is refused.

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

    def test_sound_values_of_a_finer_kind_are_taken(self, store: Store) -> None:
        """A string, a datetime and bytes of a subclass are what they are."""

        class Word(str):
            __slots__ = ()

        class Octets(bytes):
            __slots__ = ()

        fine = record(kind=Word("a\nb"), key=Word("k"), payload=Octets(b"x"), moment=MOMENT.astimezone(timezone.utc))  # noqa: UP017 - the point is another road to the same zone
        store.append(write(records=[fine]))
        assert store.read("a") == (fine,)

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

    def test_unsound_questions_are_refused(self, store: Store) -> None:
        """A question that no store could have an answer to says what is wrong with it."""
        store.append(write(facts={"stage": "1"}, parts={"p": b"P"}))
        ask: tuple[Callable[[Any], object], ...] = (
            store.read,
            store.load,
            store.version,
            store.facts,
            store.facts_of,
            lambda text: store.parts(["p", text]),
            lambda text: store.find(**{text: "x"}),
        )
        for question in ask:
            for text in (*UNSOUND_TEXTS, ""):
                with pytest.raises(InvalidValue):
                    question(text)
        for question in (*ask[:6], lambda value: store.find(stage=value)):
            for other in (1, None, b"a"):
                with pytest.raises(InvalidType):
                    question(other)
        for text in UNSOUND_TEXTS:
            with pytest.raises(InvalidValue):
                store.find(stage=text)
        for number in (-1, 2**63):
            for question in (
                lambda number: store.read("a", number),
                store.read_all,
                lambda number: store.read_all(0, number),
            ):
                with pytest.raises(InvalidValue):
                    question(number)
        wrong: tuple[Any, ...] = ("0", 1.0, True)
        for value in wrong:
            with pytest.raises(InvalidType):
                store.read("a", value)

    def test_a_write_without_records_holds_a_stream_to_its_version(self, store: Store) -> None:
        """It changes nothing, and conflicts like any other where the stream has moved on."""
        store.append(write("a", count=2))
        store.append(write("a", expected=2, count=0), write("b"), write("c", count=0))
        assert store.streams() == ("a", "b")
        refuses(store, VersionConflict, write("a", expected=1, count=0), write("c"))
        refuses(store, VersionConflict, write("b", count=0))

    def test_an_append_of_nothing_does_nothing(self, store: Store) -> None:
        """No write is no fault."""
        before = everything(store)
        store.append()
        assert everything(store) == before

    # One total order.

    def test_everything_is_read_in_the_order_of_writing(self, store: Store) -> None:
        """The order is that of the appends, then of the writes, then of the records; names do not matter."""
        store.append(write("z", count=2), write("m"))
        store.append(write("a"))
        store.append(write("m", expected=1, count=2), write("z", expected=2))
        assert [(kept.stream, kept.version) for _, kept in store.read_all()] == [
            *(("z", 1), ("z", 2), ("m", 1), ("a", 1), ("m", 2), ("m", 3), ("z", 3)),
        ]

    def test_positions_rise_and_stay(self, store: Store) -> None:
        """Each record has a position of its own, which is positive, rises, and does not change."""
        store.append(write("b", count=3))
        before = list(store.read_all())
        store.append(write("a", count=2), write("b", expected=3))
        after = list(store.read_all())
        positions = [position for position, _ in after]
        assert after[:3] == before
        assert positions == sorted(set(positions))
        assert positions[0] > 0

    def test_reading_is_taken_up_at_any_position(self, store: Store) -> None:
        """Whoever hands back the last position seen gets all the rest, and nothing twice."""
        store.append(write("b", count=3), write("a", count=3))
        whole = list(store.read_all())
        for index, (position, _) in enumerate(whole, 1):
            assert list(store.read_all(after=position)) == whole[index:]
        assert list(store.read_all(2**63 - 1)) == []

    def test_no_more_is_read_than_was_asked_for(self, store: Store) -> None:
        """A limit is the most that is given; without one everything is."""
        store.append(write(count=5))
        whole = list(store.read_all())
        for limit in (0, 1, 4, 5, 6):
            assert list(store.read_all(limit=limit)) == whole[:limit]
        assert list(store.read_all(whole[1][0], 2)) == whole[2:4]
        assert list(store.read_all(limit=None)) == whole

    def test_long_records_are_read_to_their_end(self, store: Store) -> None:
        """However many there are, none is left out and none is given twice."""
        store.append(write("a", count=1_500), write("b", count=1_500))
        assert [(kept.stream, kept.version) for _, kept in store.read_all()] == [
            (stream, version) for stream in "ab" for version in range(1, 1_501)
        ]
        assert len(store.read("a")) == store.version("b") == 1_500

    def test_what_is_written_during_the_reading_comes_too(self, store: Store) -> None:
        """A store may be written to while it is read, and the reading ends with the last record."""
        store.append(write(count=2))
        reading = store.read_all()
        seen = [next(reading)]
        store.append(write(expected=2, count=600))
        seen.extend(reading)
        assert [kept.version for _, kept in seen] == list(range(1, 603))

    # Definitions and rolls.

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
        assert "'one'" in caught.value.faults[0]
        assert "'other'" in caught.value.faults[1]

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

    def test_a_part_never_changes(self, store: Store) -> None:
        """Other bytes under a digest that is kept, or twice in one append, are refused, and nothing is written."""
        store.append(write(parts={"p": b"P"}))
        refuses(store, InvalidValue, write("b"), write("a", expected=1, parts={"q": b"Q", "p": b"other"}))
        refuses(store, InvalidValue, write("b", parts={"s": b"S"}), write("c", parts={"s": b"T"}))
        assert store.parts(["p"]) == {"p": b"P"}

    # Index facts.

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
        refuses(store, VersionConflict, write(expected=1, count=0, facts={"stage": "solicit"}))

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

    # Many at once, and the end.

    def test_one_of_many_writers_wins(self, store: Store) -> None:
        """Of eight threads that have seen the same version, one writes and seven are told of the conflict."""
        for version in range(5):
            writes = (
                write(expected=version, records=[record(version=version + 1, digest=f"{number}")])
                for number in range(8)
            )
            raised = together(partial(store.append, one) for one in writes)
            assert [type(error) for error in raised] == [VersionConflict] * 7
            assert store.version("a") == version + 1
        assert [kept.version for kept in store.read("a")] == [1, 2, 3, 4, 5]

    def test_writers_of_different_streams_do_not_disturb_each_other(self, store: Store) -> None:
        """Eight threads on eight streams all succeed, and their records have one order."""

        def write_five(stream: str) -> None:
            for version in range(5):
                store.append(write(stream, version))

        assert together(partial(write_five, stream) for stream in "abcdefgh") == []
        whole = list(store.read_all())
        assert len({position for position, _ in whole}) == len(whole) == 40
        for stream in "abcdefgh":
            assert [kept.version for _, kept in whole if kept.stream == stream] == [1, 2, 3, 4, 5]

    def test_an_append_is_seen_whole_or_not_at_all(self, store: Store) -> None:
        """Who reads while another writes to two streams sees both writes, or neither."""
        halves: list[tuple[int, int]] = []
        done = threading.Event()

        def writing() -> None:
            for version in range(15):
                store.append(write("a", version), write("b", version))
                time.sleep(0.0005)
            done.set()

        def reading() -> None:
            while not done.is_set():
                seen = [kept.stream for _, kept in store.read_all()]
                if seen.count("a") != seen.count("b"):
                    halves.append((seen.count("a"), seen.count("b")))
                time.sleep(0.0002)

        assert together([writing, reading, reading]) == []
        assert halves == []

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
