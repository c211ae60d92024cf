"""Dockets: the cases of one office, over a store. The one place where a case meets what keeps it.

The docket draws the salts for private values. It never retries by itself: a
:class:`~yizheng.errors.VersionConflict` is the host's to answer, by reading again and deciding again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Self

from typing_extensions import get_protocol_members

from yizheng.batch import Batch
from yizheng.batch.batch import Accounted, Grouped
from yizheng.calendar import PLAIN_DAYS, Calendar
from yizheng.case import Case, Sittings
from yizheng.docket.asynchronous import AsyncDocket
from yizheng.docket.index import CaseDuty, CaseLine
from yizheng.errors import InvalidType, kind_of
from yizheng.matter import Matter
from yizheng.people import Roll
from yizheng.procedure import Procedure
from yizheng.proofs import Checkpoint, Comparison, Report
from yizheng.rules import Lot, Quota
from yizheng.stages import Action, CloseVote, Leaving
from yizheng.store import Store
from yizheng.store.immediate import Immediate, at_once
from yizheng.text import Text
from yizheng.values import Plain

__all__ = ["Docket"]


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
            use = "; an asynchronous store belongs to AsyncDocket" if hasattr(store, "__aenter__") else ""
            raise InvalidType(f"a store was expected; {kind_of(store)} lacks {', '.join(lacking)}{use}")
        self._docket = AsyncDocket(Immediate(store), calendar=calendar, kinds=kinds, draw=draw, rehearsal=rehearsal)
        self._store = store

    @property
    def rehearsal(self) -> bool:
        """Whether its cases are only rehearsed."""
        return self._docket.rehearsal

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
        return at_once(
            self._docket.open(matter, procedure, rolls, offices, at=at, by=by, recorded_at=recorded_at, key=key)
        )

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
        return at_once(
            self._docket.open_batch(
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
                key=key,
            )
        )

    def batch(self, batch_id: str) -> Batch:
        """The batch of this id, read from the store.

        Raises:
            NoSuchCase: when there is none.
            InvalidValue: when this is the id of one matter.
        """
        return at_once(self._docket.batch(batch_id))

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
        return at_once(
            self._docket.act_batch(
                batch_id, action, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting
            )
        )

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
        return at_once(
            self._docket.split(
                batch_id,
                item,
                reason=reason,
                at=at,
                by=by,
                how=how,
                recorded_at=recorded_at,
                key=key,
                expecting=expecting,
            )
        )

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
        return at_once(
            self._docket.release(batch_id, item, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting)
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
        return at_once(
            self._docket.fill_places(
                batch_id, at=at, by=by, closes=closes, lot=lot, recorded_at=recorded_at, key=key, expecting=expecting
            )
        )

    def case(self, case_id: str) -> Case:
        """The case of this id, read from the store.

        Raises:
            NoSuchCase: when there is none.
            WrongDocket: when it is a rehearsal and this docket is real, or the other way round.
        """
        return at_once(self._docket.case(case_id))

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
            key: a key under which it may be retried: the same act, ``at`` and ``by`` again under the same key writes
                nothing and gives the case as it stood after that entry. It belongs to this case, and is public.
            expecting: the version that the actor's screen showed; another one is refused. The version of a matter that its
                batch holds does not tell what was done in the batch.

        Raises:
            Refused: with every reason; nothing was written.
            NoSuchCase: when there is no such case.
            WrongDocket: when the case is a rehearsal and this docket is real, or the other way round.
            VersionConflict: when the case does not stand at ``expecting``, or somebody wrote in the meantime; without
                ``expecting`` it is the latter, and the same may be asked again.
            KeyReused: when the key belongs to an entry of another action, moment or person.
        """
        return at_once(
            self._docket.act(case_id, action, at=at, by=by, recorded_at=recorded_at, key=key, expecting=expecting)
        )

    def find(self, **facts: str) -> tuple[str, ...]:
        """The ids of the cases to which all of these apply, without replaying any.

        A real docket finds no rehearsals, and a docket in rehearsal finds nothing else.

        Args:
            facts: any of ``procedure``, ``stage``, ``status`` (``"open"`` or ``"ended"``), ``category``, ``outcome``,
                ``batch`` (that a matter was opened in) and ``comes_from`` (any one of the matters that it came from).

        Raises:
            InvalidValue: when asked by anything else.
        """
        return at_once(self._docket.find(**facts))

    def cases(self, **facts: str) -> tuple[CaseLine, ...]:
        """The cases to which all of these apply, a line each, sorted by their ids, without replaying any.

        Args:
            facts: as :meth:`find`.

        Raises:
            InvalidValue: when asked by anything else.
        """
        return at_once(self._docket.cases(**facts))

    def counts(self, *by: str, **facts: str) -> dict[tuple[str | None, ...], int]:
        """How many cases there are of each kind, without replaying any.

        Args:
            by: what they are told apart by, such as ``"stage", "category"``: any of what :meth:`find` takes, but
                ``comes_from``, of which a case may have several.
            facts: which cases are counted, as :meth:`find`; left out, all.

        Returns:
            The number of cases for each combination that occurs, such as ``{("resolve", "courtyard"): 3}``, sorted;
            ``None`` in the place of what a case has not, such as a stage once it has ended.

        Raises:
            InvalidValue: when asked by anything else.
        """
        return at_once(self._docket.counts(*by, **facts))

    def due(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What must happen next in all cases that are under way, the soonest first, without replaying any.

        Args:
            at: the moment asked about, with its zone.
        """
        return at_once(self._docket.due(at))

    def overdue(self, at: datetime) -> tuple[CaseDuty, ...]:
        """What should have happened before, in all cases, the longest overdue first, without replaying any.

        Args:
            at: the moment asked about, with its zone.
        """
        return at_once(self._docket.overdue(at))

    def reindex(self) -> tuple[str, ...]:
        """Make the index anew from the records: after a release that finds cases by more, or when it was changed.

        Every record is read. No record is changed, and others may write meanwhile.

        Returns:
            The ids of the cases whose index facts were not those of their records.

        Raises:
            BrokenRecord: when a record does not hold together; the others were indexed before. ``UnknownKind`` likewise.
        """
        return at_once(self._docket.reindex())

    def verify(self, case_id: str) -> Report:
        """What is wrong with the record of a case, if anything: the first entry that does not hold.

        See :func:`verify <yizheng.proofs.verify>`. It looks through real records and rehearsals alike.

        Args:
            case_id: which case.

        Raises:
            NoSuchCase: when there is none.
        """
        return at_once(self._docket.verify(case_id))

    def checkpoint(self, *, at: datetime) -> Checkpoint:
        """Seal where every record stands, so that a dropped record and a cut or rewritten tail can be found.

        Keep it where those who can change the records cannot change it, and publish its head. It seals all records of
        the store, rehearsals among them.

        Args:
            at: the moment that it bears, with its zone.

        Raises:
            BrokenRecord: when a record does not hold; nothing is sealed then.
        """
        return at_once(self._docket.checkpoint(at=at))

    def compare(self, checkpoint: Checkpoint) -> Comparison:
        """Hold the records against a checkpoint that was made earlier; that they have grown since is fine.

        Args:
            checkpoint: the checkpoint, from where it was kept.
        """
        return at_once(self._docket.compare(checkpoint))

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Between entries and records


_STORE: Final = get_protocol_members(Store)
