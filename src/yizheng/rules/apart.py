"""What a rule asks of how the others vote, while one member who is set apart does a certain thing.

Each comparison is worked out once for all members; what the one does only moves its constant.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, Protocol, TypeAlias

import attrs

from yizheng.rules.algebra import AllOf, Comparison, Condition
from yizheng.rules.alike import Alike, Turn, asked_of, counted_as
from yizheng.rules.amounts import ENTITLED, FOR
from yizheng.rules.figures import Figure
from yizheng.rules.searching import (
    Budget,
    Every,
    Formula,
    Linear,
    Some,
    TooLong,
    always,
    holds,
    least,
    opposite,
    weight_of,
)
from yizheng.rules.tally import Tally

__all__ = ["VOTES", "Asked", "AuditedRule", "Electorate", "Joined", "Members", "Multiples", "Ready", "View", "implies"]

_FEW: Final = 100_000
"""How many weights there may be in all that the members can do, for each way to be looked at by itself."""

VOTES: Final = (Figure.FOR, Figure.AGAINST, Figure.ABSTAINING)


class AuditedRule(Protocol):
    """A rule, as far as is looked at here."""

    @property
    def quorum(self) -> Condition | None: ...  # noqa: D102  # as in Rule
    @property
    def passage(self) -> Condition: ...  # noqa: D102
    @property
    def measures(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def groups(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def support(self) -> Figure: ...  # noqa: D102


@attrs.frozen
class Asked:
    """What is asked of how the others vote, and what holds exactly where that does not."""

    held: Formula
    fails: Formula

    @classmethod
    def every(cls, *parts: Asked) -> Asked:
        """That all of these hold."""
        return cls(Every(tuple([part.held for part in parts])), Some(tuple([part.fails for part in parts])))

    @property
    def opposite(self) -> Asked:
        """That it does not hold."""
        return Asked(self.fails, self.held)


def implies(one: Asked, other: Asked) -> bool:
    """Whether it is plain that the other holds wherever the one does: the same is asked, and each part of it no less."""
    return _no_less(one.held, other.held)


def _no_less(one: Formula, other: Formula) -> bool:
    if isinstance(one, Linear) or isinstance(other, Linear):
        return (
            isinstance(one, Linear)
            and isinstance(other, Linear)
            and one.weights is other.weights  # both were made from one comparison
            and one.constant <= other.constant
        )
    return (
        type(one) is type(other)
        and len(one.parts) == len(other.parts)
        and all(_no_less(part, counterpart) for part, counterpart in zip(one.parts, other.parts, strict=True))
    )


@attrs.frozen
class _Inequality:
    """An inequality; ``moves`` says by how much the constant moves when the one takes each turn."""

    constant: int
    weights: tuple[tuple[int, int], ...]
    turned: tuple[tuple[int, int], ...]
    moves: Mapping[int, int]


@attrs.frozen
class Joined:
    """Things asked, all of them or one of them; none at all always holds, or never does."""

    kind: type[Every | Some]
    parts: tuple[Ready, ...]


Ready: TypeAlias = _Inequality | Joined
"""What a condition asks, made ready for whatever the one does."""


@attrs.frozen
class View:
    """What a rule asks of how the others vote, while one person does a certain thing."""

    enough: Asked
    carried: Asked

    @cached_property
    def passes(self) -> Asked:
        """That there is a quorum, and that it is carried."""
        return Asked.every(self.enough, self.carried)


@attrs.frozen
class Multiples:
    """What numbers come to by how often they are counted up, all of them as often.

    Attributes:
        numbers: each number, as what is nought or more of the votes; by how much it grows each time; and where it begins.
        most: how often at the most.
    """

    numbers: tuple[tuple[Linear, int, int], ...]
    most: int

    def asked(self, place: int) -> tuple[Linear, ...]:
        """That each number comes to that; how often is the unknown at this place."""
        asked = list[Linear]()
        for number, step, begin in self.numbers:
            constant, weights = number.constant - begin, (*number.weights, (place, -step))
            asked += [
                Linear(constant, weights),
                Linear(-constant, tuple([(each, -weight) for each, weight in weights])),
            ]
        return tuple(asked)


class Members:
    """All members, what each of them may do, and what conditions ask of that.

    Args:
        rule: by which they vote.
        kinds: the members, put together by kind.
        meeting: whether who stays away is absent; otherwise such a person is silent.
        choices: what one who takes part may do.
        budget: what the work is taken from.
    """

    def __init__(
        self, rule: AuditedRule, kinds: tuple[Alike, ...], choices: tuple[Figure, ...], budget: Budget, *, meeting: bool
    ) -> None:
        self.rule, self.kinds, self.choices, self.budget, self.meeting = rule, kinds, choices, budget, meeting
        self.away = Figure.ABSENT if meeting else Figure.SILENT
        self.open = len(kinds) * len(choices)  # the turns of the one come after these, where there are others
        self._turns = [
            Turn(who, self.away, choice) for doing in (choices, (Figure.RECUSED,)) for who in kinds for choice in doing
        ]
        self._ready: dict[Comparison, Ready] = {}

    @cached_property
    def nobody(self) -> Tally:
        """The count in which all stay away."""
        return self.counted([(who, self.away, who.number) for who in self.kinds])

    def counted(self, marks: Sequence[tuple[Alike, Figure, int]]) -> Tally:
        """Count members by what they do."""
        return counted_as(marks, self.rule.measures, self.rule.groups, presence=self.meeting)

    def place(self, kind: int, does: Figure) -> int | None:
        """The turn that one of a kind takes; none for one who stays away."""
        if does is self.away:
            return None
        if does is Figure.RECUSED:
            return self.open + kind
        return len(self.choices) * kind + self.choices.index(does)

    def ready(self, condition: Condition) -> Ready:
        """What a condition asks; the same value for the same comparison."""
        if not isinstance(condition, Comparison):
            kind = Every if isinstance(condition, AllOf) else Some
            return Joined(kind, tuple([self.ready(part) for part in condition.parts]))
        if condition not in self._ready:
            self.budget.spend(2 * len(self._turns))
            self._ready[condition] = self._made(asked_of(condition, self.nobody, self._turns))
        return self._ready[condition]

    def _made(self, formula: Formula) -> Ready:
        if not isinstance(formula, Linear):
            return Joined(type(formula), tuple([self._made(part) for part in formula.parts]))
        weights = tuple([each for each in formula.weights if each[0] < self.open])
        turned = tuple([(place, -weight) for place, weight in weights])
        return _Inequality(formula.constant, weights, turned, dict(formula.weights))

    def asked(self, ready: Ready, place: int | None, instead: tuple[Ready, Ready] | None = None) -> Asked:
        """What is asked of the others when the one takes a turn; ``instead`` puts one thing asked in another's place."""
        if instead is not None and ready is instead[0]:
            ready = instead[1]
        if isinstance(ready, _Inequality):
            self.budget.spend(8)  # as long as it takes to look at so many weights
            constant = ready.constant if place is None else ready.constant + ready.moves.get(place, 0)
            return Asked(Linear(constant, ready.weights), Linear(-constant - 1, ready.turned))
        parts = [self.asked(part, place, instead) for part in ready.parts]
        held, fails = tuple([part.held for part in parts]), tuple([part.fails for part in parts])
        return Asked(Every(held), Some(fails)) if ready.kind is Every else Asked(Some(held), Every(fails))

    @cached_property
    def limits(self) -> tuple[Linear, ...]:
        """Nobody does two things."""
        return tuple([self.limit(place, who.number) for place, who in enumerate(self.kinds)])

    def limit(self, kind: int, number: int) -> Linear:
        """Of one kind no more than so many do anything."""
        step = len(self.choices)
        return Linear(number, tuple([(step * kind + each, -1) for each in range(step)]))

    @cached_property
    def goals(self) -> list[list[int]]:
        """As few as possible make the first choice, then the second, and so on."""
        step = len(self.choices)
        return [[int(place % step == each) for place in range(self.open)] for each in range(step)]

    @cached_property
    def conditions(self) -> tuple[Ready | None, Ready, Ready]:
        """What the quorum asks, what the passage asks, and that there is support."""
        support = (ENTITLED if self.rule.support is Figure.ENTITLED else FOR) >= 1
        quorum = None if self.rule.quorum is None else self.ready(self.rule.quorum)
        return quorum, self.ready(self.rule.passage), self.ready(support)


class Electorate:
    """The members, one of whom may be set apart to do one thing; ``apart`` is of which kind."""

    def __init__(self, members: Members, apart: int | None) -> None:
        self.members, self.apart = members, apart
        self._views: dict[Figure | None, View] = {}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """How many others there are of each kind."""
        return tuple([who.number - (place == self.apart) for place, who in enumerate(self.members.kinds)])

    def tally(self, does: Figure | None, votes: Sequence[int] | None = None) -> Tally:
        """The count in which the one does this, and the others vote so; left out, they stay away."""
        members, marks = self.members, list[tuple[Alike, Figure, int]]()
        step = len(members.choices)
        for place, (who, number) in enumerate(zip(members.kinds, self.numbers, strict=True)):
            here = [0] * step if votes is None else votes[step * place : step * (place + 1)]
            marks += [(who, choice, each) for choice, each in zip(members.choices, here, strict=True)]
            marks.append((who, members.away, number - sum(here)))
            if place == self.apart and does is not None:
                marks.append((who, does, 1))
        return members.counted(marks)

    def asked(self, condition: Condition, does: Figure | None) -> Asked:
        """What a condition asks of the others while the one does this."""
        return self.members.asked(self.members.ready(condition), self._place(does))

    def view(self, does: Figure | None) -> View:
        """What the rule asks of the others while the one does this."""
        if does not in self._views:
            self._views[does] = self.view_with(does, None)
        return self._views[does]

    def view_with(self, does: Figure | None, instead: tuple[Ready, Ready] | None) -> View:
        """The same with one comparison in another's place."""
        quorum, passage, support = self.members.conditions
        ask, place = self.members.asked, self._place(does)
        enough = Asked(always, opposite(always)) if quorum is None else ask(quorum, place, instead)
        return View(enough, Asked.every(ask(passage, place, instead), ask(support, place)))

    def _place(self, does: Figure | None) -> int | None:
        return None if self.apart is None or does is None else self.members.place(self.apart, does)

    def others(self, votes: Sequence[int], does: Figure) -> tuple[int, ...] | None:
        """How the others vote, when all vote so and the one does this; ``None`` where nobody of that kind does."""
        assert self.apart is not None
        place = self._place(does)
        others = tuple([number - (each == place) for each, number in enumerate(votes)])
        limit = self.members.limit(self.apart, self.numbers[self.apart])
        return others if min(others) >= 0 and holds(limit, others) else None

    def find(
        self,
        *asked: Asked,
        multiples: Multiples | None = None,
        goals: list[list[int]] | None = None,
        split: bool = True,
    ) -> tuple[int, ...] | None:
        """How the others vote, as few as possible (or by other goals as little), so that all of this holds.

        Raises:
            TooLong: when that was not found out with the work that may be done, or without ``split`` by narrowing alone.
        """
        if any(implies(one, other.opposite) for one in asked for other in asked):
            return None
        members = self.members
        members.budget.spend(len(members.kinds))
        limits = [*members.limits]
        if self.apart is not None:
            limits[self.apart] = members.limit(self.apart, self.numbers[self.apart])
        most = [number for number in self.numbers for _ in members.choices]
        goals = members.goals if goals is None else goals
        if multiples is not None:
            limits += multiples.asked(members.open)
            most.append(multiples.most)
            goals = [[*goal, 0] for goal in goals]
        every = Every((*limits, *[each.held for each in asked]))
        found = self._least(every, most, goals, split=split)
        return None if found is None else found[: members.open]

    def _least(self, every: Every, most: list[int], goals: list[list[int]], *, split: bool) -> tuple[int, ...] | None:
        """The same; where those are few, the search takes no more work than to look at all that they can do."""
        budget, step = self.members.budget, len(self.members.choices)
        ways = [math.comb(number + step, step) for number in self.numbers]
        work = math.prod([*ways, *[each + 1 for each in most[self.members.open :]]]) * weight_of(every)
        if work > _FEW:
            return least(every, most, goals, budget=budget, split=split)
        budget.spend(work)  # as much for the search, and as much again where that does not do
        try:
            return least(every, most, goals, budget=Budget(work))
        except TooLong:
            budget.spend(work)
        votes = [
            [each for each in itertools.product(range(number + 1), repeat=step) if sum(each) <= number]
            for number in self.numbers
        ]
        others = itertools.product(
            *votes, *[[(each,) for each in range(high + 1)] for high in most[self.members.open :]]
        )
        points = [point for way in others if holds(every, point := tuple(itertools.chain(*way)))]
        return min(
            points,
            key=lambda point: [sum([a * x for a, x in zip(goal, point, strict=True)]) for goal in goals],
            default=None,
        )
