"""Whether one condition always implies another, against every count of a small roll."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

from yizheng.rules import ABSTAINING, AGAINST, CAST, ENTITLED, FOR, PRESENT, VALID, Condition, Figure, Tally, judging
from yizheng.rules.ordering import implies

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
COUNTS = [
    Tally.of(for_=f, against=a, abstaining=s, invalid=i, silent=q, absent=n)
    for f, a, s, i, q, n in itertools.product(range(5), range(5), range(3), range(2), range(2), range(4))
]


def holding(condition: Condition | None) -> list[bool]:
    """Whether it holds, for each count."""
    return [condition is None or judging.holds(condition, tally) for tally in COUNTS]


def drawn(chance: random.Random) -> Condition:
    """A condition of one or two comparisons, such as laws have them."""

    def comparison() -> Condition:
        left = chance.choice([FOR, FOR, PRESENT, CAST, FOR - AGAINST])
        right = chance.choice(
            [
                chance.choice([HALF, TWO_THIRDS, THREE_QUARTERS])
                * chance.choice([ENTITLED, PRESENT, CAST, VALID, VALID - ABSTAINING]),
                1,
                2,
                3,
            ]
        )
        return left > right if chance.random() < 0.5 else left >= right

    first = comparison()
    how = chance.random()
    return first if how < 0.5 else (first & comparison()) if how < 0.8 else (first | comparison())


class TestImplies:
    """What is said to imply does so in every count; nothing is said to that some count denies."""

    def test_never_falsely(self) -> None:
        """Over 2 500 pairs of conditions: never where a count says otherwise, and mostly where none does."""
        chance = random.Random(3)  # noqa: S311 -- it must be the same each time
        conditions = [drawn(chance) for _ in range(50)]
        held = [holding(condition) for condition in conditions]
        said = silent = 0
        for (one, first), (other, second) in itertools.product(zip(conditions, held, strict=True), repeat=2):
            truly = all(b or not a for a, b in zip(first, second, strict=True))
            if implies(one, other):
                assert truly, (one, other)
                said += 1
            else:
                silent += truly
        assert said > 300
        assert silent < said / 3  # a count of so few, and of whole heads, bears out some that larger ones deny

    @pytest.mark.parametrize(
        ("one", "other", "is_so"),
        [
            (FOR >= TWO_THIRDS * PRESENT, FOR > HALF * PRESENT, True),
            (FOR > HALF * PRESENT, FOR >= TWO_THIRDS * PRESENT, False),
            (FOR > HALF * ENTITLED, FOR > HALF * PRESENT, True),
            (FOR > HALF * PRESENT, FOR > HALF * ENTITLED, False),
            (FOR > HALF * PRESENT, FOR >= HALF * PRESENT, True),
            (FOR >= HALF * PRESENT, FOR > HALF * PRESENT, False),
            (PRESENT >= TWO_THIRDS * ENTITLED, None, True),
            (None, PRESENT >= TWO_THIRDS * ENTITLED, False),
            (FOR >= 3, FOR >= 2, True),
            (FOR > HALF * PRESENT, FOR.by("area") > HALF * PRESENT.by("area"), False),
            ((FOR >= 3) & (FOR > AGAINST), FOR > AGAINST, True),
            (FOR > AGAINST, (FOR >= 3) | (FOR > AGAINST), True),
            (
                FOR.among("women") >= HALF * ENTITLED.among("women"),
                FOR.among("women") >= Fraction(1, 3) * ENTITLED.among("women"),
                True,
            ),
            (FOR.among("women") >= 3, FOR >= 3, True),
            (FOR >= 3, FOR.among("women") >= 3, False),
        ],
    )
    def test_laws(self, one: Condition | None, other: Condition | None, is_so: bool) -> None:  # noqa: FBT001
        """Bars as laws have them, in order and out of it."""
        assert implies(one, other) is is_so

    def test_support(self) -> None:
        """That there are votes in favour can be taken for granted."""
        assert not implies(None, FOR >= 1)
        assert implies(FOR > 0, FOR > Fraction(1, 2) * (FOR + 0 * AGAINST))
        assert implies(None, FOR > 0, Figure.FOR)

    def test_what_is_too_much(self) -> None:
        """A pair with more ways than are looked at is not ordered, and that quickly."""
        wide = [(FOR >= n) | (AGAINST >= n) for n in range(1, 40)]
        one = wide[0]
        for each in wide[1:]:
            one &= each
        assert not implies(one, FOR >= 2)
