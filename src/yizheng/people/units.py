"""Units and whose they are: the parts of a building that are somebody's own, as a land register has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import attrs

from yizheng.errors import InvalidValue
from yizheng.values.doors import a_day
from yizheng.values.exact import exact, written
from yizheng.values.names import name, names

__all__ = ["Holding", "Unit"]


def _area(value: object) -> Fraction:
    number = exact(value, "the area of a unit")
    if number < 0:
        raise InvalidValue(f"the area of a unit is {written(number)} m2; an area is nought or more")
    return number


@attrs.frozen
class Unit:
    """A part of a building that is somebody's own (专有部分).

    Attributes:
        id: unique in the estate, such as ``"1-101"``.
        kind: what it is, such as ``"dwelling"``, ``"shop"``, ``"garage"`` or ``"storage"``.
        area: in square metres, exact: by the register, else by the survey, else by the contract (interpretation art. 8).
        groups: what it belongs to, such as ``{"building-1"}``.
    """

    id: str = attrs.field(converter=name)
    kind: str = attrs.field(converter=name, kw_only=True)
    area: Fraction = attrs.field(converter=_area, kw_only=True)
    groups: frozenset[str] = attrs.field(default=frozenset(), converter=names, kw_only=True)


def _owners(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if not taken:
        raise InvalidValue(
            'a holding needs an owner; where nobody knows who it is, give a name such as "unknown-1-101"'
        )
    return taken


def _day(value: object) -> date | None:
    return None if value is None else a_day(value, "a day of a holding")


@attrs.frozen
class Holding:
    """Who owns a unit, and from when to when.

    A buyer owns from the registration, or before it from the lawful taking of possession (interpretation art. 1). Until
    then the unit is the developer's, sold or not (art. 9).

    Attributes:
        unit: the unit's id.
        owners: the owner, or all co-owners.
        since: the first day; ``None`` where it has always been so.
        until: the last day (included); ``None`` while no end is known.
        id: the id of the head on the roll, where co-owners hold it; ``None`` for one made of theirs (``"p-1+p-2"``),
            which is too long where there are many. It may be given with one of the units that they hold, or with each.
    """

    unit: str = attrs.field(converter=name)
    owners: frozenset[str] = attrs.field(converter=_owners)
    since: date | None = attrs.field(default=None, converter=_day, kw_only=True)
    until: date | None = attrs.field(default=None, converter=_day, kw_only=True)
    id: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.id is not None and len(self.owners) == 1:
            raise InvalidValue(f"{self.unit} has one owner, who is the head by their own id; leave id= out")
        if self.id in self.owners:
            raise InvalidValue(
                f"{self.id!r} is one of the owners of {self.unit}; give what they hold jointly another id"
            )
        if self.since and self.until and self.until < self.since:
            raise InvalidValue(
                f"{self.unit} is held from {self.since} to {self.until}, which ends before it begins; exchange the dates"
            )

    def stands(self, on: date) -> bool:
        """Whether it stands on a day, both ends included.

        Raises:
            InvalidType: when it is no day.
        """
        a_day(on, "the day asked about")
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)
