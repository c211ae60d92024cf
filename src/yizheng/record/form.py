"""The register as a form that people read: six sheets, each a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

import attrs

from yizheng.record.markup import Marked, document, heading, table
from yizheng.record.secretary import Secretary
from yizheng.record.sheets import (
    Attendance,
    Destruction,
    DisclosureSheet,
    Paper,
    Sheet,
    SheetKind,
    SittingSheet,
    Supervision,
)
from yizheng.record.telling import which
from yizheng.record.words import CHANNELS, MODES, OUTCOMES, PASSED, in_words, word
from yizheng.rules import HEADS
from yizheng.text import Language, Text

__all__ = ["SHEETS", "Register", "named"]

SHEETS: Final[Mapping[SheetKind, Text]] = {
    SheetKind.PROPOSE: Text("提议", "Proposal"),
    SheetKind.DISCUSS: Text("商议", "Discussion"),
    SheetKind.REVIEW: Text("审议", "Review"),
    SheetKind.RESOLVE: Text("决议", "Resolution"),
    SheetKind.DISCLOSE_RESOLUTION: Text("决议公开", "Disclosure of the resolution"),
    SheetKind.DISCLOSE_RESULT: Text("实施结果公开", "Disclosure of the result"),
}
"""What the sheets are called."""


def named(kind: SheetKind, title: Text) -> bool:
    """Whether the title of a stage names a sheet."""
    return SHEETS[kind].zh in title.zh


_TITLE: Final = Text("重大事务决策实施登记表：{title}", "Register of decision and implementation: {title}")
_HOW: Final = Text(
    "事项编号 {id}，程序为“{procedure}”第 {edition} 版。各环节与六张表的对应为推定，来源未作规定；人数由计票得出，不另填写。",
    "Matter {id}, by “{procedure}”, edition {edition}. Which stage stands on which sheet is inferred: no source says so. "
    "The counts are those that were judged.",
)
_NAMED: Final = Text(
    "事项编号 {id}，程序为“{procedure}”第 {edition} 版。各表记载同名的环节；人数由计票得出，不另填写。",
    "Matter {id}, by “{procedure}”, edition {edition}. Each sheet has the stage of its name. The counts are those that were "
    "judged.",
)
_OF_BATCH: Final = Text(
    "本表为批次的登记表，记载为其中全部事项（立案时 {items} 件）一并办理的环节；各事项的决议及其后的办理，见该事项自己的登记表。",
    "This is the register of a batch: it shows what was done for all matters in it together ({items} at the opening). How "
    "each was resolved, and what was done after that, stands in its own register.",
)
_SHEET: Final = Text("{number}. {title}", "{number}. {title}")
_ELSEWHERE: Final = Text(
    "另有环节不在上表，见议事记录：{stages}。", "Stages on no sheet, told in the minutes: {stages}."
)
_DESTROYED: Final = Text(
    "{on}，{offices}销毁案卷中的 {count} 项不公开内容（{entries}），理由：{reason}。",
    "On {on}, the {offices} destroyed private values of {entries} of the record ({count}): {reason}.",
)
_ROW, _ENTRY = Text("栏目", "Field"), Text("内容", "Entry")
_ORIGIN: Final = Text("动议事由", "Origin")
_ITEM: Final = Text("事项", "Item")
_STAGE: Final = Text("环节", "Stage")
_NO_STAGE: Final = Text("本程序没有与本表对应的环节", "the procedure has no stage for this sheet")
_NOT_YET: Final = Text("{stage}，未进行", "{stage}, which has not taken place")
_TIMES: Final = Text("{stage}（共 {times} 次，以下为末次）", "{stage} (passed {times} times; this is the last)")
_TOGETHER: Final = Text("一并办理", "Together")
_AMONG: Final = Text("批次 {batch} 的 {among} 件事项", "the matters of batch {batch} ({among})")
_ONE_SITTING: Final = Text(
    "批次 {batch} 的 {among} 件事项在一次会议上逐件表决",
    "one sitting for the matters of batch {batch} ({among}), with a vote for each",
)
_EACH: Final = Text("逐件决议，见各事项的登记表", "each matter by itself; see the register of each")
_DATE: Final = Text("日期", "Date")
_FORM: Final = Text("会议形式", "Form")
_BODY: Final = Text("参会主体", "Body")
_ENTITLED: Final = Text("应到", "Entitled")
_PRESENT: Final = Text("实到", "Present")
_CAST: Final = Text("参与表决", "Taking part")
_RATIO: Final = Text("比例", "Ratio")
_SHARE: Final = Text("{ratio}（约 {percent}%）", "{ratio} (about {percent}%)")
_BY_MEASURE: Final = Text("{measure} {share}", "{measure} {share}")
_HEADS, _AREA = Text("人数", "heads"), Text("面积", "area")
_CONTENT: Final = Text("内容", "Content")
_AS_OPENED: Final = Text("按立案事项，方案未另行修改", "the matter as it was opened; no other text was proposed")
_PARTICIPANTS: Final = Text("参加人员", "Participants")
_OUTCOME: Final = Text("结果", "Outcome")
_PLACED: Final = Text("{placing}", " {placing}")
_VOTED: Final = Text("{outcome}。{ruling}", "{outcome}. {ruling}")
_UNDER_WAY: Final = Text("尚无结果", "none yet")
_NOT_STATED: Final = Text("未记载", "not stated")
_HOW_POSTED: Final = Text("公开方式", "How disclosed")
_POSTED_UNTIL: Final = Text("{channels}，应公示至 {until}", "{channels}, to stay posted until {until}")
_OBJECTIONS: Final = Text("异议", "Objections")
_COUNTED: Final = Text("收到 {objections} 件，成立 {upheld} 件", "{objections} received, {upheld} upheld")
_ATTENDED: Final = Text("上级参加人员", "From the level above")
_ATTENDANCE: Final = Text("{on} {by}（{posts}）：{text}", "{on}, {by} ({posts}): {text}")
_PAPERS: Final = Text("签名和附件", "Signatures and papers")
_PAPER: Final = Text("{label}（SHA-256：{document}）", "{label} (SHA-256: {document})")
_SUPERVISION: Final = Text("监督意见", "Supervision")
_SAID: Final = Text("{on} {by}：{text}", "{on}, {by}: {text}")
_FOUND: Final = Text("{on} {by} 检查{passed}：{text}", "{on}, {by} found it {passed}: {text}")


@attrs.frozen(kw_only=True)
class Register:
    """The register of a case. Nothing private stands in it.

    Attributes:
        id: the id of the matter.
        title: the matter.
        procedure: by which procedure.
        edition: which edition of it.
        zone: in which zone its days are reckoned.
        items: how many matters there were at the opening, where it is the register of a batch; else 0.
        sheets: the six sheets, in order.
        elsewhere: the stages that were passed and stand on no sheet.
        rehearsal: whether the case was only rehearsed (模拟演练).
        destroyed: when private values were destroyed, by which office, how many, and why.
    """

    id: str
    title: Text
    procedure: Text
    edition: str
    zone: str
    sheets: tuple[Sheet, ...]
    elsewhere: tuple[Text, ...]
    rehearsal: bool = False
    items: int = 0
    destroyed: tuple[Destruction, ...] = ()

    def markdown(self, language: Language = "zh", *, participants: bool = False) -> str:
        """The register as Markdown, a table for each sheet.

        Args:
            language: ``"zh"`` or ``"en"``.
            participants: whether those present are named; as it is left, that row reads 〔不公开〕 or ``[withheld]``.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        return document(_blocks(Secretary(language, self.zone, private=participants), self))


def _blocks(pen: Secretary, register: Register) -> Iterator[Marked]:
    yield pen.rehearsed(register.rehearsal)
    yield heading(1, pen.say(_TITLE, title=register.title))
    own = all(sheet.stage is not None and named(sheet.kind, sheet.stage) for sheet in register.sheets)
    yield pen.say(_NAMED if own else _HOW, id=register.id, procedure=register.procedure, edition=register.edition)
    if register.items:
        yield pen.say(_OF_BATCH, items=register.items)
    for number, sheet in enumerate(register.sheets, 1):
        yield heading(2, pen.say(_SHEET, number=number, title=SHEETS[sheet.kind]))
        yield pen.rehearsed(sheet.rehearsal)  # on each, since sheets are filed and posted one by one
        yield table(
            [
                [pen.said(_ROW), pen.said(_ENTRY)],
                *([pen.said(row), told] for row, told in _rows(pen, sheet, each=register.items > 0)),
            ]
        )
    if register.elsewhere:
        yield pen.say(_ELSEWHERE, stages=pen.several(pen.quote(title) for title in register.elsewhere))
    for each in register.destroyed:
        offices, reason = pen.several(each.offices), pen.quote(each.reason)
        entries = pen.several([which(pen, number) for number in each.entries])
        yield pen.say(_DESTROYED, on=each.on, offices=offices, count=each.count, entries=entries, reason=reason)


def _rows(pen: Secretary, sheet: Sheet, *, each: bool) -> Iterator[tuple[Text, Marked]]:
    yield _ORIGIN, pen.said(_NOT_STATED) if sheet.origin is None else pen.quote(sheet.origin)
    yield _ITEM, pen.said(sheet.item)
    yield _STAGE, _stage(pen, sheet)
    if sheet.batch is not None:
        one_sitting = isinstance(sheet, SittingSheet) and sheet.one_by_one
        yield _TOGETHER, pen.say(_ONE_SITTING if one_sitting else _AMONG, batch=sheet.batch, among=sheet.among)
    if isinstance(sheet, SittingSheet) and sheet.times:
        yield from _sitting(pen, sheet, each=each and sheet.one_by_one)
    if isinstance(sheet, DisclosureSheet):
        if sheet.times:
            yield from _notice(pen, sheet)
        if sheet.times or sheet.supervision:
            yield _SUPERVISION, pen.several(_supervision(pen, each) for each in sheet.supervision)
    if sheet.papers:
        yield _PAPERS, pen.several(_paper(pen, each) for each in sheet.papers)


def _stage(pen: Secretary, sheet: Sheet) -> Marked:
    if sheet.stage is None:
        return pen.said(_NO_STAGE)
    title = pen.quote(sheet.stage)
    if not sheet.times:
        return pen.say(_NOT_YET, stage=title)
    return title if sheet.times == 1 else pen.say(_TIMES, stage=title, times=sheet.times)


def _day(pen: Secretary, sheet: Sheet) -> tuple[Text, Marked]:
    return _DATE, pen.said(_NOT_STATED if sheet.on is None else sheet.on)


def _sitting(pen: Secretary, sheet: SittingSheet, *, each: bool) -> Iterator[tuple[Text, Marked]]:
    yield _day(pen, sheet)
    yield _FORM, pen.said(_NOT_STATED if sheet.mode is None else word(MODES, sheet.mode))
    yield _BODY, pen.said(sheet.body)
    if sheet.ruling is not None:
        yield _ENTITLED, pen.said(sheet.entitled)
        yield (_CAST, pen.said(sheet.cast)) if sheet.present is None else (_PRESENT, pen.said(sheet.present))
        yield _RATIO, pen.several(_ratio(pen, measure, ratio) for measure, ratio in sheet.ratios.items())
    yield _CONTENT, pen.said(_AS_OPENED) if sheet.content is None else pen.quote(sheet.content)
    yield _PARTICIPANTS, pen.several(sheet.participants) if pen.private else pen.withheld
    if sheet.attended:
        yield _ATTENDED, pen.several(_attendance(pen, each) for each in sheet.attended)
    none = _EACH if each else _UNDER_WAY
    outcome = pen.said(none if sheet.outcome is None else word(OUTCOMES, sheet.outcome))
    if sheet.ruling is not None:
        outcome = pen.say(_VOTED, outcome=outcome, ruling=sheet.ruling.explain(pen.language))
    if sheet.placing is not None:
        outcome += pen.say(_PLACED, placing=sheet.placing.explain(pen.language))
    yield _OUTCOME, outcome


def _ratio(pen: Secretary, measure: str, ratio: Fraction) -> Marked:
    hundredths = round(ratio * 10_000)
    percent = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    share = pen.say(_SHARE, ratio=str(ratio), percent=Marked(percent))
    return pen.say(_BY_MEASURE, measure={HEADS: _HEADS, "area": _AREA}.get(measure, measure), share=share)


def _notice(pen: Secretary, sheet: DisclosureSheet) -> Iterator[tuple[Text, Marked]]:
    yield _day(pen, sheet)
    channels = pen.several(in_words(CHANNELS, sheet.channels))
    until = sheet.until
    yield _HOW_POSTED, channels if until is None else pen.say(_POSTED_UNTIL, channels=channels, until=pen.until(until))
    yield _CONTENT, pen.said(_NOT_STATED) if sheet.content is None else pen.quote(sheet.content)
    yield _OBJECTIONS, pen.say(_COUNTED, objections=sheet.objections, upheld=sheet.upheld)
    yield _OUTCOME, pen.said(_UNDER_WAY if sheet.outcome is None else word(OUTCOMES, sheet.outcome))


def _attendance(pen: Secretary, one: Attendance) -> Marked:
    return pen.say(_ATTENDANCE, on=one.on, by=one.by, posts=pen.several(one.posts), text=pen.quote(one.text))


def _paper(pen: Secretary, paper: Paper) -> Marked:
    return pen.say(_PAPER, label=pen.quote(paper.label), document=paper.document)


def _supervision(pen: Secretary, said: Supervision) -> Marked:
    words = pen.quote(said.text)
    if said.passed is None:
        return pen.say(_SAID, on=said.on, by=said.by, text=words)
    return pen.say(_FOUND, on=said.on, by=said.by, passed=PASSED[said.passed], text=words)
