"""XML that comes from outside: read piece by piece, with nothing in it that could blow up.

The parser of the standard library does the work. A document type is refused where it begins, and with it every entity
that could be declared; so are too deep a nesting, too many elements, too much text, and a piece (a tag, a comment) that
does not come to an end: the parser would begin it anew with every further part of the file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn
from xml.parsers import expat

from yizheng.conformance.events import LOG
from yizheng.errors import InvalidValue
from yizheng.values.names import PROSE_LIMIT

__all__ = ["DEPTH", "PIECE", "WHOLE", "parse", "unpacked"]

DEPTH: Final = 32
"""How deep elements may be nested (row R19)."""

WHOLE: Final = re.compile(r"[+-]?[0-9]+")
"""How XML writes a whole number (``xs:integer``): Python would read more than that."""

PIECE: Final = 1 << 20
"""The most bytes of one tag, comment or processing instruction."""

_ELEMENTS: Final = 5_000_000
_CHUNK: Final = 1 << 16
_GZIP: Final = b"\x1f\x8b"

Start = Callable[[str, Mapping[str, str], str], None]
"""What is done where an element begins: its name without a prefix, its attributes, and where it stands."""

End = Callable[[str, str, str], None]
"""What is done where it ends: its name, the text in it, and where it stands."""


def unpacked(held: bytes) -> bytes:
    """Bytes that may have been packed with gzip, unpacked: never more than 64 MiB.

    Raises:
        InvalidValue: when they are broken, or would be more.
    """
    if not held.startswith(_GZIP):
        return held
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = unpacking.decompress(held, LOG + 1)
    except zlib.error as error:
        raise InvalidValue(f"the packed log is broken ({error}); pack it anew, or give it unpacked") from None
    if len(plain) > LOG:
        raise InvalidValue(f"the log is larger than {LOG} bytes when it is unpacked; hand it in in parts")
    if not unpacking.eof or unpacking.unused_data:
        raise InvalidValue("the packed log is cut off, or something follows it; pack it anew, or give it unpacked")
    return plain


def parse(held: bytes, start: Start, end: End) -> None:  # noqa: C901 -- what the parser calls stands beside it
    """Read XML, element by element.

    Args:
        held: the bytes.
        start: called where an element begins.
        end: called where it ends.

    Raises:
        InvalidValue: with the line, when it is not well-formed, declares a document type, is nested too deep, or holds a tag
            or a comment of more than a mebibyte.
    """
    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    open_: list[str] = []
    text: list[str] = []
    seen = 0

    def where() -> str:
        return f"line {parser.CurrentLineNumber}"

    def refuse(*_: object) -> NoReturn:
        raise InvalidValue(f"{where()}: a document type is not read, nor any entity; take <!DOCTYPE …> out")

    def begins(tag: str, attributes: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if len(open_) >= DEPTH:
            raise InvalidValue(f"{where()}: the log is nested deeper than {DEPTH}; flatten it")
        if seen > _ELEMENTS:
            raise InvalidValue(f"{where()}: the log has more than {_ELEMENTS} elements; hand it in in parts")
        local = tag.rpartition(" ")[2]
        open_.append(local)
        text.clear()
        start(local, attributes, where())

    def ends(_: str) -> None:
        end(open_.pop(), "".join(text), where())
        text.clear()

    def says(words: str) -> None:
        text.append(words)
        if len(text) > 1 and sum(map(len, text)) > PROSE_LIMIT:
            raise InvalidValue(f"{where()}: a text is longer than {PROSE_LIMIT} bytes")

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, says
    try:
        for place in range(0, len(held), _CHUNK):
            parser.Parse(held[place : place + _CHUNK], False)
            if place + _CHUNK - parser.CurrentByteIndex > PIECE + _CHUNK:
                raise InvalidValue(f"{where()}: a tag or a comment is longer than {PIECE} bytes; shorten it")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InvalidValue(
            f"line {error.lineno}: the log is no well-formed XML ({expat.ErrorString(error.code)})"
        ) from None
    except (ValueError, LookupError) as error:
        if seen or isinstance(error, InvalidValue):  # the encoding is known before the first element is
            raise
        raise InvalidValue(
            f"line {parser.CurrentLineNumber}: the log is in an encoding that is not read; write UTF-8"
        ) from None
