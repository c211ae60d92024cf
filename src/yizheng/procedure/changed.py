"""One change between two definitions: its code, its words in both languages, and how values are told in it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, cast

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.procedure.definition import Procedure
from yizheng.procedure.outcomes import in_words
from yizheng.procedure.tendencies import Tendency
from yizheng.rules import Condition, Rule, to_text
from yizheng.stages import Stage
from yizheng.text import LANGUAGES, Language, Text, as_language, joined
from yizheng.values import FrozenMap, written

__all__ = ["CHANGES", "Change", "changed", "of_field", "of_milestone", "of_stage", "told"]

_TURNED: Final = Text("{where}：{turn}", "{where}: {turn}")

CHANGES: Final[Mapping[str, Text]] = FrozenMap(
    {
        "STAGE_REMOVED": Text("删去环节{where}", "stage {where} was removed"),
        "STAGE_ADDED": Text("增加环节{where}", "stage {where} was added"),
        "STAGE_MOVED": Text("环节{where}由{was}移到{now}", "stage {where} was moved from {was} to {now}"),
        "STAGE_KIND": Text("环节{where}换了类型：{turn}", "stage {where} is of another kind: {turn}"),
        "SKIPPABLE": Text("现在不经过{where}也能办成", "a matter can now be carried out without {where}"),
        "UNSKIPPABLE": Text("现在不经过{where}就不能办成", "a matter can no longer be carried out without {where}"),
        "ROUTE": Text("{where}的去向：{turn}", "where {where} leads: {turn}"),
        "BAR": Text("{where}，通过的门槛：{turn}", "{where}, what carries a motion: {turn}"),
        "QUORUM": Text("{where}，法定人数：{turn}", "{where}, the quorum: {turn}"),
        "ELECTORATE": Text("{where}，按谁计数：{turn}", "{where}, whom it counts: {turn}"),
        "CASTING": Text("{where}，票数相等时由谁决定：{turn}", "{where}, who decides a tie: {turn}"),
        "RULE": Text("{where}，整条规则：{turn}", "{where}, the whole rule: {turn}"),
        "PERIOD": _TURNED,
        "SETTING": _TURNED,
        "OFFICES": Text("{where}，由谁办理：{turn}", "{where}, who may do what: {turn}"),
        "POWERS": Text("职务“{where}”可以办理的事：{turn}", "what the “{where}” may do: {turn}"),
        "TITLE": _TURNED,
        "SOURCE": _TURNED,
        "MILESTONE_REMOVED": Text("{where}不再是必经的", "{where} is no longer mandatory"),
        "MILESTONE_ADDED": Text("{where}成为必经的", "{where} has become mandatory"),
        "MILESTONE_MOVED": Text("{where}在必经事项中换了位置", "{where} stands elsewhere among what is mandatory"),
        "DUTY": Text("一项义务：{turn}", "a duty: {turn}"),
        "DUTY_REMOVED": Text("删去义务：{was}", "a duty was dropped: {was}"),
        "DUTY_ADDED": Text("增加义务：{now}", "a duty was added: {now}"),
        "DUTY_MOVED": Text("义务的排列次序有变", "the duties are listed in another order"),
        "END": Text("终点“{where}”是否算作已实施：{turn}", "end “{where}”, whether it counts as carried out: {turn}"),
        "END_REMOVED": Text("删去终点“{where}”", "end “{where}” was removed"),
        "END_ADDED": Text("增加终点“{where}”", "end “{where}” was added"),
        "END_CLOSED": Text("终点“{where}”不再能到达", "end “{where}” can no longer be reached"),
        "END_OPENED": Text("终点“{where}”现在可以到达", "end “{where}” can now be reached"),
        "BODY_REMOVED": Text("删去表决机构“{where}”", "body “{where}” was removed"),
        "BODY_ADDED": Text("增加表决机构“{where}”", "body “{where}” was added"),
        "OFFICE": Text("职务“{where}”是否独立：{turn}", "office “{where}”, whether it is independent: {turn}"),
        "OFFICE_REMOVED": Text("删去职务“{where}”", "office “{where}” was removed"),
        "OFFICE_ADDED": Text("增加职务“{where}”", "office “{where}” was added"),
        "DECIDING": _TURNED,
        "SHARED_REMOVED": Text("{where}不再由一批事项共同进行", "{where} is no longer shared by a batch"),
        "SHARED_ADDED": Text("{where}可由一批事项共同进行", "{where} can now be shared by a batch"),
        "SHARED_MOVED": Text("{where}在共同进行的环节中换了位置", "{where} stands elsewhere among what a batch shares"),
        "LAPSE": Text("{where}，可以录入到何日：{turn}", "until when it may be entered that {where}: {turn}"),
        "FACT": Text("立案须说明的{where}：{turn}", "what a matter must state, {where}: {turn}"),
    }
)
"""The words of every change, by its code."""

_BEARING: Final = {
    Tendency.STRICTER: Text("（从严）", " (stricter)"),
    Tendency.LOOSER: Text("（从宽）", " (looser)"),
    Tendency.NEITHER: Text("", ""),
}
_NO_SOURCE: Final = Text("无", "no source")

_FROM_TO: Final = Text("由“{was}”改为“{now}”", "from “{was}” to “{now}”")
_BEGUN: Final = Text("原来没有，现为“{now}”", "newly “{now}”")
_GONE: Final = Text("原为“{was}”，现在没有", "“{was}” before, and nothing now")
_LOST: Final = Text("不再可以“{was}”", "no longer “{was}”")
_GAINED: Final = Text("新增“{now}”", "newly “{now}”")


@attrs.frozen(kw_only=True)
class Change:
    """One change.

    Attributes:
        code: the stable name, such as ``"BAR"`` or ``"STAGE_REMOVED"``.
        where: its place in the definition, such as ``"resolve.notice"``.
        called: what that place is called.
        was: what it said; ``None`` where there was nothing.
        now: what it says; ``None`` where there is nothing any more.
        tendency: whether it asks for more than before, or for less.
        since: for editions of a rule or a period, the first day on which the two differ; ``None`` where they always do.
        was_by: where it was written.
        now_by: where it is written.
    """

    code: str
    where: str
    called: Text
    was: Text | None = None
    now: Text | None = None
    tendency: Tendency = Tendency.NEITHER
    since: date | None = None
    was_by: Citation | None = None
    now_by: Citation | None = None

    def explain(self, language: Language) -> str:
        """The change as a sentence, with whether it is stricter, and the authority of both sides.

        Raises:
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        chinese = as_language(language) == "zh"
        was, now = (None if side is None else side.say(language) for side in (self.was, self.now))
        turn = self._turn(was, now, language)
        said = CHANGES[self.code].say(language).format(where=self.called.say(language), was=was, now=now, turn=turn)
        said += _BEARING[self.tendency].say(language)
        if self.since is not None:
            said += f"，自{self.since}起" if chinese else f", from {self.since}"
        by = [side and side.explain(language) for side in (self.was_by, self.now_by)]
        if by[0] == by[1] and by[0] is not None:
            said += f"（依据：{by[0]}）" if chinese else f" (by {by[0]})"
        elif any(by) and None in {self.was, self.now} and None in by:  # only one of the two definitions has it
            told = next(filter(None, by))
            said += f"（依据：{told}）" if chinese else f" (by {told})"
        elif any(by):
            none = _NO_SOURCE.say(language)
            first, second = (side or none for side in by)
            said += f"（原依据：{first}；现依据：{second}）" if chinese else f" (source before: {first}; now: {second})"
        return said

    def _turn(self, was: str | None, now: str | None, language: Language) -> str:
        """What it was and what it is; where there is one of them alone, that it was not there, or is no more."""
        if self.code == "POWERS":
            parts = [words.say(language) for words, side in ((_LOST, was), (_GAINED, now)) if side is not None]
            told = ("；" if language == "zh" else "; ").join(parts)
        else:
            told = (_BEGUN if was is None else _GONE if now is None else _FROM_TO).say(language)
        return told.format(was=was, now=now)


def changed(code: str, where: str, called: Text, **said: Any) -> Change:
    """A change of a known code."""
    assert code in CHANGES
    return Change(code=code, where=where, called=called, **said)


def of_stage(stage: Stage) -> Text:
    """What a stage is called."""
    return Text(f"“{stage.title.zh}”", f"“{stage.title.en}”")


_FIELDS: Final[Mapping[str, Text]] = FrozenMap(
    {
        "title": Text("名称", "the title"),
        "source": Text("出处", "the source"),
        "offices": Text("办理的职务", "the offices"),
        "channels": Text("渠道", "the channels"),
        "required": Text("必须使用的渠道", "the channels that are required"),
        "least": Text("至少的期限", "the least time"),
        "timely_by": Text("以何时为准", "which moment counts"),
        "baseline": Text("事前调查", "the survey beforehand"),
        "body": Text("表决机构", "the body that votes"),
        "rule": Text("表决规则", "the rule of the vote"),
        "bar": Text("评议的门槛", "the bar of the evaluation"),
        "notice": Text("通知", "the notice"),
        "notice_waivable": Text("可否免除通知", "whether the notice can be waived"),
        "notice_waivable_since": Text("自何日起可以免除通知", "since when the notice can be waived"),
        "modes": Text("会议方式", "the modes of meeting"),
        "methods": Text("表决方式", "the methods of voting"),
        "calls": Text("召集次数", "the calls"),
        "longest": Text("表决最长时间", "the longest that a vote runs"),
        "extensions": Text("延长次数", "the extensions"),
        "proxies": Text("委托", "proxies"),
        "silence": Text("未表态的处理", "how silence counts"),
        "ballots": Text("选票的认定", "how ballots are read"),
        "changeable": Text("可否改票", "whether a ballot can be changed"),
        "cooling_off": Text("再次提出前的间隔", "the time before it comes up again"),
        "cooling_off_after": Text("在何种结果之后须有间隔", "after which outcomes that time runs"),
        "delegation": Text("是否须经授权", "whether it must have been delegated"),
        "triggers": Text("何时应当听证", "when a hearing must be held"),
        "within": Text("办理时限", "the time limit"),
        "answer": Text("答复时限", "the time for answers"),
        "carries": Text("须随附的内容", "what is carried by duty"),
        "objections_reviewed": Text("凡有异议是否均须重新处理", "whether any objection is looked into again"),
        "inspected": Text("检查", "the inspection"),
    }
)


def of_field(stage: Stage, name: str) -> Text:
    """What a setting of a stage is called; one of a kind of your own stands under its own name."""
    field = _FIELDS.get(name, Text(name, name))
    return Text(f"“{stage.title.zh}”的{field.zh}", f"“{stage.title.en}”, {field.en}")


def of_milestone(milestone: str, procedure: Procedure) -> Text:
    """What a milestone is called."""
    stage_id, _, outcome = milestone.partition(".")
    stage = next((each for each in procedure.stages if each.id == stage_id), None)
    title = Text(stage_id, stage_id) if stage is None else stage.title
    if not outcome:
        return Text(f"“{title.zh}”", f"“{title.en}”")
    words = in_words(outcome)
    return Text(f"“{title.zh}”（{words.zh}）", f"“{title.en}” ({words.en})")


def told(value: Any, part: str | None = None) -> Text | None:
    """A value as people read it, in both languages; ``None`` where there is nothing to tell.

    Args:
        value: the value.
        part: of a rule, which part of it.
    """
    if part is not None:
        value = _part(value, part)
    if value is None or (isinstance(value, tuple | frozenset | Mapping) and not value):
        return None
    words = [_said(value, language) for language in LANGUAGES]
    return Text(*words)


def _part(rule: Rule, part: str) -> Any:
    if part == "passage" and rule.by_no_objection:
        said = to_text(rule.passage)
        return Text(f"{said}（无须赞成票）", f"{said} (no vote in favour is needed)")
    return getattr(rule, part)


def _said(value: Any, language: Language) -> str:
    chinese = language == "zh"
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, bool):
        return ("是" if value else "否") if chinese else ("yes" if value else "no")
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, str | int | date):
        return str(value)
    if isinstance(value, Condition):
        return to_text(value)
    if isinstance(value, Rule | Period | Citation):
        return value.explain(language)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value)
        return ("；" if chinese else "; ").join(
            f"{key}: {_said(each, language)}" for key, each in sorted(pairs.items())
        )
    if isinstance(value, frozenset | tuple):
        words = [_said(each, language) for each in cast("Iterable[Any]", value)]
        return joined(sorted(words) if isinstance(value, frozenset) else words, language)
    return _whole(value, language)


def _whole(value: Any, language: Language) -> str:
    """A value of several fields: each that says something."""
    kind = cast("Any", type(value))
    if not attrs.has(kind):
        return written(value)
    held = [(field.name, getattr(value, field.name)) for field in attrs.fields(kind)]
    listed = [f"{name}: {_said(each, language)}" for name, each in held if each not in (None, (), frozenset())]
    return f"{kind.__name__}({'; '.join(listed)})"
