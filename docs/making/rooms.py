"""What a room offers: every public name with its word in the glossary, and where the reference tells it in full."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import Final

from yizheng import catalogue
from yizheng.text import Language, Text

DOCS: Final = Path(__file__).parents[1]
ROLE: Final = re.compile(r":\w+:`~?([\w.]+)`")

ROOMS: Final = {
    "people": ("people",),
    "matter": ("matter",),
    "text": ("text",),
    "citation": ("citation",),
    "calendar": ("calendar",),
    "rules": ("rules",),
    "stages": ("stages",),
    "reasons": ("reasons",),
    "procedure": ("procedure", "procedure.duties"),
    "case": ("case",),
    "record": ("record",),
    "docket": ("docket",),
    "batch": ("batch",),
    "conformance": ("conformance",),
    "proofs": ("proofs",),
    "exchange": ("exchange",),
    "guide": ("guide",),
    "law": ("law",),
    "catalogue": tuple(f"catalogue.{each}" for each in catalogue.__all__ if each not in {"applicable", "law"}),
    "store": ("store",),
    "codec": ("codec",),
    "canonical": ("canonical",),
    "values": ("values",),
    "errors": ("errors",),
    "testing": ("testing",),
}
"""The pages of the reference, and the rooms that each tells."""

_HEAD: Final = Text("名称|词汇表|是什么", "Name|Chinese|What it is")


def names(page: str, language: Language) -> str:
    """The table of every public name of a page, each with its word and its meaning."""
    head = _HEAD.say(language).split("|")
    words = _glossary(language)
    rows = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for room in ROOMS[page]:
        module = import_module(f"yizheng.{room}")
        for name in module.__all__:
            value = getattr(module, name)
            if isinstance(value, ModuleType):
                continue
            word, meaning = words.get(name, ("—", ""))
            said = meaning or _first_line(value)
            rows.append(f"| [`{name}`](#yizheng.{room}.{name}) | {word} | {said} |")
    return "\n".join(rows)


def main_road(language: Language) -> str:
    """The names that the root repeats, and the room in which each is at home."""
    package = import_module("yizheng")
    words = _glossary(language)
    suffix = ".zh.md" if language == "zh" else ".md"
    head = Text("名称|词汇表|所在", "Name|Chinese|At home in").say(language).split("|")
    rows = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for name in package.__all__:
        value = getattr(package, name)
        home = value.__name__ if isinstance(value, ModuleType) else _home(value.__module__)
        page = home.removeprefix("yizheng.")
        where = f"{page}{suffix}" if isinstance(value, ModuleType) else f"{page}{suffix}#{home}.{name}"
        rows.append(f"| [`{name}`]({where}) | {words.get(name, ('—', ''))[0]} | `{home}` |")
    return "\n".join(rows)


def _home(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _glossary(language: Language) -> dict[str, tuple[str, str]]:
    """Every code word of the glossary: its Chinese word, and what it is in a language."""
    rows = list(_rows(language))
    homes = Counter(name for name, _, _ in rows)  # a name that two rooms have tells of each what its docstring says
    return {name: (word, meaning) for name, word, meaning in rows if homes[name] == 1}


def _rows(language: Language) -> Iterator[tuple[str, str, str]]:
    page = DOCS / ("glossary.zh.md" if language == "zh" else "glossary.md")
    text = re.sub(r"<!-- generated: .*?<!-- end -->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for first, second, meaning in re.findall(r"^\| (`.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE):
        found = re.findall(r"`(\w+)`", first)
        words = re.split(r"[、,] ?", second)
        apart = words if len(words) == len(found) else [second] * len(found)
        for name, word in zip_longest(found, apart):
            yield name, word, meaning


def _first_line(value: object) -> str:
    """What a class or a function says of itself in its first sentence."""
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        return "—"
    said = inspect.cleandoc(value.__doc__ or "").split("\n\n", 1)[0]
    return ROLE.sub(r"`\1`", " ".join(said.split())).replace("``", "`").replace("|", "\\|")
