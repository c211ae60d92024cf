"""The party's own rules that a procedure passes through, and 四议两公开."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.calendar import Period
from yizheng.citation import Certainty, Citation
from yizheng.law.editions import Clause
from yizheng.law.provisions import Provision
from yizheng.law.sources import remembered, unplaced
from yizheng.rules import ENTITLED, FOR, PRESENT, Rule
from yizheng.text import Text

__all__ = ["PROVISIONS"]

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)

_BRANCH = partial(
    Citation,
    instrument=Text("中国共产党支部工作条例（试行）", "Regulations on the Work of Party Branches (trial)"),
    article="11",
    in_force_from=date(2018, 10, 28),
    certainty=Certainty.REPORTED,
    note=Text(
        "施行日期据转载，未核对原文；是否有更新的版本未核对",
        "the first day in force is told by others and was not verified; nor was whether there is a later edition",
    ),
)
_LOCAL = partial(unplaced, Text("地方四议两公开规定", "local rules on 四议两公开"))

PROVISIONS: Final = (
    Provision(
        id="party.branch.vote",
        title=Text("支部党员大会表决", "vote of the party branch"),
        body="party_assembly",
        electorate="party_members",
        editions=[
            Rule(
                quorum=PRESENT >= _HALF * ENTITLED,
                passage=FOR > _HALF * ENTITLED,
                citation=_BRANCH(),
                electorate="party_members",
            )
        ],
    ),
    Provision(
        id="party.branch.matters",
        title=Text("须经支部党员大会讨论的事项", "what the branch must discuss"),
        body="party_assembly",
        editions=[
            Clause(
                Text(
                    "村、社区中涉及群众利益的重要事项，必须提交支部党员大会讨论",
                    "matters of a village or community that touch the interest of the masses go to the branch assembly",
                ),
                citation=_BRANCH(),
            )
        ],
    ),
    Provision(
        id="party.branch.entitled",
        title=Text("应到会党员", "who is entitled in the branch"),
        body="party_assembly",
        editions=[
            Clause(
                Text(
                    "预备党员和没有表决权的党员不计入应到",
                    "probationary members and those without a vote are not counted",
                ),
                citation=Citation(
                    instrument=Text(
                        "基层组织选举工作暂行条例（1990年）", "Provisional Regulations on Branch Elections (1990)"
                    ),
                    article="5",
                    in_force_from=date(1990, 1, 1),
                    certainty=Certainty.REPORTED,
                    note=Text(
                        "该条例凭记忆已被取代；只记下年份，作1990年1月1日起施行",
                        "since replaced, from memory; only the year was recorded, taken from 1 January 1990",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="party.four_two.duty",
        title=Text("村级事务实行四议两公开", "villages follow 四议两公开"),
        body="two_committees",
        editions=[
            Clause(
                Text("村级重大事项按照四议两公开决策", "major village matters are decided by 四议两公开"),
                citation=remembered(
                    Text("中国共产党农村基层组织工作条例", "Regulations on the Party's Rural Primary Organisations"),
                    "19",
                    since=date(2018, 12, 28),
                    note=Text("第19条，条号和日期未核对", "art. 19; neither article nor day was verified"),
                ),
            )
        ],
    ),
    Provision(
        id="party.four_two.discuss",
        title=Text("两委商议", "discussion by the two committees"),
        body="two_committees",
        editions=[
            Clause(
                Text(
                    "意见不一致时，口头、举手或者无记名表决，少数服从多数",
                    "when split: orally, by show of hands or by secret ballot, the minority yields to the majority",
                ),
                citation=_LOCAL(),
            )
        ],
    ),
    Provision(
        id="party.four_two.review",
        title=Text("党员大会审议（四议两公开）", "review by the party assembly (四议两公开)"),
        body="party_assembly",
        electorate="party_members",
        editions=[
            Rule(
                quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
                passage=FOR >= _HALF * ENTITLED,
                citation=_LOCAL(
                    Text(
                        "村和社区的三份文本；“半数以上”依民法典第1259条含本数；全国规定要求过半数，较严",
                        "three texts of villages and communities; 半数以上 includes the half by Civil Code art. 1259; the "
                        "national rule asks for more than half and is stricter",
                    )
                ),
                electorate="party_members",
            )
        ],
    ),
    Provision(
        id="party.four_two.gate",
        title=Text("审议不通过", "what the party assembly does not carry"),
        body="party_assembly",
        editions=[
            Clause(
                Text("赞成达到人数的才可以提交下一步", "only what has votes enough may be submitted further"),
                citation=_LOCAL(),
            )
        ],
    ),
    Provision(
        id="party.four_two.notice",
        title=Text("方案送达党员", "plan to the members beforehand"),
        body="party_assembly",
        editions=[Period(3, citation=_LOCAL(Text("仅一份文本", "one text alone")))],
    ),
    Provision(
        id="party.four_two.resolve",
        title=Text("村民决议（四议两公开）", "resolution by the villagers (四议两公开)"),
        body="villagers_representative_assembly",
        editions=[
            Clause(
                Text(
                    "各文本不一：全体村民代表或者到会村民半数以上；到会村民半数以上或者全体村民代表；法律以到会者过半数为准",
                    "the texts vary: half or more of all representatives or of the villagers present, or of the villagers "
                    "present or all representatives; the law asks for more than half of those present",
                ),
                citation=_LOCAL(),
            )
        ],
    ),
    Provision(
        id="party.four_two.merger",
        title=Text("提议和商议合并", "merging the first two steps"),
        body="two_committees",
        editions=[
            Clause(
                Text(
                    "书记兼任主任的，提议和商议可以合并进行",
                    "where the party secretary also heads the committee, proposal and discussion may be one",
                ),
                citation=_LOCAL(),
            )
        ],
    ),
    Provision(
        id="party.four_two.scope",
        title=Text("四议两公开的范围", "scope of 四议两公开"),
        body="two_committees",
        editions=[
            Clause(
                Text(
                    "长远规划和年度计划；土地承包和租赁；公益经费和建设；集体项目；资产购置和处分；借贷；"
                    "村庄规划和宅基地；低保、医保等政策落实；救灾物资",
                    "long-term and yearly plans; land contracts and leases; public funds and works; collective projects; "
                    "buying and selling of assets; borrowing; village planning and homesteads; allowances, medical "
                    "insurance and like policies; disaster relief goods",
                ),
                citation=_LOCAL(),
            )
        ],
    ),
)
"""What the party's rules settle."""
