"""``procedure.prove()``: what is shown of a procedure, and the shortest way for whatever is not."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import attrs
import pytest

from walks import allowance, allowance_steps, courtyard, courtyard_steps, days, take
from yizheng import Case, Citation, Period, Procedure, Text, catalogue
from yizheng.errors import InvalidValue
from yizheng.procedure import End, Proof, compiled
from yizheng.procedure.duties import (
    AtMost,
    ChainResponse,
    Existence,
    NotSuccession,
    Precedence,
    Response,
    Template,
    brought,
)
from yizheng.procedure.exploring import Place, Ways, ways_of
from yizheng.procedure.finding import findings
from yizheng.procedure.proving import SHOWN
from yizheng.stages import Deliberation, Withdraw

from .own import graph, mediated, mediation, mediation_steps

COURTYARD = catalogue.yizheng.COURTYARD
ALLOWANCE = catalogue.yizheng.ALLOWANCE
BY_LAW = Citation(instrument=Text("自拟章程", "an invented by-law"), article="9")

Steps = list[tuple[str, str, str, str | None]]


def steps(proof: Proof, code: str, **values: str) -> Steps:
    """The path of the one failure of a code, about what is given: stage, phase, action and outcome of each step."""
    (failure,) = [each for each in proof.failures if each.code == code and values.items() <= each.fault.values.items()]
    return [(step.stage, step.phase, step.action, step.outcome) for step in failure.path]


def owing(*duties: Template, procedure: Procedure = COURTYARD) -> Proof:
    """The proof of a procedure with duties."""
    return attrs.evolve(procedure, duties=duties).prove()


def with_routes(procedure: Procedure, changed: Mapping[str, Mapping[str, str]], **settings: Any) -> Procedure:
    """A procedure with some of its routes changed."""
    routes = {stage: {**targets, **changed.get(stage, {})} for stage, targets in procedure.routes.items()}
    return attrs.evolve(procedure, routes=routes, **settings)


ASKED: Steps = [
    ("solicit", "waiting", "open_solicitation", None),
    ("solicit", "open", "close_solicitation", "completed"),
]


def voted(stage: str, outcome: str = "carried") -> Steps:
    """The shortest way through a vote."""
    return [(stage, "waiting", "convene", None), (stage, "called", "close_vote", outcome)]


def disclosed(stage: str, outcome: str = "clear") -> Steps:
    """The shortest way through a disclosure."""
    return [(stage, "waiting", "post", None), (stage, "posted", "take_down", outcome)]


IMPLEMENTED: Steps = [("implement", "waiting", "assign", None), ("implement", "running", "complete", "completed")]
EVALUATED: Steps = [("evaluate", "waiting", "survey", None), ("evaluate", "surveyed", "close_evaluation", "satisfied")]


def ready() -> dict[str, Procedure]:
    """Every procedure of the catalogue that is ready to use, by its module and name."""
    modules = [import_module(f"{catalogue.__name__}.{found.name}") for found in iter_modules(catalogue.__path__)]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Procedure)
    }


class TestCatalogue:
    """Whatever the catalogue has ready to use is proved."""

    def test_each_is_proved(self) -> None:
        """None of them skips a duty on any way."""
        proofs = {name: procedure.prove() for name, procedure in ready().items()}
        assert {name: proof.explain("en") for name, proof in proofs.items() if not proof.holds} == {}
        assert len(proofs) >= 2
        print({name: (proof.places, proof.moves) for name, proof in proofs.items()})  # noqa: T201 -- the work that was done


class TestWhatHolds:
    """A procedure that skips no duty is proved, and says what was shown."""

    @pytest.mark.parametrize("procedure", [COURTYARD, ALLOWANCE, mediation()], ids=["courtyard", "allowance", "own"])
    def test_it_holds(self, procedure: Procedure) -> None:
        """The procedures of the source report are proved, and one with a kind of stage of one's own."""
        proof = procedure.prove()
        assert proof.holds
        assert (proof.failures, proof.left_to_record) == ((), ())
        assert (proof.procedure, proof.digest) == (procedure.id, procedure.digest)
        assert proof == attrs.evolve(procedure).prove()

    def test_what_was_shown(self) -> None:
        """Each mandatory milestone is shown with its source, both disclosures among them, and the work is told."""
        proof = COURTYARD.prove()
        shown = [line.code for line in proof.shown]
        milestones = [line for line in proof.shown if line.code == "MILESTONE"]
        assert len(milestones) == len(COURTYARD.mandatory)
        assert {*shown} == {*SHOWN, "KEPT"} - {"LAPSED"}  # nothing lapses in the courtyard
        told = [line.explain("zh") for line in milestones]
        assert (
            "须先“一公开：实施措施公开”得出“无异议或异议不成立”，方可算作已实施 [《某社区一征三议两公开工作报告》（据转述）]"
            in told
        )
        assert (
            "须先“二公开：实施结果公开”得出“无异议或异议不成立”，方可算作已实施 [《某社区一征三议两公开工作报告》（据转述）]"
            in told
        )
        assert (proof.places, proof.moves) == (79, 647)
        print(f"courtyard: {proof.places} places, {proof.moves} moves")  # noqa: T201 -- the work that was done

    def test_it_is_told_whole(self) -> None:
        """In both languages, a line for each thing, and nothing left open."""
        proof = owing(Response("resolve.lost", "solicit"), Response("propose.lost", "not_proposed", within=Period(3)))
        for language in ("zh", "en"):
            told = proof.explain(language)
            assert "{" not in told
            assert [line[0] for line in told.splitlines() if line[0] in "✗✓…"] == [
                *("✗" for _ in proof.failures),
                *("✓" for _ in proof.shown),
                *("…" for _ in proof.left_to_record),
            ]

    def test_duties_that_are_kept(self) -> None:
        """A duty that every way keeps is shown with its source."""
        objected = Response("disclose_measures.upheld", "propose", source=BY_LAW)
        kept = [
            objected,
            ChainResponse("disclose_measures.upheld", "propose"),
            Precedence("consult.carried", "resolve"),
            Precedence("disclose_measures:post", "implement"),
            Precedence(["disclose_result.clear", "disclose_abandonment.clear"], ["carried_out", "abandoned"]),
            NotSuccession("resolve.carried", "withdrawn"),
            Existence("resolve.carried", ends=["carried_out", "carried_out_unsatisfactorily"]),
            AtMost("resolve.recalled", most=1, since="resolve"),
        ]
        proof = owing(*kept)
        assert proof.holds
        lines = [line for line in proof.shown if line.code == "KEPT"]
        assert [line.words.zh for line in lines] == [duty.explain("zh", COURTYARD) for duty in kept]
        assert lines[0].explain("en").endswith("“propose” is entered afterwards [an invented by-law art. 9]")


class TestPlantedFaults:
    """Each fault is found, on the shortest way on which it shows."""

    def test_a_stage_made_skippable(self) -> None:
        """The consultation is routed around: carried out without it, in twelve entries."""
        proof = with_routes(COURTYARD, {"propose": {"carried": "resolve"}}).prove()
        assert steps(proof, "SKIPPED", milestone="consult.carried", end="carried_out") == [
            *ASKED,
            *voted("propose"),
            *voted("resolve"),
            *disclosed("disclose_measures"),
            *IMPLEMENTED,
            *disclosed("disclose_result"),
            *EVALUATED,
        ]
        assert steps(proof, "OUT_OF_ORDER", earlier="consult.carried") == [*ASKED, *voted("propose")]

    def test_a_disclosure_routed_around(self) -> None:
        """An objection that is upheld leads on to the works: the measures were never disclosed without one."""
        proof = with_routes(COURTYARD, {"disclose_measures": {"upheld": "implement"}}).prove()
        assert steps(proof, "SKIPPED", milestone="disclose_measures.clear", end="carried_out") == [
            *ASKED,
            *voted("propose"),
            *voted("consult"),
            *voted("resolve"),
            *disclosed("disclose_measures", "upheld"),
            *IMPLEMENTED,
            *disclosed("disclose_result"),
            *EVALUATED,
        ]

    def test_an_end_that_cannot_be_reached(self) -> None:
        """It is named; there is no way to show."""
        proof = attrs.evolve(COURTYARD, ends=[*COURTYARD.ends, End("nirvana", "x")]).prove()
        assert steps(proof, "UNREACHABLE", stage="nirvana") == []
        assert "REACHED" not in {line.code for line in proof.shown}

    def test_no_way_out(self) -> None:
        """A stage from which no end can be reached but by withdrawal is found where it is entered."""
        caught = with_routes(
            COURTYARD,
            {"disclose_result": {"clear": "implement"}, "disclose_abandonment": {"clear": "implement"}},
            mandatory=(),
        )
        assert steps(caught.prove(), "NO_WAY_OUT", stage="implement") == [
            *ASKED,
            *voted("propose"),
            *voted("consult"),
            *voted("resolve"),
            *disclosed("disclose_measures"),
        ]

    def test_a_loop_without_a_person(self) -> None:
        """Outcomes that lead in a circle through stages in which nobody acts are found, and how a matter gets there."""
        from .test_checks import with_kind  # noqa: PLC0415 -- the kinds that are changed there

        circling = with_kind(turns={"resumed": {"over": "over"}})
        proof = circling.prove()
        assert steps(proof, "LOOP", place="mediate.over") == [("mediate", "apart", "own_give_up", "resumed")]
        assert "DECIDED" not in {line.code for line in proof.shown}

    def test_a_recall_bound_exceeded(self) -> None:
        """A rule allows two recalls, the stage four calls: the third recall is found, after as few entries as can be."""
        resolve = attrs.evolve(COURTYARD.stage("resolve"), calls=4)
        lavish = attrs.evolve(
            COURTYARD, stages=[resolve if each.id == "resolve" else each for each in COURTYARD.stages]
        )
        recalled: Steps = [("resolve", "called", "close_vote", "recalled"), ("resolve", "adjourned", "convene", None)]
        proof = owing(AtMost("resolve.recalled", most=2, since="resolve", source=BY_LAW), procedure=lavish)
        assert steps(proof, "UNKEPT") == [
            *ASKED,
            *voted("propose"),
            *voted("consult"),
            ("resolve", "waiting", "convene", None),
            *recalled,
            *recalled,
            recalled[0],
        ]
        assert owing(AtMost("resolve.recalled", most=3, since="resolve"), procedure=lavish).holds

    def test_a_bound_over_the_whole_case(self) -> None:
        """Where the stage can be entered again, its own count begins anew, and a bound on the whole case is not kept."""
        assert owing(AtMost("resolve.recalled", since="resolve")).holds
        again = steps(owing(AtMost("resolve.recalled")), "UNKEPT")
        assert [step for step in again if step[3] == "recalled"] == [
            ("resolve", "called", "close_vote", "recalled")
        ] * 2
        assert ("resolve", "called", "close_vote", "void") in again

    def test_a_correction_that_jumps_forward(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Were an order of correction allowed from everywhere, it would be found to lead past the duties before its target."""
        forward = attrs.evolve(COURTYARD, corrected="implement")
        assert forward.prove().holds
        monkeypatch.setattr(compiled, "behind", lambda procedure, _: frozenset(each.id for each in procedure.stages))
        proof = attrs.evolve(COURTYARD, corrected="implement").prove()
        assert steps(proof, "OUT_OF_ORDER", earlier="implement", later="order_correction") == [
            ("solicit", "waiting", "order_correction", None)
        ]
        assert steps(proof, "SKIPPED", milestone="resolve.carried", end="carried_out")[:1] == [
            ("solicit", "waiting", "order_correction", None)
        ]
        assert "BACKWARD" not in {line.code for line in proof.shown}

    def test_a_correction_that_carries_out(self) -> None:
        """An order of correction that leads to an end that is carried out skips everything, at once."""
        proof = attrs.evolve(COURTYARD, corrected="carried_out").prove()
        assert steps(proof, "SKIPPED", milestone="resolve.carried") == [
            ("solicit", "waiting", "order_correction", None)
        ]

    def test_a_batch_that_cannot_be_released(self) -> None:
        """A sitting for all that falls short of its quorum, and leads where no batch can be released, is found."""
        proof = with_routes(COURTYARD, {"resolve": {"inquorate": "disclose_result"}}, mandatory=()).prove()
        path = steps(proof, "SHARED_STUCK", place="disclose_result.waiting")
        assert path == [
            *ASKED,
            *voted("propose"),
            *voted("consult"),
            ("resolve", "waiting", "convene", None),
            ("resolve", "called", "adjourn", "inquorate"),
        ]
        failure = next(each for each in proof.failures if each.code == "SHARED_STUCK")
        assert all(step.together for step in failure.path)
        assert failure.path[0].explain("zh") == "成批：“一征：征求意见”（waiting）：开始征求意见，转为“open”"

    def test_a_duty_that_is_not_kept(self) -> None:
        """The objection must be answered; a take-down that leaves it open is found, and told with duty and path."""
        proof = owing(Response("disclose_measures:object", "disclose_measures:answer_objection", source=BY_LAW))
        (failure,) = proof.failures
        assert not proof.holds
        assert (failure.code, failure.fault.values) == ("UNKEPT", {"duty": "duties[0]"})
        assert failure.duty is not None
        assert failure.duty.source == BY_LAW
        assert [step.action for step in failure.path].count("object") == 1
        assert failure.explain("zh").splitlines()[0] == (
            "并非在每条路径上都得到遵守：凡在“一公开：实施措施公开”办理“提出异议”，其后须在“一公开：实施措施公开”办理“答复异议”"
        )
        assert failure.explain("en").splitlines()[0] == (
            "not kept on every way: whenever “object” is done in “disclose the measures”, "
            "“answer an objection” is done in “disclose the measures” afterwards"
        )
        assert len(failure.explain("zh").splitlines()) == len(failure.path) + 1

    def test_a_duty_that_a_withdrawal_leaves_open(self) -> None:
        """It is asked for at every end, unless it says at which."""
        asked = Existence("resolve")
        assert steps(owing(asked), "UNKEPT") == [("solicit", "waiting", "withdraw", None)]
        assert owing(attrs.evolve(asked, ends=["carried_out", "abandoned"])).holds
        assert not owing(attrs.evolve(asked, ends=["not_proposed"])).holds

    def test_one_that_is_broken_at_once(self) -> None:
        """Where the opening itself breaks a duty, the path is empty."""
        assert steps(owing(AtMost("solicit", most=0)), "UNKEPT") == []


class TestTime:
    """What depends on days is never claimed."""

    def test_it_is_left_to_the_record(self) -> None:
        """The order is shown; the period is listed for whoever has the record."""
        duty = Response("disclose_measures.upheld", "propose", within=Period(15, citation=BY_LAW), source=BY_LAW)
        proof = owing(duty)
        assert proof.holds
        (left,) = proof.left_to_record
        assert left.explain("en") == (
            "the time is for the record to show: whenever “disclose the measures” comes to “upheld”, “propose” is "
            "entered afterwards, within 15 days [an invented by-law art. 9]"
        )

    def test_it_is_listed_where_the_order_fails(self) -> None:
        """A duty whose order is not kept is a failure, whatever its period."""
        proof = owing(Response("resolve.lost", "solicit", within=Period(15)))
        assert len(proof.left_to_record) == len(proof.failures) == 1


class TestWhatIsNotLookedAt:
    """What was not looked at is said, and never called proved."""

    def test_names_that_do_not_hold(self) -> None:
        """Where a name is wrong there are no ways to look at: every fault of names is a failure without a path."""
        proof = attrs.evolve(COURTYARD, withdrawn="nowhere", zone="Mars").prove()
        assert {failure.code for failure in proof.failures} == {"UNKNOWN_END", "UNKNOWN_ZONE"}
        assert (proof.shown, proof.places, proof.moves) == ((), 0, 0)
        assert not any(failure.path for failure in proof.failures)

    def test_a_bound_that_is_hit(self) -> None:
        """With more places than are looked at nothing is shown, and the bound is told."""
        looked = findings(COURTYARD, most=20)
        (finding,) = looked.found
        assert (finding.fault.code, finding.fault.values) == ("TOO_MANY_PLACES", {"most": "20"})
        from .test_checks import counting_too_far  # noqa: PLC0415 -- the definition that is planted there

        proof = counting_too_far().prove()
        assert (proof.holds, proof.shown) == (False, ())
        assert (
            proof.failures[0].explain("en").startswith("there are more than 10000 places, and not all were looked at")
        )


def followed(ways: Ways, case: Case) -> Place:
    """Where a record leads among the ways: each of its entries must be a move."""
    place = 0
    for entry in case.entries[1:]:
        kind, outcome = entry.action.kind, entry.effect.outcome
        leading = [each for each in ways.moves[place] if (each.lead.action, each.lead.outcome) == (kind, outcome)]
        if not leading:
            assert kind in {"note", "attach", "appoint", "adopt_edition", "correct"}, (
                ways.places[place],
                kind,
                outcome,
            )
            continue
        (move,) = leading
        place = move.to
    return ways.places[place]


class TestWhatIsLookedAt:
    """The ways that are looked at are those that a case can take."""

    @pytest.mark.parametrize(
        ("start", "walk"),
        [(courtyard, courtyard_steps), (allowance, allowance_steps), (mediated, mediation_steps)],
        ids=["courtyard", "allowance", "own"],
    )
    def test_every_record_is_a_way(self, start: Any, walk: Any) -> None:
        """Each entry of a case is a move from the place where it stands, after every step."""
        case = start()
        ways = ways_of(case.procedure)
        for step in walk():
            case = take(case, [step])
            assert followed(ways, case).state == (case.outcome if case.stage is None else f"{case.stage}.{case.phase}")
        assert followed(ways, case).state == case.outcome

    def test_the_moves_are_those_of_the_machine(self) -> None:
        """Where a move leads, its action and then its outcome lead in the table by which a case steps."""
        for procedure in (COURTYARD, ALLOWANCE, mediation()):
            ways, places = ways_of(procedure), procedure.table.places
            for place, moves in zip(ways.places, ways.moves, strict=True):
                for move in moves:
                    if move.lead.action in {"split_out", "ask_split", "release"}:
                        continue
                    to = places[place.state].leads[move.lead.action]
                    to = places[to].leads[move.lead.outcome] if move.lead.outcome is not None else to
                    assert to == ways.places[move.to].state

    def test_what_happens_is_what_an_entry_brings_about(self) -> None:
        """The milestones of a move are those that whoever reads a record finds in its entry."""
        ways = ways_of(COURTYARD)
        for place, moves in zip(ways.places, ways.moves, strict=True):
            stage = place.state.partition(".")[0]
            for move in moves:
                lead = move.lead
                target = (
                    lead.happened[-1][1] if lead.happened and lead.happened[-1][0].name in {"STAGE", "END"} else None
                )
                if lead.action not in {"split_out", "ask_split", "release"}:
                    assert tuple(each for _, each in lead.happened) == brought(stage, lead.action, lead.outcome, target)

    def test_after_the_decision_nothing_is_withdrawn(self) -> None:
        """Wherever the deciding vote has led on, also back among the earlier stages, there is no withdrawal."""
        ways = ways_of(COURTYARD)
        back = [
            number for number, place in enumerate(ways.places) if place.decided and place.state == "propose.waiting"
        ]
        assert back
        for number in back:
            assert Withdraw.kind not in {move.lead.action for move in ways.moves[number]}
        assert Withdraw.kind in COURTYARD.table.places["propose.waiting"].leads

    def test_an_outcome_comes_of_its_own_action(self) -> None:
        """No way sends a matter back by closing its vote, and none carries it by returning it."""
        pairs = {(move.lead.action, move.lead.outcome) for moves in ways_of(ALLOWANCE).moves for move in moves}
        assert ("return_for_revision", "returned") in pairs
        assert ("return_for_revision", "carried") not in pairs
        assert ("close_vote", "returned") not in pairs
        assert ("reject", "confirmed") not in pairs

    def test_a_decision_that_breaks_its_word_is_refused(self) -> None:
        """What a kind says of its actions is held against every entry, so that the proof speaks of what can happen."""
        from .own import Agree, GiveUp  # noqa: PLC0415
        from .test_checks import with_kind  # noqa: PLC0415 -- the kinds that are changed there

        lying = with_kind(brings={Agree: {"failed"}, GiveUp: {"agreed"}})
        case = take(mediated(lying), mediation_steps()[:2])
        with pytest.raises(InvalidValue, match="agreed"):
            take(case, mediation_steps()[2:3])


class TestSize:
    """A definition of the most stages is proved, and the work is told."""

    def test_256_stages(self) -> None:
        """256 votes, each mandatory and returning to the one before, with a duty for each."""
        votes = [
            Deliberation(id=f"v{n}", title=f"v{n}", body="owners", rule=COURTYARD.stage("propose").rule, notice=days(7))
            for n in range(256)
        ]
        routes = {
            f"v{n}": {
                "carried": f"v{n + 1}" if n < 255 else "done",
                "lost": "off",
                "inquorate": "off",
                "returned": f"v{max(n - 1, 0)}",
                "void": f"v{n}",
            }
            for n in range(256)
        }
        known = {kind for vote in votes[:1] for following in vote.phases.values() for kind in following}
        offices = [
            attrs.evolve(
                COURTYARD.offices[0], may=[*known, *graph({"a": {"on": "e"}}, {"e": True}).offices[0].may - {"own_go"}]
            )
        ]
        procedure = Procedure(
            id="long",
            title="long",
            stages=votes,
            routes=routes,
            ends=[End("done", "done", carried_out=True), End("off", "off")],
            bodies=COURTYARD.bodies,
            offices=offices,
            deciding="v128",
            withdrawn="off",
            corrected="v0",
            mandatory=[f"v{n}.carried" for n in range(256)],
            duties=[Response(f"v{n}.returned", f"v{n - 1}") for n in range(1, 256)],
        )
        proof = procedure.prove()
        assert proof.holds, proof.failures[:3]
        assert len([line for line in proof.shown if line.code == "KEPT"]) == 255
        print(f"256 votes: {proof.places} places, {proof.moves} moves")  # noqa: T201 -- the work that was done
        skipping = with_routes(procedure, {"v200": {"returned": "v202"}})
        shortest = steps(skipping.prove(), "SKIPPED", milestone="v201.carried")
        assert len(shortest) == 2 * 255
        assert shortest[400:402] == [
            ("v200", "waiting", "convene", None),
            ("v200", "called", "return_for_revision", "returned"),
        ]
