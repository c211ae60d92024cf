"""Rows R10 and R11: several threads and processes at once on one store, and processes that are killed as they write."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from yizheng.store import MemoryStore, SQLAlchemyStore, SQLiteStore, Store
from yizheng.testing.samples import together

from .faults import figures, holds_together, times
from .test_relational import emptied
from .worker import PATIENCE, contend, cross, opened

WORKER = Path(__file__).with_name("worker.py")


@contextmanager
def worker(task: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process that writes; it does not outlive the test."""
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, WORKER, task, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """What has processes forked that write; see the worker."""
    with worker("nursery") as process:

        def ask(do: str, **what: Any) -> Any:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps({"do": do, **what}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask


def test_many_processes_make_a_file_at_once(tmp_path: Path):
    """Whoever comes second finds the file made, and nobody fails."""
    for round_ in range(3):
        path = tmp_path / f"{round_}.db"
        with worker("open_once", path) as one, worker("open_once", path) as two, worker("open_once", path) as three:
            processes = (one, two, three)
            for process in processes:  # all three make the new file at the same moment
                assert process.stdout
                assert process.stdout.readline() == "ready\n"
            for process in processes:
                assert process.stdin
                process.stdin.write("go\n")
                process.stdin.flush()
            assert [process.wait(PATIENCE) for process in processes] == [0, 0, 0]
        with SQLiteStore(path) as store:
            assert store.version("a") == 1


class Places:
    """The databases that the tests of this module write to, each new for its test."""

    @pytest.fixture
    def address(self) -> str:
        """Where another process finds it."""
        raise NotImplementedError

    rounds: int
    """How many rounds of a race; where each costs a server's time, there are more on demand."""
    kills: int
    """How many writers are killed."""
    opening: float
    """How many seconds it takes to open the store, or a little more."""

    def place(self, address: str, cycle: int) -> str:
        """Where the writers of a cycle write to."""
        raise NotImplementedError

    def looking(self, place: str) -> AbstractContextManager[Store]:
        """The store with which it is looked what they have left."""
        raise NotImplementedError

    def prepare(self, address: str, ask: Ask) -> int:
        """What makes the writers quick; how far the streams are then."""
        raise NotImplementedError


class Races(Places):
    """R10: of all who write at one expected version exactly one wins, and every other is told of it."""

    def rounds_of(self, task: Callable[..., dict[str, Any]]) -> int:
        """As many as are asked for on one stream; on many a round has winners enough."""
        return times(self.rounds) // (1 if task is contend else 4)

    def judge(self, store: Store, answers: list[dict[str, Any]], rounds: int) -> None:
        """What was acknowledged to anybody is kept as he wrote it, and nothing else is; no gap, no other order."""
        won = {(stream, version): str(who) for who, answer in enumerate(answers) for stream, version in answer["won"]}
        assert len(won) == sum(len(answer["won"]) for answer in answers)
        kept = list(store.read_all())
        assert {(record.stream, record.version): record.digest for _, record in kept} == won
        assert [position for position, _ in kept] == list(range(1, len(won) + 1))
        for stream in store.streams():
            versions = [record.version for _, record in kept if record.stream == stream]
            assert versions == list(range(1, len(versions) + 1)) == [each.version for each in store.read(stream)]
            assert store.facts(stream) == {"version": str(len(versions))}
        conflicts = sum(answer["conflicts"] for answer in answers)
        figures(
            f"{store!r}: {len(answers)} writers, {rounds} rounds, {len(won)} records won by "
            f"{[len(answer['won']) for answer in answers]}, {conflicts} conflicts told"
        )

    @pytest.mark.parametrize("task", [contend, cross])
    def test_threads(self, address: str, task: Callable[..., dict[str, Any]]) -> None:
        """Eight threads, in each round at one moment: on one stream, and on two of six."""
        rounds, writers = self.rounds_of(task), 8
        with opened(address) as store:
            self.race(store, task, rounds, writers)

    def race(self, store: Store, task: Callable[..., dict[str, Any]], rounds: int, writers: int) -> None:
        """Let threads write, and judge what came of it."""
        barrier = threading.Barrier(writers, timeout=PATIENCE)
        answers: dict[int, dict[str, Any]] = {}

        def take_part(who: int) -> None:
            answers[who] = task(store, str(who), rounds, barrier)

        assert together([lambda who=who: take_part(who) for who in range(writers)]) == []
        whole = [answers[who] for who in range(writers)]
        self.judge(store, whole, rounds)
        self.judge_tries(whole, task, rounds, writers)

    def judge_tries(
        self, answers: list[dict[str, Any]], task: Callable[..., dict[str, Any]], rounds: int, writers: int
    ) -> None:
        """Every try was either won or a conflict that was told; on one stream each round had one winner."""
        streams = 1 if task is contend else 2
        for answer in answers:
            assert len(answer["won"]) // streams + answer["conflicts"] == rounds
        if task is contend:
            winners = Counter(version for answer in answers for _, version in answer["won"])
            assert winners == dict.fromkeys(range(1, rounds + 1), 1)
            assert sum(answer["conflicts"] for answer in answers) == rounds * (writers - 1)


class ProcessRaces(Races):
    """R10 and R11 on what several processes can open."""

    @pytest.mark.parametrize("task", [contend, cross])
    def test_processes(self, address: str, task: Callable[..., dict[str, Any]], ask: Ask) -> None:
        """Four processes, in each round at one moment: on one stream, and on two of six."""
        rounds, writers = self.rounds_of(task), 4
        answers = ask("raced", task=task.__name__, address=address, processes=writers, rounds=rounds)
        with opened(address) as store:
            self.judge(store, answers, rounds)
        self.judge_tries(answers, task, rounds, writers)

    def test_killed_writers(self, address: str, ask: Ask) -> None:
        """R11: after SIGKILL at any moment all that was acknowledged is there, and no half of an append."""
        chance = random.Random(20260302)  # noqa: S311 - no secret is made of it
        cycles, told, untold, records = times(self.kills), 0, 0, 0
        before = self.prepare(address, ask)
        for cycle in range(cycles):
            place = self.place(address, cycle)
            before = 0 if place != self.place(address, cycle - 1) else before
            begun = cycle % 2 == 0  # the others are killed as they open the store, or near it
            after = chance.uniform(0, 0.01 if begun else self.opening)
            answer = ask("killed", address=place, who=str(cycle), begun=begun, after=after)
            assert answer["signal"] == 9, answer
            said = [int(line) for line in answer["said"]]
            with self.looking(place) as store:
                version = holds_together(store, before)
            last = said[-1] if said else before
            assert last <= version <= last + 4
            told, untold, records = told + len(said), untold + (version != last), records + 2 * (version - before)
            before = version
        assert told > cycles / 2
        figures(
            f"{address.split(':', maxsplit=1)[0]}: {cycles} writers killed, {told} appends acknowledged, 0 lost, 0 by half; {untold} kept "
            f"without a word; {records} records"
        )


class TestMemory(Races):
    """In memory there are threads only, and nothing outlives the process."""

    rounds = 1000

    @pytest.fixture
    def address(self) -> str:
        """None is needed."""
        return ""

    @pytest.mark.parametrize("task", [contend, cross])
    def test_threads(self, address: str, task: Callable[..., dict[str, Any]]) -> None:  # noqa: ARG002 - there is none
        """Eight threads, in each round at one moment: on one stream, and on two of six."""
        with MemoryStore() as store:
            self.race(store, task, self.rounds_of(task), 8)


class TestSQLiteFile(ProcessRaces):
    """A file of the store's own."""

    rounds = 1000
    kills = 500

    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        """A new file."""
        return str(tmp_path / "records.db")

    opening = 0.005

    def place(self, address: str, cycle: int) -> str:
        """A new file now and then: so some are killed while they make it."""
        return f"{address}{cycle // 10}"

    def looking(self, place: str) -> AbstractContextManager[Store]:
        """Each time it is opened anew, as after an accident."""
        return opened(place)

    def prepare(self, address: str, ask: Ask) -> int:  # noqa: ARG002 - others need it
        """Nothing: they are quick."""
        return 0


class OnEngine(ProcessRaces):
    """A database by way of SQLAlchemy."""

    rounds = 32
    kills = 200
    opening = 0.02

    def place(self, address: str, _: int) -> str:
        """Always the same."""
        return address

    @contextmanager
    def looking(self, place: str) -> Iterator[Store]:  # noqa: ARG002 - there is one place
        """One that was open all the time: the other processes die, and it goes on."""
        yield self.store

    def prepare(self, address: str, ask: Ask) -> int:
        """A first append, from which the writers have the words of the database."""
        return int(ask("prepared", address=address))

    @pytest.fixture
    def engine(self) -> Engine:
        """The database."""
        raise NotImplementedError

    @pytest.fixture
    def address(self, engine: Engine) -> str:
        """Where the database is, emptied."""
        self.store = SQLAlchemyStore(emptied(engine))
        return engine.url.render_as_string(hide_password=False)


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
