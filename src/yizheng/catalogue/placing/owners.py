"""Where the matters of the owners of a building go: Civil Code arts 278, 279 and 281."""

from __future__ import annotations

from typing import Final

import attrs

from yizheng.catalogue.forums import Ground, RuledOut
from yizheng.catalogue.placing.asking import (
    CIVIL_CODE,
    Asked,
    Placed,
    Placing,
    categories,
    decided_in,
    excluded,
    rules_of,
)
from yizheng.text import Text

__all__ = ["CATEGORIES"]


def _not_owners(asked: Asked) -> tuple[RuledOut, ...]:
    """Who does not decide in the place of the owners."""
    owners_only = asked.ground(
        "owners.vote.other",
        "由业主共同决定；居民会议和居民代表会议不代替业主",
        "the owners decide together; assemblies of residents do not replace them",
        "278" if asked.on >= CIVIL_CODE else None,
    )
    relay = asked.local("owners.representatives")
    return (
        excluded("residents_assembly", owners_only),
        excluded("residents_representative_assembly", owners_only),
        *[excluded("owners_committee", each) for each in relay],
    )


def _owners(item: int, name: str) -> Placing:
    """One of the nine items of Civil Code art. 278."""

    def place(asked: Asked) -> Placed:
        provision = f"owners.vote.{name}"
        why = asked.ground(
            provision,
            "由业主共同决定",
            "the owners decide together",
            f"278({item})" if asked.on >= CIVIL_CODE else None,
        )
        forum = decided_in("owners_assembly", provision, by="owners.owners_assembly", item=item, region=asked.region)
        return Placed(forum=forum, why=(why, *asked.local("owners.count.scope")), out=_not_owners(asked))

    return place


def _fund(asked: Asked) -> Placed:
    """Money from the maintenance fund: by a vote, or without one where the repair is urgent."""
    urgent = (
        asked.ground(
            "owners.emergency",
            "紧急情况下需要维修的，可以依法申请使用维修资金，无须表决",
            "where a repair is urgent the fund can be applied for by law, without a vote",
        )
        if asked.on >= CIVIL_CODE
        else None
    )
    if urgent is not None and asked.flag("emergency", urgent):
        forum = decided_in("owners_committee", by="owners.emergency_repair", region=asked.region)
        local = asked.local("owners.emergency")
        return Placed(forum=forum, why=(urgent, *local), out=(excluded("owners_assembly", urgent),))
    placed = _owners(5, "fund_use")(asked)
    out = placed.out
    if urgent is not None:
        calm = attrs.evolve(urgent, words=Text("不属于紧急情况", "no emergency is stated"))
        out = (*out, excluded("owners_committee", calm))
    return attrs.evolve(placed, out=out, why=(*placed.why, *asked.local("owners.vote.fund_by_no_objection")))


def _home_business(asked: Asked) -> Placed:
    """A home turned into business premises: every interested owner consents."""
    each = asked.ground(
        "owners.vote.unanimity",
        "应当经有利害关系的业主一致同意",
        "all interested owners must consent",
    )
    majority = asked.ground(
        "owners.vote.unanimity.majority",
        "多数业主同意不能代替",
        "the consent of a majority does not do",
    )
    return Placed(
        forum=decided_in("interested_owners", "owners.vote.unanimity"),
        why=(each,),
        out=(excluded("owners_assembly", majority),),
    )


def _courtyard(asked: Asked) -> Placed:
    """The works of a courtyard: the method of the source report, with the vote of all owners."""
    from yizheng.catalogue.yizheng import REPORT  # noqa: PLC0415 -- its rules are loaded for what goes by them

    items = asked.ground(
        "owners.vote.rebuilding",
        "改建、重建建筑物及其附属设施须四分之三以上同意，其他重大事项过半数同意",
        "altering or rebuilding takes three quarters of those taking part, other major matters more than half",
        "278" if asked.on >= CIVIL_CODE else None,
    )
    rebuilds = asked.flag("rebuilds", items)
    name = "rebuilding" if rebuilds else "other"
    method = Ground(
        words=Text(
            "两委提议，与业主代表协商，全体业主投票表决",
            "the two committees propose, owners' representatives are consulted, all owners vote",
        ),
        citation=REPORT,
    )
    forum = decided_in(
        "owners_assembly", f"owners.vote.{name}", by="yizheng.courtyard", owners=rules_of(f"owners.vote.{name}")
    )
    return Placed(forum=forum, why=(method, items), out=_not_owners(asked))


CATEGORIES: Final = categories(
    (
        "owners.rules_of_procedure",
        "业主大会议事规则",
        "the owners' rules of procedure",
        (),
        _owners(1, "rules_of_procedure"),
    ),
    ("owners.covenant", "管理规约", "the owners' covenant", (), _owners(2, "covenant")),
    (
        "owners.committee",
        "选举或者更换业主委员会成员",
        "electing or replacing the owners' committee",
        (),
        _owners(3, "committee"),
    ),
    (
        "owners.manager",
        "选聘和解聘物业服务企业",
        "hiring or dismissing the property firm",
        (),
        _owners(4, "manager"),
    ),
    ("owners.fund_use", "使用维修资金", "the use of the maintenance fund", ("emergency",), _fund),
    ("owners.fund_raising", "筹集维修资金", "raising the maintenance fund", (), _owners(6, "fund_raising")),
    (
        "owners.rebuilding",
        "改建、重建建筑物及其附属设施",
        "altering or rebuilding buildings and fixtures",
        (),
        _owners(7, "rebuilding"),
    ),
    (
        "owners.common_parts",
        "改变共有部分的用途或者利用其经营",
        "changing the use of common parts, or a business on them",
        (),
        _owners(8, "common_parts"),
    ),
    ("owners.other", "其他重大事项", "other major matters of the owners", (), _owners(9, "other")),
    ("owners.home_business", "住宅改为经营性用房", "turning a home into business premises", (), _home_business),
    ("courtyard", "院落整治", "the works of a courtyard", ("rebuilds",), _courtyard),
)
"""The kinds of matter of owners."""
