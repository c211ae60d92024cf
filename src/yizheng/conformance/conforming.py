"""Records from elsewhere held against a procedure: our own stored cases, and plain tables of who did what when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from yizheng.calendar import PLAIN_DAYS, Calendar, as_calendar, local_day, moment
from yizheng.case import Entry, Open, TakeUp
from yizheng.case.rejudging import Rejudged, rejudged
from yizheng.citation import Citation
from yizheng.conformance.compiled import Conformance, Walked
from yizheng.conformance.events import Event
from yizheng.conformance.keeping import Demand, Kept, Sought, demands_of, lapse_of
from yizheng.conformance.net import Symbol
from yizheng.conformance.report import Conformity, Departed, Departure
from yizheng.conformance.timing import Happened, Late, late
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.people import offices as as_offices
from yizheng.procedure import Procedure
from yizheng.procedure.compiled import Place
from yizheng.procedure.duties import Sort, Template, brought
from yizheng.stages import ANYWHERE, LEAVING, Action, Destroy, Effect, OrderCorrection, Stage, Withdraw
from yizheng.stages.base import may_bring
from yizheng.text import Text, joined
from yizheng.values import one, several

__all__ = ["conform"]


def conform(
    procedure: Procedure | Conformance,
    entries: Iterable[Entry] | Iterable[Event],
    *,
    names: Mapping[str, str] | None = None,
    observed: Iterable[str] | None = None,
    duties: Iterable[Template] | None = None,
    offices: Mapping[str, Iterable[str]] | None = None,
    calendar: Calendar = PLAIN_DAYS,
    until: datetime | None = None,
) -> Conformity:
    """Judge a record from elsewhere again, by a procedure.

    **Our own records** (entries): each action is put to the definition at its own moment, by its own actor; an entry that
    would have been refused, judged with another effect, or led elsewhere is a departure. The record is followed as it
    stands. That its chain holds, :func:`yizheng.proofs.verify` says.

    **A plain table** (events): the rows of each case are taken by their moments. Each must be one that could follow, by the
    routes and phases of the procedure; a case that was carried out must have passed every mandatory milestone; duties are
    held against what the rows bring about; who did a thing must hold an office that may. Without ``offices``, an actor who is no
    office of the procedure, by its id or its title in either language, is listed as unplaced. What could depart and cannot be
    judged keeps a record from conforming; see :class:`Conformity`.

    Example:
        >>> from datetime import datetime, timezone
        >>> from yizheng import catalogue
        >>> from yizheng.conformance import Event, conform
        >>> rows = [
        ...     Event("提议通过", datetime(2026, 3, 2, tzinfo=timezone.utc)),
        ...     Event("业主表决通过", datetime(2026, 3, 9, tzinfo=timezone.utc)),
        ... ]
        >>> named = {"提议通过": "propose.carried", "协商通过": "consult.carried", "业主表决通过": "resolve.carried"}
        >>> [
        ...     (found.code.value, found.number)
        ...     for found in conform(catalogue.yizheng.COURTYARD, rows, names=named).departures
        ... ]
        [('order', 2)]

    Args:
        procedure: the definition, or one that was compiled already with its names.
        entries: the entries of one record, whole and in order; or the rows of a table.
        names: what the activities of the table are called in the procedure; see :class:`Conformance`. Rows of other
            activities are reported and change nothing.
        observed: what the table would show if it happened; see :class:`Conformance`.
        duties: what is asked besides the duties of the definition; see :class:`Conformance`.
        offices: who holds which office, for a table that names persons. A row that names an office itself needs none.
        calendar: by which periods are reckoned; left out, plain days.
        until: up to when the record tells what happened, so that what is still owed by then is late; left out, what has not
            come is not called late.

    Raises:
        InvalidType: when an argument is not of its kind, or entries and events are mixed.
        InvalidValue: when a name means nothing in the procedure, or the definition has faults; and for entries that do not
            begin with an opening.
    """
    if isinstance(procedure, Conformance):
        asked = procedure
        if any(each is not None for each in (names, observed, duties)):
            raise InvalidValue(
                "it was compiled with its names; give names=, observed= and duties= to Conformance itself"
            )
    else:
        one(Procedure, procedure, "procedure")
        asked = Conformance(procedure, names=names, observed=observed, duties=duties)
    calendar = as_calendar(calendar)
    end = None if until is None else moment(until, "until")
    held = None if offices is None else as_offices(offices)
    given = several(entries, "entries")
    if all(isinstance(each, Entry) for each in given):
        return _of_entries(asked, given, calendar, end)
    for each in given:
        if not isinstance(each, Event):
            raise InvalidType(
                f"entries of a record, or events of a table, were expected, and no {kind_of(each)} among them"
            )
    return _Table(asked, held, calendar, end).judged(given)


# Our own records


def _of_entries(
    asked: Conformance, entries: tuple[Entry, ...], calendar: Calendar, until: datetime | None
) -> Conformity:
    procedure = asked.procedure
    if not entries or not isinstance(entries[0].action, Open):
        raise InvalidValue("a record begins with its opening; hand in all entries, from the first")
    again = rejudged(procedure, entries, calendar)
    departures: list[Departure] = []
    for each, own in zip(again, _own(procedure, entries, again, calendar), strict=True):
        departures += _judged(each, own)
        departures += _judged_together(each, own)
    departures += _duties_of(asked, again, calendar, until)
    place = {entry.number: place for place, entry in reversed(list(enumerate(entries)))}
    return Conformity(
        entries=len(entries),
        departures=tuple(sorted(departures, key=lambda departure: place[departure.number])),
        unjudged=tuple([each.entry.number for each in again if not all(one_.judged for one_ in (each, *each.shared))]),
    )


def _own(
    procedure: Procedure, entries: tuple[Entry, ...], again: tuple[Rejudged, ...], calendar: Calendar
) -> tuple[Rejudged, ...]:
    """The record by the definition under which it was made."""
    opening = entries[0].action
    assert isinstance(opening, Open)
    made_by = opening.procedure
    return again if made_by.digest == procedure.digest else rejudged(made_by, entries, calendar)


def _stands(before: Rejudged) -> tuple[str | None, str | None]:
    return (before.before and before.before.state, before.after and before.after.state)


def _judged(each: Rejudged, own: Rejudged) -> Iterator[Departure]:
    """What the definition says otherwise of one entry.

    Args:
        each: what it says.
        own: what the definition says under which the record was made.
    """
    number, action = each.entry.number, each.entry.action
    if each.reasons:
        zh = "；".join(reason.explain("zh").rstrip("。") for reason in each.reasons)
        en = "; ".join(reason.explain("en").rstrip(".") for reason in each.reasons)
        citation = next((reason.citation for reason in each.reasons if reason.citation is not None), None)
        words = Text(f"“{action.title.zh}”应被拒绝：{zh}", f"“{action.title.en}” would have been refused: {en}")
        yield Departure(code=Departed.REFUSED, number=number, words=words, citation=citation, reasons=each.reasons)
        return
    was, now = each.entry.effect, each.effect or each.entry.effect
    if was != now:
        differing = tuple([field for field in _PARTS if getattr(was, field) != getattr(now, field)])
        yield Departure(
            code=Departed.ELSEWHERE if "outcome" in differing else Departed.OTHERWISE,
            number=number,
            words=_in_other_words(action, was, now, differing),
            citation=_authority(was, now, differing),
            differing=differing,
        )
    (before, after), (stood, led) = _stands(each), _stands(own)
    alike = each.judged and was.outcome == now.outcome and before == stood
    if alike and after != led and None not in {after, led}:
        words = Text(
            f"“{action.title.zh}”之后记录到了“{led}”，应到“{after}”",
            f"after “{action.title.en}” the record stands at {led}, and would have stood at {after}",
        )
        yield Departure(code=Departed.ELSEWHERE, number=number, words=words)


def _judged_together(each: Rejudged, own: Rejudged) -> Iterator[Departure]:
    """What the definition says otherwise of what was done for the batch of a matter; of the opening, its own says it."""
    for shared, shared_own in list(zip(each.shared, own.shared, strict=False))[1:]:
        for found in _judged(shared, shared_own):
            zh, en = f"所在批次的第{found.number}条：", f"entry {found.number} of its batch: "
            words = Text(zh + found.words.zh, en + found.words.en)
            yield attrs.evolve(found, number=each.entry.number, words=words)


def _authority(was: Effect, now: Effect, differing: tuple[str, ...]) -> Citation | None:
    """Where that is written by which it differs."""
    held: list[Citation | None] = []
    if {"due", "periods"} & set(differing):
        held += [period.citation for name, period in now.periods.items() if was.periods.get(name) != period]
    if now.rule is not None:
        held.append(now.rule.citation)
    if now.ruling is not None:
        held.append(now.ruling.citation)
    held += [period.citation for period in now.periods.values()]
    return next((citation for citation in held if citation is not None), None)


_PARTS = {
    "outcome": Text("结果", "the outcome"),
    "ref": Text("编号", "the id given"),
    "due": Text("期限届满日", "the ends of periods"),
    "rule": Text("所适用的规则", "the rule taken"),
    "periods": Text("所适用的期限", "the periods taken"),
    "ruling": Text("表决的判断", "the ruling on the vote"),
    "carried": Text("须随附的内容", "what is carried by duty"),
    "filling": Text("名额的分配", "the filling of places"),
    "placing": Text("名次", "the placing"),
}


def _in_other_words(action: Action, was: Effect, now: Effect, differing: tuple[str, ...]) -> Text:
    zh = joined([_PARTS[field].zh for field in differing], "zh")
    en = joined([_PARTS[field].en for field in differing], "en")
    if was.outcome != now.outcome:
        zh += f"（记录为“{was.outcome}”，应为“{now.outcome}”）"
        en += f" (the record says {was.outcome}, and it would have been {now.outcome})"
    return Text(f"“{action.title.zh}”的认定不同：{zh}", f"“{action.title.en}” would have been judged otherwise: {en}")


_NOWHERE: frozenset[Any] = frozenset({*ANYWHERE, *LEAVING, Destroy}) - {Withdraw, OrderCorrection}


def _happened(procedure: Procedure, again: Sequence[Rejudged]) -> list[Happened]:
    """The milestones of a record, as its entries brought them about; those of its batch, where it goes on from one."""
    opened = again[0].entry
    found = [Happened(procedure.stages[0].id, opened.at, opened.number)]
    for each in again[1:]:
        if isinstance(each.entry.action, TakeUp):
            found = _taken_up(procedure, found, each)
        else:
            found += [Happened(milestone, each.entry.at, each.entry.number) for milestone in _brought(procedure, each)]
    return found


def _brought(procedure: Procedure, each: Rejudged) -> tuple[str, ...]:
    """The milestones that one entry brought about."""
    if each.before is None or each.after is None or type(each.entry.action) in _NOWHERE:
        return ()
    stage, after = each.before.stage, each.after.stage or each.after.outcome
    if stage is None or stage not in procedure.order:
        return ()
    ends, _ = _ends(procedure)
    outcome = each.after.entries[-1].effect.outcome
    left = after != stage or outcome in procedure.stage(stage).ends or type(each.entry.action) is OrderCorrection
    target = after if left and (after in procedure.order or after in ends) else None
    return brought(stage, each.entry.action.kind, outcome, target)


def _taken_up(procedure: Procedure, held: list[Happened], taken: Rejudged) -> list[Happened]:
    """What has happened to a matter by when it is taken up: what was done for its batch, each at its own moment.

    All of it is found at the entry by which it was taken up: its own record says of it no more.

    Args:
        procedure: the definition.
        held: what its own record has brought about by then: its opening.
        taken: the entry.
    """
    number, at = taken.entry.number, taken.entry.at
    if taken.after is None:
        return held
    if not taken.shared:  # it begins anew
        return [Happened(procedure.stages[0].id, at, number)]
    together = [attrs.evolve(each, number=number) for each in _happened(procedure, taken.shared)[1:]]
    batch, after = taken.shared[-1].after, taken.after
    if batch is not None and batch.stage is not None and after.stage is None:  # it was withdrawn, the others go on
        withdrawn = brought(batch.stage, Withdraw.kind, None, after.outcome)
        together += [Happened(milestone, at, number) for milestone in withdrawn]
    return [*held, *together]


def _duties_of(
    asked: Conformance, again: Sequence[Rejudged], calendar: Calendar, until: datetime | None
) -> Iterator[Departure]:
    """Which duties a record of ours does not keep."""
    procedure = asked.procedure
    if not procedure.duties and not asked.duties:
        return
    happened = _happened(procedure, again)
    ends, carried_out = _ends(procedure)
    end = happened[-1].milestone if happened[-1].milestone in ends else None
    for demand in demands_of(procedure, asked.duties):
        if demand.duty is None:
            continue
        kept, state, told = Kept.of(demand, procedure), 0, False
        for each in happened:
            letter = kept.letter(each.milestone, procedure)
            state = state if letter is None else kept.steps[state][letter]
            if kept.is_lost(state) and not told:
                told = True
                yield _unkept(demand, each.number, None)
        if end is not None and not told and not kept.holds(state, end, carried_out):
            yield _unkept(demand, happened[-1].number, None)
        if _is_timed(kept, end, carried_out):
            still = until if end is None else None
            for found in late(demand, happened, again[0].entry.at, still, zone=procedure.zone, calendar=calendar):
                yield _too_late(found, None)


def _ends(procedure: Procedure) -> tuple[frozenset[str], frozenset[str]]:
    """The ends, and those of them at which a matter was carried out."""
    ends = procedure.ends
    return frozenset(end.id for end in ends), frozenset(end.id for end in ends if end.carried_out)


def _is_timed(kept: Kept, end: str | None, carried_out: frozenset[str]) -> bool:
    """Whether the time of a duty is asked about: not where the case came to an end at which the duty is not."""
    timed = kept.demand.duty is not None and bool(kept.demand.duty.within)
    return timed and (end is None or kept.is_asked_at(end, carried_out))


# Tables


@attrs.frozen
class _Table:
    """How a table is judged."""

    asked: Conformance
    offices: Mapping[str, frozenset[str]] | None
    calendar: Calendar
    until: datetime | None
    _unplaced: list[int] = attrs.field(factory=list[int], init=False)
    _powers: dict[str, frozenset[str] | None] = attrs.field(factory=dict[str, frozenset[str] | None], init=False)

    def judged(self, rows: tuple[Event, ...]) -> Conformity:
        """Every case of a table."""
        numbered = list(enumerate(rows, 1))
        of_cases = any(row.case is not None for row in rows)
        apart = tuple([number for number, row in numbered if of_cases and row.case is None])
        unfinished = tuple([number for number, row in numbered if not row.is_done])
        unknown = tuple([number for number, row in numbered if row.activity not in self.asked.names])
        cases: dict[str | None, list[tuple[int, Event]]] = {}
        for number, row in numbered:
            if row.is_done and not (of_cases and row.case is None):
                cases.setdefault(row.case, []).append((number, row))
        done = {row.case for _, row in numbered if row.is_done and row.activity in self.asked.names}
        departures: list[Departure] = []
        for case, held in cases.items():
            held.sort(key=lambda pair: pair[1].at)
            departures += self._case(case, held)
        return Conformity(
            entries=len(rows),
            cases=len(cases),
            departures=tuple(sorted(departures, key=lambda departure: departure.number)),
            unknown=unknown,
            unfinished=unfinished,
            apart=apart,
            unplaced=tuple(sorted(self._unplaced)),
            blank=tuple(dict.fromkeys(row.case for row in rows if row.case is not None and row.case not in done)),
            unseen=self.asked.unseen,
        )

    def _case(self, case: str | None, held: list[tuple[int, Event]]) -> Iterator[Departure]:
        activities = [row.activity for _, row in held]
        timed = any(demand.duty is not None and demand.duty.within for demand in self.asked.demands)
        named = any(row.by is not None for _, row in held)
        lapsing = self.asked.procedure.lapses
        if not (timed or named or lapsing) and not self.asked.broken(activities):
            return
        procedure = self.asked.procedure
        opened, last = held[0][1].at, held[-1][0]
        ends, carried_out = _ends(procedure)
        happened = [Happened(procedure.stages[0].id, opened, held[0][0])]
        told: set[Demand] = set()
        for (number, row), walked in zip(held, self.asked.walk(activities), strict=True):
            yield from self._row(number, row, walked)
            yield from _lapsed(row, number, walked, procedure)
            told.update(walked.lost)
            happened += [Happened(milestone, row.at, number) for milestone in walked.brings]
        for demand in self.asked.broken(activities):
            if demand.sought is not Sought.ORDER and demand not in told:
                yield _unkept(demand, last, case)
        end = stood if (stood := happened[-1].milestone) in ends else None
        for demand in self.asked.demands:
            if demand.duty is not None and _is_timed(Kept.of(demand, procedure), end, carried_out):
                still = self.until if end is None else None
                for found in late(demand, happened, opened, still, zone=procedure.zone, calendar=self.calendar):
                    yield _too_late(found, case)

    def _row(self, number: int, row: Event, walked: Walked) -> Iterator[Departure]:
        """What is wrong with one row where it stands."""
        if walked.symbol is None:
            return
        if not walked.fits:
            yield _misplaced(row, number, walked, self.asked.procedure)
        if (wrong := self._office(row, number, walked.symbol)) is not None:
            yield wrong
        for demand in walked.lost:
            yield _unkept(demand, number, row.case)

    def _office(self, row: Event, number: int, symbol: Symbol) -> Departure | None:
        """Somebody who may not do it, where the table says who it was."""
        by, procedure = row.by, self.asked.procedure
        if by is None:
            return None
        if symbol.name not in self._powers:
            self._powers[symbol.name] = _may(procedure, symbol)
        may = self._powers[symbol.name]
        if may is None:
            return None
        named = {office.id for office in procedure.offices if by in {office.id, office.title.zh, office.title.en}}
        if not named and self.offices is None:
            self._unplaced.append(number)
            return None
        held = named | {office for office, holders in (self.offices or {}).items() if by in holders}
        if held & may:
            return None
        titles = [office.title for office in procedure.offices if office.id in may]
        zh, en = joined([title.zh for title in titles], "zh"), joined([title.en for title in titles], "en")
        words = Text(
            f"{by} 不担任可以办理“{row.activity}”的职务（{zh or '无'}）",
            f"{by} holds none of the offices that may do “{row.activity}” ({en or 'none'})",
        )
        citation = getattr(procedure.stage(symbol.stage), "source", None) if symbol.stage else None
        return Departure(code=Departed.OFFICE, number=number, words=words, case=row.case, citation=citation)


def _lapsed(row: Event, number: int, walked: Walked, procedure: Procedure) -> Iterator[Departure]:
    """What a row brings about after its last day; a table does not say when it was written, so its own day counts."""
    on = local_day(row.at, procedure.zone)
    for each in procedure.lapses:
        if each.milestone in walked.brings and on > each.last:
            demand = lapse_of(each, procedure)
            words = Text(f"“{row.activity}”在 {on}；{demand.words.zh}", f"“{row.activity}” on {on}; {demand.words.en}")
            yield Departure(
                code=Departed.LAPSED,
                number=number,
                words=words,
                case=row.case,
                citation=each.citation,
                demand=demand,
            )


def _may(procedure: Procedure, symbol: Symbol) -> frozenset[str] | None:
    """The offices that may bring about what a row says; ``None`` where that is anybody's own, or not said by an office."""
    if symbol.sort is None:
        return frozenset(office.id for office in procedure.offices if Open.kind in office.may)
    if symbol.sort is Sort.END or (symbol.stage is None and symbol.what is None):
        return None
    stages = [stage for stage in procedure.stages if symbol.stage in (None, stage.id)]
    found: set[str] = set()
    for stage in stages:
        places = [place for place in procedure.table.places.values() if place.stage is stage]
        for place in places:
            for action, may in place.may.items():
                if symbol.sort is Sort.ACTION and action.kind != symbol.what:
                    continue
                if symbol.sort is not Sort.ACTION and action in _NOWHERE:
                    continue
                phase = procedure.table.places[place.leads[action.kind]]
                if symbol.sort is Sort.OUTCOME and not _brings(stage, action, phase, str(symbol.what)):
                    continue
                if action.is_own is not Action.is_own:
                    return None
                found |= may
    return frozenset(found)


def _brings(stage: Stage, action: type[Action], led: Place, outcome: str) -> bool:
    """Whether an action that leads to a place may bring about an outcome there."""
    return outcome in led.leads and may_bring(stage, action, outcome)


def _misplaced(row: Event, number: int, walked: Walked, procedure: Procedure) -> Departure:
    could = list(walked.expected)
    zh = joined([f"“{each}”" for each in could], "zh") or "无（案件已经结束，或表中再无可见的步骤）"
    en = joined(could, "en") or "nothing: the case had ended, or the table shows no further step"
    words = Text(
        f"“{row.activity}”接不上前面的步骤；此时可以出现的是：{zh}",
        f"“{row.activity}” could not follow what came before; what could have come: {en}",
    )
    stage = walked.symbol.stage if walked.symbol is not None else None
    citation = getattr(procedure.stage(stage), "source", None) if stage is not None else None
    return Departure(
        code=Departed.ORDER, number=number, words=words, case=row.case, citation=citation, expected=walked.expected
    )


def _unkept(demand: Demand, number: int, case: str | None) -> Departure:
    code = Departed.MILESTONE if demand.sought is Sought.MILESTONE else Departed.DUTY
    words = Text(f"未做到：{demand.words.zh}", f"not kept: {demand.words.en}")
    return Departure(code=code, number=number, words=words, case=case, citation=demand.citation, demand=demand)


def _too_late(found: Late, case: str | None) -> Departure:
    said, period = found.demand.words, found.period
    came = (
        Text("尚未发生", "it has not come")
        if found.came is None
        else Text(f"发生于 {found.came}", f"it came on {found.came}")
    )
    words = Text(
        f"逾期：{said.zh}；自 {found.since} 起{period.explain('zh')}，至 {found.until} 止，{came.zh}",
        f"too late: {said.en}; {period.explain('en')} from {found.since}, until {found.until}, and {came.en}",
    )
    citation = period.citation or found.demand.citation
    return Departure(
        code=Departed.LATE, number=found.number, words=words, case=case, citation=citation, demand=found.demand
    )
