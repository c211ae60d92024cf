"""Making a roll: members, the roll of them, its digest, and the same from plain data.

The yardsticks are the objects alone: as many attrs classes with the same four fields, which look at nothing; and the
same with what a member keeps of a weight, a fraction in a mapping.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

import attrs
from harness import Aim, Entrant, Table, Timed, compare

from yizheng import Member, Roll
from yizheng.rules import Choice

ROUNDS = 9
SIZE = 10**5
PACKAGES = ("attrs",)

BARE, KEPT = "attrs, bare", "attrs, with fractions"
IDS, WHOLE, DIGITS, GROUPED, CHINESE = (
    "Member, an id",
    "Member, a whole weight",
    "Member, a weight in digits",
    "Member, in a group as well",
    "Member, a Chinese id and a weight",
)
LISTED, DATA, DIGEST, TOTAL = "Roll, of members", "Roll.from_data", "Roll.digest", "Roll.total"
FIRST, SECOND = "Roll.tally, the first", "Roll.tally, a second"


@attrs.frozen
class Bare:
    """The fields of a member, with no doors."""

    id: str
    weights: Mapping[str, object] = attrs.field(factory=dict, kw_only=True)
    groups: frozenset[str] = attrs.field(default=frozenset(), kw_only=True)
    co_owners: frozenset[str] = attrs.field(default=frozenset(), kw_only=True)


def tables(rounds: int = ROUNDS) -> list[Table]:
    drawn = random.Random(5)
    ids = [f"{place:07}" for place in range(SIZE)]
    whole = [drawn.randrange(10**18) for _ in ids]
    digits = [f"{drawn.randrange(3_00, 250_00) / 100:.2f}" for _ in ids]
    nothing: dict[str, object] = {}
    members = [
        Member(each, weights={"area": weight}, groups=["east"]) for each, weight in zip(ids, digits, strict=True)
    ]
    roll = Roll("owners", members, groups=["east"])
    data = roll.to_data()
    ballots = {each: Choice.FOR if place % 3 else Choice.AGAINST for place, each in enumerate(ids)}
    if Roll.from_data(data) != roll:
        raise ValueError("the roll from plain data is another one")

    def entrant(name: str, run: Timed, does: str) -> Entrant:
        return Entrant(name, lambda _: run, SIZE, does)

    def anew(name: str, run: str, does: str) -> Entrant:
        """Of a roll that nobody has asked anything yet."""

        def prepare(_: int) -> Timed:
            fresh = Roll("owners", members, groups=["east"])
            return lambda: fresh.tally(ballots) if run == "tally" else getattr(fresh, run)

        return Entrant(name, prepare, SIZE, does)

    pairs = [(each, {"area": weight}) for each, weight in zip(ids, whole, strict=True)]
    written = [(each, {"area": weight}) for each, weight in zip(ids, digits, strict=True)]
    chinese = [(f"户{each}", weights) for each, weights in written]
    entrants = [
        entrant(BARE, lambda: [Bare(each, weights=nothing) for each in ids], "a yardstick: looks at nothing"),
        entrant(
            KEPT,
            lambda: [Bare(each, weights={"area": Fraction(weight["area"])}) for each, weight in pairs],
            "another: each with a fraction in a mapping of its own; looks at nothing",
        ),
        entrant(IDS, lambda: [Member(each) for each in ids], "one head each; the id has its door"),
        entrant(
            WHOLE,
            lambda: [Member(each, weights=weights) for each, weights in pairs],
            "whole numbers below 10**18; the id, the measure and the weight have their doors",
        ),
        entrant(
            DIGITS, lambda: [Member(each, weights=weights) for each, weights in written], '"89.60" is read exactly'
        ),
        entrant(
            GROUPED,
            lambda: [Member(each, weights=weights, groups=["east"]) for each, weights in written],
            "and a group",
        ),
        entrant(
            CHINESE, lambda: [Member(each, weights=weights) for each, weights in chinese], "an id that is not ASCII"
        ),
        entrant(LISTED, lambda: Roll("owners", members, groups=["east"]), "sorted; every fault is looked for"),
        entrant(DATA, lambda: Roll.from_data(data), "members and roll, from what a record keeps"),
        anew(DIGEST, "digest", "the SHA-256 of its canonical bytes; worked out once for each roll"),
        entrant(TOTAL, lambda: roll.total("area"), "all weight, exact"),
        anew(FIRST, "tally", "a mapping of a hundred thousand ballots; makes the roll ready for counting"),
        entrant(SECOND, lambda: roll.tally(ballots), "and another one by the same roll"),
    ]
    return [
        compare(
            f"A roll of {SIZE:,}",
            entrants,
            step="time per member",
            over=[BARE, KEPT],
            rounds=rounds,
            aims=[Aim(IDS, BARE, 2, "Doors cost no more than the object"), Aim(WHOLE, KEPT, 2.5)],
            notes=["with the garbage collector on, as elsewhere, making many objects takes up to twice as long"],
        )
    ]
