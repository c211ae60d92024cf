"""A pytest plugin: measures the coverage of the run that it is loaded into, from before the package is imported."""

from __future__ import annotations

import coverage

_measured = coverage.Coverage(data_suffix=True)  # each process of the run has its own
# The one that hands out the tests runs none of them.
_measured.set_option("run:disable_warnings", ["module-not-imported", "no-data-collected"])
_measured.start()


def pytest_unconfigure() -> None:
    """Keep what was measured, for ``coverage combine``."""
    _measured.stop()
    _measured.save()
