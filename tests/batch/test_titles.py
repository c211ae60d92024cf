"""The canonical key of a title: what is written in several ways comes out in one, and what differs stays apart."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from batch.matters import TITLES
from yizheng.batch import USUAL, Wording
from yizheng.batch.numerals import in_one_form
from yizheng.errors import InvalidType, InvalidValue

PLAIN = Wording()
ALIKE = attrs.evolve(USUAL, numbers=False)


class TestNumbers:
    """A number has one form, however it is written."""

    @pytest.mark.parametrize(
        ("ways", "form"),
        [
            ("三 3 ３ 叁 03 〇三", "3"),
            ("十 10 拾 一十", "10"),
            ("廿三 二十三 23 贰拾叁", "23"),
            ("卅 三十 30", "30"),
            ("两百 二百 200", "200"),
            ("一百零五 105 一零五 一〇五", "105"),
            ("一千零五十 1050", "1050"),
            ("两万 2万 20000 20000.0", "20000"),
            ("1.2万 12000 一万二千", "12000"),
            ("一亿三千万 13000万 130000000", "130000000"),
            ("1.50 1.5", "1.5"),
        ],
    )
    def test_values(self, ways: str, form: str) -> None:
        """Chinese, Arabic, full-width and financial figures of one number are one."""
        assert {PLAIN.key(way) for way in ways.split()} == {form}

    @pytest.mark.parametrize(
        ("ways", "form"),
        [
            ("3号楼 三号楼 ３号楼 3幢 三栋 3# 3#楼 3座 3号栋 03号楼 3樓号楼", "3号楼"),
            ("两单元 二单元 2单元", "2单元"),
            ("501室 五〇一室 501房 501号房 五零一号室", "501室"),
            ("3-2-501 三-二-五零一 3—2—501室 3/2/501 3号楼2单元501室 三幢二单元五〇一房", "3号楼2单元501室"),
        ],
    )
    def test_places(self, ways: str, form: str) -> None:
        """A building, a stairway and a room have one form each."""
        assert {PLAIN.key(way) for way in ways.split() if "樓" not in way} == {form}

    @pytest.mark.parametrize(
        ("ways", "form"),
        [
            ("2026年3月2日 2026-03-02 2026/3/2 2026.3.2 二〇二六年三月二日 二零二六年3月2号", "2026年3月2日"),
            ("2026年3月 2026-03 二〇二六年三月", "2026年3月"),
            ("2026年 2026年度 二〇二六年 二零二六年度", "2026年"),
            ("三年 3年 叁年", "3年"),
            ("1998年 一九九八年", "1998年"),
        ],
    )
    def test_days(self, ways: str, form: str) -> None:
        """A day, a month and a year have one form each."""
        assert {PLAIN.key(way) for way in ways.split()} == {form}

    @pytest.mark.parametrize(
        "words",
        [
            "二三号楼",
            "二三",
            "五一路",
            "万科",
            "百货",
            "12万3",
            "2026-99",
            "2026-13-02",
            "2026年13月",
            "一万万",
            "万三",
            "零",
        ],
    )
    def test_what_could_be_read_in_two_ways(self, words: str) -> None:
        """What may be two numbers, or none, stays as it stands."""
        assert PLAIN.key(words) == words

    def test_long_rows_of_figures(self) -> None:
        """A row of figures longer than any number in a title is not read, and costs nothing."""
        assert PLAIN.key("9" * 5000) == "9" * 5000
        assert in_one_form("9" * 15) == "9" * 15

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("3号楼", "13号楼"),
            ("1、3号楼", "13号楼"),
            ("1-3号楼", "13号楼"),
            ("1 3号楼", "13号楼"),
            ("一、三号楼", "十三号楼"),
            ("3楼", "3号楼"),
            ("3--5号楼", "35号楼"),
            ("1.5万", "15万"),
        ],
    )
    def test_other_numbers_are_other_numbers(self, one: str, other: str) -> None:
        """No sign between two numbers is dropped so that they run together, and a floor is no building."""
        assert PLAIN.key(one) != PLAIN.key(other)

    @given(st.integers(1, 99_999_999))
    def test_every_number_below_a_hundred_million(self, number: int) -> None:
        """A number written out in Chinese is the number in figures."""
        assert in_one_form(chinese(number)) == str(number)


def chinese(number: int) -> str:
    """A number written out, by the rule that a school teaches: naught once where places are empty."""
    if number >= 10_000:
        above, below = divmod(number, 10_000)
        return chinese(above) + "万" + (("零" if 0 < below < 1000 else "") + chinese(below) if below else "")
    said, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // size % 10
        gap = gap or (bool(said) and not figure)
        if figure:
            said += ("零" if gap else "") + "零一二三四五六七八九"[figure] + unit
            gap = False
    return said


class TestPhrases:
    """What says nothing goes, what says the same becomes one, and nothing else changes."""

    def test_the_ways_of_one_title(self) -> None:
        """The usual ways of writing one title give one key."""
        ways = [
            "关于阳光小区3号楼外墙渗水维修的请示",
            "关于对阳光小区三号楼外墙面漏水进行修缮的报告",
            "阳光小区３幢 外立面渗漏 维修事宜",
            "申请阳光小区3#楼外墙渗漏水的修理",
            "关于《阳光小区３号楼外墙漏雨整修》的议案",
        ]
        assert {USUAL.key(way) for way in ways} == {"阳光小区3号楼外墙渗漏维修"}

    def test_only_where_they_stand(self) -> None:
        """An opening goes at the beginning alone, a closing at the end alone."""
        wording = Wording(openings=["关于"], closings=["报告"])
        assert wording.key("关于财务报告公开的报告") == "财务报告公开的"
        assert wording.key("财务关于公开") == "财务关于公开"

    def test_the_longest_first(self) -> None:
        """Of variants within one another the longest is taken, and a standard form that holds a variant stays."""
        wording = Wording(synonyms={"渗水": "渗漏", "渗漏水": "渗漏", "车位": "停车位", "墙面": "墙"})
        assert wording.key("渗漏水渗水") == "渗漏渗漏"
        assert wording.key("停车位和车位") == "停车位和停车位"

    def test_what_comes_together_is_read_again(self) -> None:
        """What a phrase stood between is read once the phrase has gone."""
        wording = Wording(fillers=["进行"], synonyms={"修缮": "维修"})
        assert wording.key("修进行缮") == "维修"
        assert wording.key("3 号 楼") == "3号楼"

    def test_an_empty_wording_keeps_the_words(self) -> None:
        """Without any table, nothing but signs, width, case and numbers changes."""
        assert PLAIN.key("关于Ａ区“led”灯，更换！") == "关于A区LED灯更换"

    def test_a_title_of_phrases_alone(self) -> None:
        """A title that says nothing has an empty key."""
        assert USUAL.key("关于的请示") == ""

    @given(
        TITLES | st.text("一二三十百万两零3５号楼幢#-、. 关于对的请示申维修缮渗漏水车位停2026年月日AaＡ()", max_size=20)
    )
    @example("3进行-5")
    @example("二1号")
    def test_the_key_of_a_key(self, title: str) -> None:
        """The key of a key is the key, with numbers and without, and one alone is as one of many."""
        for wording in (USUAL, PLAIN, ALIKE):
            key = wording.key(title)
            assert wording.key(key) == key
            assert wording.keys([title, "x", title, key]) == [key, wording.key("x"), key, key]

    def test_without_numbers(self) -> None:
        """Where numbers do not tell apart, places and days say nothing, and another number that there is one."""
        titles = [
            "阳光小区3号楼2单元外墙渗水维修",
            "阳光小区12幢外墙渗水维修",
            "2026年3月2日阳光小区3-2-501外墙漏水维修",
        ]
        assert {ALIKE.key(title) for title in titles} == {"阳光小区外墙渗漏维修"}
        assert ALIKE.key("更换3台水泵") == ALIKE.key("更换十二台水泵") == "更换#台水泵"
        assert ALIKE.key("二三号楼") == "二三号楼"


class TestSigns:
    """What tells two titles apart, whatever else is alike."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("东门道闸更换", "西门道闸更换"),
            ("物业续聘", "物业不续聘"),
            ("3号楼外墙维修", "8号楼外墙维修"),
            ("A区路灯安装", "B区路灯安装"),
            ("进水阀门更换", "出水阀门更换"),
        ],
    )
    def test_they_differ(self, one: str, other: str) -> None:
        """A direction, a negation, a number or a letter differs."""
        assert USUAL.signs(USUAL.key(one)) != USUAL.signs(USUAL.key(other))

    def test_in_their_order(self) -> None:
        """They are told in the order in which they stand; digits and letters count without any table."""
        assert USUAL.signs("外侧3号楼12.5号楼AB东") == "外|3|12.5|AB|东"
        assert PLAIN.signs("东3") == "3"
        assert PLAIN.signs("") == ""

    def test_the_words_of_a_key(self) -> None:
        """The known words of a key are found with their places and what is written for them."""
        [(start, stop, synonyms)] = Wording(synonyms={"修缮": "维修", "Ａ修": "维修"}).words("外墙维修")
        assert (start, stop, synonyms) == (2, 4, {"修缮", "A修"})
        assert PLAIN.words("外墙维修") == []


class TestWhatIsNoWording:
    """A table that contradicts itself is refused when it is made, with what to write."""

    @pytest.mark.parametrize(
        ("settings", "says"),
        [
            ({"synonyms": {"a": "b", "B": "c"}}, "the standard form 'b' of 'a' becomes 'C' itself"),
            ({"synonyms": {"修缮": "修理", "修理": "维修"}}, "'修理' of '修缮' becomes '维修' itself; write that"),
            ({"synonyms": {"修缮": ""}}, "the standard form of 修缮 has 0 characters"),
            ({"synonyms": {"修缮": "维修"}, "fillers": ["修缮"]}, "'修缮' is to become two different things"),
            ({"synonyms": {"修缮": "维修"}, "closings": ["维修"]}, "becomes '' itself"),
            ({"openings": [""]}, "a phrase has 0 characters"),
            ({"synonyms": {"ＡB": "甲", "ab": "乙"}}, "two different things"),
        ],
    )
    def test_values(self, settings: dict[str, object], says: str) -> None:
        """Each fault is named."""
        with pytest.raises(InvalidValue) as fault:
            Wording(**settings)
        assert says in str(fault.value)

    @pytest.mark.parametrize(
        "settings", [{"synonyms": ["a"]}, {"synonyms": {"a": 1}}, {"openings": [1]}, {"telling": 3}, {"numbers": 1}]
    )
    def test_types(self, settings: dict[str, object]) -> None:
        """What is no table, no list of phrases, no string or no truth value is refused."""
        with pytest.raises(InvalidType):
            Wording(**settings)

    def test_synonyms_without_end(self) -> None:
        """Synonyms that chase one another on a title are refused on that title, and on no other."""
        wording = Wording(synonyms={"乙甲": "甲乙"})
        assert wording.key("乙甲甲甲") == "甲甲甲乙"
        with pytest.raises(InvalidValue, match="is not settled after 64 passes"):
            wording.key("乙" + 65 * "甲")
