"""Actions in two parts: what the public is shown, and the private values that stand there under salted digests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast, get_args

import attrs

from yizheng.canonical import Kept
from yizheng.codec.values import Parts, build, dump, empties, is_native, said
from yizheng.codec.versions import build_older, upcast
from yizheng.errors import InvalidValue
from yizheng.stages import Action, Effect
from yizheng.stages.base import NO_EFFECT, NOT_SAID, NOT_SHOWN, WITHHELD, words_of
from yizheng.values import FrozenMap, mapping

__all__ = ["effect_data", "join", "keeps", "kept", "read_effect", "split"]

_NOTHING: Mapping[str, Any] = FrozenMap()


@attrs.frozen
class Plan:
    """How a class of actions is taken apart, worked out once.

    Attributes:
        public: its public fields, each with its default where that is nothing.
        private: its private fields.
        nested: its fields whose value has private fields of its own, such as a matter.
        native: msgspec writes its fields as they are.
        kept: its fields that hold what is kept apart under its digest.
        needed: its private fields that have no default.
        words: its fields of free words, which are private in a confidential procedure; those of what it holds, by path.
    """

    public: tuple[tuple[str, Any], ...]
    private: tuple[str, ...]
    nested: tuple[str, ...]
    native: bool
    kept: tuple[str, ...]
    needed: tuple[str, ...]
    words: tuple[str, ...]


def plan(kind: Any) -> Plan:
    """The plan of a class of actions."""
    fields = [field for field in attrs.fields(attrs.resolve_types(kind)) if field.init]
    private = tuple(field.name for field in fields if field.metadata.get("private"))
    nested = tuple(
        field.name
        for field in fields
        if isinstance(field.type, type)
        and attrs.has(field.type)
        and (_private_fields(field.type) or words_of(field.type))
    )
    return Plan(
        public=tuple((field, empty) for field, empty in empties(kind) if field not in private),
        private=private,
        nested=nested,
        native=is_native(kind),
        kept=tuple(field.name for field in fields if _holds_kept(field.type)),
        needed=tuple(field.name for field in fields if field.name in private and field.default is attrs.NOTHING),
        words=tuple(sorted(words_of(kind))),
    )


def _holds_kept(kind: Any) -> bool:
    if arguments := get_args(kind):
        return any(_holds_kept(argument) for argument in arguments)
    return isinstance(kind, type) and issubclass(kind, Kept)


def keeps(kind: type[Action]) -> bool:
    """Whether actions of a kind can hold what is kept apart under its digest."""
    return bool(_plan_of(kind).kept)


def kept(action: Action) -> tuple[Kept, ...]:
    """The rolls and procedures that an action holds, which are kept apart under their digests."""
    found: list[Kept] = []
    for field in _plan_of(type(action)).kept:
        value = getattr(action, field)
        held = mapping(value, field).values() if isinstance(value, Mapping) else (value,)
        found += [each for each in held if isinstance(each, Kept)]
    return tuple(found)


_plans: dict[type[Any], Plan] = {}


def _plan_of(kind: type[Action]) -> Plan:
    how = _plans.get(kind)
    if how is None:
        how = _plans[kind] = plan(kind)
    return how


def _private_fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind) if field.metadata.get("private"))


def split(action: Action, sealed: Collection[str] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """The public part of an action, ready for canonical bytes, and its private values by path.

    Args:
        action: the action.
        sealed: the paths of free words that are private too.
    """
    how = _plans.get(type(action)) or _plan_of(type(action))
    public: dict[str, Any] = {}
    for field, empty in how.public:
        if (value := getattr(action, field)) is not empty and value != empty:
            public[field] = value
    private: dict[str, Any] = {}
    for field in how.private:
        if (value := getattr(action, field)) is not None:
            private[field] = value
    if sealed:
        private |= _confided(how, public, sealed)
    if how.native:
        return public, private
    for field in how.nested:
        inner: Any = public[field]
        hidden = _private_fields(cast("Any", type(inner)))
        for name in hidden:
            private.update({f"{field}.{name}.{key}": value for key, value in getattr(inner, name).items()})
        held = {name: value for name, value in said(inner) if name not in hidden}
        confided = [name for name in held if f"{field}.{name}" in sealed]
        private.update({f"{field}.{name}": held.pop(name) for name in confided})
        public[field] = held
    return {field: dump(value) for field, value in public.items()}, {
        path: dump(value) for path, value in private.items()
    }


def _confided(how: Plan, public: dict[str, Any], sealed: Collection[str]) -> dict[str, Any]:
    """The free words that are private, taken out of the public part; those that were withheld are in neither."""
    found = {field: public.pop(field) for field in how.words if field in sealed and field in public}
    return {field: value for field, value in found.items() if value is not NOT_SHOWN and value is not NOT_SAID}


def join(  # noqa: PLR0917 -- in the order in which an entry says them
    kind: type[Action],
    public: Mapping[str, Any],
    private: Mapping[str, Any],
    parts: Parts,
    path: str,
    version: int | None = None,
    sealed: Collection[str] = (),
) -> Action:
    """An action from its two parts; private fields that were withheld are ``None``, or absent from their mapping.

    Args:
        kind: its class.
        public: its public fields as plain data.
        private: its private values by path, as far as they are here.
        parts: what the data refer to by digest.
        path: where the data stand, for errors.
        version: the version that wrote them; left out, the newest.
        sealed: the paths of all its private values, here or not.

    Raises:
        InvalidValue: with the path of what is not as it must be.
    """
    how = _plan_of(kind)
    confided = [field for field in how.words if field in sealed and "." not in field]
    InvalidValue.raise_all(
        f"{path}.{field} is both public and sealed; it can be one of them"
        for field in how.words
        if field in sealed and _stands(public, field)
    )
    if version is not None and version != kind.version:
        withheld = dict.fromkeys((*how.needed, *confided), WITHHELD)
        return build_older(kind, version, _together(public, private, path), parts, path, **withheld)
    data: dict[str, Any] = {
        **public,
        **{field: private[field] for field in (*how.private, *confided) if field in private},
    }
    withheld = dict.fromkeys((field for field in (*how.needed, *confided) if field not in private), WITHHELD)
    for field in how.nested:
        prefix = f"{field}.private."
        hidden = {key.removeprefix(prefix): value for key, value in private.items() if key.startswith(prefix)}
        own = {key: private[f"{field}.{key}"] for key in _inner(how, field) if f"{field}.{key}" in private}
        data[field] = {**mapping(data.get(field), f"{path}.{field}"), **own, "private": hidden}
    return build(kind, data, parts, path, **withheld)


def _inner(how: Plan, field: str) -> list[str]:
    """The fields of free words of what a field holds."""
    return [path.removeprefix(f"{field}.") for path in how.words if path.startswith(f"{field}.")]


def _stands(public: Mapping[str, Any], path: str) -> bool:
    """Whether a path leads to something in the public part."""
    field, _, inner = path.partition(".")
    held = public.get(field)
    return field in public and (not inner or (isinstance(held, Mapping) and inner in held))


def _together(public: Mapping[str, Any], private: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The fields of an action as it was called with them, in whatever version: private ones are there if they are known."""
    data = dict(public)
    for place, value in private.items():
        field, nested, key = place.partition(".")
        if nested:
            inner = mapping(data.get(field), f"{path}.{field}")
            hidden = key.removeprefix("private.")
            within = {key: value} if hidden == key else {"private": {**inner.get("private", {}), hidden: value}}
            data[field] = {**inner, **within}
        elif place != "by":  # who did it is the entry's, not the action's
            data[field] = value
    return data


def effect_data(effect: Effect) -> Mapping[str, Any]:
    """An effect as plain data; what it does not have is left out."""
    return _NOTHING if effect is NO_EFFECT else {field: dump(value) for field, value in said(effect)}


def read_effect(kind: type[Action], data: Mapping[str, Any], parts: Parts, path: str, version: int) -> Effect:
    """The effect of a kind of action from its plain data, as a version of it has written them."""
    if version != kind.version:
        data = upcast(kind, version, data, path, "effect_upcasts")
    return build(Effect, data, parts, path) if data else NO_EFFECT
