"""Every way through a procedure, place by place: what is proved of a definition is looked up here.

A **place** is a state of the machine, with what else decides where it can lead: whether the matter goes together with
others as a batch, whether the deciding vote has led on (then it cannot be withdrawn any more), and how often the stage
was turned back within itself, where the stage counts that and a duty speaks of it. A **move** is one entry of a record:
an action, with the outcome that it brings about.

**How far is counted.** A shortest way on which a duty is broken stands in each place once at most with the duty in one
and the same state. So it is turned back no oftener than there are such pairs, and where a stage allows that many turns or
more, the number itself decides nothing: then it is only told apart whether any are left.

It is the table by which a case steps that is explored, and nothing that a stage decides besides: that a vote needs
attendance, or that a posting has not ended. So every way that a case can take is among those explored, and there may be
some among them that no case can take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import attrs

from yizheng.procedure.compiled import entry_state, rows, state_name
from yizheng.procedure.duties import MOST, Sort
from yizheng.stages import (
    ANYWHERE,
    LEAVING,
    Action,
    Adjourn,
    Convene,
    OrderCorrection,
    SplitOut,
    TakeAttendance,
    Withdraw,
)
from yizheng.stages.base import bounds_of, may_bring
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure
    from yizheng.stages import Stage

__all__ = ["PLACES_AT_MOST", "Happening", "Lead", "Move", "Place", "Ways", "ways_of"]

PLACES_AT_MOST: Final = 10_000
"""The most places that are explored; with 256 stages there are some two thousand."""

_NONE: Final[Mapping[str, int]] = FrozenMap()

Happening: TypeAlias = tuple[Sort, str]
"""A milestone, with what it is."""


class Place(NamedTuple):
    """Where a matter can stand.

    Attributes:
        state: the state of the machine, such as ``"resolve.voting"``, or an end.
        together: whether it goes together with others, as a batch.
        decided: whether the deciding vote has led on.
        turned: how often the stage was turned back by each turn that is counted.
    """

    state: str
    together: bool = False
    decided: bool = False
    turned: tuple[int, ...] = ()


class Lead(NamedTuple):
    """What may be done in a state, and what comes of it, whatever else is so there.

    Attributes:
        action: the kind of action.
        outcome: the outcome or the turn that it brings about, if any.
        happened: the milestones that it brings about, in their order.
        state: the state to which it leads.
        turn: which of the turns that are counted it is.
        entered: where a matter finds itself that reaches a stage or an end by it; ``None`` where it stays in the stage.
        onward: whether the deciding vote leads on by it.
    """

    action: str
    outcome: str | None
    happened: tuple[Happening, ...]
    state: str
    turn: int | None = None
    entered: Place | None = None
    onward: bool = False


class Move(NamedTuple):
    """One entry: what is done in a place, and the place to which it leads, by its number."""

    lead: Lead
    to: int


@attrs.frozen(eq=False)
class Ways:
    """The places that can be reached, and the moves between them.

    Attributes:
        places: every place; the first ones are where a case can begin.
        starts: how many these are.
        moves: for each place, what may be done there.
        came: for each place, the place and the move by which it was reached first, with as few moves as can be.
        into: for each place, those from which a move leads to it, each once.
    """

    places: list[Place]
    starts: int
    moves: list[list[Move]]
    came: list[tuple[int, Move] | None]
    into: list[list[int]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        found: list[dict[int, None]] = [{} for _ in self.places]
        for place, moves in enumerate(self.moves):
            for move in moves:
                found[move.to][place] = None
        object.__setattr__(self, "into", [list(each) for each in found])

    @property
    def edges(self) -> int:
        """How many moves there are."""
        return sum(map(len, self.moves))

    def path(self, place: int) -> list[tuple[int, Move]]:
        """The moves by which a place is reached first, each with the place where it is done."""
        path: list[tuple[int, Move]] = []
        while (step := self.came[place]) is not None:
            path.append(step)
            place = step[0]
        return path[::-1]

    def told(self, path: Iterable[tuple[int, Move]]) -> list[tuple[Place, Lead, Place]]:
        """A path with its places themselves: where each thing is done, and where it leads."""
        return [(self.places[source], move.lead, self.places[move.to]) for source, move in path]


def ways_of(procedure: Procedure, counted: Mapping[str, int] = _NONE, most: int = PLACES_AT_MOST) -> Ways | None:
    """Explore a definition whose names hold; ``None`` where there are more places than are looked at.

    Args:
        procedure: the definition.
        counted: the turns, written as milestones (``"resolve.recalled"``), whose number matters, each with how many states
            the largest duty has that speaks of it.
        most: the most places to explore.
    """
    return _Explorer(procedure, counted).explored(most)


_HOUSEKEEPING: Final = frozenset(action.kind for action in ANYWHERE) - {Withdraw.kind, OrderCorrection.kind}
_LEAVING: Final = frozenset(action.kind for action in LEAVING)
_ONE_SITTING: Final = frozenset({Convene.kind, TakeAttendance.kind, Adjourn.kind})
"""What is done once for a batch where its matters are resolved in one sitting."""


class _Explorer:
    def __init__(self, procedure: Procedure, counted: Mapping[str, int]) -> None:
        self._procedure = procedure
        self._stages: dict[str, Stage] = {}
        self._phases: dict[str, str] = {}
        self._rows: dict[str, dict[str, str]] = {end.id: {} for end in procedure.ends}
        for stage in procedure.stages:
            for phase in stage.phases:
                state = state_name(stage, phase)
                self._stages[state], self._phases[state], self._rows[state] = stage, phase, {}
        for trigger, source, target in rows(procedure):
            self._rows[source][trigger] = target
        self._bounds = {stage.id: dict(bounds_of(stage)) for stage in procedure.stages}
        self._counted = {
            stage_id: [turn for turn, most in bounds.items() if f"{stage_id}.{turn}" in counted and most > 0]
            for stage_id, bounds in self._bounds.items()
        }
        self._ample = {
            f"{stage.id}.{turn}"
            for stage in procedure.stages
            for turn in self._counted[stage.id]
            if self._bounds[stage.id][turn] >= self._enough(stage, turn, counted[f"{stage.id}.{turn}"])
        }
        self._leads: dict[str, list[Lead]] = {}

    def explored(self, most: int) -> Ways | None:
        """Every place that can be reached, in the order of how few moves lead there."""
        start = self._entry(self._procedure.stages[0].id)
        places = [start, *([start._replace(together=True)] if self._procedure.shared else [])]
        starts = len(places)
        number = {place: each for each, place in enumerate(places)}
        moves: list[list[Move]] = []
        came: list[tuple[int, Move] | None] = [None] * starts
        for here, place in enumerate(places):  # it grows while it is gone through
            found: list[Move] = []
            for lead, to in self._following(place):
                target = number.setdefault(to, len(places))
                move = Move(lead, target)
                found.append(move)
                if target == len(places):
                    if target == most:
                        return None
                    places.append(to)
                    came.append((here, move))
            moves.append(found)
        return Ways(places, starts, moves, came)

    def _enough(self, stage: Stage, turn: str, states: int) -> int:
        """From how many turns on their number decides nothing: the pairs of where a turn is brought about, and a state.

        Where the stage counts another turn too, that makes more of them, so that each is counted as far as it goes.
        """
        if len(self._counted[stage.id]) > 1:
            return MOST + 1
        turned = stage.turns.get(turn, {})
        sources = sum(any(to in turned for to in following.values()) for following in stage.phases.values())
        return 2 * sources * states  # each by itself and in a batch

    def _entry(self, target: str) -> Place:
        """Where a matter finds itself on reaching a stage or an end."""
        return Place(entry_state(self._procedure, target), turned=(0,) * len(self._counted.get(target, ())))

    def _following(self, place: Place) -> Iterator[tuple[Lead, Place]]:
        """What may be done in a place, and where it leads."""
        state, together, decided, turned = place
        stage = self._stages.get(state)
        if stage is None:
            return
        apart = together and stage.id not in self._procedure.shared
        for lead in self._leads_of(state):
            if (decided and lead.action == Withdraw.kind) or (apart and not self._is_for_all(stage, lead.action)):
                continue
            if (entered := lead.entered) is not None:
                on = together or decided or lead.onward
                yield lead, self._carried(entered, together, decided or lead.onward) if on else entered
            elif lead.turn is None:
                yield lead, Place(lead.state, together, decided, turned)
            else:
                for more in self._turned(stage.id, turned, lead.turn):
                    yield lead, Place(lead.state, together, decided, more)
        if together:
            yield from self._alone(stage, place)

    def _turned(self, stage: str, turned: tuple[int, ...], index: int) -> Iterator[tuple[int, ...]]:
        """How often a stage was turned back after one turn more; nothing where none is left."""
        turn = self._counted[stage][index]
        ample = f"{stage}.{turn}" in self._ample
        if ample and not turned[index]:
            yield turned  # some are left
        if turned[index] < (1 if ample else self._bounds[stage][turn]):
            yield (*turned[:index], turned[index] + 1, *turned[index + 1 :])

    def _carried(self, entered: Place, together: bool, decided: bool) -> Place:  # noqa: FBT001 -- asked for every move
        """A place that is entered, with what is so of the matter; at an end that does not matter any more."""
        if entered.state not in self._stages:
            return entered
        return Place(entered.state, together, decided, entered.turned)

    def _is_for_all(self, stage: Stage, action: str) -> bool:
        """Whether an action is done to a batch that has left the stages that it shares."""
        if action in (Withdraw.kind, OrderCorrection.kind):
            return True
        return stage.id == self._procedure.deciding and action in _ONE_SITTING

    def _alone(self, stage: Stage, place: Place) -> Iterator[tuple[Lead, Place]]:
        """How a matter leaves its batch. One that is held over begins anew, which is where every case begins."""
        row = self._rows[place.state]
        for action in row:
            if action in _LEAVING:
                yield Lead(action, None, (), place.state), place._replace(together=False)
        if SplitOut.kind in row and Withdraw.kind in row and not place.decided:
            end = self._procedure.withdrawn
            happened = ((Sort.ACTION, f"{stage.id}:{Withdraw.kind}"), (Sort.END, end))
            yield Lead(SplitOut.kind, None, happened, end), Place(end)

    def _leads_of(self, state: str) -> list[Lead]:
        found = self._leads.get(state)
        if found is None:
            found = self._leads[state] = list(self._read(state))
        return found

    def _read(self, state: str) -> Iterator[Lead]:
        stage, row = self._stages[state], self._rows[state]
        kinds = {action.kind: action for action in stage.phases[self._phases[state]]}
        for action, target in row.items():
            done = ((Sort.ACTION, f"{stage.id}:{action}"),)
            if action in kinds:
                yield from self._of_stage(stage, kinds[action], done, target)
            elif action == Withdraw.kind:
                yield self._onward(stage, action, None, done, target)
            elif action == OrderCorrection.kind:
                yield self._onward(stage, action, None, done, self._procedure.corrected_from(stage.id))

    def _of_stage(self, stage: Stage, kind: type[Action], done: tuple[Happening, ...], target: str) -> Iterator[Lead]:
        """An action of the stage's own, once for each outcome that it may bring about."""
        action, row = kind.kind, self._rows[target]
        outcomes = [each for each in (*stage.ends, *stage.turns) if each in row and may_bring(stage, kind, each)]
        if not outcomes or stage.phases[self._phases[target]]:
            yield Lead(action, None, done, target)
        for outcome in outcomes:
            happened = (*done, (Sort.OUTCOME, f"{stage.id}.{outcome}"))
            if outcome in stage.ends:
                yield self._onward(stage, action, outcome, happened, self._procedure.routes[stage.id][outcome])
            elif self._bounds[stage.id].get(outcome, 1) > 0:
                counted = self._counted[stage.id]
                turn = counted.index(outcome) if outcome in counted else None
                yield Lead(action, outcome, happened, row[outcome], turn)

    def _onward(self, stage: Stage, action: str, outcome: str | None, done: tuple[Happening, ...], target: str) -> Lead:
        order, entered = self._procedure.order, self._entry(target)
        sort = Sort.STAGE if target in order else Sort.END
        onward = stage.id == self._procedure.deciding and order.get(target, -1) > order[stage.id]
        return Lead(action, outcome, (*done, (sort, target)), entered.state, entered=entered, onward=onward)
