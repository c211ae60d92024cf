"""Villages: committees, chairs, disclosure, objections and supervision."""

from __future__ import annotations

from datetime import date
from typing import Final

from yizheng.calendar import Period
from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import VILLAGES, local
from yizheng.law.villages import NEW, OLD
from yizheng.rules import Sign
from yizheng.text import Text

__all__ = ["PROVISIONS"]

_OFTEN = Text(
    "一般事项至少每季度公布一次，财务往来较多的每月公布一次，重大事项随时公布",
    "general items at least each quarter, busy finances each month, major matters at once",
)

PROVISIONS: Final = (
    Provision(
        id="villages.committee.size",
        title=Text("村民委员会人数", "how many sit in the villagers' committee"),
        body="villagers_committee",
        editions=[
            Bounds(
                3,
                7,
                Text("成员", "members"),
                citation=NEW(note=Text("条号未记", "the article was not recorded")),
            )
        ],
    ),
    Provision(
        id="villages.election.proxies",
        title=Text("选举委托", "proxies in elections"),
        body="villagers_committee",
        matters={"election"},
        editions=[Bounds(None, 3, Text("每人接受的委托", "proxies for each holder"), citation=NEW(article="18"))],
    ),
    Provision(
        id="villages.election.proxies.holder",
        title=Text("选举可以委托谁", "who may hold a proxy in elections"),
        body="villagers_committee",
        matters={"election"},
        editions=[
            Clause(Text("只能委托近亲属", "close relatives alone"), value="relatives", citation=OLD(article="15")),
            Clause(
                Text(
                    "近亲属或者其他村民；书面委托；名单公布；候选人不得接受委托",
                    "relatives or other villagers; in writing; the list is published; none for candidates",
                ),
                value="villagers",
                citation=NEW(article="18"),
            ),
        ],
    ),
    Provision(
        id="villages.chair.interest",
        title=Text("主持人有利害关系", "a chair with an interest"),
        body="villagers_representative_assembly",
        electorate="delegates",
        editions=[
            Share(
                "1/2",
                Text(
                    "组成人员认为主持人有利害关系，应当更换",
                    "the members who find the chair interested, who is then replaced",
                ),
                Sign.MORE_THAN,
                citation=local("Hainan", "21", VILLAGES, year=2025),
            )
        ],
    ),
    Provision(
        id="villages.chair.replacement",
        title=Text("正副主持人都不宜主持", "when chair and vice-chair are both unfit"),
        body="township_government",
        editions=[
            Clause(
                Text("由乡镇派人主持", "the township sends a chair"),
                value="township_government",
                citation=local("Hainan", "21", VILLAGES, year=2025),
            )
        ],
    ),
    Provision(
        id="villages.disclosure.posted",
        title=Text("村务公开栏", "the village board"),
        body="villagers_committee",
        editions=[
            Period(15, citation=NEW(article="35")),
            Period(
                10,
                citation=local(
                    "Chongqing",
                    "30",
                    VILLAGES,
                    until=date(2025, 12, 31),
                    note=Text(
                        "期限自2026年起为法律的15日所取代",
                        "as to its length superseded by the fifteen days of the law of 2026",
                    ),
                ),
            ),
        ],
    ),
    Provision(
        id="villages.disclosure.reposted",
        title=Text("公开不足期限", "postings cut short"),
        body="villagers_committee",
        editions=[
            Clause(
                Text("公开时间不足的，重新公开", "what was posted for less is posted again"),
                citation=local("Chongqing", "30", VILLAGES),
            )
        ],
    ),
    Provision(
        id="villages.disclosure.within",
        title=Text("多久之内公开", "how soon affairs are disclosed"),
        body="villagers_committee",
        editions=[
            Period(
                10,
                citation=local(
                    "Chongqing",
                    "30",
                    VILLAGES,
                    note=Text(
                        "事后10日内；定期事项在次月或者次季度的15日",
                        "after the event; periodic items on the 15th of the next month or quarter",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="villages.disclosure.frequency",
        title=Text("村务公开的频率", "how often affairs are disclosed"),
        body="villagers_committee",
        editions=[Clause(_OFTEN, citation=OLD(article="30")), Clause(_OFTEN, citation=NEW(article="35"))],
    ),
    Provision(
        id="villages.objection.answer.committee",
        title=Text("村民委员会答复异议", "answer of the committee to an objection"),
        body="villagers_committee",
        editions=[
            Period(3, citation=local("Chongqing", "31", VILLAGES)),
            Period(
                15,
                citation=local(
                    "Hainan", "24", VILLAGES, year=2025, note=Text("由谁答复未记", "who answers was not recorded")
                ),
            ),
        ],
    ),
    Provision(
        id="villages.objection.answer.government",
        title=Text("政府答复异议", "answer of the government to an objection"),
        body="township_government",
        editions=[Period(10, citation=local("Chongqing", "31", VILLAGES))],
    ),
    Provision(
        id="villages.decisions.correction",
        title=Text("责令改正", "orders of correction"),
        body="township_government",
        editions=[
            Clause(
                Text(
                    "违法的决定由乡镇责令改正；不得干预依法属于村民自治范围的事项",
                    "the township orders unlawful decisions to be corrected, and does not meddle in matters of self-government",
                ),
                citation=NEW(article="31, 41"),
            )
        ],
    ),
    Provision(
        id="villages.supervision",
        title=Text("村务监督委员会", "the supervision committee"),
        body="village_supervision_committee",
        editions=[
            Clause(
                Text("村务监督委员会监督村务", "it supervises the affairs of the village"), citation=NEW(article="37")
            )
        ],
    ),
    Provision(
        id="villages.consultation",
        title=Text("协商的形式", "forms of consultation"),
        body="villagers_committee",
        editions=[
            Clause(
                Text(
                    "可以采取议事会、听证会、恳谈会等形式；协商一致的予以落实，依法需要的提交会议决定",
                    "by council, hearing or open talk; what is agreed is carried out or, where required, goes to the assembly",
                ),
                citation=NEW(article="33"),
            )
        ],
    ),
    Provision(
        id="villages.archive",
        title=Text("村务档案", "the archive"),
        body="villagers_committee",
        editions=[
            Clause(
                Text("选举文件、会议记录、公共设施和工程资料等", "election papers, minutes, files of public works"),
                citation=NEW(article="39"),
            )
        ],
    ),
    Provision(
        id="villages.minutes",
        title=Text("会议记录", "minutes"),
        body="villagers_representative_assembly",
        editions=[
            Clause(
                Text("决定不得随意变更", "resolutions are not changed at will"),
                citation=local("Zhejiang", "24", VILLAGES),
            )
        ],
    ),
    Provision(
        id="villages.representatives.constituents",
        title=Text("会前征求村民意见", "asking the constituents"),
        body="villagers_representative_assembly",
        editions=[
            Clause(
                Text(
                    "代表会前征求所代表村民的意见，会上如实反映",
                    "representatives ask their constituents first, and report truly",
                ),
                citation=local("Hainan", "14", VILLAGES, year=2025),
            )
        ],
    ),
)
"""What the law of villages settles around the meetings."""
