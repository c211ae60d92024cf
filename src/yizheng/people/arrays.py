"""Counting marks that come as numpy arrays. It needs ``yizheng[numpy]``, which is loaded when something is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeGuard, TypeVar, cast, final

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.people.blocks import Blocks
from yizheng.people.counting import CODES, Places, Units, figures_of
from yizheng.people.faults import Faults
from yizheng.rules import HEADS, Choice, Figure, Tally
from yizheng.values import Exact
from yizheng.values.doors import instance_of, one
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name, names
from yizheng.values.scalars import count

if TYPE_CHECKING:
    from numpy import ndarray

    Array: TypeAlias = ndarray[Any, Any]

__all__ = ["RollArrays", "tally_arrays"]

T = TypeVar("T")

_MARKS: Final[dict[str, Figure]] = {**{mark: mark for mark in CODES.values()}, Choice.ABSTAIN: Figure.ABSTAINING}
_CAST: Final = frozenset({Figure.FOR, Figure.AGAINST, Figure.ABSTAINING, Figure.INVALID})


def tally_arrays(
    marks: Array,
    *,
    weights: Mapping[str, Array] | None = None,
    scale: Mapping[str, int] | None = None,
    groups: Mapping[str, Array] | None = None,
    codes: Mapping[int, Figure | Choice | str] = CODES,
    presence: bool = False,
    issued: Exact | None = None,
    returned: Exact | None = None,
    electorate: str | None = None,
) -> Tally:
    """Count marks that stand in an array, one place for each member of the roll.

    The array is the whole roll, those who did not vote among them: its length is how many names there are, and shares
    are taken of it. An array of nothing but the ballots that came in would make everybody take part.

    Example:
        >>> import numpy as np
        >>> from yizheng.people import tally_arrays
        >>> marks = np.array([1, 1, 2, 0], dtype=np.int8)  # for, for, against, silent
        >>> area = np.array([8960, 7500, 12075, 8960])  # in hundredths of a square metre
        >>> tally = tally_arrays(marks, weights={"area": area}, scale={"area": 100})
        >>> tally.number(FOR.by("area")), tally.number(ENTITLED)
        (Fraction(823, 5), 4)

    Args:
        marks: for each member a code, of dtype int8 or uint8.
        weights: for each measure the weight of each member, in whole numbers of a smallest unit: of any integer dtype,
            or objects of type ``int``, however large.
        scale: for each measure how many of the smallest unit make one; left out, one.
        groups: for each group its members: a truth value for each place, or the places in ascending order.
        codes: which mark a code stands for: a ``Choice``, or one of the figures ``silent``, ``absent`` and ``recused``;
            several codes may stand for one mark. Left out, 0 silent, 1 for, 2 against, 3 abstaining, 4 invalid,
            5 absent, 6 recused.
        presence: whether the vote was taken at a meeting; if not, nobody is absent.
        issued: how many ballots were given out, where that was counted.
        returned: how many came back.
        electorate: whom the roll lists, such as ``"owners"``.

    Raises:
        ImportError: when numpy is not installed.
        InvalidType: for what is no array, and for a dtype that cannot stand here, such as floats.
        InvalidValue: with every fault: lengths that differ; codes that stand for nothing, each with its place, from 0;
            weights less than nought; places that are not on the roll; a scale without weights. Fifty are told, the
            others are counted.
    """
    _need_numpy()
    faults = Faults()
    checked = _Checked(marks, faults)
    figures = checked.figures(codes)
    by = {measure: checked.weights(each, measure) for measure, each in _keyed(weights, "weights", faults).items()}
    parts = {group: checked.places(each, group) for group, each in _keyed(groups, "groups", faults).items()}
    units = {HEADS: 1, **dict.fromkeys(by, 1), **_scales(scale, by, faults)}
    faults.check()
    blocks = Blocks(marks, list(figures), faults)
    sums: dict[str | None, tuple[list[int], dict[str, list[int]]]] = {None: blocks.summed(by)}
    faults.check()
    sums |= {group: blocks.summed(by, places) for group, places in parts.items()}

    def made(measure: str, group: str | None) -> dict[str, Any]:
        heads, weighed = sums[group]
        totals = dict.fromkeys(CODES.values(), 0)
        for figure, number in zip(figures.values(), heads if measure == HEADS else weighed[measure], strict=True):
            totals[figure] += number
        return dict(figures_of(totals, units[measure], presence=presence))

    counted = {
        measure: {**made(measure, None), "among": {group: made(measure, group) for group in parts}} for measure in units
    }
    return Tally(counted, presence=presence, issued=issued, returned=returned, electorate=electorate)


def _arrays(values: Mapping[str, Array]) -> FrozenMap[str, Array]:
    _need_numpy()
    taken = keyed(values, "arrays")
    for what, array in taken.items():
        if not _is_array(array):
            raise InvalidType(f"{what} is {shown(array)}; a numpy array was expected")
    return FrozenMap(taken)


def _scale(values: Mapping[str, int]) -> FrozenMap[str, int]:
    taken = keyed(values, "scale")
    InvalidValue.raise_all(_about_scales(taken))
    return FrozenMap(taken)


def _electorate(value: str | None) -> str | None:
    return None if value is None else name(value, "the electorate")


@final
@attrs.frozen(eq=False, kw_only=True)
class RollArrays:
    """A roll as numpy arrays, to count marks that come as an array; ``Roll.arrays`` makes it.

    Attributes:
        length: how many members there are; their places are those in ``Roll.members``, in the order of their ids.
        weights: for each measure the weight of each place, in whole numbers of a smallest unit: int64, or objects
            where a weight is too large for that.
        scale: for each measure how many of the smallest unit make one.
        groups: for each group the places of its members, in ascending order.
        electorate: whom the roll lists.
    """

    length: int = attrs.field(converter=count)
    weights: FrozenMap[str, Array] = attrs.field(converter=_arrays)
    scale: FrozenMap[str, int] = attrs.field(converter=_scale)
    groups: FrozenMap[str, Array] = attrs.field(converter=_arrays)
    electorate: str | None = attrs.field(converter=_electorate)
    _places: Places = attrs.field(repr=False, alias="places", validator=instance_of(Places))

    def __attrs_post_init__(self) -> None:
        if self.length != len(self._places.members):
            raise InvalidValue(f"there are {len(self._places.members)} members, not {self.length}; write Roll.arrays()")
        if self.scale.keys() != self.weights.keys():
            raise InvalidValue("each measure has weights and a scale; write Roll.arrays(), which gives both")

    @classmethod
    def of(
        cls, places: Places, *, measures: Iterable[str], groups: Iterable[str], electorate: str | None = None
    ) -> RollArrays:
        """The arrays of a roll that was made ready for counting.

        Raises:
            ImportError: when numpy is not installed.
            InvalidType: when it is no such roll, or something is no set of ids.
            InvalidValue: when the roll does not weigh by a measure, or the weights have too many different fractions.
        """
        _need_numpy()
        ready, by, known = one(Places, places, "places"), names(measures), names(groups)
        units = {measure: ready.units(measure) for measure in sorted(by)}
        return cls(
            length=len(ready.members),
            weights=FrozenMap({measure: _array(each) for measure, each in units.items()}),
            scale=FrozenMap({measure: each.scale for measure, each in units.items()}),
            groups=FrozenMap({group: _places(ready.groups.get(group, ())) for group in sorted(known)}),
            electorate=electorate,
            places=ready,
        )

    def tally(
        self,
        marks: Array,
        *,
        codes: Mapping[int, Figure | Choice | str] = CODES,
        presence: bool = False,
        issued: Exact | None = None,
        returned: Exact | None = None,
        groups: Iterable[str] | None = None,
        measures: Iterable[str] | None = None,
        named: Mapping[str, str] | None = None,
    ) -> Tally:
        """Count the marks of this roll's members; it is what ``Roll.tally`` gives for the same votes.

        Args:
            marks: for each place a code, of dtype int8 or uint8.
            codes: which mark a code stands for; see :func:`tally_arrays`.
            presence: whether the vote was taken at a meeting; if not, nobody is absent.
            issued: how many ballots were given out, where that was counted.
            returned: how many came back.
            groups: the groups to count; left out, all that the roll knows.
            measures: the measures to count in beside heads; left out, all.
            named: who votes for each head that several persons hold, by the head's id: one of its co-owners.

        Raises:
            InvalidType: for what is no array of codes.
            InvalidValue: with every fault: marks that are not as many as the members, codes that stand for nothing; then
                ballots of co-owners who have named nobody, or nobody of theirs.
        """
        if (length := getattr(marks, "size", self.length)) != self.length:
            raise InvalidValue(f"there are {length} marks and {self.length} members on the roll; give each member one")
        by = self.weights.keys() if measures is None else names(measures) & self.weights.keys()
        counted = self.groups.keys() if groups is None else names(groups) & self.groups.keys()
        tally = tally_arrays(
            marks,
            weights={measure: self.weights[measure] for measure in by},
            scale={measure: self.scale[measure] for measure in by},
            groups={group: self.groups[group] for group in counted},
            codes=codes,
            presence=presence,
            issued=issued,
            returned=returned,
            electorate=self.electorate,
        )
        ballots = [code for code, word in codes.items() if _MARKS[word] in _CAST]
        faults = Faults()
        faults.add(*self._places.unnamed(marks, ballots, named))
        faults.check()
        return tally


class _Checked:
    """The marks, and whether other arrays fit them; what does not fit is a fault, and an empty array stands for it."""

    def __init__(self, marks: Any, faults: Faults) -> None:
        import numpy as np  # noqa: PLC0415 -- an extra

        self._faults = faults
        self._marks = self._array(marks, "marks")
        if self._marks is not None and self._marks.dtype not in (np.int8, np.uint8):
            faults.take(InvalidType(f"marks are of dtype {self._marks.dtype}; give codes as int8 or uint8"))
            self._marks = None
        if self._marks is not None and not self._marks.size:
            faults.add("there are no marks; nobody could decide anything")

    def _array(self, value: object, what: str) -> Array | None:
        if not _is_array(value):
            self._faults.take(InvalidType(f"{what} are of type {type(value).__name__}; give a numpy array"))
        elif value.ndim != 1:
            self._faults.add(f"{what} have {value.ndim} dimensions; give one, with a place for each member")
        else:
            return value
        return None

    def _fits(self, array: Array, what: str) -> None:
        if self._marks is not None and array.size != self._marks.size:
            self._faults.add(f"{what} have {array.size} places and the marks {self._marks.size}; give as many")

    def figures(self, codes: object) -> dict[int, Figure]:
        """The codes that can stand in the marks, and the figure that each counts for."""
        import numpy as np  # noqa: PLC0415 -- an extra

        if not isinstance(codes, Mapping):
            self._faults.take(
                InvalidType(f"codes are of type {type(codes).__name__}; give a mapping such as {{1: 'for'}}")
            )
            return {}
        figures: dict[int, Figure] = {}
        if not codes:
            self._faults.add("codes are empty; say what each stands for, such as {1: 'for'}")
        limits = np.iinfo(np.int8 if self._marks is None else self._marks.dtype)
        for code, word in cast("Mapping[object, object]", codes).items():
            figure = _MARKS.get(word) if isinstance(word, str) else None
            if type(code) is not int or not limits.min <= code <= limits.max:
                self._faults.add(f"{shown(code)} is no code of dtype {limits.dtype}: {limits.min} to {limits.max}")
            elif figure is None:
                self._faults.add(f"code {code} stands for {shown(word)}; write one of {', '.join(_MARKS)}")
            else:
                figures[code] = figure
        return figures

    def weights(self, value: object, measure: str) -> Array:
        """Weights, one for each mark."""
        import numpy as np  # noqa: PLC0415 -- an extra

        what = f"the weights by {measure}"
        if measure == HEADS:
            self._faults.add("each member is one head; leave heads out of the weights")
        elif (array := self._array(value, what)) is not None:
            if array.dtype.kind not in "iuO":
                self._faults.take(
                    InvalidType(
                        f"{what} are of dtype {array.dtype}; give whole numbers of a smallest unit, and its scale"
                    )
                )
            self._fits(array, what)
            return array
        return np.empty(0)

    def places(self, value: object, group: str) -> Array:
        """The places of a group's members, in ascending order."""
        import numpy as np  # noqa: PLC0415 -- an extra

        what = f"the members of {group}"
        if (array := self._array(value, what)) is None:
            return np.empty(0)
        if array.dtype == np.bool_:
            self._fits(array, what)
            return np.flatnonzero(array)
        if array.dtype.kind not in "iu":
            self._faults.take(InvalidType(f"{what} are of dtype {array.dtype}; give places or truth values"))
        elif array.size and (array.min() < 0 or (self._marks is not None and array.max() >= self._marks.size)):
            self._faults.add(f"{what} stand at places {array.min()} to {array.max()}, which are not all on the roll")
        elif not (array[1:] > array[:-1]).all():
            self._faults.add(f"{what} do not stand in ascending order, or one of them twice; sort the places")
        return array


def _need_numpy() -> None:
    try:
        import_module("numpy")
    except ImportError as missing:
        raise ImportError("counting arrays needs numpy; install yizheng[numpy]") from missing


def _is_array(value: object) -> TypeGuard[Array]:
    """Whether it is an array of which every place counts: a masked one hides some."""
    import numpy as np  # noqa: PLC0415 -- an extra

    return isinstance(value, np.ndarray) and not isinstance(value, np.ma.MaskedArray)


def _keyed(values: Mapping[str, T] | None, what: str, faults: Faults) -> dict[str, T]:
    try:
        return {} if values is None else keyed(values, what)
    except (InvalidType, InvalidValue) as error:
        faults.take(error)
        return {}


def _scales(scale: Mapping[str, int] | None, by: Mapping[str, object], faults: Faults) -> dict[str, int]:
    scales = _keyed(scale, "scale", faults)
    for measure in scales:
        if measure not in by:
            faults.add(f"there is a scale for {measure} and no weights; give weights={{{measure!r}: …}}")
    faults.add(*_about_scales(scales))
    return scales


def _about_scales(scales: Mapping[str, int]) -> Iterator[str]:
    for measure, each in scales.items():
        if type(each) is not int or each < 1:
            yield f"the scale of {measure} is {shown(each)}; say how many of the smallest unit make one"


def _array(units: Units) -> Array:
    import numpy as np  # noqa: PLC0415 -- an extra

    small = max(units.weights) <= np.iinfo(np.int64).max
    return _closed(np.array(units.weights, dtype=np.int64 if small else np.object_))


def _places(places: Iterable[int]) -> Array:
    import numpy as np  # noqa: PLC0415 -- an extra

    return _closed(np.array(places, dtype=np.int64))


def _closed(array: Array) -> Array:
    """An array that is not changed by mistake."""
    array.flags.writeable = False
    return array
