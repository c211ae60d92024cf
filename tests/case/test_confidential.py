"""Where a procedure is confidential, no public door shows the words about a family (Social Assistance Law art. 11; E32)."""

from __future__ import annotations

import copy
import pickle
import secrets
from collections.abc import Iterator
from datetime import timedelta
from operator import attrgetter
from typing import Any, Final

import attrs
import pytest

from roads import SPRING, along, do, now, opened
from walks import ALLOWANCE_OFFICES, ALLOWANCE_ROLLS, START, TOLD_TO_ALL, allowance, allowance_steps, family, take
from yizheng import Case, Docket, Procedure, Text, catalogue, record
from yizheng.batch import Batch
from yizheng.catalogue import assistance
from yizheng.conformance import conform
from yizheng.errors import InvalidValue
from yizheng.stages import (
    Abandon,
    Action,
    AnswerObjection,
    Assign,
    Attach,
    CallHearing,
    CloseHearing,
    Complete,
    Correct,
    DeclineHearing,
    Destroy,
    Note,
    Object,
    Post,
    RecordAbsence,
    Reject,
    ReportProgress,
    SendBack,
    SplitOut,
    Submit,
    Summon,
    TakeDown,
    Testify,
)
from yizheng.stages.base import NOT_SHOWN, words_of
from yizheng.store import MemoryStore, SQLiteStore
from yizheng.text import LANGUAGES

ILLNESS: Final = "尿毒症"
"""A word about a family's health, which stands in whatever is written about it below."""
WORDS: Final = Text(f"户主患{ILLNESS}", f"the head of the household has {ILLNESS}")
CHANGE: Final = assistance.ALLOWANCE_CHANGE
BOARD: Final = {"bulletin_board"}


def begun(procedure: Procedure = CHANGE, **facts: Any) -> Case:
    """A case of a procedure of the catalogue."""
    return opened(procedure, facts=facts)


def act(case: Case, *actions: tuple[Action, str] | Action) -> Case:
    """The case after acts an hour apart."""
    for each in actions:
        action, by = each if isinstance(each, tuple) else (each, None)
        case = do(case, action, now(case), by)
    return case


def heard(case: Case) -> Case:
    """The recipient is called, summoned and heard; every word written down names the illness."""
    held = now(case) + timedelta(days=9)
    case = act(case, CallHearing(held_at=held, reason=WORDS), Summon(concerned="recipient", evidence=WORDS))
    case = do(case, Testify(WORDS, evidence=WORDS), held, "recipient-1")
    return do(case, CloseHearing(conclusion=WORDS, unheard=WORDS), held)


def changed() -> Case:
    """An allowance is reduced, and each act that can hold words says the word."""
    case = act(
        begun(),
        Note(WORDS),
        Attach("0" * 64, WORDS),
        Correct(2, WORDS, reason=WORDS),
        Assign(responsible="worker-1", task=WORDS, due=SPRING + timedelta(days=30)),
        ReportProgress(WORDS),
        Complete(WORDS),
        Submit(to="县民政局"),
        SendBack(reasons=WORDS),
        Assign(responsible="worker-1", task=WORDS, due=SPRING + timedelta(days=30)),
        Complete(WORDS),
        Submit(to="县民政局"),
        Reject(reference="1", reasons=WORDS),
    )
    case = heard(case)
    case = act(
        case, Submit(to="县民政局"), Reject(reference="2", reasons=WORDS), Post(channels={"letter"}, content=WORDS)
    )
    case = act(case, (Object(WORDS), "recipient-1"), AnswerObjection("x1", WORDS, upheld=False))
    return do(case, TakeDown(), case.progress.ends)


def applied() -> Case:
    """An application is posted, objected to, and given up."""
    case = begun(assistance.ALLOWANCE_APPLICATION, paid=False)
    case = along(case, ["inquire.completed"])
    case = act(case, Post(channels=BOARD, content="拟保障名单"), (Object(WORDS), "7-301"))
    case = do(act(case, AnswerObjection("x1", WORDS, upheld=True)), TakeDown(), now(case) + timedelta(days=9))
    return act(case, Abandon(WORDS))


def absent() -> Case:
    """The recipient stays away, or declines in writing."""
    case = along(begun(), ["inquire.completed", "intend.rejected"])
    held = now(case) + timedelta(days=9)
    case = act(case, CallHearing(held_at=held, reason=WORDS), Summon(concerned="recipient", evidence=WORDS))
    case = do(case, DeclineHearing(person="recipient-1", reason=WORDS, evidence=WORDS), held, "county-1")
    case = do(case, RecordAbsence(concerned="recipient", account=WORDS), held + timedelta(days=1))
    return do(case, CloseHearing(conclusion=WORDS), now(case))


CASES: Final = {"a reduction": changed, "an application": applied, "an absence": absent}


def doors(case: Case) -> Iterator[tuple[str, str]]:
    """Every way in which the public, or whoever reads logs, is shown a record."""
    public = case.redacted()
    yield "payloads", "".join(entry.payload.decode() for entry in case.entries)
    yield "effects", "".join(repr(entry.effect) for entry in case.entries)
    yield "logs", repr(case) + "".join(map(repr, case.entries))
    yield "public entries", "".join(f"{entry!r} {entry.action!r} {entry.private()}" for entry in public)
    yield "a public case", repr(attrs.asdict(Case.replay(public).dossier, recurse=False))
    for entries in (case.entries, public):
        for language in LANGUAGES:
            yield f"minutes in {language}", record.minutes(entries, language)
            yield f"register in {language}", record.register(entries).markdown(language, participants=True)
        yield "the register as a value", repr(record.register(entries))


@pytest.mark.parametrize("name", CASES)
class TestNoDoor:
    """Nothing of what was found, said and decided about a family is shown to the public."""

    def test_shows_it(self, name: str) -> None:
        """Neither payloads nor effects, logs, the redacted record, minutes, or the register, in either language."""
        assert [door for door, told in doors(CASES[name]()) if ILLNESS in told] == []

    def test_the_office_still_reads_it(self, name: str) -> None:
        """The whole record has every word, and so have the minutes that are not for publication."""
        case = CASES[name]()
        assert all(ILLNESS in record.minutes(case.entries, language, private=True) for language in LANGUAGES)
        assert all(ILLNESS not in record.minutes(case.redacted(), language, private=True) for language in LANGUAGES)

    def test_it_replays(self, name: str) -> None:
        """Whole and redacted, pickled and copied, as what it was; the chain is one."""
        case = CASES[name]()
        public = Case.replay(case.redacted())
        assert Case.replay(case.entries) == case
        assert (public.digest, public.state) == (case.digest, case.state)
        for way in (copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))):
            assert Case.replay(way(case.entries)) == case
            assert Case.replay(way(case.redacted())) == public

    def test_it_conforms_as_before(self, name: str) -> None:
        """That words are withheld keeps nothing from being judged, and makes no departure."""
        case = CASES[name]()
        assert (
            conform(case.procedure, case.redacted()).departures
            == conform(case.procedure, case.entries).departures
            == ()
        )

    def test_every_word_is_sealed(self, name: str) -> None:
        """Each field of free words that an entry has stands under a salted digest."""
        for entry in CASES[name]().entries:
            said = {path for path in words_of(type(entry.action)) if attrgetter(path)(entry.action) is not None}
            assert said & entry.action.confides() <= entry.seals.keys()


class TestWhatIsPublic:
    """What is posted for all to read is public, and only that."""

    def test_a_posting(self) -> None:
        """The board is read by everybody; a letter by one."""
        assert Post(channels=BOARD, content="名单").confides() == frozenset()
        assert Post(channels={"letter", *BOARD}, content="名单").confides() == frozenset()
        assert Post(channels={"letter"}, content="决定").confides() == {"content", "document"}

    def test_the_letter_names_the_decision(self) -> None:
        """What a letter carries by duty stands in an effect, which is public: the decision's number, not its words."""
        (carried,) = [entry.effect.carried for entry in changed().entries if "reasons" in entry.effect.carried]
        assert carried == {"reasons": {"decision": "2"}}

    def test_without_a_reason_for_secrecy_words_are_told(self) -> None:
        """The same case by a definition that is not confidential shows its words: it is the definition that withholds them."""
        told = take(allowance(TOLD_TO_ALL), allowance_steps())
        kept = take(allowance(), allowance_steps())
        assert "情况属实" in record.minutes(told.entries)
        assert "情况属实" not in record.minutes(kept.entries)

    def test_nothing_is_entered_without_a_salt(self) -> None:
        """Its digest could be guessed: neither the opening nor an act is taken, and the error says how to get a salt."""
        given = (catalogue.yizheng.ALLOWANCE, ALLOWANCE_ROLLS, ALLOWANCE_OFFICES)
        with pytest.raises(InvalidValue, match=r"matter.private.name.*secrets.token_bytes\(16\)"):
            Case.open(family(), *given, at=START, by="sec-1")
        with pytest.raises(InvalidValue, match="without a salt text could be guessed"):
            allowance().act(Note("x"), at=START, by="sec-1")

    def test_words_that_look_withheld(self) -> None:
        """Who types what stands for withheld words has typed it, and it is kept."""
        case = act(begun(), Note(Text("〔不公开〕", "[withheld]")))
        assert case.entries[-1].private()["text"]["value"] == {"zh": "〔不公开〕", "en": "[withheld]"}
        assert Case.replay(case.redacted()).entries[-1].action.text is NOT_SHOWN

    def test_the_catalogue(self) -> None:
        """Every procedure of an allowance keeps words to itself, on the authority of art. 11, or as inferred before it."""
        made = [getattr(assistance, name) for name in assistance.__all__ if name.startswith("ALLOWANCE")]
        assert len(made) == 5
        for procedure in (*made, catalogue.yizheng.ALLOWANCE):
            assert procedure.confidential is not None
            assert procedure.confidential.article == "11" or procedure.confidential.certainty.value == "inferred"


class TestDestroyed:
    """When the time is over, the words are destroyed like any private value."""

    def test_each_word_by_itself(self) -> None:
        """The chain holds, the words are gone, and a retry of the act is known for one."""
        case = changed()
        entry = next(each for each in case.entries if isinstance(each.action, ReportProgress))
        gone = do(case, Destroy({entry.number: {"text"}}, reason="保存期满"), now(case), "secretary-1")
        assert gone.entries[entry.number - 1].action.text is NOT_SHOWN
        assert gone.entries[entry.number - 1].withheld == {"text"}
        assert Case.replay(gone.entries) == gone

    @pytest.mark.parametrize("kept", ["memory", "file"])
    def test_in_a_docket(self, kept: str, tmp_path: Any) -> None:
        """It is read back from the store as it was written, and a retry of an act is harmless before and after."""
        store: Any = MemoryStore() if kept == "memory" else SQLiteStore(tmp_path / "docket.db")
        with Docket(store) as docket:
            docket.open(family(), catalogue.yizheng.ALLOWANCE, ALLOWANCE_ROLLS, ALLOWANCE_OFFICES, at=START, by="sec-1")
            for _ in range(2):
                case = docket.act("dibao-7", Note(WORDS), at=START, by="sec-1", key="k")
            assert (case.version, case.entries[1].action.text) == (2, WORDS)
            docket.act("dibao-7", Destroy({2: {"text"}}, reason="保存期满"), at=START, by="sec-1")
            assert docket.act("dibao-7", Note(WORDS), at=START, by="sec-1", key="k").version == 2
            assert docket.case("dibao-7").entries[1].action.text is NOT_SHOWN
            assert not any(ILLNESS.encode() in (each.private or b"") + each.payload for _, each in store.read_all())


def test_a_batch() -> None:
    """What is written for all matters of a batch is withheld in its record and in that of each matter."""
    procedure = catalogue.yizheng.ALLOWANCE
    batch, matters = Batch.open(
        [family(id="a"), family(id="b")],
        procedure,
        ALLOWANCE_ROLLS,
        ALLOWANCE_OFFICES,
        at=START,
        by="sec-1",
        id="batch",
        salts=[secrets.token_bytes(16) for _ in range(3)],
    )
    batch = batch.act(Note(WORDS), at=START, by="sec-1", salt=b"1" * 16)
    split = batch.act(SplitOut("a", WORDS), at=START, by="sec-1", salt=b"2" * 16)
    taken = split.take_up(matters[0], by="sec-1", at=START, salt=b"3" * 16)
    for case in (split.case, taken):
        assert [door for door, told in doors(case) if ILLNESS in told] == []
        assert ILLNESS in record.minutes(case.entries, private=True)
