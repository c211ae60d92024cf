"""Exact numbers: an ``int`` where they are whole, and how they are written out."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from yizheng.values import written

__all__ = ["Number", "number_in_words", "whole_or_exact"]

Number: TypeAlias = int | Fraction
"""An exact number: an ``int`` where it is whole."""


def whole_or_exact(numerator: int, denominator: int) -> Number:
    """A quotient as an ``int`` where it is whole, else as a ``Fraction``."""
    whole, rest = divmod(numerator, denominator)
    return Fraction(numerator, denominator) if rest else whole


def number_in_words(number: Number) -> str:
    """A number exactly: in decimals where they end, else as a whole and a fraction, such as ``16 2/3``."""
    number = Fraction(number)
    if "/" not in (words := written(number)):
        return words
    sign, (whole, above) = "-" if number < 0 else "", divmod(abs(number.numerator), number.denominator)
    return f"{sign}{whole} {above}/{number.denominator}" if whole else f"{sign}{above}/{number.denominator}"
