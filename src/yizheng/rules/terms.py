"""Terms: exact multiples of figures, and the whole numbers in which comparing is done."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

import attrs
from typing_extensions import override

from yizheng.errors import InvalidType, shown
from yizheng.rules.figures import HEADS, SHARED, Figure, marks_of
from yizheng.values import exact, name
from yizheng.values.doors import all_of, one_of

__all__ = ["Form", "Known", "Marks", "Scales", "Term", "Where", "added_up", "in_python", "multiple"]

Where: TypeAlias = tuple[Figure, str, str | None]
"""A figure, the measure it is counted in, and the group it is counted among."""

Known: TypeAlias = Mapping[str | None, Mapping[Figure, int]]
"""Known figures by group, in whole numbers of one unit; ``None`` is the whole roll."""

Marks: TypeAlias = frozenset[tuple[str | None, Figure]]
"""Marks, each of the whole roll or of one group."""

_ORDER: Final = {figure: place for place, figure in enumerate(Figure)}


def multiple(value: object) -> Fraction:
    """Take a number by which a figure may be multiplied.

    Raises:
        InvalidType: for whatever is neither an ``int`` nor a ``Fraction``.
        InvalidValue: for a number of more than 40 digits.
    """
    if isinstance(value, Fraction):
        return exact(value, "a multiple")
    if isinstance(value, int) and not isinstance(value, bool):
        return exact(int.__int__(value), "a multiple")
    raise InvalidType(
        f"an amount is multiplied by {shown(value)}, of type {type(value).__name__}; write an int or a Fraction, such as "
        "Fraction(2, 3) * ENTITLED, as the rule itself says it: a share that was rounded once decides wrongly later"
    )


def _figure(value: str) -> Figure:
    return one_of(Figure, value, "figure")


def _measure(value: object) -> str:
    return name(value, "a measure")


def _group(value: object) -> str | None:
    return None if value is None else name(value, "a group")


@attrs.frozen
class Term:
    """An exact multiple of one figure, in one measure, of the whole roll or of one group.

    Attributes:
        times: the multiple.
        figure: what is counted.
        measure: what it is counted in.
        group: among whom; ``None`` for the whole roll.
    """

    times: Fraction = attrs.field(converter=multiple)
    figure: Figure = attrs.field(converter=_figure)
    measure: str = attrs.field(default=HEADS, converter=_measure)
    group: str | None = attrs.field(default=None, converter=_group)

    @property
    def of(self) -> Where:
        """What it is a multiple of."""
        return self.figure, self.measure, self.group

    @override
    def __repr__(self) -> str:
        words = self.figure.name
        if self.measure != HEADS:
            words += f".by({self.measure!r})"
        if self.group is not None:
            words += f".among({self.group!r})"
        return words if self.times == 1 else f"{in_python(self.times)} * {words}"


def _place(of: Where) -> tuple[int, str, str]:
    figure, measure, group = of
    return _ORDER[figure], measure, "" if group is None else group


def added_up(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The same sum in its one form: each figure once, none nought times, in the order in which figures are read out."""
    times: dict[Where, Fraction] = {}
    for term in all_of(Term, terms, "the terms of an amount"):
        times[term.of] = times.get(term.of, Fraction()) + term.times
    return tuple([Term(times[of], *of) for of in sorted(times, key=_place) if times[of]])


def in_python(number: Fraction) -> str:
    """A number as it is in_python in Python."""
    return str(number.numerator) if number.denominator == 1 else f"Fraction({number.numerator}, {number.denominator})"


@attrs.frozen
class Form:
    """An amount in whole numbers: (the sum of ``weights`` times figures, plus ``constant``) / ``denominator``."""

    weights: tuple[tuple[str | None, Figure, int], ...]
    constant: int
    denominator: int

    @classmethod
    def of(cls, terms: Iterable[Term], constant: Fraction) -> Form:
        """The whole numbers of a sum."""
        terms = tuple(terms)
        denominator = math.lcm(constant.denominator, *(term.times.denominator for term in terms))

        def whole(number: Fraction) -> int:
            return number.numerator * (denominator // number.denominator)

        weights = tuple((term.group, term.figure, whole(term.times)) for term in terms)
        return cls(weights, whole(constant), denominator)

    def numerator(self, known: Known, scale: int) -> int:
        """What stands above ``denominator * scale``; raises ``KeyError`` where a figure is unknown."""
        total = self.constant * scale
        for group, figure, weight in self.weights:
            total += weight * known[group][figure]
        return total


def _speaks_of(*sums: tuple[Term, ...]) -> Marks:
    """The marks that sums count, once differences are worked out: VALID - ABSTAINING counts for and against."""
    counted: set[tuple[str | None, Figure]] = set()
    for terms in sums:
        times: dict[tuple[str | None, Figure], Fraction] = {}
        for term in terms:
            for mark in marks_of(term.figure):
                times[term.group, mark] = times.get((term.group, mark), Fraction()) + term.times
        counted.update(mark for mark, each in times.items() if each)
    return frozenset(counted)


def _takes_a_share(terms: tuple[Term, ...]) -> bool:
    return any(term.figure in SHARED and term.times.denominator != 1 for term in terms)


@attrs.frozen
class Scales:
    """Two sums made ready for weighing against each other.

    Attributes:
        left: the left side in whole numbers.
        right: the right side in whole numbers.
        step: the left side moves in steps of ``step / left.denominator`` where heads are counted; nought for weights.
        grounds: sets of marks; where all marks of one set are nought there is nothing to compare. There are none where
            figures are held against a plain number.
    """

    left: Form
    right: Form
    step: int
    grounds: tuple[Marks, ...]

    @classmethod
    def of(cls, left: tuple[tuple[Term, ...], Fraction], right: tuple[tuple[Term, ...], Fraction]) -> Scales:
        """Make two sums ready; the left one counts something."""
        grounds: list[Marks] = []
        if right[0]:
            grounds.append(_speaks_of(left[0], right[0]))
            grounds += [_speaks_of(terms) for terms, _ in (left, right) if _takes_a_share(terms)]
        form = Form.of(*left)
        step = math.gcd(*(weight for _, _, weight in form.weights)) if left[0][0].measure == HEADS else 0
        return cls(form, Form.of(*right), step, tuple(grounds))

    def nothing(self, known: Known) -> bool:
        """Whether there is nothing to compare, or only a share of nothing."""
        for ground in self.grounds:
            for group, mark in ground:
                if known[group].get(mark) != 0:
                    break
            else:
                return True
        return False
