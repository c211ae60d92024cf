"""Which articles a citation names: one, several or a range, with their items, in digits or in Chinese numerals."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, TypeAlias

__all__ = ["items_of", "same_article"]

_NUMBER: Final = r"([0-9]{1,4}|[零〇一二三四五六七八九十百]{1,8})"
_ITEM: Final = rf"第?\({_NUMBER}\)项?"
_TO: Final = r"[-–—~至]"
_NAMED: Final = re.compile(
    rf"(?:第|arts?\.?)?{_NUMBER}(?:条(?!款))?(?:第{_NUMBER}款)?(?:{_ITEM}(?:{_TO}{_ITEM})?|{_TO}第?{_NUMBER}条?)?",
    re.IGNORECASE,
)
_FURTHER: Final = re.compile(rf"{_ITEM}(?:{_TO}{_ITEM})?")
_BREAK: Final = re.compile(r"[、,;，；和及]|and")
_DIGITS: Final = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PLACES: Final = {"十": 10, "百": 100}

_Span: TypeAlias = tuple[int, int]
_Place: TypeAlias = tuple[_Span, _Span | None]
"""From which article to which, and from which item to which, where items are named."""


def same_article(one: str, other: str) -> bool:
    """Whether two places have an article in common, and an item where both name items.

    Example:
        >>> same_article("278", "278(7)"), same_article("278(1)", "278(6)-(8)"), same_article("第二十至二十七条", "26")
        (True, False, True)
    """
    return one == other or any(_meet(first, second) for first in _places(one) for second in _places(other))


def items_of(article: str) -> tuple[tuple[int, int], ...]:
    """The items that a citation names, each from where to where; none where it names whole articles."""
    return tuple([items for _, items in _places(article) if items is not None])


def _meet(one: _Place, other: _Place) -> bool:
    return _overlap(one[0], other[0]) and (one[1] is None or other[1] is None or _overlap(one[1], other[1]))


def _overlap(one: _Span, other: _Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@cache
def _places(article: str) -> tuple[_Place, ...]:
    found: list[_Place] = []
    plain = article.translate(str.maketrans("（）", "()")).replace(" ", "")
    for each in _BREAK.split(plain):
        if found and (further := _FURTHER.match(each)):
            found.append((found[-1][0], _span(further[1], further[2])))
        elif named := _NAMED.match(each):
            first = _number(named[1])
            last = first if named[5] is None else max(first, _number(named[5]))
            items = None if named[3] is None else _span(named[3], named[4])
            found.append(((first, last), items))
    return tuple(found)


def _span(first: str, last: str | None) -> _Span:
    return _number(first), _number(first if last is None else last)


def _number(written: str) -> int:
    """A number in digits or in Chinese numerals, as articles are numbered: 第二百七十八条."""
    if written.isascii():
        return int(written)
    whole, digit = 0, None
    for each in written:
        if each in _DIGITS:
            digit = _DIGITS[each]
        else:
            whole, digit = whole + (1 if digit is None else digit) * _PLACES[each], None
    return whole + (digit or 0)
