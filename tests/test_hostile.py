"""Hopeless arguments at every public door: a clear error of the library's own tree, at once, and nothing is lost.

The public names are walked, not listed: whatever stands in the ``__all__`` of a room is given hostile values, one
argument at a time beside good ones. A new name must be given good arguments here (``GOOD``, ``PECULIAR``, ``MADE``).
"""

from __future__ import annotations

import asyncio
import enum
import importlib
import inspect
import io
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest
from sqlalchemy import Engine, NullPool, StaticPool, create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from typing_extensions import get_protocol_members

from batch.places import CLOSES, voted
from batch.places import kept as voted_in_a_docket
from walks import (
    ALLOWANCE_OFFICES,
    ALLOWANCE_ROLLS,
    ASSEMBLY,
    CITED,
    COMMITTEES,
    COURTYARD_ROLLS,
    MEETING,
    OFFICES,
    START,
    alone,
    assembly,
    cited,
    courtyard,
    day,
    days,
    family,
    matter,
)
from yizheng import Case, Docket, Member, Period, Procedure, Proxy, Roll, Text, WorkingCalendar, catalogue
from yizheng.batch import (
    USUAL,
    Batch,
    Called,
    Criterion,
    FuzzyLikeness,
    Group,
    Meetings,
    Schedule,
    Sitting,
    TitleLikeness,
    TriageLog,
    Wording,
    triage,
)
from yizheng.calendar import PLAIN_DAYS, PlainDays
from yizheng.calendar import Unit as UnitOfTime
from yizheng.canonical import canonical
from yizheng.case import Entry, Shared
from yizheng.catalogue.applying import CATEGORIES, Ground
from yizheng.conformance import Conformance, Conformity, Departure, Event
from yizheng.conformance.keeping import ORDER
from yizheng.docket import AsyncDocket
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, YizhengError, shown
from yizheng.people import Holding, Household, OwnersRoll, ProxyPolicy, RollArrays, Service, Unit, owners_roll
from yizheng.people.counting import Places
from yizheng.procedure import Change, Failure, Fault, Kinds, PathStep, Proof, Shown
from yizheng.procedure.duties import Existence
from yizheng.proofs import Checkpoint, Comparison, ConsistencyProof, InclusionProof, Leaf, Receipt, Report, TreeHead
from yizheng.reasons import NOT_NOW, Code, Reason, Refused
from yizheng.record import Register, minutes, register
from yizheng.rules import (
    ENTITLED,
    FOR,
    Audit,
    BallotPolicy,
    Choice,
    Deemed,
    Figure,
    Filling,
    LongerPeriod,
    Lot,
    Motion,
    Needs,
    Placing,
    Question,
    Quota,
    Resolution,
    Rule,
    Ruling,
    Selection,
    Silence,
    Step,
    Tally,
    to_data,
)
from yizheng.stages import (
    Act,
    Action,
    Clock,
    CloseSolicitation,
    Delegation,
    Effect,
    FactIs,
    FillPlaces,
    Note,
    OpenSolicitation,
    Solicitation,
    SplitOut,
    Stage,
    StageBase,
    Survey,
)
from yizheng.store import (
    AsyncSQLAlchemyStore,
    FolderDocuments,
    MemoryDocuments,
    MemoryStore,
    Record,
    SQLAlchemyStore,
    SQLiteStore,
    ThreadedStore,
    Write,
)
from yizheng.store.immediate import Immediate
from yizheng.values import FrozenMap

# What is handed in


class Mute:
    """An object that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no words")

    __str__ = __repr__


class Quarrelsome:
    """An object that cannot be compared."""

    __hash__ = object.__hash__

    def __eq__(self, _: object) -> bool:
        raise RuntimeError("no comparison")


class Slippery:
    """An object that cannot be hashed, and says so in an error of its own."""

    def __hash__(self) -> int:
        raise RuntimeError("no hash")


class Unhashable:
    """An object that cannot be hashed."""

    __hash__: ClassVar[None] = None  # type: ignore[assignment]


class Words(str):
    """A string that is not quite one."""

    __slots__ = ()

    def __repr__(self) -> str:
        raise RuntimeError("no words")


class Number(int):
    """An integer that is not quite one."""

    def __repr__(self) -> str:
        raise RuntimeError("no words")


class Nowhere(tzinfo):
    """A zone without an offset."""

    def utcoffset(self, _: datetime | None) -> None:
        """None."""


class Other(enum.Enum):
    """An enumeration that is none of ours."""

    FOR = "for"


def nested(depth: int) -> list[Any]:
    """Lists within lists."""
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def nested_tables(depth: int) -> dict[str, Any]:
    """Tables within tables, with the keys of conditions."""
    inner: dict[str, Any] = {}
    for _ in range(depth):
        inner = {"all": [inner]}
    return inner


ITSELF: list[Any] = []
ITSELF.append(ITSELF)
DEEP, DEEP_TABLE = nested(20_000), nested_tables(20_000)

HOSTILE: dict[str, Callable[[], Any]] = {
    "nothing": lambda: None,
    "an object": object,
    "a long integer": lambda: 10**5000,
    "a long negative integer": lambda: -(10**5000),
    "a negative integer": lambda: -1,
    "an odd integer": lambda: Number(10**30),
    "a truth value": lambda: True,
    "not a number": lambda: float("nan"),
    "endless": lambda: float("inf"),
    "a decimal that is no number": lambda: Decimal("sNaN"),
    "a decimal of five million digits": lambda: Decimal("1e5000000"),
    "a long fraction": lambda: Fraction(10**5000, 3),
    "a complex number": lambda: 1j,
    "an empty string": lambda: "",
    "a space": lambda: " ",
    "half of a surrogate pair": lambda: "\ud800",
    "a NUL": lambda: "\0",
    "braces": lambda: "{0.__class__}{x}",
    "a long string": lambda: "x" * 70_000,
    "many digits": lambda: "9" * 5000,
    "an odd string": lambda: Words("for"),
    "no bytes": lambda: b"",
    "bytes": lambda: b"\xff\x00",
    "an empty list": list,
    "a list of nothing": lambda: [None],
    "a list of lists": lambda: [[[]]],
    "a list of halves of surrogate pairs": lambda: ["\ud800"],
    "deep lists": lambda: DEEP,
    "a list of itself": lambda: ITSELF,
    "an empty table": dict,
    "a table of integers": lambda: {1: 2},
    "a table of nothing": lambda: {None: None},
    "a table of lists": lambda: {"a": [1, {}]},
    "deep tables": lambda: DEEP_TABLE,
    "an empty set": set,
    "a set of nothing": lambda: {None},
    "an empty tuple": tuple,
    "a tuple": lambda: (1, "a", None),
    "an iterator": lambda: iter([1]),
    "a range": lambda: range(3),
    "a class": lambda: PlainDays,
    "a class of actions": lambda: Note,
    "a built-in class": lambda: list,
    "a function": lambda: nested,
    "an ellipsis": lambda: ...,
    "a day": lambda: date(2026, 3, 2),
    "the last day": lambda: date.max,
    "a moment without a zone": lambda: datetime(2026, 3, 2),  # noqa: DTZ001 -- that is what is wrong with it
    "a moment without an offset": lambda: datetime(2026, 3, 2, tzinfo=Nowhere()),
    "the last moment": lambda: datetime.max.replace(tzinfo=UTC),
    "a length of time": lambda: timedelta.max,
    "a member of another enumeration": lambda: Other.FOR,
    "a rule": lambda: MEETING,
    "an action": lambda: Note("x"),
    "what cannot be shown": Mute,
    "what cannot be compared": Quarrelsome,
    "what cannot be hashed": Slippery,
    "what is not hashable": Unhashable,
    "a list of what cannot be shown": lambda: [Mute()],
    "a table of what cannot be shown": lambda: {"a": Mute(), "for": Mute()},
}

LONGEST, SLOWEST = 8_000, 1.0
"""The most characters that an error may have, and the most seconds of work until it comes."""

# Where it is handed in

# All but ``testing``, which has no doors: what its checks are handed is the store, and what they raise is their answer.
ROOMS = (
    "batch",
    "calendar",
    "canonical",
    "case",
    "catalogue.applying",
    "catalogue.assistance",
    "catalogue.collective",
    "catalogue.disputes",
    "catalogue.hearings",
    "law",
    "catalogue.local",
    "catalogue.owners",
    "catalogue.residents",
    "catalogue.siyi",
    "catalogue.villages",
    "catalogue.yishi",
    "catalogue.yizheng",
    "citation",
    "conformance",
    "docket",
    "exchange",
    "guide",
    "matter",
    "people",
    "procedure",
    "procedure.duties",
    "proofs",
    "reasons",
    "record",
    "rules",
    "stages",
    "store",
    "text",
    "values",
)

SEAMS = get_protocol_members(Stage) | {"why", "start"}
"""What a kind of stage or action answers to the case, which asks with values that it has made itself."""

COLLECTIONS = frozenset({"FrozenMap", "GrowingList", "GrowingMap", "ShrinkingMap"})
"""They keep Python's own protocols, whose errors (IndexError, KeyError, TypeError) the language itself relies on."""

INSIDE = frozenset(
    {
        "Kept",  # what others derive from
        "Template",  # what the templates of duties derive from
        "Automaton",  # what they accept, for proofs and conformance, which ask with values that they have made
        "as_duties",
        "brought",
        "duty_to_data",
        "seen_by",
        "so_often",
        "sort_of",
        "told",
        "deeming",  # for ``deem``, which works out what it hands in
        "faults_of",  # for stages, which hand in mandates that they have read
        "filled",  # the quick way for mappings that were checked already
        "encoded",  # for data that were checked already; ``canonical`` is the door
        "instance_of",  # these three make validators out of classes, when a class is written
        "optional_instance_of",
        "private",
        "counts",  # these three are for rules, which ask for what they name themselves
        "gaps",
        "measured",
        "Likeness",
        "Stage",
        "AsyncStore",
        "Documents",
        "Store",
        "Calendar",
        "Electors",
        "Voter",
    }
)

LABELS = frozenset({"what", "path", "self", "cls"})
"""What a caller calls the value in errors, in the words of its own source."""

VARIOUS = {"facts": "stage", "measures": "heads", "values": "a"}
"""What is given by name where any name can be given."""

CLASSES = frozenset({"values.all_of.kind", "values.one.kind", "values.one_of.kind"})
"""Classes that stand in the source of the caller."""

GROUND = Ground(words="x", citation=CITED)
WHOLE = Record(
    stream="s", version=1, kind="k", kind_version=1, moment=START.astimezone(UTC), payload=b"{}", digest="00"
)
PROCEDURE = catalogue.yizheng.COURTYARD
UNPROVED = attrs.evolve(PROCEDURE, duties=[Existence("resolve")]).prove()
RULED = MEETING.judge(Tally.of(entitled=10, present=8, for_=6, against=1, abstaining=1))
SILENCE = Silence("for", basis=CITED)
WRITTEN_TALLY = Tally.of(entitled=10, for_=6, against=1, abstaining=0, invalid=0, presence=False)
AUDIT = MEETING.audit(COMMITTEES)
ODD = next(iter(AUDIT))
EVENT = Event("resolve.carried", START, by="chair")
DEPARTURE = Departure(code="order", number=1, words=Text("x", "x"))
ROW = {"activity": "x", "at": START, "by": "x", "x": "x"}
TABLE = b"activity,at,x\nx,2026-03-02T00:00:00Z,x\n"
OCEL = b'{"events": [], "objects": [{"id": "o", "type": "x"}]}'
REASON = NOT_NOW(stage="s", phase="p", action="a", options=())
OPENED = courtyard()
FIRST = OPENED.entries[0]
UNIT = Unit("u", kind="dwelling", area="1.00")
CLAUSE = catalogue.law.Clause("x", citation=CITED)
QUESTION = Question(
    text="x", options=["a", "b"], rule=Rule(quorum=None, passage=FOR >= 1), edge=Step.LOT, unmarked=Choice.ABSTAIN
)
TALLIES = QUESTION.count({"c-1": ["a"], "c-2": ["b"]}, COMMITTEES)
MARKS = np.array([1, 1, 1, 1, 2, 3, 0], dtype=np.int8)
PLACES = Places("two_committees", COMMITTEES.members)
OWNERS = owners_roll("owners", [UNIT], [Holding("u", owners=["a"])], on=START.date())

BATCH, HELD = Batch.open(
    [attrs.evolve(matter(), id="a"), attrs.evolve(matter(), id="b")],
    PROCEDURE,
    COURTYARD_ROLLS,
    OFFICES,
    at=START,
    by="sec-1",
    id="batch-1",
)
LEAF = Leaf(stream="s", version=1, digest="0" * 64, salt=b"0" * 16)
SEALED = Checkpoint(at=START, leaves=[LEAF])
RECEIPT = SEALED.receipt("s")

SPLIT = BATCH.act(SplitOut("a", "x"), at=START, by="sec-1")
COMPETING, VOTED = voted([7, 8], Quota(seats=1))
FILLING = Quota(seats=1).fill({"a": RULED})
PLACING = FILLING.placings("batch-1", WHOLE.digest)["a"]
PLANNED = (matter(), attrs.evolve(matter(), id="2026-008"))
PAIR = Group(matters=PLANNED, key="x")
CONTESTED = Criterion("contested", "x", holds=lambda each: "budget" in each.facts)
SORTED = triage(PLANNED, [CONTESTED])


def _category(each: Any) -> str:
    return each.category


GOOD: dict[str, Any] = {
    "a": "solicit",
    "b": "resolve",
    "action": Note("x"),
    "actions": Note,
    "amount": FOR,
    "answers": {"satisfied": 1},
    "asked": 3,
    "at": START,
    "ballots": {"m-01": "for"},
    "basis": CITED,
    "body": "assembly",
    "by": "sec-1",
    "calendar": PLAIN_DAYS,
    "case": "2026-007",
    "case_id": "2026-007",
    "category": "courtyard",
    "channel": "paper",
    "channels": {"online"},
    "choice": "for",
    "citation": CITED,
    "claimed": FIRST.digest,
    "clock": Clock.HAPPENED,
    "code": "A",
    "comparison": FOR >= 1,
    "conclusion": "x",
    "content": "x",
    "converter": str,
    "corrected": "resolve",
    "cure": Text("x", "x"),
    "data": b"x",
    "deciding": "resolve",
    "digest": "0" * 64,
    "digests": (),
    "document": "0" * 64,
    "draw": bytes,
    "due": day(9),
    "duty": None,
    "effect": Effect(),
    "en": "x",
    "entered": START,
    "entries": OPENED.entries,
    "entry": 1,
    "event": date(2026, 3, 9),
    "evidence": "x",
    "expected": 0,
    "fact": "x",
    "figure": Figure.FOR,
    "finding": "x",
    "for_": 1,
    "found": 1,
    "against": 1,
    "group": "leaders",
    "held": (),
    "held_at": day(9),
    "holder": "b",
    "holders": ["x"],
    "holds": True,
    "how": "by_hand",
    "id": "x",
    "in_zone": "Asia/Shanghai",
    "instrument": "x",
    "item": Text("x", "x"),
    "key": "k",
    "kind": "note",
    "kind_version": 1,
    "kinds": Kinds(),
    "label": "x",
    "language": "en",
    "least": days(1),
    "left": FOR,
    "length": 3,
    "matter": matter(),
    "measure": "heads",
    "measures": {"heads": {"for": 1}},
    "member": "m-01",
    "members": [Member("a")],
    "message": "x",
    "moment": START,
    "name": "stage",
    "needed": None,
    "note": "x",
    "notice": date(2026, 3, 2),
    "number": 1,
    "objection": "x1",
    "office": "chair",
    "offices": OFFICES,
    "on": date(2026, 3, 2),
    "opened": START,
    "opinion": "o1",
    "origin": None,
    "part": None,
    "parts": OPENED.parts,
    "passage": FOR >= 1,
    "passed": True,
    "path": "x",
    "payload": FIRST.payload,
    "policy": "for",
    "population": "x",
    "present": ["m-01"],
    "previous": "0" * 64,
    "principal": "a",
    "private": None,
    "procedure": PROCEDURE,
    "proxy": Proxy("m-02", "m-01", "x"),
    "purpose": "x",
    "question": "x",
    "quorum": None,
    "reason": "x",
    "reasons": "x",
    "recorded_at": START,
    "reference": "x",
    "report": "x",
    "responsible": "x",
    "right": ENTITLED,
    "rolls": COURTYARD_ROLLS,
    "rule": MEETING,
    "salt": b"0" * 16,
    "share": "1/2",
    "sign": ">=",
    "silence": SILENCE,
    "since": START,
    "stage": "resolve",
    "stage_id": "resolve",
    "start": date(2026, 3, 2),
    "store": MemoryStore(),
    "stored": [(FIRST.payload, None, FIRST.digest)],
    "stream": "s",
    "summary": "x",
    "tally": RULED.tally,
    "task": "x",
    "terms": FOR.terms,
    "text": "x",
    "times": 1,
    "title": "x",
    "to": "x",
    "until": day(20),
    "upheld": True,
    "value": 1,
    "values": {"a": "b"},
    "version": 1,
    "warning": "x",
    "wave": "before",
    "what": "x",
    "withdrawn": "withdrawn",
    "words": Text("x", "x"),
    "zh": "x",
    "zone": "Asia/Shanghai",
}
"""A good value for each parameter, by its name."""


def engine(url: str = "sqlite://") -> Engine:
    """A database in memory with the tables of a store."""
    made = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    SQLAlchemyStore.create(made)
    return made


ENGINE = engine()
SHARED = "///file:hostile?mode=memory&cache=shared&uri=true"
KEEPS_SHARED = engine(f"sqlite:{SHARED}")
ASYNC_ENGINE = create_async_engine(f"sqlite+aiosqlite:{SHARED}", poolclass=NullPool)
FOLDER = tempfile.TemporaryDirectory()
DOCUMENT = MemoryDocuments().put(b"x")


def with_document(documents: Any) -> Any:
    """It has one document."""
    documents.put(b"x")
    return documents


PECULIAR: dict[str, dict[str, Any]] = {
    "batch.Alike": {"matters": PLANNED, "like": "x"},
    "batch.Alone": {"why": "unlike"},
    "batch.ByHand": {"matter": "2026-007", "selected": True},
    "batch.Called": {"sitting": "meeting", "one_by_one": 2, "together": 1},
    "batch.Criterion": {"holds": bool},
    "batch.Finding": {"matter": "2026-007", "met": ["x"], "by_hand": None},
    "batch.FuzzyLikeness": {"share": "1/5", "wording": USUAL, "times": 2},
    "batch.FuzzyLikeness.gather": {"matters": PLANNED},
    "batch.Group": {"matters": PLANNED},
    "batch.Meetings": {"called": ()},
    "batch.Saving": {"one_by_one": 2, "together": 1},
    "batch.Schedule": {"groups": [PAIR], "alone": ()},
    "batch.Schedule.saved": {"procedure": PROCEDURE, "shared": ["propose"], "one_sitting": True},
    "batch.TitleLikeness": {"wording": USUAL, "times": 2, "least": 3},
    "batch.TitleLikeness.gather": {"matters": PLANNED},
    "batch.Triage": {"matters": PLANNED, "log": SORTED.log},
    "batch.TriageLog": {"criteria": SORTED.log.criteria, "findings": SORTED.log.findings},
    "batch.TriageLog.from_data": {"data": SORTED.log.to_data()},
    "batch.TriageLog.why": {"matter_id": "2026-007"},
    "batch.Wording": {"synonyms": {"a": "B"}, "openings": ["c"], "telling": "a", "numbers": True},
    "batch.Wording.keys": {"titles": ["x"]},
    "batch.meetings": {"groups": [PLANNED], "shared": ["propose"], "one_sitting": True},
    "batch.plan": {"matters": PLANNED, "by": _category, "similar": TitleLikeness(), "limit": 2},
    "batch.triage": {"matters": PLANNED, "criteria": [CONTESTED], "by_hand": ()},
    "conformance.Conformance": {"names": {"x": "resolve"}, "duties": [Existence(["resolve"])]},
    "conformance.Conformance.broken": {"activities": ["propose.carried"]},
    "conformance.Conformance.broken_each": {"traces": [["propose.carried"]]},
    "conformance.Conformance.walk": {"activities": ["propose.carried"]},
    "conformance.Conformity": {"departures": ()},
    "conformance.Demand": {"sought": "duty", "milestone": "x"},
    "conformance.Departure": {"code": "order", "demand": None},
    "conformance.Event": {"activity": "x", "case": "x", "lifecycle": "complete"},
    "conformance.conform": {
        "entries": [EVENT],
        "offices": {"chair": ["x"]},
        "observed": ["resolve"],
        "duties": [Existence(["resolve"])],
    },
    "conformance.read_csv": {"source": TABLE, "columns": {"by": "x"}, "zone": "UTC", "encoding": "utf-8"},
    "conformance.read_ocel": {"source": OCEL, "case": "x", "zone": "UTC", "by": "x"},
    "conformance.read_rows": {"rows": [ROW], "columns": {"by": "x"}, "zone": "UTC"},
    "conformance.read_xes": {"source": b"<log/>", "zone": "UTC", "activity": "x", "by": "x"},
    "docket.treated_otherwise": {"docket": [OPENED], "old": PROCEDURE, "new": PROCEDURE},
    "procedure.Change": {"was": Text("x", "x"), "now": Text("x", "x"), "was_by": CITED, "now_by": CITED},
    "procedure.actions_of": {"stages": PROCEDURE.stages},
    "procedure.diff": {"old": PROCEDURE, "new": PROCEDURE},
    "rules.Audit": {"oddities": ()},
    "rules.Audit.find": {"kind": "no_show"},
    "rules.BallotPolicy.choice": {"mark": "blank"},
    "procedure.Lapse": {"milestone": "resolve.lost", "last": date(2026, 6, 30), "instead": "x"},
    "rules.LongerPeriod": {"periods": (days(3), days(5))},
    "rules.LongerPeriod.clear_days_between": {"notice": START.date(), "event": START.date()},
    "rules.Needed": {"votes": 1},
    "rules.Needs": {"carried": True, "possible": True, "exact": True, "ways": ()},
    "rules.Oddity": {field.name: getattr(ODD, field.name) for field in attrs.fields(type(ODD))},
    "rules.Rule.audit": {"roll": COMMITTEES},
    "rules.Rule.needs": {"present": None},
    "rules.stricter": {"one": MEETING, "other": MEETING},
    "rules.Deemed": {"served": {"heads": {None: 1}}},
    "rules.BallotPolicy": {"blank": "abstain", "ambiguous": "invalid"},
    "rules.Deemed.number": {"group": None},
    "exchange.read": {"file": PROCEDURE.to_data(), "kinds": Kinds()},
    "exchange.schema": {"kinds": Kinds()},
    "procedure.Procedure.takes": {"stage": PROCEDURE.stages[0], "action": Note},
    "stages.RecordService": {"members": ["m-01"]},
    "people.ProxyPolicy": {"same_household": "household:"},
    "stages.PersonalHearing": {"concerned": ["recipient"]},
    "rules.deem": {"tally": WRITTEN_TALLY, "served": {"heads": {None: 0}}},
    "rules.silence_from_data": {"data": to_data(SILENCE)},
    "law.Bounds": {"least": 3, "most": 9},
    "law.Provision": {"id": "owners.x", "body": "owners_assembly", "editions": [CLAUSE]},
    "law.Share.met": {"part": 1, "of": 2},
    "law.edition": {"id": "owners.vote.other", "on": START.date()},
    "law.effective": {"id": "owners.vote.other", "on": START.date()},
    "law.provision": {"id": "owners.vote.other"},
    "catalogue.local.periods": {"provision_id": "villages.assembly.notice"},
    "catalogue.local.rules": {"provision_ids": "villages.assembly.persons"},
    "catalogue.local.source": {"provision_ids": "villages.assembly.persons"},
    "catalogue.owners.owners_assembly": {"item": 7},
    "batch.Batch": {"case": BATCH.case},
    "batch.Batch.open": {"group": [matter()], "id": "batch-2"},
    "batch.Batch.take_up": {"case": HELD[0]},
    "batch.Batch.fill_places": {"cases": list(VOTED.values()), "at": CLOSES},
    "case.Case.fill_places": {"cases": list(VOTED.values()), "action": FillPlaces(), "at": CLOSES},
    "case.Case.open_batch": {"matter": attrs.evolve(matter(), id="batch-2"), "items": [matter()]},
    "case.Open": {"rolls": {}},
    "case.OpenBatch": {"matter": attrs.evolve(matter(), id="batch-2"), "rolls": {}, "items": [matter()]},
    "case.Shared": {"case": BATCH.case},
    "case.TakeUp": {"shared": BATCH.shared, "batch": "batch-1", "entries": 1},
    "case.TakeUp.from_batch": {"shared": BATCH.shared},
    "case.Case.going_on_from": {"batch": COMPETING.case},
    "docket.Docket.act_batch": {"batch_id": "batch-1", "at": day(5)},
    "docket.Docket.batch": {"batch_id": "batch-1"},
    "docket.Docket.fill_places": {"batch_id": "batch-1", "at": CLOSES},
    "docket.Docket.open_batch": {"group": [attrs.evolve(matter(), id="c")], "id": "batch-2"},
    "docket.Docket.release": {"batch_id": "batch-1", "at": day(5)},
    "docket.Docket.split": {"batch_id": "batch-1", "item": "a", "how": "split", "at": day(5)},
    "stages.AskSplit": {"item": "a"},
    "stages.Destroy": {"values": {1: {"by"}}},
    "stages.Destroyed": {"entry": 1, "paths": {"by"}},
    "stages.SplitOut": {"item": "a", "how": "split"},
    "catalogue.applying.Applicable": {"matter": "m-1", "category": "dispute", "on": START.date(), "region": None},
    "catalogue.applying.Applicable.explain": {
        "matter": "m-1",
        "category": "dispute",
        "on": START.date(),
        "region": None,
    },
    "catalogue.applying.Category": {"place": CATEGORIES["dispute"].place, "facts": ("delegated_by",)},
    "catalogue.applying.Forum": {"body": "court"},
    "catalogue.applying.Need": {"ground": GROUND, "meaning": "x"},
    "catalogue.applying.RuledOut": {"body": "court", "ground": GROUND},
    "catalogue.applying.applicable": {"matter": attrs.evolve(matter(), category="dispute"), "on": START.date()},
    "catalogue.disputes.motion": {"disputes": PLANNED, "id": "m-1"},
    "stages.AgreeOrally": {"terms": "x", "accord": {"a"}},
    "stages.Agreement": {"effective": START, "written": True, "perform_by": None},
    "stages.AnswerMediation": {"accepts": True},
    "stages.AssignMediators": {"mediators": {"m"}},
    "stages.CheckPerformance": {"performed": True},
    "stages.Dispute": {"parties": {"a": "1", "b": "2"}},
    "stages.Dispute.label_of": {"person": "1"},
    "stages.DrawUpAgreement": {"terms": "x"},
    "stages.Mediate": {"account": "x"},
    "stages.RecordConfirmation": {"valid": True},
    "stages.RegisterDispute": {"parties": {"a": "1", "b": "2"}, "facts": "x", "found": "patrol"},
    "stages.EnterDanger": {"signs": "x"},
    "stages.InviteHelper": {"role": "x"},
    "stages.ReportDanger": {"signs": "x"},
    "stages.SignAgreement": {"seal": True},
    "case.first_dossier": {"entry": FIRST},
    "docket.Docket.compare": {"checkpoint": SEALED},
    "proofs.Checkpoint": {"leaves": [LEAF]},
    "proofs.Checkpoint.from_data": {"data": SEALED.to_data()},
    "proofs.Comparison": {"checked": 1, "reports": [Report(entries=0)]},
    "proofs.ConsistencyProof": {"first": 1, "second": 1, "path": ()},
    "proofs.ConsistencyProof.from_data": {"data": {"first": 1, "second": 1, "path": []}},
    "proofs.ConsistencyProof.holds": {"first_root": "0" * 64, "second_root": "0" * 64},
    "proofs.InclusionProof": {"index": 0, "size": 1, "path": ()},
    "proofs.InclusionProof.from_data": {"data": RECEIPT.proof.to_data()},
    "proofs.InclusionProof.holds": {"leaf": b"x", "root": "0" * 64},
    "proofs.Leaf.from_data": {"data": LEAF.to_data()},
    "proofs.Receipt": {"leaf": LEAF, "proof": RECEIPT.proof},
    "proofs.Receipt.from_data": {"data": RECEIPT.to_data()},
    "proofs.Receipt.holds": {"head": SEALED.head},
    "proofs.Report": {"entries": 1},
    "proofs.TreeHead": {"size": 1, "root": "0" * 64},
    "proofs.TreeHead.from_data": {"data": SEALED.head.to_data()},
    "proofs.consistency": {"leaves": [b"x"], "first": 1},
    "proofs.inclusion": {"leaves": [b"x"], "index": 0},
    "proofs.tree_root": {"leaves": [b"x"]},
    "proofs.verify": {
        "entries": [(FIRST.payload, canonical(FIRST.private()), FIRST.digest)],
        "kinds": Kinds(),
        "leaf": LEAF,
        "parts": OPENED.parts,
    },
    "canonical.canonical": {"data": {"a": 1}},
    "calendar.PlainDays.is_holiday": {"day": START.date()},
    "calendar.PlainDays.is_working": {"day": START.date()},
    "calendar.WorkingCalendar.is_holiday": {"day": START.date()},
    "calendar.WorkingCalendar.is_working": {"day": START.date()},
    "calendar.end_of_day": {"day": START.date()},
    "calendar.moment": {"value": START},
    "calendar.zone": {"key": "Asia/Shanghai"},
    "docket.Docket.open": {"matter": attrs.evolve(matter(), id="2026-008")},
    "people.Household": {"persons": ["a"]},
    "people.Holding": {"owners": ["a"]},
    "people.LeftOut": {"unit": UNIT},
    "people.OwnersRoll": {"roll": OWNERS.roll},
    "people.RollArrays": {"length": 7, "places": PLACES, "weights": {}, "scale": {}, "electorate": None},
    "people.RollArrays.of": {"places": PLACES, "measures": (), "groups": ()},
    "people.RollArrays.tally": {"marks": MARKS},
    "people.tally_arrays": {
        "marks": MARKS,
        "weights": {"area": MARKS},
        "scale": {"area": 1},
        "groups": {"a": MARKS == 1},
    },
    "people.Unit": {"area": "1.00"},
    "people.delegates_roll": {"delegates": {"a": ["h"]}},
    "people.households_roll": {"households": [Household("h", persons=["a"])]},
    "people.offices": {"held": {"chair": ["x"]}},
    "people.owners_roll": {"units": [UNIT], "holdings": [Holding("u", owners=["a"])]},
    "people.Roll.from_data": {"data": ASSEMBLY.to_data()},
    "people.Roll.tally": {"ballots": {"c-1": "for"}},
    "people.Roll.total": {"group": None},
    "procedure.Failure": {"fault": Fault("NO_STAGE", FrozenMap())},
    "procedure.Kinds.action": {"kind": "note"},
    "procedure.duties.duty_from_data": {"data": {"is": "init", "a": ["solicit"]}},
    "procedure.Kinds.read_stage": {"data": {"kind": "solicitation", "id": "s", "title": {"zh": "x", "en": "x"}}},
    "procedure.Procedure": {field.name: getattr(PROCEDURE, field.name) for field in attrs.fields(Procedure)},
    "procedure.Procedure.from_data": {"data": PROCEDURE.to_data()},
    "procedure.Procedure.offices_for": {"stage": PROCEDURE.stages[0], "action": Note},
    "reasons.Reason.in_zone": {"zone": UTC},
    "reasons.Refused": {"reasons": (REASON,)},
    "rules.AllOf": {"parts": (FOR >= 1, FOR >= 2)},
    "rules.Amount.of": {"value": 1},
    "rules.Amount.by": {"measure": "area"},
    "rules.AnyOf": {"parts": (FOR >= 1, FOR >= 2)},
    "record.Register": {"sheets": (), "elsewhere": (), "edition": "1"},
    "rules.Motion.judge": {"tally": RULED.tally},
    "rules.Opposed": {"first": Resolution(Motion("x"), RULED), "second": Resolution(Motion("y"), RULED)},
    "rules.Filling": {"quota": FILLING.quota, "seats": 1, "standings": FILLING.standings},
    "rules.Filling.placings": {"batch": "batch-1", "filling": WHOLE.digest},
    "rules.Placing": {field.name: getattr(PLACING, field.name) for field in attrs.fields(Placing)},
    "rules.Question": {"options": ["a", "b"]},
    "rules.Quota": {"by": FOR, "seats": 1},
    "rules.Quota.fill": {"rulings": {"a": RULED}},
    "rules.Standing": {"outcome": "carried", "award": "placed", "votes": WHOLE.digest},
    "rules.Question.count": {"ballots": {"c-1": ["a"]}, "roll": COMMITTEES},
    "rules.Question.read": {"marks": ["a"]},
    "rules.Reading.on": {"option": "a", "blank": Choice.ABSTAIN, "unmarked": Choice.AGAINST},
    "rules.Resolution": {"motion": Motion("x"), "ruling": RULED},
    "rules.Selection": {"question": QUESTION, "tallies": TALLIES},
    "rules.Selection.draw": {"lot": Lot({"a"}, "x")},
    "rules.Selection.number": {"box": "a"},
    "rules.Tally.by_measure": {"measures": {"for": 1}},
    "rules.Tally.counts": {"asked": MEETING.asked},
    "rules.Tally.gaps": {"asked": MEETING.asked},
    "rules.Term": {"group": None},
    "rules.amount_from_data": {"data": to_data(FOR)},
    "rules.amount_from_text": {"text": "for"},
    "rules.condition_from_text": {"text": "for > 1"},
    "rules.rules_from_data": {"data": {"rule": {"a": to_data(MEETING)}}},
    "rules.rules_from_toml": {"text": "[rule]"},
    "rules.rules_to_toml": {"rules": {"a": MEETING}},
    "rules.schema": {"of": "rule"},
    "rules.to_text": {"value": FOR},
    "rules.citation_from_data": {"data": {"instrument": "x"}},
    "rules.condition_from_data": {"data": to_data(FOR >= 1)},
    "rules.rule_from_data": {"data": to_data(MEETING)},
    "rules.ruling_from_data": {"data": to_data(RULED)},
    "rules.tally_from_data": {"data": to_data(RULED.tally)},
    "rules.runoff": {"selection": Selection(attrs.evolve(QUESTION, edge=Step.REVOTE), TALLIES)},
    "rules.to_data": {"value": FOR},
    "stages.AdoptEdition": {"rule": attrs.evolve(MEETING, citation=cited(date(2026, 3, 9)))},
    "stages.AskedBy": {"body": "owners"},
    "stages.ReceiveOpinion": {"channel": "online"},
    "stages.Spend": {"amount": "1.00"},
    "store.AsyncSQLAlchemyStore": {"engine": ASYNC_ENGINE, "also": None},
    "store.AsyncSQLAlchemyStore.create": {"engine": ASYNC_ENGINE},
    "store.FolderDocuments": {"path": FOLDER.name},
    "store.FolderDocuments.get": {"digest": DOCUMENT},
    "store.FolderDocuments.open": {"digest": DOCUMENT},
    "store.FolderDocuments.put": {"content": b"x"},
    "store.MemoryDocuments.get": {"digest": DOCUMENT},
    "store.MemoryDocuments.open": {"digest": DOCUMENT},
    "store.MemoryDocuments.put": {"content": b"x"},
    "store.Record": {"kind": "k", "payload": b"{}"},
    "docket.AsyncDocket": {"store": Immediate(MemoryStore())},
    "proofs.Checkpoint.check_async": {"store": Immediate(MemoryStore())},
    "proofs.Checkpoint.seal_async": {"store": Immediate(MemoryStore())},
    "store.SQLAlchemyStore": {"engine": ENGINE, "also": None},
    "store.SQLAlchemyStore.create": {"engine": ENGINE},
    "store.SQLiteStore": {"path": ":memory:"},
    "store.Write": {"records": [WHOLE], "parts": {}, "facts": {}},
    "text.as_text": {"words": "x"},
    "text.joined": {"words": ["x"]},
    "values.a_day": {"value": START.date()},
    "values.all_of": {"kind": str, "values": ["x"]},
    "values.frozen": {"values": {}},
    "values.items": {"value": []},
    "values.keyed": {"values": {}},
    "values.mapping": {"value": {}},
    "values.flag": {"value": True},
    "values.name": {"value": "x"},
    "values.names": {"values": ["x"]},
    "values.one": {"kind": int},
    "values.one_of": {"kind": UnitOfTime, "value": "days"},
    "values.prose": {"value": "x"},
    "values.several": {"values": []},
    "values.written": {"number": Fraction(1, 3)},
}
"""What a name takes that is not what its parameters are called elsewhere, or what it takes besides."""


SMALL = alone(assembly())


def kept(store: MemoryStore | None = None) -> Docket:
    """A docket with one small case."""
    docket = Docket(MemoryStore() if store is None else store)
    docket.open(
        attrs.evolve(SMALL.matter, id="2026-007"),
        SMALL.procedure,
        {"assembly": ASSEMBLY},
        SMALL.offices,
        at=START,
        by="sec-1",
        key="k0",
    )
    return docket


def with_record(store: Any) -> Any:
    """A store with one record."""
    store.append(Write(stream="s", expected=0, records=[WHOLE], facts={"stage": "x"}))
    return store


@cache
def kept_batch() -> tuple[Write, ...]:
    """What a store holds of one small case, and of a batch that has come to where its matters are released."""
    store = MemoryStore()
    docket = kept(store)
    docket.open_batch(
        [attrs.evolve(matter(), id="a"), attrs.evolve(matter(), id="b")],
        attrs.evolve(PROCEDURE, shared=["solicit"]),
        COURTYARD_ROLLS,
        OFFICES,
        at=START,
        by="sec-1",
        id="batch-1",
    )
    docket.act_batch("batch-1", OpenSolicitation(channels={"online"}, until=day(3)), at=START, by="sec-1")
    docket.act_batch("batch-1", MADE[Survey](), at=START, by="sec-1")
    docket.act_batch("batch-1", CloseSolicitation(summary="x"), at=day(4), by="sec-1")
    read = {stream: store.load(stream) for stream in store.streams()}
    return tuple(
        Write(stream=stream, expected=0, records=records, parts=parts, facts=store.facts(stream))
        for stream, (records, parts) in read.items()
    )


def kept_together() -> Docket:
    """A docket with all of that, made anew for each who asks."""
    store = MemoryStore()
    store.append(*kept_batch())
    return Docket(store)


MADE: dict[type[Any], Callable[[], Any]] = {
    Batch: lambda: SPLIT,
    Change: lambda: Change(code="STAGE_ADDED", where="x", called=Text("x", "x")),
    Conformance: lambda: Conformance(PROCEDURE),
    Conformity: lambda: Conformity(entries=1, departures=[DEPARTURE]),
    Departure: lambda: DEPARTURE,
    type(ORDER): lambda: ORDER,
    Shared: lambda: BATCH.shared,
    Audit: lambda: AUDIT,
    Called: lambda: Called(stage="s", sitting=Sitting.MEETING, title="x"),
    FuzzyLikeness: FuzzyLikeness,
    Meetings: lambda: Meetings(()),
    Schedule: lambda: Schedule(groups=[PAIR]),
    TitleLikeness: TitleLikeness,
    TriageLog: lambda: SORTED.log,
    Wording: lambda: USUAL,
    LongerPeriod: lambda: LongerPeriod((days(3), days(5))),
    Needs: lambda: MEETING.needs(RULED.tally),
    type(ODD): lambda: ODD,
    Case: lambda: OPENED,
    Checkpoint: lambda: SEALED,
    Comparison: lambda: Comparison(at=START, checked=1, reports=[Report(entries=0)]),
    ConsistencyProof: lambda: ConsistencyProof(first=1, second=1, path=()),
    InclusionProof: lambda: RECEIPT.proof,
    Leaf: lambda: LEAF,
    Receipt: lambda: RECEIPT,
    Report: lambda: Report(entries=1),
    TreeHead: lambda: SEALED.head,
    Docket: kept_together,
    Entry: lambda: FIRST,
    Fault: lambda: Fault("NO_STAGE", {}),
    Failure: lambda: UNPROVED.failures[0],
    PathStep: lambda: UNPROVED.failures[0].path[0],
    Proof: lambda: UNPROVED,
    Shown: lambda: UNPROVED.shown[0],
    InvalidValue: lambda: InvalidValue("x"),
    Kinds: Kinds,
    FolderDocuments: lambda: with_document(FolderDocuments(FOLDER.name)),
    MemoryDocuments: lambda: with_document(MemoryDocuments()),
    MemoryStore: lambda: with_record(MemoryStore()),
    Period: lambda: days(3),
    PlainDays: lambda: PLAIN_DAYS,
    Procedure: lambda: PROCEDURE,
    OwnersRoll: lambda: OWNERS,
    ProxyPolicy: ProxyPolicy,
    Delegation: Delegation,
    BallotPolicy: BallotPolicy,
    Deemed: lambda: Deemed(silence=SILENCE, served={"heads": {None: 1}}),
    Service: lambda: Service(member="m-01", at=START, how="by_hand", warning="x", evidence="x"),
    Reason: lambda: REASON,
    Refused: lambda: Refused([REASON]),
    Register: lambda: register(OPENED.entries),
    Roll: lambda: COMMITTEES,
    RollArrays: COMMITTEES.arrays,
    Rule: lambda: MEETING,
    Ruling: lambda: RULED,
    Question: lambda: QUESTION,
    Filling: lambda: FILLING,
    Placing: lambda: PLACING,
    Quota: lambda: FILLING.quota,
    Selection: lambda: Selection(QUESTION, TALLIES),
    SQLAlchemyStore: lambda: with_record(SQLAlchemyStore(engine())),
    SQLiteStore: lambda: with_record(SQLiteStore(":memory:")),
    AsyncSQLAlchemyStore: lambda: AsyncSQLAlchemyStore(ASYNC_ENGINE),
    Tally: lambda: RULED.tally,
    ThreadedStore: lambda: ThreadedStore(with_record(MemoryStore())),
    Text: lambda: Text("x", "x"),
    WorkingCalendar: WorkingCalendar,
    type(CITED): lambda: CITED,
    type(FOR): lambda: FOR,
    Act: lambda: Act(Note("x"), START, START, "sec-1", PLAIN_DAYS, "Asia/Shanghai"),
    Survey: lambda: Survey(wave="before", question="q", population="p", asked=3, answers={}),
}
"""An instance of each class that has methods which take arguments."""

WHOSE: dict[str, Callable[[], Any]] = {
    "batch.Batch.fill_places": lambda: COMPETING,
    "case.Case.fill_places": lambda: COMPETING.case,
    "docket.Docket.fill_places": lambda: voted_in_a_docket(MemoryStore(), [7, 8], COMPETING.quota),
}
"""An instance for a method that asks for a peculiar one."""


SIMPLE: tuple[tuple[str, Any], ...] = (
    ("None", None),
    ("Iterable", ()),
    ("tuple", ()),
    ("Mapping", {}),
    ("FrozenMap", {}),
    ("frozenset", frozenset()),
    ("datetime", START),
    ("date", START.date()),
    ("bool", True),
    ("int", 1),
    ("Exact", 1),
    ("str", "x"),
    ("object", "x"),
    ("Text", "x"),
)
"""A good value for what is named nowhere above, by what its type begins with or holds."""


def good_value(door: str, parameter: inspect.Parameter) -> Any:
    """A good value for a parameter: its own, that of its name, or a simple one of its type."""
    if parameter.name in (own := PECULIAR.get(door, {})):
        return own[parameter.name]
    if parameter.name in GOOD:
        return GOOD[parameter.name]
    said = str(parameter.annotation)
    for kind, value in SIMPLE:
        if said.startswith(kind) or (kind == "None" and said.endswith("| None")):
            return value
    return pytest.fail(f"give {parameter.name}= of {door}, a {said}, a good value in PECULIAR", pytrace=False)


def made(kind: type[Any], label: str) -> Any:
    """An instance of a class: the one that is made for it, or one of good values."""
    return MADE[kind]() if kind in MADE else DOORS[label].call()


async def drained(reading: AsyncIterator[Any]) -> list[Any]:
    """All that comes."""
    return [each async for each in reading]


@attrs.frozen
class Door:
    """Something public that can be called.

    Attributes:
        label: where it stands.
        find: gives what is called, on an instance of its own.
        signature: what it takes.
    """

    label: str
    find: Callable[[], Callable[..., Any]]
    signature: inspect.Signature

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """What can be handed in."""
        return [
            each
            for each in self.signature.parameters.values()
            if (each.name not in LABELS or self.label in {"store.FolderDocuments", "store.SQLiteStore"})
            and f"{self.label}.{each.name}" not in CLASSES
        ]

    def good(self) -> dict[str, Any]:
        """What is handed in where all is well: what must be given, and what is peculiar to it."""
        own, every = PECULIAR.get(self.label, {}), self.signature.parameters.values()
        many = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
        return {
            each.name: good_value(self.label, each)
            for each in every
            if each.name in own or (each.default is each.empty and each.kind not in many)
        }

    def call(self, **given: Any) -> Any:
        """Call it, with some of the good arguments replaced."""
        arguments, called = self.good() | given, self.find()
        bound = self.signature.bind_partial()
        for name, each in self.signature.parameters.items():
            if name not in arguments:
                continue
            value = arguments[name]
            bound.arguments[name] = (
                (value,)
                if each.kind is each.VAR_POSITIONAL
                else {VARIOUS[name]: value}
                if each.kind is each.VAR_KEYWORD
                else value
            )
        result = called(*bound.args, **bound.kwargs)
        if isinstance(result, io.IOBase):
            with result:
                return result.read()
        if inspect.iscoroutine(result):
            result = asyncio.run(result)
        if isinstance(result, AsyncIterator):
            result = asyncio.run(drained(result))
        return list(result) if isinstance(result, Iterator) else result

    def put(self, name: str, make: Callable[[], Any]) -> Any:
        """Call it with one hostile argument."""
        return self.call(**{name: make()})


def _doors() -> Iterator[Door]:
    for room in ROOMS:
        module = importlib.import_module(f"yizheng.{room}")
        for name in module.__all__:
            value = getattr(module, name)
            ours = str(getattr(value, "__module__", None)).startswith("yizheng.")
            if name in INSIDE | COLLECTIONS or not ours:
                continue
            label = f"{room}.{name}"
            if inspect.isfunction(value):
                yield Door(label, lambda value=value: value, inspect.signature(value))
            elif inspect.isclass(value) and not issubclass(value, enum.Enum):
                yield from _doors_of(label, value)


def _doors_of(label: str, kind: type[Any]) -> Iterator[Door]:
    if kind not in {Case, InvalidType} and kind.__init__ not in {object.__init__, Exception.__init__}:
        try:
            yield Door(label, lambda: kind, inspect.signature(kind))
        except ValueError:  # a plain exception has no signature, and takes whatever it is given
            assert issubclass(kind, YizhengError)
    if kind is AsyncDocket:
        return  # what it does is walked through by way of Docket, which does nothing else
    for name, part in inspect.getmembers_static(kind):
        bound = isinstance(part, classmethod | staticmethod)
        function = part.__func__ if bound else part
        own = inspect.isfunction(function) and str(function.__module__).startswith("yizheng.")
        if not own or name.startswith("_") or name in INSIDE:
            continue
        if (name in SEAMS and issubclass(kind, StageBase | Action)) or name == "why":
            continue
        signature = inspect.signature(getattr(kind, name))
        if bound:
            yield Door(f"{label}.{name}", lambda name=name: getattr(kind, name), signature)
        elif len(signature.parameters) > 1:
            rest = [each for each in signature.parameters.values() if each.name != "self"]
            whose = WHOSE.get(f"{label}.{name}", partial(made, kind, label))
            find = lambda name=name, whose=whose: getattr(whose(), name)  # noqa: E731 -- bound to these
            yield Door(f"{label}.{name}", find, signature.replace(parameters=rest))


DOORS = {door.label: door for door in _doors()}


def fault_of(ask: Callable[[], Any]) -> str | None:
    """Ask; what is wrong with the answer, if it is no value and no error of the tree that is short and printable."""
    before, wrong = time.process_time(), None
    try:
        ask()
    except YizhengError as error:
        words = str(error)
        if not words.strip() or len(words) > LONGEST or any("\ud800" <= each <= "\udfff" for each in words):
            wrong = f"{type(error).__name__} cannot be read: {words[:80]!r} ({len(words)} characters)"
    except Exception as error:  # noqa: BLE001 -- which kinds escape is what is asked
        wrong = f"{type(error).__name__} escapes: {str(error)[:200]}"
    took = time.process_time() - before
    return wrong or (f"took {took:.1f} s" if took > SLOWEST else None)


def faults(asked: Iterable[tuple[str, Callable[[], Any]]]) -> list[str]:
    """Everything that is wrong with several answers, each with what was asked."""
    return [f"{where}: {wrong}" for where, ask in asked if (wrong := fault_of(ask)) is not None]


class TestEveryDoor:
    """Whatever is handed in at a public door, what is raised is of the library's tree, and says something."""

    @pytest.mark.parametrize("label", DOORS)
    def test_it_opens(self, label: str) -> None:
        """What the test holds for good arguments is taken; so what is refused below is the hostile one."""
        DOORS[label].call()

    @pytest.mark.parametrize("label", [label for label, door in DOORS.items() if door.parameters])
    def test_it_refuses_what_it_must_in_its_own_words(
        self, label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each argument in turn is replaced by each hostile value: an error of the tree, or a value, and nothing else."""
        monkeypatch.chdir(tmp_path)  # some of them could be the name of a file
        door = DOORS[label]
        found = faults(
            (f"{parameter.name}={kind}", partial(door.put, parameter.name, make))
            for parameter in door.parameters
            for kind, make in HOSTILE.items()
        )
        assert found == []
        assert OPENED == Case.replay(OPENED.entries)

    def test_the_walk_reaches_the_main_road(self) -> None:
        """The walk finds what it is meant to find: constructors, methods, functions, in every room."""
        for label in ("case.Case.act", "docket.Docket.due", "people.Roll", "record.minutes", "stages.CastBallot"):
            assert label in DOORS
        assert {label.rpartition(".")[0].partition(".")[0] for label in DOORS} >= {
            room.partition(".")[0] for room in ROOMS
        }

    def test_a_foreign_error_would_be_seen(self) -> None:
        """What escapes in a foreign kind, cannot be read or takes long is told apart from a clear error."""

        def said(error: Exception) -> str | None:
            def ask() -> None:
                raise error

            return fault_of(ask)

        assert said(InvalidValue("x")) is None
        assert "escapes" in str(said(ValueError("x")))
        assert "cannot be read" in str(said(InvalidValue("")))
        assert "cannot be read" in str(said(InvalidValue("\ud800")))
        assert "cannot be read" in str(said(InvalidValue("x" * 10_000)))


class TestOperators:
    """What is written with signs and brackets is a door as well."""

    SIGNS: ClassVar = {
        "FOR + x": lambda x: FOR + x,
        "x + FOR": lambda x: x + FOR,
        "FOR - x": lambda x: FOR - x,
        "FOR * x": lambda x: FOR * x,
        "x * FOR": lambda x: x * FOR,
        "FOR / x": lambda x: FOR / x,
        "FOR >= x": lambda x: x <= FOR,
        "FOR > x": lambda x: x < FOR,
        "FOR <= x": lambda x: x >= FOR,
        "FOR < x": lambda x: x > FOR,
        "condition & x": lambda x: (FOR >= 1) & x,
        "condition | x": lambda x: (FOR >= 1) | x,
        "x in roll": lambda x: x in ASSEMBLY,
        "roll[x]": lambda x: ASSEMBLY[x],
    }

    @pytest.mark.parametrize("signs", SIGNS)
    def test_they_refuse_in_words_of_their_own(self, signs: str) -> None:
        """Amounts, conditions and rolls refuse what they cannot take."""
        put = self.SIGNS[signs]
        assert faults((kind, lambda make=make: put(make())) for kind, make in HOSTILE.items()) == []

    def test_who_is_not_on_a_roll(self) -> None:
        """Asking whether somebody is on a roll has an answer for everything; asking for the member says who is not."""
        assert [] not in ASSEMBLY
        assert None not in ASSEMBLY
        assert "m-01" in ASSEMBLY
        with pytest.raises(InvalidValue, match="'nobody' is not on the roll of assembly"):
            ASSEMBLY["nobody"]


class TestShown:
    """An error names what it was given, in a few words, whatever that is."""

    @pytest.mark.parametrize("kind", HOSTILE)
    def test_everything_can_be_shown(self, kind: str) -> None:
        """What is shown is short, can be printed, and is found at once."""
        words = shown(HOSTILE[kind]())
        assert 0 < len(words) <= 90
        assert words.encode()

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("for", "'for'"),
            (Words("for"), "'for'"),
            ("x" * 100, "'" + "x" * 79 + "…"),
            (b"x", "b'x'"),
            (12, "12"),
            (-(10**80), "an integer of more than 80 digits"),
            (10**80 - 1, "9" * 80),
            (True, "True"),
            (None, "None"),
            (1.5, "1.5"),
            (date(2026, 3, 2), "2026-03-02"),
            ([1], "a list"),
            (MEETING, "a Rule"),
            (Other.FOR, "an Other"),
            (PlainDays, "the class PlainDays itself"),
            (type("", (), {})(), "a "),
        ],
        ids=itertools.count(),
    )
    def test_words_and_numbers_are_shown_as_they_are(self, value: object, words: str) -> None:
        """Words and numbers stand in errors as they were given; all else is told by its kind."""
        assert shown(value) == words

    def test_many_faults_are_told_in_part(self) -> None:
        """An error of thousands of faults tells the first twenty and how many more there are, and has them all."""
        error = InvalidValue(*(f"fault {number}" for number in range(5000)))
        assert len(error.faults) == 5000
        assert str(error).endswith("fault 19; and 4980 more, which its faults= have")
        assert str(InvalidValue(*(["x"] * 20))) == "; ".join(["x"] * 20)
        refused = Refused([REASON] * 5000)
        assert len(refused.reasons) == 5000
        assert str(refused).endswith("and 4980 more, which its reasons= have")
        assert len(refused.explain("zh").splitlines()) == 5000


class TestLanguages:
    """Words are asked for in Chinese or in English."""

    ASKED: ClassVar[dict[str, Callable[[Any], str]]] = {
        "a text": Text("是", "yes").say,
        "a citation": CITED.explain,
        "a period": days(3).explain,
        "a rule": MEETING.explain,
        "a ruling": RULED.explain,
        "a reason": REASON.explain,
        "a refusal": Refused([REASON]).explain,
        "a fault": Fault("NO_STAGE", FrozenMap()).explain,
        "a diagram": PROCEDURE.diagram,
        "a register": register(OPENED.entries).markdown,
        "minutes": partial(minutes, OPENED.entries),
    }

    @pytest.mark.parametrize("asked", ASKED)
    def test_no_other_language_is_known(self, asked: str) -> None:
        """Another language is refused wherever words are asked for, and so is what is no language at all."""
        say = self.ASKED[asked]
        for language in ("fr", "", "EN", "zh-CN"):
            with pytest.raises(InvalidValue, match="ask for 'zh' or 'en'"):
                say(language)
        with pytest.raises(InvalidType, match="ask for 'zh' or 'en'"):
            say(None)
        assert say("zh") != say("en")


class TestCalendars:
    """A calendar is an object that knows working days and holidays."""

    @pytest.mark.parametrize("calendar", [PlainDays, WorkingCalendar])
    def test_a_class_is_no_calendar(self, calendar: Any) -> None:
        """A class handed in for its instance is refused where it is handed in, with what to write."""
        case = courtyard()
        asks: list[Callable[[], Any]] = [
            lambda: case.act(Note("x"), at=START, by="sec-1", calendar=calendar),
            lambda: Docket(MemoryStore(), calendar=calendar),
            lambda: days(3).last_day(date(2026, 3, 2), calendar),
            lambda: days(3).clear_days_between(date(2026, 3, 2), date(2026, 3, 9), calendar),
        ]
        for ask in asks:
            with pytest.raises(InvalidType, match=rf"write {calendar.__name__}\(\)"):
                ask()

    def test_a_calendar_of_ones_own_is_taken(self) -> None:
        """Whatever knows working days and holidays is a calendar."""

        class Never:
            def is_working(self, _: date) -> bool:
                return True

            def is_holiday(self, _: date) -> bool:
                return False

        assert days(3).last_day(date(2026, 3, 2), Never()) == date(2026, 3, 5)
        assert courtyard().act(Note("x"), at=START, by="sec-1", calendar=Never()).version == 2


class TestDockets:
    """A docket is built on a store, and says so at once."""

    @pytest.mark.parametrize("store", [None, [], "cases.db", MemoryStore, object()])
    def test_it_stands_on_a_store(self, store: Any) -> None:
        """What is no store is refused when the docket is built, not when it is first used."""
        with pytest.raises(InvalidType, match="a store was expected"):
            Docket(store)

    @pytest.mark.parametrize(
        "kinds", [None, " ", [None], [Note], [int], Solicitation, [Solicitation(id="s", title="s")]]
    )
    def test_it_takes_classes_of_stages(self, kinds: Any) -> None:
        """What are no classes of stages is refused when the docket is built."""
        with pytest.raises(InvalidType, match="kinds"):
            Docket(MemoryStore(), kinds=kinds)

    def test_it_draws_bytes(self) -> None:
        """What gives the random bytes is a function."""
        with pytest.raises(InvalidType, match="draw is 16"):
            Docket(MemoryStore(), draw=16)  # type: ignore[arg-type]

    @pytest.mark.parametrize("argument", ["action", "at", "by", "recorded_at", "key", "expecting"])
    def test_a_hostile_act_leaves_the_record_as_it_was(self, argument: str) -> None:
        """After whatever is refused, the case is the one that it was, and goes on."""
        docket = kept()
        for make in HOSTILE.values():
            with suppress(YizhengError):
                good = {"action": Note("x"), "at": START, "by": "sec-1"}
                docket.act("2026-007", **{**good, argument: make()})
        case = docket.case("2026-007")
        assert Case.replay(case.entries) == case
        assert {type(entry.action) for entry in case.entries[1:]} <= {Note}
        assert docket.act("2026-007", Note("x"), at=START, by="sec-1").version == case.version + 1

    @pytest.mark.parametrize("argument", ["action", "at", "by"])
    def test_a_hostile_retry_is_no_retry(self, argument: str) -> None:
        """A key that was used before does not let hostile arguments through unseen."""
        docket = kept()
        first = {"action": Note("x"), "at": START, "by": "sec-1", "key": "k1"}
        case = docket.act("2026-007", **first)
        found = faults(
            (kind, lambda make=make: docket.act("2026-007", **{**first, argument: make()}))
            for kind, make in HOSTILE.items()
        )
        assert found == []
        assert docket.case("2026-007") == case == docket.act("2026-007", **first)


@attrs.frozen
class Ask(Action):
    """An action of a kind of one's own."""

    kind: ClassVar[str] = "hostile.ask"
    title: ClassVar[Text] = Text("询问", "ask")


def own(**answers: Any) -> Case:
    """A case at a stage of a kind of one's own, whose ``decide`` and ``add`` give back what they are told to."""

    @attrs.frozen(kw_only=True)
    class Own(StageBase):
        """A kind of one's own."""

        kind: ClassVar[str] = "hostile.own"
        phases: ClassVar[Any] = {"waiting": {Ask: "closed"}, "closed": {}}
        ends: ClassVar[Any] = {"asked": frozenset({"closed"})}

        def start(self) -> Any:
            """Nothing yet."""
            return ()

        def decide(self, _act: Act, _progress: Any, _dossier: Any) -> Any:
            """As told."""
            return answers.get("decide", Effect(outcome="asked"))

        def add(self, _act: Act, _effect: Effect, progress: Any, dossier: Any) -> Any:
            """As told."""
            return answers.get("add", (progress, dossier))

    return alone(Own(id="own", title="own"))


class TestKindsOfOnesOwn:
    """Whoever writes a kind of stage is told what it gave back, of which kind it is, and what to give back."""

    @pytest.mark.parametrize("decided", [None, (), [], [1], "ok", True, {}, Effect, [REASON, None], Mute()])
    def test_a_decision_is_an_effect_or_reasons(self, decided: Any) -> None:
        """What is neither an effect nor a list of reasons is named, with the kind that gave it."""
        case = own(decide=decided)
        with pytest.raises(InvalidType, match=r"decide\(\) of Own \('hostile.own'\), stage own, gave back .*Effect"):
            case.act(Ask(), at=START, by="sec-1")
        assert case.state == "own.waiting"

    def test_reasons_refuse(self) -> None:
        """A list of reasons refuses with all of them."""
        with pytest.raises(Refused) as no:
            own(decide=[REASON]).act(Ask(), at=START, by="sec-1")
        assert no.value.reasons == (REASON,)

    @pytest.mark.parametrize("outcome", [None, "unknown", "note", "hostile.ask"])
    def test_a_last_phase_needs_an_outcome(self, outcome: str | None) -> None:
        """An effect that would leave the case where nothing can follow is refused, with the outcomes that there are."""
        case = own(decide=Effect(outcome=outcome))
        with pytest.raises(InvalidValue, match=r"Own \('hostile.own'\).*own.closed.*outcomes there are: asked"):
            case.act(Ask(), at=START, by="sec-1")
        assert case.state == "own.waiting"
        assert own().act(Ask(), at=START, by="sec-1").outcome == "was_asked"

    @pytest.mark.parametrize("added", [None, (), [], (1, 2), (1,), "ok", 5])
    def test_adding_up_gives_progress_and_dossier(self, added: Any) -> None:
        """What adding up gives back is the progress and the dossier."""
        case = own(add=added)
        with pytest.raises(InvalidType, match=r"add\(\) of Own \('hostile.own'\).*tuple of the two"):
            case.act(Ask(), at=START, by="sec-1")
        assert case.state == "own.waiting"

    @pytest.mark.parametrize(
        "settings",
        [{"ref": 5}, {"outcome": 5}, {"due": {"x": None}}, {"due": 5}, {"periods": {"x": 5}}, {"carried": {"x": 1.5}}],
    )
    def test_an_effect_is_checked_when_it_is_made(self, settings: dict[str, Any]) -> None:
        """What could not be kept in the record is no effect."""
        with pytest.raises(InvalidType):
            Effect(**settings)

    def test_a_code_is_given_what_its_words_ask_for(self) -> None:
        """A reason lacks nothing that its words ask for; a template that is none is refused when it is written."""
        code = Code("OWN_LATE", Text("{by} 迟到", "{by} is late"), Text("请于 {until} 前", "come before {until}"))
        assert code(by="a", until="b").explain("en") == "a is late; come before b."
        with pytest.raises(InvalidValue, match="the words of OWN_LATE ask for by, until"):
            code()
        for words in ("{", "{by.__class__}", "{}", "{0}", "{a[0]}"):
            with pytest.raises(InvalidValue, match="the words"):
                Code("OWN_LATE", words, "x")


class TestRecords:
    """Reading refuses what is no record, at the first entry that is none."""

    @pytest.mark.parametrize("stored", [[()], [b"x"], [(b"{}", None)], [(b"{}", None, "0", 1)], [None]])
    def test_what_is_no_entry(self, stored: Any) -> None:
        """What is no payload, private part and digest is named with its number."""
        with pytest.raises(BrokenRecord) as broken:
            Case.read(stored, kinds=Kinds(), parts=OPENED.parts)
        assert broken.value.number == 1

    def test_a_long_fact_can_be_named(self) -> None:
        """A fact of 60,000 characters that leaves open whether a hearing must be held is shown in part."""
        case = Case.open(
            family(facts={"contested": "长" * 20_000}),
            catalogue.yizheng.ALLOWANCE,
            ALLOWANCE_ROLLS,
            ALLOWANCE_OFFICES,
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        assert len(str(FactIs("contested", value=True).why(case.dossier))) < 500
