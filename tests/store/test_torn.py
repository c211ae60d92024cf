"""Row R12: a file that was cut, filled with noughts, doubled at its end, mixed with an older copy, or changed by a bit.

SQLite has sums over its log and none over its pages, so a store alone cannot see everything. What is promised is less
and enough: what such a file gives is either what was written, record by record, or refused, or found by ``verify``; and
what is whole and shorter than it was is found by a checkpoint.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from proofs.logs import docket
from walks import START, day
from yizheng import Docket
from yizheng.errors import BrokenRecord, NoSuchCase, StoreFault, YizhengError
from yizheng.proofs import Checkpoint
from yizheng.stages import Note
from yizheng.store import Record, SQLiteStore
from yizheng.testing.samples import write

from .faults import CYCLES, figures

CASES = 3
ALL = CYCLES >= 200

SHORTER = "whole and shorter, found by a checkpoint"

Whole = dict[str, tuple[tuple[Record, ...], dict[str, bytes]]]
"""Of each stream the records and the parts."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two copies of one docket, the older and the newer, each as it lies on the disk while it is in use."""
    folder = tmp_path_factory.mktemp("torn")
    older, newer = folder / "older", folder / "newer"
    store = SQLiteStore(folder / "records.db")
    with docket(store, CASES) as made:
        store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        made.act("2026-001", Note("更早"), at=day(2), by="sec-1")
        copied(folder, older)
        made.act("2026-002", Note("备注"), at=day(2), by="sec-1")
        made.act("2026-003", Note("最后"), at=day(3), by="sec-1")
        copied(folder, newer)
    copied(newer, folder / "newer-looked-at")
    return older, newer


def copied(folder: Path, to: Path) -> None:
    """The file and its log, without what SQLite makes anew."""
    to.mkdir()
    for suffix in ("", "-wal"):
        if (source := folder / f"records.db{suffix}").exists():
            shutil.copy(source, to / f"records.db{suffix}")


def whole_of(place: Path) -> Whole:
    """All that a copy of a sound file says."""
    with SQLiteStore(place.with_name(f"{place.name}-looked-at") / "records.db") as store:
        return {stream: store.load(stream) for stream in store.streams()}


def verified(opened: Docket, stream: str) -> bool:
    """Whether a record passes. One that is gone altogether does: only a checkpoint knows that it was there."""
    try:
        return opened.verify(stream).sound
    except NoSuchCase:
        return True


class Bench:
    """Damaged files, and what becomes of each."""

    def __init__(self, newer: Path, at: Path) -> None:
        self.whole = whole_of(newer)
        with Docket(SQLiteStore(newer.with_name(f"{newer.name}-looked-at") / "records.db")) as sound:
            self.checkpoint: Checkpoint = sound.checkpoint(at=START)
        self.at = at
        self.counted = Counter[str]()
        with SQLiteStore(newer.with_name(f"{newer.name}-looked-at") / "records.db") as store:
            self.lists = (store.streams(), *(store.facts(stream) for stream in self.whole))
            self.order = [(record.stream, record.version) for _, record in store.read_all()]
        self.looked_through: set[tuple[tuple[str, int], ...]] = set()

    def try_out(self, main: bytes, log: bytes | None) -> str:
        """Open a file and its log, read everything, and say what came of it."""
        for name, content in (("records.db", main), ("records.db-wal", log), ("records.db-shm", None)):
            if content is None:
                (self.at / name).unlink(missing_ok=True)
            else:
                (self.at / name).write_bytes(content)
        try:
            came = self.look()
        except (StoreFault, BrokenRecord) as error:
            came = f"refused as {type(error).__name__}"
        self.counted[came] += 1
        return came

    def look(self) -> str:
        """What is read, held against what was written; what is not the same must be found."""
        with SQLiteStore(self.at / "records.db") as store:
            lists = (store.streams(), *(store.facts(stream) for stream in self.whole))
            order = [(record.stream, record.version) for _, record in store.read_all()]
            read = {
                stream: store.load(stream)
                for stream in self.whole.keys() | {each for each in lists[0] if each and each.isprintable()}
            }
            # A name in the list of which there is no record at all is a fault of the list.
            read = {stream: loaded for stream, loaded in read.items() if loaded[0] or stream in self.whole}
            others = [stream for stream, loaded in read.items() if loaded != self.whole.get(stream)]
            found = self.judge(read, others)
            if found == "whole" and (lists, order) != (self.lists, self.order):
                found = "whole, with wrong lists, found by integrity_check"
                assert store._reader.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
            if found != "whole":
                # Who writes to it nevertheless gets an error of ours, if any.
                with suppress(YizhengError):
                    store.append(write("new", parts={"p": b"P"}, facts={"stage": "x"}))
        return found

    def judge(self, read: Whole, others: list[str]) -> str:
        """What became of the records that are not as they were."""
        if not others:
            return "whole"
        lengths = tuple((stream, len(records)) for stream, (records, _) in sorted(read.items()))
        shorter = all(
            stream in self.whole and records == self.whole[stream][0][: len(records)] and parts == self.whole[stream][1]
            for stream, (records, parts) in read.items()
        )
        if shorter and lengths in self.looked_through:
            return SHORTER
        with Docket(SQLiteStore(self.at / "records.db")) as opened:
            if not all(verified(opened, stream) for stream in others):
                return "found by verify"
            assert shorter, "a record that was never written passes for one"
            assert not opened.compare(self.checkpoint).sound
        self.looked_through.add(lengths)
        return SHORTER

    def told(self, what: str) -> None:
        """The figures."""
        number = sum(self.counted.values())
        figures(
            f"{what}: {number} files; " + ", ".join(f"{count} {came}" for came, count in self.counted.most_common())
        )


@pytest.fixture
def bench(places: tuple[Path, Path], quick: Path) -> Bench:
    """For the newer copy."""
    return Bench(places[1], quick)


PAGE = 4096
FRAME = 24 + PAGE


def closed(place: Path) -> bytes:
    """The file when everybody has closed it, and its log is folded into it."""
    return (place.with_name(f"{place.name}-looked-at") / "records.db").read_bytes()


class TestTornFiles:
    """Whatever became of the end of a file, no record is given that was not written, or it is found."""

    @pytest.fixture
    def log(self, places: tuple[Path, Path]) -> tuple[bytes, bytes]:
        """A file, and the log beside it."""
        return (places[1] / "records.db").read_bytes(), (places[1] / "records.db-wal").read_bytes()

    def test_a_log_cut_at_every_byte(self, bench: Bench, log: tuple[bytes, bytes]) -> None:
        """The last append is gone as a whole, and all before it is there."""
        main, wal = log
        assert bench.try_out(main, wal) == "whole"
        bench.counted.clear()
        for cut in range(1, FRAME + 1):
            bench.try_out(main, wal[:-cut])
        assert bench.counted == {SHORTER: FRAME}
        bench.told("a log cut at every byte of its last frame")

    def test_a_log_cut_anywhere(self, bench: Bench, log: tuple[bytes, bytes]) -> None:
        """At some bytes of every frame, and to nothing."""
        main, wal = log
        for cut in range(0, len(wal), 257):
            assert bench.try_out(main, wal[:cut]) == SHORTER
        assert bench.try_out(main, None) == SHORTER
        bench.told("a log cut anywhere")

    def test_a_file_cut_at_every_byte(self, bench: Bench, places: tuple[Path, Path]) -> None:
        """At every byte of its last page."""
        main = closed(places[1])
        assert bench.try_out(main, None) == "whole"
        bench.counted.clear()
        for cut in range(1, PAGE + 1):
            bench.try_out(main[:-cut], None)
        bench.told("a file cut at every byte of its last page")

    def test_noughts_at_the_end(self, bench: Bench, places: tuple[Path, Path], log: tuple[bytes, bytes]) -> None:
        """What a disk leaves that has made a file long and not yet written it: in the log, and in every page."""
        main, wal = log
        for zeroed in range(1, FRAME + 1, 1 if ALL else 16):
            bench.try_out(main, wal[:-zeroed] + bytes(zeroed))
        bench.told("a log with noughts at its end")
        bench.counted.clear()
        main = closed(places[1])
        for end in range(len(main), 0, -PAGE):
            for zeroed in range(1, PAGE + 1, 16 if ALL else 256):
                bench.try_out(main[: end - zeroed] + bytes(zeroed) + main[end:], None)
        bench.told("a page with noughts at its end")

    def test_blocks_that_stand_there_twice(
        self, bench: Bench, places: tuple[Path, Path], log: tuple[bytes, bytes]
    ) -> None:
        """The last page, the last frame, or the last block of the disk, doubled; and a page in the place of another."""
        main, wal = log
        for size in (512, PAGE, FRAME, 3 * FRAME):
            assert bench.try_out(main, wal + wal[-size:]) == "whole"
        main = closed(places[1])
        for size in (512, PAGE, 3 * PAGE):
            assert bench.try_out(main + main[-size:], None) == "whole"
        pages = range(0, len(main), PAGE)
        for one in pages:
            for other in pages:
                if one != other:
                    bench.try_out(main[:one] + main[other : other + PAGE] + main[one + PAGE :], None)
        bench.told("blocks doubled, and pages in the place of others")

    def test_a_log_of_another_time(self, bench: Bench, places: tuple[Path, Path]) -> None:
        """The log of an older copy beside the newer file, and the newer log beside the older file."""
        mains = [(place / "records.db").read_bytes() for place in places] + [closed(places[1])]
        logs = [(place / "records.db-wal").read_bytes() for place in places]
        with SQLiteStore(":memory:") as other:
            assert other.streams() == ()
        for main in mains:
            for wal in (*logs, logs[0] + logs[1], logs[1][: len(logs[0]) // 2]):
                bench.try_out(main, wal)
        bench.told("a log of another time beside a file")

    def test_a_bit_in_the_file(self, bench: Bench, places: tuple[Path, Path], log: tuple[bytes, bytes]) -> None:
        """A thousand single bits, anywhere in the file or in its log."""
        chance = random.Random(12)  # noqa: S311 - the same bits in each run
        for main, wal in ((closed(places[1]), b""), log):
            for _ in range(5_000 if ALL else 500):
                content = bytearray(main + wal)
                bit = chance.randrange(8 * len(content))
                content[bit // 8] ^= 1 << bit % 8
                bench.try_out(bytes(content[: len(main)]), bytes(content[len(main) :]) or None)
        bench.told("a file or a log with one bit changed")
