"""Reasons: every refusal has a stable code, words in both languages, the numbers, the authority, and the way out."""

import ast
import copy
import pickle
import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

import yizheng
from naming import named
from walks import (
    MICROSECOND,
    START,
    alone,
    assembly,
    called,
    day,
    days,
    done,
    opened_in_writing,
    refused,
)
from yizheng import Citation, Refused, Text
from yizheng.errors import YizhengError
from yizheng.reasons import CODES, Code, Reason
from yizheng.rules import Choice
from yizheng.stages import CastBallot, Convene, Disclosure, ExtendVote, Method, Note, Post, TakeDown

SOURCES = sorted(Path(yizheng.__file__).parent.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))


def fields(code: Code, language: str) -> set[str]:
    """What the templates of a code ask for, in a language."""
    template = code.words.say(language) + code.cure.say(language)
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def calls() -> list[tuple[str, int, str, set[str]]]:
    """Every place in the sources where a code is called: file, line, code, and the values that are handed in."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODES:
                given = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
                found.append((path.name, node.lineno, node.func.id, given))
    return found


CALLS = calls()


class TestCodes:
    """A code never changes its meaning."""

    @pytest.mark.parametrize("code", CODES)
    def test_is_its_own_name(self, code):
        """A code is known by its name, in capitals, and is exported under it."""
        assert CODES[code].name == code
        assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", code)
        assert getattr(yizheng.reasons, code) is CODES[code]

    @pytest.mark.parametrize("code", CODES)
    def test_both_languages_tell_the_same(self, code):
        """Chinese and English ask for the same values, and both are words."""
        assert fields(CODES[code], "zh") == fields(CODES[code], "en")
        for words in (CODES[code].words, CODES[code].cure):
            assert re.search(r"[\u4e00-\u9fff]", words.zh)
            assert not re.search(r"[\u4e00-\u9fff]", words.en)
            assert words.en.strip()

    @pytest.mark.parametrize(
        ("where", "line", "code", "given"),
        CALLS,
        ids=[f"{code}-{where}-{number}" for number, (where, _, code, _) in enumerate(CALLS)],
    )
    def test_every_call_fills_its_template(self, where, line, code, given):
        """Wherever a code is called, its template gets every value that it asks for, and no other."""
        assert given == fields(CODES[code], "zh"), (where, line)

    @pytest.mark.parametrize("code", CODES)
    def test_is_given_somewhere(self, code):
        """Every code is given by the sources: a code that nothing gives is dead."""
        assert code in {called_code for _, _, called_code, _ in CALLS}

    @pytest.mark.parametrize("code", CODES)
    def test_is_tested_somewhere(self, code):
        """Every code is asked for by a test that is not this one."""
        assert any(f'"{code}"' in path.read_text("utf-8") for path in TESTS if path != Path(__file__))


class TestReason:
    """A reason is a sentence: what is, what was expected, what to do, on what authority."""

    CODE = Code("EXAMPLE", Text("{who} 交了 {what}", "{who} gave {what}"), Text("请交 {wanted}", "give {wanted}"))

    def told(self, what, language="en", citation=None):
        """The sentence of an invented reason."""
        return self.CODE(citation, who="m-01", what=what, wanted=3).explain(language)

    def test_the_whole_sentence(self):
        """With its authority, in both languages."""
        citation = Citation(instrument=Text("民法典", "Civil Code"), article="278")
        assert self.told(2, "zh", citation) == "m-01 交了 2；请交 3（依据：《民法典》第278条）。"
        assert self.told(2, "en", citation) == "m-01 gave 2; give 3 (by Civil Code art. 278)."
        assert self.told(2, "zh") == "m-01 交了 2；请交 3。"
        assert self.told(2, "en") == "m-01 gave 2; give 3."

    @pytest.mark.parametrize(
        ("value", "zh", "en"),
        [
            (Text("两份", "two"), "两份", "two"),
            (Fraction(1, 3), "1/3", "1/3"),
            (Fraction(448, 5), "89.6", "89.6"),
            (date(2026, 3, 2), "2026-03-02", "2026-03-02"),
            (frozenset({"b", "a"}), "a、b", "a, b"),
            ((Text("乙", "b"), Text("甲", "a")), "乙、甲", "a, b"),
            (["b", 1], "1、b", "1, b"),
            (set(), "", ""),
            (None, "None", "None"),
            ("{who}", "{who}", "{who}"),
        ],
        ids=named,
    )
    def test_values_in_words(self, value, zh, en):
        """Texts in the reader's language, fractions exact, days as days, lists sorted; braces are nothing special."""
        assert self.told(value, "zh") == f"m-01 交了 {zh}；请交 3。"
        assert self.told(value, "en") == f"m-01 gave {en}; give 3."

    def test_an_enumeration(self):
        """A member of an enumeration is told, and not its class."""
        assert "Method." not in self.told(Method.BY_NAME)

    def test_long_lists(self):
        """Of many the first twenty are named."""
        assert self.told([f"m-{n:02}" for n in range(20)]).count("m-") == 21
        assert self.told([f"m-{n:02}" for n in range(21)]).count("…") == 1

    def test_the_values_are_attributes(self):
        """A host can build its own words from what the rule saw; nobody can change it."""
        reason = self.CODE(who="m-01", what=2, wanted=3)
        assert (reason.code, reason.values["what"]) == ("EXAMPLE", 2)
        with pytest.raises(TypeError):
            reason.values["what"] = 3

    def test_another_language(self):
        """Another language is refused."""
        with pytest.raises(ValueError, match="zh"):
            self.told(2, "fr")


class TestRefused:
    """The answer no: an exception that carries every reason."""

    def refusal(self) -> Refused:
        """A refusal with two reasons."""
        late = Convene(held_at=day(-1), agenda=["2026-009"])
        return refused(alone(assembly()), late, "TOO_EARLY", "NOT_ON_AGENDA", at=START)

    def test_all_of_them(self):
        """Every reason, a line each, in both languages; and the codes as a set."""
        no = self.refusal()
        assert no.codes == {"TOO_EARLY", "NOT_ON_AGENDA"}
        assert len(no.explain("zh").splitlines()) == len(no.explain("en").splitlines()) == 2
        assert all(code in str(no) for code in no.codes)
        assert isinstance(no, YizhengError)
        assert not isinstance(no, ValueError | TypeError)

    def test_copies(self):
        """It can be sent from one process to another, whole."""
        no = self.refusal()
        for other in (pickle.loads(pickle.dumps(no)), copy.copy(no), copy.deepcopy(no)):
            assert (type(other), other.reasons, str(other)) == (Refused, no.reasons, str(no))

    def test_a_reason_can_be_compared(self):
        """Two refusals of the same act give equal reasons."""
        assert self.refusal().reasons == self.refusal().reasons
        assert isinstance(hash(self.refusal().reasons[0].code), int)
        assert isinstance(self.refusal().reasons[0], Reason)


class TestMoments:
    """Moments are told in the zone of the procedure, and so that two can be told apart."""

    @pytest.mark.parametrize(
        "late", [MICROSECOND, timedelta(milliseconds=5), timedelta(seconds=30), timedelta(minutes=1), timedelta(days=1)]
    )
    def test_two_moments_are_told_apart(self, late):
        """However little too late somebody is, the two moments that are told differ."""
        end = day(10)
        no = refused(opened_in_writing(), CastBallot(Choice.FOR), "TOO_LATE", at=end + late, by="m-01")
        for language in ("zh", "en"):
            told = re.findall(r"2026-03-1\d[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?", no.explain(language))
            assert len(set(told)) == 2, told

    def test_in_the_zone_of_the_procedure(self):
        """A period that ends at a Shanghai midnight is told as that midnight."""
        case = done(
            alone(Disclosure(id="d", title="公开", least=days(15))), (Post(channels={"online"}, content="措施"), START)
        )
        no = refused(case, TakeDown(), "CUT_SHORT", at=day(1))
        assert "2026-03-18 00:00" in no.explain("zh")
        assert "2026-03-18 00:00" in no.explain("en")

    def test_in_another_zone(self):
        """A procedure of another zone tells its own time."""
        case = alone(Disclosure(id="d", title="notice", least=days(7)), zone="America/New_York")
        case = done(case, (Post(channels={"online"}, content="x"), START))
        assert "2026-03-09 00:00" in refused(case, TakeDown(), "CUT_SHORT", at=day(1)).explain("en")

    def test_whatever_the_caller_wrote(self):
        """In which zone the caller wrote the moment does not matter."""
        early = Note("早")
        at = datetime(2026, 3, 1, 23, tzinfo=UTC)
        assert "2026-03-02 07:00" in refused(called(), early, "OUT_OF_ORDER", at=at).explain("en")
        assert "2026-03-12 09:00" in refused(
            opened_in_writing(extensions=9), ExtendVote(until=day(9), reason="?"), "TOO_EARLY", at=day(5)
        ).explain("zh")
