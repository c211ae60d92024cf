"""Old versions of stored kinds are read through small steps, and stay in the record as they were written."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import attrs
import msgspec
import pytest
from msgspec import structs

from walks import START, day
from yizheng import Case, Docket, Matter, Procedure, __version__, errors
from yizheng.canonical import canonical, digest
from yizheng.case import Entry, read_entry
from yizheng.docket.records import record_of
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, UnknownKind
from yizheng.procedure import Kinds
from yizheng.proofs import Damage, Leaf, verify
from yizheng.record import minutes
from yizheng.stages import Note
from yizheng.stages.base import WITHHELD
from yizheng.store import MemoryStore, Record, Write

from .kinds import ROLL, asked_2, asked_3, asking, procedure, release, rounds_2, rounds_3

FIRST, SECOND, THIRD = release(1), release(2), release(3)


def docket(of: Any, store: MemoryStore) -> Docket:
    """A docket as one release of the program opens it, whose salts are counted."""
    numbers = itertools.count(1)
    return Docket(store, kinds=[of.canvass], draw=lambda size: next(numbers).to_bytes(size, "big"))


def written(by: Any = FIRST, more: int = 1) -> MemoryStore:
    """A store with the record of one case: an opening, canvasses, a note."""
    store = MemoryStore()
    with_it = docket(by, store)
    with_it.open(Matter("a", title="走访", category="canvass"), procedure(by), {}, {"clerk": {"c"}}, at=START, by="c")
    for number in range(more):
        with_it.act("a", asking(by, "停车", note=f"n{number}"), at=day(1 + number), by="1-101")
    with_it.act("a", Note("备注"), at=day(8), by="c")
    return store


class TestOldEntries:
    """What release 1 and release 2 of a program wrote, release 3 reads."""

    @pytest.mark.parametrize("by", [FIRST, SECOND], ids=["1", "2"])
    def test_it_is_read_as_the_newest_version_says_it(self, by: Any) -> None:
        """Fields, private ones and those that hold a roll among them, and the effect, are those of version 3."""
        case = docket(THIRD, written(by)).case("a")
        entry = case.entries[1]
        assert entry.action == asking(THIRD, "停车", note="n0")
        assert type(entry.action) is THIRD.ask
        assert entry.action.register is case.parts[ROLL.digest]  # type: ignore[attr-defined]
        assert entry.effect.carried == {"counted": 3}
        assert (entry.by, entry.version, entry.action.version) == ("1-101", by.version, 3)
        assert case.procedure == procedure(THIRD)

    @pytest.mark.parametrize("by", [FIRST, SECOND], ids=["1", "2"])
    def test_bytes_and_digests_stay(self, by: Any) -> None:
        """Payload, private part, digest and the columns of the store are those that were written."""
        store = written(by)
        records, parts = store.load("a")
        case = docket(THIRD, store).case("a")
        again = [record_of("a", each, canonical(each.private()) if each.sealed else None) for each in case.entries]
        assert tuple(again) == records
        assert [record.kind_version for record in records] == [1, by.version, 1]
        assert {part: canonical(kept.to_data()) for part, kept in case.parts.items()} == parts
        assert store.load("a") == (records, parts)

    @pytest.mark.parametrize("by", [FIRST, SECOND], ids=["1", "2"])
    def test_it_verifies(self, by: Any) -> None:
        """As a record of a store, as entries, and without what is private."""
        store = written(by)
        case = docket(THIRD, store).case("a")
        assert docket(THIRD, store).verify("a").sound
        assert verify(case.entries).sound
        shown = case.redacted()
        assert verify(shown).withheld == (2,)
        assert shown[1].action == attrs.evolve(case.entries[1].action, contact=WITHHELD, note=WITHHELD)
        assert [each.digest for each in shown] == [each.digest for each in case.entries]

    def test_a_private_value_can_be_destroyed(self) -> None:
        """Without it the record reads and verifies as before, and the others are here."""
        store = written()
        records, parts = store.load("a")
        private = msgspec.json.decode(records[1].private or b"")
        assert set(private) == {"by", "note", "phone"}
        del private["phone"]
        left = [records[0], structs.replace(records[1], private=canonical(private)), records[2]]
        other = MemoryStore()
        other.append(Write(stream="a", expected=0, records=left, parts=parts))
        entry = docket(THIRD, other).case("a").entries[1]
        assert entry.action == attrs.evolve(asking(THIRD, "停车", note="n0"), contact=WITHHELD)  # type: ignore[misc]
        assert entry.withheld == {"phone"}
        assert docket(THIRD, other).verify("a").withheld == (2,)

    def test_the_record_goes_on_in_the_newest_version(self) -> None:
        """What is entered now is of version 3; the whole is read, replayed and verified."""
        store = written()
        later = docket(THIRD, store)
        case = later.act("a", asking(THIRD, "绿化", last=True), at=day(9), by="1-102")
        assert [entry.version for entry in case.entries] == [1, 1, 1, 3]
        assert [record.kind_version for record in store.read("a")] == [1, 1, 1, 3]
        assert case.outcome == "done"
        assert later.case("a") == case == Case.replay(case.entries)
        assert later.verify("a").sound
        assert minutes(case.entries, "en")

    def test_a_retry_finds_what_an_older_version_wrote(self) -> None:
        """A key that was used before the program was changed belongs to the same act."""
        store = written()
        first = docket(FIRST, store).act("a", asking(FIRST, "绿化"), at=day(9), by="1-102", key="k")
        again = docket(THIRD, store).act("a", asking(THIRD, "绿化"), at=day(9), by="1-102", key="k")
        assert again.digest == first.digest

    def test_a_step_changes_nothing_of_the_record(self) -> None:
        """One that works upon what it was handed leaves the payload and what is compared with it alone."""
        entry = docket(THIRD, written(SECOND)).case("a").entries[1]
        assert entry.public_data()["action"]["yes"] == 2
        assert digest(entry.payload) == entry.digest


class TestOldStages:
    """A procedure that names an older version of a stage is that procedure, under its own digest."""

    @pytest.mark.parametrize("by", [FIRST, SECOND], ids=["1", "2"])
    def test_it_is_read_and_stays_as_it_was(self, by: Any) -> None:
        """The stage has the settings of version 3; data and digest are those that were written."""
        old = procedure(by)
        read = Procedure.from_data(old.to_data(), Kinds([THIRD.canvass]))
        assert read == procedure(THIRD)
        assert (read.digest, read.to_data()) == (old.digest, old.to_data())
        assert read.digest != procedure(THIRD).digest
        assert read.check() == ()

    def test_what_is_made_of_it_is_of_the_newest_version(self) -> None:
        """Another edition is another procedure, and is written as the newest version writes it."""
        read = Procedure.from_data(procedure(FIRST).to_data(), Kinds([THIRD.canvass]))
        newer = attrs.evolve(read, edition="2")
        assert newer.digest == attrs.evolve(procedure(THIRD), edition="2").digest
        (stage,) = newer.to_data()["stages"]  # type: ignore[misc]
        assert (stage["version"], stage["introduced"]) == (3, "canvassing 3.0")

    def test_a_first_version_says_nothing_of_itself(self) -> None:
        """So the definitions that were kept before there were two versions keep their digests."""
        (stage,) = procedure(FIRST).to_data()["stages"]  # type: ignore[misc]
        assert stage.keys() == {"days", "id", "kind", "title"}

    def test_a_new_case_can_be_opened_by_it(self) -> None:
        """A host that keeps its definition as data opens cases by it for ever."""
        read = Procedure.from_data(procedure(FIRST).to_data(), Kinds([THIRD.canvass]))
        case = Case.open(Matter("b", title="走访", category="canvass"), read, {}, {"clerk": {"c"}}, at=START, by="c")
        assert case.entries[0].public_data()["action"]["procedure"] == procedure(FIRST).digest
        assert Case.replay(case.entries) == case


def broken(step: Any) -> Any:
    """Release 2, whose step from version 1 is another."""
    return release(2, upcasts={1: step})


def raising(data: dict[str, Any]) -> Mapping[str, Any]:
    """A step that looks for what is not there."""
    return {"question": data["nothing"]}


WRONG_STEPS: dict[str, tuple[Any, str]] = {
    "it raises": (raising, "upcasts[1] of Ask, from version 1 to 2, raised KeyError"),
    "it gives nothing": (lambda _: None, "gave a NoneType; it must return the fields as a mapping"),
    "it gives a list": (list, "gave a list; it must return"),
    "it gives a float": (lambda data: {**asked_2(data), "yes": 0.5}, "not plain data"),
    "it gives a key that is none": (lambda data: {**asked_2(data), 5: "x"}, "not plain data"),
    "it does nothing": (dict, "Ask has no phone, roll, topic"),
    "it forgets what is needed": (lambda data: {"register": data["roll"]}, "'question'"),
    "it gives another type": (lambda data: {**asked_2(data), "yes": "many"}, "Expected `int`"),
    "it refers to what is not kept": (lambda data: {**asked_2(data), "register": "f" * 64}, "is not kept with"),
}


class TestWrongSteps:
    """A step that is wrong is an error of this library that names it, and changes nothing."""

    @pytest.mark.parametrize("named", WRONG_STEPS)
    def test_of_an_action(self, named: str) -> None:
        """Reading says which step it was; ``verify`` tells it of the entry."""
        step, words = WRONG_STEPS[named]
        store = written()
        before = store.load("a")
        # The definition must be readable, so that the entry is reached.
        of = broken(step)
        with pytest.raises(BrokenRecord) as raised:
            docket(of, store).case("a")
        assert raised.value.number == 2
        assert words in str(raised.value)
        assert "upcasts" in str(raised.value)
        assert "Ask" in str(raised.value)
        report = docket(of, store).verify("a")
        assert (report.damage, report.number) == (Damage.CHANGED, 2)
        assert words in report.detail
        assert store.load("a") == before

    def test_its_words_are_not_told(self) -> None:
        """What a step raises may name a private value; the error names its kind alone."""

        def telling(data: dict[str, Any]) -> Mapping[str, Any]:
            raise ValueError(data["phone"])

        with pytest.raises(BrokenRecord, match="raised ValueError") as raised:
            docket(broken(telling), written()).case("a")
        assert "010-0000" not in str(raised.value)

    def test_of_an_effect(self) -> None:
        """The same for what changes the effect."""
        of = release(2, effect_upcasts={1: raising})
        with pytest.raises(BrokenRecord, match=r"effect_upcasts\[1\] of Ask, from version 1 to 2, raised KeyError"):
            docket(of, written()).case("a")

    @pytest.mark.parametrize(
        ("step", "words"),
        [
            (raising, "raised KeyError"),
            (lambda _: 5, "gave an int"),
            (dict, "'rounds'"),
            (lambda _: {"x": {1: 2}}, "plain"),
        ],
    )
    def test_of_a_stage(self, step: Any, words: str) -> None:
        """The error has the path of the stage and the name of the step."""
        of = release(2)
        of.canvass.upcasts = {1: step}
        with pytest.raises(InvalidValue, match="upcasts") as raised:
            Procedure.from_data(procedure(FIRST).to_data(), Kinds([of.canvass]))
        assert words in str(raised.value)
        assert "stages[0]" in str(raised.value)
        with pytest.raises(BrokenRecord, match="upcasts"):
            docket(of, written()).case("a")

    def test_missing_steps_are_all_told_at_once(self) -> None:
        """They are found when the kinds are handed in, before anything is read."""
        of = release(3, upcasts={3: dict, 0: dict})
        with pytest.raises(InvalidValue) as raised:
            Kinds([of.canvass])
        assert len(raised.value.faults) == 4
        assert "upcasts of Ask has no step from version 1 to 2; give one" in raised.value.faults
        assert "upcasts of Ask has a step from 3, which is no version before 3" in raised.value.faults
        of = release(3)
        of.canvass.upcasts = {2: rounds_3}
        with pytest.raises(InvalidValue, match="upcasts of Canvass3 has no step from version 1 to 2"):
            Kinds([of.canvass])
        with pytest.raises(InvalidValue, match="upcasts of Canvass3"):
            procedure(of)

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"version": True}, InvalidType),
            ({"version": "2"}, InvalidType),
            ({"version": 2.0}, InvalidType),
            ({"version": 0}, InvalidValue),
            ({"version": -1}, InvalidValue),
            ({"upcasts": {1: "step"}}, InvalidType),
            ({"upcasts": [asked_2]}, InvalidType),
            ({"upcasts": {"1": asked_2}}, InvalidValue),
            ({"effect_upcasts": {2: dict}}, InvalidValue),
            ({"introduced": 2}, InvalidType),
        ],
    )
    def test_what_is_no_version_or_no_step(self, changed: dict[str, Any], error: type[Exception]) -> None:
        """Each is refused when the kinds are handed in."""
        with pytest.raises(error, match="Ask"):
            Kinds([release(2, **changed).canvass])


def bent(entry: Entry, **changes: Any) -> bytes:
    """The payload of an entry, with other fields."""
    return canonical({**entry.public_data(), **changes})


def kept_anew(store: MemoryStore, number: int, **changes: Any) -> MemoryStore:
    """The same record in another store, one entry changed and all after it chained anew."""
    records, parts = store.load("a")
    made: list[Record] = []
    for record in records:
        said = msgspec.json.decode(record.payload)
        said["previous"] = made[-1].digest if made else said["previous"]
        payload = canonical(said | (changes if record.version == number else {}))
        said = msgspec.json.decode(payload)
        made.append(
            structs.replace(
                record, payload=payload, digest=digest(payload), kind=said["kind"], kind_version=said["version"]
            )
        )
    other = MemoryStore()
    other.append(Write(stream="a", expected=0, records=made, parts=parts))
    return other


class TestUnknownKinds:
    """A kind or a version that is not known is an error that names it and who knows it, and nothing is lost."""

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_a_newer_version(self, number: int) -> None:
        """Of the opening, of a kind of one's own, of a kind of the library: the kind, the version, what is known here."""
        store = kept_anew(written(), number, version=9, introduced="0.7.0")
        before = store.load("a")
        with pytest.raises(UnknownKind) as raised:
            docket(FIRST, store).case("a")
        named = ["open", "example.ask", "note"][number - 1]
        assert (raised.value.kind, raised.value.version, raised.value.known) == (named, 9, 1)
        assert raised.value.introduced == "0.7.0"
        assert f"'{named}' (version 9), of which version 1 is known here; read it with '0.7.0' or a later" in str(
            raised.value
        )
        assert store.load("a") == before
        report = docket(FIRST, store).verify("a")
        assert (report.damage, report.number) == (Damage.UNKNOWN, number)
        assert "version 9" in report.detail

    def test_an_unknown_kind(self) -> None:
        """Where the record does not say which release brought it, a later one or the host's own is asked for."""
        store = kept_anew(written(), 3, kind="example.later")
        with pytest.raises(UnknownKind) as raised:
            docket(FIRST, store).case("a")
        assert (raised.value.known, raised.value.introduced) == (None, None)
        assert str(raised.value) == (
            "the record names 'example.later' (version 1), which this release does not know; read it with a release "
            "later than 0.1.0, or, if it is a kind of your own, hand the class in by kinds=(…). The record was left as it is"
        )

    def test_a_release_that_is_too_old_is_told_which_one_to_take(self) -> None:
        """What release 3 of the program wrote, release 1 does not read; the record itself says who does."""
        store = written(THIRD)
        with pytest.raises(
            UnknownKind, match=r"'example.canvass' \(version 3\).*read it with 'canvassing 3.0'"
        ) as raised:
            docket(FIRST, store).case("a")
        assert (raised.value.known, raised.value.introduced) == (1, "canvassing 3.0")
        old = procedure(FIRST)
        entry = docket(THIRD, store).case("a").entries[1]
        parts = {old.digest: old, ROLL.digest: ROLL}
        with pytest.raises(UnknownKind, match=r"'example.ask' \(version 3\).*'canvassing 3.0' or a later release"):
            read_entry(entry.payload, None, claimed=entry.digest, kinds=Kinds([FIRST.canvass]), parts=parts)

    @pytest.mark.parametrize("of", [None, FIRST])
    def test_verify_tells_of_a_stage_that_is_not_known(self, of: Any) -> None:
        """The chain is looked through, and the report names the kind at the entry that refers to it."""
        store = written(THIRD)
        reader = Docket(store) if of is None else docket(of, store)
        report = reader.verify("a")
        assert (report.damage, report.number) == (Damage.UNKNOWN, 1)
        assert "'example.canvass' (version 3)" in report.detail

    def test_what_is_not_known_hides_no_damage(self) -> None:
        """A later entry that was changed is told before the kind that is merely not known; so is a tail that was cut."""
        store = kept_anew(written(more=4), 2, kind="example.later")
        records, parts = store.load("a")
        assert docket(FIRST, store).verify("a").damage is Damage.UNKNOWN
        other = MemoryStore()
        changed = structs.replace(records[4], payload=records[4].payload.replace(b"3", b"4", 1))
        other.append(Write(stream="a", expected=0, records=[*records[:4], changed, *records[5:]], parts=parts))
        assert (docket(FIRST, other).verify("a").damage, docket(FIRST, other).verify("a").number) == (Damage.CHANGED, 5)
        leaf = Leaf(stream="a", version=6, digest=records[5].digest, salt=b"s" * 16)
        kinds, known = Kinds([FIRST.canvass]), {procedure(FIRST).digest: procedure(FIRST)}
        assert verify(records, kinds=kinds, parts=known, leaf=leaf).damage is Damage.UNKNOWN
        assert verify(records[:5], kinds=kinds, parts=known, leaf=leaf).damage is Damage.CUT

    def test_who_brought_it_is_said_in_one_way(self) -> None:
        """An entry of the version that is known names the release that brought it, and no other."""
        entry = docket(SECOND, written(SECOND)).case("a").entries[1]
        assert entry.public_data()["introduced"] == "canvassing 2.0"
        for said in ("canvassing 1.0", ""):
            payload = bent(entry, introduced=said)
            with pytest.raises(BrokenRecord, match="introduced"):
                read_entry(payload, None, claimed=digest(payload), kinds=Kinds([SECOND.canvass]), parts={})

    @pytest.mark.parametrize("changes", [{"version": 0}, {"version": -1}, {"version": 2**53 - 1}])
    def test_versions_that_no_release_wrote(self, changes: dict[str, int]) -> None:
        """They are not known either, whatever they are meant to be."""
        payload = bent(docket(FIRST, written()).case("a").entries[1], **changes)
        with pytest.raises(UnknownKind):
            read_entry(payload, None, claimed=digest(payload), kinds=Kinds([THIRD.canvass]), parts={})

    @pytest.mark.parametrize("changes", [{"version": True}, {"version": "1"}, {"version": 1.5}, {"introduced": 5}])
    def test_forms_of_a_stage_that_are_none(self, changes: dict[str, Any]) -> None:
        """A version is a whole number, and a release has a name."""
        data = procedure(FIRST).to_data()
        data["stages"] = [{**stage, **changes} for stage in data["stages"]]  # type: ignore[attr-defined]
        with pytest.raises(InvalidValue, match=r"stages\[0\]: version is a whole number"):
            Procedure.from_data(data, Kinds([FIRST.canvass]))

    def test_fields_that_would_be_taken_for_the_form(self) -> None:
        """A setting may not be called as what a kind says of itself, however its class is made."""

        @attrs.define(slots=False, kw_only=True)
        class Odd(FIRST.canvass):  # type: ignore[misc,name-defined]
            introduced: str
            version: int  # type: ignore[assignment]

        with pytest.raises((InvalidType, InvalidValue)) as raised:
            Kinds([Odd])
        assert "Odd" in str(raised.value)

    def test_this_release_is_named(self) -> None:
        """Who cannot read a record is told which release this one is."""
        assert errors.RELEASE == __version__


class TestEveryStepByItself:
    """Each step is a plain function, and is tested as one."""

    def test_asked(self) -> None:
        """Names change with the second version, the form of the answers with the third."""
        assert asked_2({"topic": "x", "yes": 1}) == {"question": "x", "yes": 1}
        assert asked_3({"question": "x", "yes": 1}) == {"question": "x", "how": "door", "answers": [1, 0]}

    def test_rounds(self) -> None:
        """One round of so many days becomes rounds of so many each."""
        assert rounds_3(rounds_2({"days": 7})) == {"days_of_each": 7, "rounds": 1}
