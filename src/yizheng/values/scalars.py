"""Truth values and counts: the doors through which they enter."""

from __future__ import annotations

from typing import Final

from yizheng.errors import InvalidType, InvalidValue, kind_of

__all__ = ["SAFE_INTEGER", "count", "flag"]

SAFE_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 8785, RFC 7493)."""


def flag(value: object) -> bool:
    """A truth value, and nothing that only looks like one.

    Raises:
        InvalidType: when it is not a bool.
    """
    if not isinstance(value, bool):
        raise InvalidType(f"{kind_of(value)} stands where True or False was expected; write one of them")
    return value


def count(value: object) -> int:
    """A number of things: a whole number from nought to 2^53 - 1.

    Raises:
        InvalidType: when it is not an int, or is a bool.
        InvalidValue: when it is negative or larger than every JSON reader can keep.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidType(f"{kind_of(value)} stands where a count was expected; write a whole number")
    if not 0 <= value <= SAFE_INTEGER:
        raise InvalidValue(
            f"a count lies from 0 to {SAFE_INTEGER}; this one is {'negative' if value < 0 else 'larger'}"
        )
    return int(value)
