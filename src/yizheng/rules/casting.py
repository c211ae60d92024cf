"""The casting vote: where for and against are equal, and only there, it counts as one more vote on the same bases."""

from __future__ import annotations

from fractions import Fraction

from yizheng.errors import InvalidValue
from yizheng.rules.algebra import AllOf, Amount, AnyOf, Comparison, Condition
from yizheng.rules.figures import HEADS, Choice, Figure, Outcome
from yizheng.rules.judging import holds
from yizheng.rules.settling import ballots_out, sure
from yizheng.rules.tally import Tally

__all__ = ["check", "decides", "equal", "one_more", "settled"]


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


def decides(holder: str | None, passage: Condition, tally: Tally, outcome: Outcome) -> bool:
    """Whether the casting vote decides: lost by equal votes, where one more in favour would carry.

    Raises:
        InvalidValue: when one was given although no tie is lost: the votes are not equal, or that carries, or there is no quorum.
    """
    check(holder, tally)
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
    return holder is not None and tie and holds(one_more(passage), tally)


def one_more(condition: Condition) -> Condition:
    """The condition as it would be with one more vote in favour, by heads, everything else staying as it is.

    A casting vote belongs to an office: it weighs nothing by area, and is in no group of the roll.
    """
    if isinstance(condition, Comparison):
        return Comparison(_more(condition.left), condition.sign, _more(condition.right))
    parts = [one_more(part) for part in condition.parts]
    return AllOf(parts) if isinstance(condition, AllOf) else AnyOf(parts)


def _more(amount: Amount) -> Amount:
    votes = [term.times for term in amount.terms if term.of == (Figure.FOR, HEADS, None)]
    return Amount(amount.terms, amount.constant + sum(votes, Fraction()))


def settled(holder: str | None, passage: Condition, tally: Tally) -> Outcome | None:
    """What is settled of a vote that is lost unless a casting vote decides it: as careful as settling without one."""
    if holder is None or sure(one_more(passage), tally) is False:
        return Outcome.LOST
    out, votes_for, against = ballots_out(tally), tally.heads(Figure.FOR), tally.heads(Figure.AGAINST)
    # Whoever asks of the whole roll is told nothing while these are unknown, and who asks of a group came back above.
    assert out is not None
    assert votes_for is not None
    assert against is not None
    if abs(votes_for - against) > out or not (out or votes_for):
        return Outcome.LOST
    if out or tally.casting is None:
        return None
    return Outcome.CARRIED if tally.casting is Choice.FOR else Outcome.LOST
