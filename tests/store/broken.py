"""Stores that break the contract, each in one way that real ones have been broken in."""

# ruff: noqa: D102 - what a method does wrong is the first line of its class

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import timedelta
from itertools import count
from threading import Lock
from typing import ClassVar

import attrs
from msgspec import structs

from yizheng.errors import InvalidType, InvalidValue, KeyReused, StoreFault, VersionConflict
from yizheng.store import MemoryStore, Record, Store, Write
from yizheng.store.refusals import check_number, check_text, check_writes
from yizheng.testing.samples import Opener

BROKEN: list[type[Broken]] = []


class Broken(MemoryStore):
    """A sound store that outlives its closing; what is wrong with each subclass is said in its first line."""

    KEPT: ClassVar[tuple[str, ...]] = ("_lock", "_order", "_streams", "_keys", "_parts", "_used", "_facts")

    def __init_subclass__(cls, kept: tuple[str, ...] = KEPT) -> None:
        cls.KEPT = kept
        BROKEN.append(cls)

    @classmethod
    def place(cls) -> Opener:
        """A new place where such a store keeps its records, as that which opens it."""
        place = MemoryStore()

        def open_store() -> Store:
            store = cls()
            store.opened(place)
            return store

        return open_store

    def opened(self, place: MemoryStore) -> None:
        """Take up what was kept."""
        for name in self.KEPT:
            setattr(self, name, getattr(place, name))


class LostWrite(Broken):
    """Acknowledges an append to a stream that exists, and forgets it."""

    def append(self, *writes: Write) -> None:
        super().append(*[write for write in writes if not write.expected or not write.records])


class FirstWriteOnly(Broken):
    """Writes the first of several streams, and acknowledges all."""

    def append(self, *writes: Write) -> None:
        super().append(*writes[:1])


class HalfWrittenBatch(Broken):
    """Writes stream after stream, and stops where one conflicts."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        for write in writes:
            super().append(write)


class SeenHalf(Broken):
    """Lets readers in between two streams of one append."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            super().append(write)
            time.sleep(0.001)


class ForgottenConflict(Broken):
    """Swallows the conflict, and writes nothing."""

    def append(self, *writes: Write) -> None:
        with suppress(VersionConflict):
            super().append(*writes)


class LastWriterWins(Broken):
    """Writes over what another has written."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            del self._streams.get(write.stream, [])[write.expected :]
        super().append(*writes)


class RenumberedOnConflict(Broken):
    """Appends at the end, whatever the writer has seen."""

    def append(self, *writes: Write) -> None:
        moved: list[Write] = []
        for write in writes:
            end = self.version(write.stream) - write.expected
            records = [structs.replace(record, version=record.version + end) for record in write.records]
            moved.append(attrs.evolve(write, expected=write.expected + end, records=records))
        super().append(*moved)


class OnlyOlderIsAConflict(Broken):
    """Takes a writer who is ahead of the stream at his word."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except VersionConflict as error:
            if error.expected < error.found:
                raise


class ConflictWithoutFound(Broken):
    """Reports the version that was expected as the one that was found."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except VersionConflict as error:
            raise VersionConflict(error.stream, error.expected, error.expected) from error


class LastConflictFirst(Broken):
    """Compares the versions from the end."""

    def append(self, *writes: Write) -> None:
        super().append(*reversed(writes))


class PoisonedByARefusal(Broken):
    """Refuses everything after it has refused once."""

    def append(self, *writes: Write) -> None:
        if getattr(self, "_poisoned", False):
            raise StoreFault("the transaction was aborted")
        try:
            super().append(*writes)
        except VersionConflict:
            self._poisoned = True
            raise


class UncheckedNumbers(Broken):
    """Believes the records to be numbered as they should be."""

    def append(self, *writes: Write) -> None:
        try:
            check_writes(writes)
        except InvalidValue as error:
            if "stands where record" not in str(error):
                raise
        for write in writes:
            self._keep(write)


class Unchecked(Broken):
    """Takes any value in a write."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            found = self.version(write.stream) if write.stream.isprintable() and write.stream else 0
            if found != write.expected:
                raise VersionConflict(write.stream, write.expected, found)
        for write in writes:
            self._keep(write)


class OneFaultAtATime(Broken):
    """Tells the first fault only."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except InvalidValue as error:
            raise InvalidValue(error.faults[0]) from error


class TooParticular(Broken):
    """Refuses what is of a subclass of the kind that is wanted."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            InvalidValue.raise_all("a subclass" for record in write.records if type(record.payload) is not bytes)
        super().append(*writes)


class SameStreamTwice(Broken):
    """Takes the same stream in two writes of one append."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except InvalidValue as error:
            if "two writes; put" not in str(error):
                raise
            for write in writes:
                self._keep(write)


class FactsWithoutAStream(Broken):
    """Keeps parts and facts of a stream that does not exist."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except InvalidValue as error:
            if "no record" not in str(error):
                raise
            for write in writes:
                self._streams[write.stream] = []
                self._keep(write)


class EmptyWriteIgnored(Broken):
    """Does not compare the version of a write without records."""

    def append(self, *writes: Write) -> None:
        super().append(*[write for write in writes if write.records or write.parts or write.facts])


class AppendOfNothingRefused(Broken):
    """Takes an append without writes for a fault."""

    def append(self, *writes: Write) -> None:
        if not writes:
            raise InvalidValue("nothing to write")
        super().append(*writes)


class DuplicateKeyAccepted(Broken):
    """Writes a retried act a second time."""

    def append(self, *writes: Write) -> None:
        self._keys.clear()
        super().append(*writes)


class DuplicateKeyInOneAppendAccepted(Broken):
    """Looks for keys among those that are kept, and not among those that come together."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except InvalidValue as error:
            if "key 'k' stands" not in str(error):
                raise
            for write in writes:
                self._keep(write)


class KeyBeforeConflict(Broken):
    """Tells a late retry that its key is used, where it should learn that the stream has moved on."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            for record in write.records:
                if isinstance(record.key, str) and (used := self._keys.get((write.stream, record.key))):
                    raise KeyReused(record.key, used)
        super().append(*writes)


class KeysOfAllStreams(Broken):
    """Refuses a key that another stream has used."""

    def append(self, *writes: Write) -> None:
        keys = [record.key for write in writes for record in write.records if isinstance(record.key, str)]
        keys += [key for _, key in self._keys]
        if len(keys) != len(set(keys)):
            raise KeyReused("k", 1)
        super().append(*writes)


class PartsOverwritten(Broken):
    """Puts other bytes under a digest that it has."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            self._parts |= {digest: part for digest, part in write.parts.items() if digest in self._parts}
        super().append(*writes)


class PartsRefusedTwice(Broken):
    """Does not take a part that it has, as a plain insertion would not."""

    def append(self, *writes: Write) -> None:
        for write in writes:
            InvalidValue.raise_all(f"part {digest!r} is there" for digest in write.parts if digest in self._parts)
        super().append(*writes)


class PartsOfTheOpeningOnly(Broken):
    """Remembers the parts of the first append alone."""

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        records, parts = super().load(stream)
        return records, dict(list(parts.items())[:1])


class AllPartsLoaded(Broken):
    """Loads the parts of every stream with each."""

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        return super().load(stream)[0], dict(self._parts)


class MissingPartLeftOut(Broken):
    """Gives a shorter answer where a part is missing."""

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        return super().parts([digest for digest in digests if digest in self._parts])


class EveryPart(Broken):
    """Gives more parts than were asked for."""

    def parts(self, digests: Iterable[str]) -> dict[str, bytes]:
        super().parts(digests)
        return dict(self._parts)


class WrongOrder(Broken):
    """Gives the latest first."""

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        return super().read(stream, after)[::-1]


class NumbersSortedAsText(Broken):
    """Puts the tenth after the first."""

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        return tuple(sorted(super().read(stream, after), key=lambda record: str(record.version)))


class FromThatVersionOn(Broken):
    """Gives the record again that the reader has seen."""

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        return super().read(stream, max(after - 1, 0))


class UnknownStreamIsAFault(Broken):
    """Makes a fault of a stream that nobody has written to."""

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        records = super().read(stream, after)
        if not records and not after:
            raise KeyError(stream)
        return records


class StaleRead(Broken):
    """Gives again what it gave before."""

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[str, tuple[Record, ...]] = {}

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        return super().read(stream, after) and self._given.setdefault(stream, super().read(stream, after))


class StaleFacts(Broken):
    """Searches in an index that lags one append behind."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        behind = {name: dict(of) for name, of in self._facts.items()}
        super().append(*writes)
        self._behind = behind

    def find(self, /, **facts: str) -> tuple[str, ...]:
        now, self._facts = self._facts, getattr(self, "_behind", {})
        try:
            return super().find(**facts)
        finally:
            self._facts = now


class _Altered(MemoryStore):
    def _change(self, record: Record) -> Record:
        raise NotImplementedError

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        super().append(
            *[attrs.evolve(write, records=[self._change(record) for record in write.records]) for write in writes]
        )


class PayloadAltered(_Altered, Broken):
    """Reads the JSON and writes it again."""

    def _change(self, record: Record) -> Record:
        with suppress(ValueError):
            return structs.replace(record, payload=json.dumps(json.loads(record.payload)).encode())
        return record


class PayloadCut(_Altered, Broken):
    """Has a column that is too narrow, and says nothing."""

    def _change(self, record: Record) -> Record:
        return structs.replace(record, payload=record.payload[:65_535])


class PayloadAsText(_Altered, Broken):
    """Takes the payload for text."""

    def _change(self, record: Record) -> Record:
        return structs.replace(record, payload=record.payload.decode(errors="replace").encode())


class EmptyIsNothing(_Altered, Broken):
    """Makes no difference between empty and absent."""

    def _change(self, record: Record) -> Record:
        return structs.replace(record, private=record.private or None)


class MillisecondsOnly(_Altered, Broken):
    """Rounds the moment."""

    def _change(self, record: Record) -> Record:
        return structs.replace(
            record, moment=record.moment.replace(microsecond=record.moment.microsecond // 1000 * 1000)
        )


class FloatSeconds(_Altered, Broken):
    """Keeps the moment as a floating number of seconds."""

    def _change(self, record: Record) -> Record:
        with suppress(OverflowError, ValueError, OSError):
            return structs.replace(
                record, moment=record.moment.fromtimestamp(record.moment.timestamp(), tz=record.moment.tzinfo)
            )
        return record


class NaiveMoment(_Altered, Broken):
    """Loses the zone."""

    def _change(self, record: Record) -> Record:
        return record

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        return tuple(
            structs.replace(record, moment=(record.moment + timedelta(0)).replace(tzinfo=None))
            for record in super().read(stream, after)
        )


class _Renamed(MemoryStore):
    def _name(self, stream: str) -> str:
        raise NotImplementedError

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        super().append(
            *[
                attrs.evolve(
                    write,
                    stream=self._name(write.stream),
                    records=[structs.replace(record, stream=self._name(write.stream)) for record in write.records],
                )
                for write in writes
            ]
        )


class ComposedNames(_Renamed, Broken):
    """Takes names that differ in their composition for one."""

    def _name(self, stream: str) -> str:
        return unicodedata.normalize("NFC", stream)


class CaselessNames(_Renamed, Broken):
    """Has a collation without case, as a database may have by default."""

    def _name(self, stream: str) -> str:
        return stream.casefold()


class PaddedNames(_Renamed, Broken):
    """Does not see blanks at the end of a name."""

    def _name(self, stream: str) -> str:
        return stream.rstrip(" ") or stream


class VersionOfAll(Broken):
    """Counts the records of all streams."""

    def version(self, stream: str) -> int:
        return super().version(stream) and len(self._order)


class ByStream(Broken):
    """Reads everything stream by stream."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        list(super().read_all(after, limit))
        whole = [record for stream in sorted(self._streams) for record in self._streams[stream]]
        return iter(list(enumerate(whole, 1))[after : None if limit is None else after + limit])


class PositionsOfTheReading(Broken):
    """Counts positions anew in each reading."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        return ((number, record) for number, (_, record) in enumerate(super().read_all(after, limit), 1))


class PositionsFromNought(Broken):
    """Gives the first record the position that means none."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        return ((position - 1, record) for position, record in super().read_all(after and after + 1, limit))


class LimitIgnored(Broken):
    """Gives all, however little was asked for."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        super().read_all(after, limit)
        return super().read_all(after)


class FirstPageOnly(Broken):
    """Stops at the end of a page."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        return super().read_all(after, 500 if limit is None else limit)


class PageTwice(Broken):
    """Begins each page with the last record of the page before."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        for number, pair in zip(count(1), super().read_all(after, limit), strict=False):
            yield pair
            if number % 500 == 0:
                yield pair


class EndOfTheBeginning(Broken):
    """Does not see what is written after the reading began."""

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        return iter(list(super().read_all(after, limit)))


class FactsNotReplaced(Broken):
    """Keeps the first fact of each name."""

    def _keep(self, write: Write) -> None:
        kept = self._facts
        facts = {name: value for name, value in write.facts.items() if write.stream not in kept.get(name, {})}
        super()._keep(attrs.evolve(write, facts=facts))


class FactsNotRemoved(Broken):
    """Takes ``None`` for nothing to do."""

    def _keep(self, write: Write) -> None:
        facts = {name: value for name, value in write.facts.items() if value is not None}
        super()._keep(attrs.evolve(write, facts=facts))


class FactsAllReplaced(Broken):
    """Drops the facts that a write does not name."""

    def _keep(self, write: Write) -> None:
        for of in self._facts.values():
            of.pop(write.stream, None)
        super()._keep(write)


class FactsInSpiteOfAConflict(Broken):
    """Writes the index before the records, in a transaction of its own."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        for write in writes:
            super()._keep(Write(stream=write.stream, expected=0, facts=write.facts))
        super().append(*writes)


class FactsOfRecordsOnly(Broken):
    """Leaves the facts of a write without records aside."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        super().append(*[write if write.records else attrs.evolve(write, facts={}) for write in writes])


class FactsInCommon(Broken):
    """Says of every stream what is said of one."""

    def facts(self, stream: str) -> dict[str, str]:
        super().facts(stream)
        return {name: value for name, of in self._facts.items() for value in of.values()}


class LiveFacts(Broken):
    """Hands out what it keeps."""

    def facts_of(self, name: str) -> dict[str, str]:
        super().facts_of(name)
        return self._facts.get(name, {})


class AnyFact(Broken):
    """Finds the streams that have one of the facts."""

    def find(self, /, **facts: str) -> tuple[str, ...]:
        if not facts:
            return super().find()
        return tuple(sorted({stream for fact in facts.items() for stream in super(AnyFact, self).find(**dict([fact]))}))


class FactsAsPatterns(Broken):
    """Takes a percent sign for anything."""

    def find(self, /, **facts: str) -> tuple[str, ...]:
        return super().find(**{name: value for name, value in facts.items() if value[-1:] != "%"})


class Unsorted(Broken):
    """Gives the streams in the order of their opening."""

    def streams(self) -> tuple[str, ...]:
        super().streams()
        return tuple(self._streams)


class SortedByLetter(Broken):
    """Sorts without regard to case."""

    def find(self, /, **facts: str) -> tuple[str, ...]:
        return tuple(sorted(super().find(**facts), key=str.casefold))


class DueListByStream(Broken):
    """Gives one fact for the first stream that has it."""

    def facts_of(self, name: str) -> dict[str, str]:
        return dict(list(super().facts_of(name).items())[:1])


class AnswersAnything(Broken):
    """Takes a question that no store could answer for one without an answer."""

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        with suppress(InvalidType, InvalidValue):
            return super().read(stream, after)
        return ()


class OpenAfterClosing(Broken):
    """Goes on after it was closed."""

    def close(self) -> None:
        pass


class Unlocked(Broken):
    """Compares the version first and writes a little later."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        found = {write.stream: self.version(write.stream) for write in writes}
        time.sleep(0.001)
        for write in writes:
            if found[write.stream] != write.expected:
                raise VersionConflict(write.stream, write.expected, found[write.stream])
        for write in writes:
            self._keep(write)


class OneWriterOrAFault(Broken):
    """Gives up where another writer is at work, on whatever stream."""

    _busy = 0

    def append(self, *writes: Write) -> None:
        if self._busy:
            raise StoreFault("database is locked")
        self._busy = 1
        try:
            time.sleep(0.001)
            super().append(*writes)
        finally:
            self._busy = 0


class LoadedInPart(Broken):
    """Leaves private values and keys out where a stream is loaded whole."""

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        records, parts = super().load(stream)
        return tuple(structs.replace(record, private=None, key=None) for record in records), parts


class NamesCut(_Renamed, Broken):
    """Has a column of 2,000 characters for a name, and cuts what is longer."""

    def _name(self, stream: str) -> str:
        return stream[:2_000]


class GapsReadTooEarly(Broken):
    """Hands out positions first and commits later, so that a reader passes by what was not there yet."""

    def __init__(self) -> None:
        super().__init__()
        self._at: dict[tuple[str, int], int] = {}
        self._next = count(1)

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        at = {(record.stream, record.version): next(self._next) for write in writes for record in write.records}
        time.sleep(0.004 if "a" in {write.stream for write in writes} else 0.001)
        super().append(*writes)
        self._at |= at

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        list(super().read_all(after, limit))
        kept = [(self._at.get((record.stream, record.version), 0), record) for _, record in super().read_all()]
        rest = sorted((pair for pair in kept if pair[0] > after), key=lambda pair: pair[0])
        return iter(rest[:limit])


class PositionsSpentOnRefusals(Broken):
    """Writes, finds the conflict, and takes back all but what stands first in the order."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except VersionConflict:
            self._late = True
            raise
        if getattr(self, "_late", False):
            self._order[-len(writes) :] = reversed(self._order[-len(writes) :])


class PartsInSpiteOfAConflict(Broken):
    """Keeps the parts in a transaction of their own, before the versions are compared."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        for write in writes:
            self._parts = {**write.parts, **self._parts}
        super().append(*writes)


class KeysInSpiteOfAConflict(Broken):
    """Remembers a retry key before it knows whether the act is written."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except VersionConflict:
            keyed = [(record.stream, record.key) for write in writes for record in write.records if record.key]
            self._keys = {**dict.fromkeys(keyed, 1), **self._keys}
            raise


class FactsAtAnyVersion(Broken):
    """Does not compare the version where only facts are written."""

    def append(self, *writes: Write) -> None:
        super().append(*[write if write.records else self._moved(write) for write in writes])

    def _moved(self, write: Write) -> Write:
        with suppress(InvalidType, InvalidValue):
            return attrs.evolve(write, expected=self.version(write.stream)) if write.facts else write
        return write


class KeyLookedUpTooEarly(Broken):
    """Looks for the retry key, waits, and writes what it has not found without comparing anything."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        keyed = [(record.stream, record.key) for write in writes for record in write.records if record.key]
        if not keyed or any(pair in self._keys for pair in keyed):
            super().append(*writes)
            return
        time.sleep(0.002)
        for write in writes:
            self._keep(write)


class PartInsertedTwice(Broken):
    """Fails where another writer puts in the same part at the same moment."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        new = {digest for write in writes for digest in write.parts if digest not in self._parts}
        time.sleep(0.002)
        if any(digest in self._parts for digest in new):
            raise StoreFault("duplicate key value violates unique constraint")
        super().append(*writes)


class Deadlock(Broken):
    """Locks stream after stream in the order of the writes, and gives up where two writers have crossed."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, bool] = {}

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        mine: list[str] = []
        try:
            for write in writes:
                while self._held.get(write.stream):
                    if mine:
                        raise StoreFault("deadlock detected")
                    time.sleep(0.0001)
                self._held[write.stream] = True
                mine.append(write.stream)
                time.sleep(0.001)
            super().append(*writes)
        finally:
            for stream in mine:
                self._held[stream] = False


class IndexAhead(Broken):
    """Writes the facts first and the records a moment later."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        if all(write.expected == self.version(write.stream) for write in writes if write.records):
            for write in writes:
                super()._keep(Write(stream=write.stream, expected=0, facts=write.facts))
            time.sleep(0.002)
        super().append(*writes)


class RecordAfterRecord(Broken):
    """Lets readers in between two records of one write."""

    def _keep(self, write: Write) -> None:
        for record in write.records:
            super()._keep(attrs.evolve(write, records=[record]))
            time.sleep(0.0005)
        super()._keep(attrs.evolve(write, records=()))

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        check_text(stream)
        check_number(after, "after")
        self._open()
        return tuple(self._streams.get(stream, ())[after:])


class GoneWhenClosed(Broken, kept=()):
    """Keeps everything for as long as it is open."""


class FactsGoneWhenClosed(Broken, kept=("_order", "_streams", "_keys", "_parts", "_used")):
    """Builds its index anew from nothing."""


class KeysGoneWhenClosed(Broken, kept=("_order", "_streams", "_parts", "_used", "_facts")):
    """Has the retry keys in a cache alone."""


class PartsGoneWhenClosed(Broken, kept=("_order", "_streams", "_keys", "_facts")):
    """Has the parts in a cache alone."""


class OrderGoneWhenClosed(Broken, kept=("_streams", "_keys", "_parts", "_used", "_facts")):
    """Keeps streams, and counts the order of everything from its opening on."""


class WrittenOnClosing(Broken, kept=()):
    """Writes when it is closed what it has acknowledged before."""

    def opened(self, place: MemoryStore) -> None:
        self._place = place
        self._copy(place, self)

    def close(self) -> None:
        if not self._closed and hasattr(self, "_place"):
            self._copy(self, self._place)
        super().close()

    def _copy(self, source: MemoryStore, target: MemoryStore) -> None:
        for name, value in vars(source).items():
            if name not in {"_lock", "_closed", "_place"}:
                setattr(target, name, deepcopy(value))


class LooksAtItsOpening(Broken):
    """Answers from what there was when it was opened, and from what it has written itself."""

    def opened(self, place: MemoryStore) -> None:
        super().opened(place)
        self._seen = {stream: len(records) for stream, records in place._streams.items()}

    def version(self, stream: str) -> int:
        found = super().version(stream)
        return self._seen.setdefault(stream, found) if hasattr(self, "_seen") else found

    def append(self, *writes: Write) -> None:
        super().append(*writes)
        for write in writes:
            self._seen = getattr(self, "_seen", {}) | {write.stream: write.expected + len(write.records)}


class ClosesTheDatabase(Broken):
    """Closes for all what one has opened."""

    def opened(self, place: MemoryStore) -> None:
        super().opened(place)
        self._place = place

    def close(self) -> None:
        super().close()
        self._place._closed = True

    def _open(self) -> Lock:
        self._closed = self._closed or self._place._closed
        return super()._open()


class LockOfItsOwn(Broken):
    """Locks within a process alone, so that two that have it open do not see each other."""

    def __init__(self) -> None:
        super().__init__()
        self._own = Lock()

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        self._open()
        with self._own:
            for write in writes:
                if (found := self.version(write.stream)) != write.expected:
                    raise VersionConflict(write.stream, write.expected, found)
            time.sleep(0.001)
            for write in writes:
                self._keep(write)


class VersionRemembered(Broken):
    """Compares with the version that it has seen itself."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        mine: dict[str, int] = self.__dict__.setdefault("_mine", {})
        for write in writes:
            found = mine.setdefault(write.stream, 0)
            if found != write.expected:
                raise VersionConflict(write.stream, write.expected, found)
        for write in writes:
            self._keep(write)
            mine[write.stream] += len(write.records)


class RefusedKeptInTheJournal(Broken):
    """Notes what it is asked before it compares, and plays the notes back when it is opened."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        try:
            super().append(*writes)
        except VersionConflict:
            self._place._refused = [*getattr(self._place, "_refused", []), *writes]
            raise

    def opened(self, place: MemoryStore) -> None:
        super().opened(place)
        self._place = place
        for write in getattr(place, "_refused", ()):
            self._keep(write)


class DestroysNothing(Broken):
    """Does not know that private parts can be taken away, and acknowledges it."""

    def append(self, *writes: Write) -> None:
        super().append(*[attrs.evolve(write, private={}) for write in writes])


class DestroysAll(Broken):
    """Takes the whole private part away, whatever is to be left."""

    def append(self, *writes: Write) -> None:
        super().append(*writes)
        for write in writes:
            for version in write.private:
                self._take_away(self._streams[write.stream], version, None)


class DestroysTheRecord(Broken):
    """Takes away what the digest covers with what it does not."""

    def _take_away(self, records: list[Record], version: int, left: bytes | None) -> None:
        super()._take_away(records, version, left)
        records[version - 1] = structs.replace(records[version - 1], payload=b"{}")


class DestroysInOneIndex(Broken):
    """Keeps the private part where everything is read in order."""

    def _take_away(self, records: list[Record], version: int, left: bytes | None) -> None:
        records[version - 1] = structs.replace(records[version - 1], private=left)


class DestroyedAndEnteredAnew(Broken):
    """Deletes the record and puts it in again, at the end of everything."""

    def _take_away(self, records: list[Record], version: int, left: bytes | None) -> None:
        super()._take_away(records, version, left)
        self._order.remove(records[version - 1])
        self._order.append(records[version - 1])


class DestroysByVersion(Broken):
    """Forgets the stream, and takes away the private parts of all records of that version."""

    def append(self, *writes: Write) -> None:
        super().append(*writes)
        for version in {version for write in writes for version in write.private}:
            for stream in self._streams.values():
                if len(stream) >= version:
                    self._take_away(stream, version, None)


class DestroysBeforeItCompares(Broken):
    """Takes away first, in a transaction of its own."""

    def append(self, *writes: Write) -> None:
        check_writes(writes)
        for write in writes:
            there = self._streams.get(write.stream, [])
            for version in [each for each in write.private if each <= len(there)]:
                if there[version - 1].private is not None:
                    self._take_away(there, version, None)
        super().append(*[attrs.evolve(write, private={}) for write in writes])


class PrivatePartExchanged(Broken):
    """Writes what is to be left over what there is, and does not look at it."""

    def append(self, *writes: Write) -> None:
        super().append(*[attrs.evolve(write, private={}) for write in writes])
        check_writes(writes)
        for write in writes:
            for version, left in write.private.items():
                self._take_away(self._streams[write.stream], version, left)


class DestroysWhatIsNotThere(Broken):
    """Passes by the versions that it does not have, and does not look at what stands in their place."""

    def append(self, *writes: Write) -> None:
        super().append(*[attrs.evolve(write, private=self._sound(write)) for write in writes])

    def _sound(self, write: Write) -> dict[int, bytes | None]:
        return {
            version: left
            for version, left in write.private.items()
            if type(version) is int and 0 < version <= write.expected and isinstance(left, bytes | None)
        }


class PrivatePartsOneByOne(Broken):
    """Stops at the first private part that does not fit, and tells of no other."""

    def append(self, *writes: Write) -> None:
        try:
            super().append(*writes)
        except InvalidValue as error:
            raise InvalidValue(*error.faults[:1]) from error


class DestroysInWhatWasRead(Broken):
    """Gives out its own records, and takes away in them."""

    def _take_away(self, records: list[Record], version: int, left: bytes | None) -> None:
        object.__setattr__(records[version - 1], "private", left)


class DestroyedUntilClosed(Broken):
    """Takes away in its cache alone, so that it is there again for whoever opens the store next."""

    def _take_away(self, records: list[Record], version: int, left: bytes | None) -> None:
        self._hidden = {**getattr(self, "_hidden", {}), (records[version - 1].stream, version): left}

    def _shown(self, record: Record) -> Record:
        hidden = getattr(self, "_hidden", {})
        where = (record.stream, record.version)
        return structs.replace(record, private=hidden[where]) if where in hidden else record

    def read(self, stream: str, after: int = 0) -> tuple[Record, ...]:
        return tuple(map(self._shown, super().read(stream, after)))

    def load(self, stream: str) -> tuple[tuple[Record, ...], dict[str, bytes]]:
        records, parts = super().load(stream)
        return tuple(map(self._shown, records)), parts

    def read_all(self, after: int = 0, limit: int | None = None) -> Iterator[tuple[int, Record]]:
        return ((position, self._shown(record)) for position, record in super().read_all(after, limit))
