"""Where the matters of a city community go, before and since 2026-01-01."""

from __future__ import annotations

from typing import Final

from yizheng.catalogue.placing.asking import (
    DELEGATED,
    NEW,
    Asked,
    Placed,
    Placing,
    categories,
    consulted,
    decided_in,
    excluded,
)

__all__ = ["CATEGORIES"]


def _residents(article: str, decides: str | None = None) -> Placing:
    """A matter that the residents' assembly decides, and since 2026 may delegate to the representatives."""

    def place(asked: Asked) -> Placed:
        how = {} if decides is None else {"decides": decides}
        assembly = decided_in(
            "residents_assembly",
            *(f"residents.assembly.{each}" for each in ("persons", "households", "groups")),
            by="residents.residents_assembly",
            region=asked.region,
            **how,
        )
        if asked.on < NEW:
            old = asked.ground(
                "residents.assembly.powers",
                "由居民会议决定",
                "the residents' assembly decides",
                "15" if decides == "covenant" else "10",
            )
            none = asked.ground(
                "residents.assembly.persons",
                "1989年的法律没有居民代表会议，代表只是居民会议的一种组成",
                "the law of 1989 knows no representative assembly: representatives are one composition of the assembly",
            )
            return Placed(forum=assembly, why=(old,), out=(excluded("residents_representative_assembly", none),))
        listed = asked.ground(
            "residents.assembly.delegation",
            "由居民会议决定，居民会议可以授权居民代表会议决定",
            "the residents' assembly decides, and may delegate it to the representatives",
            article,
        )
        first = asked.ground(
            "residents.assembly.party_first",
            "重要事项应当先经社区党组织研究讨论",
            "the community's party organisation studies important matters first",
        )
        if asked.flag("delegated", listed):
            annuls = asked.ground(
                "residents.assembly.delegation",
                "已授权；居民会议仍可撤销或者变更不适当的决定",
                "it has delegated the matter, and can still annul or change an improper decision",
            )
            forum = decided_in(
                "residents_representative_assembly",
                "residents.representatives.vote",
                by="residents.residents_representatives",
                region=asked.region,
            )
            return Placed(forum=forum, why=(listed, first), out=(excluded("residents_assembly", annuls),))
        undelegated = asked.ground(
            "residents.assembly.delegation",
            "未经居民会议授权",
            "the assembly did not delegate it",
        )
        return Placed(
            forum=assembly,
            why=(listed, first),
            out=(excluded("residents_representative_assembly", undelegated),),
        )

    return place


CATEGORIES: Final = categories(
    (
        "residents.important",
        "涉及全体居民利益的重要事项",
        "important matters of all residents",
        DELEGATED,
        _residents("30"),
    ),
    ("residents.charter", "居民自治章程", "the residents' charter", DELEGATED, _residents("30", "charter")),
    ("residents.covenant", "居民公约", "the residents' covenant", DELEGATED, _residents("30", "covenant")),
    (
        "residents.annual_report",
        "年度工作报告和评议",
        "the committee's yearly report and its review",
        DELEGATED,
        _residents("30"),
    ),
    ("residents.consultation", "居民协商", "a consultation of residents", (), consulted(village=False)),
)
"""The kinds of matter of a city community."""
