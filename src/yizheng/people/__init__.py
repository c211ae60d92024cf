"""Who may vote and who may act: members, rolls, owners and units, households, counting ballots, proxies, offices."""

from yizheng.people.arrays import RollArrays, tally_arrays
from yizheng.people.counting import CODES
from yizheng.people.households import Household, delegates_roll, households_roll
from yizheng.people.offices import Offices, offices
from yizheng.people.owners import AREA_OF_UNITS, CO_OWNERS, HEADS_OF_OWNERS, LeftOut, OwnersRoll, owners_roll
from yizheng.people.proxy import Proxy, ProxyPolicy
from yizheng.people.roll import Member, Roll
from yizheng.people.service import Service
from yizheng.people.units import Holding, Unit

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
