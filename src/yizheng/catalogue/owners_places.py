"""What a place makes of an owners' vote: the rule of the item, its notice, its window, silence, the witnesses of the count.

Shared by nobody but :mod:`~yizheng.catalogue.owners`, which says what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import local
from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.law import UNPLACED, Clause, Share, provision
from yizheng.law.provisions import cited
from yizheng.rules import CAST, ENTITLED, FOR, Outcome, Rule, Silence, SilencePolicy
from yizheng.text import Text
from yizheng.values.doors import all_of, one
from yizheng.values.frozen import FrozenMap

__all__ = [
    "ANY_DAY",
    "ITEMS",
    "MODEL_WITNESSES",
    "OBJECTED",
    "at_most",
    "cooling_off_in",
    "notice_of",
    "objections_in",
    "rules_of",
    "set_by",
    "silence_in",
    "witnesses_in",
    "written_in",
]

ITEMS: Final[Mapping[int, str]] = FrozenMap(
    dict(
        enumerate(
            (
                *("rules_of_procedure", "covenant", "committee", "manager", "fund_use"),
                *("fund_raising", "rebuilding", "common_parts", "other"),
            ),
            start=1,
        )
    )
)
"""The items of Civil Code art. 278 by their numbers; the provision of each is ``owners.vote.`` and this name."""

_OUTSIDE: Final = 10

MODEL_WITNESSES: Final = Rule(
    quorum=None,
    passage=(FOR.among("owners") >= _OUTSIDE)
    & (FOR.among("committee") >= Fraction(1, 2) * ENTITLED.among("committee")),
    citation=local.source("owners.count.signatures", "owners.count.committee", region=UNPLACED),
)
"""Who signs a count by one model of rules: ten owners from outside the committee, and half of the committee."""

_FUND_USED: Final = 5
OBJECTED: Final = "owners.vote.fund_by_no_objection"
"""The provision of a vote on objections."""

ANY_DAY: Final = date(2026, 1, 1)
"""A day on which what regions settle holds, most of it without a recorded day."""


def rules_of(item: int, region: local.Place, by_law: Rule | Iterable[Rule], *, by_objection: bool) -> tuple[Rule, ...]:
    """The rule of an item in a place, or that of a vote on objections where the place has it and all were served.

    Raises:
        InvalidValue: where it has none, or the item is not the use of the fund.
    """
    if not by_objection:
        return local.rules(f"owners.vote.{ITEMS[item]}", region=region, by_law=by_law)
    asked = [*all_of(Rule, by_law, "by_law"), ALL_SERVED]
    there = item == _FUND_USED and provision(OBJECTED).holding(ANY_DAY, region)
    found = local.rules(OBJECTED, region=region, by_law=asked) if there else ()
    if not found:
        raise InvalidValue(
            "a vote on objections is known for item 5 alone, and where a region has it; leave by_objection out, or "
            "write item=5 with a region such as 河南"
        )
    return found


def notice_of(region: local.Place, own: Period | Iterable[Period], *, ad_hoc: bool) -> tuple[Period, ...]:
    """The announcement names the items: where these must be posted for so long, it is for both."""
    beside = [*local.periods("owners.items_posted", region=region), *all_of(Period, own, "notice")]
    if ad_hoc:
        beside += local.periods("owners.notice.ad_hoc", region=region)
    return local.periods("owners.notice", region=region, by_law=beside)


def written_in(provision_id: str, region: local.Place) -> Citation | None:
    """Where a provision is written there; ``None`` where no edition of it holds."""
    if not provision(provision_id).holding(ANY_DAY, region):
        return None
    return local.source(provision_id, region=region)


def set_by(provision_id: str, region: local.Place, own: Period | None = None) -> Period | None:
    """The one period that a region sets, or the longer of it and the by-law's own."""
    return next(iter(local.periods(provision_id, region=region, by_law=() if own is None else own)), None)


def at_most(provision_id: str, region: local.Place, own: Period | None) -> Period | None:
    """The most that a region allows, or the shorter of it and the by-law's own."""
    by_law = () if own is None else own
    return next(iter(local.periods(provision_id, region=region, by_law=by_law, deadline=True)), None)


def cooling_off_in(region: local.Place) -> dict[str, Any]:
    """Where a vote that was extended and still had too few bars the item for a time, it is not called again."""
    period = set_by("owners.cooling_off", region)
    if period is None:
        return {}
    return {"cooling_off": period, "cooling_off_after": [Outcome.INQUORATE], "calls": 1}


_WAYS: Final[Mapping[str, frozenset[str]]] = FrozenMap(
    signed_or_logged_in=frozenset({"signed", "logged_in"}),
    delivered_or_answered=frozenset({"by_hand", "registered_letter", "signed", "logged_in", "posted_and_answered"}),
)
"""The ways of service that count, by what a region's clause says of them."""


def silence_in(region: local.Place, own: Silence | None) -> Silence | None:
    """What is made of a ballot that was served and bears no mark: by the region, or by the rules of procedure within it.

    A ballot counts only where it was served as the region asks: signed for or by logging in in Sichuan and Dazhou, delivered
    or posted and answered in Qinhuangdao. What the rules of procedure make of silence holds under the same terms, and,
    where the region has one, above its floor.

    Raises:
        InvalidValue: where the region itself has the silent abstain and the rules make something else of them, or where
            they take no way of service that the region takes.
    """
    nearest = provision("owners.silence").holding(ANY_DAY, region)[-1]
    settled = isinstance(nearest, Clause) and nearest.value == "abstain"
    served = [each for each in provision("owners.service").holding(ANY_DAY, region) if isinstance(each, Clause)]
    ways = _WAYS[served[-1].value or ""] if served else frozenset[str]()
    if own is None:
        return Silence(SilencePolicy.ABSTAINING, basis=cited(nearest), ways=ways) if settled else None
    one(Silence, own, "silence")
    if settled and own.policy is not SilencePolicy.ABSTAINING:
        raise InvalidValue(
            f"there, who was served and chose nothing abstains ({cited(nearest).explain('en')}), and the rules of "
            f"procedure make {own.policy.value} of it; leave silence out, or write abstaining"
        )
    both = own.ways & ways if own.ways and ways else own.ways | ways
    if ways and not both:
        raise InvalidValue(
            f"no way of service that the rules of procedure take ({', '.join(sorted(own.ways))}) counts there "
            f"({', '.join(sorted(ways))}); write some of these"
        )
    floor = own.floor
    for share in provision("owners.silence.floor").holding(ANY_DAY, region):
        assert isinstance(share, Share)
        asked = (CAST > share.share * ENTITLED) & (CAST.by("area") > share.share * ENTITLED.by("area"))
        floor = asked if floor is None else floor & asked
    return attrs.evolve(own, ways=both, floor=floor)


_OBJECTIONS: Final = provision(OBJECTED).editions[0]
assert isinstance(_OBJECTIONS, Rule)

ALL_SERVED: Final = attrs.evolve(
    _OBJECTIONS,
    quorum=(CAST >= ENTITLED) & (CAST.by("area") >= ENTITLED.by("area")),
    citation=Citation.inferred(
        Text(
            "物业管理条例第14条规定通知全体业主；未回复的业主须逐一有送达记录，为本库推定",
            "Property Management Regulations art. 14 has all owners told; that service upon each who did not answer must be "
            "on record is inferred",
        )
    ),
)
"""A vote on objections is one only where every owner answered or was served: who was never told cannot have let it pass."""


def objections_in(region: local.Place, own: Silence | None) -> Silence:
    """What is made of silence in a vote on objections: who was served and did not object took part, and approved of nothing."""
    basis = local.source(OBJECTED, region=region)
    return silence_in(region, own) or Silence(SilencePolicy.ABSTAINING, basis=basis)


def witnesses_in(region: local.Place) -> Rule | None:
    """Chengdu 32 names the subdistrict, the residents' committee and owners; that one of each is enough is inferred."""
    citation = written_in("owners.count.witnesses", region)
    if citation is None:
        return None
    one_of_each = Text("各至少一人，人数为推定", "one of each at least, which is inferred")
    return Rule(
        quorum=None,
        passage=(FOR.among("subdistrict") >= 1) & (FOR.among("residents_committee") >= 1) & (FOR.among("owners") >= 1),
        citation=attrs.evolve(citation, note=one_of_each),
    )
