"""The example of a review in a batch comes out as the case that it is of (case T11: 72 households, of which 50, 20 and 2)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "allowance_batch.py"


@pytest.fixture(scope="module")
def output() -> str:
    """What the example prints."""
    spec = importlib.util.spec_from_file_location("allowance_batch", EXAMPLE)
    assert spec
    assert spec.loader
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    said: list[str] = []
    example.print = lambda *words: said.append(
        " ".join(map(str, words))
    )  # its module's own name, so that nothing else prints
    example.main()
    return "\n".join(said)


class TestTheExample:
    """Seventy-two families go together, and come out apart."""

    def test_outcomes(self, output: str) -> None:
        """Fifty are carried, twenty are lost, two are in dispute; above, a change is considered of one of the fifty."""
        assert "通过 50 户，未通过 20 户，有争议 2 户\ncarried 50, lost 20, in dispute 2\n" in output
        assert (
            "\nconfirmed: 49\nchange_considered: 1\nnot_carried: 20\n2026-dibao-23: discuss\n2026-dibao-58: discuss\n"
            in output
        )
        assert "The reasons told in writing: after checking, the income per head is above the local standard" in output

    def test_meetings(self, output: str) -> None:
        """Three meetings instead of 216, and six more for the two that were taken out."""
        assert "合计（确定举行的会议和听证）：逐件办理 216 次，按计划 3 次，少 213 次" in output
        assert "meetings called: 3; those that the two in dispute will still need by themselves: 6\n" in output

    def test_what_cannot_be(self, output: str) -> None:
        """A family is not acted upon while its batch holds it, and the batch is not voted on as a package."""
        assert "本事项正随批次“2026-dibao”一并办理" in output
        assert "count votes cannot be done for all of them at once" in output

    def test_minutes(self, output: str) -> None:
        """One family's minutes tell its recusal, that there was an objection, and what was done for all, and no words."""
        chinese, english = output.split("# Minutes: ")
        assert "记录 r-07 回避，理由：〔不公开〕。" in chinese
        assert "立案时 72 件" in chinese
        assert "recused r-07, for this interest: [withheld]." in english
        assert "[withheld]. Answered in entry 8." in english
        assert "a car" not in output
        assert "when this stage began, these were 70." in english
        assert english.count("r-07") == 2  # on the list of those who were there, and recused
