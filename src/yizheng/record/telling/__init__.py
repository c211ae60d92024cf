"""How each kind of entry is told, one file for each kind of stage; what is not in the table is told by its own words."""

from collections.abc import Mapping
from typing import Any, Final

from yizheng.record.telling import (
    anywhere,
    archive,
    batch,
    deliberation,
    disclosure,
    evaluation,
    follow_up,
    hearing,
    implementation,
    mediation,
    personal_hearing,
    places,
    referral,
    screening,
    solicitation,
)
from yizheng.record.telling.base import Teller, Told, corrected, opening, tell, which
from yizheng.record.telling.batch import opened_together, sorted_out
from yizheng.record.telling.votes import on_the_roll

__all__ = ["TELLERS", "Told", "corrected", "on_the_roll", "opened_together", "opening", "sorted_out", "tell", "which"]

TELLERS: Final[Mapping[type[Any], Teller]] = {
    **anywhere.TELLERS,
    **batch.TELLERS,
    **solicitation.TELLERS,
    **deliberation.TELLERS,
    **hearing.TELLERS,
    **disclosure.TELLERS,
    **referral.TELLERS,
    **implementation.TELLERS,
    **evaluation.TELLERS,
    **screening.TELLERS,
    **mediation.TELLERS,
    **follow_up.TELLERS,
    **archive.TELLERS,
    **personal_hearing.TELLERS,
    **places.TELLERS,
}
"""Who tells which kind of action."""
