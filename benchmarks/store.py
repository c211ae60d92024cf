"""A case of twelve entries saved and read again. Orientation for the later issue on storage: nothing is aimed at here."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from courtyard import before_the_vote, rolls
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from harness import Entrant, Table, Timed, compare

from yizheng import Case, Docket
from yizheng.canonical import canonical
from yizheng.case import Entry
from yizheng.store import MemoryStore, Record, SQLiteStore, Store, Write

ROUNDS, CASES, ENTRIES, OWNERS = 11, 8, 12, 25
PACKAGES = ("attrs", "msgspec", "eventsourcing")

ORIENTATION = "orientation for a later issue; the disk is the machine's own and is shared with other work"
RAW = "raw sqlite3"


def twelve() -> tuple[Case, list[Record], dict[str, bytes]]:
    """The first twelve entries of a case, as records, with the rolls and the procedure that they refer to."""
    case = Case.replay(before_the_vote(rolls(OWNERS)).entries[:ENTRIES])
    parts = {digest: canonical(part.to_data()) for digest, part in case.parts.items()}
    return case, [record(entry) for entry in case.entries], parts


def record(entry: Entry) -> Record:
    return Record(
        stream="",
        version=entry.number,
        kind=entry.action.kind,
        kind_version=entry.action.version,
        moment=entry.recorded_at,
        payload=entry.payload,
        private=canonical(entry.private()) if entry.sealed else None,
        digest=entry.digest,
        key=entry.key,
    )


class Matter(Aggregate):
    """Twelve events of the same size in the peer: each keeps one of our payloads as text."""

    def __init__(self, payload: str) -> None:
        self.payloads = [payload]

    @event("Added")
    def add(self, payload: str) -> None:
        self.payloads.append(payload)


def each(calls: Sequence[Callable[[], Any]]) -> Timed:
    def run() -> None:
        for call in calls:
            call()

    return run


class Ours:
    """Saving to a store of ours, and reading from it."""

    def __init__(self, store: Store, records: Sequence[Record], parts: dict[str, bytes]) -> None:
        self.store, self.records, self.parts, self.numbers = store, records, parts, count()
        self.kept = self.named("2026-007")
        self.store.append(self.write("2026-007", self.kept, 0))

    def named(self, stream: str) -> list[Record]:
        return [attrs.evolve(each_, stream=stream) for each_ in self.records]

    def write(self, stream: str, records: Sequence[Record], expected: int) -> Write:
        facts = {"procedure": "yizheng-courtyard", "stage": "propose", "status": "open"}
        return Write(
            stream=stream, expected=expected, records=records, parts={} if expected else self.parts, facts=facts
        )

    def at_once(self, _: int) -> Timed:
        streams = [f"case-{next(self.numbers)}" for _ in range(CASES)]
        writes = [self.write(stream, self.named(stream), 0) for stream in streams]
        return each([lambda write=write: self.store.append(write) for write in writes])

    def one_by_one(self, _: int) -> Timed:
        writes: list[Write] = []
        for _ in range(CASES):
            stream = f"case-{next(self.numbers)}"
            writes += [self.write(stream, [kept], version) for version, kept in enumerate(self.named(stream))]
        return each([lambda write=write: self.store.append(write) for write in writes])

    def load(self, _: int) -> Timed:
        return each([lambda: self.store.load("2026-007")] * CASES)

    def case(self, _: int) -> Timed:
        docket = Docket(self.store)
        docket.case("2026-007")  # it keeps the rolls and procedures that it has read once
        return each([lambda: docket.case("2026-007")] * CASES)


class Raw:
    """The construction without any library: one table, WAL, every commit flushed."""

    def __init__(self, path: Path, records: Sequence[Record]) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute(
            "CREATE TABLE records (stream TEXT, version INTEGER, payload BLOB, private BLOB, digest TEXT, "
            "PRIMARY KEY (stream, version)) WITHOUT ROWID"
        )
        self.records, self.numbers = records, count()
        self.append(self.rows("2026-007"))

    def rows(self, stream: str) -> list[tuple[Any, ...]]:
        return [(stream, kept.version, kept.payload, kept.private, kept.digest) for kept in self.records]

    def append(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", rows)
        self.database.execute("COMMIT")

    def at_once(self, _: int) -> Timed:
        piles = [self.rows(f"case-{next(self.numbers)}") for _ in range(CASES)]
        return each([lambda pile=pile: self.append(pile) for pile in piles])

    def one_by_one(self, _: int) -> Timed:
        rows = [row for _ in range(CASES) for row in self.rows(f"case-{next(self.numbers)}")]
        return each([lambda row=row: self.append([row]) for row in rows])

    def select(self) -> list[Any]:
        select = "SELECT version, payload, private, digest FROM records WHERE stream = ? ORDER BY version"
        return self.database.execute(select, ("2026-007",)).fetchall()

    def load(self, _: int) -> Timed:
        return each([self.select] * CASES)


class Peer:
    """The same in an eventsourcing application."""

    def __init__(self, records: Sequence[Record], env: dict[str, str]) -> None:
        self.application: Application[UUID] = Application(env)
        self.payloads = [kept.payload.decode() for kept in records]
        matter = self.matter()
        self.application.save(matter)
        self.kept = matter.id

    def matter(self) -> Matter:
        first, *others = self.payloads
        matter = Matter(first)
        for payload in others:
            matter.add(payload)
        return matter

    def at_once(self, _: int) -> Timed:
        matters = [self.matter() for _ in range(CASES)]
        return each([lambda matter=matter: self.application.save(matter) for matter in matters])

    def one_by_one(self, _: int) -> Timed:
        def save() -> None:
            first, *others = self.payloads
            matter = Matter(first)
            self.application.save(matter)
            for payload in others:
                matter.add(payload)
                self.application.save(matter)

        return each([save] * CASES)

    def load(self, _: int) -> Timed:
        return each([lambda: self.application.repository.get(self.kept)] * CASES)


def tables(rounds: int = ROUNDS) -> list[Table]:
    with tempfile.TemporaryDirectory() as folder:
        return compared(Path(folder), rounds)


def compared(folder: Path, rounds: int) -> list[Table]:
    case, records, parts = twelve()
    sqlite = SQLiteStore(folder / "ours.db")
    memory, file, raw = (
        Ours(MemoryStore(), records, parts),
        Ours(sqlite, records, parts),
        Raw(folder / "raw.db", records),
    )
    popo = Peer(records, {})
    peer = Peer(
        records, {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "eventsourcing.db")}
    )
    if Docket(sqlite).case(case.id) != case:
        raise ValueError("the case that was read is not the one that was saved")
    makers = {
        "MemoryStore": memory,
        "eventsourcing, POPO": popo,
        "SQLiteStore": file,
        "eventsourcing, SQLite": peer,
        RAW: raw,
    }
    ours = ["stores of ours also keep the rolls, the procedure and the index facts of a case, and compare its version"]
    saved = ["our payloads were made by act; eventsourcing makes its own here, in the time", *ours]
    found = [
        compare(title, [Entrant(name, getattr(maker, how), CASES) for name, maker in makers.items()], **settings)
        for title, how, settings in (
            ("Twelve entries in one append", "at_once", told(rounds, saved)),
            ("Twelve entries one by one", "one_by_one", told(rounds, saved)),
        )
    ]
    loading = [
        *(Entrant(name, maker.load, CASES) for name, maker in makers.items()),
        Entrant("docket, MemoryStore", memory.case, CASES, "the case itself: every digest and link is checked"),
        Entrant("docket, SQLiteStore", file.case, CASES, "the same"),
    ]
    read = ["stores and raw sqlite3 give back bytes; eventsourcing gives the aggregate, with no digest to check"]
    found.append(compare("Twelve entries read again", loading, **told(rounds, read)))
    sqlite.close()
    raw.database.close()
    peer.application.close()
    return [replace(table, title=f"{table.title}, orientation") for table in found]


def told(rounds: int, notes: Sequence[str]) -> dict[str, Any]:
    over = [RAW, "eventsourcing, POPO"]
    return {"step": "time per case", "over": over, "rounds": rounds, "notes": [ORIENTATION, *notes]}
