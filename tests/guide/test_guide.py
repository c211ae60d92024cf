"""The step guide and the notice say what the definition says, all of it and nothing else, alike in both languages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from exchange.made_up import PROCEDURES, definitions
from yizheng import Citation, Period, Procedure, Text, catalogue
from yizheng.errors import InvalidType, InvalidValue
from yizheng.guide import residents_notice, staff_guide
from yizheng.procedure import Body, End, Office
from yizheng.record.markup import escaped
from yizheng.rules import Rule
from yizheng.stages import AskHearing, Disclosure, Hearing, Object, Solicitation
from yizheng.text import LANGUAGES, Language

GOLDEN = Path(__file__).parent / "golden"
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)
TOLD = {"staff": staff_guide, "residents": residents_notice}


def parts(value: Any) -> Iterator[Any]:
    """Whatever stands in a value: itself, its fields, and what stands in these."""
    yield value
    if isinstance(value, Rule):
        for each in value.sources:
            yield from parts(each)
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from parts(each)
    elif isinstance(value, Mapping):
        yield from parts(tuple(value.values()))
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if not field.name.startswith("_"):
                yield from parts(getattr(value, field.name))


def shape(text: str) -> list[str]:
    """What kind of line follows what."""
    return [re.match(r"#+ |- \*\*|- |  - \*\*|  - |", line)[0] for line in text.splitlines()]


def section(text: str, title: str) -> str:
    """What stands under a heading."""
    return next(part for part in re.split(r"(?m)^## ", text)[1:] if part.partition("\n")[0].endswith(escaped(title)))


class TestSaysAll:
    """Every stage, office, period, rule and citation of a definition stands in the guide."""

    @EACH
    @IN_BOTH
    def test_for_staff(self, procedure: Procedure, language: Language) -> None:
        """All that has a name, and all that is in force."""
        text = staff_guide(procedure, language)
        told = 0
        for part in parts(procedure):
            if isinstance(part, Rule | Period | Citation):
                assert escaped(part.explain(language)) in text
                told += 1
            elif isinstance(part, Body | End | Office):
                assert escaped(part.title.say(language)) in text
        for number, stage in enumerate(procedure.stages, 1):
            assert re.search(rf"(?m)^## .*\b{number}\D.*{re.escape(escaped(stage.title.say(language)))}$", text)
        assert told

    @EACH
    @IN_BOTH
    def test_who_does_what(self, procedure: Procedure, language: Language) -> None:
        """Under each stage, each office that may act in it, with what it does."""
        text = staff_guide(procedure, language)
        for stage in procedure.stages:
            step = section(text, stage.title.say(language))
            for following in stage.phases.values():
                for action in following:
                    for office in procedure.offices:
                        if office.id in procedure.offices_for(stage, action):
                            line = rf"(?m)^  - \*\*{re.escape(escaped(office.title.say(language)))}\*\*.*"
                            assert any(action.title.say(language) in each for each in re.findall(line, step))

    @EACH
    @IN_BOTH
    def test_for_residents(self, procedure: Procedure, language: Language) -> None:
        """Each stage with its rules, who votes, and how it can end."""
        text = residents_notice(procedure, language)
        for stage in procedure.stages:
            step = section(text, stage.title.say(language))
            for _, editions in stage.rules():
                assert all(escaped(each.explain(language)) in step for each in editions)
            titles = {body.id: body.title for body in procedure.bodies}
            assert all(escaped(titles[body].say(language)) in step for body in stage.bodies())
        assert all(escaped(end.title.say(language)) in text for end in procedure.ends)

    @IN_BOTH
    def test_where_to_object(self, language: Language) -> None:
        """Under each disclosure: by what, to whom, and until when; nowhere else."""
        for procedure in (catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE):
            text = residents_notice(procedure, language)
            for stage in procedure.stages:
                step = section(text, stage.title.say(language))
                where = {"zh": "在何处提异议", "en": "where to object"}[language]
                assert (where in step) is isinstance(stage, Disclosure)
                if isinstance(stage, Disclosure):
                    (office,) = procedure.offices_for(stage, Object)
                    title = next(each.title for each in procedure.offices if each.id == office)
                    line = next(line for line in step.splitlines() if where in line)
                    assert escaped(title.say(language)) in line
                    assert {"zh": "公开期满以前", "en": "until the posting is over"}[language] in step

    def test_what_must_be_disclosed(self) -> None:
        """The accounts, and where they must be posted."""
        step = section(residents_notice(catalogue.yizheng.COURTYARD, "en"), "disclose the result")
        assert "**what must be disclosed**: the accounts" in step
        assert "**channels that must be used**: bulletin board" in step

    def test_what_is_inferred_is_marked(self) -> None:
        """Wherever a figure is told that no source sets."""
        for told in TOLD.values():
            for line in told(catalogue.yizheng.COURTYARD, "en").splitlines():
                if "sets no figure" in line or "states no period" in line:
                    assert "(inferred)" in line

    def test_a_kind_of_ones_own(self) -> None:
        """Its settings stand under the names of its fields, its actions and outcomes under its own words."""
        step = section(staff_guide(PROCEDURES["own"], "zh"), "调解")
        assert "- **patience**：5日（依据：《自拟章程》第3条）" in step
        assert "- **share**：1/3" in step
        assert "**调解员**：调解不成、达成协议" in step
        assert "**达成协议**：履行" in step

    @IN_BOTH
    @pytest.mark.parametrize("told", TOLD)
    def test_a_stage_on_a_branch(self, told: str, language: Language) -> None:
        """Says from where it is reached; the others, through which every matter goes, need not."""
        text = TOLD[told](catalogue.siyi.SIYI, language)
        words = {
            "zh": "**何时进入**：实施（终止实施）；并非每件事项都经过",
            "en": "**when it is reached**: implement (abandoned); not every matter comes here",
        }[language]
        assert text.count(words[:6]) == 2  # the other is entered by an order of correction
        assert words in section(text, catalogue.siyi.SIYI.stage("disclose_abandonment").title.say(language))

    def test_a_way_that_is_open_to_the_parties(self) -> None:
        """Whoever may ask a court for confirmation is not told that they must."""
        step = section(residents_notice(catalogue.disputes.MEDIATION, "zh"), "回访")
        assert "**双方愿意申请司法确认的，共同申请的期限**：30日" in step

    @IN_BOTH
    def test_a_second_call(self, language: Language) -> None:
        """How often people may be called where too few come."""
        step = section(
            residents_notice(catalogue.siyi.SIYI, language), {"zh": "村民代表会议决议", "en": "resolve"}[language]
        )
        words = {"zh": "未达法定人数的，最多召集次数", "en": "how often it may be called where there is no quorum"}
        assert f"**{words[language]}**" in step

    def test_until_when_it_can_be_withdrawn(self) -> None:
        """Until the vote opens, until what binds, or until the end."""
        own = PROCEDURES["own"]
        for changed, words in (
            ({}, "until the vote in “mediate” opens; it ends as “withdrawn”"),
            ({"deciding": None, "binding": "mediate.agreed"}, "until mediate (agreed); it ends as “withdrawn”"),
            ({"deciding": None}, "until it has ended; it ends as “withdrawn”"),
        ):
            assert words in staff_guide(attrs.evolve(own, **changed), "en")


class TestOfOneDay:
    """Told of a day, a guide has what is in force on it and nothing else."""

    @EACH
    @IN_BOTH
    @pytest.mark.parametrize("told", TOLD)
    def test_in_force(self, procedure: Procedure, language: Language, told: str) -> None:
        """Each edition of a rule or a period of that day."""
        for on in (date(2025, 12, 31), date(2026, 7, 1)):
            text = TOLD[told](procedure, language, on=on)
            for stage in procedure.stages:
                step = section(text, stage.title.say(language))
                for _, editions in stage.rules():
                    now = [each for each in editions if each.citation is None or each.citation.in_force(on)]
                    assert all(escaped(each.explain(language)) in step for each in now)

    @pytest.mark.parametrize("told", TOLD)
    def test_no_longer_and_not_yet(self, told: str) -> None:
        """The law before the change of 2026 and the one after it, each alone, without saying when it is in force."""
        before, after = "《村民委员会组织法（2010年）》第26条", "《村民委员会组织法（2025年修正）》第30条"
        for on, there, gone in (("2025-12-31", before, after), ("2026-01-01", after, before)):
            text = TOLD[told](catalogue.siyi.SIYI, on=date.fromisoformat(on))
            assert there in text
            assert gone not in text
            assert "施行：法定人数" not in text

    def test_nothing_in_force(self) -> None:
        """A setting none of whose editions is in force says so."""
        later = Citation(instrument="x", article="1", in_force_from=date(2026, 1, 1))
        (stage,) = [each for each in catalogue.siyi.SIYI.stages if each.id == catalogue.siyi.SIYI.deciding]
        rule = attrs.evolve(stage.rule[0], citation=later)
        stages = [attrs.evolve(each, rule=[rule]) if each == stage else each for each in catalogue.siyi.SIYI.stages]
        procedure = attrs.evolve(catalogue.siyi.SIYI, stages=stages)
        step = section(residents_notice(procedure, "en", on=date(2025, 12, 31)), stage.title.en)
        assert "**how it is decided**: nothing is in force on 2025-12-31" in step

    @pytest.mark.parametrize("told", TOLD)
    def test_refused(self, told: str) -> None:
        """A moment is no day."""
        with pytest.raises(InvalidType, match="on"):
            TOLD[told](catalogue.yizheng.COURTYARD, on=datetime(2026, 1, 1, tzinfo=UTC))


class TestNothingElse:
    """No number and no title stands in the guide that the definition does not have."""

    @EACH
    @IN_BOTH
    @pytest.mark.parametrize("told", TOLD)
    def test_numbers(self, procedure: Procedure, language: Language, told: str) -> None:
        """Every number comes from a rule, a period, a citation, a setting or a title, or counts the steps."""
        known = {str(number) for number in range(1, len(procedure.stages) + 1)}
        for part in parts(procedure):
            words = [part.explain(language)] if isinstance(part, Rule | Period | Citation) else []
            words += [part.say(language)] if isinstance(part, Text) else []
            words += [str(part)] if isinstance(part, int | str) or type(part).__name__ in {"Fraction", "date"} else []
            known.update(re.findall(r"\d+", " ".join(words)))
        assert set(re.findall(r"\d+", TOLD[told](procedure, language))) <= known

    @EACH
    def test_headings(self, procedure: Procedure) -> None:
        """A heading for each stage, and the few that every guide has."""
        text = staff_guide(procedure, "en")
        assert text.count("\n## Step ") == len(procedure.stages)
        assert text.count("\n## ") == len(procedure.stages) + 5 + bool(procedure.duties)


class TestBothLanguages:
    """Chinese and English have the same structure."""

    @EACH
    @pytest.mark.parametrize("told", TOLD)
    def test_each_procedure(self, procedure: Procedure, told: str) -> None:
        """Line by line."""
        chinese, english = (TOLD[told](procedure, language) for language in LANGUAGES)
        assert shape(chinese) == shape(english)

    @given(definitions())
    def test_any_definition(self, procedure: Procedure) -> None:
        """Sound or not, a definition is told."""
        for told in TOLD.values():
            assert shape(told(procedure, "zh")) == shape(told(procedure, "en"))

    def test_no_chinese_in_english(self) -> None:
        """Apart from the name of the method."""
        for told in TOLD.values():
            for procedure in (catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE):
                assert not re.search("[\u4e00-\u9fff]", told(procedure, "en").replace("一征三议两公开", ""))


class TestHostileWords:
    """What is typed cannot become Markdown."""

    WORDS = "# x\n\n- **y** <script>alert(1)</script> [z](http://a) `c` | d"

    @pytest.mark.parametrize("told", TOLD)
    def test_titles(self, told: str) -> None:
        """Whatever a definition is called, and whatever stands in it."""
        words = Text(self.WORDS, self.WORDS)
        cited = Citation(instrument=words, article=self.WORDS, note=words, region=words)

        def named(title: Text, citation: Citation) -> Procedure:
            stages = [
                Solicitation(id="ask", title=title, source=citation, least=Period(3, citation=citation)),
                Hearing(id="hear", title=title),
            ]
            return Procedure(
                id="p",
                title=title,
                stages=stages,
                deciding="ask",
                withdrawn="e",
                corrected="ask",
                routes={"ask": {"completed": "hear"}, "hear": {"held": "e", "waived": "e"}},
                ends=[End("e", title)],
                bodies=[Body("b", title)],
                offices=[Office("o", title, may=[AskHearing], independent=True)],
                facts={"f": title},
                sources=[citation],
            )

        plain = Citation(instrument="x", article="1", note="x", region="x")
        for language in LANGUAGES:
            text = TOLD[told](named(words, cited), language)
            assert shape(text) == shape(TOLD[told](named(Text("x", "x"), plain), language))
            assert "<script" not in text
            assert "](http" not in text.replace("\\]", "")
            assert not re.search(r"(?<!\\)`", text)

    @pytest.mark.parametrize("told", TOLD)
    def test_refused(self, told: str) -> None:
        """What is no definition, and no language."""
        with pytest.raises(InvalidType, match="the procedure is"):
            TOLD[told]("x")
        with pytest.raises(InvalidValue, match="language 'fr' is not known"):
            TOLD[told](catalogue.yizheng.COURTYARD, "fr")


class TestGolden:
    """One procedure word for word: whoever changes the words reads them (``YIZHENG_GOLDEN=write`` writes them anew)."""

    @IN_BOTH
    @pytest.mark.parametrize("told", TOLD)
    def test_courtyard(self, told: str, language: Language) -> None:
        """The courtyard renovation."""
        file = GOLDEN / f"courtyard-{told}.{language}.md"
        text = TOLD[told](catalogue.yizheng.COURTYARD, language)
        if os.environ.get("YIZHENG_GOLDEN") == "write":
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text
