"""Several processes on one SQLite file, and processes that are killed while they write."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yizheng.store import SQLiteStore

WORKER = Path(__file__).with_name("worker.py")


@contextmanager
def worker(task: str, path: Path, who: str, rounds: int = 0) -> Iterator[subprocess.Popen[str]]:
    """A process that writes; it does not outlive the test."""
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, WORKER, task, path, who, str(rounds)],
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


def holds_together(path: Path) -> int:
    """Hold a file that two streams are written to against what every append promises; the version of both streams."""
    with SQLiteStore(path) as store:
        (a, parts_a), (b, parts_b) = store.load("a"), store.load("b")
        assert [record.version for record in a] == list(range(1, len(a) + 1))
        assert [(record.version, record.digest) for record in a] == [(record.version, record.digest) for record in b]
        for record in (*a, *b):
            assert record.payload == f"{record.stream} {record.version} ".encode() * 50
        positions = [position for position, _ in store.read_all()]
        assert positions == list(range(1, 2 * len(a) + 1))
        version = len(a)
        if version:
            assert store.facts("a") == store.facts("b") == {"version": str(version)}
            assert f"a {version}" in parts_a
            assert f"b {version}" in parts_b
        assert len(parts_a) == len(parts_b)
        return version


def test_one_of_many_processes_wins(tmp_path: Path):
    """Four processes write at the same expected version: each version has exactly one winner, and there are no gaps."""
    path, rounds = tmp_path / "records.db", 100
    with (
        worker("contest", path, "0", rounds) as one,
        worker("contest", path, "1", rounds) as two,
        worker("contest", path, "2", rounds) as three,
        worker("contest", path, "3", rounds) as four,
    ):
        processes = (one, two, three, four)
        for process in processes:  # all four made the new file at the same moment
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        won = [[int(line) for line in process.stdout or ()] for process in processes]
        assert [process.wait() for process in processes] == [0, 0, 0, 0]
    assert sorted(version for versions in won for version in versions) == list(range(1, rounds + 1))
    with SQLiteStore(path) as store:
        assert [(record.version, int(record.digest)) for record in store.read("a")] == sorted(
            (version, who) for who, versions in enumerate(won) for version in versions
        )
        print(f"{rounds} versions, won by {[len(versions) for versions in won]}")  # noqa: T201 - the figures are a part of the result


def test_many_processes_make_a_file_at_once(tmp_path: Path):
    """Whoever comes second finds the file made, and nobody fails."""
    for round_ in range(3):
        path = tmp_path / f"{round_}.db"
        with (
            worker("contest", path, "0", 1) as one,
            worker("contest", path, "1", 1) as two,
            worker("contest", path, "2", 1) as three,
        ):
            for process in (one, two, three):
                process.communicate("go\n", timeout=30)
            assert (one.returncode, two.returncode, three.returncode) == (0, 0, 0)
        with SQLiteStore(path) as store:
            assert store.version("a") == 1


def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path):
    """After SIGKILL at random moments the file opens, has all that was acknowledged, and has no half of an append."""
    chance = random.Random(20260302)  # noqa: S311 - no secret is made of it
    cycles, acknowledged, unacknowledged = 36, 0, 0
    path = tmp_path / "first.db"
    for cycle in range(cycles):
        if cycle % 3 == 0:
            path = tmp_path / f"{cycle}.db"  # a third of them is killed near the making of a new file
        before = holds_together(path) if path.exists() else 0
        with worker("go_on", path, str(cycle)) as process:
            assert process.stdout
            said: list[str] = []
            if cycle % 2:
                said = process.stdout.readline().split()
                time.sleep(chance.uniform(0, 0.06))
            else:
                time.sleep(chance.uniform(0.03, 0.2))
            process.kill()
            said += process.stdout.read().split()
        version = holds_together(path)
        last = int(said[-1]) if said else before
        assert last <= version <= last + 4
        acknowledged += len(said)
        unacknowledged += version != last
    assert acknowledged > cycles
    print(f"{cycles} kills, {acknowledged} appends acknowledged, 0 lost; {unacknowledged} kept without a word")  # noqa: T201 - the figures are a part of the result
