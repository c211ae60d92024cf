"""Filling the places for which the matters of a batch compete: all their votes are closed at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from yizheng.errors import InvalidType
from yizheng.rules import Lot
from yizheng.stages.base import Action
from yizheng.stages.deliberation import CloseVote
from yizheng.text import Text
from yizheng.values.doors import optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed

__all__ = ["FillPlaces"]


def _closes(values: Mapping[str, CloseVote]) -> FrozenMap[str, CloseVote]:
    taken = keyed(values, "closes")
    if wrong := sorted(item for item, close in taken.items() if not isinstance(close, CloseVote)):
        raise InvalidType(f"how the vote on {', '.join(wrong)} is closed is no CloseVote; write CloseVote(casting=…)")
    return FrozenMap({item: taken[item] for item in sorted(taken)})


@attrs.frozen(kw_only=True)
class FillPlaces(Action):
    """Close the votes on all matters of a batch that compete, and give the places to the best of them.

    It is put to the batch together with the records of its matters: :meth:`yizheng.batch.Batch.fill_places`, or a docket's
    ``fill_places``. Whoever may close the deciding vote may do it.

    Attributes:
        closes: how the votes on some of them are closed, by matter, where there is more to say than that: the casting
            vote, the ballots issued and returned.
        lot: the lot that was drawn among the tied, where the quota names that step.
    """

    kind: ClassVar[str] = "fill_places"
    title: ClassVar[Text] = Text("确定名额", "fill the places")
    closes: FrozenMap[str, CloseVote] = attrs.field(default=FrozenMap[str, CloseVote](), converter=_closes)
    lot: Lot | None = attrs.field(default=None, validator=optional_instance_of(Lot))
