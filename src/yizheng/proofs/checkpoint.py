"""A checkpoint: where every record of a store stood at a moment, sealed under one digest.

The leaves are sorted by the names of the records, and the tree over them is that of RFC 9162. Each leaf bears a salt of
its own. Without one, whoever holds a receipt holds the hash of a neighbour's leaf, and could try names and records
until one fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import attrs
import msgspec

from yizheng.calendar import moment
from yizheng.canonical import canonical
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, kind_of, shown
from yizheng.proofs.leaf import SALT_BYTES, Leaf, against
from yizheng.proofs.links import Link, flaw, links_of
from yizheng.proofs.merkle import InclusionProof, Levels, as_digest, fields, grow, inclusion_in, root_in
from yizheng.proofs.report import Damage, Report
from yizheng.store import AsyncStore, Store
from yizheng.store.immediate import Immediate, at_once
from yizheng.text import Language, Text, as_language
from yizheng.values import all_of, count, instance_of, items, one

__all__ = ["Checkpoint", "Comparison", "Leaf", "Receipt", "TreeHead"]


def _moment(value: Any) -> datetime:
    return moment(value, "at")


def _read_moment(value: object) -> datetime:
    text = one(str, value, "at")
    try:
        read = moment(msgspec.convert(text, datetime), "at")
    except msgspec.ValidationError:
        read = None
    if read is None or _written(read) != text:
        raise InvalidValue(f"at is {shown(text)}; a moment in UTC such as 2026-03-02T01:00:00Z was expected")
    return read


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


@attrs.frozen(kw_only=True)
class TreeHead:
    """What is published of a checkpoint: one digest over all records, and nothing of any of them.

    Attributes:
        at: when the checkpoint was made (UTC).
        size: how many records it seals.
        root: the root of the tree.
    """

    at: datetime = attrs.field(converter=_moment)
    size: int = attrs.field(converter=count)
    root: str = attrs.field(converter=as_digest)

    @property
    def payload(self) -> bytes:
        """The canonical bytes, to be published or put as a leaf into a tree of checkpoints."""
        return canonical(self.to_data())

    def to_data(self) -> dict[str, object]:
        """It as plain data."""
        return {"at": _written(self.at), "root": self.root, "size": self.size}

    @classmethod
    def from_data(cls, data: object) -> TreeHead:
        """It from its plain data.

        Raises:
            InvalidType: when a field is not of its kind.
            InvalidValue: when the data are not those of a tree head.
        """
        at, root, size = fields(data, "a tree head", "at", "root", "size")
        return cls(at=_read_moment(at), size=size, root=root)


@attrs.frozen(kw_only=True)
class Receipt:
    """That a checkpoint seals one record: for whoever the record concerns, and without a word of the others.

    Attributes:
        leaf: where the record stood.
        proof: that the leaf stands in the tree.
    """

    leaf: Leaf = attrs.field(validator=instance_of(Leaf))
    proof: InclusionProof = attrs.field(validator=instance_of(InclusionProof))

    def holds(self, head: TreeHead) -> bool:
        """Whether the checkpoint with this head seals the record as the leaf says.

        Args:
            head: the head of the checkpoint, as it was published.

        Raises:
            InvalidType: when it is no tree head.
        """
        published = one(TreeHead, head, "the head of a tree")
        return self.proof.size == published.size and self.proof.holds(self.leaf.payload, published.root)

    def to_data(self) -> dict[str, object]:
        """The receipt as plain data."""
        return {"leaf": self.leaf.to_data(), "proof": self.proof.to_data()}

    @classmethod
    def from_data(cls, data: object) -> Receipt:
        """The receipt from its plain data.

        Raises:
            InvalidType: when a field is not of its kind.
            InvalidValue: when the data are not those of a receipt.
        """
        leaf, proof = fields(data, "a receipt", "leaf", "proof")
        return cls(leaf=Leaf.from_data(leaf), proof=InclusionProof.from_data(proof))


def _reports(values: Iterable[Report]) -> tuple[Report, ...]:
    return all_of(Report, values, "reports")


@attrs.frozen(kw_only=True)
class Comparison:
    """What became of the records that a checkpoint sealed.

    Attributes:
        at: when the checkpoint was made.
        checked: how many records it seals.
        reports: a report on each record that does not hold, in the order of their names.
    """

    at: datetime = attrs.field(converter=_moment)
    checked: int = attrs.field(converter=count)
    reports: tuple[Report, ...] = attrs.field(converter=_reports)

    @property
    def sound(self) -> bool:
        """Whether every record that was sealed is still there, and only grew."""
        return not self.reports

    def explain(self, language: Language) -> str:
        """What was found, in words, a line for each record that does not hold.

        Raises:
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        words = (_SOUND if self.sound else _UNSOUND).say(as_language(language))
        lines = [report.explain(language) for report in self.reports]
        return "\n".join([words.format(checked=self.checked, wrong=len(lines)), *lines])


_SOUND = Text(
    "检查点所封存的{checked}份记录都在，只有增加", "the {checked} records that were sealed are there and only grew"
)
_UNSOUND = Text(
    "检查点所封存的{checked}份记录中，有{wrong}份不符：",
    "of the {checked} records that were sealed, {wrong} do not hold:",
)


def _leaves(values: Iterable[Leaf]) -> tuple[Leaf, ...]:
    leaves = sorted(all_of(Leaf, values, "leaves"), key=lambda leaf: leaf.stream)
    twice = {each.stream for each, other in pairwise(leaves) if each.stream == other.stream}
    InvalidValue.raise_all(
        f"the record {shown(stream)} has two leaves; a checkpoint seals each once" for stream in twice
    )
    return tuple(leaves)


def _tree_of(checkpoint: Checkpoint) -> Levels:
    return grow(leaf.payload for leaf in checkpoint.leaves)


@attrs.frozen(kw_only=True)
class Checkpoint:
    """Where every record of a store stood at a moment.

    It is worth as much as the place where it is kept: whoever can change the records must not be able to change it.

    Attributes:
        at: when it was made (UTC).
        leaves: where each record stood, sorted by name.
    """

    at: datetime = attrs.field(converter=_moment)
    leaves: tuple[Leaf, ...] = attrs.field(converter=_leaves)
    _tree: Levels = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_tree_of, takes_self=True))

    @classmethod
    def seal(cls, store: Store, *, at: datetime, draw: Callable[[int], bytes]) -> Checkpoint:
        """Seal where every record of a store stands.

        The chain of each record is looked through first: what does not hold is not sealed. Records may grow meanwhile;
        each is sealed as it was when it was read.

        Args:
            store: what keeps the records.
            at: the moment that the checkpoint bears, with its zone.
            draw: gives so many random bytes, for the salts.

        Raises:
            BrokenRecord: when a record does not hold; its name and the entry are in the words.
        """
        _check_store(store, "streams", "read")
        return at_once(cls.seal_async(Immediate(store), at=at, draw=draw))

    @classmethod
    async def seal_async(cls, store: AsyncStore, *, at: datetime, draw: Callable[[int], bytes]) -> Checkpoint:
        """Seal where every record of an asynchronous store stands. See :meth:`seal`."""
        made = moment(at, "at")
        _check_store(store, "streams", "read")
        if not callable(draw):
            raise InvalidType(f"draw is {shown(draw)}; a function that gives so many bytes was expected")
        leaves: list[Leaf] = []
        for stream in await store.streams():
            links, report = await _looked(store, stream)
            if report is not None:
                raise BrokenRecord(f"{report.explain('en')}; nothing was sealed: look at docket.verify", report.number)
            last = links[-1]
            assert last is not None
            leaves.append(Leaf(stream=stream, version=last.number, digest=last.digest, salt=draw(SALT_BYTES)))
        return cls(at=made, leaves=leaves)

    @property
    def size(self) -> int:
        """How many records it seals."""
        return len(self.leaves)

    @property
    def root(self) -> str:
        """The root of the tree over its leaves."""
        return root_in(self._tree)

    @property
    def head(self) -> TreeHead:
        """What can be published of it."""
        return TreeHead(at=self.at, size=self.size, root=self.root)

    @property
    def payload(self) -> bytes:
        """The canonical bytes, to be kept where those who can change the records cannot change them."""
        return canonical(self.to_data())

    def receipt(self, stream: str) -> Receipt:
        """The receipt of one record: with it and the published head, that record can be checked without the others.

        Args:
            stream: the name of the record: the id of the case.

        Raises:
            InvalidType: when it is no string.
            InvalidValue: when the checkpoint seals no such record.
        """
        name = one(str, stream, "a stream")
        index = bisect_left(self.leaves, name, key=_name_of)
        if index == self.size or self.leaves[index].stream != name:
            raise InvalidValue(f"this checkpoint seals no record {shown(name)}; it may have been opened later")
        return Receipt(leaf=self.leaves[index], proof=inclusion_in(self._tree, index))

    def check(self, store: Store) -> Comparison:
        """Hold the records of a store against this checkpoint.

        Each that was sealed must still be there, its chain must hold from the first entry to the last, and the entry
        that was its last must bear the same digest. What was added since is fine, and so are records opened since.

        Args:
            store: what keeps the records.

        Raises:
            InvalidType: when it is no store.
        """
        _check_store(store, "read")
        return at_once(self.check_async(Immediate(store)))

    async def check_async(self, store: AsyncStore) -> Comparison:
        """Hold the records of an asynchronous store against this checkpoint. See :meth:`check`."""
        _check_store(store, "read")
        reports = [await _held_against(leaf, store) for leaf in self.leaves]
        return Comparison(at=self.at, checked=self.size, reports=[report for report in reports if report is not None])

    def to_data(self) -> dict[str, object]:
        """The checkpoint as plain data."""
        return {**self.head.to_data(), "leaves": [leaf.to_data() for leaf in self.leaves]}

    @classmethod
    def from_data(cls, data: object) -> Checkpoint:
        """The checkpoint from its plain data; the root is worked out anew and held against the one that is written.

        Raises:
            InvalidType: when a field is not of its kind.
            InvalidValue: when the data are not those of a checkpoint, or its leaves do not give its root.
        """
        at, leaves, root, size = fields(data, "a checkpoint", "at", "leaves", "root", "size")
        read = [Leaf.from_data(leaf) for leaf in items(leaves, "leaves")]
        made = cls(at=_read_moment(at), leaves=read)
        if (made.root, made.size, list(made.leaves)) != (root, size, read):
            raise InvalidValue("the leaves do not give the root that is written beside them; somebody has changed one")
        return made


def _check_store(store: object, *needed: str) -> None:
    if isinstance(store, type) or not all(hasattr(store, each) for each in needed):
        raise InvalidType(f"a store was expected, not {kind_of(store)}; hand in the one that the docket stands on")


def _name_of(leaf: Leaf) -> str:
    return leaf.stream


async def _held_against(leaf: Leaf, store: AsyncStore) -> Report | None:
    links, report = await _looked(store, leaf.stream)
    if report is None or report.damage is Damage.EMPTY:
        report = against(leaf, links)
    return None if report is None else attrs.evolve(report, stream=leaf.stream)


async def _looked(store: AsyncStore, stream: str) -> tuple[Sequence[Link | None], Report | None]:
    """The chain of a record in a store, and what is wrong with it."""
    try:
        links = links_of(await store.read(stream))
    except BrokenRecord as error:
        why = str(error)
        return (), Report(entries=0, damage=Damage.CHANGED, number=error.number, stream=stream, detail=why)
    if not links:
        return (), Report(entries=0, damage=Damage.EMPTY, number=1, stream=stream)
    report = flaw(links)
    return links, None if report is None else attrs.evolve(report, stream=stream)
