"""Definitions drawn at random: every kind of stage with every setting, routes that lead anywhere. Few of them are sound."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from codec.examples import CITATIONS, IDS, NAMES, SETTINGS, TEXTS
from procedure.own import Mediation, Node, mediation
from yizheng import Procedure, catalogue
from yizheng.procedure import Body, End, Kinds, Office

KINDS = Kinds([Mediation, Node])
"""The library's kinds, and two that inherit nothing from it."""


def catalogued() -> dict[str, Procedure]:
    """Every procedure of the catalogue that stands ready, by its name."""
    rooms = {room: getattr(catalogue, room) for room in catalogue.__all__}
    found = {
        f"{room}.{name}": getattr(held, name)
        for room, held in rooms.items()
        if isinstance(held, ModuleType)
        for name in held.__all__
    }
    return {name: each for name, each in found.items() if isinstance(each, Procedure)}


PROCEDURES = {**catalogued(), "own": mediation()}


@st.composite
def definitions(draw: st.DrawFn) -> Procedure:
    """A definition of up to three stages, whose names need not fit."""
    kinds = st.sampled_from([*SETTINGS])
    stages: list[Any] = [draw(SETTINGS[kind]) for kind in draw(st.lists(kinds, min_size=1, max_size=3))]
    targets = st.sampled_from([each.id for each in stages]) | NAMES
    return Procedure(
        id=draw(NAMES),
        title=draw(TEXTS),
        edition=draw(NAMES),
        stages=stages,
        routes={each.id: {outcome: draw(targets) for outcome in each.ends} for each in stages},
        ends=draw(st.lists(st.builds(End, NAMES, TEXTS, carried_out=st.booleans()), max_size=2)),
        bodies=draw(st.lists(st.builds(Body, NAMES, TEXTS), max_size=2)),
        offices=draw(st.lists(st.builds(Office, NAMES, TEXTS, may=IDS, independent=st.booleans()), max_size=2)),
        deciding=draw(targets),
        withdrawn=draw(NAMES),
        corrected=draw(targets),
        mandatory=draw(st.lists(NAMES, max_size=2)),
        shared=draw(st.lists(NAMES, max_size=2)),
        facts=draw(st.dictionaries(NAMES, TEXTS, max_size=2)),
        zone=draw(NAMES),
        sources=draw(st.lists(CITATIONS, max_size=2)),
    )
