"""A case: a matter, a procedure, rolls, offices, and the fold of its entries."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NoReturn, cast, final

import attrs
from typing_extensions import override

from yizheng.calendar import PLAIN_DAYS, Calendar, as_calendar, local_day, moment, zone
from yizheng.canonical import Kept, canonical
from yizheng.case.adopting import adopting
from yizheng.case.competing import alone_faults, competing, entry_faults, filled, in_common
from yizheng.case.destroying import Paths, absent_values, check_gone, moment_faults, needed_faults, paths_of
from yizheng.case.entry import (
    GENESIS,
    SALT_BYTES,
    Entry,
    Stored,
    check_entry,
    first_dossier,
    make_entry,
    read_entry,
    redacted,
    without,
)
from yizheng.case.misfits import misadded, misended, refusals_of
from yizheng.case.opening import Open, OpenBatch, Sittings, Within, as_listed
from yizheng.case.opening_faults import check_within, checked_opening, fact_faults, in_two, private_faults
from yizheng.case.shared import Recorded, Shared, TakeUp
from yizheng.case.together import absent_faults, gone_on, held_faults, is_ready, leaving, taking_up_faults, way_out
from yizheng.codec import Parts, kept
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.people import Offices, Roll
from yizheng.procedure import Kinds, Procedure
from yizheng.procedure.compiled import Place
from yizheng.procedure.disclosed import LEFT_OUT
from yizheng.procedure.duties import brought, told
from yizheng.procedure.lawful import law_faults
from yizheng.reasons import (
    AGREEMENT_BINDS,
    BACKDATED,
    BINDING,
    CASE_ENDED,
    EDITION_FIXED,
    INDEPENDENT_OFFICE,
    LAPSED,
    MATTER_PRIVATE,
    NO_BATCH,
    NOBODY_LEFT,
    NOT_IN_OFFICE,
    NOT_NOW,
    OUT_OF_ORDER,
    RECORDED_BEFORE,
    STILL_SHARED,
    UNANSWERED,
    UNKNOWN_ITEM,
    UNKNOWN_OFFICE,
    VOTE_OPENED,
    VOTES_NEEDED,
    Reason,
    Refused,
)
from yizheng.rules import Placing, Quota
from yizheng.stages import (
    LEAVING,
    Act,
    Action,
    AdoptEdition,
    Appoint,
    Attach,
    CloseVote,
    Correct,
    Deliberation,
    Destroy,
    Dossier,
    Duty,
    Effect,
    FillPlaces,
    Leaving,
    Note,
    OrderCorrection,
    Release,
    ReportDanger,
    SplitOut,
    Stage,
    Withdraw,
)
from yizheng.stages.anywhere import ADDERS, EVERYWHERE
from yizheng.stages.base import NO_EFFECT, may_bring
from yizheng.stages.danger import danger_faults
from yizheng.stages.deliberation.closing import placed
from yizheng.stages.parties import MEDIATION_LAW
from yizheng.text import LANGUAGES, Text
from yizheng.values import GrowingList, GrowingMap, Plain, all_of, mapping, name, one, several

__all__ = ["Case", "Status"]

ANY_MOMENT: Final = frozenset({Note, Attach, Correct})
"""What may speak of anything, however long ago it was."""

UNCOUNTED: Final = ANY_MOMENT | frozenset(LEAVING)
"""What may be entered later than it happened, and is counted in no stage: a stage does not end after it."""


class Status(enum.StrEnum):
    """Whether a case is under way."""

    OPEN = "open"
    ENDED = "ended"


@final
class Case(Recorded):
    """A matter on its way through a procedure. It is nothing but its record.

    A case is a value: :meth:`act` gives the next one and leaves this one as it was. There is no way to move it but by
    an entry. Build one with :meth:`open` or :meth:`replay`.
    """

    __slots__ = ("_dossier", "_entries", "_keys", "_parts", "_place", "_procedure", "_progress")

    _dossier: Dossier
    _entries: GrowingList[Entry]
    _keys: GrowingMap[str, int]
    _parts: GrowingMap[str, Kept]
    _place: Place
    _procedure: Procedure
    _progress: Any

    def __init__(self, *_: object, **__: object) -> None:
        raise InvalidType("a case is built with Case.open(…) or Case.replay(entries)")

    def __init_subclass__(cls, **_: object) -> NoReturn:
        raise InvalidType("a case has no subclasses: its record alone says what it is")

    def __setattr__(self, attribute: str, _: object) -> NoReturn:
        raise AttributeError(f"a case is changed by acts alone; {attribute} cannot be set")

    @override
    def __delattr__(self, attribute: str) -> NoReturn:
        raise AttributeError(f"a case is changed by acts alone; {attribute} cannot be deleted")

    # Making

    @classmethod
    def open(
        cls,
        matter: Matter,
        procedure: Procedure,
        rolls: Mapping[str, Roll],
        offices: Mapping[str, Iterable[str]],
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        salt: bytes | None = None,
        key: str | None = None,
        within: Case | None = None,
        rehearsal: bool = False,
    ) -> Case:
        """Open a case.

        Args:
            matter: what is to be decided.
            procedure: by which procedure.
            rolls: who may vote, by body. A body that has none yet gets its roll when it is convened.
            offices: who holds which office. An office that nobody holds yet can be filled with ``Appoint``.
            at: when it happened, with its zone.
            by: who opens it: somebody in an office that may.
            recorded_at: when it was entered; left out, ``at``.
            salt: at least 16 random bytes, for the private fields; used once.
            key: a key under which the host may retry.
            within: the batch, just opened, in which the matter goes through the stages that it shares with others.
            rehearsal: whether the case is only rehearsed (模拟演练): by the same rules, and every entry and document says
                that it is a rehearsal. It stays one.

        Raises:
            Refused: when the actor may not open, or the matter lacks a fact that the procedure asks for.
            InvalidType: when an argument is not of its kind.
            InvalidValue: when the definition has faults, rolls and offices are not those of the procedure, or the batch
                was opened for other matters, or otherwise, such as for a rehearsal.
        """
        held, given = checked_opening(matter, procedure, rolls, offices)
        lies = None if within is None else Within(one(Case, within, "within").id, within.entries[0].digest)
        action = Open(matter=matter, procedure=procedure, rolls=given, offices=held, within=lies)
        if within is not None:
            check_within(action, within, rehearsal)
        return cls._open(action, at, by, recorded_at, salt, key, rehearsal)

    @classmethod
    def open_batch(
        cls,
        matter: Matter,
        items: Iterable[Matter],
        procedure: Procedure,
        rolls: Mapping[str, Roll],
        offices: Mapping[str, Iterable[str]],
        *,
        at: datetime,
        by: str,
        sittings: Sittings | str | None = None,
        requests: int | None = None,
        reason: Text | str | None = None,
        triage: Plain = None,
        quota: Quota | None = None,
        recorded_at: datetime | None = None,
        salt: bytes | None = None,
        key: str | None = None,
        rehearsal: bool = False,
    ) -> Case:
        """Open the record of a batch: what is done there is done for all its matters. See :mod:`yizheng.batch`.

        Args:
            matter: what the batch as a whole is called; its id is the id of the batch.
            items: its matters; their private fields are left to their own records, and where the procedure is confidential
                where they came from.
            procedure: by which procedure; it says which stages are shared.
            rolls: who may vote, by body.
            offices: who holds which office.
            at: when it happened, with its zone.
            by: who opens it: somebody in an office that may open cases.
            sittings: how the matters are resolved; left out, as the body is called.
            requests: how many members must ask for a matter to be split out; left out, asking alone does not.
            reason: why these matters are dealt with together.
            triage: how it was chosen what is put in.
            quota: the fixed number of places for which the matters compete; left out, they do not compete.
            recorded_at: when it was entered; left out, ``at``.
            salt: at least 16 random bytes, for the private fields; used once.
            key: a key under which the host may retry.
            rehearsal: whether the batch is only rehearsed; then its matters are as well.

        Raises:
            Refused: when the actor may not open, or matters lack facts that the procedure asks for: all that is lacking.
            InvalidType: when an argument is not of its kind.
            InvalidValue: when the procedure shares no stage, and as :meth:`open` does.
        """
        held, given = checked_opening(matter, procedure, rolls, offices)
        matters = all_of(Matter, items, "items")
        listed = [as_listed(each, procedure) for each in matters]
        action = OpenBatch(
            matter=matter,
            items=listed,
            procedure=procedure,
            rolls=given,
            offices=held,
            sittings=sittings,
            requests=requests,
            reason=reason,
            triage=triage,
            quota=quota,
        )
        if not procedure.shared:
            raise InvalidValue(f"procedure {procedure.id} shares no stage; a batch needs Procedure(shared=…)")
        if action.sittings is Sittings.ONE and not isinstance(procedure.decider, Deliberation):
            raise InvalidValue(f"{procedure.deciding} is no deliberation; its matters have no sitting in common")
        if action.quota is not None and not isinstance(procedure.decider, Deliberation):
            raise InvalidValue(
                f"{procedure.deciding} is no deliberation; nothing is voted on there that could be ranked"
            )
        private = private_faults(matters, procedure, held)
        return cls._open(action, at, by, recorded_at, salt, key, rehearsal, private)

    @classmethod
    def _open(  # noqa: PLR0917 -- what both kinds of opening have in common, in the order of the arguments
        cls,
        action: Open,
        at: datetime,
        by: str,
        recorded_at: datetime | None,
        salt: bytes | None,
        key: str | None,
        rehearsal: bool,  # noqa: FBT001 -- as its callers name it
        private: Iterable[Reason] = (),
    ) -> Case:
        procedure, held = action.procedure, action.offices
        happened = moment(at, "at")
        recorded = happened if recorded_at is None else moment(recorded_at, "recorded_at")
        actor, rehearsed = name(by, "by"), one(bool, rehearsal, "rehearsal")
        if foreign := sorted(held.keys() - {office.id for office in procedure.offices}):
            known = ", ".join(office.id for office in procedure.offices)
            raise InvalidValue(f"procedure {procedure.id} has no office {', '.join(foreign)}; it has {known}")
        if both := in_two(procedure, held):
            raise InvalidValue(f"{', '.join(both)} would hold an independent office and another; name somebody else")
        _ = procedure.table  # raises with every fault of an unsound definition
        lower = [fault for fault in law_faults(procedure) if fault.code not in LEFT_OUT]
        InvalidValue.raise_all(f"{fault.code}: {fault.explain('en')}" for fault in lower)
        may = frozenset(office.id for office in procedure.offices if Open.kind in office.may)
        reasons = _who(actor, action, may, held)
        reasons += [*fact_faults(action, local_day(happened, procedure.zone)), *private]
        if recorded < happened:
            reasons.append(RECORDED_BEFORE(recorded_at=recorded, at=happened))
        if reasons:
            raise _refused(reasons, procedure)
        salt, key = _checked_salt(salt), None if key is None else name(key, "a key")
        confidential = procedure.confidential is not None
        return cls._opened(
            make_entry(1, happened, recorded, actor, action, NO_EFFECT, GENESIS, salt, key, rehearsed, confidential)
        )

    @classmethod
    def replay(cls, entries: Iterable[Entry]) -> Case:
        """The case of a record: every number, link and digest is checked, and the stored effects are added up.

        Raises:
            BrokenRecord: at the first entry that does not hold.
        """
        case: Case | None = None
        kinds, parts = Kinds(), dict[str, Kept]()
        for number, entry in enumerate(several(entries, "a record"), 1):
            if not isinstance(entry, Entry):
                raise InvalidType(f"a record holds entries, not {type(entry).__name__}")
            parts |= {part.digest: part for part in (kept(entry.action) if isinstance(entry.action, Action) else ())}
            kinds = _kinds_of(entry.action.procedure) if isinstance(entry.action, Open) else kinds
            _check_link(case, entry, number)
            check_entry(entry, kinds, parts)
            case = Case._opened(entry) if case is None else Case._added(case, entry)
        return _something(case)

    @classmethod
    def read(
        cls, stored: Iterable[Stored], *, kinds: Kinds, parts: Mapping[str, Kept], after: Case | None = None
    ) -> Case:
        """The case of stored bytes: every number, link and digest is checked, and the stored effects are added up.

        Args:
            stored: payload, private part and digest of each entry, in order.
            kinds: the kinds of actions that may occur.
            parts: the rolls and procedures that the record refers to, by digest.
            after: the case of what was read of the record before; left out, it is read from its opening.

        Raises:
            BrokenRecord: at the first entry that does not hold.
            UnknownKind: when an entry is of a kind that this release does not know.
        """
        one(Kinds, kinds, "kinds")
        for claimed, part in mapping(parts, "parts").items():
            if not isinstance(part, Kept) or part.digest != claimed:
                raise BrokenRecord(f"the part {shown(claimed)} does not have its digest")
        case = None if after is None else one(Case, after, "after")
        for number, each in enumerate(several(stored, "a stored record"), 1 if case is None else case.version + 1):
            payload, private, claimed = _stored(each, number)
            entry = read_entry(payload, private, claimed=claimed, kinds=kinds, parts=parts, number=number)
            _check_link(case, entry, number)
            case = Case._opened(entry) if case is None else Case._added(case, entry)
        return _something(case)

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
    ) -> Case:
        """Put an action to the case.

        Args:
            action: what somebody asks to do.
            at: when it happened, with its zone.
            by: who asks. Who a person is, the host application proves.
            recorded_at: when it was entered; left out, ``at``. The record is in order of recording.
            calendar: by which periods are reckoned; left out, plain days.
            salt: at least 16 random bytes, for private values; used once.
            key: a key under which the host may retry; it is kept in the entry.

        Returns:
            The case with one entry more. This case stays as it is.

        Raises:
            Refused: with every reason; nothing has changed.
            InvalidType: when an argument is not of its kind.
            InvalidValue: when an argument cannot be, such as a datetime without a zone or a salt of fewer than 16 bytes.
        """
        happened = moment(at, "at")
        recorded = happened if recorded_at is None else moment(recorded_at, "recorded_at")
        if calendar is not PLAIN_DAYS:
            calendar = as_calendar(calendar)
        if not isinstance(action, Action):
            raise InvalidType(f"an action was expected, not {kind_of(action)}; the kinds are in yizheng.stages")
        actor = name(by, "by")
        asked = Act(action, happened, recorded, actor, calendar, self._dossier.zone)
        last = self._entries.last
        joining, destroying = type(action) is TakeUp, type(action) is Destroy
        if destroying:
            effect = self._destroying(asked, last.recorded_at)
        else:
            effect = self._taking_up(asked) if joining else self._decide(asked, last.recorded_at)
        if isinstance(effect, list):
            raise _refused(effect, self.procedure)
        if type(salt) is not bytes or len(salt) < SALT_BYTES:
            salt = _checked_salt(salt)
        key = None if key is None else name(key, "a key")
        number, confidential = last.number + 1, self._dossier.confidential
        entry = make_entry(
            number, happened, recorded, actor, action, effect, last.digest, salt, key, last.rehearsal, confidential
        )
        if destroying:
            assert isinstance(action, Destroy)
            return self._without(paths_of(action))._destroyed(entry)
        return self._taken_up(entry) if joining else self._step(entry, asked)

    def _without(self, paths: Paths) -> Case:
        """The case added up anew from its entries without these private values, so that nothing of them is left in it."""
        kinds = _kinds_of(self._procedure)
        entries = [
            without(entry, paths[entry.number], kinds, self._parts) if entry.number in paths else entry
            for entry in self._entries
        ]
        case = Case._opened(entries[0])
        for entry in entries[1:]:
            case = case._added(entry)
        return case

    def going_on_from(self, batch: Case) -> Case:
        """This matter added up anew from the record of its batch as that stands now, with what was destroyed there.

        Args:
            batch: the batch that it has left; another one changes nothing.

        Raises:
            InvalidType: when it is no case.
        """
        one(Case, batch, "batch")
        known = [part for part in self._parts.values() if isinstance(part, Shared) and part.case.id == batch.id]
        shared = {part.digest: Shared(Case.replay(batch.entries[: part.case.version])) for part in known}
        stored = [
            (entry.payload, canonical(entry.private()) if entry.sealed else None, entry.digest)
            for entry in self._entries
        ]
        return Case.read(stored, kinds=_kinds_of(self._procedure), parts={**self._parts, **shared})

    def fill_places(
        self,
        cases: Iterable[Case],
        action: FillPlaces,
        *,
        at: datetime,
        by: str,
        recorded_at: datetime | None = None,
        calendar: Calendar = PLAIN_DAYS,
        key: str | None = None,
    ) -> tuple[Case, tuple[Case, ...]]:
        """Close the votes on all matters of this batch that compete, and give the places to the best of them.

        Args:
            cases: the cases of its matters. Those that were split out or have come to an end do not compete.
            action: how particular votes are closed, and the lot.
            at: when it happened, with its zone.
            by: who closes the votes: somebody in an office that may.
            recorded_at: when it was entered; left out, ``at``.
            calendar: by which periods are reckoned; left out, plain days.
            key: a key under which the host may retry; it is kept in the entry of the batch.

        Returns:
            The batch with one entry more, and the cases whose vote was closed, each with one entry more, by their ids.

        Raises:
            Refused: with every reason; nothing has changed.
            InvalidType: when an argument is not of its kind.
            InvalidValue: when a case stands twice or one that may compete is missing, and as :meth:`act` does.
        """
        happened = moment(at, "at")
        recorded = happened if recorded_at is None else moment(recorded_at, "recorded_at")
        one(FillPlaces, action, "what is asked")
        calendar, actor = as_calendar(calendar), name(by, "by")
        given = _by_id(cases)
        asked = Act(action, happened, recorded, actor, calendar, self._dossier.zone)
        reasons = self._filling_faults(asked)
        voted = competing(self, given, action.closes)
        if isinstance(voted, list):
            raise _refused(reasons + voted, self.procedure)
        competition = self._dossier.competition
        assert competition is not None
        acts = {
            item: Act(action.closes.get(item) or CloseVote(), happened, recorded, actor, calendar, case._dossier.zone)
            for item, case in voted.items()
        }
        effects, refused = dict[str, Effect](), dict[str, list[Reason]]()
        for item, case in voted.items():
            decided = case._decide(acts[item], case._entries.last.recorded_at, alone=False)
            if isinstance(decided, list):
                refused[item] = decided
            else:
                effects[item] = decided
        told = {reason.code for reason in reasons}
        reasons += [reason for reason in in_common(refused, len(voted)) if reason.code not in told]
        votes = {item: case.digest for item, case in voted.items()}
        filling = None if reasons else filled(competition, effects, votes, action.lot)
        if filling is None or isinstance(filling, list):
            raise _refused(reasons or filling or [], self.procedure)
        key = None if key is None else name(key, "a key")
        number, effect = self._entries.last.number + 1, Effect(filling=filling)
        entry = make_entry(number, happened, recorded, actor, action, effect, self.digest, None, key, self.rehearsal)
        placings = filling.placings(self.id, entry.digest)
        return self._filled(entry), tuple(
            [voted[item]._closed(acts[item], effects[item], placings[item]) for item in voted]
        )

    def _filling_faults(self, asked: Act) -> list[Reason]:
        """Why an actor cannot fill places now: whoever may close the deciding vote may."""
        procedure, dossier, last = self._procedure, self._dossier, self._entries.last.recorded_at
        reasons = _order_faults(asked, last)
        assert procedure.decider is not None  # a batch has one
        may = procedure.offices_for(procedure.decider, CloseVote)
        reasons += _who(asked.by, asked.action, may, dossier.offices)
        if asked.at < dossier.since:
            reasons.append(BACKDATED(action=asked.action.title, at=asked.at, since=dossier.since))
        return reasons

    def _closed(self, asked: Act, decided: Effect, placing: Placing) -> Case:
        """The case of one matter, whose vote was closed together with others."""
        stage: Any = self._place.stage
        effect, last = placed(stage, asked, decided, placing), self._entries.last
        if late := self._lapsed(asked, effect.outcome):
            raise _refused(late, self._procedure)
        number, at, recorded = last.number + 1, asked.at, asked.recorded_at
        entry = make_entry(
            number, at, recorded, asked.by, asked.action, effect, last.digest, None, None, last.rehearsal
        )
        return self._step(entry, asked)

    def _decide(self, asked: Act, last: datetime, *, alone: bool = True) -> Effect | list[Reason]:
        """The effect of an act, or every reason why not.

        Args:
            asked: the act.
            last: when the last entry was recorded.
            alone: whether it is put to this case alone, and not together with others of its batch.
        """
        place, dossier = self._place, self._dossier
        action: Action = asked.action
        kind: Any = type(action)
        stage = place.stage
        reasons = [] if asked.at <= asked.recorded_at >= last else _order_faults(asked, last)
        if stage is None:
            return [*reasons, CASE_ENDED(outcome=_end_title(self._procedure, place.name))]
        may = place.may.get(kind)
        if may is None or dossier.batch is not None:
            wrong = self._misplaced(kind)
            if wrong or may is None:
                return reasons + wrong
        if not stage.is_own(asked, self._progress):
            reasons += _who(asked.by, action, may, dossier.offices)
        after = dossier.entered if kind.typed_later else dossier.since
        if asked.at < after and kind not in ANY_MOMENT:
            reasons.append(BACKDATED(action=kind.title, at=asked.at, since=after))
        decided = self._anywhere(asked) if kind in EVERYWHERE else stage.decide(asked, self._progress, dossier)
        if self._procedure.lapses:
            reasons += self._lapsed(asked, decided.outcome if type(decided) is Effect else None)
        if type(decided) is not Effect:
            return reasons + refusals_of(stage, decided)
        if decided.outcome is not None and after <= asked.at < (latest := self._latest_typed()):
            reasons.append(BACKDATED(action=kind.title, at=asked.at, since=latest))
        reasons += alone_faults(self, decided) if alone and dossier.competition is not None else ()
        reasons += self._unreported(kind, decided) if dossier.danger is not None else ()
        return reasons or decided

    def _lapsed(self, asked: Act, outcome: str | None) -> list[Reason]:
        """What an act would bring about whose last day has passed, by when it is entered."""
        stage, on = self.stage, local_day(asked.recorded_at, self._dossier.zone)
        assert stage is not None
        brings = brought(stage, asked.action.kind, outcome, None)
        return [
            LAPSED(
                each.citation,
                milestone=Text(*(told(each.milestone, language, self._procedure) for language in LANGUAGES)),
                last=each.last,
                on=on,
                instead=each.instead,
            )
            for each in self._procedure.lapses
            if each.milestone in brings and on > each.last
        ]

    def _unreported(self, kind: type[Action], decided: Effect) -> list[Reason]:
        """Why an act does not lead where a danger could not be reported any more, such as to an end, while it is not."""
        places = self._procedure.table.places
        to = places[self._place.leads[kind.kind]]
        if decided.outcome is not None:
            to = places.get(to.leads.get(decided.outcome, to.name), to)
        return [] if kind is ReportDanger or ReportDanger in to.may else danger_faults(self._dossier)

    def _misplaced(self, kind: type[Action]) -> list[Reason]:
        """Why an action has no place here: it is put to the wrong record, or nothing leads there from here."""
        place, stage = self._place, self._place.stage
        assert stage is not None
        if kind is FillPlaces:
            return [VOTES_NEEDED()]
        if self._dossier.batch is not None and (wrong := held_faults(self, kind)):
            return wrong
        if kind in place.may:
            return []
        if kind is Withdraw:
            milestone = self._procedure.binding
            return [VOTE_OPENED() if milestone is None else BINDING(stage=self._stage_of(milestone).title)]
        if kind in LEAVING and not self._dossier.is_batch:
            return [NO_BATCH()]
        if kind is Release and stage.id in self._procedure.shared:
            return [STILL_SHARED(batch=self.id)]
        options = [option.title for option in self.options()]
        return [NOT_NOW(stage=stage.title, phase=place.phase, action=kind.title, options=options)]

    def _stage_of(self, milestone: str) -> Stage:
        return self._procedure.stage(milestone.partition(".")[0])

    def _latest_typed(self) -> datetime:
        """When the last thing happened that may be entered late: a stage does not end before a ballot that it counts."""
        entered = self._dossier.entered
        latest = entered
        for entry in self._backwards():
            if entry.recorded_at < entered:
                break
            kind = type(entry.action)
            if kind.typed_later and kind not in UNCOUNTED and entry.at > latest:
                latest = entry.at
        return latest

    def _backwards(self) -> Iterator[Entry]:
        """The entries from the last on, and those of the batch behind the one by which the matter was taken up."""
        for entry in reversed(self._entries):
            yield entry
            if isinstance(entry.action, TakeUp) and way_out(entry.action.shared.case, self.id) is not Leaving.HELD_OVER:
                yield from entry.action.shared.case._backwards()

    def _anywhere(self, asked: Act) -> Effect | list[Reason]:
        """The effect of an action that can be done at any stage, or what stands against it in the record."""
        action = asked.action
        if isinstance(action, Correct) and not 1 <= action.entry <= len(self._entries):
            return [UNKNOWN_ITEM(item=action.entry, known=(f"1-{len(self._entries)}",))]
        if isinstance(action, Withdraw):
            return self._withdrawing(asked)
        if isinstance(action, OrderCorrection):
            return self._correcting() or NO_EFFECT
        if isinstance(action, Appoint):
            return self._appointing(action, asked.by)
        if isinstance(action, AdoptEdition):
            return self._adopting(asked)
        if isinstance(action, LEAVING):
            left = leaving(self, asked)
            return left if isinstance(left, list) else self._taking_out(asked) or left
        return NO_EFFECT

    def _taking_out(self, asked: Act) -> list[Reason]:
        """Why a matter cannot be withdrawn from the batch, or held over: it is taken back as it would be by itself."""
        how = asked.action.how if isinstance(asked.action, SplitOut) else Leaving.SPLIT
        if how is Leaving.SPLIT:
            return []
        may = self._place.may.get(Withdraw)
        if may is None:
            return [VOTE_OPENED()]
        reasons = _who(asked.by, Withdraw, may, self._dossier.offices) if how is Leaving.WITHDRAWN else []
        reasons += danger_faults(self._dossier) if how is Leaving.WITHDRAWN else []
        withdrawn = self._withdrawing(asked)
        return reasons + (withdrawn if isinstance(withdrawn, list) else [])

    def _taking_up(self, asked: Act) -> Effect | list[Reason]:
        """The effect of taking a matter up from where its batch stands, or what stands against it."""
        batch = asked.action.shared.case
        last = max(batch.entries[-1].recorded_at, self._entries.last.recorded_at)
        reasons = taking_up_faults(self, batch, asked.at) + _order_faults(asked, last)
        return reasons or NO_EFFECT

    def _destroying(self, asked: Act, last: datetime) -> Effect | list[Reason]:
        """The effect of destroying private values, or what stands against it; it is asked at every stage and after the end."""
        reasons = [] if asked.at <= asked.recorded_at >= last else _order_faults(asked, last)
        reasons += _who(asked.by, asked.action, self._procedure.destroyers, self._dossier.offices)
        reasons += moment_faults(self, asked)
        reasons += absent_values(self, asked.action) or needed_faults(self, asked.action, self._without)
        return reasons or NO_EFFECT

    def _withdrawing(self, asked: Act) -> Effect | list[Reason]:
        """A matter is withdrawn before its deciding vote opens, or what was agreed binds, and not while somebody is owed an answer."""
        stage, place = self._place.stage, self._place
        assert stage is not None
        opened = stage.id == self._procedure.deciding and stage.vote_opened(
            place.phase, self._progress, asked.recorded_at
        )
        reasons = [VOTE_OPENED()] if opened or self._dossier.decided else []
        if owed := [duty.ref for duty in stage.due(place.phase, self._progress) if duty.ref is not None]:
            reasons.append(UNANSWERED(items=owed))
        return reasons or NO_EFFECT

    def _correcting(self) -> list[Reason]:
        """Nobody but the parties or a court changes an agreement that binds (People's Mediation Law arts 31 to 33)."""
        agreement = None if self._dossier.dispute is None else self._dossier.dispute.agreement
        if agreement is None:
            return []
        law = MEDIATION_LAW(article="33" if agreement.confirmed else "31")
        return [AGREEMENT_BINDS(law, since=agreement.effective)]

    def _appointing(self, action: Appoint, by: str) -> Effect | list[Reason]:
        """An office that is independent is changed by its own holders, and held by nobody who holds another."""
        offices = {office.id: office for office in self._procedure.offices}
        office = offices.get(action.office)
        if office is None:
            return [UNKNOWN_OFFICE(office=action.office, known=list(offices))]
        held = self._dossier.offices
        reasons: list[Reason] = []
        own = {each for each in offices if by in held.get(each, ()) and Appoint.kind in offices[each].may}
        if office.id not in own and own and all(offices[each].independent for each in own):
            why = Text("监督者和上级不任命其他职务", "those who supervise or stand above fill no other office")
            reasons.append(INDEPENDENT_OFFICE(office=office.title, why=why))
        if office.independent and held.get(office.id) and by not in held[office.id]:
            why = Text("由其现任者变更", "its own holders change it")
            reasons.append(INDEPENDENT_OFFICE(office=office.title, why=why))
        others = {**held, office.id: action.holders}
        if both := in_two(self._procedure, others):
            why = Text(f"{'、'.join(both)} 兼任其他职务", f"{', '.join(both)} would hold another office too")
            reasons.append(INDEPENDENT_OFFICE(office=office.title, why=why))
        appointing = [each for each in offices.values() if Appoint.kind in each.may]
        if not any(others.get(each.id) for each in appointing):
            reasons.append(NOBODY_LEFT(offices=[each.title for each in appointing]))
        return reasons or NO_EFFECT

    def _adopting(self, asked: Act) -> Effect | list[Reason]:
        """For which setting an edition is adopted, or why it cannot be."""
        action: AdoptEdition = asked.action
        stages = {stage.id: stage for stage in self._procedure.stages}
        if action.stage not in stages:
            return [UNKNOWN_ITEM(item=action.stage, known=tuple(stages))]
        stage, place = stages[action.stage], self._place
        if stage is place.stage and place.phase not in stage.unopened:
            return [EDITION_FIXED(stage=stage.title)]
        return adopting(asked, stage, self._dossier)

    # Adding up. It refuses nothing: what it is given was accepted once.

    @classmethod
    def _opened(cls, entry: Entry) -> Case:
        action = entry.action
        if not isinstance(action, Open):
            raise BrokenRecord(f"a record begins with its opening, not with {action.kind}", 1)
        procedure = action.procedure
        try:
            table = procedure.table
        except InvalidValue as error:
            raise BrokenRecord(f"the procedure of the record is not sound: {error}", 1) from error
        place = table.places[table.start]
        assert place.stage is not None
        parts: dict[str, Kept] = {part.digest: part for part in kept(action)}
        return _build(
            procedure,
            GrowingList([entry]),
            GrowingMap({} if entry.key is None else {entry.key: 1}),
            GrowingMap(parts),
            place,
            place.stage.start(),
            first_dossier(entry),
        )

    def _added(self, entry: Entry) -> Case:
        """The case with a stored entry more."""
        place = self._place
        if isinstance(entry.action, TakeUp):
            if wrong := taking_up_faults(self, entry.action.shared.case, entry.at):
                raise BrokenRecord(f"entry {entry.number}: {wrong[0].explain('en')}", entry.number)
            return self._taken_up(entry)
        if isinstance(entry.action, FillPlaces):
            if (fault := entry_faults(self, entry.effect.filling)) is not None:
                raise BrokenRecord(f"entry {entry.number}: {fault}", entry.number)
            return self._filled(entry)
        if isinstance(entry.action, Destroy):
            if self._dossier.batch is not None and not self._dossier.is_batch:
                raise BrokenRecord(f"entry {entry.number}: batch {self._dossier.batch} holds the matter", entry.number)
            check_gone(self, entry, entry.action)
            return self._destroyed(entry)
        if type(entry.action) not in place.may:
            raise BrokenRecord(
                f"entry {entry.number}: nothing leads from {place.name} by {entry.action.kind}", entry.number
            )
        if wrong := self._astray(entry.action):
            raise BrokenRecord(f"entry {entry.number}: {wrong[0].explain('en')}", entry.number)
        asked = Act(entry.action, entry.at, entry.recorded_at, entry.by or "", PLAIN_DAYS, self._dossier.zone)
        try:
            return self._step(entry, asked)
        except (AssertionError, AttributeError, KeyError, InvalidValue) as error:
            # Adding up refuses nothing that was accepted once; a forged effect may lack what its action promises.
            words = f"entry {entry.number} lacks what its action brings about: {error!r}"
            raise BrokenRecord(words, entry.number) from error

    def _astray(self, action: Action) -> list[Reason]:
        """Why a stored act does not belong here: its batch holds the matter, or the batch leaves it to its matters."""
        if self._dossier.batch is not None and (wrong := held_faults(self, type(action))):
            return wrong
        return absent_faults(self, action) if isinstance(action, LEAVING) else []

    def _step(self, entry: Entry, asked: Act) -> Case:
        """Add an accepted action up: the progress of its stage, the dossier, and the place to which it leads."""
        place, action, effect = self._place, entry.action, entry.effect
        procedure, dossier, progress = self._procedure, self._dossier, self._progress
        kind: Any = type(action)
        stage = place.stage
        assert stage is not None
        if kind in EVERYWHERE:
            adder = ADDERS.get(kind)
            dossier = dossier if adder is None else adder(asked, effect, dossier)
        else:
            added = stage.add(asked, effect, progress, dossier)
            try:
                progress, dossier = added
            except (TypeError, ValueError):
                raise InvalidType(misadded(stage)) from None
            if type(dossier) is not Dossier:
                raise InvalidType(misadded(stage))
        places = procedure.table.places
        following, outcome = places[place.leads[kind.kind]], effect.outcome
        if outcome is not None:
            following = places[_onward(stage, following, kind, outcome)]
        elif not following.may and following.stage is not None:
            raise InvalidValue(misended(stage, following, None))
        left = following.stage is not stage or outcome in stage.ends or kind is OrderCorrection
        if left and following.stage is not None:
            progress = following.stage.start()
            onward = stage.id == procedure.deciding and procedure.order[following.stage.id] > procedure.order[stage.id]
            dossier = attrs.evolve(dossier, entered=entry.at, since=entry.at, decided=dossier.decided or onward)
        elif not kind.typed_later and entry.at > dossier.since:
            dossier = attrs.evolve(dossier, since=entry.at)
        parts = self._parts
        for part in kept(action) if kind in place.keep else ():
            if part.digest not in parts:
                parts = parts.added(part.digest, part)
        keys = self._keys
        return _build(
            procedure,
            self._entries.added(entry),
            keys if entry.key is None else keys.added(entry.key, entry.number),
            parts,
            following,
            progress,
            dossier,
        )

    def _beside(self, entry: Entry, dossier: Dossier) -> Case:
        """The case with an entry that leads nowhere: it stands where it stood."""
        keys = self._keys
        return _build(
            self._procedure,
            self._entries.added(entry),
            keys if entry.key is None else keys.added(entry.key, entry.number),
            self._parts,
            self._place,
            self._progress,
            dossier,
        )

    def _destroyed(self, entry: Entry) -> Case:
        """The case with the entry that says what was destroyed; nothing must follow it."""
        return self._beside(entry, self._dossier)

    def _filled(self, entry: Entry) -> Case:
        """The batch, with what became of its places."""
        competition, filling = self._dossier.competition, entry.effect.filling
        assert competition is not None
        assert filling is not None
        since = max(self._dossier.since, entry.at)
        return self._beside(entry, attrs.evolve(self._dossier, competition=competition.after(filling), since=since))

    def _taken_up(self, entry: Entry) -> Case:
        """The case where its batch stands, or where its way out of it led."""
        action = entry.action
        assert isinstance(action, TakeUp)
        batch, procedure = action.shared.case, self._procedure
        how, table = way_out(batch, self.id), procedure.table
        place, progress = batch._place, batch._progress
        if how is Leaving.WITHDRAWN:
            place = table.places[procedure.withdrawn]
        elif how is Leaving.HELD_OVER:
            place, progress = table.places[table.start], procedure.stages[0].start()
        dossier = gone_on(batch._dossier, self._entries[0], entry, how)
        keys = self._keys
        return _build(
            procedure,
            self._entries.added(entry),
            keys if entry.key is None else keys.added(entry.key, entry.number),
            self._parts.added(action.shared.digest, action.shared),
            place,
            progress,
            dossier,
        )

    # Reading

    @property
    def id(self) -> str:
        """The id of the matter."""
        return self._dossier.matter.id

    @property
    def matter(self) -> Matter:
        """What is decided."""
        return self._dossier.matter

    @property
    def procedure(self) -> Procedure:
        """By which procedure."""
        return self._procedure

    @property
    def dossier(self) -> Dossier:
        """What the record has established so far."""
        return self._dossier

    @property
    def progress(self) -> Any:
        """What the present stage has come to."""
        return self._progress

    @property
    def offices(self) -> Offices:
        """Who holds which office now."""
        return self._dossier.offices

    @property
    def rehearsal(self) -> bool:
        """Whether it is only rehearsed (模拟演练): it is no real record, and all its entries say so."""
        return self._entries.last.rehearsal

    @property
    def entries(self) -> Sequence[Entry]:
        """The record."""
        return self._entries

    @property
    def version(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    @property
    def digest(self) -> str:
        """The digest of the last entry, which covers the whole record."""
        return self._entries[-1].digest

    @property
    def documents(self) -> tuple[str, ...]:
        """The digests of the documents that the record names, each once, those of the batch that it goes on from first.

        An action names one in its field ``document``, as ``Attach``, ``Post`` and ``Submit`` do.
        """
        named = dict[str, None]()
        for action in (entry.action for entry in self._entries):
            if isinstance(action, TakeUp):
                named |= dict.fromkeys(action.shared.case.documents)
            elif (found := getattr(action, "document", None)) is not None:
                named[found] = None
        return tuple(named)

    @property
    def parts(self) -> Mapping[str, Kept]:
        """The procedure and the rolls that the record refers to, by digest."""
        return self._parts

    @property
    def state(self) -> str:
        """The state of the procedure's machine, such as ``"resolve.voting"``, or the end."""
        return self._place.name

    @property
    def stage(self) -> str | None:
        """The id of the present stage; ``None`` once the case has ended."""
        return None if self._place.stage is None else self._place.stage.id

    @property
    def phase(self) -> str | None:
        """The phase of the present stage; ``None`` once the case has ended."""
        return None if self._place.stage is None else self._place.phase

    @property
    def status(self) -> Status:
        """Whether the case is under way. A batch is, as long as there are matters in it."""
        left = self._dossier.is_batch and not self._dossier.items
        return Status.ENDED if left or self._place.stage is None else Status.OPEN

    @property
    def outcome(self) -> str | None:
        """The end that was reached, such as ``"carried_out"``; ``None`` while the case is under way."""
        return self._place.name if self._place.stage is None else None

    def options(self) -> tuple[type[Action], ...]:
        """The kinds of action that the record allows now, whoever does them.

        That private values are destroyed can be asked at any time, and is not listed.
        """
        dossier, may = self._dossier, self._place.may
        if dossier.batch is None:
            return tuple([kind for kind in may if kind not in LEAVING])
        return tuple([kind for kind in may if not held_faults(self, kind)])

    def due(self, at: datetime) -> tuple[Duty, ...]:
        """What must happen next: by when (in the procedure's zone), by whom, and whether it is overdue at a moment.

        Args:
            at: the moment asked about, with its zone.
        """
        now, local = moment(at, "at"), zone(self._dossier.zone)
        return tuple(
            [
                attrs.evolve(
                    duty,
                    since=duty.since and duty.since.astimezone(local),
                    until=duty.until and duty.until.astimezone(local),
                    overdue=duty.until is not None and duty.until < now,
                )
                for duty in self.duties()
            ]
        )

    def duties(self) -> tuple[Duty, ...]:
        """What must happen next, whenever one asks."""
        return self._duties(each=True)

    def owed(self) -> tuple[Duty, ...]:
        """What must happen next, those that are alike but for what they are about as one, with their number."""
        return self._duties(each=False)

    def _duties(self, *, each: bool) -> tuple[Duty, ...]:
        stage, dossier = self._place.stage, self._dossier
        if stage is None or (dossier.batch is not None and not dossier.items):
            return ()
        offices = {action.kind: may for action, may in self._place.may.items()}
        if (since := dossier.danger) is not None:
            by = offices.get(ReportDanger.kind, frozenset[str]())
            return (Duty(action=ReportDanger.kind, stage=stage.id, by=by, until=since),)
        if dossier.batch is not None and is_ready(self):
            return (Duty(action=Release.kind, stage=stage.id, by=offices[Release.kind]),)
        return tuple(
            [
                attrs.evolve(duty, stage=stage.id, by=duty.by or offices.get(duty.action, frozenset()))
                for duty in map(
                    self._in_competition, (stage.due if each else stage.owed)(self._place.phase, self._progress)
                )
            ]
        )

    def _in_competition(self, duty: Duty) -> Duty:
        """What is due, where a vote that competes is not closed by itself: then the places are to be filled."""
        competition, stage = self._dossier.competition, self.stage
        if competition is None or competition.stage != stage or duty.action != CloseVote.kind:
            return duty
        may = self._place.may.get(CloseVote, frozenset[str]())
        return attrs.evolve(duty, action=FillPlaces.kind, by=duty.by or may, ref=competition.batch)

    def entry_of(self, key: str) -> Entry | None:
        """The entry that was written under a retry key; ``None`` where there is none.

        Raises:
            InvalidType: when the key is no string.
        """
        number = self._keys.get(one(str, key, "a key"))
        return None if number is None else self._entries[number - 1]

    def redacted(self, kinds: Kinds | None = None) -> tuple[Entry, ...]:
        """The record as the public is shown it: private values withheld, every digest as it was.

        Raises:
            InvalidValue: when a private value was entered without a salt.
        """
        known = _kinds_of(self._procedure) if kinds is None else one(Kinds, kinds, "kinds")
        return tuple([_redacted(entry, known, self._parts) for entry in self._entries])

    # As a value

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return self is other or self._entries == other._entries

    @override
    def __hash__(self) -> int:
        return hash(self._entries[-1].digest)

    @override
    def __repr__(self) -> str:
        rehearsed = ", a rehearsal" if self.rehearsal else ""
        return f"<Case {self.id}: {self.state}, {self.version} entries{rehearsed}>"

    def __copy__(self) -> Case:
        return self

    def __deepcopy__(self, _: object) -> Case:
        return self

    @override
    def __reduce__(self) -> tuple[Any, tuple[tuple[Entry, ...]]]:
        return Case.replay, (tuple(self._entries),)


def _redacted(entry: Entry, kinds: Kinds, parts: Parts) -> Entry:
    """The entry without private values, those of the batch from which it was taken up among them."""
    if not isinstance(entry.action, TakeUp):
        return redacted(entry, kinds, parts)
    shared = _shown(entry.action.shared, kinds)
    return redacted(entry, kinds, {**parts, shared.digest: shared})


_SHOWN_AT_HAND: Final = 16
_shown_by_digest: dict[str, Shared] = {}  # nothing private is in it, and the digest covers all that is


def _shown(shared: Shared, kinds: Kinds) -> Shared:
    """The record of a batch without private values, worked out once for all its matters."""
    found = _shown_by_digest.get(shared.digest)
    if found is None:
        found = Shared(Case.replay(shared.case.redacted(kinds)))
        if len(_shown_by_digest) >= _SHOWN_AT_HAND:
            _shown_by_digest.clear()
        _shown_by_digest[shared.digest] = found
    return found


def _check_link(case: Case | None, entry: Entry, number: int) -> None:
    if entry.number != number:
        raise BrokenRecord(f"entry {number} is missing: the record goes on with {entry.number}", number)
    if entry.previous != (GENESIS if case is None else case.digest):
        raise BrokenRecord(f"entry {number} does not follow the entry before it", number)
    if case is not None and entry.rehearsal is not case.rehearsal:
        raise BrokenRecord(f"entry {number}: a rehearsal and a real record cannot be one record", number)


def _stored(entry: object, number: int) -> Stored:
    if type(entry) is not tuple or len(cast("tuple[object, ...]", entry)) != 3:  # noqa: PLR2004
        kind = kind_of(cast("Any", entry))
        raise BrokenRecord(f"entry {number} is stored as {kind}; (payload, private, digest) was expected", number)
    return cast("Stored", entry)


def _something(case: Case | None) -> Case:
    if case is None:
        raise BrokenRecord("a record begins with its opening; there is no entry here")
    return case


def _kinds_of(procedure: Procedure) -> Kinds:
    """The kinds that occur in a procedure, a user's own among them."""
    return Kinds(list(dict.fromkeys(type(stage) for stage in procedure.stages if _is_foreign(type(stage)))))


def _is_foreign(kind: type[Any]) -> bool:
    return not kind.__module__.startswith("yizheng.stages.")


def _refused(reasons: Iterable[Reason], procedure: Procedure) -> Refused:
    """The reasons with moments in the procedure's zone, and with its titles for bodies, offices and private values."""
    titles = {each.id: each.title for each in procedure.bodies} | {each.id: each.title for each in procedure.offices}
    titles |= {f"{MATTER_PRIVATE}{field}": meaning for field, meaning in procedure.private.items()}
    return Refused(reason.in_zone(zone(procedure.zone)).titled(titles) for reason in reasons)


def _checked_salt(salt: bytes | None) -> bytes | None:
    if salt is None:
        return None
    if not isinstance(salt, bytes):
        raise InvalidType(f"a salt is bytes, not {kind_of(salt)}; write secrets.token_bytes(16)")
    if len(salt) < SALT_BYTES:
        raise InvalidValue(f"the salt has {len(salt)} bytes; it needs {SALT_BYTES} or more: secrets.token_bytes(16)")
    return salt


def _onward(stage: Stage, place: Place, kind: type[Action], outcome: str) -> str:
    """Where an outcome leads from the place to which its action led."""
    known = outcome in place.leads and (outcome in stage.ends or outcome in stage.turns)
    if not known or not may_bring(stage, kind, outcome):
        raise InvalidValue(misended(stage, place, outcome))
    return place.leads[outcome]


def _by_id(cases: Iterable[Case]) -> dict[str, Case]:
    """The cases of several matters, each once."""
    given: dict[str, Case] = {}
    for case in several(cases, "the cases of the matters"):
        if given.setdefault(one(Case, case, "a case of a matter").id, case) is not case:
            raise InvalidValue(f"the case of {case.id} stands twice; hand in each once")
    return given


def _order_faults(asked: Act, last: datetime) -> list[Reason]:
    """Why an act is not recorded in its order: before it happened, or before what was recorded last."""
    recorded = asked.recorded_at
    before = [RECORDED_BEFORE(recorded_at=recorded, at=asked.at)] if recorded < asked.at else []
    return before + ([OUT_OF_ORDER(recorded_at=recorded, last=last)] if recorded < last else [])


def _who(by: str, action: Action | type[Action], may: frozenset[str], held: Offices) -> list[Reason]:
    if any(by in held.get(office, ()) for office in may):
        return []
    return [NOT_IN_OFFICE(by=by, action=action.title, offices=may)]


def _end_title(procedure: Procedure, end: str) -> Any:
    return next(each.title for each in procedure.ends if each.id == end)


def _build(  # noqa: PLR0917 -- one argument for each slot, on the hot path
    procedure: Procedure,
    entries: GrowingList[Entry],
    keys: GrowingMap[str, int],
    parts: GrowingMap[str, Kept],
    place: Place,
    progress: Any,
    dossier: Dossier,
) -> Case:
    case: Any = _CaseInTheMaking()
    case._procedure = procedure
    case._entries = entries
    case._keys = keys
    case._parts = parts
    case._place = place
    case._progress = progress
    case._dossier = dossier
    case.__class__ = Case
    made: Case = case
    return made


class _CaseInTheMaking(Recorded):
    """A case before it is one.

    Setting the slots of a class that refuses to be set costs more than all else in an act,
    so they are set here, on a class that has the same slots and refuses nothing; then it becomes a case.
    """

    __slots__ = Case.__slots__
