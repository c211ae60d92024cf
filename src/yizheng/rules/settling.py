"""Whether those who have not voted yet can still change the outcome.

For one comparison the answer is exact: its two sides differ by a sum over marks, and that sum is least, or greatest,
where all who are still out do the same thing. Conditions are joined by three-valued logic, which may miss that two
conditions hold each other up, and never says that something is settled which is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from yizheng.errors import InvalidValue
from yizheng.rules.algebra import AllOf, Comparison, Condition, Sign
from yizheng.rules.figures import HEADS, Figure, Outcome, marks_of
from yizheng.rules.judging import asked_by, sides
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Known, Marks
from yizheng.rules.weighing import HOLDS

__all__ = ["ballots_out", "settled", "sure"]

_CAST: Final = (Figure.FOR, Figure.AGAINST, Figure.ABSTAINING, Figure.INVALID)
_MEETING: Final = (*_CAST, Figure.SILENT, Figure.ABSENT)
_WRITTEN: Final = (*_CAST, Figure.SILENT)


def ballots_out(tally: Tally) -> int | None:
    """How many heads may still vote; ``None`` where that is unknown."""
    return _out(tally.measured(HEADS).known, None)


def _out(known: Known, group: str | None) -> int | None:
    figures = known[group]
    if Figure.ENTITLED not in figures or not all(mark in figures for mark in _CAST):
        return None
    return figures[Figure.ENTITLED] - sum([figures[mark] for mark in _CAST])


def sure(condition: Condition, tally: Tally) -> bool | None:
    """Whether a condition will hold (or will not) whatever those do who are still out; ``None`` where both may be."""
    if isinstance(condition, Comparison):
        return _comparison(condition, tally)
    parts = [sure(part, tally) for part in condition.parts]
    return _all(parts) if isinstance(condition, AllOf) else _not(_all(map(_not, parts)))


def _not(known: bool | None) -> bool | None:  # noqa: FBT001  # three-valued logic is about truth values
    return None if known is None else not known


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    if False in found:
        return False
    return None if None in found else True


def _comparison(comparison: Comparison, tally: Tally) -> bool | None:
    measured = tally.measured(comparison.measure)
    ready, known = comparison.scales, measured.known
    still_open = _MEETING if tally.presence else _WRITTEN
    weights: dict[tuple[str | None, Figure], int] = {}
    for form, factor in ((ready.left, ready.right.denominator), (ready.right, -ready.left.denominator)):
        for group, figure, weight in form.weights:
            for mark in marks_of(figure):
                weights[group, mark] = weights.get((group, mark), 0) + factor * weight
    constant = ready.left.constant * ready.right.denominator - ready.right.constant * ready.left.denominator
    low = high = constant * measured.scale
    out: dict[str | None, int] = {}
    for group in {group for group, _ in weights}:
        open_here = _out(known, group)
        if open_here is None:
            return None
        out[group] = open_here
        base = sum([weights.get((group, mark), 0) * known[group][mark] for mark in _CAST])
        if recused := weights.get((group, Figure.RECUSED)):
            base += recused * known[group][Figure.RECUSED]
        choices = [weights.get((group, mark), 0) for mark in still_open]
        low += base + open_here * min(choices)
        high += base + open_here * max(choices)
    return _verdict(comparison, low, high, _nothing(ready.grounds, known, out, still_open))


def _verdict(comparison: Comparison, low: int, high: int, nothing: bool | None) -> bool | None:  # noqa: FBT001  # as above
    holds = HOLDS[comparison.sign]
    worst, best = (low, high) if comparison.sign in {Sign.AT_LEAST, Sign.MORE_THAN} else (high, low)
    if nothing is True or not holds(best, 0):
        return False
    return True if nothing is False and holds(worst, 0) else None


def _nothing(
    grounds: tuple[Marks, ...], known: Known, out: dict[str | None, int], still_open: tuple[Figure, ...]
) -> bool | None:
    """Whether there will be nothing to compare."""
    return _not(_all(_not(_ground(ground, known, out, still_open)) for ground in grounds))


def _ground(ground: Marks, known: Known, out: dict[str | None, int], still_open: tuple[Figure, ...]) -> bool | None:
    """Whether all marks of a ground will be nought."""
    settled_marks = (*_CAST, Figure.RECUSED)
    if any(mark in settled_marks and known[group].get(mark) != 0 for group, mark in ground):
        return False
    waiting = [group for group in {group for group, _ in ground} if out[group]]
    if any(all((group, mark) in ground for mark in still_open) for group in waiting):
        return False
    if any((group, mark) in ground for group in waiting for mark in still_open):
        return None
    return True


def _supported(support: Figure, out: int | None, tally: Tally) -> bool | None:
    if tally.heads(support):
        return True
    return False if support is Figure.ENTITLED or out == 0 else None


def settled(quorum: Condition | None, passage: Condition, support: Figure, tally: Tally) -> Outcome | None:
    """The outcome of a vote that is not void yet, if every way in which the rest may vote leads to it."""
    InvalidValue.raise_all(tally.gaps(asked_by(*sides(quorum))))
    out = ballots_out(tally)
    if tally.issued is not None and tally.returned is not None and (out is None or tally.returned + out > tally.issued):
        return None
    enough = True if quorum is None else sure(quorum, tally)
    if enough is False:
        return Outcome.INQUORATE
    InvalidValue.raise_all(tally.gaps((*asked_by(*sides(passage)), (support, HEADS, None))))
    carried = _all((sure(passage, tally), _supported(support, out, tally)))
    if enough is None or carried is None:
        return None
    return Outcome.CARRIED if carried else Outcome.LOST
