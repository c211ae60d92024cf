"""The stores for programs that await."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine
from sqlalchemy.ext.asyncio import create_async_engine

from yizheng.store import AsyncSQLAlchemyStore, AsyncStore, MemoryStore, SQLiteStore, ThreadedStore
from yizheng.testing import AsyncConcurrentContract, AsyncStoreContract
from yizheng.testing.on_a_loop import AsyncOpener

from .test_relational import emptied


class TestSQLiteStoreInThreads(AsyncStoreContract):
    """Records in a SQLite file."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> AsyncOpener:
        """One file for each test."""
        return lambda: ThreadedStore(SQLiteStore(tmp_path / "records.db"))


class TestMemoryStoreInThreads(AsyncConcurrentContract):
    """Records in lists."""

    @pytest.fixture
    def open_store(self) -> AsyncOpener:
        """A new one each time."""
        return lambda: ThreadedStore(MemoryStore())


def opening(url: URL) -> AsyncOpener:
    """Opens a store on an engine of its own, as another process would."""

    @asynccontextmanager
    async def open_store() -> AsyncIterator[AsyncStore]:
        engine = create_async_engine(url)
        try:
            async with AsyncSQLAlchemyStore(engine) as store:
                yield store
        finally:
            await engine.dispose()

    return open_store


class RelationalContract(AsyncStoreContract):
    """What a store over SQLAlchemy promises beyond what every store does, on each database."""

    DRIVER: str

    @pytest.fixture
    def url(self, engine: Engine) -> URL:
        """The address for programs that await."""
        return engine.url.set(drivername=self.DRIVER)

    @pytest.fixture
    def open_store(self, url: URL) -> AsyncOpener:
        """The same database."""
        return opening(url)


class TestOnSQLite(RelationalContract):
    """SQLite, which is always there."""

    DRIVER = "sqlite+aiosqlite"

    @pytest.fixture
    def engine(self, on_sqlite: Engine) -> Engine:
        """A new file for each test."""
        return emptied(on_sqlite)


class TestOnPostgreSQL(RelationalContract):
    """PostgreSQL, where it is installed."""

    DRIVER = "postgresql+asyncpg"

    @pytest.fixture
    def engine(self, on_postgresql: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return emptied(on_postgresql)

class TestOnPostgreSQL2(TestOnPostgreSQL):
    DRIVER = "postgresql+psycopg"

class TestOnMariaDB(RelationalContract):
    """MariaDB, where it is installed."""

    DRIVER = "mysql+asyncmy"

    @pytest.fixture
    def engine(self, on_mariadb: Engine) -> Engine:
        """The same database for all tests, emptied for each."""
        return emptied(on_mariadb)
class TestOnMariaDB2(TestOnMariaDB):
    DRIVER = "mysql+aiomysql"
