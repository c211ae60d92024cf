"""Calling the body: by which rule and roll, with what notice, and for how long."""

from __future__ import annotations

from datetime import datetime

from yizheng.calendar import Period, end_of_day, local_day
from yizheng.people import Proxy, Roll
from yizheng.reasons import (
    ELECTORATE_UNSAID,
    LATER_ROLL,
    LONG_PERIOD,
    MODE_NOT_ALLOWED,
    NO_PRESENCE,
    NO_ROLL,
    NO_WINDOW,
    NOT_ON_AGENDA,
    OTHER_ELECTORATE,
    ROLL_FIXED,
    RULE_UNFIT,
    SHORT_PERIOD,
    TOO_EARLY,
    TOO_LATE,
    WRONG_BODY,
    Reason,
)
from yizheng.rules import ABSENT, PRESENT, Amount, Choice, Rule, Silence
from yizheng.stages.base import Act, Decided, Dossier, Effect, in_words, take_edition
from yizheng.stages.deliberation.actions import Convene
from yizheng.stages.deliberation.service import asked, silence_in
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Added, Progress, Sitting, casters
from yizheng.stages.deliberation.words import MEETINGS, said
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["convene", "convened", "longest_faults"]


def convene(stage: Settings, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    """From here the agenda, the roll and the rule are fixed."""
    action: Convene = act.action
    roll = _roll(stage, action, progress, dossier)
    rule = _rule(stage, act, roll, progress, dossier)
    notice = take_edition(stage, "notice", stage.notice, act, dossier) if stage.notice else None
    reasons = _mode_faults(stage, action, rule)
    if roll is not None and action.roll not in (None, roll):
        reasons.append(ROLL_FIXED(body=stage.body, called=len(roll), given=len(action.roll)))
    reasons += _roll_faults(stage, roll, rule, silence_in(stage, action.mode), _ranked_by(stage, dossier))
    if roll is not None and roll.on is not None and roll.on > act.on:
        reasons.append(LATER_ROLL(body=stage.body, on=roll.on, called=act.on))
    if action.agenda is not None:
        reasons += [NOT_ON_AGENDA(item=item.id) for item in dossier.matters if item.id not in action.agenda]
    reasons += _notice_faults(stage, act, notice)
    reasons += _window_faults(stage, act)
    reasons += _delegation_faults(stage, act, dossier)
    if reasons or isinstance(rule, Reason) or isinstance(notice, Reason):
        return reasons
    due = {"held_at": action.held_at} | ({"closes": action.until} if action.until else {})
    return Effect(rule=rule, periods={"notice": notice}, due=due)


def _roll(stage: Settings, action: Convene, progress: Progress, dossier: Dossier) -> Roll | None:
    """The roll, which the first call fixed: a second call is the same vote, and no quorum is lowered by it (E23)."""
    if progress.sitting is not None:
        return progress.sitting.roll
    return action.roll or dossier.rolls.get(stage.body)


def _rule(stage: Settings, act: Act, roll: Roll | None, progress: Progress, dossier: Dossier) -> Rule | Reason:
    """The rule, which was fixed when the stage opened: a second call is held by the rule of the first."""
    if progress.sitting is not None:
        return progress.sitting.rule
    electorate = None if roll is None else roll.electorate
    if roll is not None and electorate is None:
        held = [each for each in stage.rule if each.citation is None or each.citation.in_force(act.on)]
        counted = {each.electorate for each in held if each.electorate is not None}
        if len(counted) > 1:  # an alternative for persons must not judge households by default, nor the other way round
            return ELECTORATE_UNSAID(body=stage.body, counted=tuple(sorted(counted)))
    return take_edition(stage, "rule", stage.rule, act, dossier, electorate=electorate)


def _mode_faults(stage: Settings, action: Convene, rule: Rule | Reason) -> list[Reason]:
    """Why the body cannot come together in this way, or why the rule cannot be held by it."""
    reasons: list[Reason] = []
    if action.mode not in stage.modes:
        reasons.append(MODE_NOT_ALLOWED(stage.source, mode=said(action.mode), allowed=list(map(said, stage.modes))))
    if action.mode not in MEETINGS and action.until is None:
        reasons.append(NO_WINDOW(mode=said(action.mode)))
    if isinstance(rule, Reason):
        reasons.append(rule)
    elif action.mode not in MEETINGS and (rule.asks_for(PRESENT) or rule.asks_for(ABSENT)):
        reasons.append(NO_PRESENCE(rule.citation, mode=said(action.mode)))
    return reasons


def _ranked_by(stage: Settings, dossier: Dossier) -> Amount | None:
    """By which number the vote is ranked: only the one that decides is, where the matter competes for a place."""
    competing = dossier.competition
    return competing.quota.by if competing is not None and competing.stage == stage.id else None


def _roll_faults(
    stage: Settings, roll: Roll | None, rule: Rule | Reason, silence: Silence | None, ranked_by: Amount | None
) -> list[Reason]:
    """Why a roll does not do for the body, or for the rule by which it is to vote."""
    if roll is None:
        return [NO_ROLL(body=stage.body)]
    if roll.body != stage.body:
        return [WRONG_BODY(given=roll.body, body=stage.body)]
    if isinstance(rule, Reason):
        return []
    if not rule.is_for(roll.electorate):
        return [OTHER_ELECTORATE(rule.citation, counts=rule.electorate, listed=roll.electorate, body=stage.body)]
    measures, groups = asked(rule, silence, ranked_by)
    lacking = sorted((measures - roll.measures) | (groups - roll.groups))
    return [RULE_UNFIT(rule.citation, lacking=lacking, body=stage.body)] if lacking else []


def _notice_faults(stage: Settings, act: Act, notice: Period | Reason | None) -> list[Reason]:
    """Why this notice does not keep the notice period."""
    action: Convene = act.action
    reasons: list[Reason] = []
    if action.held_at < act.at:
        reasons.append(TOO_EARLY(at=action.held_at, from_=act.at, action=action.title))
    if isinstance(notice, Reason):
        return [*reasons, notice]
    if notice is None or (action.waiver is not None and stage.waives_notice(act.on)):
        return reasons
    held = local_day(action.held_at, act.zone)
    if not notice.clear_days_between(act.on, held, act.calendar):
        reasons.append(SHORT_PERIOD(notice.citation, start=act.on, end=held, period=in_words(notice)))
    return reasons


def _delegation_faults(stage: Settings, act: Act, dossier: Dossier) -> list[Reason]:
    """Why the body may not decide on that day what is not its own: the last day of a vote in writing counts."""
    if stage.delegation is None:
        return []
    action: Convene = act.action
    on = local_day(action.held_at if action.until is None else action.until, act.zone)
    found = [(matter, stage.delegation.faults(matter.facts, on)) for matter in dossier.matters]
    return [reason.about(matter.id) if dossier.is_batch else reason for matter, faults in found for reason in faults]


def _window_faults(stage: Settings, act: Act) -> list[Reason]:
    """Why ballots cannot be taken until then."""
    action: Convene = act.action
    if action.until is None:
        return []
    late = TOO_LATE(at=action.held_at, until=action.until, action=action.title)
    return [
        *([late] if action.until <= action.held_at else []),
        *_shortest_faults(stage, action.held_at, action.until, act),
        *longest_faults(stage, action.held_at, action.until, act),
    ]


def _shortest_faults(stage: Settings, opens: datetime, until: datetime, act: Act) -> list[Reason]:
    """Why a vote that opened then stays open for too short a time."""
    if stage.shortest is None:
        return []
    least = end_of_day(stage.shortest.last_day(local_day(opens, act.zone), act.calendar), act.zone)
    if until >= least:
        return []
    return [SHORT_PERIOD(stage.shortest.citation, start=opens, end=until, period=in_words(stage.shortest))]


def longest_faults(stage: Settings, opens: datetime, until: datetime, act: Act) -> list[Reason]:
    """Why a vote that opened then cannot stay open until then."""
    if stage.longest is None:
        return []
    limit = end_of_day(stage.longest.last_day(local_day(opens, act.zone), act.calendar), act.zone)
    if until <= limit:
        return []
    return [LONG_PERIOD(stage.longest.citation, end=until, limit=limit, period=in_words(stage.longest))]


def convened(stage: Settings, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """A new sitting, with those recused who were so before."""
    action: Convene = act.action
    roll, before = _roll(stage, action, progress, dossier), progress.sitting
    assert roll is not None
    assert effect.rule is not None
    sitting = Sitting(
        roll=roll,
        rule=effect.rule,
        mode=action.mode,
        opens=action.held_at,
        closes=action.until,
        agenda=dossier.ids if action.agenda is None else action.agenda,
        recused=FrozenMap[str, Text]() if before is None else before.recused,
        casters=casters(effect.rule, dossier),
        officers_recused=FrozenMap[str, Text]() if before is None else before.officers_recused,
        written=FrozenMap[Proxy, Choice]() if before is None else before.written,
        ranked_by=_ranked_by(stage, dossier),
    )
    return Progress(progress.calls + 1, sitting), dossier
