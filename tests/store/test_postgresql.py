"""The one statement that writes an append to PostgreSQL: it does what the questions one by one do."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, func, insert, select

from yizheng.errors import InvalidValue, KeyReused, StoreFault, VersionConflict
from yizheng.store import SQLAlchemyStore, Write, postgresql, relational, tables
from yizheng.testing.samples import NAMES, everything, record, refuses, write

from .test_relational import emptied

TABLES = (tables.store, tables.streams, tables.records, tables.parts, tables.parts_of, tables.facts)

APPENDS: tuple[tuple[Write, ...], ...] = (
    (write("a", count=12, parts={"p": b"P", "q": b""}, facts={"stage": "solicit", "outcome": None, "empty": ""}),),
    (write("a", expected=12, facts={"stage": "resolve", "empty": None}),),
    (write("a", expected=13, facts={"stage": None, "never": None}), write("b", parts={"p": b"P"}), write("c", count=0)),
    (write("b", expected=1, count=0, facts={"stage": "alone"}), write("a", expected=14, count=0)),
    (write("b", expected=1, parts={"p": b"P", "r": bytes(range(256))}),),
    tuple(write(name, records=[record(name, kind=name, key=name)], facts={name: name}) for name in NAMES if name > "c"),
    (
        write(
            "bytes",
            records=[
                record("bytes", 1, payload=b"", private=b"", moment=datetime.min.replace(tzinfo=UTC)),
                record("bytes", 2, payload=bytes(range(256)), private=None, key='"\\x00{},', kind_version=2**63 - 1),
                record("bytes", 3, payload=b"\\x", private=b"\0", moment=datetime.max.replace(tzinfo=UTC), digest=""),
            ],
        ),
    ),
)


@pytest.fixture
def engine(on_postgresql: Engine) -> Engine:
    """The same database for all tests, emptied for each."""
    return emptied(on_postgresql)


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def rows(engine: Engine) -> list[list[tuple[Any, ...]]]:
    """All that stands in the tables."""
    with engine.connect() as connection:
        return [sorted([tuple(row) for row in connection.execute(select(table))], key=repr) for table in TABLES]


class TestTheSameIsKept:
    """Whether an append goes as one statement or table by table, the same stands in the tables."""

    @pytest.mark.parametrize("way", ["another driver", "something beside it", "too long for one", "an old server"])
    def test_every_way(self, engine: Engine, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every kind of append, in order, leaves the same rows in every table."""
        in_one_trip: list[object] = []
        with SQLAlchemyStore(engine) as store:
            for writes in APPENDS:
                with asked(engine) as statements:
                    store.append(*writes)
                alone = all(each.records for each in writes)  # by the driver itself, which is not seen here
                assert len(statements) == (0 if alone else 2), statements
                in_one_trip.append((rows(engine), everything(store)))
        emptied(engine)
        changed = {
            "an old server": ("_SINCE", (10_000,)),
            "too long for one": ("_MOST", -1),
            "another driver": ("_DRIVER", ""),
        }
        if way in changed:
            monkeypatch.setattr(postgresql, *changed[way])
        also = (lambda *_: None) if way == "something beside it" else None
        with SQLAlchemyStore(engine, also=also) as store:
            for writes, kept in zip(APPENDS, in_one_trip, strict=True):
                with asked(engine) as statements:
                    store.append(*writes)
                assert len(statements) == 2 or (way in {"too long for one", "an old server"} and len(statements) > 2)
                assert (rows(engine), everything(store)) == kept

    def test_a_stream_is_read_with_its_parts_in_one_question(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Records and parts come together, from the driver itself, and no transaction is opened for them."""
        execute, questions = psycopg.Connection.execute, list[bool]()

        def note(connection: psycopg.Connection[Any], *given: Any, **settings: Any) -> Any:
            questions.append(connection.autocommit)
            return execute(connection, *given, **settings)

        with SQLAlchemyStore(engine) as store:
            store.append(write("a", count=2, parts={"p": b"P", "q": b""}), write("b", parts={"r": b"R"}))
            monkeypatch.setattr(psycopg.Connection, "execute", note)
            with asked(engine) as statements:
                found, parts = store.load("a")
                assert store.read("a", after=1) == found[1:]
        assert ([each.version for each in found], parts) == ([1, 2], {"p": b"P", "q": b""})
        assert (questions, statements) == ([True, True], [])

    def test_both_ways_of_reading(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the driver gives and what SQLAlchemy gives is the same, moment for moment and byte for byte."""
        with SQLAlchemyStore(engine) as store:
            for writes in APPENDS:
                store.append(*writes)
            by_driver = everything(store)
            monkeypatch.setattr(postgresql, "_DRIVER", "another")
            with asked(engine) as statements:
                assert everything(store) == by_driver
            assert statements

    def test_a_question_that_fails_is_asked_again(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the driver says against it, the ordinary way answers, or says why it cannot."""

        def fail(*_: object, **__: object) -> None:
            raise psycopg.OperationalError("the line is dead")

        with SQLAlchemyStore(engine) as store:
            store.append(write("a"))
            monkeypatch.setattr(psycopg.Connection, "execute", fail)
            assert [each.version for each in store.read("a")] == [1]


class TestTheSameIsRefused:
    """What is against an append is found by the statement, and told as on every database."""

    @pytest.mark.parametrize(
        ("told", "error", "writes"),
        [
            ("the version", VersionConflict, lambda: [write("new"), write("a", expected=1)]),
            ("a version ahead", VersionConflict, lambda: [write("new"), write("a", expected=3)]),
            ("a stream that is only held to", VersionConflict, lambda: [write("new"), write("a", 1, count=0)]),
            ("a key", KeyReused, lambda: [write("new"), write("a", 2, records=[record("a", 3, key="k")])]),
            ("a part", InvalidValue, lambda: [write("new", parts={"p": b"other"})]),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_nothing_is_written(
        self, engine: Engine, told: str, error: type[Exception], writes: Callable[[], list[Write]]
    ) -> None:
        """The statement writes no row of any table, and the refusal says what it was."""
        with SQLAlchemyStore(engine) as store:
            store.append(write("a", records=[record("a", 1, key="k"), record("a", 2)], parts={"p": b"P"}))
            before = rows(engine)
            refuses(store, error, *writes())
            assert rows(engine) == before, told

    def test_a_fault_tells_nothing_that_is_private(self, engine: Engine) -> None:
        """Where the database itself refuses the statement, the fault shows nothing of what was to be written."""
        secret = bytes(range(ord("a"), ord("z")))
        with SQLAlchemyStore(engine) as store:
            with engine.begin() as connection:  # somebody writes past the store
                connection.execute(insert(tables.streams).values(id=tables.id_of("a"), name="a"))
            with asked(engine) as statements, pytest.raises(StoreFault, match="nothing was written") as caught:
                store.append(write("a", records=[record("a", private=secret)]))
            assert "INSERT INTO yizheng_records" in statements[1]
            with engine.connect() as connection:
                assert connection.execute(select(func.count()).select_from(tables.records)).scalar_one() == 0
        assert secret.decode() not in "".join(traceback.format_exception(caught.value))


class TestWhoWaitsForATurn:
    """An append sees what was committed when it began, and still nothing that others committed meanwhile is overlooked."""

    @pytest.mark.parametrize(
        ("meanwhile", "mine", "error"),
        [
            (write("a", 1), write("a", 1), VersionConflict),
            (write("a"), write("a"), VersionConflict),
            (write("b", parts={"p": b"one"}), write("c", parts={"p": b"other"}), InvalidValue),
            (
                write("a", 1, records=[record("a", 2, key="k")]),
                write("a", 2, records=[record("a", 3, key="k")]),
                KeyReused,
            ),
        ],
        ids=["version", "new stream", "part", "key"],
    )
    def test_what_is_against_it_by_then(
        self, engine: Engine, meanwhile: Write, mine: Write, error: type[Exception]
    ) -> None:
        """What was committed while an append was waiting refuses it, as if it had been there before; no position is lost."""
        with SQLAlchemyStore(engine) as store, ThreadPoolExecutor(1) as other:
            if meanwhile.expected:
                store.append(write(meanwhile.stream))
            with engine.connect() as connection:
                relational.keep(connection, [meanwhile])
                waiting = other.submit(store.append, mine)
                self.until_somebody_waits(engine)
                connection.commit()
            with pytest.raises(error):
                waiting.result(60)
            positions = [position for position, _ in store.read_all()]
            store.append(write("last"))
            assert [position for position, _ in store.read_all()] == [*positions, positions[-1] + 1]

    def test_the_same_part(self, engine: Engine) -> None:
        """A part that somebody else kept meanwhile, with the same bytes, is welcome."""
        with SQLAlchemyStore(engine) as store, ThreadPoolExecutor(1) as other:
            with engine.connect() as connection:
                relational.keep(connection, [write("a", parts={"p": b"P"})])
                waiting = other.submit(store.append, write("b", parts={"p": b"P", "q": b"Q"}))
                self.until_somebody_waits(engine)
                connection.commit()
            waiting.result(60)
            assert [position for position, _ in store.read_all()] == [1, 2]
            assert store.load("b")[1] == {"p": b"P", "q": b"Q"}

    def test_a_connection_that_breaks(self, engine: Engine) -> None:
        """Where the connection breaks, nobody knows whether it was kept, and the fault says so; the next one is a new one."""
        with SQLAlchemyStore(engine) as store, ThreadPoolExecutor(1) as other:
            store.append(write("a"))
            with engine.connect() as connection:
                relational.keep(connection, [write("b")])
                waiting = other.submit(store.append, write("a", 1))
                self.until_somebody_waits(engine)
                with engine.connect() as ending:
                    ending.exec_driver_sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    )
                with pytest.raises(StoreFault, match="whether it was kept is not known"):
                    waiting.result(60)
            assert store.version("a") == 1
            store.append(write("a", 1))
            assert store.version("a") == 2

    def until_somebody_waits(self, engine: Engine) -> None:
        """Come back once a statement waits for a lock."""
        asked_for = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        for _ in range(3_000):
            with engine.connect() as connection:
                if connection.exec_driver_sql(asked_for).scalar():
                    return
            time.sleep(0.01)
        raise AssertionError("nobody waits")
