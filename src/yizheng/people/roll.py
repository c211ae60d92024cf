"""Members and rolls: who may vote in a body on a date, and with what weight."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, final

import attrs
from typing_extensions import override

from yizheng.canonical import Kept, digest, encoded
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.people.counting import Places
from yizheng.people.service import Service, served_by
from yizheng.rules import HEADS, BallotPolicy, Choice, Mark, Silence, Tally, deem
from yizheng.rules.ballots import AS_USUAL
from yizheng.values.doors import a_day, all_of, one
from yizheng.values.exact import Exact, exact, written
from yizheng.values.frozen import FrozenMap, filled
from yizheng.values.names import NO_NAMES, keyed, lookalike, name, names

if TYPE_CHECKING:
    from yizheng.people.arrays import RollArrays

__all__ = ["Member", "Roll"]


_WEIGHTLESS: Final[FrozenMap[str, Fraction]] = FrozenMap()


def _weights(weights: Mapping[str, Exact]) -> FrozenMap[str, Fraction]:
    if weights is _WEIGHTLESS:
        return _WEIGHTLESS
    # A million members are taken at once; words are found only where something is wrong.
    taken = _sound(weights) if isinstance(weights, dict) else None
    return filled(_told(weights) if taken is None else taken) or _WEIGHTLESS


def _sound(weights: Mapping[str, Exact]) -> dict[str, Fraction] | None:
    """The weights, unless something is wrong with them."""
    taken: dict[str, Fraction] = {}
    try:
        for measure, value in weights.items():
            taken[name(measure)] = number = exact(value)
            if number.numerator < 0:
                return None
    except (InvalidType, InvalidValue):
        return None
    return None if HEADS in taken or len(taken) != len(weights) else taken


def _told(weights: Mapping[str, Exact]) -> dict[str, Fraction]:
    """The weights, or an error that says what is wrong with them."""
    taken: dict[str, Fraction] = {}
    for measure, value in keyed(weights, "weights").items():
        if measure == HEADS:
            raise InvalidValue("a member is one head; leave heads out of the weights")
        taken[measure] = number = exact(value, f"the weight by {measure}")
        if number < 0:
            raise InvalidValue(f"the weight by {measure} is {written(number)}; a weight is nought or more")
    return taken


@attrs.frozen
class Member:
    """Somebody who may vote: one head, with exact weights by further measures.

    Attributes:
        id: unique on the roll, such as ``"1-101"``.
        weights: by measure, such as ``{"area": "89.60"}`` in square metres; exact, nought or more.
        groups: the groups of the roll that the member belongs to.
        co_owners: the persons who hold this head jointly, two or more; they cast nothing until they have named who votes
            (domain E15). Empty for a head that is one person's.
    """

    id: str = attrs.field(converter=name)
    weights: FrozenMap[str, Fraction] = attrs.field(default=_WEIGHTLESS, converter=_weights, kw_only=True)
    groups: frozenset[str] = attrs.field(default=NO_NAMES, converter=names, kw_only=True)
    co_owners: frozenset[str] = attrs.field(default=NO_NAMES, converter=names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.co_owners:
            return
        if len(self.co_owners) == 1:
            raise InvalidValue(f"{self.id!r} has one co-owner; a head that is one person's has none")
        if self.id in self.co_owners:
            raise InvalidValue(f"{self.id!r} is one of its own co-owners; give what they hold jointly an id of its own")


@final
class Roll(Kept):
    """The members of a body on a date. It cannot be changed; a later roll is another one.

    Args:
        body: the body, such as ``"owners"``.
        members: who may vote in it. Their order does not matter.
        groups: the groups that the roll knows, whether or not anybody belongs to them.
        on: the day of which it is the state.
        electorate: whom it lists, such as ``"persons"``, ``"households"`` or ``"owners"``; a rule that counts others
            does not judge its votes.

    Raises:
        InvalidValue: with every fault: an empty roll, an id given twice or in two Unicode forms, a group that the roll
            does not know, a measure that a member lacks.
    """

    __slots__ = ("__dict__", "_by_id", "body", "electorate", "groups", "joint", "members", "on")

    body: str
    members: tuple[Member, ...]
    groups: frozenset[str]
    on: date | None
    electorate: str | None
    joint: frozenset[str]
    """The members whose head several persons hold."""
    _by_id: dict[str, Member]

    def __init__(
        self,
        body: str,
        members: Iterable[Member],
        *,
        groups: Iterable[str] = (),
        on: date | None = None,
        electorate: str | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "body", name(body, "the body"))
        put(self, "groups", names(groups))
        put(self, "on", _day(on))
        put(self, "electorate", None if electorate is None else name(electorate, "the electorate"))
        given = all_of(Member, members, "the members of a roll")
        put(self, "members", tuple(sorted(given, key=_id)))
        put(self, "_by_id", dict(zip(map(_id, self.members), self.members, strict=True)))
        put(self, "joint", frozenset([member.id for member in self.members if member.co_owners]))
        if not self._is_sound():
            InvalidValue.raise_all(self._faults())

    def _is_sound(self) -> bool:
        """Whether nothing is wrong with it, which is quicker to see than what is."""
        if not self.members or len(self._by_id) != len(self.members):
            return False
        everybody = set(self._by_id).union(*(self._by_id[head].co_owners for head in self.joint))
        if len(set(map(lookalike, everybody))) != len(everybody):
            return False
        measures = self.members[0].weights.keys()
        known = self.groups.issuperset
        return all(known(member.groups) and member.weights.keys() == measures for member in self.members)

    def _faults(self) -> Iterator[str]:
        if not self.members:
            yield f"the roll of {self.body} is empty; nobody could decide anything"
            return
        seen: dict[str, str] = {}
        for each in (each for member in self.members for each in (member.id, *sorted(member.co_owners))):
            known = seen.setdefault(lookalike(each), each)
            if known != each:
                yield f"the ids {known!r} and {each!r} differ only in their Unicode form; give one of them another id"
        for first, second in zip(self.members, self.members[1:], strict=False):
            if first.id == second.id:
                yield f"{first.id!r} stands twice on the roll of {self.body}; one person is one head: add up the weights"
        measures = set(self.members[0].weights).union(*(member.weights for member in self.members))
        for member in self.members:
            if missing := sorted(measures - set(member.weights)):
                yield f"{member.id!r} has no weight by {', '.join(missing)}, which others have; give it, if only as 0"
            if unknown := sorted(member.groups - self.groups):
                yield f"{member.id!r} is in {', '.join(unknown)}, which the roll does not know; add it to groups="

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"a roll cannot be changed; build a new one instead of setting {attribute}")

    @override
    def __delattr__(self, attribute: str) -> None:
        raise AttributeError(f"a roll cannot be changed; build a new one instead of deleting {attribute}")

    @property
    def measures(self) -> frozenset[str]:
        """The measures by which members are weighed, heads among them."""
        return frozenset({HEADS, *self.members[0].weights})

    def __contains__(self, member: object) -> bool:
        return isinstance(member, str) and member in self._by_id

    def __getitem__(self, member: str) -> Member:
        if member not in self:
            raise InvalidValue(f'{shown(member)} is not on the roll of {self.body}; look with "in" first')
        return self._by_id[member]

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members)

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Roll):
            return NotImplemented
        return self is other or (
            (self.body, self.on, self.electorate, self.groups, self.members)
            == (other.body, other.on, other.electorate, other.groups, other.members)
        )

    @override
    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.body, self.on, self.electorate, self.groups, self.members))

    @override
    def __repr__(self) -> str:
        return f"<Roll of {self.body}: {len(self.members)} members>"

    @override
    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (self.body, self.members, self.groups, self.on, self.electorate)

    @cached_property
    @override
    def digest(self) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] -- worked out once
        """The digest of the roll's plain data, by which a record refers to it."""
        return digest(encoded(self.to_data()))  # ids, figures and days have doors, so that nothing is looked at twice

    @override
    def to_data(self) -> dict[str, object]:
        """The roll as plain data."""
        return {
            **({} if self.electorate is None else {"electorate": self.electorate}),
            "body": self.body,
            "groups": sorted(self.groups),
            "members": [
                {
                    **({"co_owners": sorted(member.co_owners)} if member.co_owners else {}),
                    "groups": sorted(member.groups),
                    "id": member.id,
                    "weights": {measure: written(weight) for measure, weight in member.weights.items()},
                }
                for member in self.members
            ],
            "on": None if self.on is None else self.on.isoformat(),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Roll:
        """The roll from its plain data.

        Raises:
            InvalidValue: when the data are not those of a roll.
        """
        try:
            members = [
                Member(each["id"], weights=each["weights"], groups=each["groups"], co_owners=each.get("co_owners", ()))
                for each in data["members"]
            ]
            on = None if data["on"] is None else date.fromisoformat(data["on"])
            return cls(data["body"], members, groups=data["groups"], on=on, electorate=data.get("electorate"))
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise InvalidValue(f"these are not the data of a roll: {error!r}") from None

    def total(self, measure: str = HEADS, group: str | None = None) -> Fraction:
        """All weight by a measure, in the whole roll or in a group.

        Raises:
            InvalidValue: when the roll knows no such measure or group.
        """
        measure, group = one(str, measure, "a measure"), None if group is None else one(str, group, "a group")
        if measure not in self.measures or (group is not None and group not in self.groups):
            of = "" if group is None else f" of {shown(group)}"
            raise InvalidValue(f"the roll of {self.body} does not know {shown(measure)}{of}")
        return _summed([member for member in self.members if group is None or group in member.groups], measure)

    def tally(
        self,
        ballots: Mapping[str, Choice | Mark] | Iterable[tuple[str, Choice | Mark]],
        *,
        present: Iterable[str] | None = None,
        recused: Iterable[str] = (),
        issued: int | None = None,
        returned: int | None = None,
        groups: Iterable[str] | None = None,
        measures: Iterable[str] | None = None,
        named: Mapping[str, str] | None = None,
        mandated: Iterable[str] = (),
        policy: BallotPolicy = AS_USUAL,
        silence: Silence | None = None,
        served: Iterable[Service] = (),
        until: datetime | None = None,
    ) -> Tally:
        """Count ballots by name against this roll, in every measure and group.

        Ballots are looked at once and not kept: a count of millions that are read from a file needs one byte for each
        member, beside the roll itself.

        Args:
            ballots: what each member chose, or what the counters found on the ballot: a mapping, or pairs of a member's id and a choice, in any order, such as a
                generator gives them.
            present: who took part in the meeting; ``None`` for written or mixed voting, which has no presence.
            recused: who is taken out of the roll for this item.
            issued: how many ballots were given out, where that was counted.
            returned: how many came back.
            groups: the groups to count; left out, all that the roll knows. What is not asked for is not counted, so
                that a public ruling tells no more than it must.
            measures: the measures to count in, heads among them; left out, all.
            named: who votes for each head that several persons hold, by the head's id: one of its co-owners.
            mandated: the heads for which somebody else votes under a mandate, as a stage has checked it; here nothing
                of it is checked.
            policy: as what blank and ambiguous ballots count.
            silence: what those count as who were served and did not vote; left out, nobody counts as having voted.
            served: the record of service; who is not in it is never deemed anything, nor are co-owners who have named
                nobody.
            until: the end of the vote, so that later service makes nothing of anybody; left out, no moment is looked at.

        Raises:
            InvalidType: when something is no set of ids, no pair of a member and a choice, or no id.
            InvalidValue: with every fault, each ballot by its number from 1: a ballot by somebody who is not on the
                roll, is recused, or is not present, or has voted before; a word that is no choice; a ballot of co-owners
                who have named nobody, or nobody of theirs; somebody present, recused, named or served who is not on the roll. Fifty are
                told, the others are counted. Also when the weights have too many different fractions to be added up,
                and where something is made of silence at a meeting.
        """
        one(BallotPolicy, policy, "the rules for ballots")
        presence = present is not None
        marks = self._places.marks(ballots, present, recused, named, mandated)
        blank, ambiguous = self._places.settle(marks, policy)
        counted = sorted(self.groups if groups is None else names(groups) & self.groups)
        by = sorted(self.measures if measures is None else ({HEADS} | names(measures)) & self.measures)
        figures = self._places.figures(marks, by, counted, presence=presence)
        tally = Tally(
            figures,
            presence=presence,
            issued=issued,
            returned=returned,
            electorate=self.electorate,
            blank=blank or None,
            ambiguous=ambiguous or None,
        )
        if silence is None:
            return tally
        silent = self._places.silent_of(served_by(served, silence, until=until), marks, named)
        return deem(tally, silence, {measure: _weights_of(silent, measure, counted) for measure in by})

    def arrays(self) -> RollArrays:
        """The weights and groups of this roll as numpy arrays, to count marks that come as an array.

        The place of a member in them, and in the marks, is the place in :attr:`members`, which are in the order of
        their ids. It needs ``yizheng[numpy]``.

        Example:
            >>> import numpy as np
            >>> from yizheng import Member, Roll
            >>> from yizheng.rules import FOR
            >>> roll = Roll(
            ...     "owners", [Member("1-101", weights={"area": "89.60"}), Member("1-102", weights={"area": 75})]
            ... )
            >>> roll.arrays().tally(np.array([1, 2], dtype=np.int8)).number(FOR.by("area"))
            Fraction(448, 5)

        Raises:
            ImportError: when numpy is not installed.
            InvalidValue: when the weights have too many different fractions.
        """
        from yizheng.people.arrays import RollArrays  # noqa: PLC0415 -- loaded for those who ask

        return RollArrays.of(
            self._places, measures=self.measures - {HEADS}, groups=self.groups, electorate=self.electorate
        )

    @cached_property
    def _places(self) -> Places:
        return Places(self.body, self.members)


def _day(on: object) -> date | None:
    return None if on is None else a_day(on, "the day of a roll")


_id: Final = attrgetter("id")


def _summed(members: Collection[Member], measure: str) -> Fraction:
    """What members weigh together; each denominator is added up by itself, since adding fractions takes longer."""
    if measure == HEADS:
        return Fraction(len(members))
    sums: dict[int, int] = {}
    for member in members:
        over, under = member.weights[measure].as_integer_ratio()
        sums[under] = sums.get(under, 0) + over
    return sum((Fraction(over, under) for under, over in sums.items()), Fraction())


def _weights_of(members: Collection[Member], measure: str, groups: Iterable[str]) -> dict[str | None, Fraction]:
    """The weight of some members by a measure: of all of them, and of those in each group."""
    held: dict[str | None, Fraction] = {None: _summed(members, measure)}
    for group in groups:
        held[group] = _summed([member for member in members if group in member.groups], measure)
    return held


def _rebuilt(
    body: str, members: tuple[Member, ...], groups: frozenset[str], on: date | None, electorate: str | None
) -> Roll:
    return Roll(body, members, groups=groups, on=on, electorate=electorate)
