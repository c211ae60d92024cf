"""What a docket does, written once: for programs that await as it stands, and for all others carried through at once."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Self

import attrs
from typing_extensions import get_protocol_members

from yizheng.batch import Batch
from yizheng.batch.batch import Accounted, Grouped
from yizheng.calendar import PLAIN_DAYS, Calendar, as_calendar, moment
from yizheng.case import Case, Entry, Sittings, Status, TakeUp
from yizheng.case.destroying import is_needed_in
from yizheng.codec import split
from yizheng.docket.index import CaseDuty, CaseLine, Index
from yizheng.docket.reading import Reader
from yizheng.errors import (
    BrokenRecord,
    InvalidType,
    InvalidValue,
    KeyReused,
    UnknownKind,
    VersionConflict,
    WrongDocket,
    YizhengError,
    kind_of,
    shown,
)
from yizheng.matter import Matter
from yizheng.people import Roll
from yizheng.procedure import Kinds, Procedure
from yizheng.proofs import Checkpoint, Comparison, Report
from yizheng.reasons import IN_BATCH, NEEDED_IN_MATTERS, TOGETHER, Refused
from yizheng.rules import Lot, Quota
from yizheng.stages import Action, CloseVote, Destroy, FillPlaces, Leaving, Release, SplitOut
from yizheng.store import AsyncStore
from yizheng.text import Text
from yizheng.values import Plain, count, name, one

__all__ = ["AsyncDocket"]


class AsyncDocket:
    """The cases of one office, over an asynchronous store: :class:`~yizheng.docket.Docket` for programs that await.

    Each method does what the method of the same name does there, and raises the same.

    Args:
        store: what keeps them.
        calendar: by which periods are reckoned; left out, plain days.
        kinds: kinds of stages of your own that occur in its procedures.
        draw: gives so many random bytes, for salts; left out, the operating system's.
        rehearsal: whether its cases are only rehearsed.

    Raises:
        InvalidType: when an argument is not of its kind.
    """

    def __init__(
        self,
        store: AsyncStore,
        *,
        calendar: Calendar = PLAIN_DAYS,
        kinds: Iterable[type[Any]] = (),
        draw: Callable[[int], bytes] = secrets.token_bytes,
        rehearsal: bool = False,
    ) -> None:
        if isinstance(store, type):
            raise InvalidType(f"an asynchronous store was expected, not {kind_of(store)}; write an instance")
        if lacking := sorted(each for each in _STORE if not hasattr(store, each)):
            wrap = "; write ThreadedStore(store), or use Docket" if hasattr(store, "__enter__") else ""
            raise InvalidType(f"an asynchronous store was expected; {kind_of(store)} lacks {', '.join(lacking)}{wrap}")
        if not callable(draw):
            raise InvalidType(f"draw is {shown(draw)}; a function that gives so many bytes was expected")
        self._store = store
        self._calendar = as_calendar(calendar)
        self._draw = draw
        self._rehearsal = one(bool, rehearsal, "rehearsal")
        self._kinds = Kinds(kinds)
        self._reader = Reader(store, self._kinds)
        self._index = Index(store, rehearsal=self._rehearsal)

    @property
    def rehearsal(self) -> bool:
        """Whether its cases are only rehearsed."""
        return self._rehearsal

    async def open(
        self,
        matter: Matter,
        procedure: Procedure,
        rolls: Mapping[str, Roll],
        offices: Mapping[str, Iterable[str]],
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        key: str | None = None,
    ) -> Case:
        """Open a case and keep it. See :meth:`Docket.open <yizheng.docket.Docket.open>`."""
        case = Case.open(
            matter,
            procedure,
            rolls,
            offices,
            at=at,
            by=by,
            recorded_at=recorded_at,
            salt=self._draw(16),
            key=key,
            rehearsal=self._rehearsal,
        )
        self._check_kinds(case.procedure)
        if key is not None and (kept := await self._find_key(case.id, key, case.entries[0].action, at, by)) is not None:
            return kept
        await self._reader.keep((case, None))
        return case

    async def open_batch(
        self,
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
        key: str | None = None,
    ) -> Batch:
        """Open a batch and a case for each of its matters, and keep all of them or none. See :meth:`Docket.open_batch <yizheng.docket.Docket.open_batch>`."""
        batch, cases = Batch.open(
            group,
            procedure,
            rolls,
            offices,
            at=at,
            by=by,
            id=id,
            title=title,
            sittings=sittings,
            requests=requests,
            triage=triage,
            quota=quota,
            recorded_at=recorded_at,
            salts=(self._draw(16) for _ in itertools.count()),
            rehearsal=self._rehearsal,
            key=key,
        )
        self._check_kinds(batch.procedure)
        if key is not None and (kept := await self._find_key(batch.id, key, batch.opened, at, by)) is not None:
            # The batch does not hold what is private to its matters: whether it is the same opening, each of them says.
            for case in cases:
                if not _is_same((await self.case(case.id)).entries[0], case.entries[0].action):
                    raise KeyReused(key, 1)
            return Batch(kept)
        await self._reader.keep(*[(case, None) for case in (batch.case, *cases)])
        return batch

    async def batch(self, batch_id: str) -> Batch:
        """The batch of this id, read from the store. See :meth:`Docket.batch <yizheng.docket.Docket.batch>`."""
        return Batch(await self.case(batch_id))

    async def act_batch(
        self,
        batch_id: str,
        action: Action,
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        key: str | None = None,
        expecting: int | None = None,
    ) -> Batch:
        """Put an action to all matters of a batch at once and keep the entry. See :meth:`Docket.act_batch <yizheng.docket.Docket.act_batch>`."""
        asked = _Asked(action=action, at=at, by=by, recorded_at=recorded_at, key=key)
        return Batch(await self._put(Batch(await self._current(batch_id)).case, asked, expecting))

    async def split(
        self,
        batch_id: str,
        item: str,
        *,
        reason: Text | str,
        at: datetime,
        by: str,
        how: Leaving | str = Leaving.SPLIT,
        recorded_at: datetime | None = None,
        key: str | None = None,
        expecting: int | None = None,
    ) -> Batch:
        """Take one matter out of a batch: it goes on by itself from where the batch stands, or as ``how`` says. See :meth:`Docket.split <yizheng.docket.Docket.split>`."""
        action = SplitOut(item, reason, how=how)
        return await self.act_batch(
            batch_id, action, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting
        )

    async def release(
        self,
        batch_id: str,
        item: str | None = None,
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        key: str | None = None,
        expecting: int | None = None,
    ) -> Batch:
        """Let the matters of a batch go on one by one, or one of them, now that the shared stages lie behind them. See :meth:`Docket.release <yizheng.docket.Docket.release>`."""
        return await self.act_batch(
            batch_id, Release(item), at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting
        )

    async def fill_places(
        self,
        batch_id: str,
        *,
        at: datetime,
        by: str,
        closes: Mapping[str, CloseVote] | None = None,
        lot: Lot | None = None,
        recorded_at: datetime | None = None,
        key: str | None = None,
        expecting: int | None = None,
    ) -> Batch:
        """Close the votes on all matters that compete for the places of a batch, and keep all of it or nothing. See :meth:`Docket.fill_places <yizheng.docket.Docket.fill_places>`."""
        action = FillPlaces(closes={} if closes is None else closes, lot=lot)
        return await self.act_batch(
            batch_id, action, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting
        )

    async def case(self, case_id: str) -> Case:
        """The case of this id, read from the store. See :meth:`Docket.case <yizheng.docket.Docket.case>`."""
        return self._own(await self._reader.case(case_id))

    async def act(
        self,
        case_id: str,
        action: Action,
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        key: str | None = None,
        expecting: int | None = None,
    ) -> Case:
        """Put an action to a case and keep the entry. See :meth:`Docket.act <yizheng.docket.Docket.act>`."""
        asked = _Asked(action=action, at=at, by=by, recorded_at=recorded_at, key=key)
        return await self._put(await self._current(case_id), asked, expecting)

    async def find(self, **facts: str) -> tuple[str, ...]:
        """The ids of the cases to which all of these apply. See :meth:`Docket.find <yizheng.docket.Docket.find>`."""
        return await self._index.find(**facts)

    async def cases(self, **facts: str) -> tuple[CaseLine, ...]:
        """The cases to which all of these apply, a line each. See :meth:`Docket.cases <yizheng.docket.Docket.cases>`."""
        return await self._index.cases(**facts)

    async def counts(self, *by: str, **facts: str) -> dict[tuple[str | None, ...], int]:
        """How many cases there are of each kind. See :meth:`Docket.counts <yizheng.docket.Docket.counts>`."""
        return await self._index.counts(*by, **facts)

    async def due(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What must happen next in all cases. See :meth:`Docket.due <yizheng.docket.Docket.due>`."""
        return await self._index.due(at)

    async def overdue(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What should have happened before. See :meth:`Docket.overdue <yizheng.docket.Docket.overdue>`."""
        return await self._index.overdue(at)

    async def reindex(self) -> tuple[str, ...]:
        """Make the index anew from the records. See :meth:`Docket.reindex <yizheng.docket.Docket.reindex>`."""
        wrong: list[str] = []
        unread: list[YizhengError] = []
        for case_id in await self._store.streams():
            try:
                case = await self._reader.case(case_id)
            except (BrokenRecord, UnknownKind) as error:
                unread.append(error)  # the others are made anew before this is told
                continue
            if case.rehearsal is self._rehearsal and await self._reader.reindex(case):
                wrong.append(case_id)
        if unread:
            raise unread[0]
        return tuple(wrong)

    async def verify(self, case_id: str) -> Report:
        """What is wrong with the record of a case, if anything: the first entry that does not hold. See :meth:`Docket.verify <yizheng.docket.Docket.verify>`."""
        return await self._reader.report(case_id)

    async def checkpoint(self, *, at: datetime) -> Checkpoint:
        """Seal where every record stands, so that a dropped record and a cut or rewritten tail can be found. See :meth:`Docket.checkpoint <yizheng.docket.Docket.checkpoint>`."""
        return await Checkpoint.seal_async(self._store, at=at, draw=self._draw)

    async def compare(self, checkpoint: Checkpoint) -> Comparison:
        """Hold the records against a checkpoint that was made earlier; that they have grown since is fine. See :meth:`Docket.compare <yizheng.docket.Docket.compare>`."""
        return await one(Checkpoint, checkpoint, "a checkpoint").check_async(self._store)

    async def close(self) -> None:
        """Close the store."""
        await self._store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # Between entries and records

    def _own(self, case: Case) -> Case:
        if case.rehearsal is not self._rehearsal:
            raise WrongDocket(case.id, rehearsal=case.rehearsal)
        return case

    def _check_kinds(self, procedure: Procedure) -> None:
        """What this docket writes, it can read back."""
        InvalidValue.raise_all(
            f"stage {stage.id} is of kind {stage.kind!r}, of which this docket could read nothing back; hand its class in: "
            f"kinds=[{type(stage).__name__}]"
            for stage in procedure.stages
            if self._kinds.stages.get(stage.kind) is not type(stage)
        )

    async def _current(self, case_id: str) -> Case:
        """A case for an act upon it."""
        return self._own(await self._reader.current(case_id))

    async def _find_key(self, case_id: str, key: str, action: Action, at: datetime, by: str) -> Case | None:
        return _after_key(await self.case(case_id), key, action, at, by) if await self._store.version(case_id) else None

    async def _put(self, case: Case, asked: _Asked, expecting: int | None) -> Case:
        """Put an action to a case as it was read, and keep what comes of it."""
        key = None if asked.key is None else name(asked.key, "a key")
        if key is not None and (kept := _after_key(case, key, asked.action, asked.at, asked.by)) is not None:
            return kept
        if expecting is not None and count(expecting) != case.version:
            raise VersionConflict(case.id, expecting, case.version)
        if case.dossier.batch is not None:
            return await self._act_together(case, asked) if case.dossier.is_batch else await self._act_held(case, asked)
        following = self._following(case, asked)
        await self._reader.keep((following, case))
        return following

    def _following(self, case: Case, asked: _Asked) -> Case:
        return case.act(
            asked.action,
            at=asked.at,
            by=asked.by,
            recorded_at=asked.recorded_at,
            calendar=self._calendar,
            salt=self._draw(16),
            key=asked.key,
        )

    async def _act_together(self, case: Case, asked: _Asked) -> Case:
        """Put an action to a batch; the matters that leave by it are taken up in the same write."""
        if isinstance(asked.action, FillPlaces):
            return await self._fill(case, asked.action, asked)
        if isinstance(asked.action, Destroy):
            return await self._destroy_together(case, asked)
        batch = Batch(self._following(case, asked))
        changes = [(batch.case, case)]
        for item in sorted(batch.leaving):
            held = await self._reader.held(item, case)
            changes.append((self._taken_up(batch, held, asked), held))
        await self._reader.keep(*changes)
        return batch.case

    async def _destroy_together(self, case: Case, asked: _Asked) -> Case:
        """Destroy what is private in the record of a batch, if no matter that went on from there counts with it."""
        following = self._following(case, asked)
        gone_on = [
            matter
            for item in await self.find(batch=case.id, status=Status.OPEN)
            if item not in case.dossier.items and not (matter := await self._current(item)).dossier.batch
        ]
        if needing := [matter.id for matter in gone_on if is_needed_in(matter, following)]:
            raise Refused([NEEDED_IN_MATTERS(items=needing)])
        # Each is written at the version that was looked at, so that none moves on meanwhile.
        await self._reader.keep((following, case), *[(matter, matter) for matter in gone_on])
        return following

    async def _fill(self, case: Case, action: FillPlaces, asked: _Asked) -> Case:
        """Fill the places of a batch; the votes of its matters are closed in the same write."""
        before = {each.id: each for each in await self._contenders(case)}
        following, closed = case.fill_places(
            before.values(),
            action,
            at=asked.at,
            by=asked.by,
            recorded_at=asked.recorded_at,
            calendar=self._calendar,
            key=asked.key,
        )
        await self._reader.keep((following, case), *[(each, before[each.id]) for each in closed])
        return following

    async def _contenders(self, batch: Case) -> Iterable[Case]:
        """The matters that may compete: those that got and were refused no place yet, and those that are voted on anew."""
        competition = batch.dossier.competition
        if competition is None:
            return ()
        anew = competition.settled.intersection(await self.find(batch=batch.id, stage=competition.stage))
        return [await self._current(item) for item in sorted((competition.items - competition.settled) | anew)]

    def _taken_up(self, batch: Batch, held: Case, asked: _Asked) -> Case:
        return batch.take_up(held, at=asked.at, by=asked.by, recorded_at=asked.recorded_at, salt=self._draw(16))

    async def _act_held(self, case: Case, asked: _Asked) -> Case:
        """Put an action to a matter that its batch holds: if the batch is ready, the matter is released by that."""
        batch = Batch(await self._reader.batch_of(case))
        if case.id not in batch.items and (found := await self._store.version(case.id)) != case.version:
            raise VersionConflict(case.id, case.version, found)  # it has left since it was read
        if not batch.ready or isinstance(asked.action, TakeUp | Destroy):
            waits = batch.stage == batch.procedure.deciding and not batch.ready
            raise Refused([IN_BATCH(batch=batch.id), *([TOGETHER()] if waits else ())])
        # What is said of long ago lets the matter go now.
        at = max(moment(asked.at, "at"), batch.case.dossier.entered)
        letting = attrs.evolve(asked, action=Release(case.id, by_act=True), at=at, key=None)
        released = Batch(self._following(batch.case, letting))
        following = self._following(self._taken_up(released, case, letting), asked)
        await self._reader.keep((released.case, batch.case), (following, case))
        return following


@attrs.frozen(kw_only=True)
class _Asked:
    """What somebody asks, of whatever record."""

    action: Action
    at: datetime
    by: str
    recorded_at: datetime | None
    key: str | None


_STORE: Final = get_protocol_members(AsyncStore)


def _after_key(case: Case, key: str, action: Action, at: datetime, by: str) -> Case | None:
    """The case as it stood after the entry of a key, if there is one: the same act, by the same, at the same moment."""
    entry = case.entry_of(key)
    if entry is None:
        return None
    one(Action, action, "what is asked")
    same = {
        "action": _is_same(entry, action),
        "at": entry.at == moment(at, "at"),
        "by": "by" in entry.withheld or entry.by == name(by, "by"),
    }
    if differs := tuple([what for what, alike in same.items() if not alike]):
        raise KeyReused(key, entry.number, differs)
    return Case.replay(case.entries[: entry.number])


def _is_same(entry: Entry, action: Action) -> bool:
    """Whether an entry is of this action, as far as its values are still here: a retry is one after they were destroyed too."""
    if not entry.withheld or type(entry.action) is not type(action):
        return entry.action == action
    sealed = entry.seals
    (public, private), (asked, asked_private) = split(entry.action, sealed), split(action, sealed)
    return public == asked and private == {
        path: value for path, value in asked_private.items() if path not in entry.withheld
    }
