"""Disclosure (公开 公示): posted for as long as the rule asks, uninterrupted, with every objection answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Final

import attrs
from typing_extensions import override

from yizheng.calendar import Period, end_of_day
from yizheng.errors import InvalidValue
from yizheng.reasons import (
    ALREADY_ANSWERED,
    CUT_SHORT,
    DUPLICATE_ID,
    MISSING_CHANNEL,
    SAME_CONTENT,
    TOO_EARLY,
    TOO_LATE,
    UNANSWERED,
    UNKNOWN_CHANNEL,
    UNKNOWN_ITEM,
    Reason,
)
from yizheng.stages.anywhere import document
from yizheng.stages.base import (
    NO_EFFECT,
    NOT_SHOWN,
    WORDS,
    Act,
    Action,
    Brings,
    Decided,
    Dossier,
    Duty,
    Edition,
    Effect,
    Ends,
    Phases,
    StageBase,
    as_periods,
    as_words,
    confided,
    private,
    take_edition,
)
from yizheng.stages.channels import Channel, as_channels
from yizheng.stages.inbox import Inbox
from yizheng.stages.solicitation import next_id
from yizheng.text import Text
from yizheng.values.exact import written
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name, names
from yizheng.values.plain import Plain
from yizheng.values.scalars import flag

__all__ = ["AnswerObjection", "Disclosure", "Interrupt", "Object", "Post", "TakeDown"]


@attrs.frozen(kw_only=True)
class Post(Action):
    """Put a notice up. Posting other content while it is up starts the period again.

    Attributes:
        channels: where.
        content: what it says.
        document: the digest of the notice itself, where it is kept as a document.
    """

    kind: ClassVar[str] = "post"
    title: ClassVar[Text] = Text("公示", "post")
    channels: frozenset[Channel] = attrs.field(converter=as_channels)
    content: Text = attrs.field(converter=as_words, metadata=WORDS)
    document: str | None = confided(default=None, converter=attrs.converters.optional(document))

    @override
    def confides(self) -> frozenset[str]:
        """What a letter says; what is posted for all to read is public wherever it is told."""
        return super().confides() if self.channels == frozenset({Channel.LETTER}) else frozenset()


@attrs.frozen
class Interrupt(Action):
    """Say that the notice came down before its time. It has then not been made, and is posted again from the start."""

    kind: ClassVar[str] = "interrupt"
    title: ClassVar[Text] = Text("公示中断", "interrupt the posting")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class Object(Action):
    """Object to what is posted: anybody for themselves, or the office for somebody who objected on paper.

    As long as the notice has not been taken down, an objection is heard.

    Attributes:
        text: the objection.
        author: whose it is, where the office enters it; private.
        id: its id; left out, it gets the next number (``"x1"``, ``"x2"``, …).
    """

    kind: ClassVar[str] = "object"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("提出异议", "object")
    actor_is_private: ClassVar[bool] = True
    text: Text = attrs.field(converter=as_words, metadata=WORDS)
    author: str | None = private(default=None, converter=attrs.converters.optional(name), kw_only=True)
    id: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)

    def is_own(self, by: str) -> bool:
        """One's own objection needs no office."""
        return self.author in (None, by)


@attrs.frozen
class AnswerObjection(Action):
    """Answer an objection.

    Attributes:
        objection: its id.
        text: the answer, with its reasons.
        upheld: whether the objection is right. Once upheld it stands, whatever is posted afterwards: the stage ends
            upheld, and the procedure says where that leads.
    """

    kind: ClassVar[str] = "answer_objection"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("答复异议", "answer an objection")
    objection: str = attrs.field(converter=name)
    text: Text = attrs.field(converter=as_words, metadata=WORDS)
    upheld: bool = attrs.field(kw_only=True, converter=flag)


@attrs.frozen
class TakeDown(Action):
    """Take the notice down after its period: the disclosure has been made."""

    kind: ClassVar[str] = "take_down"
    title: ClassVar[Text] = Text("公示期满", "take the notice down")


@attrs.frozen(kw_only=True)
class Progress:
    """What a disclosure has come to.

    Attributes:
        content: what is posted.
        document: the digest of the notice itself, where it is kept.
        posted: since when the period runs.
        ends: until when it must stay.
        least: the period that runs.
        objections: what was received, with the moment until when it must be answered, and whether it was upheld.
        answer: how soon an objection must be answered, where a period is set.
    """

    content: Text | None = attrs.field(default=None, repr=False)
    document: str | None = attrs.field(default=None, repr=False)
    posted: datetime | None = None
    ends: datetime | None = None
    least: Period | None = None
    answer: Period | None = None
    objections: Inbox[bool] = attrs.field(factory=Inbox[bool])


def _post(stage: Disclosure, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: Post = act.action
    reasons: list[Reason] = []
    if foreign := action.channels - stage.channels:
        reasons.append(UNKNOWN_CHANNEL(channels=foreign, allowed=stage.channels))
    if missing := (stage.required or stage.channels if not action.channels else stage.required) - action.channels:
        reasons.append(MISSING_CHANNEL(stage.source, channels=missing))
    same = (progress.content, progress.document) == (action.content, action.document)
    if progress.ends is not None and same and action.content is not NOT_SHOWN:
        reasons.append(SAME_CONTENT())
    period = take_edition(stage, "least", stage.least, act, dossier)
    answer = take_edition(stage, "answer", stage.answer, act, dossier) if stage.answer else None
    if isinstance(period, Reason) or isinstance(answer, Reason):
        return [*reasons, *(each for each in (period, answer) if isinstance(each, Reason))]
    ends = end_of_day(period.last_day(act.on, act.calendar), act.zone) if period.length else act.at
    taken = {"least": period, "answer": answer}
    return reasons or Effect(periods=taken, due={"ends": ends}, carried=_carried(stage, dossier))


def _carried(stage: Disclosure, dossier: Dossier) -> FrozenMap[str, Plain]:
    """What the notice carries by duty, taken from the record and not from whoever writes the notice."""
    carried: dict[str, Plain] = {}
    if "accounts" in stage.carries and dossier.budget is not None:
        carried["accounts"] = FrozenMap(
            budget=written(dossier.budget),
            spent=written(dossier.spent),
            balance=written(dossier.budget - dossier.spent),
        )
    if "reasons" in stage.carries and dossier.reasons is not None:
        # An effect is public: where the reasons are not, it says in which decision they stand.
        carried["reasons"] = (
            FrozenMap(decision=dossier.decision)
            if dossier.confidential
            else FrozenMap(zh=dossier.reasons.zh, en=dossier.reasons.en)
        )
    return FrozenMap(carried)


def _object(_stage: Disclosure, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: Object = act.action
    reasons: list[Reason] = []
    if progress.posted is not None and act.at < progress.posted:
        reasons.append(TOO_EARLY(at=act.at, from_=progress.posted, action=action.title))
    ref = action.id or next_id("x", progress.objections)
    if ref in progress.objections:
        reasons.append(DUPLICATE_ID(item=ref))
    if reasons or progress.answer is None:
        return reasons or Effect(ref=ref)
    last = progress.answer.last_day(act.on, act.calendar)
    return Effect(ref=ref, due={"answer": end_of_day(last, act.zone)})


def _answer(_stage: Disclosure, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: AnswerObjection = act.action
    if action.objection not in progress.objections:
        return [UNKNOWN_ITEM(item=action.objection, known=tuple(progress.objections))]
    if action.objection in progress.objections.answers:
        return [ALREADY_ANSWERED(item=action.objection)]
    return NO_EFFECT


def _interrupt(_stage: Disclosure, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    if progress.ends is not None and act.at >= progress.ends:
        return [TOO_LATE(at=act.at, until=progress.ends, action=act.action.title)]
    return NO_EFFECT


def _take_down(stage: Disclosure, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    reasons: list[Reason] = []
    if progress.ends is not None and act.at < progress.ends:
        reasons.append(CUT_SHORT(None if progress.least is None else progress.least.citation, until=progress.ends))
    if unanswered := progress.objections.unanswered:
        reasons.append(UNANSWERED(stage.source, items=unanswered))
    answered = progress.objections.answers
    upheld = bool(answered) if stage.objections_reviewed else any(answered.values())
    return reasons or Effect(outcome="upheld" if upheld else "clear")


_Added = tuple[Progress, Dossier]


def _posted(_stage: Disclosure, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    up = attrs.evolve(
        progress,
        content=act.action.content,
        document=act.action.document,
        posted=act.at,
        ends=effect.due["ends"],
        least=effect.periods.get("least"),
        answer=effect.periods.get("answer"),
    )
    return up, dossier


def _interrupted(_stage: Disclosure, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return attrs.evolve(progress, content=None, ends=None), dossier


def _objected(_stage: Disclosure, _act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    assert effect.ref is not None
    objections = progress.objections.with_one(effect.ref, effect.due.get("answer"))
    return attrs.evolve(progress, objections=objections), dossier


def _answered(_stage: Disclosure, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: AnswerObjection = act.action
    objections = progress.objections.with_answer(action.objection, action.upheld)
    return attrs.evolve(progress, objections=objections), dossier


def _down(_stage: Disclosure, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


CARRIES: Final = frozenset({"accounts", "reasons"})


def _carries(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if unknown := sorted(taken - CARRIES):
        raise InvalidValue(f"a disclosure cannot carry {', '.join(unknown)}; it can carry {', '.join(sorted(CARRIES))}")
    return taken


@attrs.frozen(kw_only=True)
class Disclosure(StageBase):
    """Tell the residents, and answer what they object.

    Attributes:
        least: how long it must stay posted, in dated editions; a period of nought for a notice that is served once.
        channels: where it may be posted.
        required: where it must be posted.
        answer: how soon an objection must be answered, in dated editions; empty where no rule says.
        carries: what it must carry from the record: ``"accounts"``, or the ``"reasons"`` of the level above.
        objections_reviewed: whether any objection, also one that was answered as wrong, ends the stage upheld, so that it
            is looked into where the procedure says: no answer of the office is then the last word. Left out, it does not.
    """

    kind: ClassVar[str] = "disclosure"
    phases: ClassVar[Phases] = {
        "waiting": {Post: "posted"},
        "posted": {
            Post: "posted",
            Interrupt: "interrupted",
            Object: "posted",
            AnswerObjection: "posted",
            TakeDown: "closed",
        },
        "interrupted": {Post: "posted", Object: "interrupted", AnswerObjection: "interrupted"},
        "closed": {},
    }
    ends: ClassVar[Ends] = {"clear": frozenset({"closed"}), "upheld": frozenset({"closed"})}
    brings: ClassVar[Brings] = {TakeDown: frozenset({"clear", "upheld"})}
    unopened: ClassVar = frozenset({"waiting", "interrupted"})
    next_: ClassVar = {"waiting": Post, "interrupted": Post}
    deciders: ClassVar = {
        Post: _post,
        Interrupt: _interrupt,
        Object: _object,
        AnswerObjection: _answer,
        TakeDown: _take_down,
    }
    adders: ClassVar = {
        Post: _posted,
        Interrupt: _interrupted,
        Object: _objected,
        AnswerObjection: _answered,
        TakeDown: _down,
    }

    least: tuple[Period, ...] = attrs.field(converter=as_periods)
    channels: frozenset[Channel] = attrs.field(default=frozenset(Channel), converter=as_channels)
    required: frozenset[Channel] = attrs.field(default=frozenset[Channel](), converter=as_channels)
    answer: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)
    carries: frozenset[str] = attrs.field(default=frozenset(), converter=_carries)
    objections_reviewed: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag))

    def __attrs_post_init__(self) -> None:
        if missing := sorted(self.required - self.channels):
            raise InvalidValue(f"{', '.join(missing)} is required and not among the channels; add it to channels=")

    def start(self) -> Progress:
        """Not posted yet."""
        return Progress()

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The answers that are owed, and the end of the period."""
        objections = progress.objections
        answers = [
            Duty(action=AnswerObjection.kind, ref=ref, until=objections.received[ref]) for ref in objections.unanswered
        ]
        if phase == "posted":
            return (*answers, Duty(action=TakeDown.kind, since=progress.ends))
        return (*answers, *super().due(phase, progress))

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """How long it stays posted, and how soon objections are answered."""
        return (("least", self.least), *((("answer", self.answer),) if self.answer else ()))
