"""四议两公开: propose, discuss, review, resolve; disclose the resolution and the result. And its relatives.

The method is told by local rules and forms whose places were not recorded. What they say is cited as such, joined with
the law of the step where there is one; what they leave open is a parameter, with a default that is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import law, local
from yizheng.catalogue.common import (
    ABANDONED,
    CARRIED_OUT,
    LAPSED,
    NOT_CARRIED,
    NOT_PROPOSED,
    WITHDRAWN,
    WORKS_CORRECTED,
    accounted,
    offices_of,
    works,
    works_routes,
)
from yizheng.catalogue.local import Place
from yizheng.catalogue.organic import disclosed_within
from yizheng.catalogue.steps import COMMUNITY, FOUR_TWO, REVIEW_NOTICE, Steps, four_steps
from yizheng.citation import Certainty, Citation
from yizheng.law.sources import unplaced
from yizheng.procedure import End, Office, Procedure
from yizheng.procedure.duties import ChainResponse, Precedence, Response, Template
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Referral, Solicitation, Stage
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap
from yizheng.values.scalars import flag

__all__ = [
    "COMMUNITY_SIYI",
    "FIVE_FIVE",
    "FOUR_TWO",
    "ORIGINS",
    "SIYI",
    "SUPERVISED",
    "TOWNSHIP_REVIEW",
    "WUYI",
    "siyi",
    "wuyi",
]

FIVE_FIVE: Final = unplaced(
    Text("一份五议五公开规定", "local rules on 五议五公开"),
    Text(
        "五公开只记下程序、过程、决议结果三项，其余两项未记", "of the five things that are opened, three were recorded"
    ),
)
"""The source of 五议五公开."""

SUPERVISED: Final = Citation(
    instrument=Text("四议两公开一监督", "四议两公开一监督"),
    certainty=Certainty.REPORTED,
    note=Text(
        "2017年的报道，据称源于邓州；监督如何进行未记",
        "a report of 2017 that credits Dengzhou; how the supervision is done was not recorded",
    ),
)
"""The source of 四议两公开一监督."""

TOWNSHIP_REVIEW: Final = Citation(
    instrument=Text("四议一审两公开", "四议一审两公开"),
    certainty=Certainty.REPORTED,
    note=Text(
        "仅见标题：加上乡镇审核；该环节的位置和效力由本库推定",
        "only the title was seen: a review by the township is added; its place and effect are inferred",
    ),
)
"""The source of 四议一审两公开."""

ORIGINS: Final[FrozenMap[str, Text]] = FrozenMap(
    masses=Text("党员和群众建议", "suggested by party members and villagers"),
    cadres=Text("村干部提出", "raised by village cadres"),
    above=Text("上级党委、政府要求", "asked for by the party or the government above"),
)
"""The three boxes of 动议事由 on the form of the register, for the ``origin`` of a matter."""


def _duties(chosen: Steps, region: Place, *, at_once: bool = True) -> tuple[Template, ...]:
    """Only what the party members carried goes on; and either disclosure follows what it discloses."""
    gate = local.source("party.four_two.gate", region=law.UNPLACED)
    disclosed = ("resolve.carried", "disclose_resolution")
    first = (
        ChainResponse(*disclosed, source=FOUR_TWO)
        if at_once
        else Response(*disclosed, source=FOUR_TWO, ends=["carried_out"])
    )
    return (
        Precedence("review.carried", "resolve", source=gate),
        first,
        ChainResponse("implement.completed", "disclose_result", source=FOUR_TWO),
        accounted(),
        *(() if chosen.level is COMMUNITY else disclosed_within("carried_out", region)),
    )


_ENDS: Final = (CARRIED_OUT, NOT_PROPOSED, NOT_CARRIED, LAPSED, ABANDONED, WITHDRAWN)
_NOT_APPROVED: Final = End("not_approved", Text("乡镇审核未通过", "not approved by the township"))


def siyi(
    *,
    region: Place = None,
    community: bool = False,
    merged: bool = False,
    council: bool = False,
    decided_by: str = "representatives",
    supervised: bool = False,
    township_review: bool = False,
    majority: Rule | Iterable[Rule] = law.MAJORITY_INFERRED,
    review: Rule | Iterable[Rule] | None = None,
    review_notice: Period | Iterable[Period] = REVIEW_NOTICE,
    resolution: Rule | Iterable[Rule] = (),
    earlier: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """四议两公开: the party organisation proposes, both committees discuss, the party members review, the people resolve.

    The resolution is disclosed, carried out, and its result disclosed with the accounts.

    Args:
        region: where it is held; its own rules are joined with those of the whole country.
        community: whether it is that of an urban community, whose residents resolve.
        merged: whether the first two steps are one, which local rules allow where the party secretary also heads the
            committee (一肩挑). Who holds both posts is then a fact that the matter must state (``holds_both_posts``), or no
            case is opened.
        council: whether the party council (党员议事会) reviews, and not the assembly of all members; the register's form
            allows either, and no figure for the council was recorded. The national rule names the branch assembly.
        decided_by: who resolves: ``"representatives"``, ``"assembly"`` or, in one place, ``"joint_households"``.
            Representatives decide only what was delegated to them: a matter states by what, and until when (Organic Law
            of Villagers' Committees art. 29, before 2026 art. 25; Organic Law of Urban Residents' Committees art. 30).
        supervised: 四议两公开一监督.
        township_review: 四议一审两公开: the township reviews the resolution before it is disclosed.
        majority: how the party organisation and the two committees decide; inferred.
        review: what local rules ask of the party members, joined with the national rule of their branch (half present,
            more than half of those entitled in favour); left out, what three local texts ask: two thirds present, half
            of those entitled in favour. Empty for the national rule alone. For the party council, its own rule.
        review_notice: how long before the review the plan goes to the members; one text says three days.
        resolution: a by-law's own rule of the vote that resolves, joined with the law; for joint households, their own.
        earlier: what stood before 2026 where the law knew no such vote, with its source: the residents' representatives of
            a community are then refused as ``NO_EDITION`` without it
            (:func:`~yizheng.catalogue.residents.residents_representatives`); their assembly has the law of 1989.
        notice: a by-law's own notice of that meeting, joined with the law of the region. An assembly may be called at
            shorter notice in special circumstances since 2026 (villages art. 25, residents art. 26).
        posted: a by-law's own length of both postings; the law asks for fifteen days since 2026.
        answer: a by-law's own time for answering an objection.

    Raises:
        InvalidValue: when nobody of that name decides there, or no rule of the region is in the catalogue.
    """
    chosen = four_steps(
        region=region,
        community=community,
        merged=merged,
        council=council,
        decided_by=decided_by,
        majority=majority,
        review=review,
        review_notice=review_notice,
        resolution=resolution,
        earlier=earlier,
        notice=notice,
        posted=posted,
        answer=answer,
    )
    reviewed_above = _reviewed_above(chosen) if flag(township_review) else ()
    stages = (
        *chosen.four(),
        *reviewed_above,
        chosen.board("disclose_resolution", Text("一公开：决议公开", "disclose the resolution"), FOUR_TWO),
        *works(
            Text("二公开：实施结果公开", "disclose the result"),
            source=SUPERVISED if flag(supervised) else FOUR_TWO,
            least=chosen.posted,
            answer=chosen.answer,
        ),
    )
    above = {
        "township_review": {"confirmed": "disclose_resolution", "rejected": "not_approved", "returned": chosen.back}
    }
    id_, title = _named(community=community, supervised=supervised, township_review=township_review)
    return Procedure(
        id=id_,
        title=title,
        stages=stages,
        routes={
            **chosen.routes_of_four("township_review" if township_review else "disclose_resolution"),
            **(above if township_review else {}),
            "disclose_resolution": {"clear": "implement", "upheld": chosen.back},
            **works_routes("propose"),
        },
        ends=(*_ENDS, _NOT_APPROVED) if township_review else _ENDS,
        bodies=chosen.bodies,
        offices=_offices(chosen, stages),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="propose",
        corrections=WORKS_CORRECTED,
        mandatory=(
            *chosen.milestones,
            *(("township_review.confirmed",) if township_review else ()),
            "disclose_resolution.clear",
            "implement.completed",
            "disclose_result.clear",
        ),
        facts=chosen.facts,
        duties=_duties(chosen, region, at_once=not township_review),
        sources=(
            FOUR_TWO,
            *((SUPERVISED,) if supervised else ()),
            *((TOWNSHIP_REVIEW,) if township_review else ()),
            *(() if community else (local.source("party.four_two.duty"),)),
        ),
    )


def _reviewed_above(chosen: Steps) -> tuple[Stage, ...]:
    above = "街道" if chosen.level is COMMUNITY else "乡镇"
    title = Text(
        f"一审：{above}审核（仅见标题，位置推定）", "review by the level above (title alone seen, place inferred)"
    )
    return (Referral(id="township_review", title=title, source=TOWNSHIP_REVIEW),)


def _named(*, community: bool, supervised: bool, township_review: bool) -> tuple[str, Text]:
    name = f"四议{'一审' if township_review else ''}两公开{'一监督' if supervised else ''}"
    parts = ["siyi", *(["review"] if township_review else []), *(["supervised"] if supervised else [])]
    if community:
        return "-".join([*parts, "community"]), Text(f"{name}（社区）", f"{name} (community)")
    return "-".join(parts), Text(f"{name}（村）", f"{name} (village)")


def _offices(chosen: Steps, stages: Iterable[Stage]) -> tuple[Office, ...]:
    """Those of the level; where the level above reviews, its office may answer."""
    stages = tuple(stages)
    answers = {"confirm", "reject", "send_back"} if any(isinstance(each, Referral) for each in stages) else set[str]()
    staff = [
        attrs.evolve(office, may=office.may | answers) if office.id == "subdistrict" else office
        for office in chosen.level.staff
    ]
    return offices_of(stages, staff=staff)


def wuyi(
    *,
    region: Place = None,
    merged: bool = False,
    council: bool = False,
    decided_by: str = "representatives",
    suggestions: Period | Iterable[Period] = (),
    majority: Rule | Iterable[Rule] = law.MAJORITY_INFERRED,
    review: Rule | Iterable[Rule] | None = None,
    review_notice: Period | Iterable[Period] = REVIEW_NOTICE,
    resolution: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period] = (),
    posted: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
) -> Procedure:
    """五议五公开: suggestions come before the four steps of 四议两公开, and five things are opened.

    The source names the suggestions (合理化建议), and of what is opened the procedure, the course and the resolution;
    the other two were not recorded, and are inferred: the measures, and the result. Where in the course each is
    opened is inferred too.

    Args:
        region: as :func:`siyi` has it.
        merged: as there.
        council: as there.
        decided_by: as there.
        suggestions: how long suggestions are taken at least; none was recorded.
        majority: as there.
        review: as there.
        review_notice: as there.
        resolution: as there.
        notice: as there.
        posted: a by-law's own length of all five postings.
        answer: as there.

    Raises:
        InvalidValue: as there.
    """
    chosen = four_steps(
        region=region,
        community=False,
        merged=merged,
        council=council,
        decided_by=decided_by,
        majority=majority,
        review=review,
        review_notice=review_notice,
        resolution=resolution,
        notice=notice,
        posted=posted,
        answer=answer,
    )
    unrecorded = Citation.inferred(Text("五公开的这一项未记，由本库推定", "which this one is was not recorded"))
    *before, resolving = chosen.four()
    stages = (
        Solicitation(
            id="suggest",
            title=Text("一议：合理化建议", "suggestions"),
            source=FIVE_FIVE,
            least=suggestions,
        ),
        chosen.board("disclose_procedure", Text("一公开：程序公开", "disclose the procedure"), FIVE_FIVE),
        *(_renumbered(stage) for stage in before),
        chosen.board("disclose_course", Text("二公开：过程公开", "disclose the course"), FIVE_FIVE),
        _renumbered(resolving),
        chosen.board("disclose_resolution", Text("三公开：决议结果公开", "disclose the resolution"), FIVE_FIVE),
        chosen.board(
            "disclose_measures", Text("四公开：实施措施公开（推定）", "disclose the measures (inferred)"), unrecorded
        ),
        *works(
            Text("五公开：实施结果公开（推定）", "disclose the result (inferred)"),
            source=unrecorded,
            least=chosen.posted,
            answer=chosen.answer,
        ),
    )
    return Procedure(
        id="wuyi",
        title=Text("五议五公开（村）", "五议五公开 (village)"),
        stages=stages,
        routes={
            "suggest": {"completed": "disclose_procedure"},
            "disclose_procedure": {"clear": "propose", "upheld": "suggest"},
            **chosen.routes_of_four("disclose_resolution", reviewed="disclose_course"),
            "disclose_course": {"clear": "resolve", "upheld": chosen.back},
            "disclose_resolution": {"clear": "disclose_measures", "upheld": chosen.back},
            "disclose_measures": {"clear": "implement", "upheld": chosen.back},
            **works_routes("propose"),
        },
        ends=_ENDS,
        bodies=chosen.bodies,
        offices=_offices(chosen, stages),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="propose",
        corrections=WORKS_CORRECTED,
        mandatory=(
            "suggest.completed",
            "disclose_procedure.clear",
            *chosen.milestones[:-1],
            "disclose_course.clear",
            "resolve.carried",
            "disclose_resolution.clear",
            "disclose_measures.clear",
            "implement.completed",
            "disclose_result.clear",
        ),
        facts=chosen.facts,
        duties=_duties(chosen, region),
        sources=(FIVE_FIVE, FOUR_TWO, local.source("party.four_two.duty")),
    )


_NUMERALS: Final = "一二三四五"


def _renumbered(stage: Stage) -> Stage:
    """A step of the four as it is counted among the five."""
    assert isinstance(stage, Deliberation)
    count, of, named = stage.title.zh.partition("：")
    later = "".join(_NUMERALS[_NUMERALS.index(each) + 1] if each in _NUMERALS else each for each in count)
    return attrs.evolve(stage, title=Text(later + of + named, stage.title.en))


SIYI: Final = siyi()
"""四议两公开 in a village, by the law of the whole country and the local rules that were read."""

COMMUNITY_SIYI: Final = siyi(community=True)
"""四议两公开 in an urban community."""

WUYI: Final = wuyi()
"""五议五公开 in a village."""
