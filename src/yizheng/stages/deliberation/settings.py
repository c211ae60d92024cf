"""What a procedure fixes for a deliberation; what decides and adds up here knows no more of the kind than this."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.people import ProxyPolicy
from yizheng.rules import BallotPolicy, Outcome, Rule, Silence
from yizheng.stages.base import Clock, StageBase, as_clock, as_periods, as_rules
from yizheng.stages.deliberation.delegating import Delegation
from yizheng.stages.deliberation.words import Method, Mode, as_methods, as_modes
from yizheng.values.doors import a_day, all_of, one_of, optional_instance_of
from yizheng.values.names import name
from yizheng.values.scalars import count, flag

__all__ = ["Settings"]


_DEAD: Final = frozenset({Outcome.LOST, Outcome.INQUORATE})
"""After which outcomes a matter may not come again for a while, where the stage names none."""


def _outcomes(values: Iterable[str]) -> frozenset[Outcome]:
    return frozenset([one_of(Outcome, value) for value in all_of(str, values, "outcomes")])


def _since(value: object) -> date | None:
    return None if value is None else a_day(value, "notice_waivable_since")


@attrs.frozen(kw_only=True)
class Settings(StageBase):
    """The settings of a deliberation; each is explained where a procedure sets it, at the class ``Deliberation``."""

    body: str = attrs.field(converter=name)
    rule: tuple[Rule, ...] = attrs.field(converter=as_rules)
    notice: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)
    notice_waivable: bool = attrs.field(default=False, converter=flag)
    modes: frozenset[Mode] = attrs.field(default=frozenset({Mode.IN_PERSON}), converter=as_modes)
    methods: frozenset[Method] = attrs.field(default=frozenset(Method), converter=as_methods)
    calls: int = attrs.field(default=2, converter=count)
    longest: Period | None = attrs.field(default=None, validator=optional_instance_of(Period))
    extensions: int = attrs.field(default=1, converter=count)
    proxies: ProxyPolicy | None = attrs.field(default=None, validator=optional_instance_of(ProxyPolicy))
    timely_by: Clock = attrs.field(default=Clock.HAPPENED, converter=as_clock)
    silence: Silence | None = attrs.field(default=None, validator=optional_instance_of(Silence))
    ballots: BallotPolicy | None = attrs.field(default=None, validator=optional_instance_of(BallotPolicy))
    changeable: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag))
    cooling_off: Period | None = attrs.field(default=None, validator=optional_instance_of(Period))
    cooling_off_after: frozenset[Outcome] = attrs.field(default=frozenset[Outcome](), converter=_outcomes)
    shortest: Period | None = attrs.field(default=None, validator=optional_instance_of(Period))
    delegation: Delegation | None = attrs.field(default=None, validator=optional_instance_of(Delegation))
    notice_waivable_since: date | None = attrs.field(default=None, converter=_since)

    def waives_notice(self, on: date) -> bool:
        """Whether a meeting that is called on a day may be called at shorter notice."""
        return self.notice_waivable and (self.notice_waivable_since is None or on >= self.notice_waivable_since)

    @property
    def cools_after(self) -> frozenset[Outcome]:
        """After which outcomes a matter may not come again for a while; none where no time is set for it."""
        return (self.cooling_off_after or _DEAD) if self.cooling_off is not None else frozenset()
