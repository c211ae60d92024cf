"""A batch, in the order of its life: opened, led on once for all, left by its matters, which are resolved one by one."""

from __future__ import annotations

import copy
import itertools
import pickle
import sqlite3
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest
from msgspec import structs

from yizheng import Case, Docket, Matter, Refused, Status, Text
from yizheng.batch import Batch
from yizheng.canonical import canonical, digest
from yizheng.case import Open, OpenBatch, Shared, Sittings, TakeUp, Within
from yizheng.docket.records import write_of
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, KeyReused, StoreFault, VersionConflict
from yizheng.proofs import Damage
from yizheng.rules import CAST, ENTITLED, FOR, Choice, Rule
from yizheng.stages import (
    Adjourn,
    AnswerOpinion,
    AskSplit,
    CastBallot,
    CloseVote,
    Convene,
    CountVotes,
    ExtendVote,
    Leaving,
    Note,
    OpenSolicitation,
    OrderCorrection,
    ReceiveOpinion,
    RecordBallots,
    Recuse,
    Release,
    ReturnForRevision,
    Revise,
    SplitOut,
    TakeAttendance,
    WaiveHearing,
    Withdraw,
)
from yizheng.stages.deliberation import Mode
from yizheng.store import MemoryStore, Record, SQLiteStore

from .alone import alone, what_came
from .desk import FAMILIES, Desk, altered, batch_of, copied, refused, resolving
from .failing import Behind, Failing, everything
from .review import HERE, OFFICES, PROCEDURE, ROLLS, START, called, day, family, front, hearing, meeting, voted

WHY = Text("有争议", "it is contested")
BY = {"at": START, "by": "sec-1"}
ONE = "family-001"


def in_writing():
    """The procedure, with a resolution in writing."""
    written = attrs.evolve(PROCEDURE.stage("resolve"), modes=[Mode.WRITTEN], rule=WRITTEN, methods=["by_name"])
    return attrs.evolve(PROCEDURE, stages=[written if each.id == "resolve" else each for each in PROCEDURE.stages])


class TestOpening:
    """A batch is opened with all its matters, or not at all."""

    def test_a_batch_and_a_record_for_each_matter(self):
        """Each names the batch and the digest of its opening."""
        desk = Desk(triage={"rule": "contested", "left_out": 4}, sittings="one", requests=2)
        batch = batch_of(desk)
        assert [*batch.items] == [*FAMILIES]
        assert (batch.id, batch.version, batch.stage, batch.phase) == ("batch-1", 1, "solicit", "waiting")
        assert (batch.status, batch.procedure, batch.ready) == (Status.OPEN, PROCEDURE, False)
        assert batch.title == Text("第1户等3件", "family 1 and 2 more")
        assert (batch.opened.sittings, batch.opened.requests) == (Sittings.ONE, 2)
        assert batch.opened.triage == {"rule": "contested", "left_out": 4}
        for item in FAMILIES:
            assert desk.case(item).entries[0].action.within == Within("batch-1", batch.entries[0].digest)
        assert desk.find(batch="batch-1") == FAMILIES
        assert desk.find(stage="solicit") == ("batch-1",)

    def test_what_is_private_stands_in_the_record_of_each_alone(self):
        """Nothing of it is in the record of the batch, nor sealed there."""
        desk = Desk()
        records, _ = desk.store.load("batch-1")
        assert all(b"555-" not in record.payload and b"phone" not in record.payload for record in records)
        assert [record.private for record in records] == [None]
        assert [matter.private for matter in batch_of(desk).items.values()] == [{}, {}, {}]
        assert [desk.case(item).matter.private["phone"] for item in FAMILIES] == ["555-0001", "555-0002", "555-0003"]

    def test_every_fact_that_is_lacking_is_named(self):
        """Trap 101: nothing is left out silently. One matter without a fact refuses all, and nothing is kept."""
        bare = [
            Matter("bare-1", title=WHY, category="x", private={"selected_because": "income"}),
            Matter("bare-2", title=WHY, category="x", facts={"contested": False}),
        ]
        docket = Docket(store := MemoryStore())
        with pytest.raises(Refused) as refusal:
            docket.open_batch([family(1), *bare], PROCEDURE, ROLLS, OFFICES, id="batch-1", **BY)
        assert [(each.code, each.values.get("item", each.values.get("of_item"))) for each in refusal.value.reasons] == [
            ("ITEM_LACKS", "bare-1"),
            ("PRIVATE_FACT", "bare-2"),
        ]
        assert store.streams() == ()

    def test_a_budget_that_is_no_amount_is_refused(self):
        """As it is with one matter."""
        with pytest.raises(Refused, match="BAD_AMOUNT"):
            Batch.open([family(1, budget="much")], PROCEDURE, ROLLS, OFFICES, id="batch-1", **BY)

    @pytest.mark.parametrize(
        ("matters", "settings", "words"),
        [
            ([family(1), family(2), family(1)], {}, "family-001 stands twice"),
            ([family(1)], {"id": ONE}, "id of the batch and of one of its matters"),
            ([], {}, "there is none here"),
            ([family(1)], {"id": None}, "needs an id"),
            ([family(1)], {"requests": 0}, "1 or more"),
            ([family(1)], {"sittings": "two"}, "separate"),
        ],
    )
    def test_what_cannot_be_a_batch(self, matters: list[Matter], settings: dict[str, Any], words: str):
        """It is said what is, and what was expected."""
        given: dict[str, Any] = {"id": "batch-1", **BY, **settings}
        with pytest.raises(InvalidValue, match=words):
            Batch.open(matters, PROCEDURE, ROLLS, OFFICES, **given)

    def test_an_action_that_opens_a_batch_checks_the_same(self):
        """Whoever builds it by hand meets the same doors."""
        held: dict[str, Any] = {"procedure": PROCEDURE, "rolls": ROLLS, "offices": OFFICES}
        whole = Matter("batch-1", title=WHY, category="allowance")
        with pytest.raises(InvalidValue, match="there is none"):
            OpenBatch(matter=whole, items=[], **held)
        with pytest.raises(InvalidValue, match="in no other batch"):
            OpenBatch(matter=whole, items=[family(1)], within=Within("batch-0", "0" * 64), **held)
        with pytest.raises(InvalidValue, match="lie in itself"):
            Open(matter=family(1), within=Within(ONE, "0" * 64), **held)

    def test_a_procedure_that_shares_nothing(self):
        """No batch can be made of it; nor can one sitting where nobody sits."""
        bare = attrs.evolve(PROCEDURE, shared=())
        with pytest.raises(InvalidValue, match="shares no stage"):
            Batch.open([family(1)], bare, ROLLS, OFFICES, id="batch-1", **BY)
        with pytest.raises(InvalidValue, match="no deliberation"):
            Batch.open(
                [family(1)],
                attrs.evolve(PROCEDURE, deciding="hearing", shared=("solicit",)),
                ROLLS,
                OFFICES,
                id="batch-1",
                sittings="one",
                **BY,
            )

    def test_only_whoever_may_open_cases(self):
        """An office that may not is refused, by value and by docket."""
        with pytest.raises(Refused, match="NOT_IN_OFFICE"):
            Batch.open([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", at=START, by="c-01")

    def test_a_matter_lies_in_no_foreign_batch(self):
        """Neither in one that was opened for others, nor by others, nor in the case of one matter."""
        batch, (case,) = Batch.open([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", **BY)
        with pytest.raises(InvalidValue, match="not opened for matter family-002"):
            Case.open(family(2), PROCEDURE, ROLLS, OFFICES, within=batch.case, **BY)
        with pytest.raises(InvalidValue, match="not opened for matter family-001"):
            Case.open(family(1, contested=True), PROCEDURE, ROLLS, OFFICES, within=batch.case, **BY)
        with pytest.raises(InvalidValue, match="other offices"):
            Case.open(family(1), PROCEDURE, ROLLS, {"secretary": ["sec-1"]}, within=batch.case, **BY)
        with pytest.raises(InvalidValue, match="the case of one matter"):
            Case.open(family(2), PROCEDURE, ROLLS, OFFICES, within=case, **BY)
        with pytest.raises(InvalidType, match="within"):
            Case.open(family(1), PROCEDURE, ROLLS, OFFICES, within=batch, **BY)

    def test_a_matter_that_is_kept_already_stops_all(self):
        """And nothing of the batch is kept."""
        docket = Docket(store := MemoryStore())
        docket.open(family(2), PROCEDURE, ROLLS, OFFICES, **BY)
        before = everything(store)
        with pytest.raises(VersionConflict):
            docket.open_batch([family(1), family(2)], PROCEDURE, ROLLS, OFFICES, id="batch-1", **BY)
        assert everything(store) == before

    def test_a_key_opens_it_once(self):
        """The same key again gives the batch as it was opened; with other matters it is refused."""
        docket = Docket(store := MemoryStore())
        opened = docket.open_batch([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", key="k", **BY)
        docket.act_batch("batch-1", Note(WHY), **BY)
        before = everything(store)
        assert docket.open_batch([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", key="k", **BY) == opened
        with pytest.raises(KeyReused):
            docket.open_batch([family(2)], PROCEDURE, ROLLS, OFFICES, id="batch-1", key="k", **BY)
        other = attrs.evolve(family(1), private={**family(1).private, "phone": "other"})
        with pytest.raises(KeyReused):  # what is private to a matter stands in its own record alone
            docket.open_batch([other], PROCEDURE, ROLLS, OFFICES, id="batch-1", key="k", **BY)
        assert everything(store) == before

    def test_a_salt_for_each(self):
        """Too few are refused, and what is none."""
        for wrong, fault in ((5, InvalidType), ([b"s" * 16], InvalidValue)):
            with pytest.raises(fault, match="one for the batch, one for each matter"):
                Batch.open([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", salts=wrong, **BY)

    def test_matters_of_several_kinds(self):
        """Their batch has a category of its own, and one matter its own name."""
        batch, _ = Batch.open([family(1), family(2, category="other")], PROCEDURE, ROLLS, OFFICES, id="b", **BY)
        assert batch.case.matter.category == "batch"
        batch, _ = Batch.open([family(1)], PROCEDURE, ROLLS, OFFICES, id="b", **BY)
        assert (batch.case.matter.category, batch.title) == ("allowance", family(1).title)

    def test_a_group_of_a_plan(self):
        """It brings its id, and why its matters go together."""

        @attrs.frozen
        class Group:
            id: str
            matters: tuple[Matter, ...]
            reason: Text

        group = Group("group-7", (family(1), family(2)), WHY)
        batch, cases = Batch.open(group, PROCEDURE, ROLLS, OFFICES, title=Text("一批", "one batch"), **BY)
        assert (batch.id, batch.opened.reason, batch.title, len(cases)) == (
            "group-7",
            WHY,
            Text("一批", "one batch"),
            2,
        )
        assert Batch.open(group, PROCEDURE, ROLLS, OFFICES, id="mine", **BY)[0].id == "mine"

    def test_a_batch_is_made_of_a_batch(self):
        """The case of one matter is none, and neither is anything else."""
        desk = Desk()
        with pytest.raises(InvalidValue, match="the case of one matter"):
            desk.batch(ONE)
        with pytest.raises(InvalidType, match=r"Batch\.open"):
            Batch("batch-1")
        with pytest.raises(InvalidType, match="the case of a matter"):
            batch_of(desk).take_up(batch_of(desk), **BY)


class TestShared:
    """What is done in a shared stage is done once, for all."""

    def test_an_act_is_one_entry(self):
        """Whatever the number of matters; their own records stay as they are."""
        desk = Desk()
        for number, (at, by, action) in enumerate(front(), 2):
            desk.act_batch("batch-1", action, at=at, by=by)
            assert len([*desk.store.read_all()]) == number + 3
        assert [desk.store.version(item) for item in FAMILIES] == [1, 1, 1]
        assert batch_of(desk).stage == "resolve"

    def test_a_matter_alone_takes_no_act(self):
        """It is refused whatever is asked, by whomever: from the opening until the batch lets it go."""
        desk = Desk()
        acts = [
            OpenSolicitation(channels={"symposium"}, until=day(3)),
            Note(WHY),
            Withdraw(WHY),
            SplitOut(ONE, WHY),
            Release(),
            CloseVote(),
            TakeUp.from_batch(batch_of(desk).act(SplitOut(ONE, WHY), **BY).shared),
        ]
        for at, by, action in [*front()]:
            for each in acts:
                assert refused(desk.store, lambda each=each, at=at: desk.act(ONE, each, at=at, by="sec-1")) == [
                    "IN_BATCH"
                ]
            desk.act_batch("batch-1", action, at=at, by=by)
        case = Case.replay(desk.case(ONE).entries)
        assert (case.options(), case.duties(), case.version) == ((), (), 1)

    def test_a_hearing_that_one_asks_for_is_held_for_all(self):
        """The reason names the matter that asks."""
        desk = Desk(contested=True)
        steps = [*front()]
        desk.lead(steps[:-1])
        ((at, by, waive),) = steps[-1:]
        with pytest.raises(Refused, match="family-002: ") as refusal:
            desk.act_batch("batch-1", waive, at=at, by=by)
        assert [reason.code for reason in refusal.value.reasons] == ["HEARING_REQUIRED"]
        desk.lead(hearing(heard=True))
        assert batch_of(desk).stage == "resolve"

    def test_and_no_longer_once_that_matter_was_split_out(self):
        """The others waive it; that matter cannot."""
        desk = Desk(contested=True)
        steps = [*front()]
        desk.lead(steps[:-1])
        desk.split("batch-1", "family-002", reason=WHY, at=day(8), by="sec-1")
        desk.lead(steps[-1:])
        assert batch_of(desk).stage == "resolve"
        ask = lambda: desk.act("family-002", WaiveHearing(WHY), at=day(8), by="sec-1")  # noqa: E731
        assert refused(desk.store, ask) == ["HEARING_REQUIRED"]
        desk.lead(hearing(heard=True), "family-002")
        assert desk.case("family-002").stage == "resolve"

    def test_a_meeting_has_all_of_them_on_its_agenda(self):
        """Left out, it is all that are still there; given, none may be missing."""
        desk = Desk()
        desk.lead([*front()][:2])
        ask = lambda: desk.act_batch(  # noqa: E731
            "batch-1", Convene(held_at=day(4), agenda=["family-002"]), at=day(3), by="sec-1"
        )
        assert refused(desk.store, ask) == ["NOT_ON_AGENDA", "NOT_ON_AGENDA"]
        desk.split("batch-1", ONE, reason=WHY, at=day(3), by="sec-1")
        desk.act_batch("batch-1", Convene(held_at=day(4)), at=day(3), by="sec-1")
        assert desk.case("batch-1").progress.sitting.agenda == FAMILIES[1:]

    def test_no_matter_has_a_ballot_of_its_own_there(self):
        """A vote that they share is on all of them."""
        desk = Desk()
        desk.lead([*front()][:4])
        ask = lambda: desk.act_batch(  # noqa: E731
            "batch-1", CountVotes(for_=7, against=0, item=ONE), at=day(4, 9), by="c-01"
        )
        assert refused(desk.store, ask) == ["OTHER_MATTER"]


WRITTEN = Rule(
    quorum=CAST >= Fraction(1, 2) * ENTITLED, passage=FOR > Fraction(1, 2) * ENTITLED, citation=PROCEDURE.sources[0]
)

WHOLE_VOTE = [
    RecordBallots({"r-01": Choice.FOR}, channel="paper", evidence="box 1"),
    CastBallot(Choice.FOR),
    CountVotes(for_=9, against=0),
    CloseVote(),
    ReturnForRevision(WHY),
    Recuse("r-01", WHY),
    Revise(WHY),
    ExtendVote(until=day(20), reason=WHY),
]


class TestOneByOne:
    """Each matter has its own ballot, tally, recusal, ruling and outcome. A package vote cannot be expressed."""

    @pytest.mark.parametrize("sittings", [None, "one", "separate"])
    @pytest.mark.parametrize("action", WHOLE_VOTE, ids=lambda action: action.kind)
    def test_nothing_of_a_vote_is_done_for_all(self, sittings: str | None, action: Any):
        """Neither through a docket nor upon the value, before the sitting or in it."""
        desk = resolving(sittings)
        moments = [day(12)]
        if sittings != "separate":
            desk.lead(called())
            moments = [day(13, 9)]
        for at in moments:
            by = "r-01" if isinstance(action, CastBallot) else "c-01"
            assert refused(desk.store, lambda at=at, by=by: desk.act("batch-1", action, at=at, by=by)) == ["ONE_BY_ONE"]
            with pytest.raises(Refused, match="ONE_BY_ONE"):
                batch_of(desk).case.act(action, at=at, by=by)
            with pytest.raises(Refused, match="ONE_BY_ONE"):
                batch_of(desk).act(action, at=at, by=by)

    def test_what_the_record_allows_then(self):
        """Of the stage itself only calling, attendance and adjourning; in separate sittings not even these."""
        here = {Convene, TakeAttendance, Adjourn}
        stage = set(PROCEDURE.stage("resolve").deciders)
        assert set(resolving("one").case("batch-1").options()) & stage == {Convene}
        assert set(resolving(here=True).case("batch-1").options()) & stage == here - {Convene}
        assert set(resolving("separate").case("batch-1").options()) & stage == set()

    def test_separate_sittings(self):
        """The body is not called for all; each matter is released, and called for by itself."""
        desk = resolving("separate")
        assert batch_of(desk).ready
        ask = lambda: desk.act_batch("batch-1", Convene(held_at=day(13)), at=day(12), by="sec-1")  # noqa: E731
        assert refused(desk.store, ask) == ["APART"]
        for number, item in enumerate(FAMILIES):
            desk.lead(called(12 + number), item)
            desk.lead(voted(9 - 4 * number, 13 + number), item)
        assert [desk.case(item).outcome for item in FAMILIES] == [None, None, "not_carried"]
        assert batch_of(desk).status is Status.ENDED

    def test_one_sitting(self):
        """One notice and one attendance belong to the batch; before that no matter is released."""
        desk = resolving("one")
        assert not batch_of(desk).ready
        assert refused(desk.store, lambda: desk.release("batch-1", at=day(12), by="sec-1")) == ["TOGETHER"]
        assert refused(desk.store, lambda: desk.act(ONE, Convene(held_at=day(13)), at=day(12), by="sec-1")) == [
            "IN_BATCH",
            "TOGETHER",
        ]
        steps = [*called()]
        desk.lead(steps[:1])
        assert refused(desk.store, lambda: desk.release("batch-1", at=day(12), by="sec-1")) == ["TOGETHER"]
        desk.lead(steps[1:])
        desk.lead(voted(9), ONE)
        assert desk.case(ONE).stage == "disclose_resolution"
        assert [*batch_of(desk).items] == ["family-002", "family-003"]
        desk.act_batch("batch-1", Adjourn(WHY), at=day(13, 11), by="c-01")
        assert not batch_of(desk).ready
        desk.lead(called(20))
        desk.lead(voted(3, 21), "family-002")
        assert desk.case("family-002").outcome == "not_carried"

    def test_a_vote_in_writing(self):
        """It needs no attendance: once it was called, the matters are voted on one by one."""
        desk = Desk(procedure=in_writing(), sittings="one")
        desk.lead(front())
        call = Convene(held_at=day(12, 10), until=day(20), mode=Mode.WRITTEN)
        desk.act_batch("batch-1", call, at=day(12), by="sec-1")
        assert batch_of(desk).ready
        for how in (Leaving.WITHDRAWN, Leaving.HELD_OVER):
            ask = lambda how=how: desk.split("batch-1", ONE, reason=WHY, how=how, at=day(13), by="sec-1")  # noqa: E731
            assert refused(desk.store, ask) == ["VOTE_OPENED"]
        desk.act(ONE, RecordBallots({"r-01": "for"}, channel="paper", evidence="box"), at=day(13), by="sec-1")
        assert desk.case(ONE).phase == "voting"

    def test_no_matter_is_released_from_a_shared_stage(self):
        """Nothing leads there, in a batch or alone."""
        desk = Desk()
        assert refused(desk.store, lambda: desk.release("batch-1", ONE, **BY)) == ["STILL_SHARED"]

    def test_a_stage_that_is_neither_shared_nor_the_deciding_one(self):
        """The matters part there, whatever comes after."""
        procedure = attrs.evolve(PROCEDURE, shared=("solicit", "discuss"))
        desk = Desk(procedure=procedure, sittings="one")
        desk.lead([*front()][:6])
        assert (batch_of(desk).stage, batch_of(desk).ready) == ("review", True)
        ask = lambda: desk.act_batch("batch-1", Convene(held_at=day(6)), at=day(5), by="sec-1")  # noqa: E731
        assert refused(desk.store, ask) == ["ONE_BY_ONE"]
        desk.act(ONE, Convene(held_at=day(6)), at=day(5), by="sec-1")
        assert desk.case(ONE).phase == "called"

    def test_a_recusal_is_of_one_matter(self):
        """Trap 102: who is related to the second family is out of its vote alone; the totals are each matter's own."""
        desk = resolving(here=True)
        tallies = []
        for number, item in enumerate(FAMILIES):
            if number == 1:
                desk.act(item, Recuse("r-09", WHY), at=day(13, 9), by="c-01")
            voters = HERE["resident_representatives"][: 8 if number == 1 else 9]
            marks = dict.fromkeys(voters, Choice.FOR)
            desk.act(item, RecordBallots(marks, channel="paper", evidence="box"), at=day(13, 9), by="sec-1")
            case = desk.act(item, CloseVote(), at=day(13, 10), by="c-01")
            heads = case.entries[-1].effect.ruling.tally.measures["heads"]
            tallies.append((heads["for"], heads["recused"]))
        assert tallies == [(9, 0), (8, 1), (9, 0)]

    def test_a_ballot_names_no_other_matter(self):
        """Though all stood on one notice."""
        desk = resolving(here=True)
        ballots = RecordBallots({"r-01": "for"}, channel="paper", evidence="box", item="family-002")
        assert refused(desk.store, lambda: desk.act(ONE, ballots, at=day(13, 9), by="sec-1")) == ["OTHER_MATTER"]

    def test_what_is_recorded_of_one_binds_no_other_to_its_hour(self):
        """The second matter was voted on before the first, and entered after it."""
        desk = resolving(here=True)
        late = {"recorded_at": day(13, 12)}
        for item, hour in zip(FAMILIES, (10, 9, 11), strict=True):
            ballots = RecordBallots(
                dict.fromkeys(HERE["resident_representatives"], Choice.FOR), channel="paper", evidence="b"
            )
            desk.act(item, ballots, at=day(13, hour), by="sec-1", **late)
            desk.act(item, CloseVote(), at=day(13, hour, 30), by="c-01", **late)
        assert [desk.case(item).stage for item in FAMILIES] == ["disclose_resolution"] * 3

    def test_the_first_act_takes_a_matter_up(self):
        """Whoever may do it: it is a vote, a recusal or a call that lets the matter go, and nobody's decision."""
        desk = resolving(here=True)
        ask = lambda: desk.act(ONE, Note("x"), at=day(13, 9), by="r-01")  # noqa: E731
        assert refused(desk.store, ask) == ["NOT_IN_OFFICE"]
        ask = lambda: desk.release("batch-1", ONE, at=day(13, 9), by="r-01")  # noqa: E731
        assert refused(desk.store, ask) == ["NOT_IN_OFFICE"]
        case = desk.act("family-002", CastBallot(Choice.FOR), at=day(13, 9), by="r-01")
        assert (case.phase, case.version) == ("voting", 3)
        released = batch_of(desk).entries[-1]
        assert (released.action, released.withheld) == (Release("family-002", by_act=True), frozenset())
        assert b"r-01" not in released.payload
        ask = lambda: desk.act(ONE, Convene(held_at=day(14)), at=day(13, 9), by="c-01")  # noqa: E731
        assert refused(desk.store, ask) == ["NOT_NOW"]
        shared = batch_of(desk).act(Release(ONE), at=day(13, 9), by="c-01").shared
        ask = lambda: desk.act(ONE, TakeUp.from_batch(shared), at=day(13, 9), by="c-01")  # noqa: E731
        assert refused(desk.store, ask) == ["IN_BATCH"]
        desk.release("batch-1", at=day(13, 9), by="c-01")
        assert [desk.store.version(item) for item in FAMILIES] == [2, 3, 2]
        assert desk.act(ONE, CastBallot(Choice.FOR), at=day(13, 9), by="r-01").phase == "voting"

    def test_a_member_votes_in_writing_without_waiting_for_the_office(self):
        """Where the vote in writing was called for all, each ballot lets its own matter go."""
        desk = Desk(procedure=in_writing(), sittings="one")
        desk.lead(front())
        desk.act("batch-1", Convene(held_at=day(12, 10), until=day(20), mode="written"), at=day(12), by="sec-1")
        assert desk.act(ONE, CastBallot(Choice.FOR), at=day(13), by="r-01").phase == "voting"

    def test_what_is_said_of_long_ago_lets_it_go_now(self):
        """A note may speak of any moment; the matter is released when its batch came here, at the earliest."""
        desk = resolving(here=True)
        case = desk.act(ONE, Note("x"), at=day(1), by="sec-1", recorded_at=day(13, 11))
        assert case.entries[-1].at < case.entries[-2].at == batch_of(desk).entries[-1].at

    def test_one_that_leaves_binds_the_others_to_no_time(self):
        """What happened before another was split out can be entered after it."""
        desk = resolving("one", here=True)
        desk.split("batch-1", "family-003", reason=WHY, at=day(13, 10), by="c-01")
        recusal = Recuse("r-01", "亲属")
        assert desk.act(ONE, recusal, at=day(13, 9, 30), by="c-01", recorded_at=day(13, 11)).version == 3

    def test_a_release_by_an_act_is_of_one(self):
        """An act releases the matter that it is put to, never all of them."""
        with pytest.raises(InvalidValue, match="name it"):
            Release(by_act=True)

    def test_nothing_is_skipped(self):
        """Trap 101: all that are there are released together, and what is still there is listed until it has left."""
        desk = resolving(here=True)
        desk.split("batch-1", "family-002", reason=WHY, at=day(13, 9), by="c-01")
        batch = desk.release("batch-1", at=day(13, 9), by="c-01")
        assert batch.leaving == {"family-001", "family-003"}
        assert (len(batch.items), batch.status) == (0, Status.ENDED)
        assert all(desk.case(item).dossier.batch is None for item in FAMILIES)
        assert desk.due(day(30))
        assert {found.case for found in desk.due(day(30))} == {*FAMILIES}


class TestLeaving:
    """A matter is split out, held over or withdrawn; the rest go on."""

    @pytest.mark.parametrize("steps", range(len([*front()]) + 3))
    def test_split_out_from_where_the_batch_stands(self, steps: int):
        """At any moment: same place, same progress, and what was done before is its history."""
        desk = Desk()
        desk.lead([*front(), *called()][:steps])
        before = desk.case("batch-1")
        at = day(13, 9)
        batch = desk.split("batch-1", ONE, reason=WHY, at=at, by="c-01")
        case = desk.case(ONE)
        assert (case.state, case.progress, case.dossier.batch) == (before.state, before.progress, None)
        assert (case.matter.private["phone"], batch.leaving) == ("555-0001", {ONE})
        assert [*batch.items] == ["family-002", "family-003"]
        assert case.entries[1].action == TakeUp.from_batch(batch.shared)
        assert what_came(case) == what_came(alone(case, ROLLS, OFFICES))
        assert desk.case("batch-1").state == before.state

    @pytest.mark.parametrize("steps", range(len([*front()]) + 3))
    def test_withdrawn_at_any_moment(self, steps: int):
        """Trap 99: it stands on no later agenda and in no later vote, and takes no act."""
        desk = Desk()
        everything_else = [*front(), *called()]
        desk.lead(everything_else[:steps])
        at = everything_else[min(steps, len(everything_else) - 1)][0]
        desk.split("batch-1", ONE, reason=WHY, how="withdrawn", at=at, by="sec-1")
        assert (desk.case(ONE).outcome, desk.case(ONE).version) == ("withdrawn", 2)
        assert desk.find(outcome="withdrawn") == (ONE,)
        desk.lead(everything_else[steps:])
        agenda = desk.case("batch-1").progress.sitting.agenda
        assert (ONE in agenda) is (steps > len([*front()]))
        ballots = RecordBallots({"r-01": "for"}, channel="paper", evidence="box")
        assert refused(desk.store, lambda: desk.act(ONE, ballots, at=day(13, 9), by="sec-1")) == ["CASE_ENDED"]
        assert refused(desk.store, lambda: desk.release("batch-1", ONE, at=day(13, 9), by="sec-1")) == ["NOT_IN_BATCH"]
        desk.release("batch-1", at=day(13, 9), by="c-01")
        assert [desk.case(item).outcome for item in FAMILIES] == ["withdrawn", None, None]

    def test_withdrawn_by_whoever_may_withdraw(self):
        """The chair may split out, and take nothing back by that."""
        desk = Desk()
        ask = lambda: desk.split("batch-1", ONE, reason=WHY, how="withdrawn", at=START, by="c-01")  # noqa: E731
        assert refused(desk.store, ask) == ["NOT_IN_OFFICE"]
        desk.split("batch-1", ONE, reason=WHY, how="held_over", at=START, by="c-01")
        assert desk.case(ONE).phase == "waiting"

    @pytest.mark.parametrize("how", ["withdrawn", "held_over"])
    def test_not_while_somebody_is_owed_an_answer(self, how: str):
        """As with one matter. It can be split out: then it owes the answer itself."""
        desk = Desk()
        desk.lead([*front()][:1])
        opinion = ReceiveOpinion(WHY, channel="symposium", anonymous=True, id="o-1")
        desk.act_batch("batch-1", opinion, at=day(1), by="sec-1")
        ask = lambda: desk.split("batch-1", ONE, reason=WHY, how=how, at=day(1), by="sec-1")  # noqa: E731
        assert refused(desk.store, ask) == ["UNANSWERED"]
        desk.split("batch-1", "family-002", reason=WHY, at=day(1), by="sec-1")
        assert desk.case("family-002").duties()[0].ref == "o-1"
        desk.act_batch("batch-1", AnswerOpinion("o-1", WHY), at=day(1), by="sec-1")
        desk.split("batch-1", ONE, reason=WHY, how=how, at=day(1), by="sec-1")
        assert desk.case(ONE).dossier.batch is None

    def test_held_over(self):
        """Case T11: it is in dispute and looked into anew, from the beginning; what was done stays its history."""
        desk = resolving(here=True)
        batch = desk.split("batch-1", ONE, reason=WHY, how="held_over", at=day(13, 9), by="c-01")
        case = desk.case(ONE)
        assert (case.stage, case.phase, case.dossier.entered) == ("solicit", "waiting", case.entries[1].at)
        assert case.entries[1].action.shared.case == batch.case
        opening = OpenSolicitation(channels={"symposium"}, until=day(16))
        ask = lambda: desk.act(ONE, opening, at=day(12), recorded_at=day(14), by="sec-1")  # noqa: E731
        assert refused(desk.store, ask) == ["BACKDATED"]
        desk.act(ONE, opening, at=day(14), by="sec-1")
        assert desk.case(ONE).phase == "open"

    def test_the_record_goes_on_in_order(self):
        """A matter is not taken up before its batch let it go, nor entered before it happened."""
        desk = Desk()
        batch, held = batch_of(desk), desk.case(ONE)
        left = batch.act(SplitOut(ONE, WHY), at=day(1), by="sec-1")
        with pytest.raises(Refused, match="OUT_OF_ORDER"):
            left.take_up(held, at=START, by="sec-1")
        with pytest.raises(Refused, match="RECORDED_BEFORE"):
            left.take_up(held, at=day(2), recorded_at=day(1), by="sec-1")

    def test_enough_requests_split_out(self):
        """Each counts once for each matter, and who asks is not shown."""
        desk = Desk(requests=2)
        ask = AskSplit(ONE, WHY)
        assert desk.act_batch("batch-1", ask, at=day(0), by="r-01").leaving == frozenset()
        assert refused(desk.store, lambda: desk.act("batch-1", ask, at=day(0), by="r-01")) == ["ALREADY_ASKED"]
        desk.act_batch("batch-1", AskSplit("family-002", WHY), at=day(0), by="r-01")
        stranger = lambda: desk.act("batch-1", ask, at=day(0), by="stranger")  # noqa: E731
        assert refused(desk.store, stranger) == ["NOT_ON_ROLL"] * 3
        assert desk.act_batch("batch-1", ask, at=day(1), by="c-02").leaving == {ONE}
        assert (desk.case(ONE).version, desk.case(ONE).stage) == (2, "solicit")
        assert refused(desk.store, lambda: desk.act("batch-1", ask, at=day(1), by="r-02")) == ["NOT_IN_BATCH"]
        assert all(b"r-01" not in entry.payload for entry in batch_of(desk).entries[1:])

    def test_where_no_number_is_enough(self):
        """Asking alone splits nothing out; it stands in the record."""
        desk = Desk()
        for member in HERE["resident_representatives"]:
            desk.act_batch("batch-1", AskSplit(ONE, WHY), at=day(0), by=member)
        assert len(batch_of(desk).items) == 3
        assert batch_of(desk).entries[-1].effect.carried == {"asked": 9, "splits": False}

    def test_asking_where_there_is_no_roll_yet(self):
        """It is refused with a reason for each body."""
        docket = Docket(store := MemoryStore())
        docket.open_batch([family(1)], PROCEDURE, {}, OFFICES, id="batch-1", **BY)
        ask = lambda: docket.act("batch-1", AskSplit(ONE, WHY), at=START, by="r-01")  # noqa: E731
        assert refused(store, ask) == ["NO_ROLL"] * 3

    def test_whoever_asks_is_still_counted_when_the_name_was_withheld(self):
        """The public record comes to the same number."""
        desk = Desk(requests=2)
        desk.act_batch("batch-1", AskSplit(ONE, WHY), at=day(0), by="r-01")
        shown = Case.replay(desk.case("batch-1").redacted())
        assert (shown.dossier.split_asked, shown.dossier.split_askers) == ({ONE: 1}, frozenset())

    @pytest.mark.parametrize("action", [SplitOut(ONE, WHY), AskSplit(ONE, WHY), Release()], ids=lambda each: each.kind)
    def test_a_matter_by_itself_is_no_batch(self, action: Any):
        """Nothing can be taken out of it, before it was in a batch or after."""
        desk = resolving(here=True)
        desk.release("batch-1", at=day(13, 9), by="c-01")
        assert refused(desk.store, lambda: desk.act(ONE, action, at=day(13, 9), by="sec-1")) == ["NO_BATCH"]
        desk.open(family(9), PROCEDURE, ROLLS, OFFICES, **BY)
        assert "NO_BATCH" in refused(desk.store, lambda: desk.act("family-009", SplitOut(ONE, WHY), **BY))
        assert not {SplitOut, AskSplit, Release} & {*desk.case("family-009").options()}
        desk.lead(voted(9), ONE)
        assert refused(desk.store, lambda: desk.act(ONE, action, at=day(14), by="sec-1")) == ["NO_BATCH"]

    def test_a_matter_is_not_taken_up_twice(self):
        """Nor one that never was in a batch, nor by another batch, nor one that has not left."""
        desk = Desk()
        held, batch = desk.case(ONE), batch_of(desk)
        left = batch.act(SplitOut(ONE, WHY), **BY)
        taken = left.take_up(held, **BY)
        single = Case.open(family(1), PROCEDURE, ROLLS, OFFICES, **BY)
        other, _ = Batch.open([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", **BY)
        later = left.act(Note(WHY), **BY)
        for case, by_batch, code in [
            (taken, left, "NO_BATCH"),
            (single, left, "NO_BATCH"),
            (batch.case, left, "NO_BATCH"),
            (held, other.act(SplitOut(ONE, WHY), **BY), "CASE_OF_BATCH"),
            (held, batch, "IN_BATCH"),
            (held, later, "NOT_IN_BATCH"),
            (desk.case("family-002"), left, "IN_BATCH"),
        ]:
            with pytest.raises(Refused) as refusal:
                by_batch.take_up(case, **BY)
            assert [reason.code for reason in refusal.value.reasons] == [code]

    def test_the_last_one_leaves_an_empty_batch(self):
        """It is over, stands in no stage, and takes words alone."""
        desk = Desk()
        for item in FAMILIES:
            batch = desk.split("batch-1", item, reason=WHY, at=START, by="sec-1")
        assert (batch.status, batch.case.duties(), desk.find(stage="solicit")) == (Status.ENDED, (), FAMILIES)
        for action in (OpenSolicitation(channels={"symposium"}, until=day(3)), Withdraw(WHY), SplitOut(ONE, WHY)):
            ask = lambda action=action: desk.act_batch("batch-1", action, at=START, by="sec-1")  # noqa: E731
            assert refused(desk.store, ask) == ["BATCH_EMPTY"]
        desk.act_batch("batch-1", Note(WHY), at=START, by="sec-1")

    def test_what_is_no_way_to_leave(self):
        """A way that does not exist, and a reason that is none."""
        with pytest.raises(InvalidValue, match="held_over"):
            SplitOut(ONE, WHY, how="lost")
        with pytest.raises(InvalidType):
            AskSplit(ONE, None)


class TestEnding:
    """A batch that comes to an end ends all that are in it, in the same write."""

    def test_lost(self):
        """The committees do not propose them."""
        desk = Desk()
        steps = [*front()][:2]
        desk.lead([*steps, *meeting(3, "two_committees", against=7)])
        batch = batch_of(desk)
        assert (batch.case.outcome, batch.stage, [*batch.items]) == ("not_proposed", None, [])
        assert batch.leaving == {*FAMILIES}
        assert [(desk.case(item).outcome, desk.case(item).version) for item in FAMILIES] == [("not_proposed", 2)] * 3
        assert desk.find(status="open") == ()
        assert refused(desk.store, lambda: desk.act(ONE, Note(WHY), at=day(9), by="sec-1")) == ["CASE_ENDED"]

    def test_withdrawn(self):
        """The office takes all of them back; one that was split out goes on."""
        desk = Desk()
        desk.split("batch-1", ONE, reason=WHY, at=START, by="sec-1")
        desk.act_batch("batch-1", Withdraw(WHY), at=START, by="sec-1")
        assert [desk.case(item).outcome for item in FAMILIES] == [None, "withdrawn", "withdrawn"]

    def test_lapsed(self):
        """The representatives were called twice, and did not come."""
        desk = resolving("one")
        for start in (12, 14):
            desk.act_batch("batch-1", Convene(held_at=day(start + 1)), at=day(start), by="sec-1")
            desk.act_batch("batch-1", TakeAttendance(["r-01"]), at=day(start + 1, 8), by="c-01")
            desk.act_batch("batch-1", Adjourn(WHY), at=day(start + 1, 9), by="c-01")
        assert [desk.case(item).outcome for item in FAMILIES] == ["lapsed"] * 3

    def test_sent_back(self):
        """An order of correction leads all that are there back to the committees."""
        desk = resolving(here=True)
        desk.act(ONE, Note(WHY), at=day(13, 9), by="sec-1")
        source = PROCEDURE.sources[0]
        desk.act_batch("batch-1", OrderCorrection(WHY, citation=source), at=day(14), by="county-1")
        assert (batch_of(desk).stage, desk.case(ONE).stage) == ("discuss", "resolve")


class TestRecord:
    """Every matter's record is complete by itself, and what is shared is kept once."""

    @pytest.fixture
    def desk(self) -> Desk:
        """A batch of three: the first was voted on, the second split out, the third is still there."""
        desk = Desk(requests=2)
        steps = [*front()]
        desk.lead(steps[:1])
        opinion = ReceiveOpinion(Text("甲的意见", "what A thinks"), channel="symposium", author="resident-7", id="o-1")
        desk.act_batch("batch-1", opinion, at=day(1), by="sec-1")
        desk.act_batch("batch-1", AnswerOpinion("o-1", WHY), at=day(1), by="sec-1")
        desk.lead(steps[1:])
        desk.split("batch-1", "family-002", reason=WHY, at=day(11), by="sec-1")
        desk.lead(called())
        desk.lead(voted(9), ONE)
        return desk

    def test_replay_pickle_and_copy(self, desk: Desk):
        """They give the case again; it was read back from its stored bytes before."""
        for item in FAMILIES:
            case = desk.case(item)
            again = Case.replay(case.entries)
            assert again == case == Docket(desk.store).case(item)
            assert (again.state, again.progress, again.dossier) == (case.state, case.progress, case.dossier)
            assert pickle.loads(pickle.dumps(case)) == case
            assert copy.deepcopy(case) == copy.copy(case) == case
            assert hash(again) == hash(case)
        shared = desk.case(ONE).entries[1].action.shared
        assert (shared == shared.case, hash(shared)) == (False, hash(shared.case))
        assert repr(shared) == f"<Shared batch-1: {shared.case.version} entries>"
        assert shared.to_data()["entries"] == [entry.payload.decode() for entry in shared.case.entries]

    def test_the_shared_part_is_the_same_from_each(self, desk: Desk):
        """One is the beginning of the other, entry for entry."""
        batch = desk.case("batch-1")
        for item in FAMILIES[:2]:
            taken = desk.case(item).entries[1].action
            assert taken.shared.case.entries == batch.entries[: taken.entries]
            assert taken.shared.digest == batch.entries[taken.entries - 1].digest

    def test_it_is_kept_once(self, desk: Desk):
        """A matter's record names its digest; the parts of a matter in the store are rolls and the procedure."""
        records, parts = desk.store.load(ONE)
        digest = desk.case(ONE).entries[1].action.shared.digest
        assert f'"shared":"{digest}"'.encode() in records[1].payload
        assert len(records[1].payload) < 500
        assert digest not in parts
        assert set(desk.case(ONE).parts) == {*parts, digest}
        assert isinstance(desk.case(ONE).parts[digest], Shared)

    def test_what_is_private_is_withheld_in_the_shared_part_too(self, desk: Desk):
        """The author of an opinion, the ballots, and who let the matter go; every digest stays."""
        case = desk.case(ONE)
        shown = case.redacted()
        assert [entry.digest for entry in shown] == [entry.digest for entry in case.entries]
        taken = shown[1]
        assert (taken.by, taken.withheld) == (None, {"by"})
        assert shown[1].private() == {}
        shared = taken.action.shared.case
        assert all(held.salt is None for entry in shared.entries for held in entry.sealed)
        said = b"".join(entry.payload for entry in shared.entries) + repr(shared.entries).encode()
        assert b"resident-7" not in said
        assert shared.entries[2].action.author is None
        assert case.entries[1].action.shared.case.entries[2].action.author == "resident-7"
        again = Case.replay(shown)
        assert (again.state, again.digest) == (case.state, case.digest)
        assert Case.replay(again.redacted()) == again

    def test_the_shared_part_is_made_fit_to_be_shown_once(self, monkeypatch):
        """All matters that left together are shown the same; of how many batches that is kept at hand is bounded."""
        desk = resolving(here=True)
        desk.release("batch-1", at=day(13, 9), by="c-01")
        one, other = (desk.case(item).redacted()[1].action.shared for item in FAMILIES[:2])
        assert one is other
        monkeypatch.setattr("yizheng.case.case._SHOWN_AT_HAND", 1)
        later = desk.act("family-002", Note(WHY), at=day(13, 9), by="sec-1")
        split = resolving(here=True).split("batch-1", ONE, reason=WHY, at=day(13, 9), by="c-01")
        assert split.case.redacted() == Case.replay(split.case.redacted()).entries
        assert resolving(here=True).act(ONE, Note(WHY), at=day(13, 9), by="sec-1").redacted()[1].action.shared != one
        assert later.redacted()[1].action.shared == one

    def test_what_was_entered_without_a_salt_is_not_shown(self):
        """Who let it go could be guessed from its digest, so that nothing is given out."""
        batch, cases = Batch.open([family(1)], PROCEDURE, ROLLS, OFFICES, id="batch-1", salts=[b"s" * 16] * 2, **BY)
        case = batch.act(SplitOut(ONE, WHY), **BY).take_up(cases[0], **BY)
        with pytest.raises(InvalidValue, match="without a salt"):
            case.redacted()

    def test_what_was_destroyed_is_gone_for_every_matter(self, desk: Desk):
        """Also for a docket that has read it before: nothing lives on at hand."""
        desk.case(ONE)
        for number, record in enumerate(desk.store._streams["batch-1"]):
            desk.store._streams["batch-1"][number] = structs.replace(record, private=None)
        for docket in (desk, Docket(desk.store)):
            shared = docket.case(ONE).entries[1].action.shared.case
            assert shared.entries[2].action.author is None
            assert shared.entries[2].withheld == {"author"}
            assert docket.case("batch-1").entries[2].action.author is None
            assert docket.case(ONE).stage == "disclose_resolution"

    def test_a_batch_of_a_later_release_is_told_of_each_matter(self):
        """Where the record of a batch holds a kind that is not known here, so does the report on what goes on from it."""
        desk = Desk()
        at = desk.lead(list(front())[:1]).dossier.since
        desk.act_batch("batch-1", Note("x"), at=at, by="sec-1")
        desk.split("batch-1", "family-001", reason="另行", at=at, by="sec-1")
        later: list[Record] = []
        for record in desk.store.read("batch-1"):
            data = msgspec.json.decode(record.payload)
            data["kind"] = "note_of_2030" if record.kind == "note" else record.kind
            data["previous"] = later[-1].digest if later else data["previous"]
            payload = canonical(data)
            later.append(structs.replace(record, payload=payload, kind=data["kind"], digest=digest(payload)))
        first, taken = desk.store.read("family-001")
        store = copied(desk.store, {"batch-1": later, "family-001": (first, altered(taken, shared=later[-1].digest))})
        reports = [Docket(store).verify(stream) for stream in ("batch-1", "family-001", "family-002")]
        assert [report.damage for report in reports] == [Damage.UNKNOWN, Damage.UNKNOWN, None]

    def test_a_shared_record_cannot_be_anything_else(self):
        """It is that of a case, and does not change."""
        with pytest.raises(InvalidType, match=r"batch\.shared"):
            Shared("batch-1")
        shared = batch_of(Desk()).shared
        with pytest.raises(AttributeError, match="cannot be set"):
            shared.case = None
        with pytest.raises(InvalidValue, match="from_batch"):
            TakeUp(shared, "batch-2", 1)
        with pytest.raises(InvalidType):
            TakeUp.from_batch("batch-1")

    def test_a_roll_that_was_given_when_the_body_was_called(self):
        """It is read with the batch, also by a docket that had read the batch before."""
        docket = Docket(store := MemoryStore())
        docket.open_batch([family(1), family(2)], PROCEDURE, {}, OFFICES, id="batch-1", **BY)
        other = Docket(store)
        other.case("batch-1")
        for at, by, action in [*front()][:2]:
            docket.act_batch("batch-1", action, at=at, by=by)
        roll = ROLLS["two_committees"]
        docket.act_batch("batch-1", Convene(held_at=day(4), roll=roll), at=day(3), by="sec-1")
        assert other.case("batch-1").progress.sitting.roll == roll
        other.split("batch-1", ONE, reason=WHY, at=day(3), by="sec-1")
        assert other.case(ONE).progress.sitting.roll == roll
        assert Docket(store).case(ONE) == docket.case(ONE)


class TestForged:
    """A record that does not hold together with that of its batch is broken."""

    @pytest.fixture
    def desk(self) -> Desk:
        """The first matter was split out by the second entry; a note came after it, and the second left by the fourth."""
        desk = Desk()
        desk.split("batch-1", ONE, reason=WHY, at=START, by="sec-1")
        desk.act_batch("batch-1", Note(WHY), at=START, by="sec-1")
        desk.split("batch-1", "family-002", reason=WHY, at=START, by="sec-1")
        return desk

    def broken(self, store: Any, case_id: str = ONE) -> str:
        """What is said of a record by a docket that reads it."""
        with pytest.raises(BrokenRecord) as fault:
            Docket(store).case(case_id)
        return str(fault.value)

    def test_as_it_is_it_is_read(self, desk: Desk):
        """So that what follows is broken by nothing else."""
        assert Docket(copied(desk.store)).case(ONE) == desk.case(ONE)

    def taken(self, desk: Desk, **action: Any) -> MemoryStore:
        """The store with another word of how the first matter was taken up."""
        first, second = desk.store.read(ONE)
        return copied(desk.store, {ONE: [first, altered(second, **action)]})

    @pytest.mark.parametrize("entries", [1, 3, 4])
    def test_another_version_of_the_batch(self, desk: Desk, entries: int):
        """Before the matter left, or after."""
        digest = desk.case("batch-1").entries[entries - 1].digest
        self.broken(self.taken(desk, entries=entries, shared=digest))

    @pytest.mark.parametrize(
        ("action", "words"),
        [
            ({"entries": 0}, "goes on from entry 0"),
            ({"entries": -2}, "goes on from entry -2"),
            ({"entries": 9}, "which has 4"),
            ({"entries": "2"}, "not stored as it must be"),
            ({"shared": "0" * 64}, "entry 2"),
            ({"shared": None}, "not stored as it must be"),
            ({"batch": "batch-2"}, "which has 0"),
            ({"batch": "family-003"}, "which has 0"),
            ({"batch": ONE}, "which has 0"),
            ({"batch": ""}, "not stored as it must be"),
            ({"batch": "a\0b"}, "not stored as it must be"),
            ({"more": 1}, "entry 2"),
        ],
    )
    def test_another_word_of_it(self, desk: Desk, action: dict[str, Any], words: str):
        """What is not there, what is no batch, what is no number."""
        assert words in self.broken(self.taken(desk, **action))

    def test_another_batch_of_the_same_id(self, desk: Desk):
        """It was opened at another time, and has let the matter go too."""
        other = Desk(at=day(0, 10))
        other.split("batch-1", ONE, reason=WHY, at=day(0, 11), by="sec-1")
        batch = other.store.read("batch-1")
        first, second = desk.store.read(ONE)
        taken = altered(second, entries=2, shared=batch[1].digest)
        assert "does not fit the opening" in self.broken(copied(desk.store, {"batch-1": batch, ONE: [first, taken]}))

    def test_another_matter_of_the_same_id(self, desk: Desk):
        """The batch was opened for a matter with other facts."""
        first, second = desk.store.read(ONE)
        matter = {**_action(first)["matter"], "facts": {"contested": True}}
        opened = altered(first, matter=matter)
        store = copied(desk.store, {ONE: [opened, altered(second, opened)]})
        assert "does not fit the opening" in self.broken(store)

    @pytest.mark.parametrize("left", [0, 1, 3])
    def test_a_batch_that_was_cut_off(self, desk: Desk, left: int):
        """Before the entry by which the matter left; what was cut off behind it does no harm to it."""
        store = copied(desk.store, {"batch-1": desk.store.read("batch-1")[:left]})
        if left > 1:
            assert Docket(store).case(ONE) == desk.case(ONE)
        else:
            assert f"which has {left}" in self.broken(store)
        assert f"which has {left}" in self.broken(store, "family-002")

    def test_cut_off_under_a_docket_that_has_read_it(self, desk: Desk):
        """It does not go by what it remembers."""
        desk.case("family-002")
        del desk.store._streams["batch-1"][2:]
        with pytest.raises(BrokenRecord, match="which has 2"):
            desk.case("family-002")
        assert desk.case("batch-1").version == 2

    def test_a_part_that_is_none(self, desk: Desk):
        """It has its digest, and is neither a roll nor a procedure."""
        store = copied(desk.store)
        store._used["batch-1"][digest(b"[]")] = None
        store._parts[digest(b"[]")] = b"[]"
        assert "cannot be read" in self.broken(store, "batch-1")

    def test_a_batch_that_is_gone(self, desk: Desk):
        """A matter that it holds takes no act then."""
        store = copied(desk.store, {"batch-1": []})
        with pytest.raises(BrokenRecord, match="of which there is no record"):
            Docket(store).act("family-003", Note(WHY), **BY)
        desk.store._streams["batch-1"].clear()
        with pytest.raises(BrokenRecord):
            desk.case("family-002")

    def test_an_entry_that_was_changed(self, desk: Desk):
        """In the batch, for whoever reads a matter, at once."""
        desk.case("family-002")
        record = desk.store._streams["batch-1"][1]
        desk.store._streams["batch-1"][1] = structs.replace(record, payload=record.payload.replace(b"sec-1", b"sec-2"))
        for docket in (desk, Docket(desk.store)):
            with pytest.raises(BrokenRecord, match="digest"):
                docket.case("family-002")

    def test_an_act_of_a_matter_that_its_batch_holds(self, desk: Desk):
        """A record that goes on without having been taken up."""
        single = Docket(MemoryStore())
        single.open(family(3), PROCEDURE, ROLLS, OFFICES, **BY)
        single.act("family-003", Note(WHY), **BY)
        (first,) = desk.store.read("family-003")
        note = altered(single._store.read("family-003")[1], first)
        assert "batch batch-1" in self.broken(copied(desk.store, {"family-003": [first, note]}), "family-003")

    def test_a_package_vote(self):
        """Nobody can put it to a batch, and nobody can slip it into its record."""
        desk = resolving(here=True)
        single = Docket(MemoryStore())
        single.open(family(1), PROCEDURE, ROLLS, OFFICES, **BY)
        for at, by, action in [*front(), *called(), *voted(9)]:
            single.act(ONE, action, at=at, by=by)
        records = desk.store.read("batch-1")
        ballots = next(record for record in single._store.read(ONE) if record.kind == "record_ballots")
        forged = structs.replace(altered(ballots, records[-1]), stream="batch-1")
        assert len(records) + 1 == forged.version
        store = copied(desk.store, {"batch-1": [*records, forged]})
        assert "one by one" in self.broken(store, "batch-1")

    @pytest.mark.parametrize(("item", "words"), [("family-009", "not in batch"), (None, "still in the stages")])
    def test_a_release_that_never_was(self, item: str | None, words: str):
        """Of a matter that is not there, or before the shared stages are over."""
        desk = resolving("separate")
        desk.release("batch-1", ONE, at=day(12), by="sec-1")
        records = desk.store.read("batch-1")
        store = copied(desk.store, {"batch-1": [*records[:-1], altered(records[-1], item=item or "family-009")]})
        if item is not None:
            assert words in self.broken(store, "batch-1")
            return
        early = resolving("one")
        early.lead(called())
        early.release("batch-1", ONE, at=day(13, 9), by="sec-1")
        whole = early.store.read("batch-1")
        forged = altered(structs.replace(whole[-1], version=len(whole) - 2), whole[-4])
        forged = _numbered(forged, len(whole) - 2)
        assert "attendance belong to the batch" in self.broken(
            copied(early.store, {"batch-1": [*whole[:-3], forged]}), "batch-1"
        )

    def test_a_release_in_the_record_of_one_matter(self):
        """It is no batch."""
        desk = resolving("separate")
        desk.release("batch-1", ONE, at=day(12), by="sec-1")
        release, records = desk.store.read("batch-1")[-1], desk.store.read(ONE)
        forged = _numbered(structs.replace(altered(release, records[-1]), stream=ONE, version=3), 3)
        assert "not a batch" in self.broken(copied(desk.store, {ONE: [*records, forged]}))


def _action(record: Any) -> dict[str, Any]:
    return msgspec.json.decode(record.payload)["action"]


def _numbered(record: Any, number: int) -> Any:
    payload = canonical({**msgspec.json.decode(record.payload), "number": number})
    return structs.replace(record, payload=payload, digest=digest(payload))


class TestDocket:
    """All or nothing, once, and never on what was true before."""

    def test_a_key_lets_it_be_asked_again(self):
        """An act on the batch, and the first act on a matter that takes it up."""
        desk = resolving(here=True)
        split: dict[str, Any] = {"reason": WHY, "at": day(13, 9), "by": "sec-1", "key": "k-1"}
        once = desk.split("batch-1", ONE, **split)
        desk.act("family-002", Note(WHY), at=day(13, 9), by="sec-1", key="k-2")
        before = everything(desk.store)
        assert desk.split("batch-1", ONE, **split) == once
        assert desk.act("family-002", Note(WHY), at=day(13, 9), by="sec-1", key="k-2").version == 3
        with pytest.raises(KeyReused):
            desk.split("batch-1", "family-003", **split)
        assert everything(desk.store) == before

    def test_expecting(self):
        """Who has seen another version decides on something else."""
        desk = resolving(here=True)
        version = batch_of(desk).version
        before = everything(desk.store)
        for ask in (
            lambda: desk.release("batch-1", at=day(13, 9), by="sec-1", expecting=version - 1),
            lambda: desk.act(ONE, Note(WHY), at=day(13, 9), by="sec-1", expecting=2),
        ):
            with pytest.raises(VersionConflict):
                ask()
        assert everything(desk.store) == before
        desk.act(ONE, Note(WHY), at=day(13, 9), by="sec-1", expecting=1)
        desk.release("batch-1", at=day(13, 9), by="sec-1", expecting=version + 1)

    def test_two_desks(self):
        """Whoever decides on what was read before somebody else wrote conflicts, and is told so."""
        asks = [
            lambda docket: docket.release("batch-1", at=day(13, 9), by="sec-1"),
            lambda docket: docket.release("batch-1", ONE, at=day(13, 9), by="sec-1"),
            lambda docket: docket.act(ONE, Note(WHY), at=day(13, 9), by="sec-1"),
            lambda docket: docket.split("batch-1", ONE, reason=WHY, at=day(13, 9), by="sec-1"),
            lambda docket: docket.act_batch("batch-1", Withdraw(WHY), at=day(13, 9), by="sec-1"),
        ]
        for first, second in itertools.product(asks, asks):
            desk = resolving(here=True)
            late = Docket(Behind(desk.store))
            first(desk)
            before = everything(desk.store)
            with pytest.raises(VersionConflict):
                second(late)
            assert everything(desk.store) == before

    def test_a_matter_that_leaves_while_it_is_read(self):
        """It was read in its batch, and the batch without it: that is a conflict, and no refusal."""
        desk = resolving(here=True)
        late = Docket(behind := Behind(desk.store))
        desk.release("batch-1", at=day(13, 9), by="c-01")
        behind._then["batch-1"] = desk.store.load("batch-1")
        with pytest.raises(VersionConflict, match=ONE):
            late.act(ONE, Note(WHY), at=day(13, 9), by="sec-1")

    def test_a_matter_that_has_left_before_its_batch_is_read(self):
        """The other way round: the batch is old, the matter new."""
        desk = resolving(here=True)
        late = Docket(behind := Behind(desk.store))
        desk.act(ONE, Note(WHY), at=day(13, 9), by="sec-1")
        behind._then[ONE] = desk.store.load(ONE)
        with pytest.raises(VersionConflict, match=ONE):
            late.release("batch-1", at=day(13, 9), by="sec-1")

    def test_a_line_that_goes_dead(self):
        """Trap 100: nothing of it is kept, or all."""
        for written in (False, True):
            desk = resolving(here=True, store=(store := Failing()))
            before = everything(store)
            store.fails, store.written = True, written
            with pytest.raises(StoreFault):
                desk.release("batch-1", at=day(13, 9), by="sec-1", key="k")
            assert (everything(store) != before) is written
            batch = desk.release("batch-1", at=day(13, 9), by="sec-1", key="k")
            assert batch.status is Status.ENDED
            assert [store.version(item) for item in FAMILIES] == [2, 2, 2]

    @pytest.mark.parametrize("item", ["batch-1", *FAMILIES])
    def test_a_loop_that_fails_in_the_middle_leaves_nothing(self, tmp_path: Path, item: str):
        """Trap 100, row R27: a real database refuses the k-th record, of opening, releasing, splitting and ending."""
        path = tmp_path / "records.db"
        store = SQLiteStore(path)

        def failing(ask: Any, version: int) -> None:
            before = everything(store)
            with closing(sqlite3.connect(path, isolation_level=None)) as raw:
                raw.execute(
                    "CREATE TRIGGER dead BEFORE INSERT ON records "
                    f"WHEN NEW.stream = '{item}' AND NEW.version >= {version} "
                    "BEGIN SELECT RAISE(ABORT, 'dead'); END"
                )
                with pytest.raises((StoreFault, InvalidValue)):
                    ask()
                raw.execute("DROP TRIGGER dead")
            assert everything(store) == before

        failing(lambda: Desk(store), 1)
        desk = Desk(store)
        desk.lead([*front(), *called()])
        at: dict[str, Any] = {"at": day(13, 9), "by": "sec-1"}
        failing(lambda: desk.release("batch-1", **at), 2)
        failing(lambda: desk.act_batch("batch-1", Withdraw(WHY), **at), 2)
        if item == "batch-1":
            failing(lambda: desk.act(ONE, Note(WHY), **at), 2)
        else:
            failing(lambda: desk.split("batch-1", item, reason=WHY, **at), 2)
            failing(lambda: desk.act(item, Note(WHY), **at), 2)
            failing(lambda: desk.act(item, Note(WHY), **at), 3)
        desk.release("batch-1", **at)
        assert [store.version(each) for each in FAMILIES] == [2, 2, 2]

    def test_many_batches(self, monkeypatch: pytest.MonkeyPatch):
        """Only so many are kept at hand; the others are read again."""
        monkeypatch.setattr("yizheng.docket.reading.BATCHES_KNOWN", 2)
        docket = Docket(MemoryStore())
        for number in range(1, 6):
            docket.open_batch([family(number)], PROCEDURE, ROLLS, OFFICES, id=f"batch-{number}", **BY)
            docket.split(f"batch-{number}", f"family-{number:03}", reason=WHY, **BY)
        for number in (1, 2, 3, 4, 5, 5, 4, 3, 2, 1):
            assert docket.case(f"family-{number:03}").version == 2
            assert docket.batch(f"batch-{number}").version == 2

    def test_a_batch_whose_own_matter_has_private_fields(self):
        """It is read anew each time, so that they can be destroyed."""
        whole = Matter("batch-1", title=WHY, category="allowance", private={"file": "7/2026"})
        case = Case.open_batch(whole, [family(1)], PROCEDURE, ROLLS, OFFICES, salt=b"s" * 16, **BY)
        store = MemoryStore()
        store.append(write_of(case, None, {}, {}))
        docket = Docket(store)
        assert docket.batch("batch-1").case.matter.private == {"file": "7/2026"}
        store._streams["batch-1"][0] = structs.replace(store._streams["batch-1"][0], private=None)
        assert docket.batch("batch-1").case.matter.private != {"file": "7/2026"}

    @pytest.mark.parametrize("wrong", [(MemoryStore,), (object(),), (MemoryStore(), 5)], ids=["class", "other", "draw"])
    def test_what_a_docket_cannot_stand_on(self, wrong: Any):
        """A class, something else, no function."""
        with pytest.raises(InvalidType):
            Docket(wrong[0], **dict(zip(["draw"], wrong[1:], strict=False)))

    def test_duties(self):
        """A batch whose matters can be released is due for that; a matter that it holds has no duty of its own."""
        desk = resolving("separate")
        (found,) = desk.due(day(12))
        assert (found.case, found.duty.action, found.duty.by) == ("batch-1", "release", {"secretary", "chair"})
