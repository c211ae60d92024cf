"""The bodies and persons that act under the provisions, and whom their votes count."""

from __future__ import annotations

from typing import Final

from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["BODIES", "ELECTORATES"]

BODIES: Final = FrozenMap(
    {
        "residents_assembly": Text("居民会议", "residents' assembly"),
        "residents_representative_assembly": Text("居民代表会议", "residents' representative assembly"),
        "residents_committee": Text("居民委员会", "residents' committee"),
        "residents_supervision_committee": Text("居务监督委员会", "residents' supervision committee"),
        "villagers_assembly": Text("村民会议", "villagers' assembly"),
        "villagers_representative_assembly": Text("村民代表会议", "villagers' representative assembly"),
        "villager_group_meeting": Text("村民小组会议", "villager group meeting"),
        "villagers_committee": Text("村民委员会", "villagers' committee"),
        "village_supervision_committee": Text("村务监督委员会", "village supervision committee"),
        "township_government": Text("乡镇人民政府", "township government"),
        "subdistrict_office": Text("街道办事处", "subdistrict office"),
        "collective_assembly": Text("农村集体经济组织成员大会", "assembly of a rural collective"),
        "collective_representatives": Text("农村集体经济组织成员代表大会", "representatives of a rural collective"),
        "collective_council": Text("农村集体经济组织理事会", "council of a rural collective"),
        "party_assembly": Text("党员大会", "party assembly"),
        "two_committees": Text("“两委”", "the two committees"),
        "owners_assembly": Text("业主大会", "owners' assembly"),
        "owners_committee": Text("业主委员会", "owners' committee"),
        "preparatory_group": Text("筹备组", "preparatory group"),
        "property_management_council": Text("物业管理委员会", "property management council"),
        "interested_owners": Text("有利害关系的业主", "interested owners"),
        "hearing": Text("听证会", "hearing"),
        "review_panel": Text("民主评议小组", "review panel"),
        "county_civil_affairs": Text("县级民政部门", "county civil affairs department"),
        "peoples_mediation_committee": Text("人民调解委员会", "people's mediation committee"),
        "petition_office": Text("信访工作机构", "petition office"),
        "court": Text("人民法院", "court"),
        "any_body": Text("任何机构", "any body"),
    }
)
"""Who acts, by identifier."""

ELECTORATES: Final = FrozenMap(
    {
        "persons": Text("18周岁以上的人，每人计一", "each person of 18 and more"),
        "households": Text("户，每户由一名代表计一", "each household, by one representative"),
        "delegates": Text("代表会议的组成人员", "each member of the body of representatives"),
        "groups": Text("居民小组，每组计一", "each group of residents"),
        "owners": Text("业主，面积和人数各计", "the owners, by area and by heads"),
        "interested_owners": Text("有利害关系的业主，每人计一", "each owner with an interest"),
        "members": Text("具有完全民事行为能力的全体成员", "all members of full capacity, whether present or not"),
        "directors": Text("全体理事", "all directors, whether present or not"),
        "party_members": Text("应到会的有表决权的党员", "the party members with a vote"),
        "committee_members": Text("业主委员会成员", "the members of the owners' committee"),
        "hearing_members": Text("听证会成员", "the members of the hearing"),
        "panel": Text("评议小组成员", "the members of the panel"),
    }
)
"""Whom a vote counts as heads, by identifier."""
