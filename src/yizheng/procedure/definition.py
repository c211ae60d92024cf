"""The definition of a procedure: stages, who acts in each, and where each outcome leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
import msgspec
from typing_extensions import get_protocol_members, override

from yizheng.canonical import Kept, canonical, digest
from yizheng.citation import Citation
from yizheng.codec import build, check_kind, dump, form_of, said
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.procedure.checks import faults_of
from yizheng.procedure.compiled import Table, build_machine, read_table
from yizheng.procedure.diagram import mermaid
from yizheng.procedure.duties import Template, as_duties, duty_from_data, duty_to_data
from yizheng.procedure.faults import Fault
from yizheng.procedure.kinds import Kinds
from yizheng.procedure.lapsing import Lapse, as_lapses
from yizheng.procedure.lawful import look
from yizheng.procedure.proving import Proof, proof_of
from yizheng.stages import ANYWHERE, LEAVING, Action, CastBallot, Correct, Destroy, PersonalHearing, Stage
from yizheng.text import Language, Text, as_text
from yizheng.values.doors import all_of, one, optional_instance_of, several
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name, names
from yizheng.values.plain import Plain, items, mapping, plain
from yizheng.values.scalars import flag

if TYPE_CHECKING:
    from transitions import Machine

__all__ = ["Body", "End", "Office", "Procedure", "actions_of"]


@attrs.frozen
class Body:
    """A body that votes in the procedure, such as the owners.

    Attributes:
        id: its name in rolls and stages.
        title: what it is called.
    """

    id: str = attrs.field(converter=name)
    title: Text = attrs.field(converter=as_text)


def _may(kinds: Iterable[str | type[Action]]) -> frozenset[str]:
    return names([_kind(each) for each in several(kinds, "may")])


def _kind(action: Any) -> str:
    """The lasting name of a class of actions; a name as it is."""
    named: str = getattr(action, "kind", action)
    return named


@attrs.frozen
class Office:
    """An office that acts in the procedure, such as the secretary.

    Attributes:
        id: its name.
        title: what it is called.
        may: the kinds of action it may do, wherever a stage does not say otherwise: their classes, or their lasting
            names. Somebody must be able to do each action that occurs, those of every stage among them, such as
            ``Attach`` and ``OrderCorrection``; ``"open"`` lets it open cases. :func:`actions_of` gives them all.
        independent: it watches over the others or stands above them: nobody who holds another office holds it, and
            once it is filled, its own holders alone change who does.
    """

    id: str = attrs.field(converter=name)
    title: Text = attrs.field(converter=as_text)
    may: frozenset[str] = attrs.field(default=frozenset(), converter=_may, kw_only=True)
    independent: bool = attrs.field(default=False, kw_only=True, converter=flag)


@attrs.frozen
class End:
    """A way in which a case can end.

    Attributes:
        id: its name, which becomes the case's outcome.
        title: what it is called.
        carried_out: whether the matter was carried out, so that every mandatory milestone lies behind it.
    """

    id: str = attrs.field(converter=name)
    title: Text = attrs.field(converter=as_text)
    carried_out: bool = attrs.field(default=False, kw_only=True, converter=flag)


def _ends(values: Iterable[End]) -> tuple[End, ...]:
    return all_of(End, values, "ends")


def _bodies(values: Iterable[Body]) -> tuple[Body, ...]:
    return all_of(Body, values, "bodies")


def _offices(values: Iterable[Office]) -> tuple[Office, ...]:
    return all_of(Office, values, "offices")


def _sources(values: Iterable[Citation]) -> tuple[Citation, ...]:
    return all_of(Citation, values, "sources")


def _milestones(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name(value, "a milestone") for value in all_of(str, values, "milestones"))


def _shared(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name(value, "a shared stage") for value in all_of(str, values, "shared"))


_STAGE: Final = get_protocol_members(Stage)

_APART: Final = frozenset({"stages", "duties"})
"""The fields whose values say of which class they are."""


def _stages(values: Iterable[Stage]) -> tuple[Stage, ...]:
    stages: tuple[Any, ...] = several(values, "stages")
    for stage in stages:
        missing = sorted(member for member in _STAGE if not hasattr(stage, member))
        if missing or isinstance(stage, type):
            lacking = f"it lacks {', '.join(missing)}" if missing else "it is a class; write an instance"
            raise InvalidType(f"{kind_of(stage)} is no stage of yizheng.stages.Stage: {lacking}")
        check_kind(cast("Any", type(stage)))
    return stages


def actions_of(stages: Iterable[Stage]) -> frozenset[str]:
    """Every action that a procedure of these stages must give to some office, by its lasting name.

    Beside those of the stages that is the opening of cases and what can be done at any stage. A member's own ballot needs
    no office, and what is optional (``Spend``, ``RecordService``, ``Destroy``, what lets matters out of a batch) is yours
    to add.

    >>> from yizheng.stages import Evaluation
    >>> sorted(actions_of([Evaluation(id="evaluate", title="群众评议")]) - actions_of([]))
    ['close_evaluation', 'survey']
    >>> sorted(actions_of([]))
    ['adopt_edition', 'appoint', 'attach', 'correct', 'note', 'open', 'order_correction', 'withdraw']

    Args:
        stages: of the procedure.

    Returns:
        The names, for ``may`` of an office that may do all of it, or to share out among several:
        ``actions_of(stages) - {"order_correction"}``.

    Raises:
        InvalidType: when something else than stages is among them.
    """
    found = {action for stage in _stages(stages) for following in stage.phases.values() for action in following}
    every: tuple[type[Any], ...] = (*found, *ANYWHERE)
    needed = {action.kind for action in every if not action.optional}
    return frozenset({"open"} | needed - {CastBallot.kind})


def _routes(values: Mapping[str, Mapping[str, str]]) -> FrozenMap[str, FrozenMap[str, str]]:
    return FrozenMap(
        {
            stage: FrozenMap(
                {outcome: name(target) for outcome, target in keyed(targets, f"routes of {stage}").items()}
            )
            for stage, targets in keyed(values, "routes").items()
        }
    )


def _corrections(values: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({stage: name(target) for stage, target in keyed(values, "corrections").items()})


def _facts(values: Mapping[str, Text]) -> FrozenMap[str, Text]:
    return FrozenMap({fact: as_text(meaning) for fact, meaning in keyed(values, "facts").items()})


def _given(values: Mapping[str, Plain]) -> FrozenMap[str, Plain]:
    return FrozenMap({fact: plain(value, fact) for fact, value in keyed(values, "given").items()})


@attrs.frozen(kw_only=True, repr=False)
class Procedure(Kept):
    """A procedure as data. Nothing in it can be changed; another edition is another procedure.

    Attributes:
        id: its name.
        title: what it is called.
        edition: which edition of it this is.
        stages: its stages; the first is where a case begins.
        routes: for each stage, where each of its outcomes leads: to a stage or to an end.
        ends: the ways in which a case can end.
        bodies: the bodies that vote in it.
        offices: the offices that act in it.
        deciding: the stage whose vote decides; a matter can be withdrawn until that vote opens. ``None`` in a procedure
            in which nothing is voted on.
        binding: in such a procedure, the milestone until which a matter can be withdrawn: a stage, or a stage with its
            outcome, such as ``"mediate.agreed"``. ``None`` where it can be withdrawn until the end.
        withdrawn: the end to which a withdrawal leads.
        corrected: the stage or end to which an order of correction leads.
        corrections: the stages from which it leads elsewhere first, and where; empty where there are none. Where money
            may have been spent, its accounts are owed before the matter goes back.
        mandatory: the milestones, in order, that lie on every way to an end that is carried out: a stage, or a stage
            with its outcome (``"resolve.carried"``).
        shared: the stages through which several matters may pass together, as a batch (简易程序); empty where none may.
            They lie before the deciding one, so that each matter is resolved by itself.
        facts: the facts that a matter must state to be opened, with what each means.
        given: those of them that it must state with a certain value, such as ``{"paid": False}``: the procedure is for no
            other matters.
        private: what a matter must state among its private fields to be opened, with what each means.
        confidential: on what authority free words are withheld from the public, where they are about somebody: findings,
            statements, reasons, objections, notes. What is posted for all to read is public. ``None`` where all words are.
        zone: the zone in which days are reckoned.
        duties: what must happen besides, in which order and within which time, by the templates of
            :mod:`yizheng.procedure.duties`; on every way that ends.
        lapses: what may come about until a day and no longer, such as an outcome that a later law no longer allows; empty
            where nothing lapses.
        sources: where the procedure is prescribed or described.
    """

    id: str = attrs.field(converter=name)
    title: Text = attrs.field(converter=as_text)
    edition: str = attrs.field(default="1", converter=name)
    stages: tuple[Stage, ...] = attrs.field(converter=_stages)
    routes: FrozenMap[str, FrozenMap[str, str]] = attrs.field(converter=_routes)
    ends: tuple[End, ...] = attrs.field(converter=_ends)
    bodies: tuple[Body, ...] = attrs.field(default=(), converter=_bodies)
    offices: tuple[Office, ...] = attrs.field(default=(), converter=_offices)
    deciding: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    binding: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    withdrawn: str = attrs.field(converter=name)
    corrected: str = attrs.field(converter=name)
    corrections: FrozenMap[str, str] = attrs.field(default=FrozenMap[str, str](), converter=_corrections)
    mandatory: tuple[str, ...] = attrs.field(default=(), converter=_milestones)
    shared: tuple[str, ...] = attrs.field(default=(), converter=_shared)
    facts: FrozenMap[str, Text] = attrs.field(default=FrozenMap[str, Text](), converter=_facts)
    given: FrozenMap[str, Plain] = attrs.field(default=FrozenMap[str, Plain](), converter=_given)
    private: FrozenMap[str, Text] = attrs.field(default=FrozenMap[str, Text](), converter=_facts)
    confidential: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))
    zone: str = attrs.field(default="Asia/Shanghai", converter=name)
    duties: tuple[Template, ...] = attrs.field(default=(), converter=as_duties)
    lapses: tuple[Lapse, ...] = attrs.field(default=(), converter=as_lapses)
    sources: tuple[Citation, ...] = attrs.field(default=(), converter=_sources)
    _written: bytes | None = attrs.field(default=None, init=False, eq=False)  # as an older version of a stage wrote it

    @override
    def __repr__(self) -> str:
        return f"<Procedure {self.id}, edition {self.edition}: {len(self.stages)} stages>"

    def check(self) -> tuple[Fault, ...]:
        """Every fault of the definition at once; an empty tuple for a sound one."""
        return faults_of(self)

    def prove(self) -> Proof:
        """Look at every way through the procedure, and show that it skips no duty, or the shortest way on which it does.

        Returns:
            What was shown and what was not; ``holds`` says whether nothing speaks against it. See
            :mod:`yizheng.procedure.proving` for what is looked at.
        """
        return proof_of(self)

    def machine(self, model: object | None = None) -> Machine:
        """The procedure as a ``transitions.Machine``.

        Its states are stages with their phases (``"resolve.voting"``) and the ends, its triggers are the kinds of action
        and the outcomes. It has no jumps past a stage, and every target in it exists.

        Args:
            model: an object to attach it to; more can be added with its ``add_model``.

        Raises:
            InvalidType: when the model takes no attributes.
            InvalidValue: with every fault, when the definition is not sound.
        """
        InvalidValue.raise_all(f"{fault.code}: {fault.explain('en')}" for fault in self.check())
        machine = build_machine(self)
        if model is not None:
            try:
                machine.add_model(model)
            except (AttributeError, TypeError):
                raise InvalidType(
                    f"the machine cannot be attached to {shown(model)}; write an object that takes attributes"
                ) from None
        return machine

    def diagram(self, language: Language = "zh", *, phases: bool = False) -> str:
        """The procedure as Mermaid text, drawn from its machine.

        Args:
            language: of the titles.
            phases: whether to show the phases and actions within each stage.
        """
        return mermaid(self, self.machine(), language, phases=phases)

    def stage(self, stage_id: str) -> Stage:
        """The stage of this id.

        Raises:
            InvalidType: when the id is no string.
            InvalidValue: when there is none.
        """
        try:
            return self._stage_by_id[one(str, stage_id, "the id of a stage")]
        except KeyError:
            raise InvalidValue(
                f"procedure {self.id} has no stage {shown(stage_id)}; it has {', '.join(self._stage_by_id)}"
            ) from None

    def offices_for(self, stage: Stage, action: type[Action]) -> frozenset[str]:
        """The offices that may do a kind of action in a stage.

        Raises:
            InvalidType: when it is given something else than a stage and a class of actions.
        """
        if not (isinstance(action, type) and issubclass(action, Action)):
            raise InvalidType(f"a class of actions was expected, not {shown(action)}; write the class, such as Note")
        _stages([stage])
        if action.kind in stage.offices:
            return stage.offices[action.kind]
        return frozenset([office.id for office in self.offices if action.kind in office.may])

    @cached_property
    def destroyers(self) -> frozenset[str]:
        """The offices that may destroy private values, at every stage and after the end.

        They are those that say so (``may=["destroy"]``); where none does, as in every definition that was made before
        there was such an action, those that may correct the record.
        """
        named = [office.id for office in self.offices if Destroy.kind in office.may]
        return frozenset(named or [office.id for office in self.offices if Correct.kind in office.may])

    @cached_property
    def concerned(self) -> frozenset[str]:
        """The private fields of a matter that say who is to be heard in some stage."""
        return frozenset[str]().union(*[each.concerned for each in self.stages if isinstance(each, PersonalHearing)])

    def takes(self, stage: Stage, action: type[Action]) -> bool:
        """Whether a kind of action has a place in a stage: an optional one only where some office may do it."""
        may = self.offices_for(stage, action)
        return not action.optional or bool(may)

    def actions(self) -> Mapping[str, type[Action]]:
        """Every kind of action that has a place in it, by its lasting name."""
        found = {action.kind: action for action in (*ANYWHERE, *(LEAVING if self.shared else ()))}
        for stage in self.stages:
            for following in stage.phases.values():
                found.update({action.kind: action for action in following if self.takes(stage, action)})
        return found

    @override
    def to_data(self) -> dict[str, object]:
        """The definition as plain data."""
        if self._written is not None:
            written: dict[str, object] = msgspec.json.decode(self._written)
            return written
        data: dict[str, object] = {field: dump(value) for field, value in said(self) if field not in _APART}
        if self.duties:
            data["duties"] = [duty_to_data(duty) for duty in self.duties]
        return data | {"stages": [{**dump(stage), **form_of(type(stage))} for stage in self.stages]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], kinds: Kinds | None = None) -> Procedure:
        """The definition from its plain data.

        Args:
            data: what :meth:`to_data` gave.
            kinds: the kinds of stages that may occur in it; left out, those that the library brings.

        Raises:
            InvalidValue: with the path of what is not as it must be.
            UnknownKind: for a kind of stage that is not known.
        """
        known = Kinds() if kinds is None else one(Kinds, kinds, "kinds")
        given = mapping(data, "procedure")
        listed = items(given.get("stages"), "procedure.stages")
        stages = tuple(known.read_stage(each, f"stages[{index}]") for index, each in enumerate(listed))
        owed = enumerate(items(given.get("duties", ()), "procedure.duties"))
        duties = tuple(duty_from_data(each, f"duties[{index}]") for index, each in owed)
        whole = {key: value for key, value in given.items() if key not in _APART}
        made = build(cls, whole, {}, "procedure", stages=stages, duties=duties)
        forms = [form_of(type(stage)) for stage in stages]
        if any(each.get("version", 1) != form.get("version", 1) for each, form in zip(listed, forms, strict=True)):
            object.__setattr__(made, "_written", canonical(given))
        return made

    @cached_property
    @override
    def digest(self) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] -- worked out once
        """The digest of the definition's plain data, by which a record refers to it."""
        return digest(canonical(self.to_data()))

    @cached_property
    def unlawful(self) -> tuple[Fault, ...]:
        """Where it asks less than the law that is known here: looked for once, though every case is opened by it."""
        return look(self)

    @cached_property
    def decider(self) -> Stage | None:
        """The stage whose vote decides; ``None`` where nothing is voted on."""
        return None if self.deciding is None else self.stage(self.deciding)

    @cached_property
    def front(self) -> frozenset[str]:
        """Where a batch can stand: the shared stages, and those to which they lead, where its matters are released."""
        targets = {target for stage in self.shared if stage in self.routes for target in self.routes[stage].values()}
        return frozenset({*self.shared, *targets})

    def corrected_from(self, stage: str) -> str:
        """The stage or end to which an order of correction leads from a stage.

        Raises:
            InvalidType: when the id of the stage is no string.
        """
        return self.corrections.get(one(str, stage, "the id of a stage"), self.corrected)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each stage in the definition."""
        return {stage.id: place for place, stage in enumerate(self.stages)}

    @cached_property
    def end_ids(self) -> frozenset[str]:
        """The ids of its ends."""
        return frozenset([end.id for end in self.ends])

    @cached_property
    def _stage_by_id(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def table(self) -> Table:
        """The table by which a case steps, read off the machine once.

        Raises:
            InvalidValue: with every fault, when the definition is not sound.
        """
        return read_table(self, self.machine())
