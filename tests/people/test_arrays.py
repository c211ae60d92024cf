"""Counting arrays: exact where floats would not be, and what does not fit is refused, every fault at once."""

from __future__ import annotations

import sys
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Member, Roll
from yizheng.errors import InvalidType, InvalidValue
from yizheng.people import CODES, RollArrays, blocks, tally_arrays
from yizheng.people.counting import Places
from yizheng.rules import ABSENT, ABSTAINING, AGAINST, ENTITLED, FOR, INVALID, PRESENT, SILENT, Choice, Tally

MARKS = np.array([1, 1, 2, 0, 3, 4], dtype=np.int8)
AREA = np.array([8960, 7500, 12075, 8960, 1, 0])
AMOUNTS = (SILENT, FOR, AGAINST, ABSTAINING, INVALID)


class TestTheCount:
    """Each code is counted as the mark that it stands for, by heads and by every measure."""

    def test_heads_and_area(self):
        """Weights are whole numbers of a smallest unit, and figures are in the unit itself."""
        tally = tally_arrays(
            MARKS, weights={"area": AREA}, scale={"area": 100}, electorate="owners", issued=6, returned=5
        )
        assert [tally.number(amount) for amount in AMOUNTS] == [1, 2, 1, 1, 1]
        area = [tally.number(amount.by("area")) for amount in AMOUNTS]
        assert area == [Fraction("89.60"), Fraction("164.60"), Fraction("120.75"), Fraction("0.01"), 0]
        assert (tally.electorate, tally.issued, tally.returned, tally.presence) == ("owners", 6, 5, False)

    def test_heads_alone(self):
        """Where only heads count, no weights are needed."""
        assert tally_arrays(MARKS) == Tally.of(
            for_=2, against=1, abstaining=1, invalid=1, silent=1, recused=0, entitled=6, presence=False
        )

    def test_a_meeting(self):
        """At a meeting there are those absent, and those present who said nothing."""
        tally = tally_arrays(np.array([0, 1, 5, 6], dtype=np.uint8), presence=True)
        assert [tally.number(amount) for amount in (PRESENT, ABSENT, ENTITLED)] == [2, 1, 3]

    def test_absent_in_writing(self):
        """In writing nobody is absent: such a code is refused, not counted as something else."""
        with pytest.raises(InvalidValue, match="absent is given"):
            tally_arrays(np.array([1, 5], dtype=np.int8))

    def test_groups(self):
        """A group is told by truth values or by places; one without members is counted too."""
        truth = np.array([True, False, True, False, False, False])
        nobody = np.array([], dtype=np.int64)
        one = tally_arrays(MARKS, weights={"area": AREA}, groups={"east": truth, "none": nobody})
        other = tally_arrays(MARKS, weights={"area": AREA}, groups={"east": np.array([0, 2]), "none": truth & ~truth})
        assert one == other
        assert one.number(FOR.by("area").among("east")) == 8960
        assert one.number(ENTITLED.among("none")) == 0

    def test_own_codes(self):
        """Codes are what the host has; several may stand for one mark."""
        codes = {-1: Choice.AGAINST, 1: "for", 0: "silent", 7: "abstain", 8: "invalid", 9: Choice.INVALID}
        tally = tally_arrays(np.array([-1, 1, 1, 0, 7, 8, 9], dtype=np.int8), codes=codes)
        assert [tally.number(amount) for amount in AMOUNTS] == [1, 2, 1, 1, 2]

    def test_codes_left_out(self):
        """Nought is silence, so that an array of noughts is a vote in which nobody voted."""
        assert CODES[0] == "silent"
        assert tally_arrays(np.zeros(5, dtype=np.int8)).number(SILENT) == 5

    @pytest.mark.parametrize("dtype", ["i1", "u1", "i4", "u4", "i8", "u8", ">i8", object])
    def test_every_dtype_of_whole_numbers(self, dtype):
        """Weights may be of any dtype of whole numbers, in any order of bytes."""
        area = np.array([3, 100, 0, 1, 2, 5]).astype(dtype)
        assert tally_arrays(MARKS, weights={"area": area}).number(FOR.by("area")) == 103

    def test_views_and_read_only(self):
        """Slices and read-only arrays are counted, and nothing is written to them."""
        marks, area = np.repeat(MARKS, 2)[::2], np.repeat(AREA, 2)[::2]
        marks.flags.writeable = area.flags.writeable = False
        assert tally_arrays(marks, weights={"area": area}) == tally_arrays(MARKS, weights={"area": AREA})


class TestExact:
    """Sums are exact where a sum of floats, or of machine words, would not be."""

    @pytest.mark.parametrize("dtype", [np.int64, np.uint64, object])
    @pytest.mark.parametrize("edge", [2**20, 2**32, 2**37, 2**51, 2**52, 2**53, 2**62, 10**18, 2**63 - 3])
    def test_edges(self, edge, dtype):
        """At every edge of what a float or a word holds, the sum is the true one."""
        numbers = [edge + (n * 7919) % 3 for n in range(1_000)]
        marks = np.array([n % 3 for n in range(1_000)], dtype=np.int8)
        tally = tally_arrays(marks, weights={"area": np.array(numbers, dtype=dtype)})
        for code, amount in enumerate((SILENT, FOR, AGAINST)):
            assert tally.number(amount.by("area")) == sum(numbers[code::3])

    def test_floats_would_not_be(self):
        """The numbers of that test are such that floats and words go wrong."""
        numbers = np.array([10**18 + (n * 7919) % 3 for n in range(1_000)])
        assert int(numbers.astype(float).sum()) != sum(numbers.tolist()) != int(numbers.sum())

    def test_beyond_words(self):
        """Objects may be of any size that a figure may have."""
        area = np.array([10**30 + 1, 10**30, 5, 0, 0, 0], dtype=object)
        assert tally_arrays(MARKS, weights={"area": area}).number(FOR.by("area")) == 2 * 10**30 + 1

    @given(
        st.lists(
            st.tuples(st.integers(0, 6), st.integers(0, 2**63 - 1) | st.integers(0, 2**53)), min_size=1, max_size=60
        ),
        st.integers(1, 20),
    )
    def test_blocks(self, voters, block):
        """Cutting into blocks changes nothing."""
        marks = np.array([mark for mark, _ in voters], dtype=np.int8)
        numbers = [weight for _, weight in voters]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "BLOCK", block)
            tally = tally_arrays(marks, weights={"area": np.array(numbers)}, presence=True)
        for code, figure in CODES.items():
            true = sum(weight for mark, weight in voters if mark == code)
            assert tally.measures["area"][figure.value] == true

    def test_many_blocks(self):
        """The last block may be a short one."""
        size = 2 * blocks.BLOCK + 17
        marks = (np.arange(size) % 3).astype(np.int8)
        area = np.arange(size) * 10**9
        tally = tally_arrays(marks, weights={"area": area}, groups={"odd": np.arange(1, size, 2)})
        assert tally.number(FOR.by("area")) == sum(range(1, size, 3)) * 10**9
        assert tally.number(FOR.by("area").among("odd")) == sum(range(1, size, 6)) * 10**9


class TestRefused:
    """What does not fit is refused by an error that says what is, what was expected and what to do."""

    @pytest.mark.parametrize(
        ("marks", "more", "kind", "said"),
        [
            ([1, 2], {}, InvalidType, "marks are of type list; give a numpy array"),
            (np.array([1, 2]), {}, InvalidType, "marks are of dtype int64; give codes as int8 or uint8"),
            (np.array([True]), {}, InvalidType, "dtype bool"),
            (np.ma.array(MARKS, mask=MARKS == 1), {}, InvalidType, "MaskedArray"),
            (MARKS.reshape(2, 3), {}, InvalidValue, "marks have 2 dimensions"),
            (MARKS[:0], {}, InvalidValue, "no marks"),
            (np.array([1, 9], dtype=np.int8), {}, InvalidValue, "mark at place 1 is 9; the codes are 0, 1, 2, 3"),
            (MARKS, {"codes": {0: "silent", 1: "for", 2: "against", 3: "abstain"}}, InvalidValue, "place 5 is 4"),
            (MARKS, {"codes": {}}, InvalidValue, "codes are empty"),
            (MARKS, {"codes": [1]}, InvalidType, "codes are of type list"),
            (MARKS, {"codes": {1: "cast"}}, InvalidValue, "code 1 stands for 'cast'"),
            (MARKS, {"codes": {1: []}}, InvalidValue, "code 1 stands for a list"),
            (MARKS, {"codes": {True: "for"}}, InvalidValue, "True is no code"),
            (MARKS, {"codes": {128: "for"}}, InvalidValue, "128 is no code of dtype int8: -128 to 127"),
            (MARKS.view(np.uint8), {"codes": {-1: "for"}}, InvalidValue, "-1 is no code of dtype uint8"),
            (MARKS, {"weights": [1]}, InvalidType, "weights: a mapping"),
            (MARKS, {"weights": {"area": [1]}}, InvalidType, "weights by area are of type list"),
            (MARKS, {"weights": {"area": AREA.astype(float)}}, InvalidType, "dtype float64; give whole numbers"),
            (MARKS, {"weights": {"area": AREA > 0}}, InvalidType, "dtype bool"),
            (MARKS, {"weights": {"area": AREA[1:]}}, InvalidValue, "have 5 places and the marks 6"),
            (MARKS, {"weights": {"area": AREA.reshape(3, 2)}}, InvalidValue, "2 dimensions"),
            (MARKS, {"weights": {"area": AREA - 1}}, InvalidValue, "weight by area at place 5 is -1"),
            (MARKS, {"weights": {"area": AREA.astype(object) - 1}}, InvalidValue, "weight by area at place 5 is -1"),
            (MARKS, {"weights": {"area": AREA / 2 + AREA.astype(object)}}, InvalidValue, "at place 0 is 13440.0"),
            (MARKS, {"weights": {"heads": AREA}}, InvalidValue, "leave heads out"),
            (MARKS, {"scale": {"area": 100}}, InvalidValue, "scale for area and no weights"),
            (MARKS, {"weights": {"area": AREA}, "scale": {"area": 0}}, InvalidValue, "scale of area is 0"),
            (MARKS, {"weights": {"area": AREA}, "scale": {"area": 1.0}}, InvalidValue, "scale of area is 1.0"),
            (MARKS, {"groups": {"east": [0]}}, InvalidType, "members of east are of type list"),
            (MARKS, {"groups": {"east": np.array([True])}}, InvalidValue, "have 1 places and the marks 6"),
            (MARKS, {"groups": {"east": np.array([0.0])}}, InvalidType, "dtype float64; give places or truth values"),
            (
                MARKS,
                {"groups": {"east": np.array([0, 6])}},
                InvalidValue,
                "places 0 to 6, which are not all on the roll",
            ),
            (MARKS, {"groups": {"east": np.array([-1, 2])}}, InvalidValue, "places -1 to 2"),
            (MARKS, {"groups": {"east": np.array([2, 2])}}, InvalidValue, "ascending order"),
            (MARKS, {"groups": {"east": np.array([2, 1], dtype=np.uint8)}}, InvalidValue, "ascending order"),
        ],
    )
    def test_each(self, marks, more, kind, said):
        """Every kind of misfit has its words."""
        with pytest.raises(kind, match=said):
            tally_arrays(marks, **more)

    def test_all_at_once(self):
        """Several misfits are told together, those found before counting and those found by it."""
        with pytest.raises(InvalidValue) as no:
            tally_arrays(
                MARKS,
                weights={"area": AREA[1:], "shares": AREA[2:]},
                scale={"votes": 1},
                groups={"east": np.array([9])},
            )
        assert len(no.value.faults) == 4
        with pytest.raises(InvalidValue) as no:
            tally_arrays(MARKS * 3, weights={"area": AREA - 7_500})
        assert len(no.value.faults) == 2 + 2

    def test_places_in_later_blocks(self, monkeypatch):
        """A place is told as it stands in the whole array, whichever block it falls in."""
        monkeypatch.setattr(blocks, "BLOCK", 2)
        with pytest.raises(InvalidValue) as no:
            tally_arrays(np.array([1, 1, 1, 9], dtype=np.int8), weights={"area": np.array([1, 1, -1, 1])})
        assert [fault.split(" is ")[0] for fault in no.value.faults] == [
            "the mark at place 3",
            "the weight by area at place 2",
        ]

    def test_bounded(self):
        """Fifty are told, and how many more there are."""
        with pytest.raises(InvalidValue) as no:
            tally_arrays(np.full(100_000, 9, dtype=np.int8))
        assert len(no.value.faults) == 51
        assert no.value.faults[-1].startswith("and 99950 more")


class TestARoll:
    """A roll gives its own arrays."""

    ROLL = Roll(
        "owners",
        [Member("b", weights={"area": "30.25"}, groups={"east"}), Member("a", weights={"area": "1/3"})],
        groups={"east", "west"},
        electorate="owners",
    )

    def test_places(self):
        """Places are in the order of the ids, and weights in one smallest unit."""
        arrays = self.ROLL.arrays()
        assert [member.id for member in self.ROLL.members] == ["a", "b"]
        assert (arrays.length, arrays.weights["area"].tolist(), arrays.scale) == (2, [4, 363], {"area": 12})
        assert {group: places.tolist() for group, places in arrays.groups.items()} == {"east": [1], "west": []}

    def test_tally(self):
        """It counts as the roll does, in the groups and measures that are asked for."""
        arrays, marks = self.ROLL.arrays(), np.array([1, 2], dtype=np.int8)
        ballots = {"a": "for", "b": "against"}
        assert arrays.tally(marks, issued=2, returned=2) == self.ROLL.tally(ballots, issued=2, returned=2)
        asked = {"groups": {"west", "unknown"}, "measures": ()}
        assert arrays.tally(marks, **asked) == self.ROLL.tally(ballots, **asked)

    def test_co_owners(self):
        """Co-owners who have named nobody cast nothing, on this road too (domain E15)."""
        roll = Roll("owners", [Member("a"), Member("b+c", co_owners={"b", "c"})])
        arrays, marks = roll.arrays(), np.array([1, -1], dtype=np.int8)
        codes = {1: "for", -1: "against", 0: "silent"}
        with pytest.raises(InvalidValue, match=r"'b\+c' is held jointly by b, c"):
            arrays.tally(marks, codes=codes)
        tally = roll.tally({"a": "for", "b+c": "against"}, named={"b+c": "b"})
        assert arrays.tally(marks, codes=codes, named={"b+c": "b"}) == tally
        assert arrays.tally(np.array([1, 0], dtype=np.int8)).number(SILENT) == 1
        with pytest.raises(InvalidValue, match="leave it out of named="):
            arrays.tally(np.array([1, 0], dtype=np.int8), named={"a": "b"})

    def test_not_by_mistake(self):
        """The arrays cannot be written to."""
        with pytest.raises(ValueError, match="read-only"):
            self.ROLL.arrays().weights["area"][0] = 5

    def test_large_weights(self):
        """Weights that no machine word holds stay whole."""
        roll = Roll("owners", [Member("a", weights={"area": 2**63}), Member("b", weights={"area": 2**63 - 1})])
        assert roll.arrays().weights["area"].tolist() == [2**63, 2**63 - 1]
        one = Roll("owners", [Member("a", weights={"area": 2**63 - 1})])
        assert one.arrays().weights["area"].dtype == np.int64
        marks = np.array([1, 1], dtype=np.int8)
        assert roll.arrays().tally(marks).number(FOR.by("area")) == 2**64 - 1

    @pytest.mark.parametrize("length", [1, 3])
    def test_another_length(self, length):
        """Marks that are not as many as the members are refused, without weights too."""
        with pytest.raises(InvalidValue, match=f"there are {length} marks and 2 members"):
            self.ROLL.arrays().tally(np.zeros(length, dtype=np.int8), measures=())

    def test_no_array(self):
        """What is no array is refused as such."""
        with pytest.raises(InvalidType, match="give a numpy array"):
            self.ROLL.arrays().tally([1, 2])

    @pytest.mark.parametrize(
        ("changed", "kind", "said"),
        [
            ({"length": 3}, InvalidValue, "there are 2 members, not 3"),
            ({"weights": {}}, InvalidValue, "each measure has weights and a scale"),
            ({"weights": {"area": [4, 363]}}, InvalidType, "area is a list; a numpy array was expected"),
            ({"groups": {"east": [1]}}, InvalidType, "east is a list; a numpy array was expected"),
            ({"scale": {"area": 0}}, InvalidValue, "the scale of area is 0"),
            ({"electorate": 5}, InvalidType, "the electorate is of type int"),
            ({"places": None}, InvalidType, "places is None; a Places was expected"),
        ],
        ids=str,
    )
    def test_made_by_hand(self, changed, kind, said):
        """Arrays that do not go together are no arrays of a roll."""
        arrays = self.ROLL.arrays()
        assert attrs.evolve(arrays).scale == arrays.scale
        with pytest.raises(kind, match=said):
            attrs.evolve(arrays, **changed)

    def test_fine_scales(self):
        """A smallest unit may be finer than any machine word."""
        weights = {"area": Fraction(1, 3**39)}
        assert Roll("owners", [Member("a", weights=weights)]).arrays().scale == {"area": 3**39}

    def test_a_measure_that_it_does_not_weigh_by(self):
        """Arrays are made for the measures of the roll."""
        for measures, kind, said in (
            ({"households"}, InvalidValue, "the roll of owners does not know 'households'"),
            ("area", InvalidType, "a set of ids was expected"),
        ):
            with pytest.raises(kind, match=said):
                RollArrays.of(Places("owners", self.ROLL.members), measures=measures, groups=())


class TestTheExtra:
    """Numpy is an extra."""

    def test_without_it(self, monkeypatch):
        """Without numpy the error says what to install."""
        monkeypatch.setitem(sys.modules, "numpy", None)
        for count in (lambda: tally_arrays(MARKS), TestARoll.ROLL.arrays):
            with pytest.raises(ImportError, match=r"yizheng\[numpy\]"):
                count()
