"""Where one record stood: what a checkpoint seals of it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from yizheng.canonical import canonical
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.proofs.links import Link
from yizheng.proofs.merkle import as_digest, fields
from yizheng.proofs.report import Damage, Report
from yizheng.values import count, one

__all__ = ["SALT_BYTES", "Leaf", "against"]

SALT_BYTES = 16
"""The length of the salt of a leaf (row R20: 128 bits)."""


def _stream(value: object) -> str:
    stream = str(one(str, value, "a stream"))
    if not stream or (not stream.isprintable() and any("\ud800" <= each <= "\udfff" for each in stream)):
        raise InvalidValue(f"a stream is named {shown(stream)}; write the id of the case")
    return stream


def _salt(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise InvalidType(f"a salt is bytes, not {kind_of(value)}; write secrets.token_bytes({SALT_BYTES})")
    if len(value) != SALT_BYTES:
        raise InvalidValue(f"the salt of a leaf has {len(value)} bytes; it has {SALT_BYTES}")
    return bytes(value)


@attrs.frozen(kw_only=True)
class Leaf:
    """Where one record stood when a checkpoint was made.

    Attributes:
        stream: the name of the record: the id of the case.
        version: how many entries it had.
        digest: the digest of the last of them, which covers all.
        salt: 16 random bytes, so that a neighbour who is shown the leaf's hash cannot guess what it stands for.
    """

    stream: str = attrs.field(converter=_stream)
    version: int = attrs.field(converter=count)
    digest: str = attrs.field(converter=as_digest)
    salt: bytes = attrs.field(converter=_salt, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.version:
            raise InvalidValue(f"the record {shown(self.stream)} would have no entries; one that has none is not there")

    @property
    def payload(self) -> bytes:
        """The canonical bytes of the leaf, which go into the tree."""
        return canonical(self.to_data())

    def to_data(self) -> dict[str, object]:
        """The leaf as plain data."""
        return {"digest": self.digest, "salt": self.salt.hex(), "stream": self.stream, "version": self.version}

    @classmethod
    def from_data(cls, data: object) -> Leaf:
        """The leaf from its plain data.

        Raises:
            InvalidType: when a field is not of its kind.
            InvalidValue: when the data are not those of a leaf.
        """
        digest, salt, stream, version = fields(data, "a leaf", "digest", "salt", "stream", "version")
        text = one(str, salt, "a salt")
        try:
            drawn = bytes.fromhex(text)
        except ValueError:
            drawn = b""
        if drawn.hex() != text:
            raise InvalidValue(f"the salt of a leaf is {shown(text)}; hexadecimal digits in lower case were expected")
        return cls(stream=stream, version=version, digest=digest, salt=drawn)


def against(leaf: Leaf, links: Sequence[Link | None]) -> Report | None:
    """What is wrong with a record whose chain holds, held against where it once stood; ``None`` where it only grew."""
    there = len(links)
    if not links:
        return Report(entries=0, damage=Damage.DROPPED, number=1, other=leaf.version)
    if there < leaf.version:
        return Report(entries=there, damage=Damage.CUT, number=there + 1, other=leaf.version)
    sealed = links[leaf.version - 1]
    if sealed is None or sealed.digest != leaf.digest:
        return Report(entries=there, damage=Damage.RESEALED, number=leaf.version)
    return None
