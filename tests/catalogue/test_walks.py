"""Both bindings are walked to each of their ends. The cases are invented."""

from __future__ import annotations

from datetime import datetime

import pytest

from walks import (
    ALLOWANCE_OFFICES,
    ALLOWANCE_ROLLS,
    BOARD,
    COMMITTEES,
    START,
    Step,
    allowance,
    allowance_steps,
    at_stage,
    before,
    courtyard,
    courtyard_steps,
    day,
    family,
    implemented,
    owners_voted,
    posted,
    solicited,
    take,
    voted_in_meeting,
)
from yizheng import Case, Refused, Status, catalogue
from yizheng.stages import (
    Abandon,
    Adjourn,
    AnswerObjection,
    AskHearing,
    CloseVote,
    Convene,
    Object,
    Post,
    Reject,
    SendBack,
    Submit,
    Survey,
    TakeAttendance,
    TakeDown,
    WaiveHearing,
    Withdraw,
)

COURTYARD, ALLOWANCE = catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE
WALKED = {
    "yizheng-courtyard": {
        "carried_out",
        "carried_out_unsatisfactorily",
        "not_carried",
        "not_proposed",
        "lapsed",
        "abandoned",
        "withdrawn",
    },
    "yizheng-allowance": {"confirmed", "change_considered", "not_carried", "not_proposed", "lapsed", "withdrawn"},
}


def ended(case: Case, outcome: str) -> Case:
    """The case has reached this end, its replay has too, and nothing more is owed."""
    assert (case.status, case.outcome) == (Status.ENDED, outcome)
    assert Case.replay(case.entries) == case
    assert case.due(day(999)) == ()
    assert outcome in WALKED[case.procedure.id]
    return case


def path(case: Case) -> list[str]:
    """The stages that the case went through, in order."""
    places, state, found = case.procedure.table.places, case.procedure.table.start, []
    for entry in list(case.entries)[1:]:
        stage = state.partition(".")[0]
        if not found or found[-1] != stage:
            found.append(stage)
        state = places[state].leads[entry.action.kind]
        if entry.effect.outcome is not None:
            state = places[state].leads[entry.effect.outcome]
    return found


class TestCourtyard:
    """The courtyard binding: solicit, propose, consult, resolve, disclose, implement, disclose, evaluate."""

    def test_carried_out(self) -> None:
        """A matter that goes well passes every stage in its order, and ends carried out."""
        case = ended(take(courtyard(), courtyard_steps()), "carried_out")
        assert path(case) == [
            "solicit",
            "propose",
            "consult",
            "resolve",
            "disclose_measures",
            "implement",
            "disclose_result",
            "evaluate",
        ]

    def test_the_accounts_are_disclosed(self) -> None:
        """The second disclosure carries budget, spending and balance from the record, exactly."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.stage == "evaluate")
        (accounts,) = [entry.effect.carried["accounts"] for entry in case.entries if "accounts" in entry.effect.carried]
        assert accounts == {"budget": "1200000", "spent": "1150000", "balance": "50000"}

    def test_satisfaction_before_and_after(self) -> None:
        """The end carries both surveys, the one before and the one after, with their counts and silence."""
        case = take(courtyard(), courtyard_steps())
        carried = case.entries[-1].effect.carried
        assert (carried["before"]["satisfied"], carried["after"]["satisfied"]) == (2, 7)
        assert (carried["before"]["silent"], carried["after"]["silent"]) == (2, 2)

    def test_carried_out_and_unsatisfactory(self) -> None:
        """Exactly half of those who answered is not satisfaction: the matter ends carried out unsatisfactorily."""
        steps = courtyard_steps()
        after = Survey(
            wave="after",
            question="您对院落环境满意吗？",
            population="院落 10 户",
            asked=10,
            answers={"satisfied": 4, "unsatisfied": 4},
        )
        ended(take(courtyard(), [*steps[:-2], Step(after, day(150)), steps[-1]]), "carried_out_unsatisfactorily")

    def test_not_carried(self) -> None:
        """Seven of ten is less than three quarters: the owners' vote is lost, and the case ends not carried."""
        case = ended(take(at_stage("resolve"), owners_voted(7)), "not_carried")
        assert case.entries[-1].effect.outcome == "lost"

    def test_not_proposed(self) -> None:
        """What the two committees do not propose ends there."""
        ended(take(at_stage("propose"), voted_in_meeting(day(8), COMMITTEES, 3)), "not_proposed")

    def test_what_is_not_consulted_goes_back(self) -> None:
        """What the owners' representatives do not agree with goes back to the proposal, and may come again."""
        case = take(at_stage("consult"), voted_in_meeting(day(12), COURTYARD_REPRESENTATIVES, 1))
        assert case.stage == "propose"

    def lapsed_once(self) -> Case:
        """A case whose first call found no quorum."""
        case = at_stage("propose").act(Convene(held_at=day(9)), at=day(8), by="sec-1")
        case = case.act(TakeAttendance(["c-1", "c-2", "c-3"]), at=day(9), by="sec-1")
        return case.act(Adjourn("不足法定人数"), at=day(9), by="sec-1")

    def test_lapsed_after_the_second_call(self) -> None:
        """For want of a quorum the body is called again; after the second call the case lapses."""
        once = self.lapsed_once()
        assert (once.stage, once.phase) == ("propose", "adjourned")
        twice = once.act(Convene(held_at=day(12)), at=day(10), by="sec-1")
        twice = twice.act(TakeAttendance(["c-1"]), at=day(12), by="sec-1")
        ended(twice.act(Adjourn("不足法定人数"), at=day(12), by="sec-1"), "lapsed")

    def test_lapsed_by_counting(self) -> None:
        """A vote that is closed without a quorum counts as a call; the second ends the case."""
        case = self.lapsed_once().act(Convene(held_at=day(12)), at=day(10), by="sec-1")
        case = case.act(TakeAttendance(["c-1", "c-2", "c-3"]), at=day(12), by="sec-1")
        ended(case.act(CloseVote(), at=day(12), by="sec-1"), "lapsed")

    def test_the_second_call_can_carry(self) -> None:
        """A second call with a quorum goes on as if it were the first."""
        case = take(self.lapsed_once(), voted_in_meeting(day(10), COMMITTEES, 6))
        assert case.stage == "consult"

    def test_abandoned_with_its_disclosure(self) -> None:
        """Abandoned works are disclosed with their accounts before the case ends."""
        case = take(at_stage("implement"), implemented(70)[:2])
        case = case.act(Abandon("资金不足"), at=day(91), by="sec-1")
        assert case.stage == "disclose_abandonment"
        case = case.act(Post(channels=BOARD, content="终止说明"), at=day(92), by="sec-1")
        assert case.entries[-1].effect.carried["accounts"]["spent"] == "1150000"
        with pytest.raises(Refused, match="CUT_SHORT"):
            case.act(TakeDown(), at=day(107), by="sec-1")
        ended(case.act(TakeDown(), at=day(108), by="sec-1"), "abandoned")

    def test_an_upheld_objection_to_the_measures(self) -> None:
        """An objection that is right sends the measures back to the proposal."""
        case = take(at_stage("disclose_measures"), posted(50)[:2])
        case = case.act(AnswerObjection("x1", "属实", upheld=True), at=day(53), by="sec-1")
        case = case.act(TakeDown(), at=day(66), by="sec-1")
        assert (case.stage, case.phase) == ("propose", "waiting")

    def test_an_upheld_objection_to_the_result(self) -> None:
        """An objection to the result that is right sends the works back."""
        case = take(at_stage("disclose_result"), posted(125)[:1])
        case = case.act(Object("漏水"), at=day(126), by="1-104")
        case = case.act(AnswerObjection("x1", "属实，返工", upheld=True), at=day(127), by="sec-1")
        assert case.act(TakeDown(), at=day(141), by="sec-1").stage == "implement"

    def test_withdrawn(self) -> None:
        """A matter may be withdrawn until the owners' vote opens."""
        ended(at_stage("consult", "called").act(Withdraw("另行立项"), at=day(12), by="sec-1"), "withdrawn")

    def test_the_survey_before_is_needed(self) -> None:
        """Without the survey before the works the solicitation does not close."""
        steps = [step for step in solicited() if not isinstance(step.action, Survey)]
        with pytest.raises(Refused, match="NO_BASELINE"):
            take(courtyard(), steps)

    def test_the_notice_of_the_owners_vote(self) -> None:
        """Fifteen clear days lie between notice and vote: on the sixteenth day it may begin, a day earlier not."""
        case = at_stage("resolve")
        assert (
            case.act(Convene(held_at=day(36), until=day(46), mode="written"), at=day(20), by="sec-1").phase == "called"
        )
        with pytest.raises(Refused, match="SHORT_PERIOD"):
            case.act(Convene(held_at=day(35), until=day(46), mode="written"), at=day(20), by="sec-1")


COURTYARD_REPRESENTATIVES = at_stage("consult").dossier.rolls["owner_representatives"]


class TestAllowance:
    """The allowance binding: solicit, discuss, review, hear when needed, resolve, disclose, refer, disclose."""

    def at(self, stage: str) -> Case:
        """The allowance case on reaching a stage."""
        return take(allowance(), allowance_steps(), lambda case: case.stage == stage)

    def test_confirmed(self) -> None:
        """A family that is confirmed passes every stage, and the decision is disclosed before the end."""
        case = ended(take(allowance(), allowance_steps()), "confirmed")
        assert path(case) == [
            "solicit",
            "discuss",
            "review",
            "hearing",
            "resolve",
            "disclose_resolution",
            "refer",
            "disclose_decision",
        ]

    def rejected(self) -> Case:
        """The allowance case as rejected by the county."""
        case = self.at("refer").act(Submit(to="区民政局"), at=day(30), by="sec-1", salt=b"0" * 16)
        return case.act(
            Reject(reference="区民政 2 号", reasons="家庭收入超过标准"), at=day(40), by="county-1", salt=b"0" * 16
        )

    def test_rejected_and_told_why(self) -> None:
        """A family that is not confirmed is told why by letter, with the decision that says it; nothing is taken away."""
        case = self.rejected()
        assert case.stage == "inform_family"
        with pytest.raises(Refused, match="UNKNOWN_CHANNEL"):
            case.act(Post(channels=BOARD, content="告知书"), at=day(41), by="sec-1", salt=b"0" * 16)
        case = case.act(Post(channels={"letter"}, content="告知书"), at=day(41), by="sec-1", salt=b"0" * 16)
        assert case.entries[-1].effect.carried["reasons"] == {"decision": "区民政 2 号"}
        ended(case.act(TakeDown(), at=day(50), by="sec-1", salt=b"0" * 16), "change_considered")

    def test_only_the_county_decides(self) -> None:
        """Nobody below the county confirms or rejects."""
        case = self.at("refer").act(Submit(to="区民政局"), at=day(30), by="sec-1", salt=b"0" * 16)
        for by in ("sec-1", "street-1", "sup-1"):
            with pytest.raises(Refused, match="NOT_IN_OFFICE"):
                case.act(Reject(reference="x", reasons="x"), at=day(40), by=by, salt=b"0" * 16)

    def test_an_upheld_objection_to_the_rejection(self) -> None:
        """A family whose objection is right goes up again."""
        case = self.rejected().act(Post(channels={"letter"}, content="告知书"), at=day(41), by="sec-1", salt=b"0" * 16)
        case = case.act(Object("收入认定有误"), at=day(42), by="family-7", salt=b"0" * 16)
        case = case.act(AnswerObjection("x1", "属实", upheld=True), at=day(43), by="sec-1", salt=b"0" * 16)
        assert case.act(TakeDown(), at=day(50), by="sec-1", salt=b"0" * 16).stage == "refer"

    def test_sent_back(self) -> None:
        """What is sent back for more is discussed again, and its reasons are kept."""
        case = self.at("refer").act(Submit(to="区民政局"), at=day(30), by="sec-1", salt=b"0" * 16)
        case = case.act(SendBack(reasons="补充材料"), at=day(35), by="county-1", salt=b"0" * 16)
        assert (case.stage, case.dossier.reasons.zh) == ("discuss", "补充材料")

    def test_the_hearing_cannot_be_waived_when_contested(self) -> None:
        """Where the family is contested the hearing is a duty; where it is not, it may be waived with a reason."""
        with pytest.raises(Refused, match="HEARING_REQUIRED"):
            self.at("hearing").act(WaiveHearing("无争议"), at=day(11), by="sec-1", salt=b"0" * 16)
        calm = Case.open(
            family(facts={"contested": False}),
            ALLOWANCE,
            ALLOWANCE_ROLLS,
            ALLOWANCE_OFFICES,
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        calm = take(calm, allowance_steps(), lambda case: case.stage == "hearing")
        assert calm.act(WaiveHearing("无争议"), at=day(11), by="sec-1", salt=b"0" * 16).stage == "resolve"

    def test_enough_representatives_ask_for_a_hearing(self) -> None:
        """Six of thirty representatives make a hearing a duty, five do not, and who is on no roll does not count."""
        calm = Case.open(
            family(facts={"contested": False}),
            ALLOWANCE,
            ALLOWANCE_ROLLS,
            ALLOWANCE_OFFICES,
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        calm = take(calm, allowance_steps(), lambda case: case.stage == "hearing")
        for person in ("r-01", "r-02", "r-03", "r-04", "r-05", "a stranger", "r-05"):
            calm = calm.act(AskHearing("请听证"), at=day(11), by=person, salt=b"0" * 16)
        assert calm.act(WaiveHearing("人数不足"), at=day(11), by="sec-1", salt=b"0" * 16).stage == "resolve"
        calm = calm.act(AskHearing("请听证"), at=day(11), by="r-06", salt=b"0" * 16)
        with pytest.raises(Refused, match="HEARING_REQUIRED"):
            calm.act(WaiveHearing("人数不足"), at=day(11), by="sec-1", salt=b"0" * 16)

    def test_not_carried(self) -> None:
        """Exactly half of the representatives present is not enough."""
        roll = ALLOWANCE_ROLLS["resident_representatives"]
        ended(take(self.at("resolve"), voted_in_meeting(day(16), roll, 15)), "not_carried")

    def test_not_proposed(self) -> None:
        """What the two committees do not support ends there."""
        ended(take(self.at("discuss"), voted_in_meeting(day(4), COMMITTEES, 2)), "not_proposed")

    def test_lapsed(self) -> None:
        """Two calls without a quorum end the case."""
        case = self.at("resolve")
        for start in (16, 18):
            case = case.act(Convene(held_at=day(start + 1)), at=day(start), by="sec-1", salt=b"0" * 16)
            case = case.act(
                TakeAttendance([f"r-{n:02}" for n in range(1, 20)]), at=day(start + 1), by="sec-1", salt=b"0" * 16
            )
            case = case.act(Adjourn("不足法定人数"), at=day(start + 1), by="sec-1", salt=b"0" * 16)
        ended(case, "lapsed")

    def test_a_sitting_put_off_with_a_quorum_uses_up_no_call(self) -> None:
        """A sitting that is ended for another reason than want of a quorum can be called again as often as before."""
        case = self.at("resolve")
        for start in (16, 18, 20, 22):
            case = case.act(Convene(held_at=day(start + 1)), at=day(start), by="sec-1", salt=b"0" * 16)
            case = case.act(
                TakeAttendance([f"r-{n:02}" for n in range(1, 21)]), at=day(start + 1), by="sec-1", salt=b"0" * 16
            )
            case = case.act(Adjourn("材料不全"), at=day(start + 1), by="sec-1", salt=b"0" * 16)
        assert (case.stage, case.phase, case.progress.calls) == ("resolve", "adjourned", 0)

    def test_withdrawn(self) -> None:
        """A family may be withdrawn before the representatives vote."""
        ended(self.at("hearing").act(Withdraw("家庭撤回申请"), at=day(11), by="sec-1", salt=b"0" * 16), "withdrawn")

    def test_the_law_of_2026_is_not_applied_before(self) -> None:
        """Before 2026 the rule of the representatives is not in force, and the vote is not called by it."""
        case = self.at("resolve")
        early = datetime(2025, 12, 30, 9, tzinfo=START.tzinfo)
        with pytest.raises(Refused, match="NO_EDITION"):
            case.act(Convene(held_at=early), at=early, recorded_at=case.entries[-1].recorded_at, by="sec-1")


class TestTheEnds:
    """Every end of both bindings has a walk above."""

    def test_each_has_a_walk(self) -> None:
        """No end of the catalogue is missing from the walks of this file."""
        assert WALKED == {procedure.id: {end.id for end in procedure.ends} for procedure in (COURTYARD, ALLOWANCE)}

    def test_before_and_after_ask_the_same(self) -> None:
        """The surveys of the walks ask the same question of the same people."""
        assert before("before").question == before("after").question
