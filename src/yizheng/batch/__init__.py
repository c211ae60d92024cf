"""Batches (简易程序): which matters go together, what is done for all of them, and how many meetings that saves.

The batch itself is loaded at once; planning and triage, when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from yizheng.batch.batch import Batch

if TYPE_CHECKING:
    from yizheng.batch.account import Called, Meetings, Saving, Sitting, meetings
    from yizheng.batch.fuzzy import FuzzyLikeness
    from yizheng.batch.grouping import Alone, Group, Why
    from yizheng.batch.likeness import Alike, Likeness
    from yizheng.batch.planning import Schedule, plan
    from yizheng.batch.selecting import ByHand, Criterion, Finding, Ground, Triage, TriageLog, triage
    from yizheng.batch.titles import TitleLikeness
    from yizheng.batch.usual import USUAL
    from yizheng.batch.wording import Wording

_LATER: Final = {
    "account": ("Called", "Meetings", "Saving", "Sitting", "meetings"),
    "fuzzy": ("FuzzyLikeness",),
    "grouping": ("Alone", "Group", "Why"),
    "likeness": ("Alike", "Likeness"),
    "planning": ("Schedule", "plan"),
    "selecting": ("ByHand", "Criterion", "Finding", "Ground", "Triage", "TriageLog", "triage"),
    "titles": ("TitleLikeness",),
    "usual": ("USUAL",),
    "wording": ("Wording",),
}
_HOMES: Final = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "USUAL",
    "Alike",
    "Alone",
    "Batch",
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


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
