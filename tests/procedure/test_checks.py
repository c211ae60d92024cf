"""``procedure.check()``: every fault of a definition is found, all of them at once, and nothing unsound is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import attrs
import pytest

from walks import CITED, COURTYARD_ROLLS, OFFICES, START, matter
from yizheng import Case, Procedure, catalogue
from yizheng.catalogue.common import offices_of
from yizheng.errors import BrokenRecord, InvalidType, InvalidValue, YizhengError
from yizheng.procedure import Body, End, Fault, Lapse, Office
from yizheng.procedure.cures import CURES
from yizheng.procedure.duties import AtMost, Existence, Response
from yizheng.procedure.faults import FAULTS
from yizheng.rules import AGAINST, FOR, Rule
from yizheng.stages import Action, Evaluation, Implementation, PersonalHearing, Solicitation
from yizheng.values import FrozenMap

from .own import EVERYTHING, Agree, GiveUp, Go, Mediation, Node, graph, mediation

COURTYARD = catalogue.yizheng.COURTYARD


def with_stage(index: int, **settings: Any) -> Procedure:
    """The courtyard procedure with one of its stages changed."""
    stages = list(COURTYARD.stages)
    stages[index] = attrs.evolve(stages[index], **settings)
    return attrs.evolve(COURTYARD, stages=stages)


def given_to(office: str) -> Rule:
    """A rule that gives an office the casting vote."""
    return Rule(quorum=None, passage=FOR > AGAINST, casting=office, citation=CITED)


def with_routes(stage: str, **routes: str) -> Procedure:
    """The courtyard procedure with the routes of a stage changed."""
    return attrs.evolve(COURTYARD, routes={**COURTYARD.routes, stage: {**COURTYARD.routes[stage], **routes}})


def with_office(**changes: Any) -> Procedure:
    """The courtyard procedure with its first office changed."""
    return attrs.evolve(COURTYARD, offices=[attrs.evolve(COURTYARD.offices[0], **changes), *COURTYARD.offices[1:]])


def with_kind(**parts: Any) -> Procedure:
    """The mediation procedure with its kind of stage changed."""
    changed = attrs.frozen(kw_only=True)(type("Changed", (Mediation,), {"__annotations__": {}, **parts}))
    procedure = mediation()
    stage = procedure.stages[0]
    fields = {field.name: getattr(stage, field.name) for field in attrs.fields(type(stage))}
    return attrs.evolve(procedure, stages=[changed(**fields), procedure.stages[1]])


class Agreed(Action):
    """An action that is called like an outcome."""

    kind: ClassVar[str] = "agreed"


def way(**further: str) -> dict[str, dict[str, str]]:
    """A way of three nodes, each with one outcome."""
    return {"a": {"on": "b", **further}, "b": {"on": "c"}, "c": {"on": "end"}}


def counting_too_far() -> Procedure:
    """The mediation procedure, whose first stage counts three turns to a hundred each."""
    again = {f"again_{number}": {"over": "apart"} for number in range(3)}
    counting = with_kind(turns=again, bounds=lambda _: dict.fromkeys(again, 100))
    return attrs.evolve(counting, duties=[AtMost([f"mediate.{turn}" for turn in again])])


def counting(duties: int, most: int) -> Procedure:
    """Three votes that go back to one another, with as many duties that count so far."""
    vote = COURTYARD.stage("propose")
    stages = [attrs.evolve(vote, id=f"v{n}", calls=100) for n in range(3)]
    back = {"lost": "dropped", "inquorate": "dropped", "void": "v0", "returned": "v0"}
    return attrs.evolve(
        COURTYARD,
        stages=stages,
        routes={f"v{n}": {**back, "carried": f"v{n + 1}" if n < 2 else "done"} for n in range(3)},
        ends=[End("done", "done", carried_out=True), End("dropped", "dropped")],
        offices=offices_of(stages),
        deciding="v2",
        withdrawn="dropped",
        corrected="v0",
        corrections={},
        shared=(),
        mandatory=(),
        duties=[AtMost(f"v{n % 3}.recalled", most=most - n // 3 % most) for n in range(duties)],
    )


def circling(procedure: Procedure) -> Procedure:
    """The mediation procedure, in which an outcome of the first stage leads back to it."""
    return attrs.evolve(procedure, routes={**procedure.routes, "mediate": {"agreed": "carry_out", "failed": "mediate"}})


def lapsing(milestone: str) -> Procedure:
    """The courtyard, where something comes about until a day."""
    return attrs.evolve(COURTYARD, lapses=[Lapse(milestone=milestone, last=date(2026, 6, 30), instead="x")])


PLANTED: dict[str, list[tuple[Callable[[], Procedure], dict[str, str]]]] = {
    "NO_STAGE": [(lambda: attrs.evolve(COURTYARD, stages=[]), {})],
    "DOTTED": [
        (lambda: with_stage(0, id="solicit.first"), {"id": "solicit.first"}),
        (lambda: attrs.evolve(COURTYARD, ends=[*COURTYARD.ends, End("x.y", "x")]), {"id": "x.y"}),
    ],
    "TOO_MANY_STAGES": [
        (lambda: graph({f"n{n}": {"on": f"n{n + 1}"} for n in range(257)}, {"n257": False}), {"most": "256"})
    ],
    "DUPLICATE_ID": [
        (lambda: with_stage(1, id="solicit"), {"id": "solicit"}),
        (lambda: attrs.evolve(COURTYARD, ends=[*COURTYARD.ends, End("solicit", "x")]), {"id": "solicit"}),
        (lambda: attrs.evolve(COURTYARD, bodies=[*COURTYARD.bodies, Body("owners", "x")]), {"id": "owners"}),
        (lambda: attrs.evolve(COURTYARD, offices=[*COURTYARD.offices, Office("chair", "x")]), {"id": "chair"}),
    ],
    "UNKNOWN_TARGET": [
        (
            lambda: with_routes("propose", carried="consutl"),
            {"stage": "propose", "outcome": "carried", "target": "consutl"},
        )
    ],
    "NO_ROUTE": [
        (
            lambda: attrs.evolve(COURTYARD, routes={**COURTYARD.routes, "solicit": {}}),
            {"stage": "solicit", "outcome": "completed"},
        ),
        (
            lambda: attrs.evolve(COURTYARD, routes={k: v for k, v in COURTYARD.routes.items() if k != "solicit"}),
            {"stage": "solicit", "outcome": "completed"},
        ),
    ],
    "UNKNOWN_OUTCOME": [
        (lambda: with_routes("solicit", carired="propose"), {"stage": "solicit", "outcome": "carired"}),
    ],
    "NO_SUCH_OUTCOME": [
        (
            lambda: attrs.evolve(COURTYARD, mandatory=["solicit.completde"]),
            {"where": "mandatory", "milestone": "solicit.completde", "nearest": "completed"},
        ),
        (
            lambda: attrs.evolve(COURTYARD, binding="solicit.opened"),
            {"where": "binding", "stage": "solicit", "outcome": "opened"},
        ),
    ],
    "UNKNOWN_STAGE": [
        (lambda: attrs.evolve(COURTYARD, shared=["solicit", "nowhere"]), {"where": "shared", "stage": "nowhere"}),
        (
            lambda: attrs.evolve(COURTYARD, routes={**COURTYARD.routes, "nowhere": {}}),
            {"where": "routes", "stage": "nowhere"},
        ),
        (lambda: attrs.evolve(COURTYARD, deciding="nowhere"), {"where": "deciding", "stage": "nowhere"}),
        (lambda: attrs.evolve(COURTYARD, corrected="nowhere"), {"where": "corrected", "stage": "nowhere"}),
        (lambda: attrs.evolve(COURTYARD, mandatory=["nowhere"]), {"where": "mandatory", "stage": "nowhere"}),
        (lambda: attrs.evolve(COURTYARD, binding="nowhere"), {"where": "binding", "stage": "nowhere"}),
        (
            lambda: attrs.evolve(COURTYARD, mandatory=["reslove.carried"]),
            {"where": "mandatory", "stage": "reslove", "nearest": "resolve"},
        ),
    ],
    "UNKNOWN_END": [
        (lambda: attrs.evolve(COURTYARD, withdrawn="solicit"), {"where": "withdrawn", "end": "solicit"}),
        (
            lambda: attrs.evolve(COURTYARD, duties=[Existence("evaluate", ends=["solicit"])]),
            {"where": "duties[0]", "end": "solicit"},
        ),
    ],
    "UNKNOWN_MILESTONE": [
        (
            lambda written=written: attrs.evolve(COURTYARD, duties=[Response(written, "evaluate")]),
            {"duty": "duties[0]", "milestone": written},
        )
        for written in ("nowhere", "nowhere.carried", "resolve.clear", "nowhere:post", "resolve:post", "resolve:note")
    ]
    + [
        (lambda written=written: lapsing(written), {"duty": "lapses[0]", "milestone": written})
        for written in ("resolve", "carried_out", "resolve.clear", "resolve:post", "resolve:note", "resolve:withdraw")
    ],
    "UNREACHABLE": [
        (lambda: attrs.evolve(COURTYARD, ends=[*COURTYARD.ends, End("heaven", "x")]), {"stage": "heaven"}),
        (lambda: graph({**way(), "d": {"on": "end"}}, {"end": True}), {"stage": "d"}),
    ],
    "NO_WAY_OUT": [
        (lambda: graph({**way(off="d"), "d": {"on": "d"}}, {"end": False}), {"stage": "d"}),
    ],
    "UNKNOWN_BODY": [(lambda: with_stage(1, body="council"), {"stage": "propose", "body": "council"})],
    "UNKNOWN_OFFICE": [
        (lambda: with_stage(0, offices={"survey": ["pollster"]}), {"stage": "solicit", "office": "pollster"}),
        (lambda: with_stage(1, rule=given_to("speaker")), {"stage": "propose", "office": "speaker"}),
    ],
    "CANNOT_CAST": [
        (
            lambda: with_stage(1, rule=given_to("supervisor")),
            {"stage": "propose", "office": "supervisor", "action": "close_vote"},
        ),
    ],
    "UNKNOWN_ACTION": [
        (lambda: with_office(may={*COURTYARD.offices[0].may, "dance"}), {"where": "secretary", "action": "dance"}),
        (lambda: with_stage(0, offices={"convene": ["chair"]}), {"where": "solicit", "action": "convene"}),
    ],
    "NOBODY_MAY": [
        (
            lambda: with_office(may=COURTYARD.offices[0].may - {"close_solicitation"}),
            {"stage": "solicit", "action": "close_solicitation"},
        ),
        (lambda: with_stage(5, offices={"complete": []}), {"stage": "implement", "action": "complete"}),
    ],
    "NO_SOURCE": [
        (
            lambda: with_stage(1, rule=Rule(quorum=None, passage=FOR >= 1)),
            {"stage": "propose", "setting": "rule"},
        ),
    ],
    "SKIPPED": [
        (
            lambda: with_routes("propose", carried="disclose_measures"),
            {"milestone": "consult.carried", "end": "carried_out"},
        ),
        (lambda: with_routes("disclose_measures", upheld="implement"), {"milestone": "disclose_measures.clear"}),
        (lambda: graph(way(short="c"), {"end": True}, mandatory=["b"]), {"milestone": "b", "end": "end"}),
        (
            lambda: graph(way(), {"end": True, "off": False}, mandatory=["b"], withdrawn="end", corrected="off"),
            {"milestone": "b", "end": "end"},
        ),
    ],
    "UNKEPT": [
        (lambda: attrs.evolve(COURTYARD, duties=[Response("resolve.lost", "solicit")]), {"duty": "duties[0]"}),
    ],
    "STUCK": [
        (lambda: with_kind(first="over"), {"place": "mediate.over"}),
        (
            lambda: with_kind(brings={Go: {"agreed", "failed", "resumed"}, Agree: (), GiveUp: ()}),
            {"place": "mediate.over"},
        ),
    ],
    "LAPSED_STUCK": [
        (lambda: lapsing("solicit.completed"), {"place": "solicit.waiting", "last": "2026-06-30"}),
        (lambda: lapsing("solicit:open_solicitation"), {"place": "solicit.waiting", "last": "2026-06-30"}),
    ],
    "LOOP": [
        (lambda: with_kind(first="over", turns={"resumed": {"over": "over"}}), {"place": "mediate.over"}),
        (lambda: circling(with_kind(first="over")), {"place": "mediate.over"}),
    ],
    "SHARED_STUCK": [
        (
            lambda: attrs.evolve(
                COURTYARD,
                routes={**COURTYARD.routes, "resolve": {**COURTYARD.routes["resolve"], "inquorate": "disclose_result"}},
                mandatory=(),
            ),
            {"place": "disclose_result.waiting"},
        ),
    ],
    "TOO_MANY_PLACES": [(counting_too_far, {"most": "10000"})],
    "TOO_MANY": [
        (lambda what=what, many=many: attrs.evolve(COURTYARD, **{what: many}), {"what": what, "most": str(most)})
        for what, many, most in (
            ("ends", [*COURTYARD.ends, *(End(f"e{n}", "x") for n in range(256))], 256),
            ("bodies", [*COURTYARD.bodies, *(Body(f"b{n}", "x") for n in range(256))], 256),
            ("offices", [*COURTYARD.offices, *(Office(f"o{n}", "x") for n in range(256))], 256),
            ("duties", [Existence("resolve")] * 1025, 1024),
            ("lapses", [Lapse(milestone="resolve.lost", last=date(2026, 6, 30), instead="x")] * 1025, 1024),
            ("mandatory", ["resolve"] * 2049, 2048),
        )
    ]
    + [
        (
            lambda: attrs.evolve(COURTYARD, duties=[Response([f"s{n}" for n in range(4096)], "resolve")]),
            {"what": "duties[…].a, b", "most": "4096"},
        )
    ],
    "TOO_MANY_STATES": [(lambda: counting(400, 100), {"most": "16384"})],
    "TOO_MANY_STEPS": [(lambda: counting(40, 100), {"most": "1000000"})],
    "NONE_CARRIED_OUT": [
        (lambda: graph(way(), {"end": False}, mandatory=["b"]), {"milestone": "b"}),
        (lambda: graph(way(off="a"), {"end": False, "off": False}, mandatory=["b.on", "c"]), {"milestone": "b.on"}),
    ],
    "MORE_FAULTS": [
        (
            lambda: graph(
                {f"n{n}": {"on": "end"} for n in range(256)}, {"end": True}, mandatory=[f"n{n}" for n in range(256)]
            ),
            {"most": "100"},
        )
    ],
    "OUT_OF_ORDER": [
        (
            lambda: attrs.evolve(COURTYARD, mandatory=["consult.carried", "propose.carried"]),
            {"earlier": "consult.carried", "later": "propose.carried"},
        ),
        (
            lambda: graph(
                {"a": {"on": "b", "off": "c"}, "b": {"on": "c", "end": "end"}, "c": {"on": "b", "end": "end"}},
                {"end": False},
                mandatory=["b", "c"],
            ),
            {"earlier": "b", "later": "c"},
        ),
    ],
    "UNKNOWN_PHASE": [
        (lambda: with_kind(phases={"apart": {Go: "heaven"}, "over": {}}), {"action": "own_go", "phase": "heaven"}),
        (lambda: with_kind(ends={"agreed": frozenset({"hell"})}), {"action": "agreed", "phase": "hell"}),
        (lambda: with_kind(first="nowhere"), {"action": "start", "phase": "nowhere"}),
        (lambda: with_kind(turns={"resumed": {"over": "limbo"}}), {"action": "resumed", "phase": "limbo"}),
        (lambda: with_kind(turns={"resumed": {"limbo": "apart"}}), {"action": "resumed", "phase": "limbo"}),
    ],
    "CLASH": [
        (lambda: with_kind(phases={"apart": {Agreed: "over"}, "over": {}}), {"trigger": "agreed"}),
        (lambda: with_kind(turns={"agreed": {"over": "apart"}}), {"trigger": "agreed"}),
        (lambda: with_kind(turns={"note": {"over": "apart"}}), {"trigger": "note"}),
    ],
    "SHARED_LATE": [
        (lambda: attrs.evolve(COURTYARD, shared=["solicit", "resolve"]), {"stage": "resolve", "deciding": "resolve"}),
        (lambda: attrs.evolve(COURTYARD, shared=["solicit", "implement"]), {"stage": "implement"}),
    ],
    "SHARED_VOTE": [
        (lambda: attrs.evolve(COURTYARD, shared=["solicit", "resolve"]), {"stage": "resolve", "body": "owners"})
    ],
    "SHARED_UNDECIDED": [
        (lambda: attrs.evolve(COURTYARD, deciding="disclose_measures"), {"deciding": "disclose_measures"})
    ],
    "SHARED_END": [
        (
            lambda: attrs.evolve(
                COURTYARD,
                routes={**COURTYARD.routes, "consult": {**COURTYARD.routes["consult"], "lost": "carried_out"}},
            ),
            {"stage": "consult", "outcome": "lost", "end": "carried_out"},
        )
    ],
    "SHARED_HEARING": [
        (
            lambda: attrs.evolve(
                COURTYARD,
                stages=[
                    PersonalHearing(id="consult", title="hear", concerned={"owner"}) if each.id == "consult" else each
                    for each in COURTYARD.stages
                ],
            ),
            {"stage": "consult"},
        )
    ],
    "SHARED_GAP": [(lambda: attrs.evolve(COURTYARD, shared=["propose"]), {"stage": "solicit"})],
    "NO_DECIDING": [
        (lambda: attrs.evolve(COURTYARD, deciding=None, shared=[]), {"stage": "propose"}),
        (lambda: attrs.evolve(COURTYARD, deciding=None, shared=[]), {"stage": "resolve"}),
    ],
    "BOUND_TWICE": [
        (
            lambda: attrs.evolve(COURTYARD, binding="resolve.carried"),
            {"deciding": "resolve", "binding": "resolve.carried"},
        ),
    ],
    "SHARED_UNVOTED": [(lambda: graph(way(), {"end": True}, deciding=None, shared=["a"]), {})],
    "UNBOUND": [(lambda: graph(way(), {"end": True}, deciding=None, binding="c.on"), {"binding": "c.on"})],
    "UNKNOWN_ZONE": [
        (lambda: attrs.evolve(COURTYARD, zone="Mars/Olympus"), {"zone": "Mars/Olympus"}),
        (lambda: attrs.evolve(COURTYARD, zone="Asia"), {"zone": "Asia"}),
        (lambda: attrs.evolve(COURTYARD, zone="../../etc/passwd"), {"zone": "../../etc/passwd"}),
    ],
}
EACH = [
    pytest.param(code, make, values, id=f"{code}-{number}")
    for code, planted in PLANTED.items()
    for number, (make, values) in enumerate(planted)
]


class TestSoundDefinitions:
    """A sound definition has no fault."""

    @pytest.mark.parametrize(
        "make",
        [
            lambda: COURTYARD,
            lambda: catalogue.yizheng.ALLOWANCE,
            mediation,
            lambda: graph(way(), {"off": False, "end": True}, mandatory=["a", "b.on", "c"]),
            lambda: graph(way(), {"end": True}, deciding=None),
            lambda: graph(way(), {"end": True}, deciding=None, binding="b.on"),
        ],
        ids=["courtyard", "allowance", "mediation", "graph", "nothing is decided", "something binds"],
    )
    def test_nothing_is_found(self, make: Callable[[], Procedure]) -> None:
        """The procedures from which the faults below start are sound."""
        assert make().check() == ()

    def test_the_most_stages(self) -> None:
        """A procedure of 256 stages is checked and compiled."""
        stages = {f"n{n}": {"on": f"n{n + 1}"} for n in range(256)}
        procedure = graph(stages, {"off": False, "n256": True}, mandatory=[f"n{n}" for n in range(256)])
        assert procedure.check() == ()
        assert len(procedure.table.places) == 2 * 256 + 2


LAW = {"RULE_BELOW_LAW", "RULE_OUTLIVES_LAW", "UNDISCLOSED", "UNACCOUNTED"}
"""What prove() finds, and check() does not: no record is unreadable for a law that is read better one day."""


class TestEachFault:
    """Each code of ``FAULTS`` is planted in a sound definition, and found."""

    def test_each_code_is_planted(self) -> None:
        """No code is without a definition that has its fault."""
        assert PLANTED.keys() | LAW == FAULTS.keys() == CURES.keys()

    @pytest.mark.parametrize(("code", "make", "values"), EACH)
    def test_it_is_found(self, code: str, make: Callable[[], Procedure], values: dict[str, str]) -> None:
        """The fault is found, with what it is about, and told in both languages."""
        faults = [fault for fault in make().check() if fault.code == code]
        assert [fault for fault in faults if values.items() <= fault.values.items()]
        for fault in faults:
            for language in ("zh", "en"):
                told = fault.explain(language)
                assert "{" not in told
                assert all(value in told for value in fault.values.values())

    @pytest.mark.parametrize(("code", "make", "values"), EACH)
    def test_nothing_unsound_is_used(self, code: str, make: Callable[[], Procedure], values: dict[str, str]) -> None:
        """An unsound definition is not compiled, drawn, tabled or opened: every fault is named instead."""
        assert values.keys() or code
        procedure = make()
        codes = {fault.code for fault in procedure.check()}
        assert code in codes
        for use in (
            procedure.machine,
            procedure.diagram,
            lambda: procedure.table,
            lambda: Case.open(matter(), procedure, {}, {}, at=START, by="sec-1"),
        ):
            with pytest.raises(InvalidValue) as raised:
                use()
            assert {fault.partition(":")[0] for fault in raised.value.faults} == codes

    @pytest.mark.parametrize(("code", "make", "values"), EACH)
    def test_it_is_found_once(self, code: str, make: Callable[[], Procedure], values: dict[str, str]) -> None:
        """No fault is told twice."""
        assert code
        assert values is not None
        faults = make().check()
        assert len(set(faults)) == len(faults)


class TestAllAtOnce:
    """Everything is found before anything is raised."""

    def test_several_faults_of_names(self) -> None:
        """Faults of stages, targets, people and sources are found together."""
        broken = attrs.evolve(
            with_stage(1, body="council", rule=Rule(quorum=None, passage=FOR >= 1)),
            withdrawn="nowhere",
            zone="Mars",
            mandatory=["solicit.nothing"],
            offices=[attrs.evolve(COURTYARD.offices[0], may={"dance"})],
            routes={**COURTYARD.routes, "propose": {"carried": "lost"}},
        )
        codes = {fault.code for fault in broken.check()}
        assert codes >= {
            "UNKNOWN_BODY",
            "NO_SOURCE",
            "UNKNOWN_END",
            "UNKNOWN_ZONE",
            "NO_SUCH_OUTCOME",
            "UNKNOWN_ACTION",
            "NOBODY_MAY",
            "NO_ROUTE",
            "UNKNOWN_TARGET",
        }

    def test_several_faults_of_ways(self) -> None:
        """Where the names hold, every fault of the ways is found together."""
        broken = graph(
            {"a": {"on": "c", "off": "d"}, "b": {"on": "end"}, "c": {"on": "end"}, "d": {"on": "d"}},
            {"end": True},
            mandatory=["b", "c"],
        )
        assert {(fault.code, *fault.values.values()) for fault in broken.check()} >= {
            ("UNREACHABLE", "b"),
            ("NO_WAY_OUT", "d"),
            ("SKIPPED", "b", "end"),
            ("OUT_OF_ORDER", "b", "c"),
        }

    def test_faults_are_values(self) -> None:
        """A fault is equal to another of the same code about the same, and frozen."""
        fault = Fault("NO_STAGE", FrozenMap())
        assert fault == Fault("NO_STAGE", FrozenMap())
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            fault.code = "OTHER"  # type: ignore[misc]


class TestReplayedDefinitions:
    """A record whose procedure is unsound is no record."""

    def test_it_is_found_on_replay(self) -> None:
        """An opening that carries an unsound procedure is refused with its faults."""
        case = Case.open(matter(), COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1")
        entry = case.entries[0]
        unsound = attrs.evolve(entry.action, procedure=attrs.evolve(COURTYARD, withdrawn="nowhere"))
        from yizheng.case.entry import make_entry  # noqa: PLC0415 -- the one test that forges an opening

        forged = make_entry(
            number=1,
            at=entry.at,
            recorded_at=entry.recorded_at,
            by="sec-1",
            action=unsound,
            effect=entry.effect,
            previous=entry.previous,
            salt=None,
            key=None,
        )
        with pytest.raises(BrokenRecord, match="UNKNOWN_END") as raised:
            Case.replay([forged])
        assert raised.value.number == 1


class TestBadInput:
    """What cannot be a part of a definition is refused where it is built, with an error of ours."""

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("stages", 5),
            ("stages", ["solicit"]),
            ("stages", [Solicitation]),
            ("stages", "solicit"),
            ("routes", 5),
            ("routes", {"solicit": 5}),
            ("routes", {"solicit": {"completed": 5}}),
            ("routes", {5: {}}),
            ("routes", [("solicit", {})]),
            ("ends", 5),
            ("ends", ["carried_out"]),
            ("bodies", ["owners"]),
            ("offices", ["secretary"]),
            ("mandatory", [5]),
            ("mandatory", [""]),
            ("facts", 5),
            ("facts", {"why": 5}),
            ("sources", ["report"]),
            ("zone", 8),
            ("title", 5),
            ("id", ""),
            ("edition", 1),
            ("deciding", 5),
            ("binding", 5),
            ("withdrawn", ["withdrawn"]),
        ],
    )
    def test_of_the_procedure(self, setting: str, value: Any) -> None:
        """Each setting of a wrong type is an error of ours when the procedure is built."""
        with pytest.raises(YizhengError):
            attrs.evolve(COURTYARD, **{setting: value})

    def test_one_milestone_stands_for_itself(self) -> None:
        """A single milestone given as a string is one milestone, never its letters."""
        assert attrs.evolve(COURTYARD, mandatory="solicit.completed").mandatory == ("solicit.completed",)

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Office("clerk", "x", may="open"),
            lambda: Office("", "x"),
            lambda: End("x", "x", carried_out=1),
            lambda: Body("x", 5),
            lambda: Body(5, "x"),
        ],
        ids=["office", "unnamed", "end", "title", "id"],
    )
    def test_of_its_parts(self, make: Callable[[], object]) -> None:
        """Offices, bodies and ends check what they are given."""
        with pytest.raises(YizhengError):
            make()

    def test_an_unknown_stage_is_named(self) -> None:
        """Asking for a stage that is not there names those that are."""
        assert COURTYARD.stage("solicit") is COURTYARD.stages[0]
        with pytest.raises(InvalidValue, match="it has solicit, propose"):
            COURTYARD.stage("nowhere")

    def test_a_node_is_a_stage(self) -> None:
        """The kinds of these tests are stages, and what is none is told so."""
        assert Node(id="a", outcomes=("on",)).ends == {"on": {"gone"}}
        assert EVERYTHING >= {"open", "own_go"}
        with pytest.raises(InvalidType, match="stage"):
            attrs.evolve(COURTYARD, stages=[Implementation(id="x", title="x"), Evaluation])
