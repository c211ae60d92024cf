"""Owners: calling an assembly, its notice and window, the count, the result, objections and what comes after."""

from __future__ import annotations

from datetime import date
from typing import Final

from yizheng.calendar import Period, Unit
from yizheng.citation import Certainty
from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.owners import INTERPRETATION, REGULATIONS
from yizheng.law.provisions import Provision
from yizheng.law.sources import CIVIL_CODE, PROPERTY, local, remembered, unplaced
from yizheng.text import Text

__all__ = ["OWNERS_NOTICE", "PROVISIONS"]

_UNREAD = Text("条例更早的版本未核对", "earlier editions of the regulations were not read")

OWNERS_NOTICE: Final = Period(15, citation=REGULATIONS(article="14", note=_UNREAD))
"""An owners' assembly is announced to all owners fifteen days ahead."""

_OWNERS = Text("业主", "the owners")
_AREA = Text("专有部分面积", "the area")

_CALLING = (
    Provision(
        id="owners.call.heads",
        title=Text("提议召开业主大会（人数）", "calling the owners' assembly, by heads"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Share("1/5", _OWNERS, citation=REGULATIONS(article="13", note=_UNREAD)),
            Share("1/5", _OWNERS, citation=local("Sichuan", "30", PROPERTY)),
            Share("1/5", _OWNERS, citation=local("Tianjin", "", PROPERTY)),
        ],
    ),
    Provision(
        id="owners.call.area",
        title=Text("提议召开业主大会（面积）", "calling the owners' assembly, by area"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Share(
                "1/5",
                _AREA,
                citation=local(
                    "Sichuan", "30", PROPERTY, note=Text("面积或者人数其一即可", "area or heads, one is enough")
                ),
            )
        ],
    ),
    Provision(
        id="owners.call.in_place",
        title=Text("业主委员会不召集时", "when the committee does not convene"),
        body="subdistrict_office",
        editions=[
            Clause(
                Text("由政府召集", "the government convenes it"),
                value="subdistrict_office",
                citation=local(where, "", PROPERTY),
            )
            for where in ("Sichuan", "Beijing", "Tianjin")
        ],
    ),
    Provision(
        id="owners.plan_reported",
        title=Text("方案事先报告街道", "report of the plan to the subdistrict"),
        body="owners_committee",
        editions=[
            Period(30, citation=local("Chengdu", "31", PROPERTY, note=Text("公告之前", "before the announcement")))
        ],
    ),
    Provision(
        id="owners.notice",
        title=Text("业主大会的通知", "notice of the owners' assembly"),
        body="owners_assembly",
        editions=[
            OWNERS_NOTICE,
            Period(15, citation=local("Hangzhou", "", PROPERTY, note=Text("定期会议", "regular meetings"))),
        ],
    ),
    Provision(
        id="owners.notice.ad_hoc",
        title=Text("临时业主大会的通知", "notice of an ad hoc assembly"),
        body="owners_assembly",
        editions=[Period(7, citation=local("Hangzhou", "", PROPERTY))],
    ),
    Provision(
        id="owners.notice.committee",
        title=Text("告知居民委员会", "word to the residents' committee"),
        body="owners_assembly",
        editions=[
            Clause(
                Text("同时告知相关的居民委员会", "the residents' committee concerned is told"),
                citation=REGULATIONS(article="14", note=_UNREAD),
            )
        ],
    ),
    Provision(
        id="owners.items_posted",
        title=Text("表决事项公示", "posting of the items beforehand"),
        body="owners_assembly",
        editions=[Period(15, citation=local(where, "", PROPERTY)) for where in ("Chengdu", "Dazhou", "Deyang")],
    ),
    Provision(
        id="owners.agenda",
        title=Text("未公告的事项", "items that were not announced"),
        body="owners_assembly",
        editions=[
            Clause(Text("不得表决", "they are not voted on"), value="barred", citation=local(where, article, PROPERTY))
            for where, article in (("Beijing", "35"), ("Hangzhou", "19"), ("Qingdao", "29"), ("Hengshui", ""))
        ],
    ),
)

_VOTING = (
    Provision(
        id="owners.form",
        title=Text("业主大会的形式", "forms of the owners' assembly"),
        body="owners_assembly",
        editions=[
            Clause(
                Text("集体讨论或者书面征求意见", "by meeting or by written solicitation"),
                citation=REGULATIONS(article="12", note=_UNREAD),
            ),
            Clause(
                Text(
                    "线上表决的，为不能上网的业主另设纸质或者会议方式，票数合计",
                    "online, with paper or a meeting for those offline; the tallies are added",
                ),
                value="mixed",
                citation=local("Liaocheng", "", PROPERTY),
            ),
        ],
    ),
    Provision(
        id="owners.window.least",
        title=Text("投票期间至少", "least voting window"),
        body="owners_assembly",
        editions=[Period(5, citation=local("Hangzhou", "20", PROPERTY))],
    ),
    Provision(
        id="owners.window.most",
        title=Text("投票期间至多", "longest voting window"),
        body="owners_assembly",
        editions=[
            Period(60, citation=local("Hangzhou", "20", PROPERTY)),
            Period(
                3,
                Unit.MONTHS,
                citation=local(
                    "Shenzhen",
                    "",
                    PROPERTY,
                    certainty=Certainty.REPORTED,
                    note=Text("参与不足时延长，至多如此", "as extended when turnout falls short"),
                ),
            ),
        ],
    ),
    Provision(
        id="owners.cooling_off",
        title=Text("再次提交表决的间隔", "how long a dead item may not return"),
        body="owners_assembly",
        editions=[
            Period(1, Unit.YEARS, citation=local("Shenzhen", "", PROPERTY, certainty=Certainty.REPORTED)),
        ],
    ),
    Provision(
        id="owners.cooling_off.waived",
        title=Text("缩短间隔的同意", "who may let a dead item return sooner"),
        body="owners_committee",
        electorate="committee_members",
        editions=[
            Share(
                "2/3",
                Text("业主委员会成员", "the members of the owners' committee"),
                citation=local("Shenzhen", "", PROPERTY, certainty=Certainty.REPORTED),
            )
        ],
    ),
    Provision(
        id="owners.proxies",
        title=Text("每人接受的委托", "proxies for each holder"),
        body="owners_assembly",
        editions=[
            Bounds(
                None,
                1,
                Text("每人接受的委托", "proxies for each holder"),
                citation=unplaced(Text("议事规则示范文本", "a model of rules of procedure")),
            )
        ],
    ),
    Provision(
        id="owners.proxies.form",
        title=Text("业主委托的形式", "form of owners' proxies"),
        body="owners_assembly",
        editions=[
            Clause(
                Text("书面委托", "in writing"),
                value="written",
                citation=remembered(
                    Text(
                        "业主大会和业主委员会指导规则（建房〔2009〕274号）",
                        "Guidance Rules on Owners' Assemblies (2009, No. 274)",
                    ),
                    since=date(2010, 1, 1),
                    note=Text("条号未记", "the article was not recorded"),
                ),
            ),
            Clause(
                Text("受托人身份证明和房产证明复印件", "the agent's identity and a copy of the deed"),
                citation=local("Sichuan", "23", PROPERTY),
            ),
            Clause(
                Text(
                    "物业服务企业工作人员不得接受委托；人数上限由议事规则定",
                    "the firm's staff hold none; the rules of procedure set the cap",
                ),
                citation=local("Zhoushan", "17", PROPERTY),
            ),
        ],
    ),
    Provision(
        id="owners.representatives",
        title=Text("业主代表", "owners' representatives"),
        body="owners_assembly",
        editions=[
            Clause(
                Text(
                    "代表转交业主签名的书面意见，不能代替其表决", "they carry signed opinions and do not replace them"
                ),
                citation=citation,
            )
            for citation in (local("Zhejiang", "", PROPERTY, year=2009), local("Qingdao", "28", PROPERTY))
        ],
    ),
    Provision(
        id="owners.representatives.constituents",
        title=Text("会前征求业主意见", "asking the constituents"),
        body="owners_assembly",
        editions=[
            Clause(
                Text(
                    "代表会前征求所代表业主的意见，会上如实反映",
                    "representatives ask their constituents first, and report truly",
                ),
                citation=local("Tianjin", "16", PROPERTY),
            )
        ],
    ),
    Provision(
        id="owners.count.witnesses",
        title=Text("计票见证", "witnesses of the count"),
        body="owners_assembly",
        editions=[
            Clause(
                Text(
                    "街道、居民委员会和业主见证", "the subdistrict, the residents' committee and owners are witnesses"
                ),
                citation=local("Chengdu", "32", PROPERTY),
            ),
        ],
    ),
    Provision(
        id="owners.count.signatures",
        title=Text("业主签字", "owners who sign the count"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Bounds(
                10,
                None,
                Text("业主委员会以外的业主签字", "owners outside the committee who sign"),
                citation=unplaced(Text("业主大会示范规则", "model rules of owners' assemblies")),
            ),
        ],
    ),
    Provision(
        id="owners.count.committee",
        title=Text("业主委员会签字", "signatures of the committee on the count"),
        body="owners_committee",
        editions=[
            Share(
                "1/2",
                Text("业主委员会成员", "the members of the owners' committee"),
                citation=unplaced(Text("业主大会示范规则", "model rules of owners' assemblies")),
            )
        ],
    ),
)

_AFTERWARDS = (
    Provision(
        id="owners.result.published",
        title=Text("多久之内公布结果", "how soon the result is published"),
        body="owners_assembly",
        editions=[
            Period(3, citation=local(where, article, PROPERTY))
            for where, article in (("Sichuan", ""), ("Chengdu", ""), ("Ziyang", "14"))
        ],
    ),
    Provision(
        id="owners.result.posted",
        title=Text("结果公示多久", "how long the result stays posted"),
        body="owners_assembly",
        editions=[
            Period(days, citation=local(where, article, PROPERTY))
            for days, where, article in (
                *((30, "Sichuan", ""), (30, "Chengdu", ""), (30, "Ziyang", "14")),
                *((15, "Hengshui", "22"), (7, "Luzhou", "10"), (3, "Qingdao", "92")),
            )
        ],
    ),
    Provision(
        id="owners.objection.answer",
        title=Text("答复异议", "answer to an objection"),
        body="owners_committee",
        editions=[
            Period(
                30,
                citation=local(
                    "Luzhou",
                    "10",
                    PROPERTY,
                    note=Text(
                        "公示期内向业主委员会或者街道提出", "raised with the committee or the subdistrict while posted"
                    ),
                ),
            ),
            Period(3, citation=local("Liaocheng", "", PROPERTY)),
        ],
    ),
    Provision(
        id="owners.first_assembly",
        title=Text("首次业主大会的召开期限", "within which time the first assembly is held"),
        body="preparatory_group",
        editions=[
            Period(
                90,
                citation=local(
                    "Shaoxing",
                    "16",
                    PROPERTY,
                    note=Text("自筹备组成立之日起", "from the day on which the preparatory group is set up"),
                ),
            ),
            Period(
                6,
                Unit.MONTHS,
                citation=local(
                    "Sichuan",
                    "28",
                    PROPERTY,
                    note=Text(
                        "自筹备组公告成立之日起；逾期解散", "from the announcement of the group; then it is dissolved"
                    ),
                ),
            ),
        ],
    ),
    Provision(
        id="owners.first_assembly.extended",
        title=Text("首次业主大会未表决通过的延长", "how much longer where the first assembly carried nothing"),
        body="preparatory_group",
        editions=[
            Period(
                90,
                citation=local(
                    "Shaoxing",
                    "16",
                    PROPERTY,
                    note=Text(
                        "议事规则、管理规约未通过的，延长一次；仍未通过的，解散另组",
                        "where rules and covenant were not carried; if they are not then, the group is dissolved and rebuilt",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="owners.filing",
        title=Text("业主委员会备案", "filing of the owners' committee"),
        body="owners_committee",
        editions=[Period(30, citation=REGULATIONS(article="16", note=_UNREAD))],
    ),
    Provision(
        id="owners.council.results",
        title=Text("物业管理委员会结果公示", "results of the property management council"),
        body="property_management_council",
        editions=[Period(10, Unit.WORKING_DAYS, citation=local("Beijing", "", PROPERTY))],
    ),
    Provision(
        id="owners.list",
        title=Text("业主名册", "the list of owners"),
        body="owners_assembly",
        editions=[
            Period(
                15,
                Unit.WORKING_DAYS,
                citation=local("Qinhuangdao", "", PROPERTY, note=Text("期间的起点未记", "from when was not recorded")),
            )
        ],
    ),
    Provision(
        id="owners.decisions.correction",
        title=Text("责令改正或者撤销", "correction or annulment by the government"),
        body="subdistrict_office",
        editions=[
            Clause(
                Text(
                    "违法的决定由政府责令限期改正或者撤销，并通告全体业主",
                    "the government orders an unlawful decision to be corrected, or annuls it, and tells the owners",
                ),
                citation=REGULATIONS(article="19", note=_UNREAD),
            )
        ],
    ),
    Provision(
        id="owners.decisions.annulment",
        title=Text("撤销之诉的期限", "how long a decision can be challenged in court"),
        body="court",
        editions=[
            Period(
                1,
                Unit.YEARS,
                citation=INTERPRETATION(
                    article="12",
                    note=Text(
                        "自知道之日起；权利受侵害或者程序违法；2020年12月29日修正，施行日期凭记忆",
                        "from knowing; on harm to rights or breach of procedure; amended on 2020-12-29, the first day in "
                        "force is from memory",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="owners.records",
        title=Text("查阅资料", "the right to see records"),
        body="owners_committee",
        editions=[
            Clause(Text("业主可以查阅有关资料", "an owner may see the records"), citation=INTERPRETATION(article="13"))
        ],
    ),
    Provision(
        id="owners.emergency",
        title=Text("紧急维修", "urgent repair"),
        body="owners_committee",
        matters={"emergency"},
        editions=[
            Clause(
                Text(
                    "紧急情况下可以依法申请使用维修资金，无须表决",
                    "the fund may be applied for by law, without the vote",
                ),
                citation=CIVIL_CODE(article="281"),
            ),
            Clause(
                Text("列举六种情形；费用事后公开", "six cases are listed; the costs are disclosed afterwards"),
                citation=local(
                    "Henan", "70", PROPERTY, title=Text("河南省物业管理条例", "Henan Property Management Regulations")
                ),
            ),
        ],
    ),
)

PROVISIONS: Final = (*_CALLING, *_VOTING, *_AFTERWARDS)
"""What the law settles around the votes of owners."""
