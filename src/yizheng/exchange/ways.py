"""What a diagram shows: which stage leads where, by which outcomes, and what stands beside it."""

from __future__ import annotations

from typing import Final

import attrs

from yizheng.procedure import Procedure
from yizheng.procedure.outcomes import in_words
from yizheng.stages import OrderCorrection, Withdraw
from yizheng.text import Language, Text

__all__ = ["Way", "beside", "ways"]


@attrs.frozen
class Way:
    """The outcomes by which a stage leads to one place, which are drawn as one line.

    Attributes:
        source: the stage.
        target: the stage or end.
        outcomes: by which outcomes, by withdrawal, or by an order of correction that leads elsewhere than most do.
        words: what they are called.
    """

    source: str
    target: str
    outcomes: tuple[str, ...]
    words: str


_CORRECTED: Final = Text("责令改正的，回到“{title}”。", "An order of correction leads back to “{title}”.")


def ways(procedure: Procedure, language: Language) -> tuple[Way, ...]:
    """Every way, in the order of the stages and of their outcomes; withdrawal last.

    Raises:
        InvalidValue: with every fault, when the definition is not sound.
    """
    events = procedure.machine().events
    open_still, ordered = (
        {source.partition(".")[0] for source in events[kind].transitions} if kind in events else set[str]()
        for kind in (Withdraw.kind, OrderCorrection.kind)
    )
    found: list[Way] = []
    for stage in procedure.stages:
        routes = procedure.routes[stage.id]
        led: dict[str, list[str]] = {}
        for outcome in stage.ends:
            led.setdefault(routes[outcome], []).append(outcome)
        if stage.id in ordered & procedure.corrections.keys():
            led.setdefault(procedure.corrections[stage.id], []).append(OrderCorrection.kind)
        if stage.id in open_still:
            led.setdefault(procedure.withdrawn, []).append(Withdraw.kind)
        found += [Way(stage.id, to, tuple(by), _words(by, language)) for to, by in led.items()]
    return tuple(found)


def _words(outcomes: list[str], language: Language) -> str:
    titles = {action.kind: action.title for action in (Withdraw, OrderCorrection)}
    return " / ".join([titles.get(each, in_words(each)).say(language) for each in outcomes])


def beside(procedure: Procedure, language: Language) -> str:
    """What no line shows: where an order of correction leads, from whichever stage lies behind that place."""
    titles = {stage.id: stage.title for stage in procedure.stages} | {end.id: end.title for end in procedure.ends}
    return _CORRECTED.say(language).format(title=titles[procedure.corrected].say(language))
