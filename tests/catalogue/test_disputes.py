"""矛盾纠纷排查化解: each stage by its article, a walk to each end, planted faults, and the example. The cases are invented."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from quarrels import MEDIATION, ROUTES, agreed, begun, dispute, dispute_at, dispute_steps, performed, screened
from walks import Step, day, done, refused, take
from yizheng import Case, Matter, Period, Procedure, Refused, Status, catalogue
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import FOR, Rule
from yizheng.stages import (
    AnswerMediation,
    CheckPerformance,
    CloseFollowUp,
    Deliberation,
    EndMediation,
    PutOnFile,
    TransferDispute,
    Withdraw,
)
from yizheng.stages.parties import MEDIATION_LAW

EXAMPLE = Path(__file__).parents[2] / "examples" / "neighbours_dispute.py"
ENDS = {end.id for end in MEDIATION.ends}


def filed(at: int, *papers: str) -> Step:
    """The papers are put on file."""
    return Step(PutOnFile(reference="1", papers={"register", "record", *papers}), day(at), "com-1")


def fallen_through() -> Step:
    """Mediation ends, and the parties are told of the other ways."""
    return Step(EndMediation(routes=ROUTES), day(5), "med-1")


UNPERFORMED = [
    *screened(),
    *begun(),
    *agreed(),
    Step(CheckPerformance(performed=False), day(15), "med-1"),
    Step(CloseFollowUp(), day(20), "com-1"),
    filed(21, "agreement"),
]
REFUSED = [*screened(), Step(AnswerMediation(accepts=False), day(1), "1-301"), fallen_through(), filed(6)]
TRANSFERRED = [
    *screened(),
    *begun(),
    Step(TransferDispute(to="街道办事处", reason="涉及多个社区"), day(3), "med-1"),
    filed(4),
]
WALKS: dict[str, list[Step]] = {
    "settled": dispute_steps(),
    "unperformed": UNPERFORMED,
    "failed": [*screened(), *begun(), fallen_through(), filed(6)],
    "refused": REFUSED,
    "transferred": TRANSFERRED,
    "withdrawn": [*screened(), *begun(), Step(Withdraw("自行和解"), day(5), "sec-1")],
}


class TestEnds:
    """Agreed and performed, agreed and not performed, failed, refused, transferred, withdrawn (domain 2.10)."""

    def test_each_end_is_walked_to(self) -> None:
        """No end is without its walk."""
        assert WALKS.keys() == ENDS

    @pytest.mark.parametrize("end", WALKS)
    def test_a_walk(self, end: str) -> None:
        """The walk ends there, its replay too, and nothing more is owed."""
        case = take(dispute(), WALKS[end])
        assert (case.status, case.outcome) == (Status.ENDED, end)
        assert Case.replay(case.entries) == case
        assert case.due(day(999)) == ()

    def test_the_level_above_the_mediators_is_no_part_of_it(self) -> None:
        """What comes after a failure (the street, arbitration, the courts) is told to the parties, and not decided here."""
        assert {office.id for office in MEDIATION.offices} == {
            "secretary",
            "grid_leader",
            "mediation_committee",
            "mediator",
        }


class TestArticles:
    """Each stage has its source (People's Mediation Law, read)."""

    def test_of_the_stages(self) -> None:
        """The screening stands in the report; the rest in the law."""
        assert {stage.id: stage.source.article for stage in MEDIATION.stages} == {
            "screen": "",
            "mediate": "17-27",
            "follow_up": "31-33",
            "archive_settled": "27",
            "archive_unperformed": "27",
            "archive_failed": "27",
            "archive_refused": "27",
            "archive_transferred": "27",
        }
        assert MEDIATION.stage("screen").source.certainty == "reported"

    def test_thirty_days(self) -> None:
        """Judicial confirmation is asked for within thirty days (art. 33), as the law module has it."""
        ((setting, (period,)),) = MEDIATION.stage("follow_up").rules()
        assert (setting, period.length, period.unit, period.citation.article) == ("confirmation", 30, "days", "33")
        assert catalogue.law.provision("mediation.confirmation").editions == (period,)

    def test_nothing_is_voted_on(self) -> None:
        """There is no body, no deciding vote, and withdrawal ends with the result of the mediation."""
        assert (MEDIATION.deciding, MEDIATION.binding, MEDIATION.bodies) == (None, "mediate", ())
        assert "deciding" not in MEDIATION.to_data()
        assert Procedure.from_data(MEDIATION.to_data()) == MEDIATION

    def test_its_parameters(self) -> None:
        """Sorts, routes and the period can be set otherwise."""
        ours = catalogue.disputes.mediation(
            sorts=["parking"], routes=["judicial"], confirmation=Period(20, citation=MEDIATION_LAW(article="33"))
        )
        assert ours.check() == ()
        assert ours.stage("screen").sorts == {"parking"}
        assert ours.stage("mediate").routes == {"judicial"}
        assert ours.digest != MEDIATION.digest

    def test_what_the_text_does_not_name_is_not_here(self) -> None:
        """The report breaks off before it names its models: they stand nowhere (domain part 7, item 19)."""
        said = str(MEDIATION.to_data())
        assert not [word for word in ("三类", "四项", "五种", "真心", "法则") if word in said]


def routed(stage: str, **ways: str) -> Procedure:
    """The procedure with other routes from a stage."""
    return attrs.evolve(MEDIATION, routes={**MEDIATION.routes, stage: {**MEDIATION.routes[stage], **ways}})


def voted() -> Procedure:
    """The procedure with a vote slipped in before the mediation."""
    vote = Deliberation(
        id="vote", title="表决", body="neighbours", rule=Rule(quorum=None, passage=FOR >= 1, citation=MEDIATION_LAW())
    )
    return attrs.evolve(MEDIATION, stages=[*MEDIATION.stages, vote])


class TestPlantedFaults:
    """A definition that skips a duty is found out."""

    @pytest.mark.parametrize(
        ("make", "code"),
        [
            (lambda: routed("screen", registered="follow_up"), "SKIPPED"),
            (lambda: routed("mediate", failed="settled"), "SKIPPED"),
            (lambda: routed("mediate", agreed="archive_settled"), "SKIPPED"),
            (lambda: routed("follow_up", unperformed="archive_settled"), "SKIPPED"),
            (lambda: routed("follow_up", performed="settled"), "SKIPPED"),
            (lambda: attrs.evolve(MEDIATION, withdrawn="settled"), "SKIPPED"),
            (lambda: attrs.evolve(MEDIATION, binding="archive_settled"), "UNBOUND"),
            (lambda: attrs.evolve(MEDIATION, binding="mediate.carried"), "NO_SUCH_OUTCOME"),
            (lambda: attrs.evolve(MEDIATION, deciding="mediate"), "BOUND_TWICE"),
            (lambda: attrs.evolve(MEDIATION, shared=["screen"]), "SHARED_UNVOTED"),
            (voted, "NO_DECIDING"),
            (lambda: attrs.evolve(MEDIATION, offices=MEDIATION.offices[:2]), "NOBODY_MAY"),
        ],
        ids=[
            "mediation skipped",
            "failure taken for success",
            "no follow-up",
            "not performed taken for performed",
            "not put on file",
            "withdrawn taken for settled",
            "bound by the end",
            "bound by nothing",
            "a vote that is none",
            "together",
            "a vote",
            "nobody mediates",
        ],
    )
    def test_it_is_found(self, make: Callable[[], Procedure], code: str) -> None:
        """The fault is among those found."""
        assert code in {fault.code for fault in make().check()}

    def test_sound_without(self) -> None:
        """The procedure itself has none, and every way through it keeps its duties."""
        assert MEDIATION.check() == ()
        proof = MEDIATION.prove()
        assert proof.holds, proof.explain("en")

    def test_the_shortest_way_is_told(self) -> None:
        """Where a failure counts as success, the proof shows how one gets there."""
        told = routed("mediate", failed="settled").prove()
        assert not told.holds
        assert "end the mediation" in told.explain("en")
        assert "终止调解" in told.explain("zh")


class TestMotion:
    """Several alike disputes become a matter (domain part 7, item 18)."""

    ALIKE = tuple(
        Matter(f"d-{number}", title="停车纠纷", category="dispute", private={"phone": "138"}) for number in (1, 2, 3)
    )

    def test_it_names_them(self) -> None:
        """It says which they are and how many, and holds nothing of what is private to them."""
        made = catalogue.disputes.motion(self.ALIKE, id="m-1", title="停车位规划", category="courtyard")
        assert (made.comes_from, made.private, made.category) == ({"d-1", "d-2", "d-3"}, {}, "courtyard")
        assert made.origin.zh == "由 3 起同类纠纷形成"
        assert dict(catalogue.disputes.motion(self.ALIKE, id="m", title="x", category="c", facts={"a": 1}).facts)

    def test_one_is_none(self) -> None:
        """One quarrel is no cluster, and one counted twice is one."""
        with pytest.raises(InvalidValue, match="1 disputes do not"):
            catalogue.disputes.motion(self.ALIKE[:1], id="m", title="x", category="c")
        with pytest.raises(InvalidValue, match="stands twice"):
            catalogue.disputes.motion([self.ALIKE[0], self.ALIKE[0]], id="m", title="x", category="c")
        with pytest.raises(InvalidType):
            catalogue.disputes.motion(["d-1", "d-2"], id="m", title="x", category="c")


class TestOffices:
    """Who may do what: nobody accepts, mediates and seals by accident."""

    @pytest.mark.parametrize(
        ("state", "action", "by"),
        [
            ("screen.waiting", screened()[0].action, "med-1"),
            ("mediate.waiting", begun()[0].action, "grid-1"),
            ("mediate.accepted", begun()[2].action, "med-1"),
            ("mediate.mediating", agreed()[0].action, "com-1"),
            ("follow_up.waiting", performed()[0].action, "med-1"),
            ("archive_settled.waiting", filed(1, "agreement").action, "med-1"),
        ],
        ids=["register", "accept", "assign", "draw up", "confirmation", "file"],
    )
    def test_not_in_office(self, state: str, action: object, by: str) -> None:
        """One refusal for each stage."""
        refused(dispute_at(state), action, "NOT_IN_OFFICE", at=day(30), by=by)


def test_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The neighbours' dispute of the examples runs to its end, and its minutes name neither party nor words."""
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    said = capsys.readouterr().out
    assert "2026-dispute-014: settled, 21 entries" in said
    assert [secret for secret in ("1-301", "1-201", "1-302", "13800000001", "三百元", "报复") if secret in said] == []
    assert "by People's Mediation Law art. 20" in said
    assert "by People's Mediation Law art. 25" in said
    assert "来源事项：2026-007" in said


def test_an_act_at_each_step_by_somebody_else_is_refused() -> None:
    """A stranger moves the dispute at no step."""
    case = dispute()
    for step in dispute_steps():
        with pytest.raises(Refused, match=r"NOT_IN_OFFICE|NOT_A_PARTY"):
            case.act(step.action, at=step.at, by="a stranger", salt=b"1" * 16)
        case = done(case, (step.action, step.at, step.by))
