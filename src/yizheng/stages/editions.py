"""The edition that a stage takes: its own, as the law and what was adopted on the way ask together.

What the definition says is a floor. A by-law that was adopted adds to it and takes nothing away; a later law of the catalogue
takes the place of the earlier one that it replaced, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from typing import Final, TypeAlias, TypeVar, cast

import attrs

from yizheng.calendar import Calendar, Period
from yizheng.citation import Citation
from yizheng.rules import Rule
from yizheng.text import LANGUAGES, Text

__all__ = [
    "FIXED",
    "LONGER_IS_STRICTER",
    "SHORTER_IS_STRICTER",
    "Adopted",
    "Edition",
    "ended",
    "nearest",
    "no_less",
    "since",
    "taken",
]

Edition: TypeAlias = Rule | Period

SHORTER_IS_STRICTER: Final = frozenset({"answer", "within", "longest"})
"""The periods that somebody has for what is owed: the shorter asks for more."""

LONGER_IS_STRICTER: Final = frozenset({"least", "notice", "shortest", "cooling_off"})
"""The periods that others must be given: the longer asks for more, as it does of a setting of neither list."""

FIXED: Final = frozenset({"confirmation"})
"""The periods that bind somebody above, such as a court: whoever sets another, longer or shorter, asks for less than the law."""

E_ = TypeVar("E_", bound=Edition)


@attrs.frozen
class Adopted:
    """An edition that was adopted on the way.

    Attributes:
        stage: for which stage.
        setting: for which of its settings.
        edition: the edition.
        replaces: the places (instrument and article) of the earlier law whose place it takes, where it is a later law; none
            where it is a by-law, which is kept beside the law.
    """

    stage: str
    setting: str
    edition: Edition
    replaces: frozenset[tuple[str, str]] = frozenset()


def since(edition: Edition) -> date:
    """The first day on which an edition is in force."""
    citation = edition.citation
    return date.min if citation is None or citation.in_force_from is None else citation.in_force_from


def taken(
    setting: str,
    settings: Sequence[E_],
    adopted: Iterable[Adopted],
    *,
    on: date,
    calendar: Calendar,
    electorate: str | None = None,
) -> E_ | None:
    """What the editions of a setting and those adopted for it ask together on a day; ``None`` where no law is in force.

    Args:
        setting: the name of the setting, which says whether a longer period asks for more.
        settings: the definition's own editions.
        adopted: what was adopted for this setting.
        on: the local day on which the stage opens.
        calendar: by which periods are reckoned, and so which of two ends later.
        electorate: whom the roll counts.
    """
    holding = sorted((each for each in adopted if _holds(each.edition, on)), key=lambda each: since(each.edition))
    laws = [each for each in holding if each.replaces]
    own = _own(settings, on, electorate, replacing=bool(laws))
    if own is None:
        near = nearest(settings, on, electorate)
        return None if ended(near, on) else _alone(setting, near, holding, on, calendar)
    laws = [each for each in laws if _counts(each.edition, own)]
    law = list(dict.fromkeys(_by_law_of_the_day(own, laws, on)))
    beside = _by_instrument(holding, own)
    if not law or (not beside and law == [*_parts(own)]):
        return own if law else None
    return cast("E_", _together(setting, [*law, *beside], on, calendar))


def nearest(settings: Sequence[E_], on: date, electorate: str | None) -> E_ | None:
    """Of editions that do not hold on a day the last that there was, or else the first that there will be."""
    counted = sorted((each for each in settings if _for(each, electorate)), key=since)
    before = [each for each in counted if since(each) <= on]
    return before[-1] if before else next(iter(counted), None)


def ended(near: Edition | None, on: date) -> bool:
    """Whether the nearest of editions that do not hold on a day has ended by then: no by-law revives what it asked for."""
    return near is not None and since(near) <= on


def no_less(one: Edition, other: Edition, setting: str) -> bool:
    """Whether an edition of a setting asks no less than another."""
    from yizheng.rules.strictness import asks_no_less, never_shorter  # noqa: PLC0415 -- loaded where editions are compared

    if isinstance(one, Rule) and isinstance(other, Rule):
        return asks_no_less(one, other)
    if isinstance(one, Period) and isinstance(other, Period):
        longer, shorter = never_shorter(one, other), never_shorter(other, one)
        return longer and shorter if setting in FIXED else shorter if setting in SHORTER_IS_STRICTER else longer
    return False


def _alone(setting: str, near: E_ | None, holding: Sequence[Adopted], on: date, calendar: Calendar) -> E_ | None:
    """What was adopted, where the definition's own edition is not in force yet: no less than that will be."""
    if near is None:
        return None
    enough = [each for each in holding if _counts(each.edition, near) and no_less(each.edition, near, setting)]
    beside = _by_instrument(enough, near)
    return cast("E_", _together(setting, beside, on, calendar)) if beside else None


def _by_instrument(holding: Sequence[Adopted], own: Edition) -> list[Edition]:
    """The by-laws that hold: of one instrument the latest; what another has decided stands beside it."""
    found = [each.edition for each in holding if not each.replaces and _counts(each.edition, own)]
    return list({_instrument(each): each for each in found}.values())


def _together(setting: str, editions: Sequence[Edition], on: date, calendar: Calendar) -> Edition:
    """Several editions as one, each shown in it."""
    if isinstance(editions[0], Period):
        return _strictest(setting, cast("list[Period]", editions), on, calendar)
    from yizheng.rules.strictness import stricter  # noqa: PLC0415 -- as above

    return reduce(stricter, cast("list[Rule]", editions))


def _own(settings: Sequence[E_], on: date, electorate: str | None, *, replacing: bool) -> E_ | None:
    """The definition's own edition of the day, the latest first; where a later law replaces it, the last that there was."""
    latest = sorted(settings, key=since, reverse=True)
    standing = [each for each in latest if _holds(each, on)]
    if not standing and replacing:
        standing = [each for each in latest if since(each) <= on]
    return next((each for each in standing if _for(each, electorate)), standing[0] if standing else None)


def _by_law_of_the_day(own: Edition, laws: Sequence[Adopted], on: date) -> Iterator[Edition]:
    """The parts of an edition, each with the latest law in its place; what has ended, and nothing replaced, is left out."""
    for part in _parts(own):
        place = None if part.citation is None else (part.citation.instrument.zh, part.citation.article)
        later = [each.edition for each in laws if place in each.replaces]
        if later:
            yield later[-1]
        elif _holds(own, on) or _holds(part, on):
            yield part


def _parts(edition: Edition) -> tuple[Edition, ...]:
    return (edition.joined or (edition,)) if isinstance(edition, Rule) else (edition,)


def _holds(edition: Edition, on: date) -> bool:
    return edition.citation is None or edition.citation.in_force(on)


def _for(edition: Edition, electorate: str | None) -> bool:
    return isinstance(edition, Period) or edition.is_for(electorate)


def _counts(edition: Edition, own: Edition) -> bool:
    """Whether an adopted edition is of the kind of the definition's own, and counts nobody else."""
    if isinstance(edition, Rule) and isinstance(own, Rule):
        return edition.is_for(own.electorate)
    return isinstance(edition, Period) and isinstance(own, Period)


def _instrument(edition: Edition) -> Text | None:
    return None if edition.citation is None else edition.citation.instrument


def _strictest(setting: str, periods: Sequence[Period], on: date, calendar: Calendar) -> Period:
    """Of several periods the one that asks for most from this day on; its note tells them all."""
    if len(periods) == 1:
        return periods[0]
    from yizheng.rules.strictness import told  # noqa: PLC0415 -- as above

    short = setting in SHORTER_IS_STRICTER
    ordered = sorted(periods, key=lambda each: each.last_day(on, calendar), reverse=not short)
    listed = [Text(*(told(each, language) for language in LANGUAGES)) for each in ordered]
    head = Text("从严，取较短者：", "the shorter of: ") if short else Text("从严，取较长者：", "the longer of: ")
    note = Text(head.zh + "；".join(each.zh for each in listed), head.en + "; ".join(each.en for each in listed))
    first = ordered[0]
    if (source := first.citation) is None:
        return attrs.evolve(first, citation=Citation.inferred(note))
    before = source.note
    whole = note if before is None else Text(f"{note.zh}；{before.zh}", f"{note.en}; {before.en}")
    return attrs.evolve(first, citation=attrs.evolve(source, note=whole))
