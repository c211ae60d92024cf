"""Deliberation (提议 商议 审议 决议): calling a body, its sitting, and how a sitting ends. The cases are invented."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import (
    ASSEMBLY,
    CITED,
    DECIDED,
    MEETING,
    MICROSECOND,
    NEW_LAW,
    NEW_YEAR,
    NEWER,
    OLD_LAW_ENDS,
    SHANGHAI,
    START,
    VOTERS,
    WRITTEN,
    alone,
    assembly,
    called,
    cited,
    courtyard,
    courtyard_steps,
    day,
    days,
    done,
    opened_in_writing,
    owners,
    refused,
    roll,
    sitting,
    take,
)
from yizheng import Case, Member, Refused, Roll, Text, WorkingCalendar, catalogue
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.rules import ABSENT, AGAINST, ENTITLED, FOR, PRESENT, Choice, Outcome, Rule
from yizheng.stages import (
    Adjourn,
    AdoptEdition,
    CastBallot,
    CloseVote,
    Convene,
    CountVotes,
    Deliberation,
    ExtendVote,
    Method,
    Mode,
    RecordBallots,
    Recuse,
    ReturnForRevision,
    Revise,
    TakeAttendance,
)

HELD = day(3)
"""When the meetings here are held."""

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
MAJORITY = FOR > HALF * PRESENT


class TestWorkflow:
    """A meeting that goes well, from the notice to the ruling."""

    def test_a_meeting_carries(self):
        """Ten are called, eight come, six are in favour: carried, with every number in the ruling."""
        case = done(
            sitting(VOTERS[:8]),
            (RecordBallots(dict.fromkeys(VOTERS[:6], Choice.FOR), channel="paper", evidence="票箱 1"), HELD),
            (CastBallot(Choice.AGAINST), HELD, "m-07"),
            (CloseVote(), HELD),
        )
        assert case.outcome == "was_carried"
        ruling = case.entries[-1].effect.ruling
        assert (ruling.tally.get(ENTITLED), ruling.tally.get(PRESENT), ruling.tally.get(FOR)) == (10, 8, 6)
        assert "8" in ruling.explain("zh")
        assert Case.replay(case.entries) == case

    def test_a_written_vote_carries(self):
        """In writing, members vote online or on paper until the end, and the vote is closed at its end."""
        case = opened_in_writing()
        for member in VOTERS[:6]:
            case = done(case, (CastBallot(Choice.FOR), HELD, member))
        case = done(case, (RecordBallots({"m-07": Choice.AGAINST}, channel="letter", evidence="信 7"), day(5)))
        assert done(case, (CloseVote(), day(10))).outcome == "was_carried"

    def test_what_was_fixed_with_the_notice_is_kept(self):
        """The entry keeps the rule; the sitting keeps roll, rule, mode and agenda."""
        case = called()
        assert case.entries[-1].effect.rule == MEETING
        assert case.entries[-1].effect.due["held_at"] == HELD
        sat = case.progress.sitting
        assert (sat.roll, sat.rule, sat.mode, sat.agenda) == (ASSEMBLY, MEETING, Mode.IN_PERSON, ("2026-001",))

    def test_what_is_due(self):
        """The call, then attendance on the day, then the close; in writing the close from the end on."""
        assert [duty.action for duty in alone(assembly()).due(START)] == ["convene"]
        assert [(duty.action, duty.since) for duty in called().due(START)] == [("take_attendance", HELD)]
        assert [duty.action for duty in sitting().due(START)] == ["close_vote"]
        assert [(duty.action, duty.since) for duty in opened_in_writing().due(START)] == [("close_vote", day(10))]
        adjourned = done(called(), (Adjourn("人数不足"), HELD))
        assert [duty.action for duty in adjourned.due(START)] == ["convene"]
        assert assembly().due("closed", called().progress) == ()


class TestProposal:
    """Revise: the text can change until the vote."""

    def test_revised_before_and_at_the_meeting(self):
        """The last revision is what is voted on, and revisions are counted."""
        case = done(alone(assembly()), (Revise("初稿"), START), (Convene(held_at=HELD), START))
        case = done(case, (TakeAttendance(VOTERS), HELD), (Revise("二稿"), HELD))
        assert (case.dossier.text, case.dossier.revision) == (Text("二稿", "二稿"), 2)

    def test_not_once_called_and_not_yet_sitting(self):
        """Between the notice and the meeting nobody is there to revise it."""
        refused(called(), Revise("偷改"), "NOT_NOW", at=START)

    def test_not_during_the_vote(self):
        """What is voted on stays as it is from the first ballot on."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, Revise("偷改"), "NOT_NOW", at=HELD)


class TestOffice:
    """Who calls and closes: an office, and nobody else (design: who)."""

    @pytest.mark.parametrize(
        "action",
        [
            TakeAttendance(VOTERS),
            Recuse("m-01", "亲属"),
            RecordBallots({"m-01": Choice.FOR}, channel="paper", evidence="1"),
            CountVotes(for_=1, against=0),
            CloseVote(),
            ReturnForRevision("再议"),
            Adjourn("人数不足"),
            Revise("二稿"),
        ],
        ids=lambda action: action.kind,
    )
    def test_a_member_is_no_office(self, action):
        """A member does none of it."""
        refused(sitting(), action, "NOT_IN_OFFICE", at=HELD, by="m-01", says=["m-01", "secretary"])

    def test_calling(self):
        """Nor does a member call the meeting."""
        refused(alone(assembly()), Convene(held_at=HELD), "NOT_IN_OFFICE", at=START, by="m-01")


class TestNotice:
    """Notice periods (residents' law 2025 art. 27; Property Management Regulations art. 14; domain E20, E21)."""

    def test_clear_days(self):
        """Ten clear days after 2 March: the eleventh day after, 13 March, is the first possible one."""
        case = alone(assembly(notice=days(10)))
        assert done(case, (Convene(held_at=day(11, hour=0)), START)).entries[-1].effect.periods["notice"] == days(10)
        short = Convene(held_at=day(11, hour=0) - MICROSECOND)
        refused(case, short, "SHORT_PERIOD", at=START, says=["2026-03-02", "2026-03-12", "10"])

    def test_the_hour_of_the_notice_does_not_matter(self):
        """A notice in the last microsecond of the day is a notice of that day; at midnight it is the next day's."""
        late = day(1, hour=0) - MICROSECOND
        assert done(alone(assembly(notice=days(10))), (Convene(held_at=day(11)), late)).phase == "called"
        refused(alone(assembly(notice=days(10))), Convene(held_at=day(11)), "SHORT_PERIOD", at=late + MICROSECOND)

    def test_working_days(self):
        """Three working days from Monday, with Wednesday a holiday: Tuesday, Thursday, Friday; Saturday may sit."""
        calendar = WorkingCalendar(holidays={date(2026, 3, 4)})
        case = alone(assembly(notice=days(3, "working_days")))
        assert case.act(Convene(held_at=day(5)), at=START, by="sec-1", calendar=calendar).phase == "called"
        refused(case, Convene(held_at=day(4)), "SHORT_PERIOD", at=START, calendar=calendar, says=["3"])
        assert case.act(Convene(held_at=day(4)), at=START, by="sec-1").phase == "called"

    def test_a_waiver(self):
        """In special circumstances a shorter notice is allowed where the stage says so, with its reason (since 2026)."""
        case = alone(assembly(notice=days(10), notice_waivable=True))
        refused(case, Convene(held_at=day(1)), "SHORT_PERIOD", at=START)
        waived = done(case, (Convene(held_at=day(1), waiver="防汛抢险"), START))
        assert waived.entries[-1].action.waiver == Text("防汛抢险", "防汛抢险")

    def test_a_waiver_where_none_is_allowed(self):
        """Elsewhere a waiver changes nothing."""
        case = alone(assembly(notice=days(10)))
        refused(case, Convene(held_at=day(1), waiver="防汛抢险"), "SHORT_PERIOD", at=START)

    @pytest.mark.parametrize("waiver", ["", "  "])
    def test_a_waiver_without_a_reason(self, waiver):
        """A waiver is a reason: an empty one waives nothing."""
        case = alone(assembly(notice=days(10), notice_waivable=True))
        with pytest.raises(YizhengError):
            done(case, (Convene(held_at=day(1), waiver=waiver), START))

    @given(length=st.integers(0, 40), wait=st.integers(0, 60), hour=st.integers(0, 23))
    def test_law_of_clear_days(self, length, wait, hour):
        """So many whole days lie between, counting neither the day of the notice nor that of the meeting."""
        case = alone(assembly(notice=days(length)))
        held = Convene(held_at=day(wait, hour=max(hour, 9) if wait == 0 else hour))
        if wait > length or wait == length == 0:
            assert done(case, (held, START)).phase == "called"
        else:
            refused(case, held, "SHORT_PERIOD", at=START)

    def test_a_meeting_in_the_past(self):
        """A meeting is held at the moment of the call at the earliest."""
        assert done(alone(assembly()), (Convene(held_at=START), START)).phase == "called"
        refused(alone(assembly()), Convene(held_at=START - MICROSECOND), "TOO_EARLY", at=START)

    def test_notice_in_another_zone_across_daylight_saving(self):
        """In New York the clocks go forward on 8 March 2026; a notice is reckoned in days, not in hours."""
        case = alone(assembly(notice=days(1)), zone="America/New_York", at=datetime(2026, 3, 7, 4, tzinfo=UTC))
        called_at = datetime(2026, 3, 7, 4, 59, tzinfo=UTC)  # 23:59 on 6 March
        ninth = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)  # midnight at which 8 March begins
        assert done(case, (Convene(held_at=ninth), called_at)).phase == "called"
        refused(case, Convene(held_at=ninth - MICROSECOND), "SHORT_PERIOD", at=called_at)


class TestAgenda:
    """No vote on what was not announced (domain E19: Beijing 35, Hangzhou 19, Qingdao 29)."""

    def test_left_out_it_is_this_matter(self):
        """Without an agenda the notice is about this matter alone."""
        assert called().progress.sitting.agenda == ("2026-001",)

    def test_this_matter_is_not_on_it(self):
        """A notice that leaves this matter out calls nobody for it."""
        action = Convene(held_at=HELD, agenda=["2026-002"])
        refused(alone(assembly()), action, "NOT_ON_AGENDA", at=START, says=["2026-001"])
        refused(alone(assembly()), attrs.evolve(action, agenda=()), "NOT_ON_AGENDA", at=START)

    @pytest.mark.parametrize(
        "action",
        [
            RecordBallots({"m-01": Choice.FOR}, channel="paper", evidence="1", item="2026-009"),
            CountVotes(for_=1, against=0, item="2026-009"),
        ],
        ids=lambda action: action.kind,
    )
    def test_a_ballot_on_what_was_not_announced(self, action):
        """Ballots on an item that was not on the notice do not count."""
        refused(sitting(), action, "NOT_ON_AGENDA", at=HELD, says=["2026-009"])

    @pytest.mark.parametrize(
        "action",
        [
            RecordBallots({"m-01": Choice.FOR}, channel="paper", evidence="1", item="2026-002"),
            CountVotes(for_=1, against=0, item="2026-002"),
        ],
        ids=lambda action: action.kind,
    )
    def test_a_ballot_on_another_matter_of_the_same_notice(self, action):
        """A ballot on which another matter stands is no vote on this one."""
        case = sitting(agenda=["2026-001", "2026-002"])
        refused(case, action, "OTHER_MATTER", at=HELD, says=["2026-002", "2026-001"])

    def test_a_ballot_on_which_this_matter_stands(self):
        """A ballot that names this matter counts."""
        action = RecordBallots({"m-01": Choice.FOR}, channel="paper", evidence="1", item="2026-001")
        assert done(sitting(agenda=["2026-001", "2026-002"]), (action, HELD)).phase == "voting"

    def test_an_agenda_is_a_list(self):
        """One string would be taken letter by letter."""
        with pytest.raises(InvalidType, match="2026-001"):
            Convene(held_at=HELD, agenda="2026-001")
        with pytest.raises(InvalidType):
            Convene(held_at=HELD, agenda=[1])
        with pytest.raises(YizhengError):
            Convene(held_at=HELD, agenda=5)


class TestMode:
    """How the body comes together (domain E22); in writing and mixed there is no presence (design part 3)."""

    def test_a_mode_that_the_stage_does_not_allow(self):
        """The modes that are allowed are told."""
        action = Convene(held_at=HELD, until=day(9), mode="written")
        no = refused(alone(assembly(rule=WRITTEN)), action, "MODE_NOT_ALLOWED", at=START)
        assert "书面" in no.explain("zh")
        assert "in person" in no.explain("en")

    @pytest.mark.parametrize("mode", ["written", "mixed"])
    def test_a_rule_that_asks_who_is_present(self, mode):
        """A rule that counts those present cannot be applied where nobody is."""
        case = alone(assembly(modes=Mode))
        refused(case, Convene(held_at=HELD, until=day(9), mode=mode), "NO_PRESENCE", at=START)

    @pytest.mark.parametrize("mode", ["written", "mixed"])
    def test_a_rule_that_asks_who_is_absent(self, mode):
        """Nor can one that counts those absent."""
        rule = Rule(quorum=None, passage=FOR > ABSENT, citation=CITED)
        case = alone(assembly(rule=rule, modes=Mode))
        refused(case, Convene(held_at=HELD, until=day(9), mode=mode), "NO_PRESENCE", at=START)

    @pytest.mark.parametrize("mode", ["written", "mixed"])
    def test_without_an_end(self, mode):
        """A vote without a meeting ends at a moment that is announced."""
        case = alone(assembly(rule=WRITTEN, modes=Mode))
        refused(case, Convene(held_at=HELD, mode=mode), "NO_WINDOW", at=START, says=["until"])

    @pytest.mark.parametrize("mode", ["written", "mixed"])
    def test_attendance_where_there_is_no_meeting(self, mode):
        """Nobody can be present in writing."""
        case = done(alone(assembly(rule=WRITTEN, modes=Mode)), (Convene(held_at=HELD, until=day(9), mode=mode), START))
        refused(case, TakeAttendance(VOTERS), "MODE_NOT_ALLOWED", at=HELD)

    def test_an_online_meeting_has_a_presence(self):
        """Who logs in is present."""
        case = done(alone(assembly(modes=Mode)), (Convene(held_at=HELD, mode="online"), START))
        assert done(case, (TakeAttendance(VOTERS), HELD)).phase == "sitting"

    def test_every_fault_of_a_call_is_told(self):
        """A call that is wrong in many ways hears all of it at once."""
        case = alone(assembly(notice=days(10), modes=["in_person"]), rolls={})
        action = Convene(held_at=START - timedelta(days=1), mode="written", agenda=["2026-009"])
        refused(
            case,
            action,
            "MODE_NOT_ALLOWED",
            "NO_WINDOW",
            "NO_PRESENCE",
            "NO_ROLL",
            "NOT_ON_AGENDA",
            "TOO_EARLY",
            "SHORT_PERIOD",
            at=START,
        )

    def test_a_stranger_is_told_all_of_it_too(self):
        """Whoever may not call hears that beside every other reason (design: all of them, not the first)."""
        action = Convene(held_at=START - timedelta(days=1), mode="written", agenda=["2026-009"])
        with pytest.raises(Refused) as no:
            alone(assembly(notice=days(10))).act(action, at=START, by="m-01")
        assert no.value.codes >= {"NOT_IN_OFFICE", "NOT_ON_AGENDA", "SHORT_PERIOD", "NO_WINDOW"}

    @pytest.mark.parametrize(
        "bad", [{"mode": "telepathy"}, {"held_at": date(2026, 3, 5)}, {"roll": ["m-01"]}, {"held_at": None}]
    )
    def test_bad_arguments(self, bad):
        """What is no mode, no moment or no roll is refused by an error of this library."""
        with pytest.raises(YizhengError):
            Convene(**{"held_at": HELD, **bad})


class TestWindow:
    """The voting window: its end, its longest, and how often it is extended (domain 2.8: 5 to 60 days, extendable)."""

    LONGEST = days(10)

    def test_the_end_comes_after_the_beginning(self):
        """A window of a microsecond is one; none is not."""
        case = alone(assembly(rule=WRITTEN, modes=Mode))
        until = HELD + MICROSECOND
        assert done(case, (Convene(held_at=HELD, until=until, mode="written"), START)).phase == "called"
        refused(case, Convene(held_at=HELD, until=HELD, mode="written"), "TOO_LATE", at=START)

    def test_the_longest_window(self):
        """It may last to the end of the tenth day after it opens, and not a microsecond longer."""
        case = alone(assembly(rule=WRITTEN, modes=Mode, longest=self.LONGEST))
        limit = day(14, hour=0)
        assert done(case, (Convene(held_at=HELD, until=limit, mode="written"), START)).phase == "called"
        long = Convene(held_at=HELD, until=limit + MICROSECOND, mode="written")
        refused(case, long, "LONG_PERIOD", at=START, says=["10"])

    def test_the_shortest_window(self):
        """It lasts to the end of the fifth day after it opens (Hangzhou: five days), and not a microsecond less."""
        case = alone(assembly(rule=WRITTEN, modes=Mode, shortest=days(5), longest=self.LONGEST))
        least = day(9, hour=0)
        assert done(case, (Convene(held_at=HELD, until=least, mode="written"), START)).phase == "called"
        short = Convene(held_at=HELD, until=least - MICROSECOND, mode="written")
        refused(case, short, "SHORT_PERIOD", at=START, says=["5"])
        refused(case, Convene(held_at=HELD, until=HELD, mode="written"), "TOO_LATE", "SHORT_PERIOD", at=START)

    def test_a_sitting_is_not_too_short(self):
        """Where the sitting itself is the bound, no window is asked for."""
        case = alone(assembly(shortest=days(5)))
        assert done(case, (Convene(held_at=HELD), START)).phase == "called"

    def test_extended(self):
        """An extension gives more time, from wherever the vote stands, and is counted."""
        case = opened_in_writing(extensions=2)
        case = done(case, (ExtendVote(until=day(12), reason="下雨"), day(10)))
        case = done(
            case, (CastBallot(Choice.FOR), day(11), "m-01"), (ExtendVote(until=day(14), reason="下雨"), day(12))
        )
        assert (case.progress.sitting.closes, case.progress.sitting.extensions) == (day(14), 2)
        assert case.entries[-1].effect.due["closes"] == day(14)

    def test_too_late_to_extend(self):
        """What has ended is not extended: at its end it still can be, a microsecond later it cannot."""
        case = opened_in_writing()
        assert done(case, (ExtendVote(until=day(12), reason="下雨"), day(10))).phase == "called"
        refused(case, ExtendVote(until=day(12), reason="下雨"), "TOO_LATE", at=day(10) + MICROSECOND)

    @pytest.mark.parametrize("shorter", [timedelta(), MICROSECOND])
    def test_an_extension_that_shortens(self, shorter):
        """The new end lies after the old one."""
        refused(opened_in_writing(), ExtendVote(until=day(10) - shorter, reason="?"), "TOO_EARLY", at=day(5))

    def test_more_often_than_allowed(self):
        """An extension is given once, unless the stage says otherwise (trap 71)."""
        case = done(opened_in_writing(), (ExtendVote(until=day(12), reason="下雨"), day(5)))
        refused(case, ExtendVote(until=day(13), reason="下雨"), "NO_MORE_EXTENSIONS", at=day(6), says=["1"])
        never = opened_in_writing(extensions=0)
        refused(never, ExtendVote(until=day(12), reason="下雨"), "NO_MORE_EXTENSIONS", at=day(5), says=["0"])

    def test_beyond_the_longest(self):
        """An extension stays within the longest window, reckoned from its opening."""
        case = opened_in_writing(longest=self.LONGEST)
        limit = day(14, hour=0)
        assert done(case, (ExtendVote(until=limit, reason="下雨"), day(5))).progress.sitting.closes == limit
        late = ExtendVote(until=limit + MICROSECOND, reason="下雨")
        refused(case, late, "LONG_PERIOD", at=day(5), says=["10"])

    def test_a_meeting_has_nothing_to_extend(self):
        """A sitting without an end is not extended."""
        refused(sitting(), ExtendVote(until=day(9), reason="?"), "NO_WINDOW", at=HELD)

    def test_every_fault_is_told(self):
        """Too late, shorter, and once too often."""
        case = opened_in_writing(extensions=0)
        action = ExtendVote(until=day(9), reason="?")
        refused(case, action, "TOO_LATE", "TOO_EARLY", "NO_MORE_EXTENSIONS", at=day(11))


class TestRoll:
    """The roll is fixed at the call (design: by which roll; traps 41, 43 to 46)."""

    def test_given_at_the_opening(self):
        """Without another, the roll of the opening is taken."""
        assert called().progress.sitting.roll == ASSEMBLY

    def test_given_at_the_call(self):
        """A roll given with the call replaces it, and is kept among the parts of the record."""
        later = roll("assembly", ["n-1", "n-2"])
        case = done(alone(assembly()), (Convene(held_at=HELD, roll=later), START))
        assert case.progress.sitting.roll == later
        assert case.parts[later.digest] == later
        refused(done(case, (TakeAttendance({"n-1"}), HELD)), CastBallot(Choice.FOR), "NOT_ON_ROLL", at=HELD, by="m-01")

    def test_no_roll(self):
        """A body that has no roll cannot be called."""
        refused(alone(assembly(), rolls={}), Convene(held_at=HELD), "NO_ROLL", at=START, says=["assembly"])

    def test_the_roll_of_another_body(self):
        """Owners do not vote in the assembly."""
        action = Convene(held_at=HELD, roll=owners())
        refused(alone(assembly()), action, "WRONG_BODY", at=START, says=["owners", "assembly"])

    def test_a_roll_without_the_weights(self):
        """A rule by area needs a roll that has areas."""
        by_area = Rule(quorum=None, passage=FOR.by("area") > AGAINST.by("area"), citation=CITED)
        refused(alone(assembly(rule=by_area)), Convene(held_at=HELD), "RULE_UNFIT", at=START, says=["area"])

    def test_a_roll_without_the_group(self):
        """A rule among the permanent members needs a roll that knows them (never counted as nought)."""
        veto = Rule(quorum=None, passage=(FOR > 0) & (AGAINST.among("permanent") <= 0), citation=CITED)
        refused(alone(assembly(rule=veto)), Convene(held_at=HELD), "RULE_UNFIT", at=START, says=["permanent"])

    def test_persons_or_households_but_never_both(self):
        """Each roll takes the rule made for whom it lists (Organic Law of Villagers' Committees art. 26; E02)."""
        persons = Rule(quorum=PRESENT > HALF * ENTITLED, passage=MAJORITY, citation=CITED, electorate="persons")
        households = Rule(
            quorum=PRESENT >= TWO_THIRDS * ENTITLED, passage=MAJORITY, citation=CITED, electorate="households"
        )
        case = alone(assembly(rule=(persons, households)))
        for rule, listed in ((persons, "persons"), (households, "households")):
            listing = Roll("assembly", [Member(voter) for voter in VOTERS], electorate=listed)
            assert done(case, (Convene(held_at=HELD, roll=listing), START)).progress.sitting.rule == rule
        only = alone(assembly(rule=households))
        listing = Roll("assembly", [Member(voter) for voter in VOTERS], electorate="persons")
        says = ["persons", "households"]
        refused(only, Convene(held_at=HELD, roll=listing), "OTHER_ELECTORATE", at=START, says=says)

    def test_a_second_call_keeps_to_those_who_were_called(self):
        """Where the first call was of households, the second is not of persons."""
        households = Rule(quorum=PRESENT > HALF * ENTITLED, passage=MAJORITY, citation=CITED, electorate="households")
        listing = Roll("assembly", [Member(voter) for voter in VOTERS], electorate="households")
        case = done(
            alone(assembly(rule=households)),
            (Convene(held_at=HELD, roll=listing), START),
            (TakeAttendance(VOTERS[:3]), HELD),
            (Adjourn("invented: three came"), HELD),
        )
        other = Roll("assembly", [Member(voter) for voter in VOTERS], electorate="persons")
        refused(case, Convene(held_at=day(9), roll=other), "ROLL_FIXED", at=HELD)

    def test_a_second_call_lowers_no_quorum(self):
        """One of ten voted; called again by a roll of two, one would make a quorum: the roll of the first call stays (E23)."""
        case = done(opened_in_writing(), (RecordBallots({"m-01": "for"}, channel="paper", evidence="1"), HELD))
        case = done(case, (CloseVote(), day(10)))
        again = {"held_at": day(12), "until": day(13), "mode": "written"}
        two = roll("assembly", VOTERS[:2])
        refused(case, Convene(**again, roll=two), "ROLL_FIXED", at=day(10), says=["10", "2"])
        for same in (None, ASSEMBLY):
            assert done(case, (Convene(**again, roll=same), day(10))).progress.sitting.roll == ASSEMBLY

    def test_a_second_call_keeps_the_roll_given_at_the_first(self):
        """Neither does a further call go back to the roll of the opening, nor take another of as many members."""
        first = roll("assembly", VOTERS[:9])
        case = done(
            alone(assembly()),
            (Convene(held_at=HELD, roll=first), START),
            (TakeAttendance(VOTERS[:3]), HELD),
            (Adjourn("invented: three came"), HELD),
        )
        assert done(case, (Convene(held_at=day(9)), HELD)).progress.sitting.roll == first
        for other in (ASSEMBLY, roll("assembly", VOTERS[1:])):
            refused(case, Convene(held_at=day(9), roll=other), "ROLL_FIXED", at=HELD, says=["9", str(len(other))])

    def test_a_group_to_which_nobody_belongs_is_known(self):
        """A group that the roll names is known, even if it is empty."""
        veto = Rule(quorum=None, passage=(FOR > 0) & (AGAINST.among("permanent") <= 0), citation=CITED)
        empty = Roll("assembly", [Member("m-01")], groups={"permanent"})
        assert done(alone(assembly(rule=veto)), (Convene(held_at=HELD, roll=empty), START)).phase == "called"

    def test_a_threshold_larger_than_the_body(self):
        """A council of nine needs nine; one of five can be called, and never decides (trap 27)."""
        council = Rule(quorum=PRESENT >= 9, passage=FOR >= 9, citation=CITED)
        few = roll("assembly", VOTERS[:5])
        case = done(alone(assembly(rule=council), rolls={"assembly": few}), (Convene(held_at=HELD), START))
        assert done(case, (TakeAttendance(VOTERS[:5]), HELD), (CloseVote(), HELD)).outcome != "was_carried"


class TestEditions:
    """The rule in force on the day of the call (domain facts 0.1 and E39: law of 2026-01-01; traps 40 and 42)."""

    OLD = Rule(quorum=PRESENT > 1, passage=FOR > 0, citation=attrs.evolve(CITED, in_force_to=OLD_LAW_ENDS))
    NEW = Rule(quorum=PRESENT >= 9, passage=FOR > 0, citation=attrs.evolve(CITED, in_force_from=NEW_LAW))

    def opened(self, at: datetime) -> Case:
        """A case whose rule has an edition before 2026 and one since."""
        return alone(assembly(rule=[self.OLD, self.NEW]), at=at)

    def test_called_in_the_last_instant_of_the_old_law(self):
        """The old rule holds until the end of 31 December 2025 in Shanghai, and for the meeting that was called then."""
        at = NEW_YEAR - MICROSECOND
        case = done(self.opened(at), (Convene(held_at=day(3)), at))
        assert case.entries[-1].effect.rule == self.OLD
        three = done(
            case, (TakeAttendance(VOTERS[:3]), HELD), (CastBallot(Choice.FOR), HELD, "m-01"), (CloseVote(), HELD)
        )
        assert three.entries[-1].effect.ruling.outcome is Outcome.CARRIED

    def test_opened_under_the_old_law_and_called_under_the_new(self):
        """A case of 2025 that is called in 2026 is decided by the law of 2026."""
        case = done(self.opened(NEW_YEAR - timedelta(days=60)), (Convene(held_at=HELD), NEW_YEAR))
        assert case.entries[-1].effect.rule == self.NEW

    def test_opened_and_called_under_the_new_law(self):
        """A case of 2026 is decided by the law of 2026."""
        assert done(self.opened(START), (Convene(held_at=HELD), START)).entries[-1].effect.rule == self.NEW

    def test_minutes_of_the_old_year_entered_in_the_new(self):
        """What happened under the old law and is typed in later is judged by the old law: the moment it happened counts."""
        at = NEW_YEAR - timedelta(days=10)
        case = self.opened(at).act(Convene(held_at=at + timedelta(days=1)), at=at, recorded_at=START, by="sec-1")
        assert case.entries[-1].effect.rule == self.OLD

    def test_no_edition_in_force(self):
        """Residents' representatives had no rule of their own before 2026: nothing is guessed."""
        case = alone(assembly(rule=self.NEW), at=NEW_YEAR - timedelta(days=9))
        refused(case, Convene(held_at=HELD), "NO_EDITION", at=NEW_YEAR - MICROSECOND, says=["2025-12-31", "2026-01-01"])

    def test_which_editions_there_are(self):
        """Each edition is told with its days, and an end or a beginning that nobody knows as such."""
        gap = attrs.evolve(self.OLD, citation=cited(until=date(2024, 12, 31)))
        case = alone(assembly(rule=[gap, self.NEW]), at=NEW_YEAR - timedelta(days=9))
        told = refused(case, Convene(held_at=HELD), "NO_EDITION", at=NEW_YEAR - MICROSECOND).explain("en")
        assert "2026-01-01 – …" in told
        assert "– 2024-12-31" in told
        assert "0001" not in told

    def test_no_edition_of_the_notice(self):
        """The period of notice has dates too."""
        case = alone(assembly(notice=days(10, since=NEW_LAW)), at=NEW_YEAR - timedelta(days=9))
        refused(case, Convene(held_at=HELD), "NO_EDITION", at=NEW_YEAR - MICROSECOND)

    def test_what_has_ended_stays_ended(self):
        """Where the definition knows only an old rule whose days are over, no rule passed on the way revives it."""
        case = alone(assembly(rule=self.OLD), at=NEW_YEAR - timedelta(days=9))
        refused(case, Convene(held_at=HELD), "NO_EDITION", at=NEW_YEAR)
        refused(case, AdoptEdition("resolve", rule=self.NEW, **DECIDED), "EDITION_ENDED", at=NEW_YEAR)

    def test_adopted_ahead_of_its_date(self):
        """An edition adopted before it is in force is joined from its date on, and not a microsecond before."""
        new = attrs.evolve(self.NEW, citation=attrs.evolve(CITED, in_force_from=NEW_LAW, article="9"))
        case = done(
            self.opened(NEW_YEAR - timedelta(days=9)),
            (AdoptEdition("resolve", rule=new, **DECIDED), NEW_YEAR - timedelta(days=5)),
        )
        early = done(case, (Convene(held_at=HELD), NEW_YEAR - MICROSECOND))
        assert early.entries[-1].effect.rule == self.OLD
        assert done(case, (Convene(held_at=HELD), NEW_YEAR)).entries[-1].effect.rule.joined == (self.NEW, new)

    def test_the_last_that_was_adopted(self):
        """Of two adopted editions of one instrument the later adopted one is kept, beside the rule of the definition."""
        later = cited(since=NEWER)
        first, second = (attrs.evolve(MEETING, citation=attrs.evolve(later, article=str(n))) for n in (7, 8))
        case = done(
            alone(assembly()),
            (AdoptEdition("resolve", rule=first, **DECIDED), START),
            (AdoptEdition("resolve", rule=second, **DECIDED), START),
        )
        assert done(case, (Convene(held_at=HELD), START)).entries[-1].effect.rule == MEETING
        assert done(case, (Convene(held_at=HELD), day(1))).entries[-1].effect.rule.joined == (MEETING, second)

    def test_a_notice_that_was_adopted(self):
        """A period of notice can be adopted where the stage has one, and leaves the rule alone."""
        longer = days(20, since=NEWER)
        case = done(alone(assembly(notice=days(3))), (AdoptEdition("resolve", period=longer, **DECIDED), START))
        refused(case, Convene(held_at=day(21)), "SHORT_PERIOD", at=day(1), says=["20"])
        assert done(case, (Convene(held_at=day(22)), day(1))).entries[-1].effect.rule == MEETING

    @pytest.mark.parametrize(
        "case", [called(), sitting(), done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))], ids=str
    )
    def test_not_once_the_body_was_called(self, case):
        """From the call on the rule is fixed; nothing later changes an open vote."""
        refused(case, AdoptEdition("resolve", rule=self.NEW), "EDITION_FIXED", at=HELD)

    def test_a_past_ruling_stays(self):
        """A rule adopted after a vote leaves its ruling as it was (trap 40)."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.stage == "consult")
        ruled = [entry.effect.ruling for entry in case.entries]
        newer = attrs.evolve(self.NEW, citation=cited(since=NEWER))
        later = case.act(AdoptEdition("propose", rule=newer, **DECIDED), at=day(12), by="sec-1")
        assert [entry.effect.ruling for entry in later.entries][:-1] == ruled
        assert later.stage == "consult"


class TestAttendance:
    """TakeAttendance: who is present, arrivals and leavings (design part 3: PRESENT; traps 35, 48, 50)."""

    def test_taken_again_it_replaces_the_list(self):
        """Who arrives is added and who leaves is taken off; the last list counts."""
        case = done(sitting(VOTERS[:6]), (TakeAttendance([*VOTERS[1:6], "m-10"]), HELD))
        assert case.progress.sitting.here == {*VOTERS[1:6], "m-10"}

    def test_nobody_came(self):
        """An empty list is attendance too: nobody was present, and the meeting has no quorum."""
        case = done(sitting(()), (CloseVote(), HELD))
        assert case.entries[-1].effect.ruling.outcome is Outcome.INQUORATE

    def test_not_before_the_day(self):
        """Attendance is taken on the local day of the meeting: from midnight, not a microsecond earlier."""
        assert done(called(), (TakeAttendance(VOTERS), day(3, hour=0))).phase == "sitting"
        refused(called(), TakeAttendance(VOTERS), "TOO_EARLY", at=day(3, hour=0) - MICROSECOND, says=["2026-03-05"])

    def test_strangers(self):
        """Who is not on the roll attends without being counted (列席): everyone is named."""
        refused(
            called(), TakeAttendance({"m-01", "x-1", "x-2"}), "NOT_ON_ROLL", "NOT_ON_ROLL", at=HELD, says=["x-1", "x-2"]
        )

    def test_who_has_voted_cannot_be_taken_off(self):
        """Somebody whose ballot is in was present."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, TakeAttendance(VOTERS[1:]), "HAS_CAST", at=HELD, says=["m-01"])
        assert done(case, (TakeAttendance(VOTERS), HELD)).phase == "voting"

    def test_nobody_is_struck_off_once_the_vote_runs(self):
        """Six came and three left after the first ballot: those present are the base of the vote, and stay it."""
        case = done(sitting(VOTERS[:6]), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, TakeAttendance(VOTERS[:3]), *["HAS_CAST"] * 3, at=HELD, says=["m-04", "m-05", "m-06"])
        assert done(case, (CloseVote(), HELD)).entries[-1].effect.ruling.outcome is Outcome.LOST

    def test_the_day_of_the_meeting(self):
        """A meeting that has no other end is over with its day: no attendance, no ballot and no count after it."""
        late = HELD + timedelta(days=1)
        refused(called(), TakeAttendance(VOTERS), "TOO_LATE", at=late)
        refused(sitting(), CastBallot(Choice.FOR), "TOO_LATE", at=late, by="m-01")
        refused(sitting(), CountVotes(for_=1, against=0), "TOO_LATE", at=late)

    def test_names_of_another_unicode_form(self):
        """A name written in another form of Unicode is the same name."""
        body = roll("assembly", ["café"])
        case = done(alone(assembly(), rolls={"assembly": body}), (Convene(held_at=HELD), START))
        assert done(case, (TakeAttendance({"cafe\u0301"}), HELD)).progress.sitting.here == {"café"}

    @pytest.mark.parametrize("bad", ["m-01", 5, [5], [""]])
    def test_bad_arguments(self, bad):
        """A single string would be taken letter by letter; what is no set of ids is refused."""
        with pytest.raises(YizhengError):
            TakeAttendance(bad)


class TestRecusal:
    """Recusal is per item, and takes out of entitled and present (domain E29; trap 86)."""

    def test_out_of_entitled_and_present(self):
        """Of ten with one recused nine are entitled, and the recused one is not present though in the room."""
        case = done(sitting(), (Recuse("m-01", "申请人是其父亲"), HELD))
        assert case.progress.sitting.here == set(VOTERS[1:])
        case = done(
            case,
            (RecordBallots(dict.fromkeys(VOTERS[1:6], Choice.FOR), channel="paper", evidence="1"), HELD),
            (CloseVote(), HELD),
        )
        tally = case.entries[-1].effect.ruling.tally
        assert (tally.get(ENTITLED), tally.get(PRESENT), tally.get(FOR)) == (9, 9, 5)
        assert case.outcome == "was_carried"

    def test_recusal_can_break_the_quorum(self):
        """Six of ten are a quorum; if two of the six are recused, four of eight are none, and that is reported."""
        case = done(
            sitting(VOTERS[:6]), (Recuse("m-01", "亲属"), HELD), (Recuse("m-02", "亲属"), HELD), (CloseVote(), HELD)
        )
        assert case.entries[-1].effect.ruling.outcome is Outcome.INQUORATE

    def test_before_the_meeting(self):
        """An interest may be known before the meeting."""
        case = done(called(), (Recuse("m-01", "亲属"), START))
        refused(case, TakeAttendance(VOTERS), "RECUSED", at=HELD, says=["m-01"])
        assert done(case, (TakeAttendance(VOTERS[1:]), HELD)).phase == "sitting"

    def test_everybody_is_recused(self):
        """Where nobody may vote nothing is carried, and nothing breaks."""
        case = sitting()
        for member in VOTERS:
            case = done(case, (Recuse(member, "全体利害关系"), HELD))
        ended = done(case, (CloseVote(), HELD))
        assert ended.entries[-1].effect.ruling.outcome in {Outcome.INQUORATE, Outcome.LOST}

    def test_a_stranger(self):
        """Only members are recused."""
        refused(sitting(), Recuse("x-1", "?"), "NOT_ON_ROLL", at=HELD, says=["x-1"])

    def test_twice(self):
        """Once is enough."""
        case = done(sitting(), (Recuse("m-01", "亲属"), HELD))
        refused(case, Recuse("m-01", "亲属"), "ALREADY_RECUSED", at=HELD, says=["m-01"])

    def test_after_the_ballot(self):
        """Recusal comes before the ballot."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))
        for member in ("m-01", "m-02"):
            refused(case, Recuse(member, "亲属"), "NOT_NOW", at=HELD)

    def test_after_a_written_vote_has_opened(self):
        """In writing nobody is recused once the vote has opened: silent members cannot be taken out until it passes."""
        case = opened_in_writing()
        assert done(case, (Recuse("m-10", "亲属"), HELD - MICROSECOND)).version == 3
        refused(case, Recuse("m-10", "亲属"), "TOO_LATE", at=HELD)
        refused(case, Recuse("m-10", "亲属"), "TOO_LATE", at=HELD - MICROSECOND, recorded_at=HELD)

    def test_at_the_second_call(self):
        """The matter is the same, and so is the interest: who was recused at the first call is recused at the second."""
        case = done(
            sitting(VOTERS[:3]), (Recuse("m-01", "亲属"), HELD), (CloseVote(), HELD), (Convene(held_at=day(6)), HELD)
        )
        refused(case, TakeAttendance(VOTERS), "RECUSED", at=day(6), says=["m-01"])

    def test_a_recused_member_votes(self):
        """Whoever is recused has no ballot: their own, on paper, and in a secret vote."""
        case = done(sitting(), (Recuse("m-01", "亲属"), HELD))
        refused(case, CastBallot(Choice.FOR), "RECUSED", at=HELD, by="m-01", says=["m-01"])
        paper = RecordBallots({"m-01": Choice.FOR, "m-02": Choice.FOR}, channel="paper", evidence="1")
        refused(case, paper, "RECUSED", at=HELD, says=["m-01"])
        secret = CountVotes(for_=2, against=0, method="secret", voters={"m-01", "m-02"})
        refused(case, secret, "RECUSED", at=HELD, says=["m-01"])


class TestReturned:
    """ReturnForRevision: instead of voting the body sends the text back."""

    @pytest.mark.parametrize("case", [called(), sitting()], ids=str)
    def test_before_the_vote(self, case):
        """It can be sent back until the first ballot."""
        assert done(case, (ReturnForRevision("预算不清"), HELD)).outcome == "was_returned"

    def test_not_once_a_written_vote_has_opened(self):
        """In writing ballots may be in that nobody has entered yet: from the opening on it is counted."""
        case = opened_in_writing()
        assert done(case, (ReturnForRevision("预算不清"), HELD - MICROSECOND)).outcome == "was_returned"
        refused(case, ReturnForRevision("预算不清"), "VOTE_OPENED", at=HELD)
        refused(case, ReturnForRevision("预算不清"), "VOTE_OPENED", at=day(11))
        refused(case, ReturnForRevision("预算不清"), "VOTE_OPENED", at=HELD - MICROSECOND, recorded_at=day(11))

    def test_not_during_the_vote(self):
        """Once voting has begun it is counted."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, ReturnForRevision("预算不清"), "NOT_NOW", at=HELD)

    def test_it_goes_where_the_procedure_says(self):
        """In the courtyard procedure the owners send it back to the representatives."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "resolve.called")
        case = case.act(ReturnForRevision("车位再议"), at=day(21), by="sec-1")
        assert (case.stage, case.phase, case.progress.calls) == ("consult", "waiting", 0)


class TestSecondCall:
    """Adjournment for want of a quorum, and a second call (issue: stages; domain E23: a quorum is never lowered)."""

    def test_called_again(self):
        """After an adjournment the body is called again, with its own notice, and the vote begins anew."""
        case = done(sitting(VOTERS[:3]), (Adjourn("到会不足"), HELD), (Convene(held_at=day(6)), HELD))
        assert (case.phase, case.progress.calls, case.progress.sitting.present) == ("called", 2, None)

    def test_the_last_call(self):
        """Adjourned for want of a quorum at the last call, the stage ends, and the ruling says why."""
        case = done(sitting(VOTERS[:5]), (Adjourn("人数不足"), HELD), (Convene(held_at=day(6)), HELD))
        case = done(case, (TakeAttendance(VOTERS[:5]), day(6)), (Adjourn("人数不足"), day(6)))
        assert case.outcome == "was_inquorate"
        assert case.entries[-1].effect.ruling.outcome is Outcome.INQUORATE

    @pytest.mark.parametrize("calls", [1, 2, 3, 5])
    def test_as_often_as_the_stage_says(self, calls):
        """A body is called so often without a quorum, and no more."""
        case = alone(assembly(calls=calls))
        for number in range(calls):
            assert case.phase in {"waiting", "adjourned"}
            case = done(
                case,
                (Convene(held_at=day(number)), day(number)),
                (TakeAttendance(VOTERS[:5]), day(number)),
                (Adjourn("人数不足"), day(number)),
            )
        assert case.outcome == "was_inquorate"

    def test_adjourned_with_a_quorum(self):
        """Who adjourns with a quorum, or before attendance, uses up no call: no quorum was wanting."""
        case = alone(assembly(calls=1))
        for number in range(4):
            case = done(case, (Convene(held_at=day(number)), day(number)))
            if number % 2:
                case = done(case, (TakeAttendance(VOTERS[:6]), day(number)))
            case = done(case, (Adjourn("午休"), day(number)))
            assert (case.phase, case.progress.calls, case.entries[-1].effect.ruling) == ("adjourned", 0, None)

    def test_not_once_a_written_vote_has_opened(self):
        """A written vote that has opened is closed and judged, not adjourned."""
        case = opened_in_writing()
        assert done(case, (Adjourn("另行通知"), HELD - MICROSECOND)).phase == "adjourned"
        refused(case, Adjourn("形势不妙"), "VOTE_OPENED", at=HELD)
        refused(case, Adjourn("形势不妙"), "VOTE_OPENED", at=HELD - MICROSECOND, recorded_at=day(11))

    @pytest.mark.parametrize("calls", [2, 3])
    def test_a_vote_that_is_closed_without_a_quorum(self, calls):
        """A vote that found no quorum is one call used up; the stage ends with the last one, not with the first."""
        case = alone(assembly(calls=calls))
        for number in range(calls):
            assert case.phase in {"waiting", "adjourned"}, f"ended after {number} of {calls} calls"
            case = done(
                case,
                (Convene(held_at=day(number)), day(number)),
                (TakeAttendance(VOTERS[:3]), day(number)),
                (CloseVote(), day(number)),
            )
            assert case.entries[-1].effect.ruling.outcome is Outcome.INQUORATE
        assert case.outcome == "was_inquorate"

    def test_the_second_call_is_held_by_the_rule_of_the_first(self):
        """The rule was fixed when the stage opened: no quorum is lowered between the calls (domain E23; trap 40)."""
        at = NEW_YEAR - timedelta(days=5)
        case = alone(assembly(rule=[TestEditions.OLD, TestEditions.NEW]), at=at)
        case = done(case, (Convene(held_at=at), at), (Adjourn("人数不足"), at))
        refused(case, AdoptEdition("resolve", rule=TestEditions.NEW), "EDITION_FIXED", at=at)
        assert done(case, (Convene(held_at=HELD), NEW_YEAR)).entries[-1].effect.rule == TestEditions.OLD

    def test_the_notice_runs_again(self):
        """The second call keeps the notice too."""
        case = alone(assembly(notice=days(3)))
        case = done(case, (Convene(held_at=day(4)), START), (Adjourn("人数不足"), day(4)))
        refused(case, Convene(held_at=day(7)), "SHORT_PERIOD", at=day(4))
        assert done(case, (Convene(held_at=day(8)), day(4))).phase == "called"

    def test_revised_between_the_calls(self):
        """Between the calls the text can be revised."""
        case = done(called(), (Adjourn("人数不足"), HELD), (Revise("二稿"), HELD))
        assert (case.phase, case.dossier.revision) == ("adjourned", 1)

    def test_not_during_the_vote(self):
        """A vote that has begun is closed and judged."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, Adjourn("散会"), "NOT_NOW", at=HELD)


class TestSettings:
    """A stage that cannot be built says so."""

    @pytest.mark.parametrize(
        "bad",
        [
            {"calls": -1},
            {"calls": True},
            {"calls": 1.5},
            {"extensions": -1},
            {"modes": ["telepathy"]},
            {"methods": ["telepathy"]},
            {"rule": 3},
            {"rule": [3]},
            {"notice": 3},
            {"notice": [3]},
            {"body": ""},
            {"longest": 5},
            {"proxies": 5},
            {"notice_waivable": "no"},
            {"offices": 5},
            {"source": "第278条"},
        ],
        ids=str,
    )
    def test_bad_settings(self, bad):
        """What cannot be is refused by an error of this library, when it is written and not when somebody votes."""
        with pytest.raises(YizhengError):
            assembly(**bad)

    def test_what_it_needs(self):
        """It names the body and the dated rules that it needs."""
        stage = assembly(notice=days(3))
        assert tuple(stage.bodies()) == ("assembly",)
        assert dict(stage.rules()) == {"rule": (MEETING,), "notice": (days(3),)}
        assert dict(assembly().rules()) == {"rule": (MEETING,)}
        assert Deliberation(id="a", title="a", body="b", rule=[MEETING, WRITTEN]).rule == (MEETING, WRITTEN)

    def test_words(self):
        """Every mode and every method can be told from a sentence."""
        assert {mode.value for mode in Mode} == {"in_person", "online", "written", "mixed"}
        assert {method.value for method in Method} == {"by_name", "show_of_hands", "secret"}
        with pytest.raises(InvalidValue):
            assembly(calls=-1)


class TestCatalogue:
    """The courtyard's own figures: notice of fifteen days (Property Management Regulations art. 14)."""

    def test_fifteen_clear_days(self):
        """Called on the first day, owners can vote from the sixteenth day after."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.stage == "resolve")
        first = day(36, hour=0)
        call = Convene(held_at=first, until=day(50), mode="written")
        assert done(case, (call, day(20))).phase == "called"
        refused(case, attrs.evolve(call, held_at=first - MICROSECOND), "SHORT_PERIOD", at=day(20), says=["15"])

    def test_votes_by_name_alone(self):
        """Owners vote by name, since area counts."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "resolve.called")
        refused(case, CountVotes(for_=9, against=1), "METHOD_NOT_ALLOWED", at=day(46), says=["by_name"])

    def test_representatives_before_2026(self):
        """The representatives' rule is in force from 2026-01-01 (residents' law 2025 art. 29), and not before."""
        stage = catalogue.yizheng.ALLOWANCE.stage("resolve")
        reps = roll("resident_representatives", VOTERS)
        case = alone(stage, rolls={"resident_representatives": reps}, at=NEW_YEAR - timedelta(days=1))
        refused(case, Convene(held_at=HELD), "NO_EDITION", at=NEW_YEAR - MICROSECOND, says=["2026-01-01"])
        assert done(case, (Convene(held_at=HELD), NEW_YEAR)).phase == "called"

    def test_two_thirds_of_thirty(self):
        """Of thirty representatives twenty are a quorum and nineteen are none (domain 5, boundary vectors)."""
        stage = catalogue.yizheng.ALLOWANCE.stage("resolve")
        reps = roll("resident_representatives", [f"r-{n:02}" for n in range(30)])
        everyone = [member.id for member in reps]
        case = done(alone(stage, rolls={"resident_representatives": reps}), (Convene(held_at=HELD), START))
        for present, for_, outcome in ((19, 19, "inquorate"), (20, 10, "lost"), (20, 11, "carried")):
            ended = done(
                case,
                (TakeAttendance(everyone[:present]), HELD),
                (CountVotes(for_=for_, against=present - for_), HELD),
                (CloseVote(), HELD),
            )
            assert ended.entries[-1].effect.ruling.outcome.value == outcome

    def test_two_thirds_of_the_area_exactly(self):
        """2,007.50 of 3,011.25 square metres is two thirds, and enough; a hundredth less is not (domain 5, 天鹅堡3号楼)."""
        for area, rest, outcome in (
            ("2007.50", "1003.75", Outcome.CARRIED),
            ("2007.49", "1003.76", Outcome.INQUORATE),
        ):
            areas = [area, *["0"] * 16, rest, *["0"] * 7]
            body = Roll("owners", [Member(f"u-{n:02}", weights={"area": each}) for n, each in enumerate(areas)])
            assert (len(body), body.total("area")) == (25, Fraction("3011.25"))
            ballots = {f"u-{n:02}": Choice.FOR for n in range(17)}
            case = done(
                take(courtyard(), courtyard_steps(), lambda case: case.stage == "resolve"),
                (Convene(held_at=day(36), until=day(40), mode="written", roll=body), day(20)),
                (RecordBallots(ballots, channel="paper", evidence="1"), day(37)),
                (CloseVote(), day(40)),
            )
            assert case.entries[-1].effect.ruling.outcome is outcome


def test_zone_is_the_procedures():
    """Days are those of the procedure's zone, wherever the clock of the caller stands."""
    assert START.tzinfo == SHANGHAI
    same = done(alone(assembly(notice=days(10))), (Convene(held_at=day(11).astimezone(UTC)), START.astimezone(UTC)))
    assert same == done(alone(assembly(notice=days(10))), (Convene(held_at=day(11)), START))
