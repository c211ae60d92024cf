"""业主大会: what the owners decide together by Civil Code art. 278, and the urgent repair that needs no vote (art. 281).

Each of the nine items has its own majority, in heads and in area. How an assembly is announced, how long its vote is
open, who witnesses the count and how long the result hangs is for the regions, and each figure names its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from yizheng.calendar import Period
from yizheng.catalogue import local
from yizheng.catalogue.common import (
    ABANDONED,
    CARRIED_OUT,
    CHAIR,
    LAPSED,
    NOT_CARRIED,
    SECRETARY,
    WITHDRAWN,
    WORKS_CORRECTED,
    accounted,
    board,
    offices_of,
    vote,
    works,
    works_routes,
)
from yizheng.catalogue.owners_places import (
    ANY_DAY,
    ITEMS,
    MODEL_WITNESSES,
    OBJECTED,
    at_most,
    cooling_off_in,
    notice_of,
    objections_in,
    rules_of,
    set_by,
    silence_in,
    witnesses_in,
    written_in,
)
from yizheng.citation import Citation
from yizheng.errors import InvalidValue, shown
from yizheng.law import provision
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, End, Office, Procedure
from yizheng.procedure.duties import Existence, Precedence, Response, Template
from yizheng.rules import BallotPolicy, Rule, Silence
from yizheng.stages import Channel, Deliberation, Disclosure, Implementation, Method, Mode, Referral, Stage
from yizheng.stages.base import as_periods
from yizheng.text import Text
from yizheng.values.doors import one
from yizheng.values.frozen import FrozenMap
from yizheng.values.scalars import flag

__all__ = [
    "EMERGENCY",
    "FIRST_ASSEMBLY",
    "FUND_USE",
    "ITEMS",
    "MODEL_WITNESSES",
    "REBUILDING",
    "emergency_repair",
    "owners_assembly",
]

_INFERRED: Final = Period(
    15,
    citation=Citation.inferred(
        Text(
            "全国规定未写业主大会结果的公布期限；各地3日至30日，此处取15日",
            "no national rule says how long the result hangs; regions say 3 to 30 days, and 15 are taken",
        )
    ),
)
_RESULT: Final = Text("实施结果公开", "disclose the result")
_WORKED: Final = ("implement.completed", "disclose_result.clear")
_WORKS: Final = range(5, 9)
"""The items after which something is done or paid: using and raising the fund, rebuilding, using common parts."""
_COMMITTEE_ELECTED: Final = 3


def owners_assembly(
    *,
    item: int,
    region: local.Place = None,
    by_law: Rule | Iterable[Rule] = (),
    first: bool = False,
    ad_hoc: bool = False,
    by_objection: bool = False,
    notice: Period | Iterable[Period] = (),
    shortest: Period | None = None,
    longest: Period | None = None,
    extensions: int = 1,
    proxies: ProxyPolicy | None = None,
    silence: Silence | None = None,
    ballots: BallotPolicy | None = None,
    witnesses: Rule | None = None,
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
    accounts_posted: Period | Iterable[Period] = _INFERRED,
) -> Procedure:
    """The owners' assembly (业主大会) on one item of Civil Code art. 278.

    The items are (1) rules of procedure, (2) covenant, (3) electing or replacing the committee, (4) hiring and dismissing
    the manager, (5) using the maintenance fund, (6) raising it, (7) altering or rebuilding, (8) changing the use of
    common parts or running a business on them, (9) other major matters. On all of them two thirds of heads and of area
    take part; (6) to (8) need three quarters of those, in heads and in area, the others more than half. A vote called
    before 2021 takes the majorities of the regulations, which count all owners.

    Only what stood on the notice is voted on. The vote is announced fifteen days ahead to all owners and to the residents'
    committee (Property Management Regulations art. 14), and its result is posted, carried or not. An elected committee is
    filed within thirty days of its election (art. 16), and in Sichuan the result hangs for thirty days: who was elected is
    announced first, then filed, and then the result hangs.

    Args:
        item: which item, 1 to 9.
        region: where; what holds there is taken with the law: how long the vote is open, whether and how it may be
            extended, what is made of a ballot that was served and did not come back, who witnesses the count, how long
            the result hangs, how soon an objection is answered, and whether the plan lies with the subdistrict first.
        by_law: what the rules of procedure or the covenant ask of the vote. They hold beside the law.
        first: whether it is the first assembly, which a preparatory group calls; where a region says within which time
            it is held, that is reckoned from the opening. In Shaoxing (art. 16) a group whose assembly did not carry the
            rules and the covenant has ninety days more: a case of its own is opened for these.
        ad_hoc: whether it is an ad hoc assembly; a region's shorter notice is shown, and the law's own is kept.
        by_objection: whether the fund is used by a vote on objections (异议表决), where the region has it (Henan art.
            66): it passes unless more than a third object, where every owner answered or was served: somebody who was
            never told cannot have let it pass (notice to all: Regulations art. 14; the record of service is inferred).
            Co-owners who have named nobody to vote are never counted as served. It asks for no majority, as art. 278
            does, and is not joined with it: whether it may stand in its place is for those who open the case to say.
        notice: what the rules of procedure ask of the notice, beside the law.
        shortest: how long the vote is open at least by the rules of procedure; of it and the region's, the longer.
        longest: how long it is open at most, extensions included; of it and the region's, the shorter.
        extensions: how often it may be extended.
        proxies: which proxies it takes; none unless the rules of procedure say.
        silence: what is made of ballots that were served and did not come back; left out, as the region says. Only
            service in the ways that the region takes counts, also by the rules of procedure (Sichuan art. 31 and Dazhou
            art. 14: signed for, or by logging in; Qinhuangdao arts 22, 23: delivered, or posted and answered).
        ballots: as what blank and ambiguous ballots count.
        witnesses: who must sign the count; left out, as the region says. :data:`MODEL_WITNESSES` is one model.
        posted: how long the result hangs by the rules of procedure; beside the region's, and without either 15 days.
        answer: how soon an objection is answered by the rules of procedure, beside the region's.
        accounts_posted: how long the accounts of the works hang; inferred.

    Raises:
        InvalidValue: when there is no such item or region, a by-law has no citation, or a vote on objections is asked
            for where there is none.
    """
    if type(item) is not int or item not in ITEMS:
        raise InvalidValue(f"Civil Code art. 278 has no item {shown(item)}; write a whole number from 1 to 9")
    first, ad_hoc, by_objection = flag(first), flag(ad_hoc), flag(by_objection)
    rules = rules_of(item, region, by_law, by_objection=by_objection)
    what = ITEMS[item]
    hangs = local.periods("owners.result.posted", region=region, by_law=posted) or (_INFERRED,)
    answered = local.periods("owners.objection.answer", region=region, by_law=answer, deadline=True)
    signed = witnesses_in(region) if witnesses is None else one(Rule, witnesses, "witnesses")
    calling = _calling(region, first=first)
    done = item in _WORKS
    elected = item == _COMMITTEE_ELECTED
    meeting = Deliberation(
        id="resolve",
        title=Text("业主共同决定", "resolve"),
        source=local.source(OBJECTED if by_objection else f"owners.vote.{what}", "owners.agenda", region=region),
        body="owners",
        rule=rules,
        notice=notice_of(region, notice, ad_hoc=ad_hoc),
        modes=[Mode.WRITTEN, Mode.MIXED] if by_objection else Mode,
        methods=[Method.BY_NAME],
        shortest=set_by("owners.window.least", region, shortest),
        longest=at_most("owners.window.most", region, longest),
        extensions=extensions,
        proxies=proxies,
        silence=objections_in(region, silence) if by_objection else silence_in(region, silence),
        ballots=ballots,
        **cooling_off_in(region),
    )
    told = [
        board(id_, title, source=written_in("owners.result.posted", region), least=hangs, answer=answered)
        for id_, title in _TOLD.items()
    ]
    attested = [] if signed is None else [_attested(kind, signed, region) for kind in ("carried", "lost")]
    stages: tuple[Stage, ...] = (
        *calling,
        meeting,
        *attested,
        *([_announced(region, answered), _FILE] if elected else []),
        *told,
        *(works(_RESULT, source=None, least=as_periods(accounts_posted), answer=answered) if done else []),
    )
    called = calling[1 if first else 0].id
    shown_first = "announce_result" if elected else "disclose_resolution"
    carried, lost = ("attest_carried", "attest_lost") if attested else (shown_first, "disclose_rejection")
    ends = (CARRIED_OUT, ABANDONED) if done else (_FILED if elected else _DECIDED,)
    after = "filed" if elected else "implement" if done else "decided"
    filing = {"confirmed": "disclose_resolution", "rejected": called, "returned": "file"}
    routes: dict[str, Mapping[str, str]] = {
        **_leading(calling),
        "resolve": vote(carried=carried, lost=lost, returned=called, void=called),
        **({"attest_carried": _signed("attest_carried", shown_first, again=called)} if attested else {}),
        **({"attest_lost": _signed("attest_lost", "disclose_rejection", again=called)} if attested else {}),
        **({"announce_result": {"clear": "file", "upheld": called}, "file": filing} if elected else {}),
        "disclose_resolution": {"clear": after, "upheld": called},
        "disclose_rejection": {"clear": "not_carried", "upheld": called},
        **(works_routes(called) if done else {}),
    }
    return Procedure(
        id=f"owners-assembly-{item}",
        title=_titled(item, first=first),
        stages=stages,
        routes=routes,
        ends=(
            *ends,
            *([_DISSOLVED] if first else []),
            NOT_CARRIED,
            LAPSED,
            WITHDRAWN,
        ),
        bodies=(_OWNERS, *([_WITNESSES] if attested else [])),
        offices=offices_of(stages, staff=_staff(region, first=first, filed=elected)),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=called,
        corrections=WORKS_CORRECTED if done else {},
        mandatory=(
            *(["prepare.completed"] if first else []),
            *(f"{stage.id}.clear" for stage in calling if isinstance(stage, Disclosure)),
            "resolve.carried",
            *(["attest_carried.carried"] if attested else []),
            *(["announce_result.clear", "file.confirmed"] if elected else []),
            "disclose_resolution.clear",
            *(_WORKED if done else []),
        ),
        duties=[
            *_duties(region, [end.id for end in ends], first=first, filed=elected, called=called),
            *([accounted()] if done else []),
        ],
        sources=(local.source(f"owners.vote.{what}", region=region), local.source("owners.notice")),
    )


def _calling(region: local.Place, *, first: bool) -> list[Stage]:
    """What comes before the vote is announced."""
    found: list[Stage] = []
    if first:
        found.append(
            Implementation(
                id="prepare",
                title=Text("筹备组筹备", "prepare the first assembly"),
                source=written_in("owners.first_assembly", region),
                inspected=False,
                offices=_UNSPENT,
            )
        )
    if reported := local.periods("owners.plan_reported", region=region):
        found.append(
            Disclosure(
                id="report_plan",
                title=Text("方案报告街道", "report the plan to the subdistrict"),
                source=reported[0].citation,
                least=reported,
                channels=[Channel.LETTER],
                required=[Channel.LETTER],
            )
        )
    committee = local.source("owners.notice.committee", region=region)
    found.append(
        Disclosure(
            id="inform_committee",
            title=Text("告知居民委员会", "tell the residents' committee"),
            source=committee,
            least=Period(0, citation=committee),
            channels=[Channel.LETTER],
            required=[Channel.LETTER],
        )
    )
    return found


def _leading(calling: list[Stage]) -> dict[str, Mapping[str, str]]:
    """Each step of the call leads to the next; what the subdistrict or the committee rightly objects to is sent anew."""
    found: dict[str, Mapping[str, str]] = {}
    for stage, following in zip(calling, [*(each.id for each in calling[1:]), "resolve"], strict=True):
        if isinstance(stage, Disclosure):
            found[stage.id] = {"clear": following, "upheld": stage.id}
        else:
            found[stage.id] = {"completed": following, "abandoned": "dissolved"}
    return found


def _attested(kind: str, signed: Rule, region: local.Place) -> Deliberation:
    """The witnesses sign the count by name, each with a vote for it."""
    return Deliberation(
        id=f"attest_{kind}",
        title=Text("计票见证", "attest the count"),
        source=written_in("owners.count.witnesses", region) or signed.citation,
        body="witnesses",
        rule=signed,
        methods=[Method.BY_NAME],
    )


def _signed(stage: str, then: str, *, again: str) -> Mapping[str, str]:
    """A count that the witnesses do not sign is of no use: the vote is announced again."""
    return {"carried": then, "lost": again, "returned": again, "void": stage, "inquorate": again}


def _duties(region: local.Place, ends: list[str], *, first: bool, filed: bool, called: str) -> list[Template]:
    """What is owed, some of it in time, beside what the stages themselves hold.

    A vote that is called anew, since its count was not signed or an objection to it was right, owes nothing any more.
    """
    found: list[Template] = [
        Precedence(
            "inform_committee:post", "resolve:convene", source=local.source("owners.notice.committee", region=region)
        )
    ]
    if soon := local.periods("owners.result.published", region=region, deadline=True):
        found.append(
            Response(
                ["resolve.carried", "resolve.lost"],
                [f"{'announce_result' if filed else 'disclose_resolution'}:post", "disclose_rejection:post", called],
                within=soon,
                source=soon[0].citation,
                ends=[*ends, NOT_CARRIED.id],
            )
        )
    if filed:
        filing = local.periods("owners.filing", region=region, deadline=True)
        handed_in = ["file:submit", called]
        found.append(Response("resolve.carried", handed_in, within=filing, source=filing[0].citation, ends=ends))
    if first and (limit := local.periods("owners.first_assembly", region=region, deadline=True)):
        held = ["resolve.carried", "resolve.lost"]
        found.append(Existence(held, within=limit, source=limit[0].citation, ends=[*ends, NOT_CARRIED.id]))
    return found


_TOLD: Final[Mapping[str, Text]] = FrozenMap(
    disclose_resolution=Text("表决结果公布（通过）", "post the result: carried"),
    disclose_rejection=Text("表决结果公布（未通过）", "post the result: lost"),
)
_UNSPENT: Final[Mapping[str, frozenset[str]]] = FrozenMap(spend=frozenset[str]())
"""Where nothing is disclosed afterwards, nobody spends."""
_OWNERS: Final = Body("owners", Text("全体业主", "all owners"))
_WITNESSES: Final = Body("witnesses", Text("计票见证人", "witnesses of the count"))
_DECIDED: Final = End("decided", Text("已决定并公布", "decided and posted"), carried_out=True)
_FILED: Final = End("filed", Text("业主委员会已备案", "the committee is filed"), carried_out=True)
_DISSOLVED: Final = End("dissolved", Text("筹备组解散，另行组建", "the preparatory group is dissolved, to be rebuilt"))
_AT_ONCE: Final = Citation.inferred(
    Text(
        "当选名单一经公布即可备案，备案不必等公示期满，为本库推定",
        "that the committee is filed as soon as the result is announced, and not after it has hung, is inferred",
    )
)


def _announced(region: local.Place, answer: Iterable[Period]) -> Disclosure:
    """Who was elected is announced at once: the filing is due within thirty days of the election, and a result hangs as long."""
    return board(
        "announce_result",
        Text("选举结果公布", "announce who was elected"),
        source=written_in("owners.result.published", region) or _AT_ONCE,
        least=[Period(0, citation=_AT_ONCE)],
        answer=answer,
    )


_FILE: Final = Referral(
    id="file", title=Text("业主委员会备案", "file the owners' committee"), source=local.source("owners.filing")
)

_TITLES: Final = FrozenMap(
    {number: provision(f"owners.vote.{what}").title for number, what in ITEMS.items()}  # as the law of each item has it
)


def _titled(item: int, *, first: bool) -> Text:
    what = _TITLES[item]
    meeting = Text("首次业主大会", "first owners' assembly") if first else Text("业主大会", "owners' assembly")
    return Text(f"{meeting.zh}：{what.zh}", f"{meeting.en}: {what.en}")


def _staff(region: local.Place, *, first: bool, filed: bool = False) -> tuple[Office, ...]:
    """Who acts: the committee, or the group before there is one; the residents' committee guides, the subdistrict corrects.

    Where the government convenes in place of the committee, the subdistrict may.
    """
    convener = Text("筹备组", "preparatory group") if first else Text("业主委员会", "owners' committee")
    in_place = ["convene"] if provision("owners.call.in_place").holding(ANY_DAY, region) else []
    filing = ["confirm", "reject", "send_back"] if filed else []
    watching = ["appoint", "attach", "note"]
    return (
        Office("convener", convener, may=[*SECRETARY.split(), "record_service"]),
        Office("chair", Text("主持人", "chair"), may=CHAIR.split()),
        Office(
            "residents_committee",
            Text("居民委员会（指导）", "residents' committee, which guides"),
            may=["inspect", *watching],
            independent=True,
        ),
        Office(
            "subdistrict",
            Text("街道办事处", "subdistrict office"),
            may=["order_correction", *in_place, *filing, *watching],
            independent=True,
        ),
    )


def emergency_repair(
    *,
    region: local.Place = None,
    decided_within: Period | Iterable[Period] = (),
    accounts_posted: Period | Iterable[Period] = _INFERRED,
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """Urgent repair (紧急维修): the maintenance fund is applied for without a vote, and the costs are disclosed afterwards.

    In an emergency the owners' assembly or the committee may by law apply for the fund (Civil Code art. 281). The matter
    must state which emergency it is; which cases count is for the region (Henan art. 70 lists six, which were not
    recorded), and whoever administers the fund judges. Nothing ends before the accounts were posted, also where the
    repair was given up.

    Args:
        region: where; its own article is named beside the law.
        decided_within: how soon whoever administers the fund decides; no period was read.
        accounts_posted: how long the costs hang; inferred.
        answer: how soon an objection is answered, beside what the region says.

    Raises:
        InvalidValue: when no rule of the region is in the catalogue.
    """
    written = local.source("owners.emergency", region=region)
    answered = local.periods("owners.objection.answer", region=region, by_law=answer, deadline=True)
    stages = (
        Referral(
            id="apply",
            title=Text("申请紧急使用维修资金", "apply for the fund"),
            source=written,
            within=decided_within,
        ),
        *works(
            Text("费用公开", "disclose the costs"), source=written, least=as_periods(accounts_posted), answer=answered
        ),
    )
    return Procedure(
        id="emergency-repair",
        title=Text("紧急维修使用维修资金", "emergency use of the maintenance fund"),
        stages=stages,
        routes={
            "apply": {"confirmed": "implement", "rejected": "refused", "returned": "apply"},
            **works_routes("apply"),
        },
        ends=(CARRIED_OUT, ABANDONED, End("refused", Text("不予使用", "the fund is refused")), WITHDRAWN),
        offices=offices_of(stages, _FUND, staff=_staff(None, first=False)),
        deciding="apply",
        withdrawn="withdrawn",
        corrected="apply",
        corrections=WORKS_CORRECTED,
        mandatory=("apply.confirmed", *_WORKED),
        facts={"emergency": Text("属于哪一种紧急情况", "which emergency it is")},
        duties=[
            Precedence("apply.confirmed", "implement:assign", source=written),
            accounted(written),
        ],
        sources=(written,),
    )


_FUND: Final = Office(
    "fund",
    Text("维修资金管理机构", "whoever administers the maintenance fund"),
    may=["confirm", "reject", "send_back", "attach", "note"],
    independent=True,
)

FUND_USE: Final = owners_assembly(item=5)
"""The owners on using the maintenance fund, item (5)."""

REBUILDING: Final = owners_assembly(item=7)
"""The owners on altering or rebuilding, item (7)."""

FIRST_ASSEMBLY: Final = owners_assembly(item=1, first=True)
"""The first assembly on its rules of procedure, item (1), called by a preparatory group."""

EMERGENCY: Final = emergency_repair()
"""Urgent repair by the Civil Code alone."""
