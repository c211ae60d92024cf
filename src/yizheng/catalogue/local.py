"""The rules of a procedure by place and by-law: for each day what satisfies all that hold, as dated editions for a stage.

A stage takes the edition in force on its local day. :func:`rules` and :func:`periods` cut the days where something begins
or ends, and give for each stretch what :func:`~yizheng.law.effective` gives on its days, joined with the
by-law. The citation of each says on which days it is the one; so on no day are there two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from typing import Final, TypeVar

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation, together
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.law.bars import law_of, parts
from yizheng.law.editions import Edition
from yizheng.law.lookup import provision
from yizheng.law.provisions import cited
from yizheng.law.regions import Region, as_region, same_place
from yizheng.rules import LongerPeriod, Rule, stricter
from yizheng.text import Language, Text
from yizheng.values.doors import a_day, all_of
from yizheng.values.scalars import flag

__all__ = ["Place", "periods", "rules", "source"]

Place = Region | Text | str | None
"""Where a procedure is held: a region, its name, or ``None`` for what holds in the whole country."""

_A_DAY: Final = timedelta(days=1)

E_ = TypeVar("E_", bound=Rule | Period)
S_ = TypeVar("S_", bound=Edition)


def rules(
    *provision_ids: str,
    region: Place = None,
    by_law: Rule | Iterable[Rule] = (),
    otherwise: Rule | Iterable[Rule] = (),
    since: date | None = None,
    until: date | None = None,
) -> tuple[Rule, ...]:
    """The rule of a provision in a place, as dated editions for a stage; each asks what all that hold ask together.

    Of provisions that are alternatives, such as a vote by persons or by households, each keeps its own; the stage takes
    the one for whom the roll lists.

    Example:
        >>> from datetime import date
        >>> from yizheng.catalogue import local
        >>> for rule in local.rules("villages.representatives.vote", region="山东"):
        ...     print(rule.citation.in_force_from, [source.article for source in rule.sources])
        None ['24']
        2010-10-28 ['26', '24']
        2026-01-01 ['30', '24']

    Args:
        provision_ids: of the provision, such as ``"villages.representatives.vote"``, or of several alternatives.
        region: where; ``None`` for what holds in the whole country.
        by_law: a by-law's own rule, or its dated editions: what is given then satisfies it as well, whether it asks
            for more than the law or for less. One that says whom it counts is joined with the provision for these.
        otherwise: what stands on days on which none of these holds.
        since: the first day for which it is meant; nothing given holds before it.
        until: the last.

    Raises:
        InvalidType: for a by-law that is no rule.
        InvalidValue: when there is no such provision, it settles no vote, no rule of the region is in the catalogue, or
            a by-law has no citation or counts another electorate.
    """
    if not provision_ids:
        raise InvalidValue('no provision was named; give its id, such as "villages.representatives.vote"')
    own, found = all_of(Rule, by_law, "by_law"), list[Rule]()
    counted = {provision(each).electorate for each in provision_ids}
    for rule in own:
        if rule.electorate is not None and not counted & {rule.electorate, None}:
            raise InvalidValue(
                f"a by-law counts {rule.electorate}, and {', '.join(provision_ids)} counts "
                f"{', '.join(sorted(map(str, counted)))}, which are never mixed; give the provision for these, or the by-law"
            )
    days = _days(since, until)
    for each in provision_ids:
        fitting = [rule for rule in own if rule.is_for(provision(each).electorate)]
        found += _editions(Rule, each, region, fitting, all_of(Rule, otherwise, "otherwise"), days, _strictest)
    return tuple(found)


def periods(
    provision_id: str,
    *,
    region: Place = None,
    by_law: Period | Iterable[Period] = (),
    otherwise: Period | Iterable[Period] = (),
    since: date | None = None,
    until: date | None = None,
    deadline: bool = False,
) -> tuple[Period, ...]:
    """The period of a provision in a place, as dated editions for a stage; each satisfies all that hold.

    Of a notice or a posting, which must last so long at least, that is the longest; of a deadline, within which something
    must be done, the shortest. The note of its citation tells all of them.

    Example:
        >>> from yizheng.catalogue import local
        >>> [period.length for period in local.periods("villages.representatives.notice", region="山东")]
        [5]
        >>> local.periods("villages.representatives.notice")
        ()

    Args:
        provision_id: of the provision, such as ``"villages.assembly.notice"``.
        region: where; ``None`` for what holds in the whole country.
        by_law: a by-law's own period, or its dated editions; the stricter of it and the law is given.
        otherwise: what stands on days on which none of these holds.
        since: the first day for which it is meant; nothing given holds before it.
        until: the last.
        deadline: whether something must be done within it.

    Raises:
        InvalidType: for a by-law that is no period.
        InvalidValue: when there is no such provision, it settles no period, no rule of the region is in the catalogue, a
            by-law has no citation, or it depends on the day which of two periods ends later.
    """
    own, default = all_of(Period, by_law, "by_law"), all_of(Period, otherwise, "otherwise")
    join = _shortest if flag(deadline) else _longest
    return tuple(_editions(Period, provision_id, region, own, default, _days(since, until), join))


def kept_rules(provision_id: str, given: Rule | Iterable[Rule], default: Rule) -> tuple[Rule, ...]:
    """The rules that somebody gives for a step, where the law has its own: a by-law is joined with it.

    Rules that all name articles of the catalogue stay as they are: what each article asks, the proof of the definition holds
    them to. None given leaves the default.
    """
    own = all_of(Rule, given, "a rule")
    if own in {(), (default,)} or all(law_of(part, "rule") for each in own for part in parts(each)):
        return own or (default,)
    return rules(provision_id, by_law=own)


def kept_periods(
    provision_id: str, setting: str, given: Period | Iterable[Period], default: Iterable[Period]
) -> tuple[Period, ...]:
    """The same of periods."""
    own, law = all_of(Period, given, "a period"), all_of(Period, default, "a period")
    if own in {(), law} or all(law_of(each, setting) for each in own):
        return own or law
    return periods(provision_id, by_law=own, otherwise=law)


def no_shorter(default: Period, by_law: Period | Iterable[Period]) -> tuple[Period, ...]:
    """A default of this library with by-laws beside it: on each day the longest of those that hold."""
    own = all_of(Period, by_law, "by_law")
    _check_cited(own)
    return tuple(_day_by_day([default, *own], (), _days(None, None), _longest))


def source(*provision_ids: str, region: Place = None, since: date | None = None, until: date | None = None) -> Citation:
    """Where provisions are written, as one citation: for the stage that rests on them.

    Args:
        provision_ids: one or several.
        region: whose editions are named beside the national ones.
        since: the first day that counts; what held only before it is not named.
        until: the last; what holds only after it is not named.

    Raises:
        InvalidValue: when there is no such provision, or no edition of it holds there.
    """
    days = _days(since, until)
    found = [each for id_ in provision_ids for each in _holding_ever(id_, region) if any(_cut(each, *days))]
    places = list(dict.fromkeys(map(cited, found)))
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


def _days(since: date | None, until: date | None) -> tuple[date, date]:
    return (
        date.min if since is None else a_day(since, "since"),
        date.max if until is None else a_day(until, "until"),
    )


def _editions(  # noqa: PLR0917 -- what rules and periods have in common
    kind: type[E_],
    provision_id: str,
    region: Place,
    by_law: Sequence[E_],
    otherwise: Sequence[E_],
    days: tuple[date, date],
    join: Callable[[Sequence[E_]], E_],
) -> Iterator[E_]:
    settled = provision(provision_id).editions
    if not all(isinstance(each, kind) for each in settled):
        raise InvalidType(
            f"{shown(provision_id)} settles no {kind.__name__.lower()}; ask law.effective for what it says"
        )
    _check_cited(by_law)
    pool: list[E_] = [*(each for each in _holding_ever(provision_id, region) if isinstance(each, kind)), *by_law]
    yield from _day_by_day(pool, otherwise, days, join)


def _check_cited(by_law: Iterable[Rule | Period]) -> None:
    if any(each.citation is None for each in by_law):
        raise InvalidValue("a by-law needs a citation that says where it is written and since when; give citation=…")


def _day_by_day(
    pool: Sequence[E_], otherwise: Sequence[E_], days: tuple[date, date], join: Callable[[Sequence[E_]], E_]
) -> Iterator[E_]:
    """What several editions ask together, for each stretch of days on which the same of them hold."""
    turns = [*_turns(pool), None]
    for first, following in pairwise(turns):
        assert first is not None  # the last alone is none
        last = date.max if following is None else following - _A_DAY
        held = [each for each in pool if cited(each).in_force(first)]
        for each in [join(held)] if held else otherwise:
            yield from _cut(each, max(first, days[0]), min(last, days[1]))


def _cut(edition: S_, first: date, last: date) -> Iterator[S_]:
    """The edition with those of its days that lie in a stretch; nothing where none does."""
    source = cited(edition)
    begins, ends = max(first, source.in_force_from or date.min), min(last, source.in_force_to or date.max)
    if begins <= ends:
        days = (begins if begins > date.min else None, ends if ends < date.max else None)
        yield attrs.evolve(edition, citation=attrs.evolve(source, in_force_from=days[0], in_force_to=days[1]))


def _turns(editions: Iterable[Rule | Period]) -> list[date]:
    """The days from which others hold than the day before."""
    days = {date.min}
    for each in editions:
        since, until = cited(each).in_force_from, cited(each).in_force_to
        days |= {since} if since else set[date]()
        days |= {until + _A_DAY} if until and until < date.max else set[date]()
    return sorted(days)


def _strictest(held: Sequence[Rule]) -> Rule:
    return reduce(stricter, held)


def _longest(held: Sequence[Period]) -> Period:
    if len(held) == 1:
        return held[0]
    longer = LongerPeriod(tuple(held))
    return _governing(longer.governing, held, Text(longer.explain("zh"), longer.explain("en")))


def _shortest(held: Sequence[Period]) -> Period:
    if len(held) == 1:
        return held[0]
    outlasted = (each for each in held if all(_ends_first(each, other) for other in held))
    told = Text(f"从严，取较短者：{_listed(held, 'zh')}", f"the shorter of: {_listed(held, 'en')}")
    return _governing(next(outlasted, None), held, told)


def _ends_first(one: Period, other: Period) -> bool:
    """Whether the other never ends before it, whenever both begin."""
    return LongerPeriod((other, one)).governing == other


def _listed(held: Sequence[Period], language: Language) -> str:
    between, around = ("；", "{}（{}）") if language == "zh" else ("; ", "{} ({})")
    return between.join(around.format(each.explain(language), cited(each).explain(language)) for each in held)


def _governing(governing: Period | None, held: Sequence[Period], whole: Text) -> Period:
    """The one of several that is to be kept, with all of them in its note; in force while all are."""
    if governing is None:
        raise InvalidValue(
            f"which of these ends later depends on the day: {whole.zh} / {whole.en}; give the one that is to be kept"
        )
    source = cited(governing)
    note = whole if source.note is None else Text(f"{whole.zh}；{source.note.zh}", f"{whole.en}; {source.note.en}")
    since = max((each.in_force_from for each in map(cited, held) if each.in_force_from), default=None)
    until = min((each.in_force_to for each in map(cited, held) if each.in_force_to), default=None)
    return attrs.evolve(governing, citation=attrs.evolve(source, in_force_from=since, in_force_to=until, note=note))
