"""How it is told who got the places for which the matters of a batch compete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told
from yizheng.stages import FillPlaces
from yizheng.text import Text

__all__ = ["TELLERS"]

_FILLED: Final = Text("同时结束各事项的表决，确定名额。", "closed the votes on all that compete and filled the places.")


def _fill(told: Told) -> Iterator[Marked]:
    pen, filling = told.pen, told.entry.effect.filling
    yield pen.say(_FILLED)
    assert filling is not None
    yield pen.said(filling.explain(pen.language))


TELLERS: Final[Mapping[type[Any], Teller]] = {FillPlaces: _fill}
