"""A provision: one thing that the law settles, with every edition of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.law.bodies import BODIES
from yizheng.law.editions import Bounds, Clause, Edition, Share
from yizheng.law.regions import Region, as_region, same_place
from yizheng.rules import Rule
from yizheng.text import Text, as_text
from yizheng.values.doors import a_day, several
from yizheng.values.names import name, names

__all__ = ["Provision", "as_body", "cited"]

_ID: Final = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_KINDS: Final = (Rule, Period, Share, Bounds, Clause)


def _id(value: object) -> str:
    taken = name(value, "the id of a provision")
    if not _ID.fullmatch(taken):
        raise InvalidValue(f'the id of a provision is {taken!r}; write words with points, such as "villages.notice"')
    return taken


def as_body(value: object) -> str:
    """A body of the catalogue, by its identifier.

    Raises:
        InvalidType: when it is no string.
        InvalidValue: when there is no such body; the error lists those that there are.
    """
    taken = name(value, "the body of a provision")
    if taken not in BODIES:
        raise InvalidValue(f"{taken!r} is no body of the catalogue; write one of {', '.join(BODIES)}")
    return taken


def _editions(values: Any) -> tuple[Edition, ...]:
    taken = (values,) if isinstance(values, _KINDS) else several(values, "editions")
    for each in taken:
        if not isinstance(each, _KINDS):
            raise InvalidType(f"editions: each must be a rule, period, share, bounds or clause, not {kind_of(each)}")
    return taken


def cited(edition: Edition) -> Citation:
    """The citation of an edition, which every edition of a provision has.

    Raises:
        InvalidType: when it has none.
    """
    if edition.citation is None:
        raise InvalidType("an edition without a citation; say where it is written, or mark it as Citation.inferred(…)")
    return edition.citation


@attrs.frozen(kw_only=True)
class Provision:
    """One thing that the law settles: a majority, a notice, a share, a cap.

    Attributes:
        id: by which it is asked for: whose law, then what, such as ``"residents.representatives.vote"``.
        title: what it settles.
        body: which body acts or decides.
        electorate: whom heads count where it is voted on or signed: ``"persons"``, ``"households"``, ``"owners"``, …
        matters: the kinds of matter that it concerns; empty where it concerns all that the body decides.
        editions: what each instrument says, and from when to when; all of one kind, and of one region never two on one
            day.
    """

    id: str = attrs.field(converter=_id)
    title: Text = attrs.field(converter=as_text)
    body: str = attrs.field(converter=as_body)
    electorate: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    matters: frozenset[str] = attrs.field(default=frozenset(), converter=names)
    editions: tuple[Edition, ...] = attrs.field(converter=_editions)

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())

    def _faults(self) -> Iterator[str]:
        if not self.editions:
            yield f"{self.id} has no edition; give one at least"
        if len({type(edition) for edition in self.editions}) > 1:
            yield f"{self.id} has editions of several kinds; make a provision for each kind"
        for number, edition in enumerate(self.editions):
            ours = cited(edition)
            if isinstance(edition, Rule) and edition.electorate not in {None, self.electorate}:
                yield f"{self.id} counts {self.electorate}, and an edition of it counts {edition.electorate}"
            for other in map(cited, self.editions[:number]):
                if same_place(ours.region, other.region) and _overlap(ours, other):
                    yield f"{self.id} has two editions of {ours.region or 'the whole country'} on one day; date them"

    def holding(self, on: date, region: Region | Text | str | None) -> tuple[Edition, ...]:
        """The editions that hold on a day in a region: the national one first, the nearest last.

        Raises:
            InvalidType: when ``on`` is no day, or the region is neither a region nor a name.
            InvalidValue: when no rule of the region is in the catalogue.
        """
        a_day(on, "on")
        within = () if region is None else reversed([*as_region(region).lineage()])
        places = [None, *[place.name for place in within]]
        return tuple(
            edition
            for place in places
            for edition in self.editions
            if same_place(cited(edition).region, place) and cited(edition).in_force(on)
        )


def _overlap(one: Citation, other: Citation) -> bool:
    first, last = date.min, date.max
    return (one.in_force_from or first) <= (other.in_force_to or last) and (other.in_force_from or first) <= (
        one.in_force_to or last
    )
