"""Documents in a folder of the file system.

Why it is built so:

- A document is written beside its place, brought to the disk, and then renamed: under its digest there is never half a
  document, whenever the program or the machine stops. What a stopped writer leaves begins with ``.new-``, is no
  document, and may be deleted while nobody writes.
- A name consists of the digest alone, below a folder of its first two digits, so that no folder grows too large.
- What is read is held against its digest first: a file can be changed with other tools, and a disk forgets.
- A scan may show what is nobody's business: folders and files are the owner's alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Self

from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, NoSuchDocument, StoreFault, kind_of, shown
from yizheng.store.documents import PIECE, check_digest, pieces

__all__ = ["FolderDocuments"]

_SHARD: Final = re.compile(r"[0-9a-f]{2}")
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_NEW: Final = ".new-"


class FolderDocuments:
    """Documents in a folder, a file for each, under its digest.

    Several threads and processes may use one folder at once: two that put the same content put the same file. The folder
    should lie on a local disk, since not every network file system renames as a whole.

    Args:
        path: the folder. It is made if it is not there; the folder above it must be.

    Raises:
        InvalidType: when the path is none.
        InvalidValue: when it is empty, or no file system could have it.
        StoreFault: when it is no folder and cannot be made one.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if not isinstance(path, str | os.PathLike) or isinstance(path, type):
            raise InvalidType(f"the folder of documents is {kind_of(path)}; write its path")
        named = os.fspath(path)
        if not isinstance(named, str) or not named or "\0" in named or not _is_text(named):
            raise InvalidValue(f"the folder of documents is {shown(named)}; write the path of a folder")
        self._path = Path(named)
        with _fault("make the folder"):
            with suppress(FileExistsError):
                self._path.mkdir(mode=0o700)
            if not self._path.is_dir():
                raise StoreFault(f"{shown(named)} is no folder; documents are kept in one")

    def put(self, content: bytes | BinaryIO) -> str:
        """Keep a document. See :meth:`Documents.put <yizheng.store.Documents.put>`."""
        with ExitStack() as undo:
            with _fault("write"):
                descriptor, name = tempfile.mkstemp(prefix=_NEW, dir=self._path)  # for the owner alone
                undo.callback(_unlink, name)
                file = undo.enter_context(_Closing(descriptor))
            hashed = hashlib.sha256()
            for piece in pieces(content):  # what the source raises is its own, and goes to the caller as it is
                hashed.update(piece)
                with _fault("write"):
                    file.write(piece)
            digest = hashed.hexdigest()
            place = self._place(digest)
            with _fault("write"):
                file.finish()
                place.parent.mkdir(mode=0o700, exist_ok=True)
                Path(name).replace(place)
                undo.pop_all()
                _sync(place.parent)
                _sync(self._path)  # whoever made the folder of the shard, here or elsewhere
        return digest

    def get(self, digest: str) -> bytes:
        """The whole content. See :meth:`Documents.get <yizheng.store.Documents.get>`."""
        with self._reading(digest) as file, _fault("read"):
            whole = file.read()
        if hashlib.sha256(whole).hexdigest() != digest:
            raise self._damaged(digest)
        return whole

    def open(self, digest: str) -> BinaryIO:
        """The content as a binary file. See :meth:`Documents.open <yizheng.store.Documents.open>`.

        All of it is read once to see that it has its digest, before any of it is handed out.
        """
        with ExitStack() as undo:
            file = undo.enter_context(self._reading(digest))
            hashed = hashlib.sha256()
            with _fault("read"):
                while piece := file.read(PIECE):
                    hashed.update(piece)
                file.seek(0)
            if hashed.hexdigest() != digest:
                raise self._damaged(digest)
            undo.pop_all()
        return file

    def has(self, digest: str) -> bool:
        """Whether it is kept here."""
        place = self._place(check_digest(digest))
        with _fault("read"):
            return place.is_file()

    def digests(self) -> tuple[str, ...]:
        """The digests of all documents, sorted."""
        with _fault("read"):
            return tuple(sorted(self._names()))

    def remove(self, digest: str) -> bool:
        """Destroy a document. See :meth:`Documents.remove <yizheng.store.Documents.remove>`.

        What the disk keeps of a deleted file, and what was copied by a backup, is not reached.
        """
        place = self._place(check_digest(digest))
        with _fault("delete"):
            try:
                place.unlink()
            except FileNotFoundError:
                return False
            _sync(place.parent)
        return True

    def _place(self, digest: str) -> Path:
        return self._path / digest[:2] / digest

    def _names(self) -> Iterator[str]:
        with os.scandir(self._path) as shards:
            for shard in shards:
                if _SHARD.fullmatch(shard.name) and shard.is_dir():
                    with os.scandir(shard) as files:
                        for file in files:
                            if _NAME.fullmatch(file.name) and file.name[:2] == shard.name and file.is_file():
                                yield file.name

    def _reading(self, digest: str) -> BinaryIO:
        place = self._place(check_digest(digest))
        with _fault("read"):
            try:
                return place.open("rb")
            except FileNotFoundError:
                raise NoSuchDocument(digest) from None

    def _damaged(self, digest: str) -> BrokenRecord:
        return BrokenRecord(
            f"the document {digest} was changed where it is kept: what is in {shown(str(self._place(digest)), 300)} has "
            "another digest. Put the true one in again from where it came, or from a backup; that mends it"
        )


class _Closing:
    """A file that is being written, by its descriptor: closed once, whatever happens."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.fdopen(descriptor, "wb")

    def write(self, piece: bytes) -> None:
        """Write a piece."""
        self._file.write(piece)

    def finish(self) -> None:
        """Bring all of it to the disk, and close."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written is told already, and will be deleted
            self._file.close()


@contextmanager
def _fault(doing: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        where = "" if error.filename is None else f" ({shown(error.filename, 300)})"
        raise StoreFault(f"the folder of documents could not {doing}: {error.strerror}{where}") from error


def _is_text(path: str) -> bool:
    """Whether a path can be handed to the system; what it gave itself can, whatever stands in it."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True


def _unlink(name: str) -> None:
    with suppress(OSError):  # it is no document, and the reason why it is to go is the one to be told
        Path(name).unlink()


def _sync(folder: Path) -> None:
    """Bring to the disk which files a folder has; where folders cannot be opened, renaming does that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
