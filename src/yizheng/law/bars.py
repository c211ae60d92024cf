"""What the law asks where a rule or a period says that it is written there: who cites an article asks no less than it.

A citation names its instrument and article. Where the catalogue knows them, its own editions of that article are the bar;
where several stand there (a vote by persons or by households, the several items of an article), one of them is. What cites
nothing that is known here is not compared, and whoever tells what was compared says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final, TypeAlias

import attrs

from yizheng.calendar import Period
from yizheng.citation import Certainty, Citation
from yizheng.law.articles import items_of as _items
from yizheng.law.articles import same_article
from yizheng.law.lookup import PROVISIONS
from yizheng.law.provisions import Provision, cited
from yizheng.law.regions import same_place
from yizheng.rules import Rule
from yizheng.rules.ordering import implies
from yizheng.stages.editions import no_less
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["Bar", "Beside", "Numbered", "bodies_of", "ended", "law_of", "lower", "parts", "replaced"]

Numbered: TypeAlias = Rule | Period
"""What sets a number that a stage keeps."""

_CONCERNS: Final = FrozenMap(
    {
        "least": {
            *("residents.board", "villages.disclosure.posted", "owners.result.posted"),
            *("allowance.posted", "allowance.posted.second"),
        },
        "notice": {
            *("residents.assembly.notice", "villages.assembly.notice", "villages.representatives.notice"),
            *("collective.assembly.notice", "collective.before", "party.four_two.notice"),
            *("owners.notice", "owners.items_posted"),
        },
        "answer": {
            *("villages.objection.answer.committee", "owners.objection.answer", "allowance.objection.answer"),
            "petition.answer",
        },
        "within": {
            *("villages.disclosure.within", "hearing.within", "petition.answer"),
            *("owners.plan_reported", "owners.result.published", "owners.first_assembly", "owners.filing"),
            *("owners.council.results", "owners.list"),
            *("allowance.decided_within", "allowance.investigated_within"),
        },
        "confirmation": {"mediation.confirmation"},
        "shortest": {"owners.window.least"},
        "longest": {"owners.window.most"},
        "cooling_off": {"owners.cooling_off"},
    }
)
"""Which provisions say something of what a period is for. What an article allows by way of exception (forty-five working days
in special cases, a shorter notice, an extension, what the township has beside the committee) is nobody's ordinary bar."""

_BODIES_OF: Final = FrozenMap(
    {
        "persons": frozenset({"residents", "villages"}),
        "households": frozenset({"residents", "villages"}),
        "delegates": frozenset({"residents", "villages", "collective"}),
    }
)
"""The bodies under whose laws these are counted; owners, members, directors and party members are counted under one alone."""

_NOTIFIED: Final = FrozenMap(
    {
        "residents.assembly.notice": frozenset({"persons", "households"}),
        "villages.assembly.notice": frozenset({"persons", "households"}),
        "collective.assembly.notice": frozenset({"members"}),
        "owners.notice": frozenset({"owners"}),
    }
)
"""To whose meeting a notice of the whole country calls, by whom the vote counts."""

_POSTING: Final = frozenset({"residents", "villages", "allowance"})
"""The bodies that post by a law of the whole country; under several of them, a definition says by its citations which is whose."""

_EDITION: Final = re.compile(r"(.*?)[（(]([^（()）]*)[)）]")
_YEAR: Final = re.compile(r"[12][0-9]{3}")


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


@attrs.frozen
class Beside:
    """What a definition says beside a rule or a period, by which the law of its matter is known where it cites no known article.

    Attributes:
        sources: what the same stage cites, for itself and for its other editions.
        bodies: under whose law the procedure is held, by the first word of the provisions: ``"villages"``, ``"owners"``, …
        electorates: whom the votes of the stage count.
        decides: whether its vote is the one that decides.
        posts: whether it discloses something.
    """

    sources: tuple[Citation, ...] = ()
    bodies: frozenset[str] = frozenset()
    electorates: frozenset[str] = frozenset()
    decides: bool = False
    posts: bool = False

    def governing(self, part: Numbered, setting: str, known: frozenset[str]) -> list[Numbered]:
        """What the law of the whole country says of the matter on the days of a part: to ask no less than one of them is enough.

        Args:
            part: the rule or the period.
            setting: what it is for.
            known: the provisions that it cites, where it is the text of a place: beside it, the same holds everywhere.
        """
        days = Citation.inferred("—") if part.citation is None else part.citation
        found = [
            (provision, edition)
            for provision in PROVISIONS.values()
            for edition in provision.editions
            if isinstance(edition, type(part))
            and cited(edition).region is None
            and not _is_default(cited(edition))
            and _overlap(days, cited(edition))
        ]
        if known:
            return [edition for provision, edition in found if provision.id in known]
        held = {
            id(edition)
            for source in self.sources
            for _, edition in _written_at(source, part, setting)
            if cited(edition).region is None
        }
        return [edition for _, edition in found if id(edition) in held] or [
            edition for provision, edition in found if self._is_about(provision, part, setting)
        ]

    def _is_about(self, provision: Provision, part: Numbered, setting: str) -> bool:
        """Whether a provision of the whole country is about what a part is for, as far as the definition says."""
        body = provision.id.partition(".")[0]
        if isinstance(part, Rule):
            if setting != "rule" or (part.electorate is None and not (self.decides and body in self.bodies)):
                return False
            ours = body in self.bodies or not self.bodies & _BODIES_OF.get(provision.electorate or "", frozenset())
            return part.is_for(provision.electorate) and ours
        if provision.id not in _CONCERNS.get(setting, ()):
            return False
        if setting == "confirmation":
            return body in self.bodies
        if setting == "notice":
            return body in self.bodies and bool(self.electorates & _NOTIFIED.get(provision.id, frozenset()))
        return setting == "least" and self.posts and self.bodies & _POSTING == frozenset({body})


def parts(edition: Numbered) -> tuple[Numbered, ...]:
    """What an edition consists of: the rules that it joins, or itself."""
    return (edition.joined or (edition,)) if isinstance(edition, Rule) else (edition,)


def law_of(part: Numbered, setting: str) -> tuple[tuple[Provision, Numbered], ...]:
    """What the catalogue says at the place that a rule or period cites, of what that setting is for; none where it is unknown."""
    return () if part.citation is None else _written_at(part.citation, part, setting)


def _written_at(source: Citation, part: Numbered, setting: str) -> tuple[tuple[Provision, Numbered], ...]:
    found = [
        (provision, edition)
        for provision, edition in _at(source.instrument, type(part))
        if _fits(provision, setting)
        and same_article(source.article, cited(edition).article)
        and (not isinstance(part, Rule) or part.is_for(provision.electorate))
    ]
    # Who names days on which the article was not in force is held to it all the same.
    return tuple([each for each in found if _overlap(source, cited(each[1]))] or found)


def lower(edition: Numbered, setting: str, beside: Beside | None = None) -> tuple[Bar, ...]:
    """Each part of an edition that asks less than the law: at the article that it cites, or, where nobody knows that, in its matter.

    An article of several numbers asks for all of them, whichever of its items, and of those whom it counts, a part may be
    for; who names the item and the electorate is held to theirs alone. Of an article that has ended one is enough: it
    governs no vote any more, and its items were not recorded.
    """
    found: list[Bar] = []
    known = Beside() if beside is None else beside
    lawful = any(law_of(part, setting) for part in parts(edition))
    for part in parts(edition):
        law = _meant(law_of(part, setting), known, part, setting)
        bars = [bar for _, bar in law if not _as_written(part, bar, setting)]
        if len(bars) < len(law) and all(cited(bar).in_force_to is not None for bar in bars):
            bars = []
        # What a place or a by-law asks is one of the things that hold there: the edition as a whole asks no less than the law.
        national = any(cited(bar).region is None for _, bar in law)
        joined = lawful and not law  # to a part that is the law's, which is asked for by itself
        governing = (
            []
            if bars or national or joined
            else known.governing(part, setting, frozenset([each.id for each, _ in law]))
        )
        if governing and not any(no_less(edition, bar, setting) for bar in governing):
            bars = sorted(governing, key=lambda each: cited(each).in_force_to is not None)  # the law of today is told
        if bars:
            found.append(Bar(part, bars[0]))
    return tuple(dict.fromkeys(found))


def _meant(
    law: Sequence[tuple[Provision, Numbered]], beside: Beside, part: Numbered, setting: str
) -> Sequence[tuple[Provision, Numbered]]:
    """Of the matters of an article those for which the same stage names the item beside it, where it does."""
    named = {
        provision.id
        for source in beside.sources
        for provision, edition in _written_at(source, part, setting)
        if provision.matters and source.article and _items(source.article) and _items(cited(edition).article)
    }
    return [each for each in law if each[0].id in named] or law


@lru_cache(maxsize=1_024)
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
                and _same_numbers(part, earlier)
                and same_place(cited(earlier).region, later.region)
                and (cited(earlier).in_force_from or date.min) < (later.in_force_from or date.min)
            ]
    return tuple(dict.fromkeys(found))


def _laws(adopted: Numbered, setting: str) -> Iterator[tuple[Provision, Numbered]]:
    """The editions of the catalogue with which an adopted one agrees in every number, and in its first day."""
    if len(parts(adopted)) > 1 or adopted.citation is None:
        return
    for provision, law in law_of(adopted, setting):
        if _same_numbers(adopted, law, electorate=True) and cited(law).in_force_from == adopted.citation.in_force_from:
            yield provision, law


def _same_numbers(one: Numbered, other: Numbered, *, electorate: bool = False) -> bool:
    """Whether two editions say the same, wherever they are written; and of the same voters, where that is asked."""
    bare: list[Numbered] = [attrs.evolve(each, citation=None) for each in (one, other)]
    if not electorate:
        bare = [attrs.evolve(each, electorate=None) if isinstance(each, Rule) else each for each in bare]
    return bare[0] == bare[1]


# Which place is meant


def bodies_of(source: Citation) -> frozenset[str]:
    """Under whose law a citation places what cites it, by the first word of the provisions of its instrument."""
    return frozenset[str]().union(*[_bodies().get(word, frozenset()) for word, _ in _names(source.instrument)])


@cache
def _bodies() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for provision in PROVISIONS.values():
        for source in map(cited, provision.editions):
            if not _is_default(source):
                for word, _ in _names(source.instrument):
                    found[word] = found.get(word, frozenset()) | {provision.id.partition(".")[0]}
    return found


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
    seen = set[tuple[str, int]]()
    for word, year in _names(instrument):
        listed = _index().get(word, ())
        years = {known for known, _, _ in listed}
        for known, provision, edition in listed:
            # An instrument is known by its name; a year of which nothing is known here names no instrument of its own.
            place = (provision.id, id(edition))
            if isinstance(edition, kind) and place not in seen and (year in {None, known} or year not in years):
                seen.add(place)
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


def _fits(provision: Provision, setting: str) -> bool:
    """Whether a provision says something of what a setting is for; a rule is for the one vote of its stage."""
    return isinstance(provision.editions[0], Rule) or provision.id in _CONCERNS.get(setting, ())


def _overlap(one: Citation, other: Citation) -> bool:
    return (one.in_force_from or date.min) <= (other.in_force_to or date.max) and (other.in_force_from or date.min) <= (
        one.in_force_to or date.max
    )
