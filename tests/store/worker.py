"""A process of its own that writes to a store, for the tests of many processes and of killed ones.

It says on its standard output what was acknowledged, a line at a time and only after the append returned.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from yizheng.errors import VersionConflict
from yizheng.store import Record, SQLiteStore, Write


def write(stream: str, expected: int, count: int, who: str) -> Write:
    """Some records, a part that bears the name of the append, and a fact that says how far the stream is."""
    records = [
        Record(
            stream=stream,
            version=version,
            kind="test.Record",
            kind_version=1,
            moment=datetime(2026, 3, 2, tzinfo=UTC),
            payload=f"{stream} {version} ".encode() * 50,
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


def say(words: str) -> None:
    """One whole line, past every buffer."""
    os.write(1, f"{words}\n".encode())


def contest(path: str, who: str, rounds: int) -> None:
    """Try to write each version once, and say which were won."""
    with SQLiteStore(path, timeout=30) as store:
        say("ready")
        sys.stdin.readline()
        for expected in range(rounds):
            try:
                store.append(write("a", expected, 1, who))
            except VersionConflict as conflict:
                if conflict.found <= expected:
                    raise
            else:
                say(str(expected + 1))


def go_on(path: str, who: str, _: int) -> None:
    """Write to two streams at once for ever, and say what was acknowledged."""
    with SQLiteStore(path) as store:
        while True:
            count = 1 + store.version("a") % 4
            store.append(*(write(stream, store.version(stream), count, who) for stream in "ab"))
            say(str(store.version("a")))


if __name__ == "__main__":
    {"contest": contest, "go_on": go_on}[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4]))
