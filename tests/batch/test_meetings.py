"""The meetings saved: those that the procedure really calls, counted one by one and as planned."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.matters import by_category, matter
from walks import MEETING, alone, assembly
from yizheng import Matter, Procedure, Text, catalogue
from yizheng.batch import Called, Meetings, Saving, Sitting, meetings, plan
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure import Body, End, Office
from yizheng.stages import CallHearing, CloseHearing, Deliberation, FactIs, Hearing

ALLOWANCE = catalogue.yizheng.ALLOWANCE
FRONT = {"solicit", "discuss", "review", "hearing"}


def families(number: int, contested: int = 0) -> list[Matter]:
    """So many families, of which so many are contested. Invented."""
    return [matter(f"{n:03}", "低保年审", "allowance", contested=n < contested) for n in range(number)]


def numbers(found: Meetings) -> dict[tuple[str, bool], tuple[int, int]]:
    """The counts by stage."""
    return {(each.stage, each.if_asked): (each.one_by_one, each.together) for each in found.called}


class TestTheAllowance:
    """72 families as in case T11, of whom two are contested; the figures of the case, the families invented."""

    def test_one_sitting(self) -> None:
        """The front is held once, the resolving body sits once, and one hearing is held for all."""
        found = plan(families(72, 2), by=by_category).saved(ALLOWANCE, shared=FRONT, one_sitting=True)
        assert numbers(found) == {
            ("discuss", False): (72, 1),
            ("review", False): (72, 1),
            ("hearing", False): (2, 1),
            ("hearing", True): (70, 0),
            ("resolve", False): (72, 1),
        }
        assert {body: each.saved for body, each in found.by_body.items()} == {
            "two_committees": 71,
            "party_council": 71,
            "resident_representatives": 71,
        }
        assert found.sure == Saving(one_by_one=218, together=4)
        assert (found.saved, found.if_asked) == (214, Saving(one_by_one=70, together=0))

    def test_separate_sittings(self) -> None:
        """In separate sittings the resolving body sits once for each item."""
        found = plan(families(72), by=by_category).saved(ALLOWANCE, shared=FRONT, one_sitting=False)
        assert numbers(found)["resolve", False] == (72, 72)
        assert numbers(found)["hearing", True] == (72, 1)
        assert found.by_body["resident_representatives"].saved == 0
        assert found.saved == 142

    def test_nothing_shared(self) -> None:
        """What is not shared is called for each matter."""
        found = plan(families(3, 1), by=by_category).saved(ALLOWANCE, shared=(), one_sitting=False)
        assert found.saved == 0
        assert numbers(found)["hearing", False] == (1, 1)
        assert numbers(found)["hearing", True] == (2, 2)

    def test_a_hearing_for_every_item(self) -> None:
        """Where the facts call for a hearing on each, none is left to be asked for."""
        found = plan(families(3, 3), by=by_category).saved(ALLOWANCE, shared=FRONT, one_sitting=True)
        assert numbers(found)["hearing", False] == (3, 1)
        assert ("hearing", True) not in numbers(found)
        assert found.if_asked == Saving()

    def test_a_fact_that_leaves_it_open(self) -> None:
        """A fact that cannot be compared calls for a hearing, as it does in the case itself."""
        found = meetings([[matter(1, contested="maybe")]], ALLOWANCE, shared=FRONT, one_sitting=True)
        assert numbers(found)["hearing", False] == (1, 1)

    def test_groups_and_those_alone(self) -> None:
        """Each group calls once, and each matter alone once."""
        mixed = [
            *families(5),
            matter("x", category="other"),
            matter("y", category="third"),
            matter("z", category="third"),
        ]
        found = plan(mixed, by=by_category).saved(ALLOWANCE, shared=FRONT, one_sitting=True)
        assert numbers(found)["discuss", False] == (8, 3)

    def test_in_words(self) -> None:
        """A line for each stage that calls something, and the sum."""
        found = plan(families(72, 2), by=by_category).saved(ALLOWANCE, shared=FRONT, one_sitting=True)
        assert found.explain("zh").splitlines() == [
            "社区“两委”开会：逐件办理 72 次，按计划 1 次，少 71 次",
            "党员议事会开会：逐件办理 72 次，按计划 1 次，少 71 次",
            "听证（必要时），依事项事实必须举行的：逐件办理 2 次，按计划 1 次，少 1 次",
            "听证（必要时），另有申请或者办公室认为必要才举行的：逐件办理 70 次，按计划 0 次，少 70 次",
            "居民代表会议开会：逐件办理 72 次，按计划 1 次，少 71 次",
            "合计（确定举行的会议和听证）：逐件办理 218 次，按计划 4 次，少 214 次",
        ]
        assert found.explain("en").splitlines()[0] == (
            "meetings of the two committees: 72 one by one, 1 as planned, 71 fewer"
        )

    def test_nothing_planned(self) -> None:
        """No matters, no meetings."""
        assert plan([], by=by_category).saved(ALLOWANCE, shared=FRONT, one_sitting=True).sure == Saving()


class TestWhatIsCalled:
    """What counts is what every way to a carried-out end calls."""

    def test_the_courtyard(self) -> None:
        """Stages that call nobody, and those off the ordinary way, call no meeting."""
        found = meetings([families(4)], catalogue.yizheng.COURTYARD, shared={"propose", "consult"}, one_sitting=True)
        assert numbers(found) == {("propose", False): (4, 1), ("consult", False): (4, 1), ("resolve", False): (4, 1)}
        assert {each.sitting for each in found.called} == {Sitting.MEETING}

    def test_a_vote_in_writing_is_no_meeting(self) -> None:
        """Where a stage allows writing alone, a written vote is counted and no meeting."""
        written = Deliberation(id="vote", title="票决", body="assembly", rule=MEETING, modes=["written"])
        found = meetings([families(3)], finished(written), shared=(), one_sitting=True)
        [called] = found.called
        assert (called.sitting, called.one_by_one, called.together, called.body) == (
            Sitting.WRITTEN_VOTE,
            3,
            1,
            "assembly",
        )
        assert (found.sure, dict(found.by_body)) == (Saving(), {})
        assert found.explain("en").startswith("written votes of the assembly: 3 one by one, 1 as planned, 2 fewer\n")

    def test_a_stage_that_can_be_passed_by(self) -> None:
        """A meeting that not every way calls is not counted, and the stage may still be shared."""
        first, second, vote = (
            Deliberation(id=name, title=name, body="assembly", rule=MEETING) for name in ("first", "second", "vote")
        )
        procedure = finished(
            first,
            second,
            vote,
            routes={
                "first": {"carried": "vote", "lost": "second"},
                "second": {"carried": "vote", "lost": "lost"},
                "vote": {"carried": "done", "lost": "lost"},
            },
        )
        found = meetings([families(2)], procedure, shared={"first", "second"}, one_sitting=False)
        assert numbers(found) == {("first", False): (2, 1), ("vote", False): (2, 2)}
        assert found.by_body == {"assembly": Saving(one_by_one=4, together=3)}

    def test_a_hearing_that_cannot_be_waived(self) -> None:
        """A hearing of one's own kind that nobody may waive is sure."""

        @attrs.frozen(kw_only=True)
        class Public(Hearing):
            """A hearing that is always held."""

            kind = "tests.public_hearing"
            phases = {"waiting": {CallHearing: "called"}, "called": {CloseHearing: "closed"}, "closed": {}}  # noqa: RUF012 -- as kinds are written
            ends = {"held": frozenset({"closed"})}  # noqa: RUF012

        procedure = finished(
            Public(id="hearing", title="听证"),
            Deliberation(id="vote", title="票决", body="assembly", rule=MEETING),
            routes={"hearing": {"held": "vote"}, "vote": {"carried": "done"}},
        )
        found = meetings([families(3)], procedure, shared={"hearing"}, one_sitting=True)
        assert numbers(found)["hearing", False] == (3, 1)

    @given(st.lists(st.integers(1, 6), max_size=6), st.booleans(), st.sets(st.sampled_from(sorted(FRONT))))
    def test_never_more_than_one_by_one(self, sizes: list[int], one_sitting: bool, shared: set[str]) -> None:  # noqa: FBT001
        """A plan never calls more meetings than one by one, and groups of one save nothing."""
        groups = [families(size) for size in sizes]
        found = meetings(groups, ALLOWANCE, shared=shared, one_sitting=one_sitting)
        assert all(0 <= each.together <= each.one_by_one for each in found.called)
        single = meetings(
            [[each] for group in groups for each in group], ALLOWANCE, shared=shared, one_sitting=one_sitting
        )
        assert (single.saved, single.sure.one_by_one) == (0, found.sure.one_by_one)


def finished(*stages: Any, routes: dict[str, dict[str, str]] | None = None) -> Procedure:
    """A procedure whose last stage decides and leads to an end at which the matter is carried out."""
    return Procedure(
        id="tests-batch",
        title="x",
        stages=stages,
        routes=routes or {stages[-1].id: {"carried": "done", "lost": "lost"}},
        ends=[End("done", "done", carried_out=True), End("lost", "lost")],
        bodies=[Body("assembly", Text("大会", "the assembly"))],
        offices=[Office("secretary", "x")],
        deciding=stages[-1].id,
        withdrawn="lost",
        corrected="lost",
    )


class TestWhatCannotBeCounted:
    """What cannot be shared, or is not there, is refused with what there is."""

    @pytest.mark.parametrize(
        ("shared", "says"),
        [
            ({"nothing"}, "has no stage 'nothing' to share; it has solicit, discuss"),
            ({"resolve"}, "resolve decides, and nothing is decided on several matters at once"),
        ],
    )
    def test_shared_stages(self, shared: set[str], says: str) -> None:
        """A stage that is not there, and the one that decides, cannot be shared."""
        with pytest.raises(InvalidValue, match=says):
            plan(families(2), by=by_category).saved(ALLOWANCE, shared=shared, one_sitting=True)

    def test_no_end_that_is_carried_out(self) -> None:
        """A procedure that carries nothing out has no ordinary way."""
        with pytest.raises(InvalidValue, match="reaches no end at which the matter is carried out"):
            meetings([families(1)], alone(assembly()).procedure, shared=(), one_sitting=True)

    @pytest.mark.parametrize(
        "given",
        [
            {"procedure": "x"},
            {"shared": "solicit"},
            {"one_sitting": 1},
            {"groups": 3},
            {"groups": [[1]]},
            {"groups": [1]},
        ],
        ids=range(6),
    )
    def test_types(self, given: dict[str, Any]) -> None:
        """What is no procedure, no set of ids, no truth value or no matters is refused."""
        good = {"groups": [families(2)], "procedure": ALLOWANCE, "shared": FRONT, "one_sitting": True}
        with pytest.raises(InvalidType):
            meetings(**good | given)

    def test_a_fact_of_the_matter(self) -> None:
        """The trigger itself tells for a matter what it tells for a case."""
        trigger = FactIs("contested", value=True)
        assert trigger.why_for(matter(1, contested=True)).en == "the fact contested of the matter is True"
        assert trigger.why_for(matter(1, contested=False)) is None
        assert trigger.why_for(matter(1)) is None

    def test_values(self) -> None:
        """Counts are whole, and a row says which sitting it is of."""
        with pytest.raises(InvalidType):
            Saving(one_by_one=1.5)
        with pytest.raises(InvalidValue, match="is no Sitting"):
            Called(stage="s", sitting="tea", title="x")
        with pytest.raises(InvalidType):
            Meetings([1])
