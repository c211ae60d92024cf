"""Definitions as files: what is written by hand says all that Python can, and every fault names its line and key."""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.own import Mediation, graph
from rules.made_up import grows_evenly
from versions.kinds import procedure as versioned_procedure
from versions.kinds import release
from yizheng import Citation, Period, Procedure, Text, catalogue
from yizheng.calendar import Unit
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.exchange import read, schema, write_json, write_toml
from yizheng.procedure import Kinds
from yizheng.rules import AGAINST, ENTITLED, FOR, PRESENT, Rule, Silence
from yizheng.stages import AskedBy, FactIs, Hearing

from .made_up import KINDS, PROCEDURES, definitions

HALF = Fraction(1, 2)
FIRST, THIRD = release(1), release(3)
HERE = Path(__file__).parent
BY_HAND = (HERE / "by_hand.toml").read_text(encoding="utf-8")
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)


def faults(file: object, kinds: Kinds | None = KINDS) -> tuple[str, ...]:
    """What is wrong with a file; nothing where it is read."""
    try:
        read(file, kinds)
    except InvalidValue as error:
        return error.faults
    return ()


class TestByHand:
    """What is written by hand is read as the definition that Python would make."""

    def test_a_file(self) -> None:
        """The file of this folder: citations by name, formulas, periods, and no more than must be said."""
        procedure = read(BY_HAND)
        assert procedure.check() == ()
        vote, posting = procedure.stages
        by_law = Citation(instrument=Text("议事规则（虚构）", "by-laws (invented)"), article="12")
        assert vote.rule == (
            Rule(quorum=PRESENT > HALF * ENTITLED, passage=(FOR > HALF * PRESENT) & (AGAINST <= 3), citation=by_law),
        )
        assert vote.notice == (Period(3, Unit.WORKING_DAYS, citation=by_law),)
        assert vote.cooling_off == Period(1, Unit.YEARS)
        assert posting.title == Text("公示", "公示")
        assert [each.citation for each in posting.least] == [by_law, by_law]
        assert procedure.sources == (by_law,)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_as_bytes(self, encoding: str) -> None:
        """With or without the mark that some editors put in front, and with the line ends of Windows."""
        assert read(BY_HAND.encode(encoding)) == read("\ufeff" + BY_HAND) == read(BY_HAND.replace("\n", "\r\n"))

    def test_in_json(self) -> None:
        """The same short form stands in JSON, and as plain data."""
        data = tomllib.loads(BY_HAND)
        assert read(json.dumps(data, default=str)) == read(data) == read(BY_HAND)

    def test_the_schema_of_the_file(self) -> None:
        """A file may say where its schema is, for editors."""
        assert read('"$schema" = "procedure.json"\n' + BY_HAND) == read(BY_HAND)

    @pytest.mark.parametrize("unit", Unit)
    @pytest.mark.parametrize("length", [0, 1, 2, 15])
    def test_periods_in_words(self, unit: Unit, length: int) -> None:
        """A period is read as it is told, in either language."""
        for language in ("zh", "en"):
            words = Period(length, unit).explain(language)
            assert read(BY_HAND.replace('"1 year"', f'"{words}"')).stages[0].cooling_off == Period(length, unit)


class TestRoundTrip:
    """What is written is read back with the same digest."""

    @EACH
    def test_each_procedure(self, procedure: Procedure) -> None:
        """Those of the catalogue, and one with a user's own kind, in both formats and as the data that records hold."""
        for file in (write_toml(procedure), write_json(procedure), procedure.to_data()):
            again = read(file, KINDS)
            assert again == procedure
            assert again.digest == procedure.digest

    @given(definitions())
    def test_any_definition(self, procedure: Procedure) -> None:
        """Whatever Python can say; what TOML has no word for is said in JSON."""
        assert read(write_json(procedure)).digest == procedure.digest
        assert read(procedure.to_data()) == procedure
        try:
            text = write_toml(procedure)
        except InvalidValue as error:
            assert "is nothing, for which TOML has no word; write the definition as JSON" in str(error)  # noqa: PT017
            assert "null" in write_json(procedure)
        else:
            again = read(text)
            assert again.digest == procedure.digest
            assert write_toml(again) == text

    def test_one_line_for_what_is_short(self) -> None:
        """What is written reads as if by hand."""
        text = write_toml(catalogue.yizheng.COURTYARD)
        assert 'notice = { length = 15, unit = "days", citation = "Property Management Regulations art. 14" }' in text
        assert 'passage = "for >= 3/4 cast and for.by(area) >= 3/4 cast.by(area)"' in text
        assert 'solicit = { completed = "propose" }' in text
        assert "in_force_from = 2021-01-01" in text
        assert max(map(len, text.splitlines())) < 250

    def test_what_is_made_of_silence(self) -> None:
        """Its floor is a formula, and its basis is called by name, as everything else is."""
        own = read(BY_HAND)
        silence = Silence("for", basis=own.sources[0], floor=FOR > HALF * ENTITLED)
        changed = attrs.evolve(own, stages=[attrs.evolve(own.stages[0], silence=silence), own.stages[1]])
        written = 'silence = { policy = "for", basis = "by-laws (invented) art. 12", floor = "for > 1/2 entitled" }'
        assert written in write_toml(changed)
        assert read(write_toml(changed)) == changed

    def test_citations_that_are_called_alike(self) -> None:
        """Two citations that are told in the same words are two."""
        first = Citation(instrument="by-laws", article="1")
        second = attrs.evolve(first, note="another edition")
        procedure = attrs.evolve(PROCEDURES["own"], sources=[first, second])
        text = write_toml(procedure)
        assert '[citations."by-laws art. 1"]' in text
        assert '[citations."by-laws art. 1 (2)"]' in text
        assert read(text, KINDS).sources == (first, second)

    def test_nothing_else_is_written(self) -> None:
        """A definition."""
        for write in (write_toml, write_json):
            with pytest.raises(InvalidType, match="a Procedure was expected"):
                write(BY_HAND)

    def test_what_is_too_long(self) -> None:
        """Neither file is longer than can be read back."""
        stages = {
            f"s{number}": {"on": f"s{number + 1}", **dict.fromkeys(map(str, range(99)), "e")} for number in range(255)
        }
        long = graph(stages | {"s255": {"on": "e"}}, {"e": True}, facts={f"f{n}": "字" * 20_000 for n in range(20)})
        for write in (write_toml, write_json):
            with pytest.raises(InvalidValue, match="longer than 1048576 bytes"):
                write(long)


class TestOlderVersions:
    """A definition in which an older version of a stage stands is kept as it was written."""

    @pytest.mark.parametrize("write", [write_toml, write_json])
    def test_its_digest_stays(self, write: Callable[[Procedure], str]) -> None:
        """Read by a program that knows a later version, and written again by it, in either format."""
        old, newest = versioned_procedure(FIRST), Kinds([THIRD.canvass])
        again = read(write(old), newest)
        assert again.stages[0].rounds == 1
        assert again.digest == old.digest
        assert read(write(again), newest).digest == old.digest

    def test_a_later_version(self) -> None:
        """One that is not known yet is told with its version, and with the release that brought it."""
        assert "stages[0].version: is 3" in faults(write_toml(versioned_procedure(THIRD)), Kinds([FIRST.canvass]))[0]


class TestRefused:
    """All faults of a file are told at once, in its order, each with its line and the path of its key."""

    def test_all_faults_of_a_file(self) -> None:
        """Whatever is wrong in it."""
        wrong = (
            BY_HAND.replace("for > 1/2 present", "for > half present")
            .replace('body = "residents"', 'body = ""\ncolour = "red"')
            .replace('"working_days"', '"weeks"')
            .replace('"1 year"', '"a year"')
            .replace('kind = "disclosure"', 'kind = "posting"')
            .replace('corrected = "resolve"\n', "")
            .replace('article = "12"', "article = '12'\nin_force_from = 2026-01-01T00:00:00")
            .replace('sources = "by-laws"', 'sources = ["law"]')
        )
        found = faults(wrong)
        lines = wrong.splitlines()
        told = [
            (": corrected", "corrected: is missing"),
            ("sources", "sources[0]: is law, which no citation is called; write one under [citations.law], or a table"),
            ('body = ""', "stages[0].body: id has 0 characters; it needs 1 to 200"),
            ("colour", "stages[0].colour: is no key here; there are id, title, body, rule, source, offices, notice"),
            ("weeks", "stages[0].notice.unit: is weeks; write one of days, working_days, months, years"),
            (
                "a year",
                'stages[0].cooling_off: is a year; write "15 days" or "15日" (without a space), "3 working days", "2 m',
            ),
            ("half", "stages[0].rule.passage: column 7: 'half' is no figure; write one of names, entitled, present"),
            ("half", "stages[0].rule.passage: column 12: is 'present', where and, or, or the end was expected"),
            ("posting", "stages[1].kind: is posting; write one of solicitation, deliberation, hearing, disclosure"),
            ("T00", "citations.by-laws.in_force_from: is of type datetime; write a day such as"),
        ]
        assert len(found) == len(told)
        numbers = [next((n for n, line in enumerate(lines, 1) if mark in line), None) for mark, _ in told]
        assert numbers == sorted(numbers, key=lambda number: number or 0)
        for fault, number, (_, words) in zip(found, numbers, told, strict=True):
            assert fault.startswith(words if number is None else f"line {number}, {words}")

    @pytest.mark.parametrize(
        ("file", "say"),
        [
            ("", "id: is missing"),
            ("{}", "stages: is missing"),
            ("{", "the file is no JSON"),
            ('{"id": NaN}', "id: is of type float; write a string"),
            ('{"id": "a", "id": "b"}', "id: is written twice in one table"),
            ('{"a": ' * 100_000, "the file nests tables or lists too deep"),
            ("a = " + "[" * 100_000, "the file nests tables or lists too deep"),
            ("id = ", "the file is no TOML"),
            (b"id = '\xff'", "line 1 of the file is not in UTF-8"),
            (" " * (2**20 + 1), "the file has 1048577 bytes; 1048576 are the most"),
            ("x = 1\n[" + "a." * 33 + "a]", "line 2 of the file has more than 32 points"),
            ("stages = 3", "line 1, stages: is 3; write a list"),
            (
                "rules/village.toml",
                "'rules/village.toml' is the path of a file and not what stands in it; write path.read",
            ),
            ("village.json", "'village.json' is the path of a file"),
            ("stages = [3]", "line 1, stages[0]: is 3; write a table with kind, id, title"),
            ("stages = [{}]", "line 1, stages[0].kind: is missing; write one of solicitation"),
            ("[[stages]]\n" * 257, "line 1, stages: has 257 parts; 256 are the most"),
            ('[[stages]]\nkind = "deliberation"\nversion = 9', "line 3, stages[0].version: is 9; version 1 of deliber"),
            ('[[stages]]\nkind = "evaluation"\n[[stages]]\nkind = 3', "line 4, stages[1].kind: is 3; write one of"),
            ("citations = 3", "line 1, citations: is 3; write a table"),
            ("routes = { a = 3 }", "line 1, routes.a: is 3; write a table"),
            ('"$schema" = 3', "$schema: is 3; write where the schema is"),
            ("zone = 8", "line 1, zone: is 8; write a string, in quotes"),
            ("[[ends]]\ncarried_out = 1", "line 2, ends[0].carried_out: is 1; write true or false"),
            (
                '[[stages]]\nkind = "hearing"\ntriggers = [{ is = "asked_by", share = "6/5", body = "b" }]',
                "line 3, stages[0].triggers[0].share: the share is 6/5; it lies above 0 and is at most 1",
            ),
            (
                '[[stages]]\nkind = "hearing"\ntriggers = [{ is = "never" }, {}, 3]',
                "line 3, stages[0].triggers[0].is: is never; write one of fact_is, asked_by",
            ),
            (
                '[[stages]]\nkind="disclosure"\nid="x"\ntitle="x"\nleast="1 day"\nchannels=["online"]\nrequired=["letter"]',
                "line 1, stages[0]: letter is required and not among the channels",
            ),
        ],
        ids=itertools.count(),
    )
    def test_a_file(self, file: str | bytes, say: str) -> None:
        """What is no file of a definition."""
        assert any(say in fault for fault in faults(file)), faults(file)

    @pytest.mark.parametrize("value", [None, 3, [BY_HAND], HERE], ids=["None", "3", "list", "path"])
    def test_what_is_no_file(self, value: object) -> None:
        """It is a type error."""
        with pytest.raises(InvalidType, match="is text or bytes"):
            read(value)

    def test_an_own_kind_must_be_handed_in(self) -> None:
        """A kind that is not known is told by its name and place."""
        text = write_toml(PROCEDURES["own"])
        assert faults(text, None)[0].startswith("line ")
        assert "stages[0].kind: is own_mediation; write one of solicitation" in faults(text, None)[0]
        assert read(text, Kinds([Mediation])) == PROCEDURES["own"]

    @given(st.data())
    def test_whatever_is_changed(self, data: st.DataObject) -> None:
        """A file with some of its characters changed is read, or refused with an error of the library's own."""
        text = data.draw(st.sampled_from([BY_HAND, write_json(PROCEDURES["own"])]))
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 20))
        changed = text[:start] + data.draw(st.text(max_size=3)) + text[start + length :]
        with suppress(YizhengError):
            read(changed, KINDS)

    @pytest.mark.parametrize(
        "text",
        [
            lambda size: "".join("[[stages]]\nkind = 'hearing'\n" for _ in range(size // 40_000)) + "#" * size,
            lambda size: "\n" * size,
            lambda size: "mandatory = [" + "'x',\n" * (size // 6) + "]",
            lambda size: "".join(f"k{number} = 1\n" for number in range(size // 15)),
            lambda size: "[citations]\n" + "".join(f"k{number} = 1\n" for number in range(size // 120)),
            lambda size: "[routes]\n" + "".join(f"k{number} = 1\n" for number in range(size // 120)),
            lambda size: "{" + ", ".join(f'"k{number}": 1' for number in range(size // 15)) + "}",
            lambda size: "{" + ", ".join('"k": 1' for number in range(size // 15)) + "}",
            lambda size: "[[ends]]\n" * (size // 120),
        ],
        ids=["stages", "lines", "list", "keys", "citations", "routes", "JSON", "the same key", "ends"],
    )
    def test_a_megabyte_of_anything(self, text: object) -> None:
        """It is refused, lines and all, in a time that grows with its size and no faster (row R19)."""

        def refused(file: str) -> None:
            with pytest.raises(InvalidValue):
                read(file)

        assert grows_evenly(refused, text)

    def test_the_largest(self) -> None:
        """A definition of 256 stages is read in a moment, and one more is refused."""
        ways = {f"s{number}": {"on": f"s{number + 1}"} for number in range(255)} | {"s255": {"on": "e"}}
        largest = graph(ways, {"e": True})
        text = write_toml(largest)
        assert read(text, KINDS) == largest
        assert "stages: has 257 parts; 256 are the most" in str(faults(text + '\n[[stages]]\nkind = "own_node"\n'))


def test_hearings_are_told_apart() -> None:
    """Which trigger a table describes is said by ``is``; a fact may be of any plain kind."""
    hearing = Hearing(
        id="hear", title="听证", triggers=[FactIs("urgent", [1, "a", True]), AskedBy(share="1/5", body="b")]
    )
    procedure = attrs.evolve(PROCEDURES["own"], stages=[hearing])
    assert 'triggers = [{ is = "fact_is", fact = "urgent", value = [1, "a", true] }' in write_toml(procedure)
    assert read(write_toml(procedure)) == procedure
    assert schema()["$defs"]["FactIs"]["required"] == ["is", "fact", "value"]
