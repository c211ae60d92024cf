"""The lifecycle is a real ``transitions`` machine, and the table by which a case steps is read off it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transitions import Machine, MachineError

from quarrels import dispute, dispute_steps
from walks import allowance, allowance_steps, courtyard, courtyard_steps, take
from yizheng import Procedure, catalogue
from yizheng.stages import ANYWHERE

from .own import mediated, mediation, mediation_steps

PROCEDURES = {"courtyard": catalogue.yizheng.COURTYARD, "allowance": catalogue.yizheng.ALLOWANCE, "own": mediation()}
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)


class Mine:
    """A user's own model."""

    state: str
    trigger: Callable[[str], bool]


class TestTheMachine:
    """``procedure.machine()`` gives a stock machine of the package."""

    @EACH
    def test_it_is_a_stock_machine(self, procedure: Procedure) -> None:
        """It is a ``transitions.Machine`` and nothing of our own."""
        assert type(procedure.machine()) is Machine

    @EACH
    def test_its_states_are_stages_with_their_phases(self, procedure: Procedure) -> None:
        """Its states are the phases of each stage, and the ends."""
        phases = {f"{stage.id}.{phase}" for stage in procedure.stages for phase in stage.phases}
        assert set(procedure.machine().states) == phases | {end.id for end in procedure.ends}

    @EACH
    def test_its_triggers_are_actions_and_outcomes(self, procedure: Procedure) -> None:
        """Its triggers are the kinds of action, the outcomes and the results that turn back, and nothing else."""
        outcomes = {outcome for stage in procedure.stages for outcome in (*stage.ends, *stage.turns)}
        assert set(procedure.machine().events) == {*procedure.actions(), *outcomes}

    @EACH
    def test_there_is_no_jump(self, procedure: Procedure) -> None:
        """There is no ``to_<state>`` trigger past every stage, on the machine or on a model."""
        mine = Mine()
        machine = procedure.machine(mine)
        assert not [trigger for trigger in machine.events if trigger.startswith("to_")]
        assert not [name for name in dir(mine) if name.startswith("to_")]
        for state in machine.states:
            with pytest.raises((MachineError, AttributeError)):
                mine.trigger(f"to_{state}")

    @EACH
    def test_every_target_exists(self, procedure: Procedure) -> None:
        """Every transition leads to a state that exists, and each trigger to one state only."""
        machine = procedure.machine()
        for event in machine.events.values():
            for source, transitions in event.transitions.items():
                assert source in machine.states
                assert [transition.dest in machine.states for transition in transitions] == [True]

    @EACH
    def test_ends_lead_nowhere(self, procedure: Procedure) -> None:
        """From an end there is no trigger, and every other state that is rested in has one."""
        machine = procedure.machine()
        for end in procedure.ends:
            assert machine.get_triggers(end.id) == []
        for stage in procedure.stages:
            for phase, following in stage.phases.items():
                assert bool(machine.get_triggers(f"{stage.id}.{phase}")) or not following

    @EACH
    def test_a_machine_is_made_anew(self, procedure: Procedure) -> None:
        """Each call gives a machine of one's own."""
        assert procedure.machine() is not procedure.machine()


class TestTableAndMachine:
    """They agree on every state and trigger, refusals among them."""

    @EACH
    def test_on_every_state_and_trigger(self, procedure: Procedure) -> None:
        """For every state and every trigger, the machine goes where the table leads, or refuses where it leads nowhere."""
        mine = Mine()
        machine = procedure.machine(mine)
        table = procedure.table
        assert mine.state == table.start
        assert set(table.places) == set(machine.states)
        for state, place in table.places.items():
            for trigger in machine.events:
                machine.set_state(state)
                if trigger in place.leads:
                    assert mine.trigger(trigger)
                    assert mine.state == place.leads[trigger]
                else:
                    with pytest.raises(MachineError):
                        mine.trigger(trigger)
                    assert mine.state == state

    @given(st.sampled_from(sorted(PROCEDURES)), st.lists(st.integers(0, 10**6), max_size=60))
    def test_on_random_walks(self, name: str, choices: list[int]) -> None:
        """On a random walk by triggers, allowed and not, machine and table are at the same place after every step."""
        procedure = PROCEDURES[name]
        mine = Mine()
        machine = procedure.machine(mine)
        triggers, state = sorted(machine.events), procedure.table.start
        for choice in choices:
            leads = procedure.table.places[state].leads
            likely = sorted(leads) or triggers
            trigger = likely[choice % len(likely)] if choice % 5 else triggers[choice % len(triggers)]
            try:
                mine.trigger(trigger)
            except MachineError:
                assert trigger not in leads
            else:
                state = leads[trigger]
            assert mine.state == state

    @pytest.mark.parametrize(
        ("start", "steps"),
        [
            (courtyard, courtyard_steps),
            (allowance, allowance_steps),
            (dispute, dispute_steps),
            (mediated, mediation_steps),
        ],
        ids=["courtyard", "allowance", "dispute", "own"],
    )
    def test_on_a_whole_case(self, start: Callable[[], Any], steps: Callable[[], Any]) -> None:
        """A model that follows a case by its actions and outcomes stands where the case stands, to the end."""
        case = start()
        mine = Mine()
        case.procedure.machine(mine)
        for step in steps():
            case = case.act(step.action, at=step.at, by=step.by, salt=b"0" * 16)
            mine.trigger(step.action.kind)
            if case.entries[-1].effect.outcome is not None:
                mine.trigger(case.entries[-1].effect.outcome)
            assert mine.state == case.state
        assert case.outcome == mine.state

    @EACH
    def test_what_can_be_done_anywhere(self, procedure: Procedure) -> None:
        """A note leads nowhere from wherever it is made; a withdrawal leads to its end and nowhere else."""
        for state, place in procedure.table.places.items():
            for action in ANYWHERE:
                target = place.leads.get(action.kind)
                if action.kind in ("appoint", "adopt_edition", "attach", "note", "correct"):
                    assert target == (state if place.leads.keys() & procedure.actions() else None)
                if action.kind == "withdraw":
                    assert target in (None, procedure.withdrawn)


class TestModels:
    """A user's own model can be attached, and does not matter to a case."""

    def test_several_models(self) -> None:
        """Several models are attached to one machine, each with its own state."""
        one, two = Mine(), Mine()
        machine = PROCEDURES["courtyard"].machine(one)
        machine.add_model(two)
        one.trigger("open_solicitation")
        assert (one.state, two.state) == ("solicit.open", "solicit.waiting")

    def test_a_machine_without_a_model(self) -> None:
        """Without a model, the machine has none, and models are added later."""
        machine = PROCEDURES["courtyard"].machine()
        assert machine.models == []
        mine = Mine()
        machine.add_model(mine)
        assert mine.state == "solicit.waiting"

    @pytest.mark.parametrize("hook", ["prepare", "before", "after", "on_exit", "on_enter"])
    def test_a_callback_that_raises(self, hook: str) -> None:
        """A callback of the user's model that raises, at whichever hook, breaks their model and no case."""

        def fail(*_: object) -> bool:
            raise RuntimeError("the user's own")

        mine = Mine()
        procedure = PROCEDURES["courtyard"]
        machine = procedure.machine(mine)
        if hook == "on_enter":
            machine.get_state("solicit.open").add_callback("enter", fail)
        elif hook == "on_exit":
            machine.get_state("solicit.waiting").add_callback("exit", fail)
        else:
            for transition in machine.get_transitions("open_solicitation"):
                transition.add_callback(hook, fail)
        case = courtyard()
        with pytest.raises(RuntimeError, match="the user's own"):
            mine.trigger("open_solicitation")
        step = courtyard_steps()[0]
        assert case.state == "solicit.waiting"
        assert case.act(step.action, at=step.at, by=step.by).state == "solicit.open"
        assert take(courtyard(), courtyard_steps()).outcome == "carried_out"
        assert case.procedure.table is procedure.table
