"""Row R14: the power fails at any moment, and the disk has only what it was made to keep.

Short runs are written down: each write, each flush, each new or deleted file, and after each append that returned, a
mark. Then every beginning of that list is played again, as three disks: one that has nothing of what was not flushed,
one that has all of it (which is what a killed process leaves), and one that has some of it, in any order and torn
between sectors. On each of them the log must open, whole, with every append that was marked.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path

import attrs
import pytest

from yizheng.errors import StoreFault
from yizheng.store import Store

from .disk import CLOSED, LOST, MARK, OPEN, STORES, SYNC, TRUNCATE, UNLINK, WRITE
from .faults import figures, holds_together, times
from .test_disk import on_failing_disk

HEAD = struct.Struct("=4q")
SECTOR = 512

Files = dict[str, bytes]


@attrs.frozen
class Step:
    """One thing that was asked of the disk."""

    kind: int
    name: str
    offset: int
    data: bytes


def steps_of(log: Path) -> Iterator[Step]:
    """What was written down of a run."""
    whole = log.read_bytes()
    place = 0
    while place < len(whole):
        kind, name, offset, count = HEAD.unpack_from(whole, place)
        place += HEAD.size
        data = whole[place + name : place + name + count] if kind == WRITE else b""
        yield Step(kind, whole[place : place + name].decode(), offset, data)
        place += name + len(data)


def write_into(content: bytearray, step: Step) -> None:
    """One write, or one change of the length."""
    if step.kind == TRUNCATE:
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    content.extend(bytes(max(0, step.offset - len(content))))
    content[step.offset : step.offset + len(step.data)] = step.data


@attrs.define(eq=False)
class File:
    """A file: as programs see it, as the disk has it for certain, and what may have come there since."""

    seen: bytearray = attrs.field(factory=bytearray)
    kept: bytearray = attrs.field(factory=bytearray)
    open: list[Step] = attrs.field(factory=list)

    def some(self, chance: random.Random) -> bytes:
        """As the disk may have it: any of the writes since the last flush, each whole or torn between two sectors."""
        content = bytearray(self.kept)
        for step in self.open:
            how = chance.random()
            if how < 0.4:
                write_into(content, step)
            elif how < 0.7 and step.kind == WRITE:
                for start in range(0, len(step.data), SECTOR):
                    if chance.random() < 0.5:
                        part = step.data[start : start + SECTOR]
                        write_into(content, attrs.evolve(step, offset=step.offset + start, data=part))
        return bytes(content)


@attrs.define
class Disk:
    """The files of a folder, and the folder: what was flushed, and what was not.

    It is unsure from a flush of the log that failed, and lost what it should have kept, until the store was closed: what
    SQLite folds into the file then, it reads from a log that is in the memory of the system and not on the disk. And it
    is unsure from a flush of the folder that failed, at which SQLite does not even look, until the folder is flushed: a
    log may be missing, or an old journal be there again.
    """

    seen: dict[str, File] = attrs.field(factory=dict)
    kept: dict[str, File] = attrs.field(factory=dict)
    promised: int = -1
    unsure: set[str] = attrs.field(factory=set)

    def take(self, step: Step) -> None:
        """Do what was asked."""
        if step.kind == MARK:
            self.unsure -= {"log"} if step.offset == CLOSED else set()
            self.promised = max(self.promised, step.offset)
        elif step.kind == OPEN:
            self.seen[step.name] = File()
        elif step.kind == UNLINK:
            del self.seen[step.name]
        elif not step.name:
            self.kept = dict(self.seen) if step.kind == SYNC else self.kept
            self.unsure = self.unsure | {"folder"} if step.kind == LOST else self.unsure - {"folder"}
        else:
            self.change(self.seen[step.name], step)

    def change(self, file: File, step: Step) -> None:
        """Write, flush, or lose what was not flushed."""
        if step.kind in {WRITE, TRUNCATE}:
            write_into(file.seen, step)
            file.open.append(step)
            return
        assert step.kind in {SYNC, LOST}
        self.unsure |= {"log"} if step.kind == LOST and step.name.endswith("-wal") else set()
        if step.kind == SYNC:
            for each in file.open:
                write_into(file.kept, each)
        file.open.clear()

    def none(self) -> Files:
        """Nothing of what was not flushed."""
        return {name: bytes(file.kept) for name, file in self.kept.items()}

    def all(self) -> Files:
        """All of it."""
        return {name: bytes(file.seen) for name, file in self.seen.items()}

    def some(self, chance: random.Random) -> Files:
        """Some of it; a file that was made or deleted may be there or not."""
        names = {name: chance.choice((self.seen, self.kept)).get(name) for name in {**self.seen, **self.kept}}
        return {name: file.some(chance) for name, file in names.items() if file is not None}


def digest_of(files: Files) -> bytes:
    """What tells two disks apart."""
    total = sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.digest()


def on_disk(files: Files, folder: Path, kind: str) -> AbstractContextManager[Store]:
    """The store over such a disk."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        if not name.endswith("-shm"):  # it is made anew by whoever comes first
            (folder / name.lstrip("/")).write_bytes(content)
    return STORES[kind](folder / "records.db")


def version_on(files: Files, folder: Path, kind: str) -> int:
    """How far the log is on such a disk; less than nothing where its tables were undone."""
    try:
        with on_disk(files, folder, kind) as store:
            return holds_together(store)
    except StoreFault as fault:
        if kind != "full" or "there are no tables" not in str(fault):
            raise
        return -1


def played(library: Path, folder: Path, kind: str, runs: int) -> Counter[str]:
    """Write down so many runs, and play every beginning of each; what was found, and what was missing."""
    on_failing_disk(library, "record", folder, kind, runs)
    counted = Counter[str]()
    for run in range(runs):
        chance = random.Random(run)  # noqa: S311 - the same disks each time
        disk, found = Disk(), dict[bytes, int]()
        for step in steps_of(folder / f"{run}.log"):
            counted["appends acknowledged"] += step.kind == MARK and step.offset > disk.promised >= 0
            disk.take(step)
            counted["moments"] += 1
            if kind in {"extra", "full"} and disk.promised < 0:
                continue  # a program makes the tables, once and before anything is promised
            if disk.unsure:
                counted["moments after a failed flush, not judged"] += 1
                continue
            for files in (disk.none(), disk.all(), disk.some(chance)):
                digest = digest_of(files)
                if digest not in found:
                    found[digest] = version_on(files, folder / "at", kind)
                    counted["different disks"] += 1
                if found[digest] < disk.promised:
                    # An append has four records at most: more than the last one is never undone.
                    assert disk.promised - found[digest] <= 4 or kind == "normal"
                    counted["disks without what was acknowledged"] += 1
    assert counted["different disks"] > 100
    figures(f"{kind}: {runs} runs, " + ", ".join(f"{number} {name}" for name, number in counted.items()))
    return counted


class TestPowerLoss:
    """At every moment of every run the log opens, and has nothing by half."""

    @pytest.mark.parametrize(("kind", "usual"), [("file", 12), ("extra", 2)])
    def test_nothing_is_lost(self, library: Path, quick: Path, kind: str, usual: int) -> None:
        """All that was acknowledged is there: in a file of the store's own, and by SQLAlchemy with EXTRA."""
        counted = played(library, quick, kind, times(usual, most=200))
        assert counted["disks without what was acknowledged"] == 0

    @pytest.mark.parametrize("kind", ["full", "normal"])
    def test_what_is_not_promised(self, library: Path, quick: Path, kind: str) -> None:
        """The two settings that may lose the last appends, as wholes, are seen to do it; so this tool can see it.

        ``normal`` does not flush the log at each commit. ``full`` is what SQLite does by itself where it does not log
        ahead, and where the deletion that is its commit need not have come to the disk.
        """
        counted = played(library, quick, kind, 1)
        assert counted["disks without what was acknowledged"] > 0
