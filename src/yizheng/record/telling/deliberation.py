"""How a body's sittings and votes are told. As long as a sitting has kinds of action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from yizheng.people import Proxy, Roll
from yizheng.record.markup import Marked
from yizheng.record.secretary import Secretary
from yizheng.record.telling.base import Teller, Told
from yizheng.record.telling.votes import on_the_roll, verdict
from yizheng.record.words import CHANNELS, CHOICES, METHODS, MODES, PLACE, SERVED, word
from yizheng.stages import (
    Adjourn,
    CastBallot,
    CloseVote,
    Convene,
    CountVotes,
    ExtendVote,
    Method,
    RecordBallots,
    RecordService,
    Recuse,
    ReturnForRevision,
    Revise,
    TakeAttendance,
)
from yizheng.text import Text

__all__ = ["TELLERS"]

_CALL: Final = Text("召集{body}", "called {body}")
_CALL_AGAIN: Final = Text("再次召集{body}", "called {body} again,")
_MEETING: Final = Text("{call}：{mode}，{held} 举行{place}。", "{call} to {mode} on {held}{place}.")
_WINDOW: Final = Text(
    "{call}：{mode}，自 {held} 起收票，至 {until} 止{place}。",
    "{call} to {mode}, with ballots taken from {held} until {until}{place}.",
)
_ROLL: Final = Text("表决名册：{roll}。", " Roll: {roll}.")
_ROLL_CHANGED: Final = Text(
    "与立案时的名册相比：增列 {added} 人，删去 {struck} 人，登记有变更 {altered} 人。",
    " Compared with the roll of the opening: {added} added, {struck} struck off, {altered} entered otherwise.",
)
_AGENDA: Final = Text("议程：{agenda}。", " Agenda: {agenda}.")
_WAIVER: Final = Text("缩短通知期的理由：{waiver}。", " Why the notice is shorter: {waiver}.")
_RULE: Final = Text("议事规则：{rule}", "Rule: {rule}")
_ATTENDED: Final = Text("签到：到场 {count} 人（{present}）。", "took attendance: {count} present ({present}).")
_ATTENDED_ANEW: Final = Text(
    "重新签到，取代前次名单：到场 {count} 人（{present}）。",
    "took attendance anew, which replaces the list before: {count} present ({present}).",
)
_PROXIES: Final = Text("委托代理：{proxies}。", " Proxies: {proxies}.")
_PROXY: Final = Text("{principal} 由 {holder} 代理（凭据{evidence}）", "{holder} for {principal} (evidence {evidence})")
_RECUSED: Final = Text("记录 {member} 回避，理由：{reason}。", "recused {member}, for this interest: {reason}.")
_SHORT: Final = Text(
    "回避后，在场和可表决的人数已不足法定人数：",
    "With this recusal those who are here, or may vote, make no quorum any more:",
)
_INSTRUCTED: Final = Text("委托中写明的意见：{marks}。", " What the mandates say: {marks}.")
_SERVED: Final = Text(
    "记录送达（{how}，凭据{evidence}）：{members}；告知：{warning}。",
    "recorded service ({how}, evidence {evidence}) upon {members}; announced: {warning}.",
)
_TAKEN_BY: Final = Text("由 {to} 代收。", " Taken by {to} in their place.")
_NO_SERVICE: Final = Text("依规约不算送达。", " By the by-law this is no service.")
_REVISED: Final = Text("修改方案，现为：{text}。", "revised the proposal, which now reads: {text}.")
_CAST: Final = Text("投票，所选{choice}。", "cast a ballot, the choice: {choice}.")
_CAST_FOR: Final = Text(
    "代 {principal} 投票（凭据{evidence}），所选{choice}。",
    "cast a ballot for {principal} (evidence {evidence}), the choice: {choice}.",
)
_CHANGED: Final = Text("此票取代其先前的选票，只计一票。", " It takes the place of the earlier one, and counts once.")
_CHOICE: Final = Text("{choice}：{members}", "{choice}: {members}")
_ENTERED: Final = Text(
    "录入选票（{channel}，凭据{evidence}），各人所选{ballots}。",
    "entered ballots ({channel}, evidence {evidence}), the choices: {ballots}.",
)
_COUNTED: Final = Text(
    "计票（{method}）：赞成 {for_}，反对 {against}，弃权 {abstaining}，无效票 {invalid}。",
    "counted the votes ({method}): {for_} for, {against} against, {abstaining} abstaining, {invalid} invalid.",
)
_UNCLEAR: Final = Text(
    "另有空白票 {blank}，无法辨认 {ambiguous}。", " Besides, {blank} blank and {ambiguous} illegible or ambiguous."
)
_UNANIMOUS: Final = Text(
    "全体意见一致，各人的选择由此可知。", " The vote was unanimous, so that how each of them voted follows from it."
)
_ISSUED: Final = Text("发出选票 {issued} 张。", " Ballots issued: {issued}.")
_RETURNED: Final = Text("收回选票 {returned} 张。", " Ballots returned: {returned}.")
_RECOUNTED: Final = Text("重新计票，理由：{reason}。", " Counted again because {reason}.")
_VOTERS: Final = Text("投票人：{voters}。", " Who voted: {voters}.")
_ITEM: Final = Text("表决事项：{item}。", " Item voted on: {item}.")
_EXTENDED: Final = Text("延长表决至 {until}，理由：{reason}。", "extended the vote until {until}; reason: {reason}.")
_CLOSED: Final = Text("结束表决。", "closed the vote.")
_CASTING: Final = Text("决定票：{choice}。", "Casting vote: {choice}.")
_SENT_BACK: Final = Text(
    "未经表决，退回修改，理由：{reason}。", "returned it for revision without a vote; reason: {reason}."
)
_ADJOURNED: Final = Text("未经表决，休会，理由：{reason}。", "adjourned without a vote; reason: {reason}.")


def _convene(told: Told) -> Iterator[Marked]:
    action: Convene = told.action
    pen, effect, body = told.pen, told.entry.effect, told.line.body
    title = told.course.body(body)
    words = pen.say(
        _MEETING if action.until is None else _WINDOW,
        call=pen.say(_CALL_AGAIN if told.line.again else _CALL, body=title),
        mode=word(MODES, action.mode),
        held=action.held_at,
        until="" if action.until is None else pen.until(action.until),
        place="" if action.place is None else pen.say(PLACE, place=pen.quote(action.place)),
    )
    opened = told.course.opened.rolls.get(body)
    # The first call fixed the roll for those after it.
    first = next(line for line in told.passage.lines if isinstance(line.action, Convene))
    if (roll := first.action.roll or opened) is not None:
        words += pen.say(_ROLL, roll=on_the_roll(pen, title, roll))
        if opened is not None and roll != opened and not told.line.again:
            words += _roll_changed(pen, opened, roll)
    if action.agenda is not None:
        words += pen.say(_AGENDA, agenda=pen.several(action.agenda))
    if action.waiver is not None:
        words += pen.say(_WAIVER, waiver=pen.quote(action.waiver))
    yield words
    if effect.rule is not None:
        yield pen.say(_RULE, rule=effect.rule.explain(pen.language))


def _roll_changed(pen: Secretary, before: Roll, after: Roll) -> Marked:
    """How a roll given with the notice differs from that of the opening: in numbers, without names."""
    old, new = ({member.id: member for member in roll} for roll in (before, after))
    altered = sum(old[member] != new[member] for member in old.keys() & new.keys())
    return pen.say(
        _ROLL_CHANGED, added=len(new.keys() - old.keys()), struck=len(old.keys() - new.keys()), altered=altered
    )


def _proxies(pen: Secretary, proxies: Iterable[Proxy]) -> Marked:
    said = [
        pen.say(_PROXY, principal=proxy.principal, holder=proxy.holder, evidence=pen.quote(proxy.evidence))
        for proxy in proxies
    ]
    return pen.say(_PROXIES, proxies=pen.several(said)) if said else Marked()


def _attend(told: Told) -> Iterator[Marked]:
    action: TakeAttendance = told.action
    words = told.pen.say(
        _ATTENDED_ANEW if told.line.again else _ATTENDED,
        count=len(action.present),
        present=told.pen.several(sorted(action.present)),
    )
    yield words + _proxies(told.pen, action.proxies) + _marks(told)


def _marks(told: Told) -> Marked:
    """How the mandates say to vote, where they do."""
    pen, marks = told.pen, told.action.marks
    if "marks" not in told.entry.seals:
        return Marked()
    return pen.say(_INSTRUCTED, marks=pen.shown(told.entry, "marks", None if marks is None else _by_choice(pen, marks)))


def _recuse(told: Told) -> Iterator[Marked]:
    action: Recuse = told.action
    pen, ruling = told.pen, told.entry.effect.ruling
    yield pen.say(_RECUSED, member=action.member, reason=pen.quote(action.reason))
    if ruling is not None:
        yield pen.say(_SHORT)
        yield from verdict(pen, ruling)


def _serve(told: Told) -> Iterator[Marked]:
    action: RecordService = told.action
    pen = told.pen
    words = pen.say(
        _SERVED,
        how=word(SERVED, action.how),
        evidence=pen.quote(action.evidence),
        members=pen.several(sorted(action.members)),
        warning=pen.quote(action.warning),
    )
    if action.to is not None:
        words += pen.say(_TAKEN_BY, to=action.to)
    yield words if told.entry.effect.carried.get("effective") else words + pen.say(_NO_SERVICE)


def _revise(told: Told) -> Iterator[Marked]:
    action: Revise = told.action
    yield told.pen.say(_REVISED, text=told.pen.quote(action.text))


def _cast(told: Told) -> Iterator[Marked]:
    action: CastBallot = told.action
    pen, proxy = told.pen, action.proxy
    choice = pen.shown(told.entry, "choice", None if action.choice is None else CHOICES[action.choice])
    words = (
        pen.say(_CAST, choice=choice)
        if proxy is None
        else pen.say(_CAST_FOR, principal=proxy.principal, choice=choice, evidence=pen.quote(proxy.evidence))
    )
    yield words + pen.say(_CHANGED) if told.entry.effect.carried.get("changed") else words


def _record(told: Told) -> Iterator[Marked]:
    action: RecordBallots = told.action
    pen = told.pen
    ballots = pen.shown(told.entry, "ballots", None if action.ballots is None else _by_choice(pen, action.ballots))
    words = pen.say(
        _ENTERED, channel=word(CHANNELS, action.channel), evidence=pen.quote(action.evidence), ballots=ballots
    )
    yield words + _item(pen, action.item) + _proxies(pen, action.proxies) + _marks(told)


def _by_choice(pen: Secretary, ballots: Mapping[str, Any]) -> Marked:
    chosen = {choice: sorted(member for member in ballots if ballots[member] == choice) for choice in CHOICES}
    return pen.several(
        pen.say(_CHOICE, choice=CHOICES[choice], members=pen.several(members))
        for choice, members in chosen.items()
        if members
    )


def _item(pen: Secretary, item: str | None) -> Marked:
    return Marked() if item is None else pen.say(_ITEM, item=item)


def _count(told: Told) -> Iterator[Marked]:
    action: CountVotes = told.action
    pen = told.pen
    words = pen.say(
        _COUNTED,
        method=word(METHODS, action.method),
        for_=action.for_,
        against=action.against,
        abstaining=action.abstaining,
        invalid=action.invalid,
    )
    if action.blank or action.ambiguous:
        words += pen.say(_UNCLEAR, blank=action.blank or 0, ambiguous=action.ambiguous or 0)
    if action.issued is not None:
        words += pen.say(_ISSUED, issued=action.issued)
    if action.returned is not None:
        words += pen.say(_RETURNED, returned=action.returned)
    if action.voters is not None:
        words += pen.say(_VOTERS, voters=pen.several(sorted(action.voters)))
    if (
        action.method is Method.SECRET
        and action.cast
        and action.cast in {action.for_, action.against, action.abstaining}
    ):
        words += pen.say(_UNANIMOUS)
    if action.recount is not None:
        words += pen.say(_RECOUNTED, reason=pen.quote(action.recount))
    yield words + _item(pen, action.item)


def _extend(told: Told) -> Iterator[Marked]:
    action: ExtendVote = told.action
    yield told.pen.say(_EXTENDED, until=told.pen.until(action.until), reason=told.pen.quote(action.reason))


def _close(told: Told) -> Iterator[Marked]:
    action: CloseVote = told.action
    words = told.pen.say(_CLOSED)
    if action.issued is not None:
        words += told.pen.say(_ISSUED, issued=action.issued)
    if action.returned is not None:
        words += told.pen.say(_RETURNED, returned=action.returned)
    yield words
    if action.casting is not None:
        yield told.pen.say(_CASTING, choice=CHOICES[action.casting])
    yield from verdict(told.pen, told.entry.effect.ruling)
    if told.entry.effect.placing is not None:
        yield told.pen.said(told.entry.effect.placing.explain(told.pen.language))


def _return(told: Told) -> Iterator[Marked]:
    action: ReturnForRevision = told.action
    yield told.pen.say(_SENT_BACK, reason=told.pen.quote(action.reason))


def _adjourn(told: Told) -> Iterator[Marked]:
    action: Adjourn = told.action
    yield told.pen.say(_ADJOURNED, reason=told.pen.quote(action.reason))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    Convene: _convene,
    TakeAttendance: _attend,
    Recuse: _recuse,
    Revise: _revise,
    CastBallot: _cast,
    RecordBallots: _record,
    CountVotes: _count,
    ExtendVote: _extend,
    CloseVote: _close,
    ReturnForRevision: _return,
    Adjourn: _adjourn,
    RecordService: _serve,
}
