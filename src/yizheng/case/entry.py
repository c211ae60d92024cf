"""Entries: accepted actions, each sealed to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from copy import copy
from datetime import datetime
from typing import Any, Final, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from yizheng.calendar import moment
from yizheng.canonical import digest, encoded, seal
from yizheng.case.opening import Open, OpenBatch
from yizheng.case.shared import TakeUp
from yizheng.codec import Parts, effect_data, join, known, read_effect, split
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, UnknownKind, YizhengError, shown
from yizheng.procedure import Kinds
from yizheng.rules import Quota
from yizheng.stages import Action, Dossier, Effect, FillPlaces
from yizheng.stages.base import NO_EFFECT, NOT_SAID, NOT_SHOWN, words_of
from yizheng.stages.competing import Competition
from yizheng.text import Text
from yizheng.values import FrozenMap, ShrinkingMap, name, one

__all__ = [
    "GENESIS",
    "Entry",
    "Older",
    "Seal",
    "Stored",
    "check_entry",
    "first_dossier",
    "make_entry",
    "private_values",
    "read_entry",
    "redacted",
    "shown_action",
    "without",
]

T = TypeVar("T")

Stored: TypeAlias = tuple[bytes, bytes | None, str]
"""An entry as it is stored: the payload, the private part, the digest."""

GENESIS: Final = "0" * 64
"""What stands as the digest before the first entry."""

PAYLOAD_LIMIT: Final = 8 * 2**20
"""The most bytes in the public part of an entry, and in its private part."""

_OWN: Final[Mapping[str, type[Action]]] = FrozenMap({kind.kind: kind for kind in (Open, OpenBatch, TakeUp, FillPlaces)})
"""The kinds of actions that belong to no stage: they begin a record, or join several."""

SALT_BYTES: Final = 16
"""The least length of a salt (row R20: 128 bits)."""


class Seal(msgspec.Struct, frozen=True, gc=False):
    """How a private value is held: its salt, while value and salt are kept.

    Attributes:
        path: which value, such as ``"matter.private.phone"``.
        salt: the random bytes that went into its digest; empty where none were handed in, so that the digest could be
            guessed from a short value; ``None`` where the value was withheld or destroyed.
    """

    path: str
    salt: bytes | None

    def __repr__(self) -> str:
        """Without the salt: with it a short value can be found from its digest."""
        return f"Seal({self.path}, {'withheld' if self.salt is None else f'{len(self.salt)} bytes'})"


class Older(msgspec.Struct, frozen=True, gc=False):
    """How an entry stands in its record, where an older version of its kind wrote it.

    Attributes:
        version: that version.
        private: the private values and salts that are here, as they were stored.
    """

    version: int
    private: bytes | None

    def __repr__(self) -> str:
        """Without the private values."""
        return f"Older({self.version})"


_NOTHING: Final[Mapping[str, Any]] = FrozenMap()


class Entry(msgspec.Struct, frozen=True):
    """An accepted action.

    Attributes:
        number: its place in the record, from 1.
        at: when it happened (UTC).
        recorded_at: when it was entered (UTC).
        by: who did it; ``None`` where that was withheld.
        action: what was done.
        effect: what it brought about.
        previous: the digest of the entry before.
        digest: the digest of the payload.
        payload: the canonical bytes of the public part.
        key: the key under which the host may retry it.
        sealed: how each private value is held, in the order of the paths.
        rehearsal: whether it was only rehearsed (模拟演练). All entries of a record say the same.
        older: how it stands in its record, where an older version of its kind wrote it; action and effect are as the
            newest version has them.
    """

    number: int
    at: datetime
    recorded_at: datetime
    by: str | None
    action: Action
    effect: Effect
    previous: str
    digest: str
    payload: bytes
    key: str | None = None
    sealed: tuple[Seal, ...] = ()
    rehearsal: bool = False
    older: Older | None = None

    def __repr__(self) -> str:
        """Without who did it, which may be private, and without the bytes."""
        rehearsed = " of a rehearsal" if self.rehearsal else ""
        return f"<Entry {self.number}{rehearsed}: {shown_action(self)!r} at {self.at.isoformat()}, {self.effect!r}>"

    @property
    def version(self) -> int:
        """The version of its kind that wrote it."""
        return self.action.version if self.older is None else self.older.version

    @property
    def seals(self) -> FrozenMap[str, Seal]:
        """How each private value is held, by path."""
        return FrozenMap({held.path: held for held in self.sealed})

    @property
    def withheld(self) -> frozenset[str]:
        """The paths of the private values that are not here."""
        return frozenset([held.path for held in self.sealed if held.salt is None])

    def private(self) -> dict[str, Any]:
        """The private values that are here, with their salts, by path, as plain data."""
        if self.older is not None:
            stored: dict[str, Any] = {} if self.older.private is None else msgspec.json.decode(self.older.private)
            return stored
        values = private_values(self)
        return {
            held.path: {"salt": held.salt.hex(), "value": msgspec.to_builtins(values[held.path])}
            for held in self.sealed
            if held.salt is not None
        }

    def public_data(self) -> dict[str, Any]:
        """The public part as plain data, as it stands in the payload."""
        data: dict[str, Any] = msgspec.json.decode(self.payload)
        return data


class _Envelope(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    action: Mapping[str, Any]
    at: datetime
    by: str | None
    effect: Mapping[str, Any]
    key: str | None
    kind: str
    number: int
    previous: str
    private: Mapping[str, str]
    recorded_at: datetime
    version: int
    # Last, since they alone may be left out; in the payload they have their place in the order of the keys, as all have.
    rehearsal: bool | UnsetType = UNSET
    introduced: str | UnsetType = UNSET


def private_values(entry: Entry) -> dict[str, Any]:
    """The private values of an entry that are here, by path, as they stand in its action."""
    private = split(entry.action, [held.path for held in entry.sealed])[1]
    hidden_actor = entry.by is not None and any(held.path == "by" for held in entry.sealed)
    return {**private, "by": entry.by} if hidden_actor else private


def shown_action(entry: Entry) -> Action:
    """The action of an entry without the free words that are withheld from the public."""
    words = words_of(type(entry.action)) if entry.sealed else frozenset[str]()
    hidden = [held.path for held in entry.sealed if held.path in words]
    if not hidden:
        return entry.action
    # Copies: other private fields may be withheld already, and their doors would not take them so again.
    shown = copy(entry.action)
    for path in hidden:
        field, within, inner = path.partition(".")
        held = getattr(shown, field)
        if within:
            instead = copy(held)
            object.__setattr__(instead, inner, None)
        else:
            instead = NOT_SHOWN if isinstance(held, Text) else NOT_SAID
        object.__setattr__(shown, field, instead)
    return shown


def first_dossier(entry: Entry) -> Dossier:
    """What a record has established when it has been opened, and nothing else was done."""
    action = one(Open, getattr(entry, "action", entry), "the action of a first entry")
    return Dossier(
        matter=action.matter,
        rolls=action.rolls,
        offices=action.offices,
        zone=action.procedure.zone,
        opened=entry.at,
        entered=entry.at,
        since=entry.at,
        confidential=action.procedure.confidential is not None,
        **_batch_of(action),
    )


def _batch_of(action: Open) -> dict[str, Any]:
    """In which batch a matter lies, and which matters lie in a batch."""
    if isinstance(action, OpenBatch):
        held = {"batch": action.matter.id, "items": ShrinkingMap({item.id: item for item in action.items})}
        return held if action.quota is None else {**held, "competition": _competition(action, action.quota)}
    return {} if action.within is None else {"batch": action.within.batch}


def _competition(action: OpenBatch, quota: Quota) -> Competition:
    deciding = action.procedure.deciding
    assert deciding is not None  # a batch has one
    return Competition(batch=action.matter.id, stage=deciding, quota=quota)


def make_entry(  # noqa: PLR0917 -- in the order in which an entry reads; it is made at every act
    number: int,
    at: datetime,
    recorded_at: datetime,
    by: str,
    action: Action,
    effect: Effect,
    previous: str,
    salt: bytes | None,
    key: str | None,
    rehearsal: bool = False,  # noqa: FBT001, FBT002
    confidential: bool = False,  # noqa: FBT001, FBT002
) -> Entry:
    """Enter an accepted action: split off what is private, seal it, and chain the rest to the entry before.

    Args:
        number: its place in the record.
        at: when it happened (UTC).
        recorded_at: when it was entered (UTC).
        by: who did it.
        action: what was done.
        effect: what it brought about.
        previous: the digest of the entry before.
        salt: at least 16 random bytes, used for this entry alone; ``None`` leaves private values unsalted.
        key: the retry key.
        rehearsal: whether it is only rehearsed.
        confidential: whether free words are private.

    Raises:
        InvalidValue: when it would hold more than an entry can, or private values of a confidential procedure without a salt.
    """
    public, private = split(action, action.confides()) if confidential else split(action)
    hidden_actor = action.actor_is_private and action.is_own(by)
    if hidden_actor:
        private["by"] = by
    if confidential and private and salt is None:
        raise InvalidValue(
            f"the procedure is confidential, and without a salt {', '.join(sorted(private))} could be guessed from the "
            "digest: hand in salt=secrets.token_bytes(16), new for each entry, or use a docket, which draws one"
        )
    sealed = _seal_all(private, salt) if private else ()
    payload = encoded(
        _Envelope(
            public,
            at,
            None if hidden_actor else by,
            _NOTHING if effect is NO_EFFECT else effect_data(effect),
            key,
            action.kind,
            number,
            previous,
            private,
            recorded_at,
            action.version,
            rehearsal or UNSET,
            action.introduced or UNSET,
        )
    )
    if len(payload) > PAYLOAD_LIMIT:
        raise InvalidValue(f"the entry would be {len(payload)} bytes; {PAYLOAD_LIMIT} are the most: attach a document")
    return Entry(
        number, at, recorded_at, by, action, effect, previous, digest(payload), payload, key, sealed, rehearsal
    )


def _seal_all(private: dict[str, Any], salt: bytes | None) -> tuple[Seal, ...]:
    """Put the digest of each private value in its place, and say how each is held."""
    if len(private) == 1 and salt is not None and len(salt) == SALT_BYTES:
        ((path, value),) = private.items()
        private[path] = seal(value, salt)
        return (Seal(path, salt),)
    # Each of several values has a salt of its own, so that one can be shown or destroyed without the others.
    sealed = tuple([Seal(path, b"" if salt is None else _salt(salt, path)) for path in sorted(private)])
    for held in sealed:
        private[held.path] = seal(private[held.path], held.salt or b"")
    return sealed


def check_entry(entry: Entry, kinds: Kinds, parts: Parts) -> None:
    """Hold an entry against its own payload: read the payload again, and compare.

    Args:
        entry: the entry.
        kinds: the kinds of actions that may occur.
        parts: the rolls and procedures that it refers to, by digest.

    Raises:
        BrokenRecord: when the payload does not have its digest, or says anything but what the entry says.
    """
    whole = (entry.payload, bytes), (entry.action, Action), (entry.older, Older | None)
    if not all(isinstance(value, kind) for value, kind in whole):
        raise BrokenRecord(f"entry {entry.number} lacks its action or its payload", entry.number)
    if entry.older is None:
        private = private_values(entry)
        here = {held.path: held.salt.hex() for held in entry.sealed if held.salt is not None}
        complete = private.keys() == here.keys()
        kept = encoded({path: {"salt": here[path], "value": private[path]} for path in here}) if complete else None
    else:
        complete, kept = True, entry.older.private
    read = read_entry(entry.payload, kept, claimed=entry.digest, kinds=kinds, parts=parts, number=entry.number)
    if not complete or read != entry:
        raise BrokenRecord(f"entry {entry.number} is not what its digest covers", entry.number)


def _salt(salt: bytes, path: str) -> bytes:
    """The salt of one of several private values of an entry."""
    return hashlib.sha256(salt + path.encode()).digest()[:SALT_BYTES]


def read_entry(
    payload: bytes,
    private: bytes | None,
    *,
    claimed: str,
    kinds: Kinds,
    parts: Parts,
    number: int | None = None,
) -> Entry:
    """An entry from its stored bytes.

    Args:
        payload: the canonical bytes of the public part.
        private: the private values and salts, as they were stored; ``None`` where they were withheld.
        claimed: the digest under which it is stored.
        kinds: the kinds of actions that may occur.
        parts: the rolls and procedures that it refers to, by digest.
        number: which number it must have.

    Raises:
        BrokenRecord: when payload, digest, number and private values do not belong together.
        UnknownKind: when it is of a kind that this release does not know.
    """
    if not isinstance(number, int | None) or not isinstance(parts, Mapping):
        raise InvalidType("an entry is read by its number, and with a mapping of the parts that it refers to")
    _check_bytes(payload, private, claimed, number)
    data = _decoded(_read_envelope, payload, number)
    kept = {} if private is None else _decoded(_read_private, private, number)
    if number is not None and data.number != number:
        raise BrokenRecord(f"entry {shown(number)} says that it is entry {data.number}", number)
    for path, held in kept.items():
        if seal(held.value, held.salt_bytes(number)) != data.private.get(path):
            raise BrokenRecord(f"entry {number}: the private value {path!r} is not the one that was sealed", number)
    kind = _kind_of(data, kinds)
    where = f"entry {data.number}"
    try:
        values = {path: held.value for path, held in kept.items()}
        action = join(kind, data.action, values, parts, where, data.version, data.private)
        effect = read_effect(kind, data.effect, parts, where, data.version)
        data.at, data.recorded_at = moment(data.at, "at"), moment(data.recorded_at, "recorded_at")
        actor = kept["by"].value if data.by is None and "by" in kept else data.by
        by = None if actor is None else name(actor, "by")
        key = None if data.key is None else name(data.key, "a key")
    except UnknownKind:
        raise
    except YizhengError as error:
        raise BrokenRecord(str(error), data.number) from error
    said = (*data.action.values(), *data.effect.values())
    if data.rehearsal is False or encoded(data) != payload or None in said or (by, key) != (actor, data.key):
        raise BrokenRecord(f"{where} is not written in the one form that it has (RFC 8785)", data.number)
    return Entry(
        number=data.number,
        at=data.at,
        recorded_at=data.recorded_at,
        by=by,
        action=action,
        effect=effect,
        previous=data.previous,
        digest=claimed,
        payload=payload,
        key=key,
        sealed=tuple(
            [Seal(path, kept[path].salt_bytes(number) if path in kept else None) for path in sorted(data.private)]
        ),
        rehearsal=data.rehearsal is True,
        older=None if data.version == kind.version else Older(data.version, private if kept else None),
    )


def _check_bytes(payload: object, private: object, claimed: object, number: int | None) -> None:
    """What is stored is of its kind, no larger than it may be, and has the digest under which it is stored."""
    if not isinstance(payload, bytes) or not isinstance(private, bytes | None):
        raise BrokenRecord(f"entry {shown(number)} is stored as {type(payload).__name__}; bytes were expected", number)
    if not isinstance(claimed, str) or digest(payload) != claimed:
        raise BrokenRecord(
            f"entry {shown(number)}: the payload does not have the digest that is stored with it", number
        )
    if max(len(payload), len(private or b"")) > PAYLOAD_LIMIT:
        raise BrokenRecord(f"entry {number} is larger than {PAYLOAD_LIMIT} bytes", number)


def _kind_of(data: _Envelope, kinds: Kinds) -> type[Action]:
    """The kind of an entry, which its class must be able to read."""
    introduced = None if data.introduced is UNSET else data.introduced
    own = _OWN.get(data.kind)
    if own is None:
        kind = kinds.action(data.kind, data.version, introduced)
    else:
        kind = known(own, data.kind, data.version, introduced)
    if data.version == kind.version and introduced != kind.introduced:
        said = f"its kind was introduced by {shown(introduced)}; that was {shown(kind.introduced)}"
        raise BrokenRecord(f"entry {data.number} says that {said}", data.number)
    return kind


class _Held(msgspec.Struct):
    salt: str
    value: Any

    def salt_bytes(self, number: int | None) -> bytes:
        try:
            salt = bytes.fromhex(self.salt)
        except ValueError:
            raise BrokenRecord(f"entry {number}: a salt is not hexadecimal", number) from None
        if len(salt) not in {0, SALT_BYTES}:  # of any other length, bytes could be moved between salt and value
            raise BrokenRecord(f"entry {number}: a salt has {len(salt)} bytes; it has {SALT_BYTES}", number)
        return salt


def _decoded(read: Callable[[bytes], T], stored: bytes, number: int | None) -> T:
    """Stored bytes as what they must be. Whatever is wrong with them is the record's fault, and said with its number."""
    try:
        return read(stored)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenRecord(f"entry {number} is not stored as an entry must be: {error}", number) from None


_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_private = msgspec.json.Decoder(dict[str, _Held]).decode


def redacted(entry: Entry, kinds: Kinds, parts: Parts) -> Entry:
    """The entry as the public is shown it: every private value withheld. Its digest and the chain still hold.

    Raises:
        InvalidValue: when a private value was entered without a salt, so that its digest could be guessed.
    """
    if unsalted := [held.path for held in entry.sealed if held.salt == b""]:
        raise InvalidValue(
            f"entry {entry.number} was made without a salt, so {', '.join(unsalted)} could be guessed from the digest; "
            "hand salt=secrets.token_bytes(16) to open and act, or use a docket, which draws one"
        )
    if not entry.sealed:
        return entry
    return read_entry(entry.payload, None, claimed=entry.digest, kinds=kinds, parts=parts, number=entry.number)


def without(entry: Entry, paths: Collection[str], kinds: Kinds, parts: Parts) -> Entry:
    """The entry after private values and their salts were destroyed. Its digest and the chain still hold.

    Args:
        entry: the entry.
        paths: which private values.
        kinds: the kinds of actions that may occur.
        parts: the rolls and procedures that it refers to, by digest.
    """
    left = {path: held for path, held in entry.private().items() if path not in paths}
    kept = encoded(left) if left else None
    return read_entry(entry.payload, kept, claimed=entry.digest, kinds=kinds, parts=parts, number=entry.number)
