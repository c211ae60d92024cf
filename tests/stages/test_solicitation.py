"""Solicitation (征求意见). The cases are invented."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from walks import (
    DECIDED,
    MICROSECOND,
    NEW_LAW,
    NEW_YEAR,
    NEWER,
    OLD_LAW_ENDS,
    START,
    allowance,
    alone,
    before,
    day,
    days,
    done,
    refused,
)
from yizheng import Case, WorkingCalendar
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.stages import (
    AdoptEdition,
    AnswerOpinion,
    Channel,
    CloseSolicitation,
    OpenSolicitation,
    ReceiveOpinion,
    Solicitation,
    Survey,
)

CLOSES = day(7)


def solicitation(**settings):
    """A solicitation."""
    return Solicitation(id="solicit", title="征求意见", **settings)


def asked(until=CLOSES, channels=("online", "questionnaire"), at=START, **settings) -> Case:
    """A solicitation that is open."""
    return done(alone(solicitation(**settings), at=at), (OpenSolicitation(channels=channels, until=until), at))


class TestWorkflow:
    """A solicitation that goes well (domain 2.1, stage 1: questionnaires and symposia)."""

    def test_from_question_to_summary(self):
        """Opinions come by several channels, each gets an id and an answer, and the stage is completed."""
        case = done(
            asked(channels={"online", "questionnaire", "symposium"}),
            (ReceiveOpinion("先修排水", channel="online"), day(1), "1-101"),
            (ReceiveOpinion("多留绿地", channel="questionnaire", author="1-102"), day(2)),
            (ReceiveOpinion("不要涨价", channel="symposium", anonymous=True), day(3)),
            (AnswerOpinion("o2", "已列入方案"), day(4)),
            (AnswerOpinion("o1", "已列入方案"), day(4)),
            (AnswerOpinion("o3", "不涨"), day(5)),
        )
        assert [entry.effect.ref for entry in case.entries][2:5] == ["o1", "o2", "o3"]
        ended = done(case, (CloseSolicitation(summary="以排水为主"), CLOSES))
        assert ended.outcome == "was_completed"
        assert Case.replay(ended.entries) == ended

    def test_nobody_says_anything(self):
        """A solicitation to which nobody replies can be completed."""
        assert done(asked(), (CloseSolicitation(summary="无"), CLOSES)).outcome == "was_completed"

    def test_whose_opinion_it_is_is_kept_apart_from_who_entered_it(self):
        """The author of an opinion from a questionnaire is its author, not the secretary who typed it in."""
        case = done(asked(), (ReceiveOpinion("绿地", channel="questionnaire", author="1-102"), day(1)))
        assert (case.entries[-1].action.author, case.entries[-1].by) == ("1-102", "sec-1")

    def test_an_opinion_is_shown_without_its_author(self):
        """The public reads what was said, and not who said it."""
        case = done(
            asked(),
            (ReceiveOpinion("排水"), day(1), "resident-1"),
            (ReceiveOpinion("绿地", channel="questionnaire", author="resident-2"), day(1)),
        )
        assert [entry.number for entry in case.entries if b"resident-" in entry.payload] == []
        assert [entry.by for entry in case.redacted()] == ["sec-1", "sec-1", None, "sec-1"]

    def test_residents_who_are_on_no_roll_are_heard(self):
        """An opinion needs no place on a roll and no office."""
        assert done(asked(), (ReceiveOpinion("租客也有话说"), day(1), "tenant-7")).progress.opinions.unanswered == (
            "o1",
        )

    def test_who_asks_for_a_hearing_is_remembered(self):
        """A request for a hearing that stands in an opinion counts for its author, entered by whomever."""
        case = done(
            asked(),
            (ReceiveOpinion("要听证", asks_hearing=True), day(1), "m-01"),
            (ReceiveOpinion("要听证", channel="questionnaire", author="m-02", asks_hearing=True), day(1)),
            (ReceiveOpinion("要听证", channel="questionnaire", anonymous=True, asks_hearing=True), day(1)),
            (ReceiveOpinion("不用"), day(1), "m-04"),
        )
        assert case.dossier.asked_hearing == {"m-01", "m-02"}

    def test_how_many_asked_is_kept_without_who(self):
        """The entry keeps in which bodies a request counts, and not who it is; other opinions keep nothing of that."""
        case = done(allowance(), (OpenSolicitation(channels={"symposium", "online"}, until=day(3)), day(0)))
        case = done(
            case,
            (ReceiveOpinion("要听证", asks_hearing=True), day(1), "r-01"),
            (ReceiveOpinion("要听证", channel="symposium", author="r-02", asks_hearing=True), day(1)),
            (ReceiveOpinion("不用"), day(1), "r-03"),
            (ReceiveOpinion("要听证", channel="symposium", anonymous=True, asks_hearing=True), day(1)),
            (ReceiveOpinion("再要", asks_hearing=True), day(1), "r-01"),
        )
        bodies = {"asks_hearing": ("resident_representatives",)}
        assert [entry.effect.carried for entry in case.entries[2:]] == [bodies, bodies, {}, {}, {}]
        assert case.dossier.asked == {"resident_representatives": 2}
        assert Case.replay(case.redacted()).dossier.asked == case.dossier.asked

    def test_the_first_survey_is_taken_here(self):
        """The survey before the works is kept with question, population and silence, for the evaluation."""
        case = done(asked(), (before("before"), day(1)))
        assert (case.dossier.baseline["satisfied"], case.dossier.baseline["silent"]) == (2, 2)

    def test_what_is_due(self):
        """First the opening is due; then every answer until the end, and the close from the end on."""
        waiting = alone(solicitation())
        assert [duty.action for duty in waiting.due(START)] == ["open_solicitation"]
        case = done(asked(), (ReceiveOpinion("排水"), day(1), "1-101"))
        answer, close = case.due(CLOSES)
        assert (answer.action, answer.ref, answer.until, answer.overdue) == ("answer_opinion", "o1", CLOSES, False)
        assert (close.action, close.since, close.by) == ("close_solicitation", CLOSES, {"secretary"})
        assert case.due(CLOSES + MICROSECOND)[0].overdue
        assert solicitation().due("closed", case.progress) == ()


class TestOpening:
    """OpenSolicitation: channels and the least period (Civil Code arts 201, 203)."""

    def test_no_channel(self):
        """A solicitation by no channel asks nobody."""
        refused(alone(solicitation()), OpenSolicitation(channels=(), until=CLOSES), "UNKNOWN_CHANNEL", at=START)

    def test_a_foreign_channel(self):
        """Only the channels of the stage may be used; the others are named."""
        case = alone(solicitation(channels=["symposium"]))
        action = OpenSolicitation(channels={"symposium", "broadcast"}, until=CLOSES)
        refused(case, action, "UNKNOWN_CHANNEL", at=START, says=["broadcast", "symposium"])

    @pytest.mark.parametrize("late", [timedelta(), MICROSECOND, timedelta(days=1)])
    def test_an_end_that_is_not_after_the_opening(self, late):
        """It must end later than it begins: not at the same instant."""
        refused(alone(solicitation()), OpenSolicitation(channels={"online"}, until=START), "TOO_LATE", at=START + late)

    def test_a_microsecond_is_an_end(self):
        """Where no rule sets a least period, any later end will do."""
        assert asked(until=START + MICROSECOND).phase == "open"

    def test_the_last_day_to_its_end(self):
        """Seven days from the second of March end with the ninth, at 24:00 (the first day does not count)."""
        assert asked(until=day(8, hour=0), least=days(7)).entries[-1].effect.periods["least"] == days(7)

    def test_a_microsecond_short(self):
        """A microsecond before the end of the seventh day is short of seven days."""
        action = OpenSolicitation(channels={"online"}, until=day(8, hour=0) - MICROSECOND)
        case = alone(solicitation(least=days(7)))
        refused(case, action, "SHORT_PERIOD", at=START, says=["2026-03-02", "2026-03-09", "7"])

    def test_a_period_that_ends_on_a_holiday_goes_on(self):
        """By the calendar handed in, the period ends on the first working day after the holiday (art. 203)."""
        holidays = WorkingCalendar(holidays={day(7).date()})
        case, action = alone(solicitation(least=days(7))), OpenSolicitation(channels={"online"}, until=day(8))
        assert case.act(action, at=START, by="sec-1").phase == "open"
        refused(case, action, "SHORT_PERIOD", at=START, calendar=holidays)

    def test_every_fault_is_told(self):
        """A wrong channel, an end in the past and a short period are told together, beside who may not."""
        case = alone(solicitation(channels=["symposium"], least=days(7)))
        action = OpenSolicitation(channels={"online"}, until=START - timedelta(days=1))
        refused(case, action, "UNKNOWN_CHANNEL", "TOO_LATE", "SHORT_PERIOD", at=START)
        refused(case, action, "NOT_IN_OFFICE", "UNKNOWN_CHANNEL", "TOO_LATE", "SHORT_PERIOD", at=START, by="1-101")

    def test_bad_arguments(self):
        """A channel that is none, one string of channels, and a moment without a zone cannot be built."""
        with pytest.raises(InvalidValue, match="questionnaire"):
            OpenSolicitation(channels={"telepathy"}, until=CLOSES)
        with pytest.raises(InvalidType, match="online"):
            OpenSolicitation(channels="online", until=CLOSES)
        with pytest.raises(InvalidValue, match="zone"):
            OpenSolicitation(channels={"online"}, until=CLOSES.replace(tzinfo=None))
        with pytest.raises(InvalidType):
            OpenSolicitation(channels={"online"}, until=CLOSES.date())


class TestEditions:
    """The period in force on the local day of the opening is taken (domain E39; design: by which rule)."""

    EDITIONS = (days(3, until=OLD_LAW_ENDS), days(10, since=NEW_LAW))

    def test_the_old_period_in_the_last_instant_of_the_old_year(self):
        """At 23:59:59.999999 on 31 December 2025 in Shanghai three days are enough."""
        opened = NEW_YEAR - MICROSECOND
        case = asked(at=opened, until=opened + timedelta(days=3, microseconds=1), least=self.EDITIONS)
        assert case.entries[-1].effect.periods["least"] == self.EDITIONS[0]

    def test_the_new_period_from_the_first_instant_of_the_new_year(self):
        """At midnight three days are too few, and ten are taken."""
        case = alone(solicitation(least=self.EDITIONS), at=NEW_YEAR)
        short = OpenSolicitation(channels={"online"}, until=NEW_YEAR + timedelta(days=3))
        refused(case, short, "SHORT_PERIOD", at=NEW_YEAR, says=["10"])
        case = asked(at=NEW_YEAR, until=NEW_YEAR + timedelta(days=11), least=self.EDITIONS)
        assert case.entries[-1].effect.periods["least"] == self.EDITIONS[1]

    def test_a_case_of_the_old_year_that_is_opened_to_the_residents_in_the_new(self):
        """The day on which the stage opens counts, not the day on which the case was opened."""
        case = alone(solicitation(least=self.EDITIONS), at=NEW_YEAR - timedelta(days=30))
        refused(
            case,
            OpenSolicitation(channels={"online"}, until=NEW_YEAR + timedelta(days=9)),
            "SHORT_PERIOD",
            at=NEW_YEAR,
        )

    def test_no_edition_in_force(self):
        """Where no edition is in force nothing is guessed; the editions there are told."""
        case = alone(solicitation(least=days(10, since=NEW_LAW)), at=NEW_YEAR - timedelta(days=2))
        action = OpenSolicitation(channels={"online"}, until=NEW_YEAR + timedelta(days=30))
        refused(case, action, "NO_EDITION", at=NEW_YEAR - MICROSECOND, says=["2025-12-31", "2026-01-01"])

    def test_an_adopted_period(self):
        """A period passed after the case was opened is taken once it was adopted, from its date on."""
        longer = AdoptEdition("solicit", period=days(10, since=NEWER), **DECIDED)
        case = done(alone(solicitation(least=days(3))), (longer, START))
        refused(case, OpenSolicitation(channels={"online"}, until=day(11)), "SHORT_PERIOD", at=day(1), says=["10"])
        assert done(case, (OpenSolicitation(channels={"online"}, until=day(12, hour=0)), day(1))).phase == "open"
        assert done(case, (OpenSolicitation(channels={"online"}, until=day(4, hour=0)), START)).phase == "open"

    def test_not_after_the_stage_has_opened(self):
        """Once residents were asked, the period is fixed."""
        refused(asked(least=days(3)), AdoptEdition("solicit", period=days(10)), "EDITION_FIXED", at=day(1))


class TestOpinions:
    """ReceiveOpinion: in time, by an open channel, each with an id of its own."""

    def test_from_the_first_instant_to_the_last(self):
        """An opinion at the opening and one at the very end both count."""
        case = done(asked(), (ReceiveOpinion("早"), START, "a"), (ReceiveOpinion("晚"), CLOSES, "b"))
        assert len(case.progress.opinions) == 2

    def test_before_the_opening(self):
        """What happened a microsecond before the residents were asked is no reply to the question."""
        case = done(alone(solicitation()), (OpenSolicitation(channels={"online"}, until=CLOSES), day(1)))
        refused(case, ReceiveOpinion("早"), "TOO_EARLY", at=day(1) - MICROSECOND, recorded_at=day(1), by="1-101")
        early = {"at": START - MICROSECOND, "recorded_at": day(1), "by": "1-101"}
        refused(case, ReceiveOpinion("立案之前"), "TOO_EARLY", "BACKDATED", **early)

    def test_after_the_end(self):
        """A microsecond after the end is too late."""
        refused(asked(), ReceiveOpinion("晚"), "TOO_LATE", at=CLOSES + MICROSECOND, by="1-101")

    def test_paper_that_is_typed_in_after_the_end(self):
        """What came in time and is entered later counts: the moment at which it happened decides."""
        case = asked().act(
            ReceiveOpinion("信", channel="questionnaire", author="1-102"),
            at=CLOSES,
            recorded_at=day(9),
            by="sec-1",
        )
        assert case.entries[-1].recorded_at > case.progress.closes

    def test_paper_that_must_be_typed_in_before_the_end(self):
        """Where the rule asks that an opinion is also entered in time, what is typed in later is late."""
        letter = ReceiveOpinion("信", channel="questionnaire", author="1-102")
        case = asked(timely_by="recorded")
        assert case.act(letter, at=day(5), recorded_at=CLOSES, by="sec-1").progress.opinions.unanswered == ("o1",)
        refused(case, letter, "TOO_LATE", at=day(5), recorded_at=CLOSES + MICROSECOND)
        later = done(
            alone(solicitation(timely_by="recorded")),
            (OpenSolicitation(channels={"questionnaire"}, until=CLOSES), day(1)),
        )
        refused(later, letter, "TOO_EARLY", at=day(1) - MICROSECOND, recorded_at=day(5))

    def test_by_a_channel_that_was_not_opened(self):
        """An opinion comes by one of the channels that were opened."""
        refused(
            asked(), ReceiveOpinion("喂", channel="broadcast"), "UNKNOWN_CHANNEL", at=day(1), by="x", says=["online"]
        )

    def test_an_id_that_is_taken(self):
        """Two opinions cannot have one id."""
        case = done(asked(), (ReceiveOpinion("排水", id="q-17"), day(1), "1-101"))
        refused(case, ReceiveOpinion("绿地", id="q-17"), "DUPLICATE_ID", at=day(1), by="1-102", says=["q-17"])

    def test_numbers_go_round_ids_that_were_given(self):
        """An id that the office gave by hand is not given again by number."""
        case = done(asked(), (ReceiveOpinion("一", id="o2"), day(1), "a"), (ReceiveOpinion("二"), day(1), "b"))
        assert tuple(case.progress.opinions) == ("o2", "o3")

    @pytest.mark.parametrize(
        "author", [{"author": "1-102"}, {"anonymous": True}, {"author": "1-102", "anonymous": True}]
    )
    def test_a_resident_enters_another_persons_opinion(self, author):
        """Only the office enters what others said."""
        action = ReceiveOpinion("他说的", **author)
        refused(asked(), action, "NOT_IN_OFFICE", at=day(1), by="1-101", says=["1-101", "secretary"])

    def test_ones_own_name_as_author(self):
        """Naming oneself as the author is the same as leaving it out."""
        assert done(asked(), (ReceiveOpinion("我", author="1-101"), day(1), "1-101")).progress.opinions.unanswered == (
            "o1",
        )

    def test_before_anybody_was_asked(self):
        """Opinions come after the opening."""
        refused(alone(solicitation()), ReceiveOpinion("早"), "NOT_NOW", at=START, by="1-101", says=["征求意见"])

    @pytest.mark.parametrize(
        "bad", [{"channel": "telepathy"}, {"anonymous": "no"}, {"asks_hearing": "no"}, {"id": ""}, {"author": 5}]
    )
    def test_bad_arguments(self, bad):
        """What is no channel, no truth value or no id is refused by an error of this library."""
        with pytest.raises(YizhengError):
            ReceiveOpinion("意见", **bad)

    def test_every_channel_has_a_name(self):
        """The seven channels of the issue can all be used."""
        assert {channel.value for channel in Channel} == {
            "questionnaire", "symposium", "meeting", "bulletin_board", "broadcast", "online", "letter",
        }  # fmt: skip
        for channel in Channel:
            assert asked(channels={channel}).progress.channels == {channel}


class TestAnswers:
    """AnswerOpinion: every opinion is answered, once."""

    def test_an_unknown_opinion(self):
        """An answer names an opinion that is there; the ids there are told."""
        case = done(asked(), (ReceiveOpinion("排水"), day(1), "1-101"))
        refused(case, AnswerOpinion("o2", "好"), "UNKNOWN_ITEM", at=day(1), says=["o2", "o1"])

    def test_a_second_answer(self):
        """An answer is not overwritten: a mistake is mended by a correction."""
        case = done(asked(), (ReceiveOpinion("排水"), day(1), "1-101"), (AnswerOpinion("o1", "好"), day(2)))
        refused(case, AnswerOpinion("o1", "不好"), "ALREADY_ANSWERED", at=day(2), says=["o1", "Correct"])

    def test_by_somebody_without_the_office(self):
        """Residents do not answer for the office."""
        case = done(asked(), (ReceiveOpinion("排水"), day(1), "1-101"))
        refused(case, AnswerOpinion("o1", "好"), "NOT_IN_OFFICE", at=day(1), by="1-101")


class TestSurvey:
    """Survey in a solicitation: the wave before, with the same question if it is taken again."""

    def test_the_wave_after_does_not_belong_here(self):
        """The survey after the works is taken in the evaluation."""
        refused(asked(), before("after"), "NOT_NOW", at=day(1), says=["after"])

    def test_taken_again_with_another_question(self):
        """A second survey before the works puts the same question to the same people, or is refused."""
        case = done(asked(), (before("before"), day(1)))
        other = Survey(wave="before", question="满意吗？", population="院落 10 户", asked=10, answers={})
        refused(case, other, "INCOMPARABLE", at=day(2), says=["10"])


class TestClosing:
    """CloseSolicitation: not before the end, with every opinion answered."""

    def test_a_microsecond_early(self):
        """It stays open until its end."""
        refused(asked(), CloseSolicitation(summary="无"), "TOO_EARLY", at=CLOSES - MICROSECOND)

    def test_unanswered_opinions(self):
        """Every opinion that has no answer is named."""
        case = done(
            asked(),
            *((ReceiveOpinion(f"意见 {n}"), day(1), f"1-10{n}") for n in range(1, 4)),
            (AnswerOpinion("o2", "好"), day(2)),
        )
        refused(case, CloseSolicitation(summary="无"), "UNANSWERED", at=CLOSES, says=["o1", "o3"])

    def test_more_unanswered_opinions_than_can_be_listed(self):
        """Of many the first twenty are named."""
        case = done(asked(), *((ReceiveOpinion(f"意见 {n}"), day(1), f"r-{n}") for n in range(30)))
        assert "…" in refused(case, CloseSolicitation(summary="无"), "UNANSWERED", at=CLOSES).explain("en")

    def test_without_the_survey_that_the_evaluation_needs(self):
        """Where the stage takes the baseline, it is not completed without it."""
        case = asked(baseline=True)
        refused(case, CloseSolicitation(summary="无"), "NO_BASELINE", at=CLOSES, says=["Survey"])
        surveyed = done(case, (before("before"), day(1)))
        assert done(surveyed, (CloseSolicitation(summary="无"), CLOSES)).outcome == "was_completed"

    def test_every_fault_is_told(self):
        """Too early, unanswered and without a baseline: all three are told."""
        case = done(asked(baseline=True), (ReceiveOpinion("排水"), day(1), "1-101"))
        refused(case, CloseSolicitation(summary="无"), "TOO_EARLY", "UNANSWERED", "NO_BASELINE", at=day(2))


class TestZones:
    """A moment becomes a day in the zone of the procedure, across daylight saving time."""

    def test_another_zone(self):
        """In New York the second of March has begun thirteen hours later than in Shanghai."""
        opened = START.replace(hour=9)  # 20:00 on 1 March in New York
        case = alone(solicitation(least=days(7)), zone="America/New_York", at=opened)
        midnight = datetime(2026, 3, 9, tzinfo=ZoneInfo("America/New_York"))  # the clocks went forward on the 8th
        until = OpenSolicitation(channels={"online"}, until=midnight)
        assert case.act(until, at=opened, by="sec-1").phase == "open"
        short = OpenSolicitation(channels={"online"}, until=midnight - MICROSECOND)
        refused(case, short, "SHORT_PERIOD", at=opened, says=["2026-03-01", "2026-03-08"])

    def test_the_same_instant_in_another_zone_is_the_same_act(self):
        """In which zone a moment is written does not matter."""
        assert asked(until=CLOSES.astimezone(UTC)) == asked(until=CLOSES)
