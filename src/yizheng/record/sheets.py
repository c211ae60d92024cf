"""The sheets of the register as data: what was put in, and what follows from it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

import attrs

from yizheng.rules import CAST, ENTITLED, HEADS, PRESENT, Number, Placing, Ruling
from yizheng.stages import Channel, Mode
from yizheng.text import Text
from yizheng.values import FrozenMap

__all__ = ["Attendance", "Destruction", "DisclosureSheet", "Paper", "Sheet", "SheetKind", "SittingSheet", "Supervision"]


class SheetKind(enum.StrEnum):
    """The six sheets, in order."""

    PROPOSE = "propose"
    """提议."""
    DISCUSS = "discuss"
    """商议."""
    REVIEW = "review"
    """审议."""
    RESOLVE = "resolve"
    """决议."""
    DISCLOSE_RESOLUTION = "disclose_resolution"
    """决议公开."""
    DISCLOSE_RESULT = "disclose_result"
    """实施结果公开."""


@attrs.frozen(kw_only=True)
class Paper:
    """A paper that was put to the record while the stage ran, such as the sheet with the signatures.

    Attributes:
        label: what it is.
        document: the SHA-256 digest of it, 64 hexadecimal digits.
    """

    label: Text
    document: str


@attrs.frozen(kw_only=True)
class Attendance:
    """Somebody of the level above who attended, and what was noted by that person (乡镇参会人员签字).

    Attributes:
        on: on which day.
        by: who.
        posts: the offices held.
        text: what was noted.
    """

    on: date
    by: str | None
    posts: tuple[Text, ...]
    text: Text


@attrs.frozen(kw_only=True)
class Sheet:
    """What every sheet says.

    Attributes:
        kind: which of the six it is.
        origin: where the matter came from (动议事由); the same on all sheets.
        item: what is decided.
        stage: the stage that stands on it; ``None`` where the procedure has none for it.
        times: how often that stage was passed; the sheet shows the last time.
        on: the day on which the body met (or began to vote), or the notice was posted.
        content: the proposal as it stood, or what the notice said.
        outcome: with which outcome the stage ended; ``None`` while it has not.
        rehearsal: whether the case was only rehearsed (模拟演练).
        batch: the batch for all matters of which the meeting was called, or the notice posted; ``None`` where it was for
            one matter.
        among: how many matters these were.
        papers: what was put to the record the last time that the stage was passed, such as the sheet with the signatures.
    """

    kind: SheetKind
    origin: Text | None
    item: Text
    stage: Text | None = None
    times: int = 0
    on: date | None = None
    content: Text | None = None
    outcome: str | None = None
    rehearsal: bool = False
    batch: str | None = None
    among: int = 0
    papers: tuple[Paper, ...] = ()


@attrs.frozen(kw_only=True)
class SittingSheet(Sheet):
    """A sheet on which a body sat or voted. Its counts are those that were judged, and nobody types them.

    Attributes:
        body: the body.
        mode: how it came together.
        ruling: how its vote was judged; ``None`` where there was no vote.
        participants: the members that were present.
        one_by_one: whether matters of a batch came here together, to be resolved one by one.
        placing: what the matter got of the places for which it competes; ``None`` where it does not.
        attended: who attended from the level above, by the notes of those whose office can order corrections.
    """

    body: Text | None = None
    mode: Mode | None = None
    ruling: Ruling | None = None
    participants: tuple[str, ...] = ()
    one_by_one: bool = False
    placing: Placing | None = None
    attended: tuple[Attendance, ...] = ()

    @property
    def entitled(self) -> Number | None:
        """应到: how many could vote."""
        return None if self.ruling is None else self.ruling.tally.get(ENTITLED)

    @property
    def present(self) -> Number | None:
        """实到: how many were present; ``None`` in a vote without presence."""
        return None if self.ruling is None else self.ruling.tally.get(PRESENT)

    @property
    def cast(self) -> Number | None:
        """参与表决: how many ballots came in."""
        return None if self.ruling is None else self.ruling.tally.get(CAST)

    @property
    def ratios(self) -> Mapping[str, Fraction]:
        """The share of those entitled that was present (in a vote without presence: that took part), by measure."""
        if self.ruling is None:
            return FrozenMap()
        tally = self.ruling.tally
        figure = PRESENT if tally.presence else CAST
        counted = {
            measure: (tally.get(figure.by(measure)), tally.get(ENTITLED.by(measure)))
            for measure in sorted(tally.measures, key=lambda measure: (measure != HEADS, measure))
        }
        return FrozenMap(
            {
                measure: Fraction(part) / whole
                for measure, (part, whole) in counted.items()
                if part is not None and whole
            }
        )

    @property
    def ratio(self) -> Fraction | None:
        """The share by heads, exactly; ``None`` where nothing was counted."""
        return self.ratios.get(HEADS)


@attrs.frozen(kw_only=True)
class Supervision:
    """What a supervisor said (监督意见).

    Attributes:
        on: on which day.
        by: who.
        text: what.
        passed: whether an inspection found it in order; ``None`` for a remark.
    """

    on: date
    by: str | None
    text: Text
    passed: bool | None = None


@attrs.frozen(kw_only=True)
class DisclosureSheet(Sheet):
    """A sheet of a disclosure.

    Attributes:
        channels: where it was posted.
        until: until when it had to stay.
        objections: how many objections came.
        upheld: how many of them were upheld.
        supervision: what the supervisors said up to its end, and since the sheet before.
    """

    channels: frozenset[Channel] = frozenset()
    until: datetime | None = None
    objections: int = 0
    upheld: int = 0
    supervision: tuple[Supervision, ...] = ()


@attrs.frozen(kw_only=True)
class Destruction:
    """That private values of the record were destroyed; never which values they were.

    Attributes:
        on: the day.
        offices: in which office it was done.
        entries: of which entries, each by the batch in whose record it stands (``None`` for this one) and its number.
        count: how many values.
        reason: why.
    """

    on: date
    offices: tuple[Text, ...]
    entries: tuple[tuple[str | None, int], ...]
    count: int
    reason: Text
