"""Where a dispute goes: to mediation, and to no vote."""

from __future__ import annotations

from typing import Final

from yizheng.catalogue.placing.asking import Asked, Placed, categories, decided_in, excluded

__all__ = ["CATEGORIES"]


def _dispute(asked: Asked) -> Placed:
    """A dispute: mediated with the parties' consent, and never voted on."""
    agreed = asked.ground(
        "mediation.refusal",
        "经当事人自愿调解，达成协议；一方明确拒绝的，不得调解",
        "it is mediated of the parties' own will, and ends in what they agree; where one plainly refuses it is not",
    )
    nobody_votes = asked.ground(
        "mediation.agreement",
        "协议由当事人达成，不由会议表决",
        "an agreement is made by the parties, and no meeting votes on it",
    )
    court = asked.ground(
        "mediation.failure",
        "调解不成的，当事人可以依法通过仲裁、行政、司法等途径维护权利；不得因调解而阻止",
        "where it fails the parties can take arbitration, the administration or the courts; mediation keeps nobody from that",
    )
    bodies = ("residents_assembly", "residents_representative_assembly", "villagers_assembly", "owners_assembly")
    return Placed(
        forum=decided_in("peoples_mediation_committee", by="disputes.mediation"),
        why=(agreed, court),
        out=tuple([excluded(body, nobody_votes) for body in bodies]),
    )


CATEGORIES: Final = categories(
    ("dispute", "矛盾纠纷", "a dispute", (), _dispute),
)
"""Disputes."""
