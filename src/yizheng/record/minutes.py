"""The minutes of a case (议事记录) as Markdown, told from its entries alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from yizheng.case import Entry, OpenBatch
from yizheng.citation import Citation
from yizheng.procedure import End
from yizheng.record.course import Course, Passage
from yizheng.record.following import follow
from yizheng.record.markup import Marked, bullets, capital, document, heading, under
from yizheng.record.secretary import Secretary
from yizheng.record.telling import TELLERS, Told, corrected, on_the_roll, opened_together, opening, sorted_out, tell
from yizheng.record.together import belonging, matters_of, shared_part, stands, told_lines
from yizheng.record.words import PAIR
from yizheng.text import Language, Text

__all__ = ["minutes"]

_TITLE: Final = Text("议事记录：{title}", "Minutes: {title}")
_HOW: Final = Text(
    "本记录依案卷逐条写成，时刻为 {zone} 当地时间。注明“推定”的，来源未作规定；注明“据转述”的，未核对原文。",
    "Told from the record, entry by entry, in the local time of {zone}. "
    "“Inferred” marks what no source sets; “as reported” marks what was not read in the original.",
)
_PUBLIC: Final = Text("注明〔不公开〕的内容不对外公布。", " What reads [withheld] is not made public.")
_PRIVATE: Final = Text(
    "**本件含不公开的内容，不得对外公布。**", " **These minutes hold private values and are not for publication.**"
)
_MATTER: Final = Text("事项", "Matter")
_PROCEDURE: Final = Text("程序", "Procedure")
_OFFICES: Final = Text("职务（立案时）", "Offices at the opening")
_ROLLS: Final = Text("表决名册（立案时）", "Rolls at the opening")
_OPENING: Final = Text("立案", "Opening")
_AFTER: Final = Text("结案以后", "After the end")
_RESULT: Final = Text("结果", "Result")
_ID: Final = Text("编号", "Id")
_NAME: Final = Text("名称", "Title")
_CATEGORY: Final = Text("类别", "Category")
_ORIGIN: Final = Text("动议事由", "Origin")
_COMES_FROM: Final = Text("来源事项", "Comes from")
_FACTS: Final = Text("事实：", "Facts:")
_NOT_PUBLIC: Final = Text("不公开的内容：", "Private fields:")
_FACT: Final = Text("{meaning}（{fact}）", "{meaning} ({fact})")
_EDITION: Final = Text("版本", "Edition")
_SOURCES: Final = Text("出处", "Sources")
_NOT_STATED: Final = Text("未记载", "not stated")
_SOURCE: Final = Text("出处：{source}。", "Source: {source}.")
_PASSED: Final = Text("{number}. {title}", "{number}. {title}")
_PASSED_AGAIN: Final = Text("{number}. {title}（第 {time} 次）", "{number}. {title} (passage {time})")
_ENDED: Final = Text("案件终结：{title}（{id}）", "The case has ended: {title} ({id})")
_UNDER_WAY: Final = Text("案件尚在办理，现处于{title}", "The case is under way, and stands at {title}")
_COUNT: Final = Text("案卷共 {count} 条", "Entries in the record: {count}")
_COUNT_BOTH: Final = Text(
    "案卷共 {count} 条，另有批次 {batch} 一并办理的 {shared} 条",
    "Entries in the record: {count}, besides those of batch {batch} that were made together: {shared}",
)
_DIGEST: Final = Text("末条摘要（SHA-256）：{digest}", "Digest of the last entry (SHA-256): {digest}")


def minutes(entries: Iterable[Entry], language: Language = "zh", *, private: bool = False) -> str:
    """The minutes of a case or of a batch, or of as much of it as the entries tell.

    Those of a matter that was taken up from its batch tell what was done for all matters of the batch, and say so.

    Args:
        entries: the record from its opening on, whole or redacted. It is not verified here: a docket does so when it
            reads it, and so does ``Case.replay``.
        language: ``"zh"`` or ``"en"``. What people wrote is shown as they wrote it.
        private: whether private values are shown where the entries still have them. As it is left, they read 〔不公开〕
            or ``[withheld]``, and the minutes are those of the redacted record.

    Returns:
        Markdown. Nothing that people typed can become a heading, a list, a table, a link or HTML in it.

    Raises:
        InvalidType: when something else than entries is handed in.
        BrokenRecord: when they do not begin with an opening, or one stands where nothing leads to it.
        InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
    """
    course = follow(entries, private=private)
    return document(_blocks(Secretary(language, course.procedure.zone, private), course))


def _blocks(pen: Secretary, course: Course) -> Iterator[Marked]:
    yield pen.rehearsed(course.rehearsal)
    yield heading(1, pen.say(_TITLE, title=course.opened.matter.title))
    yield pen.say(_HOW, zone=pen.zone) + pen.say(_PRIVATE if pen.private else _PUBLIC)
    yield heading(2, pen.said(_MATTER))
    yield bullets(_matter(pen, course))
    yield from matters_of(pen, course)
    yield heading(2, pen.said(_PROCEDURE))
    yield bullets(_procedure(pen, course))
    if rolls := course.opened.rolls:
        yield heading(2, pen.said(_ROLLS))
        bodies = [body for body in course.procedure.bodies if body.id in rolls]
        yield bullets(on_the_roll(pen, body.title, rolls[body.id]) for body in bodies)
    yield heading(2, pen.said(_OFFICES))
    yield bullets(_offices(pen, course))
    yield heading(2, pen.said(_OPENING))
    opened = course.opened
    did = opened_together(pen, course, opened) if isinstance(opened, OpenBatch) else None
    yield opening(pen, course, course.opening, did)
    yield from sorted_out(pen, course)
    yield from corrected(pen, course, (None, 1))
    yield from shared_part(pen, course)
    for number, passage in enumerate(course.passages, 1):
        yield from _passage(pen, course, number, passage)
    if course.after:
        yield heading(2, pen.said(_AFTER))
        for line in course.after:
            yield from tell(Told(pen, line, course.passages[-1], course), TELLERS)
    yield heading(2, pen.said(_RESULT))
    yield bullets(_result(pen, course))


def _pair(pen: Secretary, key: Any, value: Any) -> Marked:
    return pen.say(PAIR, key=key, value=value)


def _matter(pen: Secretary, course: Course) -> Iterator[Marked]:
    matter, entry, meanings = course.opened.matter, course.opening, course.procedure.facts
    yield _pair(pen, _ID, matter.id)
    yield _pair(pen, _NAME, matter.title)
    yield _pair(pen, _CATEGORY, matter.category)
    yield from belonging(pen, course)
    yield _pair(pen, _ORIGIN, _NOT_STATED if course.origin is None else pen.quote(course.origin))
    if matter.comes_from:
        yield _pair(pen, _COMES_FROM, pen.several(sorted(matter.comes_from)))
    if matter.facts:
        named = {
            fact: pen.say(_FACT, fact=fact, meaning=meanings[fact]) if fact in meanings else fact
            for fact in matter.facts
        }
        facts = [_pair(pen, named[fact], pen.plain(value)) for fact, value in sorted(matter.facts.items())]
        yield under(pen.said(_FACTS), facts)
    within = "matter.private."
    fields = {path.removeprefix(within): path for path in sorted(entry.seals) if path.startswith(within)}
    if fields:
        held = [_pair(pen, field, pen.shown(entry, path, matter.private.get(field))) for field, path in fields.items()]
        yield under(pen.said(_NOT_PUBLIC), held)


def _procedure(pen: Secretary, course: Course) -> Iterator[Marked]:
    procedure = course.procedure
    yield _pair(pen, _ID, procedure.id)
    yield _pair(pen, _NAME, procedure.title)
    yield _pair(pen, _EDITION, procedure.edition)
    yield _pair(pen, _SOURCES, pen.several(pen.cite(source) for source in procedure.sources))


def _offices(pen: Secretary, course: Course) -> Iterator[Marked]:
    for office in course.procedure.offices:
        yield _pair(pen, office.title, pen.several(sorted(course.opened.offices.get(office.id, ()))))


def _passage(pen: Secretary, course: Course, number: int, passage: Passage) -> Iterator[Marked]:
    stage = passage.stage
    words = _PASSED if passage.time == 1 else _PASSED_AGAIN
    yield heading(2, pen.say(words, number=number, title=capital(pen.said(stage.title)), time=passage.time))
    source = getattr(stage, "source", None)
    if isinstance(source, Citation):
        yield pen.say(_SOURCE, source=pen.cite(source))
    yield from told_lines(pen, course, passage)


def _result(pen: Secretary, course: Course) -> Iterator[Marked]:
    at, in_batch, together = course.stands, stands(pen, course), course.together
    if in_batch is not None:
        yield in_batch
    elif isinstance(at, End):
        yield pen.say(_ENDED, title=at.title, id=at.id)
    else:
        yield pen.say(_UNDER_WAY, title=pen.quote(at.title))
    if together is None:
        yield pen.say(_COUNT, count=course.count)
    else:
        batch = together.opened.matter.id
        yield pen.say(_COUNT_BOTH, count=course.count, batch=batch, shared=together.count)
    yield pen.say(_DIGEST, digest=course.digest)
