"""Quotas: places for which several votes compete, ranked exactly (domain 2.3, "Order effects")."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Citation, Text
from yizheng.codec import dump
from yizheng.codec.values import load
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    FOR,
    PRESENT,
    Award,
    Filling,
    Lot,
    Outcome,
    Quota,
    Rule,
    Standing,
    Step,
    Tally,
)

HALF = Fraction(1, 2)
INVENTED = Citation(instrument=Text("名额规定（虚构）", "rules on places (invented)"), article="4")
SIMPLE = Rule(quorum=None, passage=FOR > HALF * CAST)


def ruling(in_favour, *, of=20, rule=SIMPLE):
    """A vote with so many in favour."""
    return rule.judge(Tally.of(entitled=of, cast=of, for_=in_favour, against=of - in_favour))


def rulings(*votes):
    """Votes with so many in favour, named a, b and so on."""
    return {chr(ord("a") + place): ruling(number) for place, number in enumerate(votes)}


class TestTheQuota:
    """A quota says how many places there are, how matters are ranked, and what follows from a tie."""

    def test_no_place_is_no_quota(self) -> None:
        """A quota of nought places is refused: it would refuse everything without a vote."""
        with pytest.raises(InvalidValue, match="0 places"):
            Quota(seats=0)

    @pytest.mark.parametrize("by", [CAST, PRESENT, FOR - PRESENT, FOR - FOR, FOR.by("area") + CAST.by("area")])
    def test_what_is_voted_ranks(self, by) -> None:
        """Only what was voted ranks: a number that a vote may leave unknown, or that is the same for all, does not."""
        with pytest.raises(InvalidValue, match="rank them by what is voted"):
            Quota(seats=1, by=by)

    @pytest.mark.parametrize("by", [FOR, FOR - AGAINST, FOR.by("area"), FOR.among("women"), 2 * FOR + ABSTAINING])
    def test_any_sum_of_votes_ranks(self, by) -> None:
        """Votes for, against and abstaining may be weighed, added and taken from each other."""
        assert Quota(seats=1, by=by).by == by

    def test_all_faults_are_told_at_once(self) -> None:
        """Every fault of a quota is named, not the first alone."""
        with pytest.raises(InvalidValue) as caught:
            Quota(seats=0, by=PRESENT, edge_citation=INVENTED)
        assert len(caught.value.faults) == 3

    def test_a_quota_is_kept_as_plain_data(self) -> None:
        """A quota is written as plain data and read back as it was."""
        quota = Quota(seats=24, by=FOR.by("area"), edge="lot", edge_citation=INVENTED, citation=INVENTED)
        data = dump(quota)
        assert data["by"] == {"of": "for", "by": "area"}
        assert load(Quota, data, {}) == quota


class TestRanking:
    """The best of those that satisfy their rule get the places, exactly."""

    def test_twenty_four_of_thirty(self) -> None:
        """Ranked by votes, the first 24 of 30 get a place (domain 2.3; the numbers are invented)."""
        votes = {f"h-{number:02}": ruling(61 - number, of=60) for number in range(1, 31)}
        filling = Quota(seats=24).fill(votes)
        assert filling.placed == {f"h-{number:02}" for number in range(1, 25)}
        assert filling.least == 37
        assert filling.standings["h-25"] == Standing(outcome="carried", award="outranked", number=36, rank=25)

    def test_who_fails_its_rule_takes_no_place_that_is_left(self) -> None:
        """A vote that was lost takes no place, however many are left, and has no rank."""
        filling = Quota(seats=3).fill(rulings(15, 10))
        assert filling.placed == {"a"}
        assert filling.standings["b"] == Standing(outcome="lost", award="unmet", number=10)

    def test_one_vote_more_is_enough(self) -> None:
        """One vote decides, and one part of a square metre does."""
        assert Quota(seats=1).fill(rulings(15, 16)).placed == {"b"}
        areas = {
            item: SIMPLE.judge(
                Tally.by_measure(heads={"entitled": 20, "cast": 20, "for_": 15}, area={"entitled": 900, "for_": area})
            )
            for item, area in {"a": "500.01", "b": "500.011"}.items()
        }
        assert Quota(seats=1, by=FOR.by("area")).fill(areas).placed == {"b"}

    def test_heads_and_area_rank_otherwise(self) -> None:
        """By heads and by area other matters come first; the quota says by which."""
        votes = {
            item: SIMPLE.judge(
                Tally.by_measure(
                    heads={"entitled": 20, "cast": 20, "for_": heads}, area={"entitled": 900, "for_": area}
                )
            )
            for item, (heads, area) in {"many": (18, "400"), "large": (12, "700.5")}.items()
        }
        assert Quota(seats=1).fill(votes).placed == {"many"}
        assert Quota(seats=1, by=FOR.by("area")).fill(votes).placed == {"large"}

    def test_a_number_that_was_not_counted_is_no_nought(self) -> None:
        """Votes that do not count what they are ranked by are refused, each by its name."""
        with pytest.raises(InvalidValue) as caught:
            Quota(seats=1, by=FOR.by("area")).fill(rulings(15, 16))
        assert [fault[:2] for fault in caught.value.faults] == ["a:", "b:"]

    def test_equals_at_the_edge_get_no_place(self) -> None:
        """Equal numbers for the last places are a tie, and neither order nor name decides it."""
        filling = Quota(seats=2).fill(rulings(18, 15, 15, 12))
        assert (filling.placed, filling.tied, filling.emptied) == ({"a"}, {"b", "c"}, 1)
        assert [each.rank for each in filling.standings.values()] == [1, 2, 2, 4]
        assert filling.standings["d"].award is Award.OUTRANKED

    def test_equals_that_all_have_a_place_are_no_tie(self) -> None:
        """Equal numbers among those that all get a place are no tie."""
        filling = Quota(seats=3).fill(rulings(15, 15, 15))
        assert (len(filling.placed), filling.tied, filling.emptied) == (3, set(), 0)

    def test_without_a_place_left_nobody_is_tied(self) -> None:
        """Where no place is left, equals are simply without one."""
        filling = Quota(seats=3).fill(rulings(15, 15), seats=0)
        assert {each.award for each in filling.standings.values()} == {Award.OUTRANKED}

    def test_a_vote_that_decides_nothing_does_not_compete(self) -> None:
        """A vote without a quorum and a void one have no number and no rank."""
        rule = Rule(quorum=CAST >= 15, passage=FOR > HALF * CAST)
        none = rule.judge(Tally.of(entitled=20, cast=10, for_=10))
        void = SIMPLE.judge(Tally.of(entitled=20, issued=20, returned=21))
        filling = Quota(seats=2).fill({"none": none, "void": void, "a": ruling(15)})
        assert filling.placed == {"a"}
        assert {filling.standings[item].award for item in ("none", "void")} == {Award.UNDECIDED}
        assert {filling.standings[item].number for item in ("none", "void")} == {None}

    @given(
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=9),
        st.integers(1, 10),
        st.randoms(use_true_random=False),
    )
    def test_the_chosen_are_those_of_a_plain_reckoning(self, votes, seats, random) -> None:
        """Who gets a place is who is outdone by fewer than there are places, equals counted with them; in any order."""
        quota = Quota(seats=seats, by=2 * FOR + AGAINST)
        judged = {
            f"{number:02}": SIMPLE.judge(
                Tally.of(entitled=20, cast=in_favour + against, for_=in_favour, against=against)
            )
            for number, (in_favour, against) in enumerate(votes)
        }
        numbers = {
            f"{number:02}": 2 * in_favour + against
            for number, (in_favour, against) in enumerate(votes)
            if in_favour > against
        }
        chosen = {item for item, own in numbers.items() if sum(own <= other for other in numbers.values()) <= seats}
        filling = quota.fill(judged)
        assert filling.placed == chosen
        shuffled = list(judged.items())
        random.shuffle(shuffled)
        assert quota.fill(dict(shuffled)) == filling
        assert load(Filling, dump(filling), {}) == filling

    @given(st.lists(st.integers(0, 20), max_size=9), st.integers(0, 3))
    def test_with_a_place_for_each_nothing_changes(self, votes, more) -> None:
        """With as many places as matters, or more, every matter has the outcome of its own vote."""
        judged = rulings(*votes)
        filling = Quota(seats=max(1, len(votes) + more)).fill(judged)
        assert filling.placed == {item for item, each in judged.items() if each.outcome is Outcome.CARRIED}


class TestALot:
    """A lot is drawn outside and handed in, with its evidence, where the quota names that step (domain E17)."""

    QUOTA = Quota(seats=2, edge="lot", edge_citation=INVENTED)
    LOT = Lot({"c"}, Text("监督委员会主持，记录 1 号", "drawn by the supervisors, sheet 1"))

    def test_the_lot_gives_the_place(self) -> None:
        """Who was drawn has the place, who was not is tied and has none."""
        filling = self.QUOTA.fill(rulings(18, 15, 15), lot=self.LOT)
        assert (filling.placed, filling.tied, filling.emptied) == ({"a", "c"}, {"b"}, 0)

    @pytest.mark.parametrize("drawn", [set(), {"a"}, {"b", "c"}, {"d"}])
    def test_it_draws_of_the_tied_as_many_as_there_are_places(self, drawn) -> None:
        """A lot that drew others, or not as many as there are places, is refused."""
        with pytest.raises(InvalidValue, match="the lot drew"):
            self.QUOTA.fill(rulings(18, 15, 15, 12), lot=attrs.evolve(self.LOT, drawn=drawn))

    def test_no_lot_where_nobody_is_tied(self) -> None:
        """A lot is refused where nobody is tied."""
        with pytest.raises(InvalidValue, match="nobody is tied"):
            self.QUOTA.fill(rulings(18, 16, 15), lot=self.LOT)

    @pytest.mark.parametrize("edge", [None, "vacant", "revote"])
    def test_no_lot_where_no_rule_names_it(self, edge) -> None:
        """A lot is refused where the quota names no lot."""
        with pytest.raises(InvalidValue, match="names no lot"):
            Quota(seats=2, edge=edge).fill(rulings(18, 15, 15), lot=self.LOT)


class TestAFillingIsWorkedOut:
    """Standings are worked out, never written by hand."""

    def test_other_standings_are_refused(self) -> None:
        """A filling whose ranks or awards are not those of the numbers is refused."""
        filling = Quota(seats=1).fill(rulings(18, 15))
        first, second = filling.standings.values()
        for forged in (
            {"a": second, "b": first},
            {"a": attrs.evolve(first, award="outranked"), "b": attrs.evolve(second, award="placed")},
            {"a": attrs.evolve(first, rank=2), "b": second},
        ):
            made = {"a": attrs.evolve(forged["a"], number=18), "b": attrs.evolve(forged["b"], number=15)}
            with pytest.raises(InvalidValue, match="not those of the numbers"):
                attrs.evolve(filling, standings=made)

    @pytest.mark.parametrize(("outcome", "number"), [("carried", None), ("lost", None), ("void", 3), ("inquorate", 0)])
    def test_a_number_goes_with_a_decision(self, outcome, number) -> None:
        """A vote that decided something has a number, and one that did not has none."""
        standing = Standing(outcome=outcome, award="undecided", number=number)
        with pytest.raises(InvalidValue, match="lacks the number"):
            Filling(quota=Quota(seats=1), seats=1, standings={"a": standing})

    def test_no_more_places_than_the_quota(self) -> None:
        """No more places are filled than the quota has."""
        with pytest.raises(InvalidValue, match="2 places are filled, and the quota has 1"):
            Quota(seats=1).fill(rulings(18), seats=2)

    def test_only_standings_and_rulings_are_taken(self) -> None:
        """Something else than a standing or a ruling is refused with its name."""
        with pytest.raises(InvalidType, match="the standing of a"):
            Filling(quota=Quota(seats=1), seats=1, standings={"a": Outcome.CARRIED})
        with pytest.raises(InvalidType, match="the ruling on a"):
            Quota(seats=1).fill({"a": Outcome.CARRIED})


class TestInWords:
    """The record says plainly who ranked how, and why a matter that was carried by itself has no place."""

    def told(self, filling, item):
        """What the record of one matter says, in both languages."""
        placing = filling.placings("batch-1", "0" * 64)[item]
        return placing.explain("zh"), placing.explain("en")

    def test_one_that_is_outranked(self) -> None:
        """Its rank, the number of places, the number it had and the least that got a place are told."""
        zh, en = self.told(Quota(seats=2, citation=INVENTED).fill(rulings(18, 16, 15)), "c")
        assert zh == (
            "批次“batch-1”的事项竞争 2 个名额，按“赞成”排名：本事项本身符合通过条件：15，在 3 项中排第 3，"
            "取得名额的至少为 16，未取得名额。依据：《名额规定（虚构）》第4条。"
        )
        assert en == (
            'In batch batch-1, matters compete for 2 places, ranked by "for": this matter, which satisfies its rule, has '
            "15, rank 3 of 3; the least that got a place is 16, so it gets no place. Authority: rules on places "
            "(invented) art. 4."
        )

    @pytest.mark.parametrize(
        ("quota", "seats", "votes", "item", "zh", "en"),
        [
            (Quota(seats=1), 1, (18, 15), "a", "排第 1，取得名额。", "rank 1 of 2; it gets a place."),
            (Quota(seats=1), 0, (18, 15), "a", "名额已满，未取得名额。", "no place is left, so it gets none."),
            (
                Quota(seats=1),
                1,
                (18, 18, 15),
                "c",
                "这次没有事项取得名额，",
                "nobody gets a place by this, nor does it.",
            ),
            (
                Quota(seats=1),
                1,
                (18, 9),
                "b",
                "未符合通过条件，不参加排名。",
                "does not satisfy its rule, so it does not",
            ),
            (
                Quota(seats=1),
                1,
                (18, 18),
                "b",
                "没有规则规定如何处理，",
                "no rule says what follows from that, it gets no",
            ),
            (
                Quota(seats=1, edge="vacant"),
                1,
                (18, 18),
                "b",
                "名额空缺，未取得名额。",
                "which stay empty, it gets no place.",
            ),
            (Quota(seats=1, edge="revote"), 1, (18, 18), "b", "再次表决。", "it is voted on again together with them."),
        ],
    )
    def test_what_it_got(self, quota, seats, votes, item, zh, en) -> None:  # noqa: PLR0917
        """Whatever a matter got, its record says so."""
        told = self.told(quota.fill(rulings(*votes), seats=seats), item)
        assert zh in told[0]
        assert en in told[1]

    def test_a_vote_that_decided_nothing(self) -> None:
        """A void vote says that it does not compete."""
        void = SIMPLE.judge(Tally.of(entitled=20, issued=20, returned=21))
        zh, en = self.told(Quota(seats=1).fill({"a": void}), "a")
        assert "本事项的表决没有作出决定，不参加排名" in zh
        assert "the vote on this matter decides nothing" in en

    def test_a_lot(self) -> None:
        """Who was drawn and who was not is told with the evidence and the rule."""
        filling = TestALot.QUOTA.fill(rulings(18, 15, 15), lot=TestALot.LOT)
        assert "抽签未中（监督委员会主持，记录 1 号），未取得名额（依据：" in self.told(filling, "b")[0]
        assert "it gets a place by lot (drawn by the supervisors, sheet 1) (by rules" in self.told(filling, "c")[1]
        assert "lot" not in self.told(filling, "a")[1]
        assert "抽签决定（监督委员会主持，记录 1 号）" in filling.explain("zh")

    def test_area_has_its_unit(self) -> None:
        """Areas are told in square metres."""
        tally = Tally.by_measure(
            heads={"entitled": 20, "cast": 20, "for_": 15}, area={"entitled": 900, "for_": "500.5"}
        )
        zh, en = self.told(Quota(seats=1, by=FOR.by("area")).fill({"a": SIMPLE.judge(tally)}), "a")
        assert "按“赞成面积”排名：本事项本身符合通过条件：500.5 平方米" in zh
        assert "has 500.5 m²" in en

    @pytest.mark.parametrize(
        ("edge", "zh", "en"),
        [
            (
                None,
                "没有规则规定如何处理，均不取得名额",
                "no rule says what follows from that, and none of them gets one",
            ),
            ("vacant", "名额空缺", "these stay empty"),
            ("revote", "在并列者中再次表决", "they are voted on again"),
            (
                "lot",
                "由抽签决定（依据：《名额规定（虚构）》第4条）",
                "a lot decides (by rules on places (invented) art. 4)",
            ),
        ],
    )
    def test_the_quota_itself(self, edge, zh, en) -> None:
        """A quota says how many places there are, by what matters are ranked, and what follows from a tie."""
        quota = Quota(seats=24, by=FOR.by("area"), edge=edge, edge_citation=INVENTED if edge == "lot" else None)
        assert quota.explain("zh") == f"各事项竞争 24 个名额，按“赞成面积”排名；最后名额并列的，{zh}。"
        assert quota.explain("en") == (
            'The matters compete for 24 places, ranked by "area for"; where some are tied for the last places, '
            + en
            + "."
        )

    def test_without_a_tie_nothing_is_said_of_one(self) -> None:
        """Where nobody is tied, the batch's record says who got a place and who did not, and no more."""
        filling = Quota(seats=1).fill(rulings(12, 18))
        assert filling.explain("zh") == "名额 1 个，按“赞成”排名。第 1 名b：18，取得名额。第 2 名a：12，未取得名额。"
        assert filling.explain("en") == 'Places to fill: 1, ranked by "for". 1. b: 18, a place. 2. a: 12, no place.'

    @pytest.mark.parametrize("edge", [None, *Step])
    def test_the_whole_is_told_from_the_first_to_the_last(self, edge) -> None:
        """The batch's record tells every matter with its number, and what follows from a tie."""
        filling = Quota(seats=2, edge=edge, edge_citation=None if edge is None else INVENTED).fill(
            rulings(12, 18, 15, 15, 3)
        )
        zh, en = filling.explain("zh"), filling.explain("en")
        assert zh.startswith(
            "名额 2 个，按“赞成”排名。第 1 名b：18，取得名额。第 2 名c：15，并列。第 2 名d：15，并列。第 4 名a"
        )
        assert "4. a: 12, no place. Not ranked: e, the rule is not met. The tied compete for 1 places: " in en
        assert ("art. 4" in en) is (edge is not None)
