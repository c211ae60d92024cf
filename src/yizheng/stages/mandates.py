"""Mandates that say how to vote: what they say is private, and binds whoever votes under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.people import Proxy
from yizheng.reasons import PROXY_MARK, PROXY_UNMARKED, Reason
from yizheng.rules import Choice, Mark
from yizheng.values.doors import one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed

__all__ = ["as_marks", "bound_faults", "check_marks"]


def as_marks(values: Mapping[str, Choice | str] | None) -> FrozenMap[str, Choice] | None:
    """What each principal wrote; nothing where no mandate says how to vote."""
    if values is None:
        return None
    marks = {member: one_of(Choice, choice) for member, choice in keyed(values, "marks").items()}
    return FrozenMap(marks) if marks else None


def check_marks(marks: Mapping[str, Choice] | None, proxies: Sequence[Proxy]) -> None:
    """See that marks belong to mandates.

    Raises:
        InvalidValue: when somebody is said to have written how to vote who gave no mandate here.
    """
    if strangers := sorted((marks or {}).keys() - {proxy.principal for proxy in proxies}):
        raise InvalidValue(
            f"marks are given for {', '.join(strangers)}, of whom there is no mandate; give it in proxies="
        )


def bound_faults(
    proxies: Sequence[Proxy],
    marks: Mapping[str, Choice],
    ballots: Mapping[str, Choice | Mark] | None,
    *,
    needed: Sequence[Proxy],
    citation: Citation | None,
) -> list[Reason]:
    """Why mandates, or ballots under them, are not what the principals wrote.

    Args:
        proxies: the mandates.
        marks: what each principal wrote, as far as the mandates say.
        ballots: the ballots cast under them; ``None`` before the vote.
        needed: the mandates that must say how to vote.
        citation: where that is written.
    """
    unmarked = [proxy.principal for proxy in needed if proxy.principal not in marks]
    reasons = [PROXY_UNMARKED(citation, principal=principal) for principal in unmarked]
    if ballots is None:
        return reasons
    voted = [proxy.principal for proxy in proxies if proxy.principal in ballots and proxy.principal in marks]
    other = [principal for principal in voted if ballots[principal] != marks[principal]]
    return reasons + [PROXY_MARK(citation, principal=principal) for principal in other]
