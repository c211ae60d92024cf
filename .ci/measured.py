"""A pytest plugin: measures the coverage of the run that it is loaded into, from before the package is imported."""

from __future__ import annotations

import coverage

_measured = coverage.Coverage()
_measured.erase()
_measured.start()


def pytest_unconfigure() -> None:
    """Keep what was measured, for ``coverage report``."""
    _measured.stop()
    _measured.save()
