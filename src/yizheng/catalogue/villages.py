"""The villagers' assembly and the villagers' representatives, by the organic law before and since 2026-01-01.

Since 2026 the party organisation studies important matters before the villagers decide, notice may be shorter in special
circumstances, and what is posted hangs for fifteen days at least. A procedure is made for the law of a day, and its
rules hold on the days of that law alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from yizheng.calendar import Period
from yizheng.catalogue import law
from yizheng.catalogue.common import (
    BEFORE_2026,
    LAPSED,
    NEW_LAW,
    NOT_CARRIED,
    VILLAGE_STAFF,
    WITHDRAWN,
    offices_of,
    vote,
)
from yizheng.catalogue.delegated import by_villagers
from yizheng.catalogue.local import Place
from yizheng.catalogue.organic import ASSEMBLY as ASSEMBLY_BODY
from yizheng.catalogue.organic import PARTY, STUDIED, OrganicLaw, organic_law
from yizheng.procedure import Body, End, Procedure
from yizheng.rules import ENTITLED, FOR, Rule
from yizheng.stages import Deliberation, Referral, Stage
from yizheng.text import Text
from yizheng.values.scalars import flag

__all__ = [
    "ASSEMBLY",
    "ASSEMBLY_BEFORE_2026",
    "COVENANT",
    "COVENANT_BEFORE_2026",
    "REPRESENTATIVES",
    "REPRESENTATIVES_BEFORE_2026",
    "villagers_assembly",
    "villagers_representatives",
]

_DELEGATES: Final = Body("villagers_representative_assembly", law.BODIES["villagers_representative_assembly"])
_RESOLVED: Final = End("resolved", Text("已决议并公开", "resolved and disclosed"), carried_out=True)
_FILED: Final = End("filed", Text("已公开并备案", "disclosed and filed"), carried_out=True)
_COVENANT: Final = Text("村民会议（章程、村规民约）", "villagers' assembly (charter, covenant)")


def villagers_assembly(
    *,
    region: Place = None,
    on: date = NEW_LAW,
    filed: bool = False,
    majority: Rule | Iterable[Rule] = law.MAJORITY_INFERRED,
    resolution: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """The villagers' assembly (村民会议): more than half of the villagers, or two thirds of the households, are present.

    Which of the two is asked depends on whom the roll of the assembly lists: its ``electorate`` is ``"persons"`` or
    ``"households"``. More than half of those present carry. (Organic Law of Villagers' Committees art. 26; before 2026
    art. 22.)

    Args:
        region: where it is held; its own rules are joined with those of the whole country.
        on: a day of the law by which it is made: before 2026 there is no study by the party organisation, and no shorter
            notice.
        filed: whether it makes or changes the charter of the village or its covenant (村民自治章程 村规民约), which is
            filed with the township (art. 31; before 2026 art. 27). Filing is no condition of its validity; what is
            unlawful is sent back.
        majority: how the party organisation decides on its opinion; inferred.
        resolution: a by-law's own rule of the vote, joined with the law.
        notice: a by-law's own notice, joined with the ten days of art. 25.
        posted: a by-law's own length of the posting, joined with the fifteen days of art. 35.
        answer: a by-law's own time for answering an objection, joined with that of the region.

    Raises:
        InvalidType: when ``on`` is no day, or ``filed`` is neither true nor false.
        InvalidValue: when no rule of the region is in the catalogue, or a by-law counts another electorate.
    """
    edition = organic_law(on, region)
    source = edition.source("villages.assembly.persons")
    study = edition.studied(majority)
    files = (_file(edition),) if flag(filed) else ()
    end = _FILED if files else _RESOLVED
    stages = (
        *study,
        edition.assembly("resolve", Text("村民会议决定", "the villagers decide"), source, resolution, notice),
        edition.disclosed(posted, answer),
        *files,
    )
    first = stages[0].id
    return Procedure(
        id="villagers-assembly-covenant" if files else "villagers-assembly",
        edition=edition.name,
        title=_COVENANT if files else Text("村民会议", "villagers' assembly"),
        stages=stages,
        routes={
            **({"study": STUDIED} if study else {}),
            "resolve": vote(carried="disclose_resolution", lost="not_carried", returned=first, void="resolve"),
            "disclose_resolution": {"clear": "file" if files else end.id, "upheld": first},
            **({"file": {"confirmed": end.id, "rejected": first, "returned": first}} if files else {}),
        },
        ends=(end, NOT_CARRIED, LAPSED, WITHDRAWN),
        bodies=(*((PARTY,) if study else ()), ASSEMBLY_BODY),
        offices=offices_of(stages, staff=VILLAGE_STAFF),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=first,
        mandatory=(
            *(["study"] if study else []),
            "resolve.carried",
            "disclose_resolution.clear",
            *(["file.confirmed"] if files else []),
        ),
        duties=edition.duties(end.id),
        sources=(source,),
    )


def _file(edition: OrganicLaw) -> Referral:
    """Charter and covenant are filed with the township."""
    return Referral(
        id="file", title=Text("备案", "file with the township"), source=edition.source("villages.charter.filing")
    )


def villagers_representatives(
    *,
    region: Place = None,
    on: date = NEW_LAW,
    majority: Rule | Iterable[Rule] = law.MAJORITY_INFERRED,
    resolution: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """The villagers' representatives (村民代表会议), who decide on what was delegated to them, and on nothing else.

    Two thirds of the members are present, and more than half of those carry (Organic Law of Villagers' Committees art.
    30; before 2026 art. 26). A matter states the delegation that it rests on, and until when that holds, or it is not
    opened; what was not delegated, or not any more on the day of the meeting, is refused (art. 29; before 2026 art. 25).

    In Zhejiang (art. 17) a matter on which they differ too much to decide goes to the villagers' assembly, by ballot: the
    chair returns it, and the representatives say whether they are deadlocked (who finds that is not in the article; that
    they do, and by which majority, is inferred). In Hainan (art. 15) more than half of all representatives can take a
    matter there. Where they do not, they decide themselves. Elsewhere a returned matter begins anew.

    Args:
        region: where it is held; its own rules are joined with those of the whole country: the two thirds of the women
            in Shandong, the notice of each region.
        on: a day of the law by which it is made, as :func:`villagers_assembly` has it.
        majority: as there.
        resolution: a by-law's own rule of the vote, joined with the law.
        notice: a by-law's own notice, joined with that of the region; the law of the country states none.
        posted: as there.
        answer: as there.

    Raises:
        InvalidType: as there.
        InvalidValue: as there.
    """
    edition = organic_law(on, region)
    delegated = by_villagers(region, since=edition.since, until=edition.until)
    source = edition.source("villages.representatives.vote")
    study = edition.studied(majority)
    resolve = Deliberation(
        id="resolve",
        title=Text("村民代表会议决定", "the representatives decide"),
        source=source,
        body=_DELEGATES.id,
        rule=edition.rules("villages.representatives.vote", by_law=resolution),
        notice=edition.periods("villages.representatives.notice", notice),
        delegation=delegated.delegation,
    )
    first = study[0].id if study else "resolve"
    further, ways, back = _escalation(edition, first)
    stages = (*study, resolve, *further, edition.disclosed(posted, answer))
    return Procedure(
        id="villagers-representatives",
        edition=edition.name,
        title=Text("村民代表会议", "villagers' representatives"),
        stages=stages,
        routes={
            **({"study": STUDIED} if study else {}),
            "resolve": vote(carried="disclose_resolution", lost="not_carried", returned=back or first, void="resolve"),
            **ways,
            "disclose_resolution": {"clear": "resolved", "upheld": first},
        },
        ends=(_RESOLVED, NOT_CARRIED, LAPSED, WITHDRAWN),
        bodies=(*((PARTY,) if study else ()), _DELEGATES, *((ASSEMBLY_BODY,) if further else ())),
        offices=offices_of(stages, staff=VILLAGE_STAFF),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=first,
        mandatory=(
            *(["study"] if study else []),
            "resolve" if further else "resolve.carried",
            "disclose_resolution.clear",
        ),
        facts=delegated.facts,
        duties=edition.duties("resolved", ["resolve", *(["ballot"] if further else [])]),
        sources=(edition.source("villages.representatives.vote", "villages.delegation.matters"),),
    )


def _escalation(edition: OrganicLaw, first: str) -> tuple[tuple[Stage, ...], dict[str, dict[str, str]], str | None]:
    """How a matter goes from the representatives to all villagers there: the stages, their routes, and the first.

    What is sent back from there for revision begins anew.
    """
    held = law.in_force(on=edition.since or BEFORE_2026, region=edition.region)
    deadlock, request = held.get("villages.delegation.deadlock"), held.get("villages.delegation.back")
    if not deadlock and not request:
        return (), {}, None
    found = (*(deadlock or ()), *(request or ()))[-1]
    source = found.citation
    ballot = edition.assembly("ballot", Text("提交全体村民表决", "all villagers decide"), source, (), ())
    if isinstance(found, law.Share):
        asked = Rule(quorum=None, passage=FOR > found.share * ENTITLED, citation=source)
        title = Text("代表要求提交村民会议", "the representatives ask for the assembly")
    else:
        asked = law.MAJORITY_INFERRED
        title = Text(
            "代表认定意见分歧较大、难以形成决定（人数推定）",
            "the representatives find themselves deadlocked (inferred)",
        )
    finding = Deliberation(id="escalate", title=title, source=source, body=_DELEGATES.id, rule=asked)
    ways = {
        "escalate": vote(carried="ballot", lost="resolve", returned=first, void="escalate"),
        "ballot": vote(carried="disclose_resolution", lost="not_carried", returned="resolve", void="ballot"),
    }
    return (finding, ballot), ways, "escalate"


ASSEMBLY: Final = villagers_assembly()
"""The villagers' assembly by the law of 2026."""

ASSEMBLY_BEFORE_2026: Final = villagers_assembly(on=BEFORE_2026)
"""The villagers' assembly by the law as it was to the end of 2025."""

COVENANT: Final = villagers_assembly(filed=True)
"""The villagers' assembly on the charter or the covenant, which is filed, by the law of 2026."""

COVENANT_BEFORE_2026: Final = villagers_assembly(on=BEFORE_2026, filed=True)
"""The same by the law as it was to the end of 2025."""

REPRESENTATIVES: Final = villagers_representatives()
"""The villagers' representatives by the law of 2026."""

REPRESENTATIVES_BEFORE_2026: Final = villagers_representatives(on=BEFORE_2026)
"""The villagers' representatives by the law as it was to the end of 2025."""
