"""How what can be done at any stage is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.citation import Citation
from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, document_of, which
from yizheng.record.words import PERIODS, word
from yizheng.stages import AdoptEdition, Appoint, Attach, Correct, Destroy, Note, OrderCorrection, Withdraw
from yizheng.stages.anywhere import REPLACES
from yizheng.text import Text
from yizheng.values.plain import items, mapping

__all__ = ["TELLERS"]

_APPOINTED: Final = Text(
    "任命：{office}自此由 {holders} 担任；理由：{reason}。",
    "appointed as {office} from now on: {holders}; reason: {reason}.",
)
_VACATED: Final = Text(
    "任命：{office}自此无人担任；理由：{reason}。", "left the office of {office} vacant from now on; reason: {reason}."
)
_ADOPTED: Final = Text(
    "为{stage}采用新规则版本（{setting}）：{edition}", "adopted a new edition for {stage} ({setting}): {edition}"
)
_RULE: Final = Text("规则", "rule")
_DECIDED: Final = Text(
    "由{by}于 {on} 决定，备案：{filed}；与程序原有规定从严并用。",
    " Decided by {by} on {on}; filed: {filed}. It is kept beside what the procedure asks, the stricter of both.",
)
_REPLACED: Final = Text("取代{places}。", " It takes the place of {places}.")
_ATTACHED: Final = Text("附上{label}（{media}）。", "attached {label} ({media}).")
_NOTED: Final = Text("备注：{text}。", "noted: {text}.")
_CORRECTS: Final = Text("更正{entry}：{text}；原因：{reason}。", "corrected {entry}: {text}; reason: {reason}.")
_WITHDREW: Final = Text("撤回事项：{reason}。", "withdrew the matter: {reason}.")
_ORDERED: Final = Text(
    "责令改正：{reason}（依据：{citation}）。", "ordered a correction: {reason} (authority: {citation})."
)
_DESTROYED: Final = Text(
    "销毁 {count} 项不公开内容（{entries}），理由：{reason}。",
    "destroyed private values of {entries} ({count}): {reason}.",
)
_BASIS: Final = Text("依据：{citation}。", " Authority: {citation}.")
_STAY: Final = Text("其摘要仍在，记录仍可核验。", " Their digests stay, and the record can still be verified.")
_STOP: Final = Text("{words}。", "{words}.")


def _appoint(told: Told) -> Iterator[Marked]:
    action: Appoint = told.action
    pen = told.pen
    title = next((each.title for each in told.course.procedure.offices if each.id == action.office), action.office)
    yield pen.say(
        _APPOINTED if action.holders else _VACATED,
        office=pen.quote(title),
        holders=pen.several(sorted(action.holders)),
        reason=pen.quote(action.reason),
    )


def _adopt(told: Told) -> Iterator[Marked]:
    action: AdoptEdition = told.action
    pen, setting = told.pen, told.entry.effect.ref or "rule"
    if action.period is not None:
        edition = pen.say(_STOP, words=pen.period(action.period))
    else:
        assert action.rule is not None
        edition = pen.said(action.rule.explain(pen.language))
    stage = next((each.title for each in told.course.procedure.stages if each.id == action.stage), action.stage)
    parts = [
        pen.say(_ADOPTED, stage=pen.quote(stage), setting=word({**PERIODS, "rule": _RULE}, setting), edition=edition)
    ]
    if action.decided_by is not None and action.decided_on is not None and action.filed is not None:
        by, filed = pen.quote(action.decided_by), pen.quote(action.filed)
        parts.append(pen.say(_DECIDED, by=by, on=action.decided_on, filed=filed))
    replaced = [mapping(each, REPLACES) for each in items(told.entry.effect.carried.get(REPLACES, ()), REPLACES)]
    if replaced:
        places = [Citation(instrument=Text(each["zh"], each["en"]), article=each["article"]) for each in replaced]
        parts.append(pen.say(_REPLACED, places=pen.several([each.explain(pen.language) for each in places])))
    yield Marked("".join(parts))


def _attach(told: Told) -> Iterator[Marked]:
    action: Attach = told.action
    yield Marked(told.pen.say(_ATTACHED, label=told.pen.quote(action.label), media=action.media) + document_of(told))


def _note(told: Told) -> Iterator[Marked]:
    action: Note = told.action
    yield told.pen.say(_NOTED, text=told.pen.quote(action.text))


def _correct(told: Told) -> Iterator[Marked]:
    action: Correct = told.action
    text, reason = told.pen.quote(action.text), told.pen.quote(action.reason)
    entry = which(told.pen, (told.line.batch, action.entry))
    yield told.pen.say(_CORRECTS, entry=entry, text=text, reason=reason)


def _withdraw(told: Told) -> Iterator[Marked]:
    action: Withdraw = told.action
    yield told.pen.say(_WITHDREW, reason=told.pen.quote(action.reason))


def _order(told: Told) -> Iterator[Marked]:
    action: OrderCorrection = told.action
    yield told.pen.say(_ORDERED, reason=told.pen.quote(action.reason), citation=told.pen.cite(action.citation))


def _destroy(told: Told) -> Iterator[Marked]:
    action: Destroy = told.action
    pen = told.pen
    entries = pen.several([which(pen, (told.line.batch, each.entry)) for each in action.values])
    said = pen.say(_DESTROYED, count=action.count, entries=entries, reason=pen.quote(action.reason))
    if action.citation is not None:
        said += pen.say(_BASIS, citation=pen.cite(action.citation))
    yield Marked(said + pen.say(_STAY))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    Appoint: _appoint,
    AdoptEdition: _adopt,
    Attach: _attach,
    Note: _note,
    Correct: _correct,
    Destroy: _destroy,
    Withdraw: _withdraw,
    OrderCorrection: _order,
}
