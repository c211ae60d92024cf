"""Members and rolls: who may vote, with what weight, in which groups. Every person here is invented."""

import copy
import pickle
import random
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yizheng import Member, Roll
from yizheng.canonical import canonical, digest
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.values import exact, written
from yizheng.values.names import lookalike

ids = st.integers(1, 999).map(lambda n: f"1-{n:03}")
weights = st.fractions(0, 10**6, max_denominator=1000)
members = st.lists(
    st.builds(
        lambda each, area, groups: Member(each, weights={"area": area}, groups=groups),
        ids,
        weights,
        st.sets(st.sampled_from(["east", "west"])),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda member: member.id,
)


def roll(*given: Member, **more) -> Roll:
    """A roll of owners."""
    return Roll("owners", given, **more)


class TestMember:
    """A member is one head, with exact weights by further measures (design: rolls; domain E15)."""

    def test_heads_and_area(self):
        """A member has an id, weights and groups."""
        member = Member("1-101", weights={"area": "89.60"}, groups={"building-1"})
        assert (member.id, member.weights["area"], member.groups) == ("1-101", Fraction("89.60"), {"building-1"})

    @pytest.mark.parametrize("weight", [0, 89, "89.60", Decimal("89.60"), Fraction(448, 5), 10**18, "1/3"], ids=repr)
    def test_exact_weights(self, weight):
        """Whole numbers, decimals and fractions are taken as they are written; nought is a weight (trap 25)."""
        assert Member("1-101", weights={"area": weight}).weights["area"] == Fraction(weight)

    @pytest.mark.parametrize(
        "weight", [89.6, True, None, "89,60", "-1", -1, "NaN", float("nan"), Decimal("Infinity"), "90%", ""], ids=repr
    )
    def test_weights_that_cannot_be(self, weight):
        """Floats, truth values, negative and non-finite numbers are no weights."""
        with pytest.raises(YizhengError, match="area"):
            Member("1-101", weights={"area": weight})

    @pytest.mark.parametrize("weights", [{"heads": 2}, {"": 1}, {5: 1}, ["area"], None, "area"], ids=str)
    def test_measures_that_cannot_be(self, weights):
        """Heads are not given: a member is one; a measure has a name."""
        with pytest.raises(YizhengError):
            Member("1-101", weights=weights)

    def test_a_measure_of_another_unicode_form(self):
        """A measure is one measure in whichever form of Unicode its name is written."""
        composed, decomposed = Member("a", weights={"café": 1}), Member("a", weights={"cafe\u0301": 1})
        assert composed == decomposed

    @pytest.mark.parametrize(
        "bad", ["", " 1-101", "1-101 ", "1\u200b101", "1\n101", "x" * 201, None, 5, b"1-101"], ids=repr
    )
    def test_ids_that_cannot_be(self, bad):
        """An id is a string without anything invisible in it."""
        with pytest.raises(YizhengError):
            Member(bad)

    @pytest.mark.parametrize("groups", ["building-1", 5, [5], [""]], ids=repr)
    def test_groups_that_cannot_be(self, groups):
        """Groups are a set of names; one string would be taken letter by letter."""
        with pytest.raises(YizhengError):
            Member("1-101", groups=groups)

    def test_a_value(self):
        """A member is equal to one of the same make, and cannot be changed."""
        member = Member("1-101", weights={"area": "89.6"})
        assert member == Member("1-101", weights={"area": "89.60"})
        assert hash(member) == hash(Member("1-101", weights={"area": "89.60"}))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            member.id = "1-102"
        with pytest.raises(InvalidType):
            member.weights["area"] = Fraction(1)


def made(build: Callable[[], object]) -> object:
    """What was made, or the kind and the words of the refusal."""
    try:
        return build()
    except YizhengError as error:
        return type(error), str(error)


class TestQuickRoads:
    """A million members are made quickly, and nothing is let through, or told otherwise, for that."""

    measures = st.sampled_from(["area", "shares", "caf\u00e9", "cafe\u0301", "heads", "", " area", "面积", "\u200b", 5])
    figures = st.sampled_from(
        [0, 7, -1, 10**40, "89.60", "-0.5", "1/3", "8/4", "9" * 41, "90%", "x", True, 1.5, Decimal(2)]
    )

    @given(st.dictionaries(measures, figures, max_size=4))
    @example({"caf\u00e9": 1, "cafe\u0301": 1})
    @example({"area": 1, "heads": 1})
    def test_law_of_weights(self, weights):
        """Weights in a dictionary are taken, and refused in the same words, as in any other mapping."""
        assert made(lambda: Member("a", weights=weights)) == made(
            lambda: Member("a", weights=MappingProxyType(weights))
        )

    @given(st.from_regex(r"[+-]?[0-9]{1,20}(\.[0-9]{1,12}|/[0-9]{0,9}[1-9])?", fullmatch=True))
    def test_law_of_digits(self, digits):
        """A figure in digits is the number that it writes."""
        assert exact(digits) == Fraction(digits)
        assert exact(written(exact(digits))) == exact(digits)

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["a", "A", "\uff41", "b", "caf\u00e9", "Caf\u00c9"]),
                st.sets(st.sampled_from(["area", "shares"])),
                st.sets(st.sampled_from(["east", "west"])),
                st.sampled_from([(), (), ("x", "y"), ("X", "z")]),
            ),
            max_size=4,
        ),
        st.sets(st.sampled_from(["east", "west"])),
    )
    @example([("a", {"area"}, set(), ("x", "y")), ("b", {"area"}, set(), ("X", "z"))], set())
    @example([("a", {"area"}, {"east"}, ("x", "y")), ("b", {"area"}, set(), ("x", "y"))], {"east"})
    def test_law_of_sound_rolls(self, given_members, groups):
        """A roll is refused exactly where one of its own rules is broken, pair by pair."""
        members = [
            Member(each, weights=dict.fromkeys(by, 1), groups=among, co_owners=holders)
            for each, by, among, holders in given_members
        ]
        persons = [each for member in members for each in (member.id, *member.co_owners)]
        sound = (
            bool(members)
            and len({member.id for member in members}) == len(members)
            and all(one == other or lookalike(one) != lookalike(other) for one in persons for other in persons)
            and all(one.weights.keys() == other.weights.keys() for one in members for other in members)
            and all(group in groups for member in members for group in member.groups)
        )
        assert isinstance(made(lambda: roll(*members, groups=groups)), Roll) == sound

    def test_what_is_equal_is_kept_once(self):
        """Members of the same groups share one set, and so do those of none; members without weights share one mapping."""
        one, other = Member("a", groups=["east", "west"]), Member("b", groups={"west", "east"})
        assert one.groups is other.groups
        assert one.co_owners is other.co_owners is Member("c", groups=[]).groups
        assert one.weights is other.weights is Member("c", weights={}).weights

    def test_the_digest_is_that_of_the_data(self):
        """The digest is that of the canonical bytes, which check what they are given, for ids beyond every plane."""
        given_roll = roll(
            Member("\U0002000b", weights={"\U0001f3e0": "1/3", "\uff5e": "0.5"}, groups=["东"]), groups=["东"]
        )
        assert given_roll.digest == digest(canonical(given_roll.to_data()))


class TestRoll:
    """A roll: unique ids, known groups, whole weights (traps 43, 49, 55)."""

    def test_asked(self):
        """A roll says who is on it, and how many."""
        owners = roll(Member("1-102"), Member("1-101"), on=date(2026, 3, 1))
        assert ([member.id for member in owners], len(owners)) == (["1-101", "1-102"], 2)
        assert "1-101" in owners
        assert "1-103" not in owners
        assert owners["1-102"] == Member("1-102")
        assert (owners.body, owners.on, owners.measures) == ("owners", date(2026, 3, 1), {"heads"})

    def test_empty(self):
        """A roll of nobody could decide nothing."""
        with pytest.raises(InvalidValue, match="empty"):
            roll()

    def test_a_member_twice(self):
        """One person is one head: the weights of several units are added up by the host."""
        with pytest.raises(InvalidValue, match="1-101"):
            roll(Member("1-101", weights={"area": 1}), Member("1-101", weights={"area": 2}))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("caf\u00e9", "cafe\u0301"),
            ("A-1", "a-1"),
            ("１-101", "1-101"),
            ("ﬁ-1", "fi-1"),
            ("Straße", "STRASSE"),
            ("㎡", "m2"),
        ],
        ids=["composition", "case", "width", "ligature", "sharp s", "compatibility"],
    )
    def test_ids_that_look_alike(self, one, other):
        """Ids that differ only in composition, case or width are one id, or a mistake: never two voters."""
        with pytest.raises(InvalidValue):
            roll(Member(one), Member(other))

    def test_ids_that_do_not_look_alike(self):
        """Ids that differ in a character are two."""
        assert len(roll(Member("1-101"), Member("1-102"), Member("张三"), Member("張三"))) == 4

    def test_an_unknown_group(self):
        """A member of a group that the roll does not name is a mistake in one of the two."""
        with pytest.raises(InvalidValue, match="west"):
            roll(Member("1-101", groups={"west"}), groups={"east"})

    def test_a_missing_weight(self):
        """A weight that others have is given, if only as nought."""
        with pytest.raises(InvalidValue, match=r"1-102.*area"):
            roll(Member("1-101", weights={"area": 1}), Member("1-102"))

    def test_every_fault_is_told(self):
        """All that is wrong with a roll is told at once."""
        with pytest.raises(InvalidValue) as no:
            roll(
                Member("1-101", weights={"area": 1}),
                Member("1-101", weights={"area": 1}),
                Member("1-102", groups={"west"}),
                Member("a-1", weights={"area": 1}),
                Member("A-1", weights={"area": 1}),
            )
        assert len(no.value.faults) == 4

    @pytest.mark.parametrize(
        "bad",
        [
            lambda: Roll("", [Member("a")]),
            lambda: Roll(5, [Member("a")]),
            lambda: Roll("owners", ["1-101"]),
            lambda: Roll("owners", 5),
            lambda: Roll("owners", "1-101"),
            lambda: Roll("owners", [Member("a")], groups="east"),
            lambda: Roll("owners", [Member("a")], on="2026-03-01"),
            lambda: Roll("owners", [Member("a")], on=datetime(2026, 3, 1)),  # noqa: DTZ001 -- that is what is refused
        ],
        ids=["no body", "number", "ids", "no members", "string", "groups", "day", "moment"],
    )
    def test_what_is_no_roll(self, bad):
        """What is no body, no member, no set of groups or no day is refused by an error of this library."""
        with pytest.raises(YizhengError):
            bad()

    def test_of_one(self):
        """A body of one is a body."""
        assert len(roll(Member("1-101"))) == 1

    def test_from_a_generator(self):
        """Members may come one by one."""
        assert len(Roll("owners", (Member(f"1-{n}") for n in range(100)))) == 100


class TestImmutable:
    """A roll cannot be changed (design: weights immutable after the roll is fixed; trap 55)."""

    @pytest.mark.parametrize("attribute", ["body", "members", "groups", "on", "digest", "anything"])
    def test_attributes(self, attribute):
        """No attribute can be set or deleted."""
        owners = roll(Member("1-101"))
        with pytest.raises(AttributeError):
            setattr(owners, attribute, "x")
        with pytest.raises(AttributeError):
            delattr(owners, attribute)
        assert owners == roll(Member("1-101"))

    def test_what_it_was_made_from(self):
        """Changing the list or the sets that it was made from changes nothing."""
        listed, groups = [Member("1-101")], {"east"}
        owners = Roll("owners", listed, groups=groups)
        listed.append(Member("1-102"))
        groups.add("west")
        assert (len(owners), owners.groups) == (1, {"east"})

    @given(members)
    def test_copies(self, given_members):
        """Copies and pickles are equal to it, hash like it, and have its digest."""
        owners = Roll("owners", given_members, groups={"east", "west"}, on=date(2026, 3, 1))
        for other in (copy.copy(owners), copy.deepcopy(owners), pickle.loads(pickle.dumps(owners))):
            assert (other, hash(other), other.digest) == (owners, hash(owners), owners.digest)


class TestOrder:
    """The names and the order of voters do not matter (issue: property tests)."""

    @given(members, st.randoms(use_true_random=False))
    def test_law_of_order(self, given_members, shuffler: random.Random):
        """A roll in another order is the same roll, with the same digest."""
        other = list(given_members)
        shuffler.shuffle(other)
        one, two = (Roll("owners", each, groups={"east", "west"}) for each in (given_members, other))
        assert (one, hash(one), one.digest) == (two, hash(two), two.digest)

    def test_another_roll(self):
        """Another body, day, group, member or weight is another roll, with another digest."""
        rolls = [
            roll(Member("1-101", weights={"area": 1})),
            roll(Member("1-101", weights={"area": 2})),
            roll(Member("1-102", weights={"area": 1})),
            roll(Member("1-101")),
            roll(Member("1-101"), groups={"east"}),
            roll(Member("1-101", groups={"east"}), groups={"east"}),
            roll(Member("1-101"), on=date(2026, 3, 1)),
            Roll("tenants", [Member("1-101")]),
        ]
        assert len(set(rolls)) == len({each.digest for each in rolls}) == len(rolls)
        assert rolls[0] != "roll"
        assert str(rolls[0]) == "<Roll of owners: 1 members>"


class TestData:
    """A roll is kept as plain data, and read back as it was."""

    @given(members)
    def test_law_of_the_round_trip(self, given_members):
        """What is written is read as the same roll."""
        owners = Roll("owners", given_members, groups={"east", "west"}, on=date(2026, 3, 1))
        assert Roll.from_data(owners.to_data()) == owners
        assert owners.digest == digest(canonical(owners.to_data()))

    def test_the_digest_is_lasting(self):
        """The digest of a roll is the same on every machine and in every release."""
        owners = Roll(
            "owners",
            [Member("1-101", weights={"area": "89.60"}, groups={"east"}), Member("1-102", weights={"area": "1/3"})],
            groups={"east", "west"},
            on=date(2026, 3, 1),
        )
        expected = (
            '{"body":"owners","groups":["east","west"],"members":['
            '{"groups":["east"],"id":"1-101","weights":{"area":"89.6"}},'
            '{"groups":[],"id":"1-102","weights":{"area":"1/3"}}],"on":"2026-03-01"}'
        )
        assert canonical(owners.to_data()) == expected.encode()

    @pytest.mark.parametrize(
        "change",
        [
            {"members": []},
            {"members": None},
            {"members": [5]},
            {"members": [{}]},
            {"members": [{"id": "a", "weights": {"area": 0.5}, "groups": []}]},
            {"members": [{"id": "a", "weights": [], "groups": []}]},
            {"members": [{"id": "a", "weights": {}, "groups": "x"}]},
            {"body": None},
            {"body": ""},
            {"groups": "east"},
            {"groups": None},
            {"on": 5},
            {"on": "yesterday"},
            {"on": "2026-13-01"},
        ],
        ids=str,
    )
    def test_data_that_are_no_roll(self, change):
        """Malformed data are refused by one kind of error of this library."""
        data = roll(Member("1-101")).to_data()
        with pytest.raises(InvalidValue):
            Roll.from_data({**data, **change})
        for key in change:
            with pytest.raises(InvalidValue):
                Roll.from_data({name: value for name, value in data.items() if name != key})

    @pytest.mark.parametrize("data", [None, 5, [], "roll"], ids=repr)
    def test_no_data(self, data):
        """Nor is what is no mapping."""
        with pytest.raises(InvalidValue):
            Roll.from_data(data)


class TestTotal:
    """All weight by a measure, in the roll or in a group."""

    def test_by_measure_and_group(self):
        """Heads are counted and areas are added."""
        owners = roll(
            Member("1-101", weights={"area": "89.60"}, groups={"east"}),
            Member("1-102", weights={"area": "10.40"}),
            groups={"east"},
        )
        assert (owners.total(), owners.total("area"), owners.total("area", "east")) == (2, 100, Fraction("89.6"))

    @pytest.mark.parametrize("asked", [("volume",), ("heads", "west"), ("volume", "east")], ids=str)
    def test_unknown(self, asked):
        """What the roll does not know is refused, never counted as nought."""
        with pytest.raises(InvalidValue, match=asked[-1] if asked[-1] != "east" else "volume"):
            roll(Member("1-101"), groups={"east"}).total(*asked)

    def test_large(self):
        """A hundred thousand members with weights of 10^18 are added exactly."""
        owners = Roll("owners", [Member(f"m-{n}", weights={"area": 10**18}) for n in range(20_000)])
        assert owners.total("area") == 2 * 10**22


class TestElectorate:
    """A roll says whom it lists (domain E02)."""

    def test_it_is_part_of_the_roll(self):
        """It is compared, kept, and given to the tally; where nobody says, the data are as they were."""
        listed = roll(Member("1-101"), electorate="households")
        assert listed != roll(Member("1-101"))
        assert Roll.from_data(listed.to_data()) == pickle.loads(pickle.dumps(listed)) == listed
        assert listed.digest != roll(Member("1-101")).digest
        assert "electorate" not in roll(Member("1-101")).to_data()
        assert listed.tally({}).electorate == "households"
