"""What stands where a source names a body and no figure."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from yizheng.citation import Citation
from yizheng.law.provisions import Provision
from yizheng.rules import ENTITLED, FOR, PRESENT, Rule
from yizheng.text import Text

__all__ = ["MAJORITY_INFERRED", "PROVISIONS"]

_HALF = Fraction(1, 2)

MAJORITY_INFERRED: Final = Rule(
    quorum=PRESENT > _HALF * ENTITLED,
    passage=FOR > _HALF * PRESENT,
    citation=Citation.inferred(
        Text(
            "过半数到会、到会者过半数同意（来源未写人数要求）",
            "more than half present, more than half of them in favour (the source sets no figure)",
        )
    ),
)
"""What stands where the source names a body and no figure."""

PROVISIONS: Final = (
    Provision(
        id="inferred.majority",
        title=Text("来源未写人数要求的表决", "votes for which the source sets no figure"),
        body="any_body",
        editions=[MAJORITY_INFERRED],
    ),
)
"""The defaults of this library."""
