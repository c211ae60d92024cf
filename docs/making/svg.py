"""The little that both figures share: a drawing that loads nothing, told to screen readers, in the colours of the page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final

LIGHT: Final = {
    "ink": "#1b1f24",
    "faint": "#57606a",
    "rule": "#d0d7de",
    "bar": "#9db8e6",
    "good": "#2d7a46",
    "bad": "#b35900",
}
DARK: Final = {
    "ink": "#e6edf3",
    "faint": "#9aa4af",
    "rule": "#3d444d",
    "bar": "#3b5b92",
    "good": "#57ab6f",
    "bad": "#e09b4f",
}
_USES: Final = (
    ("text", "font: 13px system-ui, sans-serif; fill", "ink"),
    (".faint", "font-size: 12px; fill", "faint"),
    (".rule", "stroke", "rule"),
    (".bar", "fill", "bar"),
    (".good", "fill", "good"),
    (".bad", "fill", "bad"),
    (".mark", "stroke-width: 2; stroke", "ink"),
)


def drawing(tag: str, width: int, height: int, title: str, told: str) -> ET.Element:
    """An empty drawing with its title, what it shows in words, and its colours in light and dark."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "id": tag,
            "role": "img",
            "aria-labelledby": f"{tag}-title {tag}-desc",
            "width": f"{width}",
            "height": f"{height}",
            "viewBox": f"0 0 {width} {height}",
        },
    )
    ET.SubElement(root, "title", {"id": f"{tag}-title"}).text = title
    ET.SubElement(root, "desc", {"id": f"{tag}-desc"}).text = told
    light = " ".join(f"#{tag} {part} {{ {use}: {LIGHT[colour]}; }}" for part, use, colour in _USES)
    dark = " ".join(f"#{tag} {part} {{ {use}: {DARK[colour]}; }}" for part, use, colour in _USES)
    ET.SubElement(root, "style").text = f"{light} @media (prefers-color-scheme: dark) {{ {dark} }}"
    return root


def add(root: ET.Element, name: str, text: str | None = None, /, **given: object) -> None:
    """One more shape, or one more line of words."""
    at = {key.rstrip("_").replace("_", "-"): str(value) for key, value in given.items()}
    ET.SubElement(root, name, at).text = text


def written(root: ET.Element) -> str:
    """The drawing as text."""
    return ET.tostring(root, encoding="unicode")
