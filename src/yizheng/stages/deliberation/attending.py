"""Before the vote: who is present, who is out of it for an interest, and the text that is voted on."""

from __future__ import annotations

import attrs
import msgspec

from yizheng.calendar import local_day
from yizheng.reasons import (
    ALREADY_RECUSED,
    HAS_CAST,
    MARK_CHANGED,
    MODE_NOT_ALLOWED,
    NOT_PRESENT,
    RECUSED,
    REPRESENTED,
    TOO_EARLY,
    TOO_LATE,
    Reason,
)
from yizheng.rules import PRESENT, Choice, Outcome
from yizheng.stages.base import NO_EFFECT, Act, Decided, Dossier, Effect
from yizheng.stages.deliberation.actions import Recuse, TakeAttendance
from yizheng.stages.deliberation.admitting import day_faults
from yizheng.stages.deliberation.counting import tally_without_ballots
from yizheng.stages.deliberation.representing import instruction_faults, mandate_faults
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Added, Progress, Sitting, casters, running
from yizheng.stages.deliberation.words import MEETINGS, said
from yizheng.values.frozen import FrozenMap

__all__ = ["attend", "attended", "recuse", "recused", "revise", "revised"]


def attend(stage: Settings, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    """Members are present, or represented by somebody present; once the vote runs, nobody leaves its base."""
    action: TakeAttendance = act.action
    sitting = running(progress)
    reasons: list[Reason] = []
    if sitting.mode not in MEETINGS:
        reasons.append(MODE_NOT_ALLOWED(stage.source, mode=said(sitting.mode), allowed=list(map(said, MEETINGS))))
    if act.on < (day := local_day(sitting.opens, act.zone)):
        reasons.append(TOO_EARLY(at=act.at, from_=day, action=action.title))
    reasons += day_faults(act, sitting, act.at)
    if progress.ballots and (gone := (sitting.present or frozenset()) - action.present):
        # Those present are the base of the vote: once it runs, nobody is struck off it.
        reasons += [HAS_CAST(member=member) for member in sorted(gone - progress.ballots.keys())]
    represented = {proxy.principal for proxy in action.proxies}
    counted = action.present | represented
    reasons += sitting.strangers(counted)
    reasons += [RECUSED(member=member) for member in sorted(sitting.recused.keys() & counted)]
    reasons += [REPRESENTED(member=member) for member in sorted(action.present & represented)]
    settled = {principal: used for principal, used in progress.proxies.items() if principal in sitting.roll.joint}
    reasons += mandate_faults(stage, action.proxies, settled, sitting)
    reasons += instruction_faults(stage, sitting, action.proxies, action.marks or {})
    reasons += _remarked(action, sitting)
    reasons += [
        NOT_PRESENT(member=proxy.holder)
        for proxy in action.proxies
        if proxy.holder in sitting.roll and proxy.holder not in action.present
    ]
    kept = sitting.attended(action).here or frozenset()
    reasons += [HAS_CAST(member=member) for member in sorted(progress.ballots.keys() - kept)]
    return reasons or NO_EFFECT


def _remarked(action: TakeAttendance, sitting: Sitting) -> list[Reason]:
    """That a mandate which was entered with a mark comes back with another or with none: it is the same paper."""
    marks = action.marks or FrozenMap[str, Choice]()
    return [
        MARK_CHANGED(principal=proxy.principal)
        for proxy in action.proxies
        if proxy in sitting.written and sitting.written[proxy] is not marks.get(proxy.principal)
    ]


def attended(_stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """The list replaces the one before; until somebody has voted, it is also settled anew who has the casting vote."""
    sitting = running(progress).attended(act.action)
    if not progress.ballots:
        sitting = attrs.evolve(sitting, casters=casters(sitting.rule, dossier))
    return msgspec.structs.replace(progress, sitting=sitting), dossier


def recuse(_stage: Settings, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    """A member, or who has the casting vote, is taken out before the vote; a quorum that is lost by it is told."""
    action: Recuse = act.action
    sitting = running(progress)
    if action.member not in casters(sitting.rule, dossier) | sitting.casters and (
        strange := sitting.strangers([action.member])
    ):
        return strange
    if action.member in sitting.recused or action.member in sitting.officers_recused:
        return [ALREADY_RECUSED(member=action.member)]
    if sitting.is_opened_in_writing(act.recorded_at):
        return [TOO_LATE(at=act.recorded_at, until=sitting.opens, action=action.title)]
    after = sitting.without(action.member, action.reason)
    if _is_short(sitting) or not _is_short(after):
        return NO_EFFECT
    return Effect(ruling=sitting.rule.judge(tally_without_ballots(after)))


def _is_short(sitting: Sitting) -> bool:
    """Whether those who are here make no quorum, or nobody who may vote could make one."""
    rule, tally = sitting.rule, tally_without_ballots(sitting)
    if sitting.here is not None and rule.asks_for(PRESENT):
        return rule.judge(tally).outcome is Outcome.INQUORATE
    return rule.settled(tally) is Outcome.INQUORATE


def recused(_stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """The sitting without the member."""
    action: Recuse = act.action
    return msgspec.structs.replace(progress, sitting=running(progress).without(action.member, action.reason)), dossier


def revise(_stage: Settings, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    """The text may be changed whenever the table of phases lets it."""
    return NO_EFFECT


def revised(_stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """The dossier with the new text."""
    return progress, attrs.evolve(dossier, text=act.action.text, revision=dossier.revision + 1)
