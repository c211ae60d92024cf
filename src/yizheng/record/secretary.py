"""The secretary: says things in one language, in local time, and withholds what the reader is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from string import Formatter
from typing import Any, Final

import attrs

from yizheng.calendar import Period, zone
from yizheng.case import Entry
from yizheng.citation import Citation
from yizheng.record.markup import Marked, escaped, quoted, strong
from yizheng.record.words import REHEARSAL
from yizheng.stages.base import NOT_SAID, NOT_SHOWN
from yizheng.text import Language, Text, joined
from yizheng.values.exact import written
from yizheng.values.plain import items, mapping

__all__ = ["Secretary"]

_NOBODY: Final = Text("无", "none")
_YES, _NO = Text("是", "yes"), Text("否", "no")
_BRACKETS: Final = Text("（{words}）", "({words})")
_PAIR: Final = Text("{key}：{value}", "{key}: {value}")
_DAY: Final = Text("{0.year}年{0.month}月{0.day}日", "{0.day} {1} {0.year}")
_MOMENT: Final = Text("{day} {time}", "{day}, {time}")
_MIDNIGHT: Final = Text("{day}24时", "the end of {day}")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_STOPPED: Final = re.compile(r"[。！？.!?]”$")
"""A quotation that has ended its sentence already."""
_PERIOD: Final = Text("{period}（依据：{citation}）", "{period} (authority: {citation})")


@attrs.frozen
class Secretary:
    """Says things for one reader.

    Attributes:
        language: in which language.
        zone: in which zone the days are reckoned.
        private: whether private values are shown where the record has them.
    """

    language: Language
    zone: str
    private: bool = False

    def say(self, words: Text, /, **values: Any) -> Marked:
        """A sentence of ours with its values, each escaped unless it was marked up already."""
        said: list[str] = []
        before = Marked()
        for literal, field in _parsed(words.say(self.language)):
            value = self.said(values[field]) if field else Marked()
            said += [self._between(before, literal, value), value]
            before = value
        return Marked("".join(said))

    def _between(self, before: str, literal: str, after: str) -> str:
        """Our own words between two values, with the spaces and the stop that they need there."""
        if _STOPPED.search(before):
            literal = literal.removeprefix("。").removeprefix(".")
        return _spaced(before, literal, after) if self.language == "zh" else literal

    def said(self, value: Any) -> Marked:
        """One value."""
        if isinstance(value, Marked):
            return value
        if value is NOT_SAID:
            return self.withheld
        if isinstance(value, Text):
            return escaped(value.say(self.language))
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Fraction):
            return Marked(written(value))
        return escaped(str(value))

    def quote(self, words: Text | str) -> Marked:
        """What somebody said or wrote, in quotation marks; what is withheld stands without them."""
        if words is NOT_SHOWN or words is NOT_SAID:
            return self.withheld
        return quoted(words.say(self.language) if isinstance(words, Text) else words)

    def several(self, values: Iterable[Any]) -> Marked:
        """A list, as people read it."""
        return Marked(joined([self.said(value) for value in values], self.language)) or self.said(_NOBODY)

    # When

    def day(self, day: date) -> Marked:
        """A day, such as ``2026年3月2日``."""
        return Marked(_DAY.say(self.language).format(day, _MONTHS[day.month - 1]))

    def moment(self, at: datetime) -> Marked:
        """A moment in local time; the offset is given where the clocks showed that time twice."""
        local = at.astimezone(zone(self.zone))
        clock = local.time().isoformat("minutes" if not (local.second or local.microsecond) else "auto")
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            clock += local.strftime(" (UTC%z)")
        return Marked(_MOMENT.say(self.language).format(day=self.day(local.date()), time=clock))

    def until(self, at: datetime) -> Marked:
        """The end of a period; the midnight that ends a day is told by that day."""
        local = at.astimezone(zone(self.zone))
        if local.time() != time():
            return self.moment(at)
        return Marked(_MIDNIGHT.say(self.language).format(day=self.day(local.date() - timedelta(days=1))))

    # Whether it is real

    def rehearsed(self, rehearsal: bool) -> Marked:  # noqa: FBT001 -- what is asked
        """What stands first in the documents of a rehearsal; nothing in those of a real record."""
        return strong(self.said(REHEARSAL)) if rehearsal else Marked()

    # On what authority

    def cite(self, citation: Citation) -> Marked:
        """Where something is written, and how sure we are of it."""
        return escaped(citation.explain(self.language))

    def period(self, period: Period) -> Marked:
        """A period with its authority."""
        words = escaped(period.explain(self.language))
        if period.citation is None:
            return words
        return self.say(_PERIOD, period=words, citation=self.cite(period.citation))

    # What is private

    @property
    def withheld(self) -> Marked:
        """What stands in the place of a withheld value."""
        return Marked(NOT_SHOWN.say(self.language))

    def shows(self, entry: Entry, path: str) -> bool:
        """Whether the reader is shown the value at a path of an entry."""
        seal = entry.seals.get(path)
        return seal is None or (self.private and seal.salt is not None)

    def shown(self, entry: Entry, path: str, value: Any) -> Marked:
        """The value at a path of an entry, or that it is withheld."""
        return self.said(value) if self.shows(entry, path) else self.withheld

    # Plain data

    def plain(self, value: Any, *, inner: bool = False) -> Marked:
        """Plain data of any shape, on one line; what stands inside something else stands in brackets."""
        if isinstance(value, Mapping):
            held = mapping(value, "plain data")
            if set(held) == {"zh", "en"}:
                return self.quote(str(held[self.language]))
            return self._enclosed(
                [self.say(_PAIR, key=key, value=self.plain(each, inner=True)) for key, each in sorted(held.items())],
                inner,
            )
        if isinstance(value, list | tuple):
            return self._enclosed([self.plain(each, inner=True) for each in items(value, "plain data")], inner)
        if isinstance(value, bool):
            return self.said(_YES if value else _NO)
        return self.said(_NOBODY if value is None else value)

    def _enclosed(self, values: list[Marked], inner: bool) -> Marked:  # noqa: FBT001 -- one flag, handed through
        words = self.several(values)
        return self.say(_BRACKETS, words=words) if inner else words


@lru_cache(maxsize=1024)
def _parsed(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, field) for literal, field, _, _ in Formatter().parse(template))


def _spaced(before: str, literal: str, after: str) -> str:
    """Our own words between two values: a space stands in Chinese only where Latin letters or figures meet them."""
    if literal.startswith(" ") and not _meet(before, literal[1:] or after):
        literal = literal[1:]
    if literal.endswith(" ") and not _meet(literal[:-1] or before, after):
        literal = literal[:-1]
    return literal


def _meet(left: str, right: str) -> bool:
    """Whether Latin letters or figures stand on one side, and no Chinese punctuation on the other."""
    ends = (left[-1:], right[:1])
    return any(each.isascii() for each in ends) and all(each.isascii() or each.isalnum() for each in ends)
