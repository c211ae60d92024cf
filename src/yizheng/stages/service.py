"""Recording that ballots were served, so that a by-law may make something of silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import ClassVar

import attrs

from yizheng.errors import InvalidValue
from yizheng.people import Roll, Service
from yizheng.people.service import as_evidence
from yizheng.reasons import NO_SILENCE, NOT_ON_ROLL, TOO_LATE, WRONG_WARNING, Reason
from yizheng.rules import HEADS, Silence, Tally, deem
from yizheng.stages.base import Act, Action
from yizheng.text import Text, as_text
from yizheng.values.names import name, names

__all__ = ["RecordService", "deemed_by_count", "service_faults", "services"]


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
        how: in which way, such as ``"by_hand"`` or ``"registered_letter"``.
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


def services(act: Act) -> Iterator[Service]:
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


def service_faults(act: Act, silence: Silence | None, roll: Roll, closes: datetime | None) -> list[Reason]:
    """Why service cannot be entered: nothing is made of silence, it came too late, or says other words.

    Args:
        act: the act.
        silence: what is made of silence in this vote; ``None`` at a meeting too.
        roll: who may vote.
        closes: until when ballots are taken.
    """
    action: RecordService = act.action
    reasons = [NOT_ON_ROLL(member=member, body=roll.body) for member in sorted(action.members) if member not in roll]
    if silence is None:
        return [NO_SILENCE(), *reasons]
    if silence.warning is not None and action.warning != silence.warning:
        reasons.append(WRONG_WARNING(silence.basis, said=action.warning, prescribed=silence.warning))
    if closes is not None and act.at > closes:
        reasons.append(TOO_LATE(at=act.at, until=closes, action=action.title))
    return reasons


def deemed_by_count(
    tally: Tally, silence: Silence, served: Mapping[str, Service], voters: frozenset[str] | None, recused: Iterable[str]
) -> Tally:
    """A count by heads, with the silent who were served; where nobody noted who voted, nobody is known to be silent."""
    silent = 0 if voters is None else len(served.keys() - voters - {*recused})
    return deem(tally, silence, {HEADS: {None: Fraction(silent)}})
