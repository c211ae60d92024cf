"""Service of ballots: who was handed one, when, how, and what they were told would follow from silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from yizheng.calendar import moment
from yizheng.errors import InvalidValue
from yizheng.rules import Silence
from yizheng.text import Text, as_text
from yizheng.values.doors import all_of, one
from yizheng.values.names import is_blank, name, prose

__all__ = ["Service", "served_by"]


def as_evidence(value: str) -> str:
    """Words that show where service can be proved."""
    words = prose(value, "the evidence of service")
    if is_blank(words):
        raise InvalidValue('service is proved by something; name it, such as "receipt 14" or "photograph 3"')
    return words


@attrs.frozen(kw_only=True)
class Service:
    """A ballot was handed to a member, with the consequence of silence announced.

    Attributes:
        member: to whom it was addressed.
        at: when it was handed over (UTC).
        how: in which way, such as ``"by_hand"``, ``"signed"`` or ``"registered_letter"``.
        warning: the words by which the consequence of silence was announced.
        evidence: what shows it, such as a receipt.
        by: who handed it over.
        to: who took it, where that was not the member: a tenant is no owner.
    """

    member: str = attrs.field(converter=name)
    at: datetime = attrs.field(converter=moment)
    how: str = attrs.field(converter=name)
    warning: Text = attrs.field(converter=as_text)
    evidence: str = attrs.field(converter=as_evidence)
    by: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    to: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))

    def is_effective(self, silence: Silence) -> bool:
        """Whether it is service by the terms of the by-law: taken by the member, in a way and with the words that it asks for."""
        one(Silence, silence, "what is made of silence")
        reached = self.to is None or self.to == self.member or silence.substitutes
        in_such_a_way = not silence.ways or self.how in silence.ways
        return reached and in_such_a_way and (silence.warning is None or self.warning == silence.warning)


def served_by(services: Iterable[Service], silence: Silence, *, until: datetime | None = None) -> frozenset[str]:
    """The members who were served by the terms of the by-law.

    Args:
        services: the record of service.
        silence: what is made of silence, and on what terms.
        until: the end of the vote: who was served after it was not served; left out, no moment is looked at.
    """
    one(Silence, silence, "what is made of silence")
    given = all_of(Service, services, "the record of service")
    end = None if until is None else moment(until)
    timely = [service for service in given if end is None or service.at <= end]
    return frozenset([service.member for service in timely if service.is_effective(silence)])
