"""What a value is called in the name of a test: the same in every run, so that several processes can share the tests."""

from __future__ import annotations

import re
from typing import Any


def named(value: Any) -> str:
    """The ``repr`` of a value, with sets in order and without addresses."""
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}({', '.join(sorted(map(repr, value)))})"
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
