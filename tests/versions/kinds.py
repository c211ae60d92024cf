"""Invented kinds in three versions: as the releases of a host's own program might have had them, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, ClassVar

import attrs

from walks import owners
from yizheng import Procedure, Roll, Text
from yizheng.procedure import Body, End, Office
from yizheng.stages import ANYWHERE, Action, Effect, StageBase, private

Step = Callable[[dict[str, Any]], Mapping[str, Any]]

ROLL = owners()


def asked_2(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 calls the topic a question, the phone a contact, and the roll a register."""
    renamed = {"topic": "question", "phone": "contact", "roll": "register"}
    return {renamed.get(field, field): value for field, value in data.items()}


def asked_3(data: dict[str, Any]) -> dict[str, Any]:
    """Version 3 says how it was asked, which was at the door until then, and keeps numbers as a list. It changes what it got."""
    data["how"] = "door"
    data["answers"] = [data.pop("yes", 0), data.pop("no", 0)]
    return data


def counted_2(data: dict[str, Any]) -> dict[str, Any]:
    """What was called seen is called counted from version 2 on. It changes what it got, to the bottom."""
    data["carried"]["counted"] = data["carried"].pop("seen")
    return data


def rounds_2(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 counts rounds, of which there was one before."""
    return {**data, "rounds": 1}


def rounds_3(data: dict[str, Any]) -> dict[str, Any]:
    """Version 3 calls the days of a round by a longer name."""
    return {**{field: value for field, value in data.items() if field != "days"}, "days_of_each": data["days"]}


def decided(_stage: Any, act: Any, _progress: int, _dossier: Any) -> Effect:
    """Every canvass is accepted; the second ends the stage."""
    name = "seen" if act.action.version == 1 else "counted"
    return Effect(carried={name: 3}, outcome="done" if getattr(act.action, "last", False) else None)


def added(_stage: Any, _act: Any, effect: Effect, progress: int, dossier: Any) -> tuple[int, Any]:
    """How many were counted; only the newest version of the program ever looks."""
    return progress + effect.carried.get("counted", effect.carried.get("seen", 0)), dossier


def release(number: int, *, named: str = "Ask", **changed: Any) -> SimpleNamespace:
    """The kinds as one release of the program has them.

    Args:
        number: which release, 1 to 3; its kinds have that version.
        named: the name of the class of actions, as an error tells it.
        changed: class attributes of the action that are otherwise than they should be.
    """

    @attrs.frozen(kw_only=True)
    class Ask1(Action):
        kind: ClassVar[str] = "example.ask"
        title: ClassVar[Text] = Text("走访", "canvass")
        actor_is_private: ClassVar[bool] = True
        topic: str
        phone: str | None = private(converter=str)
        note: str | None = private(default=None, converter=lambda value: value)
        roll: Roll | None = None
        yes: int = 0
        no: int = 0
        last: bool = False

        def is_own(self, by: str) -> bool:  # noqa: ARG002
            return True

    @attrs.frozen(kw_only=True)
    class Ask2(Action):
        kind: ClassVar[str] = "example.ask"
        version: ClassVar[int] = 2
        upcasts: ClassVar[Mapping[int, Step]] = {1: asked_2}
        effect_upcasts: ClassVar[Mapping[int, Step]] = {1: counted_2}
        introduced: ClassVar[str] = "canvassing 2.0"
        title: ClassVar[Text] = Text("走访", "canvass")
        actor_is_private: ClassVar[bool] = True
        question: str
        contact: str | None = private(converter=str)
        note: str | None = private(default=None, converter=lambda value: value)
        register: Roll | None = None
        yes: int = 0
        no: int = 0
        last: bool = False

        def is_own(self, by: str) -> bool:  # noqa: ARG002
            return True

    @attrs.frozen(kw_only=True)
    class Ask3(Action):
        kind: ClassVar[str] = "example.ask"
        version: ClassVar[int] = 3
        upcasts: ClassVar[Mapping[int, Step]] = {1: asked_2, 2: asked_3}
        effect_upcasts: ClassVar[Mapping[int, Step]] = {1: counted_2}
        introduced: ClassVar[str] = "canvassing 3.0"
        title: ClassVar[Text] = Text("走访", "canvass")
        actor_is_private: ClassVar[bool] = True
        question: str
        how: str
        contact: str | None = private(converter=str)
        note: str | None = private(default=None, converter=lambda value: value)
        register: Roll | None = None
        answers: tuple[int, ...] = (0, 0)
        last: bool = False

        def is_own(self, by: str) -> bool:  # noqa: ARG002
            return True

    ask: Any = {1: Ask1, 2: Ask2, 3: Ask3}[number]
    ask.__name__ = named
    for attribute, value in changed.items():
        setattr(ask, attribute, value)

    class Shared(StageBase):
        kind: ClassVar[str] = "example.canvass"
        phases: ClassVar[Any] = {"waiting": {ask: "waiting"}}
        ends: ClassVar[Any] = {"done": frozenset({"waiting"})}
        next_: ClassVar[Any] = {"waiting": ask}
        deciders: ClassVar[Any] = {ask: decided}
        adders: ClassVar[Any] = {ask: added}

        def start(self) -> int:
            return 0

    @attrs.frozen(kw_only=True)
    class Canvass1(Shared):
        days: int

    @attrs.frozen(kw_only=True)
    class Canvass2(Shared):
        version: ClassVar[int] = 2
        upcasts: ClassVar[Mapping[int, Step]] = {1: rounds_2}
        introduced: ClassVar[str] = "canvassing 2.0"
        days: int
        rounds: int

    @attrs.frozen(kw_only=True)
    class Canvass3(Shared):
        version: ClassVar[int] = 3
        upcasts: ClassVar[Mapping[int, Step]] = {1: rounds_2, 2: rounds_3}
        introduced: ClassVar[str] = "canvassing 3.0"
        days_of_each: int
        rounds: int

    canvass: Any = {1: Canvass1, 2: Canvass2, 3: Canvass3}[number]
    return SimpleNamespace(ask=ask, canvass=canvass, version=number)


SETTINGS: Mapping[int, Mapping[str, int]] = {
    1: {"days": 7},
    2: {"days": 7, "rounds": 1},
    3: {"days_of_each": 7, "rounds": 1},
}


def procedure(of: SimpleNamespace) -> Procedure:
    """A procedure of one stage, as a release has it. All of them say the same."""
    return Procedure(
        id="canvassed",
        title=Text("走访程序", "canvassing"),
        stages=[of.canvass(id="canvass", title=Text("走访", "canvass"), **SETTINGS[of.version])],
        routes={"canvass": {"done": "done"}},
        ends=[End("done", Text("完成", "done"))],
        bodies=[Body("owners", Text("业主", "owners"))],
        offices=[Office("clerk", Text("经办", "clerk"), may={"open", of.ask, *ANYWHERE})],
        deciding="canvass",
        withdrawn="done",
        corrected="done",
    )


def asking(of: SimpleNamespace, words: str, **more: Any) -> Action:
    """The same act, as each release says it."""
    said = {
        1: {"topic": words, "phone": "010-0000", "roll": ROLL, "yes": 2, "no": 1},
        2: {"question": words, "contact": "010-0000", "register": ROLL, "yes": 2, "no": 1},
        3: {"question": words, "contact": "010-0000", "register": ROLL, "answers": (2, 1), "how": "door"},
    }
    made: Action = of.ask(**said[of.version], **more)
    return made
