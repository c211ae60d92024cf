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


@attrs.define
class _Range:
    """From where to where a figure may still grow."""

    floor: Floor
    most: Fraction


@attrs.define
class _Weighed:
    """A comparison, ready to be held against what may grow.

    Attributes:
        start: by how much the one side outweighs the other so far.
        growth: by how much that grows with each figure that may grow by one.
        is_strict: whether it must outweigh it.
        best: what the difference can grow to, until a figure is found to need more.
    """

    start: Fraction
    growth: Mapping[Moved, Fraction]
    is_strict: bool
    best: Fraction | None = attrs.field(default=None)


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
    return _Floors(tuple(conditions), tally, out).found()


class _Floors:
    def __init__(
        self,
        conditions: tuple[Condition, ...],
        tally: Tally,
        out: Mapping[tuple[str, str | None], tuple[Fraction, Fraction]],
    ) -> None:
        self.conditions, self.out = conditions, out
        self.ranges = dict[Moved, _Range]()
        for (measure, group), (silent, absent) in out.items():
            self.ranges[measure, group, Figure.FOR] = _Range(Floor(Fraction()), silent + absent)
            self.ranges[measure, group, Figure.PRESENT] = _Range(Floor(Fraction()), absent)
        self.weighed = dict[int, _Weighed]()  # by the identity of a comparison, which the conditions keep alive
        self.looks_at: dict[Moved, list[_Weighed]] = {moved: [] for moved in self.ranges}
        for comparison in [each for condition in conditions for each in condition.comparisons]:
            up = 1 if comparison.sign in {Sign.AT_LEAST, Sign.MORE_THAN} else -1
            start = up * Fraction(tally.number(comparison.left) - tally.number(comparison.right))
            is_strict = comparison.sign in {Sign.MORE_THAN, Sign.FEWER_THAN}
            ready = _Weighed(start, _growth(comparison, up), is_strict)
            self.weighed[id(comparison)] = ready
            for moved in ready.growth:
                self.looks_at[moved].append(ready)

    def found(self) -> dict[Moved, Floor] | None:
        for _ in range(_ROUNDS):
            before = {moved: each.floor for moved, each in self.ranges.items()}
            if not (self._asked() and self._taken_up()):
                return None
            if all(each.floor is before[moved] for moved, each in self.ranges.items()):
                break
        return {moved: each.floor for moved, each in self.ranges.items()}

    def _asked(self) -> bool:
        """Raise every floor to what the conditions ask; whether there is room for it."""
        for moved, each in self.ranges.items():
            highest = each.floor
            for condition in self.conditions:
                floor = self._floor(condition, moved)
                if floor is None:
                    return False
                highest = floor if floor is not highest and floor > highest else highest
            if not self._raise(moved, highest):
                return False
        return True

    def _taken_up(self) -> bool:
        """Raise the floors to what others need; whether there is room for it."""
        for (measure, group), (silent, _) in self.out.items():
            votes = self.ranges[measure, group, Figure.FOR].floor
            coming = Floor(max(Fraction(), votes.least - silent), votes.is_bound and votes.least >= silent)
            raised = [((measure, group, Figure.PRESENT), coming)]
            for figure in (Figure.FOR, Figure.PRESENT):
                floor = self.ranges[measure, group, figure].floor
                raised += [
                    ((measure, None, figure), floor),
                    ((HEADS, group, figure), Floor(Fraction(floor > Floor(Fraction())))),
                ]
            # What a part needs fits into the part, and so into the whole: no rule is known for which this fails.
            if not all(self._raise(moved, floor) for moved, floor in raised):  # pragma: no branch
                return False  # pragma: no cover
        return True

    def _raise(self, moved: Moved, floor: Floor) -> bool:
        """Raise a floor; whether there is room left for it."""
        found = self.ranges[moved]
        if floor is found.floor:
            return True
        if moved[0] == HEADS:
            floor = Floor(Fraction(math.floor(floor.least) + 1 if floor.is_bound else math.ceil(floor.least)))
        if floor > found.floor:
            found.floor = floor
            for ready in self.looks_at[moved]:
                ready.best = None
        return floor.least < found.most or (floor.least == found.most and not floor.is_bound)

    def _floor(self, condition: Condition, moved: Moved) -> Floor | None:
        if isinstance(condition, Comparison):
            return self._compared(self.weighed[id(condition)], moved)
        found = [self._floor(part, moved) for part in condition.parts]
        here = [floor for floor in found if floor is not None]
        if isinstance(condition, AllOf):
            return max(here) if len(here) == len(found) else None
        return min(here, default=None)

    def _compared(self, ready: _Weighed, moved: Moved) -> Floor | None:
        if ready.best is None:
            ready.best = ready.start + sum(
                [
                    grows * (self.ranges[each].most if grows > 0 else self.ranges[each].floor.least)
                    for each, grows in ready.growth.items()
                ],
                Fraction(),
            )
        found, best, own = self.ranges[moved], ready.best, ready.growth.get(moved)
        if own is not None and own > 0:
            best -= own * (found.most - found.floor.least)
        if best > 0 or (best == 0 and not ready.is_strict):
            return found.floor
        if own is None or own <= 0:
            return None
        return Floor((own * found.floor.least - best) / own, ready.is_strict)


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
