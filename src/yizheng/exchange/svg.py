"""A definition as a diagram in SVG: one file that loads nothing, readable in light and dark, told to screen readers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final

from yizheng.exchange.layout import Box, Line, Plan, Sizes, lay_out, width_of, wrapped
from yizheng.exchange.markup import drawn, named
from yizheng.exchange.ways import Way, beside, ways
from yizheng.procedure import Procedure
from yizheng.text import Language, Text, as_language, joined
from yizheng.values import one

__all__ = ["to_svg"]

_STAGE: Final = 208
_ROW: Final = 18
_PAD: Final = 14
_END_MOST: Final = 260
_LABEL_MOST: Final = 40  # characters of a line's words that are shown; the description has them whole
_STYLE: Final = (
    "{0} text {{ font: 12px system-ui, sans-serif; fill: #1b1f24; }} {0} .small {{ fill: #57606a; }} "
    "{0} .paper {{ fill: #ffffff; }} {0} .stage {{ fill: #eef4ff; stroke: #3b5b92; }} "
    "{0} .deciding {{ stroke-width: 2.5; }} {0} .end {{ fill: #f6f8fa; stroke: #57606a; }} "
    "{0} .done {{ fill: #e6f6ea; stroke: #2d7a46; }} {0} .line {{ fill: none; stroke: #57606a; shape-rendering: crispEdges; }} "
    "{0} .head {{ fill: #57606a; }} {0} .start {{ fill: #57606a; }} "
    "@media (prefers-color-scheme: dark) {{ {0} text {{ fill: #e6edf3; }} {0} .small {{ fill: #9aa4af; }} "
    "{0} .paper {{ fill: #0d1117; }} {0} .stage {{ fill: #16243d; stroke: #79a0e0; }} "
    "{0} .end {{ fill: #161b22; stroke: #9aa4af; }} {0} .done {{ fill: #12301d; stroke: #57ab6f; }} "
    "{0} .line {{ stroke: #9aa4af; }} {0} .head, {0} .start {{ fill: #9aa4af; }} }}"
)
_DESC: Final = Text("{title}：{ways}", "{title}: {ways}")
_BY: Final = Text("{by}，到“{to}”", "{by} to “{to}”")
_BEGINS: Final = Text("始于“{first}”。", "It begins with “{first}”.")


def to_svg(procedure: Procedure, language: Language = "zh") -> str:
    """A definition as a diagram in SVG.

    The stages stand one under the other with the bodies that vote in them, the deciding one with a bold border; ways back
    run on the left, ways on and the ends on the right. The title and the description tell the same in words.

    Args:
        procedure: the definition.
        language: of the words.

    Returns:
        A whole document, which may also stand in a page of HTML as it is: nothing in it is loaded from elsewhere. The
        same definition is always drawn alike.

    Raises:
        InvalidType: when it is no definition, or the language no string.
        InvalidValue: with every fault, when the definition is not sound; or when the language is neither ``"zh"`` nor
            ``"en"``.
    """
    one(Procedure, procedure, "the procedure")
    found = ways(procedure, as_language(language))
    titles = named(procedure, language)
    bodies = {body.id: body.title.say(language) for body in procedure.bodies}
    words = {stage.id: wrapped(titles[stage.id], _STAGE - 2 * _PAD) for stage in procedure.stages}
    voting = {stage.id: joined([bodies[each] for each in stage.bodies()], language) for stage in procedure.stages}
    small = {each: wrapped(held, _STAGE - 2 * _PAD) if held else [] for each, held in voting.items()}
    said = {end.id: wrapped(titles[end.id], _END_MOST) for end in procedure.ends}
    end = max(len(lines) for lines in said.values()) * _ROW + _PAD
    note = beside(procedure, language)
    sizes = Sizes(
        stage=_STAGE,
        stages={each: _ROW * len(lines + small[each]) + _PAD for each, lines in words.items()},
        start=16,
        ends={end: max(map(width_of, lines)) + 2 * _PAD for end, lines in said.items()},
        end=end,
        room=end,
        note=width_of(note),
    )
    short = tuple(_short(way) for way in found)
    plan = lay_out([stage.id for stage in procedure.stages], [end.id for end in procedure.ends], short, sizes)
    tag = f"yizheng-{procedure.digest[:12]}-{language}"
    done = {end.id for end in procedure.ends if end.carried_out}
    root = _root(plan, tag, procedure.title.say(language), _told(procedure, found, titles, language))
    for line in plan.lines:
        _draw_line(root, line, tag)
    x, y = plan.start.middle
    ET.SubElement(root, "circle", {"class": "start", "cx": str(x), "cy": str(y), "r": str(plan.start.width // 2)})
    _write(root, [note], *plan.note, kind="small", down=4)
    for stage, box in plan.stages.items():
        deciding = " deciding" if stage == procedure.deciding else ""
        _draw_box(root, box, f"stage{deciding}", 6)
        _inside(root, box, words[stage], small[stage])
    for each, box in plan.ends.items():
        _draw_box(root, box, "end done" if each in done else "end", box.height // 2)
        _inside(root, box, said[each], [])
    for line in plan.lines:
        if line.way is not None and line.label is not None:
            _write(root, [line.way.words], *line.label, kind="small")
    return drawn(root)


def _short(way: Way) -> Way:
    words = way.words if len(way.words) <= _LABEL_MOST else f"{way.words[: _LABEL_MOST - 1]}…"
    return Way(way.source, way.target, way.outcomes, words)


def _root(plan: Plan, tag: str, title: str, desc: str) -> ET.Element:
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "id": tag,
            "role": "img",
            "aria-labelledby": f"{tag}-title {tag}-desc",
            "width": str(plan.width),
            "height": str(plan.height),
            "viewBox": f"0 0 {plan.width} {plan.height}",
        },
    )
    ET.SubElement(root, "title", {"id": f"{tag}-title"}).text = title
    ET.SubElement(root, "desc", {"id": f"{tag}-desc"}).text = desc
    ET.SubElement(root, "style").text = _STYLE.format(f"#{tag}")
    arrow = ET.SubElement(
        ET.SubElement(root, "defs"),
        "marker",
        {
            "id": f"{tag}-head",
            "viewBox": "0 0 8 8",
            "refX": "8",
            "refY": "4",
            "markerWidth": "8",
            "markerHeight": "8",
            "orient": "auto",
        },
    )
    ET.SubElement(arrow, "path", {"class": "head", "d": "M 0 0 L 8 4 L 0 8 z"})
    ET.SubElement(root, "rect", {"class": "paper", "width": str(plan.width), "height": str(plan.height)})
    return root


def _told(procedure: Procedure, found: tuple[Way, ...], titles: dict[str, str], language: Language) -> str:
    """The diagram in words: where it begins, and where each stage leads."""
    sentences = [_BEGINS.say(language).format(first=titles[procedure.stages[0].id])]
    for stage in procedure.stages:
        led = [_BY.say(language).format(by=way.words, to=titles[way.target]) for way in found if way.source == stage.id]
        stop = "。" if language == "zh" else "."
        sentences.append(_DESC.say(language).format(title=titles[stage.id], ways=joined(led, language)) + stop)
    return " ".join([*sentences, beside(procedure, language)])


def _draw_line(root: ET.Element, line: Line, tag: str) -> None:
    points = " L ".join(f"{x} {y}" for x, y in line.points)
    ET.SubElement(root, "path", {"class": "line", "d": f"M {points}", "marker-end": f"url(#{tag}-head)"})


def _draw_box(root: ET.Element, box: Box, kind: str, corner: int) -> None:
    at = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": corner}
    ET.SubElement(root, "rect", {"class": kind, **{key: str(value) for key, value in at.items()}})


def _inside(root: ET.Element, box: Box, words: list[str], small: list[str]) -> None:
    """Words in the middle of a box, and smaller ones under them."""
    first = (box.height - _ROW * len(words + small)) // 2 + 13
    _write(root, words, box.middle[0], box.y, down=first, anchor="middle")
    _write(root, small, box.middle[0], box.y, down=first + _ROW * len(words), kind="small", anchor="middle")


def _write(
    root: ET.Element, lines: list[str], x: int, y: int, *, down: int = 0, kind: str = "", anchor: str = "start"
) -> None:
    for place, words in enumerate(lines):
        said = {"x": str(x), "y": str(y + down + place * _ROW), "text-anchor": anchor}
        ET.SubElement(root, "text", said | ({"class": kind} if kind else {})).text = words
