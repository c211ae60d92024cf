"""Files of rules, written by hand in TOML: everything that can be said in Python, and every fault with its line.

    [rule.representatives]
    quorum = "present >= 2/3 entitled"
    passage = "for > 1/2 present"

    [rule.representatives.citation]
    instrument = { zh = "城市居民委员会组织法", en = "Organic Law of Urban Residents' Committees" }
    article = "29"
    in_force_from = 2026-01-01

The keys are those of :mod:`yizheng.rules.data`; a condition may also be given as a table, as it stands there.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Final

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules.data import to_data
from yizheng.rules.lines import POINTS, Lines, crowded
from yizheng.rules.notation import SIZE, to_text
from yizheng.rules.reading import RULES, rules_from_lines
from yizheng.rules.rule import Rule
from yizheng.rules.tables import as_table, dotted
from yizheng.values import keyed

__all__ = ["decoded", "in_formulas", "parsed_toml", "rules_from_toml", "rules_to_toml"]

_DAYS: Final = frozenset({"in_force_from", "in_force_to"})


def rules_from_toml(text: str | bytes) -> dict[str, Rule]:
    """Read a file of rules.

    Example:
        >>> rules = rules_from_toml('''
        ... [rule.council]
        ... quorum = "present >= 9"
        ... passage = "for >= 9 and against.among(permanent) <= 0"
        ... ''')
        >>> rules["council"].quorum
        PRESENT >= 9

    Args:
        text: the file, of 1 MiB at most; bytes are UTF-8.

    Returns:
        The rules by name, in the order of the file.

    Raises:
        InvalidType: when it is neither text nor bytes.
        InvalidValue: with every fault of the file in the order of its lines, each with its line, the path of its key
            (``rule.council.quorum``) and, within a written condition, the column.
    """
    return rules_from_lines(*parsed_toml(text, "a file of rules"))


def parsed_toml(text: str | bytes, what: str) -> tuple[dict[str, Any], Callable[[str], int | None]]:
    """What a file in TOML holds, and a function that tells the line of a key.

    Args:
        text: the file; bytes are UTF-8.
        what: what it is, for errors.

    Raises:
        InvalidType: when it is neither text nor bytes.
        InvalidValue: when it is no TOML, longer than 1 MiB, or nested too deep.
    """
    written = decoded(text, what)
    if (line_with := crowded(written)) is not None:
        raise InvalidValue(
            f"line {line_with} of the file has more than {POINTS} points outside of quotes; nest tables less deep, and "
            "write numbers with a point in quotes"
        )
    try:
        data = tomllib.loads(written)
    except RecursionError:
        raise InvalidValue("the file nests tables or lists too deep to be read; write conditions as text") from None
    except ValueError as error:  # numbers of thousands of digits raise what is no TOMLDecodeError
        raise InvalidValue(f"the file is no TOML: {error}; strings stand in quotes, days do not") from None
    lines: list[Lines] = []

    def line(path: str) -> int | None:
        if not lines:  # lines are looked for only where something is wrong
            lines.append(Lines(written))
        return lines[0].of(path)

    return data, line


def decoded(text: object, what: str) -> str:
    """A file as text, without the mark that some editors put in front.

    Raises:
        InvalidType: when it is neither text nor bytes.
        InvalidValue: when it is longer than 1 MiB, its bytes are not UTF-8, or it is a path.
    """
    if not isinstance(text, str | bytes):
        raise InvalidType(f"{what} is text or bytes, not {type(text).__name__}; write path.read_bytes()")
    if len(text) > SIZE:
        raise InvalidValue(f"the file has {len(text)} bytes; {SIZE} are the most: split it")
    if isinstance(text, str):
        if "\n" not in text and text.endswith((".toml", ".json")):
            raise InvalidValue(
                f"{shown(text)} is the path of a file and not what stands in it; write path.read_bytes()"
            )
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise InvalidValue(f"line {line} of the file is not in UTF-8; save it in that encoding") from None


def rules_to_toml(rules: Mapping[str, Rule]) -> str:
    """Write rules as a file that :func:`rules_from_toml` reads back unchanged, conditions written out.

    Args:
        rules: the rules by name.

    Raises:
        InvalidType: when it is no mapping of names to rules.
        InvalidValue: when a name is none, or the file would be longer than 1 MiB or hold more than 1,000 rules.
    """
    tables: list[str] = []
    taken = keyed(rules, "rules")
    for title, rule in taken.items():
        if not isinstance(rule, Rule):
            raise InvalidType(f"{title!r} is of type {type(rule).__name__}; write Rule(quorum=…, passage=…)")
        tables += _table(dotted("rule", title), in_formulas(rule))
    if len(taken) > RULES:
        raise InvalidValue(f"{len(taken)} rules are given; {RULES} are the most in one file: write several")
    text = "\n".join(tables) or "[rule]\n"
    if len(text.encode()) > SIZE:
        raise InvalidValue(f"the file would be longer than {SIZE} bytes; write the rules into several")
    return text


def in_formulas(rule: Rule) -> dict[str, Any]:
    """A rule as data, with its conditions written out."""
    data: dict[str, Any] = to_data(rule) | {"passage": to_text(rule.passage)}
    if rule.quorum is not None:
        data["quorum"] = to_text(rule.quorum)
    if rule.joined:
        data["joined"] = [in_formulas(each) for each in rule.joined]
    return data


def _table(path: str, data: Mapping[str, Any], head: str = "[{}]") -> list[str]:
    """A table, and those that stand in it each under a head of its own."""
    within = ("citation", "joined")
    lines = [f"{key} = {_value(key, value)}\n" for key, value in data.items() if key not in within]
    tables = [head.format(path) + "\n" + "".join(lines)]
    if "citation" in data:
        tables += _table(f"{path}.citation", data["citation"])
    for each in data.get("joined", ()):
        tables += _table(f"{path}.joined", each, "[[{}]]")
    return tables


def _value(key: str, value: object) -> str:
    if (table := as_table(value)) is not None:
        inside = ", ".join(f"{each} = {_value(str(each), part)}" for each, part in table.items())
        return f"{{ {inside} }}"
    return str(value) if key in _DAYS else json.dumps(value, ensure_ascii=False)
