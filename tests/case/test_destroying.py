"""Destroying private values: they are gone, every digest stays, and the record says so."""

from __future__ import annotations

import pickle
import secrets
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedure.own import GiveUp, Mediation, Offer, Talks, mediated, mediation

from quarrels import dispute, dispute_steps
from walks import (
    START,
    VOTERS,
    Step,
    allowance,
    allowance_steps,
    at_stage,
    courtyard,
    courtyard_steps,
    day,
    opened_in_writing,
    owners_voted,
    refused,
    solicited,
    take,
)
from yizheng import Case, Refused, Text, catalogue
from yizheng.case import Entry
from yizheng.case.entry import make_entry
from yizheng.citation import Citation
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue
from yizheng.procedure import Kinds, Procedure
from yizheng.proofs import Damage, verify
from yizheng.rules import Choice
from yizheng.stages import (
    Action,
    Appoint,
    AskHearing,
    CastBallot,
    CloseVote,
    Destroy,
    Destroyed,
    Dossier,
    Effect,
    ReceiveOpinion,
    RecordBallots,
    Withdraw,
)

WHY = "保存期限已满（示例）"
LATER = day(400)


def whole() -> Case:
    """A courtyard case to its end."""
    return take(courtyard(), courtyard_steps())


def private_of(case: Case) -> dict[int, set[str]]:
    """All the private values that a case holds."""
    return {entry.number: set(entry.private()) for entry in case.entries if entry.private()}


def destroyed(case: Case, values: Any, at: Any = LATER, by: str = "sec-1") -> Case:
    """The case after values were destroyed."""
    return case.act(Destroy(values, reason=WHY), at=at, by=by, salt=b"2" * 16)


class TestAfterTheEnd:
    """The workflow that goes well: a case has ended, and what was private in it is destroyed."""

    def test_nothing_private_is_left(self) -> None:
        """Values and salts are gone from entries, matter, progress and pickle; digests, links, state and outcome are as they were."""
        case = whole()
        values = private_of(case)
        assert len(values) >= 4
        after = destroyed(case, values)
        assert private_of(after) == {}
        assert all(entry.withheld == set(entry.seals) for entry in after.entries)
        assert [entry.digest for entry in after.entries[:-1]] == [entry.digest for entry in case.entries]
        assert after.entries[-1].previous == case.digest
        assert (after.state, after.outcome, after.status) == (case.state, case.outcome, case.status)
        assert after.matter.private == {}
        assert Case.replay(after.entries) == after
        assert b"13800000000" in pickle.dumps(case)
        assert b"13800000000" not in pickle.dumps(after)
        assert b"1-103" not in pickle.dumps(after.entries[[e.action.kind for e in case.entries].index("object")])

    def test_the_entry_says_which_when_and_why(self) -> None:
        """The entry names entries and paths, the reason and the authority, and never the value."""
        by_law = Citation(instrument="档案办法（虚构）", article="3")
        after = whole().act(Destroy({1: {"matter.private.phone"}}, reason=WHY, citation=by_law), at=LATER, by="sec-1")
        entry = after.entries[-1]
        assert entry.public_data()["action"] == {
            "citation": entry.public_data()["action"]["citation"],
            "reason": {"en": WHY, "zh": WHY},
            "values": [{"entry": 1, "paths": ["matter.private.phone"]}],
        }
        assert (entry.at, entry.by, entry.action.citation, entry.action.count) == (LATER, "sec-1", by_law, 1)
        assert b"13800000000" not in entry.payload

    def test_the_case_that_was_is_still_what_it_was(self) -> None:
        """A case is a value: the one before holds what it held."""
        case = whole()
        destroyed(case, {1: {"matter.private.phone"}})
        assert case.matter.private == {"phone": "13800000000"}
        assert Case.replay(case.entries) == case

    def test_it_can_be_retried_by_its_key(self) -> None:
        """The entry is found by its key, as any other."""
        after = whole().act(Destroy({1: {"matter.private.phone"}}, reason=WHY), at=LATER, by="sec-1", key="k")
        assert after.entry_of("k") == after.entries[-1]
        assert Case.replay(after.entries).entry_of("k") == after.entries[-1]

    def test_it_moves_nothing(self) -> None:
        """In the midst of a case it leads nowhere, ends nothing, and ballots that were cast before may still be entered."""
        case = take(at_stage("resolve"), owners_voted()[:1])
        after = destroyed(case, {1: {"matter.private.phone"}}, at=day(45))
        assert (after.state, after.options(), after.duties()) == (case.state, case.options(), case.duties())
        late = RecordBallots({"1-101": Choice.FOR}, channel="paper", evidence="box")
        assert after.act(late, at=day(40), recorded_at=day(45), by="sec-1", salt=b"1" * 16).version == after.version + 1
        assert Destroy not in after.options()

    def test_a_case_goes_on(self) -> None:
        """Whatever is destroyed on the way, the case comes to the same end by the same rulings."""
        case, expected = courtyard(), whole()
        for number, step in enumerate(courtyard_steps()):
            case = case.act(step.action, at=step.at, by=step.by, salt=number.to_bytes(16))
            for entry in case.entries:
                for path in entry.private():
                    case = _tried(case, {entry.number: {path}}, step.at)
        assert private_of(case) == {}
        assert case.outcome == expected.outcome
        rulings = [entry.effect.ruling for entry in case.entries if entry.effect.ruling]
        assert rulings == [entry.effect.ruling for entry in expected.entries if entry.effect.ruling]


class TestWho:
    """The definition says who may destroy."""

    def test_who_may_correct_by_default(self) -> None:
        """Where no office is named for it, those that may correct the record may do it."""
        case = whole()
        assert catalogue.yizheng.COURTYARD.destroyers == {"secretary", "chair"}
        assert destroyed(case, {1: {"matter.private.phone"}}, by="rep-03").entries[-1].by == "rep-03"
        for by in ("sup-1", "1-101"):
            refused(
                case, Destroy({1: {"matter.private.phone"}}, reason=WHY), "NOT_IN_OFFICE", at=LATER, by=by, says=[by]
            )

    def test_an_office_of_its_own(self) -> None:
        """An office that is named for it does it, and then no other."""
        defined = catalogue.yizheng.COURTYARD
        offices = [
            attrs.evolve(office, may=office.may | {"destroy"}) if office.id == "supervisor" else office
            for office in defined.offices
        ]
        procedure = attrs.evolve(defined, offices=offices)
        assert procedure.check() == ()
        case = courtyard(procedure)
        assert Procedure.from_data(procedure.to_data()).destroyers == {"supervisor"}
        action = Destroy({1: {"matter.private.phone"}}, reason=WHY)
        refused(case, action, "NOT_IN_OFFICE", at=day(1), by="sec-1", says=["supervisor"])
        assert case.act(action, at=day(1), by="sup-1").matter.private == {}

    def test_a_stage_says_nothing_of_it(self) -> None:
        """It is no act of a stage, so that a stage that gives it to an office is a fault of the definition."""
        defined = catalogue.yizheng.COURTYARD
        stages = [
            attrs.evolve(each, offices={"destroy": {"secretary"}}) if each.id == "solicit" else each
            for each in defined.stages
        ]
        assert "UNKNOWN_ACTION" in {fault.code for fault in attrs.evolve(defined, stages=stages).check()}

    def test_the_record_says_in_which_office(self) -> None:
        """Whoever left the office cannot do it any more, and whoever holds it now can."""
        case = courtyard().act(Appoint("secretary", {"sec-2"}, reason="轮换"), at=day(1), by="sec-1")
        action = Destroy({1: {"matter.private.phone"}}, reason=WHY)
        refused(case, action, "NOT_IN_OFFICE", at=day(2), by="sec-1")
        assert case.act(action, at=day(2), by="sec-2").version == 3


class TestRefusals:
    """What cannot be destroyed, in the order of a case's life; nothing has changed then."""

    def test_what_is_not_there(self) -> None:
        """An entry or a path that the record does not have, and every one of them is told."""
        case = take(courtyard(), solicited()[:3])
        action = Destroy({1: {"matter.private.phone", "x"}, 2: {"by"}, 9: {"by"}, 0: {"by"}}, reason=WHY)
        codes = ("NO_PRIVATE_VALUE", "NO_PRIVATE_VALUE", "UNKNOWN_ITEM", "UNKNOWN_ITEM")
        refused(case, action, *codes, at=day(3), says=["x", "9", "1-4", "matter.private.phone"])

    def test_what_is_gone_already(self) -> None:
        """A value is destroyed once, and a copy that never had it does not say that it destroyed it."""
        case = destroyed(courtyard(), {1: {"matter.private.phone"}}, at=day(1))
        action = Destroy({1: {"matter.private.phone"}}, reason=WHY)
        refused(case, action, "NOT_HERE", at=day(1), says=["matter.private.phone"])
        refused(Case.replay(courtyard().redacted()), action, "NOT_HERE", at=day(1))

    def test_all_or_nothing(self) -> None:
        """One value that cannot be destroyed keeps all of them."""
        case = take(at_stage("resolve"), owners_voted()[:2])
        ballots = case.version
        action = Destroy({1: {"matter.private.phone"}, ballots: {"ballots"}}, reason=WHY)
        refused(case, action, "NEEDED_IN_STAGE", at=day(41), says=["ballots", str(ballots)])
        assert case.matter.private

    def test_what_was_never_salted(self) -> None:
        """A value that could be guessed from its digest is not said to be destroyed."""
        refused(courtyard(salt=None), Destroy({1: {"matter.private.phone"}}, reason=WHY), "UNSALTED", at=day(1))

    def test_it_is_done_when_it_is_entered(self) -> None:
        """Nobody enters later that a value was destroyed before, or earlier than the last entry."""
        action = Destroy({1: {"matter.private.phone"}}, reason=WHY)
        refused(courtyard(), action, "DESTROYED_AT_ONCE", at=day(1), recorded_at=day(2))
        refused(whole(), action, "OUT_OF_ORDER", at=day(1))

    def test_a_ballot_that_counts(self) -> None:
        """A ballot stays until the vote is closed, and then it can go (say until when)."""
        case = opened_in_writing()
        for member in VOTERS:
            case = case.act(CastBallot(Choice.FOR), at=day(4), by=member, salt=secrets.token_bytes(16))
        action = Destroy({3: {"choice"}}, reason=WHY)
        no = refused(case, action, "NEEDED_IN_STAGE", at=day(5), says=["choice", "3"])
        assert no.reasons[0].values["until"] == day(10)
        closed = case.act(CloseVote(), at=day(10), by="sec-1")
        assert closed.stage is None
        after = closed.act(action, at=day(10), by="sec-1")
        assert (after.entries[2].action.choice, after.outcome) == (None, closed.outcome)

    def test_only_what_counts_is_named(self) -> None:
        """Where some of the values count and others do not, those that do are named."""
        case = take(at_stage("resolve"), owners_voted()[:2])
        values = private_of(case)
        (reason,) = refused(case, Destroy(values, reason=WHY), "NEEDED_IN_STAGE", at=day(41)).reasons
        assert (reason.values["entries"], reason.values["paths"]) == ([case.version], ["ballots"])
        values.pop(case.version)
        assert set(private_of(destroyed(case, values, at=day(41)))) == {case.version}

    def test_who_asked_for_a_hearing(self) -> None:
        """Whoever asks is counted once, so that the name stays until the matter is decided."""
        opened = take(courtyard(), solicited()[:1])
        asks = ReceiveOpinion("请听证", channel="symposium", author="1-102", asks_hearing=True)
        case = opened.act(asks, at=day(1), by="sec-1", salt=b"1" * 16)
        refused(case, Destroy({3: {"author"}}, reason=WHY), "ASKER_COUNTED", at=day(1), says=["author", "3"])
        silent = opened.act(attrs.evolve(asks, asks_hearing=False), at=day(1), by="sec-1", salt=b"1" * 16)
        assert destroyed(silent, {3: {"author"}}, at=day(1)).version == 4
        withdrawn = take(case, [*solicited()[4:5], Step(Withdraw("不办了"), day(4))])
        assert withdrawn.stage is None
        assert "1-102" in withdrawn.dossier.asked_hearing
        assert "1-102" not in destroyed(withdrawn, {3: {"author"}}).dossier.asked_hearing

    def test_who_asked_is_free_once_it_is_decided(self) -> None:
        """When the deciding vote is taken, nobody is counted for a hearing any more."""
        steps = allowance_steps()
        asks = Step(AskHearing("情况有变"), day(11), "r-02")
        before = [step for step in steps if step.at < day(11)]
        after = [step for step in steps if step.at >= day(11)]
        case = take(allowance(), [*before, asks, *after], lambda each: each.stage == "resolve" and each.dossier.asked)
        number = next(entry.number for entry in case.entries if entry.action.kind == "ask_hearing")
        action = Destroy({number: {"by"}}, reason=WHY)
        refused(case, action, "ASKER_COUNTED", at=day(20), says=["by"])
        decided = take(allowance(), [*before, asks, *after])
        done = destroyed(decided, {number: {"by"}})
        assert done.dossier.asked_hearing == frozenset()
        assert done.dossier.asked == decided.dossier.asked


@attrs.frozen(kw_only=True)
class Auction(Mediation):
    """A kind of stage of a user (invented) that counts with a private value."""

    def add(self, act: Any, effect: Effect, progress: Talks, dossier: Dossier) -> tuple[Talks, Dossier]:
        """The private value counts as an offer."""
        if isinstance(act.action, Offer) and act.action.lowest is not None:
            return Talks((*progress.offers, Fraction(act.action.lowest))), dossier
        return super().add(act, effect, progress, dossier)


class TestOwnKind:
    """What a stage of a user still needs is found without its being asked."""

    def test_what_it_counts_with(self) -> None:
        """A value on which its progress rests stays until the stage ends; one on which it does not can go."""
        defined = mediation()
        stage = attrs.asdict(defined.stages[0], recurse=False)
        case = mediated(attrs.evolve(defined, stages=[Auction(**stage), *defined.stages[1:]]))
        offer = Offer(terms=Text("甲", "a"), amount=900, lowest="800")
        case = case.act(offer, at=day(1), by="neighbour-201", salt=b"1" * 16)
        action = Destroy({2: {"lowest", "by"}}, reason=WHY)
        (reason,) = refused(case, action, "NEEDED_IN_STAGE", at=day(1), by="med-1").reasons
        assert reason.values["paths"] == ["lowest"]
        case = case.act(Destroy({2: {"by"}}, reason=WHY), at=day(1), by="med-1")
        case = case.act(GiveUp(Text("不成", "failed")), at=day(9), by="med-1")
        after = case.act(Destroy({2: {"lowest"}}, reason=WHY), at=day(9), by="med-1")
        assert (private_of(after), after.outcome) == ({}, case.outcome)

    def test_the_name_is_taken(self) -> None:
        """A kind of a user whose action bears the lasting name of this one cannot be read beside it."""

        @attrs.frozen
        class Mine(Action):
            kind = "destroy"
            title = Text("毁", "mine")

        class Stage(Mediation):
            kind = "own_stage"
            phases = {"apart": {Mine: "apart"}}  # noqa: RUF012 -- as the protocol has it

        with pytest.raises(InvalidValue, match="destroy"):
            Kinds([Stage])


class TestReading:
    """A record that says that a value was destroyed does not hold where the value is there."""

    def test_a_value_that_came_back(self) -> None:
        """Put back, it breaks the record, and what is wrong is told with both entries."""
        case = take(courtyard(), solicited()[:3])
        after = destroyed(case, {1: {"matter.private.phone"}}, at=day(3))
        back = [case.entries[0], *after.entries[1:]]
        with pytest.raises(BrokenRecord, match=r"matter\.private\.phone of entry 1 is here, and entry 5"):
            Case.replay(back)
        report = verify(back)
        assert (report.damage, report.number, report.other) == (Damage.RESTORED, 1, 5)
        assert "5" in report.explain("zh")
        assert "entry 1" in report.explain("en")

    def test_what_was_never_there(self) -> None:
        """A forged entry that destroys what the record never had does not hold."""
        case = courtyard()
        for values in ({1: {"x"}}, {7: {"by"}}, {2: {"by"}}, {0: {"by"}}):
            forged = _entered(case, Destroy(values, reason=WHY))
            with pytest.raises(BrokenRecord, match="never had such a value"):
                Case.replay([*case.entries, forged])
            assert verify([*case.entries, forged]).damage is Damage.CHANGED

    def test_a_report_tells_destroyed_and_withheld_apart(self) -> None:
        """What was destroyed by an entry is told, beside what is only not here."""
        case = take(courtyard(), solicited()[:3])
        after = destroyed(case, {1: {"matter.private.phone"}}, at=day(3))
        report = verify(after.entries)
        assert (report.sound, report.withheld, report.destroyed) == (True, (1,), (1,))
        report = verify(after.redacted())
        assert (report.sound, report.withheld, report.destroyed) == (True, (1, 3, 4), (1,))


class TestValues:
    """What is to be destroyed is named whole and once."""

    @pytest.mark.parametrize(
        "values", [{}, [], {1: set()}, [Destroyed(1, {"a"}), Destroyed(1, {"b"})], {-1: {"a"}}, {1: {""}}]
    )
    def test_unsound(self, values: Any) -> None:
        """Nothing, an entry twice, an entry without paths, a number below nought."""
        with pytest.raises(InvalidValue):
            Destroy(values, reason=WHY)

    @pytest.mark.parametrize("values", ["x", 5, None, {1: "by"}, {1: 5}, {"1": {"by"}}, {True: {"by"}}, [1], {1: {5}}])
    def test_of_another_kind(self, values: Any) -> None:
        """A string is not taken letter by letter."""
        with pytest.raises((InvalidType, InvalidValue)):
            Destroy(values, reason=WHY)

    def test_the_longest_field_has_a_path(self) -> None:
        """A private field of any name that a matter may have can be destroyed."""
        case = Case.open(
            attrs.evolve(courtyard().matter, private={"长" * 200: "x", "a.private.b": "y"}),
            catalogue.yizheng.COURTYARD,
            {},
            {"secretary": {"sec-1"}},
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        assert private_of(destroyed(case, private_of(case), at=day(1))) == {}


def _entered(case: Case, action: Destroy) -> Entry:
    last = case.entries[-1]
    return make_entry(last.number + 1, last.at, last.recorded_at, "sec-1", action, last.effect, last.digest, None, None)


@st.composite
def walks(draw: st.DrawFn) -> Case:
    """A case as far as it goes, with values destroyed wherever that is allowed."""
    case, steps = draw(
        st.sampled_from(
            [(courtyard(), courtyard_steps()), (allowance(), allowance_steps()), (dispute(), dispute_steps())]
        )
    )
    for step in steps[: draw(st.integers(0, len(steps)))]:
        case = case.act(step.action, at=step.at, by=step.by, salt=secrets.token_bytes(16))
        held = [(entry.number, path) for entry in case.entries for path in entry.private()]
        if held and draw(st.booleans()):
            chosen = draw(st.sets(st.sampled_from(held), min_size=1))
            values: dict[int, set[str]] = {}
            for number, path in chosen:
                values.setdefault(number, set()).add(path)
            case = _tried(case, values, step.at)
    return case


def _tried(case: Case, values: dict[int, set[str]], at: Any) -> Case:
    before = [entry.digest for entry in case.entries]
    try:
        after = destroyed(case, values, at=at)
    except Refused as no:
        if no.codes <= {"NEEDED_IN_STAGE", "ASKER_COUNTED", "PARTIES_NEEDED"}:
            return case
        raise
    assert [entry.digest for entry in after.entries[:-1]] == before
    assert (after.state, after.duties()) == (case.state, case.duties())
    assert all(not paths & after.entries[number - 1].private().keys() for number, paths in values.items())
    return after


@settings(max_examples=25, deadline=None)
@given(walks())
def test_any_walk_with_destructions(case: Case) -> None:
    """Whatever is destroyed when: the record replays to the same case, and every digest is verified."""
    again = Case.replay(case.entries)
    assert (again == case, again.state, again.dossier == case.dossier, again.progress == case.progress) == (
        True,
        case.state,
        True,
        True,
    )
    report = verify(case.entries)
    assert report.sound
    assert set(report.destroyed) <= set(report.withheld)
    shown = case.redacted()
    assert Case.replay(shown).digest == case.digest
    assert verify(shown).destroyed == report.destroyed
