"""Who may vote and who may act: members, rolls, owners and units, households, proxies, offices."""

from yizheng.people.households import Household, delegates_roll, households_roll
from yizheng.people.offices import Offices, offices
from yizheng.people.owners import AREA_OF_UNITS, CO_OWNERS, HEADS_OF_OWNERS, LeftOut, OwnersRoll, owners_roll
from yizheng.people.proxy import Proxy, ProxyPolicy
from yizheng.people.roll import Member, Roll
from yizheng.people.units import Holding, Unit

__all__ = [
    "AREA_OF_UNITS",
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
    "Unit",
    "delegates_roll",
    "households_roll",
    "offices",
    "owners_roll",
]
