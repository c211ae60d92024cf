"""What stands on a paper ballot, and as what it is counted."""

from __future__ import annotations

import enum
from functools import cached_property
from typing import Final

import attrs

from yizheng.citation import Citation
from yizheng.rules.figures import Choice
from yizheng.values import FrozenMap, one_of, optional_instance_of

__all__ = ["AS_USUAL", "BallotPolicy", "Mark"]


class Mark(enum.StrEnum):
    """What a ballot that came back says, as the counters find it. Six things, and none is taken for another."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    INVALID = "invalid"
    """Not a ballot of this vote, or spoilt."""
    BLANK = "blank"
    """Nothing is marked."""
    AMBIGUOUS = "ambiguous"
    """Something is marked, and nobody can say what: both a tick and a cross, or illegible."""


def _choice(value: Choice | str) -> Choice:
    return one_of(Choice, value)


_PLAIN: Final = FrozenMap({str(mark): Choice(mark.value) for mark in Mark if mark.value in set(Choice)})


@attrs.frozen(kw_only=True)
class BallotPolicy:
    """As what blank and ambiguous ballots count.

    Either way their number stays visible in the tally.

    Attributes:
        blank: what a blank ballot counts as: by default an abstention, which takes part (owners' votes: Sichuan art. 31,
            Dazhou art. 14).
        ambiguous: what a ballot counts as that cannot be read: by default invalid, which stays among those cast
            (elections: Sichuan art. 32).
        citation: where this is written.
    """

    blank: Choice = attrs.field(default=Choice.ABSTAIN, converter=_choice)
    ambiguous: Choice = attrs.field(default=Choice.INVALID, converter=_choice)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))

    @cached_property
    def _counts_as(self) -> dict[str, Choice]:
        return {**_PLAIN, Mark.BLANK.value: self.blank, Mark.AMBIGUOUS.value: self.ambiguous}

    def choice(self, mark: Mark | Choice | str) -> Choice:
        """As what a ballot counts.

        Raises:
            InvalidValue: when it is no mark.
        """
        found = self._counts_as.get(mark) if isinstance(mark, str) else None
        return self._counts_as[one_of(Mark, mark)] if found is None else found


AS_USUAL: Final = BallotPolicy()
"""Blank ballots abstain, and ambiguous ones are invalid."""
