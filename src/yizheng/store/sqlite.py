"""A store in one SQLite file.

Why it is built so:

- A record stands in the file where it was written, at its position: what is appended goes to the end of the table, and
  no page in the midst of it is divided for a new stream. Stream and version are an index, which is a second guard
  against two writers of one version.
- A transaction that means to write begins with ``BEGIN IMMEDIATE``: SQLite lets one writer in at a time, across
  threads and processes, so that the versions that are compared and the position that is counted on are still true
  when the rows are written.
- One connection writes and another reads, each behind a lock. With a single one, every reader would wait while a
  commit reaches the disk, or while another process holds the file; with one for each thread, connections would stay
  open behind threads that have ended.
- A file is made in the rollback mode and put into WAL mode afterwards, so that the first page of a file of ours bears
  our mark from the first commit on, and a foreign file can be told without changing it.
- SQLite leaves what is deleted in the file until something else is written over it, and in the log until that is
  begun anew. So what is freed is overwritten (``secure_delete``), and where private values were destroyed, the log is
  folded into the file and cut.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, nullcontext, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Literal, Self, cast

import msgspec

from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, KeyReused, StoreFault, VersionConflict, shown
from yizheng.store.protocol import Record, Write
from yizheng.store.refusals import (
    check_digests,
    check_facts,
    check_kept,
    check_left,
    check_number,
    check_read,
    check_text,
    check_writes,
)

__all__ = ["SQLiteStore"]

APPLICATION: Final = 0x595A4731  # "YZG1", in bytes 68 to 71 of the file
FORMAT: Final = 1

_MEMORY: Final = ":memory:"
_LONGEST: Final = 86_400  # seconds; SQLite counts milliseconds in 32 bits
_LONGEST_PATH: Final = 4096
_PAGE: Final = 512

_SCHEMA: Final = (
    """
    CREATE TABLE records (
        position INTEGER PRIMARY KEY,
        stream TEXT NOT NULL,
        version INTEGER NOT NULL,
        kind TEXT NOT NULL,
        kind_version INTEGER NOT NULL,
        moment TEXT NOT NULL,
        payload BLOB NOT NULL,
        private BLOB,
        digest TEXT NOT NULL,
        "key" TEXT,
        UNIQUE (stream, version)
    )
    """,
    'CREATE UNIQUE INDEX records_by_key ON records (stream, "key") WHERE "key" IS NOT NULL',
    # Only the first record of a stream enters it, so that listing the streams reads no other.
    "CREATE UNIQUE INDEX streams ON records (stream, version) WHERE version = 1",
    "CREATE TABLE parts (digest TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL)",
    """
    CREATE TABLE parts_of (
        stream TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (stream, digest)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE facts (
        stream TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (stream, name)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX facts_by_value ON facts (name, value, stream)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {FORMAT}",
)

# In the order of a record's fields, and each written out, so that SQLite's cache of statements knows it again.
_READ: Final = """
    SELECT stream, version, kind, kind_version, moment, payload, private, digest, "key"
    FROM records WHERE stream = ? AND version > ? ORDER BY version
"""
_READ_ALL: Final = """
    SELECT stream, version, kind, kind_version, moment, payload, private, digest, "key", position
    FROM records WHERE position > ? ORDER BY position LIMIT ?
"""
_VERSION: Final = "SELECT ifnull(max(version), 0) FROM records WHERE stream = ?"
_STREAMS: Final = "SELECT stream FROM records INDEXED BY streams WHERE version = 1 ORDER BY stream"
_PART: Final = "SELECT content FROM parts WHERE digest = ?"
_PARTS_OF: Final = "SELECT digest, content FROM parts_of JOIN parts USING (digest) WHERE stream = ?"
_FACTS: Final = "SELECT name, value FROM facts WHERE stream = ? ORDER BY name"
_FACTS_OF: Final = "SELECT stream, value FROM facts WHERE name = ?"
_FIND: Final = "SELECT stream FROM facts WHERE name = ? AND value = ?"

_STANDS: Final = """
    SELECT (SELECT ifnull(max(version), 0) FROM records WHERE stream = ?), (SELECT ifnull(max(position), 0) FROM records)
"""
_KEY: Final = 'SELECT version FROM records WHERE stream = ? AND "key" = ?'
_ADD_RECORD: Final = """
    INSERT INTO records (stream, version, kind, kind_version, moment, payload, private, digest, "key", position)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_PART: Final = "INSERT INTO parts (digest, content) VALUES (?, ?)"
_ADD_PART_OF: Final = "INSERT OR IGNORE INTO parts_of (stream, digest) VALUES (?, ?)"
_SET_FACT: Final = """
    INSERT INTO facts (stream, name, value) VALUES (?, ?, ?)
    ON CONFLICT (stream, name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value
"""
_PRIVATE: Final = "SELECT private FROM records WHERE stream = ? AND version = ?"
_TAKE_AWAY: Final = "UPDATE records SET private = ? WHERE stream = ? AND version = ?"
_DROP_FACT: Final = "DELETE FROM facts WHERE stream = ? AND name = ?"

_PASSING: Final = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL"})
"""After which errors the file is as it was, and can be written to again."""

_ADVICE: Final = {
    "SQLITE_BUSY": "another writer holds the file; try again, or give a longer timeout",
    "SQLITE_LOCKED": "another writer holds the file; try again, or give a longer timeout",
    "SQLITE_CANTOPEN": "see that the folder exists, that it may be written to, and that the path names a file",
    "SQLITE_CORRUPT": "the file is damaged; leave it as it is, copy it, and restore a backup",
    "SQLITE_FULL": "there is no room left; make some and try again",
    "SQLITE_IOERR": "the disk did not do what it was asked; see to the disk and open the store anew",
    "SQLITE_NOTADB": "it is not a SQLite database; was another file meant?",
    "SQLITE_READONLY": "it may only be read; see to the rights of the file and of its folder",
}

# What SQLite says of a damaged file quotes from it, and what it quotes need not be text.
_FAULTS: Final = (sqlite3.Error, UnicodeError)


class _Damaged(sqlite3.DatabaseError):
    """What a file says cannot be so, and SQLite, which keeps no sums of its pages, has not seen it."""

    sqlite_errorname = "SQLITE_CORRUPT"


class SQLiteStore:
    """Records in one SQLite file, durable when ``append`` returns, for several threads and processes at once.

    A file that does not exist, or is empty, gets its tables. Any other file is used as it is or refused as it is:
    nothing is created in it and nothing is migrated. The file belongs on a local disk, since write-ahead logging does
    not work over a network. Do not carry an open store over a ``fork``; open one in each process.

    An append by which private values are destroyed overwrites them in the file, and waits up to ``timeout`` for whoever is
    reading, to cut the log. Copies that SQLite left behind when it divided a page are gone after :meth:`scrub`.

    Args:
        path: the file, or ``":memory:"`` for a database that ends with the store.
        synchronous: ``"FULL"`` flushes every commit to the disk. ``"NORMAL"`` is faster, and may lose the last commits
            when the power fails, though not when the program does.
        timeout: how many seconds to wait for another writer.

    Raises:
        InvalidType: when the path is neither a string nor a path.
        InvalidValue: when an argument is not among those named here.
        StoreFault: when the file cannot be opened, is not a database, belongs to another program, or has a format that
            this release does not know. The file is left as it was.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        synchronous: Literal["FULL", "NORMAL"] = "FULL",
        timeout: float = 5.0,
    ) -> None:
        self._path = _file(path)
        if not isinstance(cast("Any", synchronous), str) or synchronous not in {"FULL", "NORMAL"}:
            raise InvalidValue(f'synchronous is {shown(synchronous)}; write "FULL" or "NORMAL"')
        if not isinstance(cast("Any", timeout), int | float) or not 0 <= timeout <= _LONGEST:
            raise InvalidValue(f"timeout is {shown(timeout)}; write the seconds to wait, from 0 to {_LONGEST}")
        self._process = os.getpid()
        self._ended: str | None = None
        try:
            if self._path != _MEMORY:
                _look(self._path, timeout)
            with ExitStack() as opened:
                self._writer = self._reader = self._connect(opened, synchronous, timeout)
                _prepare(self._writer, self._path, timeout)
                if self._path != _MEMORY:
                    self._reader = self._connect(opened, synchronous, timeout)
                self._connections = opened.pop_all()
        except _FAULTS as error:
            raise self._fault(error) from error
        self._writing = Lock()
        self._reading = self._writing if self._reader is self._writer else Lock()

    def _connect(self, opened: ExitStack, synchronous: str, timeout: float) -> sqlite3.Connection:
        connection = opened.enter_context(
            closing(sqlite3.connect(self._path, timeout=timeout, isolation_level=None, check_same_thread=False))
        )
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        # On macOS a plain flush leaves the data in the drive's cache; elsewhere this does nothing.
        connection.execute(f"PRAGMA fullfsync = {synchronous == 'FULL':d}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def append(self, *writes: Write) -> None:
        """Write to one stream or to several in one transaction; see :meth:`Store.append`."""
        check_writes(writes)
        self._check_open()
        with self._writing:
            try:
                self._transact(writes)
            except _FAULTS as error:
                raise self._fault(error) from error
            if any(write.private for write in writes):
                self._cut_log()

    def _cut_log(self) -> bool:
        """Fold the log into the file and cut it, so that nothing stands there any more; whether that could be done."""
        try:
            busy: int = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            # What was committed is in the log, and stays there; but a disk that fails is not asked again.
            self._spoilt(error)
            return False
        return not busy

    def _spoilt(self, error: sqlite3.Error) -> None:
        """End the use of these connections where the disk has failed: what is read back may come from memory alone."""
        if _name(error) not in _PASSING:
            self._ended = (
                f"the file could not be written ({error}); what was acknowledged is kept: see to the disk and open the "
                "store anew"
            )

    def scrub(self) -> None:
        """Write the file anew, so that no byte of what was destroyed is left in it, nor in the log beside it.

        An append that destroys private values overwrites them by itself. What it cannot reach are copies that SQLite left
        behind when it divided a full page, and the log where another connection was just reading. It takes as long as
        copying the file, needs as much room beside it once more, and waits for other writers.

        Raises:
            StoreFault: when it could not be done, or another connection holds the log; then nothing is lost, and it can be
                called again.
        """
        self._check_open()
        with self._writing:
            self._check_open()
            try:
                self._writer.execute("VACUUM")
            except sqlite3.Error as error:
                self._spoilt(error)
                raise self._fault(error) from error
            if not self._cut_log():
                self._check_open()
                raise StoreFault(f"{self._path}: another connection holds the log; close it, and scrub again")

    def _transact(self, writes: Sequence[Write]) -> None:
        self._check_open()  # a commit may have failed while this one was waiting
        connection = self._writer
        try:
            connection.execute("BEGIN IMMEDIATE")
            last = 0
            for write in writes:
                last = _check_version(connection, write)
            for write in writes:
                _check_keys(connection, write)
            for write in writes:
                _keep_parts(connection, write)
            for write in writes:
                _take_away(connection, write)
            _keep_records(connection, writes, last)
            for write in writes:
                _keep_facts(connection, write)
            self._commit(connection)
        finally:
            if connection.in_transaction:
                connection.rollback()

    def _commit(self, connection: sqlite3.Connection) -> None:
        # Where a commit fails, the disk may or may not have what was written, and what is read back may come from
        # memory and not from the disk. So nothing is tried again on these connections.
        try:
            connection.execute("COMMIT")
        except sqlite3.Error:
            self._ended = (
                "a commit failed, and whether it was kept is not known; see to the disk, open the store anew and read "
                "what is there before anything is written again"
            )
            raise

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        """The records of one stream after a version; see :meth:`Store.read`."""
        return _records(self._rows(_READ, check_text(stream), check_number(after, "after")))

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        """The records and the parts of one stream; see :meth:`Store.load`."""
        # Parts are never taken away, so that those read after the records are all that the records refer to.
        return self.read(stream), dict(self._rows(_PARTS_OF, stream, kinds=(str, bytes)))

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        """Every record in the order of commitment, with its position; see :meth:`Store.read_all`."""
        start = check_number(after, "after")
        return islice(self._from(start), None if limit is None else check_number(limit, "limit"))

    def _from(self, position: int) -> Iterator[tuple[int, Record]]:
        # Page by page, so that no transaction stays open while the caller is at work.
        while page := self._rows(_READ_ALL, position, _PAGE):
            for row in page:
                if not (type(row[-1]) is int and row[-1] > position):  # else a damaged file would be read for ever
                    raise self._fault(_Damaged(f"position {row[-1]!r} stands after {position}"))
                position = row[-1]
                yield position, _record(row)

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The parts with these digests; see :meth:`Store.parts`."""
        asked = check_digests(digests)
        found = {digest: row[0] for digest in asked for row in self._rows(_PART, digest, kinds=(bytes,))}
        InvalidValue.raise_all(f"part {shown(digest)} is not kept here" for digest in asked if digest not in found)
        return found

    def version(self, stream: str) -> int:
        """The version of the stream's last record; see :meth:`Store.version`."""
        version: int = self._rows(_VERSION, check_text(stream), kinds=(int,))[0][0]
        return version

    def streams(self) -> tuple[str, ...]:
        """The names of all streams; see :meth:`Store.streams`."""
        return tuple([row[0] for row in self._rows(_STREAMS, kinds=(str,))])

    def facts(self, stream: str) -> dict[str, str]:
        """The index facts of one stream; see :meth:`Store.facts`."""
        return dict(self._rows(_FACTS, check_text(stream), kinds=(str,)))

    def facts_of(self, name: str) -> dict[str, str]:
        """One fact of every stream that has it; see :meth:`Store.facts_of`."""
        return dict(self._rows(_FACTS_OF, check_text(name, "fact"), kinds=(str,)))

    def find(self, /, **facts: str) -> tuple[str, ...]:
        """The streams that have all these facts; see :meth:`Store.find`."""
        if not check_facts(facts):
            return self.streams()
        query = " INTERSECT ".join([_FIND] * len(facts)) + " ORDER BY stream"
        asked = [text for fact in facts.items() for text in fact]
        return tuple([row[0] for row in self._rows(query, *asked, kinds=(str,))])

    def _rows(self, query: str, *values: str | int, kinds: tuple[type, ...] = ()) -> list[Any]:
        # Read to the end at once, so that no snapshot stays open and holds up the checkpoints.
        self._check_open()
        try:
            with self._reading:
                rows = self._reader.execute(query, values).fetchall()
        except _FAULTS as error:
            raise self._fault(error) from error
        if kinds and not {type(value) for row in rows for value in row} <= {*kinds}:
            raise self._fault(_Damaged(f"an answer holds more than {' and '.join(kind.__name__ for kind in kinds)}"))
        return rows

    def _check_open(self) -> None:
        if self._ended is not None:
            raise StoreFault(f"{self._path}: {self._ended}")
        if self._process != os.getpid():
            # SQLite's locks are not inherited: two processes on one connection would damage the file.
            raise StoreFault(f"{self._path} was opened in another process; open a store in each one, after the fork")

    def _fault(self, error: Exception) -> StoreFault:
        return StoreFault(f"{self._path}: {error}; {self._ended or _advice(error)}")

    def close(self) -> None:
        """Close the file; see :meth:`Store.close`."""
        with self._writing:
            self._ended = self._ended or "this store is closed; open another one"
            with nullcontext() if self._reading is self._writing else self._reading:
                self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"SQLiteStore({self._path!r})"


def _file(path: str | os.PathLike[str]) -> str:
    try:
        name = os.fspath(path)
    except TypeError:
        name = None
    if not isinstance(name, str):
        raise InvalidType(f"path is of type {type(path).__name__}; write a string or a pathlib.Path")
    if not name or "\0" in name or any("\ud800" <= each <= "\udfff" for each in name):
        raise InvalidValue(f'path is {shown(name)}; name a file, or write ":memory:"')
    if len(name) > _LONGEST_PATH:
        raise InvalidValue(f"path has {len(name)} characters; {_LONGEST_PATH} are the most: was it the file's content?")
    return name


def _look(path: str, timeout: float) -> None:
    # Through a connection that may only read: opened for writing, SQLite would fold another program's log into its
    # file on closing. And through SQLite alone: opening and closing the file here would let go of the locks that
    # other connections of this process hold on it.
    file = Path(path).absolute()
    try:
        status = file.stat()
    except OSError:
        return  # there is no file yet, or opening it will say what is wrong
    if not stat.S_ISREG(status.st_mode):
        raise StoreFault(f"{path} is not a file; name one, or a new one in this folder")
    if not status.st_size:
        return
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", timeout=timeout, uri=True)) as connection:
        try:
            _check_mark(connection, path)
        except sqlite3.OperationalError as error:
            # A process was killed while it made the file: only a writer can undo what it had begun.
            if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
                raise


def _prepare(connection: sqlite3.Connection, path: str, timeout: float) -> None:
    if _is_blank(connection):
        connection.execute("BEGIN IMMEDIATE")
        if _is_blank(connection):  # another process may have been faster
            for statement in _SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
    _check_mark(connection, path)
    if path == _MEMORY:
        return
    patience = time.monotonic() + timeout
    while not _logs_ahead(connection):
        if time.monotonic() > patience:
            raise StoreFault(
                f"{path} could not be put into WAL mode; another program holds it, or it is not on a local disk"
            )
        time.sleep(0.01)


def _is_blank(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _check_mark(connection: sqlite3.Connection, path: str) -> None:
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise StoreFault(f"{path} belongs to another program; it was left as it is: give this store its own file")
    if found != FORMAT:
        raise StoreFault(
            f"{path} has format {found}, and this release knows format {FORMAT}; it was left as it is: open it with "
            "the release that wrote it, or with a newer one"
        )


def _logs_ahead(connection: sqlite3.Connection) -> bool:
    # Where several connections change the mode together, SQLite says at once, without the timeout, that it is busy.
    try:
        mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    except sqlite3.OperationalError as error:
        if _name(error) != "SQLITE_BUSY":
            raise
        return False
    return mode == "wal"


def _check_version(connection: sqlite3.Connection, write: Write) -> int:
    """Compare the version that a write expects; the last position of all, which is asked for in the same breath."""
    found, last = connection.execute(_STANDS, (write.stream,)).fetchone()
    if _number(found) != write.expected:
        raise VersionConflict(write.stream, write.expected, found)
    return _number(last)


def _check_keys(connection: sqlite3.Connection, write: Write) -> None:
    for record in write.records:
        if record.key is not None and (used := connection.execute(_KEY, (write.stream, record.key)).fetchone()):
            raise KeyReused(record.key, _number(used[0]))


def _keep_parts(connection: sqlite3.Connection, write: Write) -> None:
    if not write.parts:
        return
    kept = {digest: row[0] for digest in write.parts for row in connection.execute(_PART, (digest,))}
    for digest, content in write.parts.items():
        check_kept(kept.get(digest), content, digest)
    connection.executemany(_ADD_PART, [part for part in write.parts.items() if part[0] not in kept])
    connection.executemany(_ADD_PART_OF, [(write.stream, digest) for digest in write.parts])


def _take_away(connection: sqlite3.Connection, write: Write) -> None:
    if write.private:
        stream = write.stream
        check_left(
            write, {each: found[0] for each in write.private for found in connection.execute(_PRIVATE, (stream, each))}
        )
        connection.executemany(_TAKE_AWAY, [(left, stream, version) for version, left in write.private.items()])


def _keep_records(connection: sqlite3.Connection, writes: Sequence[Write], last: int) -> None:
    rows = [
        (
            record.stream,
            record.version,
            record.kind,
            record.kind_version,
            _written(record.moment),
            record.payload,
            record.private,
            record.digest,
            record.key,
            position,
        )
        for position, record in enumerate((record for write in writes for record in write.records), last + 1)
    ]
    connection.executemany(_ADD_RECORD, rows)


def _keep_facts(connection: sqlite3.Connection, write: Write) -> None:
    stream = write.stream
    if kept := [(stream, name, value) for name, value in write.facts.items() if value is not None]:
        connection.executemany(_SET_FACT, kept)
    if len(kept) < len(write.facts):
        connection.executemany(_DROP_FACT, [(stream, name) for name, value in write.facts.items() if value is None])


def _number(value: Any) -> int:
    if type(value) is not int:
        raise _Damaged(f"{value!r} stands where a number is kept")
    return value


def _records(rows: list[tuple[Any, ...]]) -> tuple[Record, ...]:
    # Most of the time of reading goes by here. Where anything is not as a store writes it, each row is looked at by
    # itself, and the first that is wrong is named.
    with suppress(msgspec.ValidationError, TypeError):
        if _ALL_AS_WRITTEN("".join([row[_MOMENT] for row in rows])):
            return msgspec.convert(rows, _OF_ROWS, builtin_types=_BYTES)
    return tuple([_record(row) for row in rows])


def _record(row: Sequence[Any]) -> Record:
    stream, version, kind, kind_version, _, payload, private, digest, key = row[:9]
    return check_read(
        Record(
            stream=stream,
            version=version,
            kind=kind,
            kind_version=kind_version,
            moment=_moment(row),
            payload=payload,
            private=private,
            digest=digest,
            key=key,
        )
    )


def _written(moment: datetime) -> str:
    # What isoformat(timespec="microseconds") says, in a third of its time.
    text = _write_moment(moment)
    return (
        f"{str(text[1:20], 'ascii')}.000000+00:00"
        if len(text) == _WHOLE_SECOND
        else f"{str(text[1:27], 'ascii')}+00:00"
    )


_write_moment: Final = msgspec.json.Encoder().encode
_WHOLE_SECOND: Final = len('"2026-01-01T00:00:00Z"')


# What reads as the same moment and is written otherwise was changed too.
_FORM: Final = r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d\.\d{6}\+00:00"
_AS_WRITTEN: Final = re.compile(_FORM, re.ASCII).fullmatch
_ALL_AS_WRITTEN: Final = re.compile(f"(?:{_FORM})*", re.ASCII).fullmatch

_MOMENT: Final = Record.__struct_fields__.index("moment")
_OF_ROWS: Final = tuple[Record, ...]
_BYTES: Final = (bytes,)


def _moment(row: Sequence[Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(row[4]) if _AS_WRITTEN(row[4]) else None
    except (TypeError, ValueError):
        moment = None
    if moment is None:
        raise BrokenRecord(
            f"record {row[1]} of {row[0]!r} bears the moment {row[4]!r}, which no store has written; somebody has "
            "changed the file: copy it and restore a backup",
            row[1],
        )
    return moment


def _name(error: Exception) -> str:
    """The name of the error's primary code: what an extended one such as SQLITE_IOERR_WRITE is a case of."""
    if isinstance(error, UnicodeError):
        return "SQLITE_CORRUPT"
    name = getattr(error, "sqlite_errorname", "")
    return "_".join(name.split("_")[:2])


def _advice(error: Exception) -> str:
    return _ADVICE.get(_name(error), "nothing was written")
