"""The law: every rule that the procedures here rest on, with its article, its days, its region, and how sure we are.

A :class:`Provision` is one thing that the law settles; its editions are what each instrument says of it.
:func:`in_force` gives all that holds on a day in a region, :func:`edition` the nearest of them, :func:`effective` what
satisfies them all.

The figures stand beside their articles in one module for each body of law.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from yizheng.law.assistance import ALLOWANCE_NOTICE, CONFIRMATION_PUBLISHED
    from yizheng.law.bodies import BODIES, ELECTORATES
    from yizheng.law.editions import Bounds, Clause, Edition, Share
    from yizheng.law.inferred import MAJORITY_INFERRED
    from yizheng.law.lookup import PROVISIONS, edition, in_force, provision
    from yizheng.law.mediation import JUDICIAL_CONFIRMATION
    from yizheng.law.owners import OWNERS_ORDINARY, OWNERS_SPECIAL
    from yizheng.law.owners_meetings import OWNERS_NOTICE
    from yizheng.law.provisions import Provision
    from yizheng.law.regions import REGIONS, UNPLACED, Region
    from yizheng.law.residents import BOARD, REPRESENTATIVES
    from yizheng.law.strictest import effective

_HOMES: Final = {
    "ALLOWANCE_NOTICE": "assistance",
    "BOARD": "residents",
    "BODIES": "bodies",
    "ELECTORATES": "bodies",
    "Bounds": "editions",
    "CONFIRMATION_PUBLISHED": "assistance",
    "Clause": "editions",
    "Edition": "editions",
    "JUDICIAL_CONFIRMATION": "mediation",
    "MAJORITY_INFERRED": "inferred",
    "OWNERS_NOTICE": "owners_meetings",
    "OWNERS_ORDINARY": "owners",
    "OWNERS_SPECIAL": "owners",
    "PROVISIONS": "lookup",
    "Provision": "provisions",
    "REGIONS": "regions",
    "REPRESENTATIVES": "residents",
    "Region": "regions",
    "Share": "editions",
    "UNPLACED": "regions",
    "edition": "lookup",
    "effective": "strictest",
    "in_force": "lookup",
    "provision": "lookup",
}

__all__ = [
    "ALLOWANCE_NOTICE",
    "BOARD",
    "BODIES",
    "CONFIRMATION_PUBLISHED",
    "ELECTORATES",
    "JUDICIAL_CONFIRMATION",
    "MAJORITY_INFERRED",
    "OWNERS_NOTICE",
    "OWNERS_ORDINARY",
    "OWNERS_SPECIAL",
    "PROVISIONS",
    "REGIONS",
    "REPRESENTATIVES",
    "UNPLACED",
    "Bounds",
    "Clause",
    "Edition",
    "Provision",
    "Region",
    "Share",
    "edition",
    "effective",
    "in_force",
    "provision",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
