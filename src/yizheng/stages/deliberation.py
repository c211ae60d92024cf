"""Deliberation (提议 商议 审议 决议): a body is called, sits or writes, votes, and its vote is judged.

The longest of the kinds, because a vote can go wrong in the most ways: each check has its own code.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

import attrs
import msgspec

from yizheng.calendar import Period, end_of_day, local_day, moment
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.people import Proxy, ProxyPolicy, Roll, Service
from yizheng.reasons import (
    ALREADY_CAST,
    ALREADY_RECUSED,
    COUNT_MISMATCH,
    HAS_CAST,
    LATER_ROLL,
    LONG_PERIOD,
    METHOD_NOT_ALLOWED,
    MODE_NOT_ALLOWED,
    NO_ATTENDANCE,
    NO_CASTING_VOTE,
    NO_MORE_EXTENSIONS,
    NO_PRESENCE,
    NO_ROLL,
    NO_TIE,
    NO_WINDOW,
    NOT_CASTING,
    NOT_ON_AGENDA,
    NOT_ON_ROLL,
    NOT_PRESENT,
    OTHER_ELECTORATE,
    OTHER_MATTER,
    PROXY_BARRED,
    PROXY_NOT_ALLOWED,
    PROXY_NOT_HOLDER,
    RECUSED,
    REPRESENTED,
    RULE_UNFIT,
    SECRET_WEIGHTED,
    SHORT_PERIOD,
    TOO_EARLY,
    TOO_LATE,
    UNKNOWN_ITEM,
    VOTE_OPENED,
    VOTE_RUNNING,
    VOTER_NOT_NAMED,
    WEIGHTED_COUNT,
    WITHHELD,
    WRONG_BODY,
    Reason,
)
from yizheng.rules import (
    ABSENT,
    AGAINST,
    FOR,
    HEADS,
    PRESENT,
    BallotPolicy,
    Choice,
    Mark,
    Outcome,
    Rule,
    Ruling,
    Silence,
    Tally,
)
from yizheng.rules.ballots import AS_USUAL
from yizheng.rules.tally import as_casting
from yizheng.stages.base import (
    NO_EFFECT,
    Act,
    Action,
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
    as_rules,
    private,
    take_edition,
)
from yizheng.stages.mandates import as_marks, bound_faults, check_marks
from yizheng.stages.service import RecordService, deemed_by_count, service_faults, services
from yizheng.text import Text, as_text
from yizheng.values.doors import all_of, one_of, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.growing import GrowingMap
from yizheng.values.names import is_blank, keyed, name, names, prose
from yizheng.values.scalars import count, flag

__all__ = [
    "Adjourn",
    "CastBallot",
    "CloseVote",
    "Convene",
    "CountVotes",
    "Deliberation",
    "ExtendVote",
    "Method",
    "Mode",
    "RecordBallots",
    "Recuse",
    "ReturnForRevision",
    "Revise",
    "TakeAttendance",
]


class Mode(enum.StrEnum):
    """How a body comes together."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    WRITTEN = "written"
    MIXED = "mixed"


def as_mode(value: Mode | str) -> Mode:
    """A mode by itself or by its name."""
    return one_of(Mode, value)


_MODE_WORDS = {
    Mode.IN_PERSON: Text("现场会议", "in person"),
    Mode.ONLINE: Text("线上会议", "online meeting"),
    Mode.WRITTEN: Text("书面征求意见", "in writing"),
    Mode.MIXED: Text("线上线下混合", "mixed"),
}

MEETINGS: Final = frozenset({Mode.IN_PERSON, Mode.ONLINE})
"""The modes that have a presence."""


class Method(enum.StrEnum):
    """How a vote is taken."""

    BY_NAME = "by_name"
    SHOW_OF_HANDS = "show_of_hands"
    SECRET = "secret"  # noqa: S105 -- a way to vote, no password


BY_NAME: Final = Method.BY_NAME


def as_method(value: Method | str) -> Method:
    """A method by itself or by its name."""
    return one_of(Method, value)


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
        roll: who may vote; left out, the roll given at the opening.
        waiver: why the notice is shorter than the rule asks, where the stage allows that.
    """

    kind: ClassVar[str] = "convene"
    title: ClassVar[Text] = Text("召集", "convene")
    held_at: datetime = attrs.field(converter=moment)
    until: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(moment))
    place: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text))
    mode: Mode = attrs.field(default=Mode.IN_PERSON, converter=as_mode)
    agenda: tuple[str, ...] | None = attrs.field(default=None, converter=_agenda)
    roll: Roll | None = attrs.field(default=None, validator=optional_instance_of(Roll))
    waiver: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text))


def _proxies(values: Iterable[Proxy]) -> tuple[Proxy, ...]:
    return all_of(Proxy, values, "proxies")


@attrs.frozen
class TakeAttendance(Action):
    """Say who is present. Taken again, it replaces the list: arrivals and leavings are its difference.

    Attributes:
        present: the members present in person or online.
        proxies: the mandates by which absent members are represented by somebody present.
        marks: how the mandates say to vote, by principal, as far as they do; private, and binding.
    """

    kind: ClassVar[str] = "take_attendance"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("签到", "take attendance")
    present: frozenset[str] = attrs.field(converter=names)
    proxies: tuple[Proxy, ...] = attrs.field(default=(), converter=_proxies, kw_only=True)
    marks: FrozenMap[str, Choice] | None = private(default=None, converter=as_marks, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_marks(self.marks, self.proxies)


@attrs.frozen
class Recuse(Action):
    """Take a member out of the vote on this matter for an interest in it.

    Attributes:
        member: who.
        reason: which interest.
    """

    kind: ClassVar[str] = "recuse"
    title: ClassVar[Text] = Text("回避", "recuse")
    member: str = attrs.field(converter=name)
    reason: Text = attrs.field(converter=as_text)


@attrs.frozen
class Revise(Action):
    """Change the text of the proposal before it is voted on.

    Attributes:
        text: the proposal as it now stands.
    """

    kind: ClassVar[str] = "revise"
    title: ClassVar[Text] = Text("修改方案", "revise")
    text: Text = attrs.field(converter=as_text)


def _choice(value: Choice | str) -> Choice:
    return one_of(Choice, value)


@attrs.frozen
class CastBallot(Action):
    """A member's own ballot, or one by a proxy for its principal.

    Attributes:
        choice: what is chosen; private.
        proxy: the mandate, where the ballot is cast for somebody else.
    """

    kind: ClassVar[str] = "cast_ballot"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("投票", "cast a ballot")
    choice: Choice | None = private(converter=_choice)
    proxy: Proxy | None = attrs.field(default=None, kw_only=True, validator=optional_instance_of(Proxy))

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Always: whether it counts is looked up on the roll."""
        return True


def _ballots(values: Mapping[str, Mark | Choice]) -> FrozenMap[str, Mark]:
    taken = {member: one_of(Mark, mark) for member, mark in keyed(values, "ballots").items()}
    if not taken:
        raise InvalidValue("there is no ballot in it; record ballots when there are some")
    return FrozenMap(taken)


def _evidence(value: str) -> str:
    words = prose(value, "the evidence")
    if is_blank(words):
        raise InvalidValue('ballots that are entered for others need evidence, such as "box 2, sheets 1-14"')
    return words


@attrs.frozen
class RecordBallots(Action):
    """Enter ballots that came on paper or in another way, each under the name of the member whose it is.

    Attributes:
        ballots: the choice of each member, or what the counters found instead, blank or ambiguous; private.
        channel: how they came, such as ``"paper"``.
        evidence: where the ballots themselves can be seen, such as ``"box 2"``.
        proxies: the mandates under which some of them were cast.
        item: the matter that stands on the ballot, where it is not this one alone.
        marks: how the mandates say to vote, by principal, as far as they do; private, and binding.
    """

    kind: ClassVar[str] = "record_ballots"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("录入选票", "record ballots")
    ballots: FrozenMap[str, Mark] | None = private(converter=_ballots)
    channel: str = attrs.field(converter=name, kw_only=True)
    evidence: str = attrs.field(converter=_evidence, kw_only=True)
    proxies: tuple[Proxy, ...] = attrs.field(default=(), converter=_proxies, kw_only=True)
    item: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)
    marks: FrozenMap[str, Choice] | None = private(default=None, converter=as_marks, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_marks(self.marks, self.proxies)


@attrs.frozen(kw_only=True)
class CountVotes(Action):
    """Enter the count of a show of hands or of a secret ballot.

    A secret ballot is this one entry: who voted, and the totals; nothing links the two.

    Attributes:
        for_: votes in favour.
        against: votes against.
        abstaining: abstentions.
        invalid: invalid ballots.
        method: show of hands or secret ballot.
        voters: who voted, in a secret ballot.
        issued: ballots given out.
        returned: ballots that came back; more than were given out void the vote.
        item: the matter that was voted on, where it is not this one alone.
        blank: blank ballots, counted apart from abstentions; they become what the stage says.
        ambiguous: ballots that could not be read, counted apart from invalid ones; likewise.
    """

    kind: ClassVar[str] = "count_votes"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("计票", "count votes")
    for_: int = attrs.field(converter=count)
    against: int = attrs.field(converter=count)
    abstaining: int = attrs.field(default=0, converter=count)
    invalid: int = attrs.field(default=0, converter=count)
    method: Method = attrs.field(default=Method.SHOW_OF_HANDS, converter=as_method)
    voters: frozenset[str] | None = attrs.field(default=None, converter=attrs.converters.optional(names))
    issued: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    returned: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    item: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    blank: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    ambiguous: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))

    def __attrs_post_init__(self) -> None:
        if self.method is Method.BY_NAME:
            raise InvalidValue("votes by name are recorded with RecordBallots or CastBallot, not as a count")
        if self.method is Method.SECRET and self.voters is None:
            raise InvalidValue("a secret ballot keeps who voted: give voters=")

    @property
    def cast(self) -> int:
        """All votes, invalid ones among them."""
        return self.for_ + self.against + self.abstaining + self.invalid + (self.blank or 0) + (self.ambiguous or 0)

    @property
    def void(self) -> bool:
        """Whether more ballots came back than were given out."""
        return self.issued is not None and self.returned is not None and self.returned > self.issued


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
    reason: Text = attrs.field(converter=as_text)


@attrs.frozen
class CloseVote(Action):
    """Close the vote: it is counted and judged. Short of the quorum, the body is called again, if it may be.

    Attributes:
        casting: how the casting vote is cast, for or against, where the rule gives one to the actor's office and there
            is a tie; left out, it is not cast.
    """

    kind: ClassVar[str] = "close_vote"
    title: ClassVar[Text] = Text("结束表决", "close the vote")
    casting: Choice | None = attrs.field(default=None, converter=attrs.converters.optional(as_casting), kw_only=True)


@attrs.frozen
class ReturnForRevision(Action):
    """Send the proposal back instead of voting on it."""

    kind: ClassVar[str] = "return_for_revision"
    title: ClassVar[Text] = Text("退回修改", "return for revision")
    reason: Text = attrs.field(converter=as_text)


@attrs.frozen
class Adjourn(Action):
    """End the sitting without a vote. Where the quorum is wanting, this uses up one of the calls that the stage allows."""

    kind: ClassVar[str] = "adjourn"
    title: ClassVar[Text] = Text("休会", "adjourn")
    reason: Text = attrs.field(converter=as_text)


@attrs.frozen(kw_only=True)
class Sitting:
    """What was fixed when the body was called, and what has been settled since.

    Attributes:
        roll: who may vote.
        rule: by which rule.
        mode: how the body comes together.
        opens: from when ballots are taken.
        closes: until when; ``None`` where the sitting itself is the bound.
        agenda: what was on the notice.
        called: when it was called.
        present: who is present; ``None`` until attendance is taken, and where there is no presence.
        recused: who is out of this vote, and why.
        extensions: how often the vote was extended.
        count: the count, where the vote was not by name.
        attendance: the mandates under which absent members are represented.
        here: who counts as present: in person or represented, and not recused.
        marks: how the mandates taken at attendance say to vote, by principal.
    """

    roll: Roll
    rule: Rule
    mode: Mode
    opens: datetime
    closes: datetime | None
    agenda: tuple[str, ...]
    called: datetime
    present: frozenset[str] | None = None
    recused: FrozenMap[str, Text] = FrozenMap()
    extensions: int = 0
    count: CountVotes | None = None
    attendance: tuple[Proxy, ...] = ()
    here: frozenset[str] | None = None
    marks: FrozenMap[str, Choice] = attrs.field(default=FrozenMap[str, Choice](), repr=False)

    def attended(self, action: TakeAttendance) -> Sitting:
        """The sitting with these people present."""
        marks = action.marks or FrozenMap[str, Choice]()
        return attrs.evolve(self, present=action.present, attendance=action.proxies, marks=marks).counted()

    def without(self, member: str, reason: Text) -> Sitting:
        """The sitting with a member recused."""
        return attrs.evolve(self, recused=FrozenMap({**self.recused, member: reason})).counted()

    def counted(self) -> Sitting:
        """The sitting with who counts as present worked out once, so that no ballot has to."""
        if self.present is None:
            return self
        represented = {proxy.principal for proxy in self.attendance if self._may_represent(proxy.holder)}
        return attrs.evolve(self, here=(self.present | represented) - self.recused.keys())

    def _may_represent(self, holder: str) -> bool:
        if holder in self.recused:
            return False
        return self.present is None or holder in self.present or not self.is_member(holder)

    def is_member(self, person: str) -> bool:
        """Whether somebody is on the roll."""
        return person in self.roll

    def names_voter(self, mandate: Proxy) -> bool:
        """Whether a mandate is that of co-owners who name one of them to cast their one vote: that is no proxy."""
        return mandate.principal in self.roll.joint and mandate.holder in self.roll[mandate.principal].co_owners

    def unnamed(self, members: Iterable[str], mandates: Iterable[Proxy]) -> list[Reason]:
        """Why those of these members that are held jointly cast nothing: no mandate says who votes for them."""
        joint = self.roll.joint.intersection(members)
        if not joint:
            return []
        named = {mandate.principal for mandate in (*self.attendance, *mandates)}
        return [VOTER_NOT_NAMED(member=member, holders=self.roll[member].co_owners) for member in sorted(joint - named)]


class Progress(msgspec.Struct, frozen=True):
    """What a deliberation has come to. It is made anew for every ballot.

    Attributes:
        calls: how often the body was called.
        sitting: the sitting or vote that runs.
        ballots: the choice of each member who has voted by name, or what was found on their ballot; ``None`` where it
            was withheld.
        proxies: the mandates used for ballots, by principal.
        withheld: how many piles of ballots were withheld, so that nobody can count them.
        cast_at: when each ballot was cast, where ballots may be changed.
        served: the effective service upon each member, where something is made of silence.
    """

    calls: int = 0
    sitting: Sitting | None = None
    ballots: GrowingMap[str, Choice | Mark | None] = msgspec.field(
        default_factory=GrowingMap[str, "Choice | Mark | None"]
    )
    proxies: GrowingMap[str, Proxy] = msgspec.field(default_factory=GrowingMap[str, Proxy])
    withheld: int = 0
    cast_at: GrowingMap[str, datetime] = msgspec.field(default_factory=GrowingMap[str, datetime])
    served: GrowingMap[str, Service] = msgspec.field(default_factory=GrowingMap[str, Service])

    def __repr__(self) -> str:
        """Without the ballots: what is printed by the way must tell nobody's choice."""
        return f"<Progress: call {self.calls}, {len(self.ballots)} ballots, {self.sitting!r}>"


def _sitting(progress: Progress) -> Sitting:
    assert progress.sitting is not None
    return progress.sitting


# Calling


def _convene(stage: Deliberation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: Convene = act.action
    reasons: list[Reason] = []
    # The rule was fixed when the stage opened: a second call is held by the rule of the first.
    called = progress.sitting
    roll = action.roll or dossier.rolls.get(stage.body)
    electorate = None if roll is None else roll.electorate
    taken = None if called is None else called.rule
    rule = taken or take_edition(stage.id, "rule", stage.rule, act, dossier, electorate=electorate)
    if action.mode not in stage.modes:
        reasons.append(
            MODE_NOT_ALLOWED(
                stage.source, mode=_MODE_WORDS[action.mode], allowed=[_MODE_WORDS[mode] for mode in stage.modes]
            )
        )
    if action.mode not in MEETINGS and action.until is None:
        reasons.append(NO_WINDOW(mode=_MODE_WORDS[action.mode]))
    if isinstance(rule, Reason):
        reasons.append(rule)
    elif action.mode not in MEETINGS and (rule.asks_for(PRESENT) or rule.asks_for(ABSENT)):
        reasons.append(NO_PRESENCE(rule.citation, mode=_MODE_WORDS[action.mode]))
    reasons += _roll_faults(stage, roll, rule, None if action.mode in MEETINGS else stage.silence)
    if roll is not None and roll.on is not None and roll.on > act.on:
        reasons.append(LATER_ROLL(body=stage.body, on=roll.on, called=act.on))
    if action.agenda is not None and dossier.matter.id not in action.agenda:
        reasons.append(NOT_ON_AGENDA(item=dossier.matter.id))
    period = _notice(stage, act, dossier, reasons)
    _window(stage, act, reasons)
    if reasons or isinstance(rule, Reason):
        return reasons
    due = {"held_at": action.held_at} | ({"closes": action.until} if action.until else {})
    return Effect(rule=rule, periods={"notice": period}, due=due)


def _roll_faults(stage: Deliberation, roll: Roll | None, rule: Rule | Reason, silence: Silence | None) -> list[Reason]:
    """Why a roll does not do for the body, or for the rule by which it is to vote."""
    if roll is None:
        return [NO_ROLL(body=stage.body)]
    if roll.body != stage.body:
        return [WRONG_BODY(given=roll.body, body=stage.body)]
    if isinstance(rule, Reason):
        return []
    if not rule.is_for(roll.electorate):
        return [OTHER_ELECTORATE(rule.citation, counts=rule.electorate, listed=roll.electorate, body=stage.body)]
    measures, groups = _asked(rule, silence)
    lacking = sorted((measures - roll.measures) | (groups - roll.groups))
    return [RULE_UNFIT(rule.citation, lacking=lacking, body=stage.body)] if lacking else []


def _asked(rule: Rule, silence: Silence | None) -> tuple[frozenset[str], frozenset[str]]:
    """The measures and the groups that must be counted."""
    if silence is None:
        return rule.measures, rule.groups
    return rule.measures | silence.measures, rule.groups | silence.groups


def _notice(stage: Deliberation, act: Act, dossier: Dossier, reasons: list[Reason]) -> Period | None:
    """The notice period, with the reasons why this notice does not keep it."""
    action: Convene = act.action
    if action.held_at < act.at:
        reasons.append(TOO_EARLY(at=action.held_at, from_=act.at, action=action.title))
    if not stage.notice:
        return None
    period = take_edition(stage.id, "notice", stage.notice, act, dossier)
    if isinstance(period, Reason):
        reasons.append(period)
        return None
    held = local_day(action.held_at, act.zone)
    waived = action.waiver is not None and stage.notice_waivable
    if not waived and not period.clear_days_between(act.on, held, act.calendar):
        reasons.append(SHORT_PERIOD(period.citation, start=act.on, end=held, period=_said(period)))
    return period


def _window(stage: Deliberation, act: Act, reasons: list[Reason]) -> None:
    action: Convene = act.action
    if action.until is None:
        return
    if action.until <= action.held_at:
        reasons.append(TOO_LATE(at=action.held_at, until=action.until, action=action.title))
    _within_longest(stage, action.held_at, action.until, act, reasons)


def _within_longest(stage: Deliberation, opens: datetime, until: datetime, act: Act, reasons: list[Reason]) -> None:
    if stage.longest is not None:
        limit = end_of_day(stage.longest.last_day(local_day(opens, act.zone), act.calendar), act.zone)
        if until > limit:
            reasons.append(LONG_PERIOD(stage.longest.citation, end=until, limit=limit, period=_said(stage.longest)))


def _said(period: Period) -> Text:
    return Text(period.explain("zh"), period.explain("en"))


# Before the vote


def _attend(stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: TakeAttendance = act.action
    sitting = _sitting(progress)
    reasons: list[Reason] = []
    if sitting.mode not in MEETINGS:
        reasons.append(
            MODE_NOT_ALLOWED(
                stage.source, mode=_MODE_WORDS[sitting.mode], allowed=[_MODE_WORDS[mode] for mode in MEETINGS]
            )
        )
    if act.on < (day := local_day(sitting.opens, act.zone)):
        reasons.append(TOO_EARLY(at=act.at, from_=day, action=action.title))
    reasons += _day_over(act, sitting)
    if progress.ballots and (gone := (sitting.present or frozenset()) - action.present):
        # Those present are the base of the vote: once it runs, nobody is struck off it.
        reasons += [HAS_CAST(member=member) for member in sorted(gone - progress.ballots.keys())]
    represented = [proxy.principal for proxy in action.proxies]
    reasons += [
        NOT_ON_ROLL(member=member, body=stage.body)
        for member in sorted({*action.present, *represented})
        if not sitting.is_member(member)
    ]
    reasons += [RECUSED(member=member) for member in sorted(sitting.recused.keys() & {*action.present, *represented})]
    reasons += [REPRESENTED(member=member) for member in sorted(action.present.intersection(represented))]
    settled = {principal: used for principal, used in progress.proxies.items() if principal in sitting.roll.joint}
    reasons += _proxy_faults(stage, action.proxies, settled, sitting)
    reasons += _bound(stage, sitting, action.proxies, action.marks or {})
    reasons += [
        NOT_PRESENT(member=proxy.holder)
        for proxy in action.proxies
        if sitting.is_member(proxy.holder) and proxy.holder not in action.present
    ]
    kept = sitting.attended(action).here or frozenset()
    reasons += [HAS_CAST(member=member) for member in sorted(progress.ballots.keys() - kept)]
    return reasons or NO_EFFECT


def _proxy_faults(
    stage: Deliberation, proxies: Sequence[Proxy], used: Mapping[str, Proxy], sitting: Sitting
) -> list[Reason]:
    if stage.proxies is None and not all(map(sitting.names_voter, proxies)):
        return [PROXY_NOT_ALLOWED()]
    # What is held jointly is no person, and so nobody's proxy.
    joint = sitting.roll.joint & {proxy.holder for proxy in proxies}
    reasons = [PROXY_BARRED(holder=holder) for holder in sorted(joint)]
    policy = stage.proxies or ProxyPolicy()
    return reasons + policy.faults_of(proxies, used, roll=sitting.roll, names_voter=sitting.names_voter)


def _bound(
    stage: Deliberation,
    sitting: Sitting,
    proxies: Sequence[Proxy],
    marks: Mapping[str, Choice],
    ballots: Mapping[str, Choice | Mark] | None = None,
) -> list[Reason]:
    """Why mandates, or ballots under them, are not what the principals wrote; co-owners who name a voter need write nothing."""
    instructed = stage.proxies if stage.proxies is not None and stage.proxies.instructed else None
    needed = () if instructed is None else [proxy for proxy in proxies if not sitting.names_voter(proxy)]
    citation = None if stage.proxies is None else stage.proxies.citation
    return bound_faults(proxies, marks, ballots, needed=needed, citation=citation)


def _recuse(stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: Recuse = act.action
    sitting = _sitting(progress)
    if not sitting.is_member(action.member):
        return [NOT_ON_ROLL(member=action.member, body=stage.body)]
    if action.member in sitting.recused:
        return [ALREADY_RECUSED(member=action.member)]
    if sitting.mode not in MEETINGS and act.recorded_at >= sitting.opens:
        return [TOO_LATE(at=act.recorded_at, until=sitting.opens, action=action.title)]
    after = sitting.without(action.member, action.reason)
    if _is_short(sitting) or not _is_short(after):
        return NO_EFFECT
    return Effect(ruling=sitting.rule.judge(_without_ballots(after)))


def _without_ballots(sitting: Sitting) -> Tally:
    """The sitting as it stands before anybody has voted; before attendance is taken, nobody is there."""
    rule, nobody = sitting.rule, frozenset[str]() if sitting.mode in MEETINGS else None
    return sitting.roll.tally(
        {},
        present=nobody if sitting.here is None else sitting.here,
        recused=sitting.recused,
        groups=rule.groups,
        measures=rule.measures,
    )


def _is_short(sitting: Sitting) -> bool:
    """Whether those who are here make no quorum, or nobody who may vote could make one."""
    rule, tally = sitting.rule, _without_ballots(sitting)
    if sitting.here is not None and rule.asks_for(PRESENT):
        return rule.judge(tally).outcome is Outcome.INQUORATE
    return rule.settled(tally) is Outcome.INQUORATE


def _free(_stage: Deliberation, _act: Act, _progress: Progress, _dossier: Dossier) -> Decided:
    return NO_EFFECT


# Voting


def _open_to(stage: Deliberation, act: Act, sitting: Sitting, method: Method) -> list[Reason]:
    """Why no vote can be taken at this moment by this method, by whomever."""
    reasons: list[Reason] = []
    moment = act.at if act.at is act.recorded_at else act.moment(stage.timely_by)
    if method not in stage.methods:
        reasons.append(METHOD_NOT_ALLOWED(method=method, allowed=stage.methods))
    if sitting.mode in MEETINGS and sitting.present is None:
        reasons.append(NO_ATTENDANCE())
    if act.at < sitting.opens:
        reasons.append(TOO_EARLY(at=act.at, from_=sitting.opens, action=act.action.title))
    if sitting.closes is None:
        reasons += _day_over(act, sitting)
    elif moment > sitting.closes:
        reasons.append(TOO_LATE(at=moment, until=sitting.closes, action=act.action.title))
    return reasons


def _day_over(act: Act, sitting: Sitting) -> list[Reason]:
    """A meeting that has no other end is over with its day."""
    if sitting.mode not in MEETINGS or sitting.closes is not None:
        return []
    end = end_of_day(local_day(sitting.opens, act.zone), act.zone)
    return [TOO_LATE(at=act.at, until=end, action=act.action.title)] if act.at >= end else []


def _may_vote(stage: Deliberation, member: str, sitting: Sitting, here: frozenset[str] | None) -> list[Reason]:
    if member not in sitting.roll:
        return [NOT_ON_ROLL(member=member, body=stage.body)]
    if member in sitting.recused:
        return [RECUSED(member=member)]
    if here is not None and member not in here:
        return [NOT_PRESENT(member=member)]
    return []


def _cast(stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: CastBallot = act.action
    sitting = progress.sitting
    assert sitting is not None
    proxy = action.proxy
    member = act.by if proxy is None else proxy.principal
    reasons = _open_to(stage, act, sitting, BY_NAME)
    reasons += _may_vote(stage, member, sitting, sitting.here)
    changed = member in progress.ballots
    if changed:
        reasons += _change_faults(stage, act, progress, member)
    if proxy is not None:
        reasons += _used_proxy_faults(stage, (proxy,), sitting, progress)
        if action.choice is not None:
            reasons += _bound(stage, sitting, (proxy,), sitting.marks, {member: action.choice})
        if proxy.holder != act.by:
            reasons.append(PROXY_NOT_HOLDER(by=act.by, principal=proxy.principal, holder=proxy.holder))
    elif sitting.attendance and any(other.principal == member for other in sitting.attendance):
        reasons.append(REPRESENTED(member=member))
    elif member in sitting.roll.joint:
        reasons += sitting.unnamed({member}, ())
    return reasons or (_CHANGED if changed else NO_EFFECT)


_CHANGED: Final = Effect(carried={"changed": True})
"""The effect of a ballot that takes the place of the member's earlier one."""


def _change_faults(stage: Deliberation, act: Act, progress: Progress, member: str) -> list[Reason]:
    """Why a ballot cannot take the place of an earlier one: only where the stage says so, and in the same way."""
    cast_at, action = progress.cast_at.get(member), act.action
    if not stage.changeable or cast_at is None or progress.proxies.get(member) != action.proxy:
        return [ALREADY_CAST(member=member)]
    return [TOO_EARLY(at=act.at, from_=cast_at, action=action.title)] if act.at < cast_at else []


def _used_proxy_faults(
    stage: Deliberation, proxies: Sequence[Proxy], sitting: Sitting, progress: Progress
) -> list[Reason]:
    """Why ballots cannot be cast under these mandates: beside those already used, and those taken at attendance."""
    used = {proxy.principal: proxy for proxy in sitting.attendance} | dict(progress.proxies)
    reasons = _proxy_faults(stage, proxies, used, sitting)
    for holder in sorted({proxy.holder for proxy in proxies}):
        if holder in sitting.recused:
            reasons.append(RECUSED(member=holder))
        elif sitting.present is not None and sitting.is_member(holder) and holder not in sitting.present:
            reasons.append(NOT_PRESENT(member=holder))
    return reasons


def _record(stage: Deliberation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: RecordBallots = act.action
    sitting = _sitting(progress)
    here = sitting.here
    reasons = _open_to(stage, act, sitting, Method.BY_NAME) + _item(stage, action.item, sitting, dossier)
    for member in sorted(action.ballots or ()):
        reasons += _may_vote(stage, member, sitting, here)
        if member in progress.ballots:
            reasons.append(ALREADY_CAST(member=member))
    reasons += sitting.unnamed(action.ballots or (), action.proxies)
    reasons += _used_proxy_faults(stage, action.proxies, sitting, progress)
    ballots = action.ballots or FrozenMap[str, Mark]()
    reasons += _bound(stage, sitting, action.proxies, {**(action.marks or {}), **sitting.marks}, ballots)
    reasons += [
        UNKNOWN_ITEM(item=proxy.principal, known=tuple(ballots))
        for proxy in action.proxies
        if proxy.principal not in ballots
    ]
    return reasons or NO_EFFECT


def _item(_stage: Deliberation, item: str | None, sitting: Sitting, dossier: Dossier) -> list[Reason]:
    if item is None or item == dossier.matter.id:
        return []
    if item not in sitting.agenda:
        return [NOT_ON_AGENDA(item=item)]
    return [OTHER_MATTER(item=item, matter=dossier.matter.id)]


def _count_votes(stage: Deliberation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: CountVotes = act.action
    sitting = _sitting(progress)
    reasons = _open_to(stage, act, sitting, action.method) + _item(stage, action.item, sitting, dossier)
    if action.void:  # more came back than were given out: there is nothing to count, and the vote is void
        return reasons or NO_EFFECT
    here = sitting.here
    unnamed = sitting.unnamed(sitting.roll.joint - sitting.recused.keys() if here is None else here, ())
    bound = (len(sitting.roll) - len(sitting.recused) if here is None else len(here)) - len(unnamed)
    if action.cast > bound:
        could = here is None or unnamed
        base = Text("可表决人数", "those who could vote") if could else Text("到会人数", "those present")
        reasons.append(COUNT_MISMATCH(counted=action.cast, against=base, expected=bound))
    if action.voters is not None:
        for member in sorted(action.voters):
            reasons += _may_vote(stage, member, sitting, here)
        reasons += sitting.unnamed(action.voters, ())
        if len(action.voters) != action.cast:
            listed = Text("投票人名单", "the list of who voted")
            reasons.append(COUNT_MISMATCH(counted=action.cast, against=listed, expected=len(action.voters)))
    if action.returned is not None and action.returned != action.cast:
        box = Text("收回票数", "the ballots returned")
        reasons.append(COUNT_MISMATCH(counted=action.cast, against=box, expected=action.returned))
    weighed = _asked(sitting.rule, _silence(stage, sitting))[0] - {HEADS}
    if weighed and action.method is Method.SECRET:
        reasons.append(SECRET_WEIGHTED(sitting.rule.citation, measures=sorted(weighed)))
    if not reasons:
        try:
            sitting.rule.judge(_count_of(stage, action, sitting, progress, _silence(stage, sitting)))
        except InvalidValue as error:
            reasons.append(WEIGHTED_COUNT(sitting.rule.citation, measures=error.faults))
    return reasons or NO_EFFECT


def _count_of(
    stage: Deliberation, votes: CountVotes, sitting: Sitting, progress: Progress, silence: Silence | None
) -> Tally:
    """A count as a tally, with what is made of silence."""
    tally = _counted(stage, votes, sitting)
    if silence is None or votes.void:
        return tally
    return deemed_by_count(tally, silence, progress.served, votes.voters, sitting.recused)


def _silence(stage: Deliberation, sitting: Sitting) -> Silence | None:
    """What is made of silence: nothing at a meeting."""
    return None if sitting.mode in MEETINGS else stage.silence


def _counted(stage: Deliberation, votes: CountVotes, sitting: Sitting) -> Tally:
    """A count as a tally, with the groups of which attendance and roll alone tell."""
    roll, here, recused = sitting.roll, sitting.here, sitting.recused.keys()
    entitled = len(roll) - len(recused)
    figures = {
        "entitled": entitled,
        "recused": len(recused),
    }
    if not votes.void:
        marks = {Choice.FOR: votes.for_, Choice.AGAINST: votes.against}
        marks |= {Choice.ABSTAIN: votes.abstaining, Choice.INVALID: votes.invalid}
        policy = stage.ballots or AS_USUAL
        marks[policy.blank] += votes.blank or 0
        marks[policy.ambiguous] += votes.ambiguous or 0
        figures |= {_FIGURE_OF[choice]: number for choice, number in marks.items()}
    among: dict[str, dict[str, int]] = {}
    groups = _asked(sitting.rule, _silence(stage, sitting))[1]
    for group in sorted(roll.groups & groups):
        members = {member.id for member in roll if group in member.groups} - recused
        among[group] = {"entitled": len(members)} | ({} if here is None else {"present": len(members & here)})
    if here is not None:
        figures["present"] = len(here)
    return Tally.of(
        **figures,
        among=among,
        issued=votes.issued,
        returned=votes.returned,
        presence=here is not None,
        electorate=roll.electorate,
        casting=None,  # it is no part of a count: the close adds it
        blank=votes.blank,
        ambiguous=votes.ambiguous,
    )


_FIGURE_OF: Final = {
    Choice.FOR: "for_",
    Choice.AGAINST: "against",
    Choice.ABSTAIN: "abstaining",
    Choice.INVALID: "invalid",
}


def _extend(stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    action: ExtendVote = act.action
    sitting = _sitting(progress)
    reasons: list[Reason] = []
    if sitting.closes is None:
        return [NO_WINDOW(mode=_MODE_WORDS[sitting.mode])]
    if act.recorded_at > sitting.closes:
        reasons.append(TOO_LATE(at=act.recorded_at, until=sitting.closes, action=action.title))
    if action.until <= sitting.closes:
        reasons.append(TOO_EARLY(at=action.until, from_=sitting.closes, action=action.title))
    if sitting.extensions >= stage.extensions:
        reasons.append(NO_MORE_EXTENSIONS(most=stage.extensions))
    _within_longest(stage, sitting.opens, action.until, act, reasons)
    return reasons or Effect(due={"closes": action.until})


def _close(stage: Deliberation, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    action: CloseVote = act.action
    sitting = _sitting(progress)
    if sitting.mode in MEETINGS and sitting.present is None:
        return [NO_ATTENDANCE()]
    if withheld := progress.withheld + sum(choice is None for choice in progress.ballots.values()):
        return [WITHHELD(count=withheld)]
    over = sitting.closes is None or act.at >= sitting.closes
    tally = _tally(stage, sitting, progress, silence=_silence(stage, sitting) if over else None)
    if action.casting is not None:
        if reasons := _casting_faults(act, sitting, tally, dossier):
            return reasons
        tally = attrs.evolve(tally, casting=action.casting)
    if not over and (stage.changeable or sitting.rule.settled(tally) is None):
        return [VOTE_RUNNING(until=sitting.closes)]
    if act.at < sitting.opens:
        return [TOO_EARLY(at=act.at, from_=sitting.opens, action=act.action.title)]
    ruling = sitting.rule.judge(tally)
    if ruling.outcome is Outcome.INQUORATE and progress.calls < stage.calls:
        return Effect(outcome="recalled", ruling=ruling)
    return _ended(stage, act, ruling)


def _ended(stage: Deliberation, act: Act, ruling: Ruling) -> Effect:
    """The end of the matter here, and until when it may not come again."""
    outcome, period = ruling.outcome, stage.cooling_off
    if period is None or outcome not in (stage.cooling_off_after or _DEAD):
        return Effect(outcome=outcome.value, ruling=ruling)
    until = end_of_day(period.last_day(act.on, act.calendar), act.zone)
    periods = {"cooling_off": period}
    return Effect(outcome=outcome.value, ruling=ruling, periods=periods, due={"barred_until": until})


_DEAD: Final = frozenset({Outcome.LOST, Outcome.INQUORATE})


_UNKNOWN: Final = Text("不明", "unknown")


def _casting_faults(act: Act, sitting: Sitting, tally: Tally, dossier: Dossier) -> list[Reason]:
    """Why no casting vote can be cast: the rule gives none, or not to this actor, or there is no tie."""
    rule = sitting.rule
    if rule.casting is None:
        return [NO_CASTING_VOTE(rule.citation)]
    reasons: list[Reason] = []
    if act.by not in dossier.offices.get(rule.casting, frozenset()):
        reasons.append(NOT_CASTING(rule.citation, by=act.by, office=rule.casting))
    if act.by in sitting.recused:
        reasons.append(RECUSED(member=act.by))
    if not rule.judge(tally).tie:
        votes_for, against = (_UNKNOWN if (votes := tally.get(mark)) is None else votes for mark in (FOR, AGAINST))
        reasons.append(NO_TIE(rule.citation, for_=votes_for, against=against))
    return reasons


def _tally(stage: Deliberation, sitting: Sitting, progress: Progress, *, silence: Silence | None) -> Tally:
    if sitting.count is not None:
        return _count_of(stage, sitting.count, sitting, progress, silence)
    ballots = {member: choice for member, choice in progress.ballots.items() if choice is not None}
    measures, groups = _asked(sitting.rule, silence)
    joint = sitting.roll.joint
    return sitting.roll.tally(
        ballots,
        present=sitting.here,
        recused=sitting.recused,
        groups=groups,
        measures=measures,
        named={head: mandate.holder for head, mandate in progress.proxies.items() if head in joint} if joint else None,
        policy=stage.ballots or AS_USUAL,
        silence=silence,
        served=tuple(progress.served.values()),
    )


def _in_writing(act: Act, sitting: Sitting) -> list[Reason]:
    """Why a vote in writing cannot be broken off: it has opened, and ballots may be in that nobody has entered yet."""
    opened = sitting.mode not in MEETINGS and act.recorded_at >= sitting.opens
    return [VOTE_OPENED()] if opened else []


def _return(_stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    return _in_writing(act, _sitting(progress)) or Effect(outcome="returned")


def _adjourn(stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    sitting = _sitting(progress)
    if reasons := _in_writing(act, sitting):
        return reasons
    if sitting.here is None:
        return NO_EFFECT
    ruling = sitting.rule.judge(_without_ballots(sitting))
    if ruling.outcome is not Outcome.INQUORATE:
        return NO_EFFECT
    return _ended(stage, act, ruling) if progress.calls >= stage.calls else Effect(ruling=ruling)


def _serve(stage: Deliberation, act: Act, progress: Progress, _dossier: Dossier) -> Decided:
    sitting = _sitting(progress)
    silence = _silence(stage, sitting)
    reasons = service_faults(act, silence, sitting.roll, sitting.closes)
    if reasons or silence is None:
        return reasons
    effective = [each.member for each in services(act) if each.is_effective(silence)]
    return Effect(carried={"effective": bool(effective)})


# Adding up

_Added = tuple[Progress, Dossier]


def _convened(stage: Deliberation, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: Convene = act.action
    roll = action.roll or dossier.rolls[stage.body]
    assert effect.rule is not None
    sitting = Sitting(
        roll=roll,
        rule=effect.rule,
        mode=action.mode,
        opens=action.held_at,
        closes=action.until,
        agenda=(dossier.matter.id,) if action.agenda is None else action.agenda,
        called=act.at,
        recused=_still_recused(progress.sitting, roll),
    )
    return Progress(progress.calls + 1, sitting), dossier


def _still_recused(before: Sitting | None, roll: Roll) -> FrozenMap[str, Text]:
    """Who was recused before a second call, and is on its roll: the matter is the same, and so is their interest."""
    if before is None:
        return FrozenMap[str, Text]()
    return FrozenMap({member: reason for member, reason in before.recused.items() if member in roll})


def _adjourned(_stage: Deliberation, _act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    """A call is spent only where the quorum was wanting."""
    spent = progress.calls if effect.ruling is not None else progress.calls - 1
    return msgspec.structs.replace(progress, calls=spent), dossier


def _attended(_stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: TakeAttendance = act.action
    sitting = _sitting(progress).attended(action)
    return msgspec.structs.replace(progress, sitting=sitting), dossier


def _recused(_stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: Recuse = act.action
    sitting = _sitting(progress).without(action.member, action.reason)
    return msgspec.structs.replace(progress, sitting=sitting), dossier


def _revised(_stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, attrs.evolve(dossier, text=act.action.text, revision=dossier.revision + 1)


def _served(_stage: Deliberation, act: Act, effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    if not effect.carried.get("effective"):
        return progress, dossier
    served = progress.served.joined((each.member, each) for each in services(act))
    return msgspec.structs.replace(progress, served=served), dossier


def _was_cast(stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: CastBallot = act.action
    proxy = action.proxy
    member = act.by if proxy is None else proxy.principal
    proxies = progress.proxies if proxy is None else progress.proxies.added(member, proxy)
    ballots = progress.ballots.added(member, action.choice)
    cast_at = progress.cast_at.added(member, act.at) if stage.changeable else progress.cast_at
    return Progress(
        progress.calls, progress.sitting, ballots, proxies, progress.withheld, cast_at, progress.served
    ), dossier


def _recorded(_stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    action: RecordBallots = act.action
    ballots = progress.ballots.joined((member, _plain(mark)) for member, mark in (action.ballots or {}).items())
    # Who votes for co-owners is kept with their ballot, though the attendance that said so may be taken again.
    joint = _sitting(progress).roll.joint & (action.ballots or {}).keys()
    used = [*(proxy for proxy in _sitting(progress).attendance if proxy.principal in joint), *action.proxies]
    proxies = progress.proxies.joined((proxy.principal, proxy) for proxy in used)
    withheld = progress.withheld + (action.ballots is None)
    return msgspec.structs.replace(progress, ballots=ballots, proxies=proxies, withheld=withheld), dossier


def _plain(mark: Mark) -> Choice | Mark:
    """A choice where the ballot says one; blank and ambiguous ballots stay what they are until they are counted."""
    return mark if mark in {Mark.BLANK, Mark.AMBIGUOUS} else Choice(mark.value)


def _was_counted(_stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return msgspec.structs.replace(progress, sitting=attrs.evolve(_sitting(progress), count=act.action)), dossier


def _extended(_stage: Deliberation, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    sitting = _sitting(progress)
    longer = attrs.evolve(sitting, closes=act.action.until, extensions=sitting.extensions + 1)
    return msgspec.structs.replace(progress, sitting=longer), dossier


def _kept(_stage: Deliberation, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> _Added:
    return progress, dossier


def _modes(values: Iterable[str]) -> frozenset[Mode]:
    return frozenset([as_mode(value) for value in all_of(str, values, "modes")])


def _methods(values: Iterable[str]) -> frozenset[Method]:
    return frozenset([as_method(value) for value in all_of(str, values, "methods")])


def _outcomes(values: Iterable[str]) -> frozenset[Outcome]:
    return frozenset([one_of(Outcome, value) for value in all_of(str, values, "outcomes")])


@attrs.frozen(kw_only=True)
class Deliberation(StageBase):
    """A body considers the matter and votes on it.

    Attributes:
        body: the body, whose roll says who may vote.
        rule: the quorum and the majority, in dated editions.
        notice: how many clear days lie between notice and meeting, in dated editions; empty where no rule says.
        notice_waivable: whether special circumstances allow a shorter notice, with the reason kept in the record.
        modes: how the body may come together.
        methods: how it may vote.
        calls: how often it may be called before the want of a quorum ends the stage.
        longest: the longest a vote may stay open, extensions included.
        extensions: how often a vote may be extended.
        proxies: which proxies it takes; ``None`` where it takes none.
        timely_by: whether a ballot is in time when it was cast in time, or when it was also entered in time.
        silence: what a vote in writing makes of members who were served and did not vote; ``None`` where it makes
            nothing of them. Service is entered with :class:`RecordService`.
        ballots: as what blank and ambiguous ballots count; left out, as abstaining and as invalid.
        changeable: whether a member may cast again until the close, so that the last ballot counts. Only in the way in
            which the first was cast: not on paper after online, and not by a proxy after the member. Such a vote is not
            closed before its end.
        cooling_off: for how long a matter that failed here may not come again; its end is kept with the close, as
            ``barred_until``. (Shenzhen: one year, where even the extended vote had too few.)
        cooling_off_after: after which outcomes; left out, after a vote that was lost and one that had no quorum.
    """

    kind: ClassVar[str] = "deliberation"
    phases: ClassVar[Phases] = {
        "waiting": {Convene: "called", Revise: "waiting"},
        "called": {
            TakeAttendance: "sitting",
            Recuse: "called",
            RecordService: "called",
            CastBallot: "voting",
            RecordBallots: "voting",
            CountVotes: "counted",
            ExtendVote: "called",
            CloseVote: "closed",
            ReturnForRevision: "closed",
            Adjourn: "adjourned",
        },
        "sitting": {
            TakeAttendance: "sitting",
            Recuse: "sitting",
            Revise: "sitting",
            CastBallot: "voting",
            RecordBallots: "voting",
            CountVotes: "counted",
            ExtendVote: "sitting",
            CloseVote: "closed",
            ReturnForRevision: "closed",
            Adjourn: "adjourned",
        },
        "voting": {
            CastBallot: "voting",
            RecordBallots: "voting",
            TakeAttendance: "voting",
            RecordService: "voting",
            ExtendVote: "voting",
            CloseVote: "closed",
        },
        "counted": {CloseVote: "closed"},
        "adjourned": {Convene: "called", Revise: "adjourned"},
        "closed": {},
    }
    ends: ClassVar[Ends] = {
        "carried": frozenset({"closed"}),
        "lost": frozenset({"closed"}),
        "inquorate": frozenset({"closed", "adjourned"}),
        "void": frozenset({"closed"}),
        "returned": frozenset({"closed"}),
    }
    turns: ClassVar = {"recalled": {"closed": "adjourned"}}
    voting: ClassVar = frozenset({"voting", "counted"})
    next_: ClassVar = {
        "waiting": Convene,
        "called": TakeAttendance,
        "sitting": CloseVote,
        "voting": CloseVote,
        "counted": CloseVote,
        "adjourned": Convene,
    }
    deciders: ClassVar = {
        Convene: _convene,
        TakeAttendance: _attend,
        Recuse: _recuse,
        Revise: _free,
        CastBallot: _cast,
        RecordBallots: _record,
        CountVotes: _count_votes,
        ExtendVote: _extend,
        CloseVote: _close,
        ReturnForRevision: _return,
        Adjourn: _adjourn,
        RecordService: _serve,
    }
    adders: ClassVar = {
        Convene: _convened,
        TakeAttendance: _attended,
        Recuse: _recused,
        Revise: _revised,
        CastBallot: _was_cast,
        RecordBallots: _recorded,
        CountVotes: _was_counted,
        ExtendVote: _extended,
        CloseVote: _kept,
        ReturnForRevision: _kept,
        Adjourn: _adjourned,
        RecordService: _served,
    }

    body: str = attrs.field(converter=name)
    rule: tuple[Rule, ...] = attrs.field(converter=as_rules)
    notice: tuple[Period, ...] = attrs.field(default=(), converter=as_periods)
    notice_waivable: bool = attrs.field(default=False, converter=flag)
    modes: frozenset[Mode] = attrs.field(default=frozenset({Mode.IN_PERSON}), converter=_modes)
    methods: frozenset[Method] = attrs.field(default=frozenset(Method), converter=_methods)
    calls: int = attrs.field(default=2, converter=count)
    longest: Period | None = attrs.field(default=None, validator=optional_instance_of(Period))
    extensions: int = attrs.field(default=1, converter=count)
    proxies: ProxyPolicy | None = attrs.field(default=None, validator=optional_instance_of(ProxyPolicy))
    timely_by: Clock = attrs.field(default=Clock.HAPPENED, converter=as_clock)
    silence: Silence | None = attrs.field(default=None, validator=optional_instance_of(Silence))
    ballots: BallotPolicy | None = attrs.field(default=None, validator=optional_instance_of(BallotPolicy))
    changeable: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag))
    cooling_off: Period | None = attrs.field(default=None, validator=optional_instance_of(Period))
    cooling_off_after: frozenset[Outcome] = attrs.field(default=frozenset[Outcome](), converter=_outcomes)

    def start(self) -> Progress:
        """Not called yet."""
        return Progress()

    def vote_opened(self, phase: str, progress: Progress, at: datetime) -> bool:
        """In writing the vote opens by the hour; at a meeting with the first ballot or count."""
        sitting = progress.sitting
        in_writing = sitting is not None and sitting.mode not in MEETINGS and at >= sitting.opens
        return phase in self.voting or (phase == "called" and in_writing)

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """Attendance on the day of the meeting, and the close after the end of the vote."""
        sitting = progress.sitting
        if sitting is None or phase not in {"called", "sitting", "voting"}:
            return super().due(phase, progress)
        if phase == "called" and sitting.mode in MEETINGS:
            return (Duty(action=TakeAttendance.kind, since=sitting.opens),)
        return (Duty(action=CloseVote.kind, since=sitting.closes),)

    def bodies(self) -> Iterable[str]:
        """The body that votes."""
        return (self.body,)

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """The rule, and the notice where there is one."""
        return (("rule", self.rule), *((("notice", self.notice),) if self.notice else ()))
