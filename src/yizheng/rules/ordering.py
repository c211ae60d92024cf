"""Which of two conditions asks for more: exactly, and only where one of them always implies the other.

Whoever satisfies the one satisfies the other, whatever the count, when no count satisfies the one and not the other. That is
a question about linear inequalities over numbers that are nought or more, and is decided by taking one unknown after the
other out of them (Fourier and Motzkin). Numbers of heads are whole, which is not looked at: where it alone decides, the two
are said not to be ordered.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import attrs

from yizheng.rules.algebra import AllOf, AnyOf, Comparison, Condition, Sign
from yizheng.rules.figures import Figure, marks_of
from yizheng.rules.terms import Term

__all__ = ["implies"]

_MOST: Final = 600
"""The most inequalities, and the most ways to satisfy a condition, that are looked at; beyond, nothing is said."""

_Unknown = tuple[str, str | None, Figure]
"""A mark, the measure it is counted in and the group; ``None`` for those in no group."""


@attrs.frozen
class _Linear:
    """That a sum is nought or more, or more than nought."""

    weights: tuple[tuple[_Unknown, Fraction], ...]
    constant: Fraction
    strict: bool

    @classmethod
    def of(cls, weights: Mapping[_Unknown, Fraction], constant: Fraction, *, strict: bool) -> _Linear:
        """In its one form: no nought, and no common factor."""
        held = {unknown: weight for unknown, weight in weights.items() if weight}
        scale = max((abs(weight) for weight in held.values()), default=Fraction(1))
        listed = tuple(sorted(((unknown, weight / scale) for unknown, weight in held.items()), key=_order))
        return cls(listed, constant / scale, strict)

    @property
    def fails(self) -> bool:
        """Whether it speaks of no unknown and does not hold."""
        return not self.weights and (self.constant < 0 or (self.strict and self.constant == 0))


def _order(pair: tuple[_Unknown, Fraction]) -> tuple[str, str, str]:
    (measure, group, figure), _ = pair
    return measure, group or "", figure.value


class _TooManyError(Exception):
    """There is more to look at than is worth it."""


def implies(one: Condition | None, other: Condition | None, support: Figure | None = None) -> bool:
    """Whether whatever satisfies the one surely satisfies the other.

    Args:
        one: a condition; ``None`` asks for nothing.
        other: another.
        support: a figure that is not nought besides, in heads.

    Returns:
        ``False`` also where that could not be settled.
    """
    if other is None or one == other:
        return True
    groups = {
        term.group
        for condition in (one, other)
        if condition is not None
        for comparison in condition.comparisons
        for side in (comparison.left, comparison.right)
        for term in side.terms
    }
    try:
        ways = [()] if one is None else list(_ways(one, groups, holds=True))
        against = list(_ways(other, groups, holds=False))
        return not any(
            _possible([*way, *broken, *_supported(support, groups)]) for way, broken in itertools.product(ways, against)
        )
    except _TooManyError:
        return False


def _supported(support: Figure | None, groups: set[str | None]) -> Iterable[_Linear]:
    if support is None:
        return ()
    return (_Linear.of(_weights([Term(Fraction(1), support)], groups), Fraction(), strict=True),)


def _weights(terms: Iterable[Term], groups: set[str | None]) -> dict[_Unknown, Fraction]:
    """A sum over the marks. Those of a group are part of the whole: besides them there are those in none of it."""
    found: dict[_Unknown, Fraction] = {}
    named = sorted(group for group in groups if group is not None)
    for term in terms:
        # With more than one group it is not known who is in both: the whole is then an unknown of its own.
        apart: list[str | None] = [term.group]
        if term.group is None and len(named) == 1:
            apart = [None, named[0]]
        for mark in marks_of(term.figure):
            for group in apart:
                unknown = (term.measure, group, mark)
                found[unknown] = found.get(unknown, Fraction()) + term.times
    return found


def _ways(condition: Condition, groups: set[str | None], *, holds: bool) -> Iterator[tuple[_Linear, ...]]:
    """The ways in which a condition holds, or does not: in each, all of some inequalities do."""
    if isinstance(condition, Comparison):
        yield from _compared(condition, groups, holds=holds)
    elif isinstance(condition, AllOf if holds else AnyOf):
        every = [list(_ways(part, groups, holds=holds)) for part in condition.parts]
        if math.prod(map(len, every)) > _MOST:
            raise _TooManyError
        for chosen in itertools.product(*every):
            yield tuple(itertools.chain.from_iterable(chosen))
    else:
        for part in condition.parts:
            yield from _ways(part, groups, holds=holds)


def _compared(comparison: Comparison, groups: set[str | None], *, holds: bool) -> Iterator[tuple[_Linear, ...]]:
    """A comparison holds where there is something to compare, and does not where there is nothing."""
    linear = _linear(comparison, groups, holds=holds)
    grounds = [
        _weights([Term(Fraction(1), mark, comparison.measure, group) for group, mark in ground], groups)
        for ground in comparison.scales.grounds
    ]
    if holds:
        yield (linear, *(_Linear.of(ground, Fraction(), strict=True) for ground in grounds))
        return
    yield (linear,)
    for ground in grounds:
        nought = {unknown: -weight for unknown, weight in ground.items()}
        yield (_Linear.of(nought, Fraction(), strict=False),)


def _linear(comparison: Comparison, groups: set[str | None], *, holds: bool) -> _Linear:
    left, right = comparison.left, comparison.right
    weights = _weights([*left.terms, *(attrs.evolve(term, times=-term.times) for term in right.terms)], groups)
    constant = left.constant - right.constant
    upward = comparison.sign in {Sign.AT_LEAST, Sign.MORE_THAN}
    strict = comparison.sign in {Sign.MORE_THAN, Sign.FEWER_THAN}
    if upward is not holds:
        weights, constant = {unknown: -weight for unknown, weight in weights.items()}, -constant
    return _Linear.of(weights, constant, strict=strict if holds else not strict)


def _possible(given: Sequence[_Linear]) -> bool:
    """Whether numbers that are nought or more satisfy all of these."""
    standing = set(given)
    unknowns = {unknown for each in standing for unknown, _ in each.weights}
    for unknown in sorted(unknowns, key=lambda each: (each[0], each[1] or "", each[2].value)):
        standing = _without(unknown, standing)
        if any(each.fails for each in standing):
            return False
        if len(standing) > _MOST:
            raise _TooManyError
    return not any(each.fails for each in standing)


def _without(unknown: _Unknown, standing: set[_Linear]) -> set[_Linear]:
    """What is asked of the other unknowns."""
    lower: list[_Linear] = [_Linear.of({unknown: Fraction(1)}, Fraction(), strict=False)]
    upper: list[_Linear] = []
    left: set[_Linear] = set()
    for each in standing:
        weight = dict(each.weights).get(unknown)
        if weight is None:
            left.add(each)
        else:
            (lower if weight > 0 else upper).append(each)
    for low, high in itertools.product(lower, upper):
        first, second = dict(low.weights), dict(high.weights)
        up, down = first[unknown], -second[unknown]
        weights = {
            key: first.get(key, Fraction()) * down + second.get(key, Fraction()) * up
            for key in {*first, *second} - {unknown}
        }
        left.add(_Linear.of(weights, low.constant * down + high.constant * up, strict=low.strict or high.strict))
    return left
