"""A vote of ten thousand owners, end to end: orientation, beside a plain loop that counts the same ballots."""

from __future__ import annotations

from collections.abc import Mapping

from courtyard import (
    SALT,
    SECRETARY,
    VOTE_CLOSES,
    VOTE_OPENS,
    before_the_vote,
    day,
    owner,
    owners,
    rolls,
    taken,
)
from harness import Entrant, Table, Timed, compare

from yizheng import Case, Roll
from yizheng.rules import Choice
from yizheng.stages import CloseVote, RecordBallots

ROUNDS, OWNERS, PILE = 9, 10_000, 500
PACKAGES = ("attrs", "msgspec", "transitions")

LOOP, WHOLE = "plain loop", "end to end"


def choices() -> dict[str, Choice]:
    """Everybody votes, and eight of ten for it."""
    said = [Choice.FOR] * 8 + [Choice.AGAINST, Choice.ABSTAIN]
    return {owner(n): said[n % len(said)] for n in range(OWNERS)}


def piles(ballots: Mapping[str, Choice]) -> list[dict[str, Choice]]:
    pairs = list(ballots.items())
    return [dict(pairs[start : start + PILE]) for start in range(0, len(pairs), PILE)]


def recorded(case: Case, ballots: Mapping[str, Choice]) -> Case:
    for number, pile in enumerate(piles(ballots), 1):
        action = RecordBallots(pile, channel="paper", evidence=f"box {number}")
        case = case.act(action, at=day(VOTE_OPENS + 1), by=SECRETARY, salt=SALT)
    return case


def closed(case: Case) -> Case:
    return taken(case, [(day(VOTE_CLOSES), SECRETARY, CloseVote())])


def loop(areas: Mapping[str, int], ballots: Mapping[str, Choice]) -> bool:
    """Both measures of Civil Code art. 278 with whole numbers: two thirds take part, three quarters of these agree."""
    heads = area = for_heads = for_area = 0
    for member, choice in ballots.items():
        heads += 1
        area += areas[member]
        if choice is Choice.FOR:
            for_heads += 1
            for_area += areas[member]
    quorate = 3 * heads >= 2 * len(areas) and 3 * area >= 2 * sum(areas.values())
    return quorate and 4 * for_heads >= 3 * heads and 4 * for_area >= 3 * area


def tables(rounds: int = ROUNDS) -> list[Table]:
    ballots, held = choices(), rolls(OWNERS)
    areas = {member.id: int(member.weights["area"] * 100) for member in held["owners"]}
    called = before_the_vote(held)
    cast = recorded(called, ballots)
    judged = closed(cast)
    if (judged.stage == "disclose_measures") != loop(areas, ballots):
        raise ValueError(f"the case stands at {judged.state}, and the loop counts otherwise")

    def whole() -> None:
        closed(recorded(before_the_vote(rolls(OWNERS)), ballots))

    def fresh() -> dict[str, Roll]:
        return {**held, "owners": copied(held["owners"])}

    def before(_: int) -> Timed:
        given = fresh()
        return lambda: before_the_vote(given)

    return [
        compare(
            "A vote of 10 000 owners, orientation",
            [
                Entrant(
                    WHOLE, lambda _: whole, does=f"the roll made; 17 entries; {len(ballots)} ballots in piles; judged"
                ),
                Entrant("the roll made", lambda _: lambda: owners(OWNERS), does="members and exact weights checked"),
                Entrant("opened, called", before, does="17 entries, with the roll's digest"),
                Entrant(
                    "ballots recorded", lambda _: lambda: recorded(called, ballots), does=f"piles of {PILE}, sealed"
                ),
                Entrant(
                    "closed and judged", lambda _: lambda: closed(cast), does="tally by heads and area, exact; ruling"
                ),
                Entrant(
                    LOOP, lambda _: lambda: loop(areas, ballots), does="counts the same ballots with whole numbers"
                ),
            ],
            step="time for all",
            over=[LOOP],
            rounds=rounds,
            notes=["orientation: absolute times swing with the machine; the loop checks and records nothing"],
        )
    ]


def copied(roll: Roll) -> Roll:
    """The roll without its digest, which it would otherwise know already."""
    return Roll(roll.body, roll.members)
