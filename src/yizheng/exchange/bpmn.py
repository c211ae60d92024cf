"""A definition as BPMN 2.0 (ISO/IEC 19510): a process with its diagram, for modellers and engines.

Each stage is a user task, and each end an end event. Where a stage can lead to several places, a diamond (an exclusive
gateway) follows it, and each way that leaves it asks for the outcome: ``outcome == "carried"``. Whoever runs the process
sets the variable ``outcome`` when a task is done. What BPMN has no shape for is told in words: the sources of a stage and
who acts in it in its documentation, and where an order of correction leads in a note.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from yizheng.exchange.layout import Box, Line, Plan, Point, Sizes, lay_out, width_of
from yizheng.exchange.markup import drawn, named
from yizheng.exchange.ways import beside, ways
from yizheng.procedure import Procedure
from yizheng.stages import Stage
from yizheng.text import Language, as_language, joined
from yizheng.values import one

__all__ = ["to_bpmn"]

_NAMESPACES: Final = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_STAGE: Final = 200
_LINE: Final = 16  # of words, in the font of modellers
_LABEL: Final = 180  # how wide the words beside an end may be
_NOTE: Final = 260


def to_bpmn(procedure: Procedure, language: Language = "zh") -> str:
    """A definition as BPMN 2.0, laid out.

    Args:
        procedure: the definition.
        language: of the words.

    Returns:
        A whole document, valid by the schemas of the Object Management Group. The same definition is always written
        alike.

    Raises:
        InvalidType: when it is no definition, or the language no string.
        InvalidValue: with every fault, when the definition is not sound; or when the language is neither ``"zh"`` nor
            ``"en"``.
    """
    one(Procedure, procedure, "the procedure")
    found = ways(procedure, as_language(language))
    titles = named(procedure, language)
    sizes = Sizes(
        stage=_STAGE,
        stages={stage.id: 80 for stage in procedure.stages},
        gate=50,
        ends={end.id: 36 for end in procedure.ends},
        room=max(36, *(_lines(titles[end.id]) * _LINE for end in procedure.ends)),
        after=_LABEL + 8,
        note=_NOTE,
    )
    plan = lay_out([stage.id for stage in procedure.stages], [end.id for end in procedure.ends], found, sizes)
    drawing = _Drawing(procedure, language, titles, plan)
    root = ET.Element(
        "bpmn:definitions",
        {**_NAMESPACES, "id": "definitions", "targetNamespace": "urn:yizheng:bpmn", "exporter": "yizheng"},
    )
    drawing.process(root)
    drawing.diagram(root)
    return drawn(root)


def _ids(kind: str, names: Iterable[str]) -> dict[str, str]:
    """An id for each name that every reader of XML takes; names that are no such ids are numbered."""
    return {
        each: f"{kind}_{each}" if re.fullmatch(r"[A-Za-z0-9_-]+", each) else f"{kind}.{number}"
        for number, each in enumerate(names, 1)
    }


@attrs.define
class _Flow:
    """A line as the process knows it: from one node to another, by which condition."""

    id: str
    source: str
    target: str
    line: Line


class _Drawing:
    """One definition as it is written in one language."""

    def __init__(self, procedure: Procedure, language: Language, titles: Mapping[str, str], plan: Plan) -> None:
        self.procedure = procedure
        self.language: Language = language
        self.titles = titles
        self.plan = plan
        self.tasks = _ids("stage", [stage.id for stage in procedure.stages])
        self.gates = _ids("after", [stage.id for stage in procedure.stages])
        self.ends = _ids("end", [end.id for end in procedure.ends])
        self.flows = [*self._flows()]

    def _flows(self) -> Iterator[_Flow]:
        for number, line in enumerate(self.plan.lines, 1):
            if line.way is not None:
                stage = line.way.source
                source = self.gates[stage] if stage in self.plan.gates else self.tasks[stage]
                target = (self.tasks | self.ends)[line.way.target]
            elif line.source is not None:
                source, target = self.tasks[line.source], self.gates[line.source]
            else:
                source, target = "start", self.tasks[self.procedure.stages[0].id]
            yield _Flow(f"flow_{number}", source, target, line)

    def process(self, root: ET.Element) -> None:
        """The process: what modellers and engines read."""
        title = " ".join(self.procedure.title.say(self.language).split())
        process = ET.SubElement(root, "bpmn:process", {"id": "procedure", "name": title, "isExecutable": "true"})
        sources = [citation.explain(self.language) for citation in self.procedure.sources]
        _document(process, [f"{self.procedure.id}, {self.procedure.edition}", *sources])
        self.node(process, "startEvent", "start")
        for stage in self.procedure.stages:
            self.node(process, "userTask", self.tasks[stage.id], self.titles[stage.id], self.told(stage))
            if stage.id in self.plan.gates:
                self.node(process, "exclusiveGateway", self.gates[stage.id])
        for end in self.plan.ends:
            self.node(process, "endEvent", self.ends[end], self.titles[end])
        for flow in self.flows:
            self.flow(process, flow)
        note = ET.SubElement(process, "bpmn:textAnnotation", {"id": "note"})
        ET.SubElement(note, "bpmn:text").text = beside(self.procedure, self.language)

    def node(self, process: ET.Element, kind: str, node: str, name: str = "", told: Sequence[str] = ()) -> None:
        """A node, with the flows that come in and go out."""
        element = ET.SubElement(process, f"bpmn:{kind}", {"id": node, **({"name": name} if name else {})})
        _document(element, told)
        for flow in self.flows:
            if flow.target == node:
                ET.SubElement(element, "bpmn:incoming").text = flow.id
        for flow in self.flows:
            if flow.source == node:
                ET.SubElement(element, "bpmn:outgoing").text = flow.id

    def told(self, stage: Stage) -> list[str]:
        """What a stage says of itself in words: which bodies vote, and its sources."""
        bodies = {body.id: body.title.say(self.language) for body in self.procedure.bodies}
        source = getattr(stage, "source", None)
        rules = [edition.explain(self.language) for _, editions in stage.rules() for edition in editions]
        said = [joined([bodies[each] for each in stage.bodies()], self.language), *rules]
        return [each for each in (*said, "" if source is None else source.explain(self.language)) if each]

    def flow(self, process: ET.Element, flow: _Flow) -> None:
        """A way, with the outcomes for which it asks where there is a choice."""
        way, between = flow.line.way, {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
        element = ET.SubElement(process, "bpmn:sequenceFlow", between | ({"name": way.words} if way else {}))
        if way is not None and way.source in self.plan.gates:
            asked = ET.SubElement(element, "bpmn:conditionExpression", {"xsi:type": "bpmn:tFormalExpression"})
            asked.text = " or ".join(f"outcome == {json.dumps(each, ensure_ascii=False)}" for each in way.outcomes)

    def diagram(self, root: ET.Element) -> None:
        """Where everything stands."""
        diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
        plane = ET.SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "procedure"})
        _shape(plane, "start", self.plan.start)
        for stage, box in self.plan.stages.items():
            _shape(plane, self.tasks[stage], box)
        for stage, box in self.plan.gates.items():
            _shape(plane, self.gates[stage], box, isMarkerVisible="true")
        for end, box in self.plan.ends.items():
            width = min(width_of(self.titles[end]), _LABEL)
            height = _lines(self.titles[end]) * _LINE
            words = Box(box.right + 6, box.middle[1] - height // 2, width, height)
            _label(_shape(plane, self.ends[end], box), words)
        x, y = self.plan.note
        _shape(plane, "note", Box(x, y - 14, _NOTE, 30))
        for flow in self.flows:
            self.edge(plane, flow)

    def edge(self, plane: ET.Element, flow: _Flow) -> None:
        """A line, with its words where it has any."""
        edge = ET.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{flow.id}_di", "bpmnElement": flow.id})
        for x, y in flow.line.points:
            ET.SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})
        if flow.line.way is not None and flow.line.label is not None:
            x, y = _upper(flow.line.label)
            _label(edge, Box(x, y, width_of(flow.line.way.words), _LINE))


def _lines(words: str) -> int:
    """On about how many lines the words beside an end stand."""
    return -(-width_of(words) // _LABEL)


def _upper(label: Point) -> Point:
    """The upper corner of words that stand on a line."""
    return label[0], label[1] - _LINE + 2


def _document(element: ET.Element, told: Sequence[str]) -> None:
    if told:
        ET.SubElement(element, "bpmn:documentation").text = "\n".join(told)


def _shape(plane: ET.Element, node: str, box: Box, **more: str) -> ET.Element:
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", {"id": f"{node}_di", "bpmnElement": node, **more})
    _bounds(shape, box)
    return shape


def _label(element: ET.Element, box: Box) -> None:
    _bounds(ET.SubElement(element, "bpmndi:BPMNLabel"), box)


def _bounds(element: ET.Element, box: Box) -> None:
    at = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    ET.SubElement(element, "dc:Bounds", {key: str(value) for key, value in at.items()})
