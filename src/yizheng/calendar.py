"""Days, working days and periods, after the Civil Code, articles 200 to 204.

The library reads no clock. Every moment is handed in, with its zone; a period is reckoned in whole local days by the
calendar that is handed in. The default calendar knows no holidays and counts plain days; a host that knows the
official holidays of the year hands in a :class:`WorkingCalendar`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.text import Language, Text
from yizheng.values.doors import a_day, all_of, one_of, optional_instance_of
from yizheng.values.names import name

__all__ = [
    "PLAIN_DAYS",
    "Calendar",
    "Period",
    "PlainDays",
    "Unit",
    "WorkingCalendar",
    "end_of_day",
    "local_day",
    "moment",
    "zone",
]


class Unit(enum.StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


def as_unit(value: Unit | str) -> Unit:
    """A unit by itself or by its name."""
    return one_of(Unit, value)


_WORDS = {
    Unit.DAYS: Text("日", "days"),
    Unit.WORKING_DAYS: Text("个工作日", "working days"),
    Unit.MONTHS: Text("个月", "months"),
    Unit.YEARS: Text("年", "years"),
}


def moment(value: object, what: str = "the moment") -> datetime:
    """An instant, in UTC. A datetime without a zone is refused: nobody could say which instant it is.

    Raises:
        InvalidType: when it is not a datetime.
        InvalidValue: when it has no zone, or lies outside the years 1900 to 9000.
    """
    if type(value) is not datetime and not isinstance(value, datetime):
        raise InvalidType(f'{what} is {shown(value)}; write datetime(…, tzinfo=ZoneInfo("Asia/Shanghai"))')
    held = value.tzinfo
    if held is None or (held is not UTC and type(held) is not ZoneInfo and value.utcoffset() is None):
        raise InvalidValue(f'{what} {value.isoformat()} has no zone; add tzinfo=ZoneInfo("Asia/Shanghai") or another')
    try:
        instant = value if held is UTC else value.astimezone(UTC)
    except OverflowError:
        raise InvalidValue(f"{what} lies in the year {value.year}; the years 1900 to 9000 are reckoned here") from None
    if not 1900 <= instant.year <= 9000:  # noqa: PLR2004
        raise InvalidValue(f"{what} lies in the year {instant.year} (UTC); the years 1900 to 9000 are reckoned here")
    if type(instant) is not datetime:  # a subclass, as of another library, is taken as the plain instant that it is
        instant = datetime.combine(instant.date(), instant.time(), UTC)
    return instant


def zone(key: str) -> ZoneInfo:
    """A zone by its IANA name, such as ``"Asia/Shanghai"``.

    Raises:
        InvalidValue: when the machine's time zone database does not know it.
    """
    return _zone(name(key, "a zone"))


@lru_cache(maxsize=64)
def _zone(key: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue(f"zone {key!r} is not known; write an IANA name such as 'Asia/Shanghai'") from None


def local_day(at: datetime, in_zone: str) -> date:
    """The day that it is at a moment, in a zone.

    Raises:
        InvalidType: when it is no moment.
        InvalidValue: when the moment has no zone, or there is no such zone.
    """
    if type(at) is not datetime or at.tzinfo is not UTC or not 1900 <= at.year <= 9000:  # noqa: PLR2004
        at = moment(at, "at")
    return at.astimezone(zone(in_zone)).date()


def end_of_day(day: date, in_zone: str) -> datetime:
    """The instant at which a local day is over: the midnight that follows it (Civil Code art. 203).

    Raises:
        InvalidType: when it is no day.
        InvalidValue: when no moment follows the day that can be reckoned, or there is no such zone.
    """
    if type(day) is not date:
        a_day(day, "the day")
    try:
        return datetime.combine(day + timedelta(days=1), time(), zone(in_zone)).astimezone(UTC)
    except OverflowError:
        raise InvalidValue(f"the day {day} lies beyond what can be reckoned; the years 1900 to 9000 are") from None


@runtime_checkable
class Calendar(Protocol):
    """Knows which days people work on."""

    def is_working(self, day: date) -> bool:
        """Whether it is a working day."""
        ...

    def is_holiday(self, day: date) -> bool:
        """Whether it is a legal holiday or weekly rest day on which no period may end (Civil Code art. 203)."""
        ...


class PlainDays:
    """Knows no holidays: Monday to Friday are working days, and a period ends on the day on which it ends."""

    def is_working(self, day: date) -> bool:
        """Monday to Friday."""
        if type(day) is not date:
            a_day(day, "the day")
        return day.isoweekday() <= 5  # noqa: PLR2004

    def is_holiday(self, day: date) -> bool:  # noqa: ARG002
        """Never: the default moves no period's end."""
        return False


PLAIN_DAYS = PlainDays()
"""A calendar in which every day from Monday to Friday is a working day, and no other."""


def as_calendar(value: object) -> Calendar:
    """A calendar.

    Raises:
        InvalidType: when it knows no working days and holidays, or is a class of calendars.
    """
    if isinstance(value, PlainDays | WorkingCalendar):
        return value
    if isinstance(value, type):
        raise InvalidType(f"{kind_of(value)} stands where a calendar was expected; write {value.__name__}()")
    if not isinstance(value, Calendar):
        raise InvalidType(f"a calendar knows is_working and is_holiday; {kind_of(value)} does not")
    return value


def _days(days: Iterable[date]) -> frozenset[date]:
    taken = all_of(date, days, "days")
    if any(isinstance(day, datetime) for day in taken):
        raise InvalidType("days: a moment is no day; write date(2026, 10, 1)")
    return frozenset(taken)


@attrs.frozen(kw_only=True)
class WorkingCalendar:
    """The official calendar of a year or more: legal holidays, and the weekend days that are worked instead (调休).

    Attributes:
        holidays: days off besides ordinary weekends.
        worked: Saturdays and Sundays that are working days.
    """

    holidays: frozenset[date] = attrs.field(default=frozenset(), converter=_days)
    worked: frozenset[date] = attrs.field(default=frozenset(), converter=_days)

    def __attrs_post_init__(self) -> None:
        if both := sorted(self.holidays & self.worked):
            raise InvalidValue(f"{both[0]} is given as a holiday and as worked; take it out of one of them")

    def is_working(self, day: date) -> bool:
        """Worked days, and Monday to Friday unless they are holidays."""
        if type(day) is not date:
            a_day(day, "the day")
        return day in self.worked or (day.isoweekday() <= 5 and day not in self.holidays)  # noqa: PLR2004

    def is_holiday(self, day: date) -> bool:
        """Whatever is not a working day."""
        return not self.is_working(day)


def _length(value: object) -> int:
    if type(value) is not int:
        raise InvalidType(f"a period is {shown(value)} long; write a whole number")
    if not 0 <= value <= 40_000:  # noqa: PLR2004
        raise InvalidValue(f"a period is {shown(value)} units long; it may be from 0 to 40000")
    return value


@attrs.frozen
class Period:
    """A length of time that a rule sets, with its source.

    Attributes:
        length: how many units; nought or more.
        unit: what it is counted in.
        citation: where it is written.
    """

    length: int = attrs.field(converter=_length)
    unit: Unit = attrs.field(default=Unit.DAYS, converter=as_unit)
    citation: Citation | None = attrs.field(default=None, kw_only=True, validator=optional_instance_of(Citation))

    def last_day(self, start: date, calendar: Calendar = PLAIN_DAYS) -> date:
        """The last day of a period that begins on ``start``.

        The day on which it begins is not counted (art. 201); months and years end on the day of the same number, or on
        the last day of the month where there is none (art. 202); where the last day is a holiday, the period ends on
        the first working day after it (art. 203). A period of nought ends on the day on which it begins.

        Raises:
            InvalidType: when it is given something else than a day and a calendar.
            InvalidValue: when it would end after the year 9000, or when the calendar has no working day for years.
        """
        if calendar is not PLAIN_DAYS:
            calendar = as_calendar(calendar)
        day = self._counted(start, calendar)
        return _first(day, lambda candidate: not calendar.is_holiday(candidate)) if self.length else day

    def _counted(self, start: date, calendar: Calendar) -> date:
        if type(start) is not date:
            a_day(start, "the day on which a period begins")
        try:
            return self._reckoned(start, calendar)
        except (OverflowError, ValueError) as error:
            if isinstance(error, InvalidValue):
                raise
            raise InvalidValue(f"a period of {self.length} {self.unit} from {start} ends beyond the calendar") from None

    def _reckoned(self, start: date, calendar: Calendar) -> date:
        if self.unit is Unit.DAYS:
            return start + timedelta(days=self.length)
        if self.unit is Unit.WORKING_DAYS:
            day = start
            for _ in range(self.length):
                day = _first(day + timedelta(days=1), calendar.is_working)
            return day
        months = self.length * (12 if self.unit is Unit.YEARS else 1) + start.month - 1
        year, month = start.year + months // 12, months % 12 + 1
        return _same_day(year, month, start.day)

    def clear_days_between(self, notice: date, event: date, calendar: Calendar = PLAIN_DAYS) -> bool:
        """Whether so many whole days lie between a notice and what it announces, counting neither day.

        This is the cautious reading of a notice period (inferred: art. 201 leaves out the first day, and no article
        read says whether the day of the meeting counts). The end is not moved for a holiday: that would shorten nothing
        for those who are called.

        Raises:
            InvalidType: when it is given something else than days and a calendar.
            InvalidValue: as :meth:`last_day` does.
        """
        if calendar is not PLAIN_DAYS:
            calendar = as_calendar(calendar)
        if type(event) is not date:
            a_day(event, "the day of what is announced")
        if type(notice) is not date:
            a_day(notice, "the day of the notice")
        return self._counted(notice, calendar) < event if self.length else notice <= event

    def explain(self, language: Language) -> str:
        """The period in words, such as ``15日`` or ``15 days``."""
        unit = _WORDS[self.unit].say(language)
        return (
            f"{self.length}{unit}" if language == "zh" else f"{self.length} {unit if self.length != 1 else unit[:-1]}"
        )


def _same_day(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (following - timedelta(days=1)).day))


def _first(day: date, holds: Callable[[date], bool]) -> date:
    for _ in range(1000):
        if holds(day):
            return day
        day += timedelta(days=1)
    raise InvalidValue("the calendar has no such day in a thousand; check its holidays")
