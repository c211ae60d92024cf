"""Counting ballots by name: one pass over them, one byte for each member, and whole numbers until the end."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import compress
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.people.faults import Faults
from yizheng.rules import HEADS, BallotPolicy, Choice, Figure, Mark
from yizheng.values.doors import one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name, names

if TYPE_CHECKING:
    from yizheng.people.roll import Member

__all__ = ["CODES", "Places", "Units", "figures_of"]

CODES: Final = FrozenMap[int, Figure](
    enumerate(
        (
            Figure.SILENT,
            Figure.FOR,
            Figure.AGAINST,
            Figure.ABSTAINING,
            Figure.INVALID,
            Figure.ABSENT,
            Figure.RECUSED,
        )
    )
)
"""The number by which a count knows each mark; nought is who took part, or could have, and did not vote."""

FINEST: Final = 10**200
"""The smallest unit that weights may have together, as a part of one; weights that need a finer one are refused."""

_CODE_OF: Final = {figure: code for code, figure in CODES.items()}
_SILENT, _ABSENT, _RECUSED = _CODE_OF[Figure.SILENT], _CODE_OF[Figure.ABSENT], _CODE_OF[Figure.RECUSED]
_BALLOTS: Final[dict[object, int]] = {
    Choice.FOR: _CODE_OF[Figure.FOR],
    Choice.AGAINST: _CODE_OF[Figure.AGAINST],
    Choice.ABSTAIN: _CODE_OF[Figure.ABSTAINING],
    Choice.INVALID: _CODE_OF[Figure.INVALID],
    Mark.BLANK: len(CODES),
    Mark.AMBIGUOUS: len(CODES) + 1,
}
"""The code of each ballot; blank and ambiguous ones have their own until :meth:`Places.settle`."""

_BLANK, _AMBIGUOUS = _BALLOTS[Mark.BLANK], _BALLOTS[Mark.AMBIGUOUS]
_ONLY: Final = [bytes(each == code for each in range(256)) for code in CODES]  # translates marks into "is it this one"


@attrs.frozen(eq=False)
class Units:
    """The weights of a roll in one measure as whole numbers.

    Attributes:
        scale: how many of the smallest unit make one.
        weights: of each place, in the smallest unit.
        total: all of them together.
    """

    scale: int
    weights: Sequence[int]
    total: int

    @classmethod
    def of(cls, weights: Sequence[Fraction], measure: str) -> Units:
        """Weights in their smallest common unit.

        Raises:
            InvalidValue: when that unit would be too fine to count in.
        """
        scale = 1
        parts = [weight.as_integer_ratio() for weight in weights]
        for denominator in {under for _, under in parts}:
            scale = math.lcm(scale, denominator)
            if scale > FINEST:
                raise InvalidValue(
                    f"the weights by {measure} have too many different fractions to be added up exactly; give all to "
                    "the same decimal place"
                )
        numbers = [over * (scale // under) for over, under in parts]
        return cls(scale, numbers, sum(numbers))

    def at(self, places: Iterable[int]) -> Units:
        """The weights at certain places."""
        numbers = list(map(self.weights.__getitem__, places))
        return Units(self.scale, numbers, sum(numbers))


class Places:
    """A roll made ready for counting, once: who stands at which place, and the groups and weights by place.

    Attributes:
        members: place by place.
        groups: the places of each group that has members.
        joint: the heads that several persons hold, each with these.
    """

    def __init__(self, body: str, members: Sequence[Member]) -> None:
        self.members = members
        self.groups: dict[str, array[int]] = {}
        self.joint = {member.id: member.co_owners for member in members if member.co_owners}
        self._body = body
        self._place_of = {member.id: place for place, member in enumerate(members)}
        self._units: dict[tuple[str, str | None], Units] = {}
        for place, member in enumerate(members):
            for group in member.groups:
                self.groups.setdefault(group, array("q")).append(place)

    def units(self, measure: str, group: str | None = None) -> Units:
        """The weights of the roll, or of one of its groups.

        Raises:
            InvalidValue: when it does not weigh by the measure, or the weights have too many different fractions.
        """
        if (found := self._units.get((measure, group))) is None:
            if group is None:
                try:
                    weights = [member.weights[measure] for member in self.members]
                except KeyError:
                    raise InvalidValue(f"the roll of {self._body} does not know {shown(measure)}") from None
                found = Units.of(weights, measure)
            else:
                found = self.units(measure).at(self.groups.get(group, ()))
            self._units[measure, group] = found
        return found

    def marks(
        self,
        ballots: Mapping[str, Choice | Mark] | Iterable[tuple[str, Choice | Mark]],
        present: Iterable[str] | None,
        recused: Iterable[str],
        named: Mapping[str, str] | None = None,
        mandated: Iterable[str] = (),
    ) -> bytearray:
        """The code of each place's mark, from ballots that are looked at once and not kept.

        Raises:
            InvalidType: when something is no set of ids, no pair of a member and a choice, or no id.
            InvalidValue: for strangers, recused and absent voters, second ballots, words that are no choice, and ballots
                of co-owners who have named nobody to vote.
        """
        faults = Faults()
        marks = bytearray([_SILENT if present is None else _ABSENT]) * len(self.members)
        for place in self._found(recused, "recused", faults):
            marks[place] = _RECUSED
        for place in () if present is None else self._found(present, "present", faults):
            if marks[place] == _RECUSED:
                faults.add(f"{self.members[place].id!r} is recused and cannot vote or be counted as present")
            else:
                marks[place] = _SILENT
        self._cast(ballots, marks, faults)
        faults.add(*self.unnamed(marks, _BALLOTS.values(), named, mandated))
        faults.check()
        return marks

    @staticmethod
    def settle(marks: bytearray, policy: BallotPolicy) -> tuple[int, int]:
        """Count blank and ambiguous ballots, and let them be from then on what the rules for ballots make of them."""
        blank, ambiguous = marks.count(_BLANK), marks.count(_AMBIGUOUS)
        if blank or ambiguous:
            becomes = bytes([_BALLOTS[policy.blank], _BALLOTS[policy.ambiguous]])
            marks[:] = marks.translate(bytes.maketrans(bytes([_BLANK, _AMBIGUOUS]), becomes))
        return blank, ambiguous

    def silent_of(
        self, members: Collection[str], marks: bytearray, named: Mapping[str, str] | None = None
    ) -> list[Member]:
        """Those of these members who could have voted and did not: not co-owners who have named nobody to vote.

        Raises:
            InvalidValue: for strangers.
        """
        faults = Faults()
        places = self._found(members, "served", faults)
        faults.check()
        mute = self.joint.keys() - (() if named is None else named)
        silent = [self.members[place] for place in places if marks[place] == _SILENT]
        return [member for member in silent if member.id not in mute]

    def unnamed(
        self, marks: Any, ballots: Collection[int], named: Mapping[str, str] | None, mandated: Iterable[str] = ()
    ) -> Iterator[str]:
        """A fault for each ballot of co-owners who have named nobody, and for each voter named who cannot be one.

        Args:
            marks: a code for each place: bytes or an array.
            ballots: the codes that a ballot can have.
            named: who votes for each head that several persons hold.
            mandated: the heads for which somebody else than a co-owner may.
        """
        voters, allowed = {} if named is None else keyed(named, "named"), names(mandated)
        for head, held in self.joint.items():
            if head not in voters and marks[self._place_of[head]] in ballots:
                holders = ", ".join(sorted(held))
                yield f"{head!r} is held jointly by {holders}, who have named nobody to vote; say who does with named="
        for head, voter in sorted(voters.items()):
            one_voter = name(voter, f"who votes for {head!r}")
            if head in self.joint and head not in allowed and one_voter not in self.joint[head]:
                holders = ", ".join(sorted(self.joint[head]))
                yield (
                    f"{one_voter!r} is named to vote for {head!r} and is none of its co-owners ({holders}); name one of "
                    "them: whether somebody else holds a mandate of theirs is checked in a stage only"
                )
            if head not in self.joint:
                yield f"{head!r} is no head on the roll of {self._body} that several persons hold; leave it out of named="

    def _found(self, ids: Iterable[str], what: str, faults: Faults) -> list[int]:
        """The places of members; who is not on the roll is a fault, in the order of the ids."""
        if isinstance(ids, str | bytes) or not isinstance(ids, Iterable):
            names(ids)  # which says what was expected
        places: list[int] = []
        strangers: list[str] = []
        for each in ids:
            try:
                places.append(self._place(each))
            except KeyError as stranger:
                strangers.append(stranger.args[0])
            except (InvalidType, InvalidValue) as error:
                faults.take(error, f" ({what})")
        faults.add(*(f"{each!r} is not on the roll of {self._body} ({what})" for each in sorted(strangers)))
        return places

    def _place(self, member: object) -> int:
        """The place of a member under any Unicode form of the id; ``KeyError`` for a stranger."""
        if isinstance(member, str) and (place := self._place_of.get(member)) is not None:
            return place
        return self._place_of[name(member, "the id of a member")]

    def _cast(self, ballots: object, marks: bytearray, faults: Faults) -> None:
        place_of, code_of = self._place_of, _BALLOTS
        for number, pair in enumerate(_pairs(ballots), 1):
            try:
                member, choice = pair
                if type(member) is not str or not isinstance(choice, str):
                    raise TypeError  # noqa: TRY301 -- what is no string is not asked for its hash
                place, code = place_of[member], code_of[choice]
            except (KeyError, TypeError, ValueError):
                found = self._looked_up(pair, number, faults)
                if found is None:
                    continue
                place, code = found
            if marks[place] == _SILENT:
                marks[place] = code
            else:
                faults.add(_taken(self.members[place].id, marks[place], number))

    def _looked_up(self, pair: Any, number: int, faults: Faults) -> tuple[int, int] | None:
        """The place and the code of a ballot that was not understood at once, or nothing and its faults."""
        where = f" (ballot {number})"
        try:
            member, choice = pair
        except (TypeError, ValueError):
            faults.take(InvalidType(f"ballot {number} is {shown(pair)}; write a pair of a member and a choice"))
            return None
        place = code = None
        try:
            place = self._place(member)
        except KeyError as stranger:
            faults.add(f"{stranger.args[0]!r} is not on the roll of {self._body}{where}")
        except (InvalidType, InvalidValue) as error:
            faults.take(error, where)
        try:
            code = _BALLOTS[one_of(Mark, choice)]
        except InvalidValue as error:
            faults.take(error, where)
        return None if place is None or code is None else (place, code)

    def figures(
        self, marks: bytearray, measures: Iterable[str], groups: Iterable[str], *, presence: bool
    ) -> dict[str, dict[str, object]]:
        """What the marks come to, by measure, and in each measure by group, as a tally takes it."""
        parts = {group: bytes(map(marks.__getitem__, self.groups.get(group, ()))) for group in groups}
        whole = bytes(marks)
        return {
            measure: {
                **self._summed(whole, measure, None, presence=presence),
                "among": {
                    group: self._summed(part, measure, group, presence=presence) for group, part in parts.items()
                },
            }
            for measure in measures
        }

    def _summed(self, marks: bytes, measure: str, group: str | None, *, presence: bool) -> dict[str, Fraction]:
        counts = [marks.count(code) for code in CODES]
        if measure == HEADS:
            return figures_of(dict(zip(CODES.values(), counts, strict=True)), 1, presence=presence)
        units = self.units(measure, group)
        sums = [0] * len(counts)
        # What the most frequent mark weighs is what the others leave.
        most = counts.index(max(counts))
        for code, count in enumerate(counts):
            if count and code != most:
                sums[code] = sum(compress(units.weights, marks.translate(_ONLY[code])))
        sums[most] = units.total - sum(sums)
        return figures_of(dict(zip(CODES.values(), sums, strict=True)), units.scale, presence=presence)


def _pairs(ballots: object) -> Iterable[Any]:
    if isinstance(ballots, Mapping):
        return cast("Mapping[object, object]", ballots).items()
    if isinstance(ballots, str | bytes) or not isinstance(ballots, Iterable):
        raise InvalidType(
            f"ballots: a mapping of members to choices, or pairs of both, was expected, not {type(ballots).__name__}"
        )
    return cast("Iterable[object]", ballots)


def _taken(member: str, mark: int, number: int) -> str:
    if mark == _RECUSED:
        return f"{member!r} is recused and cannot vote or be counted as present (ballot {number})"
    if mark == _ABSENT:
        return f"{member!r} has a ballot but is not among those present (ballot {number})"
    return (
        f"{member!r} has voted already, under this id or another Unicode form of it (ballot {number}); keep one ballot"
    )


def figures_of(sums: Mapping[Figure, int], scale: int, *, presence: bool) -> dict[str, Fraction]:
    """The figures of a tally from what each mark comes to, in a smallest unit."""
    figures = {mark.value: Fraction(number, scale) for mark, number in sums.items()}
    cast = sum(sums[mark] for mark in (Figure.FOR, Figure.AGAINST, Figure.ABSTAINING, Figure.INVALID))
    here = cast + sums[Figure.SILENT]
    figures[Figure.ENTITLED.value] = Fraction(here + sums[Figure.ABSENT], scale)
    if presence:
        figures[Figure.PRESENT.value] = Fraction(here, scale)
    elif not sums[Figure.ABSENT]:
        del figures[Figure.ABSENT.value]  # in writing nobody is present or absent: who did not vote is silent
    return figures
