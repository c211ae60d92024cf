"""What the law asks where a rule or a period says that it is written there: who cites an article asks no less than it.

A citation names its instrument and article. Where the catalogue knows them, its own editions of that article are the bar;
where several stand there (a vote by persons or by households, the several items of an article), one of them is. What cites
nothing that is known here is not compared, and whoever tells what was compared says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final, TypeAlias

import attrs

from yizheng.calendar import Period
from yizheng.citation import Certainty, Citation
from yizheng.law.lookup import PROVISIONS
from yizheng.law.provisions import Provision, cited
from yizheng.law.regions import same_place
from yizheng.rules import Rule
from yizheng.rules.ordering import implies
from yizheng.stages.editions import SHORTER_IS_STRICTER, no_less
from yizheng.text import Text

__all__ = ["Bar", "Numbered", "ended", "law_of", "lower", "parts", "replaced"]

Numbered: TypeAlias = Rule | Period
"""What sets a number that a stage keeps."""

_DEADLINES: Final = frozenset(
    {
        *("villages.disclosure.within", "villages.objection.answer.committee", "villages.objection.answer.government"),
        *("owners.plan_reported", "owners.window.most", "owners.result.published", "owners.objection.answer"),
        *("owners.first_assembly", "owners.filing", "owners.council.results", "owners.list"),
        *("hearing.within", "petition.answer", "petition.extension"),
        *("allowance.decided_within", "allowance.decided_within.special", "allowance.investigated_within"),
        "allowance.objection.answer",
    }
)
"""The provisions whose time is the longest that somebody may take, and not the shortest that others must be given."""

_NOTICES: Final = frozenset(
    {
        *("residents.assembly.notice", "villages.assembly.notice", "villages.representatives.notice"),
        *("collective.assembly.notice", "collective.before", "party.four_two.notice"),
        *("owners.notice", "owners.notice.ad_hoc"),
    }
)
"""The provisions whose time lies before a meeting; a posting that rests on the same article is another thing."""

_EDITION: Final = re.compile(r"(.*?)[（(]([^（()）]*)[)）]")
_YEAR: Final = re.compile(r"[12][0-9]{3}")
_ARTICLE: Final = re.compile(
    r"(?:第|arts?\.? ?)?([0-9]+|[零〇一二三四五六七八九十百]+)条?(?:\(([0-9]{1,2})\)(?:-\(([0-9]{1,2})\))?)?.*"
)
_DIGITS: Final = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PLACES: Final = {"十": 10, "百": 100}


_DEFAULT: Final = Citation.inferred("—").instrument


@attrs.frozen
class Bar:
    """A rule or period that asks less than the article that it cites.

    Attributes:
        asks: what it asks.
        law: what the article asks.
    """

    asks: Numbered
    law: Numbered


def parts(edition: Numbered) -> tuple[Numbered, ...]:
    """What an edition consists of: the rules that it joins, or itself."""
    return (edition.joined or (edition,)) if isinstance(edition, Rule) else (edition,)


def law_of(part: Numbered, setting: str) -> tuple[tuple[Provision, Numbered], ...]:
    """What the catalogue says at the place that a rule or period cites, of what that setting is for; none where it is unknown."""
    source = part.citation
    if source is None:
        return ()
    found: list[tuple[Provision, Numbered]] = []
    for provision, edition in _at(source.instrument, type(part)):
        if (
            _fits(provision, setting)
            and _same_article(source.article, cited(edition).article)
            and (not isinstance(part, Rule) or part.is_for(provision.electorate))
        ):
            found.append((provision, edition))
    # Who names days on which the article was not in force is held to it all the same.
    return tuple([each for each in found if _overlap(source, cited(each[1]))] or found)


def lower(edition: Numbered, setting: str) -> tuple[Bar, ...]:
    """Each part of an edition that asks less than every edition of the law at the article that it cites."""
    found: list[Bar] = []
    for part in parts(edition):
        bars = [bar for _, bar in law_of(part, setting)]
        if bars and not any(_as_written(part, bar, setting) for bar in bars):
            found.append(Bar(part, bars[0]))
    return tuple(found)


def _as_written(part: Numbered, bar: Numbered, setting: str) -> bool:
    """Whether a part asks no less than an article that it cites, and no smaller quorum either.

    A majority of all makes a quorum of half unnecessary; yet without it a meeting that nobody came to has lost the motion,
    which could have been put again.
    """
    quorate = not isinstance(part, Rule) or not isinstance(bar, Rule) or implies(part.quorum, bar.quorum)
    return quorate and no_less(part, bar, setting)


def ended(edition: Numbered, setting: str) -> date | None:
    """The first day on which every article that an edition rests on is out of force, though the edition says that it goes on."""
    last: list[date] = []
    source = edition.citation
    for part in parts(edition):
        until = [cited(law).in_force_to for _, law in law_of(part, setting)]
        known = [day for day in until if day is not None]
        if (
            known
            and len(known) == len(until)
            and (source is None or source.in_force_to is None or source.in_force_to > max(known))
        ):
            last.append(max(known))
    return min(last) + timedelta(days=1) if last else None


def replaced(adopted: Numbered, edition: Numbered, setting: str) -> tuple[Citation, ...]:
    """The places of an edition of a procedure whose law an adopted edition takes the place of.

    It does so where it says, number by number, what the catalogue's own edition says, and that edition is a later one of
    the same provision and of the same region: an instrument of another rank, or of another place, replaces nothing.
    """
    found: list[Citation] = []
    for provision, law in _laws(adopted, setting):
        later = cited(law)
        for part in parts(edition):
            found += [
                cited(part)
                for held, earlier in law_of(part, setting)
                if held is provision
                and same_place(cited(earlier).region, later.region)
                and (cited(earlier).in_force_from or date.min) < (later.in_force_from or date.min)
            ]
    return tuple(dict.fromkeys(found))


def _laws(adopted: Numbered, setting: str) -> Iterator[tuple[Provision, Numbered]]:
    """The editions of the catalogue with which an adopted one agrees in every number, and in its first day."""
    if len(parts(adopted)) > 1 or adopted.citation is None:
        return
    for provision, law in law_of(adopted, setting):
        same = attrs.evolve(adopted, citation=None) == attrs.evolve(law, citation=None)
        if same and cited(law).in_force_from == adopted.citation.in_force_from:
            yield provision, law


# Which place is meant


@cache
def _index() -> dict[str, list[tuple[str | None, Provision, Numbered]]]:
    """Every rule and period of the catalogue, by the names of its instrument, with the year of that."""
    found: dict[str, list[tuple[str | None, Provision, Numbered]]] = {}
    for provision in PROVISIONS.values():
        for edition in provision.editions:
            source = cited(edition)
            if isinstance(edition, Rule | Period) and not _is_default(source):
                for word, year in _names(source.instrument):
                    found.setdefault(word, []).append((year, provision, edition))
    return found


def _is_default(source: Citation) -> bool:
    """Whether no instrument says so: it is a default of the library."""
    return source.certainty is Certainty.INFERRED and source.instrument == _DEFAULT


def _at(instrument: Text, kind: type[Numbered]) -> Iterator[tuple[Provision, Numbered]]:
    seen = set[int]()
    for word, year in _names(instrument):
        for known, provision, edition in _index().get(word, ()):
            if isinstance(edition, kind) and id(edition) not in seen and (year is None or year == known):
                seen.add(id(edition))
                yield provision, edition


def _names(instrument: Text) -> tuple[tuple[str, str | None], ...]:
    """What an instrument is called in each language, without marks, the name of the state and the edition; and its year."""
    zh = re.sub(r"[《》\s]", "", instrument.zh).removeprefix("中华人民共和国")
    en = instrument.en.casefold().strip().removeprefix("the ")
    return tuple(dict.fromkeys(_apart(each) for each in (zh, en)))


def _apart(called: str) -> tuple[str, str | None]:
    found = _EDITION.fullmatch(called)
    year = found and _YEAR.search(found[2])
    if found is None or year is None:
        return called, None
    return found[1].strip().removesuffix(" of the people's republic of china"), year[0]


def _same_article(one: str, other: str) -> bool:
    """Whether two articles are one, or one holds the other: ``278`` and ``278(7)`` are, ``278(1)`` and ``278(6)-(8)`` are not."""
    if one == other:
        return True
    first, second = _ARTICLE.fullmatch(one.strip()), _ARTICLE.fullmatch(other.strip())
    if first is None or second is None or _number(first[1]) != _number(second[1]):
        return False
    if first[2] is None or second[2] is None:
        return True
    spans = [(int(each[2]), int(each[3] or each[2])) for each in (first, second)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _number(written: str) -> int:
    """A number in digits or in Chinese numerals, as articles are numbered: 第二百七十八条."""
    if written.isascii():
        return int(written)
    whole, digit = 0, None
    for each in written:
        if each in _DIGITS:
            digit = _DIGITS[each]
        else:
            whole, digit = whole + (1 if digit is None else digit) * _PLACES[each], None
    return whole + (digit or 0)


def _fits(provision: Provision, setting: str) -> bool:
    """Whether a provision says something of what a setting is for; a rule is for the one vote of its stage."""
    if isinstance(provision.editions[0], Rule):
        return True
    if setting in SHORTER_IS_STRICTER:
        return provision.id in _DEADLINES
    return provision.id not in _DEADLINES and (provision.id in _NOTICES) is (setting == "notice")


def _overlap(one: Citation, other: Citation) -> bool:
    return (one.in_force_from or date.min) <= (other.in_force_to or date.max) and (other.in_force_from or date.min) <= (
        one.in_force_to or date.max
    )
