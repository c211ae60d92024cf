"""The same acts put to a matter that never was in a batch, and whether the same came of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yizheng import Case, Roll
from yizheng.case import Entry, TakeUp
from yizheng.stages import AskSplit, Leaving, Release, SplitOut, Withdraw
from yizheng.stages.leaving import way_of

__all__ = ["alone", "course", "held_over", "skipped", "what_came"]

OF_BATCHES = (SplitOut, AskSplit, Release)


def held_over(case: Case) -> bool:
    """Whether a matter left its batch to begin anew."""
    taken = case.entries[1].action if case.version > 1 else None
    last = taken.shared.case.entries[-1] if isinstance(taken, TakeUp) else None
    return last is not None and way_of(last.action, last.effect) is Leaving.HELD_OVER


def course(case: Case) -> Iterator[Entry]:
    """What was done with a matter since it was opened: what was done for its batch, then its own acts."""
    for entry in case.entries[1:]:
        if isinstance(entry.action, TakeUp):
            # A matter that is held over begins anew, and what was done for the batch is done again for it.
            yield from () if held_over(case) else entry.action.shared.case.entries[1:]
        else:
            yield entry


def alone(case: Case, rolls: Mapping[str, Roll], offices: Mapping[str, Any]) -> Case:
    """A matter opened outside of any batch, with all that was done with it and for it."""
    first = case.entries[0]
    by_itself = Case.open(
        case.entries[0].action.matter,
        case.procedure,
        rolls,
        offices,
        at=first.at,
        by=first.by or "",
        recorded_at=first.recorded_at,
    )
    for entry in course(case):
        action = entry.action
        if isinstance(action, SplitOut) and (action.item, action.how) == (case.id, Leaving.WITHDRAWN):
            action = Withdraw(action.reason)
        if not isinstance(action, OF_BATCHES):
            by_itself = by_itself.act(action, at=entry.at, by=entry.by or "", recorded_at=entry.recorded_at)
    return by_itself


def what_came(case: Case) -> dict[str, Any]:
    """Where a matter stands, and all that its acts brought about: the rulings and tallies among it."""
    dossier = case.dossier
    return {
        "state": case.state,
        "outcome": case.outcome,
        "status": case.status,
        "effects": [entry.effect for entry in course(case) if not isinstance(entry.action, (*OF_BATCHES, Withdraw))],
        "duties": case.duties(),
        "options": set(case.options()),
        "decided": (dossier.decided, dossier.revision, dossier.text, dossier.asked, dossier.reasons),
        "people": (dossier.rolls, dossier.offices),
        "matter": case.matter,
    }


def skipped(case: Case) -> list[str]:
    """The milestones of the ordinary procedure that a matter that was carried out has not passed."""
    passed: set[str] = set()
    stage_of = {stage.id: stage for stage in case.procedure.stages}
    walked = alone_steps(case)
    for stage, outcome in walked:
        assert stage in stage_of
        passed |= {stage, f"{stage}.{outcome}"}
    ends = {end.id for end in case.procedure.ends if end.carried_out}
    return [each for each in case.procedure.mandatory if each not in passed] if case.outcome in ends else []


def alone_steps(case: Case) -> list[tuple[str, str]]:
    """The stages that ended, each with its outcome, read off the record by the routes of the procedure alone."""
    stage = case.procedure.stages[0].id
    found: list[tuple[str, str]] = []
    for entry in course(case):
        outcome = entry.effect.outcome
        if entry.action.kind == "order_correction":
            stage = case.procedure.corrected
        elif outcome in case.procedure.routes.get(stage, {}):
            found.append((stage, outcome))
            stage = case.procedure.routes[stage][outcome]
    return found
