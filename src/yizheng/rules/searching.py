"""Finding the least whole numbers that satisfy conditions, or showing that there are none.

Conditions are linear inequalities over whole numbers, joined by "all" and "any". Bounds are narrowed as far as the
inequalities force them; what is still open is split in two, and the half that promises less is looked at first. So the
first numbers found are the least, and where nothing is left to look at there are none.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

import attrs

__all__ = [
    "WORK",
    "Budget",
    "Every",
    "Formula",
    "Linear",
    "Some",
    "TooLong",
    "always",
    "holds",
    "least",
    "opposite",
    "weight_of",
]

WORK: Final = 5_000_000
"""How many weights a search looks at before it gives up: about a second."""

_CUTS: Final = 64
"""How many inequalities may follow from pairs of others before no more are drawn."""

_ROUNDS: Final = 24
"""How often the inequalities narrow one another by turns before a box is split instead."""


@attrs.frozen
class Linear:
    """An inequality: the constant and the weighted unknowns add up to nought or more.

    Attributes:
        constant: the constant.
        weights: the places of the unknowns, each with its weight, which is not nought.
    """

    constant: int
    weights: tuple[tuple[int, int], ...]


@attrs.frozen
class Every:
    """Formulas that must all hold; none of them means that nothing is asked."""

    parts: tuple[Formula, ...]


@attrs.frozen
class Some:
    """Formulas of which one is enough."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Linear | Every | Some

always: Final = Every(())
"""Nothing is asked."""


class TooLong(Exception):
    """The search was given up."""


@attrs.define
class Budget:
    """Work that may still be done, one search after the other: so many weights are looked at, and no more.

    Work is counted and not timed, so that an answer is the same on every machine.
    """

    left: int = WORK

    def spend(self, work: int) -> None:
        """Do some work; raises :class:`TooLong` where there is not so much left."""
        self.left -= work
        if self.left < 0:
            raise TooLong

    @contextmanager
    def part(self, parts: int) -> Generator[None]:
        """In here no more is spent than one of so many equal parts of what is left; what remains of it is kept."""
        here = self.left // parts
        kept, self.left = self.left - here, here
        try:
            yield
        finally:
            self.left = max(self.left, 0) + kept


def opposite(formula: Formula) -> Formula:
    """What holds exactly where the formula does not."""
    if isinstance(formula, Linear):
        return Linear(-formula.constant - 1, tuple((place, -weight) for place, weight in formula.weights))
    parts = tuple(opposite(part) for part in formula.parts)
    return Some(parts) if isinstance(formula, Every) else Every(parts)


def holds(formula: Formula, point: Sequence[int]) -> bool:
    """Whether a formula holds for certain numbers."""
    if isinstance(formula, Linear):
        return formula.constant + sum([weight * point[place] for place, weight in formula.weights]) >= 0
    held = (holds(part, point) for part in formula.parts)
    return all(held) if isinstance(formula, Every) else any(held)


def weight_of(formula: Formula) -> int:
    """How many weights are looked at to see whether a formula holds, at the most."""
    if isinstance(formula, Linear):
        return len(formula.weights) + 1
    return sum([weight_of(part) for part in formula.parts])


@attrs.frozen
class _Box:
    """Bounds of the unknowns, the inequalities that all must hold, and the choices that are not made yet.

    ``cut`` says whether the inequalities that follow from pairs of others are among them already; ``budget`` is what
    the work in here is taken from.
    """

    low: list[int]
    high: list[int]
    linear: list[Linear]
    choices: list[Some]
    budget: Budget
    cut: bool = False

    def taking(self, formula: Formula) -> _Box:
        """The box in which one formula more must hold."""
        linear, choices, waiting = [*self.linear], [*self.choices], [formula]
        while waiting:
            each = waiting.pop()
            if isinstance(each, Linear):
                linear.append(each)
            elif isinstance(each, Some):
                choices.append(each)
            else:
                waiting.extend(reversed(each.parts))
        self.budget.spend(len(self.low))
        return _Box([*self.low], [*self.high], linear, choices, self.budget, self.cut and formula is always)

    def narrowed(self) -> _Box | None:
        """The box after all that is forced has been drawn from it; nothing where it holds no numbers."""
        box = self
        while _narrow(box):
            after = _chosen(box)
            if after is None:
                return None
            if after is box:
                if box.cut:
                    return box
                after = attrs.evolve(box, linear=_with_cuts(box.linear, box.budget), cut=True)
            box = after
        return None

    def halves(self) -> Iterable[_Box]:
        """The box cut in two, or into the ways in which a choice can be made."""
        if self.choices:
            rest = attrs.evolve(self, choices=self.choices[1:])
            yield from (rest.taking(part) for part in self.choices[0].parts)
            return
        _, place = max(
            (abs(weight) * (self.high[place] - self.low[place]), -place)
            for each in self.linear
            for place, weight in each.weights
        )
        middle = (self.low[-place] + self.high[-place]) // 2
        for low, high in ((self.low[-place], middle), (middle + 1, self.high[-place])):
            half = self.taking(always)
            half.low[-place], half.high[-place] = low, high
            yield half


def _with_cuts(linear: list[Linear], budget: Budget) -> list[Linear]:
    """Inequalities, with what follows from pairs of them when one unknown is eliminated (after Fourier and Motzkin).

    Each by itself may say little of an unknown that two together bound: more than half of those present, and at least
    nine present.
    """
    constants = dict[tuple[tuple[int, int], ...], int]()
    for each in linear:
        constants[each.weights] = min(each.constant, constants.get(each.weights, each.constant))
    for _ in range(2):
        for (one, first), (other, second) in itertools.combinations(list(constants.items()), 2):
            budget.spend(len(one) + len(other))
            weights, opposed = dict(one), dict(other)
            for place in weights.keys() & opposed.keys():
                a, b = weights[place], opposed[place]
                if (a > 0) is (b > 0):
                    continue
                if len(constants) > _CUTS:
                    return [Linear(constant, key) for key, constant in constants.items()]
                budget.spend(4 * (len(weights) + len(opposed)))  # as long as it takes to look at so many
                summed = {
                    each: total
                    for each in weights.keys() | opposed.keys()
                    if (total := abs(b) * weights.get(each, 0) + abs(a) * opposed.get(each, 0))
                }
                divisor = math.gcd(*summed.values()) or 1
                key = tuple(sorted((each, total // divisor) for each, total in summed.items()))
                constant = (abs(b) * first + abs(a) * second) // divisor
                constants[key] = min(constant, constants.get(key, constant))
    return [Linear(constant, key) for key, constant in constants.items()]


def _reach(linear: Linear, low: list[int], high: list[int]) -> tuple[int, int]:
    least_sum = most = linear.constant
    for place, weight in linear.weights:
        if weight > 0:
            least_sum += weight * low[place]
            most += weight * high[place]
        else:
            least_sum += weight * high[place]
            most += weight * low[place]
    return least_sum, most


def _narrow(box: _Box) -> bool:
    """Narrow the bounds of a box by its inequalities; whether anything is left."""
    low, high = box.low, box.high
    for _ in range(_ROUNDS):
        changed, still_open = False, list[Linear]()
        for each in box.linear:
            box.budget.spend(2 * len(each.weights) + 1)
            least_sum, most = _reach(each, low, high)
            if most < 0:
                return False
            if least_sum >= 0:
                continue  # it holds everywhere in here, and need not be looked at again
            still_open.append(each)
            for place, weight in each.weights:
                if weight > 0 and (room := most - weight * (high[place] - low[place])) < 0:
                    low[place] += -(room // weight)
                    changed = True
                elif weight < 0 and (room := most + weight * (high[place] - low[place])) < 0:
                    high[place] -= -(room // -weight)
                    changed = True
        box.linear[:] = still_open
        if not changed:
            break
    return True


def _verdict(formula: Formula, box: _Box) -> bool | None:
    """Whether a formula holds everywhere in a box, or nowhere; ``None`` where it is open."""
    if isinstance(formula, Linear):
        box.budget.spend(len(formula.weights) + 1)
        least_sum, most = _reach(formula, box.low, box.high)
        return True if least_sum >= 0 else False if most < 0 else None
    decisive = isinstance(formula, Some)
    found = [_verdict(part, box) for part in formula.parts]
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def _chosen(box: _Box) -> _Box | None:
    """The box with the choices made that make themselves; the same box where there are none."""
    taken, choices = list[Formula](), list[Some]()
    for choice in box.choices:
        verdicts = [_verdict(part, box) for part in choice.parts]
        if True in verdicts:
            continue
        parts = tuple(part for part, verdict in zip(choice.parts, verdicts, strict=True) if verdict is None)
        if not parts:
            return None
        if len(parts) == 1:
            taken.append(parts[0])
        else:
            choices.append(Some(parts))
    if taken:
        return attrs.evolve(box, choices=choices).taking(Every(tuple(taken)))
    if len(choices) == len(box.choices):
        box.choices[:] = choices
        return box
    return attrs.evolve(box, choices=choices)


def least(
    formula: Formula,
    most: Sequence[int],
    goals: Sequence[Sequence[int]] = (),
    *,
    budget: Budget | None = None,
    split: bool = True,
) -> tuple[int, ...] | None:
    """The numbers that satisfy a formula and make the first goal least, among those the second, and so on.

    Args:
        formula: what must hold.
        most: for each unknown the most that it can be; the least is nought.
        goals: for each goal the weights of the unknowns, nought or more.
        budget: the work that may be done; left out, as much as :data:`WORK`.
        split: whether what the inequalities leave open is searched through; if not, the search is given up there.

    Returns:
        One number for each unknown, or ``None`` where no numbers satisfy the formula.

    Raises:
        TooLong: when it was not decided with so much work.
    """

    def promise(box: _Box) -> tuple[int, ...]:
        return tuple(sum([a * x for a, x in zip(goal, box.low, strict=True)]) for goal in goals)

    order = itertools.count(0, -1)  # among boxes that promise the same, the one made last
    budget = Budget() if budget is None else budget
    start = _Box([0] * len(most), list(most), [], [], budget).taking(formula).narrowed()
    waiting = [] if start is None else [(promise(start), next(order), start)]
    while waiting:
        _, _, box = heapq.heappop(waiting)
        if holds(Every((*box.linear, *box.choices)), box.low):
            return tuple(box.low)
        if not split:
            raise TooLong
        for part in box.halves():
            if (half := part.narrowed()) is not None:
                heapq.heappush(waiting, (promise(half), next(order), half))
    return None
