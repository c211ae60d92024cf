"""What the tests of this room share: reading minutes back, and the cases that they are of. All cases are invented."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from walks import CITED, COMMITTEES, VOTERS, Step, alone, assembly, courtyard, day, done, solicited, take
from yizheng import Case
from yizheng.record import minutes
from yizheng.rules import FOR, PRESENT, Choice, Rule
from yizheng.stages import CloseVote, Convene, RecordBallots, TakeAttendance

LANGUAGES = ("zh", "en")
WITHHELD = {"zh": "〔不公开〕", "en": "[withheld]"}


def told(case: Case, number: int, language: str = "zh", **settings: Any) -> str:
    """What the minutes say of an entry, up to the next entry or heading."""
    whole = minutes(case.entries, language, **settings)
    found = re.search(rf"^\*\*{number}\.\*\* .*?(?=\n\n(?:\*\*[0-9]+\.\*\* |## )|\Z)", whole, re.DOTALL | re.MULTILINE)
    assert found, f"entry {number} is not told:\n{whole}"
    return found[0]


def last(case: Case, language: str = "zh", **settings: Any) -> str:
    """What the minutes say of the last entry."""
    return told(case, case.version, language, **settings)


def headings(whole: str, level: int = 2) -> list[str]:
    """The headings of a level."""
    return [line[level + 1 :] for line in whole.splitlines() if line.startswith("#" * level + " ")]


def shape(whole: str) -> list[str]:
    """The structure of a document, line by line: how many cells a row has, or what stands before any words."""
    return [_shape(line) for line in whole.split("\n")]


def _shape(line: str) -> str:
    if line.startswith("|"):
        return f"{line.count('|')} bars"
    opening = re.match(r"[#>\s]*(- |\*\*[0-9]+\.\*\* )?", line)
    assert opening
    return opening[0]


def in_committee(*steps: Step) -> Case:
    """A courtyard case before the two committees, after some steps there."""
    return take(take(courtyard(), solicited()), steps)


def called(held: datetime, **settings: Any) -> Step:
    """The call of a meeting, an hour before it is held."""
    return Step(Convene(held_at=held, **settings), held.replace(hour=8))


def voted(
    present: Iterable[str] = VOTERS,
    for_: int = 0,
    against: int = 0,
    *,
    rule: Rule | None = None,
    **settings: Any,
) -> Case:
    """The assembly sat, and its vote by name was closed."""
    here = list(present)
    ballots = dict.fromkeys(here[:for_], Choice.FOR) | dict.fromkeys(here[for_ : for_ + against], Choice.AGAINST)
    case = done(
        alone(assembly(**({} if rule is None else {"rule": rule}), **settings)),
        (Convene(held_at=day(3)), day(0)),
        (TakeAttendance(here), day(3)),
    )
    if ballots:
        case = done(case, (RecordBallots(ballots, channel="paper", evidence="box 1"), day(3, 10)))
    return done(case, (CloseVote(), day(3, 11)))


EVERYONE = [member.id for member in COMMITTEES]
NO_QUORUM = Rule(quorum=None, passage=FOR > Fraction(1, 2) * PRESENT, citation=CITED)
