"""A store in memory: for tests, for trying things out, and for programs that keep nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock
from types import TracebackType
from typing import Final, Self

from msgspec import structs

from yizheng.errors import InvalidValue, KeyReused, StoreFault, VersionConflict, shown
from yizheng.store.protocol import Record, Write
from yizheng.store.refusals import (
    check_digests,
    check_facts,
    check_kept,
    check_left,
    check_number,
    check_text,
    check_writes,
)

__all__ = ["MemoryStore"]

_PAGE: Final = 512


class MemoryStore:
    """Records in lists. It promises and refuses what every store does; when it is closed or dropped, all is gone.

    Example:
        >>> from datetime import UTC, datetime
        >>> from yizheng.store import MemoryStore, Record, Write
        >>> store = MemoryStore()
        >>> opening = Record(
        ...     stream="2026-007",
        ...     version=1,
        ...     kind="case.Open",
        ...     kind_version=1,
        ...     moment=datetime(2026, 3, 2, 9, tzinfo=UTC),
        ...     payload=b"{}",
        ...     digest="00",
        ... )
        >>> store.append(Write(stream="2026-007", expected=0, records=[opening], facts={"stage": "solicit"}))
        >>> store.version("2026-007"), store.find(stage="solicit")
        (1, ('2026-007',))
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._closed = False
        self._order: list[Record] = []
        self._streams: dict[str, list[Record]] = {}
        self._keys: dict[tuple[str, str], int] = {}
        self._parts: dict[str, bytes] = {}
        self._used: dict[str, dict[str, None]] = {}
        self._facts: dict[str, dict[str, str]] = {}

    def append(self, *writes: Write) -> None:
        """Write to one stream or to several, all or nothing; see :meth:`Store.append`."""
        check_writes(writes)
        with self._open():
            for write in writes:
                found = len(self._streams.get(write.stream, ()))
                if found != write.expected:
                    raise VersionConflict(write.stream, write.expected, found)
            for write in writes:
                for record in write.records:
                    if record.key is not None and (used := self._keys.get((write.stream, record.key))):
                        raise KeyReused(record.key, used)
            for write in writes:
                for digest, content in write.parts.items():
                    check_kept(self._parts.get(digest), content, digest)
            for write in writes:
                records = self._streams.get(write.stream, ())
                check_left(write, {version: records[version - 1].private for version in write.private})
            for write in writes:
                self._keep(write)

    def _keep(self, write: Write) -> None:
        stream = write.stream
        if write.records:
            self._streams.setdefault(stream, []).extend(write.records)
            self._order.extend(write.records)
            for record in write.records:
                if record.key is not None:
                    self._keys[stream, record.key] = record.version
        if write.parts:
            self._parts.update(write.parts)
            self._used.setdefault(stream, {}).update(dict.fromkeys(write.parts))
        for name, value in write.facts.items():
            if value is None:
                self._facts.get(name, {}).pop(stream, None)
            else:
                self._facts.setdefault(name, {})[stream] = value
        for version, left in write.private.items():
            self._take_away(self._streams[stream], version, left)

    def _take_away(self, records: list[Record], version: int, left: bytes | None) -> None:
        whole = records[version - 1]
        records[version - 1] = less = structs.replace(whole, private=left)
        place = next(place for place, record in enumerate(self._order) if record is whole)
        self._order[place] = less

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read`."""
        check_text(stream)
        check_number(after, "after")
        with self._open():
            return tuple(self._streams.get(stream, ())[after:])

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load`."""
        check_text(stream)
        with self._open():
            parts = {digest: self._parts[digest] for digest in self._used.get(stream, ())}
            return tuple(self._streams.get(stream, ())), parts

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        """Every record in the order of writing, with its position; see :meth:`Store.read_all`."""
        start = check_number(after, "after")
        return islice(self._from(start), None if limit is None else check_number(limit, "limit"))

    def _from(self, position: int) -> Iterator[tuple[int, Record]]:
        while True:
            with self._open():
                page = self._order[position : position + _PAGE]
            if not page:
                return
            yield from enumerate(page, position + 1)
            position += len(page)

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts`."""
        asked = check_digests(digests)
        with self._open():
            InvalidValue.raise_all(
                f"part {shown(digest)} is not kept here" for digest in asked if digest not in self._parts
            )
            return {digest: self._parts[digest] for digest in asked}

    def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version`."""
        check_text(stream)
        with self._open():
            return len(self._streams.get(stream, ()))

    def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams`."""
        with self._open():
            return tuple(sorted(self._streams))

    def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts`."""
        check_text(stream)
        with self._open():
            return {name: of[stream] for name, of in sorted(self._facts.items()) if stream in of}

    def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of`."""
        check_text(name, "fact")
        with self._open():
            return dict(self._facts.get(name, {}))

    def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find`."""
        check_facts(facts)
        with self._open():
            matching = list(self._streams)
            for name, value in facts.items():
                of = self._facts.get(name, {})
                matching = [stream for stream in matching if of.get(stream) == value]
            return tuple(sorted(matching))

    def _open(self) -> Lock:
        if self._closed:
            raise StoreFault("this store is closed; open another one")
        return self._lock

    def close(self) -> None:
        """Refuse every further use; see :meth:`Store.close`."""
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()
