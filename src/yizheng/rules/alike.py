"""Members who count alike, and what a condition asks of how many of them do what."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

import attrs

from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules.algebra import AllOf, Comparison, Condition, Sign
from yizheng.rules.figures import HEADS, MARKS, Figure, marks_of
from yizheng.rules.searching import Every, Formula, Linear, Some
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Where
from yizheng.values import FrozenMap, exact, several, written

__all__ = ["Alike", "Turn", "Voter", "alike", "asked_of", "counted_as", "fits", "out_by_totals"]


@runtime_checkable
class Voter(Protocol):
    """Somebody on a roll, as far as a rule looks: ``Member`` of :mod:`yizheng.people` is one."""

    @property
    def id(self) -> str: ...  # noqa: D102  # as in Member
    @property
    def weights(self) -> Mapping[str, Fraction]: ...  # noqa: D102
    @property
    def groups(self) -> frozenset[str]: ...  # noqa: D102


@attrs.frozen
class Alike:
    """Members among whom a rule makes no difference.

    Attributes:
        number: how many they are.
        weights: what each of them weighs, by the measures that the rule counts in, heads left out.
        groups: the groups that each of them belongs to, of those that the rule names.
        silent: how many of them are counted as silent; the others are counted as absent.
    """

    number: int
    weights: FrozenMap[str, Fraction] = attrs.field(default=FrozenMap[str, Fraction]())
    groups: frozenset[str] = attrs.field(default=frozenset())
    silent: int = attrs.field(default=0)

    def weighs(self, measure: str) -> Fraction:
        """What each of them weighs; one by heads."""
        return Fraction(1) if measure == HEADS else self.weights[measure]


@attrs.frozen
class Turn:
    """Something that a number of members may still do: each of them leaves one mark and takes another."""

    who: Alike
    leaves: Figure
    takes: Figure


def alike(
    members: object, measures: Iterable[str], groups: frozenset[str], present: frozenset[str] = frozenset()
) -> tuple[Alike, ...]:
    """Members put together by what the rule sees of them; those whose ids are ``present`` are silent.

    Raises:
        InvalidType: when something else than members of a roll is given.
        InvalidValue: when a member is given twice, or lacks a weight or a group that the rule asks for.
    """
    weighed = sorted(set(measures) - {HEADS})
    numbers: dict[tuple[FrozenMap[str, Fraction], frozenset[str]], list[int]] = {}
    seen: Counter[str] = Counter()
    faults: list[str] = []
    for member in several(members, "members"):
        if not isinstance(member, Voter):
            raise InvalidType(
                f"members: each must be a Member, not {type(member).__name__}; hand in a Roll, or Members"
            )
        seen[member.id] += 1
        if missing := [measure for measure in weighed if measure not in member.weights]:
            faults.append(f"{member.id!r} has no weight by {', '.join(missing)}, which the rule counts; give it")
            continue
        weights = FrozenMap({measure: exact(member.weights[measure]) for measure in weighed})
        here = numbers.setdefault((weights, member.groups & groups), [0, 0])
        here[0] += 1
        here[1] += member.id in present
    faults += [f"{each!r} is given twice; one person is one head" for each, times in seen.items() if times > 1]
    faults += [
        f"{each!r} is said to be present, and is not among the members given" for each in sorted(present - set(seen))
    ]
    InvalidValue.raise_all(faults)
    return tuple(Alike(number, *key, silent) for key, (number, silent) in numbers.items())


def fits(
    members: Iterable[Alike],
    counted: Mapping[tuple[str, str | None], Mapping[str, tuple[Fraction, Callable[[Alike], int]]]],
) -> None:
    """See that the members handed in are those who are out by the count.

    Args:
        members: the members.
        counted: by measure and group, for each way of being out what the count says, and how many members are so.

    Raises:
        InvalidValue: with every figure that differs.
    """
    members, faults = tuple(members), list[str]()
    for (measure, group), ways in counted.items():
        where = measure if group is None else f"{measure} among {group!r}"
        here = [who for who in members if group is None or group in who.groups]
        for what, (number, of) in ways.items():
            given = sum((of(who) * who.weighs(measure) for who in here), Fraction())
            if given != number:
                faults.append(
                    f"{where}: {written(number)} {what} by the count, and the members handed in make {written(given)}; hand "
                    "in exactly those who have not voted"
                )
    InvalidValue.raise_all(faults)


def out_by_totals(asked: Iterable[Where], out: Mapping[str | None, tuple[int, int]]) -> tuple[Alike, ...] | None:
    """Those still out, where totals alone say who they are: by heads, of the whole roll and of one group at most.

    Args:
        asked: what the rule asks for.
        out: how many heads are silent, and how many absent, of the whole and of each group that the rule names.
    """
    groups = {group for _, _, group in asked if group is not None}
    if any(measure != HEADS for _, measure, _ in asked) or len(groups) > 1:
        return None
    silent, absent = out[None]
    if not groups:
        return (Alike(silent + absent, silent=silent),)
    (group,) = groups
    inside = out[group]
    outside = (silent - inside[0], absent - inside[1])
    return tuple(
        Alike(sum(each), groups=belongs, silent=each[0])
        for each, belongs in ((inside, frozenset({group})), (outside, frozenset[str]()))
    )


def counted_as(
    marks: Iterable[tuple[Alike, Figure, int]], measures: Iterable[str], groups: Iterable[str], *, presence: bool
) -> Tally:
    """Count members by what they do: so many of these are counted as that."""
    sums: dict[tuple[str, str | None, Figure], Fraction] = {}
    by, among = sorted({HEADS, *measures}), sorted(set(groups))
    for who, mark, number in marks:
        if not number:
            continue
        for measure in by:
            for group in (None, *(who.groups & set(among))):
                where = (measure, group, mark)
                sums[where] = sums.get(where, Fraction()) + number * who.weighs(measure)
    figures = [figure for figure in MARKS if presence or figure is not Figure.ABSENT]

    def counts(measure: str, group: str | None) -> dict[str, Any]:
        return {figure.value: sums.get((measure, group, figure), Fraction()) for figure in figures}

    return Tally(
        {
            measure: {**counts(measure, None), "among": {group: counts(measure, group) for group in among}}
            for measure in by
        },
        presence=presence,
    )


def asked_of(condition: Condition, tally: Tally, turns: Sequence[Turn]) -> Formula:
    """What a condition asks of how many members do what, from a count on; every figure that it names is known there."""
    if isinstance(condition, Comparison):
        return _compared(condition, tally, turns)
    parts = tuple(asked_of(part, tally, turns) for part in condition.parts)
    return Every(parts) if isinstance(condition, AllOf) else Some(parts)


def _compared(comparison: Comparison, tally: Tally, turns: Sequence[Turn]) -> Formula:
    measure, ready = comparison.measure, comparison.scales
    measured = tally.measured(measure)
    finer = 1 if measure == HEADS else math.lcm(*{turn.who.weighs(measure).denominator for turn in turns})
    scale = math.lcm(finer, measured.scale)
    left, right = ready.left, ready.right
    over = scale // measured.scale
    constant = over * (
        left.numerator(measured.known, measured.scale) * right.denominator
        - right.numerator(measured.known, measured.scale) * left.denominator
    )
    counts: dict[tuple[str | None, Figure], int] = {}
    for form, factor in ((left, right.denominator), (right, -left.denominator)):
        for group, figure, weight in form.weights:
            for mark in marks_of(figure):
                counts[group, mark] = counts.get((group, mark), 0) + factor * weight
    held = _signed(comparison.sign, constant, _weights(counts, turns, measure, scale))
    grounds = list[Formula]()
    for ground in ready.grounds:
        known = [measured.known[group].get(mark) for group, mark in ground]
        if None not in known:  # a mark of which nothing is known is not taken for nought
            there = over * sum([number for number in known if number is not None])
            grounds.append(Linear(there - 1, _weights(dict.fromkeys(ground, 1), turns, measure, scale)))
    return Every((held, *grounds)) if grounds else held


def _weights(
    counts: Mapping[tuple[str | None, Figure], int], turns: Sequence[Turn], measure: str, scale: int
) -> tuple[tuple[int, int], ...]:
    weights = list[tuple[int, int]]()
    changes = dict[tuple[Figure, Figure], list[tuple[str | None, int]]]()
    for leaves, takes in dict.fromkeys((turn.leaves, turn.takes) for turn in turns):
        by_group = {group: counts.get((group, takes), 0) - counts.get((group, leaves), 0) for group, _ in counts}
        changes[leaves, takes] = [(group, change) for group, change in by_group.items() if change]
    for place, turn in enumerate(turns):
        groups, change = turn.who.groups, 0
        for group, each in changes[turn.leaves, turn.takes]:
            if group is None or group in groups:
                change += each
        if change:
            weighs = scale if measure == HEADS else (turn.who.weighs(measure) * scale).numerator
            if weighs:
                weights.append((place, weighs * change))
    return tuple(weights)


def _signed(sign: Sign, constant: int, weights: tuple[tuple[int, int], ...]) -> Linear:
    if sign is Sign.AT_LEAST:
        return Linear(constant, weights)
    if sign is Sign.MORE_THAN:
        return Linear(constant - 1, weights)
    turned = tuple((place, -weight) for place, weight in weights)
    return Linear(-constant, turned) if sign is Sign.AT_MOST else Linear(-constant - 1, turned)
