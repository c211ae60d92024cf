"""Row R15 over a real file: one bit of one stored value of any of a thousand records, and ``verify`` finds it."""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from walks import day
from yizheng import Docket
from yizheng.canonical import Kept
from yizheng.errors import BrokenRecord
from yizheng.proofs import verify
from yizheng.stages import Note
from yizheng.store import SQLiteStore, Store

from .logs import docket

FIELDS = ("stream", "version", "kind", "kind_version", "moment", "payload", "private", "digest", "key")
TURNS = len(FIELDS) if int(os.environ.get("YIZHENG_CYCLES", "0")) else 1
"""How many of its fields are tried in each record; all of them on demand."""

CASES = 334
"""Of three records each, and some of four."""

Value = str | bytes | int | None


def flipped(value: Value, chance: random.Random) -> Value:
    """The value with one bit changed; of no value, there is none."""
    if value is None:
        return None
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(62)
    whole = bytearray(value.encode() if isinstance(value, str) else value)
    # A text in which the highest bit of a byte was changed is none, which SQLite's driver would refuse by itself.
    place, bit = chance.randrange(len(whole)), chance.randrange(7 if isinstance(value, str) else 8)
    whole[place] ^= 1 << bit
    return whole.decode() if isinstance(value, str) else bytes(whole)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a thousand records, some of which have a key."""
    path = tmp_path_factory.mktemp("thousand") / "community.db"
    with docket(SQLiteStore(path), CASES) as made:
        for number, case_id in enumerate(sorted(made.find())):
            if number % 6 == 0:
                made.act(case_id, Note("备注"), at=day(2), by="sec-1", key=f"key-{number}")
    return path


@pytest.fixture
def database(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, past the store."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        yield database


@pytest.fixture
def store(file: Path) -> Iterator[SQLiteStore]:
    """The store over it."""
    with SQLiteStore(file) as store:
        yield store


@pytest.fixture
def opened(store: SQLiteStore) -> Docket:
    """A docket over that."""
    return Docket(store)


def test_one_bit_of_any_of_a_thousand_records(store: SQLiteStore, opened: Docket, database: sqlite3.Connection) -> None:
    """In each of the records, in one field after the other: found every time, and sound again when it is put right."""
    chance = random.Random(15)  # noqa: S311 - the same bits in each run
    rows: list[tuple[Any, ...]] = database.execute(
        f"SELECT position, {', '.join(FIELDS)} FROM records ORDER BY position"  # noqa: S608 - our own words
    ).fetchall()
    assert len(rows) >= 1_000
    parts = opened.case(rows[0][1]).parts
    counted = Counter[str]()
    for number, (position, *values) in enumerate(rows):
        kept = dict(zip(FIELDS, values, strict=True))
        present = [field for field in FIELDS if kept[field] is not None]
        for field in {present[(number + turn) % len(present)] for turn in range(TURNS)}:
            changed = change(database, position, field, kept[field], chance)
            streams = {kept["stream"], changed} if field == "stream" else {kept["stream"]}
            # A record that has gone to another stream is missed in its own, or is strange where it is now.
            there = [stream for stream in streams if database_has(database, stream)]
            assert not all(sound(store, stream, parts) for stream in there), (position, field, changed)
            if number % 8 == 0:  # which reads procedure and rolls anew each time, and costs ten times as much
                assert not all(opened.verify(stream).sound for stream in there), (position, field, changed)
            put_back = f"UPDATE records SET {field} = ? WHERE position = ?"  # noqa: S608
            assert database.execute(put_back, (kept[field], position)).rowcount == 1
            counted[field] += 1
    assert all(sound(store, stream, parts) for stream in store.streams())
    assert sum(counted.values()) > 1_000
    print(f"{len(rows)} records, {sum(counted.values())} bits turned, all found: {dict(counted)}")  # noqa: T201


def sound(store: Store, stream: str, parts: Mapping[str, Kept]) -> bool:
    """Whether the record of a stream is read, and passes."""
    try:
        return verify(store.read(stream), parts=parts).sound
    except BrokenRecord:
        return False


def change(database: sqlite3.Connection, position: int, field: str, value: Value, chance: random.Random) -> Value:
    """Turn one bit; another one where the database itself does not take what comes of it."""
    while True:
        changed = flipped(value, chance)
        try:
            statement = f"UPDATE records SET {field} = ? WHERE position = ?"  # noqa: S608 - our own words
            assert database.execute(statement, (changed, position)).rowcount == 1
        except sqlite3.IntegrityError:
            continue  # two records of one version
        return changed


def database_has(database: sqlite3.Connection, stream: Value) -> bool:
    """Whether there is any record under this name."""
    return database.execute("SELECT 1 FROM records WHERE stream = ?", (stream,)).fetchone() is not None
