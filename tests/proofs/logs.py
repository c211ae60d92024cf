"""Records to tamper with: a courtyard case of fifty entries, one of its kind, and a matter that was in a batch."""

from __future__ import annotations

import itertools
from datetime import timedelta

import attrs

from walks import COURTYARD_ROLLS, OFFICES, START, courtyard, courtyard_steps, day, matter, take
from yizheng import Case, Docket, catalogue
from yizheng.canonical import canonical
from yizheng.docket.records import record_of
from yizheng.stages import CloseSolicitation, Note, OpenSolicitation, Survey
from yizheng.store import MemoryStore, Record, Store

NOTED_AFTER = 10
"""After which step of the courtyard case the notes are taken that make fifty entries of it."""


def fifty() -> Case:
    """A courtyard case of fifty entries, from its opening to its end."""
    steps = courtyard_steps()
    case = take(courtyard(), steps[:NOTED_AFTER])
    last = case.entries[-1].recorded_at
    for number in range(49 - len(steps)):
        case = case.act(Note(f"备注 {number}"), at=last, by="sec-1", salt=bytes([number]) * 16)
    return take(case, steps[NOTED_AFTER:])


LONG = fifty()
OTHER = take(
    courtyard(at=START - timedelta(days=1)),
    [attrs.evolve(step, at=step.at + timedelta(minutes=1)) for step in courtyard_steps()],
)
"""Another case, of the same matter and procedure."""


def records(case: Case, stream: str | None = None) -> list[Record]:
    """A case as a store keeps it."""
    name = case.id if stream is None else stream
    return [record_of(name, entry, canonical(entry.private()) if entry.sealed else None) for entry in case.entries]


def stored(case: Case) -> list[tuple[bytes, bytes | None, str]]:
    """A case as payload, private part and digest of each entry."""
    return [(record.payload, record.private, record.digest) for record in records(case)]


def docket(store: Store | None = None, cases: int = 5) -> Docket:
    """A docket with some cases, whose salts are counted."""
    numbers = itertools.count(1)
    made = Docket(MemoryStore() if store is None else store, draw=lambda size: next(numbers).to_bytes(size, "big"))
    for number in range(cases):
        case_id = f"2026-{number + 1:03}"
        made.open(matter(id=case_id), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        made.act(case_id, OpenSolicitation(channels={"online"}, until=day(9)), at=START, by="sec-1")
        made.act(case_id, Note("备注"), at=day(1), by="sec-1")
    return made


def with_batch(store: Store | None = None) -> Docket:
    """A docket with a batch of two matters, one of which has been taken up and goes on by itself."""
    made = docket(store, cases=0)
    procedure = attrs.evolve(catalogue.yizheng.COURTYARD, shared=["solicit"])
    items = [matter(id="a"), matter(id="b")]
    made.open_batch(items, procedure, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1", id="batch-1")
    survey = Survey(wave="before", question="满意吗？", population="院落", asked=3, answers={"satisfied": 1})
    for action, at in (
        (OpenSolicitation(channels={"online"}, until=day(3)), START),
        (survey, START),
        (CloseSolicitation(summary="汇总"), day(4)),
    ):
        made.act_batch("batch-1", action, at=at, by="sec-1")
    made.release("batch-1", "a", at=day(5), by="sec-1")
    made.act("a", Note("备注"), at=day(5), by="sec-1")
    return made
