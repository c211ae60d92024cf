"""Hypothesis profiles, by HYPOTHESIS_PROFILE: ``dev`` by default, ``ci`` for the deep run, ``mutation`` for mutants.

And the last lines of a run, which name what could not be tested on this machine.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from left_out import LEFT_OUT

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "mutation", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes tells the first what it has left out."""
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["left_out"] = LEFT_OUT


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The first process hears what another has left out."""
    LEFT_OUT.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is left out unseen."""
    for what, how in LEFT_OUT.items():
        terminalreporter.write_line(f"NOT TESTED: {what}; {how}")
    if shutil.which("node") is None:
        terminalreporter.write_line(
            "NOT TESTED: the vectors in JavaScript (tests/vectors/check.mjs and canonical.mjs); install node"
        )
