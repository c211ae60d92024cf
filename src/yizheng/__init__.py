"""Deliberation procedures of Chinese communities (一征三议两公开), as a library.

What is listed here is the main road; each name has its home in the room that it comes from, and is loaded when it is
first used.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # what type checkers take for true, without loading typing, which is half of an interpreter
if TYPE_CHECKING:
    from typing import Any, Final

    from yizheng import catalogue as catalogue
    from yizheng import record as record
    from yizheng.calendar import Period, WorkingCalendar
    from yizheng.case import Case, Entry, Status
    from yizheng.citation import Citation
    from yizheng.docket import Docket
    from yizheng.errors import YizhengError
    from yizheng.matter import Matter
    from yizheng.people import Member, Proxy, Roll
    from yizheng.procedure import Procedure
    from yizheng.reasons import Refused
    from yizheng.text import Text

__version__: Final = "0.1.0"

_HOMES: Final = {
    "Case": "yizheng.case",
    "Citation": "yizheng.citation",
    "Docket": "yizheng.docket",
    "Entry": "yizheng.case",
    "Matter": "yizheng.matter",
    "Member": "yizheng.people",
    "Period": "yizheng.calendar",
    "Procedure": "yizheng.procedure",
    "Proxy": "yizheng.people",
    "Refused": "yizheng.reasons",
    "Roll": "yizheng.people",
    "Status": "yizheng.case",
    "Text": "yizheng.text",
    "WorkingCalendar": "yizheng.calendar",
    "YizhengError": "yizheng.errors",
}
_ROOMS: Final = frozenset({"catalogue", "record"})

__all__ = [
    "Case",
    "Citation",
    "Docket",
    "Entry",
    "Matter",
    "Member",
    "Period",
    "Procedure",
    "Proxy",
    "Refused",
    "Roll",
    "Status",
    "Text",
    "WorkingCalendar",
    "YizhengError",
    "catalogue",
    "record",
]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"yizheng.{name}")
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value
    raise AttributeError(f"module 'yizheng' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
