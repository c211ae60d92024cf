"""居民会议 and 居民代表会议: what the residents of a city community decide, and those whom they sent.

The organic law of 1989 held to 2025-12-31, that of 2025 holds since. A body takes the edition of the day on which it is
called, so that one definition serves minutes from before and meetings since.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import local
from yizheng.catalogue.common import (
    ABANDONED,
    BEFORE_2026,
    CARRIED_OUT,
    LAPSED,
    NOT_CARRIED,
    STAFF,
    WITHDRAWN,
    WORKS_CORRECTED,
    accounted,
    board,
    offices_of,
    vote,
    works,
    works_routes,
)
from yizheng.catalogue.law import BOARD, BODIES, MAJORITY_INFERRED, provision
from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue, shown
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, End, Procedure
from yizheng.procedure.duties import Precedence
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Referral, Stage
from yizheng.stages.base import as_periods
from yizheng.text import Text
from yizheng.values.doors import all_of, one_of
from yizheng.values.scalars import flag

__all__ = ["ASSEMBLY", "COVENANT", "REPRESENTATIVES", "Decides", "residents_assembly", "residents_representatives"]

_COMPOSITIONS: Final = ("persons", "households", "groups")
_FIRST_SINCE_2026: Final = local.source("residents.assembly.party_first")
_FILING: Final = local.source("residents.covenant.filing")
_POSTED: Final = BOARD[-1].citation
_NO_NOTICE: Final = Period(
    0,
    citation=Citation(
        instrument=Text("本库默认值", "default of this library"),
        in_force_to=BEFORE_2026,
        certainty=Certainty.INFERRED,
        note=Text("1989年的法律未规定通知期限", "the law of 1989 sets no time for the notice"),
    ),
)


class Decides(enum.StrEnum):
    """What is decided, where the law has it go on differently."""

    IMPORTANT_MATTER = "important_matter"
    """What is carried out afterwards."""
    COVENANT = "covenant"
    """The residents' covenant (公约), which is filed."""
    CHARTER = "charter"
    """The charter of self-government (章程), which is filed since 2026."""


def residents_assembly(
    *,
    decides: Decides | str = Decides.IMPORTANT_MATTER,
    compositions: Iterable[str] = _COMPOSITIONS,
    region: local.Place = None,
    by_law: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    party_study: Rule | Iterable[Rule] | None = MAJORITY_INFERRED,
    proxies: ProxyPolicy | None = None,
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """The residents' assembly (居民会议): the party organisation studies, the residents resolve, the board tells.

    The roll says which composition meets: of persons (``electorate="persons"``), of one representative from each
    household (``"households"``), or, to 2025-12-31, of the representatives of the residents' groups (``"delegates"``).
    The three are never mixed.

    Args:
        decides: an important matter that is carried out, or the covenant or charter, which is filed with the
            subdistrict (law of 1989 art. 15, law of 2025 art. 31).
        compositions: in which compositions it may meet; the by-law may fix one.
        region: where; what holds there is taken with the law.
        by_law: what the by-law asks of the vote. It holds beside the law, and both are shown.
        notice: what the by-law asks of the notice, beside the ten days that the law asks for since 2026 (art. 26).
        party_study: how the party organisation decides; the law of 2025 has it study important matters first (art. 30)
            and names no figure, so that the majority is inferred. ``None`` leaves the stage out, for meetings from
            before: one that is called since 2026 is then refused as ``NO_EDITION``.
        proxies: which proxies the assembly takes; the law read names none for it.
        posted: what the by-law asks of the posting, beside the law's fifteen days (art. 34).
        answer: how soon an objection is answered; the law read sets no time.

    Raises:
        InvalidValue: when a composition is none of the three, or a by-law has no citation or counts another electorate.
    """
    what = one_of(Decides, decides)
    taken = [*dict.fromkeys(all_of(str, compositions, "compositions"))]
    if unknown := [each for each in taken if each not in _COMPOSITIONS]:
        raise InvalidValue(f"{shown(unknown[0])} is no composition; write some of {', '.join(_COMPOSITIONS)}")
    provisions = [f"residents.assembly.{each}" for each in taken]
    rules = local.rules(*provisions, region=region, by_law=by_law, until=_until(party_study))
    meeting = Deliberation(
        id="resolve",
        title=Text("居民会议决定", "resolve"),
        source=local.source(*provisions),
        body="residents_assembly",
        rule=rules,
        notice=local.periods("residents.assembly.notice", region=region, by_law=notice, otherwise=_NO_NOTICE),
        notice_waivable=True,
        proxies=proxies,
    )
    named = {
        Decides.IMPORTANT_MATTER: ("residents-assembly", Text("居民会议", "residents' assembly")),
        Decides.COVENANT: ("residents-assembly-covenant", Text("居民会议（公约）", "residents' assembly (covenant)")),
        Decides.CHARTER: ("residents-assembly-charter", Text("居民会议（章程）", "residents' assembly (charter)")),
    }
    id_, title = named[what]
    return _procedure(
        id_,
        title,
        meeting,
        Body("residents_assembly", BODIES["residents_assembly"]),
        study=party_study,
        filed=what is not Decides.IMPORTANT_MATTER,
        posted=local.periods("residents.board", region=region, by_law=posted),
        answer=answer,
    )


def residents_representatives(
    *,
    region: local.Place = None,
    by_law: Rule | Iterable[Rule] = (),
    earlier: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    party_study: Rule | Iterable[Rule] | None = MAJORITY_INFERRED,
    delegated: bool = True,
    proxies: ProxyPolicy | None = None,
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """The residents' representatives (居民代表会议): two thirds of the members meet, more than half of those carry.

    Before 2026 the law knew no such body apart from the assembly, and practice differed from place to place: a meeting
    called before 2026-01-01 takes what ``earlier`` or ``by_law`` says for that day, and without that it is refused as
    ``NO_EDITION``.

    Args:
        region: where; what holds there is taken with the law.
        by_law: what the by-law asks of the vote. It holds beside the law of 2025 art. 29, and both are shown.
        earlier: what stood before 2026, with its source and its last day, such as
            ``law.provision("by_law.representatives.vote.half").editions``; of a rule without a last day, the day before
            the law is taken.
        notice: how long before the meeting it is announced; the law sets none for this body.
        party_study: how the party organisation decides (art. 30, majority inferred); ``None`` leaves the stage out, for
            meetings from before 2026.
        delegated: whether the matter must state by what it was delegated to them (``mandate``): what belongs to the
            assembly they decide only where it empowered them (art. 30).
        proxies: which proxies it takes; the law read names none.
        posted: what the by-law asks of the posting, beside the law's fifteen days (art. 34).
        answer: how soon an objection is answered; the law read sets no time.

    Raises:
        InvalidValue: when a by-law has no citation or counts another electorate.
    """
    id_ = "residents.representatives.vote"
    before = [_ended(each) for each in all_of(Rule, earlier, "earlier")]
    rules = local.rules(id_, region=region, by_law=by_law, otherwise=before, until=_until(party_study))
    if not rules:
        raise InvalidValue(
            "without the study of the party organisation the representatives cannot be called since 2026-01-01, and no "
            "rule of the days before is given; give earlier=…, or leave party_study as it is"
        )
    meeting = Deliberation(
        id="resolve",
        title=Text("居民代表会议决定", "resolve"),
        source=local.source(id_),
        body="residents_representative_assembly",
        rule=rules,
        notice=notice,
        proxies=proxies,
    )
    procedure = _procedure(
        "residents-representatives",
        Text("居民代表会议", "residents' representatives"),
        meeting,
        Body("residents_representative_assembly", BODIES["residents_representative_assembly"]),
        study=party_study,
        filed=False,
        posted=local.periods("residents.board", region=region, by_law=posted),
        answer=answer,
    )
    if not flag(delegated):
        return procedure
    mandate = Text(
        "授权：居民会议的哪项决议授权（事项、期限）", "by which resolution of the assembly: the matter and the term"
    )
    return attrs.evolve(procedure, facts={"mandate": mandate})


def _procedure(
    id_: str,
    title: Text,
    meeting: Deliberation,
    body: Body,
    *,
    study: Rule | Iterable[Rule] | None,
    filed: bool,
    posted: tuple[Period, ...],
    answer: Period | Iterable[Period],
) -> Procedure:
    """The road that both bodies share: studied, resolved, disclosed; then carried out, or filed."""
    told = board(
        "disclose_resolution",
        Text("决议公开", "disclose the resolution"),
        source=_POSTED,
        least=posted,
        answer=as_periods(answer),
    )
    result = Text("实施结果公开", "disclose the result")
    done = works(result, source=None, least=posted, answer=told.answer)
    studied = [] if study is None else [_study(study)]
    after: tuple[Stage, ...] = (_FILE,) if filed else done
    stages = (*studied, meeting, told, *after)
    first = stages[0].id
    not_carried = vote(carried="disclose_resolution", lost="not_carried", returned=first, void="resolve")
    filing = {"confirmed": "filed", "rejected": first, "returned": first}
    return Procedure(
        id=id_,
        title=title,
        stages=stages,
        routes={
            **({"study": _STUDIED} if studied else {}),
            "resolve": not_carried,
            "disclose_resolution": {"clear": after[0].id, "upheld": first},
            **({"file": filing} if filed else works_routes(first)),
        },
        ends=(
            *([_FILED] if filed else [CARRIED_OUT, ABANDONED]),
            *([_NOT_PUT_FORWARD] if studied else []),
            NOT_CARRIED,
            LAPSED,
            WITHDRAWN,
        ),
        bodies=(*([_PARTY] if studied else []), body),
        offices=offices_of(stages, staff=_FILING_STAFF if filed else STAFF),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=first,
        corrections={} if filed else WORKS_CORRECTED,
        mandatory=(
            *(["study.carried"] if studied else []),
            "resolve.carried",
            "disclose_resolution.clear",
            *(["file.confirmed"] if filed else ["implement.completed", "disclose_result.clear"]),
        ),
        duties=[
            *([Precedence("study.carried", "resolve:convene", source=_FIRST_SINCE_2026)] if studied else []),
            *([] if filed else [accounted()]),
        ],
        sources=_SOURCES,
    )


def _study(rule: Rule | Iterable[Rule]) -> Deliberation:
    return Deliberation(
        id="study",
        title=Text("党组织先行研究", "study by the party organisation"),
        source=_FIRST_SINCE_2026,
        body="party_organisation",
        rule=rule,
    )


_STUDIED: Final = vote(carried="resolve", lost="not_put_forward", returned="study", void="study")
_FILE: Final = Referral(id="file", title=Text("备案", "file with the subdistrict"), source=_FILING)
_PARTY: Final = Body("party_organisation", Text("社区党组织", "community party organisation"))
_NOT_PUT_FORWARD: Final = End("not_put_forward", Text("党组织研究后不提请决定", "not put forward after the study"))
_FILED: Final = End("filed", Text("已公开并备案", "disclosed and filed"), carried_out=True)

_FILING_STAFF: Final = tuple(
    attrs.evolve(office, may=office.may | {"confirm", "reject", "send_back"}) if office.id == "subdistrict" else office
    for office in STAFF
)
# What is filed is received by the subdistrict; where it is unlawful, it goes back (law of 2025, art. 31).

_SOURCES: Final = tuple(
    dict.fromkeys(
        edition.citation
        for id_ in ("residents.assembly.powers", "residents.representatives.vote", "residents.decisions.correction")
        for edition in provision(id_).editions
        if edition.citation is not None
    )
)


def _until(study: Rule | Iterable[Rule] | None) -> date | None:
    """The last day for a meeting: without the study of the party organisation, the day before that became a duty."""
    return BEFORE_2026 if study is None else None


def _ended(rule: Rule) -> Rule:
    """A rule that does not reach into the days of the law of 2025."""
    if rule.citation is None:
        raise InvalidValue("a rule from before 2026 has no citation; say where it was written, with citation=…")
    last = min(rule.citation.in_force_to or BEFORE_2026, BEFORE_2026)
    return attrs.evolve(rule, citation=attrs.evolve(rule.citation, in_force_to=last))


ASSEMBLY: Final = residents_assembly()
"""The residents' assembly on an important matter, by the laws of 1989 and 2025."""

COVENANT: Final = residents_assembly(decides=Decides.COVENANT)
"""The residents' assembly on the covenant, which is filed."""

REPRESENTATIVES: Final = residents_representatives()
"""The residents' representatives, by the law of 2025."""
