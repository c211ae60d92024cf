"""Acts on a case that a docket keeps, at ten, a thousand and ten thousand entries: the cost must not grow with them."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from courtyard import SECRETARY, START, opened, rolls
from harness import Aim, Entrant, Table, Timed, compare

from yizheng import Case, Docket
from yizheng.docket.records import write_of
from yizheng.stages import Note
from yizheng.store import MemoryStore, SQLiteStore, Store

ROUNDS, ACTS, OWNERS = 25, 5, 25
PACKAGES = ("attrs", "msgspec")
LENGTHS = {10: "10 entries", 1_000: "1,000 entries", 10_000: "10,000 entries"}
NOTE = Note("如记录")


class Acting:
    """Acts on one record of some length; each adds an entry."""

    def __init__(self, store: Store, case: Case) -> None:
        store.append(write_of(case, None, {}, {}))
        self.docket, self.case_id = Docket(store), case.id
        self.docket.case(case.id)  # whatever a docket keeps at hand, it has at hand

    def prepare(self, _: int) -> Timed:
        def run() -> None:
            for _ in range(ACTS):
                self.docket.act(self.case_id, NOTE, at=START, by=SECRETARY)

        return run


def lengthened(case: Case, length: int) -> Case:
    while case.version < length:
        case = case.act(NOTE, at=START, by=SECRETARY, salt=b"0123456789abcdef")
    return case


def tables(rounds: int = ROUNDS) -> list[Table]:
    cases: dict[int, Case] = {}
    case = opened(rolls(OWNERS))
    for length in LENGTHS:
        cases[length] = case = lengthened(case, length)
    found: list[Table] = []
    with ExitStack() as opened_, tempfile.TemporaryDirectory() as folder:
        for name in ("MemoryStore", "SQLiteStore"):
            entrants: list[Entrant] = []
            for length, called in LENGTHS.items():
                store: Store = MemoryStore() if name == "MemoryStore" else SQLiteStore(Path(folder) / f"{length}.db")
                opened_.enter_context(store)
                entrants.append(Entrant(called, Acting(store, cases[length]).prepare, ACTS))
            first, *others = LENGTHS.values()
            found.append(
                compare(
                    f"An act on a case of some length, {name}",
                    entrants,
                    step="time per act",
                    over=[first],
                    rounds=rounds,
                    aims=[Aim(other, first, 1.2) for other in others],
                    notes=[f"each round adds {ACTS} entries; the same docket acts every time"],
                )
            )
    return found
