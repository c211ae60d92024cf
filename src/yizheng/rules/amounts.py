"""The amounts that rules are written with, each with the word of the chamber."""

from __future__ import annotations

from typing import Final

from yizheng.rules.algebra import Amount
from yizheng.rules.figures import Figure
from yizheng.rules.terms import Term

__all__ = [
    "ABSENT",
    "ABSTAINING",
    "AGAINST",
    "CAST",
    "ENTITLED",
    "FOR",
    "INVALID",
    "PRESENT",
    "RECUSED",
    "SILENT",
    "VALID",
]


def _figure(figure: Figure) -> Amount:
    return Amount((Term(1, figure),))


ENTITLED: Final = _figure(Figure.ENTITLED)
"""应到: all who may vote on this item."""
PRESENT: Final = _figure(Figure.PRESENT)
"""实到: who took part in the meeting, in person, online or by a present proxy."""
CAST: Final = _figure(Figure.CAST)
"""参与表决: valid and invalid ballots."""
VALID: Final = _figure(Figure.VALID)
"""有效票: for, against and abstaining."""
FOR: Final = _figure(Figure.FOR)
"""赞成."""
AGAINST: Final = _figure(Figure.AGAINST)
"""反对."""
ABSTAINING: Final = _figure(Figure.ABSTAINING)
"""弃权: voted, and took neither side."""
INVALID: Final = _figure(Figure.INVALID)
"""无效票: a ballot came in, and says nothing that counts."""
SILENT: Final = _figure(Figure.SILENT)
"""未表决: took part, and did not vote."""
ABSENT: Final = _figure(Figure.ABSENT)
"""缺席: entitled, and not present."""
RECUSED: Final = _figure(Figure.RECUSED)
"""回避: on the roll, and out of this item."""
