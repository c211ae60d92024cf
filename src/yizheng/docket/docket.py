"""Dockets: the cases of one office, over a store. The one place where a case meets what keeps it.

The docket draws the salts for private values. It keeps no case in memory and never retries by itself: a
:class:`~yizheng.errors.VersionConflict` is the host's to answer, by reading again and deciding again.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Self

import attrs
from typing_extensions import get_protocol_members

from yizheng.batch import Batch
from yizheng.batch.batch import Accounted, Grouped
from yizheng.calendar import PLAIN_DAYS, Calendar, as_calendar, moment
from yizheng.case import Case, Sittings, TakeUp
from yizheng.docket.reading import Reader
from yizheng.docket.records import FACTS, REHEARSAL, REHEARSED, Parts, duties_of, write_of
from yizheng.errors import InvalidType, InvalidValue, KeyReused, VersionConflict, WrongDocket, kind_of, shown
from yizheng.matter import Matter
from yizheng.people import Roll
from yizheng.procedure import Kinds, Procedure
from yizheng.proofs import Checkpoint, Comparison, Report
from yizheng.reasons import IN_BATCH, TOGETHER, Refused
from yizheng.rules import Lot, Quota
from yizheng.stages import Action, CloseVote, Duty, FillPlaces, Leaving, Release, SplitOut
from yizheng.store import Store
from yizheng.text import Text
from yizheng.values import Plain, count, name, one

__all__ = ["CaseDuty", "Docket"]


@attrs.frozen(kw_only=True)
class CaseDuty:
    """What must happen next in a case of the docket.

    Attributes:
        case: the id of the case.
        duty: what, by when, by whom.
    """

    case: str
    duty: Duty


class Docket:
    """The cases of one office.

    Args:
        store: what keeps them.
        calendar: by which periods are reckoned; left out, plain days.
        kinds: kinds of stages of your own that occur in its procedures.
        draw: gives so many random bytes, for salts; left out, the operating system's.
        rehearsal: whether its cases are only rehearsed (模拟演练): the same rules, and every entry and document says that
            it is a rehearsal. A docket in rehearsal neither reads nor writes a real record, and a real docket no
            rehearsal, also where one store keeps both. An id belongs to the record that took it first.

    Raises (in every method that reads): ``BrokenRecord`` when a stored record does not hold together, ``UnknownKind``
    when it is of a kind that this release does not know, ``StoreFault`` when the database cannot do what it is asked,
    ``WrongDocket`` when a docket in rehearsal is asked for a real record, or a real docket for a rehearsal.
    """

    def __init__(
        self,
        store: Store,
        *,
        calendar: Calendar = PLAIN_DAYS,
        kinds: Iterable[type[Any]] = (),
        draw: Callable[[int], bytes] = secrets.token_bytes,
        rehearsal: bool = False,
    ) -> None:
        if isinstance(store, type):
            raise InvalidType(f"a store was expected, not {kind_of(store)}; write an instance")
        if lacking := sorted(each for each in _STORE if not hasattr(store, each)):
            raise InvalidType(f"a store was expected; {kind_of(store)} lacks {', '.join(lacking)}")
        if not callable(draw):
            raise InvalidType(f"draw is {shown(draw)}; a function that gives so many bytes was expected")
        self._store = store
        self._calendar = as_calendar(calendar)
        self._draw = draw
        self._rehearsal = one(bool, rehearsal, "rehearsal")
        self._reader = Reader(store, Kinds(kinds))

    @property
    def rehearsal(self) -> bool:
        """Whether its cases are only rehearsed."""
        return self._rehearsal

    def open(
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
        """Open a case and keep it. See :meth:`Case.open` for the arguments.

        Args:
            matter: what is to be decided; its id is the id of the case.
            procedure: by which procedure.
            rolls: who may vote, by body.
            offices: who holds which office.
            at: when it happened.
            by: who opens it.
            recorded_at: when it was entered.
            key: a key under which it may be retried: the same key again gives the case as it was opened.

        Raises:
            Refused: as :meth:`Case.open`.
            VersionConflict: when a case of this id is kept already, really or in rehearsal.
            KeyReused: when the key belongs to the opening of another matter.
            WrongDocket: when it is retried by its key, and the case was opened by a docket of the other kind.
        """
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
        if key is not None and (kept := self._find_key(case.id, key, case.entries[0].action, at, by)) is not None:
            return kept
        self._store.append(write_of(case, None, {}))
        return case

    def open_batch(
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
        """Open a batch and a case for each of its matters, and keep all of them or none.

        See :meth:`Batch.open <yizheng.batch.Batch.open>` for the arguments and for what is refused. The same key again
        writes nothing and gives the batch as it was opened.

        Raises:
            VersionConflict: when the batch or one of the matters is kept already.
            KeyReused: when the key belongs to the opening of another batch.
        """
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
        if key is not None and (kept := self._find_key(batch.id, key, batch.opened, at, by)) is not None:
            # The batch does not hold what is private to its matters: whether it is the same opening, each of them says.
            if any(self.case(case.id).entries[0].action != case.entries[0].action for case in cases):
                raise KeyReused(key, 1)
            return Batch(kept)
        made: Parts = {}
        self._store.append(*[write_of(case, None, made) for case in (batch.case, *cases)])
        return batch

    def batch(self, batch_id: str) -> Batch:
        """The batch of this id, read from the store.

        Raises:
            NoSuchCase: when there is none.
            InvalidValue: when this is the id of one matter.
        """
        return Batch(self.case(batch_id))

    def act_batch(
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
        """Put an action to all matters of a batch at once and keep the entry. See :meth:`act`.

        Where matters leave the batch by it, their records go on in the same write: all of them or none.

        Raises:
            InvalidValue: when this is the id of one matter.
        """
        asked = _Asked(action=action, at=at, by=by, recorded_at=recorded_at, key=key)
        return Batch(self._put(self.batch(batch_id).case, asked, expecting))

    def split(
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
        """Take one matter out of a batch: it goes on by itself from where the batch stands, or as ``how`` says.

        Args:
            batch_id: which batch.
            item: which matter.
            reason: why.
            at: when it happened, with its zone.
            by: who takes it out.
            how: where it goes on: ``"split"``, ``"held_over"`` (in dispute: from the beginning), ``"withdrawn"``.
            recorded_at: when it was entered; left out, ``at``.
            key: a key under which it may be retried.
            expecting: the version of the batch that the actor's screen showed.

        Raises: as :meth:`act_batch`.
        """
        action = SplitOut(item, reason, how=how)
        return self.act_batch(batch_id, action, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting)

    def release(
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
        """Let the matters of a batch go on one by one, or one of them, now that the shared stages lie behind them.

        The first act upon a matter that is accepted does the same for that matter, whoever does it.

        Raises: as :meth:`act_batch`.
        """
        return self.act_batch(
            batch_id, Release(item), at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting
        )

    def fill_places(
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
        """Close the votes on all matters that compete for the places of a batch, and keep all of it or nothing.

        See :meth:`Batch.fill_places <yizheng.batch.Batch.fill_places>` for the arguments and for what is refused.

        Raises: as :meth:`act_batch`.
        """
        action = FillPlaces(closes={} if closes is None else closes, lot=lot)
        return self.act_batch(batch_id, action, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting)

    def case(self, case_id: str) -> Case:
        """The case of this id, read from the store.

        Raises:
            NoSuchCase: when there is none.
            WrongDocket: when it is a rehearsal and this docket is real, or the other way round.
        """
        case = self._reader.case(case_id)
        if case.rehearsal is not self._rehearsal:
            raise WrongDocket(case.id, rehearsal=case.rehearsal)
        return case

    def act(
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
        """Put an action to a case and keep the entry.

        Args:
            case_id: which case.
            action: what is asked.
            at: when it happened, with its zone.
            by: who asks.
            recorded_at: when it was entered; left out, ``at``.
            key: a key under which it may be retried: the same key again writes nothing and gives the case as it stood
                after the entry that was written under it.
            expecting: the version that the actor's screen showed; another one is refused. The version of a matter that its
                batch holds does not tell what was done in the batch.

        Raises:
            Refused: with every reason; nothing was written.
            NoSuchCase: when there is no such case.
            WrongDocket: when the case is a rehearsal and this docket is real, or the other way round.
            VersionConflict: when the case does not stand at ``expecting``, or somebody wrote in the meantime.
            KeyReused: when the key belongs to another action.
        """
        asked = _Asked(action=action, at=at, by=by, recorded_at=recorded_at, key=key)
        return self._put(self.case(case_id), asked, expecting)

    def find(self, **facts: str) -> tuple[str, ...]:
        """The ids of the cases to which all of these apply, without replaying any.

        A real docket finds no rehearsals, and a docket in rehearsal finds nothing else.

        Args:
            facts: any of ``procedure``, ``stage``, ``status``, ``category``, ``outcome`` and ``batch`` (that a matter was
                opened in).

        Raises:
            InvalidValue: when asked by anything else.
        """
        if foreign := sorted(facts.keys() - FACTS):
            raise InvalidValue(
                f"cases are not found by {', '.join(foreign)}; they are found by {', '.join(sorted(FACTS))}"
            )
        if self._rehearsal:
            return self._store.find(**facts, **{REHEARSAL: REHEARSED})
        found = self._store.find(**facts)
        rehearsed = self._rehearsed()
        return tuple([case_id for case_id in found if case_id not in rehearsed]) if rehearsed else found

    def due(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What must happen next in all cases that are under way, the soonest first, without replaying any.

        Args:
            at: the moment asked about, with its zone.
        """
        now = moment(at, "at")
        found: list[CaseDuty] = []
        duties = self._store.facts_of("duties")
        rehearsed = self._rehearsed()
        for case_id, stored in duties.items():
            if (case_id in rehearsed) is not self._rehearsal:
                continue
            for duty in duties_of(case_id, stored):
                overdue = duty.until is not None and duty.until < now
                found.append(CaseDuty(case=case_id, duty=attrs.evolve(duty, overdue=overdue)))
        return tuple(sorted(found, key=_soonest))

    def verify(self, case_id: str) -> Report:
        """What is wrong with the record of a case, if anything: the first entry that does not hold.

        See :func:`verify <yizheng.proofs.verify>`. It looks through real records and rehearsals alike.

        Args:
            case_id: which case.

        Raises:
            NoSuchCase: when there is none.
        """
        return self._reader.report(case_id)

    def checkpoint(self, *, at: datetime) -> Checkpoint:
        """Seal where every record stands, so that a dropped record and a cut or rewritten tail can be found.

        Keep it where those who can change the records cannot change it, and publish its head. It seals all records of
        the store, rehearsals among them.

        Args:
            at: the moment that it bears, with its zone.

        Raises:
            BrokenRecord: when a record does not hold; nothing is sealed then.
        """
        return Checkpoint.seal(self._store, at=at, draw=self._draw)

    def compare(self, checkpoint: Checkpoint) -> Comparison:
        """Hold the records against a checkpoint that was made earlier; that they have grown since is fine.

        Args:
            checkpoint: the checkpoint, from where it was kept.
        """
        return one(Checkpoint, checkpoint, "a checkpoint").check(self._store)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Between entries and records

    def _rehearsed(self) -> Collection[str]:
        """The rehearsals in the store. Asked for last, so that none is missing that was opened while others were found."""
        return self._store.facts_of(REHEARSAL).keys()

    def _find_key(self, case_id: str, key: str, action: Action, at: datetime, by: str) -> Case | None:
        return _after_key(self.case(case_id), key, action, at, by) if self._store.version(case_id) else None

    def _put(self, case: Case, asked: _Asked, expecting: int | None) -> Case:
        """Put an action to a case as it was read, and keep what comes of it."""
        key = None if asked.key is None else name(asked.key, "a key")
        if key is not None and (kept := _after_key(case, key, asked.action, asked.at, asked.by)) is not None:
            return kept
        if expecting is not None and count(expecting) != case.version:
            raise VersionConflict(case.id, expecting, case.version)
        if case.dossier.batch is not None:
            return self._act_together(case, asked) if case.dossier.is_batch else self._act_held(case, asked)
        following = self._following(case, asked)
        self._store.append(write_of(following, case, {}))
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

    def _act_together(self, case: Case, asked: _Asked) -> Case:
        """Put an action to a batch; the matters that leave by it are taken up in the same write."""
        if isinstance(asked.action, FillPlaces):
            return self._fill(case, asked.action, asked)
        batch = Batch(self._following(case, asked))
        made: Parts = {}
        writes = [write_of(batch.case, case, made)]
        for item in sorted(batch.leaving):
            held = self._reader.held(item, case)
            writes.append(write_of(self._taken_up(batch, held, asked), held, made))
        self._store.append(*writes)
        return batch.case

    def _fill(self, case: Case, action: FillPlaces, asked: _Asked) -> Case:
        """Fill the places of a batch; the votes of its matters are closed in the same write."""
        before = {each.id: each for each in self._contenders(case)}
        following, closed = case.fill_places(
            before.values(),
            action,
            at=asked.at,
            by=asked.by,
            recorded_at=asked.recorded_at,
            calendar=self._calendar,
            key=asked.key,
        )
        made: Parts = {}
        self._store.append(write_of(following, case, made), *[write_of(each, before[each.id], made) for each in closed])
        return following

    def _contenders(self, batch: Case) -> Iterable[Case]:
        """The matters that may compete: those that got and were refused no place yet, and those that are voted on anew."""
        competition = batch.dossier.competition
        if competition is None:
            return ()
        anew = competition.settled.intersection(self.find(batch=batch.id, stage=competition.stage))
        return [self.case(item) for item in sorted((competition.items - competition.settled) | anew)]

    def _taken_up(self, batch: Batch, held: Case, asked: _Asked) -> Case:
        return batch.take_up(held, at=asked.at, by=asked.by, recorded_at=asked.recorded_at, salt=self._draw(16))

    def _act_held(self, case: Case, asked: _Asked) -> Case:
        """Put an action to a matter that its batch holds: if the batch is ready, the matter is released by that."""
        batch = Batch(self._reader.batch_of(case))
        if case.id not in batch.items and (found := self._store.version(case.id)) != case.version:
            raise VersionConflict(case.id, case.version, found)  # it has left since it was read
        if not batch.ready or isinstance(asked.action, TakeUp):
            waits = batch.stage == batch.procedure.deciding and not batch.ready
            raise Refused([IN_BATCH(batch=batch.id), *([TOGETHER()] if waits else ())])
        # What is said of long ago lets the matter go now.
        at = max(moment(asked.at, "at"), batch.case.dossier.entered)
        letting = attrs.evolve(asked, action=Release(case.id, by_act=True), at=at, key=None)
        released = Batch(self._following(batch.case, letting))
        following = self._following(self._taken_up(released, case, letting), asked)
        made: Parts = {}
        self._store.append(write_of(released.case, batch.case, made), write_of(following, case, made))
        return following


@attrs.frozen(kw_only=True)
class _Asked:
    """What somebody asks, of whatever record."""

    action: Action
    at: datetime
    by: str
    recorded_at: datetime | None
    key: str | None


_STORE: Final = get_protocol_members(Store)


def _soonest(found: CaseDuty) -> tuple[bool, str, str]:
    until = found.duty.until
    return (until is None, "" if until is None else until.isoformat(), found.case)


def _after_key(case: Case, key: str, action: Action, at: datetime, by: str) -> Case | None:
    """The case as it stood after the entry of a key, if there is one: the same act, by the same, at the same moment."""
    entry = case.entry_of(key)
    if entry is None:
        return None
    asked = (one(Action, action, "what is asked"), moment(at, "at"), name(by, "by"))
    if (entry.action, entry.at, entry.by) != asked:
        raise KeyReused(key, entry.number)
    return Case.replay(case.entries[: entry.number])
