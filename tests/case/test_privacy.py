"""Private values: sealed under salted digests, left out of what the public is shown, and never needed by the chain."""

from __future__ import annotations

import base64
import json
import secrets
import unicodedata
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walks import (
    ALLOWANCE_OFFICES,
    ALLOWANCE_ROLLS,
    BOARD,
    START,
    Step,
    allowance_steps,
    at_stage,
    courtyard,
    courtyard_steps,
    day,
    family,
    heard,
    matter,
    owners_voted,
    posted,
    solicited,
    take,
)
from yizheng import Case, Refused, catalogue, stages  # Testify by its room: pytest takes Test… for its own
from yizheng.canonical import canonical, digest, seal
from yizheng.case import Entry, read_entry
from yizheng.errors import InvalidValue
from yizheng.procedure import Kinds
from yizheng.rules import Choice
from yizheng.stages import (
    AskHearing,
    CastBallot,
    CloseVote,
    Convene,
    Note,
    Object,
    Post,
    ReceiveOpinion,
    RecordBallots,
    TakeAttendance,
)

# Words that cannot occur in a record by chance: long enough, and marked.
SECRETS = st.builds(
    lambda word, mark: f"{mark}{word}{mark}",
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=3, max_size=12),
    st.sampled_from(["秘密é", "Ω-secret-", "私𝕏"]),
).map(lambda word: unicodedata.normalize("NFC", word))


def shapes(word: str) -> dict[str, bytes]:
    """Every form in which a word could have slipped into bytes."""
    raw = word.encode()
    return {
        "raw": raw,
        "escaped": json.dumps(word)[1:-1].encode(),
        "escaped, big letters": json.dumps(word)[1:-1].upper().encode(),
        "escaped twice": json.dumps(json.dumps(word))[3:-3].encode(),
        "base64": base64.b64encode(raw)[:-4],
        "base64 from the second byte": base64.b64encode(b"x" + raw)[4:-4],
        "base64 from the third byte": base64.b64encode(b"xx" + raw)[4:-4],
        "base64 for addresses": base64.urlsafe_b64encode(raw)[:-4],
        "hex": raw.hex().encode(),
        "hex, big letters": raw.hex().upper().encode(),
        "decomposed": unicodedata.normalize("NFD", word).encode(),
        "compatible": unicodedata.normalize("NFKC", word).encode(),
        "UTF-16": word.encode("utf-16-le"),
        "plain digest": digest(raw).encode(),
        "unsalted seal": seal(word, b"").encode(),
    }


def leaks(entries: tuple[Entry, ...], words: list[str]) -> list[tuple[str, str]]:
    """Which of the words stand in what the public is shown, and in what form."""
    shown = b"\n".join(entry.payload for entry in entries)
    shown += repr(entries).encode()
    shown += b"\n".join(str(entry.public_data()).encode() for entry in entries)
    return [(word, form) for word in words for form, looked_for in shapes(word).items() if looked_for in shown]


def verifies(case: Case, entries: tuple[Entry, ...]) -> Case:
    """The redacted record replays, and ends with the same digest in the same state."""
    shown = Case.replay(entries)
    assert (shown.digest, shown.state, shown.version) == (case.digest, case.state, case.version)
    return shown


@st.composite
def private_cases(draw: st.DrawFn) -> tuple[Case, list[str]]:
    """A case in which everything that can be private is, and what is private in it."""
    words = draw(st.lists(SECRETS, min_size=9, max_size=9, unique=True))
    phone, address, author, own, asker, objector, late, why, speaker = words
    case = courtyard_with(phone, address)
    opened = solicited()[0]
    case = take(case, [opened])
    for by, action in (
        ("sec-1", ReceiveOpinion("多留绿地", channel="symposium", author=author, asks_hearing=True)),
        (own, ReceiveOpinion("先修排水", channel="online")),
    ):
        case = case.act(action, at=day(1), by=by, salt=secrets.token_bytes(16))
    for step in solicited()[3:]:
        case = case.act(step.action, at=step.at, by=step.by, salt=secrets.token_bytes(16))
    assert {asker, objector, late, why, speaker}.isdisjoint({phone, address, author, own})
    return case, [phone, address, author, own]


def courtyard_with(phone: str, address: str) -> Case:
    """A courtyard case with two private fields."""
    return Case.open(
        matter(private={"phone": phone, "address": address}),
        catalogue.yizheng.COURTYARD,
        {},
        {"secretary": {"sec-1"}},
        at=START,
        by="sec-1",
        salt=secrets.token_bytes(16),
    )


class TestRedaction:
    """A redacted record holds nothing private, and the chain still verifies (row R20)."""

    @given(private_cases())
    def test_no_private_byte_is_shown(self, given_: tuple[Case, list[str]]) -> None:
        """No private value stands in a redacted record: not raw, escaped, encoded, decomposed or guessably digested."""
        case, words = given_
        entries = case.redacted()
        assert leaks(entries, words) == []
        verifies(case, entries)

    @given(st.lists(SECRETS, min_size=2, max_size=2, unique=True))
    def test_hearing_and_objection(self, words: list[str]) -> None:
        """Who asks for a hearing, testifies or objects is not shown, whether by themselves or entered by the office."""
        own, entered = words
        case = Case.open(
            family(private={"name": own, "selected_because": own}),
            catalogue.yizheng.ALLOWANCE,
            ALLOWANCE_ROLLS,
            ALLOWANCE_OFFICES,
            at=START,
            by="sec-1",
            salt=secrets.token_bytes(16),
        )
        case = take(case, hearing_steps(own, entered))
        assert case.stage == "hearing"
        entries = case.redacted()
        assert leaks(entries, words) == []
        verifies(case, entries)

    def test_ballots_by_name(self) -> None:
        """Recorded ballots are private as a whole, a member's own ballot in its choice; the ruling is shown."""
        case = take(at_stage("resolve"), owners_voted())
        entries = case.redacted()
        recorded = next(entry for entry in entries if isinstance(entry.action, RecordBallots))
        assert recorded.action.ballots is None
        assert recorded.withheld == {"ballots"}
        assert b"1-103" not in recorded.payload
        assert entries[-1].effect.ruling == case.entries[-1].effect.ruling
        verifies(case, entries)

    def test_an_objector(self) -> None:
        """An objection shows its words and not its author, until nothing of the author is left in the record."""
        case = take(at_stage("disclose_measures"), posted(50)[:2])
        shown = case.redacted()[-1]
        assert (shown.action.text, shown.action.author) == (case.entries[-1].action.text, None)
        assert b"1-103" not in shown.payload

    def test_what_has_nothing_private_is_the_same(self) -> None:
        """An entry without private values is shown as it is."""
        case = courtyard().act(Note("x"), at=day(0), by="sec-1")
        assert case.redacted()[-1] is case.entries[-1]

    def test_a_redacted_record_is_redacted_again(self) -> None:
        """Redacting twice is redacting once."""
        case = take(courtyard(), courtyard_steps())
        once = case.redacted()
        assert Case.replay(once).redacted() == once

    def test_a_count_is_not_made_on_a_redacted_record(self) -> None:
        """A vote whose ballots were withheld cannot be counted: it is refused, never counted without them."""
        case = take(at_stage("resolve"), owners_voted()[:2])
        shown = Case.replay(case.redacted())
        with pytest.raises(Refused) as refusal:
            shown.act(CloseVote(), at=day(46), by="sec-1")
        assert refusal.value.codes == {"WITHHELD"}

    def test_the_representation_shows_nothing_private(self) -> None:
        """Neither the case nor its matter, nor an action, shows a private value when it is printed."""
        case = take(courtyard(), solicited()[:3])
        shown = repr(case) + repr(case.matter) + repr([entry.action for entry in case.entries])
        assert "13800000000" not in shown
        assert "1-102" not in repr(case.entries[3].action)


def hearing_steps(own: str, entered: str) -> list[Step]:
    """The steps to a hearing in which everybody who speaks is private."""
    before = [step for step in allowance_steps() if step.at < day(11)]
    called = heard(11)[0]
    return [
        *before,
        Step(AskHearing("情况有变"), day(11), own),
        Step(AskHearing("情况有变", author=entered), day(11)),
        called,
        Step(stages.Testify("属实"), day(14, 10), own),
        Step(stages.Testify("不属实", speaker=entered), day(14, 10)),
    ]


class TestSalts:
    """A salt is random, long enough, of its own for each value, and never reused."""

    def test_it_has_128_bits(self) -> None:
        """Every value is sealed with sixteen bytes at least, and with fewer nothing is sealed."""
        for given_ in (b"0" * 16, b"1" * 64):
            (held,) = courtyard(salt=given_).entries[0].seals.values()
            assert held.salt is not None
            assert len(held.salt) >= 16
        with pytest.raises(InvalidValue, match="15 bytes"):
            courtyard(salt=b"0" * 15)

    def test_each_value_has_its_own(self) -> None:
        """Two values of one entry never share a salt, so that one can be shown without the other."""
        case = courtyard_with("same", "same")
        held = case.entries[0].private()
        assert {each["value"] for each in held.values()} == {"same"}
        assert len({each["salt"] for each in held.values()}) == 2
        assert len(set(case.entries[0].public_data()["private"].values())) == 2

    @given(st.binary(min_size=16, max_size=32), st.binary(min_size=16, max_size=32))
    def test_equal_values_have_different_digests(self, left: bytes, right: bytes) -> None:
        """The same value under two salts has two digests: nobody can tell that it is the same."""
        sealed = [courtyard(salt=salt).entries[0].public_data()["private"] for salt in (left, right)]
        assert (sealed[0] == sealed[1]) is (left == right)

    def test_a_value_is_sealed_by_its_salt(self) -> None:
        """Whoever has value and salt can check the digest in the public part."""
        entry = courtyard().entries[0]
        held = entry.private()["matter.private.phone"]
        assert entry.public_data()["private"] == {
            "matter.private.phone": seal(held["value"], bytes.fromhex(held["salt"]))
        }

    def test_a_record_without_salts_is_not_redacted(self) -> None:
        """A value that was sealed without a salt could be guessed, so that record is not handed out."""
        case = courtyard(salt=None)
        assert Case.replay(case.entries) == case
        with pytest.raises(InvalidValue, match=r"could be guessed.*token_bytes"):
            case.redacted()

    def test_it_can_be_stored_unsalted(self) -> None:
        """A record without salts is read back as it was: it is whole, though it cannot be shown."""
        entry = courtyard(salt=None).entries[0]
        case = courtyard(salt=None)
        again = read_entry(
            entry.payload, canonical(entry.private()), claimed=entry.digest, kinds=Kinds(), parts=case.parts, number=1
        )
        assert again == entry


class TestDestroyed:
    """A private value may be destroyed later, and everything else stays provable."""

    def test_one_value_of_several(self) -> None:
        """When one of two values is destroyed, the other is still there, sealed, and the chain holds."""
        case = courtyard_with("138", "1-2-3")
        entry = case.entries[0]
        kept = {path: held for path, held in entry.private().items() if path != "matter.private.phone"}
        left = read_entry(
            entry.payload, canonical(kept), claimed=entry.digest, kinds=Kinds(), parts=case.parts, number=1
        )
        assert left.withheld == {"matter.private.phone"}
        assert left.action.matter.private == {"address": "1-2-3"}
        assert left.private() == kept
        assert Case.replay([left]).digest == case.digest

    def test_a_case_goes_on_after_it(self) -> None:
        """A case whose private values were destroyed goes on."""
        case = Case.replay(take(courtyard(), solicited()[:3]).redacted())
        for step in solicited()[3:]:
            case = case.act(step.action, at=step.at, by=step.by)
        assert (case.stage, Case.replay(case.entries)) == ("propose", case)

    def test_an_actor_who_was_withheld_is_nobody(self) -> None:
        """Where the actor was private, the redacted entry names nobody."""
        case = take(courtyard(), solicited()[:2])
        assert case.entries[-1].by == "1-101"
        assert case.redacted()[-1].by is None

    def test_an_office_that_enters_for_others_is_named(self) -> None:
        """Who enters an opinion for somebody else does it as an office, and stays named."""
        case = take(courtyard(), solicited()[:3])
        assert case.redacted()[-1].by == "sec-1"


def test_a_members_own_ballot_shows_who_and_not_what() -> None:
    """Who voted is shown, what they chose is not."""
    case = take(at_stage("resolve"), [Step(Convene(held_at=day(36), until=day(46), mode="written"), day(20))])
    case = case.act(CastBallot(Choice.AGAINST), at=day(37), by="1-101", salt=b"7" * 16)
    shown = case.redacted()[-1]
    assert (shown.by, shown.action.choice) == ("1-101", None)
    assert b"against" not in shown.payload
    assert Case.replay(case.redacted()).progress.ballots == {"1-101": None}


def test_attendance_is_public() -> None:
    """Attendance and notices have nothing private: they are part of what the public is shown."""
    case = take(at_stage("propose", "called"), [])
    case = case.act(TakeAttendance(["c-1", "c-2"]), at=day(9), by="sec-1")
    assert case.entries[-1].seals == {}
    assert attrs.evolve(Post(channels=BOARD, content="x")).content.zh == "x"


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8).map(str.strip).filter(str.isprintable).filter(bool), SECRETS, max_size=4
    )
)
def test_any_private_fields(private: dict[str, str]) -> None:
    """Private fields of any name are sealed, shown to whoever has the record, and left out of what is shown."""
    case: Any = Case.open(
        matter(private=private),
        catalogue.yizheng.COURTYARD,
        {},
        {"secretary": {"sec-1"}},
        at=START,
        by="sec-1",
        salt=b"5" * 16,
    )
    assert case.matter.private == {unicodedata.normalize("NFC", name): word for name, word in private.items()}
    entries = case.redacted()
    assert leaks(entries, list(private.values())) == []
    assert Case.replay(entries).matter.private == {}


def test_an_objection_of_ones_own_names_nobody() -> None:
    """Whoever objects for themselves is not named in what is shown."""
    case = take(at_stage("disclose_measures"), posted(50)[:1])
    case = case.act(Object("太吵"), at=day(51), by="居民甲乙丙", salt=b"4" * 16)
    assert leaks(case.redacted(), ["居民甲乙丙"]) == []
