"""Which edition holds on a day, and where."""

from __future__ import annotations

from datetime import date
from typing import Final

from yizheng.errors import InvalidValue, NoEdition, shown
from yizheng.law import (
    assistance,
    collective,
    consultation,
    elections,
    inferred,
    local_texts,
    mediation,
    owners,
    owners_meetings,
    party,
    periods,
    proxies,
    residents,
    villages,
    villages_meetings,
)
from yizheng.law.editions import Edition
from yizheng.law.provisions import Provision, cited
from yizheng.law.regions import Region, as_region
from yizheng.text import Text
from yizheng.values.doors import a_day
from yizheng.values.frozen import FrozenMap

__all__ = ["PROVISIONS", "edition", "holding", "in_force", "provision", "told"]

_ALL: Final[tuple[tuple[Provision, ...], ...]] = (
    residents.PROVISIONS,
    villages.PROVISIONS,
    villages_meetings.PROVISIONS,
    collective.PROVISIONS,
    party.PROVISIONS,
    owners.PROVISIONS,
    owners_meetings.PROVISIONS,
    consultation.PROVISIONS,
    elections.PROVISIONS,
    proxies.PROVISIONS,
    assistance.PROVISIONS,
    mediation.PROVISIONS,
    periods.PROVISIONS,
    local_texts.PROVISIONS,
    inferred.PROVISIONS,
)

PROVISIONS: Final[FrozenMap[str, Provision]] = FrozenMap({each.id: each for body in _ALL for each in body})
"""Every provision of the catalogue, by its id."""


def provision(id: str) -> Provision:  # noqa: A002  # as every id of the library is called
    """A provision by its id, whatever its dates.

    Raises:
        InvalidValue: when there is none; the error lists those of the same body of law, or else what there is.
    """
    found = PROVISIONS.get(id) if isinstance(id, str) else None
    if found is None:
        body = id.split(".", maxsplit=1)[0] + "." if isinstance(id, str) else ""
        near = [known for known in PROVISIONS if body and known.startswith(body)]
        raise InvalidValue(f"no provision {shown(id)} is in the catalogue; there are {', '.join(near or PROVISIONS)}")
    return found


def _place(region: Region | Text | str | None) -> Region | None:
    return None if region is None else as_region(region)


def in_force(*, on: date, region: Region | Text | str | None = None) -> FrozenMap[str, tuple[Edition, ...]]:
    """Everything that holds on a day, by the id of its provision.

    Where a region has a rule of its own beside the national one, both are given: the national first, then those of the
    regions that contain it, its own last. Which of them binds is a question of law; :func:`effective`
    gives what satisfies all of them.

    An edition whose first day is not recorded is given for every day up to its last, and its note says so.

    Example:
        >>> from datetime import date
        >>> from yizheng import law
        >>> held = law.in_force(on=date(2026, 3, 1), region="山东")
        >>> [edition.citation.article for edition in held["villages.representatives.vote"]]
        ['30', '24']

    Args:
        on: the day; which day of a case counts (that of the notice, or of the vote) is for the caller to say.
        region: where; ``None`` for what holds in the whole country.

    Raises:
        InvalidType: when ``on`` is no day.
        InvalidValue: when no rule of the region is in the catalogue.
    """
    day, place = a_day(on, "on"), _place(region)
    found = {each.id: each.holding(day, place) for each in PROVISIONS.values()}
    return FrozenMap({id_: editions for id_, editions in found.items() if editions})


def edition(id: str, *, on: date, region: Region | Text | str | None = None) -> Edition:  # noqa: A002  # as above
    """The edition of a provision that holds on a day: the region's own, or the nearest that contains it.

    It need not be the strictest: the national edition, or that of a region between, holds beside it and may ask for
    more. In Hebei a measure of 2011 lets half of those present carry, where the law asks for more than half; its own
    note says so. :func:`effective` gives what satisfies all that hold, :func:`in_force` each of them.

    Example:
        >>> from datetime import date
        >>> from yizheng import law
        >>> law.edition("residents.assembly.call.persons", on=date(2025, 12, 31)).share
        Fraction(1, 5)
        >>> law.edition("residents.assembly.call.persons", on=date(2026, 1, 1)).share
        Fraction(1, 10)

    Args:
        id: of the provision.
        on: the day.
        region: where; ``None`` for what holds in the whole country.

    Raises:
        NoEdition: when none holds there on that day; the error lists the editions that there are.
        InvalidType: when ``on`` is no day.
        InvalidValue: when there is no such provision, or no rule of the region is in the catalogue.
    """
    return holding(id, on=on, region=region)[-1]


def holding(id: str, *, on: date, region: Region | Text | str | None) -> tuple[Edition, ...]:  # noqa: A002  # as above
    """The editions of a provision that hold on a day in a region, one at least: the national first, the nearest last.

    Raises:
        NoEdition: when none holds there on that day.
        InvalidType: when ``on`` is no day.
        InvalidValue: when there is no such provision, or no rule of the region is in the catalogue.
    """
    asked, day, place = provision(id), a_day(on, "on"), _place(region)
    found = asked.holding(day, place)
    if not found:
        raise NoEdition(
            asked.id, str(day), None if place is None else str(place), [told(each) for each in asked.editions]
        )
    return found


def told(edition: Edition) -> str:
    """An edition by its source, its days and its region, in both languages."""
    source = cited(edition)
    since = f"from {source.in_force_from}" if source.in_force_from else "from a day that is not recorded"
    until = f" to {source.in_force_to}" if source.in_force_to else ""
    where = f" in {source.region}" if source.region else ""
    return f"{source.explain('zh')} / {source.explain('en')}, {since}{until}{where}"
