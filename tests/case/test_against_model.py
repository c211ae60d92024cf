"""The whole courtyard case against an independent model (row R8), at random and step by step."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace as Figures
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from yizheng import Case, Refused, Status, catalogue

from .model import BODIES, CARRIED_OUT, CHAIR, MILESTONES, SECRETARY, SUBDISTRICT, SUPERVISOR, Model
from .steps import ACTS, on, opened

COURTYARD = catalogue.yizheng.COURTYARD
PLACES = COURTYARD.table.places
WHO = [SECRETARY, CHAIR, SUPERVISOR, SUBDISTRICT, "c-2", "nobody", "1-101", "1-106", "rep-01", "c-7"]
FIGURES = st.builds(
    Figures,
    n=st.integers(0, 7),
    m=st.integers(0, 7),
    k=st.sampled_from([0, 1, 2, 15, 16, 17]),
    w=st.integers(0, 11),
    flag=st.booleans(),
)
ANYWHERE = ("withdraw", "order_correction", "note", "correct")


class Walker:
    """The state of somebody's own program, which follows the case on a machine of theirs."""

    state: str
    trigger: Callable[[str], bool]


class Courtyard(RuleBasedStateMachine):
    """Acts, lawful and not, on a courtyard case and on the model at once."""

    def __init__(self) -> None:
        super().__init__()
        self.begin()

    def begin(self) -> None:
        """Take a new matter."""
        self.model = Model()
        self.case = opened()
        self.walker = Walker()
        self.machine = COURTYARD.machine(self.walker)

    @initialize(length=st.integers(0, len(MILESTONES)))
    def start(self, length: int) -> None:
        """Start somewhere on the way."""
        self.start_somewhere(length)

    def start_somewhere(self, length: int) -> None:
        """Begin at some stage of the way, reached by sensible steps, so that the late ones are seen too."""
        while len(self.model.passed) < length:
            self.sensible()

    def model_ended(self) -> bool:
        """Whether the model stands at an end."""
        return not self.model.follows()

    def put(self, name: str, by: str, p: Figures) -> None:
        """Put a step to both, and hold their answers against each other."""
        allowed = self.model.allows(name, by, p)
        before, digest = self.case, self.case.digest
        try:
            self.case = self.case.act(ACTS[name](self.model, p), at=on(self.model.day), by=by, salt=b"m" * 16)
        except Refused as refusal:
            assert not allowed, (name, by, p, refusal)  # noqa: PT017 -- whether it is refused is what is compared
            assert (self.case is before, self.case.digest) == (True, digest)
        else:
            assert allowed is not False, (name, by, p, before)
            self.follow(name)
            self.model.take(name, by, p)
            assert before.digest == digest

    def follow(self, name: str) -> None:
        """Let the machine follow by its own triggers: the kind of action, then the outcome."""
        entry = self.case.entries[-1]
        assert entry.action.kind == name
        assert self.walker.trigger(name)
        if entry.effect.outcome is not None:
            assert self.walker.trigger(entry.effect.outcome)

    @rule(days=st.sampled_from([1, 2, 7, 16]))
    def wait(self, days: int) -> None:
        """Let days pass."""
        self.model.day += days

    @rule(name=st.sampled_from(sorted(ACTS)), by=st.sampled_from(WHO), p=FIGURES)
    def anything(self, name: str, by: str, p: Figures) -> None:
        """Anything, by anybody, whether or not it can follow."""
        self.put(name, by, p)

    def follow_up(self, data: st.DataObject, p: Figures) -> None:
        """Something that the stage knows now, by somebody who often may."""
        name = data.draw(st.sampled_from(sorted(self.model.follows())))
        office = {"inspect": SUPERVISOR}.get(name, SECRETARY)
        self.put(name, data.draw(st.sampled_from([office, office, office, CHAIR, *self.model.body])), p)

    # The same under several names, since a rule is drawn as often as it stands here.
    one = precondition(lambda self: not self.model_ended())(rule(data=st.data(), p=FIGURES)(follow_up))
    two = precondition(lambda self: not self.model_ended())(rule(data=st.data(), p=FIGURES)(follow_up))
    three = precondition(lambda self: not self.model_ended())(rule(data=st.data(), p=FIGURES)(follow_up))

    @precondition(lambda self: self.model_ended())
    @rule(length=st.integers(0, len(MILESTONES)))
    def take_the_next_matter(self, length: int) -> None:
        """After an end, take a new matter."""
        self.begin()
        self.start_somewhere(length)

    @precondition(lambda self: not self.model_ended())
    @rule()
    def go_on(self) -> None:
        """Do what is sensible."""
        self.sensible()

    def sensible(self) -> None:  # noqa: C901 -- one row for each phase
        """What a careful secretary would do next."""
        model = self.model
        voters = (set(model.body) - model.recused) if model.here is None else model.here
        left = [n for n, who in enumerate(model.body) if who in voters - model.ballots.keys()]
        owed = [number for number, answer in model.answers.items() if answer == "owed"]
        whole = len(model.body)
        name = {
            "solicit.waiting": "open_solicitation",
            "solicit.open": "close_solicitation" if model.baseline else "survey",
            "implement.waiting": "assign",
            "implement.running": "complete" if model.inspected else "inspect",
            "evaluate.waiting": "survey",
            "evaluate.surveyed": "close_evaluation",
        }.get(f"{model.stage}.{model.phase}")
        if model.stage in BODIES:
            ballots = "record_ballots" if left else "close_vote"
            voting = ballots if model.stage == "resolve" else "count_votes"
            name = {
                "waiting": "convene",
                "adjourned": "convene",
                "voting": ballots,
                "counted": "close_vote",
                "called": "take_attendance" if model.meeting else ballots,
                "sitting": voting,
            }[model.phase]
            if model.meeting and model.day > model.opens and model.phase in ("called", "sitting", "voting"):
                name = "close_vote" if model.phase == "voting" else "adjourn"  # the day of the meeting is over
        elif model.stage.startswith("disclose"):
            name = "take_down" if model.phase == "posted" else "post"
        p = Figures(n=whole, m=0, k=16, w=1, flag=True)
        if owed:
            name, p.n, p.flag = "answer_opinion" if model.stage == "solicit" else "answer_objection", owed[0], False
        elif name == "convene":
            p.w, p.flag = 5, model.stage != "resolve" or model.version % 2 == 0
        elif name == "count_votes":
            p.n, p.m, p.flag = len(model.here or ()), 0, False
        elif name == "record_ballots":
            p.n, p.w = left[0] if left else 0, 0
        elif name == "survey":
            p.flag, p.n, p.w = model.stage == "solicit", 8, 0 if model.baseline in (None, 10) else 1
        elif name == "post":
            p.n = model.content + 1
        if name in ("close_solicitation", "close_vote"):
            model.day = max(model.day, model.closes or 0)
        if name in ("take_down", "take_attendance", "record_ballots"):
            model.day = max(model.day, model.opens + 16 * (name == "take_down"))
        assert name is not None
        self.put(name, {"inspect": SUPERVISOR}.get(name, SECRETARY), p)

    @invariant()
    def they_agree(self) -> None:
        """Model, case and machine stand at the same place."""
        if self.model_ended():
            assert (self.case.status, self.case.stage, self.case.outcome) == (Status.ENDED, None, self.model.stage)
            assert self.case.options() == ()
        else:
            assert (self.case.stage, self.case.phase) == (self.model.stage, self.model.phase)
            assert self.case.status is Status.OPEN
        assert self.walker.state == self.case.state
        assert self.case.version == self.model.version

    @invariant()
    def table_and_machine_agree(self) -> None:
        """The machine knows the same triggers here as the table, and so does the model."""
        leads = PLACES[self.case.state].leads
        assert set(self.machine.get_triggers(self.case.state)) == set(leads)
        options = {action.kind for action in self.case.options()}
        assert options - {*ANYWHERE, "appoint", "attach", "adopt_edition"} == set(self.model.follows())

    @invariant()
    def replay_is_the_case_now_and_then(self) -> None:
        """The record, replayed, is the case; at every tenth entry, since a replay reads the whole record."""
        if self.case.version % 10 == 0:
            self.teardown()

    def teardown(self) -> None:
        """The record, replayed, is the case."""
        replayed = Case.replay(self.case.entries)
        assert replayed == self.case
        assert (replayed.state, replayed.progress) == (self.case.state, self.case.progress)
        assert replayed.dossier == self.case.dossier

    @invariant()
    def no_milestone_is_skipped(self) -> None:
        """Whoever stands at an end that is carried out has passed every milestone and both disclosures, in order."""
        if self.case.outcome in CARRIED_OUT:
            reached = iter(self.outcomes())
            assert all(milestone in reached for milestone in MILESTONES.items())
            assert any(stage == "evaluate" for stage, _ in self.outcomes())

    def outcomes(self) -> list[tuple[str, str]]:
        """The stages that ended, with their outcomes, as the record tells it."""
        found, state = [], COURTYARD.table.start
        for entry in list(self.case.entries)[1:]:
            stage = state.partition(".")[0]
            state = PLACES[state].leads[entry.action.kind]
            if entry.effect.outcome is not None:
                state = PLACES[state].leads[entry.effect.outcome]
                found.append((stage, entry.effect.outcome))
        return found


TestCourtyard: Any = Courtyard.TestCase
TestCourtyard.settings = settings(stateful_step_count=100 if settings().max_examples >= 500 else 30, deadline=None)


def test_the_sensible_way_is_the_whole_way() -> None:
    """A careful secretary reaches the end, so that every stage is reached in the walks above."""
    walk = Courtyard()
    for _ in range(60):
        if walk.model_ended():
            break
        walk.sensible()
        walk.they_agree()
    assert walk.case.outcome == "carried_out"
    walk.no_milestone_is_skipped()
