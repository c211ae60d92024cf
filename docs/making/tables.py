"""Tables that can be read on a phone: each cell knows the head of its column, and the style sheet stands them in a row."""

from __future__ import annotations

import html
import re
from itertools import count
from typing import Final

TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
HEAD: Final = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
ROW: Final = re.compile(r"<tr[^>]*>.*?</tr>", re.DOTALL)
CELL: Final = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)
TAG: Final = re.compile(r"(<[^>]*>)")
CODE: Final = re.compile(r"<code>.*?</code>", re.DOTALL)
JOINT: Final = re.compile(r"(?<=\w)([._\[])(?=\w)")
DAY: Final = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![\w-])")

NARROW: Final = 2
"""How many columns fit beside one another on a phone."""

WIDE: Final = 7
"""From how many columns on a table needs the whole page, and the contents stand above the text and not beside it."""


def laid_out(page: str) -> str:
    """The same page with tables whose cells say under which head they stand, and whose words break where they may."""
    return TABLE.sub(lambda found: _laid_out(found[0]), page)


def is_wide(page: str) -> bool:
    """Whether a page has a table that needs all of its width."""
    return any(len(HEAD.findall(table)) >= WIDE for table in TABLE.findall(page))


def _laid_out(table: str) -> str:
    heads = [html.escape(html.unescape(TAG.sub("", head)).strip()) for head in HEAD.findall(table)]
    if len(heads) <= NARROW:
        return CELL.sub(lambda cell: f"<td{cell[1]}>{_broken(cell[2])}</td>", table)

    def row(found: re.Match[str]) -> str:
        number = count()
        return CELL.sub(
            lambda cell: f'<td{cell[1]} data-label="{heads[next(number)]}">{_broken(cell[2])}</td>', found[0]
        )

    return ROW.sub(row, table).replace("<table>", f'<table data-columns="{len(heads)}">', 1)


def _broken(cell: str) -> str:
    """A cell in which a day stays whole, and a name in code may be broken after a point or a stroke, and nowhere else."""
    broken = CODE.sub(lambda code: _outside_tags(JOINT, r"\1<wbr>", code[0]), cell)
    return _outside_tags(DAY, r'<span class="day">\1</span>', broken)


def _outside_tags(pattern: re.Pattern[str], becomes: str, text: str) -> str:
    return "".join(piece if place % 2 else pattern.sub(becomes, piece) for place, piece in enumerate(TAG.split(text)))
