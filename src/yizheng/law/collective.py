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

__all__ = ["PROVISIONS"]

_HALF, _TWO_THIRDS, _THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)

_LAW = partial(
    Citation,
    instrument=Text("农村集体经济组织法", "Rural Collective Economic Organisations Law"),
    in_force_from=date(2025, 5, 1),
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
                quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
                passage=FOR >= _TWO_THIRDS * ENTITLED,
                citation=_LAW(
                    article="27",
                    note=Text("到会和同意都按具有完全民事行为能力的成员计", "both count members of full capacity"),
                ),
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
                passage=FOR >= _THREE_QUARTERS * ENTITLED,
                citation=_LAW(article="15"),
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
