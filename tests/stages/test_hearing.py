"""Hearing (听证): triggers, call, testimony, close and waiver. The cases are invented."""

from datetime import timedelta
from fractions import Fraction

import pytest

from walks import (
    ASSEMBLY,
    CITED,
    MICROSECOND,
    NEW_LAW,
    NEW_YEAR,
    START,
    VOTERS,
    allowance,
    allowance_steps,
    alone,
    day,
    days,
    done,
    family,
    refused,
    take,
)
from yizheng import Case, WorkingCalendar, stages
from yizheng.errors import YizhengError
from yizheng.stages import AskedBy, AskHearing, CallHearing, CloseHearing, FactIs, Hearing, WaiveHearing

HELD = day(3)
ONE_FIFTH = AskedBy(share="1/5", body="assembly", citation=CITED)


def hearing(**settings) -> Hearing:
    """A hearing."""
    return Hearing(id="hear", title="听证", **settings)


def summoned(**settings) -> Case:
    """A hearing has been called."""
    return done(alone(hearing(**settings)), (CallHearing(held_at=HELD, reason="有争议"), START))


class TestWorkflow:
    """A hearing that is held (domain 2.4)."""

    def test_held(self):
        """It is called, people speak for themselves or are written down, and it is closed with its conclusion."""
        case = done(
            summoned(),
            (stages.Testify("我反对"), HELD, "resident-1"),
            (stages.Testify("情况属实", speaker="resident-2"), HELD),
        )
        assert case.progress.heard == 2
        ended = done(case, (CloseHearing(conclusion="多数认为属实"), HELD))
        assert ended.outcome == "was_held"
        assert Case.replay(ended.entries) == ended

    def test_speakers_are_private(self):
        """The public reads what was said, and not who said it."""
        case = done(
            summoned(),
            (stages.Testify("我反对"), HELD, "resident-1"),
            (stages.Testify("属实", speaker="resident-2"), HELD),
        )
        assert not any(b"resident-" in entry.payload for entry in case.entries)

    def test_nobody_came(self):
        """A hearing at which nobody spoke was held only if the record says why nobody was heard."""
        refused(summoned(), CloseHearing(conclusion="无人发言"), "NOBODY_HEARD", at=HELD, says=["unheard="])
        close = CloseHearing(conclusion="无人发言", unheard="通知送达，到时无人到场")
        over = HELD.replace(hour=0) + timedelta(days=1)
        refused(summoned(), close, "TOO_EARLY", at=over - MICROSECOND)
        assert done(summoned(), (close, over)).outcome == "was_held"
        refused(summoned(), CloseHearing(conclusion="无人发言"), "NOBODY_HEARD", at=over)

    def test_nobody_could_come(self):
        """Who calls a hearing for the same day, or enters the call on that day, has not been stayed away from."""
        close = CloseHearing(conclusion="无人发言", unheard="无人到场")
        at_once = done(alone(hearing()), (CallHearing(held_at=START, reason="急"), START))
        refused(at_once, close, "CALLED_AT_ONCE", "TOO_EARLY", at=START)
        refused(at_once, close, "CALLED_AT_ONCE", at=day(30))
        entered = alone(hearing()).act(CallHearing(held_at=HELD, reason="争议"), at=START, recorded_at=HELD, by="sec-1")
        refused(entered, close, "CALLED_AT_ONCE", at=day(30))
        assert done(at_once, (stages.Testify("我反对"), START, "m-01"), (close, START)).outcome == "was_held"

    def test_another_day(self):
        """It is called for another day, within the time that runs since the first call; what was said stands."""
        case = done(summoned(within=days(20)), (stages.Testify("我反对"), HELD, "m-01"))
        again = done(case, (CallHearing(held_at=day(21, hour=0), reason="改期"), HELD))
        assert (again.progress.heard, again.progress.held_at) == (1, day(21, hour=0))
        late = CallHearing(held_at=day(21, hour=0) + MICROSECOND, reason="改期")
        refused(case, late, "LONG_PERIOD", at=HELD, says=["20"])

    def test_held_though_nothing_asks_for_it(self):
        """The office may always hold one."""
        assert summoned(triggers=[]).phase == "called"

    def test_waived(self):
        """Where nothing asks for a hearing, the office goes on without one and says why."""
        case = done(alone(hearing(triggers=[FactIs("contested", True)])), (WaiveHearing("无争议"), START))
        assert case.outcome == "was_waived"

    def test_what_is_due(self):
        """First the call, then the close from the hearing on."""
        assert [duty.action for duty in alone(hearing()).due(START)] == ["call_hearing"]
        assert [(duty.action, duty.since) for duty in summoned().due(START)] == [("close_hearing", HELD)]
        assert hearing().due("closed", summoned().progress) == ()


class TestTriggers:
    """What makes a hearing a duty: a fact of the matter, or enough people who ask (domain 2.4: 1/5 of residents)."""

    def test_a_fact(self):
        """A contested matter is heard: the waiver is refused, and says which fact."""
        case = alone(hearing(triggers=[FactIs("contested", True)]), facts={"contested": True})
        refused(case, WaiveHearing("省事"), "HEARING_REQUIRED", at=START, says=["contested", "True"])

    @pytest.mark.parametrize("facts", [{}, {"contested": False}])
    def test_another_fact(self, facts):
        """A fact that is not stated, or stated otherwise, asks for nothing."""
        case = alone(hearing(triggers=[FactIs("contested", True)]), facts=facts)
        assert done(case, (WaiveHearing("无争议"), START)).outcome == "was_waived"

    @pytest.mark.parametrize("stated", [None, "True", "yes", 1])
    def test_a_fact_of_another_kind(self, stated):
        """A fact that is stated so that nobody can tell is taken the careful way: the matter is heard."""
        case = alone(hearing(triggers=[FactIs("contested", True)]), facts={"contested": stated})
        refused(case, WaiveHearing("省事"), "HEARING_REQUIRED", at=START, says=["contested"])

    @pytest.mark.parametrize(("asking", "required"), [(0, False), (1, False), (2, True), (3, True)])
    def test_a_share_of_a_body(self, asking, required):
        """A fifth of ten is two: one short is not enough, exactly a fifth is (以上 includes the number)."""
        case = alone(hearing(triggers=[ONE_FIFTH]))
        for member in VOTERS[:asking]:
            case = done(case, (AskHearing("不公"), START, member))
        if required:
            refused(case, WaiveHearing("省事"), "HEARING_REQUIRED", at=START, says=[str(asking), "10", "1/5"])
        else:
            assert done(case, (WaiveHearing("人数不足"), START)).outcome == "was_waived"

    def test_asking_twice(self):
        """Who asks twice asks once, entered by whomever."""
        case = done(
            alone(hearing(triggers=[ONE_FIFTH])),
            (AskHearing("不公"), START, "m-01"),
            (AskHearing("不公"), START, "m-01"),
            (AskHearing("不公", author="m-01"), START),
        )
        assert done(case, (WaiveHearing("人数不足"), START)).outcome == "was_waived"

    def test_strangers_who_ask(self):
        """Those who are not on the roll may ask, and are not counted."""
        case = done(alone(hearing(triggers=[ONE_FIFTH])), *((AskHearing("不公"), START, f"x-{n}") for n in range(9)))
        assert len(case.dossier.asked_hearing) == 9
        assert done(case, (WaiveHearing("非成员"), START)).outcome == "was_waived"

    def test_without_the_roll(self):
        """Where the roll is not there nobody can tell whether enough asked: there is no waiver, but a hearing."""
        case = done(alone(hearing(triggers=[ONE_FIFTH]), rolls={}), (AskHearing("不公"), START, "m-01"))
        refused(case, WaiveHearing("不知道"), "NO_ROLL", at=START, says=["assembly"])
        assert done(case, (CallHearing(held_at=HELD, reason="有人申请"), START)).phase == "called"

    def test_several_triggers(self):
        """Every trigger that asks for it is told."""
        case = alone(hearing(triggers=[FactIs("contested", True), ONE_FIFTH]), facts={"contested": True})
        case = done(case, *((AskHearing("不公"), START, member) for member in VOTERS))
        refused(case, WaiveHearing("省事"), "HEARING_REQUIRED", "HEARING_REQUIRED", at=START, says=["10"])

    def test_what_a_public_record_knows(self):
        """A record whose askers were withheld still knows how many of each body asked: the hearing stays a duty."""
        case = done(alone(hearing(triggers=[ONE_FIFTH])), (AskHearing("不公"), START, "m-01"))
        case = done(
            case,
            (AskHearing("不公", author="m-02"), START),
            (AskHearing("不公"), START, "m-01"),
            (AskHearing("?"), START, "x"),
        )
        public = Case.replay(case.redacted())
        assert public.dossier.asked == case.dossier.asked == {"assembly": 2}
        refused(public, WaiveHearing("查无此人"), "HEARING_REQUIRED", at=START, says=["2", "10"])

    @pytest.mark.parametrize("share", ["0", "-1/5", "6/5", 2, 0.2, "20%", True])
    def test_shares_that_cannot_be(self, share):
        """A share lies above nought and is at most one, exact."""
        with pytest.raises(YizhengError):
            AskedBy(share=share, body="assembly")

    def test_everybody(self):
        """A share of one asks for all."""
        trigger = AskedBy(share=1, body="assembly")
        assert trigger.share == Fraction(1)
        case = done(alone(hearing(triggers=[trigger])), *((AskHearing("不公"), START, each) for each in VOTERS[:9]))
        assert done(case, (WaiveHearing("差一人"), START)).outcome == "was_waived"
        refused(done(case, (AskHearing("不公"), START, "m-10")), WaiveHearing("?"), "HEARING_REQUIRED", at=START)

    def test_what_it_needs(self):
        """It needs the rolls of the bodies that may ask."""
        assert tuple(hearing(triggers=[FactIs("a", 1), ONE_FIFTH]).bodies()) == ("assembly",)
        assert tuple(hearing(within=days(20)).rules()) == (("within", (days(20),)),)
        assert tuple(hearing().rules()) == ()
        assert len(ASSEMBLY) == 10


class TestAsking:
    """AskHearing: anybody for themselves; the office for others; before it is called."""

    def test_for_another(self):
        """A resident does not ask in another's name."""
        refused(alone(hearing()), AskHearing("不公", author="m-02"), "NOT_IN_OFFICE", at=START, by="m-01")
        assert done(alone(hearing()), (AskHearing("不公", author="m-02"), START)).dossier.asked_hearing == {"m-02"}

    def test_after_the_call(self):
        """Once it is called nobody needs to ask."""
        refused(summoned(), AskHearing("不公"), "NOT_NOW", at=START, by="m-01")


class TestCalling:
    """CallHearing: not in the past, and soon enough (one village rule: within twenty days)."""

    def test_in_the_past(self):
        """It is held at the moment of the call at the earliest."""
        assert done(alone(hearing()), (CallHearing(held_at=START, reason="急"), START)).phase == "called"
        refused(alone(hearing()), CallHearing(held_at=START - MICROSECOND, reason="急"), "TOO_EARLY", at=START)

    def test_within_twenty_days(self):
        """To the end of the twentieth day, and not a microsecond later."""
        limit = day(21, hour=0)
        case = alone(hearing(within=days(20)))
        held = done(case, (CallHearing(held_at=limit, reason="争议"), START))
        assert held.entries[-1].effect.periods["within"] == days(20)
        late = CallHearing(held_at=limit + MICROSECOND, reason="争议")
        refused(case, late, "LONG_PERIOD", at=START, says=["20"])

    def test_a_period_that_ends_on_a_holiday(self):
        """By the calendar handed in the limit moves to the first working day (Civil Code art. 203)."""
        calendar = WorkingCalendar(holidays={day(20).date()})
        late = CallHearing(held_at=day(21), reason="争议")
        refused(alone(hearing(within=days(20))), late, "LONG_PERIOD", at=START)
        assert alone(hearing(within=days(20))).act(late, at=START, by="sec-1", calendar=calendar).phase == "called"

    def test_no_edition_in_force(self):
        """Where no edition of the period is in force nothing is guessed."""
        at = NEW_YEAR - timedelta(days=1)
        case = alone(hearing(within=days(20, since=NEW_LAW)), at=at)
        refused(case, CallHearing(held_at=day(3), reason="争议"), "NO_EDITION", at=at, says=["2026-01-01"])

    def test_by_a_resident(self):
        """Residents ask; the office calls."""
        refused(alone(hearing()), CallHearing(held_at=HELD, reason="?"), "NOT_IN_OFFICE", at=START, by="m-01")

    def test_bad_arguments(self):
        """A hearing has a moment with a zone."""
        with pytest.raises(YizhengError):
            CallHearing(held_at=HELD.replace(tzinfo=None), reason="争议")


class TestHolding:
    """Testify and CloseHearing: not before it is held."""

    @pytest.mark.parametrize(
        ("action", "by"),
        [
            (stages.Testify("早"), "m-01"),
            (stages.Testify("早", speaker="m-02"), "sec-1"),
            (CloseHearing(conclusion="早"), "sec-1"),
        ],
        ids=["own", "entered", "close"],
    )
    def test_a_microsecond_early(self, action, by):
        """Nothing is said or closed before the hearing begins; at its beginning it can be."""
        refused(summoned(), action, "TOO_EARLY", at=HELD - MICROSECOND, by=by)
        heard = done(summoned(), (stages.Testify("我反对"), HELD, "m-03"))
        assert done(heard, (action, HELD, by)).version == 4

    def test_in_anothers_name(self):
        """Only the minute taker enters what others said."""
        refused(summoned(), stages.Testify("他说的", speaker="m-02"), "NOT_IN_OFFICE", at=HELD, by="m-01")

    def test_not_before_the_call(self):
        """Before the call there is nothing to say or close."""
        refused(alone(hearing()), stages.Testify("早"), "NOT_NOW", at=START, by="m-01")
        refused(alone(hearing()), CloseHearing(conclusion="?"), "NOT_NOW", at=START)

    def test_no_waiver_once_called(self):
        """A hearing that was called is held."""
        refused(summoned(), WaiveHearing("算了"), "NOT_NOW", at=HELD)

    @pytest.mark.parametrize("reason", ["", "  ", "\n"])
    def test_a_waiver_needs_a_reason(self, reason):
        """A waiver says why."""
        with pytest.raises(YizhengError):
            done(alone(hearing()), (WaiveHearing(reason), START))


class TestCatalogue:
    """The allowance procedure: a contested family is heard (report, case B, stage 5)."""

    def test_a_contested_family(self):
        """Where the matter says contested, the secretary cannot go on without a hearing."""
        case = take(allowance(), allowance_steps(), lambda case: case.stage == "hearing")
        refused(case, WaiveHearing("省事"), "HEARING_REQUIRED", at=day(11), says=["contested"])
        assert family().facts["contested"] is True

    def test_asked_for_in_the_solicitation(self):
        """Those who asked for a hearing in their opinions are counted at the hearing stage."""
        stage = allowance().procedure.stage("hearing")
        assert {trigger.__class__ for trigger in stage.triggers} == {FactIs, AskedBy}


@pytest.mark.parametrize(
    "bad",
    [{"triggers": 5}, {"triggers": ["contested"]}, {"within": 5}, {"offices": {"call_hearing": "secretary"}}],
    ids=str,
)
def test_bad_settings(bad):
    """A stage that cannot be built says so, by an error of this library."""
    with pytest.raises(YizhengError):
        hearing(**bad)
