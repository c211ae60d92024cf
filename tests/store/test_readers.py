"""A thousand readers beside a writer, and every character of Unicode, on every store."""

from __future__ import annotations

import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from yizheng.store import MemoryStore, SQLAlchemyStore, SQLiteStore, Store
from yizheng.testing.samples import everything, write

from .faults import CYCLES, figures
from .test_relational import emptied
from .worker import both

READERS = 1_000


class Readers:
    """What holds on every store."""

    looks = 1
    """How often each reader looks; more often where it takes no time."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new one."""
        raise NotImplementedError

    def test_a_thousand_readers_beside_a_writer(self, store: Store) -> None:
        """Each, in a thread of its own, sees a whole beginning of what is there in the end, and none is refused."""
        ready, lengths, wrong = threading.Barrier(READERS + 1), list[int](), list[object]()

        def look() -> None:
            ready.wait()
            for _ in range(self.looks):
                try:
                    order = [(record.stream, record.version, record.digest) for _, record in store.read_all()]
                except Exception as error:  # noqa: BLE001 - judged below
                    wrong.append(error)
                    return
                # Each append writes as many records to the one stream as to the other.
                ones = [each[1:] for each in order if each[0] == "a"]
                if ones != [each[1:] for each in order if each[0] == "b"]:
                    wrong.append(order)
                lengths.append(len(ones))

        before = both(store, "before")
        usual = threading.stack_size(256 * 1024)
        try:
            threads = [threading.Thread(target=look) for _ in range(READERS)]
            for thread in threads:
                thread.start()
        finally:
            threading.stack_size(usual)
        ready.wait()
        appends, version = 0, before
        while any(thread.is_alive() for thread in threads) and appends < 60:
            version = both(store, str(appends))
            appends += 1
            time.sleep(0.001)
        for thread in threads:
            thread.join()
        assert wrong[:1] == []
        assert len(lengths) == READERS * self.looks
        assert before <= min(lengths) <= max(lengths) <= version
        figures(
            f"{store!r}: {READERS} readers beside {appends} appends saw {len(set(lengths))} different beginnings, all whole"
        )

    def test_every_character_of_unicode_in_names(self, store: Store) -> None:
        """Every code point that is a character or may become one, alone and in names, and in three forms."""
        points = [chr(point) for point in range(1, sys.maxunicode + 1) if not 0xD800 <= point <= 0xDFFF]
        names = ["".join(points[start : start + 4_000]) for start in range(0, len(points), 4_000)]
        alike = {
            unicodedata.normalize(form, name)
            for name in ("\u1e9b\u0323", "\ufb03", "\u00c5ngstro\u0308m", "\uac01", "２０２６年", "ǅ", "\u0958")
            for form in ("NFC", "NFD", "NFKC", "NFKD")
        }
        alike |= {each.swapcase() for each in alike} | {f"{each} " for each in alike}
        names = sorted({*names, *alike})
        store.append(*(write(name, facts={"name": name}, parts={name: name.encode()}) for name in names))
        assert (store.streams() == tuple(names)) is True
        assert (store.facts_of("name") == {name: name for name in names}) is True
        for name in names[:: 1 if CYCLES else 7]:
            assert (store.version(name), store.find(name=name) == (name,)) == (1, True)
            assert (store.parts([name]) == {name: name.encode()}) is True
        assert len(everything(store)[0]) == len(names)
        figures(f"{store!r}: {len(points)} code points in {len(names)} names")


class TestMemory(Readers):
    """In memory."""

    looks = 4

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """A new one."""
        with MemoryStore() as store:
            yield store


class TestSQLiteFile(Readers):
    """A file of the store's own: its readers share one connection."""

    looks = 4

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        """A new file."""
        with SQLiteStore(tmp_path / "records.db") as store:
            yield store


class OnEngine(Readers):
    """A database by way of SQLAlchemy: a thousand threads share twenty connections, and wait for one."""

    @pytest.fixture
    def engine(self) -> Engine:
        """The database."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, engine: Engine) -> Iterator[Store]:
        """The same database, emptied, by a pool of its own."""
        patience = {"timeout": 60} if engine.dialect.name == "sqlite" else {}
        bounded = create_engine(
            emptied(engine).url, pool_size=20, max_overflow=0, pool_timeout=120, connect_args=patience
        )
        with SQLAlchemyStore(bounded) as store:
            yield store
        bounded.dispose()


class TestRelationalOnSQLite(OnEngine):
    """SQLite, which is always there."""

    @pytest.fixture
    def engine(self, on_sqlite: Engine) -> Engine:
        """A new file for each test."""
        return on_sqlite


class TestRelationalOnPostgreSQL(OnEngine):
    """PostgreSQL, where it is installed."""

    @pytest.fixture
    def engine(self, on_postgresql: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return on_postgresql


class TestRelationalOnMariaDB(OnEngine):
    """MariaDB, where it is installed."""

    @pytest.fixture
    def engine(self, on_mariadb: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return on_mariadb
