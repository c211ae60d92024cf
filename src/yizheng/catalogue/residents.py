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
    NEW_LAW,
    NO_NOTICE,
    NOT_CARRIED,
    STAFF,
    WITHDRAWN,
    WORKS_CORRECTED,
    accounted,
    board,
    ended_by_2026,
    offices_of,
    vote,
    works,
    works_routes,
)
from yizheng.catalogue.delegated import BY_RESIDENTS
from yizheng.errors import InvalidValue, shown
from yizheng.law import BOARD, BODIES, MAJORITY_INFERRED, provision
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, End, Procedure
from yizheng.procedure.duties import Precedence
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Referral, Stage
from yizheng.stages.base import as_periods
from yizheng.text import Text
from yizheng.values.doors import all_of, one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.scalars import flag

__all__ = ["ASSEMBLY", "COVENANT", "REPRESENTATIVES", "Decides", "residents_assembly", "residents_representatives"]

_COMPOSITIONS: Final = ("persons", "households", "groups")
_FIRST_SINCE_2026: Final = local.source("residents.assembly.party_first")
_POSTED: Final = BOARD[-1].citation


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
        decides: an important matter that is carried out, or the covenant or charter. The covenant is filed with the
            subdistrict (law of 1989 art. 15, law of 2025 art. 31), the charter since 2026 alone, since the law of 1989
            does not name it.
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
        notice=local.periods("residents.assembly.notice", region=region, by_law=notice, otherwise=NO_NOTICE),
        notice_waivable=True,
        notice_waivable_since=NEW_LAW,
        proxies=proxies,
    )
    return _procedure(
        f"residents-assembly{_NAMED[what][0]}",
        Text(f"居民会议{_NAMED[what][1].zh}", f"residents' assembly{_NAMED[what][1].en}"),
        meeting,
        Body("residents_assembly", BODIES["residents_assembly"]),
        study=party_study,
        decides=what,
        posted=local.periods("residents.board", region=region, by_law=posted, until=_until(party_study)),
        answer=answer,
    )


def residents_representatives(
    *,
    decides: Decides | str = Decides.IMPORTANT_MATTER,
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
        decides: as :func:`residents_assembly` has it: the law of 2025 lets the assembly delegate covenant and charter too.
        region: where; what holds there is taken with the law.
        by_law: what the by-law asks of the vote. It holds beside the law of 2025 art. 29, and both are shown.
        earlier: what stood before 2026, with its source and its last day, such as
            ``law.provision("by_law.representatives.vote.half").editions``; of a rule without a last day, the day before
            the law is taken.
        notice: how long before the meeting it is announced; the law sets none for this body.
        party_study: how the party organisation decides (art. 30, majority inferred); ``None`` leaves the stage out, for
            meetings from before 2026.
        delegated: whether the matter must state by what it was delegated to them, and until when: what belongs to the
            assembly they decide only where it empowered them (art. 30), on the day of the meeting as on that of the
            opening.
        proxies: which proxies it takes; the law read names none.
        posted: what the by-law asks of the posting, beside the law's fifteen days (art. 34).
        answer: how soon an objection is answered; the law read sets no time.

    Raises:
        InvalidValue: when a by-law has no citation or counts another electorate.
    """
    id_ = "residents.representatives.vote"
    before = [ended_by_2026(each) for each in all_of(Rule, earlier, "earlier")]
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
        delegation=BY_RESIDENTS.delegation if flag(delegated) else None,
    )
    what = one_of(Decides, decides)
    procedure = _procedure(
        f"residents-representatives{_NAMED[what][0]}",
        Text(f"居民代表会议{_NAMED[what][1].zh}", f"residents' representatives{_NAMED[what][1].en}"),
        meeting,
        Body("residents_representative_assembly", BODIES["residents_representative_assembly"]),
        study=party_study,
        decides=what,
        posted=local.periods("residents.board", region=region, by_law=posted, until=_until(party_study)),
        answer=answer,
    )
    return attrs.evolve(procedure, facts=BY_RESIDENTS.facts) if delegated else procedure


def _procedure(
    id_: str,
    title: Text,
    meeting: Deliberation,
    body: Body,
    *,
    study: Rule | Iterable[Rule] | None,
    decides: Decides,
    posted: tuple[Period, ...],
    answer: Period | Iterable[Period],
) -> Procedure:
    """The road that both bodies share: studied, resolved, disclosed; then carried out, or filed."""
    filed = _files(decides, study)
    ruled = decides is not Decides.IMPORTANT_MATTER
    told = board(
        "disclose_resolution",
        Text("决议公开", "disclose the resolution"),
        source=_POSTED if study is not None else BOARD[0].citation,
        least=posted,
        answer=as_periods(answer),
    )
    result = Text("实施结果公开", "disclose the result")
    done = works(result, source=None, least=posted, answer=told.answer)
    studied = [] if study is None else [_study(study)]
    after: tuple[Stage, ...] = filed if ruled else done
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
            "disclose_resolution": {"clear": after[0].id if after else "resolved", "upheld": first},
            **({"file": filing} if filed else {} if ruled else works_routes(first)),
        },
        ends=(
            *([_FILED] if filed else [_RESOLVED] if ruled else [CARRIED_OUT, ABANDONED]),
            NOT_CARRIED,
            LAPSED,
            WITHDRAWN,
        ),
        bodies=(*([_PARTY] if studied else []), body),
        offices=offices_of(stages, staff=_FILING_STAFF if filed else STAFF),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected=first,
        corrections={} if ruled else WORKS_CORRECTED,
        mandatory=(
            *(["study"] if studied else []),
            "resolve.carried",
            "disclose_resolution.clear",
            *(["file.confirmed"] if filed else [] if ruled else ["implement.completed", "disclose_result.clear"]),
        ),
        duties=[
            *([Precedence("study", "resolve:convene", source=_FIRST_SINCE_2026)] if studied else []),
            *([] if ruled else [accounted()]),
        ],
        sources=[each for each in _SOURCES if studied or each.in_force(BEFORE_2026)],
    )


def _study(rule: Rule | Iterable[Rule]) -> Deliberation:
    return Deliberation(
        id="study",
        title=Text("党组织先行研究", "study by the party organisation"),
        source=_FIRST_SINCE_2026,
        body="party_organisation",
        rule=rule,
    )


def _files(decides: Decides, study: Rule | Iterable[Rule] | None) -> tuple[Referral, ...]:
    """What is filed: the covenant by either law (1989 art. 15, 2025 art. 31), the charter by that of 2025 alone."""
    if decides is Decides.IMPORTANT_MATTER or (decides is Decides.CHARTER and study is None):
        return ()
    since = NEW_LAW if decides is Decides.CHARTER else None
    source = local.source("residents.covenant.filing", since=since, until=_until(study))
    return (Referral(id="file", title=Text("备案", "file with the subdistrict"), source=source),)


# The law has the party organisation study first (2025, art. 30), and says nothing of what follows where it does not
# support a matter: as in a village, its opinion stands in the record, and the residents decide.
_STUDIED: Final = vote(carried="resolve", lost="resolve", returned="study", void="study")
_NAMED: Final = FrozenMap(
    {
        Decides.IMPORTANT_MATTER: ("", Text("", "")),
        Decides.COVENANT: ("-covenant", Text("（公约）", " (covenant)")),
        Decides.CHARTER: ("-charter", Text("（章程）", " (charter)")),
    }
)
_PARTY: Final = Body("party_organisation", Text("社区党组织", "community party organisation"))
_RESOLVED: Final = End("resolved", Text("已决议并公开", "resolved and disclosed"), carried_out=True)
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


ASSEMBLY: Final = residents_assembly()
"""The residents' assembly on an important matter, by the laws of 1989 and 2025."""

COVENANT: Final = residents_assembly(decides=Decides.COVENANT)
"""The residents' assembly on the covenant, which is filed."""

REPRESENTATIVES: Final = residents_representatives()
"""The residents' representatives, by the law of 2025."""
