"""Time at the level of a case (row R22): one table of periods over zones, clock changes, leap days and far years.

The instants are written by hand, in UTC, from the published offsets of each zone. Each row is tried a microsecond to
either side of its bound. The cases are invented.
"""

from datetime import UTC, datetime, timedelta

import pytest

from walks import BOARD, MICROSECOND, START, VOTERS, alone, assembly, day, days, done, opened_in_writing, refused
from yizheng import Case
from yizheng.rules import Choice
from yizheng.stages import CastBallot, CloseVote, Convene, Disclosure, Note, Post, TakeDown

ONE_DAY = (
    # zone, the moment at which a period of one day begins, and the instant at which its one day has passed, in UTC
    ("Asia/Shanghai", "2026-03-16T02:00", "2026-03-17T16:00"),
    ("Asia/Shanghai", "2026-03-15T16:00", "2026-03-17T16:00"),  # the first instant of the 16th
    ("Asia/Shanghai", "2026-03-16T15:59:59.999999", "2026-03-17T16:00"),  # the last
    ("Asia/Shanghai", "2026-03-16T16:00", "2026-03-18T16:00"),  # the first of the 17th
    ("Asia/Shanghai", "2025-12-30T02:00", "2025-12-31T16:00"),  # to the end of a year
    ("Asia/Shanghai", "2025-12-31T02:00", "2026-01-01T16:00"),  # and over it
    ("Asia/Shanghai", "2027-02-27T02:00", "2027-02-28T16:00"),
    ("Asia/Shanghai", "2027-02-28T02:00", "2027-03-01T16:00"),  # no leap day
    ("Asia/Shanghai", "2028-02-28T02:00", "2028-02-29T16:00"),  # a leap day
    ("Asia/Shanghai", "2028-02-29T02:00", "2028-03-01T16:00"),
    ("Asia/Shanghai", "2100-02-28T02:00", "2100-03-01T16:00"),  # 2100 has none
    ("Asia/Shanghai", "2400-02-28T02:00", "2400-02-29T16:00"),  # 2400 has one
    ("Asia/Shanghai", "2033-05-17T02:00", "2033-05-18T16:00"),  # 2 000 000 000 seconds after 1970
    ("Asia/Shanghai", "2038-01-18T02:00", "2038-01-19T16:00"),  # 2^31 seconds
    ("Asia/Shanghai", "2040-02-28T02:00", "2040-02-29T16:00"),
    ("Asia/Shanghai", "2106-02-06T02:00", "2106-02-07T16:00"),  # 2^32 seconds
    ("Asia/Shanghai", "2999-12-30T02:00", "2999-12-31T16:00"),
    ("Asia/Shanghai", "1991-04-13T04:00", "1991-04-14T15:00"),  # the last summer time of China begins
    ("Asia/Shanghai", "1991-09-14T03:00", "1991-09-15T16:00"),  # and ends
    ("Asia/Urumqi", "2026-03-16T06:00", "2026-03-17T18:00"),
    ("UTC", "2026-03-16T12:00", "2026-03-18T00:00"),
    ("America/New_York", "2026-03-06T17:00", "2026-03-08T05:00"),
    ("America/New_York", "2026-03-07T17:00", "2026-03-09T04:00"),  # a day of 23 hours
    ("America/New_York", "2026-10-31T16:00", "2026-11-02T05:00"),  # a day of 25 hours
    ("America/New_York", "2026-11-01T05:30", "2026-11-03T05:00"),  # half past one, for the first time
    ("America/New_York", "2026-11-01T06:30", "2026-11-03T05:00"),  # and for the second
    ("Europe/London", "2026-03-28T12:00", "2026-03-29T23:00"),
    ("Europe/London", "2026-10-24T12:00", "2026-10-26T00:00"),
    ("Australia/Lord_Howe", "2026-04-04T01:00", "2026-04-05T13:30"),  # half an hour back
    ("Australia/Lord_Howe", "2026-10-03T01:30", "2026-10-04T13:00"),  # and forward
    ("Asia/Kathmandu", "2026-03-16T06:15", "2026-03-17T18:15"),  # a quarter of an hour
    ("Pacific/Kiritimati", "2026-03-15T22:00", "2026-03-17T10:00"),  # the first place on Earth
    ("Pacific/Pago_Pago", "2026-03-16T23:00", "2026-03-18T11:00"),  # and the last
    ("Pacific/Apia", "2011-12-28T22:00", "2011-12-30T10:00"),  # the next day was left out
    ("America/Sao_Paulo", "2018-11-02T15:00", "2018-11-04T03:00"),  # this midnight was left out
    ("America/Sao_Paulo", "2018-02-16T14:00", "2018-02-18T03:00"),  # this hour came twice
    ("America/Havana", "2026-10-30T16:00", "2026-11-01T04:00"),  # this midnight came twice
)
ROWS = pytest.mark.parametrize(("zone", "begins", "ends"), ONE_DAY, ids=[f"{row[0]}-{row[1]}" for row in ONE_DAY])
AROUND = pytest.mark.parametrize("off", [-1, 0, 1], ids=["a microsecond before", "at", "a microsecond after"])


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestOneDay:
    """The day of the beginning is not counted, and the last day ends at 24:00 (Civil Code arts 201 and 203)."""

    def test_there_is_as_much_as_the_row_says(self):
        """Sixty bounds and more."""
        assert len(ONE_DAY) * 2 >= 60

    @ROWS
    @AROUND
    def test_a_notice_may_be_taken_down(self, zone, begins, ends, off):
        """It was up for a whole day, or it was cut short."""
        begun, at = utc(begins), utc(ends) + off * MICROSECOND
        stage = Disclosure(id="disclose", title="公开", least=days(1))
        case = done(alone(stage, zone=zone, at=begun), (Post(channels=BOARD, content="措施"), begun))
        assert case.progress.ends == utc(ends)
        if off < 0:
            refused(case, TakeDown(), "CUT_SHORT", at=at)
        else:
            assert done(case, (TakeDown(), at)).outcome == "was_clear"

    @ROWS
    @AROUND
    def test_a_meeting_may_be_held(self, zone, begins, ends, off):
        """There was a clear day between the notice and the meeting, or there was not (the clear day is inferred)."""
        begun, held = utc(begins), utc(ends) + off * MICROSECOND
        case = alone(assembly(notice=days(1)), zone=zone, at=begun)
        if off < 0:
            refused(case, Convene(held_at=held), "SHORT_PERIOD", at=begun)
        else:
            assert done(case, (Convene(held_at=held), begun)).phase == "called"


LAST = START + timedelta(hours=5)


def recorded() -> Case:
    """A case in which something was recorded last at five hours after the opening."""
    return alone(assembly()).act(Note("x"), at=LAST, by="sec-1", salt=b"1" * 16)


class TestAClockMovedBack:
    """What happened and when it was entered are two moments: the record is in the order of entering."""

    @pytest.mark.parametrize(
        ("happened", "entered", "codes"),
        [
            (0, 0, ()),  # at the same instant as the last entry
            (1, 1, ()),
            (-1, 0, ()),  # it happened before, and is entered now
            (-1, -1, ("OUT_OF_ORDER",)),  # the clock went back by a microsecond
            (-3600_000_000, -3600_000_000, ("OUT_OF_ORDER",)),  # by an hour
            (1, 0, ("RECORDED_BEFORE",)),
            (0, -1, ("OUT_OF_ORDER", "RECORDED_BEFORE")),
        ],
    )
    def test_in_microseconds_after_the_last_entry(self, happened, entered, codes):
        """Refused with every reason, and nothing is recorded; or taken as it is."""
        case, at, recorded_at = recorded(), LAST + happened * MICROSECOND, LAST + entered * MICROSECOND
        if codes:
            refused(case, Note("y"), *codes, at=at, recorded_at=recorded_at)
        else:
            entry = case.act(Note("y"), at=at, recorded_at=recorded_at, by="sec-1", salt=b"2" * 16).entries[-1]
            assert (entry.at, entry.recorded_at) == (at, recorded_at)

    def test_the_hour_that_comes_twice(self):
        """In New York half past one comes twice on 1 November 2026; the second is an hour later, and is in order."""
        first, second = utc("2026-11-01T05:30"), utc("2026-11-01T06:30")
        case = alone(assembly(), zone="America/New_York", at=first)
        case = case.act(Note("x"), at=second, by="sec-1", salt=b"1" * 16)
        refused(case, Note("y"), "OUT_OF_ORDER", at=first)

    @pytest.mark.parametrize("off", [-1, 0, 1])
    def test_a_vote_is_not_closed_before_the_ballots_that_it_counts(self, off):
        """Eight ballots of the fifth day settle it; the close is entered later, and said to be of that moment or before."""
        case = done(opened_in_writing(), *[(CastBallot(Choice.FOR), day(5), voter) for voter in VOTERS[:8]])
        at = day(5) + off * MICROSECOND
        if off < 0:
            refused(case, CloseVote(), "BACKDATED", at=at, recorded_at=day(6))
        else:
            assert case.act(CloseVote(), at=at, recorded_at=day(6), by="sec-1").outcome == "was_carried"
