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
_LISTED: Final = "[["  # heads one of a list of tables
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
        self._last: dict[str, int] = {}  # of each list of tables, the place of the one that was headed last
        table = ""
        for line, heads, key in _keys(text):
            if heads:
                table = self._place("", _path(key), line, begins=heads == _LISTED)
            else:
                self._place(table, _path(key), line)

    def _place(self, path: str, names: list[str], line: int, *, begins: bool = False) -> str:
        """Keep the line of a key and of whatever it stands in; the path, with the places in lists of tables."""
        for depth, each in enumerate(names[:_NAMES], 1):
            part = dotted(shown(each))
            path = f"{path}.{part}" if path else part
            self._of.setdefault(path, line)
            if begins and depth == len(names):
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = f"{path}[{self._last[path]}]"
                self._of.setdefault(path, line)
        return path

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


def _keys(text: str) -> Iterator[tuple[int, str, str]]:
    """Each statement: its line, the brackets with which it heads a table if it does, and its key as it is written."""
    line, begin, depth, equals = 1, 0, 0, False
    for found in _PIECE.finditer(text + "\n"):
        piece = found[0]
        if piece == "\n" and not depth:
            line, begin, equals = line + 1, found.end(), False
            continue
        if piece == "=" and not depth and not equals:
            equals = True
            yield line, "", text[begin : found.start()].strip()
        elif piece in "[{":
            depth += 1
        elif piece in "]}":
            depth -= 1
            if not depth and not equals:
                head = text[begin : found.end()].strip()
                yield line, _LISTED if head.startswith(_LISTED) else "[", head.strip("[]").strip()
        line += piece.count("\n")
