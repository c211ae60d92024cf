"""Taking counts as they were given, and finding everything that is wrong with them before anything is refused."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

import attrs

from yizheng.errors import TOLD, InvalidType, InvalidValue, shown
from yizheng.rules.closing import ROUNDS, Bounds, contradictions, narrow_group
from yizheng.rules.figures import HEADS, PRESENCE, Figure
from yizheng.rules.numerals import whole_or_exact
from yizheng.rules.terms import Known
from yizheng.values import exact, name
from yizheng.values.exact import DIGITS

__all__ = ["GROUPS", "MEASURES", "Counts", "Faults", "Measured", "counted"]

Counts: TypeAlias = Mapping[str, Any]
"""Figures by name (``for_`` or ``for``), and under ``among`` the same by group."""

GROUPS: Final = 1_000
"""How many groups a tally may count."""

MEASURES: Final = 16
"""How many measures a tally may count in."""

_NAMED: Final = {**{figure.value: figure for figure in Figure}, "for_": Figure.FOR}

_USUAL: Final = 2**63  # whole numbers below need no second look

_Given: TypeAlias = dict[str | None, dict[Figure, Fraction]]
"""What was given in one measure, by group; ``None`` is the whole roll."""


@attrs.frozen
class Measured:
    """What is known in one measure, in whole numbers of a smallest unit, so that comparing needs integers only.

    Attributes:
        scale: how many of the smallest unit make one.
        known: the figures by group; ``None`` is the whole roll.
    """

    scale: int
    known: Known


class Faults:
    """What is wrong with counts, gathered so that all of it is said at once."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.values: list[str] = []

    def check(self) -> None:
        """Raise if there are any; where something is no number at all, only that is said."""
        if self.types:
            raise InvalidType("; ".join(self.types[:TOLD]))
        InvalidValue.raise_all(self.values)

    def number(self, value: object, what: str, *, whole: bool) -> Fraction | None:
        """A count, nought or more; ``None`` where it is none, which is then a fault."""
        if type(value) is int and 0 <= value < _USUAL:
            return Fraction(value)
        try:
            number = exact(value, what)
        except InvalidType as error:
            self.types.append(str(error))
            return None
        except InvalidValue as error:
            self.values.extend(error.faults)
            return None
        if number < 0:
            self.values.append(f"{what} is {number}; a count is nought or more")
        elif whole and number.denominator != 1:
            self.values.append(
                f"{what} is {number}; it is a whole number: weights go in a measure of their own, such as area"
            )
        else:
            return number
        return None

    def table(self, value: object, what: str, most: int) -> Mapping[object, object]:
        """A mapping of a bounded size; an empty one where it is none, which is then a fault."""
        if not isinstance(value, Mapping):
            self.types.append(
                f"{what} is of type {type(value).__name__}; write a mapping such as dict(entitled=30, for_=12)"
            )
            return {}
        table = cast("Mapping[object, object]", value)
        if len(table) > most:
            self.values.append(f"{what} has {len(table)} keys; {most} are the most")
            return {}
        return table

    def named(self, table: Mapping[object, object], what: str) -> Iterator[tuple[str, object]]:
        """The items of a mapping whose keys are names."""
        for key, value in table.items():
            try:
                yield name(key, what), value
            except InvalidType as error:
                self.types.append(str(error))
            except InvalidValue as error:
                self.values.extend(error.faults)


def _label(measure: str, group: str | None) -> str:
    return measure if group is None else f"{measure} among {group!r}"


def counted(measures: object, *, presence: bool, faults: Faults) -> dict[str, Measured]:
    """Take counts by measure, and work out what follows from them; what is wrong goes to ``faults``."""
    given: dict[str, _Given] = {}
    for measure, counts in faults.named(faults.table(measures, "a tally", MEASURES), "a measure"):
        given[measure] = _by_group(counts, measure, presence=presence, faults=faults)
    if HEADS not in given:
        faults.values.append("heads are missing; every vote is counted by heads too: give heads=dict(…)")
    for group in dict.fromkeys(group for parts in given.values() for group in parts):
        if without := [measure for measure, parts in given.items() if group not in parts]:
            known = ", ".join(measure for measure, parts in given.items() if group in parts)
            faults.values.append(f"group {group!r} is counted by {known} and not by {', '.join(without)}; give all")
    measured: dict[str, Measured] = {}
    if HEADS in given and not faults.types:
        nobody: set[tuple[str | None, Figure]] = set()
        # Heads come first: what nobody did has no weight.
        for measure in sorted(given, key=lambda each: (each != HEADS, each)):
            before = len(faults.values)
            scale, bounds = _closed(measure, given[measure], nobody, faults)
            if measure == HEADS and len(faults.values) == before:
                nobody = {(group, figure) for group, part in bounds.items() for figure in part.nothing()}
            figures = {group: part.known() for group, part in bounds.items()}
            faults.values.extend(_too_long(measure, scale, figures))
            measured[measure] = Measured(scale, figures)
    return measured


def _by_group(counts: object, measure: str, *, presence: bool, faults: Faults) -> _Given:
    table = faults.table(counts, measure, len(_NAMED) + 1)
    among = table.get("among")
    roll = {key: value for key, value in table.items() if key != "among"}
    whole = measure == HEADS
    given: _Given = {None: _figures(roll, _label(measure, None), whole=whole, presence=presence, faults=faults)}
    if among is not None:
        for group, part in faults.named(faults.table(among, f"{measure}: among", GROUPS), "a group"):
            label = _label(measure, group)
            part_table = faults.table(part, label, len(_NAMED))
            given[group] = _figures(part_table, label, whole=whole, presence=presence, faults=faults)
    return given


def _figures(
    table: Mapping[object, object], label: str, *, whole: bool, presence: bool, faults: Faults
) -> dict[Figure, Fraction]:
    found: dict[Figure, Fraction] = {}
    for key, value in table.items():
        figure = _NAMED.get(key) if isinstance(key, str) else None
        if figure is None:
            faults.values.append(f"{label}: {shown(key, 40)} is no figure; write one of {', '.join(Figure)}")
        elif figure in found:
            faults.values.append(f"{label}: for is given twice, as for and as for_; give it once")
        elif (
            value is not None and (number := faults.number(value, f"{label}: {figure.value}", whole=whole)) is not None
        ):
            found[figure] = number
    if not presence:
        for figure in PRESENCE:
            if found.pop(figure, 0):
                faults.values.append(
                    f"{label}: {figure.value} is given, but a vote without presence has none; count everybody who did "
                    "not vote as silent"
                )
        found[Figure.ABSENT] = Fraction()
    return found


def _closed(
    measure: str, given: _Given, nobody: set[tuple[str | None, Figure]], faults: Faults
) -> tuple[int, dict[str | None, Bounds]]:
    """The smallest unit, and the bounds of every figure in it."""
    scale = math.lcm(*(number.denominator for figures in given.values() for number in figures.values()))
    if scale > 10**DIGITS:
        faults.values.append(
            f"{measure}: the figures have too many different fractions; give all to the same decimal place"
        )
        return 1, {}
    counts = {
        group: {figure: number.numerator * (scale // number.denominator) for figure, number in figures.items()}
        for group, figures in given.items()
    }
    bounds = {group: Bounds(figures) for group, figures in counts.items()}
    no_body = [
        f"{_label(measure, group)}: {_said(mark, counts[group][mark], scale)} belongs to nobody: heads say {mark.value} 0"
        for group, mark in sorted(nobody, key=lambda pair: (pair[0] or "", pair[1].value))
        if group in bounds and not bounds[group].forbid(mark)
    ]
    clashes = [] if no_body else list(_narrowed(measure, bounds, nobody))
    if no_body or clashes:
        # What exactly is wrong is worked out only where something is.
        seen = [*_wrong_sums(measure, scale, counts), *_larger_than_all(measure, scale, counts)]
        faults.values.extend([*no_body, *(seen or clashes)])
    return scale, bounds


def _too_long(measure: str, scale: int, known: Known) -> Iterator[str]:
    """Sums that could not be given as figures themselves."""
    for group, figures in known.items():
        for figure, number in figures.items():
            if number >= 10**DIGITS and Fraction(number, scale).numerator >= 10**DIGITS:
                yield f"{_label(measure, group)}: {figure.value} comes to more than {DIGITS} digits; check the input"


def _said(figure: Figure, number: int, scale: int) -> str:
    return f"{figure.value} {whole_or_exact(number, scale)}"


def _wrong_sums(measure: str, scale: int, counts: Mapping[str | None, dict[Figure, int]]) -> Iterator[str]:
    for group, figures in counts.items():
        for whole, parts, least in contradictions(figures):
            made = " + ".join(_said(part, figures[part], scale) for part in parts)
            total = "" if len(parts) == 1 else f" = {whole_or_exact(least, scale)}"
            more = "is more than" if least > figures[whole] else "does not make up"
            yield f"{_label(measure, group)}: {made}{total} {more} {_said(whole, figures[whole], scale)}; count again"


def _larger_than_all(measure: str, scale: int, counts: Mapping[str | None, dict[Figure, int]]) -> Iterator[str]:
    for group, figures in counts.items():
        for figure, number in figures.items():
            most = counts[None].get(figure, number)
            if number > most:
                said = _said(figure, number, scale)
                yield f"{_label(measure, group)}: {said} is more than {_said(figure, most, scale)} of all; count again"


def _narrowed(measure: str, bounds: dict[str | None, Bounds], nobody: set[tuple[str | None, Figure]]) -> Iterator[str]:
    """Narrow all bounds by one another; what is left no number."""
    roll = bounds[None]
    clashes = [(group, part.narrow()) for group, part in bounds.items()]
    for _ in range(ROUNDS):
        before = [*roll.low, *roll.high]
        if any(figure is not None for _, figure in clashes):
            break
        clashes = [(group, narrow_group(roll, part)) for group, part in bounds.items() if group is not None]
        if before == [*roll.low, *roll.high]:
            break
    for group, figure in clashes:
        if figure is not None:
            held = "" if group is None else ", held against all"
            none = ", ".join(mark.value for mark in Figure if (group, mark) in nobody)
            because = f" (by heads nobody is {none})" if none else ""
            yield f"{_label(measure, group)}{held}: the figures leave no possible number of {figure.value}{because}; count again"
