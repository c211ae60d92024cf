"""Urban residents: the organic law of 1989 and that of 2025, which took its place on 2026-01-01."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.calendar import Period, Unit
from yizheng.citation import Certainty, Citation
from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import NO_ARTICLE, local
from yizheng.rules import ENTITLED, FOR, PRESENT, Rule, Sign
from yizheng.text import Text

__all__ = ["BOARD", "PROVISIONS", "REPRESENTATIVES"]

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)

_OLD = partial(
    Citation,
    instrument=Text("城市居民委员会组织法（1989年）", "Organic Law of Urban Residents' Committees (1989)"),
    in_force_from=date(1990, 1, 1),
    in_force_to=date(2025, 12, 31),
    note=Text("所读为2018年12月29日修正的版本", "read as amended on 2018-12-29"),
)
_OLD_UNNUMBERED = partial(
    _OLD,
    note=Text(
        "所读为2018年12月29日修正的版本；条号未记", "read as amended on 2018-12-29; the article was not recorded"
    ),
)
_NEW = partial(
    Citation,
    instrument=Text("城市居民委员会组织法（2025年修订）", "Organic Law of Urban Residents' Committees (2025 revision)"),
    in_force_from=date(2026, 1, 1),
)

REPRESENTATIVES: Final = Rule(
    quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
    passage=FOR > _HALF * PRESENT,
    citation=_NEW(article="29"),
    electorate="delegates",
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
    Period(15, citation=_NEW(article="34")),
)
"""What is disclosed on the residents' board stays there for fifteen days at least."""


def _more_than_half(electorate: str, citation: Citation) -> Rule:
    return Rule(
        quorum=PRESENT > _HALF * ENTITLED, passage=FOR > _HALF * PRESENT, citation=citation, electorate=electorate
    )


_ADULTS = Text("本居住地区18周岁以上的居民", "the residents of 18 and more")
_HOUSEHOLDS = Text("户", "the households")
_RESIDENTS = Text("居民自治", "residents")
_A_YEAR = Text("每年召开次数", "meetings in a year")

_COMMITTEE = (
    Provision(
        id="residents.committee.size",
        title=Text("居民委员会人数", "how many sit in the residents' committee"),
        body="residents_committee",
        editions=[Bounds(5, 9, Text("成员", "members"), citation=_NEW(note=NO_ARTICLE))],
    ),
    Provision(
        id="residents.committee.term",
        title=Text("居民委员会任期", "term of the residents' committee"),
        body="residents_committee",
        editions=[
            Period(
                5,
                Unit.YEARS,
                citation=_OLD(
                    in_force_from=date(2018, 12, 29),
                    note=Text(
                        "2018年修正时定为五年；条号未记",
                        "five years since the amendment of 2018; no article was recorded",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="residents.committee.relatives",
        title=Text("近亲属回避", "relatives in the committee"),
        body="residents_committee",
        editions=[
            Clause(
                Text("成员之间实行近亲属回避", "close relatives do not sit in one committee"),
                citation=_NEW(article="8"),
            )
        ],
    ),
    Provision(
        id="residents.committee.households",
        title=Text("居民委员会的规模", "how many households a committee serves"),
        body="residents_committee",
        electorate="households",
        editions=[
            Bounds(100, 700, Text("户", "households"), citation=_OLD(article="6")),
            Bounds(1000, 3000, Text("户", "households"), citation=_NEW(article="3")),
        ],
    ),
    Provision(
        id="residents.committee.owners_guided",
        title=Text("指导业主大会", "guidance of owners' assemblies"),
        body="residents_committee",
        editions=[
            Clause(
                Text("居民委员会指导业主大会", "the committee guides owners' assemblies"),
                citation=_NEW(article="10(7)"),
            )
        ],
    ),
    Provision(
        id="residents.committee.review",
        title=Text("年度民主评议", "yearly review of the committee"),
        body="residents_committee",
        editions=[
            Clause(
                Text(
                    "每年对居民委员会成员的履职进行民主评议",
                    "the work of the committee's members is reviewed each year",
                ),
                citation=_NEW(article="37"),
            )
        ],
    ),
    Provision(
        id="residents.supervision",
        title=Text("居务监督委员会", "the supervision committee"),
        body="residents_supervision_committee",
        editions=[
            Clause(
                Text(
                    "应当设立；居民委员会成员及其近亲属不得担任",
                    "there must be one; members of the residents' committee and their relatives are barred from it",
                ),
                citation=_NEW(article="36"),
            )
        ],
    ),
    Provision(
        id="residents.consultation",
        title=Text("协商的形式", "forms of consultation"),
        body="residents_committee",
        editions=[
            Clause(
                Text(
                    "可以采取议事会、听证会、恳谈会等形式；居民委员会组织，可邀请政府部门、代表、专家；"
                    "协商一致的予以落实，依法需要的提交会议决定",
                    "by council, hearing or open talk; the committee organises it and may invite departments, deputies and "
                    "experts; what is agreed is carried out or, where required, goes to the assembly",
                ),
                citation=_NEW(article="32"),
            )
        ],
    ),
    Provision(
        id="residents.organisations",
        title=Text("驻社区单位", "organisations in the community"),
        body="residents_committee",
        editions=[
            Clause(
                Text(
                    "讨论与驻社区单位有关的问题时，单位派代表参加",
                    "an organisation that is concerned sends a representative",
                ),
                citation=_NEW(article="46"),
            )
        ],
    ),
)

_ASSEMBLY = (
    Provision(
        id="residents.assembly.persons",
        title=Text("居民会议表决（全体居民）", "vote of the residents' assembly, by persons"),
        body="residents_assembly",
        electorate="persons",
        editions=[
            _more_than_half("persons", _OLD(article="9")),
            _more_than_half("persons", _NEW(article="27")),
        ],
    ),
    Provision(
        id="residents.assembly.households",
        title=Text("居民会议表决（户代表）", "vote of the residents' assembly, by households"),
        body="residents_assembly",
        electorate="households",
        editions=[
            _more_than_half("households", _OLD(article="9")),
            _more_than_half("households", _NEW(article="27")),
        ],
    ),
    Provision(
        id="residents.assembly.groups",
        title=Text("居民会议表决（居民小组代表）", "vote of the residents' assembly, by representatives of groups"),
        body="residents_assembly",
        electorate="delegates",
        editions=[_more_than_half("delegates", _OLD(article="9"))],
    ),
    Provision(
        id="residents.assembly.groups.each",
        title=Text("居民小组代表人数", "representatives of each group"),
        body="residents_assembly",
        editions=[
            Bounds(2, 3, Text("每个居民小组的代表", "representatives of each group"), citation=_OLD(article="9"))
        ],
    ),
    Provision(
        id="residents.assembly.call.persons",
        title=Text("提议召开居民会议（居民）", "calling the residents' assembly, by persons"),
        body="residents_assembly",
        electorate="persons",
        editions=[
            Share("1/5", _ADULTS, citation=_OLD(article="10")),
            Share("1/10", _ADULTS, citation=_NEW(article="26")),
        ],
    ),
    Provision(
        id="residents.assembly.call.households",
        title=Text("提议召开居民会议（户）", "calling the residents' assembly, by households"),
        body="residents_assembly",
        electorate="households",
        editions=[
            Share("1/5", _HOUSEHOLDS, citation=_OLD(article="10")),
            Share("1/10", Text("户代表", "the household representatives"), citation=_NEW(article="26")),
        ],
    ),
    Provision(
        id="residents.assembly.call.groups",
        title=Text("提议召开居民会议（居民小组）", "calling the residents' assembly, by groups"),
        body="residents_assembly",
        electorate="groups",
        editions=[Share("1/3", Text("居民小组", "the residents' groups"), citation=_OLD(article="10"))],
    ),
    Provision(
        id="residents.assembly.call.delegates",
        title=Text("提议召开居民会议（居民代表）", "calling the residents' assembly, by representatives"),
        body="residents_assembly",
        electorate="delegates",
        editions=[Share("1/3", Text("居民代表", "the residents' representatives"), citation=_NEW(article="26"))],
    ),
    Provision(
        id="residents.assembly.convener",
        title=Text("居民会议的召集", "who convenes the residents' assembly"),
        body="residents_committee",
        editions=[
            Clause(
                Text("居民委员会召集并主持", "the residents' committee convenes and chairs it"),
                citation=_OLD_UNNUMBERED(),
            ),
            Clause(
                Text("居民委员会召集", "the residents' committee convenes it"),
                citation=_NEW(note=NO_ARTICLE),
            ),
        ],
    ),
    Provision(
        id="residents.assembly.notice",
        title=Text("居民会议的通知", "notice of the residents' assembly"),
        body="residents_assembly",
        editions=[
            Period(
                10,
                citation=_NEW(
                    article="26",
                    note=Text("特殊情况可以临时通知", "in special circumstances it is called at short notice"),
                ),
            ),
        ],
    ),
    Provision(
        id="residents.assembly.notice.agenda",
        title=Text("会前告知议题", "agenda told beforehand"),
        body="residents_assembly",
        editions=[
            Clause(
                Text("会前通知并告知议题", "prior notice with the agenda"), citation=local("Shanghai", "", _RESIDENTS)
            ),
        ],
    ),
    Provision(
        id="residents.assembly.frequency",
        title=Text("居民会议召开次数", "how often the residents' assembly meets"),
        body="residents_assembly",
        editions=[
            *(Bounds(2, None, _A_YEAR, citation=local(where, "", _RESIDENTS)) for where in ("Beijing", "Henan")),
            *(
                Bounds(1, None, _A_YEAR, citation=local(where, "", _RESIDENTS))
                for where in ("Hebei", "Sichuan", "Shanghai")
            ),
            Bounds(
                1,
                None,
                Text("每半年召开次数", "meetings in half a year"),
                citation=local("Shijiazhuang", "", _RESIDENTS),
            ),
        ],
    ),
    Provision(
        id="residents.assembly.powers",
        title=Text("居民会议的职权", "what the residents' assembly decides"),
        body="residents_assembly",
        editions=[
            Clause(
                Text(
                    "涉及全体居民利益的重要问题，必须提请讨论决定", "important matters of all residents must go to it"
                ),
                citation=_OLD(article="10"),
            ),
            Clause(
                Text(
                    "章程、公约、年度报告、评议以及其他重要事项；可以撤销、变更居民代表会议和居民委员会不适当的决定",
                    "the charter, the covenant, the yearly report, the review and other important matters; it may annul "
                    "improper decisions of the representatives and of the committee",
                ),
                citation=_NEW(article="30"),
            ),
        ],
    ),
    Provision(
        id="residents.assembly.delegation",
        title=Text("授权居民代表会议", "delegation to the representatives"),
        body="residents_assembly",
        editions=[
            Clause(
                Text("可以授权居民代表会议决定", "it may empower the representatives to decide"),
                citation=_NEW(article="30"),
            )
        ],
    ),
    Provision(
        id="residents.assembly.party_first",
        title=Text("党组织先行研究", "study by the party organisation"),
        body="two_committees",
        editions=[
            Clause(
                Text(
                    "重要事项在居民决定之前由党组织先行研究", "the party organisation studies important matters first"
                ),
                citation=_NEW(article="30"),
            )
        ],
    ),
)

_REPRESENTATIVES = (
    Provision(
        id="residents.representatives.vote",
        title=Text("居民代表会议表决", "vote of the residents' representatives"),
        body="residents_representative_assembly",
        electorate="delegates",
        editions=[REPRESENTATIVES],
    ),
    Provision(
        id="residents.representatives.each_for",
        title=Text("居民代表的产生", "households for each representative"),
        body="residents_representative_assembly",
        electorate="households",
        editions=[
            Bounds(
                20,
                50,
                Text("每名居民代表的户数（一般）", "households for each representative, as a rule"),
                citation=_NEW(article="13"),
            )
        ],
    ),
    Provision(
        id="residents.representatives.composition",
        title=Text("居民代表的比例", "share of representatives in their assembly"),
        body="residents_representative_assembly",
        electorate="delegates",
        editions=[
            Share("4/5", Text("居民代表会议组成人员", "the members of the assembly"), citation=_NEW(article="28"))
        ],
    ),
    Provision(
        id="residents.representatives.frequency",
        title=Text("居民代表会议召开次数", "how often the representatives meet"),
        body="residents_representative_assembly",
        editions=[Bounds(1, None, Text("每半年召开次数", "meetings in half a year"), citation=_NEW(article="28"))],
    ),
    Provision(
        id="residents.representatives.call",
        title=Text("提议召开居民代表会议", "calling the representatives"),
        body="residents_representative_assembly",
        electorate="delegates",
        editions=[Share("1/5", Text("居民代表", "the representatives"), citation=_NEW(article="28"))],
    ),
    Provision(
        id="residents.representatives.observers",
        title=Text("旁听和发言", "who may sit in"),
        body="residents_representative_assembly",
        editions=[
            Clause(Text("其他居民可以列席并发言", "any resident may sit in and speak"), citation=_NEW(article="28"))
        ],
    ),
)

_DECISIONS = (
    Provision(
        id="residents.board",
        title=Text("居务公开栏", "the residents' board"),
        body="residents_committee",
        editions=BOARD,
    ),
    Provision(
        id="residents.covenant.filing",
        title=Text("章程、公约备案", "filing of charter and covenant"),
        body="residents_committee",
        matters={"charter", "covenant"},
        editions=[
            Clause(
                Text("公约报政府或者其派出机关备案", "the covenant is filed with the government or its branch office"),
                citation=_OLD(article="15"),
            ),
            Clause(
                Text(
                    "章程、公约报区人民政府或者街道办事处备案",
                    "charter and covenant are filed with the district government or the subdistrict",
                ),
                citation=_NEW(article="31"),
            ),
        ],
    ),
    Provision(
        id="residents.decisions.limits",
        title=Text("决定不得违反", "what decisions may not do"),
        body="residents_assembly",
        editions=[
            Clause(Text("不得与法律相抵触", "they may not conflict with the law"), citation=_OLD_UNNUMBERED()),
            Clause(
                Text(
                    "不得与法律相抵触，不得违背公序良俗，不得侵犯合法权益",
                    "they may not conflict with the law, with public order and morals, or with rights",
                ),
                citation=_NEW(article="31"),
            ),
        ],
    ),
    Provision(
        id="residents.decisions.correction",
        title=Text("责令改正", "orders of correction"),
        body="subdistrict_office",
        editions=[
            Clause(
                Text(
                    "违法的决定由街道办事处或者区人民政府责令改正",
                    "the subdistrict or the district orders an unlawful decision to be corrected",
                ),
                citation=_NEW(article="31"),
            )
        ],
    ),
    Provision(
        id="residents.decisions.annulment",
        title=Text("撤销之诉", "annulment by a court"),
        body="court",
        editions=[
            Clause(
                Text(
                    "居民委员会或者其成员的决定侵害居民合法权益的，可以请求人民法院撤销",
                    "a decision of the committee or its members that harms a resident's rights may be annulled by a court",
                ),
                citation=_NEW(article="40"),
            )
        ],
    ),
)

_BALLOTING = Text("参加投票即选举有效", "they vote, and the election is valid")

_ELECTIONS = (
    Provision(
        id="residents.election.turnout.persons",
        title=Text("选举有效（选民）", "turnout of an election by voters"),
        body="residents_committee",
        electorate="persons",
        matters={"election"},
        editions=[
            Share("1/2", Text("选民", "the voters"), Sign.MORE_THAN, citation=_NEW(article="19", note=_BALLOTING))
        ],
    ),
    Provision(
        id="residents.election.turnout.households",
        title=Text("选举有效（户代表）", "turnout of an election by households"),
        body="residents_committee",
        electorate="households",
        matters={"election"},
        editions=[
            Share(
                "1/2",
                Text("户代表", "the household representatives"),
                Sign.MORE_THAN,
                citation=_NEW(article="19", note=_BALLOTING),
            )
        ],
    ),
    Provision(
        id="residents.election.turnout.delegates",
        title=Text("选举有效（居民代表）", "turnout of an election by representatives"),
        body="residents_committee",
        electorate="delegates",
        matters={"election"},
        editions=[
            Share(
                "2/3",
                Text("居民代表", "the representatives"),
                Sign.MORE_THAN,
                citation=_NEW(article="19", note=_BALLOTING),
            )
        ],
    ),
    Provision(
        id="residents.election.proxies",
        title=Text("选举委托", "proxies in elections"),
        body="residents_committee",
        matters={"election"},
        editions=[Bounds(None, 3, Text("每人接受的委托", "proxies for each holder"), citation=_NEW(article="19"))],
    ),
    Provision(
        id="residents.election.proxies.form",
        title=Text("选举委托的形式", "form of proxies in elections"),
        body="residents_committee",
        matters={"election"},
        editions=[
            Clause(
                Text(
                    "书面委托；候选人不得接受委托；由居民代表选举的不得委托",
                    "in writing; a candidate holds none; where the representatives elect there are none",
                ),
                citation=_NEW(article="19"),
            )
        ],
    ),
    Provision(
        id="residents.recall.tenth",
        title=Text("提出罢免（十分之一）", "proposing a recall, by a tenth"),
        body="residents_committee",
        matters={"recall"},
        editions=[
            Share(
                "1/10",
                Text("有权提出的居民", "those residents who may ask"),
                citation=_NEW(
                    article="20", note=Text("按谁的十分之一未记", "a tenth of whom the notes on the article do not say")
                ),
            )
        ],
    ),
    Provision(
        id="residents.recall.third",
        title=Text("提出罢免（三分之一）", "proposing a recall, by a third"),
        body="residents_committee",
        matters={"recall"},
        editions=[
            Share(
                "1/3",
                Text("有权提出的代表", "those representatives who may ask"),
                citation=_NEW(
                    article="20", note=Text("按谁的三分之一未记", "a third of whom the notes on the article do not say")
                ),
            )
        ],
    ),
)

PROVISIONS: Final = (*_COMMITTEE, *_ASSEMBLY, *_REPRESENTATIVES, *_DECISIONS, *_ELECTIONS)
"""What the law of residents' committees settles."""
