"""A batch: several matters that go through the shared stages together and are resolved one by one (简易程序)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, repeat
from typing import Any, Protocol, runtime_checkable

import attrs

from yizheng.calendar import PLAIN_DAYS, Calendar
from yizheng.case import Case, Entry, OpenBatch, Shared, Sittings, Status, TakeUp
from yizheng.case.together import is_ready
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.people import Roll
from yizheng.procedure import Procedure
from yizheng.rules import Filling, Lot, Quota
from yizheng.stages import Action, CloseVote, FillPlaces
from yizheng.stages.base import NO_ITEMS
from yizheng.stages.leaving import way_of
from yizheng.text import Text, as_text
from yizheng.values import Plain, all_of, name

__all__ = ["Batch"]

_MANY = "batch"
"""The category of a batch whose matters have several."""


@runtime_checkable
class Grouped(Protocol):
    """Matters that a plan has put together."""

    @property
    def id(self) -> str:
        """The id of the group, which becomes that of the batch."""
        ...

    @property
    def matters(self) -> Sequence[Matter]:
        """The matters."""
        ...

    @property
    def reason(self) -> Text:
        """Why they go together."""
        ...


@runtime_checkable
class Accounted(Protocol):
    """The log of a triage."""

    def to_data(self) -> dict[str, Any]:
        """Why each matter was put in or left out, as plain data."""
        ...


def _a_batch(case: Any) -> Case:
    if not isinstance(case, Case):
        raise InvalidType(f"a batch is made from its case, not from {kind_of(case)}; write Batch.open(…)")
    if not case.dossier.is_batch:
        raise InvalidValue(f"{shown(case.id)} is the case of one matter, not a batch")
    return case


@attrs.frozen
class Batch:
    """Several matters that share stages. It is a value, and nothing but the record of what was done for all of them.

    Attributes:
        case: that record, as a case: its matter is the batch as a whole.
    """

    case: Case = attrs.field(converter=_a_batch)

    @classmethod
    def open(
        cls,
        group: Grouped | Iterable[Matter],
        procedure: Procedure,
        rolls: Mapping[str, Roll],
        offices: Mapping[str, Iterable[str]],
        *,
        at: datetime,
        by: str,
        id: str | None = None,  # noqa: A002 -- the word of the contract: batch.id
        title: Text | str | None = None,
        sittings: Sittings | str | None = None,
        requests: int | None = None,
        triage: Accounted | Plain = None,
        quota: Quota | None = None,
        recorded_at: datetime | None = None,
        salts: Iterable[bytes] | None = None,
        key: str | None = None,
        rehearsal: bool = False,
    ) -> tuple[Batch, tuple[Case, ...]]:
        """Open a batch, and a case for each of its matters.

        Args:
            group: a group of a plan, or any matters.
            procedure: by which procedure; it says which stages are shared.
            rolls: who may vote, by body.
            offices: who holds which office.
            at: when it happened, with its zone.
            by: who opens it: somebody in an office that may open cases.
            id: the id of the batch; left out, that of the group.
            title: what the batch is called; left out, by its first matter and their number.
            sittings: how the matters are resolved: ``"separate"`` sittings, or ``"one"`` sitting with a vote for each; left
                out, as the body is called.
            requests: how many members must ask for a matter to be split out; left out, asking alone does not.
            triage: how it was chosen what is put in: the log of a triage, or plain data. It is public, with the ids of those
                that were left out.
            quota: the fixed number of places for which the matters compete; left out, they do not compete.
            recorded_at: when it was entered; left out, ``at``.
            salts: for the private fields, 16 random bytes or more for the batch and for each matter; left out, nothing is
                salted.
            key: a key under which the host may retry.
            rehearsal: whether the batch and its matters are only rehearsed (模拟演练).

        Returns:
            The batch and the cases of its matters, in the order of their ids.

        Raises:
            Refused: when the actor may not open, or matters lack facts that the procedure asks for.
            InvalidType: when an argument is not of its kind.
            InvalidValue: as :meth:`Case.open <yizheng.Case.open>` does, and when there are no matters, one stands twice, or
                the batch has no id.
        """
        matters, called, reason = _taken(group, id, title)
        each = _salts(salts, len(matters) + 1)
        matter = Matter(called[0], title=called[1], category=_category(matters))
        case = Case.open_batch(
            matter,
            matters,
            procedure,
            rolls,
            offices,
            at=at,
            by=by,
            sittings=sittings,
            requests=requests,
            reason=reason,
            triage=triage.to_data() if isinstance(triage, Accounted) else triage,
            quota=quota,
            recorded_at=recorded_at,
            salt=next(each),
            key=key,
            rehearsal=rehearsal,
        )
        opened = case.entries[0].action
        assert isinstance(opened, OpenBatch)
        cases = [
            Case.open(
                item,
                procedure,
                opened.rolls,
                opened.offices,
                at=at,
                by=by,
                recorded_at=recorded_at,
                salt=next(each),
                within=case,
                rehearsal=rehearsal,
            )
            for item in sorted(matters, key=lambda item: item.id)
        ]
        return cls(case), tuple(cases)

    def act(
        self,
        action: Action,
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        calendar: Calendar = PLAIN_DAYS,
        salt: bytes | None = None,
        key: str | None = None,
    ) -> Batch:
        """Put an action to all matters of the batch at once. See :meth:`Case.act <yizheng.Case.act>`.

        The matters that leave by it (:attr:`leaving`) must then be taken up; a docket does so in the same write.
        """
        return Batch(
            self.case.act(action, at=at, by=by, recorded_at=recorded_at, calendar=calendar, salt=salt, key=key)
        )

    def take_up(
        self, case: Case, *, at: datetime, by: str, recorded_at: datetime | None = None, salt: bytes | None = None
    ) -> Case:
        """The case of a matter that has just left the batch, where it goes on by itself.

        Args:
            case: the matter's case, as it was opened.
            at: when it left.
            by: whose act let it go; kept private, for it may have been a resident's request.
            recorded_at: when it was entered; left out, ``at``.
            salt: at least 16 random bytes.

        Raises:
            Refused: when it has not just left, or is not a matter of this batch.
        """
        if not isinstance(case, Case):
            raise InvalidType(f"the case of a matter was expected, not {kind_of(case)}")
        return case.act(TakeUp.from_batch(self.shared), at=at, by=by, recorded_at=recorded_at, salt=salt)

    def fill_places(
        self,
        cases: Iterable[Case],
        *,
        at: datetime,
        by: str,
        closes: Mapping[str, CloseVote] | None = None,
        lot: Lot | None = None,
        recorded_at: datetime | None = None,
        calendar: Calendar = PLAIN_DAYS,
        key: str | None = None,
    ) -> tuple[Batch, tuple[Case, ...]]:
        """Close the votes on all matters that compete for the places of this batch, and give these to the best of them.

        Each matter is judged by its own rule, from its own vote. Of those that satisfy it, the places go to those that
        rank highest; the others are lost, and their records say with which rank. See :class:`~yizheng.rules.Quota`.

        Args:
            cases: the cases of its matters. Those that were split out or have come to an end do not compete.
            at: when it happened, with its zone.
            by: who closes the votes: somebody in an office that may.
            closes: how the votes on some of them are closed, by matter, where there is more to say than that: the
                casting vote, the ballots issued and returned.
            lot: the lot drawn among the tied, where the quota names that step.
            recorded_at: when it was entered; left out, ``at``.
            calendar: by which periods are reckoned; left out, plain days.
            key: a key under which the host may retry; it is kept in the entry of the batch.

        Returns:
            The batch, and the cases whose vote was closed, in the order of their ids. They are written together.

        Raises:
            Refused: with every reason; nothing has changed.
            InvalidType: when an argument is not of its kind.
            InvalidValue: when a case stands twice, or one that may compete is missing.
        """
        action = FillPlaces(closes={} if closes is None else closes, lot=lot)
        case, closed = self.case.fill_places(
            cases, action, at=at, by=by, recorded_at=recorded_at, calendar=calendar, key=key
        )
        return Batch(case), closed

    @property
    def id(self) -> str:
        """The id of the batch."""
        return self.case.id

    @property
    def title(self) -> Text:
        """What the batch is called."""
        return self.case.matter.title

    @property
    def items(self) -> Mapping[str, Matter]:
        """The matters that are still in it, by id, without their private fields; none once it has come to an end."""
        return NO_ITEMS if self.case.stage is None else self.case.dossier.items

    @property
    def opened(self) -> OpenBatch:
        """How it was opened."""
        opened = self.case.entries[0].action
        assert isinstance(opened, OpenBatch)
        return opened

    @property
    def leaving(self) -> frozenset[str]:
        """The matters that leave by its last entry: released, split out, or all, where the batch has come to an end."""
        last = self.case.entries[-1]
        if way_of(last.action, last.effect) is not None:
            return self.case.dossier.leaving
        return frozenset(self.case.dossier.items) if self.case.stage is None else frozenset()

    @property
    def rehearsal(self) -> bool:
        """Whether the batch and its matters are only rehearsed."""
        return self.case.rehearsal

    @property
    def ready(self) -> bool:
        """Whether its matters can be released, to be resolved one by one."""
        return is_ready(self.case)

    @property
    def shared(self) -> Shared:
        """Its record up to now, as the records of its matters name it."""
        return Shared(self.case)

    @property
    def quota(self) -> Quota | None:
        """The fixed number of places for which its matters compete; ``None`` where they do not."""
        return self.opened.quota

    @property
    def fillings(self) -> tuple[Filling, ...]:
        """Who got the places, each time that they were filled."""
        return tuple([entry.effect.filling for entry in self.entries if entry.effect.filling is not None])

    @property
    def procedure(self) -> Procedure:
        """By which procedure."""
        return self.case.procedure

    @property
    def entries(self) -> Sequence[Entry]:
        """Its record."""
        return self.case.entries

    @property
    def version(self) -> int:
        """How many entries there are."""
        return self.case.version

    @property
    def stage(self) -> str | None:
        """The stage in which its matters stand; ``None`` once it has come to an end."""
        return self.case.stage

    @property
    def phase(self) -> str | None:
        """The phase of that stage."""
        return self.case.phase

    @property
    def status(self) -> Status:
        """Whether there is a matter in it that is under way."""
        return self.case.status


def _salts(salts: Iterable[bytes] | None, needed: int) -> Iterator[bytes | None]:
    if salts is None:
        return repeat(None)
    if not isinstance(salts, Iterable):
        raise InvalidType(f"salts are {kind_of(salts)}; several were expected: one for the batch, one for each matter")
    given = tuple(islice(salts, needed))
    if len(given) < needed:
        raise InvalidValue(f"{len(given)} salts are given; {needed} are needed: one for the batch, one for each matter")
    return iter(given)


def _taken(
    group: Grouped | Iterable[Matter], named: str | None, title: Text | str | None
) -> tuple[tuple[Matter, ...], tuple[str, Text], Text | None]:
    """The matters, what the batch is called, and why they go together."""
    planned = group if isinstance(group, Grouped) else None
    matters = all_of(Matter, group.matters if isinstance(group, Grouped) else group, "the matters of a batch")
    if not matters:
        raise InvalidValue("a batch needs matters; there is none here")
    called = named if planned is None or named is not None else planned.id
    if called is None:
        raise InvalidValue('a batch needs an id: a group of a plan has one; else write id="batch-1"')
    first, more = min(matters, key=lambda item: item.id).title, len(matters) - 1
    usual = Text(f"{first.zh}等{more + 1}件", f"{first.en} and {more} more") if more else first
    return (
        matters,
        (name(called, "id"), usual if title is None else as_text(title)),
        None if planned is None else planned.reason,
    )


def _category(matters: Sequence[Matter]) -> str:
    categories = {item.category for item in matters}
    return categories.pop() if len(categories) == 1 else _MANY
