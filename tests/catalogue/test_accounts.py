"""What was spent is accounted for before a case ends, in whichever way it does. The cases are invented."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import pytest

from exchange.made_up import catalogued
from roads import CORRECTED, DAY, along, do, holder, now, opened
from walks import refused
from yizheng import Case, Procedure, Status, catalogue
from yizheng.procedure.compiled import build_machine, read_table
from yizheng.procedure.duties import Response
from yizheng.stages import Abandon, Assign, Convene, Disclosure, OrderCorrection, Post, Spend, TakeDown, Withdraw
from yizheng.stages.channels import Channel

READY = catalogued()
SPENDING = {name: each for name, each in READY.items() if Spend.kind in each.actions()}
EACH = pytest.mark.parametrize("name", SPENDING)

STOPPED = "disclose_stopped.clear"
BEFORE = {
    "siyi.SIYI": (
        "propose.carried",
        "discuss.carried",
        "review.carried",
        "resolve.carried",
        "disclose_resolution.clear",
    ),
    "owners.FUND_USE": ("inform_committee.clear", "resolve.carried", "disclose_resolution.clear"),
    "owners.EMERGENCY": ("apply.confirmed",),
    "residents.ASSEMBLY": ("study.carried", "resolve.carried", "disclose_resolution.clear"),
    "yishi.YISHI": ("study.carried", "resolve.carried", "disclose_resolution.clear"),
}
"""How a case comes to its works."""
LOST = {
    "siyi.SIYI": ("propose.lost",),
    "owners.FUND_USE": ("inform_committee.clear", "resolve.lost", "disclose_rejection.clear"),
    "owners.EMERGENCY": ("apply.rejected",),
    "residents.ASSEMBLY": ("study.lost", "resolve.lost"),
    "yishi.YISHI": ("study.carried", "resolve.lost"),
}
"""How it ends when it has gone back, and is not carried again."""
WALKED = pytest.mark.parametrize("name", BEFORE)


def spent(name: str, amount: str = "70.00") -> Case:
    """A case in its works, in which money was spent."""
    procedure = SPENDING[name]
    case = along(opened(procedure), BEFORE[name])
    case = do(case, Assign(responsible="worker-1", task="施工", due=now(case) + 30 * DAY), now(case))
    return do(case, Spend(amount=amount, purpose="材料", evidence="凭证 1"), now(case))


def told(case: Case) -> list[dict[str, str]]:
    """The accounts that were posted and hung for as long as they must."""
    entries = [*case.entries]
    cleared = {at for at, entry in enumerate(entries) if entry.effect.outcome == "clear"}
    return [
        dict(entry.effect.carried["accounts"])
        for at, entry in enumerate(entries)
        if "accounts" in entry.effect.carried and any(later > at for later in cleared)
    ]


class TestDuties:
    """Each definition by which somebody may spend owes the accounts, at every end."""

    def test_there_are_such(self) -> None:
        """Every one that has a road of works, and none that inquires, prepares, mediates or hears."""
        assert SPENDING.keys() == BEFORE.keys() | {
            "owners.REBUILDING",
            "residents.REPRESENTATIVES",
            "siyi.COMMUNITY_SIYI",
            "siyi.WUYI",
            "yishi.YISHI_BEFORE_2026",
            "yizheng.COURTYARD",
        }

    @EACH
    def test_the_duty(self, name: str) -> None:
        """It is asked for at every end, and holds on every way."""
        procedure = SPENDING[name]
        (owed,) = [each for each in procedure.duties if isinstance(each, Response) and each.a == ("implement:spend",)]
        assert owed.ends == ()
        stages = [procedure.stage(milestone.partition(".")[0]) for milestone in owed.b]
        assert all(isinstance(stage, Disclosure) and "accounts" in stage.carries for stage in stages)
        assert procedure.prove().holds

    @EACH
    def test_by_brute_force(self, name: str) -> None:
        """Whatever is done after an expense, no end is reached over the table before its accounts have been disclosed."""
        ends = {end.id for end in SPENDING[name].ends}
        seen = everywhere(SPENDING[name])
        assert {state for state, _ in seen} >= ends
        assert not [state for state, owing in seen if owing and state in ends]

    def test_nobody_spends_where_nothing_is_disclosed(self) -> None:
        """An inquiry into an allowance and the preparation of a first assembly have no accounts, and no expenses."""
        for name in ("owners.FIRST_ASSEMBLY", "assistance.ALLOWANCE_CHANGE"):
            assert Spend.kind not in READY[name].actions()
            assert not [office for office in READY[name].offices if Spend.kind in office.may]
        case = opened(READY["owners.FIRST_ASSEMBLY"])
        case = do(case, Assign(responsible="worker-1", task="筹备", due=now(case) + DAY, budget="9.00"), now(case))
        expense = Spend(amount="1.00", purpose="茶水", evidence="凭证 1")
        refused(case, expense, "NOT_NOW", at=now(case), by="convener-1")


def everywhere(procedure: Procedure) -> set[tuple[str, bool]]:
    """Every state of the table, with whether money is spent and not accounted for, that can be come to."""
    table = read_table(procedure, build_machine(procedure))  # also of a definition that is not sound
    places = table.places
    found = {(table.start, False)}
    waiting = [*found]
    while waiting:
        state, owing = waiting.pop()
        place = places[state]
        for action in place.may:
            to = places[place.leads[action.kind]]
            onward = {(to.name, owing or action is Spend)}
            if place.stage is not None and action in place.stage.phases[place.phase]:
                for outcome, target in to.leads.items():
                    if outcome in place.stage.ends:
                        accounted = outcome == "clear" and "accounts" in getattr(place.stage, "carries", ())
                        onward.add((target, owing and not accounted))
            waiting += onward - found
            found |= onward
    return found


class TestWalks:
    """Money was spent, a correction is ordered, and then nothing is carried: the accounts have been disclosed by then."""

    @WALKED
    def test_spent_corrected_and_lost(self, name: str) -> None:
        """The works stop, the accounts hang, the matter goes back, is lost, and ends."""
        stopped = along(spent(name), ["corrected"])
        assert stopped.state == "disclose_stopped.waiting"
        case = along(stopped, [STOPPED, *LOST[name]])
        assert case.status is Status.ENDED
        assert told(case) == [{"budget": "1000", "spent": "70", "balance": "930"}]

    @WALKED
    def test_spent_twice(self, name: str) -> None:
        """What is spent after the matter came back is accounted for again, with what was spent before."""
        case = along(
            spent(name), ["corrected", STOPPED, *again(name), "implement.abandoned", "disclose_abandonment.clear"]
        )
        assert case.outcome == "abandoned"
        assert [each["spent"] for each in told(case)] == ["70", "140"]

    @WALKED
    def test_it_is_not_withdrawn(self, name: str) -> None:
        """Neither while the accounts are owed nor after: what was decided is not taken back."""
        stopped = along(spent(name), ["corrected"])
        assert Withdraw not in stopped.options()
        back = along(stopped, [STOPPED])
        by = holder(back, Withdraw)
        refused(back, Withdraw("不办了"), "VOTE_OPENED", at=now(back), by=by)

    def test_an_order_upon_an_order(self) -> None:
        """Another order, while the accounts hang, takes nobody past them: they are posted anew."""
        case = along(spent("siyi.SIYI"), ["corrected"])
        case = do(case, Post(channels={Channel.BULLETIN_BOARD}, content="账目"), now(case))
        again_ = do(case, CORRECTED, now(case))
        assert again_.state == "disclose_stopped.waiting"
        refused(again_, TakeDown(), "NOT_NOW", at=now(again_) + 30 * DAY, by="secretary-1")

    def test_an_objection_to_the_accounts(self) -> None:
        """Accounts that are rightly objected to are posted anew, and nothing goes back before."""
        case = along(spent("siyi.SIYI"), ["corrected", "disclose_stopped.upheld"])
        assert case.state == "disclose_stopped.waiting"

    def test_an_order_after_the_result_was_objected_to(self) -> None:
        """The works stand open again, nothing new was spent, and the contested accounts are disclosed all the same."""
        case = spent("siyi.SIYI")
        case = along(do(case, Abandon("不做了"), now(case)), ["disclose_abandonment.upheld", "corrected"])
        assert case.state == "disclose_stopped.waiting"
        assert told(along(case, [STOPPED, "propose.lost"]))[-1]["spent"] == "70"

    @pytest.mark.parametrize(
        ("action", "code"),
        [
            (Abandon("不做了"), "NOT_NOW"),
            (Spend(amount="1.00", purpose="材料", evidence="凭证 2"), "NOT_NOW"),
            (TakeDown(), "CUT_SHORT"),
        ],
        ids=["abandon", "spend", "take down"],
    )
    def test_meanwhile(self, action: object, code: str) -> None:
        """While the accounts hang nothing is spent, given up or decided, and they hang for their time."""
        case = along(spent("siyi.SIYI"), ["corrected"])
        case = do(case, Post(channels={Channel.BULLETIN_BOARD}, content="账目"), now(case))
        refused(case, action, code, at=now(case), by="secretary-1")
        assert Convene not in case.options()


def again(name: str) -> Iterable[str]:
    """The way back to the works, from where an order of correction leads."""
    road = BEFORE[name]
    start = SPENDING[name].corrected
    first = next(at for at, milestone in enumerate(road) if milestone.partition(".")[0] == start)
    return road[first:]


class TestPlantedFaults:
    """A definition that lets money go without accounts is found out, and the way is told."""

    @EACH
    def test_an_order_that_passes_the_accounts_by(self, name: str) -> None:
        """Without the detour an order of correction leads back at once, and what is lost then ends without accounts."""
        planted = attrs.evolve(SPENDING[name], corrections={})
        failures = [failure for failure in planted.prove().failures if failure.code == "UNKEPT"]
        assert [failure.duty.a for failure in failures] == [("implement:spend",)]
        assert {step.action for step in failures[0].path} >= {Spend.kind, OrderCorrection.kind}
        assert "UNKEPT" in {fault.code for fault in planted.check()}
        seen = everywhere(planted)
        assert [state for state, owing in seen if owing and state in {end.id for end in planted.ends}]

    @EACH
    def test_accounts_that_lead_out_too_early(self, name: str) -> None:
        """Where works that were given up end at once, the duty is not kept."""
        routes = {**SPENDING[name].routes, "implement": {"completed": "disclose_result", "abandoned": "abandoned"}}
        assert "UNKEPT" in {fault.code for fault in attrs.evolve(SPENDING[name], routes=routes).check()}

    def test_a_detour_to_nowhere(self) -> None:
        """Both names of a detour must exist."""
        planted = attrs.evolve(catalogue.siyi.SIYI, corrections={"nothing": "nowhere"})
        named = [fault.values["stage"] for fault in planted.check() if fault.code == "UNKNOWN_STAGE"]
        assert named == ["nothing", "nowhere"]
