"""How a solicitation is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, which
from yizheng.record.words import CHANNELS, in_words, word
from yizheng.stages import AnswerOpinion, CloseSolicitation, OpenSolicitation, ReceiveOpinion
from yizheng.text import Text

__all__ = ["TELLERS", "with_answer"]

_ASKED: Final = Text(
    "开始征求意见（{channels}），{until} 截止。", "opened the solicitation ({channels}), until {until}."
)
_QUESTION: Final = Text("所问：{question}。", " Question: {question}.")
_OPINION: Final = Text("提出意见 {ref}（{channel}）：{text}。", "gave opinion {ref} ({channel}): {text}.")
_OPINION_OF: Final = Text(
    "录入意见 {ref}（{channel}，提出人 {author}）：{text}。",
    "entered opinion {ref} ({channel}, author {author}): {text}.",
)
_UNSIGNED: Final = Text(
    "录入意见 {ref}（{channel}，未署名）：{text}。", "entered opinion {ref} ({channel}, unsigned): {text}."
)
_ASKS: Final = Text("并申请听证。", " It asks for a hearing.")
_ANSWERED: Final = Text("答复见{entry}。", " Answered in {entry}.")
_UNANSWERED: Final = Text("未见答复。", " No answer is on record.")
_ANSWER: Final = Text("答复意见 {ref}：{text}。", "answered opinion {ref}: {text}.")
_CLOSED: Final = Text("结束征求意见，归纳如下：{summary}。", "closed the solicitation, in summary: {summary}.")


def _open(told: Told) -> Iterator[Marked]:
    action: OpenSolicitation = told.action
    pen = told.pen
    words = pen.say(_ASKED, channels=pen.several(in_words(CHANNELS, action.channels)), until=pen.until(action.until))
    question = "" if action.question is None else pen.say(_QUESTION, question=pen.quote(action.question))
    yield words + question


def _receive(told: Told) -> Iterator[Marked]:
    action: ReceiveOpinion = told.action
    pen, author = told.pen, told.whose("author", action.author)
    words = pen.say(
        _UNSIGNED if action.anonymous else _OPINION if author is None else _OPINION_OF,
        ref=told.entry.effect.ref,
        channel=word(CHANNELS, action.channel),
        author=author,
        text=pen.quote(action.text),
    )
    yield words + (pen.say(_ASKS) if action.asks_hearing else "") + with_answer(told)


def with_answer(told: Told) -> Marked:
    """Where what was received was answered."""
    number = told.passage.answers.get(told.entry.effect.ref or "")
    return told.pen.say(_UNANSWERED) if number is None else told.pen.say(_ANSWERED, entry=which(told.pen, number))


def _answer(told: Told) -> Iterator[Marked]:
    action: AnswerOpinion = told.action
    yield told.pen.say(_ANSWER, ref=action.opinion, text=told.pen.quote(action.text))


def _close(told: Told) -> Iterator[Marked]:
    action: CloseSolicitation = told.action
    yield told.pen.say(_CLOSED, summary=told.pen.quote(action.summary))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    OpenSolicitation: _open,
    ReceiveOpinion: _receive,
    AnswerOpinion: _answer,
    CloseSolicitation: _close,
}
