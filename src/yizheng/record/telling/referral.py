"""How a referral to the level above is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, document_of
from yizheng.stages import Confirm, Reject, SendBack, Submit
from yizheng.text import Text

__all__ = ["TELLERS"]

_SUBMITTED: Final = Text("上报{to}。", "submitted the matter to {to}.")
_CONFIRMED: Final = Text("予以确认，文号{reference}。", "confirmed it, under reference {reference}.")
_REJECTED: Final = Text(
    "不予确认，文号{reference}；理由：{reasons}。", "rejected it, under reference {reference}; reasons: {reasons}."
)
_AUTHORITY: Final = Text("依据：{citation}。", " Authority: {citation}.")
_SENT_BACK: Final = Text("退回，理由：{reasons}。", "sent it back; reasons: {reasons}.")


def _submit(told: Told) -> Iterator[Marked]:
    action: Submit = told.action
    yield Marked(told.pen.say(_SUBMITTED, to=told.pen.quote(action.to)) + document_of(told))


def _confirm(told: Told) -> Iterator[Marked]:
    action: Confirm = told.action
    yield told.pen.say(_CONFIRMED, reference=told.pen.quote(action.reference))


def _reject(told: Told) -> Iterator[Marked]:
    action: Reject = told.action
    pen = told.pen
    words = pen.say(_REJECTED, reference=pen.quote(action.reference), reasons=pen.quote(action.reasons))
    basis = "" if action.citation is None else pen.say(_AUTHORITY, citation=pen.cite(action.citation))
    yield words + basis


def _send_back(told: Told) -> Iterator[Marked]:
    action: SendBack = told.action
    yield told.pen.say(_SENT_BACK, reasons=told.pen.quote(action.reasons))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    Submit: _submit,
    Confirm: _confirm,
    Reject: _reject,
    SendBack: _send_back,
}
