"""A review of families in a batch: rolls, offices, and the acts of each step. All names and counts are invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from yizheng import Matter, Member, Roll, Text, catalogue
from yizheng.rules import Choice
from yizheng.stages import (
    CallHearing,
    CloseHearing,
    CloseSolicitation,
    CloseVote,
    Convene,
    CountVotes,
    OpenSolicitation,
    RecordBallots,
    TakeAttendance,
    Testify,
    WaiveHearing,
)

START = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PROCEDURE = attrs.evolve(catalogue.yizheng.ALLOWANCE, confidential=None)
"""Without secrecy of words, so that everything can be read; that is shown by tests/case/test_confidential.py."""
OFFICES = {"secretary": {"sec-1"}, "chair": {"c-01"}, "supervisor": {"sup-1"}, "county": {"county-1"}}


def body(name, prefix, size):
    """A body whose members are numbered."""
    return Roll(name, [Member(f"{prefix}-{number:02}") for number in range(1, size + 1)])


ROLLS = {
    "two_committees": body("two_committees", "c", 7),
    "party_council": body("party_council", "p", 11),
    "resident_representatives": body("resident_representatives", "r", 9),
}
HERE = {name: [member.id for member in roll] for name, roll in ROLLS.items()}


def day(number, hour=9, minute=0):
    """So many days after the start of the review."""
    return (START + timedelta(days=number)).replace(hour=hour, minute=minute)


def family(number, *, contested=False, category="allowance", **facts):
    """A family whose allowance is reviewed."""
    return Matter(
        f"family-{number:03}",
        title=Text(f"第{number}户", f"family {number}"),
        category=category,
        facts={"contested": contested, **facts},
        private={"phone": f"555-{number:04}", "selected_because": "income"},
    )


def meeting(start, body_id, against=0):
    """A body is called, meets, votes by hands and closes: for a batch or for one matter."""
    here = HERE[body_id]
    yield day(start), "sec-1", Convene(held_at=day(start + 1))
    yield day(start + 1, 8), "c-01", TakeAttendance(here)
    yield day(start + 1, 9), "c-01", CountVotes(for_=len(here) - against, against=against)
    yield day(start + 1, 10), "c-01", CloseVote()


def hearing(*, heard=False):
    """A hearing is waived, or held."""
    if not heard:
        yield day(8), "sec-1", WaiveHearing(Text("没有争议", "nothing is contested"))
        return
    yield day(8), "sec-1", CallHearing(held_at=day(9), reason=Text("有争议", "it is contested"))
    yield day(9), "sec-1", Testify(Text("工资不稳定", "the wages vary"), speaker="somebody")
    yield day(9, 11), "sec-1", CloseHearing(conclusion=Text("由代表会议决定", "the representatives decide"))


def front(*, heard=False):
    """All that matters share: solicited, discussed, reviewed, heard."""
    yield day(0), "sec-1", OpenSolicitation(channels={"symposium"}, until=day(2))
    yield day(2), "sec-1", CloseSolicitation(summary=Text("意见已记录", "the views are on record"))
    yield from meeting(3, "two_committees")
    yield from meeting(5, "party_council", against=2)
    yield from hearing(heard=heard)


def called(start=12):
    """The representatives are called, and those who are there are noted: once for all, or for each matter."""
    yield day(start), "sec-1", Convene(held_at=day(start + 1))
    yield day(start + 1, 8), "c-01", TakeAttendance(HERE["resident_representatives"])


def voted(in_favour, start=13):
    """So many representatives vote for one matter, the others against it."""
    here = HERE["resident_representatives"]
    marks = {who: Choice.FOR if place < in_favour else Choice.AGAINST for place, who in enumerate(here)}
    yield day(start, 9), "sec-1", RecordBallots(marks, channel="paper", evidence="box 1")
    yield day(start, 10), "c-01", CloseVote()
