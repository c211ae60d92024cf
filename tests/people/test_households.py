"""Households and delegates as heads (domain facts 2, 3, 7; E02, E03). Every person here is invented."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Member, Roll
from yizheng.errors import InvalidValue, YizhengError
from yizheng.people import Household, delegates_roll, households_roll
from yizheng.rules import ENTITLED, FOR, PRESENT, Choice, Outcome, Rule

DAY = date(2026, 3, 2)


class TestHouseholds:
    """A household has one vote, its representative's (villagers' law 2025 art. 26, residents' law 2025 art. 27)."""

    def test_by_their_representatives(self):
        """Each household is one head under its representative's id."""
        households = [
            Household("h-1", {"a", "b"}, representative="b", groups={"east"}),
            Household("h-2", {"c"}),
        ]
        roll = households_roll("villagers_assembly", households, groups={"east"}, on=DAY)
        members = [Member("b", groups={"east"}), Member("c")]
        assert roll == Roll("villagers_assembly", members, groups={"east"}, on=DAY, electorate="households")

    def test_without_a_representative(self):
        """A household of several that named nobody is entitled all the same, and casts nothing until it does."""
        roll = households_roll("villagers_assembly", [Household("h-1", {"a", "b"}), Household("h-2", {"c"})])
        assert (len(roll), roll.joint, roll["h-1"].co_owners) == (2, {"h-1"}, {"a", "b"})
        with pytest.raises(InvalidValue, match="h-1"):
            roll.tally({"h-1": Choice.FOR})
        assert roll.tally({"h-1": Choice.FOR}, named={"h-1": "a"}).get(FOR) == 1

    @pytest.mark.parametrize(
        "bad",
        [
            lambda: Household("h-1", ()),
            lambda: Household("h-1", "a"),
            lambda: Household("", {"a"}),
            lambda: Household("h-1", {"a"}, representative="b"),
            lambda: households_roll("body", []),
            lambda: households_roll("body", ["h-1"]),
        ],
        ids=["nobody", "a string", "no id", "a stranger", "none", "ids"],
    )
    def test_what_is_no_household(self, bad):
        """A household has an id and persons, and is represented by one of them."""
        with pytest.raises(YizhengError):
            bad()

    def test_every_fault_is_told(self):
        """A person in two households, two of one id, and a group unknown are told at once."""
        with pytest.raises(InvalidValue) as no:
            households_roll(
                "body",
                [
                    Household("h-1", {"a", "b"}, groups={"west"}),
                    Household("h-2", {"a", "c"}, representative="c"),
                    Household("h-1", {"d", "e"}),
                ],
            )
        assert len(no.value.faults) == 3
        assert "'a' is counted under the households h-1, h-2" in no.value.faults[0]

    RULES = (
        Rule(quorum=PRESENT > Fraction(1, 2) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT, electorate="persons"),
        Rule(
            quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT, electorate="households"
        ),
    )

    @pytest.mark.parametrize(("present", "outcome"), [(200, Outcome.CARRIED), (199, Outcome.INQUORATE)])
    def test_by_households(self, present, outcome):
        """Of 300 households 200 are a quorum and 199 are not (domain part 5; villagers' law 2025 art. 26)."""
        roll = households_roll("villagers_assembly", [Household(f"h-{n}", {f"p-{n}"}) for n in range(300)])
        here = [member.id for member in roll][:present]
        persons, households = self.RULES
        tally = roll.tally(dict.fromkeys(here, Choice.FOR), present=here)
        assert households.judge(tally).outcome is outcome
        with pytest.raises(InvalidValue, match="persons"):
            persons.judge(tally)

    @given(st.lists(st.sets(st.integers(0, 30), min_size=1), min_size=1, max_size=8))
    def test_law_of_heads(self, drawn):
        """There are as many heads as households, whoever lives in them; a person in two is refused."""
        households = [Household(f"h-{index}", {f"p-{n}" for n in persons}) for index, persons in enumerate(drawn)]
        apart = len(set().union(*drawn)) == sum(map(len, drawn))
        if apart:
            assert len(households_roll("body", households)) == len(drawn)
        else:
            with pytest.raises(InvalidValue, match="counted under"):
                households_roll("body", households)


class TestDelegates:
    """Delegates are heads; the households behind them are a weight (domain fact 7: households represented)."""

    ROLL = delegates_roll(
        "resident_representatives",
        {"r-1": {"h-1", "h-2", "h-3"}, "r-2": {"h-4"}, "chair": ()},
        groups={"women": {"r-2"}, "representatives": {"r-1", "r-2"}},
        on=DAY,
    )

    def test_heads_and_households(self):
        """One head each, with so many households; a member of the committee who stands for none has none."""
        assert (self.ROLL.total(), self.ROLL.total("households"), self.ROLL.total("households", "women")) == (3, 4, 1)
        assert (self.ROLL.electorate, self.ROLL.on, self.ROLL.groups) == (
            "delegates",
            DAY,
            {"women", "representatives"},
        )

    def test_by_households_represented(self):
        """A rule by the households represented is met by few delegates who stand for many (一事一议)."""
        represented = Rule(
            quorum=PRESENT.by("households") >= Fraction(2, 3) * ENTITLED.by("households"),
            passage=FOR.by("households") > Fraction(1, 2) * PRESENT.by("households"),
        )
        assert represented.judge(self.ROLL.tally({"r-1": Choice.FOR}, present={"r-1"})).outcome is Outcome.CARRIED
        lost = self.ROLL.tally({"r-2": Choice.FOR, "chair": Choice.FOR}, present={"r-2", "chair"})
        assert represented.judge(lost).outcome is Outcome.INQUORATE

    def test_a_sub_quorum(self):
        """Groups of delegates can have a quorum of their own (Shandong art. 24: two thirds of the women)."""
        rule = Rule(
            quorum=(PRESENT >= Fraction(2, 3) * ENTITLED)
            & (PRESENT.among("women") >= Fraction(2, 3) * ENTITLED.among("women")),
            passage=FOR > Fraction(1, 2) * PRESENT,
        )
        votes = {"r-1": Choice.FOR, "chair": Choice.FOR}
        assert rule.judge(self.ROLL.tally(votes, present={"r-1", "chair"})).outcome is Outcome.INQUORATE
        assert rule.judge(self.ROLL.tally(votes, present={"r-1", "r-2", "chair"})).outcome is Outcome.CARRIED

    def test_every_fault_is_told(self):
        """A household behind two delegates and a stranger in a group are told at once."""
        with pytest.raises(InvalidValue) as no:
            delegates_roll("body", {"r-1": {"h-1"}, "r-2": {"h-1"}}, groups={"women": {"r-1", "r-9"}})
        assert len(no.value.faults) == 2
        assert "'h-1' is counted under the delegates r-1, r-2" in no.value.faults[0]
        assert "r-9" in no.value.faults[1]

    @pytest.mark.parametrize(
        "bad",
        [
            lambda: delegates_roll("body", {}),
            lambda: delegates_roll("body", ["r-1"]),
            lambda: delegates_roll("body", {"r-1": "h-1"}),
            lambda: delegates_roll("body", {"r-1": 20}),
            lambda: delegates_roll("body", {"r-1": ()}, groups={"women": "r-1"}),
        ],
        ids=["none", "ids", "a string", "a number typed by hand", "a group as a string"],
    )
    def test_bad_arguments(self, bad):
        """Delegates come with the list of their households, not with a typed number (domain E01)."""
        with pytest.raises(YizhengError):
            bad()


class TestShares:
    """Shares are a weight like area: a member with shares needs no function of its own."""

    def test_by_shares(self):
        """Heads and shares are two measures, and a rule says which it asks for."""
        roll = Roll("members", [Member("a", weights={"shares": 90}), Member("b", weights={"shares": 10})])
        rule = Rule(quorum=None, passage=FOR.by("shares") > Fraction(1, 2) * ENTITLED.by("shares"))
        assert rule.judge(roll.tally({"a": Choice.FOR, "b": Choice.AGAINST})).outcome is Outcome.CARRIED
        assert rule.judge(roll.tally({"a": Choice.AGAINST, "b": Choice.FOR})).outcome is Outcome.LOST
