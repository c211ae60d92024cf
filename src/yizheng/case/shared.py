"""What was done for all the matters of a batch, and how one of them goes on from there by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, final

import attrs
from typing_extensions import override

from yizheng.canonical import Kept
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.stages import Action
from yizheng.text import Text
from yizheng.values import count, instance_of, name, one

if TYPE_CHECKING:
    from yizheng.case.case import Case

__all__ = ["Recorded", "Shared", "TakeUp"]


class Recorded:
    """What is nothing but its record: a case."""

    __slots__ = ()


@final
class Shared(Kept):
    """The record of a batch up to an entry. It is kept once, as that record; the records of its matters name its digest.

    Attributes:
        case: the batch, as it stood.
    """

    __slots__ = ("case",)

    case: Case

    def __init__(self, case: Any) -> None:
        if not isinstance(case, Recorded):
            raise InvalidType(f"what matters share is the record of a batch, not {kind_of(case)}; write batch.shared")
        object.__setattr__(self, "case", case)

    def __setattr__(self, attribute: str, _: object) -> None:
        raise AttributeError(f"the record of a batch is changed by acts alone; {attribute} cannot be set")

    @property
    @override
    def digest(self) -> str:
        """The digest of its last entry, which covers all of them."""
        return self.case.digest

    @override
    def to_data(self) -> dict[str, object]:
        """The public part of its entries, each as it was written."""
        return {"batch": self.case.id, "entries": [entry.payload.decode() for entry in self.case.entries]}

    @override
    def __eq__(self, other: object) -> bool:
        return self.case == other.case if isinstance(other, Shared) else NotImplemented

    @override
    def __hash__(self) -> int:
        return hash(self.case)

    @override
    def __repr__(self) -> str:
        rehearsed = ", a rehearsal" if self.case.rehearsal else ""
        return f"<Shared {self.case.id}: {self.case.version} entries{rehearsed}>"

    @override
    def __reduce__(self) -> tuple[type[Shared], tuple[Case]]:
        return Shared, (self.case,)


@attrs.frozen
class TakeUp(Action):
    """Take a matter up by itself: from here on its record is its own, and what came before is that of the batch.

    It is nobody's decision. A matter is taken up with the first act upon it after the shared stages, when it was split
    out or withdrawn, or when the batch has come to an end.

    Attributes:
        shared: the record of the batch, up to here; the record holds its digest.
        batch: the id of the batch.
        entries: how many entries its record had.
    """

    kind: ClassVar[str] = "take_up"
    title: ClassVar[Text] = Text("转入单独办理", "take up by itself")
    actor_is_private: ClassVar[bool] = True
    shared: Shared = attrs.field(validator=instance_of(Shared))
    batch: str = attrs.field(converter=name)
    entries: int = attrs.field(converter=count)

    def __attrs_post_init__(self) -> None:
        if (self.batch, self.entries) != (self.shared.case.id, self.shared.case.version):
            raise InvalidValue("batch and entries are those of the shared record; write TakeUp.from_batch(shared)")

    @classmethod
    def from_batch(cls, shared: Shared) -> TakeUp:
        """Take a matter up from where its batch stands."""
        case = one(Shared, shared, "what is shared").case
        return cls(shared, case.id, case.version)

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Always: that it is ready, its batch says."""
        return True
