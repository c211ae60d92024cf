"""A motion has a polarity: failing to renew is not deciding otherwise (domain E18). The cases are invented."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import CAST, ENTITLED, FOR, Motion, Opposed, Outcome, Resolution, Rule, Tally
from yizheng.text import Text

RULE = Rule(quorum=CAST >= Fraction(1, 2) * ENTITLED, passage=FOR > Fraction(1, 2) * CAST)
RENEW = Motion(
    Text("续聘现物业企业", "renew the contract"),
    if_carried=Text("合同续期三年", "the contract runs for another three years"),
    if_lost=Text("合同届满前须另行表决。", "another vote is held before the contract ends."),
    opposite=Text("终止合同", "end the contract"),
)
END = Motion(Text("终止合同", "end the contract"))


def votes(for_, against=None, entitled=10) -> Tally:
    """A count in which everybody voted for or against."""
    return Tally.of(
        entitled=entitled, for_=for_, against=10 - for_ if against is None else against, abstaining=0, invalid=0
    )


class TestOneMotion:
    """What is decided, and what is not."""

    def test_how_things_stand_if_it_is_lost(self):
        """A sentence of its own, or none."""
        assert Motion(RENEW.text, opposite=RENEW.opposite, if_lost=RENEW.if_lost).if_lost == RENEW.if_lost
        assert Motion(RENEW.text, opposite=RENEW.opposite).if_lost is None

    def test_carried(self):
        """What was asked is decided, and what follows is said."""
        resolution = RENEW.judge(RULE, votes(6))
        assert resolution.decided
        assert resolution == Resolution(RENEW, RULE.judge(votes(6)))
        assert resolution.decision("zh") == "决定续聘现物业企业。合同续期三年。"
        assert resolution.decision("en") == (
            "It was decided to renew the contract. The contract runs for another three years."
        )

    def test_lost(self):
        """It is not decided to renew; that it is decided not to is nowhere said."""
        resolution = RENEW.judge(RULE, votes(4))
        assert not resolution.decided
        assert resolution.decision("zh") == "未决定续聘现物业企业，也未决定终止合同。合同届满前须另行表决。"
        assert resolution.decision("en") == (
            "It was not decided to renew the contract; nor was it decided to end the contract. Another vote is held "
            "before the contract ends."
        )
        assert "decided not to" not in resolution.explain("en")
        assert "决定不" not in resolution.explain("zh")

    def test_lost_and_nothing_said_of_the_opposite(self):
        """Then too it is said that losing decides nothing."""
        resolution = END.judge(RULE, votes(4))
        assert resolution.decision("zh") == "未决定终止合同；未通过不等于作出相反的决定。"
        assert resolution.decision("en") == (
            "It was not decided to end the contract; losing the motion does not decide the opposite."
        )

    @pytest.mark.parametrize(
        ("tally", "outcome"),
        [
            (votes(4, 0), Outcome.INQUORATE),
            (Tally.of(entitled=10, for_=6, against=4, issued=9, returned=10), Outcome.VOID),
        ],
        ids=["no quorum", "void"],
    )
    def test_nothing_was_decided(self, tally, outcome):
        """Short of the quorum, and in a void vote, neither the one nor the other is decided."""
        resolution = RENEW.judge(RULE, tally)
        assert (resolution.ruling.outcome, resolution.decided) == (outcome, False)
        assert resolution.decision("zh") == "对是否续聘现物业企业未作任何决定。"
        assert resolution.decision("en") == "Nothing was decided on whether to renew the contract."

    def test_the_whole(self):
        """The ruling first, then the decision."""
        resolution = END.judge(RULE, votes(6))
        assert resolution.explain("zh") == (
            "应到 10，参与表决 10，不少于 1/2（5），表决有效；赞成 6，超过参与表决 1/2（5），通过。决定终止合同。"
        )
        assert resolution.explain("en") == (
            "Entitled 10, taking part 10, at least 1/2 (5): the vote is quorate; for 6, more than 1/2 of those taking part "
            "(5): carried. It was decided to end the contract."
        )

    def test_in_two_languages_only(self):
        """Another language is an error, not a guess."""
        for ask in (RENEW.judge(RULE, votes(6)).decision, RENEW.judge(RULE, votes(6)).explain):
            with pytest.raises(ValueError, match="language"):
                ask("fr")


class TestRefused:
    """A motion that would decide by being lost is none."""

    @pytest.mark.parametrize("said", ["opposite", "if_carried", "text"])
    def test_losing_is_no_decision(self, said):
        """If losing meant the opposite, or what carrying means, failing would decide."""
        with pytest.raises(InvalidValue, match="a lost motion decides nothing"):
            Motion(RENEW.text, if_carried=RENEW.if_carried, opposite=RENEW.opposite, if_lost=getattr(RENEW, said))

    def test_the_opposite_is_another(self):
        """A motion is not its own opposite."""
        with pytest.raises(InvalidValue, match="the motion itself"):
            Motion("renew", opposite="renew")

    def test_it_says_something(self):
        """An empty motion asks nothing."""
        with pytest.raises(InvalidValue, match="empty"):
            Motion(" ")

    def test_what_came_of_it_is_judged(self):
        """A resolution is made of a motion and a ruling."""
        with pytest.raises(InvalidType, match="Ruling"):
            Resolution(RENEW, Outcome.CARRIED)
        with pytest.raises(InvalidType, match="Motion"):
            Resolution("renew", RULE.judge(votes(6)))
        with pytest.raises(InvalidType, match="Resolution"):
            Opposed(RENEW, END)


def both(first, second) -> Opposed:
    """Renew and end, each with its votes in favour, of ten."""
    return Opposed(RENEW.judge(RULE, votes(first)), END.judge(RULE, votes(second)))


class TestTwoOppositeMotions:
    """Renew, and end: each is judged by itself."""

    RULED = "应到 10，参与表决 10，不少于 1/2（5），表决有效；赞成 {}，{}。"

    def test_neither(self):
        """Neither was carried: nothing is decided, and it is said."""
        opposed = both(5, 4)
        assert (opposed.neither, opposed.both, opposed.decided) == (True, False, None)
        assert opposed.explain("zh") == (
            self.RULED.format(5, "未超过参与表决 1/2（5），至少需 6，赞成与反对相等，未通过")
            + self.RULED.format(4, "未超过参与表决 1/2（5），至少需 6，未通过")
            + "两项动议均未通过：既未决定续聘现物业企业，也未决定终止合同，此事尚无决定。"
        )
        assert opposed.explain("en").endswith(
            "6 needed: lost. Neither motion was carried: it was decided neither to renew the contract nor to end the "
            "contract, and the matter stays undecided."
        )

    @pytest.mark.parametrize(
        ("first", "second", "motion", "zh", "en"),
        [
            (
                6,
                5,
                RENEW,
                "决定续聘现物业企业。未决定终止合同。",
                "It was decided to renew the contract. It was not decided to end the contract.",
            ),
            (
                4,
                6,
                END,
                "未决定续聘现物业企业。决定终止合同。",
                "It was not decided to renew the contract. It was decided to end the contract.",
            ),
        ],
        ids=["the one", "the other"],
    )
    def test_one(self, first, second, motion, zh, en):
        """The one that was carried is decided, and the other is not."""
        opposed = both(first, second)
        assert (opposed.neither, opposed.both, opposed.decided) == (False, False, motion)
        assert opposed.explain("zh").endswith("通过。" + zh)
        assert opposed.explain("en").endswith(". " + en)

    def test_both(self):
        """Who may vote for both can carry both: that is said, and not resolved here."""
        opposed = both(6, 7)
        assert (opposed.neither, opposed.both, opposed.decided) == (False, True, None)
        assert opposed.explain("zh").endswith(
            "两项动议均获通过而互相抵触：既决定续聘现物业企业，又决定终止合同；以何者为准，此处不作判断。"
        )
        assert opposed.explain("en").endswith(
            "Both motions were carried and contradict each other: to renew the contract and to end the contract; which of "
            "them holds is not judged here."
        )

    def test_no_quorum_for_one_of_them(self):
        """What was not decided for want of a quorum is not decided."""
        opposed = Opposed(RENEW.judge(RULE, votes(4, 0)), END.judge(RULE, votes(5)))
        assert opposed.neither
        assert "未达法定人数，不作决定" in opposed.explain("zh")

    @pytest.mark.parametrize("rule", [None, Rule, "half"])
    def test_what_is_no_rule(self, rule):
        """A motion is judged by a rule, and told so."""
        with pytest.raises(InvalidType, match=r"the rule is .*; a Rule was expected"):
            END.judge(rule, votes(5))

    def test_the_same_motion_twice(self):
        """One motion put twice is not two opposite ones."""
        with pytest.raises(InvalidValue, match="give the two opposite ones"):
            Opposed(END.judge(RULE, votes(5)), END.judge(RULE, votes(6)))

    @given(st.integers(0, 10), st.integers(0, 10))
    def test_never_decided_by_the_other_being_lost(self, first, second):
        """A motion is decided by its own votes alone."""
        opposed = both(first, second)
        assert opposed.first.decided is (first > 5)
        assert opposed.second.decided is (second > 5)
        assert (opposed.decided is END) is (second > 5 >= first)
