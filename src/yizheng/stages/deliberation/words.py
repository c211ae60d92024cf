"""The words of a vote: how a body comes together, and how it votes."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Final

from yizheng.text import Text
from yizheng.values.doors import all_of, one_of

__all__ = ["BY_NAME", "MEETINGS", "Method", "Mode", "as_method", "as_methods", "as_mode", "as_modes", "said"]


class Mode(enum.StrEnum):
    """How a body comes together."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    WRITTEN = "written"
    MIXED = "mixed"


def as_mode(value: Mode | str) -> Mode:
    """A mode by itself or by its name."""
    return one_of(Mode, value)


def as_modes(values: Iterable[str]) -> frozenset[Mode]:
    """Several modes, each by itself or by its name."""
    return frozenset([as_mode(value) for value in all_of(str, values, "modes")])


MEETINGS: Final = frozenset({Mode.IN_PERSON, Mode.ONLINE})
"""The modes that have a presence."""

_SAID: Final = {
    Mode.IN_PERSON: Text("现场会议", "in person"),
    Mode.ONLINE: Text("线上会议", "online meeting"),
    Mode.WRITTEN: Text("书面征求意见", "in writing"),
    Mode.MIXED: Text("线上线下混合", "mixed"),
}


def said(mode: Mode) -> Text:
    """A mode in both languages."""
    return _SAID[mode]


class Method(enum.StrEnum):
    """How a vote is taken."""

    BY_NAME = "by_name"
    SHOW_OF_HANDS = "show_of_hands"
    SECRET = "secret"  # noqa: S105 -- a way to vote, no password

    @property
    def words(self) -> Text:
        """What it is called."""
        return _WORDS[self]


_WORDS: Final = {
    Method.BY_NAME: Text("记名投票", "vote by name"),
    Method.SHOW_OF_HANDS: Text("举手表决", "show of hands"),
    Method.SECRET: Text("无记名投票", "secret ballot"),
}


BY_NAME: Final = Method.BY_NAME


def as_method(value: Method | str) -> Method:
    """A method by itself or by its name."""
    return one_of(Method, value)


def as_methods(values: Iterable[str]) -> frozenset[Method]:
    """Several methods, each by itself or by its name."""
    return frozenset([as_method(value) for value in all_of(str, values, "methods")])
