"""Deeming the silent: what a by-law makes of a count, and why it makes nothing of it where it does not."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from fractions import Fraction

import attrs

from yizheng.errors import InvalidValue
from yizheng.rules.amounts import AGAINST, FOR
from yizheng.rules.figures import HEADS, Figure
from yizheng.rules.judging import holds
from yizheng.rules.silence import Deemed, Silence, SilencePolicy
from yizheng.rules.tally import Tally
from yizheng.values.doors import one

__all__ = ["Deeming", "check", "deem", "found"]


class Deeming(enum.StrEnum):
    """What came of a policy of silence in a count."""

    DEEMED = "deemed"
    """Those served count as the policy says."""
    NOT_TAKING_PART = "not_taking_part"
    """The policy is that they count as nothing."""
    NOBODY = "nobody"
    """Nobody who was served and could vote was silent."""
    UNKNOWN = "unknown"
    """Nobody noted who voted, so that nobody knows who was silent."""
    FLOOR = "floor"
    """Too few ballots were really cast."""
    TIE = "tie"
    """By every measure as many were cast for as against, so that there is no majority to follow."""
    DISAGREE = "disagree"
    """By one measure more were cast for, by another against, or as many."""


def _mark(silence: Silence, tally: Tally, deemed: Deemed) -> tuple[Deeming, Figure | None]:
    if silence.policy is SilencePolicy.NOT_TAKING_PART:
        return Deeming.NOT_TAKING_PART, None
    if not deemed.number(HEADS):
        return Deeming.NOBODY if HEADS in deemed.served else Deeming.UNKNOWN, None
    if silence.floor is not None and not holds(silence.floor, tally):
        return Deeming.FLOOR, None
    if silence.policy is SilencePolicy.MAJORITY:
        return _majority(tally)
    return Deeming.DEEMED, Figure.FOR if silence.policy is SilencePolicy.FOR else Figure.ABSTAINING


def _majority(tally: Tally) -> tuple[Deeming, Figure | None]:
    """The side with more of the ballots cast, by every measure."""
    sides = {_side(*(tally.number(amount.by(measure)) for amount in (FOR, AGAINST))) for measure in tally.measures}
    if len(sides) > 1:
        return Deeming.DISAGREE, None
    side = sides.pop()
    return (Deeming.TIE, None) if side is None else (Deeming.DEEMED, side)


def _side(for_: int | Fraction, against: int | Fraction) -> Figure | None:
    if for_ == against:
        return None
    return Figure.FOR if for_ > against else Figure.AGAINST


def deem(tally: Tally, silence: Silence, served: Mapping[str, Mapping[str | None, Fraction]]) -> Tally:
    """A count of the ballots really cast, with those who were served and silent as what the by-law makes of them.

    Args:
        tally: the count as cast, of a vote without presence.
        silence: the policy.
        served: how many were silent and had been served, by measure, of the whole (``None``) and by group; without
            heads, where nobody noted who voted.

    Raises:
        InvalidValue: at a meeting; where more were served than were silent; where a figure that the policy asks for is
            unknown.
    """
    one(Tally, tally, "what is counted")
    one(Silence, silence, "what is made of silence")
    asked = Deemed(silence=silence, served=served)
    return tally.deeming(attrs.evolve(asked, mark=_mark(silence, tally, asked)[1]))


def found(tally: Tally) -> Deeming | None:
    """What came of the policy of silence by which a tally was made; ``None`` where there was none."""
    deemed = tally.deemed
    return None if deemed is None else _mark(deemed.silence, tally.as_cast, deemed)[0]


def check(tally: Tally) -> None:
    """See that those deemed are what the ballots and the policy make of them: it is never taken on trust.

    Raises:
        InvalidValue: when they are something else.
    """
    if (deemed := tally.deemed) is None:
        return
    mark = _mark(deemed.silence, tally.as_cast, deemed)[1]
    if mark is not deemed.mark:
        said, ours = (each.value if each else "nothing" for each in (deemed.mark, mark))
        raise InvalidValue(f"the silent are deemed {said}, and by the policy and the ballots cast they are {ours}")
