"""Whom a rule counts: persons or households, never mixed."""

from fractions import Fraction
from typing import ClassVar

import attrs
import pytest

from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import AGAINST, ENTITLED, FOR, PRESENT, Outcome, Rule, Tally, ruling_from_data, to_data


class TestElectorate:
    """Persons or households, never mixed (Organic Law of Villagers' Committees art. 26; domain E02)."""

    HOUSEHOLDS = Rule(
        quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT, electorate="households"
    )
    COUNT: ClassVar = {"entitled": 9, "present": 6, "for_": 4, "against": 2}

    def test_a_count_of_its_own(self):
        """A rule for households judges households, and a count that does not say whom it counts."""
        for electorate in ("households", None):
            assert self.HOUSEHOLDS.judge(Tally.of(**self.COUNT, electorate=electorate)).outcome is Outcome.CARRIED

    def test_a_count_of_others(self):
        """Persons are not judged by it, and whether it is settled is not said either."""
        persons = Tally.of(**self.COUNT, electorate="persons")
        for ask in (self.HOUSEHOLDS.judge, self.HOUSEHOLDS.settled, self.HOUSEHOLDS.needs):
            with pytest.raises(InvalidValue, match=r"households.*persons"):
                ask(persons)

    def test_all_that_does_not_fit_is_told_at_once(self):
        """A count of others that has no such group either; a figure that is unknown is asked for when it is needed."""
        rule = attrs.evolve(self.HOUSEHOLDS, passage=FOR.among("women") > AGAINST)
        with pytest.raises(InvalidValue) as caught:
            rule.judge(Tally.of(entitled=9, electorate="persons"))
        others, group = caught.value.faults
        assert "households" in others
        assert "women" in group
        with pytest.raises(InvalidValue) as caught:
            self.HOUSEHOLDS.judge(Tally.of(entitled=9, electorate="persons"))
        assert len(caught.value.faults) == 1

    def test_what_is_no_count(self):
        """It is told of what type it is, and what to write."""
        with pytest.raises(InvalidType, match=r"judges a Tally, not list; write Tally\.of"):
            self.HOUSEHOLDS.judge([4, 2])

    def test_a_rule_that_does_not_say(self):
        """A rule that names no electorate judges any."""
        rule = attrs.evolve(self.HOUSEHOLDS, electorate=None)
        assert rule.judge(Tally.of(**self.COUNT, electorate="persons")).outcome is Outcome.CARRIED

    def test_whom_a_rule_is_for(self):
        """Its own electorate, whoever is not named, and everybody where it names none."""
        assert [self.HOUSEHOLDS.is_for(each) for each in ("households", "persons", None)] == [True, False, True]
        anybody = attrs.evolve(self.HOUSEHOLDS, electorate=None)
        assert [anybody.is_for(each) for each in ("households", None)] == [True, True]
        with pytest.raises(InvalidType, match="the electorate"):
            self.HOUSEHOLDS.is_for(3)

    def test_it_is_kept(self):
        """Rule, tally and ruling say it as data, and are read back with it; unsaid, it is left out."""
        ruling = self.HOUSEHOLDS.judge(Tally.of(**self.COUNT, electorate="households"))
        data = to_data(ruling)
        assert data["rule"]["electorate"] == data["tally"]["electorate"] == "households"
        assert ruling_from_data(data) == ruling
        assert "electorate" not in to_data(attrs.evolve(self.HOUSEHOLDS, electorate=None))
