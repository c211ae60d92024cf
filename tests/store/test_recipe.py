"""The store that the recipe writes keeps the whole contract, as a stranger's would have to."""

from __future__ import annotations

import re
import resource
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from yizheng.errors import StoreFault
from yizheng.testing import StoreContract
from yizheng.testing.samples import Opener, everything, write

PAGE = Path(__file__).parents[2] / "docs" / "recipes" / "custom-store.md"


def journal_store() -> Any:
    """The class that the first two blocks of the page define."""
    names: dict[str, Any] = {"__name__": "recipe"}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[:2]:
        exec(block, names)  # noqa: S102 - what the page shows is what is tried
    return names["JournalStore"]


class TestJournalStore(StoreContract):
    """What the page promises of its store."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Opener:
        """One journal for each test."""
        return partial(journal_store(), tmp_path / "journal")

    def test_a_line_that_was_cut_short_is_dropped(self, tmp_path: Path, open_store: Opener) -> None:
        """Wherever the last line was cut, what was acknowledged before is there, and writing goes on."""
        journal = tmp_path / "journal"
        with open_store() as store:
            store.append(write())
            before, whole = everything(store), journal.read_bytes()
            store.append(write(expected=1), write("b"))
        longer = journal.read_bytes()
        for length in range(len(whole), len(longer)):
            journal.write_bytes(longer[:length])
            with open_store() as store:
                assert everything(store) == before
                store.append(write(expected=1), write("b"))
            assert journal.read_bytes() == longer

    def test_a_full_disk_is_a_fault(self, tmp_path: Path, open_store: Opener) -> None:
        """What cannot be written is not acknowledged, and is dropped when the journal is opened again."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        with open_store() as store:
            store.append(write())
            before = everything(store)
            size = (tmp_path / "journal").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, hard))
            try:
                with pytest.raises(StoreFault, match="could not be written"):
                    store.append(write(expected=1))
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            with pytest.raises(StoreFault, match="could not be written"):
                store.version("a")
        with open_store() as store:
            assert everything(store) == before
