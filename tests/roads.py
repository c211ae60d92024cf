"""Cases driven along a road: a list of milestones such as ``"resolve.carried"``, each walked by what its kind asks.

The steps are made from the procedure itself: its notice, its windows, its postings, its offices. What a road is for is
read off the list. Everybody in it is invented: a member is a number, an office holder the office with a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from walks import SHANGHAI
from yizheng import Case, Matter, Member, Procedure, Roll, Text
from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.rules import ABSENT, PRESENT, Choice
from yizheng.stages import (
    Abandon,
    Action,
    AnswerObjection,
    Assign,
    CallHearing,
    CloseHearing,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    CountVotes,
    Deliberation,
    Disclosure,
    Hearing,
    Implementation,
    Inspect,
    Method,
    Mode,
    Object,
    OrderCorrection,
    PersonalHearing,
    Post,
    RecordBallots,
    Referral,
    Reject,
    ReturnForRevision,
    SendBack,
    Spend,
    Submit,
    Summon,
    TakeAttendance,
    TakeDown,
    Testify,
    WaiveHearing,
    Withdraw,
)

SPRING: Final = datetime(2026, 9, 1, 9, tzinfo=SHANGHAI)
"""After every law of the catalogue has come into force."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def holder(case: Case, action: type[Action]) -> str:
    """Somebody whose office may do it here; for what is one's own, a resident."""
    stage = case.procedure.stage(case.stage)
    offices = sorted(case.procedure.offices_for(stage, action))
    return f"{offices[0]}-1" if offices else "resident-1"


def do(case: Case, action: Action, at: datetime, by: str | None = None) -> Case:
    """The case after an act by whoever may do it."""
    return case.act(action, at=at, by=by or holder(case, type(action)), salt=len(case.entries).to_bytes(16))


def now(case: Case) -> datetime:
    """An hour after the last entry."""
    return (case.entries[-1].at + HOUR).astimezone(SHANGHAI)


def _ballots(roll: Roll, choice: Choice, some: int | None = None) -> Mapping[str, Choice]:
    return {member.id: choice for member in [*roll][:some]}


def _in_force(periods: Iterable[Period], at: datetime) -> int:
    """The length in days of the longest that is in force; months are taken as 31 days."""
    lengths = {"days": 1, "working_days": 2, "months": 31, "years": 366}
    held = [each for each in periods if each.citation is None or each.citation.in_force(at.date())]
    return max((each.length * lengths[each.unit] for each in held), default=0)


def call(case: Case, stage: Deliberation) -> tuple[Case, datetime]:
    """The body is called with the notice that is asked for; the day on which it meets, or its ballots are taken."""
    at = now(case)
    held = at + (_in_force(stage.notice, at) + 1) * DAY
    presence = any(rule.asks_for(PRESENT) or rule.asks_for(ABSENT) for rule in stage.rule)
    in_writing = not presence and Mode.WRITTEN in stage.modes
    window = _in_force([stage.shortest] if stage.shortest else [], at) + 6
    until = held + window * DAY if in_writing else None
    mode = Mode.WRITTEN if in_writing else Mode.IN_PERSON
    return do(case, Convene(held_at=held, until=until, mode=mode), at), held


def _vote(case: Case, stage: Deliberation, choice: Choice, some: int | None = None) -> Case:
    case, held = call(case, stage)
    sitting = case.progress.sitting
    ballots = _ballots(sitting.roll, choice, some)
    if sitting.mode is not Mode.WRITTEN:
        case = do(case, TakeAttendance(ballots), held)
    if Method.BY_NAME in stage.methods:
        case = do(case, RecordBallots(ballots, channel="paper", evidence="box 1"), held + HOUR)
    else:
        counted = {"for_": 0, "against": 0, ("for_" if choice is Choice.FOR else "against"): len(ballots)}
        case = do(case, CountVotes(**counted, method=Method.SECRET), held + HOUR)
    return do(case, CloseVote(), sitting.closes or held + 2 * HOUR)


def _inquorate(case: Case, stage: Deliberation) -> Case:
    for _ in range(stage.calls):
        case, held = call(case, stage)
        sitting = case.progress.sitting
        if sitting.mode is not Mode.WRITTEN:
            case = do(case, TakeAttendance([next(iter(sitting.roll)).id]), held)
        case = do(case, CloseVote(), sitting.closes or held + HOUR)
    return case


def _void(case: Case, stage: Deliberation) -> Case:
    case, held = call(case, stage)
    sitting = case.progress.sitting
    everybody = [member.id for member in sitting.roll]
    if sitting.mode is not Mode.WRITTEN:
        case = do(case, TakeAttendance(everybody), held)
    case = do(case, RecordBallots(_ballots(sitting.roll, Choice.FOR), channel="paper", evidence="box 1"), held + HOUR)
    more = CloseVote(issued=len(everybody), returned=len(everybody) + 1)
    return do(case, more, sitting.closes or held + 2 * HOUR)


def _returned(case: Case, stage: Deliberation) -> Case:
    case, _ = call(case, stage)
    return do(case, ReturnForRevision("方案需要修改"), now(case))


def _posted(case: Case, stage: Disclosure, *, objection: bool) -> Case:
    case = do(case, Post(channels=stage.required or stage.channels, content="告示"), now(case))
    ends = case.entries[-1].effect.due["ends"]
    if objection:
        case = do(case, Object("有误"), now(case), by="resident-1")
        case = do(case, AnswerObjection("x1", "属实", upheld=True), now(case))
    return do(case, TakeDown(), max(ends, now(case)))


def _sent(case: Case, answer: Action) -> Case:
    case = do(case, Submit(to="上级"), now(case))
    return do(case, answer, now(case) + DAY)


def _worked(case: Case, stage: Implementation, *, given_up: bool) -> Case:
    at = now(case)
    case = do(case, Assign(responsible="worker-1", task="办理", due=at + 30 * DAY), at)
    if case.dossier.budget is not None and Spend in case.options():
        case = do(case, Spend(amount="70.00", purpose="费用", evidence="voucher 1"), now(case))
    if given_up:
        return do(case, Abandon("无法继续"), now(case))
    if stage.inspected:
        case = do(case, Inspect("合格", passed=True), now(case))
    return do(case, Complete("办结"), now(case))


def _heard(case: Case) -> Case:
    at = now(case)
    case = do(case, CallHearing(held_at=at + 3 * DAY, reason="依法听取意见"), at)
    case = do(case, Testify("陈述"), at + 3 * DAY, by="resident-1")
    return do(case, CloseHearing(conclusion="已记录"), at + 3 * DAY + HOUR)


def _heard_in_person(case: Case, stage: PersonalHearing) -> Case:
    at = now(case)
    held = at + (_in_force(stage.notice, at) + 1) * DAY
    case = do(case, CallHearing(held_at=held, reason="依法听取意见"), at)
    for label in sorted(stage.concerned):
        case = do(case, Summon(concerned=label, evidence="送达回证"), now(case))
    for label in sorted(stage.concerned):
        case = do(case, Testify("陈述"), held, by=case.matter.private[label])
    return do(case, CloseHearing(conclusion="已记录"), held + HOUR)


ROADS: Final[Mapping[tuple[type[Any], str], Callable[[Case, Any], Case]]] = {
    (Deliberation, "carried"): lambda case, stage: _vote(case, stage, Choice.FOR),
    (Deliberation, "lost"): lambda case, stage: _vote(case, stage, Choice.AGAINST),
    (Deliberation, "inquorate"): _inquorate,
    (Deliberation, "void"): _void,
    (Deliberation, "returned"): _returned,
    (Disclosure, "clear"): lambda case, stage: _posted(case, stage, objection=False),
    (Disclosure, "upheld"): lambda case, stage: _posted(case, stage, objection=True),
    (Referral, "confirmed"): lambda case, _: _sent(case, Confirm(reference="文号 1")),
    (Referral, "rejected"): lambda case, _: _sent(case, Reject(reference="文号 2", reasons="不符合条件")),
    (Referral, "returned"): lambda case, _: _sent(case, SendBack(reasons="补充材料")),
    (Implementation, "completed"): lambda case, stage: _worked(case, stage, given_up=False),
    (Implementation, "abandoned"): lambda case, stage: _worked(case, stage, given_up=True),
    (Hearing, "held"): lambda case, _: _heard(case),
    (Hearing, "waived"): lambda case, _: do(case, WaiveHearing("无须听证"), now(case)),
    (PersonalHearing, "held"): _heard_in_person,
    (PersonalHearing, "waived"): lambda case, _: do(case, WaiveHearing("不再变更"), now(case)),
}
"""How each outcome of each kind comes about."""

CORRECTED: Final = OrderCorrection("决定违法", citation=Citation(instrument="invented order", article="1"))


def along(case: Case, road: Iterable[str]) -> Case:
    """The case after a road: ``"stage.outcome"``, or ``"withdrawn"`` and ``"corrected"`` where it stands."""
    for milestone in road:
        if milestone == "withdrawn":
            case = do(case, Withdraw("另行处理"), now(case))
            continue
        if milestone == "corrected":
            case = do(case, CORRECTED, now(case))
            continue
        stage_id, _, outcome = milestone.partition(".")
        assert case.stage == stage_id, f"the case stands in {case.stage}, and the road goes on with {milestone}"
        stage = case.procedure.stage(stage_id)
        case = ROADS[type(stage), outcome](case, stage)
        assert case.entries[-1].effect.outcome == outcome, milestone
    return case


def members(body: str, count: int = 10, **settings: Any) -> Roll:
    """A roll of so many, everybody in every group and of equal area."""
    groups = settings.pop("groups", ())
    weights = settings.pop("weights", {})
    listed = [Member(f"{body}-{number:02}", weights=weights, groups=groups) for number in range(1, count + 1)]
    return Roll(body, listed, groups=groups, **settings)


def rolls_for(procedure: Procedure, **given: Roll) -> dict[str, Roll]:
    """A roll for each body, with the groups and measures for which its rules ask."""
    found: dict[str, Roll] = {}
    for body in procedure.bodies:
        voting = [each for each in procedure.stages if isinstance(each, Deliberation) and each.body == body.id]
        rules = [rule for stage in voting for rule in stage.rule]
        groups = frozenset().union(*(rule.groups for rule in rules)) if rules else frozenset()
        measured = any("area" in rule.measures for rule in rules)
        listed = {rule.electorate for rule in rules} - {None}
        whom = {"electorate": "persons"} if len(listed) > 1 else {}
        found[body.id] = members(body.id, groups=groups, weights={"area": "100.00"} if measured else {}, **whom)
    return found | given


def opened(
    procedure: Procedure, *, at: datetime = SPRING, facts: Mapping[str, Any] | None = None, **rolls: Roll
) -> Case:
    """A case of a procedure, with its facts stated and every office held."""
    stated = {
        fact: False if "真或假" in meaning.zh or "最后一日" in meaning.zh else "已写明"
        for fact, meaning in procedure.facts.items()
    }
    offices = {office.id: {f"{office.id}-1"} for office in procedure.offices}
    return Case.open(
        Matter(
            "2026-001",
            title=Text("事项", "a matter"),
            category="any",
            facts={"budget": "1000.00", **stated, **(facts or {})},
            private={field: f"{field}-1" for field in procedure.private},
        ),
        procedure,
        rolls_for(procedure, **rolls),
        offices,
        at=at,
        by=next(f"{office.id}-1" for office in procedure.offices if "open" in office.may),
        salt=b"0" * 16,
    )
