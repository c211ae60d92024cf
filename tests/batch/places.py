"""Families that compete for places in a batch: a short procedure, and votes by so many. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from yizheng import Case, Citation, Docket, Matter, Member, Period, Roll, Text
from yizheng.batch import Batch
from yizheng.procedure import Body, End, Office, Procedure
from yizheng.rules import ENTITLED, FOR, PRESENT, Choice, Quota, Rule
from yizheng.stages import (
    ANYWHERE,
    LEAVING,
    CloseSolicitation,
    Convene,
    CountVotes,
    Deliberation,
    Disclosure,
    OpenSolicitation,
    RecordBallots,
    Release,
    Solicitation,
    TakeAttendance,
)
from yizheng.store import Store

START = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
MEETS = START + timedelta(days=3)
VOTES = MEETS + timedelta(hours=1)
CLOSES = MEETS + timedelta(hours=4)
SIZE = 10
VOTERS = tuple(f"m-{number:02}" for number in range(1, SIZE + 1))
AREAS = dict(zip(VOTERS, ["10.5", "20", "30", "40", "50", "60", "70", "80", "90", "100"], strict=True))
ASSEMBLY = Roll("assembly", [Member(each, weights={"area": AREAS[each]}) for each in VOTERS])
OFFICES = {"secretary": {"sec-1"}, "clerk": {"clerk-1"}}
INVENTED = Citation(instrument=Text("名额规定（虚构）", "rules on places (invented)"), article="4")
MAJORITY = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT, citation=INVENTED)


@cache
def procedure(**settings: object) -> Procedure:
    """Opinions are asked together; then the assembly resolves, and the result is posted."""
    resolve = {"id": "resolve", "title": "决议", "body": "assembly", "rule": MAJORITY, **settings}
    stages = [
        Solicitation(id="solicit", title="征求意见"),
        Deliberation(**resolve),
        Disclosure(id="disclose", title="公示", least=Period(0, citation=INVENTED)),
    ]
    kinds = {action.kind for stage in stages for following in stage.phases.values() for action in following}
    kinds |= {"open", *(action.kind for action in (*ANYWHERE, *LEAVING))}
    return Procedure(
        id="places",
        title=Text("名额评议（虚构）", "places (invented)"),
        stages=stages,
        routes={
            "solicit": {"completed": "resolve"},
            "resolve": {
                "carried": "disclose",
                "lost": "refused",
                "inquorate": "lapsed",
                "void": "resolve",
                "returned": "solicit",
            },
            "disclose": {"clear": "granted", "upheld": "resolve"},
        },
        ends=[End(each, each) for each in ("granted", "refused", "lapsed", "withdrawn")],
        bodies=[Body("assembly", "居民代表会议")],
        offices=[Office("secretary", "经办", may=kinds), Office("clerk", "记录员", may={"note"})],
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="resolve",
        shared=["solicit"],
    )


def family(number: int) -> Matter:
    """A family that may get one of the places."""
    return Matter(f"f-{number:02}", title=Text(f"第{number}户", f"family {number}"), category="aid")


def opened(size: int, quota: Quota | None, *, calls: int = 2, **options: object) -> tuple[Batch, dict[str, Case]]:
    """A batch of so many families, of which all were asked."""
    matters = [family(number) for number in range(1, size + 1)]
    batch, cases = Batch.open(
        matters,
        options.pop("procedure", None) or procedure(calls=calls),
        options.pop("rolls", {"assembly": ASSEMBLY}),
        OFFICES,
        at=START,
        by="sec-1",
        id="batch-1",
        quota=quota,
        **options,
    )
    asked = OpenSolicitation(channels={"symposium"}, until=START + timedelta(days=1))
    batch = batch.act(asked, at=START, by="sec-1")
    done = START + timedelta(days=1, hours=1)
    return batch.act(CloseSolicitation(summary="意见已记录"), at=done, by="sec-1"), {each.id: each for each in cases}


@cache
def gathered(
    size: int, quota: Quota | None, *, calls: int = 2, present: int = SIZE
) -> tuple[Batch, Mapping[str, Case]]:
    """The assembly meets once for all families, and those who are there are noted."""
    batch, cases = opened(size, quota, calls=calls, sittings="one")
    batch = batch.act(Convene(held_at=MEETS), at=START + timedelta(days=2), by="sec-1")
    return batch.act(TakeAttendance(VOTERS[:present]), at=MEETS, by="sec-1"), cases


def released(size: int, quota: Quota | None, *, calls: int = 2, present: int = SIZE) -> tuple[Batch, dict[str, Case]]:
    """The families are called one by one."""
    return release(*gathered(size, quota, calls=calls, present=present))


def release(batch: Batch, cases: Mapping[str, Case]) -> tuple[Batch, dict[str, Case]]:
    """All families that are still in the batch are called one by one."""
    batch = batch.act(Release(), at=MEETS, by="sec-1")
    taken = {item: batch.take_up(cases[item], at=MEETS, by="sec-1") for item in batch.leaving}
    return batch, {**cases, **taken}


def counted(case: Case, in_favour: int, *, here: int = SIZE, at: datetime = VOTES) -> Case:
    """So many of those who are here vote for a family, the others against it."""
    votes = CountVotes(for_=in_favour, against=here - in_favour)
    return case.act(votes, at=at, by="sec-1")


def named(case: Case, in_favour: Iterable[str], *, at: datetime = VOTES) -> Case:
    """These vote for a family, and all others who can vote against it."""
    sitting = case.progress.sitting
    marks = {each: Choice.FOR if each in set(in_favour) else Choice.AGAINST for each in sitting.here}
    return case.act(RecordBallots(marks, channel="paper", evidence="box 1"), at=at, by="sec-1")


def voted(
    votes: Iterable[int], quota: Quota | None, *, calls: int = 2, present: int = SIZE
) -> tuple[Batch, dict[str, Case]]:
    """Each family has so many votes, and no vote is closed."""
    numbers = list(votes)
    batch, cases = released(len(numbers), quota, calls=calls, present=present)
    return batch, {
        item: counted(cases[item], number, here=present) for item, number in zip(cases, numbers, strict=True)
    }


def filled(batch: Batch, cases: Mapping[str, Case], **options: object) -> tuple[Batch, dict[str, Case]]:
    """The votes are closed and the places are filled."""
    batch, closed = batch.fill_places(cases.values(), **{"at": CLOSES, "by": "sec-1", **options})
    return batch, {**cases, **{case.id: case for case in closed}}


def called_again(case: Case, *, days: int = 5) -> tuple[Case, datetime]:
    """The assembly meets again for one family."""
    at = CLOSES + timedelta(days=days)
    case = case.act(Convene(held_at=at), at=max(CLOSES, at - timedelta(days=1)), by="sec-1")
    here = [each for each in VOTERS if each not in case.progress.sitting.recused]
    return case.act(TakeAttendance(here), at=at, by="sec-1"), at


def kept(store: Store, votes: Sequence[int], quota: Quota | None) -> Docket:
    """A docket with a batch whose matters are voted on; each is released by its first act."""
    docket = Docket(store)
    docket.open_batch(
        [family(number) for number in range(1, len(votes) + 1)],
        procedure(),
        {"assembly": ASSEMBLY},
        OFFICES,
        at=START,
        by="sec-1",
        id="batch-1",
        sittings="one",
        quota=quota,
    )
    before, _ = gathered(len(votes), quota)
    for entry in before.entries[1:]:
        docket.act_batch("batch-1", entry.action, at=entry.at, by="sec-1")
    for number, in_favour in enumerate(votes, 1):
        action = CountVotes(for_=in_favour, against=10 - in_favour)
        docket.act(f"f-{number:02}", action, at=VOTES, by="sec-1")
    return docket
