"""Rules, tallies and rulings as plain data: how they are written, what may be written by hand, and every refusal."""

# amounts are written in capitals, and stand on the left as in the statute

import copy
import itertools
import json
import tomllib
from datetime import date
from fractions import Fraction

import pytest

from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    VALID,
    Amount,
    Condition,
    Rule,
    Tally,
    amount_from_data,
    citation_from_data,
    citation_to_data,
    condition_from_data,
    rule_from_data,
    ruling_from_data,
    tally_from_data,
    to_data,
)
from yizheng.text import Text
from yizheng.values import frozen, plain

CITATION = Citation(
    instrument=Text("民法典", "Civil Code"),
    article="278(7)",
    in_force_from=date(2021, 1, 1),
    in_force_to=date(2030, 12, 31),
    region="河南",
    certainty=Certainty.REPORTED,
    note=Text("注", "note"),
)
RULE = Rule(
    quorum=(CAST >= Fraction(2, 3) * ENTITLED) & (CAST.by("area") >= Fraction(2, 3) * ENTITLED.by("area")),
    passage=(FOR >= 9) | (AGAINST.among("permanent") <= VALID - 2 * ABSTAINING + "0.5"),
    by_no_objection=True,
    citation=CITATION,
)
RULE_DATA = {
    "quorum": {
        "all": [
            {"left": {"of": "cast"}, "sign": ">=", "right": {"times": "2/3", "of": "entitled"}},
            {
                "left": {"of": "cast", "by": "area"},
                "sign": ">=",
                "right": {"times": "2/3", "of": "entitled", "by": "area"},
            },
        ]
    },
    "passage": {
        "any": [
            {"left": {"of": "for"}, "sign": ">=", "right": 9},
            {
                "left": {"of": "against", "among": "permanent"},
                "sign": "<=",
                "right": [{"of": "valid"}, {"times": -2, "of": "abstaining"}, "0.5"],
            },
        ]
    },
    "by_no_objection": True,
    "citation": {
        "instrument": {"zh": "民法典", "en": "Civil Code"},
        "article": "278(7)",
        "in_force_from": "2021-01-01",
        "in_force_to": "2030-12-31",
        "region": "河南",
        "certainty": "reported",
        "note": {"zh": "注", "en": "note"},
    },
}
TALLY = Tally.by_measure(
    heads={"entitled": 9, "present": 5, "for": 3, "among": {"g": {"entitled": 2}}},
    area={"entitled": "89.60", "for": Fraction(1, 3), "among": {"g": {}}},
    issued=9,
    returned=8,
)
SIMPLE = {"quorum": "none", "passage": {"left": {"of": "for"}, "sign": ">", "right": {"times": "1/2", "of": "cast"}}}


class TestWritten:
    """The lasting form: golden, and plain."""

    def test_a_rule(self):
        """Whatever is at its default is left out; the rest stands under lasting names."""
        assert to_data(RULE) == RULE_DATA
        assert rule_from_data(RULE_DATA) == RULE
        assert to_data(Rule(quorum=None, passage=FOR > Fraction(1, 2) * CAST)) == SIMPLE

    def test_a_tally(self):
        """Known figures by measure and group, whole numbers as ints and others exactly."""
        data = to_data(TALLY)
        assert data["measures"]["heads"] == {
            "entitled": 9,
            "present": 5,
            "for": 3,
            "absent": 4,
            "among": {"g": {"entitled": 2}},
        }
        assert data["measures"]["area"] == {"entitled": "89.6", "for": "1/3", "among": {"g": {}}}
        assert (data["issued"], data["returned"]) == (9, 8)
        assert tally_from_data(data) == TALLY
        assert to_data(Tally.of(entitled=2, for_=2, presence=False))["presence"] is False

    def test_a_ruling(self):
        """The rule, the tally, the outcome and the findings, for whoever re-judges in another language."""
        rule = Rule(quorum=PRESENT >= 5, passage=FOR.by("area") > Fraction(1, 2) * ENTITLED.by("area"))
        data = to_data(rule.judge(TALLY))
        assert (data["outcome"], data["tie"]) == ("lost", False)
        assert data["findings"] == [
            {"part": "quorum", "left": 5, "right": 5, "holds": True, "needed": 5},
            {
                "part": "passage",
                "left": "1/3",
                "right": "44.8",
                "holds": False,
                "needed": "44.8",
                "needed_is_bound": True,
            },
        ]
        none = Rule(quorum=None, passage=FOR >= Fraction(1, 2) * CAST).judge(Tally.of(names=0))
        assert to_data(none)["findings"] == [
            {"part": "passage", "left": 0, "right": 0, "holds": False, "nothing": True}
        ]
        assert ruling_from_data(to_data(none)) == none

    def test_is_plain(self):
        """It passes the library's own door for plain data, frozen or not, and JSON."""
        data = to_data(
            RULE.judge(
                Tally.by_measure(
                    heads={"entitled": 9, "cast": 3, "for": 3, "among": {"permanent": {"entitled": 2}}},
                    area={"entitled": 9, "cast": 3, "among": {"permanent": {}}},
                )
            )
        )
        assert json.loads(json.dumps(data)) == data
        assert ruling_from_data(plain(data)) == ruling_from_data(data)

    @pytest.mark.parametrize(
        ("amount", "data"),
        [
            (Amount.of(0), 0),
            (Amount.of("-2.50"), "-2.5"),
            (Amount.of(Fraction(1, 3)), "1/3"),
            (Amount.of(2**53 - 1), 2**53 - 1),
            (Amount.of(2**53), "9007199254740992"),
            (FOR, {"of": "for"}),
            (Fraction(1, 2) * FOR, {"times": "1/2", "of": "for"}),
            (2**60 * FOR.by("m").among("g"), {"times": "1152921504606846976", "of": "for", "by": "m", "among": "g"}),
            (FOR + 1, [{"of": "for"}, 1]),
        ],
        ids=repr,
    )
    def test_an_amount(self, amount, data):
        """A number, a multiple, or a list of these; integers that JSON readers would round are strings."""
        assert to_data(amount) == data
        assert amount_from_data(data) == amount

    def test_nought_times_a_figure(self):
        """It is nought, in whatever measure."""
        assert amount_from_data({"times": 0, "of": "cast", "by": "area", "among": "g"}) == Amount.of(0)

    def test_a_citation(self):
        """Its dates are days, and what is not known is left out."""
        assert citation_from_data(citation_to_data(CITATION)) == CITATION
        assert citation_to_data(Citation(instrument="x")) == {"instrument": "x"}
        assert citation_from_data({"instrument": "x"}) == Citation(instrument="x")

    def test_nothing_else(self):
        """What is no part of a rule is refused."""

        class Odd(Condition):
            """A condition of nobody's making."""

        for value in (3, None, "rule", Odd()):
            with pytest.raises(InvalidType):
                to_data(value)


class TestWrittenByHand:
    """What a person may write, in TOML."""

    def test_in_toml(self):
        """The owners' rule as a hand writes it, with native dates."""
        written = tomllib.loads("""
            quorum = {all = [
              {left = {of = "cast"}, sign = ">=", right = {of = "entitled", times = "2/3"}},
              {left = {of = "cast", by = "area"}, sign = ">=", right = {of = "entitled", by = "area", times = "2/3"}},
            ]}
            passage = {any = [
              {left = [{of = "for"}], sign = ">=", right = "9"},
              {left = {of = "against", among = "permanent"}, sign = "<=", right = ["1/2", {of = "valid"}, {of = "abstaining", times = -2}]},
            ]}
            by_no_objection = true
            [citation]
            instrument = {zh = "民法典", en = "Civil Code"}
            article = "278(7)"
            in_force_from = 2021-01-01
            in_force_to = 2030-12-31
            region = "河南"
            certainty = "reported"
            note = {zh = "注", en = "note"}
        """)
        assert rule_from_data(written) == RULE

    def test_a_tally_may_leave_out_what_follows(self):
        """It is completed on reading, and then written whole."""
        tally = tally_from_data({"measures": {"heads": {"entitled": 5, "for": "5"}}})
        assert tally == Tally.of(entitled=5, for_=5)
        assert to_data(tally)["measures"]["heads"]["absent"] == 0

    def test_reading_changes_nothing(self):
        """The data read is left as it was."""
        before = copy.deepcopy(RULE_DATA)
        rule_from_data(RULE_DATA)
        rule_from_data(frozen(RULE_DATA))
        assert before == RULE_DATA


def changed(data, path, value):
    """The data with one key changed, or taken out where the value is ``...``."""
    data = copy.deepcopy(data)
    part = data
    for key in path[:-1]:
        part = part[key]
    if value is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return data


class TestRefused:
    """Every fault names the path of its key, and is an ``InvalidValue``."""

    @pytest.mark.parametrize(
        ("path", "value", "say"),
        [
            (["quorum"], ..., "rule.quorum: is missing"),
            (["quorum"], None, "rule.quorum: is of type NoneType; write a comparison such as"),
            (["quorum"], {"all": []}, "rule.quorum.all: 0 conditions cannot be joined"),
            (["quorum"], {"all": {}}, "rule.quorum.all: is of type dict; write a list"),
            (["quorum"], {"all": [SIMPLE["passage"]] * 257}, "rule.quorum.all: has 257 parts; 256 are the most"),
            (["quorum"], {"any": [SIMPLE["passage"], 3]}, "rule.quorum.any[1]: is 3; write a comparison such as"),
            (["quorum"], SIMPLE["passage"] | {"all": []}, "rule.quorum.left: is no key here; there are all"),
            (["passage", "left"], ..., "rule.passage.left: is missing"),
            (["passage", "left"], 3, "rule.passage: 3 > Fraction(1, 2) * CAST has no figure on its left side"),
            (["passage", "left"], [], "rule.passage.left: is empty"),
            (["passage", "left"], [1] * 66, "rule.passage.left: has 66 parts; 65 are the most"),
            (["passage", "left"], {"times": 2}, "rule.passage.left.of: is missing"),
            (["passage", "left", "of"], "yes", "rule.passage.left.of: is yes; write one of names, entitled"),
            (["passage", "left", "of"], 3, "rule.passage.left.of: is 3; write one of"),
            (["passage", "left", "by"], 3, "rule.passage.left.by: a measure is of type int"),
            (["passage", "left", "by"], "area", "rule.passage: FOR.by('area') > Fraction(1, 2) * CAST compares area"),
            (["passage", "left", "among"], "", "rule.passage.left.among: a group has 0 characters"),
            (["passage", "left", "colour"], 1, "rule.passage.left.colour: is no key here"),
            (["passage", "left", "\n"], 1, r"rule.passage.left.'\n': is no key here"),
            (["passage", "sign"], "=>", "rule.passage.sign: is =>; write one of >=, >, <=, <"),
            (["passage", "right", "times"], 0.5, "rule.passage.right.times: is 0.5; write the share"),
            (["passage", "right", "times"], True, "rule.passage.right.times: the number is True"),
            (["passage", "right", "times"], "0.6667", "rule.passage.right.times: is 0.6667; write the share"),
            (["passage", "right", "times"], "1/0", "rule.passage.right.times: is '1/0', a share of nothing"),
            (["passage", "right", "times"], None, "rule.passage.right.times: is of type NoneType"),
            (["passage", "right", "times"], 10**90, "rule.passage.right.times: the number has more than 40 digits"),
            (["passage", "right"], float("nan"), "rule.passage.right: is the float nan"),
            (["passage", "right"], "1" * 5000, "rule.passage.right: the number is '1111"),
            (["passage", "right"], "2/3", "rule.passage: FOR > Fraction(2, 3) compares heads with a part of one head"),
            (["passage", "right"], [{"of": "cast"}, {"of": "cast", "by": "area"}], "mixes area and heads"),
            (["by_no_objection"], 1, "rule.by_no_objection: is 1; write true or false"),
            (["citation"], "art. 278", "rule.citation: is art. 278; write a table with instrument, article"),
            (["citation"], {"instrument": 3}, "rule.citation.instrument: is 3; write a table with zh, en"),
            (["citation"], {"instrument": {"zh": "x"}}, "rule.citation.instrument.en: is missing"),
            (["citation"], {"instrument": "\x00"}, "rule.citation.instrument: text holds the character U+0000"),
            (
                ["citation"],
                {"instrument": "x", "article": 278},
                "rule.citation.article: text is of type int; write a string",
            ),
            (["citation"], {"instrument": "x", "in_force_from": "2021"}, "in_force_from: is 2021; write a day"),
            (["citation"], {"instrument": "x", "in_force_to": "2021-02-30"}, "in_force_to: is 2021-02-30; write a day"),
            (["citation"], {"instrument": "x", "certainty": "sure"}, "certainty: is sure; write one of read, reported"),
            (
                ["citation"],
                {"instrument": "x", "in_force_from": "2022-01-01", "in_force_to": "2021-01-01"},
                "rule.citation: x is in force from 2022-01-01",
            ),
            (
                ["colour"],
                "red",
                "rule.colour: is no key here; there are quorum, passage, by_no_objection, electorate, casting, citation",
            ),
            ([3], "red", "rule.3: is no key here"),
        ],
        ids=str,
    )
    def test_a_rule(self, path, value, say):
        """One key is wrong."""
        with pytest.raises(InvalidValue) as caught:
            rule_from_data(changed(SIMPLE, path, value))
        assert any(say in fault for fault in caught.value.faults), caught.value.faults

    def test_says_all_faults(self):
        """Five keys are wrong, and five are named."""
        data = {
            "quorum": {"left": {"of": "here"}, "sign": ">", "right": 1},
            "passage": {"left": {"of": "for"}, "sign": "!", "right": 0.5},
            "by_no_objection": "no",
            "citation": {},
        }
        with pytest.raises(InvalidValue) as caught:
            rule_from_data(data, "procedure.rule")
        assert [fault.partition(":")[0] for fault in caught.value.faults] == [
            "procedure.rule.quorum.left.of",
            "procedure.rule.passage.right",
            "procedure.rule.passage.sign",
            "procedure.rule.by_no_objection",
            "procedure.rule.citation.instrument",
        ]

    @pytest.mark.parametrize(
        ("data", "say"),
        [
            (None, "tally: is of type NoneType; write a table with measures"),
            ({}, "tally.measures: is missing"),
            ({"measures": []}, "tally.measures: is of type list; write a table"),
            ({"measures": {}}, "tally: heads are missing"),
            ({"measures": {"heads": 3}}, "tally.measures.heads: is 3; write a table"),
            ({"measures": {"heads": {"yes": 3}}}, "tally.measures.heads.yes: is no key here"),
            ({"measures": {"heads": {"for_": 3}}}, "tally.measures.heads.for_: is no key here"),
            ({"measures": {"heads": {"for": 3.5}}}, "tally.measures.heads.for: is the float 3.5"),
            ({"measures": {"heads": {"for": "7/2"}}}, "tally: heads: for is 7/2"),
            ({"measures": {"heads": {"for": None}}}, "tally.measures.heads.for: is of type NoneType"),
            ({"measures": {"heads": {"among": 3}}}, "tally.measures.heads.among: is 3; write a table"),
            ({"measures": {"heads": {"among": {"g": 3}}}}, "tally.measures.heads.among.g: is 3; write a table"),
            ({"measures": {"heads": {"among": {"g": {"for": "x"}}}}}, "heads.among.g.for: the number is 'x'"),
            ({"measures": {"heads": {"among": {"g": {"among": {}}}}}}, "heads.among.g.among: is no key here"),
            ({"measures": {"heads": {"present": 3, "entitled": 2}}}, "tally: heads: present 3 is more than entitled 2"),
            ({"measures": {f"m{n}": {} for n in range(17)}}, "tally.measures: has 17 keys; 16 are the most"),
            ({"measures": {"heads": {}}, "presence": 0}, "tally.presence: is 0; write true or false"),
            ({"measures": {"heads": {}}, "issued": "x"}, "tally.issued: the number is 'x'"),
            ({"measures": {"heads": {}, 3: {}}}, "tally: a measure is of type int"),
        ],
        ids=str,
    )
    def test_a_tally(self, data, say):
        """What is no tally, and what no roll can make."""
        with pytest.raises(InvalidValue) as caught:
            tally_from_data(data)
        assert any(say in fault for fault in caught.value.faults), caught.value.faults

    @pytest.mark.parametrize(
        ("path", "value", "say"),
        [
            (["outcome"], "carried", "ruling.outcome: is carried, but by the rule and the figures it is lost"),
            (["outcome"], ..., "ruling.outcome: is missing"),
            (["tie"], True, "ruling.tie: is true, but by the rule and the figures it is false"),
            (["tie"], 0, "ruling.tie: is 0, but by the rule and the figures it is false"),
            (["findings"], [], "ruling.findings: is of type list, but"),
            (["findings", 0, "left"], 6, "ruling.findings[0].left: is 6, but by the rule and the figures it is 5"),
            (["findings", 0, "needed"], ..., "ruling.findings[0].needed: is missing, but"),
            (["findings", 0, "nothing"], True, "ruling.findings[0].nothing: is true, but"),
            (["findings", 0], 3, "ruling.findings[0]: is 3, but"),
            (
                ["rule", "passage", "sign"],
                ">=",
                "ruling.outcome: is lost, but by the rule and the figures it is carried",
            ),
            (["rule", "quorum"], 3, "ruling.rule.quorum: is 3"),
            (["tally", "measures"], 3, "ruling.tally.measures: is 3"),
            (["tally"], {"measures": {"heads": {"for": 5}}}, "ruling: CAST is unknown"),
        ],
        ids=str,
    )
    def test_a_ruling_that_does_not_follow(self, path, value, say):
        """A verdict is never taken on trust (row 87): it is judged again, and whatever differs is named."""
        data = to_data(rule_from_data(SIMPLE).judge(Tally.of(cast=10, for_=5)))
        with pytest.raises(InvalidValue) as caught:
            ruling_from_data(changed(data, path, value))
        assert any(say in fault for fault in caught.value.faults), caught.value.faults

    @pytest.mark.parametrize(
        "read",
        [amount_from_data, condition_from_data, citation_from_data, rule_from_data],
        ids=lambda read: read.__name__,
    )
    @pytest.mark.parametrize(
        "data", [None, 3.5, b"", set(), object(), [[]], {"all": 1, "any": 1}, {1: 2}], ids=itertools.count()
    )
    def test_whatever_it_is(self, read, data):
        """No other exception escapes."""
        with pytest.raises(InvalidValue):
            read(data)


class TestHostile:
    """Data that would exhaust a reader is refused quickly (row R19)."""

    def nested(self, depth):
        """A condition inside a condition, so many times."""
        data = SIMPLE["passage"]
        for _ in range(depth - 1):
            data = {"all": [data, SIMPLE["passage"]]}
        return data

    def test_thirty_two_deep_is_read_and_thirty_three_is_not(self):
        """The limit is exact."""
        alternating = SIMPLE["passage"]
        for turn in range(31):
            alternating = {("all", "any")[turn % 2]: [alternating, SIMPLE["passage"]]}
        assert condition_from_data(alternating).depth == 32
        with pytest.raises(InvalidValue, match="nested deeper than 32"):
            condition_from_data({"all": [alternating, SIMPLE["passage"]]})

    def test_a_hundred_thousand_deep(self):
        """It is refused at the thirty-third, and never walked."""
        with pytest.raises(InvalidValue, match="nested deeper than 32"):
            condition_from_data(self.nested(100_000))

    def test_data_that_holds_itself(self):
        """It comes to an end."""
        data = {"all": []}
        data["all"] += [data] * 200
        with pytest.raises(InvalidValue, match="more than 256 comparisons"):
            condition_from_data(data)

    def test_a_key_of_a_million_characters(self):
        """The error stays short."""
        with pytest.raises(InvalidValue) as caught:
            rule_from_data({"x" * 1_000_000: 1})
        assert len(str(caught.value)) < 1000
