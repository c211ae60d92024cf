"""The repair of a village road by 四议两公开, from the villagers' wish to the disclosed accounts. Everything in it is invented.

Run it with ``python examples/road_repair.py``. It keeps the record in a SQLite file, shows one refusal with its reasons,
and prints the register of the procedure, which fills all six sheets, in Chinese and then in English.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from yizheng import Case, Citation, Docket, Matter, Member, Period, Procedure, Refused, Roll, Text, record
from yizheng.catalogue.siyi import ORIGINS, siyi
from yizheng.stages import (
    Action,
    AnswerObjection,
    Assign,
    Attach,
    CloseVote,
    Complete,
    Convene,
    CountVotes,
    Inspect,
    Note,
    Object,
    Post,
    ReportProgress,
    Revise,
    Spend,
    TakeAttendance,
    TakeDown,
)
from yizheng.store import SQLiteStore

SHANGHAI = ZoneInfo("Asia/Shanghai")

Step = tuple[datetime, str, Action]


def on(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026, in the village's own time."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def the_procedure() -> Procedure:
    """四议两公开 by the law of the country and the local rules that were read, and a by-law on notice."""
    by_law = Citation(instrument=Text("某村村民自治章程（虚构）", "charter of a village (invented)"), article="12")
    return siyi(notice=Period(5, citation=by_law))


def the_matter() -> Matter:
    """What is to be decided."""
    return Matter(
        "2026-014",
        title=Text("三组村道修缮", "repair of the road of the third group"),
        category="works",
        facts={
            "budget": "186000.00",
            "delegated_by": "2026年村民会议第2号决定（虚构）",
            "delegated_until": "2026-12-31",
        },
        origin=ORIGINS["masses"],
    )


def the_rolls() -> dict[str, Roll]:
    """Who may vote: five of the party organisation, nine of both committees, 24 party members, 36 representatives."""

    def roll(body: str, sign: str, size: int, electorate: str | None = None) -> Roll:
        women = range(1, size + 1, 3)
        members = [
            Member(f"{sign}-{number:02}", groups={"women"} if number in women else set())
            for number in range(1, size + 1)
        ]
        return Roll(body, members, groups={"women"}, on=on(3, 1).date(), electorate=electorate)

    return {
        "village_party_org": roll("village_party_org", "p", 5),
        "two_committees": roll("two_committees", "c", 9),
        "party_assembly": roll("party_assembly", "m", 24, "party_members"),
        "villagers_representative_assembly": roll("villagers_representative_assembly", "r", 36, "delegates"),
    }


NAMES = {
    "p": Text("村党组织", "the party organisation"),
    "c": Text("“两委”", "the two committees"),
    "m": Text("党员大会", "the party assembly"),
    "r": Text("村民代表会议", "the villagers' representatives"),
}
OFFICES = {"secretary": {"p-01"}, "chair": {"c-02"}, "supervisor": {"s-01", "s-02"}, "township": {"t-01"}}


def signed(label: str, english: str) -> Attach:
    """A paper with signatures, put to the record by its digest; the paper itself stays in the archive."""
    return Attach(hashlib.sha256(label.encode()).hexdigest(), Text(label, english), "image/png")


def sat(
    called: datetime, held: datetime, came: tuple[str, int], votes: tuple[int, int], plan: Text | None = None
) -> Iterator[Step]:
    """A body is called, comes together, and votes by show of hands; its attendance sheet is kept."""
    (sign, present), (for_, against) = came, votes
    yield called, "p-01", Convene(held_at=held, place=Text("村委会议室", "village office"))
    yield held, "c-02", TakeAttendance({f"{sign}-{number:02}" for number in range(1, present + 1)})
    if plan is not None:
        yield held.replace(minute=20), "c-02", Revise(plan)
    sheet = signed(f"{NAMES[sign].zh}签到表", f"attendance sheet of {NAMES[sign].en}")
    yield held.replace(minute=30), "p-01", sheet
    counted = CountVotes(for_=for_, against=against, abstaining=present - for_ - against, method="show_of_hands")
    yield held.replace(minute=40), "c-02", counted
    yield held.replace(minute=50), "c-02", CloseVote()


def attended(steps: Iterator[Step], said: Text) -> Iterator[Step]:
    """The same, with somebody from the township who attends and notes it."""
    for step in steps:
        yield step
        if isinstance(step[2], Revise | TakeAttendance) and step[0].minute == 0:
            yield step[0].replace(minute=10), "t-01", Note(said)


def posted(start: datetime, until: datetime, content: Text, said: Text) -> Iterator[Step]:
    """A notice hangs for the fifteen days of the law; the supervisors say what they found, and a photograph is kept."""
    yield start, "p-01", Post(channels={"bulletin_board", "broadcast"}, content=content)
    yield start.replace(hour=11), "p-01", signed("公开栏照片", "photograph of the board")
    yield start.replace(hour=15), "s-01", Note(said)
    yield until, "p-01", TakeDown()


def the_steps() -> list[Step]:
    """Everything that happens, in order."""
    plan = Text("路面宽四米、长六百二十米，混凝土硬化", "620 metres of concrete, four metres wide")
    amended = Text("路面宽四米，弯道加宽至五米，加排水沟", "four metres wide, five in the bends, with a ditch")
    township = Text("列席，程序合规", "attended; the procedure was kept")
    resolution, *board = posted(
        on(4, 7),
        on(4, 23),
        Text("修路决议、预算和施工安排", "the resolution, the budget and the schedule"),
        Text("公开及时，内容与决议一致", "posted in time, and as it was resolved"),
    )
    return [
        *sat(on(3, 3), on(3, 4), ("p", 5), (5, 0), plan),
        *sat(on(3, 5), on(3, 9), ("c", 8), (7, 1)),
        *attended(sat(on(3, 10), on(3, 16), ("m", 18), (15, 2), amended), township),
        *attended(sat(on(3, 28), on(4, 5), ("r", 31), (27, 3)), township),
        resolution,
        *board[:-1],
        (on(4, 9), "r-11", Object("预算里排水沟的长度写少了")),
        (on(4, 10), "p-01", AnswerObjection("x1", "排水沟只修弯道一侧，长度无误", upheld=False)),
        board[-1],
        (on(4, 24), "p-01", Assign(responsible="c-04", task=Text("修路施工", "the works"), due=on(6, 30))),
        (on(5, 20), "p-01", Spend(amount="120000.00", purpose=Text("路面", "the surface"), evidence="voucher 1")),
        (on(5, 25), "c-04", ReportProgress(Text("路面完成", "the surface is done"))),
        (on(6, 12), "p-01", Spend(amount="61520.40", purpose=Text("排水沟", "the ditch"), evidence="voucher 2")),
        (on(6, 15), "s-02", Inspect(Text("厚度抽测合格", "thickness measured, in order"), passed=True)),
        (on(6, 16), "p-01", Complete(Text("完工", "finished"))),
        *posted(
            on(6, 18),
            on(7, 4),
            Text("工程结果和全部收支", "the result of the works and all accounts"),
            Text("账目与票据相符", "the accounts agree with the vouchers"),
        ),
    ]


def show_a_refusal(docket: Docket, case: Case) -> None:
    """The representatives are called for four days later, where the by-law asks for five clear days."""
    print("\n--- 一次驳回 / a refusal ---\n")
    try:
        docket.act(case.id, Convene(held_at=on(4, 1)), at=on(3, 27), by="p-01")
    except Refused as no:
        for reason in no.reasons:
            print(f"[{reason.code}]", reason.explain("zh"))
            print(" " * (len(reason.code) + 2), reason.explain("en"))


def run(file: Path) -> Case:
    """Run the whole case over a SQLite file."""
    steps = the_steps()
    called = next(number for number, step in enumerate(steps) if step[0] == on(3, 28))
    matter = the_matter()
    with Docket(SQLiteStore(file)) as docket:
        docket.open(matter, the_procedure(), the_rolls(), OFFICES, at=on(3, 2), by="p-01")
        for at, by, action in steps[:called]:
            docket.act(matter.id, action, at=at, by=by)
        show_a_refusal(docket, docket.case(matter.id))
        for at, by, action in steps[called:]:
            docket.act(matter.id, action, at=at, by=by)
        case = docket.case(matter.id)
    if Case.replay(case.entries) != case:
        raise SystemExit("the record does not replay to the case")
    return case


def main() -> None:
    """Run the case, and print the refusal and the register."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        case = run(Path(folder) / "village.db")
    print("\n--- 登记表 / the register ---\n")
    print(record.register(case.entries).markdown("zh", participants=True))
    print(record.register(case.entries).markdown("en"))
    print(f"{case.id}: {case.outcome}, {case.version} entries")


if __name__ == "__main__":
    main()
