"""What channels, modes, methods, marks and outcomes are called in the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from yizheng.stages.channels import Channel
from yizheng.stages.deliberation.words import Method
from yizheng.text import Text

__all__ = [
    "ANSWERS",
    "CHANNELS",
    "CHOICES",
    "DUE",
    "FOUND",
    "METHODS",
    "MODES",
    "OUTCOMES",
    "PAIR",
    "PAPERS",
    "PASSED",
    "PERIODS",
    "PLACE",
    "REHEARSAL",
    "ROUTES",
    "SERVED",
    "SORTS",
    "WAVES",
    "in_words",
    "word",
]


def word(words: Mapping[str, Text], key: str) -> Text:
    """The word for a key; a key of a user's own stands for itself."""
    return words.get(key) or Text(key, key)


def in_words(words: Mapping[str, Text], keys: Iterable[str]) -> list[Text]:
    """The words for several keys, in the order in which the words stand here."""
    order = list(words)
    return [word(words, key) for key in sorted(keys, key=lambda key: (order.index(key) if key in words else -1, key))]


CHANNELS: Final = {str(each): each.words for each in Channel} | {"paper": Text("纸质", "paper")}
MODES: Final = {
    "in_person": Text("现场会议", "a meeting in person"),
    "online": Text("线上会议", "a meeting online"),
    "written": Text("书面表决", "a vote in writing"),
    "mixed": Text("线上线下混合表决", "a vote online and on paper"),
}
METHODS: Final = {str(each): each.words for each in Method}
CHOICES: Final = {
    "for": Text("赞成", "for"),
    "against": Text("反对", "against"),
    "abstain": Text("弃权", "abstaining"),
    "invalid": Text("无效票", "invalid"),
    "blank": Text("空白票", "blank"),
    "ambiguous": Text("无法辨认", "illegible or ambiguous"),
}
SERVED: Final = {
    "by_hand": Text("当面送达", "by hand"),
    "registered_letter": Text("挂号信", "by registered letter"),
    "online": Text("线上送达", "online"),
    "signed": Text("本人签收", "signed for"),
    "logged_in": Text("登录电子投票系统", "logged in to the voting system"),
    "posted": Text("张贴公告", "posted"),
    "posted_and_answered": Text("张贴公告后反馈意见", "posted, and answered"),
}
WAVES: Final = {"before": Text("事前", "before"), "after": Text("事后", "after")}
ANSWERS: Final = {
    "asked": Text("发出", "asked"),
    "satisfied": Text("满意", "satisfied"),
    "unsatisfied": Text("不满意", "unsatisfied"),
    "undecided": Text("未定", "undecided"),
    "silent": Text("未答复", "no answer"),
}
OUTCOMES: Final = {
    "completed": Text("完成", "completed"),
    "carried": Text("通过", "carried"),
    "lost": Text("未通过", "lost"),
    "inquorate": Text("未达法定人数", "no quorum"),
    "void": Text("表决无效", "void"),
    "returned": Text("退回", "returned"),
    "recalled": Text("未达法定人数，再次召集", "no quorum, to be called again"),
    "tied": Text("名额并列，再次表决", "tied for the last places, to be voted on again"),
    "held": Text("听证已举行", "hearing held"),
    "waived": Text("不举行听证", "hearing waived"),
    "clear": Text("公示期满，无异议或异议不成立", "posted to the end, with no objection upheld"),
    "upheld": Text("异议成立", "objection upheld"),
    "confirmed": Text("确认", "confirmed"),
    "rejected": Text("不予确认", "rejected"),
    "abandoned": Text("终止实施", "abandoned"),
    "satisfied": Text("群众满意", "residents satisfied"),
    "unsatisfied": Text("群众不满意", "residents not satisfied"),
    "registered": Text("已登记", "registered"),
    "transferred": Text("已移送", "transferred"),
    "agreed": Text("达成协议", "agreed"),
    "failed": Text("调解不成", "mediation failed"),
    "refused": Text("当事人拒绝调解", "refused by a party"),
    "performed": Text("已履行", "performed"),
    "unperformed": Text("未履行", "not performed"),
    "unconfirmed": Text("未予司法确认", "not confirmed by the court"),
    "archived": Text("已归档", "put on file"),
}
DUE: Final = {
    "ends": Text("应公示至 {until}", "it stays posted until {until}"),
    "answer": Text("应于 {until} 前答复", "it is to be answered by {until}"),
    "decision": Text("应于 {until} 前作出决定", "it is to be decided by {until}"),
    "barred_until": Text("同一事项至 {until} 不得再议", "the same matter may not come again until {until} has passed"),
}
PERIODS: Final = {
    "notice": Text("通知期", "notice of"),
    "least": Text("至少", "at least"),
    "answer": Text("异议答复期", "answers to objections within"),
    "within": Text("办理期限", "to be done within"),
    "cooling_off": Text("再议间隔", "not again for"),
    "confirmation": Text("申请司法确认的期限", "to be confirmed by a court within"),
}
SORTS: Final = {
    "property_management": Text("物业矛盾", "over property management"),
    "neighbours": Text("邻里纠纷", "between neighbours"),
    "family": Text("家庭纠纷", "within a family"),
    "land": Text("土地纠纷", "over land"),
}
FOUND: Final = {
    "patrol": Text("巡查", "on patrol"),
    "visit": Text("走访", "on a visit"),
    "application": Text("当事人申请", "a party came"),
}
ROUTES: Final = {
    "arbitration": Text("仲裁", "arbitration"),
    "administrative": Text("行政", "the administration"),
    "judicial": Text("司法", "the courts"),
}
PAPERS: Final = {
    "register": Text("调解登记", "the register"),
    "record": Text("调解工作记录", "the record"),
    "agreement": Text("调解协议书", "the agreement"),
}
PASSED: Final = {True: Text("合格", "in order"), False: Text("不合格", "not in order")}
PAIR: Final = Text("{key}：{value}", "{key}: {value}")
REHEARSAL: Final = Text("模拟演练，不是真实记录", "REHEARSAL, not a real record")
PLACE: Final = Text("，地点{place}", ", at {place}")
