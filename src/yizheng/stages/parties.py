"""The parties to a dispute and what they agreed, as stages hand it on; and the law by which they are mediated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Final

import attrs

from yizheng.calendar import moment
from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.text import Text
from yizheng.values.doors import one, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name
from yizheng.values.scalars import flag

__all__ = ["MEDIATION_LAW", "Agreement", "Dispute", "as_parties"]

MEDIATION_LAW: Final = partial(
    Citation,
    instrument=Text("人民调解法", "People's Mediation Law"),
    in_force_from=date(2011, 1, 1),
)
"""The law of people's mediation; its article is given with ``MEDIATION_LAW(article="17")``."""

_FEWEST: Final = 2
"""Nobody has a dispute alone."""


def as_parties(values: Mapping[str, str]) -> FrozenMap[str, str]:
    """The parties, each under the label by which the public record calls them.

    Raises:
        InvalidType: when it is no mapping of ids.
        InvalidValue: when there are fewer than two, or one person stands for two of them.
    """
    parties = {label: name(person, label) for label, person in keyed(values, "parties").items()}
    faults = [] if len(parties) >= _FEWEST else [f"{len(parties)} parties are named; a dispute has two or more"]
    if len(set(parties.values())) < len(parties):
        faults.append("one person stands for two parties; name each party once")
    InvalidValue.raise_all(faults)
    return FrozenMap(parties)


@attrs.frozen(kw_only=True)
class Agreement:
    """An agreement that has taken effect (People's Mediation Law arts 28 to 30).

    Attributes:
        effective: since when it binds.
        written: whether it stands in a document, and was not made by word of mouth.
        perform_by: by when it is to be performed, where the parties set a day.
    """

    effective: datetime = attrs.field(converter=moment)
    written: bool = attrs.field(converter=flag)
    perform_by: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(moment))


def _known(values: Mapping[str, str | None]) -> FrozenMap[str, str | None]:
    taken = keyed(values, "parties")
    return FrozenMap({label: None if person is None else name(person, label) for label, person in taken.items()})


@attrs.frozen(kw_only=True)
class Dispute:
    """A dispute as its record has established it so far.

    Attributes:
        parties: who stands behind each label, as far as that was not withheld.
        agreement: what was agreed last; ``None`` where nothing is.
    """

    parties: FrozenMap[str, str | None] = attrs.field(converter=_known, repr=False)
    agreement: Agreement | None = attrs.field(default=None, validator=optional_instance_of(Agreement))

    @property
    def labels(self) -> frozenset[str]:
        """The labels of the parties."""
        return frozenset(self.parties)

    def label_of(self, person: str) -> str | None:
        """The label of a person; ``None`` where they are no party.

        Raises:
            InvalidType: when the person is named by no string.
        """
        who = one(str, person, "a person")
        return next((label for label, named in self.parties.items() if named == who), None)
