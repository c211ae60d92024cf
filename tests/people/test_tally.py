"""Counting ballots against a roll: every mark, in every measure and group (traps 33 to 35, 44, 46, 86 to 89)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Member, Roll
from yizheng.errors import InvalidValue, YizhengError
from yizheng.rules import (
    ABSENT,
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    RECUSED,
    SILENT,
    VALID,
    Choice,
)

OWNERS = Roll(
    "owners",
    [
        Member("a", weights={"area": "50.5"}, groups={"east"}),
        Member("b", weights={"area": "30"}, groups={"east", "west"}),
        Member("c", weights={"area": "1/3"}),
        Member("d", weights={"area": "0"}, groups={"west"}),
    ],
    groups={"east", "west", "north"},
)
MARKS = (FOR, AGAINST, ABSTAINING, INVALID, SILENT, ABSENT)

people = st.lists(
    st.tuples(
        st.fractions(0, 1000, max_denominator=100),
        st.sets(st.sampled_from(["east", "west"])),
        st.sampled_from([*Choice, "silent", "absent", "recused"]),
    ),
    min_size=1,
    max_size=15,
)


class TestMeeting:
    """Where there is a meeting, those who did not vote were silent or absent."""

    TALLY = OWNERS.tally({"a": Choice.FOR, "b": "against"}, present={"a", "b", "c"})

    def test_heads(self):
        """Each mark is counted by heads."""
        assert [self.TALLY.get(amount) for amount in MARKS] == [1, 1, 0, 0, 1, 1]
        assert [self.TALLY.get(amount) for amount in (ENTITLED, PRESENT, CAST, VALID, RECUSED)] == [4, 3, 2, 2, 0]

    def test_area(self):
        """And by area, exactly."""
        assert self.TALLY.get(FOR.by("area")) == Fraction("50.5")
        assert self.TALLY.get(PRESENT.by("area")) == Fraction("50.5") + 30 + Fraction(1, 3)
        assert self.TALLY.get(ABSENT.by("area")) == 0

    def test_groups(self):
        """And in each group that the roll knows, whether or not anybody is in it."""
        assert self.TALLY.get(FOR.among("east")) == 1
        assert self.TALLY.get(AGAINST.by("area").among("west")) == 30
        assert self.TALLY.get(ENTITLED.among("north")) == 0
        assert self.TALLY.groups == {"east", "west", "north"}

    def test_issued_and_returned(self):
        """Ballots given out and come back are kept beside the marks."""
        tally = OWNERS.tally({"a": "for"}, present={"a"}, issued=4, returned=1)
        assert (tally.issued, tally.returned) == (4, 1)

    def test_nobody_came(self):
        """An empty meeting is a meeting."""
        tally = OWNERS.tally({}, present=())
        assert (tally.get(PRESENT), tally.get(ABSENT)) == (0, 4)


class TestWriting:
    """Where there is no meeting nobody is present or absent: who did not vote was silent."""

    def test_no_presence(self):
        """Presence is not nought: it is unknown."""
        tally = OWNERS.tally({"a": "for"})
        assert (tally.presence, tally.get(PRESENT), tally.get(SILENT)) == (False, None, 3)


class TestRecused:
    """Recusal takes out of entitled and present (domain E29)."""

    def test_out_of_entitled(self):
        """Whoever is recused is counted as recused and nowhere else, in heads, area and groups."""
        tally = OWNERS.tally({"b": "for"}, present={"b", "c"}, recused={"a"})
        assert [tally.get(amount) for amount in (ENTITLED, PRESENT, RECUSED)] == [3, 2, 1]
        assert tally.get(ENTITLED.by("area")) == 30 + Fraction(1, 3)
        assert tally.get(RECUSED.by("area").among("east")) == Fraction("50.5")

    def test_everybody(self):
        """Where all are recused nobody is entitled."""
        assert OWNERS.tally({}, recused={"a", "b", "c", "d"}).get(ENTITLED) == 0


class TestRefused:
    """What does not fit the roll is refused, every fault at once."""

    @pytest.mark.parametrize(
        ("ballots", "more", "said"),
        [
            ({"x": "for"}, {}, "'x' is not on the roll"),
            ({}, {"present": {"x"}}, "'x' is not on the roll"),
            ({}, {"recused": {"x"}}, "'x' is not on the roll"),
            ({"a": "for"}, {"recused": {"a"}}, "'a' is recused"),
            ({}, {"present": {"a"}, "recused": {"a"}}, "'a' is recused"),
            ({"a": "for"}, {"present": {"b"}}, "'a' has a ballot but is not among those present"),
        ],
        ids=["voter", "present", "recused", "recused voter", "recused and present", "absent voter"],
    )
    def test_each(self, ballots, more, said):
        """Strangers, recused voters and absent voters are named."""
        with pytest.raises(InvalidValue, match=said):
            OWNERS.tally(ballots, **more)

    def test_all_at_once(self):
        """Every fault is told; who is recused is not told again to be absent."""
        with pytest.raises(InvalidValue) as no:
            OWNERS.tally({"x": "for", "a": "for", "b": "for"}, present={"y"}, recused={"a"})
        assert len(no.value.faults) == 4

    @pytest.mark.parametrize(
        "bad",
        [
            {"ballots": {"a": "yes"}},
            {"ballots": {"a": None}},
            {"ballots": {"a": True}},
            {"ballots": ["a"]},
            {"ballots": None},
            {"ballots": {5: "for"}},
            {"ballots": {"a": ["for"]}},
            {"present": "a"},
            {"present": 5},
            {"recused": "a"},
            {"issued": -1},
            {"issued": 1.5},
            {"returned": True},
        ],
        ids=str,
    )
    def test_bad_arguments(self, bad):
        """What is no choice, no set of ids or no count is refused by an error of this library."""
        with pytest.raises(YizhengError):
            OWNERS.tally(**{"ballots": {}, **bad})

    def test_one_member_in_two_forms(self):
        """Two ballots under two Unicode forms of one id are two ballots by one member: refused, not merged."""
        body = Roll("owners", [Member("café")])
        assert body.tally({"cafe\u0301": "for"}).get(FOR) == 1
        with pytest.raises(InvalidValue):
            body.tally({"café": "for", "cafe\u0301": "against"})


class TestLaws:
    """Laws of every count."""

    @given(people, st.booleans())
    def test_marks_add_up_to_the_roll(self, given_people, meeting):
        """In every measure and group, the marks add up to entitled, and with those recused to the roll (trap 86)."""
        body, tally = counted(given_people, meeting=meeting)
        for group in (None, "east", "west"):
            for measure in ("heads", "area"):
                among = [amount if measure == "heads" else amount.by(measure) for amount in (*MARKS, ENTITLED, RECUSED)]
                if group is not None:
                    among = [amount.among(group) for amount in among]
                *marks, entitled, recused = [tally.get(amount) for amount in among]
                if not meeting:
                    assert marks.pop() in (None, 0)
                assert sum(marks) == entitled
                assert entitled + recused == body.total(measure, group)

    @given(people, st.integers(1, 10**9))
    def test_scale(self, given_people, factor):
        """Multiplying all weights by one factor multiplies every mark by it, and leaves heads alone."""
        _, one = counted(given_people, meeting=True)
        _, other = counted([(area * factor, *rest) for area, *rest in given_people], meeting=True)
        for amount in MARKS:
            assert one.get(amount) == other.get(amount)
            assert one.get(amount.by("area")) * factor == other.get(amount.by("area"))

    @given(people)
    def test_names(self, given_people):
        """Who the voters are does not matter."""
        assert counted(given_people, meeting=True)[1] == counted(given_people, meeting=True, letter="z")[1]


def counted(given_people, *, meeting: bool, letter: str = "m"):
    """A roll and its tally, from weights, groups and marks."""
    names = [f"{letter}-{n:02}" for n in range(len(given_people))]
    body = Roll(
        "owners",
        [
            Member(each, weights={"area": area}, groups=groups)
            for each, (area, groups, _) in zip(names, given_people, strict=True)
        ],
        groups={"east", "west"},
    )
    marks = {each: mark for each, (_, _, mark) in zip(names, given_people, strict=True)}
    ballots = {each: mark for each, mark in marks.items() if isinstance(mark, Choice)}
    present = {each for each, mark in marks.items() if mark not in {"absent", "recused"}} if meeting else None
    return body, body.tally(
        ballots, present=present, recused={each for each, mark in marks.items() if mark == "recused"}
    )
