"""The course of a case (经过): in which stage each entry stands, and where it led."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias

import attrs

from yizheng.case import Entry, Open, OpenBatch
from yizheng.procedure import End, Office, Procedure
from yizheng.stages import Dossier, Leaving, Stage
from yizheng.stages.base import NOT_SHOWN
from yizheng.text import Text

__all__ = ["Course", "Departure", "Line", "Number", "Passage", "Together"]

Number: TypeAlias = tuple[str | None, int]
"""Which entry: the batch in whose record it stands (``None`` for the record that is told), and its number there."""


@attrs.frozen(kw_only=True)
class Line:
    """An entry in its place.

    Attributes:
        entry: the entry.
        stage: the stage in which it stands.
        capacity: the offices in which its actor did it; none for a person's own act.
        again: whether this kind of action was done earlier in the same passage.
        dossier: what the record had established after it, such as the money spent.
        left: whether the stage ends with it.
        to: the stage or end to which it led, where the stage ends.
        batch: the batch in whose record it stands, in the course of one of its matters; ``None`` in the record's own.
        among: how many matters lay in the batch when it was entered; 0 in the record of one matter.
    """

    entry: Entry
    stage: Stage
    capacity: tuple[Office, ...]
    again: bool
    dossier: Dossier
    left: bool = False
    to: Stage | End | None = None
    batch: str | None = None
    among: int = 0

    @property
    def number(self) -> Number:
        """Which entry it is."""
        return (self.batch, self.entry.number)

    @property
    def action(self) -> Any:
        """What was done."""
        return self.entry.action

    @property
    def body(self) -> str:
        """The body of the stage, by its id; empty where it has none."""
        return str(getattr(self.stage, "body", ""))


@attrs.frozen(kw_only=True)
class Passage:
    """A stage as it was passed once.

    Attributes:
        stage: the stage.
        time: the how-manieth time it was entered, from 1.
        lines: its entries.
        answers: the entry in which each opinion or objection was answered, by id.
    """

    stage: Stage
    time: int
    lines: tuple[Line, ...]
    answers: dict[str, Number]

    @property
    def outcome(self) -> str | None:
        """With which outcome the stage ended; ``None`` where it has not, or ended without one."""
        return next((line.entry.effect.outcome for line in self.lines if line.left), None)


@attrs.frozen(kw_only=True)
class Together:
    """What was done for all matters of a batch, as one of them took it up.

    Attributes:
        opening: the opening of the batch.
        count: how many entries of its record there were.
        digest: the digest of the last of them.
    """

    opening: Entry
    count: int
    digest: str

    @property
    def opened(self) -> OpenBatch:
        """How the batch was opened."""
        assert isinstance(self.opening.action, OpenBatch)
        return self.opening.action


@attrs.frozen(kw_only=True)
class Departure:
    """How a matter left its batch.

    Attributes:
        how: where it went on.
        line: the entry by which it left.
    """

    how: Leaving
    line: Line


@attrs.frozen(kw_only=True)
class Course:
    """A case, or a batch, as its entries tell it.

    Attributes:
        opening: the first entry.
        passages: the stages passed, in order.
        stands: the stage in which the case stands, or how it ended.
        count: how many entries there are.
        digest: the digest of the last.
        corrections: the entries that correct each entry.
        together: what was done for all matters of its batch, where the record of a matter has taken that up.
        departures: how the matters left, by id, in the record of a batch.
        destroyed: the entries by which private values were destroyed.
        after: the entries that were made after the end.
    """

    opening: Entry
    passages: tuple[Passage, ...]
    stands: Stage | End
    count: int
    digest: str
    corrections: dict[Number, list[Line]]
    together: Together | None = None
    departures: dict[str, Departure] = attrs.field(factory=dict[str, Departure])
    destroyed: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()

    @property
    def opened(self) -> Open:
        """What was opened: matter, procedure, rolls, offices."""
        assert isinstance(self.opening.action, Open)
        return self.opening.action

    @property
    def origin(self) -> Text | None:
        """Where the matter came from, as far as it is told; ``None`` where that was not stated."""
        stated = self.opened.matter.origin
        return NOT_SHOWN if stated is None and "matter.origin" in self.opening.seals else stated

    @property
    def rehearsal(self) -> bool:
        """Whether it was only rehearsed."""
        return self.opening.rehearsal

    @property
    def batch(self) -> OpenBatch | None:
        """How the batch was opened whose record this is, or that a matter has left; ``None`` outside of batches."""
        if self.together is not None:
            return self.together.opened
        return self.opened if isinstance(self.opened, OpenBatch) else None

    @cached_property
    def destructions(self) -> dict[Number, list[tuple[Line, int]]]:
        """For each entry of which private values were destroyed: by which entries, and how many each time."""
        found: dict[Number, list[tuple[Line, int]]] = {}
        for line in self.destroyed:
            for each in line.action.values:
                found.setdefault((line.batch, each.entry), []).append((line, len(each.paths)))
        return found

    @cached_property
    def titles(self) -> dict[str, Text]:
        """What the matters of the batch are called, by id."""
        return {} if self.batch is None else {item.id: item.title for item in self.batch.items}

    @property
    def procedure(self) -> Procedure:
        """By which procedure."""
        return self.opened.procedure

    def body(self, body: str) -> Text:
        """What a body is called."""
        return next((each.title for each in self.procedure.bodies if each.id == body), Text(body, body))
