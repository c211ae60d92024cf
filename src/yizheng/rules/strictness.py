"""The stricter of two rules or periods: what satisfies both, with both shown.

A by-law may ask for more than the law, or for less; either way a vote that satisfies the law and the by-law satisfies
what is made here, and nothing else does.
"""

from __future__ import annotations

from datetime import date
from typing import overload

import attrs

from yizheng.calendar import PLAIN_DAYS, Calendar, Period, Unit
from yizheng.citation import Citation, together
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules.algebra import AllOf, Amount, AnyOf, Comparison, Condition, Sign
from yizheng.rules.figures import HEADS
from yizheng.rules.joining import both, one_electorate, shared
from yizheng.rules.ordering import implies
from yizheng.rules.rule import Rule
from yizheng.text import Language
from yizheng.values import all_of

__all__ = ["LongerPeriod", "asks_no_less", "never_shorter", "stricter", "told"]

_MONTHS: dict[Unit, int] = {Unit.MONTHS: 1, Unit.YEARS: 12}
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31


@overload
def stricter(one: Rule, other: Rule) -> Rule: ...
@overload
def stricter(one: Period | LongerPeriod, other: Period | LongerPeriod) -> LongerPeriod: ...
def stricter(one: Rule | Period | LongerPeriod, other: Rule | Period | LongerPeriod) -> Rule | LongerPeriod:
    """What satisfies both: of two rules every condition of each, of two periods the one that ends later.

    A rule made so keeps the two under ``joined``, and names both when it is explained. It needs a vote in favour unless
    both do without, and knows a casting vote only where both give it to the same. Its citation names both, is in force
    while both are, and is no surer than the less sure of them; ``sources`` has each with its own days.

    Example:
        >>> from yizheng.rules import stricter
        >>> law = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT)
        >>> by_law = Rule(quorum=PRESENT > Fraction(1, 2) * ENTITLED, passage=FOR > Fraction(1, 2) * ENTITLED)
        >>> stricter(law, by_law).judge(Tally.of(entitled=30, present=22, for_=12, against=10)).outcome
        <Outcome.LOST: 'lost'>

    Raises:
        InvalidType: when they are not two rules or two periods.
        InvalidValue: when the rules count different electorates, or are never in force on the same day.
    """
    if isinstance(one, Rule) and isinstance(other, Rule):
        return _rule(one, other)
    if isinstance(one, Period | LongerPeriod) and isinstance(other, Period | LongerPeriod):
        return LongerPeriod((*_periods(one), *_periods(other)))
    raise InvalidType(
        f"stricter joins two rules or two periods, not {type(one).__name__} and {type(other).__name__}; give two of a kind"
    )


def _rule(one: Rule, other: Rule) -> Rule:
    rules = tuple(dict.fromkeys((*(one.joined or (one,)), *(other.joined or (other,)))))
    if len(rules) == 1:
        return one
    passage = both([rule.passage for rule in rules])
    assert passage is not None  # every rule has one
    return Rule(
        quorum=both([rule.quorum for rule in rules]),
        passage=passage,
        by_no_objection=all(rule.by_no_objection for rule in rules),
        electorate=one_electorate([rule.electorate for rule in rules]),
        casting=shared([rule.casting for rule in rules]),
        citation=_citation([rule.citation for rule in rules]),
        joined=rules,
    )


def _citation(citations: list[Citation | None]) -> Citation | None:
    given = list(dict.fromkeys(citation for citation in citations if citation is not None))
    if None in citations:
        return None
    if len(given) == 1:
        return given[0]
    start = max([each.in_force_from for each in given if each.in_force_from is not None], default=None)
    end = min([each.in_force_to for each in given if each.in_force_to is not None], default=None)
    if start is not None and end is not None and end < start:
        raise InvalidValue(f"one rule ends on {end}, before another begins on {start}; join editions of the same day")
    return together(given, since=start, until=end)


def asks_no_less(one: Rule, other: Rule) -> bool:
    """Whether whatever the one carries the other carries too.

    A quorum and a majority are taken together: who asks that two thirds of all vote in favour asks for their presence as
    well. ``False`` also where that could not be settled.
    """
    if other.electorate is not None and one.electorate not in {None, other.electorate}:
        return False
    if (one.by_no_objection and not other.by_no_objection) or one.casting not in {None, other.casting}:
        return False
    asked = both([other.quorum, other.passage])
    return implies(both([one.quorum, one.passage]), None if asked is None else _in_whole_heads(asked), one.support)


def _in_whole_heads(condition: Condition) -> Condition:
    """The same, as :func:`implies` sees it, which knows no whole numbers: at least one head is more than none."""
    if isinstance(condition, AllOf | AnyOf):
        return type(condition)(tuple(map(_in_whole_heads, condition.parts)))
    if not isinstance(condition, Comparison):
        return condition
    left, bound = condition.left, condition.right.constant - condition.left.constant
    whole = all(term.times.denominator == 1 for term in left.terms) and bound.denominator == 1 and bound > 0
    if condition.sign is not Sign.AT_LEAST or condition.measure != HEADS or condition.right.terms or not whole:
        return condition
    return Comparison(Amount(left.terms), Sign.MORE_THAN, Amount((), bound - 1))


def _periods(value: Period | LongerPeriod) -> tuple[Period, ...]:
    return (value,) if isinstance(value, Period) else value.periods


def _as_periods(value: object) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(all_of(Period, value, "periods")))


@attrs.frozen
class LongerPeriod:
    """Several periods that must all be over, such as that of the law and that of a by-law.

    Attributes:
        periods: each of them, once.
    """

    periods: tuple[Period, ...] = attrs.field(converter=_as_periods)

    def __attrs_post_init__(self) -> None:
        if not self.periods:
            raise InvalidValue("no period was given; give one or more")

    @property
    def governing(self) -> Period | None:
        """The one that never ends before the others, whenever it begins; ``None`` where that depends on the day.

        A stage takes this one.
        """
        longest = [each for each in self.periods if all(never_shorter(each, other) for other in self.periods)]
        return longest[0] if longest else None

    def last_day(self, start: date, calendar: Calendar = PLAIN_DAYS) -> date:
        """The last day on which one of them is still running; see :meth:`yizheng.calendar.Period.last_day`.

        Raises:
            InvalidValue: as there.
        """
        return max(each.last_day(start, calendar) for each in self.periods)

    def clear_days_between(self, notice: date, event: date, calendar: Calendar = PLAIN_DAYS) -> bool:
        """Whether all of them lie between a notice and what it announces, counting neither day."""
        return all(each.clear_days_between(notice, event, calendar) for each in self.periods)

    def explain(self, language: Language) -> str:
        """All of them, each with its source, the governing one first.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        governing = self.governing
        ordered = sorted(self.periods, key=lambda each: each != governing)
        words = [told(each, language) for each in ordered]
        if language == "zh":
            return f"从严，取较长者：{'；'.join(words)}"
        return f"the longer of: {'; '.join(words)}"


def told(period: Period, language: Language) -> str:
    """A period with its source."""
    words = period.explain(language)
    if period.citation is None:
        return words
    source = period.citation.explain(language)
    return f"{words}（{source}）" if language == "zh" else f"{words} ({source})"


def never_shorter(one: Period, other: Period) -> bool:
    """Whether a period ends on the day of the other or later, on whatever day and by whatever calendar both begin."""
    if one == other or not other.length:
        return True
    if one.unit is other.unit:
        return one.length >= other.length
    if one.unit in _MONTHS and other.unit in _MONTHS:
        return one.length * _MONTHS[one.unit] >= other.length * _MONTHS[other.unit]
    if one.unit is Unit.WORKING_DAYS and other.unit is Unit.DAYS:
        return one.length >= other.length
    if one.unit in _MONTHS and other.unit is Unit.DAYS:
        return _SHORTEST_MONTH * one.length * _MONTHS[one.unit] >= other.length
    if one.unit is Unit.DAYS and other.unit in _MONTHS:
        return one.length >= _LONGEST_MONTH * other.length * _MONTHS[other.unit]
    return False
