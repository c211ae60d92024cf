"""What follows from some figures for the others: a figure is known when those given leave it one value only.

Figures make one another up as a tree (names = entitled + recused, entitled = present + absent, and so on). Each figure
has bounds; sums narrow them upwards and downwards, and on a tree one pass each way finds the exact bounds of every
figure. Who is in a group and who is outside it make up the whole, figure by figure, which ties two such trees together.

Bounds are whole numbers of a smallest unit; the caller knows how small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from yizheng.rules.figures import MARKS, PARTS, Figure

__all__ = ["ROUNDS", "UNBOUNDED", "Bounds", "contradictions", "narrow_group"]

UNBOUNDED: Final = 10**200
"""Stands for no upper bound: no figure and no sum of figures comes near it (a figure has 40 digits at most)."""

_PLACE: Final = {figure: place for place, figure in enumerate(Figure)}
_FIGURES: Final = tuple(Figure)
_SUMS: Final = tuple((_PLACE[whole], tuple(_PLACE[part] for part in parts)) for whole, parts in PARTS.items())
_MARKS: Final = tuple(_PLACE[mark] for mark in MARKS)
ROUNDS: Final = 16
"""How often bounds narrow one another by turns: a few are enough, and a contradiction must not creep for ever."""


class Bounds:
    """The least and the most that each figure can be.

    Attributes:
        low: by the place of the figure.
        high: likewise.
    """

    __slots__ = ("high", "low")

    def __init__(self, given: Mapping[Figure, int] | None = None) -> None:
        self.low = [0] * len(_FIGURES)
        self.high = [UNBOUNDED] * len(_FIGURES)
        for figure, number in (given or {}).items():
            self.low[_PLACE[figure]] = self.high[_PLACE[figure]] = number

    def known(self) -> dict[Figure, int]:
        """The figures of which only one value is left."""
        return {figure: low for figure, low, high in zip(_FIGURES, self.low, self.high, strict=True) if low == high}

    def nothing(self) -> Iterator[Figure]:
        """The marks that can only be nought."""
        return (_FIGURES[mark] for mark in _MARKS if self.high[mark] == 0)

    def clash(self, figure: Figure) -> bool:
        """Whether a figure is left no value at all."""
        return self.low[_PLACE[figure]] > self.high[_PLACE[figure]]

    def forbid(self, figure: Figure) -> bool:
        """Bound a figure by nought from above; whether that is possible."""
        self.high[_PLACE[figure]] = 0
        return self.low[_PLACE[figure]] == 0

    def narrow(self) -> Figure | None:
        """Narrow every figure by the sums it stands in; a whole that they contradict, if there is one."""
        low, high = self.low, self.high
        for whole, parts in _SUMS:
            least = sum([low[part] for part in parts])
            most = sum([high[part] for part in parts])
            low[whole] = max(low[whole], least)
            high[whole] = min(high[whole], most)
            if low[whole] > high[whole]:
                return _FIGURES[whole]
        if low == high:
            return None
        for whole, parts in reversed(_SUMS):
            least = sum([low[part] for part in parts])
            most = sum([high[part] for part in parts])
            for part in parts:
                room, rest = high[whole] - least, low[whole] - most
                low_before, high_before = low[part], high[part]
                low[part] = max(low_before, rest + high_before)
                high[part] = min(high_before, room + low_before)
        return None


def contradictions(given: Mapping[Figure, int]) -> Iterator[tuple[Figure, tuple[Figure, ...], int]]:
    """Every whole that was given and is not what its parts make: the whole, the parts given, and what they make."""
    least = {mark: given.get(mark, 0) for mark in MARKS}
    most = {mark: given.get(mark, UNBOUNDED) for mark in MARKS}
    for whole, parts in PARTS.items():
        low, high = sum([least[part] for part in parts]), sum([most[part] for part in parts])
        if whole in given and not low <= given[whole] <= high:
            yield whole, tuple(_given_parts(whole, given)), low
        least[whole], most[whole] = given.get(whole, low), given.get(whole, high)


def _given_parts(whole: Figure, given: Mapping[Figure, int]) -> Iterator[Figure]:
    for part in PARTS.get(whole, ()):
        if part in given:
            yield part
        else:
            yield from _given_parts(part, given)


def narrow_group(whole: Bounds, group: Bounds) -> Figure | None:
    """Narrow a group and the whole by each other; the figure at which they contradict one another, if they do."""
    if whole.low == whole.high and group.low == group.high:
        # Nothing is left to narrow: those outside exist if no mark of the group is larger than the whole's.
        return next((_FIGURES[mark] for mark in _MARKS if group.low[mark] > whole.low[mark]), None)
    outside = Bounds()
    for _ in range(ROUNDS):
        before = [(*each.low, *each.high) for each in (whole, group, outside)]
        for place, figure in enumerate(_FIGURES):
            _tie(whole, group, outside, place)
            if whole.clash(figure) or group.clash(figure) or outside.clash(figure):
                return figure
        for bounds in (outside, group, whole):
            if (clash := bounds.narrow()) is not None:
                return clash
        if before == [(*each.low, *each.high) for each in (whole, group, outside)]:
            break
    return None


def _tie(whole: Bounds, group: Bounds, outside: Bounds, place: int) -> None:
    for one, other in ((group, outside), (outside, group)):
        one.low[place] = max(one.low[place], whole.low[place] - other.high[place])
        one.high[place] = min(one.high[place], whole.high[place] - other.low[place])
    whole.low[place] = max(whole.low[place], group.low[place] + outside.low[place])
    whole.high[place] = min(whole.high[place], group.high[place] + outside.high[place])
