"""What is counted in a vote, what it can come to, and how the figures make one another up."""

from __future__ import annotations

import enum
from typing import Final

__all__ = ["HEADS", "MARKS", "PARTS", "PRESENCE", "SHARED", "Choice", "Figure", "Outcome", "marks_of"]

HEADS: Final = "heads"
"""The measure in which each voter counts once; an amount that names no other measure is in heads."""


class Choice(enum.StrEnum):
    """What a ballot can say. A ballot that was not cast says nothing, and is no choice."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    INVALID = "invalid"


class Outcome(enum.StrEnum):
    """What a vote can come to."""

    CARRIED = "carried"
    LOST = "lost"
    INQUORATE = "inquorate"
    """Too few took part: nothing was decided either way."""
    VOID = "void"
    """More ballots came back than were issued: the vote does not count."""


class Figure(enum.StrEnum):
    """A number that a tally can hold, in the order in which a secretary reads it out."""

    NAMES = "names"
    """在册: all on the roll, those recused for this item included."""
    ENTITLED = "entitled"
    """应到: all who may vote on this item."""
    PRESENT = "present"
    """实到: who took part in the meeting, in person, online or by a present proxy."""
    CAST = "cast"
    """参与表决: the ballots that came in, valid or not."""
    VALID = "valid"
    """有效票: for, against and abstaining."""
    FOR = "for"
    AGAINST = "against"
    ABSTAINING = "abstaining"
    INVALID = "invalid"
    SILENT = "silent"
    """Took part and did not vote; in a vote without presence, everybody who did not vote."""
    ABSENT = "absent"
    """Entitled and not present."""
    RECUSED = "recused"
    """回避: out of entitled and of present for this item."""


PARTS: Final[dict[Figure, tuple[Figure, ...]]] = {
    Figure.VALID: (Figure.FOR, Figure.AGAINST, Figure.ABSTAINING),
    Figure.CAST: (Figure.VALID, Figure.INVALID),
    Figure.PRESENT: (Figure.CAST, Figure.SILENT),
    Figure.ENTITLED: (Figure.PRESENT, Figure.ABSENT),
    Figure.NAMES: (Figure.ENTITLED, Figure.RECUSED),
}
"""What each whole is the sum of, the smallest whole first."""

MARKS: Final = tuple(figure for figure in Figure if figure not in PARTS)
"""The seven figures that have no parts: everybody on the roll stands in exactly one of them."""

PRESENCE: Final = (Figure.PRESENT, Figure.ABSENT)
"""The figures that mean something only where there is a meeting."""

SHARED: Final = frozenset({Figure.ENTITLED, Figure.PRESENT, Figure.CAST, Figure.VALID})
"""The wholes of which a rule takes a share."""


def marks_of(figure: Figure) -> frozenset[Figure]:
    """The marks that a figure is made of."""
    if figure not in PARTS:
        return frozenset({figure})
    return frozenset[Figure]().union(*map(marks_of, PARTS[figure]))
