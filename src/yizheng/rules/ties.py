"""What differs between options that are ranked, and what a rule says of a tie for the last places."""

from __future__ import annotations

import enum

import attrs

from yizheng.rules.figures import Figure
from yizheng.text import Text, as_text
from yizheng.values import names

__all__ = ["OWN", "Lot", "Step"]

OWN = frozenset({Figure.FOR, Figure.AGAINST, Figure.ABSTAINING})
"""The figures in which the options of one vote differ; all others are the same for each of them."""


class Step(enum.StrEnum):
    """What a rule says of a tie at the edge: options that are equal, and fewer seats than options."""

    REVOTE = "revote"
    """Another vote among the tied (as Henan's rules for elections, art. 36, have it; domain E17)."""
    VACANT = "vacant"
    """The seats stay empty."""
    LOT = "lot"
    """A lot, drawn outside and handed in."""


@attrs.frozen
class Lot:
    """A lot that was drawn among the tied: outside, since nothing here draws.

    Attributes:
        drawn: who was drawn.
        evidence: who drew it, before whom, and where that is kept.
    """

    drawn: frozenset[str] = attrs.field(converter=names)
    evidence: Text = attrs.field(converter=as_text)
