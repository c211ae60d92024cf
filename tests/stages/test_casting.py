"""The casting vote in a sitting: cast by closing the vote, by whom the rule names (domain E17). The cases are invented."""

from fractions import Fraction

import attrs
import pytest

from walks import CITED, HALF, VOTERS, called, day, done, refused, sitting
from yizheng import Case
from yizheng.errors import InvalidValue
from yizheng.record import minutes
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, Choice, Rule
from yizheng.stages import Appoint, CloseVote, CountVotes, Recuse, TakeAttendance

HELD = day(3)
RULE = Rule(quorum=PRESENT > HALF * ENTITLED, passage=FOR > HALF * CAST, casting="secretary", citation=CITED)
CLERKS = {"rule": attrs.evolve(RULE, casting="clerk"), "offices": {"close_vote": {"secretary", "clerk"}}}


def counted(for_=5, against=5, **settings) -> Case:
    """The assembly sits, and its hands were counted."""
    return done(sitting(**{"rule": RULE, **settings}), (CountVotes(for_=for_, against=against), HELD))


def ruled(case: Case):
    """The ruling of the last entry."""
    return case.entries[-1].effect.ruling


class TestCast:
    """Five to five."""

    @pytest.mark.parametrize(("casting", "outcome"), [("for", "carried"), ("against", "lost"), (None, "lost")])
    def test_by_the_office_that_has_it(self, casting, outcome):
        """For carries; against, or not cast, leaves it lost; and the ruling says so."""
        case = done(counted(), (CloseVote(casting=casting), HELD))
        assert case.outcome == f"was_{outcome}"
        assert (ruled(case).tie, ruled(case).casting) == (True, casting)
        assert Case.replay(case.entries) == case

    def test_by_the_holder_alone(self):
        """Who else may close the vote has no casting vote, and the holder has."""
        case = counted(**CLERKS)
        refused(case, CloseVote(casting="for"), "NOT_CASTING", at=HELD, says=["clerk", "sec-1"])
        assert done(case, (CloseVote(casting="for"), HELD, "clerk-1")).outcome == "was_carried"
        assert done(case, (CloseVote(), HELD)).outcome == "was_lost"

    def test_told_in_the_minutes(self):
        """The minutes say how it was cast, and that it decided."""
        case = done(counted(), (CloseVote(casting="for"), HELD))
        assert "决定票：赞成。" in minutes(case.entries, "zh")
        assert "赞成与反对相等，「secretary」投决定票赞成，通过。" in minutes(case.entries, "zh")
        assert "Casting vote: for." in minutes(case.entries, "en")
        assert "Casting vote" not in minutes(done(counted(), (CloseVote(), HELD)).entries, "en")

    def test_one_that_is_not_enough(self):
        """Cast on a tie, it does not lift two thirds, and the record keeps that it was cast."""
        rule = attrs.evolve(RULE, passage=FOR >= Fraction(2, 3) * CAST)
        case = done(counted(rule=rule), (CloseVote(casting="for"), HELD))
        assert (case.outcome, ruled(case).casting, ruled(case).tally.casting) == ("was_lost", None, Choice.FOR)


class TestRefused:
    """In the order in which they are looked at; nothing changes."""

    def test_the_rule_gives_none(self):
        """A tie is lost, whoever would break it."""
        case = counted(rule=attrs.evolve(RULE, casting=None))
        refused(case, CloseVote(casting="for"), "NO_CASTING_VOTE", at=HELD)

    @pytest.mark.parametrize(("for_", "against"), [(6, 4), (4, 6), (4, 5), (0, 0), (1, 2)])
    def test_there_is_no_tie(self, for_, against):
        """One vote more on either side, or none at all."""
        case = counted(for_, against)
        refused(case, CloseVote(casting="for"), "NO_TIE", at=HELD, says=[str(for_), str(against)])
        assert done(case, (CloseVote(), HELD)).outcome == ("was_carried" if for_ > against else "was_lost")

    def test_there_is_no_quorum(self):
        """Two of two with five of ten present decide nothing."""
        case = done(sitting(VOTERS[:5], rule=RULE), (CountVotes(for_=2, against=2), HELD))
        refused(case, CloseVote(casting="for"), "NO_TIE", at=HELD)

    def test_the_vote_is_void(self):
        """Nobody knows a tie where more ballots came back than were issued."""
        void = CountVotes(for_=0, against=0, method="secret", voters=[], issued=9, returned=10)
        case = done(sitting(rule=RULE), (void, HELD))
        refused(case, CloseVote(casting="for"), "NO_TIE", at=HELD)

    def test_who_has_it_is_recused(self):
        """An interest in the matter keeps from the casting vote too; all reasons are given."""
        case = done(
            called(rule=RULE),
            (Appoint("secretary", {"sec-1", "m-01"}, reason="增补"), HELD),
            (Recuse("m-01", "本人事项"), HELD),
            (TakeAttendance(VOTERS[1:9]), HELD),
            (CountVotes(for_=4, against=4), HELD),
        )
        refused(case, CloseVote(casting="for"), "RECUSED", at=HELD, by="m-01")
        assert done(case, (CloseVote(casting="for"), HELD)).outcome == "was_carried"

    @pytest.mark.parametrize("casting", ["abstain", "invalid", "yes"])
    def test_it_is_for_or_against(self, casting):
        """An abstention is left out."""
        with pytest.raises(InvalidValue):
            CloseVote(casting=casting)
