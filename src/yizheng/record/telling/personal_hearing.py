"""How hearing those concerned is told: that it was done, and for whom; what they said stays with those who decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told
from yizheng.stages import DeclineHearing, RecordAbsence, Summon
from yizheng.text import Text

__all__ = ["TELLERS"]

_SUMMONED: Final = Text(
    "通知“{concerned}”到场陈述，凭据：{evidence}。", "summoned {concerned} to be heard; shown by: {evidence}."
)
_DECLINED: Final = Text("作为“{concerned}”放弃陈述。", "declined to be heard, as {concerned}.")
_DECLINED_FOR: Final = Text(
    "录入“{concerned}”（{person}）放弃陈述，凭据：{evidence}。",
    "entered that {concerned} ({person}) declined to be heard; shown by: {evidence}.",
)
_REASON: Final = Text("理由：{reason}。", " Reason: {reason}.")
_ABSENT: Final = Text(
    "记录“{concerned}”经通知未到场：{account}。", "entered that {concerned} was summoned and did not come: {account}."
)


def _summon(told: Told) -> Iterator[Marked]:
    action: Summon = told.action
    yield told.pen.say(_SUMMONED, concerned=action.concerned, evidence=told.pen.quote(action.evidence))


def _decline(told: Told) -> Iterator[Marked]:
    action: DeclineHearing = told.action
    pen = told.pen
    person = told.whose("person", action.person)
    evidence = "" if action.evidence is None else pen.quote(action.evidence)
    said = pen.say(
        _DECLINED if person is None else _DECLINED_FOR,
        concerned=told.entry.effect.ref,
        person=person,
        evidence=evidence,
    )
    yield said + ("" if action.reason is None else pen.say(_REASON, reason=pen.quote(action.reason)))


def _absence(told: Told) -> Iterator[Marked]:
    action: RecordAbsence = told.action
    yield told.pen.say(_ABSENT, concerned=action.concerned, account=told.pen.quote(action.account))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    Summon: _summon,
    DeclineHearing: _decline,
    RecordAbsence: _absence,
}
