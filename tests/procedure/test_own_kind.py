"""A user's own kind of stage needs no change here: it only satisfies the protocol (design, part 5)."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from typing_extensions import get_protocol_members

from walks import Step, day, take
from yizheng import Case, Docket, Procedure, Refused, Text
from yizheng.canonical import canonical
from yizheng.case import read_entry
from yizheng.errors import InvalidType, InvalidValue, UnknownKind, YizhengError
from yizheng.procedure import Kinds
from yizheng.stages import Note, Stage, StageBase
from yizheng.store import MemoryStore, SQLiteStore

from .own import NEIGHBOURS, Agree, GiveUp, Mediation, Node, Offer, mediated, mediation, mediation_steps


class TestInProcedures:
    """It stands in a procedure beside the library's own."""

    def test_it_inherits_nothing(self) -> None:
        """The kind of this test shares no class with the library's kinds."""
        assert not issubclass(Mediation, StageBase)
        assert Mediation.__mro__ == (Mediation, object)

    def test_the_procedure_is_sound(self) -> None:
        """A procedure with it is checked, compiled and drawn as any other."""
        assert mediation().check() == ()
        assert set(mediation().table.places) >= {"mediate.apart", "mediate.talking", "carry_out.waiting", "settled"}
        assert "调解" in mediation().diagram("zh", phases=True)

    def test_it_is_read_back_from_data(self) -> None:
        """It comes back from plain data with the same digest, if its class is handed in."""
        data = mediation().to_data()
        again = Procedure.from_data(data, Kinds([Mediation]))
        assert again == mediation()
        assert again.digest == mediation().digest

    def test_it_is_not_known_unasked(self) -> None:
        """Without its class, its name is told and nothing is guessed."""
        with pytest.raises(UnknownKind, match="own_mediation") as raised:
            Procedure.from_data(mediation().to_data())
        assert (raised.value.kind, raised.value.version) == ("own_mediation", 1)

    @pytest.mark.parametrize("missing", sorted(get_protocol_members(Stage)))
    def test_what_lacks_a_part_of_the_protocol_is_no_stage(self, missing: str) -> None:
        """A class that lacks any part of the protocol is refused when the procedure is built, by the name of the part."""

        class Half:
            def __getattr__(self, name: str) -> Any:
                if name == missing:
                    raise AttributeError(name)
                return getattr(mediation().stages[0], name)

        with pytest.raises(InvalidType):
            attrs.evolve(mediation(), stages=[Half()])


class TestInCases:
    """Its acts are entered, refused, owed and replayed as any other's."""

    def test_a_whole_case(self) -> None:
        """A case goes through it to the end, and its replay is equal."""
        case = take(mediated(), mediation_steps())
        assert (case.outcome, case.version) == ("settled", 6)
        assert Case.replay(case.entries) == case
        assert pickle.loads(pickle.dumps(case)) == case

    def test_its_progress_is_its_own(self) -> None:
        """What its talks have come to is its own value, with exact figures."""
        case = take(mediated(), mediation_steps()[:2])
        assert case.phase == "talking"
        assert [str(amount) for amount in case.progress.offers] == ["1000/3", "500"]

    def test_it_refuses(self) -> None:
        """Its reasons are told as any other's, and the case is as it was."""
        case = take(mediated(), mediation_steps()[:1])
        with pytest.raises(Refused) as refusal:
            case.act(Agree(7), at=day(2), by="med-1")
        assert refusal.value.codes == {"UNKNOWN_ITEM"}
        with pytest.raises(Refused, match="TOO_EARLY"):
            case.act(GiveUp(Text("不成", "no")), at=day(2), by="med-1")

    def test_it_owes(self) -> None:
        """Its duties have its stage, the offices that may, and their end."""
        (duty,) = take(mediated(), mediation_steps()[:1]).due(day(30))
        assert (duty.action, duty.stage, duty.by, duty.overdue) == ("own_give_up", "mediate", {"mediator"}, True)

    def test_it_turns_back_within_itself(self) -> None:
        """A result that keeps the case in the stage leads to the phase that it names."""
        case = take(mediated(mediation(attempts=2)), mediation_steps()[:1])
        again = case.act(GiveUp(Text("再谈", "later")), at=day(9), by="med-1")
        assert (again.stage, again.phase) == ("mediate", "apart")
        assert Case.replay(again.entries) == again

    def test_its_roll_is_kept_apart(self) -> None:
        """A roll in one of its acts is a part of the record."""
        case = take(mediated(), mediation_steps()[:1])
        assert case.parts[NEIGHBOURS.digest] == NEIGHBOURS

    def test_its_private_values_are_withheld(self) -> None:
        """Its private field and its private actor are not in what the public is shown, without naming its class."""
        case = take(mediated(), mediation_steps())
        entries = case.redacted()
        shown = b"".join(entry.payload for entry in entries)
        assert "不低于八百元".encode() not in shown
        assert b"neighbour-201" not in shown
        assert entries[1].withheld == {"lowest", "by"}
        assert Case.replay(entries).digest == case.digest
        assert case.redacted(Kinds([Mediation])) == entries

    @pytest.mark.parametrize("lowest", [object(), 1.5, {1: 2}], ids=["object", "float", "key"])
    def test_what_cannot_be_kept_is_refused(self, lowest: Any) -> None:
        """A value of its own that a record cannot hold is refused when it is acted, and the case is as it was."""
        case = mediated()
        with pytest.raises(YizhengError):
            case.act(Offer(terms=Text("a", "b"), amount=1, lowest=lowest), at=day(1), by="x", salt=b"1" * 16)
        assert case == mediated()

    def test_its_entries_are_read_with_its_class_alone(self) -> None:
        """An entry of its kind is read if its class is handed in, and is UnknownKind otherwise."""
        case = take(mediated(), mediation_steps()[:1])
        entry = case.entries[1]
        stored = entry.payload, canonical(entry.private())
        known = read_entry(*stored, claimed=entry.digest, kinds=Kinds([Mediation]), parts=case.parts, number=2)
        assert known == entry
        with pytest.raises(UnknownKind, match="own_offer"):
            read_entry(*stored, claimed=entry.digest, kinds=Kinds(), parts=case.parts, number=2)


class TestInDockets:
    """It comes back from a store with kinds=(…)."""

    @pytest.mark.parametrize("where", ["memory", "file"])
    def test_a_whole_case(self, where: str, tmp_path: Path) -> None:
        """A case with it is kept, found and read back as it was."""
        store = MemoryStore() if where == "memory" else SQLiteStore(tmp_path / "own.db")
        with Docket(store, kinds=(Mediation,)) as docket:
            start = mediated()
            docket.open(start.matter, start.procedure, {}, {"mediator": {"med-1"}}, at=start.entries[0].at, by="med-1")
            for step in mediation_steps():
                case = docket.act("quarrel-1", step.action, at=step.at, by=step.by)
            assert docket.case("quarrel-1") == case
            assert (case.outcome, docket.find(outcome="settled")) == ("settled", ("quarrel-1",))

    def test_a_docket_that_does_not_know_it(self, tmp_path: Path) -> None:
        """A docket without its class says which kind it does not know, and leaves the record as it is."""
        path = tmp_path / "own.db"
        start = mediated()
        with Docket(SQLiteStore(path), kinds=(Mediation,)) as docket:
            docket.open(start.matter, start.procedure, {}, {"mediator": {"med-1"}}, at=start.entries[0].at, by="med-1")
        with Docket(SQLiteStore(path)) as docket, pytest.raises(UnknownKind, match="own_mediation"):
            docket.case("quarrel-1")
        with Docket(SQLiteStore(path), kinds=(Mediation,)) as docket:
            assert docket.case("quarrel-1").version == 1


class TestNames:
    """Lasting names are unique."""

    def test_a_name_of_the_library_is_taken(self) -> None:
        """A kind that takes the name of one of the library's is refused."""

        @attrs.frozen(kw_only=True)
        class Copy(Mediation):
            kind = "hearing"

        with pytest.raises(InvalidValue, match="two kinds of stages are called 'hearing'"):
            Kinds([Copy])

    def test_a_name_of_an_action_is_taken(self) -> None:
        """A kind whose action takes the name of another is refused."""

        @attrs.frozen
        class Sly(Note):
            pass

        @attrs.frozen(kw_only=True)
        class Copy(Mediation):
            kind = "own_copy"
            phases = {"apart": {Sly: "apart"}, "over": {}}  # noqa: RUF012 -- as the protocol has it

        with pytest.raises(InvalidValue, match="two kinds of actions are called 'note'"):
            Kinds([Copy])

    def test_the_same_class_twice_is_one(self) -> None:
        """A class that is handed in twice is one kind."""
        assert Kinds([Mediation, Mediation, Node]).stages["own_mediation"] is Mediation

    def test_another_version_is_another_kind(self) -> None:
        """A version that this release does not have is told as unknown."""
        with pytest.raises(UnknownKind) as raised:
            Kinds().action("note", 2)
        assert raised.value.version == 2


def test_an_offer_is_anybodys(tmp_path: Path) -> None:
    """An act that is somebody's own needs no office, in an own kind as in any other."""
    assert tmp_path.exists()
    case = mediated().act(Offer(terms=Text("a", "b"), amount=1), at=day(1), by="anybody", salt=b"1" * 16)
    assert case.entries[-1].effect.ref == "offer-1"
    assert take(mediated(), [Step(Offer(terms=Text("a", "b"), amount=1), day(1), "anybody")]).phase == "talking"
