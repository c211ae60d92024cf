"""How a matter leaves a batch in which it is dealt with together with others (简易程序).

The report has similar matters proposed, discussed and heard together and resolved one by one. That one of them can be
taken out again is inferred: nobody is bound to a grouping that the office made.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import ClassVar, Final

import attrs

from yizheng.errors import InvalidValue
from yizheng.stages.base import NO_ITEMS, WORDS, Act, Action, Dossier, Effect, as_words
from yizheng.text import Text
from yizheng.values.doors import one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name
from yizheng.values.scalars import flag

__all__ = ["LEAVERS", "LEAVING", "AskSplit", "Leaving", "Release", "SplitOut", "way_of"]


class Leaving(enum.StrEnum):
    """Where a matter that leaves a batch goes on."""

    SPLIT = "split"
    """By the ordinary procedure, from where the batch stands."""
    HELD_OVER = "held_over"
    """From the beginning of the procedure: it is in dispute, and looked into anew (case T11)."""
    WITHDRAWN = "withdrawn"
    """Nowhere: it is taken back."""


def _how(value: Leaving | str) -> Leaving:
    return one_of(Leaving, value)


@attrs.frozen
class SplitOut(Action):
    """Take one matter out of the batch. The others go on.

    Attributes:
        item: the id of the matter.
        reason: why it is not dealt with together with the others.
        how: where it goes on.
    """

    kind: ClassVar[str] = "split_out"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("移出批次", "split out")
    optional: ClassVar[bool] = True
    item: str = attrs.field(converter=name)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)
    how: Leaving = attrs.field(default=Leaving.SPLIT, converter=_how, kw_only=True)


@attrs.frozen
class AskSplit(Action):
    """Ask that one matter be dealt with by itself. When enough members have asked, it is split out by that.

    Attributes:
        item: the id of the matter.
        reason: why.
    """

    kind: ClassVar[str] = "ask_split"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("申请单独办理", "ask to split out")
    actor_is_private: ClassVar[bool] = True
    item: str = attrs.field(converter=name)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Always: whether it counts is looked up on the rolls."""
        return True


@attrs.frozen
class Release(Action):
    """Let matters of the batch go on by themselves, now that the stages that they share lie behind them.

    It decides nothing, and binds the others to no time: what is recorded of one matter may have happened before another
    was released.

    Attributes:
        item: the id of one matter, as when it is called in a sitting; ``None`` for all that are still there.
        by_act: whether it is because the first act on the matter was accepted. Then it is nobody's decision and needs no
            office; who acted stands in the record of the matter, as far as it is public.
    """

    kind: ClassVar[str] = "release"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("转入逐个决议", "release")
    actor_is_private: ClassVar[bool] = True
    item: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    by_act: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.by_act and self.item is None:
            raise InvalidValue("an act releases the one matter that it is put to; name it, or leave by_act out")

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Where an act that was accepted releases the matter; else the office does."""
        return bool(self.by_act)


LEAVING: Final = (SplitOut, AskSplit, Release)
"""What can be done in a batch alone, at every stage that its matters share."""


def way_of(action: Action, effect: Effect) -> Leaving | None:
    """Where matters go on that leave the batch by an entry; ``None`` where none leaves it."""
    if isinstance(action, SplitOut):
        return action.how
    if isinstance(action, AskSplit):
        return Leaving.SPLIT if effect.carried.get("splits") else None
    return Leaving.SPLIT if isinstance(action, Release) else None


def _without(item: str, dossier: Dossier) -> Dossier:
    return attrs.evolve(dossier, items=dossier.items.without(item), leaving=frozenset({item}))


def _split(act: Act, _effect: Effect, dossier: Dossier) -> Dossier:
    action: SplitOut = act.action
    return _without(action.item, dossier)


def _asked(act: Act, effect: Effect, dossier: Dossier) -> Dossier:
    action: AskSplit = act.action
    if effect.carried.get("splits"):
        return _without(action.item, dossier)
    asked = FrozenMap({**dossier.split_asked, action.item: dossier.split_asked.get(action.item, 0) + 1})
    who = dossier.split_askers | ({(action.item, act.by)} if act.by else set[tuple[str, str]]())
    return attrs.evolve(dossier, split_asked=asked, split_askers=who)


def _released(act: Act, _effect: Effect, dossier: Dossier) -> Dossier:
    action: Release = act.action
    if action.item is not None:
        after = _without(action.item, dossier)
    else:
        after = attrs.evolve(dossier, items=NO_ITEMS, leaving=frozenset(dossier.items))
    competing = after.competition
    return after if competing is None else attrs.evolve(after, competition=competing.joined(after.leaving))


LEAVERS: Final[Mapping[type[Action], Callable[[Act, Effect, Dossier], Dossier]]] = FrozenMap(
    {SplitOut: _split, AskSplit: _asked, Release: _released}
)
"""What they add up to."""
