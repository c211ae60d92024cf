"""Dockets: the cases of one office, over a store. The one place where a case meets what keeps it.

The docket draws the salts for private values. It keeps no case in memory and never retries by itself: a
:class:`~yizheng.errors.VersionConflict` is the host's to answer, by reading again and deciding again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Self

import attrs
import msgspec
from typing_extensions import get_protocol_members

from yizheng.calendar import PLAIN_DAYS, Calendar, as_calendar, moment
from yizheng.canonical import Kept, canonical, digest
from yizheng.case import Case, Entry
from yizheng.codec import dump
from yizheng.errors import (
    BrokenRecord,
    InvalidType,
    InvalidValue,
    KeyReused,
    NoSuchCase,
    VersionConflict,
    kind_of,
    shown,
)
from yizheng.matter import Matter
from yizheng.people import Roll
from yizheng.procedure import Kinds, Procedure
from yizheng.stages import Action, Duty
from yizheng.store import Record, Store, Write
from yizheng.values import count, name, one

__all__ = ["CaseDuty", "Docket"]

FACTS: Final = frozenset({"procedure", "stage", "status", "category", "outcome"})
"""What a case can be found by."""

PARTS_KNOWN: Final = 256
"""How many rolls and procedures a docket keeps at hand, so that a case is read without taking them apart again."""


@attrs.frozen(kw_only=True)
class CaseDuty:
    """What must happen next in a case of the docket.

    Attributes:
        case: the id of the case.
        duty: what, by when, by whom.
    """

    case: str
    duty: Duty


class Docket:
    """The cases of one office.

    Args:
        store: what keeps them.
        calendar: by which periods are reckoned; left out, plain days.
        kinds: kinds of stages of your own that occur in its procedures.
        draw: gives so many random bytes, for salts; left out, the operating system's.

    Raises (in every method that reads): ``BrokenRecord`` when a stored record does not hold together, ``UnknownKind``
    when it is of a kind that this release does not know, ``StoreFault`` when the database cannot do what it is asked.
    """

    def __init__(
        self,
        store: Store,
        *,
        calendar: Calendar = PLAIN_DAYS,
        kinds: Iterable[type[Any]] = (),
        draw: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        if isinstance(store, type):
            raise InvalidType(f"a store was expected, not {kind_of(store)}; write an instance")
        if lacking := sorted(each for each in _STORE if not hasattr(store, each)):
            raise InvalidType(f"a store was expected; {kind_of(store)} lacks {', '.join(lacking)}")
        if not callable(draw):
            raise InvalidType(f"draw is {shown(draw)}; a function that gives so many bytes was expected")
        self._store = store
        self._calendar = as_calendar(calendar)
        self._kinds = Kinds(kinds)
        self._draw = draw
        self._known: dict[str, Kept] = {}

    def open(
        self,
        matter: Matter,
        procedure: Procedure,
        rolls: Mapping[str, Roll],
        offices: Mapping[str, Iterable[str]],
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        key: str | None = None,
    ) -> Case:
        """Open a case and keep it. See :meth:`Case.open` for the arguments.

        Args:
            matter: what is to be decided; its id is the id of the case.
            procedure: by which procedure.
            rolls: who may vote, by body.
            offices: who holds which office.
            at: when it happened.
            by: who opens it.
            recorded_at: when it was entered.
            key: a key under which it may be retried: the same key again gives the case as it was opened.

        Raises:
            Refused: as :meth:`Case.open`.
            VersionConflict: when a case of this id is kept already.
            KeyReused: when the key belongs to the opening of another matter.
        """
        case = Case.open(
            matter, procedure, rolls, offices, at=at, by=by, recorded_at=recorded_at, salt=self._draw(16), key=key
        )
        if key is not None and (kept := self._find_key(case.id, key, case.entries[0].action, at, by)) is not None:
            return kept
        self._append(case, case.entries, expected=0, before=())
        return case

    def case(self, case_id: str) -> Case:
        """The case of this id, read from the store.

        Raises:
            NoSuchCase: when there is none.
        """
        records, stored = self._store.load(case_id)
        if not records:
            raise NoSuchCase(case_id)
        return self._read(records, stored)

    def act(
        self,
        case_id: str,
        action: Action,
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        key: str | None = None,
        expecting: int | None = None,
    ) -> Case:
        """Put an action to a case and keep the entry.

        Args:
            case_id: which case.
            action: what is asked.
            at: when it happened, with its zone.
            by: who asks.
            recorded_at: when it was entered; left out, ``at``.
            key: a key under which it may be retried: the same key again writes nothing and gives the case as it stood
                after the entry that was written under it.
            expecting: the version that the actor's screen showed; another one is refused.

        Raises:
            Refused: with every reason; nothing was written.
            NoSuchCase: when there is no such case.
            VersionConflict: when the case does not stand at ``expecting``, or somebody wrote in the meantime.
            KeyReused: when the key belongs to another action.
        """
        case = self.case(case_id)
        if key is not None and (kept := _after_key(case, name(key, "a key"), action, at, by)) is not None:
            return kept
        if expecting is not None and count(expecting) != case.version:
            raise VersionConflict(case_id, expecting, case.version)
        following = case.act(
            action, at=at, by=by, recorded_at=recorded_at, calendar=self._calendar, salt=self._draw(16), key=key
        )
        self._append(following, following.entries[case.version :], expected=case.version, before=case.parts)
        return following

    def find(self, **facts: str) -> tuple[str, ...]:
        """The ids of the cases to which all of these apply, without replaying any.

        Args:
            facts: any of ``procedure``, ``stage``, ``status``, ``category`` and ``outcome``.

        Raises:
            InvalidValue: when asked by anything else.
        """
        if foreign := sorted(facts.keys() - FACTS):
            raise InvalidValue(
                f"cases are not found by {', '.join(foreign)}; they are found by {', '.join(sorted(FACTS))}"
            )
        return self._store.find(**facts)

    def due(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What must happen next in all cases that are under way, the soonest first, without replaying any.

        Args:
            at: the moment asked about, with its zone.
        """
        now = moment(at, "at")
        found: list[CaseDuty] = []
        for case_id, stored in self._store.facts_of("duties").items():
            for duty in self._duties(case_id, stored):
                overdue = duty.until is not None and duty.until < now
                found.append(CaseDuty(case=case_id, duty=attrs.evolve(duty, overdue=overdue)))
        return tuple(sorted(found, key=_soonest))

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Between entries and records

    def _duties(self, case_id: str, stored: str) -> tuple[Duty, ...]:
        try:
            return _read_duties(stored)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
            raise BrokenRecord(f"what is due in case {case_id!r} is not stored as it must be: {error}") from None

    def _find_key(self, case_id: str, key: str, action: Action, at: datetime, by: str) -> Case | None:
        return _after_key(self.case(case_id), key, action, at, by) if self._store.version(case_id) else None

    def _append(self, case: Case, entries: Iterable[Entry], *, expected: int, before: Iterable[str]) -> None:
        known = frozenset(before)
        self._store.append(
            Write(
                stream=case.id,
                expected=expected,
                records=[_record(case.id, entry) for entry in entries],
                parts={part: canonical(kept.to_data()) for part, kept in case.parts.items() if part not in known},
                facts=_facts(case),
            )
        )

    def _read(self, records: Sequence[Record], stored: Mapping[str, bytes]) -> Case:
        parts = {part: self._part(part, data) for part, data in stored.items()}
        entries = [(record.payload, record.private, record.digest) for record in records]
        case = Case.read(entries, kinds=self._kinds, parts=parts)
        for record, entry in zip(records, case.entries, strict=True):
            if record != attrs.evolve(_record(case.id, entry), private=record.private):
                raise BrokenRecord(f"entry {entry.number} is stored beside other columns than it says", entry.number)
        return case

    def _part(self, claimed: str, stored: bytes) -> Kept:
        """A roll or a procedure. Its digest is looked at each time; what it says is read once for each digest."""
        if digest(stored) != claimed:
            raise BrokenRecord(f"the part {claimed} does not have its digest")
        part = self._known.get(claimed)
        if part is None:
            if len(self._known) >= PARTS_KNOWN:
                self._known.clear()
            part = self._known[claimed] = self._read_part(claimed, stored)
        return part

    def _read_part(self, claimed: str, stored: bytes) -> Kept:
        try:
            data = msgspec.json.decode(stored)
            return Roll.from_data(data) if "members" in data else Procedure.from_data(data, self._kinds)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidValue, KeyError, TypeError) as error:
            raise BrokenRecord(f"the part {claimed} cannot be read: {error!r}") from error


def _record(stream: str, entry: Entry) -> Record:
    return Record(
        stream=stream,
        version=entry.number,
        kind=entry.action.kind,
        kind_version=entry.action.version,
        moment=entry.recorded_at,
        payload=entry.payload,
        private=canonical(entry.private()) if entry.sealed else None,
        digest=entry.digest,
        key=entry.key,
    )


def _facts(case: Case) -> dict[str, str | None]:
    """What a case can be found by."""
    duties = case.duties()
    return {
        "procedure": case.procedure.id,
        "category": case.matter.category,
        "status": case.status.value,
        "stage": case.stage,
        "outcome": case.outcome,
        "duties": canonical([dump(duty) for duty in duties]).decode() if duties else None,
    }


_STORE: Final = get_protocol_members(Store)
_read_duties = msgspec.json.Decoder(tuple[Duty, ...]).decode


def _soonest(found: CaseDuty) -> tuple[bool, str, str]:
    until = found.duty.until
    return (until is None, "" if until is None else until.isoformat(), found.case)


def _after_key(case: Case, key: str, action: Action, at: datetime, by: str) -> Case | None:
    """The case as it stood after the entry of a key, if there is one: the same act, by the same, at the same moment."""
    entry = case.entry_of(key)
    if entry is None:
        return None
    asked = (one(Action, action, "what is asked"), moment(at, "at"), name(by, "by"))
    if (entry.action, entry.at, entry.by) != asked:
        raise KeyReused(key, entry.number)
    return Case.replay(case.entries[: entry.number])
