"""A definition compiled for looking through many records: one automaton, made as far as records need it.

It is the product of the small automata of the demands and of the ways through the procedure. A state of it is a table from
activities to the states that follow, and holds what is broken there; it is made when the first record comes to it. So a
trace that went a known way costs one look-up for each of its events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

import attrs

from yizheng.conformance.keeping import ORDER, Demand, Kept, demands_of, lapse_of
from yizheng.conformance.net import OPEN, Net, Step, Symbol
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.procedure import Procedure
from yizheng.procedure.duties import Template, as_duties, sort_of
from yizheng.values import FrozenMap, all_of, keyed, name, names, one, several

__all__ = ["Conformance", "Walked"]

STATES: Final = 65_536
"""How many states are kept; beyond, they are forgotten and made anew."""

_NOW, _ENDED, _STATE = object(), object(), object()
"""What a state holds besides where activities lead: what is broken already, what is where the case ends here, and which
state it is. Nothing that is handed in equals them, so that one table holds both."""

_Row = dict[Any, Any]


@attrs.frozen(cache_hash=True)
class _State:
    places: frozenset[str]
    stood: str | None
    begun: bool
    astray: bool
    demands: tuple[int, ...]


@attrs.frozen
class Walked:
    """What one row of a trace did.

    Attributes:
        symbol: what it stands for; ``None`` where its activity is not known.
        fits: whether it could follow.
        expected: what a table would have shown next.
        brings: the milestones that it brought about.
        lost: the demands that it broke for good.
        stood: the stage or end that is known to be entered by then.
    """

    symbol: Symbol | None
    fits: bool
    expected: tuple[str, ...]
    brings: tuple[str, ...]
    lost: tuple[Demand, ...]
    stood: str | None


class Conformance:
    """What a procedure asks of the records of others, compiled.

    Attributes:
        procedure: the definition.
        duties: what is asked besides the duties of the definition.
        demands: everything that is asked of a table, in order: that each step fits, the mandatory milestones, the duties,
            and what came about in time before it lapsed.
        unseen: what is not asked, since the table would not show it.

    Example:
        >>> from yizheng import catalogue
        >>> from yizheng.conformance import Conformance
        >>> asked = Conformance(
        ...     catalogue.yizheng.COURTYARD, names={"征求意见": "solicit", "提议": "propose", "表决": "resolve"}
        ... )
        >>> asked.broken(["征求意见", "提议", "表决"])
        ()
        >>> [demand.sought.value for demand in asked.broken(["征求意见", "表决", "提议"])]
        ['order']

    Args:
        procedure: the definition.
        names: what the activities of a table are called here: ``"resolve"`` for a stage, ``"resolve.carried"`` for an
            outcome of it, ``"resolve:convene"`` for an action in it, ``"convene"`` for that action in whatever stage, the id of
            an end, ``"open"`` for the opening. Left out, activities are called so themselves. Several may mean the same.
        observed: what the table would show if it happened; what it would not show may have happened between any two rows.
            Left out, what ``names`` lists; without ``names``, every outcome of every stage.
        duties: what is asked besides the duties of the definition, such as those of a by-law. They need not be kept on every
            way through it, as its own must be.

    Raises:
        InvalidType: when an argument is not of its kind.
        InvalidValue: with every name that the procedure does not know; and with every fault of an unsound definition.
    """

    def __init__(
        self,
        procedure: Procedure,
        *,
        names: Mapping[str, str] | None = None,
        observed: Iterable[str] | None = None,
        duties: Iterable[Template] | None = None,
    ) -> None:
        self.procedure = one(Procedure, procedure, "procedure")
        _ = procedure.table  # raises with every fault of an unsound definition
        called = None if names is None else {key: name(each, "a name") for key, each in keyed(names, "names").items()}
        net = Net(procedure, _observed(procedure, called, observed))
        net.check(dict.fromkeys(() if called is None else called.values()), "names")
        net.check(sorted(net.observed), "observed")
        self._net = net
        self._called = FrozenMap(dict(zip(net.symbols, net.symbols, strict=True)) if called is None else called)
        self.duties = _further(duties, procedure)
        asked, unseen = list[Kept](), list[Demand]()
        for demand in demands_of(procedure, self.duties)[1:]:
            kept = Kept.of(demand, procedure)
            (asked.append(kept) if _shown(kept, net) else unseen.append(demand))
        lapses = [(net.shows(each.milestone), lapse_of(each, procedure)) for each in procedure.lapses]
        unseen += [demand for shown_, demand in lapses if not shown_]
        self._asked = tuple(asked)
        self._carried_out = frozenset(end.id for end in procedure.ends if end.carried_out)
        self._ends = frozenset(end.id for end in procedure.ends)
        by_day = [demand for shown_, demand in lapses if shown_]
        self.demands: tuple[Demand, ...] = (ORDER, *(kept.demand for kept in asked), *by_day)
        self.unseen: tuple[Demand, ...] = tuple(unseen)
        self._rows: dict[_State, _Row] = {}
        self._steps: dict[tuple[_State, str], tuple[_State, Step]] = {}
        first = procedure.stages[0].id
        stood = None if first in net.observed else first
        begun = self._marched(tuple(0 for _ in asked), () if stood is None else (first,))
        self._begin = _State(net.start, stood, False, False, begun)
        self._start = self._row(self._begin)

    @property
    def names(self) -> Mapping[str, str]:
        """What each activity stands for."""
        return self._called

    @property
    def observed(self) -> frozenset[str]:
        """What a table would show."""
        return self._net.observed

    def broken(self, activities: Sequence[str], *, ended: bool = False) -> tuple[Demand, ...]:
        """The demands that a trace breaks: the activities of one case in their order.

        This is the quick look: about a microsecond for a dozen events, once such traces have come by. It says nothing of
        periods, days and offices, nor which event it was: :func:`conform` does.

        Args:
            activities: what was done. An activity that is not known is passed over.
            ended: whether nothing more will follow, so that what is still owed was not kept; left out, that is so where the
                trace itself comes to an end of the procedure.

        Returns:
            Each once, in the order of ``demands``.

        Raises:
            InvalidType: when it is given something else than words.
        """
        row = self._start
        try:
            for activity in activities:
                row = row[activity]
        except (KeyError, TypeError):
            row = self._followed(activities)
        found: tuple[Demand, ...] = row[_ENDED] if ended else row[_NOW]
        return found

    def broken_each(self, traces: Iterable[Sequence[str]], *, ended: bool = False) -> list[tuple[Demand, ...]]:
        """The demands that each of many traces breaks, as :meth:`broken` says of one.

        Args:
            traces: the activities of each case.
            ended: as in :meth:`broken`.

        Raises:
            InvalidType: when it is given something else than traces of words.
        """
        found: list[tuple[Demand, ...]] = []
        add, said = found.append, _ENDED if ended else _NOW
        for activities in traces if isinstance(traces, list) else several(traces, "traces"):
            row = self._start
            try:
                for activity in activities:
                    row = row[activity]
            except (KeyError, TypeError):
                row = self._followed(activities)
            add(row[said])
        return found

    def _followed(self, activities: object) -> _Row:
        """The state after a trace that went where none has gone before."""
        row = self._start
        for activity in several(activities, "activities"):
            if type(activity) is not str:
                raise InvalidType(f"an activity is {shown(activity)}; write words")
            following = row.get(activity)
            if following is None:
                called = self._called.get(activity)
                if called is None:
                    continue
                if len(self._rows) >= STATES:
                    self._rows.clear()
                    self._start = self._row(self._begin)
                state: _State = row[_STATE]
                following = row[activity] = self._row(self._next(state, called)[0])
            row = following
        return row

    def _row(self, state: _State) -> _Row:
        found = self._rows.get(state)
        if found is None:
            found = self._rows[state] = {_NOW: self._lost(state), _ENDED: self._owing(state), _STATE: state}
        return found

    def _next(self, state: _State, called: str) -> tuple[_State, Step]:
        found = self._steps.get((state, called))
        if found is None:
            if len(self._steps) >= STATES:
                self._steps.clear()
            found = self._steps[state, called] = self._made(state, called)
        return found

    def _made(self, state: _State, called: str) -> tuple[_State, Step]:
        symbol = self._net.symbols[called]
        step = self._net.step(state.places, state.stood, symbol)
        fits = step.fits and not (symbol.name == OPEN and state.begun)
        stood = next(
            (each for each in reversed(step.brings) if each in self._ends or each in self.procedure.order), state.stood
        )
        demands = self._marched(state.demands, step.brings)
        return _State(step.places, stood, True, state.astray or not fits, demands), attrs.evolve(step, fits=fits)

    def _marched(self, states: tuple[int, ...], brings: tuple[str, ...]) -> tuple[int, ...]:
        marched = list(states)
        for milestone in brings:
            for place, kept in enumerate(self._asked):
                letter = kept.letter(milestone, self.procedure)
                if letter is not None:
                    marched[place] = kept.steps[marched[place]][letter]
        return tuple(marched)

    def _lost(self, state: _State) -> tuple[Demand, ...]:
        """What is broken where the trace stops here, and the case goes on unless it has come to an end."""
        if state.stood in self._ends:
            return self._owing(state)
        order = (ORDER,) if state.astray else ()
        return order + tuple(
            [kept.demand for kept, each in zip(self._asked, state.demands, strict=True) if kept.is_lost(each)]
        )

    def _owing(self, state: _State) -> tuple[Demand, ...]:
        """What is broken where the case ends here."""
        end = state.stood if state.stood in self._ends else None
        order = (ORDER,) if state.astray else ()
        return order + tuple(
            [
                kept.demand
                for kept, each in zip(self._asked, state.demands, strict=True)
                if not kept.holds(each, end, self._carried_out)
            ]
        )

    def walk(self, activities: Iterable[str]) -> Iterator[Walked]:
        """What each row of a trace does, one after the other.

        Args:
            activities: what was done, in its order.

        Raises:
            InvalidType: when it is given something else than words.
        """
        state = self._begin
        lost = frozenset[Demand]()
        for activity in all_of(str, activities, "activities"):
            called = self._called.get(activity)
            if called is None:
                yield Walked(None, True, (), (), (), state.stood)
                continue
            expected = self._net.expected(state.places)
            state, step = self._next(state, called)
            now = [kept.demand for kept, each in zip(self._asked, state.demands, strict=True) if kept.is_lost(each)]
            new = tuple([demand for demand in now if demand not in lost])
            lost = lost.union(new)
            yield Walked(self._net.symbols[called], step.fits, expected, step.brings, new, state.stood)


def _further(duties: object, procedure: Procedure) -> tuple[Template, ...]:
    """Duties besides those of the definition, of which every milestone exists."""
    further = () if duties is None else as_duties(cast("Iterable[Template]", duties))
    InvalidValue.raise_all(
        f"duties: procedure {procedure.id} has no {shown(each)}; write a stage, stage.outcome, stage:action or an end"
        for each in dict.fromkeys(milestone for duty in further for milestone in (*duty.milestones, *duty.ends))
        if sort_of(each, procedure) is None
    )
    return further


def _observed(procedure: Procedure, called: Mapping[str, str] | None, observed: Iterable[str] | None) -> frozenset[str]:
    if observed is not None:
        return names(observed)
    if called is not None:
        return frozenset(called.values()) - {OPEN}
    return frozenset(f"{stage.id}.{what}" for stage in procedure.stages for what in (*stage.ends, *stage.turns))


def _shown(kept: Kept, net: Net) -> bool:
    """Whether a table shows enough for a demand to be judged."""
    demand = kept.demand
    if demand.duty is None:
        milestone = demand.milestone or ""
        return net.shows(milestone) or any(each.partition(".")[0] == milestone for each in net.observed)
    if kept.minds_others:
        return net.shows_all(kept.sorts)
    return all(net.shows(each) for each in demand.duty.milestones)
