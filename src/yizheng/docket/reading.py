"""Cases from the records of a store, with what their records refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import attrs
import msgspec

from yizheng.canonical import Kept, digest
from yizheng.case import Case, OpenBatch, Shared, TakeUp
from yizheng.codec import Unread
from yizheng.docket.at_hand import AtHand, Seen
from yizheng.docket.records import Parts, facts_of, record_of, records_of, write_of
from yizheng.errors import BrokenRecord, InvalidValue, NoSuchCase, UnknownKind, VersionConflict, shown
from yizheng.people import Roll
from yizheng.procedure import Kinds, Procedure
from yizheng.proofs import Damage, Report, verify
from yizheng.store import AsyncStore, Record, Write
from yizheng.values import GrowingList

__all__ = ["Reader"]

PARTS_KNOWN: Final = 256
"""How many rolls and procedures a docket keeps at hand, so that a case is read without taking them apart again."""

SMALL_PART: Final = 65_536
"""Up to how many bytes a part is kept as it is stored too: comparing them is quicker than their digest."""

BATCHES_KNOWN: Final = 16
"""How many batches a docket keeps at hand, so that each of their matters is read without taking them apart again."""


class _Taken(msgspec.Struct):
    batch: str
    entries: int
    shared: str


class _Payload(msgspec.Struct):
    action: _Taken


@attrs.frozen
class _Known:
    """A batch as it was read.

    Attributes:
        records: its records.
        cases: the batch after each of them.
    """

    records: tuple[Record, ...]
    cases: tuple[Case, ...]


class Reader:
    """Reads cases, and keeps at hand what many of them refer to.

    A batch is read for each of its matters. Its opening, which lists them all and holds nothing that is private, is read
    once; of the rest, only what is not stored as it was before is taken apart again, so that nothing that was destroyed
    in the store lives on here.

    Whoever acts upon a case needs to know that it is where it was, and not the whole of it again: its last record, which
    bears the digest of all before, is held against the one that was seen, and what was added since is read on from it.

    Args:
        store: where they are kept.
        kinds: the kinds of stages and actions that may occur.
    """

    def __init__(self, store: AsyncStore, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds
        self._parts: dict[str, Kept] = {}
        self._small: dict[str, bytes] = {}
        self._batches: dict[str, _Known] = {}
        self._at_hand = AtHand()

    async def case(self, case_id: str) -> Case:
        """The case of this id, with every record of it read."""
        if isinstance(case_id, str) and case_id in self._batches and (cases := await self._batch(case_id)):
            return cases[-1]
        if case := await self._known(case_id):
            return case
        records, stored = await self._store.load(case_id)
        if not records:
            raise NoSuchCase(case_id)
        if records[0].kind == OpenBatch.kind:
            return (await self._batch(case_id))[-1]
        case = await self._read(records, self._taken_apart(stored))
        self._at_hand.keep(Seen(case, GrowingList(records), {}))
        return case

    async def current(self, case_id: str) -> Case:
        """The case of this id, for an act upon it: of what was read before, the last record alone is read again."""
        if isinstance(case_id, str) and case_id in self._batches and (cases := await self._batch(case_id, quick=True)):
            return cases[-1]
        return await self._known(case_id, quick=True) or await self.case(case_id)

    async def _known(self, case_id: str, *, quick: bool = False) -> Case | None:
        """The case of this id, if it is at hand and the store still has what was seen of it.

        Args:
            case_id: which case.
            quick: whether of what was seen the last record alone is read again.
        """
        seen = self._at_hand.get(case_id) if isinstance(case_id, str) else None
        if seen is None:
            return None
        after = len(seen.records) - 1 if quick else 0
        if quick:
            records = await self._store.read(case_id, after=after)
        else:
            records, stored = await self._store.load(case_id)
            kept = self._taken_apart(stored)
            if any(each not in kept for each, part in seen.case.parts.items() if not isinstance(part, Shared)):
                records = ()  # what it refers to is gone, as whoever reads it whole finds
        known = seen.records[after:]
        same, more = tuple(records[: len(known)]) == known, records[len(known) :]
        if same and await self._is_shared_still(seen.case, quick=quick):
            if not more:
                return seen.case
            with suppress(BrokenRecord):  # it is broken indeed, or goes on with a roll that it did not have
                if _READ_WHOLE.isdisjoint([record.kind for record in more]):
                    case = self._checked(more, dict(seen.case.parts), seen.case)
                    self._at_hand.keep(Seen(case, _added(seen.records, more), {}))
                    return case
        self._at_hand.drop(case_id)
        return None

    async def _is_shared_still(self, case: Case, *, quick: bool) -> bool:
        """Whether what a matter shares with others is as it was: values may have been destroyed there since."""
        for part in case.parts.values():
            if isinstance(part, Shared):
                cases = await self._batch(part.case.id, quick=quick)
                if len(cases) < part.case.version or cases[part.case.version - 1] is not part.case:
                    return False
        return True

    async def keep(self, *changes: tuple[Case, Case | None]) -> None:
        """Write what cases have come to since they were read, all of it or nothing.

        Args:
            changes: each case with what it was before; ``None`` where it is new.
        """
        made: Parts = {}
        writes: list[Write] = []
        then: list[Seen] = []
        for case, before in changes:
            seen = self._at_hand.get(case.id)
            known = seen if seen is not None and seen.case is before else None
            facts = facts_of(case)
            write = write_of(case, before, made, _changed(facts, before, known))
            writes.append(write)
            if write.records and case.dossier.batch is None:
                if known is None or write.private:
                    records = GrowingList(records_of(case))
                else:
                    records = _added(known.records, write.records)
                then.append(Seen(case, records, facts))
        await self._store.append(*writes)
        if any(write.private for write in writes):  # what was destroyed does not live on here
            self._batches.clear()
            self._at_hand.clear()
        for seen in then:
            self._at_hand.keep(seen)

    async def reindex(self, case: Case) -> bool:
        """Make the index facts of a case those of its record; whether they were others."""
        facts, known = facts_of(case), await self._store.facts(case.id)
        changed = {name: value for name, value in facts.items() if known.get(name) != value}
        changed |= dict.fromkeys(known.keys() - facts.keys())
        if not changed:
            return False
        with suppress(VersionConflict):  # somebody has written meanwhile, and the facts with it
            await self._store.append(Write(stream=case.id, expected=case.version, facts=changed))
        return True

    async def held(self, case_id: str, batch: Case) -> Case:
        """The case of a matter that its batch holds: it is an opening, and refers to nothing that the batch does not.

        Raises:
            VersionConflict: when it has left the batch in the meantime.
        """
        records = await self._store.read(case_id)
        if len(records) != 1:
            raise VersionConflict(case_id, 1, len(records))
        return await self._read(records, dict(batch.parts))

    async def batch_of(self, case: Case) -> Case:
        """The batch that holds a matter, for an act upon that matter."""
        batch_id = str(case.dossier.batch)
        if cases := await self._batch(batch_id, quick=True):
            return cases[-1]
        raise BrokenRecord(f"entry 1 names batch {shown(batch_id)}, of which there is no record", 1)

    async def report(self, case_id: str) -> Report:
        """What is wrong with the record of this id, if anything. Nothing that was kept at hand is relied on."""
        fresh = Reader(self._store, self._kinds)
        try:
            records, stored = await self._store.load(case_id)
        except BrokenRecord as error:
            number, why = error.number, str(error)
            return Report(entries=0, damage=Damage.CHANGED, number=number, stream=case_id, detail=why)
        if not records:
            raise NoSuchCase(case_id)
        parts: dict[str, Kept] = {}
        for part, data in stored.items():
            with suppress(BrokenRecord):  # whichever entry refers to it is found
                try:
                    parts[part] = fresh._part(part, data)
                except UnknownKind as unknown:
                    parts[part] = Unread(part, unknown)
        for record in records:
            if record.kind == TakeUp.kind:
                with suppress(BrokenRecord):
                    try:
                        parts |= await fresh._shared_by(record)
                    except UnknownKind as unknown:
                        shared = _read_taken(record.payload).action.shared
                        parts[shared] = Unread(shared, unknown)
        return attrs.evolve(verify(records, kinds=self._kinds, parts=parts), stream=case_id)

    async def _read(self, records: Sequence[Record], parts: dict[str, Kept]) -> Case:
        for record in records:
            if record.kind == TakeUp.kind:
                parts |= await self._shared_by(record)
        return self._checked(records, parts)

    def _checked(self, records: Sequence[Record], parts: dict[str, Kept], after: Case | None = None) -> Case:
        """The case of records, which stand beside the columns that they say."""
        entries = [(record.payload, record.private, record.digest) for record in records]
        case = Case.read(entries, kinds=self._kinds, parts=parts, after=after)
        for record, entry in zip(records, case.entries[-len(records) :], strict=True):
            if record != record_of(case.id, entry, record.private):
                raise BrokenRecord(f"entry {entry.number} is stored beside other columns than it says", entry.number)
        return case

    async def _batch(self, batch_id: str, *, quick: bool = False) -> tuple[Case, ...]:
        """A batch after each of its entries; empty where no batch of this id is stored.

        Args:
            batch_id: which batch.
            quick: whether of what was read before the last record alone is read again.
        """
        known = self._batches.get(batch_id)
        if known is not None:
            before = known.records[: len(known.records) - 1 if quick else 1]
            records = before + await self._store.read(batch_id, after=len(before))
            same = len(known.records) if records == known.records else _alike(records, known.records)
            cases, more = known.cases[:same], records[same:]
            with suppress(BrokenRecord):  # it is broken indeed, or goes on with a roll that it did not have
                if more and same == len(known.records):
                    return self._keep(batch_id, records, self._onward(cases, more, dict(cases[-1].parts)))
            if len(records) == len(known.records) == same:
                return cases
            self._batches.pop(batch_id, None)
        records, stored = await self._store.load(batch_id)
        if not records or records[0].kind != OpenBatch.kind:
            return ()
        return self._keep(batch_id, records, self._onward((), records, self._taken_apart(stored)))

    def _onward(self, cases: tuple[Case, ...], records: Sequence[Record], parts: dict[str, Kept]) -> tuple[Case, ...]:
        further = list(cases)
        for record in records:
            further.append(self._checked([record], parts, further[-1] if further else None))
        return tuple(further)

    def _keep(self, batch_id: str, records: tuple[Record, ...], cases: tuple[Case, ...]) -> tuple[Case, ...]:
        if len(self._batches) >= BATCHES_KNOWN and batch_id not in self._batches:
            self._batches.clear()
        if records[0].private is None:
            self._batches[batch_id] = _Known(records, cases)
        return cases

    async def _shared_by(self, record: Record) -> Mapping[str, Kept]:
        """The record of the batch to which an entry refers: as many entries of it as there were."""
        try:
            taken = _read_taken(record.payload).action
            cases = await self._batch(taken.batch)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidValue) as error:
            raise BrokenRecord(f"entry {record.version} is not stored as it must be: {error}", record.version) from None
        if not 0 < taken.entries <= len(cases):
            raise BrokenRecord(
                f"entry {record.version} goes on from entry {taken.entries} of batch {shown(taken.batch)}, which has "
                f"{len(cases)}",
                record.version,
            )
        shared = Shared(cases[taken.entries - 1])
        return {shared.digest: shared}

    def _taken_apart(self, stored: Mapping[str, bytes]) -> dict[str, Kept]:
        return {part: self._part(part, data) for part, data in stored.items()}

    def _part(self, claimed: str, stored: bytes) -> Kept:
        """A roll or a procedure. Its bytes or their digest are looked at each time; what it says is read once for each digest."""
        part = self._parts.get(claimed)
        if part is not None and self._small.get(claimed) == stored:
            return part
        if not isinstance(stored, bytes) or digest(stored) != claimed:  # a file may have been changed with other tools
            raise BrokenRecord(f"the part {claimed} does not have its digest")
        if part is None:
            if len(self._parts) >= PARTS_KNOWN:
                self._parts.clear()
                self._small.clear()
            if len(stored) <= SMALL_PART:
                self._small[claimed] = stored
            part = self._parts[claimed] = self._read_part(claimed, stored)
        return part

    def _read_part(self, claimed: str, stored: bytes) -> Kept:
        try:
            data: Any = msgspec.json.decode(stored)
            return Roll.from_data(data) if "members" in data else Procedure.from_data(data, self._kinds)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidValue, KeyError, TypeError) as error:
            raise BrokenRecord(f"the part {claimed} cannot be read: {error!r}") from error


_READ_WHOLE: Final = frozenset({TakeUp.kind})
"""What an entry may be after which a case is read anew: what it refers to is not among the parts of the case."""


def _alike(records: Sequence[Record], known: Sequence[Record]) -> int:
    """How many records are stored as they were before."""
    pairs = zip(records, known, strict=False)
    return next((place for place, (now, before) in enumerate(pairs) if now != before), min(len(records), len(known)))


def _added(records: GrowingList[Record], more: Iterable[Record]) -> GrowingList[Record]:
    for record in more:
        records = records.added(record)
    return records


def _changed(facts: Mapping[str, str | None], before: Case | None, known: Seen | None) -> dict[str, str | None]:
    """The index facts that are to be written: all, but for those that are known to be kept."""
    if known is not None and known.facts:
        return {name: value for name, value in facts.items() if known.facts[name] != value}
    return {name: value for name, value in facts.items() if before is not None or value is not None}


_read_taken = msgspec.json.Decoder(_Payload).decode
