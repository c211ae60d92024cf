"""How a disclosure is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, carried, document_of
from yizheng.record.telling.solicitation import with_answer
from yizheng.record.words import CHANNELS, in_words
from yizheng.stages import AnswerObjection, Interrupt, Object, Post, TakeDown
from yizheng.text import Text

__all__ = ["TELLERS"]

_POSTED: Final = Text("公示（{channels}）：{content}。", "posted a notice ({channels}): {content}.")
_REPOSTED: Final = Text(
    "重新公示（{channels}），期限重新起算：{content}。",
    "posted a notice anew ({channels}), so that its period starts again: {content}.",
)
_INTERRUPTED: Final = Text(
    "记录公示中断：{reason}。公示未完成，须重新公示。",
    "entered that the notice came down: {reason}. It has not been made, and is to be posted again.",
)
_OBJECTED: Final = Text("提出异议 {ref}：{text}。", "objected, as {ref}: {text}.")
_OBJECTED_FOR: Final = Text(
    "录入异议 {ref}（提出人 {author}）：{text}。", "entered objection {ref} (by {author}): {text}."
)
_ANSWERED: Final = Text(
    "答复异议 {ref}：{text}。认定：{finding}。", "answered objection {ref}: {text}. Finding: {finding}."
)
_UPHELD: Final = Text("异议成立", "the objection is upheld")
_NOT_UPHELD: Final = Text("异议不成立", "the objection is not upheld")
_DOWN: Final = Text("结束公示，撤下公示内容。", "took the notice down.")


def _post(told: Told) -> Iterator[Marked]:
    action: Post = told.action
    pen = told.pen
    words = pen.say(
        _REPOSTED if told.line.again else _POSTED,
        channels=pen.several(in_words(CHANNELS, action.channels)),
        content=pen.quote(action.content),
    )
    yield words + document_of(told)
    yield from carried(told)


def _interrupt(told: Told) -> Iterator[Marked]:
    action: Interrupt = told.action
    yield told.pen.say(_INTERRUPTED, reason=told.pen.quote(action.reason))


def _object(told: Told) -> Iterator[Marked]:
    action: Object = told.action
    author = told.whose("author", action.author)
    words = told.pen.say(
        _OBJECTED if author is None else _OBJECTED_FOR,
        ref=told.entry.effect.ref,
        author=author,
        text=told.pen.quote(action.text),
    )
    yield words + with_answer(told)


def _answer(told: Told) -> Iterator[Marked]:
    action: AnswerObjection = told.action
    finding = _UPHELD if action.upheld else _NOT_UPHELD
    yield told.pen.say(_ANSWERED, ref=action.objection, text=told.pen.quote(action.text), finding=finding)


def _take_down(told: Told) -> Iterator[Marked]:
    yield told.pen.say(_DOWN)


TELLERS: Final[Mapping[type[Any], Teller]] = {
    Post: _post,
    Interrupt: _interrupt,
    Object: _object,
    AnswerObjection: _answer,
    TakeDown: _take_down,
}
