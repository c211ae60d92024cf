"""Rehearsals (模拟演练): the same rules, and a record that can never pass for a real one (domain.md part 7, item 2)."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.review import OFFICES as REVIEWERS
from batch.review import PROCEDURE, ROLLS, front
from batch.review import START as REVIEW
from batch.review import family as a_family
from walks import (
    COURTYARD_ROLLS,
    OFFICES,
    START,
    Step,
    courtyard,
    courtyard_steps,
    matter,
    refused,
    take,
)
from yizheng import Case, Refused, catalogue
from yizheng.batch import Batch
from yizheng.canonical import canonical, digest
from yizheng.case import Entry, TakeUp, read_entry
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue
from yizheng.procedure import Kinds
from yizheng.record import minutes, register
from yizheng.stages import SplitOut
from yizheng.text import Language

STEPS = courtyard_steps()
WHO = ("sec-1", "rep-03", "sup-1", "street-1", "c-2", "1-101", "nobody")
MARK: dict[Language, str] = {"zh": "**模拟演练，不是真实记录**", "en": "**REHEARSAL, not a real record**"}
REHEARSED = take(courtyard(rehearsal=True), STEPS)
REAL = take(courtyard(), STEPS)
SPLIT = SplitOut("family-001", "有争议")


def speaks_of_it(words: str) -> bool:
    """Whether words say that something is a rehearsal."""
    return "演练" in words or "rehears" in words.lower()


def documents(entries: Iterable[Entry]) -> list[str]:
    """Every document that is made of a record, in both languages, for every reader."""
    record = tuple(entries)
    languages: tuple[Language, ...] = ("zh", "en")
    told = [minutes(record, language, private=private) for language in languages for private in (False, True)]
    form = register(record)
    return told + [form.markdown(language, participants=named) for language in languages for named in (False, True)]


def read(entry: Entry, case: Case, change: Callable[[dict[str, Any]], object]) -> Entry:
    """An entry as it is read from a payload that was changed, under a digest that was reckoned anew."""
    data = json.loads(entry.payload)
    change(data)
    payload = canonical(data)
    private = canonical(entry.private()) if entry.sealed else None
    return read_entry(payload, private, claimed=digest(payload), kinds=Kinds(), parts=case.parts, number=entry.number)


class TestTheSameRules:
    """What is rehearsed is accepted and refused as it would be in earnest, and leads to the same states."""

    def test_a_whole_case(self) -> None:
        """A whole case comes to the same end, and its entries say the same but for the word and the chain."""
        assert (REHEARSED.outcome, REHEARSED.version) == (REAL.outcome, REAL.version) == ("carried_out", len(STEPS) + 1)
        for rehearsed, real in zip(REHEARSED.entries, REAL.entries, strict=True):
            said = rehearsed.public_data()
            assert said.pop("rehearsal") is True
            assert {**said, "previous": ""} == {**real.public_data(), "previous": ""}
            assert rehearsed.private() == real.private()

    @given(st.data())
    def test_any_acts(self, data: st.DataObject) -> None:
        """Whatever is asked of both, lawful or not: the same answers, states, dossiers and duties."""
        length = data.draw(st.integers(0, len(STEPS) - 1))
        real, rehearsed = take(courtyard(), STEPS[:length]), take(courtyard(rehearsal=True), STEPS[:length])
        for number in range(data.draw(st.integers(1, 8))):
            step = STEPS[data.draw(st.integers(max(0, length - 2), min(len(STEPS) - 1, length + 6)))]
            by = data.draw(st.sampled_from([step.by, step.by, *WHO]))
            at = step.at + timedelta(days=data.draw(st.sampled_from([0, 0, 0, -1, 30])))
            real, answer = asked(real, attrs.evolve(step, by=by, at=at), number)
            rehearsed, same = asked(rehearsed, attrs.evolve(step, by=by, at=at), number)
            assert answer == same
            assert (real.state, real.options(), real.outcome) == (
                rehearsed.state,
                rehearsed.options(),
                rehearsed.outcome,
            )
            assert (real.dossier, real.progress) == (rehearsed.dossier, rehearsed.progress)
            assert real.due(at) == rehearsed.due(at)
        for case in (real, rehearsed):
            assert Case.replay(case.entries) == case
            for entry in case.entries:
                assert speaks_of_it(entry.payload.decode()) is speaks_of_it(repr(entry)) is case.rehearsal
                assert entry.rehearsal is case.rehearsal
            assert speaks_of_it(repr(case)) is case.rehearsal
            assert {speaks_of_it(each) for each in documents(case.entries)} == {case.rehearsal}


def asked(case: Case, step: Step, number: int) -> tuple[Case, str | None]:
    """The case after an act, or as it was, and what the refusal said."""
    try:
        return case.act(step.action, at=step.at, by=step.by, salt=number.to_bytes(16)), None
    except Refused as no:
        return case, no.explain("zh") + no.explain("en")


class TestEverythingSaysSo:
    """Every entry and every document of a rehearsal says that it is one; nothing of a real record does."""

    def test_every_entry(self) -> None:
        """It stands in the payload, under the digest, also where private values are withheld."""
        for entry in (*REHEARSED.entries, *REHEARSED.redacted()):
            assert entry.rehearsal
            assert json.loads(entry.payload)["rehearsal"] is True
        assert not any(entry.rehearsal or b"rehears" in entry.payload for entry in REAL.entries)

    def test_it_stays_one(self) -> None:
        """It is still a rehearsal after it was replayed, redacted and pickled."""
        for case in (
            Case.replay(REHEARSED.entries),
            Case.replay(REHEARSED.redacted()),
            pickle.loads(pickle.dumps(REHEARSED)),
        ):
            assert case.rehearsal
            assert case.digest == REHEARSED.digest
        assert not Case.replay(REAL.entries).rehearsal

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_the_minutes(self, language: Language) -> None:
        """The minutes say it in their first line; but for that and the digest, they are those of the real case."""
        mark = MARK[language]
        told = minutes(REHEARSED.entries, language)
        assert told.splitlines()[0] == mark
        assert told.replace(f"{mark}\n\n", "").replace(REHEARSED.digest, REAL.digest) == minutes(REAL.entries, language)

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_the_register(self, language: Language) -> None:
        """The register says it in its first line, and on each of its six sheets, which may be filed one by one."""
        mark, form = MARK[language], register(REHEARSED.entries)
        assert form.rehearsal
        assert all(sheet.rehearsal for sheet in form.sheets)
        told = form.markdown(language)
        assert told.splitlines()[0] == mark
        assert all(sheet.splitlines()[2] == mark for sheet in told.split("\n## ")[1:])
        assert told.replace(f"{mark}\n\n", "") == register(REAL.entries).markdown(language)
        assert not any(sheet.rehearsal for sheet in register(REAL.entries).sheets)

    @pytest.mark.parametrize("told", [minutes, register])
    def test_no_document_of_a_mixture(self, told: Callable[[list[Entry]], object]) -> None:
        """No document is made of entries of which some are rehearsed and some are not."""
        for index in range(1, len(REAL.entries)):
            for one, other in ((REAL, REHEARSED), (REHEARSED, REAL)):
                with pytest.raises(BrokenRecord, match="cannot be one record") as raised:
                    told([*one.entries[:index], *other.entries[index:]])
                assert raised.value.number == index + 1


class TestForgeries:
    """A rehearsal cannot be passed off as a real record, nor a real record as a rehearsal."""

    @pytest.mark.parametrize("case", [REAL, REHEARSED], ids=["real", "rehearsed"])
    def test_the_word_is_changed(self, case: Case) -> None:
        """An entry that says otherwise than its payload is found, whichever it is."""
        for index, entry in enumerate(case.entries):
            for said in (not entry.rehearsal, None, "yes"):
                with pytest.raises(BrokenRecord) as raised:
                    Case.replay(
                        [
                            *case.entries[:index],
                            msgspec.structs.replace(entry, rehearsal=said),
                            *case.entries[index + 1 :],
                        ]
                    )
                assert raised.value.number == index + 1

    def test_an_entry_of_the_other_kind(self) -> None:
        """An entry of the other kind is found though its number, link and digest are right."""
        for index in range(1, REAL.version):
            previous = REAL.entries[index - 1].digest
            forged = read(
                REAL.entries[index], REAL, lambda data, was=previous: data.update(rehearsal=True, previous=was)
            )
            with pytest.raises(BrokenRecord, match="cannot be one record"):
                Case.replay([*REAL.entries[:index], forged])
        entry = REHEARSED.entries[1]
        forged = read(entry, REHEARSED, lambda data: data.pop("rehearsal"))
        stored = [
            (each.payload, canonical(each.private()) if each.sealed else None, each.digest)
            for each in (REHEARSED.entries[0], forged)
        ]
        with pytest.raises(BrokenRecord, match="cannot be one record") as raised:
            Case.read(stored, kinds=Kinds(), parts=REHEARSED.parts)
        assert raised.value.number == 2

    @pytest.mark.parametrize("said", [False, None, "yes", 1, "true", [], {}])
    def test_there_is_one_way_to_say_it(self, said: Any) -> None:
        """A payload says true or nothing: no other way to write it is read."""
        for case in (REAL, REHEARSED):
            with pytest.raises(BrokenRecord):
                read(case.entries[0], case, lambda data: data.update(rehearsal=said))


class TestOpening:
    """Whether it is a rehearsal is said once, when it is opened."""

    @pytest.mark.parametrize("said", [None, 1, 0, "yes", "", "False", [], OFFICES])
    def test_yes_or_no(self, said: Any) -> None:
        """What is neither true nor false is refused: nobody opens a real record by a slip."""
        with pytest.raises(InvalidType, match="rehearsal is"):
            Case.open(
                matter(), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1", rehearsal=said
            )
        with pytest.raises(InvalidType, match="rehearsal is"):
            Batch.open([a_family(1)], PROCEDURE, ROLLS, REVIEWERS, at=REVIEW, by="sec-1", id="b", rehearsal=said)

    def test_a_real_case_is_what_it_was(self) -> None:
        """A real record is written as it always was: the word does not occur in it."""
        assert courtyard(rehearsal=False).entries == courtyard().entries
        assert set(courtyard().entries[0].public_data()) == set(REHEARSED.entries[0].public_data()) - {"rehearsal"}


def batches(*, rehearsal: bool) -> tuple[Batch, Case]:
    """A batch of two, and the case of its first matter."""
    batch, cases = Batch.open(
        [a_family(1), a_family(2)],
        PROCEDURE,
        ROLLS,
        REVIEWERS,
        at=REVIEW,
        by="sec-1",
        id="batch-1",
        salts=[bytes([number]) * 16 for number in range(3)],
        rehearsal=rehearsal,
    )
    return batch, cases[0]


def through(batch: Batch) -> Batch:
    """The batch when it has come to where its matters are released."""
    for at, by, action in front():
        batch = batch.act(action, at=at, by=by, salt=b"1" * 16)
    return batch


class TestBatches:
    """The matters of a rehearsed batch are rehearsals, and nothing is taken up from one kind into the other."""

    @pytest.mark.parametrize("rehearsal", [False, True])
    def test_they_are_of_one_kind(self, rehearsal: bool) -> None:  # noqa: FBT001
        """The batch and its matters are rehearsed together, and stay so where a matter goes on by itself."""
        batch, case = batches(rehearsal=rehearsal)
        assert (batch.rehearsal, case.rehearsal) == (rehearsal, rehearsal)
        for words in (repr(batch), repr(batch.shared), repr(case)):
            assert speaks_of_it(words) is rehearsal
        batch = through(batch)
        batch = batch.act(SPLIT, at=batch.entries[-1].at, by="sec-1")
        taken = batch.take_up(case, at=batch.entries[-1].at, by="sec-1", salt=b"2" * 16)
        assert all(entry.rehearsal is rehearsal for entry in (*batch.entries, *taken.entries))
        assert Case.replay(taken.entries) == taken

    @pytest.mark.parametrize("rehearsal", [False, True])
    def test_a_matter_is_opened_in_its_own_kind(self, rehearsal: bool) -> None:  # noqa: FBT001
        """A matter of the other kind is not opened in a batch, and the error says how to open it."""
        batch, _ = batches(rehearsal=rehearsal)
        with pytest.raises(InvalidValue, match=f"write rehearsal={rehearsal}"):
            Case.open(
                a_family(1),
                PROCEDURE,
                ROLLS,
                REVIEWERS,
                at=REVIEW,
                by="sec-1",
                within=batch.case,
                rehearsal=not rehearsal,
            )

    def test_no_batch_of_the_other_kind(self) -> None:
        """A real matter does not go on from a rehearsed batch of the same id, nor a rehearsed one from a real batch."""
        for rehearsal in (False, True):
            _, case = batches(rehearsal=rehearsal)
            batch, _ = batches(rehearsal=not rehearsal)
            batch = through(batch)
            batch = batch.act(SPLIT, at=batch.entries[-1].at, by="sec-1")
            refused(case, TakeUp.from_batch(batch.shared), "CASE_OF_BATCH", at=batch.entries[-1].at)

    def test_a_forged_opening(self) -> None:
        """Nor does a matter whose opening was forged to name that very batch, in an act or in a stored record."""
        batch, case = batches(rehearsal=True)
        batch = through(batch)
        batch = batch.act(SPLIT, at=batch.entries[-1].at, by="sec-1")
        opening = read(case.entries[0], case, lambda data: data.pop("rehearsal"))
        real = Case.replay([opening])
        assert not real.rehearsal
        at = batch.entries[-1].at
        refused(real, TakeUp.from_batch(batch.shared), "CASE_OF_BATCH", at=at)
        taken = batch.take_up(case, at=at, by="sec-1", salt=b"2" * 16)
        assert taken.rehearsal

        def as_real(data: dict[str, Any]) -> None:
            data["previous"] = opening.digest
            del data["rehearsal"]

        second = read(taken.entries[1], taken, as_real)
        with pytest.raises(BrokenRecord, match="does not fit the opening"):
            Case.replay([opening, second])
