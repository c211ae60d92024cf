"""Screening (排查): a dispute is found, registered with its parties, and classified; what endangers people is reported."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

import attrs

from yizheng.errors import InvalidValue
from yizheng.reasons import UNKNOWN_ITEM
from yizheng.stages.anywhere import document
from yizheng.stages.base import (
    NO_EFFECT,
    WORDS,
    Act,
    Action,
    Brings,
    Decided,
    Dossier,
    Effect,
    Ends,
    Phases,
    StageBase,
    as_words,
    confided,
    private,
)
from yizheng.stages.danger import (
    DANGER_ADDERS,
    DANGER_BRINGS,
    DANGER_DECIDERS,
    ReportDanger,
    danger_faults,
    endangered,
    watched,
)
from yizheng.stages.parties import Dispute, as_parties
from yizheng.text import Text, as_text
from yizheng.values.doors import one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name, names
from yizheng.values.plain import Plain, items
from yizheng.values.scalars import flag

__all__ = [
    "ClassifyDispute",
    "Found",
    "RegisterDispute",
    "Screening",
    "TransferDispute",
    "carried_parties",
    "with_parties",
]


class Found(enum.StrEnum):
    """How a dispute was found."""

    PATROL = "patrol"
    """The grid was patrolled (巡查)."""
    VISIT = "visit"
    """A home was visited (走访)."""
    APPLICATION = "application"
    """A party came (当事人申请)."""


def _found(value: Found | str) -> Found:
    return one_of(Found, value, "way in which a dispute is found")


@attrs.frozen(kw_only=True)
class RegisterDispute(Action):
    """Enter a dispute in the register.

    Attributes:
        parties: who is in dispute: each person's id under the label by which the public record calls them; private.
        facts: what it is about; private.
        found: how it was found.
        grid: in which grid.
        special: whether a special round found it, and not a regular one.
    """

    kind: ClassVar[str] = "register_dispute"
    title: ClassVar[Text] = Text("登记纠纷", "register the dispute")
    parties: FrozenMap[str, str] | None = private(converter=as_parties)
    facts: Text | None = private(converter=as_text)
    found: Found = attrs.field(converter=_found)
    grid: str | None = confided(default=None, converter=attrs.converters.optional(name))
    special: bool = attrs.field(default=False, converter=flag)


@attrs.frozen(kw_only=True)
class ClassifyDispute(Action):
    """Say of which sort the dispute is.

    Attributes:
        sort: which of those that the stage knows, such as ``"neighbours"``.
        level: how grave it is, where the office grades disputes.
        danger: whether it may lead to a crime or a breach of public order, so that it is reported at once.
    """

    kind: ClassVar[str] = "classify_dispute"
    title: ClassVar[Text] = Text("纠纷分类", "classify the dispute")
    sort: str = attrs.field(converter=name)
    level: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    danger: bool = attrs.field(default=False, converter=flag)


@attrs.frozen(kw_only=True)
class TransferDispute(Action):
    """Hand the dispute over to those who are responsible for it.

    Attributes:
        to: to whom.
        reason: why; private.
        document: the digest of what was sent, where it is kept as a document.
    """

    kind: ClassVar[str] = "transfer_dispute"
    title: ClassVar[Text] = Text("移送纠纷", "transfer the dispute")
    to: Text = attrs.field(converter=as_words, metadata=WORDS)
    reason: Text | None = private(converter=as_text)
    document: str | None = confided(default=None, converter=attrs.converters.optional(document))


@attrs.frozen(kw_only=True)
class Progress:
    """What a screening has come to.

    Attributes:
        classified: whether its sort is known, and nothing but the report of a danger is left to do.
    """

    classified: bool = False


def carried_parties(parties: Mapping[str, str] | None) -> dict[str, Plain]:
    """What an effect carries when parties are named: their labels, and not who they are."""
    return {} if parties is None else {"parties": tuple(sorted(parties))}


def with_parties(parties: Mapping[str, str] | None, effect: Effect, dossier: Dossier) -> Dossier:
    """The dossier with the parties that an action named, if it named any."""
    if "parties" not in effect.carried:
        return dossier
    labels = [name(label) for label in items(effect.carried["parties"], "parties")]
    known = FrozenMap({label: None if parties is None else parties[label] for label in labels})
    before = dossier.dispute
    return attrs.evolve(
        dossier, dispute=Dispute(parties=known) if before is None else attrs.evolve(before, parties=known)
    )


def _register(_stage: Screening, act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(carried=carried_parties(act.action.parties))


def _classify(stage: Screening, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    action: ClassifyDispute = act.action
    strange = [UNKNOWN_ITEM(stage.source, item=action.sort, known=tuple(sorted(stage.sorts)))]
    reasons = [] if action.sort in stage.sorts else strange
    if action.danger:
        return reasons or NO_EFFECT
    return reasons + danger_faults(dossier) or Effect(outcome="registered")


def _report(_stage: Screening, _act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(outcome="registered") if progress.classified else NO_EFFECT


def _transfer(_stage: Screening, _act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    return danger_faults(dossier) or Effect(outcome="transferred")


_Added = tuple[Progress, Dossier]


def _registered(_stage: Screening, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, with_parties(act.action.parties, effect, dossier)


def _classified(_stage: Screening, act: Act, _effect: Effect, _progress: Progress, dossier: Dossier) -> _Added:
    return Progress(classified=True), endangered(act, dossier) if act.action.danger else dossier


def _kept(_stage: Screening, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


SORTS: Final = frozenset({"property_management", "neighbours", "family", "land"})
"""The sorts that the source names: 物业 and 邻里 above all; 家庭 and 土地 besides."""


def _sorts(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if not taken:
        raise InvalidValue("a screening knows one sort of dispute at least; name those that there are in sorts=")
    return taken


@attrs.frozen(kw_only=True)
class Screening(StageBase):
    """Find disputes early, enter them in the register, and say of which sort they are.

    Attributes:
        sorts: the sorts of dispute that the register knows.
    """

    kind: ClassVar[str] = "screening"
    phases: ClassVar[Phases] = watched(
        {
            "waiting": {RegisterDispute: "registered"},
            "registered": {ClassifyDispute: "classified", TransferDispute: "closed"},
            "classified": {ReportDanger: "classified"},
            "closed": {},
        }
    )
    ends: ClassVar[Ends] = {"registered": frozenset({"classified"}), "transferred": frozenset({"closed"})}
    next_: ClassVar = {"waiting": RegisterDispute, "registered": ClassifyDispute, "classified": ReportDanger}
    brings: ClassVar[Brings] = {
        **DANGER_BRINGS,
        ClassifyDispute: frozenset({"registered"}),
        ReportDanger: frozenset({"registered"}),
        TransferDispute: frozenset({"transferred"}),
    }
    deciders: ClassVar[Mapping[type[Any], Any]] = {
        **DANGER_DECIDERS,
        RegisterDispute: _register,
        ClassifyDispute: _classify,
        ReportDanger: _report,
        TransferDispute: _transfer,
    }
    adders: ClassVar[Mapping[type[Any], Any]] = {
        **DANGER_ADDERS,
        RegisterDispute: _registered,
        ClassifyDispute: _classified,
        TransferDispute: _kept,
    }

    sorts: frozenset[str] = attrs.field(default=SORTS, converter=_sorts)

    def start(self) -> Progress:
        """Nothing was found yet."""
        return Progress()
