"""Solicitation (征求意见): residents are asked, and every opinion gets an answer before the stage closes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from yizheng.calendar import Period, end_of_day, moment
from yizheng.reasons import (
    ALREADY_ANSWERED,
    DUPLICATE_ID,
    NO_BASELINE,
    SHORT_PERIOD,
    TOO_EARLY,
    TOO_LATE,
    UNANSWERED,
    UNKNOWN_CHANNEL,
    UNKNOWN_ITEM,
    Reason,
)
from yizheng.stages.base import (
    NO_EFFECT,
    WORDS,
    Act,
    Action,
    Brings,
    Clock,
    Decided,
    Dossier,
    Duty,
    Edition,
    Effect,
    Ends,
    Phases,
    StageBase,
    as_clock,
    as_periods,
    as_words,
    asked_too,
    asking,
    in_words,
    private,
    take_edition,
)
from yizheng.stages.channels import Channel, as_channel, as_channels
from yizheng.stages.evaluation import Survey, add_survey, decide_survey
from yizheng.stages.inbox import Inbox
from yizheng.text import Text
from yizheng.values.names import name
from yizheng.values.scalars import flag

__all__ = ["AnswerOpinion", "CloseSolicitation", "OpenSolicitation", "ReceiveOpinion", "Solicitation"]


@attrs.frozen(kw_only=True)
class OpenSolicitation(Action):
    """Ask the residents.

    Attributes:
        channels: by what they are asked.
        until: until when opinions are taken.
        question: what they are asked.
    """

    kind: ClassVar[str] = "open_solicitation"
    title: ClassVar[Text] = Text("开始征求意见", "open the solicitation")
    channels: frozenset[Channel] = attrs.field(converter=as_channels)
    until: datetime = attrs.field(converter=moment)
    question: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)


@attrs.frozen
class ReceiveOpinion(Action):
    """Take an opinion to the record: one's own, or one that came on paper or in a meeting.

    Attributes:
        text: what was said.
        author: whose it is, where the office enters it; private. Left out, it is the actor's own.
        anonymous: the author is not known, as with an unsigned questionnaire.
        channel: how it came.
        id: its id; left out, it gets the next number (``"o1"``, ``"o2"``, …).
        asks_hearing: whether the author asks for a hearing.
    """

    kind: ClassVar[str] = "receive_opinion"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("收到意见", "receive an opinion")
    actor_is_private: ClassVar[bool] = True
    text: Text = attrs.field(converter=as_words, metadata=WORDS)
    channel: Channel = attrs.field(default=Channel.ONLINE, converter=as_channel, kw_only=True)
    author: str | None = private(default=None, converter=attrs.converters.optional(name), kw_only=True)
    anonymous: bool = attrs.field(default=False, converter=flag, kw_only=True)
    id: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)
    asks_hearing: bool = attrs.field(default=False, converter=flag, kw_only=True)

    def is_own(self, by: str) -> bool:
        """A resident's own opinion needs no office; one that is entered for somebody else does."""
        return not self.anonymous and self.author in (None, by)


@attrs.frozen
class AnswerOpinion(Action):
    """Answer an opinion.

    Attributes:
        opinion: its id.
        text: the answer.
    """

    kind: ClassVar[str] = "answer_opinion"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("答复意见", "answer an opinion")
    opinion: str = attrs.field(converter=name)
    text: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen(kw_only=True)
class CloseSolicitation(Action):
    """Close the solicitation, with a summary of what was said."""

    kind: ClassVar[str] = "close_solicitation"
    title: ClassVar[Text] = Text("结束征求意见", "close the solicitation")
    summary: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen(kw_only=True)
class Progress:
    """What a solicitation has come to.

    Attributes:
        channels: by which opinions may come.
        opens: since when.
        closes: until when.
        opinions: what was received, and the answers.
    """

    channels: frozenset[Channel] = frozenset()
    opens: datetime | None = None
    closes: datetime | None = None
    opinions: Inbox[Text] = attrs.field(factory=Inbox[Text])


def _open(stage: Solicitation, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    action: OpenSolicitation = act.action
    reasons: list[Reason] = []
    if (foreign := action.channels - stage.channels) or not action.channels:
        reasons.append(UNKNOWN_CHANNEL(channels=foreign or "∅", allowed=stage.channels))
    if action.until <= act.at:
        reasons.append(TOO_LATE(at=act.at, until=action.until, action=action.title))
    period = take_edition(stage, "least", stage.least, act, dossier) if stage.least else None
    if isinstance(period, Reason):
        return [*reasons, period]
    if period is not None and action.until < end_of_day(period.last_day(act.on, act.calendar), act.zone):
        reasons.append(SHORT_PERIOD(period.citation, start=act.at, end=action.until, period=in_words(period)))
    return reasons or Effect(due={"closes": action.until}, periods={"least": period})


def _receive(stage: Solicitation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: ReceiveOpinion = act.action
    reasons: list[Reason] = []
    moment = act.moment(stage.timely_by)
    if progress.opens is not None and act.at < progress.opens:
        reasons.append(TOO_EARLY(at=act.at, from_=progress.opens, action=action.title))
    if progress.closes is not None and moment > progress.closes:
        reasons.append(TOO_LATE(at=moment, until=progress.closes, action=action.title))
    if action.channel not in progress.channels:
        reasons.append(UNKNOWN_CHANNEL(channels=action.channel, allowed=progress.channels))
    ref = action.id or next_id("o", progress.opinions)
    if ref in progress.opinions:
        reasons.append(DUPLICATE_ID(item=ref))
    asker = None if action.anonymous or not action.asks_hearing else action.author or act.by
    return reasons or Effect(ref=ref, carried=asking(asker, dossier))


def next_id(letter: str, taken: Collection[str]) -> str:
    """The next free id, such as ``"o3"``."""
    number = len(taken) + 1
    while (ref := f"{letter}{number}") in taken:
        number += 1
    return ref


def _answer(_stage: Solicitation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: AnswerOpinion = act.action
    if action.opinion not in progress.opinions:
        return [UNKNOWN_ITEM(item=action.opinion, known=tuple(progress.opinions))]
    if action.opinion in progress.opinions.answers:
        return [ALREADY_ANSWERED(item=action.opinion)]
    return NO_EFFECT


def _close(stage: Solicitation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    reasons: list[Reason] = []
    if progress.closes is not None and act.at < progress.closes:
        reasons.append(TOO_EARLY(at=act.at, from_=progress.closes, action=act.action.title))
    if unanswered := progress.opinions.unanswered:
        reasons.append(UNANSWERED(stage.source, items=unanswered))
    if stage.baseline and dossier.baseline is None:
        reasons.append(NO_BASELINE(stage.source))
    return reasons or Effect(outcome="completed")


def _opened(
    _stage: Solicitation, act: Act, effect: Effect, _progress: Progress, dossier: Dossier
) -> tuple[Progress, Dossier]:
    return Progress(channels=act.action.channels, opens=act.at, closes=effect.due["closes"]), dossier


def _received(
    _stage: Solicitation, act: Act, effect: Effect, progress: Progress, dossier: Dossier
) -> tuple[Progress, Dossier]:
    action: ReceiveOpinion = act.action
    assert effect.ref is not None
    if action.asks_hearing:
        dossier = asked_too(None if action.anonymous else action.author or act.by, effect, dossier)
    return attrs.evolve(progress, opinions=progress.opinions.with_one(effect.ref)), dossier


def _answered(
    _stage: Solicitation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier
) -> tuple[Progress, Dossier]:
    action: AnswerOpinion = act.action
    return attrs.evolve(progress, opinions=progress.opinions.with_answer(action.opinion, action.text)), dossier


def _closed(
    _stage: Solicitation, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier
) -> tuple[Progress, Dossier]:
    return progress, dossier


@attrs.frozen(kw_only=True)
class Solicitation(StageBase):
    """Ask the residents, and answer what they say.

    Attributes:
        channels: the channels that may be used.
        least: how long it must stay open, in dated editions; empty where no rule says.
        timely_by: whether an opinion is in time when it was given in time, or when it was also entered in time.
        baseline: whether the survey before the works must be taken here, so that the evaluation has one to compare with.
    """

    kind: ClassVar[str] = "solicitation"
    phases: ClassVar[Phases] = {
        "waiting": {OpenSolicitation: "open"},
        "open": {
            ReceiveOpinion: "open",
            AnswerOpinion: "open",
            Survey: "open",
            CloseSolicitation: "closed",
        },
        "closed": {},
    }
    ends: ClassVar[Ends] = {"completed": frozenset({"closed"})}
    brings: ClassVar[Brings] = {CloseSolicitation: frozenset({"completed"})}
    next_: ClassVar = {"waiting": OpenSolicitation}
    deciders: ClassVar = {
        OpenSolicitation: _open,
        ReceiveOpinion: _receive,
        AnswerOpinion: _answer,
        CloseSolicitation: _close,
        Survey: decide_survey,
    }
    adders: ClassVar = {
        OpenSolicitation: _opened,
        ReceiveOpinion: _received,
        AnswerOpinion: _answered,
        CloseSolicitation: _closed,
        Survey: add_survey,
    }

    channels: frozenset[Channel] = attrs.field(default=frozenset(Channel), converter=as_channels)
    least: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)
    timely_by: Clock = attrs.field(default=Clock.HAPPENED, converter=as_clock)
    baseline: bool = attrs.field(default=False, converter=flag)

    def start(self) -> Progress:
        """Nothing was asked yet."""
        return Progress()

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The answers that are owed, and the close."""
        if phase != "open":
            return super().due(phase, progress)
        answers = [
            Duty(action=AnswerOpinion.kind, ref=ref, until=progress.closes) for ref in progress.opinions.unanswered
        ]
        return (*answers, Duty(action=CloseSolicitation.kind, since=progress.closes))

    def owed(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The same, without a look at each opinion: all answers are owed by the same moment."""
        if phase != "open" or not (waiting := progress.opinions.waiting):
            return super().owed(phase, progress)
        first = progress.opinions.first
        answer = Duty(action=AnswerOpinion.kind, ref=first, until=progress.closes, count=waiting)
        return (answer, Duty(action=CloseSolicitation.kind, since=progress.closes))

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """How long it stays open."""
        return (("least", self.least),) if self.least else ()
