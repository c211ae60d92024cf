"""Diagrams: laid out so that nothing hides anything, valid by their schemas, read by others, and the same every time."""

from __future__ import annotations

import itertools
import os
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
import SpiffWorkflow
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.defaults import EndEvent as _EndEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from procedure.own import graph, mediation
from procedure.test_ways import drawn as drawn_at_random
from yizheng import Procedure, Text
from yizheng.errors import InvalidType, InvalidValue
from yizheng.exchange import to_bpmn, to_svg
from yizheng.exchange.layout import Box, Plan, Sizes, lay_out, width_of, wrapped
from yizheng.exchange.ways import Way, ways
from yizheng.text import LANGUAGES

from . import browser
from .made_up import PROCEDURES

SCHEMA = Path(SpiffWorkflow.__file__).parent / "bpmn/parser/schema/BPMN20.xsd"
"""The schemas of the Object Management Group, which SpiffWorkflow carries."""

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
SVG = "{http://www.w3.org/2000/svg}"
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)
NASTY = '<x & "y">\n`#\ufffe\u202e'


def sound(count: int) -> Iterator[Procedure]:
    """Sound definitions of up to six stages, drawn at random."""
    chance = random.Random(6)  # noqa: S311 -- the same definitions every time
    found = (procedure for procedure in iter(lambda: drawn_at_random(chance), None) if not procedure.check())
    return itertools.islice(found, count)


def nasty() -> Procedure:
    """A definition whose every word is trouble to XML."""
    own = mediation()
    stages = [attrs.evolve(each, title=Text(NASTY, NASTY)) for each in own.stages]
    ends = [attrs.evolve(each, title=Text(NASTY, NASTY)) for each in own.ends]
    return attrs.evolve(own, title=Text(NASTY, NASTY), stages=stages, ends=ends)


def hardly_named() -> Procedure:
    """Stages and outcomes whose names are no ids of XML, and one that looks like the id of another."""
    edges = {"一 二": {'是"否"': "s.2".replace(".", "_"), "\\": "e n d"}, "s_2": {"on": "e n d", "back": "一 二"}}
    return graph(edges, {"e n d": True})


@cache
def schema() -> etree.XMLSchema:
    """The schema of BPMN 2.0 with its diagrams."""
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def bpmn(procedure: Procedure, language: Any = "zh") -> etree._Element:
    """The document, read."""
    return etree.fromstring(to_bpmn(procedure, language).encode())


# Layout


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A diagram of any stages, ends and ways, as boxes with lanes or with diamonds."""
    stages = [f"s{number}" for number in range(draw(st.integers(1, 7)))]
    ends = [f"e{number}" for number in range(draw(st.integers(1, 4)))]
    found = []
    for stage in stages:
        targets = draw(st.lists(st.sampled_from([*stages, *ends]), max_size=5, unique=True))
        found += [Way(stage, to, ("x",), draw(st.sampled_from(["x", "一个结果", "a longer name"]))) for to in targets]
    gate = draw(st.sampled_from([0, 50]))
    heights = {stage: draw(st.integers(30, 120)) for stage in stages}
    end = draw(st.sampled_from([36, 50]))
    sizes = Sizes(stage=200, stages=heights, gate=gate, ends=dict.fromkeys(ends, 36), end=end, room=end)
    return lay_out(stages, ends, found, sizes)


def shapes(plan: Plan) -> list[Box]:
    """Every shape."""
    return [plan.start, *plan.stages.values(), *plan.gates.values(), *plan.ends.values()]


def segments(plan: Plan) -> Iterator[tuple[Any, tuple[int, int], tuple[int, int]]]:
    """Every stretch of every line."""
    for line in plan.lines:
        for first, second in itertools.pairwise(line.points):
            yield line, first, second


def inside(box: Box, point: tuple[int, int]) -> bool:
    """Whether a point lies in a shape, and not on its border."""
    return box.x < point[0] < box.right and box.y < point[1] < box.bottom


class TestLayout:
    """Whatever leads where: shapes stand apart, and lines run between them."""

    @given(plans())
    def test_no_shape_covers_another(self, plan: Plan) -> None:
        """Nor do they touch."""
        for one, other in itertools.combinations(shapes(plan), 2):
            apart = one.right < other.x or other.right < one.x or one.bottom < other.y or other.bottom < one.y
            assert apart

    @given(plans())
    def test_all_is_on_the_paper(self, plan: Plan) -> None:
        """Shapes, lines, and where their words begin."""
        points = [point for line in plan.lines for point in (*line.points, *([line.label] if line.label else []))]
        points += [corner for box in shapes(plan) for corner in ((box.x, box.y), (box.right, box.bottom))]
        assert all(0 <= x <= plan.width and 0 <= y <= plan.height for x, y in points)

    @given(plans())
    def test_lines_run_straight(self, plan: Plan) -> None:
        """Along the paper or down it, and somewhere."""
        for _, first, second in segments(plan):
            assert (first[0] == second[0]) != (first[1] == second[1])

    @given(plans())
    def test_lines_end_at_borders(self, plan: Plan) -> None:
        """Each begins at the border of the shape that it leaves, and ends at that of the one to which it leads."""
        for line in plan.lines:
            if line.way is not None:
                out = plan.gates.get(line.way.source, plan.stages[line.way.source])
                to = (plan.stages | plan.ends)[line.way.target]
                for box, point in ((out, line.points[0]), (to, line.points[-1])):
                    assert not inside(box, point)
                    assert box.x <= point[0] <= box.right
                    assert box.y <= point[1] <= box.bottom
                if line.way.source in plan.gates:  # a diamond has its border at its corners alone
                    assert line.points[0][0] == out.middle[0] or line.points[0][1] == out.middle[1]

    @given(plans())
    def test_lines_cross_no_shape(self, plan: Plan) -> None:
        """They pass by."""
        for _, first, second in segments(plan):
            for box in shapes(plan):
                (x, to_x), (y, to_y) = sorted((first[0], second[0])), sorted((first[1], second[1]))
                assert to_x <= box.x or x >= box.right or to_y <= box.y or y >= box.bottom

    @given(plans())
    def test_lines_to_different_places_are_different(self, plan: Plan) -> None:
        """Only what leads to one place, or leaves one diamond, shares a stretch."""
        drawn = [each for each in segments(plan) if each[0].way is not None]
        for (one, *a), (other, *b) in itertools.combinations(drawn, 2):
            if one.way.target == other.way.target or one.way.source == other.way.source:
                continue
            for along, across in ((0, 1), (1, 0)):
                if len({point[across] for point in (*a, *b)}) == 1:
                    (low, high), (start, stop) = (sorted(point[along] for point in each) for each in (a, b))
                    assert high <= start or stop <= low

    def test_the_largest(self) -> None:
        """256 stages that all lead to one end and back to the first are drawn in a moment."""
        edges = {f"s{n}": {"on": f"s{n + 1}", "off": "e", "back": "s0"} for n in range(255)} | {"s255": {"on": "e"}}
        largest = graph(edges, {"e": True})
        assert to_svg(largest).count("<rect") == 256 + 2
        assert schema().validate(bpmn(largest))

    @pytest.mark.parametrize(
        ("words", "lines"),
        [
            ("", [""]),
            ("一征：征求意见", ["一征：征求意", "见"]),
            ("solicit all the opinions", ["solicit all", "the", "opinions"]),
            ("x" * 30, ["x" * 11, "x" * 11, "x" * 8]),
        ],
        ids=["none", "Chinese", "English", "one word"],
    )
    def test_words_are_wrapped(self, words: str, lines: list[str]) -> None:
        """At spaces, among Chinese characters, and a word that is too long somewhere."""
        assert wrapped(words, 80) == lines
        assert all(width_of(line) <= 80 for line in lines)


class TestBPMN:
    """The export to BPMN 2.0."""

    @EACH
    @IN_BOTH
    def test_is_valid(self, procedure: Procedure, language: Any) -> None:
        """By the schemas of the Object Management Group."""
        schema().assertValid(bpmn(procedure, language))

    def test_whatever_it_is_called(self) -> None:
        """Words that are trouble to XML, and names that are no ids of it."""
        for procedure in (nasty(), hardly_named(), *sound(40)):
            schema().assertValid(bpmn(procedure))
        (first, *_) = bpmn(nasty()).iter(f"{MODEL}userTask")
        assert first.get("name") == '<x & "y"> `#\ufffd\u202e'

    @EACH
    def test_has_every_part(self, procedure: Procedure) -> None:
        """A task for each stage, an event for each end, a flow for each way; each is drawn, and nothing else is."""
        root = bpmn(procedure)
        assert [each.get("name") for each in root.iter(f"{MODEL}userTask")] == [s.title.zh for s in procedure.stages]
        assert [each.get("name") for each in root.iter(f"{MODEL}endEvent")] == [end.title.zh for end in procedure.ends]
        told = [each.get("name") for each in root.iter(f"{MODEL}sequenceFlow") if each.get("name")]
        assert sorted(told) == sorted(way.words for way in ways(procedure, "zh"))
        kinds = ("startEvent", "userTask", "exclusiveGateway", "endEvent", "sequenceFlow", "textAnnotation")
        parts = {each.get("id") for kind in kinds for each in root.iter(MODEL + kind)}
        drawn = [each.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + kind)]
        assert sorted(drawn) == sorted(parts)

    @EACH
    def test_asks_only_where_there_is_a_choice(self, procedure: Procedure) -> None:
        """A gateway has several ways out, each with its condition; a stage without one has a single way, and asks nothing."""
        root = bpmn(procedure)
        gates = {each.get("id"): each for each in root.iter(f"{MODEL}exclusiveGateway")}
        assert all(len(gate.findall(f"{MODEL}outgoing")) > 1 for gate in gates.values())
        assert all(len(task.findall(f"{MODEL}outgoing")) == 1 for task in root.iter(f"{MODEL}userTask"))
        for flow in root.iter(f"{MODEL}sequenceFlow"):
            asked = flow.find(f"{MODEL}conditionExpression")
            assert (asked is not None) is (flow.get("sourceRef") in gates)

    def test_is_the_same_every_time(self) -> None:
        """Whatever the order in which the routes were written."""
        own = mediation()
        turned = attrs.evolve(own, routes=dict(reversed(own.routes.items())))
        assert to_bpmn(turned) == to_bpmn(own)
        assert to_svg(turned) == to_svg(own)

    def test_refused(self) -> None:
        """What is no definition, no sound one, or no language."""
        for draw in (to_bpmn, to_svg):
            with pytest.raises(InvalidType, match="the procedure is"):
                draw("x")
            with pytest.raises(InvalidValue, match="NO_WAY_OUT"):
                draw(graph({"a": {"on": "a"}}, {"e": True}))
            with pytest.raises(InvalidValue, match="language 'fr'"):
                draw(mediation(), "fr")


class TestInSpiffWorkflow:
    """An engine that knows nothing of us reads the process and walks it as our machine does."""

    @staticmethod
    def process(procedure: Procedure) -> Any:
        """The process as the engine knows it."""
        parser = BpmnParser()
        parser.add_bpmn_xml(bpmn(procedure))
        return parser.get_spec("procedure")

    @staticmethod
    def walked(process: Any, chosen: list[str]) -> list[str]:
        """The titles of the tasks that come up as each outcome is set, and of the end."""
        workflow = BpmnWorkflow(process)
        workflow.do_engine_steps()
        came: list[str] = []
        for outcome in chosen:
            (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
            came.append(task.task_spec.bpmn_name)
            task.data["outcome"] = outcome
            task.run()
            workflow.do_engine_steps()
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        if ready:
            return [*came, ready[0].task_spec.bpmn_name]
        assert workflow.is_completed()
        kinds = workflow.get_tasks(state=TaskState.COMPLETED, spec_class=_EndEvent)
        return [*came, next(each.task_spec.bpmn_name for each in kinds if each.task_spec.bpmn_name)]

    @staticmethod
    def walks(procedure: Procedure) -> Iterator[tuple[list[str], list[str]]]:
        """For each outcome of each stage the shortest walk on our machine that takes it last, and where it passes."""
        titles = {each.id: each.title.zh for each in (*procedure.stages, *procedure.ends)}
        leads = {stage.id: dict(procedure.routes[stage.id]) for stage in procedure.stages}
        for way in ways(procedure, "zh"):
            leads[way.source].update(dict.fromkeys(way.outcomes, way.target))
        first = procedure.stages[0].id
        shortest: dict[str, tuple[list[str], list[str]]] = {first: ([], [titles[first]])}
        waiting = [first]
        while waiting:
            here = waiting.pop(0)
            by, passed = shortest[here]
            for outcome, to in leads.get(here, {}).items():
                walk = ([*by, outcome], [*passed, titles[to]])
                yield walk
                if to not in shortest:
                    shortest[to] = walk
                    waiting.append(to)

    @EACH
    def test_each_outcome(self, procedure: Procedure) -> None:
        """Along each outcome of each stage it comes to the same stages in the same order, and to the same end."""
        tried, process = 0, self.process(procedure)
        for chosen, passed in self.walks(procedure):
            assert self.walked(process, chosen) == passed
            tried += 1
        assert tried >= sum(len(targets) for targets in procedure.routes.values())

    def test_whatever_outcomes_are_called(self) -> None:
        """Quotation marks and strokes in an outcome reach the engine as they are."""
        process = self.process(hardly_named())
        for chosen, passed in self.walks(hardly_named()):
            assert len(self.walked(process, chosen)) == len(passed)


class TestSVG:
    """The export to SVG."""

    @EACH
    @IN_BOTH
    def test_stands_by_itself(self, procedure: Procedure, language: Any) -> None:
        """It is well formed, and loads nothing: no font, no script, no picture."""
        text = to_svg(procedure, language)
        root = etree.fromstring(text.encode())
        assert root.tag == f"{SVG}svg"
        allowed = {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "circle", "text"}
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= allowed
        assert not re.search(r"href|@import|@font-face|https?://(?!www\.w3\.org/2000/svg)", text)
        inner = f"url(#{root.get('id')}"
        assert all(url.startswith(inner) for url in re.findall(r"url\([^)]*", text))

    @EACH
    @IN_BOTH
    def test_is_told_to_screen_readers(self, procedure: Procedure, language: Any) -> None:
        """A title and a description, in which every stage, every outcome and every end occurs."""
        root = etree.fromstring(to_svg(procedure, language).encode())
        ids = [root.find(SVG + part).get("id") for part in ("title", "desc")]
        assert (root.get("role"), root.get("aria-labelledby")) == ("img", " ".join(ids))
        assert root.findtext(f"{SVG}title") == procedure.title.say(language)
        told = root.findtext(f"{SVG}desc")
        for named in (*procedure.stages, *procedure.ends):
            assert named.title.say(language) in told
        assert all(way.words in told for way in ways(procedure, language))

    @EACH
    def test_shows_every_part(self, procedure: Procedure) -> None:
        """The title of every stage and end, over as many lines as it takes, and the words of every way."""
        shown = "".join(
            "".join(each.itertext()) for each in etree.fromstring(to_svg(procedure).encode()).iter(f"{SVG}text")
        )
        for named in (*procedure.stages, *procedure.ends):
            assert "".join(named.title.zh.split()) in "".join(shown.split())
        for way in ways(procedure, "zh"):
            assert way.words in shown

    def test_text_is_escaped(self) -> None:
        """Words that are trouble to XML stand in it as words."""
        root = etree.fromstring(to_svg(nasty()).encode())
        assert any(each.text == '<x & "y"> `#\ufffd\u202e' for each in root.iter(f"{SVG}text"))

    def test_in_light_and_dark(self) -> None:
        """Every colour has its counterpart for a dark page, and the words stand out from what is under them."""
        style = etree.fromstring(to_svg(mediation()).encode()).findtext(f"{SVG}style")
        light, dark = style.split("@media (prefers-color-scheme: dark)")
        for rules in (light, dark):
            colours = dict(re.findall(r"(\.\w+|text) \{ (?:[^}]*?; )?fill: (#\w{6})", rules))
            for words, ground in itertools.product(("text", ".small"), (".paper", ".stage", ".end", ".done")):
                assert contrast(colours[words], colours[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """How well two colours stand apart, by WCAG 2.2 (1.4.3 asks for 4.5)."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


AT_LENGTH = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
"""Whether every diagram is opened in both languages, and not in one by turns."""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the browser says of each."""
    others = {"nasty": nasty(), "hardly named": hardly_named()}
    both = {
        name: LANGUAGES if AT_LENGTH else LANGUAGES[number % 2 :][:1] for number, name in enumerate(PROCEDURES | others)
    }
    documents = {
        f"{name} {language}": to_bpmn(procedure, language)
        for name, procedure in (PROCEDURES | others).items()
        for language in both[name]
    }
    texts = {
        f"{name} {language}": procedure.diagram(language, phases=True)
        for name, procedure in PROCEDURES.items()
        for language in both[name]
    }
    broken = {"broken": to_bpmn(mediation()).replace('sourceRef="start"', 'sourceRef="nowhere"')}
    return browser.opened(documents | broken, texts | {"broken": "stateDiagram-v2\n  a --> --> b\n"})


class TestInABrowser:
    """bpmn-js opens every document without a warning, and Mermaid reads every text."""

    def test_bpmn(self, told: dict[str, Any]) -> None:
        """Every shape and every line is drawn, and nothing is warned of."""
        for name, each in told["bpmn"].items():
            if name != "broken":
                assert each.get("error") is None, name
                assert each["warnings"] == [], name
        for name, procedure in PROCEDURES.items():
            drawn = set(next(each["drawn"] for title, each in told["bpmn"].items() if title.startswith(f"{name} ")))
            root = bpmn(procedure)
            assert {
                each.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + kind)
            } <= drawn

    def test_mermaid(self, told: dict[str, Any]) -> None:
        """Every text is a state diagram."""
        texts = {name: kind for name, kind in told["mermaid"].items() if name != "broken"}
        assert texts
        assert set(texts.values()) == {"stateDiagram"}

    def test_it_would_see_a_fault(self, told: dict[str, Any]) -> None:
        """A document with a line from nowhere is warned of, and a text that is none is refused."""
        assert told["bpmn"]["broken"].get("error") or told["bpmn"]["broken"]["warnings"]
        assert told["mermaid"]["broken"].startswith("error")

    def test_without_a_browser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is left out, or fails where all is required, and the run says what to install."""
        left: dict[str, str] = {}
        monkeypatch.setattr(browser, "LEFT_OUT", left)
        monkeypatch.setattr(browser.shutil, "which", lambda _: None)
        for required, outcome in ((False, pytest.skip.Exception), (True, pytest.fail.Exception)):
            monkeypatch.setattr(browser, "REQUIRED", required)
            with pytest.raises(outcome, match="chromium is not installed: apt-get install chromium"):
                browser.opened({}, {})
        assert left == {"diagrams in a browser": "apt-get install chromium"}
