"""How a record begins: with the opening of one matter, or of a batch of several."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, ClassVar

import attrs

from yizheng.errors import InvalidValue
from yizheng.matter import Matter
from yizheng.people import Roll
from yizheng.people import offices as as_offices
from yizheng.procedure import Procedure
from yizheng.rules import Quota
from yizheng.stages import Action
from yizheng.stages.anywhere import document
from yizheng.stages.base import WORDS, as_words, confided
from yizheng.text import Text
from yizheng.values import (
    FrozenMap,
    Plain,
    all_of,
    count,
    instance_of,
    keyed,
    name,
    one_of,
    optional_instance_of,
    plain,
)

__all__ = ["Open", "OpenBatch", "Sittings", "Within", "as_listed"]


def _rolls(rolls: Mapping[str, Roll]) -> FrozenMap[str, Roll]:
    taken = keyed(rolls, "rolls")
    all_of(Roll, tuple(taken.values()), "rolls")
    return FrozenMap(taken)


@attrs.frozen
class Within:
    """The batch in which a matter was opened.

    Attributes:
        batch: its id.
        digest: the digest of its opening, so that it is that batch and no other of the same id.
    """

    batch: str = attrs.field(converter=name)
    digest: str = attrs.field(converter=document)


@attrs.frozen(kw_only=True)
class Open(Action):
    """Open a case: the matter, the procedure, the rolls, the offices. The first entry of every record.

    Attributes:
        matter: what is to be decided.
        procedure: by which procedure.
        rolls: who may vote, by body; a body may also get its roll when it is convened.
        offices: who holds which office.
        within: the batch in which the matter goes through the stages that it shares with others.
    """

    kind: ClassVar[str] = "open"
    title: ClassVar[Text] = Text("立案", "open")
    matter: Matter = attrs.field(validator=instance_of(Matter))
    procedure: Procedure = attrs.field(validator=instance_of(Procedure))
    rolls: FrozenMap[str, Roll] = attrs.field(converter=_rolls)
    offices: FrozenMap[str, frozenset[str]] = attrs.field(converter=as_offices)
    within: Within | None = attrs.field(default=None, validator=optional_instance_of(Within))

    def __attrs_post_init__(self) -> None:
        if self.within is not None and self.within.batch == self.matter.id:
            raise InvalidValue(f"{self.matter.id} would lie in itself; within= names the batch of a matter")


def as_listed(matter: Matter, procedure: Procedure) -> Matter:
    """A matter as its batch lists it: without what is private, which its own record holds."""
    return attrs.evolve(matter, private={}, origin=matter.origin if procedure.confidential is None else None)


class Sittings(enum.StrEnum):
    """How the matters of a batch are resolved one by one (domain 2.3: 分别召开居民代表会议 can be read in both ways)."""

    SEPARATE = "separate"
    """A sitting for each matter: every one has its own notice and attendance."""
    ONE = "one"
    """One sitting: one notice and one attendance, and a vote for each matter."""


def _sittings(value: Sittings | str) -> Sittings:
    return one_of(Sittings, value)


def _items(values: Iterable[Matter]) -> tuple[Matter, ...]:
    items = tuple(sorted(all_of(Matter, values, "items"), key=lambda matter: matter.id))
    ids = [matter.id for matter in items]
    faults = [f"matter {each} stands twice in the batch; name it once" for each in sorted(_twice(ids))]
    if not items:
        faults.append("a batch needs matters; there is none here")
    InvalidValue.raise_all(faults)
    return tuple([attrs.evolve(matter, private={}) for matter in items])


def _twice(ids: list[str]) -> set[str]:
    return {one for one, other in pairwise(sorted(ids)) if one == other}


def _at_least_one(value: int) -> int:
    number = count(value)
    if number < 1:
        raise InvalidValue("a request of nobody cannot split a matter out; requests= is 1 or more, or left out")
    return number


def _plain(value: Any) -> Any:
    return plain(value, "triage")


@attrs.frozen(kw_only=True)
class OpenBatch(Open):
    """Open a batch: several matters that go through the shared stages together.

    Attributes:
        matter: what the batch as a whole is called; its id is the id of the batch.
        items: its matters by id, without their private fields, which stand in the record of each alone.
        sittings: how they are resolved; ``None`` leaves it to how the body is called.
        requests: how many members must ask for a matter to be split out; ``None`` where asking alone does not.
        reason: why these matters are dealt with together.
        triage: how it was chosen what is put in, as the office's account of it.
        quota: the fixed number of places for which its matters compete; ``None`` where they do not.
    """

    kind: ClassVar[str] = "open_batch"
    title: ClassVar[Text] = Text("批次立案", "open a batch")
    items: tuple[Matter, ...] = attrs.field(converter=_items)
    sittings: Sittings | None = attrs.field(default=None, converter=attrs.converters.optional(_sittings))
    requests: int | None = attrs.field(default=None, converter=attrs.converters.optional(_at_least_one))
    reason: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_words), metadata=WORDS)
    triage: Plain = confided(default=None, converter=_plain)
    quota: Quota | None = attrs.field(default=None, validator=optional_instance_of(Quota))

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.within is not None:
            raise InvalidValue("a batch lies in no other batch; leave within= out")
        if any(item.id == self.matter.id for item in self.items):
            raise InvalidValue(f"{self.matter.id} is the id of the batch and of one of its matters; give it another")
