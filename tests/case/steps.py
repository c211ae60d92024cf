# ruff: noqa: ARG005 -- every act is built from the model and the figures
"""The steps of the model as acts of the library, and the courtyard case that both start from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace as Figures

from walks import BOARD, OFFICES, START, matter
from yizheng import Case, Citation, Member, Roll, catalogue, stages
from yizheng.stages import Action

from .model import AREAS, BODIES, CHOICES, Model, sheet

ROLLS = {
    "owners": Roll("owners", [Member(each, weights={"area": area}) for each, area in AREAS.items()]),
    "two_committees": Roll("two_committees", [Member(each) for each in BODIES["propose"]]),
    "owner_representatives": Roll("owner_representatives", [Member(each) for each in BODIES["consult"]]),
}
CONTENTS = ("实施措施", "实施结果", "更正后的措施")


def opened() -> Case:
    """The courtyard case, with owners of unequal areas."""
    return Case.open(
        matter(), catalogue.yizheng.COURTYARD, ROLLS, OFFICES, at=START, by="sec-1", salt=b"model's own salt"
    )


def on(day: int) -> datetime:
    """Nine o'clock on a day of the model."""
    return START + timedelta(days=day)


def _survey(_: Model, p: Figures) -> Action:
    satisfied = min(p.n, 10)
    return stages.Survey(
        wave="before" if p.flag else "after",
        question="满意吗？",
        population="院落",
        asked=10 + p.w % 2,
        answers={"satisfied": satisfied, "unsatisfied": min(p.m, 10 - satisfied)},
    )


def _convene(model: Model, p: Figures) -> Action:
    held = model.day + p.k
    if p.flag:
        return stages.Convene(held_at=on(held))
    return stages.Convene(held_at=on(held), until=on(held + p.w), mode="written")


def _member(model: Model, n: int) -> str:
    return dict(enumerate(model.body, 1)).get(n, "stranger")


ACTS: dict[str, Callable[[Model, Figures], Action]] = {
    "open_solicitation": lambda c, p: stages.OpenSolicitation(channels={"online"}, until=on(c.day + p.k)),
    "receive_opinion": lambda c, p: stages.ReceiveOpinion("意见", author="1-105" if p.flag else None),
    "answer_opinion": lambda c, p: stages.AnswerOpinion(f"o{p.n}", "答复"),
    "close_solicitation": lambda c, p: stages.CloseSolicitation(summary="汇总"),
    "survey": _survey,
    "convene": _convene,
    "take_attendance": lambda c, p: stages.TakeAttendance(c.body[: p.n]),
    "recuse": lambda c, p: stages.Recuse(_member(c, p.n), "利害关系"),
    "revise": lambda c, p: stages.Revise("修改稿"),
    "cast_ballot": lambda c, p: stages.CastBallot(CHOICES[p.m % 4]),
    "record_ballots": lambda c, p: stages.RecordBallots(sheet(c.stage, p), channel="paper", evidence="票箱"),
    "count_votes": lambda c, p: stages.CountVotes(for_=p.n, against=p.m, recount="复核" if p.flag else None),
    "extend_vote": lambda c, p: stages.ExtendVote(
        until=on((c.day if c.closes is None else c.closes) + p.k), reason="人数不足"
    ),
    "close_vote": lambda c, p: stages.CloseVote(),
    "return_for_revision": lambda c, p: stages.ReturnForRevision("再议"),
    "adjourn": lambda c, p: stages.Adjourn("人数不足"),
    "post": lambda c, p: stages.Post(channels=BOARD if p.flag else {"online"}, content=CONTENTS[p.n % 3]),
    "interrupt": lambda c, p: stages.Interrupt("被撕"),
    "object": lambda c, p: stages.Object("异议", author="1-105" if p.flag else None),
    "answer_objection": lambda c, p: stages.AnswerObjection(f"x{p.n}", "答复", upheld=p.flag),
    "take_down": lambda c, p: stages.TakeDown(),
    "assign": lambda c, p: stages.Assign(responsible="c-2", task="施工", due=on(c.day + p.k - 2)),
    "report_progress": lambda c, p: stages.ReportProgress("进展"),
    "spend": lambda c, p: stages.Spend(amount=p.n * 200_000, purpose="工程款", evidence="发票"),
    "inspect": lambda c, p: stages.Inspect("检查", passed=p.flag),
    "complete": lambda c, p: stages.Complete("完工"),
    "abandon": lambda c, p: stages.Abandon("资金不足"),
    "close_evaluation": lambda c, p: stages.CloseEvaluation(),
    "withdraw": lambda c, p: stages.Withdraw("撤回"),
    "order_correction": lambda c, p: stages.OrderCorrection("违法", citation=Citation(instrument="自拟")),
    "note": lambda c, p: stages.Note("备注"),
    "correct": lambda c, p: stages.Correct(p.n, "应为", reason="笔误"),
}
