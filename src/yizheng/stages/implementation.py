"""Implementation (实施): somebody is responsible, money is accounted for, and supervisors look before it is complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import ClassVar

import attrs

from yizheng.calendar import moment
from yizheng.errors import InvalidValue
from yizheng.reasons import (
    NO_BUDGET,
    NOT_INSPECTED,
    OVER_BUDGET,
    TOO_EARLY,
    Reason,
)
from yizheng.stages.base import (
    NO_EFFECT,
    WORDS,
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
    as_words,
    confided,
)
from yizheng.text import Text
from yizheng.values.exact import exact, written
from yizheng.values.names import is_blank, name, prose
from yizheng.values.scalars import flag

__all__ = ["Abandon", "Assign", "Complete", "Implementation", "Inspect", "ReportProgress", "Spend"]


def _amount(value: object) -> Fraction:
    number = exact(value, "the amount")
    if number < 0:
        raise InvalidValue(f"the amount is {written(number)}; an amount is nought or more")
    return number


@attrs.frozen(kw_only=True)
class Assign(Action):
    """Make somebody responsible.

    Attributes:
        responsible: who.
        task: for what.
        due: by when.
        budget: what may be spent in all, in yuan; left out, what was set before, or the budget in the matter's facts.
    """

    kind: ClassVar[str] = "assign"
    title: ClassVar[Text] = Text("指定责任人", "assign")
    responsible: str = attrs.field(converter=name)
    task: Text = attrs.field(converter=as_words, metadata=WORDS)
    due: datetime = attrs.field(converter=moment)
    budget: Fraction | None = attrs.field(default=None, converter=attrs.converters.optional(_amount))


@attrs.frozen
class ReportProgress(Action):
    """Say how far it has come."""

    kind: ClassVar[str] = "report_progress"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("报告进展", "report progress")
    text: Text = attrs.field(converter=as_words, metadata=WORDS)


def _evidence(value: str) -> str:
    words = prose(value, "the evidence")
    if is_blank(words):
        raise InvalidValue('an expense needs its voucher, such as "voucher 12"')
    return words


@attrs.frozen(kw_only=True)
class Spend(Action):
    """Enter an expense.

    Attributes:
        amount: in yuan.
        purpose: for what.
        evidence: the voucher.
    """

    kind: ClassVar[str] = "spend"
    optional: ClassVar[bool] = True
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("列支", "spend")
    amount: Fraction = attrs.field(converter=_amount)
    purpose: Text = attrs.field(converter=as_words, metadata=WORDS)
    evidence: str = confided(converter=_evidence)


@attrs.frozen
class Inspect(Action):
    """Supervisors look at the work.

    Attributes:
        finding: what they found.
        passed: whether it is in order.
    """

    kind: ClassVar[str] = "inspect"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("监督检查", "inspect")
    finding: Text = attrs.field(converter=as_words, metadata=WORDS)
    passed: bool = attrs.field(kw_only=True, converter=flag)


@attrs.frozen
class Complete(Action):
    """Say that it is done."""

    kind: ClassVar[str] = "complete"
    title: ClassVar[Text] = Text("完工", "complete")
    report: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class Abandon(Action):
    """Give it up, and say why."""

    kind: ClassVar[str] = "abandon"
    title: ClassVar[Text] = Text("终止实施", "abandon")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen(kw_only=True)
class Progress:
    """What the works have come to.

    Attributes:
        assigned: who is responsible, and by when each task is due.
        passed: how the last inspection came out; ``None`` before the first.
    """

    assigned: tuple[tuple[str, datetime], ...] = ()
    passed: bool | None = None


def _assign(_stage: Implementation, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    action: Assign = act.action
    reasons: list[Reason] = []
    if action.due < act.at:
        reasons.append(TOO_EARLY(at=action.due, from_=act.at, action=action.title))
    whole = _budget(dossier)
    if action.budget is not None and whole is not None and action.budget > whole:
        reasons.append(OVER_BUDGET(spent=action.budget, budget=whole))
    if action.budget is not None and action.budget < dossier.spent:
        reasons.append(OVER_BUDGET(spent=dossier.spent, budget=action.budget))
    return reasons or NO_EFFECT


def _budget(dossier: Dossier) -> Fraction | None:
    """The budget that the matter states; the opening saw to it that it is an amount."""
    stated = dossier.matter.facts.get("budget")
    return None if stated is None else exact(stated, "the budget")


def _spend(_stage: Implementation, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    action: Spend = act.action
    if dossier.budget is None:
        return [NO_BUDGET()]
    if (spent := dossier.spent + action.amount) > dossier.budget:
        return [OVER_BUDGET(spent=spent, budget=dossier.budget)]
    return NO_EFFECT


def _report(_stage: Implementation, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return NO_EFFECT


def _complete(stage: Implementation, _act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    if stage.inspected and not progress.passed:
        return [NOT_INSPECTED()]
    return Effect(outcome="completed")


def _abandon(_stage: Implementation, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(outcome="abandoned")


_Added = tuple[Progress, Dossier]


def _assigned(_stage: Implementation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: Assign = act.action
    stated = _budget(dossier) if dossier.budget is None else dossier.budget
    budget = stated if action.budget is None else action.budget
    assigned = (*progress.assigned, (action.responsible, action.due))
    return attrs.evolve(progress, assigned=assigned), attrs.evolve(dossier, budget=budget)


def _spent(_stage: Implementation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, attrs.evolve(dossier, spent=dossier.spent + act.action.amount)


def _inspected(_stage: Implementation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return attrs.evolve(progress, passed=act.action.passed), dossier


def _kept(_stage: Implementation, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


@attrs.frozen(kw_only=True)
class Implementation(StageBase):
    """Carry it out, and account for it.

    Attributes:
        inspected: whether it must pass an inspection before it is complete.
    """

    kind: ClassVar[str] = "implementation"
    phases: ClassVar[Phases] = {
        "waiting": {Assign: "running", Abandon: "closed"},
        "running": {
            Assign: "running",
            ReportProgress: "running",
            Spend: "running",
            Inspect: "running",
            Complete: "closed",
            Abandon: "closed",
        },
        "closed": {},
    }
    ends: ClassVar[Ends] = {"completed": frozenset({"closed"}), "abandoned": frozenset({"closed"})}
    brings: ClassVar[Brings] = {Complete: frozenset({"completed"}), Abandon: frozenset({"abandoned"})}
    next_: ClassVar = {"waiting": Assign}
    deciders: ClassVar = {
        Assign: _assign,
        ReportProgress: _report,
        Spend: _spend,
        Inspect: _report,
        Complete: _complete,
        Abandon: _abandon,
    }
    adders: ClassVar = {
        Assign: _assigned,
        ReportProgress: _kept,
        Spend: _spent,
        Inspect: _inspected,
        Complete: _kept,
        Abandon: _kept,
    }

    inspected: bool = attrs.field(default=True, converter=flag)

    def start(self) -> Progress:
        """Nobody is responsible yet."""
        return Progress()

    def is_own(self, act: Act, progress: Progress) -> bool:
        """Whoever is responsible reports for themselves."""
        return isinstance(act.action, ReportProgress) and any(act.by == who for who, _ in progress.assigned)

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """What was assigned, by its date; before that, an inspection that passes."""
        if phase != "running":
            return super().due(phase, progress)
        inspect = () if progress.passed or not self.inspected else (Duty(action=Inspect.kind),)
        until = max(due for _, due in progress.assigned)
        return (*inspect, Duty(action=Complete.kind, until=until))
