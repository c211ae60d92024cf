"""Where documents are kept: scans, notices, minutes that were signed. A protocol beside that of records, and in memory.

A record names a document by its SHA-256 digest and holds nothing of it, so documents are kept by that digest: whoever
has the record can tell that a document is the one that was meant, and a document can be destroyed without the record.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any, BinaryIO, Final, Protocol

from yizheng.errors import InvalidType, InvalidValue, NoSuchDocument, kind_of, shown

__all__ = ["Documents", "MemoryDocuments"]

PIECE: Final = 2**20
"""How many bytes are read at a time, so that a document of any size passes through little memory."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Documents(Protocol):
    """What keeps documents, each under the SHA-256 digest of its content, 64 hexadecimal digits in lower case.

    It may be used by several threads at once. The name of a file never comes from outside: whatever is no such digest is
    refused, with :class:`~yizheng.errors.InvalidType` where it is no string and :class:`~yizheng.errors.InvalidValue`
    where it is another one. Where it cannot do what it is asked, it raises :class:`~yizheng.errors.StoreFault`.
    """

    def put(self, content: bytes | BinaryIO) -> str:
        """Keep a document; what was put is durable on return. Putting it again does no harm, and mends what was damaged.

        Args:
            content: its bytes, or a binary file that is open for reading, which is read piece by piece from where it
                stands to its end.

        Returns:
            Its digest, by which ``Attach`` names it.

        Raises:
            InvalidType: when it is neither bytes nor a binary file. What the file itself raises is handed through. Either
                way nothing is kept.
        """
        ...

    def get(self, digest: str) -> bytes:
        """The whole content.

        Raises:
            NoSuchDocument: when it is not kept here.
            BrokenRecord: when what is kept does not have this digest.
        """
        ...

    def open(self, digest: str) -> BinaryIO:
        """The content as a binary file, from its beginning, for what is too large to be held; close it after use.

        Raises: as :meth:`get`, before anything is read.
        """
        ...

    def has(self, digest: str) -> bool:
        """Whether it is kept here. Whether it is undamaged, reading tells."""
        ...

    def digests(self) -> tuple[str, ...]:
        """The digests of all documents, sorted."""
        ...

    def remove(self, digest: str) -> bool:
        """Destroy a document. A copy made elsewhere is not reached.

        Returns:
            Whether it was kept here.
        """
        ...


def check_digest(digest: object) -> str:
    """The digest by which a document is asked for.

    Raises:
        InvalidType: when it is no string.
        InvalidValue: when it is not 64 hexadecimal digits in lower case.
    """
    if not isinstance(digest, str):
        raise InvalidType(f"a document is named by its SHA-256 digest, not by {kind_of(digest)}")
    if not _DIGEST.fullmatch(digest):
        raise InvalidValue(
            f"a document is named by its SHA-256 digest, 64 hexadecimal digits in lower case, not by {shown(digest, 70)}"
        )
    return str.__str__(digest)


def pieces(content: object) -> Iterator[bytes]:
    """What is to be kept, piece by piece.

    Raises:
        InvalidType: when it is neither bytes nor a binary file.
    """
    if isinstance(content, bytes):
        yield content
        return
    read: Any = getattr(content, "read", None)
    if isinstance(content, type) or not callable(read):
        raise InvalidType(f"a document is bytes or a binary file, not {kind_of(content)}; open(path, 'rb') gives one")
    while True:
        piece: object = read(PIECE)
        if not isinstance(piece, bytes):
            raise InvalidType(
                f"a document is read as bytes, not as {kind_of(piece)}; open the file in binary mode, 'rb'"
            )
        if not piece:
            return
        yield piece


class MemoryDocuments:
    """Documents in memory: for tests, and for trying things out.

    Example:
        >>> documents = MemoryDocuments()
        >>> digest = documents.put("会议纪要".encode())
        >>> documents.get(digest).decode()
        '会议纪要'
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, bytes] = {}

    def put(self, content: bytes | BinaryIO) -> str:
        """Keep a document. See :meth:`Documents.put`."""
        whole = b"".join(pieces(content))
        digest = hashlib.sha256(whole).hexdigest()
        with self._lock:
            self._kept[digest] = whole
        return digest

    def get(self, digest: str) -> bytes:
        """The whole content. See :meth:`Documents.get`."""
        with self._lock:
            content = self._kept.get(check_digest(digest))
        if content is None:
            raise NoSuchDocument(digest)
        return content

    def open(self, digest: str) -> BinaryIO:
        """The content as a binary file. See :meth:`Documents.open`."""
        return io.BytesIO(self.get(digest))

    def has(self, digest: str) -> bool:
        """Whether it is kept here."""
        with self._lock:
            return check_digest(digest) in self._kept

    def digests(self) -> tuple[str, ...]:
        """The digests of all documents, sorted."""
        with self._lock:
            return tuple(sorted(self._kept))

    def remove(self, digest: str) -> bool:
        """Destroy a document. See :meth:`Documents.remove`."""
        with self._lock:
            return self._kept.pop(check_digest(digest), None) is not None
