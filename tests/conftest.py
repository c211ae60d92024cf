"""Hypothesis profiles, by HYPOTHESIS_PROFILE: ``dev`` by default, ``ci`` for the deep run, ``mutation`` for mutants.

And the last lines of a run, which name what could not be tested on this machine.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "mutation", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is left out unseen."""
    if shutil.which("node") is None:
        terminalreporter.write_line(
            "NOT TESTED: the vectors in JavaScript (tests/vectors/check.mjs and canonical.mjs); install node"
        )
