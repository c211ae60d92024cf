"""What every store refuses, so that all of them refuse the same: judged before anything is written or read.

Left to the databases, one would take what another does not, or give back something else: PostgreSQL keeps no NUL in a
text, SQLite turns an integer in a text column into digits, and neither can write half of a surrogate pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, kind_of, shown
from yizheng.store.protocol import Record, Write

__all__ = [
    "check_digests",
    "check_facts",
    "check_kept",
    "check_left",
    "check_number",
    "check_read",
    "check_text",
    "check_writes",
]

_GREATEST: Final = 2**63 - 1  # what an integer column of any of the databases can hold
_SHOWN: Final = 80


def check_text(value: object, what: str = "stream", *, empty: bool = False) -> str:
    """A name that a question asks for, or a value that may be empty.

    Raises:
        InvalidType: when it is not a string.
        InvalidValue: when it is empty and may not be, or holds what not every store can keep.
    """
    if not isinstance(value, str):
        raise InvalidType(f"{what} is of type {type(value).__name__}; write a string")
    if fault := (_text_fault if empty else _name_fault)(value, what):
        raise InvalidValue(fault)
    return value


def check_facts(facts: dict[str, str]) -> dict[str, str]:
    """The facts that a search asks for."""
    for name, value in facts.items():
        check_text(value, f"fact {shown(check_text(name, 'the name of a fact'))}", empty=True)
    return facts


def check_digests(digests: Iterable[str]) -> list[str]:
    """The digests of the parts that a question asks for.

    Raises:
        InvalidType: when there are not several of them, or one is not a string.
        InvalidValue: when one is empty, or holds what not every store can keep.
    """
    if isinstance(cast("Any", digests), str | bytes) or not isinstance(digests, Iterable):
        raise InvalidType(f"the digests of parts are {shown(digests)}; several were expected: put it in brackets")
    return [check_text(digest, "the digest of a part") for digest in digests]


def check_number(value: object, what: str) -> int:
    """A version, a position or a limit that a question asks for.

    Raises:
        InvalidType: when it is not an integer.
        InvalidValue: when it is negative, or greater than what a database can hold.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidType(f"{what} is of type {type(value).__name__}; write an integer")
    if fault := _number_fault(value, what, 0):
        raise InvalidValue(fault)
    return value


def check_kept(kept: bytes | None, given: bytes, digest: str) -> None:
    """A part that is kept stays what it is.

    Raises:
        InvalidValue: when the same digest is kept with other bytes.
    """
    if kept is not None and kept != given:
        raise InvalidValue(
            f"part {shown(digest)} is kept with other bytes ({len(kept)}, not {len(given)}), so one of the two is not what "
            "its digest says; nothing was written: compute the digest again"
        )


def check_left(write: Write, kept: Mapping[int, bytes | None]) -> None:
    """From a private part something is taken away; nothing is given to it, or exchanged.

    Args:
        write: what is to be written.
        kept: the private parts that are kept of the records of which it says what is left, by version.

    Raises:
        InvalidValue: with every record that has no private part, or not more bytes than would be left.
    """
    InvalidValue.raise_all(
        f"record {version} of {shown(write.stream)} has {_bytes(kept.get(version))} in its private part and would be left with "
        f"{_bytes(left)}; a store takes away and gives nothing: read the record again"
        for version, left in write.private.items()
        if (there := kept.get(version)) is None or (left is not None and len(left) >= len(there))
    )


def _bytes(private: bytes | None) -> str:
    return "nothing" if private is None else f"{len(private)} bytes"


def check_read(record: Record) -> Record:
    """A record as it was read: SQLite keeps anything in any column, and a damaged file may say anything.

    Raises:
        BrokenRecord: when a value is of another kind than any store has written.
    """
    if (
        type(record.stream) is type(record.kind) is type(record.digest) is str
        and type(record.version) is type(record.kind_version) is int
        and type(record.payload) is bytes
        and (record.private is None or type(record.private) is bytes)
        and (record.key is None or type(record.key) is str)
    ):
        return record
    version: Any = record.version
    raise BrokenRecord(
        f"record {version!r} of {record.stream!r} holds a value of another kind than any store has written; what keeps it "
        "is damaged, or somebody has changed it: copy it and restore a backup",
        version if type(version) is int else None,
    )


def check_writes(writes: Sequence[Write]) -> None:
    """What is unsound in the writes themselves, whatever is kept.

    Raises:
        InvalidType: when something else than writes is handed in, or something else than records stands in one.
        InvalidValue: with every fault that was found.
    """
    # This stands on the way of every act: what is plainly sound is let through at once, and whatever is not is looked
    # at value by value below, where some of it turns out to be sound after all.
    if len(writes) != 1 or not _is_plain(writes[0]):
        _check_closely(writes)


def _check_closely(writes: Sequence[Write]) -> None:
    for each in writes:
        _check_kinds(each)
    faults: list[str] = []
    seen: set[str] = set()
    parts: dict[str, bytes] = {}
    for write in writes:
        stream, version = write.stream, write.expected
        if fault := _name_fault(stream, "stream") or _number_fault(
            version, f"the version expected of {shown(stream)}", 0
        ):
            faults.append(fault)
            continue
        if stream in seen:
            faults.append(f"{shown(stream)} stands in two writes; put its records into one")
        seen.add(stream)
        keys: dict[str, int] = {}
        for record in write.records:
            version += 1
            if record.version != version or record.stream != stream:
                faults.append(
                    f"record {shown(record.version)} of {shown(record.stream)} stands where record {version} of {shown(stream)} is "
                    "expected; number records from the expected version on, without gaps"
                )
            if isinstance(key := record.key, str) and keys.setdefault(key, version) != version:
                faults.append(
                    f"key {shown(key)} stands on records {keys[key]} and {version} of {shown(stream)}; a key is for one record"
                )
            _check_record(record, faults)
        if write.parts or write.facts:
            if version == 0:
                faults.append(f"{shown(stream)} has parts or facts and no record; a stream begins with a record")
            _check_parts(write, parts, faults)
            _check_facts(write, faults)
        _check_private(write, faults)
    InvalidValue.raise_all(faults)


def _check_kinds(write: object) -> None:
    if not isinstance(write, Write):
        raise InvalidType(f"a store appends writes, not {kind_of(write)}; write Write(stream=…, expected=…)")
    for record in write.records:
        if not isinstance(record, Record):
            raise InvalidType(f"a write to {shown(write.stream)} holds {kind_of(record)}; write Record(…)")
    if not (isinstance(write.parts, Mapping) and isinstance(write.facts, Mapping)):
        raise InvalidType(f"the parts and the facts of a write to {shown(write.stream)} are mappings by name")
    if not isinstance(write.private, Mapping):
        raise InvalidType(f"what is left of private parts of {shown(write.stream)} is a mapping by version")


def _is_plain(write: Write) -> bool:
    """Whether an append of this alone is plainly sound. What is not may be sound too."""
    if type(write) is not Write or write.private:
        return False
    stream, version, records, parts, facts = write.stream, write.expected, write.records, write.parts, write.facts
    if not (
        type(stream) is str
        and stream
        and stream.isprintable()
        and type(version) is int
        and 0 <= version <= _GREATEST
        and (records or version or not (parts or facts))
        and isinstance(parts, dict)
        and isinstance(facts, dict)
    ):
        return False
    keyed = 0
    for record in records:
        version += 1
        if not (
            type(record) is Record
            and record.version == version
            and record.stream == stream
            and _is_plain_record(record)
        ):
            return False
        keyed += record.key is not None
    for name, value in facts.items():
        if not (
            type(name) is str
            and name
            and name.isprintable()
            and (value is None or (type(value) is str and value.isprintable()))
        ):
            return False
    for digest, content in parts.items():
        if not (type(digest) is str and digest and digest.isprintable() and type(content) is bytes):
            return False
    return keyed < 2  # noqa: PLR2004  # of several, each must be another


def _is_plain_record(record: Record) -> bool:
    kind, digest, key, moment = record.kind, record.digest, record.key, record.moment
    private, kind_version = record.private, record.kind_version
    return (
        type(kind) is type(digest) is str
        and kind.isprintable()
        and digest.isprintable()
        and (key is None or (type(key) is str and key.isprintable()))
        and type(record.payload) is bytes
        and (private is None or type(private) is bytes)
        and type(record.version) is type(kind_version) is int
        and 0 < kind_version <= _GREATEST
        and type(moment) is datetime
        and moment.tzinfo is UTC
    )


def _check_record(record: Record, faults: list[str]) -> None:
    if _is_plain_record(record):
        return
    kind, digest, key, moment = record.kind, record.digest, record.key, record.moment
    payload, private, kind_version = record.payload, record.private, record.kind_version
    found = (
        _text_fault(kind, "kind"),
        _text_fault(digest, "digest"),
        None if key is None else _text_fault(key, "key"),
        _bytes_fault(payload, "payload"),
        None if private is None else _bytes_fault(private, "private"),
        _number_fault(record.version, "version"),
        _number_fault(kind_version, "kind_version"),
        _moment_fault(moment),
    )
    faults.extend(f"record {shown(record.version)} of {shown(record.stream)}: {fault}" for fault in found if fault)


def _check_parts(write: Write, parts: dict[str, bytes], faults: list[str]) -> None:
    for digest, content in write.parts.items():
        fault = _name_fault(digest, "the digest of a part")
        if fault is None and type(content) is not bytes:
            fault = _bytes_fault(content, f"part {shown(digest)}")
        if fault:
            faults.append(fault)
        elif parts.setdefault(digest, content) != content:
            faults.append(f"part {shown(digest)} stands in two writes with different bytes; compute the digest again")


def _check_facts(write: Write, faults: list[str]) -> None:
    for name, value in write.facts.items():
        fault = _name_fault(name, "the name of a fact")
        if fault is None and value is not None and not (type(value) is str and value.isprintable()):
            fault = _text_fault(value, f"fact {shown(name)}")
        if fault:
            faults.append(f"{shown(write.stream)}: {fault}")


def _check_private(write: Write, faults: list[str]) -> None:
    for version, left in write.private.items():
        what = f"the private part of record {shown(version)} of {shown(write.stream)}"
        fault = _number_fault(version, "the version of a record") or (
            None if left is None else _bytes_fault(left, what)
        )
        if fault is None and version > write.expected:
            fault = f"{what} would be taken away; that is done to earlier records, up to {shown(write.expected)}"
        if fault:
            faults.append(fault)


def _text_fault(value: object, what: str) -> str | None:
    if not isinstance(value, str):
        return f"{what} is of type {type(value).__name__}; write a string"
    if value.isprintable():  # neither a NUL nor half of a surrogate pair is printable
        return None
    for character in value:
        if character == "\0" or "\ud800" <= character <= "\udfff":
            return f"{what} {shown(value, _SHOWN)} holds U+{ord(character):04X}, which not every store can keep; take it out"
    return None


def _name_fault(value: object, what: str) -> str | None:
    return _text_fault(value, what) or (None if value else f"{what} is empty; give it a name")


def _bytes_fault(value: object, what: str) -> str | None:
    # A bytearray could still be changed by whoever wrote it.
    return None if isinstance(value, bytes) else f"{what} is of type {type(value).__name__}; write bytes"


def _number_fault(value: object, what: str, least: int = 1) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{what} is of type {type(value).__name__}; write an integer"
    return (
        None
        if least <= value <= _GREATEST
        else f"{what} is {shown(value)}; write an integer from {least} to {_GREATEST}"
    )


def _moment_fault(moment: object) -> str | None:
    if not isinstance(moment, datetime):
        return f"moment is of type {type(moment).__name__}; write a datetime"
    if moment.utcoffset() != timedelta(0) or moment.fold:
        return f"moment {datetime.isoformat(moment)} is not in UTC; write moment.astimezone(UTC)"
    return None
