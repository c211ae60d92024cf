"""Acting on a case: what it gives, what can be done now, what is owed, and where it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from quarrels import dispute, dispute_steps
from walks import (
    BOARD,
    DECIDED,
    OFFICES,
    START,
    Step,
    allowance,
    allowance_steps,
    at_stage,
    courtyard,
    courtyard_steps,
    day,
    implemented,
    owners,
    posted,
    roll,
    solicited,
    take,
)
from yizheng import Case, Citation, Period, Refused, Status, Text, catalogue
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.rules import CAST, FOR, Rule
from yizheng.stages import (
    ANYWHERE,
    Abandon,
    Action,
    AdoptEdition,
    AnswerOpinion,
    Appoint,
    Attach,
    CastBallot,
    CloseSolicitation,
    CloseVote,
    Complete,
    Convene,
    Correct,
    Inspect,
    Note,
    Object,
    OpenSolicitation,
    OrderCorrection,
    Post,
    ReceiveOpinion,
    ReportProgress,
    ReturnForRevision,
    Revise,
    Survey,
    Withdraw,
)

TICK = timedelta(microseconds=1)
COURTYARD = catalogue.yizheng.COURTYARD
LAW = Citation(instrument="invented by-law", article="1", in_force_from=date(2026, 3, 3))


class TestActing:
    """An act that is accepted gives the next case, with one entry more."""

    def test_it_adds_one_entry(self) -> None:
        """The next case has the entries of this one and one more, chained to the last."""
        case = courtyard()
        following = case.act(Note("x"), at=day(0), by="sec-1")
        assert following.entries[:-1] == tuple(case.entries)
        assert following.entries[-1].previous == case.digest
        assert following.version == case.version + 1

    def test_the_case_before_stays_as_it_was(self) -> None:
        """Two acts on one case give two cases; neither knows of the other, and the first knows of none."""
        case = courtyard()
        left = case.act(Note("left"), at=day(0), by="sec-1")
        right = case.act(Note("right"), at=day(0), by="sec-1")
        assert (case.version, left.version, right.version) == (1, 2, 2)
        assert left != right
        assert Case.replay(left.entries) == left
        assert Case.replay(right.entries) == right

    def test_the_whole_courtyard_case(self) -> None:
        """The courtyard case goes from its opening to an end that is carried out, and its replay is equal."""
        case = take(courtyard(), courtyard_steps())
        assert (case.status, case.outcome, case.stage, case.phase) == (Status.ENDED, "carried_out", None, None)
        assert case.state == "carried_out"
        assert Case.replay(case.entries) == case

    def test_the_whole_allowance_case(self) -> None:
        """The allowance case goes from its opening to its confirmation, and its replay is equal."""
        case = take(allowance(), allowance_steps())
        assert (case.outcome, case.stage) == ("confirmed", None)
        assert Case.replay(case.entries) == case

    def test_a_stage_that_comes_again_begins_anew(self) -> None:
        """When an outcome leads to the same stage, its progress begins anew and the dossier is kept."""
        case = at_stage("propose", "sitting").act(Revise("第二稿"), at=day(9), by="sec-1")
        again = case.act(ReturnForRevision("再议"), at=day(9), by="sec-1")
        assert (again.stage, again.phase, again.progress.calls) == ("propose", "waiting", 0)
        assert (again.dossier.text, again.dossier.revision) == (Text("第二稿", "第二稿"), 1)


class TestWhoMayAct:
    """A procedure says which office may do what; a member's own acts are the member's."""

    def test_an_office_does_what_it_may(self) -> None:
        """The supervisors inspect, and the secretary does not."""
        case = at_stage("implement", "running")
        assert case.act(Inspect("好", passed=True), at=day(75), by="sup-2").progress.passed is True
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(Inspect("好", passed=True), at=day(75), by="sec-1")

    def test_a_resident_gives_an_opinion_of_their_own(self) -> None:
        """Who is on no roll may give an opinion, but not one for somebody else."""
        case = at_stage("solicit", "open")
        own = case.act(ReceiveOpinion("安静", channel="online"), at=day(1), by="a tenant")
        assert own.entries[-1].by == "a tenant"
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(ReceiveOpinion("安静", channel="online", author="1-101"), at=day(1), by="a tenant")
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(ReceiveOpinion("安静", channel="online", anonymous=True), at=day(1), by="a tenant")

    def test_the_responsible_person_reports(self) -> None:
        """Whoever was made responsible reports for themselves, and nobody else without an office does."""
        case = at_stage("implement", "running")
        assert case.act(ReportProgress("过半"), at=day(75), by="c-2").version == case.version + 1
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(ReportProgress("过半"), at=day(75), by="c-3")

    def test_an_appointment_counts_from_then_on(self) -> None:
        """A new holder may act after the appointment, the former one no longer, and the case before is as it was."""
        case = courtyard()
        changed = case.act(Appoint("secretary", {"sec-2"}, reason="轮换"), at=day(0), by="sec-1")
        assert changed.offices["secretary"] == {"sec-2"}
        assert case.offices["secretary"] == {"sec-1"}
        assert changed.act(Note("x"), at=day(0), by="sec-2").version == 3
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            changed.act(Note("x"), at=day(0), by="sec-1")
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(Note("x"), at=day(0), by="sec-2")

    def test_an_independent_office_is_changed_by_its_own(self) -> None:
        """The secretary neither replaces the supervisors nor becomes one; supervisors appoint to no other office."""
        case = courtyard()
        for action, by in (
            (Appoint("supervisor", {"friend"}, reason="换人"), "sec-1"),
            (Appoint("supervisor", (), reason="空缺"), "sec-1"),
            (Appoint("secretary", {"sec-1", "sup-1"}, reason="兼任"), "sec-1"),
        ):
            with pytest.raises(Refused, match="INDEPENDENT_OFFICE"):
                case.act(action, at=day(0), by=by)
        assert case.act(Appoint("chair", {"rep-04"}, reason="轮换"), at=day(0), by="sec-1").offices["chair"] == {
            "rep-04"
        }

    def test_a_stage_may_say_otherwise(self) -> None:
        """Where a stage names its own offices for an action, they alone may do it there."""
        solicit = attrs.evolve(COURTYARD.stages[0], offices={"open_solicitation": ["chair"]})
        procedure = attrs.evolve(COURTYARD, stages=(solicit, *COURTYARD.stages[1:]))
        asked = solicited()[0]
        case = courtyard(procedure)
        assert case.act(asked.action, at=asked.at, by="rep-03").phase == "open"
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(asked.action, at=asked.at, by="sec-1")


class TestWhatIsLookedUp:
    """What can be done at any stage is held against the record."""

    @pytest.mark.parametrize("entry", [0, -1, 2, 10**6])
    def test_a_correction_names_an_entry(self, entry: int) -> None:
        """Only an entry that exists can be corrected, and the entry itself stays."""
        case = courtyard()
        corrected = case.act(Correct(1, "应为甲", reason="笔误"), at=day(0), by="sec-1")
        assert corrected.entries[0] == case.entries[0]
        with pytest.raises((Refused, InvalidValue)):
            case.act(Correct(entry, "应为甲", reason="笔误"), at=day(0), by="sec-1")

    def test_an_appointment_names_an_office(self) -> None:
        """An office that the procedure does not have is refused with those that it has."""
        with pytest.raises(Refused, match="UNKNOWN_OFFICE") as refusal:
            courtyard().act(Appoint("treasurer", {"a"}, reason="x"), at=day(0), by="sec-1")
        assert "secretary" in refusal.value.explain("zh")

    def test_an_edition_is_adopted_before_its_stage_opens(self) -> None:
        """An edition adopted before the stage opens is joined with its own; the entry of the notice keeps both."""
        rule = Rule(quorum=None, passage=FOR >= 1 * CAST, citation=LAW)
        case = courtyard().act(AdoptEdition("resolve", rule=rule, **DECIDED), at=day(0), by="sec-1")
        case = take(case, courtyard_steps(), lambda case: (case.stage, case.phase) == ("resolve", "called"))
        assert case.entries[-1].effect.rule.joined[-1] == rule

    def test_an_adopted_period_counts_too(self) -> None:
        """A period adopted before its stage opens is the one that it takes."""
        case = at_stage("disclose_measures").act(
            AdoptEdition("disclose_measures", period=Period(30, citation=LAW), **DECIDED), at=day(49), by="sec-1"
        )
        case = case.act(Post(channels=BOARD, content="x"), at=day(50), by="sec-1")
        assert case.progress.ends == day(81, 0)

    @pytest.mark.parametrize("since", [None, START.date(), START.date() - timedelta(days=1)])
    def test_only_a_newer_edition_is_adopted(self, since: date | None) -> None:
        """An edition that was in force when the case was opened, or has no date, is not adopted afterwards."""
        rule = Rule(quorum=None, passage=FOR >= 1, citation=attrs.evolve(LAW, in_force_from=since))
        with pytest.raises(Refused, match="NOT_NEWER"):
            courtyard().act(AdoptEdition("propose", rule=rule), at=day(0), by="sec-1")

    def test_an_edition_for_a_stage_that_has_opened_is_refused(self) -> None:
        """Nothing changes the rule of a stage that has opened."""
        with pytest.raises(Refused, match="EDITION_FIXED"):
            at_stage("propose", "called").act(
                AdoptEdition("propose", rule=Rule(quorum=None, passage=FOR >= 1, citation=LAW)), at=day(9), by="sec-1"
            )

    def test_an_edition_for_no_stage_is_refused(self) -> None:
        """A stage that the procedure does not have, or that has no such setting, is refused."""
        rule = Rule(quorum=None, passage=FOR >= 1, citation=LAW)
        for action in (
            AdoptEdition("nowhere", rule=rule),
            AdoptEdition("implement", rule=rule),
            AdoptEdition("propose", period=Period(3, citation=LAW)),
        ):
            with pytest.raises(Refused, match=r"UNKNOWN_ITEM|SETTING_NEEDED"):
                courtyard().act(action, at=day(0), by="sec-1")


class TestEnding:
    """A case ends where its procedure says, and then nothing more is entered."""

    def test_a_matter_is_withdrawn_before_the_vote(self) -> None:
        """A withdrawal before the deciding vote opens ends the case as withdrawn."""
        for stage, phase in (("solicit", "waiting"), ("propose", "sitting"), ("resolve", "called")):
            case = at_stage(stage, phase)
            ended = case.act(Withdraw("不办了"), at=case.entries[-1].at, by="sec-1")
            assert (ended.status, ended.outcome) == (Status.ENDED, "withdrawn")

    def test_a_matter_is_not_withdrawn_once_the_vote_is_open(self) -> None:
        """From the first ballot of the deciding vote on, a withdrawal is refused with its own code."""
        for stage, phase in (("resolve", "voting"), ("disclose_measures", "waiting"), ("implement", "running")):
            case = at_stage(stage, phase)
            with pytest.raises(Refused) as refusal:
                case.act(Withdraw("不办了"), at=case.entries[-1].at, by="sec-1")
            assert refusal.value.codes == {"VOTE_OPENED"}

    def test_a_matter_is_not_withdrawn_while_an_answer_is_owed(self) -> None:
        """As long as an opinion has no answer, the matter is not withdrawn; afterwards it may be."""
        case = take(courtyard(), solicited()[:2])
        with pytest.raises(Refused, match="UNANSWERED"):
            case.act(Withdraw("不办了"), at=day(2), by="sec-1")
        answered = case.act(AnswerOpinion("o1", "已阅"), at=day(2), by="sec-1")
        assert answered.act(Withdraw("不办了"), at=day(2), by="sec-1").outcome == "withdrawn"

    def test_nothing_follows_the_end(self) -> None:
        """After the end there are no options and no duties, and every act is refused with CASE_ENDED and the end."""
        case = take(courtyard(), courtyard_steps())
        assert (case.options(), case.due(day(400))) == ((), ())
        for action in (Note("x"), Withdraw("x"), CloseVote(), OrderCorrection("x", citation=LAW)):
            with pytest.raises(Refused) as refusal:
                case.act(action, at=day(400), by="sec-1")
            assert refusal.value.codes == {"CASE_ENDED"}
            assert "已实施" in refusal.value.explain("zh")

    def test_a_correction_is_ordered_from_above(self) -> None:
        """The subdistrict sends a decided matter back to its proposal, by way of the accounts where money may have gone."""
        decided = at_stage("disclose_measures", "posted")
        back = decided.act(OrderCorrection("程序违法", citation=LAW), at=day(80), by="street-1")
        assert (back.stage, back.phase) == ("propose", "waiting")
        case = at_stage("implement", "running")
        stopped = case.act(OrderCorrection("程序违法", citation=LAW), at=day(80), by="street-1")
        assert (stopped.stage, stopped.phase) == ("disclose_stopped", "waiting")
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            case.act(OrderCorrection("程序违法", citation=LAW), at=day(80), by="sec-1")

    def test_a_correction_leads_back_and_never_forward(self) -> None:
        """In the solicitation nothing was decided yet, so that there is nothing to correct."""
        with pytest.raises(Refused, match="NOT_NOW"):
            courtyard().act(OrderCorrection("x", citation=LAW), at=day(0), by="street-1")


class TestOptions:
    """The options are the kinds of action that the record allows now."""

    def test_they_are_those_of_the_phase_and_of_any_stage(self) -> None:
        """In an open solicitation: opinions, answers, the survey, the close, and what can be done at any stage."""
        stage = {ReceiveOpinion, AnswerOpinion, Survey, CloseSolicitation}
        assert set(at_stage("solicit", "open").options()) == stage | (set(ANYWHERE) - {OrderCorrection})

    def test_what_is_no_option_is_refused_with_the_options(self) -> None:
        """An act that the phase does not know is refused with what can be done."""
        with pytest.raises(Refused) as refusal:
            courtyard().act(CloseVote(), at=day(0), by="sec-1")
        (reason,) = refusal.value.reasons
        assert reason.code == "NOT_NOW"
        assert "开始征求意见" in reason.explain("zh")

    def test_the_next_step_is_always_an_option(self) -> None:
        """At every step of the courtyard, of the allowance case and of a dispute, what is done next was among the options."""
        for case, steps in (
            (courtyard(), courtyard_steps()),
            (allowance(), allowance_steps()),
            (dispute(), dispute_steps()),
        ):
            for step in steps:
                assert type(step.action) in case.options()
                case = case.act(step.action, at=step.at, by=step.by, salt=b"0" * 16)  # noqa: PLW2901 -- a case is followed step by step


class TestDuties:
    """What is owed: by when, by whom, and whether it is overdue."""

    def test_an_opinion_is_owed_an_answer_by_the_close(self) -> None:
        """Each unanswered opinion is a duty of the office, by the close of the solicitation."""
        case = take(courtyard(), solicited()[:3])
        answers = [duty for duty in case.due(day(1)) if duty.action == AnswerOpinion.kind]
        assert [duty.ref for duty in answers] == ["o1", "o2"]
        assert {(duty.stage, duty.by, duty.until) for duty in answers} == {
            ("solicit", frozenset({"secretary"}), day(7).astimezone(UTC))
        }

    @pytest.mark.parametrize(("later", "overdue"), [(-TICK, False), (timedelta(), False), (TICK, True)])
    def test_it_is_overdue_one_microsecond_after(self, later: timedelta, overdue: bool) -> None:  # noqa: FBT001
        """At its end a period still runs; one microsecond later the duty is overdue."""
        case = take(courtyard(), solicited()[:2])
        (answer,) = [duty for duty in case.due(day(7) + later) if duty.ref == "o1"]
        assert answer.overdue is overdue

    def test_what_has_no_end_is_never_overdue(self) -> None:
        """A duty without a period is due, and not overdue, however late one asks."""
        (duty,) = courtyard().due(day(5000))
        assert (duty.action, duty.stage, duty.until, duty.overdue) == (OpenSolicitation.kind, "solicit", None, False)

    def test_works_are_overdue_after_their_date(self) -> None:
        """The completion of the works is due on the latest date that was assigned."""
        case = take(at_stage("implement"), implemented(70)[:1])
        due = {duty.action: duty for duty in case.due(day(131))}
        assert due[Complete.kind].overdue
        assert due[Inspect.kind].by == {"supervisor"}

    def test_asking_changes_nothing(self) -> None:
        """The same case is asked at two moments, in any order, and gives each its answer."""
        case = take(courtyard(), solicited()[:2])
        late, early = case.due(day(9)), case.due(day(1))
        assert case.due(day(9)) == late != early

    @pytest.mark.parametrize("at", [datetime(2026, 3, 2), "2026-03-02", None])  # noqa: DTZ001 -- they are refused
    def test_the_moment_has_a_zone(self, at: Any) -> None:
        """A moment without a zone, or none, is refused."""
        with pytest.raises(YizhengError):
            courtyard().due(at)

    def test_every_state_says_what_comes_next(self) -> None:
        """On the way of the courtyard case, a case that is under way always owes something, by somebody, in its stage."""
        case = courtyard()
        for step in courtyard_steps():
            duties = case.due(step.at)
            assert duties, case
            assert {duty.stage for duty in duties} == {case.stage}
            assert all(duty.by for duty in duties)
            case = case.act(step.action, at=step.at, by=step.by)


class TestMoments:
    """``at`` is when it happened, ``recorded_at`` when it was entered; the record is in the order of recording."""

    def test_what_happened_earlier_is_recorded_later(self) -> None:
        """Paper is typed in later: an act may have happened before the last entry if it is recorded after it."""
        case = take(courtyard(), solicited()[:3])
        late = case.act(
            ReceiveOpinion("纸质", channel="questionnaire", author="1-105"),
            at=day(1, 12),
            recorded_at=day(6),
            by="sec-1",
        )
        assert (late.entries[-1].at, late.entries[-1].recorded_at) == (day(1, 12), day(6))
        assert Case.replay(late.entries) == late

    def test_it_is_not_recorded_before_the_last_entry(self) -> None:
        """At the same instant it may be recorded, a microsecond before it may not."""
        case = take(courtyard(), solicited()[:3])
        last = case.entries[-1].recorded_at
        assert case.act(Note("x"), at=last, by="sec-1").version == case.version + 1
        with pytest.raises(Refused) as refusal:
            case.act(Note("x"), at=last - TICK, by="sec-1")
        assert refusal.value.codes == {"OUT_OF_ORDER"}

    def test_it_is_not_recorded_before_it_happened(self) -> None:
        """Recorded at the instant at which it happened, or later; a microsecond before is refused."""
        case = courtyard()
        assert case.act(Note("x"), at=day(1), recorded_at=day(1), by="sec-1").version == 2
        with pytest.raises(Refused) as refusal:
            case.act(Note("x"), at=day(1), recorded_at=day(1) - TICK, by="sec-1")
        assert refusal.value.codes == {"RECORDED_BEFORE"}

    def test_periods_look_at_when_it_happened(self) -> None:
        """An opinion that came in time and is typed in after the close of its window counts; one that came late does not."""
        case = take(courtyard(), solicited()[:1])
        opinion = ReceiveOpinion("x", channel="symposium", author="1-101")
        assert case.act(opinion, at=day(7), recorded_at=day(9), by="sec-1").version == 3
        with pytest.raises(Refused, match="TOO_LATE"):
            case.act(opinion, at=day(7) + TICK, recorded_at=day(9), by="sec-1")

    def test_all_reasons_are_given_at_once(self) -> None:
        """Time and substance are all looked at before the refusal."""
        case = take(courtyard(), solicited()[:3])
        with pytest.raises(Refused) as refusal:
            case.act(AnswerOpinion("o9", "x"), at=day(0, 11), recorded_at=day(0, 10), by="sec-1")
        assert refusal.value.codes >= {"RECORDED_BEFORE", "OUT_OF_ORDER", "UNKNOWN_ITEM"}

    def test_a_stranger_is_told_all_of_it_too(self) -> None:
        """Who may not do it is one reason among all the others."""
        case = take(courtyard(), solicited()[:3])
        with pytest.raises(Refused) as refusal:
            case.act(AnswerOpinion("o9", "x"), at=day(3), by="nobody")
        assert refusal.value.codes == {"NOT_IN_OFFICE", "UNKNOWN_ITEM"}

    def test_a_step_does_not_happen_before_the_one_it_follows(self) -> None:
        """What closes or opens something cannot be said to have happened before what it follows."""
        case = at_stage("propose")
        with pytest.raises(Refused) as refusal:
            case.act(Convene(held_at=day(9)), at=day(1), recorded_at=day(8), by="sec-1")
        assert "BACKDATED" in refusal.value.codes

    def test_the_end_does_not_hide_the_moments(self) -> None:
        """After the end, a moment before the last entry is named beside the end."""
        case = courtyard().act(Withdraw("x"), at=day(1), by="sec-1")
        with pytest.raises(Refused) as refusal:
            case.act(Note("x"), at=day(0), by="sec-1")
        assert refusal.value.codes == {"OUT_OF_ORDER", "CASE_ENDED"}


class TestBadInput:
    """What cannot be an act raises an error of ours; it is no refusal, and changes nothing."""

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"action": "note"}, InvalidType),
            ({"action": None}, InvalidType),
            ({"action": Note}, InvalidType),
            ({"at": None}, InvalidType),
            ({"at": datetime(2026, 3, 3)}, InvalidValue),  # noqa: DTZ001 -- it is refused
            ({"recorded_at": datetime(2026, 3, 3)}, InvalidValue),  # noqa: DTZ001 -- it is refused
            ({"by": None}, InvalidType),
            ({"by": " sec-1"}, InvalidValue),
            ({"salt": b"short"}, InvalidValue),
            ({"salt": 16}, InvalidType),
            ({"key": b"k"}, InvalidType),
            ({"calendar": None}, InvalidType),
            ({"calendar": "plain"}, InvalidType),
        ],
    )
    def test_it_is_refused(self, changes: dict[str, Any], error: type[Exception]) -> None:
        """Each bad argument raises an error of its kind, and the case is as it was."""
        case = at_stage("disclose_measures")
        before = case.digest
        given: dict[str, Any] = {"action": Post(channels=BOARD, content="x"), "at": day(50), "by": "sec-1", **changes}
        with pytest.raises(error) as raised:
            case.act(given.pop("action"), **given)
        assert isinstance(raised.value, YizhengError)
        assert not isinstance(raised.value, Refused)
        assert case.digest == before

    @pytest.mark.parametrize("entry", [10**16, 10**5000, -(10**5000)], ids=["2^53", "googol", "below"])
    def test_a_number_beyond_reckoning(self, entry: int) -> None:
        """A number of thousands of digits is refused in words, not with a fault of the words."""
        with pytest.raises(YizhengError):
            courtyard().act(Correct(entry, "x", reason="y"), at=day(0), by="sec-1")

    def test_an_action_of_ones_own_making(self) -> None:
        """A class that calls itself by the name of an action is not that action."""

        class Sly(Action):
            kind = "note"
            title = Text("备注", "note")

        with pytest.raises(Refused, match="NOT_NOW"):
            courtyard().act(Sly(), at=day(0), by="sec-1")


class TestAbandonment:
    """Works that are given up end only after that was disclosed."""

    def test_abandonment_is_disclosed_before_the_end(self) -> None:
        """From abandonment a notice with the accounts leads to the end; there is no shorter way."""
        case = at_stage("implement", "running").act(Abandon("资金不足"), at=day(80), by="sec-1")
        assert (case.status, case.stage) == (Status.OPEN, "disclose_abandonment")
        case = take(case, [posted(81)[0], Step(Object("应说明"), day(82), "1-104")])
        assert case.status is Status.OPEN


def test_members_vote_for_themselves() -> None:
    """A member's own ballot needs no office; a stranger's ballot is refused as not on the roll."""
    case = take(at_stage("resolve"), [Step(Convene(held_at=day(36), until=day(46), mode="written"), day(20))])
    voted = case.act(CastBallot("for"), at=day(37), by="1-101")
    assert voted.progress.ballots["1-101"] == "for"
    with pytest.raises(Refused, match="NOT_ON_ROLL"):
        case.act(CastBallot("for"), at=day(37), by="sec-1")


def test_a_roll_may_come_with_the_notice() -> None:
    """A roll given with the notice is fixed there, kept as a part of the record, and found again on replay."""
    bigger = owners(12)
    case = at_stage("resolve").act(
        Convene(held_at=day(36), until=day(46), mode="written", roll=bigger), at=day(20), by="sec-1"
    )
    assert case.progress.sitting.roll == bigger
    assert case.parts[bigger.digest] == bigger
    assert Case.replay(case.entries).parts == case.parts
    with pytest.raises(Refused, match="WRONG_BODY"):
        at_stage("resolve").act(
            Convene(held_at=day(36), until=day(46), mode="written", roll=roll("two_committees", ["a"])),
            at=day(20),
            by="sec-1",
        )


def test_a_roll_that_is_known_is_kept_once() -> None:
    """A roll that is given again with the notice is the same part of the record."""
    case = at_stage("resolve")
    same = case.dossier.rolls["owners"]
    again = case.act(Convene(held_at=day(36), until=day(46), mode="written", roll=same), at=day(20), by="sec-1")
    assert again.parts == case.parts


def test_a_document_is_attached_by_its_digest() -> None:
    """A document is put to the record by its digest alone, by whoever may."""
    attached = courtyard().act(Attach("a" * 64, "图纸"), at=START, by="sup-1")
    assert attached.entries[-1].action == Attach("a" * 64, "图纸")
    assert set(OFFICES) >= {"supervisor"}
