"""How a mediation is told: what was said in it stays with those who were there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told, document_of, secret
from yizheng.record.telling.screening import parties, registered
from yizheng.record.words import ROUTES, in_words
from yizheng.stages import (
    AcceptDispute,
    AgreeOrally,
    AnswerMediation,
    AssignMediators,
    DrawUpAgreement,
    EndMediation,
    InviteHelper,
    Mediate,
    RejectMediator,
    SignAgreement,
)
from yizheng.text import Text

__all__ = ["TELLERS"]

_ON_APPLICATION: Final = Text(
    "依“{applicants}”的申请受理。", "accepted the dispute on the application of {applicants}."
)
_ON_MOTION: Final = Text("主动受理。", "accepted the dispute on the committee's own motion.")
_PARTIES: Final = Text("当事人：{parties}。", " Parties: {parties}.")
_ANSWERED: Final = {
    True: Text("作为当事人“{party}”接受调解。", "accepted mediation, as party {party}."),
    False: Text(
        "作为当事人“{party}”拒绝调解或者要求终止。", "refused mediation or asked that it end, as party {party}."
    ),
}
_ANSWERED_FOR: Final = {
    True: Text(
        "录入当事人“{party}”（{person}）接受调解。", "entered that party {party} ({person}) accepted mediation."
    ),
    False: Text(
        "录入当事人“{party}”（{person}）拒绝调解或者要求终止。",
        "entered that party {party} ({person}) refused mediation or asked that it end.",
    ),
}
_REASON: Final = Text("理由：{reason}。", " Reason: {reason}.")
_ASSIGNED: Final = {
    False: Text("指定调解员：{mediators}。", "assigned as mediators: {mediators}."),
    True: Text("录入当事人选择的调解员：{mediators}。", "entered the mediators whom the parties chose: {mediators}."),
}
_REJECTED: Final = Text(
    "作为当事人“{party}”不接受 {mediator} 调解。", "did not accept {mediator} as a mediator, as party {party}."
)
_REJECTED_FOR: Final = Text(
    "录入当事人“{party}”（{person}）不接受 {mediator} 调解。",
    "entered that party {party} ({person}) did not accept {mediator} as a mediator.",
)
_INVITED: Final = Text(
    "经“{consents}”同意，邀请{role}（{person}）参与调解。",
    "invited somebody to help as {role} ({person}), with the consent of {consents}.",
)
_UNNAMED: Final = Text("未写明", "not named")
_MEDIATED: Final = Text("进行调解：{account}。", "mediated: {account}.")
_DANGER: Final = Text(
    "发现可能引起治安案件、刑事案件，须立即报告。",
    " Signs were seen that it may lead to a crime or a breach of public order; they are to be reported at once.",
)
_AGREED: Final = Text(
    "录入“{accord}”达成的口头协议，自此生效：{terms}。",
    "entered what {accord} agreed by word of mouth, in effect at once: {terms}.",
)
_DRAWN_UP: Final = Text("制作调解协议书：{terms}。", "drew up the agreement: {terms}.")
_PERFORM_BY: Final = Text("应于 {until} 前履行。", " It is to be performed by {until}.")
_SIGNED: Final = Text("签署调解协议书：{who}。", "entered the signatures under the agreement: {who}.")
_SEAL: Final = Text("人民调解委员会印章", "the committee's seal")
_IN_EFFECT: Final = Text("协议自此生效。", " The agreement is in effect from here on.")
_ENDED: Final = Text(
    "终止调解，告知当事人其他途径：{routes}。", "ended the mediation, and told the parties of the other ways: {routes}."
)


def _accept(told: Told) -> Iterator[Marked]:
    action: AcceptDispute = told.action
    pen = told.pen
    words = pen.say(
        _ON_APPLICATION if action.applicants else _ON_MOTION, applicants=pen.several(sorted(action.applicants))
    )
    yield words + (pen.say(_PARTIES, parties=parties(told)) if registered(told) else "")


def _why(told: Told) -> Marked:
    """The reason that somebody gave, if they gave one."""
    return told.pen.say(_REASON, reason=secret(told, "reason")) if "reason" in told.entry.seals else Marked()


def _answer(told: Told) -> Iterator[Marked]:
    action: AnswerMediation = told.action
    person = told.whose("person", action.person)
    words = (_ANSWERED if person is None else _ANSWERED_FOR)[action.accepts]
    yield Marked(told.pen.say(words, party=told.entry.effect.ref, person=person) + _why(told))


def _assign(told: Told) -> Iterator[Marked]:
    action: AssignMediators = told.action
    yield told.pen.say(_ASSIGNED[action.chosen], mediators=told.pen.several(sorted(action.mediators)))


def _reject(told: Told) -> Iterator[Marked]:
    action: RejectMediator = told.action
    person = told.whose("person", action.person)
    words = _REJECTED if person is None else _REJECTED_FOR
    yield told.pen.say(words, party=told.entry.effect.ref, person=person, mediator=action.mediator)


def _invite(told: Told) -> Iterator[Marked]:
    action: InviteHelper = told.action
    pen = told.pen
    person = pen.shown(told.entry, "person", _UNNAMED if action.person is None else action.person)
    yield pen.say(_INVITED, consents=pen.several(sorted(action.consents)), role=secret(told, "role"), person=person)


def _mediate(told: Told) -> Iterator[Marked]:
    action: Mediate = told.action
    yield told.pen.say(_MEDIATED, account=secret(told, "account")) + (told.pen.say(_DANGER) if action.danger else "")


def _until(told: Told, perform_by: datetime | None) -> Marked:
    return Marked() if perform_by is None else told.pen.say(_PERFORM_BY, until=told.pen.until(perform_by))


def _agree(told: Told) -> Iterator[Marked]:
    action: AgreeOrally = told.action
    words = told.pen.say(_AGREED, accord=told.pen.several(sorted(action.accord)), terms=secret(told, "terms"))
    yield Marked(words + _until(told, action.perform_by))


def _draw_up(told: Told) -> Iterator[Marked]:
    action: DrawUpAgreement = told.action
    words = told.pen.say(_DRAWN_UP, terms=secret(told, "terms"))
    yield Marked(words + _until(told, action.perform_by) + document_of(told))


def _sign(told: Told) -> Iterator[Marked]:
    action: SignAgreement = told.action
    pen = told.pen
    who = [pen.said(each) for each in (*sorted(action.parties), *sorted(action.mediators))]
    words = pen.say(_SIGNED, who=pen.several([*who, *([pen.said(_SEAL)] if action.seal else [])]))
    yield words + (pen.say(_IN_EFFECT) if told.entry.effect.outcome else "")


def _end(told: Told) -> Iterator[Marked]:
    action: EndMediation = told.action
    yield Marked(told.pen.say(_ENDED, routes=told.pen.several(in_words(ROUTES, action.routes))) + _why(told))


TELLERS: Final[Mapping[type[Any], Teller]] = {
    AcceptDispute: _accept,
    AnswerMediation: _answer,
    AssignMediators: _assign,
    RejectMediator: _reject,
    InviteHelper: _invite,
    Mediate: _mediate,
    AgreeOrally: _agree,
    DrawUpAgreement: _draw_up,
    SignAgreement: _sign,
    EndMediation: _end,
}
