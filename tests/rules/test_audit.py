"""The oddities that a rule allows: found where they are, not where they are not, and shown by examples that are true.

The paradoxes are counted here by trying every state with arithmetic written for this test (traps, part 10).
"""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizheng import Member
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    RECUSED,
    SILENT,
    VALID,
    Audit,
    OddityKind,
    Outcome,
    Rule,
    Tally,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
CARRIED, LOST, INQUORATE = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE

PARTICIPATION = Rule(quorum=PRESENT >= HALF * ENTITLED, passage=FOR > AGAINST)
APPROVAL = Rule(quorum=None, passage=(FOR >= Fraction(1, 4) * ENTITLED) & (FOR > AGAINST))
VILLAGE = Rule(quorum=PRESENT >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * PRESENT)
WITHOUT_ABSTENTIONS = Rule(quorum=FOR + AGAINST >= HALF * ENTITLED, passage=FOR > AGAINST)

ORACLES = {
    "participation": (PARTICIPATION, lambda yes, no, abstain, n: 2 * (yes + no + abstain) >= n and yes > no),
    "approval": (APPROVAL, lambda yes, no, abstain, n: 4 * yes >= n and yes > no),  # noqa: ARG005  # one shape for all
    "village": (
        VILLAGE,
        lambda yes, no, abstain, n: 3 * (yes + no + abstain) >= 2 * n and 2 * yes > yes + no + abstain,
    ),
    "without abstentions": (
        WITHOUT_ABSTENTIONS,
        lambda yes, no, abstain, n: 2 * (yes + no) >= n and yes > no,  # noqa: ARG005  # same
    ),
}
COUNTED = {
    "participation": {9: 4, 15: 12, 30: 49},
    "approval": {9: 0, 15: 0, 30: 0},
    "village": {9: 3, 15: 10, 30: 45},
    "without abstentions": {9: 10, 15: 24, 30: 112},
}
STATES = {9: 165, 15: 680, 30: 4960}


def people(number: int) -> list[Member]:
    """So many members who count alike."""
    return [Member(f"m{place}") for place in range(number)]


def states(number: int) -> list[tuple[int, int, int]]:
    """Votes for, against and abstaining of so many, at least one of whom stays away."""
    return [votes for votes in itertools.product(range(number), repeat=3) if sum(votes) < number]


def tally(yes: int, no: int, abstain: int, number: int) -> Tally:
    """A meeting of so many."""
    return Tally.of(
        for_=yes,
        against=no,
        abstaining=abstain,
        invalid=0,
        silent=0,
        absent=number - yes - no - abstain,
        recused=0,
    )


class TestNoShow:
    """Traps, part 10: one who is away comes, votes against, and so carries it."""

    @pytest.mark.parametrize("number", [9, 15, 30])
    @pytest.mark.parametrize("name", ORACLES)
    def test_as_many_states_as_the_table_says(self, name, number):
        """Of all states, exactly so many; the rule judges each pair as the oracle does; the finder finds the first."""
        rule, carries = ORACLES[name]
        assert len(states(number)) == STATES[number]
        found = [
            (yes, no, abstain)
            for yes, no, abstain in states(number)
            if not carries(yes, no, abstain, number) and carries(yes, no + 1, abstain, number)
        ]
        assert len(found) == COUNTED[name][number]
        for yes, no, abstain in found:
            assert rule.judge(tally(yes, no, abstain, number)).outcome is not CARRIED
            assert rule.judge(tally(yes, no + 1, abstain, number)).outcome is CARRIED
        odd = rule.audit(people(number)).find("no_show")
        assert (odd is not None) is bool(found)
        if odd is not None:
            shown = tuple(odd.before.number(amount) for amount in (FOR, AGAINST, ABSTAINING))
            assert shown == min(found)

    @pytest.mark.parametrize("name", ORACLES)
    def test_every_state_of_nine_is_judged_as_the_oracle_does(self, name):
        """So that the count is one of the rule, and not of the oracle alone."""
        rule, carries = ORACLES[name]
        for votes in states(9):
            expected = votes[0] > 0 and carries(*votes, 9)
            assert (rule.judge(tally(*votes, 9)).outcome is CARRIED) is expected

    def test_the_shortest_case(self):
        """Nine: four for, none against, one abstention, four away; one of these comes and votes against."""
        odd = VILLAGE.audit(people(9)).find(OddityKind.NO_SHOW)
        assert odd.before == tally(4, 0, 1, 9)
        assert odd.after == tally(4, 1, 1, 9)
        assert (odd.outcome, odd.outcome_after, odd.smallest) == (INQUORATE, CARRIED, True)
        assert odd.explain("zh") == (
            "投反对票反而会使事项通过，不参加表决却能阻止它。例：应到 9，实到 5，赞成 4，反对 0，弃权 1，未达法定人数；"
            "其中一名未参加者改投反对票，应到 9，实到 6，赞成 4，反对 1，弃权 1，通过。"
        )
        assert odd.explain("en") == (
            "Voting against can carry what staying away would have stopped. Example: entitled 9, present 5, for 4, "
            "against 0, abstaining 1: no quorum; one of those who stayed away votes against: entitled 9, present 6, "
            "for 4, against 1, abstaining 1: carried."
        )

    @pytest.mark.parametrize("turned", [False, True])
    def test_the_smallest_whoever_is_set_apart(self, turned):
        """Whoever is in the group counts for four: two others in favour are enough there, and outside it are not."""
        rule = Rule(quorum=PRESENT + 3 * PRESENT.among("g") >= 5, passage=FOR > AGAINST)
        members = [*people(6), Member("g", groups={"g"})]
        odd = rule.audit(members[::-1] if turned else members).find("no_show")
        assert [odd.before.number(amount) for amount in (FOR, AGAINST, ABSTAINING)] == [2, 0, 0]
        assert odd.after.number(PRESENT.among("g")) == 1

    def test_owners_of_different_areas(self):
        """Some example is shown, and said not to be the smallest, where there are too many to search among."""
        rule = Rule(
            quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
            passage=(FOR >= Fraction(3, 4) * CAST) & (FOR.by("area") >= Fraction(3, 4) * CAST.by("area")),
        )
        owners = [Member(f"u{place}", weights={"area": 60 + 7 * place}) for place in range(25)]
        odd = rule.audit(owners).find("no_show")
        assert rule.judge(odd.before).outcome is odd.outcome is INQUORATE
        assert rule.judge(odd.after).outcome is odd.outcome_after is CARRIED
        assert odd.before.number(AGAINST) + 1 == odd.after.number(AGAINST)
        assert not odd.before.presence
        assert not odd.smallest
        assert "例（未必最小）：应到 25，" in odd.explain("zh")
        assert " Example (perhaps not the smallest): entitled 25, " in odd.explain("en")
        for amount in (FOR, ABSTAINING, FOR.by("area"), ABSTAINING.by("area")):
            assert odd.before.number(amount) == odd.after.number(amount)

    @pytest.mark.parametrize(
        "passage",
        [FOR.by("area") >= CAST.by("area"), (FOR > AGAINST) & (ABSTAINING.by("area") <= 0)],
        ids=["unanimity", "no abstention"],
    )
    def test_where_all_but_one_must_do_the_same(self, passage):
        """Among twenty-five owners of different areas one abstention too many is found as well."""
        rule = Rule(quorum=None, passage=passage)
        owners = [Member(f"u{place}", weights={"area": 60 + 7 * place}) for place in range(25)]
        odd = rule.audit(owners).find("abstaining")
        assert rule.judge(odd.before).outcome is CARRIED
        assert rule.judge(odd.after).outcome is LOST


class TestLeaving:
    """A quorum that one who is against can break by leaving."""

    def test_is_shown(self):
        """Six of nine are needed; the one against leaves."""
        odd = VILLAGE.audit(people(9)).find("leaving")
        assert (odd.outcome, odd.outcome_after) == (CARRIED, INQUORATE)
        assert odd.before.number(PRESENT) - odd.after.number(PRESENT) == 1
        assert odd.before.number(AGAINST) - odd.after.number(AGAINST) == 1

    def test_nobody_leaves_a_vote_in_writing(self):
        """Nor a vote without a quorum."""
        among = Rule(quorum=AGAINST.among("w") >= AGAINST.among("w"), passage=CAST.among("w") >= 2)
        members = [Member(f"m{place}", groups=["w"] if place < 3 else []) for place in range(5)]
        assert among.audit(members).find("leaving") is None
        assert Rule(quorum=CAST >= HALF * ENTITLED, passage=FOR > AGAINST).audit(people(9)).find("leaving") is None
        assert Rule(quorum=None, passage=FOR > HALF * PRESENT).audit(people(9)).find("leaving") is None


class TestAbstaining:
    """An abstention that counts as against (E11)."""

    @pytest.mark.parametrize("base", [PRESENT, CAST, VALID, ENTITLED], ids=repr)
    def test_where_it_is_in_the_base(self, base):
        """Without the person it is carried; with the abstention it is lost, as with a vote against."""
        rule = Rule(quorum=None, passage=FOR > HALF * base)
        odd = rule.audit(people(8)).find("abstaining")
        assert (odd.outcome, odd.outcome_after) == (CARRIED, LOST)
        assert rule.judge(odd.before).outcome is CARRIED
        assert rule.judge(odd.after).outcome is LOST
        counts = {figure: odd.after.measures["heads"][figure] for figure in ("for", "against", "abstaining", "silent")}
        counts |= {"abstaining": counts["abstaining"] - 1, "against": counts["against"] + 1, "invalid": 0}
        if odd.after.presence:
            counts["absent"] = odd.after.measures["heads"]["absent"]
        assert rule.judge(Tally({"heads": counts}, presence=odd.after.presence)).outcome is LOST
        assert (odd.before.number(RECUSED), odd.after.number(RECUSED)) == (1, 0)

    @pytest.mark.parametrize("passage", [FOR > AGAINST, FOR > HALF * (FOR + AGAINST)], ids=repr)
    def test_not_where_for_is_held_against_against(self, passage):
        """An abstention is no side."""
        assert Rule(quorum=None, passage=passage).audit(people(9)).find("abstaining") is None

    def test_not_where_only_the_abstention_stops_it(self):
        """A rule (invented) that bears votes against and no abstentions does not treat them alike."""
        rule = Rule(quorum=None, passage=(FOR >= 1) & (ABSTAINING <= 0))
        assert rule.audit(people(5)).find("abstaining") is None


class TestRounding:
    """A threshold that rounding would change (traps, part 1)."""

    @pytest.mark.parametrize("share", [HALF, TWO_THIRDS, Fraction(3, 4), Fraction(1, 3)], ids=str)
    @pytest.mark.parametrize("strict", [False, True], ids=["inclusive", "strict"])
    def test_is_shown_where_it_matters(self, share, strict):
        """The first count comes out one way exactly, and the other by the nearest whole number."""
        passage = FOR > share * VALID if strict else FOR >= share * VALID
        odd = Rule(quorum=None, passage=passage).audit(people(12)).find("rounding")
        matters = [
            base
            for base in range(1, 13)
            for votes in range(1, base + 1)
            if (votes > share * base if strict else votes >= share * base)
            is not (votes > int(share * base + HALF) if strict else votes >= int(share * base + HALF))
        ]
        assert (odd is None) is not bool(matters)
        if odd is not None:
            base, votes = odd.before.number(VALID), odd.before.number(FOR)
            exact = votes > share * base if strict else votes >= share * base
            by_rounding = votes > odd.rounded if strict else votes >= odd.rounded
            assert odd.threshold == share * base
            assert odd.rounded == int(share * base + HALF)
            assert exact is not by_rounding
            assert (odd.outcome is CARRIED) is exact
            assert (odd.outcome_after is CARRIED) is not exact

    def test_in_words(self):
        """The threshold, what it would be rounded to, and a count that comes out otherwise by it; so too where it would stop one."""
        odd = Rule(quorum=None, passage=FOR >= TWO_THIRDS * VALID).audit(people(5)).find("rounding")
        assert odd.explain("zh") == (
            "取整会改变结果：“赞成不少于有效票 2/3”的界限为 1 1/3，四舍五入为 1。例：应到 5，赞成 1，反对 0，弃权 1，未通过；"
            "按取整后的界限则会通过。"
        )
        assert odd.explain("en") == (
            "Rounding would change the outcome: the threshold of “for at least 2/3 of those voting validly” is 1 1/3, and "
            "1 when rounded. Example: entitled 5, for 1, against 0, abstaining 1: lost; by the rounded threshold it would be "
            "carried."
        )
        stopped = Rule(quorum=PRESENT > HALF * ENTITLED, passage=FOR > AGAINST).audit(people(9)).find("rounding")
        assert (stopped.outcome.value, stopped.before.get(PRESENT), stopped.rounded) == ("carried", 5, 5)
        assert stopped.explain("zh").endswith("通过；按取整后的界限则不能通过。")
        assert stopped.explain("en").endswith("carried; by the rounded threshold it would not be carried.")

    def test_a_whole_number_is_not_rounded(self):
        """Nine votes are nine votes; and two thirds of nine are six."""
        assert Rule(quorum=None, passage=FOR >= 9).audit(people(12)).find("rounding") is None
        assert Rule(quorum=None, passage=FOR >= TWO_THIRDS * ENTITLED).audit(people(9)).find("rounding") is None
        assert Rule(quorum=None, passage=FOR >= TWO_THIRDS * ENTITLED).audit(people(11)).find("rounding") is not None


class TestUnreachable:
    """A rule that cannot be met on a roll (traps, row 27)."""

    def test_a_fixed_number_above_the_roll(self):
        """Nine of eight cannot be for; nine of nine can."""
        rule = Rule(quorum=None, passage=FOR >= 9)
        odd = rule.audit(people(8)).find("unreachable")
        assert (odd.before.number(FOR), odd.after.number(FOR), odd.outcome_after) == (0, 8, LOST)
        assert rule.audit(people(9)).find("unreachable") is None

    def test_more_than_all(self):
        """A strict share of one is never met (row 10)."""
        assert Rule(quorum=None, passage=FOR > ENTITLED).audit(people(30)).find("unreachable") is not None

    def test_a_group_in_which_nobody_is(self):
        """A share of nobody is never reached."""
        rule = Rule(quorum=None, passage=FOR.among("women") >= HALF * ENTITLED.among("women"))
        assert rule.audit(people(5)).find("unreachable") is not None
        assert rule.audit([*people(5), Member("w", groups={"women"})]).find("unreachable") is None

    def test_what_needs_some_to_say_nothing(self):
        """At a meeting they may."""
        assert (
            Rule(quorum=PRESENT >= 1, passage=(FOR >= 1) & (SILENT >= 2)).audit(people(3)).find("unreachable") is None
        )
        assert Rule(quorum=PRESENT >= 1, passage=(FOR >= 2) & (SILENT >= 2)).audit(people(3)).find("unreachable")

    def test_no_members_at_all(self):
        """There is nobody to audit a rule with."""
        with pytest.raises(ValueError, match="no members"):
            VILLAGE.audit([])


RULES = st.builds(
    Rule,
    quorum=st.sampled_from(
        [None, PRESENT >= HALF * ENTITLED, PRESENT > TWO_THIRDS * ENTITLED, CAST >= 3, FOR >= Fraction(1, 4) * ENTITLED]
    ),
    passage=st.sampled_from(
        [FOR > AGAINST, FOR > HALF * PRESENT, FOR >= TWO_THIRDS * VALID, FOR > HALF * ENTITLED, AGAINST <= 2]
    ),
    by_no_objection=st.booleans(),
)


class TestEveryAudit:
    """What is shown is true, and what is not shown is not there."""

    @settings(max_examples=30)
    @given(RULES, st.integers(1, 7))
    def test_no_show_by_trying_every_state(self, rule, number):
        """A planted paradox is found, and none is invented."""
        meeting = rule.asks_for(PRESENT)

        def outcome(yes, no, abstain):
            away = number - yes - no - abstain
            counts = {"for": yes, "against": no, "abstaining": abstain, "invalid": 0}
            counts |= {"silent": 0, "absent": away} if meeting else {"silent": away}
            return rule.judge(Tally({"heads": counts}, presence=meeting)).outcome

        found = [
            (yes, no, abstain)
            for yes, no, abstain in states(number)
            if outcome(yes, no, abstain) is not CARRIED and outcome(yes, no + 1, abstain) is CARRIED
        ]
        audit = rule.audit(people(number))
        odd = audit.find("no_show")
        assert (odd is None) is not bool(found)
        if odd is not None:
            assert tuple(odd.before.number(amount) for amount in (FOR, AGAINST, ABSTAINING)) == min(found)
        everything = [votes for votes in itertools.product(range(number + 1), repeat=3) if sum(votes) <= number]
        assert (audit.find("unreachable") is None) is any(outcome(*votes) is CARRIED for votes in everything)
        for each in audit:
            assert rule.judge(each.before).outcome is each.outcome
            assert rule.judge(each.after).outcome is each.outcome_after
            assert each.explain("zh")
            assert each.explain("en") in audit.explain("en")

    def test_nothing_odd_is_said(self):
        """Where there is nothing, that is said."""
        audit = Rule(quorum=None, passage=FOR > AGAINST).audit(people(9))
        assert len(audit) == 0
        assert (audit.explain("zh"), audit.explain("en")) == ("未发现异常。", "Nothing odd was found.")

    @pytest.mark.parametrize(
        ("rule", "says"),
        [
            (Rule(quorum=None, passage=FOR <= 3), "Nothing odd was found."),
            (Rule(quorum=CAST >= 2, passage=FOR > AGAINST), "Nothing odd was found."),
            (
                Rule(quorum=None, passage=PRESENT < 3, by_no_objection=True),
                (
                    "An abstention counts as a vote against. Example: entitled 4, present 2, for 0, against 0, abstaining 2, "
                    "recused 1: carried; the one recused abstains instead: entitled 5, present 3, for 0, against 0, "
                    "abstaining 3: lost."
                ),
            ),
            (
                Rule(quorum=None, passage=((PRESENT >= 4) | (PRESENT >= 5)) & (AGAINST > Fraction(1, 2) * ENTITLED)),
                (
                    "Voting against can carry what staying away would have stopped. Example: entitled 5, present 3, for 1, "
                    "against 2, abstaining 0: lost; one of those who stayed away votes against: entitled 5, present 4, for 1, "
                    "against 3, abstaining 0: carried.\n"
                    "Rounding would change the outcome: the threshold of “against more than 1/2 of those entitled” is 2.5, and "
                    "3 when rounded. Example: entitled 5, present 4, for 1, against 3, abstaining 0: carried; by the rounded "
                    "threshold it would not be carried."
                ),
            ),
        ],
        ids=itertools.count(),
    )
    def test_in_words(self, rule, says):
        """The smallest examples of what five members can do, whole; a threshold is rounded in its own place only."""
        assert rule.audit([Member(f"m-{number}") for number in range(5)]).explain("en") == says

    def test_of_several_examples_the_smallest(self):
        """Whoever is set apart, in a group or outside of it."""
        rule = Rule(
            quorum=FOR < HALF * ENTITLED,
            passage=(CAST >= 1) & ((FOR.among("w") >= PRESENT.among("w")) | (PRESENT < 3)),
            by_no_objection=True,
        )
        audit = rule.audit([Member(f"m{place}", groups=["w"] if place < 3 else []) for place in range(5)])
        assert [(odd.kind.value, odd.before.number(PRESENT), odd.after.number(PRESENT)) for odd in audit] == [
            ("no_show", 0, 1),
            ("abstaining", 2, 3),
        ]

    def test_what_was_left_undecided_is_said(self):
        """By its name."""
        audit = Audit(VILLAGE, (), (OddityKind.NO_SHOW,))
        assert audit.explain("zh") == "“到会反对反而促成通过”：成员各不相同，未能查清。"
        assert audit.explain("en") == "“voting against carries”: the members differ too much to find out."

    def test_an_unknown_kind_is_refused(self):
        """Nothing is silently not found."""
        with pytest.raises(ValueError, match="no_shows"):
            VILLAGE.audit(people(3)).find("no_shows")
