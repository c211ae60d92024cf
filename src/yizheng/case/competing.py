"""Which matters of a batch compete for its places now, and what stands against filling them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from yizheng.errors import InvalidValue
from yizheng.reasons import (
    COMPETES,
    LOT_NEEDED,
    LOT_UNFIT,
    NO_BATCH,
    NO_CONTENDER,
    NO_QUOTA,
    NOT_IN_BATCH,
    NOT_VOTED,
    RECALL_FIRST,
    Reason,
)
from yizheng.rules import Filling, Lot, Ruling, Step
from yizheng.stages import CloseVote, Effect
from yizheng.stages.competing import Competition

if TYPE_CHECKING:
    from yizheng.case.case import Case

__all__ = ["alone_faults", "competing", "entry_faults", "filled", "in_common"]

_DECIDED: Final = frozenset({"carried", "lost"})
"""What a vote that competes does not come to by itself; one without a quorum, or a void one, decides nothing."""


def alone_faults(case: Case, effect: Effect) -> list[Reason]:
    """Why the vote on one matter cannot be closed by itself: it competes with others, and this would decide it."""
    competition = case.dossier.competition
    if competition is None or effect.outcome not in _DECIDED or case.stage != competition.stage:
        return []
    return [COMPETES(competition.quota.citation, batch=competition.batch, seats=competition.quota.seats)]


def competing(batch: Case, cases: Mapping[str, Case], closes: Iterable[str]) -> dict[str, Case] | list[Reason]:
    """The matters whose votes are closed now, or why the places cannot be filled.

    All that compete take part, or have come to an end; where some were tied and are voted on again, they alone do.
    """
    competition = batch.dossier.competition
    if not batch.dossier.is_batch:
        return [NO_BATCH()]
    if competition is None:
        return [NO_QUOTA(batch=batch.id)]
    if foreign := [NOT_IN_BATCH(item=item, batch=batch.id) for item, case in cases.items() if not _is_of(case, batch)]:
        return foreign
    unsettled = competition.items - competition.settled
    if missing := sorted(unsettled - cases.keys()):
        raise InvalidValue(f"{', '.join(missing)} may compete too; hand in the cases of all matters of the batch")
    under_way = {item for item in unsettled if cases[item].stage is not None}
    tied = under_way & competition.pending
    again = frozenset[str]() if tied else competition.settled & cases.keys()
    voted = {item: cases[item] for item in sorted((tied or under_way) | again) if _is_voted_on(cases[item])}
    reasons: list[Reason] = []
    if waiting := ((tied or under_way) - voted.keys()) | batch.dossier.items.keys():
        reasons.append(NOT_VOTED(items=sorted(waiting)))
    elif not voted:
        reasons.append(NO_CONTENDER(batch=batch.id))
    reasons += [NOT_IN_BATCH(item=item, batch=batch.id) for item in sorted(closes) if item not in cases]
    return reasons or voted


def _is_of(case: Case, batch: Case) -> bool:
    """Whether a matter was opened in this batch."""
    within = getattr(case.entries[0].action, "within", None)
    return within is not None and (within.batch, within.digest) == (batch.id, batch.entries[0].digest)


def _is_voted_on(case: Case) -> bool:
    """Whether the vote for which a matter competes can be closed."""
    competition = case.dossier.competition
    return competition is not None and case.stage == competition.stage and CloseVote in case.options()


def in_common(refused: Mapping[str, list[Reason]], of: int) -> list[Reason]:
    """Why votes cannot be closed, by matter; what stands against all of them is said once."""
    every = list(refused.values())
    said_of_all = len(every) == of > 1
    common = [each for each in every[0] if all(each in other for other in every)] if said_of_all else []
    return common + [each.about(item) for item, reasons in refused.items() for each in reasons if each not in common]


def filled(
    competition: Competition, effects: Mapping[str, Effect], votes: Mapping[str, str], lot: Lot | None
) -> Filling | list[Reason]:
    """Who gets the places, or what is still wanting."""
    recalled = sorted(item for item, effect in effects.items() if effect.outcome == "recalled")
    if recalled:
        return [RECALL_FIRST(items=recalled)]
    rulings = {item: effect.ruling for item, effect in effects.items() if isinstance(effect.ruling, Ruling)}
    seats = competition.seats_for(frozenset(effects))
    quota = competition.quota
    filling = quota.fill(rulings, seats=seats, votes=votes)
    edge = filling.at_edge
    if lot is None:
        wanting = quota.edge is Step.LOT and edge.tied
        needed = LOT_NEEDED(quota.edge_citation, items=edge.tied, places=edge.contested)
        return [needed] if wanting else filling
    if quota.edge is not Step.LOT or not lot.drawn <= edge.tied or len(lot.drawn) != edge.contested or not edge.tied:
        return [LOT_UNFIT(drawn=lot.drawn, items=edge.tied, places=edge.contested)]
    return quota.fill(rulings, seats=seats, votes=votes, lot=lot)


def entry_faults(batch: Case, filling: Filling | None) -> str | None:
    """What a stored entry that fills places says that its record does not bear out."""
    competition = batch.dossier.competition
    if competition is None or filling is None:
        return "it fills places, and the batch has none or it does not say whose"
    items = frozenset(filling.standings)
    if not items <= competition.items or (filling.quota, filling.seats) != (
        competition.quota,
        competition.seats_for(items),
    ):
        return "it fills other places than the batch has, or gives them to others"
    return None
