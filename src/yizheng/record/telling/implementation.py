"""How the works are told, with the money as it stood after each expense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told
from yizheng.record.words import PASSED
from yizheng.stages import Abandon, Assign, Complete, Inspect, ReportProgress, Spend
from yizheng.text import Text

__all__ = ["TELLERS"]

_ASSIGNED: Final = Text(
    "指定 {responsible} 负责{task}，期限至 {due}。", "made {responsible} responsible for {task}, due {due}."
)
_BUDGET: Final = Text("预算 {budget} 元。", " Budget: {budget} yuan.")
_REPORTED: Final = Text("报告进展：{text}。", "reported progress: {text}.")
_SPENT: Final = Text(
    "列支 {amount} 元，用于{purpose}（凭证{evidence}）。", "spent {amount} yuan on {purpose} (voucher {evidence})."
)
_SUM: Final = Text("累计支出 {spent} 元。", " Spent in all: {spent} yuan.")
_BALANCE: Final = Text(
    "累计支出 {spent} 元，结余 {balance} 元。", " Spent in all: {spent} yuan; balance: {balance} yuan."
)
_INSPECTED: Final = Text(
    "监督检查，结论为{result}：{finding}。", "inspected the works and found them {result}: {finding}."
)
_DONE: Final = Text("报告完工：{report}。", "reported that it is done: {report}.")
_GIVEN_UP: Final = Text("终止实施，理由：{reason}。", "gave it up, for this reason: {reason}.")


def _assign(told: Told) -> Iterator[Marked]:
    action: Assign = told.action
    pen, budget = told.pen, told.line.dossier.budget
    words = pen.say(_ASSIGNED, responsible=action.responsible, task=pen.quote(action.task), due=pen.until(action.due))
    yield words if budget is None else words + pen.say(_BUDGET, budget=budget)


def _report(told: Told) -> Iterator[Marked]:
    action: ReportProgress = told.action
    yield told.pen.say(_REPORTED, text=told.pen.quote(action.text))


def _spend(told: Told) -> Iterator[Marked]:
    action: Spend = told.action
    pen, budget, spent = told.pen, told.line.dossier.budget, told.line.dossier.spent
    words = pen.say(
        _SPENT, amount=action.amount, purpose=pen.quote(action.purpose), evidence=pen.quote(action.evidence)
    )
    left = pen.say(_SUM, spent=spent) if budget is None else pen.say(_BALANCE, spent=spent, balance=budget - spent)
    yield words + left


def _inspect(told: Told) -> Iterator[Marked]:
    action: Inspect = told.action
    yield told.pen.say(_INSPECTED, result=PASSED[action.passed], finding=told.pen.quote(action.finding))


def _complete(told: Told) -> Iterator[Marked]:
    action: Complete = told.action
    yield told.pen.say(_DONE, report=told.pen.quote(action.report))


def _abandon(told: Told) -> Iterator[Marked]:
    action: Abandon = told.action
    yield told.pen.say(_GIVEN_UP, reason=told.pen.quote(action.reason))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    Assign: _assign,
    ReportProgress: _report,
    Spend: _spend,
    Inspect: _inspect,
    Complete: _complete,
    Abandon: _abandon,
}
