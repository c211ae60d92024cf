"""A count that is slow and plain, to hold every fast one against: fractions, one by one, from the definitions alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from yizheng.people import Roll

PARTS = {
    "valid": ("for", "against", "abstaining"),
    "cast": ("for", "against", "abstaining", "invalid"),
    "present": ("for", "against", "abstaining", "invalid", "silent"),
    "entitled": ("for", "against", "abstaining", "invalid", "silent", "absent"),
    "names": ("for", "against", "abstaining", "invalid", "silent", "absent", "recused"),
}


def counted(roll: Roll, marks: Mapping[str, str]) -> dict[tuple[str, str, str | None], Fraction]:
    """Each figure by measure and group, from the mark of each member."""
    figures: dict[tuple[str, str, str | None], Fraction] = {}
    for group in (None, *roll.groups):
        for measure in roll.measures:
            for figure in (*PARTS["names"], *PARTS):
                total = Fraction(0)
                for member in roll:
                    if marks[member.id] in PARTS.get(figure, (figure,)) and (group is None or group in member.groups):
                        total += 1 if measure == "heads" else member.weights[measure]
                figures[figure, measure, group] = total
    return figures


def told(tally) -> dict[tuple[str, str, str | None], Fraction]:
    """The same figures as a tally shows them."""
    figures: dict[tuple[str, str, str | None], Fraction] = {}
    for measure, whole in tally.measures.items():
        for group, part in [(None, whole), *whole.get("among", {}).items()]:
            for figure, number in part.items():
                if figure != "among":
                    figures[figure, measure, group] = Fraction(number)
    return figures
