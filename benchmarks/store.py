"""A case of twelve entries saved at once, saved one by one and loaded again: our stores, raw drivers, eventsourcing.

PostgreSQL and MariaDB are servers of this run alone, started as those of the tests are, and flush every commit.
"""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import psycopg
import pytest
from courtyard import before_the_vote, rolls
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from harness import Aim, Entrant, Table, Timed, compare
from msgspec import structs
from sqlalchemy import create_engine, make_url, text

from yizheng import Case, Docket
from yizheng.canonical import canonical
from yizheng.docket.records import record_of
from yizheng.store import MemoryStore, Record, SQLAlchemyStore, SQLiteStore, Store, Write
from yizheng.store.tables import id_of

ROUNDS, CASES, ENTRIES, OWNERS = 25, 8, 12, 25
PACKAGES = ("attrs", "msgspec", "eventsourcing", "psycopg", "pymysql", "sqlalchemy")
SERVERS = Path(__file__).resolve().parents[1] / "tests" / "store" / "servers.py"

KEPT, STEP = "2026-007", "time per case"
FACTS = {"procedure": "yizheng-courtyard", "category": "courtyard", "status": "open", "stage": "propose"}
MEMORY, FILE = "MemoryStore", "SQLiteStore"
RELATIONAL = {
    "sqlite": "SQLAlchemyStore, SQLite",
    "postgresql": "SQLAlchemyStore, PostgreSQL",
    "mysql": "SQLAlchemyStore, MariaDB",
}
RAW_FILE, RAW_SERVER = "raw sqlite3", "raw psycopg"
ALL_FILE, ALL_SERVER = "raw sqlite3, all rows", "raw psycopg, all rows"
PEER_MEMORY, PEER_FILE, PEER_SERVER = "eventsourcing, POPO", "eventsourcing, SQLite", "eventsourcing, PostgreSQL"


def twelve() -> tuple[Case, list[Record], dict[str, bytes]]:
    """The first twelve entries of a case, as records, with the rolls and the procedure that they refer to."""
    case = Case.replay(before_the_vote(rolls(OWNERS)).entries[:ENTRIES])
    parts = {digest: canonical(part.to_data()) for digest, part in case.parts.items()}
    records = [record_of(KEPT, entry, canonical(entry.private()) if entry.sealed else None) for entry in case.entries]
    return case, records, parts


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
        self.store.append(self.write(KEPT, records, 0))

    def named(self, stream: str) -> list[Record]:
        return [structs.replace(each_, stream=stream) for each_ in self.records]

    def write(self, stream: str, records: Sequence[Record], expected: int) -> Write:
        return Write(
            stream=stream,
            expected=expected,
            records=records,
            parts={} if expected else self.parts,
            facts={} if expected else FACTS,
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
        return each([lambda: self.store.load(KEPT)] * CASES)

    def case(self, _: int) -> Timed:
        return each([lambda: Docket(self.store).case(KEPT)] * CASES)

    def case_again(self, _: int) -> Timed:
        docket = Docket(self.store)
        docket.case(KEPT)
        return each([lambda: docket.case(KEPT)] * CASES)


class Raw:
    """The construction without any library: one table of records, each commit flushed, nothing compared before."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records, self.numbers = records, count()
        self.append(self.rows(KEPT))

    def append(self, rows: Sequence[tuple[Any, ...]]) -> None:
        raise NotImplementedError

    def select(self) -> list[Any]:
        raise NotImplementedError

    def rows(self, stream: str) -> list[tuple[Any, ...]]:
        return [(stream, kept.version, kept.payload, kept.private, kept.digest) for kept in self.records]

    def at_once(self, _: int) -> Timed:
        piles = [self.rows(f"case-{next(self.numbers)}") for _ in range(CASES)]
        return each([lambda pile=pile: self.append(pile) for pile in piles])

    def one_by_one(self, _: int) -> Timed:
        rows = [row for _ in range(CASES) for row in self.rows(f"case-{next(self.numbers)}")]
        return each([lambda row=row: self.append([row]) for row in rows])

    def load(self, _: int) -> Timed:
        return each([self.select] * CASES)


class RawFile(Raw):
    """In SQLite: WAL, and a table without row ids."""

    def __init__(self, database: sqlite3.Connection, records: Sequence[Record]) -> None:
        self.database = database
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(
            "CREATE TABLE records (stream TEXT, version INTEGER, payload BLOB, private BLOB, digest TEXT, "
            "PRIMARY KEY (stream, version)) WITHOUT ROWID"
        )
        super().__init__(records)

    def append(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", rows)
        self.database.execute("COMMIT")

    def select(self) -> list[Any]:
        select = "SELECT version, payload, private, digest FROM records WHERE stream = ? ORDER BY version"
        return self.database.execute(select, (KEPT,)).fetchall()


class RawServer(Raw):
    """In PostgreSQL: one statement with all rows, which is its own transaction, in one round trip."""

    def __init__(self, database: psycopg.Connection[Any], records: Sequence[Record]) -> None:
        self.database = database
        database.execute(
            "CREATE TABLE records (stream text, version bigint, payload bytea, private bytea, digest text, "
            "PRIMARY KEY (stream, version))"
        )
        super().__init__(records)

    def append(self, rows: Sequence[tuple[Any, ...]]) -> None:
        insert = f"INSERT INTO records VALUES {', '.join(['(%s, %s, %s, %s, %s)'] * len(rows))}"
        self.database.execute(insert, [value for row in rows for value in row])

    def select(self) -> list[Any]:
        select = "SELECT version, payload, private, digest FROM records WHERE stream = %s ORDER BY version"
        return self.database.execute(select, (KEPT,), binary=True).fetchall()


class AllOfFile:
    """In SQLite, by hand: every row that a store of ours keeps, into tables like its own, and still nothing compared."""

    def __init__(self, path: Path, records: Sequence[Record], parts: dict[str, bytes], opened: ExitStack) -> None:
        SQLiteStore(path).close()
        self.database = opened.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
        self.records, self.parts, self.numbers, self.position = records, parts, count(), count(1)

    def append(self, stream: str, records: Sequence[Record]) -> None:
        database = self.database
        database.execute("BEGIN IMMEDIATE")
        rows = [
            (
                *(stream, kept.version, kept.kind, kept.kind_version, kept.moment.isoformat(), kept.payload),
                *(kept.private, kept.digest, kept.key, next(self.position)),
            )
            for kept in records
        ]
        database.executemany(
            "INSERT INTO records (stream, version, kind, kind_version, moment, payload, private, digest, key, position) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        if records[0].version == 1:
            database.executemany("INSERT INTO parts_of VALUES (?, ?)", [(stream, part) for part in self.parts])
            database.executemany("INSERT INTO facts VALUES (?, ?, ?)", [(stream, *fact) for fact in FACTS.items()])
        database.execute("COMMIT")

    def at_once(self, _: int) -> Timed:
        streams = [f"by-hand-{next(self.numbers)}" for _ in range(CASES)]
        return each([lambda stream=stream: self.append(stream, self.records) for stream in streams])

    def one_by_one(self, _: int) -> Timed:
        streams = [f"by-hand-{next(self.numbers)}" for _ in range(CASES)]
        return each(
            [
                lambda stream=stream, kept=kept: self.append(stream, [kept])
                for stream in streams
                for kept in self.records
            ]
        )


class AllOfServer(AllOfFile):
    """In PostgreSQL, by hand: the same, in one pipeline of statements."""

    def __init__(self, database: psycopg.Connection[Any], records: Sequence[Record], parts: dict[str, bytes]) -> None:
        self.database = database
        self.records, self.parts, self.numbers, self.position = records, parts, count(), count(1_000_000_000)

    def append(self, stream: str, records: Sequence[Record]) -> None:
        database, of = self.database, id_of(stream)
        rows = [
            (
                *(
                    of,
                    kept.version,
                    next(self.position),
                    kept.kind,
                    kept.kind_version,
                    kept.moment.replace(tzinfo=None),
                ),
                *(kept.payload, kept.private, kept.digest, None, kept.key),
            )
            for kept in records
        ]
        with database.pipeline(), database.transaction():
            database.execute("UPDATE yizheng_store SET position = position + 0")
            self.add("records", rows)
            if records[0].version == 1:
                self.add("streams", [(of, stream)])
                self.add("parts_of", [(of, id_of(part)) for part in self.parts])
                self.add("facts", [(of, id_of(name), name, id_of(value), value) for name, value in FACTS.items()])

    def add(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        values = ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))
        self.database.execute(f"INSERT INTO yizheng_{table} VALUES {values}", [each_ for row in rows for each_ in row])


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


Maker = Ours | Raw | AllOfFile | Peer


class Field:
    """All who take part, each with a database of its own."""

    def __init__(self, opened: ExitStack) -> None:
        self.opened = opened
        self.folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        self.case, self.records, self.parts = twelve()
        self.missing: list[str] = []
        servers = _servers()
        self.makers: dict[str, Maker] = {
            MEMORY: self.ours(MemoryStore()),
            PEER_MEMORY: self.peer({}),
            FILE: self.ours(SQLiteStore(self.folder / "ours.db")),
            RELATIONAL["sqlite"]: self.relational(f"sqlite:///{self.folder}/relational.db"),
            PEER_FILE: self.peer(
                {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": f"{self.folder}/eventsourcing.db"}
            ),
            RAW_FILE: RawFile(
                opened.enter_context(closing(sqlite3.connect(self.folder / "raw.db", isolation_level=None))),
                self.records,
            ),
            ALL_FILE: AllOfFile(self.folder / "all.db", self.records, self.parts, opened),
        }
        for url in self.started(servers.durable_postgresql):
            self.makers |= {
                RELATIONAL["postgresql"]: self.relational(url),
                PEER_SERVER: self.peer(_peer_env(url)),
                RAW_SERVER: RawServer(self.connected(url), self.records),
                ALL_SERVER: AllOfServer(self.connected(url), self.records, self.parts),
            }
        for url in self.started(servers.durable_mariadb):
            self.makers[RELATIONAL["mysql"]] = self.relational(_own_database(url))

    def started(self, server: Any) -> Iterator[str]:
        """The address of a server, if the machine has it."""
        try:
            yield self.opened.enter_context(server()).url
        except pytest.skip.Exception as missing:
            self.missing.append(str(missing))

    def connected(self, url: str) -> psycopg.Connection[Any]:
        return self.opened.enter_context(psycopg.connect(url.replace("+psycopg", ""), autocommit=True))

    def relational(self, url: str) -> Ours:
        engine = create_engine(url)
        self.opened.callback(engine.dispose)
        SQLAlchemyStore.create(engine)
        return self.ours(SQLAlchemyStore(engine))

    def ours(self, store: Store) -> Ours:
        ours = Ours(self.opened.enter_context(store), self.records, self.parts)
        if Docket(store).case(KEPT) != self.case:
            raise ValueError("the case that was read is not the one that was saved")
        return ours

    def peer(self, env: dict[str, str]) -> Peer:
        peer = Peer(self.records, env)
        self.opened.callback(peer.application.close)
        return peer


def _servers() -> ModuleType:
    """The servers of the tests."""
    spec = importlib.util.spec_from_file_location("servers_of_the_tests", SERVERS)
    if spec is None or spec.loader is None:
        raise ImportError(f"{SERVERS} cannot be imported")
    sys.path.append(str(SERVERS.parents[1]))  # it says there what it has left out
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _peer_env(url: str) -> dict[str, str]:
    at = make_url(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(at.database),
        "POSTGRES_HOST": str(at.host),
        "POSTGRES_PORT": str(at.port),
        "POSTGRES_USER": str(at.username),
        "POSTGRES_PASSWORD": "none is asked for",
    }


def _own_database(url: str) -> str:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE DATABASE yizheng"))
    engine.dispose()
    return engine.url.set(database="yizheng").render_as_string(hide_password=False)


def tables(rounds: int = ROUNDS) -> list[Table]:
    with ExitStack() as opened:
        return compared(Field(opened), rounds)


def compared(field: Field, rounds: int) -> list[Table]:
    makers = field.makers
    saved = [
        *field.missing,
        "stores of ours also keep the rolls, the procedure and four index facts, number each record among all, and compare",
        "one by one, the facts come with the first entry, as from a docket, which hands over those that change",
        "raw sqlite3 and raw psycopg fill five columns of one table, and compare nothing",
        "with all rows, they fill the tables of our stores by hand, and still compare nothing",
        "our payloads were made by act; eventsourcing makes its own here, in the time",
    ]
    read = [
        *field.missing,
        "a store gives back bytes with the rolls and the procedure, raw ones give bytes; eventsourcing gives the aggregate",
        "a docket, new each time, gives the case: all digests and links are checked, and all entries are acted out again",
        "a docket that reads the case again reads all its records and compares them with those it has seen, byte for byte",
    ]
    over = [name for name in (RAW_FILE, ALL_FILE, PEER_FILE, RAW_SERVER, ALL_SERVER, PEER_SERVER) if name in makers]
    found: list[Table] = []
    for title, how in (("Twelve entries in one append", "at_once"), ("Twelve entries one by one", "one_by_one")):
        entrants = [Entrant(name, getattr(maker, how), CASES) for name, maker in makers.items()]
        aims = _aims(
            makers,
            {
                (store, raw): 1.3
                for store, raws in ((FILE, (RAW_FILE, ALL_FILE)), (RELATIONAL["postgresql"], (RAW_SERVER, ALL_SERVER)))
                for raw in raws
            },
        )
        found.append(compare(title, entrants, step=STEP, over=over, rounds=rounds, aims=aims, notes=saved))
    dockets = {f"docket, {name}": maker.case for name, maker in makers.items() if isinstance(maker, Ours)} | {
        f"docket again, {name}": maker.case_again for name, maker in makers.items() if isinstance(maker, Ours)
    }
    loading = [
        *(Entrant(name, maker.load, CASES) for name, maker in makers.items() if not isinstance(maker, AllOfFile)),
        *(Entrant(name, case, CASES) for name, case in dockets.items()),
    ]
    aims = _aims(
        {**makers, **dockets},
        {
            (name, peer): most
            for store, peer, most in ((FILE, PEER_FILE, 0.1), (RELATIONAL["postgresql"], PEER_SERVER, 0.25))
            for name in (store, f"docket again, {store}", f"docket, {store}")
        },
    )
    over = [name for name in over if not isinstance(makers[name], AllOfFile)]
    found.append(
        compare("Twelve entries read again", loading, step=STEP, over=over, rounds=rounds, aims=aims, notes=read)
    )
    return found


def _aims(makers: dict[str, Any], wanted: dict[tuple[str, str], float]) -> list[Aim]:
    return [Aim(name, over, most) for (name, over), most in wanted.items() if name in makers and over in makers]
