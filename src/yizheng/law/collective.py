"""Rural collectives: the law in force since 2025-05-01."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.law.editions import Bounds, Clause
from yizheng.law.provisions import Provision
from yizheng.rules import ENTITLED, FOR, PRESENT, Rule
from yizheng.text import Text

__all__ = ["FULL_CAPACITY", "PROVISIONS"]

_HALF, _TWO_THIRDS, _THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)

_LAW = partial(
    Citation,
    instrument=Text("农村集体经济组织法", "Rural Collective Economic Organisations Law"),
    in_force_from=date(2025, 5, 1),
)

FULL_CAPACITY: Final = "full_capacity"
"""The group of a roll whose members have full capacity for civil conduct: they are the assembly (art. 26), and no others."""

_PRESENT, _FOR, _ENTITLED = (each.among(FULL_CAPACITY) for each in (PRESENT, FOR, ENTITLED))
_ASSEMBLY = Text(
    "成员大会由具有完全民事行为能力的全体成员组成（第26条），参加和同意都按他们计；其他成员只通知，不计",
    "the assembly is all members of full capacity (art. 26), and of these both shares are taken; the other members are told "
    "and not counted",
)

PROVISIONS: Final = (
    Provision(
        id="collective.assembly.vote",
        title=Text("成员大会表决", "vote of the members"),
        body="collective_assembly",
        electorate="members",
        matters={"collective_property"},
        editions=[
            Rule(
                quorum=_PRESENT >= _TWO_THIRDS * _ENTITLED,
                passage=_FOR >= _TWO_THIRDS * _ENTITLED,
                citation=_LAW(article="27", note=_ASSEMBLY),
                electorate="members",
            )
        ],
    ),
    Provision(
        id="collective.assembly.notice",
        title=Text("成员大会的通知", "notice of the members' assembly"),
        body="collective_assembly",
        editions=[
            Period(
                10,
                citation=_LAW(article="27", note=Text("写明时间、地点、事项", "it states time, place and items")),
            )
        ],
    ),
    Provision(
        id="collective.assembly.proxies",
        title=Text("成员大会的委托和线上参加", "proxies and presence online"),
        body="collective_assembly",
        editions=[
            Clause(
                Text("可以线上参加；只能委托本户成员", "members may attend online; a proxy is of the same household"),
                value="same_household",
                citation=_LAW(article="27"),
            )
        ],
    ),
    Provision(
        id="collective.assembly.outsiders",
        title=Text("非成员的权利", "rights of those who are not members"),
        body="collective_assembly",
        electorate="members",
        matters={"outsiders"},
        editions=[
            Rule(
                quorum=None,
                passage=_FOR >= _THREE_QUARTERS * _ENTITLED,
                citation=_LAW(article="15", note=_ASSEMBLY),
                electorate="members",
            )
        ],
    ),
    Provision(
        id="collective.representatives.number",
        title=Text("成员代表人数", "how many representatives there are"),
        body="collective_representatives",
        editions=[
            Bounds(
                21,
                None,
                Text("成员代表", "representatives"),
                citation=_LAW(article="28", note=Text("原文为多于20人", "the text asks for more than 20")),
            )
        ],
    ),
    Provision(
        id="collective.representatives.matters",
        title=Text("成员代表大会的职权", "what the representatives may decide"),
        body="collective_representatives",
        editions=[
            Clause(
                Text(
                    "依照章程行使成员大会的部分职权；第26条第一款第一、三、八、十、十二项除外："
                    "章程，成员确认，土地承包、宅基地和收益权份额，土地补偿费，合并和分立",
                    "some of the powers of the assembly, as the charter says; not those of art. 26(1), (3), (8), (10) and "
                    "(12): the charter, who is a member, land contracts, homesteads and shares of income, compensation "
                    "for land, merger and division",
                ),
                citation=_LAW(article="28"),
            )
        ],
    ),
    Provision(
        id="collective.representatives.vote",
        title=Text("成员代表大会表决", "vote of the representatives"),
        body="collective_representatives",
        electorate="delegates",
        matters={"collective_property"},
        editions=[
            Rule(
                quorum=None,
                passage=FOR >= _TWO_THIRDS * ENTITLED,
                citation=_LAW(
                    article="28",
                    note=Text("按全体代表计，到会人数未记", "of all representatives; no quorum was recorded"),
                ),
                electorate="delegates",
            )
        ],
    ),
    Provision(
        id="collective.council.vote",
        title=Text("理事会表决", "vote of the council"),
        body="collective_council",
        electorate="directors",
        editions=[
            Rule(
                quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
                passage=FOR > _HALF * ENTITLED,
                citation=_LAW(article="31"),
                electorate="directors",
            )
        ],
    ),
    Provision(
        id="collective.minutes",
        title=Text("会议记录", "minutes"),
        body="collective_assembly",
        editions=[Clause(Text("会议应当有记录", "minutes are kept"), citation=_LAW(article="33"))],
    ),
    Provision(
        id="collective.before",
        title=Text("事先10日", "ten days beforehand"),
        body="collective_assembly",
        editions=[
            Period(
                10, citation=_LAW(article="46", note=Text("事先做什么未记", "what is due beforehand was not recorded"))
            )
        ],
    ),
    Provision(
        id="collective.annulment",
        title=Text("撤销之诉", "annulment by a court"),
        body="court",
        editions=[
            Clause(
                Text(
                    "侵害成员权益的决定可以请求撤销；善意相对人受保护",
                    "a decision that harms members may be annulled; third parties in good faith are protected",
                ),
                citation=_LAW(article="57"),
            )
        ],
    ),
)
"""What the law of rural collectives settles."""
