"""What procedures of the catalogue share: who may do what, where a vote leads, and the ends that all have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from yizheng.case import Open
from yizheng.procedure import End, Office
from yizheng.stages import ANYWHERE, LEAVING, Stage
from yizheng.text import Text

__all__ = ["CHAIR", "COUNTY", "LAPSED", "NOT_CARRIED", "SECRETARY", "STAFF", "WITHDRAWN", "offices_of", "vote"]

SECRETARY: Final = (
    "open open_solicitation receive_opinion answer_opinion close_solicitation survey convene take_attendance recuse "
    "revise record_ballots count_votes extend_vote close_vote return_for_revision adjourn ask_hearing call_hearing "
    "testify close_hearing waive_hearing post interrupt object answer_objection take_down submit assign "
    "report_progress spend complete abandon close_evaluation appoint adopt_edition attach note correct withdraw "
    "split_out release"
)
CHAIR: Final = (
    "convene take_attendance recuse revise record_ballots count_votes extend_vote close_vote return_for_revision "
    "adjourn call_hearing testify close_hearing attach note correct split_out release"
)

STAFF: Final = (
    Office("secretary", Text("社区书记（经办）", "community secretary"), may=SECRETARY.split()),
    Office("chair", Text("主持人", "chair"), may=CHAIR.split()),
    Office(
        "supervisor",
        Text("居务监督委员会", "residents' supervision committee"),
        may=["inspect", "appoint", "attach", "note"],
        independent=True,
    ),
    Office(
        "subdistrict",
        Text("街道办事处", "subdistrict office"),
        may=["order_correction", "appoint", "attach", "note"],
        independent=True,
    ),
)
# The report names the community and its committees; that supervisors inspect and that the subdistrict orders
# corrections is the residents' committees law of 2025, arts 36 and 31.

COUNTY: Final = Office(
    "county",
    Text("县级民政部门", "county civil affairs department"),
    may=["confirm", "reject", "send_back", "order_correction", "appoint", "attach", "note"],
    independent=True,
)


def offices_of(stages: Iterable[Stage], *further: Office, staff: Iterable[Office] = STAFF) -> tuple[Office, ...]:
    """The offices of a procedure: its staff and the further ones, each with those of its actions that occur."""
    known = {action.kind for stage in stages for following in stage.phases.values() for action in following}
    known |= {Open.kind, *(action.kind for action in (*ANYWHERE, *LEAVING))}
    return tuple(attrs.evolve(office, may=office.may & known) for office in (*staff, *further))


LAPSED: Final = End("lapsed", Text("未达法定人数而终止", "lapsed for want of a quorum"))
NOT_CARRIED: Final = End("not_carried", Text("未通过", "not carried"))
WITHDRAWN: Final = End("withdrawn", Text("撤回", "withdrawn"))


def vote(*, carried: str, lost: str, returned: str, void: str) -> dict[str, str]:
    """Where a vote leads; a void vote is taken again, and one that twice found no quorum lapses."""
    return {"carried": carried, "lost": lost, "returned": returned, "void": void, "inquorate": "lapsed"}
