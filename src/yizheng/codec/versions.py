"""What an older version of a kind has written, as the version that is known writes it.

A kind of action or stage has a lasting name and a version. Whatever changes its stored form raises the version, and
brings a step from the data of the version before to its own: ``upcasts = {1: step}``, a plain function from data to
data. Reading goes step by step from the version that is stored to the one that is known. What is stored stays as it
was, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

import attrs

from yizheng.canonical import canonical
from yizheng.codec.values import Parts, build
from yizheng.errors import InvalidType, InvalidValue, UnknownKind, kind_of, shown
from yizheng.stages.base import Upcast
from yizheng.values.plain import mapping

__all__ = ["build_older", "check_kind", "form_of", "known", "upcast", "version_of"]


T = TypeVar("T")

_OF_THE_FORM: Final = frozenset({"kind", "version", "introduced"})
"""What stands beside the settings of a stage in its data."""


def version_of(kind: Any) -> int:
    """The version that a kind writes."""
    version: int = getattr(kind, "version", 1)  # a stage need not say so before there is a second one
    return version


def form_of(kind: Any) -> dict[str, Any]:
    """What stands beside the settings of a stage: which kind it is, and in which form; the first form needs no words."""
    version, introduced = version_of(kind), getattr(kind, "introduced", None)
    return {
        "kind": kind.kind,
        **({} if version == 1 else {"version": version}),
        **({} if introduced is None else {"introduced": introduced}),
    }


@lru_cache(maxsize=512)
def check_kind(kind: type[Any]) -> None:
    """Whether every older version of a kind can be read: each has its step, and each step is a function.

    Raises:
        InvalidType: when the version is no whole number, or a step no function.
        InvalidValue: with every step that is missing, or leads from no older version.
    """
    named, version = kind.__name__, version_of(kind)
    if isinstance(version, bool) or not isinstance(cast("Any", version), int):
        raise InvalidType(
            f"the version of {named} is {shown(version)}; a whole number was expected: version: ClassVar = 2"
        )
    if not isinstance(getattr(kind, "introduced", None), str | None):
        raise InvalidType(f"introduced of {named} is {shown(kind.introduced)}; the name of a release was expected")
    clashing = sorted({each.name for each in attrs.fields(kind)} & _OF_THE_FORM) if attrs.has(kind) else []
    faults = [
        f"{named} has a field {each}, which is what its kind says of itself; call it otherwise" for each in clashing
    ]
    faults += [f"the version of {named} is {version}; versions begin with 1"] if version < 1 else []
    for steps in ("upcasts", "effect_upcasts"):
        given = getattr(kind, steps, {})
        if not isinstance(given, Mapping):
            raise InvalidType(f"{steps} of {named} is {kind_of(given)}; a mapping was expected, such as {{1: step}}")
        faults += _step_faults(f"{steps} of {named}", mapping(given, steps), version, whole=steps == "upcasts")
    InvalidValue.raise_all(faults)


def _step_faults(where: str, given: Mapping[Any, Any], version: int, *, whole: bool) -> list[str]:
    if strange := [each for each in given.values() if not callable(each)]:
        raise InvalidType(f"{where} holds {shown(strange[0])}; a function from data to data was expected")
    older = range(1, version)
    faults = [f"{where} has no step from version {each} to {each + 1}; give one" for each in older if each not in given]
    strays = [
        f"{where} has a step from {shown(each)}, which is no version before {version}"
        for each in given
        if each not in older
    ]
    return [*(faults if whole else []), *strays]


def known(kind: type[Any] | None, named: str, version: int, introduced: str | None = None) -> type[Any]:
    """The kind, where it is known in this version or a later one.

    Args:
        kind: the class of this name, if there is one.
        named: the lasting name that was met.
        version: its version.
        introduced: the release that brought this version, where the record says so.

    Raises:
        UnknownKind: when it is not known, or in an earlier version only.
    """
    if kind is None or not 1 <= version <= version_of(kind):
        raise UnknownKind(named, version, known=None if kind is None else version_of(kind), introduced=introduced)
    return kind


def upcast(kind: type[Any], version: int, data: Mapping[str, Any], path: str, steps: str = "upcasts") -> dict[str, Any]:
    """The data of an older version as the newest one writes them. What was handed in stays as it is.

    Args:
        kind: the class.
        version: the version that wrote the data.
        data: its fields as plain data.
        path: where the data stand, for errors.
        steps: which of its steps.

    Raises:
        InvalidValue: with the step that raised, or gave something else than plain data.
    """
    newest = deepcopy(dict(data))
    given: Mapping[int, Upcast] = getattr(kind, steps, {})
    for before in range(version, version_of(kind)):
        if (step := given.get(before)) is None:
            continue  # of an effect, which few versions change
        where = f"{path}: {steps}[{before}] of {kind.__name__}, from version {before} to {before + 1},"
        try:
            made = step(newest)
        except Exception as error:  # whatever somebody else's function raises; its words may hold what is private
            raise InvalidValue(f"{where} raised {type(error).__name__}, its cause") from error
        if not isinstance(made, Mapping):
            raise InvalidValue(f"{where} gave {kind_of(made)}; it must return the fields as a mapping")
        newest = dict(mapping(made, where))
        try:
            canonical(newest)
        except (InvalidType, InvalidValue) as error:
            raise InvalidValue(f"{where} gave what is not plain data: {error}") from None
    return newest


def build_older(kind: type[T], version: int, data: Mapping[str, Any], parts: Parts, path: str, **built: Any) -> T:
    """An instance of a class from the data of an older version, or of its own.

    Args:
        kind: the class.
        version: the version that wrote the data.
        data: its fields as plain data.
        parts: what the data refer to by digest.
        path: where the data stand, for errors.
        built: what fields that the data lack hold.

    Raises:
        InvalidValue: with the path of what is not as it must be, and the steps by which it came about.
    """
    newest = upcast(kind, version, data, path)
    lacking = {field: value for field, value in built.items() if field not in newest}
    try:
        return build(kind, newest, parts, path, **lacking)
    except InvalidValue as error:
        if version == version_of(kind):
            raise
        steps = f"upcasts of {kind.__name__}, from version {version} to {version_of(kind)}"
        raise InvalidValue(f"{error}; it came about by {steps}") from None
