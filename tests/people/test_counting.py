"""Counting many ballots: every road gives what a slow count gives, exactly (row R5)."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from fractions import Fraction
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.slow import counted, told
from yizheng import Member, Roll
from yizheng.errors import InvalidType, InvalidValue
from yizheng.people import CODES, blocks, tally_arrays
from yizheng.rules import AGAINST, CAST, ENTITLED, FOR, SILENT, Choice, Outcome, Rule, Tally

MARKS = ["for", "against", "abstaining", "invalid", "silent", "absent", "recused"]
BALLOT = {
    "for": Choice.FOR,
    "against": Choice.AGAINST,
    "abstaining": Choice.ABSTAIN,
    "invalid": Choice.INVALID,
}
CODE_OF = {figure.value: code for code, figure in CODES.items()}

edges = st.sampled_from([2**51, 2**52, 2**53, 2**62, 2**63, 10**18]).flatmap(
    lambda edge: st.integers(edge - 2, edge + 2)
)
weights = st.one_of(
    edges, st.integers(0, 10**6), st.fractions(0, 10**6, max_denominator=60), st.just(Fraction(10**18, 10**9 - 1))
)
people = st.lists(
    st.tuples(weights, weights, st.sets(st.sampled_from(["east", "west"])), st.sampled_from(MARKS)),
    min_size=1,
    max_size=12,
)


def roll_of(given_people) -> Roll:
    """A roll with two measures and three groups, one of them empty."""
    return Roll(
        "owners",
        [
            Member(f"m-{n:02}", weights={"area": area, "shares": shares}, groups=groups)
            for n, (area, shares, groups, _) in enumerate(given_people)
        ],
        groups={"east", "west", "north"},
        electorate="owners",
    )


class TestEveryRoadIsTheSame:
    """A mapping, a stream and arrays give the same tally, which is that of a slow count with fractions."""

    @given(people, st.booleans(), st.integers(1, 5), st.randoms())
    def test_all(self, given_people, meeting, block, random):
        """They agree to the last digit, whatever the weights, the groups, the order of ballots and the size of a block."""
        given_people = [(*rest, mark if meeting or mark != "absent" else "silent") for *rest, mark in given_people]
        roll = roll_of(given_people)
        marks = {member.id: mark for member, (*_, mark) in zip(roll, given_people, strict=True)}
        ballots = {member: BALLOT[mark] for member, mark in marks.items() if mark in BALLOT}
        present = {member for member, mark in marks.items() if mark not in {"absent", "recused"}} if meeting else None
        recused = {member for member, mark in marks.items() if mark == "recused"}
        tally = roll.tally(ballots, present=present, recused=recused)
        pairs = list(ballots.items())
        random.shuffle(pairs)
        array = np.array([CODE_OF[marks[member.id]] for member in roll], dtype=np.int8)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "BLOCK", block)
            by_array = roll.arrays().tally(array, presence=meeting)
        assert roll.tally(iter(pairs), present=present, recused=recused) == tally == by_array
        slow = counted(roll, marks)
        shown = told(tally)
        assert {where: slow[where] for where in shown} == shown
        assert {where for where in slow if where[0] not in {"present", "absent"}} <= shown.keys()
        assert meeting == (("present", "heads", None) in shown)
        assert tally.electorate == "owners"


class TestAStream:
    """Pairs of a member and a choice are counted as they come, and none of them is kept."""

    ROLL = Roll("owners", [Member(name, weights={"area": 1}) for name in "abcd"])

    def test_a_generator(self):
        """A generator is gone through once."""
        tally = self.ROLL.tally((member, Choice.FOR) for member in "abc")
        assert (tally.number(FOR), tally.number(SILENT), tally.number(FOR.by("area"))) == (3, 1, 3)

    def test_lists_and_words(self):
        """A row of a file will do: a list, and the word of a choice."""
        assert self.ROLL.tally([["a", "for"], ["b", "abstain"]]).number(CAST) == 2

    def test_a_second_ballot(self):
        """Whoever votes twice is found and named with the number of the second ballot, whatever it says."""
        with pytest.raises(InvalidValue, match=r"'b' has voted already.*\(ballot 3\)"):
            self.ROLL.tally([("b", "for"), ("a", "for"), ("b", "for")])

    def test_a_second_ballot_in_another_form(self):
        """Another Unicode form of the id is the same member."""
        roll = Roll("owners", [Member("café")])
        with pytest.raises(InvalidValue, match="has voted already"):
            roll.tally([("café", "for"), ("cafe\u0301", "for")])

    def test_every_fault_by_its_number(self):
        """All faults are told at once, each with the number of its ballot."""
        with pytest.raises(InvalidValue) as no:
            self.ROLL.tally(
                [("x", "for"), ("a", "yes"), ("b", "for"), ("c", "for"), ("y", None)],
                present={"a", "b", "z"},
                recused={"b"},
            )
        assert no.value.faults == (
            "'z' is not on the roll of owners (present)",
            "'b' is recused and cannot vote or be counted as present",
            "'x' is not on the roll of owners (ballot 1)",
            "'yes' is no Mark; write one of for, against, abstain, invalid, blank, ambiguous (ballot 2)",
            "'b' is recused and cannot vote or be counted as present (ballot 3)",
            "'c' has a ballot but is not among those present (ballot 4)",
            "'y' is not on the roll of owners (ballot 5)",
            "None is no Mark; write one of for, against, abstain, invalid, blank, ambiguous (ballot 5)",
        )

    def test_faults_are_bounded(self):
        """A file of strangers does not fill the memory: fifty are told, the others counted."""
        with pytest.raises(InvalidValue) as no:
            self.ROLL.tally((f"x{n}", "for") for n in range(1_000))
        assert len(no.value.faults) == 51
        assert no.value.faults[-1] == "and 950 more; mend these first"

    @pytest.mark.parametrize("pair", [5, None, ("a",), ("a", "for", 1), (5, "for"), ([], "for")], ids=repr)
    def test_no_pair(self, pair):
        """What is no pair of a member and a choice is refused with its number."""
        with pytest.raises(InvalidType, match="ballot 2"):
            self.ROLL.tally([("a", "for"), pair])

    def test_what_cannot_be_looked_up(self):
        """What fails when it is looked up is refused as what it is: no id, and no choice."""

        class Slippery:
            def __hash__(self):
                raise RuntimeError("no hash")

        for ballots in ([(Slippery(), "for")], [("a", Slippery())], {"a": Slippery()}):
            with pytest.raises((InvalidType, InvalidValue), match=r"Slippery.*\(ballot 1\)"):
                self.ROLL.tally(ballots)

    def test_no_set_of_ids(self):
        """What is no id among those present or recused is told with the other faults."""
        with pytest.raises(InvalidType, match=r"is of type int.*\(recused\); 'x' is not on the roll"):
            self.ROLL.tally([("x", "for")], recused=[5])

    @pytest.mark.parametrize("given", [list, 5, "a", b"a"], ids=repr)
    @pytest.mark.parametrize("where", ["present", "recused"])
    def test_nothing_to_go_through(self, where, given):
        """What cannot be gone through, or would be taken apart, is no set of ids."""
        with pytest.raises(InvalidType, match="a set of ids was expected"):
            self.ROLL.tally({}, **{where: given})

    @pytest.mark.parametrize("ballots", ["ab", b"ab", 5, None], ids=repr)
    def test_no_stream(self, ballots):
        """What is neither a mapping nor a stream is refused, a string above all."""
        with pytest.raises(InvalidType, match="ballots"):
            self.ROLL.tally(ballots)

    def test_an_error_of_the_stream_is_its_own(self):
        """If reading the file fails, that is what is raised."""

        def broken():
            yield "a", "for"
            raise KeyError("the file")

        with pytest.raises(KeyError, match="the file"):
            self.ROLL.tally(broken())

    def test_memory(self):
        """Ballots are not kept: counting a hundred thousand of them takes less than three bytes for each."""
        length = 100_000
        roll = Roll("owners", [Member(f"{n:06}") for n in range(length)])
        roll.tally(())  # makes the roll ready, once
        tracemalloc.start()
        try:
            roll.tally((f"{n:06}", "for") for n in range(length))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 3 * length


MILLION = 10**6
PARTS = (10**9, 10**8, 2**9, 5**9)
"""Of how many parts one is, for every fourth member; all are parts of the billionth."""


def summed(places: Iterable[int]) -> Fraction:
    """The weights of members by their place, added up as fractions, slowly."""
    return sum((Fraction(10**18 - place, PARTS[place % 4]) for place in places), Fraction())


class TestBigNumbers:
    """Row R5: a million voters, weights to 10^18 and fractions to 10^9 parts, exact and judged in less than a second."""

    def judged(self, tally: Tally) -> None:
        """Judging is exact to the last unit: by a share of a billionth, on either side of it, and by what is one unit short."""
        share = tally.number(FOR.by("area")) / tally.number(CAST.by("area"))
        near = share.limit_denominator(10**9)
        assert near != share
        votes, least = FOR.by("area"), tally.number(FOR.by("area"))
        started = perf_counter()
        above = Rule(quorum=None, passage=votes >= near * CAST.by("area")).judge(tally)
        beyond = Rule(quorum=None, passage=votes > near * CAST.by("area")).judge(tally)
        reached, passed, short = (
            Rule(quorum=None, passage=each).judge(tally)
            for each in (votes >= least, votes > least, votes >= least + Fraction(1, 10**9))
        )
        assert perf_counter() - started < 1
        assert (above.outcome is Outcome.CARRIED) == (beyond.outcome is Outcome.CARRIED) == (share > near)
        assert [each.outcome for each in (reached, passed, short)] == [Outcome.CARRIED, Outcome.LOST, Outcome.LOST]

    def test_a_million_by_name(self) -> None:
        """A roll of a million members counts their ballots from a stream, and from an array, exactly alike."""
        roll = Roll(
            "owners",
            [
                Member(f"{place:07}", weights={"area": Fraction(10**18 - place, PARTS[place % 4])})
                for place in range(MILLION)
            ],
        )
        tally = roll.tally((f"{place:07}", Choice.FOR if place % 3 else Choice.AGAINST) for place in range(MILLION))
        assert (tally.number(FOR), tally.number(AGAINST)) == (666_666, 333_334)
        assert tally.number(AGAINST.by("area")) == summed(range(0, MILLION, 3))
        assert tally.number(ENTITLED.by("area")) == roll.total("area") == summed(range(MILLION))
        self.judged(tally)
        marks = np.array([1 if place % 3 else 2 for place in range(MILLION)], dtype=np.int8)
        assert roll.arrays().tally(marks) == tally

    def test_a_million_in_columns(self) -> None:
        """Columns are counted exactly without a member being made: in a group too, and by weights beyond any integer of numpy."""
        billionths = [(10**18 - place) * (10**9 // PARTS[place % 4]) for place in range(MILLION)]
        marks = np.array([1 if place % 3 else 2 for place in range(MILLION)], dtype=np.int8)
        tally = tally_arrays(
            marks,
            weights={"area": np.array(billionths, dtype=object)},
            scale={"area": 10**9},
            groups={"east": np.arange(0, MILLION, 2)},
        )
        assert tally.number(FOR.by("area")) == summed(place for place in range(MILLION) if place % 3)
        assert tally.number(AGAINST.by("area")) == summed(range(0, MILLION, 3))
        assert tally.number(AGAINST.by("area").among("east")) == summed(range(0, MILLION, 6))
        self.judged(tally)

    def test_too_many_different_fractions(self):
        """Weights whose common unit would be endless are refused with what to do, and do not stop the machine."""
        roll = Roll("owners", [Member(f"{n}", weights={"area": Fraction(1, n)}) for n in range(1, 1_000)])
        with pytest.raises(InvalidValue, match="area have too many different fractions"):
            roll.tally({})
        assert roll.tally({}, measures=()).number(SILENT) == 999
