"""Finding the oddities that a rule allows, each with a smallest example.

An example is smallest when as few as possible vote in favour, then as few as possible against, then as few as possible
abstain. It is searched for among all that the members can do, and held against the rule before it is handed out.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, Protocol

import attrs

from yizheng.errors import InvalidValue
from yizheng.rules import judging, wording
from yizheng.rules.algebra import AllOf, AnyOf, Comparison, Condition
from yizheng.rules.alike import Alike, Turn, alike, asked_of, counted_as
from yizheng.rules.amounts import ENTITLED, FOR
from yizheng.rules.figures import HEADS, SHARED, Figure, Outcome
from yizheng.rules.naming import one_share, plain_figure
from yizheng.rules.numerals import whole_or_exact
from yizheng.rules.oddities import Audit, Oddity, OddityKind
from yizheng.rules.searching import WORK, Every, Formula, Linear, TooLong, always, holds, least, opposite
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Where

__all__ = ["audit"]

_VOTES: Final = (Figure.FOR, Figure.AGAINST, Figure.ABSTAINING)
_KINDS: Final = 12
"""Among so many kinds of members all examples are searched; among more, some are tried where nothing is plain at once."""

_TRIED: Final = 3
"""How many kinds of members are set apart in turn where only some examples are tried."""

_TRIES: Final = 20_000
"""About how many examples are tried with each of them."""

_SOME_WAY: Final = 4
"""How often the denominator of a share goes into the sizes that are tried for a rounding that matters."""


class _Rule(wording.TellableRule, Protocol):
    @property
    def measures(self) -> frozenset[str]: ...
    @property
    def groups(self) -> frozenset[str]: ...
    @property
    def support(self) -> Figure: ...


def audit(rule: _Rule, asked: tuple[Where, ...], roll: object) -> Audit:
    """The oddities of a rule in a vote of certain members; see :meth:`yizheng.rules.Rule.audit`."""
    kinds = alike(roll, rule.measures, rule.groups)
    # The heaviest first, in one order whatever that of the roll.
    members = tuple(sorted(kinds, key=lambda who: (sorted(who.weights.items()), sorted(who.groups)), reverse=True))
    if not members:
        raise InvalidValue("there are no members to audit the rule with; hand in a roll")
    search = _Search(rule, asked, members)
    found, undecided = list[Oddity](), list[OddityKind]()
    for kind, look in (
        (OddityKind.UNREACHABLE, search.unreachable),
        (OddityKind.NO_SHOW, search.no_show),
        (OddityKind.LEAVING, search.leaving),
        (OddityKind.ABSTAINING, search.abstaining),
        (OddityKind.ROUNDING, search.rounding),
    ):
        try:
            found.extend(look())
        except TooLong:
            undecided.append(kind)
    return Audit(rule, tuple(found), tuple(undecided))


@attrs.frozen
class _View:
    """What a rule asks of how the others vote, while one person does a certain thing."""

    enough: Formula
    carried: Formula

    @property
    def passes(self) -> Formula:
        return Every((self.enough, self.carried))

    @property
    def fails(self) -> Formula:
        return opposite(self.passes)

    @property
    def lost(self) -> Formula:
        return Every((self.enough, opposite(self.carried)))


@attrs.frozen
class _Electorate:
    """The members, one of whom may be set apart to do one thing."""

    rule: _Rule
    members: tuple[Alike, ...]
    apart: int | None
    meeting: bool
    choices: tuple[Figure, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """How many others there are of each kind."""
        return tuple(who.number - (place == self.apart) for place, who in enumerate(self.members))

    @property
    def away(self) -> Figure:
        return Figure.ABSENT if self.meeting else Figure.SILENT

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(who, self.away, choice) for who in self.members for choice in self.choices)

    @cached_property
    def limits(self) -> tuple[Linear, ...]:
        step = len(self.choices)
        return tuple(
            Linear(number, tuple((step * place + each, -1) for each in range(step)))
            for place, number in enumerate(self.numbers)
        )

    def tally(self, does: Figure | None, votes: Sequence[int] | None = None) -> Tally:
        """The count in which the one does this, and the others vote so; left out, they stay away."""
        step, marks = len(self.choices), list[tuple[Alike, Figure, int]]()
        for place, (who, number) in enumerate(zip(self.members, self.numbers, strict=True)):
            here = [0] * step if votes is None else votes[step * place : step * (place + 1)]
            marks += [(who, choice, each) for choice, each in zip(self.choices, here, strict=True)]
            marks.append((who, self.away, number - sum(here)))
            if place == self.apart and does is not None:
                marks.append((who, does, 1))
        return counted_as(marks, self.rule.measures, self.rule.groups, presence=self.meeting)

    def view(self, does: Figure | None) -> _View:
        """What the rule asks of the others while the one does this."""
        return self.by(does, self.rule.quorum, self.rule.passage)

    def by(self, does: Figure | None, quorum: Condition | None, passage: Condition) -> _View:
        """The same for other conditions."""
        start = self.tally(does)
        support = (ENTITLED if self.rule.support is Figure.ENTITLED else FOR) >= 1
        return _View(
            always if quorum is None else asked_of(quorum, start, self.turns),
            Every((asked_of(passage, start, self.turns), asked_of(support, start, self.turns))),
        )

    def find(self, *asked: Formula, work: int = WORK) -> tuple[int, ...] | None:
        """How the others vote, as few as possible, so that all of this holds."""
        step = len(self.choices)
        goals = [[int(place % step == each) for place in range(len(self.turns))] for each in range(step)]
        most = [number for number in self.numbers for _ in range(step)]
        return least(Every((*self.limits, *asked)), most, goals, work=work)


class _Search:
    """Looks for each kind of oddity."""

    def __init__(self, rule: _Rule, asked: tuple[Where, ...], members: tuple[Alike, ...]) -> None:
        figures = {figure for figure, _, _ in asked}
        self.rule, self.members = rule, members
        self.meeting = bool(figures & {Figure.PRESENT, Figure.ABSENT})

    @cached_property
    def electorates(self) -> tuple[_Electorate, ...]:
        """The members with one of each kind set apart."""
        return tuple(
            _Electorate(self.rule, self.members, place, self.meeting, _VOTES) for place in range(len(self.members))
        )

    def outcome(self, tally: Tally) -> Outcome:
        outcome, _, _ = judging.judged(self.rule.quorum, self.rule.passage, self.rule.support, tally)
        return outcome

    def oddity(self, kind: OddityKind, before: Tally, after: Tally) -> Oddity:
        return Oddity(kind, before, self.outcome(before), after, self.outcome(after))

    def smallest(
        self, kind: OddityKind, before: Figure, after: Figure, asks: Callable[[_Electorate], tuple[Formula, ...]]
    ) -> Iterator[Oddity]:
        """The smallest example in which one person does this before and that after."""
        try:
            work = WORK // len(self.members) if len(self.members) <= _KINDS else 0
            found = [
                (votes, each) for each in self.electorates if (votes := each.find(*asks(each), work=work)) is not None
            ]
        except TooLong:
            votes, each = self.some(asks)
            odd = self.oddity(kind, each.tally(before, votes), each.tally(after, votes))
            yield attrs.evolve(odd, smallest=False)
            return
        if found:
            votes, each = min(found, key=lambda pair: _size(pair[0]))
            yield self.oddity(kind, each.tally(before, votes), each.tally(after, votes))

    def some(self, asks: Callable[[_Electorate], tuple[Formula, ...]]) -> tuple[tuple[int, ...], _Electorate]:
        """Any example, among those in which the heaviest vote for, the next against, and the next abstain.

        Raises:
            TooLong: when there is none among these.
        """
        kinds = len(self.members)
        # All sizes of those who take part are tried, since a quorum turns on one; the others in steps if need be.
        for_step, against_step = 1 + kinds**2 // (2 * _TRIES), 1 + kinds**3 // (6 * _TRIES)
        for each in self.electorates[:_TRIED]:
            hold = _in_runs(Every(asks(each)), each.numbers)
            for taking_part in range(kinds + 1):
                for first in range(0, taking_part + 1, for_step):
                    for second in range(first, taking_part + 1, against_step):
                        ends = (0, first, second, taking_part)
                        if hold(ends):
                            return _run(ends, each.numbers), each
        raise TooLong

    def unreachable(self) -> Iterator[Oddity]:
        """Nothing that all members together can do carries a motion."""
        choices = (*_VOTES, Figure.INVALID, *((Figure.SILENT,) if self.meeting else ()))
        everybody = _Electorate(self.rule, self.members, None, self.meeting, choices)
        all_for = [number if not place else 0 for number in everybody.numbers for place in range(len(choices))]
        passes = everybody.view(None).passes
        if not holds(passes, all_for) and everybody.find(passes) is None:
            yield self.oddity(OddityKind.UNREACHABLE, everybody.tally(None), everybody.tally(None, all_for))

    def no_show(self) -> Iterator[Oddity]:
        """One who stays away stops it, and by voting against carries it."""
        yield from self.smallest(
            OddityKind.NO_SHOW,
            self.electorates[0].away,
            Figure.AGAINST,
            lambda each: (each.view(each.away).fails, each.view(Figure.AGAINST).passes),
        )

    def leaving(self) -> Iterator[Oddity]:
        """One who is against stops it by leaving the meeting."""
        if self.meeting and self.rule.quorum is not None:
            yield from self.smallest(
                OddityKind.LEAVING,
                Figure.AGAINST,
                Figure.ABSENT,
                lambda each: (each.view(Figure.AGAINST).passes, opposite(each.view(Figure.ABSENT).enough)),
            )

    def abstaining(self) -> Iterator[Oddity]:
        """It would be carried if one person were out of the count; abstaining they stop it, as by voting against."""
        yield from self.smallest(
            OddityKind.ABSTAINING,
            Figure.RECUSED,
            Figure.ABSTAINING,
            lambda each: (
                each.view(Figure.RECUSED).passes,
                each.view(Figure.ABSTAINING).lost,
                each.view(Figure.AGAINST).lost,
            ),
        )

    def rounding(self) -> Iterator[Oddity]:
        """A threshold that is no whole number, and a count that comes out otherwise by the nearest whole one."""
        comparisons = dict.fromkeys((*_comparisons(self.rule.quorum), *_comparisons(self.rule.passage)))
        for comparison in comparisons:
            share = one_share(comparison.right)
            if (
                comparison.measure == HEADS
                and share is not None
                and share.figure in SHARED
                and share.times.denominator > 1
                and plain_figure(comparison.left) is not None
            ):
                some = self.electorates if len(self.members) <= _KINDS else self.electorates[:_TRIED]
                found = next((odd for each in some for odd in self._rounded(comparison, each)), None)
                if found is not None:
                    yield found

    def _rounded(self, comparison: Comparison, each: _Electorate) -> Iterator[Oddity]:
        share = one_share(comparison.right)
        assert share is not None  # it was looked for above
        whole = attrs.evolve(comparison.right, terms=[attrs.evolve(share, times=1)])
        views = {does: each.view(does) for does in (each.away, *_VOTES)}
        steps = [(Figure.AGAINST, Figure.FOR), (Figure.ABSTAINING, Figure.FOR), (each.away, Figure.AGAINST)]
        steps += [(each.away, Figure.ABSTAINING), (each.away, Figure.FOR)]
        # The smallest base with which something is carried: below it nothing can be decided otherwise.
        goal = asked_of(whole >= 0, each.tally(each.away), each.turns)
        assert isinstance(goal, Linear)  # a figure against a plain number
        row = [dict(goal.weights).get(place, 0) for place in range(len(each.turns))]
        most = [number for number in each.numbers for _ in _VOTES]
        found = least(Every((*each.limits, views[Figure.FOR].passes)), most, [row])
        if found is None:
            return
        first = max(1, goal.constant + sum([a * x for a, x in zip(row, found, strict=True)]))
        for size in range(first, first + _SOME_WAY * share.times.denominator):
            exact = share.times * size
            rounded = math.floor(exact + Fraction(1, 2))
            if exact.denominator == 1:
                continue
            plain = Comparison(comparison.left, comparison.sign, rounded)
            quorum = None if self.rule.quorum is None else _instead(self.rule.quorum, comparison, plain)
            passage = _instead(self.rule.passage, comparison, plain)
            for one, other in (*steps, *((there, here) for here, there in steps)):
                by_rounding = each.by(one, quorum, passage)
                start = each.tally(one)
                of_size = [asked_of(sized, start, each.turns) for sized in (whole >= size, whole <= size)]
                for asks in (
                    (views[one].fails, by_rounding.passes, views[other].passes),
                    (views[one].passes, by_rounding.fails, views[other].fails),
                ):
                    votes = each.find(*of_size, *asks)
                    if votes is not None:
                        odd = self.oddity(OddityKind.ROUNDING, each.tally(one, votes), each.tally(other, votes))
                        threshold = whole_or_exact(exact.numerator, exact.denominator)
                        yield attrs.evolve(odd, comparison=comparison, threshold=threshold, rounded=rounded)
                        return


def _size(votes: Sequence[int]) -> list[int]:
    """How many vote for, against, and abstain."""
    return [sum(votes[place :: len(_VOTES)]) for place in range(len(_VOTES))]


def _run(ends: Sequence[int], numbers: Sequence[int]) -> tuple[int, ...]:
    """The votes where each choice is made by all kinds from one end to the next."""
    return tuple(
        number if start <= place < end else 0
        for place, number in enumerate(numbers)
        for start, end in itertools.pairwise(ends)
    )


def _in_runs(formula: Formula, numbers: Sequence[int]) -> Callable[[Sequence[int]], bool]:
    """Whether a formula holds for votes given by such ends, worked out from sums that are made once."""
    if isinstance(formula, Linear):
        weights = dict(formula.weights)
        sums = [
            [
                0,
                *itertools.accumulate(
                    weights.get(len(_VOTES) * place + each, 0) * n for place, n in enumerate(numbers)
                ),
            ]
            for each in range(len(_VOTES))
        ]
        return lambda ends: (
            formula.constant + sum([sums[each][ends[each + 1]] - sums[each][ends[each]] for each in range(len(_VOTES))])
            >= 0
        )
    parts = [_in_runs(part, numbers) for part in formula.parts]
    decisive = not isinstance(formula, Every)
    return lambda ends: decisive is any(part(ends) is decisive for part in parts)


def _comparisons(condition: Condition | None) -> tuple[Comparison, ...]:
    return () if condition is None else condition.comparisons


def _instead(condition: Condition, old: Comparison, new: Comparison) -> Condition:
    """The condition with another comparison in the place of one."""
    if isinstance(condition, Comparison):
        return new if condition == old else condition
    kind = AllOf if isinstance(condition, AllOf) else AnyOf
    return kind([_instead(part, old, new) for part in condition.parts])
