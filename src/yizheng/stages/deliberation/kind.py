"""The kind itself: what may follow what, its settings explained, and which function decides and adds up each action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

import attrs

from yizheng.stages.base import Brings, Duty, Edition, Ends, Phases
from yizheng.stages.deliberation import attending, by_name, calling, closing, counting, service
from yizheng.stages.deliberation.actions import (
    Adjourn,
    CloseVote,
    Convene,
    ExtendVote,
    Recuse,
    ReturnForRevision,
    Revise,
    TakeAttendance,
)
from yizheng.stages.deliberation.ballots import CastBallot, CountVotes, RecordBallots
from yizheng.stages.deliberation.service import RecordService
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Progress
from yizheng.stages.deliberation.words import MEETINGS

__all__ = ["Deliberation"]

PHASES: Final[Phases] = {
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
    "counted": {CountVotes: "counted", CloseVote: "closed"},
    "adjourned": {Convene: "called", Revise: "adjourned"},
    "closed": {},
}


@attrs.frozen(kw_only=True)
class Deliberation(Settings):
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
        timely_by: whether a paper ballot that the office enters is in time when it was cast in time, or when it was
            also entered in time. A member's own ballot always has to be entered in time.
        silence: what a vote in writing makes of members who were served and did not vote; ``None`` where it makes
            nothing of them. Service is entered with :class:`RecordService`.
        ballots: as what blank and ambiguous ballots count; left out, as abstaining and as invalid.
        changeable: whether a member may cast again until the close, so that the last ballot counts. Only in the way in
            which the first was cast: not on paper after online, and not by a proxy after the member. Such a vote is not
            closed before its end.
        cooling_off: for how long a matter that failed here may not come again; its end is kept with the close, as
            ``barred_until``. (Shenzhen: one year, where even the extended vote had too few.)
        cooling_off_after: after which outcomes; left out, after a vote that was lost and one that had no quorum.
        shortest: the shortest time for which a vote that has an end is open. (Hangzhou: five days.)
        delegation: for a body that decides only what another delegated to it, what the matter must state of that; it is
            held against the day of the opening and against that on which the body meets. ``None`` where the body decides
            of its own right.
        notice_waivable_since: the first day on which a meeting may be called at shorter notice, where a law allowed it from
            some day on; left out, on every day. (The organic laws of 2025: 2026-01-01.)
    """

    kind: ClassVar[str] = "deliberation"
    phases: ClassVar[Phases] = PHASES
    ends: ClassVar[Ends] = {
        "carried": frozenset({"closed"}),
        "lost": frozenset({"closed"}),
        "inquorate": frozenset({"closed", "adjourned"}),
        "void": frozenset({"closed"}),
        "returned": frozenset({"closed"}),
    }
    turns: ClassVar = {"recalled": {"closed": "adjourned"}, "tied": {"closed": "adjourned"}}
    brings: ClassVar[Brings] = {
        CloseVote: frozenset({"carried", "lost", "inquorate", "void", "recalled", "tied"}),
        ReturnForRevision: frozenset({"returned"}),
        Adjourn: frozenset({"inquorate"}),
        Revise: frozenset(),
    }
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
        Convene: calling.convene,
        TakeAttendance: attending.attend,
        Recuse: attending.recuse,
        Revise: attending.revise,
        CastBallot: by_name.cast,
        RecordBallots: by_name.record,
        CountVotes: counting.count_votes,
        ExtendVote: closing.extend,
        CloseVote: closing.close,
        ReturnForRevision: closing.return_for_revision,
        Adjourn: closing.adjourn,
        RecordService: service.serve,
    }
    adders: ClassVar = {
        Convene: calling.convened,
        TakeAttendance: attending.attended,
        Recuse: attending.recused,
        Revise: attending.revised,
        CastBallot: by_name.was_cast,
        RecordBallots: by_name.recorded,
        CountVotes: counting.was_counted,
        ExtendVote: closing.extended,
        CloseVote: closing.closed,
        ReturnForRevision: closing.kept,
        Adjourn: closing.adjourned,
        RecordService: service.served,
    }

    def start(self) -> Progress:
        """Not called yet."""
        return Progress()

    def bounds(self) -> Mapping[str, int]:
        """The body is called anew for want of a quorum as often as the calls allow; the last one ends the stage."""
        return {"recalled": max(self.calls - 1, 0)}

    def vote_opened(self, phase: str, progress: Progress, at: datetime) -> bool:
        """In writing the vote opens by the hour; at a meeting with the first ballot or count."""
        sitting = progress.sitting
        in_writing = sitting is not None and sitting.is_opened_in_writing(at)
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
