"""The ways through a procedure: stages as nodes, outcomes as edges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["Edge", "behind", "bound", "outcomes", "reached", "ways"]

Edge: TypeAlias = tuple[str, str, str]
"""From a stage, by an outcome, to a stage or an end."""


def outcomes(procedure: Procedure) -> list[Edge]:
    """Every outcome of every stage, with where it leads."""
    return [
        (stage, outcome, target) for stage, targets in procedure.routes.items() for outcome, target in targets.items()
    ]


def reached(start: str, edges: Iterable[Edge], keep: Callable[[Edge], bool] = lambda _: True) -> set[str]:
    """Every stage and end that can be reached over the edges that are kept."""
    following: dict[str, set[str]] = {}
    for edge in edges:
        if keep(edge):
            following.setdefault(edge[0], set()).add(edge[2])
    found, waiting = {start}, [start]
    while waiting:
        new = following.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def bound(procedure: Procedure) -> frozenset[str]:
    """The stages that lie behind what binds those concerned, whatever way is taken; none where nothing does."""
    if procedure.binding is None or not procedure.stages:
        return frozenset()
    at, _, by = procedure.binding.partition(".")
    without = reached(
        procedure.stages[0].id, outcomes(procedure), lambda edge: edge[0] != at or by not in ("", edge[1])
    )
    return frozenset(stage.id for stage in procedure.stages if stage.id not in without)


def behind(procedure: Procedure, target: str) -> frozenset[str]:
    """The stages that cannot be reached without passing the target, the target itself among them.

    An order of correction leads back to such a target and never forward to one that was not reached yet. Where the
    target is an end, every stage lies behind it.
    """
    stages = frozenset(stage.id for stage in procedure.stages)
    start = procedure.stages[0].id
    if target not in stages or target == start:
        return stages
    return stages - reached(start, outcomes(procedure), lambda edge: edge[2] != target)


def ways(procedure: Procedure) -> list[Edge]:
    """Every way that leads from a stage: its outcomes, withdrawal from anywhere, and correction from behind its target."""
    back = behind(procedure, procedure.corrected)
    return [
        *outcomes(procedure),
        *((stage.id, "withdrawn", procedure.withdrawn) for stage in procedure.stages),
        *(
            (stage.id, "corrected", procedure.corrected_from(stage.id))
            for stage in procedure.stages
            if stage.id in back
        ),
    ]
