"""Batches (简易程序): which matters go together, which are put in at all, and how many meetings that saves."""

from yizheng.batch.fuzzy import FuzzyLikeness
from yizheng.batch.grouping import Alone, Group, Why
from yizheng.batch.likeness import Alike, Likeness
from yizheng.batch.meetings import Called, Meetings, Saving, Sitting, meetings
from yizheng.batch.planning import Schedule, plan
from yizheng.batch.titles import TitleLikeness
from yizheng.batch.triage import ByHand, Criterion, Finding, Ground, Triage, TriageLog, triage
from yizheng.batch.usual import USUAL
from yizheng.batch.wording import Wording

__all__ = [
    "USUAL",
    "Alike",
    "Alone",
    "ByHand",
    "Called",
    "Criterion",
    "Finding",
    "FuzzyLikeness",
    "Ground",
    "Group",
    "Likeness",
    "Meetings",
    "Saving",
    "Schedule",
    "Sitting",
    "TitleLikeness",
    "Triage",
    "TriageLog",
    "Why",
    "Wording",
    "meetings",
    "plan",
    "triage",
]
