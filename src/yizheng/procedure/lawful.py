"""Whether the numbers of a definition are those of the articles that they cite: nobody writes down less than the law asks.

Each rule and period is held against the catalogue's own edition of the article that its citation names. What cites nothing
that the catalogue knows is not compared; how many were, the proof says. The law may be read better one day than it is today,
so no record is unreadable for it: it is asked when a definition is proved, read from a file, or a case is opened by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.procedure.disclosed import undisclosed
from yizheng.procedure.faults import Fault, fault
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Disclosure, Stage, StageBase
from yizheng.text import Text

if TYPE_CHECKING:
    from yizheng.law.bars import Bar, Beside
    from yizheng.procedure.definition import Procedure

__all__ = ["compared", "law_faults", "look", "placed_law_faults"]

_UNDATED: Final = ("shortest", "longest", "cooling_off")
"""The periods of a vote that have no editions."""


def law_faults(procedure: Procedure) -> tuple[Fault, ...]:
    """Where a rule or a period asks less than the law of its matter, or outlives it, and where the public does not learn of it."""
    return procedure.unlawful


def look(procedure: Procedure) -> tuple[Fault, ...]:
    """The same, looked for."""
    return tuple(dict.fromkeys(found for _, found in placed_law_faults(procedure)))


def placed_law_faults(procedure: Procedure) -> Iterator[tuple[str, Fault]]:
    """The same, each with its place, such as ``stages[2].rule[0]``."""
    from yizheng.law import bars  # noqa: PLC0415 -- the law is loaded where something is held against it

    bodies = _bodies(procedure)
    yield from undisclosed(procedure, bodies)
    for number, stage in enumerate(procedure.stages):
        beside = _beside(procedure, stage, bodies)
        for setting, editions in _numbered(stage):
            for index, edition in enumerate(editions):
                where = f"stages[{number}].{setting}" + (f"[{index}]" if len(editions) > 1 else "")
                for bar in bars.lower(edition, setting, beside):
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


def _numbered(stage: Stage) -> Iterator[tuple[str, Sequence[Rule | Period]]]:
    """What a stage keeps that the law may set: its dated editions, and the one window and waiting time of a vote."""
    yield from stage.rules()
    for setting in _UNDATED if isinstance(stage, Deliberation) else ():
        if (period := getattr(stage, setting)) is not None:
            yield setting, (period,)


def _beside(procedure: Procedure, stage: Stage, bodies: frozenset[str]) -> Beside:
    from yizheng.law import bars  # noqa: PLC0415 -- as above

    rules = [edition for _, editions in stage.rules() for edition in editions]
    own = [part.citation for edition in rules for part in bars.parts(edition)]
    return bars.Beside(
        tuple([each for each in (_source_of(stage), *own) if each is not None]),
        bodies,
        frozenset([each.electorate for each in rules if isinstance(each, Rule) and each.electorate is not None]),
        decides=stage.id == procedure.deciding,
        posts=isinstance(stage, Disclosure),
    )


def _source_of(stage: Stage) -> Citation | None:
    """Where a stage is prescribed; a kind of one's own need not say so."""
    return stage.source if isinstance(stage, StageBase) else None


def _bodies(procedure: Procedure) -> frozenset[str]:
    """Under whose law a procedure is held, by everything that it cites."""
    from yizheng.law import bars  # noqa: PLC0415 -- as above

    found = [*procedure.sources]
    for stage in procedure.stages:
        found += [] if (source := _source_of(stage)) is None else [source]
        for _, editions in _numbered(stage):
            found += [part.citation for each in editions for part in bars.parts(each) if part.citation is not None]
    return frozenset[str]().union(*map(bars.bodies_of, found))


def compared(procedure: Procedure) -> tuple[int, int]:
    """How many rules and periods cite an article that the catalogue knows, and how many there are."""
    from yizheng.law import bars  # noqa: PLC0415 -- as above

    parts = [
        bars.law_of(part, setting)
        for stage in procedure.stages
        for setting, editions in _numbered(stage)
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
