"""Cases from the records of a store, with what their records refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import msgspec

from yizheng.canonical import Kept, digest
from yizheng.case import Case, Shared, TakeUp
from yizheng.docket.records import record_of
from yizheng.errors import BrokenRecord, InvalidValue, NoSuchCase
from yizheng.people import Roll
from yizheng.procedure import Kinds, Procedure
from yizheng.store import Record, Store

__all__ = ["Reader"]

PARTS_KNOWN: Final = 256
"""How many rolls and procedures a docket keeps at hand, so that a case is read without taking them apart again."""

SHARED_KNOWN: Final = 64
"""How many records of batches a docket keeps at hand, so that their matters are read without reading them again."""


class _Taken(msgspec.Struct):
    batch: str
    entries: int
    shared: str


class _Payload(msgspec.Struct):
    action: _Taken


class Reader:
    """Reads cases, and keeps at hand what many of them refer to.

    Args:
        store: where they are kept.
        kinds: the kinds of stages and actions that may occur.
    """

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds
        self._parts: dict[str, Kept] = {}
        self._shared: dict[str, Shared] = {}

    def case(self, case_id: str) -> Case:
        """The case of this id."""
        records, stored = self._store.load(case_id)
        if not records:
            raise NoSuchCase(case_id)
        return self._read(records, {part: self._part(part, data) for part, data in stored.items()})

    def held(self, case_id: str, batch: Case) -> Case:
        """The case of a matter that its batch holds: it refers to nothing that the batch does not."""
        records = self._store.read(case_id)
        if not records:
            raise NoSuchCase(case_id)
        return self._read(records, dict(batch.parts))

    def _read(self, records: Sequence[Record], parts: dict[str, Kept]) -> Case:
        for record in records:
            if record.kind == TakeUp.kind:
                parts |= self._shared_by(record)
        entries = [(record.payload, record.private, record.digest) for record in records]
        case = Case.read(entries, kinds=self._kinds, parts=parts)
        for record, entry in zip(records, case.entries, strict=True):
            if record != attrs.evolve(record_of(case.id, entry), private=record.private):
                raise BrokenRecord(f"entry {entry.number} is stored beside other columns than it says", entry.number)
        return case

    def _shared_by(self, record: Record) -> Mapping[str, Kept]:
        """The record of the batch to which an entry refers: as many entries of it as there were."""
        try:
            taken = _read_taken(record.payload).action
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BrokenRecord(f"entry {record.version} is not stored as it must be: {error}", record.version) from None
        if taken.shared not in self._shared:
            records, stored = self._store.load(taken.batch)
            if not 0 < taken.entries <= len(records):
                raise BrokenRecord(
                    f"entry {record.version} goes on from entry {taken.entries} of batch {taken.batch!r}, which has "
                    f"{len(records)}",
                    record.version,
                )
            parts = {part: self._part(part, data) for part, data in stored.items()}
            self.keep(Shared(self._read(records[: taken.entries], parts)))
        return {} if taken.shared not in self._shared else {taken.shared: self._shared[taken.shared]}

    def keep(self, shared: Shared) -> None:
        """Keep the record of a batch at hand."""
        if len(self._shared) >= SHARED_KNOWN:
            self._shared.clear()
        self._shared[shared.digest] = shared

    def _part(self, claimed: str, stored: bytes) -> Kept:
        """A roll or a procedure. Its digest is looked at each time; what it says is read once for each digest."""
        if digest(stored) != claimed:
            raise BrokenRecord(f"the part {claimed} does not have its digest")
        part = self._parts.get(claimed)
        if part is None:
            if len(self._parts) >= PARTS_KNOWN:
                self._parts.clear()
            part = self._parts[claimed] = self._read_part(claimed, stored)
        return part

    def _read_part(self, claimed: str, stored: bytes) -> Kept:
        try:
            data: Any = msgspec.json.decode(stored)
            return Roll.from_data(data) if "members" in data else Procedure.from_data(data, self._kinds)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidValue, KeyError, TypeError) as error:
            raise BrokenRecord(f"the part {claimed} cannot be read: {error!r}") from error


_read_taken = msgspec.json.Decoder(_Payload).decode
