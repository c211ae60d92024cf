"""What the reference shows of a class or a docstring that its source alone does not tell: an extension of griffe."""

from __future__ import annotations

import enum
import importlib
import inspect
import re
from typing import Any, Final

import attrs
import griffe

from making.rooms import ROOMS

ROLE: Final = re.compile(r":[a-z]+:`~?([\w.]+)`")
TITLED: Final = re.compile(r":[a-z]+:`([^<`]+) <([\w.]+)>`")
PRIVATE: Final = re.compile(r"\b_[a-zA-Z]")
EXAMPLE: Final = re.compile(r"^>>> .*\n(?:\S.*\n| +.*\n)*", re.MULTILINE)
HEAD: Final = re.compile(r"^Example:$", re.MULTILINE)
LITERAL: Final = re.compile(r"::$", re.MULTILINE)
SHORT: Final = 40
"""The longest default that is shown; a longer one stands as an ellipsis."""


class Reference(griffe.Extension):
    """Examples in fences, roles as code or links, constructors of attrs classes, values of enumerations, no private names."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Turn a docstring into the Markdown of the page."""
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: Any) -> None:
        """Say of what kind a constant is, and leave out how it is made where that is nobody's business."""
        if attr.value is not None and PRIVATE.search(str(attr.value)):
            attr.value = None

    def on_function_instance(self, *, func: griffe.Function, **_: Any) -> None:
        """Leave out a default that has no public name."""
        for given in func.parameters:
            if given.default is not None and PRIVATE.search(str(given.default)):
                given.default = "..."

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **_: Any) -> None:
        """Say how each class is built, and find the functions that are called as the module in which they stand."""
        loader.resolve_aliases(implicit=True, external=False)
        for module in list(_modules(pkg)):
            _find_called(module)
        for found in list(_classes(pkg)):
            _say_how_built(found)
        for found in list(_classes(pkg)):
            _forget_private_bases(found)
        for module in list(_modules(pkg)):
            _say_kinds(module)


def _find_called(module: griffe.Module) -> None:
    """Find the functions that are called as the module in which they stand."""
    for name in map(str, module.exports or ()):
        member = module.members.get(name)
        if member is None or member.is_alias or not member.is_module:
            continue
        if not inspect.ismodule(getattr(importlib.import_module(module.path), name)):
            module.set_member(name, griffe.Alias(name, member.members[name], parent=module))


def _say_how_built(found: griffe.Class) -> None:
    """Say how a class is built, and of an enumeration its values."""
    kind = getattr(importlib.import_module(found.module.path), found.name, None)
    if not inspect.isclass(kind):
        return
    if issubclass(kind, enum.Enum) and found.docstring is not None:
        values = ", ".join(f"`{each.name}` (`{each.value!r}`)" for each in kind)
        found.docstring.value += f"\n\nValues: {values}."
    elif attrs.has(kind) and "__init__" in vars(kind) and "__init__" not in found.members:
        found.set_member("__init__", _constructor(found, kind))
    _annotate(found)


def _say_kinds(module: griffe.Module) -> None:
    """Say of what kind the constants of a module are."""
    for constant in module.attributes.values():
        if not constant.name.startswith("_") and not constant.is_alias and str(constant.annotation) == "Final":
            kind = type(getattr(importlib.import_module(module.path), constant.name))
            constant.annotation = griffe.ExprName(kind.__name__, parent=module)


def as_markdown(docstring: str) -> str:
    """A docstring with its examples fenced and its roles as code."""
    linked = TITLED.sub(lambda role: f"[`{role[1]}`][{_home(role[2])}]", docstring)
    said = LITERAL.sub(":", HEAD.sub("Examples:", ROLE.sub(r"`\1`", linked)))
    return EXAMPLE.sub(lambda each: f"```pycon\n{each[0]}```\n", f"{said}\n").rstrip("\n")


def _home(target: str) -> str:
    """The address of a name in the reference, which tells it in its room and not at the root."""
    _, name, *rest = target.split(".")
    there = getattr(importlib.import_module("yizheng"), name)
    return target if inspect.ismodule(there) else ".".join([*there.__module__.split(".")[:2], name, *rest])


def _forget_private_bases(found: griffe.Class) -> None:
    """Leave out the bases that readers cannot look up, and keep the types of the fields that came from them."""
    known = [each for each in found.bases if _is_public(each)]
    if len(known) == len(found.bases):
        return
    for each in found.mro():
        for name, member in each.attributes.items():
            if name not in found.members and not member.is_alias:
                found.set_member(name, griffe.Attribute(name, annotation=member.annotation))
    found.bases = known


def _is_public(base: Any) -> bool:
    """Whether a base of a class is known to readers: built in, of another library, or in the list of its room."""
    path = getattr(base, "canonical_path", str(base))
    if not path.startswith("yizheng."):
        return not PRIVATE.search(path)
    home, _, name = path.removeprefix("yizheng.").rpartition(".")
    return any(
        name in importlib.import_module(f"yizheng.{room}").__all__
        for told in ROOMS.values()
        for room in told
        if f"{home}.".startswith(f"{room}.")
    )


def _annotate(found: griffe.Class) -> None:
    """Give what a plain class sets in its constructor the type that the constructor takes."""
    constructor = found.members.get("__init__")
    if constructor is None or constructor.is_alias or not constructor.is_function:
        return
    for given in constructor.parameters:
        member = found.members.get(given.name)
        if member is not None and member.is_attribute and member.annotation is None:
            member.annotation = given.annotation


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
