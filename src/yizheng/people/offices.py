"""Offices: who holds which, so that an act can be held against who may do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, names

__all__ = ["Offices", "offices"]

Offices: TypeAlias = FrozenMap[str, frozenset[str]]
"""The holders of each office, by the office's name."""


def offices(held: Mapping[str, Iterable[str]]) -> Offices:
    """Take a mapping such as ``{"secretary": {"sec-1"}}`` as offices.

    Raises:
        InvalidType: when it is not a mapping of names to sets of ids.
        InvalidValue: when an id is not a good one.
    """
    return FrozenMap({office: names(holders) for office, holders in keyed(held, "offices").items()})
