"""What the minutes say of a batch: of its matters, or of what one of them went through with the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from yizheng.case import OpenBatch
from yizheng.procedure import End
from yizheng.record.course import Course, Line, Passage
from yizheng.record.markup import Marked, heading, table
from yizheng.record.secretary import Secretary
from yizheng.record.telling import TELLERS, Told, corrected, opened_together, opening, tell, which
from yizheng.record.words import PAIR
from yizheng.stages import Leaving, Release
from yizheng.text import Text

__all__ = ["belonging", "matters_of", "shared_part", "stands", "told_lines"]

_BATCH: Final = Text("批次", "Batch")
_WITHIN: Final = Text(
    "{batch}，其立案条目的摘要（SHA-256）：{digest}", "{batch}, whose opening has the digest (SHA-256) {digest}"
)
_TOGETHER: Final = Text("一并办理", "Dealt with together")
_SHARED: Final = Text(
    "转入单独办理以前，本事项在批次 {batch}（{title}，立案时 {items} 件）中与其他事项一并办理。"
    "以下标明该批次的各条，是为批次中的全部事项办理的，同样属于本事项的记录；"
    "它们记在批次的案卷中，共 {count} 条，末条摘要（SHA-256）：{digest}。",
    "Until it was taken up by itself, this matter was dealt with together with others in batch {batch} ({title}), which "
    "was opened with {items} matters. What is marked with that batch below was done for all matters in it, and is part of "
    "the record of this one; it stands in the record of the batch, in {count} entries, the last of which has the digest "
    "(SHA-256) {digest}.",
)
_PASSAGE: Final = Text(
    "标明批次 {batch} 的各条，为批次中的全部事项一并办理；本环节开始时有 {among} 件。",
    "What is marked with batch {batch} was done for all matters in it together; when this stage began, these were {among}.",
)
_RUN: Final = Text(
    "**批次 {batch} 第 {first} 至 {last} 条** 其间另有 {count} 件事项转入逐个决议，见批次的议事记录。",
    "**Batch {batch}, entries {first} to {last}.** Meanwhile {count} other matters were released, to be resolved by "
    "themselves; see the minutes of the batch.",
)
_MATTERS: Final = Text("批次中的事项", "Matters of the batch")
_AFTERWARDS: Final = Text(
    "事项离开批次以后的办理，见该事项自己的案卷。",
    "What was done with a matter after it left the batch stands in its own record.",
)
_ID, _NAME, _BECAME = Text("编号", "Id"), Text("名称", "Title"), Text("去向", "What became of it")
_LEFT: Final = Text("{how}（{entry}，{when}）", "{how} ({entry}, {when})")
_RELEASED: Final = Text("转入逐个决议", "released, to be resolved by itself")
_HOW: Final = {
    Leaving.SPLIT: Text("移出批次，单独办理", "taken out, to go on by itself"),
    Leaving.HELD_OVER: Text("有争议，移出批次，重新调查", "taken out as disputed, to be looked into anew"),
    Leaving.WITHDRAWN: Text("撤回", "withdrawn"),
}
_ENDED_WITH_IT: Final = Text("随批次终结：{title}", "ended with the batch: {title}")
_STILL_IN: Final = Text("仍在批次中", "still in the batch")
_HELD: Final = Text(
    "案件在批次 {batch} 中一并办理，尚未单独办理；办理情况见该批次的议事记录",
    "The case stands with batch {batch} and has not been taken up by itself; see the minutes of that batch",
)
_EMPTY: Final = Text("批次中的事项均已离开批次", "Every matter has left the batch")
_BATCH_ENDED: Final = Text("批次终结：{title}（{id}）", "The batch has ended: {title} ({id})")
_BATCH_STANDS: Final = Text(
    "批次尚在办理，现处于{title}，其中有 {left} 件事项",
    "The batch is under way, and stands at {title} with matters in it: {left}",
)


def belonging(pen: Secretary, course: Course) -> Iterator[Marked]:
    """In which batch a matter was opened, as a point."""
    within = course.opened.within
    if within is not None:
        yield pen.say(PAIR, key=_BATCH, value=pen.say(_WITHIN, batch=within.batch, digest=within.digest))


def matters_of(pen: Secretary, course: Course) -> Iterator[Marked]:
    """The matters of a batch, and what became of each as far as its record says."""
    if not isinstance(course.opened, OpenBatch):
        return
    yield heading(2, pen.said(_MATTERS))
    head = [pen.said(_ID), pen.said(_NAME), pen.said(_BECAME)]
    rows = [[pen.said(item.id), pen.said(item.title), _became(pen, course, item.id)] for item in course.opened.items]
    yield table([head, *rows])
    yield pen.said(_AFTERWARDS)


def _became(pen: Secretary, course: Course, item: str) -> Marked:
    gone = course.departures.get(item)
    if gone is not None:
        how = _RELEASED if isinstance(gone.line.action, Release) else _HOW[gone.how]
        return pen.say(_LEFT, how=how, entry=which(pen, gone.line.number), when=gone.line.entry.at)
    stands_at = course.stands
    return pen.say(_ENDED_WITH_IT, title=stands_at.title) if isinstance(stands_at, End) else pen.said(_STILL_IN)


def shared_part(pen: Secretary, course: Course) -> Iterator[Marked]:
    """In the minutes of one matter: that what follows was done for all, and how the batch was opened."""
    together = course.together
    if together is None:
        return
    opened = together.opened
    batch = opened.matter
    yield heading(2, pen.said(_TOGETHER))
    yield pen.say(
        _SHARED,
        batch=batch.id,
        title=pen.quote(batch.title),
        items=len(opened.items),
        count=together.count,
        digest=together.digest,
    )
    yield opening(pen, course, together.opening, opened_together(pen, course, opened), batch.id)
    yield from corrected(pen, course, (batch.id, 1))


def told_lines(pen: Secretary, course: Course, passage: Passage) -> Iterator[Marked]:
    """The entries of a passage. That other matters were released meanwhile is told in one sentence."""
    first = passage.lines[0]
    if first.batch is not None:
        yield pen.say(_PASSAGE, batch=first.batch, among=first.among)
    own = course.opened.matter.id

    def is_elsewhere(line: Line) -> bool:
        return line.batch is not None and isinstance(line.action, Release) and line.action.item not in {None, own}

    for elsewhere, run in groupby(passage.lines, is_elsewhere):
        lines = list(run)
        if elsewhere and len(lines) > 1:
            ends = (lines[0].entry.number, lines[-1].entry.number)
            yield pen.say(_RUN, batch=lines[0].batch, first=ends[0], last=ends[1], count=len(lines))
            for line in lines:
                yield from corrected(pen, course, line.number)
        else:
            for line in lines:
                yield from tell(Told(pen, line, passage, course), TELLERS)


def stands(pen: Secretary, course: Course) -> Marked | None:
    """Where a batch stands, or a matter that it still holds; ``None`` where the matter stands by itself."""
    within = course.opened.within
    if within is not None and course.together is None:
        return pen.say(_HELD, batch=within.batch)
    if not isinstance(course.opened, OpenBatch):
        return None
    left, stands_at = len(course.opened.items) - len(course.departures), course.stands
    if not left:
        return pen.said(_EMPTY)
    if isinstance(stands_at, End):
        return pen.say(_BATCH_ENDED, title=stands_at.title, id=stands_at.id)
    return pen.say(_BATCH_STANDS, title=pen.quote(stands_at.title), left=left)
