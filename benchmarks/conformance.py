"""Holding traces of twelve events against twenty duties and the routes, beside pm4py's DECLARE check and a bare table.

All say the same of every trace, which is seen to before the clock runs. pm4py checks the duties alone; ours checks the
routes and the mandatory milestones besides. The activities are invented.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from typing import Any

from harness import Aim, Entrant, Table, Timed, compare

from yizheng import catalogue
from yizheng.conformance import Conformance, Event, conform
from yizheng.procedure import duties as d

with redirect_stdout(StringIO()), redirect_stderr(StringIO()), warnings.catch_warnings():  # it greets everybody
    warnings.simplefilter("ignore")
    import pandas as pd
    import pm4py
    from pm4py.algo.conformance.declare.variants import classic

ROUNDS = 15
TRACES, VARIANTS, LENGTH = 2000, 200, 12
PACKAGES = ("pm4py", "attrs")
BARE, OURS, ONE, INNER, WHOLE, REPORT = (
    "bare dict table",
    "Conformance.broken_each",
    "Conformance.broken",
    "pm4py, inner function",
    "pm4py, conformance_declare",
    "conform, the whole report",
)

GOOD = (
    *("solicit.completed", "propose.carried", "consult.carried", "resolve.carried", "disclose_measures.clear"),
    *("implement.completed", "disclose_result.clear", "evaluate.satisfied"),
)
BACK = ("propose.returned", "consult.lost", "resolve.returned", "disclose_measures.upheld")

# Each template by pm4py's name for it. Its "nonsuccession" is left out: it means something else there than in DECLARE.
TEMPLATES: dict[str, type[Any]] = {
    "existence": d.Existence,
    "absence": d.Absence,
    "exactly_one": d.Exactly,
    "init": d.Init,
    "responded_existence": d.RespondedExistence,
    "coexistence": d.CoExistence,
    "noncoexistence": d.NotCoExistence,
    "response": d.Response,
    "precedence": d.Precedence,
    "succession": d.Succession,
    "altresponse": d.AlternateResponse,
    "altprecedence": d.AlternatePrecedence,
    "altsuccession": d.AlternateSuccession,
    "chainresponse": d.ChainResponse,
    "chainprecedence": d.ChainPrecedence,
    "chainsuccession": d.ChainSuccession,
}
ASKED: tuple[tuple[str, Any], ...] = (
    ("existence", GOOD[0]),
    ("existence", GOOD[3]),
    ("absence", "implement.abandoned"),
    ("exactly_one", GOOD[0]),
    ("init", GOOD[0]),
    ("responded_existence", (GOOD[3], GOOD[6])),
    ("coexistence", (GOOD[4], GOOD[5])),
    ("noncoexistence", (BACK[1], BACK[2])),
    ("response", (GOOD[3], GOOD[4])),
    ("response", (GOOD[5], GOOD[6])),
    ("precedence", (GOOD[2], GOOD[3])),
    ("precedence", (GOOD[4], GOOD[5])),
    ("succession", (GOOD[1], GOOD[2])),
    ("altresponse", (GOOD[1], GOOD[2])),
    ("altprecedence", (GOOD[1], GOOD[2])),
    ("altsuccession", (GOOD[2], GOOD[3])),
    ("chainresponse", (BACK[0], GOOD[1])),
    ("chainprecedence", (GOOD[4], GOOD[5])),
    ("chainsuccession", (GOOD[5], GOOD[6])),
    ("response", (BACK[3], GOOD[1])),
)


def duty(template: str, about: Any) -> d.Template:
    """A duty of ours, from what pm4py is told."""
    sides = (about,) if isinstance(about, str) else about
    made: d.Template = TEMPLATES[template](*[[side] for side in sides])
    return made


def traces() -> list[tuple[str, ...]]:
    """Walks through the procedure with detours, some of them with rows dropped or moved; each of twelve events."""
    chance = random.Random(12)
    routes = catalogue.yizheng.COURTYARD.routes
    made: list[tuple[str, ...]] = []
    while len(made) < VARIANTS:
        stage, rows = "solicit", list[str]()
        while stage in routes and len(rows) < LENGTH:
            outcomes = sorted(routes[stage])
            usual = [each for each in outcomes if f"{stage}.{each}" in GOOD]
            outcome = usual[0] if usual and chance.random() < 0.8 else chance.choice(outcomes)
            rows.append(f"{stage}.{outcome}")
            stage = routes[stage][outcome]
        while len(rows) < LENGTH:
            rows.insert(chance.randrange(len(rows)), chance.choice((*GOOD, *BACK)))
        made.append(tuple(rows))
    return [chance.choice(made) for _ in range(TRACES)]  # as in any log, many cases go the same way


class Asked:
    """The same question to all."""

    def __init__(self) -> None:
        self.traces = traces()
        self.model: dict[str, dict[Any, Any]] = {}
        for template, about in ASKED:
            self.model.setdefault(template, {})[about] = {"support": 1, "confidence": 1}
        self.ours = Conformance(catalogue.yizheng.COURTYARD, duties=[duty(*each) for each in ASKED])
        self.lists = [list(trace) for trace in self.traces]
        self.frame = self._frame()
        self.events = [
            [Event(row, datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=place)) for place, row in enumerate(trace)]
            for trace in self.traces
        ]
        self.table, self.broken = self._bare()
        self.check()

    def _frame(self) -> Any:
        rows = [
            {
                "case:concept:name": f"{number:05}",
                "concept:name": row,
                "time:timestamp": pd.Timestamp(2026, 3, 2, place, tz="UTC"),
            }
            for number, trace in enumerate(self.traces)
            for place, row in enumerate(trace)
        ]
        return pd.DataFrame(rows)

    def _bare(self) -> tuple[dict[int, dict[str, int]], dict[int, Any]]:
        """The same automaton written out as one dict of dicts with numbered states, as anybody would by hand."""
        table: dict[int, dict[str, int]] = {}
        broken: dict[int, Any] = {}
        states: dict[int, int] = {}
        for trace in self.traces:
            here = None
            for length in range(LENGTH + 1):
                state = self._state(trace[:length])
                number = states.setdefault(state, len(states))
                if here is not None:
                    table[here][trace[length - 1]] = number
                table.setdefault(number, {})
                broken[number] = self.ours.broken(trace[:length], ended=True)
                here = number
        return table, broken

    def _state(self, trace: Sequence[str]) -> int:
        self.ours.broken(trace)
        row: Any = self.ours._start  # noqa: SLF001 -- what is compared is the table itself
        for activity in trace:
            row = row[activity]
        return id(row)

    def check(self) -> None:
        """Everybody says the same of every trace."""
        theirs = classic.apply_list(self.lists, self.model)
        found = 0
        for trace, said in zip(self.traces, theirs, strict=True):
            by_them = {(template, about) for template, about in said["deviations"]}
            duties = {demand.duty for demand in self.ours.broken(trace, ended=True) if demand.duty is not None}
            by_us = {each for each in ASKED if duty(*each) in duties}
            assert by_them == by_us, (trace, by_them ^ by_us)
            found += len(by_us)
        assert found > TRACES
        assert self.bare(self.traces) == self.ours.broken_each(self.traces, ended=True)

    def bare(self, traces: Sequence[Sequence[str]]) -> list[Any]:
        table, broken, found = self.table, self.broken, list[Any]()
        add = found.append
        for trace in traces:
            state = 0
            for activity in trace:
                state = table[state][activity]
            add(broken[state])
        return found


def each(call: Callable[[Any], object], given: Sequence[Any]) -> Callable[[int], Timed]:
    """One call for each trace."""

    def prepare(_: int) -> Timed:
        def timed() -> None:
            for one in given:
                call(one)

        return timed

    return prepare


def tables(rounds: int = ROUNDS) -> list[Table]:
    asked = Asked()
    procedure = asked.ours

    def quietly(_: int) -> Timed:
        def timed() -> None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pm4py.conformance_declare(asked.frame, asked.model)

        return timed

    entrants = [
        Entrant(
            BARE, lambda _: lambda: asked.bare(asked.traces), TRACES, "a dict of dicts with numbered states; no more"
        ),
        Entrant(
            OURS,
            lambda _: lambda: procedure.broken_each(asked.traces, ended=True),
            TRACES,
            "duties, routes and mandatory milestones; all traces in one call",
        ),
        Entrant(
            ONE, each(partial(procedure.broken, ended=True), asked.traces), TRACES, "the same, a call for each trace"
        ),
        Entrant(
            INNER,
            lambda _: lambda: classic.apply_list(asked.lists, asked.model),
            TRACES,
            "duties alone; all traces in one call",
        ),
        Entrant(WHOLE, quietly, TRACES, "the same from a data frame of events"),
        Entrant(
            REPORT,
            each(lambda events: conform(procedure, events), asked.events[:200]),
            200,
            "from events, with each departure, its row, its words and its article",
        ),
    ]
    variants = len(set(asked.traces))
    departing = sum(1 for trace in asked.traces if asked.ours.broken(trace, ended=True))
    return [
        compare(
            "Conformance of traces of twelve events, twenty duties",
            entrants,
            step="one trace",
            over=(BARE, INNER),
            rounds=rounds,
            aims=[Aim(OURS, BARE, 1.3), Aim(OURS, INNER, 1 / 12, "twelve times faster")],
            notes=[
                f"{TRACES} traces, {variants} of them different, {departing} that depart; all compiled before the clock runs",
                "pm4py and ours find the same duties broken in every trace",
            ],
        )
    ]
