"""Which kind of matter is decided where, one file for each body of law: what is asked, the articles, the days."""

from collections.abc import Mapping
from typing import Final

from yizheng.catalogue.placing import assistance, disputes, owners, residents, villages
from yizheng.catalogue.placing.asking import FACTS, Asked, Category, Lacking, Placed
from yizheng.values.frozen import FrozenMap

__all__ = ["CATEGORIES", "FACTS", "Asked", "Category", "Lacking", "Placed"]

CATEGORIES: Final[Mapping[str, Category]] = FrozenMap(
    {
        **villages.CATEGORIES,
        **residents.CATEGORIES,
        **owners.CATEGORIES,
        **assistance.CATEGORIES,
        **disputes.CATEGORIES,
    }
)
"""Every kind of matter that can be placed, by the category that its matters bear."""
