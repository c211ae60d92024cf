"""Households and delegates: heads that stand for several persons, or for several households."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from yizheng.errors import InvalidValue
from yizheng.people.roll import Member, Roll
from yizheng.values.doors import all_of
from yizheng.values.names import keyed, name, names

__all__ = ["Household", "delegates_roll", "households_roll"]


def _persons(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if not taken:
        raise InvalidValue("a household needs a person; leave out those that are no more")
    return taken


@attrs.frozen
class Household:
    """Those who live together and have one vote where households vote (户).

    Attributes:
        id: unique in the community, such as ``"h-12"``.
        persons: those of its members who may represent it.
        representative: who of them does (户代表); ``None`` while they have not said.
        groups: the groups of the roll that it belongs to.
    """

    id: str = attrs.field(converter=name)
    persons: frozenset[str] = attrs.field(converter=_persons)
    representative: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)
    groups: frozenset[str] = attrs.field(default=frozenset(), converter=names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.representative is not None and self.representative not in self.persons:
            raise InvalidValue(
                f"{self.representative!r} is not of household {self.id!r}; one of its own represents it: "
                f"{', '.join(sorted(self.persons))}"
            )

    def head(self) -> Member:
        """The household on a roll: under its representative's id, or its own while several could be it."""
        who = self.persons if self.representative is None else {self.representative}
        if len(who) == 1:
            return Member(*who, groups=self.groups)
        return Member(self.id, groups=self.groups, co_owners=who)


def households_roll(
    body: str, households: Iterable[Household], *, groups: Iterable[str] = (), on: date | None = None
) -> Roll:
    """The roll of a body in which each household has one vote, cast by its representative.

    A household that has not said who represents it counts as entitled, and casts nothing until it does.

    Args:
        body: the body, such as ``"villagers_assembly"``.
        households: all of them, with and without a representative.
        groups: the groups that the roll knows.
        on: the day of which it is the state.

    Raises:
        InvalidValue: with every fault: a person in two households, and whatever makes no roll.
    """
    given = all_of(Household, households, "households")
    return _roll(
        body,
        [household.head() for household in given],
        _in_two("person", "households", [(each.id, each.persons) for each in given]),
        groups=groups,
        on=on,
        electorate="households",
    )


def delegates_roll(
    body: str,
    delegates: Mapping[str, Iterable[str]],
    *,
    groups: Mapping[str, Iterable[str]] | None = None,
    on: date | None = None,
) -> Roll:
    """The roll of a body of delegates: one head each, weighed by the households that stand behind them.

    Rules that count delegates ask for heads; those that count the households represented (一事一议) ask for
    ``.by("households")``.

    Args:
        body: the body, such as ``"resident_representatives"``.
        delegates: the households that each one stands for; empty for a member who is no delegate of any.
        groups: who belongs to each group, such as ``{"women": {"r-01"}}``.
        on: the day of which it is the state.

    Raises:
        InvalidValue: with every fault: a household behind two delegates, somebody in a group who is no delegate, and
            whatever makes no roll.
    """
    behind = {delegate: names(households) for delegate, households in keyed(delegates, "delegates").items()}
    grouped = {group: names(held) for group, held in keyed({} if groups is None else groups, "groups").items()}
    strangers = [
        f"{person!r} is in the group {group!r} and no delegate; add them, or take them out of it"
        for group, held in sorted(grouped.items())
        for person in sorted(held - behind.keys())
    ]
    members = [
        Member(
            delegate,
            weights={"households": len(households)},
            groups={group for group, held in grouped.items() if delegate in held},
        )
        for delegate, households in behind.items()
    ]
    twice = _in_two("household", "delegates", behind.items())
    return _roll(body, members, [*twice, *strangers], groups=grouped, on=on, electorate="delegates")


def _in_two(what: str, where: str, sets: Iterable[tuple[str, frozenset[str]]]) -> Iterator[str]:
    of: dict[str, list[str]] = {}
    for owner, held in sets:
        for each in held:
            of.setdefault(each, []).append(owner)
    for each in sorted(of):
        if len(of[each]) > 1:
            yield f"the {what} {each!r} is counted under the {where} {', '.join(sorted(of[each]))}; leave it under one"


def _roll(
    body: str,
    members: Iterable[Member],
    faults: Iterable[str],
    *,
    groups: Iterable[str],
    on: date | None,
    electorate: str,
) -> Roll:
    """The roll, unless there are faults in what it was made from: then they are told with those of the roll itself."""
    found = tuple(faults)
    try:
        roll = Roll(body, members, groups=groups, on=on, electorate=electorate)
    except InvalidValue as error:
        raise InvalidValue(*found, *error.faults) from None
    InvalidValue.raise_all(found)
    return roll
