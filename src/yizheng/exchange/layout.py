"""Where everything stands in a diagram: stages one under the other, ways back on the left, ways on and ends on the right.

A procedure is a line with few ways off it, so it is drawn as one. What leads to the next stage goes straight down.
Everything else leaves its stage sideways on a lane of its own and, where its target stands in another row, turns into a
track that belongs to the target alone: what goes to one place shares a line, and what goes to different places never
does. Shapes cannot overlap, since each has its row or its lane; nothing is tried out, and the same definition is always
drawn alike. Decision 0011 says what else was weighed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import attrs

from yizheng.exchange.ways import Way

__all__ = ["Box", "Line", "Plan", "Point", "Sizes", "lay_out", "width_of", "wrapped"]

Point: TypeAlias = tuple[int, int]

_LANE: Final = 26  # from one lane to the next
_TRACK: Final = 24  # from one track to the next
_MARGIN: Final = 24
_AIR: Final = 16  # between words and what comes after them
_WIDE: Final = 12  # a Chinese character's width, in a font of twelve
_NARROW: Final = 7  # and that of a letter


def width_of(words: str) -> int:
    """About how wide words are, in a font of twelve."""
    return sum(_WIDE if unicodedata.east_asian_width(each) in "WFA" else _NARROW for each in words)


def wrapped(words: str, width: int) -> list[str]:
    """Words on as many lines as they need: broken at spaces, and anywhere among Chinese characters."""
    lines, line = [""], 0
    for word in _pieces(" ".join(words.split()), width // _NARROW):
        if lines[line] and width_of(lines[line] + word.rstrip()) > width:
            lines.append("")
            line += 1
        lines[line] += word if lines[line] else word.lstrip()
    return [each.strip() for each in lines if each.strip()] or [""]


def _pieces(words: str, longest: int) -> Iterable[str]:
    piece = ""
    for each in words:
        wide = unicodedata.east_asian_width(each) in "WF"
        if piece and (wide or piece[-1] == " " or len(piece) >= longest):
            yield piece
            piece = ""
        piece += each
    yield piece


@attrs.frozen
class Box:
    """A rectangle: its upper left corner, and how wide and high it is."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right border."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower border."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.width // 2, self.y + self.height // 2


@attrs.frozen(kw_only=True)
class Sizes:
    """How large the shapes are.

    Attributes:
        stage: how wide each stage is.
        stages: how high each stage is at least, by its id.
        gate: how wide and high the diamond under a stage is from which its ways part; nought where it has none.
        start: how wide and high the start is.
        ends: how wide each end is, by its id.
        end: how high an end is.
        room: how high an end is with the words beside it.
        after: how much room each end needs on its right, for words.
        note: how much room the start needs on its right, for words.
    """

    stage: int
    stages: Mapping[str, int]
    gate: int = 0
    start: int = 36
    ends: Mapping[str, int]
    end: int = 36
    room: int = 36
    after: int = 0
    note: int = 0


@attrs.frozen
class Line:
    """A way as it is drawn.

    Attributes:
        way: the way; ``None`` for the line from the start, and for that from a stage to its diamond.
        points: from the border of one shape to the border of the other.
        label: where its words begin, on the line under them.
        source: the stage from which it comes, where it is no way.
    """

    way: Way | None
    points: tuple[Point, ...]
    label: Point | None = None
    source: str | None = None


@attrs.frozen(kw_only=True)
class Plan:
    """A diagram: where each shape stands, and each line.

    Attributes:
        width: of the whole.
        height: of the whole.
        start: where the start stands.
        note: where there is room for words beside the start.
        stages: where each stage stands, by its id.
        gates: where the diamonds stand, by the id of the stage.
        ends: where each end stands, by its id.
        lines: every line.
    """

    width: int
    height: int
    start: Box
    note: Point
    stages: Mapping[str, Box]
    gates: Mapping[str, Box]
    ends: Mapping[str, Box]
    lines: tuple[Line, ...]


@attrs.define
class _Row:
    """A stage with the ways that leave it, and the height of the lane of each."""

    stage: Box
    gate: Box | None
    down: Way | None
    left: dict[Way, int] = attrs.field(factory=dict[Way, int])
    right: dict[Way, int] = attrs.field(factory=dict[Way, int])
    bottom: int = 0

    @property
    def exit(self) -> Box:
        """From which shape its ways part."""
        return self.stage if self.gate is None else self.gate

    @property
    def reach(self) -> int:
        """How far from the middle its lanes begin."""
        return self.exit.width // 2 + (0 if self.gate is None else _COMB)

    @property
    def entry(self) -> int:
        """At which height the tracks come in."""
        return self.stage.y + _ENTRY


_ENTRY: Final = 16
_GAP: Final = 48  # from one row to the next; the words of the way down stand in it
_COMB: Final = 14  # from a diamond to where its lanes part


def lay_out(stages: Sequence[str], ends: Sequence[str], found: Iterable[Way], sizes: Sizes) -> Plan:
    """Where everything stands.

    Args:
        stages: the ids of the stages, from the top down.
        ends: the ids of the ends.
        found: the ways between them.
        sizes: how large the shapes are.
    """
    leaving: dict[str, list[Way]] = {stage: [] for stage in stages}
    for way in found:
        leaving[way.source].append(way)
    hosts = {way.target: way for each in leaving.values() for way in each if way.target in set(ends)}
    rows = _rows(stages, leaving, hosts, sizes)
    half = sizes.stage // 2
    below = max((width_of(row.down.words) + _AIR // 2 for row in rows.values() if row.down), default=0)
    words_right = max((row.reach + width_of(way.words) for row in rows.values() for way in row.right), default=0)
    words_left = max((row.reach + width_of(way.words) for row in rows.values() for way in row.left), default=0)
    nearest = max(half, below, words_right) + _AIR
    right = _tracks(_spans_right(rows, hosts), nearest, 1)
    left = _tracks(_spans_left(rows), max(half, words_left) + _AIR, -1)
    column = max([nearest, *right.values()]) + _TRACK
    placed = {
        end: Box(column, rows[way.source].right[way] - sizes.end // 2, sizes.ends[end], sizes.end)
        for end, way in hosts.items()
    }
    start = Box(-sizes.start // 2, 0, sizes.start, sizes.start)
    first = next(iter(rows.values())).stage
    lines = [Line(None, ((0, start.bottom), (0, first.y)))]
    for stage, row in rows.items():
        lines += _lines(stage, row, rows, placed, left=left, right=right)
    plan = Plan(
        width=0,
        height=max(row.bottom for row in rows.values()) + _MARGIN,
        start=start,
        note=(sizes.start, sizes.start // 2),
        stages={stage: row.stage for stage, row in rows.items()},
        gates={stage: row.gate for stage, row in rows.items() if row.gate is not None},
        ends={end: placed[end] for end in ends if end in placed},
        lines=tuple(lines),
    )
    leftmost = min([-half, *left.values(), *(line.label[0] for line in lines if line.label)])
    beside = [half, below, sizes.start + sizes.note, *right.values()]
    rightmost = max([*beside, *(box.right + sizes.after for box in placed.values())])
    return _moved(plan, _MARGIN - leftmost, _MARGIN, rightmost - leftmost + 2 * _MARGIN)


def _rows(
    stages: Sequence[str], leaving: Mapping[str, list[Way]], hosts: Mapping[str, Way], sizes: Sizes
) -> dict[str, _Row]:
    order = {stage: place for place, stage in enumerate(stages)}
    rows: dict[str, _Row] = {}
    top = sizes.start + _GAP // 2
    for stage in stages:
        following = stages[order[stage] + 1] if order[stage] + 1 < len(stages) else None
        sideways = [way for way in leaving[stage] if way.target != following]
        down = next((way for way in leaving[stage] if way.target == following), None)
        back = [way for way in sideways if order.get(way.target, len(stages)) <= order[stage]]
        on = [way for way in sideways if way not in back]
        box = Box(-(sizes.stage // 2), top, sizes.stage, sizes.stages[stage])
        gate = None
        if sizes.gate and len(leaving[stage]) > 1:
            gate = Box(-(sizes.gate // 2), box.bottom + _GAP // 2, sizes.gate, sizes.gate)
        begin = box.y + _ENTRY + _LANE if gate is None else gate.middle[1]
        row = _Row(box, gate, down)
        row.left, low_left = _lanes(back, begin, {}, sizes)
        row.right, low_right = _lanes(on, begin, hosts, sizes)
        lowest = max(low_left, low_right)
        if gate is None and sideways:
            row.stage = attrs.evolve(box, height=max(box.height, lowest - box.y))
        row.bottom = max(row.stage.bottom if gate is None else gate.bottom, lowest)
        rows[stage] = row
        top = row.bottom + _GAP
    return rows


def _lanes(leaving: list[Way], begin: int, hosts: Mapping[str, Way], sizes: Sizes) -> tuple[dict[Way, int], int]:
    """The height of the lane of each way, and where the lowest one ends; a lane with an end on it takes more room."""
    lanes: dict[Way, int] = {}
    here, below = begin, 0
    for way in leaving:
        room = max(_LANE, sizes.room + _AIR // 2) if hosts.get(way.target) is way else _LANE
        here += below + room // 2 if lanes else 0
        lanes[way], below = here, room // 2
    return lanes, here + below if lanes else begin


Spans: TypeAlias = dict[str, tuple[int, int]]


def _spans_right(rows: Mapping[str, _Row], hosts: Mapping[str, Way]) -> Spans:
    """From where to where the track of each target on the right runs; an end that one way leads to needs none."""
    spans: Spans = {}
    for row in rows.values():
        for way, lane in row.right.items():
            host = hosts.get(way.target)
            if host is not None and host is not way:
                _reach(spans, way.target, lane, rows[host.source].right[host])
            elif host is None:
                _reach(spans, way.target, lane, rows[way.target].entry)
    return spans


def _spans_left(rows: Mapping[str, _Row]) -> Spans:
    spans: Spans = {}
    for row in rows.values():
        for way, lane in row.left.items():
            _reach(spans, way.target, lane, rows[way.target].entry)
    return spans


def _reach(spans: Spans, target: str, *heights: int) -> None:
    both = (*spans.get(target, heights), *heights)
    spans[target] = min(both), max(both)


def _tracks(spans: Spans, nearest: int, side: int) -> dict[str, int]:
    """How far to the side each track runs: short ones near the stages, and none where another one runs."""
    taken: list[list[tuple[int, int]]] = []
    tracks: dict[str, int] = {}
    for target, (upper, lower) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1], item[0])):
        free = next(
            (place for place, held in enumerate(taken) if all(lower < top or bottom < upper for top, bottom in held)),
            len(taken),
        )
        if free == len(taken):
            taken.append([])
        taken[free].append((upper, lower))
        tracks[target] = side * (nearest + free * _TRACK)
    return tracks


def _lines(
    stage: str,
    row: _Row,
    rows: Mapping[str, _Row],
    ends: Mapping[str, Box],
    *,
    left: Mapping[str, int],
    right: Mapping[str, int],
) -> Iterable[Line]:
    out = row.exit
    if row.gate is not None:
        yield Line(None, ((0, row.stage.bottom), (0, row.gate.y)), source=stage)
    if row.down is not None:
        below = rows[row.down.target].stage.y
        yield Line(row.down, ((0, out.bottom), (0, below)), (8, below - _AIR))
    for way, lane in row.left.items():
        words = out.x - _AIR // 2 - width_of(way.words) - (_COMB if row.gate else 0)
        target, track = rows[way.target], left[way.target]
        back = ((track, lane), (track, target.entry), (target.stage.x, target.entry))
        yield Line(way, (*_out(row, lane, -1), *back), (words, lane - 4))
    for way, lane in row.right.items():
        words = out.right + _AIR // 2 + (_COMB if row.gate else 0)
        begin = _out(row, lane, 1)
        onto: tuple[Point, ...]
        if (end := ends.get(way.target)) is None:
            target, track = rows[way.target], right[way.target]
            onto = ((track, lane), (track, target.entry), (target.stage.right, target.entry))
        elif end.middle[1] == lane:
            onto = ((end.x, lane),)
        else:
            track = right[way.target]
            onto = ((track, lane), (track, end.middle[1]), (end.x, end.middle[1]))
        yield Line(way, (*begin, *onto), (words, lane - 4))


def _out(row: _Row, lane: int, side: int) -> tuple[Point, ...]:
    """From the border of the shape onto a lane: straight off a stage, and from the corner of a diamond."""
    border = row.exit.right if side > 0 else row.exit.x
    if row.gate is None:
        return ((border, lane),)
    middle = row.gate.middle[1]
    parts = border + side * _COMB
    return ((border, middle),) if lane == middle else ((border, middle), (parts, middle), (parts, lane))


def _moved(plan: Plan, right: int, down: int, width: int) -> Plan:
    """The same diagram, elsewhere."""

    def box(each: Box) -> Box:
        return attrs.evolve(each, x=each.x + right, y=each.y + down)

    def point(each: Point) -> Point:
        return each[0] + right, each[1] + down

    return Plan(
        width=width,
        height=plan.height + down,
        start=box(plan.start),
        note=point(plan.note),
        stages={each: box(held) for each, held in plan.stages.items()},
        gates={each: box(held) for each, held in plan.gates.items()},
        ends={each: box(held) for each, held in plan.ends.items()},
        lines=tuple(
            attrs.evolve(
                line, points=tuple(map(point, line.points)), label=None if line.label is None else point(line.label)
            )
            for line in plan.lines
        ),
    )
