"""What can be asked of a body around its vote: to meet, to say who is there, to go on, to end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

import attrs

from yizheng.calendar import moment
from yizheng.errors import InvalidType, shown
from yizheng.people import Proxy, Roll
from yizheng.rules import Choice
from yizheng.rules.tally import as_casting
from yizheng.stages.base import WORDS, Action, as_words, private
from yizheng.stages.deliberation.mandates import as_mandates, as_marks, check_marks
from yizheng.stages.deliberation.words import Mode, as_mode
from yizheng.text import Text
from yizheng.values.doors import all_of, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name, names
from yizheng.values.scalars import count

__all__ = [
    "Adjourn",
    "CloseVote",
    "Convene",
    "ExtendVote",
    "Recuse",
    "ReturnForRevision",
    "Revise",
    "TakeAttendance",
]


def _agenda(items: Iterable[str] | None) -> tuple[str, ...] | None:
    if items is None:
        return None
    if isinstance(items, str):
        raise InvalidType(f"an agenda is a list of matter ids, not the one string {shown(items)}; put it in brackets")
    return tuple(name(item, "an item of the agenda") for item in all_of(str, items, "the agenda"))


@attrs.frozen(kw_only=True)
class Convene(Action):
    """Call a meeting, or open a vote in writing: when, where, how, and what is on its agenda.

    From here the agenda, the roll and the rule are fixed.

    Attributes:
        held_at: when the meeting is held, or from when ballots are taken.
        until: until when ballots are taken; needed where there is no meeting.
        place: where.
        mode: how the body comes together.
        agenda: the ids of the matters on it; left out, this matter alone.
        roll: who may vote; left out, the roll given at the opening. A body that is called again keeps the roll of the
            first call.
        waiver: why the notice is shorter than the rule asks, where the stage allows that.
    """

    kind: ClassVar[str] = "convene"
    title: ClassVar[Text] = Text("召集", "convene")
    held_at: datetime = attrs.field(converter=moment)
    until: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(moment))
    place: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)
    mode: Mode = attrs.field(default=Mode.IN_PERSON, converter=as_mode)
    agenda: tuple[str, ...] | None = attrs.field(default=None, converter=_agenda)
    roll: Roll | None = attrs.field(default=None, validator=optional_instance_of(Roll))
    waiver: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)


@attrs.frozen
class TakeAttendance(Action):
    """Say who is present. Taken again, it replaces the list: arrivals and leavings are its difference.

    Attributes:
        present: the members present in person or online.
        proxies: the mandates by which absent members are represented by somebody present; a holder who is no member
            is said to be present by standing here.
        marks: how the mandates say to vote, by principal, as far as they do; private, and binding.
    """

    kind: ClassVar[str] = "take_attendance"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("签到", "take attendance")
    present: frozenset[str] = attrs.field(converter=names)
    proxies: tuple[Proxy, ...] = attrs.field(default=(), converter=as_mandates, kw_only=True)
    marks: FrozenMap[str, Choice] | None = private(default=None, converter=as_marks, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_marks(self.marks, self.proxies)


@attrs.frozen
class Recuse(Action):
    """Take a member out of the vote on this matter for an interest in it.

    Who has the casting vote and is no member is taken out of that vote alone; no base changes.

    Attributes:
        member: who.
        reason: which interest.
    """

    kind: ClassVar[str] = "recuse"
    title: ClassVar[Text] = Text("回避", "recuse")
    member: str = attrs.field(converter=name)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class Revise(Action):
    """Change the text of the proposal before it is voted on.

    Attributes:
        text: the proposal as it now stands.
    """

    kind: ClassVar[str] = "revise"
    title: ClassVar[Text] = Text("修改方案", "revise")
    text: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen(kw_only=True)
class ExtendVote(Action):
    """Give more time to vote.

    Attributes:
        until: the new end.
        reason: why.
    """

    kind: ClassVar[str] = "extend_vote"
    title: ClassVar[Text] = Text("延长表决", "extend the vote")
    until: datetime = attrs.field(converter=moment)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class CloseVote(Action):
    """Close the vote: it is counted and judged. Short of the quorum, the body is called again, if it may be.

    Attributes:
        casting: how the casting vote is cast, for or against, where the rule gives one to the actor's office and there
            is a tie; left out, it is not cast. Only by who held that office when the vote opened, who is present if
            on the roll, and on the day of the meeting.
        issued: ballots given out, where the vote was by name: one to a head on the roll, and no fewer than were served;
            a spoilt one that was replaced is not among them.
        returned: ballots that came back, in whichever way, entered or not; more than were given out void the vote. Both
            are left out where a count says them.
    """

    kind: ClassVar[str] = "close_vote"
    title: ClassVar[Text] = Text("结束表决", "close the vote")
    casting: Choice | None = attrs.field(default=None, converter=attrs.converters.optional(as_casting), kw_only=True)
    issued: int | None = attrs.field(default=None, converter=attrs.converters.optional(count), kw_only=True)
    returned: int | None = attrs.field(default=None, converter=attrs.converters.optional(count), kw_only=True)

    @property
    def void(self) -> bool:
        """Whether more ballots came back than were given out."""
        return self.issued is not None and self.returned is not None and self.returned > self.issued


@attrs.frozen
class ReturnForRevision(Action):
    """Send the proposal back instead of voting on it."""

    kind: ClassVar[str] = "return_for_revision"
    title: ClassVar[Text] = Text("退回修改", "return for revision")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class Adjourn(Action):
    """End the sitting without a vote. Where the quorum is wanting, this uses up one of the calls that the stage allows."""

    kind: ClassVar[str] = "adjourn"
    title: ClassVar[Text] = Text("休会", "adjourn")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)
