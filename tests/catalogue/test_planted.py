"""Faults planted in every procedure of the catalogue: what was made weaker is found, and named where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce

import attrs
import pytest

from exchange.made_up import catalogued
from yizheng import Case, Matter, Period, Procedure, exchange
from yizheng.errors import InvalidValue
from yizheng.law.bars import law_of
from yizheng.procedure import diff
from yizheng.procedure.lawful import law_faults
from yizheng.rules import stricter
from yizheng.stages import Deliberation, Disclosure, Stage
from yizheng.stages.editions import SHORTER_IS_STRICTER

READY = catalogued()
BY_NAME = pytest.mark.parametrize("name", READY)


def with_stage(procedure: Procedure, changed: Stage) -> Procedure:
    """The procedure with one stage as it should not be."""
    stages = [changed if each.id == changed.id else each for each in procedure.stages]
    return attrs.evolve(procedure, stages=stages)


def leaps(procedure: Procedure) -> Iterator[tuple[str, Procedure]]:
    """The procedure with each mandatory stage in turn leapt over, by whichever way leads to it."""
    for milestone in procedure.mandatory:
        stage, _, outcome = milestone.partition(".")
        onward = procedure.routes[stage].get(outcome) or next(iter(procedure.routes[stage].values()))
        routes = {
            each: {
                result: onward if target == stage and each != stage else target for result, target in leading.items()
            }
            for each, leading in procedure.routes.items()
        }
        if procedure.stages[0].id == stage or routes == procedure.routes:
            continue  # where a case begins cannot be leapt over by a route
        yield milestone, attrs.evolve(procedure, routes=routes)


class TestStages:
    """A stage that must not be left out is missed when it is."""

    @BY_NAME
    def test_a_mandatory_stage_that_is_leapt_over(self, name: str) -> None:
        """Whichever mandatory stage is routed around, disclosures among them, no such definition is sound or proved."""
        tried = 0
        for milestone, leapt in leaps(READY[name]):
            tried += 1
            assert leapt.check(), milestone
            assert not leapt.prove().holds, milestone
        assert tried or len(READY[name].mandatory) <= 1

    def test_disclosures_are_among_them(self) -> None:
        """Ways around some forty disclosures were tried."""
        around = [
            milestone
            for procedure in READY.values()
            for milestone, _ in leaps(procedure)
            if isinstance(procedure.stage(milestone.partition(".")[0]), Disclosure)
        ]
        print(f"{len(READY)} procedures, {len(around)} disclosures routed around")  # noqa: T201
        assert len(around) >= 40


def lowered(procedure: Procedure) -> Iterator[tuple[str, str, Procedure]]:
    """The procedure with the quorum of each vote in turn left out, where the law that the rule cites asks for one."""
    for stage in procedure.stages:
        for place, rule in enumerate(stage.rule if isinstance(stage, Deliberation) else ()):
            for number, part in enumerate(rule.joined or (rule,)):
                if part.quorum is None or not law_of(part, "rule"):
                    continue
                weaker = attrs.evolve(part, quorum=None)
                joined = [*rule.joined[:number], weaker, *rule.joined[number + 1 :]]
                made = reduce(stricter, joined) if rule.joined else weaker
                rules = (*stage.rule[:place], made, *stage.rule[place + 1 :])
                yield stage.id, weaker.explain("zh"), with_stage(procedure, attrs.evolve(stage, rule=rules))


class TestLaw:
    """A definition asks no less than the articles that it cites: the proof sees it by itself (gap 13 of issue 6)."""

    @BY_NAME
    def test_no_false_alarm(self, name: str) -> None:
        """No definition of the catalogue asks less than what it cites, or outlives it."""
        assert law_faults(READY[name]) == ()

    def test_every_quorum_that_was_lowered(self) -> None:
        """Whichever quorum is left out of whichever definition, prove() says so, with both numbers, and no case opens by it."""
        tried = 0
        for procedure in READY.values():
            for stage, words, weaker in lowered(procedure):
                found = [each.fault for each in weaker.prove().failures if each.code == "RULE_BELOW_LAW"]
                assert [each.values["stage"] for each in found] == [stage]
                assert words in found[0].explain("zh")
                tried += 1
                with pytest.raises(InvalidValue, match="RULE_BELOW_LAW"):
                    Case.open(Matter("1", title="x", category="y"), weaker, {}, {}, at=datetime.now(UTC), by="s")
                with pytest.raises(InvalidValue, match=r"stages\[\d+\]\.rule.*RULE_BELOW_LAW"):
                    exchange.read(exchange.write_toml(weaker))
        print(f"{tried} quorums of the law left out, {tried} found")  # noqa: T201
        assert tried >= 30

    def test_every_period_that_was_cut(self) -> None:
        """Whichever period that stands in an article is cut by a day, or whichever time limit runs a day longer, is found."""
        tried = 0
        for procedure in READY.values():
            for stage in procedure.stages:
                for setting, editions in stage.rules():
                    for place, period in enumerate(editions):
                        if not isinstance(period, Period) or not law_of(period, setting):
                            continue
                        more = 1 if setting in SHORTER_IS_STRICTER else -1
                        worse = attrs.evolve(period, length=period.length + more)
                        changed = attrs.evolve(stage, **{setting: (*editions[:place], worse, *editions[place + 1 :])})
                        found = law_faults(with_stage(procedure, changed))
                        assert [each.code for each in found] == ["RULE_BELOW_LAW"], (procedure.id, stage.id)
                        tried += 1
        print(f"{tried} periods of the law changed for the worse, {tried} found")  # noqa: T201
        assert tried >= 20


class TestBars:
    """A bar that was lowered, and a period that was cut, are told as what they are."""

    @BY_NAME
    def test_a_rule_that_was_lowered(self, name: str) -> None:
        """Whichever vote loses its quorum, the difference names the stage and says that less is asked."""
        procedure = READY[name]
        for stage in procedure.stages:
            for place, rule in enumerate(getattr(stage, "rule", ()) if isinstance(stage, Deliberation) else ()):
                if rule.quorum is None:
                    continue
                rules = (*stage.rule[:place], attrs.evolve(rule, quorum=None, joined=()), *stage.rule[place + 1 :])
                lowered = with_stage(procedure, attrs.evolve(stage, rule=rules))
                told = [
                    (each.code, each.where.partition(".")[0], each.tendency.value) for each in diff(procedure, lowered)
                ]
                assert ("QUORUM", stage.id, "looser") in told, told
                assert all(tendency != "stricter" for _, _, tendency in told), told
                if rule.joined:  # a rule that joins others cannot even be written so
                    with pytest.raises(InvalidValue, match="not what the joined rules ask together"):
                        attrs.evolve(rule, quorum=None)

    @BY_NAME
    def test_a_posting_that_was_cut(self, name: str) -> None:
        """Whichever posting is cut by a day, the difference says so."""
        procedure = READY[name]
        for stage in procedure.stages:
            if not isinstance(stage, Disclosure):
                continue
            for place, period in enumerate(stage.least):
                if not period.length:
                    continue
                shorter: Period = attrs.evolve(period, length=period.length - 1)
                least = (*stage.least[:place], shorter, *stage.least[place + 1 :])
                cut = with_stage(procedure, attrs.evolve(stage, least=least))
                told = [(each.where.partition(".")[0], each.tendency.value) for each in diff(procedure, cut)]
                assert told == [(stage.id, "looser")], told
