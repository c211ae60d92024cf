"""A head that several persons hold: it casts nothing until they have named who votes (domain E15). Cases are invented."""

import copy
import pickle
from datetime import UTC, datetime

import numpy as np
import pytest

from naming import named as called
from yizheng import Citation, Member, Roll, Text
from yizheng.canonical import canonical
from yizheng.errors import InvalidValue, YizhengError
from yizheng.people import Service
from yizheng.rules import AGAINST, ENTITLED, FOR, SILENT, Choice, Silence

ROLL = Roll(
    "owners",
    [Member("a", weights={"area": 60}), Member("a+b", weights={"area": 40}, co_owners={"a", "b"})],
    electorate="owners",
)


class TestMember:
    """Co-owners are two or more, and their head has an id of its own."""

    def test_nobody_by_default(self):
        """A head is one person's unless it is said otherwise."""
        assert (Member("a").co_owners, ROLL.joint) == (frozenset(), {"a+b"})

    @pytest.mark.parametrize("bad", [{"b"}, {"a", "b"}, "ab", 5, [5], None], ids=called)
    def test_what_are_no_co_owners(self, bad):
        """One co-owner, a head among its own co-owners, and what is no set of ids are refused."""
        with pytest.raises(YizhengError):
            Member("a", co_owners=bad)

    def test_another_member(self):
        """A head that is held jointly is not the one that is not."""
        assert Member("x", co_owners={"a", "b"}) != Member("x")


class TestRoll:
    """A roll keeps co-owners, and leaves them out of its data where there are none."""

    def test_round_trip(self):
        """What is written is read as the same roll; copies are it."""
        assert Roll.from_data(ROLL.to_data()) == ROLL
        for other in (copy.copy(ROLL), copy.deepcopy(ROLL), pickle.loads(pickle.dumps(ROLL))):
            assert (other, other.digest, other.joint) == (ROLL, ROLL.digest, {"a+b"})

    def test_data(self):
        """Only what is held jointly says so, so that the digests of other rolls stay what they were."""
        expected = (
            '{"body":"owners","electorate":"owners","groups":[],"members":[{"groups":[],"id":"a","weights":{"area":"60"}},'
            '{"co_owners":["a","b"],"groups":[],"id":"a+b","weights":{"area":"40"}}],"on":null}'
        )
        assert canonical(ROLL.to_data()) == expected.encode()

    @pytest.mark.parametrize("bad", ["ab", ["a"], 5, [5]], ids=repr)
    def test_data_that_are_no_co_owners(self, bad):
        """Malformed data are refused by one kind of error."""
        data = ROLL.to_data()
        data["members"] = [{"id": "x", "groups": [], "weights": {}, "co_owners": bad}]
        with pytest.raises(InvalidValue):
            Roll.from_data(data)

    def test_ids_that_look_alike(self):
        """A co-owner whose id differs from a member's in its form alone is the same person, or a mistake."""
        with pytest.raises(InvalidValue, match="'a' and 'A'"):
            Roll("owners", [Member("a"), Member("x", co_owners={"A", "b"})])

    def test_cannot_be_changed(self):
        """Nobody is made a voter by setting an attribute."""
        with pytest.raises(AttributeError):
            ROLL.joint = frozenset()


class TestTally:
    """Co-owners name one voter and cast nothing until they do."""

    def test_unnamed(self):
        """A ballot for co-owners who have named nobody is refused, and says who they are."""
        with pytest.raises(InvalidValue, match=r"'a\+b' is held jointly by a, b"):
            ROLL.tally({"a": Choice.FOR, "a+b": Choice.FOR})

    def test_named(self):
        """Once named, the head counts once with all its area."""
        tally = ROLL.tally({"a": Choice.FOR, "a+b": Choice.AGAINST}, named={"a+b": "b"})
        assert [tally.get(amount) for amount in (ENTITLED, FOR, AGAINST)] == [2, 1, 1]
        assert tally.get(AGAINST.by("area")) == 40

    def test_without_a_ballot(self):
        """Without a ballot they are entitled and silent, named or not."""
        for named in (None, {}, {"a+b": "b"}):
            tally = ROLL.tally({"a": Choice.FOR}, named=named)
            assert [tally.get(amount) for amount in (ENTITLED, SILENT)] == [2, 1]

    @pytest.mark.parametrize("named", [{"a": "b"}, {"x": "a"}], ids=str)
    def test_named_for_what_is_not_held_jointly(self, named):
        """Nobody is named for a head that is one person's, or for none on the roll."""
        for roll in (ROLL, Roll("owners", [Member("a")])):
            with pytest.raises(InvalidValue, match="no head"):
                roll.tally({}, named=named)

    def test_a_stranger_is_named(self):
        """Who votes is one of the co-owners; a mandate of somebody else is checked in a stage, which says so."""
        with pytest.raises(
            InvalidValue, match=r"'z' is named to vote for 'a\+b' and is none of its co-owners \(a, b\)"
        ):
            ROLL.tally({"a+b": Choice.FOR}, named={"a+b": "z"})
        assert ROLL.tally({"a+b": Choice.FOR}, named={"a+b": "z"}, mandated={"a+b"}).get(FOR) == 1
        with pytest.raises(InvalidValue, match="none of its co-owners"):
            ROLL.tally({"a+b": Choice.FOR}, named={"a+b": "z"}, mandated={"a"})

    def test_a_stranger_is_named_for_arrays(self):
        """It is the same where marks come as an array."""
        with pytest.raises(InvalidValue, match="none of its co-owners"):
            ROLL.arrays().tally(np.array([0, 1], dtype=np.int8), named={"a+b": "z"})

    @pytest.mark.parametrize(("named", "deemed"), [(None, 0), ({}, 0), ({"a+b": "b"}, 1)], ids=str)
    def test_silence(self, named, deemed):
        """Served or not, co-owners who have named nobody are deemed nothing."""
        silence = Silence("for", basis=Citation(instrument="by-law (invented)", article="12"))
        at = datetime(2026, 3, 2, tzinfo=UTC)
        proof = Service(member="a+b", at=at, how="by_hand", warning=Text("警示", "warning"), evidence="receipt 1")
        tally = ROLL.tally({"a": "against"}, silence=silence, served=[proof], named=named)
        assert [tally.get(amount) for amount in (FOR, AGAINST, SILENT)] == [deemed, 1, 1 - deemed]
        assert tally.get(FOR.by("area")) == 40 * deemed

    @pytest.mark.parametrize("named", ["a+b", ["a+b"], {"a+b": ""}, {"a+b": None}, {"a+b": ["a", "b"]}], ids=str)
    def test_what_names_nobody(self, named):
        """A head has one voter, by name."""
        with pytest.raises(YizhengError):
            ROLL.tally({}, named=named)

    def test_every_fault_is_told(self):
        """What is wrong with the ballots and with the naming is told at once."""
        with pytest.raises(InvalidValue) as no:
            ROLL.tally({"z": Choice.FOR, "a+b": Choice.FOR}, named={"a": "b"})
        assert len(no.value.faults) == 3
