"""An invented courtyard, as large as a comparison needs it. Nothing in it is real."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from yizheng import Case, Matter, Member, Roll, catalogue
from yizheng.stages import (
    Action,
    AnswerOpinion,
    CloseSolicitation,
    CloseVote,
    Convene,
    CountVotes,
    OpenSolicitation,
    ReceiveOpinion,
    Survey,
    TakeAttendance,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
SECRETARY = "sec-1"
VOTE_OPENS, VOTE_CLOSES = 36, 46
SALT = b"0123456789abcdef"

Step = tuple[datetime, str, Action]


def day(number: float) -> datetime:
    """So many days after the start."""
    return START + timedelta(days=number)


def owner(number: int) -> str:
    return f"{number // 1000 + 1}-{number % 1000:03}"


def owners(count: int) -> Roll:
    """A roll of owners, with flats between 40 and 140 square metres."""
    return Roll(
        "owners",
        [Member(owner(n), weights={"area": Fraction(4000 + 37 * n % 10_001, 100)}) for n in range(count)],
    )


def rolls(count: int) -> dict[str, Roll]:
    return {
        "owners": owners(count),
        "two_committees": Roll("two_committees", [Member(f"c-{n}") for n in range(1, 8)]),
        "owner_representatives": Roll("owner_representatives", [Member(f"rep-{n}") for n in range(1, 6)]),
    }


def opened(held: dict[str, Roll]) -> Case:
    return Case.open(
        Matter("2026-007", title="院落整治", category="courtyard", facts={"budget": "1200000.00"}),
        catalogue.yizheng.COURTYARD,
        held,
        {"secretary": {SECRETARY}, "chair": {"rep-3"}, "supervisor": {"sup-1"}, "subdistrict": {"street-1"}},
        at=START,
        by=SECRETARY,
        salt=SALT,
    )


def solicited() -> list[Step]:
    """Two opinions with their answers, and the survey before the works: seven entries with the first and the last."""
    survey = Survey(
        wave="before",
        question="您对院落环境满意吗？",
        population="院落全体住户",
        asked=10,
        answers={"satisfied": 2, "unsatisfied": 6},
    )
    return [
        (day(0), SECRETARY, OpenSolicitation(channels={"questionnaire", "online"}, until=day(7))),
        (day(1), owner(1), ReceiveOpinion("先修排水", channel="online")),
        (day(2), SECRETARY, ReceiveOpinion("多留绿地", channel="questionnaire", author=owner(2))),
        (day(3), SECRETARY, survey),
        (day(4), SECRETARY, AnswerOpinion("o1", "已列入方案")),
        (day(5), SECRETARY, AnswerOpinion("o2", "已列入方案")),
        (day(7), SECRETARY, CloseSolicitation(summary="意见以排水和绿化为主")),
    ]


def met(body: Roll, start: float) -> list[Step]:
    """A meeting of a small body that carries the matter."""
    return [
        (day(start), SECRETARY, Convene(held_at=day(start + 1))),
        (day(start + 1), SECRETARY, TakeAttendance([member.id for member in body])),
        (day(start + 1.1), SECRETARY, CountVotes(for_=len(body) - 1, against=1)),
        (day(start + 1.2), SECRETARY, CloseVote()),
    ]


def called_in_writing() -> Step:
    return day(20), SECRETARY, Convene(held_at=day(VOTE_OPENS), until=day(VOTE_CLOSES), mode="written")


def taken(case: Case, steps: Iterable[Step]) -> Case:
    """The case after some steps."""
    for at, by, action in steps:
        case = case.act(action, at=at, by=by, salt=SALT)
    return case


def before_the_vote(held: dict[str, Roll]) -> Case:
    """A case in which the owners' vote in writing has been called: sixteen entries and the call."""
    steps = [*solicited(), *met(held["two_committees"], 8), *met(held["owner_representatives"], 12)]
    return taken(opened(held), [*steps, called_in_writing()])
