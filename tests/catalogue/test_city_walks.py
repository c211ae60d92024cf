"""The city's procedures are walked to each of their ends, refused once in every stage, and held against planted faults.

Every case is invented; the steps are made by :mod:`roads` from the procedures themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import attrs
import pytest

from city import CITY, begun
from roads import CORRECTED, DAY, HOUR, along, call, do, holder, now, opened
from walks import SHANGHAI, refused
from yizheng import Case, Procedure, Refused, Status
from yizheng.catalogue import assistance, yizheng
from yizheng.procedure import diff
from yizheng.procedure.graph import reached
from yizheng.rules import Choice
from yizheng.stages import (
    Action,
    Assign,
    CallHearing,
    CloseHearing,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    DeclineHearing,
    Hearing,
    Post,
    RecordAbsence,
    RecordBallots,
    Submit,
    Summon,
    TakeAttendance,
    TakeDown,
    WaiveHearing,
    Withdraw,
)

WORKED: Final = ("implement.completed", "disclose_result.clear")
GIVEN_UP: Final = ("implement.abandoned", "disclose_abandonment.clear")
STUDIED: Final = "study.carried"
CALLED: Final = "inform_committee.clear"
DECIDED: Final = ("resolve.carried", "disclose_resolution.clear")
REJECTED: Final = ("resolve.lost", "disclose_rejection.clear")
CHENGDU: Final = ("report_plan.clear", CALLED)
FILED: Final = ("announce_result.clear", "file.confirmed", "disclose_resolution.clear")
ATTESTED: Final = ("resolve.carried", "attest_carried.carried", *FILED)

_RESIDENTS: Final = {
    "carried_out": (STUDIED, *DECIDED, *WORKED),
    "abandoned": (STUDIED, *DECIDED, *GIVEN_UP),
    "not_carried": ("study.lost", "resolve.lost"),
    "lapsed": (STUDIED, "resolve.inquorate"),
    "withdrawn": (STUDIED, "withdrawn"),
}
_REVIEW: Final = {
    "confirmed": ("inquire.completed", "post_opinion.clear", "decide.confirmed", "publish_decision.clear"),
    "refused": ("inquire.completed", "post_opinion.clear", "decide.rejected", "tell_refusal.clear"),
    "closed": ("inquire.abandoned", "tell_closure.clear"),
    "withdrawn": ("inquire.completed", "withdrawn"),
}

WALKS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "assembly": _RESIDENTS,
    "representatives": _RESIDENTS,
    "covenant": {
        "filed": (STUDIED, *DECIDED, "file.confirmed"),
        **{end: _RESIDENTS[end] for end in ("not_carried", "lapsed", "withdrawn")},
    },
    "fund_use": {
        "carried_out": (CALLED, *DECIDED, *WORKED),
        "abandoned": (CALLED, *DECIDED, *GIVEN_UP),
        "not_carried": (CALLED, *REJECTED),
        "lapsed": (CALLED, "resolve.inquorate"),
        "withdrawn": (CALLED, "withdrawn"),
    },
    "rebuilding": {
        "carried_out": (CALLED, "resolve.returned", CALLED, *DECIDED, *WORKED),
        "abandoned": (CALLED, "resolve.void", CALLED, *DECIDED, *GIVEN_UP),
        "not_carried": (CALLED, *REJECTED),
        "lapsed": (CALLED, "resolve.inquorate"),
        "withdrawn": ("withdrawn",),
    },
    "first_assembly": {
        "decided": ("prepare.completed", CALLED, *DECIDED),
        "dissolved": ("prepare.abandoned",),
        "not_carried": ("prepare.completed", CALLED, *REJECTED),
        "lapsed": ("prepare.completed", CALLED, "resolve.inquorate"),
        "withdrawn": ("prepare.completed", "withdrawn"),
    },
    "chengdu_committee": {
        "filed": (*CHENGDU, *ATTESTED),
        "not_carried": (*CHENGDU, "resolve.lost", "attest_lost.carried", "disclose_rejection.clear"),
        "lapsed": (*CHENGDU, "resolve.inquorate"),
        "withdrawn": ("report_plan.clear", "withdrawn"),
    },
    "shenzhen_manager": {
        "decided": (CALLED, *DECIDED),
        "not_carried": (CALLED, *REJECTED),
        "lapsed": (CALLED, "resolve.inquorate"),
        "withdrawn": ("withdrawn",),
    },
    "emergency": {
        "carried_out": ("apply.confirmed", *WORKED),
        "abandoned": ("apply.confirmed", *GIVEN_UP),
        "refused": ("apply.rejected",),
        "withdrawn": ("withdrawn",),
    },
    "hearing": {
        "advised": ("hear.held", "advise.carried", "disclose_advice.clear"),
        "not_as_it_is": ("hear.held", "advise.lost", "disclose_opposition.clear"),
        "not_held": ("hear.waived",),
        "lapsed": ("hear.held", "advise.inquorate"),
        "withdrawn": ("hear.held", "withdrawn"),
    },
    "kunshan_hearing": {
        "advised": ("hear.held", "advise.carried", "disclose_advice.clear", "review.confirmed"),
        "not_as_it_is": ("hear.held", "advise.carried", "disclose_advice.clear", "review.rejected"),
        "not_held": ("hear.waived",),
        "lapsed": ("hear.held", "advise.inquorate"),
        "withdrawn": ("withdrawn",),
    },
    "application": _REVIEW,
    "review": {
        **{end: road for end, road in _REVIEW.items() if end != "refused"},
        "change_considered": ("inquire.completed", "post_opinion.clear", "decide.rejected"),
    },
    "review_2021": {
        **_REVIEW,
        "confirmed": (
            *("inquire.completed", "post_opinion.upheld", "peer_review.carried", "post_again.clear"),
            *_REVIEW["confirmed"][2:],
        ),
    },
    "review_2014": {
        end: (road[0], "peer_review.lost" if end == "refused" else "peer_review.carried", *road[1:])
        if road[0] == "inquire.completed"
        else road
        for end, road in _REVIEW.items()
    },
    "change": {
        "changed": ("inquire.completed", "intend.rejected", "hear.held", "decide.rejected", "tell_change.clear"),
        "continued": ("inquire.completed", "intend.rejected", "hear.held", "decide.confirmed"),
        "withdrawn": ("inquire.completed", "intend.rejected", "withdrawn"),
    },
}
"""For each procedure a road to each of its ends."""

BACK: Final = {
    "the party organisation sends it back": ("assembly", ("study.returned", STUDIED, *DECIDED)),
    "a void vote is taken again": ("assembly", (STUDIED, "resolve.void", *DECIDED)),
    "an upheld objection to the decision": (
        "representatives",
        (STUDIED, "resolve.carried", "disclose_resolution.upheld", STUDIED),
    ),
    "an upheld objection to the result": (
        "assembly",
        (STUDIED, *DECIDED, "implement.completed", "disclose_result.upheld", *WORKED),
    ),
    "an unlawful covenant goes back": ("covenant", (STUDIED, *DECIDED, "file.rejected", STUDIED)),
    "a decision ordered to be corrected": (
        "assembly",
        (STUDIED, *DECIDED, "corrected", "disclose_stopped.clear", STUDIED),
    ),
    "the result of the owners is wrong": (
        "fund_use",
        (CALLED, "resolve.carried", "disclose_resolution.upheld", CALLED, *DECIDED),
    ),
    "an owners' decision to be corrected": (
        "fund_use",
        (CALLED, *DECIDED, "corrected", "disclose_stopped.clear", CALLED),
    ),
    "a plan to which the subdistrict objects": ("chengdu_committee", ("report_plan.upheld", "report_plan.clear")),
    "a count that nobody signs": (
        "chengdu_committee",
        (*CHENGDU, "resolve.carried", "attest_carried.lost", *CHENGDU, *ATTESTED),
    ),
    "the fund asks for more": ("emergency", ("apply.returned", "apply.confirmed")),
    "costs that are wrong": (
        "emergency",
        ("apply.confirmed", "implement.completed", "disclose_result.upheld", *WORKED),
    ),
    "a hearing sent back": (
        "kunshan_hearing",
        (*WALKS["kunshan_hearing"]["advised"][:3], "review.returned", "hear.held"),
    ),
    "the county asks for more": (
        "review",
        ("inquire.completed", "post_opinion.clear", "decide.returned", "inquire.completed"),
    ),
    "an objection since 2026": ("review", ("inquire.completed", "post_opinion.upheld", "inquire.completed")),
    "an objection after the review": (
        "review_2021",
        (*("inquire.completed", "post_opinion.upheld", "peer_review.lost", "post_again.upheld"), "peer_review.carried"),
    ),
    "a closure that is wrong": ("review", ("inquire.abandoned", "tell_closure.upheld", "inquire.completed")),
    "an inquiry that changes nothing": ("change", ("inquire.abandoned",)),
    "the panel finds no quorum": ("review_2014", ("inquire.completed", "peer_review.inquorate", "inquire.completed")),
    "a change on which more is asked": (
        "change",
        (*WALKS["change"]["changed"][:3], "decide.returned", *WALKS["change"]["changed"]),
    ),
    "a change told wrongly": (
        "change",
        (*WALKS["change"]["changed"][:4], "tell_change.upheld", *WALKS["change"]["changed"]),
    ),
    "a waived hearing leaves it as it was": ("change", ("inquire.completed", "intend.rejected", "hear.waived")),
}
"""Roads on which something goes back, or not on."""


def table(rows: Mapping[str, Any]) -> Any:
    """Rows as parameters, each under its name."""
    return pytest.mark.parametrize("row", rows.values(), ids=[each.replace(" ", "-") for each in rows])


def ends() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Every end of every procedure, with its road."""
    return {f"{name}: {end}": (name, end, road) for name, walks in WALKS.items() for end, road in walks.items()}


class TestEnds:
    """Every procedure is walked to each of its ends."""

    @table(ends())
    def test_it_is_reached(self, row: tuple[str, str, tuple[str, ...]]) -> None:
        """The road leads there, its replay is the same case, and nothing is owed any more."""
        name, end, road = row
        case = along(begun(name), road)
        assert (case.status, case.outcome) == (Status.ENDED, end)
        assert Case.replay(case.entries) == case
        assert case.due(now(case) + 999 * DAY) == ()

    def test_none_is_missing(self) -> None:
        """Every end has its road, and no road leads to another."""
        assert {name: set(walks) for name, walks in WALKS.items()} == {
            name: {end.id for end in procedure.ends} for name, procedure in CITY.items()
        }

    @table(BACK)
    def test_what_goes_back(self, row: tuple[str, tuple[str, ...]]) -> None:
        """What is void, wrong, unlawful or wanting goes back to where it can be mended."""
        name, road = row
        case = along(begun(name), road)
        assert Case.replay(case.entries) == case


def _short(case: Case) -> tuple[Action, Any]:
    """A call for the same day, in writing where that is possible."""
    stage: Any = case.procedure.stage(case.stage)
    mode = "written" if "written" in stage.modes else "in_person"
    until = now(case) + 9 * DAY if mode == "written" else None
    return Convene(held_at=now(case) + HOUR, until=until, mode=mode), now(case)


Refusal = Callable[[Case], tuple[Case, Action, Any, str | None]]


def convene_at_once(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Called for the same day."""
    return (case, *_short(case), None)


def without_attendance(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Closed before anybody was said to be there."""
    stage: Any = case.procedure.stage(case.stage)
    called, held = call(case, stage)
    return called, CloseVote(), held, None


def one_too_few(case: Case) -> tuple[Case, Action, Any, str | None]:
    """A ballot of somebody who is on no roll."""
    stage: Any = case.procedure.stage(case.stage)
    called, held = call(case, stage)
    if called.progress.sitting.mode != "written":
        called = do(called, TakeAttendance([next(iter(called.progress.sitting.roll)).id]), held)
    return called, RecordBallots({"stranger": Choice.FOR}, channel="paper", evidence="box 1"), held + HOUR, None


def taken_down_early(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Taken down an instant before its time."""
    stage: Any = case.procedure.stage(case.stage)
    up = do(case, Post(channels=stage.required, content="告示"), now(case))
    return up, TakeDown(), up.entries[-1].effect.due["ends"] - timedelta(microseconds=1), None


def by_another_channel(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Posted where it need not be, and not where it must."""
    stage: Any = case.procedure.stage(case.stage)
    other = {"bulletin_board"} if "bulletin_board" not in stage.required else {"online"}
    return case, Post(channels=other, content="告示"), now(case), None


def decided_below(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Confirmed by whoever sent it up."""
    sent = do(case, Submit(to="上级"), now(case))
    return sent, Confirm(reference="文号 1"), now(sent), holder(sent, Post)


def uninspected(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Completed before the supervisors passed it."""
    at = now(case)
    begun = do(case, Assign(responsible="worker-1", task="施工", due=at + 9 * DAY), at)
    return begun, Complete("完工"), now(begun), None


def not_begun(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Completed before anybody was made responsible."""
    return case, Complete("办结"), now(case), None


def nobody_heard(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Closed with nobody heard, and no word why."""
    at = now(case)
    sat = do(case, CallHearing(held_at=at + DAY, reason="听取意见"), at)
    return sat, CloseHearing(conclusion="无"), at + DAY, None


def waived_below(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Waived by the case officer."""
    return case, WaiveHearing("无须听取"), now(case), "secretary-1"


def too_late_a_hearing(case: Case) -> tuple[Case, Action, Any, str | None]:
    """Called for the twenty-first day."""
    at = now(case)
    return case, CallHearing(held_at=at + 21 * DAY, reason="有争议"), at, None


_WORKS: Final = {
    "implement": (uninspected, "NOT_INSPECTED"),
    "disclose_abandonment": (taken_down_early, "CUT_SHORT"),
    "disclose_result": (by_another_channel, "MISSING_CHANNEL"),
    "disclose_stopped": (taken_down_early, "CUT_SHORT"),
}
_MET: Final = {
    "study": (without_attendance, "NO_ATTENDANCE"),
    "resolve": (convene_at_once, "SHORT_PERIOD"),
    "disclose_resolution": (taken_down_early, "CUT_SHORT"),
}
_OWNED: Final = {
    "inform_committee": (by_another_channel, "UNKNOWN_CHANNEL MISSING_CHANNEL"),
    "resolve": (convene_at_once, "SHORT_PERIOD"),
    "disclose_resolution": (taken_down_early, "CUT_SHORT"),
    "disclose_rejection": (taken_down_early, "CUT_SHORT"),
}
_REVIEWED: Final = {
    "inquire": (not_begun, "NOT_NOW"),
    "post_opinion": (taken_down_early, "CUT_SHORT"),
    "decide": (decided_below, "NOT_IN_OFFICE"),
    "publish_decision": (by_another_channel, "MISSING_CHANNEL"),
    "tell_refusal": (by_another_channel, "UNKNOWN_CHANNEL MISSING_CHANNEL"),
    "tell_closure": (taken_down_early, "CUT_SHORT"),
}
_HELD: Final = {
    "hear": (too_late_a_hearing, "LONG_PERIOD"),
    "advise": (one_too_few, "NOT_ON_ROLL"),
    "disclose_advice": (taken_down_early, "CUT_SHORT"),
    "disclose_opposition": (by_another_channel, "MISSING_CHANNEL"),
}

REFUSALS: Final[Mapping[str, Mapping[str, tuple[Refusal, str]]]] = {
    "assembly": _MET | _WORKS,
    "covenant": _MET | {"file": (decided_below, "NOT_IN_OFFICE")},
    "representatives": _MET | _WORKS | {"resolve": (without_attendance, "NO_ATTENDANCE")},
    "fund_use": _OWNED | _WORKS,
    "rebuilding": _OWNED | _WORKS,
    "first_assembly": _OWNED | {"prepare": (not_begun, "NOT_NOW")},
    "chengdu_committee": _OWNED
    | {
        "report_plan": (taken_down_early, "CUT_SHORT"),
        "announce_result": (by_another_channel, "MISSING_CHANNEL"),
        "attest_carried": (without_attendance, "NO_ATTENDANCE"),
        "attest_lost": (without_attendance, "NO_ATTENDANCE"),
        "file": (decided_below, "NOT_IN_OFFICE"),
    },
    "shenzhen_manager": _OWNED,
    "emergency": _WORKS | {"apply": (decided_below, "NOT_IN_OFFICE")},
    "hearing": _HELD,
    "kunshan_hearing": _HELD | {"review": (decided_below, "NOT_IN_OFFICE")},
    "application": _REVIEWED,
    "review": {stage: refusal for stage, refusal in _REVIEWED.items() if stage != "tell_refusal"},
    "review_2021": _REVIEWED
    | {"peer_review": (without_attendance, "NO_ATTENDANCE"), "post_again": (taken_down_early, "CUT_SHORT")},
    "review_2014": _REVIEWED | {"peer_review": (without_attendance, "NO_ATTENDANCE")},
    "change": {
        "inquire": (not_begun, "NOT_NOW"),
        "intend": (decided_below, "NOT_IN_OFFICE"),
        "hear": (waived_below, "NOT_IN_OFFICE"),
        "decide": (decided_below, "NOT_IN_OFFICE"),
        "tell_change": (by_another_channel, "UNKNOWN_CHANNEL MISSING_CHANNEL"),
    },
}
"""For each stage one act that its rule refuses, and the codes of the refusal."""


def roads_to(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    """The shortest road of outcomes to each stage."""
    found: dict[str, tuple[str, ...]] = {procedure.stages[0].id: ()}
    waiting = [procedure.stages[0].id]
    while waiting:
        stage = waiting.pop(0)
        for outcome, target in procedure.routes[stage].items():
            if target in procedure.order and target not in found:
                found[target] = (*found[stage], f"{stage}.{outcome}")
                waiting.append(target)
        if (stopped := procedure.corrections.get(stage, stage)) not in found:
            found[stopped] = (*found[stage], "corrected")
            waiting.append(stopped)
    return found


def refusals() -> Iterator[tuple[str, str]]:
    """Every stage of every procedure."""
    for name, procedure in CITY.items():
        yield from ((name, stage.id) for stage in procedure.stages)


class TestRefusals:
    """In every stage something that its rule forbids is refused, with its code and in both languages."""

    @pytest.mark.parametrize(("name", "stage"), [*refusals()])
    def test_it_is_refused(self, name: str, stage: str) -> None:
        """The case stays what it was."""
        procedure = CITY[name]
        made, codes = REFUSALS[name][stage]
        case, action, at, by = made(along(begun(name), roads_to(procedure)[stage]))
        refused(case, action, *codes.split(), at=at, by=by or holder(case, type(action)))


def planted(procedure: Procedure) -> Iterator[tuple[str, Procedure]]:
    """The procedure with each of its mandatory stages made skippable: who comes to it is led past it."""
    first = procedure.stages[0].id
    for milestone in procedure.mandatory:
        stage, _, outcome = milestone.partition(".")
        past = procedure.routes[stage].get(outcome) or next(iter(procedure.routes[stage].values()))
        routes = {
            each: {result: past if target == stage and each != stage else target for result, target in targets.items()}
            for each, targets in procedure.routes.items()
        }
        stages = procedure.stages if stage != first else (*procedure.stages[1:], procedure.stages[0])
        yield milestone, attrs.evolve(procedure, routes=routes, stages=stages)


class TestPlantedFaults:
    """A definition that skips a duty is found out."""

    @pytest.mark.parametrize("name", CITY)
    def test_none_is_there(self, name: str) -> None:
        """As it stands, the definition has no fault, and comes back from its data."""
        procedure = CITY[name]
        assert procedure.check() == ()
        assert Procedure.from_data(procedure.to_data()) == procedure

    @pytest.mark.parametrize("name", CITY)
    def test_it_is_proved(self, name: str) -> None:
        """Nothing speaks against it on any way, and the times of its duties are left to the record."""
        proof = CITY[name].prove()
        assert proof.holds, proof.explain("en")
        assert len(proof.left_to_record) == sum(bool(duty.within) for duty in CITY[name].duties)

    @pytest.mark.parametrize("name", CITY)
    def test_the_proof_finds_what_is_skipped(self, name: str) -> None:
        """Whichever mandatory stage is led past, the proof shows a way on which that happens, in both languages."""
        for milestone, broken in planted(CITY[name]):
            proof = broken.prove()
            assert not proof.holds, milestone
            assert all(failure.explain("zh") != failure.explain("en") for failure in proof.failures)

    PAST: Final = {
        "the recipient is not heard": ("change", "hear", "waived", "decide"),
        "the change is not told": ("change", "decide", "rejected", "changed"),
        "the closure is not told": ("review", "inquire", "abandoned", "closed"),
        "the refusal is not told": ("application", "decide", "rejected", "refused"),
        "the costs are not told": ("emergency", "implement", "completed", "carried_out"),
        "the costs of what was given up are not told": ("emergency", "implement", "abandoned", "abandoned"),
        "the covenant is not filed": ("covenant", "disclose_resolution", "clear", "filed"),
        "the committee is not filed": ("chengdu_committee", "announce_result", "clear", "disclose_resolution"),
        "an unsigned count is posted": ("chengdu_committee", "attest_carried", "lost", "disclose_resolution"),
        "a result is posted without a hearing": ("hearing", "hear", "waived", "disclose_opposition"),
    }
    """Routes that lead around a duty."""

    @table(PAST)
    def test_what_leads_around_a_duty(self, row: tuple[str, str, str, str]) -> None:
        """One wrong route, and the proof names it."""
        name, stage, outcome, target = row
        procedure = CITY[name]
        targets = {**procedure.routes[stage], outcome: target}
        broken = attrs.evolve(procedure, routes={**procedure.routes, stage: targets})
        failures = broken.prove().failures
        assert any(
            any(step.stage == stage for step in failure.path) or stage in failure.fault.values.values()
            for failure in failures
        ), [failure.explain("en") for failure in failures]

    @pytest.mark.parametrize("name", CITY)
    def test_each_stage_made_skippable(self, name: str) -> None:
        """Whichever mandatory stage is led past, both disclosures among them, the check says that it is skipped."""
        procedure = CITY[name]
        tried = dict(planted(procedure))
        assert set(tried) == set(procedure.mandatory)
        for milestone, broken in tried.items():
            skipped = {fault.values["milestone"] for fault in broken.check() if fault.code == "SKIPPED"}
            unreachable = {fault.values["stage"] for fault in broken.check() if fault.code == "UNREACHABLE"}
            assert milestone in skipped or milestone.partition(".")[0] in unreachable, milestone

    @pytest.mark.parametrize("name", CITY)
    def test_an_outcome_that_skips_its_own_stage(self, name: str) -> None:
        """Where the wrong outcome of a mandatory stage leads on as the right one does, the check says so."""
        procedure = CITY[name]
        for milestone in procedure.mandatory:
            stage, _, right = milestone.partition(".")
            others = [outcome for outcome in procedure.routes[stage] if right and outcome != right]
            for wrong in others:
                targets = {**procedure.routes[stage], wrong: procedure.routes[stage][right]}
                broken = attrs.evolve(procedure, routes={**procedure.routes, stage: targets})
                assert milestone in {fault.values.get("milestone") for fault in broken.check()}, (milestone, wrong)


NO_DECISION: Final = {"change_considered", "not_proposed", "not_carried", "closed"}
"""The ends of a review by which nothing was decided on the allowance."""


class TestTheAdverseOutcome:
    """No allowance is reduced or ended without its recipient having been heard (Social Assistance Law art. 48)."""

    def test_on_no_path(self) -> None:
        """With the hearing taken out of the routes, nothing leads to the change."""
        procedure = CITY["change"]
        edges = [
            (stage, outcome, target)
            for stage, targets in procedure.routes.items()
            for outcome, target in targets.items()
            if (stage, outcome) != ("hear", "held")
        ]
        edges += [(stage.id, "corrected", procedure.corrected) for stage in procedure.stages]
        assert "changed" not in reached("inquire", edges)
        assert "tell_change" not in reached("inquire", edges)

    def test_each_time_anew(self) -> None:
        """After a decision was sent back, corrected or upheld against, the recipient is heard again before the next."""
        procedure = CITY["change"]
        without = [
            (stage, outcome, target)
            for stage, targets in procedure.routes.items()
            for outcome, target in targets.items()
            if (stage, outcome) != ("hear", "held")
        ]
        for back in ("inquire", "intend"):
            assert "changed" not in reached(back, without)
        case = along(begun("change"), ("inquire.completed", "intend.rejected", "hear.held", "corrected"))
        assert case.stage == "inquire"

    def test_in_every_edition(self) -> None:
        """It is so for earlier days too, since what is opened before may be decided after."""
        for on in ("2014-05-01", "2021-07-01", "2026-06-30", "2026-07-01"):
            assert assistance.allowance_change(on=date.fromisoformat(on)).routes == CITY["change"].routes

    def test_the_waiver_belongs_to_the_county(self) -> None:
        """Only who meant the change lets it fall: the waiver leaves the allowance as it was."""
        case = along(begun("change"), ("inquire.completed", "intend.rejected"))
        assert do(case, WaiveHearing("不再变更"), now(case), by="county-1").outcome == "continued"

    def test_not_at_once(self) -> None:
        """A hearing that is called for this very moment cannot be closed, whoever says that nobody came."""
        case = along(begun("change"), ("inquire.completed", "intend.rejected"))
        case = do(case, CallHearing(held_at=now(case), reason="拟减少"), now(case))
        for by in ("chair-1", "secretary-1"):
            unheard = CloseHearing(conclusion="未到", unheard="两次通知未到场")
            refused(case, unheard, "CONCERNED_UNHEARD", at=now(case), by=by)
        refused(case, Summon(concerned="recipient", evidence="回证"), "SHORT_PERIOD", at=now(case), by="secretary-1")

    def test_who_was_summoned_and_did_not_come(self) -> None:
        """The hearing was given; the county says that nobody came, when the day is over, and no one below does."""
        case = along(begun("change"), ("inquire.completed", "intend.rejected"))
        held = now(case) + 8 * DAY
        case = do(case, CallHearing(held_at=held, reason="拟减少"), now(case))
        case = do(case, Summon(concerned="recipient", evidence="回证"), now(case))
        absent = RecordAbsence(concerned="recipient", account="未到")
        for by in ("chair-1", "secretary-1"):
            refused(case, absent, "NOT_IN_OFFICE", at=held + DAY, by=by)
        refused(case, absent, "NOT_IN_OFFICE", "CONCERNED_ENTERS", at=held + DAY, by="recipient-1")
        refused(case, absent, "TOO_EARLY", at=held, by="county-1")
        case = do(case, absent, held + DAY, by="county-1")
        case = do(case, CloseHearing(conclusion="未到"), held + DAY)
        assert (case.stage, case.entries[-1].effect.carried) == ("decide", {"absent": ("recipient",)})

    def test_a_waiver_that_is_not_the_recipient_s(self) -> None:
        """It is the recipient's own, or the county enters it with their statement; no one below does, nor a neighbour."""
        case = along(begun("change"), ("inquire.completed", "intend.rejected"))
        case = do(case, CallHearing(held_at=now(case) + 9 * DAY, reason="拟减少"), now(case))
        written = DeclineHearing(person="recipient-1", evidence="声明书")
        for by in ("chair-1", "secretary-1", "resident-9"):
            refused(case, written, "NOT_IN_OFFICE", at=now(case), by=by)
            refused(case, DeclineHearing(), "NOT_CONCERNED", at=now(case), by=by)
        refused(case, attrs.evolve(written, evidence=None), "NO_EVIDENCE", at=now(case), by="county-1")
        for declined in (
            do(case, written, now(case), by="county-1"),
            do(case, DeclineHearing(), now(case), "recipient-1"),
        ):
            assert declined.progress.declined == {"recipient"}

    @pytest.mark.parametrize("name", ["review", "yizheng"])
    def test_a_review_takes_nothing_away(self, name: str) -> None:
        """What is paid is not refused in a review, the yearly one of the report or the county's: a change is considered."""
        procedure = yizheng.ALLOWANCE if name == "yizheng" else CITY[name]
        ends = {end.id for end in procedure.ends}
        assert not ends & {"refused", "rejected", "changed"}
        assert "change_considered" in ends
        assert all(
            "照旧" in end.title.zh or "原待遇" in end.title.zh for end in procedure.ends if end.id in NO_DECISION
        )

    def test_an_application_is_of_who_is_not_paid(self) -> None:
        """The way that can refuse is shut to whoever is paid already, and to whoever does not say."""
        for facts, code in (
            ({"paid": True}, "WRONG_PROCEDURE"),
            ({"paid": None}, "MISSING_FACT"),
            ({"paid": 0}, "WRONG_PROCEDURE"),
        ):
            with pytest.raises(Refused, match=code):
                opened(CITY["application"], facts=facts)

    def test_every_procedure_of_an_allowance(self) -> None:
        """Since the law, the ends that take something away lie behind the hearing in all that the catalogue has."""
        made = {
            procedure.id: procedure for procedure in (*CITY.values(), yizheng.ALLOWANCE) if "allowance" in procedure.id
        }
        taking = {
            (name, end.id) for name, each in made.items() for end in each.ends if end.id in {"refused", "changed"}
        }
        assert {pair for pair in taking if made[pair[0]].edition == "2026-07-01"} == {
            ("allowance-application", "refused"),  # of who is not paid
            ("allowance-change", "changed"),
        }

    def test_by_the_rules_of_before(self) -> None:
        """A review that was opened before the law tells nobody of a refusal after it: the recipient was not heard."""
        case = opened(CITY["review_2021"], at=datetime(2026, 6, 1, 9, tzinfo=SHANGHAI))
        case = along(case, ("inquire.completed", "post_opinion.clear", "decide.rejected"))
        told = Post(channels={"letter"}, content="不予确认")
        assert do(case, told, datetime(2026, 6, 30, 9, tzinfo=SHANGHAI)).phase == "posted"
        refused(case, told, "LAPSED", at=datetime(2026, 7, 1, 9, tzinfo=SHANGHAI), by="secretary-1")

    @pytest.mark.parametrize(
        ("stage", "outcome", "to"),
        [("intend", "rejected", "decide"), ("hear", "waived", "decide"), ("hear", "waived", "tell_change")],
    )
    def test_a_planted_way_around(self, stage: str, outcome: str, to: str) -> None:
        """A definition in which the hearing can be gone around is not proved."""
        procedure = CITY["change"]
        routes = {**procedure.routes, stage: {**procedure.routes[stage], outcome: to}}
        broken = attrs.evolve(procedure, routes=routes)
        assert not broken.prove().holds
        assert broken.check()

    def test_a_planted_hearing_of_others(self) -> None:
        """A hearing of fewer, with a shorter summons, or told to all, is told by the difference as less."""
        procedure = CITY["change"]
        hear: Any = procedure.stage("hear")
        weaker = {
            "hear.notice": attrs.evolve(hear, notice=()),
            "hear.offices": attrs.evolve(hear, offices={}),
            "hear": Hearing(id="hear", title=hear.title, source=hear.source, offices=hear.offices),
        }
        for where, stage in weaker.items():
            stages = [stage if each.id == "hear" else each for each in procedure.stages]
            assert where in {each.where for each in diff(procedure, attrs.evolve(procedure, stages=stages))}
        for field, nothing in (("confidential", None), ("private", {})):
            found = {
                each.where.partition(".")[0]: each.tendency.value
                for each in diff(procedure, attrs.evolve(procedure, **{field: nothing}))
            }
            assert found == {field: "looser"}

    def test_the_one_period(self) -> None:
        """Thirty working days are those of the decision, and of the opinion before it none was read."""
        intend, decide = (CITY["change"].stage(each) for each in ("intend", "decide"))
        assert not intend.rules()
        assert [(str(name), period.length) for name, (period,) in decide.rules()] == [("within", 30)]

    def test_the_reasons_go_to_the_recipient(self) -> None:
        """The letter carries the reasons of the county by its decision's number, and goes by no other channel."""
        case = along(begun("change"), WALKS["change"]["changed"][:4])
        case = do(case, Post(channels={"letter"}, content="决定书"), now(case))
        assert case.entries[-1].effect.carried["reasons"] == {"decision": "文号 2"}


DECIDED_ALREADY: Final = {
    "the change of an allowance": ("change", WALKS["change"]["changed"][:4]),
    "the refusal of an allowance": ("application", WALKS["application"]["refused"][:3]),
    "the fund for an emergency": ("emergency", ("apply.confirmed",)),
    "a vote of owners that is corrected": ("fund_use", (CALLED, "resolve.carried", "corrected")),
    "a vote of residents": ("assembly", (STUDIED, "resolve.carried")),
}


@table(DECIDED_ALREADY)
def test_what_is_decided_is_not_withdrawn(row: tuple[str, tuple[str, ...]]) -> None:
    """Nobody escapes what follows a decision, its disclosure above all, by withdrawing the matter."""
    name, road = row
    case = along(begun(name), road)
    refused(case, Withdraw("不再办理"), "VOTE_OPENED", at=now(case), by=holder(case, Withdraw))


def test_an_order_of_correction_is_the_authority_s() -> None:
    """Only the subdistrict orders the residents, and only the county the subdistrict, to correct (art. 31)."""
    for name, allowed in (("assembly", "subdistrict-1"), ("fund_use", "subdistrict-1"), ("review", "county-1")):
        case = along(begun(name), roads_to(CITY[name])[CITY[name].stages[1].id])
        for by in ("secretary-1", "convener-1", "chair-1"):
            refused(case, CORRECTED, "NOT_IN_OFFICE", at=now(case), by=by)
        assert do(case, CORRECTED, now(case), by=allowed).stage == CITY[name].corrected
