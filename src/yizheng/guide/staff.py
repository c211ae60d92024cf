"""The step guide for staff (工作指引): who does what, by when and by which rule, from a definition alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

import attrs

from yizheng.citation import Certainty, Citation
from yizheng.guide.telling import Teller, teller_of
from yizheng.guide.words import KINDS
from yizheng.procedure import Procedure
from yizheng.procedure.duties import Template
from yizheng.record.markup import Marked, bullets, document, escaped, heading
from yizheng.record.words import word
from yizheng.rules import Rule
from yizheng.stages import ANYWHERE, LEAVING, Destroy, Stage
from yizheng.text import Language, Text, joined

__all__ = ["authorities", "staff_guide"]

_TITLE: Final = Text("工作指引：{title}", "Step guide: {title}")
_HOW: Final = Text(
    "依程序定义“{id}”（版本 {edition}）写成。注明“推定”的，来源未作规定；注明“据转述”的，未核对原文。",
    "Told from the definition “{id}”, edition {edition}. "
    "“Inferred” marks what no source sets; “as reported” marks what was not read in the original.",
)
_WHO: Final = Text("机构和职务", "Bodies and offices")
_BODY: Final = Text("表决机构", "body that votes")
_OFFICE: Final = Text("职务", "office")
_INDEPENDENT: Final = Text(
    "{title}（独立：任职者不得兼任其他职务）", "{title} (independent: its holders hold no other office)"
)
_BEFORE: Final = Text("立案", "Opening a case")
_OPENS: Final = Text("由谁立案", "who opens it")
_STATED: Final = Text("事项必须写明", "what the matter must state")
_STEP: Final = Text("第 {number} 步：{title}", "Step {number}: {title}")
_KIND: Final = Text("类型", "kind")
_SOURCE: Final = Text("出处", "source")
_TASKS: Final = Text("由谁办理", "who does what")
_OWN: Final = Text("本人自己", "people for themselves")
_LEADS: Final = Text("结果和去向", "outcomes, and where each leads")
_ANYTIME: Final = Text("各环节都可以办理的", "At every stage")
_WITHDRAWN: Final = Text("撤回", "withdrawal")
_UNTIL: Final = Text("至“{stage}”表决开始为止；结果为“{end}”", "until the vote in “{stage}” opens; it ends as “{end}”")
_UNTIL_BOUND: Final = Text("至{milestone}为止；结果为“{end}”", "until {milestone}; it ends as “{end}”")
_EVER: Final = Text("至办结为止；结果为“{end}”", "until it has ended; it ends as “{end}”")
_DUTIES: Final = Text("还必须做到的", "What else must be kept")
_OWED: Final = Text("义务", "duty")
_CORRECTED: Final = Text("责令改正", "order of correction")
_BACK: Final = Text("回到“{target}”", "back to “{target}”")
_FIRST: Final = Text("在“{stages}”时责令的，先到“{target}”", "where it comes during {stages}, on to “{target}” first")
_SHARED: Final = Text("几个事项可以一并进行的环节", "stages that several matters may pass together")
_ENDS: Final = Text("如何结束", "How it can end")
_END: Final = Text("结果", "end")
_CARRIED_OUT: Final = Text("{title}（已办成）", "{title} (carried out)")
_MUST: Final = Text("办成之前必须依次经过", "what must lie on the way, in this order, before it is carried out")
_CITED: Final = Text("依据", "Authorities")
_FORCE: Final = Text("施行", "in force")
_FROM: Final = Text("自 {first} 起", "from {first}")
_TO: Final = Text("至 {last} 止", "to {last}")
_NOTE: Final = Text("注", "note")
_REGION: Final = Text("适用地区", "region")


def staff_guide(procedure: Procedure, language: Language = "zh", *, on: date | None = None) -> str:
    """The guide for those who carry a procedure out, as Markdown.

    Each stage has who does what, its rules and periods with their authority, its other settings, and where each outcome
    leads. A kind of stage of somebody's own is told by its own words, and what it sets by the names of its fields.

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
    yield escaped(say(_HOW, id=procedure.id, edition=procedure.edition))
    yield bullets(teller.point(_SOURCE, each.explain(teller.language)) for each in procedure.sources)
    yield heading(2, escaped(say(_WHO)))
    offices = [
        say(_INDEPENDENT, title=say(each.title)) if each.independent else say(each.title) for each in procedure.offices
    ]
    yield bullets(
        [
            *(teller.point(_BODY, say(each.title)) for each in procedure.bodies),
            *(teller.point(_OFFICE, title) for title in offices),
        ]
    )
    yield heading(2, escaped(say(_BEFORE)))
    opening = teller.offices(office.id for office in procedure.offices if "open" in office.may)
    yield bullets(
        [
            teller.point(_OPENS, opening),
            *(teller.point(_STATED, say(meaning)) for meaning in procedure.facts.values()),
        ]
    )
    for number, stage in enumerate(procedure.stages, 1):
        yield heading(2, escaped(say(_STEP, number=number, title=say(stage.title))))
        yield bullets(_step(teller, stage))
    yield heading(2, escaped(say(_ANYTIME)))
    yield bullets(_anytime(teller))
    yield heading(2, escaped(say(_ENDS)))
    must = teller.listing(_milestone(teller, each) for each in procedure.mandatory)
    ends = [say(_CARRIED_OUT, title=say(end.title)) if end.carried_out else say(end.title) for end in procedure.ends]
    yield bullets(
        [
            *(teller.point(_END, title) for title in ends),
            *([teller.point(_MUST, must)] if must else []),
        ]
    )
    if procedure.duties:
        yield heading(2, escaped(say(_DUTIES)))
        yield bullets(_duty(teller, duty) for duty in procedure.duties)
    if cited := authorities(teller):
        yield heading(2, escaped(say(_CITED)))
        yield bullets(_cited(teller, citation) for citation in cited)


def _step(teller: Teller, stage: Stage) -> Iterator[Marked]:
    yield from teller.entered(stage)
    yield teller.point(_KIND, teller.say(word(KINDS, stage.kind)))
    if (source := getattr(stage, "source", None)) is not None:
        yield teller.point(_SOURCE, teller.value(source))
    tasks = [*teller.tasks(stage, teller.actions(stage))]
    if own := teller.own(stage):
        tasks.append((teller.say(_OWN), own))
    yield teller.listed(_TASKS, tasks)
    rules = dict(stage.rules())
    for setting, editions in rules.items():
        yield teller.setting(setting, editions)
    yield from teller.points(teller.settings(stage, "id", "title", "source", "offices", *rules))
    ways: Mapping[str, str] = teller.procedure.routes.get(stage.id, {})
    yield teller.listed(
        _LEADS, [(teller.outcome(each), teller.target(ways[each])) for each in stage.ends if each in ways]
    )
    yield from teller.lapses(stage)


def _anytime(teller: Teller) -> Iterator[Marked]:
    procedure = teller.procedure
    actions = [*ANYWHERE, *(LEAVING if procedure.shared else ()), Destroy]
    offices = [(office, [each for each in actions if each.kind in office.may]) for office in procedure.offices]
    for office, may in offices:
        if may:
            done = joined([teller.say(each.title) for each in may], teller.language)
            yield teller.points([(teller.say(office.title), done)])[0]
    yield teller.point(_WITHDRAWN, _until(teller))
    yield teller.point(_CORRECTED, teller.say(_BACK, target=teller.target(procedure.corrected)))
    for target in dict.fromkeys(procedure.corrections.values()):
        stages = [stage for stage, to in procedure.corrections.items() if to == target]
        yield teller.point(
            _CORRECTED,
            teller.say(_FIRST, stages=teller.listing(map(teller.target, stages)), target=teller.target(target)),
        )
    if procedure.shared:
        yield teller.point(_SHARED, teller.listing(map(teller.target, procedure.shared)))


def _until(teller: Teller) -> str:
    """Until when a matter can be withdrawn."""
    procedure, end = teller.procedure, teller.target(teller.procedure.withdrawn)
    if procedure.deciding is not None:
        return teller.say(_UNTIL, stage=teller.target(procedure.deciding), end=end)
    if procedure.binding is not None:
        return teller.say(_UNTIL_BOUND, milestone=_milestone(teller, procedure.binding), end=end)
    return teller.say(_EVER, end=end)


def _milestone(teller: Teller, milestone: str) -> str:
    stage, _, outcome = milestone.partition(".")
    return teller.milestone(stage, outcome) if outcome else teller.target(stage)


def _duty(teller: Teller, duty: Template) -> Marked:
    said = duty.explain(teller.language, teller.procedure) + teller.authority(duty.source)
    return teller.point(_OWED, said)


def authorities(teller: Teller) -> tuple[Citation, ...]:
    """Every citation in the definition that is in force, once each, in the order in which they stand in it."""
    return tuple(dict.fromkeys(filter(teller.in_force, _citations(teller.procedure))))


def _citations(value: Any) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, Rule):
        yield from value.sources
    elif isinstance(value, tuple | frozenset):
        for each in cast("tuple[Any, ...]", value):
            yield from _citations(each)
    elif attrs.has(kind := cast("Any", type(value))):
        for field in attrs.fields(kind):
            if not field.name.startswith("_"):
                yield from _citations(getattr(value, field.name))


def _cited(teller: Teller, citation: Citation) -> Marked:
    dated = [
        teller.say(words, first=citation.in_force_from, last=citation.in_force_to)
        for words, day in ((_FROM, citation.in_force_from), (_TO, citation.in_force_to))
        if day is not None
    ]
    told = [(_FORCE, joined(dated, teller.language))] if dated else []
    told += [(_REGION, teller.say(citation.region))] if citation.region is not None else []
    if citation.note is not None and citation.certainty is not Certainty.INFERRED:  # which is cited by its note
        told.append((_NOTE, teller.say(citation.note)))
    return teller.under(citation.explain(teller.language), [(teller.say(label), words) for label, words in told])
