"""The compiled automaton says what an independent reading says: of the templates, of the ways, of both together."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.graphs import any_order, drawn, fits, line, walked
from yizheng.conformance import Conformance, Sought
from yizheng.conformance import compiled as module
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure import duties as d
from yizheng.procedure.duties import Template

A, B, C = "hub.a", "hub.b", "hub.c"
LENGTH = 6
TRACES = [trace for length in range(LENGTH + 1) for trace in itertools.product((A, B, C), repeat=length)]


def places(trace: Sequence[str], what: str) -> list[int]:
    """Where it stands."""
    return [place for place, each in enumerate(trace) if each == what]


def follows(trace: Sequence[str], place: int, what: str) -> bool:
    """Whether it stands anywhere behind a place."""
    return what in trace[place + 1 :]


def answered(trace: Sequence[str]) -> bool:
    """Between two A there is a B, and behind the last too."""
    return all(
        B in trace[place + 1 : min([each for each in places(trace, A) if each > place], default=len(trace))]
        for place in places(trace, A)
    )


def earned(trace: Sequence[str]) -> bool:
    """Before each B, and behind the B before it, there is an A."""
    return all(
        A in trace[max([each + 1 for each in places(trace, B) if each < place], default=0) : place]
        for place in places(trace, B)
    )


def next_is(trace: Sequence[str], place: int, what: str) -> bool:
    """Whether it stands just behind a place."""
    return tuple(trace[place + 1 : place + 2]) == (what,)


# What each template means, as the literature says it over a whole trace; nothing of this is taken from the library.
MEANINGS: dict[str, tuple[Template, Callable[[Sequence[str]], bool]]] = {
    "existence": (d.Existence([A]), lambda t: A in t),
    "existence 2": (d.Existence([A], least=2), lambda t: t.count(A) >= 2),
    "absence": (d.Absence([A]), lambda t: A not in t),
    "at most 2": (d.AtMost([A], most=2), lambda t: t.count(A) <= 2),
    "exactly 2": (d.Exactly([A], times=2), lambda t: t.count(A) == 2),
    "init": (d.Init([A]), lambda t: t[:1] == (A,)),
    "last": (d.Last([A]), lambda t: t[-1:] == (A,)),
    "choice": (d.Choice([A], [B]), lambda t: A in t or B in t),
    "exclusive choice": (d.ExclusiveChoice([A], [B]), lambda t: (A in t) is not (B in t)),
    "responded existence": (d.RespondedExistence([A], [B]), lambda t: A not in t or B in t),
    "co-existence": (d.CoExistence([A], [B]), lambda t: (A in t) is (B in t)),
    "not co-existence": (d.NotCoExistence([A], [B]), lambda t: not (A in t and B in t)),
    "response": (d.Response([A], [B]), lambda t: all(follows(t, place, B) for place in places(t, A))),
    "precedence": (d.Precedence([A], [B]), lambda t: all(A in t[:place] for place in places(t, B))),
    "succession": (
        d.Succession([A], [B]),
        lambda t: all(follows(t, place, B) for place in places(t, A)) and all(A in t[:place] for place in places(t, B)),
    ),
    "not succession": (d.NotSuccession([A], [B]), lambda t: not any(follows(t, place, B) for place in places(t, A))),
    "alternate response": (d.AlternateResponse([A], [B]), answered),
    "alternate precedence": (d.AlternatePrecedence([A], [B]), earned),
    "alternate succession": (d.AlternateSuccession([A], [B]), lambda t: answered(t) and earned(t)),
    "chain response": (d.ChainResponse([A], [B]), lambda t: all(next_is(t, place, B) for place in places(t, A))),
    "chain precedence": (
        d.ChainPrecedence([A], [B]),
        lambda t: all(place > 0 and t[place - 1] == A for place in places(t, B)),
    ),
    "chain succession": (
        d.ChainSuccession([A], [B]),
        lambda t: (
            all(next_is(t, place, B) for place in places(t, A))
            and all(place > 0 and t[place - 1] == A for place in places(t, B))
        ),
    ),
    "not chain succession": (
        d.NotChainSuccession([A], [B]),
        lambda t: not any(next_is(t, place, B) for place in places(t, A)),
    ),
}

DUTIES = [duty for duty, _ in MEANINGS.values()]


class TestTemplates:
    """A duty is broken exactly where its template, read by itself over the whole trace, does not hold."""

    def test_every_template_has_its_meaning_here(self) -> None:
        """No template is left out."""
        assert {type(duty) for duty, _ in MEANINGS.values()} == set(d.TEMPLATES.values())

    @pytest.mark.parametrize("template", MEANINGS)
    def test_alone(self, template: str) -> None:
        """Each template by itself, on every trace of three activities up to six long: 1 093 traces."""
        duty, holds = MEANINGS[template]
        asked = Conformance(any_order("a", "b", "c"), duties=[duty])
        wrong = [trace for trace in TRACES if bool(asked.broken(trace, ended=True)) is holds(trace)]
        assert not wrong

    def test_all_at_once(self) -> None:
        """All of them in one automaton: each trace breaks those that it breaks alone, and no others."""
        duties = [duty for duty, _ in MEANINGS.values()]
        asked = Conformance(any_order("a", "b", "c"), duties=duties)
        for trace in TRACES:
            broken = [demand.duty for demand in asked.broken(trace, ended=True)]
            assert broken == [duty for duty, holds in MEANINGS.values() if not holds(trace)], trace

    @pytest.mark.parametrize("template", MEANINGS)
    def test_lost_before_the_end(self, template: str) -> None:
        """While a trace goes on, a duty is broken exactly where nothing that could follow would mend it."""
        duty, holds = MEANINGS[template]
        asked = Conformance(any_order("a", "b", "c"), duties=[duty])
        for trace in TRACES:
            if len(trace) <= 3:
                mendable = any(holds((*trace, *more)) for more in TRACES if len(more) <= 3)
                assert bool(asked.broken(trace)) is not mendable, trace


class TestWays:
    """Whether a table could say what it says is found exactly where walking finds it."""

    def test_generated(self) -> None:
        """Of procedures that lead anywhere, and tables that show some of it: a walk fits, one altered fits where walking says so."""
        chance = random.Random(6)  # noqa: S311 -- it must be the same each time
        looked, found = 0, 0
        for _ in range(400):
            procedure = drawn(chance)
            every = [f"{stage}.{outcome}" for stage, targets in procedure.routes.items() for outcome in targets]
            observed = [row for row in every if chance.random() < 0.8]
            asked = Conformance(procedure, observed=observed)
            for _ in range(8):
                rows = [row for row in walked(procedure, chance) if row in observed]
                assert not asked.broken(rows)
                altered = self._altered(rows, observed, chance)
                is_broken = any(demand.sought is Sought.ORDER for demand in asked.broken(altered))
                assert is_broken is not fits(procedure, altered, observed), (procedure.routes, observed, altered)
                looked, found = looked + 1, found + is_broken
        assert found > looked / 5

    @staticmethod
    def _altered(rows: list[str], observed: list[str], chance: random.Random) -> list[str]:
        """One row dropped, moved or another."""
        altered = list(rows)
        if altered and (how := chance.randrange(3)) < 2:
            taken = altered.pop(chance.randrange(len(altered)))
            if how:
                altered.insert(chance.randrange(len(altered) + 1), taken)
        elif altered and observed:
            altered[chance.randrange(len(altered))] = chance.choice(observed)
        return altered

    @given(st.lists(st.sampled_from(["s.on", "t.on", "u.on", "x"]), max_size=6))
    def test_what_is_not_known_changes_nothing(self, rows: list[str]) -> None:
        """A trace with activities that mean nothing breaks what it breaks without them."""
        asked = Conformance(line("s", "t", "u", mandatory=["s.on", "t.on"]))
        assert asked.broken(rows) == asked.broken([row for row in rows if row != "x"])

    def test_a_mandatory_milestone(self) -> None:
        """A case that was carried out without a mandatory milestone is told so, one under way is not."""
        asked = Conformance(line("s", "t", "u", mandatory=["s.on", "t.on"]))
        assert [demand.milestone for demand in asked.broken(["s.on", "u.on"])] == [None, "t.on"]
        assert [demand.milestone for demand in asked.broken(["t.on"])] == [None]

    def test_stages_alone(self) -> None:
        """A table that shows stages alone cannot leave one out, nor come to it too early."""
        asked = Conformance(line("s", "t", "u"), names={"甲": "s", "乙": "t", "丙": "u"})
        assert not asked.broken(["甲", "乙", "丙"])
        assert not asked.broken(["甲", "甲", "乙", "乙", "丙"])
        for wrong in (["甲", "丙"], ["乙"], ["甲", "丙", "乙"], ["甲", "乙", "甲"]):
            assert asked.broken(wrong), wrong

    def test_the_opening(self) -> None:
        """The opening comes first, and once."""
        asked = Conformance(line("s", "t"), names={"立案": "open", "甲": "s.on"})
        assert not asked.broken(["立案", "甲"])
        assert asked.broken(["立案", "立案"])
        assert asked.broken(["甲", "立案"])

    def test_after_the_end(self) -> None:
        """Nothing follows an end."""
        asked = Conformance(line("s", "t"))
        assert not asked.broken(["s.on", "t.on"])
        assert asked.broken(["s.on", "t.on", "t.on"])

    def test_a_stage_that_is_called_like_an_action(self) -> None:
        """Its name is its own; the action is meant where it is named with its stage."""
        asked = Conformance(line("withdraw", "t"), names={"甲": "withdraw", "乙": "t", "丙": "t:withdraw"})
        assert not asked.broken(["甲", "乙"])
        assert asked.broken(["甲", "乙", "甲"])
        assert not asked.broken(["甲", "乙", "丙"])

    def test_withdrawal_must_be_shown(self) -> None:
        """That a matter was withdrawn is never supposed; where a row says so, it leads to its end."""
        asked = Conformance(line("s", "t"), names={"撤回": "withdraw", "甲": "s.on", "乙": "t.on"})
        assert not asked.broken(["撤回"])
        assert asked.broken(["撤回", "甲"])
        assert asked.broken(["甲", "甲"])


class TestAtTheEnd:
    """A duty that is asked for at some ends is judged where the case came to one of them."""

    def test_ends(self) -> None:
        """What is owed where it was carried out is not owed where it was withdrawn."""
        duty = d.Existence(["s:own_go"], least=2, ends=["done"])
        asked = Conformance(line("s", "t"), observed=["s:own_go", "s.on", "t.on", "s:withdraw"], duties=[duty])
        assert asked.broken(["s:own_go", "s.on", "t.on"])
        assert not asked.broken(["s:withdraw"])
        never = Conformance(line("s", "t"), duties=[d.Absence(["s.on"], ends=["done"])])
        assert not never.broken(["s.on"])
        assert not never.broken(["s.on", "t:withdraw"])
        assert never.broken(["s.on", "t.on"])

    def test_what_the_table_does_not_show_is_not_judged(self) -> None:
        """A duty about what no row could say is listed as unseen, and nothing is held against the table for it."""
        seen, unseen = d.Existence(["s.on"]), d.Existence(["s:own_go"])
        asked = Conformance(line("s", "t"), duties=[seen, unseen])
        assert [demand.duty for demand in asked.unseen] == [unseen]
        assert [demand.duty for demand in asked.demands[1:]] == [seen]
        assert asked.broken(["t.on"], ended=True)

    def test_immediately_needs_everything_between(self) -> None:
        """Whether a thing followed immediately is judged only where the table shows all that could have come between."""
        duty = d.ChainResponse(["s.on"], ["t.on"])
        procedure = line("s", "t", "u")
        assert not Conformance(procedure, duties=[duty]).unseen
        assert Conformance(procedure, observed=["s.on", "t.on"], duties=[duty]).unseen


class TestMemory:
    """It is made as far as traces need it, and forgets rather than grow without end."""

    def test_forgetting_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With room for three states, every trace breaks what it breaks with room for all."""
        asked = Conformance(any_order("a", "b", "c"), duties=DUTIES)
        expected = {trace: asked.broken(trace) for trace in TRACES[:200]}
        monkeypatch.setattr(module, "STATES", 3)
        small = Conformance(asked.procedure, duties=DUTIES)
        assert {trace: small.broken(trace) for trace in TRACES[:200]} == expected
        assert len(small._rows) <= 4

    def test_unknown_activities_are_not_kept(self) -> None:
        """A hostile log of ever new activities leaves nothing behind."""
        asked = Conformance(line("s", "t"))
        before = len(asked._start)
        asked.broken([f"x{number}" for number in range(1000)])
        assert len(asked._start) == before


class TestDoors:
    """What cannot be is refused, with what was expected."""

    def test_names(self) -> None:
        """Every name that means nothing is told at once."""
        with pytest.raises(InvalidValue) as refused:
            Conformance(line("s", "t"), names={"甲": "x", "乙": "s.off", "丙": "s.on"})
        assert len(refused.value.faults) == 2

    def test_duties(self) -> None:
        """So is every milestone of a duty that does not exist."""
        with pytest.raises(InvalidValue, match="no 'x:y'"):
            Conformance(line("s", "t"), duties=[d.Existence(["x:y"])])
        with pytest.raises(InvalidType):
            Conformance(line("s", "t"), duties=["x"])

    def test_activities(self) -> None:
        """Activities are words; one string is not taken letter by letter."""
        asked = Conformance(line("s", "t"))
        for wrong in ("s.on", [1], [["s.on"]], [None], 3):
            with pytest.raises(InvalidType):
                asked.broken(wrong)
