"""Append-only collections that share what they have in common.

A case is a value: each act gives a new one. Copying its list of entries at each act would make a long case slow, so
the versions of a growing collection share one list, and each sees only the part up to its own length. Adding to the
newest version costs the same whatever its length; adding to an older one copies it first, so no version ever sees
what was added to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar, cast, overload

from typing_extensions import override

__all__ = ["GrowingList", "GrowingMap"]

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

_new: Callable[[Any], Any] = object.__new__
_tip = Lock()  # held for the few instructions in which a newest version is told from an older one


class GrowingList(Sequence[T]):
    """A tuple that is cheap to extend."""

    __slots__ = ("_length", "_shared")

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._shared = list(items)
        self._length = len(self._shared)

    def added(self, item: T) -> GrowingList[T]:
        """This list with one more item."""
        grown: GrowingList[T] = _new(GrowingList)
        shared, length = self._shared, self._length
        if len(shared) == length:
            shared.append(item)
        # Another thread may have added to this same version in between: then this item does not stand where it must.
        if shared[length] is not item:
            shared = [*shared[:length], item]
        grown._shared = shared
        grown._length = length + 1
        return grown

    @property
    def last(self) -> T:
        """The newest item; there must be one."""
        return self._shared[self._length - 1]

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    @override
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self._shared[: self._length][index])
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(f"there are {self._length} items here")
        return self._shared[index]

    @override
    def __len__(self) -> int:
        return self._length

    @override
    def __iter__(self) -> Iterator[T]:
        return iter(self._shared[: self._length])

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GrowingList | tuple):
            return NotImplemented
        items = cast("Sequence[object]", other)
        return self._length == len(items) and all(a == b for a, b in zip(self, items, strict=True))

    @override
    def __hash__(self) -> int:
        return hash(tuple(self))

    @override
    def __repr__(self) -> str:
        return f"GrowingList({list(self)!r})"

    @override
    def __reduce__(self) -> tuple[type[GrowingList[T]], tuple[list[T]]]:
        return GrowingList, (list(self),)


class GrowingMap(Mapping[K, V], Generic[K, V]):
    """A mapping that is cheap to extend. A key is added once; a later value for it is another version of the map."""

    __slots__ = ("_length", "_shared")

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        pairs = dict(items)
        self._shared: dict[K, tuple[int, V]] = {key: (index, pairs[key]) for index, key in enumerate(pairs)}
        self._length = len(self._shared)

    def added(self, key: K, value: V) -> GrowingMap[K, V]:
        """This map with one more pair, or with another value for a key that it has (which copies it)."""
        grown: GrowingMap[K, V] = _new(GrowingMap)
        grown._length = length = self._length + 1
        with _tip:
            grown._shared = shared = self._shared
            if len(shared) < length and key not in shared:
                shared[key] = (length - 1, value)
                return grown
            grown._shared = shared = {kept: pair for kept, pair in shared.items() if pair[0] < length - 1}
        known = shared.get(key)
        shared[key] = (length - 1 if known is None else known[0], value)
        grown._length = len(shared)
        return grown

    def joined(self, pairs: Iterable[tuple[K, V]]) -> GrowingMap[K, V]:
        """This map with several pairs more."""
        more = tuple(pairs)
        grown: GrowingMap[K, V] = _new(GrowingMap)
        with _tip:
            shared, length = self._shared, self._length
            own = len(shared) == length
            for key, value in more:
                known = key in shared
                if not own or known:
                    if not own or shared is self._shared:
                        shared = {kept: pair for kept, pair in shared.items() if pair[0] < length}
                        own = True
                    if key in shared:
                        shared[key] = (shared[key][0], value)
                        continue
                shared[key] = (length, value)
                length += 1
        grown._shared = shared
        grown._length = length
        return grown

    @override
    def __getitem__(self, key: K) -> V:
        index, value = self._shared[key]
        if index >= self._length:
            raise KeyError(key)
        return value

    @override
    def __contains__(self, key: object) -> bool:
        pair = self._shared.get(cast("K", key))
        return pair is not None and pair[0] < self._length

    @override
    def __iter__(self) -> Iterator[K]:
        # Keys stand in the order in which they were added, so those of this version come first.
        return iter(tuple(self._shared)[: self._length])

    @override
    def __len__(self) -> int:
        return self._length

    @override
    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    @override
    def __repr__(self) -> str:
        return f"GrowingMap({dict(self)!r})"

    @override
    def __reduce__(self) -> tuple[type[GrowingMap[K, V]], tuple[dict[K, V]]]:
        return GrowingMap, (dict(self),)
