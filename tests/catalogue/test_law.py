"""The law as data: what holds on a day, in a region, by which article, and what the boundaries of each figure are.

The numbers of facts and procedures (0.x and 2.x) are those of the notes on the field that the library was written from.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yizheng import Citation, Period, Text, catalogue, errors
from yizheng.catalogue import law
from yizheng.citation import Certainty
from yizheng.law.strictest import satisfies
from yizheng.rules import ENTITLED, FOR, PRESENT, LongerPeriod, Outcome, Rule, Sign, Tally, stricter

OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)
MID, LATE = date(2026, 6, 30), date(2026, 7, 1)
BY_LAW = Citation(instrument="invented by-law", article="1")
EVERY = [(each, edition) for each in law.PROVISIONS.values() for edition in each.editions]
EACH = pytest.mark.parametrize(
    ("provision", "edition"),
    EVERY,
    ids=[f"{each.id}-{number}" for each in law.PROVISIONS.values() for number, _ in enumerate(each.editions)],
)


def met(entitled: int, present: int, for_: int, groups: Iterable[str] = ()) -> Tally:
    """A meeting in which everybody who did not vote in favour voted against; all of it also by groups that all are of."""
    among = {group: {"entitled": entitled, "present": present, "for": for_} for group in groups}
    return Tally.of(entitled=entitled, present=present, for_=for_, against=present - for_, among=among)


def owned(entitled: str, cast: str, for_: str, heads: tuple[int, int, int] = (12, 12, 12)) -> Tally:
    """A vote of owners by heads and area, without abstentions."""
    rest = Fraction(cast) - Fraction(for_)
    return Tally.by_measure(
        heads={"entitled": heads[0], "for_": heads[2], "against": heads[1] - heads[2], "abstaining": 0, "invalid": 0},
        area={"entitled": entitled, "for_": for_, "against": rest, "abstaining": 0, "invalid": 0},
    )


class TestAsking:
    """What holds on a day, and where."""

    def test_the_one_that_holds(self) -> None:
        """The edition of the day is given: the law of 1989 to the last day of 2025, that of 2025 from the day after."""
        before = law.edition("residents.assembly.persons", on=OLD)
        after = law.edition("residents.assembly.persons", on=NEW)
        assert (before.citation.article, after.citation.article) == ("9", "27")
        assert before.citation.in_force_to == OLD
        assert after.citation.in_force_from == NEW

    def test_everything_that_holds(self) -> None:
        """Every provision with an edition on the day is there, each edition in force, and no other."""
        for on in (OLD, NEW, MID, LATE, date(1989, 12, 31)):
            held = law.in_force(on=on)
            for provision in law.PROVISIONS.values():
                national = [
                    each for each in provision.editions if each.citation.region is None and each.citation.in_force(on)
                ]
                assert list(held.get(provision.id, ())) == national

    def test_a_region_has_both(self) -> None:
        """Where a region has a rule of its own, the national one comes first and its own last."""
        held = law.in_force(on=NEW, region="山东")["villages.representatives.vote"]
        assert [(each.citation.region, each.citation.article) for each in held] == [
            (None, "30"),
            (law.REGIONS["Shandong"].name, "24"),
        ]
        assert law.edition("villages.representatives.vote", on=NEW, region="山东") is held[-1]

    def test_a_region_without_its_own(self) -> None:
        """A region without a rule of its own has the national one."""
        national = law.edition("villages.representatives.vote", on=NEW)
        assert law.edition("villages.representatives.vote", on=NEW, region="天津") is national

    def test_a_region_that_contains_it(self) -> None:
        """What lies in a region has the rules of that region, between the national ones and its own."""
        held = law.in_force(on=NEW, region="成都")["owners.result.posted"]
        assert [each.citation.region.en for each in held] == ["Sichuan", "Chengdu"]
        luzhou = law.edition("owners.call.area", on=NEW, region="Luzhou")
        assert luzhou.citation.region == law.REGIONS["Sichuan"].name
        village = law.Region("某村", within=law.Region("某镇", within="上海市"))
        assert law.edition("villages.representatives.notice", on=NEW, region=village).length == 10

    def test_a_region_has_nothing_of_its_neighbours(self) -> None:
        """A region has no rule of another, nor of a place within it."""
        assert not {
            each.citation.region.en
            for held in law.in_force(on=NEW, region="Sichuan").values()
            for each in held
            if each.citation.region is not None
        } - {"Sichuan"}

    def test_texts_of_no_known_place(self) -> None:
        """Texts whose place is not recorded are given to who asks for them, and to nobody else."""
        assert "by_law.representatives.vote.of_all" not in law.in_force(on=NEW)
        assert "by_law.representatives.vote.of_all" not in law.in_force(on=NEW, region="河北")
        assert "by_law.representatives.vote.of_all" in law.in_force(on=NEW, region=law.UNPLACED)

    @pytest.mark.parametrize("known", law.REGIONS.values(), ids=law.REGIONS)
    @pytest.mark.parametrize("on", [OLD, NEW])
    def test_every_road_to_a_region(self, known: law.Region, on: date) -> None:
        """A region has the same provisions by its name, as a region made anew, and for a place within it."""
        held = law.in_force(on=on, region=known)
        names = {known.name.zh, known.name.zh + "市", known.name.en, known.name.en.lower(), known.name}
        if known.within is not None:
            assert law.Region(known.name.zh, within=known.within.name.zh) == known
        for name in names:
            assert law.Region(name) == known
            for asked in (name, law.Region(name), law.Region("某镇", within=name), attrs.evolve(law.Region(name))):
                assert law.in_force(on=on, region=asked) == held

    def test_another_place_of_the_same_name(self) -> None:
        """A known name within a region that does not contain it is refused: it would lose, or borrow, a region's rules."""
        for name, within in (("石家庄", "四川"), ("明光", law.Region("安徽")), ("上海", law.Region("某省"))):
            with pytest.raises(errors.InvalidValue, match=r"is known here as .* REGIONS\["):
                law.Region(name, within=within)
        assert law.Region("安徽明光", within=law.Region("安徽")).within == law.Region("安徽")
        assert law.Region("明光", within="云南") == law.REGIONS["Mingguang"]
        for ask in (law.Region, lambda name: law.in_force(on=NEW, region=name)):
            with pytest.raises(errors.InvalidValue, match="write one region"):
                ask(Text("上海", "Beijing"))

    @pytest.mark.parametrize("name", ["四川", "四川省", "Sichuan", law.REGIONS["Sichuan"], law.REGIONS["Sichuan"].name])
    def test_names_of_a_region(self, name: Any) -> None:
        """A region is known by its name in both languages, long or short, and by itself."""
        assert law.edition("owners.first_assembly", on=NEW, region=name).length == 6

    def test_a_day_that_no_edition_covers(self) -> None:
        """It is an error that lists the editions there are, each with its source and its days."""
        with pytest.raises(errors.NoEdition) as no:
            law.edition("residents.representatives.vote", on=OLD)
        (told,) = no.value.editions
        assert "第29条" in told
        assert "art. 29, from 2026-01-01" in told
        assert told in str(no.value)
        assert (no.value.provision, no.value.on, no.value.region) == (
            "residents.representatives.vote",
            "2025-12-31",
            None,
        )
        assert isinstance(no.value, errors.YizhengError)
        assert str(pickle.loads(pickle.dumps(no.value))) == str(no.value)

    def test_every_edition_is_listed(self) -> None:
        """The list has them all, also those of other regions, with their last day and their region."""
        with pytest.raises(errors.NoEdition) as no:
            law.edition("villages.disclosure.posted", on=OLD, region="上海")
        assert len(no.value.editions) == len(law.provision("villages.disclosure.posted").editions) == 2
        assert no.value.editions[1].endswith("from a day that is not recorded to 2025-12-31 in 重庆 (Chongqing)")
        assert "in 上海 (Shanghai)" in str(no.value)

    def test_no_such_provision(self) -> None:
        """An unknown id is an error that lists what there is of the same law, or else everything."""
        with pytest.raises(errors.InvalidValue, match=r"mediation\.free, mediation\.refusal"):
            law.edition("mediation.votes", on=NEW)
        with pytest.raises(errors.InvalidValue) as no:
            law.provision("marriage.age")
        assert all(known in str(no.value) for known in law.PROVISIONS)
        with pytest.raises(errors.InvalidValue):
            law.provision(7)

    def test_no_such_region(self) -> None:
        """An unknown region is an error that lists those that are known: a slip must not lose a region's own rules."""
        with pytest.raises(errors.InvalidValue, match=r"Atlantis.*within=.*山东 \(Shandong\)"):
            law.in_force(on=NEW, region="Atlantis")
        with pytest.raises(errors.InvalidType, match="a region is 7"):
            law.in_force(on=NEW, region=7)

    @pytest.mark.parametrize("on", ["2026-01-01", 2026, None, datetime(2026, 1, 1, tzinfo=UTC)])
    def test_no_day(self, on: Any) -> None:
        """The law holds on days; anything else is refused."""
        for ask in (lambda: law.in_force(on=on), lambda: law.edition("owners.notice", on=on)):
            with pytest.raises(errors.InvalidType, match=r"write date\(2026, 1, 1\)"):
                ask()


COMMON = [
    # provision, region, articles of what holds together, the national first
    ("villages.representatives.vote", "Hebei", ["30", "20"]),
    ("villages.representatives.vote", "Shijiazhuang", ["30", "20"]),
    ("villages.representatives.vote", "Shandong", ["30", "24"]),
]


class TestEffective:
    """E38: what satisfies every edition that holds, with all of them shown."""

    @pytest.mark.parametrize(("on", "article"), [(date(2015, 1, 1), "26"), (OLD, "26"), (NEW, "30")])
    def test_a_tie_in_hebei(self, on: date, article: str) -> None:
        """Half of those present carry by Hebei's measures of 2011; the law asks for more than half, and so it is lost."""
        tie = met(30, 20, 10)
        nearest = law.edition("villages.representatives.vote", on=on, region="石家庄")
        rule = law.effective("villages.representatives.vote", on=on, region="石家庄")
        assert (nearest.judge(tie).outcome, rule.judge(tie).outcome) == (Outcome.CARRIED, Outcome.LOST)
        assert rule.judge(met(30, 20, 11)).outcome is Outcome.CARRIED
        assert [source.article for source in rule.sources] == [article, "20"]
        for said in (f"第{article}条", "《河北省实施村组法办法（2011年）》第20条"):
            assert said in rule.judge(tie).explain("zh")
            assert said in rule.citation.explain("zh")

    @pytest.mark.parametrize(("id_", "region", "articles"), COMMON)
    def test_rules_are_joined(self, id_: str, region: str, articles: list[str]) -> None:
        """Carried exactly where every edition that holds carries."""
        rule = law.effective(id_, on=NEW, region=region)
        held = law.in_force(on=NEW, region=region)[id_]
        assert rule == stricter(*held)
        assert [source.article for source in rule.sources] == articles

    @given(st.sampled_from(list(law.REGIONS.values())), st.dates(date(1990, 1, 1), date(2027, 1, 1)))
    def test_it_covers_all_that_holds(self, region: law.Region, on: date) -> None:
        """What is effective is made of all that holds; alone it is the edition itself; what cannot be ordered is refused."""
        for id_, held in law.in_force(on=on, region=region).items():
            plain = not isinstance(held[0], Rule | Period)
            if plain and not any(all(satisfies(one, other) for other in held) for one in held):
                with pytest.raises(errors.InvalidValue, match="keep each of them") as no:
                    law.effective(id_, on=on, region=region)
                assert all(each.explain("zh") in str(no.value) for each in held)
                continue
            found = law.effective(id_, on=on, region=region)
            if len(held) == 1:
                assert found is held[0]
            elif isinstance(found, Rule):
                assert found.joined == held
            elif isinstance(found, LongerPeriod):
                assert found.periods == held
            else:
                assert found in held

    def test_periods(self) -> None:
        """The longer of two counts: thirty days of Sichuan over the seven of Luzhou."""
        posted = law.effective("owners.result.posted", on=NEW, region="泸州")
        assert posted.governing.citation.region == law.REGIONS["Sichuan"].name
        assert "7日" in posted.explain("zh")

    def test_periods_that_differ_are_least_ones(self) -> None:
        """The longer is the stricter of two least periods; no two time limits that differ hold in one place."""
        differ = {
            id_
            for region in law.REGIONS.values()
            for on in (OLD, NEW, MID, LATE)
            for id_, held in law.in_force(on=on, region=region).items()
            if isinstance(held[0], Period) and len({(each.length, each.unit) for each in held}) > 1
        }
        assert differ == {"owners.result.posted"}

    def test_equal_shares_and_clauses(self) -> None:
        """Of equal ones the nearest is given."""
        assert law.effective("owners.call.heads", on=NEW, region="天津").citation.region.en == "Tianjin"
        assert law.effective("owners.service", on=NEW, region="达州").citation.region.en == "Dazhou"

    @pytest.mark.parametrize(
        ("id_", "region"),
        [
            ("villages.representatives.women", "海南"),
            ("residents.assembly.frequency", "石家庄"),
            ("owners.count.area", "宁波"),
        ],
    )
    def test_what_cannot_be_ordered(self, id_: str, region: str) -> None:
        """A third of the body and a third of the representatives: the error lists both, with their sources."""
        held = law.in_force(on=NEW, region=region)[id_]
        with pytest.raises(errors.InvalidValue, match="keep each of them") as no:
            law.effective(id_, on=NEW, region=region)
        for each in held:
            assert each.explain("en") in str(no.value)
            assert each.citation.explain("en") in str(no.value)

    def test_nothing_holds(self) -> None:
        """It is the same error as for one edition."""
        with pytest.raises(errors.NoEdition):
            law.effective("residents.representatives.vote", on=OLD)
        with pytest.raises(errors.InvalidValue):
            law.effective("marriage.age", on=NEW)
        with pytest.raises(errors.InvalidType):
            law.effective("owners.notice", on="2026-01-01")


def share(of: str, sign: Sign = Sign.AT_LEAST, whole: str = "all") -> law.Share:
    """A share, invented."""
    return law.Share(of, whole, sign, citation=BY_LAW)


class TestOrder:
    """Which of two shares or numbers satisfies both."""

    @given(
        *[st.fractions(Fraction(1, 12), 1, max_denominator=12), st.sampled_from(Sign)] * 2,
        st.integers(1, 40),
    )
    def test_shares(self, one: Fraction, sign: Sign, other: Fraction, its_sign: Sign, whole: int) -> None:
        """Whoever meets the stricter share meets the other."""
        stronger, weaker = share(one, sign), share(other, its_sign)
        if satisfies(stronger, weaker):
            assert all(weaker.met(part, of=whole) for part in range(whole + 1) if stronger.met(part, of=whole))
        elif (sign in {Sign.AT_LEAST, Sign.MORE_THAN}) is (its_sign in {Sign.AT_LEAST, Sign.MORE_THAN}):
            assert satisfies(weaker, stronger)

    @given(*[st.one_of(st.none(), st.integers(0, 9))] * 4)
    @example(None, 0, 0, None)
    def test_numbers(self, least: int | None, most: int | None, its_least: int | None, its_most: int | None) -> None:
        """So with bounds: every number within the stricter is within the other, and only then."""
        for low, high in ((least, most), (its_least, its_most)):
            if (low is None and high is None) or (low is not None and high is not None and high < low):
                return
        one = law.Bounds(least, most, "members", citation=BY_LAW)
        other = law.Bounds(its_least, its_most, "members", citation=BY_LAW)
        assert satisfies(one, other) is all(other.met(number) for number in range(12) if one.met(number))

    def test_of_different_things(self) -> None:
        """Shares of different wholes, and bounds of different things, are not compared."""
        assert not satisfies(share("1/2"), share("1/3", whole="women"))
        assert not satisfies(share("1/2"), law.Bounds(1, 2, "all", citation=BY_LAW))
        assert not satisfies(
            law.Bounds(3, None, "a year", citation=BY_LAW), law.Bounds(1, None, "a month", citation=BY_LAW)
        )


RULES = [
    # fact, provision, day, region, article, then (entitled, present, for) with the outcome: at, below and above
    (
        "0.2",
        "residents.assembly.persons",
        OLD,
        None,
        "9",
        "1000 500 500 inquorate, 1000 501 251 carried, 1000 502 251 lost",
    ),
    (
        "0.2",
        "residents.assembly.persons",
        NEW,
        None,
        "27",
        "1000 500 500 inquorate, 1000 501 251 carried, 1000 502 251 lost",
    ),
    (
        "0.2",
        "residents.assembly.households",
        OLD,
        None,
        "9",
        "300 150 150 inquorate, 300 151 76 carried, 300 152 76 lost",
    ),
    (
        "0.2",
        "residents.assembly.households",
        NEW,
        None,
        "27",
        "300 150 150 inquorate, 300 151 76 carried, 300 152 76 lost",
    ),
    ("0.2", "residents.assembly.groups", OLD, None, "9", "30 15 15 inquorate, 30 16 9 carried, 30 16 8 lost"),
    ("0.2", "residents.representatives.vote", NEW, None, "29", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    (
        "0.3",
        "villages.assembly.persons",
        OLD,
        None,
        "22",
        "1000 500 500 inquorate, 1000 501 251 carried, 1000 502 251 lost",
    ),
    (
        "0.3",
        "villages.assembly.persons",
        NEW,
        None,
        "26",
        "1000 500 500 inquorate, 1000 501 251 carried, 1000 502 251 lost",
    ),
    (
        "0.3",
        "villages.assembly.households",
        OLD,
        None,
        "22",
        "300 199 199 inquorate, 300 200 100 lost, 300 200 101 carried",
    ),
    (
        "0.3",
        "villages.assembly.households",
        NEW,
        None,
        "26",
        "300 199 199 inquorate, 300 200 100 lost, 300 200 101 carried",
    ),
    ("0.3", "villages.representatives.vote", OLD, None, "26", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    ("0.3", "villages.representatives.vote", NEW, None, "30", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    ("1.1", "villages.group.persons", OLD, None, "28", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    ("1.1", "villages.group.households", OLD, None, "28", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    ("1.1", "villages.group.persons", NEW, None, "32", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    ("1.1", "villages.group.households", NEW, None, "32", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    (
        "0.4",
        "party.branch.vote",
        NEW,
        None,
        "11",
        "20 9 9 inquorate, 20 10 10 lost, 20 14 10 lost, 20 14 11 carried, 21 11 11 carried",
    ),
    (
        "0.4",
        "party.four_two.review",
        NEW,
        "unplaced",
        "",
        "30 19 19 inquorate, 30 20 14 lost, 30 20 15 carried, 30 20 16 carried",
    ),
    (
        "0.6",
        "villages.representatives.vote",
        NEW,
        "Hebei",
        "20",
        "30 19 19 inquorate, 30 20 9 lost, 30 20 10 carried, 30 20 11 carried",
    ),
    (
        "0.7",
        "collective.assembly.vote",
        NEW,
        None,
        "27",
        "30 19 19 inquorate, 30 20 19 lost, 30 20 20 carried, 30 21 20 carried",
    ),
    ("0.7", "villages.one_item", NEW, None, "", "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried"),
    (
        "2.6",
        "by_law.representatives.vote.two_thirds",
        NEW,
        "unplaced",
        "",
        "30 19 19 inquorate, 30 20 10 lost, 30 20 11 carried",
    ),
    (
        "2.6",
        "by_law.representatives.vote.half",
        NEW,
        "unplaced",
        "",
        "30 15 15 inquorate, 30 16 8 lost, 30 16 9 carried",
    ),
    ("3", "by_law.representatives.vote.of_all", NEW, "unplaced", "", "30 30 15 lost, 30 16 16 carried, 30 15 15 lost"),
    ("2.7", "collective.representatives.vote", NEW, None, "28", "30 20 19 lost, 30 20 20 carried, 30 21 21 carried"),
    (
        "2.7",
        "collective.council.vote",
        NEW,
        None,
        "31",
        "9 5 5 inquorate, 9 6 4 lost, 9 6 5 carried, 10 7 5 lost, 10 7 6 carried",
    ),
    ("2.7", "collective.assembly.outsiders", NEW, None, "15", "100 100 74 lost, 100 75 75 carried, 100 100 76 carried"),
    ("2.8", "owners.vote.unanimity", NEW, None, "279", "10 10 9 lost, 10 10 10 carried"),
    (
        "2.9",
        "allowance.panel.vote",
        NEW,
        "Mingguang",
        "",
        "15 9 9 inquorate, 15 10 6 lost, 15 10 7 carried, 15 12 8 carried, 15 12 7 lost",
    ),
]


class TestVotes:
    """The boundary of every vote, exactly at, one below and one above, with its article."""

    @pytest.mark.parametrize(
        ("fact", "id_", "on", "region", "article", "votes"),
        RULES,
        ids=[f"{row[0]}-{row[1]}-{row[2]}-{row[3]}" for row in RULES],
    )
    def test_boundaries(self, *, fact: str, id_: str, on: date, region: str | None, article: str, votes: str) -> None:
        """More than half is strict, two thirds and more includes the two thirds (Civil Code art. 1259)."""
        where = law.UNPLACED if region == "unplaced" else region
        rule = law.edition(id_, on=on, region=where)
        assert isinstance(rule, Rule), fact
        assert rule.citation.article == article
        assert rule.electorate == law.provision(id_).electorate
        for vote in votes.split(", "):
            *counts, outcome = vote.split()
            assert rule.judge(met(*map(int, counts), rule.groups)).outcome == outcome, vote

    def test_every_rule_is_tried(self) -> None:
        """No vote of the catalogue is left out of these tests."""
        tried = {row[1] for row in RULES} | {each for each in law.PROVISIONS if each.startswith("owners.vote.")}
        tried |= {"inferred.majority", "hearing.vote", "allowance.panel.vote"}
        tried |= {"villages.delegation.written.persons", "villages.delegation.written.households"}
        assert {each.id for each, edition in EVERY if isinstance(edition, Rule)} <= tried

    def test_one_electorate_is_never_counted_as_another(self) -> None:
        """Persons and households are never mixed (fact 3; edge case E02)."""
        rule = law.edition("villages.assembly.households", on=NEW)
        tally = Tally.of(entitled=300, present=200, for_=101, against=99, electorate="persons")
        with pytest.raises(errors.InvalidValue, match="households"):
            rule.judge(tally)

    @pytest.mark.parametrize(("women", "outcome"), [(5, "inquorate"), (6, "carried"), (7, "carried")])
    def test_women_of_shandong(self, women: int, outcome: str) -> None:
        """Shandong art. 24: two thirds of the women representatives must be present besides."""
        rule = law.edition("villages.representatives.vote", on=NEW, region="山东")
        among = {"women": {"entitled": 9, "present": women, "for_": women, "against": 0}}
        tally = Tally.of(entitled=30, present=24, for_=24, against=0, among=among)
        assert rule.judge(tally).outcome == outcome
        assert law.edition("villages.representatives.vote", on=NEW).judge(tally).outcome == "carried"

    @pytest.mark.parametrize(("ayes", "outcome"), [(11, "lost"), (12, "lost"), (13, "carried")])
    def test_majority_in_shandong(self, ayes: int, outcome: str) -> None:
        """More than half of those present carry there as elsewhere: twelve of twenty-four are not enough."""
        rule = law.edition("villages.representatives.vote", on=NEW, region="山东")
        tally = Tally.of(
            entitled=30, present=24, for_=ayes, against=24 - ayes, among={"women": {"entitled": 9, "present": 6}}
        )
        assert rule.judge(tally).outcome == outcome

    @pytest.mark.parametrize(
        ("entitled", "present", "outcome"),
        [
            ((36, 27), (23, 18, 18), "inquorate"),
            ((36, 27), (24, 17, 17), "inquorate"),
            ((36, 27), (24, 18, 8), "lost"),
            ((36, 27), (24, 18, 9), "carried"),
            ((34, 26), (27, 19, 19), "carried"),
        ],
    )
    def test_hearing_of_kunshan(self, entitled: tuple[int, int], present: tuple[int, int, int], outcome: str) -> None:
        """Kunshan 2017: two thirds of all and of the villager representatives; half of the latter's votes carry.

        The last row is the hearing of 2017-09-27 (case T16); the others are invented.
        """
        rule = law.edition("hearing.vote", on=NEW, region="昆山")
        there, delegates, ayes = present
        votes = {"for_": ayes, "against": delegates - ayes, "abstaining": 0, "invalid": 0}
        among = {"villager_representatives": {"entitled": entitled[1], "present": delegates} | votes}
        tally = Tally.of(entitled=entitled[0], present=there, among=among, **votes)
        assert rule.judge(tally).outcome == outcome

    @pytest.mark.parametrize(
        ("delegates", "ayes", "outcome"), [(9, 15, "inquorate"), (10, 9, "lost"), (10, 10, "carried")]
    )
    def test_panel_of_shangluo(self, delegates: int, ayes: int, outcome: str) -> None:
        """Shangluo 2014: representatives are two thirds of those present, and two thirds of these are in favour."""
        rule = law.edition("allowance.panel.vote", on=NEW, region="Shangluo")
        among = {"resident_representatives": {"entitled": 12, "present": delegates}}
        tally = Tally.of(entitled=18, recused=0, present=15, for_=ayes, against=15 - ayes, among=among)
        assert rule.judge(tally).outcome == outcome

    @pytest.mark.parametrize(
        ("entitled", "recused", "outcome"),
        [(14, 0, "inquorate"), (15, 0, "carried"), (13, 2, "carried"), (12, 2, "inquorate")],
    )
    def test_fifteen_on_the_panel_of_shangluo(self, entitled: int, recused: int, outcome: str) -> None:
        """Shangluo 2014: fifteen sit on the panel, a relative who recuses among them; fewer decide nothing."""
        rule = law.edition("allowance.panel.vote", on=NEW, region="Shangluo")
        among = {"resident_representatives": {"entitled": entitled, "present": entitled}}
        tally = Tally.of(entitled=entitled, recused=recused, present=entitled, for_=entitled, against=0, among=among)
        assert rule.judge(tally).outcome == outcome

    @pytest.mark.parametrize(
        ("whom", "votes"),
        [
            ("persons", "1000 500 500 inquorate, 1000 501 251 carried, 1000 502 251 lost"),
            ("households", "300 199 199 inquorate, 300 200 100 lost, 300 200 101 carried"),
        ],
    )
    def test_delegation_of_shanghai(self, whom: str, votes: str) -> None:
        """Shanghai art. 16: more than half of the villagers or two thirds of the households reply, more than half agree."""
        rule = law.edition(f"villages.delegation.written.{whom}", on=NEW, region="Shanghai")
        for vote in votes.split(", "):
            *counts, outcome = vote.split()
            entitled, cast, ayes = map(int, counts)
            tally = Tally.of(
                entitled=entitled,
                for_=ayes,
                against=cast - ayes,
                abstaining=0,
                invalid=0,
                presence=False,
                electorate=whom,
            )
            assert rule.judge(tally).outcome == outcome, vote


SPECIAL = {"fund_raising", "rebuilding", "common_parts"}
ORDINARY = {"rules_of_procedure", "covenant", "committee", "manager", "fund_use", "other"}
MOST_OF_ALL = {"fund_use", "fund_raising", "rebuilding"}


class TestOwners:
    """Civil Code art. 278 (fact 0.5, procedure 2.8), and art. 12 of the regulations before 2021."""

    @pytest.mark.parametrize("what", sorted(SPECIAL | ORDINARY))
    def test_participation(self, what: str) -> None:
        """Two thirds of area and two thirds of heads take part, exactly so many are enough; 2,007.50 of 3,011.25 m²."""
        rule = law.edition(f"owners.vote.{what}", on=NEW)
        assert rule.judge(owned("3011.25", "2007.50", "2007.50", (25, 17, 17))).outcome == "carried"
        assert rule.judge(owned("3011.25", "2007.49", "2007.49", (25, 17, 17))).outcome == "inquorate"
        assert rule.judge(owned("12", "12", "12", (12, 8, 8))).outcome == "carried"
        assert rule.judge(owned("12", "12", "12", (12, 7, 7))).outcome == "inquorate"

    @pytest.mark.parametrize("what", sorted(ORDINARY))
    def test_ordinary(self, what: str) -> None:
        """More than half of both: exactly half of either is not enough."""
        rule = law.edition(f"owners.vote.{what}", on=NEW)
        assert rule.judge(owned("12", "12", "6", (12, 12, 7))).outcome == "lost"
        assert rule.judge(owned("12", "12", "6.01", (12, 12, 6))).outcome == "lost"
        assert rule.judge(owned("12", "12", "6.01", (12, 12, 7))).outcome == "carried"

    @pytest.mark.parametrize("what", sorted(SPECIAL))
    def test_special(self, what: str) -> None:
        """Three quarters of both: exactly so many are enough, a hundredth less is not."""
        rule = law.edition(f"owners.vote.{what}", on=NEW)
        assert rule.judge(owned("12", "12", "9", (12, 12, 9))).outcome == "carried"
        assert rule.judge(owned("12", "12", "8.99", (12, 12, 9))).outcome == "lost"
        assert rule.judge(owned("12", "12", "9", (12, 12, 8))).outcome == "lost"

    @pytest.mark.parametrize("what", sorted(SPECIAL | ORDINARY))
    def test_before_the_code(self, what: str) -> None:
        """To the last day of 2020: more than half take part; more than half, or two thirds, of all are in favour."""
        rule = law.edition(f"owners.vote.{what}", on=date(2020, 12, 31))
        assert rule.citation.article == "12"
        assert rule.judge(owned("12", "6", "6", (12, 6, 6))).outcome == "inquorate"
        assert rule.judge(owned("12", "7", "7", (12, 7, 7))).outcome == ("lost" if what in MOST_OF_ALL else "carried")
        assert rule.judge(owned("12", "8", "8", (12, 8, 8))).outcome == "carried"
        assert rule.judge(owned("12", "12", "6", (12, 12, 6))).outcome == "lost"
        assert law.edition(f"owners.vote.{what}", on=date(2021, 1, 1)).citation.instrument.zh == "民法典"
        with pytest.raises(errors.NoEdition):
            law.edition(f"owners.vote.{what}", on=date(2018, 3, 18))

    def test_items(self) -> None:
        """Each item is cited by its number."""
        cited = {what: law.edition(f"owners.vote.{what}", on=NEW).citation.article for what in SPECIAL | ORDINARY}
        assert cited == dict.fromkeys(SPECIAL, "278(6)-(8)") | dict.fromkeys(ORDINARY - {"other"}, "278(1)-(5)") | {
            "other": "278(9)"
        }

    @pytest.mark.parametrize(
        ("area", "heads", "outcome"),
        [("4", 4, "carried"), ("4.01", 4, "lost"), ("4", 5, "lost"), ("0", 0, "carried"), ("3.99", 3, "carried")],
    )
    def test_objections_in_henan(self, area: str, heads: int, outcome: str) -> None:
        """Henan art. 66 (fact 0.7): carried while objectors are at most a third of both; nobody need be in favour."""
        rule = law.edition("owners.vote.fund_by_no_objection", on=NEW, region="河南")
        assert rule.by_no_objection
        tally = Tally.by_measure(
            heads={"entitled": 12, "for_": 0, "against": heads, "abstaining": 0, "invalid": 0},
            area={"entitled": 12, "for_": 0, "against": area, "abstaining": 0, "invalid": 0},
        )
        assert rule.judge(tally).outcome == outcome

    def test_the_fund_before_the_code(self) -> None:
        """Two thirds of all area and heads within the scope, to the end of 2020; a report."""
        rule = law.edition("owners.vote.fund_within_scope", on=date(2020, 12, 31))
        assert rule.citation.certainty is Certainty.REPORTED
        assert rule.judge(owned("12", "12", "8", (12, 12, 8))).outcome == "carried"
        assert rule.judge(owned("12", "12", "7.99", (12, 12, 8))).outcome == "lost"
        assert rule.judge(owned("12", "12", "8", (12, 12, 7))).outcome == "lost"
        with pytest.raises(errors.NoEdition):
            law.edition("owners.vote.fund_within_scope", on=date(2021, 1, 1))

    @pytest.mark.parametrize(("estate", "building", "outcome"), [(20, 9, "carried"), (19, 9, "lost"), (20, 8, "lost")])
    def test_lifts_in_shanghai(self, estate: int, building: int, outcome: str) -> None:
        """Shanghai 2014: two thirds of the estate and nine tenths of the building."""
        rule = law.edition("owners.vote.lift", on=date(2020, 1, 1), region="上海")
        among = {"building": {"entitled": 10, "for_": building}}
        assert rule.judge(Tally.of(entitled=30, for_=estate, among=among)).outcome == outcome


SHARES = [
    # fact, provision, day, region, article, whole, the fewest that are enough
    ("2.5", "residents.assembly.call.persons", OLD, None, "10", 1000, 200),
    ("2.5", "residents.assembly.call.persons", NEW, None, "26", 1000, 100),
    ("2.5", "residents.assembly.call.households", OLD, None, "10", 300, 60),
    ("2.5", "residents.assembly.call.households", NEW, None, "26", 300, 30),
    ("2.5", "residents.assembly.call.groups", OLD, None, "10", 9, 3),
    ("2.5", "residents.assembly.call.delegates", NEW, None, "26", 30, 10),
    ("2.6", "residents.representatives.composition", NEW, None, "28", 50, 40),
    ("2.6", "residents.representatives.call", NEW, None, "28", 30, 6),
    ("0.6", "residents.election.turnout.persons", NEW, None, "19", 1000, 501),
    ("0.6", "residents.election.turnout.households", NEW, None, "19", 300, 151),
    ("0.6", "residents.election.turnout.delegates", NEW, None, "19", 30, 21),
    ("3", "residents.recall.tenth", NEW, None, "20", 1000, 100),
    ("3", "residents.recall.third", NEW, None, "20", 30, 10),
    ("2.7", "villages.assembly.call.persons", OLD, None, "21", 1000, 100),
    ("2.7", "villages.assembly.call.persons", NEW, None, "25", 1000, 100),
    ("2.7", "villages.assembly.call.delegates", OLD, None, "21", 30, 10),
    ("2.7", "villages.assembly.call.delegates", NEW, None, "25", 30, 10),
    ("2.7", "villages.representatives.call", OLD, None, "26", 30, 6),
    ("2.7", "villages.representatives.call", NEW, None, "30", 30, 6),
    ("1.1", "villages.representatives.composition", NEW, None, "", 50, 40),
    ("1.1", "villages.representatives.women", NEW, None, "", 30, 10),
    ("3", "villages.representatives.women", NEW, "Hainan", "12", 30, 10),
    ("2.7", "villages.delegation.back", NEW, "Hainan", "15", 30, 16),
    ("2.7", "villages.chair.interest", NEW, "Hainan", "21", 30, 16),
    ("3", "villages.group.turnout.persons", OLD, None, "28", 30, 20),
    ("3", "villages.group.turnout.persons", NEW, None, "32", 30, 20),
    ("3", "villages.group.turnout.households", OLD, None, "28", 30, 20),
    ("3", "villages.group.turnout.households", NEW, None, "32", 30, 20),
    ("2.8", "owners.call.heads", NEW, None, "13", 100, 20),
    ("2.8", "owners.call.heads", NEW, "Sichuan", "30", 100, 20),
    ("2.8", "owners.call.heads", NEW, "Tianjin", "", 100, 20),
    ("2.8", "owners.call.area", NEW, "Sichuan", "30", 100, 20),
    ("2.8", "owners.cooling_off.waived", NEW, "Shenzhen", "", 9, 6),
    ("2.8", "owners.count.committee", NEW, "unplaced", "", 8, 4),
    ("3", "owners.silence.floor", NEW, "Zhejiang", "10", 100, 51),
    ("2.4", "hearing.ask.persons", NEW, "unplaced", "", 1000, 200),
    ("2.4", "hearing.ask.households", NEW, "unplaced", "", 300, 60),
    ("2.4", "hearing.ask.groups", NEW, "unplaced", "", 9, 3),
    ("2.6", "by_law.representatives.composition", NEW, "unplaced", "", 50, 40),
    ("2.6", "by_law.representatives.women", NEW, "unplaced", "", 30, 10),
    ("2.6", "by_law.representatives.each_for.share.least", NEW, "unplaced", "", 100, 3),
    ("2.9", "allowance.visits", NEW, "unplaced", "", 100, 30),
    ("2.9", "allowance.panel.share.least", NEW, "Inner Mongolia", "", 100, 5),
]

MOST = [
    ("2.6", "by_law.representatives.each_for.share.most", "unplaced", 100, 5),
    ("2.9", "allowance.panel.share.most", "Inner Mongolia", 100, 10),
]


def placed(region: str | None) -> Any:
    """A region of the tables."""
    return law.UNPLACED if region == "unplaced" else region


class TestShares:
    """The boundary of every share, with its article."""

    @pytest.mark.parametrize(
        ("fact", "id_", "on", "region", "article", "whole", "fewest"),
        SHARES,
        ids=[f"{row[0]}-{row[1]}-{row[2]}-{row[3]}" for row in SHARES],
    )
    def test_boundaries(
        self, *, fact: str, id_: str, on: date, region: str | None, article: str, whole: int, fewest: int
    ) -> None:
        """The fewest that are enough are enough, and one fewer is not."""
        share = law.edition(id_, on=on, region=placed(region))
        assert isinstance(share, law.Share), fact
        assert share.citation.article == article
        assert share.met(fewest, of=whole)
        assert not share.met(fewest - 1, of=whole)
        assert share.fewest(whole) == fewest

    @pytest.mark.parametrize(("fact", "id_", "region", "whole", "most"), MOST)
    def test_the_most(self, fact: str, id_: str, region: str, whole: int, most: int) -> None:
        """As many as are allowed are allowed, and one more is not."""
        share = law.edition(id_, on=NEW, region=placed(region))
        assert share.met(most, of=whole), fact
        assert not share.met(most + 1, of=whole)
        assert share.fewest(whole) == 0

    def test_every_share_is_tried(self) -> None:
        """No share of the catalogue is left out of these tests."""
        assert {each.id for each, edition in EVERY if isinstance(edition, law.Share)} == {
            row[1] for row in (*SHARES, *MOST)
        }

    @given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 60), st.integers(1, 60), st.sampled_from(Sign))
    def test_law_of_shares(self, part: int, whole: int, over: int, under: int, sign: Sign) -> None:
        """A share agrees with the rule of the algebra that says the same."""
        if part > whole or over > under:
            return
        share = law.Share(Fraction(over, under), "all", sign, citation=BY_LAW)
        left, right = part * under, over * whole
        expected = {">=": left >= right, ">": left > right, "<=": left <= right, "<": left < right}[sign.value]
        assert share.met(part, of=whole) is expected
        least = next((each for each in range(whole + 1) if share.met(each, of=whole)), None)
        assert share.fewest(whole) == least

    def test_a_share_of_nothing(self) -> None:
        """Nobody is a share of nobody."""
        for sign in Sign:
            share = law.Share("1/2", "all", sign, citation=BY_LAW)
            assert not share.met(0, of=0)
            assert share.fewest(0) is None

    def test_what_is_no_share(self) -> None:
        """Floats, shares of more than the whole, parts of more than the whole and uncited shares are refused."""
        for bad in ("0", "3/2", -1):
            with pytest.raises(errors.InvalidValue, match="write a part of the whole"):
                law.Share(bad, "all", citation=BY_LAW)
        with pytest.raises(errors.InvalidValue, match="a share is 3/2; write"):
            law.Share(Fraction(3, 2), "all", citation=BY_LAW)
        with pytest.raises(errors.InvalidType):
            law.Share(0.5, "all", citation=BY_LAW)
        with pytest.raises(errors.InvalidType, match="citation"):
            law.Share("1/2", "all", citation=None)
        for part, whole in ((3, 2), (-1, 2)):
            with pytest.raises(errors.InvalidValue, match="give the part first"):
                law.Share("1/2", "all", citation=BY_LAW).met(part, of=whole)
        for sign in Sign:
            share = law.Share("1/2", "all", sign, citation=BY_LAW)
            assert share.fewest("9") == share.fewest(9)  # digits are taken wherever exact numbers are
            with pytest.raises(errors.InvalidType, match="the whole is the float"):
                share.fewest(9.0)

    def test_words(self) -> None:
        """A share says in words whether exactly so many are enough."""
        turnout = law.edition("residents.election.turnout.delegates", on=NEW)
        assert turnout.explain("zh") == "超过居民代表的 2/3"
        assert turnout.explain("en") == "more than 2/3 of the representatives"
        assert law.edition("residents.representatives.call", on=NEW).explain("zh") == "不少于居民代表的 1/5"


PERIODS = """
2.5 residents.assembly.notice 2026-01-01 - 26 10 days
2.7 villages.assembly.notice 2025-12-31 - 21 10 days
2.7 villages.assembly.notice 2026-01-01 - 25 10 days
2.7 villages.representatives.notice 2026-01-01 Zhejiang 23 3 days
2.7 villages.representatives.notice 2026-01-01 Chongqing 12 3 days
2.7 villages.representatives.notice 2026-01-01 Tianjin 14 3 days
2.7 villages.representatives.notice 2026-01-01 Beijing 21 3 days
2.7 villages.representatives.notice 2026-01-01 Hainan 14 3 days
2.7 villages.representatives.notice 2026-01-01 Shandong 24 5 days
2.7 villages.representatives.notice 2026-01-01 Hebei 20 7 days
2.7 villages.representatives.notice 2026-01-01 Shanghai 18 10 days
0.9 residents.board 2025-12-31 - - 15 days
0.9 residents.board 2026-01-01 - 34 15 days
0.9 villages.disclosure.posted 2026-01-01 - 35 15 days
0.9 villages.disclosure.posted 2026-01-01 Chongqing 35 15 days
3 villages.disclosure.posted 2025-12-31 Chongqing 30 10 days
3 villages.disclosure.within 2026-01-01 Chongqing 30 10 days
3 villages.objection.answer.committee 2026-01-01 Chongqing 31 3 days
3 villages.objection.answer.committee 2026-01-01 Hainan 24 15 days
3 villages.objection.answer.government 2026-01-01 Chongqing 31 10 days
3 residents.committee.term 2025-12-31 - - 5 years
2.7 collective.assembly.notice 2025-05-01 - 27 10 days
3 collective.before 2025-05-01 - 46 10 days
2.2 party.four_two.notice 2026-01-01 unplaced - 3 days
2.8 owners.notice 2026-01-01 - 14 15 days
2.8 owners.notice 2026-01-01 Hangzhou - 15 days
2.8 owners.notice.ad_hoc 2026-01-01 Hangzhou - 7 days
2.8 owners.plan_reported 2026-01-01 Chengdu 31 30 days
2.8 owners.items_posted 2026-01-01 Chengdu - 15 days
2.8 owners.items_posted 2026-01-01 Dazhou - 15 days
2.8 owners.items_posted 2026-01-01 Deyang - 15 days
2.8 owners.window.least 2026-01-01 Hangzhou 20 5 days
2.8 owners.window.most 2026-01-01 Hangzhou 20 60 days
2.8 owners.window.most 2026-01-01 Shenzhen - 3 months
2.8 owners.cooling_off 2026-01-01 Shenzhen - 1 years
2.8 owners.result.published 2026-01-01 Sichuan - 3 days
2.8 owners.result.published 2026-01-01 Chengdu - 3 days
2.8 owners.result.published 2026-01-01 Ziyang 14 3 days
2.8 owners.result.posted 2026-01-01 Sichuan - 30 days
2.8 owners.result.posted 2026-01-01 Chengdu - 30 days
2.8 owners.result.posted 2026-01-01 Ziyang 14 30 days
2.8 owners.result.posted 2026-01-01 Hengshui 22 15 days
2.8 owners.result.posted 2026-01-01 Luzhou 10 7 days
2.8 owners.result.posted 2026-01-01 Qingdao 92 3 days
2.8 owners.objection.answer 2026-01-01 Luzhou 10 30 days
3 owners.objection.answer 2026-01-01 Liaocheng - 3 days
2.8 owners.first_assembly 2026-01-01 Shaoxing 16 90 days
2.8 owners.first_assembly 2026-01-01 Sichuan 28 6 months
2.8 owners.first_assembly.extended 2026-01-01 Shaoxing 16 90 days
3 owners.filing 2026-01-01 - 16 30 days
3 owners.council.results 2026-01-01 Beijing - 10 working_days
3 owners.list 2026-01-01 Qinhuangdao - 15 working_days
2.8 owners.decisions.annulment 2026-01-01 - 12 1 years
2.4 hearing.within 2026-01-01 unplaced - 20 days
3 petition.answer 2022-05-01 - 34 60 days
3 petition.extension 2022-05-01 - 34 30 days
2.9 allowance.posted 2021-07-01 - - 7 days
2.9 allowance.posted 2026-01-01 Zhejiang 11 7 days
2.9 allowance.posted 2026-01-01 Mingguang - 7 days
2.9 allowance.posted 2026-01-01 unplaced - 7 days
2.9 allowance.posted.second 2026-01-01 unplaced - 3 days
2.9 allowance.decided_within 2021-07-01 - - 30 working_days
2.9 allowance.decided_within.special 2021-07-01 - - 45 working_days
2.9 allowance.investigated_within 2026-01-01 Zhejiang 11 15 working_days
2.9 allowance.objection.answer 2026-01-01 unplaced - 20 working_days
2.10 mediation.committee.term 2011-01-01 - 9 3 years
2.10 mediation.confirmation 2011-01-01 - 33 30 days
"""

BOUNDS = """
1.1 residents.committee.size 2026-01-01 - - 5 9
3 residents.committee.households 2025-12-31 - 6 100 700
3 residents.committee.households 2026-01-01 - 3 1000 3000
2.5 residents.assembly.groups.each 2025-12-31 - 9 2 3
2.5 residents.assembly.frequency 2026-01-01 Beijing - 2 None
2.5 residents.assembly.frequency 2026-01-01 Henan - 2 None
2.5 residents.assembly.frequency 2026-01-01 Hebei - 1 None
2.5 residents.assembly.frequency 2026-01-01 Sichuan - 1 None
2.5 residents.assembly.frequency 2026-01-01 Shanghai - 1 None
2.5 residents.assembly.frequency 2026-01-01 Shijiazhuang - 1 None
3 residents.representatives.each_for 2026-01-01 - 13 20 50
2.6 residents.representatives.frequency 2026-01-01 - 28 1 None
3 residents.election.proxies 2026-01-01 - 19 None 3
1.1 villages.committee.size 2026-01-01 - - 3 7
3 villages.election.proxies 2026-01-01 - 18 None 3
3 villages.representatives.frequency 2025-12-31 - 26 1 None
2.7 villages.representatives.frequency 2026-01-01 - 30 1 None
1.1 villages.representatives.each_for 2026-01-01 - - 5 15
3 collective.representatives.number 2025-05-01 - 28 21 None
2.8 owners.count.signatures 2026-01-01 unplaced - 10 None
3 owners.proxies 2026-01-01 unplaced - None 1
2.4 hearing.size 2026-01-01 unplaced - 30 50
2.9 allowance.panel.size 2026-01-01 Shangluo - 15 None
2.9 allowance.panel.size 2026-01-01 Inner_Mongolia - 15 None
1.1 allowance.panel.size 2026-01-01 unplaced - 7 11
1.1 mediation.committee.size 2011-01-01 - 8 3 9
2.6 by_law.representatives.each_for 2026-01-01 unplaced - 5 10
2.6 by_law.representatives.frequency 2026-01-01 unplaced - 1 None
2.6 by_law.representatives.frequency.yearly 2026-01-01 unplaced - 1 2
"""


def rows(table: str) -> list[tuple[str, ...]]:
    """The rows of a table, with a dash for nothing."""
    return [
        tuple("" if cell == "-" else cell.replace("Inner_Mongolia", "Inner Mongolia") for cell in line.split())
        for line in table.strip().splitlines()
    ]


class TestPeriodsAndNumbers:
    """Every period and every number, with its article and the day on which it holds."""

    @pytest.mark.parametrize(("fact", "id_", "on", "region", "article", "length", "unit"), rows(PERIODS))
    def test_periods(self, *, fact: str, id_: str, on: str, region: str, article: str, length: str, unit: str) -> None:
        """A period has its length, its unit and its article."""
        period = law.edition(id_, on=date.fromisoformat(on), region=placed(region or None))
        assert isinstance(period, Period), fact
        assert (period.length, period.unit.value, period.citation.article) == (int(length), unit, article)

    @pytest.mark.parametrize(("fact", "id_", "on", "region", "article", "least", "most"), rows(BOUNDS))
    def test_numbers(self, *, fact: str, id_: str, on: str, region: str, article: str, least: str, most: str) -> None:
        """A number has its bounds and its article; the bounds belong to it, and what lies beyond them does not."""
        bounds = law.edition(id_, on=date.fromisoformat(on), region=placed(region or None))
        assert isinstance(bounds, law.Bounds), fact
        assert (str(bounds.least), str(bounds.most), bounds.citation.article) == (least, most, article)
        if bounds.least is not None:
            assert bounds.met(bounds.least)
            assert not bounds.met(bounds.least - 1)
        if bounds.most is not None:
            assert bounds.met(bounds.most)
            assert not bounds.met(bounds.most + 1)

    @pytest.mark.parametrize(("kind", "table"), [(Period, PERIODS), (law.Bounds, BOUNDS)])
    def test_every_one_is_tried(self, kind: type[Any], table: str) -> None:
        """No edition of the kind is left out of these tables."""
        tried = {(row[1], row[4], str(placed(row[3] or None) or "")) for row in rows(table)}
        assert len(rows(table)) >= len([1 for _, edition in EVERY if isinstance(edition, kind)])
        assert {each for each, _, _ in tried} == {each.id for each, edition in EVERY if isinstance(edition, kind)}

    def test_words(self) -> None:
        """Bounds are told with what they count."""
        said = {
            "residents.committee.size": ("成员：5 至 9", "members: 5 to 9"),
            "residents.election.proxies": ("每人接受的委托：不超过 3", "proxies for each holder: at most 3"),
            "residents.representatives.frequency": ("每半年召开次数：不少于 1", "meetings in half a year: at least 1"),
        }
        for id_, words in said.items():
            assert tuple(law.edition(id_, on=NEW).explain(language) for language in ("zh", "en")) == words
        assert law.Bounds(2, 2, "chairs", citation=BY_LAW).explain("en") == "chairs: 2"

    def test_what_are_no_bounds(self) -> None:
        """Bounds without a number, the wrong way round, below nought or not whole are refused."""
        for least, most in ((None, None), (3, 2), (-1, None)):
            with pytest.raises(errors.InvalidValue):
                law.Bounds(least, most, "members", citation=BY_LAW)
        for bad in (1.5, True, "3"):
            with pytest.raises(errors.InvalidType):
                law.Bounds(bad, None, "members", citation=BY_LAW)
        with pytest.raises(errors.InvalidValue, match="a bound is an integer of more than 80 digits"):
            law.Bounds(-(10**5000), None, "members", citation=BY_LAW)
        with pytest.raises(errors.InvalidValue, match="bounds run from an integer of more than 80 digits to 3"):
            law.Bounds(10**5000, 3, "members", citation=BY_LAW)
        with pytest.raises(errors.InvalidType):
            law.Bounds(1, None, "members", citation=BY_LAW).met(1.0)


CLAUSES = """
residents.committee.relatives 2026-01-01 - 8 -
residents.committee.owners_guided 2026-01-01 - 10(7) -
residents.committee.review 2026-01-01 - 37 -
residents.supervision 2026-01-01 - 36 -
residents.consultation 2026-01-01 - 32 -
residents.organisations 2026-01-01 - 46 -
residents.assembly.convener 1990-01-01 - - -
residents.assembly.convener 2026-01-01 - - -
residents.assembly.notice.agenda - Shanghai - -
residents.assembly.powers 1990-01-01 - 10 -
residents.assembly.powers 2026-01-01 - 30 -
residents.assembly.delegation 2026-01-01 - 30 -
residents.assembly.party_first 2026-01-01 - 30 -
residents.representatives.observers 2026-01-01 - 28 -
residents.covenant.filing 1990-01-01 - 15 -
residents.covenant.filing 2026-01-01 - 31 -
residents.decisions.limits 1990-01-01 - - -
residents.decisions.limits 2026-01-01 - 31 -
residents.decisions.correction 2026-01-01 - 31 -
residents.decisions.annulment 2026-01-01 - 40 -
residents.election.proxies.form 2026-01-01 - 19 -
villages.assembly.convener 2026-01-01 - 25 -
villages.assembly.matters 2010-10-28 - 24 -
villages.assembly.matters 2026-01-01 - 28 -
villages.assembly.party_first 2026-01-01 - 28 -
villages.assembly.collective_property 2026-01-01 - 28 collective_assembly
villages.assembly.circulation - unplaced - -
villages.delegation.matters 2010-10-28 - 25 -
villages.delegation.matters 2026-01-01 - 29 -
villages.delegation.matters 2025-01-01 Hainan 11 -
villages.delegation.form - Zhejiang 16 -
villages.delegation.deadlock - Zhejiang 17 villagers_assembly
villages.charter.filing 2010-10-28 - 27 -
villages.charter.filing 2026-01-01 - 31 -
villages.election.proxies.holder 2010-10-28 - 15 relatives
villages.election.proxies.holder 2026-01-01 - 18 villagers
villages.chair.replacement 2025-01-01 Hainan 21 township_government
villages.disclosure.reposted - Chongqing 30 -
villages.disclosure.frequency 2010-10-28 - 30 -
villages.disclosure.frequency 2026-01-01 - 35 -
villages.decisions.correction 2026-01-01 - 31,41 -
villages.supervision 2026-01-01 - 37 -
villages.consultation 2026-01-01 - 33 -
villages.archive 2026-01-01 - 39 -
villages.minutes - Zhejiang 24 -
villages.representatives.constituents 2025-01-01 Hainan 14 -
collective.assembly.proxies 2025-05-01 - 27 same_household
collective.representatives.matters 2025-05-01 - 28 -
collective.minutes 2025-05-01 - 33 -
collective.annulment 2025-05-01 - 57 -
party.branch.matters 2018-10-28 - 11 -
party.branch.entitled 1990-01-01 - 5 -
party.four_two.duty 2018-12-28 - 19 -
party.four_two.discuss - unplaced - -
party.four_two.gate - unplaced - -
party.four_two.resolve - unplaced - -
party.four_two.merger - unplaced - -
party.four_two.scope - unplaced - -
owners.vote.unanimity.majority 2021-01-01 - 10 -
owners.vote.unanimity.interested 2021-01-01 - 11 -
owners.count.heads 2021-01-01 - 9 -
owners.count.heads - Ningbo 18 -
owners.count.area 2021-01-01 - 8 -
owners.count.area - Ningbo 18 -
owners.count.buyers 2021-01-01 - 1 -
owners.count.scope - Shanghai 69 -
owners.count.scope - Henan 66 -
owners.silence 2010-01-01 - - deemed_majority
owners.silence 2009-01-01 Zhejiang 10 deemed_majority
owners.silence - Liaocheng 16 -
owners.silence - Sichuan 31 abstain
owners.silence - Dazhou 14 abstain
owners.silence - Qinhuangdao 23 abstain
owners.silence - Shanghai - deemed_majority
owners.silence - unplaced - not_participating
owners.service - Sichuan 31 signed_or_logged_in
owners.service - Dazhou 14 signed_or_logged_in
owners.service - Qinhuangdao 22 delivered_or_answered
owners.call.in_place - Sichuan - subdistrict_office
owners.call.in_place - Beijing - subdistrict_office
owners.call.in_place - Tianjin - subdistrict_office
owners.notice.committee 2018-03-19 - 14 -
owners.agenda - Beijing 35 barred
owners.agenda - Hangzhou 19 barred
owners.agenda - Qingdao 29 barred
owners.agenda - Hengshui - barred
owners.form 2018-03-19 - 12 -
owners.form - Liaocheng - mixed
owners.proxies.form 2010-01-01 - - written
owners.proxies.form - Sichuan 23 -
owners.proxies.form - Zhoushan 17 -
owners.representatives 2009-01-01 Zhejiang - -
owners.representatives - Qingdao 28 -
owners.representatives.constituents - Tianjin 16 -
owners.count.witnesses - Chengdu 32 -
owners.decisions.correction 2018-03-19 - 19 -
owners.records 2021-01-01 - 13 -
owners.emergency 2021-01-01 - 281 -
owners.emergency - Henan 70 -
hearing.members - unplaced - -
hearing.opposed - unplaced - -
hearing.effect - Shanghai - advice
consultation.guidance 2015-07-01 - - -
consultation.steps 2015-07-01 - - -
petition.hearing 2022-05-01 - 31(6) -
elections.returned - Henan 35 void
elections.returned - Beijing - void
elections.returned - Sichuan 32 void
elections.returned 2025-01-01 Hainan 29 void
elections.invalid - Sichuan 32 cast
elections.invalid - Hebei - cast
elections.invalid - Tianjin - cast
elections.tie - Henan 36 revote
elections.tie.supervision - unplaced - continue
elections.forged 2025-01-01 Hainan 29 -
proxies.members - Beijing - barred
proxies.mark - Henan 30 instructed
assistance.investigation 2014-05-01 - 11 -
assistance.investigation 2026-07-01 - 37-48 -
assistance.opinion.posted 2014-05-01 - 11 -
assistance.decision 2014-05-01 - 11 county_civil_affairs
assistance.decision 2026-07-01 - 37-48 county_civil_affairs
assistance.decision.published 2014-05-01 - 11 -
assistance.decision.published 2026-07-01 - - -
assistance.refusal.reasons 2014-05-01 - 11 -
assistance.refusal.reasons 2026-07-01 - 37-48 -
assistance.reduction.hearing 2026-07-01 - 48 -
assistance.privacy 2026-07-01 - 11 -
assistance.remedy 2026-07-01 - - -
assistance.housing 2014-05-01 - 40 -
allowance.posted.twice 2011-01-01 Inner_Mongolia - -
allowance.peer_review 2012-01-01 - - standing
allowance.peer_review 2021-07-01 - - on_objection
allowance.relatives 2021-07-01 - - -
allowance.relatives - unplaced - -
allowance.panel.ballot 2014-01-01 Shangluo - secret
allowance.panel.ballot 2011-01-01 Inner_Mongolia - secret
allowance.panel.ballot 2018-01-01 Mingguang - by_name
mediation.free 2011-01-01 - 4 -
mediation.refusal 2011-01-01 - 17 -
mediation.privacy 2011-01-01 - 15(4) -
mediation.promptly 2011-01-01 - 21 -
mediation.mediator 2011-01-01 - 23 -
mediation.danger 2011-01-01 - 25 -
mediation.failure 2011-01-01 - 26 -
mediation.archive 2011-01-01 - 27 -
mediation.agreement 2011-01-01 - 28-30 -
mediation.followed_up 2011-01-01 - 31 -
civil_code.inclusive 2021-01-01 - 1259 -
civil_code.periods 2021-01-01 - 200-204 -
civil_code.resolution 2021-01-01 - 134 -
by_law.representatives.absences - unplaced - -
"""

INSTRUMENTS = """
城市居民委员会组织法（2025年修订） 2026-01-01 - read
城市居民委员会组织法（1989年） 1990-01-01 2025-12-31 read
城市居民委员会组织法（1989年） 2018-12-29 2025-12-31 read
本库默认值 - - inferred
本库默认值 - 2025-12-31 inferred
村民委员会组织法（2010年） 2010-10-28 2025-12-31 read
村民委员会组织法（2025年修正） 2026-01-01 - read
村民一事一议筹资筹劳管理办法（国办发〔2007〕4号） 2007-01-16 - reported
农村集体经济组织法 2025-05-01 - read
中国共产党支部工作条例（试行） 2018-10-28 - reported
基层组织选举工作暂行条例（1990年） 1990-01-01 - reported
中国共产党农村基层组织工作条例 2018-12-28 - inferred
物业管理条例 2018-03-19 - read
物业管理条例 2018-03-19 2020-12-31 read
民法典 2021-01-01 - read
最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释 2021-01-01 - read
住宅专项维修资金管理办法 2008-02-01 2020-12-31 reported
业主大会和业主委员会指导规则（建房〔2009〕274号） 2010-01-01 - inferred
关于加强城乡社区协商的意见 2015-07-01 - inferred
关于加强城乡社区协商的意见 2015-07-01 - reported
信访工作条例（2022年） 2022-05-01 - read
社会救助暂行办法 2014-05-01 2026-06-30 read
社会救助法 2026-07-01 - reported
最低生活保障审核确认办法（民发〔2021〕57号） 2021-07-01 - inferred
最低生活保障审核确认办法（民发〔2021〕57号） 2021-07-01 - reported
最低生活保障审核审批办法（试行）（民发〔2012〕220号） 2012-01-01 2021-06-30 inferred
人民调解法 2011-01-01 - read
"""

NOT_READ = {
    *("Shangluo", "Mingguang", "Inner Mongolia", "Shenzhen", "Kunshan"),
    *(law.UNPLACED.name.en, "Shanghai"),
}


class TestClauses:
    """Every clause, with the day from which it holds, its region, its article, and the word for a program."""

    def test_clauses(self) -> None:
        """What has no figure has its article too."""

        def place(citation: Citation) -> str:
            if citation.region == law.UNPLACED.name:
                return "unplaced"
            return "" if citation.region is None else citation.region.en

        found = [
            (
                each.id,
                str(edition.citation.in_force_from or ""),
                place(edition.citation),
                edition.citation.article.replace(" ", ""),
                edition.value or "",
            )
            for each, edition in EVERY
            if isinstance(edition, law.Clause)
        ]
        assert found == rows(CLAUSES)


CHANGES = [
    # provision, the last day of the old with its article, the first day of the new with its article
    ("residents.assembly.persons", OLD, "9", NEW, "27"),
    ("residents.assembly.households", OLD, "9", NEW, "27"),
    ("residents.assembly.groups", OLD, "9", NEW, None),
    ("residents.assembly.call.groups", OLD, "10", NEW, None),
    ("residents.assembly.call.delegates", OLD, None, NEW, "26"),
    ("residents.assembly.notice", OLD, None, NEW, "26"),
    ("residents.representatives.vote", OLD, None, NEW, "29"),
    ("residents.covenant.filing", OLD, "15", NEW, "31"),
    ("residents.decisions.correction", OLD, None, NEW, "31"),
    ("residents.decisions.annulment", OLD, None, NEW, "40"),
    ("residents.board", OLD, "", NEW, "34"),
    ("residents.supervision", OLD, None, NEW, "36"),
    ("villages.assembly.persons", OLD, "22", NEW, "26"),
    ("villages.assembly.households", OLD, "22", NEW, "26"),
    ("villages.assembly.matters", OLD, "24", NEW, "28"),
    ("villages.assembly.collective_property", OLD, None, NEW, "28"),
    ("villages.representatives.vote", OLD, "26", NEW, "30"),
    ("villages.election.proxies.holder", OLD, "15", NEW, "18"),
    ("villages.election.proxies", OLD, None, NEW, "18"),
    ("villages.disclosure.posted", OLD, None, NEW, "35"),
    ("villages.disclosure.frequency", OLD, "30", NEW, "35"),
    ("assistance.investigation", MID, "11", LATE, "37-48"),
    ("assistance.opinion.posted", MID, "11", LATE, None),
    ("assistance.decision", MID, "11", LATE, "37-48"),
    ("assistance.decision.published", MID, "11", LATE, ""),
    ("assistance.reduction.hearing", MID, None, LATE, "48"),
    ("assistance.refusal.reasons", MID, "11", LATE, "37-48"),
    ("collective.assembly.vote", date(2025, 4, 30), None, date(2025, 5, 1), "27"),
    ("allowance.posted", date(2021, 6, 30), None, date(2021, 7, 1), ""),
    ("allowance.peer_review", date(2021, 6, 30), "", date(2021, 7, 1), ""),
    ("residents.assembly.persons", date(1989, 12, 31), None, date(1990, 1, 1), "9"),
    ("villages.assembly.persons", date(2010, 10, 27), None, date(2010, 10, 28), "22"),
    ("mediation.confirmation", date(2010, 12, 31), None, date(2011, 1, 1), "33"),
    ("owners.notice", date(2018, 3, 18), None, date(2018, 3, 19), "14"),
    ("petition.answer", date(2022, 4, 30), None, date(2022, 5, 1), "34"),
]


class TestDates:
    """Facts 0.1 and 0.12: rules change on a day, and neither the day before nor the day after has the other's rule."""

    @pytest.mark.parametrize(("id_", "last", "before", "first", "after"), CHANGES)
    def test_changes(self, *, id_: str, last: date, before: str | None, first: date, after: str | None) -> None:
        """On the last day the old article holds (or none), on the first day the new one (or none)."""
        for on, article in ((last, before), (first, after)):
            if article is None:
                with pytest.raises(errors.NoEdition):
                    law.edition(id_, on=on)
            else:
                assert law.edition(id_, on=on).citation.article == article

    def test_review_by_the_masses(self) -> None:
        """To 2026-06-30 review by the masses is a method of investigation, from the day after it is named no more."""
        assert "、群众评议、" in law.edition("assistance.investigation", on=MID).explain("zh")
        assert "不再列出群众评议" in law.edition("assistance.investigation", on=LATE).explain("zh")

    def test_what_the_law_of_2026_says_is_reported(self) -> None:
        """The Social Assistance Law was seen in one copy, so nothing of it counts as read."""
        sure = {edition.citation.certainty for _, edition in EVERY if edition.citation.instrument.zh == "社会救助法"}
        assert sure == {Certainty.REPORTED}


class TestSources:
    """Every edition says where it is written, where it holds, and how sure we are of it."""

    @EACH
    def test_what_is_missing_is_said(self, provision: law.Provision, edition: law.Edition) -> None:
        """Where an article or the first day was not recorded, the note says so."""
        citation = edition.citation
        note = "" if citation.note is None else citation.note.zh
        if citation.certainty is Certainty.INFERRED:
            assert note, provision.id
        elif not citation.article and citation not in {law.CONFIRMATION_PUBLISHED, law.ALLOWANCE_NOTICE.citation}:
            assert "条号" in note, provision.id
        if citation.in_force_from is None and citation.certainty is not Certainty.INFERRED:
            assert "日期未记" in note or "日期" in note, provision.id

    @EACH
    def test_its_region_is_known(self, provision: law.Provision, edition: law.Edition) -> None:
        """A region that is cited is one that can be asked for."""
        region = edition.citation.region
        assert region is None or region in {each.name for each in law.REGIONS.values()}, provision.id

    @EACH
    def test_it_is_told_in_both_languages(self, provision: law.Provision, edition: law.Edition) -> None:
        """Every edition and every title has its words in Chinese and in English."""
        zh, en = edition.explain("zh"), edition.explain("en")
        assert zh != en
        assert provision.title.zh != provision.title.en

    def test_instruments(self) -> None:
        """Each national instrument has its days, and is as certain as it was read; nothing else is national."""
        found = {
            (
                edition.citation.instrument.zh,
                str(edition.citation.in_force_from or ""),
                str(edition.citation.in_force_to or ""),
                edition.citation.certainty.value,
            )
            for _, edition in EVERY
            if edition.citation.region is None
        }
        assert found == set(rows(INSTRUMENTS))

    def test_regions_that_were_not_read(self) -> None:
        """Regulations were read; what was told by others is marked, in Shanghai for lifts, a judgment and hearings."""
        told = [(each.id, edition.citation) for each, edition in EVERY if edition.citation.region is not None]
        reported = [(id_, each.region.en) for id_, each in told if each.certainty is not Certainty.READ]
        assert {region for _, region in reported} == NOT_READ
        assert {id_ for id_, region in reported if region == "Shanghai"} == {
            *("owners.vote.lift", "owners.silence", "hearing.effect")
        }
        for id_, each in told:
            if each.region.en in NOT_READ - {"Shanghai"}:
                assert each.certainty is not Certainty.READ, id_

    def test_years_alone(self) -> None:
        """Where a year alone was recorded, its first day stands for it, and the note says so."""
        dated = [
            edition.citation
            for _, edition in EVERY
            if edition.citation.region is not None and edition.citation.in_force_from is not None
        ]
        assert {(each.region.en, each.in_force_from.year) for each in dated} == {
            *(("Hainan", 2025), ("Hebei", 2011), ("Zhejiang", 2009), ("Zhejiang", 2020), ("Shanghai", 2014)),
            *(("Kunshan", 2017), ("Shangluo", 2014), ("Mingguang", 2018), ("Inner Mongolia", 2011)),
        }
        for each in dated:
            assert (each.in_force_from.month, each.in_force_from.day) == (1, 1)
            assert f"作{each.in_force_from.year}年1月1日起施行" in each.note.zh

    def test_what_was_not_read_does_not_say_so(self) -> None:
        """What is known from memory is inferred, and what is known by report is reported."""
        for _, edition in EVERY:
            note = edition.citation.note
            if note is not None and "凭记忆，未核对原文" in note.zh:
                assert edition.citation.certainty is Certainty.INFERRED
            if edition.citation.region == law.UNPLACED.name:
                assert edition.citation.certainty is not Certainty.READ

    def test_electorates(self) -> None:
        """Whom a provision counts is told in words, and nobody else is listed."""
        assert {each.electorate for each in law.PROVISIONS.values()} - {None} == law.ELECTORATES.keys()

    def test_the_names(self) -> None:
        """What has a name of its own is the same value in its provision, and what the procedures use."""
        assert law.provision("residents.representatives.vote").editions == (law.REPRESENTATIVES,)
        assert law.edition("residents.representatives.vote", on=NEW) is law.REPRESENTATIVES
        assert law.edition("owners.vote.rebuilding", on=NEW) is law.OWNERS_SPECIAL
        assert law.edition("owners.vote.manager", on=NEW) is law.OWNERS_ORDINARY
        assert law.edition("owners.notice", on=NEW) is law.OWNERS_NOTICE
        assert law.provision("residents.board").editions is law.BOARD
        assert law.edition("allowance.posted", on=NEW) is law.ALLOWANCE_NOTICE
        assert law.edition("assistance.decision.published", on=LATE).citation is law.CONFIRMATION_PUBLISHED
        assert law.edition("inferred.majority", on=NEW) is law.MAJORITY_INFERRED
        (used,) = catalogue.yizheng.ALLOWANCE.stage("resolve").rule
        assert used is law.REPRESENTATIVES


RULE = Rule(quorum=PRESENT >= 1, passage=FOR > Fraction(1, 2) * ENTITLED, citation=BY_LAW)


class TestProvisions:
    """A provision that would answer twice, or not say whom it counts, is refused."""

    def given(self, **changed: Any) -> law.Provision:
        """A provision, invented."""
        parts: dict[str, Any] = {"id": "own.vote", "title": "own", "body": "any_body", "editions": [RULE]}
        return law.Provision(**parts | changed)

    def test_a_good_one(self) -> None:
        """An edition alone stands for a list of one."""
        assert self.given(editions=RULE) == self.given()

    def test_no_edition(self) -> None:
        """There must be an edition."""
        with pytest.raises(errors.InvalidValue, match="no edition"):
            self.given(editions=[])

    def test_two_on_one_day(self) -> None:
        """Two editions of one region on one day are refused, also where an end is open."""
        first = attrs.evolve(BY_LAW, in_force_to=date(2025, 12, 31))
        for since in (None, date(2025, 12, 31)):
            second = attrs.evolve(BY_LAW, in_force_from=since)
            with pytest.raises(errors.InvalidValue, match="on one day"):
                self.given(editions=[Period(1, citation=first), Period(2, citation=second)])
        second = attrs.evolve(BY_LAW, in_force_from=NEW)
        assert len(self.given(editions=[Period(1, citation=first), Period(2, citation=second)]).editions) == 2
        elsewhere = attrs.evolve(BY_LAW, region="某地")
        assert len(self.given(editions=[Period(1, citation=first), Period(2, citation=elsewhere)]).editions) == 2

    def test_a_region_by_another_name(self) -> None:
        """A citation that writes a known region in its own way is of that region; two such on one day are two of one."""
        there, again = (attrs.evolve(BY_LAW, region=name) for name in ("上海市", "Shanghai"))
        own = self.given(editions=[Period(1, citation=there)])
        assert own.holding(NEW, "上海") == own.editions
        assert own.holding(NEW, "北京") == ()
        with pytest.raises(errors.InvalidValue, match="on one day"):
            self.given(editions=[Period(1, citation=there), Period(2, citation=again)])

    def test_kinds(self) -> None:
        """A rule and a period are no editions of one thing."""
        with pytest.raises(errors.InvalidValue, match="several kinds"):
            self.given(editions=[RULE, Period(1, citation=attrs.evolve(BY_LAW, region="某地"))])
        with pytest.raises(errors.InvalidType, match="not an int"):
            self.given(editions=[7])
        with pytest.raises(errors.InvalidType, match="several values"):
            self.given(editions="rule")

    def test_uncited(self) -> None:
        """An edition says where it is written."""
        with pytest.raises(errors.InvalidType, match="without a citation"):
            self.given(editions=[Period(1)])

    def test_electorates(self) -> None:
        """A provision that counts households has no rule that counts persons."""
        persons = attrs.evolve(RULE, electorate="persons")
        with pytest.raises(errors.InvalidValue, match="persons"):
            self.given(electorate="households", editions=[persons])
        assert self.given(electorate="persons", editions=[persons]).electorate == "persons"

    def test_names(self) -> None:
        """An id has a point in it, and a body is one of those that are known."""
        with pytest.raises(errors.InvalidValue, match="words with points"):
            self.given(id="vote")
        with pytest.raises(errors.InvalidValue, match="no body of the catalogue"):
            self.given(body="parliament")

    def test_when_and_where(self) -> None:
        """It is asked by a day and a region; a region may be given by its name."""
        held = law.provision("villages.representatives.vote")
        assert (
            held.holding(NEW, "山东")
            == held.holding(NEW, law.REGIONS["Shandong"])
            == (*held.holding(NEW, None), *held.holding(NEW, "Shandong")[1:])
        )
        with pytest.raises(errors.InvalidType, match="on is '2026-01-01'"):
            held.holding("2026-01-01", None)
        with pytest.raises(errors.InvalidType, match="a region is 7"):
            held.holding(NEW, 7)
