"""Whether duties are kept on every way: all of them at once, in one sweep over the places.

Each duty is one small automaton. In which of their states the duties can be in a place is one integer, a bit for each
state of each duty; a move turns it by shifts and masks, the same for all duties that it concerns. The sweep goes
outward from the opening, one entry further at a time, so that a state is met first on a shortest way to it, and that way
is read back from what was new at each step. A state from which a duty can no more be broken is not followed further, nor
is a duty once it was found broken, where one way tells all. A count that begins anew before anything more is counted is
nothing any more: where it rests so, it is taken for none.

How much is followed has a bound, so that a definition that was made to be slow is refused and not waited for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from yizheng.procedure.duties import OTHER, A, AtMost, Sort, Template, seen_by, sort_of

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure
    from yizheng.procedure.exploring import Happening, Move, Ways

__all__ = ["STATES_AT_MOST", "STEPS_AT_MOST", "Breach", "Sweep"]

STATES_AT_MOST: Final = 16_384
"""The most states that the duties of a definition have together: four thousand duties of two sides, or 160 counts to 100."""

STEPS_AT_MOST: Final = 1_000_000
"""The most steps that the sweep takes: a move tried with the states that are new in its place, each word of them one more.

A definition of 256 votes with as many milestones and duties takes some thirty thousand.
"""

_WORD: Final = 8_192
"""How many bits are turned in about the time that a step takes by itself."""


class Breach(NamedTuple):
    """Where a duty was found broken: after how many moves, in which place, in which state of its automaton."""

    moves: int
    place: int
    state: int


class _Turn(NamedTuple):
    """What one milestone does to the states of all duties.

    Attributes:
        stay: those that stay.
        up: those that move so many bits up.
        down: those that move so many bits down.
        gathered: those that come together in one.
    """

    stay: int
    up: tuple[tuple[int, int], ...]
    down: tuple[tuple[int, int], ...]
    gathered: tuple[tuple[int, int], ...]

    @property
    def effort(self) -> int:
        """How many steps it is."""
        return len(self.up) + len(self.down) + len(self.gathered)

    def turned(self, bits: int) -> int:
        found = bits & self.stay
        for by, mask in self.up:
            found |= (bits & mask) << by
        for by, mask in self.down:
            found |= (bits & mask) >> by
        for to, mask in self.gathered:
            if bits & mask:
                found |= to
        return found


_MANY: Final = 3
"""From how many states on that lead to one and the same it is quicker to gather them."""


class Sweep:
    """The sweep over the ways through a procedure.

    Args:
        procedure: the definition.
        ways: its places and moves.
        duties: the duties that are looked at; their milestones exist.
        everywhere: the places in them of those duties of which every place is told in which they are broken; of the
            others the first alone.
        most: the most steps to take.

    Attributes:
        steps: how many were taken.
        is_whole: whether they were enough.
    """

    def __init__(
        self,
        procedure: Procedure,
        ways: Ways,
        duties: Sequence[Template],
        everywhere: frozenset[int] = frozenset(),
        most: int = STEPS_AT_MOST,
    ) -> None:
        self._ways, self._duties, self._everywhere, self._most = ways, duties, everywhere, most
        self.steps = 0
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
        self._nones = sum(1 << self._first[index] for index in self._counts())
        self._folds = self._folding()
        self._resting = self._rests() if self._folds else [0] * len(ways.places)
        self._history: list[dict[int, int]] = []
        self._breaches: list[list[Breach]] = [[] for _ in duties]
        self.is_whole = self._sweep(procedure)

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
        after = self._automata[duty].run(letters, state)
        return 0 if self._resting[move.to] >> (self._first[duty] + after) & 1 else after

    def _of_others(self, sort: Sort) -> dict[int, int]:
        """By how many bits the states move of those duties that see a sort, by a milestone that they do not name."""
        found: dict[int, int] = {}
        for index in range(len(self._duties)):
            if sort in self._seen[index]:
                self._moving(found, {}, index, OTHER)
        return found

    def _moving(self, found: dict[int, int], gathered: dict[int, int], index: int, letter: int) -> None:
        first = self._first[index]
        targets: dict[int, list[int]] = {}
        for state, leading in enumerate(self._automata[index].steps):
            if leading[letter] != state:
                targets.setdefault(leading[letter], []).append(state)
        for to, states in targets.items():
            if letter != OTHER and len(states) > _MANY:
                gathered[1 << first + to] = sum(1 << first + state for state in states)
                continue
            for state in states:
                found[to - state] = found.get(to - state, 0) | 1 << first + state

    def _turn(self, happening: Happening) -> _Turn | None:
        """What a milestone does; ``None`` where it moves nothing."""
        if happening in self._turns:
            return self._turns[happening]
        naming = self._naming.get(happening, [])
        own: dict[int, int] = {}
        gathered: dict[int, int] = {}
        concerned = 0
        for index in naming:
            self._moving(own, gathered, index, self._duties[index].letter(happening[1]))
            concerned |= ((1 << len(self._automata[index].steps)) - 1) << self._first[index]
        others = self._others[happening[0]]
        moving = {by: own.get(by, 0) | (others.get(by, 0) & ~concerned) for by in {*own, *others}}
        stay = self._all
        for mask in (*moving.values(), *gathered.values()):
            stay &= ~mask
        turn = _Turn(
            stay,
            tuple((by, mask) for by, mask in moving.items() if by > 0 and mask),
            tuple((-by, mask) for by, mask in moving.items() if by < 0 and mask),
            tuple(gathered.items()),
        )
        self._turns[happening] = found = turn if turn.effort else None
        return found

    def _watch(self, procedure: Procedure) -> list[int]:
        """For each place, the states that are breaches there."""
        broken, anywhere = 0, 0
        unkept: dict[str, int] = {end.id: 0 for end in procedure.ends}
        for duty, automaton, first in zip(self._duties, self._automata, self._first, strict=True):
            for state, kept in enumerate(automaton.kept):
                bit = 1 << (first + state)
                if automaton.broken[state] and not duty.ends:
                    broken |= bit
                elif not kept and not duty.ends:
                    anywhere |= bit
                elif not kept:
                    for end in duty.ends:
                        unkept[end] |= bit
        watched = {end: bits | anywhere | broken for end, bits in unkept.items()}
        return [watched.get(place.state, broken) for place in self._ways.places]

    def _alive(self) -> int:
        """The states that are followed further: not those where a duty is settled, and what is broken only to the ends."""
        found = 0
        for duty, automaton, first in zip(self._duties, self._automata, self._first, strict=True):
            for state, settled in enumerate(automaton.settled):
                if not settled and not (automaton.broken[state] and not duty.ends):
                    found |= 1 << (first + state)
        return found

    def _counts(self) -> list[int]:
        """The duties whose count begins anew."""
        return [index for index, duty in enumerate(self._duties) if isinstance(duty, AtMost) and duty.since]

    def _counted(self, index: int) -> int:
        """The states in which a count stands at something, and not at too much."""
        return ((1 << len(self._automata[index].steps) - 2) - 1) << self._first[index] + 1

    def _folding(self) -> list[tuple[int, int]]:
        """By how many bits a count is moved down to come to none, and which bits of all counts may be, one step after the other."""
        spans = {self._first[index]: len(self._automata[index].steps) - 1 for index in self._counts()}
        longest = max(spans.values(), default=0)
        steps = [1 << step for step in range(longest.bit_length())] if longest > 1 else []
        return [
            (by, sum(((1 << span) - (1 << by)) << first for first, span in spans.items() if span > by)) for by in steps
        ]

    def _rests(self) -> list[int]:
        """For each place, the counts that begin anew before anything more is counted, whatever way is taken."""
        going = self._going(self._counting())
        standing = {1 << index: self._counted(index) for index in self._counts()}
        known: dict[int, int] = {}
        for each in going:
            if each not in known:
                known[each] = sum(counted for bit, counted in standing.items() if not each & bit)
        return [known[each] for each in going]

    def _counting(self) -> dict[Happening, tuple[int, int]]:
        """For each milestone, which duties count it, and which begin anew with it, a bit for each."""
        counts = frozenset(self._counts())
        found: dict[Happening, tuple[int, int]] = {}
        for happening, naming in self._naming.items():
            more = sum(
                1 << index for index in naming if index in counts and self._duties[index].letter(happening[1]) == A
            )
            found[happening] = more, sum(1 << index for index in naming if index in counts) & ~more
        return found

    def _going(self, counting: dict[Happening, tuple[int, int]]) -> list[int]:
        """For each place, the duties that may count on from it before they begin anew, a bit for each."""
        going = [0] * len(self._ways.places)
        waiting: set[int] = set(range(len(going)))
        while waiting and self.steps <= self._most:
            back = sorted(waiting, reverse=True)  # what comes later first, since it is read from the ends
            waiting.clear()
            for place in back:
                self.steps += len(self._ways.moves[place])
                found = going[place]
                for move in self._ways.moves[place]:
                    goes = going[move.to]
                    for happening in reversed(move.lead.happened):
                        more, anew = counting.get(happening, (0, 0))
                        goes = goes & ~anew | more
                    found |= goes
                if found != going[place]:
                    going[place] = found
                    waiting.update(self._ways.into[place])
        return going

    def _rested(self, bits: int, resting: int) -> int:
        """The states, with the counts that rest in a place taken for none."""
        none = bits & resting
        for by, mask in self._folds:
            none |= (none & mask) >> by
        return (bits & ~resting) | (none & self._nones)

    def _sweep(self, procedure: Procedure) -> bool:
        """Follow all duties round by round; whether the steps sufficed."""
        bits = 0
        opening = self._turn((Sort.STAGE, procedure.stages[0].id))
        for first in self._first:
            bits |= 1 << first
        bits = bits if opening is None else opening.turned(bits)
        leads = [self._compact(place, moves) for place, moves in enumerate(self._ways.moves)]
        words = 1 + self._all.bit_length() // _WORD
        efforts = [words * sum(1 + sum(turn.effort for turn in turns) for _, turns in each) for each in leads]
        found = [0] * len(leads)
        new: dict[int, int] = dict.fromkeys(range(self._ways.starts), bits)
        while new:
            ahead = self._met(new, found)
            self._history.append(ahead)
            new = {}
            for place, met in ahead.items():
                self.steps += efforts[place]
                if self.steps > self._most:
                    return False
                self._onward(met, leads[place], found, new)
        return True

    def _met(self, new: dict[int, int], found: list[int]) -> dict[int, int]:
        """What is followed of the states that are new in each place; breaches are noted."""
        for place, met in new.items():
            found[place] |= met
            if breach := met & self._watched[place]:
                self._note(len(self._history), place, breach)
        # What was found broken just now, in whichever place of this round, is not followed from any.
        return {place: alive for place, met in new.items() if (alive := met & self._followed)}

    def _onward(
        self, met: int, leads: list[tuple[int, tuple[_Turn, ...]]], found: list[int], new: dict[int, int]
    ) -> None:
        """Take states of a place along each move, and put those that are new where it leads."""
        for to, turns in leads:
            after = met
            for turn in turns:
                after = turn.turned(after)
            if after & self._resting[to]:
                after = self._rested(after, self._resting[to])
                self.steps += 3 + 2 * len(self._folds)
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
            if index not in self._everywhere:
                self._followed &= ~(((1 << len(self._automata[index].steps)) - 1) << self._first[index])
            breach &= breach - 1
