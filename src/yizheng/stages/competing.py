"""Matters of a batch that compete for a fixed number of places: what its record has established of that."""

from __future__ import annotations

import attrs

from yizheng.rules import Award, Filling, Quota, Step

__all__ = ["Competition"]


@attrs.frozen(kw_only=True)
class Competition:
    """Matters that are voted on one by one and compete for places.

    In the record of one matter it says that this matter competes, as long as the matter is under way: a vote that is
    taken again after an objection or an order of correction is again one of several. In the record of the batch it also
    says what became of the places.

    Attributes:
        batch: the id of the batch.
        stage: the id of the stage whose vote decides.
        quota: the places.
        items: the matters that were released to be voted on; those that were split out, held over or withdrawn before
            do not compete.
        settled: those of them that got a place or were refused one.
        placed: those that have a place.
        pending: those that were tied for the last places, and are voted on again before anybody else gets one.
        emptied: how many places stay empty because of a tie.
    """

    batch: str
    stage: str
    quota: Quota
    items: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    placed: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    emptied: int = 0

    @property
    def of_matter(self) -> Competition:
        """So much of it as stands in the record of one matter."""
        return Competition(batch=self.batch, stage=self.stage, quota=self.quota)

    def seats_for(self, items: frozenset[str]) -> int:
        """How many places these matters can get; one that has a place and is voted on again puts it at stake."""
        return self.quota.seats - self.emptied - len(self.placed - items)

    def joined(self, items: frozenset[str]) -> Competition:
        """The competition with matters that were released."""
        return attrs.evolve(self, items=self.items | items)

    def after(self, filling: Filling) -> Competition:
        """The competition after places were filled."""
        again = filling.tied if filling.quota.edge is Step.REVOTE else frozenset[str]()
        done = {item for item, each in filling.standings.items() if each.award is not Award.UNDECIDED} - again
        return attrs.evolve(
            self,
            settled=(self.settled | done) - again,
            placed=(self.placed - filling.standings.keys()) | filling.placed,
            pending=again,
            emptied=self.emptied + filling.emptied,
        )
