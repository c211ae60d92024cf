"""Processes of their own that write to a store, for the tests of many processes and of killed ones.

They say on their standard output what was acknowledged, a line at a time and only after the append returned.

To start a Python for each of hundreds of writers would take longer than all that they write. So one process, the
nursery, imports everything, keeps nothing open, and forks a writer whenever it is told to; each opens its own store.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from yizheng.errors import VersionConflict
from yizheng.store import Record, SQLiteStore, Store, Write

PATIENCE = 60.0


class Barrier(Protocol):
    """Where all wait for all, of threads or of processes."""

    def wait(self) -> object:
        """Wait for the others."""


def payload(stream: str, version: int) -> bytes:
    """What a record must say; now and then it is longer than a page of the file."""
    return f"{stream} {version} ".encode() * (1500 if version % 7 == 0 else 50)


def write(stream: str, expected: int, count: int, who: str) -> Write:
    """Some records, a part that bears the name of the append, and a fact that says how far the stream is."""
    records = [
        Record(
            stream=stream,
            version=version,
            kind="test.Record",
            kind_version=1,
            moment=datetime(2026, 3, 2, tzinfo=UTC),
            payload=payload(stream, version),
            digest=who,
            key=f"{who} {version}",
        )
        for version in range(expected + 1, expected + count + 1)
    ]
    last = str(expected + count)
    return Write(
        stream=stream,
        expected=expected,
        records=records,
        parts={f"{stream} {last}": last.encode()},
        facts={"version": last},
    )


def both(store: Store, who: str) -> int:
    """Write to two streams in one append; the version that both have then."""
    version = store.version("a")
    count = 1 + version % 4
    store.append(*(write(stream, version, count, who) for stream in "ab"))
    return version + count


ENGINES: dict[str, Any] = {}
"""What was prepared for addresses of databases: an engine that knows its statements already, and has no connection."""


def engine_of(address: str) -> Any:
    """An engine that waits long for the others. The one that was prepared, where there is one."""
    from sqlalchemy import create_engine  # noqa: PLC0415 - a writer of plain files is forked the quicker without

    patience = {"timeout": PATIENCE} if address.startswith("sqlite") else {}
    return ENGINES.get(address) or create_engine(address, connect_args=patience)


@contextmanager
def opened(address: str) -> Iterator[Store]:
    """A store at a path, or at the address of a database."""
    if "://" not in address:
        with SQLiteStore(address, timeout=PATIENCE) as store:
            yield store
        return
    from yizheng.store import SQLAlchemyStore  # noqa: PLC0415

    engine = engine_of(address)
    try:
        with SQLAlchemyStore(engine) as store:
            yield store
    finally:
        engine.dispose()


def prepared(address: str) -> int:
    """Write once, and let go of the database again; how far the streams are."""
    from yizheng.store import SQLAlchemyStore  # noqa: PLC0415

    engine = ENGINES[address] = engine_of(address)
    with SQLAlchemyStore(engine) as store:
        version = both(store, "first")
    engine.dispose()
    gc.collect()
    gc.freeze()
    return version


def say(words: str) -> None:
    """One whole line, past every buffer."""
    os.write(1, f"{words}\n".encode())


def contend(store: Store, who: str, rounds: int, barrier: Barrier) -> dict[str, Any]:
    """In each round, write at the version at which all others write; the versions won, and the conflicts told."""
    won, conflicts = [], 0
    for expected in range(rounds):
        barrier.wait()
        try:
            store.append(write("a", expected, 1, who))
        except VersionConflict as conflict:
            if (conflict.stream, conflict.expected, conflict.found) != ("a", expected, expected + 1):
                raise
            conflicts += 1
        else:
            won.append(["a", expected + 1])
    return {"won": won, "conflicts": conflicts}


def cross(store: Store, who: str, rounds: int, barrier: Barrier) -> dict[str, Any]:
    """In each round, write to two of six streams at once, in any order; the versions won, and the conflicts told."""
    chance = random.Random(who)  # noqa: S311 - no secret is made of it
    won, conflicts = [], 0
    for _ in range(rounds):
        streams = chance.sample("abcdef", 2)
        seen = {stream: store.version(stream) for stream in streams}
        barrier.wait()
        try:
            store.append(*(write(stream, seen[stream], 1, who) for stream in streams))
        except VersionConflict as conflict:
            if conflict.expected != seen[conflict.stream] or conflict.found <= conflict.expected:
                raise
            conflicts += 1
        else:
            won.extend([stream, version + 1] for stream, version in seen.items())
    return {"won": won, "conflicts": conflicts}


def open_once(address: str) -> None:
    """Open a store when told to, together with others, and write one record if nobody was faster."""
    say("ready")
    sys.stdin.readline()
    with opened(address) as store:
        try:
            store.append(write("a", 0, 1, "0"))
        except VersionConflict as conflict:
            if conflict.found != 1:
                raise


def go_on(address: str, who: str) -> None:
    """Write to two streams at once for ever, and say what was acknowledged."""
    with opened(address) as store:
        while True:
            say(str(both(store, who)))


def forked(do: Callable[[], object]) -> tuple[int, int]:
    """A process that does something and says what came of it: its number, and where it is heard."""
    heard, said = os.pipe()
    if child := os.fork():
        os.close(said)
        return child, heard
    code = 1
    try:
        os.dup2(said, 1)
        os.close(heard)
        do()
        code = 0
    except BaseException:  # noqa: BLE001 - told below; a fork must not go on as its parent
        say(f"FAILED {traceback.format_exc()}")
    finally:
        os._exit(code)


def all_of(heard: int) -> str:
    """What a process has said until its end."""
    with os.fdopen(heard, encoding="utf-8") as stream:
        return stream.read()


def killed(address: str, who: str, after: float, begun: bool) -> dict[str, Any]:  # noqa: FBT001 - it comes by name
    """Let a writer write, from now or from its first append on, kill it, and tell what it had acknowledged."""
    child, heard = forked(lambda: go_on(address, who))
    first = os.read(heard, 1 << 16).decode() if begun else ""
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return {"said": (first + all_of(heard)).splitlines(), "signal": os.WTERMSIG(status)}


def raced(task: str, address: str, processes: int, rounds: int) -> list[dict[str, Any]]:
    """Let several processes write at once, and tell what each has won."""
    barrier = multiprocessing.get_context("fork").Barrier(processes, timeout=PATIENCE)

    def race(who: int) -> None:
        with opened(address) as store:
            say(json.dumps({"contend": contend, "cross": cross}[task](store, str(who), rounds, barrier)))

    children = [forked(lambda who=who: race(who)) for who in range(processes)]
    answers = [all_of(heard) for _, heard in children]
    for child, _ in children:
        os.waitpid(child, 0)
    if failed := [answer for answer in answers if not answer.startswith("{")]:
        raise AssertionError("\n".join(failed))
    return [json.loads(answer) for answer in answers]


def nursery() -> None:
    """Do what each line asks for, and answer with a line; end with the input."""
    gc.collect()
    gc.freeze()  # what is never looked at is never copied for a fork
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        say(json.dumps({"killed": killed, "prepared": prepared, "raced": raced}[asked.pop("do")](**asked)))


def main(arguments: Sequence[str]) -> None:
    """One of the tasks."""
    task, *others = arguments
    {"open_once": open_once, "go_on": go_on, "nursery": nursery}[task](*others)


if __name__ == "__main__":
    main(sys.argv[1:])
