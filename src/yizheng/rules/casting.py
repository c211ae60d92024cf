"""The casting vote: it breaks a tie, and lifts nothing that fails for another cause.

Equal votes leave many a rule unsatisfied, two thirds and fixed numbers among them. What a tie fails *by being a tie* is
a comparison of heads, of the whole roll, in which a vote in favour weighs exactly as much as a vote against takes away,
such as more than half of those taking part: its two sides come out equal, and are not allowed to be. There one vote
more in favour would hold, counted in every base that holds votes in favour as well. A share above one half, as of two
thirds, and a fixed number weigh the two sides unequally, so that no casting vote moves them, whatever the size.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from yizheng.errors import InvalidValue
from yizheng.rules.algebra import AllOf, Amount, AnyOf, Comparison, Condition, Sign
from yizheng.rules.amounts import AGAINST, FOR
from yizheng.rules.figures import HEADS, Choice, Figure, Outcome, marks_of
from yizheng.rules.judging import holds
from yizheng.rules.tally import Tally

__all__ = ["broken", "check", "equal", "lost_by_tie", "settled", "tied"]

_WITH_EQUALITY: Final = {Sign.MORE_THAN: Sign.AT_LEAST, Sign.FEWER_THAN: Sign.AT_MOST}


def equal(tally: Tally) -> bool:
    """Whether as many voted for as against, and not none."""
    votes_for = tally.heads(Figure.FOR)
    return bool(votes_for) and votes_for == tally.heads(Figure.AGAINST)


def check(holder: str | None, tally: Tally) -> None:
    """See that nobody casts a vote that the rule gives to nobody.

    Raises:
        InvalidValue: when somebody does.
    """
    if tally.casting is not None and holder is None:
        raise InvalidValue(
            f"the tally holds a casting vote ({tally.casting.value}), and the rule gives one to nobody; leave it out, or "
            'say in the rule who has it: Rule(casting="chair")'
        )


def lost_by_tie(passage: Condition, tally: Tally, outcome: Outcome) -> bool:
    """Whether it is the tie that lost it, so that a casting vote decides it.

    Raises:
        InvalidValue: when a casting vote was given although no tie is lost: the votes are not equal, or that carries, or
            there is no quorum.
    """
    tie = outcome is Outcome.LOST and equal(tally)
    if tally.casting is not None and not tie:
        votes = " and ".join(
            f"{mark.value} {'unknown' if tally.heads(mark) is None else tally.heads(mark)}"
            for mark in (Figure.FOR, Figure.AGAINST)
        )
        raise InvalidValue(
            f"the tally holds a casting vote ({tally.casting.value}), and there is no tie for it to break: {votes}, "
            f"{outcome.value}; leave it out"
        )
    return tie and holds(broken(passage), tally)


def broken(condition: Condition) -> Condition:
    """The condition as it is where the tie is broken in favour: where only a tie makes two sides equal, equal is enough.

    Everything else is asked as before, by area, of a group, and of any other share.
    """
    if isinstance(condition, Comparison):
        sign = _WITH_EQUALITY.get(condition.sign)
        if sign is None or not _weighs_for_and_against_alike(condition):
            return condition
        return Comparison(condition.left, sign, condition.right)
    parts = [broken(part) for part in condition.parts]
    return AllOf(parts) if isinstance(condition, AllOf) else AnyOf(parts)


def tied(passage: Condition) -> tuple[Condition, ...]:
    """What must hold for a casting vote to decide: as many for as against, and nothing else that fails."""
    return broken(passage), FOR >= AGAINST, FOR <= AGAINST


def _weighs_for_and_against_alike(comparison: Comparison) -> bool:
    """Whether a vote in favour brings it nearer by as much as a vote against takes it away, in heads of the whole roll.

    So does more than half of the votes cast, of those present, or of those entitled: a half more, and a half less.
    """
    left, right = comparison.left, comparison.right
    if comparison.measure != HEADS or any(term.group is not None for term in (*left.terms, *right.terms)):
        return False
    towards = 1 if comparison.sign is Sign.MORE_THAN else -1
    in_favour, against = (
        towards * (sum(_times(left, mark), Fraction()) - sum(_times(right, mark), Fraction()))
        for mark in (Figure.FOR, Figure.AGAINST)
    )
    return in_favour > 0 and in_favour == -against


def _times(amount: Amount, mark: Figure) -> Iterator[Fraction]:
    return (term.times for term in amount.terms if mark in marks_of(term.figure))


def settled(holder: str | None, passage: Condition, tally: Tally) -> Outcome | None:
    """What is settled of a vote that is lost unless a casting vote decides it: as careful as settling without one."""
    from yizheng.rules.settling import ballots_out, sure  # noqa: PLC0415 -- loaded for those who ask

    if holder is None or any(sure(condition, tally) is False for condition in tied(passage)):
        return Outcome.LOST
    if ballots_out(tally) != 0 or tally.casting is None:
        return None
    return Outcome.CARRIED if tally.casting is Choice.FOR else Outcome.LOST
