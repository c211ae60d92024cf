"""The index of a docket: what is to be known of all its cases without reading any of their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Final

import attrs

from yizheng.calendar import moment
from yizheng.case import Status
from yizheng.docket.records import COMES_FROM, FACTS, REHEARSAL, REHEARSED, due_of, duties_of, origins_of
from yizheng.errors import BrokenRecord, InvalidValue, shown
from yizheng.stages import Duty
from yizheng.store import AsyncStore
from yizheng.values import name

__all__ = ["CaseDuty", "CaseLine", "Index"]


@attrs.frozen(kw_only=True)
class CaseDuty:
    """What must happen next in a case of the docket.

    Attributes:
        case: the id of the case.
        duty: what, by when, by whom.
    """

    case: str
    duty: Duty


@attrs.frozen(kw_only=True)
class CaseLine:
    """A case of the docket in one line.

    Attributes:
        case: the id of the case.
        procedure: the id of its procedure.
        category: the category of its matter.
        status: ``"open"`` or ``"ended"``.
        stage: where it stands; ``None`` once it has ended, and while its batch holds it.
        outcome: how it ended.
        batch: the batch that it was opened in.
        due: the end of the next period that runs in it (UTC).
        version: how many entries its record has.
    """

    case: str
    procedure: str
    category: str
    status: str
    stage: str | None
    outcome: str | None
    batch: str | None
    due: datetime | None
    version: int


class Index:
    """What a docket finds its cases by. Rehearsals are found by a docket in rehearsal, and by no other.

    Args:
        store: what keeps the index facts, beside the records and in the same transactions.
        rehearsal: whether the docket is one in rehearsal.
    """

    def __init__(self, store: AsyncStore, *, rehearsal: bool) -> None:
        self._store = store
        self._rehearsal = rehearsal

    async def find(self, **facts: str) -> tuple[str, ...]:
        """The ids of the cases to which all of these apply, sorted."""
        _check_names(facts, "found", FACTS | {COMES_FROM})
        origin = facts.pop(COMES_FROM, None)
        found = await self._found(facts)
        return found if origin is None else await self._from(name(origin, COMES_FROM), found)

    async def _found(self, facts: dict[str, str]) -> tuple[str, ...]:
        """Those to which facts apply of which a case has one each."""
        if (status := facts.get("status")) is not None and status not in [each.value for each in Status]:
            raise InvalidValue(f"no case has the status {shown(status)}; write {' or '.join(Status)}")
        if self._rehearsal:
            return await self._store.find(**facts, **{REHEARSAL: REHEARSED})
        found = await self._store.find(**facts)
        rehearsed = await self._rehearsed()
        return tuple([case_id for case_id in found if case_id not in rehearsed]) if rehearsed else found

    async def _from(self, origin: str, found: tuple[str, ...]) -> tuple[str, ...]:
        """Those of them that came from a matter."""
        known = await self._store.facts_of(COMES_FROM)
        return tuple([each for each in found if each in known and origin in origins_of(each, known[each])])

    async def cases(self, **facts: str) -> tuple[CaseLine, ...]:
        """The cases to which all of these apply, a line each, sorted by their ids."""
        found = await self.find(**facts)
        known = {fact: await self._store.facts_of(fact) for fact in (*FACTS, "due", "version")}
        return tuple([_line(case_id, {fact: of.get(case_id) for fact, of in known.items()}) for case_id in found])

    async def counts(self, *by: str, **facts: str) -> dict[tuple[str | None, ...], int]:
        """How many cases there are of each kind, sorted."""
        _check_names(by, "counted", FACTS)
        found = await self.find(**facts)
        known = [await self._store.facts_of(each) for each in by]
        counted = Counter([tuple([of.get(case_id) for of in known]) for case_id in found])
        return dict(sorted(counted.items(), key=_in_order))

    async def due(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What must happen next in all cases, the soonest first."""
        return await self._duties(moment(at, "at"), None)

    async def overdue(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What should have happened before, in all cases, the longest overdue first."""
        now = moment(at, "at")
        late = {each for each, due in (await self._store.facts_of("due")).items() if due_of(each, due) < now}
        return tuple([each for each in await self._duties(now, late) if each.duty.overdue]) if late else ()

    async def _duties(self, now: datetime, of: Collection[str] | None) -> tuple[CaseDuty, ...]:
        found: list[CaseDuty] = []
        duties = await self._store.facts_of("duties")
        rehearsed = await self._rehearsed()
        for case_id, stored in duties.items():
            if (case_id in rehearsed) is not self._rehearsal or (of is not None and case_id not in of):
                continue
            for duty in duties_of(case_id, stored):
                overdue = duty.until is not None and duty.until < now
                found.append(CaseDuty(case=case_id, duty=attrs.evolve(duty, overdue=overdue)))
        return tuple(sorted(found, key=_soonest))

    async def _rehearsed(self) -> Collection[str]:
        """The rehearsals in the store. Asked for last, so that none is missing that was opened while others were found."""
        return (await self._store.facts_of(REHEARSAL)).keys()


def _check_names(names: Collection[str], what: str, known: Collection[str]) -> None:
    if foreign := sorted({str(each) for each in names} - {*known}):
        raise InvalidValue(
            f"cases are not {what} by {', '.join(foreign)}; they are {what} by {', '.join(sorted(known))}"
        )


def _line(case_id: str, facts: Mapping[str, str | None]) -> CaseLine:
    due, version = facts["due"], facts["version"]
    if version is None or not (version.isascii() and version.isdigit() and len(version) <= _DIGITS):
        raise BrokenRecord(f"the index says of case {case_id!r} that it has {shown(version)} entries")
    return CaseLine(
        case=case_id,
        procedure=facts["procedure"] or "",
        category=facts["category"] or "",
        status=facts["status"] or "",
        stage=facts["stage"],
        outcome=facts["outcome"],
        batch=facts["batch"],
        due=None if due is None else due_of(case_id, due),
        version=int(version),
    )


def _in_order(counted: tuple[tuple[str | None, ...], int]) -> tuple[tuple[bool, str], ...]:
    return tuple((each is not None, each or "") for each in counted[0])


def _soonest(found: CaseDuty) -> tuple[bool, datetime, str]:
    until = found.duty.until
    return (until is None, _NEVER if until is None else until, found.case)


_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_DIGITS: Final = 19  # of the greatest number that a store can keep
