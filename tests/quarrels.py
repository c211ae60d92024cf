"""Invented disputes for the tests, walked step by step: who quarrels is a flat's number, what they say is made up."""

from __future__ import annotations

from walks import START, Step, day, take
from yizheng import Case, Matter, Procedure, catalogue
from yizheng.procedure import End, Office
from yizheng.stages import (
    ANYWHERE,
    AcceptDispute,
    AnswerMediation,
    ApplyConfirmation,
    AssignMediators,
    CheckPerformance,
    ClassifyDispute,
    CloseFollowUp,
    DrawUpAgreement,
    Mediate,
    PutOnFile,
    RecordConfirmation,
    RegisterDispute,
    SignAgreement,
    StageBase,
)

MEDIATION = catalogue.disputes.MEDIATION
PARTIES = {"a": "1-301", "b": "1-201"}
ROUTES = {"arbitration", "administrative", "judicial"}
DISPUTE_OFFICES = {
    "secretary": {"sec-1"},
    "grid_leader": {"grid-1"},
    "mediation_committee": {"com-1"},
    "mediator": {"med-1", "med-2"},
}


def quarrel(**changes: object) -> Matter:
    """A dispute between neighbours, about a leak after the works of a courtyard."""
    settings = {
        "title": "漏水纠纷",
        "category": "dispute",
        "comes_from": {"2026-007"},
        "private": {"phone": "13800000000"},
    }
    return Matter("dispute-1", **{**settings, **changes})


def dispute(procedure: Procedure = MEDIATION) -> Case:
    """The dispute, as its case is opened."""
    return Case.open(quarrel(), procedure, {}, DISPUTE_OFFICES, at=START, by="grid-1", salt=b"0" * 16)


def screened() -> list[Step]:
    """It is found on patrol, registered and classified."""
    return [
        Step(RegisterDispute(parties=PARTIES, facts="楼上漏水", found="patrol"), day(0), "grid-1"),
        Step(ClassifyDispute(sort="neighbours"), day(0, 10), "grid-1"),
    ]


def begun() -> list[Step]:
    """It is accepted on application, the other party accepts, and mediators are assigned."""
    return [
        Step(AcceptDispute(applicants={"b"}), day(1), "com-1"),
        Step(AnswerMediation(accepts=True), day(1, 10), "1-301"),
        Step(AssignMediators({"med-1"}), day(1, 11), "com-1"),
        Step(Mediate(account="各述其事"), day(2), "med-1"),
    ]


def agreed() -> list[Step]:
    """An agreement is drawn up, signed and sealed."""
    return [
        Step(DrawUpAgreement(terms="修管道，赔三百元", perform_by=day(20)), day(3), "med-1"),
        Step(SignAgreement(parties={"a", "b"}, mediators={"med-1"}), day(3, 10), "med-1"),
        Step(SignAgreement(seal=True), day(4), "com-1"),
    ]


def performed() -> list[Step]:
    """A court confirms it, and it is performed."""
    return [
        Step(ApplyConfirmation(parties={"a", "b"}, court="区人民法院"), day(10), "com-1"),
        Step(RecordConfirmation(valid=True, reference="确认 1 号"), day(14), "com-1"),
        Step(CheckPerformance(performed=True, account="管道已修"), day(19), "med-1"),
        Step(CloseFollowUp(), day(21), "com-1"),
    ]


def dispute_steps() -> list[Step]:
    """The dispute from the patrol to the archive."""
    filed = Step(PutOnFile(reference="1", papers={"register", "record", "agreement"}), day(22), "com-1")
    return [*screened(), *begun(), *agreed(), *performed(), filed]


def dispute_at(state: str) -> Case:
    """The dispute as it first stands in a state."""
    return take(dispute(), dispute_steps(), lambda case: case.state == state)


ONWARD = {"registered", "agreed"}


def by_itself(*stages: StageBase) -> Case:
    """A case of one stage, or of several that follow one another; the secretary may do everything."""
    kinds = {action.kind for stage in stages for following in stage.phases.values() for action in following}
    routes = {
        stage.id: {
            outcome: after.id if after is not None and outcome in ONWARD else f"was_{outcome}" for outcome in stage.ends
        }
        for stage, after in zip(stages, [*stages[1:], None], strict=True)
    }
    ends = {target for ways in routes.values() for target in ways.values()} - routes.keys()
    procedure = Procedure(
        id="by-itself",
        title="调解",
        stages=stages,
        routes=routes,
        ends=[*(End(each, each) for each in sorted(ends)), End("withdrawn", "撤回")],
        offices=[Office("secretary", "经办", may={*kinds, "open", *(action.kind for action in ANYWHERE)})],
        withdrawn="withdrawn",
        corrected=stages[0].id,
    )
    return Case.open(quarrel(), procedure, {}, {"secretary": {"sec-1"}}, at=START, by="sec-1", salt=b"0" * 16)
