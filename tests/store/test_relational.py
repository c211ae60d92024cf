"""A store over SQLAlchemy, on a real PostgreSQL, a real MariaDB and SQLite."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, select, text, update

from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, StoreFault, VersionConflict
from yizheng.store import SQLAlchemyStore, Store, Write, relational, tables
from yizheng.testing import StoreContract, StoreModel
from yizheng.testing.samples import MOMENT, Opener, everything, record, refuses, together, write

from . import servers
from .servers import mariadb, postgresql

WAIT = 20.0


def emptied(engine: Engine) -> Engine:
    """A database whose store is as new, and that has an empty table of the program's own."""
    with engine.begin() as connection:
        for table in (tables.streams, tables.records, tables.parts, tables.parts_of, tables.facts):
            connection.execute(table.delete())
        connection.execute(update(tables.store).values(position=0, format=tables.FORMAT))
        connection.execute(text("DROP TABLE IF EXISTS outbox"))
        connection.execute(text("CREATE TABLE outbox (message VARCHAR(80) NOT NULL)"))
    return engine


def outbox(connection: Connection, writes: Sequence[Write]) -> None:
    """Put a message for each write into the program's own table."""
    messages = [{"message": f"{each.stream} from {each.expected}"} for each in writes]
    connection.execute(text("INSERT INTO outbox (message) VALUES (:message)"), messages)


def messages(engine: Engine) -> list[str]:
    """What stands in the program's own table."""
    with engine.connect() as connection:
        return [row[0] for row in connection.execute(text("SELECT message FROM outbox ORDER BY message"))]


class RelationalContract(StoreContract):
    """What a store over SQLAlchemy promises beyond what every store does, on each database."""

    @pytest.fixture
    def open_store(self, engine: Engine) -> Opener:
        """The same database."""
        return partial(SQLAlchemyStore, engine)

    def test_it_agrees_with_the_model(self, engine: Engine) -> None:
        """On a random walk, it and plain dictionaries say the same."""

        class Model(StoreModel):
            def open_store(self) -> Store:
                return SQLAlchemyStore(emptied(engine))

        run_state_machine_as_test(Model, settings=settings(max_examples=6, stateful_step_count=12, deadline=None))

    def test_a_record_that_commits_late_is_not_passed_by(self, engine: Engine) -> None:
        """With two transactions open at once, a reader sees the later one when it has seen the earlier one, not before."""
        written, go_on = threading.Event(), threading.Event()

        def wait(_: Connection, __: Sequence[Write]) -> None:
            written.set()
            assert go_on.wait(WAIT)

        with SQLAlchemyStore(engine, also=wait) as slow, SQLAlchemyStore(engine) as quick:
            late = threading.Thread(target=slow.append, args=(write("late", count=2),))
            late.start()
            assert written.wait(WAIT)
            early = threading.Thread(target=quick.append, args=(write("early"),))
            early.start()
            early.join(0.3)
            seen = list(quick.read_all())
            assert seen == []  # else a reader would go on from there, and miss what is still open
            assert early.is_alive()
            go_on.set()
            late.join(WAIT)
            early.join(WAIT)
            seen += quick.read_all(seen[-1][0] if seen else 0)
            assert [kept.stream for _, kept in seen] == ["late", "late", "early"]

    def test_a_reader_is_not_held_up_by_a_writer(self, engine: Engine) -> None:
        """While a transaction is open, what was committed before can be read."""
        with SQLAlchemyStore(engine) as reader:
            reader.append(write("a", facts={"stage": "solicit"}))
            seen: list[object] = []

            def look(_: Connection, __: Sequence[Write]) -> None:
                seen.append((everything(reader), reader.find(stage="solicit")))

            before = everything(reader)
            with SQLAlchemyStore(engine, also=look) as writer:
                writer.append(write("a", expected=1, facts={"stage": "resolve"}), write("b"))
            assert seen == [(before, ("a",))]

    def test_a_program_takes_part_in_the_transaction(self, engine: Engine) -> None:
        """A message stands in the outbox when, and only when, the append was kept."""
        with SQLAlchemyStore(engine, also=outbox) as store:
            store.append(write("a", count=2), write("b"))
            store.append(write("a", expected=2))
            assert messages(engine) == ["a from 0", "a from 2", "b from 0"]
            refuses(store, VersionConflict, write("c"), write("a"))
            assert messages(engine) == ["a from 0", "a from 2", "b from 0"]

    def test_what_a_program_raises_undoes_the_append(self, engine: Engine) -> None:
        """Its own error comes back to it, and neither the records nor what it wrote itself are kept."""

        def fail(connection: Connection, writes: Sequence[Write]) -> None:
            outbox(connection, writes)
            raise LookupError("no such subscriber")

        with SQLAlchemyStore(engine, also=fail) as store:
            assert refuses(store, LookupError, write(facts={"stage": "x"}, parts={"p": b""})).args == (
                "no such subscriber",
            )
            assert messages(engine) == []

    def test_whoever_writes_past_the_lock_meets_the_primary_key(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the comparison of the versions saw what was no longer true, the database refuses, as a conflict."""
        compare, calls = relational._check_versions, iter([True])

        def stale(connection: Connection, writes: Sequence[Write]) -> None:
            if not next(calls, False):
                compare(connection, writes)

        with SQLAlchemyStore(engine) as store:
            store.append(write("a", count=2), write("b"))
            before = everything(store)
            monkeypatch.setattr(relational, "_check_versions", stale)
            with pytest.raises(VersionConflict) as caught:
                store.append(write("b", expected=1), write("a", expected=1))
            assert (caught.value.stream, caught.value.expected, caught.value.found) == ("a", 1, 2)
            assert everything(store) == before

    def test_no_fault_tells_what_is_private(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error of the database, with all that led to it, shows nothing of what was to be written."""
        secret = bytes(range(ord("a"), ord("z")))
        with SQLAlchemyStore(engine) as store:
            store.append(write(parts={"p": b"P"}))
            before = everything(store)
            monkeypatch.setattr(relational, "_kept_parts", lambda *_: {})
            with pytest.raises(StoreFault, match="nothing was written") as caught:
                store.append(write(expected=1, parts={"p": secret, "q": secret}))
            monkeypatch.undo()
            assert everything(store) == before
        assert secret.decode() not in "".join(traceback.format_exception(caught.value))

    def test_a_commit_that_fails_says_that_nothing_is_known(self, engine: Engine) -> None:
        """Where the connection is lost at the very end, the fault does not claim that nothing was written."""

        def cut(connection: Connection, _: Sequence[Write]) -> None:
            connection.connection.dbapi_connection.close()

        with SQLAlchemyStore(engine, also=cut) as store, pytest.raises(StoreFault, match="whether it was kept"):
            store.append(write())
        engine.dispose()
        with SQLAlchemyStore(engine) as store:
            assert store.streams() == ()
            store.append(write())

    def test_the_engine_stays_the_callers(self, engine: Engine) -> None:
        """Closing a store closes nothing that was handed in."""
        SQLAlchemyStore(engine).close()
        assert messages(engine) == []

    def test_creating_twice_changes_nothing(self, engine: Engine) -> None:
        """The tables that are there stay, with what is in them."""
        with SQLAlchemyStore(engine) as store:
            store.append(write())
            before = everything(store)
            SQLAlchemyStore.create(engine)
            assert everything(store) == before

    def test_tables_of_an_earlier_release_are_brought_up(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """A new release refuses old tables until create is called; the records stay; an old release refuses new tables."""

        def add(connection: Connection) -> None:
            connection.execute(text("ALTER TABLE outbox ADD COLUMN added VARCHAR(8)"))

        with SQLAlchemyStore(engine) as store:
            store.append(write(count=2))
            before = everything(store)
        with monkeypatch.context() as newer:
            newer.setattr(tables, "STEPS", (*tables.STEPS, add))
            newer.setattr(tables, "FORMAT", tables.FORMAT + 1)
            with pytest.raises(
                StoreFault, match=r"format 1, .* knows format 2; call SQLAlchemyStore\.create\(engine\)"
            ):
                SQLAlchemyStore(engine)
            SQLAlchemyStore.create(engine)
            with SQLAlchemyStore(engine) as store:
                assert everything(store) == before
        assert "added" in {column["name"] for column in inspect(engine).get_columns("outbox")}
        with pytest.raises(StoreFault, match=r"format 2, .* knows format 1; use a newer release"):
            SQLAlchemyStore(engine)
        with pytest.raises(StoreFault, match="left as they are"):
            SQLAlchemyStore.create(engine)

    def test_opening_creates_nothing(self, engine: Engine) -> None:
        """Where there are no tables, opening says so and leaves the database as it is."""
        with engine.begin() as connection:
            tables._tables.drop_all(connection)
        try:
            with pytest.raises(StoreFault, match=r"there are no tables; call SQLAlchemyStore\.create\(engine\) once"):
                SQLAlchemyStore(engine)
            assert {"outbox"} == {
                name for name in inspect(engine).get_table_names() if "box" in name or "yizheng" in name
            }
        finally:
            SQLAlchemyStore.create(engine)
        with SQLAlchemyStore(engine) as store:
            assert store.streams() == ()

    def test_an_engine_without_transactions_is_refused(self, engine: Engine) -> None:
        """An engine that commits each statement by itself could keep half of an append."""
        for other in (
            create_engine(engine.url, isolation_level="AUTOCOMMIT"),
            engine.execution_options(isolation_level="AUTOCOMMIT"),
        ):
            with pytest.raises(InvalidValue, match="commits each statement by itself"):
                SQLAlchemyStore(other)
            other.dispose()

    def test_many_streams_are_written_at_once(self, engine: Engine) -> None:
        """More than a database takes in one question: all are compared, and one that has moved on is found."""
        names = [f"{number:04}" for number in range(1_100)]
        with SQLAlchemyStore(engine) as store:
            store.append(*(write(name, parts={name: b""}, facts={"number": name}) for name in names))
            assert store.streams() == tuple(names)
            assert len(store.parts(names)) == len(store.facts_of("number")) == len(names)
            with pytest.raises(VersionConflict) as caught:
                store.append(*(write(name, 1 if name != names[-1] else 2) for name in names))
            assert (caught.value.stream, caught.value.found) == (names[-1], 1)

    def test_names_are_told_apart_by_their_bytes_inside_the_database(self, engine: Engine) -> None:
        """What a collation takes for one are two rows, which bear the name as it was written."""
        alike = ("a", "A", "a ", "\u00e9", "e\u0301", "ß", "ss", "ａ")
        with SQLAlchemyStore(engine) as store:
            store.append(*(write(name) for name in alike))
        with engine.connect() as connection:
            kept = {row.name: row.id for row in connection.execute(select(tables.streams))}
        assert kept == {name: tables.id_of(name) for name in alike}

    def test_a_moment_stands_in_utc_whatever_the_zone_of_the_session(self, engine: Engine) -> None:
        """The column says what the record says, to the microsecond, to a session in another zone too."""
        with SQLAlchemyStore(engine) as store:
            store.append(write(records=[record(moment=MOMENT)]))
        zone = {"postgresql": "SET TIME ZONE 'Asia/Shanghai'", "mysql": "SET time_zone = '+08:00'"}
        with engine.connect() as connection:
            if statement := zone.get(engine.dialect.name):
                connection.execute(text(statement))
            (kept,) = connection.execute(text("SELECT moment FROM yizheng_records")).scalars()
        found = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
        assert found.replace(tzinfo=UTC) == MOMENT
        assert found.tzinfo is None

    def test_writers_in_two_orders_come_to_their_end(self, engine: Engine) -> None:
        """Forty appends that cross, from eight stores that are open at once, are all kept, and none is a fault."""

        def write_five(number: int) -> None:
            with SQLAlchemyStore(engine) as store:
                for version in range(5):
                    names = [f"{number} {side}" for side in ("left", "right")]
                    store.append(*(write(name, version, parts={"roll": b"R"}) for name in names[:: 1 - number % 2 * 2]))

        assert together(partial(write_five, number) for number in range(8)) == []
        with SQLAlchemyStore(engine) as store:
            positions = [position for position, _ in store.read_all()]
        assert positions == list(range(1, 81))


class TestOnSQLite(RelationalContract):
    """SQLite, which is always there."""

    @pytest.fixture
    def engine(self, on_sqlite: Engine) -> Engine:
        """A new file for each test."""
        return emptied(on_sqlite)

    def test_a_moment_that_is_none_is_a_broken_record(self, engine: Engine) -> None:
        """What somebody has put in the place of a moment is told with the number of the record."""
        with SQLAlchemyStore(engine) as store:
            for wrong in (
                "yesterday",
                12,
                "2026-03-02T01:30:00+08:00",
                "2026-03-02 01:31:00.123456",
                "2026-03-02T01:31",
            ):
                with engine.begin() as connection:
                    connection.execute(tables.records.delete())
                    connection.execute(update(tables.store).values(position=0))
                    connection.execute(tables.streams.delete())
                store.append(write())
                with engine.begin() as connection:
                    connection.execute(text("UPDATE yizheng_records SET moment = :wrong"), {"wrong": wrong})
                with pytest.raises(BrokenRecord, match="no store has written") as caught:
                    store.read("a")
                assert caught.value.number == 1

    @pytest.mark.parametrize(
        ("column", "wrong"),
        [
            ("payload", "text"),
            ("private", "text"),
            ("kind", b"x"),
            ("digest", b"x"),
            ("kind_version", "x"),
            ("key", b"x"),
        ],
    )
    def test_a_value_of_another_kind_is_a_broken_record(self, engine: Engine, column: str, wrong: object) -> None:
        """SQLite keeps anything in any column; what no store has written there is told with the number of the record."""
        with SQLAlchemyStore(engine) as store:
            store.append(write(count=3))
            with engine.begin() as connection:
                change = text(f'UPDATE yizheng_records SET "{column}" = :wrong WHERE version = 2')  # noqa: S608
                connection.execute(change, {"wrong": wrong})
            for question in (store.read, store.load, lambda _: list(store.read_all())):
                with pytest.raises(BrokenRecord, match="holds a value of another kind") as caught:
                    question("a")
                assert caught.value.number == 2

    def test_a_store_whose_row_is_gone_is_a_fault(self, engine: Engine) -> None:
        """Where somebody has taken away the row that orders everything, nothing is written."""
        with SQLAlchemyStore(engine) as store:
            with engine.begin() as connection:
                connection.execute(tables.store.delete())
            with pytest.raises(StoreFault, match="nothing was written"):
                store.append(write())

    def test_a_file_that_another_program_holds_is_a_fault(self, engine: Engine, tmp_path: Path) -> None:
        """Who waits longer than the driver may is told that nothing was written, and can try again."""
        impatient = create_engine(engine.url, connect_args={"timeout": 0})
        with SQLAlchemyStore(impatient) as store:
            with engine.begin() as connection:
                connection.execute(insert(tables.parts).values(id=b"x", digest="x", content=b""))
                with pytest.raises(StoreFault, match="locked; nothing was written"):
                    store.append(write())
            store.append(write())
        impatient.dispose()
        assert (tmp_path / "office.db").exists()


class TestOnPostgreSQL(RelationalContract):
    """PostgreSQL, where it is installed."""

    @pytest.fixture
    def engine(self, on_postgresql: Engine) -> Iterator[Engine]:
        """The same database for all tests, emptied for each."""
        return emptied(on_postgresql)


class TestOnMariaDB(RelationalContract):
    """MariaDB, where it is installed."""

    @pytest.fixture
    def engine(self, on_mariadb: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return emptied(on_mariadb)


class TestWhatIsHandedIn:
    """What is no engine of a database that was tried is refused before anything is done."""

    @pytest.mark.parametrize("take", [SQLAlchemyStore, SQLAlchemyStore.create])
    def test_something_else_than_an_engine(self, take: Callable[[Any], object]) -> None:
        """The address of a database is not yet an engine."""
        with pytest.raises(InvalidType, match="create_engine"):
            take("sqlite:///office.db")

    @pytest.mark.parametrize("take", [SQLAlchemyStore, SQLAlchemyStore.create])
    def test_a_database_that_was_never_tried(self, take: Callable[[Any], object]) -> None:
        """A database on which the contract was never run is refused by name."""
        engine = create_engine("sqlite://")
        engine.dialect.name = "oracle"
        with pytest.raises(InvalidValue, match="engine is of oracle"):
            take(engine)

    def test_something_that_cannot_be_called(self, on_sqlite: Engine) -> None:
        """What takes part in the transaction is a function."""
        also: Any = "outbox"
        with pytest.raises(InvalidType, match="a function of a connection"):
            SQLAlchemyStore(on_sqlite, also=also)

    @pytest.mark.parametrize("driver", ["postgresql+psycopg", "mysql+pymysql"])
    def test_a_server_that_is_not_there(self, driver: str) -> None:
        """Opening and creating are faults of our tree, which do not tell the password."""
        engine = create_engine(f"{driver}://office:hush@127.0.0.1:1/office")
        for take in (SQLAlchemyStore, SQLAlchemyStore.create):
            with pytest.raises(StoreFault, match=r"127\.0\.0\.1") as caught:
                take(engine)
            assert "hush" not in str(caught.value)

    def test_how_it_is_shown(self, on_sqlite: Engine) -> None:
        """A store says where it keeps its records."""
        with SQLAlchemyStore(on_sqlite) as store:
            assert repr(store) == f"SQLAlchemyStore('{on_sqlite.url}')"


class TestServers:
    """A server that is not there is not passed over in silence."""

    @pytest.mark.parametrize(("server", "what"), [(postgresql, "PostgreSQL"), (mariadb, "MariaDB")])
    def test_a_missing_server(
        self,
        server: Callable[[], AbstractContextManager[str]],
        what: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """It leaves its tests out, or fails them where all are required, and the run says how to install it."""
        told: dict[str, str] = {}
        monkeypatch.setattr(servers, "LEFT_OUT", told)
        monkeypatch.setattr(servers, "_found", lambda _: None)
        for required, outcome in ((False, pytest.skip.Exception), (True, pytest.fail.Exception)):
            monkeypatch.setattr(servers, "REQUIRED", required)
            with pytest.raises(outcome, match=f"{what} is not installed .* apt-get install"), server():
                pass
        assert told[f"stores on {what}"].startswith("apt-get install")
