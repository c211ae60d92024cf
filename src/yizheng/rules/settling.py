"""Whether those who have not voted yet can still change the outcome.

For one comparison the quick answer is exact: its two sides differ by a sum over marks, and that sum is least, or
greatest, where all who are still out do the same thing. Conditions are joined by three-valued logic, which may miss that
two conditions hold each other up, or that weights come in the portions that members have, and never says that something
is settled which is not. Where it cannot say, and it is known who is still out (the members are handed in, or the count
is by heads with one group at most), a way in which they make another outcome is searched for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from yizheng.errors import InvalidValue
from yizheng.rules.algebra import AllOf, Comparison, Condition, Sign
from yizheng.rules.alike import Alike, Turn, alike, asked_of, fits, out_by_totals
from yizheng.rules.amounts import ENTITLED, FOR
from yizheng.rules.figures import HEADS, Figure, Outcome, marks_of
from yizheng.rules.judging import asked_by, sides
from yizheng.rules.searching import Every, Formula, Linear, Some, TooLong, always, holds, least, opposite
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Known, Marks, Where
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


def settled(
    quorum: Condition | None, passage: Condition, support: Figure, tally: Tally, outstanding: object = None
) -> Outcome | None:
    """The outcome of a vote that is not void yet, if every way in which the rest may vote leads to it."""
    quorum_asks, passage_asks = asked_by(*sides(quorum)), (*asked_by(*sides(passage)), (support, HEADS, None))
    InvalidValue.raise_all(tally.gaps(quorum_asks))
    asked = (*quorum_asks, *passage_asks)
    members = None if outstanding is None else _members(outstanding, asked, tally)
    out = ballots_out(tally)
    if tally.issued is not None and tally.returned is not None and (out is None or tally.returned + out > tally.issued):
        return None
    enough = True if quorum is None else sure(quorum, tally)
    if enough is False:
        return Outcome.INQUORATE
    InvalidValue.raise_all(tally.gaps(passage_asks))
    carried = _all((sure(passage, tally), _supported(support, out, tally)))
    if enough is not None and carried is not None:
        return Outcome.CARRIED if carried else Outcome.LOST
    where = _where_out(asked, tally)
    if where is None:
        return None
    if members is None:
        heads = {group: (int(number), 0) for (measure, group), number in where.items() if measure == HEADS}
        members = out_by_totals(asked, heads)
    return None if members is None else _searched(quorum, passage, support, _start(tally, where), members)


def _where_out(asked: Iterable[Where], tally: Tally) -> dict[tuple[str, str | None], Fraction] | None:
    """How much is still out, by measure and group; ``None`` where some of it is unknown."""
    found = dict[tuple[str, str | None], Fraction]()
    for measure, group in {(each, group) for _, counted, group in asked for each in (HEADS, counted)}:
        for part in (None, group):
            measured = tally.measured(measure)
            number = _out(measured.known, part)
            if number is None:
                return None
            found[measure, part] = Fraction(number, measured.scale)
    return found


def _members(outstanding: object, asked: tuple[Where, ...], tally: Tally) -> tuple[Alike, ...]:
    """Those who are out, put together by what the rule sees of them, after they were held against the count."""
    groups = frozenset(group for _, _, group in asked if group is not None)
    found = alike(outstanding, {measure for _, measure, _ in asked}, groups)
    where = _where_out(asked, tally)
    if where is not None:
        fits(found, {each: {"still out": (number, lambda who: who.number)} for each, number in where.items()})
    return found


def _start(tally: Tally, where: Mapping[tuple[str, str | None], Fraction]) -> Tally:
    """The count with everybody silent who is out, from which what they may do is reckoned."""

    def counts(measure: str, group: str | None) -> dict[str, Any]:
        if (measure, group) not in where:
            return {}  # nobody asks
        measured = tally.measured(measure)
        known = measured.known[group]
        figures: dict[str, Any] = {
            mark.value: Fraction(known[mark], measured.scale) for mark in (*_CAST, Figure.RECUSED) if mark in known
        }
        return figures | {"silent": where[measure, group]} | ({"absent": 0} if tally.presence else {})

    groups = {group for _, group in where if group is not None}
    return Tally(
        {
            measure: {**counts(measure, None), "among": {group: counts(measure, group) for group in groups}}
            for measure, _ in where
        },
        presence=tally.presence,
    )


def _searched(
    quorum: Condition | None, passage: Condition, support: Figure, start: Tally, members: Sequence[Alike]
) -> Outcome | None:
    """The one outcome, if no way to another is found and it is shown that there is none."""
    choices = (*_CAST, Figure.ABSENT) if start.presence else _CAST
    turns = [Turn(who, Figure.SILENT, choice) for who in members for choice in choices]
    enough = always if quorum is None else asked_of(quorum, start, turns)
    supported = asked_of((ENTITLED if support is Figure.ENTITLED else FOR) >= 1, start, turns)
    carried = Every((asked_of(passage, start, turns), supported))
    numbers = [who.number for who in members]
    limits = tuple(
        Linear(number, tuple((len(choices) * place + each, -1) for each in range(len(choices))))
        for place, number in enumerate(numbers)
    )
    found = {
        _outcome(
            enough, carried, [number if each == all_do else 0 for number in numbers for each in range(len(choices))]
        )
        for all_do in range(-1, len(choices))
    }
    if len(found) > 1:
        return None
    (outcome,) = found
    other: dict[Outcome, Formula] = {
        Outcome.INQUORATE: enough,
        Outcome.CARRIED: Some((opposite(enough), opposite(carried))),
        Outcome.LOST: Some((opposite(enough), carried)),
    }
    most = [number for number in numbers for _ in choices]
    try:
        return outcome if least(Every((*limits, other[outcome])), most) is None else None
    except TooLong:
        return None


def _outcome(enough: Formula, carried: Formula, point: Sequence[int]) -> Outcome:
    if not holds(enough, point):
        return Outcome.INQUORATE
    return Outcome.CARRIED if holds(carried, point) else Outcome.LOST
