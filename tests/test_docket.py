"""A docket: the cases of one office, over a store."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from msgspec import structs
from tests.procedure.own import Mediation, mediation

from walks import (
    BOARD,
    CITED,
    COURTYARD_ROLLS,
    OFFICES,
    START,
    Step,
    courtyard,
    courtyard_steps,
    day,
    matter,
    opened_in_writing,
    owners,
    roll,
    solicited,
    take,
)
from yizheng import Case, Docket, Refused, WorkingCalendar, catalogue
from yizheng.canonical import canonical
from yizheng.docket import AsyncDocket, CaseDuty, CaseLine
from yizheng.errors import (
    BrokenRecord,
    InvalidType,
    InvalidValue,
    KeyReused,
    NoSuchCase,
    StoreFault,
    UnknownKind,
    VersionConflict,
    YizhengError,
)
from yizheng.rules import FOR, Choice, Rule
from yizheng.stages import (
    AnswerOpinion,
    CastBallot,
    CloseVote,
    Convene,
    Note,
    OpenSolicitation,
    Post,
    ReceiveOpinion,
    Withdraw,
)
from yizheng.store import MemoryStore, Record, SQLiteStore, Store, Write
from yizheng.store.immediate import Immediate

COURTYARD = catalogue.yizheng.COURTYARD


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind."""
    made: Store = MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "community.db")
    with made:
        yield made


@pytest.fixture
def docket(store: Store) -> Docket:
    """A docket that draws no lots: its salts are counted."""
    numbers = itertools.count(1)
    return Docket(store, draw=lambda length: next(numbers).to_bytes(length, "big"))


def opened(docket: Docket, case_id: str = "2026-007", **changes: Any) -> Case:
    """A courtyard case, opened on a docket."""
    given = {"at": START, "by": "sec-1", **changes}
    return docket.open(matter(id=case_id), COURTYARD, COURTYARD_ROLLS, OFFICES, **given)


def kept(store: Store, case_id: str = "2026-007") -> tuple[Any, ...]:
    """Everything that a store keeps of a case."""
    return store.load(case_id), store.facts(case_id)


class TestTheMainRoad:
    """Open, act, read, find, due."""

    def test_a_whole_case(self, docket: Docket) -> None:
        """A whole case is kept act by act; what is read back after each is what the act gave."""
        case = opened(docket)
        for step in courtyard_steps():
            case = docket.act("2026-007", step.action, at=step.at, by=step.by)
            assert docket.case("2026-007") == case
        assert case.outcome == "carried_out"
        assert case.redacted()[-1].digest == case.digest

    def test_it_is_the_case_of_the_domain(self, docket: Docket) -> None:
        """A case on a docket is the case that the same acts give without one; only the salts are the docket's."""
        opened(docket)
        step = solicited()[0]
        on_docket = docket.act("2026-007", step.action, at=step.at, by=step.by)
        without = take(courtyard(), [step])
        assert on_docket.state == without.state
        assert [entry.action for entry in on_docket.entries] == [entry.action for entry in without.entries]

    def test_salts_are_drawn(self, store: Store) -> None:
        """The docket draws sixteen bytes for each entry from the operating system, and never the same twice."""
        docket = Docket(store)
        for number in range(4):
            opened(docket, f"m-{number}")
        salts = [docket.case(f"m-{number}").entries[0].private()["matter.private.phone"]["salt"] for number in range(4)]
        assert {len(salt) for salt in salts} == {32}
        assert len(set(salts)) == 4

    def test_its_calendar_reckons(self, store: Store) -> None:
        """Periods are reckoned by the docket's calendar: a period that would end on a holiday ends after it."""
        holidays = {date(2026, 5, 6), date(2026, 5, 7)}
        docket = Docket(store, calendar=WorkingCalendar(holidays=holidays))
        opened(docket)
        for step in courtyard_steps():
            if docket.case("2026-007").stage == "disclose_measures":
                break
            docket.act("2026-007", step.action, at=step.at, by=step.by)
        case = docket.act(
            "2026-007", Post(channels=BOARD, content="x"), at=datetime(2026, 4, 21, 9, tzinfo=START.tzinfo), by="sec-1"
        )
        assert case.progress.ends == datetime(2026, 5, 9, tzinfo=START.tzinfo)

    def test_what_is_refused_writes_nothing(self, docket: Docket, store: Store) -> None:
        """A refusal leaves the store as it was, and so does what cannot be an act."""
        opened(docket)
        before = kept(store)
        with pytest.raises(Refused):
            docket.act("2026-007", Note("x"), at=day(0), by="nobody")
        with pytest.raises(InvalidType):
            docket.act("2026-007", "note", at=day(0), by="sec-1")  # type: ignore[arg-type]
        with pytest.raises(Refused):
            opened(docket, "other", by="nobody")
        assert kept(store) == before
        assert store.streams() == ("2026-007",)

    def test_a_case_is_opened_once(self, docket: Docket, store: Store) -> None:
        """A second case of the same id is a conflict, and the first is as it was."""
        opened(docket)
        before = kept(store)
        with pytest.raises(VersionConflict):
            opened(docket)
        assert kept(store) == before

    def test_a_case_that_is_not_there(self, docket: Docket) -> None:
        """Reading or acting on a case that is not kept says so, with its id."""
        for use in (
            lambda: docket.case("nowhere"),
            lambda: docket.act("nowhere", Note("x"), at=day(0), by="sec-1"),
        ):
            with pytest.raises(NoSuchCase) as raised:
                use()
            assert raised.value.case == "nowhere"
            assert isinstance(raised.value, LookupError)

    def test_it_closes_its_store(self, store: Store) -> None:
        """A docket closes its store when its block ends, and closing twice does no harm."""
        with Docket(store) as docket:
            opened(docket)
        with pytest.raises(StoreFault):
            docket.case("2026-007")
        docket.close()

    def test_it_opens_nothing_that_it_could_not_read(self, store: Store) -> None:
        """A procedure with a kind of stage that the docket was not told of is refused before anything is written."""
        procedure, offices = mediation(), {"mediator": {"med-1"}}
        with pytest.raises(InvalidValue, match=r"kinds=\[Mediation\]"):
            Docket(store).open(matter(id="a"), procedure, {}, offices, at=START, by="med-1")
        assert store.streams() == ()
        docket = Docket(store, kinds=[Mediation])
        assert docket.case(docket.open(matter(id="a"), procedure, {}, offices, at=START, by="med-1").id).version == 1

    def test_it_says_what_it_is_given(self) -> None:
        """What is no store, calendar or kind is refused where the docket is made, or at its first use."""
        with pytest.raises(YizhengError):
            Docket(MemoryStore(), kinds=[5])  # type: ignore[list-item]


class TestParts:
    """The procedure and the rolls are kept once."""

    def test_cases_share_their_parts(self, docket: Docket, store: Store) -> None:
        """A hundred cases with the same procedure and rolls keep each of them once."""
        for number in range(100):
            opened(docket, f"m-{number}")
        digests = {COURTYARD.digest, *(roll.digest for roll in COURTYARD_ROLLS.values())}
        for number in range(100):
            _, parts = store.load(f"m-{number}")
            assert parts.keys() == digests
        assert sum(COURTYARD.digest.encode() in part for part in store.parts(digests).values()) == 0
        if isinstance(store, SQLiteStore):
            with closing(sqlite3.connect(store._path)) as raw:
                assert raw.execute("SELECT count(*) FROM parts").fetchone() == (4,)

    def test_the_record_refers_to_them(self, docket: Docket, store: Store) -> None:
        """The payload of the opening holds their digests, and not their content."""
        opened(docket)
        (record,) = store.read("2026-007")
        assert COURTYARD.digest.encode() in record.payload
        assert b"1-105" not in record.payload
        assert len(record.payload) < 3000

    def test_a_roll_of_the_notice_is_kept_with_it(self, docket: Docket, store: Store) -> None:
        """A roll that comes with a notice is kept in the same transaction, and read back."""
        opened(docket)
        for step in courtyard_steps():
            if docket.case("2026-007").stage == "resolve":
                break
            docket.act("2026-007", step.action, at=step.at, by=step.by)
        bigger = owners(12)
        case = docket.act(
            "2026-007",
            Convene(held_at=day(36), until=day(46), mode="written", roll=bigger),
            at=day(20),
            by="sec-1",
        )
        assert docket.case("2026-007").progress.sitting.roll == bigger
        assert bigger.digest in store.load("2026-007")[1]
        assert case.parts.keys() == store.load("2026-007")[1].keys()

    def test_many_parts(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """A docket that has read more parts than it remembers reads them again."""
        monkeypatch.setattr("yizheng.docket.reading.PARTS_KNOWN", 2)
        docket = Docket(store)
        case = opened(docket)
        assert docket.case("2026-007") == docket.case("2026-007") == case


class TestRetries:
    """``key=`` makes a retry harmless."""

    def test_of_an_act(self, docket: Docket, store: Store) -> None:
        """The same act under the same key again writes nothing, and gives the case as it stood after it."""
        opened(docket)
        first = docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k-1")
        docket.act("2026-007", Note("y"), at=day(1), by="sec-1")
        before = kept(store)
        again = docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k-1")
        assert again == first
        assert kept(store) == before

    def test_of_an_opening(self, docket: Docket, store: Store) -> None:
        """The same opening under the same key again gives the case as it was opened."""
        first = opened(docket, key="k-0")
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        before = kept(store)
        assert opened(docket, key="k-0") == first
        assert kept(store) == before

    def test_after_the_case_has_moved_on(self, docket: Docket) -> None:
        """A retry is answered even where the act would not be allowed any more."""
        opened(docket)
        first = docket.act("2026-007", Withdraw("x"), at=day(0), by="sec-1", key="k-1")
        assert docket.act("2026-007", Withdraw("x"), at=day(0), by="sec-1", key="k-1") == first

    def test_of_another_act(self, docket: Docket, store: Store) -> None:
        """Another act under a used key, or the same by another person or of another moment, is refused by its entry."""
        opened(docket, key="k-0")
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k-1")
        before = kept(store)
        for key, number in (("k-0", 1), ("k-1", 2)):
            for action, at, by in (
                (Note("y"), day(0), "sec-1"),
                (Note("x"), day(1), "sec-1"),
                (Note("x"), day(0), "sup-1"),
            ):
                with pytest.raises(KeyReused) as raised:
                    docket.act("2026-007", action, at=at, by=by, key=key)
                assert (raised.value.key, raised.value.number) == (key, number)
        assert kept(store) == before

    def test_of_another_opening(self, docket: Docket) -> None:
        """Another matter under the key of an opening, in the same case, is refused."""
        opened(docket, key="k-0")
        with pytest.raises(KeyReused):
            docket.open(matter(title="另一件"), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1", key="k-0")

    def test_of_an_opening_under_the_key_of_an_act(self, docket: Docket) -> None:
        """An opening under the key of another entry is refused."""
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k-1")
        with pytest.raises(KeyReused):
            opened(docket, key="k-1")

    def test_keys_are_the_case_s(self, docket: Docket) -> None:
        """The same key in two cases is two keys."""
        opened(docket, "a", key="k")
        opened(docket, "b", key="k")
        assert docket.act("a", Note("x"), at=day(0), by="sec-1", key="k2").version == 2
        assert docket.act("b", Note("y"), at=day(0), by="sec-1", key="k2").version == 2

    def test_keys_have_one_form(self, docket: Docket) -> None:
        """A key in another Unicode form is the same key; what is no key is refused."""
        opened(docket)
        first = docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="é")
        assert docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="e\u0301") == first
        for key in (5, "", "a\x00"):
            with pytest.raises(YizhengError):
                docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key=key)  # type: ignore[arg-type]

    def test_it_says_what_differs(self, docket: Docket) -> None:
        """A retry at another moment or by another person is told so, and not that the action were another."""
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k")
        for changed, differs in (
            ({"at": day(1)}, ("at",)),
            ({"by": "sec-2", "at": day(1)}, ("at", "by")),
            ({"action": Note("y")}, ("action",)),
        ):
            with pytest.raises(KeyReused) as told:
                docket.act("2026-007", **{"action": Note("x"), "at": day(0), "by": "sec-1", **changed}, key="k")
            assert (told.value.differs, told.value.number) == (differs, 2)
            assert "another " + " and another ".join(differs) in str(told.value)

    def test_of_a_private_act(self, docket: Docket) -> None:
        """A retry of an act with private values is found by its values, not by its salts."""
        opened(docket)
        step = solicited()[0]
        docket.act("2026-007", step.action, at=step.at, by=step.by)
        opinion = ReceiveOpinion("x", channel="symposium", author="1-101")
        first = docket.act("2026-007", opinion, at=day(1), by="sec-1", key="k")
        assert docket.act("2026-007", opinion, at=day(1), by="sec-1", key="k") == first
        with pytest.raises(KeyReused):
            docket.act("2026-007", attrs.evolve(opinion, author="1-102"), at=day(1), by="sec-1", key="k")


class TestStaleScreens:
    """``expecting=`` refuses a stale screen."""

    def test_the_version_that_was_shown(self, docket: Docket) -> None:
        """At the version that the screen showed, the act is taken."""
        opened(docket)
        assert docket.act("2026-007", Note("x"), at=day(0), by="sec-1", expecting=1).version == 2

    @pytest.mark.parametrize("expecting", [0, 1, 3, 99])
    def test_another_version(self, docket: Docket, store: Store, expecting: int) -> None:
        """At another version nothing is written, and both versions are told."""
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        before = kept(store)
        with pytest.raises(VersionConflict) as raised:
            docket.act("2026-007", Note("y"), at=day(0), by="sec-1", expecting=expecting)
        assert (raised.value.stream, raised.value.expected, raised.value.found) == ("2026-007", expecting, 2)
        assert kept(store) == before

    def test_a_retry_comes_before_it(self, docket: Docket) -> None:
        """A retry under its key is answered, though the screen that sent it is stale by its own act."""
        opened(docket)
        first = docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k", expecting=1)
        assert docket.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k", expecting=1) == first


class TestRaces:
    """Two dockets on one store: one wins, the other is told, and nothing is lost."""

    def test_two_dockets(self, store: Store) -> None:
        """The second writer gets a VersionConflict; after reading again, both acts are in the record."""
        one, two = Docket(store), Docket(store)
        opened(one)
        append, raced = store.append, []

        def slowly(*writes: Any) -> None:
            if not raced:
                raced.append(True)
                two.act("2026-007", Note("two"), at=day(0), by="sec-1")
            append(*writes)

        racing = _Around(store, slowly)
        with pytest.raises(VersionConflict) as raised:
            Docket(racing).act("2026-007", Note("one"), at=day(0), by="sec-1")
        assert (raised.value.expected, raised.value.found) == (1, 2)
        assert [entry.action for entry in one.case("2026-007").entries][1:] == [Note("two")]
        case = one.act("2026-007", Note("one"), at=day(0), by="sec-1")
        assert [entry.action for entry in case.entries][1:] == [Note("two"), Note("one")]

    def test_two_openings(self, store: Store) -> None:
        """Of two openings of one id, one wins, and the other is told."""
        append, raced = store.append, []

        def slowly(*writes: Any) -> None:
            if not raced:
                raced.append(True)
                opened(Docket(store), by="sec-1")
            append(*writes)

        with pytest.raises(VersionConflict):
            opened(Docket(_Around(store, slowly)), at=day(0))
        assert Docket(store).case("2026-007").version == 1

    def test_a_retry_that_races_itself(self, store: Store) -> None:
        """The same retry sent twice at once writes one entry: the loser is told, and finds it when it asks again."""
        one = Docket(store)
        opened(one)
        append, raced = store.append, []

        def slowly(*writes: Any) -> None:
            if not raced:
                raced.append(True)
                one.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k")
            append(*writes)

        with pytest.raises(VersionConflict):
            Docket(_Around(store, slowly)).act("2026-007", Note("x"), at=day(0), by="sec-1", key="k")
        assert one.act("2026-007", Note("x"), at=day(0), by="sec-1", key="k").version == 2


class TestAtHand:
    """What an act costs does not grow with the record; what is kept at hand for that is never taken for true by itself."""

    def test_an_act_reads_one_record(self, store: Store) -> None:
        """After the first act, each reads the last record and nothing else, whatever the length of the record."""
        counting = _Counting(store)
        docket = Docket(counting)
        opened(docket)
        for number in range(30):
            docket.act("2026-007", Note(f"{number}"), at=day(0), by="sec-1")
        assert (counting.records, counting.loads) == (30, 0)

    def test_a_new_docket_reads_the_record_once(self, store: Store) -> None:
        """The first act of a docket reads the whole record, in one question."""
        opened(Docket(store))
        counting = _Counting(store)
        docket = Docket(counting)
        for number in range(3):
            docket.act("2026-007", Note(f"{number}"), at=day(0), by="sec-1")
        assert (counting.records, counting.loads) == (2, 1)

    def test_what_others_wrote_is_read_on(self, store: Store) -> None:
        """What another docket has entered in between is read, checked and added, and nothing is read twice."""
        one, counting = Docket(store), _Counting(store)
        two = Docket(counting)
        opened(one)
        two.case("2026-007")
        for turn, step in enumerate(courtyard_steps()):
            case = (one, two)[turn % 2].act("2026-007", step.action, at=step.at, by=step.by)
        assert case == Docket(store).case("2026-007")
        assert counting.loads <= 3  # the first, and those after a roll that it did not have
        assert counting.records < 2 * case.version

    def test_a_roll_that_another_docket_brought(self, store: Store) -> None:
        """A roll that another docket has kept with a notice is fetched."""
        one, two = Docket(store), Docket(store)
        opened(one)
        for step in courtyard_steps():
            if one.case("2026-007").stage == "resolve":
                break
            one.act("2026-007", step.action, at=step.at, by=step.by)
        bigger = owners(12)
        notice = Convene(held_at=day(36), until=day(46), mode="written", roll=bigger)
        two.act("2026-007", notice, at=day(20), by="sec-1")
        case = one.act("2026-007", Note("x"), at=day(20), by="sec-1")
        assert case.progress.sitting.roll == bigger
        assert case == Docket(store).case("2026-007")

    def test_a_record_that_was_dropped(self) -> None:
        """A record that is gone from the store is gone for the docket too."""
        place = _Place()
        docket = Docket(place)
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        place.store = MemoryStore()
        with pytest.raises(NoSuchCase):
            docket.act("2026-007", Note("y"), at=day(0), by="sec-1")

    def test_a_tail_that_was_cut(self) -> None:
        """An act goes on from what the store has, and not from what it had."""
        place = _Place()
        docket = Docket(place)
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        place.keep(1)
        case = docket.act("2026-007", Note("y"), at=day(0), by="sec-1")
        assert [entry.action for entry in case.entries][1:] == [Note("y")]

    def test_a_last_record_that_was_changed(self) -> None:
        """A changed last record is found at the next act, although the case is at hand."""
        place = _Place()
        docket = Docket(place)
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        place.change(2, payload=b"{}")
        with pytest.raises(BrokenRecord):
            docket.act("2026-007", Note("y"), at=day(0), by="sec-1")

    def test_a_conflict_leaves_nothing_wrong_behind(self, store: Store) -> None:
        """After a conflict the next act goes on from what the store has."""
        one = Docket(store)
        opened(one)
        append, raced = store.append, []

        def slowly(*writes: Any) -> None:
            if not raced:
                raced.append(True)
                one.act("2026-007", Note("first"), at=day(0), by="sec-1")
            append(*writes)

        two = Docket(_Around(store, slowly))
        with pytest.raises(VersionConflict):
            two.act("2026-007", Note("second"), at=day(0), by="sec-1")
        case = two.act("2026-007", Note("third"), at=day(0), by="sec-1")
        assert [entry.action for entry in case.entries][1:] == [Note("first"), Note("third")]

    def test_reading_reads_the_whole_record(self, store: Store) -> None:
        """To read a case reads every record of it, in one question, however often; and takes apart what it has not seen."""
        counting = _Counting(store)
        docket = Docket(counting)
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        seen = counting.loads
        once, again = docket.case("2026-007"), docket.case("2026-007")
        assert once is again
        assert counting.loads - seen == 2
        assert once == Docket(store).case("2026-007")

    @pytest.mark.parametrize("number", [1, 2, 3])
    @pytest.mark.parametrize(
        "changes",
        [{"payload": b"{}"}, {"digest": "0" * 64}, {"kind": "other"}, {"kind_version": 7}, {"key": "k"}],
        ids=lambda changes: next(iter(changes)),
    )
    def test_a_record_that_was_changed_is_found_by_reading(self, number: int, changes: dict[str, Any]) -> None:
        """Whatever was changed of whatever record, reading finds it, although the case is at hand."""
        place = _Place()
        docket = Docket(place)
        opened(docket)
        for words in "xy":
            docket.act("2026-007", Note(words), at=day(0), by="sec-1")
        docket.case("2026-007")
        place.change(number, **changes)
        with pytest.raises((BrokenRecord, UnknownKind)):
            docket.case("2026-007")

    def test_a_part_that_was_changed_or_dropped_is_found_by_reading(self, tmp_path: Path) -> None:
        """A roll or a procedure that was altered in the store, or is gone from it, is found, although the case is at hand."""
        for change in ("UPDATE parts SET content = x'00'", "DELETE FROM parts_of", "DELETE FROM parts"):
            path = tmp_path / f"{len(change)}.db"
            with Docket(SQLiteStore(path)) as docket:
                opened(docket)
                docket.case("2026-007")
                with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                    connection.execute(change)
                with pytest.raises(BrokenRecord):
                    docket.case("2026-007")

    def test_only_what_changes_is_written_to_the_index(self, store: Store) -> None:
        """An act writes the index facts that it changes; the first one of a docket writes all of them."""
        facts: list[set[str]] = []
        append = store.append

        def watched(*writes: Any) -> None:
            facts.append({*writes[0].facts})
            append(*writes)

        docket = Docket(_Around(store, watched))
        opened(docket)
        docket.act("2026-007", Note("x"), at=day(0), by="sec-1")
        Docket(_Around(store, watched)).act("2026-007", Note("y"), at=day(0), by="sec-1")
        docket.act("2026-007", Note("z"), at=day(0), by="sec-1")
        docket.act("2026-007", Note("z"), at=day(0), by="sec-1")
        whole = {
            "procedure",
            "category",
            "status",
            "stage",
            "outcome",
            "batch",
            "comes_from",
            "version",
            "due",
            "duties",
        }
        assert facts[0] < whole
        assert facts[1:] == [{"version"}, whole, whole, {"version"}]
        known = store.facts("2026-007")
        assert not docket.reindex()
        assert store.facts("2026-007") == known

    def test_room_is_made(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """No more than so many entries are kept at hand, of the cases that were used last."""
        monkeypatch.setattr("yizheng.docket.at_hand.ENTRIES_KNOWN", 3)
        counting = _Counting(store)
        docket = Docket(counting)
        for number in "abcd":
            opened(docket, number)
        docket.act("a", Note("x"), at=day(0), by="sec-1")  # no longer at hand
        assert counting.loads == 1
        docket.act("a", Note("x"), at=day(0), by="sec-1")
        docket.act("d", Note("x"), at=day(0), by="sec-1")
        docket.act("a", Note("x"), at=day(0), by="sec-1")  # four entries, and still at hand as the last one used
        assert counting.loads == 3

    def test_many_threads(self) -> None:
        """Threads on one docket, each with cases of its own and one in common, leave every record whole."""
        docket = Docket(MemoryStore())
        for number in "abcde":
            opened(docket, number)

        def work(own: str) -> None:
            for _ in range(20):
                docket.act(own, Note(own), at=day(0), by="sec-1")
                with suppress(VersionConflict):
                    docket.act("e", Note(own), at=day(0), by="sec-1")

        threads = [threading.Thread(target=work, args=(own,)) for own in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [docket.case(own).version for own in "abcd"] == [21] * 4
        assert all(docket.verify(own).sound for own in "abcde")


class _Place:
    """A store whose records somebody changes past the docket."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    def keep(self, number: int) -> None:
        """Keep so many records of the case."""
        records, parts = self.store.load("2026-007")
        self.fill(records[:number], parts)

    def change(self, number: int, **changes: Any) -> None:
        """Change one record of the case."""
        records, parts = self.store.load("2026-007")
        self.fill([structs.replace(each, **changes) if each.version == number else each for each in records], parts)

    def fill(self, records: Sequence[Record], parts: dict[str, bytes]) -> None:
        self.store = MemoryStore()
        self.store.append(Write(stream="2026-007", expected=0, records=records, parts=parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


class _Counting:
    """A store that counts the records it gives."""

    def __init__(self, store: Store) -> None:
        self._store, self.records, self.loads = store, 0, 0

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """Counted."""
        found = self._store.read(stream, after)
        self.records += len(found)
        return found

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """Counted."""
        self.loads += 1
        return self._store.load(stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class TestAwaited:
    """The docket that awaits its store is the same docket."""

    def test_both_say_the_same(self) -> None:
        """Whatever the one takes, the other takes: the same methods with the same signatures."""
        told, awaited = (
            {name for name in dir(kind) if not name.startswith("_") and name != "rehearsal"}
            for kind in (Docket, AsyncDocket)
        )
        assert told == awaited
        for name in told:
            assert inspect.iscoroutinefunction(getattr(AsyncDocket, name))
            assert inspect.signature(getattr(AsyncDocket, name)) == inspect.signature(getattr(Docket, name))

    def test_a_whole_case(self) -> None:
        """A whole case in an event loop comes to what it comes to without one; other tasks get their turn meanwhile."""

        async def run() -> tuple[Case, int]:
            turns, ended = 0, asyncio.Event()

            async def look_on() -> None:
                nonlocal turns
                while not ended.is_set():
                    turns += 1
                    await asyncio.sleep(0)

            looking = asyncio.create_task(look_on())
            async with AsyncDocket(_Slow(MemoryStore())) as docket:
                await docket.open(matter(id="2026-007"), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
                for step in courtyard_steps():
                    case = await docket.act("2026-007", step.action, at=step.at, by=step.by)
                assert await docket.case("2026-007") == case
                assert (await docket.verify("2026-007")).sound
                checkpoint = await docket.checkpoint(at=day(99))
                assert (await docket.compare(checkpoint)).sound
                assert await docket.counts("status") == {("ended",): 1}
            ended.set()
            await looking
            return case, turns

        case, turns = asyncio.run(run())
        assert (case.outcome, case.version) == ("carried_out", len(courtyard_steps()) + 1)
        assert turns > case.version

    def test_two_tasks(self) -> None:
        """Of two tasks that act upon one case at once, one is told of the conflict, and nothing is lost."""

        async def run() -> tuple[list[object], Case]:
            docket = AsyncDocket(_Slow(MemoryStore()))
            await docket.open(matter(id="2026-007"), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
            acts = [docket.act("2026-007", Note(f"{each}"), at=day(0), by="sec-1") for each in range(2)]
            came = await asyncio.gather(*acts, return_exceptions=True)
            return list(came), await docket.case("2026-007")

        came, case = asyncio.run(run())
        assert sorted(type(each).__name__ for each in came) == ["Case", "VersionConflict"]
        assert case.version == 2

    @pytest.mark.parametrize("store", [None, MemoryStore(), MemoryStore, object()])
    def test_it_says_what_it_stands_on(self, store: Any) -> None:
        """What is no asynchronous store is refused, with what it lacks."""
        with pytest.raises(InvalidType, match="asynchronous store"):
            AsyncDocket(store)


class _Slow(Immediate):
    """A store that lets others have their turn before each answer."""

    async def append(self, *writes: Write) -> None:
        """After others."""
        await asyncio.sleep(0)
        await super().append(*writes)

    async def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """After others."""
        await asyncio.sleep(0)
        return await super().read(stream, after)

    async def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """After others."""
        await asyncio.sleep(0)
        return await super().load(stream)


class _Around:
    """A store around another, with an append of its own."""

    def __init__(self, store: Store, append: Callable[..., None]) -> None:
        self._store = store
        self.append = append

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class TestFinding:
    """Cases are found, and their duties told, without replaying any."""

    def test_by_what_applies(self, docket: Docket) -> None:
        """Cases are found by procedure, category, status, stage and outcome, alone and together."""
        opened(docket, "a")
        opened(docket, "b")
        step = solicited()[0]
        docket.act("b", step.action, at=step.at, by=step.by)
        opened(docket, "c")
        docket.act("c", Withdraw("x"), at=day(0), by="sec-1")
        assert docket.find() == ("a", "b", "c")
        assert docket.find(stage="solicit", status="open") == ("a", "b")
        assert docket.find(status="ended") == docket.find(outcome="withdrawn") == ("c",)
        assert docket.find(procedure="yizheng-courtyard", category="courtyard") == ("a", "b", "c")
        assert docket.find(stage="implement") == ()
        assert docket.find(stage="solicit", category="allowance") == ()

    def test_by_what_they_came_from(self, docket: Docket) -> None:
        """A matter is found by each of those that it came from, with other facts or alone, also after it has ended."""
        for number, origins in (("a", ["2026-007"]), ("b", ["2026-007", "d-1"]), ("c", []), ("d", ["2026-0070"])):
            one = matter(id=number, category="courtyard", comes_from=origins)
            docket.open(one, COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        docket.act("b", Withdraw("x"), at=day(0), by="sec-1")
        assert docket.find(comes_from="2026-007") == ("a", "b")
        assert docket.find(comes_from="d-1") == docket.find(comes_from="2026-007", status="ended") == ("b",)
        assert docket.find(comes_from="2026") == ()
        assert [line.case for line in docket.cases(comes_from="2026-007", status="open")] == ["a"]
        assert docket.counts("status", comes_from="2026-007") == {("ended",): 1, ("open",): 1}
        assert docket.reindex() == ()
        with pytest.raises(InvalidValue, match="not counted by comes_from"):
            docket.counts("comes_from")

    def test_an_origin_that_was_tampered_with(self, docket: Docket, store: Store) -> None:
        """An index that does not say it as it must be is broken, and is made anew from the records."""
        one = matter(id="a", category="courtyard", comes_from=["2026-007"])
        docket.open(one, COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        store.append(Write(stream="a", expected=1, facts={"comes_from": "2026-007"}))
        with pytest.raises(BrokenRecord, match="what case 'a' came from"):
            docket.find(comes_from="2026-007")
        assert docket.reindex() == ("a",)
        assert docket.find(comes_from="2026-007") == ("a",)

    def test_by_what_nobody_knows(self, docket: Docket) -> None:
        """A fact that no case has by that name is refused, rather than found nowhere."""
        opened(docket)
        with pytest.raises(YizhengError):
            docket.find(stgae="solicit")

    @pytest.mark.parametrize("status", ["closed", "OPEN", ""])
    def test_a_status_that_no_case_has(self, docket: Docket, status: str) -> None:
        """There are two, and another one is a slip rather than a list of no cases."""
        with pytest.raises(InvalidValue, match="open or ended"):
            docket.find(status=status)

    def test_duties_of_all_cases(self, docket: Docket) -> None:
        """What is owed in all cases comes the soonest first, overdue or not at the moment asked about."""
        for number, until in (("late", day(9)), ("soon", day(5))):
            opened(docket, number)
            docket.act(number, OpenSolicitation(channels={"online"}, until=until), at=day(0), by="sec-1")
            docket.act(number, ReceiveOpinion("x"), at=day(1), by="1-101")
        opened(docket, "new")
        due = docket.due(day(6))
        answers = [found for found in due if found.duty.ref == "o1"]
        assert [(found.case, found.duty.overdue) for found in answers] == [("soon", True), ("late", False)]
        assert due[0] == answers[0]
        assert {found.case for found in due} == {"late", "soon", "new"}
        for found in due:
            assert found in [CaseDuty(case=found.case, duty=duty) for duty in docket.case(found.case).due(day(6))]

    def test_what_is_overdue(self, docket: Docket) -> None:
        """What should have been done before a moment, the longest overdue first; what ends at the moment is not late."""
        for number, until in (("late", day(9)), ("soon", day(5)), ("never", day(20))):
            opened(docket, number)
            docket.act(number, OpenSolicitation(channels={"online"}, until=until), at=day(0), by="sec-1")
            docket.act(number, ReceiveOpinion("x"), at=day(1), by="1-101")
        assert docket.overdue(day(5)) == ()
        assert [found.case for found in docket.overdue(day(9))] == ["soon"]
        assert [found.case for found in docket.overdue(day(10))] == ["soon", "late"]
        assert docket.overdue(day(10)) == tuple(found for found in docket.due(day(10)) if found.duty.overdue)

    def test_many_alike_are_one_duty(self, docket: Docket) -> None:
        """Answers to many opinions are one duty with their number: what a case owes takes one line, not thousands."""
        opened(docket)
        docket.act("2026-007", OpenSolicitation(channels={"online"}, until=day(9)), at=day(0), by="sec-1")
        for _ in range(5):
            docket.act("2026-007", ReceiveOpinion("x"), at=day(1), by="1-101")
        docket.act("2026-007", AnswerOpinion("o1", "y"), at=day(1), by="sec-1")
        (answers,) = [found.duty for found in docket.due(day(2)) if found.duty.ref is not None]
        assert (answers.ref, answers.count, answers.until) == ("o2", 4, day(9))

    def test_lines(self, docket: Docket) -> None:
        """A line of the index says of a case what the case says."""
        opened(docket, "a")
        docket.act("a", OpenSolicitation(channels={"online"}, until=day(9)), at=day(0), by="sec-1")
        docket.act("a", ReceiveOpinion("x"), at=day(1), by="1-101")
        opened(docket, "b")
        docket.act("b", Withdraw("x"), at=day(0), by="sec-1")
        shared = {"procedure": "yizheng-courtyard", "category": "courtyard", "batch": None}
        assert docket.cases() == (
            CaseLine(case="a", status="open", stage="solicit", outcome=None, due=day(9), version=3, **shared),
            CaseLine(case="b", status="ended", stage=None, outcome="withdrawn", due=None, version=2, **shared),
        )
        assert docket.cases(status="ended") == docket.cases()[1:]
        with pytest.raises(InvalidValue, match="found by"):
            docket.cases(version="3")

    def test_counts(self, docket: Docket) -> None:
        """How many cases stand where, of each category, and of those alone that are asked about."""
        for number, category in (("a", "courtyard"), ("b", "lift"), ("c", "courtyard")):
            docket.open(matter(id=number, category=category), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        docket.act("a", Withdraw("x"), at=day(0), by="sec-1")
        assert docket.counts("stage", "category") == {
            (None, "courtyard"): 1,
            ("solicit", "courtyard"): 1,
            ("solicit", "lift"): 1,
        }
        assert docket.counts("category", status="open") == {("courtyard",): 1, ("lift",): 1}
        assert docket.counts() == {(): 3}
        assert docket.counts("stage", status="ended", outcome="lost") == {}
        with pytest.raises(InvalidValue, match="counted by"):
            docket.counts("colour")

    def test_an_index_that_is_wrong_is_made_anew(self, docket: Docket, store: Store) -> None:
        """What an earlier release did not write, or somebody changed, is written from the records, and nothing else."""
        for number in "abc":
            opened(docket, number)
        true = {number: store.facts(number) for number in "abc"}
        store.append(Write(stream="a", expected=1, facts={"version": None, "stage": "resolve"}))
        store.append(Write(stream="c", expected=1, facts={"colour": "red"}))
        opened(Docket(store, rehearsal=True), "r")
        with pytest.raises(BrokenRecord):
            docket.cases()
        assert docket.reindex() == ("a", "c")
        assert {number: store.facts(number) for number in "abc"} == true
        assert docket.reindex() == ()
        assert [line.version for line in docket.cases()] == [1, 1, 1]

    def test_a_record_that_cannot_be_read_keeps_no_other_from_the_index(self) -> None:
        """The others are indexed, and then the one is told of."""
        place = _Place()
        docket = Docket(place)
        opened(docket)
        place.change(1, payload=b"{}")
        opened(docket, "b")
        place.append(Write(stream="b", expected=1, facts={"stage": "resolve"}))
        with pytest.raises(BrokenRecord):
            docket.reindex()
        assert docket.find(stage="solicit") == ("b",)

    def test_a_rehearsal_is_not_counted(self, store: Store) -> None:
        """What a docket counts and lists are its own cases: real ones, or rehearsals."""
        real, rehearsed = Docket(store), Docket(store, rehearsal=True)
        opened(real, "a")
        opened(rehearsed, "b")
        for docket, own in ((real, "a"), (rehearsed, "b")):
            assert [line.case for line in docket.cases()] == [own]
            assert docket.counts("status") == {("open",): 1}
            docket.act(own, OpenSolicitation(channels={"online"}, until=day(5)), at=day(0), by="sec-1")
            docket.act(own, ReceiveOpinion("x"), at=day(1), by="1-101")
            assert {found.case for found in docket.overdue(day(9))} == {own}

    def test_ended_cases_owe_nothing(self, docket: Docket) -> None:
        """A case that has ended owes nothing any more."""
        opened(docket)
        assert docket.due(day(0))
        docket.act("2026-007", Withdraw("x"), at=day(0), by="sec-1")
        assert docket.due(day(0)) == ()

    @pytest.mark.parametrize("at", [datetime(2026, 3, 2), None, "now"])  # noqa: DTZ001 -- they are refused
    def test_moments_have_zones(self, docket: Docket, store: Store, at: Any) -> None:
        """A moment without a zone is refused in every method that takes one, and nothing is written."""
        opened(docket)
        before = kept(store)
        for use in (
            lambda: docket.due(at),
            lambda: docket.act("2026-007", Note("x"), at=at, by="sec-1"),
            lambda: opened(docket, "other", at=at),
        ):
            with pytest.raises((InvalidType, InvalidValue)):
                use()
        if at is not None:
            with pytest.raises((InvalidType, InvalidValue)):
                docket.act("2026-007", Note("x"), at=day(0), recorded_at=at, by="sec-1")
        assert kept(store) == before


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a whole case in it."""
    path = tmp_path / "kept.db"
    with Docket(SQLiteStore(path)) as docket:
        opened(docket)
        for number, step in enumerate(solicited()):
            docket.act("2026-007", step.action, at=step.at, by=step.by, key=f"k-{number}")
    return path


def change(path: Path, statement: str, *values: object) -> None:
    """Change the file past the store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        assert raw.execute(statement, values).rowcount


class TestFiles:
    """What is in the file is the case, and what was changed in it is found."""

    def test_it_is_opened_again(self, path: Path) -> None:
        """After closing and opening the file, the case is equal to what it was, and goes on."""
        with Docket(SQLiteStore(path)) as docket:
            case = docket.case("2026-007")
            again = docket.case("2026-007")
            assert again == case
            assert (again.state, again.progress, again.dossier) == (case.state, case.progress, case.dossier)
            assert docket.act("2026-007", Note("x"), at=day(7), by="sec-1").version == case.version + 1

    def test_a_whole_case_is_opened_again(self, tmp_path: Path) -> None:
        """A case is equal to itself after each act, with the file closed in between."""
        path = tmp_path / "whole.db"
        with Docket(SQLiteStore(path)) as docket:
            case = opened(docket)
        for step in courtyard_steps()[::1]:
            with Docket(SQLiteStore(path)) as docket:
                assert docket.case("2026-007") == case
                case = docket.act("2026-007", step.action, at=step.at, by=step.by)
        assert case.outcome == "carried_out"

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE records SET payload = replace(CAST(payload AS TEXT), 'solicit', 'resolve') WHERE version = 2",
            "UPDATE records SET payload = x'7b7d' WHERE version = 3",
            "UPDATE records SET payload = (SELECT payload FROM records WHERE version = 3) WHERE version = 4",
            "UPDATE records SET digest = (SELECT digest FROM records WHERE version = 3) WHERE version = 4",
            "UPDATE records SET digest = 'x' WHERE version = 1",
            "UPDATE records SET kind = 'note' WHERE version = 2",
            "UPDATE records SET kind_version = 2 WHERE version = 2",
            "UPDATE records SET moment = '2026-03-02T01:00:00.000001+00:00' WHERE version = 2",
            """UPDATE records SET "key" = 'other' WHERE version = 2""",
            """UPDATE records SET "key" = NULL WHERE version = 2""",
            """UPDATE records SET private = replace(CAST(private AS TEXT), '13800000000', '13900000000')
            WHERE version = 1""",
            "UPDATE records SET private = x'00' WHERE version = 1",
            "UPDATE records SET private = (SELECT private FROM records WHERE version = 4) WHERE version = 1",
            "UPDATE records SET private = x'7b7d5d' WHERE version = 4",
            """UPDATE parts SET content = CAST(replace(CAST(content AS TEXT), '1-101', '1-999') AS BLOB)
            WHERE CAST(content AS TEXT) LIKE '%1-101%'""",
            """UPDATE records SET payload = CAST(replace(CAST(payload AS TEXT), 'questionnaire', 'broadcast') AS BLOB)
            WHERE version = 2""",
            """UPDATE records SET private = CAST(replace(CAST(private AS TEXT), '1380000', '1390000') AS BLOB)
            WHERE version = 1""",
            "UPDATE parts SET content = x'7b7d'",
            "DELETE FROM parts",
            "DELETE FROM parts_of",
            "DELETE FROM records WHERE version = 1",
            "DELETE FROM records WHERE version = 4",
            "UPDATE records SET version = version + 100 WHERE version = 4",
        ],
    )
    def test_what_was_changed_is_found(self, path: Path, statement: str) -> None:
        """A payload, a digest, a private value, a part or a column that was changed is found when the case is read."""
        change(path, statement)
        with Docket(SQLiteStore(path)) as docket, pytest.raises((BrokenRecord, StoreFault, UnknownKind)):
            docket.case("2026-007")

    def test_private_values_may_be_destroyed(self, path: Path) -> None:
        """Where private values were destroyed in the file, the case is read without them, and its chain holds."""
        with Docket(SQLiteStore(path)) as docket:
            digest = docket.case("2026-007").digest
        change(path, "UPDATE records SET private = NULL")
        with Docket(SQLiteStore(path)) as docket:
            case = docket.case("2026-007")
            assert (case.digest, case.matter.private) == (digest, {})
            assert case.entries[0].withheld == {"matter.private.phone"}
            assert docket.act("2026-007", Note("x"), at=day(7), by="sec-1").version == case.version + 1

    def test_a_cut_tail_is_not_found(self, path: Path) -> None:
        """A file whose last records were cut holds a sound shorter record: only a digest kept elsewhere shows it."""
        with Docket(SQLiteStore(path)) as docket:
            whole = docket.case("2026-007")
        change(path, "DELETE FROM records WHERE version > 5")
        with Docket(SQLiteStore(path)) as docket:
            cut = docket.case("2026-007")
        assert cut.version == 5
        assert cut.digest != whole.digest

    @pytest.mark.parametrize("value", ["x", "[", '[{"action": 5}]', "{}", "[[]]", '"\ud7ff"', "[" * 100_000])
    def test_index_facts_that_were_changed(self, path: Path, value: str) -> None:
        """Duties that cannot be read are an error of ours, and the case itself is read as ever."""
        change(path, "UPDATE facts SET value = ? WHERE name = 'duties'", value)
        with Docket(SQLiteStore(path)) as docket:
            with pytest.raises(YizhengError):
                docket.due(day(0))
            assert docket.case("2026-007").stage == "propose"

    @pytest.mark.parametrize("value", ["", "x", "2026-03-09", "2026-03-09T09:00:00", '"', "\\", "5"])
    def test_a_due_date_that_was_changed(self, path: Path, value: str) -> None:
        """A due date that cannot be read, or bears no zone, is an error of ours; made anew, the index tells it again."""
        change(path, "INSERT OR REPLACE INTO facts (stream, name, value) VALUES ('2026-007', 'due', ?)", value)
        with Docket(SQLiteStore(path)) as docket:
            for ask in (partial(docket.overdue, day(0)), docket.cases):
                with pytest.raises(BrokenRecord, match="due in case '2026-007'"):
                    ask()
            assert docket.reindex() == ("2026-007",)
            assert docket.cases()[0].case == "2026-007"
            assert docket.overdue(day(0)) == ()

    @pytest.mark.parametrize("value", ["", "x", "-1", "1.0", "\u0661", "9" * 5_000])
    def test_a_number_of_entries_that_was_changed(self, path: Path, value: str) -> None:
        """A number that is none, or none that a store can keep, is an error of ours."""
        change(path, "UPDATE facts SET value = ? WHERE name = 'version'", value)
        with Docket(SQLiteStore(path)) as docket, pytest.raises(BrokenRecord, match="entries"):
            docket.cases()

    def test_the_public_part_alone_is_in_the_payload(self, path: Path) -> None:
        """Nothing private stands in any payload, part or fact of the file."""
        with closing(sqlite3.connect(path)) as raw:
            shown = b"".join(row[0] for row in raw.execute("SELECT payload FROM records"))
            shown += "".join(row[0] for row in raw.execute("SELECT value FROM facts")).encode()
        assert b"13800000000" not in shown
        assert b"1-102" not in shown


def test_what_is_kept_is_canonical(docket: Docket, store: Store) -> None:
    """Payloads, private values and parts are kept as canonical bytes, under the moment of recording."""
    import json  # noqa: PLC0415 -- to read as any other program would

    opened(docket)
    docket.act("2026-007", Note("x"), at=day(0), recorded_at=day(1), by="sec-1")
    records, parts = store.load("2026-007")
    for stored in (*(record.payload for record in records), *parts.values(), records[0].private):
        assert stored is not None
        assert canonical(json.loads(stored)) == stored
    assert records[1].moment == day(1).astimezone(UTC)
    assert records[1].private is None


def test_a_step_is_a_step() -> None:
    """The walks of these tests say who acts unless told otherwise."""
    assert Step(Note("x"), START + timedelta(0)).by == "sec-1"


class TestAHundredWriters:
    """A hundred members vote while the vote is being closed (trap 80)."""

    VOTERS = tuple(f"v-{number:03}" for number in range(100))

    def test_what_was_acknowledged_before_the_close_was_counted_and_nothing_after(self) -> None:
        """Each tries again while others are faster; the ruling counts exactly the ballots that were taken."""
        docket, closes = Docket(MemoryStore()), day(10)
        before = opened_in_writing(rule=Rule(quorum=None, passage=FOR > 0, citation=CITED))
        case_id = before.dossier.matter.id
        docket.open(
            before.dossier.matter,
            before.procedure,
            {"assembly": roll("assembly", self.VOTERS)},
            {"secretary": {"sec-1"}},
            at=START,
            by="sec-1",
        )
        docket.act(case_id, Convene(held_at=day(3), until=closes, mode="written"), at=START, by="sec-1")
        taken: list[str] = []
        start = threading.Barrier(len(self.VOTERS) + 1)
        desks = threading.BoundedSemaphore(4)  # all ask at once, and as many are served: a hundred would only trip up

        def act(action: Any, by: str) -> None:
            start.wait()
            while True:
                try:
                    with desks:
                        docket.act(case_id, action, at=closes, by=by)
                except VersionConflict:
                    continue
                except Refused as no:
                    assert no.codes == {"CASE_ENDED"}  # noqa: PT017 - whoever comes after the close is told so
                else:
                    taken.append(by)
                return

        acts = [partial(act, CastBallot(Choice.FOR), voter) for voter in self.VOTERS]
        acts.insert(50, partial(act, CloseVote(), "sec-1"))
        threads = [threading.Thread(target=each) for each in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        case = docket.case(case_id)
        assert "sec-1" in taken
        ruling = case.entries[-1].effect.ruling
        assert ruling is not None
        assert ruling.tally.number(FOR) == len(taken) - 1 == len(case.entries) - 3
