"""Which open cases of a docket a change would have treated otherwise. The cases are invented."""

from __future__ import annotations

import asyncio

import attrs
import pytest

from batch.desk import FAMILIES, Desk, resolving
from batch.review import PROCEDURE as REVIEW
from batch.review import called, front, voted
from walks import COURTYARD_ROLLS, OFFICES, START, courtyard_steps, matter
from yizheng import Case, Citation, Docket, Period, Procedure, Refused, Text, catalogue, law
from yizheng.conformance import Departed
from yizheng.docket import AsyncDocket, treated_otherwise
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure import duties as d
from yizheng.rules import CAST, ENTITLED, FOR, Rule
from yizheng.stages import Destroy
from yizheng.store import MemoryStore
from yizheng.store.immediate import Immediate

COURTYARD = catalogue.yizheng.COURTYARD
LAW = Citation(instrument=Text("某章程（虚构）", "an invented by-law"), article="7")
STEPS = courtyard_steps()
REACHED = (0, 3, 9, 16, 19, 24, len(STEPS))
"""How many steps each case of the docket has taken; the last has ended."""


def name(steps: int) -> str:
    """The id of the case that has taken so many steps."""
    return f"case-{steps:02}"


def kept(docket: Docket) -> Docket:
    """A docket of cases at different places."""
    for steps in REACHED:
        docket.open(matter(id=name(steps)), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        for step in STEPS[:steps]:
            docket.act(name(steps), step.action, at=step.at, by=step.by)
    return docket


@pytest.fixture(scope="module")
def docket() -> Docket:
    """One docket for all that only look at it."""
    return kept(Docket(MemoryStore()))


def sticks(definition: Procedure, case: Case) -> int | None:
    """Where doing it all again sticks or leads elsewhere, by the acts alone."""
    opened, again = case.entries[0].action, None
    for entry in case.entries:
        try:
            again = (
                Case.open(opened.matter, definition, opened.rolls, opened.offices, at=entry.at, by=entry.by)
                if again is None
                else again.act(entry.action, at=entry.at, by=entry.by, recorded_at=entry.recorded_at)
            )
        except Refused:
            return entry.number
        if (again.entries[-1].effect.outcome, again.entries[-1].effect.due) != (entry.effect.outcome, entry.effect.due):
            return entry.number
    return None


class TestChanges:
    """The first entry in each open case that the change would have refused, judged otherwise or led elsewhere."""

    CHANGES = (
        ("a longer solicitation", catalogue.yizheng.courtyard(solicitation=Period(10, citation=LAW))),
        ("a longer notice", catalogue.yizheng.courtyard(notice=Period(30, citation=LAW))),
        ("a shorter notice", catalogue.yizheng.courtyard(notice=Period(3, citation=LAW))),
        ("a longer posting", catalogue.yizheng.courtyard(measures_posted=Period(60, citation=LAW))),
        (
            "a lower bar",
            catalogue.yizheng.courtyard(owners=law.provision("owners.vote.other").editions[-1]),
        ),
        (
            "a bar out of reach",
            catalogue.yizheng.courtyard(
                owners=Rule(quorum=None, passage=FOR > CAST, citation=LAW, electorate="owners")
            ),
        ),
        (
            "a quorum out of reach",
            catalogue.yizheng.courtyard(
                owners=Rule(quorum=CAST > ENTITLED, passage=FOR >= 1, citation=LAW, electorate="owners")
            ),
        ),
    )

    @pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
    def test_settings(self, docket: Docket, change: tuple[str, Procedure]) -> None:
        """Exactly the open cases in which doing it all again sticks, at the entry at which it does."""
        expected = {name(steps): sticks(change[1], docket.case(name(steps))) for steps in REACHED[:-1]}
        found = treated_otherwise(docket, COURTYARD, change[1])
        assert {each.case: each.number for each in found} == {case: at for case, at in expected.items() if at}

    def test_the_words(self, docket: Docket) -> None:
        """It says which case, which entry, why and by what."""
        (first, *_) = treated_otherwise(docket, COURTYARD, self.CHANGES[0][1])
        assert (first.case, first.number, first.code) == ("case-03", 2, Departed.REFUSED)
        assert first.explain("en").startswith("case-03, entry 2: “open the solicitation” would have been refused")

    def test_a_route(self, docket: Docket) -> None:
        """A route that leads elsewhere shows where a case took it."""
        routes = {**COURTYARD.routes, "solicit": {"completed": "consult"}}
        changed = attrs.evolve(
            COURTYARD, routes=routes, mandatory=("solicit.completed",), deciding="resolve", corrected="consult"
        )
        found = treated_otherwise(docket, COURTYARD, changed)
        closed = 1 + next(n for n, step in enumerate(STEPS, 1) if step.action.kind == "close_solicitation")
        assert {(each.case, each.number, each.code) for each in found} == {
            (name(steps), closed, Departed.ELSEWHERE) for steps in REACHED[:-1] if steps + 1 >= closed
        }

    def test_a_route_behind_another_rule(self, docket: Docket) -> None:
        """A route that leads elsewhere shows also where the entry took another rule of which nothing came."""
        changed = catalogue.yizheng.courtyard(majority=Rule(quorum=None, passage=FOR >= 1, citation=LAW))
        routes = {**changed.routes, "propose": {**changed.routes["propose"], "carried": "resolve"}}
        past = attrs.evolve(
            changed,
            routes={**routes, "resolve": {**routes["resolve"], "returned": "consult"}},
            mandatory=("solicit.completed",),
        )
        found = treated_otherwise(docket, COURTYARD, past)
        carried = 1 + next(n for n, step in enumerate(STEPS, 1) if step.action.kind == "close_vote")
        assert {(each.case, each.number, each.code) for each in found} == {
            (name(steps), carried, Departed.ELSEWHERE) for steps in REACHED[:-1] if steps + 1 >= carried
        }

    def test_a_duty(self, docket: Docket) -> None:
        """A duty that was kept too late shows, at the entry that came too late."""
        duty = d.Precedence(["solicit"], ["propose"], within=Period(3, citation=LAW))
        found = treated_otherwise(docket, COURTYARD, attrs.evolve(COURTYARD, duties=[duty]))
        closed = 1 + next(n for n, step in enumerate(STEPS, 1) if step.action.kind == "close_solicitation")
        assert {(each.case, each.number, each.code) for each in found} == {
            (name(steps), closed, Departed.LATE) for steps in REACHED[:-1] if steps + 1 >= closed
        }

    def test_nothing(self, docket: Docket) -> None:
        """The same definition treats nothing otherwise, and a change of words alone nothing either."""
        assert treated_otherwise(docket, COURTYARD, COURTYARD) == ()
        assert treated_otherwise(docket, COURTYARD, attrs.evolve(COURTYARD, title="x", edition="2")) == ()


class TestWhichCases:
    """Those under way that were opened under the old definition."""

    def test_of_another_definition(self, docket: Docket) -> None:
        """Cases of another edition, or of another procedure, are passed over."""
        changed = catalogue.yizheng.courtyard(solicitation=Period(10, citation=LAW))
        other = attrs.evolve(COURTYARD, edition="0")
        assert treated_otherwise(docket, other, changed) == ()
        assert treated_otherwise(docket, catalogue.yizheng.ALLOWANCE, changed) == ()

    def test_cases_by_themselves(self, docket: Docket) -> None:
        """Cases may be handed in, such as those of an asynchronous docket."""
        changed = catalogue.yizheng.courtyard(solicitation=Period(10, citation=LAW))
        store = MemoryStore()
        kept(Docket(store))

        async def read() -> list[Case]:
            async with AsyncDocket(Immediate(store)) as other:
                return [await other.case(line.case) for line in await other.cases(status="open")]

        assert treated_otherwise(asyncio.run(read()), COURTYARD, changed) == treated_otherwise(
            docket, COURTYARD, changed
        )

    def test_what_cannot_be_judged(self) -> None:
        """Where an entry was destroyed, and nothing else shows, that it cannot be said is told, with the entry."""
        made = kept(Docket(MemoryStore()))
        case = made.case(name(24))
        values = {entry.number: set(entry.private()) for entry in case.entries[1:] if entry.private()}
        gone = made.act(
            case.id, Destroy(values, reason="保存期限已满（示例）"), at=case.entries[-1].recorded_at, by="sec-1"
        )
        same = attrs.evolve(COURTYARD, edition="2")
        assert treated_otherwise([case], COURTYARD, same) == ()
        (told,) = treated_otherwise([gone], COURTYARD, same)
        assert (told.code, told.case, told.number) == (Departed.UNJUDGED, case.id, min(values))
        assert "cannot be said: these entries could not be judged again" in told.explain("en")
        assert "无法判断新程序是否会另行处理" in told.explain("zh")
        longer = catalogue.yizheng.courtyard(solicitation=Period(10, citation=LAW))
        (found,) = treated_otherwise([gone], COURTYARD, longer)
        assert found.code is Departed.REFUSED

    def test_cases_that_have_ended(self, docket: Docket) -> None:
        """Those that have ended are passed over, also where they are handed in."""
        changed = catalogue.yizheng.courtyard(solicitation=Period(10, citation=LAW))
        ended = docket.case(name(REACHED[-1]))
        assert ended.outcome is not None
        assert treated_otherwise([ended], COURTYARD, changed) == ()

    def test_a_batch(self) -> None:
        """The record of a batch is looked at as a case, and a matter that it holds stands where it was opened."""
        desk = Desk()
        desk.lead(front())
        none = [attrs.evolve(office, may=office.may - {"open"}) for office in REVIEW.offices]
        found = treated_otherwise(desk, REVIEW, attrs.evolve(REVIEW, offices=none))
        assert {(each.case, each.number) for each in found} == {(record, 1) for record in ("batch-1", *FAMILIES)}
        longer = [
            attrs.evolve(stage, least=Period(90, citation=LAW)) if stage.id == "solicit" else stage
            for stage in REVIEW.stages
        ]
        found = treated_otherwise(desk, REVIEW, attrs.evolve(REVIEW, stages=longer))
        assert [(each.case, each.number) for each in found] == [("batch-1", 2)]
        assert treated_otherwise(desk, REVIEW, REVIEW) == ()

    def test_matters_that_left_a_batch(self) -> None:
        """What the batch did counts for them: a duty that it kept is kept, and where it departs, they do."""
        desk = resolving()
        desk.lead([*called(), *voted(5)], FAMILIES[0])
        heard = d.Precedence(["solicit.completed"], ["resolve"])
        assert treated_otherwise(desk, REVIEW, attrs.evolve(REVIEW, duties=[heard])) == ()
        soon = d.Precedence(["solicit.completed"], ["resolve.carried"], within=Period(10, citation=LAW))
        found = treated_otherwise(desk, REVIEW, attrs.evolve(REVIEW, duties=[soon]))
        assert [(each.case, each.number, each.code) for each in found] == [(FAMILIES[0], 6, Departed.LATE)]

    def test_nothing_is_changed(self, docket: Docket) -> None:
        """No case is any other for having been looked at."""
        before = [docket.case(name(steps)).digest for steps in REACHED]
        treated_otherwise(docket, COURTYARD, catalogue.yizheng.courtyard(notice=Period(30, citation=LAW)))
        assert [docket.case(name(steps)).digest for steps in REACHED] == before


class TestDoors:
    """What cannot be is refused."""

    def test_types(self, docket: Docket) -> None:
        """A docket or cases, and two definitions."""
        for wrong in (
            (None, COURTYARD, COURTYARD),
            (docket, "x", COURTYARD),
            (docket, COURTYARD, "x"),
            (["x"], COURTYARD, COURTYARD),
        ):
            with pytest.raises(InvalidType):
                treated_otherwise(*wrong)

    def test_an_unsound_definition(self, docket: Docket) -> None:
        """A definition with faults is refused with all of them."""
        with pytest.raises(InvalidValue, match="UNKNOWN_STAGE"):
            treated_otherwise(docket, COURTYARD, attrs.evolve(COURTYARD, deciding="x"))
