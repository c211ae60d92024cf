"""What is wrong with a definition: every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

from yizheng.calendar import zone
from yizheng.errors import InvalidValue
from yizheng.procedure.duties import sort_of
from yizheng.procedure.faults import Fault, fault
from yizheng.procedure.finding import findings
from yizheng.procedure.graph import bound
from yizheng.procedure.lapsing import can_lapse
from yizheng.rules import Rule
from yizheng.stages import ANYWHERE, LEAVING, Action, CloseVote, Destroy, PersonalHearing
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["faults_of", "named_faults"]

STAGES_AT_MOST: Final = 256
"""The most stages in a procedure (row R19)."""

AT_MOST: Final = FrozenMap(
    {"ends": 256, "bodies": 256, "offices": 256, "duties": 1_024, "lapses": 1_024, "mandatory": 2_048}
)
"""The most of what else a procedure lists, so that none takes long to look at."""

NAMES_AT_MOST: Final = 4_096
"""The most milestones that the duties of a procedure name together."""

_GUESSED: Final = 16
"""For how many names that are not known the nearest is looked up."""


def faults_of(procedure: Procedure) -> tuple[Fault, ...]:
    """Every fault; first those of names, then, where the names hold, those of the ways through it."""
    return named_faults(procedure) or tuple(finding.fault for finding in findings(procedure).found)


def named_faults(procedure: Procedure) -> tuple[Fault, ...]:
    """The faults of names: whatever a definition speaks of must exist, and somebody must be able to do it."""
    many = tuple(_many(procedure))
    found = many or tuple(dict.fromkeys(each for look in _NAMES for each in look(procedure)))
    strange = [place for place, each in enumerate(found) if each.code in _KNOWN]
    if not strange:
        return found
    guessed = list(found)
    for place in islice(strange, _GUESSED):
        guessed[place] = _with_nearest(procedure, found[place])
    return tuple(guessed)


def _many(procedure: Procedure) -> Iterator[Fault]:
    """Where there is more than is looked at, nothing else is."""
    if len(procedure.stages) > STAGES_AT_MOST:
        yield fault("TOO_MANY_STAGES", most=STAGES_AT_MOST)
    for what, most in AT_MOST.items():
        if len(getattr(procedure, what)) > most:
            yield fault("TOO_MANY", what=what, most=most)
    if sum(len(duty.milestones) for duty in procedure.duties[: AT_MOST["duties"]]) > NAMES_AT_MOST:
        yield fault("TOO_MANY", what="duties[…].a, b", most=NAMES_AT_MOST)


def _with_nearest(procedure: Procedure, found: Fault) -> Fault:
    """The fault with the name that comes nearest to one that is not known, where one does."""
    named, known = _KNOWN[found.code]
    near = get_close_matches(_name(found, named), dict.fromkeys(known(procedure, found)), 1)
    return Fault(found.code, FrozenMap({**found.values, "nearest": near[0]})) if near else found


def _name(found: Fault, value: str) -> str:
    named = found.values[value]
    assert isinstance(named, str)  # only what is told of the law is words
    return named


def _stages_of(procedure: Procedure, _: Fault) -> Iterable[str]:
    return procedure.order


def _targets_of(procedure: Procedure, _: Fault) -> Iterable[str]:
    return [*procedure.order, *(end.id for end in procedure.ends)]


def _ends_of(procedure: Procedure, _: Fault) -> Iterable[str]:
    return [end.id for end in procedure.ends]


def _outcomes_of(procedure: Procedure, found: Fault) -> Iterable[str]:
    return procedure.stage(_name(found, "stage")).ends


def _milestones_of(procedure: Procedure, found: Fault) -> Iterable[str]:
    """What is there besides, with the actions and outcomes of the stages that are called alike."""
    named = _name(found, "milestone")
    stage_id = named.partition(".")[0].partition(":")[0]
    listed = [*_targets_of(procedure, found)]
    for each in get_close_matches(stage_id, procedure.order, 2):
        stage = procedure.stage(each)
        listed += [f"{each}.{outcome}" for outcome in (*stage.ends, *stage.turns)]
        listed += [f"{each}:{action.kind}" for following in stage.phases.values() for action in following]
    return listed


_KNOWN: Final[FrozenMap[str, tuple[str, Callable[[Procedure, Fault], Iterable[str]]]]] = FrozenMap(
    {
        "UNKNOWN_STAGE": ("stage", _stages_of),
        "UNKNOWN_TARGET": ("target", _targets_of),
        "UNKNOWN_END": ("end", _ends_of),
        "UNKNOWN_OUTCOME": ("outcome", _outcomes_of),
        "NO_SUCH_OUTCOME": ("outcome", _outcomes_of),
        "UNKNOWN_MILESTONE": ("milestone", _milestones_of),
        "UNKNOWN_ACTION": ("action", lambda procedure, _: procedure.actions()),
        "UNKNOWN_BODY": ("body", lambda procedure, _: [body.id for body in procedure.bodies]),
        "UNKNOWN_OFFICE": ("office", lambda procedure, _: [office.id for office in procedure.offices]),
    }
)
"""By the code of a fault of names: under which key the name stands, and what there is instead."""


def _ids(procedure: Procedure) -> Iterator[Fault]:
    if not procedure.stages:
        yield fault("NO_STAGE")
    targets = [stage.id for stage in procedure.stages] + [end.id for end in procedure.ends]
    yield from (fault("DOTTED", id=each) for each in targets if "." in each)
    for listed in (targets, [body.id for body in procedure.bodies], [office.id for office in procedure.offices]):
        yield from (
            fault("DUPLICATE_ID", id=each)
            for each in sorted(each for each, times in Counter(listed).items() if times > 1)
        )
    try:
        zone(procedure.zone)
    except InvalidValue:
        yield fault("UNKNOWN_ZONE", zone=procedure.zone)


def _targets(procedure: Procedure) -> Iterator[Fault]:
    stages = {stage.id: stage for stage in procedure.stages}
    ends = {end.id for end in procedure.ends}
    for stage in procedure.stages:
        routes = procedure.routes.get(stage.id, FrozenMap())
        yield from (
            fault("NO_ROUTE", stage=stage.id, outcome=outcome) for outcome in stage.ends if outcome not in routes
        )
        for outcome, target in routes.items():
            if outcome not in stage.ends:
                yield fault("UNKNOWN_OUTCOME", stage=stage.id, outcome=outcome)
            if target not in stages and target not in ends:
                yield fault("UNKNOWN_TARGET", stage=stage.id, outcome=outcome, target=target)
    yield from (fault("UNKNOWN_STAGE", where="routes", stage=each) for each in procedure.routes if each not in stages)


def _named(procedure: Procedure) -> Iterator[Fault]:
    stages = procedure.order
    ends = {end.id for end in procedure.ends}
    if procedure.deciding is not None and procedure.deciding not in stages:
        yield fault("UNKNOWN_STAGE", where="deciding", stage=procedure.deciding)
    if procedure.withdrawn not in ends:
        yield fault("UNKNOWN_END", where="withdrawn", end=procedure.withdrawn)
    if procedure.corrected not in stages and procedure.corrected not in ends:
        yield fault("UNKNOWN_STAGE", where="corrected", stage=procedure.corrected)
    yield from (
        fault("UNKNOWN_STAGE", where="corrections", stage=each)
        for stage, target in procedure.corrections.items()
        for each in (*([stage] if stage not in stages else []), *([target] if target not in {*stages, *ends} else []))
    )
    for milestone in procedure.mandatory:
        yield from _milestone(procedure, "mandatory", milestone)


def _milestone(procedure: Procedure, where: str, milestone: str) -> Iterator[Fault]:
    stage_id, _, outcome = milestone.partition(".")
    if stage_id not in procedure.order:
        yield fault("UNKNOWN_STAGE", where=where, stage=stage_id)
    elif outcome and outcome not in procedure.stage(stage_id).ends:
        yield fault("NO_SUCH_OUTCOME", where=where, milestone=milestone, stage=stage_id, outcome=outcome)


def _undecided(procedure: Procedure) -> Iterator[Fault]:
    """Where there is a vote, one of them decides; only where there is none does something else bind."""
    binding = procedure.binding
    if procedure.deciding is None:
        votes = [stage for stage in procedure.stages if any(CloseVote in each for each in stage.phases.values())]
        yield from (fault("NO_DECIDING", stage=stage.id) for stage in votes)
        if procedure.shared:
            yield fault("SHARED_UNVOTED")
    elif binding is not None:
        yield fault("BOUND_TWICE", deciding=procedure.deciding, binding=binding)
    if binding is None:
        return
    unknown = tuple(_milestone(procedure, "binding", binding))
    yield from unknown
    if not unknown and not bound(procedure):
        yield fault("UNBOUND", binding=binding)


def _owed(procedure: Procedure) -> Iterator[Fault]:
    ends = {end.id for end in procedure.ends}
    for index, duty in enumerate(procedure.duties):
        where = f"duties[{index}]"
        for milestone in duty.milestones:
            if sort_of(milestone, procedure) is None:
                yield fault("UNKNOWN_MILESTONE", duty=where, milestone=milestone)
        yield from (fault("UNKNOWN_END", where=where, end=each) for each in duty.ends if each not in ends)


def _lapses(procedure: Procedure) -> Iterator[Fault]:
    for index, lapse in enumerate(procedure.lapses):
        if not can_lapse(lapse, procedure):
            yield fault("UNKNOWN_MILESTONE", duty=f"lapses[{index}]", milestone=lapse.milestone)


def _people(procedure: Procedure) -> Iterator[Fault]:
    bodies = {body.id for body in procedure.bodies}
    offices = {office.id for office in procedure.offices}
    known = {*procedure.actions(), *(action.kind for action in (*LEAVING, Destroy)), "open"}
    for office in procedure.offices:
        yield from (
            fault("UNKNOWN_ACTION", where=office.id, action=kind, known=", ".join(sorted(known)))
            for kind in sorted(office.may - known)
        )
    for stage in procedure.stages:
        yield from (fault("UNKNOWN_BODY", stage=stage.id, body=body) for body in stage.bodies() if body not in bodies)
        here = {action.kind: action for following in stage.phases.values() for action in following}
        here |= {action.kind: action for action in (*ANYWHERE, *(LEAVING if stage.id in procedure.front else ()))}
        for kind, holders in stage.offices.items():
            yield from (fault("UNKNOWN_OFFICE", stage=stage.id, office=each) for each in sorted(holders - offices))
            if kind not in here:
                yield fault("UNKNOWN_ACTION", where=stage.id, action=kind, known=", ".join(sorted(here)))
        for action in here.values():
            own = action.is_own is not Action.is_own
            if not own and not action.optional and not procedure.offices_for(stage, action):
                yield fault("NOBODY_MAY", stage=stage.id, action=action.kind)


def _kinds(procedure: Procedure) -> Iterator[Fault]:
    actions = procedure.actions()
    for stage in procedure.stages:
        for following in stage.phases.values():
            for action, phase in following.items():
                if phase not in stage.phases:
                    yield fault("UNKNOWN_PHASE", stage=stage.id, action=action.kind, phase=phase)
        for outcome, phases in stage.ends.items():
            if outcome in actions:
                yield fault("CLASH", trigger=outcome)
            for phase in sorted(phases - stage.phases.keys()):
                yield fault("UNKNOWN_PHASE", stage=stage.id, action=outcome, phase=phase)
        if stage.first not in stage.phases:
            yield fault("UNKNOWN_PHASE", stage=stage.id, action="start", phase=stage.first)


def _turns(procedure: Procedure) -> Iterator[Fault]:
    actions = procedure.actions()
    for stage in procedure.stages:
        for result, turns in stage.turns.items():
            if result in actions or result in stage.ends:
                yield fault("CLASH", trigger=result)
            for phase in sorted({*turns, *turns.values()} - stage.phases.keys()):
                yield fault("UNKNOWN_PHASE", stage=stage.id, action=result, phase=phase)


def _together(procedure: Procedure) -> Iterator[Fault]:
    """The stages that a batch shares come first, and never the one whose vote decides."""
    stages = [stage.id for stage in procedure.stages]
    strange = [each for each in procedure.shared if each not in stages]
    yield from (fault("UNKNOWN_STAGE", where="shared", stage=each) for each in strange)
    deciding = procedure.deciding
    if not procedure.shared or strange or deciding not in stages:
        return
    if stages[0] not in procedure.shared:
        yield fault("SHARED_GAP", stage=stages[0])
    late = stages[stages.index(deciding) :]
    yield from (fault("SHARED_LATE", stage=each, deciding=deciding) for each in procedure.shared if each in late)
    yield from _one_by_one(procedure, deciding)


def _one_by_one(procedure: Procedure, deciding: str) -> Iterator[Fault]:
    """What a batch shares resolves none of its matters, which would be a vote on a package, and hears nobody for them."""
    stages = {stage.id: stage for stage in procedure.stages}
    resolving = frozenset(stages[deciding].bodies())
    if not resolving:
        yield fault("SHARED_UNDECIDED", deciding=deciding)
    carried_out = {end.id for end in procedure.ends if end.carried_out}
    for stage in map(stages.__getitem__, procedure.shared):
        if isinstance(stage, PersonalHearing):
            yield fault("SHARED_HEARING", stage=stage.id)
        if any(CloseVote in following for following in stage.phases.values()):
            voting = sorted(resolving.intersection(stage.bodies()))
            yield from (fault("SHARED_VOTE", stage=stage.id, body=body) for body in voting)
        routes = procedure.routes.get(stage.id, FrozenMap[str, str]())
        yield from (
            fault("SHARED_END", stage=stage.id, outcome=outcome, end=end)
            for outcome, end in routes.items()
            if end in carried_out
        )


def _casting(procedure: Procedure) -> Iterator[Fault]:
    """A casting vote is cast by closing the vote: who has it must be able to."""
    known = {office.id for office in procedure.offices}
    for stage in procedure.stages:
        rules = [edition for _, editions in stage.rules() for edition in editions if isinstance(edition, Rule)]
        for office in sorted({rule.casting for rule in rules if rule.casting is not None}):
            if office not in known:
                yield fault("UNKNOWN_OFFICE", stage=stage.id, office=office)
            elif office not in procedure.offices_for(stage, CloseVote):
                yield fault("CANNOT_CAST", stage=stage.id, office=office, action=CloseVote.kind)


def _sources(procedure: Procedure) -> Iterator[Fault]:
    for stage in procedure.stages:
        for setting, editions in stage.rules():
            if not editions or any(edition.citation is None for edition in editions):
                yield fault("NO_SOURCE", stage=stage.id, setting=setting)


_NAMES: Final = (
    _ids,
    _targets,
    _named,
    _undecided,
    _owed,
    _lapses,
    _people,
    _kinds,
    _turns,
    _together,
    _casting,
    _sources,
)
