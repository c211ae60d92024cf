"""The figures of the law that the procedures here use, each with its article and its dates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from yizheng.calendar import Period
from yizheng.citation import Certainty, Citation
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, Rule
from yizheng.text import Text

__all__ = [
    "ALLOWANCE_NOTICE",
    "BOARD",
    "CONFIRMATION_PUBLISHED",
    "MAJORITY_INFERRED",
    "OWNERS_NOTICE",
    "OWNERS_SPECIAL",
    "REPRESENTATIVES",
]

_TWO_THIRDS, _THREE_QUARTERS, _HALF = Fraction(2, 3), Fraction(3, 4), Fraction(1, 2)

OWNERS_SPECIAL: Final = Rule(
    quorum=(CAST >= _TWO_THIRDS * ENTITLED) & (CAST.by("area") >= _TWO_THIRDS * ENTITLED.by("area")),
    passage=(FOR >= _THREE_QUARTERS * CAST) & (FOR.by("area") >= _THREE_QUARTERS * CAST.by("area")),
    citation=Citation(instrument=Text("民法典", "Civil Code"), article="278(6)-(8)", in_force_from=date(2021, 1, 1)),
)
"""Owners on items (6) to (8), among them the rebuilding of buildings: two thirds of heads and of area take part, and
three quarters of each of those are in favour."""

OWNERS_NOTICE: Final = Period(
    15,
    citation=Citation(
        instrument=Text("物业管理条例", "Property Management Regulations"),
        article="14",
        in_force_from=date(2018, 3, 19),
        note=Text("条例更早的版本未核对", "earlier editions of the regulations were not read"),
    ),
)
"""An owners' assembly is announced to all owners fifteen days ahead."""

_RESIDENTS_2025: Final = Text(
    "城市居民委员会组织法（2025年修订）", "Organic Law of Urban Residents' Committees (2025 revision)"
)

REPRESENTATIVES: Final = Rule(
    quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
    passage=FOR > _HALF * PRESENT,
    citation=Citation(instrument=_RESIDENTS_2025, article="29", in_force_from=date(2026, 1, 1)),
)
"""Residents' representatives: two thirds of the members are present, and more than half of those are in favour."""

BOARD: Final = (
    Period(
        15,
        citation=Citation(
            instrument=Text("本库默认值", "default of this library"),
            in_force_to=date(2025, 12, 31),
            certainty=Certainty.INFERRED,
            note=Text(
                "来源未写公示期限；2026年以前沿用后来法律的15日",
                "the source states no period; before 2026 the fifteen days of the later law are taken",
            ),
        ),
    ),
    Period(15, citation=Citation(instrument=_RESIDENTS_2025, article="34", in_force_from=date(2026, 1, 1))),
)
"""What is disclosed on the residents' board stays there for fifteen days at least."""

ALLOWANCE_NOTICE: Final = Period(
    7,
    citation=Citation(
        instrument=Text(
            "最低生活保障审核确认办法（民发〔2021〕57号）",
            "Measures on Minimum Living Allowance Review (Minfa [2021] No. 57)",
        ),
        in_force_from=date(2021, 7, 1),
        certainty=Certainty.REPORTED,
    ),
)
"""An allowance is posted for seven days before it goes up."""

CONFIRMATION_PUBLISHED: Final = Citation(
    instrument=Text("社会救助法", "Social Assistance Law"),
    in_force_from=date(2026, 7, 1),
    certainty=Certainty.REPORTED,
    note=Text(
        "公布确认决定；不予确认的书面说明理由", "the confirmation is published; a refusal gives its reasons in writing"
    ),
)
"""The decision of the county is published, and a refusal says why (one copy of the text was seen)."""

MAJORITY_INFERRED: Final = Rule(
    quorum=PRESENT > _HALF * ENTITLED,
    passage=FOR > _HALF * PRESENT,
    citation=Citation.inferred(
        Text(
            "过半数到会、到会者过半数同意（来源未写人数要求）",
            "more than half present, more than half of them in favour (the source sets no figure)",
        )
    ),
)
"""What stands where the source names a body and no figure."""
