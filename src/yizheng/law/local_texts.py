"""By-laws and local practice whose place was not recorded, from before the law of 2025: dated data, to be verified."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import unplaced
from yizheng.rules import ENTITLED, FOR, PRESENT, Rule, Sign
from yizheng.text import Text

__all__ = ["PROVISIONS"]

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)

_EARLIER = Text("2025年修法以前的文本", "from before the revision of 2025")
_ONE = partial(unplaced, Text("一份居民代表会议规则", "one by-law on residents' representatives"), _EARLIER)
_ANOTHER = partial(unplaced, Text("另一份居民代表会议规则", "another by-law on residents' representatives"), _EARLIER)
_OF_ALL = partial(unplaced, Text("两份代表会议规则", "two by-laws on representatives"), _EARLIER)


def _about(what: str, title: Text, *editions: Rule | Share | Bounds | Clause) -> Provision:
    return Provision(
        id=f"by_law.representatives.{what}",
        title=title,
        body="residents_representative_assembly",
        electorate="households" if what.startswith("each_for") else "delegates",
        editions=editions,
    )


PROVISIONS: Final = (
    _about(
        "vote.two_thirds",
        Text("代表会议表决（三分之二到会）", "vote of representatives, two thirds present"),
        Rule(
            quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
            passage=FOR > _HALF * PRESENT,
            citation=_ONE(),
            electorate="delegates",
        ),
    ),
    _about(
        "vote.half",
        Text("代表会议表决（过半数到会）", "vote of representatives, more than half present"),
        Rule(
            quorum=PRESENT > _HALF * ENTITLED,
            passage=FOR > _HALF * PRESENT,
            citation=_ANOTHER(),
            electorate="delegates",
        ),
    ),
    _about(
        "vote.of_all",
        Text("代表会议表决（全体代表过半数）", "vote of representatives, more than half of all"),
        Rule(quorum=None, passage=FOR > _HALF * ENTITLED, citation=_OF_ALL(), electorate="delegates"),
    ),
    _about(
        "each_for",
        Text("每名代表的户数", "households for each representative"),
        Bounds(5, 10, Text("每名代表的户数", "households for each representative"), citation=_ONE()),
    ),
    _about(
        "each_for.share.least",
        Text("代表占户数的比例至少", "least share of representatives in the households"),
        Share("3/100", Text("户", "the households"), citation=_ANOTHER()),
    ),
    _about(
        "each_for.share.most",
        Text("代表占户数的比例至多", "greatest share of representatives in the households"),
        Share("1/20", Text("户", "the households"), Sign.AT_MOST, citation=_ANOTHER()),
    ),
    _about(
        "composition",
        Text("代表的比例", "share of representatives in their assembly"),
        Share("4/5", Text("代表会议组成人员", "the members of the assembly"), citation=_ONE()),
    ),
    _about(
        "women",
        Text("妇女的比例", "share of women"),
        Share("1/3", Text("代表", "the representatives"), citation=_ONE()),
    ),
    _about(
        "frequency",
        Text("召开次数", "how often they meet"),
        Bounds(1, None, Text("每季度召开次数", "meetings in a quarter"), citation=_ONE()),
    ),
    _about(
        "frequency.yearly",
        Text("每年召开次数", "how often they meet in a year"),
        Bounds(1, 2, Text("每年召开次数", "meetings in a year"), citation=_ANOTHER()),
    ),
    _about(
        "absences",
        Text("无故缺席", "unexcused absences"),
        Clause(
            Text("一年内三次无故缺席的，代表资格终止", "three unexcused absences in a year end the mandate"),
            citation=_ONE(),
        ),
    ),
)
"""What by-laws of unknown places settled."""
