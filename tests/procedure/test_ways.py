"""The ways through a procedure, against brute force: every walk is written out, and the check must agree."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from yizheng import Procedure

from .own import graph

Edge = tuple[str, str, str]
GRAPHS = 3000


def drawn(chance: random.Random) -> Procedure:
    """A procedure of up to six nodes, with up to three outcomes each, that lead anywhere."""
    stages = [f"s{number}" for number in range(chance.randint(1, 6))]
    ends = [f"e{number}" for number in range(chance.randint(1, 3))]
    edges = {}
    for number, stage in enumerate(stages):
        outcomes = ["on", "off", "back"][: chance.randint(1, 3)]
        # Mostly forward, so that a good part of the graphs is sound.
        forward = [*stages[number + 1 :], *ends]
        edges[stage] = {
            outcome: chance.choice(forward if chance.random() < 0.8 else [*stages, *ends]) for outcome in outcomes
        }
    marked = sorted(chance.sample(stages, chance.randint(0, min(3, len(stages)))))
    milestones = [
        stage if chance.random() < 0.5 else f"{stage}.{chance.choice(list(edges[stage]))}" for stage in marked
    ]
    return graph(
        edges,
        {end: chance.random() < 0.5 for end in ends},
        mandatory=milestones,
        deciding=chance.choice(stages),
        withdrawn=chance.choice(ends),
        corrected=chance.choice([*stages, *ends]),
    )


def walks(start: str, edges: list[Edge]) -> Iterator[list[Edge]]:
    """Every walk from a start on which no stage comes twice, with all its beginnings."""
    waiting: list[tuple[str, list[Edge], frozenset[str]]] = [(start, [], frozenset({start}))]
    while waiting:
        here, walk, seen = waiting.pop()
        yield walk
        waiting += [
            (edge[2], [*walk, edge], seen | {edge[2]}) for edge in edges if edge[0] == here and edge[2] not in seen
        ]


def visited(start: str, walk: list[Edge]) -> list[str]:
    """The places of a walk, its start among them."""
    return [start, *(edge[2] for edge in walk)]


def ways(procedure: Procedure) -> tuple[list[Edge], list[Edge]]:
    """What stages route, and beside it withdrawals before the decision and corrections behind their target."""
    start = procedure.stages[0].id
    stages = [stage.id for stage in procedure.stages]
    routed = [(stage, outcome, to) for stage, targets in procedure.routes.items() for outcome, to in targets.items()]
    target = procedure.corrected
    places: dict[str, list[list[str]]] = {stage: [] for stage in stages}
    for walk in walks(start, routed):
        here = visited(start, walk)
        places.get(here[-1], []).append(here)
    back = [
        stage
        for stage in stages
        if target not in stages or target == start or all(target in passed for passed in places[stage])
    ]
    decided = stages.index(procedure.deciding)
    withdrawals = [(stage, "withdrawn", procedure.withdrawn) for stage in stages[: decided + 1]]
    return routed, [*routed, *withdrawals, *((stage, "corrected", target) for stage in back)]


def passes(walk: list[Edge], milestone: str) -> bool:
    """Whether a walk leaves the milestone's stage, by its outcome where it names one."""
    stage, _, outcome = milestone.partition(".")
    return any(edge[0] == stage and outcome in ("", edge[1]) for edge in walk)


def by_brute_force(procedure: Procedure) -> set[tuple[str, ...]]:
    """The faults of the ways, read off all walks."""
    routed, edges = ways(procedure)
    start = procedure.stages[0].id
    everything = list(walks(start, edges))
    reached = {place for walk in everything for place in visited(start, walk)}
    ends = {end.id for end in procedure.ends}
    stages = [stage.id for stage in procedure.stages]
    found: set[tuple[str, ...]] = {("UNREACHABLE", place) for place in [*stages, *ends] if place not in reached}
    found |= {
        ("NO_WAY_OUT", stage)
        for stage in stages
        if not any(visited(stage, walk)[-1] in ends for walk in walks(stage, routed))
    }
    found |= {
        ("SKIPPED", milestone, end.id)
        for milestone in procedure.mandatory
        for end in procedure.ends
        if end.carried_out
        and any(visited(start, walk)[-1] == end.id and not passes(walk, milestone) for walk in everything)
    }
    found |= {
        ("OUT_OF_ORDER", earlier, later)
        for earlier, later in zip(procedure.mandatory, procedure.mandatory[1:], strict=False)
        if any(visited(start, walk)[-1] == later.partition(".")[0] and not passes(walk, earlier) for walk in everything)
    }
    return found


class TestAgainstBruteForce:
    """Row R6: no false "safe", no false alarm."""

    @pytest.mark.parametrize("seed", range(6))
    def test_every_graph_is_judged_alike(self, seed: int) -> None:
        """On generated graphs the check finds the faults that writing out all walks finds, and no others."""
        chance = random.Random(seed)  # noqa: S311 -- drawing graphs, not secrets
        sound = 0
        for _ in range(GRAPHS // 6):
            procedure = drawn(chance)
            found = {(fault.code, *fault.values.values()) for fault in procedure.check()}
            assert found == by_brute_force(procedure), procedure.to_data()
            sound += not found
        assert sound > GRAPHS // 6 // 20  # a good number of them is sound, or the test would say little


class TestMilestones:
    """A milestone lies on every way to an end that is carried out."""

    def test_an_order_of_correction_skips_nothing(self) -> None:
        """An order of correction leads back to a stage that was reached before, never past a milestone."""
        procedure = graph(
            {"a": {"on": "b"}, "b": {"on": "c"}, "c": {"on": "end"}},
            {"end": True, "off": False},
            mandatory=["b"],
            corrected="c",
            withdrawn="off",
        )
        assert procedure.check() == ()
        leads = {state: place.leads.get("order_correction") for state, place in procedure.table.places.items()}
        assert leads["a.here"] is None
        assert leads["b.here"] is None
        assert leads["c.here"] == "c.here"

    def test_a_correction_to_an_end_can_be_ordered_anywhere(self) -> None:
        """Where an order of correction ends the case, it can be ordered at every stage."""
        procedure = graph({"a": {"on": "b"}, "b": {"on": "end"}}, {"off": False, "end": True}, corrected="off")
        for stage in ("a", "b"):
            assert procedure.table.places[f"{stage}.here"].leads["order_correction"] == "off"

    def test_an_end_that_is_not_carried_out_needs_none(self) -> None:
        """Milestones are asked for only where the matter was carried out."""
        procedure = graph(
            {"a": {"on": "b", "off": "dropped"}, "b": {"on": "end"}}, {"dropped": False, "end": True}, mandatory=["b"]
        )
        assert procedure.check() == ()

    def test_a_circle_is_no_way_round(self) -> None:
        """A milestone that can be passed again and again is still on every way."""
        procedure = graph(
            {"a": {"on": "b", "again": "a"}, "b": {"on": "end", "back": "a"}},
            {"off": False, "end": True},
            mandatory=["a.on", "b.on"],
        )
        assert procedure.check() == ()
