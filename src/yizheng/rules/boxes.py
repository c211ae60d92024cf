"""The boxes of a ballot with several options, and how the marks in them are read."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, Final

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules.figures import Choice
from yizheng.values.doors import one, one_of, several
from yizheng.values.names import names

__all__ = ["BOXES", "Box", "Defect", "Reading", "read"]


class Box(enum.StrEnum):
    """What a ballot can say beside the options themselves; no option may have such a name."""

    NONE = "none"
    """以上都不同意: against each of the options, and for none of them."""
    ABSTAIN = "abstain"
    """弃权: neither for nor against any of them."""
    INVALID = "invalid"
    """A ballot that was spoilt, as whoever counted it found."""


BOXES: Final = frozenset(Box)


class Defect(enum.StrEnum):
    """Why a ballot is invalid. A ballot may have several defects, and is one invalid ballot."""

    SPOILT = "spoilt"
    CONTRADICTORY = "contradictory"
    """Options and "none of these", or an abstention beside anything else."""
    TOO_MANY = "too_many"
    """More options are marked than the ballot allows."""


def _marked(values: Iterable[str]) -> frozenset[str]:
    given: tuple[Any, ...] = several(values, "what a ballot marks")
    return names([str(each) if isinstance(each, Box) else each for each in given])


def _defects(values: Iterable[Defect | str]) -> tuple[Defect, ...]:
    found = {one_of(Defect, value) for value in several(values, "the defects of a ballot")}
    return tuple(defect for defect in Defect if defect in found)


@attrs.frozen
class Reading:
    """What one ballot says.

    Attributes:
        marked: the options, or the one box, that it marks.
        defects: what makes it invalid, in one order; empty where it is not.
    """

    marked: frozenset[str] = attrs.field(converter=_marked)
    defects: tuple[Defect, ...] = attrs.field(default=(), converter=_defects)

    @property
    def blank(self) -> bool:
        """Whether nothing is marked on it."""
        return not self.marked

    def on(self, option: str, *, blank: Choice, unmarked: Choice) -> Choice:
        """What it says about one option, or about "none of these".

        Args:
            option: which.
            blank: what a ballot with no mark says.
            unmarked: what a ballot says about an option that it leaves unmarked, while it marks others.

        Raises:
            InvalidType: when the option is no name.
            InvalidValue: when what is said of blank or unmarked ballots is no choice.
        """
        option, blank, unmarked = one(str, option, "the option"), one_of(Choice, blank), one_of(Choice, unmarked)
        if self.defects:
            return Choice.INVALID
        if self.blank:
            return blank
        if Box.ABSTAIN in self.marked:
            return Choice.ABSTAIN
        if option in self.marked:
            return Choice.FOR
        # Options and "none of these" are against each other, whatever an unmarked option means.
        return Choice.AGAINST if Box.NONE in {option, *self.marked} else unmarked


def read(marks: Iterable[str], allowed: frozenset[str], most: int) -> Reading:
    """Read the marks of a ballot.

    Args:
        marks: the options and boxes that are marked.
        allowed: the options and boxes that stand on it.
        most: how many options it may mark.

    Raises:
        InvalidType: when the marks are not several names.
        InvalidValue: when something is marked that does not stand on the ballot: that is an error of entering it.
    """
    given: tuple[Any, ...] = several(marks, "the marks of a ballot; write {'A'} for one")
    if not all(isinstance(mark, str) for mark in given):
        raise InvalidType("the marks of a ballot are the names of options and boxes; write strings")
    marked = frozenset(str(mark) for mark in given)
    if unknown := sorted(marked - allowed):
        raise InvalidValue(
            f"{', '.join(shown(each) for each in unknown)} does not stand on the ballot; there are {', '.join(sorted(allowed))}"
        )
    options = marked - BOXES
    found = {
        Defect.SPOILT: Box.INVALID in marked,
        Defect.CONTRADICTORY: bool(options) + len(marked & {Box.NONE, Box.ABSTAIN}) > 1,
        Defect.TOO_MANY: len(options) > most,
    }
    return Reading(marked, tuple(defect for defect in Defect if found[defect]))
