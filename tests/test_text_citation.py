"""Words in both languages, and citations: where a rule is written, from when to when, and how sure we are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Citation, Text
from yizheng.citation import Certainty
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.text import LANGUAGES, as_text, joined


class TestText:
    """A phrase in Chinese and in English."""

    def test_say(self):
        """Each language has its words."""
        words = Text("公示", "disclosure")
        assert [words.say(language) for language in LANGUAGES] == ["公示", "disclosure"]

    @pytest.mark.parametrize(
        ("language", "error"),
        [("fr", InvalidValue), ("ZH", InvalidValue), ("", InvalidValue), (None, InvalidType), (5, InvalidType)],
    )
    def test_other_languages(self, language, error):
        """Another language is refused, with those there are."""
        with pytest.raises(error, match="'zh' or 'en'"):
            Text("公示", "disclosure").say(language)

    def test_one_string_for_both(self):
        """A string stands for both languages; a text stays itself."""
        words = Text("公示", "disclosure")
        assert as_text("公示") == Text("公示", "公示")
        assert as_text(words) is words

    @pytest.mark.parametrize("value", [None, 5, b"x", ["公示"], ("公示", "disclosure"), True], ids=repr)
    def test_what_are_no_words(self, value):
        """Words are strings."""
        with pytest.raises(InvalidType):
            as_text(value)
        with pytest.raises(InvalidType):
            Text(value, "x")
        with pytest.raises(InvalidType):
            Text("x", value)

    @pytest.mark.parametrize("value", ["a\0", "\ud800", "x" * 65_537], ids=["control", "surrogate", "long"])
    def test_words_that_cannot_be_kept(self, value):
        """Control characters, lone surrogates and more than 64 KiB are refused."""
        with pytest.raises(InvalidValue):
            Text("x", value)

    def test_shown(self):
        """As a string it shows both, or the one where they are the same."""
        assert (str(Text("公示", "disclosure")), str(Text("a", "a"))) == ("公示 (disclosure)", "a")

    def test_one_form(self):
        """Composed and decomposed words are the same words."""
        assert Text("café", "cafe\u0301") == Text("cafe\u0301", "café")

    def test_lists(self):
        """A list has the comma of its language."""
        assert (joined(["甲", "乙"], "zh"), joined(["a", "b"], "en"), joined([], "zh")) == ("甲、乙", "a, b", "")


LAW = Citation(
    instrument=Text("城市居民委员会组织法（2025年修订）", "Organic Law of Urban Residents' Committees (2025 revision)"),
    article="29",
    in_force_from=date(2026, 1, 1),
)


class TestCitation:
    """Where a rule is written (style: every legal parameter carries its article and its dates)."""

    @pytest.mark.parametrize(
        ("changes", "zh", "en"),
        [
            ({"article": "278"}, "《民法典》第278条", "Civil Code art. 278"),
            ({}, "《民法典》", "Civil Code"),
            (
                {"article": "278", "certainty": "reported"},
                "《民法典》第278条（据转述）",
                "Civil Code art. 278 (as reported)",
            ),
            ({"certainty": Certainty.INFERRED}, "《民法典》（推定）", "Civil Code (inferred)"),
            (
                {"certainty": "inferred", "note": Text("沿用十五日", "fifteen days are taken")},
                "沿用十五日（推定）",
                "fifteen days are taken (inferred)",
            ),
        ],
        ids=str,
    )
    def test_explained(self, changes, zh, en):
        """A citation is one phrase, marked with how sure we are."""
        citation = Citation(instrument=Text("民法典", "Civil Code"), **changes)
        assert (citation.explain("zh"), citation.explain("en")) == (zh, en)

    def test_marks_around_the_title(self):
        """A title that has its marks already is not given them twice; with an article it stands as it was given."""
        assert Citation(instrument="《甲》第1条；《乙》第2条").explain("zh") == "《甲》第1条；《乙》第2条"
        assert Citation(instrument="《甲》实施办法", article="3").explain("zh") == "《《甲》实施办法》第3条"

    @pytest.mark.parametrize(
        ("article", "zh"),
        [
            ("278", "第278条"),
            ("278(7)", "第278条第（七）项"),
            ("278(10)", "第278条第（十）项"),
            ("278(11)", "第278(11)条"),
            ("278(6)-(8)", "第278条第（六）至（八）项"),
            ("278(6)-(18)", "第278(6)-(18)条"),
            ("31, 41", "第31, 41条"),
            ("附则", "第附则条"),
            ("1(" + "9" * 5000 + ")", "第1(" + "9" * 5000 + ")条"),
        ],
        ids=lambda each: each[:12],
    )
    def test_items(self, article, zh):
        """An item of an article is cited in Chinese as the statute numbers it; whatever else is written stays as it is."""
        citation = Citation(instrument="民法典", article=article)
        assert citation.explain("zh") == f"《民法典》{zh}"
        assert citation.explain("en") == f"民法典 art. {article}"

    def test_inferred(self):
        """A figure that no source gives says so, and why."""
        citation = Citation.inferred("过半数")
        assert citation.certainty is Certainty.INFERRED
        assert citation.explain("zh") == "过半数（推定）"
        assert citation.in_force(date(1949, 10, 1))

    @pytest.mark.parametrize(
        ("since", "until", "on", "in_force"),
        [
            (None, None, "0001-01-01", True),
            (None, None, "9999-12-31", True),
            ("2026-01-01", None, "2025-12-31", False),
            ("2026-01-01", None, "2026-01-01", True),
            ("2026-01-01", None, "2026-01-02", True),
            (None, "2025-12-31", "2025-12-30", True),
            (None, "2025-12-31", "2025-12-31", True),
            (None, "2025-12-31", "2026-01-01", False),
            ("2026-01-01", "2026-01-01", "2025-12-31", False),
            ("2026-01-01", "2026-01-01", "2026-01-01", True),
            ("2026-01-01", "2026-01-01", "2026-01-02", False),
        ],
    )
    def test_in_force(self, since, until, on, in_force):
        """Both ends are included: a day before, on the day, a day after."""
        days = {
            name: None if day is None else date.fromisoformat(day) for name, day in (("from", since), ("to", until))
        }
        citation = Citation(instrument="法", in_force_from=days["from"], in_force_to=days["to"])
        assert citation.in_force(date.fromisoformat(on)) is in_force

    @given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
    def test_law_of_succession(self, change, on):
        """Of two editions that follow each other, exactly one is in force on any day."""
        old = Citation(instrument="法", in_force_to=change - timedelta(days=1))
        new = Citation(instrument="法", in_force_from=change)
        assert old.in_force(on) is not new.in_force(on)

    def test_ends_before_it_begins(self):
        """Dates that are exchanged are told."""
        with pytest.raises(InvalidValue, match=r"2026-01-01.*2025-12-31"):
            Citation(instrument="法", in_force_from=date(2026, 1, 1), in_force_to=date(2025, 12, 31))

    @pytest.mark.parametrize(
        "bad",
        [
            {"instrument": None},
            {"instrument": 5},
            {"article": 278},
            {"in_force_from": "2026-01-01"},
            {"in_force_from": datetime(2026, 1, 1, tzinfo=UTC)},
            {"in_force_to": 2026},
            {"in_force_to": True},
            {"certainty": "sure"},
            {"certainty": None},
            {"region": 5},
            {"note": 5},
        ],
        ids=str,
    )
    def test_what_is_no_citation(self, bad):
        """Days are dates, not moments or strings; a certainty is one of three."""
        with pytest.raises(YizhengError):
            Citation(**{"instrument": "法", **bad})

    def test_region_and_note(self):
        """It says where it holds, and what a reader should know besides."""
        citation = Citation(instrument="办法", region="上海", note="未核对")
        assert (citation.region.zh, citation.note.zh) == ("上海", "未核对")

    def test_the_new_law(self):
        """The residents' law is in force from 2026, and not before (domain fact 0.1)."""
        assert LAW.in_force(date(2026, 1, 1))
        assert not LAW.in_force(date(2025, 12, 31))


class TestAsItIsWritten:
    """Who writes the marks of a citation out does not see them twice."""

    def test_in_chinese(self):
        """An article in characters and a title in brackets are taken as they stand."""
        citation = Citation(instrument="《某规约》", article="第十二条")
        assert citation.explain("zh") == "《某规约》第十二条"
        assert citation.explain("en") == "《某规约》 第十二条"

    def test_one_of_the_two(self):
        """Each is looked at by itself."""
        assert Citation(instrument="《某规约》", article="12").explain("zh") == "《某规约》第12条"
        assert Citation(instrument="某规约", article="第十二条").explain("zh") == "《某规约》第十二条"
