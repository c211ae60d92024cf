"""Row R23: logs that are made from a number, folded, and told: what comes of each, as one digest on a line.

``PYTHONPATH=src:tests python -m replays 100`` prints those of the first hundred. Run with other hash seeds, by another
Python or on another machine, it prints the same.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

from walks import (
    ALLOWANCE_OFFICES,
    ALLOWANCE_ROLLS,
    COURTYARD_ROLLS,
    OFFICES,
    START,
    allowance_steps,
    courtyard_steps,
    day,
    family,
    matter,
)
from yizheng import Case, catalogue
from yizheng.canonical import Kept, canonical
from yizheng.codec import dump
from yizheng.procedure import Kinds
from yizheng.reasons import Refused
from yizheng.record import minutes, register
from yizheng.stages import AnswerOpinion, Attach, Correct, Note, ReceiveOpinion

WORDS = ("备注", "意见", "é", "e\u0301", "𠮷", "👨‍👩‍👧", "x y", "1/3", "“引号”", "a\nb", "\uffff")


def made(number: int) -> Case:
    """The log of this number: a case that goes some way, with notes, opinions, corrections and attachments on it."""
    draw = Random(number)  # noqa: S311 -- it must be the same each time
    salt = lambda: draw.randbytes(16)  # noqa: E731
    which = draw.random() < 0.5
    procedure, rolls, offices, steps = (
        (catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, courtyard_steps())
        if which
        else (catalogue.yizheng.ALLOWANCE, ALLOWANCE_ROLLS, ALLOWANCE_OFFICES, allowance_steps())
    )
    secret = {name: words(draw) for name in ("phone", "income", "name")[: draw.randrange(4)]}
    if not which:
        secret["selected_because"] = words(draw)
    opened = (matter if which else family)(id=f"log-{number}", private=secret)
    rehearsal = draw.random() < 0.2
    case = Case.open(opened, procedure, rolls, offices, at=START, by="sec-1", salt=salt(), rehearsal=rehearsal)
    for step in steps[: draw.randrange(len(steps) + 1)]:
        for extra in extras(draw, case):
            try:
                case = case.act(extra, at=case.entries[-1].recorded_at, by=draw.choice(["sec-1", "1-101"]), salt=salt())
            except Refused:  # what is not for now is left out
                continue
            if isinstance(extra, ReceiveOpinion):  # it gets its answer before its stage is closed
                answer = AnswerOpinion(str(case.entries[-1].effect.ref), words(draw))
                case = case.act(answer, at=case.entries[-1].recorded_at, by="sec-1", salt=salt())
        try:
            case = case.act(step.action, at=step.at, by=step.by, salt=salt())
        except Refused:  # what was said on the way stands against it: here the log ends
            break
    return case


def words(draw: Random) -> str:
    """Some words, of the kinds that are sorted and written otherwise here and there."""
    return " ".join(["说明", *draw.choices(WORDS, k=draw.randrange(4))])


def extras(draw: Random, case: Case) -> Iterator[Any]:
    """What may be said on the way."""
    while draw.random() < 0.3:
        digest = hashlib.sha256(draw.randbytes(4)).hexdigest()
        yield draw.choice(
            [
                Note(words(draw)),
                Attach(digest, words(draw), "text/plain"),
                Correct(draw.randrange(1, case.version + 1), text=words(draw), reason=words(draw)),
                ReceiveOpinion(words(draw), channel=draw.choice(["questionnaire", "symposium"])),
            ]
        )


def told(case: Case) -> bytes:
    """Its state and everything that is made of it."""
    duties = [dump(duty) for duty in case.due(at=day(60))]
    state = {
        "state": case.state,
        "status": case.status.value,
        "outcome": case.outcome,
        "duties": duties,
        "options": sorted(option if isinstance(option, str) else option.kind for option in case.options()),
        "dossier": shown(case.dossier),
        "progress": shown(case.progress),
        "documents": list(case.documents),
    }
    exports = [minutes(case.entries, language) for language in ("zh", "en")]
    exports += [register(case.entries).markdown(language) for language in ("zh", "en")]
    record = [(entry.payload, canonical(entry.private())) for entry in case.entries]
    public = [entry.payload for entry in case.redacted()]
    parts = [canonical(part.to_data()) for _, part in sorted(case.parts.items())]
    pieces = [
        canonical(state),
        *[each.encode() for each in exports],
        *[b for both in record for b in both],
        *public,
        *parts,
    ]
    return b"".join(len(piece).to_bytes(8, "big") + piece for piece in pieces)


def shown(value: Any) -> Any:
    """What a case has established, as plain data: ``repr`` would tell a set in the order of the hash seed."""
    if isinstance(value, Kept):
        return value.digest
    if fields := getattr(value, "__struct_fields__", None) or [
        each.name for each in getattr(value, "__attrs_attrs__", ())
    ]:
        return {field: shown(getattr(value, field)) for field in fields}
    if isinstance(value, frozenset | set):
        return sorted((shown(each) for each in value), key=canonical)
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(key): shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple) or (hasattr(value, "__iter__") and not isinstance(value, str | bytes)):
        return [shown(each) for each in value]
    return dump(value)


def main(count: int) -> None:
    """A line for each log; each is folded twice from its stored bytes."""
    for number in range(count):
        case = made(number)
        stored = [
            (each.payload, canonical(each.private()) if each.sealed else None, each.digest) for each in case.entries
        ]
        first, second = (told(Case.read(stored, kinds=Kinds(), parts=case.parts)) for _ in range(2))
        if not first == second == told(case):
            raise AssertionError(f"log {number} was told otherwise the second time")
        sys.stdout.write(f"{hashlib.sha256(first).hexdigest()} {case.version} {case.digest}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
