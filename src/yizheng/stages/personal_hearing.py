"""Hearing those concerned (听取意见): each of those whom a decision touches is heard, declines, or did not answer a summons.

It is another thing than 听证 (:mod:`yizheng.stages.hearing`), which is held for an audience when it is called for: here
nobody votes, nobody else's words count, and who decides afterwards is told of each person whether they were heard. The
matter names those concerned among its private fields; the public record calls them by the names of these fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import attrs

from yizheng.calendar import Period, end_of_day, local_day
from yizheng.errors import InvalidValue
from yizheng.reasons import (
    CONCERNED_ENTERS,
    CONCERNED_UNHEARD,
    CONCERNED_WITHHELD,
    NO_EVIDENCE,
    NOT_CONCERNED,
    NOT_SUMMONED,
    SHORT_PERIOD,
    TOO_EARLY,
    UNKNOWN_ITEM,
    Reason,
)
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
    in_words,
    private,
    take_edition,
)
from yizheng.stages.hearing import CallHearing, CloseHearing, Testify, WaiveHearing
from yizheng.text import Text
from yizheng.values.names import name, names

__all__ = ["DeclineHearing", "PersonalHearing", "RecordAbsence", "Summon"]


@attrs.frozen(kw_only=True)
class Summon(Action):
    """Enter that somebody who is concerned was told when and where they will be heard.

    Attributes:
        concerned: who, by the name of the matter's private field.
        evidence: what shows it, such as the receipt.
    """

    kind: ClassVar[str] = "summon"
    title: ClassVar[Text] = Text("通知到场陈述", "summon to be heard")
    concerned: str = attrs.field(converter=name)
    evidence: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen(kw_only=True)
class DeclineHearing(Action):
    """Say, as one who is concerned, that one does not wish to be heard.

    Attributes:
        reason: why, where they said so.
        person: who, where the office enters it; private.
        evidence: what shows it, such as the signed statement; needed where the office enters it.
    """

    kind: ClassVar[str] = "decline_hearing"
    title: ClassVar[Text] = Text("放弃陈述", "decline to be heard")
    actor_is_private: ClassVar[bool] = True
    reason: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)
    person: str | None = private(default=None, converter=attrs.converters.optional(name))
    evidence: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)

    def is_own(self, by: str) -> bool:
        """One's own waiver needs no office."""
        return self.person in (None, by)


@attrs.frozen(kw_only=True)
class RecordAbsence(Action):
    """Enter that somebody who was summoned did not come, and gave no word.

    Attributes:
        concerned: who, by the name of the matter's private field.
        account: what was done to reach them.
    """

    kind: ClassVar[str] = "record_absence"
    title: ClassVar[Text] = Text("记录未到场", "enter an absence")
    concerned: str = attrs.field(converter=name)
    account: Text = attrs.field(converter=as_words, metadata=WORDS)


_NOBODY: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Progress:
    """What hearing those concerned has come to; each stands here under the name of the matter's private field.

    Attributes:
        held_at: when they are heard.
        summoned: who was told so in time.
        heard: who was heard.
        declined: who said that they do not wish to be.
        absent: who was summoned and did not come.
    """

    held_at: datetime | None = None
    summoned: frozenset[str] = _NOBODY
    heard: frozenset[str] = _NOBODY
    declined: frozenset[str] = _NOBODY
    absent: frozenset[str] = _NOBODY


def _person(stage: PersonalHearing, who: str, dossier: Dossier) -> str | None:
    """The name under which somebody is concerned, whatever office they hold; ``None`` where they are not."""
    named = dossier.matter.private
    return next((field for field in sorted(stage.concerned) if named.get(field) == who), None)


def _meddling(stage: PersonalHearing, act: Act, dossier: Dossier) -> list[Reason]:
    """Why somebody enters nothing for others here: they are concerned themselves."""
    concerned = _person(stage, act.by, dossier) is not None
    return [CONCERNED_ENTERS(stage.source, action=act.action.title)] if concerned else []


def _unknown(stage: PersonalHearing, label: str, dossier: Dossier) -> list[Reason]:
    """Why somebody is not counted as told or absent: the record at hand does not say who they are, so that nobody could speak."""
    return [] if label in dossier.matter.private else [CONCERNED_WITHHELD(stage.source, concerned=label)]


def _strange(stage: PersonalHearing, label: str) -> list[Reason]:
    known = tuple(sorted(stage.concerned))
    return [] if label in stage.concerned else [UNKNOWN_ITEM(stage.source, item=label, known=known)]


def _early(at: datetime, from_: datetime | None, action: Action) -> list[Reason]:
    return [TOO_EARLY(at=at, from_=from_, action=action.title)] if from_ is not None and at < from_ else []


def _call(_stage: PersonalHearing, act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return _early(act.action.held_at, act.at, act.action) or NO_EFFECT


def _summon(stage: PersonalHearing, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    assert progress.held_at is not None
    reasons = _strange(stage, act.action.concerned) or _unknown(stage, act.action.concerned, dossier)
    notice = take_edition(stage, "notice", stage.notice, act, dossier) if stage.notice else None
    if isinstance(notice, Reason):
        return [*reasons, notice]
    entered, held = local_day(act.recorded_at, act.zone), local_day(progress.held_at, act.zone)
    # It counts from when it stands in the record: nobody is told in time by what is entered on the day of the hearing.
    if notice is not None and not notice.clear_days_between(entered, held, act.calendar):
        reasons.append(SHORT_PERIOD(notice.citation, start=entered, end=held, period=in_words(notice)))
    elif act.recorded_at >= progress.held_at:
        reasons.append(NOT_SUMMONED(stage.source, concerned=act.action.concerned))
    return reasons or Effect(ref=act.action.concerned, periods={"notice": notice})


def _testify(stage: PersonalHearing, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: Testify = act.action
    who = action.speaker or act.by
    label = _person(stage, who, dossier)
    reasons = _early(act.at, progress.held_at, action)
    if label is None:
        return [*reasons, NOT_CONCERNED(stage.source, concerned=sorted(stage.concerned))]
    if who != act.by:
        reasons += _for_another(stage, act, dossier)
    return reasons or Effect(ref=label)


def _for_another(stage: PersonalHearing, act: Act, dossier: Dossier) -> list[Reason]:
    """What stands against entering somebody's words or waiver for them."""
    evident = [] if act.action.evidence is not None else [NO_EVIDENCE(stage.source, action=act.action.title)]
    return evident + _meddling(stage, act, dossier)


def _decline(stage: PersonalHearing, act: Act, _progress: Progress, dossier: Dossier) -> Decided:
    action: DeclineHearing = act.action
    who = action.person or act.by
    label = _person(stage, who, dossier)
    if label is None:
        return [NOT_CONCERNED(stage.source, concerned=sorted(stage.concerned))]
    reasons = [] if who == act.by else _for_another(stage, act, dossier)
    return reasons or Effect(ref=label)


def _absence(stage: PersonalHearing, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    assert progress.held_at is not None
    label = act.action.concerned
    reasons = (_strange(stage, label) or _unknown(stage, label, dossier)) + _meddling(stage, act, dossier)
    if not reasons and label not in progress.summoned:
        reasons.append(NOT_SUMMONED(stage.source, concerned=label))
    over = end_of_day(local_day(progress.held_at, act.zone), act.zone)  # whoever comes late that day is heard
    return reasons + _early(act.at, over, act.action) or Effect(ref=label)


def _close(stage: PersonalHearing, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    reasons = _early(act.at, progress.held_at, act.action)
    if missing := sorted(stage.concerned - progress.heard - progress.declined - progress.absent):
        reasons.append(CONCERNED_UNHEARD(stage.source, concerned=missing))
    if reasons:
        return reasons
    declined = progress.declined - progress.heard
    sorted_out = {
        "heard": progress.heard,
        "declined": declined,
        "absent": progress.absent - progress.heard - declined,
    }
    return Effect(outcome="held", carried={each: tuple(sorted(who)) for each, who in sorted_out.items() if who})


def _waive(_stage: PersonalHearing, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return Effect(outcome="waived")


_Added = tuple[Progress, Dossier]


def _called(_stage: PersonalHearing, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    """A new day is a new summons; what somebody said already stands."""
    return attrs.evolve(progress, held_at=act.action.held_at, summoned=_NOBODY, absent=_NOBODY), dossier


def _noted(field: str) -> Callable[..., _Added]:
    """Somebody is now among those who were summoned, heard, and so on."""

    def add(_stage: PersonalHearing, _act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
        assert effect.ref is not None
        changed: Any = {field: getattr(progress, field) | {effect.ref}}
        return attrs.evolve(progress, **changed), dossier

    return add


def _kept(_stage: PersonalHearing, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


def _concerned(values: Iterable[str]) -> frozenset[str]:
    taken = names(values)
    if not taken:
        raise InvalidValue(
            'nobody is concerned; name the private fields of the matter that say who is, such as {"recipient"}'
        )
    return taken


@attrs.frozen(kw_only=True)
class PersonalHearing(StageBase):
    """Hear each of those whom the decision touches, before it is taken.

    It ends as held where each of them was heard, has declined, or was summoned in time and did not come until the day was
    over. Only words of their own count: said by themselves, whatever office they hold, or entered by the office with what
    shows them, such as the signed record; who is concerned enters nothing for others. A summons counts from the day on which
    it is entered. A new call sets another day, for which they are summoned anew. It is waived where the decision that
    would touch them is not taken. A batch does not know who its matters are about, so each is heard by itself.

    Attributes:
        concerned: the private fields of the matter that say who is concerned, such as ``{"recipient"}``; a matter that
            does not state them is not opened.
        notice: how many clear days lie between a summons and the day, in dated editions; empty where no rule says.
    """

    kind: ClassVar[str] = "personal_hearing"
    phases: ClassVar[Phases] = {
        "waiting": {CallHearing: "called", WaiveHearing: "closed"},
        "called": {
            CallHearing: "called",
            Summon: "called",
            Testify: "called",
            DeclineHearing: "called",
            RecordAbsence: "called",
            CloseHearing: "closed",
            WaiveHearing: "closed",
        },
        "closed": {},
    }
    ends: ClassVar[Ends] = {"held": frozenset({"closed"}), "waived": frozenset({"closed"})}
    brings: ClassVar[Brings] = {CloseHearing: frozenset({"held"}), WaiveHearing: frozenset({"waived"})}
    unopened: ClassVar = frozenset({"waiting", "called"})
    next_: ClassVar = {"waiting": CallHearing}
    deciders: ClassVar[Mapping[type[Any], Callable[..., Decided]]] = {
        CallHearing: _call,
        Summon: _summon,
        Testify: _testify,
        DeclineHearing: _decline,
        RecordAbsence: _absence,
        CloseHearing: _close,
        WaiveHearing: _waive,
    }
    adders: ClassVar[Mapping[type[Any], Callable[..., _Added]]] = {
        CallHearing: _called,
        Summon: _noted("summoned"),
        Testify: _noted("heard"),
        DeclineHearing: _noted("declined"),
        RecordAbsence: _noted("absent"),
        CloseHearing: _kept,
        WaiveHearing: _kept,
    }

    concerned: frozenset[str] = attrs.field(converter=_concerned)
    notice: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)

    def start(self) -> Progress:
        """Not called yet."""
        return Progress()

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The call; then a summons to each who was not heard yet; then the close, on the day."""
        if phase != "called":
            return super().due(phase, progress)
        silent = self.concerned - progress.heard - progress.declined - progress.absent
        unsummoned = silent - progress.summoned
        until = progress.held_at
        summons = [Duty(action=Summon.kind, ref=label, until=until) for label in sorted(unsummoned)]
        return (*summons, Duty(action=CloseHearing.kind, since=progress.held_at))

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """How long before the day a summons is served."""
        return (("notice", self.notice),) if self.notice else ()
