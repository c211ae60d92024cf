"""The ways through a procedure, as far as a table of events shows them.

A table shows some steps and keeps silent about others: which, its names say. What it keeps silent about may have happened
between any two rows; so a row is held against every place where the case can stand by then. Withdrawal and an order of
correction lead away by somebody's decision and are never supposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import attrs

from yizheng.errors import InvalidValue, shown
from yizheng.procedure import Procedure
from yizheng.procedure.duties import Sort, sort_of
from yizheng.stages import OrderCorrection, Withdraw
from yizheng.values import FrozenMap

__all__ = ["OPEN", "Net", "Step", "Symbol"]

OPEN: Final = "open"
"""What a row is called that tells of the opening."""

_SHOWN: Final = frozenset({Withdraw.kind, OrderCorrection.kind})

_DOOR: Final = "\0"
"""Before the name of a stage or end: the case has come there, and the table still owes the row that says so. No id holds it."""


@attrs.frozen
class Symbol:
    """What a row may stand for.

    Attributes:
        name: as it is written: ``"resolve"``, ``"resolve.carried"``, ``"resolve:convene"``, ``"convene"``, an end, ``"open"``.
        sort: what it is; ``None`` for the opening.
        stage: the stage; ``None`` for an end, the opening, and an action of whatever stage.
        what: the outcome or the action.
    """

    name: str
    sort: Sort | None
    stage: str | None = None
    what: str | None = None


@attrs.frozen
class Step:
    """What one row does.

    Attributes:
        places: where the case can stand after it.
        fits: whether it could follow at all.
        brings: the milestones that it brings about, in their order.
    """

    places: frozenset[str]
    fits: bool
    brings: tuple[str, ...]


@attrs.frozen(eq=False)
class Net:
    """The places of a procedure and what leads from each to which.

    Attributes:
        procedure: the definition.
        observed: what a table shows, by name.
    """

    procedure: Procedure
    observed: frozenset[str]

    @cached_property
    def symbols(self) -> Mapping[str, Symbol]:
        """Everything that a row may stand for, by name."""
        procedure = self.procedure
        found = [Symbol(OPEN, None)]
        found += [Symbol(end.id, Sort.END) for end in procedure.ends]
        kinds: set[str] = set()
        for stage in procedure.stages:
            found.append(Symbol(stage.id, Sort.STAGE, stage.id))
            found += [
                Symbol(f"{stage.id}.{what}", Sort.OUTCOME, stage.id, what) for what in (*stage.ends, *stage.turns)
            ]
            here = {
                action.kind for place in procedure.table.places.values() if place.stage is stage for action in place.may
            }
            kinds |= here
            found += [Symbol(f"{stage.id}:{what}", Sort.ACTION, stage.id, what) for what in sorted(here)]
        found += [Symbol(kind, Sort.ACTION, None, kind) for kind in sorted(kinds)]
        return FrozenMap({symbol.name: symbol for symbol in reversed(found)})  # a stage's name goes before an action's

    def check(self, names: Iterable[str], what: str) -> None:
        """See that names are names of something.

        Raises:
            InvalidValue: with each that is not.
        """
        InvalidValue.raise_all(
            f"{what}: procedure {self.procedure.id} has no {shown(each)}; write a stage, stage.outcome, stage:action, an "
            "end, a kind of action, or open"
            for each in names
            if each not in self.symbols
        )

    @cached_property
    def start(self) -> frozenset[str]:
        """Where a case can stand when it has been opened."""
        first = self.procedure.stages[0].id
        return self._closed([_DOOR + first if first in self.observed else self.procedure.table.start])

    @cached_property
    def _visible(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """For each place, where each symbol leads."""
        found: dict[str, dict[str, set[str]]] = {}
        for place in self.procedure.table.places.values():
            leads = found.setdefault(place.name, {})
            here = place.phase if place.stage is None else place.stage.id
            leads[here] = {place.name}
            kinds = {action.kind for action in place.may}
            for trigger, target in place.leads.items():
                for each in self._called(here, trigger, is_action=trigger in kinds):
                    leads.setdefault(each, set()).add(target)
            found.setdefault(_DOOR + here, {})[here] = {self._entry(here)}
        return {
            place: {symbol: self._closed(targets) for symbol, targets in leads.items()}
            for place, leads in found.items()
        }

    def _called(self, stage: str, trigger: str, *, is_action: bool) -> tuple[str, ...]:
        """The names of a row that tells of an action or an outcome in a stage; a stage's or end's name is its own."""
        if not is_action:
            return (f"{stage}.{trigger}",)
        bare = self.symbols[trigger].sort is Sort.ACTION
        return (f"{stage}:{trigger}", trigger) if bare else (f"{stage}:{trigger}",)

    def _entry(self, target: str) -> str:
        stage = next((stage for stage in self.procedure.stages if stage.id == target), None)
        return target if stage is None else f"{stage.id}.{stage.first}"

    @cached_property
    def _silent(self) -> Mapping[str, frozenset[str]]:
        """For each place, where the case may get without a row."""
        found: dict[str, frozenset[str]] = {}
        places = self.procedure.table.places
        for place in places.values():
            targets: set[str] = set()
            kinds = {action.kind for action in place.may}
            for trigger, target in place.leads.items():
                here = place.stage.id if place.stage is not None else ""
                names = self._called(here, trigger, is_action=trigger in kinds)
                if trigger in _SHOWN or not self.observed.isdisjoint(names):
                    continue
                stage = places[target].stage
                to = target if stage is None else stage.id
                targets.add(_DOOR + to if to in self.observed and to != here else target)
            found[place.name] = frozenset(targets - {place.name})
        return found

    def _closed(self, places: Iterable[str]) -> frozenset[str]:
        found, waiting = set[str](), list(places)
        while waiting:
            if (place := waiting.pop()) not in found:
                found.add(place)
                waiting.extend(self._silent.get(place, ()))
        return frozenset(found)

    def expected(self, places: frozenset[str]) -> tuple[str, ...]:
        """What a table would show next, of what it shows."""
        found = {symbol for place in places for symbol in self._visible[place] if symbol in self.observed}
        standing = {place.partition(".")[0] for place in places}  # that a case is still where it was is no news
        return tuple(sorted(found - standing))

    def step(self, places: frozenset[str], stood: str | None, symbol: Symbol) -> Step:
        """What a row does.

        A row that could not follow is told, and the case goes on from where it does lead.

        Args:
            places: where the case can stand.
            stood: the stage or end that was last known to be entered.
            symbol: the row.
        """
        if symbol.sort is None:
            return Step(places, True, ())
        name = symbol.name
        visible = self._visible
        targets = {place: visible[place][name] for place in places if name in visible[place]}
        fits = bool(targets)
        if not fits:
            targets = {place: leads[name] for place, leads in visible.items() if name in leads}
        reached = frozenset[str]().union(*targets.values())
        return Step(reached, fits, self._brings(symbol, stood, targets))

    def _brings(self, symbol: Symbol, stood: str | None, targets: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
        if symbol.sort in {Sort.STAGE, Sort.END}:
            return () if stood == symbol.name else (symbol.name,)
        stages = {place.removeprefix(_DOOR).partition(".")[0] for place in targets}
        stage = symbol.stage or (stages.pop() if len(stages) == 1 else None)
        if stage is None:
            return ()
        if symbol.sort is Sort.OUTCOME:
            target = self.procedure.routes[stage].get(str(symbol.what))
            return (symbol.name,) if target is None else (symbol.name, target)
        named = f"{stage}:{symbol.what}"
        if sort_of(named, self.procedure) is None:
            return ()
        further = {Withdraw.kind: self.procedure.withdrawn, OrderCorrection.kind: self.procedure.corrected_from(stage)}
        return (named, further[str(symbol.what)]) if symbol.what in further else (named,)

    def shows(self, milestone: str) -> bool:
        """Whether a table that shows what it shows cannot keep silent about this milestone."""
        if milestone in self.observed:
            return True
        sort = sort_of(milestone, self.procedure)
        if sort is Sort.ACTION:
            kind = milestone.rpartition(":")[2]
            return kind in _SHOWN or (kind in self.observed and self.symbols[kind].sort is Sort.ACTION)
        if sort is Sort.OUTCOME or sort is None:
            return False
        return all(
            f"{stage}.{outcome}" in self.observed
            for stage, targets in self.procedure.routes.items()
            for outcome, target in targets.items()
            if target == milestone
        )

    def shows_all(self, sorts: frozenset[Sort]) -> bool:
        """Whether a table shows every milestone of these sorts."""
        every = [
            name
            for name, symbol in self.symbols.items()
            if symbol.sort in sorts and (symbol.stage or symbol.sort is Sort.END)
        ]
        return all(self.shows(name) for name in every if sort_of(name, self.procedure) is not None)
