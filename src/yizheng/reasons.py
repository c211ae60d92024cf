"""Why an act is refused: every reason, its code, its words in both languages, and the way out.

A code never changes its meaning. The words are templates; what stands in braces is filled with the values that the
rule saw, and the same values are attributes of the reason, so that a host can build its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from enum import Enum
from fractions import Fraction
from string import Formatter
from typing import Final, cast

import attrs

from yizheng.citation import Citation
from yizheng.errors import TOLD, InvalidValue, YizhengError, shown
from yizheng.text import Language, Text, as_text, joined
from yizheng.values.doors import all_of, one
from yizheng.values.exact import written
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name

__all__ = ["CODES", "Code", "Reason", "Refused"]


MATTER_PRIVATE: Final = "matter.private."
"""What the path of a private field of the matter begins with."""


@attrs.frozen
class Reason:
    """One reason why an act is refused.

    Attributes:
        code: the stable name, such as ``"NOT_ON_ROLL"``.
        words: what is wrong and what was expected, as a template in both languages.
        cure: what to do instead, in both languages.
        values: what the rule saw, by name.
        citation: the authority, where the rule has one.
        titles: what the bodies, the offices and the private values are called whose ids stand in the values.
    """

    code: str
    words: Text
    cure: Text
    values: FrozenMap[str, object]
    citation: Citation | None = None
    titles: FrozenMap[str, Text] = attrs.field(factory=FrozenMap[str, Text], eq=False, repr=False)

    def in_zone(self, zone: tzinfo) -> Reason:
        """The same reason, with its moments in a zone."""
        if not any(isinstance(value, datetime) for value in self.values.values()):
            return self
        local = {
            key: value.astimezone(zone) if isinstance(value, datetime) else value for key, value in self.values.items()
        }
        return attrs.evolve(self, values=FrozenMap(local))

    def titled(self, titles: Mapping[str, Text]) -> Reason:
        """The same reason, which calls bodies, offices and private values by titles and keeps their ids in its values."""
        return attrs.evolve(self, titles=FrozenMap(titles)) if _TITLED.keys() & self.values.keys() else self

    def _called(self, key: str) -> Mapping[str, Text]:
        """The titles of what stands in a value, by its ids."""
        within = _TITLED.get(key)
        if within is None:
            return FrozenMap[str, Text]()
        if key == "paths":
            return {**PATHS, **self.titles}
        return {each.removeprefix(within): title for each, title in self.titles.items() if each.startswith(within)}

    def about(self, item: str) -> Reason:
        """The same reason, said of one of several matters that were dealt with in one act."""
        words = Text(f"“{{of_item}}”：{self.words.zh}", f"{{of_item}}: {self.words.en}")
        return attrs.evolve(self, words=words, values=FrozenMap({**self.values, "of_item": item}))

    def explain(self, language: Language) -> str:
        """The reason as a sentence: what is, what was expected, what to do, on what authority."""
        shown = {key: _shown(value, language, self._called(key)) for key, value in self.values.items()}
        said = self.words.say(language).format(**shown)
        cure = self.cure.say(language).format(**shown)
        if language == "zh":
            basis = f"（依据：{self.citation.explain(language)}）" if self.citation else ""
            return f"{said}；{cure}{basis}。"
        basis = f" (by {self.citation.explain(language)})" if self.citation else ""
        return f"{said}; {cure}{basis}."


PATHS: Final[Mapping[str, Text]] = FrozenMap(
    {
        "account": Text("经过", "the account"),
        "author": Text("提出人", "who it is from"),
        "ballots": Text("选票", "the ballots"),
        "by": Text("经办人", "who did it"),
        "choice": Text("选择", "the choice"),
        "conclusion": Text("结论", "the conclusion"),
        "evidence": Text("凭据", "the evidence"),
        "facts": Text("事实", "the facts"),
        "marks": Text("选票的内容", "the marks"),
        "measures": Text("措施", "the measures"),
        "parties": Text("当事人", "the parties"),
        "person": Text("本人", "the person"),
        "reason": Text("理由", "the reason"),
        "reasons": Text("理由", "the reasons"),
        "responsibilities": Text("责任", "the responsibilities"),
        "role": Text("身份", "the role"),
        "signs": Text("危险迹象", "the signs"),
        "speaker": Text("发言人", "the speaker"),
        "terms": Text("协议条款", "the terms"),
        "text": Text("文字", "the words"),
    }
)
"""What the private values of entries are called; those of the matter, the procedure says."""

_TITLED: Final[Mapping[str, str]] = FrozenMap(
    {"body": "", "given": "", "office": "", "offices": "", "paths": "", "concerned": MATTER_PRIVATE}
)
"""The values that hold ids of bodies, offices or private values, each with what its titles stand under besides the id."""


def _shown(value: object, language: Language, titles: Mapping[str, Text]) -> str:
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        words = getattr(value, "words", None)
        return words.say(language) if isinstance(words, Text) else str(value.value)
    if isinstance(value, frozenset | set | tuple | list):
        shown = sorted(_shown(item, language, titles) for item in cast("list[object]", value))
        return joined(shown[:20], language) + ("…" if len(shown) > 20 else "")  # noqa: PLR2004
    if isinstance(value, str) and value in titles:
        return titles[value].say(language)
    return str(value)


def _fields(template: str) -> list[str]:
    """The names that a template asks for; nothing of them may be asked for but the whole."""
    try:
        named = [field for _, field, _, _ in Formatter().parse(template) if field is not None]
    except ValueError as error:
        raise InvalidValue(
            f"the words {shown(template)} are no template: {error}; double a brace that is meant"
        ) from None
    if odd := [field for field in named if not field.isidentifier()]:
        raise InvalidValue(f"the words {shown(template)} ask for {shown(odd[0])}; write a plain name in braces")
    return named


@attrs.frozen
class Code:
    """A kind of reason. Calling it with what the rule saw gives the reason.

    A kind of stage of your own makes codes of its own; begin their names with a prefix that is yours.

    Attributes:
        name: the stable name.
        words: the template of what is wrong.
        cure: the template of what to do.
    """

    name: str = attrs.field(converter=name)
    words: Text = attrs.field(converter=as_text)
    cure: Text = attrs.field(converter=as_text)
    _asked: frozenset[str] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        templates = (self.words.zh, self.words.en, self.cure.zh, self.cure.en)
        object.__setattr__(self, "_asked", frozenset(each for words in templates for each in _fields(words)))

    def __call__(self, citation: Citation | None = None, **values: object) -> Reason:
        """The reason, with the values that fill its template.

        Raises:
            InvalidType: when the citation is none.
            InvalidValue: when a value that the template asks for is missing.
        """
        if citation is not None:
            one(Citation, citation, "the citation of a reason")
        if missing := self._asked - values.keys():
            raise InvalidValue(f"the words of {self.name} ask for {', '.join(sorted(missing))}; give each by its name")
        return Reason(self.name, self.words, self.cure, FrozenMap(values), citation)


class Refused(YizhengError):
    """The answer no to an act. Nothing has changed; every reason is given, not the first alone.

    Attributes:
        reasons: why.
    """

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = all_of(Reason, reasons, "reasons")
        told = [f"{reason.code}: {reason.explain('en')}" for reason in self.reasons[:TOLD]]
        if len(self.reasons) > TOLD:
            told.append(f"and {len(self.reasons) - TOLD} more, which its reasons= have")
        super().__init__("\n".join(told))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all reasons."""
        return frozenset(reason.code for reason in self.reasons)

    def explain(self, language: Language) -> str:
        """All reasons, a line each."""
        return "\n".join(reason.explain(language) for reason in self.reasons)


CODES: Final[dict[str, Code]] = {}
"""Every code of the library, by name."""


def _code(name: str, zh: str, en: str, cure_zh: str, cure_en: str) -> Code:
    CODES[name] = code = Code(name, Text(zh, en), Text(cure_zh, cure_en))
    return code


# Who
NOT_IN_OFFICE = _code(
    "NOT_IN_OFFICE",
    "{by} 不担任可以办理“{action}”的职务（{offices}）",
    "{by} holds none of the offices that may “{action}” ({offices})",
    "请由任职者办理；立案后可用 Appoint 任命",
    "let a holder do it; in an open case one can be appointed (Appoint)",
)
NOT_ON_ROLL = _code(
    "NOT_ON_ROLL",
    "{member} 不在{body}的名册上",
    "{member} is not on the roll of {body}",
    "请核对编号；名册在通知时已经固定",
    "check the id; the roll was fixed with the notice",
)
RECUSED = _code(
    "RECUSED",
    "{member} 已就本事项回避",
    "{member} is recused from this matter",
    "不得就本事项表决",
    "no ballot can be taken from them",
)
NOT_PRESENT = _code(
    "NOT_PRESENT",
    "{member} 未签到，不在到会名单内",
    "{member} is not among those present",
    "先补记到会（TakeAttendance），再投票",
    "take attendance first (TakeAttendance)",
)
REPRESENTED = _code(
    "REPRESENTED",
    "{member} 已委托他人代表",
    "{member} is represented by a proxy",
    "本人到会的，请先重新签到并去掉该委托",
    "take attendance again without the proxy if they came themselves",
)
PROXY_NOT_ALLOWED = _code(
    "PROXY_NOT_ALLOWED",
    "本环节不允许委托投票",
    "this stage takes no proxies",
    "请由成员本人投票",
    "let the member vote in person",
)
PROXY_NOT_HOLDER = _code(
    "PROXY_NOT_HOLDER",
    "{by} 不是 {principal} 委托的代理人（受托人为 {holder}）",
    "{by} is not the proxy of {principal} (the holder is {holder})",
    "请由受托人本人投票",
    "let the holder of the proxy vote",
)
PROXY_CIRCLE = _code(
    "PROXY_CIRCLE",
    "{principal} 与 {holder} 的委托成环或转委托",
    "the proxy from {principal} to {holder} is a circle or hands on another proxy",
    "代理人须本人参加且不得再委托他人",
    "a holder takes part in person and hands nothing on",
)
PROXY_CAP = _code(
    "PROXY_CAP",
    "{holder} 接受的委托超过上限 {cap} 份",
    "{holder} would hold more than the {cap} proxies allowed",
    "请另行委托他人",
    "name another proxy",
)
SECOND_MANDATE = _code(
    "SECOND_MANDATE",
    "{principal} 已另有委托（受托人 {holder}）",
    "{principal} has given another mandate (to {holder})",
    "一人只能有一份委托；请以其中一份为准",
    "one member gives one mandate: settle which",
)
VOTER_NOT_NAMED = _code(
    "VOTER_NOT_NAMED",
    "{member} 由 {holders} 共有一票，尚未推选投票人",
    "{member} is one vote held jointly by {holders}, who have not named who casts it",
    "请共有人书面推选其中一人投票（以 Proxy 写明），推选前不计票",
    "let them name one of them in writing (a Proxy); until then it is not cast",
)
PROXY_BARRED = _code(
    "PROXY_BARRED",
    "{holder} 不得担任代理人",
    "{holder} may not be a proxy here",
    "请另行委托他人",
    "name another proxy",
)
PROXY_HOUSEHOLD = _code(
    "PROXY_HOUSEHOLD",
    "{holder} 与 {principal} 在名册上不属于同一户",
    "the roll does not have {holder} and {principal} in one household",
    "只能委托同户成员；请另行委托，或在名册上写明所属的户",
    "a proxy is of the same household: name another one, or a roll that says who lives together",
)
PROXY_UNMARKED = _code(
    "PROXY_UNMARKED",
    "{principal} 的委托没有写明如何表决",
    "the mandate of {principal} does not say how to vote",
    "委托须写明表决意见；请在签到或录入选票时以 marks= 写明",
    "mandates say how to vote here: give it as marks= with the attendance or with the ballots on paper",
)
PROXY_MARK = _code(
    "PROXY_MARK",
    "这张选票与 {principal} 在委托中写明的意见不符",
    "this ballot is not what the mandate of {principal} says",
    "代理人须按委托人写明的意见投票",
    "a proxy votes as its principal wrote",
)
MARK_CHANGED = _code(
    "MARK_CHANGED",
    "{principal} 的这份委托先前录入的意见与现在录入的不同",
    "this mandate of {principal} was entered before, with another word on how to vote",
    "委托人写明的意见不会改变：请照先前录入；另有新委托的，写明其自己的凭据",
    "what the principal wrote does not change: enter it as before, and a new mandate with evidence of its own",
)
MARKS_NOT_COUNTED = _code(
    "MARKS_NOT_COUNTED",
    "{principals} 的委托写明了意见，计票中没有与之相应的票数",
    "the mandates of {principals} say how to vote, and the count does not hold those votes",
    "请重新清点；委托没有使用的，先重新签到",
    "count again; if a mandate was not used, take attendance again without it",
)

INDEPENDENT_OFFICE = _code(
    "INDEPENDENT_OFFICE",
    "“{office}”是独立的职务：{why}",
    "the office {office} is independent: {why}",
    "请由该职务的现任者办理，并另择他人",
    "let one of its holders do it, and name somebody who holds no other office",
)
NOBODY_LEFT = _code(
    "NOBODY_LEFT",
    "这样一来，再无人有权任命：{offices} 均无人担任",
    "nobody would be left who could fill an office: {offices} would all be vacant",
    "请先任命继任者",
    "appoint a successor first",
)
UNKNOWN_OFFICE = _code(
    "UNKNOWN_OFFICE",
    "程序中没有职务“{office}”（现有：{known}）",
    "the procedure has no office {office} (there are: {known})",
    "请核对职务名称",
    "check the name of the office",
)

# When
NOT_NOW = _code(
    "NOT_NOW",
    "现处环节“{stage}”（{phase}），不能办理“{action}”",
    "the case stands in “{stage}” ({phase}), where “{action}” cannot be done",
    "现在可以办理：{options}",
    "what can be done now: {options}",
)
CASE_ENDED = _code(
    "CASE_ENDED",
    "本案已经结束（{outcome}）",
    "this case has ended ({outcome})",
    "如需再议，请另行立案并注明来由",
    "open a new case and name this one as its origin",
)
NO_PRIVATE_VALUE = _code(
    "NO_PRIVATE_VALUE",
    "第 {entry} 条没有名为“{paths}”的不公开内容",
    "entry {entry} has no private value {paths}",
    "请核对路径（该条有：{known}）",
    "check the path (the entry has: {known})",
)
NOT_HERE = _code(
    "NOT_HERE",
    "第 {entry} 条的“{paths}”不在这里：已经销毁，或在这份副本中已被隐去",
    "{paths} of entry {entry} is not here: it was destroyed already, or is withheld in this copy",
    "请只列尚在的内容，并在完整记录上销毁",
    "name what is still there, and destroy it in the full record",
)
UNSALTED = _code(
    "UNSALTED",
    "第 {entry} 条的“{paths}”封存时没有加盐，销毁以后仍可由其摘要猜出",
    "{paths} of entry {entry} was sealed without a salt and could be guessed from its digest after it was destroyed",
    "这样的记录不能公布，请另行保管或整份销毁；以后立案和办理时请交付 salt，或使用 Docket",
    "such a record cannot be published: keep it closed, or destroy it whole; hand in a salt in future, or use a docket",
)
NEEDED_IN_STAGE = _code(
    "NEEDED_IN_STAGE",
    "第 {entries} 条的“{paths}”在“{stage}”中仍要用来计算结果",
    "{paths} of entry {entries} still counts in {stage}, which is not decided",
    "请在本环节结束后再销毁（本环节的期限：{until}）",
    "destroy it once that stage has ended (its time runs until: {until})",
)
ASKER_COUNTED = _code(
    "ASKER_COUNTED",
    "第 {entries} 条的“{paths}”写明谁提出了申请，仍用来避免重复计算",
    "{paths} of entry {entries} says who has asked, which is still needed so that nobody is counted twice",
    "请在“{stage}”作出决议后再销毁；申请移出批次的，请在该事项离开批次后",
    "destroy it once {stage} has decided, or once the matter has left its batch where that was asked for",
)
PARTIES_NEEDED = _code(
    "PARTIES_NEEDED",
    "第 {entries} 条的“{paths}”写明谁是当事人，本案未结，仍要据以确认由谁表示",
    "{paths} of entry {entries} says who the parties are, and until the case ends nobody else may speak for them",
    "请在案件办结后再销毁",
    "destroy it once the case has ended",
)
NEEDED_IN_MATTERS = _code(
    "NEEDED_IN_MATTERS",
    "已离开批次的事项 {items} 仍要用批次记录中的这些不公开内容来计算结果",
    "matters {items}, which have left the batch, still count with these values of its record",
    "请在这些事项作出决议后再销毁",
    "destroy them once those matters are decided",
)
DESTROYED_AT_ONCE = _code(
    "DESTROYED_AT_ONCE",
    "销毁写明发生于 {at}，而记录于 {recorded_at}；不公开内容随该条记录同时销毁",
    "it is said to have been destroyed at {at} and recorded at {recorded_at}; a value is destroyed with the entry that says so",
    "请将两个时刻写成同一个",
    "give the same moment for both",
)
OUT_OF_ORDER = _code(
    "OUT_OF_ORDER",
    "记录时间 {recorded_at} 早于上一条记录 {last}",
    "it is said to be recorded at {recorded_at}, before the last entry, {last}",
    "补录时 at 写发生时间，recorded_at 写现在",
    "for what happened earlier give at= its moment and recorded_at= now",
)
RECORDED_BEFORE = _code(
    "RECORDED_BEFORE",
    "记录时间 {recorded_at} 早于发生时间 {at}",
    "it is said to be recorded at {recorded_at}, before it happened at {at}",
    "请核对两个时间",
    "check the two moments",
)
BACKDATED = _code(
    "BACKDATED",
    "“{action}”写明发生于 {at}，早于它所承接的记录（{since}）",
    "“{action}” is said to have happened at {at}, before what it follows ({since})",
    "后一步不能发生在前一步之前；请核对发生时间",
    "a step cannot happen before the one that it follows: check the moment",
)
TOO_EARLY = _code(
    "TOO_EARLY",
    "“{action}”自 {from_} 起可以办理，{at} 还太早",
    "“{action}” is possible from {from_}; {at} is too early",
    "请到时再办",
    "wait until then",
)
TOO_LATE = _code(
    "TOO_LATE",
    "“{action}”截至 {until}，{at} 已经太晚",
    "“{action}” was possible until {until}; {at} is too late",
    "逾期不计；确在期内发生、事后补录的，以 at 写发生时间、recorded_at 写现在；本人投票和送达须在期内录入",
    "what is late does not count; for what happened in time and is entered later, give that moment as at= and now as "
    "recorded_at=; one's own ballot and service must be entered in time",
)
SHORT_PERIOD = _code(
    "SHORT_PERIOD",
    "从 {start} 到 {end} 不足规定的{period}",
    "from {start} to {end} is less than the {period} that the rule asks for",
    "请推迟到规定期限届满之后",
    "choose a later date",
)
LONG_PERIOD = _code(
    "LONG_PERIOD",
    "{end} 超过最长期限{period}（至 {limit}）",
    "{end} is beyond the longest period of {period} (until {limit})",
    "请改为不晚于该日",
    "choose a date no later than that",
)
NO_EDITION = _code(
    "NO_EDITION",
    "{on} 当日“{stage}”没有有效的规则版本（现有：{editions}）",
    "no edition of the rule of stage {stage} is in force on {on} (there are: {editions})",
    "请先以 AdoptEdition 采用有效版本；已经失效的，只能采用取代它的法律",
    "adopt an edition that is in force first (AdoptEdition); of what has ended, only the law that replaced it",
)
SETTING_NEEDED = _code(
    "SETTING_NEEDED",
    "“{stage}”没有或不止一项可以这样修改的设置（有：{known}）",
    "stage “{stage}” has no setting, or several, that this could be for (there are: {known})",
    "请以 setting= 写明是哪一项",
    "say which with setting=",
)
NOT_NEWER = _code(
    "NOT_NEWER",
    "采用的版本自 {since} 起有效，不晚于立案之日 {opened}",
    "the edition is in force since {since}, which is not after the case was opened on {opened}",
    "只能采用立案之后才生效的版本，并注明生效日期",
    "only what comes into force after the opening is adopted, with its date",
)
EDITION_OTHERS = _code(
    "EDITION_OTHERS",
    "采用的规则按“{counts}”计数，而“{stage}”按 {known} 计数，二者不能混用",
    "the adopted rule counts {counts}, and stage {stage} counts {known}, which are never mixed",
    "请采用按同样的人计数的规则",
    "adopt a rule that counts the same",
)
EDITION_UNDECIDED = _code(
    "EDITION_UNDECIDED",
    "采用的版本不是本库所载的法律，而没有写明：{lacking}",
    "the adopted edition is no law of the catalogue, and it is not said: {lacking}",
    "请写明作出决定的机构、日期和备案",
    "say which body decided it, on which day, and where it was filed",
)
DECIDED_LATER = _code(
    "DECIDED_LATER",
    "采用的版本是 {decided} 决定的，晚于采用之日 {on}",
    "the adopted edition was decided on {decided}, after the day of its adoption, {on}",
    "决定作出之后方可采用",
    "adopt it once it has been decided",
)
EDITION_LOWER = _code(
    "EDITION_LOWER",
    "“{stage}”的 {setting} 现行要求“{law}”，采用的版本只要求“{asks}”，低于现行要求",
    "{setting} of stage {stage} asks “{law}”, and the adopted edition asks for less: “{asks}”",
    "自行规定只能从严；法律修改的，请按本库所载的法律原文采用",
    "a by-law can only ask for more; where the law itself was changed, adopt the edition of the catalogue",
)
LAPSED = _code(
    "LAPSED",
    "{milestone}只能在 {last} 及以前录入，现在是 {on}",
    "until {last} it could be entered that {milestone}, and it is {on}",
    "此后：{instead}",
    "from then on: {instead}",
)
EDITION_ENDED = _code(
    "EDITION_ENDED",
    "“{stage}”所依的规定施行至 {last} 止，本地规定不能使其恢复",
    "the rule of {stage} was in force until {last}, and no by-law revives it",
    "请按现行法律另行立案；取代它的法律可以采用",
    "open a case by the law of the day; the law that replaced it can be adopted",
)
EDITION_FIXED = _code(
    "EDITION_FIXED",
    "“{stage}”已经启动，规则版本已经固定",
    "stage {stage} has opened, and its rule is fixed",
    "新规则只适用于以后启动的环节",
    "a new rule applies to stages that open later",
)

# Solicitation, disclosure, hearing
UNKNOWN_CHANNEL = _code(
    "UNKNOWN_CHANNEL",
    "渠道 {channels} 不在本环节允许之列（{allowed}）",
    "channels {channels} are not among those of this stage ({allowed})",
    "请改用允许的渠道",
    "use one of these",
)
MISSING_CHANNEL = _code(
    "MISSING_CHANNEL", "缺少规定的渠道 {channels}", "the required channels {channels} are missing", "请补上", "add them"
)
UNKNOWN_ITEM = _code(
    "UNKNOWN_ITEM",
    "记录中没有 {item}",
    "the record has no {item}",
    "请核对编号（现有：{known}）",
    "check the id (there are: {known})",
)
DUPLICATE_ID = _code(
    "DUPLICATE_ID",
    "编号 {item} 已经用过",
    "the id {item} is taken",
    "请另用编号，或不填由系统编号",
    "use another, or leave it out",
)
ALREADY_ANSWERED = _code(
    "ALREADY_ANSWERED",
    "{item} 已经答复",
    "{item} has been answered",
    "如需更正，请用 Correct",
    "use Correct to mend an answer",
)
UNANSWERED = _code(
    "UNANSWERED",
    "尚未答复：{items}",
    "not answered yet: {items}",
    "请逐一答复后再结束本环节",
    "answer each before the stage closes",
)
CUT_SHORT = _code(
    "CUT_SHORT",
    "公示须满 {until}，提前撤下视为未公示",
    "it must stay posted until {until}; a disclosure that is cut short has not been made",
    "请期满后再撤下；确需撤下的，用 Interrupt，并重新公示",
    "take it down after that, or Interrupt it and post it again",
)
SAME_CONTENT = _code(
    "SAME_CONTENT",
    "内容与正在公示的相同",
    "the content is the one that is posted already",
    "内容不变不必重新公示",
    "post again only when the content changes",
)
HEARING_REQUIRED = _code(
    "HEARING_REQUIRED",
    "应当听证：{why}",
    "a hearing is required: {why}",
    "请召开听证（CallHearing）",
    "call the hearing (CallHearing)",
)
NOBODY_HEARD = _code(
    "NOBODY_HEARD",
    "听证中没有任何人发言",
    "nobody was heard at the hearing",
    "请先记录发言（Testify）；确实无人到场的，以 unheard= 写明原因",
    "enter what was said (Testify); if nobody came, say why with unheard=",
)
CALLED_AT_ONCE = _code(
    "CALLED_AT_ONCE",
    "听证于 {called} 才录入召集，{held} 举行，无人能够事先知道",
    "the hearing of {held} was called on {called}, so that nobody could know of it beforehand",
    "请另定日期重新召集（CallHearing），至少提前一日",
    "call it for another day (CallHearing), the day before at least",
)
NOT_CONCERNED = _code(
    "NOT_CONCERNED",
    "这里只听取本人（{concerned}）的意见，所录不是其本人的陈述或者放弃",
    "only those concerned are heard here ({concerned}), and this is neither said nor declined by any of them",
    "由本人陈述或者放弃；代为录入的，写明本人是谁（speaker=…、person=…）",
    "they speak or decline for themselves; who enters it for them names them (speaker=…, person=…)",
)
CONCERNED_ENTERS = _code(
    "CONCERNED_ENTERS",
    "本人就是这里要听取意见的人，不能替他人办理“{action}”",
    "whoever is to be heard here does nothing for others (“{action}”)",
    "自己的意见自己陈述；他人的，请另一任职者录入",
    "speak for yourself; let another holder of the office enter what others said",
)
CONCERNED_WITHHELD = _code(
    "CONCERNED_WITHHELD",
    "手头的记录没有{concerned}是谁，无人能够陈述，因而不能记为已通知或者未到场",
    "the record at hand does not hold who is concerned ({concerned}), so that nobody could speak, be told or be absent",
    "请用保有不公开内容的记录办理",
    "go on with the record that holds its private values",
)
CONCERNED_IN_OFFICE = _code(
    "CONCERNED_IN_OFFICE",
    "所写的{concerned}在本案担任职务，会成为自己听取自己的意见",
    "who is stated as concerned ({concerned}) holds an office in this case, and would hear themselves",
    "请写明真正受影响的人；确是本人的，由他人任职办理",
    "state who is really concerned; if it is they, let others hold the offices",
)
NO_EVIDENCE = _code(
    "NO_EVIDENCE",
    "代为录入的“{action}”没有凭据",
    "“{action}” is entered for somebody else, with nothing that shows it",
    "请写明本人签名的笔录或者书面声明（evidence=…）",
    "name the signed record or the written statement (evidence=…)",
)
NOT_SUMMONED = _code(
    "NOT_SUMMONED",
    "{concerned} 没有在听取意见之前得到通知",
    "{concerned} was not summoned before the hearing",
    "请重新确定日期（CallHearing），并在此前通知（Summon）",
    "set another day (CallHearing), and summon them before it (Summon)",
)
CONCERNED_UNHEARD = _code(
    "CONCERNED_UNHEARD",
    "尚未听取 {concerned} 的意见",
    "{concerned} has not been heard",
    "请记录其陈述（Testify）、本人的放弃（DeclineHearing），或者经通知而未到场（RecordAbsence）",
    "enter what they said (Testify), that they decline (DeclineHearing), or that they were summoned and did not come (RecordAbsence)",
)
NO_BASELINE = _code(
    "NO_BASELINE",
    "尚未记录实施前的满意度调查",
    "the survey before the works has not been recorded",
    '请先以 Survey(wave="before") 记录',
    'record it first with Survey(wave="before")',
)
INCOMPARABLE = _code(
    "INCOMPARABLE",
    "问题或调查对象与实施前不同（实施前：{before}）",
    "the question or the population differs from the one before ({before})",
    "请用相同问题调查相同对象",
    "put the same question to the same population",
)

# Deliberation
NO_ROLL = _code(
    "NO_ROLL",
    "没有{body}的名册",
    "there is no roll of {body}",
    "请在 Convene(roll=…) 中提供，或在立案时提供",
    "give it in Convene(roll=…), or at the opening",
)
WRONG_BODY = _code(
    "WRONG_BODY",
    "提供的是{given}的名册，应为{body}",
    "the roll given is of {given}; it must be of {body}",
    "请更换名册",
    "give the right roll",
)
RULE_UNFIT = _code(
    "RULE_UNFIT",
    "规则要用的 {lacking}，{body}的名册上没有",
    "the rule asks for {lacking}, which the roll of {body} does not have",
    "请补全名册（权数、分组）",
    "give a roll with these measures and groups",
)
LATER_ROLL = _code(
    "LATER_ROLL",
    "{body}的名册所载日期为 {on}，晚于召集之日 {called}",
    "the roll of {body} is of {on}, which is later than the day of the notice, {called}",
    "请用召集当日或此前的名册；名册在召集时固定",
    "give the roll as it stood on the day of the notice or before: the notice fixes it",
)
ROLL_FIXED = _code(
    "ROLL_FIXED",
    "{body}首次召集所用的名册有 {called} 人，再次召集提供的是另一份名册（{given} 人）",
    "the first call of {body} was by a roll of {called}, and this call gives another roll, of {given}",
    "再次召集仍是同一次表决，不因此降低法定人数：请不带 roll= 再次召集，沿用首次的名册",
    "a further call is the same vote, and lowers no quorum: call again without roll=, by the roll of the first call",
)
OTHER_ELECTORATE = _code(
    "OTHER_ELECTORATE",
    "规则以{counts}计，{body}的名册列的是{listed}，两者不得混计",
    "the rule counts {counts}, and the roll of {body} lists {listed}: the two are never mixed",
    "请用与规则相符的名册，或与名册相符的规则",
    "give the roll that the rule counts, or a rule made for this roll",
)
ELECTORATE_UNSAID = _code(
    "ELECTORATE_UNSAID",
    "{body}的名册没有写明所列是谁，而规则对{counted}各有规定",
    "the roll of {body} does not say whom it lists, and the rule differs for {counted}",
    "请在名册上写明（Roll(…, electorate=…)）",
    "say it on the roll (Roll(…, electorate=…))",
)
NOT_ON_AGENDA = _code(
    "NOT_ON_AGENDA",
    "{item} 不在会议通知的议程之内",
    "{item} is not on the agenda of the notice",
    "未经通知的事项不得表决；请另行通知",
    "what was not on the notice is not voted on: give a new notice",
)
OTHER_MATTER = _code(
    "OTHER_MATTER",
    "选票上的事项是 {item}，本案事项是 {matter}",
    "the ballots are on {item}, and this case is about {matter}",
    "请记入该事项自己的案卷",
    "enter them in the case of that matter",
)
MODE_NOT_ALLOWED = _code(
    "MODE_NOT_ALLOWED",
    "本环节不采用“{mode}”形式",
    "this stage does not allow the mode {mode}",
    "可用形式：{allowed}",
    "allowed are: {allowed}",
)
NO_PRESENCE = _code(
    "NO_PRESENCE",
    "规则要求计算到会人数，“{mode}”形式没有到会",
    "the rule asks who is present, and there is no presence in the mode {mode}",
    "请开会表决，或采用不以到会为基数的规则",
    "hold a meeting, or take a rule that does not ask for presence",
)
NO_WINDOW = _code(
    "NO_WINDOW",
    "“{mode}”形式须写明截止时间",
    "a vote in the mode {mode} needs an end",
    "请写 Convene(until=…)",
    "give Convene(until=…)",
)
NO_ATTENDANCE = _code(
    "NO_ATTENDANCE",
    "尚未签到，不能表决",
    "attendance has not been taken, so nobody can vote",
    "请先办理 TakeAttendance",
    "TakeAttendance first",
)
ALREADY_CAST = _code(
    "ALREADY_CAST",
    "{member} 已经投票",
    "{member} has cast a ballot",
    "一人一票，第二张不计",
    "a second ballot by the same member does not count",
)
HAS_CAST = _code(
    "HAS_CAST",
    "表决已经开始，不能再变更 {member} 的到会或回避",
    "the vote has begun, so the presence or recusal of {member} can no longer be changed",
    "回避须在投票前提出",
    "recusal comes before the ballot",
)
ALREADY_RECUSED = _code(
    "ALREADY_RECUSED", "{member} 已经回避", "{member} is recused already", "不必重复", "nothing needs to be done"
)
METHOD_NOT_ALLOWED = _code(
    "METHOD_NOT_ALLOWED",
    "本次表决不采用“{method}”方式",
    "this vote is not taken by {method}",
    "可用方式：{allowed}",
    "allowed are: {allowed}",
)
WEIGHTED_COUNT = _code(
    "WEIGHTED_COUNT",
    "规则按 {measures} 计权，只有人数的计票不能裁定",
    "the rule weighs by {measures}, which a count of heads cannot settle",
    "请逐人记录（RecordBallots）",
    "record the ballots by name (RecordBallots)",
)
SECRET_WEIGHTED = _code(
    "SECRET_WEIGHTED",
    "规则按 {measures} 计权，无记名投票的合计会暴露各人的选择",
    "the rule weighs by {measures}, and the totals of a secret vote would then give people's choices away",
    "请改用记名投票（RecordBallots），或改用只按人数计票的规则",
    "vote by name (RecordBallots), or by a rule that counts heads alone",
)
SECRET_ONE = _code(
    "SECRET_ONE",
    "无记名投票只有 1 人投票，合计就会暴露其选择",
    "one person alone voted in this secret vote, and its totals would give that person's choice away",
    "请改用记名投票（RecordBallots），选择不公开",
    "vote by name (RecordBallots), which keeps the choice private",
)
NO_SILENCE = _code(
    "NO_SILENCE",
    "本次表决中，未表决者不视为作出任何表示，送达不产生后果",
    "this vote makes nothing of silence, so that service has no consequence in it",
    "会议上没有“视为”；书面表决须先在环节中以 silence= 写明规约条文",
    "nothing is made of silence at a meeting; in writing the stage must say so, with the article: silence=",
)
WRONG_WARNING = _code(
    "WRONG_WARNING",
    "送达时告知的是“{said}”，规约规定的告知内容是“{prescribed}”",
    "what was announced with the ballot is “{said}”; the by-law prescribes “{prescribed}”",
    "请按规定的内容重新送达",
    "serve it again with the words prescribed",
)
COUNT_MISMATCH = _code(
    "COUNT_MISMATCH",
    "计票 {counted} 与{against}不符（{expected}）",
    "the count of {counted} does not agree with {against} ({expected})",
    "请重新清点",
    "count again",
)
ALREADY_COUNTED = _code(
    "ALREADY_COUNTED",
    "本次表决已经计票",
    "this vote has been counted already",
    "复核重计的，请写明理由：CountVotes(…, recount=…)",
    "count it again with the reason: CountVotes(…, recount=…)",
)
NOT_COUNTED = _code(
    "NOT_COUNTED",
    "尚未计票，无从重计",
    "nothing has been counted yet that could be counted again",
    "请不带 recount 计票",
    "count without recount",
)
OTHER_VOTERS = _code(
    "OTHER_VOTERS",
    "重新计票的投票人名单与第一次不同",
    "the recount lists other voters than the first count",
    "重计的是同一批选票；名单有误的，请宣布本次表决作废后重新表决",
    "a recount is of the same ballots; where the list itself is wrong, return the matter and vote again",
)
BOX_COUNTED = _code(
    "BOX_COUNTED",
    "计票时已经写明发出和收回的票数",
    "the count says already how many ballots were issued and returned",
    "请不带 issued 和 returned 结束表决",
    "close the vote without issued and returned",
)
VOTE_RUNNING = _code(
    "VOTE_RUNNING",
    "表决截止时间为 {until}，未投票者仍可能改变结果",
    "the vote runs until {until}, and those who have not voted could still change its outcome",
    "请到期后再结束",
    "close it after that",
)
NO_CASTING_VOTE = _code(
    "NO_CASTING_VOTE",
    "规则没有给任何人决定票，赞成与反对相等即为未通过",
    "the rule gives nobody a casting vote: where for and against are equal, the motion is lost",
    "请不带 casting 结束表决",
    "close the vote without casting",
)
NOT_CASTING = _code(
    "NOT_CASTING",
    "决定票属于“{office}”，{by} 不任此职，或表决开始时尚未任职",
    "the casting vote belongs to {office}, and {by} does not hold that office, or did not when the vote opened",
    "请由表决开始时即任此职者结束表决",
    "let whoever has held it since then close the vote",
)
NO_TIE = _code(
    "NO_TIE",
    "没有可由决定票打破的平局：赞成 {for_}，反对 {against}",
    "there is no tie for a casting vote to break: {for_} for, {against} against",
    "请不带 casting 结束表决",
    "close the vote without casting",
)
WITHHELD = _code(
    "WITHHELD",
    "{count} 张选票的内容已被隐去，无法计票",
    "{count} ballots are withheld, so they cannot be counted",
    "请在完整记录上计票",
    "count on the full record",
)
NO_MORE_EXTENSIONS = _code(
    "NO_MORE_EXTENSIONS",
    "延期次数已达上限 {most}",
    "the vote has been extended {most} times, which is the most",
    "请按期结束",
    "close it in time",
)
VOTE_OPENED = _code(
    "VOTE_OPENED",
    "决议表决已经开始或已经作出",
    "the deciding vote has opened or has been taken",
    "只能在表决前撤回",
    "a matter is withdrawn only before its vote",
)

BINDING = _code(
    "BINDING",
    "“{stage}”已有结果，不能再撤回",
    "{stage} has come to its result, and the matter is not withdrawn any more",
    "请继续办理；有异议的，依法另行主张",
    "go on with it; whoever disputes the result takes the way that the law gives",
)

# Batches
IN_BATCH = _code(
    "IN_BATCH",
    "本事项正随批次“{batch}”一并办理，尚未分出",
    "this matter is dealt with in batch {batch}, and has not been released from it",
    "请把动作交给批次（act_batch），或先移出批次（SplitOut）",
    "put the act to the batch (act_batch), or have the matter split out first",
)
ONE_BY_ONE = _code(
    "ONE_BY_ONE",
    "批次中的事项逐个决议，不能对整批办理“{action}”",
    "the matters of a batch are resolved one by one; {action} cannot be done for all of them at once",
    "请对每个事项分别办理",
    "put the act to each matter by itself",
)
APART = _code(
    "APART",
    "本批次立案时定为分别召开会议，不能为整批召集",
    "this batch was opened for separate sittings; the body is not called for all of its matters at once",
    "请为每个事项分别召集",
    "call the body for each matter by itself",
)
TOGETHER = _code(
    "TOGETHER",
    "本批次立案时定为同一次会议逐项表决，通知与签到由批次办理",
    "this batch was opened for one sitting, so notice and attendance belong to the batch",
    "请先由批次召集并签到（act_batch）",
    "call the body and take attendance in the batch first (act_batch)",
)
STILL_SHARED = _code(
    "STILL_SHARED",
    "批次“{batch}”还在共同进行的环节，事项尚不能逐个决议",
    "batch {batch} is still in the stages that its matters share; they cannot be resolved one by one yet",
    "请先完成共同环节，或把事项移出批次（SplitOut）",
    "finish the shared stages first, or have the matter split out",
)
NOT_IN_BATCH = _code(
    "NOT_IN_BATCH",
    "“{item}”不在批次“{batch}”中，或已经离开",
    "{item} is not in batch {batch}, or has left it",
    "请核对事项编号",
    "check the id of the matter",
)
NO_BATCH = _code(
    "NO_BATCH",
    "这是单个事项的案卷，不是批次",
    "this is the case of one matter, not a batch",
    "事项已单独办理，无须移出",
    "the matter goes by itself already",
)
BATCH_EMPTY = _code(
    "BATCH_EMPTY",
    "批次“{batch}”的事项都已离开",
    "all matters of batch {batch} have left it",
    "请对每个事项分别办理",
    "put the act to each matter by itself",
)
ALREADY_ASKED = _code(
    "ALREADY_ASKED",
    "“{by}”已申请把“{item}”单独办理",
    "{by} has asked already that {item} be dealt with by itself",
    "一人一事项只计一次",
    "each person counts once for each matter",
)
ITEM_LACKS = _code(
    "ITEM_LACKS",
    "批次中的“{item}”缺少必须写明的“{fact}”",
    "matter {item} of the batch does not state {fact}, which this procedure asks for",
    "请在 Matter(facts=…) 中写明",
    "state it in Matter(facts=…)",
)
CASE_OF_BATCH = _code(
    "CASE_OF_BATCH",
    "批次案卷“{batch}”与本事项的立案不符",
    "the record of batch {batch} does not fit the opening of this matter",
    "请交付该批次自己的案卷",
    "hand in the record of the batch that it was opened in",
)

COMPETES = _code(
    "COMPETES",
    "批次“{batch}”的事项竞争 {seats} 个名额，不能单独结束表决",
    "the matters of batch {batch} compete for {seats} places; the vote on one of them is not closed by itself",
    "请同时结束各事项的表决并确定名额（fill_places）",
    "close the votes on all of them at once and fill the places (fill_places)",
)
NO_QUOTA = _code(
    "NO_QUOTA",
    "批次“{batch}”没有固定名额，各事项互不竞争",
    "batch {batch} has no fixed number of places, so its matters do not compete",
    "请分别结束各事项的表决",
    "close the vote on each matter by itself",
)
NOT_VOTED = _code(
    "NOT_VOTED",
    "竞争名额的“{items}”尚未表决",
    "{items} compete for the places too, and are not being voted on yet",
    "请先对其表决，或将其撤回",
    "have them voted on first, or withdrawn",
)
NO_CONTENDER = _code(
    "NO_CONTENDER",
    "批次“{batch}”没有正在表决的事项",
    "no matter of batch {batch} is being voted on",
    "请先表决",
    "have them voted on first",
)
RECALL_FIRST = _code(
    "RECALL_FIRST",
    "“{items}”的表决未达法定人数，可以再次召集",
    "the votes on {items} have no quorum, and the body can be called again for them",
    "请先单独结束其表决（CloseVote），再次召集后表决",
    "close them by themselves first (CloseVote), and vote on them again",
)
VOTES_NEEDED = _code(
    "VOTES_NEEDED",
    "名额依各事项的表决结果确定，不能只凭批次案卷",
    "places are filled from the votes on all matters, not from the record of the batch alone",
    "请连同各事项的案卷办理（fill_places）",
    "put it together with the cases of its matters (fill_places)",
)
LOT_NEEDED = _code(
    "LOT_NEEDED",
    "“{items}”并列，争 {places} 个名额，应抽签决定",
    "{items} are tied for {places} places, which a lot decides",
    "请在场外抽签，连同凭据交来（lot=Lot(…)）",
    "have it drawn and hand it in with its evidence (lot=Lot(…))",
)
LOT_UNFIT = _code(
    "LOT_UNFIT",
    "抽签结果为“{drawn}”，应从并列者“{items}”中抽出 {places} 个",
    "the lot drew {drawn}; it draws {places} of the tied: {items}",
    "请核对；无并列或规则不以抽签决定时，不交抽签结果",
    "check it; where nobody is tied or no rule names a lot, hand none in",
)

# Disputes
NO_PARTIES = _code(
    "NO_PARTIES",
    "尚未写明当事人",
    "the parties are not named yet",
    "请在登记或者受理时写明（parties=…）",
    "name them in the register, or when the dispute is accepted (parties=…)",
)
NOT_A_PARTY = _code(
    "NOT_A_PARTY",
    "{who} 不是本纠纷的当事人",
    "{who} is no party to this dispute",
    "由当事人本人表示；代为录入的，请写明是谁（person=…）",
    "a party says it for themselves; who enters it for one names them (person=…)",
)
PARTY_REFUSES = _code(
    "PARTY_REFUSES",
    "当事人“{parties}”明确拒绝调解，不得调解",
    "the party {parties} plainly refuses mediation, so there is none",
    "请终止调解并告知其他途径（EndMediation）；当事人改变主意的，由其表示接受",
    "end it and tell the parties of other ways (EndMediation); whoever changes their mind says so",
)
CONSENT_MISSING = _code(
    "CONSENT_MISSING",
    "“{action}”须经各方当事人同意，“{parties}”尚未表示同意",
    "“{action}” asks for the consent of every party, and {parties} has not given it",
    "请先征得其同意",
    "ask for it first",
)
NO_MEDIATOR = _code(
    "NO_MEDIATOR",
    "尚未确定调解员",
    "nobody mediates yet",
    "请指定一名或者数名调解员，或者由当事人选择（AssignMediators）",
    "assign one mediator or several, or let the parties choose (AssignMediators)",
)
MEDIATOR_REJECTED = _code(
    "MEDIATOR_REJECTED",
    "当事人不接受“{mediators}”调解",
    "a party does not accept {mediators} as a mediator",
    "请另行确定调解员",
    "assign somebody else",
)
OWN_DISPUTE = _code(
    "OWN_DISPUTE",
    "“{mediators}”是本纠纷的当事人，不能调解、办理自己的纠纷",
    "{mediators} is a party to this dispute, and nobody mediates their own, or acts in it by an office",
    "请指定其他调解员，由其他人办理",
    "assign somebody else, and let somebody else act",
)
LABEL_TAKEN = _code(
    "LABEL_TAKEN",
    "当事人代号“{parties}”已指另一人，或者其人已有代号",
    "the label {parties} stands for somebody else, or for somebody who has a label already",
    "沿用登记时的代号；新的当事人用新的代号",
    "keep the labels of the register; give a new party a new label",
)
NOT_MEDIATING = _code(
    "NOT_MEDIATING",
    "“{mediators}”不是本纠纷的调解员（{assigned}）",
    "{mediators} does not mediate in this dispute ({assigned} does)",
    "由本纠纷的调解员签名",
    "let those who do sign",
)
FEE_CHARGED = _code(
    "FEE_CHARGED",
    "拟收费 {fee} 元，而人民调解不收取任何费用",
    "{fee} yuan would be charged, and mediation is free of charge",
    "请不收费受理",
    "accept the dispute without a fee",
)
DANGER_UNREPORTED = _code(
    "DANGER_UNREPORTED",
    "{since} 发现可能引起治安案件、刑事案件，尚未报告",
    "since {since} there are signs that it may lead to a crime or a breach of public order, which are not reported yet",
    "请立即报告公安机关或者有关部门（ReportDanger），再办理其他事项",
    "report them at once to the public security organ or the department concerned (ReportDanger), before anything else",
)
ROUTES_UNNAMED = _code(
    "ROUTES_UNNAMED",
    "终止调解须告知其他途径，未告知：{missing}",
    "when mediation ends the parties are told of the other ways to their right, and these were not named: {missing}",
    "请一并告知（routes=…）",
    "name them as well (routes=…)",
)
NOT_AGREED = _code(
    "NOT_AGREED",
    "没有已生效的调解协议",
    "there is no agreement in effect",
    "书面协议经各方签名盖章、口头协议自达成之时起生效",
    "a written one takes effect when all have signed and it is sealed, an oral one when the parties agree",
)
AGREEMENT_BINDS = _code(
    "AGREEMENT_BINDS",
    "调解协议自 {since} 起生效，对各方当事人有法律约束力，不能责令改正",
    "the agreement has been in effect since {since} and binds the parties; no order of correction changes it",
    "由各方当事人另行协商一致，或者由一方当事人向人民法院提起诉讼",
    "all parties may agree otherwise, or one of them may sue",
)
NOT_JOINT = _code(
    "NOT_JOINT",
    "司法确认由双方当事人共同申请，“{parties}”未申请",
    "judicial confirmation is asked for by both parties together, and {parties} has not asked for it",
    "请由各方共同申请",
    "let all of them apply together",
)
CONFIRMATION_LATE = _code(
    "CONFIRMATION_LATE",
    "{at} 申请，而协议 {since} 生效，{period}内申请，截至 {until}",
    "it was asked for at {at}; the agreement took effect at {since}, and within {period} means before {until}",
    "一方不履行的，对方可以依法向人民法院提起诉讼",
    "where it is not performed, a party can sue",
)
NOT_CHECKED = _code(
    "NOT_CHECKED",
    "尚未回访履行情况",
    "nobody has looked yet whether the agreement is performed",
    "请先回访（CheckPerformance）",
    "check it first (CheckPerformance)",
)
FILE_INCOMPLETE = _code(
    "FILE_INCOMPLETE",
    "卷宗缺少：{missing}",
    "the file lacks: {missing}",
    "请补齐后归档",
    "add it, then put the file away",
)

# Referral, implementation
OVER_BUDGET = _code(
    "OVER_BUDGET",
    "{spent} 超出预算 {budget}",
    "{spent} is more than the budget of {budget}",
    "请先按程序追加预算",
    "have the budget raised by the procedure first",
)
NO_BUDGET = _code(
    "NO_BUDGET",
    "没有预算，不能列支",
    "there is no budget to spend from",
    "请在事项或 Assign 中写明预算",
    "state it in the matter's facts or in Assign",
)
NOT_INSPECTED = _code(
    "NOT_INSPECTED",
    "最近一次监督检查未通过或尚未检查",
    "it has not been inspected, or did not pass the last inspection",
    "请由监督者检查通过后再完工",
    "let the supervisors inspect and pass it first",
)
MISSING_FACT = _code(
    "MISSING_FACT",
    "事项缺少必须写明的“{fact}”",
    "the matter does not state {fact}, which this procedure asks for",
    "请在 Matter(facts=…) 中写明",
    "state it in Matter(facts=…)",
)
PRIVATE_FACT = _code(
    "PRIVATE_FACT",
    "“{fact}”须在事项的不公开内容中写明，并且不得写入公开的事实",
    "the matter states {fact} among its private fields, which this procedure asks for, and not among its facts, which are public",
    "请在 Matter(private=…) 中写明；写明的是谁的，要与其本人办理时所用的一致",
    "state it in Matter(private=…); who somebody is, under the id by which they act",
)
WRONG_PROCEDURE = _code(
    "WRONG_PROCEDURE",
    "本程序只适用于“{fact}”为 {given} 的事项，本事项写明为 {value}",
    "this procedure is for matters whose {fact} is {given}, and here it is {value}",
    "请用适用于该事项的程序（applicable 会指明）",
    "open it by the procedure that is for it, which applicable names",
)
NOT_DELEGATED = _code(
    "NOT_DELEGATED",
    "本环节只决定经授权的事项，而事项中“{fact}”为：{stated}",
    "what is decided here must have been delegated, and the fact {fact} of the matter is: {stated}",
    "请在 delegated_by 中写明由哪项决定授权，或者由有权的会议决定",
    "state in delegated_by by which decision it was, or have the body decide whose matter it is",
)
DELEGATION_ENDED = _code(
    "DELEGATION_ENDED",
    "授权至 {until} 为止，而决定之日为 {on}",
    "it was delegated until {until}, and the day is {on}",
    "请重新取得授权，或者由有权的会议决定",
    "have it delegated anew, or have the body decide whose matter it is",
)
BAD_TERM = _code(
    "BAD_TERM",
    "事项中“{fact}”不是授权的最后一日：{stated}",
    "the fact {fact} of the matter is not the last day of a delegation: {stated}",
    '请写成日期，如 "2026-12-31"；未定期限而又无须定期限的，写 False',
    'write a day such as "2026-12-31", or False where no term was set and none is asked for',
)
BAD_AMOUNT = _code(
    "BAD_AMOUNT",
    "事项中“{fact}”不是金额：{value}",
    "the fact {fact} of the matter is no amount: {value}",
    '请写成数字字符串，如 "1200000.00"',
    'write it as a string of digits such as "1200000.00"',
)
