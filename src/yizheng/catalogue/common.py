"""What procedures of the catalogue share: who may do what, where a vote leads, and the ends that all have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.case import Open
from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue
from yizheng.procedure import End, Office
from yizheng.procedure.duties import Response
from yizheng.rules import Rule
from yizheng.stages import ANYWHERE, LEAVING, Channel, Disclosure, Implementation, Stage
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = [
    "ABANDONED",
    "BEFORE_2026",
    "CARRIED_OUT",
    "CHAIR",
    "CHANGE_CONSIDERED",
    "COUNTY",
    "LAPSED",
    "NEW_LAW",
    "NOT_CARRIED",
    "NOT_PROPOSED",
    "NO_NOTICE",
    "SECRETARY",
    "STAFF",
    "VILLAGE_STAFF",
    "WITHDRAWN",
    "WORKS_CORRECTED",
    "accounted",
    "board",
    "ended_by_2026",
    "offices_of",
    "vote",
    "works",
    "works_routes",
]

NEW_LAW: Final = date(2026, 1, 1)
"""The first day of both organic laws as revised in 2025."""
BEFORE_2026: Final = date(2025, 12, 31)
"""The last day of both as they were."""

NO_NOTICE: Final = Period(
    0,
    citation=Citation(
        instrument=Text("本库默认值", "default of this library"),
        in_force_to=BEFORE_2026,
        certainty=Certainty.INFERRED,
        note=Text("1989年的法律未规定通知期限", "the law of 1989 sets no time for the notice"),
    ),
)
"""How long before 2026 the residents' assembly is called beforehand, where no by-law says."""

SECRETARY: Final = (
    "open open_solicitation receive_opinion answer_opinion close_solicitation survey convene take_attendance recuse "
    "revise record_ballots count_votes extend_vote close_vote return_for_revision adjourn ask_hearing call_hearing "
    "testify close_hearing waive_hearing summon post interrupt object answer_objection take_down submit assign "
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

VILLAGE_STAFF: Final = (
    Office("secretary", Text("村党组织书记（经办）", "village party secretary"), may=SECRETARY.split()),
    Office("chair", Text("主持人", "chair"), may=CHAIR.split()),
    Office(
        "supervisor",
        Text("村务监督委员会", "village supervision committee"),
        may=["inspect", "appoint", "attach", "note"],
        independent=True,
    ),
    Office(
        "township",
        Text("乡镇人民政府", "township government"),
        may=["order_correction", "confirm", "reject", "send_back", "appoint", "attach", "note"],
        independent=True,
    ),
)
# That supervisors inspect and that the township orders corrections is the villagers' committees law of 2025, arts 37, 31.

COUNTY: Final = Office(
    "county",
    Text("县级民政部门", "county civil affairs department"),
    may=["confirm", "reject", "send_back", "order_correction", "appoint", "attach", "note"],
    independent=True,
)


def offices_of(stages: Iterable[Stage], *further: Office, staff: Iterable[Office] = STAFF) -> tuple[Office, ...]:
    """The offices of a procedure: its staff and the further ones, each with those of its actions that occur."""
    known = {
        action.kind
        for stage in stages
        for following in stage.phases.values()
        for action in following
        if stage.offices.get(action.kind) != frozenset()
    }
    known |= {Open.kind, *(action.kind for action in (*ANYWHERE, *LEAVING))}
    return tuple(attrs.evolve(office, may=office.may & known) for office in (*staff, *further))


CARRIED_OUT: Final = End("carried_out", Text("已实施并公开结果", "carried out and disclosed"), carried_out=True)
NOT_PROPOSED: Final = End("not_proposed", Text("未形成提议", "not proposed"))
ABANDONED: Final = End("abandoned", Text("终止实施", "abandoned"))
LAPSED: Final = End("lapsed", Text("未达法定人数而终止", "lapsed for want of a quorum"))
NOT_CARRIED: Final = End("not_carried", Text("未通过", "not carried"))
WITHDRAWN: Final = End("withdrawn", Text("撤回", "withdrawn"))


def ended_by_2026(rule: Rule) -> Rule:
    """A rule from before the organic laws of 2025, which does not reach into their days.

    Raises:
        InvalidValue: when it has no citation.
    """
    if rule.citation is None:
        raise InvalidValue("a rule from before 2026 has no citation; say where it was written, with citation=…")
    last = min(rule.citation.in_force_to or BEFORE_2026, BEFORE_2026)
    return attrs.evolve(rule, citation=attrs.evolve(rule.citation, in_force_to=last))


def vote(*, carried: str, lost: str, returned: str, void: str) -> dict[str, str]:
    """Where a vote leads; a void vote is taken again, and one that twice found no quorum lapses."""
    return {"carried": carried, "lost": lost, "returned": returned, "void": void, "inquorate": "lapsed"}


def board(
    stage: str,
    title: Text,
    *,
    source: Citation | None,
    least: Iterable[Period],
    answer: Iterable[Period] = (),
    carries: Iterable[str] = (),
) -> Disclosure:
    """A notice that must hang on the bulletin board."""
    return Disclosure(
        id=stage,
        title=title,
        source=source,
        least=least,
        required=[Channel.BULLETIN_BOARD],
        answer=answer,
        carries=carries,
    )


_STOPPED: Final = Citation.inferred(
    Text(
        "责令改正时已列支的，先公开账目再退回，由本库推定",
        "that what was spent is disclosed before a corrected matter goes back is inferred",
    )
)


def works(
    result: Text, *, source: Citation | None, least: Iterable[Period], answer: Iterable[Period] = ()
) -> tuple[Stage, ...]:
    """What follows a disclosed resolution: it is carried out, abandoned or stopped, and each is disclosed with the accounts."""
    least, answer = tuple(least), tuple(answer)
    stopped = Text("责令改正后停止实施的公开", "disclose that it was stopped by an order of correction")
    abandoned = Text("终止实施公开", "disclose that it was abandoned")
    return (
        Implementation(id="implement", title=Text("实施", "implement"), source=source),
        board("disclose_abandonment", abandoned, source=None, least=least, answer=answer, carries=["accounts"]),
        board("disclose_result", result, source=source, least=least, answer=answer, carries=["accounts"]),
        board("disclose_stopped", stopped, source=_STOPPED, least=least, answer=answer, carries=["accounts"]),
    )


def works_routes(corrected: str, *, done: str = "carried_out") -> dict[str, Mapping[str, str]]:
    """Where the stages of :func:`works` lead.

    Args:
        corrected: where the matter goes back to when an order of correction has stopped it, and its accounts are disclosed.
        done: where it goes on when its result is disclosed.
    """
    return {
        "implement": {"completed": "disclose_result", "abandoned": "disclose_abandonment"},
        "disclose_abandonment": {"clear": "abandoned", "upheld": "implement"},
        "disclose_result": {"clear": done, "upheld": "implement"},
        "disclose_stopped": {"clear": corrected, "upheld": "disclose_stopped"},
    }


WORKS_CORRECTED: Final[Mapping[str, str]] = FrozenMap(
    dict.fromkeys(("implement", "disclose_abandonment", "disclose_result", "disclose_stopped"), "disclose_stopped")
)
"""An order of correction that comes when money may have been spent stops the works, and asks for the accounts first."""


_ACCOUNTED: Final = Citation.inferred(
    Text(
        "凡列支均应在结案前公开账目，由本库推定",
        "that all that was spent is disclosed before the case ends is inferred",
    )
)


def accounted(source: Citation = _ACCOUNTED) -> Response:
    """Whatever was spent is accounted for before the case ends, in whichever way it does.

    Args:
        source: where that is written; left out, it is inferred from the disclosure of the result with its accounts.
    """
    disclosed = ("disclose_result.clear", "disclose_abandonment.clear", "disclose_stopped.clear")
    return Response("implement:spend", disclosed, source=source)


CHANGE_CONSIDERED: Final = End(
    "change_considered",
    Text(
        "拟变更：原救助照旧，另行核查并先听取救助对象意见",
        "a change is considered: the allowance goes on as it was, and the recipient is heard in a recheck",
    ),
)
"""A review that takes nothing away: to reduce or end the allowance is another matter, in which the recipient is heard."""
