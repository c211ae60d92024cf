"""The record: replay, and every way of tampering with it that can be found from the record itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import START, allowance, allowance_steps, courtyard, courtyard_steps, day, solicited, take
from yizheng import Case, catalogue
from yizheng.canonical import canonical, digest
from yizheng.case import Entry, Older, Seal, read_entry
from yizheng.errors import BrokenRecord, InvalidType, YizhengError
from yizheng.procedure import Kinds
from yizheng.stages import CastBallot, Effect, Note

WHOLE = take(courtyard(), courtyard_steps())
RECORD = tuple(WHOLE.entries)
SHORT = take(courtyard(), solicited()[:3])
OTHER = take(
    courtyard(at=START - timedelta(days=1)),
    [attrs.evolve(step, at=step.at + timedelta(minutes=1)) for step in solicited()],
)
FOREIGN = take(allowance(), allowance_steps())


def read(entry: Entry, payload: bytes | None = None, private: bytes | None = None, number: int | None = None) -> Entry:
    """An entry, read from its bytes, or from others under their own digest."""
    stored = entry.payload if payload is None else payload
    held = canonical(entry.private()) if private is None and entry.seals else private
    return read_entry(stored, held, claimed=digest(stored), kinds=Kinds(), parts=WHOLE.parts, number=number)


class TestReplay:
    """A case is nothing but its record: replaying it gives the same case."""

    @pytest.mark.parametrize("case", [WHOLE, FOREIGN, SHORT], ids=["courtyard", "allowance", "short"])
    def test_every_prefix_is_a_case(self, case: Case) -> None:
        """Each prefix of a record is the case as it stood then, and going on from it gives the next."""
        for length in range(1, case.version + 1):
            part = Case.replay(case.entries[:length])
            assert part.version == length
            assert part.digest == case.entries[length - 1].digest
        assert part == case
        assert (part.state, part.dossier, part.progress, part.parts) == (
            case.state,
            case.dossier,
            case.progress,
            case.parts,
        )

    def test_a_replayed_case_goes_on(self) -> None:
        """A replayed case accepts, refuses and offers what the case itself does."""
        case, replayed = SHORT, Case.replay(SHORT.entries)
        assert replayed.options() == case.options()
        assert replayed.due(day(9)) == case.due(day(9))
        step = solicited()[3]
        assert replayed.act(step.action, at=step.at, by=step.by, salt=b"1" * 16) == case.act(
            step.action, at=step.at, by=step.by, salt=b"1" * 16
        )

    def test_any_iterable_is_a_record(self) -> None:
        """A record may come as a tuple, a list or an iterator."""
        assert Case.replay(list(RECORD)) == Case.replay(iter(RECORD)) == WHOLE

    def test_entries_come_back_from_their_bytes(self) -> None:
        """Every entry of a whole case is read from its bytes as it was."""
        for case in (WHOLE, FOREIGN):
            read_back = [
                read_entry(
                    entry.payload,
                    canonical(entry.private()) if entry.sealed else None,
                    claimed=entry.digest,
                    kinds=Kinds(),
                    parts=case.parts,
                    number=entry.number,
                )
                for entry in case.entries
            ]
            assert tuple(read_back) == tuple(case.entries)
            assert Case.replay(read_back) == case

    def test_the_public_part_is_plain(self) -> None:
        """The public part of an entry is plain data, whose canonical bytes are the payload."""
        for entry in RECORD:
            assert canonical(entry.public_data()) == entry.payload
            assert entry.public_data()["number"] == entry.number

    @pytest.mark.parametrize("seed", ["1", "4711"])
    def test_digests_do_not_depend_on_the_process(self, seed: str, request: pytest.FixtureRequest) -> None:
        """Another process with another hash seed comes to the same record, byte for byte (row R23)."""
        tests = request.config.rootpath / "tests"
        program = "from walks import *; print(take(courtyard(), courtyard_steps()).digest)"
        path = os.pathsep.join([str(tests), str(Path(catalogue.__file__).parents[2])])
        done = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == WHOLE.digest


class TestWhatIsNoRecord:
    """What is no record is refused with an error of ours."""

    def test_nothing(self) -> None:
        """A record begins with its opening."""
        with pytest.raises(BrokenRecord, match="begins with its opening"):
            Case.replay([])

    @pytest.mark.parametrize("entries", [["entry"], [None], [RECORD[0], RECORD[1].payload], [Note("x")]])
    def test_no_entries(self, entries: list[Any]) -> None:
        """A record holds entries and nothing else."""
        with pytest.raises(InvalidType, match="a record holds entries"):
            Case.replay(entries)

    @pytest.mark.parametrize("entries", [None, 5, WHOLE])
    def test_no_iterable(self, entries: Any) -> None:
        """What is no list of entries is refused."""
        with pytest.raises(InvalidType):
            Case.replay(entries)


def assert_found(entries: list[Entry]) -> BrokenRecord:
    """The tampering is found, and the first entry that does not hold is named."""
    with pytest.raises(BrokenRecord) as raised:
        Case.replay(entries)
    assert raised.value.number is not None
    return raised.value


OTHERWISE: dict[str, Callable[[Entry], list[Any]]] = {
    "number": lambda e: [e.number + 1, e.number - 1, 0, -1, True, None, str(e.number)],
    "at": lambda e: [e.at + timedelta(microseconds=1), e.at - timedelta(days=1), e.at.replace(tzinfo=None), None],
    "recorded_at": lambda e: [e.recorded_at + timedelta(microseconds=1), e.recorded_at.replace(tzinfo=None), None],
    "by": lambda _: ["somebody else", "", 5],
    "action": lambda e: [Note("tampered"), RECORD[(e.number + 5) % len(RECORD)].action, CastBallot("for"), None],
    "effect": lambda e: [
        attrs.evolve(e.effect, outcome="carried" if e.effect.outcome != "carried" else "lost"),
        attrs.evolve(e.effect, ref="z9"),
        attrs.evolve(e.effect, due={"x": e.at}),
        attrs.evolve(e.effect, carried={"accounts": "x"}),
        Effect(outcome="x"),
        None,
    ],
    "previous": lambda e: ["f" * 64, e.digest, e.previous.upper() + "x", "", None],
    "digest": lambda e: ["f" * 64, e.previous, "", e.digest + "0", None],
    "payload": lambda e: [b"", b"{}", e.payload + b" ", e.payload[:-1], RECORD[e.number % len(RECORD)].payload, None],
    "key": lambda _: ["retry", "", 5],
    "rehearsal": lambda e: [not e.rehearsal, None, "yes"],
    "older": lambda _: [Older(1, None), Older(1, b"{}"), Older(2, None), "1", 1],
    "sealed": lambda e: [
        (*e.sealed, Seal("more", b"0" * 16)),
        (*e.sealed, Seal("more", None)),
        tuple(Seal(path, b"1" * 16) for path in e.seals) or (Seal("x", b""),),
        () if e.sealed else (Seal("by", b"0" * 16),),
    ],
}


class TestTamperedFields:
    """No field of an entry can be changed without being found."""

    def test_every_field_is_tried(self) -> None:
        """The table of this test knows every field of an entry."""
        assert OTHERWISE.keys() == set(Entry.__struct_fields__)

    @pytest.mark.parametrize("field", OTHERWISE)
    def test_it_is_found(self, field: str) -> None:
        """Whichever field of whichever entry is changed, replay says so, and at which entry."""
        for index, entry in enumerate(RECORD):
            for value in OTHERWISE[field](entry):
                changed = msgspec.structs.replace(entry, **{field: value})
                if changed == entry:
                    continue
                with pytest.raises(BrokenRecord):
                    Case.replay([*RECORD[:index], changed, *RECORD[index + 1 :]])

    def test_every_field_of_every_action_is_found(self) -> None:
        """A field of an action that is replaced by that of another entry of its kind is found."""
        for index, entry in enumerate(RECORD):
            for field in attrs.fields(type(entry.action)):
                for other in RECORD:
                    value = getattr(other.action, field.name, None)
                    if type(other.action) is not type(entry.action) or value == getattr(entry.action, field.name):
                        continue
                    changed = msgspec.structs.replace(entry, action=attrs.evolve(entry.action, **{field.name: value}))
                    assert_found([*RECORD[:index], changed, *RECORD[index + 1 :]])

    def test_a_private_value_is_not_taken_out_silently(self) -> None:
        """A private value that was taken out is said to be withheld; while its seal says it is here, it must be."""
        entry = SHORT.entries[3]
        assert entry.action.author == "1-102"
        changed = msgspec.structs.replace(entry, action=attrs.evolve(entry.action, author=None))
        assert_found([*SHORT.entries[:3], changed])
        own = SHORT.entries[2]
        assert own.by == "1-101"
        assert_found([*SHORT.entries[:2], msgspec.structs.replace(own, by=None), entry])

    def test_a_private_value_is_not_put_in(self) -> None:
        """A value beside a seal that was withheld is found: nobody can put words into a redacted record."""
        public = list(SHORT.redacted())
        entry = public[3]
        public[3] = msgspec.structs.replace(entry, action=attrs.evolve(entry.action, author="1-109"))
        assert_found(public)

    def test_a_forged_effect_is_found(self) -> None:
        """A vote that was carried stays carried: another effect does not belong to the payload."""
        index = next(i for i, entry in enumerate(RECORD) if entry.effect.ruling is not None)
        lost = msgspec.structs.replace(RECORD[index], effect=attrs.evolve(RECORD[index].effect, outcome="lost"))
        assert assert_found([*RECORD[:index], lost, *RECORD[index + 1 :]]).number == index + 1


def positions() -> st.SearchStrategy[int]:
    """The places of the entries in the record."""
    return st.integers(0, len(RECORD) - 1)


class TestTamperedOrder:
    """No entry can be taken out, doubled, moved or brought in without being found."""

    @given(positions())
    def test_one_is_dropped(self, index: int) -> None:
        """A record without one of its entries is found (the last alone is a cut tail, see below)."""
        entries = [*RECORD[:index], *RECORD[index + 1 :]]
        if index < len(RECORD) - 1:
            assert assert_found(entries).number == index + 1

    @given(positions(), positions())
    def test_two_are_swapped(self, left: int, right: int) -> None:
        """Two entries that changed places are found."""
        entries = list(RECORD)
        entries[left], entries[right] = entries[right], entries[left]
        if left != right:
            assert assert_found(entries).number == min(left, right) + 1

    @given(positions(), st.integers(0, len(RECORD)))
    def test_one_is_doubled(self, index: int, place: int) -> None:
        """An entry that stands twice, wherever, is found."""
        assert_found([*RECORD[:place], RECORD[index], *RECORD[place:]])

    @given(st.integers(1, len(RECORD)))
    def test_the_head_is_cut(self, length: int) -> None:
        """A record that does not begin with its opening is found."""
        with pytest.raises(BrokenRecord):
            Case.replay(RECORD[length:])

    @given(st.data())
    def test_one_comes_from_another_case(self, data: st.DataObject) -> None:
        """An entry of another case, in the place of one of this one, is found, though it is sound in itself."""
        other = data.draw(st.sampled_from([OTHER, FOREIGN]))
        index = data.draw(st.integers(0, min(other.version, WHOLE.version) - 2))
        entries = [*RECORD[:index], other.entries[index], *RECORD[index + 1 :]]
        assert_found(entries)

    @given(st.data())
    def test_the_rest_comes_from_another_case(self, data: st.DataObject) -> None:
        """A record that goes on as another one is found at the seam."""
        index = data.draw(st.integers(1, OTHER.version - 1))
        assert assert_found([*RECORD[:index], *OTHER.entries[index:]]).number == index + 1

    def test_one_is_brought_in(self) -> None:
        """A new entry, made by our own means on an earlier state, cannot be brought in between."""
        for index in range(1, len(RECORD)):
            earlier = Case.replay(RECORD[:index])
            if earlier.stage is None:
                continue
            brought = earlier.act(Note("brought in"), at=RECORD[index - 1].recorded_at, by="sec-1").entries[-1]
            assert_found([*RECORD[:index], brought, *RECORD[index:]])

    def test_one_is_renumbered(self) -> None:
        """Renumbering what follows a gap does not close it."""
        entries = [
            msgspec.structs.replace(entry, number=number) for number, entry in enumerate(RECORD[:5] + RECORD[6:], 1)
        ]
        assert_found(entries)

    def test_a_cut_tail_is_not_found(self) -> None:
        """A record whose tail was cut is a sound shorter record: only a last digest that is kept elsewhere shows it."""
        cut = Case.replay(RECORD[:-3])
        assert cut.version == WHOLE.version - 3
        assert cut.digest != WHOLE.digest

    def test_nothing_follows_the_end(self) -> None:
        """A sound entry after the end of a case does not belong to it."""
        over = msgspec.structs.replace(WHOLE.entries[-1], number=WHOLE.version + 1)
        assert_found([*RECORD, over])


def resealed(entries: list[Entry], start: int, change: Callable[[dict[str, Any]], Any]) -> list[Entry]:
    """A record forged from an entry on, by somebody who reckons all the digests that follow anew."""
    forged = list(entries[:start])
    for index, entry in enumerate(entries[start:], start):
        data = json.loads(entry.payload)
        data["previous"] = forged[-1].digest if forged else data["previous"]
        if index == start:
            change(data)
        forged.append(read(entry, payload=canonical(data)))
    return forged


class TestForgedRecords:
    """Who reckons all digests anew makes another record; it must still be one that the procedure could lead to."""

    def test_an_act_out_of_place(self) -> None:
        """A forged record in which an act stands where nothing leads to it is found."""
        closing = {**json.loads(RECORD[7].payload), "number": 2, "previous": RECORD[0].digest}
        early = read(RECORD[7], payload=canonical(closing))
        assert "nothing leads from solicit.waiting" in str(assert_found([RECORD[0], early]))

    def test_an_outcome_out_of_place(self) -> None:
        """A forged record in which a stage ends by an outcome that it does not have is found."""
        index = next(i for i, entry in enumerate(RECORD) if entry.effect.outcome)
        forged = resealed(list(RECORD), index, lambda data: data["effect"].update(outcome="satisfied"))
        assert "has no outcome satisfied" in str(assert_found(forged))

    def test_an_act_after_the_end(self) -> None:
        """A forged entry after the end is found."""
        note = SHORT.act(Note("x"), at=day(300), by="sec-1").entries[-1]
        data = {**json.loads(note.payload), "number": WHOLE.version + 1, "previous": WHOLE.digest}
        late = read(note, payload=canonical(data))
        assert assert_found([*RECORD, late]).number == WHOLE.version + 1

    def test_an_effect_that_lacks_what_its_action_promises(self) -> None:
        """A forged entry whose effect does not say what its action brings about is found."""
        forged = resealed(list(RECORD[:2]), 1, lambda data: data.update(effect={}))
        assert assert_found(forged).number == 2

    def test_a_record_that_does_not_open(self) -> None:
        """A forged first entry that is no opening is found."""
        first = {**json.loads(RECORD[1].payload), "number": 1, "previous": "0" * 64}
        assert "begins with its opening" in str(assert_found([read(RECORD[1], payload=canonical(first))]))

    def test_another_digest_follows(self) -> None:
        """A forged record ends with another digest than the true one, which is what a checkpoint shows."""
        forged = resealed(list(RECORD), 3, lambda data: data["action"].update(text={"zh": "x", "en": "x"}))
        assert Case.replay(forged).digest != WHOLE.digest


def flips(data: bytes) -> Iterator[bytes]:
    """The bytes, with each of their bits flipped in turn."""
    for index in range(len(data)):
        for bit in range(8):
            yield data[:index] + bytes([data[index] ^ 1 << bit]) + data[index + 1 :]


class TestStoredRecords:
    """``Case.read`` is replay for bytes: it finds the same."""

    def stored(self, case: Case) -> list[Any]:
        """The bytes of a record, entry by entry."""
        return [
            (entry.payload, canonical(entry.private()) if entry.sealed else None, entry.digest)
            for entry in case.entries
        ]

    def test_it_is_the_case(self) -> None:
        """A case read from its bytes is the case, in every state on its way."""
        for length in range(1, WHOLE.version + 1):
            read_back = Case.read(self.stored(WHOLE)[:length], kinds=Kinds(), parts=WHOLE.parts)
            assert read_back == Case.replay(RECORD[:length])
        assert (read_back.state, read_back.progress, read_back.dossier) == (WHOLE.state, WHOLE.progress, WHOLE.dossier)

    def test_what_is_dropped_swapped_or_doubled_is_found(self) -> None:
        """Bytes that were taken out, moved, doubled or brought in are found, and the first that does not hold is named."""
        stored = self.stored(SHORT)
        other = self.stored(OTHER)
        for tampered in (
            stored[1:],
            [stored[0], *stored[2:]],
            [stored[1], stored[0], *stored[2:]],
            [*stored, stored[-1]],
            [stored[0], stored[0], *stored[1:]],
            [stored[0], other[1], *stored[2:]],
            [*stored[:2], *other[2:]],
        ):
            with pytest.raises(BrokenRecord) as raised:
                Case.read(tampered, kinds=Kinds(), parts={**SHORT.parts, **OTHER.parts})
            assert raised.value.number is not None

    def test_parts_are_held_against_their_digests(self) -> None:
        """A roll under another digest than its own is found before anything is read."""
        owners = next(part for part in SHORT.parts if part != SHORT.procedure.digest)
        mixed = {**SHORT.parts, owners: SHORT.procedure}
        with pytest.raises(BrokenRecord, match="does not have its digest"):
            Case.read(self.stored(SHORT), kinds=Kinds(), parts=mixed)

    def test_nothing_is_no_record(self) -> None:
        """A record begins with its opening."""
        with pytest.raises(BrokenRecord, match="begins with its opening"):
            Case.read([], kinds=Kinds(), parts={})


class TestFlippedBits:
    """Every bit of a stored record matters (row R15)."""

    def test_of_the_payload(self) -> None:
        """Each bit of each payload of a short record, flipped, is found when the entry is read."""
        for entry in SHORT.entries:
            for flipped in flips(entry.payload):
                with pytest.raises(BrokenRecord) as raised:
                    read_entry(
                        flipped, None, claimed=entry.digest, kinds=Kinds(), parts=SHORT.parts, number=entry.number
                    )
                assert raised.value.number == entry.number

    def test_of_the_private_values(self) -> None:
        """Each bit of the private values and salts, flipped, is found or means the same (as ``a`` and ``A`` in a salt)."""
        for entry in SHORT.entries:
            if not entry.sealed:
                continue
            for flipped in flips(canonical(entry.private())):
                try:
                    changed = read(entry, private=flipped)
                except YizhengError:
                    continue
                assert changed == entry

    def test_of_the_parts(self) -> None:
        """Each byte of a roll, changed, gives another digest than the one that the record names."""
        for name, kept in SHORT.parts.items():
            stored = canonical(kept.to_data())
            assert digest(stored) == name
            assert all(digest(flipped) != name for flipped in flips(stored[:200]))


class TestReading:
    """An entry is read only as what it says it is."""

    def test_the_digest_must_be_its_own(self) -> None:
        """A payload under another digest is found."""
        entry = RECORD[1]
        with pytest.raises(BrokenRecord, match="does not have the digest"):
            read_entry(entry.payload, None, claimed="0" * 64, kinds=Kinds(), parts={}, number=2)

    def test_the_number_must_be_the_one_asked_for(self) -> None:
        """An entry that says another number is found, and without a number it is read as it says."""
        entry = RECORD[1]
        with pytest.raises(BrokenRecord, match="says that it is entry 2"):
            read_entry(entry.payload, None, claimed=entry.digest, kinds=Kinds(), parts={}, number=3)
        assert read_entry(entry.payload, None, claimed=entry.digest, kinds=Kinds(), parts={}).number == 2

    def test_the_parts_must_be_there(self) -> None:
        """An opening whose rolls are not kept with it is found, with the roll's digest."""
        entry = RECORD[0]
        with pytest.raises(BrokenRecord, match="is not kept with the record"):
            read_entry(entry.payload, None, claimed=entry.digest, kinds=Kinds(), parts={}, number=1)

    def test_a_part_must_be_of_its_kind(self) -> None:
        """A roll where a procedure belongs is found."""
        entry = RECORD[0]
        procedure = WHOLE.procedure.digest
        rolls = {name: WHOLE.parts[next(iter(WHOLE.parts.keys() - {procedure}))] for name in WHOLE.parts}
        with pytest.raises(BrokenRecord, match="is not kept with the record"):
            read_entry(entry.payload, None, claimed=entry.digest, kinds=Kinds(), parts=rolls, number=1)

    def test_a_private_value_must_be_the_sealed_one(self) -> None:
        """Another value, another salt, or a value at a path that was never sealed is found."""
        entry = SHORT.entries[3]
        held = entry.private()
        for changed in (
            {"author": {**held["author"], "value": "1-103"}},
            {"author": {**held["author"], "salt": "00" * 16}},
            {**held, "phone": held["author"]},
        ):
            with pytest.raises(BrokenRecord, match="not the one that was sealed") as raised:
                read(entry, private=canonical(changed), number=entry.number)
            assert raised.value.number == entry.number

    def test_part_of_the_private_values_may_be_withheld(self) -> None:
        """Each private value can be withheld by itself, and the entry says which are."""
        entry = RECORD[0]
        assert entry.withheld == frozenset()
        bare = read_entry(entry.payload, b"{}", claimed=entry.digest, kinds=Kinds(), parts=WHOLE.parts, number=1)
        assert bare.withheld == {"matter.private.phone"}
        assert bare.private() == {}
        assert bare.action.matter.private == {}
