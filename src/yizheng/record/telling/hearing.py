"""How a hearing is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, carried
from yizheng.record.words import PLACE
from yizheng.stages import AskHearing, CallHearing, CloseHearing, Testify, WaiveHearing
from yizheng.text import Text

__all__ = ["TELLERS"]

_ASKED: Final = Text("申请听证：{reason}。", "asked for a hearing: {reason}.")
_ASKED_FOR: Final = Text(
    "录入听证申请（申请人 {author}）：{reason}。", "entered a request for a hearing (by {author}): {reason}."
)
_CALLED: Final = Text(
    "通知举行听证，{held} 举行{place}；事由：{reason}。", "called a hearing for {held}{place}, because: {reason}."
)
_SAID: Final = Text("在听证会上发言：{text}。", "said at the hearing: {text}.")
_SAID_BY: Final = Text(
    "录入听证发言（发言人 {author}）：{text}。", "entered what was said at the hearing (by {author}): {text}."
)
_AS: Final = Text("身份：{concerned}。", " Heard as: {concerned}.")
_SHOWN: Final = Text("凭据：{evidence}。", " Shown by: {evidence}.")
_HEARD: Final = Text("结束听证，结论：{conclusion}。", "closed the hearing, with the conclusion: {conclusion}.")
_UNHEARD: Final = Text("无人发言的原因：{reason}。", " Nobody was heard, because: {reason}.")
_WAIVED: Final = Text("决定不举行听证，理由：{reason}。", "waived the hearing, for this reason: {reason}.")


def _ask(told: Told) -> Iterator[Marked]:
    action: AskHearing = told.action
    author = told.whose("author", action.author)
    yield told.pen.say(_ASKED if author is None else _ASKED_FOR, author=author, reason=told.pen.quote(action.reason))


def _call(told: Told) -> Iterator[Marked]:
    action: CallHearing = told.action
    pen = told.pen
    place = "" if action.place is None else pen.say(PLACE, place=pen.quote(action.place))
    yield pen.say(_CALLED, held=action.held_at, place=place, reason=pen.quote(action.reason))


def _testify(told: Told) -> Iterator[Marked]:
    action: Testify = told.action
    speaker = told.whose("speaker", action.speaker)
    words = told.pen.say(_SAID if speaker is None else _SAID_BY, author=speaker, text=told.pen.quote(action.text))
    if told.entry.effect.ref is not None:
        words += told.pen.say(_AS, concerned=told.entry.effect.ref)
    yield words + ("" if action.evidence is None else told.pen.say(_SHOWN, evidence=told.pen.quote(action.evidence)))


def _close(told: Told) -> Iterator[Marked]:
    action: CloseHearing = told.action
    words = told.pen.say(_HEARD, conclusion=told.pen.quote(action.conclusion))
    yield words + ("" if action.unheard is None else told.pen.say(_UNHEARD, reason=told.pen.quote(action.unheard)))
    yield from carried(told)


def _waive(told: Told) -> Iterator[Marked]:
    action: WaiveHearing = told.action
    yield told.pen.say(_WAIVED, reason=told.pen.quote(action.reason))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    AskHearing: _ask,
    CallHearing: _call,
    Testify: _testify,
    CloseHearing: _close,
    WaiveHearing: _waive,
}
