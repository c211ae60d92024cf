"""Files of rules in TOML: a hand-written file says all that Python can, and every fault names its line and key."""

# amounts are written in capitals, and stand on the left as in the statute

import itertools
import json
import tomllib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.made_up import NAMES, RULES, grows_evenly
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    AGAINST,
    ENTITLED,
    FOR,
    PRESENT,
    AllOf,
    Rule,
    rules_from_data,
    rules_from_toml,
    rules_to_toml,
    to_data,
)
from yizheng.text import Text

WRITTEN = """\
# a by-law
[rule.representatives]
quorum = "present >= 2/3 entitled"
passage = "for > 1/2 present"
electorate = "persons"

[rule.representatives.citation]
instrument = { zh = "议事规则", en = "by-laws" }
article = "29"
in_force_from = 2026-01-01

[rule."old town"]
quorum = "none"
passage = '''
for > 1/2 entitled
and against.among("old town") <= 0
'''
by_no_objection = false
"""
REPRESENTATIVES = Rule(
    quorum=PRESENT >= Fraction(2, 3) * ENTITLED,
    passage=FOR > Fraction(1, 2) * PRESENT,
    electorate="persons",
    citation=Citation(instrument=Text("议事规则", "by-laws"), article="29", in_force_from=date(2026, 1, 1)),
)
OLD_TOWN = Rule(quorum=None, passage=(FOR > Fraction(1, 2) * ENTITLED) & (AGAINST.among("old town") <= 0))


class TestRead:
    """What is written by hand is read as the rules that Python would make."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", None])
    def test_a_file(self, encoding):
        """As text or as bytes, with or without the mark that some editors put in front, in the order of the file."""
        rules = rules_from_toml(WRITTEN if encoding is None else WRITTEN.encode(encoding))
        assert list(rules.items()) == [("representatives", REPRESENTATIVES), ("old town", OLD_TOWN)]
        assert rules_from_toml("\ufeff" + WRITTEN) == rules

    def test_with_other_line_ends(self):
        """As editors under Windows write them."""
        assert rules_from_toml(WRITTEN.replace("\n", "\r\n")) == rules_from_toml(WRITTEN)

    def test_points_in_words_are_no_keys(self):
        """A note with an ellipsis, and a comment with a longer one."""
        rules = rules_from_toml(f"[rule.a]  # {'.' * 99}\nquorum = 'none'\npassage = 'for.among(\"{'.' * 99}\") > 1'")
        assert rules["a"].groups == {"." * 99}

    def test_conditions_as_tables(self):
        """The form of the data stands beside the written one, also within one condition."""
        rules = rules_from_toml("""
            [rule.a]
            quorum = {left = {of = "present"}, sign = ">=", right = 9}
            passage = {all = ["for >= 9", {left = {of = "against"}, sign = "<=", right = 0}]}
        """)
        assert rules == {"a": Rule(quorum=PRESENT >= 9, passage=AllOf((FOR >= 9, AGAINST <= 0)))}

    def test_as_plain_data(self):
        """The same file in JSON."""
        data = {"rule": {"a": to_data(REPRESENTATIVES), "b": to_data(OLD_TOWN)}}
        assert rules_from_data(json.loads(json.dumps(data))) == {"a": REPRESENTATIVES, "b": OLD_TOWN}

    def test_many_rules(self):
        """Each may be as large as a rule may be: what one holds is not held against the next."""
        rules = {f"r{number}": Rule(quorum=PRESENT >= number, passage=FOR > AGAINST) for number in range(400)}
        assert rules_from_toml(rules_to_toml(rules)) == rules

    def test_none(self):
        """A file may hold no rule yet, if it says so."""
        assert rules_from_toml("[rule]") == {}


class TestWritten:
    """What is written is read back unchanged, and reads well."""

    def test_a_file(self):
        """Conditions are written out, days are days."""
        assert rules_to_toml({"representatives": REPRESENTATIVES, "old town": OLD_TOWN}) == (
            """\
[rule.representatives]
quorum = "present >= 2/3 entitled"
passage = "for > 1/2 present"
electorate = "persons"

[rule.representatives.citation]
instrument = { zh = "议事规则", en = "by-laws" }
article = "29"
in_force_from = 2026-01-01

[rule."old town"]
quorum = "none"
passage = "for > 1/2 entitled and against.among('old town') <= 0"
"""
        )

    @given(st.dictionaries(NAMES, RULES, max_size=2))
    def test_any_rules(self, rules):
        """Whatever Python can say."""
        text = rules_to_toml(rules)
        assert rules_from_toml(text) == rules
        assert list(rules_from_toml(text)) == list(rules)
        assert rules_to_toml(rules_from_toml(text)) == text
        assert list(tomllib.loads(text)) == ["rule"]

    @pytest.mark.parametrize(
        "rules", [None, [REPRESENTATIVES], {"a": 3}, {3: REPRESENTATIVES}, {"a": to_data(OLD_TOWN)}]
    )
    def test_nothing_else_is_written(self, rules):
        """Names and rules."""
        with pytest.raises(InvalidType):
            rules_to_toml(rules)

    def test_what_a_file_cannot_hold(self):
        """More than a thousand rules, or more than a megabyte, or a name that is none."""
        rule = Rule(quorum=None, passage=FOR > sum(PRESENT.among(f"{number}" + 190 * "x") for number in range(60)))
        for rules, say in (
            ({f"r{number}": OLD_TOWN for number in range(1001)}, "1001 rules are given; 1000 are the most"),
            ({f"r{number}": rule for number in range(90)}, "would be longer than 1048576 bytes"),
            ({" ": OLD_TOWN}, "begins or ends with a space"),
        ):
            with pytest.raises(InvalidValue, match=say):
                rules_to_toml(rules)


class TestRefused:
    """All faults of a file are told at once, in its order, each with its line and the path of its key."""

    def test_all_faults_of_a_file(self):
        """Twelve things are wrong in it."""
        with pytest.raises(InvalidValue) as caught:
            rules_from_toml("""\
title = "rules"
[rule.a]
quorum = "presnt >= 66.7% entitled"   # a [comment] = no key
passage = '''
for >= 1
and cast => 2'''
citation = { instrument = 3, articl = "1" }

[rule."b.c"]
quorum = 0.667
by_no_objection = "yes"
[rule.b.citation]
[rule.d]
quorum = "none"
passage = { left = { of = "for" }, sign = ">=", right = [
  { of = "cast", times = 0.5 },
] }
electorate = 3
citation.instrument = "x"
citation.in_force_from = 2026-01-01T00:00:00
""")
        assert [fault[:60] for fault in caught.value.faults] == [
            "line 1, title: is no key here; write each rule as a table su",
            "line 3, rule.a.quorum: column 1: 'presnt' is no figure; writ",
            "line 3, rule.a.quorum: column 11: is '66.7%', where a number",
            "line 4, rule.a.passage: line 2, column 10: is '=', where one",
            "line 7, rule.a.citation.articl: is no key here; there are in",
            "line 7, rule.a.citation.instrument: is 3; write a table with",
            'line 9, rule."b.c".passage: is missing',
            'line 10, rule."b.c".quorum: is of type float; write a compar',
            'line 11, rule."b.c".by_no_objection: is yes; write true or f',
            "line 12, rule.b.quorum: is missing",
            "line 12, rule.b.passage: is missing",
            "line 12, rule.b.citation.instrument: is missing",
            "line 15, rule.d.passage.right[0].times: is 0.5; write the sh",
            "line 18, rule.d.electorate: the electorate is of type int; w",
            "line 20, rule.d.citation.in_force_from: is of type datetime;",
        ]

    def test_in_the_order_of_the_file(self):
        """Whatever the order in which the keys of a rule are looked at."""
        with pytest.raises(InvalidValue) as caught:
            rules_from_toml("[rule.a]\npassage = 3\nquorum = 3\n")
        assert [fault.partition(",")[0] for fault in caught.value.faults] == ["line 2", "line 3"]

    @pytest.mark.parametrize(
        ("before", "line"),
        [
            ("", 1),
            ("\n\n# [rule.x]\n", 4),
            ('note = """\n[rule.x]\nquorum = 3\n"""\n', 5),
            ("note = '''\nit''s [x] = \"\n'''\n", 4),
            ('note = """a""""\n', 2),
            ("note = [\n 1, # ]\n [2, '3]'],\n]\n", 5),
            ("note = {a = [\n]}\n", 3),
            ("[[note]]\n[[note]]\n", 3),
            ("'a.b' = 1\n\"c=\" . d = 2\n", 3),
            ('note = "\\""\r\n', 2),
        ],
    )
    def test_lines_are_counted_as_toml_counts_them(self, before, line):
        """Strings over several lines, lists, comments and quotes do not mislead it."""
        with pytest.raises(InvalidValue) as caught:
            rules_from_toml(before + "[ rule . 'x' ]\nquorum = 3\npassage = 'for > 1'\n")
        assert [fault for fault in caught.value.faults if ", rule" in fault] == [
            f'line {line + 1}, rule.x.quorum: is 3; write a comparison such as "present >= 2/3 entitled"'
        ]

    @pytest.mark.parametrize(
        ("text", "say"),
        [
            ("", "rule: is missing; write each rule as a table such as [rule.representatives]"),
            ("rule = 3", "line 1, rule: is 3; write a table"),
            ("rules.toml", "'rules.toml' is the path of a file and not what stands in it; write path.read_bytes()"),
            ("[rule]\nx = 3", "line 2, rule.x: is 3; write a table with quorum, passage"),
            ("[rule.'']\nquorum = 'none'\npassage = 'for > 1'", 'line 1, rule."": the name of a rule has 0 characters'),
            (
                "[rule.é]\nquorum = 'none'\npassage = 'for > 1'\n[rule.'e\u0301']\nquorum = 'none'\npassage = 'for > 2'".replace(
                    "rule.é", "rule.'é'"
                ),
                ": is there twice, in two Unicode forms; give one of the rules",
            ),
            ("a = 1\na = 2", "the file is no TOML"),
            ("[rule.a\n", "the file is no TOML"),
            ("[rule.a]\nin_force_from = 2026-13-01", "the file is no TOML"),
            ("[rule.a]\nquorum = present >= 3", "(at line 2, column 10); strings stand in quotes, days do not"),
            ("a = 1" + "0" * 5000, "the file is no TOML"),
            ("a = " + "[" * 100_000, "the file nests tables or lists too deep to be read"),
            ("x = 1\n[" + "a." * 33 + "a]", "line 2 of the file has more than 32 points outside of quotes"),
            (b"[rule.a]\nquorum = '\xff'", "line 2 of the file is not in UTF-8"),
            (" " * (2**20 + 1), "the file has 1048577 bytes; 1048576 are the most"),
            ("[rule]\n" + "".join(f"r{number} = 1\n" for number in range(1001)), "has 1001 keys; 1000 are the most"),
        ],
        ids=itertools.count(),
    )
    def test_a_file(self, text, say):
        """What is no file of rules."""
        with pytest.raises(InvalidValue) as caught:
            rules_from_toml(text)
        assert any(say in fault for fault in caught.value.faults), caught.value.faults

    @pytest.mark.parametrize("value", [None, 3, ["[rule]"]], ids=repr)
    def test_what_is_no_file(self, value):
        """It is a type error."""
        with pytest.raises(InvalidType, match="is text or bytes"):
            rules_from_toml(value)

    @pytest.mark.parametrize("data", [None, 3, [], {}, {"rule": None}, {"rules": {}}, {3: 4}], ids=repr)
    def test_plain_data_that_is_no_file(self, data):
        """It is refused, and nothing but ``InvalidValue`` is raised."""
        with pytest.raises(InvalidValue):
            rules_from_data(data)

    @pytest.mark.parametrize(
        "text",
        [
            lambda size: "".join(f"[rule.r{number}]\nquorum = 1\n" for number in range(size // 1_200)),
            lambda size: "\n" * size,
            lambda size: "a = [" + "'x',\n" * (size // 6) + "]",
            lambda size: "".join(f"k{number} = 1\n" for number in range(size // 15)),
            lambda size: "a = '''" + "x''" * (size // 4) + "'''",
            lambda size: "a" + ".a" * (size // 3) + " = 1",
            lambda size: "".join("[" + "a." * 30 + f"k{number}]\n" for number in range(size // 70)),
            lambda size: '"' + '\\"' * (size // 3) + "\\",
        ],
        ids=["rules", "lines", "list", "keys", "quotes", "dotted", "dotted heads", "open string"],
    )
    def test_a_megabyte_of_anything(self, text):
        """It is refused, lines and all, in a time that grows with its size and no faster (row R19)."""

        def refused(file):
            with pytest.raises(InvalidValue):
                rules_from_toml(file)

        assert grows_evenly(refused, text)
