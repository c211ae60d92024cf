"""Silence: what a by-law makes of ballots that did not come back (domain part 0 item 8, E04, E05). Cases are invented."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Citation, Text
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    SILENT,
    Deeming,
    Figure,
    Outcome,
    Rule,
    Ruling,
    Silence,
    SilencePolicy,
    Tally,
    deem,
    ruling_from_data,
    silence_from_data,
    tally_from_data,
    to_data,
)
from yizheng.rules.deeming import found

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
BY_LAW = Citation(instrument=Text("业主大会议事规则（示例）", "rules of procedure (invented)"), article="12")
CODE = Citation(instrument=Text("民法典", "Civil Code"), article="278")
BOTH = Rule(
    quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
    passage=(FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area")),
    citation=CODE,
)
HEADS_ONLY = Rule(quorum=CAST >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * CAST, citation=CODE)
ZHEJIANG = (CAST > HALF * ENTITLED) & (CAST.by("area") > HALF * ENTITLED.by("area"))


def silence(policy: str, **terms) -> Silence:
    """A policy with its article."""
    return Silence(policy, basis=BY_LAW, **terms)


def cast(for_: int, against: int, *, of: int = 30, areas: tuple[int, int] | None = None) -> Tally:
    """A written vote of owners; every owner has 100 m² unless the areas say otherwise."""
    area_for, area_against = (for_ * 100, against * 100) if areas is None else areas
    marks = {"abstaining": 0, "invalid": 0}
    return Tally.by_measure(
        presence=False,
        heads={"entitled": of, "for": for_, "against": against, **marks},
        area={"entitled": of * 100, "for": area_for, "against": area_against, **marks},
    )


def served(number: int) -> dict:
    """So many of the silent were served."""
    return {"heads": {None: number}, "area": {None: number * 100}}


class TestBasis:
    """A policy needs the article of the by-law (E04)."""

    def test_without(self):
        """Silence counts for nothing by itself: without an article no policy can be built."""
        with pytest.raises(TypeError):
            Silence("for")
        for nothing in (None, "art. 12", HEADS_ONLY):
            with pytest.raises(InvalidType, match="basis"):
                Silence("for", basis=nothing)
        with pytest.raises(
            InvalidValue, match=r"^the basis names no article; give the article of the by-law, Citation"
        ):
            Silence("for", basis=Citation(instrument="议事规则"))

    @pytest.mark.parametrize("wrong", [{"policy": "yes"}, {"floor": 5}, {"substitutes": 1}, {"warning": 5}], ids=str)
    def test_terms_that_cannot_be(self, wrong):
        """A policy, a floor, a truth value, words: nothing else."""
        with pytest.raises((InvalidType, InvalidValue)):
            Silence(**{"policy": "for", "basis": BY_LAW, **wrong})


class TestPolicies:
    """The four policies; only those who were served count for anything."""

    @pytest.mark.parametrize(
        ("policy", "figures"),
        [
            ("not_taking_part", (10, 2, 0, 18)),
            ("abstaining", (10, 2, 14, 4)),
            ("majority", (24, 2, 0, 4)),
            ("for", (24, 2, 0, 4)),
        ],
    )
    def test_what_the_silent_count_as(self, policy, figures):
        """Ten for and two against of thirty; fourteen of the eighteen silent were served."""
        tally = deem(cast(10, 2), silence(policy), served(14))
        assert tuple(tally.number(amount) for amount in (FOR, AGAINST, ABSTAINING, SILENT)) == figures
        by_area = tuple(tally.number(amount.by("area")) for amount in (FOR, AGAINST, ABSTAINING, SILENT))
        assert by_area == tuple(number * 100 for number in figures)

    def test_the_majority_is_against(self):
        """Whoever follows the majority votes against where that is the majority."""
        tally = deem(cast(2, 10), silence("majority"), served(14))
        assert (tally.number(AGAINST), tally.deemed.mark) == (24, Figure.AGAINST)

    @given(st.sampled_from(SilencePolicy), st.integers(0, 15), st.integers(0, 15), st.data())
    def test_law_of_the_unserved(self, policy, for_, against, data):
        """Whatever the policy, no more than those served are counted as voting; as cast, the count is what it was."""
        tally = cast(for_, against)
        reached = data.draw(st.integers(0, 30 - for_ - against))
        deemed = deem(tally, silence(policy), served(reached))
        assert deemed.number(CAST) - tally.number(CAST) in {0, reached}
        assert deemed.number(SILENT) >= tally.number(SILENT) - reached
        assert deemed.number(ENTITLED) == tally.number(ENTITLED)
        assert deemed.as_cast == tally

    def test_nothing_else_is_lost(self):
        """What else the count says stays, with those deemed and back as cast."""
        tally = Tally.of(
            entitled=30, for_=9, against=9, abstaining=2, invalid=1, presence=False, issued=30, returned=21,
            electorate="owners", casting="for", blank=2, ambiguous=1,
        )  # fmt: skip
        deemed = deem(tally, silence("for"), {"heads": {None: 3}})
        for each in (deemed, deemed.as_cast):
            assert (each.issued, each.returned, each.electorate) == (30, 21, "owners")
            assert (each.casting, each.blank, each.ambiguous, each.presence) == (tally.casting, 2, 1, False)
        assert deemed.as_cast == tally

    def test_groups(self):
        """Those served are moved within their group too."""
        heads = {"for": 2, "against": 1, "abstaining": 0, "invalid": 0}
        tally = Tally.of(entitled=6, for_=3, against=1, abstaining=0, invalid=0, presence=False,
                         among={"east": {"entitled": 4, **heads}})  # fmt: skip
        deemed = deem(tally, silence("for"), {"heads": {None: 2, "east": 1}})
        assert deemed.number(FOR.among("east")) == 3
        assert deemed.number(SILENT.among("east")) == 0
        assert deemed.as_cast == tally


class TestTerms:
    """Where the terms are not met nobody is deemed anything, and the ruling says why."""

    @pytest.mark.parametrize(
        ("tally", "terms", "came", "said"),
        [
            (cast(6, 6), {"policy": "majority"}, Deeming.TIE, "no majority to follow"),
            (cast(6, 6, areas=(600, 600)), {"policy": "majority"}, Deeming.TIE, "no majority to follow"),
            (cast(7, 5, areas=(500, 700)), {"policy": "majority"}, Deeming.DISAGREE, "do not agree"),
            (cast(7, 5, areas=(600, 600)), {"policy": "majority"}, Deeming.DISAGREE, "do not agree"),
            (cast(6, 6, areas=(300, 100)), {"policy": "majority"}, Deeming.DISAGREE, "do not agree"),
            (cast(15, 0), {"policy": "for", "floor": ZHEJIANG}, Deeming.FLOOR, "Too few ballots"),
            (cast(16, 0, areas=(1500, 0)), {"policy": "for", "floor": ZHEJIANG}, Deeming.FLOOR, "Too few ballots"),
            (cast(16, 0), {"policy": "for", "floor": ZHEJIANG}, Deeming.DEEMED, "count as in favour"),
            (cast(10, 2), {"policy": "not_taking_part"}, Deeming.NOT_TAKING_PART, "not counted as taking part"),
        ],
        ids=[
            "tie",
            "tie by both",
            "heads against area",
            "tie by area alone",
            "tie by heads alone",
            "half is not more",
            "half by area",
            "more than half",
            "nothing",
        ],
    )
    def test_why(self, tally, terms, came, said):
        """A tie, heads against area, too few ballots (Zhejiang 2009 art. 10: more than half of both): each by name."""
        ruling = BOTH.judge(deem(tally, silence(**terms), served(10)))
        assert found(ruling.tally) is came
        assert said in ruling.explain("en")
        assert (ruling.otherwise is None) == (came is not Deeming.DEEMED)
        assert (ruling.tally.number(CAST) > tally.number(CAST)) == (came is Deeming.DEEMED)

    def test_nobody_was_served(self):
        """Without service nobody is deemed anything (E05)."""
        ruling = BOTH.judge(deem(cast(10, 2), silence("for"), served(0)))
        assert (found(ruling.tally), ruling.tally.number(FOR), ruling.by_silence) == (Deeming.NOBODY, 10, False)

    def test_nobody_noted_who_voted(self):
        """That nobody knows who was silent is another thing than that nobody was, and is read back as such."""
        ruling = BOTH.judge(deem(cast(10, 2), silence("for"), {}))
        assert (found(ruling.tally), ruling.tally.number(FOR), ruling.by_silence) == (Deeming.UNKNOWN, 10, False)
        assert "Nobody noted who voted" in ruling.explain("en")
        assert ruling_from_data(to_data(ruling)) == ruling

    def test_at_a_meeting(self):
        """Who sits in a meeting and says nothing has returned no ballot: silence is deemed nothing there."""
        meeting = Tally.of(entitled=10, present=8, for_=3, against=1, abstaining=0)
        with pytest.raises(InvalidValue, match="meeting"):
            deem(meeting, silence("for"), {"heads": {None: 1}})

    @pytest.mark.parametrize(
        "held",
        [{"heads": {None: 19}}, {"heads": {None: 1}, "votes": {None: 1}}, {"heads": {"east": 1}}, {"heads": 1}],
        ids=str,
    )
    def test_more_than_were_silent(self, held):
        """Nobody is deemed who voted, or was not counted."""
        with pytest.raises((InvalidValue, InvalidType)):
            deem(cast(10, 2), silence("for"), held)

    def test_says_where_they_are_too_many(self):
        """By measure, and by group of the roll."""
        tally = Tally.of(entitled=9, for_=3, against=1, abstaining=0, invalid=0, presence=False,
                         among={"east": {"entitled": 2, "for": 1, "against": 1}})  # fmt: skip
        with pytest.raises(InvalidValue) as caught:
            deem(tally, silence("not_taking_part"), {"heads": {None: 6, "east": 1, "west": 1}, "area": {None: 1}})
        assert caught.value.faults == (
            "heads: 6 are deemed, and silent are 5; count again",
            "heads among 'east': 1 are deemed, and silent are 0; count again",
            "heads among 'west': 1 are deemed, and nothing was counted there",
            "area: 1 are deemed, and nothing was counted there",
        )
        with pytest.raises(InvalidValue) as caught:
            deem(Tally.of(entitled=3), silence("for"), {"heads": {None: 1}})
        assert caught.value.faults[0] == "silence is deemed a vote only where there is no meeting; give presence=False"

    def test_what_is_no_count_and_no_policy(self):
        """It is told which of the two is of another type."""
        with pytest.raises(InvalidType, match=r"^what is counted is"):
            deem(None, silence("for"), served(1))
        with pytest.raises(InvalidType, match=r"^what is made of silence is"):
            deem(cast(10, 2), "for", served(1))
        with pytest.raises(InvalidType, match=r"^the served by heads are of type int; write a number by group"):
            deem(cast(10, 2), silence("for"), {"heads": 3})
        with pytest.raises(InvalidType, match=r"^the served:"):
            deem(cast(10, 2), silence("for"), 3)

    def test_twice(self):
        """Who is deemed once is not deemed again."""
        with pytest.raises(InvalidValue, match="as_cast"):
            deem(deem(cast(10, 2), silence("for"), served(3)), silence("for"), served(3))


class TestBothReadings:
    """Where the policy decides the outcome, the ruling says so and gives both readings (E04)."""

    def test_it_decides(self):
        """Twelve of thirty voted; with fourteen who follow the majority the quorum is met."""
        ruling = BOTH.judge(deem(cast(10, 2), silence("majority"), served(14)))
        assert (ruling.outcome, ruling.otherwise.outcome, ruling.by_silence) == (
            Outcome.CARRIED,
            Outcome.INQUORATE,
            True,
        )
        assert ruling.otherwise.tally == cast(10, 2)

    def test_it_does_not(self):
        """Twenty-four of thirty voted for it: the silent change nothing, and both readings are given all the same."""
        ruling = BOTH.judge(deem(cast(24, 2), silence("for"), served(4)))
        assert (ruling.outcome, ruling.otherwise.outcome, ruling.by_silence) == (
            Outcome.CARRIED,
            Outcome.CARRIED,
            False,
        )
        assert "已送达而未表决的 4 人、400 平方米计为赞成（" in ruling.explain("zh")
        assert "结果相同" in ruling.explain("zh")
        assert "the outcome is the same" in ruling.explain("en")

    def test_in_the_words_of_the_minutes(self):
        """Word for word, in both languages."""
        ruling = HEADS_ONLY.judge(deem(cast(10, 2), silence("majority"), served(14)))
        assert ruling.explain("zh") == (
            "应到 30，参与表决 26，不少于 2/3（20），表决有效；赞成 24，超过参与表决 1/2（13），通过。依据：《民法典》第278条。"
            "上述数字中，已送达而未表决的 14 人、1400 平方米，随多数意见，计为赞成（依据：《业主大会议事规则（示例）》第12条）；"
            "未送达或不能表决的 4 人不视为作出表示。只计实际表决，结果不同，本次结果取决于未表决者被视为的表示："
            "应到 30，参与表决 12，不足 2/3（20），至少需 20，未达法定人数，不作决定。"
        )
        assert ruling.explain("en") == (
            "Entitled 30, taking part 26, at least 2/3 (20): the vote is quorate; for 24, more than 1/2 of those taking "
            "part (13): carried. Authority: Civil Code art. 278. Of these figures, 14, 1400 m² served and silent count as "
            "in favour, following the majority (by rules of procedure (invented) art. 12); 4 who were not served or "
            "could not vote are deemed nothing. Counting only the ballots really cast, the outcome is another, so that the deemed votes "
            "decide it: Entitled 30, taking part 12, less than 2/3 (20), 20 needed: no quorum, nothing is decided."
        )

    @pytest.mark.parametrize(
        ("votes", "policy", "otherwise"),
        [((3, 4), "for", Outcome.LOST), ((4, 4), "abstaining", Outcome.CARRIED)],
        ids=["a tie as deemed alone", "a tie by both readings"],
    )
    def test_beside_a_casting_vote(self, votes, policy, otherwise):
        """A casting vote breaks the tie of a reading that has one, and counts for nothing in one that has none."""
        rule = Rule(quorum=None, passage=FOR > HALF * (FOR + AGAINST), citation=CODE, casting="chair")
        tally = Tally.of(
            entitled=10, for_=votes[0], against=votes[1], abstaining=0, invalid=0, presence=False, casting="for"
        )
        ruling = rule.judge(deem(tally, silence(policy), {"heads": {None: 1}}))
        assert (ruling.outcome, ruling.otherwise.outcome) == (Outcome.CARRIED, otherwise)
        assert ruling_from_data(to_data(ruling)) == ruling

    def test_a_count_without_a_policy(self):
        """Where no policy was applied nothing is said about silence."""
        ruling = BOTH.judge(cast(20, 2))
        assert (ruling.otherwise, ruling.by_silence) == (None, False)
        assert "计为" not in ruling.explain("zh")

    def test_settled_looks_at_ballots_really_cast(self):
        """Who is deemed may still vote, so that nothing is settled by deeming."""
        deemed = deem(cast(10, 2), silence("for"), served(18))
        assert BOTH.settled(deemed) is None


class TestData:
    """As plain data and back; what was deemed is never taken on trust."""

    @given(st.sampled_from(SilencePolicy), st.booleans(), st.booleans(), st.integers(0, 18))
    def test_there_and_back(self, policy, floored, warned, reached):
        """A policy, a tally and a ruling come back as they were."""
        terms = silence(
            policy,
            floor=ZHEJIANG if floored else None,
            warning=Text("不回复视为同意多数意见", "no answer follows the majority") if warned else None,
            substitutes=warned,
        )
        assert silence_from_data(to_data(terms)) == terms
        ruling = BOTH.judge(deem(cast(10, 2), terms, served(reached)))
        assert ruling_from_data(to_data(ruling)) == ruling
        assert tally_from_data(to_data(ruling.tally)) == ruling.tally

    def test_deemed_otherwise_than_the_ballots_make_them(self):
        """A tally that calls the silent in favour where the majority was against is not judged."""
        data = to_data(deem(cast(2, 10), silence("majority"), served(4)))
        data["deemed"]["mark"] = "for"
        data["measures"] = {
            measure: {"entitled": 30 * unit, "for": 6 * unit, "against": 10 * unit, "abstaining": 0, "invalid": 0}
            for measure, unit in (("heads", 1), ("area", 100))
        }
        with pytest.raises(InvalidValue, match="deemed for, and by the policy and the ballots cast they are against"):
            Ruling(BOTH, tally_from_data(data))

    def test_deemed_though_there_is_nothing_to_deem(self):
        """Nobody is deemed anything where votes for and against are equal."""
        data = to_data(deem(cast(2, 10), silence("majority"), served(4)))
        data["measures"] = {
            measure: {"entitled": 30 * unit, "for": 10 * unit, "against": 14 * unit, "abstaining": 0, "invalid": 0}
            for measure, unit in (("heads", 1), ("area", 100))
        }
        with pytest.raises(
            InvalidValue, match=r"deemed against, and by the policy and the ballots cast they are nothing$"
        ):
            Ruling(BOTH, tally_from_data(data))

    def test_more_deemed_than_counted(self):
        """Fewer votes in favour than are deemed to be cannot be read."""
        data = to_data(deem(cast(10, 2), silence("for"), served(18)))
        data["deemed"]["served"]["heads"]["silent"] = 29
        with pytest.raises(InvalidValue, match="29 are deemed, and for are 28"):
            tally_from_data(data)

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("deemed", "mark"), "invalid"),
            (("deemed", "mark"), "absent"),
            (("deemed", "silence", "policy"), "yes"),
            (("deemed", "silence", "basis"), {"instrument": "议事规则"}),
            (("deemed", "served", "heads", "silent"), -1),
            (("deemed", "served", "heads", "silent"), "many"),
        ],
        ids=str,
    )
    def test_what_cannot_be_read(self, path, value):
        """Each fault names the key where it stands."""
        data = to_data(deem(cast(10, 2), silence("for"), served(18)))
        part = data
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value
        with pytest.raises(InvalidValue, match="tally"):
            tally_from_data(data)

    def test_those_served_by_group(self):
        """Each group with its own number."""
        tally = Tally.of(entitled=9, for_=3, against=1, abstaining=0, invalid=0, presence=False,
                         among={"east": {"entitled": 4, "for": 1, "against": 1}})  # fmt: skip
        deemed = deem(tally, silence("for"), {"heads": {None: 3, "east": 1}})
        assert to_data(deemed)["deemed"]["served"] == {"heads": {"silent": 3, "among": {"east": 1}}}
        assert tally_from_data(to_data(deemed)) == deemed

    def test_another_second_reading(self):
        """A ruling whose other reading was written by hand is refused."""
        data = to_data(BOTH.judge(deem(cast(10, 2), silence("for"), served(18))))
        with pytest.raises(InvalidValue, match="otherwise"):
            ruling_from_data({**data, "otherwise": "carried"})
        del data["otherwise"]
        with pytest.raises(InvalidValue, match="otherwise"):
            ruling_from_data(data)


class TestWhatItsFloorAsksFor:
    """A floor counts by measures and groups, which a roll must know."""

    def test_measures_and_groups(self):
        """Each is named once; without a floor there is none."""
        basis = Citation(instrument="示例议事规则", article="12")
        half = Fraction(1, 2)
        by_area = CAST.by("area") > half * ENTITLED.by("area")
        floor = (CAST > half * ENTITLED) & by_area & (CAST.among("east") >= 1)
        silence = Silence("for", basis=basis, floor=floor)
        assert (silence.measures, silence.groups) == ({"heads", "area"}, {"east"})
        assert (Silence("for", basis=basis).measures, Silence("for", basis=basis).groups) == (set(), set())
