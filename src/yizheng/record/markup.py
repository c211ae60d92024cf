"""Markdown that nobody's words can break: what was typed is escaped, what we write is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from typing_extensions import override

__all__ = ["Marked", "bullets", "capital", "document", "escaped", "heading", "quoted", "strong", "table", "under"]


class Marked(str):
    """Words that may stand in a Markdown document as they are. Plain words are escaped when they are added to them."""

    __slots__ = ()

    @override
    def __add__(self, words: str) -> Marked:
        return Marked(f"{self}{words if isinstance(words, Marked) else escaped(words)}")


_BREAK: Final = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "|": "&#124;"}
_SPECIAL: Final = re.compile(
    r"""
    [\\`*\[\]~{}]                                   # emphasis, code, links, strikes, attributes
    | (?<![0-9A-Za-z])_ | _(?![0-9A-Za-z])          # an underscore within a word is no emphasis
    | (?:(?<=\s)|^)\#                               # a heading, or the closing of one
    """,
    re.VERBOSE,
)
_OPENER: Final = re.compile(r"^([0-9]{0,9})([-+.)])(?=[\s-]|$)")  # a point of a list, a rule
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
_JOINERS: Final = frozenset("\u200c\u200d")


def escaped(words: str) -> Marked:
    """Typed words on one line, with nothing in them that Markdown or the order of reading obeys.

    The ends of lines become strokes. Invisible format characters, such as those that turn the direction of reading, are
    named where they stand; the joiners that some scripts and emoji need are kept. An address stays as bare as it was
    typed: a renderer may make it clickable, but it cannot hide behind other words.
    """
    if words.isalnum():
        return Marked(words)
    line = _BREAK.sub(" / ", words.strip()).replace("\t", " ")
    if not line.isprintable():
        line = "".join(map(_visible, line))
    line = re.sub(r"&(?=[#A-Za-z])", "&amp;", line)
    line = _OPENER.sub(r"\1\\\2", _SPECIAL.sub(lambda found: "\\" + found[0], line))
    return Marked(re.sub(r"[<>|]", lambda found: _ENTITIES[found[0]], line))


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN or character in _JOINERS:
        return character
    return f"〈U+{ord(character):04X}〉"


_INNER: Final = str.maketrans("“”", "‘’")


def quoted(words: str) -> Marked:
    """Typed words in quotation marks, which they cannot close: marks within are written as inner ones."""
    return Marked(f"“{escaped(words).translate(_INNER)}”")


def heading(level: int, words: Marked) -> Marked:
    """A heading."""
    return Marked(f"{'#' * level} {words}")


def strong(words: Marked) -> Marked:
    """Words that nobody can miss."""
    return Marked(f"**{words}**")


def capital(words: Marked) -> Marked:
    """Words with a capital first letter."""
    return Marked(words[:1].upper() + words[1:])


def bullets(points: Iterable[Marked]) -> Marked:
    """A list of points."""
    return Marked("\n".join(f"- {point}" for point in points))


def under(point: Marked, points: Iterable[Marked]) -> Marked:
    """A point with further points under it."""
    return Marked("\n".join([point, *(f"  - {each}" for each in points)]))


def table(rows: Sequence[Sequence[Marked]]) -> Marked:
    """A table; its first row is the head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return Marked("\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]))


def document(blocks: Iterable[Marked]) -> str:
    """Blocks as one document, an empty line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"
