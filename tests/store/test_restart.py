"""A database server that is killed under load, and started again on what it has left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import create_engine, text

from yizheng.errors import StoreFault, VersionConflict
from yizheng.store import SQLAlchemyStore

from .faults import figures, times
from .servers import Server, durable_mariadb, durable_postgresql
from .worker import write

WRITERS = 4
PATIENCE = 30.0


class Writer:
    """One that writes to two streams of its own, and goes on after a fault as a program should: it reads, and writes."""

    def __init__(self, store: SQLAlchemyStore, name: str) -> None:
        self.store, self.name = store, name
        self.acknowledged = self.faults = self.kept_without_a_word = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        """Write until told to stop."""
        while not self.stopped.is_set():
            try:
                self.go_on()
            except StoreFault:
                self.faults += 1
                time.sleep(0.02)

    def go_on(self) -> None:
        """Look how far the streams are, and write the next records."""
        version = self.store.version(self.name)
        assert version in {self.acknowledged, self.acknowledged + 1}
        self.kept_without_a_word += version - self.acknowledged
        self.acknowledged = version
        while not self.stopped.is_set():
            streams = (self.name, f"{self.name} too")
            self.store.append(*(write(stream, self.acknowledged, 1, self.name) for stream in streams))
            self.acknowledged += 1


def faults_until_it_works(store: SQLAlchemyStore) -> int:
    """How many faults a program sees that tries again and again after the server has come back."""
    faults, patience = 0, time.monotonic() + PATIENCE
    while True:
        try:
            version = store.version("a")
            store.append(*(write(stream, version, 1, "x") for stream in "ab"))
        except StoreFault:
            faults += 1
            assert time.monotonic() < patience
        except VersionConflict as conflict:
            raise AssertionError("nobody else writes to these streams") from conflict
        else:
            return faults


@pytest.mark.parametrize("start", [durable_postgresql, durable_mariadb])
def test_a_server_that_is_killed_under_load(start: Callable[[], AbstractContextManager[Server]]) -> None:
    """Nothing acknowledged is lost, nothing is half, and the same store with the same engine works again."""
    rounds = times(2, most=50)
    with start() as server:
        engine = create_engine(server.url)
        if engine.dialect.name == "mysql":
            with engine.begin() as connection:
                connection.execute(text("CREATE DATABASE yizheng"))
            engine.dispose()
            engine = create_engine(engine.url.set(database="yizheng"))
        try:
            SQLAlchemyStore.create(engine)
            with SQLAlchemyStore(engine) as store:
                under_load(server, store, rounds)
        finally:
            engine.dispose()


def under_load(server: Server, store: SQLAlchemyStore, rounds: int) -> None:
    """Kill and start the server so many times while writers write, and look what is there after each."""
    writers = [Writer(store, f"writer {number}") for number in range(WRITERS)]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    afterwards: list[int] = []
    try:
        for round_ in range(rounds):
            before = sum(writer.acknowledged for writer in writers)
            patience = time.monotonic() + PATIENCE
            while sum(writer.acknowledged for writer in writers) < before + 20:
                assert time.monotonic() < patience, "the writers do not come to write"
                time.sleep(0.005)
            promised = [writer.acknowledged for writer in writers]
            server.kill()
            time.sleep(0.05 * round_)
            server.start()
            afterwards.append(faults_until_it_works(store))
            for writer, least in zip(writers, promised, strict=True):
                assert store.version(writer.name) >= least
    finally:
        for writer in writers:
            writer.stopped.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert holds_together_between(store, writers) == rounds
    # Nobody has used the store in between: its pool holds connections to a server that is no more.
    server.kill()
    server.start()
    assert faults_until_it_works(store) == 1
    assert holds_together_between(store, writers) == rounds + 1
    figures(
        f"{store!r}: killed {rounds} times under {WRITERS} writers, {sum(writer.acknowledged for writer in writers)} appends "
        f"acknowledged, 0 lost; {sum(writer.faults for writer in writers)} faults told, "
        f"{sum(writer.kept_without_a_word for writer in writers)} appends kept without a word; "
        f"faults after the server was there again: {afterwards}"
    )


def holds_together_between(store: SQLAlchemyStore, writers: list[Writer]) -> int:
    """What each writer was promised is there, in both of its streams, without gaps; how far the streams in between are."""
    for writer in writers:
        one, two = store.read(writer.name), store.read(f"{writer.name} too")
        versions = [record.version for record in one]
        assert versions == [record.version for record in two] == list(range(1, len(one) + 1))
        assert writer.acknowledged <= len(one) <= writer.acknowledged + 1
        assert store.facts(writer.name) == store.facts(f"{writer.name} too") == {"version": str(len(one))}
    positions = [position for position, _ in store.read_all()]
    assert positions == list(range(1, len(positions) + 1))
    return len(store.read("a"))
