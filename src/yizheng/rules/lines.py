"""In which line of a TOML file a key stands, so that an error can name it: ``tomllib`` keeps no places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final, cast

from yizheng.rules.tables import dotted, shown

__all__ = ["Lines"]

_PIECE: Final = re.compile(
    r'''
      """ (?: \\. | [^\\] )*? """ "{0,2}    # strings of several lines may end in quotes of their own
    | \'\'\' .*? \'\'\' '{0,2}
    | " (?: \\. | [^"\\] )* "
    | ' [^']* '
    | \# [^\n]*
    | [\[\]{}=\n]
    ''',
    re.VERBOSE | re.DOTALL,
)

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)  # most keys: nothing in quotes, no spaces around the points


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
            for length in range(len(path), 0, -1):
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
    table: Any = tomllib.loads(f"{key} = 0")
    path: list[str] = []
    while isinstance(table, dict):
        path += cast("dict[str, Any]", table)
        table = table[path[-1]]
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
