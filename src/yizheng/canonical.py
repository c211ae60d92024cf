"""Canonical bytes: one value, one sequence of bytes, in any language (RFC 8785).

Plain data is written as JSON with sorted keys, without spaces, in UTF-8. Numbers are integers of at most 53 bits;
everything exact beyond that is a string. Keys outside the Basic Multilingual Plane are sorted by UTF-16 code units, as
RFC 8785 asks.
"""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final, cast

import msgspec

from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.values import SAFE_INTEGER, exact, items, mapping, one, written

__all__ = ["Kept", "canonical", "digest", "encoded", "seal"]


class Kept:
    """What a record refers to by its digest, and a store keeps once: a roll, a procedure."""

    __slots__ = ()

    @property
    def digest(self) -> str:
        """The digest of its plain data."""
        return digest(canonical(self.to_data()))

    @abstractmethod
    def to_data(self) -> dict[str, object]:
        """It as plain data."""


def _hook(value: object) -> str:
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, Kept):
        return value.digest
    raise InvalidType(f"{kind_of(value)} cannot be kept in a record; use values that the docs list")


_BEYOND = re.compile(rb"[\xf0-\xf4]")
_encode = msgspec.json.Encoder(order="sorted", enc_hook=_hook).encode


def canonical(data: object) -> bytes:
    """The canonical bytes of plain data.

    Raises:
        InvalidType: for floats, bytes and whatever else is not plain, and for keys that are no strings.
        InvalidValue: for integers beyond 2^53 - 1 and strings that are no Unicode text.
    """
    _check(data)
    return encoded(data)


def encoded(data: object) -> bytes:
    """The canonical bytes of data that were checked when they were made: of entries, whose values have doors."""
    written = _encode(data)
    # Code points and UTF-16 code units sort alike unless a key holds a character beyond U+FFFF: four bytes from 0xF0.
    if not written.isascii() and _BEYOND.search(written):
        return _by_code_units(json.loads(written))
    return written


DEPTH: Final = 128
"""How deep plain data may be nested: a rule's condition, 32 deep, within a stage within a procedure."""


def _check(data: Any, depth: int = 0) -> None:  # noqa: C901, PLR0912 -- one row for each kind of data
    if depth > DEPTH:
        raise InvalidValue(f"the data are nested deeper than {DEPTH}; flatten them")
    if data is None or isinstance(data, bool):
        return
    if isinstance(data, str):
        try:
            data.encode()
        except UnicodeEncodeError:
            raise InvalidValue(
                "a string holds half of a surrogate pair, which is no Unicode text; take it out"
            ) from None
    elif isinstance(data, int):
        if abs(data) > SAFE_INTEGER:
            raise InvalidValue(f"an integer lies beyond {SAFE_INTEGER}; write it as a string")
    elif isinstance(data, dict):
        for key, value in mapping(data, "$").items():
            if not isinstance(key, str):
                raise InvalidType(f"a key is {kind_of(key)}; keys are strings")
            _check(key)
            _check(value, depth + 1)
    elif isinstance(data, list | tuple):
        for item in items(data, "$"):
            _check(item, depth + 1)
    elif isinstance(data, Fraction):
        exact(data)
    elif not isinstance(data, datetime | date | Enum | Kept):
        raise InvalidType(f"{kind_of(data)} cannot be kept in a record; use values that the docs list")


def _by_code_units(data: Any) -> bytes:
    return json.dumps(_sorted(data), ensure_ascii=False, separators=(",", ":")).encode()


def _sorted(data: Any) -> Any:
    if isinstance(data, dict):
        pairs = cast("dict[str, Any]", data)
        return {key: _sorted(pairs[key]) for key in sorted(pairs, key=_code_units)}
    if isinstance(data, list):
        return [_sorted(item) for item in items(data, "$")]
    return data


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def digest(data: bytes) -> str:
    """The SHA-256 digest of bytes, as 64 hexadecimal digits.

    Raises:
        InvalidType: when it is given something else.
    """
    try:
        return sha256(data).hexdigest()
    except TypeError:
        raise InvalidType(f"a digest is of bytes, not of {shown(data)}; write canonical(data)") from None


def seal(value: object, salt: bytes) -> str:
    """The digest that stands in the public part for a private value.

    Args:
        value: the private value, as plain data.
        salt: at least 16 random bytes, used for this value alone; without them a short value could be guessed.

    Raises:
        InvalidType: when the salt is not bytes, and as :func:`canonical` does.
        InvalidValue: as :func:`canonical` does.
    """
    try:
        return sha256(salt + encoded(value)).hexdigest()
    except (TypeError, ValueError, OverflowError, RecursionError):  # what is wrong is looked for where something is
        salt = one(bytes, salt, "a salt")
        return sha256(salt + canonical(value)).hexdigest()
