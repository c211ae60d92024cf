"""The JSON Schema keeps step with the reader, both ways; where a schema cannot follow, the reason is listed here."""

import copy
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules.made_up import CONDITIONS, RULES, tallies
from yizheng.errors import InvalidValue
from yizheng.rules import (
    AGAINST,
    CAST,
    FOR,
    PRESENT,
    Rule,
    amount_from_data,
    citation_from_data,
    condition_from_data,
    deem,
    rule_from_data,
    rules_from_data,
    rules_to_toml,
    ruling_from_data,
    schema,
    silence_from_data,
    tally_from_data,
    to_data,
    to_text,
)

READERS = {
    "rule": rule_from_data,
    "condition": condition_from_data,
    "amount": amount_from_data,
    "citation": citation_from_data,
    "tally": tally_from_data,
    "ruling": ruling_from_data,
    "silence": silence_from_data,
    "file": rules_from_data,
}
VALIDATORS = {of: Draft202012Validator(schema(of)) for of in READERS}

REASONS_OF_THE_READER = [
    r"compares .+ with .+; write the same",
    r"compares heads with a part of one head",
    r" mixes .* and ",
    r"has no figure on its left side",
    r"nested deeper than 32, or one of more than 256 comparisons",
    r"a condition is nested \d+ deep",
    r"a condition holds \d+ comparisons",
    r"more than 40 digits",
    r"^\S+: column \d+: ",  # a condition written out is checked word by word
    r"begins or ends with a space",
    r"holds an invisible or unassigned character",
    r"the words are empty",
    r"which cannot be kept",  # control characters
    r"is longer than 65536 bytes",  # a schema counts characters
    r"write a day such as",  # February has no 30th
    r"which ends before it begins",
    r"is the float \d+\.0,",  # to a schema 3.0 is an integer
    r"is \d+\.0; write the share",  # same
    r"heads: .* (does not make up|is more than)",
    r"(does not make up|is more than) .*; count again",
    r"the figures leave no possible number",
    r"belongs to nobody",
    r"is counted by .* and not by",
    r"a vote without presence has none",
    r"the tally holds a casting vote",
    r"the silent are deemed \S+, and by the policy",
    r" are deemed, and ",
    r"silence is deemed a vote only where there is no meeting",
    r"but by the rule and the figures it is",
    r"is unknown; give",
    r"was counted",  # a ruling's tally does not count what its rule asks for
    r"has no presence; use CAST or ENTITLED",
    r"the rule counts .+, and the tally counts",
    r"in two Unicode forms",
    r"differ only in their Unicode form",
]
"""Why data that the schema accepts may still be refused."""


def read(of, data):
    """The faults of data; none where it is read."""
    try:
        READERS[of](data)
    except InvalidValue as error:
        return error.faults
    return ()


def unlisted(faults):
    """The faults that a schema could have found."""
    return [
        fault for fault in faults if not any(re.search(reason, fault, re.DOTALL) for reason in REASONS_OF_THE_READER)
    ]


class TestDescribes:
    """The schema is one, is sound, and describes each part by name."""

    @pytest.mark.parametrize("of", READERS)
    def test_is_a_schema(self, of):
        """It fits the schema of schemas."""
        Draft202012Validator.check_schema(schema(of))

    @pytest.mark.parametrize("of", ["rules", "", None, 3, "term"], ids=repr)
    def test_nothing_else(self, of):
        """What is not described is an error that lists what is."""
        with pytest.raises(
            InvalidValue, match="ask for one of rule, condition, amount, citation, tally, ruling, silence, file"
        ):
            schema(of)

    def test_is_the_callers_own(self):
        """Whoever changes what was handed out changes nothing else."""
        schema()["$defs"]["rule"]["properties"].clear()
        assert schema()["$defs"]["rule"]["properties"]

    @pytest.mark.parametrize("of", ["rule", "citation", "tally", "ruling", "silence"])
    def test_has_the_keys_of_the_reader(self, of):
        """As the reader lists them itself."""
        (fault,) = [fault for fault in read(of, {"colour": 3}) if "there are" in fault]
        listed = fault.partition("there are ")[2].split(", ")
        described = schema()["$defs"][of]
        assert listed == list(described["properties"])
        missing = [fault.partition(":")[0].rpartition(".")[2] for fault in read(of, {}) if fault.endswith("is missing")]
        assert missing == described["required"]


class TestWhatIsWritten:
    """Everything that ``to_data`` writes fits the schema."""

    @given(RULES)
    def test_rules(self, rule):
        """With every kind of condition, name and citation."""
        assert list(VALIDATORS["rule"].iter_errors(to_data(rule))) == []

    @given(CONDITIONS)
    def test_conditions(self, condition):
        """As data and written out."""
        assert VALIDATORS["condition"].is_valid(to_data(condition))
        assert VALIDATORS["condition"].is_valid(to_text(condition))

    @given(tallies())
    def test_tallies_and_rulings(self, tally):
        """By heads and area, of all and of a group, void and not."""
        assert list(VALIDATORS["tally"].iter_errors(to_data(tally))) == []
        for rule in (
            Rule(quorum=None, passage=FOR.by("area") > CAST.by("area") - 1),
            Rule(quorum=CAST.among("women") >= 1, passage=2 * FOR - CAST >= 0, by_no_objection=True),
        ):
            assert list(VALIDATORS["ruling"].iter_errors(to_data(rule.judge(tally)))) == []

    @given(st.dictionaries(st.sampled_from(["a", "b c"]), RULES, max_size=2))
    def test_files(self, rules):
        """A TOML file, its days as editors take them."""
        data = tomllib.loads(re.sub(r"(?m)^(in_force_\w+ = )(.+)$", r'\1"\2"', rules_to_toml(rules)))
        assert list(VALIDATORS["file"].iter_errors(data)) == []


RULE = {
    "quorum": {
        "all": [
            {"left": {"of": "cast"}, "sign": ">=", "right": {"times": "2/3", "of": "entitled"}},
            {"left": [{"of": "for", "by": "area"}, 3], "sign": "<", "right": ["0.5", {"of": "valid", "by": "area"}]},
        ]
    },
    "passage": {"any": ["for > 1/2 present", {"left": {"of": "for", "among": "g"}, "sign": ">", "right": 3}]},
    "by_no_objection": True,
    "electorate": "persons",
    "casting": "chair",
    "citation": {
        "instrument": {"zh": "法", "en": "law"},
        "article": "29",
        "in_force_from": "2026-01-01",
        "in_force_to": "2030-12-31",
        "region": "x",
        "certainty": "reported",
        "note": "y",
    },
}
TALLY = {
    "measures": {
        "heads": {"entitled": 9, "for": "3", "among": {"g": {"for": 1}}},
        "area": {"entitled": "89.60", "among": {"g": {}}},
    },
    "presence": False,
    "issued": 9,
    "returned": "8",
    "electorate": "persons",
    "casting": "against",
}
SIMPLE = {"quorum": "present >= 1", "passage": "for > 1/2 cast"}
SILENCE = {
    "policy": "for",
    "basis": {"instrument": "x", "article": "12"},
    "warning": {"zh": "a", "en": "b"},
    "floor": "cast > 1/2 entitled",
    "substitutes": True,
    "ways": ["signed", "logged_in"],
}
DEEMED = to_data(
    Rule(quorum=CAST >= 6, passage=FOR > AGAINST).judge(
        deem(
            tally_from_data(
                {
                    "measures": {"heads": {"entitled": 9, "for": 3, "against": 2, "abstaining": 0, "invalid": 0}},
                    "presence": False,
                    "blank": 0,
                    "ambiguous": 0,
                }
            ),
            silence_from_data(SILENCE),
            {"heads": {None: 2}},
        )
    )
)
CAST_BY_THE_CHAIR = to_data(
    Rule(quorum=None, passage=FOR > AGAINST, casting="chair").judge(
        tally_from_data({"measures": {"heads": {"for": 5, "against": 5}}, "casting": "for"})
    )
)
RULING = to_data(Rule(quorum=PRESENT >= 1, passage=FOR > CAST - FOR).judge(tally_from_data({
    "measures": {"heads": {"present": 10, "cast": 10, "for": 5, "against": 5}}}
)))  # fmt: skip
DOCUMENTS = {
    "rule": [RULE, SIMPLE],
    "condition": [RULE["quorum"], RULE["passage"]],
    "amount": [{"times": "2/3", "of": "cast", "by": "area", "among": "g"}, [{"of": "for"}, 3], "3011.25"],
    "citation": [RULE["citation"]],
    "tally": [TALLY, DEEMED["tally"]],
    "ruling": [RULING, CAST_BY_THE_CHAIR, DEEMED],
    "silence": [SILENCE],
    "file": [{"rule": {"a": RULE, "b": SIMPLE}}],
}
JUNK = st.sampled_from([
    None, True, False, 0, 1, -1, 7, 2**53 - 1, 3.0, 0.5, 1e40, "", " ", "none", "for", "all", "x" * 201, "3", "+3", "-3",
    "2/3", "2/0", "0.5", "3.0", ".5", "5.", "66.7%", "1e3", "３", "1" * 41, "1" * 40 + ".1", "1/" + "9" * 40,
    "2026-01-01", "2026-02-30", "2026-13-01", "2026-1-1", "area", "heads", ">=", "=>", "read", "for > 1", "for >> 1",
    "present > cast.by(area)", "a\u200bb", "a\x07b", "carried", "quorum", [], [[]], [3], ["for > 1"], ["for > 1"] * 2, {},
    {"of": "for"}, {"of": "fro"}, [{"of": "for"}, {"of": "cast"}], {"all": ["for > 1", "for > 2"]}, {"any": ["for > 1"]},
    {"left": {"of": "for"}, "sign": ">", "right": 0}, {"zh": "a", "en": "b"}, {"instrument": "x"}, {"g": {}}, {"for": 1},
])  # fmt: skip
KEYS = st.sampled_from(
    ["quorum", "of", "by", "among", "times", "all", "any", "for", "present", "area", "zh", "colour", "note", "nothing"]
)


def places(data, path=()):
    """The path of everything in a document."""
    yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in inside:
        yield from places(part, (*path, key))


@st.composite
def bent(draw, of):
    """A document in which one to three things were changed, taken out or put in."""
    data = [copy.deepcopy(draw(st.sampled_from(DOCUMENTS[of])))]
    for _ in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from(list(places(data))[1:]))
        inside = data
        for key in path:
            inside = inside[key]
        how = draw(st.sampled_from(["change", "change", "take out", "put in"]))
        if how == "take out" and isinstance(inside, dict):
            del inside[last]
        elif how == "put in" and isinstance(inside[last], dict):
            inside[last][draw(KEYS)] = copy.deepcopy(draw(JUNK))
        else:
            inside[last] = copy.deepcopy(draw(JUNK))
    return data[0]


@pytest.mark.parametrize("of", READERS)
class TestWhatIsRead:
    """Documents bent at random: schema and reader agree, but for the reasons listed."""

    @given(st.data())
    def test_what_the_schema_accepts(self, of, data):
        """It is read, or refused for a reason that no schema can say."""
        document = data.draw(bent(of))
        if VALIDATORS[of].is_valid(document):
            assert unlisted(read(of, document)) == []

    @given(st.data())
    def test_what_the_schema_refuses(self, of, data):
        """The reader refuses it too."""
        document = data.draw(bent(of))
        if not VALIDATORS[of].is_valid(document):
            assert read(of, document), document

    def test_the_documents_that_are_bent_fit(self, of):
        """Or nothing would be shown."""
        for document in DOCUMENTS[of]:
            assert VALIDATORS[of].is_valid(document)
            assert read(of, document) == ()


class TestStricterThanTheReader:
    """In Python more may be handed in than JSON can carry without harm; the schema keeps to what it can."""

    def test_heads_as_a_fraction(self):
        """``"4/2"`` heads are two, and a pattern cannot divide."""
        tally = {"measures": {"heads": {"for": "4/2"}}}
        assert read("tally", tally) == ()
        assert not VALIDATORS["tally"].is_valid(tally)

    def test_integers_beyond_2_to_53(self):
        """Read as they are, and refused by the schema: other readers would round them. They are written as strings."""
        assert read("amount", 2**60) == ()
        assert not VALIDATORS["amount"].is_valid(2**60)
        assert VALIDATORS["amount"].is_valid(str(2**60))
