"""The chain of a record as its bytes show it: which entry follows which, before anybody reads what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias, cast

import msgspec

from yizheng.canonical import digest
from yizheng.case import Entry, Seal, Stored
from yizheng.case.entry import GENESIS, Older
from yizheng.proofs.report import Damage, Report
from yizheng.stages import Action, Effect
from yizheng.store import Record

__all__ = ["Given", "Link", "flaw", "links_of"]

Given: TypeAlias = Entry | Record | Stored
"""An entry as it may be handed in: as a value, as a store's record, or as payload, private part and digest."""


class Link(msgspec.Struct, frozen=True):
    """What an entry says of its place.

    Attributes:
        number: its number.
        previous: the digest of the entry before it.
        digest: its own digest.
    """

    number: int
    previous: str
    digest: str


class _Envelope(msgspec.Struct):
    kind: str
    key: str | None
    number: int
    previous: str
    recorded_at: datetime
    version: int


class _Matter(msgspec.Struct):
    id: str


class _Opening(msgspec.Struct):
    matter: _Matter


class _First(msgspec.Struct):
    action: _Opening


_read = msgspec.json.Decoder(_Envelope).decode
_read_first = msgspec.json.Decoder(_First).decode

STORED: Final = len(("payload", "private", "digest"))


def links_of(given: Sequence[Any]) -> list[Link | None]:
    """For each entry what it says of its place; ``None`` where it is no entry, or is not what its digest covers."""
    if not given:
        return []
    stream = getattr(given[0], "stream", None)
    return [_link(each, stream) if type(each) is type(given[0]) else None for each in given]


def _link(each: object, stream: str | None) -> Link | None:
    if isinstance(each, Record):
        said = _envelope(each.payload, each.digest)
        columns = (each.version, each.kind, each.kind_version, each.moment, each.key)
        if said is None or columns != (said.number, said.kind, said.version, said.recorded_at, said.key):
            return None
        if each.stream != stream or (said.number == 1 and _matter_of(each.payload) != stream):
            return None
        return Link(said.number, said.previous, each.digest)
    payload: object = None
    claimed: object = None
    if isinstance(each, Entry):
        payload, claimed = (each.payload, each.digest) if _is_whole(each) else (None, None)
    elif type(each) is tuple and len(cast("tuple[object, ...]", each)) == STORED:
        payload, _, claimed = cast("tuple[object, object, object]", each)
    said = _envelope(payload, claimed)
    return None if said is None else Link(said.number, said.previous, str(claimed))


def _envelope(payload: object, claimed: object) -> _Envelope | None:
    if not isinstance(payload, bytes) or not isinstance(claimed, str) or digest(payload) != claimed:
        return None
    try:
        return _read(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _matter_of(payload: bytes) -> str | None:
    try:
        return _read_first(payload).action.matter.id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _is_whole(entry: Entry) -> bool:
    """Whether each field of an entry is of its kind: nothing holds a program to that when it builds one."""
    kinds = (
        (entry.number, int),
        (entry.at, datetime),
        (entry.recorded_at, datetime),
        (entry.by, str | None),
        (entry.action, Action),
        (entry.effect, Effect),
        (entry.key, str | None),
        (entry.sealed, tuple),
        (entry.older, Older | None),
    )
    return all(isinstance(value, kind) for value, kind in kinds) and all(map(_is_seal, entry.sealed))


def _is_seal(held: object) -> bool:
    return isinstance(held, Seal) and isinstance(held.path, str) and isinstance(held.salt, bytes | None)


def flaw(links: Sequence[Link | None]) -> Report | None:
    """The first place where the chain does not hold, and what was done there; ``None`` where it holds."""
    last = GENESIS
    for number, link in enumerate(links, 1):
        if link is None or (link.number, link.previous) != (number, last):
            return _flaw_at(number, last, links)
        last = link.digest
    return None


def _flaw_at(number: int, last: str, links: Sequence[Link | None]) -> Report:
    def found(damage: Damage, first: int = number, other: int | None = None) -> Report:
        return Report(entries=len(links), damage=damage, number=first, other=other)

    here, rest = links[number - 1], links[number:]
    belongs = any(link and (link.number, link.previous) == (number, last) for link in rest)
    if here is None:
        return found(Damage.INSERTED if belongs else Damage.CHANGED)
    if sum(link is not None and link.digest == here.digest for link in links) > 1:
        return found(Damage.INSERTED)
    if belongs:
        known = {link.digest for link in links if link}
        return found(Damage.MOVED, other=here.number) if here.previous in known else found(Damage.INSERTED)
    if here.number > number:
        return found(Damage.REMOVED, other=here.number)
    if here.number < number:
        return found(Damage.INSERTED)
    following = rest[0] if rest else None
    if number > 1 and (following is None or following.previous == here.digest):
        return found(Damage.REWRITTEN, number - 1, number)
    return found(Damage.FOREIGN)
