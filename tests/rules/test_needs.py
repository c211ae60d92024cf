"""What it still takes: ``rule.needs`` is both enough and least, by trying everything that the members can still do.

The oracle knows marks, weights and groups as plain data, and works out amounts from the public parts of a rule with
``Fraction`` alone (it is that of the laws); nothing of the search is used in it.
"""

import itertools
import random
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.test_laws import AREAS, Voter, comparisons, conditions, counted, judged, usual
from yizheng import Member, Roll
from yizheng.rules import (
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    SILENT,
    AnyOf,
    Comparison,
    Needed,
    Outcome,
    Rule,
    Tally,
    flooring,
)
from yizheng.rules.alike import asked_of
from yizheng.rules.searching import Every, Linear

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
REPRESENTATIVES = Rule(quorum=PRESENT >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * PRESENT)
HERE = ("present", "silent", "absent")


def small_rolls(out=4):
    """A roll in which at most a few have not voted."""
    marks = st.sampled_from(["for", "against", "abstaining", "invalid", "recused"])
    voted = st.lists(st.builds(Voter, marks, AREAS, st.booleans()), max_size=6)
    waiting = st.lists(st.builds(Voter, st.sampled_from(["silent", "absent"]), AREAS, st.booleans()), max_size=out)
    return st.tuples(voted, waiting)


def rules(leaves):
    """Rules of such comparisons."""
    quorum = st.one_of(st.none(), conditions(leaves))
    return st.builds(Rule, quorum=quorum, passage=conditions(leaves), by_no_objection=st.booleans())


def heads_only(comparison: Comparison) -> bool:
    """Whether a comparison counts heads."""
    return comparison.measure == "heads"


def tells_who_came(rule: Rule) -> bool:
    """Whether a rule asks who is present."""
    conditions = [rule.passage] if rule.quorum is None else [rule.quorum, rule.passage]
    return any(
        term.figure.value in HERE
        for condition in conditions
        for comparison in condition.comparisons
        for side in (comparison.left, comparison.right)
        for term in side.terms
    )


def ways(
    rule: Rule, voted: list[Voter], waiting: list[Voter], measure: str = "heads"
) -> set[tuple[Fraction, Fraction]]:
    """Further votes and further people present of every way that carries: each stays, comes, or votes in favour."""
    apart, found = tells_who_came(rule), set()
    options = [("silent", "for") if voter.mark == "silent" else ("absent", "silent", "for") for voter in waiting]
    for marks in itertools.product(*options):
        voters = [*voted, *(attrs.evolve(voter, mark=mark) for voter, mark in zip(waiting, marks, strict=True))]
        if judged(rule, voters) is Outcome.CARRIED:
            moves = [
                (voter.area if measure == "area" else Fraction(1), voter.mark, mark)
                for voter, mark in zip(waiting, marks, strict=True)
            ]
            votes = sum((weight for weight, _, mark in moves if mark == "for"), Fraction())
            came = sum((weight for weight, was, mark in moves if was == "absent" != mark and apart), Fraction())
            found.add((votes, came))
    return found


def members(voters: list[Voter]) -> list[Member]:
    """The voters as members of a roll."""
    return [
        Member(str(place), weights={"area": voter.area}, groups={"g"} if voter.in_group else ())
        for place, voter in enumerate(voters)
    ]


def present(voters: list[Voter]) -> list[str]:
    """The ids of those present."""
    return [str(place) for place, voter in enumerate(voters) if voter.mark == "silent"]


class TestHeads:
    """By heads alone, with one group at most, the totals are enough for an exact answer."""

    @given(rules(st.one_of(comparisons(), usual()).filter(heads_only)), small_rolls())
    def test_is_enough_and_least(self, rule, voters):
        """The least of all ways that carry, first by votes and then by those who come, and the other way round."""
        voted, waiting = voters
        needs, carrying = rule.needs(counted([*voted, *waiting])), ways(rule, voted, waiting)
        assert needs.exact
        assert needs.carried is (judged(rule, [*voted, *waiting]) is Outcome.CARRIED)
        assert needs.possible is bool(carrying)
        if carrying and not needs.carried:
            first, second = min(carrying), min(carrying, key=lambda way: way[::-1])
            assert [(way.votes, way.present) for way in needs.ways] == list(dict.fromkeys((first, second)))
            assert (needs.votes, needs.present) == (first[0], second[1])

    @given(rules(st.one_of(comparisons(), usual()).filter(heads_only)), small_rolls())
    def test_obstacles_are_what_no_way_meets(self, rule, voters):
        """Each condition that is called out of reach carries nothing by itself either."""
        voted, waiting = voters
        needs = rule.needs(counted([*voted, *waiting]))
        for condition in needs.obstacles:
            assert not needs.possible
            alone = Rule(quorum=None, passage=condition, by_no_objection=rule.by_no_objection)
            if tells_who_came(alone) is tells_who_came(rule):
                assert not ways(alone, voted, waiting)

    def test_a_quorum_and_a_majority(self):
        """Two more must come, and eleven of twenty be in favour."""
        needs = REPRESENTATIVES.needs(Tally.of(entitled=30, present=18, for_=0, against=0, abstaining=0, invalid=0))
        assert needs.ways == (Needed(11, 2),)
        assert needs.explain("zh") == "最少还需：赞成 11，实到 2。"
        assert needs.explain("en") == "Still needed, at the fewest: for 11, present 2."

    @pytest.mark.parametrize(("against", "possible"), [(9, True), (10, False)])
    def test_one_vote_decides_whether_anything_helps(self, against, possible):
        """Of twenty present nine against leave eleven; ten leave ten, which are no more than half."""
        counts = {"for": 0, "against": against, "abstaining": 0, "invalid": 0, "silent": 20 - against, "absent": 0}
        needs = REPRESENTATIVES.needs(Tally({"heads": counts}))
        assert needs.possible is possible
        if not possible:
            assert needs.obstacles == (REPRESENTATIVES.passage,)
            assert needs.ways == ()
            assert (needs.votes, needs.present) == (None, None)
            assert needs.explain("zh") == "即使其余的人都到会并投赞成票，也不能通过：“赞成超过到会 1/2”已不可能。"
            assert needs.explain("en") == (
                "No further votes in favour and no further people present can carry it: “for more than 1/2 of those "
                "present” is out of reach."
            )

    def test_what_is_carried_needs_nothing(self):
        """And says so."""
        needs = REPRESENTATIVES.needs(Tally.of(entitled=30, present=20, for_=11, against=9))
        assert (needs.carried, needs.ways) == (True, (Needed(0),))
        assert needs.explain("en") == "As counted so far it would be carried, if the vote closed now."

    def test_of_alternatives_the_least(self):
        """Half of the persons, or two thirds of a group: whichever takes fewer."""
        quorum = AnyOf(
            [
                CAST > HALF * ENTITLED,
                CAST.among("heads of household") >= TWO_THIRDS * ENTITLED.among("heads of household"),
            ]
        )
        rule = Rule(quorum=quorum, passage=FOR > HALF * CAST)
        whole = {"entitled": 20, "for": 1, "against": 0, "abstaining": 0, "invalid": 0, "absent": 0}
        part = {"entitled": 6, "for": 1, "against": 0, "abstaining": 0, "invalid": 0, "absent": 0}
        assert rule.needs(Tally({"heads": whole | {"among": {"heads of household": part}}})).votes == 3

    def test_two_ways_are_both_told(self):
        """Votes in favour can stand for people present, and the other way round."""
        rule = Rule(quorum=None, passage=2 * FOR + PRESENT >= 20)
        needs = rule.needs(Tally.of(for_=1, against=0, abstaining=0, invalid=0, silent=5, absent=10))
        assert needs.ways == (Needed(1, 10), Needed(6, 1))
        assert needs.explain("en") == "Still needed, at the fewest: for 1, present 10, or for 6, present 1."

    def test_conditions_that_exclude_one_another(self):
        """Each could be met, and not both."""
        rule = Rule(quorum=None, passage=(FOR >= 3) & (SILENT >= 2))
        needs = rule.needs(Tally.of(for_=0, against=0, abstaining=0, invalid=0, silent=4, absent=0))
        assert (needs.possible, needs.obstacles) == (False, ())
        assert needs.explain("zh").endswith("各项条件不能同时满足。")

    def test_no_more_ballots_than_were_issued(self):
        """A further vote is a further ballot; what is void stays void."""
        rule = Rule(quorum=None, passage=FOR > AGAINST)
        counts = {"entitled": 9, "for_": 2, "against": 3, "abstaining": 0, "invalid": 0}
        assert rule.needs(Tally.of(**counts, issued=7, returned=5)).votes == 2
        assert not rule.needs(Tally.of(**counts, issued=6, returned=5)).possible
        void = rule.needs(Tally.of(**counts, issued=4, returned=5))
        assert not void.possible
        assert "void" in void.explain("en")

    def test_a_million_members_take_no_longer(self):
        """The answer is reckoned, not tried."""
        million = 10**6
        needs = REPRESENTATIVES.needs(
            Tally.of(entitled=3 * million, present=million, for_=0, against=0, abstaining=0, invalid=0)
        )
        assert needs.ways == (Needed(million + 1, million),)

    def test_a_casting_vote_counts_once_it_is_given(self):
        """A tie with the chair in favour is carried; a casting vote that was not given is not counted on."""
        rule = Rule(quorum=None, passage=FOR > AGAINST, casting="chair")
        counts = {"for_": 3, "against": 3, "abstaining": 0, "invalid": 0, "silent": 2, "absent": 0}
        assert rule.needs(Tally.of(**counts, casting="for")).carried
        assert rule.needs(Tally.of(**counts, casting="against")).votes == 1
        assert rule.needs(Tally.of(**counts)).votes == 1
        with pytest.raises(ValueError, match="the rule gives one to nobody"):
            attrs.evolve(rule, casting=None).needs(Tally.of(**counts, casting="for"))

    def test_a_casting_vote_that_could_decide_is_told(self):
        """All are in, two to two: no further vote can carry it, and the chair's can, which the answer says."""
        rule = Rule(quorum=None, passage=FOR > HALF * CAST, casting="chair")
        tally = Tally.of(entitled=4, for_=2, against=2, abstaining=0, invalid=0, presence=False)
        needs = rule.needs(tally)
        assert (needs.carried, needs.possible, needs.votes, needs.casting) == (False, False, None, "chair")
        assert needs.explain("zh") == (
            "即使其余的人都到会并投赞成票，也不能通过：“赞成超过参与表决 1/2”已不可能。"
            "若赞成与反对相等，由「chair」的决定票决定。"
        )
        assert needs.explain("en").endswith(' If for and against are equal, the casting vote of "chair" decides.')
        assert rule.needs(attrs.evolve(tally, casting="against")).casting is None
        assert attrs.evolve(rule, casting=None).needs(tally).casting is None

    @pytest.mark.parametrize(
        ("passage", "votes", "needed", "casting"),
        [
            (FOR > HALF * CAST, (1, 3, 0, 2), None, "chair"),
            (FOR > HALF * CAST, (1, 3, 0, 4), 3, "chair"),
            (FOR > HALF * CAST, (1, 3, 0, 1), None, None),
            (FOR > HALF * CAST, (1, 3, 1, 2), None, None),
            (FOR > HALF * CAST, (3, 2, 0, 2), 0, None),
            (FOR > HALF * ENTITLED, (1, 3, 0, 2), None, "chair"),
            (FOR > HALF * ENTITLED, (1, 3, 0, 3), 3, None),
            (FOR >= TWO_THIRDS * CAST, (2, 2, 0, 0), None, None),
            (FOR > HALF * CAST, (0, 0, 0, 2), 1, None),
        ],
    )
    def test_a_tie_that_may_come_about(self, passage, votes, needed, casting):
        """Further votes in favour may make the tie; two thirds, abstentions and too few leave nothing to decide."""
        in_favour, against, abstaining, _ = votes
        tally = Tally.of(
            entitled=sum(votes), for_=in_favour, against=against, abstaining=abstaining, invalid=0, presence=False
        )
        needs = Rule(quorum=None, passage=passage, casting="chair").needs(tally)
        assert (needs.votes, needs.casting) == (needed, casting)
        assert ("决定票" in needs.explain("zh")) is (casting is not None)

    @given(
        st.fixed_dictionaries(
            {mark: st.integers(0, 3) for mark in ("for", "against", "abstaining", "silent", "absent")}
        ),
        st.sampled_from(
            [
                FOR > HALF * CAST,
                FOR > HALF * PRESENT,
                FOR > HALF * ENTITLED,
                FOR >= TWO_THIRDS * CAST,
                (FOR > AGAINST) & (PRESENT >= 5),
                (FOR > 3) | (FOR > HALF * CAST),
            ]
        ),
        st.sampled_from([None, PRESENT >= TWO_THIRDS * ENTITLED]),
    )
    def test_a_casting_vote_is_told_exactly_where_it_could_decide(self, marks, passage, quorum):
        """Whoever comes and votes in favour in every way there is: a tie that it decides is found, or is none."""
        rule = Rule(quorum=quorum, passage=passage, casting="chair")
        tally = Tally({"heads": {**marks, "invalid": 0}})
        silent, absent = marks["silent"], marks["absent"]
        reached = [
            {
                **marks,
                "invalid": 0,
                "for": marks["for"] + votes,
                "silent": silent + come - votes,
                "absent": absent - come,
            }
            for come in range(absent + 1)
            for votes in range(silent + come + 1)
        ]
        castable = any(rule.judge(Tally({"heads": counts})).castable for counts in reached)
        carried = rule.judge(tally).outcome is Outcome.CARRIED
        assert rule.needs(tally).casting == ("chair" if castable and not carried else None)

    def test_a_tie_of_weighted_votes(self):
        """By totals of areas it is told where it may be."""
        passage = (FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area"))
        rule = Rule(quorum=None, passage=passage, casting="chair")
        heads = {"entitled": 5, "for_": 1, "against": 2, "abstaining": 0, "invalid": 0}
        for least, casting in ((20, "chair"), (90, None)):
            area = {"entitled": 100, "for_": 1, "against": least, "abstaining": 0, "invalid": 0}
            assert rule.needs(Tally.by_measure(heads=heads, area=area, presence=False)).casting == casting

    def test_unknown_numbers_are_asked_for(self):
        """Who is still out must be known."""
        with pytest.raises(ValueError, match="ENTITLED is unknown"):
            Rule(quorum=None, passage=FOR > 9).needs(Tally.of(for_=3))


OWNERS = Rule(
    quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
    passage=(FOR >= Fraction(3, 4) * CAST) & (FOR.by("area") > Fraction(3, 4) * CAST.by("area")),
)


class TestWeights:
    """By weights the answer is exact where the members are handed in, and a bound where only totals are known."""

    @given(rules(st.one_of(comparisons(), usual())), small_rolls())
    def test_with_the_members_it_is_enough_and_least(self, rule, voters):
        """By heads, and in each measure by itself, over every set of those who are out."""
        voted, waiting = voters
        needs = rule.needs(counted([*voted, *waiting]), members(waiting), present=present(waiting))
        carrying = ways(rule, voted, waiting)
        assert needs.exact
        assert needs.possible is bool(carrying)
        if carrying and not needs.carried:
            assert (needs.ways[0].votes, needs.ways[0].present) == min(carrying)
            for measure, least in needs.by.items():
                assert (least.votes, least.present) == min(ways(rule, voted, waiting, measure))

    @given(rules(st.one_of(comparisons(), usual())), small_rolls())
    def test_from_totals_it_is_a_bound(self, rule, voters):
        """No way that carries takes less, and impossible is never said of what is possible."""
        voted, waiting = voters
        needs, carrying = rule.needs(counted([*voted, *waiting])), ways(rule, voted, waiting)
        assert needs.possible or not carrying
        if needs.carried or not needs.possible:
            return
        for measure, least in {"heads": needs.ways[0], **needs.by}.items():
            for votes, came in ways(rule, voted, waiting, measure):
                assert votes > least.votes or (votes == least.votes and not least.votes_is_bound)
                if needs.exact:
                    continue
                assert (
                    came > least.present
                    or (came == least.present and not least.present_is_bound)
                    or not tells_who_came(rule)
                )

    @pytest.mark.parametrize(
        ("passage", "marks", "said"),
        [
            # who votes in favour must first be present, and by area there is no least of what is more than nothing
            (
                (FOR.by("area") > 0) & (PRESENT >= 1),
                {"absent": 2},
                "for 1, present 1; area for more than 0 m², area present more than 0 m²",
            ),
            # more than two heads are three
            (
                (FOR > HALF * ENTITLED) & (FOR.by("area") >= 1) & (PRESENT >= 1),
                {"absent": 4},
                "for 3, present 3; area for 1 m², area present 1 m²",
            ),
            ((FOR > HALF * ENTITLED) & (FOR.by("area") >= 1), {"silent": 4}, "for 3; area for 1 m²"),
            # one vote more is one more of those who take part, too
            (FOR.by("area") > HALF * CAST.by("area"), {"against": 2, "silent": 3}, "for 1; area for more than 2 m²"),
            ((FOR >= ENTITLED) & (FOR.by("area") >= 1) & (PRESENT >= 1), {"for": 2, "absent": 1}, "for 1, present 1"),
            # of alternatives the least, and both parts of one
            (((FOR >= 2) & (FOR.by("area") >= 1)) | (AGAINST >= 9), {"silent": 4}, "for 2; area for 1 m²"),
            (((FOR >= 1) & (AGAINST >= 9)) | (FOR.by("area") >= 3), {"silent": 4}, "for 1; area for 3 m²"),
        ],
        ids=itertools.count(),
    )
    def test_the_fewest_from_totals(self, passage, marks, said):
        """What one figure needs, and what it needs of the others."""
        counts = dict.fromkeys(("for", "against", "abstaining", "invalid", "silent", "absent"), 0) | marks
        needs = Rule(quorum=None, passage=passage).needs(Tally.by_measure(heads=counts, area=counts))
        assert needs.explain("en").partition(". ")[0] == f"Still needed, at the fewest: {said}"

    @pytest.mark.parametrize(
        "passage",
        [
            FOR.by("area") > FOR.by("area"),
            (AGAINST.by("area") >= 9) | (AGAINST >= 8),
            FOR.by("area") > 6,  # six square metres are all there are
            FOR.by("area") >= 7,
        ],
        ids=itertools.count(),
    )
    def test_out_of_reach_from_totals(self, passage):
        """No vote in favour helps, by any of the alternatives."""
        counts = {"for": 1, "against": 1, "abstaining": 0, "invalid": 0, "silent": 4, "absent": 1}
        needs = Rule(quorum=None, passage=passage).needs(Tally.by_measure(heads=counts, area=counts))
        assert (needs.possible, needs.exact, needs.ways, needs.obstacles) == (False, True, (), (passage,))

    def test_what_is_carried_needs_nothing_in_any_measure(self):
        """Nought by heads, and nought by area."""
        needs = OWNERS.needs(
            Tally.by_measure(
                heads={"entitled": 3, "for": 3, "against": 0, "abstaining": 0, "invalid": 0},
                area={"entitled": 300, "for": 300, "against": 0, "abstaining": 0, "invalid": 0},
                presence=False,
            )
        )
        assert (needs.carried, needs.ways, needs.by) == (True, (Needed(0),), {"area": Needed(0)})

    def test_the_members_are_those_who_are_out(self):
        """Who is silent and who is absent is told apart."""
        tally = Tally.of(entitled=4, present=2, for_=1, against=0, abstaining=0, invalid=0)
        with pytest.raises(
            ValueError, match=r"^heads: 2 absent by the count, and the members handed in make 0; hand in"
        ):
            Rule(quorum=PRESENT >= 1, passage=FOR >= 3).needs(tally, [Member("a")], present=["a"])

    def test_the_members_are_several(self):
        """What is no list of them is refused by its name."""
        tally = Tally.of(entitled=3, for_=1, against=0, abstaining=0, invalid=0, presence=False)
        with pytest.raises(TypeError, match=r"^outstanding:"):
            Rule(quorum=None, passage=FOR >= 2).needs(tally, 3)

    def test_published_numbers(self):
        """Twenty-five owners: three more heads, and 300 square metres, of which no total says whose they are."""
        tally = Tally.by_measure(
            heads={"entitled": 25, "for": 10, "against": 4, "abstaining": 0, "invalid": 0},
            area={"entitled": "3011.25", "for": "1300.00", "against": "407.50", "abstaining": 0, "invalid": 0},
            presence=False,
        )
        needs = OWNERS.needs(tally)
        assert (needs.exact, needs.ways, needs.by) == (False, (Needed(3),), {"area": Needed(300)})
        assert needs.explain("zh") == (
            "最少还需：赞成 3；赞成面积 300 平方米。以上按总数推算：再少一定不够，是否足够要看由谁投票。"
        )
        assert needs.explain("en") == (
            "Still needed, at the fewest: for 3; area for 300 m². Worked out from totals: less is never enough, and "
            "whether so much is depends on who votes."
        )

    def test_a_strict_share_of_an_area_has_no_least(self):
        """More than half of 300 square metres, of which 100 are in favour: more than 50 more."""
        rule = Rule(quorum=None, passage=FOR.by("area") > HALF * ENTITLED.by("area"))
        tally = Tally.by_measure(
            heads={"entitled": 6, "cast": 2, "for": 2}, area={"entitled": 300, "cast": 100, "for": 100}, presence=False
        )
        needs = rule.needs(tally)
        assert needs.by == {"area": Needed(50, 0, votes_is_bound=True)}
        assert needs.ways == (Needed(1),)
        assert "赞成面积超过 50 平方米" in needs.explain("zh")
        halls = [Member(f"u{place}", weights={"area": 50}) for place in range(4)]
        assert rule.needs(tally, halls).by == {"area": Needed(100)}
        assert rule.needs(tally, halls).ways == (Needed(2),)

    def test_the_members_must_be_those_who_are_out(self):
        """One too few, one too many, another weight: each is told with both numbers."""
        rule = Rule(quorum=None, passage=FOR.by("area") > HALF * ENTITLED.by("area"))
        tally = Tally.by_measure(
            heads={"entitled": 3, "cast": 1, "for": 1}, area={"entitled": 300, "cast": 100, "for": 100}, presence=False
        )
        for given_members in ([], [Member("a", weights={"area": 200})]):
            with pytest.raises(ValueError, match="heads: 2 still out by the count"):
                rule.needs(tally, given_members)
        with pytest.raises(ValueError, match="area: 200 still out by the count, and the members handed in make 199"):
            rule.needs(tally, [Member("a", weights={"area": 100}), Member("b", weights={"area": 99})])
        with pytest.raises(ValueError, match="'a' is given twice"):
            rule.needs(tally, [Member("a", weights={"area": 100})] * 2)
        with pytest.raises(ValueError, match="no weight by area"):
            rule.needs(tally, [Member("a"), Member("b")])
        with pytest.raises(TypeError, match="each must be a Member"):
            rule.needs(tally, ["a", "b"])

    def test_who_is_present_must_be_said_where_it_matters(self):
        """Of two who are out, one is in the room."""
        members = [Member("a"), Member("b")]
        tally = Tally.of(for_=0, against=0, abstaining=0, invalid=0, silent=1, absent=1)
        with pytest.raises(ValueError, match="present="):
            REPRESENTATIVES.needs(tally, members)
        assert REPRESENTATIVES.needs(tally, members, present=["a"]).ways == (Needed(2, 1),)
        with pytest.raises(ValueError, match="'c' is said to be present"):
            REPRESENTATIVES.needs(tally, members, present=["c"])
        with pytest.raises(ValueError, match="heads: 1 silent by the count, and the members handed in make 2"):
            REPRESENTATIVES.needs(tally, members, present=["a", "b"])

    def test_many_members_of_different_weights(self):
        """Where there are too many to search among, the bound is given, and said to be one."""
        owners = [Member(f"u{place}", weights={"area": 10_007 * place % 1_009 + 1}) for place in range(60)]
        total = sum(owner.weights["area"] for owner in owners)
        rule = Rule(quorum=None, passage=(FOR.by("area") >= total - 1_234) & (FOR.by("area") <= total - 1_234))
        tally = Tally.by_measure(heads={"entitled": 60, "cast": 0}, area={"entitled": total, "cast": 0}, presence=False)
        needs = rule.needs(tally, owners)
        assert needs.possible
        if not needs.exact:
            assert needs.by["area"] == Needed(total - 1_234)


def test_the_oracle_finds_something():
    """A guard against an oracle that never carries anything."""
    waiting = [Voter("silent", Fraction(1), in_group=False)] * 3
    assert min(ways(Rule(quorum=None, passage=FOR >= 2), [], waiting)) == (2, 0)


class TestEverybodyOutIsAbsent:
    """Members handed in who are all absent need not be told from those present."""

    def test_they_come_and_vote(self):
        """Three of nine are there, two of them in favour: three must come, and two of them vote in favour."""
        people = Roll("assembly", [Member(f"m-{number}") for number in range(9)])
        here = {"m-0": "for", "m-1": "for", "m-2": "against"}
        rule = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT)
        away = [member for member in people if member.id not in here]
        (needed,) = rule.needs(people.tally(here, present=here), away).ways
        assert (needed.votes, needed.present) == (2, 3)


class TestObstacles:
    """Which condition is out of reach, where that can be found out."""

    def test_one_that_takes_too_long(self):
        """Thirty-one of thirty is out of reach; whether some weights make an odd number is not said to be."""
        draw = random.Random(7)  # noqa: S311 -- weights made up, the same each time
        weights = [2 * draw.randrange(10**12) for _ in range(30)]
        people = Roll("a", [Member(f"m-{place}", weights={"w": weight}) for place, weight in enumerate(weights)])
        one, other = sum(weights) // 2 | 1, sum(weights) // 3 | 1
        exactly = [(FOR.by("w") >= number) & (FOR.by("w") <= number) for number in (one, other)]
        rule = Rule(quorum=None, passage=(exactly[0] | exactly[1]) & (FOR >= 31))
        needs = rule.needs(people.tally({}), people)
        assert (needs.possible, needs.obstacles) == (False, ((FOR >= 31),))


class TestAsked:
    """What a condition asks, before anybody does anything."""

    def test_a_base_of_which_no_mark_is_known(self):
        """That the base is not nought cannot be asked of marks that nobody counted."""
        asked = asked_of(PRESENT >= Fraction(2, 3) * ENTITLED, Tally.of(entitled=9, present=5), [])
        assert isinstance(asked, Linear)
        known = Tally.of(entitled=9, present=5, for_=5, against=0, abstaining=0, invalid=0)
        assert isinstance(asked_of(PRESENT >= Fraction(2, 3) * ENTITLED, known, []), Every)


class TestFewerRounds:
    """Bounds from totals narrow one another; stopping early makes them lower, and never wrong."""

    def test_one_round_says_no_more_than_all(self, monkeypatch):
        """The rule and the three members are made up; with one round the bound is below, or the same."""
        people = Roll(
            "a",
            [
                Member("m-0", weights={"w": 2}, groups={"g", "h"}),
                Member("m-1", weights={"w": 3}, groups={"g", "h"}),
                Member("m-2", weights={"w": 0}, groups={"h"}),
            ],
            groups={"g", "h"},
        )
        area = CAST.by("w") >= Fraction(1, 4) * PRESENT.by("w").among("g")
        passage = (CAST.among("g") >= FOR) & area & (FOR.among("h") > Fraction(1, 2) * PRESENT.among("h"))
        rule = Rule(quorum=None, passage=passage)
        tally = people.tally({"m-0": "against"}, present={"m-0"})
        (full,) = rule.needs(tally).ways
        monkeypatch.setattr(flooring, "_ROUNDS", 1)
        (early,) = rule.needs(tally).ways
        assert early.votes <= full.votes
        assert early.present <= full.present
