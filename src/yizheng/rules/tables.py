"""Plain data taken apart key by key: every fault is gathered, with the path of the key where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, TypeVar, cast

from yizheng.errors import InvalidType, InvalidValue
from yizheng.values import exact

__all__ = ["MISSING", "Reader", "as_list", "as_table", "dotted", "shown"]

T = TypeVar("T")

MISSING: Final = object()
"""Stands for a key that is not there."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_FRACTION: Final = re.compile(r"([+-]?[0-9]{1,40})/([0-9]{1,40})", re.ASCII)
_SHOWN: Final = 80  # characters of what was found that an error shows
_NAMED: Final = 8  # unknown keys of one table that are named


class Reader:
    """Takes data apart; what cannot be read is ``None``, and a fault.

    Attributes:
        line: in which line of a file a key stands; ``None`` where that is not known.
        faults: what was found wrong so far, each beginning with a path such as ``rule.passage.left.of``, and before it
            the line where that is known.
    """

    def __init__(self, line: Callable[[str], int | None]) -> None:
        self.line = line
        self.faults: list[str] = []
        self._lines: list[int] = []

    def fault(self, path: str, message: str) -> None:
        """Keep a fault."""
        line = self.line(path)
        self._lines.append(line or 0)
        self.faults.append(f"line {line}, {path}: {message}" if line else f"{path}: {message}")

    def in_order(self) -> list[str]:
        """The faults in the order of their lines."""
        return [fault for _, fault in sorted(zip(self._lines, self.faults, strict=True), key=lambda pair: pair[0])]

    def build(self, path: str, make: Callable[..., T], *args: Any, **settings: Any) -> T | None:
        """Make a value; if it refuses, its faults are kept."""
        try:
            return make(*args, **settings)
        except InvalidValue as error:
            for each in error.faults:
                self.fault(path, each)
        except InvalidType as error:
            self.fault(path, str(error))
        return None

    def mapping(self, data: object, path: str, most: int) -> Mapping[object, object] | None:
        """A table with any keys, of a bounded size."""
        if (table := as_table(data)) is None:
            self.fault(path, f"is {shown(data)}; write a table")
            return None
        if len(table) > most:
            self.fault(path, f"has {len(table)} keys; {most} are the most")
            return None
        return table

    def table(
        self, data: object, path: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> Mapping[object, object] | None:
        """A table with certain keys."""
        if (table := as_table(data)) is None:
            self.fault(path, f"is {shown(data)}; write a table with {', '.join(required + optional)}")
            return None
        missing = [key for key in required if key not in table]
        for name in missing:
            self.fault(f"{path}.{name}", "is missing")
        unknown = [key for key in table if key not in required and key not in optional]
        for key in unknown[:_NAMED]:
            self.fault(f"{path}.{shown(key)}", f"is no key here; there are {', '.join(required + optional)}")
        return None if missing else table

    def items(self, data: object, path: str, most: int) -> list[object] | None:
        """A list of a bounded length."""
        if (items := as_list(data)) is None:
            self.fault(path, f"is {shown(data)}; write a list")
            return None
        if len(items) > most:
            self.fault(path, f"has {len(items)} parts; {most} are the most")
            return None
        return items

    def number(self, data: object, path: str) -> Fraction | None:
        """A number: whole, or a string such as ``"3011.25"`` or ``"2/3"``."""
        if isinstance(data, str) and (found := _FRACTION.fullmatch(data)):
            if int(found[2]):
                return Fraction(int(found[1]), int(found[2]))
            self.fault(path, f"is {data!r}, a share of nothing; the denominator is one or more")
            return None
        if isinstance(data, float):
            self.fault(
                path, f'is the float {data!r}, which is not exact; write it in quotes, such as "3011.25" or "2/3"'
            )
            return None
        if isinstance(data, str | int):
            return self.build(path, exact, data, "the number")
        self.fault(path, f'is {shown(data)}; write a whole number, or a string such as "3011.25" or "2/3"')
        return None

    def multiple(self, data: object, path: str) -> Fraction | None:
        """A whole number or a fraction; decimals are refused, since a share that was rounded decides wrongly."""
        if isinstance(data, float) or (isinstance(data, str) and ("." in data or "%" in data)):
            self.fault(
                path,
                f'is {data if isinstance(data, float) else shown(data)}; write the share as the instrument says it, such as "2/3"',
            )
            return None
        return self.number(data, path)

    def choice(self, data: object, kind: Callable[[str], T], path: str, choices: str) -> T | None:
        """One of a few words."""
        if isinstance(data, str):
            try:
                return kind(data)
            except ValueError:
                pass
        self.fault(path, f"is {shown(data)}; write one of {choices}")
        return None

    def truth(self, data: object, path: str) -> bool:
        """A truth value."""
        if not isinstance(data, bool):
            self.fault(path, f"is {shown(data)}; write true or false")
        return data is True


def as_list(data: object) -> list[object] | None:
    """A list or a tuple as a list."""
    return [*cast("list[object]", data)] if isinstance(data, list | tuple) else None


def as_table(data: object) -> Mapping[object, object] | None:
    """A mapping, whatever its keys."""
    return cast("Mapping[object, object]", data) if isinstance(data, Mapping) else None


def shown(data: object) -> str:
    """What was found, in a few characters."""
    if data is MISSING:
        return "missing"
    if type(data) is str:
        return data[:_SHOWN] if data.isprintable() else ascii(data[:_SHOWN])
    if type(data) is int and abs(data) < 10**_SHOWN:
        return str(data)
    return str(data).lower() if isinstance(data, bool) else f"of type {type(data).__name__}"


def dotted(*path: str) -> str:
    """Keys as TOML writes them one inside the other: ``rule."old town".quorum``."""
    return ".".join([key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False) for key in path])
