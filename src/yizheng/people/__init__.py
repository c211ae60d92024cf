"""Who may vote and who may act: members, rolls, owners and units, households, counting ballots, proxies, offices.

What every body has is loaded at once; owners and units, households and arrays, when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from yizheng.people.counting import CODES
from yizheng.people.offices import Offices, offices
from yizheng.people.proxy import Proxy, ProxyPolicy
from yizheng.people.roll import Member, Roll
from yizheng.people.service import Service

if TYPE_CHECKING:
    from yizheng.people.arrays import RollArrays, tally_arrays
    from yizheng.people.households import Household, delegates_roll, households_roll
    from yizheng.people.owners import AREA_OF_UNITS, CO_OWNERS, HEADS_OF_OWNERS, LeftOut, OwnersRoll, owners_roll
    from yizheng.people.units import Holding, Unit

_LATER: Final = {
    "arrays": ("RollArrays", "tally_arrays"),
    "households": ("Household", "delegates_roll", "households_roll"),
    "owners": ("AREA_OF_UNITS", "CO_OWNERS", "HEADS_OF_OWNERS", "LeftOut", "OwnersRoll", "owners_roll"),
    "units": ("Holding", "Unit"),
}
_HOMES: Final = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "AREA_OF_UNITS",
    "CODES",
    "CO_OWNERS",
    "HEADS_OF_OWNERS",
    "Holding",
    "Household",
    "LeftOut",
    "Member",
    "Offices",
    "OwnersRoll",
    "Proxy",
    "ProxyPolicy",
    "Roll",
    "RollArrays",
    "Service",
    "Unit",
    "delegates_roll",
    "households_roll",
    "offices",
    "owners_roll",
    "tally_arrays",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
