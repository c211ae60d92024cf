"""A definition that names no duty skips none: what was decided, carried out and spent is disclosed (residents art. 34, villages art. 35)."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from exchange.made_up import catalogued
from yizheng import Period, Procedure, exchange
from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.procedure.graph import reached, ways
from yizheng.procedure.lawful import law_faults
from yizheng.stages import Deliberation, Disclosure, Implementation, Spend

READY = catalogued()
BOARDS = {name: each for name, each in READY.items() if name.startswith(("residents.", "villages.", "siyi.", "yishi."))}
"""The procedures of residents and villagers, who decide something. How owners learn of a result, provinces alone say."""
SPENDING = {name: each for name, each in READY.items() if Spend.kind in each.actions()}
EACH = pytest.mark.parametrize("name", BOARDS)


def vacuous(procedure: Procedure, **changes: object) -> Procedure:
    """The procedure with no duty and no mandatory milestone, as somebody writes it who wants to skip one."""
    return attrs.evolve(procedure, **{"duties": (), "mandatory": (), **changes})


def past(procedure: Procedure, skipped: Callable[[Disclosure], bool]) -> dict[str, dict[str, str]]:
    """The routes with every posting of a kind leapt over, to where it leads when nobody objects."""
    stages = {each.id: each for each in procedure.stages}

    def beyond(target: str) -> str:
        stage = stages.get(target)
        return beyond(procedure.routes[target]["clear"]) if isinstance(stage, Disclosure) and skipped(stage) else target

    return {
        stage: {outcome: beyond(target) for outcome, target in leading.items()}
        for stage, leading in procedure.routes.items()
    }


def reachable(procedure: Procedure) -> Procedure:
    """The procedure without the stages that nothing leads to any more, and without what could be done in them."""
    found = reached(procedure.stages[0].id, ways(procedure))
    left = attrs.evolve(
        procedure,
        stages=[each for each in procedure.stages if each.id in found],
        routes={stage: leading for stage, leading in procedure.routes.items() if stage in found},
        ends=[each for each in procedure.ends if each.id in found],
        corrections={stage: target for stage, target in procedure.corrections.items() if stage in found},
    )
    kinds = {*left.actions(), "open"}
    return attrs.evolve(left, offices=[attrs.evolve(each, may=each.may & kinds) for each in left.offices])


def codes(procedure: Procedure) -> set[str]:
    """The codes of what speaks against it by law."""
    return {each.code for each in law_faults(procedure)}


class TestDecisions:
    """What residents or villagers decided, and what was carried out, stands on their board before the case ends."""

    @EACH
    def test_no_false_alarm(self, name: str) -> None:
        """A definition that names no duty, and leads as that of the catalogue, keeps them all the same."""
        assert law_faults(vacuous(BOARDS[name])) == ()

    @EACH
    def test_a_decision_that_is_told_nobody(self, name: str) -> None:
        """Whatever its ends are called, whether or not they count as carried out: it is not proved, and no file of it is read."""
        secret = vacuous(
            BOARDS[name],
            routes=past(BOARDS[name], lambda _: True),
            ends=[attrs.evolve(each, carried_out=False) for each in BOARDS[name].ends],
        )
        assert "UNDISCLOSED" in codes(secret)
        told = [each.values["milestone"] for each in law_faults(secret) if each.code == "UNDISCLOSED"]
        assert "resolve.carried" in told
        assert {"implement.completed"} & {*told} or not any(isinstance(each, Implementation) for each in secret.stages)
        secret = reachable(secret)
        assert secret.check() == ()
        assert {each.code for each in secret.prove().failures} >= {"UNDISCLOSED"}
        with pytest.raises(InvalidValue, match=r"stages\[\d+\]: UNDISCLOSED"):
            exchange.read(exchange.write_toml(secret))

    @EACH
    def test_another_vote_that_is_called_the_deciding_one(self, name: str) -> None:
        """Whichever vote is said to decide, that of the residents is disclosed."""
        procedure = BOARDS[name]
        first = next(each.id for each in procedure.stages if isinstance(each, Deliberation))
        secret = vacuous(procedure, deciding=first, routes=past(procedure, lambda _: True))
        if procedure.stage("resolve").rule[0].electorate != "owners":
            assert "resolve.carried" in {each.values.get("milestone") for each in law_faults(secret)}

    @EACH
    def test_a_posting_of_no_time(self, name: str) -> None:
        """A posting that is taken down at once is none, on whatever authority."""
        nothing = Period(0, citation=Citation.inferred("张贴即可"))
        stages = [
            attrs.evolve(each, least=nothing) if isinstance(each, Disclosure) else each for each in BOARDS[name].stages
        ]
        assert "RULE_BELOW_LAW" in codes(vacuous(BOARDS[name], stages=stages))


class TestMoney:
    """Whatever was spent under these laws, or from the owners' fund, is accounted for before the case ends (Civil Code art. 281)."""

    @pytest.mark.parametrize("name", SPENDING)
    def test_accounts_that_nobody_sees(self, name: str) -> None:
        """Postings that carry none, an order of correction that passes them by, and works that are given up: each is found."""
        procedure = SPENDING[name]
        bare = [attrs.evolve(each, carries=()) if isinstance(each, Disclosure) else each for each in procedure.stages]
        abandoned = {**procedure.routes, "implement": {"completed": "disclose_result", "abandoned": "abandoned"}}
        for secret in (
            vacuous(procedure, stages=bare),
            vacuous(procedure, corrections={}),
            vacuous(procedure, routes=abandoned),
        ):
            assert "UNACCOUNTED" in codes(secret)
            assert not secret.prove().holds
        assert "UNACCOUNTED" not in codes(vacuous(procedure))

    def test_a_withdrawal_after_the_money_is_spent(self) -> None:
        """Works before the vote that decides could be withdrawn with the money in them."""
        procedure = READY["siyi.SIYI"]
        assert isinstance(procedure.stage("implement"), Implementation)
        routes = {**procedure.routes, "propose": {**procedure.routes["propose"], "carried": "implement"}}
        found = [each for each in law_faults(vacuous(procedure, routes=routes)) if each.code == "UNACCOUNTED"]
        assert [each.values["end"] for each in found] == ["withdrawn"]
