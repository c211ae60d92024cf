"""Instruments, and citations that say what was not recorded of them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from yizheng.citation import Certainty, Citation
from yizheng.law.regions import REGIONS, UNPLACED
from yizheng.text import Text

__all__ = [
    "ASSISTANCE",
    "CIVIL_CODE",
    "NO_ARTICLE",
    "PROPERTY",
    "VILLAGES",
    "local",
    "remembered",
    "unplaced",
]

NO_ARTICLE: Final = Text("条号未记", "the article was not recorded")

CIVIL_CODE: Final = partial(Citation, instrument=Text("民法典", "Civil Code"), in_force_from=date(2021, 1, 1))
"""The Civil Code, in force since 2021."""

VILLAGES: Final = Text("村民自治", "villages")
PROPERTY: Final = Text("物业管理", "property management")
ASSISTANCE: Final = Text("社会救助", "social assistance")

_YEAR: Final = Text(
    "只记下年份，作{0}年1月1日起施行", "only the year was recorded; taken as in force from 1 January {0}"
)


def _noted(notes: list[Text]) -> Text | None:
    if not notes:
        return None
    return Text("；".join(note.zh for note in notes), "; ".join(note.en for note in notes))


def _year(year: int) -> Text:
    return Text(_YEAR.zh.format(year), _YEAR.en.format(year))


def local(
    where: str,
    article: str,
    of: Text,
    *,
    title: Text | None = None,
    year: int | None = None,
    until: date | None = None,
    certainty: Certainty = Certainty.READ,
    note: Text | None = None,
) -> Citation:
    """A region's own rules; what was not recorded of them (title, article, day) is said in the note.

    Args:
        where: the English name of the region.
        article: the article; empty where it was not recorded.
        of: what the rules are about.
        title: the instrument, where it was recorded.
        year: the year of the text, where that alone was recorded.
        until: the last day.
        certainty: read, unless it was told by others.
        note: what else a reader should know.
    """
    region = REGIONS[where].name
    notes = [] if note is None else [note]
    if title is None:
        notes.append(Text("名称未记", "the title was not recorded"))
    if not article:
        notes.append(NO_ARTICLE)
    notes.append(_year(year) if year else Text("施行日期未记", "the days in force were not recorded"))
    return Citation(
        instrument=title
        or Text(
            f"{region.zh}地方规定（{of.zh}，名称未记）", f"local rules of {region.en} ({of.en}; title not recorded)"
        ),
        article=article,
        region=region,
        in_force_from=date(year, 1, 1) if year else None,
        in_force_to=until,
        certainty=certainty,
        note=_noted(notes),
    )


def unplaced(instrument: Text, note: Text | None = None) -> Citation:
    """A text that holds in one place, known by report; which place, article and day were not recorded."""
    missing = Text("地点、条号、日期未记", "place, article and days were not recorded")
    return Citation(
        instrument=instrument,
        region=UNPLACED.name,
        certainty=Certainty.REPORTED,
        note=_noted([missing] if note is None else [note, missing]),
    )


def remembered(
    instrument: Text,
    article: str = "",
    *,
    since: date | None = None,
    until: date | None = None,
    note: Text | None = None,
) -> Citation:
    """An instrument that was not read: what it says is from memory, and is to be verified before it is relied on."""
    named = Text(f"《{instrument.zh}》，凭记忆，未核对原文", f"{instrument.en}, from memory, the text was not read")
    return Citation(
        instrument=instrument,
        article=article,
        in_force_from=since,
        in_force_to=until,
        certainty=Certainty.INFERRED,
        note=_noted([named] if note is None else [named, note]),
    )
