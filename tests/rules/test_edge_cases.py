"""The edge cases of counting, by number: what practice and courts say, and what the library makes of it.

One short example each; where another file shows one in depth it has the rest. Those that need a case are in the file of
the same name for stages. Persons, estates and by-laws are invented; instruments and articles are not.
"""

# amounts are written in capitals, and stand on the left as in the statute

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from yizheng import Citation, Member, Period, Roll, Text, WorkingCalendar
from yizheng.catalogue import law
from yizheng.errors import InvalidType, InvalidValue, NoEdition
from yizheng.people import Holding, Service, Unit, owners_roll
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    BallotPolicy,
    Choice,
    Mark,
    Motion,
    Opposed,
    Outcome,
    Question,
    Result,
    Rule,
    Selection,
    Silence,
    Step,
    Tally,
    deem,
    stricter,
)

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
CARRIED, LOST, INQUORATE, VOID = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE, Outcome.VOID
DAY = date(2026, 3, 2)
COVENANT = Text("示例小区规约", "covenant of an invented estate")
BY_LAW = Citation(instrument=COVENANT, article="12")


class TestE01QuorumOverTheWrongBase:
    """E01: 应到 is counted over the prescribed electorate (notes to the 四议两公开 register); by-laws mix all and present."""

    def test_the_same_votes_over_two_bases(self):
        """Sixteen of thirty present in favour: a majority of those present, and of all; fifteen only of those present."""
        by_law = law.edition("by_law.representatives.vote.of_all", on=DAY, region=law.UNPLACED)
        for in_favour, of_all in ((15, LOST), (16, CARRIED)):
            tally = Tally.of(entitled=30, present=22, for_=in_favour)
            assert law.REPRESENTATIVES.judge(tally).outcome is CARRIED
            assert by_law.judge(tally).outcome is of_all

    def test_a_percentage_typed_in_is_refused(self):
        """The figures are counts; a ratio is worked out from them."""
        with pytest.raises(InvalidValue, match=r"percentage|%"):
            Tally.of(entitled=30, present="73%")


class TestE02TwoAlternativeQuorums:
    """E02: villagers by more than half of the persons, or by two thirds of the households (villages' law 2025 art. 26)."""

    PERSONS = law.edition("villages.assembly.persons", on=DAY)
    HOUSEHOLDS = law.edition("villages.assembly.households", on=DAY)

    def test_one_unit_for_one_meeting(self):
        """Sixty of a hundred: a quorum of persons, and none of households; and neither rule takes a count of the other."""
        counts = {"entitled": 100, "present": 60, "for_": 40}
        assert self.PERSONS.judge(Tally.of(**counts, electorate="persons")).outcome is CARRIED
        assert self.HOUSEHOLDS.judge(Tally.of(**counts, electorate="households")).outcome is INQUORATE
        with pytest.raises(InvalidValue, match="the rule counts persons, and the tally counts households"):
            self.PERSONS.judge(Tally.of(**counts, electorate="households"))


class TestE03SubQuorum:
    """E03: two thirds of all and of the women among the village's representatives (Shandong 24)."""

    RULE = law.edition("villages.representatives.vote", on=DAY, region="山东")

    @pytest.mark.parametrize(
        ("present", "women", "holds"),
        [(20, 6, [True, True]), (20, 5, [True, False]), (19, 6, [False, True]), (19, 5, [False, False])],
    )
    def test_all_must_hold_and_each_is_told(self, present, women, holds):
        """Thirty representatives, nine of them women: twenty and six; the ruling says which of the two failed."""
        ruling = self.RULE.judge(
            Tally.of(
                entitled=30, present=present, for_=15, among={"women": {"entitled": 9, "present": women, "for": women}}
            )
        )
        assert [finding.holds for finding in ruling.findings[:2]] == holds
        assert ruling.outcome is (CARRIED if all(holds) else INQUORATE)


FOLLOW = Silence("majority", basis=BY_LAW, warning=Text("不投票的，从多数", "no vote follows the majority"))
ORDINARY = law.OWNERS_ORDINARY


def estate(for_: int, against: int, silent: int) -> Tally:
    """Owners of a hundred square metres each, voting in writing."""
    heads = {"for": for_, "against": against, "abstaining": 0, "invalid": 0, "silent": silent}
    area = {mark: 100 * number for mark, number in heads.items()}
    return Tally.by_measure(heads=heads, area=area, presence=False)


class TestE04TakingPart:
    """E04: 参与表决 is returned ballots, or served ones where the rules of procedure say so ((2022)沪02民初16号)."""

    def test_both_readings_are_shown_where_silence_decides(self):
        """Fifteen of thirty returned it, ten were served and silent: no quorum as cast, and carried as deemed."""
        served = {"heads": {None: 10}, "area": {None: 1000}}
        ruling = ORDINARY.judge(deem(estate(9, 6, 15), FOLLOW, served))
        assert (ruling.outcome, ruling.by_silence, ruling.otherwise.outcome) == (CARRIED, True, INQUORATE)
        assert "第12条" in ruling.explain("zh")

    def test_not_taking_part_is_what_no_rule_changes(self):
        """Without a by-law those who did not return a ballot are in no share of those who took part."""
        ruling = ORDINARY.judge(estate(9, 6, 15))
        assert (ruling.outcome, ruling.tally.number(CAST)) == (INQUORATE, 15)

    def test_a_policy_without_an_article_is_none(self):
        """Silence counts for nothing by itself."""
        with pytest.raises(InvalidType, match="basis"):
            Silence("for", basis=None)


class TestE05DeemedConsent:
    """E05: service on the owner, with the consequence; and a floor of really cast votes (Zhejiang 2009, art. 10)."""

    def service(self, member: str, **changes) -> Service:
        """A ballot was handed over, with the words that the by-law prescribes."""
        settings = {"at": datetime(2026, 3, 2, tzinfo=UTC), "how": "by_hand", "evidence": "回执 1"}
        return Service(member=member, **{**settings, "warning": FOLLOW.warning, **changes})

    def test_a_ballot_handed_to_a_tenant_or_without_the_warning(self):
        """Of three only the first was served."""
        services = [
            self.service("1-101"),
            self.service("1-102", to="tenant of 1-102"),
            self.service("1-103", warning="请投票"),
        ]
        assert [service.is_effective(FOLLOW) for service in services] == [True, False, False]

    @pytest.mark.parametrize(("returned", "outcome"), [(16, CARRIED), (15, INQUORATE)])
    def test_the_floor_of_zhejiang(self, returned, outcome):
        """Those who really voted must exceed half of both: sixteen of thirty do, fifteen do not."""
        floor = (CAST > HALF * ENTITLED) & (CAST.by("area") > HALF * ENTITLED.by("area"))
        source = law.edition("owners.silence.floor", on=DAY, region="浙江").citation
        policy = Silence("majority", basis=source, floor=floor)
        silent = 30 - returned
        served = {"heads": {None: silent}, "area": {None: 100 * silent}}
        assert ORDINARY.judge(deem(estate(returned, 0, silent), policy, served)).outcome is outcome


class TestE07DeadlineToSue:
    """E07: one year from knowing (interpretation on condominium ownership art. 12)."""

    def test_a_year_from_the_posting(self):
        """Known by the posting of 2 March 2026 it runs out with 2 March 2027; on a holiday, with the day after."""
        year = law.edition("owners.decisions.annulment", on=DAY)
        assert year.last_day(DAY) == date(2027, 3, 2)
        assert year.last_day(DAY, WorkingCalendar(holidays={date(2027, 3, 2)})) == date(2027, 3, 3)


class TestE08MoreReturnedThanIssued:
    """E08: more ballots back than were issued void the vote (Henan 35, Beijing, Sichuan 32, Hainan 29)."""

    @pytest.mark.parametrize(("returned", "outcome"), [(30, CARRIED), (31, VOID)])
    def test_one_too_many(self, returned, outcome):
        """Thirty of thirty are no fault; one more is."""
        tally = Tally.of(entitled=30, present=30, for_=20, issued=30, returned=returned)
        assert law.REPRESENTATIVES.judge(tally).outcome is outcome


class TestE09AmbiguousMarks:
    """E09: a ballot with a tick and a cross is void, and stays in the total (Sichuan 32, Hebei, Tianjin)."""

    ROLL = Roll("owners", [Member(f"u-{place:02}") for place in range(24)])

    def test_in_the_total_or_not_as_the_rule_says(self):
        """Twenty-four ballots, three ambiguous: seventeen are no three quarters of those cast, and are of the valid ones."""
        marks = [Choice.FOR] * 17 + [Choice.AGAINST] * 4 + [Mark.AMBIGUOUS] * 3
        ballots = dict(zip((member.id for member in self.ROLL), marks, strict=True))
        policy = BallotPolicy()
        counted = {member: policy.choice(mark) for member, mark in ballots.items()}
        tally = self.ROLL.tally(counted)
        assert (tally.number(INVALID), tally.number(CAST)) == (3, 24)
        assert Rule(quorum=None, passage=FOR >= THREE_QUARTERS * CAST).judge(tally).outcome is LOST
        assert Rule(quorum=None, passage=FOR >= THREE_QUARTERS * (FOR + AGAINST)).judge(tally).outcome is CARRIED


class TestE10Blank:
    """E10: whoever signed or logged in and chose nothing abstains (Sichuan 31, Dazhou 14, Qinhuangdao 23)."""

    def test_blank_takes_part(self):
        """By default a blank ballot is an abstention; a by-law may call it invalid; either way it was cast."""
        roll = Roll("owners", [Member("u-1"), Member("u-2")])
        for policy, abstaining in ((BallotPolicy(), 1), (BallotPolicy(blank="invalid"), 0)):
            tally = roll.tally({"u-1": Choice.FOR, "u-2": policy.choice(Mark.BLANK)})
            assert (tally.number(ABSTAINING), tally.number(CAST)) == (abstaining, 2)


class TestE11Abstention:
    """E11: an abstention is in the base of article 278 and of those present, and not in that of for and against."""

    def test_three_bases(self):
        """Ten for, nine against, one abstaining: no majority of twenty, and a majority of nineteen."""
        tally = Tally.of(entitled=20, present=20, for_=10, against=9, abstaining=1)
        for base, outcome in ((CAST, LOST), (PRESENT, LOST), (FOR + AGAINST, CARRIED)):
            assert Rule(quorum=None, passage=FOR > HALF * base).judge(tally).outcome is outcome

    def test_is_never_dropped(self):
        """Whoever leaves it out of the count is told that the marks do not make up the ballots."""
        with pytest.raises(InvalidValue):
            Tally.of(entitled=20, present=20, cast=20, for_=10, against=9, abstaining=0, invalid=0)


def flat(number: str, area: str = "100", kind: str = "dwelling") -> Unit:
    """A unit of an invented estate."""
    return Unit(number, kind=kind, area=area)


class TestE15Heads:
    """E15: one buyer is one head with all the area; unsold stock is one head (interpretation arts 8 and 9; Ningbo 18)."""

    def test_several_units_and_the_developers_stock(self):
        """Five units of two heads: what counts twice is the area."""
        units = [flat("1-101"), flat("1-102", "89.60"), *(flat(f"2-10{number}") for number in range(1, 4))]
        owner = {"1-101": "p-1", "1-102": "p-1"}
        holdings = [Holding(unit.id, {owner.get(unit.id, "developer")}) for unit in units]
        roll = owners_roll("owners", units, holdings, on=DAY).roll
        area = {member.id: member.weights["area"] for member in roll}
        assert area == {"p-1": Fraction("189.6"), "developer": 300}

    def test_co_owners_are_one_head_that_must_name_its_voter(self):
        """Two owners of one flat are one member, who votes by whom both have named."""
        roll = owners_roll("owners", [flat("1-101")], [Holding("1-101", {"p-1", "p-2"})], on=DAY).roll
        (head,) = roll
        assert head.co_owners == {"p-1", "p-2"}
        assert (len(roll), roll.total("area")) == (1, 100)


class TestE16Garages:
    """E16: garages and parking do not count in the area (Ningbo 18)."""

    def test_left_out_by_its_article(self):
        """Of a flat and a garage the flat counts; what was left out is told, with the article."""
        source = law.edition("owners.count.area", on=DAY, region="宁波").citation
        units = [flat("1-101"), flat("P-1", "25", kind="garage")]
        holdings = [Holding(unit.id, {"p-1"}) for unit in units]
        result = owners_roll("owners", units, holdings, on=DAY, excluding={"garage": source})
        assert result.roll.total("area") == 100
        assert "第18条" in result.explain("zh")


class TestE17Tie:
    """E17: a tie fails; in elections the tied are voted on again (Henan 36); nobody breaks it unless a rule says so."""

    def test_lost_and_said_to_be_a_tie(self):
        """Eleven to eleven among twenty-two."""
        ruling = law.REPRESENTATIVES.judge(Tally.of(entitled=30, present=22, for_=11, against=11))
        assert (ruling.outcome, ruling.tie) == (LOST, True)

    def test_a_casting_vote_that_no_rule_gives(self):
        """Is refused, and not counted."""
        with pytest.raises(InvalidValue, match="gives one to nobody"):
            law.REPRESENTATIVES.judge(Tally.of(entitled=30, present=22, for_=11, against=11, casting=Choice.FOR))

    def test_in_an_election_the_tied_are_voted_on_again(self):
        """Two of equal votes for one seat: nobody is chosen, and both go to the next ballot."""
        source = law.edition("elections.tie", on=DAY, region="河南").citation
        question = Question(
            text="选举",
            options=["b", "a"],
            rule=Rule(quorum=None, passage=FOR > Fraction(1, 3) * CAST),
            edge=Step.REVOTE,
            edge_citation=source,
        )
        tallies = {box: Tally.of(entitled=20, cast=20, for_=votes) for box, votes in (("a", 9), ("b", 9), ("none", 2))}
        selection = Selection(question, tallies)
        assert (selection.result, selection.chosen, selection.tied) == (Result.TIE, set(), {"a", "b"})


class TestE18NeitherPasses:
    """E18: failing to renew is not ending; a ballot of A and B needs "none of these" and abstaining."""

    RENEW = Motion(Text("续聘", "renew"), opposite=Text("解聘", "dismiss"))
    DISMISS = Motion(Text("解聘", "dismiss"))

    def test_neither_is_decided(self):
        """Ten of twenty-four for one, nine for the other: more than half for neither."""
        rule = Rule(quorum=None, passage=FOR > HALF * CAST)
        rulings = [
            motion.judge(rule, Tally.of(entitled=24, for_=votes, against=24 - votes, abstaining=0, invalid=0))
            for motion, votes in ((self.RENEW, 10), (self.DISMISS, 9))
        ]
        assert not any(resolution.decided for resolution in rulings)
        assert Opposed(*rulings).neither
        assert rulings[0].decision("zh").startswith("未决定续聘，也未决定解聘。")

    def test_none_of_these_stands_on_the_ballot(self):
        """Unless it is left out by hand; and whoever marks nothing abstains."""
        question = Question(text="选聘", options=["a", "b"], rule=Rule(quorum=None, passage=FOR > HALF * CAST))
        assert question.boxes == {"a", "b", "none"}


class TestE21CountingDays:
    """E21: the first day is not counted, and a last day that is a holiday moves (Civil Code arts 201, 203)."""

    def test_days_working_days_and_clear_days(self):
        """Fifteen days from 2 March; three working days over a holiday; a notice counts neither its day nor the meeting's."""
        calendar = WorkingCalendar(holidays={date(2026, 3, 17), date(2026, 3, 4)})
        assert Period(15).last_day(DAY) == date(2026, 3, 17)
        assert Period(15).last_day(DAY, calendar) == date(2026, 3, 18)
        assert Period(3, "working_days").last_day(DAY, calendar) == date(2026, 3, 6)
        assert Period(10).clear_days_between(DAY, date(2026, 3, 13))
        assert not Period(10).clear_days_between(DAY, date(2026, 3, 12))


class TestE38WeakerThanTheLaw:
    """E38: where a community's rule is weaker than the law the stricter holds, and both are shown."""

    def test_a_board_of_ten_days(self):
        """Ten days of a covenant beside the fifteen of the villages' law (art. 35)."""
        ten, fifteen = Period(10, citation=BY_LAW), law.edition("villages.disclosure.posted", on=DAY)
        both = stricter(ten, fifteen)
        assert both.governing == fifteen
        assert both.last_day(DAY) == date(2026, 3, 17)
        for article in ("第12条", "第35条"):
            assert article in both.explain("zh")

    def test_a_majority_of_all_representatives(self):
        """A by-law that asks for more votes, and the law that asks for a quorum: both must be met."""
        by_law = law.edition("by_law.representatives.vote.of_all", on=DAY, region=law.UNPLACED)
        both = stricter(law.REPRESENTATIVES, by_law)
        for present, in_favour, outcome in ((19, 19, INQUORATE), (22, 15, LOST), (22, 16, CARRIED)):
            tally = Tally.of(entitled=30, present=present, for_=in_favour)
            assert both.judge(tally).outcome is outcome
        assert both.sources == (law.REPRESENTATIVES.citation, by_law.citation)


class TestE39TheRuleChanges:
    """E39: the law of 1 January 2026; which edition holds is a matter of the day (here: of the notice)."""

    def test_the_last_day_of_the_one_and_the_first_of_the_other(self):
        """Both organic laws; and what only the new one has is an error before, that lists what there is."""
        for provision, old, new in (
            ("residents.assembly.persons", "9", "27"),
            ("villages.assembly.persons", "22", "26"),
        ):
            assert law.edition(provision, on=date(2025, 12, 31)).citation.article == old
            assert law.edition(provision, on=date(2026, 1, 1)).citation.article == new
        with pytest.raises(NoEdition, match="from 2026-01-01"):
            law.edition("residents.representatives.vote", on=date(2025, 12, 31))


class TestE40Unanimity:
    """E40: turning a home into business premises needs all interested owners (Civil Code art. 279)."""

    RULE = law.edition("owners.vote.unanimity", on=DAY)

    @pytest.mark.parametrize(("against", "silent", "outcome"), [(0, 0, CARRIED), (1, 0, LOST), (0, 1, LOST)])
    def test_one_is_enough_to_stop_it(self, against, silent, outcome):
        """A single interested owner against, or silent; a majority is no defence."""
        tally = Tally.of(
            entitled=12,
            for_=12 - against - silent,
            against=against,
            abstaining=0,
            invalid=0,
            electorate=self.RULE.electorate,
            presence=False,
        )
        assert self.RULE.judge(tally).outcome is outcome

    def test_beside_the_vote_of_all_owners(self):
        """Carried by all owners, and stopped by one of the interested: both are asked for, and both are told."""
        rule = Rule(
            quorum=None, passage=(FOR > HALF * CAST) & (FOR.among("interested") >= ENTITLED.among("interested"))
        )
        tally = Tally.of(entitled=100, cast=100, for_=99, among={"interested": {"entitled": 12, "for": 11}})
        ruling = rule.judge(tally)
        assert (ruling.outcome, [finding.holds for finding in ruling.findings]) == (LOST, [True, False])
