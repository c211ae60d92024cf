"""Elections: ballots that are void, ties, and forged ballots, by region."""

from __future__ import annotations

from typing import Final

from yizheng.law.editions import Clause
from yizheng.law.provisions import Provision
from yizheng.law.sources import local, unplaced
from yizheng.text import Text

__all__ = ["PROVISIONS"]

_ELECTIONS = Text("选举", "elections")

PROVISIONS: Final = (
    Provision(
        id="elections.returned",
        title=Text("收回的票多于发出的票", "more ballots returned than issued"),
        body="any_body",
        matters={"election"},
        editions=[
            Clause(
                Text("选举无效", "the vote is void"),
                value="void",
                citation=local(where, article, _ELECTIONS, year=2025 if where == "Hainan" else None),
            )
            for where, article in (("Henan", "35"), ("Beijing", ""), ("Sichuan", "32"), ("Hainan", "29"))
        ],
    ),
    Provision(
        id="elections.invalid",
        title=Text("无效票", "invalid ballots"),
        body="any_body",
        matters={"election"},
        editions=[
            Clause(
                Text("计入总票数", "they stay in the total"), value="cast", citation=local(where, article, _ELECTIONS)
            )
            for where, article in (("Sichuan", "32"), ("Hebei", ""), ("Tianjin", ""))
        ],
    ),
    Provision(
        id="elections.tie",
        title=Text("票数相等", "a tie"),
        body="any_body",
        matters={"election"},
        editions=[
            Clause(
                Text("就票数相等的候选人再次投票", "those who are tied are voted on again"),
                value="revote",
                citation=local("Henan", "36", _ELECTIONS),
            )
        ],
    ),
    Provision(
        id="elections.tie.supervision",
        title=Text("监督委员会席位票数相等", "a tie for a seat on a supervision committee"),
        body="any_body",
        matters={"election"},
        editions=[
            Clause(
                Text("继续选举", "the election goes on"),
                value="continue",
                citation=unplaced(
                    Text("一份关于监督委员会的地方规定", "local rules on a supervision committee"),
                    Text("怎样继续未记", "how it goes on was not recorded"),
                ),
            )
        ],
    ),
    Provision(
        id="elections.forged",
        title=Text("伪造的票", "forged ballots"),
        body="any_body",
        matters={"election"},
        editions=[
            Clause(
                Text("封存，不计票", "they are sealed and not counted"),
                citation=local("Hainan", "29", _ELECTIONS, year=2025),
            )
        ],
    ),
)
"""What regions settle on elections."""
