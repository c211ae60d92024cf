"""Referral (上报 备案 审核): the level above confirms, rejects or sends back. The cases are invented."""

from datetime import timedelta

import attrs
import pytest

from walks import (
    CITED,
    DECIDED,
    MICROSECOND,
    NEW_LAW,
    NEW_YEAR,
    START,
    allowance,
    allowance_steps,
    alone,
    day,
    days,
    done,
    refused,
    take,
)
from yizheng import Case, Text
from yizheng.errors import YizhengError
from yizheng.stages import AdoptEdition, Confirm, Post, Referral, Reject, SendBack, Submit, TakeDown

SENT = Submit(to="区民政局")
REJECTED = Reject(
    reference="民〔2026〕3号", reasons=Text("收入超过标准", "the income is above the standard"), citation=CITED
)


def referral(**settings) -> Referral:
    """A referral."""
    return Referral(id="refer", title="上报", **settings)


def sent(**settings) -> Case:
    """The matter has been sent up."""
    return done(alone(referral(**settings)), (SENT, START))


class TestWorkflow:
    """What was resolved goes up, and comes back decided (domain fact 0.12)."""

    @pytest.mark.parametrize(
        ("answer", "outcome"),
        [
            (Confirm(reference="民〔2026〕1号"), "was_confirmed"),
            (REJECTED, "was_rejected"),
            (SendBack(reasons="缺收入证明"), "was_returned"),
        ],
        ids=["confirmed", "rejected", "returned"],
    )
    def test_the_three_answers(self, answer, outcome):
        """It is confirmed, rejected with reasons, or sent back for what is missing."""
        case = done(sent(), (answer, day(20)))
        assert case.outcome == outcome
        assert Case.replay(case.entries) == case

    def test_the_reasons_are_kept(self):
        """Why it was rejected or sent back goes back to the people (domain E33); a confirmation has none."""
        assert done(sent(), (REJECTED, day(20))).dossier.reasons == REJECTED.reasons
        assert done(sent(), (SendBack(reasons="缺收入证明"), day(20))).dossier.reasons.zh == "缺收入证明"
        assert done(sent(), (Confirm(reference="1"), day(20))).dossier.reasons is None

    def test_with_a_document(self):
        """What was sent can be named by its digest."""
        case = done(alone(referral()), (attrs.evolve(SENT, document="0" * 64), START))
        assert case.entries[-1].action.document == "0" * 64

    def test_what_is_due(self):
        """First it is sent; then the level above decides, by a date where a rule says."""
        assert [duty.action for duty in alone(referral()).due(START)] == ["submit"]
        assert [(duty.action, duty.until) for duty in sent().due(START)] == [("confirm", None)]
        (duty,) = sent(within=days(20)).due(day(21, hour=0))
        assert (duty.until, duty.overdue) == (day(21, hour=0), False)
        (late,) = sent(within=days(20)).due(day(21, hour=0) + MICROSECOND)
        assert late.overdue
        assert referral().due("closed", sent().progress) == ()


class TestPeriod:
    """How soon the level above decides: reckoned from the day it was sent (Civil Code art. 201)."""

    def test_kept_in_the_entry(self):
        """The edition and the date stand in the entry."""
        effect = sent(within=days(20, "working_days")).entries[-1].effect
        assert effect.periods["within"] == days(20, "working_days")
        assert effect.due["decision"] == day(29, hour=0)

    def test_a_late_answer_is_an_answer(self):
        """The community does not lose its case because the level above was slow."""
        assert done(sent(within=days(20)), (Confirm(reference="1"), day(300))).outcome == "was_confirmed"

    def test_no_edition_in_force(self):
        """Where no edition is in force nothing is guessed; an adopted one is taken."""
        at = NEW_YEAR - timedelta(days=1)
        case = alone(referral(within=days(20, since=NEW_LAW)), at=at)
        refused(case, SENT, "NO_EDITION", at=at, says=["2025-12-31", "2026-01-01"])
        slower = AdoptEdition("refer", period=days(30, since=NEW_LAW), **DECIDED)
        refused(case, slower, "EDITION_LOWER", at=at, says=["30", "20"])
        adopt = AdoptEdition("refer", period=days(10, since=NEW_LAW), **DECIDED)
        adopted = done(case, (adopt, at), (SENT, NEW_YEAR))
        assert adopted.entries[-1].effect.periods["within"].length == 10
        refused(adopted, adopt, "EDITION_FIXED", at=NEW_YEAR)

    def test_what_it_sets(self):
        """It names the dated period that it sets."""
        assert dict(referral(within=days(20)).rules()) == {"within": (days(20),)}
        assert dict(referral().rules()) == {}


class TestRefused:
    """What cannot be done, in the order of its life."""

    @pytest.mark.parametrize(
        "answer", [Confirm(reference="1"), REJECTED, SendBack(reasons="缺")], ids=lambda action: action.kind
    )
    def test_an_answer_before_it_was_sent(self, answer):
        """Nobody decides what was not sent."""
        refused(alone(referral()), answer, "NOT_NOW", at=START)

    def test_sent_twice(self):
        """It is sent once."""
        refused(sent(), SENT, "NOT_NOW", at=day(1))

    def test_a_second_answer(self):
        """What is decided is decided."""
        case = done(sent(), (REJECTED, day(20)))
        refused(case, Confirm(reference="2"), "CASE_ENDED", at=day(21), says=["rejected"])

    def test_without_the_office(self):
        """The community does not confirm itself: in the allowance procedure the county alone answers."""
        case = take(allowance(), allowance_steps(), lambda case: case.state == "refer.submitted")
        for answer in (Confirm(reference="1"), REJECTED, SendBack(reasons="缺")):
            refused(case, answer, "NOT_IN_OFFICE", at=day(31), by="sec-1", says=["sec-1", "county"])

    @pytest.mark.parametrize(
        "build",
        [
            lambda: Reject(reference="1", reasons=" "),
            lambda: SendBack(reasons=""),
            lambda: Reject(reference="1", reasons="太富", citation="第8条"),
            lambda: Reject(reference="", reasons="太富"),
            lambda: Confirm(reference=5),
            lambda: Submit(to=5),
            lambda: Submit(to="区民政局", document="file.pdf"),
            lambda: referral(within=5),
        ],
        ids=["no reasons", "nothing missing", "citation", "reference", "number", "to", "document", "within"],
    )
    def test_bad_arguments(self, build):
        """A rejection has reasons and a number; what is no citation and no digest is refused."""
        with pytest.raises(YizhengError):
            build()


class TestTold:
    """The family is told why (Social Assistance Law: reasons in writing; domain part 2.1, the seed's failure)."""

    def test_the_reasons_reach_the_family(self):
        """The letter to the family carries the reasons of the county, by the decision in which they privately stand."""
        case = take(allowance(), allowance_steps(), lambda case: case.state == "refer.submitted")
        case = done(case, (REJECTED, day(40), "county-1"))
        assert case.stage == "inform_family"
        case = done(case, (Post(channels={"letter"}, content="不予确认通知书"), day(41)))
        assert case.entries[-1].effect.carried["reasons"] == {"decision": REJECTED.reference}
        assert done(case, (TakeDown(), day(60))).outcome == "change_considered"

    def test_sent_back(self):
        """What was sent back is discussed again from the beginning of the deliberation."""
        case = take(allowance(), allowance_steps(), lambda case: case.state == "refer.submitted")
        assert done(case, (SendBack(reasons="缺收入证明"), day(40), "county-1")).state == "discuss.waiting"
