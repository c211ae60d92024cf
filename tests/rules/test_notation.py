"""Conditions and amounts as text: what may be written, what it means, and where every fault stands."""

# amounts are written in capitals, and stand on the left as in the statute

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.made_up import CONDITIONS, amounts, grows_evenly
from yizheng import Member
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    RECUSED,
    AllOf,
    Amount,
    AnyOf,
    Condition,
    Figure,
    Rule,
    amount_from_text,
    condition_from_text,
    to_text,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


class TestMeaning:
    """What is written means what the same words mean in Python."""

    @pytest.mark.parametrize(
        ("text", "condition"),
        [
            ("present >= 2/3 entitled", PRESENT >= TWO_THIRDS * ENTITLED),
            ("present>=2/3*entitled", PRESENT >= TWO_THIRDS * ENTITLED),
            ("present ≥ 9", PRESENT >= 9),
            ("against ≤ 0", AGAINST <= 0),
            ("for > against", FOR > AGAINST),
            ("against < 1/3 entitled", AGAINST < Fraction(1, 3) * ENTITLED),
            ("for.by(area) > 3011.25", FOR.by("area") > "3011.25"),
            ("for.by(area).among(building-1) >= 1", FOR.by("area").among("building-1") >= 1),
            ("for.among('old town') >= 1", FOR.among("old town") >= 1),
            ('for.among("old town") >= 1', FOR.among("old town") >= 1),
            (r"for.among('it\'s') >= 1", FOR.among("it's") >= 1),
            ("for . by ( 面积 ) >= 1", FOR.by("面积") >= 1),
            ("for > 1/2 (for + against)", FOR > HALF * (FOR + AGAINST)),
            ("for > 1/2(cast - abstaining)", FOR > HALF * (CAST - ABSTAINING)),
            ("(for + against).by(area) >= 1", (FOR + AGAINST).by("area") >= 1),
            ("for - against - 2 >= 0", FOR - AGAINST - 2 >= 0),
            ("-for + 2 present > -1", -1 * FOR + 2 * PRESENT > -1),
            ("1 + for > 0.5 + against", FOR + 1 > AGAINST + "0.5"),
            ("2 (for - 1/2 (against - recused)) > 0", 2 * (FOR - HALF * (AGAINST - RECUSED)) > 0),
            ("for > 1 and cast > 2", (FOR > 1) & (CAST > 2)),
            ("for > 1 or cast > 2 or present > 3", (FOR > 1) | (CAST > 2) | (PRESENT > 3)),
            ("for > 1 and (cast > 2 or present > 3)", (FOR > 1) & ((CAST > 2) | (PRESENT > 3))),
            ("((for) > 1)", FOR > 1),
            ("for > 1 and (cast > 2 and present > 3)", AllOf((FOR > 1, AllOf((CAST > 2, PRESENT > 3))))),
            ("\n  for > 1\n  and cast > 2\n", (FOR > 1) & (CAST > 2)),
            ("for > -1/2 present + 1", FOR > 1 - HALF * PRESENT),
            ("-for > -1/2 present", -1 * FOR > -HALF * PRESENT),
            ("for > 1/2 (present - 1)", FOR > HALF * (PRESENT - 1)),
            ("for > 1/2 present - 0.5", FOR > HALF * PRESENT - "0.5"),
            ("for > 1/2 present + 1/3 (1)", FOR > HALF * PRESENT + Fraction(1, 3)),
            ("for > 4/3", FOR > Fraction(4, 3)),
            ("for.by(area) > 1/2", FOR.by("area") > HALF),
        ],
    )
    def test_a_condition(self, text, condition):
        """As in the algebra, bracket by bracket."""
        assert condition_from_text(text) == condition

    @pytest.mark.parametrize("text", ["for > for", "for > 2 present", "for > 0 - present and for < 0"])
    def test_what_is_never_met_is_read_as_it_stands(self, text):
        """It says one thing alone, and the audit tells that nobody can meet it."""
        condition = condition_from_text(text)
        assert condition_from_text(to_text(condition)) == condition
        odd = Rule(quorum=None, passage=condition).audit([Member("m1"), Member("m2")]).find("unreachable")
        assert odd is not None

    @pytest.mark.parametrize("figure", Figure)
    def test_every_figure_has_its_word(self, figure):
        """The word of the data is the word of the text."""
        assert to_text(amount_from_text(figure.value)) == figure.value

    @pytest.mark.parametrize(
        ("text", "amount"), [("0", Amount.of(0)), ("-2.50", Amount.of("-2.5")), ("1/3", Amount.of(Fraction(1, 3)))]
    )
    def test_a_number(self, text, amount):
        """Exactly as it is written."""
        assert amount_from_text(text) == amount


class TestRoundTrip:
    """Whatever Python can say is written, and read back as the same value."""

    @given(CONDITIONS)
    def test_a_condition(self, condition):
        """Joined in any way, with any names and numbers."""
        text = to_text(condition)
        assert condition_from_text(text) == condition
        assert to_text(condition_from_text(text)) == text

    @given(st.sampled_from(["heads", "area", "it's"]).flatmap(amounts))
    def test_an_amount(self, amount):
        """Sums, multiples, and plain numbers."""
        assert amount_from_text(to_text(amount)) == amount

    def test_the_largest_condition(self):
        """256 comparisons, nested 32 deep, and 64 figures in a sum."""
        condition: Condition = FOR > 1
        for depth in range(31):
            condition = AllOf((condition, CAST > depth)) if depth % 2 else AnyOf((condition, CAST > depth))
        wide = AllOf([FOR >= number for number in range(256)])
        long = sum((PRESENT.among(f"group {number}") for number in range(64)), Amount.of(1)) >= 1
        for each in (condition, wide, long):
            assert condition_from_text(to_text(each)) == each

    def test_nothing_else_is_written(self):
        """A condition of somebody's own has no words here."""

        class Odd(Condition):
            """Nobody's."""

        for value in (Odd(), 3, "for > 1", None):
            with pytest.raises(InvalidType):
                to_text(value)


class TestRefused:
    """Every fault says at which column it stands, what was expected, and what to write."""

    @pytest.mark.parametrize(
        ("text", "say"),
        [
            ("", "column 1: the text ends, where a number or a figure such as present was expected"),
            ("present", "column 8: the text ends, where one of >=, >, <=, < was expected"),
            ("present >= ", "column 11: the text ends, where a number or a figure"),
            ("prsent >= 1", "column 1: 'prsent' is no figure; write one of names, entitled, present"),
            ("fro.by(area) >= 1", "column 1: 'fro' is no figure"),
            ("PRESENT >= 1", "column 1: 'PRESENT' is no figure"),
            (
                "for > 66.7% cast",
                "column 7: is '66.7%', where a number or a figure such as present was expected; a percentage",
            ),
            ("for > 66 ％ cast", "a percentage is rounded: write the share as the instrument says it, such as 2/3"),
            ("for > 0.667 cast", "column 7: is 0.667; write the share as the instrument says it"),
            ("for > 0.5 (cast - 1)", "column 7: is 0.5; write the share"),
            ("for > 1e3", "column 8: 'e3' is no figure"),
            ("for > 1,000", "column 8: is ',', where and, or, or the end was expected; write numbers without it"),
            ("for > １", "column 7: is '１'"),
            ("for > 1/0", "column 7: the number is '1/0'"),
            ("for > " + "1" * 50, "column 7: the number has more than 40 digits"),
            (
                "for == 3",
                "column 5: is '=', where one of >=, >, <=, < was expected; no vote is decided by exact equality",
            ),
            (
                "for = 3",
                "column 5: is '=', where one of >=, >, <=, < was expected; no vote is decided by exact equality",
            ),
            ("for => 3", "column 5: is '='"),
            ("for != 3", "column 5: is '!', where one of >=, >, <=, < was expected; no vote is decided by inequality"),
            ("2 <= present <= 3", "column 14: is '<=', where and, or, or the end was expected"),
            ("9 <= present", "column 1: 9 <= PRESENT has no figure on its left side"),
            ("present >= 0.5", "column 1: PRESENT >= Fraction(1, 2) compares heads with a part of one head"),
            (
                "for >= 1/2 - 1/3 present",
                "column 8: 1/2 stands by itself in a sum; name what it is a share of, such as 1/2 present, or write 0.5 for",
            ),
            ("for >= 1/2 present - 1/3", "column 22: 1/3 stands by itself in a sum; name what it is a share of"),
            ("for >= 1/2 present - 1/3", "or write 1/3 (1) for the number"),
            ("for >= 1/2 + 1/2", "column 14: 1/2 stands by itself in a sum"),
            ("for >= -1/2", "column 9: 1/2 stands by itself in a sum"),
            ("for - 1/2 >= present", "column 7: 1/2 stands by itself in a sum"),
            ("for >= present + (1/2)", "column 19: 1/2 stands by itself in a sum"),
            ("for >= 1/2 (1/3 + present)", "column 13: 1/3 stands by itself in a sum"),
            ("for.by(area) >= 1/2 - 1/3 present.by(area)", "column 17: 1/2 stands by itself in a sum"),
            ("for > 1 && cast > 1", "column 9: is '&', where and, or, or the end was expected; write and"),
            ("for > 1 | cast > 1", "column 9: is '|', where and, or, or the end was expected; write or"),
            (
                "for > 1 and and cast > 1",
                "column 13: is 'and', where a number or a figure such as present was expected; one of",
            ),
            ("for > 1 or", "column 11: the text ends"),
            ("for > 1 and cast > 1 or present > 1", "column 22: 'and' and 'or' stand side by side; put brackets round"),
            ("not for > 1", "column 1: 'not' is no figure"),
            ("(for > 1", "column 9: the text ends, where and, or, or the closing bracket was expected"),
            ("(for + 1 > 1", "where and, or, or the closing bracket was expected"),
            ("for > (cast", "column 12: the text ends, where +, - or the closing bracket was expected"),
            ("for > 1)", "column 8: is ')', where and, or, or the end was expected"),
            ("for > cast * 2", "column 12: is '*'"),
            ("for > cast / 2", "column 12: is '/', where and, or, or the end was expected; an amount is not divided"),
            (
                "for.area > 1",
                "column 4: is '.', where one of >=, >, <=, < was expected; write .by(area) or .among(women)",
            ),
            ("for.by(old town) > 1", "quotes round a name of several words"),
            ("for.by('') > 1", "column 4: a measure has 0 characters"),
            ("for.among(' x') > 1", "column 4: a group ' x' begins or ends with a space"),
            ("9.by(area) > 1", "column 2: is '.by(area)', where one of >=, >, <=, < was expected"),
            ("for.by(area).by(shares) > 1", "column 13: .by(…) stands twice here"),
            ("(for.by(area)).by(shares) > 1", "column 15: FOR.by('area') is counted by area already"),
            ("for.by(area) > cast", "column 1: FOR.by('area') > CAST compares area with heads"),
            ("for + for.by(area) > 1", "column 1: FOR.by('area') + FOR mixes area and heads"),
            ("for - for > 1", "column 1: 0 > 1 has no figure on its left side"),
            ("for > 1 $", "column 9: is '$'"),
            ("for\n> 1 and\nfro > 2", "line 3, column 1: 'fro' is no figure"),
            ("(" * 33 + "for" + ")" * 33 + " > 1", "column 33: brackets are nested deeper than 32; split the rule"),
            (" and ".join(["for > 1"] * 257), "this is one of more than 256 comparisons; split the rule"),
            (" + ".join(["for"] * 66) + " > 1", "a sum has more than 65 parts"),
            (
                " + ".join(f"for.among(g{n})" for n in range(65)) + " > 1",
                "an amount adds up 65 figures; 64 are the most",
            ),
        ],
    )
    def test_a_condition(self, text, say):
        """One thing is wrong."""
        with pytest.raises(InvalidValue) as caught:
            condition_from_text(text)
        assert any(say in fault for fault in caught.value.faults), caught.value.faults

    def test_says_all_faults(self):
        """Three figures are misspelt and two measures mixed, and four faults are told."""
        with pytest.raises(InvalidValue) as caught:
            condition_from_text("presnt >= 2/3 entiteld and for.by(area) > cast and (frr > 1 or for > 2)")
        assert [fault.partition(":")[0] for fault in caught.value.faults] == [
            "column 1",
            "column 15",
            "column 28",
            "column 53",
        ]

    @pytest.mark.parametrize("value", [None, 3, b"for > 1", ["for > 1"]], ids=repr)
    def test_what_is_no_text(self, value):
        """It is a type error."""
        for read in (condition_from_text, amount_from_text):
            with pytest.raises(InvalidType):
                read(value)

    def test_an_amount(self):
        """The same faults, and no comparison."""
        with pytest.raises(InvalidValue, match=r"column 5: is '>', where \+, - or the end was expected"):
            amount_from_text("for > 1")

    @given(st.text(alphabet="for against.by(area)>=<1/2%+-*'\" and or \n", max_size=40))
    def test_whatever_is_written(self, text):
        """It is read, or refused as a value; nothing else escapes."""
        try:
            condition = condition_from_text(text)
        except InvalidValue:
            return
        assert condition_from_text(to_text(condition)) == condition

    @pytest.mark.parametrize(
        "text",
        [
            lambda size: "(" * size,
            lambda size: "for > 1 and " * (size // 12),
            lambda size: "for > 1" + " or (for > 1" * (size // 13),
            lambda size: "for + " * (size // 6),
            lambda size: "((" + "(for+for)+" * (size // 11),
            lambda size: "for.by('" + "\\'" * (size // 2 - 9),
            lambda size: "9" * size,
            lambda size: " " * size,
            lambda size: " and ".join(["for" + " + ((((((((for))))))))" * 64 + " > 1"] * (size // 1500)),
        ],
        ids=["brackets", "joined", "nested", "sum", "sums", "name", "digits", "spaces", "nested sums"],
    )
    def test_a_megabyte_of_anything(self, text):
        """It is refused, in a time that grows with its size and no faster (row R19)."""

        def refused(written):
            with pytest.raises(InvalidValue):
                condition_from_text(written)

        assert grows_evenly(refused, text)

    def test_advice_is_given_only_where_it_fits(self):
        """A word that joins, where nothing stands before it to be joined, is not one of two."""
        with pytest.raises(InvalidValue) as caught:
            condition_from_text("for >= or 1")
        assert caught.value.faults == ("column 8: is 'or', where a number or a figure such as present was expected",)

    def test_what_is_too_long_is_never_read_in_part(self):
        """Where reading stops, the text is refused; this one keeps every other limit."""
        side = " + ".join(["2*for.by(a).among(g)"] * 65)
        with pytest.raises(InvalidValue, match=r"here the text has more than 199680 words, numbers and signs"):
            condition_from_text(" and ".join([f"{'(' * 30}{side} > {side}{')' * 30}"] * 256))

    def test_more_than_a_megabyte(self):
        """It is not looked at."""
        with pytest.raises(InvalidValue, match="has 1048577 characters; 1048576 are the most"):
            condition_from_text(" " * (2**20 + 1))
