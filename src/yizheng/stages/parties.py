"""The parties to a dispute and what they agreed, as stages hand it on; and the law by which they are mediated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Final

import attrs

from yizheng.calendar import moment
from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.reasons import OWN_DISPUTE, Reason
from yizheng.text import Text
from yizheng.values.doors import one, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, lookalike, name, names
from yizheng.values.scalars import flag

__all__ = ["MEDIATION_LAW", "Agreement", "Dispute", "as_labels", "as_parties", "own_faults"]

MEDIATION_LAW: Final = partial(
    Citation,
    instrument=Text("人民调解法", "People's Mediation Law"),
    in_force_from=date(2011, 1, 1),
)
"""The law of people's mediation; its article is given with ``MEDIATION_LAW(article="17")``."""

_FEWEST: Final = 2
"""Nobody has a dispute alone."""
_TELLING: Final = 4
"""How long an id must be to be found among other words; a shorter one, such as a number, stands there by chance."""


def as_parties(values: Mapping[str, str]) -> FrozenMap[str, str]:
    """The parties, each under the label by which the public record calls them.

    Raises:
        InvalidType: when it is no mapping of ids.
        InvalidValue: when there are fewer than two, one person stands for two of them, or a label tells who it is.
    """
    parties = {label: name(person, label) for label, person in keyed(values, "parties").items()}
    faults = _count_faults(parties)
    if telling := sorted(label for label in parties if any(_tells(label, person) for person in parties.values())):
        faults.append(f'the public reads the label {telling[0]}, and it holds a person\'s id; write one such as "a"')
    InvalidValue.raise_all(faults)
    return FrozenMap(parties)


def _count_faults(parties: Mapping[str, str | None]) -> list[str]:
    faults = [] if len(parties) >= _FEWEST else [f"{len(parties)} parties are named; a dispute has two or more"]
    known = [lookalike(person) for person in parties.values() if person is not None]
    if len(set(known)) < len(known):
        faults.append("one person stands for two parties; name each party once")
    if len({lookalike(label) for label in parties}) < len(parties):
        faults.append("two labels look alike; give each party one that cannot be taken for another")
    return faults


def _tells(label: str, person: str) -> bool:
    """Whether a label says the id of a person: it is the id, or has it among other words."""
    said, told = lookalike(label), lookalike(person)
    among = len(told) >= _TELLING and re.search(rf"(?<!\w){re.escape(told)}(?!\w)", said) is not None
    return said == told or among


def as_labels(values: Iterable[str]) -> frozenset[str]:
    """Labels of parties, each named once.

    Raises:
        InvalidType: when it is no set of labels.
        InvalidValue: when a label is no good id, or stands twice.
    """
    taken = names(values)
    if isinstance(values, list | tuple) and len(taken) < len(values):
        raise InvalidValue("the label of a party stands twice; name each party once")
    return taken


@attrs.frozen(kw_only=True)
class Agreement:
    """An agreement that has taken effect (People's Mediation Law arts 28 to 30).

    Attributes:
        effective: since when it binds.
        written: whether it stands in a document, and was not made by word of mouth.
        perform_by: by when it is to be performed, where the parties set a day.
        confirmed: whether a court confirmed it, so that it can be enforced (art. 33).
    """

    effective: datetime = attrs.field(converter=moment)
    written: bool = attrs.field(converter=flag)
    perform_by: datetime | None = attrs.field(default=None, converter=attrs.converters.optional(moment))
    confirmed: bool = attrs.field(default=False, converter=flag)


def _known(values: Mapping[str, str | None]) -> FrozenMap[str, str | None]:
    taken = keyed(values, "parties")
    parties = {label: None if person is None else name(person, label) for label, person in taken.items()}
    InvalidValue.raise_all(_count_faults(parties))
    return FrozenMap(parties)


@attrs.frozen(kw_only=True)
class Dispute:
    """A dispute as its record has established it so far.

    Attributes:
        parties: who stands behind each label, as far as that was not withheld.
        agreement: what was agreed and binds; ``None`` where nothing is, or a court found it void.
        firm: the parties that refuse mediation by an act of their own, which nobody takes back for them.
        rejected: the mediators that a party does not accept, however often the mediation begins anew.
    """

    parties: FrozenMap[str, str | None] = attrs.field(converter=_known, repr=False)
    agreement: Agreement | None = attrs.field(default=None, validator=optional_instance_of(Agreement))
    firm: frozenset[str] = attrs.field(default=frozenset[str](), converter=names)
    rejected: frozenset[str] = attrs.field(default=frozenset[str](), converter=names)

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


def own_faults(persons: Iterable[str], dispute: Dispute | None) -> list[Reason]:
    """Why nobody acts by an office in their own dispute: a mediator favours no party (art. 15(1)), and so not themselves."""
    own = [] if dispute is None else [each for each in persons if dispute.label_of(each) is not None]
    return [OWN_DISPUTE(MEDIATION_LAW(article="15(1)"), mediators=own)] if own else []
