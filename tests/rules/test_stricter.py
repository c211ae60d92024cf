"""E38: where a by-law and the law both hold, the stricter counts, and both are shown."""

import itertools
from datetime import date
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.test_laws import ANY_RULE, ROLLS, USUAL_RULE, counted
from yizheng import Citation, Period, Text
from yizheng.calendar import WorkingCalendar
from yizheng.catalogue import law
from yizheng.rules import (
    AGAINST,
    ENTITLED,
    FOR,
    PRESENT,
    AllOf,
    LongerPeriod,
    Outcome,
    Rule,
    Tally,
    rule_from_data,
    stricter,
    to_data,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
BY_LAWS = Text("阳光小区议事规则（虚构）", "by-laws of the Sunshine estate (invented)")
BY_LAW = Rule(
    quorum=PRESENT > HALF * ENTITLED,
    passage=FOR > HALF * ENTITLED,
    citation=Citation(instrument=BY_LAWS, article="12", in_force_from=date(2025, 6, 1), in_force_to=date(2027, 1, 1)),
)
BOTH = stricter(law.REPRESENTATIVES, BY_LAW)


class TestSatisfiesBoth:
    """Carried exactly where each rule by itself carries."""

    @given(st.one_of(ANY_RULE, USUAL_RULE), st.one_of(ANY_RULE, USUAL_RULE), ROLLS)
    def test_carried_under_both_and_only_then(self, one, other, voters):
        """Whatever the rules, with and without a quorum, and with and without a vote in favour."""
        tally = counted(voters)
        carried = [rule.judge(tally).outcome is Outcome.CARRIED for rule in (one, other, stricter(one, other))]
        assert carried[2] is (carried[0] and carried[1])

    @given(ANY_RULE, ANY_RULE, ROLLS, st.integers(0, 9))
    def test_a_vote_is_void_under_both_or_neither(self, one, other, voters, returned):
        """More ballots than were issued void it by any rule."""
        tally = counted(voters, issued=5, returned=returned)
        outcome = stricter(one, other).judge(tally).outcome
        assert (outcome is Outcome.VOID) is (one.judge(tally).outcome is Outcome.VOID)

    @given(ANY_RULE, ANY_RULE, ANY_RULE, ROLLS)
    def test_the_order_makes_no_difference_to_the_outcome(self, one, other, third, voters):
        """Nor how they are put together."""
        tally = counted(voters)
        outcomes = {
            rule.judge(tally).outcome is Outcome.CARRIED
            for rule in (stricter(stricter(one, other), third), stricter(one, stricter(third, other)))
        }
        assert len(outcomes) == 1

    def test_the_by_law_asks_for_more_votes_and_the_law_for_more_people(self):
        """Twelve of twenty-two are enough for the law, not for the by-law; sixteen present are enough for neither."""
        enough_for_the_law = Tally.of(entitled=30, present=22, for_=12, against=10)
        assert law.REPRESENTATIVES.judge(enough_for_the_law).outcome is Outcome.CARRIED
        assert BOTH.judge(enough_for_the_law).outcome is Outcome.LOST
        assert BOTH.judge(Tally.of(entitled=30, present=22, for_=16, against=6)).outcome is Outcome.CARRIED
        sixteen = Tally.of(entitled=30, present=16, for_=16)
        assert BY_LAW.judge(sixteen).outcome is Outcome.CARRIED
        assert BOTH.judge(sixteen).outcome is Outcome.INQUORATE


class TestSaidOnce:
    """What both say is said once."""

    def test_equal_parts(self):
        """A shared quorum stands once, and so does a shared part of a majority."""
        one = Rule(quorum=PRESENT >= 9, passage=(FOR >= 5) & (FOR > AGAINST))
        other = Rule(quorum=PRESENT >= 9, passage=(FOR > AGAINST) & (AGAINST <= 3))
        made = stricter(one, other)
        assert made.quorum == (PRESENT >= 9)
        assert made.passage == AllOf([FOR >= 5, FOR > AGAINST, AGAINST <= 3])

    def test_a_rule_with_itself_is_itself(self):
        """Nothing is joined."""
        assert stricter(BY_LAW, BY_LAW) is BY_LAW
        assert stricter(BOTH, BY_LAW) == BOTH

    @pytest.mark.parametrize(("one", "other", "both"), [(None, None, None), (None, PRESENT >= 9, PRESENT >= 9)])
    def test_no_quorum(self, one, other, both):
        """Where only one asks for a quorum, it is that one's."""
        made = stricter(Rule(quorum=one, passage=FOR >= 1), Rule(quorum=other, passage=FOR >= 2))
        assert made.quorum == both

    @pytest.mark.parametrize(("one", "other"), [(True, True), (True, False), (False, True), (False, False)])
    def test_no_vote_in_favour_only_if_neither_needs_one(self, one, other):
        """Otherwise one of the rules would not carry it."""
        made = stricter(
            Rule(quorum=None, passage=AGAINST <= 3, by_no_objection=one),
            Rule(quorum=None, passage=AGAINST <= 2, by_no_objection=other),
        )
        assert made.by_no_objection is (one and other)

    @pytest.mark.parametrize(
        ("one", "other", "holder"), [("chair", "chair", "chair"), ("chair", None, None), ("chair", "secretary", None)]
    )
    def test_a_casting_vote_only_where_both_give_it_to_the_same(self, one, other, holder):
        """Otherwise one of the rules would not carry what it breaks."""
        made = stricter(
            Rule(quorum=None, passage=FOR > AGAINST, casting=one),
            Rule(quorum=PRESENT >= 1, passage=FOR >= 1, casting=other),
        )
        assert made.casting == holder
        assert rule_from_data(to_data(made)) == made
        with pytest.raises(ValueError, match="casting"):
            attrs.evolve(made, casting="somebody else")


class TestBothAreShown:
    """Whoever reads the rule or the ruling sees where both come from."""

    def test_the_rules_are_kept(self):
        """Flat, also where three are joined."""
        third = Rule(quorum=None, passage=FOR >= 3)
        assert BOTH.joined == (law.REPRESENTATIVES, BY_LAW)
        assert stricter(BOTH, third).joined == (law.REPRESENTATIVES, BY_LAW, third)
        assert BOTH.sources == (law.REPRESENTATIVES.citation, BY_LAW.citation)

    def test_in_words(self):
        """What they ask together, and then each with its source."""
        assert BOTH.explain("zh") == (
            "法定人数：实到不少于应到 2/3；实到超过应到 1/2。通过：赞成超过到会 1/2；赞成超过应到 1/2。须同时符合："
            "（1）法定人数：实到不少于应到 2/3。通过：赞成超过到会 1/2。依据：《城市居民委员会组织法（2025年修订）》第29条。"
            "（2）法定人数：实到超过应到 1/2。通过：赞成超过应到 1/2。依据：《阳光小区议事规则（虚构）》第12条。"
        )
        assert BOTH.explain("en").count("Authority: ") == 2
        assert " This joins: (1) Quorum: present at least 2/3 of those entitled." in BOTH.explain("en")

    def test_a_ruling_names_both_sources(self):
        """As its authority."""
        ruling = BOTH.judge(Tally.of(entitled=30, present=22, for_=12, against=10))
        assert ruling.explain("zh").endswith(
            "依据：《城市居民委员会组织法（2025年修订）》第29条；《阳光小区议事规则（虚构）》第12条。"
        )
        assert ruling.explain("en").endswith("art. 29; by-laws of the Sunshine estate (invented) art. 12.")

    def test_it_is_in_force_while_both_are(self):
        """From the later beginning to the earlier end; never, where they do not meet."""
        assert (BOTH.citation.in_force_from, BOTH.citation.in_force_to) == (date(2026, 1, 1), date(2027, 1, 1))
        gone = attrs.evolve(BY_LAW, citation=attrs.evolve(BY_LAW.citation, in_force_to=date(2025, 12, 31)))
        with pytest.raises(ValueError, match="ends on 2025-12-31, before another begins on 2026-01-01"):
            stricter(law.REPRESENTATIVES, gone)

    def test_its_citation_names_both(self):
        """In both languages, so that neither seems to have the days of the other; each keeps its own under sources."""
        assert BOTH.citation.explain("zh") == (
            "《城市居民委员会组织法（2025年修订）》第29条；《阳光小区议事规则（虚构）》第12条"
        )
        assert BOTH.citation.explain("en") == (
            "Organic Law of Urban Residents' Committees (2025 revision) art. 29; "
            "by-laws of the Sunshine estate (invented) art. 12"
        )
        assert [each.in_force_from for each in BOTH.sources] == [date(2026, 1, 1), date(2025, 6, 1)]
        assert (BOTH.citation.article, BOTH.citation.region) == ("", None)
        assert rule_from_data(to_data(BOTH)) == BOTH

    @pytest.mark.parametrize(
        ("first", "second", "zh", "en"),
        [
            ("read", "read", "《某法》第1条；《某规约》第2条", "a law art. 1; a by-law art. 2"),
            (
                "read",
                "reported",
                "《某法》第1条；《某规约》第2条（据转述）",
                "a law art. 1; a by-law art. 2 (as reported)",
            ),
            (
                "reported",
                "read",
                "《某规约》第2条；《某法》第1条（据转述）",
                "a by-law art. 2; a law art. 1 (as reported)",
            ),
            (
                "reported",
                "inferred",
                "《某法》第1条（据转述）；未写（推定）",
                "a law art. 1 (as reported); not said (inferred)",
            ),
            ("inferred", "inferred", "未写（推定）；未写（推定）", "not said (inferred); not said (inferred)"),
        ],
    )
    def test_it_is_no_surer_than_the_less_sure(self, first, second, zh, en):
        """The mark stands behind what it is said of; notes and regions of both are kept."""
        not_said, here = Text("未写", "not said"), Text("某地", "a place")
        one = Citation(instrument=Text("某法", "a law"), article="1", certainty=first, note=not_said)
        other = Citation(
            instrument=Text("某规约", "a by-law"), article="2", certainty=second, note=not_said, region=here
        )
        made = stricter(
            attrs.evolve(BY_LAW, citation=one), Rule(quorum=None, passage=FOR >= 3, citation=other)
        ).citation
        assert (made.explain("zh"), made.explain("en")) == (zh, en)
        assert made.certainty == max(first, second, key=["read", "reported", "inferred"].index)
        assert made.region == here
        if "inferred" not in (first, second):
            assert made.note == not_said

    def test_two_regions(self):
        """Where both hold is named by both; two rules of one source have that one."""
        one, other = (
            attrs.evolve(BY_LAW.citation, region=Text(*names)) for names in (("四川", "Sichuan"), ("成都", "Chengdu"))
        )
        more = Rule(quorum=None, passage=FOR >= 3, citation=other)
        assert stricter(attrs.evolve(BY_LAW, citation=one), more).citation.region == Text(
            "四川；成都", "Sichuan; Chengdu"
        )
        assert stricter(attrs.evolve(BY_LAW, citation=other), more).citation == other

    @pytest.mark.parametrize("turned", [False, True])
    def test_one_day_is_enough(self, turned):
        """One ends on the day on which the other begins; sources without days stay so."""
        day = date(2026, 1, 1)
        sources = [Citation(instrument=BY_LAWS, in_force_to=day), Citation(instrument=BY_LAWS, in_force_from=day)]
        one, other = [
            Rule(quorum=None, passage=FOR >= number, citation=source)
            for number, source in enumerate(reversed(sources) if turned else sources, 1)
        ]
        made = stricter(one, other).citation
        assert (made.in_force_from, made.in_force_to) == (day, day)
        undated = [attrs.evolve(rule, citation=Citation(instrument=BY_LAWS)) for rule in (one, other)]
        assert stricter(*undated).citation == Citation(instrument=BY_LAWS)

    def test_one_without_a_source_leaves_both_without(self):
        """A source is never lent; what is known is still named."""
        made = stricter(BY_LAW, Rule(quorum=None, passage=FOR >= 3))
        assert made.citation is None
        assert made.sources == (BY_LAW.citation,)


class TestRefused:
    """What cannot be joined, and what says that it joins what it does not."""

    def test_persons_and_households_are_never_mixed(self):
        """One electorate is kept; two are refused."""
        persons = attrs.evolve(BY_LAW, electorate="persons")
        assert stricter(persons, Rule(quorum=None, passage=FOR >= 3)).electorate == "persons"
        with pytest.raises(ValueError, match="households and persons, which are never mixed"):
            stricter(persons, attrs.evolve(BY_LAW, electorate="households"))

    @pytest.mark.parametrize(("one", "other"), [(BY_LAW, Period(3)), (Period(3), BY_LAW), (BY_LAW, None)])
    def test_a_rule_and_a_period(self, one, other):
        """Two of a kind are asked for."""
        kinds = f"not {type(one).__name__} and {type(other).__name__}; give two"
        with pytest.raises(TypeError, match=f"two rules or two periods, {kinds}"):
            stricter(one, other)

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"quorum": None}, "quorum"),
            ({"passage": FOR >= 1}, "passage"),
            ({"by_no_objection": True}, "by_no_objection"),
            ({"electorate": "persons"}, "electorate"),
            ({"joined": (BY_LAW,)}, "joined"),
            ({"joined": (BY_LAW, BOTH)}, "joined"),
        ],
        ids=itertools.count(),
    )
    def test_a_rule_that_is_not_what_it_joins(self, change, word):
        """Changing it by hand is refused; and so is data that says so."""
        with pytest.raises(ValueError, match=word):
            attrs.evolve(BOTH, **change)

    def test_joined_holds_rules(self):
        """And nothing else."""
        with pytest.raises(
            ValueError, match=r"^joined holds one rule alone, or rules that join others; give the two or"
        ):
            Rule(quorum=BY_LAW.quorum, passage=BY_LAW.passage, joined=(BY_LAW,))
        for wrong in ([BY_LAW, BY_LAW], (BY_LAW, None), "rules"):
            with pytest.raises(TypeError, match="joined"):
                attrs.evolve(BOTH, joined=wrong)


class TestAsData:
    """A joined rule goes to plain data and back; one that joins nothing is written as before."""

    @given(ANY_RULE, ANY_RULE)
    def test_round_trip(self, one, other):
        """Unchanged."""
        made = stricter(one, other)
        assert rule_from_data(to_data(made)) == made

    def test_old_data_stay_as_they_are(self):
        """No key is added."""
        assert "joined" not in to_data(BY_LAW)
        assert to_data(BOTH)["joined"] == [to_data(law.REPRESENTATIVES), to_data(BY_LAW)]

    def test_data_that_join_something_else_are_refused(self):
        """With the path; and a rule that is joined joins none itself."""
        data = to_data(BOTH)
        with pytest.raises(ValueError, match="rule: passage is not what the joined rules ask together"):
            rule_from_data(data | {"passage": to_data(FOR >= 1)})
        with pytest.raises(ValueError, match=r"rule\.joined\[0\]\.joined: is no key here"):
            rule_from_data(data | {"joined": [data, data]})
        with pytest.raises(ValueError, match=r"rule\.joined: is 7; write a list"):
            rule_from_data(data | {"joined": 7})


NOTICE = Period(15, citation=Citation(instrument=BY_LAWS, article="20"))
NOTICE_OF_TEN = attrs.evolve(NOTICE, length=10)
HOLIDAYS = WorkingCalendar(holidays=[date(2026, 10, day) for day in range(1, 8)])


class TestPeriods:
    """Of two periods the longer, both shown."""

    def test_the_longer_governs(self):
        """Ten days of a by-law against fifteen of the law."""
        made = stricter(Period(10), NOTICE)
        assert made.governing == NOTICE
        assert made.last_day(date(2026, 1, 1)) == date(2026, 1, 16)
        assert made.explain("zh") == "从严，取较长者：15日（《阳光小区议事规则（虚构）》第20条）；10日"
        assert made.explain("en") == (
            "the longer of: 15 days (by-laws of the Sunshine estate (invented) art. 20); 10 days"
        )
        assert stricter(made, Period(20)).governing == Period(20)

    def test_which_one_is_longer_can_depend_on_the_day(self):
        """Ten working days are fourteen days, and more where a holiday falls among them."""
        made = stricter(Period(15), Period(10, "working_days"))
        assert made.governing is None
        assert made.last_day(date(2026, 6, 1), HOLIDAYS) == date(2026, 6, 16)
        assert made.last_day(date(2026, 9, 28), HOLIDAYS) == date(2026, 10, 19)

    @pytest.mark.parametrize(
        ("one", "other", "governs"),
        [
            (Period(1, "months"), Period(28), 0),
            (Period(1, "months"), Period(29), None),
            (Period(1, "months"), Period(30), None),
            (Period(1, "months"), Period(31), 1),
            (Period(1, "years"), Period(12, "months"), 0),
            (Period(1, "years"), Period(13, "months"), 1),
            (Period(5, "working_days"), Period(5), 0),
            (Period(5, "working_days"), Period(6), None),
            (Period(0, "months"), Period(0), 0),
            (Period(0, "working_days"), Period(3), 1),
            (Period(10), NOTICE_OF_TEN, 0),
            (Period(1, "months"), Period(20, "working_days"), None),
            (Period(2, "months"), Period(56), 0),
            (Period(1, "years"), Period(336), 0),
            (Period(100), Period(1, "years"), 1),
        ],
        ids=itertools.count(),
    )
    def test_which_governs_on_every_day(self, one, other, governs):
        """A month has 28 days at the least and 31 at the most; so many working days are never fewer days."""
        assert stricter(one, other).governing == (None if governs is None else (one, other)[governs])

    @given(
        st.builds(Period, st.integers(0, 40), st.sampled_from(["days", "working_days", "months", "years"])),
        st.builds(Period, st.integers(0, 40), st.sampled_from(["days", "working_days", "months", "years"])),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        st.integers(0, 60),
    )
    def test_nothing_ends_later(self, one, other, start, days):
        """The last day is the later of the two, the one that governs ends on it, and notice is enough for both."""
        made = LongerPeriod((one, other))
        ends = [each.last_day(start, HOLIDAYS) for each in (one, other)]
        assert made.last_day(start, HOLIDAYS) == max(ends)
        if made.governing is not None:
            assert made.governing.last_day(start, HOLIDAYS) == max(ends)
        event = date.fromordinal(start.toordinal() + days)
        enough = [each.clear_days_between(start, event, HOLIDAYS) for each in (one, other)]
        assert made.clear_days_between(start, event, HOLIDAYS) is all(enough)

    def test_notice_is_given_in_the_days_of_a_calendar(self):
        """Ten working days from before the holidays end later than by a calendar without them."""
        made = LongerPeriod((Period(10), Period(10, "working_days")))
        notice, event = date(2026, 9, 28), date(2026, 10, 16)
        assert made.clear_days_between(notice, event)
        assert not made.clear_days_between(notice, event, HOLIDAYS)

    def test_none_at_all(self):
        """One or more are asked for, and nothing but periods."""
        with pytest.raises(ValueError, match=r"^no period was given; give one or more$"):
            LongerPeriod(())
        with pytest.raises(TypeError, match=r"\bperiods\b"):
            LongerPeriod((10,))
