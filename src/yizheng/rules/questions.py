"""Questions with several options: what is chosen from, by what rule, how many, and what follows from a tie at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, cast, runtime_checkable

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.rules.algebra import Amount
from yizheng.rules.amounts import ABSTAINING, AGAINST, FOR
from yizheng.rules.boxes import BOXES, Box, Reading, read
from yizheng.rules.figures import Choice, Figure
from yizheng.rules.judging import sides
from yizheng.rules.rule import Rule
from yizheng.rules.tally import Tally
from yizheng.rules.ties import OWN, Step
from yizheng.text import Text, as_text
from yizheng.values import FrozenMap, count, flag, keyed, name, one_of
from yizheng.values.doors import instance_of, one, optional_instance_of, several

__all__ = ["Electors", "Question"]

_OPTIONS_AT_LEAST = 2


@runtime_checkable
class Electors(Protocol):
    """Who may vote, and what they weigh: a roll."""

    def tally(
        self,
        ballots: Mapping[str, Choice],
        *,
        present: Iterable[str] | None = None,
        recused: Iterable[str] = (),
        issued: int | None = None,
        returned: int | None = None,
        groups: Iterable[str] | None = None,
        measures: Iterable[str] | None = None,
        named: Mapping[str, str] | None = None,
    ) -> Tally:
        """Count ballots by name."""
        ...


def _electors(value: object) -> Electors:
    if isinstance(value, type) or not isinstance(value, Electors):
        raise InvalidType(f"the roll is {kind_of(value)}; a roll was expected: write Roll(body, members)")
    return value


def _options(values: Mapping[str, Text | str] | Iterable[str]) -> FrozenMap[str, Text]:
    if isinstance(values, Mapping):
        named = cast("Mapping[str, Text | str]", values)
        return FrozenMap({option: as_text(words) for option, words in keyed(named, "the options").items()})
    given = [name(option, "an option") for option in several(values, "the options")]
    if twice := sorted({option for option in given if given.count(option) > 1}):
        raise InvalidValue(f"{', '.join(twice)} stands twice among the options; name each once")
    return FrozenMap({option: Text(option, option) for option in given})


def _step(value: Step | str) -> Step:
    return one_of(Step, value)


def _choice(value: Choice | str) -> Choice:
    return one_of(Choice, value)


@attrs.frozen(kw_only=True)
class Question:
    """What is chosen from several options.

    The ballot has a box for each option, one for abstaining, and one for "none of these" (以上都不同意), unless that is
    left out. Each option is judged by the same rule against the same base; of those that satisfy it the best are chosen.

    Attributes:
        text: what is asked.
        options: the options by name, each with its words. Their order never decides anything.
        rule: what each option must satisfy. It gives nobody a casting vote, and its quorum is the same for all options.
        seats: how many are chosen at most.
        marks: how many options a ballot may mark; left out, as many as there are seats. A ballot that marks more is
            invalid.
        none: whether "none of these" stands on the ballot (domain E18).
        above_none: whether an option is chosen only if it comes before "none of these". No source says so; it matters
            where the rule asks for less than a majority.
        by: the number by which options are ranked, such as ``FOR`` (heads) or ``FOR.by("area")``.
        unmarked: what a ballot that marks other options says about this one: against, or abstaining. Left out, it says
            neither, and a rule that asks for votes against cannot be judged by counting ballots.
        blank: what a ballot with no mark says: abstaining (as in Sichuan 31, Dazhou 14, Qinhuangdao 23; domain E10), or
            invalid.
        edge: what a rule says of a tie for the last seats; ``None`` where no rule does.
        edge_citation: where that is written.
        runoff: how many options go on to a run-off for the seats that too few satisfied the rule to fill; ``None`` where
            there is no run-off.
    """

    text: Text = attrs.field(converter=as_text)
    options: FrozenMap[str, Text] = attrs.field(converter=_options)
    rule: Rule = attrs.field(validator=instance_of(Rule))
    seats: int = attrs.field(default=1, converter=count)
    marks: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    none: bool = attrs.field(default=True, converter=flag)
    above_none: bool = attrs.field(default=True, converter=flag)
    by: Amount = attrs.field(default=FOR, validator=instance_of(Amount))
    unmarked: Choice | None = attrs.field(default=None, converter=attrs.converters.optional(_choice))
    blank: Choice = attrs.field(default=Choice.ABSTAIN, converter=_choice)
    edge: Step | None = attrs.field(default=None, converter=attrs.converters.optional(_step))
    edge_citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))
    runoff: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all((*self._faults(), *self._other_faults()))

    def _faults(self) -> Iterator[str]:
        number = len(self.options)
        if number < _OPTIONS_AT_LEAST:
            yield f"there are {number} options; put a single one as a Motion"
        if taken := sorted(BOXES & self.options.keys()):
            yield f"{', '.join(taken)} is a box of every ballot; give the option another name"
        if not 1 <= self.seats <= max(number, 1):
            yield f"{self.seats} seats for {number} options; choose from 1 to {number}"
        if self.marks is not None and not 1 <= self.marks <= max(number, 1):
            yield f"a ballot may mark {self.marks} of {number} options; write 1 to {number}"
        if self.runoff is not None and self.runoff < _OPTIONS_AT_LEAST:
            yield f"{self.runoff} options go on to the run-off; write 2 or more"

    def _other_faults(self) -> Iterator[str]:
        if self.unmarked not in {None, Choice.AGAINST, Choice.ABSTAIN}:
            yield f"an option that is left unmarked says {self.unmarked}; write against or abstain, or leave it out"
        if self.blank not in {Choice.ABSTAIN, Choice.INVALID}:
            yield f"a blank ballot says {self.blank}; write abstain or invalid"
        if self.edge is None and self.edge_citation is not None:
            yield "edge_citation says where a step is written that is not given; give edge= too"
        if self.rule.casting is not None:
            yield (
                f"the rule gives {self.rule.casting} a casting vote, which is for or against one motion; say by edge= what "
                "follows from a tie between options"
            )
        own = {term.figure.name for side in sides(self.rule.quorum) for term in side.terms if term.figure in OWN}
        if own:
            yield f"the quorum asks for {', '.join(sorted(own))}, which differ by option; ask for PRESENT or CAST"

    @property
    def boxes(self) -> frozenset[str]:
        """What is counted: every option, and "none of these" where it stands on the ballot."""
        return frozenset(self.options) | ({str(Box.NONE)} if self.none else set[str]())

    def read(self, marks: Iterable[str]) -> Reading:
        """Read one ballot: the names of the options and boxes that are marked.

        Raises:
            InvalidValue: when something is marked that does not stand on the ballot.
        """
        most = self.seats if self.marks is None else self.marks
        return read(marks, self.boxes | {Box.ABSTAIN, Box.INVALID}, most)

    def count(
        self,
        ballots: Mapping[str, Iterable[str]],
        roll: Electors,
        *,
        present: Iterable[str] | None = None,
        recused: Iterable[str] = (),
        issued: int | None = None,
        returned: int | None = None,
        named: Mapping[str, str] | None = None,
    ) -> FrozenMap[str, Tally]:
        """Count ballots by name: a tally for each option and for "none of these", all of one base.

        Args:
            ballots: what each member marked.
            roll: who may vote.
            present: who took part in the meeting; ``None`` for written or mixed voting.
            recused: who is taken out of the roll for this question.
            issued: how many ballots were given out.
            returned: how many came back.
            named: who votes for each head that several persons hold, by the head's id: one of its co-owners.

        Raises:
            InvalidType: when the roll is none, or the ballots are no marks by name.
            InvalidValue: with every fault: a ballot with unknown marks, and whatever the roll finds; or that the rule
                asks for votes against while nothing is said of options left unmarked.
        """
        self._says_enough()
        electors = _electors(roll)
        readings = self._readings(ballots)
        asked = (*self.rule.asked, *(term.of for term in self.by.terms))
        found: dict[str, Tally] = {}
        for box in sorted(self.boxes):
            unmarked = self.unmarked or Choice.ABSTAIN
            counted = electors.tally(
                {member: each.on(box, blank=self.blank, unmarked=unmarked) for member, each in readings.items()},
                present=present,
                recused=recused,
                issued=issued,
                returned=returned,
                groups={group for _, _, group in asked if group is not None},
                measures={measure for _, measure, _ in asked},
                named=named,
            )
            tally = one(Tally, counted, "what the roll counts")
            found[box] = tally if self.unmarked is not None else _unsaid(tally)
        return FrozenMap(found)

    def _says_enough(self) -> None:
        asks = self.rule.asks_for(AGAINST) or self.rule.asks_for(ABSTAINING)
        if self.unmarked is None and (asks or any(term.figure in OWN - {Figure.FOR} for term in self.by.terms)):
            raise InvalidValue(
                "votes against or abstaining are asked for, and a ballot that leaves an option unmarked says neither; say "
                "what it means by unmarked=Choice.AGAINST or Choice.ABSTAIN"
            )

    def _readings(self, ballots: Mapping[str, Iterable[str]]) -> dict[str, Reading]:
        readings: dict[str, Reading] = {}
        faults: list[str] = []
        for member, marks in keyed(ballots, "ballots").items():
            try:
                readings[member] = self.read(marks)
            except InvalidValue as error:
                faults += [f"the ballot of {member!r}: {fault}" for fault in error.faults]
            except InvalidType as error:
                raise InvalidType(f"the ballot of {member!r}: {error}") from None
        InvalidValue.raise_all(faults)
        return readings


def _unsaid(tally: Tally) -> Tally:
    """The tally without votes against and abstentions, which nobody has given."""

    def without(figures: Mapping[str, Any]) -> dict[str, Any]:
        kept = {
            figure: number for figure, number in figures.items() if figure not in {"against", "abstaining", "among"}
        }
        among = {group: without(part) for group, part in figures.get("among", {}).items()}
        return kept | ({"among": among} if among else {})

    return attrs.evolve(tally, measures={measure: without(figures) for measure, figures in tally.measures.items()})
