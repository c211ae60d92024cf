"""Questions with several options: none of these, the best so many, ties at the edge, run-offs (domain E17, E18, 2.3).

The questions are invented. Two figures are reported: twenty-four of thirty chosen by their votes (domain 2.3), and another
vote among the tied (Henan's rules for elections, art. 36; domain E17).
"""

import itertools
import random
from fractions import Fraction
from typing import ClassVar

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidType, InvalidValue
from yizheng.people import Member, Roll
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    VALID,
    Box,
    Choice,
    Defect,
    Lot,
    Outcome,
    Question,
    Reading,
    Result,
    Rule,
    Selection,
    Step,
    Tally,
    runoff,
)
from yizheng.text import Text

HALF = Fraction(1, 2)
BY_LAW = Citation(instrument=Text("议事规则（虚构）", "by-laws (invented)"), article="21")
HENAN = Citation(
    instrument=Text("河南省选举规定", "Henan's rules for elections"), article="36", certainty=Certainty.REPORTED
)
MAJORITY = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > HALF * PRESENT, citation=BY_LAW)
PLURALITY = Rule(quorum=None, passage=FOR >= 1, citation=BY_LAW)
FIRMS = {"a": Text("甲公司", "firm A"), "b": Text("乙公司", "firm B"), "c": Text("丙公司", "firm C")}
FIRM = Question(text=Text("选聘物业企业", "Choose a property firm"), options=FIRMS, rule=MAJORITY)
ROLL = Roll("owners", [Member(f"m-{n:02}") for n in range(1, 31)])
PRESENT_25 = [f"m-{n:02}" for n in range(1, 26)]


def cast(*piles: tuple[int, str]) -> dict[str, list[str]]:
    """Ballots in piles: how many, and what they mark, such as ``(3, "a b")``."""
    marks = [words.split() for number, words in piles for _ in range(number)]
    return {f"m-{n:02}": each for n, each in enumerate(marks, 1)}


def voted(*piles: tuple[int, str], question: Question = FIRM) -> Selection:
    """What the ballots of a meeting of twenty-five come to."""
    return Selection(question, question.count(cast(*piles), ROLL, present=PRESENT_25))


def scored(numbers: dict[str, int], **settings: object) -> Selection:
    """What votes in favour come to, out of a hundred ballots, by a plurality unless the question says otherwise."""
    given = {"text": "q", "options": [each for each in numbers if each != "none"], "rule": PLURALITY, **settings}
    question = Question(**{"none": "none" in numbers, **given})
    tallies = {box: Tally.of(entitled=100, present=100, cast=100, for_=number) for box, number in numbers.items()}
    return Selection(question, tallies)


class TestBallots:
    """How marks are read: a ballot is one ballot, whatever is wrong with it."""

    QUESTION = attrs.evolve(FIRM, marks=2)

    @pytest.mark.parametrize(
        ("marks", "defects"),
        [
            ([], ()),
            (["a"], ()),
            (["a", "b"], ()),
            (["none"], ()),
            (["abstain"], ()),
            (["invalid"], (Defect.SPOILT,)),
            (["a", "b", "c"], (Defect.TOO_MANY,)),
            (["a", "none"], (Defect.CONTRADICTORY,)),
            (["none", "abstain"], (Defect.CONTRADICTORY,)),
            (["b", "abstain"], (Defect.CONTRADICTORY,)),
            (["a", "b", "c", "none", "invalid"], (Defect.SPOILT, Defect.CONTRADICTORY, Defect.TOO_MANY)),
        ],
        ids=str,
    )
    def test_marks(self, marks, defects):
        """All defects of a ballot are named, in one order, in whatever order the marks came (trap 66)."""
        for order in itertools.permutations(marks):
            reading = self.QUESTION.read(order)
            assert (reading.marked, reading.defects, reading.blank) == (frozenset(marks), defects, not marks)

    def test_each_is_counted_once(self):
        """Options, none of these, abstaining, blank and invalid are five things, of one base (traps 33, 36, 39)."""
        question = attrs.evolve(self.QUESTION, unmarked=Choice.AGAINST)
        piles = cast((4, "a"), (3, "a b"), (2, "none"), (1, "abstain"), (2, ""), (1, "a none"), (1, "a b c"))
        tallies = question.count(piles, ROLL, present=PRESENT_25)
        heads = {
            box: [tally.get(each) for each in (FOR, AGAINST, ABSTAINING, INVALID)] for box, tally in tallies.items()
        }
        assert heads == {"a": [7, 2, 3, 2], "b": [3, 6, 3, 2], "c": [0, 9, 3, 2], "none": [2, 7, 3, 2]}
        assert {tally.get(CAST) for tally in tallies.values()} == {14}
        assert {tally.get(PRESENT) for tally in tallies.values()} == {25}

    def test_a_blank_ballot(self):
        """It abstains (domain E10), or is invalid where the question says so."""
        for blank, figures in ((Choice.ABSTAIN, [1, 2, 0]), (Choice.INVALID, [1, 0, 2])):
            question = attrs.evolve(FIRM, blank=blank, unmarked="abstain")
            tally = question.count(cast((1, "a"), (2, "")), ROLL)["a"]
            assert [tally.get(each) for each in (FOR, ABSTAINING, INVALID)] == figures

    def test_what_is_left_unmarked_says_nothing_by_itself(self):
        """Whether it is against or abstaining is a rule: where none says, both are unknown."""
        ballots = cast((4, "a"), (3, "b"), (1, "abstain"))
        unsaid = FIRM.count(ballots, ROLL)["a"]
        assert [unsaid.get(each) for each in (FOR, AGAINST, ABSTAINING, VALID, CAST)] == [4, None, None, 8, 8]
        against = attrs.evolve(FIRM, unmarked="against").count(ballots, ROLL)["a"]
        assert [against.get(each) for each in (FOR, AGAINST, ABSTAINING)] == [4, 3, 1]
        abstaining = attrs.evolve(FIRM, unmarked="abstain").count(ballots, ROLL)["a"]
        assert [abstaining.get(each) for each in (FOR, AGAINST, ABSTAINING)] == [4, 0, 4]

    def test_none_of_these_is_against_each(self):
        """Whoever marks it has said so; and whoever marks an option is against it."""
        for unmarked in ("against", "abstain"):
            tallies = attrs.evolve(FIRM, unmarked=unmarked).count(cast((4, "none"), (3, "b")), ROLL)
            assert tallies["b"].get(AGAINST) == 4
            assert tallies["none"].get(AGAINST) == 3

    @pytest.mark.parametrize(
        "asks", [{"rule": Rule(quorum=None, passage=FOR > AGAINST)}, {"by": FOR - AGAINST}], ids=str
    )
    def test_a_rule_that_asks_for_votes_against(self, asks):
        """It is not judged by a guess."""
        question = attrs.evolve(FIRM, **asks)
        with pytest.raises(
            InvalidValue, match=r"^votes against or abstaining are asked for, .* says neither; say what it means"
        ):
            question.count(cast((4, "a")), ROLL)
        tallies = attrs.evolve(question, unmarked="against").count(cast((14, "a"), (3, "b")), ROLL, present=PRESENT_25)
        assert Selection(attrs.evolve(question, unmarked="against"), tallies).chosen == {"a"}

    def test_heads_held_jointly(self):
        """Who votes for co-owners is handed on to the roll; without it their ballot is refused (domain E15)."""
        roll = Roll("owners", [Member("x+y", co_owners={"x", "y"}), Member("k")])
        question = attrs.evolve(FIRM, rule=PLURALITY)
        ballots = {"x+y": ["a"], "k": ["b"]}
        counted = question.count(ballots, roll, named={"x+y": "y"})
        assert (counted["a"].get(FOR), counted["b"].get(FOR)) == (1, 1)
        for named, says in ((None, "have named nobody"), ({"x+y": "z"}, "none of its co-owners")):
            with pytest.raises(InvalidValue, match=says):
                question.count(ballots, roll, named=named)

    def test_every_bad_mark_is_named(self):
        """What does not stand on the ballot is an error of whoever enters it, and no invalid ballot."""
        question = attrs.evolve(FIRM, none=False)
        with pytest.raises(InvalidValue) as caught:
            question.count({"m-01": ["d"], "m-02": ["none"], "m-03": ["a"]}, ROLL)
        assert caught.value.faults == (
            "the ballot of 'm-01': 'd' does not stand on the ballot; there are a, abstain, b, c, invalid",
            "the ballot of 'm-02': 'none' does not stand on the ballot; there are a, abstain, b, c, invalid",
        )

    @pytest.mark.parametrize("marks", ["a", 7, None, [1]])
    def test_marks_are_several_names(self, marks):
        """A string would be taken apart."""
        with pytest.raises(InvalidType, match="m-01"):
            FIRM.count({"m-01": marks}, ROLL)

    def test_who_is_not_on_the_roll(self):
        """As the roll says."""
        with pytest.raises(InvalidValue, match="is not on the roll"):
            FIRM.count({"stranger": ["a"]}, ROLL)

    def test_by_weight_and_group(self):
        """Votes are counted in the measures and groups that are asked for, and in no other."""
        members = [
            Member(f"m-{n}", weights={"area": n, "shares": 1}, groups={"east"} if n % 2 else ()) for n in range(1, 6)
        ]
        roll = Roll("owners", members, groups={"east", "west"})
        rule = Rule(quorum=None, passage=(FOR.by("area") > 0) & (FOR.among("east") >= 1))
        question = attrs.evolve(FIRM, rule=rule, by=FOR.by("area"))
        tallies = question.count({"m-1": ["a"], "m-3": ["b"], "m-4": ["a"], "m-5": ["none"]}, roll)
        assert tallies["a"].number(FOR.by("area")) == 5
        assert tallies["a"].number(FOR.among("east")) == 1
        assert set(tallies["a"].measures) == {"heads", "area"}
        assert tallies["a"].groups == {"east"}


class TestOneSeat:
    """One of three, or none of them."""

    def test_chosen(self):
        """Who satisfies the rule."""
        selection = voted((14, "a"), (6, "b"), (3, "none"), (2, "abstain"))
        assert (selection.result, selection.chosen, selection.out) == (Result.CHOSEN, {"a"}, {"b", "c"})
        assert selection.final
        assert selection.rulings["b"].outcome is Outcome.LOST

    @pytest.mark.parametrize(("votes", "result"), [(12, Result.NONE), (13, Result.CHOSEN)])
    def test_the_threshold(self, votes, result):
        """Twelve of twenty-five are not more than half, and thirteen are."""
        assert voted((votes, "a"), (25 - votes, "b c")).result is result

    def test_nobody_satisfies_the_rule(self):
        """Nothing is chosen, and nothing is decided against anybody (domain E18)."""
        selection = voted((12, "a"), (6, "b"), (3, "none"))
        assert (selection.result, selection.rejected, selection.vacant_seats) == (Result.NONE, False, 1)
        assert "不等于否决" in selection.explain("zh")

    def test_none_of_these_satisfies_it(self):
        """That decides against all of them."""
        selection = voted((13, "none"), (12, "a"))
        assert (selection.result, selection.rejected, selection.chosen) == (Result.NONE, True, frozenset())

    def test_too_few_are_present(self):
        """Short of the quorum nothing is decided, and nobody is out."""
        tallies = FIRM.count(cast((14, "a")), ROLL, present=PRESENT_25[:19])
        selection = Selection(FIRM, tallies)
        assert (selection.result, selection.chosen, selection.out) == (Result.INQUORATE, frozenset(), frozenset())
        assert (selection.open_seats, selection.vacant_seats) == (0, 0)
        assert selection.explain("en") == (
            "Choose a property firm. Entitled 30, present 19, less than 2/3 (20), 20 needed: no quorum, nothing is decided. "
            "Authority: by-laws (invented) art. 21."
        )

    def test_more_came_back_than_were_issued(self):
        """The vote is void (Henan 35; domain E08)."""
        selection = Selection(FIRM, FIRM.count(cast((14, "a")), ROLL, present=PRESENT_25, issued=13, returned=14))
        assert (selection.result, selection.chosen) == (Result.VOID, frozenset())
        assert "表决无效" in selection.explain("zh")

    def test_two_equal_leaders(self):
        """Both satisfy the rule, and neither is chosen (trap 60)."""
        selection = scored({"a": 40, "b": 40, "c": 20})
        assert (selection.result, selection.tied, selection.chosen) == (Result.TIE, {"a", "b"}, frozenset())
        assert (selection.open_seats, selection.vacant_seats, selection.final) == (1, 0, False)
        assert scored({"a": 40, "b": 40, "none": 20}).rejected is False

    @pytest.mark.parametrize(("votes", "chosen"), [(29, set()), (30, set()), (31, {"a"})])
    def test_below_none_of_these(self, votes, chosen):
        """By a plurality an option must come before none of these; equal is not before. A question may say otherwise."""
        assert scored({"a": votes, "none": 30, "b": 1}).chosen == chosen
        assert scored({"a": votes, "none": 30, "b": 1}, above_none=False).chosen == {"a"}

    def test_ranked_by_area(self):
        """The number that ranks is named, and need not be heads."""
        tally = {"cast": 3, "entitled": 3}
        area = {"cast": 300, "entitled": 300}
        tallies = {
            "a": Tally.by_measure(heads={**tally, "for": 2}, area={**area, "for": "100.5"}),
            "b": Tally.by_measure(heads={**tally, "for": 1}, area={**area, "for": "199.5"}),
        }
        for by, chosen in ((FOR, "a"), (FOR.by("area"), "b")):
            question = Question(text="q", options=["a", "b"], rule=PLURALITY, by=by, none=False)
            assert Selection(question, tallies).chosen == {chosen}
        assert "符合通过条件，排名依据赞成面积：199.5 平方米" in Selection(question, tallies).explain("zh")
        assert "the rule is met, ranked by area for: 199.5 m²." in Selection(question, tallies).explain("en")


class TestTheBestOfMany:
    """Ranked by votes, the best so many (domain 2.3)."""

    THIRTY: ClassVar = [f"h-{n:02}" for n in range(1, 31)]

    def households(self, votes: list[int], **settings) -> Selection:
        """Thirty households before a panel of twenty-one, twenty-four places; more than half of the panel must be for."""
        rule = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > HALF * PRESENT, citation=BY_LAW)
        question = Question(text="困难家庭", options=self.THIRTY, rule=rule, seats=24, none=False, **settings)
        tallies = {
            house: Tally.of(entitled=21, present=21, cast=21, for_=number)
            for house, number in zip(self.THIRTY, votes, strict=True)
        }
        return Selection(question, tallies)

    def test_twenty_four_of_thirty(self):
        """The first twenty-four have more votes than the rest, all of which satisfy the rule."""
        selection = self.households([20] * 10 + [16] * 14 + [15] * 6)
        assert (selection.result, selection.chosen) == (Result.CHOSEN, frozenset(self.THIRTY[:24]))
        assert selection.out == frozenset(self.THIRTY[24:])

    def test_a_tie_at_the_edge(self):
        """Twenty-two are in; four are equal for the last two places; four are out."""
        selection = self.households([20] * 22 + [15] * 4 + [11] * 4)
        assert selection.result is Result.TIE
        assert selection.chosen == frozenset(self.THIRTY[:22])
        assert selection.tied == frozenset(self.THIRTY[22:26])
        assert selection.out == frozenset(self.THIRTY[26:])
        assert (selection.open_seats, selection.vacant_seats) == (2, 0)

    def test_a_tie_within_the_edge_is_none(self):
        """Equal votes matter only where there are fewer places than equals."""
        assert self.households([20] * 22 + [15] * 2 + [11] * 6).result is Result.CHOSEN
        assert self.households([15] * 24 + [11] * 6).result is Result.CHOSEN
        assert self.households([15] * 30).tied == frozenset(self.THIRTY)

    def test_the_threshold_comes_first(self):
        """A place is not filled with somebody for whom not enough voted, though places are left."""
        selection = self.households([20] * 20 + [10] * 10)
        assert (selection.result, len(selection.chosen), selection.vacant_seats) == (Result.CHOSEN, 20, 4)
        assert selection.out == frozenset(self.THIRTY[20:])

    def test_equal_votes_have_equal_rank(self):
        """Equal numbers are one group (trap 59)."""
        assert [len(group) for _, group in self.households([20] * 22 + [15] * 4 + [11] * 4).standing] == [22, 4, 4]


class TestATieAtTheEdge:
    """What follows is what the rule names, and nothing else."""

    VOTES: ClassVar = {"a": 40, "b": 30, "c": 20, "d": 20, "e": 20, "f": 10}

    def tied(self, step=None, **settings) -> Selection:
        """Four places: two are in, three are equal for two, one is out."""
        return scored(self.VOTES, seats=4, edge=step, **settings)

    @pytest.mark.parametrize("step", [None, *Step])
    def test_who_is_in_tied_and_out(self, step):
        """Whatever the step, nobody is chosen by order, name or chance."""
        selection = self.tied(step)
        assert (selection.result, selection.chosen, selection.tied, selection.out) == (
            Result.TIE,
            {"a", "b"},
            {"c", "d", "e"},
            {"f"},
        )

    def test_no_rule_names_a_step(self):
        """Then the places are open, and no further vote is made up."""
        selection = self.tied()
        assert (selection.final, selection.open_seats) == (False, 2)
        with pytest.raises(InvalidValue, match="no further vote follows"):
            runoff(selection)

    def test_another_vote_among_the_tied(self):
        """The next question: the tied, for the places that are left (Henan 36; domain E17)."""
        selection = self.tied(Step.REVOTE, edge_citation=HENAN)
        following = runoff(selection)
        assert (set(following.options), following.seats, following.rule) == ({"c", "d", "e"}, 2, PLURALITY)
        assert following.edge is Step.REVOTE
        assert "在并列者中再次投票（依据：《河南省选举规定》第36条（据转述））。" in selection.explain("zh")

    def test_the_places_stay_empty(self):
        """Two of four are filled, and nothing more is to come."""
        selection = self.tied(Step.VACANT)
        assert (selection.final, selection.open_seats, selection.vacant_seats) == (True, 0, 2)
        with pytest.raises(InvalidValue, match="no further vote follows"):
            runoff(selection)

    def test_a_lot(self):
        """It is drawn outside and handed in; before that the places are open."""
        selection = self.tied(Step.LOT)
        assert (selection.final, selection.open_seats) == (False, 2)
        drawn = selection.draw(Lot({"d", "e"}, "监督委员会主持，抽签记录 1 号"))
        assert (drawn.result, drawn.chosen, drawn.out) == (Result.CHOSEN, {"a", "b", "d", "e"}, {"c", "f"})
        assert (drawn.tied, drawn.final, drawn.open_seats, drawn.vacant_seats) == ({"c", "d", "e"}, True, 0, 0)
        assert drawn == Selection(
            selection.question, selection.tallies, lot=Lot({"e", "d"}, "监督委员会主持，抽签记录 1 号")
        )

    @pytest.mark.parametrize("drawn", [{"d"}, {"c", "d", "e"}, {"a", "d"}, {"f", "d"}, set()], ids=itertools.count())
    def test_a_lot_that_does_not_fit(self, drawn):
        """It draws as many of the tied as there are places, and nobody else."""
        with pytest.raises(InvalidValue, match="it draws 2 of c, d, e"):
            self.tied(Step.LOT).draw(Lot(drawn, "x"))

    @pytest.mark.parametrize("step", [None, Step.REVOTE, Step.VACANT])
    def test_a_lot_that_no_rule_names(self, step):
        """A lot is refused where the rule does not say that there is one."""
        with pytest.raises(InvalidValue, match="names no lot"):
            self.tied(step).draw(Lot({"d", "e"}, "x"))

    def test_a_lot_where_nobody_is_tied(self):
        """Nor is one drawn for nothing."""
        with pytest.raises(InvalidValue, match="nobody is tied"):
            scored({"a": 2, "b": 1}, edge=Step.LOT).draw(Lot({"a"}, "x"))

    def test_a_lot_says_who_drew_it(self):
        """A lot without evidence is none."""
        with pytest.raises(InvalidValue, match="empty"):
            Lot({"a"}, "")


class TestRunOff:
    """Too few satisfy the rule: the first so many go on, where the rule says so."""

    @pytest.mark.parametrize(
        ("votes", "going"),
        [
            ({"a": 40, "b": 30, "c": 20, "d": 0}, {"a", "b"}),
            ({"a": 40, "b": 30, "c": 30, "d": 0}, {"a", "b", "c"}),
            ({"a": 40, "b": 40, "c": 30, "d": 0}, {"a", "b"}),
            ({"a": 30, "b": 30, "c": 30, "d": 30}, {"a", "b", "c", "d"}),
            ({"a": 30, "b": 30, "c": 30, "d": 1}, {"a", "b", "c"}),
            ({"a": 1, "b": 1, "c": 0, "d": 0}, {"a", "b"}),
        ],
        ids=itertools.count(),
    )
    def test_who_goes_on(self, votes, going):
        """The first two, and whoever is equal to the second."""
        rule = Rule(quorum=None, passage=FOR > HALF * CAST)
        selection = scored(votes, runoff=2, rule=rule)
        assert (selection.result, selection.advancing, selection.open_seats) == (Result.RUNOFF, going, 1)
        assert selection.out == votes.keys() - going
        following = runoff(selection, rule=PLURALITY)
        assert (set(following.options), following.seats, following.rule) == (going, 1, PLURALITY)
        assert following.runoff is None

    @pytest.mark.parametrize("votes", [{"a": 40, "b": 0, "c": 0}, {"a": 0, "b": 0, "c": 0}], ids=str)
    def test_nobody_to_choose_between(self, votes):
        """Whom nobody supports does not go on, and one alone has nobody to stand against."""
        selection = scored(votes, runoff=2, rule=Rule(quorum=None, passage=FOR > HALF * CAST))
        assert (selection.result, selection.vacant_seats) == (Result.NONE, 1)

    def test_for_the_places_that_are_left(self):
        """Who satisfies the rule is chosen; the others stand for the rest."""
        rule = Rule(quorum=None, passage=FOR > HALF * CAST)
        selection = scored({"a": 60, "b": 40, "c": 30, "d": 20, "e": 10}, seats=3, runoff=3, rule=rule)
        assert (selection.result, selection.chosen, selection.advancing) == (Result.RUNOFF, {"a"}, {"b", "c", "d"})
        assert (selection.open_seats, selection.vacant_seats, selection.out) == (2, 0, {"e"})
        few = scored({"a": 60, "b": 40, "c": 30, "d": 20, "e": 10}, seats=4, runoff=2, rule=rule)
        assert (few.advancing, few.open_seats, few.vacant_seats) == ({"b", "c"}, 2, 1)

    def test_none_after_all_were_rejected(self):
        """Where none of these satisfies the rule, all are rejected, and there is no run-off."""
        rule = Rule(quorum=None, passage=FOR > HALF * CAST)
        assert scored({"a": 30, "b": 10, "none": 51}, runoff=2, rule=rule).result is Result.NONE
        assert scored({"a": 30, "b": 10, "none": 50}, runoff=2, rule=rule).result is Result.RUNOFF

    def test_the_whole_way(self):
        """Three firms, a run-off of two, one chosen."""
        question = attrs.evolve(FIRM, runoff=2)
        following = runoff(voted((10, "a"), (8, "b"), (4, "c"), (3, "none"), question=question))
        assert voted((10, "a"), (13, "b"), (2, "none"), question=following).chosen == {"b"}

    def test_how_many_a_ballot_may_mark(self):
        """As many as there are places, or as many as the question said, and never more than there are seats to fill."""
        assert runoff(scored({"a": 4, "b": 4, "c": 4}, seats=2, edge="revote")).marks is None
        assert runoff(scored({"a": 4, "b": 3, "c": 3}, seats=2, edge="revote", marks=3)).marks == 1
        assert runoff(scored({"a": 4, "b": 4, "c": 4}, seats=2, edge="revote", marks=3)).marks == 2

    def test_nobody_marks_both_of_two_tied_for_one_seat(self):
        """A ballot that marks both marks too many."""
        following = runoff(scored({"a": 3, "b": 3, "c": 2}, edge="revote", marks=2))
        assert (sorted(following.options), following.seats, following.marks) == (["a", "b"], 1, 1)
        assert following.read(["a", "b"]).defects == ("too_many",)


class TestRefused:
    """A question or a count that cannot be."""

    @pytest.mark.parametrize(
        ("settings", "fault"),
        [
            ({"options": {"a": "A"}}, "put a single one as a Motion"),
            ({"options": ["none", "a"]}, "none is a box of every ballot"),
            ({"options": ["abstain", "invalid", "a"]}, "abstain, invalid is a box"),
            ({"seats": 0}, "0 seats for 3 options"),
            ({"seats": 4}, "4 seats for 3 options"),
            ({"marks": 0}, "may mark 0 of 3"),
            ({"marks": 4}, "may mark 4 of 3"),
            ({"runoff": 1}, "1 options go on"),
            ({"unmarked": "for"}, "an option that is left unmarked says for"),
            ({"blank": "against"}, "a blank ballot says against"),
            ({"edge_citation": BY_LAW}, "give edge= too"),
            ({"rule": attrs.evolve(MAJORITY, casting="chair")}, "gives chair a casting vote"),
            ({"rule": Rule(quorum=FOR + AGAINST > 3, passage=FOR > 1)}, "the quorum asks for AGAINST, FOR"),
        ],
        ids=str,
    )
    def test_a_question(self, settings, fault):
        """Each fault is said."""
        with pytest.raises(InvalidValue, match=fault):
            attrs.evolve(FIRM, **settings)

    def test_all_faults_at_once(self):
        """Three settings are wrong, and three faults are told."""
        with pytest.raises(InvalidValue) as caught:
            attrs.evolve(FIRM, seats=9, runoff=0, blank="for")
        assert len(caught.value.faults) == 3

    @pytest.mark.parametrize(
        ("settings", "error", "fault"),
        [
            ({"options": ["a", "a"]}, InvalidValue, "stands twice"),
            ({"options": "ab"}, InvalidType, "the options"),
            ({"options": {"a": "", "b": "x"}}, InvalidValue, "empty"),
            ({"options": [1, 2]}, InvalidType, "an option"),
            ({"seats": True}, InvalidType, "whole number"),
            ({"marks": 1.0}, InvalidType, "whole number"),
            ({"edge": "coin"}, InvalidValue, "revote, vacant, lot"),
            ({"rule": FOR > 1}, InvalidType, "Rule"),
            ({"by": 7}, InvalidType, "Amount"),
            ({"none": 1}, InvalidType, "True or False"),
        ],
        ids=str,
    )
    def test_a_setting(self, settings, error, fault):
        """Each is of its kind."""
        with pytest.raises(error, match=fault):
            attrs.evolve(FIRM, **settings)

    def test_counts_that_do_not_belong_together(self):
        """One vote has one base; every figure that differs is named."""
        heads = {"entitled": 30, "present": 25, "cast": 20}
        tallies = {box: Tally.of(**heads, for_=5) for box in ("a", "b", "c", "none")}
        tallies["b"] = Tally.of(**{**heads, "cast": 21}, for_=5)
        tallies["c"] = Tally.of(**heads, for_=5, issued=20)
        with pytest.raises(InvalidValue) as caught:
            Selection(FIRM, tallies)
        assert "a counts cast 20, and b 21; one vote has one base" in caught.value.faults
        assert "a counts issued None, and c 20; one vote has one base" in caught.value.faults

    def test_bases_by_measure_and_group(self):
        """In every measure and every group."""

        def tally(area, women):
            heads = {"entitled": 3, "for": 1, "among": {"women": {"entitled": women}}}
            return Tally.by_measure(heads=heads, area={"entitled": area, "for": 1, "among": {"women": {}}})

        question = Question(text="q", options=["a", "b"], rule=PLURALITY, none=False)
        with pytest.raises(InvalidValue) as caught:
            Selection(question, {"a": tally(90, 2), "b": tally(91, 1)})
        assert caught.value.faults == (
            "a counts entitled among 'women' 2, and b 1; one vote has one base",
            "a counts entitled by area 90, and b 91; one vote has one base",
        )

    def test_counts_missing_or_unknown(self):
        """Every option has a count, and nothing else has."""
        tally = Tally.of(entitled=30, present=25, cast=20, for_=5)
        with pytest.raises(InvalidValue) as caught:
            Selection(FIRM, {"a": tally, "d": tally})
        assert caught.value.faults == (
            "there is no count of b, c, none; give a tally for each, if only of nought",
            "d does not stand on the ballot; there are a, b, c, none",
        )

    def test_a_figure_that_is_missing(self):
        """Whose it is, is said."""
        counts = {box: Tally.of(entitled=30, present=25, for_=5) for box in ("a", "b", "none")}
        with pytest.raises(InvalidValue, match="c: FOR is unknown"):
            Selection(FIRM, counts | {"c": Tally.of(entitled=30, present=25)})

    def test_what_is_no_tally(self):
        """Nor a question."""
        with pytest.raises(InvalidType, match="the count of a is no Tally"):
            Selection(FIRM, {"a": 7})
        with pytest.raises(InvalidType, match="Question"):
            Selection("q", {})
        with pytest.raises(InvalidType, match="Lot"):
            Selection(FIRM, voted((1, "a")).tallies, lot={"a"})

    def test_who_counts(self):
        """A roll counts, not its class and not a list of names; and what it counts is a tally."""

        class Miscounting:
            def tally(self, *_, **__):
                return 7

        for roll in (None, Roll, ["m-01"]):
            with pytest.raises(InvalidType, match=r"a roll was expected: write Roll\(body, members\)"):
                FIRM.count({}, roll)
        with pytest.raises(InvalidType, match="what the roll counts is 7; a Tally was expected"):
            FIRM.count({}, Miscounting())

    def test_what_comes_after(self):
        """A number is of an option that was counted; a lot is drawn, and a run-off held, for a selection."""
        selection = voted((1, "a"))
        for box in ("z", None, []):
            with pytest.raises(InvalidValue, match="was not counted; there are a, b, c, none"):
                selection.number(box)
        with pytest.raises(InvalidType, match="the lot is None; a Lot was expected"):
            selection.draw(None)
        with pytest.raises(InvalidType, match="the selection is a Question; a Selection was expected"):
            runoff(FIRM)


class TestReading:
    """What one ballot says, by whoever reads it."""

    def test_in_one_order(self):
        """Options and boxes are taken by name, and defects each once, in their own order."""
        reading = Reading({Box.NONE, "a"}, ["too_many", Defect.CONTRADICTORY, "too_many"])
        assert reading == Reading({"none", "a"}, (Defect.CONTRADICTORY, Defect.TOO_MANY))
        assert {type(mark) for mark in reading.marked} == {str}

    def test_what_is_no_reading(self):
        """Marks are names, defects are known ones, and what a ballot is taken to say is a choice."""
        for marked in (None, 7, "ab", [None]):
            with pytest.raises(InvalidType):
                Reading(marked)
        with pytest.raises(InvalidValue, match="'torn' is no Defect; write one of spoilt, contradictory, too_many"):
            Reading({"a"}, ["torn"])
        says = {"blank": Choice.ABSTAIN, "unmarked": Choice.AGAINST}
        for wrong in ({"blank": "perhaps"}, {"unmarked": None}):
            with pytest.raises(InvalidValue, match="is no Choice; write one of"):
                Reading({"a"}).on("b", **(says | wrong))
        with pytest.raises(InvalidType, match="the option is a list; a str was expected"):
            Reading({"a"}).on([], **says)
        assert Reading({"a"}).on("b", blank="abstain", unmarked="against") is Choice.AGAINST


class TestWords:
    """The minutes, word for word."""

    def test_chosen(self):
        """The quorum once, each option from the first to the last, none of these, and what follows."""
        selection = voted((14, "a"), (6, "b"), (3, "none"), (1, "abstain"), (1, ""))
        assert selection.explain("zh") == (
            "选聘物业企业。应到 30，实到 25，不少于 2/3（20），会议有效。"
            "甲公司：赞成 14，超过到会 1/2（12.5），符合通过条件。"
            "乙公司：赞成 6，未超过到会 1/2（12.5），至少需 13，不符合通过条件。"
            "丙公司：赞成 0，未超过到会 1/2（12.5），至少需 13，不符合通过条件。"
            "以上都不同意：赞成 3，未超过到会 1/2（12.5），至少需 13，不符合通过条件。"
            "选定：甲公司。未选定：乙公司、丙公司。依据：《议事规则（虚构）》第21条。"
        )
        assert selection.explain("en") == (
            "Choose a property firm. Entitled 30, present 25, at least 2/3 (20): the meeting is quorate. "
            "firm A: for 14, more than 1/2 of those present (12.5): the rule is met. "
            "firm B: for 6, not more than 1/2 of those present (12.5), 13 needed: the rule is not met. "
            "firm C: for 0, not more than 1/2 of those present (12.5), 13 needed: the rule is not met. "
            "None of these: for 3, not more than 1/2 of those present (12.5), 13 needed: the rule is not met. "
            "Chosen: firm A. Not chosen: firm B, firm C. Authority: by-laws (invented) art. 21."
        )

    @pytest.mark.parametrize(
        ("selection", "zh", "en"),
        [
            (
                voted((12, "a"), (6, "b"), (3, "none")),
                "没有选定任何一项，也不等于否决各项。未选定：甲公司、乙公司、丙公司。空缺 1 个名额。",
                (
                    "Nothing is chosen, which is not a decision against any of them. Not chosen: firm A, firm B, firm C. "
                    "Places that stay empty: 1. "
                ),
            ),
            (
                voted((13, "none"), (12, "a")),
                "“以上都不同意”符合通过条件，各项均被否决。未选定：甲公司、乙公司、丙公司。空缺 1 个名额。",
                (
                    'The rule is met by "none of these": all of them are rejected. Not chosen: firm A, firm B, firm C. '
                    "Places that stay empty: 1. "
                ),
            ),
            (
                voted((10, "a"), (8, "b"), (3, "c"), question=attrs.evolve(FIRM, runoff=2)),
                "进入第二轮投票，争 1 个名额：甲公司、乙公司。未选定：丙公司。",
                "Run-off for the places left (1): firm A, firm B. Not chosen: firm C. ",
            ),
            (
                scored({"a": 40, "b": 20, "c": 20, "d": 1}, seats=2),
                "选定：a。并列：b、c（20），余 1 个名额；规则没有规定如何处理，名额未定。未选定：d。",
                (
                    "Chosen: a. Tied: b, c (20); places left: 1; no rule says what follows from that, and the places are not "
                    "filled. Not chosen: d. "
                ),
            ),
            (
                scored({"a": 40, "b": 20, "c": 20}, seats=2, edge="revote", edge_citation=HENAN),
                "选定：a。并列：b、c（20），余 1 个名额；在并列者中再次投票（依据：《河南省选举规定》第36条（据转述））。",
                (
                    "Chosen: a. Tied: b, c (20); places left: 1; another vote is held among the tied (by Henan's rules for "
                    "elections art. 36 (as reported)). "
                ),
            ),
            (
                scored({"a": 20, "b": 20}, edge="vacant"),
                "并列：a、b（20），余 1 个名额；并列者均不入选，名额空缺。空缺 1 个名额。",
                (
                    "Tied: a, b (20); places left: 1; none of the tied is chosen, and the places stay empty. Places that stay "
                    "empty: 1. "
                ),
            ),
            (
                scored({"a": 20, "b": 20}, edge="lot"),
                "并列：a、b（20），余 1 个名额；由抽签决定，抽签尚未进行。",
                "Tied: a, b (20); places left: 1; a lot decides, which has not been drawn yet. ",
            ),
            (
                scored({"a": 30, "b": 20, "c": 20}, seats=2, edge="lot").draw(Lot({"c"}, Text("记录 1 号", "sheet 1"))),
                "选定：a。并列：b、c（20），余 1 个名额；抽签选定：c（记录 1 号）。未选定：b。",
                "Chosen: a. Tied: b, c (20); places left: 1; chosen by lot: c (sheet 1). Not chosen: b. ",
            ),
        ],
        ids=["none", "rejected", "run-off", "no step", "revote", "vacant", "lot", "drawn"],
    )
    def test_what_follows(self, selection, zh, en):
        """Who is in, who is tied for how many places, who is out, and what is still to come."""
        assert zh + "依据：" in selection.explain("zh")
        assert ". " + en + "Authority: " in selection.explain("en")

    def test_of_an_option(self):
        """Nobody for it; or no more than for none of these."""
        selection = scored({"a": 3, "b": 0, "none": 3}, rule=Rule(quorum=None, passage=FOR >= 0))
        assert selection.explain("zh") == (
            "q。a：赞成 3，不少于 0，符合通过条件，但不多于“以上都不同意”的 3，不入选。b：赞成 0，不少于 0，无人赞成，"
            "不符合通过条件。以上都不同意：赞成 3，不少于 0，符合通过条件。“以上都不同意”符合通过条件，各项均被否决。"
            "未选定：a、b。空缺 1 个名额。"
        )
        assert selection.explain("en") == (
            'Q. a: for 3, at least 0: the rule is met, but it is not more than the 3 for "none of these", so it is not '
            "chosen. b: for 0, at least 0: nobody voted in favour, the rule is not met. None of these: for 3, at least 0: "
            'the rule is met. The rule is met by "none of these": all of them are rejected. Not chosen: a, b. Places that '
            "stay empty: 1."
        )

    def test_in_two_languages_only(self):
        """Another language is an error, not a guess."""
        with pytest.raises(ValueError, match="language"):
            voted((14, "a")).explain("fr")


# --- an oracle that shares no code with the library

SHARES = st.sampled_from([Fraction(0), Fraction(1, 3), HALF, Fraction(2, 3), Fraction(1)])
NAMES = ("a", "b", "c", "d")
PILES = st.lists(
    st.tuples(
        st.one_of(
            st.sets(st.sampled_from(NAMES), max_size=4),
            st.sampled_from([{"none"}, {"abstain"}, {"invalid"}, {"a", "none"}, set()]),
        ),
        st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(1, 3)]),
    ),
    max_size=9,
)
BASES = {"entitled": ENTITLED, "present": PRESENT, "cast": CAST, "valid": VALID}


@attrs.frozen
class Setting:
    """Everything that a vote can be put by."""

    base: str
    share: Fraction
    strict: bool
    seats: int
    marks: int
    above: bool
    by_area: bool
    runoff: int | None
    quorum: Fraction
    staying_away: int
    sitting_silent: int


SETTINGS = st.builds(
    Setting,
    st.sampled_from(sorted(BASES)),
    SHARES,
    st.booleans(),
    st.integers(1, 4),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, 2, 3]),
    SHARES,
    st.integers(0, 3),
    st.integers(0, 2),
)


def slowly(piles, setting: Setting):
    """What a careful teller would make of the ballots: by hand, with lists and fractions alone."""
    valid = [
        (marks, area)
        for marks, area in piles
        if "invalid" not in marks
        and len(marks & set(NAMES)) <= setting.marks
        and (marks <= set(NAMES) or len(marks) == 1)
    ]
    numbers = {"cast": len(piles), "valid": len(valid), "present": len(piles) + setting.sitting_silent}
    numbers["entitled"] = numbers["present"] + setting.staying_away
    if not (numbers["entitled"] and numbers["present"] >= setting.quorum * numbers["entitled"]):
        return "inquorate", set(), set(), set()
    heads = {box: sum(box in marks for marks, _ in valid) for box in (*NAMES, "none")}
    area = {box: sum((weight for marks, weight in valid if box in marks), Fraction()) for box in (*NAMES, "none")}
    ranks = area if setting.by_area else heads
    line = setting.share * numbers[setting.base]

    def meets(box):
        enough = heads[box] > line if setting.strict else heads[box] >= line
        return enough and heads[box] > 0 and numbers[setting.base] > 0

    good = [name for name in NAMES if meets(name) and (ranks[name] > ranks["none"] or not setting.above)]
    sure = {name for name in good if sum(ranks[other] >= ranks[name] for other in good) <= setting.seats}
    open_ = setting.seats - len(sure)
    tied = {
        name for name in good if name not in sure and sum(ranks[other] > ranks[name] for other in good) < setting.seats
    }
    going = set()
    if open_ and not tied and setting.runoff is not None and not (not sure and meets("none")):
        rest = [name for name in NAMES if name not in sure and ranks[name] > 0]
        going = {name for name in rest if sum(ranks[other] > ranks[name] for other in rest) < setting.runoff}
        going = going if len(going) > 1 else set()
    result = "tie" if tied else "runoff" if going else "chosen" if sure else "none"
    return result, sure, tied, going


def asked(setting: Setting, names: tuple[str, ...] = NAMES) -> Question:
    """The same setting as a question."""
    line = setting.share * BASES[setting.base]
    rule = Rule(quorum=PRESENT >= setting.quorum * ENTITLED, passage=FOR > line if setting.strict else FOR >= line)
    return Question(
        text="q",
        options=names,
        rule=rule,
        seats=setting.seats,
        marks=setting.marks,
        above_none=setting.above,
        by=FOR.by("area") if setting.by_area else FOR,
        runoff=setting.runoff,
    )


def chosen_from(question: Question, piles, setting: Setting) -> Selection:
    """Count the piles on a roll of as many as voted, sat silent or stayed away."""
    there = [f"v-{n}" for n in range(len(piles) + setting.sitting_silent)]
    away = [f"w-{n}" for n in range(setting.staying_away)]
    weights = [area for _, area in piles] + [Fraction(1)] * (setting.sitting_silent + setting.staying_away)
    people = [Member(who, weights={"area": area}) for who, area in zip([*there, *away], weights, strict=True)]
    roll = Roll("body", [*people, Member("w-one", weights={"area": 1})])
    return Selection(
        question,
        question.count({who: marks for who, (marks, _) in zip(there, piles, strict=False)}, roll, present=there),
    )


class TestLaws:
    """What holds for every question and every pile of ballots (traps 57 to 60, 65, 67)."""

    @given(PILES, SETTINGS)
    @example([({"a"}, 1), ({"b"}, 1)], Setting("cast", HALF, False, 1, 1, True, False, None, Fraction(0), 0, 0))
    @example(
        [({"a"}, 1), ({"b"}, 1), ({"none"}, 1)], Setting("cast", HALF, True, 1, 1, True, False, 2, Fraction(0), 0, 0)
    )
    def test_agrees_with_counting_by_hand(self, piles, setting):
        """An oracle of lists and fractions comes to the same."""
        piles = [(frozenset(marks), Fraction(area)) for marks, area in piles]
        selection = chosen_from(asked(setting), piles, setting)
        # The roll holds one more who stays away, so that it is never empty.
        by_hand = slowly(piles, attrs.evolve(setting, staying_away=setting.staying_away + 1))
        assert (selection.result, selection.chosen, selection.tied, selection.advancing) == by_hand

    @given(PILES, SETTINGS, st.permutations(NAMES), st.randoms(use_true_random=False))
    def test_neutral_and_independent_of_order(self, piles, setting, others, shuffle: random.Random):
        """Renaming and reordering the options renames what comes out, and the order of ballots changes nothing."""
        renamed = dict(zip(NAMES, others, strict=True))
        selection = chosen_from(asked(setting), piles, setting)
        turned = [({renamed.get(mark, mark) for mark in marks}, area) for marks, area in piles]
        shuffle.shuffle(turned)
        names = list(NAMES)
        shuffle.shuffle(names)
        other = chosen_from(asked(setting, tuple(names)), turned, setting)
        assert other.result is selection.result
        for who in ("chosen", "tied", "advancing", "out"):
            assert getattr(other, who) == {renamed[each] for each in getattr(selection, who)}
        assert (other.open_seats, other.vacant_seats) == (selection.open_seats, selection.vacant_seats)
        assert other.rejected is selection.rejected

    @given(PILES, SETTINGS)
    def test_everybody_stands_somewhere_once(self, piles, setting):
        """Chosen, tied, going on or out; and every seat is filled, open or empty."""
        selection = chosen_from(asked(setting), piles, setting)
        parts = [selection.chosen, selection.tied, selection.advancing, selection.out]
        if selection.result in {Result.INQUORATE, Result.VOID}:
            assert not any(parts)
            return
        assert sorted(itertools.chain(*parts)) == sorted(NAMES)
        assert len(selection.chosen) + selection.open_seats + selection.vacant_seats == setting.seats
        assert selection.final is (selection.result not in {Result.TIE, Result.RUNOFF})

    @given(st.dictionaries(st.sampled_from([*NAMES, "none"]), st.integers(0, 6)), SETTINGS, st.sampled_from(NAMES))
    def test_monotone(self, votes, setting, name):
        """A further vote for an option never takes it out, and never brings another in that was not."""
        question = attrs.evolve(asked(setting), by=FOR)

        def selected(more):
            return Selection(
                question,
                {
                    box: Tally.of(
                        entitled=9, present=9, cast=9, valid=9, for_=votes.get(box, 0) + (more if box == name else 0)
                    )
                    for box in (*NAMES, "none")
                },
            )

        before, after = selected(0), selected(1)
        order = (Result.INQUORATE, Result.VOID)
        if before.result in order:
            assert after.result is before.result
            return
        if name in before.chosen:
            assert name in after.chosen
        if name in before.tied:
            assert name in after.chosen
        if name in before.advancing:
            assert name not in after.out
        assert (after.chosen | after.tied) - {name} <= before.chosen | before.tied

    @given(PILES, SETTINGS, st.randoms(use_true_random=False))
    def test_a_lot_is_the_same_on_replay(self, piles, setting, shuffle: random.Random):
        """The lot that was drawn decides, each time it is read (trap 61)."""
        question = attrs.evolve(asked(setting), edge=Step.LOT)
        selection = chosen_from(question, piles, setting)
        if selection.result is not Result.TIE:
            return
        lot = Lot(shuffle.sample(sorted(selection.tied), selection.open_seats), "x")
        drawn = selection.draw(lot)
        assert drawn.chosen == selection.chosen | lot.drawn
        assert drawn.out == selection.out | (selection.tied - lot.drawn)
        assert (drawn.final, drawn.vacant_seats) == (True, 0)
        assert drawn == selection.draw(lot)
        assert drawn != selection

    def test_the_oracle_tells_a_bad_rule(self):
        """A rule that breaks a tie by name would be caught (trap 65)."""
        piles = [(frozenset({name}), Fraction(1)) for name in ("a", "b")]
        setting = Setting("cast", HALF, False, 1, 1, True, False, None, Fraction(0), 0, 0)
        assert slowly(piles, setting) == ("tie", set(), {"a", "b"}, set())
        assert slowly(piles[:1], setting) == ("chosen", {"a"}, set(), set())

    def test_boxes_are_names(self):
        """The boxes of a ballot are written as they are in data."""
        assert [str(box) for box in Box] == ["none", "abstain", "invalid"]
