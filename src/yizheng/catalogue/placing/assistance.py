"""Where an allowance is decided, before and since 2026-07-01."""

from __future__ import annotations

from datetime import date
from typing import Final

from yizheng.catalogue.placing.asking import Asked, Placed, categories, decided_in, excluded

__all__ = ["CATEGORIES"]

_ASSISTANCE: Final = date(2026, 7, 1)
"""Since when the Social Assistance Law holds."""
_REVIEWED: Final = date(2021, 7, 1)
"""Since when peer review of allowances is the exception."""


def _allowance(asked: Asked) -> Placed:
    """An allowance: the county confirms, whoever was heard before."""
    county = asked.ground(
        "assistance.decision",
        "由县级民政部门审核确认",
        "the county civil affairs department confirms",
    )
    no_vote = asked.ground(
        "assistance.decision",
        "居民代表会议的决议不是确认决定",
        "a resolution of the representatives is no decision on the allowance",
    )
    out = [excluded("residents_representative_assembly", no_vote)]
    panel = "review_panel"
    if asked.on >= _ASSISTANCE:
        out.append(
            excluded(
                panel,
                asked.ground(
                    "assistance.investigation",
                    "群众评议不再列入调查方法",
                    "peer review is no longer among the ways of inquiry",
                ),
            )
        )
    elif asked.on >= _REVIEWED:
        out.append(
            excluded(
                panel,
                asked.ground(
                    "allowance.peer_review",
                    "公示有异议的，才重新调查或者民主评议",
                    "there is a new inquiry or a peer review only where somebody objects to the posting",
                ),
            )
        )
    hears = (
        asked.ground(
            "assistance.reduction.hearing",
            "减少或者终止救助之前听取救助对象的意见",
            "before an allowance is reduced or ended the recipient is heard",
        )
        if asked.on >= _ASSISTANCE
        else county
    )
    if asked.on >= _ASSISTANCE and not asked.flag("paid", hears):
        function = "allowance_application"
    else:
        function = "allowance_change" if asked.flag("adverse", hears) else "allowance_review"
    why = (county, hears) if function == "allowance_change" and asked.on >= _ASSISTANCE else (county,)
    forum = decided_in("county_civil_affairs", by=f"assistance.{function}", on=asked.on, region=asked.region)
    return Placed(forum=forum, why=why, out=tuple(out))


CATEGORIES: Final = categories(
    ("allowance", "最低生活保障", "a living allowance", ("adverse", "paid"), _allowance),
)
"""The kinds of matter of social assistance."""
