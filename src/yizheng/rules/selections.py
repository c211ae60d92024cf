"""Selections: what came of a question with several options, and the question that a run-off or another vote puts next."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules import announcing
from yizheng.rules.boxes import Box
from yizheng.rules.figures import HEADS, Figure, Outcome
from yizheng.rules.numerals import Number
from yizheng.rules.questions import Question
from yizheng.rules.ranking import Places, Ranks, filled, leading, ranked
from yizheng.rules.rule import Rule, Ruling
from yizheng.rules.tally import Tally
from yizheng.rules.ties import OWN, Lot, Step
from yizheng.text import Language
from yizheng.values import FrozenMap, keyed
from yizheng.values.doors import instance_of, one, optional_instance_of

__all__ = ["Result", "Selection", "runoff"]


class Result(enum.StrEnum):
    """What a question with several options can come to."""

    CHOSEN = "chosen"
    """At least one option is chosen, and nothing more is to come."""
    NONE = "none"
    """No option is chosen."""
    TIE = "tie"
    """Options are tied for the last seats. Those who are surely in are chosen all the same."""
    RUNOFF = "runoff"
    """Too few satisfy the rule, and a run-off is to fill the other seats."""
    INQUORATE = "inquorate"
    VOID = "void"


def _tallies(values: Mapping[str, Tally]) -> FrozenMap[str, Tally]:
    taken = keyed(values, "tallies")
    if wrong := sorted(option for option, tally in taken.items() if not isinstance(tally, Tally)):
        raise InvalidType(f"the count of {', '.join(wrong)} is no Tally; write Tally.of(entitled=30, for_=12, …)")
    return FrozenMap({option: taken[option] for option in sorted(taken)})


_UNDECIDED: Final[dict[str, Any]] = {
    "chosen": frozenset(),
    "tied": frozenset(),
    "advancing": frozenset(),
    "out": frozenset(),
    "open_seats": 0,
    "vacant_seats": 0,
    "rejected": False,
}


@attrs.frozen
class Selection:
    """What a question makes of its tallies. It is always worked out: give the question, a tally for each box, and the lot.

    Seats are filled from the top by the number that the question ranks by, with the options that satisfy its rule. A tie
    at the edge fills no seat by order, by name or by chance.

    Attributes:
        question: what was asked.
        tallies: the count of each option, and of "none of these" under ``"none"`` where that stands on the ballot.
        lot: the lot drawn among the tied, where the question names that step.
        result: what it came to.
        rulings: how each was judged by itself.
        chosen: who has a seat, those drawn by lot among them.
        tied: who is equal at the edge, for more options than seats.
        advancing: who goes on to the run-off.
        out: who is not chosen. Everybody is chosen, tied, advancing or out, once; after a lot the tied are chosen or
            out, and where nothing is decided (no quorum, a void vote) nobody is any of these.
        open_seats: how many seats another vote, a lot or a run-off is still to fill.
        vacant_seats: how many seats stay empty.
        rejected: nobody is chosen, and "none of these" itself satisfies the rule: that decides against all of them,
            which too few votes for each do not.
    """

    question: Question = attrs.field(validator=instance_of(Question))
    tallies: FrozenMap[str, Tally] = attrs.field(converter=_tallies)
    lot: Lot | None = attrs.field(default=None, validator=optional_instance_of(Lot), kw_only=True)
    result: Result = attrs.field(init=False)
    rulings: FrozenMap[str, Ruling] = attrs.field(init=False)
    chosen: frozenset[str] = attrs.field(init=False)
    tied: frozenset[str] = attrs.field(init=False)
    advancing: frozenset[str] = attrs.field(init=False)
    out: frozenset[str] = attrs.field(init=False)
    open_seats: int = attrs.field(init=False)
    vacant_seats: int = attrs.field(init=False)
    rejected: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())
        rulings = _judged(self.question.rule, self.tallies)
        object.__setattr__(self, "rulings", rulings)
        outcomes = {ruling.outcome for ruling in rulings.values()}
        if Outcome.VOID in outcomes:
            decided = _UNDECIDED | {"result": Result.VOID}
        elif Outcome.INQUORATE in outcomes:
            decided = _UNDECIDED | {"result": Result.INQUORATE}
        else:
            decided = self._decided()
        for attribute, value in decided.items():
            object.__setattr__(self, attribute, value)
        if self.lot is not None and not self.tied:
            raise InvalidValue("a lot is given, and nobody is tied for a seat; leave it out")

    def _faults(self) -> Iterator[str]:
        boxes = self.question.boxes
        if missing := sorted(boxes - self.tallies.keys()):
            yield f"there is no count of {', '.join(missing)}; give a tally for each, if only of nought"
        if unknown := sorted(self.tallies.keys() - boxes):
            yield f"{', '.join(unknown)} does not stand on the ballot; there are {', '.join(sorted(boxes))}"
        yield from _other_bases(self.tallies)
        if self.lot is not None and self.question.edge is not Step.LOT:
            yield "a lot is given, and the question names no lot for a tie; say edge=Step.LOT where a rule does"

    def _decided(self) -> dict[str, Any]:
        question, eligible = self.question, self.eligible
        places = filled(tuple((number, group & eligible) for number, group in self.standing), question.seats)
        chosen = places.sure | self._drawn(places)
        tied = places.tied if self.lot is None else frozenset[str]()
        rejected = not chosen and not tied and self._none_carried()
        free = question.seats - len(chosen)
        advancing = frozenset[str]() if places.tied or rejected else self._advancing(chosen, free)
        left = places.contested if tied and question.edge is not Step.VACANT else min(free, len(advancing))
        if tied:
            result = Result.TIE
        elif advancing:
            result = Result.RUNOFF
        else:
            result = Result.CHOSEN if chosen else Result.NONE
        return {
            "result": result,
            "chosen": chosen,
            "tied": places.tied,
            "advancing": advancing,
            "out": frozenset(question.options) - chosen - tied - advancing,
            "open_seats": left,
            "vacant_seats": free - left,
            "rejected": rejected,
        }

    def _advancing(self, chosen: frozenset[str], free: int) -> frozenset[str]:
        """Who goes on to a run-off for the seats left: two at least, or there is nothing to choose between."""
        if not free or self.question.runoff is None:
            return frozenset()
        going = leading(tuple((number, group - chosen) for number, group in self.standing), self.question.runoff)
        return going if len(going) > 1 else frozenset()

    def _drawn(self, places: Places) -> frozenset[str]:
        if self.lot is None or not places.tied:
            return frozenset()
        if not self.lot.drawn <= places.tied or len(self.lot.drawn) != places.contested:
            raise InvalidValue(
                f"the lot drew {', '.join(sorted(self.lot.drawn)) or 'nobody'}; it draws {places.contested} of "
                f"{', '.join(sorted(places.tied))}"
            )
        return self.lot.drawn

    def _none_carried(self) -> bool:
        none = self.rulings.get(Box.NONE)
        return none is not None and none.outcome is Outcome.CARRIED

    def number(self, box: str) -> Number:
        """The number by which an option, or ``"none"``, is ranked.

        Raises:
            InvalidValue: when no such option or box was counted.
        """
        if not isinstance(box, str) or box not in self.tallies:
            raise InvalidValue(f"{shown(box)} was not counted; there are {', '.join(self.tallies)}")
        return self.tallies[box].number(self.question.by)

    @property
    def standing(self) -> Ranks:
        """All options in groups of equals, the first at the top, whether or not they satisfy the rule."""
        return ranked({option: self.number(option) for option in self.question.options})

    @property
    def eligible(self) -> frozenset[str]:
        """The options that satisfy the rule and, where the question asks that, come before "none of these"."""
        question = self.question
        bar = self.number(Box.NONE) if question.none and question.above_none else None
        return frozenset(
            option
            for option in question.options
            if self.rulings[option].outcome is Outcome.CARRIED and (bar is None or self.number(option) > bar)
        )

    @property
    def final(self) -> bool:
        """Whether nothing more is to come: no other vote, no lot, no run-off, and no step that a rule has still to name."""
        return self.result not in {Result.TIE, Result.RUNOFF} or self.question.edge is Step.VACANT

    def draw(self, lot: Lot) -> Selection:
        """The selection with a lot that was drawn among the tied.

        Raises:
            InvalidType: when it is no lot.
            InvalidValue: when the question names no lot, nobody is tied, or it does not draw as many of them as there
                are seats.
        """
        return attrs.evolve(self, lot=one(Lot, lot, "the lot"))

    def explain(self, language: Language) -> str:
        """The selection as a careful secretary enters it in the minutes.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        return announcing.selection_in_words(self, language)


def _judged(rule: Rule, tallies: Mapping[str, Tally]) -> FrozenMap[str, Ruling]:
    rulings: dict[str, Ruling] = {}
    faults: list[str] = []
    for box, tally in tallies.items():
        try:
            rulings[box] = rule.judge(tally)
        except InvalidValue as error:
            faults += [f"{box}: {fault}" for fault in error.faults]
    InvalidValue.raise_all(faults)
    return FrozenMap(rulings)


def _other_bases(tallies: Mapping[str, Tally]) -> Iterator[str]:
    """Every figure in which the counts of one vote differ though they cannot."""
    seen: dict[tuple[str, str | None, str], tuple[str, Any]] = {}
    for box, tally in tallies.items():
        for where, number in _base(tally):
            first, known = seen.setdefault(where, (box, number))
            if known != number:
                measure, group, figure = where
                among = "" if group is None else f" among {group!r}"
                by = "" if measure == HEADS else f" by {measure}"
                yield f"{first} counts {figure}{by}{among} {known}, and {box} {number}; one vote has one base"


def _base(tally: Tally) -> Iterator[tuple[tuple[str, str | None, str], Any]]:
    own = {figure.value for figure in OWN}
    for measure, figures in tally.measures.items():
        parts = {None: figures} | dict(figures.get("among", {}).items())
        for group, known in parts.items():
            for figure in Figure:
                if figure.value in known and figure.value not in own:
                    yield (measure, group, figure.value), known[figure.value]
    for what in ("issued", "returned", "presence", "electorate"):
        yield (HEADS, None, what), getattr(tally, what)


def runoff(selection: Selection, *, rule: Rule | None = None) -> Question:
    """The question that is put next: among those tied for the last seats, or those who go on to the run-off.

    A ballot marks no more options there than there are seats to fill.

    Args:
        selection: what the vote came to.
        rule: by which the next vote is judged, where the instrument sets another; left out, by the same.

    Raises:
        InvalidType: when it is no selection, or the rule no rule.
        InvalidValue: when no further vote follows from it.
    """
    question = one(Selection, selection, "the selection").question
    if selection.result is Result.RUNOFF:
        going = selection.advancing
    elif selection.result is Result.TIE and question.edge is Step.REVOTE:
        going = selection.tied
    else:
        raise InvalidValue(
            f"the selection came to {selection.result.value}, and no further vote follows; say runoff= or edge=Step.REVOTE "
            "in the question where a rule does"
        )
    return attrs.evolve(
        question,
        options={option: words for option, words in question.options.items() if option in going},
        rule=question.rule if rule is None else rule,
        seats=selection.open_seats,
        marks=None if question.marks is None else min(question.marks, len(going), selection.open_seats),
        runoff=None,
    )
