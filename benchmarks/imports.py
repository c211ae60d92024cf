"""Import time, each in a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from harness import Aim, Entrant, Table, compare

ROUNDS = 21
PACKAGES = ("attrs", "transitions", "msgspec", "eventsourcing")

NOTHING, PARTS = "pass", "attrs, transitions"
ROOT, ROAD, TABLE = "import yizheng", "main road", "main road with its table"


def tables(rounds: int = ROUNDS) -> list[Table]:
    """Every process starts with bytecode that the first round, which is not counted, has cached for all alike."""
    with tempfile.TemporaryDirectory() as cache:
        return [imported(cache, rounds)]


def imported(cache: str, rounds: int) -> Table:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": cache}

    def entrant(name: str, code: str, does: str) -> Entrant:
        def run() -> None:
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)

        return Entrant(name, lambda _: run, does=does)

    road = "from yizheng import Case, catalogue; catalogue.yizheng.COURTYARD"
    return compare(
        "Import",
        [
            entrant(NOTHING, "pass", "an interpreter that does nothing"),
            entrant(PARTS, "import attrs, transitions", "what the library stands on"),
            entrant(ROOT, "import yizheng", "the root is lazy: no name is loaded until it is used"),
            entrant(ROAD, road, "the case and a procedure of the catalogue: what a host really loads"),
            entrant(TABLE, f"{road}.table", "and the machine and the table of that procedure"),
            entrant("eventsourcing.domain", "import eventsourcing.domain", "the peer, without a store"),
        ],
        step="time of a fresh process",
        over=[NOTHING, PARTS],
        rounds=rounds,
        aims=[
            Aim(ROOT, PARTS, 1.5, "The issue's aim"),
            Aim(ROAD, PARTS, 1.5, "The same aim for what a host really loads"),
        ],
    )
