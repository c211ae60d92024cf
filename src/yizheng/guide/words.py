"""What the settings of a stage are called in a guide; those of a kind of somebody's own stand under their own names."""

from __future__ import annotations

from typing import Final

from yizheng.text import Text

__all__ = ["KINDS", "OWN", "SETTINGS", "VALUES", "YES"]

KINDS: Final = {
    "solicitation": Text("征求意见", "solicitation"),
    "deliberation": Text("议事表决", "deliberation"),
    "hearing": Text("听证", "hearing"),
    "disclosure": Text("公开", "disclosure"),
    "referral": Text("上报", "referral"),
    "implementation": Text("实施", "implementation"),
    "evaluation": Text("评议", "evaluation"),
    "screening": Text("排查登记", "screening"),
    "mediation": Text("调解", "mediation"),
    "follow_up": Text("回访", "follow-up"),
    "archive": Text("归档", "archive"),
    "personal_hearing": Text("听取意见", "hearing of those concerned"),
}
OWN: Final = {
    "receive_opinion": Text("提意见", "give an opinion"),
    "cast_ballot": Text("在名册上的，参加表决", "vote, if on the roll"),
    "object": Text("提出异议", "object"),
    "ask_hearing": Text("申请听证", "ask for a hearing"),
    "testify": Text("在听证中发言", "speak at the hearing"),
    "decline_hearing": Text("被听取意见的，放弃陈述", "decline to be heard, if it is you who is to be"),
    "ask_split": Text("请求将事项移出批次", "ask that a matter be taken out of a batch"),
}
"""What people do for themselves, as they would say it."""

SETTINGS: Final = {
    "rule": Text("表决规则", "how it is decided"),
    "notice": Text("提前通知，至少", "notice beforehand, at least"),
    "least": Text("持续，至少", "it lasts at least"),
    "answer": Text("答复异议，不迟于", "objections are answered within"),
    "within": Text("办理，不迟于", "to be done within"),
    "bar": Text("满意的标准", "when the residents count as satisfied"),
    "body": Text("表决机构", "who votes"),
    "channels": Text("可用的渠道", "channels that may be used"),
    "required": Text("必须使用的渠道", "channels that must be used"),
    "carries": Text("必须公开的内容", "what must be disclosed"),
    "timely_by": Text("是否按时，以何时为准", "what counts for being in time"),
    "baseline": Text("在此进行事前调查", "the survey before the works is taken here"),
    "notice_waivable": Text(
        "遇特殊情况可缩短通知期，记明理由", "special circumstances allow a shorter notice, with the reason kept"
    ),
    "notice_waivable_since": Text("可缩短通知期，自何日起", "a shorter notice is allowed since"),
    "modes": Text("开会方式", "how the body may come together"),
    "methods": Text("表决方式", "how it may vote"),
    "calls": Text("未达法定人数的，最多召集次数", "how often it may be called where there is no quorum"),
    "longest": Text("表决最长", "the vote stays open at most"),
    "extensions": Text("最多延长次数", "how often the vote may be extended"),
    "proxies": Text("委托表决", "proxies"),
    "cap": Text("一人最多接受", "the most that one person may hold"),
    "barred": Text("不得接受委托的人", "who may hold none"),
    "same_household": Text("委托限于同一户，户的组名以此开头", "only within a household, whose group begins with"),
    "instructed": Text("委托须写明如何表决", "a mandate must say how to vote"),
    "silence": Text("未表决票的处理", "what becomes of those who do not vote"),
    "policy": Text("算作", "counted as"),
    "warning": Text("须一并告知", "to be announced with the ballot"),
    "floor": Text("前提", "only where"),
    "substitutes": Text("他人代收也算送达", "it counts as service that somebody else took it"),
    "ways": Text("以这些方式送达才算", "service counts in these ways alone"),
    "ballots": Text("空白票和无法辨认的票", "blank and illegible ballots"),
    "blank": Text("空白票算作", "blank ones count as"),
    "ambiguous": Text("无法辨认的算作", "illegible ones count as"),
    "changeable": Text("截止前可以改票", "a ballot may be cast again until the close"),
    "cooling_off": Text("不得再议的时间", "not again for"),
    "cooling_off_after": Text("在何种结果之后", "after which outcomes"),
    "delegation": Text("只决定经授权的事项", "only what was delegated is decided"),
    "by": Text("授权的依据，写在事实", "by what it was delegated says the fact"),
    "until": Text("授权的期限，写在事实", "until when says the fact"),
    "citation": Text("依据", "authority"),
    "term": Text("授权须定期限", "the delegation must set a term"),
    "triggers": Text("必须听证的情形", "when a hearing is a duty"),
    "shortest": Text("表决最短", "the vote stays open at least"),
    "sorts": Text("登记的纠纷类别", "sorts of dispute that the register knows"),
    "routes": Text("调解不成时须告知的途径", "ways of which the parties must be told when it ends without agreement"),
    "confirmation": Text(
        "双方愿意申请司法确认的，共同申请的期限",
        "if the parties want a court to confirm it, they ask for that together within",
    ),
    "papers": Text("归档的材料", "what must be on file"),
    "concerned": Text("听取谁的意见", "who is heard"),
    "objections_reviewed": Text("凡有异议，均须重新处理", "any objection is looked into again"),
    "inspected": Text("完工前须验收合格", "an inspection comes before completion"),
}
VALUES: Final = {
    "accounts": Text("账目", "the accounts"),
    "reasons": Text("上级的理由", "the reasons of the level above"),
    "happened": Text("实际发生的时刻", "when it happened"),
    "recorded": Text("记入的时刻", "when it was entered"),
    "not_taking_part": Text("未参与", "not taking part"),
    "abstaining": Text("弃权", "abstaining"),
    "majority": Text("多数意见", "the side of the majority"),
}
YES: Final = {True: Text("是", "yes"), False: Text("否", "no")}
