"""Documents: what we ship keeps the contract, the contract catches what breaks it, and what a folder adds to it."""

from __future__ import annotations

import errno
import hashlib
import inspect
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
import tracemalloc
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, NoSuchDocument, StoreFault
from yizheng.store import FolderDocuments, MemoryDocuments
from yizheng.testing import DocumentsContract, LastingDocumentsContract
from yizheng.testing.documents import OpensDocuments, Source

from .broken_documents import BROKEN, Broken

SCAN = b"%PDF-1.7 invented" * 500


class TestMemoryDocuments(DocumentsContract):
    """Documents in memory keep the contract, but for what outlives them."""

    @pytest.fixture
    def open_documents(self) -> OpensDocuments:
        """New ones each time."""
        return MemoryDocuments


class TestFolderDocuments(LastingDocumentsContract):
    """Documents in a folder keep the contract."""

    @pytest.fixture
    def open_documents(self, tmp_path: Path) -> OpensDocuments:
        """One folder for each test."""
        return partial(FolderDocuments, tmp_path / "documents")


CHECKS = [name for name in dir(LastingDocumentsContract) if name.startswith("test_")]


@cache
def caught(broken: type[Broken]) -> frozenset[str]:
    """The checks that it does not pass."""
    failed: set[str] = set()
    for name in CHECKS:
        check = getattr(LastingDocumentsContract(), name)
        opener = broken.opener()
        try:
            check(opener if "open_documents" in inspect.signature(check).parameters else opener())
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever it is, the check did not pass
            failed.add(name)
    return frozenset(failed)


class TestTheContract:
    """It catches every way of breaking it that we thought of, and none of its checks is there for show."""

    @pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
    def test_what_breaks_it_is_caught(self, broken: type[Broken]) -> None:
        """By one check at least."""
        assert caught(broken)

    def test_what_is_sound_passes(self) -> None:
        """The base of the broken ones, which breaks nothing."""
        assert caught(Broken) == frozenset()

    def test_every_check_catches_something(self) -> None:
        """A check that no broken one fails would prove nothing."""
        assert frozenset().union(*map(caught, BROKEN)) == set(CHECKS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "documents"


@pytest.fixture
def documents(folder: Path) -> FolderDocuments:
    """Documents in it."""
    return FolderDocuments(folder)


def files(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class TestTheFolder:
    """What lies in it can be found, copied and checked with any other tool."""

    def test_a_file_is_named_by_its_digest(self, documents: FolderDocuments, folder: Path) -> None:
        """Below a folder of its first two digits, with the content and nothing else."""
        digest = documents.put(SCAN)
        assert files(folder) == [f"{digest[:2]}/{digest}"]
        assert (folder / digest[:2] / digest).read_bytes() == SCAN

    def test_it_is_the_owners_alone(self, documents: FolderDocuments, folder: Path) -> None:
        """Whatever the process lets others do with its files."""
        before = os.umask(0)
        try:
            digest = FolderDocuments(folder / "of-somebody").put(SCAN)
        finally:
            os.umask(before)
        shard = folder / "of-somebody" / digest[:2]
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder / "of-somebody", shard, shard / digest)]
        assert modes == [0o700, 0o700, 0o600]
        assert documents.digests() == ()

    def test_what_is_no_document_is_left_alone(self, documents: FolderDocuments, folder: Path) -> None:
        """Files that others put there are not told, and stay."""
        digest = documents.put(SCAN)
        for name in ("README", ".new-abc", f"{digest[:2]}/x", f"{digest[:2]}/{'0' * 64}", "zz", digest):
            (folder / name).write_bytes(b"x")
        (folder / "0a").mkdir()
        (folder / "0a" / ("0a" * 32)).mkdir()
        assert documents.digests() == (digest,)
        assert not documents.has("0a" * 32)
        assert len(files(folder)) == 7

    @pytest.mark.parametrize(
        ("path", "error"),
        [
            (None, InvalidType),
            (5, InvalidType),
            (b"x", InvalidType),
            (Path, InvalidType),
            ("", InvalidValue),
            ("a\0b", InvalidValue),
        ],
    )
    def test_what_is_no_path(self, path: Any, error: type[Exception]) -> None:
        """It is refused before anything is made."""
        with pytest.raises(error):
            FolderDocuments(path)

    def test_what_cannot_be_a_folder(self, tmp_path: Path) -> None:
        """A file, and a folder whose own folder is missing."""
        (tmp_path / "file").write_bytes(b"")
        for path in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "none" / "below", "x" * 5000):
            with pytest.raises(StoreFault):
                FolderDocuments(path)


class TestDamage:
    """A file that was changed is told by its digest, and putting the true one again mends it."""

    @pytest.mark.parametrize("changed", [b"", SCAN[:-1], SCAN + b" ", SCAN.replace(b"%", b"$", 1), b"another"])
    def test_a_changed_file(self, documents: FolderDocuments, folder: Path, changed: bytes) -> None:
        """Nothing of it is handed out."""
        digest = documents.put(SCAN)
        place = folder / digest[:2] / digest
        place.write_bytes(changed)
        for ask in (documents.get, documents.open):
            with pytest.raises(BrokenRecord, match=f"the document {digest} was changed") as raised:
                ask(digest)
            assert "Put the true one in again" in str(raised.value)
            assert raised.value.number is None
        assert place.read_bytes() == changed
        assert documents.put(SCAN) == digest
        assert documents.get(digest) == SCAN

    def test_every_bit(self, documents: FolderDocuments, folder: Path) -> None:
        """Whichever bit of a document is changed."""
        digest = documents.put(b"abc")
        place = folder / digest[:2] / digest
        for bit in range(24):
            place.write_bytes((int.from_bytes(b"abc", "big") ^ (1 << bit)).to_bytes(3, "big"))
            with pytest.raises(BrokenRecord):
                documents.get(digest)

    def test_what_lies_in_its_place_and_is_no_file(self, documents: FolderDocuments, folder: Path) -> None:
        """It is a fault of the store, with the system's own words."""
        digest = hashlib.sha256(SCAN).hexdigest()
        (folder / digest[:2] / digest).mkdir(parents=True)
        for ask in (documents.get, documents.open, documents.remove, lambda _: documents.put(SCAN)):
            with pytest.raises(StoreFault, match="could not"):
                ask(digest)
        assert files(folder) == []


PUT = """
import sys
from yizheng.errors import StoreFault
from yizheng.store import FolderDocuments
from pathlib import Path
documents = FolderDocuments(sys.argv[1])
{before}
try:
    documents.put({content})
except StoreFault as fault:
    print("fault", fault.__cause__.errno, documents.digests())
else:
    print("kept")
"""


def put_elsewhere(folder: Path, content: str, before: str = "") -> list[str]:
    """Put a document in another process; what it says."""
    program = PUT.format(content=content, before=before)
    done = subprocess.run(  # noqa: S603 -- this interpreter, and a program that stands above
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return done.stdout.split(maxsplit=2)


class TestFaults:
    """What goes wrong is told, and leaves nothing half."""

    def test_a_full_disk(self, documents: FolderDocuments, folder: Path) -> None:
        """Where no more can be written, nothing is kept; the limit on a file's size stands for the full disk."""
        assert resource.RLIMIT_FSIZE
        limit = (
            "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
            "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
        )
        said = put_elsewhere(folder, "b'x' * 200_000", limit)
        assert said == ["fault", str(errno.EFBIG), "()\n"]
        assert files(folder) == []
        assert put_elsewhere(folder, "b'x' * 90_000", limit) == ["kept"]
        assert len(documents.digests()) == 1

    def test_a_folder_that_cannot_be_written(self) -> None:
        """It says so; what is there is read as before."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "documents"
            kept = FolderDocuments(folder).put(SCAN)
            for path in (Path(scratch), folder, folder / kept[:2]):
                path.chmod(0o755)
            (folder / kept[:2] / kept).chmod(0o644)
            folder.chmod(0o555)
            somebody = "import os; os.getuid() or os.setuid(65534)"  # whoever may do everything is made somebody else
            said = put_elsewhere(folder, "b'another'", somebody)
            assert said[:2] == ["fault", str(errno.EACCES)]
            assert kept in said[2]
            assert files(folder) == [f"{kept[:2]}/{kept}"]
            folder.chmod(0o755)

    def test_a_folder_that_is_gone(self, documents: FolderDocuments, folder: Path) -> None:
        """Nothing is made anew unasked; nothing is kept there."""
        folder.rmdir()
        with pytest.raises(StoreFault, match="could not write"):
            documents.put(SCAN)
        with pytest.raises(StoreFault, match="could not read"):
            documents.digests()
        with pytest.raises(NoSuchDocument):
            documents.get("0" * 64)
        assert not folder.exists()

    def test_a_source_that_fails_leaves_no_file(self, documents: FolderDocuments, folder: Path) -> None:
        """Not even beside the documents."""
        with pytest.raises(ConnectionResetError):
            documents.put(Source(SCAN, fails_at=2000))  # type: ignore[arg-type]
        with pytest.raises(InvalidType):
            documents.put("text")  # type: ignore[arg-type]
        assert files(folder) == []

    def test_a_killed_writer(self, documents: FolderDocuments, folder: Path) -> None:
        """Killed at some moments while it puts one document after the other: whatever is there is whole."""
        program = (
            "import sys\nfrom yizheng.store import FolderDocuments\ndocuments = FolderDocuments(sys.argv[1])\n"
            "for number in range(10**9):\n"
            "    print(documents.put(str(number).encode() * 50_000), flush=True)\n"
        )
        acknowledged: set[str] = set()
        rounds = 10
        for turn in range(rounds):
            with subprocess.Popen(  # noqa: S603 -- this interpreter, and a program that stands above
                [sys.executable, "-c", program, str(folder)],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            ) as writer:
                assert writer.stdout is not None
                acknowledged.add(writer.stdout.readline().strip())
                time.sleep(0.003 * turn)
                writer.send_signal(signal.SIGKILL)
                acknowledged |= {line.strip() for line in writer.stdout if len(line) == 65}
        assert acknowledged <= set(documents.digests())
        for digest in documents.digests():
            with documents.open(digest) as file:
                assert file.read(1).isdigit()
        print(f"{rounds} writers killed, {len(acknowledged)} documents acknowledged, none lost, none half")  # noqa: T201 - the figures are a part of the result


class TestLarge:
    """A scan of any size passes through little memory."""

    def test_memory(self, documents: FolderDocuments) -> None:
        """Sixty-four mebibytes are put, opened and read in less than eight."""
        size = 2**26

        class Endless:
            """So many bytes, made as they are asked for."""

            left = size

            def read(self, most: int) -> bytes:
                piece = b"\x5a" * min(most, self.left)
                self.left -= len(piece)
                return piece

        tracemalloc.start()
        try:
            digest = documents.put(Endless())  # type: ignore[arg-type]
            with documents.open(digest) as file:
                read = sum(len(piece) for piece in iter(partial(file.read, 2**16), b""))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert read == size
        print(f"{size} bytes through {peak} bytes of memory")  # noqa: T201 - the figures are a part of the result
        assert peak < 2**23
