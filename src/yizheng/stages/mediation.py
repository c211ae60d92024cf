"""Mediation (调解): nothing is voted on; what the parties agree of their own will binds them (People's Mediation Law).

Longer than its neighbours since the law gives the parties a say at every step: whether there is a mediation, who
mediates, who else takes part, what is agreed, and when it ends.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar

import attrs

from yizheng.calendar import moment
from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.reasons import (
    CONSENT_MISSING,
    FEE_CHARGED,
    LABEL_TAKEN,
    MEDIATOR_REJECTED,
    NO_MEDIATOR,
    NO_PARTIES,
    NOT_A_PARTY,
    NOT_MEDIATING,
    PARTY_REFUSES,
    ROUTES_UNNAMED,
    UNKNOWN_ITEM,
    Reason,
)
from yizheng.stages.anywhere import document
from yizheng.stages.base import (
    NO_EFFECT,
    Act,
    Action,
    Brings,
    Decided,
    Dossier,
    Duty,
    Effect,
    Ends,
    Phases,
    StageBase,
    confided,
    private,
)
from yizheng.stages.danger import (
    DANGER_ADDERS,
    DANGER_BRINGS,
    DANGER_DECIDERS,
    EnterDanger,
    ReportDanger,
    danger_faults,
    endangered,
    watched,
)
from yizheng.stages.parties import MEDIATION_LAW, Agreement, Dispute, as_labels, as_parties, own_faults
from yizheng.stages.screening import TransferDispute, carried_parties, with_parties
from yizheng.text import Text, as_text
from yizheng.values.doors import one_of, several
from yizheng.values.exact import exact, written
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name, names
from yizheng.values.scalars import flag

__all__ = [
    "AcceptDispute",
    "AgreeOrally",
    "AnswerMediation",
    "AssignMediators",
    "DrawUpAgreement",
    "EndMediation",
    "InviteHelper",
    "Mediate",
    "Mediation",
    "RejectMediator",
    "Route",
    "SignAgreement",
]


class Route(enum.StrEnum):
    """Another way to one's right, of which the parties are told when mediation fails (art. 26)."""

    ARBITRATION = "arbitration"
    """仲裁."""
    ADMINISTRATIVE = "administrative"
    """行政."""
    JUDICIAL = "judicial"
    """司法."""


def _routes(values: Iterable[Route | str]) -> frozenset[Route]:
    return frozenset([one_of(Route, value, "route") for value in several(values, "routes")])


def _fee(value: object) -> Fraction:
    number = exact(value, "the fee")
    if number < 0:
        raise InvalidValue(f"the fee is {written(number)}; a fee is nought or more")
    return number


def _mediators(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if not taken:
        raise InvalidValue("nobody would mediate; name one mediator or several")
    return taken


@attrs.frozen(kw_only=True)
class AcceptDispute(Action):
    """Take the dispute on: on application, or on the committee's own motion (art. 17).

    Attributes:
        applicants: the labels of the parties that applied, who accept mediation by that; empty on its own motion.
        parties: who is in dispute, where the register does not say so or it has changed; private.
        fee: what the parties are charged, in yuan, where that is stated: mediation is free of charge (art. 4).
    """

    kind: ClassVar[str] = "accept_dispute"
    title: ClassVar[Text] = Text("受理", "accept the dispute")
    applicants: frozenset[str] = attrs.field(default=frozenset[str](), converter=as_labels)
    parties: FrozenMap[str, str] | None = private(default=None, converter=attrs.converters.optional(as_parties))
    fee: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(_fee))


@attrs.frozen(kw_only=True)
class AnswerMediation(Action):
    """Say for oneself, as a party, that one accepts mediation, refuses it, or wants it ended (arts 17 and 23).

    Attributes:
        accepts: whether the party accepts it.
        person: whose answer it is, where the office enters it; private.
        reason: why; private.
    """

    kind: ClassVar[str] = "answer_mediation"
    title: ClassVar[Text] = Text("接受或者拒绝调解", "accept or refuse mediation")
    actor_is_private: ClassVar[bool] = True
    accepts: bool = attrs.field(converter=flag)
    person: str | None = private(default=None, converter=attrs.converters.optional(name))
    reason: Text | None = private(default=None, converter=attrs.converters.optional(as_text))

    def is_own(self, by: str) -> bool:
        """One's own answer needs no office."""
        return self.person in (None, by)


@attrs.frozen
class AssignMediators(Action):
    """Say who mediates from now on (art. 19).

    Attributes:
        mediators: one or several.
        chosen: whether the parties chose them, and not the committee.
    """

    kind: ClassVar[str] = "assign_mediators"
    title: ClassVar[Text] = Text("确定调解员", "assign the mediators")
    mediators: frozenset[str] = attrs.field(converter=_mediators)
    chosen: bool = attrs.field(default=False, converter=flag, kw_only=True)


@attrs.frozen
class RejectMediator(Action):
    """Say, as a party, that one does not accept a mediator (art. 23); no reason is needed.

    Attributes:
        mediator: who.
        person: which party says so, where the office enters it; private.
    """

    kind: ClassVar[str] = "reject_mediator"
    title: ClassVar[Text] = Text("不接受调解员", "reject a mediator")
    actor_is_private: ClassVar[bool] = True
    mediator: str = attrs.field(converter=name)
    person: str | None = private(default=None, converter=attrs.converters.optional(name), kw_only=True)

    def is_own(self, by: str) -> bool:
        """One's own refusal needs no office."""
        return self.person in (None, by)


@attrs.frozen(kw_only=True)
class InviteHelper(Action):
    """Invite somebody to take part: a relative, a neighbour, a colleague, somebody with special knowledge (art. 20).

    Attributes:
        role: as what; private.
        consents: the labels of the parties that consent.
        person: who; private.
    """

    kind: ClassVar[str] = "invite_helper"
    title: ClassVar[Text] = Text("邀请参与调解", "invite somebody to help")
    role: Text | None = private(converter=as_text)
    consents: frozenset[str] = attrs.field(converter=as_labels)
    person: str | None = private(default=None, converter=attrs.converters.optional(name))


@attrs.frozen(kw_only=True)
class Mediate(Action):
    """Mediate, and keep a record of it (arts 22 and 27).

    Attributes:
        account: what was said and proposed; private.
        danger: whether something was seen that may lead to a crime or a breach of public order (art. 25).
    """

    kind: ClassVar[str] = "mediate"
    title: ClassVar[Text] = Text("调解", "mediate")
    account: Text | None = private(converter=as_text)
    danger: bool = attrs.field(default=False, converter=flag)


@attrs.frozen(kw_only=True)
class AgreeOrally(Action):
    """Enter what the parties agreed by word of mouth, finding a document unnecessary; it binds at once (arts 28, 30).

    Attributes:
        terms: what was agreed; private.
        accord: the labels of the parties that agree.
        perform_by: by when it is to be performed, where they set a day.
    """

    kind: ClassVar[str] = "agree_orally"
    title: ClassVar[Text] = Text("达成口头协议", "agree by word of mouth")
    terms: Text | None = private(converter=as_text)
    accord: frozenset[str] = attrs.field(converter=as_labels)
    perform_by: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(moment))


@attrs.frozen(kw_only=True)
class DrawUpAgreement(Action):
    """Draw the agreement up; it binds when all have signed (art. 29). The law says what it may state, and asks for none.

    Attributes:
        terms: what was agreed, and in which manner it is performed; private.
        facts: the main facts, and what is disputed; private.
        responsibilities: for what each party answers; private.
        perform_by: by when it is to be performed, where the parties set a day.
        document: the digest of the agreement itself, where it is kept as a document.
    """

    kind: ClassVar[str] = "draw_up_agreement"
    title: ClassVar[Text] = Text("制作调解协议书", "draw up the agreement")
    terms: Text | None = private(converter=as_text)
    facts: Text | None = private(default=None, converter=attrs.converters.optional(as_text))
    responsibilities: Text | None = private(default=None, converter=attrs.converters.optional(as_text))
    perform_by: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(moment))
    document: str | None = confided(default=None, converter=attrs.converters.optional(document))


@attrs.frozen(kw_only=True)
class SignAgreement(Action):
    """Enter who has signed the agreement, sealed it or put a fingerprint to it; several may, one after the other (art. 29).

    Attributes:
        parties: the labels of the parties that signed.
        mediators: the mediators that signed.
        seal: whether the committee's seal was affixed.
    """

    kind: ClassVar[str] = "sign_agreement"
    title: ClassVar[Text] = Text("签署调解协议书", "sign the agreement")
    parties: frozenset[str] = attrs.field(default=frozenset[str](), converter=as_labels)
    mediators: frozenset[str] = attrs.field(default=frozenset[str](), converter=names)
    seal: bool = attrs.field(default=False, converter=flag)

    def __attrs_post_init__(self) -> None:
        if not (self.parties or self.mediators or self.seal):
            raise InvalidValue("nobody signed and nothing was sealed; name who did, or write seal=True")


@attrs.frozen(kw_only=True)
class EndMediation(Action):
    """End the mediation without agreement, and tell the parties of the other ways to their right (art. 26).

    Attributes:
        routes: the ways that they were told of.
        reason: why it ends; private.
    """

    kind: ClassVar[str] = "end_mediation"
    title: ClassVar[Text] = Text("终止调解", "end the mediation")
    routes: frozenset[Route] = attrs.field(converter=_routes)
    reason: Text | None = private(default=None, converter=attrs.converters.optional(as_text))


_NO_ANSWERS: FrozenMap[str, bool] = FrozenMap()


@attrs.frozen(kw_only=True)
class Progress:
    """What a mediation has come to.

    Attributes:
        parties: the labels of the parties, once the dispute was accepted.
        answers: whether each of them accepts mediation, as far as they said so.
        mediators: who mediates.
        signed: the parties that signed the agreement that was drawn up.
        countersigned: the mediators that did.
        sealed: whether it bears the committee's seal.
        perform_by: by when it is to be performed.
    """

    parties: frozenset[str] = frozenset()
    answers: FrozenMap[str, bool] = _NO_ANSWERS
    mediators: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    countersigned: frozenset[str] = frozenset()
    sealed: bool = False
    perform_by: datetime | None = None

    @property
    def refusing(self) -> frozenset[str]:
        """The parties that refuse mediation."""
        return frozenset([label for label, accepts in self.answers.items() if not accepts])

    @property
    def is_signed(self) -> bool:
        """Whether all signatures and the seal stand under what was drawn up."""
        return self.signed == self.parties and bool(self.countersigned) and self.sealed


def _law(article: str) -> Citation:
    return MEDIATION_LAW(article=article)


def _refusing(progress: Progress, dossier: Dossier) -> frozenset[str]:
    """The parties that refuse now, and those whose own refusal an earlier mediation left behind."""
    return progress.refusing | (frozenset[str]() if dossier.dispute is None else dossier.dispute.firm)


def _unwilling(progress: Progress, dossier: Dossier) -> list[Reason]:
    """A party who plainly refuses is not mediated (art. 17)."""
    refusing = _refusing(progress, dossier)
    return [PARTY_REFUSES(_law("17"), parties=refusing)] if refusing else []


def _rejected_faults(persons: frozenset[str], dossier: Dossier) -> list[Reason]:
    """Whoever a party does not accept does nothing more as a mediator (art. 23)."""
    rejected = frozenset[str]() if dossier.dispute is None else persons & dossier.dispute.rejected
    return [MEDIATOR_REJECTED(_law("23(1)"), mediators=rejected)] if rejected else []


def _strangers(labels: frozenset[str], known: frozenset[str]) -> list[Reason]:
    return [UNKNOWN_ITEM(item=label, known=tuple(sorted(known))) for label in sorted(labels - known)]


def _lacking(labels: frozenset[str], known: frozenset[str], action: Text, article: str) -> list[Reason]:
    """What all parties must want, and some have not said that they do."""
    missing = known - labels
    return [CONSENT_MISSING(_law(article), parties=missing, action=action)] if missing else []


def _not_ready(progress: Progress, dossier: Dossier, action: Action) -> list[Reason]:
    """Why there is no mediation now: a danger, a refusal, a party that has not accepted it, or nobody who mediates."""
    reasons = danger_faults(dossier) + _unwilling(progress, dossier)
    if unasked := progress.parties - progress.answers.keys():
        reasons.append(CONSENT_MISSING(_law("3(1)"), parties=unasked, action=action.title))
    return reasons if progress.mediators else [*reasons, NO_MEDIATOR(_law("19"))]


def _accept(_stage: Mediation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: AcceptDispute = act.action
    reasons = danger_faults(dossier) + _unwilling(progress, dossier)
    if action.fee:
        reasons.append(FEE_CHARGED(_law("4"), fee=action.fee))
    known = frozenset(action.parties) if action.parties is not None else _labels(dossier)
    if not known:
        return [*reasons, NO_PARTIES()]
    if action.parties is not None:
        reasons += _relabelled(action.parties, dossier)
    return reasons + _strangers(action.applicants, known) or Effect(carried=carried_parties(action.parties))


def _relabelled(parties: Mapping[str, str], dossier: Dossier) -> list[Reason]:
    """What was said under a label stays that party's: nobody gets the label of another, or a second one."""
    before = FrozenMap[str, str | None]() if dossier.dispute is None else dossier.dispute.parties
    persons = {person for person in before.values() if person is not None}
    changed = [
        label
        for label, person in parties.items()
        if (before[label] not in {None, person} if label in before else person in persons)
    ]
    return [LABEL_TAKEN(parties=changed)] if changed else []


def _labels(dossier: Dossier) -> frozenset[str]:
    return frozenset() if dossier.dispute is None else dossier.dispute.labels


def _as_party(act: Act, dossier: Dossier) -> Decided:
    """The effect of what a party says: as which party they say it."""
    who = act.action.person or act.by
    label = None if dossier.dispute is None else dossier.dispute.label_of(who)
    return [NOT_A_PARTY(who=who)] if label is None else Effect(ref=label)


def _answer(_stage: Mediation, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    """A party's answer. What a party refused by their own act, no office takes back for them."""
    action: AnswerMediation = act.action
    said = _as_party(act, dossier)
    if not isinstance(said, Effect):
        return said
    own = action.person in (None, act.by)
    assert dossier.dispute is not None
    if action.accepts and not own and said.ref in dossier.dispute.firm:
        return [PARTY_REFUSES(_law("17"), parties=said.ref)]
    return attrs.evolve(said, carried={"own": True}) if own and not action.accepts else said


def _assign(_stage: Mediation, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    mediators: frozenset[str] = act.action.mediators
    return _rejected_faults(mediators, dossier) + own_faults(mediators, dossier.dispute) or NO_EFFECT


def _reject(_stage: Mediation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    said = _as_party(act, dossier)
    strange = _strangers(frozenset({act.action.mediator}), progress.mediators)
    return said if isinstance(said, Effect) and not strange else strange + (said if isinstance(said, list) else [])


def _invite(_stage: Mediation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: InviteHelper = act.action
    reasons = _strangers(action.consents, progress.parties)
    return reasons + _lacking(action.consents, progress.parties, action.title, "20") or NO_EFFECT


def _mediate(_stage: Mediation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    return _not_ready(progress, dossier, act.action) or NO_EFFECT


def _agree(_stage: Mediation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: AgreeOrally = act.action
    reasons = _not_ready(progress, dossier, action) + _strangers(action.accord, progress.parties)
    return reasons + _lacking(action.accord, progress.parties, action.title, "30") or Effect(outcome="agreed")


def _sign(_stage: Mediation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: SignAgreement = act.action
    reasons = _not_ready(progress, dossier, action) + _strangers(action.parties, progress.parties)
    if others := action.mediators - progress.mediators:
        reasons.append(NOT_MEDIATING(_law("29"), mediators=others, assigned=progress.mediators))
    return reasons or (Effect(outcome="agreed") if _with_signatures(action, progress).is_signed else NO_EFFECT)


def _with_signatures(action: SignAgreement, progress: Progress) -> Progress:
    return attrs.evolve(
        progress,
        signed=progress.signed | action.parties,
        countersigned=progress.countersigned | action.mediators,
        sealed=progress.sealed or action.seal,
    )


def _transfer(_stage: Mediation, _act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    return danger_faults(dossier) or Effect(outcome="transferred")


def _end(stage: Mediation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    reasons = danger_faults(dossier)
    if untold := stage.routes - act.action.routes:
        reasons.append(ROUTES_UNNAMED(_law("26"), missing=untold))
    return reasons or Effect(outcome="refused" if _refusing(progress, dossier) else "failed")


_Added = tuple[Progress, Dossier]


def _accepted(_stage: Mediation, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: AcceptDispute = act.action
    dossier = with_parties(action.parties, effect, dossier)
    assert dossier.dispute is not None
    dispute: Dispute = dossier.dispute
    before = _NO_ANSWERS if "parties" in effect.carried else progress.answers
    answers = FrozenMap({**before, **dict.fromkeys(action.applicants, True)})
    return attrs.evolve(progress, parties=dispute.labels, answers=answers), dossier


def _answered(_stage: Mediation, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    assert effect.ref is not None
    assert dossier.dispute is not None
    dispute, label = dossier.dispute, frozenset({effect.ref})
    answers = FrozenMap({**progress.answers, effect.ref: act.action.accepts})
    # What a party refused themselves stands until they accept; an office that enters a refusal again takes nothing back.
    if "own" in effect.carried:
        dispute = attrs.evolve(dispute, firm=dispute.firm | label)
    elif act.action.accepts:
        dispute = attrs.evolve(dispute, firm=dispute.firm - label)
    return attrs.evolve(progress, answers=answers), attrs.evolve(dossier, dispute=dispute)


def _assigned(_stage: Mediation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return _mediated_by(act.action.mediators, progress), dossier


def _mediated_by(mediators: frozenset[str], progress: Progress) -> Progress:
    """The progress with those who mediate from now on; the signature of nobody else counts."""
    return attrs.evolve(progress, mediators=mediators, countersigned=progress.countersigned & mediators)


def _rejected(_stage: Mediation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    assert dossier.dispute is not None
    one = frozenset({act.action.mediator})
    dispute = attrs.evolve(dossier.dispute, rejected=dossier.dispute.rejected | one)
    return _mediated_by(progress.mediators - one, progress), attrs.evolve(dossier, dispute=dispute)


def _mediated(_stage: Mediation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, endangered(act, dossier) if act.action.danger else dossier


def _agreed(_stage: Mediation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, _bound(act, dossier, written=False, perform_by=act.action.perform_by)


def _drawn_up(_stage: Mediation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    nobody: frozenset[str] = frozenset()
    drawn = attrs.evolve(progress, signed=nobody, countersigned=nobody, sealed=False, perform_by=act.action.perform_by)
    return drawn, dossier


def _signed(_stage: Mediation, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    progress = _with_signatures(act.action, progress)
    if effect.outcome is None:
        return progress, dossier
    return progress, _bound(act, dossier, written=True, perform_by=progress.perform_by)


def _bound(act: Act, dossier: Dossier, *, written: bool, perform_by: datetime | None) -> Dossier:
    assert dossier.dispute is not None
    agreement = Agreement(effective=act.at, written=written, perform_by=perform_by)
    return attrs.evolve(dossier, dispute=attrs.evolve(dossier.dispute, agreement=agreement))


def _kept(_stage: Mediation, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


@attrs.frozen(kw_only=True)
class Mediation(StageBase):
    """Bring the parties together, with their consent, until they agree or it ends.

    Attributes:
        routes: the ways of which the parties must be told when it ends without agreement: all that art. 26 names, unless
            a law leaves one of them out for this sort of dispute.
    """

    kind: ClassVar[str] = "mediation"
    phases: ClassVar[Phases] = watched(
        {
            "waiting": {
                AnswerMediation: "waiting",
                AcceptDispute: "accepted",
                TransferDispute: "closed",
                EndMediation: "closed",
            },
            "accepted": {
                AnswerMediation: "accepted",
                AssignMediators: "accepted",
                RejectMediator: "accepted",
                InviteHelper: "accepted",
                Mediate: "mediating",
                TransferDispute: "closed",
                EndMediation: "closed",
            },
            "mediating": {
                AnswerMediation: "mediating",
                AssignMediators: "mediating",
                RejectMediator: "mediating",
                InviteHelper: "mediating",
                Mediate: "mediating",
                AgreeOrally: "closed",
                DrawUpAgreement: "drawn_up",
                TransferDispute: "closed",
                EndMediation: "closed",
            },
            "drawn_up": {
                AnswerMediation: "drawn_up",
                RejectMediator: "drawn_up",
                AssignMediators: "drawn_up",
                DrawUpAgreement: "drawn_up",
                SignAgreement: "drawn_up",
                Mediate: "mediating",
                TransferDispute: "closed",
                EndMediation: "closed",
            },
            "closed": {},
        }
    )
    ends: ClassVar[Ends] = {
        "agreed": frozenset({"closed", "drawn_up"}),
        "failed": frozenset({"closed"}),
        "refused": frozenset({"closed"}),
        "transferred": frozenset({"closed"}),
    }
    next_: ClassVar = {"waiting": AcceptDispute, "drawn_up": SignAgreement}
    brings: ClassVar[Brings] = {
        **DANGER_BRINGS,
        **dict.fromkeys((AnswerMediation, AssignMediators, RejectMediator, DrawUpAgreement), frozenset()),
        AgreeOrally: frozenset({"agreed"}),
        SignAgreement: frozenset({"agreed"}),
        TransferDispute: frozenset({"transferred"}),
        EndMediation: frozenset({"failed", "refused"}),
    }
    deciders: ClassVar[Mapping[type[Any], Callable[..., Decided]]] = {
        **DANGER_DECIDERS,
        AcceptDispute: _accept,
        AnswerMediation: _answer,
        AssignMediators: _assign,
        RejectMediator: _reject,
        InviteHelper: _invite,
        Mediate: _mediate,
        AgreeOrally: _agree,
        DrawUpAgreement: _mediate,
        SignAgreement: _sign,
        TransferDispute: _transfer,
        EndMediation: _end,
    }
    adders: ClassVar[Mapping[type[Any], Callable[..., _Added]]] = {
        **DANGER_ADDERS,
        AcceptDispute: _accepted,
        AnswerMediation: _answered,
        AssignMediators: _assigned,
        RejectMediator: _rejected,
        InviteHelper: _kept,
        Mediate: _mediated,
        AgreeOrally: _agreed,
        DrawUpAgreement: _drawn_up,
        SignAgreement: _signed,
        TransferDispute: _kept,
        EndMediation: _kept,
    }

    routes: frozenset[Route] = attrs.field(default=frozenset(Route), converter=_routes)

    def start(self) -> Progress:
        """Not accepted yet."""
        return Progress()

    def decide(self, act: Act, progress: Any, dossier: Dossier) -> Decided:
        """Hold an action against the rules of this kind, and against who acts: nobody rejected, and no party by an office."""
        decided = super().decide(act, progress, dossier)
        if isinstance(act.action, EnterDanger | ReportDanger) or act.action.is_own(act.by):
            return decided
        reasons = decided if isinstance(decided, list) else []
        told = {reason.code for reason in reasons}
        unwanted = _rejected_faults(frozenset({act.by}), dossier) + own_faults([act.by], dossier.dispute)
        unwanted = [reason for reason in unwanted if reason.code not in told]
        return unwanted + reasons if unwanted else decided

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """Where a party refuses, the end; else what mediation lacks, or its next step."""
        if progress.refusing:
            return (Duty(action=EndMediation.kind),)
        if phase in self.next_:
            return super().due(phase, progress)
        lacking = [
            Duty(action=kind.kind)
            for kind, lacks in (
                (AnswerMediation, progress.parties - progress.answers.keys()),
                (AssignMediators, not progress.mediators),
            )
            if lacks
        ]
        return lacking or ((Duty(action=Mediate.kind),) if phase != "closed" else ())
