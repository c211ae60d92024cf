"""Whether private values can be destroyed now, and what a record is without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from yizheng.case.entry import Entry, Seal, private_values
from yizheng.errors import BrokenRecord, shown
from yizheng.reasons import (
    ASKER_COUNTED,
    DESTROYED_AT_ONCE,
    IN_BATCH,
    NEEDED_IN_STAGE,
    NO_PRIVATE_VALUE,
    NOT_HERE,
    PARTIES_NEEDED,
    UNKNOWN_ITEM,
    UNSALTED,
    Reason,
)
from yizheng.stages import Act, Destroy, Destroyed
from yizheng.text import Text
from yizheng.values import FrozenMap

if TYPE_CHECKING:
    from yizheng.case.case import Case

__all__ = ["Paths", "absent_values", "check_gone", "is_needed_in", "moment_faults", "needed_faults", "paths_of"]

Paths: TypeAlias = Mapping[int, frozenset[str]]
"""Private values: the number of the entry, and the paths there."""

_NO_SEALS: Final = FrozenMap[str, Seal]()
_THE_END: Final = Text("案件办结", "the case")
_OPEN_ENDED: Final = Text("未定", "not fixed")


def paths_of(action: Destroy) -> Paths:
    """What is destroyed, by the number of the entry."""
    return {each.entry: each.paths for each in action.values}


def moment_faults(case: Case, asked: Act) -> list[Reason]:
    """Why nothing can be destroyed here at this moment, whatever it is."""
    reasons: list[Reason] = []
    if asked.at != asked.recorded_at:
        reasons.append(DESTROYED_AT_ONCE(at=asked.at, recorded_at=asked.recorded_at))
    if case.dossier.batch is not None and not case.dossier.is_batch:
        reasons.append(IN_BATCH(batch=case.dossier.batch))
    return reasons


def absent_values(case: Case, action: Destroy) -> list[Reason]:
    """Which values cannot be destroyed as they are: they are not here, or they could be guessed afterwards."""
    return [reason for each in action.values for reason in _absent(case, each)]


def _absent(case: Case, each: Destroyed) -> list[Reason]:
    if not 1 <= each.entry <= case.version:
        return [UNKNOWN_ITEM(item=each.entry, known=(f"1-{case.version}",))]
    seals = case.entries[each.entry - 1].seals
    unknown = sorted(each.paths - seals.keys())
    gone = sorted(path for path in each.paths - set(unknown) if seals[path].salt is None)
    bare = sorted(path for path in each.paths - set(unknown) if seals[path].salt == b"")
    return [
        *([NO_PRIVATE_VALUE(entry=each.entry, paths=unknown, known=sorted(seals))] if unknown else []),
        *([NOT_HERE(entry=each.entry, paths=gone)] if gone else []),
        *([UNSALTED(entry=each.entry, paths=bare)] if bare else []),
    ]


def check_gone(case: Case, entry: Entry, action: Destroy) -> None:
    """What a stored record says was destroyed is not there any more, and was there.

    Raises:
        BrokenRecord: with the number of the entry of which a value is there, or of this one, where none ever was.
    """
    for each in action.values:
        seals = case.entries[each.entry - 1].seals if 1 <= each.entry <= case.version else _NO_SEALS
        for path in sorted(each.paths):
            if path not in seals:
                words = (
                    f"entry {entry.number} destroys {shown(path)} of entry {each.entry}, which never had such a value"
                )
                raise BrokenRecord(words, entry.number)
            if seals[path].salt is not None:
                words = f"{path} of entry {each.entry} is here, and entry {entry.number} says that it was destroyed"
                raise BrokenRecord(
                    f"{words}; take it away again: store.append(Write(…, private={{{each.entry}: …}}))", each.entry
                )


def needed_faults(case: Case, action: Destroy, without: Callable[[Paths], Case]) -> list[Reason]:
    """Which values the case still counts with: without them it would come to something else, or count somebody twice.

    What a stage has come to is worked out anew without the values. Where it comes to the same, nothing depends on them;
    this holds for the stages of a user as for ours.

    Args:
        case: the case.
        action: what is to be destroyed.
        without: gives the case without certain values.
    """
    paths = paths_of(action)
    after = without(paths)
    reasons = _askers(case, after, paths) + _parties(case, after, paths) + _concerned(case, paths)
    if _is_over(case) or _comes_to(case) == _comes_to(after):
        return reasons
    kinds = _by_kind(case, paths)
    # One kind of value after the other, so that whoever asks for several learns which of them it is.
    needed: list[Paths] = [each for each in kinds if _comes_to(without(each)) != _comes_to(case)]
    stage = next(each for each in case.procedure.stages if each.id == case.stage)
    times = [duty.since or duty.until for duty in case.duties()]
    until: datetime | Text = max([each for each in times if each is not None], default=_OPEN_ENDED)
    return reasons + [
        NEEDED_IN_STAGE(entries=sorted(each), paths=_paths(each), stage=stage.title, until=until)
        for each in needed or [paths]
    ]


def _comes_to(case: Case) -> tuple[object, ...]:
    """What a stage has come to, and the survey with which a later one will be compared."""
    return case.progress, case.dossier.baseline


def is_needed_in(matter: Case, batch: Case) -> bool:
    """Whether a matter that goes on from a batch still counts with what was destroyed there.

    Args:
        matter: the case of the matter, before.
        batch: the batch, after.
    """
    if _is_over(matter):
        return False
    after = matter.going_on_from(batch)
    lost = not matter.dossier.decided and matter.dossier.asked_hearing != after.dossier.asked_hearing
    return lost or matter.progress != after.progress


def _is_over(case: Case) -> bool:
    """Whether nothing more is decided by this record: the case has ended, or every matter has left the batch."""
    left = case.dossier.is_batch and not case.dossier.items
    return left or case.stage is None


def _by_kind(case: Case, paths: Paths) -> list[Paths]:
    """The values by the kind of entry and the field in which they stand."""
    found: dict[tuple[str, str], dict[int, frozenset[str]]] = {}
    for number, held in paths.items():
        kind = case.entries[number - 1].action.kind
        for path in held:
            each = found.setdefault((kind, path.partition(".")[0]), {})
            each[number] = each.get(number, frozenset()) | {path}
    return list(found.values())


def _paths(values: Paths) -> list[str]:
    return sorted({path for held in values.values() for path in held})


def _askers(case: Case, after: Case, paths: Paths) -> list[Reason]:
    """Whose request is still counted: for a hearing until the matter is decided, for a split while it lies in the batch."""
    before, later = case.dossier, after.dossier
    lost = set[str]() if before.decided or _is_over(case) else set(before.asked_hearing - later.asked_hearing)
    lost |= {who for item, who in before.split_askers - later.split_askers if item in before.items}
    needed = {
        number: named for number, held in paths.items() if (named := _naming(case.entries[number - 1], held, lost))
    }
    if not needed:
        return []
    deciding = case.procedure.decider
    until = _THE_END if deciding is None else deciding.title
    return [ASKER_COUNTED(entries=sorted(needed), paths=_paths(needed), stage=until)]


def _parties(case: Case, after: Case, paths: Paths) -> list[Reason]:
    """Who the parties to a dispute are is needed to the end of it: nobody else may speak for them."""
    if _is_over(case) or case.dossier.dispute == after.dossier.dispute:
        return []
    held = {number: frozenset({"parties"}) for number, each in paths.items() if "parties" in each}
    return [PARTIES_NEEDED(entries=sorted(held), paths=_paths(held))]


def _concerned(case: Case, paths: Paths) -> list[Reason]:
    """Who is to be heard before a decision is needed to the end of the case: nobody else can speak for them."""
    if _is_over(case):
        return []
    fields = {f"matter.private.{field}" for field in case.procedure.concerned}
    held = {number: frozenset(each & fields) for number, each in paths.items() if number == 1 and each & fields}
    return [PARTIES_NEEDED(entries=sorted(held), paths=_paths(held))] if held else []


def _naming(entry: Entry, paths: Iterable[str], who: set[str]) -> frozenset[str]:
    """The paths of an entry under which one of these persons stands."""
    values = private_values(entry)
    return frozenset([path for path in paths if isinstance(held := values.get(path), str) and held in who])
