"""What is done to the pages while the site is built: pictures are drawn, Mermaid texts folded, tables laid out."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from mkdocs.exceptions import PluginError

from making import tables
from making.pictures import pictures

PICTURE: Final = re.compile(r"<!-- picture: ([\w.]+) -->")
MERMAID: Final = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)
ALTERNATE: Final = re.compile(r'<link rel="alternate"[^>]*hreflang[^>]*>\s*')
FENCED: Final = re.compile(r"(^```.*?^```$|^<!--.*?-->$|^\|[^\n]*$)", re.MULTILINE | re.DOTALL)
CELL_CODE: Final = re.compile(r"`[^`\n]*`")
BROKEN: Final = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”）])\n(?=[\u4e00-\u9fff“（《\[`])")
SESSION: Final = re.compile(r"^```python\n(?=>>> )", re.MULTILINE)
WIDTH: Final = re.compile(r'<figure class="picture"[^>]*><svg[^>]* width="(\d+)"')
WIDEST: Final = 800
"""How wide a picture may be to stand beside the contents and still be legible."""

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
    hint = "图比屏幕宽，可左右滑动 ↔" if language == "zh" else "wider than the screen: move it sideways ↔"
    return f'<figure class="picture" tabindex="0" data-hint="{hint}">{svg.replace(BY_SYSTEM, BY_READER)}</figure>'


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
    """Put the pictures in, fold the Mermaid texts away, and mend what is written for those who read the file.

    A session is marked as one, so that its output is not coloured as code and not copied with it.
    """
    language = page.file.locale
    title = "Mermaid 文字" if language == "zh" else "The same as Mermaid text"
    mended = "".join(as_read(piece, language) for piece in FENCED.split(markdown))
    folded = MERMAID.sub(
        lambda found: f'<details markdown="1"><summary>{title}</summary>\n\n{found[0]}\n\n</details>',
        SESSION.sub("```pycon\n", mended),
    )
    return PICTURE.sub(lambda found: drawn(found[1], language), folded)


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Lay the tables out, and give a page the width of the contents where it needs that."""
    laid_out = tables.laid_out(html)
    if not tables.is_wide(html) and not any(int(width) > WIDEST for width in WIDTH.findall(html)):
        return laid_out
    page.meta["hide"] = ["toc"]
    contents = "".join(
        f'<li><a href="{each.url}">{each.title}</a></li>' for heading in page.toc for each in heading.children
    )
    title = "目录" if page.file.locale == "zh" else "On this page"
    before, heading, after = laid_out.partition("<h2")
    return f'{before}<nav class="contents" aria-label="{title}"><ul>{contents}</ul></nav>{heading}{after}'


def on_post_page(output: str, **_: Any) -> str:
    """Leave the links to the other language to the menu.

    For those in the head, the theme asks for a map of the site under the address of every page, where there is none.
    """
    return ALTERNATE.sub("", output)
