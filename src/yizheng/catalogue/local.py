"""The rules of a procedure by place and by-law: for each day what satisfies all that hold, as dated editions for a stage.

A stage takes the edition in force on its local day, the latest first and of equal ones the first. :func:`rules` and
:func:`periods` cut the days where something begins or ends, and give for each stretch what
:func:`~yizheng.catalogue.law.effective` gives on its days, joined with the by-law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import reduce
from typing import TypeVar

import attrs

from yizheng.calendar import Period
from yizheng.catalogue.law.editions import Edition
from yizheng.catalogue.law.lookup import provision
from yizheng.catalogue.law.provisions import cited
from yizheng.catalogue.law.regions import Region, as_region, same_place
from yizheng.citation import Citation, together
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules import LongerPeriod, Rule, stricter
from yizheng.text import Text
from yizheng.values.doors import a_day, all_of

__all__ = ["Place", "periods", "rules", "source"]

Place = Region | Text | str | None
"""Where a procedure is held: a region, its name, or ``None`` for what holds in the whole country."""

E_ = TypeVar("E_", bound=Rule | Period)


def rules(
    provision_id: str,
    *,
    region: Place = None,
    by_law: Rule | Iterable[Rule] = (),
    otherwise: Rule | Iterable[Rule] = (),
    since: date | None = None,
    until: date | None = None,
) -> tuple[Rule, ...]:
    """The rule of a provision in a place, as dated editions for a stage; each asks what all that hold ask together.

    Example:
        >>> from datetime import date
        >>> from yizheng.catalogue import local
        >>> for rule in local.rules("villages.representatives.vote", region="山东"):
        ...     print(rule.citation.in_force_from, [source.article for source in rule.sources])
        2010-10-28 ['26', '24']
        2026-01-01 ['30', '24']
        None ['24']

    Args:
        provision_id: of the provision, such as ``"villages.representatives.vote"``.
        region: where; ``None`` for what holds in the whole country.
        by_law: a by-law's own rule, or its dated editions: what is given then satisfies it as well, whether it asks
            for more than the law or for less.
        otherwise: what stands on days on which none of these holds.
        since: the first day for which it is meant; nothing given holds before it.
        until: the last.

    Raises:
        InvalidType: for a by-law that is no rule.
        InvalidValue: when there is no such provision, it settles no vote, no rule of the region is in the catalogue, or
            a by-law has no citation or counts another electorate.
    """
    found = _editions(Rule, provision_id, region, by_law, _strictest)
    return _between(since, until, (*found, *all_of(Rule, otherwise, "otherwise")))


def periods(
    provision_id: str,
    *,
    region: Place = None,
    by_law: Period | Iterable[Period] = (),
    otherwise: Period | Iterable[Period] = (),
    since: date | None = None,
    until: date | None = None,
) -> tuple[Period, ...]:
    """The period of a provision in a place, as dated editions for a stage; each is the longest of all that hold.

    The note of its citation tells all of them.

    Example:
        >>> from yizheng.catalogue import local
        >>> [period.length for period in local.periods("villages.representatives.notice", region="山东")]
        [5]
        >>> local.periods("villages.representatives.notice")
        ()

    Args:
        provision_id: of the provision, such as ``"villages.assembly.notice"``.
        region: where; ``None`` for what holds in the whole country.
        by_law: a by-law's own period, or its dated editions; the longer of it and the law is given.
        otherwise: what stands on days on which none of these holds.
        since: the first day for which it is meant; nothing given holds before it.
        until: the last.

    Raises:
        InvalidType: for a by-law that is no period.
        InvalidValue: when there is no such provision, it settles no period, no rule of the region is in the catalogue, a
            by-law has no citation, or it depends on the day which of two periods ends later.
    """
    found = _editions(Period, provision_id, region, by_law, _longest)
    return _between(since, until, (*found, *all_of(Period, otherwise, "otherwise")))


def source(*provision_ids: str, region: Place = None) -> Citation:
    """Where provisions are written, whatever their dates, as one citation: for the stage that rests on them.

    Args:
        provision_ids: one or several.
        region: whose editions are named beside the national ones.

    Raises:
        InvalidValue: when there is no such provision, or no edition of it holds there.
    """
    found = [cited(each) for id_ in provision_ids for each in _holding_ever(id_, region)]
    places = list(dict.fromkeys(found))
    if not places:
        raise InvalidValue(
            f"no edition of {', '.join(map(shown, provision_ids))} holds there; name the region that has one"
        )
    if len(places) == 1:
        return places[0]
    starts, ends = [each.in_force_from for each in places], [each.in_force_to for each in places]
    return together(
        places,
        since=min((each for each in starts if each is not None), default=None) if None not in starts else None,
        until=max((each for each in ends if each is not None), default=None) if None not in ends else None,
    )


def _holding_ever(provision_id: str, region: Place) -> list[Edition]:
    within = [] if region is None else [*as_region(region).lineage()]
    places = [None, *(place.name for place in reversed(within))]
    editions = provision(provision_id).editions
    return [each for place in places for each in editions if same_place(cited(each).region, place)]


def _editions(
    kind: type[E_],
    provision_id: str,
    region: Place,
    by_law: E_ | Iterable[E_],
    join: Callable[[Sequence[E_]], E_],
) -> tuple[E_, ...]:
    settled = provision(provision_id).editions
    if not all(isinstance(each, kind) for each in settled):
        raise InvalidType(
            f"{shown(provision_id)} settles no {kind.__name__.lower()}; ask law.effective for what it says"
        )
    own = all_of(kind, by_law, "by_law")
    if any(each.citation is None for each in own):
        raise InvalidValue("a by-law needs a citation that says where it is written and since when; give citation=…")
    pool: list[E_] = [*(each for each in _holding_ever(provision_id, region) if isinstance(each, kind)), *own]
    together_held = dict.fromkeys(tuple(each for each in pool if _holds(each, day)) for day in _turns(pool))
    # On a day on which more hold, fewer of them are given too where they began on the same day: the more come first.
    return tuple(join(held) for held in sorted(together_held, key=len, reverse=True) if held)


def _between(since: date | None, until: date | None, editions: tuple[E_, ...]) -> tuple[E_, ...]:
    """Those that hold on some day of a stretch, each with the days that lie in it."""
    first = date.min if since is None else a_day(since, "since")
    last = date.max if until is None else a_day(until, "until")
    found: list[E_] = []
    for each in editions:
        begins = max(first, cited(each).in_force_from or date.min)
        ends = min(last, cited(each).in_force_to or date.max)
        if begins <= ends:
            source = attrs.evolve(
                cited(each),
                in_force_from=begins if begins > date.min else None,
                in_force_to=ends if ends < date.max else None,
            )
            found.append(attrs.evolve(each, citation=source))
    return tuple(found)


def _turns(editions: Iterable[Rule | Period]) -> list[date]:
    """The days from which others hold than the day before."""
    days = {date.min}
    for each in editions:
        since, until = cited(each).in_force_from, cited(each).in_force_to
        days |= {since} if since else set[date]()
        days |= {until + timedelta(days=1)} if until and until < date.max else set[date]()
    return sorted(days)


def _holds(edition: Rule | Period, day: date) -> bool:
    return cited(edition).in_force(day)


def _strictest(held: Sequence[Rule]) -> Rule:
    return reduce(stricter, held)


def _longest(held: Sequence[Period]) -> Period:
    if len(held) == 1:
        return held[0]
    longer = LongerPeriod(tuple(held))
    governing = longer.governing
    if governing is None:
        raise InvalidValue(
            f"which of these ends later depends on the day: {longer.explain('zh')} / {longer.explain('en')}; give the one that is to be kept"
        )
    citations = [cited(each) for each in held]
    whole = Text(longer.explain("zh"), longer.explain("en"))
    note = cited(governing).note
    return attrs.evolve(
        governing,
        citation=attrs.evolve(
            cited(governing),
            in_force_from=max((each.in_force_from for each in citations if each.in_force_from), default=None),
            in_force_to=min((each.in_force_to for each in citations if each.in_force_to), default=None),
            note=whole if note is None else Text(f"{whole.zh}；{note.zh}", f"{whole.en}; {note.en}"),
        ),
    )
