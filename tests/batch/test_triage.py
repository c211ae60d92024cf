"""Triage: which matters are put in, by what, and who was left out and why; nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.matters import by_category, matter
from walks import cited
from yizheng import Matter, Text
from yizheng.batch import ByHand, Criterion, Finding, Ground, Triage, TriageLog, plan, triage
from yizheng.canonical import canonical
from yizheng.errors import InvalidType, InvalidValue
from yizheng.values import plain

COMPLAINT = Criterion(
    "complaint", Text("上年有投诉", "a complaint last year"), holds=lambda each: each.facts["complaints"] > 0
)
INCOME = Criterion(
    "income",
    Text("收入变化", "income changed"),
    holds=lambda each: bool(each.facts["changed"]),
    citation=cited(date(2026, 1, 1)),
)
HAND = ByHand(matter="2026-3", selected=True, reason=Text("邻里反映", "neighbours said so"), by="sec-1")


def family(number: int, complaints: int = 0, *, changed: bool = False, **more: object) -> Matter:
    """A family under review. Invented."""
    return matter(number, "低保年审", "allowance", complaints=complaints, changed=changed, **more)


FAMILIES = [family(1, 2), family(2, changed=True), family(3), family(4), family(5, 1, changed=True)]


class TestSelection:
    """A matter is put in if at least one criterion holds, or if the office says so by hand."""

    def test_by_criteria(self) -> None:
        """Who meets one is in, with all that it meets; who meets none is out, and kept as such (trap 101)."""
        found = triage(reversed(FAMILIES), [COMPLAINT, INCOME])
        assert [each.id for each in found.selected] == ["2026-1", "2026-2", "2026-5"]
        assert [each.id for each in found.left_out] == ["2026-3", "2026-4"]
        assert [each.met for each in found.log.findings] == [
            ("complaint",),
            ("income",),
            (),
            (),
            ("complaint", "income"),
        ]
        assert found.log.selected == ("2026-1", "2026-2", "2026-5")

    def test_it_goes_into_the_plan(self) -> None:
        """What is selected is what is planned."""
        [group] = plan(triage(FAMILIES, [COMPLAINT, INCOME]).selected, by=by_category).groups
        assert [each.id for each in group.matters] == ["2026-1", "2026-2", "2026-5"]

    def test_by_hand(self) -> None:
        """The office puts one in and leaves one out, each with its reason and by whom, beside what the criteria say."""
        out = ByHand(matter="2026-1", selected=False, reason="已了结", by="sec-1")
        found = triage(FAMILIES, [COMPLAINT, INCOME], by_hand=[HAND, out])
        assert found.log.selected == ("2026-2", "2026-3", "2026-5")
        assert found.log.why("2026-3") == Text(
            "列入：sec-1 决定，理由：邻里反映；各项标准均不符合（上年有投诉、收入变化）",
            "put in: decided by sec-1, because: neighbours said so; none of the criteria holds "
            "(a complaint last year, income changed)",
        )
        assert found.log.why("2026-1").en == "left out: decided by sec-1, because: 已了结; holds: a complaint last year"
        assert found.log.why("2026-4").zh == "未列入：各项标准均不符合（上年有投诉、收入变化）"
        assert found.log.why("2026-5").en == "put in: holds: a complaint last year, income changed"

    def test_in_words(self) -> None:
        """Every matter has its line, in both languages."""
        log = triage(FAMILIES, [COMPLAINT, INCOME], by_hand=[HAND]).log
        for language in ("zh", "en"):
            lines = log.explain(language).splitlines()
            assert [line.split()[0] for line in lines] == [each.id for each in FAMILIES]
        assert log.explain("en").splitlines()[0] == "2026-1 put in: holds: a complaint last year"

    def test_nobody(self) -> None:
        """Of no matters none is selected."""
        assert triage([], [COMPLAINT]).selected == ()

    @given(st.lists(st.booleans(), max_size=12), st.randoms())
    def test_total_and_in_any_order(self, contested: list[bool], random: Any) -> None:
        """Each matter is either put in or left out, and their order changes nothing."""
        criterion = Criterion("contested", "x", holds=lambda each: each.facts["contested"])
        matters = [matter(f"{number:02}", contested=each) for number, each in enumerate(contested)]
        found = triage(matters, [criterion])
        assert len(found.selected) == sum(contested)
        assert sorted(each.id for each in (*found.selected, *found.left_out)) == [each.id for each in matters]
        random.shuffle(matters)
        assert triage(matters, [criterion]) == found


class TestKeeping:
    """The log is plain data, without the matters' contents."""

    def test_there_and_back(self) -> None:
        """What is written is read again as it was, and can be sealed by a digest."""
        log = triage([family(1, 2, phone="13800000000"), *FAMILIES[1:]], [COMPLAINT, INCOME], by_hand=[HAND]).log
        data = log.to_data()
        assert TriageLog.from_data(data) == log
        assert b"13800000000" not in canonical(data)
        assert data["criteria"][0] == {"id": "complaint", "text": {"zh": "上年有投诉", "en": "a complaint last year"}}
        alike = {tuple(each["met"]): "\n".join(each["matters"]) for each in data["findings"] if "matters" in each}
        assert alike == {
            met: "\n".join(each.matter for each in log.findings if each.met == met and each.by_hand is None)
            for met in {each.met for each in log.findings if each.by_hand is None}
        }
        assert [each["by_hand"]["selected"] for each in data["findings"] if "by_hand" in each] == [True]

    def test_of_a_district(self) -> None:
        """The log of ten thousand households goes into the opening of a batch, and is read again as it was."""
        log = TriageLog(
            criteria=[COMPLAINT, INCOME],
            findings=[
                Finding(matter=f"户-{number:05}", met=["complaint"] if number % 7 == 0 else [])
                for number in range(10_000)
            ],
        )
        kept = plain(log.to_data(), "triage")
        assert TriageLog.from_data(kept) == log
        assert len(log.selected) == 1429

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"criteria": []}, "there is no criterion"),
            ({"findings": [{"matter": "a", "met": ["other"]}]}, "'a' meets 'other', which is no criterion here"),
            ({"findings": [{"matter": "a"}, {"matter": "a"}]}, "'a' was found twice"),
            ({"findings": [{"matter": "a", "selected": True}]}, r"triage.findings\[0\]: Finding has no selected"),
            ({"findings": 3}, "triage.findings"),
            ({"findings": [{"met": [], "matters": "a"}]}, r"triage.findings\[0\].matters"),
            ({"findings": [{"met": [], "matters": ["a\na"]}]}, "'a' was found twice"),
            ({"findings": [{"met": [], "matters": ["a\n"]}]}, "id has 0 characters"),
            ({"more": 1}, "TriageLog has no more"),
        ],
        ids=range(9),
    )
    def test_what_is_no_log(self, change: dict[str, Any], says: str) -> None:
        """What does not hold together is refused with its path."""
        data = triage(FAMILIES, [COMPLAINT]).log.to_data() | change
        with pytest.raises(InvalidValue, match=says):
            TriageLog.from_data(data)

    def test_a_criterion_is_kept_without_its_function(self) -> None:
        """What is kept of a criterion is its ground; two functions make no other criterion."""
        log = TriageLog(criteria=[COMPLAINT], findings=[])
        assert log.criteria == (Ground("complaint", COMPLAINT.text),)
        assert Criterion("a", "x", holds=bool) == Criterion("a", "x", holds=callable)


class TestWhatCannotBeSorted:
    """Every fault is told at once: a criterion that cannot be answered passes nobody over."""

    def test_faults(self) -> None:
        """A fact not stated, an answer that is none, and a decision on a stranger are all named."""
        odd = Criterion("odd", "x", holds=lambda each: each.facts["complaints"])
        with pytest.raises(InvalidValue) as fault:
            triage(
                [family(1), family(1), matter(2)],
                [COMPLAINT, odd],
                by_hand=[HAND, ByHand(matter="2026-1", selected=True, reason="x", by="a")] * 2,
            )
        assert set(fault.value.faults) == {
            "two decisions by hand are on '2026-1'; give one",
            "two decisions by hand are on '2026-3'; give one",
            "a decision by hand is on '2026-3', which is not among the matters; add the matter or leave it out",
            "matter '2026-1': criterion 'odd' answers 0; let it answer True or False",
            "matter '2026-2' does not state 'complaints', which criterion 'complaint' asks for; it states none: add the fact",
            "matter '2026-2' does not state 'complaints', which criterion 'odd' asks for; it states none: add the fact",
            "'2026-1' is given twice; give each matter once",
        }

    @pytest.mark.parametrize(
        ("holds", "says"),
        [
            (lambda _: None, "answers None"),
            (lambda _: 1, "answers 1"),
            (lambda each: each.nothing, "fails with AttributeError"),
            (lambda _: Text("", 1), "criterion 'a': text is of type int"),
        ],
        ids=range(4),
    )
    def test_answers(self, holds: Callable[[Matter], Any], says: str) -> None:
        """Only yes and no are answers."""
        with pytest.raises(InvalidValue, match=says):
            triage([family(1)], [Criterion("a", "x", holds=holds)])

    def test_no_criterion(self) -> None:
        """Without a criterion nobody could tell why a matter is left out."""
        with pytest.raises(InvalidValue, match="there is no criterion"):
            triage(FAMILIES, [])
        with pytest.raises(InvalidValue, match="two criteria are called 'complaint'"):
            triage(FAMILIES, [COMPLAINT, COMPLAINT])

    @pytest.mark.parametrize("given", [{"reason": ""}, {"by": ""}, {"matter": ""}])
    def test_by_hand_needs_a_reason_and_somebody(self, given: dict[str, str]) -> None:
        """A decision by hand says why, by whom and on what."""
        with pytest.raises(InvalidValue):
            ByHand(**{"matter": "a", "selected": True, "reason": "x", "by": "sec-1"} | given)

    def test_types(self) -> None:
        """What is no criterion, no function, no decision or no matter is refused."""
        calls: list[Callable[[], Any]] = [
            lambda: triage(FAMILIES, [lambda _: True]),
            lambda: triage(FAMILIES, [Ground("a", "x")]),
            lambda: triage([1], [COMPLAINT]),
            lambda: triage(FAMILIES, [COMPLAINT], by_hand=[1]),
            lambda: Criterion("a", "x", holds=True),
            lambda: Triage(matters=[], log=None),
            lambda: ByHand(matter="a", selected=1, reason="x", by="a"),
            lambda: triage(FAMILIES, [COMPLAINT]).log.why(3),
        ]
        for call in calls:
            with pytest.raises(InvalidType):
                call()

    def test_what_does_not_belong_together(self) -> None:
        """A log is of its matters, and a decision by hand of its finding."""
        log = triage(FAMILIES[:2], [COMPLAINT]).log
        with pytest.raises(InvalidValue) as fault:
            Triage(matters=[FAMILIES[0], FAMILIES[0], FAMILIES[2]], log=log)
        assert set(fault.value.faults) == {
            "nothing was found on '2026-3'; put it to the triage",
            "there is a finding on '2026-2' and no such matter; give it",
            "'2026-1' is given twice; give each matter once",
        }
        with pytest.raises(InvalidValue, match="is on '2026-3', not on 'a'"):
            Finding(matter="a", by_hand=HAND)
        with pytest.raises(InvalidValue, match="nothing was found on 'b'"):
            log.why("b")
