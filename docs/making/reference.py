"""What the reference shows of a class or a docstring that its source alone does not tell: an extension of griffe."""

from __future__ import annotations

import enum
import importlib
import inspect
import re
from typing import Any, Final

import attrs
import griffe

ROLE: Final = re.compile(r":[a-z]+:`~?([\w.]+)`")
EXAMPLE: Final = re.compile(r"^>>> .*\n(?:\S.*\n| +.*\n)*", re.MULTILINE)
HEAD: Final = re.compile(r"^Example:$", re.MULTILINE)
LITERAL: Final = re.compile(r"::$", re.MULTILINE)
SHORT: Final = 40
"""The longest default that is shown; a longer one stands as an ellipsis."""


class Reference(griffe.Extension):
    """Examples in fences, roles as code, constructors of attrs classes, values of enumerations."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Turn a docstring into the Markdown of the page."""
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **_: Any) -> None:
        """Say how each class is built, and find the functions that are called as the module in which they stand."""
        loader.resolve_aliases(implicit=True, external=False)
        for module in list(_modules(pkg)):
            for name in map(str, module.exports or ()):
                member = module.members.get(name)
                if member is None or member.is_alias or not member.is_module:
                    continue
                if not inspect.ismodule(getattr(importlib.import_module(module.path), name)):
                    module.set_member(name, griffe.Alias(name, member.members[name], parent=module))
        for found in list(_classes(pkg)):
            kind = getattr(importlib.import_module(found.module.path), found.name, None)
            if not inspect.isclass(kind):
                continue
            if issubclass(kind, enum.Enum) and found.docstring is not None:
                values = ", ".join(f"`{each.name}` (`{each.value!r}`)" for each in kind)
                found.docstring.value += f"\n\nValues: {values}."
            elif attrs.has(kind) and "__init__" in vars(kind) and "__init__" not in found.members:
                found.set_member("__init__", _constructor(found, kind))


def as_markdown(docstring: str) -> str:
    """A docstring with its examples fenced and its roles as code."""
    said = LITERAL.sub(":", HEAD.sub("Examples:", ROLE.sub(r"`\1`", docstring)))
    return EXAMPLE.sub(lambda each: f"```pycon\n{each[0]}```\n", f"{said}\n").rstrip("\n")


def _modules(module: griffe.Module) -> Any:
    yield module
    for member in module.members.values():
        if not member.is_alias and member.is_module:
            yield from _modules(member)


def _classes(module: griffe.Module) -> Any:
    for member in module.members.values():
        if member.is_alias:
            continue
        if member.is_class:
            yield member
        elif member.is_module:
            yield from _classes(member)


def _constructor(found: griffe.Class, kind: type[Any]) -> griffe.Function:
    """The constructor that attrs makes, with the types of the fields: what its doors take is wider, and told in words."""
    fields = {each.alias: each.name for each in attrs.fields(kind)}
    given = [
        griffe.Parameter(
            each.name,
            kind=griffe.ParameterKind[each.kind.name.lower()],
            annotation=_annotation(found, fields.get(each.name, each.name)),
            default=None if each.default is each.empty else _default(each.default),
        )
        for each in inspect.signature(kind.__init__).parameters.values()
    ]
    return griffe.Function("__init__", parameters=griffe.Parameters(*given))


def _annotation(found: griffe.Class, field: str) -> Any:
    for each in (found, *found.mro()):
        if field in each.members:
            return each.members[field].annotation
    return None


def _default(given: Any) -> str:
    said = repr(given)
    return said if len(said) <= SHORT and "<" not in said and "NOTHING" not in said else "..."
