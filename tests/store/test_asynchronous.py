"""The stores for programs that await: on real databases and in threads, and cancelled wherever it hurts."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    nullcontext,
    suppress,
)
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from yizheng.errors import InvalidType, InvalidValue, StoreFault, VersionConflict
from yizheng.store import (
    AsyncSQLAlchemyStore,
    AsyncStore,
    MemoryStore,
    Record,
    SQLAlchemyStore,
    SQLiteStore,
    ThreadedStore,
    Write,
    tables,
)
from yizheng.testing import AsyncConcurrentContract, AsyncStoreContract, AsyncStoreModel
from yizheng.testing.on_a_loop import AsyncOpener
from yizheng.testing.samples import everything, record, write

from .broken import PositionsOfTheReading
from .test_relational import WAIT, emptied, messages, outbox


class TestSQLiteStoreInThreads(AsyncStoreContract):
    """Records in a SQLite file keep the contract of an asynchronous store, in worker threads."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> AsyncOpener:
        """One file for each test."""
        return lambda: ThreadedStore(SQLiteStore(tmp_path / "records.db"))


class TestMemoryStoreInThreads(AsyncConcurrentContract):
    """Records in lists keep the contract, but for what outlives them."""

    @pytest.fixture
    def open_store(self) -> AsyncOpener:
        """A new one each time."""
        return lambda: ThreadedStore(MemoryStore())


class Slow(MemoryStore):
    """Appends when it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on, self.done = threading.Event(), threading.Event(), threading.Event()

    def append(self, *writes: Write) -> None:
        """Wait, then write."""
        self.begun.set()
        assert self.go_on.wait(WAIT)
        super().append(*writes)
        self.done.set()


class Watched(MemoryStore):
    """Notes in which thread each question is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, int] = {}


def watched(name: str) -> Callable[..., Any]:
    """A method that notes its thread."""

    def method(self: Watched, *of: Any, **named: Any) -> Any:
        self.asked[name] = threading.get_ident()
        return getattr(super(Watched, self), name)(*of, **named)

    return method


METHODS = ("append", "read", "load", "read_all", "parts", "version", "streams", "facts", "facts_of", "find", "close")
for each in METHODS:
    setattr(Watched, each, watched(each))


class TestThreaded:
    """What a store in threads does that no other does."""

    def test_a_cancelled_append_goes_on_and_is_kept_whole(self) -> None:
        """A thread cannot be stopped: who was cancelled stops waiting at once, and the records come a little later."""

        async def main() -> None:
            slow = Slow()
            async with ThreadedStore(slow) as store:
                task = asyncio.create_task(store.append(write("a", count=3), write("b")))
                assert await asyncio.to_thread(slow.begun.wait, WAIT)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert await store.streams() == ()
                slow.go_on.set()
                assert await asyncio.to_thread(slow.done.wait, WAIT)
                assert [await store.version(stream) for stream in "ab"] == [3, 1]

        asyncio.run(main())

    def test_the_loop_never_waits(self) -> None:
        """Every question is answered in another thread than that of the loop, whatever its facts are called."""

        async def main() -> None:
            watched = Watched()
            async with ThreadedStore(watched) as store:
                await store.append(write(parts={"p": b""}, facts={"func": "x"}))
                assert await store.read("a") == (record(),)
                assert await store.load("a") == ((record(),), {"p": b""})
                assert [each async for each in store.read_all()] == [(1, record())]
                assert await store.parts(["p"]) == {"p": b""}
                assert await store.version("a") == 1
                assert await store.streams() == await store.find(func="x") == ("a",)
                assert await store.facts("a") == {"func": "x"}
                assert await store.facts_of("func") == {"a": "x"}
            assert set(watched.asked) == set(METHODS)
            assert threading.get_ident() not in watched.asked.values()

        asyncio.run(main())

    def test_positions_that_do_not_rise_are_a_fault(self) -> None:
        """A store that begins to count anew is told, and not read for ever."""

        async def main() -> None:
            store = PositionsOfTheReading()
            store.append(write(count=3))
            with pytest.raises(StoreFault, match="gives position 1 after 2; positions must rise"):
                assert [each async for each in ThreadedStore(store).read_all(2)] == []

        asyncio.run(main())

    def test_what_is_no_store_is_refused(self) -> None:
        """A class, something else, and a store that awaits by itself are refused when they are handed in."""
        hopeless: list[tuple[Any, str]] = [
            (MemoryStore, "write an instance"),
            ("records.db", "lacks append"),
            (ThreadedStore(MemoryStore()), "awaits by itself"),
        ]
        for store, words in hopeless:
            with pytest.raises(InvalidType, match=words):
                ThreadedStore(store)

    def test_how_it_is_shown(self) -> None:
        """It says which store it is over."""
        assert repr(ThreadedStore(SQLiteStore(":memory:"))) == "ThreadedStore(SQLiteStore(':memory:'))"


def carelessly(connection: Any, _: object) -> None:
    """Without waiting for the disk, which nobody is going to pull the plug of."""
    connection.execute("PRAGMA synchronous = OFF")


def opening(url: URL) -> AsyncOpener:
    """Opens a store on an engine of its own, as another process would."""

    @asynccontextmanager
    async def open_store() -> AsyncIterator[AsyncStore]:
        async with running(url) as engine, AsyncSQLAlchemyStore(engine) as store:
            yield store

    return open_store


@asynccontextmanager
async def running(url: URL, **settings: Any) -> AsyncIterator[AsyncEngine]:
    """An engine on the loop that is running."""
    engine = create_async_engine(url, **settings)
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", carelessly)
    try:
        yield engine
    finally:
        await engine.dispose()


class On(NamedTuple):
    """What a test writes to: the same database for programs that await and for those that do not."""

    awaiting: AsyncEngine
    plain: Engine


def on_a_loop(test: Callable[[Any, On], Coroutine[Any, Any, None]]) -> Callable[[object, Engine, URL], None]:
    """A test that awaits, on a new loop, with an engine on it."""

    def run(self: object, engine: Engine, url: URL) -> None:
        async def main() -> None:
            async with running(url) as awaiting:
                await test(self, On(awaiting, engine))

        asyncio.run(main())

    run.__doc__ = test.__doc__
    return run


async def note(connection: AsyncConnection, writes: Sequence[Write]) -> None:
    """Put a message for each write into the program's own table, awaiting it."""
    for each in writes:
        await connection.execute(
            text("INSERT INTO outbox (message) VALUES (:message)"), {"message": f"{each.stream} from {each.expected}"}
        )


async def everything_of(store: AsyncStore) -> tuple[object, ...]:
    """All that can be seen of a store."""
    whole = tuple([each async for each in store.read_all()])
    streams = await store.streams()
    return whole, tuple(
        [
            (stream, await store.load(stream), await store.version(stream), await store.facts(stream))
            for stream in streams
        ]
    )


class RelationalContract(AsyncStoreContract):
    """What a store over SQLAlchemy promises beyond what every store does, on each database."""

    DRIVER: str
    KILL: tuple[str, str]

    @pytest.fixture
    def url(self, engine: Engine) -> URL:
        """The address of the same database for programs that await."""
        return engine.url.set(drivername=self.DRIVER)

    @pytest.fixture
    def open_store(self, url: URL) -> AsyncOpener:
        """The same database."""
        return opening(url)

    def test_it_agrees_with_the_model(self, engine: Engine, url: URL) -> None:
        """On a random walk, it and plain dictionaries say the same."""

        class Model(AsyncStoreModel):
            def open_async_store(self) -> AbstractAsyncContextManager[AsyncStore]:
                emptied(engine)
                return opening(url)()

        run_state_machine_as_test(Model, settings=settings(max_examples=4, stateful_step_count=10, deadline=None))

    @on_a_loop
    async def test_both_stores_are_one(self, on: On) -> None:
        """What the store that does not await has written, this one reads and goes on from, and the other way round."""
        async with AsyncSQLAlchemyStore(on.awaiting) as store:
            with SQLAlchemyStore(on.plain) as other:
                other.append(write(count=2, parts={"p": b"P"}, facts={"stage": "solicit"}))
                assert await everything_of(store) == everything(other)
                await store.append(write(expected=2, facts={"stage": "resolve"}), write("b"))
                assert await everything_of(store) == everything(other)
                with pytest.raises(VersionConflict):
                    other.append(write(expected=2))

    @on_a_loop
    async def test_the_tables_are_made_by_an_explicit_call(self, on: On) -> None:
        """Opening says what is missing and makes nothing; making them twice does no harm."""
        with on.plain.begin() as connection:
            tables._tables.drop_all(connection)
        try:
            with pytest.raises(
                StoreFault, match=r"there are no tables; call AsyncSQLAlchemyStore\.create\(engine\) once"
            ):
                await AsyncSQLAlchemyStore(on.awaiting).__aenter__()
            with pytest.raises(StoreFault, match="there are no tables"):
                await AsyncSQLAlchemyStore(on.awaiting).append(write())
            await AsyncSQLAlchemyStore.create(on.awaiting)
            async with AsyncSQLAlchemyStore(on.awaiting) as store:
                await store.append(write())
            await AsyncSQLAlchemyStore.create(on.awaiting)
            assert await AsyncSQLAlchemyStore(on.awaiting).streams() == ("a",)
        finally:
            SQLAlchemyStore.create(on.plain)

    @on_a_loop
    async def test_a_record_that_commits_late_is_not_passed_by(self, on: On) -> None:
        """With two transactions open at once, a reader sees the later one when it has seen the earlier one, not before."""
        written, go_on = asyncio.Event(), asyncio.Event()

        async def wait(_: AsyncConnection, __: Sequence[Write]) -> None:
            written.set()
            await asyncio.wait_for(go_on.wait(), WAIT)

        slow, quick = AsyncSQLAlchemyStore(on.awaiting, also=wait), AsyncSQLAlchemyStore(on.awaiting)
        late = asyncio.create_task(slow.append(write("late", count=2)))
        await asyncio.wait_for(written.wait(), WAIT)
        early = asyncio.create_task(quick.append(write("early")))
        await asyncio.wait([early], timeout=0.2)
        assert not early.done()
        assert [each async for each in quick.read_all()] == []
        go_on.set()
        await asyncio.gather(late, early)
        assert [kept.stream async for _, kept in quick.read_all()] == ["late", "late", "early"]

    @on_a_loop
    async def test_a_program_takes_part_in_the_transaction(self, on: On) -> None:
        """A message stands in the outbox when, and only when, the append was kept."""
        store = AsyncSQLAlchemyStore(on.awaiting, also=note)
        await store.append(write("a", count=2), write("b"))
        with pytest.raises(VersionConflict):
            await store.append(write("c"), write("a"))
        assert messages(on.plain) == ["a from 0", "b from 0"]
        store = AsyncSQLAlchemyStore(on.awaiting, also=lambda connection, writes: connection.run_sync(outbox, writes))
        await store.append(write("c"))
        assert messages(on.plain) == ["a from 0", "b from 0", "c from 0"]

    @on_a_loop
    async def test_what_a_program_raises_undoes_the_append(self, on: On) -> None:
        """Its own error comes back to it, and neither the records nor what it wrote itself are kept."""

        async def fail(connection: AsyncConnection, writes: Sequence[Write]) -> None:
            await note(connection, writes)
            raise LookupError("no such subscriber")

        def forget(*_: object) -> Any:
            """Not awaited by anybody."""

        for also, error, words in ((fail, LookupError, "no such subscriber"), (forget, InvalidType, "as async def")):
            with pytest.raises(error, match=words):
                await AsyncSQLAlchemyStore(on.awaiting, also=also).append(write(parts={"p": b""}))
            assert messages(on.plain) == []
            assert await everything_of(AsyncSQLAlchemyStore(on.awaiting)) == ((), ())

    @on_a_loop
    async def test_whoever_gives_up_waiting_has_written_nothing(self, on: On) -> None:
        """An append that was cancelled before its commit leaves no record, no message, and its connection free again."""
        async with running(on.awaiting.url, pool_size=1, max_overflow=0) as narrow:
            waits = asyncio.Event()

            async def wait(connection: AsyncConnection, writes: Sequence[Write]) -> None:
                await note(connection, writes)
                waits.set()
                await asyncio.sleep(WAIT)

            for _ in range(3):
                task = asyncio.create_task(AsyncSQLAlchemyStore(narrow, also=wait).append(write(count=9), write("b")))
                await waits.wait()
                waits.clear()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            store = AsyncSQLAlchemyStore(narrow)
            async with asyncio.timeout(WAIT):
                assert await everything_of(store) == ((), ())
                assert messages(on.plain) == []
                await store.append(write())
            assert await store.read("a") == (record(),)

    @on_a_loop
    async def test_a_cancelled_append_lets_the_next_one_write(self, on: On) -> None:
        """Wherever an append is cut, who has no patience at all finds nothing locked when the task has ended."""
        async with AsyncSQLAlchemyStore(on.awaiting) as store:
            start = time.perf_counter()
            await store.append(write(count=3))
            usual = time.perf_counter() - start
            impatient = create_engine(on.plain.url, **IMPATIENT.get(on.plain.dialect.name, {}))
            with SQLAlchemyStore(impatient) as other:
                for cut in range(20):
                    seen = other.version("a")
                    task = asyncio.create_task(store.append(write("a", seen, count=3)))
                    end = time.perf_counter() + usual * cut / 20
                    while time.perf_counter() < end:  # noqa: ASYNC110 - no event tells when
                        await asyncio.sleep(0)
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
                    found = other.version("a")
                    assert found in {seen, seen + 3}
                    other.append(write("a", found))
            impatient.dispose()

    @on_a_loop
    async def test_a_commit_that_fails_says_that_nothing_is_known(self, on: On) -> None:
        """Where the database gives up at the very end, the fault does not claim that nothing was written."""
        with ExitStack() as broken:

            async def spoil(connection: AsyncConnection, _: Sequence[Write]) -> None:
                broken.enter_context(await self.spoiled(connection, on.plain))

            async with running(on.awaiting.url, **IMPATIENT.get(on.plain.dialect.name, {})) as impatient:
                with pytest.raises(StoreFault, match="whether it was kept"):
                    await AsyncSQLAlchemyStore(impatient, also=spoil).append(write())
        store = AsyncSQLAlchemyStore(on.awaiting)
        assert await store.streams() == ()
        await store.append(write())

    async def spoiled(self, connection: AsyncConnection, plain: Engine) -> AbstractContextManager[object]:
        """See to it that this connection cannot commit, for as long as what is given back is open."""
        ask, kill = self.KILL
        number = (await connection.execute(text(ask))).scalar_one()
        with plain.connect() as other:
            other.execute(text(kill.format(number)))
        return nullcontext()

    @on_a_loop
    async def test_an_engine_without_transactions_is_refused(self, on: On) -> None:
        """An engine that commits each statement by itself could keep half of an append."""
        other = on.awaiting.execution_options(isolation_level="AUTOCOMMIT")
        with pytest.raises(InvalidValue, match="commits each statement by itself"):
            await AsyncSQLAlchemyStore(other).append(write())

    @on_a_loop
    async def test_a_long_reading_goes_on_page_by_page(self, on: On) -> None:
        """More records than a page are read to the end or to the limit, and no connection is held in between."""
        async with AsyncSQLAlchemyStore(on.awaiting) as store:
            await store.append(write(count=1_300))
            seen: list[tuple[int, Record]] = []
            async for each in store.read_all():
                assert on.awaiting.pool.checkedout() == 0  # type: ignore[attr-defined]
                seen.append(each)
            assert len(seen) == 1_300
            for limit in (0, 1, 512, 513, 1_024, 1_299, 1_300, 2_000):
                assert [each async for each in store.read_all(0, limit)] == seen[:limit]


IMPATIENT: dict[str, dict[str, Any]] = {"sqlite": {"connect_args": {"timeout": 0.2}}}


class TestOnSQLite(RelationalContract):
    """SQLite, which is always there."""

    DRIVER = "sqlite+aiosqlite"

    @pytest.fixture
    def engine(self, on_sqlite: Engine) -> Engine:
        """A new file for each test."""
        event.listen(on_sqlite, "connect", carelessly)
        on_sqlite.dispose()
        return emptied(on_sqlite)

    async def spoiled(self, _: AsyncConnection, plain: Engine) -> AbstractContextManager[object]:
        """A file cannot be written while somebody reads it."""
        reader = plain.connect()
        reader.execute(text("BEGIN"))
        reader.execute(text("SELECT * FROM yizheng_store")).all()
        return reader

    @on_a_loop
    async def test_a_file_is_let_go_of_though_somebody_keeps_the_error(self, on: On) -> None:
        """A task that is cancelled in the midst of a question locks the file no longer, whoever looks at how it ended."""
        begun = asyncio.Event()

        async def ask(connection: AsyncConnection, _: Sequence[Write]) -> None:
            begun.set()
            await connection.execute(text(SORTED))

        task = asyncio.create_task(AsyncSQLAlchemyStore(on.awaiting, also=ask).append(write()))
        await begun.wait()
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        impatient = create_engine(on.plain.url, **IMPATIENT["sqlite"])
        with SQLAlchemyStore(impatient) as other:
            other.append(write())
        impatient.dispose()
        assert caught.value.__traceback__ is not None


SORTED = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 100000)
    SELECT n FROM numbers ORDER BY -n
"""
"""A question that takes a while to its first row, and has more."""


class TestOnPostgreSQL(RelationalContract):
    """PostgreSQL, where it is installed."""

    DRIVER = "postgresql+asyncpg"
    KILL = ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})")

    @pytest.fixture
    def engine(self, on_postgresql: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return emptied(on_postgresql)

    def test_it_agrees_with_the_model_by_way_of_another_driver(self, engine: Engine) -> None:
        """The driver that the store is used with where nothing awaits does it too."""
        self.test_it_agrees_with_the_model(engine, engine.url)


class TestOnMariaDB(RelationalContract):
    """MariaDB, where it is installed."""

    DRIVER = "mysql+asyncmy"
    KILL = ("SELECT connection_id()", "KILL {}")

    @pytest.fixture
    def engine(self, on_mariadb: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return emptied(on_mariadb)


class TestWhatIsHandedIn:
    """What is no engine of a database that was tried is refused before anything is done."""

    def test_something_else_than_an_asynchronous_engine(self, on_sqlite: Engine) -> None:
        """The address of a database is not yet an engine, and one that does not await is of another kind."""
        hopeless: tuple[Any, ...] = ("sqlite:///office.db", on_sqlite)
        for engine in hopeless:
            with pytest.raises(InvalidType, match="create_async_engine"):
                AsyncSQLAlchemyStore(engine)
            with pytest.raises(InvalidType, match="create_async_engine"):
                asyncio.run(AsyncSQLAlchemyStore.create(engine))

    def test_a_database_that_was_never_tried(self) -> None:
        """A database on which the contract was never run is refused by name."""
        engine = create_async_engine("sqlite+aiosqlite://")
        engine.dialect.name = "oracle"
        with pytest.raises(InvalidValue, match="engine is of oracle"):
            AsyncSQLAlchemyStore(engine)

    def test_something_that_cannot_be_called(self) -> None:
        """What takes part in the transaction is a function."""
        also: Any = "outbox"
        with pytest.raises(InvalidType, match="an async def of a connection"):
            AsyncSQLAlchemyStore(create_async_engine("sqlite+aiosqlite://"), also=also)

    @pytest.mark.parametrize("driver", ["postgresql+psycopg", "postgresql+asyncpg", "mysql+asyncmy"])
    def test_a_server_that_is_not_there(self, driver: str) -> None:
        """Opening and creating are faults of our tree, which do not tell the password."""

        async def main() -> None:
            engine = create_async_engine(f"{driver}://office:hush@127.0.0.1:1/office")
            for take in (AsyncSQLAlchemyStore(engine).__aenter__, lambda: AsyncSQLAlchemyStore.create(engine)):
                with pytest.raises(StoreFault, match=r"127\.0\.0\.1") as caught:
                    await take()
                assert "hush" not in str(caught.value)

        asyncio.run(main())

    def test_how_it_is_shown(self) -> None:
        """A store says where it keeps its records."""
        store = AsyncSQLAlchemyStore(create_async_engine("postgresql+asyncpg://office:hush@db/office"))
        assert repr(store) == "AsyncSQLAlchemyStore('postgresql+asyncpg://office:***@db/office')"
