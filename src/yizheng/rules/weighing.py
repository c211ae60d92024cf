"""Holding one comparison against a tally: both sides exactly, by cross-multiplication, never by division."""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable
from typing import Final

import attrs

from yizheng.rules.algebra import Comparison, Sign
from yizheng.rules.counting import Measured
from yizheng.rules.numerals import Number, whole_or_exact

__all__ = ["HOLDS", "Finding", "Part", "weigh"]

HOLDS: Final[dict[Sign, Callable[[int, int], bool]]] = {
    Sign.AT_LEAST: operator.ge,
    Sign.MORE_THAN: operator.gt,
    Sign.AT_MOST: operator.le,
    Sign.FEWER_THAN: operator.lt,
}


class Part(enum.StrEnum):
    """Which half of a rule a finding belongs to."""

    QUORUM = "quorum"
    PASSAGE = "passage"


@attrs.frozen
class Finding:
    """What came of one comparison.

    Attributes:
        part: the half of the rule that it belongs to.
        comparison: what was asked.
        left: the number on the left, in the unit of the measure (heads, square metres, …).
        right: the number on the right.
        holds: whether it holds.
        needed: the least number on the left that would have been enough, the right side staying as it is (for ``<=``
            and ``<`` the most that would have been allowed); ``None`` where no number would, since there is nothing to
            compare with.
        needed_is_bound: the number itself is not enough: any that is more (for ``<``: less) is. So it is over weights
            under a strict sign, where there is no least.
        nothing: both sides come to nought because nobody is counted on either, or it is a share of nothing; such a
            comparison does not hold.
    """

    part: Part
    comparison: Comparison
    left: Number
    right: Number
    holds: bool
    needed: Number | None
    needed_is_bound: bool = False
    nothing: bool = False


def weigh(part: Part, comparison: Comparison, measured: Measured) -> Finding:
    """Hold a comparison against what was counted in its measure; raises ``KeyError`` where a figure is unknown."""
    ready = comparison.scales
    left = ready.left.numerator(measured.known, measured.scale)
    right = ready.right.numerator(measured.known, measured.scale)
    left_unit, right_unit = ready.left.denominator * measured.scale, ready.right.denominator * measured.scale
    sign = comparison.sign
    holds = HOLDS[sign](left * right_unit, right * left_unit)
    left_number, right_number = whole_or_exact(left, left_unit), whole_or_exact(right, right_unit)
    if ready.grounds and ready.nothing(measured.known):
        return Finding(part, comparison, left_number, right_number, False, None, False, True)
    if not ready.step:
        strict = sign is Sign.MORE_THAN or sign is Sign.FEWER_THAN
        return Finding(part, comparison, left_number, right_number, holds, right_number, strict)
    # Over heads the left side is (constant + step * k) / denominator with a whole k: find the first or last such k.
    above = right * left_unit - ready.left.constant * right_unit
    below = ready.step * right_unit
    if sign is Sign.AT_LEAST:
        k = -(-above // below)
    elif sign is Sign.MORE_THAN:
        k = above // below + 1
    elif sign is Sign.AT_MOST:
        k = above // below
    else:
        k = -(-above // below) - 1
    needed = whole_or_exact(ready.left.constant + ready.step * k, ready.left.denominator)
    return Finding(part, comparison, left_number, right_number, holds, needed)
