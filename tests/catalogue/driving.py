"""Drives an invented case through any procedure of the catalogue, stage by stage, to the outcomes that are asked for.

Each kind of stage has one recipe for each of its outcomes. What a test names is where a case is to leave the good way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

import attrs

from walks import BOARD, SHANGHAI
from yizheng import Case, Citation, Matter, Member, Roll, Status
from yizheng.procedure import Procedure
from yizheng.rules import Rule
from yizheng.stages import (
    Abandon,
    Action,
    Adjourn,
    AnswerObjection,
    Assign,
    CloseSolicitation,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    CountVotes,
    Deliberation,
    Disclosure,
    Implementation,
    Inspect,
    Object,
    OpenSolicitation,
    OrderCorrection,
    Post,
    Referral,
    Reject,
    ReturnForRevision,
    SendBack,
    Solicitation,
    Spend,
    Stage,
    Submit,
    TakeAttendance,
    TakeDown,
)

GOOD = {
    Deliberation: "carried",
    Disclosure: "clear",
    Implementation: "completed",
    Referral: "confirmed",
    Solicitation: "completed",
}
"""The outcome by which a kind of stage leads on."""

HOLDERS = {
    "secretary": {"sec-1"},
    "chair": {"chair-1"},
    "supervisor": {"sup-1"},
    "township": {"town-1"},
    "subdistrict": {"street-1"},
}
MATTER = Matter(
    "2026-031",
    title="村道修缮（虚构）",
    category="works",
    facts={
        "budget": "300000.00",
        "delegated_by": "2026年村民会议第2号决定",
        "delegated_until": "2026-12-31",
        "collective_charter": "章程第12条",
        "holds_both_posts": "村-1",
    },
    origin="群众建议",
)


def in_force(editions: Iterable[object], on: date) -> object:
    """The edition of a day."""
    return next(each for each in editions if each.citation is None or each.citation.in_force(on))


def rolls(procedure: Procedure, on: date, electorate: str | None = None, size: int = 30) -> dict[str, Roll]:
    """A roll for each body, of the electorate that its rule counts (or of the one given, where there are several)."""
    made = {}
    for stage in procedure.stages:
        for body in stage.bodies():
            counted = {
                each.electorate
                for name, editions in stage.rules()
                for each in editions
                if name == "rule" and isinstance(each, Rule) and each.citation.in_force(on)
            } - {None}
            listed = electorate if electorate in counted else min(counted, default=None)
            members = [
                Member(f"{body[:3]}-{n:02}", groups=["full_capacity", *(["women"] if n % 3 == 0 else [])])
                for n in range(1, size + 1)
            ]
            made[body] = Roll(body, members, groups=["women", "full_capacity"], electorate=listed)
    return made


def opened(procedure: Procedure, at: datetime, *, electorate: str | None = None, matter: Matter = MATTER) -> Case:
    """A case of the procedure, with everybody that it needs."""
    holders = {office.id: HOLDERS[office.id] for office in procedure.offices}
    held = rolls(procedure, at.date(), electorate)
    return Case.open(matter, procedure, held, holders, at=at, by="sec-1", salt=b"0" * 16)


@attrs.define
class Driver:
    """A case on its way, and the moment at which it stands."""

    case: Case
    at: datetime
    serial: int = 0

    def act(self, action: Action, by: str = "sec-1", *, days: float = 0) -> None:
        """Do it, after so many days."""
        self.at += timedelta(days=days, minutes=1)
        self.serial += 1
        self.case = self.case.act(action, at=self.at, by=by, salt=self.serial.to_bytes(16))

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.case.procedure.stage(self.case.stage)

    def leave(self, outcome: str) -> None:
        """Bring the stage to an outcome."""
        LEAVING[type(self.stage)](self, self.stage, outcome)

    def convene(self, stage: Deliberation) -> Roll:
        """Call the body with the notice that the stage asks for, and go to the day of the meeting."""
        notice = in_force(stage.notice, self.at.date()).length if stage.notice else 0
        held = (self.at + timedelta(days=notice + 1)).replace(hour=10, minute=0)
        self.act(Convene(held_at=held))
        self.at = held
        return self.case.dossier.rolls[stage.body]

    def on(self) -> date:
        """The day."""
        return self.at.astimezone(SHANGHAI).date()


def _deliberate(driver: Driver, stage: Deliberation, outcome: str) -> None:
    if outcome == "inquorate":
        for _ in range(stage.calls):
            roll = driver.convene(stage)
            driver.act(TakeAttendance([roll.members[0].id]))
            driver.act(Adjourn("不足法定人数"))
        return
    roll = driver.convene(stage)
    everyone = [member.id for member in roll]
    driver.act(TakeAttendance(everyone))
    if outcome == "returned":
        driver.act(ReturnForRevision("方案需修改"))
        return
    for_ = len(everyone) if outcome == "carried" else 0
    if outcome == "void":
        driver.act(CountVotes(for_=for_, against=0, invalid=0, issued=len(everyone), returned=len(everyone) + 1))
    else:
        driver.act(CountVotes(for_=for_, against=len(everyone) - for_))
    driver.act(CloseVote())


def _disclose(driver: Driver, stage: Disclosure, outcome: str) -> None:
    least = in_force(stage.least, driver.on()).length
    driver.act(Post(channels=BOARD, content=f"{stage.title.zh}（示例）"))
    if outcome == "upheld":
        driver.act(Object("数目有误", author="v-1"), days=1)
        driver.act(AnswerObjection("x1", "属实", upheld=True), days=1)
    driver.act(TakeDown(), days=least + 1)


def _implement(driver: Driver, _stage: Implementation, outcome: str) -> None:
    driver.act(Assign(responsible="village-1", task="施工", due=driver.at + timedelta(days=60)))
    if not driver.case.dossier.spent:
        driver.act(Spend(amount="280000.00", purpose="工程款", evidence="发票 1"), days=5)
    if outcome == "corrected":
        (above,) = driver.case.procedure.offices_for(driver.stage, OrderCorrection)
        (by,) = HOLDERS[above]
        driver.act(OrderCorrection("决议违法", citation=Citation(instrument="示例命令", article="1")), by, days=1)
        return
    if outcome == "abandoned":
        driver.act(Abandon("资金不足"))
        return
    driver.act(Inspect("合格", passed=True), "sup-1", days=20)
    driver.act(Complete("完工"))


def _refer(driver: Driver, _stage: Referral, outcome: str) -> None:
    above = next(iter(driver.case.procedure.offices_for(driver.stage, Confirm)))
    (by,) = HOLDERS[above]
    driver.act(Submit(to="上级"))
    driver.act(
        {
            "confirmed": Confirm(reference="1 号"),
            "rejected": Reject(reference="2 号", reasons="与规划不符"),
            "returned": SendBack(reasons="补充材料"),
        }[outcome],
        by,
        days=3,
    )


def _solicit(driver: Driver, _stage: Solicitation, _outcome: str) -> None:
    driver.act(OpenSolicitation(channels={"questionnaire"}, until=driver.at + timedelta(days=7)))
    driver.act(CloseSolicitation(summary="建议修村道"), days=7)


LEAVING: Mapping[type, Callable[[Driver, Stage, str], None]] = {
    Deliberation: _deliberate,
    Disclosure: _disclose,
    Implementation: _implement,
    Referral: _refer,
    Solicitation: _solicit,
}


def drive(
    procedure: Procedure,
    at: datetime,
    turns: Iterable[str] = (),
    *,
    electorate: str | None = None,
    to: str | None = None,
) -> tuple[Driver, list[str]]:
    """A case from its opening to its end, or to a stage, by the good outcome of each stage but for the turns named.

    Args:
        procedure: by which.
        at: when it is opened.
        turns: where it leaves the good way, in order: ``"review.lost"``, or ``"withdrawn"`` as soon as it stands.
        electorate: whom the rolls list, where the rule has alternatives.
        to: the stage at which to stop.

    Returns:
        The driver, and the stages with their outcomes as they were passed.
    """
    driver, left, passed = Driver(opened(procedure, at, electorate=electorate), at), [*turns], []
    while driver.case.status is not Status.ENDED and driver.case.stage != to:
        here = driver.case.stage
        named, _, outcome = left[0].partition(".") if left else ("", "", "")
        if named == here:
            left.pop(0)
        else:
            outcome = GOOD[type(driver.stage)]
        driver.leave(outcome)
        passed.append(f"{here}.{outcome}")
        assert len(passed) < 40, passed
    assert not left, (left, passed)
    return driver, passed
