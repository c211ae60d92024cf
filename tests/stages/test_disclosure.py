"""Disclosure (公开 公示): posting, its period, objections, and the end. The cases are invented."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from walks import (
    BOARD,
    DECIDED,
    MICROSECOND,
    NEW_LAW,
    NEW_YEAR,
    NEWER,
    OLD_LAW_ENDS,
    SHANGHAI,
    START,
    alone,
    courtyard,
    courtyard_steps,
    day,
    days,
    done,
    refused,
    take,
)
from yizheng import Case, Citation, Period, WorkingCalendar
from yizheng.errors import YizhengError
from yizheng.stages import (
    Abandon,
    AdoptEdition,
    AnswerObjection,
    Assign,
    Channel,
    Disclosure,
    Interrupt,
    Object,
    Post,
    Spend,
    TakeDown,
)

POSTED = Post(channels=BOARD, content="实施措施")
ENDS = day(16, hour=0)
"""The end of fifteen days after the second of March: the midnight after the seventeenth."""


def disclosure(**settings) -> Disclosure:
    """A disclosure of fifteen days."""
    return Disclosure(**{"id": "disclose", "title": "公开", "least": days(15), **settings})


def up(post=POSTED, at=START, **settings) -> Case:
    """A notice has been posted."""
    return done(alone(disclosure(**settings), at=at), (post, at))


class TestWorkflow:
    """A disclosure that goes well (residents' law 2025 art. 34: fifteen days)."""

    def test_posted_objected_answered_taken_down(self):
        """It is posted, objections come from anybody, each is answered, and it is taken down: clear."""
        case = done(
            up(),
            (Object("车位太少"), day(2), "tenant-7"),
            (Object("太贵", author="1-103"), day(3)),
            (AnswerObjection("x1", "消防通道不能再加", upheld=False), day(4)),
            (AnswerObjection("x2", "见预算", upheld=False), day(4)),
            (TakeDown(), ENDS),
        )
        assert case.outcome == "was_clear"
        assert Case.replay(case.entries) == case

    def test_the_period_is_kept_in_the_entry(self):
        """The edition that was taken and the end that was reckoned stand in the entry."""
        effect = up().entries[-1].effect
        assert (effect.periods["least"], effect.due["ends"]) == (days(15), ENDS)

    def test_upheld(self):
        """One objection that is right is enough."""
        case = done(
            up(),
            (Object("少算一户"), day(2), "a"),
            (Object("太贵"), day(2), "b"),
            (AnswerObjection("x1", "确实少算", upheld=True), day(3)),
            (AnswerObjection("x2", "不贵", upheld=False), day(3)),
            (TakeDown(), ENDS),
        )
        assert case.outcome == "was_upheld"

    def test_who_objects_is_private(self):
        """The public reads the objection, and not whose it is."""
        case = done(up(), (Object("不公"), day(1), "resident-1"), (Object("不公", author="resident-2"), day(1)))
        assert not any(b"resident-" in entry.payload for entry in case.entries)

    def test_a_notice_that_is_served_once(self):
        """A period of nought ends at once, for what is only told (书面告知)."""
        case = up(least=days(0))
        assert done(case, (TakeDown(), START)).outcome == "was_clear"

    def test_what_is_due(self):
        """First the posting; then every answer, by its date where one is set, and the end of the period."""
        assert [duty.action for duty in alone(disclosure()).due(START)] == ["post"]
        case = done(up(answer=days(3)), (Object("不公"), day(1), "a"))
        answer, down = case.due(day(5, hour=0))
        assert (answer.action, answer.ref, answer.until, answer.overdue) == (
            "answer_objection",
            "x1",
            day(5, hour=0),
            False,
        )
        assert (down.action, down.since) == ("take_down", ENDS)
        assert case.due(day(5, hour=0) + MICROSECOND)[0].overdue
        broken = done(case, (Interrupt("大风"), day(2)))
        assert [duty.action for duty in broken.due(START)] == ["answer_objection", "post"]
        assert disclosure().due("closed", up().progress) == ()


class TestPosting:
    """Post: where, what, and for how long."""

    def test_a_foreign_channel(self):
        """Only the channels of the stage may be used."""
        case = alone(disclosure(channels=["bulletin_board"]))
        post = Post(channels={"bulletin_board", "broadcast"}, content="措施")
        refused(case, post, "UNKNOWN_CHANNEL", at=START, says=["broadcast", "bulletin_board"])

    def test_a_required_channel(self):
        """What must hang on the board hangs there."""
        case = alone(disclosure(required=["bulletin_board"]))
        refused(case, Post(channels={"online"}, content="措施"), "MISSING_CHANNEL", at=START, says=["bulletin_board"])
        both = Post(channels={"online", "bulletin_board"}, content="措施")
        assert done(case, (both, START)).phase == "posted"

    @pytest.mark.parametrize("settings", [{}, {"required": ["bulletin_board"]}], ids=str)
    def test_no_channel(self, settings):
        """A notice that is posted nowhere tells nobody."""
        refused(alone(disclosure(**settings)), Post(channels=(), content="措施"), "MISSING_CHANNEL", at=START)

    def test_every_fault_is_told(self):
        """A wrong channel, a missing one, and no edition."""
        stage = disclosure(
            channels=["bulletin_board"], required=["bulletin_board"], least=days(15, since=date(2027, 1, 1))
        )
        post = Post(channels={"online"}, content="措施")
        refused(alone(stage), post, "UNKNOWN_CHANNEL", "MISSING_CHANNEL", "NO_EDITION", at=START)

    def test_a_channel_that_is_required_and_not_allowed(self):
        """A stage that requires a channel that it does not allow cannot be built: nobody could ever post there."""
        with pytest.raises(YizhengError):
            disclosure(channels=["online"], required=["bulletin_board"])

    @pytest.mark.parametrize(
        "bad",
        [
            {"channels": "online"},
            {"channels": {"telepathy"}},
            {"channels": 5},
            {"content": 5},
            {"document": "notice.pdf"},
            {"document": "A" * 64},
            {"document": 5},
        ],
        ids=str,
    )
    def test_bad_arguments(self, bad):
        """A channel is a channel, and a document is named by its digest."""
        with pytest.raises(YizhengError):
            Post(**{"channels": BOARD, "content": "措施", **bad})

    def test_with_its_document(self):
        """The notice itself can be named by its digest."""
        assert up(attrs.evolve(POSTED, document="0" * 64)).entries[-1].action.document == "0" * 64


class TestPeriod:
    """TakeDown: a disclosure that was cut short has not been made (design part 6; domain E31; Civil Code arts 201, 203)."""

    def test_a_microsecond_early(self):
        """It stays up to the midnight after the fifteenth day."""
        refused(up(), TakeDown(), "CUT_SHORT", at=ENDS - MICROSECOND)
        assert done(up(), (TakeDown(), ENDS)).outcome == "was_clear"

    def test_the_hour_of_the_posting_does_not_matter(self):
        """Posted in the first or the last microsecond of a day, it ends with the same midnight."""
        first, last = day(0, hour=0), day(1, hour=0) - MICROSECOND
        assert up(at=first).progress.ends == up(at=last).progress.ends == ENDS
        assert up(at=last + MICROSECOND).progress.ends == ENDS + timedelta(days=1)

    def test_the_last_day_is_a_holiday(self):
        """By the calendar handed in, the period ends on the first working day after it."""
        calendar = WorkingCalendar(holidays={date(2026, 3, 17), date(2026, 3, 18)})
        case = alone(disclosure()).act(POSTED, at=START, by="sec-1", calendar=calendar)
        assert case.progress.ends == ENDS + timedelta(days=2)

    def test_an_hour_is_lost(self):
        """In New York the night of 8 March 2026 is an hour shorter; the period ends with the midnight all the same."""
        case = done(alone(disclosure(least=days(7)), zone="America/New_York"), (POSTED, START))
        assert case.progress.ends == datetime(2026, 3, 9, 12, tzinfo=SHANGHAI)  # posted on 1 March there, at UTC-5

    def test_over_the_end_of_february_in_a_leap_year(self):
        """Fifteen days from 20 February 2028 end with 6 March, since February has 29 days."""
        at = datetime(2028, 2, 20, 9, tzinfo=SHANGHAI)
        assert up(at=at).progress.ends == datetime(2028, 3, 7, tzinfo=SHANGHAI)

    def test_after_2038(self):
        """Nothing happens in 2038 or 2106 (trap 84)."""
        for year in (2038, 2040, 2107, 2999):
            at = datetime(year, 1, 19, 3, 14, 7, tzinfo=SHANGHAI)
            assert up(at=at).progress.ends == datetime(year, 2, 4, tzinfo=SHANGHAI)

    def test_long_after_the_end(self):
        """A notice that hangs on is a notice: it can be taken down at any time after (trap 82)."""
        assert done(up(), (TakeDown(), ENDS + timedelta(days=400))).outcome == "was_clear"

    def test_the_source_is_told(self):
        """The refusal cites the edition of the period that was taken."""
        old, new = (
            Period(5, citation=Citation(instrument="旧办法", in_force_to=OLD_LAW_ENDS)),
            Period(9, citation=Citation(instrument="新办法", in_force_from=NEW_LAW)),
        )
        for least in ([old, new], [new, old]):
            assert "《新办法》" in refused(up(least=least), TakeDown(), "CUT_SHORT", at=START).explain("zh")


class TestInterruption:
    """Interrupt: the posting came down, and starts again (Chongqing 30)."""

    def test_posted_again(self):
        """After an interruption the whole period runs again, with the same content."""
        case = done(up(), (Interrupt("被风刮掉"), day(10)))
        assert (case.phase, case.progress.ends, case.progress.content) == ("interrupted", None, None)
        again = done(case, (POSTED, day(11)))
        assert again.progress.ends == ENDS + timedelta(days=11)
        refused(again, TakeDown(), "CUT_SHORT", at=ENDS)

    def test_no_end_while_it_is_down(self):
        """What is not posted cannot have been posted long enough."""
        refused(done(up(), (Interrupt("被风刮掉"), day(10))), TakeDown(), "NOT_NOW", at=ENDS)

    def test_twice(self):
        """What is down cannot come down."""
        case = done(up(), (Interrupt("被风刮掉"), day(10)))
        refused(case, Interrupt("又刮"), "NOT_NOW", at=day(10))

    def test_objections_are_heard_and_answered_meanwhile(self):
        """Objections count whether or not the notice hangs at that moment."""
        case = done(
            up(),
            (Interrupt("被风刮掉"), day(10)),
            (Object("不公"), day(10), "a"),
            (AnswerObjection("x1", "公", upheld=False), day(11)),
            (POSTED, day(11)),
        )
        assert done(case, (TakeDown(), ENDS + timedelta(days=11))).outcome == "was_clear"

    def test_after_the_whole_period(self):
        """A notice that hung for its whole period has been made: its coming down then interrupts nothing."""
        assert done(up(), (Interrupt("被撕"), ENDS - MICROSECOND)).phase == "interrupted"
        refused(up(), Interrupt("被撕"), "TOO_LATE", at=ENDS)

    def test_without_a_reason(self):
        """An interruption says why."""
        with pytest.raises(YizhengError):
            done(up(), (Interrupt(""), day(1)))

    def test_by_a_resident(self):
        """The office says that it came down."""
        refused(up(), Interrupt("被撕"), "NOT_IN_OFFICE", at=day(1), by="a")


class TestChange:
    """Changed content starts the period again (design part 6; Chongqing 31)."""

    def test_other_content(self):
        """The period runs from the new posting."""
        case = done(up(), (attrs.evolve(POSTED, content="实施措施（改）"), day(10)))
        assert case.progress.ends == ENDS + timedelta(days=10)
        refused(case, TakeDown(), "CUT_SHORT", at=ENDS)

    def test_the_same_content(self):
        """Posting the same again changes nothing, and is refused."""
        refused(up(), POSTED, "SAME_CONTENT", at=day(1))
        refused(up(), attrs.evolve(POSTED, channels={"online"}), "SAME_CONTENT", at=day(1))

    def test_another_document(self):
        """A notice whose document changed is another notice, though its summary reads the same."""
        case = up(attrs.evolve(POSTED, document="0" * 64))
        assert done(case, (attrs.evolve(POSTED, document="1" * 64), day(1))).progress.ends == ENDS + timedelta(days=1)

    def test_objections_stay(self):
        """Objections to the first content are answered all the same."""
        case = done(up(), (Object("不公"), day(1), "a"), (attrs.evolve(POSTED, content="改"), day(2)))
        refused(case, TakeDown(), "UNANSWERED", at=ENDS + timedelta(days=2), says=["x1"])


class TestObjections:
    """Object and AnswerObjection: every objection is answered before the stage ends (domain E30)."""

    def test_before_the_posting(self):
        """Nobody objects to what is not posted yet: a microsecond early is too early, the instant itself is not."""
        refused(up(), Object("早"), "TOO_EARLY", "BACKDATED", at=START - MICROSECOND, recorded_at=START, by="a")
        assert done(up(), (Object("早"), START, "a")).progress.objections.unanswered == ("x1",)
        refused(alone(disclosure()), Object("早"), "NOT_NOW", at=START, by="a")

    def test_after_the_period(self):
        """As long as the notice has not been taken down, an objection is heard."""
        assert done(up(), (Object("晚"), ENDS + timedelta(days=9), "a")).progress.objections.unanswered == ("x1",)

    def test_in_anothers_name(self):
        """Only the office enters what others objected."""
        refused(up(), Object("不公", author="b"), "NOT_IN_OFFICE", at=day(1), by="a")

    def test_an_id_that_is_taken(self):
        """Two objections cannot have one id; numbers go round those that were given."""
        case = done(up(), (Object("一", id="x2"), day(1), "a"))
        refused(case, Object("二", id="x2"), "DUPLICATE_ID", at=day(1), by="b", says=["x2"])
        assert tuple(done(case, (Object("二"), day(1), "b")).progress.objections) == ("x2", "x3")

    def test_unanswered_at_the_end(self):
        """Every objection without an answer is named, together with a period that has not run out."""
        case = done(
            up(),
            (Object("一"), day(1), "a"),
            (Object("二"), day(1), "b"),
            (AnswerObjection("x1", "好", upheld=False), day(2)),
        )
        refused(case, TakeDown(), "UNANSWERED", at=ENDS, says=["x2"])
        refused(case, TakeDown(), "UNANSWERED", "CUT_SHORT", at=ENDS - MICROSECOND, says=["x2"])

    def test_an_unknown_objection(self):
        """An answer names an objection that is there."""
        case = done(up(), (Object("一"), day(1), "a"))
        refused(case, AnswerObjection("x9", "好", upheld=False), "UNKNOWN_ITEM", at=day(2), says=["x9", "x1"])

    def test_a_second_answer(self):
        """An answer is not overwritten."""
        case = done(up(), (Object("一"), day(1), "a"), (AnswerObjection("x1", "好", upheld=True), day(2)))
        refused(case, AnswerObjection("x1", "不好", upheld=False), "ALREADY_ANSWERED", at=day(2), says=["x1"])

    @pytest.mark.parametrize("upheld", [None, "no", 0, 1])
    def test_upheld_or_not(self, upheld):
        """An answer says yes or no."""
        with pytest.raises(YizhengError):
            AnswerObjection("x1", "好", upheld=upheld)

    def test_without_words(self):
        """An answer gives its reasons."""
        with pytest.raises(YizhengError):
            done(up(), (Object("一"), day(1), "a"), (AnswerObjection("x1", " ", upheld=False), day(2)))

    def test_answered_late(self):
        """A late answer is an answer; that it was due earlier is shown, and is not refused."""
        case = done(up(answer=days(3)), (Object("一"), day(1), "a"))
        assert case.due(day(9))[0].overdue
        assert (
            done(case, (AnswerObjection("x1", "迟复为歉", upheld=False), day(9))).progress.objections.unanswered == ()
        )


class TestEditions:
    """Both periods have dated editions (domain facts 0.9: fifteen days since 2026-01-01)."""

    EDITIONS = (days(5, until=OLD_LAW_ENDS), days(15, since=NEW_LAW))

    def test_posted_in_the_old_year(self):
        """Posted a microsecond before 2026 it hangs five days, although it comes down in 2026."""
        at = NEW_YEAR - MICROSECOND
        assert up(at=at, least=self.EDITIONS).progress.ends == datetime(2026, 1, 6, tzinfo=SHANGHAI)

    def test_opened_in_the_old_year_and_posted_in_the_new(self):
        """Posted at midnight it hangs fifteen days, although its case is of 2025."""
        case = alone(disclosure(least=self.EDITIONS), at=NEW_YEAR - timedelta(days=30))
        assert done(case, (POSTED, NEW_YEAR)).progress.ends == datetime(2026, 1, 17, tzinfo=SHANGHAI)

    def test_no_edition_in_force(self):
        """Where none is in force, for the posting or for the answers, nothing is guessed."""
        at = NEW_YEAR - timedelta(days=1)
        for settings in ({"least": self.EDITIONS[1]}, {"answer": self.EDITIONS[1]}):
            refused(alone(disclosure(**settings), at=at), POSTED, "NO_EDITION", at=at, says=["2026-01-01"])
        both = disclosure(least=self.EDITIONS[1], answer=self.EDITIONS[1])
        refused(alone(both, at=at), POSTED, "NO_EDITION", "NO_EDITION", at=at)

    def test_what_was_adopted_for_one_period_leaves_the_other_alone(self):
        """Thirty days for the posting are not thirty days for the answers."""
        longer = AdoptEdition("disclose", period=days(30, since=NEWER), setting="least", **DECIDED)
        case = done(alone(disclosure(answer=days(3))), (longer, START), (POSTED, day(1)), (Object("一"), day(1), "a"))
        assert case.progress.ends == day(32, hour=0)
        assert case.progress.objections.received["x1"] == day(5, hour=0)

    def test_which_period_is_meant(self):
        """Where a stage has two periods, the adopted one says which it is; where it has one, that is meant."""
        longer = AdoptEdition("disclose", period=days(30, since=NEWER), **DECIDED)
        case = alone(disclosure(answer=days(3)))
        refused(case, longer, "SETTING_NEEDED", at=START, says=["least", "answer", "setting="])
        assert done(alone(disclosure()), (longer, START), (POSTED, day(1))).progress.ends == day(32, hour=0)

    def test_not_while_it_hangs(self):
        """While it hangs its period is fixed; after an interruption it is taken anew."""
        longer = AdoptEdition("disclose", period=days(30, since=NEWER), **DECIDED)
        refused(up(), longer, "EDITION_FIXED", at=day(1))
        case = done(up(), (Interrupt("被风刮掉"), day(1)), (longer, day(1)), (POSTED, day(1)))
        assert case.progress.ends == day(32, hour=0)

    def test_what_it_sets(self):
        """It names the dated periods that it sets."""
        assert dict(disclosure(answer=days(3)).rules()) == {"least": (days(15),), "answer": (days(3),)}
        assert dict(disclosure().rules()) == {"least": (days(15),)}


class TestCarried:
    """What a notice carries by duty comes from the record (issue: accounts, and the reasons of the level above)."""

    def test_the_accounts(self):
        """The result is disclosed with budget, expenses and balance."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "disclose_result.posted")
        accounts = case.entries[-1].effect.carried["accounts"]
        assert accounts == {"budget": "1200000", "spent": "1150000", "balance": "50000"}

    def test_the_accounts_of_what_was_given_up(self):
        """Works that were given up are accounted for too."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "implement.waiting")
        case = done(
            case,
            (Assign(responsible="c-2", task="施工", due=day(100)), day(70)),
            (Spend(amount="0.07", purpose="测量", evidence="发票"), day(71)),
            (Abandon("承包人破产"), day(72)),
            (POSTED, day(73)),
        )
        assert case.entries[-1].effect.carried["accounts"]["balance"] == "1199999.93"

    def test_nothing_to_carry(self):
        """Where there is no budget and nobody above gave reasons, nothing is made up."""
        assert up(carries=["accounts", "reasons"]).entries[-1].effect.carried == {}

    def test_what_cannot_be_carried(self):
        """A stage carries what the record has."""
        for carries in (["gossip"], "accounts", 5):
            with pytest.raises(YizhengError):
                disclosure(carries=carries)


@pytest.mark.parametrize(
    "bad",
    [{"least": 5}, {"least": "15日"}, {"answer": [5]}, {"channels": "online"}, {"required": ["telepathy"]}],
    ids=str,
)
def test_bad_settings(bad):
    """A stage that cannot be built says so, by an error of this library."""
    with pytest.raises(YizhengError):
        disclosure(**bad)


def test_every_channel_carries_a_notice():
    """A notice can hang wherever people are reached."""
    for channel in Channel:
        assert up(Post(channels={channel}, content="措施")).phase == "posted"
