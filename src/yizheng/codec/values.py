"""Values to plain data and back, by the types that their fields declare.

msgspec does the work for every class whose fields it understands: it reads attrs classes as they are, and is fast.
What it cannot know is handled here: exact numbers, frozen mappings, rules with their algebra, rolls that are kept
apart under their digest, and choices between several classes. A class that holds such a field is taken apart field by
field; all others go to msgspec whole.
"""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin

import attrs
import msgspec
from typing_extensions import override

from yizheng import rules
from yizheng.canonical import Kept
from yizheng.errors import InvalidType, InvalidValue, UnknownKind, YizhengError, kind_of, shown
from yizheng.rules import Amount, Rule, Ruling, Silence
from yizheng.stages import AskedBy, FactIs
from yizheng.values import SAFE_INTEGER, FrozenMap, exact, items, mapping, plain, written

__all__ = ["Parts", "Unread", "build", "choices", "dump", "empties", "fields_of", "is_native", "load", "said"]

Parts = Mapping[str, Any]
"""What a record refers to by digest: rolls and procedures."""


class Unread(Kept):
    """A part of a kind that this release does not know. It stands in its place, so that whatever refers to it says so.

    Attributes:
        why: the kind that is not known.
    """

    __slots__ = ("_digest", "why")

    def __init__(self, digest: str, why: UnknownKind) -> None:
        self._digest = digest
        self.why = why

    @property
    @override
    def digest(self) -> str:
        """The digest under which it is kept."""
        return self._digest

    @override
    def to_data(self) -> dict[str, object]:
        """Nothing can be made of it.

        Raises:
            UnknownKind: always.
        """
        raise self.why


T = TypeVar("T")

_CHOICES: Final[Mapping[str, type[Any]]] = FrozenMap(fact_is=FactIs, asked_by=AskedBy)
_CHOSEN: Final = {chosen: key for key, chosen in _CHOICES.items()}


def dump(value: Any) -> Any:  # noqa: C901 -- one row for each kind of value
    """A value as plain data: dictionaries, lists, strings, integers, truth values, nothing.

    Exact numbers become strings, moments and days ISO 8601 strings, sets sorted lists; a roll becomes its digest.
    """
    kind = _class(value)
    if value is None or kind is str or kind is bool:
        return value
    if kind is int:
        return _safe(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_named(key): dump(item) for key, item in mapping(value, "$").items()}
    if isinstance(value, frozenset):
        return sorted(dump(item) for item in cast("Iterable[Any]", value))
    if isinstance(value, tuple):
        return [dump(item) for item in items(value, "$")]
    if isinstance(value, Kept):
        return value.digest
    if isinstance(value, Rule | Ruling | Silence | Amount):
        return rules.to_data(value)
    if attrs.has(kind):
        data = {field: dump(item) for field, item in said(value)}
        return {"is": _CHOSEN[kind], **data} if kind in _CHOSEN else data
    raise InvalidValue(f"a {kind.__name__} cannot be kept in a record; use values that the docs list")


def said(value: Any) -> list[tuple[str, Any]]:
    """The fields of a value, without those that hold nothing and would hold nothing if they were not written.

    Everything that says something is written, even where it is the default, so that the record does not depend on
    what a later release takes for granted; and a later release can give a class a field that may be empty without
    changing any digest.
    """
    return [
        (field, item)
        for field, empty in empties(_class(value))
        if (item := getattr(value, field)) is not empty and item != empty
    ]


@lru_cache(maxsize=512)
def empties(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of an attrs class, each with its default where that is nothing, else :data:`attrs.NOTHING`."""
    return tuple((field.name, _empty(field.default)) for field in fields_of(kind))


def _empty(default: Any) -> Any:
    make = getattr(default, "factory", None)  # attrs holds a default that is made anew in an object of its own
    value: Any = default if make is None else make()
    return value if value in (None, (), frozenset[Any](), FrozenMap[str, Any]()) else attrs.NOTHING


def _named(key: object) -> str:
    if not isinstance(key, str):
        raise InvalidType(f"{kind_of(key)} cannot be a key in a record; keys are strings")
    return key


def _class(value: object) -> Any:
    return type(value)


def load(kind: Any, data: Any, parts: Parts, path: str = "$") -> Any:
    """Plain data as a value of a type.

    Raises:
        InvalidValue: with the path of the value that is not what its type asks for.
    """
    if not _is_leaf(kind):
        return _load(kind, data, parts, path)
    try:
        return msgspec.convert(data, kind, dec_hook=_hook)
    except (msgspec.ValidationError, UnicodeEncodeError, YizhengError) as error:
        raise InvalidValue(f"{path}: {error}") from None


def _hook(kind: Any, data: Any) -> Any:
    if kind is Fraction:
        return exact(data)
    raise InvalidValue(f"{shown(data)} is no {kind}")


def _load(kind: Any, data: Any, parts: Parts, path: str) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if data is None and type(None) in arguments:
            return None
        wanted = [argument for argument in arguments if argument is not type(None)]
        if len(wanted) > 1:
            return _load_choice(wanted, data, parts, path)
        return load(wanted[0], data, parts, path)
    if origin in (tuple, frozenset):
        listed = enumerate(items(data, path))
        make = cast("Callable[[list[Any]], Any]", origin)
        return make([load(arguments[0], each, parts, f"{path}[{index}]") for index, each in listed])
    if origin is FrozenMap:
        pairs = mapping(data, path).items()
        return FrozenMap({key: load(arguments[1], each, parts, f"{path}.{key}") for key, each in pairs})
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(data, parts, path)
    return _kept(kind, data, parts, path) if issubclass(kind, Kept) else build(kind, data, parts, path)


def choices(kinds: Iterable[Any]) -> dict[str, Any]:
    """Classes of which a field may hold any, by the word that says under ``is`` which of them it holds."""
    return {_CHOSEN[kind]: kind for kind in kinds if kind in _CHOSEN}


def _load_choice(wanted: list[Any], data: Any, parts: Parts, path: str) -> Any:
    fields = mapping(data, path)
    chosen = _CHOICES.get(str(fields.get("is")))
    if chosen is None or chosen not in wanted:
        raise InvalidValue(f'{path}: "is" must name one of {", ".join(_CHOSEN[each] for each in wanted)}')
    return build(chosen, {key: each for key, each in fields.items() if key != "is"}, parts, path)


def build(kind: type[T], data: Any, parts: Parts, path: str, **built: Any) -> T:
    """An instance of an attrs class from a mapping of its fields; its own checks run, and their errors get the path.

    Args:
        kind: the class.
        data: its fields as plain data.
        parts: what the data refer to by digest.
        path: where the data stand, for errors.
        built: fields that are values already.
    """
    given = mapping(data, path)
    fields = {field.name: field.type for field in fields_of(cast("Any", kind))}
    if unknown := sorted(key if isinstance(key, str) else shown(key) for key in given if key not in fields):
        raise InvalidValue(f"{path}: {kind.__name__} has no {', '.join(unknown)}; it has {', '.join(fields)}")
    values = {key: load(fields[key], each, parts, f"{path}.{key}") for key, each in given.items()}
    try:
        return kind(**values, **built)
    except (YizhengError, TypeError, ValueError) as error:
        raise InvalidValue(f"{path}: {error}") from None


def _kept(kind: type[Kept], data: Any, parts: Parts, path: str) -> Kept:
    part = parts.get(data) if isinstance(data, str) else None
    if isinstance(part, Unread):
        raise part.why
    if not isinstance(part, kind):
        raise InvalidValue(f"{path}: the {kind.__name__.lower()} {shown(data)} is not kept with the record")
    return part


def _plain(data: Any, _parts: Parts, path: str) -> Any:
    return plain(data, path)


def _amount(data: Any, _parts: Parts, path: str) -> Amount:
    return _at(path, rules.amount_from_data, data)


def _rule(data: Any, _parts: Parts, path: str) -> Rule:
    return _at(path, rules.rule_from_data, data)


def _ruling(data: Any, _parts: Parts, path: str) -> Ruling:
    return _at(path, rules.ruling_from_data, data)


def _silence(data: Any, _parts: Parts, path: str) -> Silence:
    return _at(path, rules.silence_from_data, data)


def _at(path: str, read: Callable[[Any], T], data: Any) -> T:
    try:
        return read(data)
    except YizhengError as error:
        raise InvalidValue(f"{path}: {error}") from None


_READERS: Final[Mapping[Any, Callable[[Any, Parts, str], Any]]] = {
    Amount: _amount,
    Rule: _rule,
    Ruling: _ruling,
    Silence: _silence,
    object: _plain,
}


@lru_cache(maxsize=512)
def fields_of(kind: Any) -> tuple[Any, ...]:
    """The fields of an attrs class that are handed in when one is made, their types resolved."""
    return tuple(field for field in attrs.fields(attrs.resolve_types(kind)) if field.init)


def _safe(number: int) -> int:
    if abs(number) > SAFE_INTEGER:
        raise InvalidValue(f"an integer lies beyond {SAFE_INTEGER}, which not every reader keeps; write it as a string")
    return number


_WRITTEN_WHOLE: Final = (str, bool, type(None), datetime, date, Fraction)


@lru_cache(maxsize=1024)
def is_native(kind: Any) -> bool:
    """Whether msgspec writes the type whole, with nothing in it that it would let pass unchecked."""
    if arguments := get_args(kind):
        return all(is_native(argument) for argument in arguments if argument is not Ellipsis)
    if kind in _CHOSEN or kind in _READERS or not inspect.isclass(kind) or issubclass(kind, Kept):
        return False
    if attrs.has(kind):
        return all(is_native(field.type) for field in fields_of(kind))
    return kind in _WRITTEN_WHOLE or issubclass(kind, enum.Enum)


@lru_cache(maxsize=1024)
def _is_leaf(kind: Any) -> bool:
    """Whether msgspec reads the type whole: no class of ours is in it, whose own checks would be passed by."""
    if arguments := get_args(kind):
        return get_origin(kind) is not FrozenMap and all(_is_leaf(each) for each in arguments if each is not Ellipsis)
    return inspect.isclass(kind) and not attrs.has(kind) and kind not in _READERS and not issubclass(kind, Kept)
