"""Cases as records of a store: what is written of each, and by what it can be found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from yizheng.calendar import moment
from yizheng.canonical import canonical
from yizheng.case import Case, Entry, Shared, Status
from yizheng.codec import dump
from yizheng.errors import BrokenRecord, InvalidValue
from yizheng.stages import Destroy, Duty
from yizheng.store import Record, Write

__all__ = [
    "COMES_FROM",
    "FACTS",
    "REHEARSAL",
    "REHEARSED",
    "Parts",
    "due_of",
    "duties_of",
    "facts_of",
    "origins_of",
    "record_of",
    "records_of",
    "write_of",
]

FACTS: Final = frozenset({"procedure", "stage", "status", "category", "outcome", "batch"})
"""What a case has one of, by which it can be found and counted."""

COMES_FROM: Final = "comes_from"
"""What it may have several of, so that it can be found by each, and is not counted by any."""

REHEARSAL: Final = "rehearsal"
"""The name of the fact that a rehearsal has and a real record has not."""

REHEARSED: Final = "yes"
"""What that fact says."""

Parts = dict[str, bytes]
"""Rolls and procedures as they are written, by digest: each is taken apart once, for however many cases."""


def record_of(stream: str, entry: Entry, private: bytes | None) -> Record:
    """An entry as a store keeps it, with the private part that is kept beside it."""
    return Record(
        stream=stream,
        version=entry.number,
        kind=entry.action.kind,
        kind_version=entry.version,
        moment=entry.recorded_at,
        payload=entry.payload,
        private=private,
        digest=entry.digest,
        key=entry.key,
    )


def records_of(case: Case, after: int = 0) -> list[Record]:
    """The entries of a case that follow a version, as a store keeps them."""
    return [
        record_of(case.id, entry, canonical(entry.private()) if entry.sealed else None)
        for entry in case.entries[after:]
    ]


def write_of(case: Case, before: Case | None, made: Parts, facts: dict[str, str | None]) -> Write:
    """What a case has come to since it was read, as one write.

    Args:
        case: the case.
        before: the case as it was read; ``None`` for a new one.
        made: the parts that were written out already; those of this case are added.
        facts: the index facts that are to be written with it.
    """
    known = frozenset[str]() if before is None else frozenset(before.parts)
    after = 0 if before is None else before.version
    # What matters share is kept as the record of their batch, and not once more.
    new = [(part, kept) for part, kept in case.parts.items() if part not in known and not isinstance(kept, Shared)]
    made.update({part: canonical(kept.to_data()) for part, kept in new if part not in made})
    return Write(
        stream=case.id,
        expected=after,
        records=records_of(case, after),
        parts={part: made[part] for part, _ in new},
        facts=facts,
        private=_destroyed(case, after),
    )


def _destroyed(case: Case, after: int) -> dict[int, bytes | None]:
    """What is left of the private parts of entries that are kept already, where new ones say that values were destroyed."""
    acts = [entry.action for entry in case.entries[after:] if isinstance(entry.action, Destroy)]
    named = [each.entry for action in acts for each in action.values]
    left = {number: case.entries[number - 1].private() for number in named if number <= after}
    return {number: canonical(private) if private else None for number, private in left.items()}


def facts_of(case: Case) -> dict[str, str | None]:
    """What a case can be found by. A matter in a batch has no stage of its own yet, and a batch that all left none more."""
    duties, dossier = case.owed(), case.dossier
    held = dossier.batch is not None and not dossier.is_batch
    within = getattr(case.entries[0].action, "within", None)
    return {
        "procedure": case.procedure.id,
        "category": case.matter.category,
        "status": case.status.value,
        "stage": None if held or case.status is Status.ENDED else case.stage,
        "outcome": case.outcome,
        "batch": None if within is None else within.batch,
        "version": str(case.version),
        "due": min((_written(duty.until) for duty in duties if duty.until is not None), default=None),
        "duties": canonical([dump(duty) for duty in duties]).decode() if duties else None,
        COMES_FROM: canonical(sorted(case.matter.comes_from)).decode() if case.matter.comes_from else None,
        **({REHEARSAL: REHEARSED} if case.rehearsal else {}),
    }


def _written(until: datetime) -> str:
    """A moment so that the sooner sorts first."""
    return until.astimezone(UTC).isoformat(timespec="microseconds")


def due_of(case_id: str, stored: str) -> datetime:
    """When the next period ends, from what is stored to find a case by."""
    try:
        return moment(_read_moment(f'"{stored}"'), "due")
    except (msgspec.DecodeError, UnicodeEncodeError, InvalidValue) as error:
        raise BrokenRecord(f"what is due in case {case_id!r} is not stored as it must be: {error}") from None


def duties_of(case_id: str, stored: str) -> Iterable[Duty]:
    """What is due in a case, from what is stored to find it by."""
    try:
        return _read_duties(stored)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise BrokenRecord(f"what is due in case {case_id!r} is not stored as it must be: {error}") from None


def origins_of(case_id: str, stored: str) -> frozenset[str]:
    """The matters that one came from, from what is stored to find it by."""
    try:
        return _read_origins(stored)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise BrokenRecord(f"what case {case_id!r} came from is not stored as it must be: {error}") from None


_read_origins = msgspec.json.Decoder(frozenset[str]).decode
_read_duties = msgspec.json.Decoder(tuple[Duty, ...]).decode
_read_moment = msgspec.json.Decoder(datetime).decode
