"""Duties with a time: from when it is reckoned, by when it ends, and what came too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import attrs

from yizheng.calendar import Calendar, Period, local_day
from yizheng.conformance.keeping import Demand
from yizheng.procedure.duties import A, B, Existence, Template, Timed

__all__ = ["Happened", "Late", "late"]


@attrs.frozen
class Happened:
    """That a milestone was reached.

    Attributes:
        milestone: which.
        at: when.
        number: by which entry or row.
    """

    milestone: str
    at: datetime
    number: int


@attrs.frozen
class Late:
    """That something came too late, or had not come when its time was over.

    Attributes:
        demand: what was asked.
        period: within what.
        since: the day from which it is reckoned.
        until: the last day.
        came: the day on which it came; ``None`` where it did not.
        number: the entry or row at which it is found.
    """

    demand: Demand
    period: Period
    since: date
    until: date
    came: date | None
    number: int


def late(
    demand: Demand,
    happened: Sequence[Happened],
    opened: datetime,
    until: datetime | None,
    *,
    zone: str,
    calendar: Calendar,
) -> Iterator[Late]:
    """What came too late by a duty with a time.

    Args:
        demand: the duty.
        happened: the milestones of the case, in their order.
        opened: when the case was opened.
        until: up to when the record tells what happened; ``None`` where it says nothing of what has not come.
        zone: in which days are reckoned.
        calendar: by which the periods are.
    """
    duty = demand.duty
    if duty is None or not duty.within or duty.timed is None:
        return
    seen = [(duty.letter(each.milestone), each) for each in happened]

    def day(at: datetime) -> date:
        return local_day(at, zone)

    def checked(since: date, came: Happened | None, number: int) -> Iterator[Late]:
        period = _in_force(duty.within, since)
        if period is None:
            return
        last = period.last_day(since, calendar)
        at = until if came is None else came.at
        if at is not None and day(at) > last:
            yield Late(demand, period, since, last, None if came is None else day(came.at), number)

    yield from _BY[duty.timed](duty, seen, day(opened), day, checked)


_Seen = Sequence[tuple[int, Happened]]
_Checked = Callable[[date, Happened | None, int], Iterator[Late]]


def _in_force(editions: Sequence[Period], on: date) -> Period | None:
    """The edition in force on the day on which it begins, the latest of several."""
    standing = [each for each in editions if each.citation is None or each.citation.in_force(on)]
    return max(standing, key=lambda each: (each.citation and each.citation.in_force_from) or date.min, default=None)


def _opening(
    duty: Template, seen: _Seen, opened: date, _: Callable[[datetime], date], checked: _Checked
) -> Iterator[Late]:
    """From the opening to the occurrence that is asked for."""
    asked = duty.least if isinstance(duty, Existence) else 1
    found = [each for letter, each in seen if letter == A]
    came = found[asked - 1] if len(found) >= asked else None
    yield from checked(opened, came, came.number if came else seen[-1][1].number if seen else 1)


def _response(_: Template, seen: _Seen, __: date, day: Callable[[datetime], date], checked: _Checked) -> Iterator[Late]:
    """From each ``a`` to the first ``b`` that follows it."""
    waiting: list[Happened] = []
    for letter, each in seen:
        if letter == A:
            waiting.append(each)
        elif letter == B:
            for since in waiting:
                yield from checked(day(since.at), each, each.number)
            waiting.clear()
    for since in waiting:
        yield from checked(day(since.at), None, since.number)


def _precedence(
    _: Template, seen: _Seen, __: date, day: Callable[[datetime], date], checked: _Checked
) -> Iterator[Late]:
    """From the latest ``a`` to each ``b`` that follows it."""
    latest: Happened | None = None
    for letter, each in seen:
        if letter == A:
            latest = each
        elif letter == B and latest is not None:
            yield from checked(day(latest.at), each, each.number)


_BY = {Timed.OPENING: _opening, Timed.RESPONSE: _response, Timed.PRECEDENCE: _precedence}
