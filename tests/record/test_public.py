"""What the public reads: nothing private, and the same from a whole record as from a redacted one (row R20, E32)."""

from __future__ import annotations

import base64
import json
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarrels import dispute, dispute_steps
from walks import (
    ALLOWANCE_OFFICES,
    ALLOWANCE_ROLLS,
    CITED,
    COURTYARD_ROLLS,
    OFFICES,
    START,
    VOTERS,
    allowance,
    allowance_steps,
    alone,
    assembly,
    courtyard_steps,
    day,
    done,
    family,
    matter,
    owners_voted,
    posted,
    solicited,
    take,
)
from yizheng import Case, catalogue, stages
from yizheng.people import ProxyPolicy
from yizheng.record import minutes, register
from yizheng.rules import Choice
from yizheng.stages import (
    AskHearing,
    CastBallot,
    CloseVote,
    Convene,
    Object,
    OpenSolicitation,
    ReceiveOpinion,
    RecordBallots,
    TakeAttendance,
)

from .reading import LANGUAGES, WITHHELD, told, voted

NAMES = st.lists(
    st.text(st.characters(categories=["L"]), min_size=3, max_size=12).map(
        lambda word: normalize("NFC", f"私{word}Ω密")
    ),
    min_size=6,
    max_size=6,
    unique=True,
)


def told_in_all_ways(case: Case) -> str:
    """Everything that the public can be shown of a case."""
    shown = [minutes(case.entries, language) for language in LANGUAGES]
    shown += [register(case.entries).markdown(language, participants=True) for language in LANGUAGES]
    return "\n".join(shown)


def courtyard_with(phone: str) -> Case:
    """A courtyard case whose matter has a private field."""
    return Case.open(
        matter(private={"phone": phone}),
        catalogue.yizheng.COURTYARD,
        COURTYARD_ROLLS,
        OFFICES,
        at=START,
        by="sec-1",
        salt=b"0" * 16,
    )


class TestNothingPrivate:
    """No private value is in what the public reads: not raw, escaped or encoded."""

    @given(NAMES)
    def test_courtyard(self, words: list[str]) -> None:
        """Phone, authors of opinions and objections, and who acted for themselves are withheld."""
        phone, own, author, objector, late, text = words
        case = take(courtyard_with(phone), solicited()[:1])
        case = done(
            case,
            (ReceiveOpinion(text), day(1), own),
            (ReceiveOpinion("多留绿地", channel="questionnaire", author=author), day(2)),
        )
        case = take(case, [*solicited()[3:], *courtyard_steps()[7:15], *owners_voted(), *posted(50)[:1]])
        case = done(case, (Object("车位", author=objector), day(51)), (Object("太吵"), day(52), late))
        whole = told_in_all_ways(case)
        for word in (phone, own, author, objector, late):
            for form in (word, json.dumps(word)[1:-1], base64.b64encode(word.encode()).decode(), word.encode().hex()):
                assert form not in whole
        assert text in whole

    @given(NAMES)
    def test_allowance(self, words: list[str]) -> None:
        """The family's name, who asked for a hearing and who spoke there are withheld."""
        name, asker, own, speaker, self_, _ = words
        case = Case.open(
            family(private={"name": name, "selected_because": name}),
            catalogue.yizheng.ALLOWANCE,
            ALLOWANCE_ROLLS,
            ALLOWANCE_OFFICES,
            at=START,
            by="sec-1",
            salt=b"0" * 16,
        )
        case = take(case, allowance_steps()[:10])
        case = done(case, (AskHearing("为什么", author=asker), day(10)), (AskHearing("请听证"), day(10), own))
        case = take(case, allowance_steps()[10:11])
        case = done(
            case, (stages.Testify("属实", speaker=speaker), day(14, 10)), (stages.Testify("补充"), day(14, 10), self_)
        )
        whole = told_in_all_ways(case)
        assert not [word for word in (name, asker, own, speaker, self_) if word in whole]

    def test_ballots(self) -> None:
        """Who chose what is withheld; that somebody voted online is in the record, and the totals are."""
        ballots = {"m-01": Choice.AGAINST, "m-02": Choice.FOR}
        case = done(
            alone(assembly(proxies=ProxyPolicy(cap=1, citation=CITED))),
            (Convene(held_at=day(3)), day(0)),
            (TakeAttendance(VOTERS), day(3)),
            (RecordBallots(ballots, channel="paper", evidence="box 1"), day(3)),
            (CastBallot(Choice.AGAINST), day(3), "m-03"),
        )
        for number in (4, 5):
            for language, words in (("zh", ("赞成", "反对")), ("en", ("against", " for"))):
                assert not [word for word in words if word in told(case, number, language)]
                assert WITHHELD[language] in told(case, number, language)
        assert "| 人数 | 10 | 10 | 3 | 1 | 2 | 0 | 0 | 7 | 0 | 0 |" in told(done(case, (CloseVote(), day(3))), 6)

    def test_an_office_does_not_tell_who_it_was(self) -> None:
        """When the holder of an office speaks for themselves, the office is withheld with the name."""
        opened = solicited()[0]
        case = done(take(courtyard_with("1"), [opened]), (ReceiveOpinion("我也有意见"), day(1), "sec-1"))
        assert told(case, 3).startswith("**3.** 2026年3月3日 09:00，〔不公开〕提出意见")
        assert told(case, 3, private=True).startswith("**3.** 2026年3月3日 09:00，sec-1 提出意见")


CASES = {
    "courtyard": take(courtyard_with("1"), courtyard_steps()),
    "allowance": take(allowance(), allowance_steps()),
    "dispute": take(dispute(), dispute_steps()),
    "by name": voted(for_=6, against=2),
    "own words": done(
        take(courtyard_with("1"), solicited()[:1]),
        (ReceiveOpinion("一"), day(1), "1-101"),
        (ReceiveOpinion("二"), day(1), "sec-1"),
        (ReceiveOpinion("三", author="sec-1"), day(1)),
        (ReceiveOpinion("四", anonymous=True), day(1)),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
class TestRedacted:
    """The minutes of a redacted record are those of the whole one without its private values."""

    def test_the_same(self, name: str, language: str) -> None:
        """Both read alike, and the register too."""
        case = CASES[name]
        assert minutes(case.redacted(), language) == minutes(case.entries, language)
        assert register(case.redacted()) == register(case.entries)

    def test_what_was_destroyed_stays_withheld(self, name: str, language: str) -> None:
        """Asked for private values, a redacted record says that they are withheld."""
        whole = minutes(CASES[name].redacted(), language, private=True)
        notice, rest = whole.split("\n\n", 2)[1:]
        assert "不得对外公布" in notice or "not for publication" in notice
        assert rest == minutes(CASES[name].entries, language).split("\n\n", 2)[2]


class TestPrivate:
    """Asked for, private values are shown where the record has them, under a warning."""

    def test_shown(self) -> None:
        """The phone, the authors and the ballots are shown."""
        whole = minutes(CASES["courtyard"].entries, private=True)
        assert "**本件含不公开的内容，不得对外公布。**" in whole
        assert "〔不公开〕" not in whole
        assert "  - phone：1" in whole
        assert "1-101 提出意见 o1" in whole
        assert "录入意见 o2（调查问卷，提出人 1-102）" in whole
        assert "录入异议 x1（提出人 1-103）" in whole
        assert "录入听证发言（发言人 r-01）" in minutes(CASES["allowance"].entries, private=True)

    def test_without_a_salt(self) -> None:
        """A record that was entered without salts cannot be redacted, and its minutes withhold all the same."""
        case = Case.open(matter(), catalogue.yizheng.COURTYARD, COURTYARD_ROLLS, OFFICES, at=START, by="sec-1").act(
            OpenSolicitation(channels={"online"}, until=day(7)), at=START, by="sec-1"
        )
        case = case.act(ReceiveOpinion("一"), at=day(1), by="1-101")
        assert "1-101" not in minutes(case.entries)
        assert "13800000000" not in minutes(case.entries)

    def test_attendance_is_public(self) -> None:
        """Who was present is part of the record; the register, which is posted, leaves the names out by default."""
        case = CASES["courtyard"]
        assert "到场 7 人（c-1、c-2" in minutes(case.entries)
        assert "c-1" not in register(case.entries).markdown()
        assert "| 参加人员 | c-1、c-2" in register(case.entries).markdown(participants=True)
