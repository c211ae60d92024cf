"""The course of a case as a figure: each stage from the day it began to the day it ended, with its acts as points."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Final

from making.svg import add, drawing, written
from yizheng import Case
from yizheng.calendar import local_day
from yizheng.text import Language, Text

_WIDTH: Final = 760
_TITLES: Final = 190
_CHART: Final = 530
_ROW: Final = 36
_TOP: Final = 34
_TITLE: Final = Text("“{matter}”的经过", "The course of “{matter}”")
_STAGE: Final = Text("{title}：{first} 至 {last}，{count} 条记录", "{title}: {first} to {last}, {count} entries")
_ENDED: Final = Text("{day} 结案：{end}", "ended {day}: {end}")


def timeline(case: Case, tag: str, language: Language) -> str:
    """A case that has ended as a figure in SVG, from its entries."""
    titles = {stage.id: stage.title.say(language) for stage in case.procedure.stages}
    days = [(_stage(case, number), local_day(entry.at, case.dossier.zone)) for number, entry in enumerate(case.entries)]
    rows = [(stage, [day for _, day in each]) for stage, each in groupby(days, key=lambda each: each[0])]
    first, last = days[0][1], days[-1][1]
    sentences = [
        _STAGE.say(language).format(title=titles[stage], first=min(each), last=max(each), count=len(each))
        for stage, each in rows
    ]
    end = next(each.title.say(language) for each in case.procedure.ends if each.id == case.outcome)
    ended = _ENDED.say(language).format(day=last, end=end)
    told = ("；" if language == "zh" else "; ").join([*sentences, ended])
    title = _TITLE.say(language).format(matter=case.matter.title.say(language))
    height = _TOP + _ROW * (len(rows) + 1)
    root = drawing(f"{tag}-{language}", _WIDTH, height, title, told)

    def across(day: date) -> int:
        return _TITLES + _CHART * (day - first).days // max(1, (last - first).days)

    for month in _months(first, last):
        x = across(month)
        add(root, "line", x1=x, x2=x, y1=_TOP - 8, y2=height - _ROW, class_="rule")
        add(root, "text", f"{month:%Y-%m}", x=x, y=_TOP - 14, text_anchor="middle", class_="faint")
    for place, (stage, each) in enumerate(rows):
        y = _TOP + place * _ROW
        left, width = across(min(each)), max(6, across(max(each)) - across(min(each)))
        add(root, "text", titles[stage], x=0, y=y + 18)
        add(root, "rect", x=left, y=y + 4, width=width, height=18, rx=3, class_="bar")
        for day in sorted(set(each)):
            add(root, "circle", cx=across(day), cy=y + 13, r=3, class_="good")
    add(root, "text", ended, x=_TITLES + _CHART, y=height - 12, text_anchor="end", class_="faint")
    return written(root)


def _stage(case: Case, number: int) -> str:
    """The stage to which an entry belongs: where the case stood before it, the opening to the first."""
    stage = Case.replay(case.entries[: max(1, number)]).stage
    assert stage is not None  # nothing is entered after the end of the case that is shown
    return stage


def _months(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    return [day for day in days if day.day == 1]
