"""What both diagrams have in common: the words of a definition as XML takes them, and a document as text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

from yizheng.procedure import Procedure
from yizheng.text import Language

__all__ = ["drawn", "named"]

_NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no document of XML 1.0 may hold, though words may: two characters that are none."""


def named(procedure: Procedure, language: Language) -> dict[str, str]:
    """What each stage and each end is called, on one line."""
    titles = {stage.id: stage.title for stage in procedure.stages} | {end.id: end.title for end in procedure.ends}
    return {each: " ".join(title.say(language).split()) for each, title in titles.items()}


def drawn(root: ET.Element) -> str:
    """A document as text, with a line for each element."""
    for element in root.iter():
        element.text = _NO_XML.sub("\ufffd", element.text) if element.text else element.text
        for key, value in element.attrib.items():
            element.set(key, _NO_XML.sub("\ufffd", value))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
