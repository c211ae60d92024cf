"""Whether the ballots still out can change the outcome: ``rule.settled`` against trying every completion.

The oracle is that of the laws: it judges members one by one with ``Fraction`` alone.
"""

import itertools
import random
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.test_laws import AREAS, OPEN, Voter, comparisons, conditions, counted, judged, usual
from rules.test_needs import members
from yizheng import Member, Roll
from yizheng.rules import AGAINST, CAST, ENTITLED, FOR, RECUSED, VALID, Outcome, Rule, Tally

HALF = Fraction(1, 2)
VOTED = st.sampled_from(["for", "against", "abstaining", "invalid", "recused"])
ROLLS = st.tuples(
    st.lists(st.builds(Voter, VOTED, AREAS, st.booleans()), max_size=6),
    st.lists(st.builds(Voter, st.sampled_from(["silent", "absent"]), AREAS, st.booleans()), max_size=3),
)
ANY = conditions(st.one_of(comparisons(), usual()))
RULES = st.builds(Rule, quorum=st.one_of(st.none(), ANY), passage=ANY, by_no_objection=st.booleans())
HEADS = conditions(st.one_of(comparisons(), usual()).filter(lambda comparison: comparison.measure == "heads"))
RULES_OF_HEADS = st.builds(Rule, quorum=st.one_of(st.none(), HEADS), passage=HEADS, by_no_objection=st.booleans())


def outcomes(rule: Rule, voted: list[Voter], waiting: list[Voter], marks: tuple[str, ...] = OPEN) -> set[Outcome]:
    """What comes of every way in which those who are out can still act."""
    return {
        judged(rule, [*voted, *(attrs.evolve(voter, mark=mark) for voter, mark in zip(waiting, way, strict=True))])
        for way in itertools.product(marks, repeat=len(waiting))
    }


class TestWithTheMembers:
    """With the members who are out the answer is exact, by weights and by groups too."""

    @given(RULES, ROLLS)
    def test_agrees_with_every_completion(self, rule, voters):
        """At a meeting."""
        voted, waiting = voters
        found = outcomes(rule, voted, waiting)
        settled = rule.settled(counted([*voted, *waiting]), members(waiting))
        assert settled is (next(iter(found)) if len(found) == 1 else None)

    @given(
        RULES.filter(lambda rule: not any(figure.value in {"present", "absent"} for figure, _, _ in rule.asked)), ROLLS
    )
    def test_agrees_in_writing(self, rule, voters):
        """Where nobody is absent."""
        voted, waiting = voters
        waiting = [attrs.evolve(voter, mark="silent") for voter in waiting]
        found = outcomes(rule, voted, waiting, OPEN[:5])
        settled = rule.settled(counted([*voted, *waiting], presence=False), members(waiting))
        assert settled is (next(iter(found)) if len(found) == 1 else None)

    def test_two_conditions_that_hold_each_other_up(self):
        """Whatever the last vote is, one of the two holds: no condition by itself is settled, and the vote is."""
        rule = Rule(quorum=None, passage=(FOR > AGAINST) | (AGAINST >= 2))
        tally = Tally.of(for_=2, against=1, abstaining=0, invalid=0, silent=1, absent=0)
        assert rule.settled(tally, [Member("a")]) is Outcome.CARRIED
        two_out = Tally.of(for_=2, against=0, abstaining=0, invalid=0, silent=2, absent=0)
        assert rule.settled(two_out, [Member("a"), Member("b")]) is Outcome.CARRIED

    @pytest.mark.parametrize(
        ("passage", "outcome"), [(ENTITLED >= 1, Outcome.CARRIED), (FOR >= 9, Outcome.LOST)], ids=repr
    )
    def test_a_quorum_that_only_a_mixture_breaks(self, passage, outcome):
        """While all who are out do the same it holds; one of two in favour breaks it."""
        rule = Rule(quorum=(FOR >= 2) | (FOR <= 0), passage=passage, by_no_objection=True)
        tally = Tally.of(for_=0, against=3, abstaining=0, invalid=0, silent=2, absent=0)
        assert rule.settled(tally, [Member("a"), Member("b")]) is None
        counts = {"for_": 0, "abstaining": 0, "invalid": 0, "absent": 0}
        assert rule.settled(Tally.of(against=5, silent=0, **counts), []) is outcome

    def test_weights_come_in_the_portions_that_members_have(self):
        """Sixty square metres are out in two flats of thirty: no way adds forty to forty."""
        rule = Rule(quorum=None, passage=(FOR.by("area") >= 80) & (FOR.by("area") < 100))
        tally = Tally.by_measure(
            heads={"for": 1, "against": 0, "abstaining": 0, "invalid": 0, "silent": 2},
            area={"for": 45, "against": 0, "abstaining": 0, "invalid": 0, "silent": 60},
            presence=False,
        )
        assert rule.settled(tally) is None
        assert rule.settled(tally, [Member(each, weights={"area": 30}) for each in "ab"]) is Outcome.LOST
        assert rule.settled(tally, [Member("a", weights={"area": 40}), Member("b", weights={"area": 20})]) is None

    def test_owners_by_heads_and_area(self):
        """Twelve owners of different areas are out; the largest two decide, and without them nothing does."""
        rule = Rule(quorum=None, passage=(FOR > HALF * ENTITLED) & (FOR.by("area") > HALF * ENTITLED.by("area")))
        areas = [100 + 7 * place for place in range(12)]
        out = [Member(f"u{place}", weights={"area": area}) for place, area in enumerate(areas)]
        heads = {"for": 15, "against": 1, "abstaining": 0, "invalid": 0, "silent": 12}
        area = {"for": 1750, "against": 0, "abstaining": 0, "invalid": 0, "silent": sum(areas)}
        assert rule.settled(Tally.by_measure(heads=heads, area=area, presence=False), out) is Outcome.CARRIED
        area |= {"for": 1500, "against": 250}
        assert rule.settled(Tally.by_measure(heads=heads, area=area, presence=False), out) is None

    def test_those_handed_in_must_be_those_who_are_out(self):
        """One too few is refused, with both numbers."""
        tally = Tally.of(entitled=3, for_=1, against=0, abstaining=0, invalid=0)
        with pytest.raises(ValueError, match="heads: 2 still out by the count, and the members handed in make 1"):
            Rule(quorum=None, passage=FOR > 1).settled(tally, [Member("a")])


class TestByTotals:
    """By heads, and with one group at most, totals are enough."""

    @given(RULES_OF_HEADS, ROLLS)
    def test_agrees_with_every_completion(self, rule, voters):
        """As with the members."""
        voted, waiting = voters
        found = outcomes(rule, voted, waiting)
        assert rule.settled(counted([*voted, *waiting])) is (next(iter(found)) if len(found) == 1 else None)

    def test_thousands_out_take_no_longer(self):
        """The answer is reckoned, not tried."""
        rule = Rule(quorum=CAST >= HALF * ENTITLED, passage=FOR > HALF * ENTITLED)
        counts = {"against": 0, "abstaining": 0, "invalid": 0}
        assert rule.settled(Tally.of(entitled=20_000, for_=10_001, **counts)) is Outcome.CARRIED
        assert rule.settled(Tally.of(entitled=20_000, for_=10_000, **counts)) is None


def complete(**marks) -> dict[str, int]:
    """Counts with nought for every mark that is not given."""
    return dict.fromkeys(("for", "against", "abstaining", "invalid", "silent", "absent", "recused"), 0) | marks


class TestByExample:
    """What is settled, and what is not, where the answer hangs on one thing."""

    @pytest.mark.parametrize(
        ("rule", "counts", "settled"),
        [
            # all have voted and nobody in favour: lost, whatever else holds
            (Rule(quorum=None, passage=FOR < 5), complete(against=1), Outcome.LOST),
            (Rule(quorum=None, passage=FOR.by("area") <= 4), complete(against=1), Outcome.LOST),
            # one who is silent may still vote in favour, or not
            (Rule(quorum=None, passage=FOR < 5), complete(abstaining=2, silent=1), None),
            # no more can object than would be needed
            (
                Rule(quorum=None, passage=AGAINST.by("area") <= HALF * ENTITLED.by("area"), by_no_objection=True),
                complete(**{"for": 3, "against": 1, "silent": 1}),
                Outcome.CARRIED,
            ),
            # those recused are of the roll
            (Rule(quorum=None, passage=FOR > HALF * (ENTITLED + RECUSED)), complete(**{"for": 4, "silent": 1, "recused": 1}), Outcome.CARRIED),
            (Rule(quorum=None, passage=FOR.by("area") > HALF * (ENTITLED + RECUSED).by("area")), complete(**{"for": 4, "silent": 1, "recused": 1}), Outcome.CARRIED),
            (Rule(quorum=None, passage=FOR.by("area") > HALF * (ENTITLED + RECUSED).by("area")), complete(**{"for": 4, "silent": 1, "recused": 4}), None),
            # a share of nobody does not hold, whoever is still out
            (Rule(quorum=RECUSED.by("area") >= HALF * RECUSED.by("area"), passage=FOR >= 1), complete(silent=1), Outcome.INQUORATE),
            (Rule(quorum=RECUSED.by("area") >= HALF * RECUSED.by("area"), passage=FOR >= 1), complete(**{"for": 1, "recused": 1}), Outcome.CARRIED),
        ],
        ids=itertools.count(),
    )  # fmt: skip
    def test_from_totals(self, rule, counts, settled):
        """By heads and by area alike."""
        assert rule.settled(Tally.by_measure(heads=counts, area=counts)) is settled

    def test_a_group_in_which_nobody_is_out(self):
        """Who is outside of it cannot change what is asked of it."""
        rule = Rule(quorum=FOR.among("w") >= AGAINST.among("w"), passage=FOR.by("area") >= 6)
        counts = complete(silent=2, recused=1) | {"among": {"w": complete(recused=1)}}
        assert rule.settled(Tally.by_measure(heads=counts, area=counts)) is Outcome.INQUORATE

    def test_what_is_sure_only_together(self):
        """One of the group may still vote against, which makes the share something, and then nobody is in favour."""
        rule = Rule(quorum=None, passage=AGAINST.among("w") >= AGAINST.among("w"))
        tally = Tally(
            {"heads": complete(against=2, invalid=1, absent=1) | {"among": {"w": complete(absent=1)}}},
        )
        assert rule.settled(tally, [Member("a", groups=["w"])]) is Outcome.LOST

    def test_each_votes_once(self):
        """Two of a group who are out make two invalid ballots; one makes one."""
        rule = Rule(quorum=None, passage=(CAST.among("w") > VALID.among("w") + 1) & (FOR >= 0))
        for out, settled in ((2, None), (1, Outcome.LOST)):
            group = complete(abstaining=2, absent=out)
            tally = Tally.of(**_named(complete(abstaining=2, silent=1, absent=out)), among={"w": group})
            waiting = [Member("s"), *(Member(f"a-{number}", groups=["w"]) for number in range(out))]
            assert rule.settled(tally, waiting) is settled
            assert rule.settled(tally) is settled


def _named(counts: dict[str, int]) -> dict[str, int]:
    return {"for_" if mark == "for" else mark: number for mark, number in counts.items()}


class TestTooMuchWork:
    """Where a search would be too long, nothing is said to be settled."""

    def test_whether_some_weights_make_one_number(self):
        """Thirty members of even weights can never make an odd number, and to find that out takes too long."""
        draw = random.Random(7)  # noqa: S311 -- weights made up, the same each time
        weights = [2 * draw.randrange(10**12) for _ in range(30)]
        number = sum(weights) // 2 | 1
        roll = Roll("owners", [Member(f"m-{place:02}", weights={"w": weight}) for place, weight in enumerate(weights)])
        rule = Rule(quorum=None, passage=(FOR.by("w") >= number) & (FOR.by("w") <= number))
        assert rule.settled(roll.tally({}), roll) is None
        few = Roll("owners", list(roll)[:3])
        assert rule.settled(few.tally({}), few) is Outcome.LOST

    def test_a_count_that_leaves_figures_open(self):
        """Members handed in do not help where nobody counted the votes against."""
        people = [Member(f"m-{number}") for number in range(5)]
        rule = Rule(quorum=None, passage=FOR > Fraction(1, 2) * ENTITLED)
        assert rule.settled(Tally.of(entitled=9, for_=4), people) is None
