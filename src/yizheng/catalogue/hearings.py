"""听证 by itself: those who are concerned are heard, the members of the hearing say for or against, and that is advice.

Since 2026 the law names the hearing among the forms of consultation, which the committee organises (residents' law of
2025 art. 32, villagers' law of 2025 art. 33), and sets no figure for it. What stands here in figures comes from the rules
and posted results of single places, and is dated data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import local
from yizheng.catalogue.common import LAPSED, STAFF, VILLAGE_STAFF, WITHDRAWN, board, offices_of, vote
from yizheng.catalogue.organic import POSTED_BEFORE_2026
from yizheng.errors import InvalidValue, shown
from yizheng.law import MAJORITY_INFERRED, UNPLACED, Share, provision
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, End, Procedure
from yizheng.procedure.duties import Precedence
from yizheng.rules import Rule
from yizheng.stages import AskedBy, Deliberation, FactIs, Hearing, Referral, Stage
from yizheng.stages.base import as_periods
from yizheng.stages.hearing import Trigger
from yizheng.text import Text
from yizheng.values.doors import all_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.scalars import flag

__all__ = ["HEARING", "VILLAGE_HEARING", "hearing"]

_ASKERS: Final = FrozenMap(
    {
        "persons": Body("residents", Text("18周岁以上的居民", "residents of 18 and more")),
        "households": Body("households", Text("户", "households")),
        "groups": Body("groups", Text("居民小组", "residents' groups")),
    }
)
_ASKING_VILLAGERS: Final = FrozenMap(
    {
        **_ASKERS,
        "persons": Body("villagers", Text("18周岁以上的村民", "villagers of 18 and more")),
        "groups": Body("groups", Text("村民小组", "villager groups")),
    }
)
_TOLD: Final[Mapping[str, Text]] = FrozenMap(
    disclose_advice=Text("听证结果公示（赞成）", "post the result: in favour"),
    disclose_opposition=Text("听证结果公示（反对）", "post the result: against"),
)


def hearing(
    *,
    region: local.Place = None,
    village: bool = False,
    by_law: Rule | Iterable[Rule] = (),
    asked_by: Iterable[str] = ("persons",),
    within: Period | Iterable[Period] | None = None,
    proxies: ProxyPolicy | None = None,
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
    reviewed: bool | None = None,
    reviewed_within: Period | Iterable[Period] = (),
) -> Procedure:
    """A hearing (听证): called, held, voted on by its members, posted, and handed to whoever decides.

    A hearing decides nothing: it ends as advice for, or as advice against, with which the matter does not go on as it is
    (one village's rules) and returns to those who proposed it. The roll of the hearing names its members and the classes
    among them, such as ``villager_representatives``, so that a quorum by class can be counted; departments that attend
    without a vote, and observers, are on no roll.

    Args:
        region: where. In Kunshan two thirds of all members and two thirds of the villagers' representatives among them
            must be present, half of the representatives' votes carry, and the town reviews; elsewhere no figure was
            read, and more than half, of more than half, is inferred.
        village: whether it is held in a village, by the law and with the offices of villages, and not in a city community.
        by_law: what the by-law asks of the vote, beside the region's.
        asked_by: whose request makes a hearing a duty: a fifth of the ``"persons"`` of 18 and more, a fifth of the
            ``"households"``, or a third of the ``"groups"`` (one community's rules; that the last are groups is
            inferred). Each needs a roll.
        within: how soon after the call it is held; left out, twenty days (one village's rules).
        proxies: which proxies the members may give; none was read.
        posted: how long the result hangs, beside the fifteen days of the board.
        answer: how soon an objection is answered.
        reviewed: whether the level above reviews what was advised; left out, only in Kunshan.
        reviewed_within: how soon it does; no period was read.

    Raises:
        InvalidValue: when it is asked by others than these, or a by-law has no citation.
    """
    asking = [*dict.fromkeys(all_of(str, asked_by, "asked_by"))]
    if unknown := [each for each in asking if each not in _ASKERS]:
        raise InvalidValue(f"{shown(unknown[0])} cannot ask for a hearing here; write some of {', '.join(_ASKERS)}")
    askers = _ASKING_VILLAGERS if flag(village) else _ASKERS
    consulted = local.source("villages.consultation" if village else "residents.consultation")
    own = local.rules("hearing.vote", region=region, by_law=by_law)
    above = any(each.citation is not None and each.citation.region is not None for each in own)
    goes_up = above if reviewed is None else flag(reviewed)
    if village:
        hangs = local.periods("villages.disclosure.posted", region=region, by_law=posted, otherwise=POSTED_BEFORE_2026)
    else:
        hangs = local.periods("residents.board", region=region, by_law=posted)
    stages: tuple[Stage, ...] = (
        Hearing(
            id="hear",
            title=Text("听证", "hear those concerned"),
            source=consulted,
            triggers=[FactIs("contested", True), *(_asked(each, askers[each]) for each in asking)],
            within=local.periods("hearing.within", region=UNPLACED) if within is None else within,
        ),
        Deliberation(
            id="advise",
            title=Text("听证会表决", "advise"),
            source=consulted if not own else own[0].citation,
            body="hearing_members",
            rule=own or MAJORITY_INFERRED,
            proxies=proxies,
        ),
        *(board(id_, title, source=None, least=hangs, answer=as_periods(answer)) for id_, title in _TOLD.items()),
        *([_review(own[0] if own else None, reviewed_within)] if goes_up else []),
    )
    return Procedure(
        id="hearing-village" if village else "hearing",
        title=Text("听证会（村）", "hearing (village)") if village else Text("听证会", "hearing"),
        stages=stages,
        routes={
            "hear": {"held": "advise", "waived": "not_held"},
            "advise": vote(carried="disclose_advice", lost="disclose_opposition", returned="hear", void="advise"),
            "disclose_advice": {"clear": "review" if goes_up else "advised", "upheld": "hear"},
            "disclose_opposition": {"clear": "not_as_it_is", "upheld": "hear"},
            **({"review": {"confirmed": "advised", "rejected": "not_as_it_is", "returned": "hear"}} if goes_up else {}),
        },
        ends=(
            End("advised", Text("听证赞成，供决策参考", "advised in favour, for whoever decides"), carried_out=True),
            End("not_as_it_is", Text("不按原案进行，退回提议", "does not go on as it is: back to the proposal")),
            End("not_held", Text("不举行听证", "no hearing was called for")),
            LAPSED,
            WITHDRAWN,
        ),
        bodies=(
            Body("hearing_members", Text("听证会成员", "members of the hearing")),
            *(askers[each] for each in asking),
        ),
        offices=offices_of(stages, staff=VILLAGE_STAFF if village else _REVIEWING if goes_up else STAFF),
        deciding="advise",
        withdrawn="withdrawn",
        corrected="hear",
        mandatory=("hear.held", "advise.carried", "disclose_advice.clear", *(["review.confirmed"] if goes_up else [])),
        facts={"contested": Text("是否有争议（真或假）", "whether it is contested (true or false)")},
        duties=[Precedence("hear.held", ["disclose_advice:post", "disclose_opposition:post"], source=consulted)],
        sources=(consulted, local.source("consultation.guidance")),
    )


def _asked(by: str, asking: Body) -> Trigger:
    """Enough of them ask, by the one set of rules that says how many are enough."""
    (share,) = provision(f"hearing.ask.{by}").editions
    assert isinstance(share, Share)
    return AskedBy(share=share.share, body=asking.id, citation=share.citation)


def _review(rule: Rule | None, within: Period | Iterable[Period]) -> Referral:
    """Kunshan: the town's leading group for open village affairs reviews before it is carried out."""
    return Referral(
        id="review",
        title=Text("上级审查", "review by the level above"),
        source=None if rule is None else rule.citation,
        within=within,
    )


_REVIEWING: Final = tuple(
    attrs.evolve(office, may=office.may | {"confirm", "reject", "send_back"}) if office.id == "subdistrict" else office
    for office in STAFF
)

HEARING: Final = hearing()
"""A hearing where no region and no by-law says more."""

VILLAGE_HEARING: Final = hearing(village=True)
"""The same in a village."""
