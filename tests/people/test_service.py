"""Counting with a record of service, and with marks as the counters find them. The cases are invented."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from yizheng import Citation, Member, Roll, Text
from yizheng.errors import InvalidType, InvalidValue
from yizheng.people import Service
from yizheng.rules import (
    ABSTAINING,
    CAST,
    FOR,
    INVALID,
    SILENT,
    BallotPolicy,
    Choice,
    Mark,
    Silence,
    tally_from_data,
    to_data,
)

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
WARNED = Text("逾期未回复视为同意多数意见", "no answer follows the majority")
BY_LAW = Citation(instrument=Text("议事规则（示例）", "rules of procedure (invented)"), article="12")
ROLL = Roll(
    "owners",
    [Member(f"1-{n}", weights={"area": 50 + n}, groups={"east"} if n < 4 else ()) for n in range(1, 7)],
    groups={"east"},
)


def service(member: str, **changes) -> Service:
    """A ballot handed to a member, with the words that the by-law asks for."""
    return Service(**{"member": member, "at": AT, "how": "by_hand", "warning": WARNED, "evidence": "回执 1", **changes})


def policy(kind: str = "for", **terms) -> Silence:
    """A policy with its article and its words."""
    return Silence(kind, basis=BY_LAW, warning=WARNED, **terms)


class TestService:
    """Deemed votes need a record of service for each member (E05)."""

    def test_the_served_and_the_unserved(self):
        """Two voted, two were served and silent, two were never served."""
        ballots = {"1-1": Choice.FOR, "1-2": Choice.AGAINST}
        tally = ROLL.tally(ballots, silence=policy(), served=[service("1-3"), service("1-4"), service("1-1")])
        assert (tally.number(FOR), tally.number(SILENT), tally.number(CAST)) == (3, 2, 4)
        assert tally.number(FOR.by("area")) == 51 + 53 + 54
        assert tally.number(FOR.among("east")) == 2
        assert tally.as_cast == ROLL.tally(ballots)

    @pytest.mark.parametrize(
        ("changes", "terms", "counts"),
        [
            ({}, {}, True),
            ({"to": "1-3"}, {}, True),
            ({"to": "tenant-3"}, {}, False),
            ({"to": "tenant-3"}, {"substitutes": True}, True),
            ({"warning": "请投票"}, {}, False),
            ({"warning": "请投票", "to": "tenant-3"}, {"substitutes": True}, False),
        ],
        ids=[
            "by hand",
            "to themselves",
            "to a tenant",
            "a substitute will do",
            "other words",
            "other words, substitute",
        ],
    )
    def test_effective_service(self, changes, terms, counts):
        """Taken by the owner, not by a tenant, with the words of the by-law: else it is no service."""
        tally = ROLL.tally({"1-1": "for"}, silence=policy(**terms), served=[service("1-3", **changes)])
        assert tally.number(FOR) == 1 + counts

    def test_service_after_the_end(self):
        """Where the end is known, whoever was served after it is deemed nothing; at the end itself is in time."""
        for late, deemed in ((timedelta(), 1), (timedelta(microseconds=1), 0)):
            proof = [service("1-3", at=AT + late)]
            assert ROLL.tally({"1-1": "for"}, silence=policy(), served=proof, until=AT).number(FOR) == 1 + deemed
            assert ROLL.tally({"1-1": "for"}, silence=policy(), served=proof).number(FOR) == 2

    def test_an_end_that_is_none(self):
        """The end is a moment."""
        with pytest.raises(InvalidType):
            ROLL.tally({}, silence=policy(), until="monday")

    def test_served_twice(self):
        """Service upon service makes one vote; one that was effective is enough."""
        both = [service("1-3", to="tenant-3"), service("1-3"), service("1-3")]
        assert ROLL.tally({"1-1": "for"}, silence=policy(), served=both).number(FOR) == 2

    def test_the_recused(self):
        """Whoever is recused is not silent, and is deemed nothing."""
        tally = ROLL.tally({"1-1": "for"}, recused={"1-3"}, silence=policy(), served=[service("1-3")])
        assert tally.number(FOR) == 1

    def test_a_stranger(self):
        """Service upon somebody who is not on the roll is an error."""
        with pytest.raises(InvalidValue, match="x-9"):
            ROLL.tally({"1-1": "for"}, silence=policy(), served=[service("x-9")])

    def test_not_at_a_meeting(self):
        """At a meeting silence is deemed nothing."""
        with pytest.raises(InvalidValue, match="meeting"):
            ROLL.tally({"1-1": "for"}, present={"1-1"}, silence=policy(), served=[service("1-3")])

    @pytest.mark.parametrize(
        "wrong",
        [{"at": "monday"}, {"how": ""}, {"warning": ""}, {"evidence": " "}, {"member": 5}, {"to": ""}, {"by": 3}],
        ids=str,
    )
    def test_service_that_cannot_be(self, wrong):
        """Who, when, how, with which words, and what shows it: none is left out."""
        with pytest.raises((InvalidType, InvalidValue)):
            service(**{"member": "1-3", **wrong})

    def test_names_are_no_record(self):
        """A list of names is no record of service."""
        with pytest.raises(InvalidType, match="Service"):
            ROLL.tally({"1-1": "for"}, silence=policy(), served=["1-3"])


BALLOTS = {"1-1": Mark.FOR, "1-2": Mark.BLANK, "1-3": Mark.AMBIGUOUS, "1-4": Mark.INVALID, "1-5": Mark.ABSTAIN}


class TestMarks:
    """Six marks are kept apart; blank abstains, ambiguous is invalid, unless a rule says otherwise (E09, E10; T08)."""

    def test_as_usual(self):
        """A blank ballot abstains and takes part; one that cannot be read is invalid; their number stays visible."""
        tally = ROLL.tally(BALLOTS)
        assert [tally.number(amount) for amount in (FOR, ABSTAINING, INVALID, SILENT, CAST)] == [1, 2, 2, 1, 5]
        assert (tally.blank, tally.ambiguous) == (1, 1)
        assert tally_from_data(to_data(tally)) == tally

    def test_as_a_rule_says(self):
        """Each reading can be set, with its source; the number of such ballots does not change."""
        other = BallotPolicy(blank="invalid", ambiguous="abstain", citation=BY_LAW)
        tally = ROLL.tally(BALLOTS, policy=other)
        assert [tally.number(amount) for amount in (ABSTAINING, INVALID)] == [2, 2]
        assert (tally.blank, tally.ambiguous) == (1, 1)
        alone = ROLL.tally({"1-2": "blank"}, policy=other)
        assert (alone.number(ABSTAINING), alone.number(INVALID)) == (0, 1)

    def test_none_of_them(self):
        """Where there was none, nothing is said."""
        tally = ROLL.tally({"1-1": "for"})
        assert (tally.blank, tally.ambiguous) == (None, None)
        assert not {"blank", "ambiguous"} & set(to_data(tally))

    def test_a_stairwell(self):
        """Nanchong (T08): of 24 ballots 17 for, 4 against, and three with both tick and cross, which are not in favour.

        Whether the three were counted as in favour decides it: 18 are three quarters of 24.
        """
        stairwell = Roll("stairwell", [Member(f"{n}") for n in range(24)])
        marks = [Mark.FOR] * 17 + [Mark.AGAINST] * 4 + [Mark.AMBIGUOUS] * 3
        ballots = {f"{n}": mark for n, mark in enumerate(marks)}
        tally = stairwell.tally(ballots)
        assert (tally.number(FOR), tally.number(INVALID), tally.ambiguous, tally.number(CAST)) == (17, 3, 3, 24)
        assert stairwell.tally(ballots, policy=BallotPolicy(ambiguous="for")).number(FOR) == 20

    @pytest.mark.parametrize("bad", ["yes", None, 1, ["for"]])
    def test_what_is_no_mark(self, bad):
        """A mark is one of six."""
        with pytest.raises(InvalidValue):
            ROLL.tally({"1-1": bad})
        with pytest.raises(InvalidValue):
            BallotPolicy(blank=bad)

    def test_no_reading_makes_another_blank(self):
        """What a ballot counts as is one of the four choices."""
        with pytest.raises(InvalidValue):
            BallotPolicy(blank="blank")
        assert attrs.evolve(BallotPolicy(), blank="against").choice(Mark.BLANK) is Choice.AGAINST
