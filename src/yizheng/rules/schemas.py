"""The JSON Schema of rules, tallies and rulings as plain data: for editors, and for readers in other languages.

It is made from the same lists and limits that the reader uses. What no schema can say, the reader still refuses: that
figures contradict one another, that amounts mix measures, that a condition is nested too deep, and the like.
"""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias, get_args

from yizheng.citation import Certainty
from yizheng.errors import InvalidValue, shown
from yizheng.rules.algebra import COMPARISONS, TERMS, Sign
from yizheng.rules.counting import GROUPS, MEASURES
from yizheng.rules.figures import HEADS, Choice, Figure, Outcome
from yizheng.rules.notation import SIZE
from yizheng.rules.reading import RULES
from yizheng.rules.silence import MARKS, WAYS, SilencePolicy
from yizheng.rules.weighing import Part
from yizheng.values import SAFE_INTEGER
from yizheng.values.exact import DIGITS
from yizheng.values.names import NAME_LIMIT, PROSE_LIMIT

__all__ = ["Described", "schema"]

Described: TypeAlias = Literal["rule", "condition", "amount", "citation", "tally", "ruling", "silence", "file"]
"""What the schema describes; a ``file`` is what a TOML file of rules holds."""

_WHOLE: Final = f"[0-9]{{1,{DIGITS}}}"
_SHARE: Final = f"/0*[1-9][0-9]{{0,{DIGITS - 1}}}"
_DECIMALS: Final = rf"\.[0-9]{{1,{DIGITS}}}"


def schema(of: Described = "rule") -> dict[str, Any]:
    """The schema (JSON Schema, draft 2020-12) as plain data, one for all, with the part asked for at its root.

    Example:
        >>> schema("tally")["$ref"]
        '#/$defs/tally'

    Args:
        of: what a document is to be.

    Raises:
        InvalidValue: when it describes no such thing.
    """
    if not isinstance(of, str) or of not in get_args(Described):
        raise InvalidValue(f"{shown(of)} is not described; ask for one of {', '.join(get_args(Described))}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:yizheng:schema:1:{of}",
        "title": "Rules, tallies and rulings of yizheng",
        "$ref": f"#/$defs/{of}",
        "$defs": _numbers() | _conditions() | _rules() | _counts() | _silence() | _verdicts(),
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _table(required: dict[str, Any], optional: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    keys = required | (optional or {})
    return {
        "type": "object",
        "properties": keys,
        **({"required": list(required)} if required else {}),
        "additionalProperties": False,
        **more,
    }


def _pattern(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{pattern}$"}


def _integer(least: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": SAFE_INTEGER}


def _numbers() -> dict[str, Any]:
    return {
        "number": {
            "description": "An exact number: whole, or a string of digits, a decimal or a fraction.",
            "anyOf": [_integer(-SAFE_INTEGER), _pattern(f"[+-]?{_WHOLE}({_DECIMALS}|{_SHARE})?")],
        },
        "multiple": {
            "description": "A multiple as the instrument says it: whole or a fraction, never a rounded decimal.",
            "anyOf": [_integer(-SAFE_INTEGER), _pattern(f"[+-]?{_WHOLE}({_SHARE})?")],
        },
        "count": {
            "description": "A count or a weight: nought or more.",
            "anyOf": [_integer(0), _pattern(rf"\+?{_WHOLE}({_DECIMALS}|{_SHARE})?")],
        },
        "whole": {
            "description": "A count of heads or of ballots.",
            "anyOf": [_integer(0), _pattern(rf"\+?{_WHOLE}(\.0+|/0*1)?")],
        },
        "name": {
            "description": "A measure, a group, an electorate or the like: visible characters, in form C of Unicode.",
            "type": "string",
            "minLength": 1,
            "maxLength": NAME_LIMIT,
        },
    }


def _conditions() -> dict[str, Any]:
    joined = {"type": "array", "items": _ref("condition"), "minItems": 2, "maxItems": COMPARISONS}
    terms = {"type": "array", "items": _ref("summand"), "minItems": 1, "maxItems": TERMS + 1}
    return {
        "term": _table(
            {"of": {"enum": [figure.value for figure in Figure]}},
            {"times": _ref("multiple"), "by": _ref("name"), "among": _ref("name")},
            description="A multiple of a figure, in a measure (heads unless it says another), of a group or of all.",
        ),
        "summand": {"anyOf": [_ref("term"), _ref("number")]},
        "amount": {"description": "A number, a multiple, or the sum of several.", "anyOf": [_ref("summand"), terms]},
        "comparison": _table(
            {
                "left": {"anyOf": [_ref("term"), terms | {"contains": _ref("term")}]},
                "sign": {"enum": [sign.value for sign in Sign]},
                "right": _ref("amount"),
            }
        ),
        "written": {
            "description": "A condition written out, such as: for > 1/2 present and against.among(permanent) <= 0",
            "type": "string",
            "maxLength": SIZE,
        },
        "condition": {"anyOf": [_ref("comparison"), _table({"all": joined}), _table({"any": joined}), _ref("written")]},
    }


def _rules() -> dict[str, Any]:
    words = {"type": "string", "minLength": 1, "maxLength": PROSE_LIMIT}
    required = {"quorum": {"anyOf": [{"const": "none"}, _ref("condition")]}, "passage": _ref("condition")}
    optional = {
        "by_no_objection": {"type": "boolean"},
        "electorate": _ref("name"),
        "casting": _ref("name"),
        "citation": _ref("citation"),
    }
    joined = {"type": "array", "items": _ref("joined"), "minItems": 2, "maxItems": COMPARISONS}
    day = _pattern("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])") | {"format": "date"}
    return {
        "words": words,
        "text": {"description": "One string for both languages, or one each.", "anyOf": [_ref("words"), _text()]},
        "day": day,
        "citation": _table(
            {"instrument": _ref("text")},
            {
                "article": {"type": "string", "maxLength": PROSE_LIMIT},
                "in_force_from": _ref("day"),
                "in_force_to": _ref("day"),
                "region": _ref("text"),
                "certainty": {"enum": [certainty.value for certainty in Certainty]},
                "note": _ref("text"),
            },
        ),
        "rule": _table(required, optional | {"joined": joined}),
        "joined": _table(required, optional, description="One of the rules that a rule joins; it joins none itself."),
        "file": _table(
            {"rule": {"type": "object", "additionalProperties": _ref("rule"), "maxProperties": RULES}},
            description="What a TOML file of rules holds: the rules by name.",
        ),
    }


def _text() -> dict[str, Any]:
    return _table({"zh": _ref("words"), "en": _ref("words")})


def _counts() -> dict[str, Any]:
    def figures(number: str) -> dict[str, Any]:
        return {figure.value: _ref(number) for figure in Figure}

    def counts(number: str, group: str) -> dict[str, Any]:
        groups = {"type": "object", "additionalProperties": _ref(group), "maxProperties": GROUPS}
        return _table({}, {**figures(number), "among": groups | {"propertyNames": _ref("name")}})

    return {
        "heads_of_group": _table({}, figures("whole")),
        "weight_of_group": _table({}, figures("count")),
        "heads": counts("whole", "heads_of_group"),
        "weight": counts("count", "weight_of_group"),
        "tally": _table(
            {
                "measures": {
                    "description": "Counts by measure, heads always among them.",
                    "type": "object",
                    "properties": {HEADS: _ref("heads")},
                    "required": [HEADS],
                    "additionalProperties": _ref("weight"),
                    "propertyNames": _ref("name"),
                    "maxProperties": MEASURES,
                }
            },
            {
                "presence": {"type": "boolean"},
                "issued": _ref("whole"),
                "returned": _ref("whole"),
                "blank": _ref("whole"),
                "ambiguous": _ref("whole"),
                "electorate": _ref("name"),
                "casting": _ref("casting"),
                "deemed": _ref("deemed"),
            },
        ),
    }


def _silence() -> dict[str, Any]:
    groups = {"type": "object", "additionalProperties": _ref("count"), "maxProperties": GROUPS}
    served = {"type": "object", "additionalProperties": _ref("served"), "maxProperties": MEASURES}
    basis = _ref("citation") | {"required": ["article"], "properties": {"article": {"minLength": 1}}}
    return {
        "silence": _table(
            {"policy": {"enum": [policy.value for policy in SilencePolicy]}, "basis": basis},
            {
                "warning": _ref("text"),
                "floor": _ref("condition"),
                "substitutes": {"type": "boolean"},
                "ways": {"type": "array", "items": _ref("name"), "minItems": 1, "maxItems": WAYS},
            },
        ),
        "served": _table({"silent": _ref("count")}, {"among": groups | {"propertyNames": _ref("name")}}),
        "deemed": _table(
            {"silence": _ref("silence"), "served": served | {"propertyNames": _ref("name")}},
            {"mark": {"enum": [figure.value for figure in Figure if figure in MARKS]}},
        ),
    }


def _verdicts() -> dict[str, Any]:
    truth: dict[str, Any] = {"type": "boolean"}
    outcome = {"enum": [each.value for each in Outcome]}
    finding = _table(
        {
            "part": {"enum": [part.value for part in Part]},
            "left": _ref("number"),
            "right": _ref("number"),
            "holds": truth,
        },
        {"needed": _ref("number"), "needed_is_bound": {"const": True}, "nothing": {"const": True}},
    )
    return {
        "casting": {"description": "How the casting vote was cast.", "enum": [Choice.FOR.value, Choice.AGAINST.value]},
        "finding": finding,
        "ruling": _table(
            {
                "rule": _ref("rule"),
                "tally": _ref("tally"),
                "outcome": outcome,
                "tie": truth,
                "findings": {"type": "array", "items": _ref("finding")},
            },
            {"casting": _ref("casting"), "otherwise": outcome},
        ),
    }
