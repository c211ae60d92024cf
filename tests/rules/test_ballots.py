"""As what blank and ambiguous ballots count."""

import itertools

import pytest

from yizheng.errors import InvalidValue
from yizheng.rules import BallotPolicy, Choice, Mark


class TestBallotPolicy:
    """A blank ballot takes part, one that cannot be read is invalid, unless the instrument says otherwise."""

    @pytest.mark.parametrize(
        ("mark", "counts"),
        [
            (Mark.FOR, Choice.FOR),
            (Mark.AGAINST, Choice.AGAINST),
            (Mark.ABSTAIN, Choice.ABSTAIN),
            (Mark.INVALID, Choice.INVALID),
            (Mark.BLANK, Choice.ABSTAIN),
            (Mark.AMBIGUOUS, Choice.INVALID),
            (Choice.FOR, Choice.FOR),
            ("blank", Choice.ABSTAIN),
        ],
        ids=itertools.count(),
    )
    def test_as_usual(self, mark, counts):
        """Whether it is given as a mark, as a choice or as a word."""
        assert BallotPolicy().choice(mark) is counts

    def test_as_the_instrument_says(self):
        """Blank ballots invalid, and those that cannot be read abstaining."""
        policy = BallotPolicy(blank="invalid", ambiguous=Choice.ABSTAIN)
        assert (policy.choice("blank"), policy.choice("ambiguous")) == (Choice.INVALID, Choice.ABSTAIN)
        assert policy.choice("for") is Choice.FOR

    @pytest.mark.parametrize("mark", ["yes", "", None, ["for"]], ids=itertools.count())
    def test_what_is_no_mark(self, mark):
        """It is refused with the marks that there are."""
        with pytest.raises((InvalidValue, TypeError), match="for, against, abstain"):
            BallotPolicy().choice(mark)

    def test_names_what_is_no_mark(self):
        """As it was given."""
        with pytest.raises(InvalidValue, match="yes"):
            BallotPolicy().choice("yes")
