"""What keeps documents and breaks the contract, each in one way that real ones have been broken in."""

# ruff: noqa: D102 - what a method does wrong is the first line of its class

from __future__ import annotations

import hashlib
import io
import time
from contextlib import suppress
from typing import Any, ClassVar

from yizheng.errors import InvalidType, InvalidValue, NoSuchDocument
from yizheng.store import MemoryDocuments

BROKEN: list[type[Broken]] = []


class Broken(MemoryDocuments):
    """Sound, and it outlives the program; what is wrong with each subclass is said in its first line."""

    place: ClassVar[Any]

    def __init_subclass__(cls) -> None:
        BROKEN.append(cls)

    @classmethod
    def opener(cls) -> Any:
        """A new place, as that which opens it."""
        place = MemoryDocuments()

        def opened() -> Broken:
            made = cls()
            made._lock, made._kept = place._lock, place._kept
            return made

        return opened


class AnotherDigest(Broken):
    """Names documents by a digest that nobody else computes."""

    def put(self, content: Any) -> str:
        with suppress(AttributeError):
            content = content.read()
        made = hashlib.sha256(b"document " + content).hexdigest()
        self._kept[made] = content
        return made


class UpperCase(Broken):
    """Gives the digest in capital letters."""

    def put(self, content: Any) -> str:
        return super().put(content).upper()


class NewLines(Broken):
    """Opens its files as text, on a system that ends lines in its own way."""

    def put(self, content: Any) -> str:
        digest = super().put(content)
        self._kept[digest] = self._kept[digest].replace(b"\r\n", b"\n")
        return digest


class LastPiece(Broken):
    """Loses what is left after the last full mebibyte."""

    def put(self, content: Any) -> str:
        digest = super().put(content)
        if len(whole := self._kept[digest]) > 2**20:
            self._kept[digest] = whole[: len(whole) // 2**20 * 2**20]
        return digest


class NoEmptyDocument(Broken):
    """Takes an empty document for none."""

    def get(self, digest: str) -> bytes:
        content = super().get(digest)
        if not content:
            raise NoSuchDocument(digest)
        return content


class ReadAtOnce(Broken):
    """Reads a file into memory as a whole."""

    def put(self, content: Any) -> str:
        return super().put(content if isinstance(content, bytes) else self._all(content))

    @staticmethod
    def _all(content: Any) -> Any:
        pieces = []
        while piece := content.read():
            pieces.append(piece)
        return b"".join(pieces) if all(isinstance(piece, bytes) for piece in pieces) and pieces else io.StringIO("x")


class FirstPiece(Broken):
    """Believes that a file gives all that it is asked for."""

    def put(self, content: Any) -> str:
        if isinstance(content, io.RawIOBase):
            content = content.read(2**20)
        return super().put(content)


class FromTheStart(Broken):
    """Winds a file back before it reads it."""

    def put(self, content: Any) -> str:
        if isinstance(content, io.BytesIO):
            content.seek(0)
        return super().put(content)


class OneFile(Broken):
    """Gives everybody the same open file."""

    files: ClassVar[dict[str, Any]] = {}

    def open(self, digest: str) -> Any:
        content = self.get(digest)
        return self.files.setdefault(digest, io.BytesIO(content))


class AtTheEnd(Broken):
    """Gives an open file that stands at its end, where checking it has left it."""

    def open(self, digest: str) -> Any:
        file = super().open(digest)
        file.read()
        return file


class Twice(Broken):
    """Keeps a document once more each time that it is put."""

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[str, int] = {}

    def put(self, content: Any) -> str:
        digest = super().put(content)
        self.times[digest] = self.times.get(digest, 0) + 1
        return digest

    def remove(self, digest: str) -> bool:
        if self.times.get(digest, 0) > 1:
            self.times[digest] -= 1
            return True
        return super().remove(digest)


class Unsorted(Broken):
    """Tells the digests in the order in which they came."""

    def digests(self) -> tuple[str, ...]:
        return tuple(self._kept)


class HasAll(Broken):
    """Has whatever it is asked for."""

    def has(self, digest: str) -> bool:
        super().has(digest)
        return True


class NothingForUnknown(Broken):
    """Gives an empty document for one that is not there."""

    def get(self, digest: str) -> bytes:
        with suppress(NoSuchDocument):
            return super().get(digest)
        return b""


class KeyErrorForUnknown(Broken):
    """Lets an error of its own out."""

    def get(self, digest: str) -> bytes:
        try:
            return super().get(digest)
        except NoSuchDocument:
            raise KeyError(digest) from None


class AnyName(Broken):
    """Looks for whatever it is asked for."""

    def has(self, digest: str) -> bool:
        with suppress(InvalidValue):
            return super().has(digest)
        return False


class CapitalsToo(Broken):
    """Takes capital letters for small ones, so that a document has several names."""

    def get(self, digest: str) -> bytes:
        return super().get(digest.lower() if isinstance(digest, str) else digest)


class StripsNames(Broken):
    """Removes what it is asked for, but for a line break at the end of the name."""

    def remove(self, digest: str) -> bool:
        return super().remove(digest.strip() if isinstance(digest, str) else digest)


class TakesText(Broken):
    """Keeps text as UTF-8."""

    def put(self, content: Any) -> str:
        return super().put(content.encode() if isinstance(content, str) else content)


class TakesBuffers(Broken):
    """Keeps what its caller can still change."""

    def put(self, content: Any) -> str:
        return super().put(bytes(content) if isinstance(content, bytearray | memoryview) else content)


class KeepsHalf(Broken):
    """Keeps what it has read of a file that failed."""

    def put(self, content: Any) -> str:
        if isinstance(content, bytes):
            return super().put(content)
        whole = b""
        try:
            while piece := content.read(1000):
                whole += piece
        except ConnectionResetError:
            super().put(whole)
            raise
        except (AttributeError, TypeError):
            raise InvalidType("no document") from None
        return super().put(whole)


class HidesFailure(Broken):
    """Says that a file that failed was kept."""

    def put(self, content: Any) -> str:
        with suppress(ConnectionResetError):
            return super().put(content)
        return "0" * 64


class NotRemoved(Broken):
    """Says that a document is destroyed, and keeps it."""

    def remove(self, digest: str) -> bool:
        return super().has(digest)


class AllRemoved(Broken):
    """Destroys all that lies in the same place."""

    def remove(self, digest: str) -> bool:
        found = super().remove(digest)
        if found:
            self._kept.clear()
        return found


class RemovedForEver(Broken):
    """Does not take again what was removed once."""

    def __init__(self) -> None:
        super().__init__()
        self.removed: set[str] = set()

    def remove(self, digest: str) -> bool:
        found = super().remove(digest)
        self.removed.add(digest)
        return found

    def put(self, content: Any) -> str:
        digest = super().put(content)
        if digest in self.removed:
            self._kept.pop(digest, None)
        return digest


class OneHalfWritten(Broken):
    """Writes to one place beside the final one, which two threads that write at once share."""

    beside: ClassVar[list[bytes]] = []

    def put(self, content: Any) -> str:
        if isinstance(content, io.RawIOBase) and hasattr(content, "asked"):
            type(self).beside = []
            while piece := content.read(100_000):
                self.beside.append(piece)
                time.sleep(0.0005)
            return super().put(b"".join(self.beside))
        return super().put(content)


class Forgetful(Broken):
    """Keeps in memory what it should bring to the disk."""

    @classmethod
    def opener(cls) -> Any:
        return cls


class SeesNothingNew(Broken):
    """Looks at its folder when it is opened, and never again."""

    @classmethod
    def opener(cls) -> Any:
        kept = MemoryDocuments()

        def opened() -> Broken:
            made = cls()
            made._kept = dict(kept._kept)
            made.kept = kept  # type: ignore[attr-defined]
            return made

        return opened

    def put(self, content: Any) -> str:
        digest = super().put(content)
        self.kept.put(self._kept[digest])  # type: ignore[attr-defined]
        return digest

    def remove(self, digest: str) -> bool:
        self.kept.remove(digest)  # type: ignore[attr-defined]
        return super().remove(digest)
