"""The six-sheet register of a case (登记表), told from its entries alone.

The form is that of 四议两公开: 提议, 商议, 审议, 决议, 决议公开, 实施结果公开. Where each sheet has a stage whose title names
it, that is its stage. No source says how the stages of another procedure stand on it, so there the placing is inferred,
and the register says so: the deciding deliberation stands on 决议, and
those before it stand, in their order, on the sheets before it, each on the one that its title names, where it names one
(and on each that it names, where two steps are merged); the first disclosure on the way to an end that is carried out stands on 决议公开, and the last of the others that took
place on 实施结果公开. A sheet without a stage stays, and says that it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from yizheng.calendar import local_day
from yizheng.case import Entry, OpenBatch
from yizheng.errors import InvalidValue
from yizheng.procedure import Procedure
from yizheng.record.course import Course, Line, Passage
from yizheng.record.following import follow
from yizheng.record.form import Register, named
from yizheng.record.sheets import (
    Attendance,
    Destruction,
    DisclosureSheet,
    Paper,
    Sheet,
    SheetKind,
    SittingSheet,
    Supervision,
)
from yizheng.rules import Placing, Ruling
from yizheng.stages import (
    AnswerObjection,
    Attach,
    Convene,
    Deliberation,
    Disclosure,
    Inspect,
    Note,
    Object,
    OrderCorrection,
    Post,
    Recuse,
    Stage,
    TakeAttendance,
)
from yizheng.values.doors import one_of
from yizheng.values.plain import mapping

__all__ = ["register"]

_BEFORE: Final[tuple[SheetKind, ...]] = (SheetKind.PROPOSE, SheetKind.DISCUSS, SheetKind.REVIEW)
_DISCLOSURES: Final[tuple[SheetKind, ...]] = (SheetKind.DISCLOSE_RESOLUTION, SheetKind.DISCLOSE_RESULT)


def register(entries: Iterable[Entry], *, stages: Mapping[str, str] | None = None) -> Register:
    """The register of a case or of a batch, or of as much of it as the entries tell.

    That of a matter that was taken up from its batch shows what was done for all matters of the batch, and says so.

    Args:
        entries: the record from its opening on, whole or redacted. It is not verified here.
        stages: which stage stands on which sheet (``{"review": "consult"}``), where it is another than the inferred one.

    Raises:
        InvalidType: when something else than entries is handed in.
        InvalidValue: when ``stages`` names a sheet or a stage that there is not, or one that does not fit the other.
        BrokenRecord: when the entries do not begin with an opening, or one stands where nothing leads to it.
    """
    course = follow(entries)
    placed = {**_inferred(course), **_given(course.procedure, {} if stages is None else mapping(stages, "stages"))}
    opened, procedure = course.opened, course.procedure
    matter = opened.matter
    on_sheets = {stage.id for stage in placed.values()}
    passed = {passage.stage.id: passage.stage.title for passage in course.passages}
    return Register(
        id=matter.id,
        title=matter.title,
        procedure=procedure.title,
        edition=procedure.edition,
        zone=procedure.zone,
        items=len(opened.items) if isinstance(opened, OpenBatch) else 0,
        sheets=tuple(_sheet(course, kind, placed.get(kind), placed) for kind in SheetKind),
        rehearsal=course.rehearsal,
        destroyed=tuple(_destruction(line, procedure.zone) for line in course.destroyed),
        elsewhere=tuple(title for stage, title in passed.items() if stage not in on_sheets),
    )


def _destruction(line: Line, zone: str) -> Destruction:
    return Destruction(
        on=local_day(line.entry.at, zone),
        offices=tuple([office.title for office in line.capacity]),
        entries=tuple([(line.batch, each.entry) for each in line.action.values]),
        count=line.action.count,
        reason=line.action.reason,
    )


# Which stage stands on which sheet


def _given(procedure: Procedure, stages: Mapping[str, str]) -> dict[SheetKind, Stage]:
    given = {one_of(SheetKind, kind): procedure.stage(stage) for kind, stage in stages.items()}
    InvalidValue.raise_all(
        f"{stage.id} does not stand on sheet {kind}: give it a {fitting.__name__}"
        for kind, stage in given.items()
        if not isinstance(stage, fitting := Disclosure if kind in _DISCLOSURES else Deliberation)
    )
    return given


def _inferred(course: Course) -> dict[SheetKind, Stage]:
    procedure = course.procedure
    placed: dict[SheetKind, Stage] = {}
    before: list[Stage] = []
    for stage in procedure.stages:
        if isinstance(stage, Deliberation):
            if stage.id == procedure.deciding:
                placed[SheetKind.RESOLVE] = stage
                break
            before.append(stage)
    return placed | _before(before[: len(_BEFORE)]) | _disclosed(course)


def _before(stages: list[Stage]) -> dict[SheetKind, Stage]:
    """The deliberations before the deciding one, in order, where most of them stand on the sheet their title names."""
    ways = [dict[SheetKind, Stage](zip(kinds, stages, strict=True)) for kinds in combinations(_BEFORE, len(stages))]
    placed = max(ways, key=lambda way: sum(named(kind, stage.title) for kind, stage in way.items()))
    merged = {kind: stage for stage in stages for kind in _BEFORE if kind not in placed and named(kind, stage.title)}
    return placed | merged


def _disclosed(course: Course) -> dict[SheetKind, Stage]:
    disclosures = {stage.id: stage for stage in course.procedure.stages if isinstance(stage, Disclosure)}
    milestones = [milestone.partition(".")[0] for milestone in course.procedure.mandatory]
    order = dict.fromkeys([*(each for each in milestones if each in disclosures), *disclosures])
    took_place = [passage.stage.id for passage in course.passages if passage.stage.id in disclosures]
    first = next(iter(order), None)
    others = [each for each in (*reversed(took_place), *order) if each != first]
    found = [each for each in (first, next(iter(others), None)) if each is not None]
    return {kind: disclosures[each] for kind, each in zip(_DISCLOSURES, found, strict=False)}


# What stands on it


def _sheet(course: Course, kind: SheetKind, stage: Stage | None, placed: Mapping[SheetKind, Stage]) -> Sheet:
    passages = [passage for passage in course.passages if stage is not None and passage.stage.id == stage.id]
    common: dict[str, Any] = {
        "kind": kind,
        "origin": course.origin,
        "item": course.opened.matter.title,
        "rehearsal": course.rehearsal,
        "stage": None if stage is None else stage.title,
        "times": len(passages),
        "outcome": passages[-1].outcome if passages else None,
        "papers": tuple(_papers(passages[-1])) if passages else (),
    }
    if kind not in _DISCLOSURES:
        return _sitting(course, passages[-1] if passages else None, common)
    supervision = tuple(_supervision(course, kind, placed.get(SheetKind.DISCLOSE_RESOLUTION)))
    return _notice(course, passages[-1] if passages else None, {**common, "supervision": supervision})


def _sitting(course: Course, passage: Passage | None, common: dict[str, Any]) -> Sheet:
    if passage is None:
        return SittingSheet(**common)
    called: Line | None = None
    ruling: Ruling | None = None
    placing: Placing | None = None
    present: frozenset[str] = frozenset()
    for line in passage.lines:
        if isinstance(line.action, Convene):
            called, ruling, placing, present = line, None, None, frozenset()
        elif isinstance(line.action, TakeAttendance):
            present = line.action.present
        elif not isinstance(line.action, Recuse):  # a recusal may show that the quorum is gone; it decides nothing
            ruling = line.entry.effect.ruling or ruling
            placing = line.entry.effect.placing or placing
    return SittingSheet(
        **common,
        **_together(course, called),
        on=None if called is None else local_day(called.action.held_at, course.procedure.zone),
        content=passage.lines[-1].dossier.text,
        body=course.body(passage.lines[0].body),
        mode=None if called is None else called.action.mode,
        ruling=ruling,
        placing=placing,
        participants=tuple(sorted(present)),
        one_by_one=passage.stage.id == course.procedure.deciding and passage.lines[0].among > 0,
        attended=tuple(_attended(passage, course.procedure.zone)),
    )


def _papers(passage: Passage) -> Iterator[Paper]:
    for line in passage.lines:
        if isinstance(line.action, Attach):
            yield Paper(label=line.action.label, document=line.action.document)


def _attended(passage: Passage, zone: str) -> Iterator[Attendance]:
    """Notes of those who stand above: whose office can order corrections, and who hold no other."""
    for line in passage.lines:
        above = [office for office in line.capacity if office.independent and OrderCorrection.kind in office.may]
        if isinstance(line.action, Note) and above:
            yield Attendance(
                on=local_day(line.entry.at, zone),
                by=line.entry.by,
                posts=tuple(office.title for office in above),
                text=line.action.text,
            )


def _together(course: Course, line: Line | None) -> dict[str, Any]:
    """For which batch something was done, and for how many matters."""
    if line is None or not line.among:
        return {}
    return {"batch": line.batch or course.opened.matter.id, "among": line.among}


def _notice(course: Course, passage: Passage | None, common: dict[str, Any]) -> Sheet:
    lines = () if passage is None else passage.lines
    posted = next((line for line in reversed(lines) if isinstance(line.action, Post)), None)
    return DisclosureSheet(
        **common,
        **_together(course, posted),
        on=None if posted is None else local_day(posted.entry.at, course.procedure.zone),
        content=None if posted is None else posted.action.content,
        channels=frozenset() if posted is None else posted.action.channels,
        until=None if posted is None else posted.entry.effect.due.get("ends"),
        objections=sum(isinstance(line.action, Object) for line in lines),
        upheld=sum(isinstance(line.action, AnswerObjection) and line.action.upheld for line in lines),
    )


def _supervision(course: Course, kind: SheetKind, first: Stage | None) -> Iterator[Supervision]:
    """What supervisors said: up to the end of the first disclosure on its sheet, and later on the second."""
    ends = [number for number, passage in enumerate(course.passages) if passage.stage is first]
    for number, passage in enumerate(course.passages):
        early = not ends or number <= ends[-1]
        for line in passage.lines:
            if early is (kind is SheetKind.DISCLOSE_RESOLUTION) and _supervises(line):
                on = local_day(line.entry.at, course.procedure.zone)
                inspected = isinstance(line.action, Inspect)
                yield Supervision(
                    on=on,
                    by=line.entry.by,
                    text=line.action.finding if inspected else line.action.text,
                    passed=line.action.passed if inspected else None,
                )


def _supervises(line: Line) -> bool:
    """Whether it is an inspection, or a note by somebody whose office inspects."""
    inspects = any(Inspect.kind in office.may for office in line.capacity)
    return isinstance(line.action, Inspect) or (isinstance(line.action, Note) and inspects)
