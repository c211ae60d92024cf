"""The same record is told alike wherever it comes from, and every number in it is the record's own (row R28)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarrels import dispute, dispute_steps
from walks import allowance, allowance_steps, courtyard, courtyard_steps, take
from yizheng import Case, Docket
from yizheng.record import minutes, register
from yizheng.store import MemoryStore, SQLiteStore

from .reading import LANGUAGES, told, voted

ROOT = Path(__file__).parents[2]


class TestFromAStore:
    """A record that was stored and read back is told as the one that was entered."""

    @pytest.mark.parametrize("where", ["memory", "file"])
    def test_whole(self, where: str, tmp_path: Path) -> None:
        """Minutes and register of each case are the same, private values too."""
        for start, steps in (
            (courtyard(), courtyard_steps()),
            (allowance(), allowance_steps()),
            (dispute(), dispute_steps()),
        ):
            store = MemoryStore() if where == "memory" else SQLiteStore(tmp_path / f"{start.id}.db")
            opened = start.entries[0].action
            with Docket(store) as docket:
                case = docket.open(
                    opened.matter,
                    opened.procedure,
                    opened.rolls,
                    opened.offices,
                    at=start.entries[0].at,
                    by=start.entries[0].by,
                )
                for step in steps:
                    case = docket.act(case.id, step.action, at=step.at, by=step.by)
                read = docket.case(case.id)
            for language in LANGUAGES:
                for private in (False, True):
                    assert minutes(read.entries, language, private=private) == minutes(
                        case.entries, language, private=private
                    )
            assert register(read.entries) == register(case.entries)

    def test_replayed(self) -> None:
        """A replayed case is told alike, and any iterable of entries will do."""
        case = take(courtyard(), courtyard_steps())
        assert minutes(Case.replay(case.entries).entries) == minutes(iter(case.entries))


PROGRAM = """
import sys
from quarrels import dispute, dispute_steps
from walks import allowance, allowance_steps, courtyard, courtyard_steps, take
from yizheng.record import minutes, register
for start, steps in ((courtyard(), courtyard_steps()), (allowance(), allowance_steps()), (dispute(), dispute_steps())):
    case = take(start, steps)
    for language in ("zh", "en"):
        sys.stdout.buffer.write(minutes(case.entries, language, private=True).encode())
        sys.stdout.buffer.write(register(case.entries).markdown(language, participants=True).encode())
"""


def test_no_order_of_a_set_shows() -> None:
    """Processes with other hash seeds tell the same to the byte."""
    shown = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", PROGRAM],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"},
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(shown) == 1


class TestNumbers:
    """Every number in the sentences on a vote occurs in the entries, or follows from them in the ruling."""

    @given(st.integers(0, 10), st.data())
    def test_of_a_vote(self, present: int, data: st.DataObject) -> None:
        """The figures told are those of the tally, and the thresholds those of its findings."""
        for_ = data.draw(st.integers(0, present))
        against = data.draw(st.integers(0, present - for_))
        case = voted([f"m-{number:02}" for number in range(1, present + 1)], for_=for_, against=against, calls=1)
        ruling = case.entries[-1].effect.ruling
        known = {str(number) for figures in ruling.tally.measures.values() for number in _numbers(figures)}
        known |= {str(finding.needed) for finding in ruling.findings}
        for finding in ruling.findings:
            known |= {str(finding.left), str(finding.right), f"{float(finding.right):g}"}
        for language, date in (("zh", "2026年3月5日 11:00"), ("en", "5 March 2026, 11:00")):
            words = told(case, case.version, language).replace(date, "").replace("sec-1", "")
            words = re.sub(rf"^\*\*{case.version}\.\*\*|《示例规则》第1条|an invented rule art\. 1|1/2", "", words)
            assert {*re.findall(r"[0-9]+(?:[./][0-9]+)?", words)} <= known


def _numbers(figures: object) -> list[object]:
    if isinstance(figures, dict):
        return [number for each in figures.values() for number in _numbers(each)]
    return [figures]
