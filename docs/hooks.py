"""What is done to the pages while the site is built: pictures are drawn, Mermaid texts folded, languages linked."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from making.pictures import pictures
from mkdocs.exceptions import PluginError

PICTURE: Final = re.compile(r"<!-- picture: ([\w.]+) -->")
MERMAID: Final = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)
ALTERNATE: Final = re.compile(r'<link rel="alternate"[^>]*hreflang[^>]*>\s*')
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


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put the pictures in, and fold the Mermaid texts away."""
    language = page.file.locale
    title = "Mermaid 文字" if language == "zh" else "The same as Mermaid text"
    folded = MERMAID.sub(
        lambda found: f'<details markdown="1"><summary>{title}</summary>\n\n{found[0]}\n\n</details>', markdown
    )
    return PICTURE.sub(lambda found: drawn(found[1], language), folded)


def on_post_page(output: str, **_: Any) -> str:
    """Leave the links to the other language to the menu: for those in the head, the theme asks for a map of the site under
    the address of every page, where there is none."""  # fmt: skip
    return ALTERNATE.sub("", output)
