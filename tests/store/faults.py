"""What the tests of faults have in common: how often they try, and what a log must still be after each."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

from yizheng.errors import VersionConflict
from yizheng.store import Store, Write

from .worker import payload

CYCLES: Final = int(os.environ.get("YIZHENG_CYCLES", "0"))
"""How often at least, if more often than usual."""


def times(usual: int, most: int | None = None) -> int:
    """How often a fault is tried: the usual number, or what the environment asks for, up to what makes sense."""
    return max(usual, CYCLES if most is None else min(CYCLES, most))


def figures(words: str) -> None:
    """What was counted, for the log of the run."""
    print(words)  # noqa: T201 - the figures are a part of the result


def settle(store: Store) -> None:
    """Wait for whoever died in the middle of an append: a server may still be about to keep it, or to undo it."""
    seen = -1
    while seen != (seen := store.version("a")):
        with suppress(VersionConflict):
            return store.append(Write(stream="a", expected=seen))
    raise AssertionError("somebody is still writing")


def holds_together(store: Store, after: int = 0) -> int:
    """Hold two streams that are written to together against what every append promises; the version of both.

    What stood before ``after`` was looked at already, and only its number is.
    """
    settle(store)
    a, b, positions, stood = (), (), list[int](), -1
    while stood != (stood := store.version("a")):  # a server may begin only now with what the dead had sent
        a, b = store.read("a", after), store.read("b", after)
        positions = [position for position, _ in store.read_all(2 * after)]
    version = after + len(a)
    assert [record.version for record in a] == list(range(after + 1, version + 1))
    assert [(record.version, record.digest) for record in a] == [(record.version, record.digest) for record in b]
    for record in (*a, *b):
        # A boolean: how two long payloads differ, nobody wants to read.
        assert (record.payload == payload(record.stream, record.version)) is True
    assert positions == list(range(2 * after + 1, 2 * version + 1))
    assert store.version("a") == store.version("b") == version
    if version:
        assert store.facts("a") == store.facts("b") == {"version": str(version)}
        assert store.parts([f"{stream} {version}" for stream in "ab"]) == {
            f"{stream} {version}": str(version).encode() for stream in "ab"
        }
    if not after:
        assert len(store.load("a")[1]) == len(store.load("b")[1])
    return version
