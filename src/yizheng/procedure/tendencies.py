"""Whether a setting that was changed asks for more than before, or for less."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar, cast

import attrs

from yizheng.calendar import Period
from yizheng.people import ProxyPolicy
from yizheng.rules import LongerPeriod, Rule, Silence
from yizheng.rules.figures import Figure
from yizheng.rules.ordering import implies
from yizheng.stages import Delegation
from yizheng.stages.editions import LONGER_IS_STRICTER, SHORTER_IS_STRICTER
from yizheng.values import FrozenMap

__all__ = ["Tendency", "Turn", "bar", "editions", "period", "quorum", "setting", "together"]

E = TypeVar("E", bound=Period | Rule)


class Tendency(enum.StrEnum):
    """What a change does to what the procedure asks for."""

    STRICTER = "stricter"
    """It asks for more: whatever satisfies the new definition satisfies the old one in this."""
    LOOSER = "looser"
    """It asks for less."""
    NEITHER = "neither"
    """It asks for something else, or the two cannot be ordered."""


_STRICTER, _LOOSER, _NEITHER = Tendency.STRICTER, Tendency.LOOSER, Tendency.NEITHER
_OPPOSITE: Final = {_STRICTER: _LOOSER, _LOOSER: _STRICTER, _NEITHER: _NEITHER}

MORE_IS_LOOSER: Final = frozenset(
    {
        *SHORTER_IS_STRICTER,
        *("notice_waivable", "modes", "methods", "channels"),  # the ways that are open
        *("calls", "extensions"),
    }
)
"""The settings of which more, longer or yes asks for less."""

MORE_IS_STRICTER: Final = frozenset(
    {
        *LONGER_IS_STRICTER,
        "cooling_off_after",
        *("required", "carries", "triggers", "baseline", "inspected", "concerned", "objections_reviewed"),
    }
)
"""The settings of which more, longer or yes asks for more. A setting of neither list is not ordered."""


def together(tendencies: Iterable[Tendency]) -> Tendency:
    """What several changes do at once."""
    found = set(tendencies)
    return found.pop() if len(found) == 1 else _NEITHER


def _ordered(*, more: bool, less: bool) -> Tendency:
    return _NEITHER if more is less else _STRICTER if more else _LOOSER


def bar(was: Rule, now: Rule) -> Tendency:
    """What carries a motion, of two rules."""
    counted = Figure.ENTITLED if was.by_no_objection or now.by_no_objection else Figure.FOR
    forward, back = implies(now.passage, was.passage, counted), implies(was.passage, now.passage, counted)
    objecting = was.by_no_objection, now.by_no_objection
    if objecting[0] is not objecting[1]:  # that no vote in favour is needed is looser by itself
        return together(
            [
                _LOOSER if now.by_no_objection else _STRICTER,
                *([_ordered(more=forward, less=back)] if forward is not back else []),
            ]
        )
    return _ordered(more=forward, less=back)


def quorum(was: Rule, now: Rule) -> Tendency:
    """How many must take part, of two rules."""
    return _ordered(more=implies(now.quorum, was.quorum), less=implies(was.quorum, now.quorum))


def period(name: str, was: Period | None, now: Period | None) -> Tendency:
    """A period, by what it is for: where one is set for the first time, more is asked for."""
    if was is None or now is None:
        return _ordered(more=was is None, less=now is None)
    # The governing one is the first of two that are never shorter than each other: a year, and twelve months.
    longer, again = LongerPeriod((was, now)).governing, LongerPeriod((now, was)).governing
    return _NEITHER if longer is None or longer != again else _directed(name, more=longer == now)


def _directed(name: str, *, more: bool) -> Tendency:
    stricter = _STRICTER if more else _LOOSER
    if name in MORE_IS_STRICTER:
        return stricter
    return _OPPOSITE[stricter] if name in MORE_IS_LOOSER else _NEITHER


def setting(name: str, was: Any, now: Any) -> Tendency:
    """Any other setting, by its name and by what it is."""
    if isinstance(was, Silence | ProxyPolicy | None) and isinstance(now, Silence | ProxyPolicy | None):
        return _allowance(was, now)
    if isinstance(was, Delegation | None) and isinstance(now, Delegation | None):
        return _delegation(was, now)
    if isinstance(was, Period | None) and isinstance(now, Period | None):
        return period(name, was, now)
    if isinstance(was, bool | int) and isinstance(now, bool | int):
        return _directed(name, more=now > was)
    if isinstance(was, frozenset | tuple) and isinstance(now, frozenset | tuple):
        before, after = frozenset(cast("Iterable[Any]", was)), frozenset(cast("Iterable[Any]", now))
        return _directed(name, more=after > before) if after > before or after < before else _NEITHER
    if isinstance(was, FrozenMap) and isinstance(now, FrozenMap) and name == "offices":
        return _offices(cast("Any", was), cast("Any", now))
    return _NEITHER


def _allowance(was: Silence | ProxyPolicy | None, now: Silence | ProxyPolicy | None) -> Tendency:
    """What allows something that is not allowed without it."""
    if was is None or now is None:
        return _ordered(more=now is None, less=was is None)
    if not isinstance(was, ProxyPolicy) or not isinstance(now, ProxyPolicy):
        return _NEITHER
    changed: list[Tendency] = []
    if was.cap != now.cap:
        changed.append(_ordered(more=now.cap < was.cap, less=now.cap > was.cap))
    if was.barred != now.barred:
        changed.append(_ordered(more=now.barred > was.barred, less=now.barred < was.barred))
    if was.same_household != now.same_household:
        changed.append(_ordered(more=was.same_household is None, less=now.same_household is None))
    if was.instructed != now.instructed:
        changed.append(_ordered(more=now.instructed is True, less=was.instructed is True))
    return together(changed)


def _delegation(was: Delegation | None, now: Delegation | None) -> Tendency:
    """What must have been delegated, and for a term: that it is asked for is stricter."""
    before, after = ([each is not None, each is not None and each.term is True] for each in (was, now))
    return _ordered(more=before < after, less=after < before)


def _offices(was: FrozenMap[str, frozenset[str]], now: FrozenMap[str, frozenset[str]]) -> Tendency:
    """Who may do what in a stage: fewer is stricter. A kind that is not named any more follows the offices themselves."""
    if was.keys() != now.keys():
        return _NEITHER
    changed = [(was[kind], now[kind]) for kind in was if was[kind] != now[kind]]
    return together([_ordered(more=after < before, less=after > before) for before, after in changed])


@attrs.frozen
class Turn:
    """Which edition held before a change and which holds after it, on certain days.

    Attributes:
        was: the edition of the old definition.
        now: the edition of the new one.
        since: the first of the days; ``None`` where there is no such day.
    """

    was: Any
    now: Any
    since: date | None


def editions(was: Sequence[E], now: Sequence[E]) -> Iterator[Turn]:
    """The editions that differ, each pair once, with the first day on which they do.

    Editions follow one another by the days on which they are in force, as a stage takes them: the latest that has begun.
    Those for another electorate stand beside one another.
    """
    for before, after in _sides(was, now):
        if len(before) == len(after) == 1:  # one took the place of the other, whatever days their sources name
            if before != after:
                yield Turn(before[0], after[0], None)
            continue
        last: tuple[Any, Any] | None = None
        for since in _turning([*before, *after]):
            pair = _taken(before, since), _taken(after, since)
            if pair != last and pair[0] != pair[1]:
                yield Turn(*pair, since)
            last = pair


def _sides(was: Sequence[Any], now: Sequence[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """The editions of both sides by whom they count; those for whom only one side has any are held against each other."""
    counted = [{getattr(each, "electorate", None) for each in side} for side in (was, now)]
    both = counted[0] & counted[1]
    for electorate in sorted(both, key=lambda each: each or ""):
        yield _counting(was, {electorate}), _counting(now, {electorate})
    left = _counting(was, counted[0] - both), _counting(now, counted[1] - both)
    if any(left):
        yield left


def _counting(listed: Sequence[Any], electorates: set[str | None]) -> list[Any]:
    return [each for each in listed if getattr(each, "electorate", None) in electorates]


def _turning(listed: Sequence[Any]) -> list[date | None]:
    """The days on which an edition begins, or one has just ended; ``None`` for the time before them all."""
    days: set[date] = set()
    for each in listed:
        if each.citation is not None:
            days |= {each.citation.in_force_from} if each.citation.in_force_from else set()
            days |= {each.citation.in_force_to + timedelta(days=1)} if each.citation.in_force_to else set()
    return [None, *sorted(days)]


def _taken(listed: Sequence[Any], on: date | None) -> Any:
    """The edition in force on a day, the latest first; the first listed of those of the same day."""
    day = date.min if on is None else on
    standing = [each for each in listed if each.citation is None or each.citation.in_force(day)]
    return max(standing, key=lambda each: (each.citation and each.citation.in_force_from) or date.min, default=None)
