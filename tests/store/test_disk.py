"""Row R13: a full disk, a disk that fails at any system call, a file and a folder that may only be read."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yizheng.errors import StoreFault
from yizheng.store import SQLiteStore, Store
from yizheng.testing.samples import everything, record, write

from . import disk, servers
from .faults import CYCLES, figures
from .servers import disk_that_fails
from .worker import both

FOREVER = CYCLES >= 200
HERE = Path(__file__).parent


def on_failing_disk(library: Path, *task: object) -> str:
    """Run ``disk.py`` on a disk that fails; what it printed."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", "import sys, store.disk; store.disk.main(sys.argv[1:])", *map(str, task)],
        check=False,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "LD_PRELOAD": str(library),
            "PYTHONPATH": os.pathsep.join([str(HERE.parent), *filter(None, sys.path)]),
        },
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


class TestEverySystemCall:
    """Whichever call fails, and however: nothing is acknowledged falsely, nothing is half, and the log opens."""

    @pytest.mark.parametrize(
        ("kind", "task", "step"),
        [
            ("checkpointing", "writing", 1),
            ("file", "failing_once", 1),
            ("file", "making", 1),
            ("file", "reading", 1),
            # Each of these costs ten times as much; every call has its turn on demand.
            ("extra", "writing", 7),
            ("extra", "failing_once", 7),
            ("extra", "reading", 3),
            *(
                [("file", "writing", 1), ("checkpointing", "failing_once", 1), ("full", "writing", 1)]
                if FOREVER
                else []
            ),
        ],
    )
    def test_it_is_told(self, library: Path, quick: Path, kind: str, task: str, step: int) -> None:
        """Errors once and for good, interruptions, and calls that do half: at the first call, the second, and so on."""
        said = on_failing_disk(library, "sweep", quick, kind, task, 1 if FOREVER else step)
        counted: dict[str, int] = json.loads(said)
        faults = sum(number for name, number in counted.items() if name.startswith("faults"))
        assert faults > 50
        assert any(number for name, number in counted.items() if "refused" in name or "again at once" in name)
        if kind == "file" and task == "failing_once":
            assert counted["poisoned until opened anew"] > 0
        others = ", ".join(f"{number} {name}" for name, number in counted.items() if not name.startswith("faults"))
        figures(f"{kind}, {task}: {faults} faults; {others}")


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of a megabyte: a mount, which only the administrator may make, and not in every container."""
    with tempfile.TemporaryDirectory(prefix="yizheng-") as folder:
        options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:  # noqa: S603, S607
            servers.LEFT_OUT["stores on a small disk of their own"] = "run the tests as a user who may mount one"
            pytest.skip("no disk may be mounted here; what stands for it are the limit of a file and folders")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)  # noqa: S603, S607


@contextmanager
def mounted() -> Iterator[tuple[Path, Callable[[], object]]]:
    """A full disk, and how room is made on it."""
    with small_disk() as folder:
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(300_000))
        yield folder, ballast.unlink


@contextmanager
def limited(folder: Path) -> Iterator[tuple[Path, Callable[[], object]]]:
    """A limit on how long a file may become, for this process, and how it is lifted."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        yield folder, lift
    finally:
        lift()


def filled(store: Store, size: int) -> tuple[int, list[StoreFault]]:
    """Append until there is no room, and then some more; how many were acknowledged, and what the others were told."""
    done, told = 0, list[StoreFault]()
    while len(told) < 5:
        assert done < 10_000
        try:
            store.append(write("a", done, records=[record("a", done + 1, payload=bytes(size))]), write("b", done))
        except StoreFault as fault:
            told.append(fault)
        else:
            done += 1
            assert not told or "open the store anew" not in str(told[-1])
    return done, told


class TestFullDisk:
    """Where there is no room, the append is refused as a whole; with room again, the log goes on."""

    @pytest.mark.parametrize("size", [10, 3_000, 40_000])
    @pytest.mark.parametrize("full", ["mount", "limit"])
    def test_it_is_told(self, tmp_path: Path, size: int, full: str) -> None:
        """On a disk that is full, and at the limit of a file; with short records and with long ones."""
        with mounted() if full == "mount" else limited(tmp_path) as (folder, make_room):
            path = folder / "records.db"
            with SQLiteStore(path) as store:
                done, told = filled(store, size)
            assert done > 0
            # What is on the full disk can be opened there, read, and is whole.
            with SQLiteStore(path) as store:
                before = everything(store)
                found = store.version("a")
                assert done <= found <= done + 1
                assert store.version("b") == found
            make_room()
            with SQLiteStore(path) as store:
                assert (everything(store) == before) is True
                store.append(write("a", found), write("b", found))
                assert store.version("b") == found + 1
        figures(
            f"full disk ({full}), {size} bytes: {done} acknowledged and kept, then: {str(told[0]).split(': ', 1)[1]}"
        )

    def test_a_log_that_was_written_elsewhere(self) -> None:
        """A log that lies beside its file on a disk without room is read, and nothing of it is lost."""
        with mounted() as (folder, make_room), tempfile.TemporaryDirectory() as elsewhere:
            with SQLiteStore(Path(elsewhere) / "records.db") as store:
                for _ in range(8):
                    both(store, "x")
                before = everything(store)
                for suffix in ("", "-wal"):
                    shutil.copy(f"{elsewhere}/records.db{suffix}", folder)
            fill(folder / "more")
            refused = ""
            try:
                with SQLiteStore(folder / "records.db") as store:
                    assert (everything(store) == before) is True
            except StoreFault as fault:
                refused = str(fault)
            make_room()
            (folder / "more").unlink()
            with SQLiteStore(folder / "records.db") as store:
                assert (everything(store) == before) is True
                both(store, "x")
        figures(f"a log on a disk without any room: {refused.split(': ', 1)[-1] or 'read whole'}")


def fill(path: Path) -> None:
    """Take all the room that is left."""
    with path.open("wb", buffering=0) as more:
        try:
            while True:
                more.write(bytes(4096))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def append_to(path: Path) -> None:
    """Open, append, close."""
    with SQLiteStore(path) as store:
        both(store, "x")


class TestReadOnlyDisk:
    """A disk that may only be read: what can be told is told, nothing is written."""

    def test_a_disk_that_is_mounted_for_reading(self) -> None:
        """Such as one that the system has put into this state after an error."""
        with small_disk() as folder:
            if folder == Path():
                pytest.skip(
                    "only the administrator of a machine may mount a disk; test_sqlite.py tries files and folders"
                )
            path = folder / "records.db"
            with SQLiteStore(path) as store:
                both(store, "x")
                before = everything(store)
            remount = ["mount", "-o", "remount,ro", str(folder)]
            subprocess.run(remount, check=True)  # noqa: S603
            try:
                with pytest.raises(StoreFault) as caught:
                    append_to(path)
            finally:
                subprocess.run([*remount[:2], "remount,rw", str(folder)], check=True)  # noqa: S603
            with SQLiteStore(path) as store:
                assert everything(store) == before
                both(store, "x")
        figures(f"read-only disk: {str(caught.value).split(': ', 1)[1]}")


class TestCompiler:
    """Without a compiler the failing disk is left out loudly, as a server is that is not installed."""

    def test_a_missing_compiler(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its tests are left out, or fail where all are required, and the run says what to install."""
        told: dict[str, str] = {}
        monkeypatch.setattr(servers, "LEFT_OUT", told)
        monkeypatch.setattr(servers, "_found", lambda _: None)
        for required, outcome in ((False, pytest.skip.Exception), (True, pytest.fail.Exception)):
            monkeypatch.setattr(servers, "REQUIRED", required)
            with pytest.raises(outcome, match="apt-get install gcc"), disk_that_fails():
                pass
        assert told["stores on a failing disk"].startswith("apt-get install")

    def test_the_names_of_the_calls(self) -> None:
        """The two halves of the tool, in C and in Python, mean the same by their numbers."""
        assert (disk.OPEN, disk.WRITE, disk.SYNC, disk.TRUNCATE, disk.UNLINK, disk.READ) == (1, 2, 4, 8, 16, 32)
