"""What was received, each under its id, and what was said to it: opinions, objections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Generic, TypeVar

import attrs

from yizheng.values.growing import GrowingMap

__all__ = ["Inbox"]

T = TypeVar("T")


def _empty() -> GrowingMap[str, Any]:
    return GrowingMap()


@attrs.frozen
class Inbox(Generic[T]):
    """What was received, in that order, and what was said to it. Adding to it costs the same however much it holds.

    Attributes:
        received: until when each must be answered, by its id; ``None`` where no period of its own runs.
        answers: what was said to those that were answered.
    """

    received: GrowingMap[str, datetime | None] = attrs.field(factory=GrowingMap[str, "datetime | None"])
    answers: GrowingMap[str, T] = attrs.field(factory=_empty, repr=False)
    _first: int = attrs.field(default=0, eq=False, repr=False)
    """How many at the beginning are known to be answered."""

    def __contains__(self, ref: object) -> bool:
        return ref in self.received

    def __iter__(self) -> Iterator[str]:
        return iter(self.received)

    def __len__(self) -> int:
        return len(self.received)

    @property
    def waiting(self) -> int:
        """How many have no answer yet."""
        return len(self.received) - len(self.answers)

    @property
    def first(self) -> str:
        """The first that has no answer yet; there must be one."""
        return self.received.key_at(self._first)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Those that have no answer yet."""
        places = range(self._first, len(self.received)) if self.waiting else ()
        return tuple([ref for ref in map(self.received.key_at, places) if ref not in self.answers])

    def with_one(self, ref: str, until: datetime | None = None) -> Inbox[T]:
        """With one more, which is not among them yet."""
        return attrs.evolve(self, received=self.received.added(ref, until))

    def with_answer(self, ref: str, answer: T) -> Inbox[T]:
        """With an answer to one of them that has none yet."""
        answers, first, received = self.answers.added(ref, answer), self._first, self.received
        while first < len(received) and received.key_at(first) in answers:
            first += 1
        return Inbox(received, answers, first)
