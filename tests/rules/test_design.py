"""The examples of the design, as they are written there."""

# amounts are written in capitals, and stand on the left as in the statute

from fractions import Fraction

from yizheng.rules import (
    ABSENT,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    SILENT,
    Choice,
    Outcome,
    Rule,
    Tally,
)

REPRESENTATIVES = Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT)
OWNERS = Rule(
    quorum=(CAST >= Fraction(2, 3) * ENTITLED) & (CAST.by("area") >= Fraction(2, 3) * ENTITLED.by("area")),
    passage=(FOR >= Fraction(3, 4) * CAST) & (FOR.by("area") >= Fraction(3, 4) * CAST.by("area")),
)
COUNCIL = Rule(quorum=PRESENT >= 9, passage=(FOR >= 9) & (AGAINST.among("permanent") <= 0))
HEARING = Tally.of(
    entitled=34,
    present=27,
    for_=19,
    against=0,
    among={"villagers": {"entitled": 26, "present": 19, "for_": 19}},
)


class TestRepresentatives:
    """Thirty representatives: two thirds must be present, more than half of those present carry."""

    RULING = REPRESENTATIVES.judge(Tally.of(entitled=30, present=22, for_=12, against=8, abstaining=2))

    def test_is_carried(self):
        """Twelve of twenty-two carry."""
        assert self.RULING.outcome is Outcome.CARRIED
        assert self.RULING.tie is False

    def test_reads_like_the_minutes_in_chinese(self):
        """The sentence is the one of the design, to the letter."""
        assert self.RULING.explain("zh") == (
            "应到 30，实到 22，不少于 2/3（20），会议有效；赞成 12，超过到会 1/2（11），通过。"
        )

    def test_reads_like_the_minutes_in_english(self):
        """The English sentence says the same."""
        assert self.RULING.explain("en") == (
            "Entitled 30, present 22, at least 2/3 (20): the meeting is quorate; "
            "for 12, more than 1/2 of those present (11): carried."
        )

    def test_gives_both_numbers_and_the_least_that_is_enough(self):
        """Each comparison has a finding, with both sides and the least number that is enough."""
        quorum, passage = self.RULING.findings
        assert (quorum.part, quorum.left, quorum.right, quorum.holds, quorum.needed) == ("quorum", 22, 20, True, 20)
        assert (passage.part, passage.left, passage.right, passage.holds, passage.needed) == (
            "passage",
            12,
            11,
            True,
            12,
        )


class TestOwners:
    """Civil Code art. 278, items (6) to (8): both measures must hold, at both steps."""

    TALLY = Tally.by_measure(
        heads={"entitled": 25, "for_": 15, "against": 2, "abstaining": 0, "invalid": 0},
        area={"entitled": "3011.25", "for_": "1800.00", "against": "207.50", "abstaining": 0, "invalid": 0},
    )

    def test_is_judged_without_presence_being_given(self):
        """Nobody counted who was present, and the rule does not ask."""
        assert OWNERS.judge(self.TALLY).outcome is Outcome.CARRIED
        assert self.TALLY.get(PRESENT) is None

    def test_works_out_what_follows(self):
        """Who took part follows from the marks, exactly."""
        assert self.TALLY.number(CAST) == 17
        assert self.TALLY.number(CAST.by("area")) == Fraction("2007.50")
        assert self.TALLY.number(ENTITLED.by("area") - CAST.by("area")) == Fraction("1003.75")

    def test_names_the_unit_of_each_base(self):
        """Area is in square metres, and never mixed with heads."""
        assert OWNERS.judge(self.TALLY).explain("zh") == (
            "应到 25，参与表决 17，不少于 2/3（16 2/3）；"
            "应到面积 3011.25 平方米，参与表决面积 2007.5 平方米，不少于 2/3（2007.5 平方米），表决有效；"
            "赞成 15，不少于参与表决 3/4（12.75）；赞成面积 1800 平方米，不少于参与表决面积 3/4（1505.625 平方米），通过。"
        )

    def test_needs_no_more_heads_than_the_next_whole_one(self):
        """Of 16 2/3 heads the seventeenth is enough; over area the exact number is."""
        heads, area, *_ = OWNERS.judge(self.TALLY).findings
        assert (heads.right, heads.needed) == (Fraction(50, 3), 17)
        assert (area.right, area.needed, area.needed_is_bound) == (Fraction("2007.5"), Fraction("2007.5"), False)


class TestCouncil:
    """A council with a veto: nine in favour, and no permanent member against."""

    def judged(self, permanent_against: int) -> Outcome:
        """Ten for and two against, so many of them permanent."""
        tally = Tally.of(
            entitled=15,
            present=12,
            for_=10,
            against=2,
            among={"permanent": {"entitled": 5, "against": permanent_against}},
        )
        return COUNCIL.judge(tally).outcome

    def test_is_carried_without_a_veto(self):
        """Two others against do not matter."""
        assert self.judged(0) is Outcome.CARRIED

    def test_is_lost_by_one_veto(self):
        """One permanent member against is enough to stop it."""
        assert self.judged(1) is Outcome.LOST


class TestHearing:
    """A tally with a group inside it."""

    def test_knows_what_the_group_forces(self):
        """Nineteen villagers present and nineteen for leave nobody else."""
        assert HEARING.number(AGAINST.among("villagers")) == 0
        assert HEARING.number(SILENT.among("villagers")) == 0
        assert HEARING.number(ABSENT.among("villagers")) == 7

    def test_leaves_unknown_what_is_not_forced(self):
        """Eight others were present, and nobody said what they did."""
        assert HEARING.get(SILENT) is None
        assert HEARING.get(FOR.among("villagers")) == 19


class TestChoice:
    """What a ballot can say."""

    def test_has_four_values_in_lower_case(self):
        """The stored words are lasting."""
        assert [choice.value for choice in Choice] == ["for", "against", "abstain", "invalid"]
