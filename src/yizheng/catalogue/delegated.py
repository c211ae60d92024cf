"""What representatives decide only because it was delegated to them: what a matter states of that, and on what authority.

Villagers' representatives decide on what the villagers' assembly delegated, and on nothing else (Organic Law of Villagers'
Committees art. 29; before 2026 art. 25). The residents' assembly can delegate what is its own since 2026 (Organic Law of
Urban Residents' Committees art. 30). The representatives of a rural collective get their powers from its charter (Rural
Collective Economic Organisations Law art. 28), and from no assembly of villagers.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from yizheng.catalogue import law, local
from yizheng.catalogue.common import NEW_LAW
from yizheng.catalogue.local import Place
from yizheng.citation import Citation
from yizheng.stages import Delegation
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["BY_CHARTER", "BY_RESIDENTS", "Delegated", "by_villagers"]

_TERM: Final = "delegated_until"
_UNTIL: Final = Text(
    "授权的最后一日（如 2026-12-31）；未定期限的，写假（False）",
    "the last day on which it is delegated (such as 2026-12-31), or False where no term was set",
)
_UNTIL_SET: Final = Text(
    "授权的最后一日（如 2026-12-31）；授权须定期限", "the last day on which it is delegated; a term must be set"
)


@attrs.frozen(kw_only=True)
class Delegated:
    """What the stage of representatives asks for, and the facts that their procedure asks of a matter.

    Attributes:
        delegation: what the stage holds a matter against.
        facts: what a matter must state, with what each means.
    """

    delegation: Delegation
    facts: FrozenMap[str, Text]


def by_villagers(
    region: Place, *, since: date | None = None, until: date | None = None, inferred: Text | None = None
) -> Delegated:
    """A delegation by the villagers' assembly: in Zhejiang (art. 16) with a term, in Hainan (art. 11) not of everything.

    Args:
        region: where.
        since: the first day that counts, of a procedure for the law of some days.
        until: the last.
        inferred: why it is asked for, where the body is none that the law names.
    """
    held = law.in_force(on=NEW_LAW, region=region)
    limits = [each for each in held["villages.delegation.matters"] if isinstance(each, law.Clause)][1:]
    zh = "".join(f"；{each.words.zh}" for each in limits)
    en = "".join(f"; {each.words.en}" for each in limits)
    form = ["villages.delegation.form"] if "villages.delegation.form" in held else []
    source = local.source("villages.delegation.matters", *form, region=region, since=since, until=until)
    return Delegated(
        delegation=Delegation(
            until=_TERM,
            term=True if form else None,
            citation=source if inferred is None else Citation.inferred(inferred),
        ),
        facts=FrozenMap(
            delegated_by=Text(
                f"授权的依据（村民会议决定、村民书面表决或者章程条款）{zh}",
                f"by what it was delegated: a decision of the assembly, a written vote, or the charter{en}",
            ),
            delegated_until=_UNTIL_SET if form else _UNTIL,
        ),
    )


BY_RESIDENTS: Final = Delegated(
    delegation=Delegation(until=_TERM, citation=local.source("residents.assembly.delegation")),
    facts=FrozenMap(
        delegated_by=Text(
            "授权的依据（居民会议的哪项决定）", "by what it was delegated: which decision of the residents' assembly"
        ),
        delegated_until=_UNTIL,
    ),
)
"""A delegation by the residents' assembly."""

BY_CHARTER: Final = Delegated(
    delegation=Delegation(by="collective_charter", citation=local.source("collective.representatives.matters")),
    facts=FrozenMap(
        collective_charter=Text(
            "由本集体经济组织章程的哪一条交成员代表大会决定",
            "which article of the collective's own charter gives it to the representatives",
        )
    ),
)
"""What the charter of a rural collective gives to its members' representatives."""
