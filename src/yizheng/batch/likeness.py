"""Likeness: what a plan asks where an equal key is not enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import attrs

from yizheng.errors import InvalidValue
from yizheng.matter import Matter
from yizheng.values.doors import all_of
from yizheng.values.names import is_blank, prose

__all__ = ["Alike", "Likeness", "as_matters", "as_words"]


def as_matters(values: Iterable[Matter]) -> tuple[Matter, ...]:
    """Several matters, in their order.

    Raises:
        InvalidType: when something else is among them.
    """
    return all_of(Matter, values, "matters")


def _matters(values: Iterable[Matter]) -> tuple[Matter, ...]:
    taken = as_matters(values)
    if not taken:
        raise InvalidValue("nothing is alike here; give at least one matter")
    return taken


def as_words(value: str) -> str:
    """What matters have in common, in words that say something.

    Raises:
        InvalidType: when it is no string.
        InvalidValue: when it is empty, too long, or cannot be kept.
    """
    words = prose(value, "what they have in common")
    if is_blank(words):
        raise InvalidValue("what they have in common is not said; give it in words, such as the title that they share")
    return words


@attrs.frozen
class Alike:
    """Matters that a likeness finds alike: one, if it is like no other.

    Attributes:
        matters: which.
        like: what they have in common, in words, such as the canonical title of the first.
    """

    matters: tuple[Matter, ...] = attrs.field(converter=_matters)
    like: str = attrs.field(converter=as_words)


class Likeness(Protocol):
    """What finds the matters that are alike among those of an equal key.

    It must be a function of the matters alone: no order in which they come, no clock, no chance.
    """

    def gather(self, matters: tuple[Matter, ...]) -> Iterable[Alike]:
        """The matters in groups of those that are alike; each is in exactly one.

        Args:
            matters: matters of an equal key, in the order of their ids.
        """
        ...
