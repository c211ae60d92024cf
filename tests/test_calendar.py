"""Days, working days and periods.

Civil Code of the People's Republic of China, articles 200 to 204; and the moments at which days begin and end
(promises, row R22: zones, daylight saving, leap days, a microsecond to either side of each bound, years after 2037).
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Citation, Period, WorkingCalendar
from yizheng.calendar import PLAIN_DAYS, Calendar, Unit, end_of_day, local_day, moment, zone
from yizheng.errors import InvalidType, InvalidValue, YizhengError

SHANGHAI = "Asia/Shanghai"
MICROSECOND = timedelta(microseconds=1)

SPRING_FESTIVAL = WorkingCalendar(
    holidays=[date(2026, 2, day) for day in range(15, 24)],
    worked=[date(2026, 2, 14), date(2026, 2, 28)],
)
"""Nine days off and two weekend days worked instead, in the manner of the State Council's notices. Invented."""

dates = st.dates(date(1950, 1, 1), date(8000, 1, 1))


def last(start: str, length: int, unit: str = "days", calendar: Calendar = PLAIN_DAYS) -> str:
    """The last day of a period, all in ISO dates."""
    return Period(length, unit).last_day(date.fromisoformat(start), calendar).isoformat()


class TestArticle200:
    """Periods are reckoned by years, months, days (and hours) of the Gregorian calendar (art. 200)."""

    @pytest.mark.parametrize(
        ("start", "length", "unit", "end"),
        [
            ("2026-03-02", 15, "days", "2026-03-17"),
            ("2028-02-20", 15, "days", "2028-03-06"),
            ("2027-02-20", 15, "days", "2027-03-07"),
            ("2026-12-25", 10, "days", "2027-01-04"),
            ("2026-03-02", 1, "months", "2026-04-02"),
            ("2026-11-15", 3, "months", "2027-02-15"),
            ("2026-03-02", 12, "months", "2027-03-02"),
            ("2026-03-02", 1, "years", "2027-03-02"),
            ("2026-03-02", 100, "years", "2126-03-02"),
            ("2026-03-02", 3, "working_days", "2026-03-05"),
            ("2026-03-05", 3, "working_days", "2026-03-10"),
            ("2026-03-07", 1, "working_days", "2026-03-09"),
        ],
    )
    def test_units(self, start, length, unit, end):
        """Each unit is counted in its own way, over the ends of months and years and over leap days."""
        assert last(start, length, unit) == end

    @given(dates, st.integers(1, 2000))
    def test_days_are_days(self, start, length):
        """So many days later, whatever lies between."""
        assert Period(length).last_day(start) == start + timedelta(days=length)

    @given(dates, st.integers(1, 400))
    def test_a_year_is_twelve_months(self, start, years):
        """A period of years is one of twelve times as many months."""
        assert Period(years, "years").last_day(start) == Period(12 * years, "months").last_day(start)


class TestArticle201:
    """The day on which a period begins is not counted; the next day is its first (art. 201)."""

    @pytest.mark.parametrize(("unit", "end"), [("days", "2026-03-03"), ("working_days", "2026-03-03")])
    def test_the_first_day_is_not_counted(self, unit, end):
        """A period of one day from Monday ends with Tuesday."""
        assert last("2026-03-02", 1, unit) == end

    def test_nothing(self):
        """A period of nought ends on the day on which it begins, even on a holiday."""
        for unit in Unit:
            assert last("2026-02-16", 0, unit, SPRING_FESTIVAL) == "2026-02-16"

    @given(dates, st.integers(0, 300), st.sampled_from(Unit))
    def test_longer_is_never_earlier(self, start, length, unit):
        """A longer period never ends earlier, and none ends before it begins."""
        for calendar in (PLAIN_DAYS, SPRING_FESTIVAL):
            ends = [Period(each, unit).last_day(start, calendar) for each in (length, length + 1)]
            assert start <= ends[0] <= ends[1]


class TestArticle202:
    """Months and years end on the day of the same number; where there is none, on the last day of the month (art. 202)."""

    @pytest.mark.parametrize(
        ("start", "length", "unit", "end"),
        [
            ("2026-01-31", 1, "months", "2026-02-28"),
            ("2028-01-31", 1, "months", "2028-02-29"),
            ("2026-01-30", 1, "months", "2026-02-28"),
            ("2026-01-29", 1, "months", "2026-02-28"),
            ("2026-01-28", 1, "months", "2026-02-28"),
            ("2026-02-28", 1, "months", "2026-03-28"),
            ("2026-03-31", 1, "months", "2026-04-30"),
            ("2026-12-31", 2, "months", "2027-02-28"),
            ("2027-12-31", 2, "months", "2028-02-29"),
            ("2026-10-31", 6, "months", "2027-04-30"),
            ("2028-02-29", 1, "years", "2029-02-28"),
            ("2028-02-29", 4, "years", "2032-02-29"),
            ("2096-02-29", 4, "years", "2100-02-28"),
            ("1996-02-29", 4, "years", "2000-02-29"),
            ("2026-12-31", 12, "months", "2027-12-31"),
        ],
    )
    def test_ends_of_months(self, start, length, unit, end):
        """Short months, leap years, and the century that is none."""
        assert last(start, length, unit) == end

    @given(dates, st.integers(1, 600))
    def test_the_same_number_or_the_last_day(self, start, months):
        """The number of the day is kept, or the next day begins another month."""
        end = Period(months, "months").last_day(start)
        assert (end.year - start.year) * 12 + end.month - start.month == months
        assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


class TestArticle203:
    """A last day that is a holiday is replaced by the day after the holiday; a last day ends at 24:00 (art. 203)."""

    @pytest.mark.parametrize(
        ("start", "length", "unit", "end"),
        [
            ("2026-02-10", 5, "days", "2026-02-24"),
            ("2026-02-10", 4, "days", "2026-02-14"),
            ("2026-02-10", 18, "days", "2026-02-28"),
            ("2026-02-10", 19, "days", "2026-03-02"),
            ("2026-01-16", 1, "months", "2026-02-24"),
            ("2025-02-16", 1, "years", "2026-02-24"),
            ("2026-02-12", 2, "working_days", "2026-02-14"),
            ("2026-02-12", 3, "working_days", "2026-02-24"),
            ("2026-02-27", 1, "working_days", "2026-02-28"),
            ("2026-02-27", 2, "working_days", "2026-03-02"),
        ],
    )
    def test_the_spring_festival(self, start, length, unit, end):
        """Over nine days off, with the Saturdays that are worked instead (调休)."""
        assert last(start, length, unit, SPRING_FESTIVAL) == end

    def test_the_default_moves_nothing(self):
        """A host that hands in no calendar gets plain days: Saturday stays Saturday."""
        assert last("2026-03-02", 5) == "2026-03-07"
        assert last("2026-03-02", 5, calendar=WorkingCalendar()) == "2026-03-09"

    @given(dates, st.integers(1, 400), st.sampled_from(Unit))
    def test_no_period_ends_on_a_holiday(self, start, length, unit):
        """Whatever its length, it ends on a working day of the calendar handed in."""
        assert SPRING_FESTIVAL.is_working(Period(length, unit).last_day(start, SPRING_FESTIVAL))

    @given(dates, st.integers(1, 200))
    def test_working_days_are_counted_one_by_one(self, start, length):
        """As many working days lie after the first day up to the last."""
        end = Period(length, "working_days").last_day(start, SPRING_FESTIVAL)
        between = [start + timedelta(days=each) for each in range(1, (end - start).days + 1)]
        assert sum(SPRING_FESTIVAL.is_working(each) for each in between) == length

    def test_the_last_day_ends_at_24_00(self):
        """A day is over at the midnight that follows it, in the zone."""
        assert end_of_day(date(2026, 3, 17), SHANGHAI) == datetime(2026, 3, 18, tzinfo=ZoneInfo(SHANGHAI))


class TestArticle204:
    """What a law or an agreement sets otherwise goes first: working days, and a calendar of one's own (art. 204)."""

    def test_a_calendar_of_ones_own(self):
        """Anything that knows working days is a calendar."""

        class MarketDays:
            def is_working(self, day: date) -> bool:
                return day.day % 5 == 0

            def is_holiday(self, day: date) -> bool:
                return not self.is_working(day)

        assert isinstance(MarketDays(), Calendar)
        assert last("2026-03-02", 2, "working_days", MarketDays()) == "2026-03-10"
        assert last("2026-03-02", 4, "days", MarketDays()) == "2026-03-10"

    def test_a_calendar_without_an_end(self):
        """A calendar on which nobody ever works is refused, in no time."""

        class Never:
            def is_working(self, _: date) -> bool:
                return False

            def is_holiday(self, _: date) -> bool:
                return True

        for unit in ("days", "working_days", "months"):
            with pytest.raises(InvalidValue, match="holidays"):
                last("2026-03-02", 1, unit, Never())

    def test_the_source_of_a_period(self):
        """A period says where it is written."""
        citation = Citation(instrument="示例规则", article="34")
        assert Period(15, citation=citation).citation == citation


class TestNotice:
    """Clear days between a notice and what it announces, counting neither day (domain E21; inferred)."""

    @pytest.mark.parametrize(
        ("length", "unit", "notice", "event", "enough"),
        [
            (10, "days", "2026-03-02", "2026-03-12", False),
            (10, "days", "2026-03-02", "2026-03-13", True),
            (15, "days", "2026-02-20", "2026-03-07", False),
            (15, "days", "2026-02-20", "2026-03-08", True),
            (15, "days", "2028-02-20", "2028-03-06", False),
            (15, "days", "2028-02-20", "2028-03-07", True),
            (1, "months", "2026-01-31", "2026-02-28", False),
            (1, "months", "2026-01-31", "2026-03-01", True),
            (1, "years", "2028-02-29", "2029-02-28", False),
            (1, "years", "2028-02-29", "2029-03-01", True),
            (3, "working_days", "2026-03-02", "2026-03-05", False),
            (3, "working_days", "2026-03-02", "2026-03-06", True),
            (3, "working_days", "2026-03-05", "2026-03-10", False),
            (3, "working_days", "2026-03-05", "2026-03-11", True),
            (0, "days", "2026-03-02", "2026-03-02", True),
            (0, "days", "2026-03-02", "2026-03-01", False),
        ],
    )
    def test_one_day_short_and_just_enough(self, length, unit, notice, event, enough):
        """The last day that is too early, and the first that is not."""
        period = Period(length, unit)
        assert period.clear_days_between(date.fromisoformat(notice), date.fromisoformat(event)) is enough

    def test_holidays(self):
        """Working days skip holidays; plain days do not, and a meeting may be on a holiday."""
        working, plain = Period(2, "working_days"), Period(2)
        notice = date(2026, 2, 13)
        assert not working.clear_days_between(notice, date(2026, 2, 24), SPRING_FESTIVAL)
        assert working.clear_days_between(notice, date(2026, 2, 25), SPRING_FESTIVAL)
        assert plain.clear_days_between(notice, date(2026, 2, 16), SPRING_FESTIVAL)

    @given(dates, st.integers(0, 400), st.integers(-5, 500))
    def test_law(self, notice, length, wait):
        """So many whole days lie strictly between."""
        assert Period(length).clear_days_between(notice, notice + timedelta(days=wait)) is (
            wait - 1 >= length if length else wait >= 0
        )


class TestWorkingCalendar:
    """The official calendar: legal holidays, and weekend days that are worked instead (trap 85)."""

    @pytest.mark.parametrize(
        ("day", "working"),
        [
            ("2026-02-13", True),
            ("2026-02-14", True),
            ("2026-02-15", False),
            ("2026-02-16", False),
            ("2026-02-23", False),
            ("2026-02-24", True),
            ("2026-02-28", True),
            ("2026-03-01", False),
            ("2026-03-02", True),
            ("2026-03-07", False),
        ],
    )
    def test_days(self, day, working):
        """A holiday on a weekday, a worked Saturday, an ordinary week and weekend."""
        assert SPRING_FESTIVAL.is_working(date.fromisoformat(day)) is working
        assert SPRING_FESTIVAL.is_holiday(date.fromisoformat(day)) is not working

    def test_both_at_once(self):
        """A day cannot be off and worked."""
        with pytest.raises(InvalidValue, match="2026-02-14"):
            WorkingCalendar(holidays=[date(2026, 2, 14)], worked=[date(2026, 2, 14)])

    @pytest.mark.parametrize("bad", [5, "2026-02-14", ["2026-02-14"], [None], [20260214]], ids=repr)
    def test_what_are_no_days(self, bad):
        """Days are dates."""
        with pytest.raises(YizhengError):
            WorkingCalendar(holidays=bad)
        with pytest.raises(YizhengError):
            WorkingCalendar(worked=bad)

    def test_moments_are_no_days(self):
        """A moment among the holidays would never match a day: it is refused, not ignored."""
        with pytest.raises(YizhengError):
            WorkingCalendar(holidays=[datetime(2026, 2, 16, tzinfo=UTC)])

    def test_a_value(self):
        """Two calendars of the same days are equal, and neither can be changed."""
        days = [date(2026, 2, 16)]
        calendar = WorkingCalendar(holidays=days)
        days.append(date(2026, 3, 2))
        assert calendar == WorkingCalendar(holidays={date(2026, 2, 16)})
        assert calendar.is_working(date(2026, 3, 2))


class TestPeriod:
    """A period is a whole number of units, of a bounded length."""

    @pytest.mark.parametrize("length", [True, False, 1.0, "15", None, "十五"], ids=repr)
    def test_what_is_no_length(self, length):
        """Truth values, floats and words are no lengths."""
        with pytest.raises(InvalidType):
            Period(length)

    @pytest.mark.parametrize("length", [-1, 40_001, 10**5000], ids=["negative", "one more", "huge"])
    def test_lengths_that_cannot_be(self, length):
        """A period has from 0 to 40,000 units."""
        with pytest.raises(InvalidValue):
            Period(length)

    @pytest.mark.parametrize("unit", ["weeks", "", None, 5, "DAYS"], ids=repr)
    def test_what_is_no_unit(self, unit):
        """Days, working days, months and years are the units."""
        with pytest.raises(YizhengError):
            Period(1, unit)

    @pytest.mark.parametrize("unit", Unit)
    def test_the_longest(self, unit):
        """The longest period of every unit is reckoned, or refused by an error of this library."""
        start = date(2026, 3, 2)
        for reckon in (
            lambda period, calendar: period.last_day(start, calendar),
            lambda period, calendar: period.clear_days_between(start, start, calendar),
        ):
            for calendar in (PLAIN_DAYS, SPRING_FESTIVAL):
                if unit == "years":
                    with pytest.raises(InvalidValue):
                        reckon(Period(40_000, unit), calendar)
                else:
                    assert reckon(Period(40_000, unit), calendar) is not None

    @pytest.mark.parametrize(("length", "unit"), [(1, "days"), (40_000, "months"), (1, "working_days"), (9, "years")])
    def test_beyond_the_calendar(self, length, unit):
        """What would end beyond the calendar is refused by an error of this library."""
        with pytest.raises(InvalidValue, match="beyond"):
            Period(length, unit).last_day(date(9999, 12, 31))

    @pytest.mark.parametrize(
        ("length", "unit", "zh", "en"),
        [
            (15, "days", "15日", "15 days"),
            (1, "days", "1日", "1 day"),
            (3, "working_days", "3个工作日", "3 working days"),
            (1, "working_days", "1个工作日", "1 working day"),
            (2, "months", "2个月", "2 months"),
            (1, "years", "1年", "1 year"),
            (0, "days", "0日", "0 days"),
        ],
    )
    def test_words(self, length, unit, zh, en):
        """A period is said in both languages."""
        assert (Period(length, unit).explain("zh"), Period(length, unit).explain("en")) == (zh, en)

    def test_a_citation(self):
        """A source is a citation."""
        with pytest.raises(YizhengError):
            Period(1, citation="第34条")


def utc(text: str) -> datetime:
    """A moment in UTC from ISO."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestMoments:
    """A moment becomes a day in a zone; a day ends at its zone's midnight (row R22)."""

    # zone, a local day, the instant in UTC at which it ends
    ENDS = (
        (SHANGHAI, "2026-03-17", "2026-03-17T16:00"),
        (SHANGHAI, "2025-12-31", "2025-12-31T16:00"),
        (SHANGHAI, "2028-02-28", "2028-02-28T16:00"),
        (SHANGHAI, "2028-02-29", "2028-02-29T16:00"),
        (SHANGHAI, "2038-01-18", "2038-01-18T16:00"),
        (SHANGHAI, "2040-06-30", "2040-06-30T16:00"),
        (SHANGHAI, "2106-02-07", "2106-02-07T16:00"),
        (SHANGHAI, "8999-12-31", "8999-12-31T16:00"),
        (SHANGHAI, "1991-04-13", "1991-04-13T16:00"),
        (SHANGHAI, "1991-04-14", "1991-04-14T15:00"),
        (SHANGHAI, "1991-09-14", "1991-09-14T15:00"),
        (SHANGHAI, "1991-09-15", "1991-09-15T16:00"),
        ("UTC", "2026-03-17", "2026-03-18T00:00"),
        ("America/New_York", "2026-03-07", "2026-03-08T05:00"),
        ("America/New_York", "2026-03-08", "2026-03-09T04:00"),
        ("America/New_York", "2026-10-31", "2026-11-01T04:00"),
        ("America/New_York", "2026-11-01", "2026-11-02T05:00"),
        ("Europe/London", "2026-03-29", "2026-03-29T23:00"),
        ("Europe/London", "2026-10-25", "2026-10-26T00:00"),
        ("Australia/Lord_Howe", "2026-04-04", "2026-04-04T13:00"),
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-05T13:30"),
        ("Asia/Kathmandu", "2026-03-17", "2026-03-17T18:15"),
        ("Pacific/Kiritimati", "2026-03-17", "2026-03-17T10:00"),
        ("Pacific/Pago_Pago", "2026-03-17", "2026-03-18T11:00"),
        ("Pacific/Apia", "2011-12-29", "2011-12-30T10:00"),
        ("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00"),
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00"),
        ("America/Havana", "2026-10-31", "2026-11-01T04:00"),
        ("Asia/Urumqi", "2026-03-17", "2026-03-17T18:00"),
    )

    @pytest.mark.parametrize(("where", "day", "end"), ENDS)
    def test_a_day_ends_at_its_midnight(self, where, day, end):
        """Over daylight saving, leap days, skipped and doubled midnights, half-hour zones and far years."""
        assert end_of_day(date.fromisoformat(day), where) == utc(end)

    @pytest.mark.parametrize(("where", "day", "end"), [row for row in ENDS if row[0] != "Pacific/Apia"])
    def test_a_microsecond_to_either_side(self, where, day, end):
        """A microsecond before its end it is still that day; at its end it is the next."""
        today = date.fromisoformat(day)
        if (where, day) == ("America/Sao_Paulo", "2018-11-03"):
            assert local_day(utc(end), where) == today + timedelta(days=1)  # its midnight was skipped
        assert local_day(utc(end) - MICROSECOND, where) == today
        assert local_day(utc(end), where) == today + timedelta(days=1)

    def test_the_day_that_samoa_skipped(self):
        """On 29 December 2011 Samoa went to bed and woke on the 31st."""
        end = end_of_day(date(2011, 12, 29), "Pacific/Apia")
        assert local_day(end - MICROSECOND, "Pacific/Apia") == date(2011, 12, 29)
        assert local_day(end, "Pacific/Apia") == date(2011, 12, 31)

    @pytest.mark.parametrize(
        ("at", "where", "day"),
        [
            ("2026-03-01T15:59:59.999999", SHANGHAI, "2026-03-01"),
            ("2026-03-01T16:00:00", SHANGHAI, "2026-03-02"),
            ("2026-03-01T16:00:00", "UTC", "2026-03-01"),
            ("2026-03-01T16:00:00", "America/New_York", "2026-03-01"),
            ("2026-03-01T04:59:59.999999", "America/New_York", "2026-02-28"),
            ("2026-11-01T05:30:00", "America/New_York", "2026-11-01"),
            ("2026-11-01T06:30:00", "America/New_York", "2026-11-01"),
            ("2028-02-29T15:59:59.999999", SHANGHAI, "2028-02-29"),
            ("2028-02-29T16:00:00", SHANGHAI, "2028-03-01"),
            ("2038-01-19T03:14:08", SHANGHAI, "2038-01-19"),
            ("2106-02-07T06:28:16", SHANGHAI, "2106-02-07"),
            ("2026-03-17T09:59:59.999999", "Pacific/Kiritimati", "2026-03-17"),
            ("2026-03-17T10:00:00", "Pacific/Kiritimati", "2026-03-18"),
        ],
    )
    def test_which_day_it_is(self, at, where, day):
        """The same instant is another day elsewhere."""
        assert local_day(utc(at), where) == date.fromisoformat(day)

    @given(
        st.datetimes(datetime(1901, 1, 1), datetime(8999, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- bounds of the strategy
        st.sampled_from([SHANGHAI, "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    )
    def test_law_of_days(self, at, where):
        """Every instant lies before the end of its local day, and not before the end of the day before."""
        day = local_day(at, where)
        assert end_of_day(day - timedelta(days=1), where) <= at < end_of_day(day, where)


class TestMoment:
    """An instant has a zone; nothing else is one (design: when; traps 74, 77)."""

    def test_the_same_instant(self):
        """Whatever its zone, an instant is kept in UTC."""
        at = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo(SHANGHAI))
        same = (
            at,
            at.astimezone(UTC),
            at.astimezone(ZoneInfo("America/New_York")),
            at.astimezone(timezone(timedelta(hours=-3.5))),
        )
        assert {moment(each) for each in same} == {utc("2026-03-02T01:00")}
        assert all(moment(each).tzinfo is UTC for each in same)

    def test_a_moment_of_another_library(self):
        """A subclass of datetime, as other libraries have, is taken as the plain instant that it is."""

        class Stamp(datetime):
            pass

        for where in (UTC, ZoneInfo(SHANGHAI)):
            stamp = Stamp(2026, 3, 2, 9, 0, 0, 7, tzinfo=where)
            assert type(moment(stamp)) is datetime
            assert moment(stamp) == stamp

    def test_the_hour_that_comes_twice(self):
        """In the hour that comes twice the two are told apart."""
        first, second = (
            datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=fold) for fold in (0, 1)
        )
        assert moment(second) - moment(first) == timedelta(hours=1)

    @pytest.mark.parametrize(
        "value",
        [
            None,
            True,
            0,
            1772413200,
            1772413200.5,
            "2026-03-02T09:00:00+08:00",
            date(2026, 3, 2),
            time(9),
            timedelta(1),
            b"2026",
            [],
        ],
        ids=repr,
    )
    def test_what_is_no_moment(self, value):
        """Dates, numbers, strings and truth values are no moments; what to write is said."""
        with pytest.raises(InvalidType, match="ZoneInfo"):
            moment(value)

    def test_without_a_zone(self):
        """Nobody could say which instant it is."""
        with pytest.raises(InvalidValue, match="zone"):
            moment(datetime(2026, 3, 2, 9))  # noqa: DTZ001 -- that is what is refused

    def test_a_zone_that_says_nothing(self):
        """Nor where the zone itself does not know."""

        class Nowhere(ZoneInfo):
            def utcoffset(self, _: datetime | None) -> None:
                return None

        with pytest.raises(InvalidValue, match="zone"):
            moment(datetime(2026, 3, 2, 9, tzinfo=Nowhere("UTC")))

    @pytest.mark.parametrize("year", [1, 1899, 9001, 9999])
    def test_years_that_are_not_reckoned(self, year):
        """The years 1900 to 9000 are reckoned."""
        with pytest.raises(InvalidValue, match=str(year)):
            moment(datetime(year, 6, 1, tzinfo=UTC))

    @pytest.mark.parametrize("year", [1900, 2038, 9000])
    def test_years_that_are(self, year):
        """The first and the last of them are."""
        assert moment(datetime(year, 6, 1, tzinfo=UTC)).year == year

    @given(
        st.datetimes(
            timezones=st.sampled_from(
                [UTC, ZoneInfo(SHANGHAI), ZoneInfo("America/New_York"), timezone(timedelta(hours=14))]
            )
        )
    )
    def test_law_taken_twice(self, at):
        """What is taken once is taken again as it is: whatever is entered can be read back."""
        try:
            taken = moment(at)
        except InvalidValue:
            return
        assert moment(taken) == taken == at.astimezone(UTC)

    @pytest.mark.parametrize(
        "at",
        [
            datetime(1900, 1, 1, tzinfo=ZoneInfo(SHANGHAI)),
            datetime(9000, 12, 31, 23, tzinfo=ZoneInfo("America/New_York")),
            datetime(1, 1, 1, tzinfo=ZoneInfo(SHANGHAI)),
            datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("America/New_York")),
        ],
        ids=str,
    )
    def test_the_edges_of_the_years(self, at):
        """At the edges the year is the one in UTC, in which the moment is kept: taken whole, or refused."""
        with pytest.raises(InvalidValue):
            moment(at)


class TestZone:
    """Zones by their IANA names."""

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "Mars/Olympus",
            "asia/Nowhere",
            "../etc/passwd",
            "/etc/localtime",
            "Asia",
            "Asia/Shanghai\0",
            "Asia/Shanghai ",
            "x" * 100_000,
            "+08:00",
        ],
        ids=lambda key: key[:20] or "empty",
    )
    def test_unknown(self, key):
        """An unknown name is refused by an error of this library, whatever is in it."""
        with pytest.raises(InvalidValue):
            zone(key)

    @pytest.mark.parametrize("key", [None, 5, [], b"UTC", True], ids=repr)
    def test_what_is_no_name(self, key):
        """A name is a string."""
        with pytest.raises(InvalidType):
            zone(key)

    def test_known(self):
        """A known name gives its zone."""
        assert zone(SHANGHAI).key == SHANGHAI
