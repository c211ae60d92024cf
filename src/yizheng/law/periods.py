"""What the Civil Code says of numbers, days and resolutions in general."""

from __future__ import annotations

from typing import Final

from yizheng.law.editions import Clause
from yizheng.law.provisions import Provision
from yizheng.law.sources import CIVIL_CODE
from yizheng.text import Text

__all__ = ["PROVISIONS"]

PROVISIONS: Final = (
    Provision(
        id="civil_code.inclusive",
        title=Text("以上、以内与超过、以外", "numbers that are included"),
        body="any_body",
        editions=[
            Clause(
                Text(
                    "“以上”“以内”“届满”包括本数，“不满”“超过”“以外”不包括本数",
                    "以上, 以内 and 届满 include the number; 不满, 超过 and 以外 do not",
                ),
                citation=CIVIL_CODE(article="1259"),
            )
        ],
    ),
    Provision(
        id="civil_code.periods",
        title=Text("期间的计算", "how periods are counted"),
        body="any_body",
        editions=[
            Clause(
                Text(
                    "开始的当日不计入；最后一日是法定休假日的，以其次日为最后一日",
                    "the first day is not counted; where the last day is a legal holiday, the next day is the last",
                ),
                citation=CIVIL_CODE(article="200-204"),
            )
        ],
    ),
    Provision(
        id="civil_code.resolution",
        title=Text("决议的成立", "how a resolution is formed"),
        body="any_body",
        editions=[
            Clause(
                Text(
                    "依照规定的议事方式和表决程序作出的，决议成立",
                    "by the lawful procedure and the lawful way of voting",
                ),
                citation=CIVIL_CODE(article="134", note=Text("第二款", "its second paragraph")),
            )
        ],
    ),
)
"""What holds for every body."""
