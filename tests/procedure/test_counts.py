"""Counts: what is left out of the looking decides nothing, and no definition takes long to look at."""

from __future__ import annotations

import os
import random
from collections import Counter
from time import process_time

import attrs
import pytest

from yizheng import Procedure, catalogue
from yizheng.catalogue.common import offices_of
from yizheng.procedure import End
from yizheng.procedure.duties import TEMPLATES, AtMost, Exactly, Existence, Response, Template, seen_by
from yizheng.procedure.exploring import Ways, ways_of
from yizheng.procedure.finding import findings

VOTE = catalogue.yizheng.COURTYARD.stage("propose")
EACH = int(os.environ.get("YIZHENG_COUNTS", "25"))
"""How many definitions are drawn in each of four rounds."""
EXACTLY = 10**6
"""More states than any duty has: by it every turn is counted as far as the stage counts."""


def votes(calls: list[int], duties: list[Template], *, back: str = "v0", **settings: object) -> Procedure:
    """Votes in a row, each called so often; one that is returned or void leads back."""
    stages = [attrs.evolve(VOTE, id=f"v{n}", calls=often) for n, often in enumerate(calls)]
    ids = [stage.id for stage in stages]
    away = {"lost": "off", "inquorate": "off", "returned": back}
    routes = {each: {**away, "carried": to, "void": each} for each, to in zip(ids, [*ids[1:], "done"], strict=True)}
    asked = {
        "deciding": ids[-1],
        "withdrawn": "off",
        "corrected": "v0",
        "corrections": {},
        "shared": (),
        "mandatory": (),
        "ends": [End("done", "done", carried_out=True), End("off", "off")],
    } | settings
    return attrs.evolve(
        catalogue.yizheng.COURTYARD, stages=stages, routes=routes, offices=offices_of(stages), duties=duties, **asked
    )


def drawn(chance: random.Random) -> Procedure:
    """One to three votes, called up to forty times, with duties that count, or speak of what is counted."""
    calls = [chance.choice([1, 2, 3, 4, 6, 9, 40]) for _ in range(chance.randint(1, 3))]
    ids = [f"v{n}" for n in range(len(calls))]
    known = [f"{each}.{outcome}" for each in ids for outcome in ("recalled", "recalled", "void", "carried", "returned")]

    def owed() -> Template:
        turn, other = chance.sample(sorted({*known, *ids}), 2)
        ends = {"ends": ["done"]} if chance.random() < 0.4 else {}
        since = {"since": chance.choice([[other], ids, [ids[-1]]])} if turn not in ids and chance.random() < 0.6 else {}
        figure = chance.randint(1, 5)
        kind = chance.choice(["most", "most", "most", "least", "times", "two"])
        if kind == "most":
            return AtMost(turn, most=chance.randint(0, 5), **since, **ends)
        if kind == "two":
            return chance.choice([each for each in TEMPLATES.values() if hasattr(each, "b")])(turn, other, **ends)
        return Existence(turn, least=figure, **ends) if kind == "least" else Exactly(turn, times=figure, **ends)

    return votes(
        calls,
        [owed() for _ in range(chance.randint(1, 4))],
        back=chance.choice(ids),
        shared=["v0"] if len(ids) > 1 and chance.random() < 0.3 else (),
        bodies=[
            *catalogue.yizheng.COURTYARD.bodies,
            attrs.evolve(catalogue.yizheng.COURTYARD.bodies[0], id="committee"),
        ],
    )


def broken_after(procedure: Procedure, duty: Template, ways: Ways) -> int | None:
    """After how many moves a duty is broken first: every place, with every state of this one duty."""
    seen, automaton = seen_by(duty, procedure), duty.automaton
    ends = set(duty.ends) or {end.id for end in procedure.ends}
    begun = automaton.run([duty.letter(each) for each in ["v0"] if "STAGE" in {sort.name for sort in seen}])
    level = {(place, begun) for place in range(ways.starts)}
    met, length = set(level), 0
    while level:
        for place, state in level:
            lost = automaton.broken[state] and not duty.ends
            if lost or (ways.places[place].state in ends and not automaton.kept[state]):
                return length
        ahead = {
            (move.to, automaton.run([duty.letter(each) for sort, each in move.lead.happened if sort in seen], state))
            for place, state in level
            for move in ways.moves[place]
        }
        level, length = ahead - met, length + 1
        met |= ahead
    return None


class TestAgainstEveryCount:
    """Where not every count is looked at, nothing comes out otherwise than where each is."""

    @pytest.mark.parametrize("seed", range(4))
    def test_every_definition_is_judged_alike(self, seed: int) -> None:
        """Votes with recalls are judged as by every count, duty by duty, on ways that are no longer."""
        chance = random.Random(seed)  # noqa: S311 -- drawing definitions, not secrets
        counted: Counter[str] = Counter()
        for _ in range(EACH):
            procedure = drawn(chance)
            if procedure.shared:
                first = attrs.evolve(procedure.stages[0], body="committee")
                procedure = attrs.evolve(procedure, stages=[first, *procedure.stages[1:]])
            looked = findings(procedure)
            exact = ways_of(procedure, {f"{stage.id}.recalled": EXACTLY for stage in procedure.stages})
            assert exact is not None
            found = {each.fault.values["duty"]: len(each.way()) for each in looked.found if each.fault.code == "UNKEPT"}
            expected = {
                f"duties[{index}]": length
                for index, duty in enumerate(procedure.duties)
                if (length := broken_after(procedure, duty, exact)) is not None
            }
            assert found == expected, procedure.to_data()
            assert len(looked.found) == len(found), looked.found
            counted.update(
                {
                    "definitions": 1,
                    "kept": len(procedure.duties) - len(found),
                    "broken": len(found),
                    "fewer places": looked.places < len(exact.places),
                }
            )
        print(dict(counted))  # noqa: T201 -- the figures
        assert min(counted["kept"], counted["broken"], counted["fewer places"]) > 1


NAMES = range(256)
SLOW = {
    "counted by the stage, sixty bounds": lambda: votes(
        [100] * 3, [AtMost(f"v{n % 3}.recalled", most=99 - n // 3, since=f"v{n % 3}") for n in range(60)]
    ),
    "over the whole case, sixty bounds": lambda: votes(
        [100] * 3, [AtMost(f"v{n % 3}.recalled", most=100 - n // 3) for n in range(60)]
    ),
    "bounds begun anew elsewhere": lambda: votes(
        [2] * 256,
        [AtMost(f"v{n % 256}.void", most=10 + n // 256, since=f"v{(n * 37 + 1) % 256}") for n in range(1000)],
    ),
    "counts of many": lambda: votes(
        [2] * 256,
        [Existence([f"v{n}.carried" for n in NAMES[j * 6 : j * 6 + 60]], least=50, ends=["done"]) for j in range(32)],
    ),
    "milestones and ends": lambda: votes(
        [2] * 256,
        [],
        mandatory=[f"v{n}.{outcome}" for n in NAMES for outcome in ("carried", "void", "returned")],
        ends=[End("off", "off"), *(End(f"e{n}", "e", carried_out=True) for n in range(254)), End("done", "done")],
    ),
}


class TestTime:
    """No definition within the limits takes long: it is proved, found broken, or refused by a bound that is told."""

    @pytest.mark.parametrize("make", list(SLOW.values()), ids=list(SLOW))
    def test_it_is_soon_known(self, make: object) -> None:
        """Definitions that were made to be slow are judged or refused; within two seconds, on a machine of its own."""
        procedure = make()
        begun = process_time()
        proof = procedure.prove()
        took = process_time() - begun
        print(f"{took:.2f} s, {proof.places} places, { ({each.code for each in proof.failures}) }")  # noqa: T201
        assert not proof.holds
        assert took < 6

    def test_a_vote_recalled_twice_at_each_of_256_stages(self) -> None:
        """What a procedure may well ask of each stage is shown for the most stages."""
        proof = votes([3] * 256, [AtMost(f"v{n}.recalled", most=2, since=f"v{n}") for n in range(256)]).prove()
        assert proof.holds
        assert len([line for line in proof.shown if line.code == "KEPT"]) == 256

    def test_nothing_is_shown_of_what_was_not_followed(self) -> None:
        """Where the steps do not suffice, what was found broken by then is told, and nothing is claimed."""
        procedure = votes([2] * 3, [AtMost("v0.void", most=0), Response("v2.carried", "v0", ends=["done"])])
        whole, cut = findings(procedure), findings(procedure, steps=40)
        assert [each.fault.code for each in whole.found] == ["UNKEPT", "UNKEPT"]
        assert (cut.whole, [each.fault.code for each in cut.found]) == (False, ["UNKEPT", "TOO_MANY_STEPS"])
