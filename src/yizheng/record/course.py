"""The course of a case (经过), followed through its entries alone: in which stage each stood, and where it led."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import attrs

from yizheng.case import Entry, Open
from yizheng.errors import BrokenRecord, InvalidType, YizhengError
from yizheng.people import Offices
from yizheng.people import offices as as_offices
from yizheng.procedure import End, Office, Procedure
from yizheng.stages import (
    AnswerObjection,
    AnswerOpinion,
    Appoint,
    Assign,
    Correct,
    OrderCorrection,
    Spend,
    Stage,
)
from yizheng.text import Text
from yizheng.values.exact import exact

__all__ = ["Accounts", "Course", "Line", "Passage", "follow"]


@attrs.frozen
class Accounts:
    """The money, as the entries up to one of them have it.

    Attributes:
        budget: what may be spent; ``None`` where no budget was set.
        spent: what was spent.
    """

    budget: Fraction | None = None
    spent: Fraction = Fraction()

    @property
    def balance(self) -> Fraction | None:
        """What is left of the budget."""
        return None if self.budget is None else self.budget - self.spent

    def after(self, action: object, stated: Fraction | None) -> Accounts:
        """The accounts after an action; ``stated`` is the budget among the facts of the matter."""
        if isinstance(action, Assign):
            budget = stated if action.budget is None else action.budget
            return self if budget is None else attrs.evolve(self, budget=budget)
        return attrs.evolve(self, spent=self.spent + action.amount) if isinstance(action, Spend) else self


@attrs.frozen(kw_only=True)
class Line:
    """An entry in its place.

    Attributes:
        entry: the entry.
        stage: the stage in which it stands.
        capacity: the offices in which its actor did it; none for a person's own act.
        again: whether this kind of action was done earlier in the same passage.
        accounts: the money after it.
        left: whether the stage ends with it.
        to: the stage or end to which it led, where the stage ends.
        offices: who held which office before it.
    """

    entry: Entry
    stage: Stage
    capacity: tuple[Office, ...] = ()
    again: bool = False
    accounts: Accounts = Accounts()
    left: bool = False
    to: Stage | End | None = None
    offices: Offices

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
    def procedure(self) -> Procedure:
        """By which procedure."""
        return self.opened.procedure

    def body(self, body: str) -> Text:
        """What a body is called."""
        return next((each.title for each in self.procedure.bodies if each.id == body), Text(body, body))


def follow(entries: Iterable[Entry]) -> Course:
    """Follow a record from its opening.

    It is not verified here: read it from a docket, or hand it to ``Case.replay`` first.

    Raises:
        InvalidType: when something else than entries is handed in.
        BrokenRecord: when it does not begin with an opening, or an entry stands where nothing leads to it.
    """
    record = tuple(entries) if isinstance(entries, Iterable) else ()
    if foreign := [
        each for each in (record if isinstance(entries, Iterable) else (entries,)) if not isinstance(each, Entry)
    ]:
        raise InvalidType(f"a record is told from entries, such as case.entries, not from {type(foreign[0]).__name__}")
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
        held = self.offices
        following = self.places[self.place.leads[action.kind]]
        if outcome is not None:
            if outcome not in following.leads:
                raise BrokenRecord(f"entry {entry.number}: {following.name} has no outcome {outcome}", entry.number)
            following = self.places[following.leads[outcome]]
        self.accounts = self.accounts.after(action, self.stated)
        if isinstance(action, Appoint):
            self.offices = as_offices({**held, action.office: action.holders})
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
            offices=held,
        )

    def capacity(self, entry: Entry, may: frozenset[str]) -> tuple[Office, ...]:
        return tuple(
            office
            for office in self.procedure.offices
            if office.id in may and entry.by is not None and entry.by in self.offices.get(office.id, ())
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
