"""Silence in a written vote: service is recorded, and the close says both readings (domain E04, E05; cases invented)."""

from datetime import timedelta
from fractions import Fraction

import attrs
import pytest

from walks import (
    CITED,
    MICROSECOND,
    START,
    VOTERS,
    WRITTEN,
    alone,
    assembly,
    called,
    day,
    done,
    opened_in_writing,
    refused,
    sitting,
)
from yizheng import Case, Citation, Text
from yizheng.errors import InvalidValue, YizhengError
from yizheng.record import minutes
from yizheng.rules import CAST, ENTITLED, FOR, SILENT, Choice, Deeming, Outcome, Silence
from yizheng.rules.deeming import found
from yizheng.stages import CloseVote, Convene, CountVotes, ExtendVote, RecordBallots, RecordService, Recuse
from yizheng.stages.deliberation.counting import tally_of

OPENS, CLOSES = day(3), day(10)
WARNED = Text("逾期不表决的，视为同意多数意见", "who does not vote by the end follows the majority")
BY_LAW = Citation(instrument=Text("议事规则（示例）", "rules of procedure (invented)"), article="12")
FOLLOW = Silence("majority", basis=BY_LAW, warning=WARNED)


def served(*members: str, **changes) -> RecordService:
    """Ballots handed to members, with the words that the by-law prescribes."""
    return RecordService(members, **{"how": "by_hand", "warning": WARNED, "evidence": "回执 1-9", **changes})


def voted(*members: str, choice=Choice.FOR) -> RecordBallots:
    """Paper ballots that all say the same."""
    return RecordBallots(dict.fromkeys(members, choice), channel="paper", evidence="票箱 1")


def ruled(case: Case):
    """The ruling of the last entry."""
    return case.entries[-1].effect.ruling


class TestWorkflow:
    """Service, ballots, the close: those served and silent follow the majority."""

    def test_it_decides(self):
        """Three of ten voted for it; four who were served follow them: seven are two thirds of ten."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS[3:7]), START), (voted(*VOTERS[:3]), OPENS))
        case = done(case, (CloseVote(), CLOSES))
        ruling = ruled(case)
        assert (case.outcome, ruling.by_silence) == ("was_carried", True)
        assert (ruling.tally.number(FOR), ruling.tally.number(SILENT)) == (7, 3)
        assert (ruling.otherwise.outcome, ruling.otherwise.tally.number(CAST)) == (Outcome.INQUORATE, 3)
        assert Case.replay(case.entries) == case

    def test_one_fewer_served(self):
        """With three served six of ten take part, which is short of two thirds, by either reading."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS[3:6]), START), (voted(*VOTERS[:3]), OPENS))
        ruling = ruled(done(case, (CloseVote(), CLOSES)))
        assert (ruling.outcome, ruling.by_silence) == (Outcome.INQUORATE, False)

    def test_nobody_was_served(self):
        """Without a record of service the by-law makes nothing of silence."""
        case = done(opened_in_writing(silence=FOLLOW), (voted(*VOTERS[:3]), OPENS), (CloseVote(), CLOSES))
        assert (ruled(case).outcome, found(ruled(case).tally)) == (Outcome.INQUORATE, Deeming.NOBODY)

    def test_served_and_voted(self):
        """Who was served and voted has voted, and nothing else."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START), (voted(*VOTERS[:6]), OPENS))
        case = done(case, (voted("m-07", choice="against"), OPENS), (CloseVote(), CLOSES))
        assert (ruled(case).tally.number(FOR), ruled(case).tally.deemed.number("heads")) == (9, 3)

    def test_while_the_vote_runs(self):
        """Service may be recorded while ballots come in, and later, for the moment at which it was made."""
        case = done(opened_in_writing(silence=FOLLOW), (voted(*VOTERS[:3]), OPENS), (served(*VOTERS[3:5]), day(4)))
        case = case.act(served(*VOTERS[5:7]), at=day(5), recorded_at=day(9), by="sec-1", salt=b"1" * 16)
        assert ruled(done(case, (CloseVote(), CLOSES))).outcome is Outcome.CARRIED

    def test_a_secret_count_in_writing(self):
        """Who voted is noted, so that who was silent is known; what anybody chose is not."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START))
        count = CountVotes(for_=2, against=1, method="secret", voters=VOTERS[:3])
        ruling = ruled(done(case, (count, CLOSES), (CloseVote(), CLOSES)))
        assert (ruling.tally.number(FOR), ruling.tally.number(SILENT), ruling.by_silence) == (9, 0, True)

    def test_a_count_while_others_may_still_vote(self):
        """Nobody is barred from voting by a count and then deemed to have been silent."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START))
        count = CountVotes(for_=2, against=0, method="secret", voters=VOTERS[:2])
        refused(case, count, "TOO_EARLY", at=CLOSES - MICROSECOND)
        assert done(case, (served("m-04"), CLOSES), (voted("m-04"), CLOSES)).phase == "voting"

    def test_a_count_without_a_list(self):
        """Where nobody noted who voted, nobody knows who was silent, and the words say just that."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START))
        # Such a count is refused today; records from before may hold one.
        sitting_ = attrs.evolve(case.progress.sitting, count=CountVotes(for_=3, against=0))
        tally = tally_of(case.procedure.stages[0], sitting_, case.progress, silence=FOLLOW)
        ruling = WRITTEN.judge(tally)
        assert (ruling.tally.number(FOR), ruling.by_silence, found(tally)) == (3, False, Deeming.UNKNOWN)
        assert "没有记录谁投了票，无从知道谁未表决" in ruling.explain("zh")
        assert "Nobody noted who voted" in ruling.explain("en")
        assert "未送达" not in ruling.explain("zh")
        assert "served" not in ruling.explain("en")

    def test_a_void_vote(self):
        """More ballots came back than were issued: nothing is made of silence, and the vote is void."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS[:2]), START))
        count = CountVotes(for_=3, against=0, method="secret", voters=VOTERS[:3], issued=2, returned=3)
        refused(case, count, "TOO_EARLY", at=OPENS)
        assert ruled(done(case, (count, CLOSES), (CloseVote(), CLOSES))).outcome is Outcome.VOID

    def test_a_void_vote_by_name(self):
        """The same where the ballots were entered by name."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS[:7]), START), (voted(*VOTERS[:3]), OPENS))
        ruling = ruled(done(case, (CloseVote(issued=7, returned=8), CLOSES)))
        assert (ruling.outcome, ruling.tally.deemed, ruling.tally.number(FOR)) == (Outcome.VOID, None, 3)
        assert ruled(done(case, (CloseVote(issued=7, returned=7), CLOSES))).by_silence

    def test_fewer_issued_than_served(self):
        """Who was served was given a ballot, so that fewer cannot have been given out."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START))
        count = CountVotes(for_=0, against=0, method="secret", voters=(), issued=9, returned=0)
        refused(case, count, "COUNT_MISMATCH", at=CLOSES, says=["9", "10"])
        refused(case, CloseVote(issued=0, returned=1), "COUNT_MISMATCH", at=CLOSES, says=["0", "10"])

    def test_the_recused_are_not_deemed(self):
        """Whoever is recused is out, served or not."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START), (Recuse("m-10", "亲属"), START))
        ruling = ruled(done(case, (voted(*VOTERS[:3]), OPENS), (CloseVote(), CLOSES)))
        assert (ruling.tally.number(FOR), ruling.tally.number(ENTITLED)) == (9, 9)
        count = CountVotes(for_=3, against=0, method="secret", voters=VOTERS[:3])
        assert ruled(done(case, (count, CLOSES), (CloseVote(), CLOSES))).tally.number(FOR) == 9

    def test_closed_early(self):
        """Before the end nobody is silent yet: a vote that is settled closes on the ballots cast."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START), (voted(*VOTERS[:7]), OPENS))
        ruling = ruled(done(case, (CloseVote(), OPENS)))
        assert (ruling.outcome, ruling.tally.deemed, ruling.tally.number(FOR)) == (Outcome.CARRIED, None, 7)

    def test_not_settled_by_silence(self):
        """Those served may still vote, so that the vote runs to its end."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS), START), (voted(*VOTERS[:3]), OPENS))
        refused(case, CloseVote(), "VOTE_RUNNING", at=CLOSES - MICROSECOND)

    def test_called_again(self):
        """A second call is served anew."""
        case = done(opened_in_writing(silence=FOLLOW), (served("m-04"), START), (voted(*VOTERS[:3]), OPENS))
        case = done(case, (CloseVote(), CLOSES), (Convene(held_at=day(12), until=day(15), mode="written"), CLOSES))
        assert len(case.progress.served) == 0


class TestService:
    """Who was served, when, how, with which words; a tenant is no owner (E05)."""

    def test_taken_by_somebody_else(self):
        """It stays in the record and counts for nothing, unless the by-law takes substitutes."""
        for substitutes, outcome in ((False, Outcome.INQUORATE), (True, Outcome.CARRIED)):
            case = opened_in_writing(silence=attrs.evolve(FOLLOW, substitutes=substitutes))
            case = done(case, (served(*VOTERS[3:7], to="租户"), START), (voted(*VOTERS[:3]), OPENS))
            assert case.entries[-2].action.to == "租户"
            assert ruled(done(case, (CloseVote(), CLOSES))).outcome is outcome

    def test_other_words(self):
        """Service that announced something else than the by-law prescribes is refused, and both are told."""
        no = refused(
            opened_in_writing(silence=FOLLOW),
            served("m-04", warning="请投票"),
            "WRONG_WARNING",
            at=START,
            says=["请投票"],
        )
        assert WARNED.zh in no.explain("zh")

    def test_any_words(self):
        """Where the by-law prescribes no words, any that announce it do."""
        case = opened_in_writing(silence=attrs.evolve(FOLLOW, warning=None))
        assert len(done(case, (served("m-04", warning="逾期视为同意"), START)).progress.served) == 1

    def test_too_late(self):
        """Service entered at the end is the last that counts; entered a microsecond later it is late, whenever it was made."""
        case = opened_in_writing(silence=FOLLOW)
        assert len(done(case, (served("m-04"), CLOSES)).progress.served) == 1
        refused(case, served("m-04"), "TOO_LATE", at=CLOSES + MICROSECOND)
        entered_late = {"at": CLOSES - timedelta(days=1), "recorded_at": CLOSES + MICROSECOND}
        refused(case, served("m-04"), "TOO_LATE", **entered_late)
        longer = done(case, (ExtendVote(until=day(12), reason="下雨"), CLOSES))
        assert len(done(longer, (served("m-04"), CLOSES + MICROSECOND)).progress.served) == 1

    def test_strangers(self):
        """Nobody is served who is not on the roll."""
        refused(opened_in_writing(silence=FOLLOW), served("m-04", "x-9"), "NOT_ON_ROLL", at=START, says=["x-9"])

    @pytest.mark.parametrize("case", [opened_in_writing(), called(silence=FOLLOW)], ids=["no policy", "a meeting"])
    def test_where_nothing_is_made_of_silence(self, case):
        """Without a policy, and at a meeting, service has no consequence, and recording it is refused."""
        refused(case, served("m-04"), "NO_SILENCE", at=START)

    def test_a_meeting_closes_as_ever(self):
        """At a meeting the policy changes nothing."""
        case = done(sitting(silence=FOLLOW), (CountVotes(for_=4, against=2), OPENS), (CloseVote(), OPENS))
        assert (ruled(case).tally.deemed, case.outcome) == (None, "was_lost")

    @pytest.mark.parametrize(
        "bad",
        [{"members": []}, {"members": "m-04"}, {"how": ""}, {"warning": " "}, {"evidence": ""}, {"to": ""}],
        ids=str,
    )
    def test_records_that_cannot_be(self, bad):
        """Somebody, in some way, with some words, and something to show for it."""
        given = {"members": {"m-04"}, "how": "by_hand", "warning": WARNED, "evidence": "1", **bad}
        with pytest.raises(YizhengError):
            RecordService(given.pop("members"), **given)


class TestFloor:
    """Zhejiang 2009: nobody is deemed anything unless those who really voted exceed half (E05)."""

    @pytest.mark.parametrize(("cast", "came"), [(5, Deeming.FLOOR), (6, Deeming.DEEMED)])
    def test_more_than_half(self, cast, came):
        """Five of ten are not more than half; six are."""
        policy = attrs.evolve(FOLLOW, floor=CAST > Fraction(1, 2) * ENTITLED)
        case = done(opened_in_writing(silence=policy), (served(*VOTERS), START), (voted(*VOTERS[:cast]), OPENS))
        assert found(ruled(done(case, (CloseVote(), CLOSES))).tally) is came

    def test_a_floor_that_the_roll_cannot_answer(self):
        """A floor by area needs a roll with areas, and is refused at the call; a meeting does not need it."""
        policy = attrs.evolve(FOLLOW, floor=CAST.by("area") > Fraction(1, 2) * ENTITLED.by("area"))
        case = alone(assembly(rule=WRITTEN, modes=["written", "in_person"], silence=policy))
        refused(case, Convene(held_at=OPENS, until=CLOSES, mode="written"), "RULE_UNFIT", at=START, says=["area"])
        assert done(case, (Convene(held_at=OPENS), START)).phase == "called"


class TestOldProcedures:
    """A procedure that gives service to no office is what it was."""

    def test_has_no_place(self):
        """Nobody may record service there, nothing lists it, and the definition is sound without it."""
        case = opened_in_writing()
        procedure = case.procedure
        offices = [attrs.evolve(office, may=office.may - {"record_service"}) for office in procedure.offices]
        without = procedure.to_data() | {"offices": None}
        assert "record_service" in procedure.actions()
        bare = type(procedure)(
            **{
                field: getattr(procedure, field)
                for field in ("id", "title", "stages", "routes", "ends", "bodies", "deciding", "withdrawn", "corrected")
            },
            offices=offices,
        )
        assert "record_service" not in bare.actions()
        assert "record_service" not in bare.machine().events
        assert without["stages"] == bare.to_data()["stages"]


class TestMinutes:
    """The minutes tell of service, and give both readings."""

    def test_in_both_languages(self):
        """How, upon whom, with which words; who did not count; and that silence decided it."""
        case = done(
            opened_in_writing(silence=FOLLOW),
            (served(*VOTERS[3:7]), START),
            (served("m-08", to="租户"), START),
            (voted(*VOTERS[:3]), OPENS),
            (CloseVote(), CLOSES),
        )
        zh, en = (minutes(case.entries, language=language) for language in ("zh", "en"))
        assert "记录送达（当面送达，凭据" in zh
        assert "依规约不算送达" in zh
        assert "本次结果取决于未表决者被视为的表示" in zh
        assert "recorded service (by hand, evidence" in en
        assert "By the by-law this is no service" in en
        assert "so that the deemed votes decide it" in en

    def test_the_public_sees_totals(self):
        """A public record gives the same ruling, and nobody's choice."""
        case = done(opened_in_writing(silence=FOLLOW), (served(*VOTERS[3:7]), START))
        case = done(case, (voted(*VOTERS[:3]), OPENS), (CloseVote(), CLOSES + timedelta(hours=1)))
        public = Case.replay(case.redacted())
        assert ruled(public) == ruled(case)
        assert all(choice is None for choice in public.progress.ballots.values()) or not public.progress.ballots


def test_a_policy_without_words_cannot_be():
    """An article without a number is none."""
    with pytest.raises(InvalidValue):
        Silence("for", basis=attrs.evolve(CITED, article=""))
