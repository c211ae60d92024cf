"""Hearings, consultation and petitions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.calendar import Period
from yizheng.citation import Certainty, Citation
from yizheng.law.editions import Bounds, Clause, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import local, remembered, unplaced
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, Rule
from yizheng.text import Text

__all__ = ["PROVISIONS"]

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
_HEARINGS = Text("听证", "hearings")
_MODEL = partial(unplaced, Text("社区听证会办法", "a community's rules on hearings"))
_VILLAGE = partial(unplaced, Text("某村听证办法", "a village's rules on hearings"))
_DELEGATES = "villager_representatives"

_PETITIONS = partial(
    Citation,
    instrument=Text("信访工作条例（2022年）", "Regulations on Petition Work (2022)"),
    in_force_from=date(2022, 5, 1),
    note=Text("施行日期凭记忆", "the first day in force is from memory"),
)

PROVISIONS: Final = (
    Provision(
        id="hearing.size",
        title=Text("听证会人数", "size of a hearing"),
        body="hearing",
        editions=[Bounds(30, 50, Text("听证会成员", "members"), citation=_MODEL())],
    ),
    Provision(
        id="hearing.ask.persons",
        title=Text("提议听证（居民）", "asking for a hearing, by persons"),
        body="hearing",
        electorate="persons",
        editions=[Share("1/5", Text("18周岁以上的居民", "the residents of 18 and more"), citation=_MODEL())],
    ),
    Provision(
        id="hearing.ask.households",
        title=Text("提议听证（户）", "asking for a hearing, by households"),
        body="hearing",
        electorate="households",
        editions=[Share("1/5", Text("户", "the households"), citation=_MODEL())],
    ),
    Provision(
        id="hearing.ask.groups",
        title=Text("提议听证（居民小组）", "asking for a hearing, by groups"),
        body="hearing",
        electorate="groups",
        editions=[
            Share(
                "1/3",
                Text("居民小组", "the residents' groups"),
                citation=Citation(
                    instrument=_MODEL().instrument,
                    region=_MODEL().region,
                    certainty=Certainty.INFERRED,
                    note=Text(
                        "文本在此处残缺，推定为居民小组，如旧法第10条",
                        "the text is cut here; groups are presumed, as in art. 10 of the law of 1989",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="hearing.members",
        title=Text("听证会成员和列席", "members and attendants of a hearing"),
        body="hearing",
        editions=[
            Clause(
                Text(
                    "由党组织和居民委员会从党员、两委、议事会、居民代表、小组长中选定并赋予表决权；"
                    "经同意可以旁听；有关部门列席，无表决权",
                    "chosen by party organisation and committee from party members, committee, council, representatives "
                    "and group leaders, with the vote that these assign; observers with leave; departments without a vote",
                ),
                citation=_MODEL(),
            )
        ],
    ),
    Provision(
        id="hearing.within",
        title=Text("多久之内听证", "how soon a hearing is held"),
        body="hearing",
        editions=[Period(20, citation=_VILLAGE(Text("自决定听证起", "from the decision to hold it")))],
    ),
    Provision(
        id="hearing.opposed",
        title=Text("多数反对的事项", "what most of a hearing oppose"),
        body="hearing",
        editions=[
            Clause(
                Text("听证代表多数反对的，不按原案进行", "it does not go on as it is"),
                citation=_VILLAGE(Text("文本残缺", "the text is damaged")),
            )
        ],
    ),
    Provision(
        id="hearing.vote",
        title=Text("听证会表决", "vote of a hearing"),
        body="hearing",
        electorate="hearing_members",
        editions=[
            Rule(
                quorum=(PRESENT >= _TWO_THIRDS * ENTITLED)
                & (PRESENT.among(_DELEGATES) >= _TWO_THIRDS * ENTITLED.among(_DELEGATES)),
                passage=FOR.among(_DELEGATES) >= _HALF * CAST.among(_DELEGATES),
                citation=local(
                    "Kunshan",
                    "",
                    _HEARINGS,
                    year=2017,
                    certainty=Certainty.REPORTED,
                    note=Text(
                        "据听证结果公示；通过为村民代表票“占50%以上”；之后报镇村务公开工作领导小组审查",
                        "told by a posted result; carried by half or more (占50%以上) of the villager representatives' "
                        "votes; then reviewed by the town",
                    ),
                ),
                electorate="hearing_members",
            )
        ],
    ),
    Provision(
        id="hearing.effect",
        title=Text("听证的效力", "effect of a hearing"),
        body="hearing",
        editions=[
            Clause(
                Text("决策之前的具体意见，供决策参考", "specific opinions before the decision: advice"),
                value="advice",
                citation=local("Shanghai", "", _HEARINGS, certainty=Certainty.REPORTED),
            )
        ],
    ),
    Provision(
        id="consultation.guidance",
        title=Text("城乡社区协商", "consultation in communities"),
        body="any_body",
        editions=[
            Clause(
                Text(
                    "明确协商主体、内容、形式、程序和成果",
                    "who consults, on what, in which form, how, and to what result",
                ),
                citation=Citation(
                    instrument=Text("关于加强城乡社区协商的意见", "Opinions on Consultation in Communities"),
                    in_force_from=date(2015, 7, 1),
                    certainty=Certainty.REPORTED,
                    note=Text(
                        "条号未记；只记下年月，作2015年7月1日起施行",
                        "no article was recorded; the month alone was, taken as in force from 1 July 2015",
                    ),
                ),
            )
        ],
    ),
    Provision(
        id="consultation.steps",
        title=Text("协商的步骤", "steps of a consultation"),
        body="any_body",
        editions=[
            Clause(
                Text(
                    "征求意见后确定议题，确定主体，事先通报，协商，落实，反馈",
                    "pick the topic after solicitation, fix the parties, inform beforehand, consult, carry out, feed back",
                ),
                citation=remembered(
                    Text("关于加强城乡社区协商的意见", "Opinions on Consultation in Communities"),
                    since=date(2015, 7, 1),
                ),
            )
        ],
    ),
    Provision(
        id="petition.hearing",
        title=Text("信访听证", "hearings on petitions"),
        body="petition_office",
        editions=[
            Clause(
                Text(
                    "重大、复杂的事项可以听证，听证时间不计入办理期限",
                    "serious, complex matters may be heard; the time is not counted",
                ),
                citation=_PETITIONS(article="31(6)"),
            )
        ],
    ),
    Provision(
        id="petition.answer",
        title=Text("信访办理期限", "answer to a petition"),
        body="petition_office",
        editions=[Period(60, citation=_PETITIONS(article="34"))],
    ),
    Provision(
        id="petition.extension",
        title=Text("信访延长期限", "extension for complex petitions"),
        body="petition_office",
        editions=[Period(30, citation=_PETITIONS(article="34"))],
    ),
)
"""What is settled on hearings, consultation and petitions."""
