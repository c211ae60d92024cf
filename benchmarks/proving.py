"""A definition of the most stages proved, beside networkx and a driven ``transitions`` machine that look at the same places.

The definition is invented: 256 votes in a row, each mandatory, each of which may be lost, void, or returned to the one
before, with a duty for each return. The peers are given the places and moves ready made, and are asked for less.
"""

from __future__ import annotations

from typing import Any

import attrs
import networkx as nx
from harness import Aim, Entrant, Table, Timed, compare

from yizheng import Procedure, catalogue
from yizheng.catalogue.common import offices_of
from yizheng.procedure import End
from yizheng.procedure.duties import Response
from yizheng.procedure.exploring import Ways, ways_of
from yizheng.procedure.finding import findings

ROUNDS = 9
STAGES = 256
PACKAGES = ("networkx", "transitions")

PROVED, WAYS, EXPLORED = "procedure.prove()", "the ways alone", "the places alone"
NETWORKX, TRANSITIONS = "networkx, reachability", "transitions, driven"


def definition() -> Procedure:
    """256 votes in a row."""
    vote = catalogue.yizheng.COURTYARD.stage("propose")
    stages = [attrs.evolve(vote, id=f"v{n}") for n in range(STAGES)]
    return attrs.evolve(
        catalogue.yizheng.COURTYARD,
        id="long",
        stages=stages,
        routes={
            f"v{n}": {
                "carried": f"v{n + 1}" if n + 1 < STAGES else "done",
                "lost": "off",
                "inquorate": "off",
                "returned": f"v{max(n - 1, 0)}",
                "void": f"v{n}",
            }
            for n in range(STAGES)
        },
        ends=[End("done", "done", carried_out=True), End("off", "off")],
        offices=offices_of(stages),
        deciding=f"v{STAGES // 2}",
        withdrawn="off",
        corrected="v0",
        shared=(),
        mandatory=[f"v{n}.carried" for n in range(STAGES)],
        duties=[Response(f"v{n}.returned", f"v{n - 1}") for n in range(1, STAGES)],
    )


def graphed(ways: Ways) -> tuple[Any, list[int], dict[str, list[tuple[int, int]]]]:
    """The places as a graph of networkx, its ends, and the moves by which each vote is carried."""
    graph = nx.DiGraph()
    carried: dict[str, list[tuple[int, int]]] = {}
    for place, moves in enumerate(ways.moves):
        graph.add_node(place)
        for move in moves:
            graph.add_edge(place, move.to)
            if move.lead.outcome == "carried":
                carried.setdefault(ways.places[place].state.partition(".")[0], []).append((place, move.to))
    return graph, [place for place, moves in enumerate(ways.moves) if not moves], carried


def reachable(graph: Any, ends: list[int], done: int, carried: dict[str, list[tuple[int, int]]]) -> int:
    """Every place reached, every place with a way to an end, and the end not reached without each milestone."""
    forward = len(nx.descendants(graph, 0))
    backward = len(set().union(*(nx.ancestors(graph, end) for end in ends)))
    skipped = sum(done in nx.descendants(nx.restricted_view(graph, [], moves), 0) for moves in carried.values())
    return forward + backward + skipped


class Model:
    """What a machine drives."""

    state: str


def driven(machine: Any, model: Any, triggers: dict[str, list[str]]) -> int:
    """Every state reached forward by triggering everything in every state."""
    seen, waiting = {machine.initial}, [machine.initial]
    while waiting:
        here = waiting.pop()
        for trigger in triggers[here]:
            machine.set_state(here)
            model.trigger(trigger)
            if model.state not in seen:
                seen.add(model.state)
                waiting.append(model.state)
    return len(seen)


def tables(rounds: int = ROUNDS) -> list[Table]:
    procedure = definition()
    proof, ways = procedure.prove(), ways_of(procedure)
    assert ways is not None
    graph, ends, carried = graphed(ways)
    done = next(number for number in ends if ways.places[number].state == "done")
    model = Model()
    machine = procedure.machine(model)
    triggers = {state: machine.get_triggers(state) for state in machine.states}
    skipped = reachable(graph, ends, done, carried) - 2 * (len(ways.places) - 1)
    if not proof.holds or skipped > 1 or driven(machine, model, triggers) != len(machine.states):
        raise ValueError("the three do not find the same")

    def proved(_: int) -> Timed:
        fresh = attrs.evolve(procedure)  # nothing of it is worked out yet
        return fresh.prove

    return [
        compare(
            f"A definition of {STAGES} votes, {proof.places} places and {proof.moves} moves",
            [
                Entrant(
                    PROVED,
                    proved,
                    does=f"names, ways, {len(procedure.mandatory)} milestones in order, {len(procedure.duties)} duties, told",
                ),
                Entrant(WAYS, lambda _: lambda: findings(procedure), does="the same without the names and the words"),
                Entrant(EXPLORED, lambda _: lambda: ways_of(procedure), does="the places and moves, nothing looked up"),
                Entrant(
                    NETWORKX,
                    lambda _: lambda: reachable(graph, ends, done, carried),
                    does="the graph ready made; reached, ends reached, each milestone passed; no order, no duty, no path",
                ),
                Entrant(
                    TRANSITIONS,
                    lambda _: lambda: driven(machine, model, triggers),
                    does="the machine ready made; every state reached forward, and nothing else",
                ),
            ],
            step="time for all",
            over=[NETWORKX, TRANSITIONS],
            rounds=rounds,
            aims=[Aim(PROVED, NETWORKX, 0.5, "and within a second")],
        )
    ]
