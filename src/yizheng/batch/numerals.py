"""Numbers in titles: 三号楼, ３号楼, 3# and 3幢 are one building, 廿三 is 23, and a day is a day however it is written.

What could be read in two ways is left as it stands: 二三号楼 may be 23, or 2 and 3.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from yizheng.values import written

__all__ = ["NUMBERS", "NUMERALS", "PREPARED", "in_one_form", "without_numbers"]

PREPARED: Final[dict[str, str]] = {
    **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億〇○", "一二三四五六七八九十百千万亿零零", strict=True)),
    "廿": "二十",
    "卅": "三十",
}
"""What is exchanged character by character before a number is looked for."""

_VALUE: Final = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "两": 2}
NUMERALS: Final = "0-9" + "".join(_VALUE) + "十百千万亿"
"""The characters of which numbers are made, for use in a set of a regular expression."""

_LONGEST: Final = 15
_FIGURES: Final = 5
"""The most figures that a building and a stairway have together; more are something else, such as a file number."""
_WHOLE: Final = f"[{NUMERALS}]+"
_RUN: Final = rf"(?:[0-9]+\.(?=[0-9]))?{_WHOLE}"
_BUILDING: Final = "(?:号楼|号栋|号幢|栋|幢|座|#楼|#)"
_ROOM: Final = "(?:号?[室房])"
_DAY: Final = (
    rf"[0-9]{{4}}-[0-9]{{1,2}}(?:-[0-9]{{1,2}})?(?![-{NUMERALS}])|{_WHOLE}年(?:度|{_WHOLE}月(?:{_WHOLE}[日号])?)?"
)
_DOTTED: Final = r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}(?![.0-9])"
_FLAT: Final = f"{_WHOLE}-{_WHOLE}-{_WHOLE}{_ROOM}?"

NUMBERS: Final = rf"{_DOTTED}|{_DAY}|{_FLAT}|{_RUN}(?:{_BUILDING}|单元|{_ROOM})?"
"""What :func:`in_one_form` reads: a day, a room by three numbers, or a number with or without what it counts."""

_IS_DAY: Final = re.compile(f"{_DOTTED}|{_DAY}")
_IS_FLAT: Final = re.compile(_FLAT)
_PARTS: Final = re.compile("[-.年度月日号室房]+")
_COUNTED: Final = re.compile(f"({_RUN})(?:({_BUILDING})|(单元)|{_ROOM})?")
_ARABIC: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)")
_SECTION: Final = re.compile("(?:(D)千)?零?(?:(D)百)?零?(?:(D?)十)?零?(D)?".replace("D", "[一二两三四五六七八九]"))
_UNITS: Final = {"亿": 10**8, "万": 10**4}
_YEARS, _MONTHS, _DAYS = range(1800, 2300), range(1, 13), range(1, 32)


@lru_cache(maxsize=2**14)
def in_one_form(words: str) -> str:
    """A day, a room or a number in its one form, such as ``3号楼``; as it stands where it cannot be read."""
    return _day(words) or _flat(words) or _counted(words, "{}", "{}号楼", "{}单元", "{}室") or words


@lru_cache(maxsize=2**14)
def without_numbers(words: str) -> str:
    """What is left of it where numbers do not tell titles apart: nothing of a day or a place, a sign of another number."""
    if _day(words) or _flat(words):
        return ""
    read = _counted(words, "#", "-", "-", "-") or words
    return "" if read == "-" else read


def _day(words: str) -> str | None:
    """A year, a month or a day; a year by itself may also be a length of time."""
    if not _IS_DAY.fullmatch(words):
        return None
    numbers = [_number(part, year=not place) for place, part in enumerate(_pieces(words))]
    if len(numbers) == 1:
        return numbers[0] and f"{numbers[0]}年"
    for number, within in zip(numbers, (_YEARS, _MONTHS, _DAYS), strict=False):
        if number is None or not number.isdigit() or int(number) not in within:
            return None
    return "".join(f"{number}{unit}" for number, unit in zip(numbers, "年月日", strict=False))


def _flat(words: str) -> str | None:
    """A room by the numbers of its building, its stairway and itself."""
    if not _IS_FLAT.fullmatch(words):
        return None
    building, stairway, room = (_number(part) for part in _pieces(words))
    if None in (building, stairway, room) or len(f"{building}{stairway}") > _FIGURES:
        return None
    return f"{building}号楼{stairway}单元{room}室"


def _counted(words: str, plain: str, building: str, stairway: str, room: str) -> str | None:
    """A number with what it counts, each in the form that is given for it."""
    found = _COUNTED.fullmatch(words)
    number = None if found is None else _number(found[1])
    if found is None or number is None:
        return None
    form = plain if found[1] == words else building if found[2] else stairway if found[3] else room
    return form.format(number)


def _pieces(words: str) -> list[str]:
    return [part for part in _PARTS.split(words) if part]


def _number(run: str, *, year: bool = False) -> str | None:
    """A number in digits, or ``None`` where it is none, or could be more than one."""
    if len(run) > _LONGEST:
        return None
    if found := _ARABIC.fullmatch(run):
        return written(Fraction(found[1]) * _UNITS.get(found[2], 1))
    if len(run) > 1 and all(digit in _VALUE for digit in run) and ("零" in run or (year and len(run) == 4)):  # noqa: PLR2004 -- the figures of a year
        return str(int("".join(str(_VALUE[digit]) for digit in run)))
    value = _chinese(run)
    return None if value is None else str(value)


def _chinese(run: str) -> int | None:
    """The value of a number such as 三千零五十万二百."""
    total, rest = 0, run
    for unit, size in _UNITS.items():
        before, found, after = rest.partition(unit)
        if found:
            part = _section(before)
            if part is None:
                return None
            total, rest = total + part * size, after
    last = _section(rest)
    return total + last if last is not None else total if total and not rest else None


def _section(words: str) -> int | None:
    """The value of a part below ten thousand."""
    found = _SECTION.fullmatch(words)
    if found is None or not words.strip("零"):
        return None
    thousands, hundreds, tens, ones = found.groups()
    ten = 0 if tens is None else 10 * _VALUE.get(tens, 1)
    return 1000 * _VALUE.get(thousands, 0) + 100 * _VALUE.get(hundreds, 0) + ten + _VALUE.get(ones, 0)
