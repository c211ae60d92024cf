"""Doors for values of a given class: what does not fit is refused with an error of our tree that names the field."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, TypeVar, cast

from yizheng.errors import InvalidType, InvalidValue, shown

__all__ = ["all_of", "instance_of", "one_of", "optional_instance_of", "several"]

T = TypeVar("T")
E = TypeVar("E", bound=enum.Enum)


def one_of(kind: type[E], value: object) -> E:
    """A member of an enumeration, by itself or by its value.

    Raises:
        InvalidValue: when there is no such member; the error lists those that there are.
    """
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise InvalidValue(f"{shown(value)} is no {kind.__name__}; write one of {known}") from None


def all_of(kind: type[T], values: Any, what: str) -> tuple[T, ...]:
    """Several values of one class, in their order; a single one stands for itself.

    Raises:
        InvalidType: when something else is among them.
    """
    taken = (values,) if isinstance(values, kind) else several(values, what)
    for each in taken:
        if not isinstance(each, kind):
            raise InvalidType(f"{what}: each must be of {kind.__name__}, not {type(each).__name__}")
    return taken


def several(values: Any, what: str) -> tuple[Any, ...]:
    """Several values, in their order.

    Raises:
        InvalidType: for a string or a mapping, which would be taken apart, and for what cannot be gone through.
    """
    if isinstance(values, str | bytes | dict) or not hasattr(values, "__iter__"):
        raise InvalidType(f"{what}: several values were expected, not one {type(cast('Any', values)).__name__}")
    return tuple(values)


def instance_of(kind: type[T]) -> Callable[[Any, Any, T], None]:
    """A validator for a field that holds an instance of a class."""

    def check(_: Any, field: Any, value: T) -> None:
        if not isinstance(value, kind):
            raise InvalidType(f"{field.name} is of type {type(value).__name__}; a {kind.__name__} was expected")

    return check


def optional_instance_of(kind: type[T]) -> Callable[[Any, Any, T | None], None]:
    """A validator for a field that holds an instance of a class, or nothing."""
    check = instance_of(kind)

    def check_or_none(owner: Any, field: Any, value: T | None) -> None:
        if value is not None:
            check(owner, field, value)

    return check_or_none
