"""Our own records judged again: by their own definition nothing is found, by another one what it would have said."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import attrs
import pytest

from batch.alone import alone
from batch.desk import FAMILIES, resolving
from batch.places import filled, procedure, released
from batch.review import OFFICES as REVIEW_OFFICES
from batch.review import PROCEDURE as REVIEW
from batch.review import ROLLS, called, voted
from batch.review import day as review_day
from replays import made
from walks import COURTYARD_ROLLS, OFFICES, START, Step, courtyard, courtyard_steps, day, days, matter, take
from yizheng import Case, Citation, Period, Procedure, Refused, Text, catalogue, law
from yizheng.case import Entry
from yizheng.conformance import Conformance, Departed, conform
from yizheng.conformance.conforming import _PARTS
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure import duties as d
from yizheng.rules import CAST, FOR, Quota
from yizheng.stages import Effect, Leaving, Note, OpenSolicitation, SplitOut, Withdraw
from yizheng.stages.base import words_of

COURTYARD = catalogue.yizheng.COURTYARD
WHOLE = take(courtyard(), courtyard_steps())
LAW = Citation(instrument=Text("某章程（虚构）", "an invented by-law"), article="7")


def done_again(definition: Procedure, entries: Sequence[Entry]) -> int | None:
    """The first entry that is refused or has another effect when all is done again, act by act; not by the judging itself."""
    opened = entries[0].action
    case = Case.open(
        opened.matter, definition, opened.rolls, opened.offices, at=entries[0].at, by=entries[0].by, salt=b"0" * 16
    )
    for entry in entries[1:]:
        try:
            case = case.act(entry.action, at=entry.at, by=entry.by, recorded_at=entry.recorded_at, salt=b"0" * 16)
        except Refused:
            return entry.number
        if case.entries[-1].effect != entry.effect:
            return entry.number
    return None


def first(definition: Procedure, entries: Sequence[Entry]) -> int | None:
    """The first departure."""
    departures = conform(definition, entries).departures
    return departures[0].number if departures else None


class TestItsOwnDefinition:
    """A walk that the library itself made always conforms."""

    @pytest.mark.parametrize("number", range(25))
    def test_walks(self, number: int) -> None:
        """A generated record, with notes, corrections, opinions and private values, departs in nothing."""
        case = made(number)
        judged = conform(case.procedure, case.entries)
        assert judged.conforms
        assert (judged.entries, judged.unjudged) == (case.version, ())

    def test_a_batch_and_its_matters(self) -> None:
        """A batch with places and every matter that went on from it depart in nothing; the filling itself is no one record's."""
        batch, cases = filled(*released(3, Quota(seats=1, by=FOR, citation=LAW)))
        filling = [entry.number for entry in batch.case.entries if entry.action.kind == "fill_places"]
        assert conform(procedure(), batch.case.entries).unjudged == tuple(filling)
        assert conform(procedure(), batch.case.entries).departures == ()
        for case in cases.values():
            judged = conform(case.procedure, case.entries)
            assert (judged.departures, judged.unjudged) == ((), ())

    def test_withheld(self) -> None:
        """What was withheld is not judged again, and said so; the rest is, words alone that were withheld among it.

        Nothing is claimed of the whole.
        """
        case = next(
            case
            for case in map(made, range(40))
            if any(entry.seals.keys() - words_of(type(entry.action)) for entry in case.entries[1:])
        )
        shown = case.redacted()
        judged = conform(case.procedure, shown)
        assert (judged.departures, judged.conforms) == ((), False)
        assert judged.explain("en").splitlines()[1].startswith("nothing was found to depart, and not everything")
        lacking = [entry.number for entry in shown[1:] if entry.withheld - words_of(type(entry.action))]
        assert judged.unjudged == tuple(lacking)
        assert "could not be judged again" in judged.explain("en")


BAR = law.provision("owners.vote.other").editions[-1]


class TestAnotherDefinition:
    """By another definition, the first departure is the entry at which doing it all again would have stuck."""

    CHANGES: ClassVar[dict[str, dict[str, object]]] = {
        "a longer solicitation": {"solicitation": days(10)},
        "a longer notice": {"notice": days(30)},
        "a shorter notice": {"notice": days(3)},
        "a longer posting": {"measures_posted": days(30)},
        "another bar": {"owners": BAR},
        "a bar out of reach": {"owners": attrs.evolve(BAR, quorum=BAR.quorum & (CAST >= 11))},
    }

    @pytest.mark.parametrize("change", CHANGES)
    def test_settings(self, change: str) -> None:
        """Whichever setting is changed."""
        definition = catalogue.yizheng.courtyard(**self.CHANGES[change])
        assert first(definition, WHOLE.entries) == done_again(definition, WHOLE.entries) is not None

    def test_refused(self) -> None:
        """The departure has every reason of the refusal, its words and its article."""
        definition = catalogue.yizheng.courtyard(notice=Period(30, citation=LAW))
        found = conform(definition, WHOLE.entries).departures[0]
        assert (found.code, [reason.code for reason in found.reasons]) == (Departed.REFUSED, ["SHORT_PERIOD"])
        assert found.citation is not None
        assert (found.citation.instrument, found.citation.article) == (LAW.instrument, LAW.article)
        assert found.explain("en").count("an invented by-law art. 7") == 1
        assert found.explain("zh").startswith(f"第{found.number}条：“召集”应被拒绝：")

    def test_judged_otherwise(self) -> None:
        """A vote that would have been inquorate is told as one that would have led elsewhere."""
        definition = catalogue.yizheng.courtyard(**self.CHANGES["a bar out of reach"])
        found = next(each for each in conform(definition, WHOLE.entries).departures if "outcome" in each.differing)
        assert found.code is Departed.ELSEWHERE
        assert "carried" in found.words.en

    def test_a_route(self) -> None:
        """The same effect that would have led to another stage is told where it would have."""
        routes = {
            **COURTYARD.routes,
            "evaluate": {"satisfied": "carried_out_unsatisfactorily", "unsatisfied": "carried_out"},
        }
        (found,) = conform(attrs.evolve(COURTYARD, routes=routes), WHOLE.entries).departures
        assert (found.code, found.number) == (Departed.ELSEWHERE, WHOLE.version)
        assert (
            "the record stands at carried_out, and would have stood at carried_out_unsatisfactorily" in found.words.en
        )

    def test_an_office(self) -> None:
        """An opening by somebody who may not open by the other definition is its first departure."""
        none = tuple(attrs.evolve(office, may=office.may - {"open"}) for office in COURTYARD.offices)
        found = conform(attrs.evolve(COURTYARD, offices=none), WHOLE.entries).departures[0]
        assert (found.number, [reason.code for reason in found.reasons]) == (1, ["NOT_IN_OFFICE"])

    def test_one_departure_draws_no_other(self) -> None:
        """What would have been refused happened nevertheless: the rest is judged as it stands."""
        definition = catalogue.yizheng.courtyard(solicitation=Period(10, citation=LAW))
        assert {each.number for each in conform(definition, WHOLE.entries).departures} == {2}

    def test_generated(self) -> None:
        """An entry dropped or moved is found exactly where doing the rest again sticks."""
        chance = random.Random(7)  # noqa: S311 -- it must be the same each time
        found = 0
        for _ in range(60):
            entries = list(WHOLE.entries)
            taken = entries.pop(chance.randrange(1, len(entries)))
            if chance.random() < 0.4:
                entries.insert(chance.randrange(1, len(entries) + 1), taken)
            expected = done_again(COURTYARD, entries)
            assert first(COURTYARD, entries) == expected
            found += expected is not None
        assert found > 40

    def test_from_there_on(self) -> None:
        """Behind an entry that has no place at all, nothing is judged, and the report says from where."""
        entries = [entry for entry in WHOLE.entries if entry.action.kind != "open_solicitation"]
        judged = conform(COURTYARD, entries)
        assert [each.number for each in judged.departures] == [3]
        assert judged.unjudged == tuple(entry.number for entry in entries if entry.number > 3)


class TestDuties:
    """The duties of a definition are held against our own records too, with their time."""

    def judged(self, *duties: d.Template, until: float | None = None) -> list[tuple[str, int]]:
        """What the whole walk departs in."""
        found = conform(COURTYARD, WHOLE.entries, duties=duties, until=None if until is None else day(until)).departures
        return [(each.code.value, each.number) for each in found]

    def test_kept(self) -> None:
        """What the walk does keeps its duties."""
        assert not self.judged(
            d.Succession(["resolve.carried"], ["disclose_result:post"]),
            d.Init(["solicit"]),
            d.Last(["carried_out"]),
            d.Existence(["implement:spend"]),
            d.ChainPrecedence(["propose.carried"], ["consult"]),
        )

    def test_broken(self) -> None:
        """What it does not keep is found at its entry, or at the last where it is owed."""
        posted = next(e.number for e in WHOLE.entries if e.action.kind == "post")
        assert self.judged(d.Absence(["disclose_measures:post"], source=LAW)) == [("duty", posted)]
        assert self.judged(d.Existence(["resolve.lost"])) == [("duty", WHOLE.version)]

    def test_late(self) -> None:
        """A posting that came later than its time."""
        resolved = next(e for e in WHOLE.entries if e.effect.outcome == "carried" and e.at > day(20))
        post = next(e for e in WHOLE.entries if e.action.kind == "post")
        between = (post.at.date() - resolved.at.date()).days
        within = d.Response(["resolve.carried"], ["disclose_measures:post"], within=Period(between))
        assert not self.judged(within)
        if between:
            assert self.judged(attrs.evolve(within, within=Period(between - 1))) == [("late", post.number)]

    def test_not_come(self) -> None:
        """What a withdrawn matter still owed by a certain day."""
        case = Case.open(matter(), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        duty = d.Existence(["propose.carried"], within=Period(20, citation=LAW))
        asked = Conformance(COURTYARD, duties=[duty])
        assert conform(asked, case.entries, until=START + timedelta(days=20)).conforms
        late = conform(asked, case.entries, until=START + timedelta(days=21)).departures
        assert [(each.code, each.number, each.citation) for each in late] == [(Departed.LATE, 1, LAW)]
        withdrawn = case.act(Withdraw("不办了"), at=day(1), by="sec-1")
        assert [each.code for each in conform(asked, withdrawn.entries).departures] == [Departed.DUTY]


class TestBatches:
    """What was done for a batch counts for a matter that left it, in its order and at its moments."""

    FAMILY = FAMILIES[0]

    def left(self, *steps: Step | tuple, how: Leaving | None = None) -> Case:
        """A family that was voted on by itself after the shared stages; or one that was split out at the end of them."""
        desk = resolving()
        if how is None:
            desk.lead([*called(), *voted(5)], self.FAMILY)
        else:
            desk.lead([(review_day(12), "sec-1", SplitOut(self.FAMILY, "x", how=how))])
        desk.lead(steps, self.FAMILY)
        return desk.case(self.FAMILY)

    def judged(self, case: Case, *duties: d.Template) -> list[tuple[str, int]]:
        """What it departs in."""
        found = conform(REVIEW, case.entries, duties=duties).departures
        return [(each.code.value, each.number) for each in found]

    def test_kept(self) -> None:
        """What the batch did keeps the duties of the matter, in its order."""
        kept = (
            d.Precedence("solicit.completed", ["resolve"]),
            d.ChainPrecedence(["discuss.carried"], ["review"]),
            d.Existence(["review:close_vote"]),
            d.Exactly(["resolve"]),
        )
        assert self.judged(self.left(), *kept) == []
        heard = attrs.evolve(REVIEW, duties=kept[:1])
        assert conform(heard, self.left().entries).conforms
        by_itself = alone(self.left(), ROLLS, REVIEW_OFFICES)
        assert self.judged(by_itself, *kept) == []

    def test_broken(self) -> None:
        """What it did against a duty is told where the matter was taken up, which is all that its record says of it."""
        assert self.judged(self.left(), d.Absence(["hearing.waived"])) == [("duty", 2)]

    def test_time(self) -> None:
        """The time is reckoned from the moment at which the batch did it."""
        # The solicitation was closed on the second day, the families' vote on the thirteenth.
        for most, expected in ((11, []), (10, [("late", 6)])):
            within = Period(most, citation=LAW)
            assert self.judged(self.left(), d.Response(["solicit.completed"], ["resolve.carried"], within=within)) == (
                expected
            )
        soon = d.Response(["solicit"], ["solicit.completed"], within=Period(1, citation=LAW))
        assert self.judged(self.left(), soon) == [("late", 2)]

    def test_held_over(self) -> None:
        """A matter that begins anew has none of it behind it, and its time begins when it does."""
        anew = self.left(how=Leaving.HELD_OVER)
        assert anew.stage == "solicit"
        assert self.judged(anew, d.Absence(["solicit.completed"])) == []
        opens = OpenSolicitation(channels={"symposium"}, until=review_day(16))
        anew = self.left((review_day(13), "sec-1", opens), how=Leaving.HELD_OVER)
        begun = d.Response(["solicit"], ["solicit:open_solicitation"], within=Period(1, citation=LAW))
        assert self.judged(anew, begun) == []
        assert self.judged(anew, d.Existence(["solicit:open_solicitation"], within=Period(13, citation=LAW))) == []
        assert self.judged(anew, d.Existence(["solicit:open_solicitation"], within=Period(12, citation=LAW))) == [
            ("late", 3)
        ]

    def test_withdrawn(self) -> None:
        """A matter that was withdrawn from its batch has ended, with what was done until then behind it."""
        case = self.left(how=Leaving.WITHDRAWN)
        assert case.outcome == "withdrawn"
        assert self.judged(case, d.Last(["withdrawn"]), d.Existence(["solicit.completed"])) == []
        assert self.judged(case, d.Existence(["resolve.carried"])) == [("duty", 2)]

    def test_judged_otherwise(self) -> None:
        """What would have been refused to the batch departs in the matter too, and says where it stands."""
        longer = [
            attrs.evolve(stage, least=Period(90, citation=LAW)) if stage.id == "solicit" else stage
            for stage in REVIEW.stages
        ]
        (found,) = conform(attrs.evolve(REVIEW, stages=longer), self.left().entries).departures
        assert (found.code, found.number) == (Departed.REFUSED, 2)
        assert found.explain("en").startswith("entry 2: entry 2 of its batch: “open the solicitation” would have been")
        anew = self.left(how=Leaving.HELD_OVER)
        assert conform(attrs.evolve(REVIEW, stages=longer), anew.entries).conforms


class TestDoors:
    """What is no record is refused."""

    def test_no_opening(self) -> None:
        """A record begins with its opening."""
        with pytest.raises(InvalidValue, match="begins with its opening"):
            conform(COURTYARD, WHOLE.entries[1:])

    def test_no_procedure(self) -> None:
        """And is judged by a procedure."""
        with pytest.raises(InvalidType):
            conform("courtyard", WHOLE.entries)

    def test_every_part_of_an_effect(self) -> None:
        """Whatever an effect holds is compared, and has its words."""
        assert list(_PARTS) == [field.name for field in attrs.fields(Effect)]

    def test_nothing_is_changed(self) -> None:
        """Judging leaves the record as it was."""
        before = [entry.payload for entry in WHOLE.entries]
        conform(catalogue.yizheng.courtyard(notice=days(30)), WHOLE.entries)
        assert [entry.payload for entry in WHOLE.entries] == before
        assert take(WHOLE, [Step(Note("x"), day(200))] if WHOLE.stage else []) == WHOLE
