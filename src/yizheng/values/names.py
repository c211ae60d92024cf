"""Names and prose: ids that cannot be mistaken for one another, and words of a bounded length."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from yizheng.errors import InvalidType, InvalidValue, kind_of, shown

__all__ = [
    "NAME_LIMIT",
    "NO_NAMES",
    "PROSE_LIMIT",
    "is_blank",
    "is_name",
    "keyed",
    "lookalike",
    "name",
    "names",
    "prose",
]

T = TypeVar("T")

NAME_LIMIT: Final = 200
"""The most characters in an id."""

PROSE_LIMIT: Final = 65_536
"""The most bytes (UTF-8) in a string (row R19)."""

NO_NAMES: Final[frozenset[str]] = frozenset()
"""No ids, once for all who have none."""

_FORBIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def name(value: object, what: str = "id") -> str:
    """An id in its one form (NFC): not empty, no more than 200 characters, nothing invisible in it.

    Raises:
        InvalidType: when it is not a string.
        InvalidValue: when it is empty, too long, padded, or holds control, format or unassigned characters.
    """
    if type(value) is not str:
        raise InvalidType(f'{what} is of type {type(value).__name__}; write a string such as "1-101"')
    if value.isascii() and value.isprintable() and 0 < len(value) <= NAME_LIMIT and value[0] != " " != value[-1]:
        return value
    if not value or len(value) > NAME_LIMIT:
        raise InvalidValue(f"{what} has {len(value)} characters; it needs 1 to {NAME_LIMIT}")
    clean = unicodedata.normalize("NFC", value)
    if len(clean) > NAME_LIMIT:
        raise InvalidValue(f"{what} has {len(clean)} characters when composed; it needs 1 to {NAME_LIMIT}")
    if clean.strip() != clean:
        raise InvalidValue(f"{what} {clean!r} begins or ends with a space; take it off")
    if not clean.isprintable() and any(unicodedata.category(character) in _FORBIDDEN for character in clean):
        raise InvalidValue(f"{what} {clean!r} holds an invisible or unassigned character; take it out")
    return clean


def is_name(value: str) -> bool:
    """Whether a string is an id in its one form, under which somebody can act."""
    try:
        return name(value) == value
    except InvalidValue:
        return False


def names(values: Iterable[str]) -> frozenset[str]:
    """A set of ids. A single string is refused: it would be taken letter by letter."""
    if values is NO_NAMES:
        return NO_NAMES
    if not isinstance(values, _SEVERAL):
        if isinstance(values, str):
            raise InvalidType(
                f"a set of ids was expected, not the one string {shown(values)}; write {{{shown(values, 40)}}}"
            )
        if isinstance(cast("Any", values), bytes) or not isinstance(values, Iterable):
            raise InvalidType(f"a set of ids was expected, not {shown(values)}")
    taken = frozenset([name(value) for value in values])
    if not taken:
        return NO_NAMES
    return _shared(taken) if len(taken) <= _FEW else taken


_SEVERAL: Final = (frozenset, set, tuple, list)
"""What holds several values without a doubt; what else does is a question that takes longer."""

_FEW: Final = 8
"""The most ids of a set that is kept to be shared, so that what is kept stays small."""


@lru_cache(maxsize=1024)
def _shared(values: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: a million members of a roll are in few groups."""
    return values


def keyed(values: Mapping[str, T], what: str) -> dict[str, T]:
    """A mapping by ids, each in its one form.

    Raises:
        InvalidType: when it is no mapping, or a key is no string.
        InvalidValue: when a key is no good id, or two differ only in their Unicode form.
    """
    if not isinstance(values, Mapping):
        raise InvalidType(f"{what}: a mapping by name was expected, not {kind_of(values)}")
    key_of = f"a key of {what}"
    taken = {name(key, key_of): value for key, value in values.items()}
    if len(taken) != len(values):
        raise InvalidValue(f"{what}: two keys differ only in their Unicode form; give one of them another name")
    return taken


def prose(value: object, what: str = "text") -> str:
    """Words for people (NFC), of at most 64 KiB; control characters other than tab and line feed are refused.

    Raises:
        InvalidType: when it is not a string.
        InvalidValue: when it is too long, or holds control characters or lone surrogates.
    """
    if type(value) is not str:
        raise InvalidType(f"{what} is of type {type(value).__name__}; write a string")
    if value.isascii() and len(value) <= PROSE_LIMIT and value.isprintable():
        return value
    if len(value) > PROSE_LIMIT:
        raise InvalidValue(
            f"{what} has {len(value)} characters; {PROSE_LIMIT} bytes are the most: attach a document instead"
        )
    clean = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    for character in () if clean.isprintable() else clean:
        if (category := unicodedata.category(character)) == "Cs" or (category == "Cc" and character not in "\n\t"):
            raise InvalidValue(f"{what} holds the character U+{ord(character):04X}, which cannot be kept; take it out")
    if len(clean.encode()) > PROSE_LIMIT:
        raise InvalidValue(f"{what} is longer than {PROSE_LIMIT} bytes; attach a document instead")
    return clean


_SEEN_AS_NOTHING: Final = frozenset("\u2800\u3164\u115f\u1160\uffa0")


def is_blank(value: str) -> bool:
    """Whether words show nothing: no letter, digit, mark or sign in them that a reader could see."""
    if value.isascii():
        return not value.strip()
    return not any(
        unicodedata.category(character)[0] in "LNPS" and character not in _SEEN_AS_NOTHING for character in value
    )


def lookalike(value: str) -> str:
    """The form by which two ids are held to be one: width, composition and case apart."""
    return (value if value.isascii() else unicodedata.normalize("NFKC", value)).casefold()
