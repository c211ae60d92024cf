"""Where the matters of a city community go, before and since 2026-01-01."""

from __future__ import annotations

from typing import Any, Final

from yizheng.catalogue.forums import Forum, Ground
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


def _assembly(asked: Asked, **settings: Any) -> Forum:
    return decided_in(
        "residents_assembly",
        *(f"residents.assembly.{each}" for each in ("persons", "households", "groups")),
        by="residents.residents_assembly",
        region=asked.region,
        **settings,
    )


def _grounds(asked: Asked, article: str, decides: str | None) -> tuple[Ground, tuple[Ground, ...]]:
    """Why it is for the assembly, and since 2026 that the party organisation studies it first."""
    if asked.on < NEW:
        words = "由居民会议决定", "the residents' assembly decides"
        if decides == "covenant":
            return asked.ground("residents.covenant.filing", *words), ()
        return asked.ground("residents.assembly.powers", *words), ()
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
    return listed, (first,)


def _filing(asked: Asked, decides: str | None) -> tuple[Ground, ...]:
    """That it is filed: the covenant by either law, the charter since 2026 alone, which the law of 1989 does not name."""
    if decides is None or (decides == "charter" and asked.on < NEW):
        return ()
    return (
        asked.ground(
            "residents.covenant.filing",
            "报不设区的市、市辖区的人民政府或者街道办事处（派出机关）备案",
            "it is filed with the government of the city or district, or with its subdistrict office",
        ),
    )


def _residents(article: str, decides: str | None = None) -> Placing:
    """A matter that the residents' assembly decides, and since 2026 may delegate to the representatives."""

    def place(asked: Asked) -> Placed:
        how = {} if decides is None else {"decides": decides}
        listed, first = _grounds(asked, article, decides)
        filing = _filing(asked, decides)
        if asked.on < NEW:
            none = asked.ground(
                "residents.assembly.persons",
                "1989年的法律没有居民代表会议，代表只是居民会议的一种组成",
                "the law of 1989 knows no representative assembly: representatives are one composition of the assembly",
            )
            out = (excluded("residents_representative_assembly", none),)
            return Placed(forum=_assembly(asked, party_study=None, **how), why=(listed, *filing), out=out)
        never = asked.ground("residents.assembly.delegation", "未经居民会议授权", "the assembly did not delegate it")
        undelegated = asked.not_delegated(listed, never)
        if undelegated is not None:
            out = (excluded("residents_representative_assembly", undelegated),)
            return Placed(forum=_assembly(asked, **how), why=(listed, *first, *filing), out=out)
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
            **how,
        )
        out = (excluded("residents_assembly", annuls),)
        return Placed(forum=forum, why=(listed, *first, *filing), out=out)

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
