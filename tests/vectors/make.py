"""Make the vectors: what comes of each vote is worked out by ``reference.py`` alone.

Run it from the root of the repository: ``PYTHONPATH=src:tests python -m vectors.make``. The library is used for two
things only: to turn ``rules.toml`` into ``rules.json``, and to write its schema and that of definitions beside it.
"""

from __future__ import annotations

import json
from pathlib import Path

from vectors.boundaries import boundaries
from vectors.cases import CASES
from vectors.reference import judge
from yizheng import exchange
from yizheng.rules import rules_from_toml, schema, to_data

HERE = Path(__file__).parent
DERIVED = {"kind": "derived", "from": "the article of the rule"}
ORDER = ("id", "rule", "why", "source", "tally")


def finished(vector: dict, rules: dict) -> dict:
    """A vector with its source, and with what the reference makes of it."""
    whole = {"source": DERIVED} | vector
    return {key: whole[key] for key in ORDER} | {"expected": judge(rules[vector["rule"]], vector["tally"])}


def by_hand(case: dict, vector: dict) -> dict:
    """A worked case, once it is seen that the reference comes to the outcome that was written by hand."""
    found = vector["expected"]
    if found["outcome"] != case["outcome"]:
        raise AssertionError(f"{case['id']}: {case['outcome']} was expected, {found} was worked out")
    for place, number in case.get("needed", {}).items():
        if found["findings"][place]["needed"] != number:
            raise AssertionError(f"{case['id']}: {number} was expected, {found} was worked out")
    return vector


def _lines(vectors: list[dict]) -> str:
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors)
    return f'{{"format": "yizheng-vectors/1", "vectors": [\n{lines}\n]}}\n'


def files() -> dict[str, str]:
    """Every file that is made here, by name."""
    rules = {key: to_data(rule) for key, rule in rules_from_toml((HERE / "rules.toml").read_bytes()).items()}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(rule, ensure_ascii=False)}" for key, rule in rules.items())
    return {
        "rules.json": f'{{"rule": {{\n{lines}\n}}}}\n',
        "schema.json": json.dumps(schema("file"), ensure_ascii=False, indent=1) + "\n",
        "procedure-schema.json": json.dumps(exchange.schema(), ensure_ascii=False, indent=1) + "\n",
        "boundaries.json": _lines([finished(vector, rules) for vector in boundaries()]),
        "worked-cases.json": _lines([by_hand(case, finished(case, rules)) for case in CASES]),
    }


if __name__ == "__main__":
    for file, text in files().items():
        (HERE / file).write_text(text, "utf-8")
