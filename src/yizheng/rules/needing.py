"""What it still takes to carry a motion: the fewest further votes in favour, and further people present.

Two things may still move: who has not voted may vote in favour, and who is absent may come (and then vote, or not). All
other marks stay as they were counted. Where the count says who is still out (by heads alone, with one group at most) or
the members are handed in, the answer is exact; where only the totals of weights, or of several groups, are known, it is
a bound below which nothing is enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, Protocol

import attrs

from yizheng.errors import InvalidValue
from yizheng.rules import casting, judging, wording
from yizheng.rules.algebra import AllOf, Condition
from yizheng.rules.alike import Alike, Turn, Voter, alike, asked_of, fits, out_by_totals
from yizheng.rules.amounts import ENTITLED, FOR
from yizheng.rules.figures import HEADS, Choice, Figure, Outcome
from yizheng.rules.flooring import floors
from yizheng.rules.naming import said_count, with_unit
from yizheng.rules.numerals import Number, whole_or_exact
from yizheng.rules.searching import Every, Formula, Linear, TooLong, least
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Where
from yizheng.text import Language, Text
from yizheng.values import FrozenMap, names, several

__all__ = ["Needed", "Needs", "needs"]

_HERE: Final = (Figure.PRESENT, Figure.SILENT, Figure.ABSENT)
"""The figures that tell those who came from those who did not."""


class _Rule(wording.TellableRule, Protocol):
    @property
    def measures(self) -> frozenset[str]: ...
    @property
    def groups(self) -> frozenset[str]: ...
    @property
    def support(self) -> Figure: ...


@attrs.frozen
class Needed:
    """What must come on top in one measure, at the least.

    Attributes:
        votes: further votes in favour, in the unit of the measure.
        present: further people present (those who come in order to vote among them); nought where the rule does not
            ask who is present.
        votes_is_bound: so much itself is not enough, and any that is more may be.
        present_is_bound: likewise.
    """

    votes: Number
    present: Number = 0
    votes_is_bound: bool = False
    present_is_bound: bool = False


@attrs.frozen
class Needs:
    """What it still takes to carry a motion.

    Attributes:
        rule: by which it is judged.
        tally: the count so far.
        carried: it is carried as it stands.
        possible: further votes in favour and further people present may carry it; ``False`` where it was shown that
            they cannot.
        exact: the figures are both enough and the least; if not, they are bounds worked out from totals alone: with
            less it is not carried, and whether so much is enough depends on who votes.
        ways: by heads: the way with the fewest further votes, and, where another way needs fewer people to come, the
            one that needs the fewest; none where nothing helps.
        by: for each further measure the least in that measure, taken by itself.
        obstacles: the conditions that cannot be met whatever happens; where it is impossible and there are none, each
            could be met, but not all together.
        casting: the office whose casting vote, which was not given, would decide where for and against come out equal,
            as they do already or as further votes in favour may make them; ``None`` where nobody has one, or it could
            decide nothing. The other answers count on no casting vote: where it is not ``possible``, this may be the
            one way left.
    """

    rule: wording.TellableRule
    tally: Tally
    carried: bool
    possible: bool
    exact: bool
    ways: tuple[Needed, ...]
    by: FrozenMap[str, Needed] = attrs.field(default=FrozenMap[str, Needed]())
    obstacles: tuple[Condition, ...] = attrs.field(default=())
    casting: str | None = None

    @property
    def votes(self) -> Number | None:
        """The fewest further votes in favour, by heads; ``None`` where no number helps."""
        return self.ways[0].votes if self.ways else None

    @property
    def present(self) -> Number | None:
        """The fewest further people present, by heads; ``None`` where no number helps."""
        return self.ways[-1].present if self.ways else None

    def explain(self, language: Language) -> str:
        """The answer in words.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        if self.carried:
            return _CARRIED.say(language)
        by_casting = "" if self.casting is None else _BY_CASTING.say(language).format(self.casting)
        if not self.possible:
            return _IMPOSSIBLE.say(language).format(_SEMICOLON.say(language).join(self._why(language))) + by_casting
        told = _OR.say(language).join(_said(way, HEADS, language) for way in self.ways)
        further = [_said(needed, measure, language) for measure, needed in self.by.items() if _asks(needed)]
        words = _SEMICOLON.say(language).join([told, *further])
        return _NEEDED.say(language).format(words) + ("" if self.exact else _ONLY_A_BOUND.say(language)) + by_casting

    def _why(self, language: Language) -> Iterator[str]:
        if judging.void(self.tally):
            yield _VOID.say(language)
        elif self.obstacles:
            for condition in self.obstacles:
                yield _OUT_OF_REACH.say(language).format(wording.condition_in_words(condition, language))
        else:
            yield _NOT_TOGETHER.say(language)


_CARRIED: Final = Text(
    "按现有计票，若此刻结束表决即为通过。", "As counted so far it would be carried, if the vote closed now."
)
_NEEDED: Final = Text("最少还需：{}。", "Still needed, at the fewest: {}.")
_COMMA: Final = Text("，", ", ")
_SEMICOLON: Final = Text("；", "; ")
_OR: Final = Text("，或", ", or ")
_MORE_THAN: Final = Text("超过 {}", "more than {}")
_ONLY_A_BOUND: Final = Text(
    "以上按总数推算：再少一定不够，是否足够要看由谁投票。",
    " Worked out from totals: less is never enough, and whether so much is depends on who votes.",
)
_IMPOSSIBLE: Final = Text(
    "即使其余的人都到会并投赞成票，也不能通过：{}。",
    "No further votes in favour and no further people present can carry it: {}.",
)
_OUT_OF_REACH: Final = Text("“{}”已不可能", "“{}” is out of reach")
_NOT_TOGETHER: Final = Text("各项条件不能同时满足", "the conditions cannot all be met together")
_BY_CASTING: Final = Text(
    "若赞成与反对相等，由「{}」的决定票决定。", ' If for and against are equal, the casting vote of "{}" decides.'
)
_VOID: Final = Text("收回选票多于发出选票，表决无效", "more ballots came back than were issued, and the vote is void")


def _asks(needed: Needed) -> bool:
    return bool(needed.votes or needed.present or needed.votes_is_bound or needed.present_is_bound)


def _said(needed: Needed, measure: str, language: Language) -> str:
    words = list[str]()
    for figure, number, bound in (
        (Figure.FOR, needed.votes, needed.votes_is_bound),
        (Figure.PRESENT, needed.present, needed.present_is_bound),
    ):
        if number or bound:
            said = with_unit(number, measure, language)
            said = _MORE_THAN.say(language).format(said) if bound else said
            between = "" if bound and language == "zh" else " "
            words.append(said_count((figure, measure, None), language) + between + said)
    return _COMMA.say(language).join(words)


def needs(
    rule: _Rule, asked: tuple[Where, ...], tally: Tally, outstanding: object, present: Iterable[str] | None
) -> Needs:
    """What it still takes, for a tally that fits the rule; see :meth:`yizheng.rules.Rule.needs`."""
    InvalidValue.raise_all(tally.gaps(asked))
    if judging.void(tally):
        return Needs(rule, tally, carried=False, possible=False, exact=True, ways=())
    outcome, _, _ = judging.judged(rule.quorum, rule.passage, rule.support, tally)
    if tally.casting is Choice.FOR and casting.equal(tally) and casting.lost_by_tie(rule.passage, tally, outcome):
        outcome = Outcome.CARRIED
    others = sorted(rule.measures - {HEADS})
    if outcome is Outcome.CARRIED:
        by = FrozenMap({measure: Needed(0) for measure in others})
        return Needs(rule, tally, carried=True, possible=True, exact=True, ways=(Needed(0),), by=by)
    apart = tally.presence and any(figure in _HERE for figure, _, _ in asked)
    out = _out(asked, tally, apart=apart)
    if outstanding is None:
        found = out_by_totals(asked, {group: (int(s), int(a)) for (m, group), (s, a) in out.items() if m == HEADS})
    else:
        members = several(outstanding, "outstanding")
        found = alike(members, rule.measures, rule.groups, _present(tally, members, present, apart=apart))
        fits(found, {where: _by_mark(*each, apart=apart) for where, each in out.items()})

    def worked_out(asks_for: tuple[Condition, ...]) -> Needs:
        if found is not None:
            try:
                return _searched(rule, asks_for, tally, found, others)
            except TooLong:
                pass
        return _bounded(rule, asks_for, tally, out, others)

    needed = worked_out(_asks_for(rule))
    if rule.casting is None or tally.casting is not None or tally.heads(Figure.AGAINST) is None:
        return needed
    if not worked_out(_asks_for_tie(rule)).possible:
        return needed
    return attrs.evolve(needed, casting=rule.casting)


def _out(
    asked_for: tuple[Where, ...], tally: Tally, *, apart: bool
) -> dict[tuple[str, str | None], tuple[Fraction, Fraction]]:
    """What is silent and what is absent, by measure and group; all silent where the rule does not tell them apart."""
    wheres = dict.fromkeys((measure, group) for _, measure, group in (*asked_for, (Figure.FOR, HEADS, None)))
    wheres |= dict.fromkeys((HEADS, group) for _, group in wheres)
    wheres |= dict.fromkeys((measure, None) for measure, _ in wheres)
    asked = (Figure.SILENT, Figure.ABSENT) if apart else (Figure.ENTITLED, Figure.CAST)
    InvalidValue.raise_all(tally.gaps([(figure, *where) for where in wheres for figure in asked]))
    found = dict[tuple[str, str | None], tuple[Fraction, Fraction]]()
    for measure, group in wheres:
        measured = tally.measured(measure)
        one, other = (Fraction(measured.known[group][figure], measured.scale) for figure in asked)
        found[measure, group] = (one, other) if apart else (one - other, Fraction())
    return found


def _present(
    tally: Tally, members: tuple[object, ...], present: Iterable[str] | None, *, apart: bool
) -> frozenset[str]:
    """The ids of those who are out and present; all of them where the rule does not tell the present from the absent."""
    if apart and present is not None:
        return names(present)
    if apart and tally.heads(Figure.ABSENT):
        if tally.heads(Figure.SILENT):
            raise InvalidValue(
                "some of those who have not voted are present and some absent; say present=[…], with their ids"
            )
        return frozenset()
    return frozenset(each.id for each in members if isinstance(each, Voter))


def _by_mark(silent: Fraction, absent: Fraction, *, apart: bool) -> dict[str, tuple[Fraction, Callable[[Alike], int]]]:
    if not apart:
        return {"still out": (silent, lambda who: who.number)}
    return {"silent": (silent, lambda who: who.silent), "absent": (absent, lambda who: who.number - who.silent)}


def _asks_for(rule: _Rule) -> tuple[Condition, ...]:
    """Every condition that must hold, and a vote in favour (or somebody who could object)."""
    support = (ENTITLED if rule.support is Figure.ENTITLED else FOR) >= 1
    return (*_parts(rule.quorum), *_parts(rule.passage), support)


def _asks_for_tie(rule: _Rule) -> tuple[Condition, ...]:
    """Every condition that must hold where a casting vote is to decide."""
    tie = [part for condition in casting.tied(rule.passage) for part in _parts(condition)]
    return (*_parts(rule.quorum), *tie, FOR >= 1)


def _parts(condition: Condition | None) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, AllOf) else () if condition is None else (condition,)


def _searched(
    rule: _Rule, asks_for: tuple[Condition, ...], tally: Tally, kinds: tuple[Alike, ...], others: list[str]
) -> Needs:
    turns = [Turn(who, Figure.SILENT, Figure.FOR) for who in kinds] + [
        Turn(who, Figure.ABSENT, Figure.SILENT) for who in kinds
    ]
    voting, coming = range(len(kinds)), range(len(kinds), 2 * len(kinds))
    most = [who.number for who in kinds] + [who.number - who.silent for who in kinds]

    def only(*weights: tuple[int, int]) -> tuple[int, ...]:
        row = [0] * len(turns)
        for place, weight in weights:
            row[place] = weight
        return tuple(row)

    # Whoever votes is present: of those who vote in favour, all but the silent came for it.
    limits: list[Formula] = [
        Linear(who.silent, ((coming[place], 1), (voting[place], -1))) for place, who in enumerate(kinds)
    ]
    if tally.issued is not None and tally.returned is not None:
        limits.append(Linear(tally.issued - tally.returned, tuple((place, -1) for place in voting)))
    asked = {id(condition): asked_of(condition, tally, turns) for condition in asks_for}

    def fewest(measure: str, *, coming_first: bool = False) -> Needed | None:
        scale = math.lcm(*(who.weighs(measure).denominator for who in kinds))
        whole = [(who.weighs(measure) * scale).numerator for who in kinds]
        goals = [only(*zip(voting, whole, strict=True)), only(*zip(coming, whole, strict=True))]
        found = least(Every((*limits, *asked.values())), most, goals[::-1] if coming_first else goals)
        if found is None:
            return None
        votes, here = (sum(a * x for a, x in zip(goal, found, strict=True)) for goal in goals)
        return Needed(whole_or_exact(votes, scale), whole_or_exact(here, scale))

    first, second = fewest(HEADS), fewest(HEADS, coming_first=True)
    if first is None or second is None:
        obstacles = tuple(each for each in asks_for if _never(Every((*limits, asked[id(each)])), most))
        return Needs(rule, tally, carried=False, possible=False, exact=True, ways=(), obstacles=obstacles)
    by = {measure: needed for measure in others if (needed := fewest(measure)) is not None}
    ways = tuple(dict.fromkeys((first, second)))
    return Needs(rule, tally, carried=False, possible=True, exact=True, ways=ways, by=FrozenMap(by))


def _never(formula: Formula, most: list[int]) -> bool:
    """Whether a formula was shown to hold for no numbers."""
    try:
        return least(formula, most) is None
    except TooLong:
        return False


def _bounded(
    rule: _Rule,
    asks_for: tuple[Condition, ...],
    tally: Tally,
    out: Mapping[tuple[str, str | None], tuple[Fraction, Fraction]],
    others: list[str],
) -> Needs:
    found = floors(asks_for, tally, out)
    if found is None:
        obstacles = tuple(each for each in asks_for if floors((each,), tally, out) is None)
        return Needs(rule, tally, carried=False, possible=False, exact=True, ways=(), obstacles=obstacles)

    def needed(measure: str) -> Needed:
        votes, here = found[measure, None, Figure.FOR], found[measure, None, Figure.PRESENT]
        return Needed(
            whole_or_exact(votes.least.numerator, votes.least.denominator),
            whole_or_exact(here.least.numerator, here.least.denominator),
            votes.is_bound,
            here.is_bound,
        )

    by = FrozenMap({measure: needed(measure) for measure in others})
    return Needs(rule, tally, carried=False, possible=True, exact=False, ways=(needed(HEADS),), by=by)
