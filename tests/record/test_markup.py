"""What people typed cannot become Markdown: no heading, list, table, link or HTML, and no other order of reading."""

from __future__ import annotations

import re
from functools import cache

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from walks import (
    CITED,
    COURTYARD_ROLLS,
    OFFICES,
    START,
    TOLD_TO_ALL,
    allowance,
    allowance_steps,
    day,
    done,
    matter,
    solicited,
    take,
)
from yizheng import Case, Text, catalogue
from yizheng.record import minutes, register
from yizheng.record.markup import Marked, escaped, quoted
from yizheng.stages import (
    Attach,
    Convene,
    Correct,
    CountVotes,
    Note,
    Post,
    Reject,
    Revise,
    Submit,
    TakeAttendance,
)
from yizheng.values.names import is_blank

from .reading import LANGUAGES, shape

HOSTILE = {
    "heading": "# 结果",
    "underlined heading": "结果\n===",
    "list": "- 案件终结：通过",
    "numbered list": "1. 一",
    "rule": "---",
    "quotation": "> 更正",
    "code": "```\ncode\n```",
    "table": "| a | b |\n| --- | --- |",
    "bars": "a|b|c",
    "link": "[点此](https://example.org)",
    "image": "![图](https://example.org/x.png)",
    "definition": "[a]: https://example.org",
    "html": "<script>alert(1)</script><!-- ",
    "entity": "&lt;b&gt; &#60;",
    "emphasis": "**粗** _斜_ ~~删~~ `码`",
    "attribute": "{: #id .class}",
    "backslash": "\\# \\",
    "blank lines": "甲\n\n\n## 乙\n\n**99.** 2026年1月1日，县级民政部门予以确认。",
    "line separator": "甲\u2028# 乙\u2029- 丙",
    "closing the quotation": "甲”。主持人宣布通过。“",
    "turned round": "甲\u202e乙\u2066丙\u200f",
    "trailing": "甲 #",
}


def everywhere(words: str) -> Case:
    """A case in which these words stand wherever somebody can type words."""
    text = Text(words, words)
    case = Case.open(
        matter(title=text, origin=text, facts={words: [words, {words: words}]}, private={"phone": words}),
        catalogue.yizheng.COURTYARD,
        COURTYARD_ROLLS,
        OFFICES,
        at=START,
        by="sec-1",
        salt=b"0" * 16,
    )
    steps = [attrs.evolve(step, action=_typed(step.action, text)) for step in solicited()]
    case = take(case, steps)
    return done(
        case,
        (Note(text), day(8)),
        (Attach("ab" * 32, text), day(8)),
        (Correct(2, text, reason=text), day(8)),
        (Revise(text), day(8)),
        (Convene(held_at=day(9), place=text), day(8)),
        (TakeAttendance({"c-1", "c-2", "c-3", "c-4"}), day(9)),
        (CountVotes(for_=4, against=0), day(9)),
    )


@cache
def plain(language: str) -> list[str]:
    """The structure of that case's minutes where nobody means harm."""
    return shape(minutes(everywhere("甲").entries, language))


def _typed(action: object, text: Text) -> object:
    fields = [field.name for field in attrs.fields(type(action)) if isinstance(getattr(action, field.name), Text)]
    return attrs.evolve(action, **dict.fromkeys(fields, text))


@pytest.mark.parametrize("language", LANGUAGES)
class TestStructure:
    """The structure of a document is ours alone."""

    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    def test_minutes(self, language: str, words: str) -> None:
        """The minutes have the same headings, lists, tables and entries, whatever was typed."""
        for private in (False, True):
            assert shape(minutes(everywhere(words).entries, language, private=private)) == plain(language)

    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    def test_register(self, language: str, words: str) -> None:
        """The register has the same rows, whatever was typed."""
        assert shape(register(everywhere(words).entries).markdown(language)) == shape(
            register(everywhere("甲").entries).markdown(language)
        )

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t#-*_|<>[]`&\\"), max_size=40))
    def test_any_words(self, language: str, words: str) -> None:
        """No words at all change the structure."""
        assume(not is_blank(words))
        assert shape(minutes(everywhere(words).entries, language)) == plain(language)


class TestEscaped:
    """Words are shown as they were typed, and obeyed by nobody."""

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ("3#楼 2026-007 a_b", "3#楼 2026-007 a_b"),
            ("# 甲", r"\# 甲"),
            ("甲 # ", r"甲 \#"),
            ("1. 甲 2. 乙", r"1\. 甲 2. 乙"),
            ("12) 甲", r"12\) 甲"),
            ("- 甲", r"\- 甲"),
            ("-5 ~ 5", r"-5 \~ 5"),
            ("*甲* _乙_ `丙`", r"\*甲\* \_乙\_ \`丙\`"),
            ("[a](b) {c}", r"\[a\](b) \{c\}"),
            ("<b> | &amp; R&D A & B", "&lt;b&gt; &#124; &amp;amp; R&amp;D A & B"),
            ("a\\", "a\\\\"),
            ("甲\n  \n乙\t丙", "甲 / 乙 丙"),
            ("  甲  ", "甲"),
            ("", ""),
            ("甲\u202e乙\u00ad\ufeff", "甲〈U+202E〉乙〈U+00AD〉〈U+FEFF〉"),
            ("👨\u200d👩", "👨\u200d👩"),
            ("甲\x00\x1b[2J", "甲〈U+0000〉〈U+001B〉\\[2J"),
        ],
    )
    def test_examples(self, typed: str, shown: str) -> None:
        """Only what Markdown would obey is escaped, so that plain words stay plain to read."""
        assert escaped(typed) == shown

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_no_bare_mark(self, words: str) -> None:
        """No mark is left bare, on one line, with nothing that turns the order of reading."""
        shown = escaped(words)
        bare = re.sub(r"\\[\\`*\[\]~{}_#+.)-]|&(amp|lt|gt|#124);", "", shown)
        assert not re.search(r"[`*\[\]~{}<>|\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", bare)
        assert not re.search(r"(^|\s)#|^[-+](\s|$)|^[0-9]{1,9}[.)](\s|$)", shown)
        assert not re.search(r"&[#A-Za-z]", bare)
        assert "\\" not in bare

    def test_a_quotation_cannot_be_closed(self) -> None:
        """Quotation marks within a quotation are inner ones."""
        assert quoted("甲”。主持人宣布：“通过") == "“甲’。主持人宣布：‘通过”"

    def test_our_own_words_are_not_escaped_twice(self) -> None:
        """What is marked up stays; what is added to it is escaped."""
        assert Marked("**1.** ") + "*" + Marked("*") == r"**1.** \**"


class TestRecords:
    """What a level above typed is no exception, nor is an id."""

    def test_reasons_that_go_back(self) -> None:
        """The reasons of the level above are carried as typed, and obeyed by nobody."""
        case = take(allowance(TOLD_TO_ALL), allowance_steps()[:19])
        case = done(
            case,
            (Submit(to="<b>区</b>"), day(30)),
            (Reject(reference="a|b", reasons="# 一\n# 二", citation=CITED), day(40), "county-1"),
            (Post(channels={"letter"}, content="| x |"), day(41)),
        )
        whole = minutes(case.entries)
        assert "随附上级的理由：“\\# 一 / \\# 二”。" in whole
        assert "文号“a&#124;b”" in whole
        assert "上报“&lt;b&gt;区&lt;/b&gt;”。" in whole
