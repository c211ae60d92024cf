"""Amounts and conditions: what can be written, and what is refused where it is written."""

# amounts are written in capitals, and stand on the left as in the statute

import copy
import itertools
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from yizheng import Member
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.rules import (
    ABSENT,
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
    AllOf,
    Amount,
    AnyOf,
    Comparison,
    Condition,
    Figure,
    Question,
    Rule,
    Ruling,
    Selection,
    Sign,
    Tally,
    Term,
    amount_from_text,
    citation_to_data,
    condition_from_text,
    rules_to_toml,
    silence_from_data,
    to_data,
)
from yizheng.rules.boxes import Reading

COMPLETE = Tally.by_measure(
    heads={"for": 5, "against": 4, "abstaining": 3, "invalid": 2, "silent": 1, "absent": 6, "recused": 7},
    area={"for": "5.5", "against": 4, "abstaining": 3, "invalid": 2, "silent": 1, "absent": 6, "recused": 7},
)


class TestAmounts:
    """Sums, differences and exact multiples."""

    @pytest.mark.parametrize(
        ("write", "number"),
        [
            (lambda: FOR, 5),
            (lambda: AGAINST, 4),
            (lambda: ABSTAINING, 3),
            (lambda: INVALID, 2),
            (lambda: SILENT, 1),
            (lambda: ABSENT, 6),
            (lambda: RECUSED, 7),
            (lambda: VALID, 12),
            (lambda: CAST, 14),
            (lambda: PRESENT, 15),
            (lambda: ENTITLED, 21),
            (lambda: FOR + AGAINST, 9),
            (lambda: VALID - ABSTAINING, 9),
            (lambda: 10 - FOR, 5),
            (lambda: FOR - 10, -5),
            (lambda: 2 * FOR, 10),
            (lambda: FOR * 2, 10),
            (lambda: Fraction(2, 3) * (FOR + 1), 4),
            (lambda: Fraction(1, 3) * FOR, Fraction(5, 3)),
            (lambda: (FOR + 1).by("area"), Fraction("6.5")),
            (lambda: FOR + Decimal("0.5"), Fraction(11, 2)),
            (lambda: FOR + "0.25", Fraction(21, 4)),
            (lambda: FOR - FOR, 0),
            (lambda: Fraction(1, 2) * (Fraction(1, 2) * FOR), Fraction(5, 4)),
        ],
        ids=itertools.count(),
    )
    def test_come_to_what_arithmetic_says(self, write, number):
        """An amount is worked out exactly, and a whole number is an int."""
        found = COMPLETE.number(write())
        assert found == number
        assert type(found) is (int if Fraction(number).denominator == 1 else Fraction)

    def test_are_equal_by_value_whatever_the_order(self):
        """``==`` says whether two amounts are the same value, and is no condition."""
        assert FOR + AGAINST == AGAINST + FOR
        assert FOR + FOR == 2 * FOR
        assert hash(FOR + AGAINST) == hash(AGAINST + FOR)
        assert FOR.among("a") + FOR.among("b") == FOR.among("b") + FOR.among("a")
        assert FOR + FOR.among("a") == FOR.among("a") + FOR
        assert FOR != AGAINST
        assert FOR != 3
        assert 0 * FOR == Amount.of(0)

    def test_show_themselves_as_they_are_written(self):
        """What an error quotes can be written back."""
        assert repr(Fraction(2, 3) * ENTITLED) == "Fraction(2, 3) * ENTITLED"
        assert repr((2 * FOR.among("g") - 3).by("area")) == "2 * FOR.by('area').among('g') + -3"
        assert repr(FOR.among("A") + FOR) == "FOR + FOR.among('A')"
        assert repr(Amount.of(0)) == "0"
        assert repr((PRESENT >= 9) & ((FOR > AGAINST) | (FOR <= 2))) == (
            "(PRESENT >= 9) & ((FOR > AGAINST) | (FOR <= 2))"
        )

    def test_by_and_among_apply_to_every_term(self):
        """A sum is counted in one measure and among one group throughout."""
        assert (FOR + AGAINST).by("area") == FOR.by("area") + AGAINST.by("area")
        assert (FOR + AGAINST + 3).among("g") == FOR.among("g") + AGAINST.among("g") + 3
        assert FOR.by("area").by("area") == FOR.by("area")
        assert FOR.among("g").among("g") == FOR.among("g")
        assert FOR.by("heads") == FOR
        assert (FOR.among("g") + AGAINST).among("g") == (FOR + AGAINST).among("g")

    def test_are_values(self):
        """They are frozen, hashable, copied and pickled."""
        for value in (FOR, Fraction(2, 3) * ENTITLED.by("area").among("g"), PRESENT >= 9, (FOR > 1) & (FOR < 9)):
            assert pickle.loads(pickle.dumps(value)) == value
            assert copy.deepcopy(value) == value
            assert {value: 1}[copy.copy(value)] == 1
        with pytest.raises(AttributeError):
            FOR.constant = 3  # type: ignore[misc]

    def test_names_are_kept_in_one_form(self):
        """Two ways to write one character are one group."""
        assert FOR.among("caf\u00e9") == FOR.among("cafe\u0301")


class TestRefusedWhereWritten:
    """What is no exact amount is refused at once, with what to write instead."""

    @pytest.mark.parametrize(
        ("write", "say"),
        [
            (lambda: 0.5 * ENTITLED, "Fraction"),
            (lambda: ENTITLED * 0.5, "Fraction"),
            (lambda: float("nan") * ENTITLED, "Fraction"),
            (lambda: ENTITLED * True, "int or a Fraction"),
            (lambda: ENTITLED * Decimal("0.6667"), "rounded"),
            (lambda: ENTITLED * "2/3", "Fraction"),
            (lambda: ENTITLED * PRESENT, "Fraction"),
            (lambda: PRESENT / 2, r"Fraction\(1, 2\)"),
            (lambda: PRESENT // 2, r"Fraction\(1, 2\)"),
            (lambda: PRESENT % 2, r"Fraction\(1, 2\)"),
            (lambda: PRESENT >= 0.5, "not exact"),
            (lambda: PRESENT + 0.5, "not exact"),
            (lambda: 0.5 - PRESENT, "not exact"),
            (lambda: PRESENT > True, "truth value"),
            (lambda: PRESENT >= None, "NoneType"),
            (lambda: PRESENT >= (FOR > 1), "condition, not an amount"),
            (lambda: FOR > CAST.by("area"), "compares heads with area"),
            (lambda: FOR + CAST.by("area"), "mixes area and heads"),
            (lambda: 2 <= PRESENT <= 3, r"\(PRESENT >= 2\) & \(PRESENT <= 3\)"),
            (lambda: (PRESENT >= 2) and (FOR >= 2), "& and |"),
            (lambda: not (PRESENT >= 2), "& and |"),
            (lambda: bool(PRESENT), "compare it"),
            (lambda: PRESENT >= 9 & FOR >= 9, "brackets"),
            (lambda: FOR | AGAINST, "brackets"),
            (lambda: (PRESENT >= 9) & (FOR == AGAINST), "write >="),
            (lambda: (PRESENT >= 9) | True, "write >="),
            (lambda: True & (PRESENT >= 9), "write >="),
            (lambda: 3 | (PRESENT >= 9), "int"),
            (lambda: (PRESENT >= 9) & FOR, "compare it"),
            (lambda: FOR.by(3), "a measure"),
            (lambda: FOR.among(None), "a group"),
            (lambda: AllOf([FOR > 1, FOR]), "compare it"),
            (lambda: AnyOf(3), "several values"),
            (lambda: Amount([3]), "Term"),
        ],
        ids=itertools.count(),
    )
    def test_as_a_type_error(self, write, say):
        """It is of a kind that cannot stand there."""
        with pytest.raises(InvalidType, match=say) as caught:
            write()
        assert isinstance(caught.value, TypeError | YizhengError)

    @pytest.mark.parametrize(
        ("write", "say"),
        [
            (lambda: PRESENT >= "50%", "percentage"),
            (lambda: PRESENT >= Decimal("NaN"), "finite"),
            (lambda: PRESENT >= Decimal("1e5000000"), "40 digits"),
            (lambda: PRESENT >= Fraction(2, 3), r"Fraction\(2, 3\) \* ENTITLED"),
            (lambda: 10**40 * FOR, "40 digits"),
            (lambda: Amount.of(3).by("area"), "plain number"),
            (lambda: Amount.of(3).among("g"), "plain number"),
            (lambda: FOR.by("area").by("shares"), "counted by area already"),
            (lambda: FOR.among("a").among("b"), "group of the roll"),
            (lambda: FOR.by(""), "a measure"),
            (lambda: FOR.among(" g"), "space"),
            (lambda: FOR - FOR >= 0, "no figure"),
            (lambda: Comparison(Amount.of(9), Sign.AT_LEAST, PRESENT), "no figure"),
            (lambda: Comparison(PRESENT, "=", 9), "no way to compare"),
            (lambda: Term(1, "yes"), "no figure"),
            (lambda: AllOf([FOR > 1]), "two or more"),
            (lambda: AnyOf([]), "two or more"),
            (lambda: sum((FOR.among(f"g{n}") for n in range(70)), FOR), "64"),
        ],
        ids=itertools.count(),
    )
    def test_as_a_value_error(self, write, say):
        """It cannot be built from what was given."""
        with pytest.raises(InvalidValue, match=say) as caught:
            write()
        assert isinstance(caught.value, ValueError)

    @pytest.mark.parametrize(
        ("write", "says"),
        [
            (
                lambda: ENTITLED * 0.5,
                (
                    "an amount is multiplied by 0.5, of type float; write an int or a Fraction, such as Fraction(2, 3) * "
                    "ENTITLED, as the rule itself says it: a share that was rounded once decides wrongly later"
                ),
            ),
            (
                lambda: 10**40 * FOR,
                "a multiple has more than 40 digits; no count or area needs that many: check the input",
            ),
            (
                lambda: Fraction(10**40) * FOR,
                "a multiple has more than 40 digits; no count or area needs that many: check the input",
            ),
            (lambda: Term(1, "for", 3), 'a measure is of type int; write a string such as "1-101"'),
            (lambda: Term(1, "for", "heads", 3), 'a group is of type int; write a string such as "1-101"'),
            (lambda: Amount([3]), "the terms of an amount: each must be of Term, not an int"),
            (
                lambda: FOR + None,
                "the number is of type NoneType; write an int, a Fraction, a Decimal or a string of digits",
            ),
            (
                lambda: FOR | AGAINST,
                "& and | bind tighter than >=; put brackets round each comparison: (PRESENT >= 9) & (FOR >= 9)",
            ),
            (
                lambda: 2 <= PRESENT <= 3,
                (
                    "a condition has no truth value before there is a tally; join conditions with & and | (not: and, or), "
                    "and write (PRESENT >= 2) & (PRESENT <= 3) instead of 2 <= PRESENT <= 3"
                ),
            ),
            (
                lambda: (PRESENT >= 9) & (FOR == AGAINST),
                (
                    "what stands beside & or | is False, which == and != make of two amounts; no vote is decided by exact "
                    "equality: write >= (or <=), or (FOR >= 5) & (FOR <= 5) if it must be exactly so many"
                ),
            ),
            (
                lambda: AllOf([FOR > 1, 3]),
                "a part of a condition is of type int; write a comparison such as PRESENT >= 9",
            ),
            (lambda: AnyOf(3), "conditions: several values were expected, not 3"),
            (lambda: Ruling(3, COMPLETE), "a ruling needs a Rule, not int; write Rule(quorum=…, passage=…)"),
            (
                lambda: Rule(quorum=None, passage=FOR >= 1).audit([]),
                "there are no members to audit the rule with; hand in a roll",
            ),
            (lambda: Reading(["a"], 3), "the defects of a ballot: several values were expected, not 3"),
            (
                lambda: Selection(
                    Question(text="q", options=["a", "b"], rule=Rule(quorum=None, passage=FOR >= 1)), {"b": 4, "a": 3}
                ),
                "the count of a, b is no Tally; write Tally.of(entitled=30, for_=12, …)",
            ),
            (
                lambda: Rule(quorum=None, passage=FOR >= 1).settled(
                    Tally.of(entitled=3, for_=0, against=0, abstaining=0, invalid=0), [Member("m")]
                ),
                (
                    "heads: 3 still out by the count, and the members handed in make 1; hand in exactly those who have not "
                    "voted"
                ),
            ),
            (lambda: to_data(Condition()), "Condition is no kind of condition that can be written down"),
            (lambda: citation_to_data(3), "a citation is 3; a Citation was expected"),
            (
                lambda: condition_from_text(3),
                'the condition is of type int; write a string such as "present >= 2/3 entitled"',
            ),
            (
                lambda: amount_from_text(3),
                'the amount is of type int; write a string such as "present >= 2/3 entitled"',
            ),
            (
                lambda: silence_from_data(
                    {"policy": "x", "basis": {"instrument": {"zh": "a", "en": "b"}, "article": "1"}}
                ),
                "silence.policy: is x; write one of not_taking_part, abstaining, majority, for",
            ),
            (lambda: rules_to_toml({"a": 3}), "'a' is of type int; write Rule(quorum=…, passage=…)"),
        ],
        ids=itertools.count(),
    )
    def test_in_whole_sentences(self, write, says):
        """What is, what was expected and what to write instead."""
        with pytest.raises((InvalidType, InvalidValue)) as caught:
            write()
        assert str(caught.value) == says

    def test_a_sum_of_64_figures(self):
        """As many as there may be."""
        assert len(sum((FOR.among(f"g{number}") for number in range(63)), FOR).terms) == 64

    def test_numbers_on_the_left_turn_the_comparison_round(self):
        """``9 <= PRESENT`` is ``PRESENT >= 9``."""
        assert (9 <= PRESENT) == (PRESENT >= 9)  # the order is what is tested
        assert (9 > PRESENT) == (PRESENT < 9)

    def test_a_part_of_a_square_metre_is_a_number_like_any_other(self):
        """Only heads are whole."""
        assert (FOR.by("area") >= Fraction(2, 3)).right.constant == Fraction(2, 3)
        rule = Rule(quorum=None, passage=FOR.by("area") >= Fraction(2, 3))
        for area, carried in (("1/2", False), ("2/3", True)):
            tally = Tally.by_measure(heads={"for": 1}, area={"for": area})
            assert (rule.judge(tally).outcome.value == "carried") is carried


class TestConditions:
    """Joined by ``&`` and ``|``, of a bounded size."""

    def test_are_flat_where_they_can_be(self):
        """Three joined by one sign are one condition of three parts."""
        one, two, three = FOR > 1, FOR > 2, FOR > 3
        assert ((one & two) & three) == (one & (two & three)) == AllOf([one, two, three])
        assert ((one | two) | three).parts == (one, two, three)
        assert (one & (two | three)).comparisons == (one, two, three)
        assert (one & two) != (one | two)
        assert one.parts == ()
        assert (one.depth, (one & two).depth, (one & (two | three)).depth) == (1, 2, 3)

    def test_are_no_deeper_than_32(self):
        """A condition that is nested deeper is refused before it can exhaust anything."""
        condition: Condition = FOR > 1
        for turn in range(31):
            condition = condition & (FOR > 2) if turn % 2 else condition | (FOR > 2)
        assert condition.depth == 32
        assert pickle.loads(pickle.dumps(condition)) == condition
        assert repr(condition)
        with pytest.raises(InvalidValue, match="33 deep"):
            condition & (FOR > 2)

    def test_hold_no_more_than_256_comparisons(self):
        """The limit is exact."""
        many = AllOf([FOR > n for n in range(256)])
        assert len(many.comparisons) == 256
        with pytest.raises(InvalidValue, match="257"):
            many & (FOR > 300)


class TestRule:
    """A rule is a quorum and a passage, and nothing that looks like one."""

    @pytest.mark.parametrize(
        ("settings", "say"),
        [
            ({"quorum": PRESENT == 9, "passage": FOR > 1}, "quorum is False.*write >="),
            ({"quorum": None, "passage": FOR == 9}, "passage is False.*write >="),
            ({"quorum": None, "passage": FOR != 9}, "passage is True.*write >="),
            ({"quorum": PRESENT, "passage": FOR > 1}, "quorum is the amount PRESENT"),
            ({"quorum": None, "passage": None}, "NoneType"),
            ({"quorum": 0, "passage": FOR > 1}, "int"),
            ({"quorum": None, "passage": FOR > 1, "by_no_objection": 1}, "True or False"),
            ({"quorum": None, "passage": FOR > 1, "citation": "art. 278"}, "Citation"),
        ],
    )
    def test_refuses_what_is_no_condition(self, settings, say):
        """Each fault says what to write."""
        with pytest.raises(InvalidType, match=say):
            Rule(**settings)

    def test_says_that_there_is_no_quorum(self):
        """A quorum is never left out by forgetting it (row 23)."""
        with pytest.raises(TypeError, match="quorum"):
            Rule(passage=FOR > 1)  # type: ignore[call-arg]

    def test_knows_what_it_asks_for(self):
        """A stage can refuse a rule that asks for presence where there is none."""
        rule = Rule(
            quorum=PRESENT.among("women") >= 1,
            passage=FOR.by("area") > Fraction(1, 2) * CAST.by("area"),
            citation=Citation(instrument="test"),
        )
        assert rule.asks_for(PRESENT)
        assert rule.asks_for(CAST)
        assert rule.asks_for(FOR + ABSENT)
        assert not rule.asks_for(ENTITLED)
        assert not rule.asks_for(AGAINST.by("area"))
        assert rule.measures == {"heads", "area"}
        assert rule.groups == {"women"}
        assert FOR in rule.amounts

    def test_a_dissent_ceiling_asks_for_who_may_vote(self):
        """It carries without a vote in favour, and never where nobody could object."""
        rule = Rule(quorum=None, passage=AGAINST <= 3, by_no_objection=True)
        assert rule.asks_for(ENTITLED)
        assert not rule.asks_for(FOR)
        assert rule.support is Figure.ENTITLED
