"""What a careful office does next in a review of families, in a batch or with one family, and what it does now and then.

All names and counts are invented. Whoever hands in the lots decides how votes fall, and what happens on the side.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import attrs

from yizheng import Case, Text
from yizheng.citation import Citation
from yizheng.rules import Choice
from yizheng.stages import (
    Action,
    Adjourn,
    AnswerOpinion,
    CallHearing,
    CloseHearing,
    CloseSolicitation,
    CloseVote,
    Confirm,
    Convene,
    CountVotes,
    Note,
    OpenSolicitation,
    OrderCorrection,
    Post,
    ReceiveOpinion,
    RecordBallots,
    Recuse,
    Reject,
    SendBack,
    Submit,
    TakeAttendance,
    TakeDown,
    Testify,
    WaiveHearing,
    Withdraw,
)
from yizheng.stages.deliberation.words import MEETINGS

from .review import OFFICES, START, body, family

ROLLS = {
    "two_committees": body("two_committees", "c", 3),
    "party_council": body("party_council", "p", 3),
    "resident_representatives": body("resident_representatives", "r", 5),
}
SECRETARY, CHAIR, COUNTY = "sec-1", "c-01", "county-1"
SOON = timedelta(minutes=7)
WORDS = Text("如记录", "as recorded")
BOARD = ["bulletin_board"]

__all__ = ["OFFICES", "ROLLS", "SOON", "START", "WORDS", "Asked", "aside", "families", "onward"]


@attrs.frozen
class Asked:
    """Something to do: what, by whom, not before when."""

    action: Action
    by: str = SECRETARY
    since: datetime | None = None


def families(lots: Random, most: int = 4) -> list:
    """Some families; now and then one is contested."""
    return [family(number, contested=lots.random() < 0.2) for number in range(1, lots.randint(2, most) + 1)]


def onward(case: Case, now: datetime, lots: Random) -> Asked:  # noqa: C901, PLR0912 -- one row for each phase
    """What leads on from where a case or a batch stands."""
    stage, phase, progress = case.stage, case.phase, case.progress
    assert stage is not None
    match (stage, phase):
        case ("solicit", "waiting"):
            return Asked(OpenSolicitation(channels={"symposium"}, until=now + timedelta(hours=3)))
        case ("solicit", _):
            if progress.opinions.unanswered:
                return Asked(AnswerOpinion(min(progress.opinions.unanswered), WORDS))
            if lots.random() < 0.3 and len(progress.opinions) < 2 and now < progress.closes:
                return Asked(ReceiveOpinion(WORDS, anonymous=True, channel="symposium"))
            return Asked(CloseSolicitation(summary=WORDS), since=progress.closes)
        case ("hearing", "waiting"):
            contested = any(matter.facts["contested"] for matter in case.dossier.matters)
            if contested or lots.random() < 0.2:
                return Asked(CallHearing(held_at=now + timedelta(hours=1), reason=WORDS))
            return Asked(WaiveHearing(WORDS))
        case ("hearing", _):
            if lots.random() < 0.5:
                return Asked(Testify(WORDS, speaker="somebody"), since=progress.held_at)
            return Asked(CloseHearing(conclusion=WORDS, unheard=WORDS), since=progress.held_at)
        case ("refer", "waiting"):
            return Asked(Submit(to=WORDS))
        case ("refer", _):
            answer = lots.random()
            if answer < 0.2:
                return Asked(Reject(reference="2026-1", reasons=WORDS), COUNTY)
            return Asked(SendBack(reasons=WORDS) if answer < 0.3 else Confirm(reference="2026-1"), COUNTY)
        case ("discuss" | "review" | "resolve", _):
            return _meeting(case, now, lots)
        case (_, "posted"):
            return Asked(TakeDown(), since=progress.ends)
        case _:
            return Asked(Post(channels=["letter"] if stage == "inform_family" else BOARD, content=WORDS))


def _meeting(case: Case, now: datetime, lots: Random) -> Asked:
    stage, phase, sitting = case.stage, case.phase, case.progress.sitting
    if phase in {"waiting", "adjourned"}:
        return Asked(Convene(held_at=now + timedelta(hours=1)), lots.choice([SECRETARY, CHAIR]))
    members = sorted(member.id for member in sitting.roll)
    if phase == "called" and sitting.mode in MEETINGS:
        here = members[: len(members) - (lots.random() < 0.2)]
        return Asked(TakeAttendance(here), CHAIR, sitting.opens)
    if phase in {"voting", "counted"}:
        return Asked(CloseVote(), CHAIR)
    voters = sorted(sitting.here)
    if lots.random() < 0.15 and len(voters) > 2:
        return Asked(Recuse(voters[0], WORDS), CHAIR)
    for_ = len(voters) if lots.random() < (0.6 if stage == "resolve" else 0.85) else lots.randint(0, len(voters))
    if stage == "resolve" and lots.random() < 0.5:
        marks = {who: Choice.FOR if place < for_ else Choice.AGAINST for place, who in enumerate(voters)}
        return Asked(RecordBallots(marks, channel="paper", evidence="box 1"))
    return Asked(CountVotes(for_=for_, against=len(voters) - for_), CHAIR)


def aside(lots: Random) -> Iterator[Asked]:
    """What happens now and then beside the way, of any record."""
    lot = lots.random()
    if lot < 0.06:
        yield Asked(Note(WORDS))
    elif lot < 0.075:
        yield Asked(Withdraw(WORDS))
    elif lot < 0.085:
        yield Asked(OrderCorrection(WORDS, citation=Citation(instrument=WORDS)), COUNTY)
    elif lot < 0.1:
        yield Asked(Adjourn(WORDS), CHAIR)
