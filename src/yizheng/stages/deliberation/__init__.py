"""Deliberation (提议 商议 审议 决议): a body is called, sits or writes, votes, and its vote is judged.

The longest of the kinds, because a vote can go wrong in the most ways, and each check has its own code; so it is a
folder. Begin with ``kind``, where the table of phases stands and the settings are explained. ``words``, ``mandates``,
``actions`` and ``ballots`` are what can be asked; ``settings`` and ``sitting`` are what it is held against. Then, in
the order of a vote: ``calling``, ``attending``, ``service``, ``by_name``, ``counting``, ``closing``; with ``admitting``,
``representing`` and ``count_faults``, which several of these ask.
"""

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
from yizheng.stages.deliberation.delegating import Delegation
from yizheng.stages.deliberation.kind import Deliberation
from yizheng.stages.deliberation.service import RecordService
from yizheng.stages.deliberation.words import Method, Mode

__all__ = [
    "Adjourn",
    "CastBallot",
    "CloseVote",
    "Convene",
    "CountVotes",
    "Delegation",
    "Deliberation",
    "ExtendVote",
    "Method",
    "Mode",
    "RecordBallots",
    "RecordService",
    "Recuse",
    "ReturnForRevision",
    "Revise",
    "TakeAttendance",
]
