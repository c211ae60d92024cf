"""Quorums and majorities as the instruments set them: one class per article, exactly at, one below and one above.

The cases marked *published* carry their source; the others are boundaries worked out from the article.
"""

# amounts are written in capitals, and stand on the left as in the statute

import itertools
from datetime import date
from fractions import Fraction

import pytest

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    VALID,
    Outcome,
    Rule,
    Ruling,
    Tally,
)

HALF, TWO_THIRDS, THREE_QUARTERS, THIRD = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1, 3)
CARRIED, LOST, INQUORATE = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE


def meeting(rule: Rule, entitled: int, present: int, in_favour: int) -> Outcome:
    """The outcome of a vote at a meeting."""
    return rule.judge(Tally.of(entitled=entitled, present=present, for_=in_favour)).outcome


class TestCivilCode1259:
    """Civil Code art. 1259: 以上, 以内 and 届满 include the number; 不满, 超过 and 以外 do not (fact 6)."""

    @pytest.mark.parametrize(
        ("rule", "at_half"),
        [(FOR >= HALF * PRESENT, CARRIED), (FOR > HALF * PRESENT, LOST)],
        ids=["inclusive", "strict"],
    )
    @pytest.mark.parametrize("present", [2, 4, 20, 1000])
    def test_exactly_half_depends_on_the_sign_alone(self, rule, at_half, present):
        """半数以上 takes exactly half; 过半数 does not."""
        rule = Rule(quorum=None, passage=rule)
        assert meeting(rule, present, present, present // 2) is at_half
        assert meeting(rule, present, present, present // 2 + 1) is CARRIED
        assert meeting(rule, present, present, present // 2 - 1) is LOST

    def test_the_signs_of_a_ceiling(self):
        """A ceiling of a third takes exactly a third; "less than a third" does not."""
        at_most = Rule(quorum=None, passage=AGAINST <= THIRD * ENTITLED)
        fewer = Rule(quorum=None, passage=AGAINST < THIRD * ENTITLED)
        for against, outcomes in ((9, (CARRIED, CARRIED)), (10, (CARRIED, LOST)), (11, (LOST, LOST))):
            tally = Tally.of(entitled=30, for_=1, against=against)
            assert (at_most.judge(tally).outcome, fewer.judge(tally).outcome) == outcomes
        assert at_most.judge(Tally.of(entitled=30, for_=1, against=11)).findings[0].needed == 10
        assert fewer.judge(Tally.of(entitled=30, for_=1, against=11)).findings[0].needed == 9
        assert fewer.judge(Tally.of(entitled=31, for_=1, against=11)).findings[0].needed == 10


class TestPartyBranch11:
    """党支部工作条例 art. 11: half of the voting members present; carried by more than half of those *entitled* (fact 4)."""

    RULE = Rule(quorum=PRESENT >= HALF * ENTITLED, passage=FOR > HALF * ENTITLED)

    @pytest.mark.parametrize(
        ("entitled", "present", "in_favour", "outcome"),
        [(20, 14, 10, LOST), (20, 14, 11, CARRIED), (21, 11, 11, CARRIED), (20, 10, 10, LOST), (20, 9, 9, INQUORATE)],
    )
    def test_counts_over_those_entitled(self, entitled, present, in_favour, outcome):
        """Ten of fourteen present are 71 in a hundred, and still fail: eleven of the twenty entitled are needed."""
        assert meeting(self.RULE, entitled, present, in_favour) is outcome

    def test_says_how_many_were_needed(self):
        """The minutes give the eleven."""
        ruling = self.RULE.judge(Tally.of(entitled=20, present=14, for_=10))
        assert ruling.findings[1].needed == 11
        assert ruling.explain("zh") == (
            "应到 20，实到 14，不少于 1/2（10），会议有效；赞成 10，未超过应到 1/2（10），至少需 11，未通过。"
        )


class TestResidentsLaw29:
    """城市居民委员会组织法 (2025) art. 29: two thirds of the members present, more than half of those present."""

    RULE = Rule(
        quorum=PRESENT >= TWO_THIRDS * ENTITLED,
        passage=FOR > HALF * PRESENT,
        citation=Citation(instrument="城市居民委员会组织法", article="29", in_force_from=date(2026, 1, 1)),
    )

    @pytest.mark.parametrize(
        ("present", "in_favour", "outcome"),
        [(19, 19, INQUORATE), (20, 9, LOST), (20, 10, LOST), (20, 11, CARRIED), (21, 11, CARRIED)],
    )
    def test_thirty_representatives(self, present, in_favour, outcome):
        """Twenty of thirty are enough to meet, nineteen are not; ten of twenty are not enough to carry."""
        assert meeting(self.RULE, 30, present, in_favour) is outcome

    def test_keeps_its_dates(self):
        """The edition is in force from 2026 on; the one before is another rule (fact 1)."""
        assert self.RULE.citation is not None
        assert self.RULE.citation.in_force(date(2026, 1, 1))
        assert not self.RULE.citation.in_force(date(2025, 12, 31))
        ruling = self.RULE.judge(Tally.of(entitled=30, present=19))
        assert ruling.citation is self.RULE.citation
        assert ruling.explain("zh") == (
            "应到 30，实到 19，不足 2/3（20），至少需 20，未达法定人数，不作决定。依据：《城市居民委员会组织法》第29条。"
        )


class TestResidentsLaw27:
    """城市居民委员会组织法 (2025) art. 27: *more than* half of the residents of eighteen and over present (fact 2)."""

    RULE = Rule(quorum=PRESENT > HALF * ENTITLED, passage=FOR > HALF * PRESENT)

    def test_exactly_half_is_no_quorum(self):
        """The assembly's quorum is strict where the representatives' is inclusive."""
        assert meeting(self.RULE, 1000, 500, 500) is INQUORATE
        assert meeting(self.RULE, 1000, 501, 251) is CARRIED
        assert meeting(self.RULE, 1000, 501, 250) is LOST


class TestResidentsLaw19:
    """城市居民委员会组织法 (2025) art. 19: an election by representatives needs *more than* two thirds of them."""

    RULE = Rule(quorum=PRESENT > TWO_THIRDS * ENTITLED, passage=FOR > HALF * PRESENT)

    def test_exactly_two_thirds_are_not_more(self):
        """Of thirty, twenty are too few and twenty-one enough."""
        assert meeting(self.RULE, 30, 20, 20) is INQUORATE
        assert not self.RULE.judge(Tally.of(entitled=30, present=20, for_=0)).unsupported
        assert meeting(self.RULE, 30, 21, 11) is CARRIED
        assert self.RULE.judge(Tally.of(entitled=30, present=20)).findings[0].needed == 21


class TestVillagesLaw26:
    """村民委员会组织法 (2025) art. 26: more than half of the villagers *or* two thirds of the households (fact 3)."""

    PERSONS = Rule(quorum=PRESENT > HALF * ENTITLED, passage=FOR > HALF * PRESENT)
    HOUSEHOLDS = Rule(quorum=PRESENT >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * PRESENT)

    def test_by_persons(self):
        """Five hundred of a thousand are no quorum; one more is."""
        assert meeting(self.PERSONS, 1000, 500, 400) is INQUORATE
        assert meeting(self.PERSONS, 1000, 501, 400) is CARRIED

    def test_by_households(self):
        """Two hundred of three hundred are a quorum; one fewer is not."""
        assert meeting(self.HOUSEHOLDS, 300, 200, 101) is CARRIED
        assert meeting(self.HOUSEHOLDS, 300, 199, 199) is INQUORATE

    @pytest.mark.parametrize(
        ("persons", "households", "outcome"),
        [(501, 199, CARRIED), (500, 200, CARRIED), (500, 199, INQUORATE), (501, 200, CARRIED)],
    )
    def test_either_is_enough_where_both_were_counted(self, persons, households, outcome):
        """The two are alternatives, each over its own base."""
        rule = Rule(
            quorum=(PRESENT > HALF * ENTITLED) | (PRESENT.by("households") >= TWO_THIRDS * ENTITLED.by("households")),
            passage=FOR > HALF * PRESENT,
        )
        tally = Tally.by_measure(
            heads={"entitled": 1000, "present": persons, "for": 400},
            households={"entitled": 300, "present": households},
        )
        assert rule.judge(tally).outcome is outcome


class TestHebei20:
    """河北省实施村组法办法 (2011) art. 20: half agree (半数同意), which exactly half do."""

    RULE = Rule(quorum=None, passage=FOR >= HALF * PRESENT)

    def test_exactly_half_carries(self):
        """Ten of twenty, and it is no tie that fails: the rule says half."""
        ruling = self.RULE.judge(Tally.of(entitled=30, present=20, for_=10, against=10))
        assert ruling.outcome is CARRIED
        assert ruling.tie is False
        assert meeting(self.RULE, 30, 20, 9) is LOST


def owners(heads: tuple[int, int, int], area: tuple[str | Fraction, ...]) -> Tally:
    """A count of owners: entitled, taking part and for."""
    keys = ("entitled", "cast", "for")
    return Tally.by_measure(
        heads=dict(zip(keys, heads, strict=True)), area=dict(zip(keys, area, strict=True)), presence=False
    )


QUORUM_278 = (CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area"))


class TestCivilCode278:
    """Civil Code art. 278: two thirds of the area and of the heads take part; 3/4 (items 6 to 8) or >1/2 of both (fact 5)."""

    ORDINARY = Rule(quorum=QUORUM_278, passage=(FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area")))
    SPECIAL = Rule(
        quorum=QUORUM_278, passage=(FOR >= THREE_QUARTERS * CAST) & (FOR.by("area") >= THREE_QUARTERS * CAST.by("area"))
    )

    @pytest.mark.parametrize(
        ("heads", "area", "outcome"),
        [
            ((25, 17, 17), ("3011.25", "2007.50", "2007.50"), CARRIED),
            ((25, 17, 17), ("3011.25", "2007.49", "2007.49"), INQUORATE),
            ((25, 16, 16), ("3011.25", "3000.00", "3000.00"), INQUORATE),
            ((25, 20, 15), ("3011.25", "2400.00", "1800.00"), CARRIED),
            ((25, 20, 15), ("3011.25", "2400.00", "1799.99"), LOST),
            ((25, 20, 14), ("3011.25", "2400.00", "2300.00"), LOST),
            ((25, 20, 16), ("3011.25", "2400.00", "1800.01"), CARRIED),
        ],
    )
    def test_both_measures_at_both_steps(self, heads, area, outcome):
        """Exactly two thirds and exactly three quarters are enough, in each measure by itself."""
        assert self.SPECIAL.judge(owners(heads, area)).outcome is outcome

    @pytest.mark.parametrize(
        ("heads", "area", "outcome"),
        [
            ((25, 20, 11), ("3000", "2400", "1200.01"), CARRIED),
            ((25, 20, 11), ("3000", "2400", "1200.00"), LOST),
            ((25, 20, 10), ("3000", "2400", "2000.00"), LOST),
        ],
    )
    def test_exactly_half_is_not_enough(self, heads, area, outcome):
        """Other items need more than half of both."""
        assert self.ORDINARY.judge(owners(heads, area)).outcome is outcome

    def test_a_strict_sign_over_area_has_a_bound_and_no_least(self):
        """More than 1200 square metres are needed, and no number is the least of those."""
        finding = self.ORDINARY.judge(owners((25, 20, 11), ("3000", "2400", "1200"))).findings[3]
        assert (finding.holds, finding.needed, finding.needed_is_bound) == (False, 1200, True)

    def test_what_prints_as_two_thirds_need_not_be(self):
        """A share of 66.666 in a hundred is printed as 66.67, and does not pass by rounding."""
        rule = Rule(quorum=None, passage=FOR.by("area") >= TWO_THIRDS * CAST.by("area"))
        assert rule.judge(owners((3, 3, 2), ("100000", "100000", "66666"))).outcome is LOST
        assert rule.judge(owners((3, 3, 2), ("99999", "99999", "66666"))).outcome is CARRIED

    @pytest.mark.parametrize(
        ("heads", "area", "least_heads", "least_area"),
        [
            (164, "28708.01", 110, "19138.68"),
            (403, "66783.97", 269, "44522.65"),
            (355, "36609.05", 237, "24406.04"),
            (280, "24838.57", 187, "16559.05"),
            (25, "3011.25", 17, "2007.50"),
            (53, "5369.63", 36, "3579.76"),
        ],
        ids=["星晨大厦", "现代经典", "帝景峰花园", "中央盛景1幢", "天鹅堡3号楼", "银珠小区A1"],
    )
    def test_published_totals(self, heads, area, least_heads, least_area):
        """Official totals; the least that is enough, to the hundredth of a square metre, and one below it."""
        enough = owners((heads, least_heads, least_heads), (area, least_area, least_area))
        assert self.SPECIAL.judge(enough).outcome is CARRIED
        assert self.SPECIAL.judge(enough).findings[0].needed == least_heads
        too_few = owners((heads, least_heads - 1, least_heads - 1), (area, least_area, least_area))
        assert self.SPECIAL.judge(too_few).outcome is INQUORATE
        a_hundredth_less = Fraction(least_area) - Fraction(1, 100)
        short = owners((heads, least_heads, least_heads), (area, a_hundredth_less, a_hundredth_less))
        assert self.SPECIAL.judge(short).outcome is INQUORATE

    def test_published_t01(self):
        """(2022)渝05民终5659号: 3,936 households and 340,575.45 m² took part; the court upheld the vote.

        The totals are worked out from the percentages of the judgment (68.74 and 70.53 in a hundred).
        """
        tally = owners((5726, 3936, 3179), ("482880", "340575.45", "281194.21"))
        assert self.ORDINARY.judge(tally).outcome is CARRIED
        assert self.SPECIAL.judge(tally).outcome is CARRIED

    def test_published_t05(self):
        """花园小区: 616 of 950 owners. Enough under the rule before 2021, eighteen too few under art. 278."""
        tally = Tally.of(entitled=950, cast=616, valid=609, invalid=7, for_=305, presence=False)
        before = Rule(quorum=CAST > HALF * ENTITLED, passage=FOR > HALF * VALID)
        since = Rule(quorum=CAST >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * CAST)
        assert before.judge(tally).outcome is CARRIED
        assert since.judge(tally).outcome is INQUORATE
        assert since.judge(tally).findings[0].needed == 634

    @pytest.mark.parametrize(
        ("in_favour", "abstaining", "outcome"), [(17, 3, LOST), (18, 2, CARRIED), (19, 1, CARRIED)]
    )
    def test_published_t08(self, in_favour, abstaining, outcome):
        """Nanchong stairwell lift: of 24 units, 17 for are too few, and eighteen are enough."""
        rule = Rule(quorum=None, passage=FOR >= THREE_QUARTERS * CAST)
        ruling = rule.judge(Tally.of(entitled=24, for_=in_favour, against=4, abstaining=abstaining, invalid=0))
        assert ruling.outcome is outcome
        assert ruling.findings[0].needed == 18

    def test_published_t08_if_abstaining_were_not_taking_part(self):
        """Over those for and against alone, the same seventeen carry: the base is the rule's to name (row 29)."""
        rule = Rule(quorum=None, passage=FOR >= THREE_QUARTERS * (CAST - ABSTAINING))
        assert rule.judge(Tally.of(entitled=24, for_=17, against=4, abstaining=3, invalid=0)).outcome is CARRIED


class TestKunshanHearing:
    """Published T16: a hearing in Kunshan (2017) needs two thirds of all and of the villagers' representatives."""

    RULE = Rule(
        quorum=(PRESENT >= TWO_THIRDS * ENTITLED)
        & (PRESENT.among("villagers") >= TWO_THIRDS * ENTITLED.among("villagers")),
        passage=FOR.among("villagers") >= HALF * PRESENT.among("villagers"),
    )

    def judged(self, *, present: int = 27, villagers: int = 19) -> Outcome:
        """The hearing, with so many present in all and of the villagers; all of these agree."""
        group = {"entitled": 26, "present": villagers, "for": villagers}
        tally = Tally.of(entitled=34, present=present, for_=villagers, against=0, among={"villagers": group})
        return self.RULE.judge(tally).outcome

    def test_was_held_and_carried(self):
        """27 of 34 and 19 of 26 were there; all nineteen agreed."""
        assert self.judged() is CARRIED

    def test_fails_by_the_group_alone(self):
        """Enough in all and too few villagers is no quorum; eighteen of twenty-six are enough."""
        assert self.judged(present=26, villagers=18) is CARRIED
        assert self.judged(present=25, villagers=17) is INQUORATE

    def test_fails_by_the_whole_alone(self):
        """Enough villagers and too few in all is no quorum."""
        assert self.judged(present=22) is INQUORATE


class TestHenan66:
    """河南省物业管理条例 art. 66: carried unless more than a third of the area or of the heads object (fact 7)."""

    RULE = Rule(
        quorum=None,
        passage=(AGAINST <= THIRD * ENTITLED) & (AGAINST.by("area") <= THIRD * ENTITLED.by("area")),
        by_no_objection=True,
    )

    def judged(self, heads: int, area: str) -> Outcome:
        """So many of thirty heads and of 3,000 square metres object."""
        tally = Tally.by_measure(
            heads={"entitled": 30, "against": heads}, area={"entitled": "3000", "against": area}, presence=False
        )
        return self.RULE.judge(tally).outcome

    def test_is_carried_by_silence(self):
        """Nobody voted in favour, and nobody needed to."""
        assert self.judged(0, "0") is CARRIED
        assert self.judged(10, "1000") is CARRIED

    def test_is_stopped_by_either_measure(self):
        """One head more than a third, or any area more than a third."""
        assert self.judged(11, "900") is LOST
        assert self.judged(9, "1000.01") is LOST

    def test_carries_nothing_where_nobody_could_object(self):
        """A ceiling over nobody is a share of nothing."""
        none = Tally.by_measure(heads={"entitled": 0}, area={"entitled": 0})
        assert self.RULE.judge(none).outcome is LOST

    def test_carries_nothing_where_nobody_could_object_even_to_a_fixed_ceiling(self):
        """A fixed number holds against nobody, and still carries nothing."""
        ruling = Rule(quorum=None, passage=AGAINST <= 3, by_no_objection=True).judge(Tally.of(entitled=0))
        assert (ruling.outcome, ruling.unsupported) == (LOST, True)
        assert ruling.explain("zh") == "反对 0，不超过 3，无人有表决权，未通过。"
        assert ruling.explain("en") == "Against 0, at most 3: nobody was entitled to vote, lost."


class TestIssuedAndReturned:
    """河南 art. 35 and others: a vote in which more ballots came back than were issued is void (E08)."""

    RULE = Rule(quorum=PRESENT >= HALF * ENTITLED, passage=FOR > HALF * PRESENT)

    @pytest.mark.parametrize(
        ("issued", "returned", "outcome"),
        [(20, 19, CARRIED), (20, 20, CARRIED), (20, 21, Outcome.VOID), (None, 21, CARRIED), (20, None, CARRIED)],
    )
    def test_one_ballot_too_many_voids_it(self, issued, returned, outcome):
        """As many as were issued are no fault; one more is."""
        tally = Tally.of(entitled=30, present=20, for_=15, issued=issued, returned=returned)
        assert self.RULE.judge(tally).outcome is outcome

    def test_says_why_and_looks_no_further(self):
        """A void vote has no findings, whatever its figures."""
        ruling = self.RULE.judge(Tally.of(entitled=30, issued=20, returned=21))
        assert (ruling.findings, ruling.tie, ruling.unsupported) == ((), False, False)
        assert ruling.explain("zh") == "发出选票 20 张，收回 21 张，收回多于发出，表决无效。"
        assert (
            ruling.explain("en") == "20 ballots were issued and 21 came back, more than were issued: the vote is void."
        )


class TestWhatIsAskedFor:
    """A figure, a group or a measure that was not counted is refused by name, never taken for nought."""

    RULE = Rule(
        quorum=PRESENT.among("women") >= 1,
        passage=(FOR > HALF * VALID) & (FOR.by("area") > HALF * CAST.by("area")),
    )

    def test_a_group_and_a_measure_are_named_before_anything_is_judged(self):
        """A misspelt group is found even where the quorum would fail anyway."""
        with pytest.raises(InvalidValue) as caught:
            self.RULE.judge(Tally.of(entitled=9, among={"woman": {"present": 0}}))
        assert caught.value.faults == (
            "no group 'women' was counted (counted: woman); give it under among, even if it is empty",
            "nothing was counted by 'area'; give area=dict(…) to Tally.by_measure",
        )

    def test_every_unknown_figure_is_named(self):
        """All of those that a half of the rule asks for, not the first."""
        tally = Tally.by_measure(
            heads={"entitled": 9, "among": {"women": {"present": 1}}}, area={"for": 3, "among": {"women": {}}}
        )
        with pytest.raises(InvalidValue) as caught:
            self.RULE.judge(tally)
        assert [fault.partition(" is unknown")[0] for fault in caught.value.faults] == ["FOR", "VALID", "CAST by area"]

    def test_the_majority_is_not_asked_for_where_there_is_no_quorum(self):
        """A meeting that was adjourned for lack of a quorum has no votes to count."""
        tally = Tally.by_measure(
            heads={"entitled": 9, "among": {"women": {"present": 0}}}, area={"among": {"women": {}}}
        )
        assert self.RULE.judge(tally).outcome is INQUORATE

    @pytest.mark.parametrize(("by_no_objection", "figure"), [(False, "FOR"), (True, "ENTITLED")])
    def test_the_support_is_always_asked_for(self, by_no_objection, figure):
        """A rule that names those against only needs to know of one vote in favour, or of one who could object."""
        rule = Rule(quorum=None, passage=AGAINST <= 3, by_no_objection=by_no_objection)
        with pytest.raises(InvalidValue, match=f"{figure} is unknown"):
            rule.judge(Tally.of(against=3))

    @pytest.mark.parametrize("rule", [Rule(quorum=PRESENT >= 1, passage=FOR > AGAINST)], ids=["presence"])
    def test_a_written_vote_has_no_presence(self, rule):
        """A rule that asks for it is refused, in every vote without one."""
        tally = Tally.of(entitled=9, for_=3, against=2, presence=False)
        with pytest.raises(InvalidValue, match="no presence"):
            rule.judge(tally)
        with pytest.raises(InvalidValue, match="no presence"):
            rule.settled(tally)

    @pytest.mark.parametrize(
        "judge", [RULE.judge, RULE.settled, lambda tally: Ruling(tally, tally)], ids=itertools.count()
    )
    def test_what_is_no_tally_and_no_rule_is_a_type_error(self, judge):
        """A count of votes is a tally."""
        with pytest.raises(InvalidType):
            judge({"for": 3})


class TestTie:
    """A tie is lost, and said to be one; it is never broken by order, chance or default (E17)."""

    RULE = Rule(quorum=None, passage=FOR > AGAINST)

    def test_as_many_for_as_against(self):
        """Five to five is lost, and the minutes say why."""
        ruling = self.RULE.judge(Tally.of(entitled=12, for_=5, against=5))
        assert (ruling.outcome, ruling.tie) == (LOST, True)
        assert ruling.explain("zh") == "赞成 5，未超过反对（5），至少需 6，赞成与反对相等，未通过。"
        assert (
            ruling.explain("en") == "For 5, not more than those against (5), 6 needed: for and against are equal, lost."
        )

    @pytest.mark.parametrize(
        ("in_favour", "against", "tie"), [(0, 0, False), (4, 5, False), (5, 5, True), (6, 5, False)]
    )
    def test_is_only_where_there_were_votes(self, in_favour, against, tie):
        """Nought to nought is no tie, and a carried motion is none."""
        ruling = self.RULE.judge(Tally.of(entitled=12, for_=in_favour, against=against))
        assert ruling.tie is tie
        assert (ruling.outcome is CARRIED) is (in_favour > against)

    def test_is_not_claimed_where_nobody_counted_those_against(self):
        """An unknown number is not an equal one."""
        rule = Rule(quorum=None, passage=FOR > HALF * PRESENT)
        assert rule.judge(Tally.of(entitled=12, present=10, for_=5)).tie is False

    def test_without_a_quorum_is_none(self):
        """Nothing was decided, so nothing was tied."""
        rule = Rule(quorum=PRESENT >= 11, passage=FOR > AGAINST)
        assert rule.judge(Tally.of(entitled=12, present=10, for_=5, against=5)).tie is False
