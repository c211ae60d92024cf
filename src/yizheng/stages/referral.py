"""Referral (上报 备案 审核): the level above confirms, rejects or sends back, and its reasons go back to the people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from yizheng.calendar import Period, end_of_day
from yizheng.citation import Citation
from yizheng.reasons import Reason
from yizheng.stages.anywhere import document
from yizheng.stages.base import (
    NO_EFFECT,
    WORDS,
    Act,
    Action,
    Brings,
    Decided,
    Dossier,
    Duty,
    Edition,
    Effect,
    Ends,
    Phases,
    StageBase,
    as_periods,
    as_words,
    confided,
    take_edition,
)
from yizheng.text import Text
from yizheng.values.doors import optional_instance_of
from yizheng.values.names import name

__all__ = ["Confirm", "Referral", "Reject", "SendBack", "Submit"]


@attrs.frozen(kw_only=True)
class Submit(Action):
    """Send the matter to the level above.

    Attributes:
        to: to whom.
        document: the digest of what was sent, where it is kept as a document.
    """

    kind: ClassVar[str] = "submit"
    title: ClassVar[Text] = Text("上报", "submit")
    to: Text = attrs.field(converter=as_words, metadata=WORDS)
    document: str | None = confided(default=None, converter=attrs.converters.optional(document))


@attrs.frozen(kw_only=True)
class Confirm(Action):
    """The level above confirms.

    Attributes:
        reference: its decision's number.
    """

    kind: ClassVar[str] = "confirm"
    title: ClassVar[Text] = Text("确认", "confirm")
    reference: str = attrs.field(converter=name)


@attrs.frozen(kw_only=True)
class Reject(Action):
    """The level above rejects, in writing and with reasons.

    Attributes:
        reference: its decision's number.
        reasons: why; they go back to the people.
        citation: on what rule.
    """

    kind: ClassVar[str] = "reject"
    title: ClassVar[Text] = Text("不予确认", "reject")
    reference: str = attrs.field(converter=name)
    reasons: Text = attrs.field(converter=as_words, metadata=WORDS)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))


@attrs.frozen(kw_only=True)
class SendBack(Action):
    """The level above asks for more before it decides.

    Attributes:
        reasons: what is missing; it goes back to the people.
    """

    kind: ClassVar[str] = "send_back"
    title: ClassVar[Text] = Text("退回", "send back")
    reasons: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen(kw_only=True)
class Progress:
    """What a referral has come to.

    Attributes:
        due: until when the level above must decide, where a rule says.
    """

    due: datetime | None = None


def _submit(stage: Referral, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    if not stage.within:
        return NO_EFFECT
    within = take_edition(stage, "within", stage.within, act, dossier)
    if isinstance(within, Reason):
        return [within]
    due = end_of_day(within.last_day(act.on, act.calendar), act.zone)
    return Effect(periods={"within": within}, due={"decision": due})


def _confirm(_stage: Referral, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(outcome="confirmed")


def _reject(_stage: Referral, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(outcome="rejected")


def _send_back(_stage: Referral, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(outcome="returned")


_Added = tuple[Progress, Dossier]


def _submitted(_stage: Referral, _act: Act, effect: Effect, _progress: Progress, dossier: Dossier) -> _Added:
    return Progress(due=effect.due.get("decision")), dossier


def _rejected(_stage: Referral, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, attrs.evolve(dossier, reasons=act.action.reasons, decision=act.action.reference)


def _sent_back(_stage: Referral, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, attrs.evolve(dossier, reasons=act.action.reasons, decision=None)


def _confirmed(_stage: Referral, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, attrs.evolve(dossier, reasons=None, decision=None)


@attrs.frozen(kw_only=True)
class Referral(StageBase):
    """Send the matter to the level above, and take its answer.

    Attributes:
        within: how soon the level above must decide, in dated editions; empty where no rule says.
    """

    kind: ClassVar[str] = "referral"
    phases: ClassVar[Phases] = {
        "waiting": {Submit: "submitted"},
        "submitted": {Confirm: "closed", Reject: "closed", SendBack: "closed"},
        "closed": {},
    }
    ends: ClassVar[Ends] = {
        "confirmed": frozenset({"closed"}),
        "rejected": frozenset({"closed"}),
        "returned": frozenset({"closed"}),
    }
    brings: ClassVar[Brings] = {
        Confirm: frozenset({"confirmed"}),
        Reject: frozenset({"rejected"}),
        SendBack: frozenset({"returned"}),
    }
    next_: ClassVar = {"waiting": Submit}
    deciders: ClassVar = {Submit: _submit, Confirm: _confirm, Reject: _reject, SendBack: _send_back}
    adders: ClassVar = {Submit: _submitted, Confirm: _confirmed, Reject: _rejected, SendBack: _sent_back}

    within: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)

    def start(self) -> Progress:
        """Not sent yet."""
        return Progress()

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The answer of the level above."""
        if phase == "submitted":
            return (Duty(action=Confirm.kind, until=progress.due),)
        return super().due(phase, progress)

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """How soon the level above decides."""
        return (("within", self.within),) if self.within else ()
