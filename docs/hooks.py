"""What is done to the pages while the site is built: pictures are drawn, Mermaid texts folded, languages linked."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from mkdocs.exceptions import PluginError

from making.pictures import pictures

PICTURE: Final = re.compile(r"<!-- picture: ([\w.]+) -->")
MERMAID: Final = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)
ALTERNATE: Final = re.compile(r'<link rel="alternate"[^>]*hreflang[^>]*>\s*')
FENCED: Final = re.compile(r"(^```.*?^```$|^<!--.*?-->$|^\|[^\n]*$)", re.MULTILINE | re.DOTALL)
CELL_CODE: Final = re.compile(r"`[^`\n]*`")
BROKEN: Final = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”）])\n(?=[\u4e00-\u9fff“（《\[`])")
BY_SYSTEM: Final = "@media (prefers-color-scheme: dark) {"
BY_READER: Final = '[data-md-color-scheme="slate"] {'
"""The dark colours of a picture follow the choice on the page, and not only the system's."""


@cache
def drawn(name: str, language: str) -> str:
    """A picture as part of a page. It may be wider than the window, and is then moved in its frame."""
    if name not in pictures():
        raise PluginError(f"there is no picture {name}; there are {', '.join(pictures())}")
    svg = re.sub(r"^<\?xml[^>]*\?>\s*", "", pictures()[name](language)).replace("\n", "")
    if svg.count(BY_SYSTEM) != 1:
        raise PluginError(f"the picture {name} does not say once how it looks in the dark")
    return f'<figure class="picture" tabindex="0">{svg.replace(BY_SYSTEM, BY_READER)}</figure>'


def as_read(piece: str, language: str) -> str:
    """A row of a table, or prose, as it is to be read.

    A bar in code is written with a backslash for those who read the file, and shown without; a sentence that begins a line
    in the file follows the one before without a space, in Chinese.
    """
    if piece.startswith("|"):
        return CELL_CODE.sub(lambda code: code[0].replace("\\|", "|"), piece)
    if language == "zh" and not piece.startswith(("```", "<!--")):
        return BROKEN.sub("", piece)
    return piece


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put the pictures in, fold the Mermaid texts away, and mend what is written for those who read the file."""
    language = page.file.locale
    title = "Mermaid 文字" if language == "zh" else "The same as Mermaid text"
    mended = "".join(as_read(piece, language) for piece in FENCED.split(markdown))
    folded = MERMAID.sub(
        lambda found: f'<details markdown="1"><summary>{title}</summary>\n\n{found[0]}\n\n</details>', mended
    )
    return PICTURE.sub(lambda found: drawn(found[1], language), folded)


def on_post_page(output: str, **_: Any) -> str:
    """Leave the links to the other language to the menu.

    For those in the head, the theme asks for a map of the site under the address of every page, where there is none.
    """
    return ALTERNATE.sub("", output)
