"""Following a record through its procedure, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from yizheng.case import Entry, Open
from yizheng.errors import BrokenRecord, InvalidType, YizhengError
from yizheng.people import offices as as_offices
from yizheng.procedure import End, Office
from yizheng.record.course import Accounts, Course, Line, Passage
from yizheng.stages import AnswerObjection, AnswerOpinion, Appoint, Correct, OrderCorrection, Stage
from yizheng.values.exact import exact

__all__ = ["follow"]


def follow(entries: Iterable[Entry]) -> Course:
    """Follow a record from its opening.

    It is not verified here: read it from a docket, or hand it to ``Case.replay`` first.

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
    return _Walk(record[0], record[0].action).through(record)


class _Walk:
    def __init__(self, opening: Entry, opened: Open) -> None:
        self.opening = opening
        self.procedure = opened.procedure
        self.stated = _budget(opened.matter.facts.get("budget"))
        self.places = self.procedure.table.places
        self.place = self.places[self.procedure.table.start]
        self.offices = opened.offices
        self.accounts = Accounts()
        self.passages: list[Passage] = []
        self.lines: list[Line] = []
        self.times: dict[str, int] = {}
        self.corrections: dict[int, list[Entry]] = {}

    def through(self, record: Sequence[Entry]) -> Course:
        seen: set[type] = set()
        for entry in record[1:]:
            line = self.line(entry, again=type(entry.action) in seen)
            self.lines.append(line)
            seen.add(type(entry.action))
            if line.left:
                self.close_passage()
                seen.clear()
        if self.lines:
            self.close_passage()
        return Course(
            opening=self.opening,
            passages=tuple(self.passages),
            stands=self.standing(),
            count=len(record),
            digest=record[-1].digest,
            corrections=self.corrections,
        )

    def line(self, entry: Entry, *, again: bool) -> Line:
        action, outcome, stage = entry.action, entry.effect.outcome, self.place.stage
        if stage is None or action.kind not in self.place.leads:
            raise BrokenRecord(
                f"entry {entry.number}: nothing leads from {self.place.name} by {action.kind}", entry.number
            )
        capacity = self.capacity(entry, self.procedure.offices_for(stage, type(action)))
        following = self.places[self.place.leads[action.kind]]
        if outcome is not None:
            if outcome not in following.leads:
                raise BrokenRecord(f"entry {entry.number}: {following.name} has no outcome {outcome}", entry.number)
            following = self.places[following.leads[outcome]]
        self.accounts = self.accounts.after(action, self.stated)
        if isinstance(action, Appoint):
            self.offices = as_offices({**self.offices, action.office: action.holders})
        if isinstance(action, Correct):
            self.corrections.setdefault(action.entry, []).append(entry)
        left = outcome in stage.ends or isinstance(action, OrderCorrection) or following.stage is not stage
        self.place = following
        return Line(
            entry=entry,
            stage=stage,
            capacity=capacity,
            again=again,
            accounts=self.accounts,
            left=left,
            to=self.standing() if left else None,
        )

    def capacity(self, entry: Entry, may: frozenset[str]) -> tuple[Office, ...]:
        if "by" in entry.seals:
            return ()  # an office would tell who it was
        return tuple(
            office
            for office in self.procedure.offices
            if office.id in may and entry.by in self.offices.get(office.id, ())
        )

    def standing(self) -> Stage | End:
        """The stage in which the case stands now, or the end that it has reached."""
        return self.place.stage or next(end for end in self.procedure.ends if end.id == self.place.name)

    def close_passage(self) -> None:
        stage = self.lines[0].stage
        self.times[stage.id] = time = self.times.get(stage.id, 0) + 1
        answers: dict[str, int] = {}
        for line in self.lines:
            if isinstance(line.action, AnswerOpinion):
                answers[line.action.opinion] = line.entry.number
            elif isinstance(line.action, AnswerObjection):
                answers[line.action.objection] = line.entry.number
        self.passages.append(Passage(stage=stage, time=time, lines=tuple(self.lines), answers=answers))
        self.lines = []


def _budget(stated: object) -> Fraction | None:
    """The budget among the facts, where it is a number."""
    try:
        return exact(stated)
    except YizhengError:
        return None
