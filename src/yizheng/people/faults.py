"""What is wrong with many ballots, told at once and in a bounded number of words."""

from __future__ import annotations

from typing import Final

from yizheng.errors import InvalidType, InvalidValue

__all__ = ["LISTED", "Faults"]

LISTED: Final = 50
"""How many faults of one count are told one by one."""


class Faults:
    """What is wrong with ballots; the first are kept and the others counted, so that a bad file cannot fill the memory."""

    def __init__(self) -> None:
        self._types: list[str] = []
        self._values: list[str] = []
        self._more = 0

    def add(self, *faults: str, more: int = 0) -> None:
        """Keep faults, or count them if enough are kept; and count further ones that are not told."""
        self._more += more
        for fault in faults:
            self._keep(self._values, fault)

    def take(self, error: InvalidType | InvalidValue, where: str = "") -> None:
        """Keep the faults of an error, and where they were found."""
        if isinstance(error, InvalidType):
            self._keep(self._types, f"{error}{where}")
        else:
            self.add(*(f"{fault}{where}" for fault in error.faults))

    def _keep(self, kept: list[str], fault: str) -> None:
        if len(self._types) + len(self._values) < LISTED:
            kept.append(fault)
        else:
            self._more += 1

    def check(self) -> None:
        """Raise if there are any, with what is of the wrong kind before what has the wrong value."""
        told = [*self._types, *self._values]
        if self._more:
            told.append(f"and {self._more} more; mend these first")
        if self._types:
            raise InvalidType("; ".join(told))
        InvalidValue.raise_all(told)
