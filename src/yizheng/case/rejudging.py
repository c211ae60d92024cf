# It does what a case does, for a definition that is not its own.
# pyright: reportPrivateUsage=false
"""A record judged again: what a definition would have said to each of its entries.

The record is followed to where it went. What the definition would have refused happened nevertheless, and is added up where
it has a place, so that one departure draws no others after it; what it would have accepted goes on with its own rules and
periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import msgspec

from yizheng.calendar import PLAIN_DAYS, Calendar, local_day, zone
from yizheng.case.case import Case, _order_faults, _who
from yizheng.case.entry import Entry
from yizheng.case.opening import Open
from yizheng.case.opening_faults import fact_faults
from yizheng.case.shared import Shared, TakeUp
from yizheng.case.together import way_out
from yizheng.errors import BrokenRecord, InvalidValue
from yizheng.procedure import Procedure
from yizheng.reasons import CONCERNED_WITHHELD, Reason
from yizheng.stages import Act, Destroy, Effect, FillPlaces, Leaving
from yizheng.stages.base import words_of
from yizheng.stages.deliberation.closing import placed

__all__ = ["Rejudged", "rejudged"]

_ASTRAY: Final = (AssertionError, AttributeError, KeyError, InvalidValue, BrokenRecord)
"""What adding up meets where an effect, or a progress, is not one of this definition."""


_WITHHELD: Final = frozenset({CONCERNED_WITHHELD.name})
"""The refusals of a record that lacks what another copy of it holds."""


@attrs.frozen(kw_only=True)
class Rejudged:
    """What a definition says to one entry.

    Attributes:
        entry: the entry.
        reasons: why it would have been refused.
        effect: what it would have brought about; ``None`` where it would have been refused, or was not judged.
        judged: whether it could be judged at all; not where a private value that it needs was withheld or destroyed, where
            it belongs to several records, and behind an entry that cannot be followed.
        before: the case as it stood before; ``None`` before the opening.
        after: the case after it; ``None`` where it cannot be followed.
        shared: where a matter goes on from its batch, what the definition says to the entries of that, the opening first;
            none where the matter begins anew, so that nothing of them counts for it.
    """

    entry: Entry
    reasons: tuple[Reason, ...] = ()
    effect: Effect | None = None
    judged: bool = True
    before: Case | None = None
    after: Case | None = None
    shared: tuple[Rejudged, ...] = ()


def rejudged(procedure: Procedure, entries: Sequence[Entry], calendar: Calendar = PLAIN_DAYS) -> tuple[Rejudged, ...]:
    """What a definition says to each entry of a record, in its order.

    Args:
        procedure: the definition.
        entries: the record, whole and in order.
        calendar: by which periods are reckoned.
    """
    shared = next((entry.action.shared for entry in entries if isinstance(entry.action, TakeUp)), None)
    batch = () if shared is None else rejudged(procedure, shared.case.entries, calendar)
    found = [_opened(procedure, entries[0])]
    for entry in entries[1:]:
        case = found[-1].after
        if case is None:
            found.append(Rejudged(entry=entry, judged=False))
        else:
            found.append(_next(case, entry, calendar, batch))
    return tuple(found)


def _opened(procedure: Procedure, entry: Entry) -> Rejudged:
    """The opening, by this definition."""
    action = entry.action
    assert isinstance(action, Open)
    opening = attrs.evolve(action, procedure=procedure)
    may = frozenset(office.id for office in procedure.offices if Open.kind in office.may)
    reasons = [] if entry.by is None else _who(entry.by, opening, may, opening.offices)
    withheld = frozenset([path.removeprefix("matter.private.") for path in entry.withheld])
    reasons += fact_faults(opening, local_day(entry.at, procedure.zone), withheld)
    case = Case._opened(msgspec.structs.replace(entry, action=opening))
    return Rejudged(entry=entry, reasons=_local(reasons, case), effect=None if reasons else entry.effect, after=case)


def _next(case: Case, entry: Entry, calendar: Calendar, batch: tuple[Rejudged, ...]) -> Rejudged:
    action: Any = entry.action
    if isinstance(action, TakeUp):
        return _taken_up(case, entry, batch)
    needed = entry.withheld - words_of(type(entry.action))  # nothing is judged by what free words say
    if needed or entry.by is None or isinstance(action, FillPlaces):
        return Rejudged(entry=entry, judged=False, before=case, after=_followed(case, entry))
    asked = Act(action, entry.at, entry.recorded_at, entry.by, calendar, case.dossier.zone)
    last = case._entries.last.recorded_at
    if isinstance(action, Destroy):
        reasons = _order_faults(asked, last) + _who(entry.by, action, case.procedure.destroyers, case.offices)
        return _said(case, entry, reasons or entry.effect)
    try:
        decided = case._decide(asked, last, alone=entry.effect.placing is None)
        if isinstance(decided, Effect) and entry.effect.placing is not None:
            stage: Any = case._place.stage
            decided = placed(stage, asked, decided, entry.effect.placing)
    except _ASTRAY:
        return Rejudged(entry=entry, judged=False, before=case)
    return _said(case, entry, decided)


def _said(case: Case, entry: Entry, decided: Effect | list[Reason]) -> Rejudged:
    if isinstance(decided, list):
        if any(reason.code in _WITHHELD for reason in decided):
            return Rejudged(entry=entry, judged=False, before=case, after=_followed(case, entry))
        return Rejudged(entry=entry, reasons=_local(decided, case), before=case, after=_followed(case, entry))
    # It goes on with the rule, the periods and the days of this definition, and to where the record went.
    alike = decided.outcome == entry.effect.outcome
    after = _followed(case, entry, decided) if alike else _followed(case, entry)
    return Rejudged(entry=entry, effect=decided, before=case, after=after or _followed(case, entry, decided))


def _followed(case: Case, entry: Entry, effect: Effect | None = None) -> Case | None:
    """The case after an entry as it stands, or with another effect; ``None`` where it has no place here."""
    added = entry if effect is None else msgspec.structs.replace(entry, effect=effect)
    try:
        if isinstance(entry.action, FillPlaces):
            return case._filled(added)
        if isinstance(entry.action, Destroy):
            return case._destroyed(added)
        if type(entry.action) not in case._place.may:
            return None
        return case._step(
            added, Act(entry.action, entry.at, entry.recorded_at, entry.by or "", PLAIN_DAYS, case.dossier.zone)
        )
    except _ASTRAY:
        return None


def _taken_up(case: Case, entry: Entry, again: tuple[Rejudged, ...]) -> Rejudged:
    """A matter goes on from where its batch stands by this definition."""
    batch = again[-1].after if again else None
    if batch is None or case.dossier.batch is None:
        return Rejudged(entry=entry, judged=False, before=case)
    action = TakeUp(Shared(batch), batch.id, batch.version)
    try:
        after = case._taken_up(msgspec.structs.replace(entry, action=action))
    except _ASTRAY:
        return Rejudged(entry=entry, judged=False, before=case)
    shared = () if way_out(batch, case.id) is Leaving.HELD_OVER else again
    return Rejudged(entry=entry, effect=entry.effect, before=case, after=after, shared=shared)


def _local(reasons: list[Reason], case: Case) -> tuple[Reason, ...]:
    return tuple([reason.in_zone(zone(case.dossier.zone)) for reason in reasons])
