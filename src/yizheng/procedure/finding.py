"""What is wrong with the ways through a definition whose names hold, each with a shortest way on which it shows.

``check()`` tells the faults alone, ``prove()`` the ways too. The milestones that are mandatory are duties like any other:
each precedes every end that is carried out, and the stage of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from yizheng.procedure.duties import Precedence, Template
from yizheng.procedure.exploring import PLACES_AT_MOST, Lead, Move, Place, Ways, ways_of
from yizheng.procedure.faults import Fault, fault
from yizheng.procedure.keeping import STATES_AT_MOST, STEPS_AT_MOST, Breach, Sweep
from yizheng.stages import OrderCorrection, Withdraw
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["TOLD_AT_MOST", "Finding", "Findings", "Way", "findings"]

TOLD_AT_MOST: Final = 100
"""The most faults of the ways that are told at once, each with its way."""

Way: TypeAlias = Sequence[tuple[Place, Lead, Place]]
"""A way from the opening: what is done, with the place where it is done and the one to which it leads."""


@attrs.frozen(eq=False)
class Finding:
    """A fault of the ways.

    Attributes:
        fault: what is wrong.
        way: a shortest way on which it shows; none where it is that there is no way.
        duty: the duty that is not kept, if it is one of the definition's.
    """

    fault: Fault
    way: Callable[[], Way]
    duty: Template | None = None


@attrs.frozen(eq=False)
class Findings:
    """All that was found.

    Attributes:
        found: every fault of the ways.
        places: how many places were looked at.
        moves: how many moves.
        whole: whether everything was looked at.
    """

    found: tuple[Finding, ...]
    places: int
    moves: int
    whole: bool = True


def findings(procedure: Procedure, most: int = PLACES_AT_MOST, steps: int = STEPS_AT_MOST) -> Findings:
    """Look at every way through a definition whose names hold.

    Args:
        procedure: the definition.
        most: the most places to look at.
        steps: the most steps in which its duties are followed.
    """
    counted: dict[str, int] = {}
    for duty in procedure.duties:
        states = len(duty.automaton.steps)
        counted |= {each: max(states, counted.get(each, 0)) for each in duty.milestones}
    ways = ways_of(procedure, counted, most)
    if ways is None:
        return Findings((Finding(fault("TOO_MANY_PLACES", most=most), _nowhere),), most, 0, whole=False)
    asked = tuple(_asked(procedure))
    if sum(len(each.duty.automaton.steps) for each in asked) > STATES_AT_MOST:
        many = Finding(fault("TOO_MANY_STATES", most=STATES_AT_MOST), _nowhere)
        return Findings((many,), len(ways.places), ways.edges, whole=False)
    by_end = frozenset(index for index, each in enumerate(asked) if each.by_end)
    sweep = Sweep(procedure, ways, [each.duty for each in asked], by_end, steps)
    looks = (_vacuous(procedure), _unreached(procedure, ways), *_stuck(procedure, ways), _unkept(ways, asked, sweep))
    found = list(islice((each for look in looks for each in look), TOLD_AT_MOST + 1))
    if len(found) > TOLD_AT_MOST:
        found[TOLD_AT_MOST:] = [Finding(fault("MORE_FAULTS", most=TOLD_AT_MOST), _nowhere)]
    if not sweep.is_whole:
        found.append(Finding(fault("TOO_MANY_STEPS", most=steps), _nowhere))
    whole = sweep.is_whole and not any(each.fault.code == "MORE_FAULTS" for each in found)
    return Findings(tuple(found), len(ways.places), ways.edges, whole)


def _nowhere() -> Way:
    return ()


def _ahead(ways: Ways, number: int) -> Callable[[], Way]:
    """The way to a place."""
    return lambda: ways.told(ways.path(number))


def _vacuous(procedure: Procedure) -> Iterator[Finding]:
    """Milestones that are mandatory for ends of which there are none: nothing would ever be asked of anybody."""
    if procedure.mandatory and not any(end.carried_out for end in procedure.ends):
        yield Finding(fault("NONE_CARRIED_OUT", milestone=procedure.mandatory[0]), _nowhere)


def _unreached(procedure: Procedure, ways: Ways) -> Iterator[Finding]:
    known = {place.state for place in ways.places}
    for stage in procedure.stages:
        if not any(f"{stage.id}.{phase}" in known for phase in stage.phases):
            yield Finding(fault("UNREACHABLE", stage=stage.id), _nowhere)
    for end in procedure.ends:
        if end.id not in known:
            yield Finding(fault("UNREACHABLE", stage=end.id), _nowhere)


_NO_ONWARD: Final = frozenset({Withdraw.kind, OrderCorrection.kind})
"""What leads away and is no way on: that a matter can be withdrawn does not make a procedure that can be carried out."""


def _hopeful(ways: Ways, leads_on: Callable[[Move], bool]) -> list[bool]:
    """For each place, whether an end can be reached from it by moves that lead on."""
    hopeful = [not moves and "." not in place.state for place, moves in zip(ways.places, ways.moves, strict=True)]
    waiting = [number for number, hope in enumerate(hopeful) if hope]
    while waiting:
        to = waiting.pop()
        for source in ways.into[to]:
            if not hopeful[source] and any(move.to == to and leads_on(move) for move in ways.moves[source]):
                hopeful[source] = True
                waiting.append(source)
    return hopeful


def _leads_on(move: Move) -> bool:
    """Whether a move leads on: it is no withdrawal, of the matter alone or out of a batch, and no order of correction."""
    lead = move.lead
    return lead.action not in _NO_ONWARD and not (lead.happened and lead.happened[0][1].endswith(f":{Withdraw.kind}"))


def _stuck(procedure: Procedure, ways: Ways) -> Iterator[Iterator[Finding]]:
    hopeful = _hopeful(ways, _leads_on)
    yield _hopeless(procedure, ways, hopeful)
    if procedure.lapses:
        yield _lapsed(procedure, ways, hopeful)


def _lapsed(procedure: Procedure, ways: Ways, before: Sequence[bool]) -> Iterator[Finding]:
    """From where no end can be reached any more once all has lapsed that lapses, where one could be before.

    Fewer moves are left with every day that passes, so that nothing is stuck between them that is not stuck after the last.
    An order of correction is a way on here: it is for what the law has overtaken.
    """
    gone = {each.milestone for each in procedure.lapses}

    def leads_on(move: Move) -> bool:
        ordered = move.lead.action == OrderCorrection.kind
        return (ordered or _leads_on(move)) and not any(each in gone for _, each in move.lead.happened)

    last = str(max(each.last for each in procedure.lapses))
    told: dict[str, int] = {}
    for number, (hope, was) in enumerate(zip(_hopeful(ways, leads_on), before, strict=True)):
        if was and not hope:
            told.setdefault(ways.places[number].state, number)
    for state, number in told.items():
        yield Finding(fault("LAPSED_STUCK", place=state, last=last), _ahead(ways, number))


def _hopeless(procedure: Procedure, ways: Ways, hopeful: Sequence[bool]) -> Iterator[Finding]:
    """Where nobody can act, where outcomes lead in a circle, and from where no end can be reached."""
    firsts = {f"{stage.id}.{stage.first}": stage.id for stage in procedure.stages}
    told: dict[Fault, Finding] = {}
    alone = {place.state for place, hope in zip(ways.places, hopeful, strict=True) if hope and not place.together}
    lost = {place.state for place, hope in zip(ways.places, hopeful, strict=True) if not hope and not place.together}
    for number, place in enumerate(ways.places):
        if hopeful[number]:
            continue
        stage = place.state.partition(".")[0]
        if not ways.moves[number]:
            circular = _is_circular(procedure, place.state)
            what = fault("LOOP" if circular else "STUCK", place=place.state)
        elif place.together and place.state in alone and place.state not in lost:
            what = fault("SHARED_STUCK", place=place.state)
        elif place.state in firsts or f"{stage}.{procedure.stage(stage).first}" in lost:
            what = fault("NO_WAY_OUT", stage=stage)
        else:
            what = fault("NO_WAY_OUT", stage=place.state)
        told.setdefault(what, Finding(what, _ahead(ways, number)))
    yield from told.values()


def _is_circular(procedure: Procedure, state: str) -> bool:
    """Whether outcomes alone lead from a state, in which nobody can act, back to it."""
    seen: set[str] = set()
    waiting = [state]
    while waiting:
        stage_id, _, phase = waiting.pop().partition(".")
        if stage_id not in procedure.order or procedure.stage(stage_id).phases[phase]:
            continue
        stage = procedure.stage(stage_id)
        following = {f"{stage_id}.{turns[phase]}" for turns in stage.turns.values() if phase in turns}
        for outcome, phases in stage.ends.items():
            target = procedure.routes[stage_id][outcome]
            if phase in phases and target in procedure.order:
                following.add(f"{target}.{procedure.stage(target).first}")
        if state in following:
            return True
        waiting += following - seen
        seen |= following
    return False


@attrs.frozen(eq=False)
class _Asked:
    """A duty that is asked about.

    Attributes:
        duty: the duty.
        fault: what it is called where it is broken.
        is_own: whether it is one of the definition's.
        by_end: whether each end where it is broken is a fault of its own, with that end in it.
    """

    duty: Template
    fault: Fault
    is_own: bool = False
    by_end: bool = False

    def at(self, place: Place) -> Fault:
        """The fault, where the duty is broken in a place."""
        return (
            Fault(self.fault.code, FrozenMap({**self.fault.values, "end": place.state})) if self.by_end else self.fault
        )


def _asked(procedure: Procedure) -> Iterator[_Asked]:
    carried_out = tuple(end.id for end in procedure.ends if end.carried_out)
    milestones = tuple(dict.fromkeys(procedure.mandatory))
    for each in milestones if carried_out else ():
        yield _Asked(Precedence(each, carried_out), fault("SKIPPED", milestone=each), by_end=True)
    for earlier, later in pairwise(milestones):
        stage = later.partition(".")[0]
        entered = later if stage == earlier.partition(".")[0] else stage
        yield _Asked(Precedence(earlier, entered), fault("OUT_OF_ORDER", earlier=earlier, later=later))
    if procedure.corrected in procedure.order:
        orders = [f"{stage.id}:{OrderCorrection.kind}" for stage in procedure.stages]
        forward = fault("OUT_OF_ORDER", earlier=procedure.corrected, later=OrderCorrection.kind)
        yield _Asked(Precedence(procedure.corrected, orders), forward)
    for index, duty in enumerate(procedure.duties):
        yield _Asked(duty, fault("UNKEPT", duty=f"duties[{index}]"), is_own=True)


def _unkept(ways: Ways, asked: Sequence[_Asked], sweep: Sweep) -> Iterator[Finding]:
    for index, each in enumerate(asked):
        told: dict[Fault, Breach] = {}
        for breach in sweep.breaches(index):
            told.setdefault(each.at(ways.places[breach.place]), breach)
        for what, breach in told.items():
            yield Finding(what, _of(ways, sweep, index, breach), each.duty if each.is_own else None)


def _of(ways: Ways, sweep: Sweep, index: int, breach: Breach) -> Callable[[], Way]:
    return lambda: ways.told(sweep.path(index, breach))
