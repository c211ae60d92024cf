"""The roll of owners: whose each unit is on a day, and one head for one buyer.

Domain 2.8, E15, E16; interpretation of the Supreme People's Court on partitioned ownership, arts 1, 2, 8, 9; trap 55.
Every owner, unit and by-law here is invented, but for the totals that name their source.
"""

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Citation, Member, Roll, Text
from yizheng.catalogue import law
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.people import AREA_OF_UNITS, CO_OWNERS, HEADS_OF_OWNERS, Holding, LeftOut, Unit, owners_roll
from yizheng.rules import Choice, Outcome

DAY = date(2026, 3, 2)
BY_LAW = Citation(instrument=Text("示例小区规约", "covenant of an invented estate"), article="18")


def flat(number: str, area: object = "100", *groups: str, kind: str = "dwelling") -> Unit:
    """A unit of a hundred square metres."""
    return Unit(number, kind=kind, area=area, groups=groups)


def drawn(units, holdings, **more):
    """The roll of the invented estate on the day."""
    return owners_roll("owners", units, holdings, **{"on": DAY, **more})


def heads(result) -> dict[str, Fraction]:
    """The area of each head."""
    return {member.id: member.weights["area"] for member in result.roll}


def faults(units, holdings, **more) -> tuple[str, ...]:
    """All that is wrong with what a roll should be made of."""
    with pytest.raises(InvalidValue) as no:
        drawn(units, holdings, **more)
    return no.value.faults


class TestUnit:
    """A unit has an exact area in square metres, as the register, the survey or the contract has it (art. 8)."""

    @pytest.mark.parametrize("area", ["89.60", Decimal("89.60"), Fraction(448, 5)], ids=repr)
    def test_exact(self, area):
        """The area is taken as it is written."""
        assert Unit("1-101", kind="dwelling", area=area).area == Fraction("89.6")

    @pytest.mark.parametrize("area", [89.6, True, None, "-0.01", "89%", "NaN"], ids=repr)
    def test_areas_that_cannot_be(self, area):
        """Floats, negative and non-finite numbers are no areas."""
        with pytest.raises(YizhengError, match="area"):
            Unit("1-101", kind="dwelling", area=area)

    def test_nought(self):
        """A unit without an area of its own is a unit."""
        assert flat("P-1", 0, kind="garage").area == 0

    def test_the_kind_is_said(self):
        """No kind is supposed: a garage taken for a dwelling would be counted where it must not be."""
        with pytest.raises(TypeError):
            Unit("1-101", area=1)


class TestHolding:
    """Who owns a unit, from the first day to the last, both included."""

    @pytest.mark.parametrize(
        ("on", "stands"),
        [
            (date(2026, 2, 28), False),
            (date(2026, 3, 1), True),
            (date(2026, 3, 2), True),
            (date(2026, 3, 3), True),
            (date(2026, 3, 4), False),
        ],
        ids=str,
    )
    def test_its_days(self, on, stands):
        """It stands on its first and its last day, and on neither the day before nor the day after."""
        assert Holding("1-101", {"p"}, since=date(2026, 3, 1), until=date(2026, 3, 3)).stands(on) is stands

    def test_without_ends(self):
        """Without a first or a last day it has always stood, and still does."""
        assert Holding("1-101", {"p"}).stands(date.min)
        assert Holding("1-101", {"p"}).stands(date.max)

    @pytest.mark.parametrize(
        "bad",
        [
            lambda: Holding("1-101", ()),
            lambda: Holding("1-101", "p"),
            lambda: Holding("", {"p"}),
            lambda: Holding("1-101", {"p"}, since=date(2026, 3, 2), until=date(2026, 3, 1)),
            lambda: Holding("1-101", {"p"}, since="2026-03-01"),
            lambda: Holding("1-101", {"p"}, until=datetime(2026, 3, 1)),  # noqa: DTZ001 -- that is what is refused
        ],
        ids=["nobody", "a string", "no unit", "ends before", "a day as words", "a moment"],
    )
    def test_what_is_no_holding(self, bad):
        """It has an owner and a unit, and ends no earlier than it begins."""
        with pytest.raises(YizhengError):
            bad()

    def test_of_one_day(self):
        """It may begin and end on the same day."""
        assert Holding("1-101", {"p"}, since=DAY, until=DAY).stands(DAY)


class TestHeads:
    """One unit is one head; the several units of one buyer are one (interpretation art. 9; domain E15)."""

    def test_one_unit_one_head(self):
        """Owners of one unit each are so many heads."""
        result = drawn([flat("1"), flat("2", "50.5")], [Holding("1", {"p-1"}), Holding("2", {"p-2"})])
        assert heads(result) == {"p-1": 100, "p-2": Fraction("50.5")}
        assert (result.roll.body, result.roll.on, result.roll.electorate) == ("owners", DAY, "owners")

    def test_one_buyer_of_many_units(self):
        """Whoever owns several units is one head with the area of them all."""
        units = [flat("1", "89.60"), flat("2", "1/3"), flat("3", "10.40")]
        result = drawn(units, [Holding(unit.id, {"p-1" if unit.id != "2" else "p-2"}) for unit in units])
        assert heads(result) == {"p-1": 100, "p-2": Fraction(1, 3)}
        assert result.units == {"p-1": ("1", "3"), "p-2": ("2",)}

    def test_the_developers_stock(self):
        """What the developer has not sold, or sold and not handed over, is one head with all its area."""
        units = [flat(f"{number}") for number in range(1, 11)]
        stock = [Holding(unit.id, {"developer"}) for unit in units[:6]]
        result = drawn(units, stock + [Holding(unit.id, {f"p-{unit.id}"}) for unit in units[6:]])
        assert (result.roll.total(), result.roll["developer"].weights["area"]) == (5, 600)

    def test_handed_over(self):
        """The buyer is the owner from the day of handing over; until the day before, the unit is the developer's."""
        units = [flat("1"), flat("2")]
        holdings = [
            Holding("1", {"developer"}, until=date(2026, 3, 1)),
            Holding("1", {"p-1"}, since=DAY),
            Holding("2", {"developer"}),
        ]
        assert heads(drawn(units, holdings)) == {"developer": 100, "p-1": 100}
        assert heads(drawn(units, holdings, on=DAY - timedelta(days=1))) == {"developer": 200}

    def test_garages_count_unless_a_rule_leaves_them_out(self):
        """A parking space that is somebody's own is a unit like others (interpretation art. 2)."""
        units = [flat("1"), flat("P-1", "12.5", kind="garage")]
        assert heads(drawn(units, [Holding("1", {"p-1"}), Holding("P-1", {"p-2"})])) == {
            "p-1": 100,
            "p-2": Fraction("12.5"),
        }


class TestCoOwners:
    """What several hold jointly is one unit and one head, whose voter they name (domain E15)."""

    def test_one_head_of_their_own(self):
        """Co-owners are one head, apart from what one of them holds alone."""
        units = [flat("1"), flat("2", "60"), flat("3", "40")]
        result = drawn(units, [Holding("1", {"p-1"}), Holding("2", {"p-2", "p-1"}), Holding("3", {"p-1", "p-2"})])
        assert heads(result) == {"p-1": 100, "p-1+p-2": 100}
        assert result.roll["p-1+p-2"].co_owners == {"p-1", "p-2"}
        assert result.roll.joint == {"p-1+p-2"}
        assert not result.roll["p-1"].co_owners

    def test_other_co_owners(self):
        """Another set of co-owners is another buyer."""
        result = drawn([flat("1"), flat("2")], [Holding("1", {"a", "b"}), Holding("2", {"a", "c"})])
        assert heads(result) == {"a+b": 100, "a+c": 100}

    def test_ids_too_long_together(self):
        """Where the owners' ids make none of a lawful length, that is told."""
        (said,) = faults([flat("1")], [Holding("1", {letter * 80 for letter in "abc"})])
        assert "242" in said
        assert "Holding(…, id=…)" in said

    @pytest.mark.parametrize("given", [(0,), (1,), (0, 1)], ids=str)
    def test_an_id_of_their_own(self, given):
        """Many co-owners are a head under an id that is given with one of their units, or with each."""
        heirs = {f"41010119700101{number:04}" for number in range(12)}
        units = [flat("1"), flat("2", "60"), flat("3")]
        held = [Holding(number, heirs, id="heirs-1" if place in given else None) for place, number in enumerate("12")]
        for order in (held, held[::-1]):
            result = drawn(units, [*order, Holding("3", {"k"})])
            assert heads(result) == {"heirs-1": 160, "k": 100}
            assert result.roll["heirs-1"].co_owners == heirs
            assert result.units["heirs-1"] == ("1", "2")

    @pytest.mark.parametrize(("length", "fits"), [(99, True), (100, False)])
    def test_the_longest_id_made_of_theirs(self, length, fits):
        """Two hundred characters will do, one more will not."""
        units, held = [flat("1")], [Holding("1", {"a" * 100, "b" * length})]
        if fits:
            assert [len(head) for head in heads(drawn(units, held))] == [200]
        else:
            assert len(faults(units, held)) == 1

    def test_two_ids_for_one_head(self):
        """One head has one id."""
        held = [Holding("1", {"a", "b"}, id="x"), Holding("2", {"a", "b"}, id="y")]
        (said,) = faults([flat("1"), flat("2")], held)
        assert "'x'" in said
        assert "'y'" in said

    def test_an_id_of_an_owner(self):
        """A head is not called by the id of a person, in whatever form, member or co-owner."""
        for owner in ({"c"}, {"c", "d"}):
            said = faults([flat("1"), flat("2")], [Holding("1", {"a", "b"}, id="Ｃ"), Holding("2", owner)])
            assert any("'Ｃ' is the id of an owner" in each for each in said)

    def test_an_id_of_an_earlier_holding(self):
        """What is over has no say in what a head is called now."""
        before = Holding("1", {"a", "b"}, id="old", until=date(2026, 3, 1))
        assert heads(drawn([flat("1")], [before, Holding("1", {"a", "b"}, since=DAY)])) == {"a+b": 100}

    @pytest.mark.parametrize(
        "wrong", [{"owners": {"a"}, "id": "x"}, {"id": "a"}, {"id": ""}, {"id": "x" * 201}], ids=str
    )
    def test_an_id_that_cannot_be(self, wrong):
        """One owner is the head by their own id; a joint head is none of its owners; an id is an id."""
        with pytest.raises(InvalidValue):
            Holding("1", **{"owners": {"a", "b"}, **wrong})

    def test_a_person_of_the_same_name(self):
        """A person whose id is that of a joint head is found out, not added to it."""
        assert any(
            "a+b" in said for said in faults([flat("1"), flat("2")], [Holding("1", {"a", "b"}), Holding("2", {"a+b"})])
        )


class TestLeftOut:
    """Units of a kind are left out by a rule that is cited, and listed with it (domain E16)."""

    UNITS = (
        flat("1"),
        flat("P-1", "12.5", kind="garage"),
        flat("P-2", "12.5", kind="garage"),
        flat("S-1", 3, kind="storage"),
    )
    HOLDINGS = (Holding("1", {"p-1"}), Holding("P-1", {"p-1"}), Holding("P-2", {"p-2"}), Holding("S-1", {"p-1"}))

    def test_listed_with_its_citation(self):
        """Each unit left out stands there with the rule, and gives neither head nor area."""
        result = drawn(self.UNITS, self.HOLDINGS, excluding={"garage": BY_LAW})
        assert heads(result) == {"p-1": 103}
        assert result.left_out == (LeftOut(self.UNITS[1], BY_LAW), LeftOut(self.UNITS[2], BY_LAW))
        assert result.units == {"p-1": ("1", "S-1")}

    def test_what_is_nothing_left_out(self):
        """A unit is left out with the rule; a roll of owners is built of a roll and such."""
        with pytest.raises(InvalidType, match="citation is 'by-law'; a Citation was expected"):
            LeftOut(self.UNITS[1], "by-law")
        with pytest.raises(InvalidType, match="unit is 'P-1'; a Unit was expected"):
            LeftOut("P-1", BY_LAW)
        good = drawn(self.UNITS, self.HOLDINGS)
        for field, wrong in (
            ("roll", good),
            ("units", ["1"]),
            ("units", {"p-1": "S-1"}),
            ("left_out", self.UNITS),
            ("parted", "b"),
        ):
            with pytest.raises(InvalidType):
                attrs.evolve(good, **{field: wrong})
        assert attrs.evolve(good) == good

    def test_nothing_left_out(self):
        """Where no rule leaves anything out, all units count."""
        result = drawn(self.UNITS, self.HOLDINGS)
        assert (heads(result), result.left_out) == ({"p-1": Fraction("115.5"), "p-2": Fraction("12.5")}, ())

    def test_its_owner_need_not_be_known(self):
        """Whose a unit is that does not count is not asked."""
        assert heads(drawn(self.UNITS, self.HOLDINGS[:1] + self.HOLDINGS[3:], excluding={"garage": BY_LAW})) == {
            "p-1": 103
        }

    def test_a_kind_that_no_unit_has(self):
        """A misspelt kind is told: it would leave out nothing."""
        (said,) = faults(self.UNITS, self.HOLDINGS, excluding={"garages": BY_LAW})
        assert "garages" in said
        assert "dwelling, garage, storage" in said

    @pytest.mark.parametrize(
        ("day", "holds"),
        [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
        ids=str,
    )
    def test_a_rule_that_is_not_in_force(self, day, holds):
        """A rule leaves out units on the days on which it is in force."""
        rule = Citation(instrument="规约", article="3", in_force_from=date(2026, 1, 1), in_force_to=date(2026, 6, 30))
        if holds:
            assert len(drawn(self.UNITS, self.HOLDINGS, excluding={"garage": rule}, on=day).left_out) == 2
        else:
            (said,) = faults(self.UNITS, self.HOLDINGS, excluding={"garage": rule}, on=day)
            assert day.isoformat() in said

    @pytest.mark.parametrize(
        "bad", [{"garage": "by-law"}, {"garage": None}, ["garage"], "garage", {"": BY_LAW}], ids=str
    )
    def test_without_a_citation(self, bad):
        """Nothing is left out without a citation."""
        with pytest.raises(YizhengError):
            drawn(self.UNITS, self.HOLDINGS, excluding=bad)

    def test_everything(self):
        """A roll of nobody is told by itself."""
        (said,) = faults(self.UNITS[1:3], self.HOLDINGS[1:3], excluding={"garage": BY_LAW})
        assert "empty" in said


class TestGroups:
    """A building may decide by itself (Henan property regulations art. 66, as reported); area is never counted twice."""

    UNITS = (flat("1-1", 100, "building-1"), flat("1-2", 80, "building-1"), flat("2-1", 60, "building-2"))

    def test_known(self):
        """Where each head is wholly in a group or wholly out of it, the roll knows the group."""
        result = drawn(self.UNITS, [Holding("1-1", {"a"}), Holding("1-2", {"a"}), Holding("2-1", {"b"})])
        assert (result.roll.groups, result.parted) == ({"building-1", "building-2"}, frozenset())
        assert result.roll.total("area", "building-1") == 180

    def test_parted(self):
        """A group in which some head has only a part of its area is unknown to the roll, never counted with the rest."""
        result = drawn(self.UNITS, [Holding("1-1", {"a"}), Holding("1-2", {"c"}), Holding("2-1", {"a"})])
        assert (result.roll.groups, result.parted) == (frozenset(), {"building-1", "building-2"})
        with pytest.raises(InvalidValue, match="building-1"):
            result.roll.total("area", "building-1")

    def test_within(self):
        """Within a building its units alone count, for heads and for area."""
        holdings = [Holding("1-1", {"a"}), Holding("1-2", {"c"}), Holding("2-1", {"a"})]
        result = drawn(self.UNITS, holdings, within="building-1")
        assert heads(result) == {"a": 100, "c": 80}
        assert result.roll.groups == {"building-1"}
        assert heads(drawn(self.UNITS, holdings, within="building-2")) == {"a": 60}

    def test_left_out_within(self):
        """Units of other buildings are not in question: those of this one alone are listed as left out."""
        garages = [flat(f"P-{number}", 12, f"building-{number}", kind="garage") for number in (1, 2)]
        holdings = [Holding("1-1", {"a"}), Holding("1-2", {"a"})]
        result = drawn([*self.UNITS, *garages], holdings, within="building-1", excluding={"garage": BY_LAW})
        assert (heads(result), result.left_out) == ({"a": 180}, (LeftOut(garages[0], BY_LAW),))

    def test_a_group_that_no_unit_is_in(self):
        """A misspelt group is told, with those that there are."""
        (said,) = faults(self.UNITS, [], within="building-3")
        assert "building-3" in said
        assert "building-1, building-2" in said


class TestFaults:
    """All that is wrong is told at once, and nothing is guessed."""

    def test_all_at_once(self):
        """Each fault is one sentence that names the unit."""
        units = [flat("1"), flat("1"), flat("2"), flat("3"), flat("4"), flat("A-1"), flat("a-1")]
        holdings = [
            Holding("1", {"p"}),
            Holding("2", {"p"}),
            Holding("2", {"q", "r"}),
            Holding("3", {"P"}, until=DAY),
            Holding("4", {"p"}, until=DAY - timedelta(days=1)),
            Holding("9", {"p"}),
            Holding("A-1", {"p"}),
            Holding("a-1", {"p"}),
        ]
        told = faults(units, holdings, excluding={"garage": BY_LAW})
        expected = [
            "'1' and '1'",
            "'A-1' and 'a-1'",
            "'9'",
            "'garage'",
            "'2' has 2 holdings",
            "nobody owns '4'",
            "'P' and 'p'",
        ]
        assert len(told) == len(expected)
        for said, words in zip(told, expected, strict=True):
            assert words in said
        assert "p; q and r" in told[4]

    def test_the_same_holding_twice(self):
        """Even the same owner in two holdings of a unit is told: one of them is a mistake."""
        (said,) = faults([flat("1")], [Holding("1", {"p"}), Holding("1", {"p"})])
        assert "2 holdings" in said

    def test_nobody(self):
        """A unit that nobody owns is told; no head is made up for it."""
        assert faults([flat("1")], []) == (
            "nobody owns '1' on 2026-03-02; unsold and undelivered units are the developer's: add its holding",
        )

    def test_no_units(self):
        """An estate without units has no roll."""
        assert faults([], []) == ("the roll of owners is empty; nobody could decide anything",)

    @pytest.mark.parametrize(
        "more",
        [
            {"units": "1"},
            {"units": [5]},
            {"holdings": None},
            {"holdings": ["p"]},
            {"on": None},
            {"on": "2026-03-02"},
            {"on": datetime(2026, 3, 2)},  # noqa: DTZ001 -- that is what is refused
            {"within": 5},
            {"body": ""},
        ],
        ids=str,
    )
    def test_bad_arguments(self, more):
        """What is no unit, no holding or no day is refused by an error of this library."""
        with pytest.raises(YizhengError):
            owners_roll(
                **{"body": "owners", "units": [flat("1")], "holdings": [Holding("1", {"p"})], "on": DAY, **more}
            )

    def test_a_day_is_needed(self):
        """A roll of owners is the state of a day."""
        with pytest.raises(InvalidType, match="day"):
            drawn([flat("1")], [Holding("1", {"p"})], on=None)


class TestExplain:
    """How a roll came about can be read in both languages, with its authority."""

    RESULT = drawn(
        TestLeftOut.UNITS, [Holding("1", {"p-1", "p-2"}), *TestLeftOut.HOLDINGS[1:]], excluding={"garage": BY_LAW}
    )

    def test_chinese(self):
        """Heads, units, area, the rule by which they are counted, and each unit left out."""
        assert self.RESULT.explain("zh").splitlines() == [
            (
                "2026-03-02 名册：业主 2 人，专有部分 2 个，面积 103 平方米。人数依据《最高人民法院关于审理建筑物区分所有权纠纷案件"
                "适用法律若干问题的解释》第9条，面积依据《最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释》第8条。"
            ),
            "其中共有的 1 人：数人共有的专有部分，同一组共有人为一个买受人，按一人计，推选一人投票；其中一人另有的专有部分另计（推定）。",
            "不计入：P-1（garage，12.5 平方米），依据《示例小区规约》第18条。",
            "不计入：P-2（garage，12.5 平方米），依据《示例小区规约》第18条。",
        ]

    def test_english(self):
        """The same."""
        first, second, *rest = self.RESULT.explain("en").splitlines()
        assert first.startswith("Roll of 2026-03-02: 2 heads, 2 units, 103 m2. Heads by Interpretation of the Supreme")
        assert first.count("art. ") == 2
        assert second.startswith("Heads held jointly: 1; units held jointly:")
        assert second.endswith("(inferred).")
        assert rest == [
            f"Left out: P-{number} (garage, 12.5 m2), by covenant of an invented estate art. 18." for number in (1, 2)
        ]

    def test_without_co_owners(self):
        """Of co-owners nothing is said where there are none."""
        assert len(drawn([flat("1")], [Holding("1", {"p"})]).explain("en").splitlines()) == 1

    def test_the_authorities(self):
        """Heads by article 9, area by article 8; what is taken for co-owners is marked as inferred."""
        assert (HEADS_OF_OWNERS.article, AREA_OF_UNITS.article) == ("9", "8")
        assert CO_OWNERS.explain("zh").endswith("（推定）")


class TestPublishedTotals:
    """Published denominators (domain part 5), spread over invented owners of several units each."""

    @pytest.mark.parametrize(
        ("total_heads", "area", "least"),
        [
            (164, "28708.01", 110),
            (403, "66783.97", 269),
            (280, "24838.57", 187),
            (25, "3011.25", 17),
            (53, "5369.63", 36),
        ],
        ids=["星晨大厦", "现代经典", "中央盛景1幢", "天鹅堡3号楼", "银珠小区 A1"],
    )
    def test_quorum(self, total_heads, area, least):
        """Two thirds of the heads are so many, however many units each of them owns."""
        share = Fraction(area) / (3 * total_heads)
        units = [flat(f"{number}", share) for number in range(3 * total_heads)]
        holdings = [Holding(unit.id, {f"p-{int(unit.id) % total_heads:03}"}) for unit in units]
        roll = drawn(units, holdings).roll
        assert (roll.total(), roll.total("area")) == (total_heads, Fraction(area))
        ids = [member.id for member in roll]
        for voters, outcome in ((least, Outcome.CARRIED), (least - 1, Outcome.INQUORATE)):
            tally = roll.tally(dict.fromkeys(ids[:voters], Choice.FOR))
            assert law.OWNERS_SPECIAL.judge(tally).outcome is outcome

    def test_one_who_owns_most(self):
        """One owner of nearly all the area is one head and carries nothing alone (art. 278: both measures)."""
        units = [flat(f"{number}") for number in range(30)]
        holdings = [Holding(unit.id, {"developer" if int(unit.id) > 2 else f"p-{unit.id}"}) for unit in units]
        ruling = law.OWNERS_SPECIAL.judge(drawn(units, holdings).roll.tally({"developer": Choice.FOR}))
        assert ruling.outcome is Outcome.INQUORATE
        assert ruling.tally.measures["area"]["for"] == 2700


owners = st.sets(st.sampled_from(["张三", "p-1", "p-2", "p-3", "developer"]), min_size=1, max_size=3)
estates = st.lists(
    st.tuples(st.fractions(0, 1000, max_denominator=100), owners, st.sampled_from(["dwelling", "shop", "garage"])),
    min_size=1,
    max_size=12,
).filter(lambda estate: any(kind != "garage" for _, _, kind in estate))


def estate(given_estate):
    """The units and holdings of a drawn estate."""
    units = [flat(f"u-{number}", area, kind=kind) for number, (area, _, kind) in enumerate(given_estate)]
    return units, [Holding(f"u-{number}", held) for number, (_, held, _) in enumerate(given_estate)]


class TestLaws:
    """What holds for every estate."""

    @given(estates)
    def test_law_of_area(self, given_estate):
        """The area of all heads is that of all units that count, and each head has that of its own."""
        units, holdings = estate(given_estate)
        kinds = {kind for _, _, kind in given_estate}
        excluding = {"garage": BY_LAW} if "garage" in kinds else {}
        expected: dict[frozenset[str], Fraction] = defaultdict(Fraction)
        for area, held, kind in given_estate:
            if kind not in excluding:
                expected[frozenset(held)] += area
        result = drawn(units, holdings, excluding=excluding)
        assert {
            member.co_owners or frozenset({member.id}): member.weights["area"] for member in result.roll
        } == expected
        assert result.roll.total("area") == sum(expected.values())
        listed = [unit for own in result.units.values() for unit in own] + [each.unit.id for each in result.left_out]
        assert sorted(listed) == sorted(unit.id for unit in units)

    @given(estates, st.fractions(0, 1, max_denominator=7))
    def test_law_of_splitting(self, given_estate, share):
        """A unit divided in two leaves heads and areas as they are."""
        units, holdings = estate(given_estate)
        first = units[0]
        parts = [
            flat("u-0", first.area * share, kind=first.kind),
            flat("u-0b", first.area * (1 - share), kind=first.kind),
        ]
        divided = drawn([*parts, *units[1:]], [*holdings, Holding("u-0b", holdings[0].owners)])
        assert divided.roll == drawn(units, holdings).roll

    @given(estates, st.randoms(use_true_random=False))
    def test_law_of_order(self, given_estate, shuffler: random.Random):
        """In whatever order units and holdings come, the roll is the same, with the same digest."""
        units, holdings = estate(given_estate)
        other_units, other_holdings = list(units), list(holdings)
        shuffler.shuffle(other_units)
        shuffler.shuffle(other_holdings)
        one, two = drawn(units, holdings), drawn(other_units, other_holdings)
        assert (one, one.roll.digest) == (two, two.roll.digest)

    @given(estates, st.permutations(["张三", "p-1", "p-2", "p-3", "developer"]))
    def test_law_of_names(self, given_estate, others):
        """Owners by other names are as many heads with the same areas."""
        renamed = dict(zip(["张三", "p-1", "p-2", "p-3", "developer"], others, strict=True))
        units, holdings = estate(given_estate)
        other = [Holding(each.unit, {renamed[owner] for owner in each.owners}) for each in holdings]
        one, two = drawn(units, holdings), drawn(units, other)
        assert sorted(heads(one).values()) == sorted(heads(two).values())
        assert sorted(one.units.values()) == sorted(two.units.values())

    @given(estates, st.integers(-3, 3))
    def test_law_of_the_day(self, given_estate, days):
        """Sold on a day, each unit is the buyer's from then on and the seller's until the day before."""
        units, holdings = estate(given_estate)
        sold = [Holding(each.unit, {"seller"}, until=DAY - timedelta(days=1)) for each in holdings]
        bought = [Holding(each.unit, each.owners, since=DAY) for each in holdings]
        result = drawn(units, sold + bought, on=DAY + timedelta(days=days))
        assert result.units == (
            drawn(units, holdings).units if days >= 0 else {"seller": tuple(sorted(u.id for u in units))}
        )


def test_a_roll_made_by_hand_is_the_same():
    """What the function draws up is a plain roll that could be written by hand."""
    result = drawn([flat("1", "60"), flat("2", "40")], [Holding("1", {"a"}), Holding("2", {"a", "b"})])
    members = [Member("a", weights={"area": 60}), Member("a+b", weights={"area": 40}, co_owners={"a", "b"})]
    assert result.roll == Roll("owners", members, on=DAY, electorate="owners")
