"""Social assistance and the minimum living allowance: what applied before the law of 2026, and since 2026-07-01."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.calendar import Period, Unit
from yizheng.citation import Certainty, Citation
from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import ASSISTANCE, local, remembered, unplaced
from yizheng.rules import ENTITLED, FOR, PRESENT, RECUSED, Rule, Sign
from yizheng.text import Text

__all__ = ["ALLOWANCE_NOTICE", "CONFIRMATION_PUBLISHED", "PRIVACY", "PROVISIONS"]

_TWO_THIRDS = Fraction(2, 3)
_SHANGLUO = 15

_INTERIM = partial(
    Citation,
    instrument=Text("社会救助暂行办法", "Interim Measures on Social Assistance"),
    in_force_from=date(2014, 5, 1),
    in_force_to=date(2026, 6, 30),
    note=Text(
        "所读为2019年3月2日修正的版本；施行日期凭记忆；2026年7月1日以后的效力未核对，此处以新法为准",
        "read as amended on 2019-03-02; the first day in force is from memory; its effect after 2026-07-01 was not "
        "verified, and the new law stands here from that day",
    ),
)
_MEASURES = Text(
    "最低生活保障审核确认办法（民发〔2021〕57号）",
    "Measures on Minimum Living Allowance Review (Minfa [2021] No. 57)",
)
_ONE_COPY = Text("只见到一份文本", "one copy of the text was seen")
_LAW = partial(
    Citation,
    instrument=Text("社会救助法", "Social Assistance Law"),
    in_force_from=date(2026, 7, 1),
    certainty=Certainty.REPORTED,
    note=_ONE_COPY,
)

ALLOWANCE_NOTICE: Final = Period(
    7,
    citation=Citation(instrument=_MEASURES, in_force_from=date(2021, 7, 1), certainty=Certainty.REPORTED),
)
"""An allowance is posted for seven days before it goes up."""

CONFIRMATION_PUBLISHED: Final = _LAW(
    note=Text(
        "公布确认决定；不予确认的书面说明理由", "the confirmation is published; a refusal gives its reasons in writing"
    ),
)
"""The decision of the county is published, and a refusal says why (one copy of the text was seen)."""

PRIVACY: Final = _LAW(article="11")
"""What is known of a recipient is kept secret."""

_REASONS = Text("不予批准或者确认的，书面说明理由", "a refusal gives its reasons in writing")

_NATIONAL = (
    Provision(
        id="assistance.investigation",
        title=Text("调查的方法", "methods of investigation"),
        body="subdistrict_office",
        matters={"allowance"},
        editions=[
            Clause(
                Text(
                    "入户调查、邻里访问、信函索证、群众评议、信息核查",
                    "household survey, neighbours, letters, review by the masses, data check",
                ),
                citation=_INTERIM(article="11"),
            ),
            Clause(
                Text(
                    "入户调查、邻里访问、信函索证等；不再列出群众评议",
                    "household survey, neighbours, letters and others; review by the masses is no longer named",
                ),
                citation=_LAW(article="37-48"),
            ),
        ],
    ),
    Provision(
        id="assistance.opinion.posted",
        title=Text("初审意见公示", "posting of the first opinion"),
        body="subdistrict_office",
        matters={"allowance"},
        editions=[
            Clause(
                Text("初审意见在村、社区公示", "the first opinion is posted in the village or community"),
                citation=_INTERIM(article="11"),
            )
        ],
    ),
    Provision(
        id="assistance.decision",
        title=Text("由谁决定", "who decides"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Clause(
                Text("县级民政部门审批", "the county civil affairs department approves"),
                value="county_civil_affairs",
                citation=_INTERIM(article="11"),
            ),
            Clause(
                Text(
                    "县级民政部门确认，省可以委托乡镇、街道",
                    "the county confirms; the province may delegate to the subdistrict",
                ),
                value="county_civil_affairs",
                citation=_LAW(article="37-48"),
            ),
        ],
    ),
    Provision(
        id="assistance.decision.published",
        title=Text("公布决定", "publication of the decision"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Clause(Text("公布批准的决定", "the approval is published"), citation=_INTERIM(article="11")),
            Clause(
                Text("在村、社区公布确认决定", "the confirmation is published in the village or community"),
                citation=CONFIRMATION_PUBLISHED,
            ),
        ],
    ),
    Provision(
        id="assistance.refusal.reasons",
        title=Text("说明理由", "reasons for a refusal"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Clause(_REASONS, citation=_INTERIM(article="11")),
            Clause(
                Text("不予确认以及变更的，书面说明理由", "a refusal and any change give their reasons in writing"),
                citation=_LAW(article="37-48"),
            ),
        ],
    ),
    Provision(
        id="assistance.reduction.hearing",
        title=Text("减发、停发前听取意见", "hearing before a cut"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Clause(
                Text("减少或者终止救助之前听取救助对象的意见", "the recipient is heard before a cut or an end"),
                citation=_LAW(article="48"),
            )
        ],
    ),
    Provision(
        id="assistance.privacy",
        title=Text("保护隐私", "privacy"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Clause(
                Text(
                    "对救助对象的个人信息保密，泄露的承担责任（第70条第（六）项）",
                    "personal data are kept secret; art. 70(6) makes leaks punishable",
                ),
                citation=PRIVACY,
            )
        ],
    ),
    Provision(
        id="assistance.remedy",
        title=Text("救济", "remedies"),
        body="court",
        matters={"allowance"},
        editions=[
            Clause(
                Text("可以申请行政复议或者提起行政诉讼", "reconsideration or suit"),
                citation=_LAW(
                    note=Text("条号未记；只见到一份文本", "the article was not recorded; one copy of the text was seen")
                ),
            )
        ],
    ),
    Provision(
        id="assistance.housing",
        title=Text("住房救助的审核", "review of housing aid"),
        body="county_civil_affairs",
        matters={"housing_aid"},
        editions=[
            Clause(
                Text(
                    "向街道或者直接向住房部门申请；民政核查收入，住房部门核查住房，再公示",
                    "asked of the subdistrict or the housing department; civil affairs checks income, the housing department "
                    "checks housing, then it is posted",
                ),
                citation=_INTERIM(article="40"),
            )
        ],
    ),
)

_ALLOWANCE = (
    Provision(
        id="allowance.posted",
        title=Text("低保公示", "posting of an allowance"),
        body="subdistrict_office",
        matters={"allowance"},
        editions=[
            ALLOWANCE_NOTICE,
            Period(
                7,
                citation=local(
                    "Zhejiang",
                    "11",
                    ASSISTANCE,
                    title=Text("浙江省社会救助条例", "Zhejiang Social Assistance Regulations"),
                    year=2020,
                ),
            ),
            Period(7, citation=local("Mingguang", "", ASSISTANCE, year=2018, certainty=Certainty.REPORTED)),
            Period(
                7,
                citation=unplaced(
                    Text("某地级市低保规定（约2018年）", "rules of a prefecture on allowances (about 2018)"),
                    Text(
                        "公示户主、保障人数、收入、拟发金额",
                        "head of household, persons covered, income, planned amount",
                    ),
                ),
            ),
        ],
    ),
    Provision(
        id="allowance.posted.twice",
        title=Text("低保两次公示", "two postings of an allowance"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Clause(
                Text(
                    "上报前、批准后各公示一次，写明标准、成员、收入、类别，并在网上公布",
                    "before submission and after approval: standard, members, income and category; also online",
                ),
                citation=local("Inner Mongolia", "", ASSISTANCE, year=2011, certainty=Certainty.REPORTED),
            )
        ],
    ),
    Provision(
        id="allowance.posted.second",
        title=Text("低保第二次公示", "second posting of an allowance"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Period(
                3,
                citation=unplaced(
                    Text("较早的农村低保规定", "older rules on rural allowances"),
                    Text(
                        "按户的类别每年、每半年、每季度复核",
                        "rechecked yearly, half-yearly or quarterly by type of household",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="allowance.peer_review",
        title=Text("民主评议的地位", "when there is peer review"),
        body="review_panel",
        matters={"allowance"},
        editions=[
            Clause(
                Text("民主评议为固定环节", "peer review is a standing step"),
                value="standing",
                citation=remembered(
                    Text(
                        "最低生活保障审核审批办法（试行）（民发〔2012〕220号）",
                        "Trial Measures on Allowance Approval (Minfa [2012] No. 220)",
                    ),
                    since=date(2012, 1, 1),
                    until=date(2021, 6, 30),
                    note=Text(
                        "只记下年份，作2012年1月1日起施行", "the year alone was recorded; taken from 1 January 2012"
                    ),
                ),
            ),
            Clause(
                Text(
                    "公示无异议的上报；有异议的重新调查或者民主评议",
                    "no objection: it goes up; objection: new inquiry or peer review",
                ),
                value="on_objection",
                citation=remembered(_MEASURES, since=date(2021, 7, 1)),
            ),
        ],
    ),
    Provision(
        id="allowance.decided_within",
        title=Text("低保审核确认期限", "how soon an allowance is decided"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Period(
                30,
                Unit.WORKING_DAYS,
                citation=remembered(_MEASURES, since=date(2021, 7, 1)),
            )
        ],
    ),
    Provision(
        id="allowance.decided_within.special",
        title=Text("低保审核确认期限（特殊情况）", "how soon an allowance is decided in special cases"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[Period(45, Unit.WORKING_DAYS, citation=remembered(_MEASURES, since=date(2021, 7, 1)))],
    ),
    Provision(
        id="allowance.relatives",
        title=Text("经办人员近亲属", "relatives of the staff"),
        body="subdistrict_office",
        matters={"allowance"},
        editions=[
            Clause(
                Text("经办人员近亲属享受低保的，单独登记", "relatives of the handling staff are registered"),
                citation=remembered(_MEASURES, since=date(2021, 7, 1)),
            ),
            Clause(
                Text("经办人员近亲属全部入户核查", "all relatives of the staff are visited"),
                citation=unplaced(
                    Text("某地级市低保规定（约2018年）", "rules of a prefecture on allowances (about 2018)")
                ),
            ),
        ],
    ),
    Provision(
        id="allowance.visits",
        title=Text("县级抽查", "visits by the county"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Share(
                "3/10",
                Text("申请家庭（随机）", "the families, at random"),
                citation=unplaced(
                    Text("某地级市低保规定（约2018年）", "rules of a prefecture on allowances (about 2018)")
                ),
            )
        ],
    ),
    Provision(
        id="allowance.investigated_within",
        title=Text("调查期限", "how soon the inquiry is done"),
        body="subdistrict_office",
        matters={"allowance"},
        editions=[
            Period(
                15,
                Unit.WORKING_DAYS,
                citation=local(
                    "Zhejiang",
                    "11",
                    ASSISTANCE,
                    title=Text("浙江省社会救助条例", "Zhejiang Social Assistance Regulations"),
                    year=2020,
                ),
            )
        ],
    ),
    Provision(
        id="allowance.objection.answer",
        title=Text("异议的处理期限", "how soon an objection is decided"),
        body="county_civil_affairs",
        matters={"allowance"},
        editions=[
            Period(
                20,
                Unit.WORKING_DAYS,
                citation=unplaced(
                    Text("某地级市低保规定（约2018年）", "rules of a prefecture on allowances (about 2018)")
                ),
            )
        ],
    ),
)


def _told(where: str, year: int, note: Text | None = None) -> Citation:
    return local(where, "", ASSISTANCE, year=year, certainty=Certainty.REPORTED, note=note)


_RESIDENT_REPS = "resident_representatives"

_PANELS = (
    Provision(
        id="allowance.panel.vote",
        title=Text("评议小组表决", "vote of the review panel"),
        body="review_panel",
        electorate="panel",
        matters={"allowance"},
        editions=[
            Rule(
                quorum=(ENTITLED + RECUSED >= _SHANGLUO) & (PRESENT.among(_RESIDENT_REPS) >= _TWO_THIRDS * PRESENT),
                passage=FOR >= _TWO_THIRDS * PRESENT,
                citation=_told(
                    "Shangluo",
                    2014,
                    Text(
                        "小组不少于15人，回避的计入；居民代表占到会者三分之二以上；无记名；近亲属回避",
                        "fifteen sit on it, those recused among them; representatives are two thirds of those present; "
                        "secret; relatives recuse",
                    ),
                ),
                electorate="panel",
            ),
            Rule(
                quorum=PRESENT >= _TWO_THIRDS * ENTITLED,
                passage=FOR >= _TWO_THIRDS * PRESENT,
                citation=_told("Mingguang", 2018),
                electorate="panel",
            ),
        ],
    ),
    Provision(
        id="allowance.panel.size",
        title=Text("评议小组人数", "size of the review panel"),
        body="review_panel",
        matters={"allowance"},
        editions=[
            Bounds(_SHANGLUO, None, Text("评议小组成员", "members"), citation=_told("Shangluo", 2014)),
            Bounds(
                15,
                None,
                Text("居民代表（城镇）", "representatives, in towns"),
                citation=_told("Inner Mongolia", 2011, Text("轮换", "in rotation")),
            ),
            Bounds(
                7,
                11,
                Text("评议小组成员", "members"),
                citation=unplaced(Text("通行的低保评议规定", "general rules on peer review")),
            ),
        ],
    ),
    Provision(
        id="allowance.panel.share.least",
        title=Text("评议小组占居民的比例至少", "least share of residents in the panel"),
        body="review_panel",
        matters={"allowance"},
        editions=[
            Share(
                "1/20", Text("牧区村居民", "the residents of pastoral villages"), citation=_told("Inner Mongolia", 2011)
            )
        ],
    ),
    Provision(
        id="allowance.panel.share.most",
        title=Text("评议小组占居民的比例至多", "greatest share of residents in the panel"),
        body="review_panel",
        matters={"allowance"},
        editions=[
            Share(
                "1/10",
                Text("牧区村居民", "the residents of pastoral villages"),
                Sign.AT_MOST,
                citation=_told("Inner Mongolia", 2011),
            )
        ],
    ),
    Provision(
        id="allowance.panel.ballot",
        title=Text("评议小组的表决方式", "how the review panel votes"),
        body="review_panel",
        matters={"allowance"},
        editions=[
            Clause(
                Text("无记名；不予通过的说明理由", "in secret; a refusal gives reasons"),
                value="secret",
                citation=_told("Shangluo", 2014),
            ),
            Clause(
                Text("无记名，当场宣布", "in secret, announced on the spot"),
                value="secret",
                citation=_told("Inner Mongolia", 2011),
            ),
            Clause(Text("签名", "by signatures"), value="by_name", citation=_told("Mingguang", 2018)),
        ],
    ),
)

PROVISIONS: Final = (*_NATIONAL, *_ALLOWANCE, *_PANELS)
"""What is settled on social assistance."""
