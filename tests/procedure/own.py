# ruff: noqa: D102 -- the protocol says what each method is for
"""Kinds of stages that a user might write: they inherit nothing from the library's own, and satisfy its protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar

import attrs

from walks import START, Step, day
from yizheng import Case, Citation, Matter, Member, Period, Procedure, Roll, Text
from yizheng.procedure import Body, End, Office
from yizheng.reasons import TOO_EARLY, UNKNOWN_ITEM
from yizheng.stages import ANYWHERE, Action, Dossier, Duty, Effect, private
from yizheng.values import FrozenMap, exact

BY_LAW = Citation(instrument=Text("自拟章程", "an invented by-law"), article="3")


@attrs.frozen(kw_only=True)
class Offer(Action):
    """One side offers terms (invented)."""

    kind: ClassVar[str] = "own_offer"
    title: ClassVar[Text] = Text("提出方案", "offer terms")
    actor_is_private: ClassVar[bool] = True
    terms: Text
    amount: Fraction = attrs.field(converter=exact)
    lowest: Any = private(default=None, converter=lambda value: value)  # noqa: RUF009 -- an attrs field
    roll: Roll | None = None

    def is_own(self, by: str) -> bool:  # noqa: ARG002 -- both sides offer for themselves
        return True


@attrs.frozen
class Agree(Action):
    """The other side agrees."""

    kind: ClassVar[str] = "own_agree"
    title: ClassVar[Text] = Text("达成协议", "agree")
    offer: int


@attrs.frozen
class GiveUp(Action):
    """No agreement is found."""

    kind: ClassVar[str] = "own_give_up"
    title: ClassVar[Text] = Text("调解不成", "give up")
    reason: Text


@attrs.frozen
class Talks:
    """What the talks have come to."""

    offers: tuple[Fraction, ...] = ()
    patience: datetime | None = None


@attrs.frozen(kw_only=True)
class Mediation:
    """Two sides are brought together (调解, invented)."""

    kind: ClassVar[str] = "own_mediation"
    phases: ClassVar[Mapping[str, Mapping[type[Any], str]]] = {
        "apart": {Offer: "talking", GiveUp: "over"},
        "talking": {Offer: "talking", Agree: "over", GiveUp: "over"},
        "over": {},
    }
    ends: ClassVar[Mapping[str, frozenset[str]]] = {"agreed": frozenset({"over"}), "failed": frozenset({"over"})}
    first: ClassVar[str] = "apart"
    turns: ClassVar[Mapping[str, Mapping[str, str]]] = {"resumed": {"over": "apart"}}
    unopened: ClassVar[frozenset[str]] = frozenset({"apart"})
    voting: ClassVar[frozenset[str]] = frozenset()

    id: str
    title: Text
    offices: FrozenMap[str, frozenset[str]] = FrozenMap()
    patience: tuple[Period, ...] = ()
    share: Fraction = attrs.field(default=Fraction(1, 3), converter=exact)
    attempts: int = 1

    def start(self) -> Talks:
        return Talks()

    def decide(self, act: Any, progress: Talks, dossier: Dossier) -> Any:  # noqa: ARG002
        action = act.action
        if isinstance(action, Agree):
            if not 1 <= action.offer <= len(progress.offers):
                return [UNKNOWN_ITEM(item=action.offer, known=())]
            return Effect(outcome="agreed")
        if isinstance(action, GiveUp):
            if progress.patience is not None and act.at < progress.patience:
                return [TOO_EARLY(at=act.at, from_=progress.patience, action=action.title)]
            return Effect(outcome="resumed" if self.attempts > 1 and progress.offers else "failed")
        if not self.patience:
            return Effect(ref=f"offer-{len(progress.offers) + 1}")
        until = datetime.combine(self.patience[0].last_day(act.on, act.calendar), act.at.timetz())
        return Effect(ref=f"offer-{len(progress.offers) + 1}", due={"patience": until})

    def add(self, act: Any, effect: Effect, progress: Talks, dossier: Dossier) -> tuple[Talks, Dossier]:
        if isinstance(act.action, Offer):
            return Talks((*progress.offers, act.action.amount), effect.due.get("patience")), dossier
        return progress, dossier

    def is_own(self, act: Any, progress: Talks) -> bool:  # noqa: ARG002
        return bool(act.action.is_own(act.by))

    def vote_opened(self, phase: str, progress: Talks, at: datetime) -> bool:  # noqa: ARG002
        return False

    def due(self, phase: str, progress: Talks) -> Sequence[Duty]:
        return (Duty(action=GiveUp.kind, until=progress.patience),) if phase == "talking" else ()

    def owed(self, phase: str, progress: Any) -> Sequence[Duty]:
        """Nothing here is owed more than once."""
        return self.due(phase, progress)

    def bodies(self) -> Iterable[str]:
        return ()

    def rules(self) -> Iterable[tuple[str, Sequence[Period]]]:
        return (("patience", self.patience),) if self.patience else ()


@attrs.frozen
class Go(Action):
    """Go on, by whichever outcome."""

    kind: ClassVar[str] = "own_go"
    title: ClassVar[Text] = Text("继续", "go on")
    by_way_of: str


@attrs.frozen(kw_only=True)
class Node:
    """A stage that is nothing but its outcomes, for drawing any graph."""

    kind: ClassVar[str] = "own_node"
    phases: ClassVar[Mapping[str, Mapping[type[Any], str]]] = {"here": {Go: "gone"}, "gone": {}}
    first: ClassVar[str] = "here"
    turns: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    unopened: ClassVar[frozenset[str]] = frozenset({"here"})
    voting: ClassVar[frozenset[str]] = frozenset()

    id: str
    outcomes: tuple[str, ...]
    title: Text = Text("节点", "node")  # noqa: RUF009 -- a frozen value
    offices: FrozenMap[str, frozenset[str]] = FrozenMap()

    @property
    def ends(self) -> Mapping[str, frozenset[str]]:
        return {outcome: frozenset({"gone"}) for outcome in self.outcomes}

    def start(self) -> None:
        return None

    def decide(self, act: Any, progress: None, dossier: Dossier) -> Effect:  # noqa: ARG002
        return Effect(outcome=act.action.by_way_of)

    def add(self, act: Any, effect: Effect, progress: None, dossier: Dossier) -> tuple[None, Dossier]:  # noqa: ARG002
        return None, dossier

    def is_own(self, act: Any, progress: None) -> bool:  # noqa: ARG002
        return False

    def vote_opened(self, phase: str, progress: None, at: datetime) -> bool:  # noqa: ARG002
        return False

    def due(self, phase: str, progress: None) -> Sequence[Duty]:  # noqa: ARG002
        return ()

    owed = due

    def bodies(self) -> Iterable[str]:
        return ()

    def rules(self) -> Iterable[tuple[str, Sequence[Period]]]:
        return ()


EVERYTHING = frozenset({Go.kind, "open", *(action.kind for action in ANYWHERE)})


def graph(edges: Mapping[str, Mapping[str, str]], ends: Mapping[str, bool], **settings: Any) -> Procedure:
    """A procedure of nodes: for each stage where its outcomes lead, and for each end whether it is carried out."""
    first = next(iter(edges), "")
    return Procedure(
        **{
            "id": "graph",
            "title": "graph",
            "stages": [Node(id=each, outcomes=tuple(edges[each])) for each in edges],
            "routes": edges,
            "ends": [End(each, each, carried_out=carried_out) for each, carried_out in ends.items()],
            "offices": [Office("clerk", "clerk", may=EVERYTHING)],
            "deciding": first,
            "withdrawn": next(iter(ends)),
            "corrected": next(iter(ends)),
            **settings,
        }
    )


def mediation(**settings: Any) -> Procedure:
    """A procedure with the user's own kind, and one of the library's behind it."""
    from yizheng.stages import Implementation  # noqa: PLC0415 -- beside the own kinds, which need none of it

    return Procedure(
        id="own-mediation",
        title=Text("邻里调解", "mediation between neighbours"),
        stages=[
            Mediation(
                id="mediate",
                title=Text("调解", "mediate"),
                **{"patience": (Period(5, citation=BY_LAW),), **settings},
            ),
            Implementation(id="carry_out", title=Text("履行", "carry out"), inspected=False),
        ],
        routes={
            "mediate": {"agreed": "carry_out", "failed": "to_court"},
            "carry_out": {"completed": "settled", "abandoned": "to_court"},
        },
        ends=[
            End("settled", Text("已履行", "settled"), carried_out=True),
            End("to_court", Text("可起诉", "free to go to court")),
            End("withdrawn", Text("撤回", "withdrawn")),
        ],
        bodies=[Body("neighbours", Text("邻居", "neighbours"))],
        offices=[
            Office(
                "mediator",
                Text("调解员", "mediator"),
                may=[
                    *("open", "own_agree", "own_give_up", "assign", "report_progress", "spend", "inspect"),
                    *("complete", "abandon", *(action.kind for action in ANYWHERE)),
                ],
            )
        ],
        deciding="mediate",
        withdrawn="withdrawn",
        corrected="mediate",
        mandatory=["mediate.agreed", "carry_out.completed"],
    )


def mediated(procedure: Procedure | None = None) -> Case:
    """A case of the mediation procedure."""
    return Case.open(
        Matter("quarrel-1", title="漏水", category="quarrel"),
        procedure or mediation(),
        {},
        {"mediator": {"med-1"}},
        at=START,
        by="med-1",
        salt=b"0" * 16,
    )


NEIGHBOURS = Roll("neighbours", [Member("201"), Member("301")])


def mediation_steps() -> list[Step]:
    """The steps of that case to its end."""
    from yizheng.stages import Assign, Complete  # noqa: PLC0415 -- beside the own kinds, which need none of it

    return [
        Step(
            Offer(terms=Text("赔", "pay"), amount="1000/3", lowest="不低于八百元", roll=NEIGHBOURS),
            day(1),
            "neighbour-201",
        ),
        Step(Offer(terms=Text("再议", "again"), amount="500"), day(2), "neighbour-301"),
        Step(Agree(2), day(3), "med-1"),
        Step(Assign(responsible="neighbour-301", task="付款", due=day(20)), day(3), "med-1"),
        Step(Complete("已付"), day(10), "med-1"),
    ]
