"""What may follow what: every row of every kind's table, held against what a case does.

For each kind there is a case in each phase, and an example of each of its actions. What the table allows is accepted
and leads where the table says; what it does not allow is refused as NOT_NOW, whatever its content.
"""

import re

import attrs
import pytest

from quarrels import PARTIES, ROUTES, by_itself
from walks import (
    CITED,
    START,
    VOTERS,
    alone,
    assembly,
    before,
    called,
    day,
    days,
    done,
    opened_in_writing,
    refused,
    sitting,
)
from yizheng import Case, Refused, stages
from yizheng.rules import Choice, Silence
from yizheng.stages import (
    ANYWHERE,
    KINDS,
    Abandon,
    AcceptDispute,
    Action,
    Adjourn,
    AgreeOrally,
    AnswerMediation,
    AnswerObjection,
    AnswerOpinion,
    ApplyConfirmation,
    Archive,
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
    CountVotes,
    DeclineHearing,
    Deliberation,
    Disclosure,
    DrawUpAgreement,
    EndMediation,
    EnterDanger,
    Evaluation,
    ExtendVote,
    FollowUp,
    Hearing,
    Implementation,
    Inspect,
    Interrupt,
    InviteHelper,
    Mediate,
    Mediation,
    Object,
    OpenSolicitation,
    PersonalHearing,
    Post,
    PutOnFile,
    ReceiveOpinion,
    RecordAbsence,
    RecordBallots,
    RecordConfirmation,
    Recuse,
    Referral,
    RegisterDispute,
    Reject,
    RejectMediator,
    ReportDanger,
    ReportProgress,
    ReturnForRevision,
    Revise,
    Screening,
    SendBack,
    SignAgreement,
    Solicitation,
    Spend,
    StageBase,
    Submit,
    Summon,
    TakeAttendance,
    TakeDown,
    TransferDispute,
    WaiveHearing,
)

END = day(10)


def opened() -> Case:
    """A solicitation with one opinion."""
    return done(
        alone(Solicitation(id="solicit", title="征求意见")),
        (OpenSolicitation(channels={"online"}, until=day(1)), START),
        (ReceiveOpinion("一"), START, "a"),
    )


def answered() -> Case:
    """A solicitation whose opinion has its answer."""
    return done(opened(), (AnswerOpinion("o1", "好"), START))


def posted() -> Case:
    """A disclosure with one objection."""
    return done(
        alone(Disclosure(id="disclose", title="公开", least=days(1))),
        (Post(channels={"online"}, content="一"), START),
        (Object("不公"), START, "a"),
    )


def heard() -> Case:
    """A hearing that has been called."""
    return done(alone(Hearing(id="hear", title="听证")), (CallHearing(held_at=day(1), reason="争议"), START))


def to_be_heard() -> Case:
    """Somebody is concerned, and is to be heard."""
    return alone(PersonalHearing(id="hear", title="听取意见", concerned=["recipient"]), private={"recipient": "7-302"})


def told_to_come() -> Case:
    """They were summoned."""
    call = CallHearing(held_at=day(3), reason="拟减少")
    return done(to_be_heard(), (call, START), (Summon(concerned="recipient", evidence="回证"), START))


def spoken() -> Case:
    """They were heard."""
    return done(told_to_come(), (stages.Testify("不同意"), day(3), "7-302"))


def works() -> Case:
    """Works that passed their inspection."""
    case = alone(Implementation(id="implement", title="实施"), facts={"budget": "100"})
    return done(case, (Assign(responsible="c-1", task="施工", due=END), START), (Inspect("合格", passed=True), START))


SILENCE = Silence("for", basis=CITED)


def written_voting(**settings: object) -> Case:
    """A written vote with one ballot."""
    return done(opened_in_writing(**settings), (CastBallot(Choice.FOR), day(3), "m-01"))


def sitting_with_an_end() -> Case:
    """A meeting whose vote has an end."""
    call = Convene(held_at=day(3), until=day(9))
    return done(alone(assembly()), (call, START), (TakeAttendance(VOTERS), day(3)))


def found(*, danger: bool = False) -> Case:
    """A dispute in the register, classified where it is dangerous."""
    register = RegisterDispute(parties=PARTIES, facts="漏水", found="patrol")
    case = done(alone(Screening(id="screen", title="排查")), (register, START))
    return done(case, (ClassifyDispute(sort="neighbours", danger=True), START)) if danger else case


def taken_on(*stages: FollowUp) -> Case:
    """A dispute that was accepted, whose parties accept mediation."""
    case = by_itself(Mediation(id="mediate", title="调解"), *stages)
    return done(case, (AcceptDispute(parties=PARTIES, applicants=PARTIES), START), (AssignMediators({"m-1"}), START))


def mediating(*stages: FollowUp, danger: bool = False) -> Case:
    """A dispute that is being mediated."""
    return done(taken_on(*stages), (Mediate(account="各述其事", danger=danger), START))


def drawn_up() -> Case:
    """An agreement that lacks the seal alone, so that any signature is one more."""
    case = done(mediating(), (DrawUpAgreement(terms="修管道"), START))
    return done(case, (SignAgreement(parties=PARTIES, mediators={"m-1"}), START))


def bound() -> Case:
    """An agreement by word of mouth, that is followed up."""
    case = mediating(FollowUp(id="follow_up", title="回访"))
    return done(case, (AgreeOrally(terms="修管道", accord=PARTIES), START))


CHECKED = (CheckPerformance(performed=True), START)
APPLIED = (ApplyConfirmation(parties=PARTIES, court="法院"), START)


CASES: dict[type, dict[str, list[Case]]] = {
    Solicitation: {"waiting": [alone(Solicitation(id="solicit", title="征求意见"))], "open": [opened(), answered()]},
    Deliberation: {
        "waiting": [alone(assembly(modes=stages.Mode))],
        "called": [called(), opened_in_writing(), called(modes=stages.Mode), opened_in_writing(silence=SILENCE)],
        "sitting": [sitting(), sitting_with_an_end()],
        "voting": [
            done(sitting(), (CastBallot(Choice.FOR), day(3), "m-01")),
            written_voting(),
            written_voting(silence=SILENCE),
        ],
        "counted": [done(sitting(), (CountVotes(for_=9, against=1), day(3)))],
        "adjourned": [done(called(), (Adjourn("人数不足"), day(3)))],
    },
    Hearing: {"waiting": [alone(Hearing(id="hear", title="听证"))], "called": [heard()]},
    Disclosure: {
        "waiting": [alone(Disclosure(id="disclose", title="公开", least=days(1)))],
        "posted": [posted(), done(posted(), (AnswerObjection("x1", "好", upheld=False), START))],
        "interrupted": [done(posted(), (Interrupt("大风"), START))],
    },
    Referral: {
        "waiting": [alone(Referral(id="refer", title="上报"))],
        "submitted": [done(alone(Referral(id="refer", title="上报")), (Submit(to="区"), START))],
    },
    Implementation: {"waiting": [alone(Implementation(id="implement", title="实施"))], "running": [works()]},
    Evaluation: {
        "waiting": [alone(Evaluation(id="evaluate", title="评议"))],
        "surveyed": [done(alone(Evaluation(id="evaluate", title="评议")), (before("after"), START))],
    },
    Screening: {
        "waiting": [alone(Screening(id="screen", title="排查"))],
        "registered": [found()],
        "classified": [found(danger=True)],
    },
    Mediation: {
        "waiting": [
            by_itself(Mediation(id="mediate", title="调解")),
            done(
                by_itself(Screening(id="screen", title="排查"), Mediation(id="mediate", title="调解")),
                (RegisterDispute(parties=PARTIES, facts="漏水", found="patrol"), START),
                (ClassifyDispute(sort="neighbours"), START),
            ),
        ],
        "accepted": [taken_on()],
        "mediating": [mediating(), mediating(danger=True)],
        "drawn_up": [drawn_up()],
    },
    FollowUp: {
        "waiting": [bound(), done(bound(), CHECKED)],
        "applied": [done(bound(), APPLIED)],
        "confirmed": [done(bound(), CHECKED, APPLIED, (RecordConfirmation(valid=True, reference="1"), START))],
    },
    Archive: {"waiting": [alone(Archive(id="archive", title="归档"))]},
    PersonalHearing: {"waiting": [to_be_heard()], "called": [told_to_come(), spoken()]},
}
"""Invented cases in every phase of every kind in which a case can rest."""


EXAMPLES: dict[type[Action], Action] = {
    type(action): action
    for action in (
        OpenSolicitation(channels={"online"}, until=END),
        ReceiveOpinion("二"),
        AnswerOpinion("o1", "好"),
        CloseSolicitation(summary="一条"),
        Convene(held_at=END, until=day(12)),
        TakeAttendance(VOTERS),
        Recuse("m-02", "亲属"),
        Revise("二稿"),
        CastBallot(Choice.FOR),
        RecordBallots({"m-03": Choice.FOR}, channel="paper", evidence="1"),
        CountVotes(for_=9, against=1, method="secret", voters=VOTERS),
        ExtendVote(until=day(11), reason="下雨"),
        CloseVote(),
        ReturnForRevision("再议"),
        Adjourn("人数不足"),
        stages.RecordService({"m-05"}, how="by_hand", warning="不回复视为赞成", evidence="回执 1"),
        AskHearing("不公"),
        CallHearing(held_at=END, reason="争议"),
        stages.Testify("属实"),
        CloseHearing(conclusion="属实", unheard="无人到场"),
        WaiveHearing("无争议"),
        Post(channels={"online"}, content="二"),
        Interrupt("大风"),
        Object("还是不公"),
        AnswerObjection("x1", "好", upheld=False),
        TakeDown(),
        Submit(to="区"),
        Confirm(reference="1"),
        Reject(reference="1", reasons="收入超标"),
        SendBack(reasons="缺材料"),
        Assign(responsible="c-2", task="监理", due=END),
        ReportProgress("过半"),
        Spend(amount=1, purpose="材料", evidence="发票"),
        Inspect("合格", passed=True),
        Complete("完工"),
        Abandon("资金未到"),
        CloseEvaluation(),
        RegisterDispute(parties=PARTIES, facts="噪声", found="visit"),
        ClassifyDispute(sort="family"),
        EnterDanger(signs="扬言报复"),
        ReportDanger(to="派出所", signs="扬言报复"),
        TransferDispute(to="街道办事处", reason="跨社区"),
        AcceptDispute(parties=PARTIES),
        AnswerMediation(accepts=True, person="1-301"),
        AssignMediators({"m-2"}),
        RejectMediator("m-1", person="1-301"),
        InviteHelper(role="亲属", consents=PARTIES),
        Mediate(account="再谈"),
        AgreeOrally(terms="修管道", accord=PARTIES),
        DrawUpAgreement(terms="修管道"),
        SignAgreement(seal=True),
        EndMediation(routes=ROUTES),
        ApplyConfirmation(parties=PARTIES, court="法院"),
        RecordConfirmation(valid=False, reference="1"),
        CheckPerformance(performed=True),
        CloseFollowUp(),
        PutOnFile(reference="1", papers={"register", "record"}),
        Summon(concerned="recipient", evidence="再次送达"),
        DeclineHearing(person="7-302", evidence="声明书"),
        RecordAbsence(concerned="recipient", account="未到"),
    )
}
EXAMPLES_OF_SURVEYS = {Solicitation: before("before"), Evaluation: before("after")}
MOMENTS = (START, day(3), day(9), END)

PHASES = [(kind, phase) for kind, phases in CASES.items() for phase in phases]
ROWS = [(kind, phase, action) for kind, phase in PHASES for action in kind.phases[phase]]


def example(kind: type, action: type[Action], phase: str = "") -> Action:
    """An example of an action, as the kind takes it."""
    if (action, phase) == (CountVotes, "counted"):
        return CountVotes(for_=9, against=1, recount="复核")
    if (kind, action) == (PersonalHearing, stages.Testify):
        return stages.Testify("属实", speaker="7-302", evidence="笔录")
    return EXAMPLES_OF_SURVEYS.get(kind, before("after")) if action is stages.Survey else EXAMPLES[action]


def accepted(cases: list[Case], action: Action) -> Case:
    """The case after an action, in the first of the cases and at the first of the moments where it is accepted."""
    refusals = []
    for case in cases:
        for at in MOMENTS:
            by = "m-04" if isinstance(action, CastBallot) else "sec-1"
            try:
                return case.act(action, at=at, by=by, salt=b"9" * 16)
            except Refused as no:
                refusals.append(no)
    raise AssertionError(refusals)


def test_every_kind_and_phase_is_here():
    """There is a case in every phase in which a case can rest, for every kind; and an example of every action."""
    assert set(CASES) == set(KINDS)
    for kind in KINDS:
        assert set(CASES[kind]) == {phase for phase, following in kind.phases.items() if following}
        for action in {action for following in kind.phases.values() for action in following}:
            assert type(example(kind, action)) is action
    for (kind, phase), cases in {(kind, phase): CASES[kind][phase] for kind, phase in PHASES}.items():
        assert {(type(case.procedure.stage(case.stage)), case.phase) for case in cases} == {(kind, phase)}


@pytest.mark.parametrize(("kind", "phase", "action"), ROWS, ids=lambda each: getattr(each, "kind", each))
def test_what_the_table_allows(kind, phase, action):
    """Every row leads where it says: to its phase, or with an outcome to where the outcome leads."""
    after = accepted(CASES[kind][phase], example(kind, action, phase))
    leads, outcome = kind.phases[phase][action], after.entries[-1].effect.outcome
    if outcome is None:
        assert after.phase == leads
    elif outcome in kind.turns:
        assert after.phase == kind.turns[outcome][leads]
    else:
        assert leads in kind.ends[outcome]
        assert after.outcome == f"was_{outcome}"
    assert Case.replay(after.entries) == after


@pytest.mark.parametrize(("kind", "phase"), PHASES, ids=lambda each: getattr(each, "kind", each))
def test_what_the_table_does_not_allow(kind, phase):
    """Everything else is refused as not now, with what can be done instead."""
    for case in CASES[kind][phase]:
        assert set(case.options()) == {*kind.phases[phase], *ANYWHERE} - (
            {stages.Withdraw} if phase in kind.voting else set()
        )
        for action in {*EXAMPLES, stages.Survey} - set(kind.phases[phase]):
            no = refused(case, example(kind, action), "NOT_NOW", at=END)
            assert all(option.title.zh in no.explain("zh") for option in list(case.options())[:3])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_nothing_leads_on_from_the_last_phase(kind):
    """The last phase is passed through and never rested in; every outcome is reached from a phase that exists."""
    assert kind.phases["closed"] == {}
    assert {phase for phases in kind.ends.values() for phase in phases} <= set(kind.phases)
    assert kind.unopened <= set(kind.phases)
    assert kind.voting <= set(kind.phases)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_action_is_decided_and_added_up(kind):
    """No row of a table is without a decision and a sum."""
    actions = {action for following in kind.phases.values() for action in following}
    assert set(kind.deciders) == set(kind.adders) == actions


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_setting_is_explained_where_it_is_set(kind):
    """The docstring of a kind says what each of its settings means; those that all kinds have stand at their base."""
    explained = set(re.findall(r"^ {8}(\w+): ", f"{kind.__doc__}\n{StageBase.__doc__}", re.MULTILINE))
    assert {field.name for field in attrs.fields(kind)} <= explained
