"""Amounts and conditions: the two halves of one algebra, since comparing amounts is what makes a condition."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Final, NoReturn

import attrs
from typing_extensions import override

from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules.figures import HEADS
from yizheng.rules.terms import Scales, Term, added_up, in_python, multiple
from yizheng.values import Exact, exact, name
from yizheng.values.doors import one_of, several

__all__ = [
    "COMPARISONS",
    "DEPTH",
    "TERMS",
    "AllOf",
    "Amount",
    "AnyOf",
    "Comparison",
    "Condition",
    "Joined",
    "Sign",
    "condition",
]

DEPTH: Final = 32
"""How deep conditions may be nested (row R19)."""

COMPARISONS: Final = 256
"""How many comparisons a condition may hold."""

TERMS: Final = 64
"""How many figures an amount may add up."""


@attrs.frozen(repr=False, order=False)
class Amount:
    """A sum of exact multiples of figures, and of a plain number: ``Fraction(2, 3) * ENTITLED``, ``VALID - ABSTAINING``.

    Amounts are added to, subtracted from and compared with one another and plain numbers; a plain number fits any
    measure. Comparing two makes a :class:`Condition`; ``==`` only says whether two amounts are the same value.

    Attributes:
        terms: the figures, each once, in one order; none of them nought times.
        constant: the plain number, in the unit of the measure.
    """

    terms: tuple[Term, ...] = attrs.field(converter=added_up)
    constant: Fraction = attrs.field(default=Fraction(), converter=exact)

    def __attrs_post_init__(self) -> None:
        measures = sorted({term.measure for term in self.terms})
        if len(measures) > 1:
            raise InvalidType(
                f"{self!r} mixes {' and '.join(measures)}; count each measure by itself, and join two conditions with &"
            )
        if len(self.terms) > TERMS:
            raise InvalidValue(f"an amount adds up {len(self.terms)} figures; {TERMS} are the most")

    @classmethod
    def of(cls, value: Amount | Exact) -> Amount:
        """Take an amount as it is, and a plain number as an amount of any measure.

        Raises:
            InvalidType: for a float, a truth value, or anything that is neither an amount nor a number.
            InvalidValue: for a percentage, or a number that is not finite.
        """
        if isinstance(value, Amount):
            return value
        if isinstance(value, Condition):
            raise InvalidType(f"{value!r} is a condition, not an amount; join conditions with & and |")
        return cls((), exact(value, "the number"))

    @property
    def measure(self) -> str | None:
        """The measure that it is counted in; ``None`` for a plain number, which fits any."""
        return self.terms[0].measure if self.terms else None

    def by(self, measure: str) -> Amount:
        """The same figures in another measure, such as ``"area"``, in every term of the sum.

        Raises:
            InvalidValue: when it is a plain number, or counts in a measure other than heads already.
        """
        measure = name(measure, "a measure")  # its one form, before it is compared
        if not self.terms:
            raise InvalidValue(f"{self!r} is a plain number, which fits any measure; leave .by({measure!r}) away")
        if self.measure not in {HEADS, measure}:
            raise InvalidValue(
                f"{self!r} is counted by {self.measure} already; write .by({measure!r}) on the figure itself"
            )
        return Amount([attrs.evolve(term, measure=measure) for term in self.terms], self.constant)

    def among(self, group: str) -> Amount:
        """The same figures within a group of the roll, such as ``"women"``, in every term of the sum.

        Raises:
            InvalidValue: when it is a plain number, or is counted among another group already.
        """
        group = name(group, "a group")  # as above
        if not self.terms:
            raise InvalidValue(f"{self!r} is a plain number, which belongs to no group; leave .among({group!r}) away")
        if others := [term for term in self.terms if term.group not in {None, group}]:
            raise InvalidValue(
                f"{others[0]!r} is counted among a group already; put those who belong to both into a group of the roll"
            )
        return Amount([attrs.evolve(term, group=group) for term in self.terms], self.constant)

    def __add__(self, other: Amount | Exact) -> Amount:
        other = Amount.of(other)
        return Amount(self.terms + other.terms, self.constant + other.constant)

    __radd__ = __add__

    def __sub__(self, other: Amount | Exact) -> Amount:
        return self + -1 * Amount.of(other)

    def __rsub__(self, other: Amount | Exact) -> Amount:
        return Amount.of(other) + -1 * self

    def __mul__(self, times: int | Fraction) -> Amount:
        times = multiple(times)
        return Amount([attrs.evolve(term, times=times * term.times) for term in self.terms], times * self.constant)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> NoReturn:
        raise InvalidType(f"{self!r} is not divided; write a share as Fraction(1, 2) * {self!r}")

    __floordiv__ = __truediv__
    __mod__ = __truediv__

    def __ge__(self, other: Amount | Exact) -> Comparison:
        return _compared(self, Sign.AT_LEAST, other)

    def __gt__(self, other: Amount | Exact) -> Comparison:
        return _compared(self, Sign.MORE_THAN, other)

    def __le__(self, other: Amount | Exact) -> Comparison:
        return _compared(self, Sign.AT_MOST, other)

    def __lt__(self, other: Amount | Exact) -> Comparison:
        return _compared(self, Sign.FEWER_THAN, other)

    def __and__(self, other: object) -> NoReturn:
        raise InvalidType(
            "& and | bind tighter than >=; put brackets round each comparison: (PRESENT >= 9) & (FOR >= 9)"
        )

    __rand__ = __or__ = __ror__ = __and__

    def __bool__(self) -> NoReturn:
        raise InvalidType(f"{self!r} has no truth value before there is a tally; compare it: {self!r} >= 1")

    def __hash__(self) -> int:
        return hash((self.terms, self.constant))

    @override
    def __repr__(self) -> str:
        parts = [repr(term) for term in self.terms]
        if self.constant or not parts:
            parts.append(in_python(self.constant))
        return " + ".join(parts)


class Sign(enum.StrEnum):
    """How two numbers are compared. 以上 and 以下 include the number; 超过 and 不满 do not (Civil Code art. 1259)."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    FEWER_THAN = "<"


class Condition:
    """What a tally may satisfy: a comparison of two amounts, or several conditions joined by ``&`` or ``|``.

    A condition has no truth value of its own: it is judged by a rule, against a tally.
    """

    __slots__ = ()

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that are joined here; none for a comparison."""
        return ()

    @property
    def depth(self) -> int:
        """How many conditions stand inside one another here."""
        return 1 + max([part.depth for part in self.parts], default=0)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons it is made of, in the order in which they are written."""
        return tuple([comparison for part in self.parts for comparison in part.comparisons])

    def __and__(self, other: Condition) -> AllOf:
        return AllOf((*_parts(self, AllOf), *_parts(_joined(other), AllOf)))

    def __or__(self, other: Condition) -> AnyOf:
        return AnyOf((*_parts(self, AnyOf), *_parts(_joined(other), AnyOf)))

    def __rand__(self, other: object) -> AllOf:
        return _joined(other) & self

    def __ror__(self, other: object) -> AnyOf:
        return _joined(other) | self

    def __bool__(self) -> NoReturn:
        raise InvalidType(
            "a condition has no truth value before there is a tally; join conditions with & and | (not: and, or), and "
            "write (PRESENT >= 2) & (PRESENT <= 3) instead of 2 <= PRESENT <= 3"
        )


def condition(value: object, what: str) -> Condition:
    """See that a condition stands where one is wanted.

    Raises:
        InvalidType: when it is a truth value (which ``==`` makes), an amount, or anything else.
    """
    if isinstance(value, Condition):
        return value
    if isinstance(value, bool):
        raise InvalidType(
            f"{what} is {value}, which == and != make of two amounts; no vote is decided by exact equality: write >= "
            "(or <=), or (FOR >= 5) & (FOR <= 5) if it must be exactly so many"
        )
    if isinstance(value, Amount):
        raise InvalidType(f"{what} is the amount {value!r}; compare it with another, such as {value!r} >= 1")
    raise InvalidType(f"{what} is of type {type(value).__name__}; write a comparison such as PRESENT >= 9")


def _joined(value: object) -> Condition:
    return condition(value, "what stands beside & or |")


def _parts(value: Condition, kind: type[AllOf | AnyOf]) -> tuple[Condition, ...]:
    return value.parts if isinstance(value, kind) else (value,)


def _side(value: Amount | Exact) -> Amount:
    return Amount.of(value)


def _sign(value: str) -> Sign:
    return one_of(Sign, value, "way to compare")


@attrs.frozen(repr=False)
class Comparison(Condition):
    """Two amounts of one measure, and how they are compared.

    Attributes:
        left: what is held against the other; it names a figure.
        sign: how.
        right: what it is held against.
    """

    left: Amount = attrs.field(converter=_side)
    sign: Sign = attrs.field(converter=_sign)
    right: Amount = attrs.field(converter=_side)

    def __attrs_post_init__(self) -> None:
        if not self.left.terms:
            raise InvalidValue(f"{self!r} has no figure on its left side; write the figure first, such as PRESENT >= 9")
        if self.right.measure not in {None, self.left.measure}:
            raise InvalidType(
                f"{self!r} compares {self.left.measure} with {self.right.measure}; write the same .by(…) on both sides"
            )
        if self.measure == HEADS and not self.right.terms and 0 < self.right.constant < 1:
            share = in_python(self.right.constant)
            raise InvalidValue(
                f"{self!r} compares heads with a part of one head; name what it is a share of: {share} * ENTITLED"
            )

    @property
    def measure(self) -> str:
        """The measure of both sides."""
        return self.left.terms[0].measure

    @cached_property
    def scales(self) -> Scales:
        """Both sides, made ready for weighing once."""
        return Scales.of((self.left.terms, self.left.constant), (self.right.terms, self.right.constant))

    @property
    @override
    def comparisons(self) -> tuple[Comparison, ...]:
        return (self,)

    @override
    def __repr__(self) -> str:
        return f"{self.left!r} {self.sign.value} {self.right!r}"


def _compared(left: Amount, sign: Sign, right: Amount | Exact) -> Comparison:
    return Comparison(left, sign, right)


def _several(parts: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple([condition(part, "a part of a condition") for part in several(parts, "conditions")])


@attrs.frozen(repr=False)
class Joined(Condition):
    """What :class:`AllOf` and :class:`AnyOf` have in common."""

    parts: tuple[Condition, ...] = attrs.field(converter=_several)

    def __attrs_post_init__(self) -> None:
        if len(self.parts) < 2:  # noqa: PLR2004  # one alone is not joined to anything
            raise InvalidValue(
                f"{len(self.parts)} conditions cannot be joined; give two or more, or write the one by itself"
            )
        if self.depth > DEPTH:
            raise InvalidValue(f"a condition is nested {self.depth} deep; {DEPTH} is the most")
        if len(self.comparisons) > COMPARISONS:
            raise InvalidValue(f"a condition holds {len(self.comparisons)} comparisons; {COMPARISONS} are the most")

    def _shown(self, between: str) -> str:
        return between.join(f"({part!r})" for part in self.parts)


@attrs.frozen(repr=False)
class AllOf(Joined):
    """Conditions that must all hold.

    Attributes:
        parts: two or more of them.
    """

    @override
    def __repr__(self) -> str:
        return self._shown(" & ")


@attrs.frozen(repr=False)
class AnyOf(Joined):
    """Conditions of which one is enough.

    Attributes:
        parts: two or more of them.
    """

    @override
    def __repr__(self) -> str:
        return self._shown(" | ")
