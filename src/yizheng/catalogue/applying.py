"""Which forum and rule a matter needs on a day in a place, why, and what was considered and ruled out."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Final

from yizheng.catalogue import law
from yizheng.catalogue.forums import Applicable, Forum, Ground, Need, RuledOut
from yizheng.catalogue.placing import CATEGORIES, FACTS, Asked, Category, Lacking
from yizheng.errors import InvalidValue, shown
from yizheng.law import Region
from yizheng.law.regions import as_region
from yizheng.matter import Matter
from yizheng.text import Text
from yizheng.values.doors import a_day, one
from yizheng.values.frozen import FrozenMap

__all__ = [
    "CATEGORIES",
    "FACTS",
    "Applicable",
    "Category",
    "Forum",
    "Ground",
    "Need",
    "RuledOut",
    "applicable",
]

_LISTED: Final = 80


def applicable(matter: Matter, *, on: date, region: Region | Text | str | None = None) -> Applicable:
    """Say which forum and rule a matter needs, and why.

    The category of the matter says what kind it is (:data:`CATEGORIES`); where more is needed to place it, its facts do
    (:data:`FACTS`). A fact that decides and is not stated is named, and nothing is guessed. Which day counts, that of the
    notice or of the vote, is for the caller to say.

    Example:
        >>> from datetime import date
        >>> from yizheng import Matter, catalogue
        >>> land = Matter(
        ...     "1", title="x", category="collective.property", facts={"outsiders": False, "collective_charter": False}
        ... )
        >>> found = catalogue.applicable(land, on=date(2026, 3, 1))
        >>> found.forum.name, [each.body for each in found.ruled_out][:2]
        ('collective.members', ['villagers_assembly', 'villagers_representative_assembly'])
        >>> [need.fact for need in catalogue.applicable(land, on=date(2025, 4, 30)).needs]
        ['delegated_by']

    Args:
        matter: the matter.
        on: the day.
        region: where; ``None`` for what holds in the whole country.

    Raises:
        NoEdition: when no law that is known here holds on that day, as before the first edition of it; the error lists
            those that there are.
        InvalidType: when an argument is not of its kind.
        InvalidValue: when the category is not known here (the error lists those that are, and the nearest), a fact that
            decides is stated as something that it cannot be or contradicts another, or no rule of the region is in the
            catalogue.
    """
    asked = Asked(
        matter=one(Matter, matter, "matter"),
        on=a_day(on, "on"),
        region=None if region is None else as_region(region),
    )
    category = CATEGORIES.get(matter.category)
    if category is None:
        meant = _meant(matter.category)
        raise InvalidValue(
            f"the category {shown(matter.category, _LISTED)} cannot be placed; "
            f"{f'perhaps {meant} is meant; ' if meant else ''}there are {', '.join(CATEGORIES)}"
        )
    try:
        placed = category.place(asked)
    except Lacking as lacking:
        return Applicable(
            matter=matter.id, category=matter.category, on=asked.on, region=asked.region, needs=(lacking.need,)
        )
    held = law.in_force(on=asked.on, region=asked.region)
    provisions = [each for each in placed.forum.provisions if each in held]
    return Applicable(
        matter=matter.id,
        category=matter.category,
        on=asked.on,
        region=asked.region,
        forum=placed.forum,
        why=placed.why,
        ruled_out=placed.out,
        rules=FrozenMap({each: law.effective(each, on=asked.on, region=asked.region) for each in provisions}),
        editions=FrozenMap({each: held[each] for each in provisions}),
        method=placed.method,
    )


def _meant(category: str) -> str | None:
    """The category that one which cannot be placed is most alike, by its name or by what it is called."""
    called = {each: id_ for id_, held in CATEGORIES.items() for each in (held.title.en, held.title.zh, id_)}
    near = get_close_matches(category.strip().casefold(), called, n=1)
    return called[near[0]] if near else None
