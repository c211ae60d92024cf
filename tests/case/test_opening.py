"""Opening a case: what it needs, what it keeps, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from walks import (
    ALLOWANCE_OFFICES,
    ALLOWANCE_ROLLS,
    COURTYARD_ROLLS,
    OFFICES,
    START,
    courtyard,
    day,
    family,
    matter,
    owners,
    roll,
)
from yizheng import Case, Matter, Member, Refused, Roll, Status, catalogue
from yizheng.case import Open
from yizheng.errors import InvalidType, InvalidValue, YizhengError

COURTYARD = catalogue.yizheng.COURTYARD
ALLOWANCE = catalogue.yizheng.ALLOWANCE


def opened(**changes: Any) -> Case:
    """A courtyard case, with some of its arguments changed."""
    given: dict[str, Any] = {
        "matter": matter(),
        "procedure": COURTYARD,
        "rolls": COURTYARD_ROLLS,
        "offices": OFFICES,
        "at": START,
        "by": "sec-1",
        **changes,
    }
    return Case.open(given.pop("matter"), given.pop("procedure"), given.pop("rolls"), given.pop("offices"), **given)


class TestOpening:
    """A case begins with its opening: a matter, a procedure, rolls and offices."""

    def test_it_stands_at_the_first_stage(self) -> None:
        """A case that was opened is under way, in the first stage, with no end."""
        case = opened()
        assert (case.stage, case.phase, case.state) == ("solicit", "waiting", "solicit.waiting")
        assert (case.status, case.outcome) == (Status.OPEN, None)

    def test_it_keeps_what_it_was_given(self) -> None:
        """Matter, procedure, rolls and offices are those of the opening, and its parts are kept by digest."""
        case = opened()
        assert (case.id, case.matter, case.procedure) == ("2026-007", matter(), COURTYARD)
        assert case.offices == {office: frozenset(held) for office, held in OFFICES.items()}
        assert dict(case.parts) == {part.digest: part for part in (COURTYARD, *COURTYARD_ROLLS.values())}

    def test_its_one_entry_is_the_opening(self) -> None:
        """The record begins with entry 1, which carries the whole opening and says who opened it and when."""
        case = opened()
        (entry,) = case.entries
        assert isinstance(entry.action, Open)
        assert (entry.number, entry.by, entry.previous) == (1, "sec-1", "0" * 64)
        assert entry.at == entry.recorded_at == START
        assert (case.version, case.digest) == (1, entry.digest)

    def test_a_body_may_get_its_roll_later(self) -> None:
        """A body without a roll is no obstacle: its roll can come with the notice."""
        assert opened(rolls={}).stage == "solicit"

    def test_an_office_may_be_filled_later(self) -> None:
        """An office that nobody holds is no obstacle, as long as somebody may open."""
        assert opened(offices={"secretary": ["sec-1"]}).offices == {"secretary": frozenset({"sec-1"})}

    def test_it_may_be_entered_later_than_it_happened(self) -> None:
        """The moment of entering is kept beside the moment of happening."""
        entry = opened(recorded_at=START + timedelta(hours=3)).entries[0]
        assert entry.recorded_at - entry.at == timedelta(hours=3)

    def test_moments_are_instants(self) -> None:
        """The same instant in another zone opens the same case."""
        assert opened(at=START.astimezone(UTC)) == opened()

    def test_it_shows_itself_shortly(self) -> None:
        """The representation names the case, where it stands and how long its record is, and nothing private."""
        assert repr(opened()) == "<Case 2026-007: solicit.waiting, 1 entries>"

    def test_cases_with_the_same_record_are_equal(self) -> None:
        """Two cases are equal where their records are, hash alike then, and are equal to nothing else."""
        assert opened(salt=b"0" * 16) == courtyard()
        assert hash(opened(salt=b"0" * 16)) == hash(courtyard())
        assert opened() != opened(at=day(1))
        assert opened() != "2026-007"


class TestWhoMayOpen:
    """Only a holder of an office that may open can open a case."""

    @pytest.mark.parametrize("by", ["rep-03", "sup-1", "street-1", "nobody", "1-101"])
    def test_others_are_refused(self, by: str) -> None:
        """Anybody else is refused with NOT_IN_OFFICE, and there is no case."""
        with pytest.raises(Refused) as refusal:
            opened(by=by)
        assert refusal.value.codes == {"NOT_IN_OFFICE"}

    def test_an_office_that_nobody_holds_opens_nothing(self) -> None:
        """Without offices, nobody can open."""
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            opened(offices={})


class TestRequiredFacts:
    """A procedure may name facts that a matter must state."""

    def given(self, **facts: object) -> Case:
        """A family with these facts and no others, opened."""
        return Case.open(
            family(facts=facts), ALLOWANCE, ALLOWANCE_ROLLS, ALLOWANCE_OFFICES, at=START, by="sec-1", salt=b"0" * 16
        )

    def test_a_stated_fact_opens(self) -> None:
        """A family is entered with whether it is contested."""
        assert self.given(contested="有争议").stage == "solicit"

    @pytest.mark.parametrize("facts", [{}, {"contested": ""}, {"contested": None}, {"other": "x"}])
    def test_a_missing_or_empty_fact_is_refused(self, facts: dict[str, object]) -> None:
        """A fact that is missing or empty is refused by its name, in both languages."""
        with pytest.raises(Refused) as refusal:
            self.given(**facts)
        (reason,) = refusal.value.reasons
        assert reason.code == "MISSING_FACT"
        assert all("contested" in reason.explain(language) for language in ("zh", "en"))

    def test_every_reason_is_given(self) -> None:
        """Who, what and when are all looked at before the refusal."""
        with pytest.raises(Refused) as refusal:
            Case.open(
                family(facts={}),
                ALLOWANCE,
                ALLOWANCE_ROLLS,
                ALLOWANCE_OFFICES,
                at=START,
                recorded_at=START - timedelta(microseconds=1),
                by="nobody",
            )
        assert refusal.value.codes == {"NOT_IN_OFFICE", "MISSING_FACT", "RECORDED_BEFORE"}
        missing = [reason.values["fact"] for reason in refusal.value.reasons if reason.code == "MISSING_FACT"]
        assert missing == list(ALLOWANCE.facts)

    def test_a_fact_that_is_false_is_stated(self) -> None:
        """False and nought are facts: only what says nothing is missing."""
        assert self.given(contested=False).stage == self.given(contested=0).stage == "solicit"


class TestBadInput:
    """What cannot be an opening raises an error of ours that says what is wrong and what to write."""

    @pytest.mark.parametrize(
        ("changes", "error", "words"),
        [
            ({"matter": "2026-007"}, InvalidType, "a matter was expected"),
            ({"matter": None}, InvalidType, "a matter was expected"),
            ({"procedure": "courtyard"}, InvalidType, "a procedure was expected"),
            ({"rolls": [owners()]}, InvalidType, "rolls are a mapping"),
            ({"rolls": None}, InvalidType, "rolls are a mapping"),
            ({"rolls": {"owners": ["1-101"]}}, InvalidType, "write Roll"),
            ({"rolls": {"party": roll("party", ["a"])}}, InvalidValue, "has no body 'party'"),
            ({"rolls": {"owners": roll("two_committees", ["a"])}}, InvalidValue, "is of 'two_committees'"),
            ({"offices": None}, InvalidType, "a mapping"),
            ({"offices": ["secretary"]}, InvalidType, "a mapping"),
            ({"offices": {"secretary": "sec-1"}}, InvalidType, "a set of ids"),
            ({"offices": {"secretary": None}}, InvalidType, "a set of ids"),
            ({"offices": {"secretary": [1]}}, InvalidType, "write a string"),
            ({"offices": {"treasurer": ["sec-1"]}}, InvalidValue, "no office treasurer; it has secretary"),
            ({"at": "2026-03-02"}, InvalidType, "write datetime"),
            ({"at": START.date()}, InvalidType, "write datetime"),
            ({"at": datetime(2026, 3, 2, 9)}, InvalidValue, "has no zone"),  # noqa: DTZ001 -- it is refused
            ({"at": datetime(1, 1, 1, tzinfo=UTC)}, InvalidValue, "the years 1900 to 9000"),
            ({"recorded_at": datetime(2026, 3, 2, 9)}, InvalidValue, "recorded_at"),  # noqa: DTZ001 -- it is refused
            ({"recorded_at": 5}, InvalidType, "recorded_at"),
            ({"by": 5}, InvalidType, "by is of type int"),
            ({"by": ""}, InvalidValue, "it needs 1 to 200"),
            ({"by": "sec-1\u200b"}, InvalidValue, "invisible"),
            ({"by": "s" * 201}, InvalidValue, "201 characters"),
            ({"salt": "0" * 16}, InvalidType, "token_bytes"),
            ({"salt": bytearray(16)}, InvalidType, "token_bytes"),
            ({"salt": b"0" * 15}, InvalidValue, "15 bytes"),
            ({"salt": b""}, InvalidValue, "0 bytes"),
            ({"key": 7}, InvalidType, "a key"),
            ({"key": ""}, InvalidValue, "a key"),
        ],
    )
    def test_it_is_refused_with_what_to_do(self, changes: dict[str, Any], error: type[Exception], words: str) -> None:
        """Each bad argument has an error of its kind, with words that help."""
        with pytest.raises(error, match=words) as raised:
            opened(**changes)
        assert isinstance(raised.value, YizhengError)

    def test_nobody_watches_over_themselves(self) -> None:
        """Whoever holds an independent office holds no other: such offices are refused at the opening, by who it is."""
        with pytest.raises(InvalidValue, match="sec-1 would hold an independent office and another"):
            opened(offices={**OFFICES, "supervisor": {"sec-1", "sup-1"}})

    @pytest.mark.parametrize("budget", ["a lot", -1, "-0.01", True, [], "1e9", "50%"])
    def test_a_budget_is_an_amount(self, budget: Any) -> None:
        """A budget that is no amount is refused at once, and not when somebody wants to spend it."""
        with pytest.raises(Refused, match="BAD_AMOUNT"):
            opened(matter=matter(facts={"budget": budget}))

    def test_an_unsound_definition_opens_nothing(self) -> None:
        """A definition with faults is refused with every one of them."""
        unsound = attrs.evolve(COURTYARD, withdrawn="nowhere", deciding="nothing")
        with pytest.raises(InvalidValue) as raised:
            opened(procedure=unsound)
        assert {fault.split(":")[0] for fault in raised.value.faults} == {"UNKNOWN_END", "UNKNOWN_STAGE"}

    def test_all_faulty_rolls_are_named(self) -> None:
        """Two wrong rolls are two faults."""
        with pytest.raises(InvalidValue) as raised:
            opened(rolls={"party": roll("party", ["a"]), "owners": roll("party", ["a"])})
        assert len(raised.value.faults) == 2

    def test_a_case_is_not_built_by_its_class(self) -> None:
        """Case(…) says how a case is built."""
        with pytest.raises(InvalidType, match=r"Case\.open"):
            Case()

    @pytest.mark.parametrize(
        "facts",
        [{"budget": 1.5}, {"budget": float("nan")}, {"a": {"b": {1, 2}}}, {1: "x"}, {"n": 2**53}, {"n": 10**5000}, []],
    )
    def test_facts_are_plain(self, facts: Any) -> None:
        """Facts that are not plain data, or not exact, are refused where the matter is built."""
        with pytest.raises(YizhengError):
            Matter("m", title="t", category="c", facts=facts)

    def test_facts_have_a_depth(self) -> None:
        """Facts nested beyond the limit are refused, however deep, and up to it they are kept."""
        deep: Any = "x"
        for _ in range(100_000):
            deep = [deep]
        with pytest.raises(InvalidValue, match="nested deeper"):
            Matter("m", title="t", category="c", facts={"deep": deep})

    def test_facts_have_a_size(self) -> None:
        """More than ten thousand values, or a string beyond 64 KiB, are refused; a document is attached instead."""
        with pytest.raises(InvalidValue, match="10000 values"):
            Matter("m", title="t", category="c", facts={"many": [1] * 10_001})
        with pytest.raises(InvalidValue, match="attach a document"):
            Matter("m", title="x" * 1_000_000, category="c")

    def test_an_opening_has_a_size(self) -> None:
        """An opening beyond the limit of an entry is refused before it is entered; a document is attached instead."""
        with pytest.raises(InvalidValue, match="attach a document"):
            opened(matter=matter(facts={"many": ["x" * 60_000] * 150}))

    @pytest.mark.parametrize("private", [5, ["phone"], {"phone": 5}, {5: "x"}, {"phone": "\ud800"}])
    def test_private_fields_are_words(self, private: Any) -> None:
        """Private fields are words by name."""
        with pytest.raises(YizhengError):
            Matter("m", title="t", category="c", private=private)

    def test_an_id_has_one_form(self) -> None:
        """Ids that differ only in their Unicode form are one id."""
        composed, decomposed = "é-1", "e\u0301-1"
        assert opened(offices={"secretary": [decomposed]}, by=composed).entries[0].by == composed
        with pytest.raises(InvalidValue, match="Unicode form"):
            Roll("owners", [Member("1-101"), Member("１-101")])
