"""The JSON Schema of a file of a definition, for editors and for readers in other languages.

It is made from the same classes that the reader takes apart, so that a field or a kind of stage of somebody's own is in
both. What no schema can say, the reader still refuses, and ``Procedure.check()`` says what is wrong with the whole.
"""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, Union, get_args, get_origin

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.codec import choices, fields_of, form_of, version_of
from yizheng.exchange.reading import BESIDE, MANY, PERIOD
from yizheng.procedure import Kinds, Procedure
from yizheng.procedure.checks import STAGES_AT_MOST
from yizheng.procedure.duties import TEMPLATES, Template
from yizheng.rules import Amount, Condition, Rule, Silence
from yizheng.rules import schema as schema_of_rules
from yizheng.stages import Stage
from yizheng.text import Text
from yizheng.values import SAFE_INTEGER, FrozenMap, count, name, one
from yizheng.values.names import PROSE_LIMIT

__all__ = ["schema"]


def schema(kinds: Kinds | None = None) -> dict[str, Any]:
    """The schema (JSON Schema, draft 2020-12) of a file of a definition, as plain data.

    Example:
        >>> schema()["$ref"]
        '#/$defs/Procedure'

    Args:
        kinds: the kinds of stages that may occur in it; left out, those that the library brings.

    Raises:
        InvalidType: when the kinds are none.
    """
    return _Describer(Kinds() if kinds is None else one(Kinds, kinds, "kinds")).whole()


def _ref(named: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{named}"}


def _string(**limits: Any) -> dict[str, Any]:
    return {"type": "string", "maxLength": PROSE_LIMIT, **limits}


_PLAINLY: Final[Mapping[Any, dict[str, Any]]] = {
    str: _string(),
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -SAFE_INTEGER, "maximum": SAFE_INTEGER},
    Fraction: _ref("number"),
    date: _ref("day"),
    Text: _ref("text"),
    Citation: _ref("citation"),
    Amount: _ref("amount"),
    Condition: _ref("condition"),
    Rule: _ref("rule"),
    Silence: _ref("silence"),
    Period: _ref("period"),
    Stage: _ref("stage"),
    Template: _ref("duty"),
    object: {},
}
_DOORS: Final[Mapping[Any, dict[str, Any]]] = {
    name: _ref("name"),
    count: {"type": "integer", "minimum": 0, "maximum": SAFE_INTEGER},
}
"""What the door of a field says beyond its type."""


class _Describer:
    """Describes classes by the types that their fields declare, as the reader reads them."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self.defs: dict[str, Any] = {}
        self.titles: dict[Any, str] = {}

    def whole(self) -> dict[str, Any]:
        rules: dict[str, Any] = schema_of_rules("rule")["$defs"]
        parts = ("number", "multiple", "name", "term", "summand", "amount", "comparison", "written", "condition")
        self.defs |= {part: rules[part] for part in (*parts, "words", "text", "day", "rule", "joined", "silence")}
        self.defs["citation_in_full"] = rules["citation"]
        self.defs["citation"] = {
            "description": "A citation, or what the file calls one under citations.",
            "anyOf": [_ref("citation_in_full"), _string()],
        }
        written = {"description": "A period, such as 15 days or 3 working days.", "type": "string"}
        in_full = self.table("period_in_full", Period)
        self.defs["period"] = {"anyOf": [written | {"pattern": f"^(?:{PERIOD})$"}, in_full]}
        kinds = [self.table(f"stage_{kind.kind}", kind, _form(kind)) for kind in self.kinds.stages.values()]
        self.defs["stage"] = {"description": "A stage, by its kind.", "anyOf": kinds}
        duties = [self.table(each.__name__, each, {"is": {"const": word}}) for word, each in TEMPLATES.items()]
        self.defs["duty"] = {"description": "A duty, by its template.", "anyOf": duties}
        citations = {"type": "object", "additionalProperties": _ref("citation_in_full"), "maxProperties": MANY}
        beside: dict[str, Any] = dict(zip(BESIDE, ({"type": "string"}, citations), strict=True))
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:yizheng:schema:1:procedure",
            "title": "The definition of a procedure of yizheng",
            **self.table("Procedure", Procedure, beside),
            "$defs": self.defs,
        }

    def table(self, title: str, kind: Any, beside: Mapping[str, Any] = FrozenMap()) -> dict[str, Any]:
        """A table of the fields of a class, described once under a title."""
        if kind in self.titles:
            return _ref(self.titles[kind])
        taken, number = title, 2
        while taken in self.defs:
            taken, number = f"{title}_{number}", number + 1
        self.titles[kind], self.defs[taken] = taken, {}
        required = [field.name for field in fields_of(kind) if field.default is attrs.NOTHING]
        required = [*(key for key in ("is", "kind") if key in beside), *required]
        self.defs[taken] = {
            **_summary(kind),
            "type": "object",
            "properties": {**beside, **{field.name: self.field(field) for field in fields_of(kind)}},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }
        return _ref(taken)

    def field(self, field: Any) -> dict[str, Any]:
        door: Any = field.converter
        if inspect.isroutine(door) and field.type in (str, int) and door in _DOORS:
            return _DOORS[door]
        return self.value(field.type)

    def value(self, kind: Any) -> dict[str, Any]:
        if kind in _PLAINLY:
            return _PLAINLY[kind]
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            wanted = [each for each in arguments if each is not type(None)]
            words = {each: word for word, each in choices(wanted).items()} if len(wanted) > 1 else {}
            said = [
                self.table(each.__name__, each, {"is": {"const": words[each]}}) if each in words else self.value(each)
                for each in wanted
            ]
            said += [{"type": "null"}] if len(wanted) < len(arguments) else []
            return said[0] if len(said) == 1 else {"anyOf": said}
        if origin in (tuple, frozenset):
            item, most = self.value(arguments[0]), STAGES_AT_MOST if arguments[0] is Stage else MANY
            listed = {"type": "array", "items": item, "maxItems": most}
            plain = (
                arguments[0] in (int, bool) or _is_enum(arguments[0]) or (arguments[0] is str and origin is frozenset)
            )
            return listed if plain else {"anyOf": [item, listed]}
        if origin is FrozenMap:
            return {"type": "object", "additionalProperties": self.value(arguments[1]), "maxProperties": MANY}
        if _is_enum(kind):
            return {"enum": [each.value for each in kind]}
        if inspect.isclass(kind) and attrs.has(kind):
            return self.table(kind.__name__, kind)
        return {}


def _form(kind: Any) -> dict[str, Any]:
    """What stands beside the settings of a stage."""
    said = form_of(kind)
    return {"kind": {"const": said["kind"]}, "version": {"const": version_of(kind)}, "introduced": {"type": "string"}}


def _summary(kind: Any) -> dict[str, str]:
    """The first line of what a class says of itself."""
    lines = (inspect.getdoc(kind) or "").splitlines()
    return {"description": lines[0]} if lines else {}


def _is_enum(kind: Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, enum.Enum)
