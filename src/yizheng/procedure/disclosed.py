"""Whether the public learns of it: what residents or villagers decided, what was carried out, and what was spent.

A definition of one's own need name no duty. Under the laws of residents and villagers what they decide and how it is carried
out stands on their board, and so do the accounts, as do those of the owners' maintenance fund: no way to an end passes that by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from yizheng.citation import Citation
from yizheng.procedure.faults import Fault, fault
from yizheng.procedure.graph import outcomes, reached
from yizheng.stages import Deliberation, Disclosure, Implementation, Referral, Spend, Stage
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["LEFT_OUT", "undisclosed"]

LEFT_OUT: Final = frozenset({"UNDISCLOSED", "UNACCOUNTED"})
"""What a definition leaves out, and another one may bring: no file of such is read and it is not proved, but a case can be opened
by a part of a procedure, such as its vote alone."""

_DISCLOSED: Final = ("villages.disclosure.posted", "residents.board")
_ACCOUNTED: Final = (*_DISCLOSED, "owners.emergency")
_THEIRS: Final = frozenset({"persons", "households", "delegates"})
"""Whom the votes of residents and villagers count."""

_Edge = tuple[str, str, str]


def undisclosed(procedure: Procedure, bodies: frozenset[str]) -> Iterator[tuple[str, Fault]]:
    """Each vote, work or expense after which an end can be reached, and the public does not learn of it; with its place.

    Args:
        procedure: a definition.
        bodies: under whose law it is held.
    """
    stages = {stage.id: stage for stage in procedure.stages}
    if not procedure.routes.keys() <= stages.keys():
        return  # its names do not hold, which is told by itself
    for number, stage in enumerate(procedure.stages):
        where, routes = f"stages[{number}]", procedure.routes.get(stage.id, FrozenMap[str, str]())
        if (law := _law(_DISCLOSED, bodies)) is not None:
            for outcome in _decided(procedure, stage):
                told = _ways_out(procedure, [routes.get(outcome)], lambda edge: _told(stages, edge))
                for end in told:
                    yield where, fault("UNDISCLOSED", milestone=f"{stage.id}.{outcome}", end=end, article=_source(law))
        if isinstance(stage, Implementation) and procedure.takes(stage, Spend):
            yield from ((where, each) for each in _unaccounted(procedure, stage, bodies))


def _unaccounted(procedure: Procedure, stage: Stage, bodies: frozenset[str]) -> Iterator[Fault]:
    """Each end that can be reached after an expense, and the accounts have not been disclosed."""
    if (law := _law(_ACCOUNTED, bodies)) is None:
        return
    stages = {each.id: each for each in procedure.stages}
    onward = [*procedure.routes.get(stage.id, FrozenMap[str, str]()).values(), procedure.corrected_from(stage.id)]
    unseen = _ways_out(procedure, onward, lambda edge: _accounted(stages, edge))
    if _can_be_withdrawn(procedure, stage):
        unseen.append(procedure.withdrawn)
    for end in dict.fromkeys(unseen):
        yield fault("UNACCOUNTED", stage=stage.id, end=end, article=_source(law))


def _decided(procedure: Procedure, stage: Stage) -> Iterator[str]:
    """The outcomes of a stage of which the public learns: that something was decided, or carried out."""
    if isinstance(stage, Implementation):
        yield "completed"
    elif isinstance(stage, Deliberation) and (
        stage.id == procedure.deciding or any(each.electorate in _THEIRS for each in stage.rule)
    ):
        yield "carried"


def _told(stages: dict[str, Stage], edge: _Edge) -> bool:
    """Whether a way passes a posting, or undoes what was decided: it was rejected above."""
    stage = stages[edge[0]]
    return isinstance(stage, Disclosure) or (isinstance(stage, Referral) and edge[1] != "confirmed")


def _accounted(stages: dict[str, Stage], edge: _Edge) -> bool:
    stage = stages[edge[0]]
    return isinstance(stage, Disclosure) and edge[1] == "clear" and "accounts" in stage.carries


def _ways_out(procedure: Procedure, starts: Iterable[str | None], passes: Callable[[_Edge], bool]) -> list[str]:
    """The ends that can be reached from somewhere without passing what must be passed."""
    edges = [edge for edge in outcomes(procedure) if not passes(edge)]
    found = frozenset[str]().union(*[reached(start, edges) for start in starts if start is not None])
    return [end.id for end in procedure.ends if end.id in found]


def _can_be_withdrawn(procedure: Procedure, stage: Stage) -> bool:
    """Whether a stage can be come to before the vote that decides, until which a matter is withdrawn."""
    decides = procedure.deciding
    if decides is None or decides not in procedure.order:
        return False
    return stage.id in reached(procedure.stages[0].id, outcomes(procedure), lambda edge: edge[0] != decides)


def _law(provisions: Iterable[str], bodies: frozenset[str]) -> Citation | None:
    """The article by which it is disclosed, under the law by which the procedure is held."""
    from yizheng.law.lookup import provision  # noqa: PLC0415 -- the law is loaded where something is held against it
    from yizheng.law.provisions import cited  # noqa: PLC0415 -- as above

    known = [each for each in provisions if each.partition(".")[0] in bodies]
    national = [cited(edition) for each in known for edition in provision(each).editions]
    return next((each for each in national if each.region is None and each.article), None)


def _source(citation: Citation) -> Text:
    return Text(citation.explain("zh"), citation.explain("en"))
