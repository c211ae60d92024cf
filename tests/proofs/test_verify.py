"""Row R15: whatever is done to a record, ``verify`` says so, and at which entry first."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walks import START, courtyard
from yizheng import Case, Docket, catalogue
from yizheng.canonical import Kept, canonical, digest
from yizheng.case import Entry, Older, Seal
from yizheng.errors import InvalidType, InvalidValue, NoSuchCase
from yizheng.procedure import Kinds
from yizheng.proofs import Damage, Leaf, Report, verify
from yizheng.proofs.links import links_of
from yizheng.stages import Effect, Note
from yizheng.store import Record, SQLiteStore

from .logs import LONG, OTHER, records, stored, with_batch

ENTRIES = list(LONG.entries)
RECORDS = records(LONG)
STORED = stored(LONG)
FORMS = {"entries": ENTRIES, "records": RECORDS, "stored": STORED}
WHOLE = settings().max_examples >= 1000


def looked(entries: Any, **others: Any) -> Report:
    """What is found, with the parts of the case."""
    return verify(entries, parts=LONG.parts, **others)


def finding(entries: Any, **others: Any) -> tuple[Damage | None, int | None]:
    """What was done, and where first."""
    report = looked(entries, **others)
    for language in ("zh", "en"):
        words = report.explain(language)
        assert words
        assert "None" not in words
    return report.damage, report.number


def leaf_of(case: Case, version: int | None = None) -> Leaf:
    """Where a case stood after so many entries."""
    entry = case.entries[-1 if version is None else version - 1]
    return Leaf(stream=case.id, version=entry.number, digest=entry.digest, salt=b"0" * 16)


def resealed(entry: Entry, **changes: Any) -> tuple[bytes, bytes | None, str]:
    """An entry whose payload says something else under a digest of its own: what a forger would write."""
    payload = canonical({**entry.public_data(), **changes})
    return payload, canonical(entry.private()) if entry.sealed else None, digest(payload)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> list[Any]:
    """The record in each of the forms in which it can be handed in."""
    return FORMS[request.param]


class TestSound:
    """A record that nobody touched is sound."""

    def test_it_is_sound(self, form: list[Any]) -> None:
        """In each form, whole and at every length, from a list or an iterator."""
        assert len(form) == 50
        for length in range(1, 51, 7):
            report = looked(form[:length])
            assert (report.sound, report.entries, report.number) == (True, length, None)
        assert looked(iter(form)).explain("en") == "sound, 50 entries"
        assert looked(form).explain("zh") == "完好，共50条"

    def test_what_is_withheld_is_told(self) -> None:
        """A record without its private values is sound, and the report names the entries that lack them."""
        report = looked(LONG.redacted())
        assert report.sound
        assert report.withheld == tuple(entry.number for entry in ENTRIES if entry.sealed)
        assert looked(ENTRIES).withheld == ()
        assert looked([(payload, None, claimed) for payload, _, claimed in STORED]) == report
        assert looked([(payload, b"{}", claimed) for payload, _, claimed in STORED]).damage is Damage.CHANGED

    def test_an_item_of_a_batch(self) -> None:
        """A matter that was taken up from its batch is looked through with what it shares."""
        docket = with_batch()
        for case_id in ("a", "b", "batch-1"):
            assert docket.verify(case_id).sound
            case = docket.case(case_id)
            assert verify(case.entries).sound
            assert verify(stored(case), parts=case.parts).sound


class TestTakenApart:
    """Entries removed, inserted, moved, exchanged: found in every form, at every place."""

    def test_one_is_removed(self, form: list[Any]) -> None:
        """Whichever is gone, it is named."""
        for index in range(49):
            assert finding(form[:index] + form[index + 1 :]) == (Damage.REMOVED, index + 1)

    def test_two_are_swapped(self, form: list[Any]) -> None:
        """Whichever two, the first place that does not hold is named."""
        for left, right in itertools.combinations(range(0, 50, 5), 2):
            swapped = list(form)
            swapped[left], swapped[right] = form[right], form[left]
            assert finding(swapped) == (Damage.MOVED, left + 1)

    def test_one_is_moved(self, form: list[Any]) -> None:
        """To the front or to the back."""
        assert finding([form[30], *form[:30], *form[31:]]) == (Damage.MOVED, 1)
        assert finding([*form[:30], *form[31:], form[30]]) == (Damage.MOVED, 31)

    def test_one_is_doubled(self, form: list[Any]) -> None:
        """The copy is named, whether it stands before its original or after."""
        for index, place in itertools.product(range(0, 50, 7), range(0, 51, 5)):
            assert finding([*form[:place], form[index], *form[place:]])[0] is Damage.INSERTED
        assert finding([*form, form[-1]]) == (Damage.INSERTED, 51)
        assert finding([*form[:20], form[9], *form[20:]]) == (Damage.INSERTED, 21)

    def test_one_of_another_case(self) -> None:
        """Put in it is inserted; put in the place of ours it is foreign; at the end it does not follow."""
        for ours, theirs in ((ENTRIES, list(OTHER.entries)), (STORED, stored(OTHER)), (RECORDS, records(OTHER))):
            for index in range(1, len(theirs) - 1, 4):
                assert finding([*ours[:index], theirs[index], *ours[index:]]) == (Damage.INSERTED, index + 1)
                assert finding([*ours[:index], theirs[index], *ours[index + 1 :]]) == (Damage.FOREIGN, index + 1)
            assert finding([*ours[:5], *theirs[5:]]) == (Damage.REWRITTEN, 5)
            assert finding([*ours, theirs[9]]) == (Damage.INSERTED, 51)
            assert finding([theirs[0], *ours[1:]]) == (Damage.REWRITTEN, 1)

    def test_nothing_is_there(self) -> None:
        """An empty record is none; the opening cannot be missing."""
        assert finding([]) == (Damage.EMPTY, 1)
        assert finding(ENTRIES[1:]) == (Damage.REMOVED, 1)

    def test_what_is_no_entry(self, form: list[Any]) -> None:
        """Anything else among the entries is named by its place, and nothing is raised."""
        for wrong in (None, 5, "entry", (), (b"x",), [form[3]], b"", Note("x"), (None, None, None), (1, 2, 3)):
            assert finding([*form[:3], wrong, *form[4:]]) == (Damage.CHANGED, 4)
            assert finding([*form[:3], wrong, *form[3:]]) == (Damage.INSERTED, 4)
        assert finding([None, 5]) == (Damage.CHANGED, 1)
        assert finding([*STORED[:3], RECORDS[3]]) == (Damage.CHANGED, 4)

    @given(st.permutations(range(12)))
    def test_any_order_but_the_right_one(self, order: list[int]) -> None:
        """However the entries are shuffled, the first place that is wrong is named."""
        first = next((place for place, index in enumerate(order) if place != index), None)
        expected = (None, None) if first is None else (Damage.MOVED, first + 1)
        assert finding([STORED[index] for index in order] + STORED[12:]) == expected


class TestFlippedBits:
    """Each bit of each stored field: payload, private part, digest, and every column."""

    def test_of_the_payload_and_the_digest(self) -> None:
        """Every bit of every payload, and of every digest, alone."""
        flipped = 0
        for payload, private, claimed in STORED:
            whole = bytearray(payload)
            for bit in range(len(payload) * 8):
                whole[bit // 8] ^= 1 << bit % 8
                assert links_of([(bytes(whole), private, claimed)]) == [None]
                whole[bit // 8] ^= 1 << bit % 8
            for bit in range(7 * len(claimed)):
                other = claimed[: bit // 7] + chr(ord(claimed[bit // 7]) ^ 1 << bit % 7) + claimed[bit // 7 + 1 :]
                assert links_of([(payload, private, other)]) == [None]
            flipped += len(payload) * 8 + 7 * len(claimed)
        assert flipped > 200_000

    def test_one_in_each_byte_in_place(self) -> None:
        """A bit turned within the whole record: the entry is named."""
        chance = random.Random(15)  # noqa: S311 -- the same bits in each run
        for index, (payload, private, claimed) in enumerate(STORED):
            for place in range(len(payload)) if WHOLE else chance.sample(range(len(payload)), 4):
                whole = bytearray(payload)
                whole[place] ^= 1 << chance.randrange(8)
                bent = [*STORED[:index], (bytes(whole), private, claimed), *STORED[index + 1 :]]
                assert finding(bent) == (Damage.CHANGED, index + 1)

    def test_of_the_private_part(self) -> None:
        """Every bit of the private parts, those among them that a lenient reader would not see: a digit's case."""
        flipped = 0
        for index, (payload, private, claimed) in enumerate(STORED[:12]):
            for bit in range(len(private or b"") * 8):
                assert private is not None
                if not WHOLE and bit % 3:
                    continue
                whole = bytearray(private)
                whole[bit // 8] ^= 1 << bit % 8
                bent = [*STORED[:index], (payload, bytes(whole), claimed)]
                assert finding(bent) == (Damage.CHANGED, index + 1)
                flipped += 1
        assert flipped > 500

    def test_of_the_columns(self) -> None:
        """Every column that a store keeps beside the payload."""
        for index, record in list(enumerate(RECORDS))[:: 1 if WHOLE else 7]:
            for column, wrong in {
                "stream": ("2026-00", record.stream + " ", ""),
                "version": (record.version + 1, 0, None),
                "kind": (record.kind + "s", ""),
                "kind_version": (2, 0, None),
                "moment": (record.moment + timedelta(microseconds=1), None),
                "payload": (record.payload + b" ", b"", None, "x"),
                "digest": ("0" * 64, record.digest.upper(), None, b"x"),
                "key": ("k", ""),
            }.items():
                for value in wrong:
                    bent = [*RECORDS[:index], msgspec.structs.replace(record, **{column: value}), *RECORDS[index + 1 :]]
                    assert looked(bent).damage is Damage.CHANGED, (index, column, value)

    def test_every_record_under_another_name(self) -> None:
        """A whole record that was put under the name of another case is found at its opening."""
        assert finding(records(LONG, "2026-008")) == (Damage.CHANGED, 1)

    def test_a_record_that_does_not_open(self) -> None:
        """A record whose first entry opens nothing is found at that entry."""
        note = next(record for record in RECORDS if record.kind == "note")
        payload, _, claimed = resealed(ENTRIES[note.version - 1], number=1, previous="0" * 64)
        first = msgspec.structs.replace(note, version=1, payload=payload, digest=claimed)
        assert finding([first]) == (Damage.CHANGED, 1)


class TestRewritten:
    """What a forger writes, digests and all, is found as far as the rest of the record shows it."""

    def test_one_entry_written_anew(self) -> None:
        """The entry whose digest the next one does not name."""
        for index in range(49):
            entry = ENTRIES[index]
            forged = resealed(entry, recorded_at="2026-03-02T01:00:01Z")
            assert finding([*STORED[:index], forged, *STORED[index + 1 :]]) == (Damage.REWRITTEN, index + 1)

    def test_what_says_what_no_entry_says(self) -> None:
        """A last entry whose digest is right, and which is none: another field, a lacking one, another form."""
        last, before = ENTRIES[-1], STORED[:-1]
        said = last.public_data()
        for forged in (
            {**said, "more": 1},
            {**said, "at": "yesterday"},
            {**said, "action": {"no": "such field"}},
            {**said, "effect": {"outcome": 5}},
            {**said, "by": ""},
            {**said, "key": ""},
            {**said, "action": {"procedure": 5}},
        ):
            payload = canonical(forged)
            assert finding([*before, (payload, STORED[-1][1], digest(payload))]) == (Damage.CHANGED, 50)
        for payload in (b"", b"{}", b"[]", b"\xff", b"[" * 100_000, STORED[-1][0] + b" "):
            assert finding([*before, (payload, None, digest(payload))]) == (Damage.CHANGED, 50)
            assert not looked([(payload, None, digest(payload))]).sound

    def test_a_kind_that_is_not_known(self) -> None:
        """A kind of a later release is no proof of tampering; the report says that it cannot be checked."""
        forged = resealed(ENTRIES[-1], kind="sing")
        assert finding([*STORED[:-1], forged]) == (Damage.UNKNOWN, 50)

    def test_an_effect_that_was_forged(self) -> None:
        """An effect that its action does not bring about."""
        forged = resealed(ENTRIES[2], effect={"outcome": "x"})
        assert finding([*STORED[:2], forged]) == (Damage.CHANGED, 3)

    def test_a_private_value_that_is_not_the_sealed_one(self) -> None:
        """A value or a salt exchanged, taken from another entry, or written in another form."""
        index = next(number for number, entry in enumerate(ENTRIES) if number and entry.sealed)
        payload, private, claimed = STORED[index]
        held = msgspec.json.decode(private)
        path = next(iter(held))
        forms = [
            canonical({**held, path: {**held[path], "value": "somebody else"}}),
            canonical({**held, path: {**held[path], "salt": "00" * 16}}),
            canonical({**held, "more": held[path]}),
            b" " + private,
            private.upper(),
            b"",
            STORED[0][1],
            "text",
        ]
        for form in forms:
            bent = [*STORED[:index], (payload, form, claimed), *STORED[index + 1 :]]
            assert finding(bent) == (Damage.CHANGED, index + 1)

    def test_the_first_is_named(self) -> None:
        """Where several things are wrong, the first is named, of whatever kind the others are."""
        index = next(number for number, entry in enumerate(ENTRIES) if number and entry.sealed)
        payload, _, claimed = STORED[index]
        bent = [*STORED[:index], (payload, b"{}x", claimed), *STORED[index + 1 :]]
        assert finding([*bent[:40], *bent[41:]]) == (Damage.CHANGED, index + 1)
        odd = (payload, b" " + (STORED[index][1] or b""), claimed)
        last = resealed(ENTRIES[-1], kind="sing")
        assert finding([*STORED[:index], odd, *STORED[index + 1 : -1], last]) == (Damage.CHANGED, index + 1)

    def test_fields_of_entries(self) -> None:
        """A field of an entry that was exchanged in memory, of its kind or not."""
        wrong: dict[str, list[Any]] = {
            "number": [51, 0, None, "1"],
            "at": [START, None],
            "recorded_at": [START, None],
            "by": ["x", 5],
            "action": [Note("x"), None, Note],
            "effect": [Effect(outcome="x"), None],
            "previous": ["0" * 63, None],
            "digest": ["0" * 64, None, 5],
            "payload": [b"", None, "x"],
            "key": ["k", 5],
            "rehearsal": [True, None, 5],
            "older": [Older(1, None), Older(2, None), Older("1", "x"), 5],
            "sealed": [None, 5, (5,), (Seal("x", None),), (Seal("x", 5),), (Seal(5, None),)],
        }
        assert wrong.keys() == set(Entry.__struct_fields__)
        for index in (20, 49):
            for field, values in wrong.items():
                for value in values:
                    changed = msgspec.structs.replace(ENTRIES[index], **{field: value})
                    report = looked([*ENTRIES[:index], changed, *ENTRIES[index + 1 :]])
                    assert (report.damage, report.number) == (Damage.CHANGED, index + 1), (field, value)


class TestDefinition:
    """What a record refers to cannot be exchanged either."""

    def test_another_part(self) -> None:
        """A procedure or roll that is gone, or was exchanged for another, is found at the entry that refers to it."""
        for claimed, part in LONG.parts.items():
            others: list[Any] = [None, "x", next(each for each in LONG.parts.values() if each is not part)]
            if part == LONG.procedure:
                others.append(attrs.evolve(catalogue.yizheng.COURTYARD, id="other"))
            for other in others:
                assert verify(STORED, parts={**LONG.parts, claimed: other}).damage is Damage.PART
            lacking = {digest: kept for digest, kept in LONG.parts.items() if digest != claimed}
            report = verify(RECORDS, parts=lacking)
            assert (report.damage, report.number) == (Damage.PART, 1)
            assert claimed in report.detail

    def test_a_part_under_a_wrong_name(self) -> None:
        """What nobody refers to is not looked at."""
        assert verify(STORED, parts={**LONG.parts, "x": LONG.procedure}).sound


class TestTail:
    """A chain alone cannot show a cut tail (traps 109, 110); a leaf of a checkpoint shows it."""

    def test_without_a_leaf(self) -> None:
        """The first entries of a record are a sound record."""
        assert all(looked(STORED[:length]).sound for length in range(1, 50, 12))

    def test_a_cut_tail(self, form: list[Any]) -> None:
        """However much was cut, it is found, and told apart from everything else; so is a record that is gone."""
        leaf = leaf_of(LONG)
        for length in range(1, 50):
            assert finding(form[:length], leaf=leaf) == (Damage.CUT, length + 1)
        assert finding([], leaf=leaf) == (Damage.DROPPED, 1)
        assert finding(form, leaf=leaf) == (None, None)

    def test_what_was_added_since(self, form: list[Any]) -> None:
        """A record that only grew since is sound."""
        for version in range(1, 51, 7):
            assert looked(form, leaf=leaf_of(LONG, version)).sound

    def test_a_tail_written_anew(self) -> None:
        """A tail that was cut and gone on with otherwise is found where the checkpoint looked."""
        part = Case.replay(ENTRIES[:30])
        other = part
        for number in range(20):
            other = other.act(Note(f"改写 {number}"), at=other.entries[-1].recorded_at, by="sec-1", salt=b"2" * 16)
        assert looked(other.entries).sound
        assert finding(other.entries, leaf=leaf_of(LONG)) == (Damage.RESEALED, 50)
        assert finding(other.entries, leaf=leaf_of(LONG, 31)) == (Damage.RESEALED, 31)
        assert looked(other.entries, leaf=leaf_of(LONG, 30)).sound

    def test_another_record(self) -> None:
        """The leaf of another case is not that of this one."""
        leaf = attrs.evolve(leaf_of(LONG), stream="2026-008")
        assert finding(ENTRIES, leaf=leaf) == (Damage.ANOTHER, 1)

    def test_what_is_wrong_by_itself_comes_first(self) -> None:
        """A record that does not hold is not held against a leaf."""
        assert finding([*STORED[:10], *STORED[11:30]], leaf=leaf_of(LONG)) == (Damage.REMOVED, 11)


class TestArguments:
    """A record that does not hold raises nothing; an argument that is none does."""

    def test_hopeless_arguments(self) -> None:
        """What is no list, no kinds, no parts and no leaf."""
        for wrong in (None, 5, "entries", {}):
            with pytest.raises(InvalidType):
                verify(wrong)
        for others in ({"kinds": 5}, {"leaf": 5}, {"leaf": b"x"}):
            with pytest.raises(InvalidType):
                looked(STORED, **others)
        with pytest.raises(InvalidValue):
            verify(STORED, parts=[1])
        with pytest.raises(InvalidType, match="hand in parts"):
            verify(STORED)

    def test_kinds_of_ones_own(self) -> None:
        """They are handed in for what is not yet read."""
        assert looked(STORED, kinds=Kinds()).sound


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a batch and two matters."""
    path = tmp_path / "community.db"
    with SQLiteStore(path) as store:
        with_batch(store)
    return path


@pytest.fixture
def docket(file: Path) -> Iterator[Docket]:
    """The docket over the file."""
    with Docket(SQLiteStore(file)) as made:
        yield made


def change(file: Path, statement: str, *values: Any) -> None:
    """What somebody does to the file with other tools."""
    with closing(sqlite3.connect(file)) as database, database:
        assert database.execute(statement, values).rowcount


class TestInAStore:
    """``docket.verify`` looks through what the store keeps, and relies on nothing that was read before."""

    @pytest.mark.parametrize(
        ("statement", "damage", "number"),
        [
            ("UPDATE records SET payload = payload || ' ' WHERE stream = 'a' AND version = 2", Damage.CHANGED, 2),
            ("UPDATE records SET moment = 'x' WHERE stream = 'a' AND version = 2", Damage.CHANGED, 2),
            ("UPDATE records SET kind = 'x' WHERE stream = 'a' AND version = 3", Damage.CHANGED, 3),
            ("UPDATE records SET kind = 'note' WHERE stream = 'a' AND version = 2", Damage.CHANGED, 2),
            ("UPDATE records SET private = NULL || 'x' WHERE stream = 'a' AND version = 2", None, None),
            ("UPDATE records SET private = x'7b7d' WHERE stream = 'a' AND version = 1", None, None),
            ("UPDATE records SET key = 'x' WHERE stream = 'a' AND version = 1", Damage.CHANGED, 1),
            ("DELETE FROM records WHERE stream = 'a' AND version = 2", Damage.REMOVED, 2),
            ("DELETE FROM records WHERE stream = 'a' AND version = 1", Damage.REMOVED, 1),
            ("DELETE FROM parts_of WHERE stream = 'a'", Damage.PART, 1),
            ("UPDATE parts SET content = content || ' '", Damage.PART, 1),
            ("UPDATE parts SET content = x'00'", Damage.PART, 1),
            ("UPDATE records SET payload = payload || ' ' WHERE stream = 'batch-1' AND version = 2", Damage.PART, 2),
            ("DELETE FROM records WHERE stream = 'batch-1'", Damage.PART, 2),
            ("DELETE FROM records WHERE stream = 'b'", None, None),
        ],
    )
    def test_it_is_found(
        self, file: Path, docket: Docket, statement: str, damage: Damage | None, number: int | None
    ) -> None:
        """Whatever was done to the file, at the entry where it shows; and though the case was read before."""
        assert docket.case("a").version == 3
        assert docket.verify("a").sound
        change(file, statement)
        report = docket.verify("a")
        assert (report.damage, report.number, report.stream) == (damage, number, "a")
        assert report.explain("zh").startswith("a：")
        assert report.explain("en").startswith("a: ")

    def test_no_such_case(self, docket: Docket) -> None:
        """A record that is not there is no finding: only a checkpoint knows that it was there."""
        with pytest.raises(NoSuchCase):
            docket.verify("c")


class TestLooksDoNotDependOnLength:
    """The words of a report can be read in both languages, for each kind of damage."""

    @pytest.mark.parametrize("damage", Damage)
    def test_the_words(self, damage: Damage) -> None:
        """Chinese words in Chinese, English ones in English, and the numbers in both."""
        report = Report(entries=9, damage=damage, number=3, other=7)
        chinese, english = report.explain("zh"), report.explain("en")
        assert english.isascii()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
        assert ("3" in chinese) == ("3" in english)
        assert ("7" in chinese) == ("7" in english)
        assert not report.sound


def test_a_case_as_it_is_opened() -> None:
    """A record of one entry, whose only part is its procedure and its rolls."""
    case = courtyard()
    parts: dict[str, Kept] = dict(case.parts)
    record: Record = records(case)[0]
    assert verify([record], parts=parts).sound
