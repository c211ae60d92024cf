"""How a vote is judged, as a figure: each comparison of the rule as a bar that reaches its mark, or does not."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from making.svg import add, drawing, written
from yizheng.rules import ENTITLED, HEADS, Part, Ruling
from yizheng.rules.naming import with_unit
from yizheng.rules.wording import condition_in_words
from yizheng.text import Language, Text

_WIDTH: Final = 700
_BAR: Final = 430
_LEFT: Final = 16
_ROW: Final = 74
_TOP: Final = 16
_PARTS: Final = {Part.QUORUM: Text("法定人数", "quorum"), Part.PASSAGE: Text("通过", "majority")}
_TITLE: Final = Text("一次表决怎样判定", "How a vote is judged")
_HELD: Final = {True: Text("达到", "reached"), False: Text("未达到", "not reached")}
_NEEDED: Final = Text("需 {needed}", "{needed} asked for")


def vote(ruling: Ruling, tag: str, language: Language) -> str:
    """A ruling as a figure in SVG: a bar for what was counted, a mark for what was asked for."""
    height = _TOP + _ROW * len(ruling.findings) + 28
    root = drawing(f"{tag}-{language}", _WIDTH, height, _TITLE.say(language), ruling.explain(language))
    for place, finding in enumerate(ruling.findings):
        y = _TOP + place * _ROW
        measure = finding.comparison.measure
        counted = with_unit(finding.left, measure, language)
        asked = _NEEDED.say(language).format(needed=with_unit(finding.right, measure, language))
        all_of_them = ruling.tally.get(ENTITLED if measure == HEADS else ENTITLED.by(measure)) or 0
        most = max(Fraction(each) for each in (all_of_them, finding.left, finding.right))
        part = _PARTS[finding.part].say(language)
        says = condition_in_words(finding.comparison, language)
        add(root, "text", f"{part}{Text('：', ': ').say(language)}{says}", x=_LEFT, y=y + 12)
        add(root, "rect", x=_LEFT, y=y + 22, width=_share(finding.left, most), height=18, rx=3, class_="bar")
        mark = _LEFT + _share(finding.right, most)
        add(root, "line", x1=mark, x2=mark, y1=y + 18, y2=y + 44, class_="mark")
        add(root, "text", asked, x=mark, y=y + 57, text_anchor="middle", class_="faint")
        verdict = f"{counted} {'✓' if finding.holds else '✗'} {_HELD[finding.holds].say(language)}"
        add(root, "text", verdict, x=_LEFT + _BAR + 16, y=y + 36, class_="good" if finding.holds else "bad")
    return written(root)


def _share(number: object, most: Fraction) -> int:
    return int(_BAR * Fraction(number) / most) if most else 0
