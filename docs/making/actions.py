"""Every action: who does it, where, what it says, what it brings, and what it is refused with."""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from making.refusals import always, refusals
from making.shown import procedures
from yizheng.case import Open, OpenBatch, TakeUp
from yizheng.stages import ANYWHERE, KINDS, LEAVING, Action, Destroy, FillPlaces, Stage
from yizheng.text import Language, Text, joined

WHERE: Final = {
    **dict.fromkeys(ANYWHERE, Text("任何环节", "at any stage")),
    **dict.fromkeys(LEAVING, Text("批次的任何环节", "at any stage of a batch")),
    Destroy: Text("任何环节，以及结案以后", "at any stage, and after the end"),
    FillPlaces: Text("批次中竞争名额的表决", "in a batch, at the vote for its places"),
    Open: Text("立案时", "at the opening"),
    OpenBatch: Text("批次立案时", "at the opening of a batch"),
    TakeUp: Text("离开批次时", "on leaving a batch"),
}
"""Where the actions stand that belong to no kind of stage."""

BESIDE: Final = Text("不属于某一环节的动作", "Actions that belong to no kind of stage")
DEFAULT: Final = 24
"""The longest default that is shown."""


def told(language: Language, kinds: dict[str, tuple[str, str]]) -> str:
    """Every action under a heading of its own, by the kind of stage in which it stands.

    Args:
        language: of the words.
        kinds: what each kind of stage is called, in Chinese and in English.
    """
    return "\n".join([_always(language), *_all(language, kinds)]).rstrip("\n")


def _all(language: Language, kinds: dict[str, tuple[str, str]]) -> Iterator[str]:
    for kind in KINDS:
        title = Text(*kinds[kind.kind]).say(language)
        yield f"\n## {title[:1].upper()}{title[1:]}\n"
        for action in dict.fromkeys(each for following in kind.phases.values() for each in following):
            yield from _one(action, kind, language)
    yield f"\n## {BESIDE.say(language)}\n"
    for action in WHERE:
        yield from _one(action, None, language)


def _always(language: Language) -> str:
    said = Text(
        "因时间、权限或案件所处位置，任何动作都可能被驳回：{codes}。",
        "Any action is refused for when it comes, from whom, or where the case stands: {codes}.",
    )
    return said.say(language).format(codes=_linked(always(), language)) + "\n"


def _one(action: type[Action], kind: type[Stage] | None, language: Language) -> Iterator[str]:
    name = action.title.say(language)
    colon = "：" if language == "zh" else ": "
    yield f"### `{action.__name__}`{colon}{name}\n"
    if language == "en":
        yield f"{inspect.cleandoc(action.__doc__ or '').splitlines()[0].replace('``', '`')}\n"
    rows = (
        (Text("存储名", "Stored as"), f"`{action.kind}`"),
        (Text("何处", "Where"), _where(action, kind, language)),
        (Text("谁", "Who"), _who(action, kind, language)),
        (Text("带来", "Brings"), _brings(action, kind, language)),
        (Text("可能的驳回", "Refused with"), _linked(refusals(action, kind), language)),
    )
    for head, said in rows:
        yield f"- {head.say(language)}{colon}{said}"
    yield ""
    if fields := attrs.fields(action):
        yield from _fields(action, fields, language)
        yield ""


def _fields(action: type[Action], fields: Iterable[Any], language: Language) -> Iterator[str]:
    head = Text("字段|类型|缺省|公开|含义", "Field|Shape|Default|Public|Meaning").say(language).split("|")
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    meanings = _meanings(action)
    for each in fields:
        # As it is written: what attrs tells has been resolved meanwhile where somebody has read a record.
        shape = next(told[each.name] for told in map(inspect.get_annotations, action.__mro__) if each.name in told)
        shown = Text("否", "private") if each.metadata.get("private") else Text("是", "yes")
        cells = (
            f"`{each.name}`",
            f"`{shape}`".replace("|", "\\|"),
            _default(each, language),
            shown.say(language),
            meanings.get(each.name, "—").replace("|", "\\|").replace("``", "`"),
        )
        yield "| " + " | ".join(cells) + " |"


def _default(field: Any, language: Language) -> str:
    if field.default is attrs.NOTHING:
        return Text("须写明", "must be given").say(language)
    if isinstance(field.default, enum.Enum):
        return f"`{type(field.default).__name__}.{field.default.name}`"
    said = repr(field.default.factory()) if isinstance(field.default, attrs.Factory) else repr(field.default)
    return f"`{said}`" if len(said) <= DEFAULT and "<" not in said else "…"


def _meanings(action: type[Action]) -> dict[str, str]:
    """What each field means, from the section of the docstring that says so."""
    _, _, section = inspect.cleandoc(action.__doc__ or "").partition("Attributes:\n")
    found = re.findall(r"^    (\w+): ((?:.*\n?)(?:^ {8}.*\n?)*)", section, re.MULTILINE)
    return {name: re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", " ".join(said.split())) for name, said in found}


def _where(action: type[Action], kind: type[Stage] | None, language: Language) -> str:
    if kind is None:
        return WHERE[action].say(language)
    phases = [f"`{phase}`" for phase, following in kind.phases.items() if action in following]
    return joined(phases, language)


def _who(action: type[Action], kind: type[Stage] | None, language: Language) -> str:
    said = []
    if action.is_own is not Action.is_own:
        said.append(Text("本人可以办理自己的", "anybody for themselves").say(language))
    if action.actor_is_private:
        said.append(Text("办理人不公开", "who it was is private").say(language))
    offices = dict.fromkeys(_offices(action, kind, language))
    if offices:
        told = Text(
            "程序授予的职务（目录中：{offices}）", "the offices that the procedure names (in the catalogue: {offices})"
        )
        said.append(told.say(language).format(offices=joined(list(offices), language)))
    return ("；" if language == "zh" else "; ").join(said) or Text(
        "程序授予的职务", "the offices that the procedure names"
    ).say(language)


def _offices(action: type[Action], kind: type[Stage] | None, language: Language) -> Iterator[str]:
    for procedure in procedures().values():
        stages = [each for each in procedure.stages if kind is None or type(each) is kind]
        may = {office for stage in stages for office in procedure.offices_for(stage, action)}
        if action is Destroy:
            may = set(procedure.destroyers)
        yield from (office.title.say(language) for office in procedure.offices if office.id in may)


def _brings(action: type[Action], kind: type[Stage] | None, language: Language) -> str:
    if kind is None:
        return Text("记录中的一条", "an entry of the record").say(language)
    leads = dict.fromkeys(f"`{following[action]}`" for following in kind.phases.values() if action in following)
    said = Text("阶段{phases}", "the phase {phases}").say(language).format(phases=joined(list(leads), language))
    results = sorted(kind.brings.get(action, ()))
    if results:
        ended = Text("；结果{results}", "; the outcome {results}").say(language)
        said += ended.format(results=joined([f"`{each}`" for each in results], language))
    return said


def _linked(codes: Iterable[str], language: Language) -> str:
    page = "refusals.zh.md" if language == "zh" else "refusals.md"
    return joined([f"[`{code}`]({page}#{code})" for code in codes], language) or "—"
