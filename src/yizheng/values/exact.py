"""Exact numbers: the one door through which a figure enters the library."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from yizheng.errors import InvalidType, InvalidValue, shown

__all__ = ["DIGITS", "Exact", "exact", "written"]

Exact: TypeAlias = int | Fraction | Decimal | str
"""What an exact number may be given as; a string such as ``"89.60"`` or ``"2/3"``, and never a float."""

DIGITS: Final = 40
"""The most digits a figure may have before or after its point (row R19: enough for 10^18 votes of a 10^9th each)."""

_CEILING: Final = 10**DIGITS
_WRITTEN: Final = re.compile(r"[+-]?[0-9]{1,80}(?:\.[0-9]{1,40}|/0*[1-9][0-9]{0,40})?", re.ASCII)


def exact(value: object, what: str = "number") -> Fraction:
    """Take a figure exactly as it was written.

    Args:
        value: an ``int``, a ``Fraction``, a ``Decimal`` or a string of digits such as ``"89.60"`` or ``"2/3"``.
        what: the name of the figure, for the error.

    Raises:
        InvalidType: for a float, a bool or anything that is not a number.
        InvalidValue: for a number that is not finite, not plainly written, a percentage, or of more than 40 digits.
    """
    if type(value) is int and -_CEILING < value < _CEILING:
        return Fraction(value)
    if type(value) is str:
        number = _written(value, what)
    elif isinstance(value, bool):
        raise InvalidType(f"{what} is {shown(value)}; a truth value is no number: write 0 or 1 if a count is meant")
    elif isinstance(value, Fraction):
        number = value
    elif isinstance(value, int):
        number = Fraction(int.__int__(value))
    elif isinstance(value, float):
        raise InvalidType(
            f'{what} is the float {shown(value)}, which is not exact; write it as a string ("{shown(value)}"), a Decimal, '
            "or a Fraction such as Fraction(2, 3)"
        )
    elif isinstance(value, Decimal):
        number = _decimal(value, what)
    elif isinstance(value, str):
        number = _written(str.__str__(value), what)
    else:
        raise InvalidType(
            f"{what} is of type {type(value).__name__}; write an int, a Fraction, a Decimal or a string of digits"
        )
    if abs(number.numerator) >= _CEILING or number.denominator > _CEILING:
        raise InvalidValue(f"{what} has more than {DIGITS} digits; no count or area needs that many: check the input")
    return number


def _decimal(value: Decimal, what: str) -> Fraction:
    if not value.is_finite():
        raise InvalidValue(f"{what} is {value}, which is not a finite number; leave it out if it is unknown")
    # The exponent is looked at before the digits are spread out: Decimal("1e5000000") is short to write only.
    if abs(value.adjusted()) >= DIGITS or len(value.as_tuple().digits) > 2 * DIGITS:
        raise InvalidValue(f"{what} has more than {DIGITS} digits; no count or area needs that many: check the input")
    return Fraction(value)


def _written(value: str, what: str) -> Fraction:
    if _WRITTEN.fullmatch(value):
        whole, point, places = value.partition(".")
        if point:
            return Fraction(int(whole + places), 10 ** len(places))
        over, _, under = value.partition("/")
        return Fraction(int(over), int(under or 1))
    if "%" in value[:DIGITS] or "％" in value[:DIGITS]:
        raise InvalidValue(
            f"{what} is the percentage {shown(value, DIGITS)}; give the counts themselves, or an exact share such as Fraction(2, 3)"
        )
    raise InvalidValue(
        f'{what} is {shown(value, DIGITS)}; write plain digits such as "12", "89.60" or "2/3" ({DIGITS} at most)'
    )


def written(number: Fraction) -> str:
    """A number in digits: a decimal where it ends within 40 places (``"89.6"``), else a fraction (``"1/3"``).

    Raises:
        InvalidType: when it is no ``Fraction`` (or ``int``).
        InvalidValue: when it has more digits than Python writes.
    """
    if type(number) is not Fraction and not isinstance(number, Fraction | int):
        raise InvalidType(f"{shown(number)} is no exact number; write Fraction(…)")
    try:
        return _in_digits(number)
    except ValueError:
        raise InvalidValue("a number has more digits than can be written; check where it comes from") from None


def _in_digits(number: Fraction | int) -> str:
    over, under = number.numerator, number.denominator
    if under == 1:
        return str(over)
    places = _places(under)
    if places is None:
        return f"{over}/{under}"
    digits = str(abs(over) * 10**places // under).rjust(places + 1, "0")
    return f"{'-' if over < 0 else ''}{digits[:-places]}.{digits[-places:]}"


@lru_cache(maxsize=1024)
def _places(denominator: int) -> int | None:
    """After how many places a fraction ends that has this denominator, where that is within what may be written."""
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    return None if rest != 1 or places > DIGITS else places
