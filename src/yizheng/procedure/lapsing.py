"""What may come about until a day and no longer: an outcome or an act whose authority has ended (到期失效)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from yizheng.citation import Citation
from yizheng.procedure.duties import Sort, sort_of
from yizheng.text import Text, as_text
from yizheng.values.doors import a_day, all_of, optional_instance_of
from yizheng.values.names import name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yizheng.procedure.definition import Procedure

__all__ = ["Lapse", "as_lapses", "can_lapse"]


def _last(value: object) -> date:
    return a_day(value, "the last day")


@attrs.frozen(kw_only=True)
class Lapse:
    """The last day on which something may come about in a case, whenever the case was opened.

    Editions of a rule say what is asked on a day; this says that on later days a thing is not done at all, whatever by-law is
    adopted. What counts is the day on which it is **entered**: nobody brings it about afterwards by dating it back. What
    came about in time stands.

    Example:
        >>> from datetime import date
        >>> from yizheng.procedure import Lapse
        >>> Lapse(milestone="decide.rejected", last=date(2026, 6, 30), instead="hear the recipient first").last
        datetime.date(2026, 6, 30)

    Attributes:
        milestone: what: a stage with its outcome (``"decide.rejected"``), or with an action of its own (``"tell:post"``).
        last: the last day on which it may be entered, in the procedure's zone.
        instead: what is to be done from then on.
        citation: on what authority it has ended.
    """

    milestone: str = attrs.field(converter=name)
    last: date = attrs.field(converter=_last)
    instead: Text = attrs.field(converter=as_text)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))

    @property
    def stage(self) -> str:
        """The id of the stage in which it comes about."""
        return self.milestone.partition(".")[0].partition(":")[0]


def as_lapses(values: Iterable[Lapse]) -> tuple[Lapse, ...]:
    """The door of what lapses."""
    return all_of(Lapse, values, "lapses")


def can_lapse(lapse: Lapse, procedure: Procedure) -> bool:
    """Whether what it names comes about in a stage of the procedure: what may be done at any stage does not lapse."""
    sort = sort_of(lapse.milestone, procedure)
    if sort is Sort.ACTION:
        following = procedure.stage(lapse.stage).phases.values()
        return any(lapse.milestone == f"{lapse.stage}:{action.kind}" for each in following for action in each)
    return sort is Sort.OUTCOME
