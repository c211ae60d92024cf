"""Drawing a procedure: its machine as Mermaid text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transitions import Machine

from yizheng.stages import ANYWHERE
from yizheng.text import Language

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["mermaid"]

_OUTCOMES = {
    "completed": "完成",
    "carried": "通过",
    "lost": "未通过",
    "inquorate": "不足法定人数",
    "void": "无效",
    "returned": "退回",
    "held": "已举行",
    "waived": "不举行",
    "clear": "无异议或异议不成立",
    "upheld": "异议成立",
    "confirmed": "确认",
    "rejected": "不予确认",
    "abandoned": "终止",
    "satisfied": "满意",
    "unsatisfied": "不满意",
}


def mermaid(procedure: Procedure, machine: Machine, language: Language, *, phases: bool) -> str:
    """The machine as a Mermaid state diagram."""
    kinds = procedure.actions()
    lines = ["stateDiagram-v2"]
    titles = {stage.id: stage.title for stage in procedure.stages} | {end.id: end.title for end in procedure.ends}
    lines += [f'    state "{_quoted(title.say(language))}" as {_id(each)}' for each, title in titles.items()]
    turns = {result for stage in procedure.stages for result in stage.turns}
    inner: dict[str, list[str]] = {stage.id: [] for stage in procedure.stages}
    outer: list[str] = []
    anywhere = {action.kind for action in ANYWHERE}
    for trigger, event in machine.events.items():
        for source, (transition,) in event.transitions.items():
            stage, target = source.partition(".")[0], str(transition.dest).partition(".")[0]
            if trigger in anywhere:
                continue
            if trigger in kinds:
                words = kinds[trigger].title.say(language)
                inner[stage].append(f"        {_id(source)} --> {_id(str(transition.dest))}: {words}")
            elif stage == target and trigger in turns:
                continue
            else:
                words = _OUTCOMES.get(trigger, trigger) if language == "zh" else trigger
                outer.append(f"    {_id(stage)} --> {_id(target)}: {words}")
    if phases:
        for stage, drawn in inner.items():
            lines += [f"    state {_id(stage)} {{", *drawn, "    }"]
    lines.append(f"    [*] --> {_id(procedure.stages[0].id)}")
    lines += dict.fromkeys(outer)
    lines += [f"    {_id(end.id)} --> [*]" for end in procedure.ends]
    return "\n".join(lines) + "\n"


def _id(name: str) -> str:
    return "".join(character if character.isalnum() else "_" for character in name)


def _quoted(words: str) -> str:
    return words.replace('"', "'").replace("\n", " ")
