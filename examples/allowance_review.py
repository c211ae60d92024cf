"""The yearly review of two families' living allowance (低保): one is confirmed; of the other a change is considered.

Run it with ``python examples/allowance_review.py``. It reads its input from ``examples/allowance/``. The families, their
reasons and all counts are invented. The representatives decide by the residents' committees law in force since
2026-01-01; the county has the last word, and its reasons go back to the family in writing. By the review nothing is taken
away: whether the allowance ends is decided in a recheck, in which the recipient is heard. What is found and said about the
families stands in no minutes that are published.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from yizheng import Case, Docket, Matter, Member, Refused, Roll, Text, catalogue, record
from yizheng.stages import (
    Action,
    AnswerObjection,
    Assign,
    CallHearing,
    CloseHearing,
    CloseSolicitation,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    CountVotes,
    Object,
    OpenSolicitation,
    Post,
    Recuse,
    Reject,
    Submit,
    Summon,
    TakeAttendance,
    TakeDown,
    Testify,
    WaiveHearing,
)
from yizheng.store import MemoryStore

INPUT = Path(__file__).parent / "allowance" / "families.json"
START = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICES = {"secretary": {"sec-1"}, "chair": {"c-1"}, "supervisor": {"sup-1"}, "county": {"county-1"}}
RECHECKED_BY = {"secretary": {"sec-1"}, "chair": {"c-1"}, "county": {"county-1"}}

Step = tuple[datetime, str, Action]


def body(name: str, prefix: str, size: int) -> Roll:
    """A body whose members are numbered."""
    return Roll(name, [Member(f"{prefix}-{number:02}") for number in range(1, size + 1)])


ROLLS = {
    "two_committees": body("two_committees", "c", 7),
    "party_council": body("party_council", "p", 11),
    "resident_representatives": body("resident_representatives", "r", 30),
}


def day(number: int, hour: int = 9) -> datetime:
    """So many days after the start of the review."""
    return (START + timedelta(days=number)).replace(hour=hour)


def vote(start: int, roll: Roll, present: int, votes: tuple[int, int], recused: str | None = None) -> Iterator[Step]:
    """A meeting of a body: called, attended, counted, closed. A relative of the family is recused."""
    here = [member.id for member in roll][:present]
    yield day(start), "sec-1", Convene(held_at=day(start + 2))
    if recused is not None:
        yield day(start + 2, 8), "sec-1", Recuse(recused, Text("与该户有亲属关系", "a relative of the family"))
    yield day(start + 2, 8), "c-1", TakeAttendance([each for each in here if each != recused])
    yield day(start + 2, 9), "c-1", CountVotes(for_=votes[0], against=votes[1])
    yield day(start + 2, 10), "c-1", CloseVote()


def hear(family: dict[str, Any]) -> Iterator[Step]:
    """A contested family is heard; for another the hearing is waived, with the reason."""
    if not family["facts"]["contested"]:
        reason = Text("没有争议，也没有人申请", "nothing is contested, and nobody has asked for it")
        yield day(12), "sec-1", WaiveHearing(reason)
        return
    yield day(12), "sec-1", CallHearing(held_at=day(14), reason=Text("有争议", "it is contested"))
    yield (
        day(14),
        "sec-1",
        Testify(Text("孩子刚上班，工资不稳定", "the child has just begun to work"), speaker="family"),
    )
    conclusion = Text("收入变化属实，由代表会议决定", "the income has changed; the representatives decide")
    yield day(14, 11), "sec-1", CloseHearing(conclusion=conclusion)


def decide_above(family: dict[str, Any]) -> Iterator[Step]:
    """The county confirms, or rejects with reasons; either way people are told."""
    above = family["above"]
    yield day(28), "sec-1", Submit(to=Text("区民政局", "district civil affairs bureau"))
    if above["decision"] == "confirm":
        yield day(40), "county-1", Confirm(reference=above["reference"])
        yield day(41), "sec-1", Post(channels={"bulletin_board"}, content=Text("确认决定", "the decision to confirm"))
    else:
        yield day(40), "county-1", Reject(reference=above["reference"], reasons=Text(**above["reasons"]))
        told = Text("不予确认决定书", "the decision to reject, in writing")
        yield day(41), "sec-1", Post(channels={"letter"}, content=told)
    yield day(49), "sec-1", TakeDown()


def the_steps(family: dict[str, Any]) -> list[Step]:
    """Everything that happens to one family, in order."""
    votes = (family["for"], family["against"])
    here = sum(votes)
    return [
        (day(0), "sec-1", OpenSolicitation(channels={"symposium"}, until=day(3))),
        (day(3), "sec-1", CloseSolicitation(summary=Text("邻居意见已记录", "the neighbours' views are on record"))),
        *vote(4, ROLLS["two_committees"], 6, (6, 0)),
        *vote(8, ROLLS["party_council"], 9, (8, 1)),
        *hear(family),
        *vote(15, ROLLS["resident_representatives"], here + 1, votes, recused="r-05"),
        (day(18), "sec-1", Post(channels={"bulletin_board"}, content=Text("拟保障名单", "the proposed list"))),
        (day(20), "sec-1", Object(Text("收入应再核对", "the income should be checked again"), author="2-301")),
        (
            day(21),
            "sec-1",
            AnswerObjection(
                "x1", Text("将随材料一并上报核对", "it goes up with the papers to be checked"), upheld=False
            ),
        ),
        (day(27), "sec-1", TakeDown()),
        *decide_above(family),
    ]


def review(docket: Docket, family: dict[str, Any]) -> None:
    """Take one family through the review."""
    matter = Matter(
        family["id"],
        title=Text(**family["title"]),
        category="allowance",
        facts=family["facts"],
        private=family["private"],
    )
    docket.open(matter, catalogue.yizheng.ALLOWANCE, ROLLS, OFFICES, at=START, by="sec-1")
    for at, by, action in the_steps(family):
        docket.act(matter.id, action, at=at, by=by)


def recheck(docket: Docket, review: Case) -> Case:
    """Whether the allowance is ended is a matter of its own: the recipient is heard before the county decides."""
    matter = Matter(
        f"{review.id}-change",
        title=Text("家庭低保核查与变更", "recheck of a family's allowance"),
        category="allowance",
        comes_from={review.id},
        private={"recipient": "3-302"},
    )
    docket.open(matter, catalogue.assistance.ALLOWANCE_CHANGE, {}, RECHECKED_BY, at=day(50), by="sec-1")
    unheard = Text("不符合条件", "not eligible any more")
    steps: list[Step] = [
        (day(50), "sec-1", Assign(responsible="sec-1", task=Text("入户调查", "visit the family"), due=day(60))),
        (day(52), "sec-1", Complete(Text("收入高于标准", "the income is above the standard"))),
        (day(52, 10), "sec-1", Submit(to=Text("区民政局", "district civil affairs bureau"))),
        (day(53), "county-1", Reject(reference="区民政〔2026〕70号（虚构）", reasons=unheard)),
        (day(53, 10), "sec-1", CallHearing(held_at=day(63), reason=Text("拟终止救助", "it may be ended"))),
        (day(53, 11), "sec-1", Summon(concerned="recipient", evidence=Text("送达回证", "receipt of service"))),
    ]
    for at, by, action in steps:
        docket.act(matter.id, action, at=at, by=by)
    nobody = CloseHearing(conclusion=Text("无意见", "nothing to say"), unheard=Text("未到", "did not come"))
    try:
        docket.act(matter.id, nobody, at=day(63), by="c-1")
    except Refused as no:
        print(no.explain("zh"))
        print(no.explain("en"), "\n")
    signed, said = Text("本人签名的笔录", "the record, signed"), Text("试用期已经结束", "the time of probation is over")
    steps = [
        (day(63), "sec-1", Testify(said, speaker="3-302", evidence=signed)),
        (day(63, 10), "c-1", CloseHearing(conclusion=Text("意见已记录", "what was said is on record"))),
        (day(64), "sec-1", Submit(to=Text("区民政局", "district civil affairs bureau"))),
        (day(70), "county-1", Reject(reference="区民政〔2026〕71号（虚构）", reasons=unheard)),
        (day(71), "sec-1", Post(channels={"letter"}, content=Text("终止决定书", "the decision to end it"))),
        (day(79), "sec-1", TakeDown()),
    ]
    for at, by, action in steps:
        docket.act(matter.id, action, at=at, by=by)
    return docket.case(matter.id)


def main() -> None:
    """Review both families, show what is refused, and print what the rejected family is told and the minutes."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    families = json.loads(INPUT.read_text(encoding="utf-8"))["families"]
    with Docket(MemoryStore()) as docket:
        unnamed = Matter("2026-dibao-11", title="11", category="allowance")
        try:
            docket.open(unnamed, catalogue.yizheng.ALLOWANCE, ROLLS, OFFICES, at=START, by="sec-1")
        except Refused as no:
            print(no.explain("zh"))
            print(no.explain("en"), "\n")
        for family in families:
            review(docket, family)
            case = docket.case(family["id"])
            print(f"{case.id}: {case.outcome}")
        considered = docket.case(docket.find(outcome="change_considered")[0])
        told = next(entry.action.reasons for entry in considered.entries if isinstance(entry.action, Reject))
        print(f"书面告知的理由：{told.zh}\nThe reasons told in writing: {told.en}\n")
        change = recheck(docket, considered)
        print(f"{change.id}: {change.outcome}\n")
        for case in (considered, change):
            print(record.minutes(case.redacted(), "zh"))
            print(record.minutes(case.redacted(), "en"))


if __name__ == "__main__":
    main()
