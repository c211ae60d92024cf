"""Service and silence: who was handed a ballot, and what a by-law makes of those who do not send it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs
import msgspec

from yizheng.errors import InvalidValue
from yizheng.people import Service
from yizheng.people.service import as_evidence
from yizheng.reasons import NO_SILENCE, TOO_LATE, WRONG_WARNING
from yizheng.rules import Amount, Rule, Silence
from yizheng.stages.base import Act, Action, Decided, Dossier, Effect
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Added, Progress, running
from yizheng.stages.deliberation.words import MEETINGS, Mode
from yizheng.text import Text, as_text
from yizheng.values.names import name, names

__all__ = ["RecordService", "asked", "serve", "served", "silence_in"]


def _members(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if not taken:
        raise InvalidValue("nobody was served; record service when somebody was")
    return taken


@attrs.frozen
class RecordService(Action):
    """Enter that ballots were handed to members, with the consequence of silence announced.

    A procedure need give it to no office; one whose votes make something of silence does.

    Attributes:
        members: to whom they were addressed.
        how: in which way, such as ``"by_hand"``, ``"signed"`` or ``"registered_letter"``; some by-laws take some alone.
        warning: the words by which the consequence of silence was announced.
        evidence: what shows it, such as ``"receipts 1-14"``.
        to: who took them, where that was not the members: it is kept, and counts where the by-law takes substitutes.
    """

    kind: ClassVar[str] = "record_service"
    typed_later: ClassVar[bool] = True
    optional: ClassVar[bool] = True
    title: ClassVar[Text] = Text("记录送达", "record service")
    members: frozenset[str] = attrs.field(converter=_members)
    how: str = attrs.field(converter=name, kw_only=True)
    warning: Text = attrs.field(converter=as_text, kw_only=True)
    evidence: str = attrs.field(converter=as_evidence, kw_only=True)
    to: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)


def _services(act: Act) -> Iterator[Service]:
    """A record of service for each member."""
    action: RecordService = act.action
    for member in sorted(action.members):
        yield Service(
            member=member,
            at=act.at,
            how=action.how,
            warning=action.warning,
            evidence=action.evidence,
            by=act.by or None,
            to=action.to,
        )


def silence_in(stage: Settings, mode: Mode) -> Silence | None:
    """What is made of silence: nothing at a meeting."""
    return None if mode in MEETINGS else stage.silence


def asked(
    rule: Rule, silence: Silence | None, ranked_by: Amount | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """The measures and the groups that must be counted."""
    measures, groups = rule.measures, rule.groups
    if silence is not None:
        measures, groups = measures | silence.measures, groups | silence.groups
    if ranked_by is not None:
        measures |= {term.measure for term in ranked_by.terms}
        groups |= {term.group for term in ranked_by.terms if term.group is not None}
    return measures, groups


def serve(stage: Settings, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    """Service is entered where something is made of silence, until the vote ends, and in the words prescribed.

    Entered in time, and not only made in time: whoever enters it afterwards knows how the vote stands.
    """
    action: RecordService = act.action
    sitting = running(progress)
    silence = silence_in(stage, sitting.mode)
    reasons = sitting.strangers(action.members)
    if silence is None:
        return [NO_SILENCE(), *reasons]
    if silence.warning is not None and action.warning != silence.warning:
        reasons.append(WRONG_WARNING(silence.basis, said=action.warning, prescribed=silence.warning))
    if sitting.closes is not None and act.recorded_at > sitting.closes:
        reasons.append(TOO_LATE(at=act.recorded_at, until=sitting.closes, action=action.title))
    return reasons or Effect(carried={"effective": any(each.is_effective(silence) for each in _services(act))})


def served(_stage: Settings, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """Only effective service is kept: of the rest, nothing is made."""
    if not effect.carried.get("effective"):
        return progress, dossier
    upon = progress.served.joined((each.member, each) for each in _services(act))
    return msgspec.structs.replace(progress, served=upon), dossier
