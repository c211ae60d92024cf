"""How it is told that the papers of a dispute were put on file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked
from yizheng.record.telling.base import Teller, Told
from yizheng.record.words import PAPERS, in_words
from yizheng.stages import PutOnFile
from yizheng.text import Text

__all__ = ["TELLERS"]

_FILED: Final = Text("立卷归档，卷号{reference}：{papers}。", "put on file, under {reference}: {papers}.")


def _put(told: Told) -> Iterator[Marked]:
    action: PutOnFile = told.action
    pen = told.pen
    yield pen.say(_FILED, reference=pen.quote(action.reference), papers=pen.several(in_words(PAPERS, action.papers)))


TELLERS: Final[Mapping[type[Any], Teller]] = {PutOnFile: _put}
