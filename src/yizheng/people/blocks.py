"""Adding up weights by mark, in blocks of numpy arrays: at the speed of floats, and exact all the same.

A block's weights are added up as floats only where their sum shows that nothing was rounded on the way; larger ones are
cut in two halves first, and what no machine word holds is added up by Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from yizheng.errors import shown
from yizheng.people.faults import LISTED, Faults

if TYPE_CHECKING:
    from numpy import ndarray

    Array: TypeAlias = ndarray[Any, Any]

__all__ = ["Blocks"]

BLOCK: Final = 2**16
"""How many places are counted at once, so that they stay in the processor's cache."""

EXACT: Final = 2.0**52
"""A sum of whole numbers, nought or more, that comes to less as a float is the true one.

Floats hold every whole number up to 2**53, so a smaller sum is not rounded in whatever order it is made; and what truly
comes to 2**53 or more is not rounded so far down.
"""

HALF: Final = 32
"""The bits of a half of a machine word: a block of halves comes to less than 2**(32 + 16)."""


class Blocks:
    """Marks, one for each place, of which one or several codes are known.

    Args:
        marks: a code for each place, int8 or uint8.
        codes: those that stand for something; each fits the dtype.
        faults: where codes that stand for nothing and weights that are none are told.
    """

    def __init__(self, marks: Array, codes: Sequence[int], faults: Faults) -> None:
        import numpy as np  # noqa: PLC0415 -- an extra

        self._np, self._marks, self._codes, self._faults = np, marks, codes, faults
        size = min(BLOCK, marks.size)
        self._keys = [marks.dtype.type(code) for code in codes]
        self._masks = np.empty((len(codes), size), dtype=np.bool_)
        self._floats = np.empty(size)

    def summed(
        self, weights: Mapping[str, Array], places: Array | None = None
    ) -> tuple[list[int], dict[str, list[int]]]:
        """How many marks there are of each code, and what they weigh by each measure.

        Args:
            weights: by measure, for each place a whole number.
            places: the places to count; left out, all, and each is looked at for what is wrong with it.
        """
        heads = [0] * len(self._codes)
        sums = {measure: [0] * len(self._codes) for measure in weights}
        for start in range(0, self._marks.size if places is None else places.size, BLOCK):
            at = slice(start, start + BLOCK) if places is None else places[start : start + BLOCK]
            counts = self._counted(self._marks[at], start)
            heads = [so_far + count for so_far, count in zip(heads, counts, strict=True)]
            for measure, numbers in weights.items():
                block = numbers[at]
                if (found := self._added(block, counts)) is None:
                    self._refuse(block, measure, start)
                else:
                    sums[measure] = [so_far + sum_ for so_far, sum_ in zip(sums[measure], found, strict=True)]
        return heads, sums

    def _counted(self, marks: Array, start: int) -> list[int]:
        """How many marks of each code a block has; the masks of those that it has keep where they are."""
        np, size = self._np, marks.size
        counts = [0] * len(self._codes)
        left = size
        for each, (key, mask) in enumerate(zip(self._keys, self._masks, strict=True)):
            counts[each] = int(np.count_nonzero(np.equal(marks, key, out=mask[:size])))
            left -= counts[each]
            if not left:
                return counts
        unknown: list[int] = np.flatnonzero(~self._masks[:, :size].any(axis=0)).tolist()
        known = ", ".join(map(str, self._codes))
        self._told(unknown, lambda at: f"the mark at place {start + at} is {marks[at]}; the codes are {known}")
        return counts

    def _refuse(self, weights: Array, measure: str, start: int) -> None:
        wrong = [at for at, weight in enumerate(weights.tolist()) if not _is_weight(weight)]
        self._told(
            wrong,
            lambda at: (
                f"the weight by {measure} at place {start + at} is {shown(weights.item(at))}; it is a whole number, "
                "nought or more"
            ),
        )

    def _told(self, places: Sequence[int], fault: Callable[[int], str]) -> None:
        self._faults.add(*map(fault, places[:LISTED]), more=len(places[LISTED:]))

    def _added(self, weights: Array, counts: Sequence[int]) -> list[int] | None:
        """What the marks of each code weigh, of which the masks tell the places; nothing if one is no weight."""
        if weights.dtype.kind == "O":
            return self._added_by_python(weights.tolist(), counts)
        floats = self._floats[: weights.size]
        self._np.copyto(floats, weights)
        if floats.min() < 0:
            return None
        total = float(floats.sum())
        if total < EXACT:
            return self._added_as_floats(floats, total, counts)
        sums = [0] * len(counts)
        for half, shift in ((weights & (2**HALF - 1), 0), (weights >> HALF, HALF)):
            self._np.copyto(floats, half)
            found = self._added_as_floats(floats, float(floats.sum()), counts)
            sums = [sum_ + (part << shift) for sum_, part in zip(sums, found, strict=True)]
        return sums

    def _added_as_floats(self, floats: Array, total: float, counts: Sequence[int]) -> list[int]:
        sums = [0] * len(counts)
        # What the most frequent mark weighs is what the others leave.
        most = counts.index(max(counts))
        for each, count in enumerate(counts):
            if count and each != most:
                # Not a dot product: for that, numpy may start threads that wait for one another on a busy machine.
                sums[each] = int(self._np.einsum("i,i->", self._masks[each, : floats.size], floats))
        sums[most] = int(total) - sum(sums)
        return sums

    def _added_by_python(self, weights: list[Any], counts: Sequence[int]) -> list[int] | None:
        if not all(map(_is_weight, weights)):
            return None
        return [
            sum(compress(weights, mask.tolist())) if count else 0
            for mask, count in zip(self._masks, counts, strict=True)
        ]


def _is_weight(value: object) -> bool:
    return type(value) is int and value >= 0
