"""How many meetings a plan saves: those that the procedure really calls, one by one and together."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

import attrs

from yizheng.errors import InvalidValue, shown
from yizheng.matter import Matter
from yizheng.procedure import Procedure
from yizheng.procedure.graph import outcomes, reached
from yizheng.stages import Action, CallHearing, Convene, FactIs, Stage, WaiveHearing
from yizheng.stages.deliberation.words import MEETINGS
from yizheng.text import Language, Text, as_text
from yizheng.values.doors import all_of, one, one_of, several
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name, names
from yizheng.values.scalars import count, flag

__all__ = ["Called", "Meetings", "Saving", "Sitting", "meetings"]


class Sitting(enum.StrEnum):
    """What a stage calls."""

    MEETING = "meeting"
    """A meeting of a body; counted as one where the stage lets the body choose between a meeting and writing."""
    WRITTEN_VOTE = "written_vote"
    """A vote of a body in writing, where the stage allows no meeting."""
    HEARING = "hearing"
    """A hearing (听证)."""


@attrs.frozen(kw_only=True)
class Saving:
    """How often something is called.

    Attributes:
        one_by_one: if every matter goes by itself.
        together: if the matters go as they are planned.
    """

    one_by_one: int = attrs.field(default=0, converter=count)
    together: int = attrs.field(default=0, converter=count)

    @property
    def saved(self) -> int:
        """How often less."""
        return self.one_by_one - self.together


def _sitting(value: Sitting | str) -> Sitting:
    return one_of(Sitting, value)


@attrs.frozen(kw_only=True)
class Called(Saving):
    """What one stage calls.

    Attributes:
        stage: the stage.
        sitting: what it calls.
        body: of which body; ``None`` for a hearing, which is nobody's meeting.
        title: what the body is called, or the hearing.
        if_asked: whether it is a hearing that the facts of no matter call for, so that it is held only if enough people
            ask or the office wants it. These come on top of those that are sure.
    """

    stage: str = attrs.field(converter=name)
    sitting: Sitting = attrs.field(converter=_sitting)
    body: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    title: Text = attrs.field(converter=as_text)
    if_asked: bool = attrs.field(default=False, converter=flag)

    def explain(self, language: Language = "zh") -> str:
        """It in words."""
        says = _SAYS[self.sitting, self.if_asked].say(language)
        return says.format(
            title=self.title.say(language), before=self.one_by_one, after=self.together, saved=self.saved
        )


_NUMBERS: Final = Text(
    "逐件办理 {before} 次，按计划 {after} 次，少 {saved} 次", "{before} one by one, {after} as planned, {saved} fewer"
)
_SAYS: Final = {
    (Sitting.MEETING, False): Text(f"{{title}}开会：{_NUMBERS.zh}", f"meetings of {{title}}: {_NUMBERS.en}"),
    (Sitting.WRITTEN_VOTE, False): Text(
        f"{{title}}书面表决：{_NUMBERS.zh}", f"written votes of {{title}}: {_NUMBERS.en}"
    ),
    (Sitting.HEARING, False): Text(
        f"{{title}}，依事项事实必须举行的：{_NUMBERS.zh}", f"{{title}}, called for by the facts: {_NUMBERS.en}"
    ),
    (Sitting.HEARING, True): Text(
        f"{{title}}，另有申请或者办公室认为必要才举行的：{_NUMBERS.zh}",
        f"{{title}}, besides these if it is asked for or wanted: {_NUMBERS.en}",
    ),
}


def _called(values: Iterable[Called]) -> tuple[Called, ...]:
    return all_of(Called, values, "called")


@attrs.frozen
class Meetings:
    """The meetings that a procedure calls on its ordinary way, for each stage: one by one, and as planned.

    Counted is what every way calls that leads to an end at which the matter is carried out, once for each such stage. A
    second call for want of a quorum, a return for revision or a split-out is not foreseen here.

    Attributes:
        called: what each stage calls, in the order of the stages.
    """

    called: tuple[Called, ...] = attrs.field(converter=_called)

    @property
    def by_body(self) -> FrozenMap[str, Saving]:
        """The meetings of each body."""
        held: dict[str, list[Called]] = {}
        for each in self.called:
            if each.body is not None and each.sitting is Sitting.MEETING:
                held.setdefault(each.body, []).append(each)
        return FrozenMap({body: _sum(every) for body, every in held.items()})

    @property
    def sure(self) -> Saving:
        """All meetings and hearings that are sure; written votes are not among them."""
        return _sum(each for each in self.called if each.sitting is not Sitting.WRITTEN_VOTE and not each.if_asked)

    @property
    def if_asked(self) -> Saving:
        """The hearings that come on top if they are asked for or wanted on every matter."""
        return _sum(each for each in self.called if each.if_asked)

    @property
    def saved(self) -> int:
        """How many meetings and hearings fewer, of those that are sure."""
        return self.sure.saved

    def explain(self, language: Language = "zh") -> str:
        """A line for each stage that calls something, and the sum of those that are sure."""
        total = Text("合计（确定举行的会议和听证）：", "in all, of meetings and hearings that are sure: ").say(language)
        numbers = _NUMBERS.say(language).format(
            before=self.sure.one_by_one, after=self.sure.together, saved=self.sure.saved
        )
        return "\n".join([*(each.explain(language) for each in self.called), total + numbers])


def _sum(called: Iterable[Called]) -> Saving:
    every = tuple(called)
    return Saving(one_by_one=sum(each.one_by_one for each in every), together=sum(each.together for each in every))


def meetings(
    groups: Iterable[Iterable[Matter]],
    procedure: Procedure,
    *,
    one_sitting: bool,
    shared: Collection[str] | None = None,
) -> Meetings:
    """Count the meetings of a plan.

    Args:
        groups: the matters that go together; those that go alone as groups of one.
        procedure: what they go through.
        shared: the stages through which a group goes together; left out, those that the procedure shares.
        one_sitting: whether the items of a group are resolved one by one in one sitting of the deciding body, or each in a
            sitting of its own. It is never one vote.

    Raises:
        InvalidType: for what is no procedure, no matter, no set of ids or no truth value.
        InvalidValue: when a shared stage is not in the procedure, or is the one that decides; when the procedure says of no
            end that the matter is carried out there.
    """
    plan = [all_of(Matter, group, "the matters of a group") for group in several(groups, "groups")]
    stages, joint = _road(one(Procedure, procedure, "the procedure")), _joint(procedure, shared)
    in_one = flag(one_sitting)
    called: list[Called] = []
    for stage in stages:
        together = stage.id in joint
        if _takes(stage, CallHearing):
            called += _hearings(stage, plan, together=together)
        elif _takes(stage, Convene):
            once = together or (in_one and stage.id == procedure.deciding)
            called += _sittings(procedure, stage, plan, once=once)
    return Meetings(called)


def _road(procedure: Procedure) -> list[Stage]:
    """The stages on every way to an end at which the matter is carried out, in the order of the definition."""
    edges, start = outcomes(procedure), procedure.stages[0].id
    goals = {end.id for end in procedure.ends if end.carried_out}
    if not goals & reached(start, edges):
        raise InvalidValue(
            f"procedure {procedure.id} reaches no end at which the matter is carried out; mark one with carried_out=True"
        )

    def is_on_every_way(stage: Stage) -> bool:
        return stage.id == start or not goals & reached(start, edges, lambda edge: edge[2] != stage.id)

    return [stage for stage in procedure.stages if is_on_every_way(stage)]


def _joint(procedure: Procedure, shared: Collection[str] | None) -> frozenset[str]:
    """The shared stages; the one that decides is never shared: each matter is voted on by itself."""
    joint, known = names(procedure.shared if shared is None else shared), [stage.id for stage in procedure.stages]
    faults = [
        f"procedure {procedure.id} has no stage {shown(each)} to share; it has {', '.join(known)}"
        for each in sorted(joint - set(known))
    ]
    if procedure.deciding in joint:
        faults.append(f"{procedure.deciding} decides, and nothing is decided on several matters at once; take it out")
    InvalidValue.raise_all(faults)
    return joint


def _takes(stage: Stage, action: type[Action]) -> bool:
    return any(issubclass(each, action) for following in stage.phases.values() for each in following)


def _sittings(procedure: Procedure, stage: Stage, plan: Sequence[Sequence[Matter]], *, once: bool) -> Iterator[Called]:
    """What a stage calls of its body for each matter, or once for all that go together."""
    every = sum(map(len, plan))
    modes = getattr(stage, "modes", MEETINGS)
    titles = {body.id: body.title for body in procedure.bodies}
    for body in stage.bodies():
        yield Called(
            stage=stage.id,
            sitting=Sitting.MEETING if MEETINGS & modes else Sitting.WRITTEN_VOTE,
            body=body,
            title=titles.get(body, stage.title),
            one_by_one=every,
            together=len(plan) if once else every,
        )


def _hearings(stage: Stage, plan: Sequence[Sequence[Matter]], *, together: bool) -> Iterator[Called]:
    """The hearings that the facts call for, and those that may be called besides; one is held for all that go together."""
    triggers = [each for each in getattr(stage, "triggers", ()) if isinstance(each, FactIs)]
    waivable = _takes(stage, WaiveHearing)
    asking = [sum(not waivable or any(each.why_for(matter) for each in triggers) for matter in group) for group in plan]
    every, sure = sum(map(len, plan)), sum(asking)
    units, units_sure = (len(plan), sum(map(bool, asking))) if together else (every, sure)
    title = stage.title
    yield Called(stage=stage.id, sitting=Sitting.HEARING, title=title, one_by_one=sure, together=units_sure)
    if every > sure:
        yield Called(
            stage=stage.id,
            sitting=Sitting.HEARING,
            title=title,
            one_by_one=every - sure,
            together=units - units_sure,
            if_asked=True,
        )
