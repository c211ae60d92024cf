"""Following a record through its procedure, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from yizheng.calendar import PLAIN_DAYS
from yizheng.case import Entry, Open, TakeUp, first_dossier
from yizheng.case.entry import shown_action
from yizheng.case.together import gone_on
from yizheng.errors import BrokenRecord, InvalidType
from yizheng.procedure import End, Office, Procedure
from yizheng.record.course import Course, Departure, Line, Number, Passage, Together
from yizheng.stages import (
    Act,
    Action,
    AnswerObjection,
    AnswerOpinion,
    CloseVote,
    Correct,
    Destroy,
    FillPlaces,
    Leaving,
    OrderCorrection,
    Stage,
)
from yizheng.stages.anywhere import ADDERS, EVERYWHERE
from yizheng.stages.leaving import LEAVING, way_of

__all__ = ["follow"]


def follow(entries: Iterable[Entry], *, private: bool = False) -> Course:
    """Follow a record from its opening.

    It is not verified here: read it from a docket, or hand it to ``Case.replay`` first.

    Args:
        entries: the record.
        private: whether free words are told that the procedure keeps from the public.

    Raises:
        InvalidType: when something else than entries is handed in.
        BrokenRecord: when it does not begin with an opening, or an entry stands where nothing leads to it.
    """
    if not isinstance(entries, Iterable):
        raise InvalidType(
            f"a record is told from its entries, not from a {type(entries).__name__}; hand in case.entries"
        )
    record = tuple(entries)
    for each in record:
        if not isinstance(each, Entry):
            raise InvalidType(f"a record holds entries, not {type(each).__name__}")
    if not record or not isinstance(record[0].action, Open):
        raise BrokenRecord("a record is told from its opening on; hand in all its entries, the first one first", 1)
    opening = record[0] if private else _told(record[0])
    return _Walk(opening, opening.action, private=private).through(record)


def _told(entry: Entry) -> Entry:
    """The entry as the public is told it: without the free words that are withheld."""
    action = shown_action(entry)
    return entry if action is entry.action else msgspec.structs.replace(entry, action=action)


class _Walk:
    def __init__(self, opening: Entry, opened: Any, batch: str | None = None, *, private: bool) -> None:
        self.opening = opening
        self.batch = batch
        self.private = private
        self.within = opened.within
        self.procedure: Procedure = opened.procedure
        self.places = self.procedure.table.places
        self.place = self.places[self.procedure.table.start]
        self.dossier = first_dossier(opening)
        self.progress: Any = self.procedure.stages[0].start()
        self.passages: list[Passage] = []
        self.lines: list[Line] = []
        self.seen: set[type[Action]] = set()
        self.times: dict[str, int] = {}
        self.corrections: dict[Number, list[Line]] = {}
        self.together: Together | None = None
        self.departures: dict[str, Departure] = {}
        self.destroyed: list[Line] = []
        self.after: list[Line] = []

    def through(self, record: Sequence[Entry]) -> Course:
        self.walk(record)
        if self.lines:
            self.close_passage()
        return Course(
            opening=self.opening,
            passages=tuple(self.passages),
            stands=self.standing(),
            count=len(record),
            digest=record[-1].digest,
            corrections=self.corrections,
            together=self.together,
            departures=self.departures,
            destroyed=tuple(self.destroyed),
            after=tuple(self.after),
        )

    def walk(self, record: Sequence[Entry]) -> None:
        for entry in record[1:] if self.private else map(_told, record[1:]):
            if entry.rehearsal is not self.opening.rehearsal:
                raise BrokenRecord(
                    f"entry {entry.number}: a rehearsal and a real record cannot be one record", entry.number
                )
            action = entry.action
            if isinstance(action, Destroy):
                self.destroy(entry)
                continue
            if isinstance(action, FillPlaces):
                line = self.filled(entry)
            else:
                line = self.taken_up(entry, action) if isinstance(action, TakeUp) else self.line(entry)
            self.lines.append(line)
            self.seen.add(type(entry.action))
            if isinstance(entry.action, Correct):
                self.corrections.setdefault((self.batch, entry.action.entry), []).append(line)
            if line.left:
                self.close_passage()

    def line(self, entry: Entry) -> Line:
        action, outcome, stage = entry.action, entry.effect.outcome, self.place.stage
        if stage is None or action.kind not in self.place.leads:
            raise BrokenRecord(
                f"entry {entry.number}: nothing leads from {self.place.name} by {action.kind}", entry.number
            )
        if self.within is not None:
            raise BrokenRecord(
                f"entry {entry.number}: the matter lies in batch {self.within.batch} still", entry.number
            )
        if isinstance(action, LEAVING) and not self.is_there(action.item):
            raise BrokenRecord(f"entry {entry.number}: {action.item} does not lie in a batch here", entry.number)
        capacity = self.capacity(entry, self.procedure.offices_for(stage, type(action)))
        following = self.places[self.place.leads[action.kind]]
        if outcome is not None:
            if outcome not in following.leads:
                raise BrokenRecord(f"entry {entry.number}: {following.name} has no outcome {outcome}", entry.number)
            following = self.places[following.leads[outcome]]
        left = outcome in stage.ends or isinstance(action, OrderCorrection) or following.stage is not stage
        among = len(self.dossier.items)
        self.add_up(entry, stage)
        self.place = following
        line = Line(
            entry=entry,
            stage=stage,
            capacity=capacity,
            again=type(action) in self.seen,
            dossier=self.dossier,
            left=left,
            to=self.standing() if left else None,
            batch=self.batch,
            among=among,
        )
        if (how := way_of(action, entry.effect)) is not None:
            self.departures |= {item: Departure(how=how, line=line) for item in self.dossier.leaving}
        return line

    def destroy(self, entry: Entry) -> None:
        """That values were destroyed moves the case nowhere; it may be said after the end, where no stage is."""
        if self.within is not None:
            raise BrokenRecord(
                f"entry {entry.number}: the matter lies in batch {self.within.batch} still", entry.number
            )
        line = Line(
            entry=entry,
            stage=self.place.stage or self.passages[-1].stage,
            capacity=self.capacity(entry, self.procedure.destroyers),
            again=False,
            dossier=self.dossier,
            batch=self.batch,
        )
        self.destroyed.append(line)
        (self.after if self.place.stage is None else self.lines).append(line)

    def filled(self, entry: Entry) -> Line:
        """That places were filled moves the batch nowhere: its matters have left it."""
        competition, stage = self.dossier.competition, self.place.stage
        if stage is None or competition is None or not self.dossier.is_batch or entry.effect.filling is None:
            raise BrokenRecord(f"entry {entry.number}: there are no places to fill here", entry.number)
        deciding = self.procedure.stage(competition.stage)
        return Line(
            entry=entry,
            stage=stage,
            capacity=self.capacity(entry, self.procedure.offices_for(deciding, CloseVote)),
            again=FillPlaces in self.seen,
            dossier=self.dossier,
            left=False,
            to=None,
        )

    def taken_up(self, entry: Entry, action: TakeUp) -> Line:
        """Go through the record of the batch, and on from where it leaves off, in the same passage."""
        batch, matter = action.shared.case, self.dossier.matter
        shared = batch.entries[0] if self.private else _told(batch.entries[0])
        if self.within is None or self.within.digest != shared.digest:
            raise BrokenRecord(f"entry {entry.number}: {matter.id} does not lie in batch {batch.id}", entry.number)
        walk = _Walk(shared, shared.action, batch.id, private=self.private)
        walk.walk(batch.entries)
        how = walk.departures[matter.id].how if matter.id in walk.dossier.leaving else None
        if how is None and walk.place.stage is not None:
            raise BrokenRecord(f"entry {entry.number}: batch {batch.id} has not let {matter.id} go", entry.number)
        if not walk.lines:  # the batch has come to an end, and the stage with it
            walk.reopen_passage()
        self.lines, self.seen, self.passages, self.times = walk.lines, walk.seen, walk.passages, walk.times
        self.corrections, self.within = walk.corrections, None
        self.destroyed, self.after = walk.destroyed, walk.after
        self.together = Together(opening=shared, count=batch.version, digest=batch.digest)
        self.place, self.progress = walk.place, walk.progress
        if how is Leaving.WITHDRAWN:
            self.place = self.places[self.procedure.withdrawn]
        elif how is Leaving.HELD_OVER:
            self.place = self.places[self.procedure.table.start]
        self.dossier = gone_on(walk.dossier, self.opening, entry, how)
        left = how in {Leaving.WITHDRAWN, Leaving.HELD_OVER}
        return Line(
            entry=entry,
            stage=self.lines[-1].stage,
            capacity=(),
            again=False,
            dossier=self.dossier,
            left=left,
            to=self.standing() if left else None,
        )

    def is_there(self, item: str | None) -> bool:
        """Whether a matter lies in the batch that is followed; where none is named, whether there is any."""
        return bool(self.dossier.items) if item is None else item in self.dossier.items

    def add_up(self, entry: Entry, stage: Stage) -> None:
        """Add up an entry as the case did; nothing is judged anew."""
        action, effect = entry.action, entry.effect
        act = Act(
            action,
            at=entry.at,
            recorded_at=entry.recorded_at,
            by=entry.by or "",
            calendar=PLAIN_DAYS,
            zone=self.procedure.zone,
        )
        if type(action) not in EVERYWHERE:
            self.progress, self.dossier = stage.add(act, effect, self.progress, self.dossier)
        elif (adder := ADDERS.get(type(action))) is not None:
            self.dossier = adder(act, effect, self.dossier)

    def capacity(self, entry: Entry, may: frozenset[str]) -> tuple[Office, ...]:
        """The offices in which somebody acts; none where it is withheld who it was, for they would tell."""
        held = self.dossier.offices
        if "by" in entry.seals:
            return ()
        return tuple(
            office for office in self.procedure.offices if office.id in may and entry.by in held.get(office.id, ())
        )

    def standing(self) -> Stage | End:
        """The stage in which the case stands now, or the end that it has reached."""
        return self.place.stage or next(end for end in self.procedure.ends if end.id == self.place.name)

    def close_passage(self) -> None:
        stage, lines = self.lines[0].stage, tuple(self.lines)
        self.times[stage.id] = time = self.times.get(stage.id, 0) + 1
        answers = {ref: line.number for line in lines if (ref := _answered(line.action)) is not None}
        self.passages.append(Passage(stage=stage, time=time, lines=lines, answers=answers))
        self.lines.clear()
        self.seen.clear()
        if self.place.stage is not None:
            self.progress = self.place.stage.start()

    def reopen_passage(self) -> None:
        last = self.passages.pop()
        self.times[last.stage.id] -= 1
        self.lines += last.lines


def _answered(action: Action) -> str | None:
    """The opinion or objection that an action answers."""
    if isinstance(action, AnswerOpinion):
        return action.opinion
    return action.objection if isinstance(action, AnswerObjection) else None
