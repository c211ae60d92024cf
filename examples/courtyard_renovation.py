"""The courtyard of a bankrupt factory's housing estate, from the residents' opinions to the residents' verdict.

Run it with ``python examples/courtyard_renovation.py``. It reads its input from ``examples/courtyard/``, keeps the
record in a SQLite file, closes and reopens it half-way, shows one refusal with its reasons, and prints the minutes in
Chinese and then in English. The totals of 25 heads and 3,011.25 square metres were officially published; everything else
is invented.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from yizheng import Case, Docket, Matter, Member, Refused, Roll, Text, catalogue, record
from yizheng.rules import Choice
from yizheng.stages import (
    Action,
    AnswerObjection,
    AnswerOpinion,
    Assign,
    CastBallot,
    CloseEvaluation,
    CloseSolicitation,
    CloseVote,
    Complete,
    Convene,
    CountVotes,
    Inspect,
    Object,
    OpenSolicitation,
    Post,
    ReceiveOpinion,
    RecordBallots,
    ReportProgress,
    Revise,
    Spend,
    Survey,
    TakeAttendance,
    TakeDown,
)
from yizheng.store import SQLiteStore

INPUT = Path(__file__).parent / "courtyard"
SHANGHAI = ZoneInfo("Asia/Shanghai")

Step = tuple[datetime, str, Action]


def on(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of 2026, in the community's own time."""
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside this one."""
    with (INPUT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data(name: str) -> Any:
    """The content of a JSON file beside this one."""
    return json.loads((INPUT / name).read_text(encoding="utf-8"))


def the_matter() -> Matter:
    """What is to be decided."""
    given = data("matter.json")
    return Matter(
        given["id"],
        title=Text(**given["title"]),
        category=given["category"],
        facts=given["facts"],
        origin=Text(**given["origin"]),
        private=given["private"],
    )


def the_rolls() -> dict[str, Roll]:
    """Who may vote: the owners with their areas, the two committees, the owners' representatives."""
    people = data("people.json")
    owners = [Member(row["flat"], weights={"area": row["area"]}) for row in table("owners.csv")]
    return {
        "owners": Roll("owners", owners),
        "two_committees": Roll("two_committees", [Member(each) for each in people["two_committees"]]),
        "owner_representatives": Roll(
            "owner_representatives", [Member(each) for each in people["owner_representatives"]]
        ),
    }


def survey(wave: str) -> Survey:
    """The same question to the same households, before the works and after."""
    given = data("surveys.json")
    return Survey(wave=wave, question=Text(**given["question"]), population=Text(**given["population"]), **given[wave])


def solicit() -> Iterator[Step]:
    """Ask everybody, and answer every opinion."""
    yield (
        on(3, 2),
        "sec-1",
        OpenSolicitation(
            channels={"questionnaire", "symposium", "online"},
            until=on(3, 12, 18),
            question=Text("院落先整治什么？", "What should be done first in the courtyard?"),
        ),
    )
    opinions = table("opinions.csv")
    for number, row in enumerate(opinions, 1):
        author = {"author": row["flat"]} if row["flat"] else {"anonymous": True}
        yield on(3, 3 + number), "sec-1", ReceiveOpinion(row["opinion"], channel=row["channel"], **author)
    yield on(3, 9), "sec-1", survey("before")
    for number, row in enumerate(opinions, 1):
        yield on(3, 11, 8 + number), "sec-1", AnswerOpinion(f"o{number}", row["answer"])
    summary = Text("意见集中在路面、车位和绿地", "Most opinions are about the road, parking and green")
    yield on(3, 12, 19), "sec-1", CloseSolicitation(summary=summary)


def propose() -> Iterator[Step]:
    """The two committees propose: seven members, six present, five in favour."""
    present = {f"c-{number}" for number in range(1, 7)}
    yield on(3, 13), "sec-1", Convene(held_at=on(3, 16), place=Text("社区会议室", "community office"))
    yield on(3, 16), "c-1", TakeAttendance(present)
    plan = Text(
        "硬化路面、改造煤池、划车位、补绿", "pave the road, turn the coal sheds into storage, mark parking, plant"
    )
    yield on(3, 16), "c-1", Revise(plan)
    yield on(3, 16, 10), "c-1", CountVotes(for_=5, against=1)
    yield on(3, 16, 11), "c-1", CloseVote()


def consult() -> Iterator[Step]:
    """The owners' representatives are consulted: all five come, and all agree to the revised plan."""
    yield on(3, 17), "sec-1", Convene(held_at=on(3, 20))
    yield on(3, 20), "c-1", TakeAttendance(data("people.json")["owner_representatives"])
    plan = Text(
        "车位减四个，绿地留两块，煤池每单元留一间",
        "four parking lots fewer, two greens kept, one shed for each stairwell",
    )
    yield on(3, 20), "c-1", Revise(plan)
    yield on(3, 20, 10), "c-1", CountVotes(for_=5, against=0)
    yield on(3, 20, 11), "c-1", CloseVote()


def resolve() -> Iterator[Step]:
    """All owners vote in writing, on paper and online, over ten days."""
    yield on(3, 23), "sec-1", Convene(held_at=on(4, 8), until=on(4, 18, 18), mode="mixed")
    by_box: dict[str, dict[str, Choice]] = {}
    for row in table("ballots.csv"):
        choice = Choice(row["choice"])
        if row["channel"] == "online":
            yield on(4, 10), row["flat"], CastBallot(choice)
        else:
            by_box.setdefault(row["box"], {})[row["flat"]] = choice
    for box, ballots in by_box.items():
        yield on(4, 17), "sec-1", RecordBallots(ballots, channel="paper", evidence=box)
    yield on(4, 18, 18), "sec-1", CloseVote()


def disclose(start: datetime, content: Text, objection: tuple[str, str] | None = None) -> Iterator[Step]:
    """Post a notice on the board for the fifteen days of the law, and answer what is objected."""
    yield start, "sec-1", Post(channels={"bulletin_board", "broadcast"}, content=content)
    if objection is not None:
        said, answer = objection
        yield start + timedelta(days=4), "sec-1", Object(said, author="1-105")
        yield start + timedelta(days=6), "sec-1", AnswerObjection("x1", answer, upheld=False)
    yield start + timedelta(days=16), "sec-1", TakeDown()


def implement() -> Iterator[Step]:
    """Do the work, account for the money, and let the supervisors look."""
    task = Text("整治施工", "renovation works")
    yield on(5, 11), "sec-1", Assign(responsible="c-3", task=task, due=on(7, 31))
    yield (
        on(5, 20),
        "sec-1",
        Spend(amount="260000.00", purpose=Text("路面和排水", "road and drains"), evidence="voucher 1"),
    )
    yield on(6, 10), "c-3", ReportProgress(Text("路面完成，开始绿化", "the road is done, planting begins"))
    yield (
        on(6, 25),
        "sec-1",
        Spend(amount="201350.50", purpose=Text("煤池和绿化", "sheds and planting"), evidence="voucher 2"),
    )
    yield on(7, 6), "sup-1", Inspect(Text("一处井盖不平", "one manhole cover is not level"), passed=False)
    yield on(7, 14), "sup-1", Inspect(Text("已整改，合格", "mended, in order"), passed=True)
    yield on(7, 15), "sec-1", Complete(Text("按期完工", "completed in time"))


def the_steps() -> list[Step]:
    """Everything that happens, in order."""
    measures = Text("整治方案和施工安排", "the plan of the works and their schedule")
    result = Text("整治结果和收支", "the result of the works and the accounts")
    objection = ("车位太少", "消防通道须留四米，车位已按最大数量划定")
    return [
        *solicit(),
        *propose(),
        *consult(),
        *resolve(),
        *disclose(on(4, 20), measures, objection),
        *implement(),
        *disclose(on(7, 16), result),
        (on(8, 5), "sec-1", survey("after")),
        (on(8, 6), "sec-1", CloseEvaluation()),
    ]


def show_a_refusal(docket: Docket, case: Case) -> None:
    """An owner who has voted tries to vote again, a day after the vote has closed."""
    print("\n--- 一次驳回 / a refusal ---\n")
    try:
        docket.act(case.id, CastBallot(Choice.AGAINST), at=on(4, 19), by="1-101")
    except Refused as no:
        for reason in no.reasons:
            print(f"[{reason.code}]", reason.explain("zh"))
            print(" " * (len(reason.code) + 2), reason.explain("en"))


def run(file: Path) -> Case:
    """Run the whole case over a SQLite file."""
    steps = the_steps()
    half = next(
        number for number, step in enumerate(steps) if isinstance(step[2], CloseVote) and step[0] == on(4, 18, 18)
    )
    matter = the_matter()
    with Docket(SQLiteStore(file)) as docket:
        docket.open(
            matter, catalogue.yizheng.COURTYARD, the_rolls(), data("people.json")["offices"], at=on(3, 1), by="sec-1"
        )
        for at, by, action in steps[:half]:
            docket.act(matter.id, action, at=at, by=by)
        show_a_refusal(docket, docket.case(matter.id))
    with Docket(SQLiteStore(file)) as docket:  # closed and opened again: the record goes on where it stood
        for at, by, action in steps[half:]:
            docket.act(matter.id, action, at=at, by=by)
        case = docket.case(matter.id)
    if Case.replay(case.entries) != case:
        raise SystemExit("the record does not replay to the case")
    return case


def main() -> None:
    """Run the case, and print the refusal and the minutes."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        case = run(Path(folder) / "community.db")
    print("\n--- 会议纪要 / the minutes ---\n")
    print(record.minutes(case.entries, "zh"))
    print(record.minutes(case.entries, "en"))
    print(f"{case.id}: {case.outcome}, {case.version} entries")


if __name__ == "__main__":
    main()
