"""Whole minutes and registers, as they were proof-read: one file for each case and language."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quarrels import dispute, dispute_steps
from walks import allowance, allowance_steps, courtyard, courtyard_steps, take
from yizheng import Case
from yizheng.record import minutes, register

from .reading import LANGUAGES
from .together import BATCH, review

GOLDEN = Path(__file__).parent / "golden"
CASES: dict[str, Callable[[], Case]] = {
    "courtyard": lambda: take(courtyard(), courtyard_steps()),
    "allowance": lambda: take(allowance(), allowance_steps()),
    "dispute": lambda: take(dispute(), dispute_steps()),
    "batch": lambda: review().case(BATCH),
    "batch.matter": lambda: review().case("family-006"),
}


def compare(name: str, whole: str) -> None:
    """Hold a document against its file, or write the file where that was asked for."""
    # The digest changes with whatever the record holds; that it is the case's own is shown in test_minutes.py.
    shown = re.sub(r"[0-9a-f]{64}", "(digest)", whole)
    path = GOLDEN / name
    if os.environ.get("YIZHENG_GOLDEN") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
class TestGolden:
    """What people read changes on purpose alone.

    To rewrite the files on purpose, and then read what ``git diff tests/record/golden`` shows:
    ``YIZHENG_GOLDEN=write python -m pytest tests/record/test_golden.py``
    """

    def test_minutes(self, name: str, language: str) -> None:
        """The minutes of the whole case read as they were proof-read."""
        compare(f"{name}.{language}.md", minutes(CASES[name]().entries, language))

    def test_register(self, name: str, language: str) -> None:
        """The register of the whole case reads as it was proof-read."""
        compare(f"{name}.register.{language}.md", register(CASES[name]().entries).markdown(language))
