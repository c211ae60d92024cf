"""Row R24: what each release has written, every later one opens, verifies, and judges the same. ``README.md`` tells the files."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from kept.forms import complaints, forms, row
from kept.write import every_case, finds, sums, told, verdicts
from walks import day
from yizheng import Case, Docket, Procedure, Text, __version__
from yizheng.canonical import canonical, digest, encoded
from yizheng.codec import effect_data, split
from yizheng.procedure import Kinds
from yizheng.proofs import Checkpoint, Receipt, TreeHead, verify
from yizheng.rules import rules_from_toml
from yizheng.rules import to_data as rule_data
from yizheng.stages import Note
from yizheng.store import MemoryStore, Record, SQLiteStore, Store, Write

HERE = Path(__file__).parent
RELEASES = sorted(path.parent for path in HERE.glob("*/expected.json"))
UNRELEASED = "0.1.0"
"""The release that is not out yet; ``None`` once it is. Its folder may be written anew, those of all others never."""

pytestmark = pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)


def rows(release: Path, name: str) -> list[Any]:
    """A file of JSON lines."""
    return [json.loads(line) for line in (release / name).read_text("utf-8").splitlines()]


def expected(release: Path) -> dict[str, Any]:
    """What the release said that it came to."""
    return json.loads((release / "expected.json").read_text("utf-8"))


def from_lines(release: Path, entries: list[Any] | None = None) -> Store:
    """A store that is made of the JSON lines, as a program in another language might have kept them."""
    store, after = MemoryStore(), dict[str, int]()
    parts = {row["digest"]: row["content"].encode() for row in rows(release, "parts.jsonl")}
    for row_ in rows(release, "entries.jsonl") if entries is None else entries:
        said = json.loads(row_["payload"])
        before = after.setdefault(row_["stream"], 0)
        record = Record(
            stream=row_["stream"],
            version=before + 1,
            kind=said["kind"],
            kind_version=said["version"],
            moment=datetime.fromisoformat(said["recorded_at"]),
            payload=row_["payload"].encode(),
            private=None if row_["private"] is None else row_["private"].encode(),
            digest=row_["digest"],
            key=said["key"],
        )
        store.append(Write(stream=record.stream, expected=before, records=[record], parts=parts))
        after[row_["stream"]] += 1
    return store


@pytest.fixture
def store(release: Path, tmp_path: Path) -> Iterator[Store]:
    """The SQLite file of a release, as a copy: opening writes beside it."""
    shutil.copy(release / "docket.sqlite", tmp_path)
    with SQLiteStore(tmp_path / "docket.sqlite") as opened:
        yield opened


class TestFiles:
    """The files are those that the release has written."""

    def test_no_byte_has_changed(self, release: Path) -> None:
        """Every file has its digest, and none was added."""
        assert (release / "SHA256SUMS").read_text("utf-8") == sums(release)

    def test_any_changed_byte_is_seen(self, release: Path, tmp_path: Path) -> None:
        """If this fails, the test above proves nothing: one bit of any file makes it fail."""
        shutil.copytree(release, tmp_path / "release")
        for path in sorted(each for each in (tmp_path / "release").rglob("*") if each.is_file()):
            whole = path.read_bytes()
            path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
            assert (tmp_path / "release" / "SHA256SUMS").read_bytes() != sums(tmp_path / "release").encode(), path
            path.write_bytes(whole)

    def test_they_are_small(self, release: Path) -> None:
        """What a release leaves behind must stay easy to carry for decades."""
        size = sum(path.stat().st_size for path in release.rglob("*") if path.is_file())
        assert size < 310_000


class TestDocket:
    """The docket opens, verifies, replays to the same verdicts, and goes on."""

    def test_the_file_says_what_it_said(self, release: Path, store: Store) -> None:
        """Every case came to what it came to, and is found where it was."""
        said = expected(release)
        assert {case_id: told(case) for case_id, case in every_case(store).items()} == said["cases"]
        assert finds(store) == said["finds"]

    def test_it_verifies(self, release: Path, store: Store) -> None:
        """Every record is sound, as it is kept and without what is private, and replays to itself."""
        for case_id, case in every_case(store).items():
            assert Docket(store).verify(case_id).sound
            assert Case.replay(case.entries) == case
            assert verify(case.redacted()).sound
        assert set(every_case(store)) == expected(release)["cases"].keys()

    def test_every_verdict_is_come_to_again(self, store: Store) -> None:
        """Each vote, judged anew by the rule and the tally that its entry keeps, has the same ruling, number by number."""
        rulings = [
            each.effect.ruling for case in every_case(store).values() for each in case.entries if each.effect.ruling
        ]
        assert len(rulings) >= 6
        assert all(ruling.rule.judge(ruling.tally) == ruling for ruling in rulings)

    def test_it_goes_on(self, release: Path, store: Store) -> None:
        """A case that was under way takes the next entry, and verifies with it."""
        docket, said = Docket(store), expected(release)["cases"]
        (case_id,) = docket.find(stage="disclose_resolution")
        case = docket.act(case_id, Note("续办"), at=day(200), by="sec-1")
        assert case.entries[-1].previous == said[case_id]["digest"]
        assert docket.verify(case_id).sound

    def test_the_newest_form_is_the_one_that_is_written(self, store: Store) -> None:
        """What an entry of the newest version says, this release writes with the same bytes."""
        for case in every_case(store).values():
            for entry in case.entries:
                if entry.version == entry.action.version:
                    said = entry.public_data()
                    assert encoded(split(entry.action)[0]) == canonical(said["action"])
                    assert encoded(effect_data(entry.effect)) == canonical(said["effect"])


class TestLines:
    """The record as JSON lines says the same as the file."""

    def test_they_say_what_was_said(self, release: Path) -> None:
        """Read from the lines alone, every case came to the same."""
        store, said = from_lines(release), expected(release)["cases"]
        read = {each: Docket(store, rehearsal=said[each]["rehearsal"]).case(each) for each in store.streams()}
        assert {case_id: told(case) for case_id, case in read.items()} == said

    def test_a_changed_bit_is_found(self, release: Path) -> None:
        """In the public part and in the private part of every entry of a case: ``verify`` names the entry."""
        (case_id, *_), tried = expected(release)["cases"], 0
        parts = Docket(from_lines(release)).case(case_id).parts
        lines = [line for line in rows(release, "entries.jsonl") if line["stream"] == case_id]
        stored = [tuple([line[each] and line[each].encode() for each in ("payload", "private")]) for line in lines]
        whole = [(*both, line["digest"]) for both, line in zip(stored, lines, strict=True)]
        assert verify(whole, parts=parts).sound
        for place, (payload, private, claimed) in enumerate(whole):
            bent = [(flipped(payload), private, claimed), *([(payload, flipped(private), claimed)] if private else [])]
            for each in bent:
                report = verify([*whole[:place], each, *whole[place + 1 :]], parts=parts)
                assert (report.sound, report.number) == (False, place + 1)
                tried += 1
        assert tried > len(whole)


def flipped(stored: bytes) -> bytes:
    """The same with one bit changed, in the middle."""
    middle = len(stored) // 2
    return stored[:middle] + bytes([stored[middle] ^ 1]) + stored[middle + 1 :]


class TestDefinitions:
    """Procedures and rules that were kept as data are the same procedures and rules."""

    def test_procedures(self, release: Path) -> None:
        """Each is sound, makes a machine, and has the digest that it had."""
        said = expected(release)["definitions"]
        files = {path.stem: path.read_bytes() for path in (release / "definitions").iterdir()}
        assert files.keys() == said.keys()
        for name, data in files.items():
            procedure = Procedure.from_data(json.loads(data), Kinds())
            assert (procedure.digest, digest(data), procedure.check()) == (said[name], said[name], ())
            assert canonical(procedure.to_data()) == data
            assert procedure.machine().states

    def test_rules(self, release: Path) -> None:
        """Each reads from TOML as it was, and judges the same votes the same way."""
        rules, said = rules_from_toml((release / "rules.toml").read_bytes()), expected(release)["rules"]
        found = {
            name: {"digest": digest(canonical(rule_data(rule))), "verdicts": verdicts(rule)}
            for name, rule in rules.items()
        }
        assert found == said


class TestCheckpoint:
    """What was sealed then holds now."""

    def test_the_records_are_those_that_were_sealed(self, release: Path, store: Store) -> None:
        """None is missing and none was changed, and the root is the one that was published."""
        checkpoint = Checkpoint.from_data(json.loads((release / "checkpoint.json").read_bytes()))
        assert {"root": checkpoint.root, "size": checkpoint.size} == expected(release)["checkpoint"]
        comparison = Docket(store).compare(checkpoint)
        assert comparison.sound
        assert checkpoint.head == TreeHead.from_data(json.loads((release / "head.json").read_bytes()))

    def test_receipts(self, release: Path, store: Store) -> None:
        """Each shows that its record was sealed, to whoever has the head alone."""
        head = TreeHead.from_data(json.loads((release / "head.json").read_bytes()))
        receipts = [Receipt.from_data(data) for data in rows(release, "receipts.jsonl")]
        assert [receipt.leaf.stream for receipt in receipts] == list(store.streams())
        assert all(receipt.holds(head) for receipt in receipts)
        for receipt in receipts:
            assert Docket(store).verify(receipt.leaf.stream).entries == receipt.leaf.version


class TestForms:
    """Nobody changes the stored form of a kind without raising its version."""

    def test_every_kind_has_the_form_that_it_had(self, release: Path) -> None:
        """Or a later version, with a step from the old form to the new, which names the release that introduced it."""
        kept = json.loads((release / "forms.json").read_text("utf-8"))
        assert complaints(kept, forms(), released=release.name != UNRELEASED) == []

    def test_the_newest_folder_knows_every_kind(self, release: Path) -> None:
        """Whoever adds a kind before the release writes the folder anew; afterwards it is another folder."""
        if release.name == __version__:
            assert json.loads((release / "forms.json").read_text("utf-8")) == forms()

    def test_a_changed_form_is_seen(self, release: Path) -> None:
        """If this fails, the tests above prove little: each way in which a form can change is told."""
        kept = json.loads((release / "forms.json").read_text("utf-8"))

        @attrs.frozen
        class Longer(Note):
            kind: ClassVar[str] = "note"
            about: str | None = None

        @attrs.frozen
        class Private(Note):
            text: Text = attrs.field(metadata={"private": True})  # type: ignore[misc]

        class Second(Longer):
            version: ClassVar[int] = 2

        class Introduced(Second):
            introduced: ClassVar[str] = "0.2.0"

        def found(change: Any) -> list[str]:
            now = copy.deepcopy(kept)
            change(now)
            return complaints(kept, now)

        def note(kind: Any) -> list[str]:
            return found(lambda now: now["actions"].update(note=row(kind, {})))

        assert found(lambda _: None) == note(Note) == note(Introduced) == []
        assert (
            note(Longer)
            == note(Private)
            == ["note has another form than version 1 of it; raise its version, and give a step"]
        )
        assert note(Second) == ["version 2 of note does not say which release introduced it"]
        assert found(lambda now: now["stages"].pop("hearing")) == [
            "hearing is gone; a kind that was released is known for ever"
        ]
        assert len(found(lambda now: now["actions"].update(later=row(Note, {})))) == 1
        assert len(found(lambda now: now["actions"]["note"].update(version=0))) == 1
        assert found(lambda now: now["growing"]["Effect"].update(more="str")) == [
            "Effect.more is new and is not left out"
        ]
        assert found(lambda now: now["growing"]["Effect"].update(more="nothing | str, or left out")) == []
        assert found(lambda now: now["growing"]["Roll"].pop("on")) == ["Roll.on is not what it was"]
