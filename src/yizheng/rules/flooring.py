"""What is needed at the least where only totals are known, and not who weighs what or belongs where.

Each measure and each group is looked at as if it could be had in any portions, with all the others as helpful as they
can be. With less than what is found here no vote is carried; so much may still not be enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from yizheng.rules.algebra import AllOf, Comparison, Condition, Sign
from yizheng.rules.figures import HEADS, Figure, marks_of
from yizheng.rules.tally import Tally

__all__ = ["Floor", "floors"]

_ROUNDS: Final = 4
"""How often what one figure needs is taken up by the others."""

Moved: TypeAlias = tuple[str, str | None, Figure]
"""What may grow: by measure and group, the votes in favour, or those present."""


@attrs.frozen(order=True)
class Floor:
    """The least that a figure must grow by; where it is a bound, by more than that."""

    least: Fraction
    is_bound: bool = False


@attrs.frozen
class _Range:
    floor: Floor
    most: Fraction


def floors(
    conditions: Iterable[Condition],
    tally: Tally,
    out: Mapping[tuple[str, str | None], tuple[Fraction, Fraction]],
) -> dict[Moved, Floor] | None:
    """How much the votes in favour and those present must grow at the least; ``None`` where nothing is enough.

    Args:
        conditions: what must all hold.
        tally: the count so far.
        out: by measure and group, what is silent and what is absent.
    """
    conditions = tuple(conditions)
    ranges = dict[Moved, _Range]()
    for (measure, group), (silent, absent) in out.items():
        ranges[measure, group, Figure.FOR] = _Range(Floor(Fraction()), silent + absent)
        ranges[measure, group, Figure.PRESENT] = _Range(Floor(Fraction()), absent)
    for _ in range(_ROUNDS):
        for moved in ranges:
            found = [_floor(condition, moved, tally, ranges) for condition in conditions]
            here = [floor for floor in found if floor is not None]
            if len(here) < len(found) or not _raise(ranges, moved, max([ranges[moved].floor, *here])):
                return None
        for (measure, group), (silent, _) in out.items():
            votes = ranges[measure, group, Figure.FOR].floor
            coming = Floor(max(Fraction(), votes.least - silent), votes.is_bound and votes.least >= silent)
            raised = [((measure, group, Figure.PRESENT), coming)]
            for figure in (Figure.FOR, Figure.PRESENT):
                floor = ranges[measure, group, figure].floor
                raised += [
                    ((measure, None, figure), floor),
                    ((HEADS, group, figure), Floor(Fraction(floor > Floor(Fraction())))),
                ]
            if not all(_raise(ranges, moved, floor) for moved, floor in raised):
                return None
    return {moved: each.floor for moved, each in ranges.items()}


def _raise(ranges: dict[Moved, _Range], moved: Moved, floor: Floor) -> bool:
    """Raise a floor; whether there is room left for it."""
    if moved[0] == HEADS:
        floor = Floor(Fraction(math.floor(floor.least) + 1 if floor.is_bound else math.ceil(floor.least)))
    before = ranges[moved]
    ranges[moved] = attrs.evolve(before, floor=max(before.floor, floor))
    return floor.least < before.most or (floor.least == before.most and not floor.is_bound)


def _floor(condition: Condition, moved: Moved, tally: Tally, ranges: Mapping[Moved, _Range]) -> Floor | None:
    if isinstance(condition, Comparison):
        return _compared(condition, moved, tally, ranges)
    found = [_floor(part, moved, tally, ranges) for part in condition.parts]
    here = [floor for floor in found if floor is not None]
    if isinstance(condition, AllOf):
        return max(here) if len(here) == len(found) else None
    return min(here, default=None)


def _compared(comparison: Comparison, moved: Moved, tally: Tally, ranges: Mapping[Moved, _Range]) -> Floor | None:
    up = 1 if comparison.sign in {Sign.AT_LEAST, Sign.MORE_THAN} else -1
    strict = comparison.sign in {Sign.MORE_THAN, Sign.FEWER_THAN}
    best = up * Fraction(tally.number(comparison.left) - tally.number(comparison.right))
    own, start = Fraction(), ranges[moved].floor
    for each, grows in _growth(comparison, up).items():
        if each == moved:
            own = grows
            continue
        found = ranges[each]
        best += grows * (found.most if grows > 0 else found.floor.least)
    at_start = best + own * start.least
    if at_start > 0 or (at_start == 0 and not strict):
        return start
    if own <= 0:
        return None
    return Floor(-best / own, strict)


def _growth(comparison: Comparison, up: int) -> dict[Moved, Fraction]:
    """By how much the difference of both sides grows with each figure that may grow by one."""
    counts = dict[tuple[str | None, Figure], Fraction]()
    for side, sign in ((comparison.left, up), (comparison.right, -up)):
        for term in side.terms:
            for mark in marks_of(term.figure):
                counts[term.group, mark] = counts.get((term.group, mark), Fraction()) + sign * term.times
    nought = Fraction()
    growth = dict[Moved, Fraction]()
    for group in {group for group, _ in counts}:
        silent = counts.get((group, Figure.SILENT), nought)
        growth[comparison.measure, group, Figure.FOR] = counts.get((group, Figure.FOR), nought) - silent
        growth[comparison.measure, group, Figure.PRESENT] = silent - counts.get((group, Figure.ABSENT), nought)
    return growth
