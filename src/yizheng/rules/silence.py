"""What a by-law makes of those who were served a ballot and did not return it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules.algebra import Condition, condition
from yizheng.rules.figures import Figure
from yizheng.rules.terms import Where
from yizheng.text import Text, as_text
from yizheng.values import FrozenMap, exact, flag, instance_of, keyed, name, one_of
from yizheng.values.names import NO_NAMES, names

__all__ = ["WAYS", "Deemed", "Silence", "SilencePolicy"]


class SilencePolicy(enum.StrEnum):
    """What those count as who were served and did not vote."""

    NOT_TAKING_PART = "not_taking_part"
    """As nothing: they are in no share of those who took part."""
    ABSTAINING = "abstaining"
    """As abstentions, which take part."""
    MAJORITY = "majority"
    """As votes of the side that has more of the ballots really cast."""
    FOR = "for"
    """As votes in favour."""


def as_policy(value: SilencePolicy | str) -> SilencePolicy:
    """A policy by itself or by its name."""
    return one_of(SilencePolicy, value)


def _basis(value: object) -> Citation:
    if not isinstance(value, Citation):
        raise InvalidType(
            f"the basis is of type {type(value).__name__}; silence counts for nothing by itself: cite the article of the "
            "by-law that says otherwise, Citation(instrument=…, article=…)"
        )
    if not value.article:
        raise InvalidValue(
            "the basis names no article; give the article of the by-law, Citation(instrument=…, article=…)"
        )
    return value


def _floor(value: object) -> Condition | None:
    return None if value is None else condition(value, "floor")


WAYS: Final = 16
"""The most ways of service that one policy lists."""


def _ways(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if len(taken) > WAYS:
        raise InvalidValue(f"a policy lists {len(taken)} ways of service; {WAYS} are the most")
    return taken


@attrs.frozen
class Silence:
    """What a by-law makes of silence, and on what terms. Only in a vote without presence; only for those served.

    A court has accepted it where the rules of procedure say so, service was effective, and the consequence was
    announced; so a policy needs its article, and each member a record of service (:class:`yizheng.people.Service`).

    A head that several persons hold, and for which nobody was named to vote, is never deemed anything, served or not: it
    casts nothing until its voter is named (domain E15).

    Under :attr:`SilencePolicy.MAJORITY` the side is the one with more votes, for or against, among the ballots really
    cast, by every measure that is counted. Where they are equal, or heads and weights disagree, nobody is deemed
    anything (inferred: no source read says otherwise).

    Attributes:
        policy: what the silent count as.
        basis: the article of the by-law that says so.
        warning: the words by which the consequence must have been announced with the ballot; ``None`` where the by-law
            prescribes none, and any words do.
        floor: what the ballots really cast must come to before anybody is deemed anything; ``None`` where there is no
            such bound. (Zhejiang 2009, art. 10: those who voted must exceed half of the area and half of the heads.)
        substitutes: whether it counts as service that somebody else took the ballot for the member.
        ways: the ways of service that count, such as ``{"signed", "logged_in"}``; empty where any does. What was served in
            another way stays in the record, and makes nothing of anybody.
    """

    policy: SilencePolicy = attrs.field(converter=as_policy)
    basis: Citation = attrs.field(converter=_basis, kw_only=True)
    warning: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text), kw_only=True)
    floor: Condition | None = attrs.field(default=None, converter=_floor, kw_only=True)
    substitutes: bool = attrs.field(default=False, converter=flag, kw_only=True)
    ways: frozenset[str] = attrs.field(default=NO_NAMES, converter=_ways, kw_only=True)

    @property
    def asked(self) -> tuple[Where, ...]:
        """The figures that its floor asks for."""
        compared = () if self.floor is None else self.floor.comparisons
        return tuple({term.of: None for each in compared for side in (each.left, each.right) for term in side.terms})

    @property
    def measures(self) -> frozenset[str]:
        """The measures that its floor counts in."""
        return frozenset(measure for _, measure, _ in self.asked)

    @property
    def groups(self) -> frozenset[str]:
        """The groups of the roll that its floor names."""
        return frozenset(group for _, _, group in self.asked if group is not None)


MARKS: Final = frozenset({Figure.FOR, Figure.AGAINST, Figure.ABSTAINING})
"""What silence can be deemed to be."""


def _by_group(values: Mapping[Any, Any], measure: str) -> FrozenMap[str | None, Fraction]:
    if not isinstance(values, Mapping):
        raise InvalidType(f"the served by {measure} are of type {type(values).__name__}; write a number by group")
    taken: dict[str | None, Fraction] = {}
    for group, value in values.items():
        taken[group] = number = exact(value, f"the served by {measure}")
        if number < 0:
            raise InvalidValue(f"the served by {measure} are {number}; a count is nought or more")
    return FrozenMap(taken)


def _served(values: Mapping[str, Mapping[str | None, Fraction]]) -> FrozenMap[str, FrozenMap[str | None, Fraction]]:
    return FrozenMap({measure: _by_group(held, measure) for measure, held in keyed(values, "the served").items()})


def _mark(value: Figure | str | None) -> Figure | None:
    if value is None:
        return None
    mark = one_of(Figure, value)
    if mark not in MARKS:
        raise InvalidValue(f"nobody is deemed {mark.value}; write one of {', '.join(sorted(MARKS))}")
    return mark


@attrs.frozen(kw_only=True)
class Deemed:
    """How many of a tally did not vote and count as if they had.

    Attributes:
        silence: by which policy.
        mark: what they count as; ``None`` where nobody is deemed anything.
        served: how many were silent and had been served, by measure, of the whole (``None``) and by group; without
            heads, where nobody noted who voted.
    """

    silence: Silence = attrs.field(validator=instance_of(Silence))
    mark: Figure | None = attrs.field(default=None, converter=_mark)
    served: FrozenMap[str, FrozenMap[str | None, Fraction]] = attrs.field(converter=_served)

    def number(self, measure: str, group: str | None = None) -> Fraction:
        """How many were silent and had been served."""
        among = None if group is None else name(group, "a group")
        return self.served.get(name(measure, "a measure"), FrozenMap()).get(among, Fraction())
