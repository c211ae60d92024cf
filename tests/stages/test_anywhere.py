"""What can be done at any stage: appoint, adopt, attach, note, correct, withdraw, order a correction. Invented cases."""

from datetime import date

import attrs
import pytest

from walks import (
    CITED,
    DECIDED,
    MEETING,
    MICROSECOND,
    NEWER,
    START,
    allowance,
    alone,
    assembly,
    called,
    cited,
    courtyard,
    courtyard_steps,
    day,
    days,
    done,
    refused,
    take,
)
from yizheng import Case, Refused, catalogue
from yizheng.errors import InvalidValue, YizhengError
from yizheng.rules import Choice
from yizheng.stages import (
    ANYWHERE,
    Adjourn,
    AdoptEdition,
    AnswerOpinion,
    Appoint,
    Attach,
    CastBallot,
    Convene,
    Correct,
    Disclosure,
    Note,
    Object,
    OrderCorrection,
    Post,
    ReceiveOpinion,
    Revise,
    Solicitation,
    TakeAttendance,
    Withdraw,
)

PASSED_LATER = attrs.evolve(MEETING, citation=cited(since=NEWER))
SUPERIOR = OrderCorrection("名册有误", citation=CITED)


def walked() -> dict[str, Case]:
    """The courtyard case at every state that its walk rests in."""
    case = courtyard()
    found = {case.state: case}
    for number, step in enumerate(courtyard_steps()):
        case = case.act(step.action, at=step.at, by=step.by, salt=number.to_bytes(16))
        found.setdefault(case.state, case)
    return found


WALKED = walked()
OPEN = [case for case in WALKED.values() if case.stage is not None]
NOW = day(500)


class TestEverywhere:
    """At any stage (design part 5): in every phase of a walk, and nowhere after the end."""

    @pytest.mark.parametrize("case", OPEN, ids=lambda case: case.state)
    @pytest.mark.parametrize(
        "action",
        [
            Note("雨天"),
            Attach("0" * 64, "图纸"),
            Correct(1, "2026-007 号", reason="笔误"),
            Appoint("chair", {"rep-04"}, reason="换届"),
        ],
        ids=lambda action: action.kind,
    )
    def test_moves_nothing(self, case, action):
        """It stands in the record, and the case is where it was."""
        after = done(case, (action, NOW))
        assert (after.state, after.progress, after.version) == (case.state, case.progress, case.version + 1)
        assert after.options() == case.options()

    @pytest.mark.parametrize("action", [Note("雨天"), Withdraw("晚了"), SUPERIOR], ids=lambda action: action.kind)
    def test_after_the_end(self, action):
        """After the end nothing is added; a new case names this one as its origin."""
        no = refused(WALKED["carried_out"], action, "CASE_ENDED", at=NOW, by="sec-1")
        assert "满意" in no.explain("zh")

    @pytest.mark.parametrize(
        "action",
        [
            Attach("0" * 64, "图纸"),
            Correct(1, "x", reason="笔误"),
            Appoint("clerk", {"rep-04"}, reason="换届"),
            AdoptEdition("resolve", rule=MEETING),
            Withdraw("另有安排"),
            SUPERIOR,
            Note("我来写一笔"),
        ],
        ids=lambda action: action.kind,
    )
    def test_by_whom(self, action):
        """Offices do it, and strangers do not, and are told which office does."""
        beside = {"adopt_edition": ["NOT_NEWER"]}.get(action.kind, [])
        refused(alone(assembly()), action, "NOT_IN_OFFICE", *beside, at=day(3), by="m-01")

    def test_all_of_them(self):
        """There are seven."""
        assert [action.kind for action in ANYWHERE] == [
            "appoint", "adopt_edition", "attach", "note", "correct", "withdraw", "order_correction",
        ]  # fmt: skip


class TestAppoint:
    """Offices change by an entry, and from then on (design: who)."""

    def test_who_holds_it_from_now_on(self):
        """The new secretary acts, the old one does not, and what the old one did stays."""
        case = done(alone(assembly()), (Appoint("secretary", {"sec-2"}, reason="轮换"), START))
        refused(case, Convene(held_at=day(3)), "NOT_IN_OFFICE", at=START, by="sec-1", says=["sec-1", "secretary"])
        case = done(case, (Convene(held_at=day(3)), START, "sec-2"))
        assert (case.entries[0].by, case.offices["secretary"]) == ("sec-1", {"sec-2"})

    def test_several_holders(self):
        """An office can be held by several."""
        case = done(alone(assembly()), (Appoint("secretary", {"sec-1", "sec-2"}, reason="轮换"), START))
        assert done(case, (Note("一"), START, "sec-1"), (Note("二"), START, "sec-2")).version == 4

    def test_nobody(self):
        """An office can be left empty: then nobody does what it alone may do."""
        case = done(alone(assembly()), (Appoint("clerk", (), reason="离职"), START))
        refused(case, Note("我还在"), "NOT_IN_OFFICE", at=START, by="clerk-1")

    def test_somebody_is_left_who_can_appoint(self):
        """The last office that can fill an office is not left vacant: the case could never be carried on."""
        refused(alone(assembly()), Appoint("secretary", (), reason="离职"), "NOBODY_LEFT", at=START)

    def test_an_office_that_was_empty(self):
        """An office that nobody held at the opening is filled later."""
        case = Case.open(
            courtyard().matter,
            catalogue.yizheng.COURTYARD,
            {},
            {"secretary": {"sec-1"}},
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        case = done(case, (Appoint("supervisor", {"sup-9"}, reason="推选"), START))
        assert done(case, (Note("到岗"), START, "sup-9")).offices["supervisor"] == {"sup-9"}

    def test_an_unknown_office(self):
        """An office that the procedure does not have is refused, and those it has are told."""
        action = Appoint("mayor", {"x"}, reason="?")
        no = refused(alone(assembly()), action, "UNKNOWN_OFFICE", at=START, says=["mayor"])
        assert "there are: clerk, secretary" in no.explain("en")  # their ids, which are what an action asks for

    @pytest.mark.parametrize("office", ["supervisor", "subdistrict"])
    def test_an_independent_office(self, office):
        """Who watches over the secretary, or stands above, is not chosen by the secretary (domain facts 0.12, E34)."""
        refused(courtyard(), Appoint(office, {"friend-1"}, reason="换人"), "INDEPENDENT_OFFICE", at=START)
        refused(courtyard(), Appoint(office, (), reason="空缺"), "INDEPENDENT_OFFICE", at=START)

    def test_an_independent_office_changes_itself(self):
        """Its own holders say who follows them."""
        case = done(courtyard(), (Appoint("supervisor", {"sup-1", "sup-3"}, reason="补选"), START, "sup-1"))
        assert case.offices["supervisor"] == {"sup-1", "sup-3"}
        refused(
            case,
            Appoint("supervisor", {"sup-9"}, reason="换人"),
            "NOT_IN_OFFICE",
            "INDEPENDENT_OFFICE",
            at=START,
            by="sup-2",
        )

    @pytest.mark.parametrize(
        ("office", "holder", "by"),
        [("secretary", "sup-1", "sec-1"), ("supervisor", "sec-1", "sup-1"), ("chair", "street-1", "sec-1")],
    )
    def test_nobody_holds_an_independent_office_and_another(self, office, holder, by):
        """Nobody inspects their own works, whichever of the two offices comes second."""
        refused(
            courtyard(), Appoint(office, {holder}, reason="兼任"), "INDEPENDENT_OFFICE", at=START, by=by, says=[holder]
        )

    def test_both_reasons(self):
        """Somebody else's independent office, for oneself: both are told."""
        action = Appoint("supervisor", {"sec-1"}, reason="兼任")
        refused(courtyard(), action, "INDEPENDENT_OFFICE", "INDEPENDENT_OFFICE", at=START, says=["sec-1"])

    @pytest.mark.parametrize("by", ["sup-1", "street-1"])
    @pytest.mark.parametrize("office", ["secretary", "chair"])
    def test_an_independent_office_changes_no_other(self, office, by):
        """Those who watch over the community's offices, or stand above them, do not fill them (domain E34)."""
        with pytest.raises(Refused):
            courtyard().act(Appoint(office, {"friend-1"}, reason="换人"), at=START, by=by)

    def test_at_the_opening(self):
        """Nor does a case begin with somebody who holds an independent office and another."""
        with pytest.raises(InvalidValue, match="sec-1"):
            Case.open(
                courtyard().matter,
                catalogue.yizheng.COURTYARD,
                {},
                {"secretary": {"sec-1"}, "supervisor": {"sec-1"}},
                at=START,
                by="sec-1",
            )

    def test_what_an_office_may_do_is_the_procedures(self):
        """A clerk may note, and nothing else."""
        refused(alone(assembly()), Convene(held_at=day(3)), "NOT_IN_OFFICE", at=START, by="clerk-1")

    def test_a_stage_may_say_otherwise(self):
        """Where a stage names its own offices for an action, those count there."""
        stage = assembly(offices={"convene": {"clerk"}})
        case = alone(stage)
        refused(case, Convene(held_at=day(3)), "NOT_IN_OFFICE", at=START, by="sec-1", says=["clerk"])
        assert done(case, (Convene(held_at=day(3)), START, "clerk-1")).phase == "called"

    @pytest.mark.parametrize(
        "bad",
        [{"office": ""}, {"holders": "sec-2"}, {"holders": 5}, {"holders": [5]}, {"reason": 5}, {"reason": " "}],
        ids=str,
    )
    def test_bad_arguments(self, bad):
        """Holders are a set of ids, and a change of office has a reason."""
        with pytest.raises(YizhengError):
            done(alone(assembly()), (Appoint(**{"office": "clerk", "holders": {"a"}, "reason": "换届", **bad}), START))


class TestAdoptEdition:
    """A law passed after the opening enters by adoption, with its citation, before its stage opens."""

    def test_for_a_stage_that_lies_ahead(self):
        """It waits there until the stage opens."""
        case = done(courtyard(), (AdoptEdition("resolve", period=days(30, since=NEWER), **DECIDED), START))
        case = take(case, courtyard_steps(), lambda case: case.stage == "resolve")
        refused(case, Convene(held_at=day(50), until=day(60), mode="written"), "SHORT_PERIOD", at=day(20), says=["30"])

    def test_an_unknown_stage(self):
        """A stage that the procedure does not have is refused, and those it has are told."""
        refused(courtyard(), AdoptEdition("veto", rule=MEETING), "UNKNOWN_ITEM", at=START, says=["veto", "resolve"])

    @pytest.mark.parametrize(
        ("stage", "edition"),
        [
            ("propose", {"period": days(3, since=NEWER)}),
            ("implement", {"rule": PASSED_LATER}),
            ("solicit", {"rule": PASSED_LATER}),
        ],
        ids=str,
    )
    def test_a_stage_without_such_a_setting(self, stage, edition):
        """A stage that sets no such rule or period takes none."""
        refused(courtyard(), AdoptEdition(stage, **edition), "SETTING_NEEDED", at=START)

    def test_an_unknown_setting(self):
        """Nor does a stage take an edition for a setting that it does not have."""
        action = AdoptEdition("resolve", rule=PASSED_LATER, setting="majority")
        refused(courtyard(), action, "SETTING_NEEDED", at=START, says=["rule", "setting="])

    def test_a_setting_of_the_other_kind(self):
        """A rule is not a period."""
        action = AdoptEdition("resolve", rule=PASSED_LATER, setting="notice")
        refused(courtyard(), action, "SETTING_NEEDED", at=START, says=["rule", "setting="])

    @pytest.mark.parametrize("since", [None, date(2025, 1, 1), date(2026, 3, 1), date(2026, 3, 2)], ids=str)
    @pytest.mark.parametrize("edition", ["rule", "period"])
    def test_what_was_there_already(self, edition, since):
        """Only what comes into force after the case was opened is adopted: not on the same day, and not without a date."""
        later = {"rule": MEETING, "period": days(3)}[edition]
        action = AdoptEdition("resolve", **{edition: attrs.evolve(later, citation=cited(since=since))})
        refused(courtyard(), action, "NOT_NEWER", at=START, says=["2026-03-02"])

    def test_the_day_after_the_opening(self):
        """What comes into force the day after the opening is newer, by the day of the procedure's zone."""
        assert done(courtyard(), (AdoptEdition("resolve", rule=PASSED_LATER, **DECIDED), START)).version == 2

    @pytest.mark.parametrize(
        "bad",
        [
            {},
            {"rule": MEETING, "period": days(3)},
            {"rule": attrs.evolve(MEETING, citation=None)},
            {"period": attrs.evolve(days(3), citation=None)},
            {"rule": "过半数"},
            {"period": 3},
            {"rule": MEETING, "setting": ""},
        ],
        ids=["none", "both", "rule without source", "period without source", "words", "number", "setting"],
    )
    def test_bad_arguments(self, bad):
        """One rule or one period, with the place where it is written."""
        with pytest.raises(YizhengError):
            AdoptEdition("resolve", **bad)

    def test_again_when_the_stage_opens_again(self):
        """A stage that comes again takes what was adopted in between."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.stage == "consult")
        case = done(case, (AdoptEdition("propose", rule=PASSED_LATER, **DECIDED), day(12)))
        case = done(case, (SUPERIOR, day(12), "street-1"))
        assert case.state == "propose.waiting"
        assert done(case, (Convene(held_at=day(13)), day(12))).entries[-1].effect.rule.joined[-1] == PASSED_LATER


class TestDocuments:
    """Attach, Note and Correct: they stand beside what they speak of, and change nothing (domain E37)."""

    @pytest.mark.parametrize(
        "digest", ["", "0" * 63, "0" * 65, "g" * 64, "A" * 64, "0" * 64 + "\n", 5, None, b"0" * 64], ids=str
    )
    def test_what_is_no_digest(self, digest):
        """A document is named by 64 hexadecimal digits, in small letters."""
        with pytest.raises(YizhengError):
            Attach(digest, "图纸")

    def test_its_media_type(self):
        """A document says what it is."""
        assert Attach("0" * 64, "图纸", "application/pdf").media == "application/pdf"
        with pytest.raises(YizhengError):
            Attach("0" * 64, "图纸", "")

    @pytest.mark.parametrize("entry", [1, 2])
    def test_every_entry_can_be_corrected(self, entry):
        """The first and the last entry can be corrected, and stay what they were."""
        case = called()
        after = done(case, (Correct(entry, "应为 2026-001", reason="笔误"), START))
        assert after.entries[:2] == case.entries[:2]

    @pytest.mark.parametrize("entry", [0, -1, 3])
    def test_an_unknown_entry(self, entry):
        """One before the first and one after the last are no entries; which there are is told."""
        if entry < 0:
            with pytest.raises(YizhengError):
                Correct(entry, "?", reason="?")
        else:
            refused(called(), Correct(entry, "?", reason="?"), "UNKNOWN_ITEM", at=START, says=[str(entry), "1-2"])

    @pytest.mark.parametrize("bad", ["1", 1.0, True, None, 10**5000], ids=["str", "float", "bool", "none", "huge"])
    def test_what_is_no_number(self, bad):
        """An entry is named by its number."""
        with pytest.raises(YizhengError):
            done(called(), (Correct(bad, "?", reason="?"), START))

    def test_more_than_words(self):
        """A note is at most 64 KiB of words: what is longer is attached (row R19)."""
        assert done(called(), (Note("好" * 21_845), START)).version == 3
        with pytest.raises(YizhengError):
            Note("好" * 21_846)


class TestWithdraw:
    """Withdraw: before the deciding vote opens (domain E28)."""

    BEFORE = ("solicit.open", "propose.sitting", "consult.counted", "resolve.waiting", "resolve.called")
    AFTER = (
        "resolve.voting",
        "disclose_measures.posted",
        "implement.running",
        "disclose_result.waiting",
        "evaluate.surveyed",
    )

    @pytest.mark.parametrize("state", BEFORE)
    def test_before(self, state):
        """Until the owners' vote opens the matter can be taken back; the votes before it decide nothing."""
        case = WALKED[state]
        assert done(case, (Withdraw("资金落空"), day(20))).outcome == "withdrawn"

    @pytest.mark.parametrize("state", AFTER)
    def test_after(self, state):
        """From the deciding vote on it cannot."""
        refused(WALKED[state], Withdraw("资金落空"), "VOTE_OPENED", at=NOW)

    def test_where_nothing_is_voted_on(self):
        """Where the deciding stage takes no vote, the matter can be withdrawn until the stage is over."""
        case = done(alone(Disclosure(id="d", title="公开", least=days(5))), (post(), START))
        assert done(case, (Withdraw("不办了"), day(9))).outcome == "withdrawn"

    def test_after_it_was_sent_back(self):
        """What was carried has been decided: being sent back, by whom and for what ever, does not undecide it."""
        case = done(WALKED["implement.running"], (SUPERIOR, NOW, "street-1"))
        refused(case, Withdraw("重来"), "VOTE_OPENED", at=NOW)

    def test_sent_back_before_it_was_decided(self):
        """A matter that goes back without a decision can be withdrawn as before."""
        case = done(WALKED["resolve.called"], (SUPERIOR, day(20), "street-1"))
        assert done(case, (Withdraw("重来"), day(20))).outcome == "withdrawn"

    def test_while_somebody_is_owed_an_answer(self):
        """Whoever gave an opinion gets an answer before the matter is withdrawn."""
        case = done(alone(Solicitation(id="s", title="征求意见")), (open_solicitation(), START))
        case = done(case, (ReceiveOpinion("一"), START, "a"))
        refused(case, Withdraw("不办了"), "UNANSWERED", at=START, says=["o1"])
        case = done(case, (AnswerOpinion("o1", "谢谢"), START))
        assert done(case, (Withdraw("不办了"), START)).outcome == "withdrawn"


class TestOrderCorrection:
    """The authority above orders a correction: the matter goes back, never forward (domain E34)."""

    @pytest.mark.parametrize("case", [case for case in OPEN if case.stage != "solicit"], ids=lambda case: case.state)
    def test_it_goes_back(self, case):
        """From every stage behind it the matter goes back to where the procedure says, by way of the accounts if money went."""
        after = done(case, (SUPERIOR, NOW, "street-1"))
        target = "disclose_stopped" if case.stage in case.procedure.corrections else "propose"
        assert after.state == f"{target}.waiting"
        assert after.progress == after.procedure.stage(target).start()

    @pytest.mark.parametrize("case", [case for case in OPEN if case.stage == "solicit"], ids=lambda case: case.state)
    def test_it_never_goes_forward(self, case):
        """Before the proposal was reached there is nothing to correct: no order jumps past the solicitation."""
        refused(case, SUPERIOR, "NOT_NOW", at=NOW, by="street-1")
        assert OrderCorrection not in case.options()

    def test_by_whom(self):
        """The community does not order its own correction."""
        refused(WALKED["resolve.waiting"], SUPERIOR, "NOT_IN_OFFICE", at=NOW, by="sec-1", says=["subdistrict"])

    def test_within_the_stage_it_goes_back_to(self):
        """In the stage itself the calls and ballots of before are gone."""
        case = done(courtyard_at("propose"), (Convene(held_at=day(9)), day(8)), (Adjourn("人数不足"), day(9)))
        case = done(
            case, (Convene(held_at=day(10)), day(9)), (TakeAttendance([f"c-{n}" for n in range(1, 8)]), day(10))
        )
        case = done(case, (CastBallot(Choice.FOR), day(10), "c-1"), (SUPERIOR, day(10), "street-1"))
        case = done(case, (Convene(held_at=day(11)), day(10)))
        assert (case.progress.calls, len(case.progress.ballots), case.progress.sitting.present) == (1, 0, None)

    @pytest.mark.parametrize("kind", ["solicitation", "disclosure"])
    def test_a_first_stage_begins_anew(self, kind):
        """A stage that the order leads back to has no opinions and no posting left."""
        if kind == "solicitation":
            stage = Solicitation(id="s", title="征求意见")
            case = alone(stage)
            case = done(case, (open_solicitation(), START), (ReceiveOpinion("一"), START, "a"), (SUPERIOR, START))
        else:
            case = done(
                alone(Disclosure(id="d", title="公开", least=days(5))), (post(), START), (Object("一"), START, "a")
            )
            case = done(case, (SUPERIOR, START))
            assert done(case, (post(), START)).progress.objections.unanswered == ()
        assert case.progress == case.procedure.stages[0].start()

    def test_what_the_dossier_keeps(self):
        """The text as revised and the survey before stay: they happened."""
        case = done(WALKED["propose.waiting"], (Revise("二稿"), day(8)), (SUPERIOR, day(9), "street-1"))
        assert (case.dossier.text.zh, case.dossier.baseline["satisfied"]) == ("二稿", 2)

    @pytest.mark.parametrize(
        "bad", [{"citation": None}, {"citation": "第31条"}, {"reason": 5}, {"reason": ""}], ids=str
    )
    def test_on_authority(self, bad):
        """An order names what is unlawful and on what authority."""
        with pytest.raises(YizhengError):
            done(
                WALKED["resolve.waiting"],
                (OrderCorrection(**{"reason": "?", "citation": CITED, **bad}), NOW, "street-1"),
            )


def courtyard_at(stage: str) -> Case:
    """The courtyard case as it first stands in a stage."""
    return take(courtyard(), courtyard_steps(), lambda case: case.stage == stage)


def open_solicitation():
    """The first action of the walk."""
    return courtyard_steps()[0].action


def post() -> Post:
    """A notice on the board."""
    return Post(channels={"bulletin_board"}, content="措施")


class TestOrder:
    """The record is in order of recording; what happened earlier says so (design: when)."""

    def test_recorded_before_the_last_entry(self):
        """An entry is not recorded before the one before it: not by a microsecond."""
        case = called()
        assert done(case, (Note("同时"), START)).version == 3
        no = refused(case, Note("先"), "OUT_OF_ORDER", at=START - MICROSECOND)
        assert no.reasons[0].values["recorded_at"] == START - MICROSECOND

    def test_backdated_before_what_it_follows(self):
        """What opens, closes or fixes something does not happen before the step that it follows, by a microsecond."""
        case = done(alone(assembly()), (Convene(held_at=day(3)), day(1)))
        again = Adjourn("改期")
        refused(case, again, "BACKDATED", at=day(1) - MICROSECOND, recorded_at=day(2))
        assert case.act(again, at=day(1), recorded_at=day(2), by="sec-1").phase == "adjourned"

    def test_typed_in_late_but_not_before_the_stage(self):
        """What may be typed in late happened since its stage was entered: not a microsecond earlier."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "disclose_measures.posted")
        case = done(case, (post(), NOW))
        entered = case.dossier.entered
        late = Object("太晚才录入", author="1-103")
        refused(case, late, "TOO_EARLY", at=entered, recorded_at=NOW)
        refused(case, late, "TOO_EARLY", "BACKDATED", at=entered - MICROSECOND, recorded_at=NOW)

    def test_a_notice_that_was_never_up(self):
        """A disclosure is not posted before its stage was entered, so that no period runs out at once."""
        case = courtyard_at("disclose_measures")
        entered = case.entries[-1].at
        refused(case, post(), "BACKDATED", at=entered - MICROSECOND, recorded_at=NOW)
        assert case.act(post(), at=entered, recorded_at=NOW, by="sec-1").phase == "posted"

    @pytest.mark.parametrize(
        "action",
        [Note("去年"), Attach("0" * 64, "旧图"), Correct(1, "x", reason="笔误")],
        ids=lambda action: action.kind,
    )
    def test_what_may_speak_of_long_ago(self, action):
        """A note, a document and a correction may be of any time."""
        assert called().act(action, at=day(-400), recorded_at=START, by="sec-1").version == 3

    @pytest.mark.parametrize(
        "action", [Appoint("clerk", {"a"}, reason="补记"), Withdraw("补记"), SUPERIOR], ids=lambda action: action.kind
    )
    def test_what_may_not(self, action):
        """What changes who acts, or where the case stands, may not."""
        refused(called(), action, "BACKDATED", at=START - MICROSECOND, recorded_at=START)

    def test_recorded_before_it_happened(self):
        """Nor before it happened."""
        refused(called(), Note("先"), "RECORDED_BEFORE", at=day(1), recorded_at=day(1) - MICROSECOND)
        assert called().act(Note("同"), at=day(1), recorded_at=day(1), by="sec-1").version == 3

    def test_typed_in_later(self):
        """What happened before the last entry can be entered after it."""
        case = called().act(Note("上周"), at=day(-7), recorded_at=day(1), by="sec-1")
        assert (case.entries[-1].at, case.entries[-1].recorded_at) == (day(-7), day(1))

    def test_both(self):
        """Both are told, with what else is wrong."""
        refused(
            called(),
            Note("乱"),
            "RECORDED_BEFORE",
            "OUT_OF_ORDER",
            "NOT_IN_OFFICE",
            at=START,
            recorded_at=day(-1),
            by="x",
        )

    def test_at_the_opening(self):
        """An opening is not recorded before it happened either."""
        with pytest.raises(YizhengError) as no:
            courtyard(recorded_at=START - MICROSECOND)
        assert no.value.codes == {"RECORDED_BEFORE"}


PRIVATE = {"PRIVATE_FACT"}


class TestOpening:
    """Case.open: by an office, with the facts that the procedure asks for."""

    def test_by_whom(self):
        """A resident opens no case, and is told which office does."""
        with pytest.raises(YizhengError) as no:
            courtyard(by="1-101")
        assert no.value.codes == {"NOT_IN_OFFICE"}
        assert "secretary" in no.value.explain("en")

    @pytest.mark.parametrize("private", [{}, {"selected_because": ""}, {"selected_because": " "}], ids=str)
    def test_a_private_fact_that_is_missing(self, private):
        """A family is not reviewed without the reason why it was selected (report, case B, stage 0)."""
        self.refused(PRIVATE, facts={"contested": False}, private=private)

    def test_a_private_fact_that_is_told_to_all(self):
        """Nor with it where everybody reads it (Social Assistance Law art. 11)."""
        told = {"contested": False, "selected_because": "家有病人"}
        reason = self.refused(PRIVATE, facts=told, private={"selected_because": "家有病人"})
        assert reason.citation.article == "11"

    def refused(self, codes, **stated):
        """The one reason why a family that states this is not opened."""
        with pytest.raises(YizhengError) as no:
            Case.open(
                attrs.evolve(allowance().matter, **stated),
                catalogue.yizheng.ALLOWANCE,
                {},
                {"secretary": {"sec-1"}},
                at=START,
                by="sec-1",
            )
        assert no.value.codes == codes
        assert "selected_because" in no.value.explain("zh")
        return no.value.reasons[0]

    @pytest.mark.parametrize("facts", [{}, {"contested": ""}, {"contested": None}, {"contested": ()}], ids=str)
    def test_a_fact_that_is_missing(self, facts):
        """A family is not reviewed without saying whether it is contested."""
        with pytest.raises(YizhengError) as no:
            Case.open(
                attrs.evolve(allowance().matter, facts=facts),
                catalogue.yizheng.ALLOWANCE,
                {},
                {"secretary": {"sec-1"}},
                at=START,
                by="sec-1",
            )
        assert no.value.codes == {"MISSING_FACT"}
        assert "contested" in no.value.explain("zh")

    def test_both(self):
        """Every reason is told."""
        with pytest.raises(YizhengError) as no:
            Case.open(
                attrs.evolve(allowance().matter, facts={}),
                catalogue.yizheng.ALLOWANCE,
                {},
                {"secretary": {"sec-1"}},
                at=START,
                by="x",
                recorded_at=START - MICROSECOND,
            )
        assert no.value.codes == {"MISSING_FACT", "NOT_IN_OFFICE", "RECORDED_BEFORE"}
