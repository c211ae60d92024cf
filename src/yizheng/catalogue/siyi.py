"""四议两公开: propose, discuss, review, resolve; disclose the resolution and the result. And its relatives.

The method is told by local rules and forms whose places were not recorded. What they say is cited as such, joined with
the law of the step where there is one; what they leave open is a parameter, with a default that is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    STAFF,
    VILLAGE_STAFF,
    WITHDRAWN,
    WORKS_ROUTES,
    board,
    offices_of,
    vote,
    works,
)
from yizheng.catalogue.law.sources import unplaced
from yizheng.catalogue.local import Place
from yizheng.catalogue.organic import ASSEMBLY, PARTY, POSTED_BEFORE_2026, disclosed_within
from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue, shown
from yizheng.procedure import Body, End, Office, Procedure
from yizheng.procedure.duties import ChainResponse, Precedence, Response, Template
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Referral, Solicitation, Stage
from yizheng.stages.base import as_periods, as_rules
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = [
    "COMMUNITY_SIYI",
    "FIVE_FIVE",
    "FOUR_TWO",
    "SIYI",
    "SUPERVISED",
    "TOWNSHIP_REVIEW",
    "WUYI",
    "siyi",
    "wuyi",
]

FOUR_TWO: Final = unplaced(Text("地方四议两公开规定", "local rules on 四议两公开"))
"""The source of the method: local rules and the form of its register."""

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

_JOINT: Final = unplaced(Text("联户代表会议规定", "local rules on joint-household representatives"))

_REVIEW: Final = tuple(each for each in law.provision("party.four_two.review").editions if isinstance(each, Rule))
_REVIEW_NOTICE: Final = tuple(
    each for each in law.provision("party.four_two.notice").editions if isinstance(each, Period)
)


def _as_inferred(rules: Iterable[Rule], note: Text) -> tuple[Rule, ...]:
    return tuple(attrs.evolve(each, citation=Citation.inferred(note), electorate=None, joined=()) for each in rules)


@attrs.frozen(kw_only=True)
class _Deciding:
    """A body that can take the fourth step: how it votes and is called, by the law of the catalogue."""

    body: Body
    votes: tuple[str, ...]
    notice: str | None = None
    inferred: Text | None = None


@attrs.frozen(kw_only=True)
class _Level:
    """A village or a community: its party organisation, who decides there, who acts, and how long its board hangs."""

    party: Body
    deciding: Mapping[str, _Deciding]
    staff: tuple[Office, ...]
    posted: str
    answer: str | None
    otherwise: tuple[Period, ...] = ()


_VILLAGE: Final = _Level(
    party=PARTY,
    deciding=FrozenMap(
        representatives=_Deciding(
            body=Body("villagers_representative_assembly", law.BODIES["villagers_representative_assembly"]),
            votes=("villages.representatives.vote",),
            notice="villages.representatives.notice",
        ),
        assembly=_Deciding(
            body=ASSEMBLY,
            votes=("villages.assembly.persons", "villages.assembly.households"),
            notice="villages.assembly.notice",
        ),
        joint_households=_Deciding(
            body=Body("joint_household_representatives", Text("联户代表会议", "the joint-household representatives")),
            votes=("villages.representatives.vote",),
            notice="villages.representatives.notice",
            inferred=Text(
                "联户代表会议的人数要求未记，比照村民代表会议",
                "no figure was recorded for joint-household representatives; taken as for the villagers' representatives",
            ),
        ),
    ),
    staff=VILLAGE_STAFF,
    posted="villages.disclosure.posted",
    answer="villages.objection.answer.committee",
    otherwise=(POSTED_BEFORE_2026,),
)

_COMMUNITY: Final = _Level(
    party=Body("community_party_org", Text("社区党组织", "the community party organisation")),
    deciding=FrozenMap(
        representatives=_Deciding(
            body=Body("residents_representative_assembly", law.BODIES["residents_representative_assembly"]),
            votes=("residents.representatives.vote",),
        ),
        assembly=_Deciding(
            body=Body("residents_assembly", law.BODIES["residents_assembly"]),
            votes=("residents.assembly.persons", "residents.assembly.households"),
            notice="residents.assembly.notice",
        ),
    ),
    staff=STAFF,
    posted="residents.board",
    answer=None,
)


@attrs.frozen(kw_only=True)
class _Chosen:
    """What one procedure was asked to be."""

    level: _Level
    deciding: _Deciding
    merged: bool
    council: bool
    majority: tuple[Rule, ...]
    review: tuple[Rule, ...]
    review_notice: tuple[Period, ...]
    resolution: tuple[Rule, ...]
    notice: tuple[Period, ...]
    posted: tuple[Period, ...]
    answer: tuple[Period, ...]

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Those that vote, in the order of their steps."""
        committees = Body("two_committees", law.BODIES["two_committees"])
        party = () if self.merged else (self.level.party,)
        return (*party, committees, self.reviewing, self.deciding.body)

    @property
    def reviewing(self) -> Body:
        """The body of party members."""
        if self.council:
            return Body("party_council", Text("党员议事会", "the party deliberation council"))
        return Body("party_assembly", law.BODIES["party_assembly"])

    @property
    def back(self) -> str:
        """Where a plan is worked over again."""
        return "propose" if self.merged else "discuss"

    def four(self) -> tuple[Stage, ...]:
        """The four steps of deliberation; three where the first two are one."""
        merger = law.provision("party.four_two.merger").editions[0].citation
        opening = (
            (
                Deliberation(
                    id="propose",
                    title=Text("一议、二议：提议、商议（合并）", "propose and discuss"),
                    source=merger,
                    body="two_committees",
                    rule=self.majority,
                ),
            )
            if self.merged
            else (
                Deliberation(
                    id="propose",
                    title=Text(f"一议：{self.level.party.title.zh}提议", "propose"),
                    source=FOUR_TWO,
                    body=self.level.party.id,
                    rule=self.majority,
                ),
                Deliberation(
                    id="discuss",
                    title=Text("二议：“两委”商议", "discuss"),
                    source=law.provision("party.four_two.discuss").editions[0].citation,
                    body="two_committees",
                    rule=self.majority,
                ),
            )
        )
        return (
            *opening,
            Deliberation(
                id="review",
                title=Text(f"三议：{self.reviewing.title.zh}审议", "review"),
                source=law.provision("party.four_two.gate").editions[0].citation,
                body=self.reviewing.id,
                rule=self.review,
                notice=self.review_notice,
            ),
            Deliberation(
                id="resolve",
                title=Text(f"四议：{self.deciding.body.title.zh}决议", "resolve"),
                source=_JOINT
                if self.deciding.inferred
                else law.provision("party.four_two.resolve").editions[0].citation,
                body=self.deciding.body.id,
                rule=self.resolution,
                notice=self.notice,
            ),
        )

    def routes_of_four(self, resolved: str, reviewed: str = "resolve") -> dict[str, dict[str, str]]:
        """Where the four lead; ``resolved`` is what follows the resolution, ``reviewed`` what follows the review."""
        first = "review" if self.merged else "discuss"
        discussed = vote(carried="review", lost="propose", returned="propose", void="discuss")
        return {
            "propose": vote(carried=first, lost="not_proposed", returned="propose", void="propose"),
            **({} if self.merged else {"discuss": discussed}),
            "review": vote(carried=reviewed, lost=self.back, returned=self.back, void="review"),
            "resolve": vote(carried=resolved, lost="not_carried", returned=self.back, void="resolve"),
        }

    def board(self, stage: str, title: Text, source: Citation) -> Stage:
        """A notice on the board."""
        return board(stage, title, source=source, least=self.posted, answer=self.answer)

    @property
    def milestones(self) -> tuple[str, ...]:
        """The steps of deliberation, each carried."""
        return tuple(f"{stage.id}.carried" for stage in self.four())


def _duties(chosen: _Chosen, region: Place, *, at_once: bool = True) -> tuple[Template, ...]:
    """Only what the party members carried goes on; and either disclosure follows what it discloses."""
    gate = law.provision("party.four_two.gate").editions[0].citation
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
        *(() if chosen.level is _COMMUNITY else disclosed_within(region)),
    )


_ENDS: Final = (CARRIED_OUT, NOT_PROPOSED, NOT_CARRIED, LAPSED, ABANDONED, WITHDRAWN)
_NOT_APPROVED: Final = End("not_approved", Text("乡镇审核未通过", "not approved by the township"))


def _chosen(
    *,
    region: Place,
    community: bool,
    merged: bool,
    council: bool,
    decided_by: str,
    majority: Rule | Iterable[Rule],
    review: Rule | Iterable[Rule] | None,
    review_notice: Period | Iterable[Period],
    resolution: Rule | Iterable[Rule],
    notice: Period | Iterable[Period],
    posted: Period | Iterable[Period],
    answer: Period | Iterable[Period],
) -> _Chosen:
    level = _COMMUNITY if community else _VILLAGE
    deciding = level.deciding.get(decided_by)
    if deciding is None:
        raise InvalidValue(
            f"the fourth step cannot be decided by {shown(decided_by)} here; write one of {', '.join(level.deciding)}"
        )
    by_law = as_rules(resolution)
    resolved = local.rules(*deciding.votes, region=region, by_law=() if deciding.inferred else by_law)
    if deciding.inferred is not None:
        resolved = by_law or _as_inferred(resolved[:1], deciding.inferred)
    reviewed = local.rules("party.branch.vote", by_law=_REVIEW if review is None or council else review)
    if council:
        note = Text(
            "党员议事会的人数要求未记，比照党员大会",
            "no figure was recorded for the party council; taken as for the party assembly",
        )
        reviewed = as_rules(review) or _as_inferred(reviewed[:1], note)
    return _Chosen(
        level=level,
        deciding=deciding,
        merged=merged,
        council=council,
        majority=as_rules(majority),
        review=reviewed,
        review_notice=as_periods(review_notice),
        resolution=resolved,
        notice=local.periods(deciding.notice, region=region, by_law=notice) if deciding.notice else as_periods(notice),
        posted=local.periods(level.posted, region=region, by_law=posted, otherwise=level.otherwise),
        answer=local.periods(level.answer, region=region, by_law=answer) if level.answer else as_periods(answer),
    )


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
    review_notice: Period | Iterable[Period] = _REVIEW_NOTICE,
    resolution: Rule | Iterable[Rule] = (),
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
            committee (一肩挑).
        council: whether the party council (党员议事会) reviews, and not the assembly of all members; the register's form
            allows either, and no figure for the council was recorded. The national rule names the branch assembly.
        decided_by: who resolves: ``"representatives"``, ``"assembly"`` or, in one place, ``"joint_households"``.
        supervised: 四议两公开一监督.
        township_review: 四议一审两公开: the township reviews the resolution before it is disclosed.
        majority: how the party organisation and the two committees decide; inferred.
        review: what local rules ask of the party members, joined with the national rule of their branch (half present,
            more than half of those entitled in favour); left out, what three local texts ask: two thirds present, half
            of those entitled in favour. Empty for the national rule alone. For the party council, its own rule.
        review_notice: how long before the review the plan goes to the members; one text says three days.
        resolution: a by-law's own rule of the vote that resolves, joined with the law; for joint households, their own.
        notice: a by-law's own notice of that meeting, joined with the law of the region.
        posted: a by-law's own length of both postings; the law asks for fifteen days since 2026.
        answer: a by-law's own time for answering an objection.

    Raises:
        InvalidValue: when nobody of that name decides there, or no rule of the region is in the catalogue.
    """
    chosen = _chosen(
        region=region,
        community=community,
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
    reviewed_above = _reviewed_above(chosen) if township_review else ()
    stages = (
        *chosen.four(),
        *reviewed_above,
        chosen.board("disclose_resolution", Text("一公开：决议公开", "disclose the resolution"), FOUR_TWO),
        *works(
            Text("二公开：实施结果公开", "disclose the result"),
            source=SUPERVISED if supervised else FOUR_TWO,
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
            **WORKS_ROUTES,
        },
        ends=(*_ENDS, _NOT_APPROVED) if township_review else _ENDS,
        bodies=chosen.bodies,
        offices=_offices(chosen, stages),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="propose",
        mandatory=(
            *chosen.milestones,
            *(("township_review.confirmed",) if township_review else ()),
            "disclose_resolution.clear",
            "implement.completed",
            "disclose_result.clear",
        ),
        duties=_duties(chosen, region, at_once=not township_review),
        sources=(
            FOUR_TWO,
            *((SUPERVISED,) if supervised else ()),
            *((TOWNSHIP_REVIEW,) if township_review else ()),
            *(() if community else (local.source("party.four_two.duty"),)),
        ),
    )


def _reviewed_above(chosen: _Chosen) -> tuple[Stage, ...]:
    above = "街道" if chosen.level is _COMMUNITY else "乡镇"
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


def _offices(chosen: _Chosen, stages: Iterable[Stage]) -> tuple[Office, ...]:
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
    review_notice: Period | Iterable[Period] = _REVIEW_NOTICE,
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
    chosen = _chosen(
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
            **WORKS_ROUTES,
        },
        ends=_ENDS,
        bodies=chosen.bodies,
        offices=_offices(chosen, stages),
        deciding="resolve",
        withdrawn="withdrawn",
        corrected="propose",
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
