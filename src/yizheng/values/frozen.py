"""A mapping that cannot be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from yizheng.errors import InvalidType, kind_of

__all__ = ["FrozenMap", "filled", "frozen"]

_new: Callable[[Any], Any] = dict.__new__
_fill: Callable[[Any, Any], None] = dict[Any, Any].update

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(dict[K, V]):
    """A ``dict`` that refuses every change, so that a value that holds it stays what it was.

    It is a ``dict`` underneath because it is read and encoded far more often than it is made.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # for a type checker it is made as a dict is

        def __new__(cls, *items: Any, **named: Any) -> Self:
            """Fill it once: there is no second filling, as ``dict.__init__`` would allow."""
            made = super().__new__(cls)
            dict.update(made, *items, **named)
            return made

        def __init__(self, *_: Any, **__: Any) -> None:
            """Nothing: it was filled when it was made."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise InvalidType("this mapping is part of a value and cannot be changed; build a new one")

    # A method that takes anything and returns nothing fits no overload; refusing is what each of them does here.
    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse  # pyright: ignore[reportAssignmentType]
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __copy__(self) -> FrozenMap[K, V]:
        return self

    def __deepcopy__(self, _: object) -> FrozenMap[K, V]:
        return self

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return type(self), (dict(self),)

    def __repr__(self) -> str:
        return f"FrozenMap({super().__repr__()})"


def filled(values: dict[K, V]) -> FrozenMap[K, V]:
    """The dictionary as a frozen mapping: the quick way, for where one is made for each of a million members."""
    made: FrozenMap[K, V] = _new(FrozenMap)
    _fill(made, values)
    return made


def frozen(values: Mapping[K, V]) -> FrozenMap[K, V]:
    """The mapping, frozen."""
    if isinstance(values, FrozenMap):
        return values
    if not isinstance(values, Mapping):
        raise InvalidType(f"a mapping was expected, not {kind_of(values)}")
    return FrozenMap(values)
