"""Invented procedures of nodes alone, and an independent reading of what a table of them may say."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from procedure.own import graph
from yizheng import Procedure


def line(*stages: str, **settings: object) -> Procedure:
    """Stages one after the other, each with one outcome; the last is carried out."""
    edges = {stage: {"on": following} for stage, following in zip(stages, (*stages[1:], "done"), strict=True)}
    given = {"withdrawn": "gone", "corrected": stages[0], "deciding": stages[-1], **settings}
    return graph(edges, {"done": True, "gone": False}, **given)


def any_order(*stages: str, **settings: object) -> Procedure:
    """One stage from which every activity leads back to it: all that a table says fits, so that duties alone are judged."""
    edges = {"hub": {**dict.fromkeys(stages, "hub"), "stop": "done"}}
    return graph(edges, {"done": False, "gone": False}, withdrawn="gone", corrected="hub", **settings)


def drawn(chance: random.Random) -> Procedure:
    """A sound procedure of up to five nodes, with up to three outcomes each, that lead anywhere."""
    while True:
        stages = [f"s{number}" for number in range(chance.randint(1, 5))]
        ends = [f"e{number}" for number in range(chance.randint(1, 2))]
        edges = {
            stage: {
                outcome: chance.choice([*stages[number + 1 :], *ends] if chance.random() < 0.7 else [*stages, *ends])
                for outcome in ["on", "off", "back"][: chance.randint(1, 3)]
            }
            for number, stage in enumerate(stages)
        }
        procedure = graph(
            edges,
            {end: chance.random() < 0.6 for end in ends},
            withdrawn=chance.choice(ends),
            corrected=stages[0],
            deciding=chance.choice(stages),
        )
        if not procedure.check():
            marked = [each for each in stages if not _with(procedure, each).check() and chance.random() < 0.7]
            return procedure if not marked else _with(procedure, marked[0])


def _with(procedure: Procedure, milestone: str) -> Procedure:
    edges = {stage: dict(targets) for stage, targets in procedure.routes.items()}
    return graph(
        edges,
        {end.id: end.carried_out for end in procedure.ends},
        withdrawn=procedure.withdrawn,
        corrected=procedure.corrected,
        deciding=procedure.deciding,
        mandatory=[milestone],
    )


def fits(procedure: Procedure, trace: Sequence[str], observed: Iterable[str]) -> bool:
    """Whether there is a walk of which a table that shows what it shows would say just this.

    It is looked for by walking: from each stage by each of its outcomes, those that the table shows only where it says so.
    """
    shown = frozenset(observed)
    waiting = [(procedure.stages[0].id, 0)]
    seen = set(waiting)
    while waiting:
        stage, read = waiting.pop()
        if read == len(trace):
            return True
        for outcome, target in procedure.routes.get(stage, {}).items():
            row = f"{stage}.{outcome}"
            if row not in shown:
                following = (target, read)
            elif trace[read] == row:
                following = (target, read + 1)
            else:
                continue
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False


def walked(procedure: Procedure, chance: random.Random, most: int = 12) -> list[str]:
    """The outcomes of a walk, to its end or to a length."""
    stage, rows = procedure.stages[0].id, list[str]()
    while stage in procedure.order and len(rows) < most:
        outcome, target = chance.choice(sorted(procedure.routes[stage].items()))
        rows.append(f"{stage}.{outcome}")
        stage = target
    return rows
