"""Channels by which people are reached."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, Final, cast

from yizheng.errors import InvalidType, shown
from yizheng.text import Text
from yizheng.values.doors import one_of

__all__ = ["Channel", "as_channel", "as_channels"]


class Channel(enum.StrEnum):
    """By what people are reached, or reach the office (调查问卷, 座谈会, 会议, 公开栏, 广播, 线上, 书面送达)."""

    QUESTIONNAIRE = "questionnaire"
    SYMPOSIUM = "symposium"
    MEETING = "meeting"
    BULLETIN_BOARD = "bulletin_board"
    BROADCAST = "broadcast"
    ONLINE = "online"
    LETTER = "letter"

    @property
    def words(self) -> Text:
        """What it is called."""
        return _WORDS[self]


_WORDS: Final = {
    Channel.QUESTIONNAIRE: Text("调查问卷", "questionnaire"),
    Channel.SYMPOSIUM: Text("座谈会", "symposium"),
    Channel.MEETING: Text("会议", "meeting"),
    Channel.BULLETIN_BOARD: Text("公开栏", "bulletin board"),
    Channel.BROADCAST: Text("广播", "broadcast"),
    Channel.ONLINE: Text("线上", "online"),
    Channel.LETTER: Text("书面送达", "letter"),
}


def as_channel(value: Channel | str) -> Channel:
    """A channel by itself or by its name."""
    return one_of(Channel, value)


def as_channels(values: Iterable[str]) -> frozenset[Channel]:
    """A set of channels by their names.

    Raises:
        InvalidType: for a single string, which would be taken letter by letter.
        InvalidValue: for a name that is no channel.
    """
    if isinstance(values, str):
        raise InvalidType(f"a set of channels was expected, not the one string {shown(values)}; put it in braces")
    if isinstance(cast("Any", values), bytes) or not isinstance(values, Iterable):
        raise InvalidType(f"a set of channels was expected, not {shown(values)}")
    return frozenset([as_channel(value) for value in values])
