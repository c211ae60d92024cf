"""The city's procedures of the catalogue, by short names, for the tests that walk them and hold them against the law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from roads import SPRING, opened
from yizheng import Case, Procedure
from yizheng.catalogue import assistance, hearings, owners, residents

CITY: Final[Mapping[str, Procedure]] = {
    "assembly": residents.ASSEMBLY,
    "covenant": residents.COVENANT,
    "representatives": residents.REPRESENTATIVES,
    "fund_use": owners.FUND_USE,
    "rebuilding": owners.REBUILDING,
    "first_assembly": owners.FIRST_ASSEMBLY,
    "chengdu_committee": owners.owners_assembly(item=3, region="成都"),
    "shenzhen_manager": owners.owners_assembly(item=4, region="深圳"),
    "emergency": owners.EMERGENCY,
    "hearing": hearings.HEARING,
    "kunshan_hearing": hearings.hearing(region="昆山"),
    "application": assistance.ALLOWANCE_APPLICATION,
    "review": assistance.ALLOWANCE_REVIEW,
    "review_2021": assistance.ALLOWANCE_REVIEW_2021,
    "review_2014": assistance.ALLOWANCE_REVIEW_2014,
    "change": assistance.ALLOWANCE_CHANGE,
}

EARLIER: Final = {"review_2021": 2024, "review_2014": 2016}
"""The years in which the earlier editions are walked; all others after 2026-07-01."""


def begun(name: str) -> Case:
    """A case of a procedure on a day of its law."""
    return opened(CITY[name], at=SPRING.replace(year=EARLIER.get(name, SPRING.year)))
