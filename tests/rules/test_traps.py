"""What comparable systems got wrong, row by row of the list of traps (parts 1 to 3, 5, 6 and 8), for what we offer.

Rows of part 6 that are not here are in the tests of questions. Ranked ballots are not offered, so rows 38, 57 and 58 hold
for marks alone.
"""

# amounts are written in capitals, and stand on the left as in the statute

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest

from yizheng import Citation, Member, Roll, Text
from yizheng.catalogue import law
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    RECUSED,
    SILENT,
    VALID,
    Outcome,
    Question,
    Result,
    Rule,
    Selection,
    Step,
    Tally,
    rule_from_data,
    to_data,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
CARRIED, LOST = Outcome.CARRIED, Outcome.LOST


def of_valid(passage, in_favour, against, abstaining=0):
    """The outcome of a vote in which those who voted are known."""
    tally = Tally.of(entitled=10_000, for_=in_favour, against=against, abstaining=abstaining)
    return Rule(quorum=None, passage=passage).judge(tally).outcome


class TestStrictInclusiveAndRounding:
    """Part 1: strict or inclusive, rounding, percentages."""

    @pytest.mark.parametrize("share", [HALF, TWO_THIRDS], ids=["half", "two thirds"])
    def test_row_1_is_exact_for_every_size(self, share):
        """One half and two thirds are exact for every base up to 10,000, at the least number and one below it."""
        inclusive = Rule(quorum=None, passage=FOR >= share * VALID)
        strict = Rule(quorum=None, passage=FOR > share * VALID)
        for base in [*range(1, 200), *range(200, 10_000, 97), 9_999, 10_000]:
            least = next(y for y in itertools.count(base * share.numerator // share.denominator) if y >= base * share)
            more = least + 1 if least == base * share else least
            for rule, needed in ((inclusive, least), (strict, more)):
                for votes in {needed, needed - 1}:
                    if 0 < votes <= base:
                        outcome = rule.judge(Tally.of(entitled=base, valid=base, for_=votes)).outcome
                        assert (outcome is CARRIED) is (votes == needed), (share, base, votes)

    def test_row_1_33_of_50_are_not_two_thirds(self):
        """A threshold of 66 would let them pass, and 66.66 would let 3333 of 5000."""
        assert of_valid(FOR >= TWO_THIRDS * VALID, 33, 17) is LOST
        assert of_valid(FOR >= TWO_THIRDS * VALID, 34, 16) is CARRIED
        assert of_valid(FOR >= TWO_THIRDS * VALID, 3333, 1667) is LOST

    @pytest.mark.parametrize("share", [66.67, "66.67%", Decimal("66.67"), "2/3", 0.5])
    def test_rows_2_14_16_a_share_is_no_percentage_and_no_float(self, share):
        """Only an int or a Fraction multiplies, in Python as in data."""
        with pytest.raises(InvalidType):
            share * ENTITLED
        data = {"quorum": "none", "passage": {"left": {"of": "for"}, "sign": ">", "right": {"of": "cast"}}}
        data["passage"]["right"]["times"] = share if isinstance(share, float) else "66.67%"
        with pytest.raises(InvalidValue, match=r"rule\.passage\.right\.times"):
            rule_from_data(data)

    def test_row_3_two_thirds_of_nine(self):
        """Six inclusive, seven strict."""
        tally = Tally.of(entitled=9, for_=1)
        assert Rule(quorum=None, passage=FOR >= TWO_THIRDS * ENTITLED).judge(tally).findings[0].needed == 6
        assert Rule(quorum=None, passage=FOR > TWO_THIRDS * ENTITLED).judge(tally).findings[0].needed == 7

    def test_row_4_half_is_not_a_majority(self):
        """Five of ten fail, and five of nine pass: no ceiling, no rounding."""
        assert of_valid(FOR > HALF * VALID, 5, 5) is LOST
        assert of_valid(FOR > HALF * VALID, 5, 4) is CARRIED

    @pytest.mark.parametrize(("number", "needed"), [(4, 3), (5, 4), (7, 5)])
    def test_row_5_rounds_neither_up_nor_to_the_nearest(self, number, needed):
        """Two thirds of four, five and seven."""
        finding = Rule(quorum=None, passage=FOR >= TWO_THIRDS * ENTITLED).judge(Tally.of(entitled=number, for_=1))
        assert finding.findings[0].needed == needed

    def test_row_6_the_early_path_uses_the_same_comparison(self):
        """Four of eight is lost early as it is at the end."""
        rule = Rule(quorum=None, passage=FOR > HALF * ENTITLED)
        assert rule.settled(Tally.of(entitled=8, for_=4, against=3, abstaining=0, invalid=0)) is None
        assert rule.settled(Tally.of(entitled=8, for_=4, against=4)) is LOST
        assert rule.settled(Tally.of(entitled=8, for_=5, against=0, abstaining=0, invalid=0)) is CARRIED

    def test_row_7_a_fraction_survives_being_stored(self):
        """One half is not kept as one."""
        rule = Rule(quorum=PRESENT >= HALF * ENTITLED, passage=FOR > HALF * PRESENT)
        assert to_data(rule)["quorum"]["right"] == {"times": "1/2", "of": "entitled"}
        assert rule_from_data(to_data(rule)) == rule

    @pytest.mark.parametrize(("weight", "outcome"), [(1, CARRIED), (3, CARRIED), (7, CARRIED)])
    def test_row_8_a_third_of_a_weight_is_exact(self, weight, outcome):
        """A third of three equal weights is reached by exactly one of them."""
        rule = Rule(quorum=None, passage=FOR.by("shares") >= Fraction(1, 3) * ENTITLED.by("shares"))
        tally = Tally.by_measure(heads={"for": 1, "against": 2}, shares={"for": weight, "entitled": 3 * weight})
        assert rule.judge(tally).outcome is outcome
        short = Tally.by_measure(heads={"for": 1, "against": 2}, shares={"for": weight, "entitled": 3 * weight + 1})
        assert rule.judge(short).outcome is LOST

    @pytest.mark.parametrize("share", [HALF, TWO_THIRDS, Fraction(1, 4)], ids=str)
    def test_rows_9_11_equality_is_settled_by_the_sign(self, share):
        """At the exact share the inclusive sign holds and the strict one does not, for quorum and majority alike."""
        for votes, whole in ((share.numerator * k, share.denominator * k) for k in (1, 7, 100)):
            tally = Tally.of(entitled=whole, present=votes, for_=votes)
            for base, counted in ((ENTITLED, FOR), (ENTITLED, PRESENT)):
                signs = (counted >= share * base, counted > share * base)
                found = [Rule(quorum=None, passage=sign).judge(tally).findings[0].holds for sign in signs]
                assert found == [True, False]

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_row_12_half_is_said_with_its_sign_and_its_source(self, language):
        """Two people read "half" in two ways; the rule says which it is, of whom, and where that is written."""
        article = {"zh": "《示例》第3条", "en": "an invented rule art. 3"}
        signs = {"zh": ("不少于到会 1/2", "超过到会 1/2"), "en": ("at least 1/2", "more than 1/2")}
        citation = Citation(instrument=Text("示例", "an invented rule"), article="3")
        for passage, sign in zip((FOR >= HALF * PRESENT, FOR > HALF * PRESENT), signs[language], strict=True):
            said = Rule(quorum=None, passage=passage, citation=citation).explain(language)
            assert sign in said
            assert article[language] in said

    def test_row_10_a_share_of_one(self):
        """All are enough where the rule includes the number, and never where it does not; and the rejection is the rest."""
        for votes in range(5):
            tally = Tally.of(entitled=4, for_=votes, against=4 - votes)
            everybody = Rule(quorum=None, passage=FOR >= ENTITLED).judge(tally)
            assert (everybody.outcome is CARRIED) is (votes == 4)
            assert Rule(quorum=None, passage=FOR > ENTITLED).judge(tally).outcome is LOST
            complement = Rule(quorum=None, passage=AGAINST < (1 - Fraction(3, 4)) * VALID).judge(tally)
            assert (complement.outcome is CARRIED) is (Fraction(votes, 4) > Fraction(3, 4))

    def test_row_13_odd_and_even(self):
        """A majority of an odd number is the next whole one."""
        assert [of_valid(FOR > HALF * VALID, 3, against) for against in (2, 3, 4)] == [CARRIED, LOST, LOST]

    def test_row_15_products_beyond_63_bits(self):
        """Nothing overflows."""
        big = 10**18
        rule = Rule(quorum=None, passage=FOR.by("shares") > Fraction(10**9 - 1, 10**9) * CAST.by("shares"))
        counts = {"for": big - 1, "cast": big, "against": 1}
        heads = {"for": 2, "against": 1, "cast": 3}
        assert rule.judge(Tally.by_measure(heads=heads, shares=counts)).outcome is CARRIED
        counts = {"for": big - 10**9, "cast": big, "against": 10**9}
        assert rule.judge(Tally.by_measure(heads=heads, shares=counts)).outcome is LOST


BASES = {
    "entitled": ENTITLED,
    "present": PRESENT,
    "cast": CAST,
    "valid": VALID,
    "for and against": FOR + AGAINST,
    "valid less abstaining": VALID - ABSTAINING,
    "against": AGAINST,
    "abstaining": ABSTAINING,
}


class TestNothing:
    """Part 2: zero voters, zero weight, only abstentions. A comparison with a share of nothing does not hold."""

    @pytest.mark.parametrize("base", BASES.values(), ids=BASES)
    @pytest.mark.parametrize("times", [HALF, Fraction(1), Fraction(0, 1) + 2], ids=str)
    def test_rows_17_18_nobody_is_no_majority(self, base, times):
        """Where nobody could vote, nothing is carried by any base, and no exception escapes."""
        for passage in (FOR >= times * base, FOR > times * base, times * base <= FOR, AGAINST <= times * base):
            ruling = Rule(quorum=None, passage=passage, by_no_objection=True).judge(Tally.of(names=0))
            assert ruling.outcome is LOST
            assert ruling.findings[0].nothing
            assert ruling.findings[0].needed is None

    @pytest.mark.parametrize("base", [FOR + AGAINST, VALID - ABSTAINING, CAST - INVALID - ABSTAINING], ids=repr)
    def test_rows_18_19_26_all_abstain(self, base):
        """Where all abstain from a vote that is counted by for and against, nothing is carried."""
        tally = Tally.of(entitled=9, for_=0, against=0, abstaining=9)
        for passage in (FOR >= HALF * base, FOR >= 0 * base + AGAINST, AGAINST <= HALF * base):
            ruling = Rule(quorum=None, passage=passage).judge(tally)
            assert ruling.outcome is LOST
            assert ruling.findings[0].nothing

    def test_row_17_no_vote_in_favour_never_carries(self):
        """A ceiling alone carries only by a rule that says so."""
        tally = Tally.of(entitled=9, for_=0, against=0)
        ruling = Rule(quorum=None, passage=AGAINST <= 3).judge(tally)
        assert (ruling.outcome, ruling.unsupported) == (LOST, True)
        assert ruling.explain("zh") == "反对 0，不超过 3，无人赞成，未通过。"
        assert ruling.explain("en") == "Against 0, at most 3: nobody voted in favour, lost."
        assert Rule(quorum=None, passage=AGAINST <= 3, by_no_objection=True).judge(tally).outcome is CARRIED

    def test_a_share_of_a_group_in_which_nobody_is_does_not_hold(self):
        """However many are for, there is nobody whose half they could be."""
        rule = Rule(quorum=None, passage=FOR >= HALF * ENTITLED.among("tenants"))
        tally = Tally.of(entitled=9, for_=9, among={"tenants": {"entitled": 0}})
        assert rule.judge(tally).outcome is LOST
        assert rule.judge(Tally.of(entitled=9, for_=9, among={"tenants": {"entitled": 1}})).outcome is CARRIED

    def test_nobody_against_is_no_share_of_nothing(self):
        """Five to nought is more for than against, and twice nought is a number."""
        for passage in (FOR > AGAINST, FOR >= 2 * AGAINST, FOR >= Fraction(3, 2) * AGAINST, FOR > VALID - FOR):
            assert of_valid(passage, 5, 0) is CARRIED

    def test_nobody_of_a_group_may_be_a_small_part(self):
        """A ceiling on a part of those present holds where none of that part is."""
        rule = Rule(quorum=PRESENT.among("staff") <= HALF * PRESENT, passage=FOR > HALF * PRESENT)
        tally = Tally.of(entitled=9, present=5, for_=5, among={"staff": {"entitled": 0}})
        assert rule.judge(tally).outcome is CARRIED

    def test_a_casting_number_does_not_help_nothing(self):
        """A number beside the figures makes no majority out of nobody."""
        for passage in (FOR + 1 > HALF * VALID, FOR >= HALF * ENTITLED - 1):
            ruling = Rule(quorum=None, passage=passage, by_no_objection=True).judge(Tally.of(names=0))
            assert ruling.outcome is LOST

    def test_row_20_a_quorum_counts_what_it_names(self):
        """Abstentions make a quorum of those taking part, and none of those for and against."""
        tally = Tally.of(entitled=100, for_=1, against=0, abstaining=99)
        assert Rule(quorum=CAST >= HALF * ENTITLED, passage=FOR > AGAINST).judge(tally).outcome is CARRIED
        assert Rule(quorum=VALID >= HALF * ENTITLED, passage=FOR > AGAINST).judge(tally).outcome is CARRIED
        marks = FOR + AGAINST
        assert Rule(quorum=marks >= HALF * ENTITLED, passage=FOR > AGAINST).judge(tally).outcome is Outcome.INQUORATE

    def test_rows_21_22_short_of_the_quorum_nothing_is_decided(self):
        """One vote of a hundred decides nothing either way, and the majority is not looked at."""
        rule = Rule(quorum=PRESENT >= HALF * ENTITLED, passage=FOR > HALF * PRESENT)
        ruling = rule.judge(Tally.of(entitled=100, present=1, for_=1))
        assert ruling.outcome is Outcome.INQUORATE
        assert [finding.part for finding in ruling.findings] == ["quorum"]

    def test_row_24_nobody_present_decides_nothing(self):
        """A roll of nobody has no quorum."""
        rule = Rule(quorum=PRESENT >= HALF * ENTITLED, passage=FOR > HALF * PRESENT)
        assert rule.judge(Tally.of(names=0)).outcome is Outcome.INQUORATE

    def test_row_27_a_threshold_above_the_group_is_never_met(self):
        """Nine of eight cannot be for."""
        assert Rule(quorum=None, passage=FOR >= 9).judge(Tally.of(entitled=8, for_=8)).outcome is LOST

    def test_row_28_a_share_of_nothing_cannot_be_written(self):
        """A denominator of nought is refused."""
        with pytest.raises(InvalidValue, match=r"passage\.right\.times: is '1/0'"):
            rule_from_data(
                {
                    "quorum": "none",
                    "passage": {"left": {"of": "for"}, "sign": ">", "right": {"of": "cast", "times": "1/0"}},
                }
            )


PRESETS = [
    pytest.param(edition, id=f"{provision.id}-{edition.citation.article}")
    for provision in law.PROVISIONS.values()
    for edition in provision.editions
    if isinstance(edition, Rule) and edition.measures == {"heads"} and not edition.groups
]


class TestAbstainAbsentInvalid:
    """Part 3: an abstention, an invalid ballot and a missing ballot are three things."""

    @pytest.mark.parametrize("base", [ENTITLED, PRESENT, CAST, VALID], ids=repr)
    @pytest.mark.parametrize("mark", ["abstaining", "invalid", "silent"])
    def test_row_29_staying_silent_instead_of_absent_never_carries_a_lost_motion(self, base, mark):
        """Who comes without voting for makes no majority over a base that counts them."""
        rule = Rule(quorum=None, passage=FOR > HALF * base)
        for in_favour, against, others in itertools.product(range(4), repeat=3):
            away = Tally.of(for_=in_favour, against=against, abstaining=0, invalid=0, silent=0, absent=others + 1)
            marks = {"for": in_favour, "against": against, "abstaining": 0, "invalid": 0, "silent": 0, "absent": others}
            came = Tally({"heads": marks | {mark: 1}})
            if rule.judge(away).outcome is LOST:
                assert rule.judge(came).outcome is LOST

    def test_row_30_the_minutes_show_which_base_was_used(self):
        """The same ballots, two bases, two sentences."""
        tally = Tally.of(entitled=10, present=10, for_=4, against=3, abstaining=3)
        over_present = Rule(quorum=None, passage=FOR > HALF * PRESENT).judge(tally)
        over_both = Rule(quorum=None, passage=FOR > HALF * (FOR + AGAINST)).judge(tally)
        assert over_present.explain("zh") == "实到 10，赞成 4，未超过到会 1/2（5），至少需 6，未通过。"
        assert over_both.explain("zh") == "反对 3，赞成 4，超过 1/2 ×（赞成 + 反对）（3.5），通过。"

    @pytest.mark.parametrize("rule", PRESETS)
    def test_row_37_what_each_rule_of_the_law_lets_abstaining_and_staying_away_do(self, rule):
        """By trying every state of nine: voting against helps where there is a quorum apart from the votes in favour."""
        found = False
        for yes, no, abstain in itertools.product(range(9), repeat=3):
            away = 8 - yes - no - abstain
            if away < 0:
                continue
            counts = {"for": yes, "invalid": 0, "abstaining": abstain}
            outs = {"silent": 0, "absent": away} if rule.asks_for(PRESENT) else {"silent": away}
            one_more = {
                mark: number + (mark == ("absent" if "absent" in outs else "silent")) for mark, number in outs.items()
            }
            stays, comes = (
                rule.judge(Tally({"heads": counts | {"against": against} | rest}, presence="absent" in outs)).outcome
                for against, rest in ((no, one_more), (no + 1, outs))
            )
            found |= stays is not CARRIED and comes is CARRIED
        odd = rule.audit([Member(f"m-{number}") for number in range(9)]).find("no_show")
        assert (odd is not None) is found
        if odd is not None:
            assert (rule.judge(odd.before).outcome, rule.judge(odd.after).outcome) == (odd.outcome, CARRIED)

    def test_row_32_invalid_ballots_count_only_where_the_rule_says_cast(self):
        """Three of five valid carry; three of six cast do not."""
        tally = Tally.of(entitled=9, for_=3, against=2, abstaining=0, invalid=1)
        assert Rule(quorum=None, passage=FOR > HALF * VALID).judge(tally).outcome is CARRIED
        assert Rule(quorum=None, passage=FOR > HALF * CAST).judge(tally).outcome is LOST

    def test_rows_33_34_35_39_each_mark_is_kept(self):
        """Six marks and the recused add up to the roll, and none stands for another."""
        tally = Tally.of(for_=1, against=2, abstaining=4, invalid=8, silent=16, absent=32, recused=64)
        assert tally.number(ENTITLED + RECUSED) == 127
        assert (tally.number(ABSTAINING), tally.number(INVALID), tally.number(SILENT)) == (4, 8, 16)


class TestHeadsOrWeight:
    """Part 5: heads and weights are never one number."""

    @pytest.mark.parametrize(
        "write",
        [
            lambda: FOR.by("area") >= HALF * ENTITLED,
            lambda: FOR >= HALF * ENTITLED.by("area"),
            lambda: FOR.by("area") + FOR >= 1,
            lambda: FOR.by("area") <= FOR.by("shares"),
        ],
        ids=itertools.count(),
    )
    def test_row_53_is_a_type_error_and_no_number(self, write):
        """It is refused where it is written, before there is a vote."""
        with pytest.raises(InvalidType, match=r"\.by|measure"):
            write()

    def test_rows_54_56_each_total_is_shown_in_its_unit(self):
        """Two bases, two units."""
        rule = Rule(quorum=None, passage=(FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area")))
        tally = Tally.by_measure(heads={"for": 2, "cast": 3}, area={"for": "100.5", "cast": 200})
        assert rule.judge(tally).explain("en") == (
            "Taking part 3, for 2, more than 1/2 of those taking part (1.5); area taking part 200 m², "
            "area for 100.5 m², more than 1/2 of the area taking part (100 m²): carried."
        )


class TestCountsAgainstRoll:
    """Part 8: counts against the roll."""

    def test_row_86_marks_that_do_not_make_the_roll_are_refused(self):
        """Neither more nor fewer than the roll."""
        marks = {"for": 5, "against": 4, "abstaining": 0, "invalid": 0, "silent": 0, "absent": 0}
        assert Tally({"heads": marks | {"recused": 1, "names": 10}}).number(RECUSED) == 1
        for names in (9, 11):
            with pytest.raises(InvalidValue, match=f"names {names}"):
                Tally({"heads": marks | {"recused": 1, "names": names}})

    def test_row_87_an_outcome_is_never_typed_in(self):
        """There is no door by which a ruling says what its figures do not."""
        rule = Rule(quorum=None, passage=FOR > HALF * CAST)
        ruling = rule.judge(Tally.of(entitled=12, for_=3, against=9))
        with pytest.raises(TypeError):
            type(ruling)(rule, ruling.tally, Outcome.CARRIED)
        with pytest.raises(AttributeError):
            ruling.outcome = Outcome.CARRIED

    def test_row_88_judging_twice_is_judging_once(self):
        """The same rule and tally make the same ruling."""
        rule, tally = Rule(quorum=None, passage=FOR > AGAINST), Tally.of(for_=3, against=2)
        assert rule.judge(tally) == rule.judge(tally)
        assert hash(rule.judge(tally)) == hash(rule.judge(tally))

    def test_row_89_negative_votes_are_refused(self):
        """A count is nought or more."""
        with pytest.raises(InvalidValue, match="nought or more"):
            Tally.of(entitled=3, for_=-1)


def asked(*options: str, **settings) -> Question:
    """A question on some options, of which one is chosen by more votes than a tenth of those cast."""
    rule = Rule(quorum=None, passage=FOR.by("shares") > Fraction(1, 10) * CAST.by("shares"))
    return Question(text="选一", options=options, rule=rule, **{"by": FOR.by("shares"), "none": False, **settings})


def weighed(question: Question, votes: dict[str, list[Fraction]]) -> Selection:
    """A vote by shares: what each voter for an option holds."""
    members = {f"{option}{n}": (option, held) for option, some in votes.items() for n, held in enumerate(some)}
    roll = Roll("holders", [Member(who, weights={"shares": held}) for who, (_, held) in members.items()])
    return Selection(question, question.count({who: [option] for who, (option, _) in members.items()}, roll))


class TestSeveralOptions:
    """Part 6: ties and several options, as far as ballots with marks go."""

    TENTHS = ({"a": [Fraction(1, 10)] * 3, "b": [Fraction(3, 10)]}, {"a": [Fraction(1, 3)] * 3, "b": [Fraction(1)]})

    @pytest.mark.parametrize("votes", TENTHS, ids=["tenths", "thirds"])
    def test_rows_62_64_what_is_equal_is_a_tie(self, votes):
        """Three tenths, or three thirds, are exactly that; in floats one option would have come out ahead."""
        selection = weighed(asked("a", "b"), votes)
        assert (selection.result, selection.tied) == (Result.TIE, {"a", "b"})

    def test_rows_62_64_what_is_not_equal_is_none(self):
        """A share of one in ten to the thirtieth decides, and no precision hides it."""
        selection = weighed(asked("a", "b"), {"a": [Fraction(1), Fraction(1, 10**30)], "b": [Fraction(1)]})
        assert (selection.result, selection.chosen) == (Result.CHOSEN, {"a"})

    @pytest.mark.parametrize("edge", [None, *Step], ids=str)
    def test_rows_57_58_63_whatever_the_step_a_tie_is_neutral(self, edge):
        """Under every order and every name of the options the same are tied, and nobody is chosen by either."""
        votes = {"x": 2, "y": 2, "z": 1}
        for names in itertools.permutations("abc"):
            renamed = dict(zip(votes, names, strict=True))
            for order in itertools.permutations(names):
                piles = {renamed[option]: [Fraction(1)] * number for option, number in votes.items()}
                selection = weighed(asked(*order, edge=edge), piles)
                assert (selection.tied, selection.chosen) == ({renamed["x"], renamed["y"]}, set())
