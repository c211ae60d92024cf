"""Archive (立卷归档): the papers of a dispute are put on file together (People's Mediation Law art. 27)."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import attrs

from yizheng.reasons import FILE_INCOMPLETE
from yizheng.stages.base import Act, Action, Brings, Decided, Dossier, Effect, Ends, Phases, StageBase
from yizheng.stages.danger import DANGER_ADDERS, DANGER_BRINGS, DANGER_DECIDERS, danger_faults, watched
from yizheng.stages.parties import MEDIATION_LAW
from yizheng.text import Text
from yizheng.values.doors import one_of, several
from yizheng.values.names import name

__all__ = ["Archive", "DisputePaper", "PutOnFile"]


class DisputePaper(enum.StrEnum):
    """A paper that is kept (art. 27)."""

    REGISTER = "register"
    """调解登记."""
    RECORD = "record"
    """调解工作记录."""
    AGREEMENT = "agreement"
    """调解协议书."""


def _papers(values: Iterable[DisputePaper | str]) -> frozenset[DisputePaper]:
    return frozenset([one_of(DisputePaper, value, "paper") for value in several(values, "papers")])


@attrs.frozen(kw_only=True)
class PutOnFile(Action):
    """Put the papers of the dispute on file.

    Attributes:
        reference: the number of the file.
        papers: which papers are in it.
    """

    kind: ClassVar[str] = "put_on_file"
    title: ClassVar[Text] = Text("立卷归档", "put on file")
    reference: str = attrs.field(converter=name)
    papers: frozenset[DisputePaper] = attrs.field(converter=_papers)


def _put(stage: Archive, act: Act, _progress: None, dossier: Dossier) -> Decided:
    reasons = danger_faults(dossier)
    if missing := _asked(stage, dossier) - act.action.papers:
        reasons.append(FILE_INCOMPLETE(MEDIATION_LAW(article="27"), missing=missing))
    return reasons or Effect(outcome="archived")


def _asked(stage: Archive, dossier: Dossier) -> frozenset[DisputePaper]:
    """What must be on file; of an agreement by word of mouth the record tells, and there is no paper of its own (art. 28)."""
    agreement = None if dossier.dispute is None else dossier.dispute.agreement
    oral = agreement is not None and not agreement.written
    return stage.papers - {DisputePaper.AGREEMENT} if oral else stage.papers


def _filed(_stage: Archive, _act: Act, _effect: Effect, _progress: None, dossier: Dossier) -> tuple[None, Dossier]:
    return None, dossier


@attrs.frozen(kw_only=True)
class Archive(StageBase):
    """Keep what was registered, recorded and agreed.

    Attributes:
        papers: what must be on file.
    """

    kind: ClassVar[str] = "archive"
    phases: ClassVar[Phases] = watched({"waiting": {PutOnFile: "closed"}, "closed": {}})
    ends: ClassVar[Ends] = {"archived": frozenset({"closed"})}
    next_: ClassVar = {"waiting": PutOnFile}
    brings: ClassVar[Brings] = {**DANGER_BRINGS, PutOnFile: frozenset({"archived"})}
    deciders: ClassVar[Mapping[type[Any], Callable[..., Decided]]] = {**DANGER_DECIDERS, PutOnFile: _put}
    adders: ClassVar[Mapping[type[Any], Callable[..., tuple[None, Dossier]]]] = {**DANGER_ADDERS, PutOnFile: _filed}

    papers: frozenset[DisputePaper] = attrs.field(
        default=frozenset({DisputePaper.REGISTER, DisputePaper.RECORD}), converter=_papers
    )

    def start(self) -> None:
        """Nothing is on file yet."""
