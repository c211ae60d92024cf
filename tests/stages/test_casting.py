"""The casting vote in a sitting: cast by closing the vote, by whom the rule names (domain E17). The cases are invented."""

from datetime import timedelta
from fractions import Fraction

import attrs
import pytest

from walks import CITED, HALF, START, VOTERS, called, day, done, opened_in_writing, refused, sitting
from yizheng import Case
from yizheng.errors import InvalidValue
from yizheng.record import minutes
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, RECUSED, Choice, Rule
from yizheng.stages import Appoint, CastBallot, CloseVote, Convene, CountVotes, Recuse, TakeAttendance

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
            (Appoint("secretary", {"sec-1", "m-01"}, reason="增补"), START),
            (Recuse("m-01", "本人事项"), HELD),
            (TakeAttendance(VOTERS[1:9]), HELD),
            (CountVotes(for_=4, against=4), HELD),
        )
        refused(case, CloseVote(casting="for"), "RECUSED", at=HELD, by="m-01")
        assert done(case, (CloseVote(casting="for"), HELD)).outcome == "was_carried"

    def test_who_was_given_the_office_once_the_tie_was_known(self):
        """It belongs to whoever held the office when the vote opened, and still does."""
        case = done(counted(), (Appoint("secretary", holders={"friend"}, reason="更换"), HELD))
        refused(case, CloseVote(casting="for"), "NOT_CASTING", at=HELD, by="friend", says=["friend", "secretary"])
        assert done(case, (CloseVote(), HELD, "friend")).outcome == "was_lost"
        voting = done(sitting(rule=RULE), *[(CastBallot("for"), HELD, each) for each in VOTERS[:5]])
        voting = done(voting, (Appoint("secretary", holders={"sec-1", "friend"}, reason="增补"), HELD))
        voting = done(voting, (TakeAttendance(VOTERS), HELD), *[(CastBallot("against"), HELD, v) for v in VOTERS[5:]])
        refused(voting, CloseVote(casting="for"), "NOT_CASTING", at=HELD, by="friend")
        assert done(voting, (CloseVote(casting="for"), HELD)).outcome == "was_carried"

    def test_who_was_given_it_before_the_vote_opened(self):
        """Until the list of those present was made nobody has voted, and the office may change hands."""
        case = done(called(rule=RULE), (Appoint("secretary", holders={"friend"}, reason="更换"), START))
        case = done(case, (TakeAttendance(VOTERS), HELD, "friend"), (CountVotes(for_=5, against=5), HELD, "friend"))
        assert done(case, (CloseVote(casting="for"), HELD, "friend")).outcome == "was_carried"

    def test_in_writing_it_is_settled_with_the_call(self):
        """There is no attendance: who held the office when the body was called has it."""
        rule = attrs.evolve(RULE, quorum=None)
        ballots = [(CastBallot("for" if place < 5 else "against"), day(5), v) for place, v in enumerate(VOTERS)]
        case = done(opened_in_writing(rule=rule), *ballots)
        assert done(case, (CloseVote(casting="for"), day(10))).outcome == "was_carried"
        case = done(case, (Appoint("secretary", holders={"friend"}, reason="更换"), day(9)))
        refused(case, CloseVote(casting="for"), "NOT_CASTING", at=day(10), by="friend")

    def test_a_member_who_is_not_there(self):
        """Whoever is on the roll breaks no tie of a meeting that they did not come to, by proxy or without."""
        case = done(called(rule=RULE), (Appoint("secretary", holders={"m-10"}, reason="更换"), START))
        case = done(case, (TakeAttendance(VOTERS[:8]), HELD, "m-10"), (CountVotes(for_=4, against=4), HELD, "m-10"))
        refused(case, CloseVote(casting="for"), "NOT_PRESENT", at=HELD, by="m-10")
        assert done(case, (CloseVote(), HELD, "m-10")).outcome == "was_lost"

    def test_on_another_day(self):
        """The meeting is over with its day, and so is the casting vote; the vote itself may still be closed."""
        late = HELD + timedelta(days=1)
        refused(counted(), CloseVote(casting="for"), "TOO_LATE", at=late)
        assert done(counted(), (CloseVote(), late)).outcome == "was_lost"

    def test_a_chair_who_is_no_member_is_recused(self):
        """Such an interest keeps from the casting vote, at a second call too, and changes no base."""
        case = done(called(rule=RULE, calls=2), (Recuse("sec-1", "当事人之弟"), START))
        refused(case, Recuse("sec-1", "当事人之弟"), "ALREADY_RECUSED", at=START)
        refused(case, Recuse("clerk-1", "当事人之弟"), "NOT_ON_ROLL", at=START)
        again = done(case, (TakeAttendance(VOTERS[:2]), HELD), (CloseVote(), HELD), (Convene(held_at=HELD), HELD))
        for each in (case, again):
            tied = done(each, (TakeAttendance(VOTERS), HELD), (CountVotes(for_=5, against=5), HELD))
            refused(tied, CloseVote(casting="for"), "RECUSED", at=HELD)
            ruling = ruled(done(tied, (CloseVote(), HELD)))
            assert (ruling.outcome, ruling.tally.get(ENTITLED), ruling.tally.get(RECUSED)) == ("lost", 10, 0)

    def test_an_office_without_a_casting_vote_is_not_recused(self):
        """Where the rule gives none, members alone are."""
        refused(called(), Recuse("sec-1", "当事人之弟"), "NOT_ON_ROLL", at=START)

    @pytest.mark.parametrize("casting", ["abstain", "invalid", "yes"])
    def test_it_is_for_or_against(self, casting):
        """An abstention is left out."""
        with pytest.raises(InvalidValue):
            CloseVote(casting=casting)
