"""Row R27: what comes of a matter in a batch is what would have come of it alone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random

from hypothesis import settings

from yizheng import Refused
from yizheng.batch import Batch
from yizheng.stages import AskSplit, Leaving, Release, SplitOut

from .alone import alone, held_over, skipped, what_came
from .review import PROCEDURE
from .walking import CHAIR, OFFICES, ROLLS, SECRETARY, SOON, START, WORDS, Asked, aside, families, onward

STEPS = 120


class Review:
    """A batch that an office walks through by lot, as values; every record has a clock of its own."""

    def __init__(self, lots: Random) -> None:
        self.lots = lots
        self.refused: Counter[str] = Counter()
        self.batch, opened = Batch.open(
            families(lots),
            PROCEDURE,
            ROLLS,
            OFFICES,
            at=START,
            by=SECRETARY,
            id="batch-1",
            sittings=lots.choice([None, "separate", "one"]),
            requests=lots.choice([None, 1, 2]),
        )
        self.cases = {case.id: case for case in opened}
        self.clocks = dict.fromkeys(["batch-1", *self.cases], START)

    def walk(self) -> None:
        """Until all is done, or for as many steps as there are."""
        for _ in range(STEPS):
            under_way = [case_id for case_id, case in self.cases.items() if case.dossier.batch is None and case.stage]
            together = ["batch-1"] if self.batch.items and self.batch.stage else []
            if not (under_way or together):
                return
            chosen = self.lots.choice([*under_way, *together, *together])
            if chosen == "batch-1":
                self.step_together()
            else:
                self.step(chosen)

    def step_together(self) -> None:
        """Lead the batch on, take a matter out, or let some go."""
        lots, batch = self.lots, self.batch
        for asked in aside(lots):
            self.put_together(asked)
        item = lots.choice([*self.cases])
        lot = lots.random()
        if lot < 0.06:
            self.put_together(
                Asked(SplitOut(item, WORDS, how=lots.choice([*Leaving])), lots.choice([SECRETARY, CHAIR]))
            )
        elif lot < 0.12:
            self.put_together(Asked(AskSplit(item, WORDS), lots.choice(["r-01", "r-02", "c-01"])))
        elif batch.ready and batch.items:
            self.put_together(Asked(Release(lots.choice([None, item])), CHAIR))
        elif batch.items and batch.stage:
            self.put_together(onward(batch.case, self.clocks["batch-1"] + SOON, lots))

    def step(self, case_id: str) -> None:
        """Lead one matter on."""
        for asked in aside(self.lots):
            self.put(case_id, asked)
        if self.cases[case_id].stage:
            self.put(case_id, onward(self.cases[case_id], self.clocks[case_id] + SOON, self.lots))

    def when(self, clock: str, asked: Asked) -> datetime:
        """The next moment of a record, and not before it can be done."""
        now = max(self.clocks[clock] + SOON, asked.since or START)
        self.clocks[clock] = now
        return now

    def put_together(self, asked: Asked) -> None:
        """Put an act to the batch, and take up what leaves by it."""
        now = self.when("batch-1", asked)
        try:
            self.batch = self.batch.act(asked.action, at=now, by=asked.by)
        except Refused as refusal:
            self.note(refusal)
            return
        for item in self.batch.leaving:
            self.cases[item] = self.batch.take_up(self.cases[item], at=now, by=asked.by)
            self.clocks[item] = now

    def put(self, case_id: str, asked: Asked) -> None:
        """Put an act to one matter."""
        now = self.when(case_id, asked)
        try:
            self.cases[case_id] = self.cases[case_id].act(asked.action, at=now, by=asked.by)
        except Refused as refusal:
            self.note(refusal)

    def note(self, refusal: Refused) -> None:
        """How often what was refused."""
        self.refused.update(reason.code for reason in refusal.reasons)

    def hold(self) -> Counter[str]:
        """What must hold of every matter now; where each stands."""
        ends: Counter[str] = Counter()
        for case in self.cases.values():
            if case.dossier.batch is not None:
                assert case.version == 1
                assert case.id in self.batch.items
                continue
            assert case.id not in self.batch.items
            by_itself = alone(case, ROLLS, OFFICES)
            assert what_came(case) == what_came(by_itself)
            assert case.dossier.entered == by_itself.dossier.entered or held_over(case)
            assert not skipped(case)
            ends[case.state] += 1
        return ends


def test_what_comes_of_a_matter_is_what_would_have_come_of_it_alone():
    """The same place, tallies and rulings, in ten batches for each example that the profile asks for: 10 000 in ``ci``."""
    ends: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for number in range(settings().max_examples * 10):
        review = Review(Random(number))  # noqa: S311 -- lots of a test
        review.walk()
        ends += review.hold()
        refused += review.refused
    assert {"confirmed", "change_considered", "not_carried", "not_proposed", "withdrawn"} <= ends.keys()
    assert {"VOTE_OPENED", "NOT_IN_OFFICE", "UNANSWERED", "NOT_IN_BATCH"} <= refused.keys()
