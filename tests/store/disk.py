"""What is done on a disk that fails: run as a process of its own, with ``disk.c`` preloaded.

``sweep`` does the same again and again, and each time another system call fails. ``record`` writes down what was asked
of the disk in short runs, for ``test_power.py`` to play again.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine

from yizheng.errors import StoreFault
from yizheng.store import SQLAlchemyStore, SQLiteStore, Store
from yizheng.testing.samples import everything

from .faults import holds_together
from .worker import both

OPEN, WRITE, SYNC, TRUNCATE, UNLINK, READ, MARK, LOST = (1 << bit for bit in range(8))
EVERY: Final = OPEN | WRITE | SYNC | TRUNCATE | UNLINK | READ
ALWAYS: Final = 1 << 30
CLOSED: Final = -2
"""The mark that says that the store was closed."""

FAULTS: Final = (
    ("EIO once", EVERY, errno.EIO, 1),
    ("EIO from then on", EVERY, errno.EIO, ALWAYS),
    ("ENOSPC once", OPEN | WRITE | TRUNCATE | SYNC, errno.ENOSPC, 1),
    ("ENOSPC from then on", OPEN | WRITE | TRUNCATE | SYNC, errno.ENOSPC, ALWAYS),
    ("EINTR once", EVERY, errno.EINTR, 1),
    ("half done once", WRITE | READ, 0, 1),
    ("half done from then on", WRITE | READ, 0, ALWAYS),
    ("EACCES from then on", OPEN | UNLINK, errno.EACCES, ALWAYS),
)

disk: Final = ctypes.CDLL(None)


@contextmanager
def failing(kinds: int, number: int, times: int, error: int) -> Iterator[None]:
    """From the given call on the disk fails, until the end."""
    disk.disk_fail(kinds, number, times, error)
    try:
        yield
    finally:
        disk.disk_fail(0, 0, 0, 0)


def on_file(path: Path) -> Store:
    """The store of its own."""
    return SQLiteStore(path)


def checkpointing(path: Path) -> Store:
    """The store of its own, which folds its log into the file after each append."""
    store = SQLiteStore(path)
    store._writer.execute("PRAGMA wal_autocheckpoint = 1").fetchall()
    return store


class Driver:
    """One engine for each setting, which knows its statements already, and opens the file that is wanted just now."""

    def __init__(self, synchronous: str) -> None:
        self.synchronous = synchronous
        self.path = Path()
        self.engine = create_engine("sqlite:///records.db", creator=self.connect)

    def connect(self) -> sqlite3.Connection:
        """A connection as the driver makes it."""
        connection = sqlite3.connect(self.path, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        except BaseException:
            connection.close()
            raise
        return connection


class OnEngine(SQLAlchemyStore):
    """The store by way of SQLAlchemy, whose connections are closed with it."""

    def __init__(self, path: Path, driver: Driver) -> None:
        driver.path = path
        self.driver = driver
        try:
            if not path.exists():
                SQLAlchemyStore.create(driver.engine)
            super().__init__(driver.engine)
        except BaseException:
            driver.engine.dispose()
            raise

    def close(self) -> None:
        """Close the store and its connections."""
        super().close()
        self.driver.engine.dispose()


STORES: Final[dict[str, Callable[[Path], Store]]] = {
    "file": on_file,
    "checkpointing": checkpointing,
    "normal": partial(SQLiteStore, synchronous="NORMAL"),
    "extra": partial(OnEngine, driver=Driver("EXTRA")),
    "full": partial(OnEngine, driver=Driver("FULL")),
}


class Swept:
    """One thing that is done, with each of its system calls failing in turn."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.open = STORES[kind]
        self.folder, self.counted = folder, Counter[str]()
        self.prepared = folder / "prepared"
        self.prepared.mkdir()
        with STORES["file" if kind == "checkpointing" else kind](self.prepared / "records.db") as store:
            for _ in range(3):
                both(store, "before")
            self.before = holds_together(store)
            self.left = folder / "left"  # where the store has a log, it lies beside the file, as after an accident
            shutil.copytree(self.prepared, self.left)
            (self.left / "records.db-shm").unlink(missing_ok=True)
        self.number = 0

    def place(self, *, new: bool) -> Path:
        """A folder with a log of its own."""
        self.number += 1
        place = self.folder / "at" / str(self.number)
        if new:
            place.mkdir(parents=True)
        else:
            shutil.copytree(self.left, place)
        return place / "records.db"

    def every(self, do: Callable[[Path, Callable[[], Any]], None], step: int, *, new: bool = False) -> None:
        """Do it with each fault at each call that it makes, or at every so manieth."""
        for name, kinds, error, times in FAULTS:
            for number in count(1, step):
                path = self.place(new=new)
                calls: list[int] = []

                @contextmanager
                def armed(how: Any = (kinds, number, times, error), calls: list[int] = calls) -> Iterator[None]:
                    with failing(*how):
                        try:
                            yield
                        finally:
                            calls.append(disk.disk_calls())

                do(path, armed)
                shutil.rmtree(path.parent)
                if calls[0] < number:
                    self.counted["calls"] = max(self.counted["calls"], calls[0])
                    break
                self.counted[f"faults: {name}"] += 1

    def judge(self, path: Path, acknowledged: int, tried: int) -> None:
        """The log opens, has all that was acknowledged, has nothing by half, and goes on."""
        with self.open(path) as store:
            version = holds_together(store)
            assert acknowledged <= version <= tried, (acknowledged, version, tried)
            self.counted["kept without a word"] += version > acknowledged
            further = both(store, "after")
        with self.open(path) as store:
            assert holds_together(store) == further

    def writing(self, path: Path, armed: Callable[[], Any]) -> None:
        """Append twice on a failing disk to a store that was opened before, and close it."""
        store = self.open(path)
        acknowledged = tried = self.before
        try:
            with armed():
                with suppress(StoreFault):
                    for _ in range(2):
                        tried = acknowledged + 1 + acknowledged % 4
                        acknowledged = both(store, "now")
                        self.counted["appends acknowledged"] += 1
                if acknowledged != tried:
                    self.counted["appends refused"] += 1
                store.close()
        finally:
            store.close()
        self.judge(path, acknowledged, tried)

    def failing_once(self, path: Path, armed: Callable[[], Any]) -> None:
        """After a fault the disk works again: the store is either in order, or says that it must be opened anew."""
        with self.open(path) as store:
            acknowledged = tried = self.before
            with armed(), suppress(StoreFault):
                tried = acknowledged + 1 + acknowledged % 4
                acknowledged = both(store, "now")
            if acknowledged == tried:
                assert holds_together(store) == tried
            else:
                try:
                    version = holds_together(store)
                except StoreFault as fault:
                    if isinstance(store, SQLiteStore) and "open the store anew" not in str(fault):
                        raise
                    self.counted["poisoned until opened anew"] += 1
                else:
                    assert version in {acknowledged, tried}
                    self.counted["in order again at once"] += 1
                    acknowledged = tried = both(store, "again")
        self.judge(path, acknowledged, tried)

    def making(self, path: Path, armed: Callable[[], Any]) -> None:
        """Make a new file on a failing disk and append to it."""
        acknowledged = tried = 0
        with armed(), suppress(StoreFault), self.open(path) as store:
            tried = 1
            acknowledged = both(store, "now")
            self.counted["appends acknowledged"] += 1
        if acknowledged != 1:
            self.counted["openings and appends refused"] += 1
        self.judge(path, acknowledged, tried)

    def reading(self, path: Path, armed: Callable[[], Any]) -> None:
        """What is read from a failing disk is what was written, or a fault."""
        with self.open(path) as store:
            whole = everything(store)
        with armed():
            try:
                with self.open(path) as store:
                    read = everything(store)
            except StoreFault:
                self.counted["readings refused"] += 1
            else:
                assert (read == whole) is True
                self.counted["readings right"] += 1
        with self.open(path) as store:
            assert (everything(store) == whole) is True


def sweep(folder: str, kind: str, task: str, step: str) -> None:
    """Do one thing on a store of a kind with every fault, and print the figures."""
    swept = Swept(Path(folder), kind)
    disk.disk_watch(f"{folder}/at".encode())
    swept.every(getattr(swept, task), int(step), new=task == "making")
    print(json.dumps(swept.counted))  # noqa: T201 - it is heard by the test


def record(folder: str, kind: str, runs: str) -> None:
    """Write down what each of several short runs asks of the disk, and what it was promised."""
    for number in range(int(runs)):
        chance = random.Random(number)  # noqa: S311 - the same run each time
        place = Path(folder) / str(number)
        place.mkdir()
        disk.disk_watch(str(place).encode())
        log = os.open(f"{folder}/{number}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        disk.disk_record(log)
        if number % 4 == 3:  # now and then the disk fails in between, and what it had not kept by then is lost
            disk.disk_fail(SYNC, chance.randint(4, 12), 1, errno.EIO)
        opener = STORES["checkpointing" if kind == "file" and number % 2 else kind]
        for _ in range(chance.randint(1, 3)):
            with suppress(StoreFault), opener(place / "records.db") as store:
                disk.disk_mark(store.version("a"))
                for _ in range(chance.randint(1, 3)):
                    disk.disk_mark(both(store, f"{number}"))
            disk.disk_mark(CLOSED)
        disk.disk_record(-1)
        disk.disk_fail(0, 0, 0, 0)
        os.close(log)
        shutil.rmtree(place)


def main(arguments: Sequence[str]) -> None:
    """One of the two tasks."""
    task, *others = arguments
    {"sweep": sweep, "record": record}[task](*others)
