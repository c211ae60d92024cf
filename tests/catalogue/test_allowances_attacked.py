"""A hostile officer and the allowance: since 2026-07-01 none is reduced or ended unheard (Social Assistance Law art. 48, E35).

Whatever any office does, in whatever order, by whatever by-law, on whatever day: where an end takes an allowance away that
was decided since that day, the recipient spoke, declined themselves or in writing, or did not come after a summons in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roads import CORRECTED, DAY, HOUR, along, do, holder, now, opened
from walks import DECIDED, SHANGHAI, refused
from yizheng import Case, Citation, Matter, Period, Procedure, Refused, Text
from yizheng.calendar import PLAIN_DAYS as DAYS
from yizheng.calendar import local_day
from yizheng.case.adopting import adopting
from yizheng.catalogue import assistance, owners, yizheng
from yizheng.errors import InvalidType
from yizheng.stages import (
    Abandon,
    Act,
    Action,
    AdoptEdition,
    AnswerObjection,
    Appoint,
    Assign,
    CallHearing,
    CloseHearing,
    Complete,
    Confirm,
    DeclineHearing,
    Destroy,
    Disclosure,
    Interrupt,
    Note,
    Object,
    Post,
    RecordAbsence,
    Reject,
    SendBack,
    Spend,
    Submit,
    Summon,
    TakeDown,
    Testify,
    WaiveHearing,
    Withdraw,
)

LAW: Final = date(2026, 7, 1)
JULY: Final = datetime(2026, 7, 1, tzinfo=SHANGHAI)
BY_LAW: Final = Citation(
    instrument=Text("某办法（虚构）", "rules (invented)"), article="5", in_force_from=date(2014, 5, 1)
)
LATER: Final = attrs.evolve(BY_LAW, in_force_from=date(2026, 7, 2))
ONE_DAY: Final = Period(1, citation=BY_LAW)

REVIEWS: Final[Mapping[str, Procedure]] = {
    "2014": assistance.ALLOWANCE_REVIEW_2014,
    "2021": assistance.ALLOWANCE_REVIEW_2021,
    "2021 by-law": assistance.allowance_review(on=date(2025, 1, 1), decision_posted=ONE_DAY, answer=ONE_DAY),
    "application 2021": assistance.allowance_application(on=date(2025, 1, 1), decision_posted=ONE_DAY),
}
"""What could refuse before the law."""

ALL: Final[Mapping[str, Procedure]] = {
    **REVIEWS,
    "review": assistance.ALLOWANCE_REVIEW,
    "review by-law": assistance.allowance_review(posted=None, decision_posted=ONE_DAY),
    "change": assistance.ALLOWANCE_CHANGE,
    "change 2021": assistance.allowance_change(on=date(2025, 1, 1), summoned=ONE_DAY),
    "change at once": assistance.allowance_change(summoned=[Period(0, citation=BY_LAW)], decision_posted=ONE_DAY),
}

TAKING: Final = {"refused", "changed"}
"""The ends by which something is taken away."""


def before_the_decision(name: str) -> Case:
    """An old review that stands before the county in June 2026."""
    road = ("inquire.completed", *(["peer_review.carried"] if name == "2014" else []), "post_opinion.clear")
    procedure = REVIEWS[name]
    if name == "2014":
        return along(opened(procedure, at=datetime(2021, 5, 3, 9, tzinfo=SHANGHAI)), road)
    return along(opened(procedure, at=datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)), road)


def unheard(case: Case) -> str | None:
    """Why an end that was reached should not have been; ``None`` where it rests on what it must.

    It asks the record alone: it repeats nothing of how an act is judged.
    """
    if case.outcome not in TAKING:
        return None
    decided = max(entry.number for entry in case.entries if isinstance(entry.action, Reject))
    told = max(entry.number for entry in case.entries if isinstance(entry.action, Post))
    days = [local_day(case.entries[number - 1].recorded_at, "Asia/Shanghai") for number in (decided, told)]
    if case.outcome == "refused":
        return None if max(days) < LAW else f"refused and told on {days}"
    asked = [each.number for each in case.entries if isinstance(each.action, Reject) and each.number < decided]
    since = [each for each in case.entries if max(asked) < each.number < decided]
    own = any(
        isinstance(each.action, Testify | DeclineHearing)
        and (
            each.by == "recipient-1"
            or "recipient-1" in {getattr(each.action, key, "") for key in ("speaker", "person")}
        )
        for each in since
    )
    if own:
        return None
    absences = [each for each in since if isinstance(each.action, RecordAbsence)]
    summonses = [each for each in since if isinstance(each.action, Summon)]
    calls = [each for each in since if isinstance(each.action, CallHearing)]
    if not absences or not summonses:
        return "neither heard nor summoned"
    held = local_day(calls[-1].action.held_at, "Asia/Shanghai")
    clear = (held - local_day(summonses[-1].recorded_at, "Asia/Shanghai")).days - 1
    gone = local_day(absences[-1].at, "Asia/Shanghai")
    return None if clear >= 7 and gone > held else f"{clear} clear days before {held}, absent on {gone}"


class TestTheOldReview:
    """A review by the rules of before refuses nothing since 2026-07-01."""

    @pytest.mark.parametrize("name", REVIEWS)
    def test_the_county(self, name: str) -> None:
        """Its refusal is not accepted, and the way to go is named, in both languages."""
        case = do(before_the_decision(name), Submit(to="民政局"), datetime(2026, 6, 29, 9, tzinfo=SHANGHAI))
        reject = Reject(reference="1", reasons="超标")
        assert do(case, reject, JULY - timedelta(microseconds=1)).stage == "tell_refusal"
        reasons = refused(case, reject, "LAPSED", at=JULY, by="county-1", says=["allowance_change", "2026-06-30"])
        assert "低保核查与变更" in str(
            reasons[0].explain("zh") if isinstance(reasons, list) else reasons.reasons[0].explain("zh")
        )
        for action, stage in ((Confirm(reference="1"), "publish_decision"), (SendBack(reasons="x"), "inquire")):
            assert do(case, action, JULY, by="county-1").stage == stage

    @pytest.mark.parametrize("name", REVIEWS)
    def test_no_by_law_opens_it(self, name: str) -> None:
        """What was decided in June and not told is not told in July, by a given by-law or an adopted one; the county corrects it."""
        case = along(before_the_decision(name), ("decide.rejected",))
        letter = Post(channels={"letter"}, content="不予确认")
        if name == "2014":
            case = do(case, Note("x"), datetime(2026, 6, 30, tzinfo=SHANGHAI))
        refused(case, letter, "LAPSED", at=JULY + DAY, by="secretary-1")
        adopt = AdoptEdition("tell_refusal", period=Period(30, citation=LATER), setting="least", **DECIDED)
        case = do(case, adopt, JULY + DAY)
        refused(case, letter, "LAPSED", at=JULY + 2 * DAY, by="secretary-1")
        assert do(case, CORRECTED, JULY + 2 * DAY, by="county-1").stage == "inquire"

    def test_what_was_told_in_time(self) -> None:
        """A letter of June stands; where it is taken down to be posted anew, or answered in July, nothing is refused again."""
        case = along(before_the_decision("2021"), ("decide.rejected",))
        letter = Post(channels={"letter"}, content="不予确认")
        case = do(case, letter, JULY - HOUR)
        assert unheard(do(case, TakeDown(), JULY + 9 * DAY)) is None
        again = do(case, Interrupt("有误"), JULY + DAY)
        refused(again, letter, "LAPSED", at=JULY + DAY, by="secretary-1")
        objected = do(case, Object("有误"), JULY + DAY, by="recipient-1")
        objected = do(objected, AnswerObjection("x1", "属实", upheld=True), JULY + DAY)
        objected = do(objected, TakeDown(), JULY + 9 * DAY)
        assert objected.stage == "decide"
        refused(objected, Submit(to="民政局"), "NO_EDITION", at=JULY + 9 * DAY, by="secretary-1")

    def test_what_else_ends_it(self) -> None:
        """Whatever else ends a review takes nothing away, and says so."""
        for procedure in (*REVIEWS.values(), assistance.ALLOWANCE_REVIEW):
            closed = next(end for end in procedure.ends if end.id == "closed")
            assert "照旧" in closed.title.zh
            assert "as it was" in closed.title.en

    def test_as_it_was(self) -> None:
        """What the county confirms in a review of what is paid is that it goes on as it was."""
        (confirmed,) = (end for end in assistance.ALLOWANCE_REVIEW.ends if end.id == "confirmed")
        assert "照旧" in confirmed.title.zh


class TestTheSummons:
    """The seven days that are inferred are a floor: a by-law makes them longer and never shorter."""

    @pytest.mark.parametrize(
        ("summoned", "days"),
        [((), 7), (ONE_DAY, 7), (Period(0, citation=BY_LAW), 7), ([], 7), (Period(20, citation=BY_LAW), 20)],
        ids=["none", "one", "nought", "empty", "twenty"],
    )
    def test_joined(self, summoned: Any, days: int) -> None:
        """The longer holds, whatever is given."""
        case = along(opened(assistance.allowance_change(summoned=summoned)), ("inquire.completed", "intend.rejected"))
        at = now(case)
        for length, code in ((days, "SHORT_PERIOD"), (days + 1, None)):
            called = do(case, CallHearing(held_at=at + length * DAY, reason="x"), at)
            summon = Summon(concerned="recipient", evidence="回证")
            if code is None:
                assert do(called, summon, at).progress.summoned
            else:
                refused(called, summon, code, at=at, by="secretary-1", says=[str(days)])

    def test_nothing_else(self) -> None:
        """None is no period."""
        with pytest.raises(InvalidType):
            assistance.allowance_change(summoned=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    @pytest.mark.parametrize("name", ["change", "change 2021"])
    def test_nobody_adopts_less(self, name: str) -> None:
        """Nor on the way."""
        case = along(opened(ALL[name]), ("inquire.completed",))
        adopt = AdoptEdition(
            "hear", period=Period(1, citation=attrs.evolve(LATER, in_force_from=date(2026, 9, 2))), **DECIDED
        )
        refused(case, adopt, "EDITION_LOWER", at=now(case), by=holder(case, AdoptEdition))


class TestTheRecipient:
    """Who is heard cannot be made to vanish, to be silent, or to be somebody else."""

    def test_destroyed(self) -> None:
        """Who they are is kept until the case has ended, so that they can always speak."""
        gone = Destroy({1: {"matter.private.recipient"}}, reason="到期")
        case = opened(assistance.ALLOWANCE_CHANGE)
        for road in ((), ("inquire.completed",), ("intend.rejected",), ("hear.held",), ("decide.rejected",)):
            case = along(case, road)
            refused(
                case, gone, "PARTIES_NEEDED", at=now(case), by="secretary-1", says=["救助对象", "the recipient"][:0]
            )
        ended = along(case, ("tell_change.clear",))
        assert ended.act(gone, at=now(ended), by="secretary-1").matter.private == {}

    def test_by_its_title(self) -> None:
        """A refusal names what is private as the procedure calls it, and no field."""
        case = along(opened(assistance.ALLOWANCE_CHANGE), ("inquire.completed", "intend.rejected"))
        case = do(case, CallHearing(held_at=now(case), reason="x"), now(case))
        for action, by, code in (
            (Testify("x"), "resident-9", "NOT_CONCERNED"),
            (CloseHearing(conclusion="x"), "secretary-1", "CONCERNED_UNHEARD"),
            (Summon(concerned="recipient", evidence="x"), "secretary-1", "SHORT_PERIOD"),
        ):
            with pytest.raises(Refused) as caught:
                do(case, action, now(case), by=by)
            (reason,) = (each for each in caught.value.reasons if each.code == code)
            for language, title in (("zh", "救助对象"), ("en", "the recipient (a flat or a number)")):
                said = reason.explain(language)
                assert "recipient" not in said.replace(title, "")
                assert code == "SHORT_PERIOD" or title in said

    def test_unsalted(self) -> None:
        """Nor where a value cannot be destroyed because it was sealed bare."""
        procedure = assistance.ALLOWANCE_CHANGE
        matter = Matter("1", title="x", category="allowance", private={"recipient": "7-302"})
        offices = {"secretary": {"sec-1"}, "county": {"county-1"}, "chair": {"chair-1"}}
        case = Case.open(matter, procedure, {}, offices, at=JULY, by="sec-1")
        with pytest.raises(Refused, match="UNSALTED") as caught:
            case.act(Destroy({1: {"matter.private.recipient"}}, reason="x"), at=JULY, by="sec-1")
        assert "救助对象" in caught.value.reasons[0].explain("zh")
        assert "matter.private" not in caught.value.reasons[0].explain("en")

    def test_no_edition_by_its_title(self) -> None:
        """And a rule that has no edition by the title of its stage."""
        case = along(opened(REVIEWS["2021"], at=datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)), ("inquire.completed",))
        with pytest.raises(Refused, match="NO_EDITION") as caught:
            do(case, Post(channels={"bulletin_board"}, content="x"), JULY)
        for language, title in (("zh", "初审意见公示"), ("en", "post the first opinion")):
            said = caught.value.reasons[0].explain(language)
            assert title in said
            assert "post_opinion" not in said


class TestNothingIsUrgentEnough:
    """The road by which something is done at once and told afterwards (E41) is no road to an allowance."""

    @pytest.mark.parametrize("name", ALL)
    def test_no_money_and_no_telling_afterwards(self, name: str) -> None:
        """Nothing is spent in a review, and an emergency that a matter states changes nothing of what is asked."""
        procedure = ALL[name]
        assert all(Spend not in place.may or not place.may[Spend] for place in procedure.table.places.values())
        assert "emergency" in owners.EMERGENCY.facts
        assert "emergency" not in {*procedure.facts, *procedure.given}
        urgent = (
            along(opened(procedure, facts={"emergency": "紧急"}), ("inquire.completed",)) if "change" in name else None
        )
        if urgent is not None:
            urgent = along(urgent, ("intend.rejected",))
            assert urgent.stage == "hear"

    @pytest.mark.parametrize("name", ALL)
    def test_what_is_told_is_told_as_long(self, name: str) -> None:
        """No posting or letter is made shorter on the way."""
        procedure = ALL[name]
        dossier = opened(procedure).dossier
        at = now(opened(procedure))
        weaker = Period(0, citation=attrs.evolve(LATER, in_force_from=date(2026, 9, 2)))
        for stage in procedure.stages:
            if isinstance(stage, Disclosure):
                action = AdoptEdition(stage.id, period=weaker, setting="least", **DECIDED)
                asked = Act(action, at, at, "secretary-1", DAYS, "Asia/Shanghai")
                decided = adopting(asked, stage, dossier)
                assert isinstance(decided, list)
                assert {each.code for each in decided} <= {"EDITION_LOWER", "EDITION_ENDED"}


OFFICERS: Final = ("secretary-1", "chair-1", "county-1", "recipient-1", "resident-1")
"""Who acts: the last two are no officers, unless they are made so."""


def could_do(case: Case, at: datetime, days: int) -> list[Action]:
    """What anybody might try: each kind of act, with what a hostile officer would put into it."""
    held = at + days * DAY
    period = Period(days, citation=LATER)
    return [
        Assign(responsible="w", task="x", due=at + DAY),
        Complete("x"),
        Abandon("x"),
        Submit(to="x"),
        Confirm(reference="1"),
        Reject(reference="1", reasons="x"),
        SendBack(reasons="x"),
        Post(channels={"letter"}, content="x"),
        Post(channels={"bulletin_board"}, content="x"),
        TakeDown(),
        Interrupt("x"),
        Object("x"),
        AnswerObjection("x1", "x", upheld=True),
        AnswerObjection("x1", "x", upheld=False),
        CallHearing(held_at=held, reason="x"),
        Summon(concerned="recipient", evidence="x"),
        RecordAbsence(concerned="recipient", account="x"),
        Testify("x"),
        Testify("x", speaker="recipient-1", evidence="x"),
        Testify("x", speaker="resident-1", evidence="x"),
        DeclineHearing(),
        DeclineHearing(person="recipient-1", evidence="x"),
        DeclineHearing(person="resident-1", evidence="x"),
        CloseHearing(conclusion="x", unheard="x"),
        WaiveHearing("x"),
        Appoint("chair", {"chair-1", "recipient-1"}, reason="x"),
        Appoint("secretary", {"secretary-1", "resident-1"}, reason="x"),
        *(AdoptEdition(each.id, period=period, setting="least", **DECIDED) for each in case.procedure.stages[-2:]),
        AdoptEdition("hear", period=period, **DECIDED),
        Destroy({1: {"matter.private.recipient"}}, reason="x"),
        Withdraw("x"),
        CORRECTED,
        Note("x"),
    ]


ONWARD: Final = {
    "inquire": [(Assign, 0), (Complete, 0)],
    "post_opinion": [(Post, 0), (TakeDown, 8)],
    "intend": [(Submit, 0), (Reject, 0)],
    "decide": [(Submit, 0), (Reject, 0)],
    "hear": [(CallHearing, 0), (Summon, 0), (RecordAbsence, 9), (CloseHearing, 0)],
    "tell_refusal": [(Post, 0), (TakeDown, 8)],
    "tell_change": [(Post, 0), (TakeDown, 8)],
}
"""The straight way to taking it away, so that walks come to the places that matter."""


class TestWhateverAnybodyDoes:
    """A walk over everything that any office may do, by old and new definitions, around and after the day."""

    @given(st.data())
    def test_no_end_that_takes_it_away_unheard(self, data: st.DataObject) -> None:
        """Each end that is reached rests on what the record shows, and the record replays to it."""
        name = data.draw(st.sampled_from(sorted(set(ALL) - {"2014"})))
        at = JULY + timedelta(hours=data.draw(st.integers(-24 * 25, 24 * 5)))
        start = JULY - 40 * DAY if name in REVIEWS else at
        case = opened(ALL[name], at=start)
        at = max(at, now(case))
        for _ in range(data.draw(st.integers(10, 45))):
            if case.stage is None:
                break
            days = data.draw(st.sampled_from([0, 1, 7, 8, 9]))
            if data.draw(st.integers(0, 3)):  # three times of four it goes straight on
                kinds = [kind for kind, _ in ONWARD.get(case.stage, []) if kind in case.options()]
                kind = kinds[-1] if kinds and data.draw(st.booleans()) else next(iter(kinds), Note)
                tries = [each for each in could_do(case, at, days) if type(each) is kind]
            else:
                tries = could_do(case, at, days)
            action = data.draw(st.sampled_from(tries))
            by = (
                data.draw(st.sampled_from(OFFICERS)) if not data.draw(st.integers(0, 4)) else holder(case, type(action))
            )
            moment = at - timedelta(hours=data.draw(st.sampled_from([0, 0, 0, 24, 24 * 8])))  # dated back
            try:
                case = case.act(action, at=moment, recorded_at=at, by=by, salt=b"s" * 16)
            except Refused:
                at += data.draw(st.sampled_from([HOUR, DAY, 8 * DAY]))
            else:
                at += data.draw(st.sampled_from([timedelta(0), HOUR]))
        assert unheard(case) is None, [(each.action.kind, each.by, str(each.recorded_at)) for each in case.entries]
        assert Case.replay(case.entries).outcome == case.outcome

    @pytest.mark.parametrize("name", ["change", "change at once"])
    def test_the_ends_are_reached_nevertheless(self, name: str) -> None:
        """What the law allows can be done: heard, declined, or absent after a summons in time."""
        case = along(opened(ALL[name]), ("inquire.completed", "intend.rejected"))
        at = now(case)
        case = do(
            do(case, CallHearing(held_at=at + 8 * DAY, reason="x"), at), Summon(concerned="recipient", evidence="x"), at
        )
        roads = {
            "heard": (Testify("不同意"), at + 8 * DAY, "recipient-1"),
            "declined": (DeclineHearing(), at, "recipient-1"),
            "absent": (RecordAbsence(concerned="recipient", account="x"), at + 9 * DAY, "county-1"),
        }
        for how, (action, when, by) in roads.items():
            closed = do(do(case, action, when, by=by), CloseHearing(conclusion="x"), max(when, at + 8 * DAY))
            assert closed.entries[-1].effect.carried == {how: ("recipient",)}
            ended = along(closed, ("decide.rejected", "tell_change.clear"))
            assert (ended.outcome, unheard(ended)) == ("changed", None)

    def test_the_yearly_review_of_the_report(self) -> None:
        """Nor does the review of the source report take anything away."""
        assert not {end.id for end in yizheng.ALLOWANCE.ends} & TAKING
