"""How a vote is told: its figures as a table, and why it came out so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from yizheng.people import Roll
from yizheng.record.markup import Marked, escaped, table
from yizheng.record.secretary import Secretary
from yizheng.rules import HEADS, Figure, Ruling
from yizheng.rules.naming import said_count, with_unit
from yizheng.rules.numerals import number_in_words
from yizheng.text import Text

__all__ = ["on_the_roll", "verdict"]

_READ_OUT: Final = tuple(figure for figure in Figure if figure not in (Figure.NAMES, Figure.VALID))
_COUNT: Final = Text("计票", "count")
_HEADS: Final = Text("人数", "heads")
_AREA: Final = Text("面积（平方米）", "area (m²)")
_AMONG: Final = Text("{title}「{group}」", '{title} among "{group}"')
_UNCLEAR: Final = Text(
    "其中空白票 {blank}，无法辨认 {ambiguous}，已按规则计入上表。",
    "Of these ballots {blank} were blank and {ambiguous} illegible or ambiguous; they stand above as the rules count them.",
)
_NONE: Final = Marked("—")
_ROLL: Final = Text("{body} {count} 人", "{body} ({count})")
_TOTAL: Final = Text("{measure}合计 {total}", "{measure} {total} in all")
_AREA_WORD: Final = Text("面积", "area")
_OF: Final = Text("{roll}（{day} 名册）", "{roll} (as of {day})")


def verdict(pen: Secretary, ruling: Ruling | None) -> Iterator[Marked]:
    """The figures of a vote by measure, and by group where the rule names one; then why it came out as it did."""
    if ruling is None:
        return
    rows = [
        (measure, group, figures if group is None else figures["among"][group])
        for measure, figures in sorted(ruling.tally.measures.items(), key=_heads_first)
        for group in (None, *sorted(ruling.rule.groups))
    ]
    columns = [figure for figure in _READ_OUT if any(figure.value in known for _, _, known in rows)]
    heads = [escaped(said_count((figure, HEADS, None), pen.language)) for figure in columns]
    yield table([[pen.said(_COUNT), *heads], *(_row(pen, columns, *row) for row in rows)])
    tally = ruling.tally
    if tally.blank or tally.ambiguous:
        yield pen.say(_UNCLEAR, blank=tally.blank or 0, ambiguous=tally.ambiguous or 0)
    yield pen.said(ruling.explain(pen.language))


def _heads_first(measured: tuple[str, object]) -> tuple[bool, str]:
    return measured[0] != HEADS, measured[0]


def _row(
    pen: Secretary, columns: Sequence[Figure], measure: str, group: str | None, known: Mapping[str, Any]
) -> list[Marked]:
    title = pen.said({HEADS: _HEADS, "area": _AREA}.get(measure, measure))
    numbers = [escaped(number_in_words(known[figure.value])) if figure.value in known else _NONE for figure in columns]
    return [title if group is None else pen.say(_AMONG, title=title, group=group), *numbers]


def on_the_roll(pen: Secretary, title: Text, roll: Roll) -> Marked:
    """How many stand on a roll, what they weigh, and of which day it is the state."""
    totals = [
        pen.say(
            _TOTAL,
            measure=_AREA_WORD if measure == "area" else measure,
            total=with_unit(roll.total(measure), measure, pen.language),
        )
        for measure in sorted(roll.measures - {HEADS})
    ]
    said = pen.several([pen.say(_ROLL, body=title, count=len(roll)), *totals])
    return said if roll.on is None else pen.say(_OF, roll=said, day=roll.on)
