"""Votes by name: a ballot that a member casts, and ballots that are entered for others."""

from __future__ import annotations

from typing import Final

import msgspec

from yizheng.reasons import ALREADY_CAST, PROXY_NOT_HOLDER, REPRESENTED, TOO_EARLY, UNKNOWN_ITEM, Reason
from yizheng.rules import Choice, Mark
from yizheng.stages.base import NO_EFFECT, Act, Decided, Dossier, Effect
from yizheng.stages.deliberation.admitting import item_faults, opening_faults, voter_faults
from yizheng.stages.deliberation.ballots import CastBallot, RecordBallots
from yizheng.stages.deliberation.representing import instruction_faults, use_faults
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Added, Progress, running
from yizheng.stages.deliberation.words import BY_NAME
from yizheng.values.frozen import FrozenMap

__all__ = ["cast", "record", "recorded", "was_cast"]

_CHANGED: Final = Effect(carried={"changed": True})
"""The effect of a ballot that takes the place of the member's earlier one."""


def cast(stage: Settings, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    """One ballot; asked once for every voter, so that it calls as little as it can."""
    action: CastBallot = act.action
    sitting = progress.sitting
    assert sitting is not None
    proxy = action.proxy
    member = act.by if proxy is None else proxy.principal
    reasons = opening_faults(stage, act, sitting, BY_NAME, own=True)
    reasons += voter_faults(member, sitting)
    changed = member in progress.ballots
    if changed:
        reasons += _change_faults(stage, act, progress, member)
    if proxy is not None:
        reasons += use_faults(stage, (proxy,), sitting, progress)
        if action.choice is not None:
            reasons += instruction_faults(stage, sitting, (proxy,), sitting.marks, {member: action.choice})
        if proxy.holder != act.by:
            reasons.append(PROXY_NOT_HOLDER(by=act.by, principal=proxy.principal, holder=proxy.holder))
    elif sitting.attendance and any(other.principal == member for other in sitting.attendance):
        reasons.append(REPRESENTED(member=member))
    elif member in sitting.roll.joint:
        reasons += sitting.unnamed({member}, ())
    return reasons or (_CHANGED if changed else NO_EFFECT)


def _change_faults(stage: Settings, act: Act, progress: Progress, member: str) -> list[Reason]:
    """Why a ballot cannot take the place of an earlier one: only where the stage says so, and in the same way."""
    cast_at, action = progress.cast_at.get(member), act.action
    if not stage.changeable or cast_at is None or progress.proxies.get(member) != action.proxy:
        return [ALREADY_CAST(member=member)]
    return [TOO_EARLY(at=act.at, from_=cast_at, action=action.title)] if act.at < cast_at else []


def was_cast(stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """One ballot more; built by position, since this is done for every voter."""
    action: CastBallot = act.action
    proxy = action.proxy
    member = act.by if proxy is None else proxy.principal
    proxies = progress.proxies if proxy is None else progress.proxies.added(member, proxy)
    ballots = progress.ballots.added(member, action.choice)
    cast_at = progress.cast_at.added(member, act.at) if stage.changeable else progress.cast_at
    return Progress(
        progress.calls, progress.sitting, ballots, proxies, progress.withheld, cast_at, progress.served
    ), dossier


def record(stage: Settings, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    """Every ballot of the pile is held against the same rules as one that is cast, and all that is wrong is told."""
    action: RecordBallots = act.action
    sitting = running(progress)
    ballots = action.ballots or FrozenMap[str, Mark]()
    reasons = opening_faults(stage, act, sitting, BY_NAME) + item_faults(action.item, sitting, dossier)
    for member in sorted(ballots):
        reasons += voter_faults(member, sitting)
        if member in progress.ballots:
            reasons.append(ALREADY_CAST(member=member))
    reasons += sitting.unnamed(ballots, action.proxies)
    reasons += use_faults(stage, action.proxies, sitting, progress)
    reasons += instruction_faults(stage, sitting, action.proxies, {**(action.marks or {}), **sitting.marks}, ballots)
    reasons += [
        UNKNOWN_ITEM(item=proxy.principal, known=tuple(ballots))
        for proxy in action.proxies
        if proxy.principal not in ballots
    ]
    return reasons or NO_EFFECT


def recorded(_stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """Ballots and mandates beside those before; of a pile that was withheld, that there was one."""
    action: RecordBallots = act.action
    sitting, entered = running(progress), action.ballots or FrozenMap[str, Mark]()
    ballots = progress.ballots.joined((member, _plain(mark)) for member, mark in entered.items())
    # Who votes for co-owners is kept with their ballot, though the attendance that said so may be taken again.
    joint = sitting.roll.joint & entered.keys()
    used = [*(proxy for proxy in sitting.attendance if proxy.principal in joint), *action.proxies]
    proxies = progress.proxies.joined((proxy.principal, proxy) for proxy in used)
    withheld = progress.withheld + (action.ballots is None)
    return msgspec.structs.replace(progress, ballots=ballots, proxies=proxies, withheld=withheld), dossier


def _plain(mark: Mark) -> Choice | Mark:
    """A choice where the ballot says one; blank and ambiguous ballots stay what they are until they are counted."""
    return mark if mark in {Mark.BLANK, Mark.AMBIGUOUS} else Choice(mark.value)
