"""What a count is held against besides its own figures: the time of the vote, the ballots given out, the mandates."""

from __future__ import annotations

from collections import Counter

from yizheng.reasons import (
    ALREADY_COUNTED,
    COUNT_MISMATCH,
    MARKS_NOT_COUNTED,
    METHOD_NOT_ALLOWED,
    NOT_COUNTED,
    OTHER_VOTERS,
    TOO_EARLY,
    Reason,
)
from yizheng.rules import Choice
from yizheng.stages.base import Act
from yizheng.stages.deliberation.ballots import CountVotes
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Progress, Sitting
from yizheng.stages.deliberation.words import MEETINGS
from yizheng.text import Text

__all__ = ["again_faults", "issued_faults", "marks_faults", "running_faults"]


def running_faults(stage: Settings, act: Act, sitting: Sitting) -> list[Reason]:
    """Why a vote without a meeting cannot be counted yet: after a count nobody votes, so that everybody must have."""
    action: CountVotes = act.action
    if sitting.mode in MEETINGS or sitting.closes is None or act.at >= sitting.closes:
        return []
    if act.at < sitting.opens:  # that is told already
        return []
    could = {member.id for member in sitting.roll} - sitting.recused.keys()
    if could <= (action.voters or frozenset()) and not (stage.changeable or action.void):
        return []
    return [TOO_EARLY(at=act.at, from_=sitting.closes, action=action.title)]


def again_faults(action: CountVotes, sitting: Sitting) -> list[Reason]:
    """Why a vote cannot be counted again like this: a recount says why, and is by the method of the first count."""
    first = sitting.count
    if first is None:
        return [] if action.recount is None else [NOT_COUNTED()]
    if action.recount is None:
        return [ALREADY_COUNTED()]
    if action.method is not first.method:
        return [METHOD_NOT_ALLOWED(method=action.method, allowed={first.method})]
    # With other voters, the one total subtracted from the other could tell what a single one chose.
    return [] if action.voters == first.voters else [OTHER_VOTERS()]


def issued_faults(issued: int | None, sitting: Sitting, progress: Progress) -> list[Reason]:
    """Why so many ballots cannot have been given out: more than there are heads, or fewer than were served."""
    if issued is None:
        return []
    heads, upon = len(sitting.roll), len(progress.served)
    if issued > heads:
        return [COUNT_MISMATCH(counted=issued, against=Text("名册人数", "those on the roll"), expected=heads)]
    if issued < upon:
        return [COUNT_MISMATCH(counted=issued, against=Text("已送达人数", "those who were served"), expected=upon)]
    return []


def marks_faults(action: CountVotes, sitting: Sitting) -> list[Reason]:
    """That a count lacks votes which the mandates of those represented here say; of which kind is not told."""
    here = sitting.here or frozenset()
    bound = [each.principal for each in sitting.attendance if each.principal in here & sitting.marks.keys()]
    counted = {
        Choice.FOR: action.for_,
        Choice.AGAINST: action.against,
        Choice.ABSTAIN: action.abstaining,
        Choice.INVALID: action.invalid,
    }
    said = Counter(sitting.marks[principal] for principal in bound)
    short = any(number > counted[choice] for choice, number in said.items())
    return [MARKS_NOT_COUNTED(principals=sorted(bound))] if short else []
