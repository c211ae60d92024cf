"""A body that decides only what another delegated to it (授权): what the matter must state of that, and until when it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs

from yizheng.citation import Citation
from yizheng.reasons import BAD_TERM, DELEGATION_ENDED, NOT_DELEGATED, Reason
from yizheng.values.doors import a_day, optional_instance_of
from yizheng.values.names import name
from yizheng.values.plain import Plain, mapping
from yizheng.values.scalars import flag

__all__ = ["Delegation", "day_of", "denies"]

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PLAINLY: Final = {"delegated_by": "delegated"}
"""The fact by which a matter can say plainly that it was not delegated: then no words beside it say that it was."""

_DENYING: Final = ("不", "否", "无", "未", "没", "非", "假")
_DENIALS: Final = frozenset({"no", "none", "not", "false", "never", "nothing", "n", "n/a", "na", "nil", "without", "0"})


def denies(words: str) -> bool:
    """Whether words read like a denial, rightly or not: whoever means something else can say it without."""
    plain = words.strip().casefold()
    first = plain.split(maxsplit=1)[0].strip(".,;:!-—，。；：！") if plain else ""
    return not plain or plain.startswith(_DENYING) or first in _DENIALS


@attrs.frozen(kw_only=True)
class Delegation:
    """What a matter must state so that a body which only decides what was delegated to it can decide.

    One fact says in words by what it was delegated, and another the last day on which that holds, written
    ``"2026-12-31"``, or ``False`` where no term was set. The day that counts is that of the opening, and again that of
    the meeting.

    Example:
        >>> from datetime import date
        >>> from yizheng.stages import Delegation
        >>> stated = {"delegated_by": "2026年村民会议第2号决定", "delegated_until": "2026-12-31"}
        >>> delegation = Delegation(until="delegated_until")
        >>> delegation.faults(stated, date(2026, 12, 31))
        []
        >>> [reason.code for reason in delegation.faults(stated, date(2027, 1, 1))]
        ['DELEGATION_ENDED']

    Attributes:
        by: the fact that says by what it was delegated.
        until: the fact that says until when; ``None`` where none is asked for.
        term: whether the delegation must set a term.
        citation: where it is written that the body decides nothing else.
    """

    by: str = attrs.field(default="delegated_by", converter=name)
    until: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    term: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag))
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))

    def faults(self, facts: Mapping[str, Plain], on: date) -> list[Reason]:
        """Why the body cannot decide on a day. What is not stated at all is no fault here: opening a case asks for it.

        Raises:
            InvalidType: when it is given no facts, or no day.
        """
        stated, day = mapping(facts, "facts"), a_day(on, "on")
        return [*self._not_delegated(stated), *self._ended(stated, day)]

    def _not_delegated(self, facts: Mapping[str, Any]) -> list[Reason]:
        if (plainly := _PLAINLY.get(self.by)) is not None and facts.get(plainly) is False:
            return [NOT_DELEGATED(self.citation, fact=plainly, stated=False)]
        by = facts.get(self.by)
        if by in (None, "") or (isinstance(by, str) and not denies(by)):
            return []
        return [NOT_DELEGATED(self.citation, fact=self.by, stated=by)]

    def _ended(self, facts: Mapping[str, Any], on: date) -> list[Reason]:
        stated = None if self.until is None else facts.get(self.until)
        if stated in (None, "") or (stated is False and not self.term):
            return []
        last = day_of(stated)
        if last is None:
            return [BAD_TERM(self.citation, fact=self.until, stated=stated)]
        return [DELEGATION_ENDED(self.citation, until=last, on=on)] if last < on else []


def day_of(stated: object) -> date | None:
    """The day that a fact states as ``YYYY-MM-DD``; ``None`` where it states none."""
    if not isinstance(stated, str) or not _DAY.fullmatch(stated):
        return None
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None
