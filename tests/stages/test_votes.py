"""The vote of a deliberation: ballots, counts, and the close. The cases are invented unless they name a source."""

from datetime import timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import (
    CITED,
    HALF,
    MICROSECOND,
    START,
    VOTERS,
    WRITTEN,
    alone,
    assembly,
    called,
    courtyard,
    courtyard_steps,
    day,
    done,
    opened_in_writing,
    owners,
    refused,
    roll,
    sitting,
    take,
)
from yizheng import Case, Roll, Text
from yizheng.errors import YizhengError
from yizheng.people import Proxy, ProxyPolicy
from yizheng.rules import ABSTAINING, ENTITLED, FOR, INVALID, PRESENT, SILENT, VALID, Choice, Outcome, Rule
from yizheng.stages import (
    CastBallot,
    Clock,
    CloseVote,
    Convene,
    CountVotes,
    ExtendVote,
    Method,
    Mode,
    RecordBallots,
    Recuse,
    ReturnForRevision,
    TakeAttendance,
    Withdraw,
)

HELD, OPENS, CLOSES = day(3), day(3), day(10)


def ballots(*members: str, choice=Choice.FOR) -> RecordBallots:
    """A pile of paper ballots that all say the same."""
    return RecordBallots(dict.fromkeys(members, choice), channel="paper", evidence="票箱 1")


def secretly(for_: int, against: int, voters, **more) -> CountVotes:
    """A secret count."""
    return CountVotes(for_=for_, against=against, method="secret", voters=voters, **more)


EVERYBODY = secretly(6, 4, VOTERS)


def ruled(case: Case):
    """The ruling of the last entry."""
    return case.entries[-1].effect.ruling


class TestByName:
    """CastBallot and RecordBallots: whose a ballot is stands apart from who entered it (design: who)."""

    def test_own_and_recorded(self):
        """A member's own ballot is the member's; one from paper is the member's too, entered by the office."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"), (ballots("m-02", "m-03"), HELD))
        assert dict(case.progress.ballots) == dict.fromkeys(("m-01", "m-02", "m-03"), Choice.FOR)
        assert [entry.by for entry in case.entries[-2:]] == ["m-01", "sec-1"]
        assert (case.entries[-1].action.channel, case.entries[-1].action.evidence) == ("paper", "票箱 1")

    def test_what_was_chosen_is_private(self):
        """What a member chose stands in no public part of the record."""
        case = done(sitting(), (CastBallot(Choice.AGAINST), HELD, "m-01"), (ballots("m-02", choice="abstain"), HELD))
        payloads = b"".join(entry.payload for entry in case.entries[-2:])
        assert b"against" not in payloads
        assert b"abstain" not in payloads

    def test_an_abstention_an_invalid_and_a_missing_ballot(self):
        """They are three things (design part 6; traps 35, 39; domain E09 to E11)."""
        case = done(
            sitting(),
            (ballots(*VOTERS[:6]), HELD),
            (CastBallot(Choice.ABSTAIN), HELD, "m-07"),
            (CastBallot(Choice.INVALID), HELD, "m-08"),
            (CloseVote(), HELD),
        )
        tally = ruled(case).tally
        assert [tally.get(amount) for amount in (FOR, ABSTAINING, INVALID, SILENT)] == [6, 1, 1, 2]
        assert tally.get(VALID) == 7

    def test_the_order_of_ballots_does_not_matter(self):
        """The ruling is the same in whatever order the ballots came (trap 67)."""
        one, other = sitting(), sitting()
        for member in VOTERS:
            one = done(one, (CastBallot(Choice.FOR if member < "m-06" else Choice.AGAINST), HELD, member))
        for member in reversed(VOTERS):
            other = done(other, (CastBallot(Choice.FOR if member < "m-06" else Choice.AGAINST), HELD, member))
        assert ruled(done(one, (CloseVote(), HELD))) == ruled(done(other, (CloseVote(), HELD)))


class TestBeforeTheVote:
    """A ballot before the vote opens is refused (design part 6; trap 74)."""

    def test_before_anybody_was_called(self):
        """Without a notice there is no vote."""
        refused(alone(assembly()), CastBallot(Choice.FOR), "NOT_NOW", at=START, by="m-01")

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "m-01"), (ballots("m-01"), "sec-1"), (CountVotes(for_=1, against=0), "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_before_attendance(self, action, by):
        """At a meeting nobody votes before attendance was taken."""
        refused(called(), action, "NO_ATTENDANCE", at=HELD, by=by)

    def test_before_the_day_and_without_attendance(self):
        """Before the meeting both are told: when it is held, and that attendance comes first."""
        refused(called(), CastBallot(Choice.FOR), "NO_ATTENDANCE", "TOO_EARLY", at=HELD - MICROSECOND, by="m-01")

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "m-01"), (ballots("m-01"), "sec-1"), (EVERYBODY, "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_before_the_window_opens(self, action, by):
        """In writing the vote opens at its announced moment, and not a microsecond earlier."""
        refused(opened_in_writing(), action, "TOO_EARLY", at=OPENS - MICROSECOND, by=by)
        assert done(opened_in_writing(), (action, OPENS, by)).phase in {"voting", "counted"}

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "m-01"), (ballots("m-01"), "sec-1"), (CountVotes(for_=1, against=0), "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_signed_in_and_too_early(self, action, by):
        """Members may sign in before the hour; the vote opens when the meeting is held."""
        case = done(called(), (TakeAttendance(VOTERS), HELD - timedelta(hours=1)))
        refused(case, action, "TOO_EARLY", at=HELD - MICROSECOND, by=by)
        assert done(case, (action, HELD, by)).phase in {"voting", "counted"}

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "m-01"), (ballots("m-01"), "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_by_a_method_that_the_stage_does_not_use(self, action, by):
        """A stage that votes by show of hands takes no ballots by name; what it takes is told."""
        case = sitting(methods=["show_of_hands"])
        refused(case, action, "METHOD_NOT_ALLOWED", at=HELD, by=by)

    @pytest.mark.parametrize("method", ["show_of_hands", "secret"])
    def test_by_a_count_that_the_stage_does_not_use(self, method):
        """A stage that votes by name takes no counts."""
        count = CountVotes(for_=1, against=1, method=method, voters={"m-01", "m-02"})
        refused(sitting(methods=["by_name"]), count, "METHOD_NOT_ALLOWED", at=HELD)


class TestWhoVotes:
    """Only members who are here, not recused, vote, and each of them once (design part 6; traps 45, 88, 96)."""

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "x-1"), (ballots("x-1"), "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_strangers(self, action, by):
        """A ballot by somebody who is not on the roll does not count."""
        refused(sitting(), action, "NOT_ON_ROLL", at=HELD, by=by, says=["x-1", "assembly"])
        refused(opened_in_writing(), action, "NOT_ON_ROLL", at=HELD, by=by, says=["x-1"])

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "m-09"), (ballots("m-09"), "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_members_who_are_not_here(self, action, by):
        """At a meeting those vote who are present."""
        refused(sitting(VOTERS[:8]), action, "NOT_PRESENT", at=HELD, by=by, says=["m-09"])

    @pytest.mark.parametrize(
        "first", [(CastBallot(Choice.FOR), HELD, "m-01"), (ballots("m-01"), HELD)], ids=["own", "paper"]
    )
    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.AGAINST), "m-01"), (ballots("m-01", choice="against"), "sec-1")],
        ids=["then own", "then paper"],
    )
    @pytest.mark.parametrize("open_", [sitting, opened_in_writing], ids=["meeting", "written"])
    def test_a_second_ballot(self, first, action, by, open_):
        """A second ballot by the same member is refused, whichever way the two came; the first stays."""
        case = done(open_(), first)
        refused(case, action, "ALREADY_CAST", at=HELD, by=by, says=["m-01"])
        assert case.progress.ballots["m-01"] is Choice.FOR

    def test_a_member_of_another_unicode_form(self):
        """The same name in another form of Unicode is the same member."""
        body = roll("assembly", ["café", "b"])
        case = done(alone(assembly(), rolls={"assembly": body}), (Convene(held_at=HELD), START))
        case = done(case, (TakeAttendance(["café", "b"]), HELD), (CastBallot(Choice.FOR), HELD, "cafe\u0301"))
        refused(case, ballots("café"), "ALREADY_CAST", at=HELD)

    def test_every_fault_of_a_pile_is_told(self):
        """Of a pile of paper ballots every one that cannot count is named, and none of the pile is entered."""
        case = done(sitting(VOTERS[:8]), (Recuse("m-02", "亲属"), HELD), (CastBallot(Choice.FOR), HELD, "m-01"))
        pile = ballots("m-01", "m-02", "m-03", "m-09", "x-1")
        refused(
            case,
            attrs.evolve(pile, item="2026-009"),
            "NOT_ON_AGENDA",
            "ALREADY_CAST",
            "RECUSED",
            "NOT_PRESENT",
            "NOT_ON_ROLL",
            at=HELD,
            says=["m-01", "m-02", "m-09", "x-1"],
        )

    def test_a_stranger_is_told_all_of_it_too(self):
        """Whoever may not enter ballots hears that beside what is wrong with each of them."""
        case = done(sitting(VOTERS[:8]), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, ballots("m-01", "x-1"), "NOT_IN_OFFICE", "ALREADY_CAST", "NOT_ON_ROLL", at=HELD, by="m-05")

    @pytest.mark.parametrize(
        "bad",
        [
            {},
            {"m-01": "yes"},
            {"m-01": None},
            ["m-01"],
            {"": "for"},
            {5: "for"},
            {"café": "for", "cafe\u0301": "against"},
        ],
        ids=str,
    )
    def test_piles_that_cannot_be(self, bad):
        """No ballots, no choice, no mapping, no id, or one member in two forms: none of it can be built."""
        with pytest.raises(YizhengError):
            RecordBallots(bad, channel="paper", evidence="1")

    def test_paper_needs_evidence(self):
        """Ballots entered for others say where they can be seen."""
        for evidence in ("", "  \n", 5):
            with pytest.raises(YizhengError):
                RecordBallots({"m-01": "for"}, channel="paper", evidence=evidence)

    @pytest.mark.parametrize("bad", ["yes", None, True, 1, ""])
    def test_choices_that_cannot_be(self, bad):
        """A choice is one of four."""
        with pytest.raises(YizhengError):
            CastBallot(bad)


class TestAfterTheEnd:
    """What is late does not count (traps 72, 76 to 79)."""

    @pytest.mark.parametrize(
        ("action", "by"),
        [(CastBallot(Choice.FOR), "m-01"), (ballots("m-01"), "sec-1")],
        ids=lambda given: getattr(given, "kind", given),
    )
    def test_the_last_instant(self, action, by):
        """At the end a ballot still counts; a microsecond later it does not."""
        assert done(opened_in_writing(), (action, CLOSES, by)).phase in {"voting", "counted"}
        refused(opened_in_writing(), action, "TOO_LATE", at=CLOSES + MICROSECOND, by=by)

    def test_a_meeting_with_an_end(self):
        """A meeting can set an end to its vote too."""
        case = done(alone(assembly()), (Convene(held_at=HELD, until=HELD + timedelta(hours=2)), START))
        case = done(case, (TakeAttendance(VOTERS), HELD))
        late = HELD + timedelta(hours=2, microseconds=1)
        refused(case, CastBallot(Choice.FOR), "TOO_LATE", at=late, by="m-01")
        refused(case, CountVotes(for_=6, against=4), "TOO_LATE", at=late)
        assert done(case, (CountVotes(for_=6, against=4), HELD + timedelta(hours=2))).phase == "counted"

    def test_cast_in_time_and_entered_later(self):
        """Paper that was cast in time is counted when it is typed in after the end: the moment of casting decides."""
        case = opened_in_writing().act(ballots("m-01"), at=CLOSES, recorded_at=day(11), by="sec-1")
        assert case.progress.ballots["m-01"] is Choice.FOR

    def test_stamped_late_and_received_earlier(self):
        """A record that says it was made before it happened is refused."""
        refused(
            opened_in_writing(),
            ballots("m-01"),
            "RECORDED_BEFORE",
            at=day(5),
            recorded_at=day(5) - MICROSECOND,
        )

    def test_after_the_close(self):
        """After the close there is no vote left."""
        case = done(opened_in_writing(calls=1), (CloseVote(), CLOSES))
        assert case.outcome == "was_inquorate"
        refused(case, CastBallot(Choice.FOR), "CASE_ENDED", at=CLOSES, by="m-01")

    def test_extended_in_time(self):
        """After an extension the new end counts."""
        case = done(opened_in_writing(), (ExtendVote(until=day(12), reason="下雨"), CLOSES))
        assert done(case, (CastBallot(Choice.FOR), day(12), "m-01")).phase == "voting"
        refused(case, CastBallot(Choice.FOR), "TOO_LATE", at=day(12) + MICROSECOND, by="m-01")


class TestWhichMoment:
    """A rule names which moment it means: when a ballot was cast, or also when it was entered (design: when; trap 78)."""

    def test_entered_in_time(self):
        """Where both must be in time, paper entered a microsecond after the end is late, though it was cast before."""
        case, paper = opened_in_writing(timely_by="recorded"), ballots("m-01")
        assert case.act(paper, at=day(5), recorded_at=CLOSES, by="sec-1").phase == "voting"
        late = CLOSES + MICROSECOND
        refused(case, paper, "TOO_LATE", at=day(5), recorded_at=late)
        assert opened_in_writing().act(paper, at=day(5), recorded_at=late, by="sec-1").phase == "voting"

    @pytest.mark.parametrize("clock", Clock)
    @pytest.mark.parametrize("changeable", [False, True])
    def test_a_voters_own_word(self, clock, changeable):
        """Nothing but the voter's word says when an own ballot was cast: entered a microsecond late, it is late."""
        case = opened_in_writing(timely_by=clock, changeable=changeable)
        case = done(case, (CastBallot(Choice.AGAINST), day(4), "m-02"))
        late = {"at": day(5), "recorded_at": CLOSES + MICROSECOND}
        refused(case, CastBallot(Choice.FOR), "TOO_LATE", by="m-01", **late)
        refused(case, CastBallot(Choice.FOR), "TOO_LATE", *([] if changeable else ["ALREADY_CAST"]), by="m-02", **late)
        ends = {"at": day(5), "recorded_at": CLOSES, "by": "m-01"}
        assert case.act(CastBallot(Choice.FOR), **ends).progress.ballots["m-01"] is Choice.FOR

    def test_a_proxys_own_word(self):
        """Nor has a proxy more than a word for it."""
        case = opened_in_writing(proxies=ProxyPolicy())
        ballot = CastBallot(Choice.FOR, proxy=Proxy("m-10", "m-01", "委托书 1"))
        refused(case, ballot, "TOO_LATE", at=day(5), recorded_at=CLOSES + MICROSECOND, by="m-01")

    def test_a_word_after_the_meeting(self):
        """A meeting is over with its day: paper is typed in later, and a member's own ballot is not."""
        case, later = sitting(), day(4)
        refused(case, CastBallot(Choice.FOR), "TOO_LATE", at=HELD, recorded_at=later, by="m-01")
        assert case.act(ballots("m-01"), at=HELD, recorded_at=later, by="sec-1").phase == "voting"
        bounded = done(alone(assembly()), (Convene(held_at=HELD, until=HELD + timedelta(hours=2)), START))
        bounded = done(bounded, (TakeAttendance(VOTERS), HELD))
        refused(bounded, CastBallot(Choice.FOR), "TOO_LATE", at=HELD, recorded_at=HELD + timedelta(hours=3), by="m-01")

    def test_cast_before_it_opened_and_entered_after(self):
        """A ballot that was cast before the vote opened is early, whenever it is entered."""
        for clock in Clock:
            case = opened_in_writing(timely_by=clock)
            refused(case, ballots("m-01"), "TOO_EARLY", at=OPENS - MICROSECOND, recorded_at=OPENS)

    def test_no_other(self):
        """There are two such moments."""
        with pytest.raises(YizhengError, match="happened"):
            assembly(timely_by="whenever")


class TestCount:
    """CountVotes: a show of hands or a secret ballot, as one entry (design part 6; traps 87, 89, 98)."""

    def test_a_show_of_hands(self):
        """Hands are counted, and those who raised none were silent."""
        case = done(sitting(VOTERS[:8]), (CountVotes(for_=5, against=2), HELD), (CloseVote(), HELD))
        assert case.outcome == "was_carried"
        assert (ruled(case).tally.get(PRESENT), ruled(case).tally.get(SILENT)) == (8, 1)

    def test_a_secret_ballot_leaves_no_link(self):
        """Who voted and the totals stand in one entry, and nothing says who chose what."""
        case = done(
            sitting(),
            (CountVotes(for_=6, against=2, invalid=1, method="secret", voters=VOTERS[:9], issued=10, returned=9), HELD),
        )
        entry = case.entries[-1]
        assert entry.action.voters == set(VOTERS[:9])
        assert len(case.progress.ballots) == 0
        assert done(case, (CloseVote(), HELD)).outcome == "was_carried"

    def test_more_came_back_than_were_issued(self):
        """Then the vote is void, whatever its figures (domain E08: Henan 35, Beijing, Sichuan 32, Hainan 29)."""
        for issued, outcome in ((8, Outcome.CARRIED), (7, Outcome.VOID)):
            count = CountVotes(for_=8, against=0, method="secret", voters=VOTERS[:8], issued=issued, returned=8)
            assert ruled(done(sitting(), (count, HELD), (CloseVote(), HELD))).outcome is outcome

    @pytest.mark.parametrize("method", ["show_of_hands", "secret"])
    def test_more_came_back_than_there_are_people(self, method):
        """Eleven ballots of ten people cannot be counted: the vote is void, and the count is entered as it was found."""
        count = CountVotes(for_=6, against=5, method=method, voters=VOTERS, issued=10, returned=11)
        case = done(sitting(), (count, HELD), (CloseVote(), HELD))
        assert (case.outcome, case.entries[-2].action.returned) == ("was_void", 11)
        assert all("11" in ruled(case).explain(language) for language in ("zh", "en"))

    def test_a_void_vote_by_the_wrong_method(self):
        """Not even a void vote is taken by a method or on a matter that is not this stage's."""
        count = CountVotes(for_=6, against=5, issued=10, returned=11, item="2026-009")
        refused(sitting(methods=["by_name"]), count, "METHOD_NOT_ALLOWED", "NOT_ON_AGENDA", at=HELD)

    def test_a_void_vote_is_an_outcome(self):
        """The procedure says where a void vote leads."""
        count = CountVotes(for_=8, against=0, issued=7, returned=8)
        assert done(sitting(), (count, HELD), (CloseVote(), HELD)).outcome == "was_void"

    def test_among_a_group(self):
        """Attendance and roll tell how many of a group were here, even where hands were counted."""
        leaders = Rule(quorum=PRESENT.among("leaders") >= 2, passage=FOR > HALF * PRESENT, citation=CITED)
        for present, outcome in ((VOTERS[1:], Outcome.CARRIED), (VOTERS[2:], Outcome.INQUORATE)):
            case = done(sitting(present, rule=leaders), (CountVotes(for_=8, against=0), HELD), (CloseVote(), HELD))
            assert ruled(case).outcome is outcome

    def test_in_writing(self):
        """A secret ballot in writing has no presence: those who did not vote were silent."""
        case = done(opened_in_writing(), (secretly(6, 1, VOTERS[:7]), CLOSES), (CloseVote(), CLOSES))
        assert (case.outcome, ruled(case).tally.get(SILENT)) == ("was_carried", 3)

    @pytest.mark.parametrize("mode", ["written", "mixed"])
    def test_no_hands_without_a_meeting(self, mode):
        """Hands are raised where people see one another; without a list a double vote cannot be seen."""
        case = done(
            alone(assembly(rule=WRITTEN, modes=[mode])), (Convene(held_at=OPENS, until=CLOSES, mode=mode), START)
        )
        no = refused(case, CountVotes(for_=7, against=0), "METHOD_NOT_ALLOWED", at=CLOSES, says=["show_of_hands"])
        assert "secret ballot, vote by name" in no.explain("en")
        refused(case, CountVotes(for_=7, against=0, voters=VOTERS[:7]), "METHOD_NOT_ALLOWED", at=CLOSES)

    def test_not_before_the_end(self):
        """After a count nobody votes any more, so that in writing it comes at the end, or when everybody has voted."""
        nine = secretly(5, 4, VOTERS[:9])
        refused(opened_in_writing(), nine, "TOO_EARLY", at=CLOSES - MICROSECOND, says=["2026-03-12"])
        for late in (CLOSES, CLOSES + timedelta(days=1)):
            case = done(opened_in_writing(), (nine, late))
            assert done(case, (CloseVote(), late)).outcome == "was_carried"
        assert done(opened_in_writing(), (EVERYBODY, OPENS), (CloseVote(), OPENS)).outcome == "was_carried"

    def test_everybody_who_may_vote(self):
        """Whoever is recused is not waited for; where ballots may still be changed, the end is."""
        nine = secretly(5, 4, VOTERS[:9])
        recused = done(opened_in_writing(), (Recuse("m-10", "亲属"), START))
        assert done(recused, (nine, OPENS)).phase == "counted"
        refused(opened_in_writing(changeable=True), EVERYBODY, "TOO_EARLY", at=OPENS)
        void = secretly(6, 4, VOTERS, issued=9, returned=10)
        refused(opened_in_writing(), void, "TOO_EARLY", at=OPENS)
        assert done(opened_in_writing(), (void, CLOSES), (CloseVote(), CLOSES)).outcome == "was_void"

    def test_extended_before_it_is_counted(self):
        """Until the count the vote can be extended, and the count then waits for the new end."""
        case = done(opened_in_writing(), (ExtendVote(until=day(12), reason="下雨"), CLOSES))
        nine = secretly(5, 4, VOTERS[:9])
        refused(case, nine, "TOO_EARLY", at=CLOSES)
        assert done(case, (nine, day(12))).phase == "counted"

    def test_a_secret_vote_of_one(self):
        """The totals of one ballot are that person's choice: it is not taken, not even as a void one."""
        for open_, at in ((sitting, HELD), (opened_in_writing, CLOSES)):
            refused(open_(), secretly(1, 0, {"m-05"}), "SECRET_ONE", at=at)
            refused(open_(), secretly(1, 0, {"m-05"}, issued=0, returned=1), "SECRET_ONE", at=at)
            assert done(open_(), (secretly(1, 1, {"m-05", "m-06"}), at)).phase == "counted"
            assert done(open_(), (secretly(0, 0, ()), at)).phase == "counted"
        assert done(sitting(), (CountVotes(for_=1, against=0), HELD)).phase == "counted"

    def test_more_issued_than_there_are_heads(self):
        """A head gets one ballot."""
        case = sitting(VOTERS[:8])
        assert done(case, (CountVotes(for_=8, against=0, issued=10, returned=8), HELD)).phase == "counted"
        refused(
            case, CountVotes(for_=8, against=0, issued=11, returned=8), "COUNT_MISMATCH", at=HELD, says=["11", "10"]
        )

    def test_recused_members_are_not_counted(self):
        """Whoever is recused is out of entitled where hands are counted too."""
        case = done(
            sitting(), (Recuse("m-01", "亲属"), HELD), (CountVotes(for_=9, against=0), HELD), (CloseVote(), HELD)
        )
        assert ruled(case).tally.get(ENTITLED) == 9

    def test_after_the_count_comes_the_close(self):
        """Once counted, nothing but a recount and the close can follow: no ballot, no arrival, no extension."""
        case = done(sitting(), (CountVotes(for_=5, against=2), HELD))
        refused(case, CountVotes(for_=9, against=0), "ALREADY_COUNTED", at=HELD)
        for action in (
            ballots("m-01"),
            TakeAttendance(VOTERS),
            Recuse("m-01", "?"),
            ExtendVote(until=day(9), reason="?"),
            ReturnForRevision("?"),
        ):
            refused(case, action, "NOT_NOW", at=HELD)
        refused(case, CastBallot(Choice.FOR), "NOT_NOW", at=HELD, by="m-01")
        assert [duty.action for duty in case.due(HELD)] == ["close_vote"]

    def test_not_beside_ballots_by_name(self):
        """A vote that began by name is not finished by a count."""
        case = done(sitting(), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, CountVotes(for_=5, against=2), "NOT_NOW", at=HELD)

    @pytest.mark.parametrize(("present", "counted"), [(8, 9), (1, 2), (0, 1)])
    def test_more_than_were_present(self, present, counted):
        """One hand more than heads is refused, and both numbers are told."""
        case = sitting(VOTERS[:present])
        count = CountVotes(for_=counted, against=0)
        refused(case, count, "COUNT_MISMATCH", at=HELD, says=[str(counted), str(present)])
        assert done(case, (CountVotes(for_=present, against=0), HELD)).phase == "counted"

    @pytest.mark.parametrize("mark", ["against", "abstaining", "invalid"])
    def test_every_mark_is_a_ballot(self, mark):
        """Votes against, abstentions and invalid ballots are counted as ballots: one more than those present is refused."""
        nine = {"for_": 9, "against": 0}
        assert done(sitting(), (CountVotes(**{**nine, mark: 1}), HELD)).phase == "counted"
        no = refused(sitting(), CountVotes(**{**nine, mark: 2}), "COUNT_MISMATCH", at=HELD, says=["11", "10"])
        assert ("到会人数" in no.explain("zh"), "those present" in no.explain("en")) == (True, True)

    def test_more_than_could_vote_in_writing(self):
        """In writing the bound is the roll without those recused."""
        case = done(opened_in_writing(), (Recuse("m-01", "亲属"), START))
        ten = secretly(10, 0, VOTERS)
        no = refused(case, ten, "COUNT_MISMATCH", "RECUSED", at=CLOSES, says=["10", "9"])
        assert ("可表决人数" in no.explain("zh"), "those present" in no.explain("en")) == (True, False)

    @pytest.mark.parametrize("off", [-1, 1])
    def test_the_list_of_voters_has_another_length(self, off):
        """As many ballots as people who voted: one more or one less is refused."""
        count = CountVotes(for_=7 + off, against=0, method="secret", voters=VOTERS[:7])
        refused(sitting(), count, "COUNT_MISMATCH", at=HELD, says=[str(7 + off), "7"])

    @pytest.mark.parametrize("off", [-1, 1])
    def test_another_number_came_back(self, off):
        """What was counted is what came back."""
        count = CountVotes(for_=7, against=0, issued=10, returned=7 + off)
        refused(sitting(), count, "COUNT_MISMATCH", at=HELD, says=["7", str(7 + off)])

    def test_voters_who_may_not_vote(self):
        """A list of voters that names a stranger or somebody absent is refused, each by name."""
        count = CountVotes(for_=3, against=0, method="secret", voters={"m-01", "m-09", "x-1"})
        refused(sitting(VOTERS[:8]), count, "NOT_PRESENT", "NOT_ON_ROLL", at=HELD, says=["m-09", "x-1"])

    def test_a_rule_by_area(self):
        """Hands weigh nothing: a rule by area needs ballots by name (trap 53)."""
        case = take(
            courtyard(attrs.evolve(courtyard().procedure, stages=[
                attrs.evolve(stage, methods=Method) if stage.id == "resolve" else stage
                for stage in courtyard().procedure.stages
            ])),
            courtyard_steps(),
            lambda case: case.state == "resolve.called",
        )  # fmt: skip
        everybody = [member.id for member in case.progress.sitting.roll]
        no = refused(case, secretly(9, 1, everybody), "SECRET_WEIGHTED", at=day(46), says=["area"])
        assert "RecordBallots" in no.explain("zh")
        meeting = Rule(quorum=None, passage=FOR.by("area") > HALF * PRESENT.by("area"), citation=CITED)
        case = done(
            alone(assembly(rule=meeting), rolls={"assembly": Roll("assembly", list(owners()))}),
            (Convene(held_at=HELD), START),
            (TakeAttendance(everybody), HELD),
        )
        refused(case, CountVotes(for_=9, against=1), "WEIGHTED_COUNT", at=HELD, says=["area"])

    def test_every_fault_is_told(self):
        """Method, agenda, number, list and box: all at once."""
        count = secretly(20, 0, {"m-01", "m-02"}, issued=9, returned=4, item="2026-009")
        refused(
            sitting(methods=["by_name"]),
            count,
            "METHOD_NOT_ALLOWED",
            "NOT_ON_AGENDA",
            "COUNT_MISMATCH",
            "COUNT_MISMATCH",
            "COUNT_MISMATCH",
            at=HELD,
            says=["20", "10", "2", "4"],
        )

    @pytest.mark.parametrize(
        "bad",
        [
            {"for_": -1},
            {"for_": True},
            {"for_": 1.0},
            {"for_": "1"},
            {"against": None},
            {"abstaining": -1},
            {"invalid": -1},
            {"issued": -1},
            {"returned": True},
            {"method": "by_name"},
            {"method": "telepathy"},
            {"method": "secret"},
            {"voters": "m-01"},
            {"item": ""},
        ],
        ids=str,
    )
    def test_counts_that_cannot_be(self, bad):
        """Negative counts, truth values, a secret vote without its voters: none of it can be built."""
        with pytest.raises(YizhengError):
            CountVotes(**{"for_": 1, "against": 0, **bad})


class TestClose:
    """CloseVote: counted and judged, never before its time (design part 6; traps 47, 69, 70)."""

    def test_without_attendance(self):
        """A meeting whose attendance was never taken cannot be judged."""
        refused(called(), CloseVote(), "NO_ATTENDANCE", at=HELD)

    def test_while_it_runs(self):
        """Before its end a vote that could still turn is not closed; at its end it is."""
        case = done(opened_in_writing(), (ballots(*VOTERS[:5]), HELD))
        refused(case, CloseVote(), "VOTE_RUNNING", at=CLOSES - MICROSECOND)
        assert ruled(done(case, (CloseVote(), CLOSES))).outcome is Outcome.INQUORATE

    def test_early_because_it_is_settled(self):
        """With seven of ten in, all for, four in favour would carry: it is closed at once (two thirds and a majority)."""
        six = done(opened_in_writing(), (ballots(*VOTERS[:6]), HELD))
        refused(six, CloseVote(), "VOTE_RUNNING", at=HELD)
        assert done(six, (CastBallot(Choice.FOR), HELD, "m-07"), (CloseVote(), HELD)).outcome == "was_carried"

    @given(st.lists(st.sampled_from(Choice), min_size=0, max_size=5))
    def test_law_of_the_early_close(self, choices):
        """It is closed early only where every completion gives the same outcome (against every completion, one by one)."""
        body = roll("assembly", VOTERS[:5])
        case = alone(assembly(rule=WRITTEN, modes=Mode), rolls={"assembly": body})
        case = done(case, (Convene(held_at=OPENS, until=CLOSES, mode="written"), START))
        for member, choice in zip(VOTERS, choices, strict=False):
            case = done(case, (CastBallot(choice), HELD, member))
        out = 5 - len(choices)
        outcomes = {
            WRITTEN.judge(body.tally(dict(zip(VOTERS, [*choices, *rest], strict=False)))).outcome
            for number in range(out + 1)
            for rest in _choices(number)
        }
        if len(outcomes) == 1:
            assert ruled(done(case, (CloseVote(), HELD))).outcome in outcomes
        else:
            refused(case, CloseVote(), "VOTE_RUNNING", at=CLOSES - MICROSECOND)

    def test_before_it_opens(self):
        """A vote that is settled because nobody may vote is not closed before it opens either."""
        case = opened_in_writing()
        for member in VOTERS:
            case = done(case, (Recuse(member, "全体利害关系"), START))
        refused(case, CloseVote(), "TOO_EARLY", at=OPENS - MICROSECOND)
        assert ruled(done(case, (CloseVote(), OPENS))).outcome is Outcome.INQUORATE

    def test_a_tie_is_lost(self):
        """Five to five is lost, and said to be a tie (domain E17; trap 6)."""
        case = done(sitting(), (CountVotes(for_=5, against=5), HELD), (CloseVote(), HELD))
        assert (case.outcome, ruled(case).tie) == ("was_lost", True)

    @pytest.mark.parametrize(("for_", "outcome"), [(4, "lost"), (5, "lost"), (6, "carried")])
    def test_more_than_half_of_those_present(self, for_, outcome):
        """Half is not more than half (Civil Code art. 1259): one below, exactly at, and one above."""
        case = done(sitting(), (CountVotes(for_=for_, against=10 - for_), HELD), (CloseVote(), HELD))
        assert case.outcome == f"was_{outcome}"

    @pytest.mark.parametrize(("present", "outcome"), [(4, "inquorate"), (5, "inquorate"), (6, "carried")])
    def test_more_than_half_present(self, present, outcome):
        """Five of ten are no quorum where more than half must come."""
        case = done(sitting(VOTERS[:present]), (CountVotes(for_=present, against=0), HELD), (CloseVote(), HELD))
        assert ruled(case).outcome.value == outcome

    def test_nobody_voted(self):
        """Ten came and nobody voted: nothing is carried (traps 17, 21, 24)."""
        assert done(sitting(), (CloseVote(), HELD)).outcome == "was_lost"

    def test_all_abstained(self):
        """Ten abstentions carry nothing (traps 18 to 20)."""
        case = done(sitting(), (ballots(*VOTERS, choice="abstain"), HELD), (CloseVote(), HELD))
        assert case.outcome == "was_lost"

    def test_a_large_share(self):
        """A share of 10^9ths is exact."""
        share = Fraction(10**9 - 1, 10**9)
        rule = Rule(quorum=None, passage=FOR >= share * PRESENT, citation=CITED)
        for for_, outcome in ((9, "lost"), (10, "carried")):
            case = done(sitting(rule=rule), (CountVotes(for_=for_, against=10 - for_), HELD), (CloseVote(), HELD))
            assert case.outcome == f"was_{outcome}"

    def test_ballots_issued_and_returned(self):
        """Votes by name know the box too: more back than were given out void the vote, and the ruling says the numbers."""
        case = done(sitting(), (ballots(*VOTERS[:8]), HELD))
        for box, outcome in ((8, "carried"), (7, "void")):
            closed = done(case, (CloseVote(issued=box, returned=8), HELD))
            assert closed.outcome == f"was_{outcome}"
            assert (ruled(closed).tally.issued, ruled(closed).tally.returned) == (box, 8)
            assert Case.replay(closed.entries) == closed
        assert all(f"{word}" in ruled(closed).explain("zh") for word in (7, 8))

    def test_by_area(self):
        """The owners' paper vote, which is by name since area counts, is void likewise."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "resolve.voting")
        closed = done(case, (CloseVote(issued=9, returned=10), day(46)))
        assert closed.entries[-1].effect.outcome == "void"

    def test_returned_and_not_entered(self):
        """What came back and could not be entered is returned too; fewer than were entered is no count."""
        case = done(sitting(), (ballots(*VOTERS[:8]), HELD))
        assert done(case, (CloseVote(returned=9), HELD)).outcome == "was_carried"
        assert ruled(done(case, (CloseVote(issued=8), HELD))).tally.issued == 8
        refused(case, CloseVote(issued=10, returned=7), "COUNT_MISMATCH", at=HELD, says=["8", "7"])
        refused(case, CloseVote(issued=7), "COUNT_MISMATCH", at=HELD, says=["8", "7"])
        refused(case, CloseVote(issued=11, returned=8), "COUNT_MISMATCH", at=HELD, says=["11", "10"])

    def test_beside_a_count(self):
        """A count that has said it says it once; beside one that has not, the box is held against the count."""
        counted = done(sitting(), (CountVotes(for_=6, against=2, issued=9, returned=8), HELD))
        refused(counted, CloseVote(issued=9, returned=8), "BOX_COUNTED", at=HELD)
        silent = done(sitting(), (CountVotes(for_=6, against=2), HELD))
        assert ruled(done(silent, (CloseVote(issued=9, returned=8), HELD))).tally.issued == 9
        refused(silent, CloseVote(issued=10, returned=9), "COUNT_MISMATCH", at=HELD, says=["8", "9"])
        assert done(silent, (CloseVote(issued=8, returned=9), HELD)).outcome == "was_void"

    def test_void_while_it_runs(self):
        """Two typed numbers end no vote before its time."""
        case = done(opened_in_writing(), (ballots(*VOTERS[:8]), OPENS))
        refused(case, CloseVote(issued=8, returned=9), "VOTE_RUNNING", at=CLOSES - MICROSECOND)
        assert done(case, (CloseVote(issued=8, returned=9), CLOSES)).outcome == "was_void"
        assert done(case, (CloseVote(issued=9, returned=8), OPENS)).outcome == "was_carried"

    def test_not_said(self):
        """Where the box was not counted, nothing of it is stored; what cannot be counted cannot be given."""
        closed = done(sitting(), (CloseVote(), HELD))
        assert b"issued" not in closed.entries[-1].payload
        assert b"returned" not in closed.entries[-1].payload
        for bad in ({"issued": -1}, {"returned": True}, {"returned": 1.0}, {"issued": "1"}):
            with pytest.raises(YizhengError):
                CloseVote(**bad)

    def test_what_a_public_record_cannot_count(self):
        """A record whose ballots were withheld is not counted as if there were none: the full record is."""
        case = done(opened_in_writing(), (CastBallot(Choice.FOR), HELD, "m-01"), (CastBallot(Choice.FOR), HELD, "m-02"))
        public = Case.replay(case.redacted())
        refused(public, CloseVote(), "WITHHELD", at=CLOSES, says=["2"])

    def test_what_a_public_record_of_paper_ballots_cannot_count(self):
        """Ballots from paper that were withheld are not counted as if nobody had voted."""
        case = done(opened_in_writing(), (ballots(*VOTERS[:7]), HELD))
        refused(Case.replay(case.redacted()), CloseVote(), "WITHHELD", at=CLOSES, says=["1"])
        case = done(case, (ballots("m-08"), HELD), (CastBallot(Choice.FOR), HELD, "m-09"))
        refused(Case.replay(case.redacted()), CloseVote(), "WITHHELD", at=CLOSES, says=["3"])

    def test_what_is_printed_by_the_way(self):
        """A progress that lands in a log tells how many voted, and nobody's choice."""
        case = done(sitting(), (CastBallot(Choice.AGAINST), HELD, "m-01"), (ballots("m-02", choice="abstain"), HELD))
        assert "2 ballots" in repr(case.progress)
        assert not any(word in repr(case.progress) for word in ("against", "abstain", "AGAINST"))


def _choices(number: int):
    if number == 0:
        yield ()
        return
    for rest in _choices(number - 1):
        for choice in Choice:
            yield (choice, *rest)


class TestWithdrawal:
    """Withdraw: before the deciding vote opens (domain E28)."""

    @pytest.mark.parametrize("case", [alone(assembly()), called(), sitting()], ids=str)
    def test_before_the_first_ballot(self, case):
        """Until the vote opens the matter can be taken back, with a reason."""
        assert done(case, (Withdraw("另有安排"), HELD)).outcome == "withdrawn"

    @pytest.mark.parametrize("action", [ballots("m-01"), CountVotes(for_=9, against=0)], ids=lambda action: action.kind)
    def test_after_the_first_ballot(self, action):
        """Once a ballot or a count is in, it cannot."""
        refused(done(sitting(), (action, HELD)), Withdraw("看来要输"), "VOTE_OPENED", at=HELD)

    def test_in_writing(self):
        """In writing the vote opens at its announced moment, whether or not a ballot has been entered."""
        case = opened_in_writing()
        assert done(case, (Withdraw("另有安排"), OPENS - MICROSECOND)).outcome == "withdrawn"
        refused(case, Withdraw("看来要输"), "VOTE_OPENED", at=OPENS)

    def test_needs_a_reason(self):
        """A withdrawal says why."""
        with pytest.raises(YizhengError):
            done(sitting(), (Withdraw(" "), HELD))


class TestReasons:
    """Acts that put an end to something say why: an empty reason is none."""

    @pytest.mark.parametrize(
        "action",
        [
            lambda: Recuse("m-01", ""),
            lambda: ReturnForRevision(" "),
            lambda: ExtendVote(until=CLOSES, reason=Text("", "")),
        ],
        ids=["recuse", "return_for_revision", "extend_vote"],
    )
    def test_empty(self, action):
        """Recusal, return and extension need a reason in words."""
        with pytest.raises(YizhengError):
            action()
