"""Rules, tallies and rulings made up by Hypothesis, as wide as the library takes them."""

from __future__ import annotations

import gc
import sys
import time
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue
from yizheng.rules import AllOf, Amount, AnyOf, Comparison, Figure, Rule, Sign, Tally, Term, stricter
from yizheng.text import Text
from yizheng.values import name

T = TypeVar("T")

_FORTY = 10**40 - 1


def _is_name(text: str) -> bool:
    try:
        return name(text) == text
    except InvalidValue:
        return False


NAMES = st.one_of(
    st.sampled_from(
        ["area", "women", "building-1", "old town", "业主", "it's", 'a "b"', "back\\slash", "and", "(", "x)", "é"]
    ),
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(_is_name),
)
"""Names of measures, groups and rules."""

NUMBERS = st.one_of(
    st.integers(-9, 9).map(Fraction),
    st.fractions(-100, 100, max_denominator=60),
    st.builds(Fraction, st.integers(-_FORTY, _FORTY), st.sampled_from([1, 2**20, 10**39, 3 * 10**38, _FORTY])),
)
"""Numbers small and as large as they come."""

MEASURES = st.one_of(st.just("heads"), NAMES)


@st.composite
def amounts(draw, measure: str, *, figures: int = 0) -> Amount:
    """Any sum of figures of one measure, of at least so many."""
    term = st.builds(Term, NUMBERS.filter(bool), st.sampled_from(Figure), st.just(measure), st.none() | NAMES)
    terms = draw(st.lists(term, min_size=figures, max_size=4, unique_by=lambda term: term.of))
    return Amount(terms, draw(st.just(Fraction()) | NUMBERS))


@st.composite
def comparisons(draw) -> Comparison:
    """Any comparison that can be made."""
    measure = draw(MEASURES)
    left, right = draw(amounts(measure, figures=1)), draw(amounts(measure))
    if not right.terms and 0 < right.constant < 1:
        right = -1 * right  # a part of one head is a share of nothing that is named
    return Comparison(left, draw(st.sampled_from(Sign)), right)


CONDITIONS = st.recursive(
    comparisons(),
    lambda parts: st.builds(
        lambda kind, joined: kind(joined), st.sampled_from([AllOf, AnyOf]), st.lists(parts, min_size=2, max_size=3)
    ),
    max_leaves=4,
)

_WORDS = st.sampled_from(["民法典", 'by-law "x"', "two\nlines\tand a tab", "\\", "é", "a = 1 # no comment", "'''"])
TEXTS = st.builds(Text, _WORDS, _WORDS)
_DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def citations(draw) -> Citation:
    """Any citation."""
    begin, end = draw(_DAYS), draw(_DAYS)
    if begin and end and end < begin:
        begin, end = end, begin
    return Citation(
        instrument=draw(TEXTS),
        article=draw(st.sampled_from(["", "278(7)", "第二十九条"])),
        in_force_from=begin,
        in_force_to=end,
        region=draw(st.none() | TEXTS),
        certainty=draw(st.sampled_from(Certainty)),
        note=draw(st.none() | TEXTS),
    )


SINGLE_RULES = st.builds(
    Rule,
    quorum=st.none() | CONDITIONS,
    passage=CONDITIONS,
    by_no_objection=st.booleans(),
    electorate=st.none() | NAMES,
    casting=st.none() | NAMES,
    citation=st.none() | citations(),
)


@st.composite
def joined_rules(draw) -> Rule:
    """A rule that joins two which can be in force together."""
    one = draw(SINGLE_RULES)
    other = attrs.evolve(draw(SINGLE_RULES), electorate=one.electorate, citation=one.citation)
    return stricter(one, other)


RULES = st.one_of(SINGLE_RULES, SINGLE_RULES, joined_rules())

MARKS = ("for", "against", "abstaining", "invalid", "silent", "recused", "absent")


@st.composite
def tallies(draw) -> Tally:
    """A complete count by heads and by area, of all and of one group."""
    presence = draw(st.booleans())

    def counted(most: dict[str, int] | None) -> dict[str, int]:
        marks = MARKS if presence else MARKS[:-1]
        return {mark: draw(st.integers(0, 5 if most is None else most[mark])) for mark in marks}

    heads = counted(None)
    group = counted(heads)
    weight = draw(st.sampled_from([Fraction(1), Fraction(1, 3), Fraction("89.60"), Fraction(10**20)]))
    return Tally.by_measure(
        presence=presence,
        issued=draw(st.none() | st.integers(0, 9)),
        returned=draw(st.none() | st.integers(0, 9)),
        electorate=draw(st.none() | st.just("persons")),
        heads=heads | {"among": {"women": group}},
        area={mark: weight * number for mark, number in heads.items()}
        | {"among": {"women": {mark: weight * number for mark, number in group.items()}}},
    )


def grows_evenly(act: Callable[[T], object], made: Callable[[int], T], *, small: int = 2**17) -> bool:
    """Whether eight times as much takes about eight times as long, and not sixty-four; of a text up to a megabyte.

    The time of this thread is taken, the least of three, and held against itself, so that a busy machine makes no
    difference. The collector of garbage is off meanwhile, since what it goes through is all that the tests before have
    left; and so is whoever traces, since Python adds to a text in place only where nobody looks on.
    """

    def taken(size: int) -> float:
        given = made(size)
        tracer = sys.gettrace()
        gc.disable()
        sys.settrace(None)
        try:
            began = time.thread_time()
            act(given)
            return time.thread_time() - began
        finally:
            sys.settrace(tracer)
            gc.enable()

    def least(size: int) -> float:
        return min(taken(size) for _ in range(3))

    few = least(small)
    return any(taken(8 * small) < 24 * few + 0.2 for _ in range(3))
