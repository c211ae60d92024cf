"""Finding among a hundred thousand cases in a SQLite file: what the index tells, beside what must be read for it anyway.

The index facts are those of a real case, written for as many streams, with stages, categories and dates spread over
them; the records are small, since none of them is read. The yardstick for each question is the plain SQL that fetches
the same facts.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from harness import FEWEST_ROUNDS, Aim, Entrant, Table, compare

from walks import COURTYARD_ROLLS, OFFICES, START, matter
from yizheng import Docket, catalogue
from yizheng.store import MemoryStore, Record, SQLiteStore, Write

PACKAGES = ("attrs", "msgspec")
CASES = 100_000
TWO, ONE = "SQL, two facts", "SQL, one fact"
COUNTS, OVERDUE, FIND, LINES = "counts", "overdue", "find", "cases"


def _filled(path: Path) -> None:
    memory = MemoryStore()
    Docket(memory).open(matter(id="a"), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
    facts = memory.facts("a")
    with SQLiteStore(path, synchronous="NORMAL") as store:
        for start in range(0, CASES, 5_000):
            store.append(*[_write(number, facts) for number in range(start, start + 5_000)])


def _write(number: int, facts: dict[str, str]) -> Write:
    stream, due = f"2026-{number:06}", datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=number % 8760)
    record = Record(
        stream=stream, version=1, kind="open", kind_version=1, moment=due, payload=b"{}", digest=f"{number:064}"
    )
    told = {
        **facts,
        "stage": ("solicit", "propose", "resolve", "implement")[number % 4],
        "category": ("courtyard", "lighting", "allowance")[number % 3],
        "due": due.isoformat(timespec="microseconds"),
        "duties": f'[{{"action":"close","until":"{due.isoformat().replace("+00:00", "Z")}"}}]',
    }
    return Write(stream=stream, expected=0, records=[record], facts=told)


def tables(rounds: int = FEWEST_ROUNDS) -> list[Table]:
    """Counts, lists and overdue duties, each beside the fetching of the facts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        _filled(path)
        raw = sqlite3.connect(path)
        docket = Docket(SQLiteStore(path))

        def fetched(*names: str) -> None:
            for name in names:
                dict(raw.execute("SELECT stream, value FROM facts WHERE name = ?", (name,)))

        entrants = [
            Entrant(TWO, lambda _: lambda: fetched("stage", "category"), does="what counting by two facts must read"),
            Entrant(COUNTS, lambda _: lambda: docket.counts("stage", "category"), does="sorted; rehearsals left out"),
            Entrant(ONE, lambda _: lambda: fetched("due"), does="what a list by date must read"),
            Entrant(
                OVERDUE, lambda _: lambda: docket.overdue(START + timedelta(days=5)), does="duties of the late ones"
            ),
            Entrant(FIND, lambda _: lambda: docket.find(stage="resolve", category="courtyard"), does="by two facts"),
            Entrant(LINES, lambda _: lambda: docket.cases(stage="resolve", category="courtyard"), does="a line each"),
        ]
        table = compare(
            f"The index of {CASES:,} cases in a SQLite file",
            entrants,
            step="time per question",
            over=[TWO, ONE],
            rounds=rounds,
            aims=[Aim(COUNTS, TWO, 4), Aim(OVERDUE, ONE, 8)],
        )
        docket.close()
        raw.close()
        return [table]
