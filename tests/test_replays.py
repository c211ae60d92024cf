"""Row R23: a log is folded to the same state and told in the same words, whatever the hash seed and the Python version.

In the default run, of as many logs as quickly go; with ``YIZHENG_REPLAYS=1000``, or under ``HYPOTHESIS_PROFILE=ci``, of
the thousand that the row asks for. Each line covers a case's state, what is due, its minutes and register in both
languages, its public record and its bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import replays

HERE = Path(__file__).parent
COUNT = int(os.environ.get("YIZHENG_REPLAYS", "1000" if os.environ.get("HYPOTHESIS_PROFILE") == "ci" else "60"))
NEEDED = "import attrs, msgspec, pytest, sys, transitions, typing_extensions; print(sys.version.split()[0])"
"""What another Python must have to read records; ``walks`` asks for pytest."""


def told(python: str, seed: str, count: int = COUNT) -> list[str]:
    """The lines of another process."""
    path = os.pathsep.join([str(HERE.parent / "src"), str(HERE)])
    done = subprocess.run(  # noqa: S603 -- an interpreter, and a program of this folder
        [python, "-m", "replays", str(count)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def others() -> dict[str, str]:
    """The version of every other Python that is here and could read a record: ``YIZHENG_OTHER_PYTHON``, and those of the path."""
    named = os.environ.get("YIZHENG_OTHER_PYTHON")
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = [shutil.which(f"python3.{minor}") for minor in range(11, 20) if f"3.{minor}" != ours]
    able: dict[str, str] = {}
    for python in [named, *found]:
        if python is not None:
            done = subprocess.run([python, "-c", NEEDED], capture_output=True, check=False)  # noqa: S603 -- as above
            if done.returncode == 0:
                able[python] = done.stdout.decode().strip()
            elif python == named:
                pytest.fail(f"{python} cannot read records: {done.stderr.decode()}")
    return able


class TestReplays:
    """The same log gives the same bytes."""

    def test_another_hash_seed(self) -> None:
        """In two processes with other seeds, each of which folds each log twice; and, where there is one, by another Python."""
        first = told(sys.executable, "0")
        entries = sum(int(line.split()[1]) for line in first)
        assert len(first) == len(set(first)) == COUNT
        assert (told(sys.executable, "4294967295") == first) is True
        pythons = others()
        for python in pythons:
            assert (told(python, "1") == first) is True, python
        also = ", ".join(pythons.values()) or "none here"
        print(f"{COUNT} logs of {entries} entries, two hash seeds; other Pythons: {also}")  # noqa: T201 - the figures are a part of the result

    def test_a_state_that_differs_is_seen(self) -> None:
        """If this fails, the test above proves little: one word more, or one salt, and the line is another."""
        case = replays.made(3)
        noted = case.act(replays.Note("x"), at=case.entries[-1].recorded_at, by="sec-1", salt=b"0" * 16)
        assert replays.told(case) != replays.told(noted)
        assert len({replays.told(replays.made(number)) for number in range(5)}) == 5

    def test_what_follows_the_hash_seed_is_seen(self) -> None:
        """A program that tells a set as it comes prints other lines under other seeds."""
        program = "print(','.join({'sec-1', 'rep-03', 'sup-1', 'sup-2', '1-101', '业主', 'c-1', 'c-2'}))"
        lines = {
            subprocess.run(  # noqa: S603 -- this interpreter, and the program above
                [sys.executable, "-c", program],
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            ).stdout
            for seed in ("0", "1", "4294967295")
        }
        assert len(lines) == 3
