"""Published cases, with the figures that were published, judged by the law of their day; word for word.

Where a figure was not published, what follows from the others is shown, and no more. What a test adds is labelled as
constructed.
"""

# amounts are written in capitals, and stand on the left as in the statute

import itertools
from datetime import date
from fractions import Fraction

import pytest

from yizheng.catalogue import law
from yizheng.errors import InvalidValue
from yizheng.rules import ABSTAINING, CAST, ENTITLED, FOR, Outcome, Rule, Tally

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
CARRIED, LOST, INQUORATE = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE


def owners(heads: tuple[int, ...], area: tuple[str | Fraction, ...]) -> Tally:
    """A written vote: who was entitled, who took part, and who was in favour, so far as it was published."""
    keys = ("entitled", "cast", "for")
    return Tally.by_measure(
        heads=dict(zip(keys, heads, strict=False)), area=dict(zip(keys, area, strict=False)), presence=False
    )


def in_percent(part: Fraction | int, whole: Fraction | int) -> Fraction:
    """A share as it is published, with two decimals."""
    return Fraction(round(10_000 * Fraction(part) / whole), 100)


class TestT01ChongqingNanan:
    """T01: an estate in Nan'an, Chongqing, hires a firm, March 2021; upheld by (2022)渝05民终5659号.

    Published: 3,936 households (68.74 %) and 340,575.45 m² (70.53 %) took part; 3,179 and 281,194.21 m² (80.77 % and
    82.56 %) were in favour. The totals were not: 5,726 and 482,880 m² are worked out from the percentages.
    """

    RULE = law.edition("owners.vote.manager", on=date(2021, 3, 31))
    TOOK_PART, AREA = 3936, Fraction("340575.45")
    HEADS_FOR, AREA_FOR = 3179, Fraction("281194.21")

    def tally(self, heads: int, area: str | Fraction) -> Tally:
        """The vote, if there were so many households and so much area."""
        return owners((heads, self.TOOK_PART, self.HEADS_FOR), (area, self.AREA, self.AREA_FOR))

    def test_the_published_percentages_agree_with_the_figures(self):
        """Those in favour, of those who took part, recomputed."""
        assert in_percent(self.HEADS_FOR, self.TOOK_PART) == Fraction("80.77")
        assert in_percent(self.AREA_FOR, self.AREA) == Fraction("82.56")

    def test_is_carried_whatever_total_the_percentages_leave_open(self):
        """The least and the most households and area that would be published as these percentages."""
        heads = [total for total in range(5700, 5760) if in_percent(self.TOOK_PART, total) == Fraction("68.74")]
        areas = [total for total in range(482_000, 484_000) if in_percent(self.AREA, total) == Fraction("70.53")]
        assert 5726 in heads
        assert 482_880 in areas
        for total, area in itertools.product((heads[0], heads[-1]), (areas[0], areas[-1])):
            assert self.RULE.judge(self.tally(total, area)).outcome is CARRIED

    def test_in_words(self):
        """Article 278 (4): two thirds of both, and more than half of both of those who took part."""
        ruling = self.RULE.judge(self.tally(5726, "482880"))
        assert ruling.explain("zh") == (
            "应到 5726，参与表决 3936，不少于 2/3（3817 1/3）；应到面积 482880 平方米，参与表决面积 340575.45 平方米，"
            "不少于 2/3（321920 平方米），表决有效；赞成 3179，超过参与表决 1/2（1968）；赞成面积 281194.21 平方米，"
            "超过参与表决面积 1/2（170287.725 平方米），通过。依据：《民法典》第278条第（一）至（五）项。"
        )
        assert ruling.explain("en") == (
            "Entitled 5726, taking part 3936, at least 2/3 (3817 1/3); area entitled 482880 m², area taking part "
            "340575.45 m², at least 2/3 (321920 m²): the vote is quorate; for 3179, more than 1/2 of those taking part "
            "(1968); area for 281194.21 m², more than 1/2 of the area taking part (170287.725 m²): carried. "
            "Authority: Civil Code art. 278(1)-(5)."
        )


class TestT05Garden:
    """T05: the owners' assembly of 花园小区 (its year is masked).

    Published: 950 owners, 127,378 m²; 616 voted, 609 validly, 7 void; "more than half approved". Not published: the area
    of those who voted, and how many approved. So neither edition can be applied whole, and each is asked by heads alone.
    """

    BEFORE = law.edition("owners.vote.rules_of_procedure", on=date(2020, 12, 31))
    SINCE = law.edition("owners.vote.rules_of_procedure", on=date(2021, 1, 1))
    PUBLISHED = Tally.by_measure(
        heads={"entitled": 950, "cast": 616, "valid": 609, "invalid": 7}, area={"entitled": 127_378}, presence=False
    )

    @pytest.mark.parametrize("rule", [BEFORE, SINCE], ids=["to 2020", "from 2021"])
    def test_no_ruling_on_half_of_the_figures(self, rule):
        """The area of those who took part is asked for by name, and not taken to be in proportion."""
        with pytest.raises(InvalidValue, match="CAST by area is unknown"):
            rule.judge(self.PUBLISHED)

    @pytest.mark.parametrize("area_cast", ["0", "127378"], ids=["none of the area", "all of the area"])
    def test_no_quorum_by_article_278_whatever_the_area(self, area_cast):
        """616 of 950 are short of two thirds: eighteen too few, be the area what it may (constructed: its extremes)."""
        tally = owners((950, 616), ("127378", area_cast))
        ruling = self.SINCE.judge(tally)
        assert (ruling.outcome, ruling.findings[0].needed) == (INQUORATE, 634)
        assert ruling.explain("zh").startswith("应到 950，参与表决 616，不足 2/3（633 1/3），至少需 634；")
        assert ruling.explain("en").startswith("Entitled 950, taking part 616, less than 2/3 (633 1/3), 634 needed; ")

    @pytest.mark.parametrize(("in_favour", "outcome"), [(309, LOST), (475, LOST), (476, CARRIED)])
    def test_a_quorum_by_the_rule_before_and_more_than_half_of_all(self, in_favour, outcome):
        """616 are more than half of 950. "More than half" is half of all there, not of those who voted.

        Constructed: how many approved, and that all of the area took part and approved.
        """
        ruling = self.BEFORE.judge(owners((950, 616, in_favour), ("127378", "127378", "127378")))
        assert ruling.outcome is outcome
        assert [finding.needed for finding in ruling.findings if finding.right == 475] == [476, 476]


class TestT08NanchongLift:
    """T08: a stairwell of 24 units in Nanchong votes on a lift.

    Published: 17 in favour, 4 against, 3 abstaining; the office claims 19 in favour; three ballots bore both a tick and a
    cross. Not published: the area. The rule is the part of article 278 (7) that is about heads (constructed).
    """

    WHOLE = law.edition("owners.vote.rebuilding", on=date(2021, 1, 1))
    HEADS = Rule(
        quorum=CAST >= TWO_THIRDS * ENTITLED,
        passage=FOR >= THREE_QUARTERS * CAST,
        citation=WHOLE.citation,
        electorate="owners",
    )

    def tally(self, in_favour: int, *, abstaining: int = 0, invalid: int = 0) -> Tally:
        """The count, with four against."""
        return Tally.of(entitled=24, for_=in_favour, against=4, abstaining=abstaining, invalid=invalid, presence=False)

    def test_the_article_asks_for_the_area_too(self):
        """Heads alone decide nothing by the Civil Code."""
        with pytest.raises(InvalidValue, match="nothing was counted by 'area'"):
            self.WHOLE.judge(self.tally(17, abstaining=3))

    @pytest.mark.parametrize("others", [{"abstaining": 3}, {"invalid": 3}], ids=["abstaining", "invalid"])
    def test_seventeen_are_one_too_few(self, others):
        """Whether the three are abstentions or ambiguous and so invalid: they took part, and eighteen are needed."""
        ruling = self.HEADS.judge(self.tally(17, **others))
        assert ruling.explain("zh") == (
            "应到 24，参与表决 24，不少于 2/3（16），表决有效；赞成 17，不足参与表决 3/4（18），至少需 18，未通过。"
            "依据：《民法典》第278条第（六）至（八）项。"
        )
        assert ruling.explain("en") == (
            "Entitled 24, taking part 24, at least 2/3 (16): the vote is quorate; for 17, less than 3/4 of those taking "
            "part (18), 18 needed: lost. Authority: Civil Code art. 278(6)-(8)."
        )

    def test_nineteen_as_the_office_claims(self):
        """Two of the three counted as votes in favour, and it is carried."""
        ruling = self.HEADS.judge(self.tally(19, abstaining=1))
        assert ruling.outcome is CARRIED
        assert "赞成 19，不少于参与表决 3/4（18），通过。" in ruling.explain("zh")
        assert "for 19, at least 3/4 of those taking part (18): carried." in ruling.explain("en")

    def test_if_whoever_abstains_took_no_part(self):
        """Then seventeen of twenty-one carry: it is the base that decides, and the rule must name it (constructed)."""
        taking_part = CAST - ABSTAINING
        rule = Rule(quorum=taking_part >= TWO_THIRDS * ENTITLED, passage=FOR >= THREE_QUARTERS * taking_part)
        ruling = rule.judge(self.tally(17, abstaining=3))
        assert (ruling.outcome, ruling.findings[1].right) == (CARRIED, Fraction(63, 4))


class TestT16KunshanHearing:
    """T16: the hearing at 东阳澄湖, Kunshan, on 27 September 2017.

    Published: 27 of 34 present; of the villagers' representatives 19 of 26, all 19 in favour, none against. (The text
    also says that 26 of them took part, which cannot be: 7 of the 13 temporary ones were not there.)
    """

    RULE = law.edition("hearing.vote", on=date(2017, 9, 27), region="Kunshan")

    def judged(self, present: int, representatives: int):
        """The hearing with so many present, all of the representatives in favour."""
        group = {"entitled": 26, "present": representatives, "for": representatives}
        return self.RULE.judge(
            Tally.of(
                entitled=34,
                present=present,
                for_=representatives,
                against=0,
                among={"villager_representatives": group},
            )
        )

    def test_in_words(self):
        """Two thirds of all and of the representatives were there, and half of these were in favour."""
        ruling = self.judged(27, 19)
        assert ruling.explain("zh") == (
            "应到 34，实到 27，不少于 2/3（22 2/3）；「villager_representatives」应到 26，「villager_representatives」实到 19，"
            "不少于 2/3（17 1/3），会议有效；「villager_representatives」参与表决 19，「villager_representatives」赞成 19，"
            "不少于「villager_representatives」参与表决 1/2（9.5），通过。依据：《昆山地方规定（听证，名称未记）》（据转述）。"
        )
        assert ruling.explain("en") == (
            'Entitled 34, present 27, at least 2/3 (22 2/3); entitled among "villager_representatives" 26, present among '
            '"villager_representatives" 19, at least 2/3 (17 1/3): the meeting is quorate; taking part among '
            '"villager_representatives" 19, for among "villager_representatives" 19, at least 1/2 of those taking part '
            'among "villager_representatives" (9.5): carried. Authority: local rules of Kunshan (hearings; title not recorded) (as reported).'
        )

    def test_the_figures_by_class_add_up(self):
        """13 fixed, 6 of 13 temporary, and 8 others are the 27 of 34; 13 and 6 are the 19 of 26."""
        assert (13 + 6 + 8, 13 + 13 + 8, 13 + 6, 13 + 13) == (27, 34, 19, 26)

    def test_more_representatives_in_favour_than_were_there(self):
        """The 26 of the text, as a count of those present in favour, is refused."""
        with pytest.raises(InvalidValue):
            self.RULE.judge(
                Tally.of(
                    entitled=34,
                    present=27,
                    among={"villager_representatives": {"entitled": 26, "present": 19, "for": 26}},
                )
            )


class TestT11T12Reviews:
    """T11 and T12: allowance reviews of which only the outcomes were published, not how anybody voted.

    T11: 骆家坡 community, Yueyang, on 25 December (its year is masked): a panel of 21; of 72 households 50 pass, 20 do not
    and 2 stay in dispute. T12: 城南镇, Yu'an, on 21 November 2014: 9 reviewers, 103 households, 58 approved.
    """

    @pytest.mark.parametrize("panel", [21, 9])
    def test_an_outcome_is_not_turned_back_into_votes(self, panel):
        """Of a household nobody knows the votes, and a rule for panels is not applied to none (Mingguang 2018)."""
        rule = law.edition("allowance.panel.vote", on=date(2018, 6, 1), region="Mingguang")
        with pytest.raises(InvalidValue, match="FOR is unknown"):
            rule.judge(Tally.of(entitled=panel, present=panel))

    @pytest.mark.parametrize(
        ("panel", "region", "on", "within"),
        [(21, "Shangluo", date(2014, 1, 1), True), (9, "Shangluo", date(2014, 11, 21), False)],
        ids=["T11", "T12"],
    )
    def test_the_size_of_the_panel_by_a_rule_of_elsewhere(self, panel, region, on, within):
        """Shangluo (2014) asks for fifteen and more; neither case is from there (constructed)."""
        bounds = law.edition("allowance.panel.size", on=on, region=region)
        assert (bounds.least <= panel) is within


class TestT19Liming:
    """T19: 黎明南苑, Yizheng, 2025: on 11 March and on 8 May the majority was against a renovation paid from above.

    No counts were published. Listing asked for the consent of two thirds, of whom is not said: by heads of all (constructed).
    """

    RULE = Rule(quorum=None, passage=FOR >= TWO_THIRDS * ENTITLED)

    def test_no_ruling_without_counts(self):
        """A majority against is not a number."""
        with pytest.raises(InvalidValue, match="FOR is unknown"):
            self.RULE.judge(Tally.of(entitled=100))

    @pytest.mark.parametrize("entitled", range(1, 60))
    def test_a_majority_against_stops_it_for_every_number(self, entitled):
        """With more against than in favour, two thirds cannot be in favour."""
        against = entitled // 2 + 1
        tally = Tally.of(entitled=entitled, for_=entitled - against, against=against)
        assert self.RULE.judge(tally).outcome is LOST
        assert self.RULE.settled(tally) is LOST


class TestPublishedTotals:
    """Totals that were officially published before votes, whose outcomes are not known: what would have been enough.

    Where it was not published what the vote was about, item (9) stands for it: every item asks for the same participation.
    """

    TOTALS = (
        ("星晨大厦", 164, "28708.01", "owners.vote.manager", 110, "19138.68"),
        ("现代经典", 403, "66783.97", "owners.vote.rebuilding", 269, "44522.65"),
        ("帝景峰花园", 355, "36609.05", "owners.vote.other", 237, "24406.04"),
        ("中央盛景1幢", 280, "24838.57", "owners.vote.other", 187, "16559.05"),
        ("天鹅堡3号楼", 25, "3011.25", "owners.vote.rebuilding", 17, "2007.50"),
        ("银珠小区 A1", 53, "5369.63", "owners.vote.other", 36, "3579.76"),
    )

    @pytest.mark.parametrize(
        ("heads", "area", "provision", "least", "least_area"),
        [row[1:] for row in TOTALS],
        ids=[row[0] for row in TOTALS],
    )
    def test_just_enough_and_one_short(self, heads, area, provision, least, least_area):
        """Exactly so many heads and so much area take part, all in favour (constructed); one head or 0.01 m² fewer."""
        rule = law.edition(provision, on=date(2026, 1, 14))
        a_little = Fraction(1, 100)
        for fewer, less, outcome in ((0, 0, CARRIED), (1, 0, INQUORATE), (0, a_little, INQUORATE)):
            took_part = (least - fewer, Fraction(least_area) - less)
            tally = owners((heads, took_part[0], took_part[0]), (area, took_part[1], took_part[1]))
            ruling = rule.judge(tally)
            assert ruling.outcome is outcome
            assert ruling.findings[0].needed == least
            assert ruling.findings[1].needed == TWO_THIRDS * Fraction(area)

    def test_exactly_two_thirds_of_the_area_in_words(self):
        """天鹅堡3号楼: 2,007.50 of 3,011.25 m² are two thirds to the last hundredth, and enough (votes constructed)."""
        rule = law.edition("owners.vote.rebuilding", on=date(2026, 1, 14))
        ruling = rule.judge(owners((25, 17, 17), ("3011.25", "2007.50", "2007.50")))
        assert ruling.explain("zh") == (
            "应到 25，参与表决 17，不少于 2/3（16 2/3）；应到面积 3011.25 平方米，参与表决面积 2007.5 平方米，"
            "不少于 2/3（2007.5 平方米），表决有效；赞成 17，不少于参与表决 3/4（12.75）；赞成面积 2007.5 平方米，"
            "不少于参与表决面积 3/4（1505.625 平方米），通过。依据：《民法典》第278条第（六）至（八）项。"
        )
