"""What a store is: the record it keeps, the write it accepts, and the questions it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self, cast

import attrs
import msgspec
from typing_extensions import override

from yizheng.errors import InvalidType, shown

__all__ = ["Record", "Store", "Write"]


def _size(value: bytes | None) -> str:
    """Bytes as a ``repr`` shows them: by their number, so that no log carries what is private or very long."""
    return "None" if value is None else f"<{len(value)} bytes>"


class Record(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One accepted entry as a store keeps it. It is given back as it was written, byte for byte.

    Nothing is checked when a record is built, since most are built while reading; ``append`` refuses the unsound ones.
    One that differs in a field is made with ``msgspec.structs.replace``.

    Attributes:
        stream: the name of the record that it is a part of, such as the id of a case. Names that differ in one
            character, in case, in composition or in a space are different names.
        version: its number in the stream: 1, 2, 3 … without gaps.
        kind: the lasting name of what the payload says, such as ``"convene"``.
        kind_version: the version of that kind, from 1.
        moment: when it was recorded; aware, in UTC, exact to the microsecond.
        payload: the public part as canonical JSON. It is never changed.
        private: private values and their salts by field, or ``None``. They are kept apart from the payload, so that
            they can be destroyed later (:attr:`Write.private`) without touching what the digest covers.
        digest: the digest of the entry, in hexadecimal digits. A store does not compute it, and keeps it as it is.
        key: the retry key under which it was written, or ``None``; unique within the stream.
    """

    stream: str
    version: int
    kind: str
    kind_version: int
    moment: datetime
    payload: bytes
    private: bytes | None = None
    digest: str
    key: str | None = None

    @override
    def __repr__(self) -> str:
        shown = {name: getattr(self, name) for name in self.__struct_fields__}
        told = {name: _size(value) if name in ("payload", "private") else repr(value) for name, value in shown.items()}
        return f"Record({', '.join(f'{name}={value}' for name, value in told.items())})"


def _sizes(private: Mapping[int, bytes | None]) -> str:
    return str({version: _size(left) for version, left in private.items()})


def _records(records: Iterable[Record]) -> tuple[Record, ...]:
    if isinstance(cast("Any", records), str | bytes) or not isinstance(records, Iterable):
        raise InvalidType(f"the records of a write are {shown(records)}; several records were expected")
    return tuple(records)


@attrs.frozen(kw_only=True)
class Write:
    """What is to be added to one stream.

    A write without records, parts and facts changes nothing and still conflicts where the stream has moved on; beside
    others it holds them to what the writer has seen of that stream.

    Attributes:
        stream: the stream.
        expected: the version that the writer has seen; 0 for a new stream.
        records: what follows, numbered from ``expected + 1``.
        parts: definitions and rolls that the stream refers to, by digest. A store keeps each digest once, whatever
            the number of streams that refer to it, and remembers which streams do.
        facts: index facts of the stream by name. They replace the earlier ones with the same names, and leave the
            others; ``None`` removes one.
        private: what is left of the private parts of earlier records, by their versions: fewer bytes than there are, or
            ``None``. This is how private values are destroyed; whatever else a record holds stays as it is.
    """

    stream: str
    expected: int
    records: Sequence[Record] = attrs.field(default=(), converter=_records)
    parts: Mapping[str, bytes] = attrs.field(factory=dict[str, bytes])
    facts: Mapping[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    private: Mapping[int, bytes | None] = attrs.field(factory=dict[int, "bytes | None"], repr=_sizes)


class Store(Protocol):
    """What keeps records.

    A store may be used by several threads at once. What it returns is the caller's: changing it changes nothing kept.
    Every method raises :class:`~yizheng.errors.StoreFault` where the database cannot do what it is asked, and after
    ``close``; :class:`~yizheng.errors.InvalidType` for a name that is not a string; and
    :class:`~yizheng.errors.InvalidValue` for one that holds a NUL or half of a surrogate pair, or is empty. Reading
    raises :class:`~yizheng.errors.BrokenRecord` where what is kept cannot be a record; whether a record is the one
    that was written, its digest tells, and not the store.
    """

    def append(self, *writes: Write) -> None:
        """Write to one stream or to several, all or nothing; what was written is durable on return.

        What is unsound in itself is refused first, with every fault. Then the versions of all streams are compared,
        in the order of the writes; then the retry keys; then the parts; then what is left of private parts. A refusal or
        a fault leaves everything as it was.

        A private part can be taken away, in whole or in part, and never given, exchanged or given back: what is left has
        fewer bytes than what is kept. A store does not know what the bytes say; that they are a part of what was sealed,
        the digests in the payload show to whoever reads the record. When ``append`` returns, no answer of the store has
        the bytes that were taken away any more; where else they may still be, the store says in its documentation.

        Raises:
            InvalidValue: when records do not follow ``expected`` one by one or belong to another stream; when a stream
                stands in two writes; when a retry key stands on two records; when parts or facts are given for a
                stream without records; when a value is not of its kind; when a digest is kept with other bytes; when
                something is to be left of the private part of a record that is not among those up to ``expected``, or
                has none, or has no more bytes than would be left.
            VersionConflict: when a stream does not stand at the expected version.
            KeyReused: when the stream has a record with the same retry key.
        """
        ...

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream whose version is greater than ``after``, in order; none if it does not exist."""
        ...

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records of one stream, in order, with every part that was handed in for it, in one round trip.

        Whoever has the parts already is better served by :meth:`read`.
        """
        ...

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        """Every record of every stream in the order in which they were committed, each with its position.

        Positions are positive and rise; they may leave gaps. The records of one write stand in their order, and no
        record ever appears before a position that was already read. What is appended during the reading comes too.

        Args:
            after: the last position that was read; 0 for everything.
            limit: how many records at most; ``None`` for all.
        """
        ...

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests.

        Raises:
            InvalidValue: when one or more are not kept here; each is named.
        """
        ...

    def version(self, stream: str) -> int:
        """The version of the stream's last record; 0 if the stream does not exist."""
        ...

    def streams(self) -> tuple[str, ...]:
        """The names of all streams, sorted by code point."""
        ...

    def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; empty if it does not exist."""
        ...

    def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it, by stream, without reading any record."""
        ...

    def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts, sorted by code point; without facts, all streams."""
        ...

    def close(self) -> None:
        """Give back what the store holds. Closing twice does no harm; every other use afterwards is a fault."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
