"""Hearing (听证): held when a trigger asks for it, waived only with a reason and only where none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import ClassVar, Final

import attrs

from yizheng.calendar import Period, end_of_day, local_day, moment
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.reasons import CALLED_AT_ONCE, HEARING_REQUIRED, LONG_PERIOD, NO_ROLL, NOBODY_HEARD, TOO_EARLY, Reason
from yizheng.stages.base import (
    NO_EFFECT,
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
    asked_too,
    asking,
    in_words,
    private,
    take_edition,
)
from yizheng.text import Text
from yizheng.values.doors import one, optional_instance_of, several
from yizheng.values.exact import exact
from yizheng.values.names import name
from yizheng.values.plain import Plain, plain

__all__ = [
    "AskHearing",
    "AskedBy",
    "CallHearing",
    "CloseHearing",
    "FactIs",
    "Hearing",
    "Testify",
    "Trigger",
    "WaiveHearing",
]


@attrs.frozen
class AskHearing(Action):
    """Ask that a hearing be held, for oneself or, entered by the office, for somebody else.

    Attributes:
        reason: why.
        author: who asks, where the office enters it; private.
    """

    kind: ClassVar[str] = "ask_hearing"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("申请听证", "ask for a hearing")
    actor_is_private: ClassVar[bool] = True
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)
    author: str | None = private(default=None, converter=attrs.converters.optional(name), kw_only=True)

    def is_own(self, by: str) -> bool:
        """One's own request needs no office."""
        return self.author in (None, by)


@attrs.frozen(kw_only=True)
class CallHearing(Action):
    """Call a hearing.

    Attributes:
        held_at: when.
        place: where.
        reason: why.
    """

    kind: ClassVar[str] = "call_hearing"
    title: ClassVar[Text] = Text("召开听证", "call a hearing")
    held_at: datetime = attrs.field(converter=moment)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)
    place: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)


@attrs.frozen
class Testify(Action):
    """Say something at the hearing.

    Attributes:
        text: what was said.
        speaker: who said it, where the minute taker enters it; private.
        evidence: what shows that it was said, such as the signed record; needed where one who is concerned is heard
            (:class:`~yizheng.stages.PersonalHearing`) and the office enters it.
    """

    __test__: ClassVar[bool] = False  # its name must not make pytest take it for a test
    kind: ClassVar[str] = "testify"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("听证发言", "testify")
    actor_is_private: ClassVar[bool] = True
    text: Text = attrs.field(converter=as_words, metadata=WORDS)
    speaker: str | None = private(default=None, converter=attrs.converters.optional(name), kw_only=True)
    evidence: Text | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_words), metadata=WORDS, kw_only=True
    )

    def is_own(self, by: str) -> bool:
        """One's own words need no office."""
        return self.speaker in (None, by)


@attrs.frozen(kw_only=True)
class CloseHearing(Action):
    """Close the hearing, with what it came to.

    Attributes:
        conclusion: what it came to.
        unheard: why nobody was heard, where nobody was: only of a hearing that was called on an earlier day, and whose day
            is over.
    """

    kind: ClassVar[str] = "close_hearing"
    title: ClassVar[Text] = Text("结束听证", "close the hearing")
    conclusion: Text = attrs.field(converter=as_words, metadata=WORDS)
    unheard: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)


@attrs.frozen
class WaiveHearing(Action):
    """Go on without a hearing, and say why."""

    kind: ClassVar[str] = "waive_hearing"
    title: ClassVar[Text] = Text("不举行听证", "waive the hearing")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class FactIs:
    """A fact of the matter asks for a hearing, such as ``FactIs("contested", True)``."""

    fact: str = attrs.field(converter=name)
    value: Plain = attrs.field(converter=plain)

    def why(self, dossier: Dossier) -> Text | None:
        """Why a hearing must be held, or ``None``."""
        for matter in dossier.matters:
            if (asks := self.why_for(matter)) is not None:
                return Text(f"{matter.id}：{asks.zh}", f"{matter.id}: {asks.en}") if dossier.is_batch else asks
        return None

    def why_for(self, matter: Matter) -> Text | None:
        """Why a hearing must be held on a matter, whatever its record, or ``None``; one matter of a batch is enough for all.

        Raises:
            InvalidType: when it is no matter.
        """
        if self.fact not in one(Matter, matter, "matter").facts:
            return None
        stated = matter.facts[self.fact]
        if type(stated) is not type(self.value):
            return Text(
                f"事项的“{self.fact}”写作 {shown(stated)}，不能判断，从严处理",
                f"the fact {self.fact} of the matter is stated as {shown(stated)}, which leaves it open",
            )
        if stated == self.value:
            return Text(f"事项的“{self.fact}”为 {self.value}", f"the fact {self.fact} of the matter is {self.value}")
        return None


def _share(value: object) -> Fraction:
    share = exact(value, "the share")
    if not 0 < share <= 1:
        raise InvalidValue(f"the share is {share}; it lies above 0 and is at most 1")
    return share


@attrs.frozen(kw_only=True)
class AskedBy:
    """Enough people ask for a hearing: a share of a body's roll, counting those on the roll alone.

    Attributes:
        share: which share is enough (included).
        body: of which body.
        citation: where this is written.
    """

    share: Fraction = attrs.field(converter=_share)
    body: str = attrs.field(converter=name)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))

    def why(self, dossier: Dossier) -> Text | None:
        """Why a hearing must be held, or ``None``."""
        roll = dossier.rolls.get(self.body)
        if roll is None:
            return None
        asked = dossier.asked.get(self.body, 0)
        if asked < self.share * len(roll):
            return None
        return Text(
            f"{len(roll)} 人中有 {asked} 人申请（达到 {self.share}）",
            f"{asked} of {len(roll)} ask for it (the bar is {self.share})",
        )


Trigger = FactIs | AskedBy


@attrs.frozen(kw_only=True)
class Progress:
    """What a hearing has come to.

    Attributes:
        held_at: when it is held.
        entered: when that was entered.
        called: when it was called first.
        heard: how many statements were made.
    """

    held_at: datetime | None = None
    entered: datetime | None = None
    called: datetime | None = None
    heard: int = 0


def _ask(_stage: Hearing, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    return Effect(carried=asking(act.action.author or act.by, dossier))


def _call(stage: Hearing, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: CallHearing = act.action
    if action.held_at < act.at:
        return [TOO_EARLY(at=action.held_at, from_=act.at, action=action.title)]
    within = take_edition(stage, "within", stage.within, act, dossier) if stage.within else None
    if isinstance(within, Reason):
        return [within]
    if within is not None:
        # Called for another day, it is still held within the time that runs since the first call.
        first = act.on if progress.called is None else local_day(progress.called, act.zone)
        limit = end_of_day(within.last_day(first, act.calendar), act.zone)
        if action.held_at > limit:
            return [LONG_PERIOD(within.citation, end=action.held_at, limit=limit, period=in_words(within))]
    return Effect(periods={"within": within})


def _testify(stage: Hearing, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    return _not_before(stage, act, progress)


def _close(stage: Hearing, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    early = _not_before(stage, act, progress)
    if early is not NO_EFFECT:
        return early
    if not progress.heard and (reasons := _unheard(act, progress)):
        return reasons
    return Effect(outcome="held")


def _unheard(act: Act, progress: Progress) -> list[Reason]:
    """Why a hearing at which nobody spoke has not been held: nobody was asked, or could still come."""
    assert progress.held_at is not None
    assert progress.entered is not None
    if act.action.unheard is None:
        return [NOBODY_HEARD()]
    entered, held = local_day(progress.entered, act.zone), local_day(progress.held_at, act.zone)
    over = end_of_day(held, act.zone)
    return [
        *([CALLED_AT_ONCE(_UNHEARD, called=entered, held=held)] if entered >= held else []),
        *([TOO_EARLY(_UNHEARD, at=act.at, from_=over, action=act.action.title)] if act.at < over else []),
    ]


_UNHEARD: Final = Citation.inferred(
    Text(
        "至少提前一日召集，当日终了仍无人发言，方可记为无人到场，由本库推定",
        "that it was called the day before at least, and that the day is over before nobody is counted as having come, is inferred",
    )
)


def _not_before(_stage: Hearing, act: Act, progress: Progress) -> Decided:
    if progress.held_at is not None and act.at < progress.held_at:
        return [TOO_EARLY(at=act.at, from_=progress.held_at, action=act.action.title)]
    return NO_EFFECT


def _waive(stage: Hearing, _act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    reasons = [NO_ROLL(body=body) for body in sorted(stage.bodies()) if body not in dossier.rolls] + [
        HEARING_REQUIRED(stage.source, why=why)
        for trigger in stage.triggers
        if (why := trigger.why(dossier)) is not None
    ]
    return reasons or Effect(outcome="waived")


_Added = tuple[Progress, Dossier]


def _asked(_stage: Hearing, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: AskHearing = act.action
    return progress, asked_too(action.author or act.by, effect, dossier)


def _called(_stage: Hearing, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    """Called for another day, what was said already stands."""
    first = progress.called or act.at
    held = attrs.evolve(progress, held_at=act.action.held_at, entered=act.recorded_at, called=first)
    return held, dossier


def _testified(_stage: Hearing, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return attrs.evolve(progress, heard=progress.heard + 1), dossier


def _kept(_stage: Hearing, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


def _triggers(values: Iterable[Trigger]) -> tuple[Trigger, ...]:
    taken = several(values, "triggers")
    for each in taken:
        if not isinstance(each, Trigger):
            raise InvalidType(f"a trigger is FactIs(…) or AskedBy(…), not {kind_of(each)}")
    return taken


@attrs.frozen(kw_only=True)
class Hearing(StageBase):
    """Hear those concerned before it is decided, where that is called for.

    A hearing at which nobody spoke is held where the record says why (``unheard=``), it had been called on an earlier day,
    and its own day is over (inferred). It may be called for another day; a period for holding it runs from the first call.

    Attributes:
        triggers: what makes a hearing a duty; where none does, the office may hold one or waive it with a reason.
        within: how soon after the call it must be held, in dated editions; empty where no rule says.
    """

    kind: ClassVar[str] = "hearing"
    phases: ClassVar[Phases] = {
        "waiting": {AskHearing: "waiting", CallHearing: "called", WaiveHearing: "closed"},
        "called": {CallHearing: "called", Testify: "called", CloseHearing: "closed"},
        "closed": {},
    }
    ends: ClassVar[Ends] = {"held": frozenset({"closed"}), "waived": frozenset({"closed"})}
    brings: ClassVar[Brings] = {CloseHearing: frozenset({"held"}), WaiveHearing: frozenset({"waived"})}
    next_: ClassVar = {"waiting": CallHearing, "called": CloseHearing}
    deciders: ClassVar = {
        AskHearing: _ask,
        CallHearing: _call,
        Testify: _testify,
        CloseHearing: _close,
        WaiveHearing: _waive,
    }
    adders: ClassVar = {
        AskHearing: _asked,
        CallHearing: _called,
        Testify: _testified,
        CloseHearing: _kept,
        WaiveHearing: _kept,
    }

    triggers: tuple[Trigger, ...] = attrs.field(default=(), converter=_triggers)
    within: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)

    def start(self) -> Progress:
        """Not called yet."""
        return Progress()

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The hearing, or its waiver; then its close."""
        if phase == "called":
            return (Duty(action=CloseHearing.kind, since=progress.held_at),)
        return super().due(phase, progress)

    def bodies(self) -> Iterable[str]:
        """The bodies of which a share may ask."""
        return tuple(trigger.body for trigger in self.triggers if isinstance(trigger, AskedBy))

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """How soon it must be held."""
        return (("within", self.within),) if self.within else ()
