"""Options in the order of a number: who surely has a seat, who is tied at the edge, and who leads on to a run-off.

Options with equal numbers stand together: nothing here looks at names, at order or at chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from yizheng.rules.numerals import Number

__all__ = ["Places", "Ranks", "filled", "leading", "ranked"]

Ranks: TypeAlias = tuple[tuple[Number, frozenset[str]], ...]
"""Options by number, the highest first; those that are equal are one set."""


def ranked(numbers: Mapping[str, Number]) -> Ranks:
    """The options, grouped by their numbers."""
    groups: dict[Number, set[str]] = {}
    for option, number in numbers.items():
        groups.setdefault(number, set()).add(option)
    return tuple((number, frozenset(groups[number])) for number in sorted(groups, reverse=True))


@attrs.frozen
class Places:
    """Who has a seat.

    Attributes:
        sure: who has one whatever follows.
        tied: who is equal at the edge, and more than there are seats left.
        contested: how many seats are left for the tied.
    """

    sure: frozenset[str]
    tied: frozenset[str] = frozenset()
    contested: int = 0


def filled(ranks: Ranks, seats: int) -> Places:
    """The seats, filled from the top by whole groups of equals."""
    sure: frozenset[str] = frozenset()
    for _, group in ranks:
        left = seats - len(sure)
        if len(group) > left:
            return Places(sure, group, left) if left else Places(sure)
        sure |= group
    return Places(sure)


def leading(ranks: Ranks, most: int) -> frozenset[str]:
    """The first so many that anybody is for, and whoever is equal to the last of them."""
    going: frozenset[str] = frozenset()
    for number, group in ranks:
        if len(going) >= most or number <= 0:
            break
        going |= group
    return going
