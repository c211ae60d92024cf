"""Cases that a docket keeps at hand, so that what they take does not grow with the length of their records."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Final

import attrs

from yizheng.case import Case
from yizheng.store import Record
from yizheng.values import GrowingList

__all__ = ["AtHand", "Seen"]

ENTRIES_KNOWN: Final = 65_536
"""How many entries the cases at hand have together at most; the one that was used last may have more by itself."""


@attrs.frozen
class Seen:
    """A case, and what the store had of it when it was read or written.

    Attributes:
        case: the case.
        records: its records.
        facts: its index facts, as far as they were written here with its last record.
    """

    case: Case
    records: GrowingList[Record]
    facts: Mapping[str, str | None]


class AtHand:
    """The cases that were used last. Several threads may use it at once.

    What it gives is never true by itself: whoever takes a case from it asks the store whether its records are still the
    same, or at least the last of them, which bears the digest of all before.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[str, Seen] = {}
        self._entries = 0

    def get(self, case_id: str) -> Seen | None:
        """The case of this id as it was last seen."""
        with self._lock:
            return self._seen.get(case_id)

    def keep(self, seen: Seen) -> None:
        """Keep a case in the place of what was known of it; what was used longest ago makes room."""
        with self._lock:
            self._drop(seen.case.id)
            self._seen[seen.case.id] = seen
            self._entries += seen.case.version
            while self._entries > ENTRIES_KNOWN and len(self._seen) > 1:
                self._drop(next(iter(self._seen)))

    def drop(self, case_id: str) -> None:
        """Forget a case."""
        with self._lock:
            self._drop(case_id)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._seen.clear()
            self._entries = 0

    def _drop(self, case_id: str) -> None:
        seen = self._seen.pop(case_id, None)
        self._entries -= 0 if seen is None else seen.case.version
