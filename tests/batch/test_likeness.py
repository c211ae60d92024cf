"""Likeness by title: leaders and what joins them, in the fast way as in the slow one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from batch import slow
from batch.matters import many, matter
from yizheng import Matter, Text
from yizheng.batch import USUAL, Alike, FuzzyLikeness, TitleLikeness, Wording
from yizheng.batch.leaders import FEW, _looked_up, is_one_slip, is_slip_in_a_word, led, led_by_one_slip
from yizheng.errors import InvalidType, InvalidValue

WORDS = st.text("AB甲乙", max_size=7)
WORDING = Wording(synonyms={"乙甲乙": "甲甲", "AAB": "甲甲", "BB": "AB"})


def gathered(likeness: Any, *titles: str) -> set[frozenset[str]]:
    """Titles as a likeness gathers them, three of each but the last ones."""
    matters = [matter(f"{number:03}", title) for number, title in enumerate(titles)]
    return {frozenset(each.title.zh for each in alike.matters) for alike in likeness.gather(matters)}


class TestSlips:
    """One slip: a character too many, missing, wrong, or two neighbours exchanged."""

    @pytest.mark.parametrize(
        "other", ["外墙渗漏", "外墙渗漏漏", "外渗漏", "外墙渗楼", "墙外渗漏", "处墙渗漏", "外墙漏渗"]
    )
    def test_one(self, other: str) -> None:
        """Each of these is one."""
        assert is_one_slip("外墙渗漏", other)
        assert is_one_slip(other, "外墙渗漏")

    @pytest.mark.parametrize("other", ["墙渗", "外墙", "漏外墙渗", "外墙楼深", "渗漏外墙", "", "外墙渗漏维修"])
    def test_more(self, other: str) -> None:
        """Each of these is more than one."""
        assert not is_one_slip("外墙渗漏", other)
        assert not is_one_slip(other, "外墙渗漏")

    @given(WORDS, WORDS)
    @example("", "a")
    @example("ab", "ba")
    def test_as_the_distance(self, one: str, other: str) -> None:
        """It is a distance of one at most, as the table of all distances gives it."""
        assert is_one_slip(one, other) == (slow.distance(one, other) <= 1)

    @given(WORDS, WORDS)
    def test_in_a_word(self, key: str, leader: str) -> None:
        """A slip in a synonym is found as by trying each synonym in the place of each word."""
        key, leader = WORDING.key(key), WORDING.key(leader)
        assert is_slip_in_a_word(key, leader, WORDING.words(leader)) == slow.slip_in_a_word(key, leader, WORDING)

    def test_in_a_word_by_example(self) -> None:
        """A slip in a long word that no list knows is found by the list of those that it knows."""
        words = USUAL.words("3号楼低保复核")
        assert is_slip_in_a_word("3号楼最低生活宝障复核", "3号楼低保复核", words)
        assert not is_slip_in_a_word("3号楼最低保障复核", "3号楼低保复核", words)
        assert not is_slip_in_a_word("3号楼", "3号楼低保复核", words)


class TestLeaders:
    """The most frequent leads; what is a slip away and much rarer joins it; nothing is strung together."""

    @given(
        st.dictionaries(st.text("AB甲乙", min_size=0, max_size=6).map(WORDING.key), st.integers(1, 9), max_size=30),
        st.integers(0, 3),
        st.integers(0, 5),
    )
    def test_as_by_comparing_everything(self, counts: Mapping[str, int], times: int, least: int) -> None:
        """Looking up and comparing give what the definition gives."""
        wanted = slow.leads(counts, times, least, WORDING)
        assert led_by_one_slip(counts, times, least, WORDING.words) == wanted
        assert _looked_up(counts, times, least, WORDING.words) == wanted

    def test_both_ways_are_tried(self) -> None:
        """With few leaders each is compared, with more they are looked up."""
        keys = {f"{letter * 6}{other}": 2 for letter in "abcdefg" for other in "x"}
        assert len(keys) > FEW
        for counts in (keys, dict(list(keys.items())[:FEW])):
            first = min(counts)
            assert led_by_one_slip({**counts, first + "y": 1}, 2, 3, PLAIN.words)[first + "y"] == first

    def test_a_fault_in_either_would_be_seen(self) -> None:
        """One slip more, or a leader too rare, gives another answer."""
        counts = {"abcdef": 4, "abcdeg": 1, "abcdgh": 1, "xbcdef": 2}
        wanted = {"abcdef": "abcdef", "abcdeg": "abcdef", "abcdgh": "abcdgh", "xbcdef": "xbcdef"}
        assert led_by_one_slip(counts, 2, 3, PLAIN.words) == wanted
        assert led_by_one_slip(counts, 1, 3, PLAIN.words)["xbcdef"] == "abcdef"
        assert led_by_one_slip(counts, 2, 7, PLAIN.words) == {key: key for key in counts}
        assert led(counts, 2, lambda *_: True)["abcdgh"] == "abcdef"

    def test_no_chain(self) -> None:
        """What is like a follower and not the leader does not follow: single linkage would have made one group."""
        counts = {"aaaaaa": 9, "aaaaab": 1, "aaaabb": 1, "aaabbb": 1}
        assert led_by_one_slip(counts, 2, 3, PLAIN.words) == {
            **dict.fromkeys(("aaaaaa", "aaaaab"), "aaaaaa"),
            "aaaabb": "aaaabb",
            "aaabbb": "aaabbb",
        }

    def test_equally_frequent_ones_stay_apart(self) -> None:
        """Two names that differ in one character and are met as often are two names."""
        counts = {"金桂花园路灯": 5, "银桂花园路灯": 5, "金贵花园路灯": 1}
        leads = led_by_one_slip(counts, 2, 3, PLAIN.words)
        assert leads["银桂花园路灯"] == "银桂花园路灯"
        assert leads["金贵花园路灯"] == "金桂花园路灯"


PLAIN = Wording()


class TestTitleLikeness:
    """The default likeness: canonical keys, and one slip."""

    TITLES = ("关于阳光小区3号楼外墙渗水维修的请示", "阳光小区三号楼外墙漏水修缮", "阳光小区3幢外墙面渗漏整修事宜")

    def test_the_same_key(self) -> None:
        """Titles of one key are alike."""
        assert gathered(TitleLikeness(slips=False), *self.TITLES) == {frozenset(self.TITLES)}

    def test_a_slip(self) -> None:
        """A slip is overlooked, in a word of the list too, unless that is not wanted or the title is too short."""
        slipped = ("阳光小区3号楼外墙渗谁维修", "阳光小区3号楼外墙渗水唯修", "阳光小区3号楼外强面漏水维修")
        whole = {frozenset((*self.TITLES, *slipped))}
        assert gathered(TitleLikeness(), *self.TITLES, *slipped) == whole
        assert len(gathered(TitleLikeness(slips=False), *self.TITLES, *slipped)) == 4
        assert len(gathered(TitleLikeness(least=14), *self.TITLES, *slipped)) == 4

    @pytest.mark.parametrize(
        "other", ["阳光小区8号楼外墙渗水维修", "阳光小区3号楼外墙渗水不维修", "阳光小区3号楼内墙渗水维修"]
    )
    def test_what_tells_apart(self, other: str) -> None:
        """Another number, a negation, another direction is no slip, however frequent the others."""
        assert gathered(TitleLikeness(), *self.TITLES, other) == {frozenset(self.TITLES), frozenset({other})}

    def test_facts(self) -> None:
        """Facts that must agree keep apart; words of facts are read as titles are, and not stated is like not stated."""
        matters = [
            matter("001", estate="阳光一期", budget=5),
            matter("002", estate="阳光1期", budget=5),
            matter("003", estate="阳光二期", budget=5),
            matter("004", estate="阳光二期", budget="5"),
            matter("005", budget=5),
            matter("006", budget=5),
        ]
        found = {
            frozenset(each.id[-1] for each in alike.matters)
            for alike in TitleLikeness(facts=["estate", "budget"]).gather(matters)
        }
        assert found == {frozenset("12"), frozenset("3"), frozenset("4"), frozenset("56")}

    def test_language(self) -> None:
        """The title is read in the language that is asked for."""
        matters = [
            Matter("a", title=Text("外墙维修", "Repair of roof"), category="x"),
            Matter("b", title=Text("屋顶维修", "repair of ROOF"), category="x"),
        ]
        assert len(list(TitleLikeness().gather(matters))) == 2
        assert len(list(TitleLikeness(language="en").gather(matters))) == 1

    def test_a_title_that_says_nothing(self) -> None:
        """A title of phrases alone is alike to itself alone."""
        assert gathered(TitleLikeness(), "请示", "请示", "报告") == {frozenset({"请示"}), frozenset({"报告"})}

    @given(many(), st.randoms())
    def test_the_order_does_not_matter(self, matters: list[Matter], random: Any) -> None:
        """The same matters in another order give the same groups, each matter once, with the same words."""
        shuffled = list(matters)
        random.shuffle(shuffled)
        one, other = (
            {(frozenset(m.id for m in a.matters), a.like) for a in TitleLikeness().gather(given)}
            for given in (matters, shuffled)
        )
        assert one == other
        assert sorted(each for ids, _ in one for each in ids) == [each.id for each in matters]

    @pytest.mark.parametrize(
        ("settings", "error"),
        [
            ({"wording": None}, InvalidType),
            ({"facts": "estate"}, InvalidType),
            ({"language": "fr"}, InvalidValue),
            ({"least": -1}, InvalidValue),
            ({"times": 1.5}, InvalidType),
            ({"slips": 1}, InvalidType),
        ],
    )
    def test_settings(self, settings: dict[str, Any], error: type[Exception]) -> None:
        """What cannot be a setting is refused when it is made."""
        with pytest.raises(error):
            TitleLikeness(**settings)


class TestFuzzyLikeness:
    """The likeness of the extra: a share of slips."""

    def test_a_share_of_slips(self) -> None:
        """As many slips as the share of the longer key are overlooked, and not one more."""
        titles = ["民生花园临时救助评议公示牌"] * 3
        two, three = "民生花圆临时救住评议公示牌", "民生花圆临时救住评义公示牌"
        assert len(gathered(FuzzyLikeness(share="2/13"), *titles, two)) == 1
        assert len(gathered(FuzzyLikeness(share="2/13"), *titles, three)) == 2
        assert len(gathered(FuzzyLikeness(share="1/13"), *titles, two)) == 2
        assert len(gathered(FuzzyLikeness(share=0), *titles, two)) == 2

    @given(many())
    def test_one_slip_is_in_the_share(self, matters: list[Matter]) -> None:
        """Its leaders are those that comparing everything by the slow distance gives."""
        likeness = FuzzyLikeness(share="1/6", wording=attrs.evolve(USUAL, telling=""))
        counts: dict[str, int] = {}
        for each in matters:
            key = likeness.wording.key(each.title.zh)
            counts[key] = counts.get(key, 0) + 1

        def is_like(one: str, other: str) -> bool:
            return 6 * slow.distance(one, other) <= max(len(one), len(other))

        assert likeness._leads(counts) == led(counts, 2, is_like)

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without rapidfuzz the error says what to install, when the likeness is made."""
        monkeypatch.setitem(sys.modules, "rapidfuzz.distance.OSA", None)
        with pytest.raises(ImportError, match=r"yizheng\[similar\]"):
            FuzzyLikeness()

    @pytest.mark.parametrize("share", [1, "-1/5", "3/2"])
    def test_shares(self, share: Any) -> None:
        """A share lies from nought to below one."""
        with pytest.raises(InvalidValue, match="lies from 0 to below 1"):
            FuzzyLikeness(share=share)

    def test_floats(self) -> None:
        """A share is exact."""
        with pytest.raises(InvalidType):
            FuzzyLikeness(share=0.2)


class TestAlike:
    """What a likeness gives back."""

    def test_it_names_matters_and_what_they_share(self) -> None:
        """At least one matter, and words that say something."""
        assert Alike([matter(1)], "外墙").like == "外墙"
        with pytest.raises(InvalidValue, match="at least one"):
            Alike([], "外墙")
        with pytest.raises(InvalidValue, match="is not said"):
            Alike([matter(1)], " ")
        with pytest.raises(InvalidType):
            Alike([1], "外墙")
