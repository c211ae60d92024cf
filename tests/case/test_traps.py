"""What comparable systems got wrong, row by row of the list of traps (parts 4 and 7), for cases. The cases are invented."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product

import attrs
import pytest

from walks import (
    CITED,
    MICROSECOND,
    NEWER,
    SHANGHAI,
    START,
    VOTERS,
    alone,
    assembly,
    called,
    cited,
    day,
    days,
    done,
    opened_in_writing,
    refused,
    roll,
    sitting,
)
from yizheng import Case
from yizheng.rules import ENTITLED, FOR, PRESENT, Choice, Outcome, Rule
from yizheng.stages import (
    AdoptEdition,
    CastBallot,
    CloseVote,
    Convene,
    ExtendVote,
    RecordBallots,
    Recuse,
    TakeAttendance,
)

HELD = day(3)
HALF = Fraction(1, 2)


def voted(for_: int, against: int = 0, present: int = 10) -> Case:
    """A meeting at which so many voted, before its vote is closed."""
    choices = [Choice.FOR] * for_ + [Choice.AGAINST] * against
    ballots = RecordBallots(dict(zip(VOTERS, choices, strict=False)), channel="paper", evidence="票箱 1")
    return done(sitting(VOTERS[:present]), (ballots, HELD))


class TestTheElectorateStaysAndTheRuleStays:
    """Part 4: neither the roll nor the rule moves while a case runs."""

    LENIENT = Rule(quorum=None, passage=FOR > 0, citation=cited(NEWER))

    def test_rows_40_41_42_a_lower_quorum_revives_nothing(self):
        """A vote that failed for want of its quorum stays failed, whatever rule is passed later."""
        lost = done(voted(5, 5), (CloseVote(), HELD))
        ruling = lost.entries[-1].effect.ruling
        assert (lost.outcome, ruling.outcome) == ("was_lost", Outcome.LOST)
        refused(lost, AdoptEdition(stage="resolve", rule=self.LENIENT), "CASE_ENDED", at=day(5))
        assert Case.replay(lost.entries).entries[-1].effect.ruling == ruling

    def test_row_42_an_edition_adopted_while_the_vote_runs(self):
        """Once the notice is out the stage keeps its rule."""
        for case in (called(), sitting(), voted(5)):
            refused(case, AdoptEdition(stage="resolve", rule=self.LENIENT), "EDITION_FIXED", at=HELD)

    def test_rows_41_44_46_a_roll_that_grows_or_shrinks_later(self):
        """The roll given at the call is the one that counts, although the host's own list has changed since."""
        case = called()
        held = case.progress.sitting.roll
        later = roll("assembly", [*VOTERS[1:], "n-1"])
        assert later != held
        case = done(case, (TakeAttendance(VOTERS), HELD))
        refused(case, CastBallot(Choice.FOR), "NOT_ON_ROLL", at=HELD, by="n-1")
        case = done(case, (CastBallot(Choice.FOR), HELD, VOTERS[0]))
        assert case.progress.sitting.roll is held

    def test_row_43_whoever_never_answers_is_in_the_base(self):
        """One vote of ten is no majority of those present, however few took the trouble to vote."""
        assert done(voted(1), (CloseVote(), HELD)).outcome == "was_lost"

    @pytest.mark.parametrize("recused", [True, False], ids=["recused", "stays"])
    def test_row_45_a_right_lost_before_the_vote(self, recused):
        """Who is recused counts nowhere: neither among those present nor among the votes."""
        case = done(called(), *([(Recuse("m-01", "利害关系"), START)] if recused else []))
        here = VOTERS[1:] if recused else VOTERS
        case = done(case, (TakeAttendance(here), HELD))
        if recused:
            refused(case, CastBallot(Choice.FOR), "RECUSED", at=HELD, by="m-01")
        case = done(case, *[(CastBallot(Choice.FOR), HELD, voter) for voter in VOTERS[1:6]], (CloseVote(), HELD))
        ruling = case.entries[-1].effect.ruling
        assert ruling.tally.get(ENTITLED) == ruling.tally.get(PRESENT) == len(here)
        assert case.outcome == ("was_carried" if recused else "was_lost")  # five of nine, or five of ten

    def test_row_48_an_arrival_at_the_closing_instant(self):
        """Who arrives in the instant of the close is present if it was entered before the close, and not after it."""
        before = done(voted(5, present=9), (TakeAttendance(VOTERS), HELD), (CloseVote(), HELD))
        assert before.outcome == "was_lost"  # five of ten
        closed = done(voted(5, present=9), (CloseVote(), HELD))
        assert closed.outcome == "was_carried"  # five of nine
        refused(closed, TakeAttendance(VOTERS), "CASE_ENDED", at=HELD)

    def test_row_50_when_the_quorum_is_measured(self):
        """It is measured at the close, over those present once the vote runs: nobody is struck off after that."""
        case = voted(4, present=6)
        refused(case, TakeAttendance(VOTERS[:5]), "HAS_CAST", at=HELD, says=["m-06"])
        assert done(case, (CloseVote(), HELD)).outcome == "was_carried"  # six of ten present, four of six in favour

    def test_row_51_the_first_instant_of_a_new_rule(self):
        """A rule in force from a day decides from that day's first instant in the zone of the procedure."""
        old = Rule(quorum=None, passage=FOR > HALF * PRESENT, citation=cited(until=START.date()))
        new = attrs.evolve(old, passage=FOR > Fraction(2, 3) * PRESENT, citation=cited(NEWER))
        midnight = datetime.combine(NEWER, datetime.min.time(), SHANGHAI)
        for at, rule in ((midnight - MICROSECOND, old), (midnight, new)):
            case = done(alone(assembly(rule=(old, new))), (Convene(held_at=HELD), at))
            assert case.progress.sitting.rule == rule

    def test_row_52_the_list_of_another_body(self):
        """A meeting is held with the roll of its own body."""
        other = roll("committee", VOTERS)
        refused(alone(assembly()), Convene(held_at=HELD, roll=other), "WRONG_BODY", at=START)


class TestEarlyLateAndAtTheSameInstant:
    """Part 7: nothing is decided before it is certain, and nothing counts that comes too late."""

    def test_row_69_early_only_where_every_completion_agrees(self):
        """Four against of sixteen do not close a vote that could still be carried; brute force over the rest agrees."""
        voters = [f"m-{n:02}" for n in range(1, 8)]
        rule = Rule(quorum=None, passage=FOR > HALF * ENTITLED, citation=CITED)
        for against in range(8):
            case = done(
                alone(assembly(rule=rule, modes=["written"]), rolls={"assembly": roll("assembly", voters)}),
                (Convene(held_at=day(3), until=day(10), mode="written"), START),
                *[(CastBallot(Choice.AGAINST), day(4), voter) for voter in voters[:against]],
            )
            rest = voters[against:]
            could_be = {
                rule.judge(
                    case.progress.sitting.roll.tally(
                        dict.fromkeys(voters[:against], Choice.AGAINST)
                        | {voter: choice for voter, choice in zip(rest, choices, strict=True) if choice}
                    )
                ).outcome
                for choices in product([Choice.FOR, Choice.AGAINST, None], repeat=len(rest))
            }
            if len(could_be) == 1:
                assert done(case, (CloseVote(), day(4))).outcome == f"was_{could_be.pop()}"
            elif against:
                refused(case, CloseVote(), "VOTE_RUNNING", at=day(4))

    def test_row_70_a_vote_that_cannot_be_carried_any_more_can_be_closed(self):
        """Seven of ten against is the end of it, days before the window closes."""
        against = dict.fromkeys(VOTERS[:7], Choice.AGAINST)
        case = done(opened_in_writing(), (RecordBallots(against, channel="paper", evidence="票箱 1"), day(4)))
        assert done(case, (CloseVote(), day(4))).outcome == "was_lost"

    def test_row_71_no_more_extensions_than_the_stage_allows(self):
        """A second extension is refused where one is allowed, and one beyond the longest window always."""
        case = opened_in_writing(extensions=1, longest=days(14))
        refused(case, ExtendVote(until=day(30), reason="到期不足"), "LONG_PERIOD", at=day(9))
        once = done(case, (ExtendVote(until=day(12), reason="到期不足"), day(9)))
        refused(once, ExtendVote(until=day(13), reason="到期不足"), "NO_MORE_EXTENSIONS", at=day(11))

    def test_rows_72_75_76_the_last_instant(self):
        """A ballot at the close counts; one a millionth of a second later does not: there is no grace."""
        case = opened_in_writing()
        assert done(case, (CastBallot(Choice.FOR), day(10), "m-01")).progress.ballots
        refused(case, CastBallot(Choice.FOR), "TOO_LATE", at=day(10) + MICROSECOND, by="m-01")

    def test_row_73_the_result_is_frozen(self):
        """After the close no ballot turns the result."""
        case = done(voted(6, 4), (CloseVote(), HELD))
        refused(case, CastBallot(Choice.AGAINST), "CASE_ENDED", at=HELD, by="m-01")
        assert case.outcome == "was_carried"

    def test_rows_74_77_an_end_is_an_instant_with_its_zone(self):
        """The same instant closes the vote in every zone in which it is written."""
        case = opened_in_writing()
        ends = day(10)
        for zone in (SHANGHAI, UTC):
            assert done(case, (CastBallot(Choice.FOR), ends.astimezone(zone), "m-01")).progress.ballots
            refused(case, CastBallot(Choice.FOR), "TOO_LATE", at=ends.astimezone(zone) + MICROSECOND, by="m-01")

    def test_row_78_both_moments_are_kept_and_the_stage_names_the_one_that_counts(self):
        """Cast in time and typed in later: in time by the one clock, late by the other."""
        later = day(11)
        by_casting = done(
            opened_in_writing(), (RecordBallots({"m-01": "for"}, channel="post", evidence="信 1"), day(9))
        )
        assert by_casting.progress.ballots
        ballot = RecordBallots({"m-01": "for"}, channel="post", evidence="信 1")
        entry = opened_in_writing().act(ballot, at=day(9), recorded_at=later, by="sec-1", salt=b"2" * 16).entries[-1]
        assert (entry.at, entry.recorded_at) == (day(9), later)
        refused(opened_in_writing(timely_by="recorded"), ballot, "TOO_LATE", at=day(9), recorded_at=later)

    def test_row_79_a_vote_after_it_was_decided(self):
        """What was decided is not voted on again."""
        case = done(voted(6, 4), (CloseVote(), HELD))
        refused(case, CloseVote(), "CASE_ENDED", at=HELD)

    @pytest.mark.parametrize(
        ("held", "until", "codes"),
        [
            (3, 10, ()),
            (10, 3, ("TOO_LATE",)),
            (-1, 10, ("TOO_EARLY",)),
            (3, 3, ("TOO_LATE",)),
            (-2, -3, ("TOO_EARLY", "TOO_LATE")),
        ],
    )
    def test_row_81_every_order_of_notice_opening_and_end(self, held, until, codes):
        """Notice, opening and end follow one another; any other order is refused, with every reason."""
        stage = assembly(rule=Rule(quorum=None, passage=FOR > 0, citation=CITED), modes=["written"])
        action = Convene(held_at=day(held), until=day(until), mode="written")
        if codes:
            refused(alone(stage), action, *codes, at=START)
        else:
            assert done(alone(stage), (action, START)).phase == "called"

    def test_row_82_a_day_on_which_nobody_looked(self):
        """A vote that ended while nothing ran is due still, and overdue, and can be closed."""
        case = done(opened_in_writing(), (CastBallot(Choice.FOR), day(4), "m-01"))
        for late in (day(11), day(40)):
            (duty,) = case.due(late)
            assert duty.action == "close_vote"
            assert done(case, (CloseVote(), late)).entries[-1].effect.ruling.outcome is Outcome.INQUORATE

    def test_row_83_every_instant_around_the_end(self):
        """Before, at and after the end there is always an answer, and never an error."""
        case = opened_in_writing()
        for off in range(-2, 3):
            at = day(10) + off * MICROSECOND
            if off <= 0:
                assert done(case, (CastBallot(Choice.FOR), at, "m-01")).version == case.version + 1
            else:
                refused(case, CastBallot(Choice.FOR), "TOO_LATE", at=at, by="m-01")

    def test_row_84_years_beyond_2033(self):
        """A vote in 2040 is held and closed as any other."""
        start = datetime(2040, 2, 28, 9, tzinfo=SHANGHAI)
        case = done(
            alone(assembly(), at=start),
            (Convene(held_at=start + timedelta(days=1)), start),
            (TakeAttendance(VOTERS), start + timedelta(days=1)),
            *[(CastBallot(Choice.FOR), start + timedelta(days=1), voter) for voter in VOTERS[:6]],
            (CloseVote(), start + timedelta(days=1)),
        )
        assert case.outcome == "was_carried"
        assert case.entries[-1].at.astimezone(SHANGHAI).date().isoformat() == "2040-02-29"
