"""Where a rule is written, since when, until when, and how sure we are of it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import attrs

from yizheng.errors import InvalidValue
from yizheng.text import LANGUAGES, Language, Text, as_text
from yizheng.values.doors import a_day, one_of
from yizheng.values.names import prose

__all__ = ["Certainty", "Citation"]


class Certainty(enum.StrEnum):
    """How we know a figure."""

    READ = "read"
    """The instrument was read in the edition named."""
    REPORTED = "reported"
    """A report or a single copy says so; the instrument itself was not read."""
    INFERRED = "inferred"
    """No source gives the figure: it is a default of this library, or of the user, and may be set otherwise."""


def as_certainty(value: Certainty | str) -> Certainty:
    """A certainty by itself or by its name."""
    return one_of(Certainty, value)


_MARK = {
    Certainty.READ: Text("", ""),
    Certainty.REPORTED: Text("（据转述）", " (as reported)"),
    Certainty.INFERRED: Text("（推定）", " (inferred)"),
}


def _day(value: object) -> date | None:
    return None if value is None else a_day(value, "the first or last day in force")


_ARTICLE: Final = re.compile(r"([0-9]{1,4})(?:\(([0-9]{1,2})\)(?:-\(([0-9]{1,2})\))?)?")
_TITLED: Final = re.compile("《[^《》]*》")
_NUMERALS: Final = "零一二三四五六七八九十"


def _in_chinese(article: str) -> str:
    """An article as it is cited in Chinese: ``278(6)-(8)`` is 第278条第（六）至（八）项."""
    if article.startswith("第"):
        return article
    found = _ARTICLE.fullmatch(article)
    if found is None or any(item and int(item) >= len(_NUMERALS) for item in found.groups()[1:]):
        return f"第{article}条"
    number, first, last = found.groups()
    item = f"第（{_NUMERALS[int(first)]}）" if first else ""
    to = f"至（{_NUMERALS[int(last)]}）" if last else ""
    return f"第{number}条{item}{to}{'项' if item else ''}"


@attrs.frozen(kw_only=True)
class Citation:
    """The place where a rule is written, and the days on which it is in force.

    Attributes:
        instrument: the law, regulation, by-law or report.
        article: the article, with its item or items if need be (``"278"``, ``"278(7)"``, ``"278(6)-(8)"``); may be
            empty for what is inferred.
        in_force_from: the first day in force; ``None`` where it has always been, or is not known.
        in_force_to: the last day in force (included); ``None`` while no end is known.
        region: where it holds; ``None`` for the whole country.
        certainty: how we know it.
        note: what a reader should know besides, such as why a figure was inferred.
    """

    instrument: Text = attrs.field(converter=as_text)
    article: str = attrs.field(default="", converter=prose)
    in_force_from: date | None = attrs.field(default=None, converter=_day)
    in_force_to: date | None = attrs.field(default=None, converter=_day)
    region: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text))
    certainty: Certainty = attrs.field(default=Certainty.READ, converter=as_certainty)
    note: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text))

    def __attrs_post_init__(self) -> None:
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise InvalidValue(
                f"{self.instrument.zh} is in force from {self.in_force_from} to {self.in_force_to}, which ends before it "
                "begins; exchange the dates"
            )

    @classmethod
    def inferred(cls, note: Text | str) -> Citation:
        """Mark a figure that no source gives: a documented default that may be set otherwise."""
        return cls(instrument=Text("本库默认值", "default of this library"), certainty=Certainty.INFERRED, note=note)

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day, both ends included.

        Raises:
            InvalidType: when it is no day.
        """
        if type(on) is not date:
            a_day(on, "the day asked about")
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_to is None or on <= self.in_force_to
        )

    def explain(self, language: Language) -> str:
        """The citation as one phrase, such as ``民法典第278条`` or ``Civil Code art. 278``."""
        if self.certainty is Certainty.INFERRED and self.note is not None:
            return self.note.say(language) + _MARK[self.certainty].say(language)
        where = self.instrument.say(language)
        if language == "zh":
            named = _TITLED.fullmatch(where) or (not self.article and where.startswith("《"))
            where = (where if named else f"《{where}》") + (_in_chinese(self.article) if self.article else "")
        elif self.article:
            where += f" {self.article}" if self.article.startswith("第") else f" art. {self.article}"
        return where + _MARK[self.certainty].say(language)


_SURENESS: Final = tuple(Certainty)


def together(citations: Sequence[Citation], *, since: date | None, until: date | None) -> Citation:
    """Several places that count together, as one: it names each of them, and is as sure as the least sure.

    Args:
        citations: each place, once; those that are least sure are named last, where the mark of it stands.
        since: the first day on which all of them are in force.
        until: the last.
    """
    ordered = sorted(citations, key=lambda each: _SURENESS.index(each.certainty))
    last = ordered[-1]
    named = _listed(
        Text(each.explain("zh"), each.explain("en")) if each is not last else _unmarked(each) for each in ordered
    )
    notes = [each.note for each in ordered if each.note is not None and each.certainty is not Certainty.INFERRED]
    regions = dict.fromkeys(each.region for each in citations if each.region is not None)
    inferred = last.certainty is Certainty.INFERRED
    return Citation(
        instrument=named,
        in_force_from=since,
        in_force_to=until,
        region=_listed(regions) if regions else None,
        certainty=last.certainty,
        note=named if inferred else _listed(dict.fromkeys(notes)) if notes else None,
    )


def _unmarked(citation: Citation) -> Text:
    mark = _MARK[citation.certainty]
    return Text(*(citation.explain(each).removesuffix(mark.say(each)) for each in LANGUAGES))


def _listed(texts: Iterable[Text]) -> Text:
    words = list(texts)
    return Text("；".join(each.zh for each in words), "; ".join(each.en for each in words))
