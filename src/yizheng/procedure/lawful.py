"""Whether the numbers of a definition are those of the articles that they cite: nobody writes down less than the law asks.

Each rule and period is held against the catalogue's own edition of the article that its citation names. What cites nothing
that the catalogue knows is not compared; how many were, the proof says. The law may be read better one day than it is today,
so no record is unreadable for it: it is asked when a definition is proved, read from a file, or a case is opened by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.procedure.faults import Fault, fault
from yizheng.rules import Rule
from yizheng.text import Text

if TYPE_CHECKING:
    from yizheng.law.bars import Bar
    from yizheng.procedure.definition import Procedure

__all__ = ["compared", "law_faults", "placed_law_faults"]


def law_faults(procedure: Procedure) -> tuple[Fault, ...]:
    """Where a rule or a period asks less than the article that it cites, or outlives it."""
    return tuple(dict.fromkeys(found for _, found in placed_law_faults(procedure)))


def placed_law_faults(procedure: Procedure) -> Iterator[tuple[str, Fault]]:
    """The same, each with its place, such as ``stages[2].rule[0]``."""
    from yizheng.law import bars  # noqa: PLC0415 -- the law is loaded where something is held against it

    for number, stage in enumerate(procedure.stages):
        for setting, editions in stage.rules():
            for index, edition in enumerate(editions):
                where = f"stages[{number}].{setting}" + (f"[{index}]" if len(editions) > 1 else "")
                for bar in bars.lower(edition, setting):
                    yield where, _lower(stage.id, setting, bar)
                ended = bars.ended(edition, setting)
                if ended is not None and not any(
                    each is not edition
                    and each.citation is not None
                    and each.citation.in_force(ended)
                    and (each.citation.in_force_from or ended) >= ended
                    for each in editions
                ):
                    yield (
                        where,
                        fault(
                            "RULE_OUTLIVES_LAW",
                            stage=stage.id,
                            setting=setting,
                            article=_source(edition.citation),
                            ended=str(ended),
                        ),
                    )


def compared(procedure: Procedure) -> tuple[int, int]:
    """How many rules and periods cite an article that the catalogue knows, and how many there are."""
    from yizheng.law import bars  # noqa: PLC0415 -- as above

    parts = [
        bars.law_of(part, setting)
        for stage in procedure.stages
        for setting, editions in stage.rules()
        for edition in editions
        for part in bars.parts(edition)
    ]
    return sum(1 for found in parts if found), len(parts)


def _lower(stage: str, setting: str, bar: Bar) -> Fault:
    return fault(
        "RULE_BELOW_LAW",
        stage=stage,
        setting=setting,
        article=_source(bar.law.citation),
        asks=_words(bar.asks),
        law=_words(bar.law),
    )


def _source(citation: Citation | None) -> Text:
    assert citation is not None  # what cites nothing is held against nothing
    return Text(citation.explain("zh"), citation.explain("en"))


def _words(edition: Rule | Period) -> Text:
    return Text(edition.explain("zh"), edition.explain("en"))
