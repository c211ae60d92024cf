"""Dockets: the cases of one office, over a store. The one place where a case meets what keeps it.

What holds its cases against a change of procedure is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yizheng.docket.asynchronous import AsyncDocket
from yizheng.docket.docket import Docket
from yizheng.docket.index import CaseDuty, CaseLine

if TYPE_CHECKING:
    from yizheng.docket.otherwise import treated_otherwise

__all__ = ["AsyncDocket", "CaseDuty", "CaseLine", "Docket", "treated_otherwise"]


def __getattr__(name: str) -> Any:
    if name == "treated_otherwise":
        from yizheng.docket.otherwise import treated_otherwise  # noqa: PLC0415 -- with all that judges records

        return treated_otherwise
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
