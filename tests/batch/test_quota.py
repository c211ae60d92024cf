"""Places for which the matters of a batch compete: ranked by votes, the first so many (domain 2.3, "Order effects")."""

from __future__ import annotations

import pickle
from datetime import timedelta
from fractions import Fraction

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Case, Docket, Member, Period, Roll
from yizheng.batch import Batch
from yizheng.calendar import moment
from yizheng.case.entry import make_entry
from yizheng.codec import dump
from yizheng.codec.values import load
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, KeyReused, StoreFault, VersionConflict
from yizheng.reasons import Refused
from yizheng.record import minutes, register
from yizheng.rules import (
    CAST,
    FOR,
    HEADS,
    PRESENT,
    Award,
    Filling,
    Lot,
    Outcome,
    Quota,
    Rule,
    Tally,
)
from yizheng.stages import (
    Adjourn,
    AnswerObjection,
    CloseVote,
    Convene,
    CountVotes,
    Effect,
    FillPlaces,
    Note,
    Object,
    OrderCorrection,
    Post,
    RecordBallots,
    Recuse,
    Release,
    ReturnForRevision,
    SplitOut,
    TakeAttendance,
    TakeDown,
    Withdraw,
)
from yizheng.store import MemoryStore, SQLiteStore, Write

from .places import (
    AREAS,
    ASSEMBLY,
    CLOSES,
    INVENTED,
    MEETS,
    OFFICES,
    START,
    VOTERS,
    VOTES,
    called_again,
    counted,
    family,
    filled,
    gathered,
    kept,
    named,
    opened,
    procedure,
    release,
    released,
    voted,
)

HALF = Fraction(1, 2)
SIMPLE = Rule(quorum=None, passage=FOR > HALF * CAST)


def ruling(in_favour, *, of=20, rule=SIMPLE):
    """A vote with so many in favour."""
    return rule.judge(Tally.of(entitled=of, cast=of, for_=in_favour, against=of - in_favour))


def rulings(*votes):
    """Votes with so many in favour, named a, b and so on."""
    return {chr(ord("a") + place): ruling(number) for place, number in enumerate(votes)}


def outcomes(cases):
    """Where each case stands."""
    return {item: case.outcome or case.stage for item, case in cases.items()}


def refused(act, *args, **options):
    """The codes with which something is refused."""
    with pytest.raises(Refused) as caught:
        act(*args, **options)
    return caught.value


class TestVotedOneByOneClosedTogether:
    """Every matter has its own vote; which of them get a place is found when all votes are closed at once."""

    def test_the_best_are_carried_the_others_lost(self) -> None:
        """The best of those that satisfy their rule are carried, the others lost, each with its own ruling kept."""
        batch, cases = filled(*voted([9, 7, 8, 4], Quota(seats=2)))
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "disclose", "f-04": "refused"}
        effects = {item: case.entries[-1].effect for item, case in cases.items()}
        assert {item: effect.outcome for item, effect in effects.items()} == {
            "f-01": "carried",
            "f-02": "lost",
            "f-03": "carried",
            "f-04": "lost",
        }
        assert effects["f-02"].ruling.outcome is Outcome.CARRIED
        assert {item: effect.placing.award for item, effect in effects.items()} == {
            "f-01": "placed",
            "f-02": "outranked",
            "f-03": "placed",
            "f-04": "unmet",
        }
        placing = effects["f-02"].placing
        assert (placing.seats, placing.standing.rank, placing.standing.number, placing.least) == (2, 3, 7, 8)
        assert batch.quota == Quota(seats=2)

    def test_the_records_name_each_other(self) -> None:
        """The batch's one entry names the votes that it counted by their digests, and each matter's entry names it."""
        before, votes = voted([9, 7, 8], Quota(seats=2))
        batch, cases = filled(before, votes)
        assert batch.version == before.version + 1
        (filling,) = batch.fillings
        assert {item: each.votes for item, each in filling.standings.items()} == {
            item: case.digest for item, case in votes.items()
        }
        for case in cases.values():
            assert case.entries[-1].action == CloseVote()
            assert case.entries[-1].effect.placing.filling == batch.entries[-1].digest
            assert case.entries[-1].effect.placing.batch == batch.id

    def test_the_records_are_replayed_as_they_were(self) -> None:
        """Replay, pickling and reading from bytes give the same records."""
        batch, cases = filled(*voted([9, 7, 8], Quota(seats=2)))
        for case in (batch.case, *cases.values()):
            assert Case.replay(case.entries) == case
            assert pickle.loads(pickle.dumps(case)) == case
        assert Case.replay(batch.entries).dossier == batch.case.dossier

    @given(st.lists(st.integers(0, 10), min_size=1, max_size=6), st.integers(0, 2))
    def test_with_a_place_for_each_the_outcomes_are_those_without_a_quota(self, votes, more) -> None:
        """With as many places as matters, every matter comes out as if nothing were limited."""
        _, competing = filled(*voted(votes, Quota(seats=len(votes) + more)))
        _, free = voted(votes, None)
        alone = {item: case.act(CloseVote(), at=CLOSES, by="sec-1") for item, case in free.items()}
        assert outcomes(competing) == outcomes(alone)
        for item, case in competing.items():
            assert case.entries[-1].effect.ruling == alone[item].entries[-1].effect.ruling

    @given(st.lists(st.integers(0, 10), min_size=2, max_size=6), st.integers(1, 6), st.randoms(use_true_random=False))
    def test_the_order_of_the_matters_decides_nothing(self, votes, seats, random) -> None:
        """In whichever order matters are handed in, and whatever they are called, the same numbers get the places."""
        quota = Quota(seats=seats)
        batch, cases = voted(votes, quota)
        shuffled = list(cases.items())
        random.shuffle(shuffled)
        assert filled(batch, dict(shuffled))[0] == filled(batch, cases)[0]
        mixed = random.sample(range(len(votes)), len(votes))
        _, other = filled(*voted([votes[place] for place in mixed], quota))
        _, same = filled(batch, cases)
        renamed = {f"f-{place + 1:02}": case for place, case in zip(mixed, other.values(), strict=True)}
        assert outcomes(renamed) == outcomes(same)

    def test_a_recusal_changes_one_base_only(self) -> None:
        """Who is recused from one matter is out of its base and not of the others' (trap 102); ranked is the number."""
        batch, cases = released(3, Quota(seats=2))
        cases["f-02"] = cases["f-02"].act(Recuse("m-01", "亲属"), at=MEETS, by="sec-1")
        cases["f-01"] = named(cases["f-01"], VOTERS[:6])
        cases["f-02"] = named(cases["f-02"], VOTERS[1:7])
        cases["f-03"] = named(cases["f-03"], VOTERS[:7])
        batch, cases = filled(batch, cases)
        tallies = {item: case.entries[-1].effect.ruling.tally for item, case in cases.items()}
        entitled = {item: tally.measures[HEADS]["entitled"] for item, tally in tallies.items()}
        assert entitled == {"f-01": 10, "f-02": 9, "f-03": 10}
        # Six of nine is a larger share than six of ten, and the same number: they are equal.
        assert batch.fillings[0].tied == {"f-01", "f-02"}
        assert outcomes(cases) == {"f-01": "refused", "f-02": "refused", "f-03": "disclose"}

    def test_a_recusal_can_save_a_matter_its_place(self) -> None:
        """A matter is judged by its own base: five of nine satisfy the rule, five of ten do not."""
        batch, cases = released(2, Quota(seats=2))
        cases["f-02"] = cases["f-02"].act(Recuse("m-01", "亲属"), at=MEETS, by="sec-1")
        cases = {"f-01": named(cases["f-01"], VOTERS[:5]), "f-02": named(cases["f-02"], VOTERS[1:6])}
        assert outcomes(filled(batch, cases)[1]) == {"f-01": "refused", "f-02": "disclose"}

    def test_by_area_the_larger_comes_first(self) -> None:
        """Ranked by area, fewer heads of more area get the place, though the rule itself counts no area."""
        batch, cases = released(2, Quota(seats=1, by=FOR.by("area")))
        cases = {"f-01": named(cases["f-01"], VOTERS[:7]), "f-02": named(cases["f-02"], VOTERS[4:])}
        batch, cases = filled(batch, cases)
        assert outcomes(cases) == {"f-01": "refused", "f-02": "disclose"}
        assert cases["f-01"].entries[-1].effect.placing.standing.number == sum(
            Fraction(AREAS[each]) for each in VOTERS[:7]
        )

    def test_separate_sittings_compete_too(self) -> None:
        """Where each matter has a sitting of its own, they compete all the same."""
        batch, cases = release(*opened(2, Quota(seats=1), sittings="separate"))
        for number, (item, case) in enumerate(sorted(cases.items())):
            at = MEETS + timedelta(days=number)
            sat = case.act(Convene(held_at=at), at=MEETS, by="sec-1").act(TakeAttendance(VOTERS), at=at, by="sec-1")
            cases[item] = counted(sat, 7 + number, at=at)
        later = CLOSES + timedelta(days=2)
        assert outcomes(filled(batch, cases, at=later)[1]) == {"f-01": "refused", "f-02": "disclose"}

    def test_a_close_may_say_more(self) -> None:
        """The casting vote and the box of one vote are handed in with the places."""
        chaired = attrs.evolve(Rule(quorum=None, passage=FOR > HALF * PRESENT, citation=INVENTED), casting="secretary")
        batch, cases = opened(2, Quota(seats=2), sittings="one", procedure=procedure(rule=chaired))
        batch = batch.act(Convene(held_at=MEETS), at=START + timedelta(days=2), by="sec-1")
        batch, cases = release(batch.act(TakeAttendance(VOTERS), at=MEETS, by="sec-1"), cases)
        cases = {item: counted(case, 5) for item, case in cases.items()}
        closes = {"f-02": CloseVote(casting="for", issued=10, returned=10)}
        batch, cases = filled(batch, cases, closes=closes)
        assert outcomes(cases) == {"f-01": "refused", "f-02": "disclose"}
        assert cases["f-02"].entries[-1].action == closes["f-02"]
        assert batch.entries[-1].action.closes == closes


class TestNoShortcut:
    """Once it was released, no matter of a batch with a quota is resolved by itself."""

    @pytest.mark.parametrize("votes", [9, 3])
    def test_a_vote_is_not_closed_by_itself(self, votes) -> None:
        """Whether it would be carried or lost, the vote on one matter is not closed alone, and nothing changes."""
        _, cases = voted([votes, 5], Quota(seats=1, citation=INVENTED))
        case = cases["f-01"]
        before = case.version
        no = refused(case.act, CloseVote(), at=CLOSES, by="sec-1")
        assert no.codes == {"COMPETES"}
        assert (no.reasons[0].values["batch"], no.reasons[0].values["seats"]) == ("batch-1", 1)
        assert no.reasons[0].citation == INVENTED
        assert case.version == before

    def test_all_reasons_are_told(self) -> None:
        """That it competes is told beside whatever else stands against the close."""
        _, cases = voted([9, 5], Quota(seats=1))
        no = refused(cases["f-01"].act, CloseVote(), at=MEETS, by="clerk-1")
        assert no.codes == {"COMPETES", "NOT_IN_OFFICE", "BACKDATED", "OUT_OF_ORDER"}

    def test_the_places_are_not_filled_from_one_record(self) -> None:
        """Neither the batch's record alone nor that of one matter fills places."""
        batch, cases = voted([9, 5], Quota(seats=1))
        for record in (batch.case, cases["f-01"], gathered(2, None)[0].case):
            assert refused(record.act, FillPlaces(), at=CLOSES, by="sec-1").codes == {"VOTES_NEEDED"}

    def test_what_is_due_is_to_fill_the_places(self) -> None:
        """What must happen next with a vote that competes is that the places are filled."""
        _, cases = voted([9, 5], Quota(seats=1))
        (duty,) = cases["f-01"].due(CLOSES)
        assert (duty.action, duty.ref, duty.by) == ("fill_places", "batch-1", {"secretary"})
        _, free = voted([9], None)
        assert free["f-01"].due(CLOSES)[0].action == "close_vote"

    def test_sent_back_it_competes_still(self) -> None:
        """A matter that was sent back for revision is waited for, and is not resolved alone when it comes again."""
        batch, cases = released(2, Quota(seats=1))
        cases["f-02"] = counted(cases["f-02"], 9)
        cases["f-01"] = cases["f-01"].act(ReturnForRevision("补充材料"), at=VOTES, by="sec-1")
        assert cases["f-01"].stage == "solicit"
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1")
        assert no.codes == {"NOT_VOTED"}
        assert no.reasons[0].values["items"] == ["f-01"]
        assert cases["f-01"].dossier.competition is not None

    def test_a_correction_ordered_does_not_free_it(self) -> None:
        """After an order of correction it competes still."""
        _, cases = voted([9, 5], Quota(seats=1))
        case = cases["f-01"].act(OrderCorrection("违法", citation=INVENTED), at=CLOSES, by="sec-1")
        again, at = called_again(case)
        assert refused(counted(again, 9, at=at).act, CloseVote(), at=at, by="sec-1").codes == {"COMPETES"}

    def test_no_close_before_the_end_of_a_ranked_vote(self) -> None:
        """While ballots may still come in, a ranked vote is not closed, though its outcome cannot change any more."""
        rule = Rule(quorum=None, passage=FOR >= 3, citation=INVENTED)
        for quota in (Quota(seats=1), None):
            batch, cases = release(
                *opened(1, quota, sittings="separate", procedure=procedure(rule=rule, modes=("written",)))
            )
            written = Convene(held_at=MEETS, until=MEETS + timedelta(days=9), mode="written")
            case = cases["f-01"].act(written, at=MEETS, by="sec-1")
            marks = RecordBallots(dict.fromkeys(VOTERS[:6], "for"), channel="paper", evidence="box 1")
            case = case.act(marks, at=VOTES, by="sec-1")
            if quota is None:
                assert case.act(CloseVote(), at=CLOSES, by="sec-1").stage == "disclose"
            else:
                no = refused(batch.fill_places, [case], at=CLOSES, by="sec-1")
                assert no.codes == {"VOTE_RUNNING"}

    def test_a_batch_votes_where_it_can_be_ranked(self) -> None:
        """A quota needs a deciding stage that is a vote."""
        whole = procedure()
        other = attrs.evolve(whole, deciding="disclose", mandatory=(), corrected="disclose")
        with pytest.raises(InvalidValue, match="nothing is voted on there"):
            opened(2, Quota(seats=1), procedure=other)

    def test_a_quota_is_a_quota(self) -> None:
        """A number by itself is no quota."""
        with pytest.raises(InvalidType):
            opened(2, 3)


class TestTies:
    """What follows from a tie for the last places, the quota says; without that the tied get no place (domain E17)."""

    def test_by_default_the_tied_get_no_place(self) -> None:
        """Where no rule says more, the tied are lost, and the record says that no rule says more."""
        batch, cases = filled(*voted([9, 7, 7, 6], Quota(seats=2)))
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "refused", "f-04": "refused"}
        assert "没有规则规定如何处理" in cases["f-02"].entries[-1].effect.placing.explain("zh")
        assert batch.fillings[0].emptied == 1

    def test_vacant(self) -> None:
        """Where the rule leaves the places empty, so they stay."""
        _, cases = filled(*voted([9, 7, 7], Quota(seats=2, edge="vacant", edge_citation=INVENTED)))
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "refused"}
        assert "which stay empty" in cases["f-02"].entries[-1].effect.placing.explain("en")

    def test_a_lot_is_asked_for_and_taken(self) -> None:
        """Where a lot decides, it is asked for with the names of the tied, and handed in with its evidence."""
        batch, cases = voted([9, 7, 7, 6], Quota(seats=2, edge="lot", edge_citation=INVENTED))
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1")
        assert no.codes == {"LOT_NEEDED"}
        assert no.reasons[0].values["items"] == {"f-02", "f-03"}
        assert no.reasons[0].values["places"] == 1
        lot = Lot({"f-03"}, "sheet 1")
        after, cases = filled(batch, cases, lot=lot)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "disclose", "f-04": "refused"}
        assert after.entries[-1].action.lot == lot
        assert Case.replay(after.entries) == after.case

    @pytest.mark.parametrize("drawn", [{"f-01"}, {"f-02", "f-03"}, {"f-04"}, set()])
    def test_a_lot_that_does_not_fit_is_refused(self, drawn) -> None:
        """A lot that drew others than the tied, or not as many as there are places, is refused."""
        batch, cases = voted([9, 7, 7, 6], Quota(seats=2, edge="lot"))
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1", lot=Lot(drawn, "sheet 1"))
        assert no.codes == {"LOT_UNFIT"}

    @pytest.mark.parametrize(("edge", "votes"), [("lot", [9, 8, 7]), (None, [9, 7, 7]), ("revote", [9, 7, 7])])
    def test_a_lot_nobody_asked_for_is_refused(self, edge, votes) -> None:
        """A lot is refused where nobody is tied, or where no rule names it."""
        batch, cases = voted(votes, Quota(seats=2, edge=edge))
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1", lot=Lot({"f-02"}, "sheet 1"))
        assert no.codes == {"LOT_UNFIT"}

    def test_the_tied_are_voted_on_again(self) -> None:
        """Where another vote follows, the tied stay in the stage, are called again, and get the places left."""
        batch, cases = filled(*voted([9, 7, 7, 6], Quota(seats=2, edge="revote")))
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "resolve", "f-03": "resolve", "f-04": "refused"}
        assert (cases["f-02"].phase, cases["f-02"].entries[-1].effect.outcome) == ("adjourned", "tied")
        assert refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1").codes == {"NOT_VOTED"}
        for item, number in (("f-02", 6), ("f-03", 8)):
            again, at = called_again(cases[item])
            cases[item] = counted(again, number, at=at)
        batch, cases = filled(batch, cases, at=at)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "disclose", "f-04": "refused"}
        assert [each.seats for each in batch.fillings] == [2, 1]
        assert Case.replay(batch.entries) == batch.case

    def test_a_vote_among_the_tied_spends_no_call(self) -> None:
        """Being tied uses up none of the calls after which the want of a quorum ends the matter."""
        _, cases = filled(*voted([7, 7], Quota(seats=1, edge="revote")))
        assert cases["f-01"].progress.calls == 0
        again, at = called_again(cases["f-01"])
        few = again.act(TakeAttendance(VOTERS[:3]), at=at, by="sec-1")
        adjourned = few.act(Adjourn("人数不足"), at=at, by="sec-1")
        assert adjourned.stage == "resolve"

    def test_nobody_else_gets_the_place_for_which_the_tied_are_voted_on_again(self) -> None:
        """Until the tied are settled, a matter whose vote was void and is held anew gets none of their places."""
        quota = Quota(seats=1, edge="revote")
        batch, cases = voted([7, 7, 9], quota)
        cases["f-03"] = released(3, quota)[1]["f-03"].act(
            CountVotes(for_=0, against=0, issued=10, returned=11), at=VOTES, by="sec-1"
        )
        batch, cases = filled(batch, cases)
        assert outcomes(cases) == {"f-01": "resolve", "f-02": "resolve", "f-03": "resolve"}
        for item, number in (("f-01", 6), ("f-02", 8), ("f-03", 10)):
            again, at = called_again(cases[item])
            cases[item] = counted(again, number, at=at)
        batch, cases = filled(batch, cases, at=at)
        assert outcomes(cases) == {"f-01": "refused", "f-02": "disclose", "f-03": "resolve"}
        batch, cases = filled(batch, cases, at=at)
        assert outcomes(cases) == {"f-01": "refused", "f-02": "disclose", "f-03": "refused"}
        assert "no place is left" in cases["f-03"].entries[-1].effect.placing.explain("en")

    def test_one_of_the_tied_may_be_withdrawn(self) -> None:
        """Where one of the tied is withdrawn, the other still has to be voted on, and nobody else is waited for."""
        batch, cases = filled(*voted([7, 7], Quota(seats=1, edge="revote")))
        cases["f-01"] = cases["f-01"].act(Withdraw("放弃"), at=CLOSES, by="sec-1")
        again, at = called_again(cases["f-02"])
        _, cases = filled(batch, {**cases, "f-02": counted(again, 6, at=at)}, at=at)
        assert outcomes(cases) == {"f-01": "withdrawn", "f-02": "disclose"}

    def test_where_all_of_the_tied_are_withdrawn_the_others_go_on(self) -> None:
        """When all of the tied have left, whoever is voted on anew can get the place."""
        quota = Quota(seats=1, edge="revote")
        batch, cases = voted([7, 7, 9], quota)
        void = CountVotes(for_=0, against=0, issued=10, returned=11)
        cases["f-03"] = released(3, quota)[1]["f-03"].act(void, at=VOTES, by="sec-1")
        batch, cases = filled(batch, cases)
        for item in ("f-01", "f-02"):
            cases[item] = cases[item].act(Withdraw("放弃"), at=CLOSES, by="sec-1")
        again, at = called_again(cases["f-03"])
        _, cases = filled(batch, {**cases, "f-03": counted(again, 6, at=at)}, at=at)
        assert outcomes(cases) == {"f-01": "withdrawn", "f-02": "withdrawn", "f-03": "disclose"}


class TestWhoDoesNotCompete:
    """Who left the batch before its vote, or whose vote decided nothing, does not compete."""

    def test_one_that_was_split_out(self) -> None:
        """A matter that was split out competes no more: its vote is closed by itself, and takes no place."""
        batch, held = gathered(3, Quota(seats=1))
        batch = batch.act(SplitOut("f-01", "有争议"), at=MEETS, by="sec-1")
        out = batch.take_up(held["f-01"], at=MEETS, by="sec-1")
        assert out.dossier.competition is None
        batch, cases = release(batch, {item: case for item, case in held.items() if item != "f-01"})
        cases = {item: counted(case, 7 + number) for number, (item, case) in enumerate(sorted(cases.items()))}
        alone = counted(out, 10).act(CloseVote(), at=CLOSES, by="sec-1")
        assert alone.stage == "disclose"
        assert alone.entries[-1].effect.placing is None
        batch, cases = filled(batch, {**cases, "f-01": alone})
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "disclose"}
        assert batch.fillings[0].standings.keys() == {"f-02", "f-03"}

    @pytest.mark.parametrize(("how", "outcome"), [("held_over", "solicit"), ("withdrawn", "withdrawn")])
    def test_one_that_was_held_over_or_withdrawn(self, how, outcome) -> None:
        """A matter that was held over or withdrawn is not waited for."""
        batch, held = gathered(2, Quota(seats=1))
        batch = batch.act(SplitOut("f-01", "有争议", how=how), at=MEETS, by="sec-1")
        out = batch.take_up(held["f-01"], at=MEETS, by="sec-1")
        batch, cases = release(batch, {"f-02": held["f-02"]})
        _, cases = filled(batch, {"f-01": out, "f-02": counted(cases["f-02"], 7)})
        assert outcomes(cases) == {"f-01": outcome, "f-02": "disclose"}

    def test_one_that_is_withdrawn_after_it_was_released(self) -> None:
        """A matter that is withdrawn before its vote opens is not waited for."""
        batch, cases = released(2, Quota(seats=1))
        gone = cases["f-01"].act(Withdraw("放弃"), at=VOTES, by="sec-1")
        batch, cases = filled(batch, {"f-01": gone, "f-02": counted(cases["f-02"], 7)})
        assert outcomes(cases) == {"f-01": "withdrawn", "f-02": "disclose"}
        assert batch.fillings[0].standings.keys() == {"f-02"}

    def short(self, calls):
        """Seven of ten are here, which is a quorum but for the matter from which one of them is recused."""
        batch, cases = released(2, Quota(seats=1), calls=calls, present=7)
        cases["f-01"] = cases["f-01"].act(Recuse("m-01", "亲属"), at=MEETS, by="sec-1")
        cases["f-01"] = cases["f-01"].act(Recuse("m-02", "亲属"), at=MEETS, by="sec-1")
        assert len(cases["f-01"].progress.sitting.here) == 5
        return batch, {"f-01": counted(cases["f-01"], 5, here=5), "f-02": counted(cases["f-02"], 4, here=7)}

    def test_one_without_a_quorum_that_is_not_called_again(self) -> None:
        """A vote that lacks the quorum at the last call takes no place, and ends as it would by itself."""
        batch, cases = self.short(calls=1)
        batch, cases = filled(batch, cases)
        assert outcomes(cases) == {"f-01": "lapsed", "f-02": "disclose"}
        placing = cases["f-01"].entries[-1].effect.placing
        assert (placing.award, placing.standing.number) == (Award.UNDECIDED, None)

    def test_one_without_a_quorum_is_called_again_first(self) -> None:
        """Where the body can be called again, the places wait: that vote is closed by itself, since it decides nothing."""
        batch, cases = self.short(calls=2)
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1")
        assert no.codes == {"RECALL_FIRST"}
        assert no.reasons[0].values["items"] == ["f-01"]
        cases["f-01"] = cases["f-01"].act(CloseVote(), at=CLOSES, by="sec-1")
        assert cases["f-01"].phase == "adjourned"
        assert refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1").codes == {"NOT_VOTED"}
        again, at = called_again(cases["f-01"])
        voted_on = counted(again, 7, here=8, at=at)
        _, cases = filled(batch, {**cases, "f-01": voted_on}, at=at)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused"}

    def test_a_void_vote_competes_when_it_is_held_anew(self) -> None:
        """A void vote takes no place; held anew, it competes for those that are left, and never by itself."""
        quota = Quota(seats=2)
        batch, cases = voted([7, 9], quota)
        void = CountVotes(for_=0, against=0, issued=10, returned=11)
        cases["f-02"] = released(2, quota)[1]["f-02"].act(void, at=VOTES, by="sec-1")
        batch, cases = filled(batch, cases)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "resolve"}
        assert cases["f-02"].entries[-1].effect.outcome == "void"
        again, at = called_again(cases["f-02"])
        cases["f-02"] = counted(again, 6, at=at)
        assert refused(cases["f-02"].act, CloseVote(), at=at, by="sec-1").codes == {"COMPETES"}
        batch, cases = filled(batch, cases, at=at)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "disclose"}
        assert [each.seats for each in batch.fillings] == [2, 1]

    def void(self, quota, *items, votes):
        """Votes of which some are void, and the places filled."""
        batch, cases = voted(votes, quota)
        fresh = released(len(votes), quota)[1]
        for item in items:
            cases[item] = fresh[item].act(CountVotes(for_=0, against=0, issued=10, returned=11), at=VOTES, by="sec-1")
        return filled(batch, cases)

    @pytest.mark.parametrize("edge", [None, "vacant"])
    def test_places_that_a_tie_left_empty_stay_empty(self, edge) -> None:
        """What is voted on anew gets no place that was left empty by a tie: the tied had no less a claim to it."""
        batch, cases = self.void(Quota(seats=1, edge=edge), "f-03", votes=[7, 7, 9])
        again, at = called_again(cases["f-03"])
        batch, cases = filled(batch, {**cases, "f-03": counted(again, 10, at=at)}, at=at)
        assert outcomes(cases) == {"f-01": "refused", "f-02": "refused", "f-03": "refused"}
        assert [each.seats for each in batch.fillings] == [1, 0]

    def test_votes_that_are_held_anew_wait_for_each_other(self) -> None:
        """Of two votes that were void, none gets a place that is left before the other was held anew too."""
        batch, cases = self.void(Quota(seats=2), "f-02", "f-03", votes=[7, 9, 9])
        again, at = called_again(cases["f-02"])
        cases["f-02"] = counted(again, 6, at=at)
        no = refused(batch.fill_places, cases.values(), at=at, by="sec-1")
        assert no.codes == {"NOT_VOTED"}
        assert no.reasons[0].values["items"] == ["f-03"]
        again, at = called_again(cases["f-03"])
        _, cases = filled(batch, {**cases, "f-03": counted(again, 8, at=at)}, at=at)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused", "f-03": "disclose"}

    def test_what_is_voted_on_anew_puts_its_place_at_stake(self) -> None:
        """After an objection was upheld, the matter competes again, for the place that it had, and never by itself."""
        batch, cases = filled(*voted([9, 8], Quota(seats=1)))
        case = cases["f-01"]
        for minute, action in enumerate(
            (
                Post(channels={"bulletin_board"}, content="公示"),
                Object("不符合条件", id="o-1"),
                AnswerObjection("o-1", "属实", upheld=True),
                TakeDown(),
            )
        ):
            case = case.act(action, at=CLOSES + timedelta(minutes=minute), by="sec-1")
        assert case.stage == "resolve"
        again, at = called_again(case)
        case = counted(again, 6, at=at)
        assert refused(case.act, CloseVote(), at=at, by="sec-1").codes == {"COMPETES"}
        after, cases = filled(batch, {**cases, "f-01": case}, at=at)
        assert outcomes(cases) == {"f-01": "disclose", "f-02": "refused"}
        assert after.fillings[-1].seats == 1
        lost, _ = called_again(case.act(OrderCorrection("违法", citation=INVENTED), at=at, by="sec-1"), days=9)
        lost = counted(lost, 2, at=CLOSES + timedelta(days=9))
        after, cases = filled(batch, {**cases, "f-01": lost}, at=CLOSES + timedelta(days=9))
        assert after.case.dossier.competition.placed == set()


class TestRefusals:
    """What stands against filling the places is told with every reason, and nothing changes."""

    def test_a_matter_that_was_not_voted_on(self) -> None:
        """Who has not been voted on, or still lies in the batch, is listed."""
        batch, held = gathered(3, Quota(seats=1))
        batch = batch.act(Release("f-01"), at=MEETS, by="sec-1")
        cases = {**held, "f-01": counted(batch.take_up(held["f-01"], at=MEETS, by="sec-1"), 7)}
        batch = batch.act(Release("f-02"), at=MEETS, by="sec-1")
        cases["f-02"] = batch.take_up(held["f-02"], at=MEETS, by="sec-1").act(Note("x"), at=MEETS, by="sec-1")
        cases["f-02"] = cases["f-02"].act(Adjourn("休会"), at=VOTES, by="sec-1")
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1")
        assert no.codes == {"NOT_VOTED"}
        assert no.reasons[0].values["items"] == ["f-02", "f-03"]

    def test_no_matter_is_voted_on(self) -> None:
        """Where all have come to an end there is nothing to fill."""
        batch, cases = filled(*voted([9], Quota(seats=2)))
        assert refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1").codes == {"NO_CONTENDER"}

    def test_a_batch_without_a_quota(self) -> None:
        """Without a quota nothing competes."""
        batch, cases = voted([9, 5], None)
        assert refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1").codes == {"NO_QUOTA"}
        assert batch.quota is None
        assert batch.fillings == ()

    def test_one_matter_is_no_batch(self) -> None:
        """The record of one matter has no places."""
        _, cases = voted([9, 5], Quota(seats=1))
        no = refused(cases["f-01"].fill_places, [cases["f-02"]], FillPlaces(), at=CLOSES, by="sec-1")
        assert no.codes == {"NO_BATCH"}

    def test_a_matter_of_another_batch(self) -> None:
        """A matter that was opened in another batch, or by itself, does not compete in this one."""
        batch, cases = voted([9, 5], Quota(seats=1))
        _, others = voted([9, 5], Quota(seats=2))
        no = refused(batch.fill_places, [cases["f-01"], others["f-02"]], at=CLOSES, by="sec-1")
        assert no.codes == {"NOT_IN_BATCH"}
        by_itself = Case.open(family(9), procedure(), {"assembly": ASSEMBLY}, OFFICES, at=START, by="sec-1")
        no = refused(batch.fill_places, [*cases.values(), by_itself], at=CLOSES, by="sec-1")
        assert no.codes == {"NOT_IN_BATCH"}

    def test_closes_of_a_matter_that_is_not_there(self) -> None:
        """How a vote is closed is said of matters that are there."""
        batch, cases = voted([9, 5], Quota(seats=1))
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1", closes={"f-09": CloseVote()})
        assert no.codes == {"NOT_IN_BATCH"}

    def test_all_cases_are_handed_in(self) -> None:
        """Leaving one out is no way to keep it from competing."""
        batch, cases = voted([9, 5], Quota(seats=1))
        with pytest.raises(InvalidValue, match="f-02 may compete too"):
            batch.fill_places([cases["f-01"]], at=CLOSES, by="sec-1")
        with pytest.raises(InvalidValue, match="stands twice"):
            batch.fill_places(
                [cases["f-01"], cases["f-02"], voted([8, 5], Quota(seats=1))[1]["f-01"]], at=CLOSES, by="x"
            )

    def test_who_and_when(self) -> None:
        """Whoever may not close the vote may not fill places; nor may anybody before the votes, or out of order."""
        batch, cases = voted([9, 5], Quota(seats=1))
        no = refused(batch.fill_places, cases.values(), at=START, by="clerk-1", recorded_at=START - timedelta(days=1))
        assert no.codes == {"NOT_IN_OFFICE", "BACKDATED", "OUT_OF_ORDER", "RECORDED_BEFORE", "TOO_EARLY"}
        assert len(no.reasons) == len(no.codes)
        (office,) = (reason for reason in no.reasons if reason.code == "NOT_IN_OFFICE")
        assert office.values["action"] == FillPlaces.title

    def test_what_stands_against_one_vote_is_told_with_its_name(self) -> None:
        """What stands against closing one vote names the matter; what stands against all is told once."""
        batch, cases = voted([9, 5], Quota(seats=1))
        no = refused(
            batch.fill_places, cases.values(), at=CLOSES, by="sec-1", closes={"f-02": CloseVote(casting="for")}
        )
        assert no.codes == {"NO_CASTING_VOTE"}
        assert no.reasons[0].values["of_item"] == "f-02"
        assert no.reasons[0].explain("en").startswith("f-02: ")
        assert no.reasons[0].explain("zh").startswith("“f-02”：")
        closes = {item: CloseVote(casting="for") for item in cases}
        no = refused(batch.fill_places, cases.values(), at=CLOSES, by="sec-1", closes=closes)
        assert [reason.code for reason in no.reasons] == ["NO_CASTING_VOTE"]
        assert "of_item" not in no.reasons[0].values

    def test_a_count_by_area_is_refused_before_it_is_too_late(self) -> None:
        """Ranked by area, a mere count is refused at once: afterwards the vote could not be ranked."""
        _, cases = released(2, Quota(seats=1, by=FOR.by("area")))
        no = refused(counted, cases["f-01"], 7)
        assert no.codes == {"WEIGHTED_COUNT"}
        no = refused(
            cases["f-01"].act, CountVotes(for_=7, against=3, method="secret", voters=VOTERS), at=VOTES, by="sec-1"
        )
        assert no.codes == {"SECRET_WEIGHTED"}

    def test_a_count_by_a_group_is_refused_before_it_is_too_late(self) -> None:
        """Ranked by the votes of one group, a mere count is refused at once: it does not tell them."""
        women = Roll(
            "assembly", [Member(each, groups={"women"} if each < "m-05" else ()) for each in VOTERS], groups={"women"}
        )
        batch, cases = opened(1, Quota(seats=1, by=FOR.among("women")), rolls={"assembly": women}, sittings="one")
        batch = batch.act(Convene(held_at=MEETS), at=START + timedelta(days=2), by="sec-1")
        batch, cases = release(batch.act(TakeAttendance(VOTERS), at=MEETS, by="sec-1"), cases)
        assert refused(counted, cases["f-01"], 7).codes == {"WEIGHTED_COUNT"}
        batch, _ = filled(batch, {"f-01": named(cases["f-01"], VOTERS[2:])})
        assert batch.fillings[0].standings["f-01"].number == 2

    def test_how_a_vote_is_closed_is_a_close(self) -> None:
        """Something else than a close is refused with the name of the matter."""
        with pytest.raises(InvalidType, match="how the vote on f-01 is closed"):
            FillPlaces(closes={"f-01": "for"})

    def test_a_matter_that_was_split_out_is_not_ranked(self) -> None:
        """What is asked for the rank alone is not asked of a matter that competes no more."""
        batch, held = gathered(2, Quota(seats=1, by=FOR.by("area")))
        batch = batch.act(SplitOut("f-01", "有争议"), at=MEETS, by="sec-1")
        case = counted(batch.take_up(held["f-01"], at=MEETS, by="sec-1"), 7)
        assert case.act(CloseVote(), at=CLOSES, by="sec-1").stage == "disclose"

    def test_a_roll_without_areas_is_refused_at_the_call(self) -> None:
        """Ranked by area, a body whose roll has no areas cannot be called."""
        plain = Roll("assembly", [Member(each) for each in VOTERS])
        batch, _ = opened(2, Quota(seats=1, by=FOR.by("area")), rolls={"assembly": plain}, sittings="one")
        no = refused(batch.act, Convene(held_at=MEETS), at=START + timedelta(days=2), by="sec-1")
        assert no.codes == {"RULE_UNFIT"}
        assert no.reasons[0].values["lacking"] == ["area"]

    def test_what_is_outranked_may_not_come_again_for_a_while(self) -> None:
        """A matter without a place is lost, and what the stage says of lost matters holds for it."""
        year = Period(365, citation=INVENTED)
        batch, cases = opened(2, Quota(seats=1), sittings="one", procedure=procedure(cooling_off=year))
        batch = batch.act(Convene(held_at=MEETS), at=START + timedelta(days=2), by="sec-1")
        batch, cases = release(batch.act(TakeAttendance(VOTERS), at=MEETS, by="sec-1"), cases)
        cases = {item: counted(case, 6 + number) for number, (item, case) in enumerate(sorted(cases.items()))}
        _, cases = filled(batch, cases)
        assert "barred_until" in cases["f-01"].entries[-1].effect.due
        assert "barred_until" not in cases["f-02"].entries[-1].effect.due

    @pytest.mark.parametrize("hopeless", [None, 3, {}, [None]])
    def test_only_cases_are_taken(self, hopeless) -> None:
        """Something else than cases is refused."""
        batch, _ = voted([9, 5], Quota(seats=1))
        with pytest.raises(InvalidType):
            batch.fill_places(hopeless, at=CLOSES, by="sec-1")


class TestTheStoredEntry:
    """A stored entry that fills places is held against the record when it is read."""

    def forged(self, batch, filling):
        """The batch's record with an entry that says something else."""
        *before, last = batch.entries
        return [
            *before,
            make_entry(
                last.number,
                last.at,
                last.recorded_at,
                "sec-1",
                last.action,
                Effect(filling=filling),
                last.previous,
                None,
                None,
            ),
        ]

    def test_another_number_of_places_is_broken(self) -> None:
        """An entry that fills other places than there are, or gives them to others, breaks the record."""
        batch, _ = filled(*voted([9, 7, 8], Quota(seats=2)))
        (filling,) = batch.fillings
        assert Case.replay(self.forged(batch, filling)) == batch.case
        votes = rulings(18, 15)
        for other in (Quota(seats=1).fill(votes), Quota(seats=2).fill(votes), attrs.evolve(filling.quota.fill({}))):
            if other.standings or other.quota != filling.quota:
                with pytest.raises(BrokenRecord, match="other places"):
                    Case.replay(self.forged(batch, other))

    def test_an_entry_without_its_filling_is_broken(self) -> None:
        """An entry that does not say who got the places breaks the record, and so does one in another record."""
        batch, _ = filled(*voted([9, 7, 8], Quota(seats=2)))
        with pytest.raises(BrokenRecord, match="does not say whose"):
            Case.replay(self.forged(batch, None))
        free, _ = voted([9], None)
        (filling,) = batch.fillings
        last = free.entries[-1]
        entry = make_entry(
            last.number + 1,
            moment(CLOSES, "at"),
            moment(CLOSES, "at"),
            "sec-1",
            FillPlaces(),
            Effect(filling=filling),
            last.digest,
            None,
            None,
        )
        with pytest.raises(BrokenRecord, match="the batch has none"):
            Case.replay([*free.entries, entry])

    def test_a_batch_without_a_quota_is_stored_as_before(self) -> None:
        """Without a quota nothing of it stands in any entry."""
        batch, cases = voted([9], None)
        done = cases["f-01"].act(CloseVote(), at=CLOSES, by="sec-1")
        written = b"".join(entry.payload for entry in (*batch.entries, *done.entries))
        assert b"quota" not in written
        assert b"placing" not in written
        assert b"filling" not in written

    def test_a_filling_is_read_back(self) -> None:
        """What is stored of a filling and of a placing is read back as it was, and forged ranks are not."""
        batch, cases = filled(*voted([9, 7, 8], Quota(seats=2)))
        data = msgspec.json.decode(batch.entries[-1].payload)["effect"]["filling"]
        assert load(Filling, data, {}) == batch.fillings[0]
        data["standings"]["f-02"]["award"] = "placed"
        with pytest.raises(InvalidValue, match="not those of the numbers"):
            load(Filling, data, {})
        effect = cases["f-01"].entries[-1].effect
        assert load(Effect, dump(effect), {}) == effect


class Failing(MemoryStore):
    """A store that fails when it is told to."""

    fails = False

    def append(self, *writes: Write) -> None:
        """Nothing is kept while it fails."""
        if self.fails:
            raise StoreFault("the disk is full")
        super().append(*writes)


def state(store):
    """All that a store holds."""
    return {stream: (store.load(stream), store.facts(stream)) for stream in store.streams()}


class TestThroughADocket:
    """A docket closes the votes and fills the places in one write: all or nothing."""

    @pytest.mark.parametrize("make", [MemoryStore, lambda: SQLiteStore(":memory:")])
    def test_the_places_are_filled_in_one_write(self, make) -> None:
        """The batch's entry and those of its matters are read back as they were written."""
        docket = kept(make(), [9, 7, 8, 4], Quota(seats=2))
        batch = docket.fill_places("batch-1", at=CLOSES, by="sec-1")
        assert isinstance(batch, Batch)
        assert docket.batch("batch-1") == batch
        assert batch.fillings[0].placed == {"f-01", "f-03"}
        assert docket.find(stage="disclose") == ("f-01", "f-03")
        assert docket.find(outcome="refused") == ("f-02", "f-04")
        for number in range(1, 5):
            case = docket.case(f"f-{number:02}")
            assert case.entries[-1].effect.placing.filling == batch.entries[-1].digest
            assert Case.replay(case.entries) == case

    def test_nothing_is_kept_when_the_store_fails(self) -> None:
        """When the write fails, neither the batch nor any matter has moved; afterwards the same act goes through."""
        store = Failing()
        docket = kept(store, [9, 7, 8], Quota(seats=2))
        before = state(store)
        store.fails = True
        with pytest.raises(StoreFault):
            docket.fill_places("batch-1", at=CLOSES, by="sec-1")
        assert state(store) == before
        store.fails = False
        docket.fill_places("batch-1", at=CLOSES, by="sec-1")
        assert all(store.version(f"f-{number:02}") == 4 for number in (1, 2, 3))

    @given(st.sampled_from(["batch-1", "f-01", "f-02", "f-03"]))
    def test_nothing_is_kept_when_somebody_wrote_in_between(self, stream) -> None:
        """A concurrent entry in any of the records makes the whole a conflict."""

        class Raced(MemoryStore):
            """Somebody else writes just before the places are filled."""

            raced = False

            def append(self, *writes: Write) -> None:
                if not self.raced and any(record.kind == "fill_places" for each in writes for record in each.records):
                    self.raced = True
                    Docket(self).act(stream, Note("x"), at=CLOSES, by="clerk-1")
                    before.update(state(self))
                super().append(*writes)

        before = {}
        store = Raced()
        docket = kept(store, [9, 7, 8], Quota(seats=2))
        with pytest.raises(VersionConflict):
            docket.fill_places("batch-1", at=CLOSES, by="sec-1")
        assert state(store) == before

    def test_a_refusal_keeps_nothing(self) -> None:
        """After a refusal the store is as it was."""
        store = MemoryStore()
        docket = kept(store, [9, 7, 7], Quota(seats=2, edge="lot"))
        before = state(store)
        assert refused(docket.fill_places, "batch-1", at=CLOSES, by="sec-1").codes == {"LOT_NEEDED"}
        assert refused(docket.act, "f-01", CloseVote(), at=CLOSES, by="sec-1").codes == {"COMPETES"}
        assert state(store) == before
        docket.fill_places("batch-1", at=CLOSES, by="sec-1", lot=Lot({"f-03"}, "sheet 1"))
        assert docket.find(stage="disclose") == ("f-01", "f-03")

    def test_a_retry_is_harmless(self) -> None:
        """The same key again writes nothing; the same key for another lot is refused."""
        store = MemoryStore()
        docket = kept(store, [9, 7, 8], Quota(seats=2))
        first = docket.fill_places("batch-1", at=CLOSES, by="sec-1", key="k-1")
        before = state(store)
        assert docket.fill_places("batch-1", at=CLOSES, by="sec-1", key="k-1") == first
        assert state(store) == before
        with pytest.raises(KeyReused):
            docket.fill_places("batch-1", at=CLOSES, by="sec-1", key="k-1", lot=Lot({"f-01"}, "x"))

    def test_a_stale_screen_is_refused(self) -> None:
        """Another version than the screen showed is a conflict."""
        docket = kept(MemoryStore(), [9, 7], Quota(seats=2))
        with pytest.raises(VersionConflict):
            docket.fill_places("batch-1", at=CLOSES, by="sec-1", expecting=1)

    def test_a_docket_finds_who_is_voted_on_anew(self) -> None:
        """After an objection was upheld, the docket hands in the matter that has a place and is voted on anew."""
        docket = kept(MemoryStore(), [9, 8], Quota(seats=1))
        docket.fill_places("batch-1", at=CLOSES, by="sec-1")
        acts = (
            Post(channels={"bulletin_board"}, content="公示"),
            Object("不符合条件", id="o-1"),
            AnswerObjection("o-1", "属实", upheld=True),
            TakeDown(),
            Convene(held_at=CLOSES + timedelta(days=1)),
        )
        for action in acts:
            docket.act("f-01", action, at=CLOSES, by="sec-1")
        later = CLOSES + timedelta(days=1)
        docket.act("f-01", TakeAttendance(VOTERS), at=later, by="sec-1")
        docket.act("f-01", CountVotes(for_=6, against=4), at=later, by="sec-1")
        batch = docket.fill_places("batch-1", at=later, by="sec-1")
        assert batch.fillings[-1].placed == {"f-01"}

    def test_without_a_quota_a_docket_fills_nothing(self) -> None:
        """Without a quota there are no places; one matter by itself is no batch."""
        docket = kept(MemoryStore(), [9], None)
        assert refused(docket.fill_places, "batch-1", at=CLOSES, by="sec-1").codes == {"NO_QUOTA"}
        with pytest.raises(InvalidValue, match="not a batch"):
            docket.fill_places("f-01", at=CLOSES, by="sec-1")

    def test_what_is_due_is_found(self) -> None:
        """What is due in the docket is that the places are filled."""
        docket = kept(MemoryStore(), [9, 7], Quota(seats=1))
        assert {found.duty.action for found in docket.due(CLOSES)} == {"fill_places"}


class TestWhatIsTold:
    """Minutes and forms tell of a matter that was carried by itself why it has no place."""

    @pytest.fixture
    def records(self):
        """The record of a batch, and of one of its matters: it was third for two places."""
        batch, cases = filled(*voted([9, 7, 8], Quota(seats=2)))
        return batch.entries, cases["f-02"].entries

    def test_the_minutes_say_why(self, records) -> None:
        """The minutes of the matter give its own ruling, then its rank and the least number that got a place."""
        assert "在 3 项中排第 3，取得名额的至少为 8，未取得名额。" in minutes(records[1], "zh")
        told = minutes(records[1], "en")
        assert told.index("carried") < told.index("rank 3 of 3; the least that got a place is 8, so it gets no place.")

    def test_the_minutes_of_the_batch_tell_all(self, records) -> None:
        """The batch's minutes tell in one entry how every matter came out, and from the opening on that they compete."""
        told = minutes(records[0], "zh")
        assert "各事项竞争 2 个名额，按“赞成”排名；" in told
        assert "同时结束各事项的表决，确定名额。" in told
        assert "第 3 名f-02：7，未取得名额。" in told
        assert "3. f-02: 7, no place." in minutes(records[0], "en")

    def test_a_vote_that_is_held_again_is_told(self) -> None:
        """Where the tied are voted on again, both the matter's minutes and the batch's say so, and go on from there."""
        batch, cases = filled(*voted([7, 7], Quota(seats=1, edge="revote")))
        assert "名额并列，再次表决" in minutes(cases["f-01"].entries, "zh")
        for item, number in (("f-01", 6), ("f-02", 8)):
            again, at = called_again(cases[item])
            cases[item] = counted(again, number, at=at)
        batch, _ = filled(batch, cases, at=at)
        assert minutes(batch.entries, "en").count("filled the places") == 2

    def test_the_form_says_why(self, records) -> None:
        """The sheet of the decision gives the same beside the outcome."""
        for language, words in (("zh", "在 3 项中排第 3"), ("en", "rank 3 of 3; the least that got a place is 8")):
            assert words in register(records[1]).markdown(language)

    def test_places_that_nobody_competes_for_cannot_be_told(self, records) -> None:
        """An entry that fills places where there are none breaks the telling, as it breaks the record."""
        free, _ = voted([9, 7, 8], None)
        with pytest.raises(BrokenRecord, match="no places to fill"):
            minutes([*free.entries, records[0][-1]], "zh")
