"""Every picture of the pages, by its name: procedures drawn from their definitions, figures from a record that is real."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Final

from making.shown import procedures
from making.timeline import timeline
from making.vote import vote
from yizheng import Case
from yizheng.exchange import to_svg
from yizheng.text import Language

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "courtyard_renovation.py"


@cache
def courtyard() -> Case:
    """The case of the example, as it runs."""
    spec = importlib.util.spec_from_file_location("courtyard_renovation", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        case: Case = example.run(Path(folder) / "courtyard.db")
    return case


def _the_vote(language: Language) -> str:
    case = courtyard()
    ruling = next(
        entry.effect.ruling
        for number, entry in enumerate(case.entries)
        if entry.effect.ruling is not None and Case.replay(case.entries[:number]).stage == case.procedure.deciding
    )
    return vote(ruling, "courtyard-vote", language)


def pictures() -> Mapping[str, Callable[[Language], str]]:
    """How each picture is drawn in a language."""
    return {
        "courtyard_timeline": lambda language: timeline(courtyard(), "courtyard-timeline", language),
        "courtyard_vote": _the_vote,
        **{name: partial(to_svg, procedure) for name, procedure in procedures().items()},
    }
