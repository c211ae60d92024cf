"""Villages: the organic law of 2010 and its revision of 2025 (in force since 2026-01-01), and what is particular to regions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.calendar import Period
from yizheng.citation import Certainty, Citation
from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import NO_ARTICLE, VILLAGES, local, unplaced
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, Rule, Sign
from yizheng.text import Text

__all__ = ["NEW", "OLD", "PROVISIONS"]

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)

OLD: Final = partial(
    Citation,
    instrument=Text("村民委员会组织法（2010年）", "Organic Law of Villagers' Committees (2010)"),
    in_force_from=date(2010, 10, 28),
    in_force_to=date(2025, 12, 31),
    note=Text("所读为2018年12月29日修正的版本", "read as amended on 2018-12-29"),
)
"""The law of 2010."""

_SINCE = Text(
    "施行日期据修改决定；合并文本第50条仍印“自公布之日起施行”",
    'the day is that of the amending decision; art. 50 of the consolidated text still prints "on publication"',
)
NEW: Final = partial(
    Citation,
    instrument=Text("村民委员会组织法（2025年修正）", "Organic Law of Villagers' Committees (2025 amendment)"),
    in_force_from=date(2026, 1, 1),
    note=_SINCE,
)
"""The law as revised in 2025."""

_NEW_UNNUMBERED = partial(NEW, note=Text(f"{_SINCE.zh}；{NO_ARTICLE.zh}", f"{_SINCE.en}; {NO_ARTICLE.en}"))

_ADULTS = Text("本村18周岁以上的村民", "the villagers of 18 and more")
_REPS = Text("村民代表", "the representatives")


def _present_majority(quorum: Fraction, electorate: str, citation: Citation, *, strict: bool = False) -> Rule:
    enough = PRESENT > quorum * ENTITLED if strict else PRESENT >= quorum * ENTITLED
    return Rule(quorum=enough, passage=FOR > _HALF * PRESENT, citation=citation, electorate=electorate)


_ASSEMBLY = (
    Provision(
        id="villages.assembly.persons",
        title=Text("村民会议表决（村民）", "vote of the villagers' assembly, by persons"),
        body="villagers_assembly",
        electorate="persons",
        editions=[
            _present_majority(_HALF, "persons", OLD(article="22"), strict=True),
            _present_majority(_HALF, "persons", NEW(article="26"), strict=True),
        ],
    ),
    Provision(
        id="villages.assembly.households",
        title=Text("村民会议表决（户代表）", "vote of the villagers' assembly, by households"),
        body="villagers_assembly",
        electorate="households",
        editions=[
            _present_majority(_TWO_THIRDS, "households", OLD(article="22")),
            _present_majority(_TWO_THIRDS, "households", NEW(article="26")),
        ],
    ),
    Provision(
        id="villages.assembly.convener",
        title=Text("村民会议的召集", "who convenes the villagers' assembly"),
        body="villagers_committee",
        editions=[Clause(Text("村民委员会召集", "the villagers' committee convenes it"), citation=NEW(article="25"))],
    ),
    Provision(
        id="villages.assembly.call.persons",
        title=Text("提议召开村民会议（村民）", "calling the villagers' assembly, by persons"),
        body="villagers_assembly",
        electorate="persons",
        editions=[
            Share("1/10", Text("村民", "the villagers"), citation=OLD(article="21")),
            Share("1/10", Text("村民", "the villagers"), citation=NEW(article="25")),
        ],
    ),
    Provision(
        id="villages.assembly.call.delegates",
        title=Text("提议召开村民会议（村民代表）", "calling the villagers' assembly, by representatives"),
        body="villagers_assembly",
        electorate="delegates",
        editions=[
            Share("1/3", _REPS, citation=OLD(article="21")),
            Share("1/3", _REPS, citation=NEW(article="25")),
        ],
    ),
    Provision(
        id="villages.assembly.notice",
        title=Text("村民会议的通知", "notice of the villagers' assembly"),
        body="villagers_assembly",
        editions=[
            Period(10, citation=OLD(article="21")),
            Period(
                10,
                citation=NEW(
                    article="25",
                    note=Text(
                        f"特殊情况可以临时通知；{_SINCE.zh}",
                        f"in special circumstances it is called at short notice; {_SINCE.en}",
                    ),
                ),
            ),
        ],
    ),
    Provision(
        id="villages.assembly.matters",
        title=Text("须经村民会议决定的事项", "matters for the villagers' assembly"),
        body="villagers_assembly",
        editions=[
            Clause(
                Text(
                    "九类事项：误工补贴人员；来自集体经济收益的使用；公益事业和筹劳；土地承包；集体经济项目；宅基地；"
                    "征地补偿费；处分村集体财产；村民会议认为应当由其决定的其他事项；可以授权村民代表会议决定",
                    "nine matters: staff paid for absence; the use of gains from the collective economy; public works and "
                    "levies of labour; land contracts; collective projects; homesteads; compensation for land; disposal of "
                    "collective property; what else the assembly takes as its own; the representatives may be empowered to "
                    "decide",
                ),
                citation=OLD(article="24"),
            ),
            Clause(
                Text(
                    "六类事项：规划和建设；误工补贴人员；来自集体经济收益的使用；公益事业和筹劳；帮扶对象；"
                    "法律规定的其他事项；可以授权村民代表会议决定",
                    "six matters: planning and building; staff paid for absence; the use of funds from the collective "
                    "economy; public works and levies of labour; persons to be helped; others by law; the "
                    "representatives may be empowered to decide",
                ),
                citation=NEW(article="28"),
            ),
        ],
    ),
    Provision(
        id="villages.assembly.party_first",
        title=Text("党组织先行研究", "study by the party organisation"),
        body="two_committees",
        editions=[
            Clause(
                Text(
                    "重要事项在村民决定之前由党组织先行研究", "the party organisation studies important matters first"
                ),
                citation=NEW(article="28"),
            )
        ],
    ),
    Provision(
        id="villages.assembly.collective_property",
        title=Text("集体财产由谁决定", "who decides on collective property"),
        body="villagers_assembly",
        matters={"collective_property"},
        editions=[
            Clause(
                Text(
                    "不再列入村民会议事项，依照农村集体经济组织法由集体经济组织决定",
                    "no longer a matter of the villagers' assembly: the rural collective decides by its own law",
                ),
                value="collective_assembly",
                citation=NEW(article="28"),
            )
        ],
    ),
    Provision(
        id="villages.assembly.circulation",
        title=Text("印发全体村民表决", "decision by a plan sent to all"),
        body="villagers_assembly",
        editions=[
            Clause(
                Text(
                    "方案可以印发全体村民，以投票决定",
                    "the plan may be printed and sent to all villagers, who decide by ballot",
                ),
                citation=unplaced(Text("某省村民自治规定", "rules of one province on villages")),
            )
        ],
    ),
)

_WOMEN = PRESENT.among("women") >= _TWO_THIRDS * ENTITLED.among("women")

_REPRESENTATIVES = (
    Provision(
        id="villages.representatives.vote",
        title=Text("村民代表会议表决", "vote of the villagers' representatives"),
        body="villagers_representative_assembly",
        electorate="delegates",
        editions=[
            _present_majority(_TWO_THIRDS, "delegates", OLD(article="26")),
            _present_majority(_TWO_THIRDS, "delegates", NEW(article="30")),
            Rule(
                quorum=(PRESENT >= _TWO_THIRDS * ENTITLED) & _WOMEN,
                passage=FOR > _HALF * PRESENT,
                citation=local("Shandong", "24", VILLAGES),
                electorate="delegates",
            ),
            Rule(
                quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
                passage=FOR >= _HALF * PRESENT,
                citation=local(
                    "Hebei",
                    "20",
                    VILLAGES,
                    title=Text(
                        "河北省实施村组法办法（2011年）", "Hebei measures on the villagers' committees law (2011)"
                    ),
                    year=2011,
                    note=Text(
                        "原文为半数同意；法定人数取自法律；法律要求过半数，较严的是法律",
                        "the text asks for half; the quorum is that of the law; the law asks for more than half and is stricter",
                    ),
                ),
                electorate="delegates",
            ),
        ],
    ),
    Provision(
        id="villages.representatives.call",
        title=Text("提议召开村民代表会议", "calling the villagers' representatives"),
        body="villagers_representative_assembly",
        electorate="delegates",
        editions=[Share("1/5", _REPS, citation=OLD(article="26")), Share("1/5", _REPS, citation=NEW(article="30"))],
    ),
    Provision(
        id="villages.representatives.frequency",
        title=Text("村民代表会议召开次数", "how often the villagers' representatives meet"),
        body="villagers_representative_assembly",
        editions=[
            Bounds(1, None, Text("每季度召开次数", "meetings in a quarter"), citation=OLD(article="26")),
            Bounds(1, None, Text("每季度召开次数", "meetings in a quarter"), citation=NEW(article="30")),
        ],
    ),
    Provision(
        id="villages.representatives.composition",
        title=Text("村民代表的比例", "share of representatives in their assembly"),
        body="villagers_representative_assembly",
        electorate="delegates",
        editions=[
            Share("4/5", Text("村民代表会议组成人员", "the members of the assembly"), citation=_NEW_UNNUMBERED())
        ],
    ),
    Provision(
        id="villages.representatives.women",
        title=Text("妇女的比例", "share of women among the representatives"),
        body="villagers_representative_assembly",
        electorate="delegates",
        editions=[
            Share("1/3", Text("村民代表会议组成人员", "the members of the assembly"), citation=_NEW_UNNUMBERED()),
            Share("1/3", _REPS, citation=local("Hainan", "12", VILLAGES, year=2025)),
        ],
    ),
    Provision(
        id="villages.representatives.each_for",
        title=Text("村民代表的产生", "households for each representative"),
        body="villagers_representative_assembly",
        electorate="households",
        editions=[
            Bounds(
                5,
                15,
                Text("每名村民代表的户数", "households for each representative"),
                citation=_NEW_UNNUMBERED(),
            )
        ],
    ),
    Provision(
        id="villages.representatives.notice",
        title=Text("村民代表会议的通知", "notice of the villagers' representatives"),
        body="villagers_representative_assembly",
        editions=[
            *(
                Period(3, citation=local(where, article, VILLAGES))
                for where, article in (("Zhejiang", "23"), ("Chongqing", "12"), ("Tianjin", "14"), ("Beijing", "21"))
            ),
            Period(3, citation=local("Hainan", "14", VILLAGES, year=2025)),
            Period(
                5,
                citation=local("Shandong", "24", VILLAGES, note=Text("书面通知并公布", "in writing, and posted")),
            ),
            Period(
                7,
                citation=local(
                    "Hebei",
                    "20",
                    VILLAGES,
                    title=Text(
                        "河北省实施村组法办法（2011年）", "Hebei measures on the villagers' committees law (2011)"
                    ),
                    year=2011,
                ),
            ),
            Period(10, citation=local("Shanghai", "18", VILLAGES)),
        ],
    ),
)

_ONLY_DELEGATED = Text("只决定经授权的事项", "the representatives decide only what was delegated")
_FILED = Text(
    "村民自治章程、村规民约由村民会议制定和修改，报乡镇人民政府备案",
    "the assembly makes and changes charter and covenant, and files them with the township government",
)

_DELEGATION = (
    Provision(
        id="villages.delegation.matters",
        title=Text("授权的范围", "what may be delegated"),
        body="villagers_representative_assembly",
        editions=[
            Clause(_ONLY_DELEGATED, citation=OLD(article="25")),
            Clause(_ONLY_DELEGATED, citation=NEW(article="29")),
            Clause(
                Text(
                    "村民委员会职数、选举和罢免、章程和公约、村民代表会议自身、村民小组的事项不得授权，不得转授权",
                    "the size of the committee, elections and recall, charter and covenant, the representatives' body "
                    "itself and the groups are not delegated, and nothing is delegated further",
                ),
                citation=local("Hainan", "11", VILLAGES, year=2025),
            ),
        ],
    ),
    Provision(
        id="villages.delegation.form",
        title=Text("授权的形式", "form of a delegation"),
        body="villagers_assembly",
        editions=[
            Clause(
                Text(
                    "由村民会议、村民书面表决或者章程授权，写明事项和期限",
                    "by the assembly, by a written vote of the villagers or by the charter; matters and term are stated",
                ),
                citation=local("Zhejiang", "16", VILLAGES),
            )
        ],
    ),
    Provision(
        id="villages.delegation.written.persons",
        title=Text("书面征求意见授权（村民）", "delegation by written solicitation, by persons"),
        body="villagers_assembly",
        electorate="persons",
        editions=[
            Rule(
                quorum=CAST > _HALF * ENTITLED,
                passage=FOR > _HALF * CAST,
                citation=local("Shanghai", "16", VILLAGES, note=Text("具名回复才算", "replies count with names")),
                electorate="persons",
            )
        ],
    ),
    Provision(
        id="villages.delegation.written.households",
        title=Text("书面征求意见授权（户代表）", "delegation by written solicitation, by households"),
        body="villagers_assembly",
        electorate="households",
        editions=[
            Rule(
                quorum=CAST >= _TWO_THIRDS * ENTITLED,
                passage=FOR > _HALF * CAST,
                citation=local("Shanghai", "16", VILLAGES, note=Text("具名回复才算", "replies count with names")),
                electorate="households",
            )
        ],
    ),
    Provision(
        id="villages.delegation.deadlock",
        title=Text("代表会议不能形成决定", "representatives who are deadlocked"),
        body="villagers_representative_assembly",
        editions=[
            Clause(
                Text(
                    "授权事项意见分歧较大、难以形成决定的，由村民会议投票表决",
                    "a delegated matter on which they differ too much to decide is for the villagers' assembly, by ballot",
                ),
                value="villagers_assembly",
                citation=local("Zhejiang", "17", VILLAGES),
            )
        ],
    ),
    Provision(
        id="villages.delegation.back",
        title=Text("提交村民会议", "taking a matter to the assembly"),
        body="villagers_representative_assembly",
        electorate="delegates",
        editions=[Share("1/2", _REPS, Sign.MORE_THAN, citation=local("Hainan", "15", VILLAGES, year=2025))],
    ),
)

_RULES_OF_THEIR_OWN = (
    Provision(
        id="villages.charter.filing",
        title=Text("章程、村规民约备案", "filing of charter and covenant"),
        body="villagers_assembly",
        matters={"charter", "covenant"},
        editions=[Clause(_FILED, citation=OLD(article="27")), Clause(_FILED, citation=NEW(article="31"))],
    ),
)

_GROUPS = (
    *(
        Provision(
            id=f"villages.group.{electorate}",
            title=Text(f"村民小组会议表决（{zh}）", f"vote of a villager group, by {electorate}"),
            body="villager_group_meeting",
            electorate=electorate,
            editions=[
                _present_majority(_TWO_THIRDS, electorate, OLD(article="28")),
                _present_majority(_TWO_THIRDS, electorate, NEW(article="32")),
            ],
        )
        for electorate, zh in (("persons", "村民"), ("households", "户"))
    ),
    *(
        Provision(
            id=f"villages.group.turnout.{electorate}",
            title=Text(f"村民小组会议到会（{whole.zh}）", f"attendance of a villager group, by {electorate}"),
            body="villager_group_meeting",
            electorate=electorate,
            editions=[
                Share("2/3", whole, citation=OLD(article="28")),
                Share("2/3", whole, citation=NEW(article="32")),
            ],
        )
        for electorate, whole in (
            ("persons", Text("本组18周岁以上的村民", "the villagers of the group of 18 and more")),
            ("households", Text("本组的户", "the households of the group")),
        )
    ),
    Provision(
        id="villages.one_item",
        title=Text("一事一议", "levies decided item by item (一事一议)"),
        body="villagers_assembly",
        electorate="households",
        matters={"levy"},
        editions=[
            Rule(
                quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
                passage=FOR > _HALF * PRESENT,
                citation=Citation(
                    instrument=Text(
                        "村民一事一议筹资筹劳管理办法（国办发〔2007〕4号）",
                        "Measures on Levies Decided Item by Item in Villages (Guobanfa [2007] No. 4)",
                    ),
                    in_force_from=date(2007, 1, 16),
                    certainty=Certainty.REPORTED,
                    note=Text(
                        "人数据会议记录转述，名称和文号据转载；条号未记；施行日期未核对，作发文之日（2007年1月16日）起施行；"
                        "通过以到会者所代表的户计",
                        "the figures are told by minutes, title and number by a reprint; the article was not recorded; the "
                        "first day in force was not verified, it is taken as the day of issue, 16 January 2007; carried by "
                        "the households that are represented",
                    ),
                ),
                electorate="households",
            )
        ],
    ),
)

PROVISIONS: Final = (*_ASSEMBLY, *_REPRESENTATIVES, *_DELEGATION, *_RULES_OF_THEIR_OWN, *_GROUPS)
"""What the law of villages settles on meetings and votes."""
