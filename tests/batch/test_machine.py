"""Batches through dockets over a store: random joins, splits, votes, failures, and writers who come too late."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from yizheng import Case, Docket, Refused
from yizheng.case import Shared, TakeUp
from yizheng.errors import NoSuchCase, StoreFault, VersionConflict
from yizheng.stages import AskSplit, Leaving, Note, Release, SplitOut
from yizheng.store import SQLiteStore, Store

from .alone import alone, held_over, skipped, what_came
from .failing import Behind, Failing, everything
from .review import PROCEDURE, family
from .walking import CHAIR, OFFICES, ROLLS, SECRETARY, SOON, START, WORDS, Asked, aside, onward

LOTS = st.integers(0, 2**20).map(Random)


class Batches(RuleBasedStateMachine):
    """An office with several batches, at two desks."""

    def __init__(self) -> None:
        super().__init__()
        self.store = self.made()
        self.desks = [Docket(self.store), Docket(self.store)]
        self.late: Docket | None = None
        self.batches: dict[str, list[str]] = {}
        self.clocks: dict[str, datetime] = {}
        self.seen: dict[str, int] = {}
        self.keys = 0

    def made(self) -> Store:
        """The store."""
        return Failing()

    # What is done

    @precondition(lambda self: len(self.batches) < 3)
    @rule(lots=LOTS)
    def join(self, lots: Random) -> None:
        """Put some families into a batch."""
        batch = f"batch-{len(self.batches)}"
        first = 100 * len(self.batches)
        matters = [family(first + number, contested=lots.random() < 0.2) for number in range(lots.randint(2, 4))]
        self.desks[0].open_batch(
            matters,
            PROCEDURE,
            ROLLS,
            OFFICES,
            at=START,
            by=SECRETARY,
            id=batch,
            sittings=lots.choice([None, "separate", "one"]),
            requests=lots.choice([None, 1, 2]),
        )
        self.batches[batch] = [matter.id for matter in matters]
        self.clocks |= dict.fromkeys([batch, *self.batches[batch]], START)

    @precondition(lambda self: self.batches)
    @rule(lots=LOTS, steps=st.integers(1, 12))
    def go_on(self, lots: Random, steps: int) -> None:
        """Lead a batch on, by some steps."""
        batch = lots.choice([*self.batches])
        for _ in range(steps):
            case = self.desks[0].case(batch)
            if case.stage is None or not case.dossier.items:
                return
            ready = self.desks[0].batch(batch).ready
            asked = Asked(Release(), CHAIR) if ready else onward(case, self.clocks[batch] + SOON, lots)
            if ready and lots.random() < 0.7:
                return
            self.put(batch, asked, lots)

    @precondition(lambda self: self.batches)
    @rule(lots=LOTS, how=st.sampled_from(Leaving), by=st.sampled_from([SECRETARY, CHAIR]))
    def split(self, lots: Random, how: Leaving, by: str) -> None:
        """Take a matter out, hold it over, withdraw it; of this batch or, wrongly, of another."""
        batch, item = self.drawn(lots)
        self.put(batch, Asked(SplitOut(item, WORDS, how=how), by), lots)

    @precondition(lambda self: self.batches)
    @rule(lots=LOTS, by=st.sampled_from(["r-01", "r-02", "c-01", "nobody"]))
    def ask(self, lots: Random, by: str) -> None:
        """Ask for a matter to be split out."""
        batch, item = self.drawn(lots)
        self.put(batch, Asked(AskSplit(item, WORDS), by), lots)

    @precondition(lambda self: self.batches)
    @rule(lots=LOTS)
    def on_the_side(self, lots: Random) -> None:
        """A note, a withdrawal, an order of correction: of a batch, or of a matter."""
        chosen = lots.choice(self.drawn(lots))
        for asked in aside(lots):
            self.put(chosen, asked, lots)

    @precondition(lambda self: self.batches)
    @rule(lots=LOTS, steps=st.integers(1, 8))
    def act(self, lots: Random, steps: int) -> None:
        """Lead one matter on; where its batch is ready, that takes it up; before, it is refused."""
        item = self.drawn(lots)[1]
        for _ in range(steps):
            case = self.desks[0].case(item)
            where = case if case.dossier.batch is None else self.desks[0].case(case.dossier.batch)
            if where.stage is None:
                return
            self.put(item, onward(where, self.clocks[item] + SOON, lots), lots)

    @rule()
    def look_away(self) -> None:
        """Somebody reads everything, and goes for a walk."""
        self.late = Docket(Behind(self.store))

    @precondition(lambda self: self.late and self.batches)
    @rule(lots=LOTS)
    def come_back(self, lots: Random) -> None:
        """And decides on what was read then: it is refused, conflicts, or nothing has changed since."""
        batch, item = self.drawn(lots)
        record, asked = lots.choice(
            [
                (item, Asked(Note(WORDS))),
                (batch, Asked(Release(lots.choice([None, item])), CHAIR)),
                (batch, Asked(SplitOut(item, WORDS))),
                (batch, Asked(Note(WORDS))),
            ]
        )
        before = everything(self.store)
        try:
            self.late.act(record, asked.action, at=self.when(record, asked), by=asked.by)
        except (Refused, VersionConflict, NoSuchCase):
            assert everything(self.store) == before

    @precondition(lambda self: self.batches)
    @rule(lots=LOTS, written=st.booleans(), item=st.booleans())
    def fail(self, lots: Random, *, written: bool, item: bool) -> None:
        """The line goes dead in the middle of a write. Under the same key it is done once, and no more."""
        store, batch = self.store, self.drawn(lots)[0]
        record = batch if not item else lots.choice(self.batches[batch])
        before = everything(store)
        self.keys += 1
        given: dict[str, Any] = {
            "at": self.when(record, Asked(Note(WORDS))),
            "by": SECRETARY,
            "key": f"key-{self.keys}",
        }
        if not isinstance(store, Failing):
            return
        store.fails, store.written = True, written
        action = Note(WORDS) if item else SplitOut(lots.choice(self.batches[batch]), WORDS)
        try:
            self.desks[0].act(record, action, **given)
        except Refused:
            store.fails = store.written = False
            assert everything(store) == before
            return
        except StoreFault:
            pass
        after = everything(store)
        assert (after != before) is written
        self.desks[1].act(record, action, **given)
        assert (everything(store) == after) is written

    # How it is done

    def drawn(self, lots: Random) -> tuple[str, str]:
        """A batch, and a matter of it; now and then one of another."""
        batch = lots.choice([*self.batches])
        return batch, lots.choice(self.batches[batch if lots.random() < 0.9 else lots.choice([*self.batches])])

    def when(self, record: str, asked: Asked) -> datetime:
        """The next moment of a record: not before what it was taken up from."""
        batch = next(batch for batch, items in self.batches.items() if record in {batch, *items})
        held = self.store.version(record) == 1
        now = max(self.clocks[record], self.clocks[batch] if held else START) + SOON
        self.clocks[record] = now = max(now, asked.since or START)
        if held:
            self.clocks[batch] = now
        if record == batch:
            for item in self.batches[batch]:
                self.clocks[item] = max(now, self.clocks[item]) if self.store.version(item) == 1 else self.clocks[item]
        return now

    def put(self, record: str, asked: Asked, lots: Random) -> None:
        """Put an act at one of the desks. What is refused changes nothing."""
        before = everything(self.store)
        at = self.when(record, asked)
        try:
            lots.choice(self.desks).act(record, asked.action, at=at, by=asked.by)
        except Refused:
            assert everything(self.store) == before

    # What must hold

    @invariant()
    def nothing_is_half_written(self) -> None:
        """A matter is in its batch, or was taken up: never both, never neither. No record ever gets shorter."""
        desk = self.desks[0]
        for batch_id, items in self.batches.items():
            batch = desk.batch(batch_id)
            for item in items:
                version = self.store.version(item)
                assert (item in batch.items) is (version == 1)
                assert self.seen.get(item, 1) <= version
                self.seen[item] = version

    def teardown(self) -> None:
        """Every matter, read anew: as it would be alone, with the same shared part, and with nothing skipped."""
        desk = Docket(self.store)
        for batch_id, items in self.batches.items():
            batch = desk.batch(batch_id)
            assert Case.replay(batch.entries) == batch.case
            for item in items:
                self.hold(desk.case(item), batch.case)
        self.store.close()

    def hold(self, case: Case, batch: Case) -> None:
        """What must hold of one matter."""
        assert Case.replay(case.entries) == case
        taken = [entry.action for entry in case.entries if isinstance(entry.action, TakeUp)]
        assert len(taken) == (case.version > 1)
        if not taken:
            return
        shared = taken[0].shared
        assert shared == Shared(shared.case)
        assert tuple(shared.case.entries) == tuple(batch.entries)[: taken[0].entries]
        by_itself = alone(case, ROLLS, OFFICES)
        assert what_came(case) == what_came(by_itself)
        assert case.dossier.entered == by_itself.dossier.entered or held_over(case)
        assert not skipped(case)


class BatchesInAFile(Batches):
    """The same in a database."""

    def made(self) -> Store:
        """A file that is thrown away."""
        self.folder = TemporaryDirectory()
        return SQLiteStore(Path(self.folder.name) / "records.db", synchronous="NORMAL")

    def teardown(self) -> None:
        """As before; and the file is thrown away."""
        super().teardown()
        self.folder.cleanup()


EXAMPLES = settings().max_examples
Batches.TestCase.settings = settings(max_examples=min(EXAMPLES, 200), stateful_step_count=20, deadline=None)
BatchesInAFile.TestCase.settings = settings(max_examples=max(EXAMPLES // 10, 3), stateful_step_count=20, deadline=None)
TestInMemory = Batches.TestCase
TestInAFile = BatchesInAFile.TestCase
