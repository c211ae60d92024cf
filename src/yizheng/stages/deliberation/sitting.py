"""The sitting that runs and what the vote has come to: the values that every act here is held against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

import attrs
import msgspec

from yizheng.people import Proxy, Roll, Service
from yizheng.reasons import NOT_ON_ROLL, NOT_PRESENT, RECUSED, VOTER_NOT_NAMED, Reason
from yizheng.rules import Amount, Choice, Mark, Rule
from yizheng.stages.base import Dossier
from yizheng.stages.deliberation.actions import TakeAttendance
from yizheng.stages.deliberation.ballots import CountVotes
from yizheng.stages.deliberation.words import MEETINGS, Mode
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap
from yizheng.values.growing import GrowingMap

__all__ = ["Added", "Progress", "Sitting", "casters", "ranking", "running"]


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
        present: who is present; ``None`` until attendance is taken, and where there is no presence.
        recused: who is out of this vote, and why.
        extensions: how often the vote was extended.
        count: the count, where the vote was not by name.
        attendance: the mandates under which absent members are represented.
        here: who counts as present: in person or represented, and not recused.
        marks: how the mandates taken at attendance say to vote, by principal.
        casters: who may cast the casting vote of the rule: whoever held the office when the vote opened, that is when
            attendance was last taken before any ballot, or when the body was called where it votes in writing.
        officers_recused: who of those that hold this office and are not on the roll is out of this vote, and why; no
            base counts them.
        written: how every mandate ever taken at attendance says to vote: taken again, it still says so.
        ranked_by: by which number the vote is ranked among others, where the matter competes for a place.
    """

    roll: Roll
    rule: Rule
    mode: Mode
    opens: datetime
    closes: datetime | None
    agenda: tuple[str, ...]
    present: frozenset[str] | None = None
    recused: FrozenMap[str, Text] = attrs.field(default=FrozenMap[str, Text](), repr=False)
    extensions: int = 0
    count: CountVotes | None = attrs.field(default=None, repr=False)
    attendance: tuple[Proxy, ...] = ()
    here: frozenset[str] | None = None
    marks: FrozenMap[str, Choice] = attrs.field(default=FrozenMap[str, Choice](), repr=False)
    casters: frozenset[str] = frozenset()
    officers_recused: FrozenMap[str, Text] = attrs.field(default=FrozenMap[str, Text](), repr=False)
    written: FrozenMap[Proxy, Choice] = attrs.field(default=FrozenMap[Proxy, Choice](), repr=False)
    ranked_by: Amount | None = None

    def attended(self, action: TakeAttendance) -> Sitting:
        """The sitting with these people present."""
        marks = action.marks or FrozenMap[str, Choice]()
        said = {proxy: marks[proxy.principal] for proxy in action.proxies if proxy.principal in marks}
        return attrs.evolve(
            self,
            present=action.present,
            attendance=action.proxies,
            marks=marks,
            written=FrozenMap({**self.written, **said}) if said else self.written,
        ).gathered()

    def without(self, member: str, reason: Text) -> Sitting:
        """The sitting with a member recused, or with somebody who is no member and would have the casting vote."""
        if member not in self.roll:
            return attrs.evolve(self, officers_recused=FrozenMap({**self.officers_recused, member: reason}))
        return attrs.evolve(self, recused=FrozenMap({**self.recused, member: reason})).gathered()

    def gathered(self) -> Sitting:
        """The sitting with who counts as present worked out once, so that no ballot has to."""
        if self.present is None:
            return self
        represented = {mandate.principal for mandate in self.attendance if not self.absence(mandate.holder)}
        return attrs.evolve(self, here=(self.present | represented) - self.recused.keys())

    def strangers(self, members: Iterable[str]) -> list[Reason]:
        """That some of these are not on the roll."""
        return [
            NOT_ON_ROLL(member=member, body=self.roll.body) for member in sorted(members) if member not in self.roll
        ]

    def absence(self, holder: str) -> list[Reason]:
        """Why nobody can be represented by this person: a member who is recused or is not here."""
        if holder in self.recused or holder in self.officers_recused:
            return [RECUSED(member=holder)]
        away = self.present is not None and holder in self.roll and holder not in self.present
        return [NOT_PRESENT(member=holder)] if away else []

    def is_opened_in_writing(self, at: datetime) -> bool:
        """Whether this is a vote in writing that has opened: ballots may be in that nobody has entered yet."""
        return self.mode not in MEETINGS and at >= self.opens

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


Added: TypeAlias = tuple[Progress, Dossier]
"""What an act leaves behind: the progress of the stage, and the dossier."""


def casters(rule: Rule, dossier: Dossier) -> frozenset[str]:
    """Who holds the office now to which a rule gives the casting vote."""
    return frozenset() if rule.casting is None else frozenset(dossier.offices.get(rule.casting, ()))


def ranking(sitting: Sitting, dossier: Dossier) -> Amount | None:
    """By which number the vote is ranked among others; ``None`` where the matter was split out and competes no more."""
    return None if dossier.competition is None else sitting.ranked_by


def running(progress: Progress) -> Sitting:
    """The sitting that runs, where the table of phases says that there is one."""
    assert progress.sitting is not None
    return progress.sitting
