"""What could not be tested on this machine, and what to install: the last lines of a run say so."""

from __future__ import annotations

from typing import Final

LEFT_OUT: Final[dict[str, str]] = {}
