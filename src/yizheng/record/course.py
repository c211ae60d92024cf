"""The course of a case (经过): in which stage each entry stands, and where it led."""

from __future__ import annotations

from typing import Any

import attrs

from yizheng.case import Entry, Open
from yizheng.procedure import End, Office, Procedure
from yizheng.stages import Dossier, Stage
from yizheng.text import Text

__all__ = ["Course", "Line", "Passage"]


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
    """

    entry: Entry
    stage: Stage
    capacity: tuple[Office, ...]
    again: bool
    dossier: Dossier
    left: bool = False
    to: Stage | End | None = None

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
    answers: dict[str, int]


@attrs.frozen(kw_only=True)
class Course:
    """A case as its entries tell it.

    Attributes:
        opening: the first entry.
        passages: the stages passed, in order.
        stands: the stage in which the case stands, or how it ended.
        count: how many entries there are.
        digest: the digest of the last.
        corrections: the entries that correct each entry, by its number.
    """

    opening: Entry
    passages: tuple[Passage, ...]
    stands: Stage | End
    count: int
    digest: str
    corrections: dict[int, list[Entry]]

    @property
    def opened(self) -> Open:
        """What was opened: matter, procedure, rolls, offices."""
        assert isinstance(self.opening.action, Open)
        return self.opening.action

    @property
    def rehearsal(self) -> bool:
        """Whether it was only rehearsed."""
        return self.opening.rehearsal

    @property
    def procedure(self) -> Procedure:
        """By which procedure."""
        return self.opened.procedure

    def body(self, body: str) -> Text:
        """What a body is called."""
        return next((each.title for each in self.procedure.bodies if each.id == body), Text(body, body))
