"""A definition is frozen data: it goes out as plain data, comes back the same, and is drawn from its machine."""

from __future__ import annotations

import copy
import json
import pickle
import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Procedure, catalogue
from yizheng.canonical import canonical, digest
from yizheng.errors import InvalidValue, UnknownKind, YizhengError
from yizheng.procedure import Body, End, Kinds, Office, actions_of
from yizheng.stages import Action, AskedBy, FactIs, Hearing, OrderCorrection, Withdraw

from .own import Mediation, Node, graph, mediation

COURTYARD, ALLOWANCE = catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE
KINDS = Kinds([Mediation, Node])
PROCEDURES = {
    "courtyard": COURTYARD,
    "allowance": ALLOWANCE,
    "own": mediation(),
    "graph": graph({"a": {"on": "b"}, "b": {"on": "end"}}, {"end": True}),
}
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)


class TestData:
    """A definition round-trips through plain data."""

    @EACH
    def test_through_json(self, procedure: Procedure) -> None:
        """Written as JSON and read back it is equal, with the same digest, and goes on to the same table."""
        again = Procedure.from_data(json.loads(json.dumps(procedure.to_data())), KINDS)
        assert again == procedure
        assert hash(again) == hash(procedure)
        assert again.digest == procedure.digest
        assert again.table.places.keys() == procedure.table.places.keys()
        assert again.check() == procedure.check()

    @EACH
    def test_its_digest_is_that_of_its_data(self, procedure: Procedure) -> None:
        """The digest is SHA-256 over the canonical bytes of the plain data."""
        assert procedure.digest == digest(canonical(procedure.to_data()))

    @EACH
    def test_the_order_of_keys_does_not_matter(self, procedure: Procedure) -> None:
        """Plain data with its keys in another order are the same definition."""

        def turned(data: Any) -> Any:
            if isinstance(data, dict):
                return {key: turned(data[key]) for key in reversed(data)}
            return [turned(each) for each in data] if isinstance(data, list) else data

        assert Procedure.from_data(turned(procedure.to_data()), KINDS).digest == procedure.digest

    @EACH
    def test_copies_and_pickles(self, procedure: Procedure) -> None:
        """Copied or pickled, it is equal and has the same digest."""
        for again in (copy.copy(procedure), copy.deepcopy(procedure), pickle.loads(pickle.dumps(procedure))):
            assert again == procedure
            assert again.digest == procedure.digest

    def test_another_edition_has_another_digest(self) -> None:
        """Whatever is changed in it, a definition is another one, with another digest."""
        for change in (
            {"edition": "2"},
            {"title": "别的"},
            {"zone": "Asia/Urumqi"},
            {"mandatory": COURTYARD.mandatory[:-1]},
            {"ends": [*COURTYARD.ends[:-1], attrs.evolve(COURTYARD.ends[-1], title="别的")]},
            {"stages": [attrs.evolve(COURTYARD.stages[0], baseline=False), *COURTYARD.stages[1:]]},
        ):
            other = attrs.evolve(COURTYARD, **change)
            assert other != COURTYARD
            assert other.digest != COURTYARD.digest

    def test_the_order_of_what_has_no_order_does_not_matter(self) -> None:
        """Offices, channels and the like are sets: their order is not part of the digest."""
        solicit = COURTYARD.stages[0]
        turned = attrs.evolve(solicit, channels=sorted(solicit.channels, reverse=True))
        assert attrs.evolve(COURTYARD, stages=[turned, *COURTYARD.stages[1:]]).digest == COURTYARD.digest

    def test_triggers_are_told_apart(self) -> None:
        """The two kinds of triggers of a hearing come back as what they were."""
        hearing = next(stage for stage in ALLOWANCE.stages if isinstance(stage, Hearing))
        again = Procedure.from_data(ALLOWANCE.to_data()).stage(hearing.id)
        assert isinstance(again, Hearing)
        assert [type(trigger) for trigger in again.triggers] == [FactIs, AskedBy]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data, as a path."""
    found = [path]
    if isinstance(data, dict):
        found += [place for key, value in data.items() for place in places(value, (*path, key))]
    elif isinstance(data, list):
        found += [place for index, value in enumerate(data) for place in places(value, (*path, index))]
    return found


PLACES = places(ALLOWANCE.to_data())
JUNK = st.sampled_from(
    [None, True, 5, -1, 1.5, "", "x", "\ud800", "x" * 70_000, [], {}, [[]], {"": 1}, {"is": "nothing"}, [None], 2**70]
)


class TestActionsOf:
    """``actions_of`` names what some office must be able to do, and nothing else."""

    @EACH
    def test_one_office_for_all_of_it(self, procedure: Procedure) -> None:
        """An office that may do all of it is enough for a definition that was sound."""
        alone = attrs.evolve(procedure, offices=[Office("clerk", "经办", may=actions_of(procedure.stages))])
        assert not {each.code for each in alone.check()} & {"NOBODY_MAY", "UNKNOWN_ACTION"}

    @EACH
    def test_none_of_it_is_too_much(self, procedure: Procedure) -> None:
        """Without any one that is nobody's own, ``check`` says that nobody may do it."""
        kinds = procedure.actions()
        for left_out in actions_of(procedure.stages) - {"open"}:
            may = actions_of(procedure.stages) - {left_out}
            codes = {each.code for each in attrs.evolve(procedure, offices=[Office("clerk", "经办", may=may)]).check()}
            own = kinds[left_out].is_own is not Action.is_own
            assert ("NOBODY_MAY" in codes) is not own, left_out

    def test_what_is_left_out(self) -> None:
        """A ballot of one's own, and what a procedure need give to nobody."""
        there = {kind.kind for stage in COURTYARD.stages for each in stage.phases.values() for kind in each}
        assert there - actions_of(COURTYARD.stages) == {"cast_ballot", "spend", "record_service"}


class TestMalformedData:
    """What is not the data of a definition is refused with an error of ours, with a path."""

    @given(st.sampled_from(PLACES), JUNK)
    def test_junk_anywhere(self, place: tuple[Any, ...], junk: Any) -> None:
        """Junk in any place of the data is an error of ours, or a definition that goes out and comes back the same."""
        data = ALLOWANCE.to_data()
        if not place:
            data = junk
        else:
            owner: Any = data
            for key in place[:-1]:
                owner = owner[key]
            owner[place[-1]] = junk
        try:
            read = Procedure.from_data(data)
            read.check()
        except YizhengError:
            return
        assert Procedure.from_data(json.loads(canonical(read.to_data()))) == read

    @given(st.sampled_from([place for place in PLACES if place]))
    def test_anything_missing(self, place: tuple[Any, ...]) -> None:
        """Whatever is left out, the result is an error of ours or a definition."""
        data: Any = ALLOWANCE.to_data()
        owner = data
        for key in place[:-1]:
            owner = owner[key]
        del owner[place[-1]]
        try:
            Procedure.from_data(data).check()
        except YizhengError:
            return

    @pytest.mark.parametrize("data", [None, 5, "x", [], [1], {}, {"stages": 5}, {"stages": [5]}, {"stages": [{}]}])
    def test_what_is_no_definition(self, data: Any) -> None:
        """What is no mapping, or lacks its stages, is refused."""
        with pytest.raises(InvalidValue):
            Procedure.from_data(data)

    def test_an_unknown_field_is_named(self) -> None:
        """A field that does not exist is named with its path, in the procedure, a stage and a citation."""
        for path, words in (((), "procedure"), (("stages", 0), r"stages\[0\]"), (("sources", 0), r"sources\[0\]")):
            data: Any = ALLOWANCE.to_data()
            owner = data
            for key in path:
                owner = owner[key]
            owner["colour"] = "red"
            with pytest.raises(InvalidValue, match=words):
                Procedure.from_data(data)

    def test_an_unknown_kind_of_stage(self) -> None:
        """A kind of stage that is not known is UnknownKind with its name, and what is no name is refused."""
        data: Any = ALLOWANCE.to_data()
        data["stages"][0]["kind"] = "seance"
        with pytest.raises(UnknownKind, match="seance"):
            Procedure.from_data(data)
        data["stages"][0]["kind"] = 5
        with pytest.raises(InvalidValue, match=r"stages\[0\]"):
            Procedure.from_data(data)

    @pytest.mark.parametrize("trigger", [{}, {"is": "guess"}, "contested", {"is": "asked_by"}, {"is": ["fact_is"]}])
    def test_an_unknown_trigger(self, trigger: Any) -> None:
        """A trigger of a hearing says which of the two it is."""
        data: Any = ALLOWANCE.to_data()
        hearing = next(stage for stage in data["stages"] if stage["kind"] == "hearing")
        hearing["triggers"][0] = trigger
        with pytest.raises(InvalidValue, match="triggers"):
            Procedure.from_data(data)


def withdrawable(procedure: Procedure) -> set[str]:
    """The states from which a matter can be withdrawn."""
    return {state for state, place in procedure.table.places.items() if Withdraw.kind in place.leads}


class TestDiagrams:
    """A procedure is drawn from its machine, as Mermaid text."""

    @EACH
    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("phases", [False, True])
    def test_every_stage_and_outcome_is_drawn(self, procedure: Procedure, language: Any, phases: bool) -> None:  # noqa: FBT001
        """Every stage and end by its title, every route of every outcome, and every withdrawal."""
        drawn = procedure.diagram(language, phases=phases)
        assert drawn.startswith("stateDiagram-v2\n")
        for each in (*procedure.stages, *procedure.ends):
            assert f'state "{each.title.say(language)}" as {each.id}\n' in drawn
        for stage, routes in procedure.routes.items():
            drawn_here = re.findall(rf"^    {stage} --> (\w+): (.+)$", drawn, re.MULTILINE)
            besides = [kind.title.say(language) for kind in (Withdraw, OrderCorrection)]
            arrows = [arrow for arrow in drawn_here if arrow[1] not in besides]
            withdrawn = {f"{stage}.{phase}" for phase in procedure.stage(stage).phases} & withdrawable(procedure)
            assert (len(drawn_here) - len(arrows)) == bool(withdrawn) + (stage in procedure.corrections)
            assert sorted(target for target, _ in arrows) == sorted(routes.values())
            if language == "en":
                assert {(outcome, target) for target, outcome in arrows} == set(routes.items())
        assert f"[*] --> {procedure.stages[0].id}\n" in drawn
        for end in procedure.ends:
            assert f"    {end.id} --> [*]\n" in drawn

    @EACH
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_every_action_is_drawn_with_the_phases(self, procedure: Procedure, language: Any) -> None:
        """With the phases, every action that has a place in a stage is drawn within it, in the words of the language."""
        drawn = procedure.diagram(language, phases=True)
        for stage in procedure.stages:
            inside = drawn.partition(f"    state {stage.id} {{\n")[2].partition("    }\n")[0]
            for phase, following in stage.phases.items():
                for action, to in following.items():
                    arrow = f"{stage.id}_{phase} --> {stage.id}_{to}: {action.title.say(language)}"
                    assert (arrow in inside) == procedure.takes(stage, action)

    def test_the_library_s_outcomes_have_chinese_words(self) -> None:
        """No outcome of the catalogue is drawn in English in the Chinese diagram."""
        for procedure in (COURTYARD, ALLOWANCE):
            words = re.findall(r"--> \w+: (.+)$", procedure.diagram("zh"), re.MULTILINE)
            assert not [word for word in words if word.isascii()]

    def test_ids_that_look_alike_when_drawn(self) -> None:
        """Two stages whose ids differ only in a sign that a diagram cannot show are still two."""
        procedure = graph({"a-b": {"on": "a b"}, "a b": {"on": "a_b"}, "a_b": {"on": "end"}}, {"end": True})
        drawn = procedure.diagram("en")
        names = re.findall(r'state "[^"]*" as (\S+)', drawn)
        assert len(names) == len(set(names)) == 4

    def test_titles_cannot_break_out(self) -> None:
        """Quotes and line feeds in a title do not end it."""
        procedure = graph({"a": {"on": "end"}}, {"end": True})
        named = attrs.evolve(procedure, ends=[End("end", 'x" as y\n    y --> z')], bodies=[Body("b", "b")])
        drawn = named.diagram("en")
        assert "    y --> z" not in drawn.splitlines()

    def test_a_language_that_is_not_known(self) -> None:
        """Another language is refused."""
        with pytest.raises(ValueError, match="fr"):
            COURTYARD.diagram("fr")  # type: ignore[arg-type]
