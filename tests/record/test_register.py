"""The six-sheet register (登记表, domain.md part 4): every sheet repeats the origin; counts are worked out, never typed."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs
import pytest

from walks import (
    BOARD,
    COMMITTEES,
    COURTYARD_ROLLS,
    OFFICES,
    REPRESENTATIVES,
    START,
    Step,
    allowance,
    allowance_steps,
    alone,
    assembly,
    at_stage,
    courtyard,
    courtyard_steps,
    day,
    days,
    done,
    matter,
    posted,
    solicited,
    take,
    voted_in_meeting,
)
from yizheng import Case, Text, catalogue
from yizheng.errors import BrokenRecord, InvalidValue
from yizheng.record import DisclosureSheet, Register, SheetKind, SittingSheet, register
from yizheng.rules import ENTITLED, PRESENT
from yizheng.stages import (
    Abandon,
    Adjourn,
    AnswerObjection,
    CloseVote,
    Convene,
    CountVotes,
    Disclosure,
    Interrupt,
    Note,
    Object,
    Post,
    Recuse,
    ReturnForRevision,
    Revise,
    TakeAttendance,
    TakeDown,
    Withdraw,
)

from .reading import LANGUAGES, called, headings, in_committee

COURTYARD = take(courtyard(), courtyard_steps())
ALLOWANCE = take(allowance(), allowance_steps())


def stages_of(filled: Register) -> list[str | None]:
    """The stage on each sheet."""
    return [None if sheet.stage is None else sheet.stage.en for sheet in filled.sheets]


class TestSheets:
    """Six sheets, always; the placing is inferred, and a sheet without a stage says so."""

    def test_courtyard(self) -> None:
        """Three deliberations leave one sheet before the resolution empty."""
        assert stages_of(register(COURTYARD.entries)) == [
            "propose",
            "consult",
            None,
            "resolve",
            "disclose the measures",
            "disclose the result",
        ]
        empty = register(COURTYARD.entries).sheets[2]
        assert (empty.kind, empty.times, empty.entitled, empty.ratio, dict(empty.ratios)) == (
            SheetKind.REVIEW,
            0,
            None,
            None,
            {},
        )
        assert "| 环节 | 本程序没有与本表对应的环节 |" in register(COURTYARD.entries).markdown()

    def test_allowance(self) -> None:
        """Where titles name the sheets, the stages stand on those: 商议 and 审议, and nothing on 提议."""
        assert stages_of(register(ALLOWANCE.entries)) == [
            None,
            "discuss",
            "review",
            "resolve",
            "disclose the resolution",
            "disclose the decision (inferred)",
        ]

    def test_the_origin_is_the_same_on_all(self) -> None:
        """The filling note of the form: the origin is the same on all sheets for one matter."""
        case = Case.open(
            matter(origin=Text("群众建议", "asked for by residents")),
            catalogue.yizheng.COURTYARD,
            COURTYARD_ROLLS,
            OFFICES,
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        filled = register(case.entries)
        assert {sheet.origin.zh for sheet in filled.sheets if sheet.origin} == {"群众建议"}
        assert {sheet.item.zh for sheet in filled.sheets} == {"院落整治"}
        for language, row in (("zh", "| 动议事由 | “群众建议” |"), ("en", "| Origin | “asked for by residents” |")):
            assert filled.markdown(language).count(row) == 6

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_at_every_moment(self, language: str) -> None:
        """Six sheets are shown at every moment of a case, and what has not taken place says so."""
        for case in (COURTYARD, ALLOWANCE):
            for version in range(1, case.version + 1):
                filled = register(case.entries[:version])
                assert [sheet.kind for sheet in filled.sheets] == list(SheetKind)
                assert len(headings(filled.markdown(language))) == 6
        assert "| 环节 | “三议：全体业主表决”，未进行 |" in register(COURTYARD.entries[:12]).markdown()

    def test_given(self) -> None:
        """Who knows better says which stage stands on which sheet."""
        filled = register(COURTYARD.entries, stages={"review": "consult", "discuss": "propose"})
        assert stages_of(filled)[:4] == ["propose", "propose", "consult", "resolve"]

    @pytest.mark.parametrize(
        ("stages", "fault"),
        [
            ({"x": "propose"}, "'x' is no SheetKind"),
            ({"review": "x"}, "no stage 'x'"),
            ({"review": "solicit"}, "solicit does not stand on sheet review: give it a Deliberation"),
            ({"disclose_result": "propose"}, "give it a Disclosure"),
        ],
    )
    def test_given_wrongly(self, stages: dict[str, str], fault: str) -> None:
        """A sheet or a stage that there is not, or that does not fit, is refused."""
        with pytest.raises(InvalidValue, match=fault):
            register(COURTYARD.entries, stages=stages)

    def test_elsewhere(self) -> None:
        """Stages that were passed and stand on no sheet are named, so that nobody takes the form for the whole."""
        assert [title.en for title in register(ALLOWANCE.entries).elsewhere] == [
            "solicit opinions",
            "hearing, when needed",
            "refer upward",
        ]
        assert "Stages on no sheet" not in register(COURTYARD.entries[:1]).markdown("en")

    def test_more_deliberations_than_sheets(self) -> None:
        """Of more than three deliberations before the resolution, the first three have sheets, the rest are elsewhere."""
        stages = [
            *(attrs.evolve(assembly(), id=f"d{number}", title=f"第{number}议") for number in range(1, 5)),
            assembly(),
            Disclosure(id="post", title="公开", least=days(1)),
        ]
        one = alone(assembly()).procedure
        procedure = attrs.evolve(
            one,
            stages=stages,
            routes={
                **{
                    stage.id: {**dict.fromkeys(stage.ends, "was_lost"), "carried": following.id}
                    for stage, following in pairwise(stages)
                },
                "post": {"clear": "was_carried", "upheld": "was_lost"},
            },
            ends=[end for end in one.ends if end.id in {"was_carried", "was_lost", "withdrawn"}],
            offices=[attrs.evolve(one.offices[0], may=one.offices[0].may | {a.kind for a in _kinds(stages)})],
        )
        case = Case.open(matter(), procedure, {}, {"secretary": {"sec-1"}}, at=START, by="sec-1")
        case = done(case, (Note("x"), START))
        assert [sheet.stage and sheet.stage.zh for sheet in register(case.entries).sheets] == [
            "第1议",
            "第2议",
            "第3议",
            "决议",
            "公开",
            None,
        ]

    def test_without_a_disclosure(self) -> None:
        """A procedure that discloses nothing has two empty sheets."""
        assert stages_of(register(alone(assembly()).entries)) == [None, None, None, "决议", None, None]

    def test_bad_input(self) -> None:
        """What is no record is refused."""
        with pytest.raises(BrokenRecord):
            register(COURTYARD.entries[1:])
        with pytest.raises(ValueError, match="'fr'"):
            register(COURTYARD.entries).markdown("fr")


def _kinds(stages: list[object]) -> set[object]:
    return {action for stage in stages for following in stage.phases.values() for action in following}


class TestSittings:
    """应到, 实到 and their ratio come from the tally that was judged."""

    def test_a_meeting(self) -> None:
        """The ratio is exact, and a percentage is marked as approximate."""
        case = in_committee(
            called(day(8)),
            Step(TakeAttendance({f"c-{n}" for n in range(1, 6)}), day(8)),
            Step(CountVotes(for_=5, against=0), day(8)),
            Step(CloseVote(), day(8)),
        )
        sheet = register(case.entries).sheets[0]
        assert isinstance(sheet, SittingSheet)
        tally = case.entries[-1].effect.ruling.tally
        assert (sheet.entitled, sheet.present) == (tally.get(ENTITLED), tally.get(PRESENT)) == (7, 5)
        assert sheet.ratio == Fraction(5, 7)
        assert sheet.participants == ("c-1", "c-2", "c-3", "c-4", "c-5")
        assert "| 比例 | 人数 5/7（约 71.43%） |" in register(case.entries).markdown()
        assert "| Ratio | heads 5/7 (about 71.43%) |" in register(case.entries).markdown("en")

    def test_in_writing(self) -> None:
        """In writing nobody is present: the ratio is of those who took part, by each measure."""
        sheet = register(COURTYARD.entries).sheets[3]
        assert isinstance(sheet, SittingSheet)
        assert (sheet.entitled, sheet.present, sheet.cast) == (10, None, 10)
        assert sheet.ratios == {"heads": 1, "area": 1}
        assert (
            "| 参与表决 | 10 |\n| 比例 | 人数 1（约 100%）、面积 1（约 100%） |"
            in register(COURTYARD.entries).markdown()
        )

    def test_nobody_was_entitled(self) -> None:
        """A share of nothing is no ratio."""
        case = in_committee(
            called(day(8)),
            Step(TakeAttendance({"c-1"}), day(8)),
            Step(CloseVote(), day(8)),
        )
        ruling = case.entries[-1].effect.ruling
        nobody = attrs.evolve(
            register(case.entries).sheets[0],
            ruling=ruling.rule.judge(type(ruling.tally).of(entitled=0, present=0, for_=0, against=0)),
        )
        assert nobody.ratio is None

    def test_the_outcome(self) -> None:
        """The outcome stands with the reason why it came out so."""
        whole = register(COURTYARD.entries).markdown("en")
        ruling = COURTYARD.entries[18].effect.ruling
        assert f"| Outcome | carried. {ruling.explain('en')} |" in whole

    def test_the_proposal(self) -> None:
        """Each sheet has the proposal as it stood then."""
        steps = [
            Step(Revise("甲案"), day(8)),
            *voted_in_meeting(day(8), COMMITTEES, 6),
            Step(Revise("乙案"), day(11)),
            *voted_in_meeting(day(12), REPRESENTATIVES, 4),
        ]
        filled = register(take(take(courtyard(), solicited()), steps).entries)
        assert [sheet.content and sheet.content.zh for sheet in filled.sheets[:2]] == ["甲案", "乙案"]
        assert "| 内容 | “乙案” |" in filled.markdown()

    def test_the_last_passage_counts(self) -> None:
        """A stage that was passed twice shows the last time, and says how often."""
        case = in_committee(
            called(day(8)),
            Step(TakeAttendance({"c-1"}), day(8)),
            Step(ReturnForRevision("预算不清"), day(8)),
            *voted_in_meeting(day(9), COMMITTEES, 6),
        )
        filled = register(case.entries)
        assert (filled.sheets[0].times, filled.sheets[0].outcome) == (2, "carried")
        assert "“一议：两委提议”（共 2 次，以下为末次）" in filled.markdown()

    def test_called_again(self) -> None:
        """After a call without a quorum, the sheet shows the second call alone."""
        case = in_committee(called(day(8)), Step(TakeAttendance({"c-1"}), day(8)), Step(Adjourn("人数不足"), day(8)))
        again = done(case, (Convene(held_at=day(12)), day(9)))
        sheet = register(again.entries).sheets[0]
        assert isinstance(sheet, SittingSheet)
        assert (sheet.on, sheet.participants, sheet.outcome) == (day(12).date(), (), None)
        assert "| 结果 | 尚无结果 |" in register(again.entries).markdown()

    def test_not_called_yet(self) -> None:
        """A stage in which only the proposal was touched has no date and no form yet."""
        case = in_committee(Step(Revise("甲案"), day(8)))
        whole = register(case.entries).markdown()
        assert "| 日期 | 未记载 |\n| 会议形式 | 未记载 |" in whole
        assert register(done(case, (Withdraw("资金未落实"), day(9))).entries).sheets[0].outcome is None


class TestDisclosures:
    """How it was disclosed, what was objected, and what the supervisors said."""

    def test_how(self) -> None:
        """Channels, period and objections are told."""
        sheet = register(COURTYARD.entries).sheets[4]
        assert isinstance(sheet, DisclosureSheet)
        assert (sheet.channels, sheet.objections, sheet.upheld, sheet.outcome) == (BOARD, 1, 0, "clear")
        assert "| 公开方式 | 公开栏，应公示至 2026年5月6日24时 |" in register(COURTYARD.entries).markdown()
        assert "| Objections | 1 received, 0 upheld |" in register(COURTYARD.entries).markdown("en")

    def test_upheld(self) -> None:
        """Objections that were upheld are counted."""
        case = done(
            at_stage("disclose_measures"),
            (Post(channels=BOARD, content="实施措施"), day(50)),
            (Object("图纸有误", author="1-101"), day(51)),
            (AnswerObjection("x1", "属实", upheld=True), day(52)),
            (TakeDown(), day(70)),
        )
        sheet = register(case.entries).sheets[4]
        assert isinstance(sheet, DisclosureSheet)
        assert (sheet.objections, sheet.upheld, sheet.outcome) == (1, 1, "upheld")

    def test_supervision(self) -> None:
        """Inspections and remarks stand on the sheet that follows them; nobody else's remarks do."""
        case = take(courtyard(), [*courtyard_steps()[:18], *posted(50)[:1]])
        case = done(case, (Note("公开栏位置偏僻"), day(51), "sup-2"), (Note("已知悉"), day(51)))
        case = take(case, [*posted(50)[1:], *courtyard_steps()[22:31]])
        filled = register(case.entries)
        first, second = filled.sheets[4:]
        assert isinstance(first, DisclosureSheet)
        assert isinstance(second, DisclosureSheet)
        assert [(said.by, said.text.zh, said.passed) for said in first.supervision] == [
            ("sup-2", "公开栏位置偏僻", None)
        ]
        assert [(said.by, said.text.zh, said.passed) for said in second.supervision] == [("sup-1", "合格", True)]
        assert "| 监督意见 | 2026年4月22日 sup-2：“公开栏位置偏僻” |" in filled.markdown()
        assert "| Supervision | 30 June 2026, sup-1 found it in order: “合格” |" in filled.markdown("en")

    def test_supervision_before_any_disclosure(self) -> None:
        """What supervisors said before anything was disclosed stands on the first of the two sheets."""
        case = done(courtyard(), (Note("请尽快公开"), day(1), "sup-1"))
        whole = register(case.entries).markdown()
        assert whole.count("请尽快公开") == 1
        assert "“一公开：实施措施公开”，未进行 |\n| 监督意见 |" in whole

    def test_the_disclosure_that_took_place(self) -> None:
        """Where another disclosure than the planned one took place, it is that one that is shown."""
        case = done(
            at_stage("implement"), (Abandon("施工方退出"), day(70)), (Post(channels=BOARD, content="终止"), day(71))
        )
        assert stages_of(register(case.entries))[5] == "disclose that it was abandoned"

    def test_interrupted_before_it_was_posted(self) -> None:
        """A stage that was entered and posted nothing yet has nothing to show but that."""
        case = done(at_stage("disclose_measures"), (Note("明日张贴"), day(50)))
        whole = register(case.entries).markdown()
        assert "| 日期 | 未记载 |\n| 公开方式 | 无 |\n| 内容 | 未记载 |" in whole
        posted_once = done(case, (Post(channels=BOARD, content="甲"), day(51)), (Interrupt("被撕"), day(52)))
        assert register(posted_once.entries).sheets[4].outcome is None


def test_a_recusal_decides_nothing():
    """A recusal that breaks the quorum is no ruling on the matter: a sheet whose body has not voted has none (E29)."""
    steps = [
        Step(Convene(held_at=day(10)), day(9)),
        Step(TakeAttendance(["c-1", "c-2", "c-3", "c-4"]), day(10)),
        Step(Recuse("c-1", "亲属"), day(10)),
    ]
    case = take(courtyard(), [*solicited(), *steps])
    assert case.entries[-1].effect.ruling is not None
    sheets = [
        sheet for sheet in register(case.entries).sheets if isinstance(sheet, SittingSheet) and sheet.participants
    ]
    assert [(sheet.ruling, len(sheet.participants)) for sheet in sheets] == [(None, 4)]
