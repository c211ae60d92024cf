"""Rules and rulings in words, word for word."""

# amounts are written in capitals, and stand on the left as in the statute

from datetime import date
from fractions import Fraction

import pytest

from yizheng.citation import Citation
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    VALID,
    Rule,
    Tally,
)
from yizheng.text import Text

HALF = Fraction(1, 2)
CODE = Citation(instrument=Text("民法典", "Civil Code"), article="278", in_force_from=date(2021, 1, 1))


class TestRules:
    """A rule by itself."""

    @pytest.mark.parametrize(
        ("rule", "zh", "en"),
        [
            (
                Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > HALF * PRESENT, citation=CODE),
                "法定人数：实到不少于应到 2/3。通过：赞成超过到会 1/2。依据：《民法典》第278条。",
                (
                    "Quorum: present at least 2/3 of those entitled. Carried by: for more than 1/2 of those present. "
                    "Authority: Civil Code art. 278."
                ),
            ),
            (
                Rule(quorum=None, passage=AGAINST.by("area") <= 500, by_no_objection=True),
                "法定人数：不设。通过：反对面积不超过 500 平方米。无人赞成亦可通过。",
                "Quorum: none. Carried by: area against at most 500 m². No vote in favour is needed.",
            ),
            (
                Rule(
                    quorum=(PRESENT > HALF * ENTITLED)
                    | ((PRESENT.among("户") >= 9) & (CAST.by("shares") >= VALID.by("shares"))),
                    passage=(FOR >= 2 * AGAINST) & (FOR < HALF * (VALID + INVALID)) & (VALID - FOR >= FOR - 1),
                ),
                (
                    "法定人数：实到超过应到 1/2；或（「户」实到不少于 9；参与表决（shares）不少于有效票（shares））。"
                    "通过：赞成不少于反对 2 倍；赞成少于 1/2 ×（有效票 + 无效票）；有效票 - 赞成不少于 赞成 - 1。"
                ),
                (
                    'Quorum: present more than 1/2 of those entitled; or (present among "户" at least 9; shares taking part at '
                    "least the shares voting validly). Carried by: for at least 2 times those against; for less than 1/2 × "
                    "(valid + invalid); valid - for at least for - 1."
                ),
            ),
        ],
        ids=["usual", "ceiling", "joined"],
    )
    def test_say_what_must_take_part_and_what_carries(self, rule, zh, en):
        """Both halves, whether support is needed, and the authority."""
        assert rule.explain("zh") == zh
        assert rule.explain("en") == en

    def test_in_two_languages_only(self):
        """Another language is an error, not a guess."""
        with pytest.raises(ValueError, match="language"):
            Rule(quorum=None, passage=FOR > 1).explain("fr")
        with pytest.raises(ValueError, match="language"):
            Rule(quorum=None, passage=FOR > 1).judge(Tally.of(for_=2)).explain("fr")


class TestRulings:
    """A ruling in the minutes."""

    @pytest.mark.parametrize(
        ("rule", "tally", "zh", "en"),
        [
            (
                Rule(quorum=CAST >= HALF * ENTITLED, passage=FOR >= 3, citation=CODE),
                Tally.of(entitled=9, cast=4, presence=False),
                "应到 9，参与表决 4，不足 1/2（4.5），至少需 5，未达法定人数，不作决定。依据：《民法典》第278条。",
                (
                    "Entitled 9, taking part 4, less than 1/2 (4.5), 5 needed: no quorum, nothing is decided. "
                    "Authority: Civil Code art. 278."
                ),
            ),
            (
                Rule(quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=AGAINST <= Fraction(1, 3) * PRESENT),
                Tally.of(entitled=10, present=7, for_=1, against=3),
                "应到 10，实到 7，不少于 2/3（6 2/3），会议有效；反对 3，超过到会 1/3（2 1/3），至多可 2，未通过。",
                (
                    "Entitled 10, present 7, at least 2/3 (6 2/3): the meeting is quorate; against 3, more than 1/3 of those "
                    "present (2 1/3), at most 2 allowed: lost."
                ),
            ),
            (
                Rule(quorum=None, passage=AGAINST.by("area") < Fraction(1, 3) * ENTITLED.by("area")),
                Tally.by_measure(heads={"for": 1, "against": 1}, area={"entitled": 3, "against": 1}),
                "应到面积 3 平方米，反对面积 1 平方米，不少于应到面积 1/3（1 平方米），须少于 1 平方米，未通过。",
                (
                    "Area entitled 3 m², area against 1 m², not less than 1/3 of the area entitled (1 m²), less than 1 m² "
                    "needed: lost."
                ),
            ),
            (
                Rule(quorum=None, passage=AGAINST < 3),
                Tally.of(for_=9, against=3),
                "反对 3，不少于 3，至多可 2，未通过。",
                "Against 3, not less than 3, at most 2 allowed: lost.",
            ),
            (
                Rule(quorum=None, passage=FOR >= HALF * (VALID - ABSTAINING)),
                Tally.of(for_=0, against=0, abstaining=4),
                "有效票 4，弃权 4，赞成 0，无可比较，不成立，未通过。",
                "Valid 4, abstaining 4, for 0, nothing to compare, so this does not hold: lost.",
            ),
            (
                Rule(
                    quorum=(PRESENT > HALF * ENTITLED) | (PRESENT.among("户") > HALF * ENTITLED.among("户")),
                    passage=(2 * FOR > PRESENT) & (FOR - AGAINST >= -1) & (FOR > AGAINST),
                ),
                Tally.of(entitled=10, present=5, for_=3, against=1, among={"户": {"entitled": 6, "present": 4}}),
                (
                    "应到 10，实到 5，未超过 1/2（5），至少需 6；或「户」应到 6，「户」实到 4，超过 1/2（3），会议有效；"
                    "赞成 3，2 × 赞成 为 6，超过到会（5）；反对 1，赞成 - 反对 为 2，不少于 -1；赞成 3，超过反对（1），通过。"
                ),
                (
                    'Entitled 10, present 5, not more than 1/2 (5), 6 needed; or entitled among "户" 6, present among "户" 4, '
                    "more than 1/2 (3): the meeting is quorate; for 3, 2 × for makes 6, more than those present (5); against 1, "
                    "for - against makes 2, at least -1; for 3, more than those against (1): carried."
                ),
            ),
        ],
        ids=["no quorum", "ceiling", "bound", "fixed", "nothing", "joined"],
    )
    def test_say_what_was_counted_and_what_followed(self, rule, tally, zh, en):
        """Every number exactly, and what would have been enough where it was not."""
        ruling = rule.judge(tally)
        assert ruling.explain("zh") == zh
        assert ruling.explain("en") == en

    def test_small_and_negative_numbers(self):
        """Numbers that do not end in decimals are a whole and a fraction, whatever their sign."""
        rule = Rule(
            quorum=None,
            passage=FOR.by("area") - AGAINST.by("area") >= Fraction(1, 3) * VALID.by("area") - ENTITLED.by("area"),
        )
        tally = Tally.by_measure(
            heads={"for": 1, "against": 1, "valid": 2, "entitled": 3},
            area={"for": Fraction(1, 3), "against": Fraction(5, 3), "valid": 2, "entitled": "2.05"},
        )
        assert rule.judge(tally).explain("zh") == (
            "应到面积 2.05 平方米，有效票面积 2 平方米，赞成面积 1/3 平方米，反对面积 1 2/3 平方米，"
            "赞成面积 - 反对面积 为 -1 1/3 平方米，不少于 -应到面积 + 1/3 × 有效票面积（-1 23/60 平方米），通过。"
        )
        assert rule.explain("en").startswith(
            "Quorum: none. Carried by: area for - area against at least -area entitled"
        )
