"""What a kind of stage gave back that no kind may give: said to whoever wrote the kind, with its name and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from yizheng.errors import InvalidType, shown
from yizheng.procedure.compiled import Place
from yizheng.reasons import Reason
from yizheng.stages import Stage

__all__ = ["misadded", "misended", "refusals_of"]


def refusals_of(stage: Stage, decided: object) -> list[Reason]:
    """The reasons of a stage that refuses.

    Raises:
        InvalidType: when they are no reasons, or there is none.
    """
    given = cast("Iterable[object]", decided) if isinstance(decided, list) else ()
    reasons = [reason for reason in given if isinstance(reason, Reason)]
    if isinstance(decided, list) and decided and len(reasons) == len(cast("list[object]", decided)):
        return reasons
    what = shown(decided) if not isinstance(decided, list) else "a list of other things" if decided else "an empty list"
    raise InvalidType(
        f"decide() of {_named(stage)} gave back {what}; give back an Effect (NO_EFFECT where the action says all), or a "
        "list of one Reason or more, which refuses"
    )


def misended(stage: Stage, place: Place, outcome: str | None) -> str:
    """That an effect does not lead on from the phase that its action led to."""
    known = ", ".join(sorted(ending for ending, phases in stage.ends.items() if place.phase in phases)) or "none"
    what = "where nothing can follow, without an outcome" if outcome is None else f"which has no outcome {outcome}"
    return (
        f"decide() of {_named(stage)} led to {place.name}, {what}; the outcomes there are: {known}. "
        "Give back Effect(outcome=…)"
    )


def misadded(stage: Stage) -> str:
    """That adding up did not give what it must."""
    return f"add() of {_named(stage)} must give back its progress and the dossier, as a tuple of the two"


def _named(stage: Stage) -> str:
    return f"{type(stage).__name__} ({shown(stage.kind)}), stage {stage.id},"
