"""What can be done with the matters of a batch: together through the shared stages, then one by one."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from yizheng.case.entry import Entry, first_dossier
from yizheng.case.opening import Open, OpenBatch, Sittings, Within, as_listed
from yizheng.case.shared import TakeUp
from yizheng.reasons import (
    ALREADY_ASKED,
    APART,
    BACKDATED,
    BATCH_EMPTY,
    CASE_OF_BATCH,
    IN_BATCH,
    NO_BATCH,
    NO_ROLL,
    NOT_IN_BATCH,
    NOT_ON_ROLL,
    ONE_BY_ONE,
    TOGETHER,
    Reason,
)
from yizheng.stages import (
    Act,
    Adjourn,
    AskSplit,
    Convene,
    Dossier,
    Effect,
    Leaving,
    OrderCorrection,
    Release,
    SplitOut,
    TakeAttendance,
    Withdraw,
)
from yizheng.stages.anywhere import EVERYWHERE
from yizheng.stages.base import NO_EFFECT, NO_ITEMS
from yizheng.stages.deliberation.words import MEETINGS
from yizheng.stages.leaving import LEAVING, way_of
from yizheng.values import FrozenMap

if TYPE_CHECKING:
    from yizheng.case.case import Case

__all__ = ["absent_faults", "gone_on", "held_faults", "is_ready", "leaving", "taking_up_faults", "way_out"]

_ONE_SITTING: Final = frozenset({Convene, TakeAttendance, Adjourn})
"""What is done once where the matters of a batch are resolved in one sitting; all else is each matter's own."""

_OF_ALL: Final = frozenset({*LEAVING, Withdraw, OrderCorrection})
"""What asks for a matter that is still there."""


def held_faults(case: Case, kind: Any) -> list[Reason]:
    """Why an act is put to the wrong record: to a matter that its batch holds, or to a batch whose matters are apart."""
    dossier = case.dossier
    if not dossier.is_batch:
        return [IN_BATCH(batch=dossier.batch)]
    if not dossier.items and (kind in _OF_ALL or kind not in EVERYWHERE):
        return [BATCH_EMPTY(batch=case.id)]
    if kind in EVERYWHERE or case.stage in case.procedure.shared:
        return []
    if case.stage == case.procedure.deciding and kind in _ONE_SITTING:
        return [APART()] if _opened(case).sittings is Sittings.SEPARATE else []
    return [ONE_BY_ONE(action=kind.title)]


def _opened(batch: Case) -> OpenBatch:
    opened = batch.entries[0].action
    assert isinstance(opened, OpenBatch)
    return opened


def absent_faults(case: Case, action: SplitOut | AskSplit | Release) -> list[Reason]:
    """Why nothing can leave here: this is no batch, the matter is not in it, or it is not ready."""
    dossier = case.dossier
    if not dossier.is_batch:
        return [NO_BATCH()]
    if action.item is not None and action.item not in dossier.items:
        return [NOT_IN_BATCH(item=action.item, batch=case.id)]
    return [TOGETHER()] if isinstance(action, Release) and not is_ready(case) else []


def leaving(case: Case, act: Act) -> Effect | list[Reason]:
    """The effect of taking a matter out of the batch, of asking for it, or of releasing matters, or what stands against it.

    That a matter may be withdrawn or held over, the case says.
    """
    action: SplitOut | AskSplit | Release = act.action
    if absent := absent_faults(case, action):
        return absent
    return _asking(case, action, act.by, case.dossier) if isinstance(action, AskSplit) else NO_EFFECT


def _asking(case: Case, action: AskSplit, by: str, dossier: Dossier) -> Effect | list[Reason]:
    sitting = getattr(case.progress, "sitting", None)
    called = () if sitting is None else (sitting.roll,)
    if not any(by in roll for roll in (*dossier.rolls.values(), *called)):
        rolls, bodies = dossier.rolls, [body.id for body in case.procedure.bodies] or [case.id]
        return [NOT_ON_ROLL(member=by, body=body) if body in rolls else NO_ROLL(body=body) for body in bodies]
    if (action.item, by) in dossier.split_askers:
        return [ALREADY_ASKED(by=by, item=action.item)]
    needed = _opened(case).requests
    asked = dossier.split_asked.get(action.item, 0) + 1
    return Effect(carried={"asked": asked, "splits": needed is not None and asked >= needed})


def is_ready(batch: Case) -> bool:
    """Whether the matters of a batch can be released.

    That is when it has come to a stage that is not shared; in one sitting, when attendance was taken, or when the vote
    in writing was called.
    """
    procedure, stage = batch.procedure, batch.stage
    if stage is None or stage in procedure.shared:
        return False
    if stage != procedure.deciding:
        return True
    sitting = getattr(batch.progress, "sitting", None)
    if sitting is None:
        return _opened(batch).sittings is not Sittings.ONE
    return batch.phase == "sitting" or (batch.phase == "called" and sitting.mode not in MEETINGS)


def way_out(batch: Case, item: str) -> Leaving | None:
    """How a matter left the batch by its last entry; ``None`` where it did not."""
    last = batch.entries[-1]
    return way_of(last.action, last.effect) if item in batch.dossier.leaving else None


def gone_on(batch: Dossier, opening: Entry, taking: Entry, how: Leaving | None) -> Dossier:
    """What is established of a matter when it goes on by itself from where its batch stands.

    Args:
        batch: what the record of the batch has established.
        opening: the opening of the matter.
        taking: the entry by which it is taken up.
        how: how it left; ``None`` where the batch has come to an end.
    """
    if how is Leaving.HELD_OVER:
        # It begins anew: what was surveyed, asked for and revised together does not count for it.
        anew = first_dossier(opening)
        held, adopted, danger = batch.offices, batch.adopted, batch.danger
        begun = attrs.evolve(anew, batch=None, entered=taking.at, since=taking.at)
        return attrs.evolve(begun, offices=held, adopted=adopted, danger=danger)
    assert isinstance(opening.action, Open)
    matter, competition = opening.action.matter, batch.competition
    return attrs.evolve(
        batch,
        matter=matter,
        batch=None,
        items=NO_ITEMS,
        leaving=frozenset[str](),
        split_asked=FrozenMap[str, int](),
        split_askers=frozenset[tuple[str, str]](),
        competition=competition.of_matter if competition is not None and matter.id in competition.items else None,
    )


def taking_up_faults(case: Case, batch: Case, at: datetime) -> list[Reason]:
    """Why a matter cannot be taken up from where a batch stands, at this moment: it is, when it was let go."""
    opened = case.entries[0].action
    assert isinstance(opened, Open)
    if opened.within is None or case.dossier.batch is None:
        return [NO_BATCH()]
    if not batch.dossier.is_batch:
        return [CASE_OF_BATCH(batch=batch.id)]
    meant = opened.within == Within(batch.id, batch.entries[0].digest) and case.rehearsal == batch.rehearsal
    if not (meant and _is_listed(opened, batch)):
        return [CASE_OF_BATCH(batch=batch.id)]
    if way_out(batch, case.id) is None:
        if case.id not in batch.dossier.items:
            return [NOT_IN_BATCH(item=case.id, batch=batch.id)]
        if batch.stage is not None:
            return [IN_BATCH(batch=batch.id)]
    let_go = batch.entries[-1].at
    return [] if at == let_go else [BACKDATED(action=TakeUp.title, at=at, since=let_go)]


def _is_listed(opened: Open, batch: Case) -> bool:
    """Whether a batch was opened for a matter as it was opened itself, and by the same procedure."""
    listed = _opened(batch)
    place = bisect_left(listed.items, opened.matter.id, key=lambda item: item.id)
    found = [as_listed(each, listed.procedure) for each in listed.items[place : place + 1]]
    return found == [as_listed(opened.matter, listed.procedure)] and listed.procedure.digest == opened.procedure.digest
