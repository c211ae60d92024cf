"""How the follow-up of an agreement is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, document_of, secret
from yizheng.stages import ApplyConfirmation, CheckPerformance, CloseFollowUp, RecordConfirmation
from yizheng.text import Text

__all__ = ["TELLERS"]

_APPLIED: Final = Text(
    "录入“{parties}”共同向{court}申请司法确认。", "entered that {parties} asked {court} together for its confirmation."
)
_DECIDED: Final = {
    True: Text(
        "录入人民法院确认调解协议有效，文号{reference}。",
        "entered that the court confirmed the agreement, under {reference}.",
    ),
    False: Text(
        "录入人民法院未予确认，文号{reference}。",
        "entered that the court did not confirm the agreement, under {reference}.",
    ),
}
_CHECKED: Final = {
    True: Text("回访，协议已履行。", "checked: the agreement is performed."),
    False: Text("回访，协议尚未履行完毕，已督促履行。", "checked: the agreement is not performed yet, and urged it."),
}
_ACCOUNT: Final = Text("情况：{account}。", " Account: {account}.")
_CLOSED: Final = Text("结束回访。", "closed the follow-up.")


def _apply(told: Told) -> Iterator[Marked]:
    action: ApplyConfirmation = told.action
    pen = told.pen
    words = pen.say(_APPLIED, parties=pen.several(sorted(action.parties)), court=pen.quote(action.court))
    yield Marked(words + document_of(told))


def _record(told: Told) -> Iterator[Marked]:
    action: RecordConfirmation = told.action
    yield told.pen.say(_DECIDED[action.valid], reference=told.pen.quote(action.reference))


def _check(told: Told) -> Iterator[Marked]:
    action: CheckPerformance = told.action
    words = told.pen.say(_CHECKED[action.performed])
    yield words + (told.pen.say(_ACCOUNT, account=secret(told, "account")) if "account" in told.entry.seals else "")


def _close(told: Told) -> Iterator[Marked]:
    yield told.pen.say(_CLOSED)


TELLERS: Final[Mapping[type[Any], Teller]] = {
    ApplyConfirmation: _apply,
    RecordConfirmation: _record,
    CheckPerformance: _check,
    CloseFollowUp: _close,
}
