"""Whose vote is taken, at which moment, by which method, and on which matter."""

from __future__ import annotations

from datetime import datetime

from yizheng.calendar import end_of_day, local_day
from yizheng.reasons import (
    METHOD_NOT_ALLOWED,
    NO_ATTENDANCE,
    NOT_ON_AGENDA,
    NOT_ON_ROLL,
    NOT_PRESENT,
    OTHER_MATTER,
    RECUSED,
    TOO_EARLY,
    TOO_LATE,
    Reason,
)
from yizheng.stages.base import Act, Dossier
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Sitting
from yizheng.stages.deliberation.words import BY_NAME, MEETINGS, Method

__all__ = ["day_faults", "item_faults", "opening_faults", "voter_faults"]


def opening_faults(stage: Settings, act: Act, sitting: Sitting, method: Method, *, own: bool = False) -> list[Reason]:
    """Why no vote can be taken at this moment by this method, by whomever.

    Hands are raised where people see one another, so that a vote without a meeting is not taken by them.

    Args:
        stage: the settings.
        act: the act.
        sitting: the sitting.
        method: how the vote is taken.
        own: whether it is a voter's own ballot. Nothing but the voter's word says when that was cast, so it must have
            been entered in time, whatever the stage says of paper that the office enters with its evidence.
    """
    reasons: list[Reason] = []
    meets = sitting.mode in MEETINGS
    if method not in stage.methods or (method is Method.SHOW_OF_HANDS and not meets):
        allowed = stage.methods if meets else stage.methods - {Method.SHOW_OF_HANDS}
        reasons.append(METHOD_NOT_ALLOWED(method=method, allowed=allowed))
    if meets and sitting.present is None:
        reasons.append(NO_ATTENDANCE())
    if act.at < sitting.opens:
        reasons.append(TOO_EARLY(at=act.at, from_=sitting.opens, action=act.action.title))
    if sitting.closes is None:
        reasons += day_faults(act, sitting, act.recorded_at if own else act.at)
    elif meets or method is BY_NAME:  # in writing the box is counted after its end
        moment = act.recorded_at if own else act.moment(stage.timely_by)
        if moment > sitting.closes:
            reasons.append(TOO_LATE(at=moment, until=sitting.closes, action=act.action.title))
    return reasons


def day_faults(act: Act, sitting: Sitting, moment: datetime) -> list[Reason]:
    """A meeting that has no other end is over with its day."""
    if sitting.mode not in MEETINGS or sitting.closes is not None:
        return []
    end = end_of_day(local_day(sitting.opens, act.zone), act.zone)
    return [TOO_LATE(at=moment, until=end, action=act.action.title)] if moment >= end else []


def voter_faults(member: str, sitting: Sitting) -> list[Reason]:
    """Why this member has no vote here."""
    if member not in sitting.roll:
        return [NOT_ON_ROLL(member=member, body=sitting.roll.body)]
    if member in sitting.recused:
        return [RECUSED(member=member)]
    if sitting.here is not None and member not in sitting.here:
        return [NOT_PRESENT(member=member)]
    return []


def item_faults(item: str | None, sitting: Sitting, dossier: Dossier) -> list[Reason]:
    """Why no vote can be taken on what stands on the ballot; nothing else than this matter can be voted on here."""
    if item is None or item == dossier.matter.id:
        return []
    if item not in sitting.agenda:
        return [NOT_ON_AGENDA(item=item)]
    return [OTHER_MATTER(item=item, matter=dossier.matter.id)]
