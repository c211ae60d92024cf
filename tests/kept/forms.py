"""The stored form of every kind, told from its fields: what changes here cannot be read by a release that knows it as it was."""

from __future__ import annotations

import enum
import json
import re
import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

import attrs

from yizheng import Matter, Procedure, Roll
from yizheng.canonical import Kept, canonical, digest
from yizheng.case.entry import _OWN
from yizheng.codec.values import _CHOSEN, empties
from yizheng.people import Member
from yizheng.procedure import Kinds
from yizheng.procedure.duties import TEMPLATES, Template
from yizheng.rules import Amount, Rule, Ruling, Silence, schema
from yizheng.stages import Effect
from yizheng.values import FrozenMap

OF_RULES = {Amount: "amount", Rule: "rule", Ruling: "ruling", Silence: "silence"}
"""What the rules write by themselves: its schema is its form."""


def wordless(part: Any) -> Any:
    """A schema without what it says to people."""
    if isinstance(part, dict):
        return {key: wordless(each) for key, each in part.items() if key not in {"title", "description", "$comment"}}
    return [wordless(each) for each in part] if isinstance(part, list) else part


def described(of: str) -> dict[str, Any]:
    """The schema of what the rules write, with all that it refers to."""
    definitions: dict[str, Any] = schema("file")["$defs"]
    reached, ahead = dict[str, Any](), [of]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached[name] = wordless(definitions[name])
            ahead += [each.removeprefix("#/$defs/") for each in re.findall(r"#/\$defs/\w+", json.dumps(reached[name]))]
    return reached


def told(kind: Any, values: dict[str, Any] | None) -> str:  # noqa: C901 -- one row for each kind of type
    """A type in words. The classes that it is made of are added to the values; without these they are told in its place."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return " | ".join(sorted(told(each, values) for each in arguments))
    if origin in {tuple, frozenset}:
        return f"{'list' if origin is tuple else 'set'} of {told(arguments[0], values)}"
    if origin is FrozenMap:
        return f"mapping to {told(arguments[1], values)}"
    if kind is type(None):
        return "nothing"
    if kind in OF_RULES:
        return kind.__name__ if values is not None else digest(canonical(described(OF_RULES[kind])))
    if issubclass(kind, Kept):
        return f"digest of {kind.__name__}"
    if issubclass(kind, enum.Enum):
        return f"one of {', '.join(sorted(each.value for each in kind))}"
    if attrs.has(kind):
        if values is None:  # by what is written of them, whatever their classes are called
            within = ", ".join(f"{name}: {each}" for name, each in sorted(fields(kind, None).items()))
            return f"{_CHOSEN.get(kind, '')}({within})"
        if kind.__name__ not in values:
            values[kind.__name__] = {}  # it may hold itself
            values[kind.__name__] |= fields(kind, values)
        return kind.__name__
    return "plain" if kind is object else kind.__name__


def fields(kind: Any, values: dict[str, Any] | None) -> dict[str, str]:
    """The fields of a class: the type of each, whether it is private, and whether it is left out where it holds nothing."""
    by_name = attrs.fields_dict(attrs.resolve_types(kind))
    return {
        name: told(by_name[name].type, values)
        + (", private" if by_name[name].metadata.get("private") else "")
        + ("" if empty is attrs.NOTHING else ", or left out")
        for name, empty in empties(kind)
    }


def form(kind: Any) -> str:
    """The digest of the form of a class, with that of all that it is made of."""
    return digest(canonical(fields(kind, None)))


def row(kind: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The form of a kind: its version, who introduced it, its digest, and its fields for whoever looks why."""
    return {
        "version": getattr(kind, "version", 1),
        "introduced": getattr(kind, "introduced", None),
        "form": form(kind),
        "fields": fields(kind, values),
    }


def forms() -> dict[str, Any]:
    """The form of every kind of this release."""
    kinds, values = Kinds(), dict[str, Any]()
    every = {"actions": {**kinds.actions, **{kind.kind: kind for kind in _OWN.values()}}, "stages": kinds.stages}
    made: dict[str, Any] = {
        what: {name: row(kind, values) for name, kind in sorted(found.items())} for what, found in every.items()
    }
    # Whatever is no kind has no version: it may grow by fields that are left out, and change in nothing else.
    growing = {kind.__name__: fields(kind, values) for kind in (Effect, Matter, Procedure)}
    roll: Any = Roll("x", [Member("1", weights={"area": 1}, groups=["g"])], groups=["g"]).to_data()
    shared = fields(Template, values)
    for name, template in TEMPLATES.items():
        growing[f"duty {name}"] = {key: form for key, form in fields(template, values).items() if key not in shared}
    growing["Roll"] = {**dict.fromkeys(roll, "written"), "members": ", ".join(sorted(roll["members"][0]))}
    return {**made, "growing": growing, "values": {name: values[name] for name in sorted(values)}}


def complaints(kept: Mapping[str, Any], now: Mapping[str, Any], *, released: bool = True) -> list[str]:
    """Why what a release has written could not be read, or could be taken for something else.

    Args:
        kept: the forms of that release.
        now: the forms of this one.
        released: whether that release is out, so that what is new since must say who introduced it.
    """
    found: list[str] = []
    for what in ("actions", "stages"):
        for name, old in kept[what].items():
            new = now[what].get(name)
            if new is None:
                found.append(f"{name} is gone; a kind that was released is known for ever")
            elif new["version"] < old["version"]:
                found.append(f"{name} went back from version {old['version']} to {new['version']}")
            elif new["version"] == old["version"] and (new["form"], new["introduced"]) != (
                old["form"],
                old["introduced"],
            ):
                found.append(
                    f"{name} has another form than version {old['version']} of it; raise its version, and give a step"
                )
            elif released and new["version"] > old["version"] and new["introduced"] is None:
                found.append(f"version {new['version']} of {name} does not say which release introduced it")
        found += [
            f"{name} is new, and does not say which release introduced it"
            for name, new in now[what].items()
            if released and name not in kept[what] and new["introduced"] is None
        ]
    for name, old in kept["growing"].items():
        new = now["growing"][name]
        found += [f"{name}.{field} is not what it was" for field in old if new.get(field) != old[field]]
        found += [
            f"{name}.{field} is new and is not left out"
            for field in new.keys() - old.keys()
            if not new[field].endswith("or left out")
        ]
    return found
