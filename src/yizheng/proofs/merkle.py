"""The Merkle tree of RFC 9162, section 2.1, over SHA-256: its root, and proofs of inclusion and of consistency.

Leaves and nodes are hashed apart: a byte 0x00 stands before a leaf, 0x01 before two nodes, so that no node can be
passed off as a leaf. Nodes are paired level by level and an odd last one moves up as it is, which gives the tree that
the RFC defines from the top down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final, TypeAlias

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.values import count, items, mapping, one, several

__all__ = [
    "ConsistencyProof",
    "InclusionProof",
    "Levels",
    "as_digest",
    "consistency",
    "fields",
    "grow",
    "grown",
    "included",
    "inclusion",
    "inclusion_in",
    "root_in",
    "tree_root",
]

Levels: TypeAlias = Sequence[Sequence[bytes]]
"""The nodes of a tree, level by level, from the hashes of the leaves to the root."""

DIGEST_BYTES: Final = 32

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def as_digest(value: object, what: str = "a digest") -> str:
    """A SHA-256 digest as 64 hexadecimal digits in lower case: the one form in which it is written.

    Raises:
        InvalidType: when it is no string.
        InvalidValue: when it is written otherwise.
    """
    text = one(str, value, what)
    if not _DIGEST.fullmatch(text):
        raise InvalidValue(f"{what} is {shown(text)}; 64 hexadecimal digits in lower case were expected")
    return str(text)


def _path(values: Iterable[str]) -> tuple[str, ...]:
    return tuple([as_digest(each, "a node of the path") for each in several(values, "a path")])


def fields(data: object, what: str, *names: str) -> list[Any]:
    """The fields of plain data, all of them and no others, in the order in which they are named.

    Raises:
        InvalidValue: when it has others, or lacks some.
    """
    given = mapping(data, what)
    if set(given) != set(names):
        has = ", ".join(sorted(map(shown, given)))
        raise InvalidValue(f"{what} has the fields {', '.join(names)} and no others; this one has {shown(has)}")
    return [given[name] for name in names]


@attrs.frozen(kw_only=True)
class InclusionProof:
    """That a leaf stands at a place of a tree (RFC 9162, section 2.1.3).

    Attributes:
        index: the place of the leaf, from 0.
        size: how many leaves the tree has.
        path: the nodes beside the way from the leaf up to the root, in hexadecimal digits.
    """

    index: int = attrs.field(converter=count)
    size: int = attrs.field(converter=count)
    path: tuple[str, ...] = attrs.field(converter=_path)

    def __attrs_post_init__(self) -> None:
        if self.index >= self.size:
            raise InvalidValue(f"leaf {self.index} is none of the {self.size} of the tree; the first is leaf 0")

    def holds(self, leaf: bytes, root: str) -> bool:
        """Whether the leaf stands at this place of the tree with this root.

        A root goes with its size: in trees of nearby sizes a place can have the same path. Take both from where nobody
        could exchange them; :meth:`Receipt.holds <yizheng.proofs.Receipt.holds>` looks at both.

        Args:
            leaf: the bytes of the leaf.
            root: the root of the tree.

        Raises:
            InvalidType: when they are no bytes and no string.
            InvalidValue: when the root is no digest.
        """
        expected = as_digest(root, "the root")
        return included(_leaf(leaf), self.index, self.size, _nodes(self.path)) == bytes.fromhex(expected)

    def to_data(self) -> dict[str, object]:
        """The proof as plain data."""
        return {"index": self.index, "path": list(self.path), "size": self.size}

    @classmethod
    def from_data(cls, data: object) -> InclusionProof:
        """The proof from its plain data.

        Raises:
            InvalidType: when a field is not of its kind.
            InvalidValue: when the data are not those of such a proof.
        """
        index, path, size = fields(data, "a proof of inclusion", "index", "path", "size")
        return cls(index=index, size=size, path=items(path, "path"))


@attrs.frozen(kw_only=True)
class ConsistencyProof:
    """That a tree has only grown: its first leaves are those of an earlier tree (RFC 9162, section 2.1.4).

    Attributes:
        first: how many leaves the earlier tree had; one at least.
        second: how many the later one has.
        path: the nodes from which both roots follow, in hexadecimal digits.
    """

    first: int = attrs.field(converter=count)
    second: int = attrs.field(converter=count)
    path: tuple[str, ...] = attrs.field(converter=_path)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.first <= self.second:
            raise InvalidValue(
                f"a tree of {self.second} leaves cannot have grown from one of {self.first}; the earlier one comes "
                "first, and of an empty one there is nothing to prove"
            )

    def holds(self, first_root: str, second_root: str) -> bool:
        """Whether the later tree, with its root, begins with the leaves of the earlier one.

        Args:
            first_root: the root of the earlier tree.
            second_root: the root of the later tree.

        Raises:
            InvalidType: when they are no strings.
            InvalidValue: when they are no digests.
        """
        roots = as_digest(first_root, "the first root"), as_digest(second_root, "the second root")
        earlier, later = _nodes(roots)
        return grown(self.first, self.second, earlier, _nodes(self.path)) == (earlier, later)

    def to_data(self) -> dict[str, object]:
        """The proof as plain data."""
        return {"first": self.first, "path": list(self.path), "second": self.second}

    @classmethod
    def from_data(cls, data: object) -> ConsistencyProof:
        """The proof from its plain data.

        Raises:
            InvalidType: when a field is not of its kind.
            InvalidValue: when the data are not those of such a proof.
        """
        first, path, second = fields(data, "a proof of consistency", "first", "path", "second")
        return cls(first=first, second=second, path=items(path, "path"))


def tree_root(leaves: Iterable[bytes]) -> str:
    """The root of the tree over these leaves, in hexadecimal digits (RFC 9162, section 2.1.1).

    Args:
        leaves: the bytes of each leaf, in order.

    Raises:
        InvalidType: when the leaves are not bytes.
    """
    return root_in(grow(leaves))


def inclusion(leaves: Iterable[bytes], index: int) -> InclusionProof:
    """The proof that a leaf stands at its place (RFC 9162, section 2.1.3.1).

    Args:
        leaves: the bytes of every leaf of the tree, in order.
        index: which leaf, from 0.

    Raises:
        InvalidType: when the leaves are not bytes, or the index is no whole number.
        InvalidValue: when there is no such leaf.
    """
    return inclusion_in(grow(leaves), index)


def consistency(leaves: Iterable[bytes], first: int) -> ConsistencyProof:
    """The proof that a tree has grown from its first leaves (RFC 9162, section 2.1.4.1).

    Args:
        leaves: the bytes of every leaf of the later tree, in order.
        first: how many of them the earlier tree had.

    Raises:
        InvalidType: when the leaves are not bytes, or the number is no whole number.
        InvalidValue: when the earlier tree would be empty, or larger than the later one.
    """
    levels = grow(leaves)
    proof = ConsistencyProof(first=first, second=len(levels[0]), path=())
    if proof.first == proof.second:
        return proof
    index, height = proof.first - 1, 0
    while index % 2:  # up to the largest whole subtree with which the earlier tree ends
        index, height = index // 2, height + 1
    path = [levels[height][index]] if index else []  # at the left edge it is the earlier tree, whose root is known
    path += _beside(levels[height:], index)
    return attrs.evolve(proof, path=[node.hex() for node in path])


def grow(leaves: Iterable[bytes]) -> Levels:
    """The nodes of the tree over these leaves, level by level."""
    levels = [[_leaf(leaf) for leaf in several(leaves, "leaves")]]
    while len(nodes := levels[-1]) > 1:
        pairs = zip(nodes[::2], nodes[1::2], strict=False)  # an odd last one follows
        levels.append([_node(left, right) for left, right in pairs] + nodes[len(nodes) // 2 * 2 :])
    return levels


def root_in(levels: Levels) -> str:
    """The root of a tree; that of an empty one is the digest of nothing."""
    return (levels[-1][0] if levels[0] else sha256(b"").digest()).hex()


def inclusion_in(levels: Levels, index: int) -> InclusionProof:
    """The proof that a leaf stands at its place, from a tree that was grown already."""
    proof = InclusionProof(index=index, size=len(levels[0]), path=())
    return attrs.evolve(proof, path=[node.hex() for node in _beside(levels, proof.index)])


def _beside(levels: Levels, index: int) -> list[bytes]:
    """The nodes beside the way from a node of the lowest level up to the root."""
    path: list[bytes] = []
    for nodes in levels:
        if (other := index ^ 1) < len(nodes):
            path.append(nodes[other])
        index //= 2
    return path


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that follows from the hash of a leaf and its path; ``None`` where the path does not fit the place.

    This is the algorithm of RFC 9162, section 2.1.3.2.
    """
    if index >= size or len(leaf) != DIGEST_BYTES:
        return None
    last, root = size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            root = _node(node, root)
            while not index % 2 and index:
                index, last = index // 2, last // 2
        else:
            root = _node(root, node)
        index, last = index // 2, last // 2
    return root if last == 0 else None


def grown(first: int, second: int, first_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots of both trees that follow from a path; ``None`` where the path does not fit their sizes.

    This is the algorithm of RFC 9162, section 2.1.4.2.
    """
    if first == second:
        return None if path else (first_root, first_root)
    if first & (first - 1) == 0:
        path = [first_root, *path]
    index, last = first - 1, second - 1
    while index % 2:
        index, last = index // 2, last // 2
    if not path:
        return None
    earlier = later = path[0]
    for node in path[1:]:
        if last == 0:
            return None
        if index % 2 or index == last:
            earlier, later = _node(node, earlier), _node(node, later)
            while not index % 2 and index:
                index, last = index // 2, last // 2
        else:
            later = _node(later, node)
        index, last = index // 2, last // 2
    return (earlier, later) if last == 0 else None


def _leaf(data: bytes) -> bytes:
    if not isinstance(data, bytes):
        raise InvalidType(f"a leaf is bytes, not {shown(data)}; write canonical(data)")
    return sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _nodes(path: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in path]
