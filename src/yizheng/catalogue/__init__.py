"""Procedures and rules ready to use, one module per body of rules, each with its sources.

A module is loaded when it is first used, so that a procedure does not pay for laws that it does not rest on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yizheng.catalogue import assistance as assistance
    from yizheng.catalogue import collective as collective
    from yizheng.catalogue import hearings as hearings
    from yizheng.catalogue import law as law
    from yizheng.catalogue import local as local
    from yizheng.catalogue import owners as owners
    from yizheng.catalogue import residents as residents
    from yizheng.catalogue import siyi as siyi
    from yizheng.catalogue import villages as villages
    from yizheng.catalogue import yishi as yishi
    from yizheng.catalogue import yizheng as yizheng

__all__ = [
    "assistance",
    "collective",
    "hearings",
    "law",
    "local",
    "owners",
    "residents",
    "siyi",
    "villages",
    "yishi",
    "yizheng",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
