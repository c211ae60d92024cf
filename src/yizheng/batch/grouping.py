"""What a plan consists of: groups of matters that go together, matters that go alone, and why."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Final, TypeGuard, cast

import attrs

from yizheng.batch.likeness import as_matters, as_words
from yizheng.canonical import digest, encoded
from yizheng.errors import InvalidValue, shown
from yizheng.matter import Matter
from yizheng.text import Text
from yizheng.values.doors import instance_of, one_of
from yizheng.values.plain import Plain, plain
from yizheng.values.scalars import flag

__all__ = ["Alone", "Group", "Why", "by_id", "is_of_words", "key_in_words", "twice"]

_ID: Final = attrgetter("id")
_ID_DIGITS: Final = 16


def twice(ids: Iterable[str]) -> list[str]:
    """The ids that stand there more than once, sorted."""
    return sorted(each for each, number in Counter(ids).items() if number > 1)


def key_in_words(key: Plain) -> Text:
    """A key as people read it: its parts side by side."""
    said = list(_parts(key))
    return Text("、".join(said) or "空", ", ".join(said) or "nothing")


def _parts(key: Plain) -> Iterator[str]:
    if isinstance(key, Mapping):
        for fact, value in key.items():
            yield f"{fact}={'/'.join(_parts(value))}"
    elif isinstance(key, tuple):
        for part in key:
            yield from _parts(part)
    else:
        yield key if isinstance(key, str) else str(key)


def by_id(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Matters in the order of their ids.

    Raises:
        InvalidType: when something else is among them.
    """
    return tuple(sorted(as_matters(matters), key=_ID))


def _key(value: object) -> Plain:
    if is_of_words(value):
        return _of_words(value)
    return plain(value, "the key")


def is_of_words(key: object) -> TypeGuard[tuple[str, ...]]:
    """Whether a key is a tuple of strings and of nothing that is only like one."""
    return type(key) is tuple and set(map(type, cast("tuple[object, ...]", key))) == {str}


@lru_cache(maxsize=1024)
def _of_words(value: tuple[str, ...]) -> Plain:
    """A key of strings alone; many groups have the same one."""
    return plain(value, "the key")


def _why(value: Why | str) -> Why:
    return one_of(Why, value)


class Why(enum.StrEnum):
    """Why a matter goes alone."""

    ONLY_ONE = "only_one"
    """No other matter has its key."""
    UNLIKE = "unlike"
    """Others have its key, and none is like it."""
    LEFT_OVER = "left_over"
    """Its group was larger than the limit, and it fell into a part of its own."""


_WHY: Final[Mapping[Why, Text]] = {
    Why.ONLY_ONE: Text("没有其他事项与其分组依据（{key.zh}）相同", "no other matter has its key ({key.en})"),
    Why.UNLIKE: Text(
        "分组依据（{key.zh}）相同的事项中，没有与其相近的", "among those with its key ({key.en}) there is none like it"
    ),
    Why.LEFT_OVER: Text(
        "同组（{key.zh}）事项超过件数上限，分开后仅余此件",
        "its group ({key.en}) was larger than the limit, and was cut so that it stands alone",
    ),
}


@attrs.frozen(kw_only=True)
class Group:
    """Matters that go through the shared stages together. Each is still resolved by itself.

    Attributes:
        matters: two or more, in the order of their ids.
        key: what they have in common, as it was asked for, as plain data.
        like: what their titles have in common, where likeness was asked for too.
        cut: whether they are a part of a group that was larger than the limit.
    """

    matters: tuple[Matter, ...] = attrs.field(converter=by_id)
    key: Plain = attrs.field(default=None, converter=_key)
    like: str | None = attrs.field(default=None, converter=attrs.converters.optional(as_words))
    cut: bool = attrs.field(default=False, converter=flag)

    def __attrs_post_init__(self) -> None:
        if len(self.matters) < 2:  # noqa: PLR2004 -- one is no group
            raise InvalidValue(
                f"a group of {len(self.matters)} is none; give two matters or more, or let the one go alone"
            )
        if found := twice(matter.id for matter in self.matters):
            raise InvalidValue(f"{', '.join(map(shown, found))} stands twice in the group; give each matter once")

    @cached_property
    def id(self) -> str:
        """The first 16 digits of the digest of the ids: the same matters give the same id, whatever the plan around them."""
        return digest(encoded([matter.id for matter in self.matters]))[:_ID_DIGITS]

    @property
    def reason(self) -> Text:
        """Why these are together."""
        key = key_in_words(self.key)
        zh, en = f"分组依据相同：{key.zh}", f"the same key: {key.en}"
        if self.like is not None:
            zh, en = f"{zh}；事项相近：{self.like}", f"{en}; alike: {self.like}"
        if self.cut:
            zh, en = f"{zh}；超过件数上限，为其中一部分", f"{en}; a part of a group that was larger than the limit"
        return Text(zh, en)


@attrs.frozen(kw_only=True)
class Alone:
    """A matter that goes alone, and why.

    Attributes:
        matter: which.
        key: its key, as plain data.
        why: why no other goes with it.
    """

    matter: Matter = attrs.field(validator=instance_of(Matter))
    key: Plain = attrs.field(default=None, converter=_key)
    why: Why = attrs.field(default=Why.ONLY_ONE, converter=_why)

    @property
    def reason(self) -> Text:
        """Why no other goes with it, in words."""
        key, said = key_in_words(self.key), _WHY[self.why]
        return Text(said.zh.format(key=key), said.en.format(key=key))
