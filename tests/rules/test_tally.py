"""Tallies: complete where the figures make them so, and refused where no roll and no ballots can make them."""

# amounts are written in capitals, and stand on the left as in the statute

import copy
import itertools
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSENT,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    RECUSED,
    SILENT,
    VALID,
    Figure,
    Tally,
    tally_from_data,
    to_data,
)

MARKS = ("for", "against", "abstaining", "invalid", "silent", "absent", "recused")


def completed(marks: dict[str, int]) -> dict[str, int]:
    """All twelve figures, added up here for the tests' own use."""
    valid = marks["for"] + marks["against"] + marks["abstaining"]
    cast = valid + marks["invalid"]
    present = cast + marks["silent"]
    entitled = present + marks["absent"]
    return marks | {
        "valid": valid,
        "cast": cast,
        "present": present,
        "entitled": entitled,
        "names": entitled + marks["recused"],
    }


def known(tally: Tally) -> dict[str, object]:
    """The known heads of the whole roll."""
    return {figure: number for figure, number in tally.measures["heads"].items() if figure != "among"}


ALL_SMALL = [completed(dict(zip(MARKS, each, strict=True))) for each in itertools.product(range(4), repeat=7)]
ALL_SMALL_WITH_A_GROUP = [
    tuple(completed(dict(zip(MARKS, [*side, 0, 0], strict=True))) for side in zip(*each, strict=True))
    for each in itertools.product([(whole, part) for whole in range(3) for part in range(whole + 1)], repeat=5)
]
FIGURES = [figure.value for figure in Figure]
SOME = st.dictionaries(st.sampled_from(FIGURES), st.integers(0, 2), max_size=8)


class TestIdentities:
    """names = entitled + recused; entitled = the six marks; present = cast + silent; cast = valid + invalid."""

    def test_marks_make_every_whole(self):
        """Seven marks are a whole tally."""
        tally = Tally.of(for_=5, against=4, abstaining=3, invalid=2, silent=1, absent=6, recused=7)
        assert known(tally) == completed(dict(zip(MARKS, (5, 4, 3, 2, 1, 6, 7), strict=True)))

    def test_all_for_leaves_nothing_for_anybody_else(self):
        """Five of five for: every other mark is nought."""
        tally = Tally.of(entitled=5, for_=5)
        assert [tally.number(each) for each in (AGAINST, INVALID, SILENT, ABSENT, PRESENT)] == [0, 0, 0, 0, 5]
        assert tally.get(RECUSED) is None

    def test_a_difference_is_forced(self):
        """What is left is known where only one mark is open."""
        assert Tally.of(names=10, entitled=8).number(RECUSED) == 2
        assert Tally.of(valid=9, cast=10).number(INVALID) == 1

    @given(SOME)
    def test_a_figure_is_known_exactly_where_it_is_forced(self, some):
        """Every completion is tried: a figure is known if and only if all agree, and none means refusal (row 34)."""
        completions = [each for each in ALL_SMALL if all(each[figure] == number for figure, number in some.items())]
        heads = dict(some)
        if not completions:
            with pytest.raises(InvalidValue):
                Tally({"heads": heads})
            return
        forced = {
            figure: completions[0][figure] for figure in FIGURES if len({each[figure] for each in completions}) == 1
        }
        assert known(Tally({"heads": heads})) == forced

    @given(
        st.sampled_from(ALL_SMALL_WITH_A_GROUP),
        st.sets(st.sampled_from(FIGURES)),
        st.sets(st.sampled_from(FIGURES)),
        st.sampled_from(["", *FIGURES]),
    )
    def test_a_group_and_the_whole_force_each_other(self, base, of_all, of_group, shifted):
        """With a group, a known figure is forced, and a tally that can be completed is never refused."""
        none = {"absent": 0, "recused": 0}
        whole = {figure: base[0][figure] for figure in of_all} | none
        part = {figure: base[1][figure] for figure in of_group} | none
        if shifted in part:
            part[shifted] += 1
        completions = [
            each
            for each in ALL_SMALL_WITH_A_GROUP
            if all(each[0][figure] == number for figure, number in whole.items())
            and all(each[1][figure] == number for figure, number in part.items())
        ]
        try:
            tally = Tally({"heads": whole | {"among": {"g": part}}})
        except InvalidValue:
            assert not completions
            return
        for side, figures in enumerate((known(tally), tally.measures["heads"]["among"]["g"])):
            for figure, number in figures.items():
                assert {each[side][figure] for each in completions} <= {number}

    def test_the_whole_tells_of_the_group(self):
        """Where nobody at all was against, nobody of the group was."""
        tally = Tally.of(entitled=9, against=0, among={"g": {"entitled": 3}})
        assert tally.number(AGAINST.among("g")) == 0

    def test_the_group_tells_of_the_whole(self):
        """Where the group is everybody, what it did is what all did."""
        tally = Tally.of(entitled=3, among={"g": {"entitled": 3, "for": 2}})
        assert tally.number(FOR) == 2

    def test_one_of_the_two_may_be_complete(self):
        """A complete group tells what it can of a whole that is not; a complete whole, of a group that is not."""
        tally = Tally.of(names=6, recused=0, among={"g": {"names": 5, "for": 3, "silent": 2, "recused": 0}})
        assert (tally.get(FOR), tally.number(FOR.among("g"))) == (None, 3)
        nobody = Tally.of(entitled=0, valid=0, recused=0, presence=False,
                          among={"g": {"cast": 0, "for": 0, "invalid": 0}})  # fmt: skip
        assert nobody.number(ENTITLED.among("g")) == 0

    def test_several_groups_narrow_one_another_through_the_whole(self):
        """Two groups that are each everybody did the same."""
        tally = Tally.of(entitled=3, among={"g": {"entitled": 3}, "h": {"entitled": 3, "for": 3}})
        assert tally.number(FOR.among("g")) == 3

    def test_stopping_early_forces_less_and_never_wrongly(self, monkeypatch):
        """Bounds narrow one another by turns, and the turns are counted; what is known after one is still forced."""
        figures = {"entitled": 3, "among": {"g": {"entitled": 3}, "h": {"entitled": 3, "for": 3}}}
        complete = Tally.of(**figures)
        monkeypatch.setattr("yizheng.rules.closing.ROUNDS", 1)
        monkeypatch.setattr("yizheng.rules.counting.ROUNDS", 1)
        stopped = Tally.of(**figures)
        assert stopped.get(FOR.among("g")) is None
        assert known(stopped).items() <= known(complete).items()

    def test_what_nobody_did_weighs_nothing(self):
        """No head against is no area against."""
        tally = Tally.by_measure(heads={"against": 0, "entitled": 3}, area={"entitled": "90.5"})
        assert tally.number(AGAINST.by("area")) == 0


class TestExactness:
    """Figures are taken exactly as they were written, or refused."""

    @pytest.mark.parametrize("number", [3, Fraction(3), Decimal("3.00"), "3", "3.0"], ids=repr)
    def test_one_number_in_every_exact_form(self, number):
        """Whole numbers are ints, however they came."""
        found = Tally.of(entitled=number).number(ENTITLED)
        assert found == 3
        assert type(found) is int

    @pytest.mark.parametrize("number", [2.0, float("nan"), float("inf"), True, [], b"3", 3j], ids=repr)
    def test_whatever_is_no_exact_number_is_a_type_error(self, number):
        """A float is refused by type, with what to write (row 14)."""
        with pytest.raises(InvalidType, match="heads: entitled"):
            Tally.of(entitled=number)

    @pytest.mark.parametrize(
        "number",
        [
            "60%",
            "",
            "1e9",
            "½",
            "three",
            " 3",
            "3/4",
            "1" * 41,
            -1,
            "-0.5",
            Decimal("NaN"),
            Decimal("Infinity"),
            10**40,
        ],
        ids=repr,
    )
    def test_whatever_cannot_be_a_count_is_a_value_error(self, number):
        """Percentages, negatives and numbers that are not finite are refused (rows 2, 68, 89)."""
        with pytest.raises(InvalidValue, match="heads: entitled"):
            Tally.of(entitled=number)

    def test_a_number_that_would_fill_memory_is_refused_at_once(self):
        """Short to write, long to spread out."""
        with pytest.raises(InvalidValue, match="40 digits"):
            Tally.of(entitled=Decimal("1e5000000"))

    def test_heads_are_whole_and_weights_need_not_be(self):
        """Half a head is a mistake; half a square metre is not."""
        with pytest.raises(InvalidValue, match="whole number"):
            Tally.of(entitled="2.5")
        tally = Tally.by_measure(heads={"entitled": 1}, area={"entitled": Fraction(1, 3)})
        assert tally.number(ENTITLED.by("area")) == Fraction(1, 3)

    def test_a_weight_of_nothing_stays_nothing(self):
        """Nought is nought, never one and never a little (row 25)."""
        tally = Tally.by_measure(heads={"for": 2}, area={"for": 0})
        assert tally.number(FOR.by("area")) == 0

    def test_large_weights_are_exact(self):
        """Beyond 2^31, 2^53 and 2^63 nothing is lost (row 15; R5)."""
        weight = 10**39 + 1
        tally = Tally.by_measure(heads={"for": 2, "against": 1}, shares={"for": weight, "against": weight - 1})
        assert tally.number((FOR - AGAINST).by("shares")) == 1

    @pytest.mark.parametrize(
        "number", [Fraction(1, 2**132), Fraction(1, 10**40), Fraction(10**39, 3), 10**40 - 1], ids=str
    )
    def test_every_figure_that_is_taken_can_be_written_and_read(self, number):
        """However small or large, it is itself again."""
        tally = Tally.by_measure(heads={"for": 1}, area={"for": number})
        assert tally_from_data(to_data(tally)) == tally

    def test_forty_digits_are_those_of_the_figure(self):
        """Not of the smallest unit in which all are counted; a sum of 41 is refused."""
        most = 5 * 10**38
        assert Tally({"heads": {}, "area": {"for": most, "against": "0.01"}}).number(FOR.by("area")) == most
        with pytest.raises(InvalidValue, match=r"^area: valid comes to more than 40 digits; check the input$"):
            Tally({"heads": {}, "area": {"for": 10 * most, "against": 10 * most, "abstaining": 0}})

    def test_a_sum_is_no_longer_than_a_figure_may_be(self):
        """Two numbers of forty digits may make one of forty-one, which no record could take back."""
        with pytest.raises(InvalidValue, match="area: valid comes to more than 40 digits"):
            Tally.by_measure(
                heads={"for": 1, "against": 1, "abstaining": 0},
                area={"for": 10**40 - 1, "against": 10**40 - 1, "abstaining": 0},
            )


class TestRefused:
    """A tally that cannot be is refused, with every fault at once."""

    def test_says_all_faults(self):
        """More present than entitled, more cast than present, and a negative: three sentences."""
        with pytest.raises(InvalidValue) as caught:
            Tally.of(entitled=30, present=31, cast=40, against=-3)
        assert caught.value.faults == (
            "heads: against is -3; a count is nought or more",
            "heads: cast 40 is more than present 31; count again",
            "heads: present 31 is more than entitled 30; count again",
        )

    @pytest.mark.parametrize(
        ("figures", "say"),
        [
            (
                {"entitled": 30, "present": 20, "for_": 12, "against": 9},
                "for 12 [+] against 9 = 21 is more than present 20",
            ),
            ({"valid": 9, "for_": 3, "against": 2, "abstaining": 1}, "= 6 does not make up valid 9"),
            ({"names": 9, "entitled": 3, "recused": 1}, "entitled 3 [+] recused 1 = 4 does not make up names 9"),
            ({"entitled": 3, "names": 2}, "entitled 3 is more than names 2"),
            ({"entitled": 3, "among": {"g": {"entitled": 4}}}, "among 'g': entitled 4 is more than entitled 3 of all"),
            ({"entitled": 3, "among": {"g": {"for": 2, "cast": 1}}}, "among 'g': for 2 is more than cast 1"),
            ({"entitled": 3, "for_": 3, "among": {"g": {"against": 1}}}, "no possible number of against"),
            (
                {"entitled": 3, "among": {"g": {"entitled": 3, "for": 2}, "h": {"against": 2}}},
                "among 'h', held against",
            ),
            ({"entitled": 3, "among": {"": {}}}, "a group"),
            ({"entitled": 3, "among": {"g": {"yes": 1}}}, "'yes' is no figure"),
            ({"entitled": 3, "among": {"g": {"among": {}}}}, "'among' is no figure"),
            (
                {"valid": 100, "against": 10, "among": {"g": {"valid": 100, "against": 3}}},
                "among 'g', held against all: the figures leave no possible number",
            ),
            (
                completed(dict.fromkeys(MARKS, 1)) | {"among": {"g": completed(dict.fromkeys(MARKS, 0) | {"for": 2})}},
                "among 'g': for 2 is more than for 1 of all",
            ),
            ({"issued": "2.5"}, "issued ballots"),
            ({"returned": -1}, "returned ballots"),
        ],
    )
    def test_by_heads(self, figures, say):
        """Each fault names the figures and what is wrong with them."""
        figures = {"for_" if figure == "for" else figure: number for figure, number in figures.items()}
        with pytest.raises(InvalidValue, match=say):
            Tally.of(**figures)

    @pytest.mark.parametrize(
        ("measures", "say"),
        [
            ({"area": {"entitled": 3}}, "heads are missing"),
            ({"heads": {"entitled": 3, "yes": 1}}, "'yes' is no figure"),
            ({"heads": {3: 1}}, "3 is no figure"),
            ({"heads": {"for": 1, "for_": 1}}, "for is given twice"),
            ({"heads": {}, "": {}}, "a measure"),
            ({"heads": {"among": {"g": {}}}, "area": {}}, "group 'g' is counted by heads and not by area"),
            ({"heads": {"for": 0}, "area": {"for": 20}}, "for 20 belongs to nobody: heads say for 0"),
            (
                {"heads": {"for": 0, "against": 1}, "area": {"for": 1, "against": 9, "cast": 3}},
                "10 is more than cast 3",
            ),
            (
                {"heads": {"entitled": 2, "cast": 2}, "area": {"entitled": 3, "cast": 2}},
                "by heads nobody is silent, absent",
            ),
            ({"heads": {}, "area": {"entitled": "3.5", "present": "3.75"}}, "present 15/4 is more than entitled 7/2"),
            ({"heads": {f"x{n}": 1 for n in range(99)}}, "99 keys"),
            ({"heads": {}} | {f"m{n}": {} for n in range(16)}, "17 keys"),
            ({"heads": {"among": {f"g{n}": {} for n in range(1001)}}}, "1001 keys"),
            (
                {"heads": {}, "area": {"for": Fraction(1, 10**39 - 1), "against": Fraction(1, 10**38 - 1)}},
                "too many different fractions",
            ),
        ],
    )
    def test_by_measure(self, measures, say):
        """Each fault names the measure."""
        with pytest.raises(InvalidValue, match=say):
            Tally(measures)

    @pytest.mark.parametrize(
        "measures",
        [None, [], {"heads": 3}, {"heads": {"among": []}}, {"heads": {"among": {"g": 3}}}, {3: {}, "heads": {}}],
    )
    def test_by_type(self, measures):
        """What is no mapping of counts is a type error."""
        with pytest.raises(InvalidType):
            Tally(measures)

    def test_presence_is_said_and_not_guessed(self):
        """It is a truth value."""
        with pytest.raises(InvalidType, match="presence"):
            Tally.of(entitled=3, presence=0)

    @pytest.mark.parametrize(
        ("count", "says"),
        [
            (lambda: Tally([]), "a tally is of type list; write a mapping such as dict(entitled=30, for_=12)"),
            (
                lambda: Tally({"heads": {"yes" * 20: 1}}),
                f"heads: 'yesyesyesyesyesyesyesyesyesyesyesyesyes… is no figure; write one of {', '.join(Figure)}",
            ),
            (lambda: Tally({"heads": {f"x{number}": 1 for number in range(15)}}), "heads has 15 keys; 14 are the most"),
            (
                lambda: Tally.of(entitled=3, present=2, presence=False),
                "heads: present is given, but a vote without presence has none; count everybody who did not vote as silent",
            ),
            (
                lambda: Tally.of(blank=-1, ambiguous=-2),
                "blank ballots is -1; a count is nought or more; ambiguous ballots is -2; a count is nought or more",
            ),
            (lambda: Tally({"heads": {}}, deemed=3), "those deemed is 3; a Deemed was expected"),
            (lambda: Tally.of(entitled=3).deeming(3), "those deemed is 3; a Deemed was expected"),
            (lambda: Tally.of(electorate=""), "the electorate has 0 characters; it needs 1 to 200"),
            (lambda: Tally.of(entitled=3).heads("for"), "a figure is 'for'; a Figure was expected"),
            (lambda: Tally.of(entitled=3).get(3), "an amount is 3; a Amount was expected"),
            (lambda: Tally.of(entitled=3).number(3), "an amount is 3; a Amount was expected"),
        ],
        ids=itertools.count(),
    )
    def test_in_whole_sentences(self, count, says):
        """What is, what was expected and what to write instead."""
        with pytest.raises((InvalidType, InvalidValue)) as caught:
            count()
        assert str(caught.value) == says

    def test_nobody_has_no_weight(self):
        """Each figure of each group that heads say is nobody's; what has no area may have shares all the same."""
        with pytest.raises(InvalidValue) as caught:
            Tally(
                {
                    "heads": {"for": 0, "among": {"g": {"for": 0, "against": 0}}},
                    "area": {"for": 2, "among": {"g": {"for": 1, "against": 3}}},
                }
            )
        assert caught.value.faults == (
            "area: for 2 belongs to nobody: heads say for 0",
            "area among 'g': against 3 belongs to nobody: heads say against 0",
            "area among 'g': for 1 belongs to nobody: heads say for 0",
        )
        with pytest.raises(InvalidValue) as caught:
            Tally({"heads": {"entitled": 2, "cast": 2}, "area": {"entitled": 3, "cast": 2}})
        assert caught.value.faults == (
            "area: the figures leave no possible number of entitled (by heads nobody is silent, absent); count again",
        )
        assert Tally({"heads": {"for": 1}, "area": {"for": 0}, "shares": {"for": 1}}).number(FOR.by("shares")) == 1

    def test_names_only_what_contradicts(self):
        """A whole that is what its parts make is no fault beside one that is not."""
        with pytest.raises(InvalidValue) as caught:
            Tally.of(valid=3, for_=1, against=1, abstaining=1, cast=9, present=8)
        assert caught.value.faults == ("heads: cast 9 is more than present 8; count again",)

    def test_both_measures_are_looked_at(self):
        """A fault in heads does not hide one in area."""
        with pytest.raises(InvalidValue) as caught:
            Tally.by_measure(heads={"entitled": 1, "present": 2}, area={"entitled": 1, "present": 2})
        assert len(caught.value.faults) == 2

    def test_a_contradiction_between_large_numbers_comes_to_an_end(self):
        """Bounds that creep towards each other are stopped."""
        figures = {"entitled": 10**30, "among": {"g": {"entitled": 10**30, "for": 10**29}}}
        assert Tally.of(**figures).number(FOR) == 10**29


class TestWithoutPresence:
    """Written, online and mixed voting have no presence: who did not vote is silent."""

    TALLY = Tally.of(entitled=10, for_=3, against=2, abstaining=0, invalid=1, presence=False)

    def test_everybody_who_did_not_vote_is_silent(self):
        """Four of ten sent nothing in."""
        assert self.TALLY.number(SILENT) == 4
        assert self.TALLY.number(CAST) == 6

    @pytest.mark.parametrize("amount", [PRESENT, ABSENT, ENTITLED - PRESENT])
    def test_presence_is_refused(self, amount):
        """There is none, and it is not taken for nought."""
        assert self.TALLY.get(amount) is None
        with pytest.raises(InvalidValue, match="no presence; use CAST or ENTITLED"):
            self.TALLY.number(amount)

    @pytest.mark.parametrize("figure", ["present", "absent"])
    def test_giving_it_is_refused(self, figure):
        """Who is given as present or absent was counted at a meeting."""
        with pytest.raises(InvalidValue, match=f"{figure} is given"):
            Tally({"heads": {"entitled": 10, figure: 4}}, presence=False)

    def test_nobody_absent_may_be_said(self):
        """Nought absent is no contradiction."""
        assert Tally.of(entitled=1, absent=0, present=0, presence=False) == Tally.of(entitled=1, presence=False)


class TestAsking:
    """A figure that is unknown is refused by its name, never taken for nought."""

    TALLY = Tally.of(entitled=9, among={"g": {"entitled": 3}})

    @pytest.mark.parametrize(
        ("amount", "say"),
        [
            (FOR, r"FOR is unknown; give for_=…$"),
            (VALID, r"VALID is unknown; give valid=…, or what makes it up \(for \+ against \+ abstaining\)"),
            (FOR.among("g"), r"FOR among 'g' is unknown"),
            (FOR.among("h"), r"no group 'h' was counted \(counted: g\)"),
            (FOR.by("area"), r"nothing was counted by 'area'; give area=dict"),
        ],
    )
    def test_says_what_to_give(self, amount, say):
        """The error names the figure and what would make it known."""
        assert self.TALLY.get(amount) is None
        with pytest.raises(InvalidValue, match=say):
            self.TALLY.number(amount)

    @pytest.mark.parametrize(("groups", "told"), [((), "none"), (("g",), "g"), (("g", "e"), "e, g")], ids=str)
    def test_says_which_groups_were_counted(self, groups, told):
        """All of them, by name."""
        with pytest.raises(InvalidValue, match=rf"^no group 'h' was counted \(counted: {told}\); give it under among"):
            Tally.of(entitled=9, among={group: {} for group in groups}).number(FOR.among("h"))

    def test_names_every_figure_that_is_missing(self):
        """Two unknown figures are two faults."""
        with pytest.raises(InvalidValue) as caught:
            self.TALLY.number(FOR + AGAINST)
        assert len(caught.value.faults) == 2

    def test_knows_its_groups(self):
        """The groups that were counted."""
        assert self.TALLY.groups == {"g"}
        assert Tally.of(entitled=3).groups == frozenset()


class TestValue:
    """A tally is a value."""

    def test_is_frozen_hashable_copied_and_pickled(self):
        """Whatever door it goes through, it stays what it is."""
        tally = Tally.by_measure(
            heads={"for": 2, "among": {"g": {"for": 1}}}, area={"for": 3, "among": {"g": {}}}, issued=3
        )
        assert pickle.loads(pickle.dumps(tally)) == tally == copy.deepcopy(tally)
        assert hash(pickle.loads(pickle.dumps(tally))) == hash(tally)
        assert attrs.evolve(tally, issued=3) == tally
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            tally.issued = 4  # type: ignore[misc]
        with pytest.raises(TypeError):
            tally.measures["heads"]["for"] = 9

    def test_every_way_to_build_it_takes_everything(self):
        """Heads alone, several measures, and counts as they are stored make the same."""
        counts = {"entitled": 9, "for": 3, "against": 3}
        beside = {"issued": 9, "returned": 8, "electorate": "owners", "casting": "for", "presence": False}
        one = Tally({"heads": counts}, **beside)
        assert Tally.by_measure(heads=counts, **beside) == one
        assert Tally.of(entitled=9, for_=3, against=3, **beside) == one
        assert (one.issued, one.returned, one.electorate, one.casting.value) == (9, 8, "owners", "for")
        spoilt = Tally.of(entitled=9, abstaining=2, blank=2, invalid=1, ambiguous=1)
        assert spoilt == Tally({"heads": {"entitled": 9, "abstaining": 2, "invalid": 1}}, blank=2, ambiguous=1)
        assert (spoilt.blank, spoilt.ambiguous) == (2, 1)

    def test_is_equal_by_what_is_known(self):
        """How it was given does not matter."""
        assert Tally.of(entitled=5, for_=5) == Tally.of(entitled=5, for_=5, against=0, absent=0)
        assert Tally.of(entitled=5) != Tally.of(entitled=5, presence=False)

    def test_changing_what_it_was_made_from_changes_nothing(self):
        """It keeps no part of what it was given."""
        counts = {"heads": {"for": 2, "among": {"g": {"for": 1}}}}
        tally = Tally(counts)
        counts["heads"]["for"] = 9
        assert tally.number(FOR) == 2
