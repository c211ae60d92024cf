"""The first four steps of 四议两公开, in a village or a community, as 四议两公开 and 五议五公开 share them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import law, local
from yizheng.catalogue.common import NEW_LAW, NO_NOTICE, STAFF, VILLAGE_STAFF, board, ended_by_2026, vote
from yizheng.catalogue.delegated import BY_RESIDENTS, Delegated, by_villagers
from yizheng.catalogue.local import Place
from yizheng.catalogue.organic import ASSEMBLY, PARTY, POSTED_BEFORE_2026
from yizheng.citation import Citation
from yizheng.errors import InvalidValue, shown
from yizheng.law.sources import unplaced
from yizheng.procedure import Body, Office
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Stage
from yizheng.stages.base import as_periods, as_rules
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap
from yizheng.values.scalars import flag

__all__ = ["COMMUNITY", "FOUR_TWO", "REVIEW_NOTICE", "Steps", "four_steps"]

FOUR_TWO: Final = unplaced(Text("地方四议两公开规定", "local rules on 四议两公开"))
"""The source of the method: local rules and the form of its register."""


def _clause(provision: str) -> Citation:
    """Where the local rules say something of the method."""
    return local.source(provision, region=law.UNPLACED)


_VILLAGERS: Final = _clause("party.four_two.resolve")
_REVIEW: Final = local.rules("party.four_two.review", region=law.UNPLACED)
REVIEW_NOTICE: Final = local.periods("party.four_two.notice", region=law.UNPLACED)
"""How long before the review the plan goes to the members, by the one text that says so."""


def _as_inferred(rules: Iterable[Rule], note: Text) -> tuple[Rule, ...]:
    return tuple(attrs.evolve(each, citation=Citation.inferred(note), electorate=None, joined=()) for each in rules)


@attrs.frozen(kw_only=True)
class Deciding:
    """A body that can take the fourth step: how it votes and is called, by the law of the catalogue.

    An assembly may be called at shorter notice since 2026, in special circumstances; before, no notice of the residents was
    set by law.
    """

    body: Body
    votes: tuple[str, ...]
    source: Citation = FOUR_TWO
    notice: str | None = None
    otherwise: tuple[Period, ...] = ()
    waivable: bool = False
    inferred: Text | None = None
    delegated: bool = False


@attrs.frozen(kw_only=True)
class Level:
    """A village or a community: its party organisation, who decides there, who acts, and how long its board hangs."""

    party: Body
    heads: Text
    deciding: Mapping[str, Deciding]
    staff: tuple[Office, ...]
    posted: str
    answer: str | None
    otherwise: tuple[Period, ...] = ()


_VILLAGE: Final = Level(
    party=PARTY,
    heads=Text(
        "一肩挑：同时担任村党组织书记和村民委员会主任的人",
        "who is both secretary of the village party organisation and head of the villagers' committee",
    ),
    deciding=FrozenMap(
        representatives=Deciding(
            body=Body("villagers_representative_assembly", law.BODIES["villagers_representative_assembly"]),
            votes=("villages.representatives.vote",),
            source=_VILLAGERS,
            notice="villages.representatives.notice",
            delegated=True,
        ),
        assembly=Deciding(
            body=ASSEMBLY,
            votes=("villages.assembly.persons", "villages.assembly.households"),
            source=_VILLAGERS,
            notice="villages.assembly.notice",
            waivable=True,
        ),
        joint_households=Deciding(
            body=Body("joint_household_representatives", Text("联户代表会议", "the joint-household representatives")),
            votes=("villages.representatives.vote",),
            source=unplaced(Text("联户代表会议规定", "local rules on joint-household representatives")),
            notice="villages.representatives.notice",
            inferred=Text(
                "联户代表会议的人数要求未记，比照村民代表会议",
                "no figure was recorded for joint-household representatives; taken as for the villagers' representatives",
            ),
            delegated=True,
        ),
    ),
    staff=VILLAGE_STAFF,
    posted="villages.disclosure.posted",
    answer="villages.objection.answer.committee",
    otherwise=(POSTED_BEFORE_2026,),
)

COMMUNITY: Final = Level(
    party=Body("community_party_org", Text("社区党组织", "the community party organisation")),
    heads=Text(
        "一肩挑：同时担任社区党组织书记和居民委员会主任的人",
        "who is both secretary of the community party organisation and head of the residents' committee",
    ),
    deciding=FrozenMap(
        representatives=Deciding(
            body=Body("residents_representative_assembly", law.BODIES["residents_representative_assembly"]),
            votes=("residents.representatives.vote",),
            delegated=True,
        ),
        assembly=Deciding(
            body=Body("residents_assembly", law.BODIES["residents_assembly"]),
            votes=("residents.assembly.persons", "residents.assembly.households", "residents.assembly.groups"),
            notice="residents.assembly.notice",
            otherwise=(NO_NOTICE,),
            waivable=True,
        ),
    ),
    staff=STAFF,
    posted="residents.board",
    answer=None,
)


@attrs.frozen(kw_only=True)
class Steps:
    """The four steps of one procedure: who takes each, by which rules, and what follows.

    Attributes:
        level: the village or the community.
        deciding: who takes the fourth step.
        merged: whether the first two are one.
        council: whether the party council takes the third.
        majority: how the first two are decided.
        review: how the third is.
        review_notice: how long before it the plan goes to the members.
        resolution: how the fourth is decided.
        notice: with what notice.
        posted: how long notices hang.
        answer: how soon an objection is answered.
        delegated: what the fourth asks of a delegation; ``None`` where those who take it decide of their own right.
    """

    level: Level
    deciding: Deciding
    merged: bool = attrs.field(converter=flag)
    council: bool = attrs.field(converter=flag)
    majority: tuple[Rule, ...]
    review: tuple[Rule, ...]
    review_notice: tuple[Period, ...]
    resolution: tuple[Rule, ...]
    notice: tuple[Period, ...]
    posted: tuple[Period, ...]
    answer: tuple[Period, ...]
    delegated: Delegated | None

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
        merger = _clause("party.four_two.merger")
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
                    source=_clause("party.four_two.discuss"),
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
                source=_clause("party.four_two.gate"),
                body=self.reviewing.id,
                rule=self.review,
                notice=self.review_notice,
            ),
            Deliberation(
                id="resolve",
                title=Text(f"四议：{self.deciding.body.title.zh}决议", "resolve"),
                source=self.deciding.source,
                body=self.deciding.body.id,
                rule=self.resolution,
                notice=self.notice,
                delegation=None if self.delegated is None else self.delegated.delegation,
                notice_waivable=self.deciding.waivable,
                notice_waivable_since=NEW_LAW if self.deciding.waivable else None,
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
    def facts(self) -> Mapping[str, Text]:
        """What a matter must state: of a merger, who holds both posts, since it is for nobody else; and the delegation."""
        both = {"holds_both_posts": self.level.heads} if self.merged else {}
        return both if self.delegated is None else both | dict(self.delegated.facts)

    @property
    def milestones(self) -> tuple[str, ...]:
        """The steps of deliberation, each carried."""
        return tuple(f"{stage.id}.carried" for stage in self.four())


def four_steps(
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
    earlier: Rule | Iterable[Rule] = (),
    notice: Period | Iterable[Period],
    posted: Period | Iterable[Period],
    answer: Period | Iterable[Period],
) -> Steps:
    """The steps as :func:`~yizheng.catalogue.siyi.siyi` has its parameters.

    Raises:
        InvalidType: when what must be true or false is neither.
        InvalidValue: when nobody of that name decides there, or no rule of the region is in the catalogue.
    """
    level = COMMUNITY if flag(community) else _VILLAGE
    deciding = level.deciding.get(decided_by) if isinstance(decided_by, str) else None
    if deciding is None:
        raise InvalidValue(
            f"the fourth step cannot be decided by {shown(decided_by)} here; write one of {', '.join(level.deciding)}"
        )
    by_law = as_rules(resolution)
    before = [ended_by_2026(each) for each in as_rules(earlier)]
    law_of_it = () if deciding.inferred else by_law
    resolved = local.rules(*deciding.votes, region=region, by_law=law_of_it, otherwise=before)
    if deciding.inferred is not None:
        resolved = by_law or _as_inferred(resolved[-1:], deciding.inferred)
    reviewed = local.rules("party.branch.vote", by_law=_REVIEW if review is None or council else review)
    if council:
        note = Text(
            "党员议事会的人数要求未记，比照党员大会",
            "no figure was recorded for the party council; taken as for the party assembly",
        )
        reviewed = as_rules(review) or _as_inferred(reviewed[-1:], note)
    return Steps(
        level=level,
        deciding=deciding,
        merged=merged,
        council=council,
        majority=as_rules(majority),
        review=reviewed,
        review_notice=as_periods(review_notice),
        resolution=resolved,
        notice=(
            local.periods(deciding.notice, region=region, by_law=notice, otherwise=deciding.otherwise)
            if deciding.notice
            else as_periods(notice)
        ),
        posted=local.periods(level.posted, region=region, by_law=posted, otherwise=level.otherwise),
        answer=(
            local.periods(level.answer, region=region, by_law=answer, deadline=True)
            if level.answer
            else as_periods(answer)
        ),
        delegated=_delegated(level, deciding, region),
    )


def _delegated(level: Level, deciding: Deciding, region: Place) -> Delegated | None:
    """What representatives must have been empowered to; an assembly decides of its own right."""
    if not deciding.delegated:
        return None
    return BY_RESIDENTS if level is COMMUNITY else by_villagers(region, inferred=deciding.inferred)
