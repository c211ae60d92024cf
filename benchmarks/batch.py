"""Batches: an act on a stage that matters share, letting them go, and a district's ten thousand from plan to vote.

The review is the allowance review of the source report; names and counts are invented.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter_ns
from typing import Any
from zoneinfo import ZoneInfo

from harness import Aim, Entrant, Table, Timed, compare

from yizheng import Docket, Matter, Member, Roll, Text, catalogue
from yizheng.batch import plan
from yizheng.stages import (
    Action,
    CloseSolicitation,
    CloseVote,
    Convene,
    CountVotes,
    Note,
    OpenSolicitation,
    TakeAttendance,
    WaiveHearing,
)
from yizheng.store import MemoryStore, SQLiteStore

ROUNDS, ACTS, DISTRICT, ALONE = 9, 20, 10_000, 200
PACKAGES = ("attrs", "msgspec")
SIZES = {10: "batch of 10", 1_000: "batch of 1,000", 10_000: "batch of 10,000"}

START = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PROCEDURE = catalogue.yizheng.ALLOWANCE
OFFICES = {"secretary": ["sec-1"], "chair": ["c-1"], "county": ["county-1"]}
BODIES = {"two_committees": 7, "party_council": 11, "resident_representatives": 21}
HERE = {body: [f"{body}-{number}" for number in range(size)] for body, size in BODIES.items()}
ROLLS = {body: Roll(body, [Member(member) for member in members]) for body, members in HERE.items()}
OPENING: dict[str, Any] = {"at": START, "by": "sec-1"}
WORDS = Text("如记录", "as recorded")

Step = tuple[datetime, str, Action]


def day(number: int, hour: int = 9) -> datetime:
    return (START + timedelta(days=number)).replace(hour=hour)


def families(number: int, prefix: str = "family") -> list[Matter]:
    stated = {"facts": {"contested": False}, "private": {"selected_because": "income"}}
    return [Matter(f"{prefix}-{each:05}", title=WORDS, category="allowance", **stated) for each in range(number)]


def called(body: str, start: int) -> Iterator[Step]:
    yield day(start), "sec-1", Convene(held_at=day(start + 1))
    yield day(start + 1, 8), "c-1", TakeAttendance(HERE[body])


def voted(body: str, start: int) -> Iterator[Step]:
    yield day(start, 10), "c-1", CountVotes(for_=len(HERE[body]), against=0)
    yield day(start, 11), "c-1", CloseVote()


def shared() -> Iterator[Step]:
    yield day(0), "sec-1", OpenSolicitation(channels={"symposium"}, until=day(2))
    yield day(2), "sec-1", CloseSolicitation(summary=WORDS)
    for start, body in ((3, "two_committees"), (5, "party_council")):
        yield from called(body, start)
        yield from voted(body, start + 1)
    yield day(8), "sec-1", WaiveHearing(WORDS)


def sitting() -> Iterator[Step]:
    yield from called("resident_representatives", 12)


def vote() -> Iterator[Step]:
    yield from voted("resident_representatives", 13)


def led(docket: Docket, record: str, steps: Iterator[Step]) -> None:
    for at, by, action in steps:
        docket.act(record, action, at=at, by=by)


# An act on a stage that matters share


class Noting:
    """Acts on one record, a batch or a matter: each is read from the store, acted upon, and kept."""

    def __init__(self, docket: Docket, record: str) -> None:
        self.docket, self.record = docket, record
        docket.case(record)

    def prepare(self, _: int) -> Timed:
        def run() -> None:
            for _ in range(ACTS):
                self.docket.act(self.record, Note(WORDS), at=START, by="sec-1")

        return run


def acting(rounds: int) -> Table:
    entrants: list[Entrant] = []
    single = Docket(MemoryStore())
    single.open(families(1)[0], PROCEDURE, ROLLS, OFFICES, **OPENING)
    entrants.append(Entrant("one matter alone", Noting(single, "family-00000").prepare, ACTS))
    for size, called_ in SIZES.items():
        docket = Docket(MemoryStore())
        docket.open_batch(families(size), PROCEDURE, ROLLS, OFFICES, id="batch", **OPENING)
        entrants.append(Entrant(called_, Noting(docket, "batch").prepare, ACTS))
    return compare(
        "An act on a stage that matters share",
        entrants,
        step="time per act, through a docket on a store in memory",
        over=["one matter alone", SIZES[10]],
        rounds=rounds,
        aims=[Aim(SIZES[10_000], SIZES[10], 1.25, "it does not depend on the number of matters")],
        notes=[
            "the record is read, checked, acted upon and kept at every act; of a batch, only what is new is taken apart",
            "the records grow by these acts, all by as many: a matter by itself is read whole each time, and costs more",
            "waiving a hearing looks at the facts of each matter, and a notice lists them: these two grow with them",
        ],
    )


# Letting them go


class Releasing:
    """The matters of a batch are released in one append."""

    def __init__(self, folder: Path, size: int, file: str = "ours") -> None:
        self.store, self.size, self.numbers = SQLiteStore(folder / f"{file}-{size}.db"), size, count()
        self.docket = Docket(self.store)

    def ready(self) -> str:
        batch = f"batch-{next(self.numbers)}"
        self.docket.open_batch(families(self.size, batch), PROCEDURE, ROLLS, OFFICES, id=batch, **OPENING)
        led(self.docket, batch, shared())
        return batch

    def prepare(self, _: int) -> Timed:
        batch = self.ready()
        return lambda: self.docket.release(batch, at=day(12), by="sec-1")


class Raw:
    """The same bytes written by raw sqlite3: one table, one transaction, flushed."""

    def __init__(self, folder: Path, size: int) -> None:
        ours = Releasing(folder, size, "copied")
        batch = ours.ready()
        last = max(position for position, _ in ours.store.read_all())
        ours.docket.release(batch, at=day(12), by="sec-1")
        self.rows = [
            (kept.stream, kept.version, kept.payload, kept.private, kept.digest)
            for _, kept in ours.store.read_all(after=last)
        ]
        self.database = sqlite3.connect(folder / f"raw-{size}.db", isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")

    def prepare(self, round_: int) -> Timed:
        table = f"records_{round_}"
        self.database.execute(
            f"CREATE TABLE {table} (stream TEXT, version INTEGER, payload BLOB, private BLOB, digest TEXT, "
            "PRIMARY KEY (stream, version)) WITHOUT ROWID"
        )

        def run() -> None:
            self.database.execute("BEGIN IMMEDIATE")
            self.database.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", self.rows)
            self.database.execute("COMMIT")

        return run


RAW = "raw sqlite3, the same bytes"


def releasing(folder: Path, rounds: int) -> Table:
    raw = Raw(folder, 1_000)
    return compare(
        "Letting the matters of a batch go",
        [
            Entrant("10 at once", Releasing(folder, 10).prepare, 10),
            Entrant("100 at once", Releasing(folder, 100).prepare, 100),
            Entrant("1,000 at once", Releasing(folder, 1_000).prepare, 1_000),
            Entrant(
                RAW, raw.prepare, 1_000, "1,000 of them in one transaction; nothing is read, checked or found again"
            ),
        ],
        step="time per matter, in one transaction on a file",
        over=["100 at once", RAW],
        rounds=rounds,
        aims=[Aim("1,000 at once", "100 at once", 1.25, "it is linear")],
        notes=["the record of each matter is read, checked, taken up, sealed and written with what it is found by"],
    )


# A district's review


def peak() -> int:
    """The most bytes that this process has held at once. What getrusage tells on Linux, a child inherits from its parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024


def district(size: int) -> dict[str, float]:
    """A whole review, in this process: nanoseconds a matter for each step, and bytes a matter at the peak."""
    before = peak()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, Docket(SQLiteStore(Path(folder) / "district.db")) as docket:
        matters = families(size)

        def step(name: str, run: Callable[[], object]) -> None:
            start = perf_counter_ns()
            run()
            found[name] = (perf_counter_ns() - start) / size

        groups: list[Any] = []
        step("planned", lambda: groups.extend(plan(matters, by=lambda matter: matter.category).groups))
        (group,) = groups
        settings: dict[str, Any] = {"id": "batch", "sittings": "one", **OPENING}
        step("opened", lambda: docket.open_batch(group, PROCEDURE, ROLLS, OFFICES, **settings))
        step("led through the shared stages", lambda: led(docket, "batch", shared()))
        step("called, and attendance taken", lambda: led(docket, "batch", sitting()))
        step("released", lambda: docket.release("batch", at=day(13), by="c-1"))
        step("counted and closed, one by one", lambda: [led(docket, matter.id, vote()) for matter in matters])
        if len(docket.find(stage="disclose_resolution")) != size:
            raise ValueError("not all of them were resolved")
    found["all of it"] = sum(found.values())
    return found | {"bytes": (peak() - before) / size}


def by_themselves(size: int) -> float:
    """The same matters, each by itself: nanoseconds a matter."""
    with tempfile.TemporaryDirectory() as folder, Docket(SQLiteStore(Path(folder) / "alone.db")) as docket:
        start = perf_counter_ns()
        for matter in families(size):
            docket.open(matter, PROCEDURE, ROLLS, OFFICES, **OPENING)
            for steps in (shared(), sitting(), vote()):
                led(docket, matter.id, steps)
        return (perf_counter_ns() - start) / size


def whole() -> Table:
    """In a process of its own, so that its peak of memory is its own."""
    run = subprocess.run([sys.executable, __file__], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(run.stdout)
    alone, memory = figures.pop("alone"), figures.pop("bytes")
    return Table(
        f"A district's {DISTRICT:,} matters in one batch",
        "time per matter, on a file, every commit flushed",
        {**{name: [time] for name, time in figures.items()}, "each by itself": [alone]},
        ["each by itself"],
        dict.fromkeys(figures, "") | {"each by itself": f"{ALONE} of them, by the same acts, each kept by itself"},
        notes=[
            f"{memory / 1024:.1f} KiB of memory a matter at the peak, with everything of this process but its start",
            "one run, in a process of its own",
        ],
    )


def tables(rounds: int = ROUNDS) -> Sequence[Table]:
    with tempfile.TemporaryDirectory() as folder:
        return [acting(rounds), releasing(Path(folder), rounds), whole()]


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"alone": by_themselves(ALONE), **district(DISTRICT)}))
