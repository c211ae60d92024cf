"""一事一议: levies for public works of a village, decided item by item by the representatives of the households.

The figures are told by minutes of such a meeting, the rules of 2007 are known by their number alone. Since it is a
meeting of the villagers by households, the organic law is joined with them: its majority, its notice, its study by the
party organisation since 2026, and its postings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from yizheng.calendar import Period
from yizheng.catalogue import law, local
from yizheng.catalogue.common import (
    ABANDONED,
    BEFORE_2026,
    CARRIED_OUT,
    LAPSED,
    NEW_LAW,
    NOT_CARRIED,
    VILLAGE_STAFF,
    WITHDRAWN,
    WORKS_CORRECTED,
    accounted,
    offices_of,
    vote,
    works,
    works_routes,
)
from yizheng.catalogue.local import Place
from yizheng.catalogue.organic import ASSEMBLY, PARTY, STUDIED, organic_law
from yizheng.procedure import Procedure
from yizheng.rules import Rule
from yizheng.stages import Deliberation
from yizheng.text import Text

__all__ = ["YISHI", "YISHI_BEFORE_2026", "yishi"]


def yishi(
    *,
    region: Place = None,
    on: date = NEW_LAW,
    majority: Rule | Iterable[Rule] = law.MAJORITY_INFERRED,
    resolution: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """一事一议: two thirds of the households are represented, and more than half of those carry.

    The levy is disclosed, the works are carried out, and their result is disclosed with the accounts.

    Args:
        region: where it is held; its own rules are joined with those of the whole country.
        on: a day of the law by which it is made: before 2026 there is no study by the party organisation, and no shorter
            notice.
        majority: how the party organisation decides on its opinion; inferred.
        resolution: a by-law's own rule of the vote, joined with the law.
        notice: a by-law's own notice, joined with the ten days of the organic law.
        posted: a by-law's own length of both postings, joined with the fifteen days of the law of 2026.
        answer: a by-law's own time for answering an objection, joined with that of the region.

    Raises:
        InvalidType: when ``on`` is no day.
        InvalidValue: when no rule of the region is in the catalogue, or a by-law counts others than households.
    """
    edition = organic_law(on, region)
    by_households = local.rules("villages.assembly.households", region=region, by_law=resolution)
    study = edition.studied(majority)
    source = edition.source("villages.one_item")
    disclosed = edition.disclosed(posted, answer)
    stages = (
        *study,
        Deliberation(
            id="resolve",
            title=Text("一事一议：户代表表决", "the households decide"),
            source=source,
            body=ASSEMBLY.id,
            rule=edition.rules("villages.one_item", by_law=by_households),
            notice=edition.periods("villages.assembly.notice", notice),
            notice_waivable=edition.new,
        ),
        disclosed,
        *works(
            Text("实施结果公开", "disclose the result"),
            source=disclosed.source,
            least=disclosed.least,
            answer=disclosed.answer,
        ),
    )
    first = stages[0].id
    return Procedure(
        id="yishi",
        edition=edition.name,
        title=Text("一事一议", "levies decided item by item (一事一议)"),
        stages=stages,
        routes={
            **({"study": STUDIED} if study else {}),
            "resolve": vote(carried="disclose_resolution", lost="not_carried", returned=first, void="resolve"),
            "disclose_resolution": {"clear": "implement", "upheld": first},
            **works_routes(first),
        },
        ends=(CARRIED_OUT, NOT_CARRIED, LAPSED, ABANDONED, WITHDRAWN),
        bodies=(*((PARTY,) if study else ()), ASSEMBLY),
        offices=offices_of(stages, staff=VILLAGE_STAFF),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=first,
        corrections=WORKS_CORRECTED,
        mandatory=(
            *(["study"] if study else []),
            "resolve.carried",
            "disclose_resolution.clear",
            "implement.completed",
            "disclose_result.clear",
        ),
        duties=(*edition.duties("carried_out"), accounted()),
        sources=(source, edition.source("villages.assembly.households")),
    )


YISHI: Final = yishi()
"""一事一议 by the law of 2026."""

YISHI_BEFORE_2026: Final = yishi(on=BEFORE_2026)
"""一事一议 by the law as it was to the end of 2025."""
