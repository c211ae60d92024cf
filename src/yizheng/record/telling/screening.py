"""How the screening for disputes is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, document_of, secret
from yizheng.record.words import FOUND, SORTS, word
from yizheng.stages import ClassifyDispute, EnterDanger, RegisterDispute, ReportDanger, TransferDispute
from yizheng.text import Text
from yizheng.values.plain import items

__all__ = ["TELLERS", "parties", "registered"]

_REGISTERED: Final = Text(
    "登记纠纷（{round}，{found}），当事人：{parties}；事由：{facts}。",
    "registered the dispute ({round}, {found}); parties: {parties}; facts: {facts}.",
)
_ROUND: Final = {False: Text("日常排查", "regular round"), True: Text("专项排查", "special round")}
_GRID: Final = Text("网格：{grid}。", " Grid: {grid}.")
_PARTY: Final = Text("{label}（{person}）", "{label} ({person})")
_SORTED: Final = Text("将纠纷归入{sort}。", "classified the dispute as one {sort}.")
_LEVEL: Final = Text("级别：{level}。", " Level: {level}.")
_DANGER: Final = Text(
    "可能引起治安案件、刑事案件，须立即报告。",
    " It may lead to a crime or a breach of public order, and is to be reported at once.",
)
_ENTERED: Final = Text(
    "录入可能引起治安案件、刑事案件的迹象，须立即报告：{signs}。",
    "entered signs that it may lead to a crime or a breach of public order, to be reported at once: {signs}.",
)
_MEASURES: Final = Text("已采取的预防措施：{measures}。", " Preventive measures taken: {measures}.")
_REPORTED: Final = Text("向{to}报告：{signs}。", "reported to {to}: {signs}.")
_TRANSFERRED: Final = Text("移送{to}：{reason}。", "transferred the dispute to {to}: {reason}.")


def registered(told: Told) -> bool:
    """Whether an entry names the parties."""
    return "parties" in told.entry.effect.carried


def parties(told: Told) -> Marked:
    """The parties that an entry names: their labels, and who they are where the reader may see it."""
    pen = told.pen
    known = told.action.parties if pen.shows(told.entry, "parties") else None
    named = items(told.entry.effect.carried["parties"], "parties")
    persons = {label: pen.withheld if known is None else known[label] for label in named}
    return pen.several([pen.say(_PARTY, label=label, person=person) for label, person in persons.items()])


def _register(told: Told) -> Iterator[Marked]:
    action: RegisterDispute = told.action
    words = told.pen.say(
        _REGISTERED,
        round=_ROUND[action.special],
        found=word(FOUND, action.found),
        parties=parties(told),
        facts=secret(told, "facts"),
    )
    yield words + ("" if action.grid is None else told.pen.say(_GRID, grid=action.grid))


def _classify(told: Told) -> Iterator[Marked]:
    action: ClassifyDispute = told.action
    words = told.pen.say(_SORTED, sort=word(SORTS, action.sort))
    words += "" if action.level is None else told.pen.say(_LEVEL, level=action.level)
    yield Marked(words + (told.pen.say(_DANGER) if action.danger else ""))


def _enter(told: Told) -> Iterator[Marked]:
    yield told.pen.say(_ENTERED, signs=secret(told, "signs"))


def _report(told: Told) -> Iterator[Marked]:
    action: ReportDanger = told.action
    words = told.pen.say(_REPORTED, to=told.pen.quote(action.to), signs=secret(told, "signs"))
    taken = "measures" in told.entry.seals
    yield words + (told.pen.say(_MEASURES, measures=secret(told, "measures")) if taken else "")


def _transfer(told: Told) -> Iterator[Marked]:
    action: TransferDispute = told.action
    words = told.pen.say(_TRANSFERRED, to=told.pen.quote(action.to), reason=secret(told, "reason"))
    yield Marked(words + document_of(told))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    RegisterDispute: _register,
    ClassifyDispute: _classify,
    EnterDanger: _enter,
    ReportDanger: _report,
    TransferDispute: _transfer,
}
