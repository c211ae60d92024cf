"""The vectors that other implementations are checked against: this library and the slow reference agree with them all.

``README.md`` beside this file documents the format.
"""

import copy
import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vectors.make import files
from vectors.reference import judge
from yizheng.errors import InvalidValue
from yizheng.rules import (
    amount_from_data,
    citation_from_data,
    condition_from_data,
    rule_from_data,
    ruling_from_data,
    schema,
    tally_from_data,
    to_data,
)

HERE = Path(__file__).parent


def loaded(name):
    """A file of this folder."""
    return json.loads((HERE / name).read_text("utf-8"))


RULES = loaded("rules.json")["rule"]
BOUNDARIES, CASES = loaded("boundaries.json")["vectors"], loaded("worked-cases.json")["vectors"]
VECTORS = BOUNDARIES + CASES
DOCUMENTS, UNJUDGEABLE = loaded("malformed.json")["documents"], loaded("malformed.json")["unjudgeable"]
READERS = {
    "rule": rule_from_data,
    "condition": condition_from_data,
    "amount": amount_from_data,
    "citation": citation_from_data,
    "tally": tally_from_data,
    "ruling": ruling_from_data,
}


def differing(judged):
    """The ids of the vectors that come out otherwise than they say."""
    return [vector["id"] for vector in VECTORS if judged(vector) != vector["expected"]]


NEIGHBOUR = {">=": ">", ">": ">=", "<=": "<", "<": "<="}


def comparisons(part):
    """The comparisons of a rule as data, in the order in which they stand."""
    if isinstance(part, dict):
        return [part] if "sign" in part else [each for inside in part.values() for each in comparisons(inside)]
    return [each for inside in part for each in comparisons(inside)] if isinstance(part, list) else []


def said(expected):
    """The outcome, and which comparisons hold."""
    return expected["outcome"], [finding["holds"] for finding in expected["findings"]]


def by_library(vector):
    """What the library makes of a vector."""
    ruling = to_data(rule_from_data(RULES[vector["rule"]]).judge(tally_from_data(vector["tally"])))
    return {key: ruling[key] for key in ("outcome", "tie", "casting", "findings") if key in ruling}


class TestVectors:
    """Every vector comes out as it says, and says where it is from."""

    def test_the_library_agrees(self):
        """With every outcome, tie and finding, number by number."""
        assert differing(by_library) == []

    def test_the_reference_agrees(self):
        """A slow judge that works with fractions alone comes to the same."""
        assert differing(lambda vector: judge(RULES[vector["rule"]], vector["tally"])) == []

    def test_a_judge_that_rounds_is_caught(self):
        """If this fails, the vectors prove little: shares rounded to four places must come out otherwise somewhere."""

        def rounded(part):
            if isinstance(part, dict):
                return {key: rounded(each) for key, each in part.items()} | (
                    {"times": str(round(Fraction(part["times"]), 4))} if "times" in part else {}
                )
            return [rounded(each) for each in part] if isinstance(part, list) else part

        wrong = [
            vector["id"]
            for vector in VECTORS
            if said(judge(rounded(RULES[vector["rule"]]), vector["tally"])) != said(vector["expected"])
        ]
        assert len(wrong) > 1

    def test_a_sign_taken_for_its_neighbour_is_caught(self):
        """Each comparison of each rule, with "at least" for "more than" and so on, fails some vector."""
        unnoticed = []
        for key, rule in RULES.items():
            vectors = [vector for vector in VECTORS if vector["rule"] == key]
            for place in range(len(comparisons(rule))):
                bent = copy.deepcopy(rule)
                comparison = comparisons(bent)[place]
                comparison["sign"] = NEIGHBOUR[comparison["sign"]]
                if all(said(judge(bent, vector["tally"])) == said(vector["expected"]) for vector in vectors):
                    unnoticed.append((key, comparison))
        assert unnoticed == []

    def test_every_rule_is_tried_and_has_a_source(self):
        """No rule stands there for show."""
        assert {vector["rule"] for vector in VECTORS} == RULES.keys()
        assert all("instrument" in rule["citation"] for rule in RULES.values())

    def test_every_vector_says_where_it_is_from(self):
        """Published, derived from an article, or invented; the ids are unique, and there are several hundred."""
        assert len(VECTORS) >= 300
        assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
        for vector in VECTORS:
            source = vector["source"]
            assert source["kind"] in {"published", "derived", "invented"}
            assert source["kind"] == "invented" or source.get("case") or source.get("from")

    def test_the_files_are_those_that_are_made(self):
        """Whoever changes a rule, a case or the schema makes the files anew."""
        made = files()
        stale = [name for name, text in made.items() if (HERE / name).read_text("utf-8") != text]
        assert stale == [], "run: PYTHONPATH=src:tests python -m vectors.make"

    def test_all_data_fits_the_schema(self):
        """Every rule and every tally."""
        rules, tallies = (Draft202012Validator(schema(of)) for of in ("rule", "tally"))
        assert all(rules.is_valid(rule) for rule in RULES.values())
        assert all(tallies.is_valid(vector["tally"]) for vector in VECTORS + UNJUDGEABLE)


class TestMalformed:
    """What is no rule, tally or ruling is refused, by the schema where a schema can say it, and by the reader always."""

    @pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["id"])
    def test_is_refused_at_its_key(self, document):
        """One of the faults begins with the path of the key."""
        with pytest.raises(InvalidValue) as caught:
            READERS[document["reads"]](document["data"])
        assert any(fault.startswith(document["at"] + ":") for fault in caught.value.faults), caught.value.faults

    @pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["id"])
    def test_the_schema_says_what_it_can(self, document):
        """``accepts`` marks the reasons that a schema cannot give; they are all listed here."""
        accepted = Draft202012Validator(schema(document["reads"])).is_valid(document["data"])
        assert accepted is (document["schema"] == "accepts")

    @pytest.mark.parametrize("vector", UNJUDGEABLE, ids=lambda vector: vector["id"])
    def test_what_was_not_counted_is_not_judged(self, vector):
        """Sound data, and a question that it does not answer."""
        rule, tally = rule_from_data(RULES[vector["rule"]]), tally_from_data(vector["tally"])
        with pytest.raises(InvalidValue):
            rule.judge(tally)


if (NODE := shutil.which("node")) is not None:  # another language can be tried only where it is installed

    class TestInJavaScript:
        """The format is enough to judge by, in a language that has neither fractions nor this library."""

        def test_every_vector_comes_out(self):
            """``check.mjs`` knows the README and nothing else."""
            done = subprocess.run(  # noqa: S603  # a program of this folder
                [NODE, str(HERE / "check.mjs")], capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stdout) == (0, f"{len(VECTORS)} vectors, 0 differ\n"), done.stderr
