"""The road repair of the examples, and its register: all six sheets of the form (part 4 of the notes on the field).

The form's fields: on each sheet the origin (the same on all), item, date, those entitled and present and their ratio,
content and signatures; on the third and fourth the form of the meeting and who attended from the township, with post; on
the fifth and sixth how it was disclosed and what the supervisors said. The case is invented.
"""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from catalogue.driving import drive
from walks import SHANGHAI
from yizheng import Case, Text
from yizheng.catalogue.siyi import siyi
from yizheng.record import DisclosureSheet, Register, SheetKind, SittingSheet, minutes, register
from yizheng.stages import Attach, Note, TakeAttendance

FIELDS = {
    "zh": (
        ["动议事由", "事项", "日期", "内容", "签名和附件"],
        ["应到", "实到", "比例", "参加人员"],
        ["会议形式", "上级参加人员"],
        ["公开方式", "监督意见"],
    ),
    "en": (
        ["Origin", "Item", "Date", "Content", "Signatures and papers"],
        ["Entitled", "Present", "Ratio", "Participants"],
        ["Form", "From the level above"],
        ["How disclosed", "Supervision"],
    ),
}
"""The fields of every sheet, of the first four, of the third and fourth besides, and of the last two."""
PATH = Path(__file__).parents[2] / "examples" / "road_repair.py"


def loaded() -> ModuleType:
    """The example, as a module."""
    spec = importlib.util.spec_from_file_location("road_repair", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The case, run over a SQLite file."""
    return loaded().run(tmp_path_factory.mktemp("village") / "village.db")


@pytest.fixture(scope="module")
def filled(case: Case) -> Register:
    """Its register."""
    return register(case.entries)


def rows(markdown: str) -> list[dict[str, str]]:
    """The tables of the register, each as its rows by name."""
    sheets = markdown.split("\n## ")[1:]
    return [
        {
            cells[1].strip(): cells[2].strip()
            for line in sheet.splitlines()
            if line.startswith("| ") and len(cells := line.split("|")) == 4
        }
        for sheet in sheets
    ]


class TestTheCase:
    """It runs to its end, and its minutes tell it."""

    def test_carried_out(self, case: Case) -> None:
        """To the disclosed result, with the accounts."""
        assert case.outcome == "carried_out"
        assert "4479.6" in minutes(case.entries, "zh")

    def test_a_refusal_is_shown(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The by-law's five days, with both words and the source."""
        loaded().run(tmp_path / "village.db")
        told = capsys.readouterr().out
        assert "[SHORT_PERIOD]" in told
        assert "《某村村民自治章程（虚构）》第12条" in told


class TestSixSheets:
    """Every field of the form is found, and nobody types a count."""

    @pytest.mark.parametrize("language", FIELDS)
    def test_every_field(self, filled: Register, language: str) -> None:
        """On each sheet each of its fields, and none of them empty or not stated."""
        common, sitting, third, notice = FIELDS[language]
        sheets = rows(filled.markdown(language, participants=True))
        assert len(sheets) == 6
        for number, sheet in enumerate(sheets, 1):
            wanted = common + (sitting if number <= 4 else notice) + (third if number in {3, 4} else [])
            assert {name: sheet.get(name) for name in wanted if not sheet.get(name)} == {}
            assert not {"未记载", "not stated", "无", "none"} & {sheet[name] for name in wanted}

    def test_the_origin_is_the_same(self, filled: Register) -> None:
        """A filling note of the form."""
        assert {sheet.origin for sheet in filled.sheets} == {
            Text("党员和群众建议", "suggested by party members and villagers")
        }

    def test_each_stage_on_its_sheet(self, filled: Register) -> None:
        """The sheets are those of this procedure, so that nothing about them is inferred."""
        assert [sheet.kind for sheet in filled.sheets] == [*SheetKind]
        assert "推定，来源未作规定" not in filled.markdown("zh")
        assert "Each sheet has the stage of its name." in filled.markdown("en")

    def test_counts_are_worked_out(self, case: Case, filled: Register) -> None:
        """Entitled is the roll, present the attendance, and the ratio follows exactly; all recomputed from the record."""
        sat = [sheet for sheet in filled.sheets if isinstance(sheet, SittingSheet)]
        taken = [entry.action.present for entry in case.entries if isinstance(entry.action, TakeAttendance)]
        rolls = [case.dossier.rolls[stage.body] for stage in case.procedure.stages[:4]]
        for sheet, present, roll in zip(sat, taken, rolls, strict=True):
            assert (sheet.entitled, sheet.present) == (len(roll), len(present))
            assert sheet.ratio == Fraction(len(present), len(roll))
            assert set(sheet.participants) == present
        assert [(sheet.entitled, sheet.present) for sheet in sat] == [(5, 5), (9, 8), (24, 18), (36, 31)]

    def test_the_township_attends_the_third_and_the_fourth(self, filled: Register) -> None:
        """With its post, on its day; on the first two nobody did."""
        posts = [[(each.by, each.posts[0].zh, str(each.on)) for each in sheet.attended] for sheet in filled.sheets[:4]]
        assert posts == [[], [], [("t-01", "乡镇人民政府", "2026-03-16")], [("t-01", "乡镇人民政府", "2026-04-05")]]

    def test_papers_by_their_digests(self, case: Case, filled: Register) -> None:
        """Each sheet names the paper with the signatures, or the photograph, that was put to the record in its stage."""
        attached = [entry.action.document for entry in case.entries if isinstance(entry.action, Attach)]
        assert [paper.document for sheet in filled.sheets for paper in sheet.papers] == attached
        assert len(attached) == 6

    def test_supervisors_on_both_disclosures(self, filled: Register) -> None:
        """Their notes and the inspection, and no note of the township among them."""
        said = [
            [each.by for each in sheet.supervision] for sheet in filled.sheets if isinstance(sheet, DisclosureSheet)
        ]
        assert said == [["s-01"], ["s-02", "s-01"]]


class TestMergedSteps:
    """Where the party secretary also heads the committee, the first two steps are one."""

    def test_it_stands_on_both_sheets(self) -> None:
        """The stage that proposes and discusses fills the first sheet and the second, and nothing is inferred."""
        driver, _ = drive(siyi(merged=True), datetime(2026, 3, 2, 9, tzinfo=SHANGHAI))
        filled = register(driver.case.entries)
        first, second, third, *_ = filled.sheets
        assert first.stage == second.stage == Text("一议、二议：提议、商议（合并）", "propose and discuss")
        assert (first.entitled, first.ratio) == (second.entitled, second.ratio) == (30, 1)
        assert third.stage.en == "review"
        assert "Each sheet has the stage of its name." in filled.markdown("en")


class TestWhatIsMissing:
    """A register of less than that shows that it is less."""

    def test_without_the_township_and_the_papers(self, case: Case) -> None:
        """The rows are not there where there is nothing to say in them."""
        bare = register([entry for entry in case.entries if not isinstance(entry.action, Attach | Note)])
        told = bare.markdown("zh")
        assert "上级参加人员" not in told
        assert "签名和附件" not in told

    def test_names_are_withheld(self, filled: Register) -> None:
        """As it is left, who took part is not told."""
        assert "m-07" not in filled.markdown("zh")
        assert "m-07" in filled.markdown("zh", participants=True)
