"""Whether an edition can be adopted, for which setting, and in whose place: nobody lowers what the law asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from yizheng.calendar import local_day
from yizheng.citation import Citation
from yizheng.reasons import (
    DECIDED_LATER,
    EDITION_ENDED,
    EDITION_LOWER,
    EDITION_OTHERS,
    EDITION_UNDECIDED,
    NOT_NEWER,
    SETTING_NEEDED,
    Reason,
)
from yizheng.rules import Rule
from yizheng.stages import Act, AdoptEdition, Dossier, Effect, Stage
from yizheng.stages.anywhere import REPLACES
from yizheng.stages.editions import FIXED, Edition, ended, nearest, no_less
from yizheng.text import Text
from yizheng.values.plain import Plain

__all__ = ["adopting"]


def adopting(asked: Act, stage: Stage, dossier: Dossier) -> Effect | list[Reason]:
    """For which setting of a stage that has not opened an edition is adopted, or why it cannot be."""
    action: AdoptEdition = asked.action
    edition, opened = action.edition, local_day(dossier.opened, dossier.zone)
    since = None if edition.citation is None else edition.citation.in_force_from
    if since is None or since <= opened:
        return [NOT_NEWER(since=since or "?", opened=opened)]
    dated = {setting: editions for setting, editions in stage.rules() if isinstance(editions[0], type(edition))}
    named = [setting for setting in dated if action.setting in (None, setting)]
    if len(named) != 1:
        return [SETTING_NEEDED(stage=stage.title, known=tuple(dated))]
    setting = named[0]
    own = [each for each in dated[setting] if not isinstance(each, Rule) or _same_voters(each, edition)]
    if not own:
        counted = sorted({str(each.electorate) for each in dated[setting] if isinstance(each, Rule)})
        return [EDITION_OTHERS(stage=stage.title, counts=getattr(edition, "electorate", None), known=counted)]
    if places := _replaced(edition, own, setting):
        return Effect(ref=setting, carried={REPLACES: places})
    near = nearest(own, since, None)
    beside = [each for each in own if _meet(each, edition, asked.on)]
    if not beside and near is not None:
        if ended(near, max(since, asked.on)):
            return [_ended(stage, near), *_faults(asked, stage, setting, ())]
        beside = [near]
    return list(_faults(asked, stage, setting, beside)) or Effect(ref=setting)


def _ended(stage: Stage, near: Edition) -> Reason:
    """That what the stage goes by has ended, so that there is nothing that a by-law could stand beside."""
    citation = near.citation
    return EDITION_ENDED(citation, stage=stage.title, last=None if citation is None else citation.in_force_to)


def _faults(asked: Act, stage: Stage, setting: str, own: Sequence[Edition]) -> Iterator[Reason]:
    """What stands against a by-law: it was not decided, or asks for less than what holds already."""
    action: AdoptEdition = asked.action
    said = {
        Text("由谁决定（decided_by=）", "who decided it (decided_by=)"): action.decided_by,
        Text("何日决定（decided_on=）", "when (decided_on=)"): action.decided_on,
        Text("向何处备案或为何无须备案（filed=）", "where it was filed, or why it need not be (filed=)"): action.filed,
    }
    if lacking := [what for what, value in said.items() if value is None]:
        yield EDITION_UNDECIDED(lacking=lacking)
    if action.decided_on is not None and action.decided_on > asked.on:
        yield DECIDED_LATER(decided=action.decided_on, on=asked.on)
    edition = action.edition
    # Where it asks for more in anything, on any of its days, it is kept beside the law.
    lowers = [
        not no_less(edition, each, setting) and (setting in FIXED or no_less(each, edition, setting)) for each in own
    ]
    if own and all(lowers):
        words = Text(edition.explain("zh"), edition.explain("en")), Text(own[0].explain("zh"), own[0].explain("en"))
        yield EDITION_LOWER(own[0].citation, stage=stage.title, setting=setting, asks=words[0], law=words[1])


def _replaced(edition: Edition, own: Sequence[Edition], setting: str) -> tuple[Plain, ...]:
    """The places of earlier law in the definition whose place a later law takes."""
    from yizheng.law.bars import replaced  # noqa: PLC0415 -- the law is loaded where something is held against it

    found = dict.fromkeys(chain.from_iterable(replaced(edition, each, setting) for each in own))
    return tuple([_place(each) for each in found])


def _place(citation: Citation) -> Plain:
    return {"zh": citation.instrument.zh, "en": citation.instrument.en, "article": citation.article}


def _same_voters(own: Rule, edition: Edition) -> bool:
    return isinstance(edition, Rule) and edition.is_for(own.electorate)


def _meet(own: Edition, edition: Edition, on: date) -> bool:
    """Whether there is a day from now on on which both are in force."""
    begins, ends = [on], [date.max]
    for citation in (own.citation, edition.citation):
        if citation is not None:
            begins.append(citation.in_force_from or date.min)
            ends.append(citation.in_force_to or date.max)
    return max(begins) <= min(ends)
