"""Rules: what a vote needs, what was counted, and what came of it; exact to the last digit.

What every vote needs is loaded at once; what only reads, writes, words or examines rules, when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from yizheng.rules.algebra import AllOf, Amount, AnyOf, Comparison, Condition, Sign
from yizheng.rules.amounts import (
    ABSENT,
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    RECUSED,
    SILENT,
    VALID,
)
from yizheng.rules.ballots import BallotPolicy, Mark
from yizheng.rules.counting import Counts
from yizheng.rules.deeming import Deeming, deem
from yizheng.rules.figures import HEADS, Choice, Figure, Outcome
from yizheng.rules.numerals import Number
from yizheng.rules.rule import Rule, Ruling
from yizheng.rules.silence import Deemed, Silence, SilencePolicy
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Term
from yizheng.rules.weighing import Finding, Part

if TYPE_CHECKING:
    from yizheng.rules.alike import Voter
    from yizheng.rules.boxes import Box, Defect, Reading
    from yizheng.rules.data import citation_to_data, to_data
    from yizheng.rules.files import rules_from_toml, rules_to_toml
    from yizheng.rules.motions import Motion, Opposed, Resolution
    from yizheng.rules.needing import Needed, Needs
    from yizheng.rules.notation import amount_from_text, condition_from_text, to_text
    from yizheng.rules.oddities import Audit, Oddity, OddityKind
    from yizheng.rules.questions import Electors, Question
    from yizheng.rules.quotas import Award, Filling, Placing, Quota, Standing
    from yizheng.rules.reading import (
        amount_from_data,
        citation_from_data,
        condition_from_data,
        rule_from_data,
        rules_from_data,
        ruling_from_data,
        silence_from_data,
        tally_from_data,
    )
    from yizheng.rules.schemas import schema
    from yizheng.rules.selections import Result, Selection, runoff
    from yizheng.rules.strictness import LongerPeriod, stricter
    from yizheng.rules.ties import Lot, Step

_LATER: Final = {
    "alike": ("Voter",),
    "boxes": ("Box", "Defect", "Reading"),
    "data": ("citation_to_data", "to_data"),
    "files": ("rules_from_toml", "rules_to_toml"),
    "motions": ("Motion", "Opposed", "Resolution"),
    "needing": ("Needed", "Needs"),
    "notation": ("amount_from_text", "condition_from_text", "to_text"),
    "oddities": ("Audit", "Oddity", "OddityKind"),
    "questions": ("Electors", "Question"),
    "quotas": ("Award", "Filling", "Placing", "Quota", "Standing"),
    "reading": (
        "amount_from_data",
        "citation_from_data",
        "condition_from_data",
        "rule_from_data",
        "rules_from_data",
        "ruling_from_data",
        "silence_from_data",
        "tally_from_data",
    ),
    "schemas": ("schema",),
    "selections": ("Result", "Selection", "runoff"),
    "strictness": ("LongerPeriod", "stricter"),
    "ties": ("Lot", "Step"),
}
_HOMES: Final = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "ABSENT",
    "ABSTAINING",
    "AGAINST",
    "CAST",
    "ENTITLED",
    "FOR",
    "HEADS",
    "INVALID",
    "PRESENT",
    "RECUSED",
    "SILENT",
    "VALID",
    "AllOf",
    "Amount",
    "AnyOf",
    "Audit",
    "Award",
    "BallotPolicy",
    "Box",
    "Choice",
    "Comparison",
    "Condition",
    "Counts",
    "Deemed",
    "Deeming",
    "Defect",
    "Electors",
    "Figure",
    "Filling",
    "Finding",
    "LongerPeriod",
    "Lot",
    "Mark",
    "Motion",
    "Needed",
    "Needs",
    "Number",
    "Oddity",
    "OddityKind",
    "Opposed",
    "Outcome",
    "Part",
    "Placing",
    "Question",
    "Quota",
    "Reading",
    "Resolution",
    "Result",
    "Rule",
    "Ruling",
    "Selection",
    "Sign",
    "Silence",
    "SilencePolicy",
    "Standing",
    "Step",
    "Tally",
    "Term",
    "Voter",
    "amount_from_data",
    "amount_from_text",
    "citation_from_data",
    "citation_to_data",
    "condition_from_data",
    "condition_from_text",
    "deem",
    "rule_from_data",
    "rules_from_data",
    "rules_from_toml",
    "rules_to_toml",
    "ruling_from_data",
    "runoff",
    "schema",
    "silence_from_data",
    "stricter",
    "tally_from_data",
    "to_data",
    "to_text",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
