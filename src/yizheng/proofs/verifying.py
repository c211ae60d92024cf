"""Looking one record through: the first entry that was changed, removed, inserted or moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

import attrs
import msgspec

from yizheng.canonical import Kept, canonical
from yizheng.case import Case, Entry
from yizheng.errors import BrokenRecord, InvalidType, UnknownKind, YizhengError
from yizheng.procedure import Kinds
from yizheng.proofs.leaf import Leaf, against
from yizheng.proofs.links import Given, flaw, links_of
from yizheng.proofs.report import Damage, Report
from yizheng.stages import Destroy
from yizheng.store import Record
from yizheng.values import mapping, one, several

__all__ = ["verify"]

_Read: TypeAlias = Callable[[Sequence[Any]], Case]

_UNREADABLE: Final = (
    YizhengError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading a forged record may end in: its digests are right, and what it says was never accepted by anybody."""


def verify(
    entries: Iterable[Given],
    *,
    kinds: Kinds | None = None,
    parts: Mapping[str, Kept] | None = None,
    leaf: Leaf | None = None,
) -> Report:
    """Look a record through and say what is wrong with it first, or that it is sound.

    Every digest, number and link is checked, every private value that is here is held against its seal, every column
    of a store against what the entry says, and the stored effects are added up. A record by itself cannot show that its
    tail was cut or that all of it was written anew; against the leaf of a checkpoint both are found.

    Args:
        entries: the record in order: entries, a store's records, or payload, private part and digest of each.
        kinds: kinds of stages of your own that occur in it.
        parts: for what is not yet read, the procedure, the rolls and the records of batches that it refers to.
        leaf: where the record stood, from a checkpoint or a receipt.

    Returns:
        A report. A record that does not hold is a finding and raises nothing.

    Raises:
        InvalidType: when an argument is not of its kind, or the parts of stored entries were not handed in.
    """
    given = several(entries, "a record")
    known = Kinds() if kinds is None else one(Kinds, kinds, "kinds")
    once = None if leaf is None else one(Leaf, leaf, "leaf")
    kept = {part: value for part, value in mapping(parts or {}, "parts").items() if _is_kept(value, part)}
    if not given:
        return (None if once is None else against(once, ())) or Report(entries=0, damage=Damage.EMPTY, number=1)
    if isinstance(given[0], Entry):
        return _look(given, Case.replay, kept, once)
    if parts is None:
        raise InvalidType("what is stored is read with the parts that it refers to; hand in parts=case.parts")
    return _look(given, partial(_read_stored, kinds=known, parts=kept), kept, once)


def _is_kept(part: object, claimed: str) -> bool:
    return isinstance(part, Kept) and part.digest == claimed


def _look(given: Sequence[Any], read: _Read, kept: Mapping[str, Kept], leaf: Leaf | None) -> Report:
    links = links_of(given)
    found = flaw(links)
    holds = given if found is None else given[: (found.number or 1) - 1]
    case, misread = _read_far(holds, read, kept)
    read_entries = () if case is None else case.entries
    bent = [entry.number for each, entry in zip(given, read_entries, strict=False) if not _is_as_kept(each, entry)]
    if bent:
        found = Report(entries=len(given), damage=Damage.CHANGED, number=bent[0])
    elif misread is not None and (found is None or misread.damage is not Damage.UNKNOWN):
        found = attrs.evolve(misread, entries=len(given))
    # What a later release wrote is no damage, and hides none: its chain is held against the leaf all the same.
    if leaf is not None and (found is None or found.damage is Damage.UNKNOWN):
        another = case is not None and case.id != leaf.stream
        sealed = Report(entries=len(given), damage=Damage.ANOTHER, number=1) if another else against(leaf, links)
        found = sealed or found
    withheld = tuple([entry.number for entry in read_entries if entry.withheld])
    acts = [entry.action for entry in read_entries if isinstance(entry.action, Destroy)]
    destroyed = tuple(sorted({each.entry for action in acts for each in action.values}))
    return attrs.evolve(found or Report(entries=len(given)), entries=len(given), withheld=withheld, destroyed=destroyed)


def _read_stored(given: Sequence[Any], *, kinds: Kinds, parts: Mapping[str, Kept]) -> Case:
    stored = [(each.payload, each.private, each.digest) if isinstance(each, Record) else each for each in given]
    return Case.read(stored, kinds=kinds, parts=parts)


def _read_far(given: Sequence[Any], read: _Read, kept: Mapping[str, Kept]) -> tuple[Case | None, Report | None]:
    """The case of as many entries as can be read, and what is wrong with the one after them."""
    if not given:
        return None, None
    error = _error(given, read)
    if error is None:
        return read(given), None
    # What can be read grows from the front, so that the first entry that cannot is found by halving.
    far = bisect_left(range(1, len(given) + 1), True, key=lambda length: _error(given[:length], read) is not None)
    fault = _error(given[: far + 1], read)
    before = read(given[:far]) if far else None
    if isinstance(fault, BrokenRecord) and fault.number is not None and fault.number <= far:
        # An entry that holds by itself, and not beside a later one that says that its values were destroyed.
        restored = Report(
            entries=len(given), damage=Damage.RESTORED, number=fault.number, other=far + 1, detail=str(fault)
        )
        return before, restored
    if isinstance(fault, UnknownKind):
        damage = Damage.UNKNOWN
    else:
        damage = Damage.CHANGED if _refers(given[far]) <= kept.keys() else Damage.PART
    return before, Report(entries=len(given), damage=damage, number=far + 1, detail=str(fault))


def _error(given: Sequence[Any], read: _Read) -> Exception | None:
    try:
        read(given)
    except _UNREADABLE as error:
        return error
    return None


class _Refers(msgspec.Struct):
    procedure: str | None = None
    roll: str | None = None
    rolls: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    shared: str | None = None


class _Payload(msgspec.Struct):
    action: _Refers


_read_refers = msgspec.json.Decoder(_Payload).decode


def _refers(each: Any) -> set[str]:
    """The parts to which a stored entry refers; a value has its own."""
    if isinstance(each, Entry):
        return set()
    try:
        action = _read_refers(each.payload if isinstance(each, Record) else each[0]).action
    except msgspec.DecodeError:
        return set()
    return {part for part in (action.procedure, action.roll, action.shared, *action.rolls.values()) if part is not None}


def _is_as_kept(each: Any, entry: Entry) -> bool:
    """Whether the private part stands in its one form; a value has been held against its payload already."""
    if isinstance(each, Entry):
        return True
    private = each.private if isinstance(each, Record) else each[1]
    here = entry.private()
    if here:
        return bool(private == canonical(here))
    return private is None or (private == b"{}" and bool(entry.sealed))
