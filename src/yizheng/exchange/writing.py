"""Definitions into files, which :func:`yizheng.exchange.read` reads back with the same digest."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from textwrap import shorten
from typing import Any, Final, cast

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.codec import choices, dump, form_of, said
from yizheng.errors import InvalidValue
from yizheng.procedure import Procedure
from yizheng.procedure.duties import Template
from yizheng.rules import Amount, Rule, Silence, citation_to_data, to_data, to_text
from yizheng.rules.files import in_formulas
from yizheng.rules.notation import SIZE
from yizheng.rules.tables import as_list, as_table, dotted
from yizheng.text import Text
from yizheng.values import FrozenMap, items, one

__all__ = ["write_json", "write_toml"]

_WIDE: Final = 120
"""How many characters a line may have before what it holds is written over several."""

_NAMED: Final = 80  # characters of what a citation is called


def write_json(procedure: Procedure) -> str:
    """Write a definition as JSON: its plain data, as records hold them.

    Raises:
        InvalidType: when it is no definition.
        InvalidValue: when the file would be longer than 1 MiB.
    """
    data = one(Procedure, procedure, "the definition").to_data()
    return _bounded(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def write_toml(procedure: Procedure) -> str:
    """Write a definition as TOML, as one would write it by hand: formulas, one line for each period, citations by name.

    Whatever says something is written, even where it is the default, so that the file means the same to every release.
    A definition with a stage in the form of an older version is written as the plain data that it is kept as.

    Raises:
        InvalidType: when it is no definition.
        InvalidValue: when a value in it is nothing (``None`` among the facts that call for a hearing), for which TOML has
            no word, or when the file would be longer than 1 MiB.
    """
    plain: dict[str, Any] = one(Procedure, procedure, "the definition").to_data()
    by_hand = _Writer()
    data = by_hand.fields(procedure, "stages")
    forms = [form_of(type(stage)) for stage in procedure.stages]
    stages = [{**form, **by_hand.fields(stage)} for form, stage in zip(forms, procedure.stages, strict=True)]
    citations = {title: _cited(citation) for citation, title in by_hand.titles.items()}
    if any(was.get("version") != form.get("version") for was, form in zip(plain["stages"], forms, strict=True)):
        stages, citations = plain.pop("stages"), {}
        data = plain
    tables = [*_tables("", data)]
    tables += [each for stage in stages for each in _tables("stages", stage, "[[{}]]")]
    tables += [each for title, cited in citations.items() for each in _tables(dotted("citations", title), cited)]
    return _bounded("\n".join("".join(lines) for lines in tables))


def _bounded(text: str) -> str:
    if len(text.encode()) > SIZE:
        raise InvalidValue(f"the file would be longer than {SIZE} bytes, which nobody reads; split the definition")
    return text


def _cited(citation: Citation) -> dict[str, Any]:
    return citation_to_data(citation) | {
        key: day for key in ("in_force_from", "in_force_to") if (day := getattr(citation, key)) is not None
    }


class _Writer:
    """Turns values into what stands in a file by hand.

    Attributes:
        titles: what each citation is called in the file.
    """

    def __init__(self) -> None:
        self.titles: dict[Citation, str] = {}

    def fields(self, value: Any, *apart: str) -> dict[str, Any]:
        """The fields of a value that say something, but those that are written apart."""
        return {field: self.value(item) for field, item in said(value) if field not in apart}

    def value(self, value: Any) -> Any:
        if isinstance(value, Text):
            return value.zh if value.zh == value.en else {"zh": value.zh, "en": value.en}
        if isinstance(value, Citation):
            return self.title(value)
        if isinstance(value, Rule):
            return self.rule(value)
        if isinstance(value, Silence):
            floor = {} if value.floor is None else {"floor": to_text(value.floor)}
            return {**to_data(value), "basis": self.title(value.basis), **floor}
        if isinstance(value, Period) and value.citation is None:
            return value.explain("en")
        if isinstance(value, tuple):
            values = [self.value(each) for each in items(value, "$")]
            return values[0] if len(values) == 1 and isinstance(value[0], Rule | Period) else values
        if isinstance(value, FrozenMap):
            return {key: self.value(each) for key, each in cast("FrozenMap[str, Any]", value).items()}
        if attrs.has(kind := cast("Any", type(value))) and not isinstance(value, enum.Enum | Amount):
            which = [("is", word) for word in choices([kind])]
            which += [("is", value.template)] if isinstance(value, Template) else []
            return dict(which) | self.fields(value)
        return dump(value)

    def rule(self, rule: Rule) -> dict[str, Any]:
        data = in_formulas(rule)
        if rule.citation is not None:
            data["citation"] = self.title(rule.citation)
        if rule.joined:
            data["joined"] = [self.rule(each) for each in rule.joined]
        return data

    def title(self, citation: Citation) -> str:
        """What a citation is called in the file: as it is cited, and numbered where two would be called alike."""
        if citation not in self.titles:
            words = shorten(citation.explain("en"), _NAMED, placeholder=" …")
            title, number = words, 2
            while title in self.titles.values():
                title, number = f"{words} ({number})", number + 1
            self.titles[citation] = title
        return self.titles[citation]


def _tables(path: str, table: Mapping[str, Any], head: str = "[{}]") -> Iterator[list[str]]:
    """The lines of a table, then those of the tables in it that need lines of their own."""
    lines = [head.format(path) + "\n"] if path else []
    inner: list[Iterator[list[str]]] = []
    for key, value in table.items():
        where = f"{path}.{dotted(key)}" if path else dotted(key)
        written = f"{dotted(key)} = {_inline(value, where)}"
        listed = as_list(value) or []
        if not _is_wide(value, written):
            lines.append(f"{written}\n")
        elif as_table(value) is not None:
            inner.append(_tables(where, value))
        elif all(as_table(each) is not None for each in listed) and _need_heads(listed, where):
            inner += [_tables(where, cast("Any", each), "[[{}]]") for each in listed]
        else:
            lines += [f"{dotted(key)} = [\n", *_wrapped([_inline(each, where) for each in listed]), "]\n"]
    if lines[1:] or not inner or not path or head != "[{}]":
        yield lines
    for each in inner:
        yield from each


def _wrapped(items: Iterable[str]) -> Iterator[str]:
    """The items of a list, as many on a line as it takes; a table has its own."""
    line = ""
    for each in items:
        if line and (each.startswith("{") or len(line) + len(each) + 2 > _WIDE):
            yield f"{line}\n"
            line = ""
        line += f" {each}," if line else f"  {each},"
    yield f"{line}\n"


def _need_heads(items: Iterable[Any], path: str) -> bool:
    """Whether some table of a list is too long for a line."""
    return any(len(_inline(each, path)) > _WIDE for each in items)


def _is_wide(value: Any, written: str) -> bool:
    if (table := as_table(value)) is not None:
        return len(written) > _WIDE and set(table) != {"zh", "en"}
    return isinstance(value, list) and len(written) > _WIDE


def _inline(value: Any, path: str) -> str:
    if value is None:
        raise InvalidValue(f"{path} is nothing, for which TOML has no word; write the definition as JSON")
    if (listed := as_list(value)) is not None:
        return f"[{', '.join(_inline(each, path) for each in listed)}]"
    if (table := as_table(value)) is not None:
        inside = ", ".join(f"{dotted(str(key))} = {_inline(each, path)}" for key, each in table.items())
        return f"{{ {inside} }}" if inside else "{}"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
