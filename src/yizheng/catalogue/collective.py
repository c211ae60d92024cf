"""Rural collective economic organisations (农村集体经济组织): who decides on collective property since 2025-05-01.

The majorities count all members of full capacity for civil conduct, or all representatives, or all directors, whether they
came or not. Which body prepares
a matter is not in the articles that were read; that the council does is inferred, and can be left out. Nor is who
supervises it and who orders corrections: its offices are those of the village, which is inferred too. What is posted of
its decisions was not recorded, so that nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import law, local
from yizheng.catalogue.common import LAPSED, NOT_CARRIED, NOT_PROPOSED, VILLAGE_STAFF, WITHDRAWN, offices_of, vote
from yizheng.catalogue.delegated import BY_CHARTER
from yizheng.citation import Citation
from yizheng.law.collective import FULL_CAPACITY
from yizheng.law.provisions import cited
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, End, Procedure
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Mode
from yizheng.stages.base import as_rules
from yizheng.text import Text
from yizheng.values.scalars import flag

__all__ = [
    "COUNCIL",
    "FULL_CAPACITY",
    "MEMBERS",
    "OUTSIDERS",
    "PROXIES",
    "REPRESENTATIVES",
    "council",
    "members",
    "representatives",
]

_MEMBERS: Final = Body("collective_assembly", law.BODIES["collective_assembly"])
_DELEGATES: Final = Body("collective_representatives", law.BODIES["collective_representatives"])
_COUNCIL: Final = Body("collective_council", law.BODIES["collective_council"])
_RESOLVED: Final = End("resolved", Text("已决议", "resolved"), carried_out=True)

PROXIES: Final = ProxyPolicy(
    cap=20,
    same_household="household:",
    citation=attrs.evolve(
        cited(law.provision("collective.assembly.proxies").editions[0]),
        note=Text(
            "限于同一户为条文所定；一人至多受托二十人为本库推定，条文未规定人数",
            "that it is within a household is the article's; that one holds twenty mandates at most is inferred, "
            "since the article names no number",
        ),
    ),
)
"""A member is represented by one of the same household alone (art. 27). No cap was recorded: twenty, which is more than a
household has, is inferred, and the citation's note says so."""

_PREPARED: Final = Citation.inferred(
    Text("由理事会提出方案为本库推定", "that the council puts the plan forward is inferred")
)
_MEETINGS: Final = (Mode.IN_PERSON, Mode.ONLINE)


def _from(provision: str) -> Citation:
    return cited(law.provision(provision).editions[0])


def council(*, resolution: Rule | Iterable[Rule] = ()) -> Procedure:
    """The council of directors (理事会): two thirds of the directors attend, and more than half of all carry (art. 31).

    Args:
        resolution: a by-law's own rule, joined with the law.

    Raises:
        InvalidType: for a by-law that is no rule, or what is neither true nor false.
        InvalidValue: when a by-law counts others than directors.
    """
    return _procedure(
        "collective-council",
        Text("农村集体经济组织理事会", "council of a rural collective"),
        Deliberation(
            id="resolve",
            title=Text("理事会决定", "the council decides"),
            source=_from("collective.council.vote"),
            body=_COUNCIL.id,
            rule=local.rules("collective.council.vote", by_law=resolution),
        ),
        _COUNCIL,
        (),
    )


def members(
    *,
    outsiders: bool = False,
    prepared: bool = True,
    preparation: Rule | Iterable[Rule] = (),
    resolution: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    proxies: ProxyPolicy | None = PROXIES,
) -> Procedure:
    """The members' assembly (成员大会): two thirds of the members of full capacity attend, and two thirds of these carry.

    The roll may list every member, since all are told (art. 27); the assembly is those of full capacity for civil conduct
    (完全民事行为能力, art. 26), who are its group ``"full_capacity"`` (:data:`FULL_CAPACITY`). A roll without that group is
    refused, and whoever is not in it is counted nowhere.

    They may attend online, or be represented within their household; notice is ten days, with time, place and items
    (art. 27).

    Args:
        outsiders: whether it decides on rights of those who are not members, for which three quarters of those of full
            capacity must be in favour too (art. 15).
        prepared: whether the council puts the plan forward, by art. 31; inferred.
        preparation: a by-law's own rule of the council, joined with the law.
        resolution: a by-law's own rule of the assembly, joined with the law.
        notice: a by-law's own notice, joined with the ten days of the law.
        proxies: which proxies it takes; the groups of the roll that begin with ``"household:"`` say who is of one.

    Raises:
        InvalidType: for a by-law that is no rule, or what is neither true nor false.
        InvalidValue: when a by-law counts others than members.
    """
    own = as_rules(resolution)
    if flag(outsiders):
        own += local.rules("collective.assembly.outsiders")
    title = Text("农村集体经济组织成员大会", "members' assembly of a rural collective")
    if outsiders:
        title = Text(f"{title.zh}（非成员的权利）", f"{title.en} (rights of outsiders)")
    return _procedure(
        "collective-outsiders" if outsiders else "collective-members",
        title,
        Deliberation(
            id="resolve",
            title=Text("成员大会决定", "the members decide"),
            source=_from("collective.assembly.outsiders" if outsiders else "collective.assembly.vote"),
            body=_MEMBERS.id,
            rule=local.rules("collective.assembly.vote", by_law=own),
            notice=local.periods("collective.assembly.notice", by_law=notice),
            modes=_MEETINGS,
            proxies=proxies,
        ),
        _MEMBERS,
        _put_forward(preparation) if flag(prepared) else (),
    )


def representatives(
    *,
    prepared: bool = True,
    preparation: Rule | Iterable[Rule] = (),
    resolution: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
) -> Procedure:
    """The members' representatives (成员代表大会): two thirds of all representatives carry (art. 28).

    They have those powers that the charter of the collective gives them, and some they can never have (art. 28): a matter
    states the article of the charter, and what villagers delegated does not do. There are more than twenty of them, which
    is not checked here. No notice and no way of attending was recorded for them.

    Args:
        prepared: as :func:`members` has it.
        preparation: as there.
        resolution: a by-law's own rule of the representatives, joined with the law.
        notice: how long before the meeting it is announced; none was recorded.

    Raises:
        InvalidType: for a by-law that is no rule, or what is neither true nor false.
        InvalidValue: when a by-law counts others than delegates.
    """
    procedure = _procedure(
        "collective-representatives",
        Text("农村集体经济组织成员代表大会", "representatives of a rural collective"),
        Deliberation(
            id="resolve",
            title=Text("成员代表大会决定", "the representatives decide"),
            source=_from("collective.representatives.vote"),
            body=_DELEGATES.id,
            rule=local.rules("collective.representatives.vote", by_law=resolution),
            notice=notice,
            delegation=BY_CHARTER.delegation,
        ),
        _DELEGATES,
        _put_forward(preparation) if flag(prepared) else (),
    )
    return attrs.evolve(procedure, facts=BY_CHARTER.facts)


def _put_forward(preparation: Rule | Iterable[Rule]) -> tuple[Deliberation, ...]:
    rule = local.rules("collective.council.vote", by_law=preparation)
    title = Text("理事会提出方案（推定）", "the council puts the plan forward (inferred)")
    return (Deliberation(id="propose", title=title, source=_PREPARED, body=_COUNCIL.id, rule=rule),)


def _procedure(id_: str, title: Text, resolve: Deliberation, body: Body, before: tuple[Deliberation, ...]) -> Procedure:
    stages = (*before, resolve)
    first = stages[0].id
    proposed = {"propose": vote(carried="resolve", lost="not_proposed", returned="propose", void="propose")}
    return Procedure(
        id=id_,
        title=title,
        stages=stages,
        routes={
            **(proposed if before else {}),
            "resolve": vote(carried="resolved", lost="not_carried", returned=first, void="resolve"),
        },
        ends=(_RESOLVED, NOT_CARRIED, *((NOT_PROPOSED,) if before else ()), LAPSED, WITHDRAWN),
        bodies=(*((_COUNCIL,) if before else ()), body),
        offices=offices_of(stages, staff=VILLAGE_STAFF),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=first,
        mandatory=(*(["propose.carried"] if before else []), "resolve.carried"),
        sources=(resolve.source or _PREPARED, _from("collective.minutes")),
    )


COUNCIL: Final = council()
"""The council of directors."""

MEMBERS: Final = members()
"""The members' assembly."""

OUTSIDERS: Final = members(outsiders=True)
"""The members' assembly on rights of those who are not members."""

REPRESENTATIVES: Final = representatives()
"""The members' representatives."""
