"""Owners: what carries each item of Civil Code art. 278, how heads and area are counted, and what came before 2021."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from yizheng.citation import Certainty, Citation
from yizheng.law.editions import Clause, Edition, Share
from yizheng.law.provisions import Provision
from yizheng.law.sources import CIVIL_CODE, PROPERTY, local, remembered, unplaced
from yizheng.rules import AGAINST, CAST, ENTITLED, FOR, Amount, Condition, Rule, Sign
from yizheng.text import Text

__all__ = ["INTERPRETATION", "OWNERS_ORDINARY", "OWNERS_SPECIAL", "PROVISIONS", "REGULATIONS"]

_HALF, _THIRD, _TWO_THIRDS, _THREE_QUARTERS = Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4)

REGULATIONS: Final = partial(
    Citation,
    instrument=Text("物业管理条例", "Property Management Regulations"),
    in_force_from=date(2018, 3, 19),
)
"""The regulations, in the edition of 2018."""

INTERPRETATION: Final = partial(
    Citation,
    instrument=Text(
        "最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释",
        "Interpretation of the Supreme People's Court on Condominium Ownership",
    ),
    in_force_from=date(2021, 1, 1),
    note=Text("2020年12月29日修正；施行日期凭记忆", "amended on 2020-12-29; the first day in force is from memory"),
)
"""The interpretation, as amended in 2020."""

_BEFORE = partial(
    REGULATIONS,
    article="12",
    in_force_to=date(2020, 12, 31),
    note=Text(
        "条例未修改，与民法典第278条相抵触，2021年起以民法典为准；更早的版本未核对",
        "the text was not revised and conflicts with Civil Code art. 278, which prevails since 2021; earlier editions "
        "were not read",
    ),
)


def _both(left: Amount, sign: Sign, share: Fraction, base: Amount) -> Condition:
    """The same comparison in heads and in area."""
    if sign is Sign.MORE_THAN:
        return (left > share * base) & (left.by("area") > share * base.by("area"))
    if sign is Sign.AT_MOST:
        return (left <= share * base) & (left.by("area") <= share * base.by("area"))
    return (left >= share * base) & (left.by("area") >= share * base.by("area"))


_PARTICIPATION = _both(CAST, Sign.AT_LEAST, _TWO_THIRDS, ENTITLED)
_HALF_OF_CAST = _both(FOR, Sign.MORE_THAN, _HALF, CAST)

OWNERS_SPECIAL: Final = Rule(
    quorum=_PARTICIPATION,
    passage=_both(FOR, Sign.AT_LEAST, _THREE_QUARTERS, CAST),
    citation=CIVIL_CODE(article="278(6)-(8)"),
    electorate="owners",
)
"""Owners on items (6) to (8), among them the rebuilding of buildings: two thirds of heads and of area take part, and
three quarters of each of those are in favour."""

OWNERS_ORDINARY: Final = Rule(
    quorum=_PARTICIPATION, passage=_HALF_OF_CAST, citation=CIVIL_CODE(article="278(1)-(5)"), electorate="owners"
)
"""Owners on items (1) to (5): two thirds of heads and of area take part, and more than half of each are in favour."""

_OTHER = Rule(quorum=_PARTICIPATION, passage=_HALF_OF_CAST, citation=CIVIL_CODE(article="278(9)"), electorate="owners")

_ORDINARY_BEFORE = Rule(
    quorum=_both(CAST, Sign.MORE_THAN, _HALF, ENTITLED),
    passage=_both(FOR, Sign.MORE_THAN, _HALF, ENTITLED),
    citation=_BEFORE(),
    electorate="owners",
)
_SPECIAL_BEFORE = Rule(
    quorum=_both(CAST, Sign.MORE_THAN, _HALF, ENTITLED),
    passage=_both(FOR, Sign.AT_LEAST, _TWO_THIRDS, ENTITLED),
    citation=_BEFORE(),
    electorate="owners",
)


def _item(what: str, title: Text, *editions: Edition) -> Provision:
    return Provision(
        id=f"owners.vote.{what}",
        title=title,
        body="owners_assembly",
        electorate="owners",
        matters={what},
        editions=editions,
    )


_VOTES = (
    _item("rules_of_procedure", Text("议事规则", "rules of procedure"), _ORDINARY_BEFORE, OWNERS_ORDINARY),
    _item("covenant", Text("管理规约", "covenant"), _ORDINARY_BEFORE, OWNERS_ORDINARY),
    _item(
        "committee",
        Text("选举或者更换业主委员会成员", "electing or replacing members of the owners' committee"),
        _ORDINARY_BEFORE,
        OWNERS_ORDINARY,
    ),
    _item(
        "manager",
        Text("选聘和解聘物业服务企业或者其他管理人", "hiring and dismissing the property firm or another manager"),
        _ORDINARY_BEFORE,
        OWNERS_ORDINARY,
    ),
    _item("fund_use", Text("使用维修资金", "using the maintenance fund"), _SPECIAL_BEFORE, OWNERS_ORDINARY),
    _item("fund_raising", Text("筹集维修资金", "raising the maintenance fund"), _SPECIAL_BEFORE, OWNERS_SPECIAL),
    _item(
        "rebuilding",
        Text("改建、重建建筑物及其附属设施", "altering or rebuilding buildings and fixtures"),
        _SPECIAL_BEFORE,
        OWNERS_SPECIAL,
    ),
    _item(
        "common_parts",
        Text("改变共有部分的用途或者利用其经营", "changing the use of common parts or running a business on them"),
        _ORDINARY_BEFORE,
        OWNERS_SPECIAL,
    ),
    _item("other", Text("其他重大事项", "other major matters"), _ORDINARY_BEFORE, _OTHER),
)

_PARTICULAR = (
    Provision(
        id="owners.vote.unanimity",
        title=Text("住宅改为经营性用房", "turning a home into business premises"),
        body="interested_owners",
        electorate="interested_owners",
        matters={"change_of_use"},
        editions=[
            Rule(
                quorum=None,
                passage=FOR >= ENTITLED,
                citation=CIVIL_CODE(
                    article="279",
                    note=Text(
                        "多数同意不能对抗（建筑物区分所有权解释第10条）",
                        "the consent of a majority is no defence (interpretation art. 10)",
                    ),
                ),
                electorate="interested_owners",
            )
        ],
    ),
    Provision(
        id="owners.vote.unanimity.majority",
        title=Text("多数同意不能代替", "the consent of a majority"),
        body="interested_owners",
        matters={"change_of_use"},
        editions=[
            Clause(
                Text(
                    "以多数有利害关系的业主同意为由抗辩的，不予支持",
                    "that most of the interested owners consented is no defence",
                ),
                citation=INTERPRETATION(article="10"),
            )
        ],
    ),
    Provision(
        id="owners.vote.unanimity.interested",
        title=Text("谁有利害关系", "who is interested"),
        body="interested_owners",
        matters={"change_of_use"},
        editions=[
            Clause(
                Text(
                    "本栋建筑物的其他业主为有利害关系；栋外业主须证明受到影响",
                    "the other owners of the building are; those of other buildings must prove harm",
                ),
                citation=INTERPRETATION(article="11"),
            )
        ],
    ),
    Provision(
        id="owners.vote.fund_by_no_objection",
        title=Text("异议表决", "vote by objection"),
        body="owners_assembly",
        electorate="owners",
        matters={"fund_use"},
        editions=[
            Rule(
                quorum=None,
                passage=_both(AGAINST, Sign.AT_MOST, _THIRD, ENTITLED),
                by_no_objection=True,
                citation=local(
                    "Henan", "66", PROPERTY, title=Text("河南省物业管理条例", "Henan Property Management Regulations")
                ),
                electorate="owners",
            )
        ],
    ),
    Provision(
        id="owners.vote.fund_within_scope",
        title=Text("维修资金（列支范围内）", "the maintenance fund, within the scope that shares the cost"),
        body="owners_assembly",
        electorate="owners",
        matters={"fund_use"},
        editions=[
            Rule(
                quorum=None,
                passage=_both(FOR, Sign.AT_LEAST, _TWO_THIRDS, ENTITLED),
                citation=Citation(
                    instrument=Text("住宅专项维修资金管理办法", "Measures on Residential Maintenance Funds"),
                    in_force_from=date(2008, 2, 1),
                    in_force_to=date(2020, 12, 31),
                    certainty=Certainty.REPORTED,
                    note=Text(
                        "条号未记，施行日期凭记忆；2021年起与民法典第278条第（五）项相抵触，仍有地方引用（郑州、江门）",
                        "the article was not recorded, the first day is from memory; in conflict with Civil Code art. "
                        "278(5) since 2021, and still quoted in places (Zhengzhou, Jiangmen)",
                    ),
                ),
                electorate="owners",
            )
        ],
    ),
    Provision(
        id="owners.vote.lift",
        title=Text("加装电梯", "fitting a lift"),
        body="owners_assembly",
        electorate="owners",
        matters={"lift"},
        editions=[
            Rule(
                quorum=None,
                passage=(FOR >= _TWO_THIRDS * ENTITLED)
                & (FOR.among("building") >= Fraction(9, 10) * ENTITLED.among("building")),
                citation=local(
                    "Shanghai",
                    "",
                    Text("加装电梯", "fitting of lifts"),
                    year=2014,
                    until=date(2020, 12, 31),
                    certainty=Certainty.REPORTED,
                    note=Text(
                        "小区三分之二、本幢九成，且无人强烈反对；2021年起依民法典第278条第（七）项",
                        "two thirds of the estate and nine tenths of the building, with no fierce objection; since 2021 "
                        "Civil Code art. 278(7)",
                    ),
                ),
                electorate="owners",
            )
        ],
    ),
)

_COUNTING = (
    Provision(
        id="owners.count.heads",
        title=Text("业主人数", "how owners are counted"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Clause(
                Text(
                    "一个专有部分按一人计；建设单位未出售和未交付的部分按一人计；同一买受人拥有多个专有部分的按一人计",
                    "one exclusive unit is one head; the developer's unsold and undelivered units together are one; one "
                    "buyer of several units is one",
                ),
                citation=INTERPRETATION(article="9"),
            ),
            Clause(
                Text(
                    "多套一票；共有人推选一人表决；建设单位一票",
                    "the owner of several units has one vote; co-owners name one voter; the developer has one",
                ),
                citation=local("Ningbo", "18", PROPERTY),
            ),
        ],
    ),
    Provision(
        id="owners.count.area",
        title=Text("专有部分面积", "how area is counted"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Clause(
                Text("依次按登记、测绘、合同的面积计", "by the register, then by survey, then by contract"),
                citation=INTERPRETATION(article="8"),
            ),
            Clause(
                Text("车库、车位不计入面积", "garages and parking do not count"),
                citation=local("Ningbo", "18", PROPERTY),
            ),
        ],
    ),
    Provision(
        id="owners.count.buyers",
        title=Text("未登记的买受人", "buyers who are not registered yet"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Clause(
                Text("已合法占有、尚未登记的买受人可以认定为业主", "a buyer in lawful possession may count as owner"),
                citation=INTERPRETATION(article="1"),
            )
        ],
    ),
    Provision(
        id="owners.count.scope",
        title=Text("表决范围", "scope of a vote"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Clause(
                Text(
                    "部分共有的事项由该部分业主决定", "what is common to a part is decided by the owners of that part"
                ),
                citation=local("Shanghai", "69", PROPERTY),
            ),
            Clause(
                Text("维修资金可以以幢、单元为表决范围", "for the fund a building or an entrance may be the scope"),
                citation=local(
                    "Henan", "66", PROPERTY, title=Text("河南省物业管理条例", "Henan Property Management Regulations")
                ),
            ),
        ],
    ),
)

_ABSTAIN = Text("登录或者签收而未作选择的，视为弃权", "whoever logged in or signed and chose nothing abstains")

_SILENCE = (
    Provision(
        id="owners.silence",
        title=Text("未表决的业主", "owners who do not vote"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Clause(
                Text("规约或者议事规则可以规定计入多数", "the covenant or the rules may count them with the majority"),
                value="deemed_majority",
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
                Text(
                    "议事规则可以规定计入多数，但实际投票的业主须过半数",
                    "the rules of procedure decide, and only if those who really voted exceed half of both",
                ),
                value="deemed_majority",
                citation=local("Zhejiang", "10", PROPERTY, year=2009),
            ),
            Clause(Text("由管理规约规定", "the covenant decides"), citation=local("Liaocheng", "16", PROPERTY)),
            Clause(_ABSTAIN, value="abstain", citation=local("Sichuan", "31", PROPERTY)),
            Clause(_ABSTAIN, value="abstain", citation=local("Dazhou", "14", PROPERTY)),
            Clause(_ABSTAIN, value="abstain", citation=local("Qinhuangdao", "23", PROPERTY)),
            Clause(
                Text(
                    "议事规则有规定、送达有效并已告知后果的，法院认可送达即参与、未回复从多数",
                    "a court accepted service as taking part and no reply as following the majority, where the rules say so, "
                    "service was effective and the consequence was announced",
                ),
                value="deemed_majority",
                citation=local(
                    "Shanghai",
                    "",
                    PROPERTY,
                    title=Text("（2022）沪02民初16号等判决", "judgment (2022) Hu 02 Min Chu 16 and others"),
                    certainty=Certainty.REPORTED,
                    note=Text("个案判决，非规则", "a judgment in a case, not a rule"),
                ),
            ),
            Clause(
                Text("议事规则订立以前不计入", "not counted until there are rules of procedure"),
                value="not_participating",
                citation=unplaced(Text("议事规则示范文本", "a model of rules of procedure")),
            ),
        ],
    ),
    Provision(
        id="owners.silence.floor",
        title=Text("推定以实际投票为前提", "how many must really have voted before others are counted"),
        body="owners_assembly",
        electorate="owners",
        editions=[
            Share(
                "1/2",
                Text("全体业主（人数和面积分别计）", "all owners, by heads and by area each"),
                Sign.MORE_THAN,
                citation=local("Zhejiang", "10", PROPERTY, year=2009),
            )
        ],
    ),
    Provision(
        id="owners.service",
        title=Text("表决票的送达", "service of ballots"),
        body="owners_assembly",
        editions=[
            *(
                Clause(
                    Text("签收或者登录的，视为参与表决", "a signed receipt or a log-in is taking part"),
                    value="signed_or_logged_in",
                    citation=local(where, article, PROPERTY),
                )
                for where, article in (("Sichuan", "31"), ("Dazhou", "14"))
            ),
            Clause(
                Text("书面送达，或者张贴后作答的，视为到会", "a letter served, or a posting answered, is presence"),
                value="delivered_or_answered",
                citation=local("Qinhuangdao", "22", PROPERTY),
            ),
        ],
    ),
)

PROVISIONS: Final = (*_VOTES, *_PARTICULAR, *_COUNTING, *_SILENCE)
"""What the law settles on the votes of owners."""
