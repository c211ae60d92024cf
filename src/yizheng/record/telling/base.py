"""How an entry is told: when, who, what, and what it brought about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

import attrs

from yizheng.case import Entry, Open
from yizheng.procedure import End, Office
from yizheng.record.course import Course, Line, Number, Passage
from yizheng.record.markup import Marked
from yizheng.record.secretary import Secretary
from yizheng.record.telling.votes import verdict
from yizheng.record.words import DUE, OUTCOMES, PAIR, PERIODS, word
from yizheng.text import Text
from yizheng.values.plain import items

__all__ = ["Teller", "Told", "carried", "corrected", "document_of", "opening", "secret", "tell", "which"]


@attrs.frozen
class Told:
    """What a teller is given.

    Attributes:
        pen: who says it.
        line: the entry in its place.
        passage: the passage that it belongs to.
        course: the case.
    """

    pen: Secretary
    line: Line
    passage: Passage
    course: Course

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.line.entry

    @property
    def action(self) -> Any:
        """What was done."""
        return self.line.action

    @property
    def kind(self) -> type[Any]:
        """The class of the action."""
        return type(self.entry.action)

    def whose(self, path: str, value: str | None) -> Marked | None:
        """Whose words the office entered, if they are not the actor's own."""
        seals = self.entry.seals
        return self.pen.shown(self.entry, path, value) if path in seals and "by" not in seals else None


Teller: TypeAlias = Callable[[Told], Iterator[Marked]]
"""Says what was done: first the rest of the sentence that began with when and who, then further blocks."""

_LEAD: Final = Text("**{number}.** {when}，{who} {did}", "**{number}.** {when}: {who} {did}")
_LEAD_OF: Final = Text(
    "**批次 {batch} 第 {number} 条** {when}，{who} {did}", "**Batch {batch}, entry {number}.** {when}: {who} {did}"
)
_ENTRY: Final = Text("第 {number} 条", "entry {number}")
_ENTRY_OF: Final = Text("批次 {batch} 第 {number} 条", "entry {number} of batch {batch}")
_ENTERED: Final = Text("{at}（{recorded} 录入）", "{at} (entered {recorded})")
_IN_OFFICE: Final = Text("{office} {by}", "{by} ({office})")
_FOLLOWED: Final = Text("本环节结果：{outcome}。{to}", "This stage ends: {outcome}. {to}")
_TURNED: Final = Text("结果：{outcome}。", "Result: {outcome}.")
_ENDS_WITH: Final = Text("案件终结：{title}。", "The case ends: {title}.")
_GOES_TO: Final = Text("转入{title}。", "The case goes on to {title}.")
_ALL_END: Final = Text(
    "批次终结，其中 {among} 件事项随之终结：{title}。",
    "The batch ends, and with it the matters in it ({among}): {title}.",
)
_ALL_GO_TO: Final = Text("转入{title}。", "The batch goes on to {title}.")
_TAKEN: Final = Text("所用期限：{periods}。", " Periods taken: {periods}.")
_SETTING: Final = Text("{what} {period}", "{what} {period}")
_RECKONED: Final = Text("据此，{due}。", " Hence {due}.")
_CORRECTED: Final = Text(
    "> 更正（{entry}，{when}）：{text}；原因：{reason}。",
    "> Corrected by {entry} ({when}): {text}; reason: {reason}.",
)
_DESTROYED: Final = Text(
    "> 本条有 {count} 项不公开内容已销毁（{entry}，{when}）；理由：{reason}。",
    "> Private values of this entry were destroyed by {entry} ({when}): {count}; reason: {reason}.",
)
_OPENED: Final = Text("立案。", "opened the case.")
_DID: Final = Text("办理{title}。", "did {title}.")
_DID_SO: Final = Text("办理{title}（{fields}）。", "did {title} ({fields}).")
_REF: Final = Text("编号 {ref}。", " Id: {ref}.")
_DOCUMENT: Final = Text("文件 SHA-256：{document}。", " Document, SHA-256: {document}.")
_ACCOUNTS: Final = Text(
    "随附账目：预算 {budget} 元，支出 {spent} 元，结余 {balance} 元。",
    "Accounts carried: budget {budget} yuan, spent {spent} yuan, balance {balance} yuan.",
)
_REASONS: Final = Text("随附上级的理由：{reasons}。", "Reasons of the level above carried: {reasons}.")
_DECISION: Final = Text("随附决定（{decision}）所载的理由。", "Carried: the reasons that decision {decision} states.")
_PRESENCE: Final[Mapping[str, Text]] = {
    "heard": Text("已听取：{labels}。", "Heard: {labels}."),
    "declined": Text("本人放弃：{labels}。", "Declined to be heard: {labels}."),
    "absent": Text("经通知未到场：{labels}。", "Summoned, and did not come: {labels}."),
}
_CARRIED: Final = Text("随附：{carried}。", "Carried: {carried}.")


def opening(
    pen: Secretary, course: Course, entry: Entry, did: Marked | None = None, batch: str | None = None
) -> Marked:
    """An opening as a sentence: of the case, or with other words of its batch."""
    offices = course.opened.offices
    capacity = tuple(
        office
        for office in course.procedure.offices
        if Open.kind in office.may and entry.by in offices.get(office.id, ())
    )
    return _sentence(pen, entry, capacity, pen.say(_OPENED) if did is None else did, batch)


def which(pen: Secretary, number: Number) -> Marked:
    """An entry by its number; one of the batch, in the course of one of its matters, by both."""
    batch, own = number
    return pen.say(_ENTRY if batch is None else _ENTRY_OF, batch=batch, number=own)


def tell(told: Told, tellers: Mapping[type[Any], Teller]) -> Iterator[Marked]:
    """An entry as blocks: its sentence, what belongs to it, where it led, and the corrections beside it."""
    telling = tellers.get(told.kind, _in_its_own_words)(told)
    line = told.line
    yield _sentence(told.pen, told.entry, line.capacity, next(telling) + _reckoned(told), line.batch)
    yield from telling
    yield from _led(told)
    yield from corrected(told.pen, told.course, line.number)


def secret(told: Told, field: str) -> Marked:
    """Words that are kept from the public, in quotation marks, or that they are withheld."""
    value = getattr(told.action, field)
    return told.pen.shown(told.entry, field, None if value is None else told.pen.quote(value))


def corrected(pen: Secretary, course: Course, number: Number) -> Iterator[Marked]:
    """The corrections of an entry, and that private values of it were destroyed."""
    for later in course.corrections.get(number, ()):
        text, reason = pen.quote(later.action.text), pen.quote(later.action.reason)
        yield pen.say(_CORRECTED, entry=which(pen, later.number), when=later.entry.at, text=text, reason=reason)
    for later, count in course.destructions.get(number, ()):
        entry, when, reason = which(pen, later.number), later.entry.at, pen.quote(later.action.reason)
        yield pen.say(_DESTROYED, entry=entry, when=when, count=count, reason=reason)


def _sentence(pen: Secretary, entry: Entry, capacity: tuple[Office, ...], did: Marked, batch: str | None) -> Marked:
    when = pen.moment(entry.at)
    if entry.recorded_at != entry.at:
        when = pen.say(_ENTERED, at=when, recorded=entry.recorded_at)
    who = pen.shown(entry, "by", entry.by)
    if capacity:
        who = pen.say(_IN_OFFICE, office=pen.several(office.title for office in capacity), by=who)
    return pen.say(_LEAD if batch is None else _LEAD_OF, batch=batch, number=entry.number, when=when, who=who, did=did)


def _reckoned(told: Told) -> Marked:
    """The periods taken, and the dates reckoned that the sentence has not said itself."""
    pen, effect, words = told.pen, told.entry.effect, Marked()
    if effect.periods:
        taken = [
            pen.say(_SETTING, what=word(PERIODS, setting), period=pen.period(period))
            for setting, period in sorted(effect.periods.items())
        ]
        words = pen.say(_TAKEN, periods=pen.several(taken))
    fields = [getattr(told.action, field.name) for field in attrs.fields(told.kind)]
    said = {value for value in fields if isinstance(value, datetime)}
    due = [
        pen.say(DUE[name], until=pen.until(until)) if name in DUE else pen.say(PAIR, key=name, value=pen.until(until))
        for name, until in sorted(effect.due.items())
        if until not in said
    ]
    return words + pen.say(_RECKONED, due=pen.several(due)) if due else words


def _led(told: Told) -> Iterator[Marked]:
    """With which outcome the stage ended, and where that led; or the result that turned it back within itself."""
    pen, outcome, to = told.pen, told.entry.effect.outcome, told.line.to
    if to is None:
        if outcome is not None:
            yield pen.say(_TURNED, outcome=word(OUTCOMES, outcome))
        return
    among = told.line.among
    if isinstance(to, End):
        led = pen.say(_ALL_END if among else _ENDS_WITH, among=among, title=to.title)
    else:
        led = pen.say(_ALL_GO_TO if among else _GOES_TO, title=pen.quote(to.title))
    yield led if outcome is None else pen.say(_FOLLOWED, outcome=word(OUTCOMES, outcome), to=led)


def _in_its_own_words(told: Told) -> Iterator[Marked]:
    """An action that this room does not know: its title, its public fields as they were entered, and its effect."""
    pen, entry = told.pen, told.entry
    fields: dict[str, Marked] = {name: pen.plain(value) for name, value in entry.public_data()["action"].items()}
    held = entry.private()
    for path in sorted(entry.seals.keys() - {"by"}):
        fields[path] = pen.plain(held[path]["value"]) if pen.shows(entry, path) else pen.withheld
    title = pen.quote(told.action.title)
    shown = pen.several([pen.say(PAIR, key=name, value=value) for name, value in fields.items()])
    words = pen.say(_DID_SO, title=title, fields=shown) if fields else pen.say(_DID, title=title)
    yield words if entry.effect.ref is None else words + pen.say(_REF, ref=entry.effect.ref)
    yield from carried(told)
    yield from verdict(pen, entry.effect.ruling)


def carried(told: Told) -> Iterator[Marked]:
    """What an entry carries by duty, as it was taken from the record."""
    pen = told.pen
    for name, value in sorted(told.entry.effect.carried.items()):
        if name == "accounts" and isinstance(value, Mapping):
            yield pen.say(_ACCOUNTS, **{key: pen.plain(value.get(key)) for key in ("budget", "spent", "balance")})
        elif name == "reasons" and isinstance(value, Mapping) and "decision" in value:
            yield pen.say(_DECISION, decision=pen.plain(value["decision"]))
        elif name == "reasons":
            yield pen.say(_REASONS, reasons=pen.plain(value))
        elif name in _PRESENCE:
            yield pen.say(_PRESENCE[name], labels=pen.several(items(value, name)))
        else:
            yield pen.say(_CARRIED, carried=pen.plain({name: value}))


def document_of(told: Told) -> Marked:
    """The digest of the document that an action names, if it names one."""
    document = told.action.document
    return Marked() if document is None else told.pen.say(_DOCUMENT, document=document)
