"""Destroying private values: the record goes on to hold their digests, and says that they were destroyed, when and why.

It can be done at any stage and after the end of a case, since the periods for which values are kept end later.
How long that is, no source of ours says; the host decides it, and the entry keeps the reason and the authority given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, ClassVar, Final, cast

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.stages.base import WORDS, Action, as_words
from yizheng.text import Text
from yizheng.values.doors import all_of, one, optional_instance_of, several
from yizheng.values.names import name
from yizheng.values.scalars import count

__all__ = ["Destroy", "Destroyed"]

_WITHIN: Final = ".private."


def _path(value: object) -> str:
    """The path of a private value: a field, or a field of what a field holds, which may have a name of any length."""
    field, between, inner = one(str, value, "the path of a private value").partition(_WITHIN)
    return name(field, "a path") + (between + name(inner, "a path") if between else "")


def _paths(values: Iterable[str]) -> frozenset[str]:
    taken = frozenset([_path(value) for value in several(values, "the paths of private values")])
    if not taken:
        raise InvalidValue('an entry is named of which nothing is destroyed; write the paths, such as {"author"}')
    return taken


@attrs.frozen
class Destroyed:
    """Which private values of one entry are destroyed; never the values themselves.

    Attributes:
        entry: the number of the entry.
        paths: the paths of the values, such as ``"matter.private.phone"``, ``"choice"`` or ``"by"``; ``entry.seals`` has
            them all.
    """

    entry: int = attrs.field(converter=count)
    paths: frozenset[str] = attrs.field(converter=_paths)


def _values(given: Mapping[int, Iterable[str]] | Iterable[Destroyed]) -> tuple[Destroyed, ...]:
    if isinstance(given, Mapping):
        pairs = cast("Mapping[Any, Any]", given)
        given = [Destroyed(entry, paths) for entry, paths in pairs.items()]
    elif isinstance(cast("Any", given), str | bytes) or not isinstance(given, Iterable):
        raise InvalidType(f'values are {{number of the entry: {{"path"}}}}, not {kind_of(given)}')
    values = tuple(sorted(all_of(Destroyed, given, "values"), key=lambda each: each.entry))
    twice = sorted({each.entry for each, other in pairwise(values) if each.entry == other.entry})
    faults = [f"entry {entry} stands twice; name all its paths at once" for entry in twice]
    if not values:
        faults.append('nothing is named that is to be destroyed; write {3: {"author"}}')
    InvalidValue.raise_all(faults)
    return values


@attrs.frozen
class Destroy(Action):
    """Destroy private values of earlier entries: all of those named, or none.

    Whoever holds an office that may do it, does it: where the definition names none (``may=["destroy"]``), who may correct
    the record. The entries stay, and so do the digests of the values; nobody can find a value from its digest, since the
    salt is destroyed with it.

    Example:
        >>> from yizheng.stages import Destroy
        >>> action = Destroy({1: {"matter.private.phone"}, 4: {"author", "by"}}, reason="retention period over")
        >>> [(each.entry, sorted(each.paths)) for each in action.values]
        [(1, ['matter.private.phone']), (4, ['author', 'by'])]

    Attributes:
        values: which values of which entries, by the number of the entry.
        reason: why; public unless the procedure is confidential, so do not repeat in it what is destroyed.
        citation: on what authority, where there is one.
    """

    kind: ClassVar[str] = "destroy"
    title: ClassVar[Text] = Text("销毁不公开内容", "destroy private values")
    optional: ClassVar[bool] = True
    values: tuple[Destroyed, ...] = attrs.field(converter=_values)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS, kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True, validator=optional_instance_of(Citation))

    @property
    def count(self) -> int:
        """How many values."""
        return sum([len(each.paths) for each in self.values])
