"""Mandates under which somebody is represented: which of them a vote takes, and whether they are followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yizheng.people import Proxy, ProxyPolicy
from yizheng.reasons import PROXY_BARRED, PROXY_MARK, PROXY_NOT_ALLOWED, PROXY_UNMARKED, Reason
from yizheng.rules import Choice, Mark
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Progress, Sitting
from yizheng.values.frozen import FrozenMap

__all__ = ["instruction_faults", "mandate_faults", "use_faults"]


def mandate_faults(
    stage: Settings, mandates: Sequence[Proxy], used: Mapping[str, Proxy], sitting: Sitting
) -> list[Reason]:
    """Why nobody is represented under these mandates, beside those that were used."""
    if stage.proxies is None and not all(map(sitting.names_voter, mandates)):
        return [PROXY_NOT_ALLOWED()]
    # What is held jointly is no person, and so nobody's proxy.
    joint = sitting.roll.joint & {mandate.holder for mandate in mandates}
    reasons = [PROXY_BARRED(holder=holder) for holder in sorted(joint)]
    policy = stage.proxies or ProxyPolicy()
    return reasons + policy.faults_of(mandates, used, roll=sitting.roll, names_voter=sitting.names_voter)


def use_faults(stage: Settings, mandates: Sequence[Proxy], sitting: Sitting, progress: Progress) -> list[Reason]:
    """Why ballots cannot be cast under these mandates: beside those already used, and those taken at attendance."""
    used = {mandate.principal: mandate for mandate in sitting.attendance} | dict(progress.proxies)
    reasons = mandate_faults(stage, mandates, used, sitting)
    for holder in sorted({mandate.holder for mandate in mandates}):
        reasons += sitting.absence(holder)
    return reasons


def instruction_faults(
    stage: Settings,
    sitting: Sitting,
    mandates: Sequence[Proxy],
    marks: Mapping[str, Choice],
    ballots: Mapping[str, Choice | Mark] = FrozenMap[str, Mark](),
) -> list[Reason]:
    """Why mandates do not say how to vote though they must, or ballots under them are not what the principals wrote.

    Co-owners who name one of themselves need write nothing.

    Args:
        stage: the settings.
        sitting: the sitting.
        mandates: the mandates.
        marks: what each principal wrote, as far as the mandates say.
        ballots: the ballots cast under them; none before the vote.
    """
    policy = stage.proxies
    citation = None if policy is None else policy.citation
    reasons: list[Reason] = []
    if policy is not None and policy.instructed:
        needed = [mandate.principal for mandate in mandates if not sitting.names_voter(mandate)]
        reasons += [PROXY_UNMARKED(citation, principal=principal) for principal in needed if principal not in marks]
    voted = [mandate.principal for mandate in mandates if mandate.principal in ballots and mandate.principal in marks]
    other = [principal for principal in voted if ballots[principal] != marks[principal]]
    return reasons + [PROXY_MARK(citation, principal=principal) for principal in other]
