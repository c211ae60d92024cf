"""A desk at which a review of three families is led on, for the tests of batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import pytest

from yizheng import Case, Docket, Refused
from yizheng.batch import Batch
from yizheng.canonical import canonical, digest
from yizheng.store import MemoryStore, Record, Store, Write

from .failing import everything
from .review import OFFICES, PROCEDURE, ROLLS, START, called, family, front

__all__ = ["Desk", "altered", "copied", "refused", "resolving"]

FAMILIES = ("family-001", "family-002", "family-003")


class Desk(Docket):
    """A docket with a batch of three families; the second is contested where that is asked for."""

    def __init__(
        self, store: Store | None = None, *, contested: bool = False, procedure: Any = PROCEDURE, **settings: Any
    ):
        self.store = MemoryStore() if store is None else store
        super().__init__(self.store)
        matters = [family(number, contested=contested and number == 2) for number in (1, 2, 3)]
        given: dict[str, Any] = {"at": START, "by": "sec-1", "id": "batch-1", **settings}
        self.open_batch(matters, procedure, ROLLS, OFFICES, **given)

    def lead(self, steps: Iterable[tuple[Any, str, Any]], record: str = "batch-1") -> Case:
        """Put steps to the batch, or to one matter."""
        for at, by, action in steps:
            self.act(record, action, at=at, by=by)
        return self.case(record)


def resolving(sittings: str | None = None, *, here: bool = False, **settings: Any) -> Desk:
    """A batch that has come to the stage where its matters are resolved; the body sits, where that is asked for."""
    desk = Desk(sittings=sittings, **settings)
    desk.lead(front(heard=settings.get("contested", False)))
    if here:
        desk.lead(called())
    return desk


def refused(store: Store, ask: Callable[[], object]) -> list[str]:
    """The codes with which something is refused. Nothing has changed by it."""
    before = everything(store)
    with pytest.raises(Refused) as refusal:
        ask()
    assert everything(store) == before
    return [reason.code for reason in refusal.value.reasons]


def copied(store: Store, instead: Mapping[str, Iterable[Record]] = {}) -> MemoryStore:
    """Another store with the same records; of some streams, others instead."""
    other = MemoryStore()
    for stream in store.streams():
        records, parts = store.load(stream)
        records = tuple(instead.get(stream, records))
        if records:
            other.append(Write(stream=stream, expected=0, records=records, parts=parts, facts=store.facts(stream)))
    return other


def altered(record: Record, previous: Record | None = None, **action: Any) -> Record:
    """A record that says something else of its action, with the digest that belongs to it: as a forger would make it."""
    data = msgspec.json.decode(record.payload)
    data["action"] |= action
    data["action"] = {key: value for key, value in data["action"].items() if value is not None}
    if previous is not None:
        data["previous"] = previous.digest
    payload = canonical(data)
    return Record(
        stream=record.stream,
        version=record.version,
        kind=record.kind,
        kind_version=record.kind_version,
        moment=record.moment,
        payload=payload,
        private=record.private,
        digest=digest(payload),
        key=record.key,
    )


def batch_of(desk: Desk) -> Batch:
    """The batch, as it stands."""
    return desk.batch("batch-1")
