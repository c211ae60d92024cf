"""No back door (row R7): nothing moves a case but an act that is entered in its record."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import msgspec
import pytest

import yizheng.case
from walks import START, Step, at_stage, courtyard, courtyard_steps, day, solicited, take
from yizheng import Case, Refused
from yizheng.canonical import canonical
from yizheng.case import Entry, Open
from yizheng.errors import YizhengError
from yizheng.procedure import Kinds
from yizheng.stages import CloseSolicitation, CloseVote, Note

CASE = take(courtyard(), [*solicited(), Step(Note("x"), day(7))])
STATE = (CASE.state, CASE.version, CASE.digest, CASE.dossier, CASE.progress, dict(CASE.parts), CASE.offices)

PROPERTIES = sorted(name for name, kept in vars(Case).items() if isinstance(kept, property))
SLOTS = sorted(Case.__slots__)


def unmoved(case: Case = CASE) -> bool:
    """Whether the case is as it was, by its own word and by its record's."""
    replayed = Case.replay(case.entries)
    now = (case.state, case.version, case.digest, case.dossier, case.progress, dict(case.parts), case.offices)
    return (
        now == STATE
        and replayed == case
        and (replayed.state, replayed.dossier, replayed.progress) == (case.state, case.dossier, case.progress)
    )


class TestPublicNames:
    """No public name of the class or of its room moves a case."""

    def test_the_names_are_known(self) -> None:
        """Everything public on a case is listed here, so that a new name is looked at before it is let in."""
        public = {name for name in dir(Case) if not name.startswith("_")}
        making = {"open", "open_batch", "replay", "read", "act", "fill_places"}
        reading = {"options", "due", "duties", "entry_of", "going_on_from", "owed", "redacted", *PROPERTIES}
        assert public == making | reading

    def test_reading_moves_nothing(self) -> None:
        """Every property and every method that reads leaves the case as it is."""
        for name in PROPERTIES:
            getattr(CASE, name)
        CASE.options()
        CASE.due(day(9))
        CASE.duties()
        CASE.owed()
        CASE.entry_of("none")
        CASE.redacted()
        assert unmoved()

    def test_only_acts_and_replay_give_a_case(self) -> None:
        """Of the methods that others may call, only these give a case, and each of them with its record; how places are filled, the batches' tests show."""
        assert CASE.act(Note("x"), at=day(8), by="sec-1").version == CASE.version + 1
        assert Case.replay(CASE.entries) == CASE
        stored = [(entry.payload, canonical(entry.private()), entry.digest) for entry in CASE.entries]
        assert Case.read(stored, kinds=Kinds(), parts=CASE.parts) == CASE
        assert courtyard().version == 1
        assert unmoved()

    def test_the_room_lists_no_other_way(self) -> None:
        """The room's public names hold no function that takes a case."""
        functions = {name for name in yizheng.case.__all__ if inspect.isfunction(getattr(yizheng.case, name))}
        assert functions == {"first_dossier", "read_entry"}  # neither takes a case


class TestAttributes:
    """No attribute of a case can be set, deleted or added."""

    @pytest.mark.parametrize("name", [*PROPERTIES, *SLOTS, "phase_", "__class__", "__dict__"])
    def test_none_can_be_set(self, name: str) -> None:
        """Setting any attribute is an AttributeError, and the case is as it was."""
        with pytest.raises(AttributeError):
            setattr(CASE, name, "implement")
        assert unmoved()

    @pytest.mark.parametrize("name", [*PROPERTIES, *SLOTS, "nothing"])
    def test_none_can_be_deleted(self, name: str) -> None:
        """Deleting any attribute is an AttributeError, and the case is as it was."""
        with pytest.raises(AttributeError):
            delattr(CASE, name)
        assert unmoved()

    def test_there_is_no_dictionary(self) -> None:
        """A case has no dictionary that could be written past its attributes."""
        assert not hasattr(CASE, "__dict__")
        with pytest.raises(TypeError):
            vars(CASE)


class TestCopies:
    """A copy of a case is the same case, and its pickle is its record."""

    def test_copy(self) -> None:
        """Copy and deepcopy give the case itself: a value needs no copy."""
        assert copy.copy(CASE) is CASE
        assert copy.deepcopy(CASE) is CASE
        assert copy.deepcopy([CASE])[0] is CASE

    def test_replace(self) -> None:
        """A case is no attrs class and offers no replacement of its parts."""
        with pytest.raises(attrs.exceptions.NotAnAttrsClassError):
            attrs.evolve(CASE, state="implement")  # type: ignore[misc]
        assert not hasattr(CASE, "__replace__")
        if hasattr(copy, "replace"):
            with pytest.raises(TypeError):
                copy.replace(CASE, state="implement")
        assert unmoved()

    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_pickle(self, protocol: int) -> None:
        """What is unpickled is replayed from its record, so that it is the case, or an error."""
        again = pickle.loads(pickle.dumps(CASE, protocol))
        assert again == CASE
        assert (again.state, again.progress, again.dossier) == (CASE.state, CASE.progress, CASE.dossier)

    def test_every_state_is_pickled(self) -> None:
        """A case is pickled and comes back in every state on its way."""
        case = courtyard()
        for step in courtyard_steps():
            case = case.act(step.action, at=step.at, by=step.by)
            assert pickle.loads(pickle.dumps(case)) == case

    def test_a_pickle_of_a_tampered_record(self) -> None:
        """A pickle whose record was tampered with is not a case."""
        make, (entries,) = CASE.__reduce__()
        with pytest.raises(YizhengError):
            make((*entries[:-2], entries[-1]))


class TestMaking:
    """A case is made by its opening or its record alone."""

    def test_no_subclass(self) -> None:
        """A case has no subclasses, by the statement, by type(), or with a metaclass."""
        with pytest.raises(TypeError):

            class Mine(Case):
                pass

        with pytest.raises(TypeError):
            type("Mine", (Case,), {})

    @pytest.mark.parametrize("arguments", [(), (CASE,), (CASE.entries,)])
    def test_no_call(self, arguments: tuple[Any, ...]) -> None:
        """Calling the class makes no case, and an existing one cannot be made anew."""
        with pytest.raises(TypeError):
            Case(*arguments)
        with pytest.raises(TypeError):
            CASE.__init__(*arguments)  # type: ignore[misc]
        assert unmoved()

    def test_an_empty_shell_is_no_case(self) -> None:
        """An object made past the constructor has no record: nothing can be read from it or done with it."""
        shell = object.__new__(Case)
        for use in (
            lambda: shell.state,
            lambda: shell.entries,
            lambda: shell.act(Note("x"), at=day(0), by="sec-1"),
            lambda: shell == CASE,
            lambda: Case.replay(shell.entries),
        ):
            with pytest.raises(AttributeError):
                use()


CHANGES: tuple[Callable[[], object], ...] = (
    lambda: CASE.matter.facts.update(budget="0"),
    lambda: CASE.matter.facts.__setitem__("budget", "0"),
    lambda: CASE.matter.private.clear(),  # noqa: PLW0108 -- looked up when it runs
    lambda: CASE.offices.update(secretary=frozenset({"thief"})),
    lambda: CASE.offices.pop("secretary"),
    lambda: CASE.offices.setdefault("county", frozenset({"thief"})),
    lambda: CASE.offices.popitem(),  # noqa: PLW0108 -- looked up when it runs
    lambda: CASE.offices.__delitem__("chair"),
    lambda: CASE.offices.__ior__({"secretary": frozenset({"thief"})}),
    lambda: CASE.offices["secretary"].add("thief"),  # type: ignore[attr-defined]
    lambda: CASE.dossier.rolls.clear(),  # noqa: PLW0108 -- looked up when it runs
    lambda: CASE.dossier.rolls["owners"].members.append(None),  # type: ignore[attr-defined]
    lambda: setattr(CASE.dossier, "budget", 10**9),
    lambda: setattr(CASE.dossier.rolls["owners"], "members", ()),
    lambda: delattr(CASE.dossier.rolls["owners"], "members"),
    lambda: setattr(CASE.matter, "id", "other"),
    lambda: setattr(CASE.progress, "calls", 9),
    lambda: setattr(CASE.entries[0], "by", "thief"),
    lambda: setattr(CASE.entries[-1].action, "text", "other"),
    lambda: setattr(CASE.entries[-1].effect, "outcome", "completed"),
    lambda: CASE.entries[0].seals.clear(),  # noqa: PLW0108 -- looked up when it runs
    lambda: CASE.entries.append(None),  # type: ignore[attr-defined]
    lambda: CASE.entries.__setitem__(0, None),  # type: ignore[attr-defined]
    lambda: CASE.entries.__delitem__(0),  # type: ignore[attr-defined]
    lambda: CASE.parts.clear(),  # noqa: PLW0108 -- looked up when it runs
    lambda: CASE.parts.__setitem__("x", None),  # type: ignore[index]
    lambda: CASE.options().append(CloseVote),  # type: ignore[attr-defined]
    lambda: setattr(CASE.procedure, "routes", {}),
    lambda: setattr(CASE.procedure.stages[0], "baseline", False),
    lambda: CASE.procedure.routes.update(solicit={"completed": "carried_out"}),
    lambda: CASE.procedure.routes["solicit"].update(completed="carried_out"),
    lambda: CASE.procedure.table.places.update(x=1),  # type: ignore[attr-defined]
    lambda: CASE.procedure.table.places["solicit.open"].may.clear(),  # noqa: PLW0108 -- looked up when it runs
    lambda: CASE.procedure.table.places["solicit.open"].leads.update(note="carried_out"),  # type: ignore[attr-defined]
    lambda: setattr(CASE.procedure.table.places["solicit.open"], "leads", {}),
    lambda: setattr(CASE.procedure, "table", None),
)


class TestWhatPropertiesReturn:
    """What a case shows of itself cannot be changed, or is not the case's own."""

    @pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
    def test_it_cannot_be_changed(self, change: Callable[[], object]) -> None:
        """Every attempt to change what a property returned fails, and the case is as it was."""
        with pytest.raises((TypeError, AttributeError)):
            change()
        assert unmoved()

    def test_what_is_given_is_taken_as_it_was(self) -> None:
        """Changing the mappings and sets that were handed in afterwards changes nothing."""
        facts: dict[str, Any] = {"budget": "1", "streets": ["a"]}
        offices = {"secretary": {"sec-1"}}
        rolls = dict(CASE.dossier.rolls)
        matter = attrs.evolve(CASE.matter, facts=facts)
        case = Case.open(matter, CASE.procedure, rolls, offices, at=START, by="sec-1")
        before = case.digest
        facts["budget"] = "9"
        facts["streets"].append("b")
        offices["secretary"].add("thief")
        rolls.clear()
        assert (case.matter.facts, case.digest) == ({"budget": "1", "streets": ("a",)}, before)
        assert case.offices == {"secretary": {"sec-1"}}
        assert case.dossier.rolls.keys() == CASE.dossier.rolls.keys()
        with pytest.raises(Refused):
            case.act(Note("x"), at=day(0), by="thief")

    def test_a_machine_is_not_the_cases_own(self) -> None:
        """Whatever is done with a machine of the procedure, or added to it, a case steps as before."""

        class Mine:
            state: str
            jump: Callable[[], bool]

        mine = Mine()
        machine = CASE.procedure.machine(mine)
        machine.add_transition("jump", "*", "carried_out")
        mine.jump()
        assert mine.state == "carried_out"
        machine.set_state("solicit.waiting")
        assert "jump" not in CASE.procedure.table.places["solicit.open"].leads
        assert unmoved()

    def test_entries_evolved_elsewhere_are_not_the_cases(self) -> None:
        """An entry that was evolved is another one; the case keeps its own, and replay takes no other."""
        other = msgspec.structs.replace(CASE.entries[-1], by="thief")
        assert CASE.entries[-1].by == "sec-1"
        with pytest.raises(YizhengError):
            Case.replay([*CASE.entries[:-1], other])


class TestSlyActions:
    """An action that is not what it says moves nothing."""

    def test_a_subclass_is_another_kind(self) -> None:
        """A subclass of an action is not that action, and is refused."""

        @attrs.frozen
        class Close(CloseSolicitation):
            pass

        case = at_stage("solicit", "open")
        with pytest.raises(Refused, match="NOT_NOW"):
            case.act(Close(summary="x"), at=day(7), by="sec-1")

    def test_a_record_with_a_subclass_is_no_record(self) -> None:
        """An entry whose action was exchanged for one of a subclass is not replayed."""

        @attrs.frozen
        class Sly(Note):
            pass

        entry = CASE.entries[-1]
        assert isinstance(entry.action, Note)
        with pytest.raises(YizhengError):
            Case.replay([*CASE.entries[:-1], msgspec.structs.replace(entry, action=Sly(entry.action.text))])

    def test_the_opening_is_made_once(self) -> None:
        """A second opening, by whoever may open, is no act."""
        opening = CASE.entries[0].action
        assert isinstance(opening, Open)
        with pytest.raises(Refused, match="NOT_NOW"):
            CASE.act(opening, at=day(8), by="sec-1")

    def test_an_entry_is_no_action(self) -> None:
        """What was entered once cannot be put to the case as an entry."""
        entry: Entry = CASE.entries[-1]
        with pytest.raises(TypeError):
            CASE.act(entry, at=day(8), by="sec-1")  # type: ignore[arg-type]
