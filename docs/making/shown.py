"""The procedures of the catalogue that are drawn and told on the pages: every one that stands there ready to use."""

from __future__ import annotations

from typing import Final

from yizheng import catalogue
from yizheng.procedure import Procedure

MODULES: Final = ("yizheng", *(each for each in catalogue.__all__ if each not in {"applicable", "yizheng"}))
"""The modules of the catalogue, the method itself first."""


def procedures() -> dict[str, Procedure]:
    """Every procedure, by its module and name, such as ``"yizheng.COURTYARD"``."""
    found = {}
    for module in MODULES:
        room = getattr(catalogue, module)
        for name in room.__all__:
            if isinstance(value := getattr(room, name), Procedure):
                found[f"{module}.{name}"] = value
    return found
