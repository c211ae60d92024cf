"""What is wrong with a definition: every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

import attrs

from yizheng.calendar import zone
from yizheng.errors import InvalidValue
from yizheng.procedure.duties import sort_of
from yizheng.procedure.graph import Edge, behind, outcomes, reached
from yizheng.rules import Rule
from yizheng.stages import ANYWHERE, LEAVING, Action, CloseVote, Destroy
from yizheng.text import Language, Text
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["FAULTS", "Fault", "faults_of", "ways"]

STAGES_AT_MOST: Final = 256
"""The most stages in a procedure (row R19)."""

FAULTS: Final = FrozenMap(
    {
        "NO_STAGE": Text("没有环节", "it has no stage"),
        "DOTTED": Text("“{id}”含有句点", "{id} holds a full stop, which separates a stage from its phase"),
        "TOO_MANY_STAGES": Text("环节多于 {most} 个", "it has more than {most} stages"),
        "DUPLICATE_ID": Text("“{id}”用了不止一次", "{id} is used more than once"),
        "UNKNOWN_TARGET": Text(
            "“{stage}”的结果“{outcome}”指向不存在的“{target}”",
            "outcome {outcome} of {stage} leads to {target}, which does not exist",
        ),
        "NO_ROUTE": Text("“{stage}”的结果“{outcome}”没有去向", "outcome {outcome} of {stage} has no route"),
        "UNKNOWN_OUTCOME": Text(
            "“{stage}”没有“{outcome}”这一结果", "{stage} has no outcome {outcome}, yet a route is given for it"
        ),
        "UNKNOWN_STAGE": Text("{where} 所指的环节“{stage}”不存在", "{where} names stage {stage}, which does not exist"),
        "UNKNOWN_END": Text("{where} 所指的“{end}”不是终点", "{where} names {end}, which is no end"),
        "UNKNOWN_MILESTONE": Text(
            "{duty} 所指的“{milestone}”不是环节、结果、动作或终点",
            "{duty} names {milestone}, which is no stage, no outcome, no action and no end",
        ),
        "UNREACHABLE": Text("“{stage}”无法到达", "{stage} cannot be reached"),
        "NO_WAY_OUT": Text("从“{stage}”走不到任何终点", "no end can be reached from {stage}"),
        "UNKNOWN_BODY": Text(
            "“{stage}”的“{body}”没有列入 bodies", "{stage} needs body {body}, which is not among the bodies"
        ),
        "UNKNOWN_OFFICE": Text(
            "“{stage}”的职务“{office}”没有列入 offices", "{stage} names office {office}, which is not among the offices"
        ),
        "UNKNOWN_ACTION": Text("“{where}”允许的动作“{action}”不存在", "{where} may do {action}, which no stage knows"),
        "NOBODY_MAY": Text(
            "“{stage}”的“{action}”没有任何职务可以办理；请列入某职务的 may",
            "nobody may do {action} in {stage}; give it to an office (may=)",
        ),
        "CANNOT_CAST": Text(
            "“{stage}”的决定票属于“{office}”，而该职务不能办理“{action}”",
            "the casting vote in {stage} belongs to {office}, which may not do {action}",
        ),
        "NO_SOURCE": Text("“{stage}”的 {setting} 没有出处", "{setting} of {stage} has no source"),
        "SKIPPED": Text("“{milestone}”可以被绕过而到达“{end}”", "{end} can be reached without {milestone}"),
        "OUT_OF_ORDER": Text("“{later}”可以先于“{earlier}”", "{later} can come before {earlier}"),
        "UNKNOWN_PHASE": Text(
            "“{stage}”的环节类型把“{action}”引向不存在的“{phase}”",
            "the kind of {stage} leads {action} to phase {phase}, which does not exist",
        ),
        "CLASH": Text("“{trigger}”既是动作又是结果", "{trigger} is both an action and an outcome"),
        "SHARED_LATE": Text(
            "“{stage}”不能由一批事项共同进行：它不在表决环节“{deciding}”之前，逐个决议才行",
            "{stage} cannot be shared by a batch: it does not lie before {deciding}, where each matter is resolved by itself",
        ),
        "SHARED_GAP": Text(
            "案件始于“{stage}”，而 shared 未列入；批次从第一个环节起共同进行",
            "a case begins with {stage}, which is not shared; a batch goes together from the first stage on",
        ),
        "SHARED_END": Text(
            "批次共同进行的“{stage}”以“{outcome}”直接办结（“{end}”）；每个事项须各自决议",
            "shared stage {stage} leads by {outcome} to {end}, which is carried out; each matter is resolved by itself",
        ),
        "SHARED_VOTE": Text(
            "批次共同进行的“{stage}”由作出决议的“{body}”表决，等于整批表决",
            "shared stage {stage} is a vote of {body}, which resolves the matters: that would be a vote on all of them at once",
        ),
        "SHARED_UNDECIDED": Text(
            "“{deciding}”没有表决机构，批次的事项无从逐个决议",
            "no body votes in {deciding}, so that the matters of a batch would be resolved by nobody",
        ),
        "UNKNOWN_ZONE": Text("时区“{zone}”不存在", "zone {zone} does not exist"),
    }
)
"""Every fault of a definition, by its code."""


@attrs.frozen
class Fault:
    """One fault of a definition.

    Attributes:
        code: the stable name.
        values: what it is about, by name.
    """

    code: str
    values: FrozenMap[str, str]

    def explain(self, language: Language) -> str:
        """The fault as a sentence."""
        return FAULTS[self.code].say(language).format(**self.values)


def _fault(code: str, **values: str | int) -> Fault:
    return Fault(code, FrozenMap({key: str(value) for key, value in values.items()}))


def faults_of(procedure: Procedure) -> tuple[Fault, ...]:
    """Every fault; first those of names, then, where the names hold, those of the ways through it."""
    named = [fault for look in _NAMES for fault in look(procedure)]
    if named:
        return tuple(dict.fromkeys(named))
    return tuple(dict.fromkeys(fault for look in _WAYS for fault in look(procedure)))


def _ids(procedure: Procedure) -> Iterator[Fault]:
    if not procedure.stages:
        yield _fault("NO_STAGE")
    if len(procedure.stages) > STAGES_AT_MOST:
        yield _fault("TOO_MANY_STAGES", most=STAGES_AT_MOST)
    targets = [stage.id for stage in procedure.stages] + [end.id for end in procedure.ends]
    yield from (_fault("DOTTED", id=each) for each in targets if "." in each)
    for listed in (targets, [body.id for body in procedure.bodies], [office.id for office in procedure.offices]):
        yield from (
            _fault("DUPLICATE_ID", id=each) for each in sorted({each for each in listed if listed.count(each) > 1})
        )
    try:
        zone(procedure.zone)
    except InvalidValue:
        yield _fault("UNKNOWN_ZONE", zone=procedure.zone)


def _targets(procedure: Procedure) -> Iterator[Fault]:
    stages = {stage.id: stage for stage in procedure.stages}
    ends = {end.id for end in procedure.ends}
    for stage in procedure.stages:
        routes = procedure.routes.get(stage.id, FrozenMap())
        yield from (
            _fault("NO_ROUTE", stage=stage.id, outcome=outcome) for outcome in stage.ends if outcome not in routes
        )
        for outcome, target in routes.items():
            if outcome not in stage.ends:
                yield _fault("UNKNOWN_OUTCOME", stage=stage.id, outcome=outcome)
            if target not in stages and target not in ends:
                yield _fault("UNKNOWN_TARGET", stage=stage.id, outcome=outcome, target=target)
    yield from (_fault("UNKNOWN_STAGE", where="routes", stage=each) for each in procedure.routes if each not in stages)


def _named(procedure: Procedure) -> Iterator[Fault]:
    stages = {stage.id: stage for stage in procedure.stages}
    ends = {end.id for end in procedure.ends}
    if procedure.deciding not in stages:
        yield _fault("UNKNOWN_STAGE", where="deciding", stage=procedure.deciding)
    if procedure.withdrawn not in ends:
        yield _fault("UNKNOWN_END", where="withdrawn", end=procedure.withdrawn)
    if procedure.corrected not in stages and procedure.corrected not in ends:
        yield _fault("UNKNOWN_STAGE", where="corrected", stage=procedure.corrected)
    for milestone in procedure.mandatory:
        stage_id, _, outcome = milestone.partition(".")
        if stage_id not in stages:
            yield _fault("UNKNOWN_STAGE", where="mandatory", stage=stage_id)
        elif outcome and outcome not in stages[stage_id].ends:
            yield _fault("UNKNOWN_OUTCOME", stage=stage_id, outcome=outcome)


def _owed(procedure: Procedure) -> Iterator[Fault]:
    ends = {end.id for end in procedure.ends}
    for index, duty in enumerate(procedure.duties):
        where = f"duties[{index}]"
        for milestone in duty.milestones:
            if sort_of(milestone, procedure) is None:
                yield _fault("UNKNOWN_MILESTONE", duty=where, milestone=milestone)
        yield from (_fault("UNKNOWN_END", where=where, end=each) for each in duty.ends if each not in ends)


def _people(procedure: Procedure) -> Iterator[Fault]:
    bodies = {body.id for body in procedure.bodies}
    offices = {office.id for office in procedure.offices}
    known = {*procedure.actions(), *(action.kind for action in (*LEAVING, Destroy)), "open"}
    for office in procedure.offices:
        yield from (_fault("UNKNOWN_ACTION", where=office.id, action=kind) for kind in sorted(office.may - known))
    for stage in procedure.stages:
        yield from (_fault("UNKNOWN_BODY", stage=stage.id, body=body) for body in stage.bodies() if body not in bodies)
        here = {action.kind: action for following in stage.phases.values() for action in following}
        here |= {action.kind: action for action in (*ANYWHERE, *(LEAVING if stage.id in procedure.front else ()))}
        for kind, holders in stage.offices.items():
            yield from (_fault("UNKNOWN_OFFICE", stage=stage.id, office=each) for each in sorted(holders - offices))
            if kind not in here:
                yield _fault("UNKNOWN_ACTION", where=stage.id, action=kind)
        for action in here.values():
            own = action.is_own is not Action.is_own
            if not own and not action.optional and not procedure.offices_for(stage, action):
                yield _fault("NOBODY_MAY", stage=stage.id, action=action.kind)


def _kinds(procedure: Procedure) -> Iterator[Fault]:
    actions = procedure.actions()
    for stage in procedure.stages:
        for following in stage.phases.values():
            for action, phase in following.items():
                if phase not in stage.phases:
                    yield _fault("UNKNOWN_PHASE", stage=stage.id, action=action.kind, phase=phase)
        for outcome, phases in stage.ends.items():
            if outcome in actions:
                yield _fault("CLASH", trigger=outcome)
            for phase in sorted(phases - stage.phases.keys()):
                yield _fault("UNKNOWN_PHASE", stage=stage.id, action=outcome, phase=phase)
        if stage.first not in stage.phases:
            yield _fault("UNKNOWN_PHASE", stage=stage.id, action="start", phase=stage.first)


def _turns(procedure: Procedure) -> Iterator[Fault]:
    actions = procedure.actions()
    for stage in procedure.stages:
        for result, turns in stage.turns.items():
            if result in actions or result in stage.ends:
                yield _fault("CLASH", trigger=result)
            for phase in sorted({*turns, *turns.values()} - stage.phases.keys()):
                yield _fault("UNKNOWN_PHASE", stage=stage.id, action=result, phase=phase)


def _together(procedure: Procedure) -> Iterator[Fault]:
    """The stages that a batch shares come first, and never the one whose vote decides."""
    stages = [stage.id for stage in procedure.stages]
    strange = [each for each in procedure.shared if each not in stages]
    yield from (_fault("UNKNOWN_STAGE", where="shared", stage=each) for each in strange)
    if not procedure.shared or strange or procedure.deciding not in stages:
        return
    if stages[0] not in procedure.shared:
        yield _fault("SHARED_GAP", stage=stages[0])
    late = stages[stages.index(procedure.deciding) :]
    yield from (
        _fault("SHARED_LATE", stage=each, deciding=procedure.deciding) for each in procedure.shared if each in late
    )
    yield from _one_by_one(procedure)


def _one_by_one(procedure: Procedure) -> Iterator[Fault]:
    """What a batch shares resolves none of its matters: that would be a vote on a package."""
    stages = {stage.id: stage for stage in procedure.stages}
    resolving = frozenset(stages[procedure.deciding].bodies())
    if not resolving:
        yield _fault("SHARED_UNDECIDED", deciding=procedure.deciding)
    carried_out = {end.id for end in procedure.ends if end.carried_out}
    for stage in map(stages.__getitem__, procedure.shared):
        if any(CloseVote in following for following in stage.phases.values()):
            voting = sorted(resolving.intersection(stage.bodies()))
            yield from (_fault("SHARED_VOTE", stage=stage.id, body=body) for body in voting)
        routes = procedure.routes.get(stage.id, FrozenMap[str, str]())
        yield from (
            _fault("SHARED_END", stage=stage.id, outcome=outcome, end=end)
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
                yield _fault("UNKNOWN_OFFICE", stage=stage.id, office=office)
            elif office not in procedure.offices_for(stage, CloseVote):
                yield _fault("CANNOT_CAST", stage=stage.id, office=office, action=CloseVote.kind)


def _sources(procedure: Procedure) -> Iterator[Fault]:
    for stage in procedure.stages:
        for setting, editions in stage.rules():
            if not editions or any(edition.citation is None for edition in editions):
                yield _fault("NO_SOURCE", stage=stage.id, setting=setting)


def _reachable(procedure: Procedure) -> Iterator[Fault]:
    edges = ways(procedure)
    forward = reached(procedure.stages[0].id, edges)
    for target in [*(stage.id for stage in procedure.stages), *(end.id for end in procedure.ends)]:
        if target not in forward:
            yield _fault("UNREACHABLE", stage=target)
    ends = {end.id for end in procedure.ends}
    for stage in procedure.stages:
        if not reached(stage.id, outcomes(procedure)) & ends:
            yield _fault("NO_WAY_OUT", stage=stage.id)


def ways(procedure: Procedure) -> list[Edge]:
    """Every way that leads from a stage: its outcomes, withdrawal, and correction."""
    return outcomes(procedure) + _besides(procedure)


def _besides(procedure: Procedure) -> list[Edge]:
    """The ways that no stage routes: withdrawal from anywhere, and correction from behind its target."""
    back = behind(procedure, procedure.corrected)
    return [
        *((stage.id, "withdrawn", procedure.withdrawn) for stage in procedure.stages),
        *((stage.id, "corrected", procedure.corrected) for stage in procedure.stages if stage.id in back),
    ]


def _avoids(milestone: str, edge: Edge) -> bool:
    stage, _, outcome = milestone.partition(".")
    return edge[0] != stage or outcome not in ("", edge[1])


def _milestones(procedure: Procedure) -> Iterator[Fault]:
    edges = ways(procedure)
    start = procedure.stages[0].id
    for milestone in procedure.mandatory:
        without = reached(start, edges, partial(_avoids, milestone))
        for end in procedure.ends:
            if end.carried_out and end.id in without:
                yield _fault("SKIPPED", milestone=milestone, end=end.id)
    for earlier, later in zip(procedure.mandatory, procedure.mandatory[1:], strict=False):
        before = reached(start, edges, partial(_avoids, earlier))
        if later.partition(".")[0] in before:
            yield _fault("OUT_OF_ORDER", earlier=earlier, later=later)


_NAMES: Final = (_ids, _targets, _named, _owed, _people, _kinds, _turns, _together, _casting, _sources)
_WAYS: Final = (_reachable, _milestones)
