"""People's mediation: nothing is voted on; what is agreed binds."""

from __future__ import annotations

from typing import Final

from yizheng.calendar import Period, Unit
from yizheng.law.editions import Bounds, Clause, Edition
from yizheng.law.provisions import Provision
from yizheng.stages.parties import MEDIATION_LAW as _LAW
from yizheng.text import Text

__all__ = ["JUDICIAL_CONFIRMATION", "PROVISIONS"]


def _settled(what: str, title: Text, edition: Edition) -> Provision:
    return Provision(
        id=f"mediation.{what}",
        title=title,
        body="peoples_mediation_committee",
        matters={"dispute"},
        editions=[edition],
    )


def _clause(what: str, article: str, title: Text, words: Text) -> Provision:
    return _settled(what, title, Clause(words, citation=_LAW(article=article)))


JUDICIAL_CONFIRMATION: Final = Period(
    30,
    citation=_LAW(
        article="33",
        note=Text("自协议生效起，双方共同申请", "from the effect of the agreement, by both parties together"),
    ),
)
"""How long after it took effect the parties can ask a court together to confirm their agreement."""

PROVISIONS: Final = (
    _settled(
        "committee.size",
        Text("调解委员会人数", "how many sit in the committee"),
        Bounds(3, 9, Text("成员", "members"), citation=_LAW(article="8")),
    ),
    _settled(
        "committee.term",
        Text("调解委员会任期", "term of the committee"),
        Period(3, Unit.YEARS, citation=_LAW(article="9")),
    ),
    _clause("free", "4", Text("不收费", "no fee"), Text("调解不收取费用", "mediation is free of charge")),
    _clause(
        "refusal",
        "17",
        Text("一方拒绝", "a party who refuses"),
        Text("当事人一方明确拒绝的，不得调解", "where a party plainly refuses there is no mediation"),
    ),
    _clause(
        "privacy",
        "15(4)",
        Text("保护隐私", "privacy"),
        Text(
            "调解员不得泄露当事人的隐私和商业秘密；当事人可以要求调解公开或者不公开（第23条第（三）项）",
            "mediators disclose nothing private and no trade secret of a party; a party may ask that the mediation is open "
            "or closed (art. 23(3))",
        ),
    ),
    _clause(
        "promptly",
        "21",
        Text("及时、就地", "at once and on the spot"),
        Text("及时、就地进行", "it is done at once and on the spot"),
    ),
    _clause(
        "mediator",
        "23",
        Text("拒绝调解员", "refusing a mediator"),
        Text("当事人可以选择或者不接受调解员", "the parties may choose a mediator, or not accept one"),
    ),
    _clause(
        "danger",
        "25",
        Text("激化、治安和犯罪苗头", "signs of escalation or of a crime"),
        Text(
            "可能激化的，采取预防措施；可能引起治安案件、刑事案件的，及时向当地公安机关或者其他有关部门报告",
            "where a dispute may escalate, preventive measures are taken; what may lead to a crime or a breach of public "
            "order is reported at once to the local public security organ or the other departments concerned",
        ),
    ),
    _clause(
        "failure",
        "26",
        Text("调解不成", "when mediation fails"),
        Text("终止调解，告知其他途径", "it is ended, and the parties are told of other routes"),
    ),
    _clause(
        "archive",
        "27",
        Text("调解档案", "the archive"),
        Text("登记、记录和协议书归档", "register, record and agreement are kept"),
    ),
    _clause(
        "agreement",
        "28-30",
        Text("协议的生效", "when an agreement takes effect"),
        Text("书面的自签名盖章起，口头的自达成起生效", "on signature and seal if written, on accord if oral"),
    ),
    _clause(
        "followed_up",
        "31",
        Text("回访", "follow-up"),
        Text("督促履行协议", "performance is looked after"),
    ),
    _settled(
        "confirmation",
        Text("申请司法确认的期限", "how long judicial confirmation can be asked for"),
        JUDICIAL_CONFIRMATION,
    ),
)
"""What the law of mediation settles."""
