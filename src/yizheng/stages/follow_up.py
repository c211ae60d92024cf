"""Follow-up (回访): whether what was agreed is performed, and whether a court confirms it (People's Mediation Law)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import attrs

from yizheng.calendar import Period, end_of_day, local_day
from yizheng.reasons import CONFIRMATION_LATE, NOT_AGREED, NOT_CHECKED, NOT_JOINT, TOO_EARLY, UNKNOWN_ITEM, Reason
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
    in_words,
    private,
    take_edition,
)
from yizheng.stages.danger import (
    DANGER_ADDERS,
    DANGER_BRINGS,
    DANGER_DECIDERS,
    EnterDanger,
    ReportDanger,
    danger_faults,
    watched,
)
from yizheng.stages.parties import MEDIATION_LAW, as_labels, own_faults
from yizheng.text import Text, as_text
from yizheng.values.names import name
from yizheng.values.scalars import flag

__all__ = ["ApplyConfirmation", "CheckPerformance", "CloseFollowUp", "FollowUp", "RecordConfirmation"]


@attrs.frozen(kw_only=True)
class ApplyConfirmation(Action):
    """Enter that the parties have asked a court together to confirm their agreement (art. 33).

    Attributes:
        parties: the labels of the parties that asked.
        court: which court.
        document: the digest of the application, where it is kept as a document.
    """

    kind: ClassVar[str] = "apply_confirmation"
    title: ClassVar[Text] = Text("申请司法确认", "apply for judicial confirmation")
    parties: frozenset[str] = attrs.field(converter=as_labels)
    court: Text = attrs.field(converter=as_words, metadata=WORDS)
    document: str | None = confided(default=None, converter=attrs.converters.optional(document))


@attrs.frozen(kw_only=True)
class RecordConfirmation(Action):
    """Enter what the court decided.

    Attributes:
        valid: whether it confirmed the agreement, which can then be enforced. What it does not confirm can be mediated
            anew.
        reference: the reference of the decision.
    """

    kind: ClassVar[str] = "record_confirmation"
    title: ClassVar[Text] = Text("记录司法确认结果", "record the court's decision")
    valid: bool = attrs.field(converter=flag)
    reference: str = attrs.field(converter=name)


@attrs.frozen(kw_only=True)
class CheckPerformance(Action):
    """Look after the performance of what was agreed, and urge it (art. 31).

    Attributes:
        performed: whether all of it is performed.
        account: what was found; private.
    """

    kind: ClassVar[str] = "check_performance"
    title: ClassVar[Text] = Text("回访履行情况", "check the performance")
    performed: bool = attrs.field(converter=flag)
    account: Text | None = private(default=None, converter=attrs.converters.optional(as_text))


@attrs.frozen
class CloseFollowUp(Action):
    """End the follow-up; the last check says whether what was agreed is performed."""

    kind: ClassVar[str] = "close_follow_up"
    title: ClassVar[Text] = Text("结束回访", "close the follow-up")


@attrs.frozen(kw_only=True)
class Progress:
    """What a follow-up has come to.

    Attributes:
        performed: what the last check found; ``None`` before the first.
        perform_by: by when it is to be performed, once a check has said so.
    """

    performed: bool | None = None
    perform_by: datetime | None = None


def _check(_stage: FollowUp, _act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    return NO_EFFECT if _is_agreed(dossier) else [NOT_AGREED(MEDIATION_LAW(article="31"))]


def _is_agreed(dossier: Dossier) -> bool:
    return dossier.dispute is not None and dossier.dispute.agreement is not None


def _apply(stage: FollowUp, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    action: ApplyConfirmation = act.action
    law = MEDIATION_LAW(article="33")
    dispute = dossier.dispute
    if dispute is None or dispute.agreement is None:
        return [NOT_AGREED(law)]
    reasons = danger_faults(dossier)
    reasons += [
        UNKNOWN_ITEM(item=label, known=tuple(sorted(dispute.labels)))
        for label in sorted(action.parties - dispute.labels)
    ]
    if missing := dispute.labels - action.parties:
        reasons.append(NOT_JOINT(law, parties=missing))
    period = take_edition(stage, "confirmation", stage.confirmation, act, dossier) if stage.confirmation else None
    if isinstance(period, Reason):
        return [*reasons, period]
    if period is not None:
        since = dispute.agreement.effective
        until = end_of_day(period.last_day(local_day(since, act.zone), act.calendar), act.zone)
        if act.at >= until:
            late = CONFIRMATION_LATE(period.citation, at=act.at, since=since, until=until, period=in_words(period))
            reasons.append(late)
    return reasons or Effect(periods={"confirmation": period})


def _record(_stage: FollowUp, act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return NO_EFFECT if act.action.valid else Effect(outcome="unconfirmed")


def _close(_stage: FollowUp, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    if reasons := danger_faults(dossier):
        return reasons
    if progress.performed is None:
        return [NOT_CHECKED(MEDIATION_LAW(article="31"))]
    if not progress.performed and progress.perform_by is not None and act.at < progress.perform_by:
        return [TOO_EARLY(at=act.at, from_=progress.perform_by, action=act.action.title)]
    return Effect(outcome="performed" if progress.performed else "unperformed")


_Added = tuple[Progress, Dossier]


def _checked(_stage: FollowUp, act: Act, _effect: Effect, _progress: Progress, dossier: Dossier) -> _Added:
    assert dossier.dispute is not None
    assert dossier.dispute.agreement is not None
    return Progress(performed=act.action.performed, perform_by=dossier.dispute.agreement.perform_by), dossier


def _recorded(_stage: FollowUp, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    """What the court confirms can be enforced; what it finds void binds nobody (art. 33)."""
    assert dossier.dispute is not None
    dispute = dossier.dispute
    assert dispute.agreement is not None
    agreement = attrs.evolve(dispute.agreement, confirmed=True) if act.action.valid else None
    return progress, attrs.evolve(dossier, dispute=attrs.evolve(dispute, agreement=agreement))


def _kept(_stage: FollowUp, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


@attrs.frozen(kw_only=True)
class FollowUp(StageBase):
    """See that what was agreed is performed.

    Attributes:
        confirmation: how long after the agreement took effect the parties can ask a court to confirm it, in dated
            editions; empty where no rule says.
    """

    kind: ClassVar[str] = "follow_up"
    phases: ClassVar[Phases] = watched(
        {
            "waiting": {ApplyConfirmation: "applied", CheckPerformance: "waiting", CloseFollowUp: "closed"},
            "applied": {CheckPerformance: "applied", RecordConfirmation: "confirmed"},
            "confirmed": {CheckPerformance: "confirmed", CloseFollowUp: "closed"},
            "closed": {},
        }
    )
    ends: ClassVar[Ends] = {
        "performed": frozenset({"closed"}),
        "unperformed": frozenset({"closed"}),
        "unconfirmed": frozenset({"confirmed"}),
    }
    next_: ClassVar = {"applied": RecordConfirmation}
    brings: ClassVar[Brings] = {
        **DANGER_BRINGS,
        CheckPerformance: frozenset(),
        RecordConfirmation: frozenset({"unconfirmed"}),
        CloseFollowUp: frozenset({"performed", "unperformed"}),
    }
    deciders: ClassVar[Mapping[type[Any], Callable[..., Decided]]] = {
        **DANGER_DECIDERS,
        ApplyConfirmation: _apply,
        RecordConfirmation: _record,
        CheckPerformance: _check,
        CloseFollowUp: _close,
    }
    adders: ClassVar[Mapping[type[Any], Callable[..., _Added]]] = {
        **DANGER_ADDERS,
        ApplyConfirmation: _kept,
        RecordConfirmation: _recorded,
        CheckPerformance: _checked,
        CloseFollowUp: _kept,
    }

    confirmation: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)

    def start(self) -> Progress:
        """Nobody has looked yet."""
        return Progress()

    def decide(self, act: Act, progress: Any, dossier: Dossier) -> Decided:
        """Hold an action against the rules of this kind; nobody finds by an office that their own promise is kept."""
        decided = super().decide(act, progress, dossier)
        if isinstance(act.action, EnterDanger | ReportDanger) or not (own := own_faults([act.by], dossier.dispute)):
            return decided
        return own + (decided if isinstance(decided, list) else [])

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The court's decision where one was asked for; else checks until it is performed, and then the close."""
        if phase in self.next_ or phase == "closed":
            return super().due(phase, progress)
        if progress.performed:
            return (Duty(action=CloseFollowUp.kind),)
        return (Duty(action=CheckPerformance.kind, until=progress.perform_by),)

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """How long a court can be asked for its confirmation."""
        return (("confirmation", self.confirmation),) if self.confirmation else ()
