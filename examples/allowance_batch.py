"""The yearly review of 72 families' living allowance (低保) in a batch: discussed together, voted on one by one.

Run it with ``python examples/allowance_batch.py``. It reads its input from ``examples/allowance_batch/``. That 72
households were reviewed by a panel of 21, of which 50 were carried and 20 were not, while 2 were in dispute and looked
into anew, was published of a community in Yueyang (岳阳); so was that the result was posted. All else is invented: who
the families are, their programme, the votes on each, the dates, the recusals, the objection, and what the county decided. The procedure is
that of another community's report, with the residents' representatives in the place of the panel.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from yizheng import Docket, Matter, Member, Refused, Roll, Text, catalogue, record
from yizheng.batch import meetings, plan
from yizheng.stages import (
    Action,
    AnswerObjection,
    AnswerOpinion,
    CloseSolicitation,
    CloseVote,
    Confirm,
    Convene,
    CountVotes,
    Object,
    OpenSolicitation,
    Post,
    ReceiveOpinion,
    Recuse,
    Reject,
    Submit,
    TakeAttendance,
    TakeDown,
    WaiveHearing,
)
from yizheng.store import MemoryStore

INPUT = Path(__file__).parent / "allowance_batch" / "review.json"
START = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PROCEDURE = catalogue.yizheng.ALLOWANCE
OFFICES = {"secretary": {"sec-1"}, "chair": {"c-1"}, "supervisor": {"sup-1"}, "county": {"county-1"}}
BATCH = "2026-dibao"

Step = tuple[datetime, str, Action]


def body(name: str, prefix: str, size: int) -> Roll:
    """A body whose members are numbered."""
    return Roll(name, [Member(f"{prefix}-{number:02}") for number in range(1, size + 1)])


ROLLS = {
    "two_committees": body("two_committees", "c", 7),
    "party_council": body("party_council", "p", 11),
    "resident_representatives": body("resident_representatives", "r", 21),
}


def day(number: int, hour: int = 9, minute: int = 0) -> datetime:
    """So many days after the start of the review, so many minutes after the hour."""
    return (START + timedelta(days=number)).replace(hour=hour) + timedelta(minutes=minute)


def matters(families: list[dict[str, Any]]) -> list[Matter]:
    """The families as matters. Nothing is contested when the review begins."""
    return [
        Matter(
            family["id"],
            title=Text(**family["title"]),
            category="allowance",
            facts={
                "contested": False,
                "persons": family["persons"],
                "programme": "urban",
            },
            private={"selected_because": family["selected_because"]},
        )
        for family in families
    ]


def called(start: int, roll: Roll) -> Iterator[Step]:
    """A body is called, and all of it is there."""
    yield day(start), "sec-1", Convene(held_at=day(start + 2))
    yield day(start + 2, 8), "c-1", TakeAttendance([member.id for member in roll])


def agreed(start: int, roll: Roll) -> Iterator[Step]:
    """A body meets and agrees to put all of it forward."""
    yield from called(start, roll)
    yield day(start + 2), "c-1", CountVotes(for_=len(roll), against=0)
    yield day(start + 2, 10), "c-1", CloseVote()


def asked(disputed: dict[str, Any]) -> Iterator[Step]:
    """The neighbours are asked once about all families; what they say of two is in dispute."""
    yield day(0), "sec-1", OpenSolicitation(channels={"symposium"}, until=day(3))
    for said in disputed.values():
        yield day(1), "sec-1", ReceiveOpinion(Text(**said), channel="symposium", author="neighbour")
    for number, _ in enumerate(disputed, 1):
        yield day(2), "sec-1", AnswerOpinion(f"o{number}", Text("重新调查该户", "the family is looked into anew"))
    yield (
        day(3),
        "sec-1",
        CloseSolicitation(summary=Text("两户有争议，其余无异议", "two are in dispute, the others not")),
    )


def voted(family: dict[str, Any], place: int, relative: str | None) -> Iterator[Step]:
    """The representatives vote on one family; a relative of that family is out for it and for no other."""
    begun = place * 4  # minutes
    if relative is not None:
        yield day(14, 9, begun), "sec-1", Recuse(relative, Text("与该户有亲属关系", "a relative of the family"))
    yield day(14, 9, 1 + begun), "c-1", CountVotes(for_=family["for"], against=family["against"])
    yield day(14, 9, 2 + begun), "c-1", CloseVote()


def posted(objection: dict[str, Any] | None) -> Iterator[Step]:
    """The result is posted for seven days; somebody may object within them, and is answered."""
    yield day(15), "sec-1", Post(channels={"bulletin_board"}, content=Text("拟保障名单", "the proposed list"))
    if objection is not None:
        yield day(18), "sec-1", Object(Text(**objection["text"]), author="2-301")
        yield day(20), "sec-1", AnswerObjection("x1", Text(**objection["answer"]), upheld=False)
    yield day(24), "sec-1", TakeDown()


def decided_above(number: int, rejected: dict[str, Any] | None) -> Iterator[Step]:
    """The county confirms, or rejects with reasons; either way people are told."""
    yield day(25), "sec-1", Submit(to=Text("区民政局", "district civil affairs bureau"))
    if rejected is None:
        yield day(40), "county-1", Confirm(reference=f"区民政〔2026〕{100 + number}号（虚构）")
        yield day(41), "sec-1", Post(channels={"bulletin_board"}, content=Text("确认决定", "the decision to confirm"))
    else:
        yield day(40), "county-1", Reject(reference=rejected["reference"], reasons=Text(**rejected["reasons"]))
        told = Text("不予确认决定书", "the decision to reject, in writing")
        yield day(41), "sec-1", Post(channels={"letter"}, content=told)
    yield day(49), "sec-1", TakeDown()


def refused(no: Refused) -> None:
    """Print why something is refused, in both languages."""
    print(no.explain("zh"))
    print(no.explain("en"), "\n")


def together(docket: Docket, review: dict[str, Any]) -> None:
    """Take all families through the stages that they share. Two leave on the way."""
    for at, by, action in asked(review["disputed"]):
        docket.act_batch(BATCH, action, at=at, by=by)
    for item, said in review["disputed"].items():
        docket.split(BATCH, item, reason=Text(**said), how="held_over", at=day(3, 10), by="sec-1")
    for start, name in ((4, "two_committees"), (8, "party_council")):
        for at, by, action in agreed(start, ROLLS[name]):
            docket.act_batch(BATCH, action, at=at, by=by)
    nothing = Text("其余各户没有争议，也没有人申请", "of the others nothing is contested, and nobody has asked for it")
    docket.act_batch(BATCH, WaiveHearing(nothing), at=day(11), by="sec-1")
    for at, by, action in called(12, ROLLS["resident_representatives"]):
        docket.act_batch(BATCH, action, at=at, by=by)


def one_by_one(docket: Docket, review: dict[str, Any]) -> Counter[str]:
    """Vote on each family in the one sitting, post the result, and put it to the county. Who is carried is counted."""
    outcomes = Counter[str]()
    voting = [family for family in review["families"] if family["id"] not in review["disputed"]]
    for place, family in enumerate(voting):
        item = family["id"]
        for at, by, action in voted(family, place, review["recused"].get(item)):
            case = docket.act(item, action, at=at, by=by)
        outcomes["carried" if case.outcome is None else "lost"] += 1
    for number, item in enumerate(docket.find(batch=BATCH, stage="disclose_resolution"), 1):
        after = (*posted(review["objections"].get(item)), *decided_above(number, review["rejected"].get(item)))
        for at, by, action in after:
            docket.act(item, action, at=at, by=by)
    return outcomes


def surveyed_anew(docket: Docket, item: str) -> None:
    """A family that was held over is asked about again, from the first stage, by itself."""
    docket.act(item, OpenSolicitation(channels={"letter"}, until=day(25)), at=day(18), by="sec-1")
    found = Text("入户核对完毕，依程序继续", "the family was visited; the procedure goes on")
    docket.act(item, CloseSolicitation(summary=found), at=day(25), by="sec-1")


def main() -> None:
    """Plan, review together, resolve one by one; print the account, the outcomes and the minutes of one family."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    review = json.loads(INPUT.read_text(encoding="utf-8"))
    schedule = plan(matters(review["families"]), by=lambda matter: (matter.category, matter.facts["programme"]))
    (group,) = schedule.groups
    account = schedule.saved(PROCEDURE, one_sitting=True)
    print(f"{account.explain('zh')}\n\n{account.explain('en')}\n")
    with Docket(MemoryStore()) as docket:
        title = Text("2026 年低保复核", "yearly review of the allowance, 2026")
        docket.open_batch(group, PROCEDURE, ROLLS, OFFICES, at=START, by="sec-1", id=BATCH, title=title, sittings="one")
        first = group.matters[0].id
        try:
            docket.act(first, WaiveHearing(Text("不必", "no need")), at=START, by="sec-1")
        except Refused as no:
            refused(no)
        together(docket, review)
        try:
            docket.act_batch(BATCH, CountVotes(for_=21, against=0), at=day(14), by="c-1")
        except Refused as no:
            refused(no)
        outcomes = one_by_one(docket, review)
        for item in review["disputed"]:
            surveyed_anew(docket, item)
        print(f"通过 {outcomes['carried']} 户，未通过 {outcomes['lost']} 户，有争议 {len(review['disputed'])} 户")
        print(f"carried {outcomes['carried']}, lost {outcomes['lost']}, in dispute {len(review['disputed'])}\n")
        for outcome in ("confirmed", "change_considered", "not_carried"):
            print(f"{outcome}: {len(docket.find(batch=BATCH, outcome=outcome))}")
        apart = [[docket.case(item).matter] for item in review["disputed"]]
        for (held_over,) in apart:
            print(f"{held_over.id}: {docket.case(held_over.id).stage}")
        sat = sum(isinstance(entry.action, Convene) for entry in docket.batch(BATCH).entries)
        more = meetings(apart, PROCEDURE, shared=(), one_sitting=False).sure.together
        print(f"已召集会议 {sat} 次，有争议的两户各自办理还要 {more} 次")
        print(f"meetings called: {sat}; those that the two in dispute will still need by themselves: {more}\n")
        (considered,) = docket.find(batch=BATCH, outcome="change_considered")
        told = next(each.action.reasons for each in docket.case(considered).entries if isinstance(each.action, Reject))
        print(f"{considered}\n书面告知的理由：{told.zh}\nThe reasons told in writing: {told.en}\n")
        (objected,) = review["objections"]
        public = docket.case(objected).redacted()
        print(record.minutes(public, "zh"))
        print(record.minutes(public, "en"))


if __name__ == "__main__":
    main()
