"""Implementation (实施): responsibility, money, inspection, and the end. The cases are invented."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import MICROSECOND, START, alone, courtyard, courtyard_steps, day, done, refused, take
from yizheng import Case, Refused
from yizheng.errors import YizhengError
from yizheng.stages import Abandon, Assign, Complete, Implementation, Inspect, ReportProgress, Spend

DUE = day(60)
BUDGET = {"budget": "1000.00"}


def implementation(**settings) -> Implementation:
    """An implementation."""
    return Implementation(id="implement", title="实施", **settings)


def assign(**changes) -> Assign:
    """A task."""
    return Assign(**{"responsible": "c-2", "task": "施工", "due": DUE, **changes})


def spend(amount, **changes) -> Spend:
    """An expense."""
    return Spend(**{"amount": amount, "purpose": "工程款", "evidence": "发票 1", **changes})


def running(action=None, facts=BUDGET, **settings) -> Case:
    """Somebody is responsible."""
    return done(alone(implementation(**settings), facts=facts), (action or assign(), START))


class TestWorkflow:
    """Works that are carried out (issue: a responsible person, due dates, budget, spending, inspection, a balance)."""

    def test_from_the_task_to_the_end(self):
        """Somebody is responsible, reports, money is spent, supervisors look, and it is complete."""
        case = done(
            running(),
            (ReportProgress("开工"), day(1), "c-2"),
            (spend("400.50"), day(20)),
            (spend("599.50"), day(30)),
            (Inspect("渗水", passed=False), day(40)),
            (Inspect("合格", passed=True), day(50)),
            (Complete("完工"), day(51)),
        )
        assert case.outcome == "was_completed"
        assert (case.dossier.budget, case.dossier.spent) == (1000, 1000)
        assert Case.replay(case.entries) == case

    def test_given_up(self):
        """It can be given up before anybody is responsible, and while it runs."""
        assert done(alone(implementation()), (Abandon("资金未到"), START)).outcome == "was_abandoned"
        assert done(running(), (Abandon("承包人破产"), day(9))).outcome == "was_abandoned"

    def test_without_an_inspection(self):
        """A stage that asks for no inspection is complete without one."""
        assert done(running(inspected=False), (Complete("完工"), day(9))).outcome == "was_completed"

    def test_what_is_due(self):
        """First the task; then an inspection until one passes, and the end by the latest date."""
        assert [duty.action for duty in alone(implementation()).due(START)] == ["assign"]
        case = done(running(), (assign(responsible="c-3", due=day(30)), day(1)))
        inspect, complete = case.due(DUE)
        assert (inspect.action, inspect.until) == ("inspect", None)
        assert (complete.action, complete.until, complete.overdue) == ("complete", DUE, False)
        assert case.due(DUE + MICROSECOND)[1].overdue
        passed = done(case, (Inspect("合格", passed=True), day(9)))
        assert [duty.action for duty in passed.due(START)] == ["complete"]
        assert [duty.action for duty in running(inspected=False).due(START)] == ["complete"]
        assert implementation().due("closed", case.progress) == ()


class TestTask:
    """Assign: who, what, by when, with how much."""

    def test_several_tasks(self):
        """Several can be responsible, each with their date."""
        case = done(running(), (assign(responsible="c-3", due=day(30)), day(1)))
        assert case.progress.assigned == (("c-2", DUE), ("c-3", day(30)))

    def test_due_in_the_past(self):
        """A task is due at the moment at which it is given at the earliest."""
        assert running(assign(due=START)).phase == "running"
        refused(alone(implementation()), assign(due=START - MICROSECOND), "TOO_EARLY", at=START)

    def test_by_whom(self):
        """The office gives the task."""
        refused(alone(implementation()), assign(), "NOT_IN_OFFICE", at=START, by="c-2", says=["c-2"])

    def test_more_than_the_matter_has(self):
        """A task has the whole budget of the matter at most: exactly that, and not a fen more."""
        assert running(assign(budget="1000.00")).dossier.budget == 1000
        case = alone(implementation(), facts=BUDGET)
        refused(case, assign(budget="1000.01"), "OVER_BUDGET", at=START, says=["1000.01", "1000"])

    def test_where_the_matter_states_none(self):
        """Where the matter states no budget, the task states it."""
        assert running(assign(budget=500), facts={}).dossier.budget == 500
        assert running(facts={}).dossier.budget is None

    @pytest.mark.parametrize("budget", ["lots", "1,000", "-5", True, ["1"], "1e3", "10%"], ids=str)
    def test_a_budget_that_is_no_amount(self, budget):
        """A budget that is no amount is refused at the opening: months later nobody could spend it."""
        with pytest.raises(Refused) as no:
            alone(implementation(), facts={"budget": budget})
        assert no.value.codes == {"BAD_AMOUNT"}
        assert all("budget" in no.value.explain(language) for language in ("zh", "en"))

    def test_a_budget_of_nothing(self):
        """A budget that is stated as nothing is none; one of nought is one."""
        assert running(facts={"budget": None}).dossier.budget is None
        refused(running(facts={"budget": 0}), spend("0.01"), "OVER_BUDGET", at=day(1), says=["0.01"])

    def test_every_fault_is_told(self):
        """A date in the past and a budget beyond the matter's."""
        case = alone(implementation(), facts=BUDGET)
        action = assign(due=day(-1), budget=2000)
        refused(case, action, "TOO_EARLY", "OVER_BUDGET", at=START, says=["2000", "1000"])

    def test_less_than_was_spent(self):
        """A budget cannot be cut below what has been spent: the accounts would not balance."""
        case = done(running(), (spend(600), day(1)))
        refused(case, assign(budget=500), "OVER_BUDGET", at=day(2), says=["600", "500"])
        refused(case, assign(budget="599.99"), "OVER_BUDGET", at=day(2), says=["600", "599.99"])
        assert done(case, (assign(budget=600), day(2))).dossier.budget == 600

    def test_another_task_does_not_raise_the_budget(self):
        """A further task that states no budget leaves the one that was set."""
        case = done(running(assign(budget=500)), (assign(responsible="c-3"), day(1)))
        assert case.dossier.budget == 500

    @pytest.mark.parametrize(
        "bad",
        [
            {"budget": 0.5},
            {"budget": "-1"},
            {"budget": True},
            {"due": "2026-05-01"},
            {"due": None},
            {"responsible": ""},
            {"task": 5},
        ],
        ids=str,
    )
    def test_bad_arguments(self, bad):
        """An amount is exact and nought or more; a date has a zone."""
        with pytest.raises(YizhengError):
            assign(**bad)


class TestMoney:
    """Spend: never more than the budget, to the last fen."""

    def test_to_the_last_fen(self):
        """Exactly the budget can be spent, and not a fen more; the sum is told."""
        case = done(running(), (spend("999.99"), day(1)))
        assert done(case, (spend("0.01"), day(2))).dossier.spent == 1000
        refused(case, spend("0.02"), "OVER_BUDGET", at=day(2), says=["1000.01", "1000"])

    def test_thirds(self):
        """Three thirds are one: nothing is rounded."""
        case = running(facts={"budget": 1})
        for number in range(3):
            case = done(case, (spend("1/3"), day(number + 1)))
        refused(case, spend("1/1000000000"), "OVER_BUDGET", at=day(9))

    def test_nothing_to_spend_from(self):
        """Without a budget nothing is spent, not even nought."""
        refused(running(facts={}), spend(0), "NO_BUDGET", at=day(1))

    def test_before_anybody_is_responsible(self):
        """Nothing is spent before somebody is responsible."""
        refused(alone(implementation(), facts=BUDGET), spend(1), "NOT_NOW", at=START)

    def test_by_whom(self):
        """The responsible person does not spend; the office does."""
        refused(running(), spend(1), "NOT_IN_OFFICE", at=day(1), by="c-2")

    @given(st.lists(st.fractions(0, 400, max_denominator=100), max_size=8))
    def test_law_of_the_balance(self, amounts):
        """The balance is the budget less what was spent, and never less than nought."""
        case = running()
        for number, amount in enumerate(amounts, 1):
            if case.dossier.spent + amount <= 1000:
                case = done(case, (spend(amount), day(number)))
            else:
                refused(case, spend(amount), "OVER_BUDGET", at=day(number))
        assert 0 <= case.dossier.budget - case.dossier.spent <= 1000
        assert case.dossier.spent == sum((entry.action.amount for entry in case.entries[2:]), Fraction())

    @pytest.mark.parametrize(
        "bad",
        [{"amount": "-0.01"}, {"amount": 1.5}, {"amount": "1e9"}, {"purpose": 5}, {"evidence": 5}, {"evidence": " "}],
        ids=str,
    )
    def test_bad_arguments(self, bad):
        """An expense is nought or more, exact, with a purpose and a voucher."""
        with pytest.raises(YizhengError):
            Spend(**{"amount": 1, "purpose": "工程款", "evidence": "发票", **bad})


class TestReports:
    """ReportProgress: whoever is responsible reports for themselves."""

    def test_the_responsible_and_the_office(self):
        """The responsible person reports without an office, and so does the office."""
        assert done(running(), (ReportProgress("过半"), day(1), "c-2"), (ReportProgress("过半"), day(1))).version == 4

    def test_somebody_else(self):
        """Others do not."""
        refused(running(), ReportProgress("完了"), "NOT_IN_OFFICE", at=day(1), by="c-3", says=["c-3"])


class TestInspection:
    """Inspect and Complete: supervisors look before it is complete (residents' law 2025 art. 36)."""

    def test_not_inspected(self):
        """What nobody inspected is not complete."""
        refused(running(), Complete("完工"), "NOT_INSPECTED", at=day(9))

    def test_the_last_inspection_counts(self):
        """What passed once and then failed has not passed."""
        case = done(running(), (Inspect("合格", passed=True), day(1)), (Inspect("渗水", passed=False), day(2)))
        refused(case, Complete("完工"), "NOT_INSPECTED", at=day(9))
        assert done(case, (Inspect("已修", passed=True), day(3)), (Complete("完工"), day(9))).outcome == "was_completed"

    def test_by_whom(self):
        """The secretary does not inspect their own works: supervisors do."""
        case = take(courtyard(), courtyard_steps(), lambda case: case.state == "implement.running")
        refused(case, Inspect("合格", passed=True), "NOT_IN_OFFICE", at=day(80), says=["supervisor"])
        assert done(case, (Inspect("合格", passed=True), day(80), "sup-2")).progress.passed

    @pytest.mark.parametrize("passed", [None, 1, 0, "yes"])
    def test_passed_or_not(self, passed):
        """An inspection says yes or no."""
        with pytest.raises(YizhengError):
            Inspect("合格", passed=passed)

    def test_not_before_the_works(self):
        """Before anybody is responsible there is nothing to inspect, report or complete."""
        case = alone(implementation())
        for action in (Inspect("好", passed=True), ReportProgress("好"), Complete("好")):
            refused(case, action, "NOT_NOW", at=START)


@pytest.mark.parametrize("bad", [{"inspected": "no"}, {"inspected": None}, {"title": 5}], ids=str)
def test_bad_settings(bad):
    """A stage that cannot be built says so, by an error of this library."""
    with pytest.raises(YizhengError):
        Implementation(**{"id": "implement", "title": "实施", **bad})


def test_given_up_for_no_reason():
    """Giving up says why."""
    with pytest.raises(YizhengError):
        done(running(), (Abandon(" "), day(1)))
