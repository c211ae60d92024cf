"""Finding the oddities that a rule allows, each with a smallest example.

Which example is the smallest :class:`yizheng.rules.OddityKind` says. It is searched for among all that the members can do,
and held against the rule before it is handed out. Where that takes too long any example is looked for, and marked.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Protocol

import attrs

from yizheng.errors import InvalidValue
from yizheng.rules import judging, wording
from yizheng.rules.algebra import Amount, Comparison, Condition, Sign
from yizheng.rules.alike import Alike, alike
from yizheng.rules.apart import VOTES, Asked, AuditedRule, Electorate, Joined, Members, Multiples, View
from yizheng.rules.figures import HEADS, SHARED, Figure, Outcome
from yizheng.rules.naming import one_share, plain_figure
from yizheng.rules.numerals import whole_or_exact
from yizheng.rules.oddities import Audit, Oddity, OddityKind
from yizheng.rules.searching import Budget, Every, Formula, Linear, Some, TooLong, holds
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Term, Where

__all__ = ["audit"]

_WORK: Final = 6_000_000
"""How many weights are looked at in a whole audit; what is not decided with that is left undecided."""

_KINDS: Final = 12
"""Among so many kinds of members all examples are searched; among more, some are tried where nothing is plain at once."""

_TRIED: Final = 3
"""How many kinds of members are set apart in turn where only some examples are tried."""

_TRIES: Final = 20_000
"""About how many examples are tried with each of them."""


class _Rule(AuditedRule, wording.TellableRule, Protocol):
    pass


def audit(rule: _Rule, asked: tuple[Where, ...], roll: object) -> Audit:
    """The oddities of a rule in a vote of certain members; see :meth:`yizheng.rules.Rule.audit`."""
    kinds = alike(roll, rule.measures, rule.groups)
    # The heaviest first, in one order whatever that of the roll.
    members = tuple(sorted(kinds, key=lambda who: (sorted(who.weights.items()), sorted(who.groups)), reverse=True))
    if not members:
        raise InvalidValue("there are no members to audit the rule with; hand in a roll")
    budget = Budget(_WORK)
    search = _Search(rule, asked, members, budget)
    found, undecided = list[Oddity](), list[OddityKind]()
    looks = (
        (OddityKind.UNREACHABLE, search.unreachable),
        (OddityKind.NO_SHOW, search.no_show),
        (OddityKind.LEAVING, search.leaving),
        (OddityKind.ABSTAINING, search.abstaining),
        (OddityKind.ROUNDING, search.rounding),
    )
    for place, (kind, look) in enumerate(looks):
        try:
            with budget.part(len(looks) - place):
                found.extend(look())
        except TooLong:
            undecided.append(kind)
    return Audit(rule, tuple(found), tuple(undecided))


class _Search:
    """Looks for each kind of oddity."""

    def __init__(self, rule: _Rule, asked: tuple[Where, ...], kinds: tuple[Alike, ...], budget: Budget) -> None:
        figures = {figure for figure, _, _ in asked}
        self.rule, self.kinds, self.budget = rule, kinds, budget
        self.meeting = bool(figures & {Figure.PRESENT, Figure.ABSENT})
        self.members = Members(rule, kinds, VOTES, budget, meeting=self.meeting)
        self.electorates = tuple([Electorate(self.members, place) for place in range(len(kinds))])  # one of each kind

    def outcome(self, tally: Tally) -> Outcome:
        outcome, _, _ = judging.judged(self.rule.quorum, self.rule.passage, self.rule.support, tally)
        return outcome

    def oddity(self, kind: OddityKind, before: Tally, after: Tally) -> Oddity:
        return Oddity(kind, before, self.outcome(before), after, self.outcome(after))

    def smallest(
        self, kind: OddityKind, before: Figure, after: Figure, asks: Callable[[Electorate], tuple[Asked, ...]]
    ) -> Iterator[Oddity]:
        """The smallest example in which one person does this before and that after."""
        few = len(self.kinds) <= _KINDS
        try:
            with self.budget.part(2):
                found = [
                    (votes, each)
                    for each in self.electorates
                    if (votes := each.find(*asks(each), split=few)) is not None
                ]
        except TooLong:
            votes, each = self.some(asks)
            odd = self.oddity(kind, each.tally(before, votes), each.tally(after, votes))
            yield attrs.evolve(odd, smallest=False)
            return
        if found:
            votes, each = min(found, key=lambda pair: _size(pair[0]))
            yield self.oddity(kind, each.tally(before, votes), each.tally(after, votes))

    def some(self, asks: Callable[[Electorate], tuple[Asked, ...]]) -> tuple[tuple[int, ...], Electorate]:
        """Any example, among those in which the heaviest vote for, the next against, and the next abstain.

        Raises:
            TooLong: when there is none among these.
        """
        kinds = len(self.kinds)
        # All sizes of those who take part are tried, since a quorum turns on one; the others in steps if need be.
        for_step, against_step = 1 + kinds**2 // (2 * _TRIES), 1 + kinds**3 // (6 * _TRIES)
        for each in self.electorates[:_TRIED]:
            hold = _in_runs(Every(tuple([asked.held for asked in asks(each)])), each.numbers, self.budget)
            for taking_part in range(kinds + 1):
                for first in range(0, taking_part + 1, for_step):
                    for second in range(first, taking_part + 1, against_step):
                        ends = (0, first, second, taking_part)
                        if hold(ends):
                            return _run(ends, each.numbers), each
        raise TooLong

    def unreachable(self) -> Iterator[Oddity]:
        """Nothing that all members together can do carries a motion."""
        choices = (*VOTES, Figure.INVALID, *((Figure.SILENT,) if self.meeting else ()))
        everybody = Electorate(Members(self.rule, self.kinds, choices, self.budget, meeting=self.meeting), None)
        all_for = [number if not place else 0 for number in everybody.numbers for place in range(len(choices))]
        passes = everybody.view(None).passes
        if not holds(passes.held, all_for) and everybody.find(passes) is None:
            yield self.oddity(OddityKind.UNREACHABLE, everybody.tally(None), everybody.tally(None, all_for))

    def no_show(self) -> Iterator[Oddity]:
        """One who stays away stops it, and by voting against carries it."""
        yield from self.smallest(
            OddityKind.NO_SHOW,
            self.members.away,
            Figure.AGAINST,
            lambda each: (each.view(self.members.away).passes.opposite, each.view(Figure.AGAINST).passes),
        )

    def leaving(self) -> Iterator[Oddity]:
        """One who is against stops it by leaving the meeting."""
        if self.meeting and self.rule.quorum is not None:
            yield from self.smallest(
                OddityKind.LEAVING,
                Figure.AGAINST,
                Figure.ABSENT,
                lambda each: (*_apart(each.view(Figure.AGAINST)), each.view(Figure.ABSENT).enough.opposite),
            )

    def abstaining(self) -> Iterator[Oddity]:
        """It would be carried if one person were out of the count; abstaining they stop it, as by voting against."""
        yield from self.smallest(
            OddityKind.ABSTAINING,
            Figure.RECUSED,
            Figure.ABSTAINING,
            lambda each: (
                *_apart(each.view(Figure.RECUSED)),
                *_apart(each.view(Figure.ABSTAINING), lost=True),
                *_apart(each.view(Figure.AGAINST), lost=True),
            ),
        )

    def rounding(self) -> Iterator[Oddity]:
        """A threshold that is no whole number, and a count that comes out otherwise by the nearest whole one."""
        comparisons = [
            (comparison, share)
            for comparison in dict.fromkeys((*_comparisons(self.rule.quorum), *_comparisons(self.rule.passage)))
            if comparison.measure == HEADS
            and (share := one_share(comparison.right)) is not None
            and share.figure in SHARED
            and share.times.denominator > 1
            and plain_figure(comparison.left) is not None
        ]
        given_up = False
        for place, (comparison, share) in enumerate(comparisons):
            try:
                with self.budget.part(len(comparisons) - place):
                    yield from self._rounded(comparison, share)
            except TooLong:
                given_up = True
        if given_up:
            raise TooLong

    def _rounded(self, comparison: Comparison, share: Term) -> Iterator[Oddity]:
        everybody = Electorate(self.members, None)
        asks = self._decides(comparison, everybody)
        base = self._number(Amount([attrs.evolve(share, times=1)]), everybody)
        figure = self._number(comparison.left, everybody)
        heads, over = sum(everybody.numbers), share.times.denominator
        sizes = range(heads + 1) if base.weights else (base.constant,)
        at = list[Multiples]()
        # By how much it is rounded turns on nothing but what the base leaves over.
        for left in dict.fromkeys([size % over for size in sizes[:over]]):
            exact = share.times * left
            nearest = math.floor(exact + Fraction(1, 2))
            # The figure is a whole number: at least 2 2/3 asks for 3, and more than 2 1/3 does so as well.
            if nearest > exact if comparison.sign in {Sign.MORE_THAN, Sign.AT_MOST} else nearest < exact:
                at.append(Multiples(((base, over, left), (figure, share.times.numerator, nearest)), heads // over))
        smallest = True
        try:
            with self.budget.part(2):
                found = [votes for each in at if (votes := everybody.find(*asks, multiples=each)) is not None]
        except TooLong:
            smallest = False
            tried = (everybody.find(*asks, multiples=each, goals=[]) for each in at)
            found = list(itertools.islice((votes for votes in tried if votes is not None), 1))
        votes = min(found, key=_size, default=None)
        if votes is None:
            return
        before = everybody.tally(None, votes)
        try:
            after = self._other_way(everybody, votes)
        except TooLong:
            after = before  # the first count shows it by itself
        odd = self.oddity(OddityKind.ROUNDING, before, after)
        threshold = share.times * (base.constant + sum([weight * votes[place] for place, weight in base.weights]))
        yield attrs.evolve(
            odd,
            comparison=comparison,
            threshold=whole_or_exact(threshold.numerator, threshold.denominator),
            rounded=math.floor(threshold + Fraction(1, 2)),
            smallest=smallest,
        )

    def _decides(self, comparison: Comparison, everybody: Electorate) -> tuple[Asked, Asked]:
        """That it is carried where a comparison holds, and is not where that does not, all else being as it is."""
        ready = self.members.ready(comparison)
        held, fails = [everybody.view_with(None, (ready, Joined(kind, ()))).passes for kind in (Every, Some)]
        return held, fails.opposite

    @staticmethod
    def _number(amount: Amount, everybody: Electorate) -> Linear:
        number = everybody.asked(amount >= 0, None).held
        assert isinstance(number, Linear)  # an amount against a plain number
        return number

    def _other_way(self, everybody: Electorate, votes: Sequence[int]) -> Tally:
        """The count when one person does another thing and so turns the outcome; the same where nobody alone can do that."""
        carried, marks = holds(everybody.view(None).passes.held, votes), (*VOTES, self.members.away)
        for each in self.electorates:
            for then, now in itertools.permutations(marks, 2):
                self.budget.spend(len(votes))
                others = each.others(votes, now)
                if others is not None and holds(each.view(then).passes.held, others) is not carried:
                    return each.tally(then, others)
        return everybody.tally(None, votes)


def _apart(view: View, *, lost: bool = False) -> tuple[Asked, Asked]:
    """That there is a quorum, and that it is carried (or lost): each by itself, so that they can be held against others."""
    return view.enough, view.carried.opposite if lost else view.carried


def _size(votes: Sequence[int]) -> list[int]:
    """How many vote for, against, and abstain."""
    return [sum(votes[place :: len(VOTES)]) for place in range(len(VOTES))]


def _run(ends: Sequence[int], numbers: Sequence[int]) -> tuple[int, ...]:
    """The votes where each choice is made by all kinds from one end to the next."""
    return tuple(
        number if start <= place < end else 0
        for place, number in enumerate(numbers)
        for start, end in itertools.pairwise(ends)
    )


def _in_runs(formula: Formula, numbers: Sequence[int], budget: Budget) -> Callable[[Sequence[int]], bool]:
    """Whether a formula holds for votes given by such ends, worked out from sums that are made once."""
    if isinstance(formula, Linear):
        budget.spend(2 * len(VOTES) * len(numbers))
        weights = dict(formula.weights)
        sums = [
            [
                0,
                *itertools.accumulate(weights.get(len(VOTES) * place + each, 0) * n for place, n in enumerate(numbers)),
            ]
            for each in range(len(VOTES))
        ]

        def held(ends: Sequence[int]) -> bool:
            budget.spend(8)  # as long as it takes to look at so many weights
            found = [sums[each][ends[each + 1]] - sums[each][ends[each]] for each in range(len(VOTES))]
            return formula.constant + sum(found) >= 0

        return held
    parts = [_in_runs(part, numbers, budget) for part in formula.parts]
    decisive = not isinstance(formula, Every)
    return lambda ends: decisive is any(part(ends) is decisive for part in parts)


def _comparisons(condition: Condition | None) -> tuple[Comparison, ...]:
    return () if condition is None else condition.comparisons
