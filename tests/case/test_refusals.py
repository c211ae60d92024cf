"""A refusal is an answer: it names every reason, and changes nothing."""

from __future__ import annotations

import pickle
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarrels import PARTIES, ROUTES, dispute, dispute_steps
from walks import BOARD, START, allowance, allowance_steps, courtyard, courtyard_steps, day, take
from yizheng import Case, Citation, Refused, stages  # Testify by its room: pytest takes Test… for its own
from yizheng.errors import YizhengError
from yizheng.reasons import CODES
from yizheng.rules import Choice
from yizheng.stages import (
    Abandon,
    AcceptDispute,
    Action,
    Adjourn,
    AgreeOrally,
    AnswerMediation,
    AnswerObjection,
    AnswerOpinion,
    ApplyConfirmation,
    Appoint,
    AskHearing,
    Assign,
    AssignMediators,
    CallHearing,
    CastBallot,
    CheckPerformance,
    ClassifyDispute,
    CloseEvaluation,
    CloseFollowUp,
    CloseHearing,
    CloseSolicitation,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    Correct,
    CountVotes,
    DrawUpAgreement,
    EndMediation,
    EnterDanger,
    ExtendVote,
    Inspect,
    Interrupt,
    InviteHelper,
    Mediate,
    Note,
    Object,
    OpenSolicitation,
    OrderCorrection,
    Post,
    PutOnFile,
    ReceiveOpinion,
    RecordBallots,
    RecordConfirmation,
    Recuse,
    RegisterDispute,
    Reject,
    RejectMediator,
    ReportDanger,
    ReportProgress,
    ReturnForRevision,
    Revise,
    SendBack,
    SignAgreement,
    Spend,
    Submit,
    Survey,
    TakeAttendance,
    TakeDown,
    TransferDispute,
    WaiveHearing,
    Withdraw,
)


def prefixes(case: Case, steps: list[Any]) -> list[Case]:
    """The case at every step of its way."""
    found = [case]
    for step in steps:
        found.append(found[-1].act(step.action, at=step.at, by=step.by, salt=b"0" * 16))
    return found


STATES = [
    *prefixes(courtyard(), courtyard_steps()),
    *prefixes(allowance(), allowance_steps()),
    *prefixes(dispute(), dispute_steps()),
]

PEOPLE = st.sampled_from(
    [
        "sec-1",
        "rep-03",
        "sup-1",
        "street-1",
        "county-1",
        "1-101",
        "1-104",
        "c-2",
        "r-01",
        "nobody",
        "grid-1",
        "com-1",
        "med-1",
        "1-301",
        "1-201",
    ]
)
MOMENTS = st.integers(-1, 160).map(day) | st.just(START)
REFS = st.sampled_from(["o1", "o2", "x1", "x9"])
IDS = st.sampled_from(["1-101", "1-102", "c-1", "c-9", "rep-01", "r-01", "p-1"])
COUNTS = st.integers(0, 12)
LABELS = st.sets(st.sampled_from(["a", "b", "c"]))
MEDIATORS = st.sampled_from(["med-1", "med-2"])

ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(OpenSolicitation, channels=st.just({"online"}), until=MOMENTS),
    st.builds(ReceiveOpinion, st.just("x"), author=st.none() | IDS, id=st.none() | REFS, anonymous=st.booleans()),
    st.builds(AnswerOpinion, REFS, st.just("x")),
    st.builds(CloseSolicitation, summary=st.just("x")),
    st.builds(Convene, held_at=MOMENTS, until=st.none() | MOMENTS, mode=st.sampled_from(["in_person", "written"])),
    st.builds(TakeAttendance, st.sets(IDS)),
    st.builds(Recuse, IDS, st.just("x")),
    st.builds(Revise, st.just("x")),
    st.builds(CastBallot, st.sampled_from(Choice)),
    st.builds(
        RecordBallots,
        st.dictionaries(IDS, st.sampled_from(Choice), min_size=1),
        channel=st.just("paper"),
        evidence=st.just("box"),
    ),
    st.builds(CountVotes, for_=COUNTS, against=COUNTS, abstaining=COUNTS),
    st.builds(ExtendVote, until=MOMENTS, reason=st.just("x")),
    st.just(CloseVote()),
    st.builds(ReturnForRevision, st.just("x")),
    st.builds(Adjourn, st.just("x")),
    st.builds(AskHearing, st.just("x"), author=st.none() | IDS),
    st.builds(CallHearing, held_at=MOMENTS, reason=st.just("x")),
    st.builds(stages.Testify, st.just("x"), speaker=st.none() | IDS),
    st.builds(CloseHearing, conclusion=st.just("x")),
    st.builds(WaiveHearing, st.just("x")),
    st.builds(Post, channels=st.just(BOARD), content=st.sampled_from(["实施措施", "实施结果", "公示"])),
    st.builds(Interrupt, st.just("x")),
    st.builds(Object, st.just("x"), author=st.none() | IDS, id=st.none() | REFS),
    st.builds(AnswerObjection, REFS, st.just("x"), upheld=st.booleans()),
    st.just(TakeDown()),
    st.builds(Submit, to=st.just("x")),
    st.builds(Confirm, reference=st.just("x")),
    st.builds(Reject, reference=st.just("x"), reasons=st.just("x")),
    st.builds(SendBack, reasons=st.just("x")),
    st.builds(Assign, responsible=IDS, task=st.just("x"), due=MOMENTS, budget=st.none() | COUNTS),
    st.builds(ReportProgress, st.just("x")),
    st.builds(Spend, amount=st.sampled_from(["1", "9000000"]), purpose=st.just("x"), evidence=st.just("x")),
    st.builds(Inspect, st.just("x"), passed=st.booleans()),
    st.builds(Complete, st.just("x")),
    st.builds(Abandon, st.just("x")),
    st.builds(
        Survey,
        wave=st.sampled_from(["before", "after"]),
        question=st.just("您对院落环境满意吗？"),
        population=st.just("院落 10 户"),
        asked=st.sampled_from([10, 12]),
        answers=st.just({"satisfied": 3}),
    ),
    st.just(CloseEvaluation()),
    st.builds(RegisterDispute, parties=st.just(PARTIES), facts=st.just("x"), found=st.just("visit")),
    st.builds(ClassifyDispute, sort=st.sampled_from(["family", "weather"]), danger=st.booleans()),
    st.just(EnterDanger(signs="x")),
    st.just(ReportDanger(to="x", signs="x")),
    st.just(TransferDispute(to="x", reason="x")),
    st.builds(AcceptDispute, applicants=LABELS, parties=st.none() | st.just(PARTIES), fee=st.none() | COUNTS),
    st.builds(AnswerMediation, accepts=st.booleans(), person=st.none() | st.just("1-301")),
    st.builds(AssignMediators, st.sets(MEDIATORS, min_size=1)),
    st.builds(RejectMediator, MEDIATORS, person=st.none() | st.just("1-201")),
    st.builds(InviteHelper, role=st.just("x"), consents=LABELS),
    st.builds(Mediate, account=st.just("x"), danger=st.booleans()),
    st.builds(AgreeOrally, terms=st.just("x"), accord=LABELS, perform_by=st.none() | MOMENTS),
    st.builds(DrawUpAgreement, terms=st.just("x"), perform_by=st.none() | MOMENTS),
    st.builds(SignAgreement, parties=LABELS, mediators=st.sets(MEDIATORS), seal=st.just(True)),
    st.builds(EndMediation, routes=st.sampled_from([ROUTES, {"judicial"}])),
    st.builds(ApplyConfirmation, parties=LABELS, court=st.just("x")),
    st.builds(RecordConfirmation, valid=st.booleans(), reference=st.just("x")),
    st.builds(CheckPerformance, performed=st.booleans()),
    st.just(CloseFollowUp()),
    st.builds(PutOnFile, reference=st.just("x"), papers=st.sets(st.sampled_from(["register", "record", "agreement"]))),
    st.builds(Appoint, st.sampled_from(["chair", "treasurer"]), st.sets(IDS), reason=st.just("x")),
    st.builds(Note, st.just("x")),
    st.builds(Correct, st.integers(1, 60), st.just("x"), reason=st.just("x")),
    st.builds(Withdraw, st.just("x")),
    st.just(OrderCorrection("x", citation=Citation(instrument="invented"))),
)


def snapshot(case: Case) -> tuple[Any, ...]:
    """Everything that a case says of itself."""
    return (
        case.state,
        case.version,
        case.digest,
        case.dossier,
        case.progress,
        tuple(case.entries),
        dict(case.parts),
        case.options(),
        case.duties(),
    )


def assert_told(refusal: Refused) -> None:
    """A refusal has reasons, each with a known code and words in both languages, a line each."""
    assert refusal.reasons
    for reason in refusal.reasons:
        assert CODES[reason.code].name == reason.code
        assert reason.explain("zh") != reason.explain("en")
        assert "{" not in reason.explain("zh") + reason.explain("en")
    assert refusal.codes == {reason.code for reason in refusal.reasons}
    assert refusal.explain("zh").count("\n") == len(refusal.reasons) - 1


class TestRefusalChangesNothing:
    """After a refusal a case is equal to what it was, in everything that it shows."""

    @given(st.sampled_from(STATES), ACTIONS, PEOPLE, MOMENTS, st.timedeltas(timedelta(days=-1), timedelta(days=20)))
    def test_whatever_is_asked_of_whomever_whenever(
        self, case: Case, action: Action, by: str, at: datetime, later: timedelta
    ) -> None:
        """Any act is accepted as one entry more, or refused in both languages; the case it was put to is as it was."""
        before = snapshot(case)
        try:
            following = case.act(action, at=at, recorded_at=at + later, by=by, salt=b"1" * 16)
        except Refused as refusal:
            assert_told(refusal)
        else:
            assert following.entries[:-1] == tuple(case.entries)
            assert Case.replay(following.entries) == following
            assert snapshot(Case.replay(following.entries)) == snapshot(following)
        assert snapshot(case) == before
        assert Case.replay(case.entries) == case

    @given(st.sampled_from(STATES), ACTIONS)
    def test_what_is_no_option_is_refused(self, case: Case, action: Action) -> None:
        """What is not among the options is refused, by whomever and whenever it is asked."""
        if type(action) in case.options():
            return
        with pytest.raises(Refused) as refusal:
            case.act(action, at=day(500), by="sec-1")
        assert refusal.value.codes & {"NOT_NOW", "VOTE_OPENED", "CASE_ENDED"}

    @given(st.sampled_from(STATES), ACTIONS, MOMENTS)
    def test_nobody_without_an_office_moves_a_case(self, case: Case, action: Action, at: datetime) -> None:
        """Somebody without an office and on no roll can give an opinion, ask, testify or object, and nothing else."""
        try:
            following = case.act(action, at=at, recorded_at=day(500), by="a stranger")
        except YizhengError:
            return
        assert isinstance(action, ReceiveOpinion | AskHearing | stages.Testify | Object)
        assert following.state == case.state


class TestReasons:
    """A refusal carries every reason, each with its code, its words and its numbers."""

    def refusal(self) -> Refused:
        """A refusal, for what it shows."""
        with pytest.raises(Refused) as refusal:
            courtyard().act(CloseVote(), at=START - timedelta(days=1), recorded_at=START, by="sec-1")
        return refusal.value

    def test_it_names_the_codes(self) -> None:
        """The codes are given as a set, and stand in the words of the error."""
        refusal = self.refusal()
        assert refusal.codes == {"NOT_NOW"}
        assert str(refusal).startswith("NOT_NOW: ")

    def test_it_is_no_value_error(self) -> None:
        """A refusal is of our tree, and no ValueError or TypeError: those are for values that cannot be built."""
        assert isinstance(self.refusal(), YizhengError)
        assert not isinstance(self.refusal(), ValueError | TypeError)

    def test_it_is_pickled(self) -> None:
        """A refusal comes back from a pickle with its reasons."""
        refusal = self.refusal()
        again = pickle.loads(pickle.dumps(refusal))
        assert again.reasons == refusal.reasons

    def test_the_values_are_attributes(self) -> None:
        """What the rule saw can be read by name, so that a host can find its own words."""
        (reason,) = self.refusal().reasons
        assert reason.values["phase"] == "waiting"

    def test_every_code_speaks_both_languages(self) -> None:
        """Each code has words and a cure in both languages, with the same figures in both."""
        for code in CODES.values():
            for text in (code.words, code.cure):
                assert text.zh
                assert text.en
                assert text.zh != text.en


def test_a_walk_of_refusals_and_acts() -> None:
    """Refusals in between leave no trace: the record is that of the acts alone."""
    case = courtyard()
    for number, step in enumerate(courtyard_steps()):
        with pytest.raises(Refused):
            case.act(step.action, at=step.at - timedelta(days=400), by="nobody at all")
        case = case.act(step.action, at=step.at, by=step.by, salt=number.to_bytes(16))
    assert case == take(courtyard(), courtyard_steps())
