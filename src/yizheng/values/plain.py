"""Plain data: what facts may be made of, and how large they may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import prose
from yizheng.values.scalars import SAFE_INTEGER

__all__ = ["DEPTH", "ITEMS", "Plain", "items", "mapping", "plain"]

if TYPE_CHECKING:
    Plain: TypeAlias = "str | int | bool | tuple[Plain, ...] | Mapping[str, Plain] | None"
    """What a fact may be: a text, a whole number, a truth value, nothing, or a list or a mapping of these."""
else:
    Plain = object  # a name that refers to itself cannot be resolved when fields are read at run time

DEPTH: Final = 32
"""How deep facts may be nested (row R19)."""

ITEMS: Final = 10_000
"""How many values facts may hold in all (row R19)."""


def mapping(value: Any, path: str) -> Mapping[str, Any]:
    """A mapping by name, where one must stand.

    Raises:
        InvalidValue: when something else stands there.
    """
    if not isinstance(value, Mapping):
        raise InvalidValue(f"{path}: a mapping was expected, not {kind_of(value)}")
    return cast("Mapping[str, Any]", value)


def items(value: Any, path: str) -> list[Any]:
    """A list, where one must stand.

    Raises:
        InvalidValue: when something else stands there.
    """
    if not isinstance(value, list | tuple):
        raise InvalidValue(f"{path}: a list was expected, not {kind_of(value)}")
    return list(cast("list[Any]", value))


def plain(value: object, what: str = "facts") -> Plain:  # noqa: C901 -- one row for each kind of data
    """Freeze plain data: strings, integers, truth values, nothing, lists and mappings by name.

    Raises:
        InvalidType: for floats and for anything that is not plain.
        InvalidValue: for integers beyond 2^53 - 1, nesting beyond 32 and more than 10,000 values.
    """
    count = 0

    def walk(part: object, path: str, depth: int) -> Plain:  # noqa: C901
        nonlocal count
        count += 1
        if count > ITEMS:
            raise InvalidValue(f"{what} holds more than {ITEMS} values; attach a document instead")
        if depth > DEPTH:
            raise InvalidValue(f"{path[:200]} is nested deeper than {DEPTH}; flatten it, or attach a document")
        if part is None or isinstance(part, bool):
            return part
        if isinstance(part, str):
            return prose(str.__str__(part), path)
        if isinstance(part, int):
            if abs(part) > SAFE_INTEGER:
                raise InvalidValue(f"{path} is {shown(part, 40)}; beyond {SAFE_INTEGER} write it as a string")
            return int(part)
        if isinstance(part, float):
            raise InvalidType(f'{path} is the float {part!r}; write it as a string such as "{part}"')
        if isinstance(part, Mapping):
            pairs = mapping(part, path)
            kept = FrozenMap({_key(key, path): walk(item, f"{path}.{key}", depth + 1) for key, item in pairs.items()})
            if len(kept) != len(pairs):
                raise InvalidValue(
                    f"{path[:200]} has two keys that differ only in their Unicode form; rename one of them"
                )
            return kept
        if isinstance(part, list | tuple):
            return tuple([walk(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(items(part, path))])
        raise InvalidType(
            f"{path} is of type {type(part).__name__}; plain data is strings, integers, true, false, null, lists and mappings by name"
        )

    return walk(value, what, 0)


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise InvalidType(f"{path} has {shown(key)} as a key; keys are strings")
    return prose(key, f"a key of {path}")
