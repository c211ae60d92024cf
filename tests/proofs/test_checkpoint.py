"""A checkpoint over all records: what was dropped, cut or written anew since is found, and one record can be shown."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import COURTYARD_ROLLS, OFFICES, START, day, matter
from yizheng import Docket, catalogue
from yizheng.canonical import canonical
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue
from yizheng.proofs import (
    Checkpoint,
    Comparison,
    Damage,
    Leaf,
    Receipt,
    Report,
    TreeHead,
    consistency,
    inclusion,
    tree_root,
    verify,
)
from yizheng.stages import Note
from yizheng.store import MemoryStore, SQLiteStore

from .logs import docket as some_cases
from .logs import with_batch

NOON = datetime(2026, 3, 31, 4, tzinfo=UTC)
DIGEST = "ab" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with five cases of three entries each."""
    path = tmp_path / "community.db"
    with SQLiteStore(path) as store:
        some_cases(store)
    return path


@pytest.fixture
def docket(file: Path) -> Iterator[Docket]:
    """The docket over the file."""
    numbers = itertools.count(1000)
    with Docket(SQLiteStore(file), draw=lambda size: next(numbers).to_bytes(size, "big")) as made:
        yield made


def change(file: Path, statement: str, *values: Any) -> None:
    """What somebody does to the file with other tools."""
    with closing(sqlite3.connect(file)) as database, database:
        assert database.execute(statement, values).rowcount


def sealed(count: int) -> Checkpoint:
    """A checkpoint over so many invented records."""
    leaves = [
        Leaf(stream=f"s-{n:03}", version=n + 1, digest=sha256(bytes([n])).hexdigest(), salt=bytes([n]) * 16)
        for n in range(count)
    ]
    return Checkpoint(at=NOON, leaves=leaves)


class TestSealing:
    """``docket.checkpoint`` seals where every record stands, and nothing that does not hold."""

    def test_what_is_sealed(self, docket: Docket) -> None:
        """A leaf for each record, by name: its number of entries, its last digest, and a salt of its own."""
        checkpoint = docket.checkpoint(at=NOON)
        assert [leaf.stream for leaf in checkpoint.leaves] == list(docket.find())
        for leaf in checkpoint.leaves:
            case = docket.case(leaf.stream)
            assert (leaf.version, leaf.digest) == (case.version, case.digest)
        assert len({leaf.salt for leaf in checkpoint.leaves}) == checkpoint.size == 5
        assert docket.compare(checkpoint) == Comparison(at=NOON, checked=5, reports=())

    def test_the_moment_is_handed_in(self, docket: Docket) -> None:
        """No clock is read; a moment without a zone is refused."""
        assert docket.checkpoint(at=START).at == START
        with pytest.raises(InvalidValue):
            docket.checkpoint(at=NOON.replace(tzinfo=None))

    def test_the_root_is_that_of_the_rfc(self, docket: Docket) -> None:
        """The leaves are the canonical bytes of four fields, in the order of the names."""
        checkpoint = docket.checkpoint(at=NOON)
        data = [
            canonical({"digest": each.digest, "salt": each.salt.hex(), "stream": each.stream, "version": each.version})
            for each in checkpoint.leaves
        ]
        assert checkpoint.root == checkpoint.head.root == tree_root(data)

    def test_an_empty_store(self) -> None:
        """It can be sealed too: that there was no record is something to know."""
        docket = Docket(MemoryStore())
        checkpoint = docket.checkpoint(at=NOON)
        assert (checkpoint.size, checkpoint.root) == (0, sha256(b"").hexdigest())
        assert docket.compare(checkpoint).sound

    @pytest.mark.parametrize(
        ("statement", "number"),
        [
            ("UPDATE records SET payload = payload || x'20' WHERE stream = '2026-002' AND version = 1", 1),
            ("UPDATE records SET moment = 'x' WHERE stream = '2026-002' AND version = 3", 3),
            ("DELETE FROM records WHERE stream = '2026-002' AND version = 2", 2),
            ("UPDATE records SET version = version + 9 WHERE stream = '2026-002' AND version = 3", 3),
        ],
    )
    def test_what_does_not_hold_is_not_sealed(self, file: Path, docket: Docket, statement: str, number: int) -> None:
        """Trap 112: everything is worked out anew before it is sealed, and the record is named."""
        change(file, statement)
        with pytest.raises(BrokenRecord, match=r"2026-002: .*nothing was sealed") as broken:
            docket.checkpoint(at=NOON)
        assert broken.value.number == number

    def test_names_of_every_kind(self) -> None:
        """Names are sorted by code point, whatever they are written in, and sealed as they are."""
        names = ["𐀀", "\uffff", "é", "e\u0301", "Z", "z", "一", "2026-007 "]
        leaves = [Leaf(stream=name, version=1, digest=DIGEST, salt=b"0" * 16) for name in names]
        checkpoint = Checkpoint(at=NOON, leaves=leaves)
        assert [leaf.stream for leaf in checkpoint.leaves] == sorted(names)
        assert all(checkpoint.receipt(name).holds(checkpoint.head) for name in names)


class TestComparing:
    """Row R15 and traps 109, 110: what a chain alone cannot show is found against a checkpoint, with its name."""

    def test_what_only_grew(self, docket: Docket) -> None:
        """Records that went on and records opened since are fine."""
        checkpoint = docket.checkpoint(at=NOON)
        docket.act("2026-003", Note("x"), at=day(2), by="sec-1")
        docket.open(matter(id="2026-000"), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        comparison = docket.compare(checkpoint)
        assert (comparison.sound, comparison.checked) == (True, 5)
        assert comparison.explain("en") == "the 5 records that were sealed are there and only grew"

    @pytest.mark.parametrize("left", [0, 1, 2])
    def test_a_cut_tail(self, file: Path, docket: Docket, left: int) -> None:
        """However much of a record is gone, it is found; where all is gone, it is told apart."""
        checkpoint = docket.checkpoint(at=NOON)
        change(file, "DELETE FROM records WHERE stream = '2026-004' AND version > ?", left)
        assert left == 0 or docket.verify("2026-004").sound
        (report,) = docket.compare(checkpoint).reports
        expected = Damage.CUT if left else Damage.DROPPED
        assert (report.damage, report.number, report.stream) == (expected, left + 1, "2026-004")
        assert "2026-004" in docket.compare(checkpoint).explain("zh")
        assert "2026-004: " in docket.compare(checkpoint).explain("en")

    def test_everything_is_gone(self, file: Path, docket: Docket) -> None:
        """A whole log that was removed."""
        checkpoint = docket.checkpoint(at=NOON)
        change(file, "DELETE FROM records")
        comparison = docket.compare(checkpoint)
        assert [report.damage for report in comparison.reports] == [Damage.DROPPED] * 5
        assert len(comparison.explain("zh").splitlines()) == 6

    def test_a_tail_written_anew(self, file: Path, docket: Docket) -> None:
        """A record that was cut and went on otherwise has no fault of its own, and is found."""
        checkpoint = docket.checkpoint(at=NOON)
        change(file, "DELETE FROM records WHERE stream = '2026-001' AND version = 3")
        docket.act("2026-001", Note("另一条备注"), at=day(1), by="sec-1")
        assert docket.verify("2026-001").sound
        (report,) = docket.compare(checkpoint).reports
        assert (report.damage, report.number) == (Damage.RESEALED, 3)

    def test_a_record_put_under_another_name(self, file: Path, docket: Docket) -> None:
        """Two records that were exchanged are both found, and so is one that was renamed."""
        checkpoint = docket.checkpoint(at=NOON)
        for old, new in (("2026-001", "x"), ("2026-002", "2026-001"), ("x", "2026-002")):
            change(file, "UPDATE records SET stream = ? WHERE stream = ?", new, old)
        assert [each.damage for each in docket.compare(checkpoint).reports] == [Damage.CHANGED] * 2

    def test_an_entry_changed_before(self, file: Path, docket: Docket) -> None:
        """An entry in the middle, whose digest was left as it was; and a row that cannot be read."""
        checkpoint = docket.checkpoint(at=NOON)
        change(file, "UPDATE records SET payload = x'7b7d' WHERE stream = '2026-001' AND version = 1")
        change(file, "UPDATE records SET moment = 'x' WHERE stream = '2026-005' AND version = 2")
        found = [(each.stream, each.damage, each.number) for each in docket.compare(checkpoint).reports]
        assert found == [("2026-001", Damage.CHANGED, 1), ("2026-005", Damage.CHANGED, 2)]

    def test_a_batch(self) -> None:
        """The record of a batch and those of its matters are sealed like any other."""
        docket = with_batch()
        checkpoint = docket.checkpoint(at=NOON)
        assert [leaf.stream for leaf in checkpoint.leaves] == ["a", "b", "batch-1"]
        docket.release("batch-1", "b", at=day(6), by="sec-1")
        assert docket.compare(checkpoint).sound

    def test_every_stream_and_every_cut(self, file: Path, docket: Docket) -> None:
        """Each record, cut to each length: none is missed, and none is blamed that was not touched."""
        checkpoint = docket.checkpoint(at=NOON)
        store = SQLiteStore(file)
        whole = {stream: store.read(stream) for stream in store.streams()}

        class Cut:
            """A store that keeps one record short."""

            def __init__(self, stream: str, left: int) -> None:
                self.short = {**whole, stream: whole[stream][:left]}

            def read(self, stream: str, after: int = 0) -> Any:
                return self.short[stream][after:]

        for stream, left in itertools.product(whole, range(3)):
            (report,) = checkpoint.check(Cut(stream, left)).reports
            assert (report.stream, report.number) == (stream, left + 1)
        store.close()

    def test_no_store(self) -> None:
        """What is no store is refused, and so are salts that nobody draws."""
        for wrong in (None, MemoryStore, 5):
            with pytest.raises(InvalidType, match="a store was expected"):
                sealed(1).check(wrong)
        with pytest.raises(InvalidType, match="a function that gives so many bytes"):
            Checkpoint.seal(MemoryStore(), at=NOON, draw=b"0" * 16)

    def test_no_checkpoint(self, docket: Docket) -> None:
        """Something else is refused."""
        with pytest.raises(InvalidType, match="a Checkpoint was expected"):
            docket.compare(5)


class TestReceipts:
    """One person checks one record against a published head, and learns nothing of the others."""

    def test_a_record_is_checked(self, docket: Docket) -> None:
        """The receipt holds against the head, and the record against the receipt's leaf, withheld values or not."""
        checkpoint = docket.checkpoint(at=NOON)
        published = TreeHead.from_data(msgspec.json.decode(checkpoint.head.payload))
        for stream in docket.find():
            receipt = Receipt.from_data(msgspec.json.decode(canonical(checkpoint.receipt(stream).to_data())))
            assert receipt.holds(published)
            assert verify(docket.case(stream).redacted(), leaf=receipt.leaf).sound

    @given(st.integers(1, 70))
    def test_at_every_size(self, size: int) -> None:
        """Each record of a checkpoint of any size has its receipt, which is the proof of the RFC."""
        checkpoint = sealed(size)
        for index, leaf in enumerate(checkpoint.leaves):
            receipt = checkpoint.receipt(leaf.stream)
            assert receipt.proof == inclusion([each.payload for each in checkpoint.leaves], index)
            assert receipt.holds(checkpoint.head)

    def test_nothing_else_holds(self) -> None:
        """No receipt holds for another leaf, place, size or head."""
        checkpoint = sealed(13)
        receipt, head = checkpoint.receipt("s-005"), checkpoint.head
        leaf = receipt.leaf
        forged = [
            attrs.evolve(receipt, leaf=attrs.evolve(leaf, **{field: value}))
            for field, value in (("stream", "s-5"), ("version", 7), ("digest", DIGEST), ("salt", b"1" * 16))
        ]
        forged += [attrs.evolve(receipt, proof=attrs.evolve(receipt.proof, index=index)) for index in (4, 6, 12)]
        forged += [attrs.evolve(receipt, proof=attrs.evolve(receipt.proof, size=size)) for size in (12, 14, 16)]
        assert receipt.holds(head)
        assert not any(each.holds(head) for each in forged)
        for other in (attrs.evolve(head, size=14), attrs.evolve(head, root=DIGEST), sealed(14).head):
            assert not receipt.holds(other)

    def test_a_receipt_says_nothing_of_neighbours(self) -> None:
        """It holds the person's own leaf and hashes; the hash of a neighbour's leaf cannot be guessed without the salt."""
        checkpoint = sealed(2)
        receipt = checkpoint.receipt("s-000")
        said = canonical(receipt.to_data())
        neighbour = checkpoint.leaves[1]
        assert b"s-001" not in said
        assert neighbour.digest.encode() not in said
        guessed = {
            tree_root([attrs.evolve(neighbour, salt=salt).payload]) for salt in (b"\0" * 16, bytes(receipt.leaf.salt))
        }
        assert receipt.proof.path == (tree_root([neighbour.payload]),)
        assert not guessed & set(receipt.proof.path)
        assert "salt" not in repr(checkpoint)

    def test_no_such_record(self) -> None:
        """A record that was not sealed has no receipt; nor has one whose name only looks alike."""
        for name in ("s-003", "", "S-001", "zzz", "s-001 "):
            with pytest.raises(InvalidValue, match="seals no record"):
                sealed(3).receipt(name)
        with pytest.raises(InvalidType):
            sealed(3).receipt(5)
        with pytest.raises(InvalidType, match="a TreeHead was expected"):
            sealed(3).receipt("s-001").holds(sealed(3).root)


class TestKept:
    """A checkpoint is plain data, so that it can be kept where the records are not."""

    @pytest.mark.parametrize("size", [0, 1, 2, 9])
    def test_there_and_back(self, size: int) -> None:
        """What is written is read as it was, from the canonical bytes."""
        checkpoint = sealed(size)
        assert Checkpoint.from_data(msgspec.json.decode(checkpoint.payload)) == checkpoint
        assert TreeHead.from_data(msgspec.json.decode(checkpoint.head.payload)) == checkpoint.head
        later = Checkpoint(at=NOON + timedelta(microseconds=1), leaves=checkpoint.leaves)
        assert Checkpoint.from_data(later.to_data()) == later != checkpoint

    def test_one_that_was_changed(self) -> None:
        """A bit of a leaf, a leaf more or less, another order: the leaves no longer give the root."""
        data = msgspec.json.decode(sealed(5).payload)
        for leaves in (
            data["leaves"][1:],
            data["leaves"][::-1],
            [{**data["leaves"][0], "version": 7}, *data["leaves"][1:]],
            [{**data["leaves"][0], "salt": "00" * 15 + "01"}, *data["leaves"][1:]],
        ):
            with pytest.raises(InvalidValue, match="do not give the root"):
                Checkpoint.from_data({**data, "leaves": leaves})
        for field, value in (("root", DIGEST), ("size", 6), ("size", "5")):
            with pytest.raises(InvalidValue, match="do not give the root"):
                Checkpoint.from_data({**data, field: value})

    @pytest.mark.parametrize("made", [sealed(3), sealed(3).head, sealed(3).leaves[0], sealed(3).receipt("s-001")])
    def test_nothing_else(self, made: Any) -> None:
        """A field more, a field less, or one of another kind is refused."""
        data = made.to_data()
        for field in data:
            with pytest.raises(InvalidValue, match="has the fields"):
                type(made).from_data({name: value for name, value in data.items() if name != field})
            for wrong in (None, -1, True, 1.5, "", "x", [1], {}, "AB" * 32, "2026-03-02"):
                if field != "stream" or wrong == "" or not isinstance(wrong, str):
                    with pytest.raises((InvalidType, InvalidValue)):
                        type(made).from_data({**data, field: wrong})

    def test_each_record_once(self) -> None:
        """A record that has two leaves, or none that is one, is refused when the checkpoint is made."""
        leaf = sealed(1).leaves[0]
        with pytest.raises(InvalidValue, match="'s-000' has two leaves"):
            Checkpoint(at=NOON, leaves=[leaf, attrs.evolve(leaf, version=2)])
        with pytest.raises(InvalidType):
            Checkpoint(at=NOON, leaves=[leaf, 5])

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("stream", ""),
            ("stream", "\ud800"),
            ("version", 0),
            ("salt", b"0" * 15),
            ("salt", "0" * 32),
            ("digest", "x"),
        ],
    )
    def test_leaves(self, field: str, wrong: Any) -> None:
        """What cannot be a leaf is refused when it is made."""
        with pytest.raises((InvalidType, InvalidValue)):
            attrs.evolve(sealed(1).leaves[0], **{field: wrong})

    def test_checkpoints_in_a_tree_of_their_own(self) -> None:
        """Heads that were published one after another make a tree, and that none was taken back can be proved."""
        heads = [attrs.evolve(sealed(size).head, at=NOON + timedelta(days=size)).payload for size in range(1, 8)]
        roots = [tree_root(heads[:count]) for count in range(8)]
        proof = consistency(heads, 4)
        assert proof.holds(roots[4], roots[7])
        other = [*heads[:2], *heads[3:]]
        assert not consistency(other, 4).holds(roots[4], tree_root(other))


def test_comparisons_hold_reports() -> None:
    """A comparison is made of reports and nothing else."""
    with pytest.raises(InvalidType):
        Comparison(at=NOON, checked=1, reports=[5])
    assert not Comparison(at=NOON, checked=1, reports=[Report(entries=0, damage=Damage.CUT)]).sound
