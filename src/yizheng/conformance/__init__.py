"""Conformance: records from elsewhere held against a procedure, and the logs that they come in.

What judges is loaded when it is first used, and so is each reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from yizheng.conformance.compiled import Conformance
    from yizheng.conformance.conforming import conform
    from yizheng.conformance.events import Event, read_csv, read_rows
    from yizheng.conformance.keeping import Demand, Sought
    from yizheng.conformance.ocel import read_ocel
    from yizheng.conformance.report import Conformity, Departed, Departure
    from yizheng.conformance.xes import read_xes

_LATER: Final = {
    "compiled": ("Conformance",),
    "conforming": ("conform",),
    "events": ("Event", "read_csv", "read_rows"),
    "keeping": ("Demand", "Sought"),
    "ocel": ("read_ocel",),
    "report": ("Conformity", "Departed", "Departure"),
    "xes": ("read_xes",),
}
_HOMES: Final = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "Conformance",
    "Conformity",
    "Demand",
    "Departed",
    "Departure",
    "Event",
    "Sought",
    "conform",
    "read_csv",
    "read_ocel",
    "read_rows",
    "read_xes",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
