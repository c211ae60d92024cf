"""Collections that share what they have in common: two that only grow, and one that only shrinks.

A case is a value: each act gives a new one. Copying its list of entries at each act would make a long case slow, so
the versions of a growing collection share one list, and each sees only the part up to its own length. Adding to the
newest version costs the same whatever its length; adding to an older one copies it first, so no version ever sees
what was added to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast, overload

from typing_extensions import override

__all__ = ["GrowingList", "GrowingMap", "ShrinkingMap"]

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

_new: Callable[[Any], Any] = object.__new__


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
            return tuple(map(self._shared.__getitem__, range(*index.indices(self._length))))
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

    __slots__ = ("_length", "_places", "_shared")

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._take([*dict(items).items()])

    def _take(self, pairs: list[tuple[K, V]]) -> None:
        self._shared = pairs
        self._places: dict[Any, int] = {pair[0]: place for place, pair in enumerate(pairs)}
        self._length = len(pairs)

    def added(self, key: K, value: V) -> GrowingMap[K, V]:
        """This map with one more pair, or with another value for a key that it has (which copies it)."""
        shared, places, length = self._shared, self._places, self._length
        if len(shared) != length or key in places:
            return self._copied([(key, value)])
        pair = (key, value)
        shared.append(pair)
        # Another thread may have added to this same version in between: whoever stands first goes on with what is
        # shared, and only its key gets its place there.
        if shared[length] is not pair:
            return self._copied([pair])
        places[key] = length
        grown: GrowingMap[K, V] = _new(GrowingMap)
        grown._shared = shared
        grown._places = places
        grown._length = length + 1
        return grown

    def key_at(self, place: int) -> K:
        """The key that was added after so many others; there must be one."""
        return self._shared[place][0]

    def joined(self, pairs: Iterable[tuple[K, V]]) -> GrowingMap[K, V]:
        """This map with several pairs more."""
        more = [*dict(pairs).items()]
        shared, places, length = self._shared, self._places, self._length
        if not more:
            return self
        if len(shared) != length or any(key in places for key, _ in more):
            return self._copied(more)
        shared.extend(more)
        if shared[length] is not more[0]:
            return self._copied(more)
        places.update((pair[0], place) for place, pair in enumerate(more, length))
        grown: GrowingMap[K, V] = _new(GrowingMap)
        grown._shared, grown._places, grown._length = shared, places, length + len(more)
        return grown

    def _copied(self, more: list[tuple[K, V]]) -> GrowingMap[K, V]:
        """A copy of this version with these pairs; a key that it has keeps its place and gets the new value."""
        grown: GrowingMap[K, V] = _new(GrowingMap)
        grown._take([*dict([*self._shared[: self._length], *more]).items()])
        return grown

    @override
    def __getitem__(self, key: K) -> V:
        place = self._places[key]
        if place >= self._length:
            raise KeyError(key)
        return self._shared[place][1]

    @override
    def __contains__(self, key: object) -> bool:
        place = self._places.get(key)
        return place is not None and place < self._length

    @override
    def __iter__(self) -> Iterator[K]:
        return iter([pair[0] for pair in self._shared[: self._length]])

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


class ShrinkingMap(Mapping[K, V], Generic[K, V]):
    """A mapping from which keys are taken, each at the same cost, however many there are."""

    __slots__ = ("_gone", "_whole")

    def __init__(self, items: Mapping[K, V]) -> None:
        self._whole: Mapping[K, V] = dict(items)
        self._gone = GrowingMap[K, None]()

    def without(self, key: K) -> ShrinkingMap[K, V]:
        """This map without a key that it has.

        Raises:
            KeyError: when it has no such key.
        """
        if key not in self:
            raise KeyError(key)
        left: ShrinkingMap[K, V] = _new(ShrinkingMap)
        left._whole = self._whole
        left._gone = self._gone.added(key, None)
        return left

    @override
    def __getitem__(self, key: K) -> V:
        if key in self._gone:
            raise KeyError(key)
        return self._whole[key]

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._whole and key not in self._gone

    @override
    def __iter__(self) -> Iterator[K]:
        if not self._gone:
            return iter(self._whole)
        gone = dict.fromkeys(self._gone)
        return iter([key for key in self._whole if key not in gone])

    @override
    def __len__(self) -> int:
        return len(self._whole) - len(self._gone)

    @override
    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    @override
    def __repr__(self) -> str:
        return f"ShrinkingMap({dict(self)!r})"

    @override
    def __reduce__(self) -> tuple[type[ShrinkingMap[K, V]], tuple[dict[K, V]]]:
        return ShrinkingMap, (dict(self),)
