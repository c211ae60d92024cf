"""Why a record cannot be opened like this: what stands against the matter, the rolls, the offices or the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from yizheng.case.opening import Open, OpenBatch, as_listed
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.people import Offices, Roll
from yizheng.people import offices as as_offices
from yizheng.procedure import Procedure
from yizheng.reasons import (
    BAD_AMOUNT,
    CONCERNED_IN_OFFICE,
    ITEM_LACKS,
    MISSING_FACT,
    PRIVATE_FACT,
    WRONG_PROCEDURE,
    Reason,
)
from yizheng.stages import Deliberation
from yizheng.values import FrozenMap, exact
from yizheng.values.names import is_blank, is_name

if TYPE_CHECKING:
    from yizheng.case.case import Case

__all__ = ["check_within", "checked_opening", "fact_faults", "in_two", "private_faults"]


def checked_opening(
    matter: Matter, procedure: Procedure, rolls: Mapping[str, Roll], offices: Mapping[str, Iterable[str]]
) -> tuple[Offices, FrozenMap[str, Roll]]:
    """The offices and rolls of an opening, each of its kind and of the procedure.

    Raises:
        InvalidType: when an argument is not of its kind.
        InvalidValue: with every roll that is not one of the procedure.
    """
    if not isinstance(matter, Matter):
        raise InvalidType(f"a matter was expected, not {kind_of(matter)}")
    if not isinstance(procedure, Procedure):
        raise InvalidType(f"a procedure was expected, not {kind_of(procedure)}")
    return as_offices(offices), _checked_rolls(procedure, rolls)


def check_within(action: Open, batch: Case, rehearsal: bool) -> None:  # noqa: FBT001 -- handed through
    """A matter lies in the batch that was opened for it, by the same procedure, rolls and offices."""
    opened, matter = batch.entries[0].action, action.matter
    if not isinstance(opened, OpenBatch):
        raise InvalidValue(f"within: {batch.id} is the case of one matter, not a batch")
    faults: list[str] = []
    if batch.rehearsal is not rehearsal:
        faults.append(f"write rehearsal={batch.rehearsal}: that is what batch {batch.id} was opened with")
    listed = batch.dossier.items.get(matter.id)
    if listed is None or as_listed(listed, opened.procedure) != as_listed(matter, opened.procedure):
        faults.append(f"batch {batch.id} was not opened for matter {matter.id} as it is given here")
    faults += [
        f"batch {batch.id} was opened with other {what} than matter {matter.id}; give both the same"
        for what in ("procedure", "rolls", "offices")
        if getattr(opened, what) != getattr(action, what)
    ]
    InvalidValue.raise_all(faults)


def fact_faults(action: Open, on: date, withheld: frozenset[str] = frozenset()) -> list[Reason]:
    """Which facts a matter, or those of a batch, must state and does not, and which are not what they must be.

    The opening of a batch holds nothing private: that is looked at by :func:`private_faults` before.

    Args:
        action: the opening.
        on: the local day of it.
        withheld: the private fields that the matter states, and that are not here.
    """
    procedure, matter = action.procedure, action.matter
    asked = dict.fromkeys((*procedure.facts, *procedure.given))
    if isinstance(action, OpenBatch):
        lacking = [(item, fact) for item in action.items for fact in asked if not _stated(item, fact)]
        otherwise = [
            reason.about(item.id)
            for item in action.items
            for reason in (*_stated_otherwise(item, procedure), *_undelegated(item, procedure, on))
        ]
        amounts = [reason for item in action.items for reason in _bad_budget(item)]
        return [ITEM_LACKS(item=item.id, fact=fact) for item, fact in lacking] + amounts + otherwise
    return [
        *[MISSING_FACT(fact=fact) for fact in asked if not _stated(matter, fact)],
        *_private_faults(matter, procedure, withheld),
        *_concerned_in_office(matter, procedure, action.offices),
        *_bad_budget(matter),
        *_stated_otherwise(matter, procedure),
        *_undelegated(matter, procedure, on),
    ]


def private_faults(items: Iterable[Matter], procedure: Procedure, offices: Offices) -> list[Reason]:
    """What the matters of a batch must state privately and do not, or tell to all."""
    return [
        reason.about(item.id)
        for item in items
        for reason in (
            *_private_faults(item, procedure, frozenset[str]()),
            *_concerned_in_office(item, procedure, offices),
        )
    ]


def _private_faults(matter: Matter, procedure: Procedure, withheld: frozenset[str]) -> list[Reason]:
    fields = sorted(procedure.concerned | procedure.private.keys())
    stated = {
        field
        for field, value in matter.private.items()
        if not is_blank(value) and (field not in procedure.concerned or is_name(value))
    } | withheld
    return [
        PRIVATE_FACT(procedure.confidential, fact=field)
        for field in fields
        if field not in stated or field in matter.facts
    ]


def _concerned_in_office(matter: Matter, procedure: Procedure, offices: Offices) -> list[Reason]:
    """Nobody handles a case in which they are to be heard themselves."""
    held = frozenset[str]().union(*offices.values())
    both = [field for field in sorted(procedure.concerned) if matter.private.get(field) in held]
    return [CONCERNED_IN_OFFICE(concerned=both)] if both else []


def _stated_otherwise(matter: Matter, procedure: Procedure) -> list[Reason]:
    """Facts that the procedure takes as given, and that the matter states otherwise: it is for other matters."""
    return [
        WRONG_PROCEDURE(fact=fact, value=matter.facts[fact], given=given)
        for fact, given in procedure.given.items()
        if _stated(matter, fact) and (type(matter.facts[fact]), matter.facts[fact]) != (type(given), given)
    ]


def _undelegated(matter: Matter, procedure: Procedure, on: date) -> list[Reason]:
    """Why a body of the procedure may not decide what is not its own, each reason once."""
    asked = [stage.delegation for stage in procedure.stages if isinstance(stage, Deliberation)]
    found = [reason for each in asked if each is not None for reason in each.faults(matter.facts, on)]
    return list(dict.fromkeys(found))


def _checked_rolls(procedure: Procedure, rolls: Mapping[str, Roll]) -> FrozenMap[str, Roll]:
    if not isinstance(rolls, Mapping):
        raise InvalidType(f'rolls are a mapping such as {{"owners": roll}}, not {kind_of(rolls)}')
    bodies = {body.id for body in procedure.bodies}
    faults: list[str] = []
    for body, roll in rolls.items():
        if not isinstance(roll, Roll):
            raise InvalidType(f"the roll of {shown(body)} is {kind_of(roll)}; write Roll({shown(body)}, […])")
        if body not in bodies:
            faults.append(f"procedure {procedure.id} has no body {shown(body)}; it has {', '.join(sorted(bodies))}")
        elif roll.body != body:
            faults.append(f"the roll given for {body!r} is of {roll.body!r}; give each body its own")
    InvalidValue.raise_all(faults)
    return FrozenMap(rolls)


def _bad_budget(matter: Matter) -> list[Reason]:
    """A budget that is no amount is refused at once: months later nobody could spend it."""
    if (stated := matter.facts.get("budget")) is None:
        return []
    try:
        good = exact(stated, "the budget") >= 0
    except (InvalidType, InvalidValue):
        good = False
    return [] if good else [BAD_AMOUNT(fact="budget", value=stated)]


def _stated(matter: Matter, fact: str) -> bool:
    return matter.facts.get(fact) not in (None, "", ())


def in_two(procedure: Procedure, held: Mapping[str, frozenset[str]]) -> list[str]:
    """Who holds an independent office and another besides."""
    independent = frozenset(office.id for office in procedure.offices if office.independent)
    return sorted(
        {
            holder
            for office in independent
            for holder in held.get(office, ())
            for other, holders in held.items()
            if other != office and holder in holders
        }
    )
