"""The JSON Schema of a definition keeps step with the reader, both ways; where it cannot follow, the reason stands here."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from procedure.own import Mediation
from vectors.make import files
from yizheng import Procedure
from yizheng.errors import InvalidType, InvalidValue
from yizheng.exchange import read, schema, write_toml
from yizheng.procedure import Kinds
from yizheng.stages import KINDS as OURS

from .made_up import KINDS, PROCEDURES, definitions

VECTORS = Path(__file__).parents[1] / "vectors"
BY_HAND = tomllib.loads((Path(__file__).parent / "by_hand.toml").read_text(encoding="utf-8"))
VALIDATOR, OWN = Draft202012Validator(schema()), Draft202012Validator(schema(KINDS))
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)

REASONS_OF_THE_READER = (
    r": column \d+: ",  # a condition written out is checked word by word
    r"no citation is called",
    r"has 0 characters; it needs 1 to 200",  # a schema knows the names that stand alone, and not those in lists
    r"has \d+ characters; it needs 1 to 200",
    r"begins or ends with a space",
    r"holds an invisible or unassigned character",
    r"the words are empty",
    r"which cannot be kept",
    r"write a day such as",  # February has no 30th
    r"which ends before it begins",
    r"of type float; write a whole number",  # to a schema 3.0 is an integer
    r"differ only in their Unicode form",
    r"a period is -?\d+ units long",
    r"the cap of proxies is",
    r"the share is",
    r"a disclosure cannot carry",
    r"is required and not among the channels",
    r"the basis names no article",
    r"is no figure on its left side|has no figure on its left side",
    r"compares .+ with .+; write the same",
    r"write one of days",
    r"^\S*it\b.* float",  # what stands among facts may be anything but a float
)
"""Why data that the schema accepts may still be refused."""


def faults(data: object, kinds: Kinds | None = None) -> tuple[str, ...]:
    """What the reader refuses; nothing where it reads."""
    try:
        read(data, kinds)
    except InvalidValue as error:
        return error.faults
    return ()


def as_json(data: Any) -> Any:
    """TOML as editors take it: days are strings."""
    return json.loads(json.dumps(data, default=date.isoformat))


class TestDescribes:
    """The schema is sound, and describes what the classes are."""

    def test_is_a_schema(self) -> None:
        """It fits the schema of schemas, with own kinds and without."""
        Draft202012Validator.check_schema(schema())
        Draft202012Validator.check_schema(schema(KINDS))

    def test_is_published(self) -> None:
        """The file beside the schema of the rules is the one of today's code."""
        made = files()["procedure-schema.json"]
        assert (VECTORS / "procedure-schema.json").read_text("utf-8") == made, "run: python -m vectors.make"
        assert json.loads(made) == schema()

    def test_has_every_field(self) -> None:
        """Every field of a procedure and of each kind of stage, and nothing else but what belongs to the file."""
        told = schema()["$defs"]
        fields = {field.name for field in attrs.fields(Procedure) if field.init}
        assert set(told["Procedure"]["properties"]) == fields | {"$schema", "citations"}
        for kind in OURS:
            described = told[f"stage_{kind.kind}"]["properties"]
            assert set(described) == {field.name for field in attrs.fields(kind)} | {"kind", "version", "introduced"}
        assert len(told["stage"]["anyOf"]) == len(OURS)

    def test_kinds_of_ones_own(self) -> None:
        """A kind that is handed in is described, by its own fields."""
        told = schema(Kinds([Mediation]))["$defs"]["stage_own_mediation"]
        assert {"patience", "share", "attempts"} <= set(told["properties"])
        assert told["required"] == ["kind", "id", "title"]

    def test_every_reference_leads_somewhere(self) -> None:
        """No part is named that is not described, and none is described that nothing names."""
        whole = schema(KINDS)
        named = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(whole)))
        assert named == set(whole["$defs"])

    def test_is_the_callers_own(self) -> None:
        """Whoever changes what was handed out changes nothing else."""
        schema()["$defs"]["stage"].clear()
        schema()["$defs"]["name"].clear()
        assert schema() == VALIDATOR.schema

    def test_nothing_else(self) -> None:
        """What is no set of kinds is refused."""
        with pytest.raises(InvalidType, match="a Kinds was expected"):
            schema([Mediation])


class TestWhatIsRead:
    """What the reader reads, the schema accepts."""

    @EACH
    def test_each_procedure(self, procedure: Procedure) -> None:
        """As plain data, and as TOML."""
        for data in (procedure.to_data(), as_json(tomllib.loads(write_toml(procedure)))):
            assert list(OWN.iter_errors(data)) == []

    def test_what_is_written_by_hand(self) -> None:
        """The short form."""
        assert list(VALIDATOR.iter_errors(as_json(BY_HAND))) == []

    @given(definitions())
    def test_any_definition(self, procedure: Procedure) -> None:
        """Whatever Python can say."""
        assert VALIDATOR.is_valid(procedure.to_data())


WORDS = ["", "x", "by-laws", "15 days", "none", "present > 1", "deliberation", 0, 3, -1, 1.0, 0.5, True, None, [], {}]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data."""
    found = [path]
    if isinstance(data, dict):
        found += [place for key, each in data.items() for place in places(each, (*path, key))]
    if isinstance(data, list):
        found += [place for key, each in enumerate(data) for place in places(each, (*path, key))]
    return found


@st.composite
def mutants(draw: st.DrawFn) -> Any:
    """The plain data of a definition, or a file written by hand, with one to three places changed, added or left out."""
    whole = st.sampled_from([as_json(BY_HAND), *(each.to_data() for each in PROCEDURES.values())])
    data = copy.deepcopy(draw(whole | definitions().map(Procedure.to_data)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([place for place in places(data) if place]))
        inside = data
        for step in way:
            inside = inside[step]
        how = draw(st.sampled_from(["change", "leave out", "add", "move"]))
        if how == "leave out":
            del inside[last]
        elif how == "add" and isinstance(inside, dict):
            inside[draw(st.sampled_from(["colour", "unit", "citation", "version", "kind", "is"]))] = draw(
                st.sampled_from(WORDS)
            )
        elif how == "move":
            other = draw(st.sampled_from(places(data)))
            taken = data
            for step in other:
                taken = taken[step]
            inside[last] = copy.deepcopy(taken)
        else:
            inside[last] = copy.deepcopy(draw(st.sampled_from(WORDS)))
    return data


class TestBothWays:
    """What the schema refuses, the reader refuses, and the other way but for what no schema can say."""

    @given(mutants())
    def test_of_whatever_is_changed(self, data: Any) -> None:
        """Of files and data with some places changed."""
        found = faults(data, KINDS)
        if not OWN.is_valid(data):
            assert found
        else:
            strange = [each for each in found if not any(re.search(why, each) for why in REASONS_OF_THE_READER)]
            assert strange == []

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("colour",), "red"),
            (("stages", 0, "kind"), "posting"),
            (("stages", 0, "version"), 2),
            (("stages", 0, "body"), ""),
            (("stages", 0, "modes"), ["by foot"]),
            (("stages", 0, "notice", "unit"), "weeks"),
            (("stages", 0, "cooling_off"), "a year"),
            (("stages", 0, "calls"), -1),
            (("stages", 0, "rule", "quorum"), 3),
            (("offices", 0, "independent"), "yes"),
            (("citations", "by-laws", "instrument"), None),
            (("routes", "resolve"), ["post"]),
            (("stages",), [{}] * 257),
            (("$schema",), 3),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_refused_by_both(self, path: tuple[Any, ...], value: Any) -> None:
        """What an editor marks is what the reader refuses."""
        data = as_json(BY_HAND)
        inside = data
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = value
        assert faults(data)
        assert not VALIDATOR.is_valid(data)
