"""A docket in rehearsal (模拟演练) beside a real one, over one store: neither reads or writes what is the other's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from batch.review import OFFICES as REVIEWERS
from batch.review import PROCEDURE, ROLLS, called, family, front, voted
from batch.review import START as REVIEW
from batch.review import day as review_day
from walks import COURTYARD_ROLLS, OFFICES, START, courtyard_steps, day, matter, solicited
from yizheng import Case, Docket, Refused, catalogue
from yizheng.batch import Batch
from yizheng.errors import InvalidType, InvalidValue, VersionConflict, WrongDocket
from yizheng.stages import Note, ReceiveOpinion
from yizheng.store import MemoryStore, SQLiteStore, Store, Write
from yizheng.testing.samples import everything

COURTYARD = catalogue.yizheng.COURTYARD
ITEMS = [f"family-{number:03}" for number in (1, 2, 3)]


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind."""
    made: Store = MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "community.db")
    with made:
        yield made


@pytest.fixture(params=[False, True], ids=["real", "rehearsed"])
def dockets(request: pytest.FixtureRequest, store: Store) -> tuple[Docket, Docket]:
    """A docket, and one of the other kind over the same store."""
    return Docket(store, rehearsal=request.param), Docket(store, rehearsal=not request.param)


def opened(docket: Docket, case_id: str = "2026-007", **given: Any) -> Case:
    """A courtyard case, opened on a docket."""
    return docket.open(matter(id=case_id), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1", **given)


def open_batch(docket: Docket, batch_id: str = "batch-1", first: int = 1) -> Batch:
    """A batch of three families, opened on a docket."""
    families = [family(number) for number in range(first, first + 3)]
    return docket.open_batch(families, PROCEDURE, ROLLS, REVIEWERS, at=REVIEW, by="sec-1", id=batch_id)


def ready(docket: Docket) -> None:
    """A batch that has come to its one by one."""
    open_batch(docket)
    for at, by, action in (*front(), *called()):
        docket.act_batch("batch-1", action, at=at, by=by)


class TestTheMainRoad:
    """A docket in rehearsal does all that a docket does, and what it makes says what it is."""

    def test_a_whole_case(self, store: Store) -> None:
        """A whole case is rehearsed; every entry in the store says so, and what is read back is a rehearsal."""
        docket = Docket(store, rehearsal=True)
        opened(docket)
        for step in courtyard_steps():
            case = docket.act("2026-007", step.action, at=step.at, by=step.by)
            assert docket.case("2026-007") == case
        assert (case.outcome, case.rehearsal) == ("carried_out", True)
        assert all(json.loads(record.payload)["rehearsal"] is True for record in store.read("2026-007"))

    def test_a_whole_batch(self, store: Store) -> None:
        """A batch is rehearsed with all its matters, each to its own end."""
        docket = Docket(store, rehearsal=True)
        ready(docket)
        for number, item in enumerate(ITEMS):
            for at, by, action in voted(3 * number + 2):
                case = docket.act(item, action, at=at, by=by)
            assert case.rehearsal
        assert [docket.case(item).stage is None for item in ITEMS] == [True, False, False]
        assert all(json.loads(record.payload)["rehearsal"] is True for _, record in store.read_all())

    def test_a_real_docket_writes_what_it_always_wrote(self, store: Store) -> None:
        """In a real record and its facts the word does not occur."""
        docket = Docket(store)
        ready(docket)
        for at, by, action in voted(9):
            docket.act(ITEMS[0], action, at=at, by=by)
        opened(docket)
        assert not any(b"rehears" in record.payload for _, record in store.read_all())
        assert not any("rehearsal" in store.facts(stream) for stream in store.streams())

    def test_it_stays_one_in_the_file(self, tmp_path: Path) -> None:
        """What was rehearsed is a rehearsal for whoever opens the file later."""
        file = tmp_path / "community.db"
        with Docket(SQLiteStore(file), rehearsal=True) as docket:
            case = opened(docket)
        with Docket(SQLiteStore(file)) as docket, pytest.raises(WrongDocket):
            docket.case("2026-007")
        with Docket(SQLiteStore(file), rehearsal=True) as docket:
            assert docket.case("2026-007") == case

    @pytest.mark.parametrize("said", [None, 1, 0, "yes", "", []])
    def test_yes_or_no(self, said: Any) -> None:
        """A docket is real or in rehearsal; what is neither true nor false is refused."""
        with pytest.raises(InvalidType, match="rehearsal is"):
            Docket(MemoryStore(), rehearsal=said)
        assert not Docket(MemoryStore()).rehearsal
        assert Docket(MemoryStore(), rehearsal=True).rehearsal


OPINION = ReceiveOpinion("先修排水")
ON_CASES: dict[str, Callable[[Docket], object]] = {
    "case": lambda docket: docket.case("2026-007"),
    "act": lambda docket: docket.act("2026-007", OPINION, at=day(1), by="1-101"),
    "retry": lambda docket: docket.act("2026-007", OPINION, at=day(1), by="1-101", key="k"),
    "expecting": lambda docket: docket.act("2026-007", OPINION, at=day(1), by="1-101", expecting=99),
    "unlawful": lambda docket: docket.act("2026-007", Note("x"), at=day(1), by="nobody"),
    "reopen": lambda docket: opened(docket, key="opening"),
}
ON_BATCHES: dict[str, Callable[[Docket], object]] = {
    "batch": lambda docket: docket.batch("batch-1"),
    "item": lambda docket: docket.case(ITEMS[0]),
    "act on an item": lambda docket: docket.act(ITEMS[0], next(voted(9))[2], at=review_day(13), by="sec-1"),
    "act_batch": lambda docket: docket.act_batch("batch-1", Note("x"), at=review_day(14), by="sec-1"),
    "split": lambda docket: docket.split("batch-1", ITEMS[0], reason="x", at=review_day(14), by="sec-1"),
    "release": lambda docket: docket.release("batch-1", at=review_day(14), by="sec-1"),
}


class TestTheOtherKind:
    """A docket in rehearsal cannot touch a real record, nor a real docket a rehearsal, though one store keeps both."""

    @pytest.mark.parametrize("ask", ON_CASES)
    def test_cases(self, dockets: tuple[Docket, Docket], store: Store, ask: str) -> None:
        """Whatever is asked of a case of the other kind: one clear error, and nothing is written."""
        own, other = dockets
        opened(own, key="opening")
        own.act("2026-007", solicited()[0].action, at=START, by="sec-1")
        own.act("2026-007", OPINION, at=day(1), by="1-101", key="k")
        assert_kept_apart(own, other, store, "2026-007", ON_CASES[ask])
        assert own.act("2026-007", OPINION, at=day(1), by="1-101", key="k").version == 3
        assert opened(own, key="opening").version == 1

    @pytest.mark.parametrize("ask", ON_BATCHES)
    def test_batches(self, dockets: tuple[Docket, Docket], store: Store, ask: str) -> None:
        """Whatever is asked of a batch of the other kind, or of a matter in it."""
        own, other = dockets
        ready(own)
        asked = ITEMS[0] if "item" in ask else "batch-1"
        assert_kept_apart(own, other, store, asked, ON_BATCHES[ask])
        ON_BATCHES[ask](own)

    def test_a_matter_that_left_its_batch(self, dockets: tuple[Docket, Docket], store: Store) -> None:
        """A matter that goes on by itself is still of its batch's kind."""
        own, other = dockets
        ready(own)
        own.release("batch-1", ITEMS[1], at=review_day(13), by="sec-1")
        assert_kept_apart(own, other, store, ITEMS[1], lambda docket: docket.case(ITEMS[1]))

    def test_a_matter_in_the_place_of_another(self, dockets: tuple[Docket, Docket]) -> None:
        """Where somebody put a matter of the other kind under the id of a batch's matter, it is not taken up."""
        own, _ = dockets
        forged, honest, apart = MemoryStore(), MemoryStore(), MemoryStore()
        ready(Docket(honest, rehearsal=own.rehearsal))
        ready(Docket(apart, rehearsal=not own.rehearsal))
        for stream in honest.streams():
            records, parts = (apart if stream == ITEMS[0] else honest).load(stream)
            forged.append(Write(stream=stream, expected=0, records=records, parts=parts, facts=honest.facts(stream)))
        before = everything(forged)
        docket = Docket(forged, rehearsal=own.rehearsal)
        for item in (ITEMS[0], None):
            with pytest.raises(Refused) as no:
                docket.release("batch-1", item, at=review_day(14), by="sec-1")
            assert no.value.codes == {"CASE_OF_BATCH"}
        with pytest.raises(WrongDocket):
            docket.act(ITEMS[0], next(voted(9))[2], at=review_day(14), by="sec-1")
        assert everything(forged) == before

    def test_an_id_belongs_to_whoever_took_it(self, dockets: tuple[Docket, Docket], store: Store) -> None:
        """An id that is taken by a record of the other kind cannot be opened, alone or within a batch."""
        own, other = dockets
        opened(own, "family-002")
        ready_before = everything(store)
        with pytest.raises(VersionConflict) as conflict:
            opened(other, "family-002")
        assert (conflict.value.stream, conflict.value.found) == ("family-002", 1)
        with pytest.raises(VersionConflict):
            open_batch(other)
        with pytest.raises(VersionConflict):
            open_batch(other, "family-002", first=7)
        assert everything(store) == ready_before
        assert own.case("family-002").rehearsal is own.rehearsal


def assert_kept_apart(own: Docket, other: Docket, store: Store, case_id: str, ask: Callable[[Docket], object]) -> None:
    """The other docket refuses, says what the record is and which docket to use, and writes nothing."""
    before = everything(store)
    with pytest.raises(WrongDocket, match="nothing was written") as raised:
        ask(other)
    assert everything(store) == before
    assert (raised.value.case, raised.value.rehearsal) == (case_id, own.rehearsal)
    what, where = ("a rehearsal", "is real") if own.rehearsal else ("a real record", "is in rehearsal")
    assert f"case {case_id!r} is {what}, and this docket {where}" in str(raised.value)
    assert f"Docket(store, rehearsal={own.rehearsal})" in str(raised.value)


class TestFinding:
    """Each docket finds its own cases and duties, and never those of the other kind."""

    def test_find(self, dockets: tuple[Docket, Docket]) -> None:
        """By whatever they are looked for, a rehearsal and a real record are not found together."""
        own, other = dockets
        for docket, case_id in ((own, "a"), (other, "b"), (own, "c"), (other, "d")):
            opened(docket, case_id)
        open_batch(own, "batch-1")
        open_batch(other, "batch-2", first=7)
        others = ["family-007", "family-008", "family-009"]
        assert own.find() == ("a", "batch-1", "c", *ITEMS)
        assert other.find() == ("b", "batch-2", "d", *others)
        assert own.find(procedure=COURTYARD.id) == ("a", "c") == own.find(category="courtyard", stage="solicit")
        assert other.find(procedure=COURTYARD.id) == ("b", "d")
        assert (own.find(batch="batch-1"), own.find(batch="batch-2")) == (tuple(ITEMS), ())
        assert (other.find(batch="batch-1"), other.find(batch="batch-2")) == ((), tuple(others))

    def test_due(self, dockets: tuple[Docket, Docket]) -> None:
        """A duty that is only rehearsed is not listed among the real ones, nor a real one in a rehearsal."""
        own, other = dockets
        opened(own, "a")
        opened(other, "b")
        for docket, case_id in ((own, "a"), (other, "b")):
            step = solicited()[0]
            case = docket.act(case_id, step.action, at=step.at, by=step.by)
            found = docket.due(day(30))
            assert {each.case for each in found} == {case_id}
            assert [each.duty for each in found] == list(case.due(day(30)))

    def test_they_are_not_looked_for(self, dockets: tuple[Docket, Docket]) -> None:
        """Which docket it is says what is found; it cannot be asked for otherwise."""
        for docket in dockets:
            with pytest.raises(InvalidValue, match="not found by rehearsal"):
                docket.find(rehearsal="yes")

    def test_one_that_is_opened_meanwhile(self) -> None:
        """A rehearsal that is opened while a real docket looks is not listed by it."""
        store = Interrupted()
        store.meanwhile = lambda: opened(Docket(store, rehearsal=True), "b")
        opened(Docket(store), "a")
        assert Docket(store).find() == ("a",)
        store = Interrupted()
        store.meanwhile = lambda: opened(Docket(store, rehearsal=True), "b")
        opened(Docket(store), "a")
        assert {each.case for each in Docket(store).due(day(30))} == {"a"}

    def test_without_its_fact(self, store: Store) -> None:
        """The facts only help to find: where that of a rehearsal was lost, its record still says what it is."""
        case = opened(Docket(store, rehearsal=True))
        bare = MemoryStore()
        records, parts = store.load(case.id)
        bare.append(Write(stream=case.id, expected=0, records=records, parts=parts))
        with pytest.raises(WrongDocket):
            Docket(bare).case(case.id)
        assert Docket(bare, rehearsal=True).case(case.id) == case


class Interrupted(MemoryStore):
    """A store in which somebody else writes just before whatever is looked up first."""

    meanwhile: Callable[[], object] | None = None

    def _now(self) -> None:
        if self.meanwhile is not None and self.version("a"):
            then, self.meanwhile = self.meanwhile, None
            then()

    def find(self, /, **facts: str) -> tuple[str, ...]:
        """Look, after somebody wrote."""
        self._now()
        return super().find(**facts)

    def facts_of(self, name: str) -> dict[str, str]:
        """Look, before somebody writes."""
        found = super().facts_of(name)
        self._now()
        return found
