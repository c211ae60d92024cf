"""A dispute between neighbours over a leaking pipe, from the patrol that found it to the archive. All of it is invented.

Run it with ``python examples/neighbours_dispute.py``. Nothing is voted on: the parties accept mediation, one of them does
not accept the first mediator, both consent to a relative's help, threats are reported before anything else is done, and
what they sign binds them. A court confirms it. The public minutes name neither the parties nor what was said; three alike
disputes become a matter of the courtyard.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from yizheng import Docket, Matter, Refused, Text, catalogue, record
from yizheng.stages import (
    AcceptDispute,
    Action,
    AnswerMediation,
    ApplyConfirmation,
    AssignMediators,
    CheckPerformance,
    ClassifyDispute,
    CloseFollowUp,
    DrawUpAgreement,
    EndMediation,
    EnterDanger,
    InviteHelper,
    Mediate,
    PutOnFile,
    RecordConfirmation,
    RegisterDispute,
    RejectMediator,
    ReportDanger,
    SignAgreement,
    Withdraw,
)
from yizheng.store import MemoryStore

START = datetime(2026, 4, 7, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICES = {
    "secretary": {"sec-1"},
    "grid_leader": {"grid-3"},
    "mediation_committee": {"committee-1"},
    "mediator": {"med-1", "med-2"},
}
PARTIES = {"a": "1-301", "b": "1-201"}
DISPUTE = Matter(
    "2026-dispute-014",
    title=Text("厨房漏水纠纷", "a leak in a kitchen"),
    category="dispute",
    comes_from={"2026-007"},
    private={"phone of a": "13800000001", "phone of b": "13800000002"},
)

Step = tuple[datetime, str, Action]


def day(number: int, hour: int = 9) -> datetime:
    """So many days after the dispute was found."""
    return (START + timedelta(days=number)).replace(hour=hour)


def the_steps() -> list[Step]:
    """What happens, in order."""
    leak = Text("楼上漏水，楼下吊顶受损", "water from above has damaged a ceiling")
    threats = Text("一方扬言报复", "one of them threatens the other")
    terms = Text(
        "甲方十日内修好管道，赔偿吊顶三百元", "a repairs the pipe within ten days, and pays 300 yuan for the ceiling"
    )
    return [
        (day(0), "grid-3", RegisterDispute(parties=PARTIES, facts=leak, found="patrol", grid="grid-3")),
        (day(0, 10), "grid-3", ClassifyDispute(sort="neighbours")),
        (day(0, 11), "committee-1", AcceptDispute()),
        (day(0, 14), "1-301", AnswerMediation(accepts=True)),
        (day(0, 15), "med-1", AnswerMediation(accepts=True, person="1-201")),
        (day(0, 16), "committee-1", AssignMediators({"med-1"})),
        (day(1), "1-201", RejectMediator("med-1")),
        (day(1, 10), "committee-1", AssignMediators({"med-2"}, chosen=True)),
        (day(1, 11), "med-2", InviteHelper(role=Text("亲属", "a relative"), consents={"a", "b"}, person="1-302")),
        (day(1, 12), "med-2", EnterDanger(signs=threats)),
        (
            day(1, 13),
            "committee-1",
            ReportDanger(to=Text("辖区派出所", "the police station of the place"), signs=threats),
        ),
        (day(1, 14), "med-2", Mediate(account=leak)),
        (day(1, 15), "med-2", DrawUpAgreement(terms=terms, facts=leak, perform_by=day(12))),
        (day(1, 16), "med-2", SignAgreement(parties={"a", "b"}, mediators={"med-2"})),
        (day(1, 17), "committee-1", SignAgreement(seal=True)),
        (
            day(5),
            "committee-1",
            ApplyConfirmation(parties={"a", "b"}, court=Text("区人民法院", "the district people's court")),
        ),
        (day(8), "committee-1", RecordConfirmation(valid=True, reference="示例 14 号")),
        (day(11), "med-2", CheckPerformance(performed=True, account=Text("管道已修", "the pipe is repaired"))),
        (day(11, 10), "committee-1", CloseFollowUp()),
        (
            day(12),
            "committee-1",
            PutOnFile(reference="2026-14", papers={"register", "record", "agreement"}),
        ),
    ]


def refused(docket: Docket, action: Action, at: datetime, by: str) -> None:
    """Show a refusal in both languages."""
    try:
        docket.act(DISPUTE.id, action, at=at, by=by)
    except Refused as no:
        print(no.explain("zh"))
        print(no.explain("en"), "\n")


def main() -> None:
    """Take the dispute through, show what is refused, and print the public minutes and what disputes become."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    with Docket(MemoryStore()) as docket:
        docket.open(DISPUTE, catalogue.disputes.MEDIATION, {}, OFFICES, at=START, by="grid-3")
        for at, by, action in the_steps():
            if isinstance(action, InviteHelper):
                refused(docket, InviteHelper(role=action.role, consents={"a"}), at, by)
                refused(docket, EndMediation(routes={"judicial"}), at, by)
            if isinstance(action, ReportDanger):
                refused(docket, Withdraw(Text("自行和解", "settled between them")), at, "sec-1")
            docket.act(DISPUTE.id, action, at=at, by=by)
        case = docket.case(DISPUTE.id)
        print(f"{case.id}: {case.outcome}, {len(case.entries)} entries\n")
        print(record.minutes(case.redacted(), "zh"))
        print(record.minutes(case.redacted(), "en"))
    alike = [Matter(f"2026-dispute-{number:03}", title=DISPUTE.title, category="dispute") for number in (14, 19, 23)]
    pipes = catalogue.disputes.motion(
        alike, id="2026-031", title=Text("更换老旧给水立管", "replacing the old risers"), category="owners.rebuilding"
    )
    print(f"{pipes.id} {pipes.title}: {pipes.origin}, {', '.join(sorted(pipes.comes_from))}")


if __name__ == "__main__":
    main()
