"""Doors for values of a given class: what does not fit is refused with an error of our tree that names the field."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypeVar, cast

from yizheng.errors import InvalidType, InvalidValue, kind_of, shown

__all__ = ["a_day", "all_of", "instance_of", "one", "one_of", "optional_instance_of", "several"]

T = TypeVar("T")
E = TypeVar("E", bound=enum.Enum)


def one_of(kind: type[E], value: object, what: str | None = None) -> E:
    """A member of an enumeration, by itself or by its value.

    Raises:
        InvalidValue: when there is no such member; the error lists those that there are.
    """
    if type(value) is kind:
        return value
    if type(value) is str or isinstance(value, enum.Enum):  # nothing else is asked whether it is equal to a member
        with suppress(ValueError):
            return kind(value)
    known = ", ".join(str(member.value) for member in kind)
    raise InvalidValue(f"{shown(value)} is no {what or kind.__name__}; write one of {known}")


def all_of(kind: type[T], values: Any, what: str) -> tuple[T, ...]:
    """Several values of one class, in their order; a single one stands for itself.

    Raises:
        InvalidType: when something else is among them.
    """
    taken = (values,) if isinstance(values, kind) else several(values, what)
    for each in taken:
        if not isinstance(each, kind):
            raise InvalidType(f"{what}: each must be of {kind.__name__}, not {kind_of(each)}")
    return taken


def one(kind: type[T], value: object, what: str) -> T:
    """An instance of a class.

    Raises:
        InvalidType: when it is none.
    """
    if not isinstance(value, kind):
        raise InvalidType(f"{what} is {shown(value)}; a {kind.__name__} was expected")
    return value


def a_day(value: object, what: str) -> date:
    """A day, and not a moment.

    Raises:
        InvalidType: when it is none.
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidType(f"{what} is {shown(value)}; a day was expected: write date(2026, 1, 1)")
    return value


def several(values: Any, what: str) -> tuple[Any, ...]:
    """Several values, in their order.

    Raises:
        InvalidType: for a string or a mapping, which would be taken apart, and for what cannot be gone through.
    """
    if isinstance(values, str | bytes | dict) or not isinstance(values, Iterable):
        raise InvalidType(f"{what}: several values were expected, not {shown(cast('object', values))}")
    return tuple(cast("Any", values))


def instance_of(kind: type[T]) -> Callable[[Any, Any, T], None]:
    """A validator for a field that holds an instance of a class."""

    def check(_: Any, field: Any, value: T) -> None:
        one(kind, value, field.name)

    return check


def optional_instance_of(kind: type[T]) -> Callable[[Any, Any, T | None], None]:
    """A validator for a field that holds an instance of a class, or nothing."""
    check = instance_of(kind)

    def check_or_none(owner: Any, field: Any, value: T | None) -> None:
        if value is not None:
            check(owner, field, value)

    return check_or_none
