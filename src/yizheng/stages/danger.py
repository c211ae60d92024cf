"""Danger (People's Mediation Law art. 25): what may lead to a crime or a breach of public order is reported at once.

It can show itself at any moment, and be reported in every phase. Once entered it stays in the dossier until it is
reported: neither an order of correction nor another stage takes it away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import attrs

from yizheng.reasons import DANGER_UNREPORTED, Reason
from yizheng.stages.base import (
    NO_EFFECT,
    WORDS,
    Act,
    Action,
    Brings,
    Decided,
    Dossier,
    Effect,
    Phases,
    as_words,
    private,
)
from yizheng.stages.parties import MEDIATION_LAW
from yizheng.text import Text, as_text

__all__ = [
    "DANGER_ADDERS",
    "DANGER_BRINGS",
    "DANGER_DECIDERS",
    "EnterDanger",
    "ReportDanger",
    "danger_faults",
    "endangered",
    "watched",
]


@attrs.frozen(kw_only=True)
class EnterDanger(Action):
    """Enter signs that the dispute may lead to a crime or a breach of public order, as soon as they are seen (art. 25).

    Attributes:
        signs: what was seen; private.
    """

    kind: ClassVar[str] = "enter_danger"
    title: ClassVar[Text] = Text("录入治安、刑事风险", "enter a danger")
    signs: Text | None = private(converter=as_text)


@attrs.frozen(kw_only=True)
class ReportDanger(Action):
    """Report what may lead to a crime or a breach of public order (People's Mediation Law art. 25).

    Attributes:
        to: the public security organ of the place, or the other department concerned.
        signs: what was seen; private.
        measures: which preventive measures were taken, as the article asks where a dispute may escalate; private.
    """

    kind: ClassVar[str] = "report_danger"
    title: ClassVar[Text] = Text("报告公安机关或者有关部门", "report the danger")
    to: Text = attrs.field(converter=as_words, metadata=WORDS)
    signs: Text | None = private(converter=as_text)
    measures: Text | None = private(default=None, converter=attrs.converters.optional(as_text))


def danger_faults(dossier: Dossier) -> list[Reason]:
    """Why nothing goes on: a danger is known, and was not reported."""
    since = dossier.danger
    return [] if since is None else [DANGER_UNREPORTED(MEDIATION_LAW(article="25"), since=since)]


def endangered(act: Act, dossier: Dossier) -> Dossier:
    """The dossier with a danger that is known now; one that was known before counts from then."""
    return dossier if dossier.danger is not None else attrs.evolve(dossier, danger=act.at)


def watched(phases: Phases) -> Phases:
    """The phases of a kind of stage, in each of which a danger can be entered and reported while the stage lasts."""
    return {
        phase: {**following, EnterDanger: phase, ReportDanger: phase} if following else {}
        for phase, following in phases.items()
    }


_Added = tuple[Any, Dossier]


def _allowed(_stage: Any, _act: Act, _progress: Any, _dossier: Dossier) -> Decided:
    return NO_EFFECT


def _entered(_stage: Any, act: Act, _effect: Effect, progress: Any, dossier: Dossier) -> _Added:
    return progress, endangered(act, dossier)


def _reported(_stage: Any, _act: Act, _effect: Effect, progress: Any, dossier: Dossier) -> _Added:
    return progress, attrs.evolve(dossier, danger=None)


DANGER_BRINGS: Final[Brings] = {EnterDanger: frozenset(), ReportDanger: frozenset()}
"""By themselves they end no stage."""

DANGER_DECIDERS: Final[Mapping[type[Any], Callable[..., Decided]]] = {EnterDanger: _allowed, ReportDanger: _allowed}
DANGER_ADDERS: Final[Mapping[type[Any], Callable[..., _Added]]] = {EnterDanger: _entered, ReportDanger: _reported}
