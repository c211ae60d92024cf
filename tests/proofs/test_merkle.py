"""The tree of RFC 9162, section 2.1: its root, and proofs that nobody can forge."""

from __future__ import annotations

import random
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizheng.errors import InvalidType, InvalidValue
from yizheng.proofs import ConsistencyProof, InclusionProof, consistency, inclusion, tree_root
from yizheng.proofs.merkle import included

LEAVES = [f"leaf {number}".encode() for number in range(64)]
ROOTS = [tree_root(LEAVES[:size]) for size in range(65)]
TRIES = settings().max_examples * 1000
"""How many forged proofs are tried: 50,000, and a million with HYPOTHESIS_PROFILE=ci (row R17)."""

EIGHT = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
"""The eight leaves with which the implementations of certificate transparency are compared."""


# The definitions of the RFC, word by word: from the top down


def left_of(size: int) -> int:
    """The largest power of two smaller than a size."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def mth(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash, section 2.1.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    k = left_of(len(leaves))
    return sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The path of an inclusion proof, section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = left_of(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], *, known: bool) -> list[bytes]:
    """The path of a consistency proof, section 2.1.4.1."""
    if m == len(leaves):
        return [] if known else [mth(leaves)]
    k = left_of(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], known=known), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], known=False), mth(leaves[:k])]


def hexes(nodes: Sequence[bytes]) -> tuple[str, ...]:
    """Nodes as they are written."""
    return tuple(node.hex() for node in nodes)


class TestTheDefinition:
    """RFC 9162, sections 2.1.1, 2.1.3 and 2.1.4: every tree of up to 64 leaves is the one that the RFC defines."""

    def test_roots(self) -> None:
        """Every root is the Merkle tree hash."""
        assert [mth(LEAVES[:size]).hex() for size in range(65)] == ROOTS
        assert len(set(ROOTS)) == 65

    def test_known_roots(self) -> None:
        """The trees over nothing, over one empty leaf, and over the eight leaves that everybody takes."""
        assert tree_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert tree_root([b""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        eight = [bytes.fromhex(leaf) for leaf in EIGHT]
        assert tree_root(eight) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

    def test_every_proof_of_inclusion(self) -> None:
        """Every leaf of every tree has the path that the RFC defines, and it holds."""
        for size in range(1, 65):
            for index in range(size):
                proof = inclusion(LEAVES[:size], index)
                assert proof == InclusionProof(index=index, size=size, path=hexes(path(index, LEAVES[:size])))
                assert proof.holds(LEAVES[index], ROOTS[size])

    def test_every_proof_of_consistency(self) -> None:
        """Every tree has grown from each smaller one by the path that the RFC defines, and it holds."""
        for second in range(1, 65):
            for first in range(1, second + 1):
                nodes = hexes(subproof(first, LEAVES[:second], known=True))
                proof = consistency(LEAVES[:second], first)
                assert proof == ConsistencyProof(first=first, second=second, path=nodes)
                assert proof.holds(ROOTS[first], ROOTS[second])

    @given(st.lists(st.binary(max_size=40), min_size=1, max_size=300), st.data())
    def test_whatever_the_leaves(self, leaves: list[bytes], data: st.DataObject) -> None:
        """Equal, empty and long leaves, and any size."""
        index = data.draw(st.integers(0, len(leaves) - 1))
        assert inclusion(leaves, index).holds(leaves[index], tree_root(leaves))
        assert consistency(leaves, index + 1).holds(tree_root(leaves[: index + 1]), tree_root(leaves))


class TestForgedInclusion:
    """Section 2.1.3.2: a proof for another place, tree, leaf or path does not hold."""

    def test_another_place_or_size(self) -> None:
        """No proof holds for another leaf, place or root, nor for a size at which the path has another length."""
        for size in range(1, 33):
            for index in range(size):
                proof = inclusion(LEAVES[:size], index)
                assert not proof.holds(LEAVES[index] + b" ", ROOTS[size])
                assert not proof.holds(LEAVES[index], ROOTS[size - 1])
                assert not proof.holds(LEAVES[index], ROOTS[size + 1])
                for other in range(size):
                    if other != index:
                        assert not attrs.evolve(proof, index=other).holds(LEAVES[index], ROOTS[size])
                        assert not proof.holds(LEAVES[other], ROOTS[size])
                for other in range(index + 1, 33):
                    if len(path(index, LEAVES[:other])) != len(proof.path):
                        assert not attrs.evolve(proof, size=other).holds(LEAVES[index], ROOTS[size])

    def test_bent_paths(self) -> None:
        """A path with a node more, a node less, one bent or two exchanged does not hold."""
        for size in range(2, 33):
            for index in range(size):
                proof, root = inclusion(LEAVES[:size], index), ROOTS[size]
                for bent in bent_paths(proof.path, [root, ROOTS[0], sha256(b"\0" + LEAVES[index]).hexdigest()]):
                    assert not attrs.evolve(proof, path=bent).holds(LEAVES[index], root)

    def test_a_node_is_no_leaf(self) -> None:
        """Two nodes put together are not accepted as a leaf one level higher: leaves and nodes are hashed apart."""
        nodes = [sha256(b"\0" + leaf).digest() for leaf in LEAVES[:4]]
        higher = InclusionProof(index=0, size=2, path=inclusion(LEAVES[:4], 0).path[1:])
        assert not higher.holds(nodes[0] + nodes[1], ROOTS[4])
        assert not higher.holds(b"\1" + nodes[0] + nodes[1], ROOTS[4])

    def test_a_path_of_another_length(self) -> None:
        """Whatever place and size a proof is given, it holds only where the path is as long as the RFC says."""
        lengths = {(m, size): len(path(m, LEAVES[:size])) for size in range(1, 18) for m in range(size)}
        for size in range(1, 17):
            for index in range(size):
                nodes = inclusion(LEAVES[:size], index).path
                for (place, other), length in lengths.items():
                    proof = InclusionProof(index=place, size=other, path=nodes)
                    assert length == len(nodes) or not proof.holds(LEAVES[index], ROOTS[size])

    def test_hashes_of_another_length(self) -> None:
        """What is no SHA-256 digest is no leaf's hash, even where it would be the root itself."""
        for wrong in (b"", b"x", bytes(31), bytes(33)):
            assert included(wrong, 0, 1, []) is None
        assert included(bytes(32), 0, 1, []) == bytes(32)
        assert included(bytes(32), 1, 1, []) is None


class TestForgedConsistency:
    """Section 2.1.4.2: a proof for other sizes, roots or paths does not hold."""

    def test_other_sizes_and_roots(self) -> None:
        """Whatever was exchanged among sizes and roots, the proof does not hold."""
        for second in range(1, 33):
            for first in range(1, second + 1):
                proof = consistency(LEAVES[:second], first)
                for earlier in range(34):
                    assert proof.holds(ROOTS[earlier], ROOTS[second]) is (earlier == first)
                    assert proof.holds(ROOTS[first], ROOTS[earlier]) is (earlier == second)

    def test_bent_paths(self) -> None:
        """A path with a node more, a node less, one bent or two exchanged does not hold."""
        for second in range(2, 33):
            for first in range(1, second + 1):
                proof, roots = consistency(LEAVES[:second], first), (ROOTS[first], ROOTS[second])
                for bent in bent_paths(proof.path, roots):
                    assert not attrs.evolve(proof, path=bent).holds(*roots)

    def test_a_path_of_another_length(self) -> None:
        """Whatever sizes a proof is given, it holds only where the path is as long as the RFC says."""
        pairs = [(first, second) for second in range(1, 14) for first in range(1, second + 1)]
        lengths = {pair: len(subproof(pair[0], LEAVES[: pair[1]], known=True)) for pair in pairs}
        for first, second in pairs:
            nodes = consistency(LEAVES[:second], first).path
            for other, length in lengths.items():
                proof = ConsistencyProof(first=other[0], second=other[1], path=nodes)
                assert length == len(nodes) or not proof.holds(ROOTS[first], ROOTS[second])


def bent_paths(nodes: Sequence[str], extra: Sequence[str]) -> list[list[str]]:
    """A path in every way bent: a node more at either end, cut at either end, a bit turned, two exchanged."""
    bent = [[*nodes, each] for each in extra] + [[each, *nodes] for each in extra]
    if nodes:
        bent += [list(nodes[1:]), list(nodes[:-1]), []]
    for index, node in enumerate(nodes):
        turned = bytearray.fromhex(node)
        turned[index % 32] ^= 1 << index % 8
        bent.append([*nodes[:index], turned.hex(), *nodes[index + 1 :]])
        if index and node != nodes[index - 1]:
            bent.append([*nodes[: index - 1], node, nodes[index - 1], *nodes[index + 1 :]])
    return [each for each in bent if each != list(nodes)]


class TestFuzz:
    """Row R17: of as many forged proofs as there is time for, none is accepted."""

    def test_random_proofs(self) -> None:
        """Random nodes, wrong sizes and extra nodes, alone and together, for both kinds of proof."""
        chance, accepted = random.Random(9162), 0  # noqa: S311 -- the same forgeries in each run
        pool = [chance.randbytes(32).hex() for _ in range(64)] + [
            node for size in (3, 7, 8, 21, 64) for node in inclusion(LEAVES[:size], size // 2).path
        ]
        for _ in range(TRIES // 2):
            nodes = chance.choices(pool, k=chance.randrange(9))
            size = chance.choice((1, 2, 3, 7, 8, 21, 64, chance.randrange(1, 2**40)))
            index = chance.randrange(size)
            known = ROOTS[size] if size < 65 else chance.choice(ROOTS)
            proof = InclusionProof(index=index, size=size, path=nodes)
            is_right = size < 65 and list(proof.path) == list(inclusion(LEAVES[:size], index).path)
            accepted += proof.holds(LEAVES[index % 64], known) and not is_right
            first = index + 1
            grown = ConsistencyProof(first=first, second=size, path=nodes)
            is_right = size < 65 and list(grown.path) == list(consistency(LEAVES[:size], first).path)
            accepted += grown.holds(ROOTS[first % 65], known) and not (is_right or first == size)
        assert accepted == 0


class TestPlainData:
    """Proofs come back from their plain data, and nothing else is taken for one."""

    @pytest.mark.parametrize("proof", [inclusion(LEAVES[:7], 3), consistency(LEAVES[:7], 3)])
    def test_there_and_back(self, proof: Any) -> None:
        """What is written is read as it was."""
        assert type(proof).from_data(proof.to_data()) == proof

    @pytest.mark.parametrize("proof", [inclusion(LEAVES[:7], 3), consistency(LEAVES[:7], 3)])
    def test_nothing_else(self, proof: Any) -> None:
        """A field more, a field less, or one of another kind is refused."""
        data = proof.to_data()
        for field in data:
            with pytest.raises(InvalidValue, match="has the fields"):
                type(proof).from_data({name: value for name, value in data.items() if name != field})
            for wrong in (None, "7", -1, True, 1.0, [1], ["AB" * 32], ["ab"], {}):
                with pytest.raises((InvalidType, InvalidValue)):
                    type(proof).from_data({**data, field: wrong})
        with pytest.raises(InvalidValue, match="has the fields"):
            type(proof).from_data({**data, "more": 1})

    def test_places_that_are_none(self) -> None:
        """A leaf beyond the tree, an earlier tree that is empty or larger: refused when the proof is made or read."""
        for index, size in ((0, 0), (1, 1), (5, 3)):
            with pytest.raises(InvalidValue, match=f"leaf {index} is none of the {size}"):
                inclusion(LEAVES[:size], index)
        for first, second in ((0, 0), (0, 3), (4, 3)):
            with pytest.raises(InvalidValue, match=f"of {second} leaves cannot have grown from one of {first}"):
                consistency(LEAVES[:second], first)

    def test_leaves_are_bytes(self) -> None:
        """A leaf that is no bytes is refused, and so is a root that is no digest."""
        for wrong in ("a", None, 5, bytearray(b"a")):
            with pytest.raises(InvalidType, match="a leaf is bytes"):
                tree_root([wrong])
        with pytest.raises(InvalidValue, match="64 hexadecimal digits"):
            inclusion(LEAVES, 0).holds(LEAVES[0], ROOTS[64].upper())
