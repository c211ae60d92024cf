"""一征三议两公开: solicit once, deliberate three times, disclose twice, and let the residents judge.

The method comes from one community's report, which tells it by two cases and gives few figures. What the report says
is cited as such; every figure that it leaves open is a parameter of the functions here, with a default that is either
the law of the step or marked as inferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from yizheng.calendar import Period
from yizheng.catalogue.common import (
    CHANGE_CONSIDERED,
    COUNTY,
    LAPSED,
    NOT_CARRIED,
    WITHDRAWN,
    WORKS_CORRECTED,
    accounted,
    offices_of,
    vote,
    works,
    works_routes,
)
from yizheng.citation import Certainty, Citation
from yizheng.law import (
    ALLOWANCE_NOTICE,
    BOARD,
    CONFIRMATION_PUBLISHED,
    MAJORITY_INFERRED,
    OWNERS_NOTICE,
    OWNERS_SPECIAL,
    REPRESENTATIVES,
)
from yizheng.law.assistance import PRIVACY
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, End, Procedure
from yizheng.procedure.duties import ChainPrecedence
from yizheng.rules import Rule
from yizheng.stages import (
    AskedBy,
    Channel,
    Deliberation,
    Disclosure,
    Evaluation,
    FactIs,
    Hearing,
    Method,
    Mode,
    Referral,
    Solicitation,
)
from yizheng.stages.base import as_periods
from yizheng.stages.evaluation import SATISFIED
from yizheng.text import Text
from yizheng.values.doors import all_of

__all__ = ["ALLOWANCE", "COURTYARD", "REPORT", "allowance", "courtyard"]

REPORT: Final = Citation(
    instrument=Text("某社区一征三议两公开工作报告", "report of a community on 一征三议两公开"),
    certainty=Certainty.REPORTED,
)
"""The source of the method."""


def _rules(provision: str, given: Rule | Iterable[Rule], default: Rule) -> tuple[Rule, ...]:
    """The rules of a step: those of a by-law joined with the law."""
    if given is default:
        return (default,)
    from yizheng.catalogue.local import kept_rules  # noqa: PLC0415 -- loaded for those who have a by-law

    return kept_rules(provision, given, default)


def _periods(
    provision: str, setting: str, given: Period | Iterable[Period], default: Period | Iterable[Period]
) -> tuple[Period, ...]:
    """The periods of a step: those of a by-law joined with the law."""
    usual = all_of(Period, default, "a period")
    if given is default:
        return usual
    from yizheng.catalogue.local import kept_periods  # noqa: PLC0415 -- as above

    return kept_periods(provision, setting, given, usual)


def courtyard(
    *,
    solicitation: Period | Iterable[Period] = (),
    majority: Rule | Iterable[Rule] = MAJORITY_INFERRED,
    owners: Rule | Iterable[Rule] = OWNERS_SPECIAL,
    notice: Period | Iterable[Period] = OWNERS_NOTICE,
    proxies: ProxyPolicy | None = None,
    measures_posted: Period | Iterable[Period] = BOARD,
    result_posted: Period | Iterable[Period] = BOARD,
    answer: Period | Iterable[Period] = (),
    bar: Rule | Iterable[Rule] = SATISFIED,
) -> Procedure:
    """The courtyard binding: the two committees propose, the owners' representatives are consulted, all owners vote.

    Args:
        solicitation: how long residents are asked at least; the report states none.
        majority: how the two committees and the owners' representatives decide; inferred.
        owners: how the owners decide: Civil Code art. 278, item 7, for rebuilding. What a by-law asks is joined with it, and
            so is a by-law's notice, and its time of posting.
        notice: how long before the owners' vote it is announced: Property Management Regulations art. 14.
        proxies: which proxies the owners' vote takes; the default takes none, since the cap is for the by-laws.
        measures_posted: how long the measures are posted: residents' committees law 2025 art. 34.
        result_posted: how long the result is posted: the same.
        answer: how soon an objection is answered; regions differ, and the report states none.
        bar: when the residents count as satisfied; inferred.
    """
    stages = (
        Solicitation(
            id="solicit",
            title=Text("一征：征求意见", "solicit opinions"),
            source=REPORT,
            least=solicitation,
            baseline=True,
        ),
        Deliberation(
            id="propose", title=Text("一议：两委提议", "propose"), source=REPORT, body="two_committees", rule=majority
        ),
        Deliberation(
            id="consult",
            title=Text("二议：与业主代表协商", "consult"),
            source=REPORT,
            body="owner_representatives",
            rule=majority,
        ),
        Deliberation(
            id="resolve",
            title=Text("三议：全体业主表决", "resolve"),
            source=REPORT,
            body="owners",
            rule=_rules("owners.vote.rebuilding", owners, OWNERS_SPECIAL),
            notice=_periods("owners.notice", "notice", notice, OWNERS_NOTICE),
            modes=Mode,
            methods=[Method.BY_NAME],
            proxies=proxies,
        ),
        Disclosure(
            id="disclose_measures",
            title=Text("一公开：实施措施公开", "disclose the measures"),
            source=REPORT,
            least=_periods("residents.board", "least", measures_posted, BOARD),
            required=[Channel.BULLETIN_BOARD],
            answer=answer,
        ),
        *works(
            Text("二公开：实施结果公开", "disclose the result"),
            source=REPORT,
            least=_periods("residents.board", "least", result_posted, BOARD),
            answer=as_periods(answer),
        ),
        Evaluation(id="evaluate", title=Text("群众评议", "evaluate"), source=REPORT, bar=bar),
    )
    return Procedure(
        id="yizheng-courtyard",
        title=Text("一征三议两公开（院落整治）", "一征三议两公开 (courtyard renovation)"),
        stages=stages,
        routes={
            "solicit": {"completed": "propose"},
            "propose": vote(carried="consult", lost="not_proposed", returned="propose", void="propose"),
            "consult": vote(carried="resolve", lost="propose", returned="propose", void="consult"),
            "resolve": vote(carried="disclose_measures", lost="not_carried", returned="consult", void="resolve"),
            "disclose_measures": {"clear": "implement", "upheld": "propose"},
            **works_routes("propose", done="evaluate"),
            "evaluate": {"satisfied": "carried_out", "unsatisfied": "carried_out_unsatisfactorily"},
        },
        ends=(
            End(
                "carried_out", Text("已实施，群众满意", "carried out to the residents' satisfaction"), carried_out=True
            ),
            End(
                "carried_out_unsatisfactorily",
                Text("已实施，群众不满意", "carried out, and the residents are not satisfied"),
                carried_out=True,
            ),
            End("not_proposed", Text("未形成提议", "not proposed")),
            NOT_CARRIED,
            LAPSED,
            End("abandoned", Text("终止实施", "abandoned")),
            WITHDRAWN,
        ),
        bodies=(
            Body("two_committees", Text("社区“两委”", "the two committees")),
            Body("owner_representatives", Text("业主代表", "owners' representatives")),
            Body("owners", Text("全体业主", "all owners")),
        ),
        offices=offices_of(stages),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="propose",
        corrections=WORKS_CORRECTED,
        shared=("solicit", "propose", "consult"),
        mandatory=(
            "solicit.completed",
            "propose.carried",
            "consult.carried",
            "resolve.carried",
            "disclose_measures.clear",
            "implement.completed",
            "disclose_result.clear",
            "evaluate",
        ),
        duties=(accounted(),),
        sources=(REPORT,),
    )


def allowance(
    *,
    solicitation: Period | Iterable[Period] = (),
    majority: Rule | Iterable[Rule] = MAJORITY_INFERRED,
    representatives: Rule | Iterable[Rule] = REPRESENTATIVES,
    hearing_share: str = "1/5",
    posted: Period | Iterable[Period] = ALLOWANCE_NOTICE,
    answer: Period | Iterable[Period] = (),
    decision_within: Period | Iterable[Period] = (),
    decision_posted: Period | Iterable[Period] | None = None,
) -> Procedure:
    """The allowance binding (低保): resolved family by family, and confirmed or rejected by the level above.

    The two committees discuss, the party council reviews, a hearing is held when needed, the residents'
    representatives resolve. Only the families that may be contested enter; why one was selected its matter must state,
    privately. What is found and said about a family is withheld from the public.

    Nothing is taken away from a family here: no resolution of the community is a decision on its allowance, and where the
    level above does not confirm, a change is considered. The family is told so in writing with the reasons, the allowance
    goes on as it was, and whether it is reduced or ended is decided in a recheck
    (:func:`yizheng.catalogue.assistance.allowance_change`), which hears the recipient first, as the law asks since
    2026-07-01.

    Args:
        solicitation: how long residents are asked at least; the report states none.
        majority: how the two committees and the party council decide; inferred.
        representatives: how the representatives decide: residents' committees law 2025 art. 29, from 2026-01-01. What a
            by-law asks is joined with it, as is its time of posting.
        hearing_share: which share of the representatives can ask for a hearing; inferred.
        posted: how long the resolution is posted.
        answer: how soon an objection is answered; regions differ.
        decision_within: how soon the level above decides; the period in force was not read.
        decision_posted: how long its decision is posted; left out, seven days, inferred.
    """
    told = Period(7, citation=_decision_inferred()) if decision_posted is None else decision_posted
    stages = (
        Solicitation(id="solicit", title=Text("一征：征求意见", "solicit opinions"), source=REPORT, least=solicitation),
        Deliberation(
            id="discuss",
            title=Text("一议：两委班子商议", "discuss"),
            source=REPORT,
            body="two_committees",
            rule=majority,
        ),
        Deliberation(
            id="review",
            title=Text("二议：党员议事会审议", "review"),
            source=REPORT,
            body="party_council",
            rule=majority,
        ),
        Hearing(
            id="hearing",
            title=Text("听证（必要时）", "hearing, when needed"),
            source=REPORT,
            triggers=[
                FactIs("contested", True),
                AskedBy(
                    share=hearing_share,
                    body="resident_representatives",
                    citation=Citation.inferred(Text("申请听证的人数由本库推定", "the share is inferred")),
                ),
            ],
        ),
        Deliberation(
            id="resolve",
            title=Text("三议：居民代表会议决议", "resolve"),
            source=REPORT,
            body="resident_representatives",
            rule=_rules("residents.representatives.vote", representatives, REPRESENTATIVES),
        ),
        Disclosure(
            id="disclose_resolution",
            title=Text("一公开：公示", "disclose the resolution"),
            source=REPORT,
            least=_periods("allowance.posted", "least", posted, ALLOWANCE_NOTICE),
            required=[Channel.BULLETIN_BOARD],
            answer=answer,
        ),
        Referral(id="refer", title=Text("上报", "refer upward"), source=REPORT, within=decision_within),
        Disclosure(
            id="disclose_decision",
            title=Text("二公开：确认决定公开（推定）", "disclose the decision (inferred)"),
            source=CONFIRMATION_PUBLISHED,
            least=told,
            required=[Channel.BULLETIN_BOARD],
            answer=answer,
        ),
        Disclosure(
            id="inform_family",
            title=Text("书面告知拟不予确认的理由", "tell the family why, in writing"),
            source=CONFIRMATION_PUBLISHED,
            least=told,
            channels=[Channel.LETTER],
            required=[Channel.LETTER],
            answer=answer,
            carries=["reasons"],
        ),
    )
    return Procedure(
        id="yizheng-allowance",
        title=Text("一征三议两公开（低保评议）", "一征三议两公开 (allowance review)"),
        stages=stages,
        routes={
            "solicit": {"completed": "discuss"},
            "discuss": vote(carried="review", lost="not_proposed", returned="discuss", void="discuss"),
            "review": vote(carried="hearing", lost="discuss", returned="discuss", void="review"),
            "hearing": {"held": "resolve", "waived": "resolve"},
            "resolve": vote(carried="disclose_resolution", lost="not_carried", returned="discuss", void="resolve"),
            "disclose_resolution": {"clear": "refer", "upheld": "discuss"},
            "refer": {"confirmed": "disclose_decision", "rejected": "inform_family", "returned": "discuss"},
            "disclose_decision": {"clear": "confirmed", "upheld": "refer"},
            "inform_family": {"clear": CHANGE_CONSIDERED.id, "upheld": "refer"},
        },
        ends=(
            End("confirmed", Text("已确认并公开", "confirmed and disclosed"), carried_out=True),
            CHANGE_CONSIDERED,
            End("not_proposed", Text("商议未通过，不影响原待遇", "not proposed: the allowance goes on as it was")),
            End("not_carried", Text("决议未通过，不影响原待遇", "not carried: the allowance goes on as it was")),
            LAPSED,
            WITHDRAWN,
        ),
        bodies=(
            Body("two_committees", Text("社区“两委”", "the two committees")),
            Body("party_council", Text("党员议事会", "the party deliberation council")),
            Body("resident_representatives", Text("居民代表会议", "the residents' representatives")),
        ),
        offices=offices_of(stages, COUNTY),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="discuss",
        shared=("solicit", "discuss", "review", "hearing"),
        mandatory=(
            "solicit.completed",
            "discuss.carried",
            "review.carried",
            "hearing",
            "resolve.carried",
            "disclose_resolution.clear",
            "refer.confirmed",
            "disclose_decision.clear",
        ),
        facts={
            "contested": Text("是否有争议（真或假）", "whether it is contested (true or false)"),
        },
        private={
            "selected_because": Text("为何列入评议（可能有争议的理由）", "why the family was selected as contested"),
        },
        confidential=PRIVACY,
        duties=[ChainPrecedence("inform_family.clear", CHANGE_CONSIDERED.id, source=CONFIRMATION_PUBLISHED)],
        sources=(REPORT,),
    )


def _decision_inferred() -> Citation:
    note = Text("确认决定公开的期限由本库推定为7日", "seven days for the decision are inferred")
    return Citation.inferred(note)


COURTYARD: Final = courtyard()
"""The courtyard renovation of the source report."""

ALLOWANCE: Final = allowance()
"""The allowance review of the source report."""
