"""The databases that the tests of this folder write to, and what could not be tested on this machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from yizheng.store import SQLAlchemyStore

from .servers import disk_that_fails, mariadb, postgresql


@pytest.fixture(scope="session")
def on_postgresql() -> Iterator[Engine]:
    """A PostgreSQL database with the tables of a store."""
    with postgresql() as url:
        engine = create_engine(url)
        SQLAlchemyStore.create(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def on_mariadb() -> Iterator[Engine]:
    """A MariaDB database with the tables of a store."""
    with mariadb() as url:
        administrator = create_engine(url)
        with administrator.begin() as connection:
            connection.execute(text("CREATE DATABASE yizheng"))
        administrator.dispose()
        engine = create_engine(administrator.url.set(database="yizheng"))
        SQLAlchemyStore.create(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite database with the tables of a store."""
    engine = create_engine(f"sqlite:///{tmp_path}/office.db")
    SQLAlchemyStore.create(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def library() -> Iterator[Path]:
    """The library that stands between SQLite and the disk."""
    with disk_that_fails() as path:
        yield path


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory, where there is one: what is asked of the disk is counted, and not how fast it is."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    with tempfile.TemporaryDirectory(prefix="yizheng-", dir=memory if usable else None) as folder:
        yield Path(folder)
