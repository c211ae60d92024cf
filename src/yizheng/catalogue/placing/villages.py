"""Where the matters of a village go, and since 2025-05-01 those of its collective."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from yizheng.catalogue import law
from yizheng.catalogue.forums import Forum, Ground
from yizheng.catalogue.placing.asking import (
    DELEGATED,
    NEW,
    Asked,
    Placed,
    Placing,
    categories,
    consulted,
    decided_in,
    excluded,
)
from yizheng.law.provisions import cited
from yizheng.text import Text

__all__ = ["CATEGORIES"]

_COLLECTIVE: Final = date(2025, 5, 1)
"""Since when the Rural Collective Economic Organisations Law holds."""


def _villagers(asked: Asked, **settings: bool) -> Forum:
    return decided_in(
        "villagers_assembly",
        "villages.assembly.persons",
        "villages.assembly.households",
        by="villages.villagers_assembly",
        on=asked.on,
        region=asked.region,
        **settings,
    )


def _delegates(asked: Asked) -> Forum:
    return decided_in(
        "villagers_representative_assembly",
        "villages.representatives.vote",
        by="villages.villagers_representatives",
        on=asked.on,
        region=asked.region,
    )


def _four_two(asked: Asked, decided_by: str) -> tuple[Forum | None, tuple[Ground, ...]]:
    """That the village goes by 四议两公开, where that is prescribed on the day."""
    held = law.provision("party.four_two.duty").holding(asked.on, None)
    if not held:
        return None, ()
    body = "villagers_assembly" if decided_by == "assembly" else "villagers_representative_assembly"
    method = decided_in(body, by="siyi.siyi", decided_by=decided_by, region=asked.region)
    words = Text("村级重大事项按照四议两公开办理", "important matters of a village go by 四议两公开")
    return method, (Ground(words=words, citation=cited(held[0])),)


def _village(new: str, old: str, *, since: str = "villages.assembly.matters") -> Placing:
    """A matter that the assembly decides, and may delegate to the representatives."""

    def place(asked: Asked) -> Placed:
        listed = asked.ground(
            since,
            "经村民会议讨论决定方可办理，可以授权村民代表会议决定",
            "it takes a decision of the villagers' assembly, which may delegate it to the representatives",
            new if asked.on >= NEW else old,
        )
        never = asked.ground(
            "villages.delegation.matters",
            "只讨论决定村民会议授权的事项，本事项未经授权",
            "they decide on what the assembly delegated alone, and this was not",
        )
        undelegated = asked.not_delegated(listed, never, term=_no_term(asked))
        if undelegated is None:
            method, by = _four_two(asked, "representatives")
            limits = asked.local("villages.delegation.form", "villages.delegation.deadlock", "villages.delegation.back")
            annuls = asked.ground(
                "villages.assembly.matters",
                "已授权；村民会议仍可撤销或者变更不适当的决定",
                "it has delegated the matter, and can still annul or change an improper decision",
                "27" if asked.on >= NEW else "23",
            )
            out = (excluded("villagers_assembly", annuls),)
            return Placed(forum=_delegates(asked), why=(listed, *limits, *by), out=out, method=method)
        method, by = _four_two(asked, "assembly")
        out = (excluded("villagers_representative_assembly", undelegated),)
        return Placed(forum=_villagers(asked), why=(listed, *by), out=out, method=method)

    return place


def _no_term(asked: Asked) -> Ground | None:
    """Where a delegation must set a term, that this one sets none."""
    form = asked.local("villages.delegation.form")
    words = Text("授权未定期限，不合授权的形式", "the delegation sets no term, which its form asks for")
    return attrs.evolve(form[0], words=words) if form else None


def _village_charter(asked: Asked) -> Placed:
    """The charter or the covenant: for the assembly, whatever was delegated."""
    new = asked.on >= NEW
    enacts = asked.ground(
        "villages.charter.filing",
        "村民会议制定和修改村民自治章程、村规民约，并报乡镇人民政府备案",
        "the villagers' assembly makes and changes charter and covenant, and files them with the township",
    )
    undelegable = asked.ground(
        "villages.assembly.matters",
        "授权只及于这些条文所列的事项，不及于章程和村规民约",
        "what can be delegated is what these articles list, and charter and covenant are not among it",
        "27-28" if new else "23-24",
    )
    out = [excluded("villagers_representative_assembly", undelegable)]
    out += [excluded("villagers_representative_assembly", each) for each in asked.local("villages.delegation.matters")]
    return Placed(forum=_villagers(asked, filed=True), why=(enacts,), out=tuple(out))


def _levy(asked: Asked) -> Placed:
    """Funds and labour raised from the villagers: by household (一事一议)."""
    listed = asked.ground(
        "villages.assembly.matters",
        "本村公益事业的筹资筹劳方案经村民会议讨论决定",
        "what is raised from the villagers for public works takes a decision of their assembly",
        "28(4)" if asked.on >= NEW else "24(3)",
    )
    households = asked.ground(
        "villages.one_item",
        "一事一议按户的代表计算",
        "一事一议 counts the representatives of the households",
    )
    by_heads = asked.ground(
        "villages.one_item",
        "法定人数按户计，不按村民代表计",
        "its quorum is of households, and not of the villagers' representatives",
    )
    return Placed(
        forum=decided_in("villagers_assembly", "villages.one_item", by="yishi.yishi", on=asked.on, region=asked.region),
        why=(listed, households),
        out=(excluded("villagers_representative_assembly", by_heads),),
    )


def _group(asked: Asked) -> Placed:
    """What concerns one group of villagers."""
    own = asked.ground(
        "villages.group.persons",
        "村民小组的事项由村民小组会议讨论决定",
        "the matters of a villager group are for its own meeting",
    )
    forum = decided_in("villager_group_meeting", "villages.group.persons", "villages.group.households")
    whole = asked.local("villages.delegation.matters")
    return Placed(
        forum=forum, why=(own,), out=tuple([excluded("villagers_representative_assembly", each) for each in whole])
    )


def _collective(asked: Asked) -> Placed:
    """What belongs to the rural collective: since 2025-05-01 no matter of the villagers' assembly."""
    if asked.on < _COLLECTIVE:
        later = Ground(
            words=Text("《农村集体经济组织法》尚未施行", "the law of the collectives is not in force yet"),
            citation=cited(law.provision("collective.assembly.vote").editions[0]),
        )
        placed = _village("24(8)", "24(8)")(asked)
        return attrs.evolve(placed, out=(*placed.out, excluded("collective_assembly", later)))
    after = asked.on >= NEW
    moved = asked.ground(
        "villages.assembly.collective_property" if after else "villages.assembly.matters",
        "集体财产依照《农村集体经济组织法》决定，不再由村民会议决定"
        if after
        else "法律对讨论决定村集体经济组织财产和成员权益的事项另有规定的，依照其规定",
        "collective property is decided on by the Rural Collective Economic Organisations Law, and no longer by the villagers"
        if after
        else "where another law says who decides on the property of a collective and its members' rights, that law holds",
        None if after else "24",
    )
    out = [excluded("villagers_assembly", moved), excluded("villagers_representative_assembly", moved)]
    instead = (
        ()
        if not after
        else (
            asked.ground(
                "villages.assembly.matters",
                "村民委员会依法代行职能的，参照适用《农村集体经济组织法》",
                "where the villagers' committee acts for a collective that was not set up, that law is applied accordingly",
                "28",
            ),
        )
    )
    members = asked.ground("collective.assembly.vote", "集体财产由成员决定", "the members decide on what is theirs")
    if asked.flag(
        "outsiders",
        asked.ground(
            "collective.assembly.outsiders",
            "由非成员享有权利的，须全体成员四分之三以上同意",
            "rights for those who are not members take three quarters of all",
        ),
    ):
        more = asked.ground(
            "collective.assembly.outsiders",
            "由非成员享有权利，须全体成员四分之三以上同意",
            "it gives rights to those who are not members, which takes three quarters of all",
        )
        forum = decided_in(
            "collective_assembly",
            "collective.assembly.vote",
            "collective.assembly.outsiders",
            by="collective.members",
            outsiders=True,
        )
        too_few = excluded("collective_representatives", more)
        return Placed(forum=forum, why=(members, more, *instead), out=(*out, too_few))
    own = asked.ground(
        "collective.representatives.matters",
        "成员代表大会的职权由本集体经济组织的章程规定，村民会议的授权无效",
        "the representatives have what the collective's own charter gives them; what villagers delegated does not do",
    )
    forum = decided_in("collective_assembly", "collective.assembly.vote", by="collective.members")
    if not asked.flag("collective_charter", own):
        none = attrs.evolve(own, words=Text("章程未交成员代表大会决定", "the charter does not give it to them"))
        unsent = excluded("collective_representatives", none)
        return Placed(forum=forum, why=(members, *instead), out=(*out, unsent))
    kept = asked.ground(
        "collective.representatives.matters",
        "章程，成员确认，土地承包、宅基地和收益权份额，土地补偿费，合并和分立，只由成员大会决定",
        "the charter, membership, land contracts, homesteads, shares of income, compensation for land, merger and division "
        "are for the assembly alone, whatever the charter says",
    )
    if asked.flag("reserved", kept):
        too_great = excluded("collective_representatives", kept)
        return Placed(forum=forum, why=(members, kept, *instead), out=(*out, too_great))
    forum = decided_in("collective_representatives", "collective.representatives.vote", by="collective.representatives")
    return Placed(forum=forum, why=(members, own, *instead), out=tuple(out))


CATEGORIES: Final = categories(
    (
        "village.planning",
        "村庄规划、建设",
        "planning and building in a village",
        DELEGATED,
        _village("28(1)", "24(9)"),
    ),
    (
        "village.work_allowances",
        "误工补贴",
        "who gets paid for work lost, and how much",
        DELEGATED,
        _village("28(2)", "24(1)"),
    ),
    (
        "village.collective_income",
        "从村集体经济所得的使用",
        "the use of what the village gets from its collective",
        DELEGATED,
        _village("28(3)", "24(2)"),
    ),
    (
        "village.public_works",
        "公益事业的兴办和建设承包",
        "public works of a village",
        DELEGATED,
        _village("28(4)", "24(3)"),
    ),
    ("village.levy", "筹资筹劳", "funds and labour raised from the villagers", (), _levy),
    (
        "village.aid",
        "重点帮扶人员、帮扶方案",
        "whom a village helps, and how",
        DELEGATED,
        _village("28(5)", "24(9)"),
    ),
    (
        "village.other",
        "村民会议认为应当由其决定的其他事项",
        "other matters of a village",
        DELEGATED,
        _village("28(6)", "24(9)"),
    ),
    (
        "village.annual_report",
        "年度工作报告和评议",
        "the committee's yearly report and its review",
        DELEGATED,
        _village("27", "23"),
    ),
    ("village.charter", "村民自治章程", "the charter of a village", (), _village_charter),
    ("village.covenant", "村规民约", "the covenant of a village", (), _village_charter),
    ("village.group", "村民小组的事项", "a matter of one villager group", (), _group),
    ("village.consultation", "村民协商", "a consultation in a village", (), consulted(village=True)),
    (
        "collective.property",
        "集体财产",
        "the property of a rural collective",
        ("outsiders", "collective_charter", "reserved", *DELEGATED),
        _collective,
    ),
)
"""The kinds of matter of a village and of its collective."""
