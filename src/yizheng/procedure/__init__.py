"""Procedures: stages and routes as frozen data, checked, compiled to a state machine, and drawn.

What holds two definitions against each other is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from yizheng.procedure.definition import Body, End, Office, Procedure, actions_of
from yizheng.procedure.faults import Fault
from yizheng.procedure.kinds import Kinds
from yizheng.procedure.lapsing import Lapse
from yizheng.procedure.proving import Failure, PathStep, Proof, Shown

if TYPE_CHECKING:
    from yizheng.procedure.differing import Change, Tendency, diff

_LATER: Final = {"differing": ("Change", "Tendency", "diff")}
_HOMES: Final = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "Body",
    "Change",
    "End",
    "Failure",
    "Fault",
    "Kinds",
    "Lapse",
    "Office",
    "PathStep",
    "Procedure",
    "Proof",
    "Shown",
    "Tendency",
    "actions_of",
    "diff",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
