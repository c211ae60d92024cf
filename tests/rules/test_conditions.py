"""Every kind of condition that was found in force can be said, judged at its boundary, explained, and kept as data.

Each class is one kind, with its source. Figures that no source gives are invented for the example, and labelled so.
"""

from fractions import Fraction

import pytest

from yizheng.rules import (
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    VALID,
    Outcome,
    Rule,
    Tally,
    rule_from_data,
    to_data,
)

HALF, TWO_THIRDS, THIRD = Fraction(1, 2), Fraction(2, 3), Fraction(1, 3)
CARRIED, LOST, INQUORATE = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE


class TestAlternativeQuorums:
    """E02, Organic Law of Villagers' Committees art. 26: more than half of the persons, or two thirds of the households.

    One meeting is counted in one unit, so each alternative is a rule for its own electorate.
    """

    PERSONS = Rule(quorum=PRESENT > HALF * ENTITLED, passage=FOR > HALF * PRESENT, electorate="persons")
    HOUSEHOLDS = Rule(quorum=PRESENT >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * PRESENT, electorate="households")

    @pytest.mark.parametrize(
        ("rule", "entitled", "least"), [(PERSONS, 1000, 501), (HOUSEHOLDS, 300, 200)], ids=["persons", "households"]
    )
    def test_each_at_its_boundary(self, rule, entitled, least):
        """Strict for the persons, inclusive for the households."""
        for present, outcome in ((least, CARRIED), (least - 1, INQUORATE)):
            tally = Tally.of(entitled=entitled, present=present, for_=present, electorate=rule.electorate)
            assert rule.judge(tally).outcome is outcome
        assert rule_from_data(to_data(rule)) == rule

    def test_they_are_never_mixed(self):
        """Two hundred persons are no quorum of households."""
        tally = Tally.of(entitled=1000, present=200, for_=200, electorate="persons")
        with pytest.raises(ValueError, match="the rule counts households, and the tally counts persons"):
            self.HOUSEHOLDS.judge(tally)

    def test_within_one_electorate_either_is_enough(self):
        """Half of all, or two thirds of a group (an invented rule): both findings stand in the minutes."""
        either = (PRESENT > HALF * ENTITLED) | (PRESENT.among("组长") >= TWO_THIRDS * ENTITLED.among("组长"))
        rule = Rule(quorum=either, passage=FOR > HALF * PRESENT)
        for leaders, outcome in ((4, CARRIED), (3, INQUORATE)):
            tally = Tally.of(entitled=30, present=12, for_=7, among={"组长": {"entitled": 6, "present": leaders}})
            assert rule.judge(tally).outcome is outcome
        assert (
            rule.explain("zh")
            == "法定人数：实到超过应到 1/2；或「组长」实到不少于「组长」应到 2/3。通过：赞成超过到会 1/2。"
        )
        assert rule_from_data(to_data(rule)) == rule


class TestSubQuorums:
    """E03, a hearing in Kunshan: two thirds of all, and two thirds of the villagers' representatives."""

    RULE = Rule(
        quorum=(PRESENT >= TWO_THIRDS * ENTITLED)
        & (PRESENT.among("villagers") >= TWO_THIRDS * ENTITLED.among("villagers")),
        passage=FOR > HALF * PRESENT,
    )

    @pytest.mark.parametrize(
        ("present", "villagers", "outcome"), [(23, 18, CARRIED), (25, 17, INQUORATE), (22, 18, INQUORATE)]
    )
    def test_each_must_hold(self, present, villagers, outcome):
        """Of thirty-four at least twenty-three, of twenty-six villagers at least eighteen."""
        group = {"entitled": 26, "present": villagers}
        tally = Tally.of(entitled=34, present=present, for_=present, against=0, among={"villagers": group})
        assert self.RULE.judge(tally).outcome is outcome

    def test_the_one_that_failed_is_told(self):
        """With the least number that is enough."""
        group = {"entitled": 26, "present": 17}
        tally = Tally.of(entitled=34, present=25, for_=25, against=0, among={"villagers": group})
        assert self.RULE.judge(tally).explain("zh") == (
            "应到 34，实到 25，不少于 2/3（22 2/3）；「villagers」应到 26，「villagers」实到 17，不足 2/3（17 1/3），至少需 18，"
            "未达法定人数，不作决定。"
        )
        assert rule_from_data(to_data(self.RULE)) == self.RULE


class TestSeveralMeasures:
    """Civil Code art. 278: heads and area, at both steps; more than half for the ordinary items."""

    RULE = Rule(
        quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
        passage=(FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area")),
    )

    @pytest.mark.parametrize(
        ("votes", "area", "outcome"), [(11, "1000.01", CARRIED), (10, "1500", LOST), (15, "1000", LOST)]
    )
    def test_both_must_hold(self, votes, area, outcome):
        """More than ten of twenty heads and more than 1,000 of 2,000 square metres."""
        tally = Tally.by_measure(
            heads={"entitled": 30, "cast": 20, "for": votes},
            area={"entitled": 3000, "cast": 2000, "for": area},
            presence=False,
        )
        assert self.RULE.judge(tally).outcome is outcome

    def test_in_words_and_as_data(self):
        """Each measure is named."""
        assert self.RULE.explain("en") == (
            "Quorum: taking part at least 2/3 of those entitled; area taking part at least 2/3 of the area entitled. "
            "Carried by: for more than 1/2 of those taking part; area for more than 1/2 of the area taking part."
        )
        assert rule_from_data(to_data(self.RULE)) == self.RULE


class TestFixedNumbers:
    """A committee (invented) of which nine must be present and seven agree."""

    RULE = Rule(quorum=PRESENT >= 9, passage=FOR >= 7)

    @pytest.mark.parametrize(("present", "votes", "outcome"), [(9, 7, CARRIED), (9, 6, LOST), (8, 8, INQUORATE)])
    def test_at_the_boundary(self, present, votes, outcome):
        """The number itself is enough."""
        assert self.RULE.judge(Tally.of(entitled=15, present=present, for_=votes)).outcome is outcome

    def test_in_words_and_as_data(self):
        """No share is made up."""
        assert self.RULE.explain("zh") == "法定人数：实到不少于 9。通过：赞成不少于 7。"
        assert rule_from_data(to_data(self.RULE)) == self.RULE


class TestVetoes:
    """Members (invented) any one of whom can stop a motion by voting against; abstaining or staying away stops nothing."""

    RULE = Rule(quorum=None, passage=(FOR > HALF * CAST) & (AGAINST.among("permanent") <= 0))

    @pytest.mark.parametrize(("against", "abstaining", "outcome"), [(0, 0, CARRIED), (0, 5, CARRIED), (1, 0, LOST)])
    def test_one_against_is_enough(self, against, abstaining, outcome):
        """Twelve of fifteen in favour do not help."""
        group = {"entitled": 5, "against": against, "abstaining": abstaining}
        tally = Tally.of(entitled=20, cast=20, for_=12, against=3, among={"permanent": group})
        assert self.RULE.judge(tally).outcome is outcome

    def test_nobody_of_the_group_vetoes_nothing(self):
        """A fixed number holds against nobody."""
        tally = Tally.of(entitled=20, cast=15, for_=12, against=3, among={"permanent": {"entitled": 0}})
        assert self.RULE.judge(tally).outcome is CARRIED

    def test_in_words_and_as_data(self):
        """The minutes say whose votes stopped it; nothing that is still out can undo a veto."""
        group = {"entitled": 5, "for": 4, "against": 1, "abstaining": 0, "invalid": 0}
        marks = {"entitled": 20, "for": 12, "against": 3, "abstaining": 0, "invalid": 0}
        tally = Tally.of(
            **{("for_" if key == "for" else key): number for key, number in marks.items()}, among={"permanent": group}
        )
        assert self.RULE.judge(tally).explain("zh") == (
            "参与表决 15，赞成 12，超过参与表决 1/2（7.5）；「permanent」反对 1，超过 0，至多可 0，未通过。"
        )
        assert self.RULE.settled(tally) is LOST
        assert not self.RULE.needs(tally).possible
        assert rule_from_data(to_data(self.RULE)) == self.RULE


class TestDissentCeilings:
    """河南省物业管理条例 art. 66: carried unless more than a third of the heads or of the area object."""

    RULE = Rule(
        quorum=None,
        passage=(AGAINST <= THIRD * ENTITLED) & (AGAINST.by("area") <= THIRD * ENTITLED.by("area")),
        by_no_objection=True,
    )

    @pytest.mark.parametrize(
        ("against", "area", "outcome"), [(0, 0, CARRIED), (10, 1000, CARRIED), (11, 900, LOST), (9, "1000.01", LOST)]
    )
    def test_at_the_ceiling(self, against, area, outcome):
        """A third of thirty heads and of 3,000 square metres is not yet too many; nobody need be in favour."""
        tally = Tally.by_measure(
            heads={"entitled": 30, "against": against, "for": 0},
            area={"entitled": 3000, "against": area, "for": 0},
            presence=False,
        )
        assert self.RULE.judge(tally).outcome is outcome

    def test_in_words_and_as_data(self):
        """That no vote in favour is needed is said."""
        assert self.RULE.explain("zh") == (
            "法定人数：不设。通过：反对不超过应到 1/3；反对面积不超过应到面积 1/3。无人赞成亦可通过。"
        )
        assert rule_from_data(to_data(self.RULE)) == self.RULE


class TestUnanimityOfTheInterested:
    """E40, Civil Code art. 279: all interested owners must consent; a majority of the others is no defence."""

    EVERYBODY = FOR.among("interested") >= ENTITLED.among("interested")
    RULE = Rule(quorum=None, passage=EVERYBODY)
    IF_ANY = Rule(quorum=None, passage=(FOR > HALF * CAST) & (EVERYBODY | (ENTITLED.among("interested") <= 0)))

    @pytest.mark.parametrize("rule", [RULE, IF_ANY], ids=["alone", "beside a majority"])
    @pytest.mark.parametrize(("consent", "outcome"), [(3, CARRIED), (2, LOST), (0, LOST)])
    def test_every_one_of_them(self, rule, consent, outcome):
        """Whoever is silent has not consented, however many others are in favour."""
        group = {"entitled": 3, "for": consent, "against": 0}
        tally = Tally.of(entitled=30, cast=27, for_=27, against=0, presence=False, among={"interested": group})
        assert rule.judge(tally).outcome is outcome

    def test_where_nobody_is_interested(self):
        """The consent of nobody is no consent; a rule that asks for it only where there is somebody says so."""
        tally = Tally.of(entitled=30, cast=27, for_=27, presence=False, among={"interested": {"entitled": 0}})
        assert self.RULE.judge(tally).outcome is LOST
        assert self.IF_ANY.judge(tally).outcome is CARRIED

    def test_what_is_still_needed(self):
        """The one who is interested and silent; nothing, where one of them is against."""
        group = {"entitled": 3, "for": 2, "against": 0, "abstaining": 0, "invalid": 0}
        marks = {"entitled": 30, "for_": 20, "against": 1, "abstaining": 0, "invalid": 0}
        assert self.RULE.needs(Tally.of(**marks, presence=False, among={"interested": group})).votes == 1
        against = Tally.of(**marks, presence=False, among={"interested": group | {"against": 1}})
        assert not self.RULE.needs(against).possible
        assert self.RULE.settled(against) is LOST

    def test_in_words_and_as_data(self):
        """All of them are named."""
        assert self.RULE.explain("zh") == "法定人数：不设。通过：「interested」赞成不少于「interested」应到。"
        assert rule_from_data(to_data(self.IF_ANY)) == self.IF_ANY


class TestWhoseShare:
    """Facts 4, 5 and 7: a share of all, of those present, of those taking part, or of the votes for and against (E01)."""

    @pytest.mark.parametrize(
        ("base", "outcome"),
        [(ENTITLED, LOST), (PRESENT, LOST), (CAST, CARRIED), (VALID, CARRIED), (FOR + AGAINST, CARRIED)],
        ids=["all", "present", "taking part", "valid", "for and against"],
    )
    def test_the_same_votes_over_other_bases(self, base, outcome):
        """Nine for of 30 entitled, 20 present, 17 cast, 16 valid, 12 for or against."""
        tally = Tally.of(entitled=30, present=20, for_=9, against=3, abstaining=4, invalid=1)
        rule = Rule(quorum=None, passage=FOR > HALF * base)
        assert rule.judge(tally).outcome is outcome
        assert rule_from_data(to_data(rule)) == rule

    def test_each_names_its_base(self):
        """In the rule and in the ruling."""
        words = [
            Rule(quorum=None, passage=FOR > HALF * base).explain("en")
            for base in (ENTITLED, PRESENT, CAST, FOR + AGAINST)
        ]
        assert [each.removeprefix("Quorum: none. Carried by: for more than ") for each in words] == [
            "1/2 of those entitled.",
            "1/2 of those present.",
            "1/2 of those taking part.",
            "1/2 × (for + against).",
        ]


class TestStrictAndInclusive:
    """Civil Code art. 1259: 以上 takes the number, 超过 does not; 三分之二以上 beside 超过三分之二 (fact 6)."""

    @pytest.mark.parametrize(
        ("passage", "at", "words"),
        [
            (FOR >= TWO_THIRDS * ENTITLED, CARRIED, "不少于"),
            (FOR > TWO_THIRDS * ENTITLED, LOST, "超过"),
            (AGAINST <= THIRD * ENTITLED, CARRIED, "不超过"),
            (AGAINST < THIRD * ENTITLED, LOST, "少于"),
        ],
        ids=["at least", "more than", "at most", "fewer than"],
    )
    def test_at_exact_equality(self, passage, at, words):
        """Twenty of thirty for, ten against: exactly two thirds, and exactly a third."""
        rule = Rule(quorum=None, passage=passage)
        assert rule.judge(Tally.of(entitled=30, for_=20, against=10)).outcome is at
        assert words in rule.explain("zh")
        assert rule_from_data(to_data(rule)) == rule
