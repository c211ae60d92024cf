"""What a built site says of itself: its pages, their links and anchors, and what they load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

LOADED: Final = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "object": "data"}
"""The attribute by which an element loads something."""

REMOTE: Final = re.compile(r"(?:@import\s+|url\()\s*['\"]?((?:https?:)?//[^'\")\s]+)")
ENGLISH_ONLY: Final = "decisions"


class Page(NamedTuple):
    """What a page holds.

    Attributes:
        ids: what can be linked to.
        links: where it leads.
        loads: what it loads.
    """

    ids: set[str]
    links: list[str]
    loads: list[str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page(set(), [], [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.page.ids.update(each for each in (given.get("id"), given.get("name")) if each)
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        if tag == "link" and given.get("rel") not in {"canonical", "next", "prev"}:
            self.page.loads.append(given.get("href", ""))
        if tag in LOADED and LOADED[tag] in given:
            self.page.loads.append(given[LOADED[tag]])
        self.page.loads.extend(REMOTE.findall(given.get("style", "")))


def pages(site: Path) -> dict[str, Page]:
    """Every page, by its address in the site, such as ``"zh/rules/"``."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        reader = _Reader()
        reader.feed(file.read_text(encoding="utf-8"))
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = reader.page
    return found


def broken(site: Path, there: dict[str, Page]) -> Iterator[str]:
    """Every link within the site that leads nowhere, and every anchor that is not there."""
    for address, page in there.items():
        for link in [*page.links, *page.loads]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = resolved(address, unquote(parts.path))
            if target not in there and not (site / target).is_file():
                yield f"{address}: {link} leads nowhere"
            elif parts.fragment and target in there and unquote(parts.fragment) not in there[target].ids | {"__top"}:
                yield f"{address}: {link} has no such anchor"


def resolved(address: str, path: str) -> str:
    """Where a link leads from a page."""
    if not path:
        return address
    if path.startswith("/"):
        return path[1:]
    folder = address if address.endswith("/") or not address else address.rpartition("/")[0] + "/"
    parts: list[str] = []
    for part in PurePosixPath(folder + path).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    end = "/" if (path.endswith(("/", "..")) or path == ".") and parts else ""
    return "/".join(parts) + end


def from_elsewhere(site: Path, there: dict[str, Page]) -> Iterator[str]:
    """Everything that a page or a style sheet loads from another host."""
    for address, page in there.items():
        yield from (f"{address} loads {each}" for each in page.loads if urlsplit(each).netloc)
    for sheet in site.rglob("*.css"):
        yield from (f"{sheet.name} loads {each}" for each in REMOTE.findall(sheet.read_text(encoding="utf-8")))


def alone(there: dict[str, Page]) -> Iterator[str]:
    """Every page that stands in one language only, apart from the decisions, which stand in English under both menus."""
    for address in there:
        other = address.removeprefix("zh/") if address.startswith("zh/") else f"zh/{address}"
        if other not in there and address != "404.html":
            yield f"{address} has no counterpart {other}"
