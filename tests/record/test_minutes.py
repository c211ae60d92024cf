"""The minutes: told from the entries alone, in the order in which they were entered (issue 1 of 6, "Record")."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import msgspec
import pytest

from quarrels import dispute, dispute_steps
from walks import (
    BOARD,
    CITED,
    COURTYARD_ROLLS,
    DECIDED,
    OFFICES,
    START,
    TOLD_TO_ALL,
    VOTERS,
    Step,
    allowance,
    allowance_steps,
    alone,
    assembly,
    at_stage,
    before,
    courtyard,
    courtyard_steps,
    day,
    days,
    done,
    implemented,
    posted,
    solicited,
    take,
    voted_in_meeting,
)
from yizheng import Case, Citation, Member, Period, Roll, Text, catalogue
from yizheng.calendar import WorkingCalendar
from yizheng.errors import BrokenRecord, InvalidType
from yizheng.people import Proxy, ProxyPolicy
from yizheng.record import minutes
from yizheng.rules import AGAINST, CAST, FOR, PRESENT, Choice, Rule
from yizheng.stages import (
    Abandon,
    Adjourn,
    AdoptEdition,
    AnswerObjection,
    Appoint,
    AskHearing,
    Assign,
    Attach,
    CallHearing,
    CastBallot,
    CloseEvaluation,
    CloseVote,
    Convene,
    Correct,
    CountVotes,
    Disclosure,
    Effect,
    Evaluation,
    ExtendVote,
    Hearing,
    Implementation,
    Inspect,
    Interrupt,
    Note,
    Object,
    OpenSolicitation,
    OrderCorrection,
    Post,
    ReceiveOpinion,
    RecordBallots,
    Recuse,
    Referral,
    Reject,
    ReturnForRevision,
    Revise,
    SendBack,
    Solicitation,
    Spend,
    Submit,
    TakeAttendance,
    TakeDown,
    WaiveHearing,
    Withdraw,
)

from .reading import LANGUAGES, NO_QUORUM, called, headings, in_committee, last, told, voted

WHOLE = take(courtyard(), courtyard_steps())
DOCUMENT = "ab" * 32


class TestWhole:
    """Title, matter, procedure, rolls, offices; a section for each passage of a stage; the end."""

    def test_sections(self) -> None:
        """A case that goes straight through has a section for each stage, in order."""
        found = headings(minutes(WHOLE.entries))
        assert found[:5] == ["事项", "程序", "表决名册（立案时）", "职务（立案时）", "立案"]
        assert found[5:-1] == [
            "1. 一征：征求意见",
            "2. 一议：两委提议",
            "3. 二议：与业主代表协商",
            "4. 三议：全体业主表决",
            "5. 一公开：实施措施公开",
            "6. 实施",
            "7. 二公开：实施结果公开",
            "8. 群众评议",
        ]
        assert found[-1] == "结果"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_entry_is_told_once(self, language: str) -> None:
        """Every entry has its sentence, in the order of the record."""
        for case in (WHOLE, take(allowance(), allowance_steps()), take(dispute(), dispute_steps())):
            lines = minutes(case.entries, language).splitlines()
            numbers = [line[2:].partition(".")[0] for line in lines if line.startswith("**")]
            assert numbers == [str(entry.number) for entry in case.entries]

    def test_the_matter(self) -> None:
        """The matter is told with its origin and its facts, however they are nested."""
        matter = attrs.evolve(
            WHOLE.matter,
            origin=Text("群众建议", "asked for by residents"),
            facts={"works": ["路面", {"trees": 3}], "urgent": True, "none": None, "name": {"zh": "院", "en": "yard"}},
        )
        case = Case.open(
            matter, catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1", salt=b"0" * 16
        )
        zh, en = minutes(case.entries), minutes(case.entries, "en")
        assert "- 动议事由：“群众建议”" in zh
        assert "  - name：“院”\n  - none：无\n  - urgent：是\n  - works：路面、（trees：3）" in zh
        assert "- Origin: “asked for by residents”" in en
        assert "  - name: “yard”\n  - none: none\n  - urgent: yes\n  - works: 路面, (trees: 3)" in en

    def test_the_procedure(self) -> None:
        """The procedure is told with its edition, its sources, the rolls and who holds which office."""
        en = minutes(WHOLE.entries, "en")
        assert "- Edition: 1\n- Sources: report of a community on 一征三议两公开 (as reported)" in en
        assert "- all owners (10), area 1000 m² in all" in en
        assert "- residents' supervision committee: sup-1, sup-2" in en

    def test_a_fact_that_the_procedure_asks_for(self) -> None:
        """Such a fact is told with what it means."""
        told_of = minutes(allowance().entries, "en")
        assert "whether it is contested (true or false) (contested): yes" in told_of
        assert "selected_because: [withheld]" in told_of

    def test_a_bare_opening(self) -> None:
        """A case without facts, rolls or private fields has no empty lists."""
        matter = attrs.evolve(WHOLE.matter, facts={}, private={})
        roll = Roll("owners", [Member("1-101")], on=START.date())
        for rolls in ({}, {"owners": roll}):
            case = Case.open(matter, catalogue.yizheng.COURTYARD, rolls, {"secretary": {"sec-1"}}, at=START, by="sec-1")
            whole = minutes(case.entries)
            assert "事实" not in whole
            assert "不公开的内容" not in whole
            assert ("- 全体业主 1 人（2026年3月2日名册）" in whole) is bool(rolls)
            assert "- 主持人：无" in whole

    def test_the_end(self) -> None:
        """At the end stand the outcome, the number of entries and the digest of the last."""
        assert minutes(WHOLE.entries).endswith(
            f"- 案件终结：已实施，群众满意（carried_out）\n- 案卷共 34 条\n- 末条摘要（SHA-256）：{WHOLE.digest}\n"
        )

    def test_a_part_of_a_record(self) -> None:
        """The first entries of a record are told as far as they go, and where the case then stood."""
        whole = minutes(WHOLE.entries[:10], "en")
        assert "- The case is under way, and stands at “propose”\n- Entries in the record: 10" in whole
        assert WHOLE.entries[9].digest in whole

    def test_a_second_passage(self) -> None:
        """A stage that is entered again has another section, which says so."""
        case = in_committee(
            called(day(8)),
            Step(TakeAttendance({"c-1"}), day(8)),
            Step(ReturnForRevision("预算不清"), day(8)),
            *voted_in_meeting(day(9), COURTYARD_ROLLS["two_committees"], 6),
        )
        assert headings(minutes(case.entries))[6:8] == ["2. 一议：两委提议", "3. 一议：两委提议（第 2 次）"]
        assert "3. Propose (passage 2)" in headings(minutes(case.entries, "en"))
        assert last(done(case), "en").endswith("The case goes on to “consult”.")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_of_python_is_shown(self, language: str) -> None:
        """No representation of a value slips into the sentences."""
        for case in (WHOLE, take(allowance(), allowance_steps()), take(dispute(), dispute_steps())):
            for private in (False, True):
                whole = minutes(case.entries, language, private=private)
                for trace in ("None", "FrozenMap", "frozenset", "Fraction(", "datetime", "Choice.", "Text(", "+00:00"):
                    assert trace not in whole

    def test_bad_input(self) -> None:
        """What is no record is refused with a word on what to hand in."""
        with pytest.raises(InvalidType, match=r"hand in case\.entries"):
            minutes(WHOLE)
        with pytest.raises(InvalidType, match="entries, not str"):
            minutes(["x"])
        for part in ((), WHOLE.entries[1:]):
            with pytest.raises(BrokenRecord, match="from its opening on"):
                minutes(part)
        with pytest.raises(BrokenRecord, match=r"entry 4: nothing leads from solicit\.waiting"):
            minutes((WHOLE.entries[0], *WHOLE.entries[3:]))
        with pytest.raises(BrokenRecord, match="nothing leads from carried_out"):
            minutes((*WHOLE.entries, WHOLE.entries[1]))
        with pytest.raises(BrokenRecord, match="no outcome clear"):
            minutes((WHOLE.entries[0], msgspec.structs.replace(WHOLE.entries[1], effect=Effect(outcome="clear"))))
        with pytest.raises(ValueError, match="'fr'"):
            minutes(WHOLE.entries, "fr")


class TestWhenAndWho:
    """When it happened, when it was entered if that differs, and who did it in which office."""

    def test_local_time(self) -> None:
        """A moment is told in the zone of the procedure, to the second where that matters."""
        case = done(WHOLE_START, (Note("一"), START + timedelta(seconds=5)), (Note("二"), START + timedelta(hours=15)))
        assert told(case, 2).startswith("**2.** 2026年3月2日 09:00:05，")
        assert told(case, 3, "en").startswith("**3.** 3 March 2026, 00:00: ")

    def test_entered_later(self) -> None:
        """What was entered later says so."""
        late = WHOLE_START.act(Note("补记"), at=day(0, 10), recorded_at=day(2, 8), by="sec-1")
        assert last(late).startswith("**2.** 2026年3月2日 10:00（2026年3月4日 08:00 录入），社区书记（经办）sec-1 备注")
        assert "2 March 2026, 10:00 (entered 4 March 2026, 08:00)" in last(late, "en")

    def test_the_hour_that_comes_twice(self) -> None:
        """Where the clocks showed a time twice, the offset is given."""
        berlin = ZoneInfo("Europe/Berlin")
        start = datetime(2026, 10, 25, 0, 30, tzinfo=berlin)
        case = done(
            alone(assembly(), zone="Europe/Berlin", at=start),
            (Note("1"), datetime(2026, 10, 25, 2, 30, tzinfo=berlin)),
            (Note("2"), datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1)),
        )
        assert "02:30 (UTC+0200)" in told(case, 2)
        assert "02:30 (UTC+0100)" in told(case, 3)
        assert "(UTC" not in told(case, 1)

    def test_in_an_office(self) -> None:
        """Who acts in an office is told with it, as it was held at that moment."""
        assert "，居务监督委员会 sup-1 监督检查" in told(WHOLE, 27)
        assert "sec-1 (community secretary) opened the case" in told(WHOLE, 1, "en")
        appointed = done(
            WHOLE_START, (Appoint("secretary", {"sec-2"}, reason="换届"), day(1)), (Note("x"), day(2), "sec-2")
        )
        assert told(appointed, 3).startswith("**3.** 2026年3月4日 09:00，社区书记（经办）sec-2 备注")

    def test_without_an_office(self) -> None:
        """Who reports for themselves is told by name alone."""
        assert told(WHOLE, 26) == "**26.** 2026年6月10日 09:00，c-2 报告进展：“过半”。"


WHOLE_START = courtyard()


class TestSolicitation:
    """Every opinion has its id, its channel and its answer."""

    def test_opening(self) -> None:
        """The channels, the question and the end are told, and the period with its authority."""
        case = done(
            alone(Solicitation(id="s", title="征求", least=days(5))),
            (OpenSolicitation(channels={"online", "symposium"}, until=day(7), question="修什么？"), day(0)),
        )
        assert (
            "开始征求意见（座谈会、线上），2026年3月9日 09:00 截止。所问：“修什么？”所用期限：至少 5日（依据：《示例规则》第1条）。"
            in last(case)
        )
        assert (
            "(symposium, online), until 9 March 2026, 09:00. Question: “修什么？” Periods taken: at least 5 days"
            in last(case, "en")
            or "Question: “修什么？”. Periods" in last(case, "en")
        )

    def test_opinions_and_answers(self) -> None:
        """An opinion says where it was answered, and the answer says which opinion it is for."""
        assert told(WHOLE, 3).endswith("提出意见 o1（线上）：“先修排水”。答复见第 6 条。")
        assert told(WHOLE, 6).endswith("答复意见 o1：“已列入方案”。")
        assert told(WHOLE, 4, "en").endswith(
            "entered opinion o2 (questionnaire, author [withheld]): “多留绿地”. Answered in entry 7."
        )

    def test_unanswered_and_unsigned(self) -> None:
        """An opinion without an answer says so, and so does one without an author."""
        case = take(courtyard(), solicited()[:1])
        case = done(case, (ReceiveOpinion("慢", anonymous=True, channel="symposium", asks_hearing=True), day(1)))
        assert last(case).endswith("录入意见 o1（座谈会，未署名）：“慢”。并申请听证。未见答复。")
        assert last(case, "en").endswith("(symposium, unsigned): “慢”. It asks for a hearing. No answer is on record.")

    def test_the_same_id_in_another_passage(self) -> None:
        """An id that is given again in a later passage is answered there."""
        assert told(WHOLE, 21).endswith("答复见第 22 条。")
        assert told(WHOLE, 30).endswith("答复见第 31 条。")


class TestSittings:
    """Notice, roll, attendance, recusal, proposal, ballots."""

    def test_notice(self) -> None:
        """A call tells when, where, how, the roll, the agenda, the waiver, the rule and the notice with its authority."""
        stage = assembly(notice=days(5), notice_waivable=True)
        case = done(
            alone(stage),
            (Convene(held_at=day(3), place="会议室", agenda=("2026-001", "2026-002"), waiver="防汛"), day(0)),
        )
        assert last(case) == (
            "**2.** 2026年3月2日 09:00，经办 sec-1 召集assembly：现场会议，2026年3月5日 09:00 举行，地点“会议室”。"
            "表决名册：assembly 10 人。议程：2026-001、2026-002。缩短通知期的理由：“防汛”。"
            "所用期限：通知期 5日（依据：《示例规则》第1条）。\n\n"
            "议事规则：法定人数：实到超过应到 1/2。通过：赞成超过到会 1/2。依据：《示例规则》第1条。"
        )
        assert last(case, "en") == (
            "**2.** 2 March 2026, 09:00: sec-1 (经办) called assembly to a meeting in person on 5 March 2026, 09:00, at “会议室”. "
            "Roll: assembly (10). Agenda: 2026-001, 2026-002. Why the notice is shorter: “防汛”. "
            "Periods taken: notice of 5 days (authority: an invented rule art. 1).\n\n"
            "Rule: Quorum: present more than 1/2 of those entitled. Carried by: for more than 1/2 of those present. "
            "Authority: an invented rule art. 1."
        )

    def test_a_window(self) -> None:
        """A vote without a meeting tells from when until when ballots are taken; the end of a day is told by that day."""
        midnight = day(11).replace(hour=0)
        case = done(
            alone(assembly(rule=WRITTEN_RULE, modes=["written"])),
            (Convene(held_at=day(3), until=midnight, mode="written"), day(0)),
        )
        assert "书面表决，自 2026年3月5日 09:00 起收票，至 2026年3月12日24时止。" in last(case)
        assert "a vote in writing, with ballots taken from 5 March 2026, 09:00 until the end of 12 March 2026." in last(
            case, "en"
        )
        longer = done(case, (ExtendVote(until=day(12), reason="收票不足"), day(9)))
        assert last(longer).endswith("延长表决至 2026年3月14日 09:00，理由：“收票不足”。")

    def test_a_roll_given_at_the_call(self) -> None:
        """The roll is the one that was fixed with the notice."""
        roll = Roll("assembly", [Member("a", weights={"shares": "2"}), Member("b", weights={"shares": "1/3"})])
        case = done(alone(assembly()), (Convene(held_at=day(3), roll=roll), day(0)))
        assert "Roll: assembly (2), shares 2 1/3 in all." in last(case, "en")

    def test_how_it_differs_from_the_roll_of_the_opening(self) -> None:
        """How many were added, struck off and entered otherwise is said, and of nobody who; a further call repeats none."""
        same = [Member(voter) for voter in VOTERS[3:]]
        other = Roll("assembly", [*same, Member("m-03", groups={"g"}), Member("new")], groups={"g"})
        case = done(alone(assembly()), (Convene(held_at=day(3), roll=other), day(0)))
        assert "与立案时的名册相比：增列 1 人，删去 2 人，登记有变更 1 人。" in last(case)
        assert "Compared with the roll of the opening: 1 added, 2 struck off, 1 entered otherwise." in last(case, "en")
        assert "new" not in last(case, "en")
        case = done(case, (TakeAttendance(["m-05"]), day(3)), (CloseVote(), day(3)), (Convene(held_at=day(6)), day(4)))
        assert "Roll: assembly (9)." in last(case, "en")
        assert "Compared" not in last(case, "en")

    def test_a_roll_that_does_not_differ(self) -> None:
        """Where the roll is that of the opening, or there was none at the opening, there is nothing to compare."""
        given = alone(assembly()).dossier.rolls["assembly"]
        for rolls, roll in ((None, None), (None, given), ({}, given)):
            case = done(alone(assembly(), rolls=rolls), (Convene(held_at=day(3), roll=roll), day(0)))
            assert "Roll: assembly (10)." in last(case, "en")
            assert "Compared" not in last(case, "en")

    def test_attendance_and_proxies(self) -> None:
        """Who is present is listed, and who is represented by whom; a later list says that it replaces the first."""
        mandate = Proxy("m-10", "m-01", "委托书 3")
        case = done(
            alone(assembly(proxies=ProxyPolicy(cap=1, citation=CITED))),
            (Convene(held_at=day(3)), day(0)),
            (TakeAttendance(VOTERS[:2], proxies=[mandate]), day(3)),
            (TakeAttendance(VOTERS[:6], proxies=[mandate]), day(3, 10)),
            (CastBallot(Choice.FOR, proxy=mandate), day(3, 10), "m-01"),
        )
        assert told(case, 3).endswith("签到：到场 2 人（m-01、m-02）。委托代理：m-10 由 m-01 代理（凭据“委托书 3”）。")
        assert "took attendance anew, which replaces the list before: 6 present (m-01, m-02," in told(case, 4, "en")
        assert told(case, 5).endswith("m-01 代 m-10 投票（凭据“委托书 3”），所选〔不公开〕。")
        assert told(case, 5, "en", private=True).endswith("m-10 (evidence “委托书 3”), the choice: for.")

    def test_recusal(self) -> None:
        """Who is recused is told with the interest, and stands in the figures."""
        case = done(
            alone(assembly()),
            (Convene(held_at=day(3)), day(0)),
            (TakeAttendance(VOTERS[1:]), day(3)),
            (Recuse("m-01", "申请人的父亲"), day(3)),
            (CountVotes(for_=9, against=0), day(3)),
            (CloseVote(), day(3)),
        )
        assert told(case, 4).endswith("记录 m-01 回避，理由：“申请人的父亲”。")
        assert "| 人数 | 9 | 9 | 9 | 9 | 0 | 0 | 0 | 0 | 0 | 1 |" in last(case)

    def test_a_proposal_is_revised(self) -> None:
        """The proposal is told as it now stands."""
        case = in_committee(Step(Revise("一、路面\n二、绿化"), day(8)))
        assert last(case).endswith("修改方案，现为：“一、路面 / 二、绿化”。")

    def test_counts(self) -> None:
        """A count tells its method, its figures, the ballots given out and returned, who voted, and on what."""
        case = done(
            alone(assembly()),
            (Convene(held_at=day(3)), day(0)),
            (TakeAttendance(VOTERS[:6]), day(3)),
            (
                CountVotes(
                    for_=1, against=1, method="secret", voters=VOTERS[:2], issued=6, returned=2, item="2026-001"
                ),
                day(3),
            ),
        )
        assert last(case).endswith(
            "计票（无记名投票）：赞成 1，反对 1，弃权 0，无效票 0。"
            "发出选票 6 张。收回选票 2 张。投票人：m-01、m-02。表决事项：2026-001。"
        )
        assert (
            "(secret ballot): 1 for, 1 against, 0 abstaining, 0 invalid. Ballots issued: 6. Ballots returned: 2."
            in (last(case, "en"))
        )


WRITTEN_RULE = Rule(quorum=CAST >= 3, passage=FOR > AGAINST, citation=CITED)


class TestVotes:
    """Each vote with its figures, and the reason why it came out so."""

    def test_carried(self) -> None:
        """The figures stand in a table, by measure, and the ruling explains itself."""
        ruling = WHOLE.entries[18].effect.ruling
        shown = told(WHOLE, 19)
        assert "| 人数 | 10 | 10 | 10 | 0 | 0 | 0 | 0 | 0 |\n| 面积（平方米） | 1000 | 1000 | 1000 |" in shown
        assert ruling.explain("zh") in shown
        assert ruling.explain("en") in told(WHOLE, 19, "en")
        assert shown.endswith("本环节结果：通过。转入“一公开：实施措施公开”。")

    @pytest.mark.parametrize(
        ("case", "zh", "en"),
        [
            (voted(for_=5, against=4), "未通过。", "lost."),
            (voted(for_=5, against=5), "赞成与反对相等，未通过。", "for and against are equal, lost."),
            (voted(VOTERS[:4], for_=4, calls=1), "未达法定人数，不作决定。", "no quorum, nothing is decided."),
            (voted(for_=0), "未通过。", "lost."),
        ],
        ids=["lost", "tie", "inquorate", "nobody"],
    )
    def test_not_carried(self, case: Case, zh: str, en: str) -> None:
        """A vote that was lost, tied or short of its quorum says so in the words of the ruling, and the case ends."""
        ruling = case.entries[-1].effect.ruling
        for language, words in (("zh", zh), ("en", en)):
            assert words in ruling.explain(language)
            assert ruling.explain(language) in last(case, language)
        assert last(case).endswith(f"案件终结：{case.outcome.removeprefix('was_')}。")

    def test_a_second_call(self) -> None:
        """Short of the quorum at the first call, the body is called again, in the same passage."""
        case = voted(VOTERS[:4], for_=4)
        assert last(case).endswith("结果：未达法定人数，再次召集。")
        again = done(case, (Convene(held_at=day(6)), day(4)))
        assert "再次召集assembly：现场会议" in last(again)
        assert "called assembly again, to a meeting in person" in last(again, "en")
        assert len(headings(minutes(again.entries))) == len(headings(minutes(case.entries)))

    def test_void(self) -> None:
        """More ballots back than were given out: void, with both numbers."""
        case = done(
            alone(assembly()),
            (Convene(held_at=day(3)), day(0)),
            (TakeAttendance(VOTERS), day(3)),
            (CountVotes(for_=7, against=0, issued=6, returned=7), day(3)),
            (CloseVote(), day(3)),
        )
        assert "发出选票 6 张，收回 7 张，收回多于发出，表决无效" in last(case)
        assert last(case, "en").endswith("This stage ends: void. The case ends: void.")

    def test_the_box_at_the_close(self) -> None:
        """Of a vote by name the close tells how many ballots were given out and came back."""
        case = done(alone(assembly()), (Convene(held_at=day(3)), day(0)), (TakeAttendance(VOTERS), day(3)))
        case = done(case, (CloseVote(issued=10, returned=3), day(3)))
        assert "结束表决。发出选票 10 张。收回选票 3 张。" in last(case)
        assert "closed the vote. Ballots issued: 10. Ballots returned: 3." in last(case, "en")

    def test_without_a_vote(self) -> None:
        """A sitting that was adjourned or sent the proposal back says that nobody voted."""
        sat = in_committee(called(day(8)), Step(TakeAttendance({"c-1"}), day(8)))
        assert last(done(sat, (Adjourn("人数不足"), day(8)))).endswith("未经表决，休会，理由：“人数不足”。")
        back = done(sat, (ReturnForRevision("预算不清"), day(8)))
        assert last(back).endswith("未经表决，退回修改，理由：“预算不清”。\n\n本环节结果：退回。转入“一议：两委提议”。")

    def test_groups(self) -> None:
        """Where the rule names a group, its figures stand in the table; other groups do not."""
        rule = Rule(quorum=PRESENT >= 1, passage=(FOR > AGAINST) & (AGAINST.among("leaders") <= 0), citation=CITED)
        case = voted(for_=8, against=2, rule=rule)
        assert "| 人数「leaders」 | 3 | 3 | 3 | 3 | 0 |" in last(case)
        assert '| heads among "leaders" | 3 |' in last(case, "en")
        assert "leaders" not in last(voted(for_=8, against=2, rule=attrs.evolve(rule, passage=FOR > AGAINST)))

    def test_a_figure_that_is_not_known(self) -> None:
        """A figure that was not counted is a dash, never nought."""
        rule = Rule(quorum=PRESENT.among("leaders") >= 1, passage=FOR > AGAINST, citation=CITED)
        case = done(
            alone(assembly(rule=rule)),
            (Convene(held_at=day(3)), day(0)),
            (TakeAttendance(VOTERS), day(3)),
            (CountVotes(for_=8, against=2), day(3)),
            (CloseVote(), day(3)),
        )
        assert "| 人数「leaders」 | 3 | 3 | 3 | — | — | 0 | 0 | 0 | 0 | 0 |" in last(case)

    def test_by_name(self) -> None:
        """Shown private values, the minutes list who chose what; shown none, they say that it is withheld."""
        case = voted(for_=6, against=2, rule=NO_QUORUM)
        shown = told(case, 4, private=True)
        assert "各人所选赞成：m-01、m-02、m-03、m-04、m-05、m-06、反对：m-07、m-08。" in shown
        assert told(case, 4).endswith("录入选票（纸质，凭据“box 1”），各人所选〔不公开〕。")

    def test_owners_alone(self) -> None:
        """A ballot that names the matter says so."""
        ballots = RecordBallots({"m-01": Choice.FOR}, channel="post", evidence="1", item="2026-001")
        case = done(
            alone(assembly()), (Convene(held_at=day(3)), day(0)), (TakeAttendance(VOTERS), day(3)), (ballots, day(3))
        )
        assert "录入选票（post，凭据“1”），各人所选〔不公开〕。表决事项：2026-001。" in last(case)
        assert "|" not in last(case)


class TestHearings:
    """Who asked, what was said, what it came to; or why none was held."""

    def test_held(self) -> None:
        """A hearing is told with when, why, what was said and its conclusion."""
        case = take(allowance(TOLD_TO_ALL), allowance_steps())
        assert told(case, 12).endswith("通知举行听证，2026年3月16日 09:00 举行；事由：“有争议”。")
        assert told(case, 13, "en").endswith("entered what was said at the hearing (by [withheld]): “情况属实”.")
        assert told(case, 14).endswith(
            "结束听证，结论：“多数认为困难属实”。\n\n本环节结果：听证已举行。转入“三议：居民代表会议决议”。"
        )

    def test_asked_for_and_waived(self) -> None:
        """A request is told, one's own and one that was entered; and a waiver with its reason."""
        stage = Hearing(id="h", title="听证", within=days(5))
        case = done(
            alone(stage), (AskHearing("数字有出入", author="r-1"), day(1)), (AskHearing("我也要求"), day(1), "r-2")
        )
        assert told(case, 2).endswith("录入听证申请（申请人〔不公开〕）：“数字有出入”。")
        assert told(case, 3).endswith("，〔不公开〕申请听证：“我也要求”。")
        assert last(done(case, (WaiveHearing("两人撤回申请"), day(2)))).endswith(
            "决定不举行听证，理由：“两人撤回申请”。\n\n本环节结果：不举行听证。案件终结：waived。"
        )
        held = done(case, (CallHearing(held_at=day(3), place="活动室", reason="两人申请"), day(2)))
        assert "2026年3月5日 09:00 举行，地点“活动室”；事由：“两人申请”。所用期限：办理期限 5日" in last(held)


class TestDisclosures:
    """Where, for how long, what it carried, what was objected and answered."""

    def test_the_period(self) -> None:
        """The period, its authority and the day that was reckoned by the calendar are told."""
        holidays = WorkingCalendar(holidays={day(1).date(), day(2).date()})
        case = alone(Disclosure(id="d", title="公示", least=days(3, "working_days"), answer=days(2)))
        case = case.act(
            Post(channels=BOARD, content="方案", document=DOCUMENT), at=day(0), by="sec-1", calendar=holidays
        )
        assert last(case).endswith(
            f"公示（公开栏）：“方案”。文件 SHA-256：{DOCUMENT}。"
            "所用期限：异议答复期 2日（依据：《示例规则》第1条）、至少 3个工作日（依据：《示例规则》第1条）。"
            "据此，应公示至 2026年3月9日24时。"
        )
        objected = done(case, (Object("不同意"), day(1), "1-101"))
        assert last(objected).endswith("〔不公开〕提出异议 x1：“不同意”。未见答复。据此，应于 2026年3月5日24时前答复。")
        assert last(objected, "en").endswith("Hence it is to be answered by the end of 5 March 2026.")

    def test_interrupted_and_posted_again(self) -> None:
        """A notice that came down has not been made, and one that changed starts its period again."""
        case = done(
            alone(Disclosure(id="d", title="公示", least=days(3))),
            (Post(channels=BOARD, content="甲"), day(0)),
            (Interrupt("被撕"), day(1)),
            (Post(channels=BOARD, content="甲"), day(2)),
            (Object("不同意", author="1-101"), day(3)),
            (AnswerObjection("x1", "有理", upheld=True), day(4)),
            (TakeDown(), day(8)),
        )
        assert told(case, 3).endswith("记录公示中断：“被撕”。公示未完成，须重新公示。")
        assert "重新公示（公开栏），期限重新起算：“甲”。" in told(case, 4)
        assert told(case, 6, "en").endswith("answered objection x1: “有理”. Finding: the objection is upheld.")
        assert last(case).endswith("本环节结果：异议成立。案件终结：upheld。")

    def test_what_it_carries(self) -> None:
        """The accounts are those of the record."""
        assert "随附账目：预算 1200000 元，支出 1150000 元，结余 50000 元。" in told(WHOLE, 29)
        assert "Accounts carried: budget 1200000 yuan, spent 1150000 yuan, balance 50000 yuan." in told(WHOLE, 29, "en")


class TestReferrals:
    """What the level above decided, and why."""

    def referred(self) -> Case:
        """A case before it goes up."""
        return take(allowance(TOLD_TO_ALL), allowance_steps()[:19])

    def test_confirmed(self) -> None:
        """A confirmation is told with its number."""
        case = take(allowance(), allowance_steps())
        assert told(case, 22).endswith(
            "，县级民政部门 county-1 予以确认，文号“区民政 1 号”。\n\n本环节结果：确认。转入“二公开：确认决定公开（推定）”。"
        )

    def test_rejected(self) -> None:
        """A rejection is told with its reasons and its authority, and the family is told the same reasons."""
        case = done(
            self.referred(),
            (Submit(to="区民政局", document=DOCUMENT), day(30)),
            (Reject(reference="7", reasons="收入超过标准", citation=CITED), day(40), "county-1"),
            (Post(channels={"letter"}, content="书面告知"), day(41)),
        )
        assert f"上报“区民政局”。文件 SHA-256：{DOCUMENT}。" in told(case, 21)
        assert "不予确认，文号“7”；理由：“收入超过标准”。依据：《示例规则》第1条。" in told(case, 22)
        assert last(case).endswith("\n\n随附上级的理由：“收入超过标准”。")
        assert last(case, "en").endswith("\n\nReasons of the level above carried: “收入超过标准”.")

    def test_sent_back(self) -> None:
        """A return is told with what is missing, and the time that the level above had."""
        case = done(
            alone(Referral(id="r", title="上报", within=days(20))),
            (Submit(to="区民政局"), day(0)),
            (SendBack(reasons="缺收入证明"), day(5)),
        )
        assert told(case, 2).endswith(
            "所用期限：办理期限 20日（依据：《示例规则》第1条）。据此，应于 2026年3月22日24时前作出决定。"
        )
        assert "退回，理由：“缺收入证明”。\n\n本环节结果：退回。" in last(case)


class TestImplementation:
    """Who is responsible, what was spent and is left, what the supervisors found."""

    def test_running_balance(self) -> None:
        """Each expense is told with what was spent in all and what is left."""
        case = take(at_stage("implement"), implemented(70)[:2])
        case = done(case, (Spend(amount="0.5", purpose="公告", evidence="2"), day(95)))
        assert told(case, 24).endswith("指定 c-2 负责“施工”，期限至 2026年7月10日 09:00。预算 1200000 元。")
        assert last(case).endswith("列支 0.5 元，用于“公告”（凭证“2”）。累计支出 1150000.5 元，结余 49999.5 元。")
        assert last(case, "en").endswith("Spent in all: 1150000.5 yuan; balance: 49999.5 yuan.")

    def test_a_budget_of_its_own(self) -> None:
        """The budget that was set with the assignment counts, and not the whole that the matter states."""
        case = done(
            alone(Implementation(id="i", title="实施"), facts={"budget": "100"}),
            (Assign(responsible="c-1", task="甲", due=day(9), budget=40), day(0)),
            (Spend(amount=30, purpose="料", evidence="1"), day(1)),
            (Assign(responsible="c-2", task="乙", due=day(9)), day(2)),
            (Spend(amount=5, purpose="工", evidence="2"), day(3)),
        )
        assert told(case, 3).endswith("累计支出 30 元，结余 10 元。")
        assert told(case, 5).endswith("累计支出 35 元，结余 5 元。")

    def test_no_budget(self) -> None:
        """Where no budget is set, none is told."""
        case = done(
            alone(Implementation(id="i", title="实施"), facts={}),
            (Assign(responsible="c-1", task="甲", due=day(9)), day(0)),
        )
        assert "预算" not in last(case)
        forged = msgspec.structs.replace(case.entries[-1], action=Spend(amount=1, purpose="料", evidence="1"))
        assert "累计支出 1 元。" in minutes((*case.entries, forged))

    def test_inspections(self) -> None:
        """Inspections are told with what they found, and an end without completion with its reason."""
        case = take(at_stage("implement"), implemented(70)[:1])
        case = done(case, (Inspect("路面有裂缝", passed=False), day(80), "sup-1"), (Abandon("施工方退出"), day(81)))
        assert told(case, 25).endswith("监督检查，结论为不合格：“路面有裂缝”。")
        assert told(case, 25, "en").endswith("inspected the works and found them not in order: “路面有裂缝”.")
        assert last(case).endswith("终止实施，理由：“施工方退出”。\n\n本环节结果：终止实施。转入“终止实施公开”。")


class TestEvaluation:
    """Both surveys with counts and non-response, and no claim that they do not bear."""

    def test_before_and_after(self) -> None:
        """The figures stand side by side, with those who did not answer."""
        shown = told(WHOLE, 34)
        assert "| 事前 | 10 | 2 | 6 | 0 | 2 |\n| 事后 | 10 | 7 | 1 | 0 | 2 |" in shown
        assert "两次调查的问题、对象和发出数相同，数字并列如上。" in shown
        assert "改善" not in shown
        assert WHOLE.entries[-1].effect.ruling.explain("zh") in shown

    def test_without_a_survey_before(self) -> None:
        """Without a survey before, nothing is said of a change."""
        case = done(alone(Evaluation(id="e", title="评议")), (before("after"), day(1)), (CloseEvaluation(), day(2)))
        assert "没有事前调查，不作前后比较。" in last(case)
        assert "事前 |" not in last(case)

    def test_incomparable(self) -> None:
        """Surveys of other questions or people are not compared, and the minutes say that they show nothing."""
        entry = WHOLE.entries[-1]
        carried = entry.effect.carried
        other = {**carried, "before": {**carried["before"], "asked": 40}}
        forged = msgspec.structs.replace(entry, effect=attrs.evolve(entry.effect, carried=other))
        for language, words in (
            ("zh", "不能相互比较，也不能说明有所改善"),
            ("en", "cannot be compared, and show no improvement"),
        ):
            assert words in minutes((*WHOLE.entries[:-1], forged), language)

    def test_a_survey(self) -> None:
        """A survey is told with its population, its question and all counts."""
        assert told(WHOLE, 5).endswith(
            "进行事前满意度调查：对象“院落 10 户”，问题“您对院落环境满意吗？”，发出 10、满意 2、不满意 6、未定 0、未答复 2。"
        )
        assert "took the survey (after): population" in told(WHOLE, 33, "en")


class TestAnywhere:
    """What can be done at any stage."""

    def test_a_correction_stands_beside_what_it_corrects(self) -> None:
        """The earlier entry stays as it was, with the correction beside it and in its own place."""
        case = done(
            WHOLE_START,
            (Note("到场 6 人"), day(1)),
            (Correct(2, "到场 5 人", reason="点错"), day(2)),
            (Correct(1, "编号无误", reason="复核"), day(3)),
        )
        assert told(case, 2).endswith(
            "备注：“到场 6 人”。\n\n> 更正（第 3 条，2026年3月4日 09:00）：“到场 5 人”；原因：“点错”。"
        )
        assert told(case, 3).endswith("更正第 2 条：“到场 5 人”；原因：“点错”。")
        assert "> Corrected by entry 4 (5 March 2026, 09:00): “编号无误”; reason: “复核”." in told(case, 1, "en")

    def test_offices(self) -> None:
        """An appointment tells the office and all who hold it; or that nobody does."""
        case = done(
            WHOLE_START,
            (Appoint("chair", {"b", "a"}, reason="改选"), day(1)),
            (Appoint("chair", set(), reason="辞职"), day(1)),
        )
        assert told(case, 2).endswith("任命：“主持人”自此由 a、b 担任；理由：“改选”。")
        assert told(case, 3, "en").endswith("left the office of “chair” vacant from now on; reason: “辞职”.")

    def test_editions(self) -> None:
        """An adopted edition is told with its setting, its words and its authority."""
        later = Citation(instrument="新规", article="1", in_force_from=date(2026, 4, 1))
        rule = attrs.evolve(WRITTEN_RULE, citation=later)
        case = done(
            alone(assembly(notice=days(5))),
            (AdoptEdition("resolve", rule=rule, **DECIDED), day(0)),
            (AdoptEdition("resolve", period=Period(9, citation=later), **DECIDED), day(0)),
        )
        assert told(case, 2).endswith(
            f"为“决议”采用新规则版本（规则）：{rule.explain('zh')}"
            "由“业主大会”于 2025年12月1日决定，备案：“街道办事处”；与程序原有规定从严并用。"
        )
        assert "为“决议”采用新规则版本（通知期）：9日（依据：《新规》第1条）。" in told(case, 3)

    def test_documents_and_notes(self) -> None:
        """A document is told by its label, its type and its digest."""
        case = done(WHOLE_START, (Attach(DOCUMENT, "会议照片", media="image/png"), day(1)))
        assert last(case).endswith(f"附上“会议照片”（image/png）。文件 SHA-256：{DOCUMENT}。")

    def test_withdrawn(self) -> None:
        """A withdrawal ends the case, with its reason."""
        case = done(WHOLE_START, (Withdraw("资金未落实"), day(1)))
        assert last(case).endswith("撤回事项：“资金未落实”。\n\n案件终结：撤回。")
        assert "- 案件终结：撤回（withdrawn）" in minutes(case.entries)

    def test_ordered_back(self) -> None:
        """An order of correction tells what is unlawful, on what authority, and where the case goes."""
        case = take(courtyard(), [*courtyard_steps()[:18], *posted(50)[:1]])
        case = done(case, (OrderCorrection("未通知全体业主", citation=CITED), day(52), "street-1"))
        assert last(case).endswith(
            "街道办事处 street-1 责令改正：“未通知全体业主”（依据：《示例规则》第1条）。\n\n转入“一议：两委提议”。"
        )
        assert "passage 2" not in minutes(case.entries, "en")
