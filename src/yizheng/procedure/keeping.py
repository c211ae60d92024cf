"""Whether duties are kept on every way: all of them at once, in one sweep over the places.

Each duty is one small automaton. In which of their states the duties can be in a place is one integer, a bit for each
state of each duty; a move turns it by shifts and masks, the same for all duties that it concerns. The sweep goes
outward from the opening, one entry further at a time, so that a state is met first on a shortest way to it, and that way
is read back from what was new at each step. A state from which a duty can no more be broken is not followed further.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from yizheng.procedure.duties import OTHER, Sort, Template, seen_by, sort_of

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure
    from yizheng.procedure.exploring import Happening, Move, Ways

__all__ = ["Breach", "Sweep"]


class Breach(NamedTuple):
    """Where a duty was found broken: after how many moves, in which place, in which state of its automaton."""

    moves: int
    place: int
    state: int


class _Turn(NamedTuple):
    """What one milestone does to the states of all duties: those that stay, and those that move so many bits up or down."""

    stay: int
    up: tuple[tuple[int, int], ...]
    down: tuple[tuple[int, int], ...]

    def turned(self, bits: int) -> int:
        found = bits & self.stay
        for by, mask in self.up:
            found |= (bits & mask) << by
        for by, mask in self.down:
            found |= (bits & mask) >> by
        return found


class Sweep:
    """The sweep over the ways through a procedure.

    Args:
        procedure: the definition.
        ways: its places and moves.
        duties: the duties that are looked at; their milestones exist.
    """

    def __init__(self, procedure: Procedure, ways: Ways, duties: Sequence[Template]) -> None:
        self._ways, self._duties = ways, duties
        self._automata = [duty.automaton for duty in duties]
        self._first: list[int] = []
        width = 0
        for automaton in self._automata:
            self._first.append(width)
            width += len(automaton.steps)
        self._all = (1 << width) - 1
        self._seen = [seen_by(duty, procedure) for duty in duties]
        self._naming: dict[Happening, list[int]] = {}
        for index, duty in enumerate(duties):
            for milestone in dict.fromkeys(duty.milestones):
                if (sort := sort_of(milestone, procedure)) is not None:
                    self._naming.setdefault((sort, milestone), []).append(index)
        self._others = {sort: self._of_others(sort) for sort in Sort}
        self._turns: dict[Happening, _Turn | None] = {}
        self._watched = self._watch(procedure)
        self._followed = self._alive()
        self._history: list[dict[int, int]] = []
        self._breaches: list[list[Breach]] = [[] for _ in duties]
        self._sweep(procedure)

    def breaches(self, duty: int) -> list[Breach]:
        """Where a duty is broken, those with the fewest moves first; nowhere, if it is kept on every way."""
        return self._breaches[duty]

    def path(self, duty: int, breach: Breach) -> list[tuple[int, Move]]:
        """A shortest way on which a duty comes to be broken so, each move with the place where it is done."""
        back: list[tuple[int, Move]] = []
        place, state = breach.place, breach.state
        for level in range(breach.moves - 1, -1, -1):
            place, move, state = self._before(duty, self._history[level], place, state)
            back.append((place, move))
        return back[::-1]

    def _before(self, duty: int, new: dict[int, int], place: int, state: int) -> tuple[int, Move, int]:
        """From where a state of a duty was come to, with one move less."""
        first, steps = self._first[duty], self._automata[duty].steps
        return next(
            (source, move, before)
            for source in self._ways.into[place]
            if (bits := new.get(source, 0) >> first)
            for move in self._ways.moves[source]
            if move.to == place
            for before in range(len(steps))
            if bits >> before & 1 and self._after(duty, move, before) == state
        )

    def _after(self, duty: int, move: Move, state: int) -> int:
        seen, letter = self._seen[duty], self._duties[duty].letter
        letters = [letter(milestone) for sort, milestone in move.lead.happened if sort in seen]
        return self._automata[duty].run(letters, state)

    def _of_others(self, sort: Sort) -> dict[int, int]:
        """By how many bits the states move of those duties that see a sort, by a milestone that they do not name."""
        found: dict[int, int] = {}
        for index in range(len(self._duties)):
            if sort in self._seen[index]:
                self._moving(found, index, OTHER)
        return found

    def _moving(self, found: dict[int, int], index: int, letter: int) -> None:
        first = self._first[index]
        for state, to in enumerate(self._automata[index].steps):
            if (by := to[letter] - state) != 0:
                found[by] = found.get(by, 0) | 1 << (first + state)

    def _turn(self, happening: Happening) -> _Turn | None:
        """What a milestone does; ``None`` where it moves nothing."""
        if happening in self._turns:
            return self._turns[happening]
        naming = self._naming.get(happening, [])
        own: dict[int, int] = {}
        concerned = 0
        for index in naming:
            self._moving(own, index, self._duties[index].letter(happening[1]))
            concerned |= ((1 << len(self._automata[index].steps)) - 1) << self._first[index]
        others = self._others[happening[0]]
        moving = {by: own.get(by, 0) | (others.get(by, 0) & ~concerned) for by in {*own, *others}}
        stay = self._all
        for mask in moving.values():
            stay &= ~mask
        turn = _Turn(
            stay,
            tuple((by, mask) for by, mask in moving.items() if by > 0 and mask),
            tuple((-by, mask) for by, mask in moving.items() if by < 0 and mask),
        )
        self._turns[happening] = found = turn if turn.up or turn.down else None
        return found

    def _watch(self, procedure: Procedure) -> list[int]:
        """For each place, the states that are breaches there."""
        broken = 0
        unkept: dict[str, int] = {end.id: 0 for end in procedure.ends}
        for duty, automaton, first in zip(self._duties, self._automata, self._first, strict=True):
            for state, kept in enumerate(automaton.kept):
                bit = 1 << (first + state)
                if automaton.broken[state] and not duty.ends:
                    broken |= bit
                elif not kept:
                    for end in duty.ends or tuple(unkept):
                        unkept[end] |= bit
        return [unkept.get(place.state, 0) | broken for place in self._ways.places]

    def _alive(self) -> int:
        """The states that are followed further: not those where a duty is settled, and what is broken only to the ends."""
        found = 0
        for duty, automaton, first in zip(self._duties, self._automata, self._first, strict=True):
            for state, settled in enumerate(automaton.settled):
                if not settled and not (automaton.broken[state] and not duty.ends):
                    found |= 1 << (first + state)
        return found

    def _sweep(self, procedure: Procedure) -> None:
        bits = 0
        opening = self._turn((Sort.STAGE, procedure.stages[0].id))
        for first in self._first:
            bits |= 1 << first
        bits = bits if opening is None else opening.turned(bits)
        leads = [self._compact(place, moves) for place, moves in enumerate(self._ways.moves)]
        found = [0] * len(leads)
        new: dict[int, int] = dict.fromkeys(range(self._ways.starts), bits)
        while new:
            ahead: dict[int, int] = {}
            for place, met in new.items():
                found[place] |= met
                if breach := met & self._watched[place]:
                    self._note(len(self._history), place, breach)
                if alive := met & self._followed:
                    ahead[place] = alive
            self._history.append(ahead)
            new = {}
            for place, met in ahead.items():
                for to, turns in leads[place]:
                    after = met
                    for turn in turns:
                        after = turn.turned(after)
                    if after := after & ~found[to]:
                        new[to] = new.get(to, 0) | after

    def _compact(self, place: int, moves: list[Move]) -> list[tuple[int, tuple[_Turn, ...]]]:
        """The moves that lead elsewhere or turn something, those that do the same once."""
        found: dict[tuple[int, tuple[int, ...]], tuple[_Turn, ...]] = {}
        for move in moves:
            turns = tuple(turn for each in move.lead.happened if (turn := self._turn(each)) is not None)
            if turns or move.to != place:
                found[move.to, tuple(map(id, turns))] = turns
        return [(to, turns) for (to, _), turns in found.items()]

    def _note(self, moves: int, place: int, breach: int) -> None:
        """Put a breach to each duty that it concerns."""
        index = 0
        while breach:
            state = (breach & -breach).bit_length() - 1
            while index + 1 < len(self._first) and self._first[index + 1] <= state:
                index += 1
            self._breaches[index].append(Breach(moves, place, state - self._first[index]))
            breach &= breach - 1
