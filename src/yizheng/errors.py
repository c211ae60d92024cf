"""Every error of the library, in one tree.

A value that cannot be built raises :class:`InvalidValue` (also a ``ValueError``) or :class:`InvalidType` (also a
``TypeError``). An act that the record does not allow raises ``Refused``, which stands with its reasons in
:mod:`yizheng.reasons`. Nothing else of the library's own making escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

__all__ = [
    "BrokenRecord",
    "InvalidType",
    "InvalidValue",
    "KeyReused",
    "NoEdition",
    "NoSuchCase",
    "NoSuchDocument",
    "StoreFault",
    "UnknownKind",
    "VersionConflict",
    "WrongDocket",
    "YizhengError",
    "kind_of",
    "shown",
]


RELEASE: Final = "0.1.0"
"""Which release this is, for errors that send their reader to another one."""

TOLD: Final = 20
"""How many faults or reasons the words of one error tell; its attribute has all of them."""


def shown(value: object, most: int = 80) -> str:
    """A value as an error names it: words and numbers as they are, cut short; all else by its kind.

    What others made is never asked for its own words: they may be endless, hold what is private, or fail.
    """
    if isinstance(value, str):
        words = str.__repr__(value[: most + 1] if type(value) is str else str.__getitem__(value, slice(most + 1)))
    elif isinstance(value, bytes):
        words = bytes.__repr__(bytes.__getitem__(value, slice(most + 1)))
    elif isinstance(value, bool) or value is None:
        words = str(value)
    elif isinstance(value, int):
        if not -(10**most) < int.__int__(value) < 10**most:
            return f"an integer of more than {most} digits"
        words = int.__repr__(value)
    elif isinstance(value, float):
        words = float.__repr__(value)
    elif type(value) is date:
        words = value.isoformat()
    else:
        return kind_of(value)
    return words if len(words) <= most + 2 else f"{words[:most]}…"


def kind_of(value: object) -> str:
    """The kind of a value as an error names it: ``a list``, or ``the class Post`` where one stands for its instance."""
    if isinstance(value, type):
        return f"the class {value.__name__} itself"
    named = type(value).__name__
    return f"an {named}" if named[:1].lower() in {"a", "e", "i", "o"} else f"a {named}"


class YizhengError(Exception):
    """What every error of this library is. It can be pickled, with all its parts."""

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(kind: type[YizhengError], args: tuple[object, ...], parts: dict[str, object]) -> YizhengError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(parts)
    return error


class InvalidValue(YizhengError, ValueError):
    """A value cannot be built from what was given.

    Attributes:
        faults: every fault that was found, each a sentence that says what is, what was expected and what to do.
    """

    def __init__(self, *faults: str) -> None:
        more = f"; and {len(faults) - TOLD} more, which its faults= have" if len(faults) > TOLD else ""
        super().__init__("; ".join(faults[:TOLD]) + more)
        self.faults = faults

    @classmethod
    def raise_all(cls, faults: Iterable[str]) -> None:
        """Raise once with every fault, or not at all if there is none."""
        found = tuple(faults)
        if found:
            raise cls(*found)


class InvalidType(YizhengError, TypeError):
    """A value is of a kind that cannot stand here, such as a float where an exact number is needed."""


class UnknownKind(YizhengError, ValueError):
    """A stored record names a kind that this release does not know. Nothing is lost: the record stays as it was.

    Attributes:
        kind: the name that was met.
        version: its version.
        known: the version of this kind that is known here; ``None`` where the kind is not known at all.
        introduced: the release that brought this version, where the record says so.
    """

    def __init__(self, kind: str, version: int = 1, *, known: int | None = None, introduced: str | None = None) -> None:
        which = f"the record names {shown(kind)} (version {shown(version)})"
        lacking = (
            "which this release does not know" if known is None else f"of which version {shown(known)} is known here"
        )
        release = f"a release later than {RELEASE}" if introduced is None else f"{shown(introduced)} or a later release"
        yours = "the class" if known is None else "its newer class"
        super().__init__(
            f"{which}, {lacking}; read it with {release}, or, if it is a kind of your own, hand {yours} in by kinds=(…). "
            "The record was left as it is"
        )
        self.kind = kind
        self.version = version
        self.known = known
        self.introduced = introduced


class BrokenRecord(YizhengError, ValueError):
    """A record does not hold together: a digest, a number or a link is not what it must be.

    Attributes:
        number: the number of the first entry that does not hold, or ``None`` where it is not one entry's fault.
    """

    def __init__(self, message: str, number: int | None = None) -> None:
        super().__init__(message)
        self.number = number


class NoSuchCase(YizhengError, LookupError):
    """The store keeps no case under this id."""

    def __init__(self, case: str) -> None:
        super().__init__(f"no case {shown(case)} is kept here; open it first, or look at docket.find()")
        self.case = case


class NoSuchDocument(YizhengError, LookupError):
    """No document is kept under this digest.

    Attributes:
        digest: the digest that was asked for.
    """

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"no document {shown(digest)} is kept here; put it in from where it came. What the record says of it holds all "
            "the same"
        )
        self.digest = digest


class WrongDocket(YizhengError, LookupError):
    """A docket in rehearsal met a real record, or a real docket met a rehearsal: neither reads or writes the other's.

    Attributes:
        case: the id of the case.
        rehearsal: whether the case is a rehearsal.
    """

    def __init__(self, case: str, *, rehearsal: bool) -> None:
        is_one, other = ("a rehearsal", "is real") if rehearsal else ("a real record", "is in rehearsal")
        super().__init__(
            f"case {shown(case)} is {is_one}, and this docket {other}; nothing was written: use Docket(store, "
            f"rehearsal={rehearsal is True}) for it"
        )
        self.case = case
        self.rehearsal = rehearsal


class NoEdition(YizhengError, LookupError):
    """No edition of a provision of law holds on the day, in the place.

    Attributes:
        provision: the id of the provision.
        on: the day that was asked for, as ``YYYY-MM-DD``.
        region: where; ``None`` for the whole country.
        editions: every edition that there is, each in words: its source, from when to when, and where.
    """

    def __init__(self, provision: str, on: str, region: str | None, editions: Iterable[str]) -> None:
        self.editions = tuple(editions)
        super().__init__(
            f"no edition of {provision!r} holds on {on} in {region or 'the whole country'}; choose a day or a region that "
            f"one of these covers: {'; '.join(self.editions)}"
        )
        self.provision = provision
        self.on = on
        self.region = region


class VersionConflict(YizhengError):
    """Somebody else has written in the meantime: read again, then decide again.

    Attributes:
        stream: which record.
        expected: the version that the writer had seen.
        found: the version that the store has.
    """

    def __init__(self, stream: str, expected: int, found: int) -> None:
        super().__init__(
            f"{shown(stream)} is kept already, at version {shown(found)}; nothing was written: read it, or open under another id"
            if expected == 0
            else f"{shown(stream)} stands at version {shown(found)}, not at {shown(expected)} as was expected; nothing was "
            "written: read it again and decide again"
        )
        self.stream = stream
        self.expected = expected
        self.found = found


class KeyReused(YizhengError, ValueError):
    """A retry key was used before, and what is asked now is not what was entered then.

    Attributes:
        key: the key.
        number: the number of the entry that bears it: the version of its record.
        differs: in what the two differ, as far as it was looked at: any of ``"action"``, ``"at"`` and ``"by"``.
    """

    def __init__(self, key: str, number: int, differs: tuple[str, ...] = ()) -> None:
        other = f"has another {' and another '.join(differs)}" if differs else "is another act"
        super().__init__(
            f"key {shown(key)} belongs to entry {shown(number)}, which {other}; a retry says again what was said first, "
            "its at= and by= too: read that entry before you enter anything under a new key"
        )
        self.key = key
        self.number = number
        self.differs = differs


class StoreFault(YizhengError):
    """The database could not do what it was asked, and says why; nothing was acknowledged."""
