"""A definition as a ``transitions.Machine``, and the table that is read off it once.

A case does not trigger a machine: it looks up where an action leads in a frozen table. The table is made from the
machine, so that there is one definition of what may follow what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs
from transitions import Machine

from yizheng.codec import keeps
from yizheng.procedure.graph import behind, bound
from yizheng.stages import ANYWHERE, LEAVING, Action, OrderCorrection, Release, Stage, Withdraw
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["Place", "Table", "build_machine", "entry_state", "read_table", "rows", "state_name"]

SEPARATOR: Final = "."


def state_name(stage: Stage, phase: str) -> str:
    """The machine's name for a phase of a stage, such as ``"resolve.voting"``."""
    return f"{stage.id}{SEPARATOR}{phase}"


def entry_state(procedure: Procedure, target: str) -> str:
    """The state in which a case finds itself on reaching a target: the first phase of a stage, or an end."""
    if target not in procedure.order:
        return target
    stage = procedure.stage(target)
    return state_name(stage, stage.first)


def rows(procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    """What may follow what, of a definition whose names hold: an action or outcome, from which state, to which."""
    back, held = behind(procedure, procedure.corrected), bound(procedure)
    for stage in procedure.stages:
        for phase, following in stage.phases.items():
            source = state_name(stage, phase)
            for action, to in following.items():
                if procedure.takes(stage, action):
                    yield action.kind, source, state_name(stage, to)
            if following:  # a phase that nothing can follow is passed through and never rested in
                yield from _besides(procedure, stage, phase, back, held)
        for outcome, phases in stage.ends.items():
            target = entry_state(procedure, procedure.routes[stage.id][outcome])
            yield from ((outcome, state_name(stage, phase), target) for phase in sorted(phases))
        for result, turns in stage.turns.items():
            yield from ((result, state_name(stage, phase), state_name(stage, to)) for phase, to in turns.items())


def _besides(
    procedure: Procedure, stage: Stage, phase: str, back: frozenset[str], held: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    """What no kind of stage has in its phases: what may be done anywhere, and in a batch."""
    source = state_name(stage, phase)
    anywhere: tuple[type[Action], ...] = ANYWHERE
    leaving: tuple[type[Action], ...] = LEAVING if stage.id in procedure.front else ()
    for action in anywhere:
        if action is OrderCorrection and stage.id not in back:
            continue
        if not (action is Withdraw and (stage.id in held or _decided(procedure, stage, phase))):
            yield action.kind, source, _anywhere(procedure, action, stage, source)
    for action in leaving:
        if procedure.takes(stage, action) and not (action is Release and stage.id in procedure.shared):
            yield action.kind, source, source


def build_machine(procedure: Procedure) -> Machine:
    """The machine of a sound definition."""
    states = [state_name(stage, phase) for stage in procedure.stages for phase in stage.phases]
    return Machine(
        model=None,
        states=[*states, *(end.id for end in procedure.ends)],
        initial=entry_state(procedure, procedure.stages[0].id),
        transitions=[list(row) for row in rows(procedure)],
        auto_transitions=False,
    )


def _decided(procedure: Procedure, stage: Stage, phase: str) -> bool:
    """Whether the deciding vote has opened in this phase, or lies behind it in the order of the definition."""
    if procedure.deciding is None:
        return False
    here, deciding = procedure.order[stage.id], procedure.order[procedure.deciding]
    return here > deciding or (here == deciding and phase in stage.voting)


def _anywhere(procedure: Procedure, action: type[Action], stage: Stage, source: str) -> str:
    if action is Withdraw:
        return procedure.withdrawn
    if action is OrderCorrection:
        return entry_state(procedure, procedure.corrected_from(stage.id))
    return source


@attrs.frozen(eq=False)
class Place:
    """A state of the machine, with what can be done there. Made once, and shared by every case of the procedure.

    Attributes:
        name: the state's name, such as ``"resolve.voting"``.
        stage: the stage, or ``None`` at an end.
        phase: the phase, or the end's id.
        may: the kinds of action that can be done, in the order of the definition, and the offices that may do each.
        keep: the kinds of action that can hold a roll or a procedure, which are kept apart under their digests.
        leads: for each kind of action and each outcome, the name of the state to which it leads.
    """

    name: str
    stage: Stage | None
    phase: str
    may: Mapping[type[Action], frozenset[str]]
    keep: frozenset[type[Action]]
    leads: Mapping[str, str]


@attrs.frozen(eq=False)
class Table:
    """What may follow what, by state.

    Attributes:
        start: where a case begins.
        places: every state by its name.
    """

    start: str
    places: Mapping[str, Place]


def read_table(procedure: Procedure, machine: Machine) -> Table:
    """The table of a machine."""
    leads: dict[str, dict[str, str]] = {state: {} for state in machine.states}
    events: Mapping[str, Any] = machine.events
    for trigger, event in events.items():
        for source, (transition,) in event.transitions.items():
            leads[source][trigger] = str(transition.dest)
    actions = procedure.actions()
    found = {(state_name(stage, phase)): (stage, phase) for stage in procedure.stages for phase in stage.phases}
    places: dict[str, Place] = {}
    for state, following in leads.items():
        stage, phase = found.get(state, (None, state))
        possible = [actions[kind] for kind in following if kind in actions]
        may = {action: procedure.offices_for(stage, action) for action in possible} if stage else {}
        keep = frozenset(filter(keeps, may))
        places[state] = Place(state, stage, phase, FrozenMap(may), keep, FrozenMap(following))
    return Table(entry_state(procedure, procedure.stages[0].id), FrozenMap(places))
