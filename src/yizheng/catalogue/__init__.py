"""Procedures and rules ready to use, one module per body of rules, each with its sources.

:func:`applicable` says which of them a matter needs, and why.

A module is loaded when it is first used, so that a procedure does not pay for laws that it does not rest on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yizheng import law as law
    from yizheng.catalogue import applying as applying
    from yizheng.catalogue import assistance as assistance
    from yizheng.catalogue import collective as collective
    from yizheng.catalogue import disputes as disputes
    from yizheng.catalogue import hearings as hearings
    from yizheng.catalogue import local as local
    from yizheng.catalogue import owners as owners
    from yizheng.catalogue import residents as residents
    from yizheng.catalogue import siyi as siyi
    from yizheng.catalogue import villages as villages
    from yizheng.catalogue import yishi as yishi
    from yizheng.catalogue import yizheng as yizheng
    from yizheng.catalogue.applying import applicable as applicable

__all__ = [
    "applicable",
    "applying",
    "assistance",
    "collective",
    "disputes",
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
    if name == "applicable":
        value = globals()[name] = import_module(f"{__name__}.applying").applicable
        return value
    if name == "law":
        return import_module("yizheng.law")
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
