"""The notice for residents (居民告知书): what will happen, where they are asked, and where they can object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from yizheng.guide.staff import authorities
from yizheng.guide.telling import Teller, own_actions, teller_of
from yizheng.procedure import Procedure
from yizheng.record.markup import Marked, bullets, document, escaped, heading
from yizheng.stages import AnswerObjection, AskHearing, Object, Stage
from yizheng.text import LANGUAGES, Language, Text, joined

__all__ = ["residents_notice"]

_TITLE: Final = Text("居民告知书：{title}", "Notice for residents: {title}")
_HOW: Final = Text(
    "一件事项依本程序办理，经过下列环节。注明“推定”的，来源未作规定；注明“据转述”的，未核对原文。",
    "A matter that is dealt with by this procedure goes through the following stages. "
    "“Inferred” marks what no source sets; “as reported” marks what was not read in the original.",
)
_STEP: Final = Text("第 {number} 步：{title}", "Step {number}: {title}")
_VOTES: Final = Text("由谁表决", "who votes")
_OWN: Final = Text("您可以", "what you can do")
_WHERE: Final = Text("在何处提异议", "where to object")
_POSTED: Final = Text("公开期间，向{offices}提出", "while it is posted, to {offices}")
_UNTIL: Final = Text("异议截止", "until when to object")
_UNTIL_TAKEN_DOWN: Final = Text(
    "公开期满以前；被中断的公开重新计算", "until the posting is over; one that was cut short begins anew"
)
_HEARD: Final = Text("向谁申请听证", "whom to ask for a hearing")
_WAYS: Final = Text("之后", "what follows")
_ENDS: Final = Text("可能的结果", "How it can end")
_WATCH: Final = Text("由谁监督", "Who watches over it")
_CITED: Final = Text("依据", "Authorities")
_LEADS: Final = Text("{outcome}→{target}", "{outcome} → {target}")


def residents_notice(procedure: Procedure, language: Language = "zh", *, on: date | None = None) -> str:
    """The notice for residents, as Markdown: the stages, who votes by which rule, and where and until when to object.

    Args:
        procedure: the definition.
        language: of the words.
        on: the day for which it is told, so that only what is in force then stands in it; left out, every edition does,
            with its dates.

    Returns:
        The same structure in both languages; typed words are escaped.

    Raises:
        InvalidType: when it is no definition, the language no string, or the day no date.
        InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
    """
    return document(_blocks(teller_of(procedure, language, on)))


def _blocks(teller: Teller) -> Iterator[Marked]:
    procedure, say = teller.procedure, teller.say
    yield heading(1, escaped(say(_TITLE, title=say(procedure.title))))
    yield escaped(say(_HOW))
    for number, stage in enumerate(procedure.stages, 1):
        yield heading(2, escaped(say(_STEP, number=number, title=say(stage.title))))
        yield bullets(_step(teller, stage))
    yield heading(2, escaped(say(_ENDS)))
    yield bullets(escaped(say(end.title)) for end in procedure.ends)
    if watching := [say(office.title) for office in procedure.offices if office.independent]:
        yield heading(2, escaped(say(_WATCH)))
        yield bullets(map(escaped, watching))
    if cited := authorities(teller):
        yield heading(2, escaped(say(_CITED)))
        alike = {tuple(citation.explain(language) for language in LANGUAGES): citation for citation in cited}
        yield bullets(escaped(citation.explain(teller.language)) for citation in alike.values())


def _step(teller: Teller, stage: Stage) -> Iterator[Marked]:
    yield from teller.entered(stage)
    if bodies := [teller.body(body) for body in stage.bodies()]:
        yield teller.point(_VOTES, joined(bodies, teller.language))
    for setting, editions in stage.rules():
        yield teller.setting(setting, editions)
    told = ("calls", "required", "carries", "triggers")
    fields = {field: getattr(stage, field) for field in told if getattr(stage, field, None)}
    yield from teller.points(teller.told(fields))
    if words := teller.own(stage):
        yield teller.point(_OWN, words)
    own = own_actions(stage)
    if Object in own:
        yield from _objecting(teller, stage)
    if AskHearing in own:
        yield teller.point(_HEARD, teller.offices(teller.procedure.offices_for(stage, AskHearing)))
    ways: Mapping[str, str] = teller.procedure.routes.get(stage.id, {})
    led = [(teller.outcome(each), teller.target(ways[each])) for each in stage.ends if each in ways]
    yield teller.point(_WAYS, teller.listing(teller.say(_LEADS, outcome=by, target=to) for by, to in led))
    yield from teller.lapses(stage)


def _objecting(teller: Teller, stage: Stage) -> Iterator[Marked]:
    taking = teller.procedure.offices_for(stage, Object) | teller.procedure.offices_for(stage, AnswerObjection)
    yield teller.point(_WHERE, teller.say(_POSTED, offices=teller.offices(taking)))
    yield teller.point(_UNTIL, teller.say(_UNTIL_TAKEN_DOWN))
