"""``catalogue.applicable``: which forum and rule a matter needs by day and place, why, and what is ruled out.

The matters are invented; each row names the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, reduce
from typing import Any

import attrs
import pytest

from roads import opened
from walks import SHANGHAI
from yizheng import Matter, catalogue
from yizheng.catalogue import law
from yizheng.catalogue.applying import CATEGORIES, FACTS, Applicable, Forum
from yizheng.errors import InvalidType, InvalidValue, NoEdition
from yizheng.procedure import Procedure
from yizheng.rules import Rule, Tally, stricter
from yizheng.stages import Deliberation

VILLAGE_2010, VILLAGE_2025 = date(2025, 4, 30), date(2026, 1, 1)
COLLECTIVE, BEFORE_2026 = date(2025, 5, 1), date(2025, 12, 31)
BEFORE_ASSISTANCE, ASSISTANCE = date(2026, 6, 30), date(2026, 7, 1)
OLD_OWNERS, CIVIL_CODE = date(2020, 12, 31), date(2021, 1, 1)

ASSEMBLY, DELEGATES = "villagers_assembly", "villagers_representative_assembly"
MEMBERS, SENT = "collective_assembly", "collective_representatives"
RESIDENTS, REPRESENTATIVES = "residents_assembly", "residents_representative_assembly"
OWNERS, COMMITTEE = "owners_assembly", "owners_committee"
YES = {"delegated_by": "2024年村民会议第2号决定", "delegated_until": "2026-12-31"}
NO = {"delegated_by": False}
OURS = {"outsiders": False, "collective_charter": False, **NO}
CHARTER = {"outsiders": False, "collective_charter": "章程第12条", "reserved": False}


def matter(category: str, facts: dict[str, Any] | None = None) -> Matter:
    """An invented matter of a category."""
    return Matter("m-1", title="事项", category=category, facts=facts or {})


def asked(category: str, facts: dict[str, Any] | None, on: date, region: str | None = None) -> Applicable:
    """Where it goes."""
    return catalogue.applicable(matter(category, facts), on=on, region=region)


@attrs.frozen
class Row:
    """A matter, and where it goes: the body, its procedure, the first article, who was ruled out."""

    category: str
    facts: dict[str, Any]
    on: date
    region: str | None
    body: str
    name: str | None
    article: str
    out: set[str]

    def asked(self) -> Applicable:
        """Where it goes."""
        return asked(self.category, self.facts, self.on, self.region)


_ROWS: list[tuple[Any, ...]] = [
    # Collective property: with the villagers to 2025-04-30, with the collective since (domain 2.7, E27).
    ("collective.property", OURS, VILLAGE_2010, None, ASSEMBLY, "villages.villagers_assembly", "24(8)", {DELEGATES, MEMBERS}),
    ("collective.property", {**OURS, **YES}, VILLAGE_2010, None, DELEGATES, "villages.villagers_representatives", "24(8)", {ASSEMBLY, MEMBERS}),
    ("collective.property", OURS, COLLECTIVE, None, MEMBERS, "collective.members", "27", {ASSEMBLY, DELEGATES, SENT}),
    ("collective.property", OURS, BEFORE_2026, "海南", MEMBERS, "collective.members", "27", {ASSEMBLY, DELEGATES, SENT}),
    ("collective.property", OURS, VILLAGE_2025, None, MEMBERS, "collective.members", "27", {ASSEMBLY, DELEGATES, SENT}),
    ("collective.property", {**OURS, **YES}, VILLAGE_2025, None, MEMBERS, "collective.members", "27", {ASSEMBLY, DELEGATES, SENT}),
    ("collective.property", CHARTER, COLLECTIVE, None, SENT, "collective.representatives", "27", {ASSEMBLY, DELEGATES}),
    ("collective.property", {**CHARTER, "reserved": True}, COLLECTIVE, None, MEMBERS, "collective.members", "27", {ASSEMBLY, DELEGATES, SENT}),
    ("collective.property", {**OURS, "outsiders": True}, VILLAGE_2025, None, MEMBERS, "collective.members", "27", {ASSEMBLY, DELEGATES, SENT}),
    # The village: delegable matters, and those that are not.
    ("village.planning", NO, VILLAGE_2025, None, ASSEMBLY, "villages.villagers_assembly", "28(1)", {DELEGATES}),
    ("village.planning", YES, VILLAGE_2025, None, DELEGATES, "villages.villagers_representatives", "28(1)", {ASSEMBLY}),
    ("village.work_allowances", NO, BEFORE_2026, None, ASSEMBLY, "villages.villagers_assembly", "24(1)", {DELEGATES}),
    ("village.work_allowances", NO, VILLAGE_2025, None, ASSEMBLY, "villages.villagers_assembly", "28(2)", {DELEGATES}),
    ("village.collective_income", YES, VILLAGE_2025, "山东", DELEGATES, "villages.villagers_representatives", "28(3)", {ASSEMBLY}),
    ("village.public_works", NO, VILLAGE_2025, None, ASSEMBLY, "villages.villagers_assembly", "28(4)", {DELEGATES}),
    ("village.levy", {}, VILLAGE_2025, None, ASSEMBLY, "yishi.yishi", "28(4)", {DELEGATES}),
    ("village.levy", {}, BEFORE_2026, None, ASSEMBLY, "yishi.yishi", "24(3)", {DELEGATES}),
    ("village.aid", YES, VILLAGE_2025, "浙江", DELEGATES, "villages.villagers_representatives", "28(5)", {ASSEMBLY}),
    ("village.other", NO, VILLAGE_2025, None, ASSEMBLY, "villages.villagers_assembly", "28(6)", {DELEGATES}),
    ("village.annual_report", YES, VILLAGE_2025, None, DELEGATES, "villages.villagers_representatives", "27", {ASSEMBLY}),
    ("village.covenant", YES, BEFORE_2026, None, ASSEMBLY, "villages.villagers_assembly", "27", {DELEGATES}),
    ("village.covenant", YES, VILLAGE_2025, None, ASSEMBLY, "villages.villagers_assembly", "31", {DELEGATES}),
    ("village.covenant", YES, VILLAGE_2025, "海南", ASSEMBLY, "villages.villagers_assembly", "31", {DELEGATES}),
    ("village.charter", {}, VILLAGE_2025, None, ASSEMBLY, "villages.villagers_assembly", "31", {DELEGATES}),
    ("village.group", {}, VILLAGE_2025, None, "villager_group_meeting", None, "32", set()),
    ("village.group", {}, VILLAGE_2025, "海南", "villager_group_meeting", None, "32", {DELEGATES}),
    ("village.consultation", {}, VILLAGE_2025, None, "hearing", "hearings.hearing", "33", {ASSEMBLY}),
    # The city community, before and since 2026-01-01.
    ("residents.important", YES, BEFORE_2026, None, RESIDENTS, "residents.residents_assembly", "10", {REPRESENTATIVES}),
    ("residents.important", NO, VILLAGE_2025, None, RESIDENTS, "residents.residents_assembly", "30", {REPRESENTATIVES}),
    ("residents.important", YES, VILLAGE_2025, None, REPRESENTATIVES, "residents.residents_representatives", "30", {RESIDENTS}),
    ("residents.covenant", {}, BEFORE_2026, None, RESIDENTS, "residents.residents_assembly", "15", {REPRESENTATIVES}),
    ("residents.covenant", YES, VILLAGE_2025, None, REPRESENTATIVES, "residents.residents_representatives", "30", {RESIDENTS}),
    ("residents.charter", NO, VILLAGE_2025, None, RESIDENTS, "residents.residents_assembly", "30", {REPRESENTATIVES}),
    ("residents.annual_report", NO, VILLAGE_2025, None, RESIDENTS, "residents.residents_assembly", "30", {REPRESENTATIVES}),
    ("residents.consultation", {}, VILLAGE_2025, None, "hearing", "hearings.hearing", "32", {RESIDENTS}),
    # The owners: nine items, and no assembly of others in their place.
    ("owners.rules_of_procedure", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(1)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.covenant", YES, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(2)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.covenant", YES, VILLAGE_2025, "青岛", OWNERS, "owners.owners_assembly", "278(2)", {RESIDENTS, REPRESENTATIVES, COMMITTEE}),
    ("owners.committee", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(3)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.manager", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(4)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.manager", {}, OLD_OWNERS, None, OWNERS, "owners.owners_assembly", "12", {RESIDENTS, REPRESENTATIVES}),
    ("owners.fund_use", {"emergency": False}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(5)", {RESIDENTS, REPRESENTATIVES, COMMITTEE}),
    ("owners.fund_use", {"emergency": "屋顶漏水"}, CIVIL_CODE, None, COMMITTEE, "owners.emergency_repair", "281", {OWNERS}),
    ("owners.fund_use", {"emergency": True}, VILLAGE_2025, "河南", COMMITTEE, "owners.emergency_repair", "281", {OWNERS}),
    ("owners.fund_use", {}, OLD_OWNERS, None, OWNERS, "owners.owners_assembly", "12", {RESIDENTS, REPRESENTATIVES}),
    ("owners.fund_raising", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(6)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.rebuilding", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(7)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.common_parts", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(8)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.other", {}, CIVIL_CODE, None, OWNERS, "owners.owners_assembly", "278(9)", {RESIDENTS, REPRESENTATIVES}),
    ("owners.home_business", {}, CIVIL_CODE, None, "interested_owners", None, "279", {OWNERS}),
    ("courtyard", {"rebuilds": True}, VILLAGE_2025, None, OWNERS, "yizheng.courtyard", "", {RESIDENTS, REPRESENTATIVES}),
    ("courtyard", {"rebuilds": False}, VILLAGE_2025, None, OWNERS, "yizheng.courtyard", "", {RESIDENTS, REPRESENTATIVES}),
    # Allowances, before and since 2026-07-01.
    ("allowance", {"adverse": False}, date(2020, 1, 1), None, "county_civil_affairs", "assistance.allowance_review", "11", {REPRESENTATIVES}),
    ("allowance", {"adverse": False}, BEFORE_ASSISTANCE, None, "county_civil_affairs", "assistance.allowance_review", "11", {REPRESENTATIVES, "review_panel"}),
    ("allowance", {"paid": False}, ASSISTANCE, None, "county_civil_affairs", "assistance.allowance_application", "37-48", {REPRESENTATIVES, "review_panel"}),
    ("allowance", {"paid": True, "adverse": False}, ASSISTANCE, None, "county_civil_affairs", "assistance.allowance_review", "37-48", {REPRESENTATIVES, "review_panel"}),
    ("allowance", {"adverse": True}, BEFORE_ASSISTANCE, None, "county_civil_affairs", "assistance.allowance_change", "11", {REPRESENTATIVES, "review_panel"}),
    ("allowance", {"paid": True, "adverse": True}, ASSISTANCE, None, "county_civil_affairs", "assistance.allowance_change", "37-48", {REPRESENTATIVES, "review_panel"}),
    # Disputes.
    ("dispute", {}, VILLAGE_2025, None, "peoples_mediation_committee", "disputes.mediation", "17", {RESIDENTS, REPRESENTATIVES, ASSEMBLY, OWNERS}),
]  # fmt: skip
ROWS = [Row(*each) for each in _ROWS]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.category}-{number}" for number, row in enumerate(ROWS)])
class TestWhere:
    """Where a matter goes, by day and place."""

    def test_the_forum(self, row):
        """The forum, its procedure, the first article, and who was ruled out."""
        found = row.asked()
        assert (found.forum.body, found.forum.name, found.needs) == (row.body, row.name, ())
        assert found.why[0].citation.article == row.article
        assert {each.body for each in found.ruled_out} == row.out

    def test_every_reason_has_its_authority(self, row):
        """Each ground and each exclusion is told in both languages, with a source that is in force."""
        found = row.asked()
        grounds = [*found.why, *(each.ground for each in found.ruled_out)]
        assert grounds
        for language in ("zh", "en"):
            said = found.explain(language)
            assert all(ground.explain(language) in said for ground in grounds)
            assert "None" not in said
        # The one law that is cited for not being in force yet is that of the collectives.
        assert all(g.citation.in_force(row.on) or g.citation.in_force_from == COLLECTIVE for g in grounds)

    def test_the_procedure_holds_its_vote_by_the_rule_that_is_told(self, row):
        """The procedure is sound, and its deciding vote on that day is judged as the effective rule judges."""
        found = row.asked()
        if row.name is None:
            with pytest.raises(InvalidValue, match="no procedure"):
                found.procedure()
            return
        procedure = found.procedure()
        assert procedure.check() == ()
        assert found.method is None or found.method.procedure().check() == ()
        if not found.rules:
            return
        assert isinstance(procedure.decider, Deliberation)
        standing = [rule for rule in procedure.decider.rule if rule.citation.in_force(row.on)]
        told = {figures(rule) for rule in found.rules.values()}
        if "collective.assembly.outsiders" in found.rules:  # both of its rules hold
            told = {figures(reduce(stricter, found.rules.values()))}
        assert {figures(rule) for rule in standing} <= told


def figures(rule: Rule) -> tuple[str, str]:
    """What a rule asks for."""
    return str(rule.quorum), str(rule.passage)


class TestRules:
    """The effective rule is the stricter of law and local rule, and both are shown (domain E38)."""

    def test_hebei(self):
        """Half of those present carry by a measure of Hebei, and more than half by the law: ten of twenty do not."""
        found = asked("village.other", YES, VILLAGE_2025, "石家庄")
        rule = found.rules["villages.representatives.vote"]
        assert rule.judge(Tally.of(entitled=30, present=20, for_=10, against=10)).outcome == "lost"
        assert [each.citation.article for each in found.editions["villages.representatives.vote"]] == ["30", "20"]

    def test_shandong(self):
        """Two thirds of the women among the representatives are present too."""
        found = asked("village.other", YES, VILLAGE_2025, "山东")
        among = {"women": {"entitled": 12, "present": 7, "for_": 7, "against": 0}}
        tally = Tally.of(entitled=30, present=22, for_=20, against=2, among=among)
        assert found.rules["villages.representatives.vote"].judge(tally).outcome == "inquorate"
        assert asked("village.other", YES, VILLAGE_2025).rules["villages.representatives.vote"].judge(
            tally
        ).outcome == ("carried")

    def test_alternatives(self):
        """The assembly meets by persons or by households: both rules are told."""
        found = asked("village.other", NO, VILLAGE_2025)
        assert set(found.rules) == {"villages.assembly.persons", "villages.assembly.households"}

    def test_groups_of_residents(self):
        """The third composition of the residents' assembly ended with the law of 1989."""
        old, new = (asked("residents.important", NO, on) for on in (BEFORE_2026, VILLAGE_2025))
        assert set(old.rules) - set(new.rules) == {"residents.assembly.groups"}

    @pytest.mark.parametrize(("rebuilds", "name"), [(True, "rebuilding"), (False, "other")], ids=["rebuilt", "other"])
    def test_a_courtyard(self, rebuilds, name):
        """Whether the works rebuild something decides between three quarters and more than half."""
        assert set(asked("courtyard", {"rebuilds": rebuilds}, VILLAGE_2025).rules) == {f"owners.vote.{name}"}

    def test_nothing_is_voted_on(self):
        """A dispute has no rule of voting, and its procedure no body."""
        found = asked("dispute", {}, VILLAGE_2025)
        assert (found.rules, found.procedure().bodies) == ({}, ())

    def test_the_old_majority_of_owners(self):
        """To 2020 two thirds of all raised the fund; since then three quarters of those taking part."""
        old, new = (
            asked("owners.fund_raising", {}, on).rules["owners.vote.fund_raising"] for on in (OLD_OWNERS, CIVIL_CODE)
        )
        assert str(old.passage) != str(new.passage)


class TestAssistance:
    """Allowances before and since 2026-07-01 (Social Assistance Law, domain 2.9)."""

    @pytest.mark.parametrize(("on", "hears"), [(BEFORE_ASSISTANCE, False), (ASSISTANCE, True)], ids=["before", "since"])
    def test_the_recipient_is_heard(self, on, hears):
        """Before an allowance is cut or ended the recipient is heard: a duty of art. 48, and of no earlier day."""
        found = asked("allowance", {"paid": True, "adverse": True}, on)
        assert ("48" in {ground.citation.article for ground in found.why}) is hears

    @pytest.mark.parametrize(
        ("on", "words"),
        [
            (date(2021, 7, 1), "only where somebody objects"),
            (BEFORE_ASSISTANCE, "only where somebody objects"),
            (ASSISTANCE, "no longer among"),
        ],
        ids=["the exception", "the last day", "not named"],
    )
    def test_peer_review(self, on, words):
        """Peer review was a step of its own, then the exception, and is not named any more."""
        (panel,) = [
            each
            for each in asked("allowance", {"paid": True, "adverse": False}, on).ruled_out
            if each.body == "review_panel"
        ]
        assert words in panel.explain("en")
        last = asked("allowance", {"adverse": False}, date(2021, 6, 30))
        assert "review_panel" not in {each.body for each in last.ruled_out}


class TestRegions:
    """What a region says besides stands among the reasons."""

    @pytest.mark.parametrize(
        ("category", "facts", "region", "article"),
        [
            ("village.other", YES, "浙江", "16"),
            ("village.other", YES, "浙江", "17"),
            ("village.other", YES, "海南", "15"),
            ("owners.other", {}, "上海", "69"),
            ("owners.fund_use", {"emergency": False}, "河南", "66"),
            ("owners.fund_use", {"emergency": True}, "河南", "70"),
        ],
        ids=["delegation", "deadlock", "back", "scope", "no objection", "six cases"],
    )
    def test_among_the_reasons(self, category, facts, region, article):
        """The article is there with its region, and is not there elsewhere."""
        there = asked(category, facts, VILLAGE_2025, region)
        elsewhere = asked(category, facts, VILLAGE_2025)
        cites = [(g.citation.article, g.citation.region is not None) for g in there.why]
        assert (article, True) in cites
        assert all(g.citation.region is None for g in elsewhere.why)

    def test_hainan_lists_what_is_not_delegable(self):
        """In Hainan (art. 11) the covenant is ruled out by the local rule too."""
        out = [
            each for each in asked("village.covenant", YES, VILLAGE_2025, "海南").ruled_out if each.body == DELEGATES
        ]
        assert [each.ground.citation.article for each in out] == ["27-28", "11"]

    def test_four_two(self):
        """A village prepares and discloses its matters by 四议两公开, since the day of that duty."""
        method = asked("village.planning", YES, VILLAGE_2025).method
        assert method.name == "siyi.siyi"
        assert method.settings["decided_by"] == "representatives"
        assert asked("village.planning", NO, VILLAGE_2025).method.settings["decided_by"] == "assembly"
        assert asked("village.planning", YES, date(2015, 1, 1)).method is None


class TestUnknown:
    """A fact that decides and is missing is named; nothing is guessed."""

    @pytest.mark.parametrize("category", [each for each, held in CATEGORIES.items() if held.facts])
    def test_each_fact_is_needed(self, category):
        """Without its facts the matter is not placed, and both languages say which fact."""
        found = asked(category, {}, VILLAGE_2025)
        (need,) = found.needs
        assert (found.forum, found.why, found.ruled_out) == (None, (), ())
        assert need.fact in CATEGORIES[category].facts
        assert f"unknown: needs fact {need.fact}" in found.explain("en")
        assert f"未知：需要事实“{need.fact}”" in found.explain("zh")
        with pytest.raises(InvalidValue, match=f"needs fact {need.fact}"):
            found.procedure()

    def test_one_after_the_other(self):
        """Which fact decides next depends on the first."""
        (need,) = asked("collective.property", {"outsiders": False}, VILLAGE_2025).needs
        assert need.fact == "collective_charter"
        (need,) = asked("collective.property", {**OURS, "collective_charter": "章程第12条"}, VILLAGE_2025).needs
        assert need.fact == "reserved"
        assert asked("collective.property", {"outsiders": True}, VILLAGE_2025).needs == ()

    @pytest.mark.parametrize("nothing", [None, ""], ids=["nothing", "no words"])
    def test_nothing_is_no_answer(self, nothing):
        """A fact that says nothing is not known."""
        for stated in ({"delegated_by": nothing}, {**YES, "delegated_until": nothing}):
            assert asked("village.other", stated, VILLAGE_2025).forum is None

    def test_one_that_is_misspelt(self):
        """A fact of a name much like the one that decides is named, and not taken for it."""
        (need,) = asked("village.other", {"delegatedby": "第2号"}, VILLAGE_2025).needs
        assert (need.fact, need.instead) == ("delegated_by", "delegatedby")
        assert "; what the matter states is delegatedby; " in need.explain("en")
        assert "；事项写明的是“delegatedby”；" in need.explain("zh")
        (need,) = asked("village.other", {"budget": "1"}, VILLAGE_2025).needs
        assert need.instead is None

    @pytest.mark.parametrize("stated", [1, 0, ["x"], {"a": 1}], ids=["one", "nought", "a list", "a table"])
    def test_what_a_fact_cannot_be(self, stated):
        """What is neither true nor false nor words is an error that names the fact."""
        for fact in ("delegated", "delegated_by", "delegated_until"):
            with pytest.raises(InvalidValue, match=f"the fact {fact} "):
                asked("village.other", {**YES, fact: stated}, VILLAGE_2025)

    def test_facts_are_no_more_than_those_that_decide(self):
        """Every documented fact is one that some category needs, and the other way round."""
        assert {fact for each in CATEGORIES.values() for fact in each.facts} == FACTS.keys()


_IN_WORDS = (
    ("village.other", "delegated_by"),
    ("residents.important", "delegated_by"),
    ("collective.property", "collective_charter"),
)


class TestDenials:
    """Words that read like a denial are never taken for its opposite."""

    @pytest.mark.parametrize(
        "words", ["否", "无", "no", "No.", "false", "不属于", "没有", "none", "n/a", " 否，不急", "True", "是"]
    )
    def test_of_a_fact_that_is_true_or_false(self, words: str) -> None:
        """A fact of yes or no takes a truth value and no words, whatever they say."""
        for category, fact in (("allowance", "paid"), ("village.other", "delegated"), ("courtyard", "rebuilds")):
            with pytest.raises(InvalidValue, match=f"the fact {fact} .*write True or False"):
                catalogue.applicable(
                    Matter("m", title="x", category=category, facts={fact: words}), on=date(2026, 9, 1)
                )

    @pytest.mark.parametrize(
        "words", ["否", "无", "no", "No.", "false", "不属于", "没有", "none", "n/a", " 否，不急", "  "]
    )
    def test_of_a_fact_in_words(self, words: str) -> None:
        """What may be said in words is refused where they deny."""
        for category, fact in (("owners.fund_use", "emergency"), *_IN_WORDS):
            with pytest.raises(InvalidValue, match=f"the fact {fact} .*write False, or in words what it is"):
                catalogue.applicable(
                    Matter("m", title="x", category=category, facts={"outsiders": False, fact: words}),
                    on=date(2026, 9, 1),
                )

    def test_false_is_no(self) -> None:
        """A fact that is stated as false is false, and a delegation that was not made is asked about."""
        repair = Matter("m", title="x", category="owners.fund_use", facts={"emergency": False})
        assert catalogue.applicable(repair, on=date(2026, 9, 1)).forum.function == "owners_assembly"
        for fact in ("delegated_by", "delegated"):
            works = Matter("m", title="x", category="village.other", facts={fact: False})
            assert catalogue.applicable(works, on=date(2026, 9, 1)).forum.body == ASSEMBLY


class TestRefused:
    """What cannot be placed is an error that helps."""

    def test_an_unknown_category(self):
        """The error lists those that there are."""
        with pytest.raises(InvalidValue, match=r"cannot be placed; there are village\.planning.*dispute"):
            asked("xyz", {}, VILLAGE_2025)

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("vilage.levy", "village.levy"),
            ("Village.Planning", "village.planning"),
            ("owner.covenant", "owners.covenant"),
            ("村规民约", "village.covenant"),
            ("居民公约", "residents.covenant"),
            ("disputes", "dispute"),
        ],
    )
    def test_a_misspelt_category(self, written, meant):
        """The nearest is named, by its name or by what it is called, and is never taken."""
        with pytest.raises(InvalidValue, match=f"cannot be placed; perhaps {meant} is meant; there are "):
            asked(written, {}, VILLAGE_2025)

    def test_a_day_without_law(self):
        """On a day for which no law is known the editions are listed."""
        with pytest.raises(NoEdition):
            asked("village.other", NO, date(2009, 1, 1))

    @pytest.mark.parametrize(
        "call",
        [
            lambda: catalogue.applicable("m", on=VILLAGE_2025),
            lambda: catalogue.applicable(matter("dispute"), on="2026-01-01"),
            lambda: catalogue.applicable(matter("dispute"), on=VILLAGE_2025, region=5),
        ],
        ids=["no matter", "no day", "no region"],
    )
    def test_of_a_wrong_kind(self, call):
        """Each argument is what it must be."""
        with pytest.raises(InvalidType):
            call()

    @pytest.mark.parametrize("region", ["大西洋", "山懂", "Shangdong", "Shanxi", "", "浙江 "])
    def test_an_unknown_region(self, region):
        """A region without rules here, or misspelt, is named as such with those that there are, and none is guessed."""
        with pytest.raises(InvalidValue, match=r"no rule of .* write one of these: 北京.*陕西 \(Shaanxi\)"):
            asked("dispute", {}, VILLAGE_2025, region)

    def test_a_moment_is_no_day(self):
        """A moment has no day without a zone: it is an error."""
        with pytest.raises(InvalidType, match="a day was expected"):
            asked("dispute", {}, datetime(2026, 1, 1, tzinfo=SHANGHAI))

    def test_no_procedure_here(self):
        """A forum for which the catalogue has no procedure says so."""
        with pytest.raises(InvalidValue, match="no procedure"):
            Forum(body="court").procedure()


FIRST = {
    "village": date(2010, 10, 28),
    "collective": date(2010, 10, 28),
    "residents": date(1990, 1, 1),
    "owners": date(2018, 3, 19),
    "courtyard": date(2018, 3, 19),
    "allowance": date(2014, 5, 1),
    "dispute": date(2011, 1, 1),
    "village.consultation": VILLAGE_2025,
    "residents.consultation": VILLAGE_2025,
    "owners.home_business": CIVIL_CODE,
}
"""The first day of the oldest law that is known here, by category or by whose matters they are."""


@pytest.mark.parametrize("category", CATEGORIES)
def test_older_than_any_law(category):
    """From the first day of the oldest law known here a matter is placed; on the day before it is said that none holds."""
    first = FIRST.get(category) or FIRST[category.partition(".")[0]]
    facts = {fact: ANSWERS[fact][-1] for fact in CATEGORIES[category].facts}
    assert asked(category, facts, first).forum is not None
    with pytest.raises(NoEdition) as no:
        asked(category, facts, first - timedelta(days=1))
    assert str(first - timedelta(days=1)) in str(no.value)
    assert any(str(first) in edition for edition in no.value.editions)


REGIONS = (None, "海南", "浙江", "河南")
DAYS = (VILLAGE_2010, COLLECTIVE, BEFORE_2026, VILLAGE_2025, BEFORE_ASSISTANCE, ASSISTANCE)
ANSWERS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(FACTS, (True, False)),
    "delegated_by": ("会议第2号决定", False),
    "delegated_until": ("2030-12-31", "2020-12-31", False),
    "collective_charter": ("章程第12条", False),
    "emergency": ("屋顶漏水", False),
}
"""What can be answered to what is asked: each that leads elsewhere."""


def placed(category: str, on: date, region: str | None, facts: dict[str, Any]) -> Iterator[tuple[Matter, Applicable]]:
    """Where a matter goes for every answer to what is asked, and asked again."""
    held = matter(category, facts)
    found = catalogue.applicable(held, on=on, region=region)
    if not found.needs:
        yield held, found
    for need in found.needs[:1]:
        for answer in ANSWERS[need.fact]:
            yield from placed(category, on, region, {**facts, need.fact: answer})


@cache
def procedure_of(forum: Forum) -> Procedure:
    """The procedure of a forum, made once for however many answers."""
    return forum.procedure()


@cache
def leaves(category: str, region: str | None) -> list[tuple[Matter, Applicable]]:
    """Every answer on every day on which there is one."""
    days = [on for on in DAYS if on >= VILLAGE_2025 or not category.endswith("consultation")]
    return [leaf for on in days for leaf in placed(category, on, region, {})]


@pytest.mark.parametrize("region", REGIONS, ids=["everywhere", "Hainan", "Zhejiang", "Henan"])
@pytest.mark.parametrize("category", CATEGORIES)
class TestEveryAnswer:
    """Over all categories, days, regions and answers: who decides, by what is in force, and a case can be opened."""

    def test_what_is_cited_is_in_force(self, category, region):
        """The reasons, the rules and what they are joined from hold on the day; but for the law that holds not yet."""
        for _, found in leaves(category, region):
            grounds = [*found.why, *(each.ground for each in found.ruled_out)]
            sources = [each.citation for each in grounds if each.citation.in_force_from != COLLECTIVE]
            sources += [each.citation for editions in found.editions.values() for each in editions]
            assert found.why
            assert all(source.in_force(found.on) for source in sources)

    def test_a_case_opens(self, category, region):
        """The procedure is ready: with the facts that were asked for, and those that it asks for, a case opens that day."""
        for held, found in leaves(category, region):
            if found.forum.module is None:
                continue
            procedure = procedure_of(found.forum)
            at = datetime.combine(found.on, time(9), SHANGHAI)
            case = opened(procedure, at=at, facts=dict(held.facts))
            assert case.stage == procedure.stages[0].id

    def test_every_step_has_an_edition_of_the_day(self, category, region):
        """No stage of it is without a rule or period on that day, where it has any; and what it rests on holds too."""
        for _, found in leaves(category, region):
            if found.forum.module is None:
                continue
            for stage in procedure_of(found.forum).stages:
                for name, editions in stage.rules():
                    held = [each for each in editions if each.citation is None or each.citation.in_force(found.on)]
                    assert held or not editions, (found.category, found.on, stage.id, name)
                assert stage.source is None or stage.source.in_force(found.on), (found.on, stage.id)

    def test_it_says_whom_it_counts(self, category, region):
        """Each rule is told with whom it counts, in both languages."""
        for found in {tuple(each.rules): each for _, each in leaves(category, region)}.values():
            for language, words in (("en", "= It counts {}. "), ("zh", "= 计数对象：{}。")):
                said = found.explain(language)
                whom = [law.ELECTORATES[law.provision(id_).electorate].say(language) for id_ in found.rules]
                assert [words.format(each) in said for each in whom] == [True] * len(whom)
