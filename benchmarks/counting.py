"""Many ballots counted by heads and area: from arrays, by name, by a plain loop, by numpy, by a published package.

The yardsticks are what one would write for this purpose alone: they check nothing, know their five codes, and are
exact only as long as a float is. Everybody counts the same votes, and before anything is timed, all must agree.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import whalrus
from harness import Aim, Entrant, Table, Timed, compare

from yizheng import Member, Roll
from yizheng.people import tally_arrays
from yizheng.rules import CAST, ENTITLED, FOR, Choice, Rule, Tally

ROUNDS = 9
SIZES = (10**3, 10**5, 10**7)
NAMED = 10**5  # a roll of more members takes longer to make than to count
PACKAGES = ("numpy", "whalrus")

SCALE = 100
WORDS = ("silent", "for", "against", "abstain", "invalid")
SHARES = (0.18, 0.50, 0.20, 0.10, 0.02)

OURS, LARGE, HEADS = "tally_arrays", "tally_arrays, sums above 2**53", "tally_arrays, heads alone"
LOOP, BINCOUNT, MASKS = "plain loop", "numpy, bincount", "numpy, masks and dot"
MAPPING, STREAM, PEER, JUDGED = "Roll.tally, a mapping", "Roll.tally, a stream", "whalrus", "judging"

Sums = tuple[list[int], list[int]]


class Votes:
    """The marks and areas of as many members: 3 to 25 m2 and up to 250, in hundredths, so that floats are exact here."""

    def __init__(self, size: int) -> None:
        random = np.random.default_rng(size)
        self.size = size
        self.marks = random.choice(np.arange(5, dtype=np.int8), size, p=SHARES)
        self.area = random.integers(3_00, 250_00, size)

    def loop(self) -> Callable[[], Sums]:
        """Plain Python, over what costs the least memory."""
        marks, area = self.marks.tobytes(), array("q", self.area.tobytes())

        def count() -> Sums:
            heads, sums = [0] * 5, [0] * 5
            for mark, weight in zip(marks, area, strict=True):
                heads[mark] += 1
                sums[mark] += weight
            return heads, sums

        return count

    def bincount(self) -> Sums:
        """Blocks of 64 Ki, each counted twice by ``numpy.bincount``."""
        heads, sums = np.zeros(5, dtype=np.int64), np.zeros(5)
        for start in range(0, self.size, 2**16):
            marks = self.marks[start : start + 2**16].astype(np.intp)
            heads += np.bincount(marks, minlength=5)
            sums += np.bincount(marks, self.area[start : start + 2**16], minlength=5)
        return heads.tolist(), [int(each) for each in sums]

    def masks(self) -> Sums:
        """Blocks of 8 Ki, short enough for a dot product without threads; the silent are what is left."""
        heads, sums, total = [0] * 5, [0.0] * 5, 0.0
        for start in range(0, self.size, 2**13):
            marks = self.marks[start : start + 2**13]
            area = self.area[start : start + 2**13].astype(np.float64)
            total += area.sum()
            for code in (1, 2, 3, 4):
                mask = marks == code
                heads[code] += int(np.count_nonzero(mask))
                sums[code] += mask.astype(np.float64) @ area
        heads[0], sums[0] = self.size - sum(heads), total - sum(sums)
        return heads, [int(each) for each in sums]

    def roll(self) -> tuple[Roll, dict[str, Choice]]:
        ids = [f"{place:08}" for place in range(self.size)]
        members = [
            Member(name, weights={"area": Fraction(area, SCALE)})
            for name, area in zip(ids, self.area.tolist(), strict=True)
        ]
        return Roll("owners", members), {
            name: Choice(WORDS[mark]) for name, mark in zip(ids, self.marks.tolist(), strict=True) if mark
        }

    def profile(self) -> Any:
        """The package's own ballots and profile, of those who voted, made before the clock runs."""
        cast = self.marks > 0
        options = set(WORDS[1:])
        return whalrus.Profile(
            [whalrus.BallotPlurality(WORDS[mark], candidates=options) for mark in self.marks[cast].tolist()],
            weights=self.area[cast].tolist(),
        )


def sums_of(tally: Tally) -> Sums:
    figures = ("silent", "for", "against", "abstaining", "invalid")
    heads, area = tally.measures["heads"], tally.measures["area"]
    return [int(heads[each]) for each in figures], [int(area[each] * SCALE) for each in figures]


def tables(rounds: int = ROUNDS) -> list[Table]:
    return [counted(size, rounds) for size in SIZES]


def counted(size: int, rounds: int) -> Table:
    votes = Votes(size)
    loop, large = votes.loop(), votes.area * (2**61 // votes.area.max())
    true = loop()

    def ours() -> Tally:
        return tally_arrays(votes.marks, weights={"area": votes.area}, scale={"area": SCALE})

    tally = ours()
    agree(true, sums_of(tally), votes.bincount(), votes.masks())
    rule = Rule(
        quorum=(CAST >= Fraction(2, 3) * ENTITLED) & (CAST.by("area") >= Fraction(2, 3) * ENTITLED.by("area")),
        passage=(FOR > Fraction(1, 2) * CAST) & (FOR.by("area") > Fraction(1, 2) * CAST.by("area")),
    )

    def entrant(name: str, run: Timed, does: str = "", steps: int = size) -> Entrant:
        return Entrant(name, lambda _: run, steps, does)

    entrants = [
        entrant(OURS, ours, "codes and weights are checked in passing; exact; gives a Tally"),
        entrant(
            LARGE,
            lambda: tally_arrays(votes.marks, weights={"area": large}),
            "the same with weights up to 2**61: what a float would round is counted in halves",
        ),
        entrant(HEADS, lambda: tally_arrays(votes.marks), "the same without weights"),
        entrant(BINCOUNT, votes.bincount, "a yardstick: blocks of 64 Ki; floats; nothing is checked"),
        entrant(MASKS, votes.masks, "another: blocks of 8 Ki, a mask and a dot product for each code; the same"),
        entrant(LOOP, loop, "plain Python over bytes and whole numbers; nothing is checked"),
    ]
    if size <= NAMED:
        roll, ballots = votes.roll()
        profile = votes.profile()
        scores = whalrus.RulePlurality(profile).gross_scores_
        agree(true, sums_of(roll.tally(ballots)), (true[0], [true[1][0], *(scores[word] for word in WORDS[1:])]))
        entrants += [
            entrant(MAPPING, lambda: roll.tally(ballots), "by name: strangers and second ballots are found; exact"),
            entrant(STREAM, lambda: roll.tally(each for each in ballots.items()), "the same from a generator"),
            entrant(
                PEER,
                lambda: whalrus.RulePlurality(profile).gross_scores_,
                "RulePlurality with whole weights: area alone, of those who voted; exact; its profile is there already",
            ),
        ]
    entrants.append(entrant(JUDGED, lambda: rule.judge(tally), "the ruling on the tally; a step is the whole of it", 1))
    aims = [Aim(OURS, each, 1.5, "The issue's aim") for each in (BINCOUNT, MASKS)] if size > NAMED else []
    notes = ["a step is a member of the roll, whether or not a ballot came"]
    if size > NAMED:
        notes.append("by name and by the package only up to a hundred thousand: both need an object for each ballot")
    return compare(
        f"Counting {size:,} by heads and area",
        entrants,
        step="time per member",
        over=[LOOP, BINCOUNT, MASKS],
        rounds=rounds,
        aims=aims,
        notes=notes,
    )


def agree(*found: Sequence[Any]) -> None:
    first, *others = found
    if any(tuple(each) != tuple(first) for each in others):
        raise ValueError(f"not all count alike: {found}")
