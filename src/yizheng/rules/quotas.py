"""Quotas: a fixed number of places for which several votes compete, and who got them.

The options of one vote are chosen by a :class:`~yizheng.rules.Question`. Here every matter has a vote of its own, with
its own base, recusals and ruling, and the votes are compared afterwards: ranked by votes, the first so many get a place
(such as 24 of 30; domain 2.3, "Order effects").
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.rules.algebra import Amount
from yizheng.rules.amounts import FOR
from yizheng.rules.figures import Outcome
from yizheng.rules.ranking import Places, filled, ranked
from yizheng.rules.rule import Ruling
from yizheng.rules.ties import OWN, Lot, Step
from yizheng.text import Language
from yizheng.values import FrozenMap, count, exact, keyed, name, one_of
from yizheng.values.doors import instance_of, one, optional_instance_of

__all__ = ["Award", "Filling", "Placing", "Quota", "Standing"]

_VOTED = frozenset({Outcome.CARRIED, Outcome.LOST})
"""The outcomes by which something was decided, so that there is a number to tell."""

Votes: TypeAlias = Mapping[str, tuple[Outcome, Fraction | None]]
"""What each vote came to by itself, and the number by which it is ranked."""


def _step(value: Step | str) -> Step:
    return one_of(Step, value)


@attrs.frozen(kw_only=True)
class Quota:
    """A fixed number of places (名额) for which the matters of a batch compete.

    A matter competes if its own vote satisfies its own rule. The places go to those with the highest number. The number is
    counted and not taken as a share: a recusal that makes the base of one matter smaller does not raise it.

    Attributes:
        seats: how many places there are, at least one.
        by: the number by which matters are ranked, such as ``FOR`` (heads) or ``FOR.by("area")``; of votes for, against
            and abstaining only, which are known in every vote.
        edge: what a rule says of a tie for the last places; ``None`` where no rule does: the tied then get no place.
        edge_citation: where that is written.
        citation: on what authority the number of places is fixed.
    """

    seats: int = attrs.field(converter=count)
    by: Amount = attrs.field(default=FOR, validator=instance_of(Amount))
    edge: Step | None = attrs.field(default=None, converter=attrs.converters.optional(_step))
    edge_citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())

    def _faults(self) -> Iterator[str]:
        if self.seats < 1:
            yield "there are 0 places; a quota has 1 or more, and without one nothing competes: leave quota= out"
        figures = {term.figure for term in self.by.terms}
        if not figures or figures - OWN:
            told = ", ".join(sorted(figure.name for figure in figures - OWN)) or "no vote at all"
            yield f"matters are ranked by {told}; rank them by what is voted: FOR, AGAINST or ABSTAINING"
        if self.edge is None and self.edge_citation is not None:
            yield "edge_citation says where a step is written that is not given; give edge= too"

    def fill(
        self,
        rulings: Mapping[str, Ruling],
        *,
        seats: int | None = None,
        lot: Lot | None = None,
        votes: Mapping[str, str] | None = None,
    ) -> Filling:
        """Give the places to the best of those that satisfy their rule.

        Example:
            >>> from yizheng.rules import CAST, Rule, Tally
            >>> rule = Rule(quorum=None, passage=FOR > Fraction(1, 2) * CAST)
            >>> votes = {"family-1": 9, "family-2": 7, "family-3": 8, "family-4": 3}
            >>> rulings = {
            ...     each: rule.judge(Tally.of(entitled=9, cast=9, for_=number)) for each, number in votes.items()
            ... }
            >>> sorted(Quota(seats=2).fill(rulings).placed)
            ['family-1', 'family-3']

        Args:
            rulings: how each vote was judged, by matter.
            seats: how many places are left to fill; left out, all of them.
            lot: the lot drawn among the tied, where the quota names that step.
            votes: the digest of the record in which each vote stands.

        Raises:
            InvalidType: when an argument is not of its kind.
            InvalidValue: when a vote does not count what it is ranked by, naming each, or the lot does not fit.
        """
        own, faults = dict[str, tuple[Outcome, Fraction | None]](), list[str]()
        for item, ruling in keyed(rulings, "rulings").items():
            if not isinstance(ruling, Ruling):
                raise InvalidType(f"the ruling on {item} is {kind_of(ruling)}; write rule.judge(tally)")
            try:
                number = Fraction(ruling.tally.number(self.by)) if ruling.outcome in _VOTED else None
                own[item] = (ruling.outcome, number)
            except InvalidValue as error:
                faults += [f"{item}: {fault}" for fault in error.faults]
        InvalidValue.raise_all(faults)
        left = self.seats if seats is None else count(seats)
        known = {} if votes is None else keyed(votes, "votes")
        stood = _ranked(own, left, None if lot is None else one(Lot, lot, "the lot"))
        standings = {item: attrs.evolve(each, votes=known.get(item)) for item, each in stood.items()}
        return Filling(quota=self, seats=left, standings=standings, lot=lot)

    def explain(self, language: Language) -> str:
        """How many places there are, by what matters are ranked, and what follows from a tie.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        from yizheng.rules import places_in_words  # noqa: PLC0415 -- loaded for those who ask

        return places_in_words.quota_in_words(self, language)


class Award(enum.StrEnum):
    """What a matter got where several compete."""

    PLACED = "placed"
    """A place."""
    OUTRANKED = "outranked"
    """No place, though its own vote satisfies the rule: others came before it, or no place was left."""
    TIED = "tied"
    """It is equal for the last places, and none of them is its: what follows, the quota says."""
    UNMET = "unmet"
    """Its own vote was lost, so that it does not compete."""
    UNDECIDED = "undecided"
    """Its own vote had no quorum or is void, so that it does not compete."""


def _outcome(value: Outcome | str) -> Outcome:
    return one_of(Outcome, value)


def _award(value: Award | str) -> Award:
    return one_of(Award, value)


@attrs.frozen(kw_only=True)
class Standing:
    """How one matter came out where several compete (名次).

    Attributes:
        outcome: what its own vote came to by its own rule.
        award: what it got.
        number: the number that it had; ``None`` where nothing was decided.
        rank: its rank among those that satisfy their rule, from 1; equals share it. ``None`` for the others.
        votes: the digest of its record, with the votes that were counted.
    """

    outcome: Outcome = attrs.field(converter=_outcome)
    award: Award = attrs.field(converter=_award)
    number: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(exact))
    rank: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    votes: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))


def _standings(values: Mapping[str, Standing]) -> FrozenMap[str, Standing]:
    taken = keyed(values, "standings")
    if wrong := sorted(item for item, each in taken.items() if not isinstance(each, Standing)):
        raise InvalidType(f"the standing of {', '.join(wrong)} is no Standing; make it with quota.fill(rulings)")
    return FrozenMap({item: taken[item] for item in sorted(taken)})


def _competing(votes: Votes) -> dict[str, Fraction]:
    """Those that satisfy their rule, with their numbers."""
    return {
        item: number for item, (outcome, number) in votes.items() if outcome is Outcome.CARRIED and number is not None
    }


def _ranked(votes: Votes, seats: int, lot: Lot | None) -> dict[str, Standing]:
    """How every matter came out."""
    ranks = ranked(_competing(votes))
    places = filled(ranks, seats)
    sure = places.sure | (frozenset[str]() if lot is None else lot.drawn)
    rank_of: dict[str, int] = {}
    before = 0
    for _, group in ranks:
        rank_of |= dict.fromkeys(group, before + 1)
        before += len(group)
    standings: dict[str, Standing] = {}
    for item, (outcome, number) in votes.items():
        if item not in rank_of:
            award = Award.UNMET if outcome is Outcome.LOST else Award.UNDECIDED
        elif item in sure:
            award = Award.PLACED
        else:
            award = Award.TIED if item in places.tied else Award.OUTRANKED
        standings[item] = Standing(outcome=outcome, award=award, number=number, rank=rank_of.get(item))
    return standings


@attrs.frozen(kw_only=True)
class Filling:
    """Who got the places. It is always worked out: :meth:`Quota.fill` makes it, and no other standings are taken.

    Attributes:
        quota: the places, and how matters are ranked.
        seats: how many places there were to fill.
        standings: how each matter came out.
        lot: the lot drawn among the tied.
    """

    quota: Quota = attrs.field(validator=instance_of(Quota))
    seats: int = attrs.field(converter=count)
    standings: FrozenMap[str, Standing] = attrs.field(converter=_standings)
    lot: Lot | None = attrs.field(default=None, validator=optional_instance_of(Lot))

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())

    def _faults(self) -> Iterator[str]:
        if self.seats > self.quota.seats:
            yield f"{self.seats} places are filled, and the quota has {self.quota.seats}"
        votes = {item: (each.outcome, each.number) for item, each in self.standings.items()}
        bad = [item for item, (outcome, number) in votes.items() if (number is None) is (outcome in _VOTED)]
        if bad:
            yield f"{', '.join(bad)} lacks the number by which it is ranked, or has one though nothing was decided"
        worked = _ranked(votes, self.seats, self.lot)
        if any(attrs.evolve(each, votes=None) != worked[item] for item, each in self.standings.items()):
            yield "the standings are not those of the numbers; make them with quota.fill(rulings)"
        if self.lot is not None:
            yield from self._lot_faults(self.lot)

    def _lot_faults(self, lot: Lot) -> Iterator[str]:
        edge = self.at_edge
        if self.quota.edge is not Step.LOT:
            yield "a lot is given, and the quota names no lot for a tie; say edge=Step.LOT where a rule does"
        elif not edge.tied:
            yield "a lot is given, and nobody is tied for a place; leave it out"
        elif not lot.drawn <= edge.tied or len(lot.drawn) != edge.contested:
            yield (
                f"the lot drew {', '.join(sorted(lot.drawn)) or 'nobody'}; it draws {edge.contested} of "
                f"{', '.join(sorted(edge.tied))}"
            )

    @property
    def at_edge(self) -> Places:
        """Who had a place by rank alone, who was equal at the edge, and for how many places, before any lot."""
        votes = {item: (each.outcome, each.number) for item, each in self.standings.items()}
        return filled(ranked(_competing(votes)), self.seats)

    def _with(self, award: Award) -> frozenset[str]:
        return frozenset([item for item, each in self.standings.items() if each.award is award])

    @property
    def placed(self) -> frozenset[str]:
        """Who got a place."""
        return self._with(Award.PLACED)

    @property
    def tied(self) -> frozenset[str]:
        """Who is equal at the edge and has no place by this."""
        return self._with(Award.TIED)

    @property
    def emptied(self) -> int:
        """How many places stay empty because of a tie: no rule gives them to any of those that are equal."""
        return self.at_edge.contested if self.quota.edge in {Step.VACANT, None} else 0

    @property
    def least(self) -> Fraction | None:
        """The least number that got a place; ``None`` where nobody got one."""
        return min((each.number for each in self._winners if each.number is not None), default=None)

    @property
    def _winners(self) -> Iterator[Standing]:
        return (each for each in self.standings.values() if each.award is Award.PLACED)

    def placings(self, batch: str, filling: str) -> FrozenMap[str, Placing]:
        """What each matter got, as its own record tells it.

        Args:
            batch: the id of the batch.
            filling: the digest of the entry in the batch's record that filled the places.

        Raises:
            InvalidType: when one of these is no string.
            InvalidValue: when one of these is empty.
        """
        edge, least = self.at_edge, self.least
        contenders = sum(each.rank is not None for each in self.standings.values())
        return FrozenMap(
            {
                item: Placing(
                    batch=batch,
                    filling=filling,
                    quota=self.quota,
                    seats=self.seats,
                    contenders=contenders,
                    standing=attrs.evolve(standing, votes=None),
                    least=least,
                    contested=edge.contested if item in edge.tied else None,
                    lot=self.lot if item in edge.tied else None,
                )
                for item, standing in self.standings.items()
            }
        )

    def explain(self, language: Language) -> str:
        """Who ranked how, with every number, as the minutes of the batch say it.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        from yizheng.rules import places_in_words  # noqa: PLC0415 -- loaded for those who ask

        return places_in_words.filling_in_words(self, language)


@attrs.frozen(kw_only=True)
class Placing:
    """What one matter got where several compete: so much of the filling as makes its own record complete.

    Attributes:
        batch: the id of the batch.
        filling: the digest of the entry in the batch's record that filled the places.
        quota: the places, and how matters are ranked.
        seats: how many places there were to fill.
        contenders: how many matters satisfied their rule, and so competed.
        standing: how this one came out.
        least: the least number that got a place; ``None`` where nobody got one.
        contested: for how many places it was equal with others; ``None`` where it was not.
        lot: the lot that was drawn among it and those equal with it.
    """

    batch: str = attrs.field(converter=name)
    filling: str = attrs.field(converter=name)
    quota: Quota = attrs.field(validator=instance_of(Quota))
    seats: int = attrs.field(converter=count)
    contenders: int = attrs.field(converter=count)
    standing: Standing = attrs.field(validator=instance_of(Standing))
    least: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(exact))
    contested: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    lot: Lot | None = attrs.field(default=None, validator=optional_instance_of(Lot))

    @property
    def award(self) -> Award:
        """What it got."""
        return self.standing.award

    def explain(self, language: Language) -> str:
        """Its rank, the number of places, the number it had and the least that got a place.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        from yizheng.rules import places_in_words  # noqa: PLC0415 -- loaded for those who ask

        return places_in_words.placing_in_words(self, language)
