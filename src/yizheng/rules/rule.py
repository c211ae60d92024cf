"""Rules, and what comes of holding one against a tally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules import casting, deeming, judging
from yizheng.rules.algebra import Amount, Condition, condition
from yizheng.rules.amounts import ENTITLED, FOR
from yizheng.rules.figures import Choice, Figure, Outcome
from yizheng.rules.joining import both, one_electorate, shared
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Where
from yizheng.rules.weighing import Finding
from yizheng.text import Language
from yizheng.values import all_of, name, one

if TYPE_CHECKING:
    from yizheng.rules.alike import Voter
    from yizheng.rules.needing import Needs
    from yizheng.rules.oddities import Audit

__all__ = ["Rule", "Ruling"]


def _check_quorum(_: object, __: object, value: Any) -> None:
    if value is not None:
        condition(value, "quorum")


def _check_passage(_: object, __: object, value: Any) -> None:
    condition(value, "passage")


def _check_truth(_: object, __: object, value: Any) -> None:
    if not isinstance(value, bool):
        raise InvalidType(f"by_no_objection is {shown(value)}; write True or False")


def electorate(value: str | None) -> str | None:
    """Whom the heads of a count are, by name; ``None`` where nobody says."""
    return None if value is None else name(value, "the electorate")


def _check_citation(_: object, __: object, value: Any) -> None:
    if not isinstance(value, Citation | None):
        raise InvalidType(f"citation is of type {type(value).__name__}; write Citation(instrument=…, article=…)")


def _check_joined(_: object, __: object, value: Any) -> None:
    if not isinstance(value, tuple):
        raise InvalidType("joined is no tuple; write a tuple of rules, or make the rule with stricter(…)")
    all_of(Rule, value, "joined")


@attrs.frozen(kw_only=True)
class Rule:
    """A quorum and a majority, as an instrument sets them.

    Example:
        >>> from fractions import Fraction
        >>> from yizheng.rules import ENTITLED, FOR, PRESENT, Rule, Tally
        >>> rule = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT)
        >>> rule.judge(Tally.of(entitled=30, present=22, for_=12, against=8, abstaining=2)).outcome
        <Outcome.CARRIED: 'carried'>

    Attributes:
        quorum: how many must take part for anything to be decided; ``None`` where the instrument asks for no quorum.
        passage: what carries a motion.
        by_no_objection: the motion is carried unless too many object, so that no vote in favour is needed.
        citation: where it is written, and from when to when it is in force.
        electorate: whom it counts as heads, such as ``"persons"`` or ``"households"``; ``None`` for whoever is on the
            roll. A rule for the one never judges a count of the other (domain fact 3: more than half of the villagers,
            or two thirds of the households' representatives; Organic Law of Villagers' Committees art. 26).
        casting: the office that has the casting vote, such as ``"chair"``; ``None`` where a tie is simply lost, as it is
            unless the instrument gives somebody a casting vote (domain E17).
        joined: the rules that it joins, where it was made with :func:`~yizheng.rules.stricter`: it asks what they ask
            together, and each is shown where it is explained.
    """

    quorum: Condition | None = attrs.field(validator=_check_quorum)
    passage: Condition = attrs.field(validator=_check_passage)
    by_no_objection: bool = attrs.field(default=False, validator=_check_truth)
    citation: Citation | None = attrs.field(default=None, validator=_check_citation)
    electorate: str | None = attrs.field(default=None, converter=electorate)
    casting: str | None = None
    joined: tuple[Rule, ...] = attrs.field(default=(), validator=_check_joined)

    def __attrs_post_init__(self) -> None:
        if self.casting is not None:
            object.__setattr__(self, "casting", name(self.casting, "who has the casting vote"))
        if self.joined:
            InvalidValue.raise_all(_differences(self))

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Where it is written: of a rule that joins others, where each of them is."""
        return tuple(dict.fromkeys(each.citation for each in self.joined or (self,) if each.citation is not None))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every amount that it compares, and the votes (or voters) without which nothing is carried."""
        return (*judging.sides(self.quorum), *judging.sides(self.passage), ENTITLED if self.by_no_objection else FOR)

    @property
    def support(self) -> Figure:
        """What must not be nought, in heads, if the motion is to be carried: votes in favour, or those who can object."""
        return Figure.ENTITLED if self.by_no_objection else Figure.FOR

    @cached_property
    def asked(self) -> tuple[Where, ...]:
        """The figures that must be known, each with its measure and its group."""
        return judging.asked_by(*self.amounts)

    @property
    def measures(self) -> frozenset[str]:
        """The measures that it counts in, heads always among them."""
        return frozenset(measure for _, measure, _ in self.asked)

    @property
    def groups(self) -> frozenset[str]:
        """The groups of the roll that it names."""
        return frozenset(group for _, _, group in self.asked if group is not None)

    def asks_for(self, amount: Amount) -> bool:
        """Whether it asks for one of these figures, in any measure and of any group: ``rule.asks_for(PRESENT)``.

        Raises:
            InvalidType: when it is no amount.
        """
        one(Amount, amount, "what is asked for")
        figures = {figure for figure, _, _ in self.asked}
        return any(term.figure in figures for term in amount.terms)

    def is_for(self, electorate: str | None) -> bool:
        """Whether it judges a vote of these; where either side does not say whom it counts, it does.

        Raises:
            InvalidType: when it is no string.
        """
        return electorate is None or self.electorate in (None, one(str, electorate, "the electorate"))

    def judge(self, tally: Tally) -> Ruling:
        """Hold it against a count.

        Raises:
            InvalidValue: when it asks for a figure, a group or a measure that is unknown there, naming each, or the
                count is of another electorate.
        """
        return Ruling(self, tally)

    def settled(self, tally: Tally, outstanding: Iterable[Voter] | None = None) -> Outcome | None:
        """The outcome, if those who have not voted yet can no longer change it, whatever they do.

        Who is silent or absent may still come, vote in any way, cast an invalid ballot, stay silent or stay away. It
        never says that a vote is settled which is not. It is exact where it is known who is still out: where they are
        handed in, or where the rule counts heads alone and names one group at most. Otherwise (and where a search
        among many members of different weights would take more than about a second) it is careful: where it cannot be
        sure, as where two conditions hold each other up, it says ``None``. A casting vote that may still be given keeps a
        vote open too. Nobody is deemed to have voted.

        Args:
            tally: the count so far.
            outstanding: the members who have not voted, or a roll of them.

        Raises:
            InvalidValue: as :meth:`judge` does; and when the members handed in are not those who are out by the count.
        """
        from yizheng.rules import settling  # noqa: PLC0415 -- loaded for those who ask

        tally = judging.fit(tally, self.asked, self.electorate).as_cast
        casting.check(self.casting, tally)
        if judging.void(tally):
            return Outcome.VOID
        outcome = settling.settled(self.quorum, self.passage, self.support, tally, outstanding)
        return casting.settled(self.casting, self.passage, tally) if outcome is Outcome.LOST else outcome

    def needs(
        self, tally: Tally, outstanding: Iterable[Voter] | None = None, *, present: Iterable[str] | None = None
    ) -> Needs:
        """The fewest further votes in favour, or further people present, that would carry it.

        Who is silent may vote in favour, and who is absent may come, and vote in favour or not; all other marks stay.
        Nobody is deemed to have voted, and no casting vote is counted on that was not given; where one could still
        decide, ``casting`` says whose.

        Example:
            >>> rule = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT)
            >>> rule.needs(Tally.of(entitled=30, present=18, for_=0, against=0, abstaining=0, invalid=0)).ways
            (Needed(votes=11, present=2, votes_is_bound=False, present_is_bound=False),)

        Args:
            tally: the count so far.
            outstanding: the members who have not voted, or a roll of them; with them the answer is exact by weights and
                by groups too.
            present: the ids of those of them who are present, where some are and some are not.

        Raises:
            InvalidValue: as :meth:`judge` does; when it is unknown how many are still out; when the members handed in
                are not those who are out by the count.
        """
        from yizheng.rules import needing  # noqa: PLC0415 -- loaded for those who ask

        tally = judging.fit(tally, self.asked, self.electorate).as_cast
        casting.check(self.casting, tally)
        return needing.needs(self, self.asked, tally, outstanding, present)

    def audit(self, roll: Iterable[Voter]) -> Audit:
        """The oddities that it allows in a vote of these members, each with a smallest example.

        What counts as which oddity, and which example of it is the smallest, :class:`OddityKind` says. Where the members
        differ too much to search among all that they can do, an example may not be the smallest, or a kind may be left
        undecided; both are marked.

        Raises:
            InvalidValue: when a member lacks a weight that it counts, or there are no members.
        """
        from yizheng.rules import auditing  # noqa: PLC0415 -- loaded for those who ask

        return auditing.audit(self, self.asked, roll)

    def explain(self, language: Language) -> str:
        """The rule in words, with its source.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        from yizheng.rules import wording  # noqa: PLC0415 -- loaded for those who ask

        return wording.rule_in_words(self, language)


def _differences(rule: Rule) -> Iterator[str]:
    """In what a rule differs from what the rules that it joins ask together."""
    rules = rule.joined
    if len(rules) == 1 or any(each.joined for each in rules):
        yield "joined holds one rule alone, or rules that join others; give the two or more that it is made of"
        return
    for what, own, theirs in (
        ("quorum", rule.quorum, both([each.quorum for each in rules])),
        ("passage", rule.passage, both([each.passage for each in rules])),
        ("by_no_objection", rule.by_no_objection, all(each.by_no_objection for each in rules)),
        ("electorate", rule.electorate, one_electorate([each.electorate for each in rules])),
        ("casting", rule.casting, shared([each.casting for each in rules])),
    ):
        if own != theirs:
            yield f"{what} is not what the joined rules ask together; make the rule with stricter(…)"


def _check_rule(_: object, __: object, value: Any) -> None:
    if not isinstance(value, Rule):
        raise InvalidType(f"a ruling needs a Rule, not {type(value).__name__}; write Rule(quorum=…, passage=…)")


@attrs.frozen
class Ruling:
    """What a rule makes of a tally. It is always worked out, never written down by hand: give the rule and the tally.

    A vote in which more ballots came back than were issued is void. Short of the quorum nothing is decided, and the
    majority is not looked at. A comparison with a share of nothing does not hold. Nothing is carried without a vote in
    favour, unless the rule says ``by_no_objection``; and then not where nobody could have objected. A tie is lost, unless
    the rule gives somebody a casting vote, it is cast in favour, and nothing but the tie has failed: more than half of
    those taking part (or present, or entitled) comes out at exactly half. So it never lifts a share above one half, a
    fixed number, a group or an area, whatever the size (inferred: domain E17 says only that a tie fails unless a rule
    gives a casting vote).

    Attributes:
        rule: by which it was judged.
        tally: what was judged.
        outcome: carried, lost, inquorate or void.
        tie: not carried by the votes themselves, with as many for as against, and not none.
        by_tie: it is the tie that lost it, and nothing else, whether or not somebody has a casting vote.
        castable: a tie that the casting vote of the rule decides, given or not.
        casting: the casting vote by which it was decided; ``None`` where none was given, or it could not decide.
        unsupported: lost though the majority holds, because nobody voted in favour (or could have objected).
        findings: one for each comparison of the quorum and, where there is a quorum, of the majority; none where void.
    """

    rule: Rule = attrs.field(validator=_check_rule)
    tally: Tally = attrs.field()
    outcome: Outcome = attrs.field(init=False)
    tie: bool = attrs.field(init=False)
    by_tie: bool = attrs.field(init=False)
    castable: bool = attrs.field(init=False)
    casting: Choice | None = attrs.field(init=False)
    unsupported: bool = attrs.field(init=False)
    findings: tuple[Finding, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        rule, tally = self.rule, self.tally
        judging.fit(tally, rule.asked, rule.electorate)
        deeming.check(tally)
        outcome, findings, unsupported = judging.judged(rule.quorum, rule.passage, rule.support, tally)
        casting.check(rule.casting, tally)
        by_tie = casting.lost_by_tie(rule.passage, tally, outcome)
        castable = by_tie and rule.casting is not None
        object.__setattr__(self, "tie", outcome is Outcome.LOST and casting.equal(tally))
        object.__setattr__(self, "by_tie", by_tie)
        object.__setattr__(self, "castable", castable)
        object.__setattr__(self, "casting", tally.casting if castable else None)
        object.__setattr__(self, "outcome", Outcome.CARRIED if self.casting is Choice.FOR else outcome)
        object.__setattr__(self, "unsupported", unsupported)
        object.__setattr__(self, "findings", findings)

    @property
    def citation(self) -> Citation | None:
        """Where the rule is written."""
        return self.rule.citation

    @property
    def otherwise(self) -> Ruling | None:
        """The ruling without anybody deemed to have voted; ``None`` where nobody is."""
        deemed = self.tally.deemed
        if deemed is None or deemed.mark is None:
            return None
        cast = self.tally.as_cast
        bare = Ruling(self.rule, attrs.evolve(cast, casting=None))
        # The casting vote breaks a tie of the ballots as deemed; as cast there may be none for it to break.
        return Ruling(self.rule, cast) if bare.castable and cast.casting is not None else bare

    @property
    def by_silence(self) -> bool:
        """Whether the outcome is another than that of the ballots really cast, so that the deemed votes decide it."""
        return self.otherwise is not None and self.otherwise.outcome is not self.outcome

    def explain(self, language: Language) -> str:
        """The ruling as a careful secretary enters it in the minutes: every number exact, and what followed from it.

        Where the silent may count for something, what was made of them follows, and the ruling without it.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        from yizheng.rules import readings, wording  # noqa: PLC0415 -- loaded for those who ask

        return wording.ruling_in_words(self, language) + readings.readings_in_words(self, language)
