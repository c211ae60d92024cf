"""In which line of a TOML file a key stands, so that an error can name it: ``tomllib`` keeps no places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Final

from yizheng.rules.tables import as_table, dotted, shown

__all__ = ["POINTS", "Lines", "crowded"]

_QUOTED: Final = r'''
      """ (?> \\.? | [^\\] )*? (?: """ "{0,2} | \Z )    # strings of several lines may end in quotes of their own
    | \'\'\' .*? (?: \'\'\' '{0,2} | \Z )
    | " (?> \\.? | [^"\\] )*+ (?: " | \Z )
    | ' [^']*+ (?: ' | \Z )
    | \# [^\n]*
'''
_STRING: Final = re.compile(_QUOTED, re.VERBOSE | re.DOTALL)
_PIECE: Final = re.compile(rf"{_QUOTED} | [\[\]{{}}=\n]", re.VERBOSE | re.DOTALL)

POINTS: Final = 32
"""How many points a line may have outside of quotes."""

_NAMES: Final = 8  # of a dotted key that are kept: no key of a rule stands as deep
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)  # most keys: nothing in quotes, no spaces around the points


def crowded(text: str) -> int | None:
    """The first line with more points outside of quotes than any rule needs: ``tomllib`` is slow with long dotted keys.

    Args:
        text: a file that nobody has read yet.
    """

    def blank(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    lines = _STRING.sub(blank, text).split("\n")
    return next((place for place, line in enumerate(lines, 1) if line.count(".") > POINTS), None)


class Lines:
    """Finds the line of a key, or of the nearest table around it that is written out.

    Args:
        text: a file that ``tomllib`` has read without a fault.
    """

    def __init__(self, text: str) -> None:
        self._of: dict[str, int] = {}
        table: list[str] = []
        for line, header, key in _keys(text):
            path = _path(key) if header else [*table, *_path(key)]
            if header:
                table = path
            for length in range(min(len(path), _NAMES), 0, -1):
                self._of.setdefault(dotted(*map(shown, path[:length])), line)

    def of(self, path: str) -> int | None:
        """The line, counted from 1; ``None`` where the file does not write the key, nor what it would stand in."""
        while path and path not in self._of:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self._of.get(path)


def _path(key: str) -> list[str]:
    """The names that a dotted key is made of."""
    if _PLAIN.fullmatch(key):
        return key.split(".")
    table = as_table(tomllib.loads(f"{key} = 0"))
    path: list[str] = []
    while table is not None:
        path += map(str, table)
        table = as_table(table[path[-1]])
    return path


def _keys(text: str) -> Iterator[tuple[int, bool, str]]:
    """Each statement: its line, whether it heads a table, and its key as it is written."""
    line, begin, depth, equals = 1, 0, 0, False
    for found in _PIECE.finditer(text + "\n"):
        piece = found[0]
        if piece == "\n" and not depth:
            line, begin, equals = line + 1, found.end(), False
            continue
        if piece == "=" and not depth and not equals:
            equals = True
            yield line, False, text[begin : found.start()].strip()
        elif piece in "[{":
            depth += 1
        elif piece in "]}":
            depth -= 1
            if not depth and not equals:
                yield line, True, text[begin : found.end()].strip().strip("[]").strip()
        line += piece.count("\n")
