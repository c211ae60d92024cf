"""Which codes a deciding function can answer with, read from the functions themselves."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any, Final

from yizheng.case import Case, Open, OpenBatch, TakeUp
from yizheng.case.together import absent_faults, leaving
from yizheng.people.proxy import ProxyPolicy
from yizheng.reasons import NEEDED_IN_MATTERS, UNKNOWN_ITEM, Code
from yizheng.stages import (
    AdoptEdition,
    Appoint,
    AskSplit,
    Correct,
    Destroy,
    FillPlaces,
    Release,
    SplitOut,
    Stage,
    Withdraw,
)
from yizheng.stages.deliberation.sitting import Sitting

WITHIN: Final = ("yizheng.stages.", "yizheng.case.", "yizheng.people.")
"""Where what decides stands."""

ASKED: Final = (ProxyPolicy, Sitting)
"""Values that are asked what stands against an act."""

_OF: Final = vars(Case)
BESIDE: Final[Mapping[type[Any], tuple[Any, ...]]] = {
    Withdraw: (_OF["_withdrawing"],),
    Appoint: (_OF["_appointing"],),
    AdoptEdition: (_OF["_adopting"],),
    Correct: (UNKNOWN_ITEM,),
    SplitOut: (absent_faults, _OF["_taking_out"], _OF["_withdrawing"]),
    AskSplit: (leaving,),
    Release: (absent_faults,),
    Destroy: (_OF["_destroying"], NEEDED_IN_MATTERS),
    TakeUp: (_OF["_taking_up"],),
    FillPlaces: (_OF["fill_places"],),
    Open: (_OF["_open"],),
    OpenBatch: (_OF["_open"],),
}
"""What decides the actions that belong to no kind of stage, or a code that is met beside it."""


def refusals(action: type[Any], kind: type[Stage] | None) -> list[str]:
    """The codes by which an action is refused for what it says, in a kind of stage or beside all of them."""
    if kind is not None:
        deciders: Mapping[type[Any], Callable[..., Any]] = kind.deciders
        return sorted(set(_codes(deciders[action], kind)))
    return sorted({code for each in BESIDE.get(action, ()) for code in _met(each, None, set())})


def always() -> list[str]:
    """The codes by which any action is refused for when it comes, from whom, or where the case stands."""
    asked = (Case._decide, Case._misplaced)  # noqa: SLF001 -- they are what is told
    return sorted({code for function in asked for code in _codes(function, None)})


def _codes(function: Any, owner: type[Any] | None, seen: set[CodeType] | None = None) -> Iterator[str]:
    seen = set() if seen is None else seen
    if isinstance(function, FunctionType) and function.__code__ not in seen:
        yield from _named(function.__code__, function, owner, seen)


def _named(code: CodeType, function: FunctionType, owner: type[Any] | None, seen: set[CodeType]) -> Iterator[str]:
    seen.add(code)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _named(inner, function, owner, seen)
    for step in dis.get_instructions(code):
        if step.opname in {"LOAD_GLOBAL", "LOAD_NAME"}:
            yield from _met(function.__globals__.get(step.argval), owner, seen)
        elif step.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            for each in (owner, *ASKED):
                yield from _codes(getattr(each, step.argval, None), each, seen)


def _met(value: Any, owner: type[Any] | None, seen: set[CodeType]) -> Iterator[str]:
    if isinstance(value, Code):
        yield value.name
    elif isinstance(value := getattr(value, "__func__", value), FunctionType) and value.__module__.startswith(WITHIN):
        yield from _codes(value, owner, seen)
