"""What all kinds of stages share: actions, effects, duties, and the protocol that a kind satisfies."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar, Final, Protocol, TypeAlias, TypeVar

import attrs
import msgspec
from typing_extensions import override

from yizheng.calendar import Calendar, Period, local_day, moment
from yizheng.citation import Citation
from yizheng.errors import InvalidType, shown
from yizheng.matter import Matter
from yizheng.people import Offices, Roll
from yizheng.reasons import NO_EDITION, Reason
from yizheng.rules import Filling, Placing, Rule, Ruling
from yizheng.stages.competing import Competition
from yizheng.stages.editions import Adopted, Edition, taken
from yizheng.stages.editions import since as _since
from yizheng.stages.parties import Dispute
from yizheng.text import Text, as_text
from yizheng.values.doors import all_of, one_of, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.growing import ShrinkingMap
from yizheng.values.names import keyed, name, names
from yizheng.values.plain import Plain, items, plain

__all__ = [
    "NOT_SAID",
    "NOT_SHOWN",
    "NO_EFFECT",
    "NO_ITEMS",
    "WITHHELD",
    "WORDS",
    "Act",
    "Action",
    "Brings",
    "Clock",
    "Decided",
    "Dossier",
    "Duty",
    "Edition",
    "Effect",
    "Ends",
    "Phases",
    "Stage",
    "StageBase",
    "Turns",
    "Upcast",
    "as_clock",
    "as_periods",
    "as_rules",
    "as_words",
    "asked_too",
    "asking",
    "bounds_of",
    "confided",
    "confiding",
    "in_words",
    "may_bring",
    "private",
    "take_edition",
    "words_of",
]

T = TypeVar("T")

Upcast: TypeAlias = Callable[[dict[str, Any]], Mapping[str, Any]]
"""A step from the stored data of one version of a kind to those of the next."""


class Action:
    """One thing that somebody asks to do, in the imperative. A frozen attrs class with a lasting name.

    A field made with :func:`private` is kept out of the public part of the record, under a salted digest, and is
    ``None`` where it was withheld. One of free words (:data:`WORDS`) is kept out of it where the procedure is confidential,
    and is :data:`NOT_SHOWN` where they were withheld; so is one made with :func:`confided`, and is :data:`NOT_SAID` there.
    """

    __slots__ = ()

    kind: ClassVar[str]
    """The lasting name under which it is stored."""
    version: ClassVar[int] = 1
    """The version of its stored form: of its fields, and of what its effect carries."""
    upcasts: ClassVar[Mapping[int, Upcast]] = {}
    """For each older version, the step from its fields, as plain data, to those of the next: ``{1: step}``."""
    effect_upcasts: ClassVar[Mapping[int, Upcast]] = {}
    """The same for its effect, where that changed."""
    introduced: ClassVar[str | None] = None
    """The release that brought this version, for those who cannot read it; ``None`` for what release 0.1.0 had."""
    title: ClassVar[Text]
    """What it is called."""
    actor_is_private: ClassVar[bool] = False
    """Whether who did it is withheld from the public, as for a resident's opinion."""

    typed_later: ClassVar[bool] = False
    """Whether it may be entered after others that happened later, as ballots on paper are. What opens, closes, ends or
    fixes something is entered in the order in which it happens."""

    optional: ClassVar[bool] = False
    """Whether a procedure need give it to no office; where none may do it, it has no place in that procedure."""

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Whether anybody may do it for themselves, without an office."""
        return False

    def confides(self) -> frozenset[str]:
        """What is kept out of the public part where the procedure is confidential: free words, by path."""
        return words_of(type(self))


class Withheld(enum.Enum):
    """What a reader of records hands to a private field whose value it was not given."""

    WITHHELD = enum.auto()


WITHHELD: Final = Withheld.WITHHELD


def private(*, converter: Callable[[Any], Any], **settings: Any) -> Any:
    """An attrs field whose value the public is not shown; it is ``None`` where it was withheld.

    Args:
        converter: the field's door.
        settings: what else :func:`attrs.field` takes.
    """

    def door(value: Any) -> Any:
        return None if value is WITHHELD else converter(value)

    return attrs.field(metadata={"private": True}, repr=False, converter=door, **settings)


class _NotShown(Text):
    """Words that are there once: it is known by what it is, and equals no words that somebody typed."""

    @override
    def __reduce__(self) -> str:
        return "NOT_SHOWN"


NOT_SHOWN: Final[Text] = _NotShown("〔不公开〕", "[withheld]")
"""What stands in a field of free words where they were withheld or destroyed."""


class _NotSaid(str):
    """A string that is there once, as :class:`_NotShown` is."""

    __slots__ = ()

    @override
    def __reduce__(self) -> str:
        return "NOT_SAID"


NOT_SAID: Final[str] = _NotSaid(NOT_SHOWN.zh)
"""What stands in the place of a string that was withheld or destroyed where the procedure is confidential."""


WORDS: Final[Mapping[str, bool]] = {"words": True}
"""The metadata of a field of free words, which are about somebody where the procedure is confidential, and withheld there:
``attrs.field(converter=as_words, metadata=WORDS)``."""


def confided(*, converter: Callable[[Any], Any], **settings: Any) -> Any:
    """An attrs field of what is written freely and is no text, such as what shows something, or the digest of a document.

    It is private where the procedure is confidential, as free words are: whoever can guess a document finds it by a digest
    that has no salt. It is :data:`NOT_SAID` where it was withheld.

    Args:
        converter: the field's door.
        settings: what else :func:`attrs.field` takes.
    """
    return attrs.field(metadata=WORDS, converter=confiding(converter), **settings)


def confiding(converter: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The door of such a field: what was withheld comes through it as :data:`NOT_SAID`, the rest through the converter."""

    def door(value: Any) -> Any:
        return NOT_SAID if value is WITHHELD or value is NOT_SAID else converter(value)

    return door


def as_words(given: Text | str) -> Text:
    """The door of a field of free words.

    Raises:
        InvalidType: when they are neither a text nor a string.
        InvalidValue: when they say nothing.
    """
    handed: Any = given
    return NOT_SHOWN if handed is WITHHELD or handed is NOT_SHOWN else as_text(given)


def words_of(kind: type[Any]) -> frozenset[str]:
    """What of a class is private where the procedure is confidential: fields of free words, and what is like them, by path."""
    found: Any = kind
    return _words_of(found)


@lru_cache(maxsize=512)
def _words_of(kind: Any) -> frozenset[str]:
    fields = attrs.fields(attrs.resolve_types(kind))
    own = [field.name for field in fields if field.metadata.get("words")]
    # What a field holds may have such fields of its own, as a matter has: both names make the path.
    inner = [
        f"{field.name}.{path}"
        for field in fields
        if isinstance(field.type, type) and attrs.has(field.type)
        for path in _words_of(field.type)
    ]
    return frozenset([*own, *inner])


# An effect is made for each act, and most have none of these.
_NO_DUE: Final[FrozenMap[str, datetime]] = FrozenMap()
_NO_PERIODS: Final[FrozenMap[str, Period]] = FrozenMap()
_NO_CARRIED: Final[FrozenMap[str, Plain]] = FrozenMap()


def _by_name(values: Mapping[str, T], what: str) -> Mapping[str, T]:
    if not isinstance(values, Mapping):
        raise InvalidType(f"{what}: a mapping by name was expected, not {shown(values)}")
    all_of(str, tuple(values), f"the names of {what}")
    return values


def _due(values: Mapping[str, datetime]) -> FrozenMap[str, datetime]:
    if values is _NO_DUE:
        return _NO_DUE
    return FrozenMap({key: moment(at, key) for key, at in _by_name(values, "due").items()})


def _periods(values: Mapping[str, Period | None]) -> FrozenMap[str, Period]:
    if values is _NO_PERIODS:
        return _NO_PERIODS
    given = {setting: period for setting, period in _by_name(values, "periods").items() if period is not None}
    all_of(Period, tuple(given.values()), "periods")
    return FrozenMap(given)


def _carried(values: Mapping[str, Plain]) -> FrozenMap[str, Plain]:
    if values is _NO_CARRIED:
        return _NO_CARRIED
    return FrozenMap({key: plain(value, key) for key, value in _by_name(values, "carried").items()})


@attrs.frozen(kw_only=True)
class Effect:
    """What an action brought about, beyond itself: all that was reckoned or judged when it was accepted.

    Attributes:
        outcome: the outcome with which the stage ends, or the result that turns it back within itself.
        ref: the id given to what was received, such as an opinion's.
        due: the ends of periods that began, by name.
        rule: the edition of the rule that was taken.
        periods: the editions of the periods that were taken, by the setting that they come from.
        ruling: how a vote was judged.
        carried: what a disclosure carries by duty, such as the accounts.
        filling: who got the places for which matters compete, in the record of their batch.
        placing: what this matter got of them, in its own record.
    """

    outcome: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    ref: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    due: FrozenMap[str, datetime] = attrs.field(default=_NO_DUE, converter=_due)
    rule: Rule | None = None
    periods: FrozenMap[str, Period] = attrs.field(default=_NO_PERIODS, converter=_periods)
    ruling: Ruling | None = None
    carried: FrozenMap[str, Plain] = attrs.field(default=_NO_CARRIED, converter=_carried)
    filling: Filling | None = None
    placing: Placing | None = None


NO_EFFECT: Final = Effect()
"""The effect of an action that says all by itself."""

Decided: TypeAlias = Effect | list[Reason]
"""An effect, or every reason why not."""


class Clock(enum.StrEnum):
    """Which of an act's two moments counts for whether it came in time."""

    HAPPENED = "happened"
    RECORDED = "recorded"


def as_clock(value: Clock | str) -> Clock:
    """A clock by itself or by its name."""
    return one_of(Clock, value)


class Act(msgspec.Struct, frozen=True, gc=False):
    """An action as it is put to a case: who, when, and by which calendar.

    Attributes:
        action: what is asked.
        at: when it happened (UTC).
        recorded_at: when it was entered (UTC).
        by: who asks; empty where that was withheld.
        calendar: by which periods are reckoned.
        zone: in which days are reckoned.
    """

    action: Any
    at: datetime
    recorded_at: datetime
    by: str
    calendar: Calendar
    zone: str

    def moment(self, clock: Clock) -> datetime:
        """When it happened, or when it was recorded, as the rule says which counts."""
        return self.at if clock is Clock.HAPPENED else self.recorded_at

    @property
    def on(self) -> date:
        """The local day on which it happened."""
        return local_day(self.at, self.zone)


NO_ITEMS: Final[ShrinkingMap[str, Matter]] = ShrinkingMap({})
"""The matters of what is no batch."""


@attrs.frozen(kw_only=True)
class Dossier:
    """What the record has established so far that more than one stage needs (案卷).

    Attributes:
        matter: what is decided.
        rolls: the rolls given at the opening, by body.
        offices: who holds which office now.
        zone: in which days are reckoned.
        adopted: editions that were adopted on the way: for which stage, for which of its settings, in whose place.
        text: the proposal as last revised.
        revision: how many times it was revised.
        opened: when the case was opened.
        entered: when the present stage was entered.
        since: when the last act happened that others must follow.
        decided: whether the deciding vote has been taken and led on.
        asked_hearing: who has asked for a hearing, as far as that was not withheld.
        asked: how many members of each body have asked for one.
        baseline: the survey before the works: question, population and counts.
        budget: the money that may be spent; ``None`` where there is none.
        spent: what was spent.
        reasons: why the level above last rejected or returned the matter.
        decision: the number of the decision by which it last rejected it.
        confidential: whether the procedure keeps free words from the public.
        batch: the batch in which the matter is dealt with for now; that of a batch itself is its own.
        items: the matters of a batch that are still in it, without their private fields.
        leaving: the matters that left the batch by the last entry that let any go.
        split_asked: how many members have asked that a matter of the batch be split out.
        split_askers: who has asked for which, as far as that was not withheld.
        competition: the places for which the matter competes with others of its batch; ``None`` where it does not.
        dispute: the parties, and what they agreed, where the matter is a dispute.
        danger: since when a danger is known that was not reported yet (People's Mediation Law art. 25).
    """

    matter: Matter
    rolls: FrozenMap[str, Roll]
    offices: Offices
    zone: str
    adopted: tuple[Adopted, ...] = ()
    text: Text | None = attrs.field(default=None, repr=False)
    revision: int = 0
    opened: datetime
    entered: datetime
    since: datetime
    decided: bool = False
    asked_hearing: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    asked: FrozenMap[str, int] = FrozenMap[str, int]()
    baseline: FrozenMap[str, Plain] | None = attrs.field(default=None, repr=False)
    budget: Fraction | None = None
    spent: Fraction = Fraction()
    reasons: Text | None = attrs.field(default=None, repr=False)
    decision: str | None = None
    confidential: bool = False
    batch: str | None = None
    items: ShrinkingMap[str, Matter] = attrs.field(default=NO_ITEMS, repr=False)
    leaving: frozenset[str] = attrs.field(default=frozenset[str](), repr=False)
    split_asked: FrozenMap[str, int] = FrozenMap[str, int]()
    split_askers: frozenset[tuple[str, str]] = attrs.field(default=frozenset[tuple[str, str]](), repr=False)
    competition: Competition | None = None
    dispute: Dispute | None = attrs.field(default=None, repr=False)
    danger: datetime | None = None

    @property
    def is_batch(self) -> bool:
        """Whether this is the record of a batch, and not that of one matter."""
        return self.batch == self.matter.id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what is dealt with."""
        return tuple(self.items) if self.is_batch else (self.matter.id,)

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What is dealt with: the matters of a batch that are still in it, or the one matter."""
        return tuple(self.items.values()) if self.is_batch else (self.matter,)


@attrs.frozen(kw_only=True)
class Duty:
    """What must happen next.

    Attributes:
        action: the kind of action that does it.
        stage: in which stage.
        by: the offices that may do it; empty where it is a person's own.
        until: by when; ``None`` where no period runs.
        since: from when it can be done; ``None`` where it can be done at once.
        ref: what it is about, such as the id of an opinion.
        overdue: whether ``until`` has passed at the moment asked about.
        count: how many alike there are, of which this is the one to be done first.
    """

    action: str
    stage: str = ""
    by: frozenset[str] = frozenset()
    until: datetime | None = None
    since: datetime | None = None
    ref: str | None = None
    overdue: bool = False
    count: int = 1


Phases: TypeAlias = Mapping[str, Mapping[type[Any], str]]
"""Which action may follow in which phase, and to which phase it leads."""

Ends: TypeAlias = Mapping[str, frozenset[str]]
"""From which phases each outcome is reached."""


Brings: TypeAlias = Mapping[type[Any], frozenset[str]]
"""The outcomes and turns that actions may bring about. What it does not say is open: an action that is not named may
bring about any, and an outcome that is not named may come of any."""

Turns: TypeAlias = Mapping[str, Mapping[str, str]]
"""Results that keep a case in the stage: from which phase to which they lead."""


class Stage(Protocol):
    """A kind of stage, with its settings. A user's own kind is a frozen attrs class that satisfies this."""

    kind: ClassVar[str]
    phases: ClassVar[Phases]
    ends: ClassVar[Ends]
    first: ClassVar[str]
    turns: ClassVar[Turns]
    unopened: ClassVar[frozenset[str]]
    """The phases in which the editions of its rules have not been taken yet, or will be taken anew."""
    voting: ClassVar[frozenset[str]]
    """The phases in which its vote has opened, if it has one."""

    @property
    def id(self) -> str:
        """The id of the stage in its procedure."""
        ...

    @property
    def title(self) -> Text:
        """What it is called."""
        ...

    @property
    def offices(self) -> Mapping[str, frozenset[str]]:
        """Which offices may do which kind of action here, where it differs from the procedure's own table."""
        ...

    def start(self) -> Any:
        """The progress with which the stage begins: an immutable value of the kind's own."""
        ...

    def decide(self, act: Act, progress: Any, dossier: Dossier) -> Decided:
        """Hold an action against the rules. Changes nothing."""
        ...

    def add(self, act: Act, effect: Effect, progress: Any, dossier: Dossier) -> tuple[Any, Dossier]:
        """Add up an accepted action. Never refuses, and looks at no rule."""
        ...

    def is_own(self, act: Act, progress: Any) -> bool:
        """Whether the actor does it for themselves, without an office."""
        ...

    def vote_opened(self, phase: str, progress: Any, at: datetime) -> bool:
        """Whether its vote, if it has one, has opened at a moment."""
        ...

    def due(self, phase: str, progress: Any) -> Sequence[Duty]:
        """What must happen next in a phase."""
        ...

    def owed(self, phase: str, progress: Any) -> Sequence[Duty]:
        """What must happen next in a phase, those that are alike but for what they are about as one."""
        ...

    def bodies(self) -> Iterable[str]:
        """The bodies whose rolls it needs."""
        ...

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """The dated rules and periods that it sets, by the name of the setting."""
        ...


def _offices_by_kind(held: Mapping[str, Iterable[str]]) -> FrozenMap[str, frozenset[str]]:
    return FrozenMap({kind: names(offices) for kind, offices in keyed(held, "offices").items()})


def _until(duty: Duty) -> float:
    """What sorts first is due first; what no period runs for comes last."""
    return math.inf if duty.until is None else duty.until.timestamp()


@attrs.frozen(kw_only=True)
class StageBase(Stage):
    """What the kinds here have in common. Your own kind may start from it, or not.

    A subclass gives ``kind``, ``phases``, ``ends``, ``deciders`` and ``adders`` (a function for each of its actions) and
    ``start``; ``next_`` names the action that leads on from a phase. ``brings`` says which outcomes and turns each action
    may bring about, so that what is proved of a procedure is proved of what can happen; left out, any of them. A second version of its settings gives ``version``
    and ``upcasts``, as :class:`Action` has them.

    Attributes:
        id: the id of the stage in its procedure, such as ``"resolve"``.
        title: what it is called.
        source: where the stage itself is prescribed.
        offices: who may do what here, where it differs from the procedure's own table.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    upcasts: ClassVar[Mapping[int, Upcast]] = {}
    introduced: ClassVar[str | None] = None
    phases: ClassVar[Phases]
    ends: ClassVar[Ends]
    first: ClassVar[str] = "waiting"
    turns: ClassVar[Turns] = {}
    brings: ClassVar[Brings] = {}
    unopened: ClassVar[frozenset[str]] = frozenset({"waiting"})
    voting: ClassVar[frozenset[str]] = frozenset()
    next_: ClassVar[Mapping[str, type[Action]]] = {}
    deciders: ClassVar[Mapping[type[Any], Callable[..., Decided]]]
    adders: ClassVar[Mapping[type[Any], Callable[..., tuple[Any, Dossier]]]]

    id: str = attrs.field(converter=name)
    title: Text = attrs.field(converter=as_text)
    source: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))
    offices: FrozenMap[str, frozenset[str]] = attrs.field(
        default=FrozenMap[str, frozenset[str]](), converter=_offices_by_kind
    )

    def decide(self, act: Act, progress: Any, dossier: Dossier) -> Decided:
        """Hold an action against the rules of this kind."""
        return self.deciders[type(act.action)](self, act, progress, dossier)

    def add(self, act: Act, effect: Effect, progress: Any, dossier: Dossier) -> tuple[Any, Dossier]:
        """Add up an accepted action."""
        return self.adders[type(act.action)](self, act, effect, progress, dossier)

    def is_own(self, act: Act, progress: Any) -> bool:  # noqa: ARG002
        """As the action says."""
        own: bool = act.action.is_own(act.by)
        return own

    def vote_opened(self, phase: str, progress: Any, at: datetime) -> bool:  # noqa: ARG002
        """As the phase says."""
        return phase in self.voting

    def due(self, phase: str, progress: Any) -> Sequence[Duty]:  # noqa: ARG002
        """The action that leads on from the phase."""
        following = self.next_.get(phase)
        return () if following is None else (Duty(action=following.kind),)

    def owed(self, phase: str, progress: Any) -> Sequence[Duty]:
        """As many as there are of each action and office: the one that is due first, and their number."""
        alike: dict[tuple[str, frozenset[str]], list[Duty]] = {}
        for duty in self.due(phase, progress):
            alike.setdefault((duty.action, duty.by), []).append(duty)
        return tuple([attrs.evolve(min(each, key=_until), count=len(each)) for each in alike.values()])

    def bounds(self) -> Mapping[str, int]:
        """How often each turn may happen while the stage lasts; a turn that is not named may happen any number of times."""
        return {}

    def bodies(self) -> Iterable[str]:
        """None."""
        return ()

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """None."""
        return ()


E_ = TypeVar("E_", bound=Edition)


def as_rules(given: Rule | Iterable[Rule] | None) -> tuple[Rule, ...]:
    """One rule, or its dated editions, as a tuple."""
    return () if given is None else all_of(Rule, given, "rules")


def as_periods(given: Period | Iterable[Period] | None) -> tuple[Period, ...]:
    """One period, or its dated editions, as a tuple."""
    return () if given is None else all_of(Period, given, "periods")


def in_words(period: Period) -> Text:
    """A period in both languages, as a refusal tells it."""
    return Text(period.explain("zh"), period.explain("en"))


def may_bring(stage: Stage, kind: type[Any], outcome: str) -> bool:
    """Whether an action may end the stage with an outcome, or turn it back: any may, where the stage does not say."""
    brings: Brings = getattr(stage, "brings", {})
    return kind not in brings or outcome in brings[kind] or not any(outcome in each for each in brings.values())


def bounds_of(stage: Stage) -> Mapping[str, int]:
    """How often each turn of a stage may happen while the stage lasts; none has a bound where the stage does not say."""
    bounds: Callable[[], Mapping[str, int]] | None = getattr(stage, "bounds", None)
    return {} if bounds is None else bounds()


def asking(who: str | None, dossier: Dossier) -> dict[str, Plain]:
    """What an effect carries when somebody asks for a hearing: the bodies in which this counts, and not who it is."""
    if not who or who in dossier.asked_hearing:
        return {}
    return {"asks_hearing": tuple(sorted(body for body, roll in dossier.rolls.items() if who in roll))}


def asked_too(who: str | None, effect: Effect, dossier: Dossier) -> Dossier:
    """The dossier with one more who asks for a hearing."""
    bodies = effect.carried.get("asks_hearing", ())
    counted = dict(dossier.asked)
    for body in items(bodies, "asks_hearing"):
        counted[body] = counted.get(body, 0) + 1
    who_asked = dossier.asked_hearing | ({who} if who else set[str]())
    return attrs.evolve(dossier, asked_hearing=who_asked, asked=FrozenMap(counted))


def take_edition(
    stage: Stage, setting: str, settings: tuple[E_, ...], act: Act, dossier: Dossier, *, electorate: str | None = None
) -> E_ | Reason:
    """The edition in force on the local day of the act: the definition's own, joined with what was adopted for it.

    The latest edition of the definition is the floor; of several, one that counts another electorate than the roll's gives
    way to one that does not. What was adopted adds to it and lowers nothing, unless it is the law that replaced it: see
    :mod:`yizheng.stages.editions`.
    """
    if (
        not dossier.adopted
        and len(settings) == 1
        and (only := settings[0].citation) is not None
        and only.in_force(act.on)
    ):
        return settings[0]
    adopted = [each for each in dossier.adopted if (each.stage, each.setting) == (stage.id, setting)]
    held = taken(setting, settings, adopted, on=act.on, calendar=act.calendar, electorate=electorate)
    if held is not None:
        return held
    latest = sorted(settings, key=_since, reverse=True)
    listed = tuple(
        f"{each.citation.in_force_from or '…'} – {each.citation.in_force_to or '…'}" for each in latest if each.citation
    )
    return NO_EDITION(stage=stage.title, on=act.on, editions=listed)
