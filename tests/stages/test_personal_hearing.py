"""Hearing those concerned (听取意见; Social Assistance Law art. 48, domain E35): each is heard, declines, or stays away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pytest

from walks import CITED, START, alone, day, days, done, refused
from yizheng import Case, Refused
from yizheng.conformance import conform
from yizheng.errors import InvalidValue
from yizheng.stages import (
    Action,
    Appoint,
    CallHearing,
    CloseHearing,
    DeclineHearing,
    Destroy,
    PersonalHearing,
    RecordAbsence,
    Summon,
    Testify,
    WaiveHearing,
)

HELD: Final = day(10)
CALL: Final = CallHearing(held_at=HELD, reason="拟减少救助")
SUMMONED: Final = Summon(concerned="recipient", evidence="送达回证 1")
SIGNED: Final = "本人签名的笔录"
CLOSE: Final = CloseHearing(conclusion="意见已记录")
ABSENT: Final = RecordAbsence(concerned="recipient", account="两次登门无人")
NEXT_DAY: Final = HELD.replace(hour=0) + timedelta(days=1)


def hearing(private: Mapping[str, str] | None = None, **settings: Any) -> Case:
    """A case in which the recipient is to be heard, who lives in flat 7-302."""
    named = {"recipient": "7-302"} if private is None else private
    stage = PersonalHearing(
        **{"id": "hear", "title": "听取意见", "concerned": ["recipient"], "source": CITED, **settings}
    )
    return alone(stage, private=named)


def called(**settings: Any) -> Case:
    """The day has been set."""
    return done(hearing(**settings), (CALL, START))


def summoned(**settings: Any) -> Case:
    """And the recipient was told of it."""
    return done(called(**settings), (SUMMONED, day(1)))


def came_to(case: Case) -> Mapping[str, Any]:
    """What the close says of those concerned."""
    return case.entries[-1].effect.carried


class TestHeard:
    """Only the words of the person themselves count."""

    def test_by_themselves(self) -> None:
        """The recipient speaks, and the hearing was held."""
        case = done(summoned(), (Testify("不同意"), HELD, "7-302"), (CLOSE, HELD))
        assert (case.outcome, came_to(case)) == ("was_held", {"heard": ("recipient",)})
        assert Case.replay(case.entries) == case

    def test_entered_with_the_signed_record(self) -> None:
        """The minute taker enters what was said, with what shows it; without, nobody was heard."""
        said = Testify("不同意", speaker="7-302")
        refused(summoned(), said, "NO_EVIDENCE", at=HELD, says=["evidence="])
        case = done(summoned(), (Testify("不同意", speaker="7-302", evidence=SIGNED), HELD), (CLOSE, HELD))
        assert came_to(case) == {"heard": ("recipient",)}

    @pytest.mark.parametrize(
        ("words", "by"),
        [
            (Testify("我看他不差钱"), "7-301"),
            (Testify("情况属实", speaker="7-301", evidence=SIGNED), "sec-1"),
            (Testify("本人无意见"), "sec-1"),
            (Testify("x", speaker="recipient", evidence=SIGNED), "sec-1"),
        ],
        ids=["a neighbour", "a neighbour, entered", "the officer", "the label"],
    )
    def test_the_wrong_person(self, words: Action, by: str) -> None:
        """Nobody else is heard in their place, and nobody is named in the refusal."""
        reasons = refused(summoned(), words, "NOT_CONCERNED", at=HELD, by=by)
        assert "7-30" not in str(reasons)
        refused(summoned(), CLOSE, "CONCERNED_UNHEARD", at=HELD)

    def test_who_handles_the_case_is_not_heard_in_it(self) -> None:
        """An officer who states himself as the recipient opens no case."""
        with pytest.raises(Refused, match="CONCERNED_IN_OFFICE") as caught:
            hearing(private={"recipient": "sec-1"})
        assert caught.value.codes == {"CONCERNED_IN_OFFICE"}

    @pytest.mark.parametrize("written", [" 7-302", "7-302 ", "7-302\u200b"], ids=["before", "behind", "invisible"])
    def test_under_the_id_by_which_they_act(self, written: str) -> None:
        """Nobody is named so that they could never speak."""
        with pytest.raises(Refused, match="PRIVATE_FACT"):
            hearing(private={"recipient": written})

    def test_whatever_office_they_are_given(self) -> None:
        """Who is appointed after the opening still speaks for themselves, and declines for themselves."""
        appointed = done(summoned(), (Appoint("secretary", {"sec-1", "7-302"}, reason="补选"), day(2)))
        own = done(appointed, (Testify("不同意"), HELD, "7-302"), (CLOSE, HELD))
        assert came_to(own) == {"heard": ("recipient",)}
        said = Testify("不同意", speaker="7-302", evidence=SIGNED)
        assert came_to(done(appointed, (said, HELD), (CLOSE, HELD))) == {"heard": ("recipient",)}
        assert done(appointed, (DeclineHearing(), HELD, "7-302")).progress.declined == {"recipient"}
        late = done(appointed, (ABSENT, NEXT_DAY), (Testify("不同意"), NEXT_DAY, "7-302"), (CLOSE, NEXT_DAY))
        assert came_to(late) == {"heard": ("recipient",)}

    def test_who_is_concerned_enters_nothing_for_others(self) -> None:
        """Of two who are concerned, neither says that the other spoke, declined or stayed away."""
        both = {"recipient": "7-302", "spouse": "7-302b"}
        case = summoned(private=both, concerned=["recipient", "spouse"])
        case = done(case, (Appoint("secretary", {"sec-1", "7-302b"}, reason="补选"), day(2)))
        for action in (
            Testify("同意", speaker="7-302", evidence=SIGNED),
            DeclineHearing(person="7-302", evidence=SIGNED),
            ABSENT,
        ):
            refused(case, action, "CONCERNED_ENTERS", at=NEXT_DAY, by="7-302b")
            assert done(case, (action, NEXT_DAY)).version == case.version + 1

    def test_not_before_the_day(self) -> None:
        """Nobody is heard, and nothing is closed, before the hearing begins."""
        early = HELD - timedelta(microseconds=1)
        refused(summoned(), Testify("不同意"), "TOO_EARLY", at=early, by="7-302")
        declined = done(summoned(), (DeclineHearing(), day(2), "7-302"))
        refused(declined, CLOSE, "TOO_EARLY", at=early)
        assert done(declined, (CLOSE, HELD)).outcome == "was_held"

    def test_each_of_several(self) -> None:
        """Who else is concerned is heard too; one of them is not enough."""
        both = {"recipient": "7-302", "spouse": "7-302b"}
        case = done(summoned(private=both, concerned=["recipient", "spouse"]), (Testify("不同意"), HELD, "7-302"))
        refused(case, CLOSE, "CONCERNED_UNHEARD", at=HELD, says=["spouse"])
        case = done(case, (Testify("也不同意"), HELD, "7-302b"), (CLOSE, HELD))
        assert came_to(case) == {"heard": ("recipient", "spouse")}

    def test_words_do_not_replace_it(self) -> None:
        """That nobody was heard cannot be closed over with words, however they are put."""
        unheard = CloseHearing(conclusion="未到", unheard="两次通知未到场")
        for case in (called(), summoned()):
            refused(case, unheard, "CONCERNED_UNHEARD", at=HELD)


class TestDeclined:
    """A waiver is the person's own."""

    def test_their_own(self) -> None:
        """They say so themselves, and may still change their mind."""
        case = done(summoned(), (DeclineHearing(reason="不必了"), day(2), "7-302"))
        assert came_to(done(case, (CLOSE, HELD))) == {"declined": ("recipient",)}
        assert came_to(done(case, (Testify("还是要说"), HELD, "7-302"), (CLOSE, HELD))) == {"heard": ("recipient",)}

    def test_entered(self) -> None:
        """Who enters it for them has it in writing."""
        refused(summoned(), DeclineHearing(person="7-302"), "NO_EVIDENCE", at=day(2))
        case = done(summoned(), (DeclineHearing(person="7-302", evidence="书面声明"), day(2)), (CLOSE, HELD))
        assert came_to(case) == {"declined": ("recipient",)}

    def test_by_somebody_else(self) -> None:
        """A neighbour waives nothing, neither alone nor through the office."""
        refused(summoned(), DeclineHearing(), "NOT_CONCERNED", at=day(2), by="7-301")
        refused(summoned(), DeclineHearing(person="7-301", evidence="x"), "NOT_CONCERNED", at=day(2))


class TestAbsent:
    """Staying away counts only after a summons, and when the day is over."""

    def test_after_the_day(self) -> None:
        """Whoever comes late that day is heard; the next day the absence is entered."""
        refused(summoned(), ABSENT, "TOO_EARLY", at=NEXT_DAY - timedelta(microseconds=1))
        case = done(summoned(), (ABSENT, NEXT_DAY), (CLOSE, NEXT_DAY))
        assert (case.outcome, came_to(case)) == ("was_held", {"absent": ("recipient",)})

    def test_without_a_summons(self) -> None:
        """Who was not told did not stay away."""
        refused(called(), ABSENT, "NOT_SUMMONED", at=NEXT_DAY)

    def test_a_summons_is_served_in_time(self) -> None:
        """With so many clear days between; and in any case before the hearing."""
        case = called(notice=days(7))
        refused(case, SUMMONED, "SHORT_PERIOD", at=day(3))
        assert done(case, (SUMMONED, day(2))).progress.summoned == {"recipient"}
        refused(called(), SUMMONED, "NOT_SUMMONED", at=HELD)

    def test_a_summons_counts_from_when_it_is_entered(self) -> None:
        """On the eve of the hearing nobody enters that somebody was told long before."""
        case = called(notice=days(7))
        assert case.act(SUMMONED, at=START, recorded_at=day(2), by="sec-1").progress.summoned == {"recipient"}
        for recorded, code in ((day(3), "SHORT_PERIOD"), (HELD, "SHORT_PERIOD")):
            with pytest.raises(Refused, match=code):
                case.act(SUMMONED, at=START, recorded_at=recorded, by="sec-1")
        with pytest.raises(Refused, match="NOT_SUMMONED"):
            called().act(SUMMONED, at=START, recorded_at=HELD, by="sec-1")

    def test_where_nobody_is_named(self) -> None:
        """By a copy without its private values nobody is summoned or absent: nobody could speak there."""
        public = Case.replay(summoned().redacted())
        for action, at in ((SUMMONED, day(2)), (ABSENT, NEXT_DAY)):
            refused(public, action, "CONCERNED_WITHHELD", at=at)
        case = done(summoned(), (ABSENT, NEXT_DAY), (CLOSE, NEXT_DAY))
        found = conform(case.procedure, case.redacted())
        assert not found.departures  # it could not be judged, which is no departure
        assert set(found.unjudged) >= {3, 4}

    def test_a_new_day_is_a_new_summons(self) -> None:
        """Called again, they are summoned again; what they said already stands."""
        later = CallHearing(held_at=day(20), reason="改期")
        case = done(summoned(), (later, day(11)))
        refused(case, ABSENT, "NOT_SUMMONED", at=day(21))
        heard = done(summoned(), (Testify("不同意"), HELD, "7-302"), (later, day(11)))
        assert done(heard, (CLOSE, day(20))).outcome == "was_held"

    def test_nobody_unknown(self) -> None:
        """A summons or an absence is somebody's who is concerned."""
        refused(called(), Summon(concerned="neighbour", evidence="x"), "UNKNOWN_ITEM", at=START)
        refused(called(), RecordAbsence(concerned="neighbour", account="x"), "UNKNOWN_ITEM", at=NEXT_DAY)


class TestStated:
    """Who is concerned stands in the matter, and nowhere else."""

    @pytest.mark.parametrize("private", [{}, {"recipient": " "}, {"other": "7-302"}], ids=["nobody", "blank", "other"])
    def test_an_unnamed_recipient(self, private: Mapping[str, str]) -> None:
        """A case in which nobody could be heard is not opened."""
        with pytest.raises(Exception, match="PRIVATE_FACT"):
            hearing(private=private)

    def test_it_is_kept_to_the_end(self) -> None:
        """While they can be heard, who they are is not destroyed."""
        gone = Destroy({1: {"matter.private.recipient"}}, reason="不再需要")
        for case in (hearing(), called(), summoned(), done(summoned(), (ABSENT, NEXT_DAY))):
            for by in ("sec-1", "7-302"):
                also = [] if by == "sec-1" else ["NOT_IN_OFFICE"]
                refused(case, gone, "PARTIES_NEEDED", *also, at=NEXT_DAY, by=by)
        ended = done(summoned(), (Testify("不同意"), HELD, "7-302"), (CLOSE, HELD), (gone, HELD))
        assert ended.matter.private == {}

    def test_the_public_record_says_that_they_were_heard(self) -> None:
        """By the name of the field, and not who it is."""
        case = done(summoned(), (Testify("不同意"), HELD, "7-302"), (CLOSE, HELD))
        public = Case.replay(case.redacted())
        assert came_to(public) == {"heard": ("recipient",)}
        assert not any(b"7-302" in entry.payload for entry in case.entries)

    def test_somebody_is(self) -> None:
        """A hearing of nobody is none."""
        with pytest.raises(InvalidValue, match="nobody is concerned"):
            PersonalHearing(id="hear", title="听取意见", concerned=[])

    def test_what_is_due(self) -> None:
        """The call; the summons, until the day; the close."""
        assert [duty.action for duty in hearing().due(START)] == ["call_hearing"]
        summons = called().due(START)[0]
        assert (summons.action, summons.ref, summons.until) == ("summon", "recipient", HELD)
        assert [duty.action for duty in summoned().due(START)] == ["close_hearing"]

    def test_waived(self) -> None:
        """Where the decision is not taken, nobody need be heard, called or not."""
        for case in (hearing(), summoned()):
            assert done(case, (WaiveHearing("不再变更"), day(2))).outcome == "was_waived"
