"""One process, every entrant once per round in rotated order, and the median of the ratios of each round.

The machine swings by a factor of two from second to second, so that two times taken one after the other cannot be
compared. Two times of the same round can, and the median over the rounds is what is told. The garbage collector is
off while the clock runs.
"""

from __future__ import annotations

import gc
import importlib.metadata
import json
import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any

FEWEST_ROUNDS = 9

Timed = Callable[[], object]


@dataclass(frozen=True)
class Entrant:
    """What takes part in a comparison.

    Attributes:
        name: how the table calls it.
        prepare: gives what is timed, for the round of this number; its own time does not count.
        steps: how many steps one timed call takes.
        does: what it does and does not do, for a fair reading.
    """

    name: str
    prepare: Callable[[int], Timed]
    steps: int = 1
    does: str = ""


@dataclass(frozen=True)
class Aim:
    """A ratio that we want to reach."""

    entrant: str
    over: str
    most: float
    why: str = ""


@dataclass(frozen=True)
class Table:
    """The times of one comparison, in nanoseconds per step, by entrant and round."""

    title: str
    step: str
    times: Mapping[str, Sequence[float]]
    over: Sequence[str]
    does: Mapping[str, str]
    aims: Sequence[Aim] = ()
    notes: Sequence[str] = ()

    def median(self, entrant: str) -> float:
        return statistics.median(self.times[entrant])

    def ratios(self, entrant: str, over: str) -> list[float]:
        return [own / other for own, other in zip(self.times[entrant], self.times[over], strict=True)]

    def ratio(self, entrant: str, over: str) -> float:
        return statistics.median(self.ratios(entrant, over))

    def spread(self, entrant: str, over: str) -> tuple[float, float]:
        """The middle half of the ratios, so that a reader sees how much the machine swung."""
        low, _, high = statistics.quantiles(self.ratios(entrant, over), n=4)
        return low, high

    def as_data(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "step": self.step,
            "rounds": len(next(iter(self.times.values()))),
            "entrants": {
                name: {
                    "median_ns": round(self.median(name), 1),
                    "best_ns": round(min(self.times[name]), 1),
                    "ratios": {over: round(self.ratio(name, over), 4) for over in self.over},
                    "does": self.does[name],
                }
                for name in self.times
            },
            "aims": [
                {
                    "entrant": aim.entrant,
                    "over": aim.over,
                    "at_most": aim.most,
                    "is": round(self.ratio(aim.entrant, aim.over), 4),
                    "middle_half": [round(bound, 4) for bound in self.spread(aim.entrant, aim.over)],
                    "met": self.ratio(aim.entrant, aim.over) <= aim.most,
                    "why": aim.why,
                }
                for aim in self.aims
            ],
            "notes": list(self.notes),
        }

    def as_text(self) -> str:
        rounds = len(next(iter(self.times.values())))
        head = ["", "median", "best", *(f"x {over}" for over in self.over)]
        rows = [
            [
                name,
                spoken(self.median(name)),
                spoken(min(self.times[name])),
                *(f"{self.ratio(name, over):.2f}" for over in self.over),
            ]
            for name in self.times
        ]
        lines = [f"{self.title} ({self.step}; {rounds} rounds)", *aligned([head, *rows])]
        for aim in self.aims:
            low, high = self.spread(aim.entrant, aim.over)
            ratio = self.ratio(aim.entrant, aim.over)
            lines.append(
                f"  aim: {aim.entrant} <= {aim.most:g} x {aim.over}; is {ratio:.2f} "
                f"(middle half {low:.2f}-{high:.2f}): {'met' if ratio <= aim.most else 'not met'}"
                f"{f'. {aim.why}' if aim.why else ''}"
            )
        lines += [f"  - {name}: {does}" for name, does in self.does.items() if does]
        lines += [f"  * {note}" for note in self.notes]
        return "\n".join(lines)


@dataclass(frozen=True)
class Report:
    """The tables of a run, with what a reader must know of the machine: no paths, no names."""

    tables: Sequence[Table]
    packages: Sequence[str]

    def versions(self) -> dict[str, str]:
        known = {
            "python": f"{platform.python_implementation()} {platform.python_version()}",
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        }
        return known | {package: importlib.metadata.version(package) for package in self.packages}

    def as_text(self) -> str:
        versions = "; ".join(f"{name} {version}" for name, version in self.versions().items())
        return "\n\n".join([versions, *(table.as_text() for table in self.tables)])

    def as_json(self) -> str:
        data = {"versions": self.versions(), "tables": [table.as_data() for table in self.tables]}
        return json.dumps(data, ensure_ascii=False, indent=2)


def compare(
    title: str,
    entrants: Sequence[Entrant],
    *,
    step: str,
    over: Sequence[str],
    rounds: int = 15,
    aims: Sequence[Aim] = (),
    notes: Sequence[str] = (),
) -> Table:
    """Run a comparison: the order is rotated from round to round, and reversed in every second one.

    Args:
        title: what is compared.
        entrants: who takes part.
        step: what one step is.
        over: the entrants to which ratios are given.
        rounds: how many rounds are counted; one more is run first and forgotten.
        aims: the ratios that we want to reach.
        notes: what else a reader must know.
    """
    if rounds < FEWEST_ROUNDS:
        raise ValueError(f"{rounds} rounds are too few for a median here; run {FEWEST_ROUNDS} or more")
    times: dict[str, list[float]] = {entrant.name: [] for entrant in entrants}
    for round_ in range(rounds + 1):
        gc.collect()  # once a round; before each call, it would leave every cache cold
        first = round_ % len(entrants)
        order = [*entrants[first:], *entrants[:first]]
        if round_ % 2:  # nobody always follows the same one, whose traces in the caches it would always meet
            order.reverse()
        for entrant in order:
            taken = timed(entrant.prepare(round_)) / entrant.steps
            if round_:
                times[entrant.name].append(taken)
    does = {entrant.name: entrant.does for entrant in entrants}
    return Table(title, step, times, over, does, aims, notes)


def timed(call: Timed) -> int:
    """The nanoseconds that one call takes, with the garbage collector off."""
    gc.disable()
    try:
        start = perf_counter_ns()
        call()
        return perf_counter_ns() - start
    finally:
        gc.enable()


def spoken(nanoseconds: float) -> str:
    """A time with three digits, in the unit in which people say it."""
    for unit, size in (("s ", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of words as lines: the first column to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines: list[str] = []
    for first, *others in rows:
        cells = [word.rjust(width) for word, width in zip(others, widths[1:], strict=True)]
        lines.append("  " + "  ".join([first.ljust(widths[0]), *cells]))
    return lines
