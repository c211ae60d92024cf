"""One lawful step: ``case.act`` beside a bare trigger, beside eventsourcing, beside a table in a function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

from courtyard import SALT, SECRETARY, VOTE_OPENS, before_the_vote, day, owner, rolls
from eventsourcing.domain import Aggregate, event
from harness import Aim, Entrant, Table, Timed, compare
from transitions import Machine

from yizheng import Case, catalogue
from yizheng.rules import Choice
from yizheng.stages import Action, CastBallot, Note

ROUNDS, STEPS, WARM = 21, 200, 50
PACKAGES = ("attrs", "msgspec", "transitions", "eventsourcing")

TRIGGER, ACT = "bare trigger", "case.act"


class Ballots:
    """A model for a machine; it has no callback."""

    state: str
    cast_ballot: Callable[[], bool]


class Vote(Aggregate):
    """A vote as an aggregate: each ballot is an event, applied by the decorated method."""

    def __init__(self) -> None:
        self.ballots: dict[str, str] = {}

    @event("BallotCast")
    def cast(self, member: str, choice: str) -> None:
        self.ballots[member] = choice


TABLE = {
    "called": {"cast_ballot": "voting", "close_vote": "closed"},
    "voting": {"cast_ballot": "voting", "close_vote": "closed"},
    "closed": {},
}


def step(state: str, trigger: str) -> str:
    return TABLE[state][trigger]


def stock() -> Ballots:
    """The smallest machine that has the step: a vote with three states."""
    model = Ballots()
    Machine(
        model=model,
        states=["called", "voting", "closed"],
        initial="voting",
        auto_transitions=False,
        transitions=[
            ["cast_ballot", "called", "voting"],
            ["cast_ballot", "voting", "voting"],
            ["close_vote", ["called", "voting"], "closed"],
        ],
    )
    return model


def of_the_procedure() -> Ballots:
    """The machine of the whole courtyard procedure, in the state in which owners vote."""
    model = Ballots()
    catalogue.yizheng.COURTYARD.machine(model).set_state("resolve.voting", model)
    return model


class Running:
    """A case that goes on from round to round, so that each ballot is by a member who has not voted yet."""

    def __init__(self, case: Case, action: Callable[[], Action], *, own: bool, prebuilt: bool, utc: bool) -> None:
        self.case, self.action, self.own, self.prebuilt, self.utc = case, action, own, prebuilt, utc
        self.taken = 0

    def prepare(self, _: int) -> Timed:
        self.take(WARM)()
        return self.take(STEPS)

    def take(self, steps: int) -> Timed:
        numbers = range(self.taken, self.taken + steps)
        self.taken += steps
        moments = [day(VOTE_OPENS) + timedelta(seconds=n) for n in numbers]
        if self.utc:
            moments = [moment.astimezone(UTC) for moment in moments]
        by = [owner(n) if self.own else SECRETARY for n in numbers]
        salts = [SALT[2:] + n.to_bytes(2) for n in numbers]
        if self.prebuilt:
            return self.act(list(zip([self.action() for _ in numbers], moments, by, salts, strict=True)))
        return self.build_and_act(list(zip(moments, by, salts, strict=True)))

    def act(self, asked: list[Any]) -> Timed:
        def run() -> None:
            case = self.case
            for action, at, by, salt in asked:
                case = case.act(action, at=at, by=by, salt=salt)
            self.case = case

        return run

    def build_and_act(self, asked: list[Any]) -> Timed:
        def run() -> None:
            case, build = self.case, self.action
            for at, by, salt in asked:
                case = case.act(build(), at=at, by=by, salt=salt)
            self.case = case

        return run


def ballot() -> CastBallot:
    return CastBallot(Choice.FOR)


def note() -> Note:
    return Note("收到业主来电，已转达")


def triggered(model: Ballots) -> Callable[[int], Timed]:
    def take(steps: int) -> Timed:
        def run() -> None:
            cast = model.cast_ballot
            for _ in range(steps):
                cast()

        return run

    def prepare(_: int) -> Timed:
        take(WARM)()
        return take(STEPS)

    return prepare


class Aggregates:
    """An aggregate that goes on from round to round, as a case does; its events wait in memory and are never saved."""

    def __init__(self) -> None:
        self.vote = Vote()
        self.taken = 0

    def prepare(self, _: int) -> Timed:
        self.take(WARM)()
        return self.take(STEPS)

    def take(self, steps: int) -> Timed:
        members = [owner(n) for n in range(self.taken, self.taken + steps)]
        self.taken += steps

        def run() -> None:
            cast = self.vote.cast
            for member in members:
                cast(member, "for")

        return run


def stepped(_: int) -> Timed:
    def take(steps: int) -> Timed:
        def run() -> None:
            state = "voting"
            for _ in range(steps):
                state = step(state, "cast_ballot")

        return run

    take(WARM)()
    return take(STEPS)


def tables(rounds: int = ROUNDS) -> list[Table]:
    case = before_the_vote(rolls((rounds + 1) * (STEPS + WARM)))

    def running(action: Callable[[], Action], *, own: bool, prebuilt: bool = True, utc: bool = False) -> Running:
        return Running(case, action, own=own, prebuilt=prebuilt, utc=utc)

    entrants = [
        Entrant(
            ACT,
            running(ballot, own=True).prepare,
            STEPS,
            "a member's own ballot: roll, recusal, window and earlier ballot are checked, the choice is sealed under a "
            "salted digest, the entry is chained by SHA-256 over canonical bytes, and a new case is given",
        ),
        Entrant(
            "case.act, in UTC", running(ballot, own=True, utc=True).prepare, STEPS, "the same, with moments in UTC"
        ),
        Entrant(
            "CastBallot + case.act",
            running(ballot, own=True, prebuilt=False).prepare,
            STEPS,
            "the same, with building the action in the time",
        ),
        Entrant(
            "case.act of a Note", running(note, own=False).prepare, STEPS, "an office's note: nothing private in it"
        ),
        Entrant(
            TRIGGER,
            triggered(stock()),
            STEPS,
            "transitions, three states, auto_transitions=False, no callback: nothing is checked but the state, nothing "
            "is recorded, the model is changed in place",
        ),
        Entrant(
            "trigger of the procedure",
            triggered(of_the_procedure()),
            STEPS,
            "the same on the machine of the whole courtyard procedure",
        ),
        Entrant(
            "eventsourcing",
            Aggregates().prepare,
            STEPS,
            "an Aggregate's @event method: an event object with id, version and time, applied in place; no refusal, no "
            "digest, no canonical bytes, nothing sealed, not saved",
        ),
        Entrant("table", stepped, STEPS, "the raw yardstick: a dict of dicts in a function"),
    ]
    return [
        compare(
            "One step",
            entrants,
            step="time per step",
            over=[TRIGGER, "eventsourcing", "table"],
            rounds=rounds,
            aims=[Aim(ACT, TRIGGER, 1.0, "Judging and recording included")],
        )
    ]
