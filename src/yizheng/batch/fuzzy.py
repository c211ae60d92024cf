"""Likeness by title with rapidfuzz, which bears more than one slip. It needs ``yizheng[similar]``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from importlib import import_module
from typing import Any

import attrs
from typing_extensions import override

from yizheng.batch.leaders import led
from yizheng.batch.titles import ByTitle
from yizheng.errors import InvalidValue
from yizheng.values.exact import exact, written

__all__ = ["FuzzyLikeness"]


def _share(value: object) -> Fraction:
    share = exact(value, "the share")
    if not 0 <= share < 1:
        raise InvalidValue(
            f"the share is {written(share)}; it lies from 0 to below 1: write it as a string such as '1/5'"
        )
    return share


@attrs.frozen(kw_only=True)
class FuzzyLikeness(ByTitle):
    """Titles whose canonical keys differ from that of a more frequent one in a small share of their characters.

    The difference is the number of slips (a character too many, missing, wrong, or two neighbours exchanged) by which the
    one becomes the other (the optimal string alignment distance of rapidfuzz). Every key is compared with every leader
    among those of the same numbers and telling characters.

    Attributes:
        share: the most slips, as a share of the characters of the longer key (included), such as ``"1/5"``.
    """

    share: Fraction = attrs.field(default=Fraction(1, 5), converter=_share)

    def __attrs_post_init__(self) -> None:
        _distance()

    @override
    def _leads(self, counts: Mapping[str, int]) -> dict[str, str]:
        """The first leader that is near enough, or the key itself.

        Raises:
            ImportError: when rapidfuzz is not installed.
        """
        distance, (part, whole) = _distance(), self.share.as_integer_ratio()

        def is_like(key: str, leader: str) -> bool:
            slips = part * max(len(key), len(leader)) // whole
            return bool(distance(key, leader, score_cutoff=slips) <= slips)

        return led(counts, self.times, is_like)


def _distance() -> Any:
    """The function that counts slips, loaded when it is first needed."""
    try:
        return import_module("rapidfuzz.distance.OSA").distance
    except ImportError as missing:
        raise ImportError("FuzzyLikeness needs rapidfuzz; install yizheng[similar]") from missing
