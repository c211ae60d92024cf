"""What everything that keeps documents promises, as tests to inherit."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any, Final

import pytest

from yizheng.errors import InvalidType, InvalidValue, NoSuchDocument
from yizheng.store import Documents
from yizheng.testing.samples import together

__all__ = ["DocumentsContract", "LastingDocumentsContract", "OpensDocuments"]

OpensDocuments = Callable[[], Documents]
"""Opens what keeps documents; where what it keeps outlives it, opening again gives what was put before."""

UNKNOWN: Final = hashlib.sha256(b"nobody has put this in").hexdigest()

CONTENTS: Final = (
    b"",
    b"\0",
    b"a\r\nb\rc\n\x1a",
    bytes(range(256)),
    "会议纪要\ufeff".encode(),
    b"\xff\xfe\x00\xd8",
    b"x" * (2**20 - 1),
    b"y" * 2**20,
    b"z" * (2**20 + 1),
    b"0123456789abcdef" * 200_000,
)
"""Contents that somebody, somewhere, cuts short, pads, or turns into something else."""

NO_DIGESTS: Final[tuple[object, ...]] = (
    *("", "0", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n", "\n" + "a" * 64, " " * 64, "a" * 63 + "\0"),
    *("../" + "a" * 61, "/" + "a" * 63, "." * 64, "a" * 32 + "/" + "a" * 31, "ａ" * 64, "٣" * 64, "\ud800" * 64),
    *(None, 0, 10**63, b"a" * 64, ["a" * 64], ("a" * 64,), 1.5, object(), str),
)
"""What is asked for in the place of a digest, by mistake or not."""


class Source(io.RawIOBase):
    """A binary file that gives little at a time, counts how much it is asked for, and may fail on the way."""

    def __init__(self, content: bytes, *, at_once: int = 1000, fails_at: int | None = None) -> None:
        super().__init__()
        self._content = io.BytesIO(content)
        self._at_once = at_once
        self._fails_at = fails_at
        self.asked: list[int] = []

    def read(self, size: int = -1, /) -> bytes:
        """As much as is asked for, and no more than a little."""
        self.asked.append(size)
        if self._fails_at is not None and self._content.tell() >= self._fails_at:
            raise ConnectionResetError("the scanner was unplugged")
        return self._content.read(self._at_once)


def digest_of(content: bytes) -> str:
    """What everybody else calls it."""
    return hashlib.sha256(content).hexdigest()


def whole(documents: Documents) -> dict[str, bytes]:
    """All that is kept."""
    return {digest: documents.get(digest) for digest in documents.digests()}


class DocumentsContract:
    """What is put is given back, under the digest that everybody computes, and nothing else is.

    A subclass gives a fixture ``open_documents``, a function that opens what keeps documents, empty at first.
    """

    @pytest.fixture
    def documents(self, open_documents: OpensDocuments) -> Documents:
        """New and empty."""
        return open_documents()

    def test_a_document_is_given_back(self, documents: Documents) -> None:
        """Byte for byte, under the SHA-256 digest of its content, whatever it holds and however large it is."""
        for content in CONTENTS:
            assert documents.put(content) == digest_of(content)
        for content in reversed(CONTENTS):
            assert digest_of(documents.get(digest_of(content))) == digest_of(content)
            assert len(documents.get(digest_of(content))) == len(content)

    def test_a_file_is_kept_as_its_bytes(self, documents: Documents) -> None:
        """A binary file gives the same document, also one that gives little at a time, from where it stands on."""
        for content in CONTENTS[-3:]:
            assert documents.put(Source(content, at_once=70_001)) == digest_of(content)  # type: ignore[arg-type]
            assert digest_of(documents.get(digest_of(content))) == digest_of(content)
        opened = io.BytesIO(b"0123456789")
        opened.seek(4)
        assert documents.put(opened) == digest_of(b"456789")
        assert documents.put(io.BytesIO()) == digest_of(b"")

    def test_a_file_is_read_piece_by_piece(self, documents: Documents) -> None:
        """It is never asked for all that it has: a scan may be larger than the memory."""
        source = Source(b"x" * 2**21, at_once=2**17)
        documents.put(source)  # type: ignore[arg-type]
        assert all(0 < size <= 2**24 for size in source.asked)

    def test_a_document_is_opened(self, documents: Documents) -> None:
        """From its beginning, to be read in pieces, twice at once, and with nothing else in it."""
        digest = documents.put(b"0123456789" * 1000)
        with documents.open(digest) as one, documents.open(digest) as other:
            assert one.read(10) == other.read(10) == b"0123456789"
            assert digest_of(one.read()) == digest_of(b"0123456789" * 999)
            assert other.read(3) == b"012"
        assert digest_of(documents.get(digest)) == digest

    def test_the_same_document_is_kept_once(self, documents: Documents) -> None:
        """Putting it again gives the same digest and changes nothing."""
        digest = documents.put(b"once")
        assert documents.put(b"once") == documents.put(io.BytesIO(b"once")) == digest
        assert whole(documents) == {digest: b"once"}
        assert documents.remove(digest)
        assert not documents.has(digest)

    def test_all_digests_are_told(self, documents: Documents) -> None:
        """Those that are kept, each once, sorted, and no others."""
        assert documents.digests() == ()
        put = [documents.put(str(number).encode()) for number in range(40)]
        assert documents.digests() == tuple(sorted(put))

    def test_what_is_here_is_told(self, documents: Documents) -> None:
        """What was put is here, and nothing else."""
        digest = documents.put(b"here")
        assert documents.has(digest) is True
        assert documents.has(UNKNOWN) is False

    def test_what_is_not_here_is_an_error_that_names_it(self, documents: Documents) -> None:
        """Reading it says so; asking for it or removing it does no harm."""
        documents.put(b"another")
        for ask in (documents.get, documents.open):
            with pytest.raises(NoSuchDocument) as caught:
                ask(UNKNOWN)
            assert caught.value.digest == UNKNOWN
        assert documents.remove(UNKNOWN) is False
        assert len(documents.digests()) == 1

    def test_no_name_comes_from_outside(self, documents: Documents) -> None:
        """Whatever is not 64 hexadecimal digits in lower case is refused in every place, and touches nothing."""
        documents.put(b"here")
        for ask in (documents.get, documents.open, documents.has, documents.remove):
            for name in NO_DIGESTS:
                with pytest.raises(InvalidValue if isinstance(name, str) else InvalidType):
                    ask(name)  # type: ignore[arg-type]
        assert list(whole(documents).values()) == [b"here"]

    def test_what_is_no_document_is_refused(self, documents: Documents) -> None:
        """Text, other values and files of text are refused, and nothing of them is kept."""
        wrong: tuple[Any, ...] = (
            *("text", None, 5, ["a"], bytearray(b"x"), memoryview(b"x"), bytes, io.BytesIO, object()),
            *(io.StringIO("text"), io.StringIO("")),
        )
        for each in wrong:
            with pytest.raises(InvalidType):
                documents.put(each)
        assert documents.digests() == ()

    def test_a_file_that_fails_leaves_nothing(self, documents: Documents) -> None:
        """What it raises comes through as it is, and no half of it is kept."""
        for fails_at in (0, 1000, 3000):
            with pytest.raises(ConnectionResetError, match="unplugged"):
                documents.put(Source(b"x" * 5000, fails_at=fails_at))  # type: ignore[arg-type]
        assert documents.digests() == ()
        assert not documents.has(digest_of(b"x" * 3000))

    def test_a_document_is_removed(self, documents: Documents) -> None:
        """It is gone, the others are not, and it can be put again."""
        gone, left = documents.put(b"gone"), documents.put(b"left")
        assert documents.remove(gone) is True
        assert documents.remove(gone) is False
        assert whole(documents) == {left: b"left"}
        with pytest.raises(NoSuchDocument):
            documents.get(gone)
        assert documents.put(b"gone") == gone
        assert documents.get(gone) == b"gone"

    def test_threads_put_at_once(self, documents: Documents) -> None:
        """Eight threads put what is their own and what is everybody's: all of it is there, whole."""

        def put(number: int) -> Callable[[], None]:
            def do() -> None:
                for turn in range(10):
                    documents.put(b"%d.%d" % (number, turn))
                    documents.put(Source(b"shared" * 999 + b"%d" % turn))  # type: ignore[arg-type]

            return do

        assert together(put(number) for number in range(8)) == []
        expected = [b"%d.%d" % (number, turn) for number in range(8) for turn in range(10)]
        expected += [b"shared" * 999 + b"%d" % turn for turn in range(10)]
        found = whole(documents)  # how long contents differ, nobody wants to read
        assert found.keys() == {digest_of(content) for content in expected}
        assert [digest for digest, content in found.items() if digest_of(content) != digest] == []


class LastingDocumentsContract(DocumentsContract):
    """What was put is there for whoever opens it next, or has it open too."""

    def test_it_outlives_the_program(self, open_documents: OpensDocuments) -> None:
        """Opened again, it has what was put, and not what was removed."""
        first = open_documents()
        kept, gone = first.put(b"kept"), first.put(b"gone")
        first.remove(gone)
        assert whole(open_documents()) == {kept: b"kept"}

    def test_what_one_puts_another_has(self, open_documents: OpensDocuments) -> None:
        """Two that have it open see at once what the other one does."""
        one, other = open_documents(), open_documents()
        digest = one.put(b"x")
        assert other.get(digest) == b"x"
        assert other.remove(digest)
        assert not one.has(digest)

    def test_two_put_the_same(self, open_documents: OpensDocuments) -> None:
        """Whoever comes second finds it there, or puts it there again: it is the same."""
        content = b"the same scan" * 10_000
        put = [open_documents().put for _ in range(8)]
        assert together(lambda do=do: do(content) and None for do in put) == []  # type: ignore[misc]
        assert [(digest, len(found)) for digest, found in whole(open_documents()).items()] == [
            (digest_of(content), len(content))
        ]
