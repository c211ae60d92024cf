"""Drawing a procedure: its machine as Mermaid text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from transitions import Machine

from yizheng.procedure.outcomes import in_words
from yizheng.stages import ANYWHERE, OrderCorrection, Withdraw
from yizheng.text import Language

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = ["mermaid"]


def mermaid(procedure: Procedure, machine: Machine, language: Language, *, phases: bool) -> str:
    """The machine as a Mermaid state diagram."""
    kinds = procedure.actions()
    titles = {stage.id: stage.title for stage in procedure.stages} | {end.id: end.title for end in procedure.ends}
    node = _nodes(dict.fromkeys([*titles, *machine.states]))
    turns = {result for stage in procedure.stages for result in stage.turns}
    inner: dict[str, list[str]] = {stage.id: [] for stage in procedure.stages}
    outer: list[str] = []
    anywhere = {action.kind for action in ANYWHERE}
    for trigger, event in machine.events.items():
        for source, (transition,) in event.transitions.items():
            stage, target = source.partition(".")[0], str(transition.dest).partition(".")[0]
            if trigger in kinds and trigger not in anywhere:
                words = _quoted(kinds[trigger].title.say(language))
                inner[stage].append(f"        {node[source]} --> {node[str(transition.dest)]}: {words}")
            elif trigger == OrderCorrection.kind and stage in procedure.corrections:
                outer.append(f"    {node[stage]} --> {node[target]}: {OrderCorrection.title.say(language)}")
            elif trigger == Withdraw.kind:
                outer.append(f"    {node[stage]} --> {node[target]}: {Withdraw.title.say(language)}")
            elif trigger not in kinds and trigger not in turns:
                words = _quoted(in_words(trigger).say(language))
                outer.append(f"    {node[stage]} --> {node[target]}: {words}")
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_quoted(title.say(language))}" as {node[each]}' for each, title in titles.items()]
    if phases:
        for stage, drawn in inner.items():
            lines += [f"    state {node[stage]} {{", *drawn, "    }"]
    lines.append(f"    [*] --> {node[procedure.stages[0].id]}")
    lines += dict.fromkeys(outer)
    lines += [f"    {node[end.id]} --> [*]" for end in procedure.ends]
    return "\n".join(lines) + "\n"


def _nodes(names: Iterable[str]) -> dict[str, str]:
    """A node's id for each name, of letters, digits and underscores; names that would look alike are numbered."""
    nodes: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = drawn = "".join(character if character.isalnum() else "_" for character in name)
        number = 2
        while drawn in taken:
            drawn, number = f"{plain}_{number}", number + 1
        taken.add(drawn)
        nodes[name] = drawn
    return nodes


def _quoted(words: str) -> str:
    """Words on one line, in which Mermaid finds neither the end of a string nor one of its entities (``#35;``)."""
    return " ".join(words.splitlines()).translate(_ESCAPED)


_ESCAPED: Final = str.maketrans({'"': "'", "#": "#35;", ";": "#59;"})
