"""Which open cases of a docket a change of their procedure would have treated otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from yizheng.calendar import PLAIN_DAYS, Calendar
from yizheng.case import Case, Status
from yizheng.conformance import Conformity, Departed, Departure, conform
from yizheng.docket.docket import Docket
from yizheng.procedure import Procedure
from yizheng.text import Text, joined
from yizheng.values import one, several

__all__ = ["treated_otherwise"]


def treated_otherwise(
    docket: Docket | Iterable[Case], old: Procedure, new: Procedure, *, calendar: Calendar = PLAIN_DAYS
) -> tuple[Departure, ...]:
    """The cases under way that a change would have treated otherwise, with the first entry in each where it shows.

    Each action of a case is put to the new definition at its own moment. What shows is that it would have been refused,
    judged with another effect, or led elsewhere, or that a duty is not kept by then; what was so under the old definition
    already does not count, nor does that an entry took another edition of a rule or a period where nothing came of it. Where
    nothing shows, and an entry could not be judged (what it needs was withheld or destroyed, or it belongs to several
    records), that is said instead, by ``Departed.UNJUDGED``. A case that does not appear would have come by the same entries
    to where it stands. Nothing is changed: a case keeps the definition that it was opened under.

    Args:
        docket: whose cases; or the cases themselves, such as those read from an :class:`AsyncDocket`.
        old: the definition as it is; cases opened under another one are passed over.
        new: as it is to be.
        calendar: by which periods are reckoned: that of the docket; left out, plain days.

    Returns:
        One departure for each such case, by its id; its ``case`` says which, and its ``number`` which entry. One whose code
        is ``UNJUDGED`` is found for a case of which it cannot be said.

    Raises:
        InvalidType: when an argument is not of its kind.
        InvalidValue: when the new definition has faults.
        BrokenRecord: when a stored record does not hold together.
    """
    one(Procedure, old, "old")
    _ = one(Procedure, new, "new").table  # raises with every fault of an unsound definition
    found: list[Departure] = []
    for case in _cases(docket, old):
        if case.status is Status.OPEN and case.procedure.digest == old.digest:
            entries = tuple(case.entries)
            known = {_what(each) for each in conform(old, entries, calendar=calendar).departures}
            found_in = conform(new, entries, calendar=calendar)
            first = next((each for each in found_in.departures if _what(each) not in known and _matters(each)), None)
            if first is None and found_in.unjudged:
                first = Departure(code=Departed.UNJUDGED, number=found_in.unjudged[0], words=_unjudged(case, found_in))
            if first is not None:
                found.append(attrs.evolve(first, case=case.id))
    return tuple(sorted(found, key=lambda departure: str(departure.case)))


def _cases(docket: Docket | Iterable[Case], old: Procedure) -> Iterable[Case]:
    if isinstance(docket, Docket):
        return (docket.case(line.case) for line in docket.cases(status="open", procedure=old.id))
    return [one(Case, case, "a case") for case in several(docket, "a docket, or cases")]


def _unjudged(case: Case, found: Conformity) -> Text:
    """Which entries of a case could not be judged."""
    titles = {entry.number: entry.action.title for entry in case.entries}
    told = found.unjudged[:_TOLD]
    zh, en = (
        joined([f"{number}（{titles[number].zh}）" for number in told], "zh"),
        joined([f"{number} ({titles[number].en})" for number in told], "en"),
    )
    more = "…" if len(found.unjudged) > _TOLD else ""
    return Text(
        f"无法判断新程序是否会另行处理：这些记录不能重新判断（内容不公开、已销毁，或属于多个案件）：{zh}{more}",
        "whether the new definition would have treated it otherwise cannot be said: these entries could not be judged again "
        f"(withheld, destroyed, or of several records): {en}{more}",
    )


_TOLD: Final = 5
_EDITIONS: Final = frozenset({"rule", "periods", "ruling"})


def _matters(departure: Departure) -> bool:
    """Whether something came of it: another edition that gives the same outcome and the same days changes nothing."""
    return not departure.differing or not _EDITIONS.issuperset(departure.differing)


def _what(departure: Departure) -> tuple[object, ...]:
    return departure.code, departure.number, departure.words
