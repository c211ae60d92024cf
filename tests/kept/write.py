"""Write the files of this release, as a program outside would have them.

Run it by hand, from the root of the repository, when a release is made: ``PYTHONPATH=src:tests python -m kept.write``.
It writes the folder that is named after the release, and no other. All of it is invented, and the same each time.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from batch.review import OFFICES as REVIEWERS
from batch.review import PROCEDURE, ROLLS, called, family, front, voted
from batch.review import START as REVIEWED
from batch.review import day as day_of_review
from kept.forms import forms
from walks import COURTYARD_ROLLS, OFFICES, START, courtyard_steps, day, matter, solicited
from yizheng import Case, Docket, __version__, catalogue
from yizheng.canonical import canonical, digest
from yizheng.rules import Tally, rules_to_toml
from yizheng.rules import to_data as rule_data
from yizheng.stages import Deliberation
from yizheng.store import SQLiteStore, Store

HERE = Path(__file__).parent
DEFINITIONS = {"courtyard": catalogue.yizheng.COURTYARD, "allowance": catalogue.yizheng.ALLOWANCE}
TALLIES = (
    Tally.of(entitled=30, present=22, for_=12, against=8, abstaining=2),
    Tally.of(entitled=30, present=15, for_=8, against=7, abstaining=0),
    Tally.by_measure(
        heads={"entitled": 25, "for_": 15, "against": 2, "abstaining": 0, "invalid": 0},
        area={"entitled": "3011.25", "for_": "1800.00", "against": "207.50", "abstaining": 0, "invalid": 0},
    ),
)
"""Votes that every kept rule is asked about, where it can judge them."""


def salts() -> Any:
    """Salts that are the same each time; no release would draw such ones."""
    numbers = itertools.count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


def fill(store: Store) -> None:
    """A courtyard case from its opening to its end, a batch of three families, and a rehearsal."""
    draw = salts()
    docket = Docket(store, draw=draw)
    docket.open(matter(), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1", key="opened")
    for step in courtyard_steps():
        docket.act(matter().id, step.action, at=step.at, by=step.by)
    families = [family(number) for number in (1, 2, 3)]
    docket.open_batch(families, PROCEDURE, ROLLS, REVIEWERS, at=REVIEWED, by="sec-1", id="batch-1")
    for at, by, action in front():
        docket.act_batch("batch-1", action, at=at, by=by)
    docket.split("batch-1", "family-002", reason="有争议", how="held_over", at=day_of_review(9), by="sec-1")
    for at, by, action in called():
        docket.act_batch("batch-1", action, at=at, by=by)
    for at, by, action in voted(6):
        docket.act("family-001", action, at=at, by=by)
    rehearsal = Docket(store, draw=draw, rehearsal=True)
    rehearsal.open(matter(id="演练-1"), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
    for step in solicited():
        rehearsal.act("演练-1", step.action, at=step.at, by=step.by)


def told(case: Case) -> dict[str, Any]:
    """What a case came to, as any later release must find it."""
    return {
        "digest": case.digest,
        "entries": case.version,
        "rehearsal": case.rehearsal,
        "state": case.state,
        "outcome": case.outcome,
        "procedure": case.procedure.digest,
        "rulings": {
            str(entry.number): entry.effect.ruling.outcome.value
            for entry in case.entries
            if entry.effect.ruling is not None
        },
        "shown": digest(b"\n".join([entry.payload for entry in case.redacted()])),
    }


def every_case(store: Store) -> dict[str, Case]:
    """Every case of a store, real or rehearsed."""
    real, rehearsed = Docket(store), Docket(store, rehearsal=True)
    found = {docket: docket.find() for docket in (real, rehearsed)}
    return {case_id: docket.case(case_id) for docket, ids in found.items() for case_id in ids}


def finds(store: Store) -> dict[str, list[str]]:
    """What is found in a store, by some questions."""
    docket = Docket(store)
    asked: list[dict[str, str]] = [
        {"status": "open"},
        {"status": "ended"},
        {"stage": "resolve"},
        {"category": "courtyard"},
        {"batch": "batch-1"},
    ]
    return {json.dumps(facts): list(docket.find(**facts)) for facts in asked}


def rules() -> dict[str, Any]:
    """The rules of the definitions, by stage and edition."""
    return {
        f"{name}-{stage.id}-{number}": rule
        for name, procedure in DEFINITIONS.items()
        for stage in procedure.stages
        if isinstance(stage, Deliberation)
        for number, rule in enumerate(stage.rule, 1)
    }


def verdicts(rule: Any) -> list[str]:
    """What a rule makes of the votes; why not, where it cannot judge one."""
    found = []
    for tally in TALLIES:
        try:
            found.append(rule.judge(tally).outcome.value)
        except ValueError as error:
            found.append(type(error).__name__)
    return found


def lines(rows: Any) -> str:
    """JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def sums(folder: Path) -> str:
    """The digest of every file of a folder, as ``sha256sum --check`` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    return "".join(f"{digest(path.read_bytes())}  {path.relative_to(folder).as_posix()}\n" for path in files)


def write(folder: Path) -> None:
    """Write every file of this release into a folder, which is emptied first."""
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "definitions").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch, SQLiteStore(Path(scratch) / "docket.sqlite") as store:
        fill(store)
        checkpoint = Docket(store, draw=salts()).checkpoint(at=day(90))
        expected: dict[str, Any] = {
            "cases": {case_id: told(case) for case_id, case in every_case(store).items()},
            "finds": finds(store),
            "checkpoint": {"root": checkpoint.root, "size": checkpoint.size},
        }
        entries = [
            {
                "stream": record.stream,
                "payload": record.payload.decode(),
                "private": None if record.private is None else record.private.decode(),
                "digest": record.digest,
            }
            for _, record in store.read_all()
        ]
        parts: dict[str, bytes] = {}
        for case_id in store.streams():
            parts |= store.load(case_id)[1]
        receipts = [checkpoint.receipt(case_id).to_data() for case_id in store.streams()]
        store.close()
        shutil.copy(Path(scratch) / "docket.sqlite", folder / "docket.sqlite")
    for name, procedure in DEFINITIONS.items():
        (folder / "definitions" / f"{name}.json").write_bytes(canonical(procedure.to_data()))
    expected["definitions"] = {name: procedure.digest for name, procedure in DEFINITIONS.items()}
    expected["rules"] = {
        name: {"digest": digest(canonical(rule_data(rule))), "verdicts": verdicts(rule)}
        for name, rule in rules().items()
    }
    (folder / "rules.toml").write_text(rules_to_toml(rules()), encoding="utf-8")
    (folder / "entries.jsonl").write_text(lines(entries), encoding="utf-8")
    (folder / "parts.jsonl").write_text(
        lines({"digest": part, "content": parts[part].decode()} for part in sorted(parts)), encoding="utf-8"
    )
    (folder / "checkpoint.json").write_bytes(canonical(checkpoint.to_data()))
    (folder / "head.json").write_bytes(canonical(checkpoint.head.to_data()))
    (folder / "receipts.jsonl").write_text(lines(receipts), encoding="utf-8")
    for name, data in (("expected", expected), ("forms", forms())):
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")


if __name__ == "__main__":
    release = HERE / __version__
    write(release)
    size = sum(path.stat().st_size for path in release.rglob("*") if path.is_file())
    sys.stdout.write(f"{release.name}: {size} bytes\n")
