"""How a vote ends: extended first, then closed and judged; or broken off, adjourned or sent back."""

from __future__ import annotations

from typing import Final

import attrs
import msgspec

from yizheng.calendar import end_of_day
from yizheng.reasons import (
    BOX_COUNTED,
    COUNT_MISMATCH,
    NO_ATTENDANCE,
    NO_CASTING_VOTE,
    NO_MORE_EXTENSIONS,
    NO_TIE,
    NO_WINDOW,
    NOT_CASTING,
    TOO_EARLY,
    TOO_LATE,
    VOTE_OPENED,
    VOTE_RUNNING,
    WITHHELD,
    Reason,
)
from yizheng.rules import AGAINST, FOR, Award, Outcome, Placing, Ruling, Step, Tally
from yizheng.stages.base import NO_EFFECT, Act, Decided, Dossier, Effect
from yizheng.stages.deliberation.actions import CloseVote, ExtendVote
from yizheng.stages.deliberation.admitting import day_faults
from yizheng.stages.deliberation.calling import longest_faults
from yizheng.stages.deliberation.count_faults import issued_faults
from yizheng.stages.deliberation.counting import tally_of, tally_without_ballots
from yizheng.stages.deliberation.service import silence_in
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Added, Progress, Sitting, casters, ranking, running
from yizheng.stages.deliberation.words import MEETINGS, said
from yizheng.text import Text

__all__ = ["adjourn", "adjourned", "close", "closed", "extend", "extended", "kept", "placed", "return_for_revision"]

_UNKNOWN: Final = Text("不明", "unknown")


def extend(stage: Settings, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    """More time is given while there is some left, as often and for as long as the stage allows."""
    action: ExtendVote = act.action
    sitting = running(progress)
    reasons: list[Reason] = []
    if sitting.closes is None:
        return [NO_WINDOW(mode=said(sitting.mode))]
    if act.recorded_at > sitting.closes:
        reasons.append(TOO_LATE(at=act.recorded_at, until=sitting.closes, action=action.title))
    if action.until <= sitting.closes:
        reasons.append(TOO_EARLY(at=action.until, from_=sitting.closes, action=action.title))
    if sitting.extensions >= stage.extensions:
        reasons.append(NO_MORE_EXTENSIONS(most=stage.extensions))
    reasons += longest_faults(stage, sitting.opens, action.until, act)
    return reasons or Effect(due={"closes": action.until})


def extended(_stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """The sitting with its new end."""
    sitting = running(progress)
    longer = attrs.evolve(sitting, closes=act.action.until, extensions=sitting.extensions + 1)
    return msgspec.structs.replace(progress, sitting=longer), dossier


def close(stage: Settings, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    """The vote is judged at its end, or before it where no ballot could change the outcome."""
    action: CloseVote = act.action
    sitting = running(progress)
    if sitting.mode in MEETINGS and sitting.present is None:
        return [NO_ATTENDANCE()]
    if withheld := progress.withheld + sum(choice is None for choice in progress.ballots.values()):
        return [WITHHELD(count=withheld)]
    if reasons := _box_faults(action, sitting, progress):
        return reasons
    over = sitting.closes is None or act.at >= sitting.closes
    silence = silence_in(stage, sitting.mode) if over and not action.void else None
    tally = tally_of(stage, sitting, progress, silence=silence)
    # Where the vote is ranked, every ballot counts, also one that cannot change the outcome any more.
    open_still = stage.changeable or action.void or ranking(sitting, dossier) is not None
    runs = not over and (open_still or sitting.rule.settled(tally) is None)
    if action.issued is not None or action.returned is not None:
        tally = attrs.evolve(tally, issued=action.issued, returned=action.returned)
    if action.casting is not None:
        if reasons := _casting_faults(act, sitting, tally, dossier):
            return reasons
        tally = attrs.evolve(tally, casting=action.casting)
    if runs:
        return [VOTE_RUNNING(until=sitting.closes)]
    if act.at < sitting.opens:
        return [TOO_EARLY(at=act.at, from_=sitting.opens, action=act.action.title)]
    ruling = sitting.rule.judge(tally)
    if ruling.outcome is Outcome.INQUORATE and progress.calls < stage.calls:
        return Effect(outcome="recalled", ruling=ruling)
    return _ended(stage, act, ruling)


def placed(stage: Settings, act: Act, effect: Effect, placing: Placing) -> Effect:
    """The effect of a close by which the matter got a place among several, or none.

    Without one it is lost, whatever its own ruling; where the tied are voted on again, it stays in the stage.
    """
    ruling = effect.ruling
    assert ruling is not None
    if placing.award is Award.TIED and placing.quota.edge is Step.REVOTE:
        return Effect(outcome="tied", ruling=ruling, placing=placing)
    if placing.award in {Award.TIED, Award.OUTRANKED}:
        return attrs.evolve(_ended(stage, act, ruling, Outcome.LOST), placing=placing)
    return attrs.evolve(effect, placing=placing)


def _ended(stage: Settings, act: Act, ruling: Ruling, outcome: Outcome | None = None) -> Effect:
    """The end of the matter here, and until when it may not come again."""
    outcome, period = outcome or ruling.outcome, stage.cooling_off
    if period is None or outcome not in stage.cools_after:
        return Effect(outcome=outcome.value, ruling=ruling)
    until = end_of_day(period.last_day(act.on, act.calendar), act.zone)
    periods = {"cooling_off": period}
    return Effect(outcome=outcome.value, ruling=ruling, periods=periods, due={"barred_until": until})


def closed(_stage: Settings, _act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """What ends the stage leaves its progress; where the tied are voted on again, no call is spent by that."""
    if effect.outcome != "tied":
        return progress, dossier
    return msgspec.structs.replace(progress, calls=progress.calls - 1), dossier


def _box_faults(action: CloseVote, sitting: Sitting, progress: Progress) -> list[Reason]:
    """Why the box cannot hold so many ballots: a count has said it, or it is held against those entered."""
    if action.issued is None and action.returned is None:
        return []
    count = sitting.count
    if count is not None and (count.issued is not None or count.returned is not None):
        return [BOX_COUNTED()]
    reasons = issued_faults(action.issued, sitting, progress)
    entered, box = len(progress.ballots) if count is None else count.cast, action.returned
    other = box is not None and (box < entered or (count is not None and box != entered and not action.void))
    if other:
        reasons.append(COUNT_MISMATCH(counted=entered, against=Text("收回票数", "the ballots returned"), expected=box))
    if box is None and action.issued is not None and action.issued < entered:
        issued = Text("发出票数", "the ballots issued")
        reasons.append(COUNT_MISMATCH(counted=entered, against=issued, expected=action.issued))
    return reasons


def _casting_faults(act: Act, sitting: Sitting, tally: Tally, dossier: Dossier) -> list[Reason]:
    """Why no casting vote can be cast: the rule gives none, or not to this actor, here and today, or there is no tie."""
    rule = sitting.rule
    if rule.casting is None:
        return [NO_CASTING_VOTE(rule.citation)]
    reasons: list[Reason] = []
    if act.by not in sitting.casters & casters(rule, dossier):
        reasons.append(NOT_CASTING(rule.citation, by=act.by, office=rule.casting))
    reasons += sitting.absence(act.by)
    reasons += day_faults(act, sitting, act.recorded_at)
    if not rule.judge(tally).tie:
        votes_for, against = (_UNKNOWN if (votes := tally.get(mark)) is None else votes for mark in (FOR, AGAINST))
        reasons.append(NO_TIE(rule.citation, for_=votes_for, against=against))
    return reasons


def adjourn(stage: Settings, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    """The sitting ends without a vote; where the last call falls short of the quorum, so does the matter."""
    sitting = running(progress)
    if reasons := _breaking_faults(act, sitting):
        return reasons
    if sitting.here is None:
        return NO_EFFECT
    ruling = sitting.rule.judge(tally_without_ballots(sitting))
    if ruling.outcome is not Outcome.INQUORATE:
        return NO_EFFECT
    return _ended(stage, act, ruling) if progress.calls >= stage.calls else Effect(ruling=ruling)


def adjourned(_stage: Settings, _act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """A call is spent only where the quorum was wanting."""
    spent = progress.calls if effect.ruling is not None else progress.calls - 1
    return msgspec.structs.replace(progress, calls=spent), dossier


def return_for_revision(_stage: Settings, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    """The proposal goes back without a vote on it."""
    return _breaking_faults(act, running(progress)) or Effect(outcome="returned")


def _breaking_faults(act: Act, sitting: Sitting) -> list[Reason]:
    """Why a vote in writing cannot be broken off: it has opened."""
    return [VOTE_OPENED()] if sitting.is_opened_in_writing(act.recorded_at) else []


def kept(_stage: Settings, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """What ends the stage leaves its progress as it is."""
    return progress, dossier
