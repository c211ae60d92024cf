"""How it is told that matters go through stages together, and how one of them leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from yizheng.batch import TriageLog
from yizheng.case import OpenBatch, Sittings, TakeUp
from yizheng.errors import InvalidValue
from yizheng.record.course import Course
from yizheng.record.markup import Marked, bullets
from yizheng.record.secretary import Secretary
from yizheng.record.telling.base import Teller, Told
from yizheng.record.words import PAIR
from yizheng.stages import AskSplit, Leaving, Release, SplitOut
from yizheng.text import Text
from yizheng.values.plain import mapping

__all__ = ["TELLERS", "opened_together", "sorted_out"]

_MATTER: Final = Text("{id}（{title}）", "{id} ({title})")
_OPENED: Final = Text(
    "批次立案：{count} 件事项在下列环节一并办理：{stages}；其后逐件分别决议。",
    "opened the batch: {count} matters go together through {stages}, and are resolved one by one after that.",
)
_REASON: Final = Text("一并办理的理由：{reason}。", " Why together: {reason}.")
_SITTINGS: Final = {
    None: Text(
        "逐件召开会议还是一次会议逐件表决，立案时未定。", " Whether in one sitting or in separate ones is left open."
    ),
    Sittings.SEPARATE: Text("每件分别召开会议。", " Each has a sitting of its own."),
    Sittings.ONE: Text(
        "在一次会议上逐件表决，通知和签到各一次。",
        " All have one sitting, with one notice and one attendance, and a vote for each.",
    ),
}
_REQUESTS: Final = Text(
    "申请单独办理满 {requests} 件的，该事项即移出批次。",
    " A matter leaves the batch when so many members have asked for it: {requests}.",
)
_NO_REQUESTS: Final = Text(
    "申请单独办理，本身不使事项移出批次。", " Asking for it does not by itself take a matter out."
)
_QUOTA: Final = Text("{quota}", " {quota}")
_TRIAGE: Final = Text("列入批次的筛选情况：{triage}。", " How it was chosen what is put in: {triage}.")
_LOG: Final = Text("列入批次的筛选情况逐件如下：", " How it was chosen what is put in:")
_OF_A_LOG: Final = frozenset(field.name for field in attrs.fields(TriageLog))
_TRIAGE_THERE: Final = Text(
    "列入批次的筛选情况见批次的案卷。", " How it was chosen what is put in stands in the record of the batch."
)
_OWN: Final = Text("本事项{why}。", " This matter: {why}.")
_LEFT: Final = {
    Leaving.SPLIT: Text(
        "将 {matter} 移出批次，自此单独办理，理由：{reason}。",
        "took {matter} out of the batch, to go on by itself from here, for this reason: {reason}.",
    ),
    Leaving.HELD_OVER: Text(
        "将 {matter} 作为有争议的事项移出批次，重新调查，从第一个环节起办理，理由：{reason}。",
        "took {matter} out of the batch as disputed, to be looked into anew and taken from the first stage, for this "
        "reason: {reason}.",
    ),
    Leaving.WITHDRAWN: Text(
        "撤回 {matter}，该事项离开批次，理由：{reason}。",
        "withdrew {matter}, which leaves the batch, for this reason: {reason}.",
    ),
}
_ASKED: Final = Text(
    "申请将 {matter} 移出批次单独办理：{reason}。", "asked that {matter} be taken out of the batch: {reason}."
)
_ASKED_ENOUGH: Final = Text(
    "已有申请 {asked} 件，满 {requests} 件，该事项自此移出批次，单独办理。",
    " Requests up to now: {asked}, and {requests} were needed; so it leaves the batch and goes on by itself.",
)
_ASKED_SO_FAR: Final = Text(
    "已有申请 {asked} 件，满 {requests} 件即移出批次。", " Requests up to now: {asked}, and {requests} are needed."
)
_ASKED_ALONE: Final = Text(
    "已有申请 {asked} 件；申请本身不使事项移出批次。",
    " Requests up to now: {asked}; they do not by themselves take it out.",
)
_ANOTHER_LEFT: Final = Text(
    "使另一件事项离开批次；是哪一件、理由为何，见批次的议事记录。",
    "let another matter leave the batch; which and why stands in the minutes of the batch.",
)
_ANOTHER_ASKED: Final = Text(
    "申请将另一件事项移出批次单独办理；见批次的议事记录。",
    "asked that another matter be taken out of the batch; see the minutes of the batch.",
)
_RELEASED: Final = Text("将 {matter} 转入逐个决议。", "released {matter}, to be resolved by itself.")
_RELEASED_ALL: Final = Text(
    "将批次中其余事项全部转入逐个决议，共 {count} 件。",
    "released all matters that were still in the batch, to be resolved one by one: {count}.",
)
_TOOK_UP: Final = Text(
    "自批次 {batch} 转入单独办理：以上一并办理的部分共 {entries} 条，末条摘要（SHA-256）：{digest}。",
    "took the matter up by itself from batch {batch}: what was done together are the {entries} entries above, the last of "
    "which has the digest (SHA-256) {digest}.",
)
_ENDED: Final = Text(
    "本事项随批次 {batch} 终结：以上一并办理的部分共 {entries} 条，末条摘要（SHA-256）：{digest}。",
    "ended the matter with batch {batch}: what was done together are the {entries} entries above, the last of which has the "
    "digest (SHA-256) {digest}.",
)


def opened_together(pen: Secretary, course: Course, batch: OpenBatch) -> Marked:
    """What the opening of a batch said. Its triage is told where the whole batch is."""
    titles = {stage.id: stage.title for stage in batch.procedure.stages}
    stages = [pen.quote(titles[stage]) for stage in titles if stage in batch.procedure.shared]
    words = pen.say(_OPENED, count=len(batch.items), stages=pen.several(stages))
    if batch.reason is not None:
        words += pen.say(_REASON, reason=pen.quote(batch.reason))
    words += pen.say(_SITTINGS[batch.sittings])
    words += pen.say(_NO_REQUESTS if batch.requests is None else _REQUESTS, requests=batch.requests)
    if batch.quota is not None:
        words += pen.say(_QUOTA, quota=batch.quota.explain(pen.language))
    if batch.triage is None:
        return words
    log = _log(batch)
    if course.together is not None:
        own = course.opened.matter.id
        words += pen.say(_TRIAGE_THERE)
        if log is None or own not in {finding.matter for finding in log.findings}:
            return words
        return words + pen.say(_OWN, why=log.why(own))
    return words + (pen.say(_TRIAGE, triage=pen.plain(batch.triage)) if log is None else pen.say(_LOG))


def sorted_out(pen: Secretary, course: Course) -> Iterator[Marked]:
    """Why each matter was put in or left out, a point for each, where the batch was opened with the log of a triage."""
    log = _log(course.opened) if isinstance(course.opened, OpenBatch) else None
    if log is not None:
        single = [attrs.evolve(log, findings=[finding]) for finding in log.findings]
        yield bullets(
            pen.say(PAIR, key=each.findings[0].matter, value=each.why(each.findings[0].matter)) for each in single
        )


def _log(batch: OpenBatch) -> TriageLog | None:
    """The log of a triage; ``None`` where the office gave another account, or none."""
    if not isinstance(batch.triage, Mapping) or not _OF_A_LOG <= set(batch.triage):
        return None
    try:
        return TriageLog.from_data(mapping(batch.triage, "triage"))
    except InvalidValue:
        return None


def _which(told: Told, item: str) -> Marked:
    """A matter of the batch, by id and title."""
    return told.pen.say(_MATTER, id=item, title=told.pen.quote(told.course.titles[item]))


def _of_another(told: Told) -> bool:
    """Whether the minutes are those of one matter, and this is about another: which and why is for its own."""
    batch_itself = isinstance(told.course.opened, OpenBatch)
    return not batch_itself and told.action.item not in {None, told.course.opened.matter.id}


def _split(told: Told) -> Iterator[Marked]:
    action: SplitOut = told.action
    if _of_another(told):
        yield told.pen.said(_ANOTHER_LEFT)
        return
    yield told.pen.say(_LEFT[action.how], matter=_which(told, action.item), reason=told.pen.quote(action.reason))


def _ask(told: Told) -> Iterator[Marked]:
    action: AskSplit = told.action
    if _of_another(told):
        yield told.pen.said(_ANOTHER_ASKED)
        return
    pen, batch, carried = told.pen, told.course.batch, told.entry.effect.carried
    requests = None if batch is None else batch.requests
    words = pen.say(_ASKED, matter=_which(told, action.item), reason=pen.quote(action.reason))
    so_far = _ASKED_ENOUGH if carried["splits"] else _ASKED_ALONE if requests is None else _ASKED_SO_FAR
    yield words + pen.say(so_far, asked=carried["asked"], requests=requests)


def _release(told: Told) -> Iterator[Marked]:
    action: Release = told.action
    if _of_another(told):
        yield told.pen.said(_ANOTHER_LEFT)
    elif action.item is None:
        yield told.pen.say(_RELEASED_ALL, count=told.line.among)
    else:
        yield told.pen.say(_RELEASED, matter=_which(told, action.item))


def _take_up(told: Told) -> Iterator[Marked]:
    action: TakeUp = told.action
    ended = any(line.left for line in told.passage.lines if line.batch is not None)
    words = _ENDED if ended else _TOOK_UP
    yield told.pen.say(words, batch=action.batch, entries=action.entries, digest=action.shared.digest)


TELLERS: Final[Mapping[type[Any], Teller]] = {
    SplitOut: _split,
    AskSplit: _ask,
    Release: _release,
    TakeUp: _take_up,
}
