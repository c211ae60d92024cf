"""Published figures and boundaries, judged by the catalogue's own procedures; and what changes with the day and the place.

Cases with a number T01, T05, … are those of the field notes, with their published counts; what a source does not tell is
filled in and said. Everything else is invented.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest

from roads import DAY, HOUR, along, call, do, members, now, opened
from walks import SHANGHAI, refused
from yizheng import Case, Citation, Period, Procedure, Refused
from yizheng.catalogue import assistance, hearings, law, owners, residents, siyi, villages
from yizheng.conformance import conform
from yizheng.errors import InvalidType, InvalidValue
from yizheng.people import ProxyPolicy
from yizheng.procedure.duties import Existence
from yizheng.rules import Choice, Outcome, Rule, Silence, SilencePolicy, Tally
from yizheng.stages import (
    AnswerObjection,
    CloseVote,
    Confirm,
    Convene,
    Disclosure,
    ExtendVote,
    Interrupt,
    Object,
    Post,
    RecordBallots,
    RecordService,
    Submit,
    TakeDown,
)

NEW: Final = date(2026, 1, 1)
CITED: Final = Citation(instrument="invented rules of procedure", article="7")


def rule_of(procedure: Procedure, stage: str = "resolve", on: date = NEW, electorate: str | None = None) -> Rule:
    """The rule of a stage that is in force on a day, for an electorate."""
    there: Any = procedure.stage(stage)
    found = [each for each in there.rule if each.citation.in_force(on) and each.is_for(electorate)]
    return found[0]


def owners_tally(heads: tuple[int, ...], area: tuple[Any, ...]) -> Tally:
    """A count of owners: entitled, for, against, abstaining, invalid, in heads and in area."""
    names = ("entitled", "for_", "against", "abstaining", "invalid")
    return Tally.by_measure(heads=dict(zip(names, heads, strict=True)), area=dict(zip(names, area, strict=True)))


class TestPublishedVotes:
    """The figures of published votes come to the outcome that they came to."""

    def test_t01_hiring_a_firm(self) -> None:
        """(2022) Yu 05 Min Zhong 5659: 3,936 of some 5,726 households took part, 3,179 in favour: hired (item 4).

        The totals are reckoned from the published shares; who was not in favour is taken as against.
        """
        rule = rule_of(owners.owners_assembly(item=4, region="重庆"))
        yes, part = Decimal("281194.21"), Decimal("340575.45")
        tally = owners_tally((5726, 3179, 3936 - 3179, 0, 0), (482880, yes, part - yes, 0, 0))
        assert rule.judge(tally).outcome is Outcome.CARRIED

    @pytest.mark.parametrize(
        ("on", "outcome"), [(date(2020, 12, 31), Outcome.CARRIED), (date(2021, 1, 1), Outcome.INQUORATE)]
    )
    def test_t05_the_same_vote_before_and_after(self, on: date, outcome: Outcome) -> None:
        """616 of 950 voted, 7 void: enough to 2020, and since 2021 too few, for which 634 are needed.

        The source says that more than half approved; 476 of 950 are taken, and area in the same shares.
        """
        rule = rule_of(owners.owners_assembly(item=1), on=on)
        assert rule.judge(owners_tally((950, 476, 133, 0, 7), (950, 476, 133, 0, 7))).outcome is outcome

    def test_t05_how_many_are_needed(self) -> None:
        """633 of 950 are too few, 634 are enough."""
        rule = rule_of(owners.owners_assembly(item=1))
        for cast, outcome in ((633, Outcome.INQUORATE), (634, Outcome.CARRIED)):
            assert rule.judge(owners_tally((950, cast, 0, 0, 0), (950, cast, 0, 0, 0))).outcome is outcome

    @pytest.mark.parametrize(
        ("heads", "outcome"),
        [
            ((24, 17, 4, 3, 0), Outcome.LOST),
            ((24, 17, 4, 0, 3), Outcome.LOST),
            ((24, 18, 4, 2, 0), Outcome.CARRIED),
            ((24, 19, 4, 1, 0), Outcome.CARRIED),
            ((24, 17, 4, 0, 0), Outcome.CARRIED),
        ],
        ids=["abstaining", "void", "eighteen", "as-the-office-says", "not-taking-part"],
    )
    def test_t08_a_lift(self, heads: tuple[int, ...], outcome: Outcome) -> None:
        """A stairwell of 24: 17 in favour and three unclear ballots fall short of 18, as abstaining and as void alike.

        Only if the three took no part at all would 17 of 21 be enough (item 7; flats of equal area).
        """
        assert rule_of(owners.REBUILDING).judge(owners_tally(heads, heads)).outcome is outcome

    def test_t08_ballots_with_both_marks(self) -> None:
        """Entered as ambiguous, the three ballots are void and among those cast: the vote is lost."""
        case = along(
            opened(owners.REBUILDING, owners=members("owners", 24, weights={"area": "90.00"})),
            ["inform_committee.clear"],
        )
        case, held = call(case, owners.REBUILDING.stage("resolve"))
        ids = [member.id for member in case.progress.sitting.roll]
        marks = ["for"] * 17 + ["against"] * 4 + ["ambiguous"] * 3
        case = do(
            case, RecordBallots(dict(zip(ids, marks, strict=True)), channel="paper", evidence="box 1"), held + HOUR
        )
        case = do(case, CloseVote(), case.progress.sitting.closes)
        assert case.entries[-1].effect.outcome == "lost"

    def test_t19_residents_refuse_a_renovation(self) -> None:
        """A majority against: the plan of the town is not carried, and the refusal is posted (the source gives no counts)."""
        case = along(opened(owners.REBUILDING), ["inform_committee.clear", "resolve.lost"])
        assert case.stage == "disclose_rejection"

    @pytest.mark.parametrize(
        ("present", "among", "outcome"),
        [
            (27, 19, Outcome.CARRIED),
            (23, 19, Outcome.CARRIED),
            (22, 19, Outcome.INQUORATE),
            (26, 18, Outcome.CARRIED),
            (25, 17, Outcome.INQUORATE),
        ],
    )
    def test_t16_a_hearing(self, present: int, among: int, outcome: Outcome) -> None:
        """Kunshan 2017: 27 of 34 present, 19 of the 26 villagers' representatives, all 19 in favour.

        Two thirds are 23 of 34 and 18 of 26.
        """
        rule = rule_of(hearings.hearing(region="昆山"), "advise", date(2017, 9, 27))
        reps = {"entitled": 26, "present": among, "for_": among, "against": 0, "abstaining": 0, "invalid": 0}
        tally = Tally.of(
            entitled=34,
            present=present,
            for_=among,
            against=0,
            abstaining=0,
            invalid=0,
            among={"villager_representatives": reps},
        )
        assert rule.judge(tally).outcome is outcome

    def test_t16_half_of_the_representatives_is_enough(self) -> None:
        """The posted words are 占50%以上: half counts (Civil Code art. 1259)."""
        rule = rule_of(hearings.hearing(region="昆山"), "advise")
        for votes, outcome in ((10, Outcome.CARRIED), (9, Outcome.LOST)):
            reps = {"entitled": 26, "present": 20, "for_": votes, "against": 20 - votes, "abstaining": 0, "invalid": 0}
            tally = Tally.of(
                entitled=34,
                present=27,
                for_=votes,
                against=20 - votes,
                abstaining=0,
                invalid=0,
                among={"villager_representatives": reps},
            )
            assert rule.judge(tally).outcome is outcome


FIXTURES: Final = {
    "xingchen": (4, 164, "28708.01", 110, "19138.68"),
    "xiandai": (7, 403, "66783.97", 269, "44522.65"),
    "dijingfeng": (9, 355, "36609.05", 237, "24406.04"),
    "zhongyang": (9, 280, "24838.57", 187, "16559.05"),
    "tianebao": (7, 25, "3011.25", 17, "2007.50"),
    "yinzhu": (5, 53, "5369.63", 36, "3579.76"),
}
"""Official totals of scopes that voted, with the fewest heads and the least area that make two thirds (to the cent)."""
CENT: Final = Decimal("0.01")


class TestDenominators:
    """Two thirds of heads and of area take part, in scopes whose totals were posted."""

    @pytest.mark.parametrize("name", FIXTURES)
    def test_the_fewest_that_are_enough(self, name: str) -> None:
        """The fewest heads and the least area are a quorum; one head or one cent less are none."""
        item, heads, whole, fewest, least = FIXTURES[name]
        rule = rule_of(owners.owners_assembly(item=item))

        def outcome(cast: int, area: Decimal) -> Outcome:
            return rule.judge(owners_tally((heads, cast, 0, 0, 0), (Decimal(whole), area, 0, 0, 0))).outcome

        assert outcome(fewest, Decimal(least)) is Outcome.CARRIED
        assert outcome(fewest - 1, Decimal(least)) is Outcome.INQUORATE
        assert outcome(fewest, Decimal(least) - CENT) is Outcome.INQUORATE

    @pytest.mark.parametrize(
        ("item", "ayes", "outcome"),
        [
            (7, "3000.00", Outcome.CARRIED),
            (7, "2999.99", Outcome.LOST),
            (5, "2000.00", Outcome.LOST),
            (5, "2000.01", Outcome.CARRIED),
        ],
    )
    def test_three_quarters_and_half(self, item: int, ayes: str, outcome: Outcome) -> None:
        """Exactly three quarters are enough for item 7, exactly half for no item."""
        rule = rule_of(owners.owners_assembly(item=item))
        part = Decimal("4000.00")
        tally = owners_tally((80, 59, 1, 0, 0), (Decimal("6000.00"), Decimal(ayes), part - Decimal(ayes), 0, 0))
        assert rule.judge(tally).outcome is outcome

    def test_no_rounding(self) -> None:
        """66.666% of the area, printed as 66.67%, is not two thirds."""
        rule = rule_of(owners.FUND_USE)
        tally = owners_tally((3, 2, 0, 0, 0), (100_000, 66_666, 0, 0, 0))
        assert rule.judge(tally).outcome is Outcome.INQUORATE

    @pytest.mark.parametrize(
        ("present", "ayes", "outcome"),
        [(20, 11, Outcome.CARRIED), (20, 10, Outcome.LOST), (19, 19, Outcome.INQUORATE), (30, 15, Outcome.LOST)],
    )
    def test_representatives_of_thirty(self, present: int, ayes: int, outcome: Outcome) -> None:
        """Twenty of thirty are a quorum, nineteen are none; of twenty, eleven carry and ten do not (art. 29)."""
        rule = rule_of(residents.REPRESENTATIVES)
        assert rule.judge(Tally.of(entitled=30, present=present, for_=ayes, against=present - ayes)).outcome is outcome

    @pytest.mark.parametrize("on", [date(2025, 12, 31), NEW])
    @pytest.mark.parametrize("electorate", ["persons", "households"])
    @pytest.mark.parametrize(
        ("present", "ayes", "outcome"),
        [(500, 500, Outcome.INQUORATE), (501, 251, Outcome.CARRIED), (502, 251, Outcome.LOST)],
    )
    def test_the_assembly(self, on: date, electorate: str, present: int, ayes: int, outcome: Outcome) -> None:
        """Of a thousand, five hundred are no quorum; of those present more than half carry (arts 9 and 27)."""
        rule = rule_of(residents.ASSEMBLY, on=on, electorate=electorate)
        assert (
            rule.judge(Tally.of(entitled=1000, present=present, for_=ayes, against=present - ayes)).outcome is outcome
        )


def in_year(year: int, month: int = 3) -> datetime:
    """The first of a month, at nine."""
    return datetime(year, month, 1, 9, tzinfo=SHANGHAI)


class TestResidentsByDay:
    """One definition: a meeting called before 2026-01-01 takes the law of 1989, one called since that of 2025."""

    def called(self, at: datetime, electorate: str, held: timedelta) -> Case:
        """The assembly, studied by the party organisation and called on a day."""
        roll = members("residents_assembly", electorate=electorate)
        case = along(opened(residents.ASSEMBLY, at=at, residents_assembly=roll), ["study.carried"])
        return do(case, Convene(held_at=now(case) + held), now(case))

    @pytest.mark.parametrize(
        ("year", "month", "electorate", "article"),
        [
            (2025, 12, "persons", "9"),
            (2025, 12, "households", "9"),
            (2025, 12, "delegates", "9"),
            (2026, 1, "persons", "27"),
            (2026, 1, "households", "27"),
        ],
    )
    def test_each_composition(self, year: int, month: int, electorate: str, article: str) -> None:
        """The roll says which composition meets, the day by which law."""
        case = self.called(in_year(year, month), electorate, 20 * DAY)
        assert case.progress.sitting.rule.citation.article == article

    def test_no_groups_since_2026(self) -> None:
        """The representatives of the residents' groups are no composition of the assembly any more."""
        with pytest.raises(Refused, match="OTHER_ELECTORATE"):
            self.called(in_year(2026), "delegates", 20 * DAY)

    def test_the_notice(self) -> None:
        """Ten clear days since 2026; before, the law set none."""
        assert self.called(in_year(2025, 12), "persons", HOUR).phase == "called"
        assert self.called(in_year(2026), "persons", 11 * DAY).phase == "called"
        with pytest.raises(Refused, match="SHORT_PERIOD"):
            self.called(in_year(2026), "persons", 10 * DAY)

    def test_special_circumstances(self) -> None:
        """A shorter notice needs its reason in the record (art. 26)."""
        case = along(opened(residents.ASSEMBLY), ["study.carried"])
        soon = Convene(held_at=now(case) + DAY, waiver="抢险")
        assert do(case, soon, now(case)).entries[-1].action.waiver.zh == "抢险"

    def test_without_the_study(self) -> None:
        """A definition without the study serves meetings from before 2026, and none since."""
        before = residents.residents_assembly(party_study=None)
        assert before.check() == ()
        early = opened(before, at=in_year(2025))
        assert do(early, Convene(held_at=now(early)), now(early)).phase == "called"
        late = opened(before, at=in_year(2026))
        refused(late, Convene(held_at=now(late) + 20 * DAY), "NO_EDITION", at=now(late), by="secretary-1")

    def test_only_some_compositions(self) -> None:
        """A by-law may fix how the assembly meets; what is no composition is refused."""
        persons = residents.residents_assembly(compositions="persons")
        stage: Any = persons.stage("resolve")
        assert {rule.electorate for rule in stage.rule} == {"persons"}
        with pytest.raises(InvalidValue, match="persons, households, groups"):
            residents.residents_assembly(compositions=["everybody"])
        with pytest.raises(InvalidValue):
            residents.residents_assembly(decides="lunch")

    def test_the_charter_is_filed_too(self) -> None:
        """The charter goes the way of the covenant."""
        charter = residents.residents_assembly(decides="charter")
        assert "file.confirmed" in charter.mandatory


class TestRepresentativesByDay:
    """The representatives have a law of their own since 2026; before, what the place did."""

    def test_none_before_2026(self) -> None:
        """Without what was done before, a meeting before 2026 has no rule."""
        case = along(opened(residents.REPRESENTATIVES, at=in_year(2025)), ["study.carried"])
        refused(case, Convene(held_at=now(case) + DAY), "NO_EDITION", at=now(case), by="secretary-1")

    @pytest.mark.parametrize(("practice", "enough"), [("two_thirds", 20), ("half", 16)])
    def test_earlier_practice(self, practice: str, enough: int) -> None:
        """Two by-laws of unknown places: two thirds of the members, or more than half, and more than half of those present."""
        earlier = law.provision(f"by_law.representatives.vote.{practice}").editions[0]
        made = residents.residents_representatives(earlier=earlier, party_study=None)
        rule = rule_of(made, on=date(2025, 12, 31))
        for present, outcome in ((enough, Outcome.CARRIED), (enough - 1, Outcome.INQUORATE)):
            assert rule.judge(Tally.of(entitled=30, present=present, for_=present, against=0)).outcome is outcome
        assert not any(each.citation.in_force(NEW) for each in made.stage("resolve").rule)

    def test_both_in_one_definition(self) -> None:
        """What was done before serves to the last day of 2025, the law from the next."""
        earlier = law.provision("by_law.representatives.vote.half").editions[0]
        both = residents.residents_representatives(earlier=earlier)
        for at, article in ((in_year(2025, 12), ""), (in_year(2026), "29")):
            case = along(opened(both, at=at), ["study.carried"])
            case = do(case, Convene(held_at=now(case) + DAY), now(case))
            assert case.progress.sitting.rule.citation.article == article

    def test_nothing_to_go_by(self) -> None:
        """Without the study and without earlier practice there is no day on which they could meet."""
        with pytest.raises(InvalidValue, match="earlier"):
            residents.residents_representatives(party_study=None)
        uncited = attrs.evolve(law.MAJORITY_INFERRED, citation=None)
        with pytest.raises(InvalidValue, match="citation"):
            residents.residents_representatives(earlier=uncited)

    def test_what_empowers_them(self) -> None:
        """A matter of the assembly must state by which resolution it was delegated (art. 30)."""
        with pytest.raises(Refused, match="MISSING_FACT"):
            opened(residents.REPRESENTATIVES, facts={"delegated_by": ""})
        assert residents.residents_representatives(delegated=False).facts == {}


OWNERS_CALLED: Final = ["inform_committee.clear"]


def in_writing(region: str, item: int, window: timedelta, **settings: Any) -> Case:
    """A vote of owners in writing, open for a time."""
    made = along(opened(owners.owners_assembly(item=item, region=region, **settings)), OWNERS_CALLED)
    held = now(made) + 16 * DAY
    return do(made, Convene(held_at=held, until=held + window, mode="written"), now(made))


class TestWindows:
    """How long a vote of owners is open, and how it is extended, by region."""

    def test_hangzhou(self) -> None:
        """Art. 20: five days at least, sixty at most."""
        for days in (4, 61):
            with pytest.raises(Refused, match="SHORT_PERIOD" if days == 4 else "LONG_PERIOD"):
                in_writing("杭州", 4, days * DAY)
        for days in (6, 60):
            assert in_writing("杭州", 4, days * DAY).phase == "called"

    def test_a_by_law_s_own_window(self) -> None:
        """The rules of procedure may say how long it is open."""
        ten = Period(10, citation=CITED)
        with pytest.raises(Refused, match="LONG_PERIOD"):
            in_writing("北京", 4, 12 * DAY, longest=ten)
        with pytest.raises(Refused, match="SHORT_PERIOD"):
            in_writing("北京", 4, 8 * DAY, shortest=ten)

    def test_a_by_law_and_a_region(self) -> None:
        """The stricter of both: the longer of what is asked at least, the shorter of what is allowed at most."""
        for days, least, most in ((3, 5, 3), (30, 30, 30), (90, 90, 60)):
            own = Period(days, citation=CITED)
            stage: Any = owners.owners_assembly(item=4, region="杭州", shortest=own, longest=own).stage("resolve")
            assert (stage.shortest.length, stage.longest.length) == (least, most)
        two: Any = owners.owners_assembly(item=4, region="深圳", longest=Period(2, "months", citation=CITED))
        assert two.stage("resolve").longest.length == 2

    def test_shenzhen(self) -> None:
        """Extended once, to three months at most; then the item is dead, and barred for a year."""
        case = in_writing("深圳", 5, 10 * DAY)
        sitting = case.progress.sitting
        late = ExtendVote(until=sitting.opens + 95 * DAY, reason="参与不足")
        refused(case, late, "LONG_PERIOD", at=sitting.closes - DAY, by="convener-1")
        case = do(case, ExtendVote(until=sitting.opens + 80 * DAY, reason="参与不足"), sitting.closes - DAY)
        again = ExtendVote(until=sitting.opens + 85 * DAY, reason="参与不足")
        refused(case, again, "NO_MORE_EXTENSIONS", at=sitting.closes + DAY, by="convener-1")
        closes = case.progress.sitting.closes
        case = do(case, CloseVote(), closes)
        assert case.outcome == "lapsed"
        barred = case.entries[-1].effect.due["barred_until"]
        assert timedelta(days=365) <= barred - closes <= timedelta(days=367)

    def test_a_vote_that_is_lost_bars_nothing(self) -> None:
        """Only what had too few is barred in Shenzhen."""
        case = along(opened(owners.owners_assembly(item=5, region="深圳")), [*OWNERS_CALLED, "resolve.lost"])
        assert "barred_until" not in case.entries[-1].effect.due


class TestObjections:
    """Henan 66: the fund is used unless more than a third of the owners object, in heads or in area."""

    @pytest.mark.parametrize(
        ("heads", "area", "outcome"),
        [(10, 10, Outcome.CARRIED), (11, 10, Outcome.LOST), (10, 11, Outcome.LOST), (0, 0, Outcome.CARRIED)],
    )
    def test_a_third(self, heads: int, area: int, outcome: Outcome) -> None:
        """Of thirty, ten objections are allowed, and eleven are too many; without any it passes."""
        made = owners.owners_assembly(item=5, region="河南", by_objection=True)
        assert made.prove().holds
        tally = owners_tally((30, 0, heads, 30 - heads, 0), (30, 0, area, 30 - area, 0))
        assert rule_of(made).judge(tally).outcome is outcome

    def silent(self, served: int, objecting: int = 0, **service: str) -> Case:
        """Ten owners, of whom some object, and some of the others were served and said nothing."""
        case = in_writing("河南", 5, 9 * DAY, by_objection=True)
        sitting = case.progress.sitting
        ids = [member.id for member in sitting.roll]
        handed = {"how": "by_hand", "warning": "逾期未提出异议的，不计为反对", "evidence": "receipts", **service}
        if served:
            case = do(case, RecordService(ids[objecting : objecting + served], **handed), sitting.opens)
        if objecting:
            against = dict.fromkeys(ids[:objecting], Choice.AGAINST)
            case = do(case, RecordBallots(against, channel="paper", evidence="box 1"), sitting.opens + HOUR)
        return do(case, CloseVote(), sitting.closes)

    @pytest.mark.parametrize(
        ("served", "objecting", "outcome"),
        [
            (0, 0, Outcome.INQUORATE),
            (9, 0, Outcome.INQUORATE),
            (10, 0, Outcome.CARRIED),
            (7, 3, Outcome.CARRIED),
            (6, 3, Outcome.INQUORATE),
            (6, 4, Outcome.LOST),
        ],
    )
    def test_nobody_consents_who_was_not_told(self, served: int, objecting: int, outcome: Outcome) -> None:
        """Regulations art. 14, all owners are told: with one neither served nor voting, nothing is decided by silence."""
        case = self.silent(served, objecting)
        assert case.entries[-1].effect.ruling.outcome is outcome

    def test_a_ballot_that_a_tenant_took(self) -> None:
        """What was handed to somebody else is no service upon the owner."""
        assert self.silent(10, to="tenant-1").entries[-1].effect.ruling.outcome is Outcome.INQUORATE

    def test_not_at_a_meeting(self) -> None:
        """It is put to the owners in writing: at a meeting silence is nothing."""
        case = along(opened(owners.owners_assembly(item=5, region="河南", by_objection=True)), OWNERS_CALLED)
        refused(case, Convene(held_at=now(case) + 20 * DAY), "MODE_NOT_ALLOWED", at=now(case), by="convener-1")

    @pytest.mark.parametrize(("item", "region"), [(5, None), (5, "杭州"), (6, "河南"), (7, "河南")])
    def test_nowhere_else(self, item: int, region: str | None) -> None:
        """It is for using the fund, and where the region has it."""
        with pytest.raises(InvalidValue, match="item 5 alone"):
            owners.owners_assembly(item=item, region=region, by_objection=True)


class TestFiling:
    """A committee is filed within thirty days of its election (Regulations art. 16), also where a result hangs as long."""

    @pytest.mark.parametrize("region", [None, "四川", "成都", "资阳", "泸州", "绍兴"])
    @pytest.mark.parametrize(
        "again",
        [(), ("announce_result.upheld",), ("file.returned",), ("file.rejected",)],
        ids=["straight", "objected", "sent-back", "rejected"],
    )
    def test_a_lawful_walk_keeps_it(self, region: str | None, again: tuple[str, ...]) -> None:
        """Whatever is sent back or taken anew, no period of the definition makes the filing or the notice late."""
        made = owners.owners_assembly(item=3, region=region)
        called = ["report_plan.clear"] if "report_plan" in made.order else []
        signed = ["attest_carried.carried"] if "attest_carried" in made.order else []
        voted = [*called, *OWNERS_CALLED, "resolve.carried", *signed]
        filed = ["file.confirmed", "disclose_resolution.clear"]
        road = [*voted, "announce_result.clear", *filed]
        if again == ("announce_result.upheld",):
            road = [*voted, *again, *road]
        elif again == ("file.returned",):
            road = [*voted, "announce_result.clear", *again, *filed]
        elif again:
            road = [*voted, "announce_result.clear", *again, *road]
        case = along(opened(made), road)
        assert case.outcome == "filed"
        assert conform(made, case.entries).departures == ()

    def test_a_filing_that_is_late(self) -> None:
        """Handed in on the thirty-first day, it departs from the duty; on the thirtieth it does not."""
        made = owners.owners_assembly(item=3, region="四川")
        for days, late in ((30, False), (31, True)):
            case = along(opened(made), [*OWNERS_CALLED, "resolve.carried", "announce_result.clear"])
            elected = next(each.at for each in case.entries if each.effect.outcome == "carried")
            case = do(case, Submit(to="街道"), elected + days * DAY)
            case = along(do(case, Confirm(reference="备案 1 号"), now(case)), ["disclose_resolution.clear"])
            found = conform(made, case.entries).departures
            assert [each.citation.article for each in found] == (["16"] if late else [])

    @pytest.mark.parametrize("region", [None, "四川", "成都"])
    def test_no_way_without_it(self, region: str | None) -> None:
        """Until it is filed the result does not hang for its period, and the case does not end as filed."""
        made = owners.owners_assembly(item=3, region=region)
        assert made.routes["announce_result"]["clear"] == "file"
        assert {
            target for stage, leading in made.routes.items() if stage != "file" for target in leading.values()
        }.isdisjoint({"disclose_resolution"})
        for stage, outcome in (("announce_result", "clear"), ("file", "returned"), ("file", "rejected")):
            leading = {**made.routes[stage], outcome: "disclose_resolution"}
            around = attrs.evolve(made, routes={**made.routes, stage: leading})
            assert not around.prove().holds

    def test_a_count_that_is_not_signed(self) -> None:
        """Chengdu 32: what nobody attested is posted by nobody, and owes no posting when it is voted on anew."""
        made = owners.owners_assembly(item=4, region="成都")
        called = ["report_plan.clear", *OWNERS_CALLED]
        voted = [*called, "resolve.carried"]
        case = along(opened(made), [*voted, "attest_carried.lost", *voted, "attest_carried.carried"])
        case = along(case, ["disclose_resolution.clear"])
        assert conform(made, case.entries).departures == ()


class TestFirstAssembly:
    """Within which time the first assembly is held, by region."""

    @pytest.mark.parametrize(("region", "article", "length"), [("绍兴", "16", 90), ("四川", "28", 6)])
    def test_when_it_is_held(self, region: str, article: str, length: int) -> None:
        """Shaoxing 16: ninety days from the start of the group; Sichuan 28: six months. The vote counts, not its preparation."""
        made = owners.owners_assembly(item=1, region=region, first=True)
        (held,) = [each for each in made.duties if isinstance(each, Existence)]
        assert (held.source.article, [each.length for each in held.within]) == (article, [length])
        assert held.a == ("resolve.carried", "resolve.lost")

    def test_the_extension_is_another_period(self) -> None:
        """Shaoxing 16: ninety days more, where the assembly was held and carried neither rules nor covenant."""
        longer = law.edition("owners.first_assembly.extended", on=NEW, region="绍兴")
        assert (longer.length, longer.citation.article) == (90, "16")
        assert "延长" not in law.edition("owners.first_assembly", on=NEW, region="绍兴").citation.note.zh


class TestDeadlines:
    """A by-law may shorten a time within which something is done, and does not lengthen it (E38)."""

    @pytest.mark.parametrize(("own", "kept"), [(60, 30), (30, 30), (10, 10)])
    def test_answers_of_owners(self, own: int, kept: int) -> None:
        """Luzhou 10: thirty days; a by-law's sixty give way to them, its ten hold."""
        by_law = Period(own, citation=CITED)
        stage: Any = owners.owners_assembly(item=4, region="泸州", answer=by_law).stage("disclose_resolution")
        assert [each.length for each in stage.answer] == [kept]
        told = stage.answer[0].citation.note.zh
        assert all(each in told for each in ("取较短者", "泸州", f"{own}日"))

    def test_answers_of_a_village(self) -> None:
        """Chongqing 31: three days, whatever longer time a by-law takes."""
        by_law = Period(60, citation=CITED)
        for made in (
            villages.villagers_assembly(region="重庆", answer=by_law),
            siyi.siyi(region="重庆", answer=by_law),
        ):
            stage: Any = made.stage("disclose_resolution")
            assert [each.length for each in stage.answer] == [3]

    def test_which_is_shorter_depends_on_the_day(self) -> None:
        """Ten working days or fifteen days: which ends first depends on the calendar, and whoever defines it has to say."""
        own = Period(12, "working_days", citation=CITED)
        with pytest.raises(InvalidValue, match="depends on the day"):
            owners.owners_assembly(item=4, region="泸州", answer=own)


class TestNoticeOfOwners:
    """Fifteen days to all owners and the residents' committee; only what was announced is voted on."""

    def test_fifteen_clear_days(self) -> None:
        """Regulations art. 14: on the sixteenth day the vote may begin, a day earlier not."""
        case = along(opened(owners.FUND_USE), OWNERS_CALLED)
        held = now(case) + 15 * DAY
        early = Convene(held_at=held, until=held + 9 * DAY, mode="written")
        refused(case, early, "SHORT_PERIOD", at=now(case), by="convener-1")
        assert in_writing("重庆", 5, 9 * DAY).phase == "called"

    def test_the_residents_committee_is_told_first(self) -> None:
        """Before it is told, nobody can be called."""
        case = opened(owners.FUND_USE)
        refused(case, Convene(held_at=now(case) + 20 * DAY), "NOT_NOW", at=now(case), by="convener-1")

    @pytest.mark.parametrize("region", ["北京", "杭州", "青岛", "衡水"])
    def test_what_was_not_announced(self, region: str) -> None:
        """Beijing 35, Hangzhou 19, Qingdao 29, Hengshui: an item that is not on the notice is not voted on."""
        made = owners.owners_assembly(item=4, region=region)
        assert "业主" in made.stage("resolve").title.zh
        case = along(opened(made), OWNERS_CALLED)
        held = now(case) + 20 * DAY
        other = Convene(held_at=held, until=held + 9 * DAY, mode="written", agenda=["another-matter"])
        refused(case, other, "NOT_ON_AGENDA", at=now(case), by="convener-1")

    def test_the_plan_lies_with_the_subdistrict(self) -> None:
        """Chengdu 31: thirty days before the announcement."""
        case = opened(owners.owners_assembly(item=7, region="成都"))
        posted = do(case, Post(channels={"letter"}, content="方案"), now(case))
        assert posted.entries[-1].effect.due["ends"] - posted.entries[-1].at >= 30 * DAY

    @pytest.mark.parametrize(("region", "may"), [("四川", True), ("北京", True), ("天津", True), ("杭州", False)])
    def test_the_government_convenes(self, region: str, *, may: bool) -> None:
        """Sichuan, Beijing, Tianjin: where the committee does not, the subdistrict convenes."""
        offices = {office.id: office.may for office in owners.owners_assembly(item=4, region=region).offices}
        assert ("convene" in offices["subdistrict"]) is may

    def test_who_votes_for_another(self) -> None:
        """No proxy is taken unless the rules of procedure say so."""
        stage: Any = owners.FUND_USE.stage("resolve")
        assert stage.proxies is None
        own: Any = owners.owners_assembly(item=5, proxies=ProxyPolicy(cap=1)).stage("resolve")
        assert own.proxies.cap == 1


WAYS: Final = ("signed", "logged_in", "by_hand", "registered_letter", "posted", "posted_and_answered")


class TestServiceOfBallots:
    """Sichuan 31, Dazhou 14, Qinhuangdao 22, 23: a ballot that was served and bears no mark takes part, and abstains."""

    def voted(self, region: str, served: int, how: str = "signed", **settings: Any) -> Case:
        """Six of ten in favour; some of the other four were served."""
        case = in_writing(region, 4, 9 * DAY, **settings)
        sitting = case.progress.sitting
        ids = [member.id for member in sitting.roll]
        if served:
            service = RecordService(ids[6 : 6 + served], how=how, warning="签收未表决的视为弃权", evidence="receipts")
            case = do(case, service, sitting.opens)
        ballots = dict.fromkeys(ids[:6], Choice.FOR)
        case = do(case, RecordBallots(ballots, channel="paper", evidence="box 1"), sitting.opens + HOUR)
        return do(case, CloseVote(), sitting.closes)

    @pytest.mark.parametrize("region", ["四川", "达州", "秦皇岛"])
    def test_served_is_taking_part(self, region: str) -> None:
        """Six of ten are no quorum; with one who signed for the ballot, seven are."""
        without = self.voted(region, 0)
        assert without.entries[-1].effect.outcome in {"recalled", "inquorate"}
        assert self.voted(region, 1).entries[-1].effect.ruling.outcome is Outcome.CARRIED

    @pytest.mark.parametrize(
        ("region", "how", "counts"),
        [
            *(("四川", how, how in {"signed", "logged_in"}) for how in WAYS),
            *(("资阳", how, how in {"signed", "logged_in"}) for how in ("signed", "by_hand")),
            *(("达州", how, how in {"signed", "logged_in"}) for how in WAYS),
            *(("秦皇岛", how, how != "posted") for how in WAYS),
        ],
    )
    def test_how_it_was_served(self, region: str, how: str, *, counts: bool) -> None:
        """Sichuan 31, Dazhou 14: signed for or by logging in; Qinhuangdao 22, 23: delivered, or posted and answered."""
        ruling = self.voted(region, 1, how).entries[-1].effect.ruling
        assert ruling.outcome is (Outcome.CARRIED if counts else Outcome.INQUORATE)

    def test_the_rules_of_procedure_within_the_region(self) -> None:
        """What the rules of procedure make of silence holds in the ways of the region, and not against its clause."""

        def made(region: str, policy: str, **terms: Any) -> Silence:
            own = Silence(policy, basis=CITED, **terms)
            stage: Any = owners.owners_assembly(item=4, region=region, silence=own).stage("resolve")
            return stage.silence

        assert made("四川", "abstaining").ways == {"signed", "logged_in"}
        assert made("四川", "abstaining", ways={"signed", "by_hand"}).ways == {"signed"}
        assert made("杭州", "majority", ways={"by_hand"}).ways == {"by_hand"}
        with pytest.raises(InvalidValue, match="no way of service"):
            made("四川", "abstaining", ways={"by_hand"})
        for policy in ("majority", "for", "not_taking_part"):
            with pytest.raises(InvalidValue, match="abstains"):
                made("四川", policy)

    def test_the_floor_of_zhejiang(self) -> None:
        """Zhejiang 2009 art. 10: silence follows the majority only where more than half have really voted, in heads and area."""
        follow = Silence("majority", basis=CITED)
        for votes, deemed in ((5, False), (6, True)):
            case = in_writing("浙江", 4, 9 * DAY, silence=follow)
            sitting = case.progress.sitting
            ids = [member.id for member in sitting.roll]
            service = RecordService(ids, how="by_hand", warning="未投票的计入多数", evidence="receipts")
            case = do(case, service, sitting.opens)
            ballots = dict.fromkeys(ids[:votes], Choice.FOR)
            case = do(case, RecordBallots(ballots, channel="paper", evidence="box 1"), sitting.opens + HOUR)
            ruling = do(case, CloseVote(), sitting.closes).entries[-1].effect.ruling
            assert (ruling.outcome is Outcome.CARRIED) is deemed

    def test_nowhere_else_by_itself(self) -> None:
        """Where no region says so, nothing is made of silence, and service is no use; the rules of procedure may say."""
        with pytest.raises(Refused, match="NO_SILENCE"):
            self.voted("杭州", 1)
        own = Silence(SilencePolicy.ABSTAINING, basis=CITED)
        assert self.voted("杭州", 1, silence=own).entries[-1].effect.ruling.outcome is Outcome.CARRIED

    def test_a_region_that_leaves_it_to_the_covenant(self) -> None:
        """Liaocheng and Zhejiang leave it to covenant and rules: without them nothing is made of it."""
        for region in ("聊城", "浙江", None):
            stage: Any = owners.owners_assembly(item=4, region=region).stage("resolve")
            assert stage.silence is None


class TestWitnesses:
    """Chengdu 32: subdistrict, residents' committee and owners witness the count; one model has ten owners sign."""

    def signed(self, rule: Rule, groups: dict[str, int]) -> Outcome:
        """The outcome with so many signatures of each group, all of whom sign."""
        counts = {name: {"entitled": number, "for_": number, "against": 0} for name, number in groups.items()}
        whole = sum(groups.values())
        return rule.judge(
            Tally.of(entitled=whole, for_=whole, against=0, abstaining=0, invalid=0, presence=False, among=counts)
        ).outcome

    def test_chengdu(self) -> None:
        """One of each is needed, and two of three classes are not enough."""
        rule = rule_of(owners.owners_assembly(item=4, region="成都"), "attest_carried")
        assert self.signed(rule, {"subdistrict": 1, "residents_committee": 1, "owners": 1}) is Outcome.CARRIED
        assert self.signed(rule, {"subdistrict": 0, "residents_committee": 1, "owners": 1}) is Outcome.LOST

    @pytest.mark.parametrize(("outside", "outcome"), [(10, Outcome.CARRIED), (9, Outcome.LOST)])
    def test_the_model(self, outside: int, outcome: Outcome) -> None:
        """Ten owners from outside the committee sign, nine are too few."""
        made = owners.owners_assembly(item=4, witnesses=owners.MODEL_WITNESSES)
        assert made.check() == ()
        rule = rule_of(made, "attest_lost")
        assert self.signed(rule, {"owners": outside, "committee": 5}) is outcome

    def test_nobody_elsewhere(self) -> None:
        """Where nothing was read, no witness is asked for."""
        assert "attest_carried" not in owners.FUND_USE.order


class TestEmergency:
    """Civil Code art. 281: no vote, and the costs afterwards."""

    def test_nobody_votes(self) -> None:
        """No body decides; whoever administers the fund does."""
        assert owners.EMERGENCY.bodies == ()

    def test_which_emergency_it_is(self) -> None:
        """The matter says it, or is not opened."""
        with pytest.raises(Refused, match="MISSING_FACT"):
            opened(owners.EMERGENCY, facts={"emergency": ""})

    @pytest.mark.parametrize(
        "road",
        [["implement.completed", "disclose_result"], ["implement.abandoned", "disclose_abandonment"]],
        ids=["done", "given-up"],
    )
    def test_the_costs_are_told(self, road: list[str]) -> None:
        """What was spent is told with the posting, also where the repair was given up."""
        case = along(opened(owners.EMERGENCY), ["apply.confirmed", road[0]])
        assert case.stage == road[1]
        case = do(case, Post(channels={"bulletin_board"}, content="费用"), now(case))
        assert case.entries[-1].effect.carried["accounts"]["spent"] == "70"


class TestAllowanceByDay:
    """Peer review: always to June 2021, on any objection to June 2026, and no longer since."""

    @pytest.mark.parametrize(
        ("on", "stages"),
        [
            ("2014-05-01", ["inquire", "peer_review", "post_opinion"]),
            ("2021-06-30", ["inquire", "peer_review", "post_opinion"]),
            ("2021-07-01", ["inquire", "post_opinion"]),
            ("2026-06-30", ["inquire", "post_opinion"]),
            ("2026-07-01", ["inquire", "post_opinion"]),
        ],
    )
    def test_the_road_without_an_objection(self, on: str, stages: list[str]) -> None:
        """Which stages a file passes before the county decides."""
        made = assistance.allowance_review(on=date.fromisoformat(on))
        at, passed = made.stages[0].id, []
        while at != "decide":
            passed.append(at)
            at = next(made.routes[at][each] for each in ("completed", "carried", "clear") if each in made.routes[at])
        assert passed == stages

    @pytest.mark.parametrize(
        ("on", "goes"),
        [
            ("2014-05-01", "inquire"),
            ("2021-07-01", "peer_review"),
            ("2026-06-30", "peer_review"),
            ("2026-07-01", "inquire"),
        ],
    )
    def test_an_objection_that_is_right(self, on: str, goes: str) -> None:
        """To the panel under the measures of 2021; else the inquiry is made again."""
        assert assistance.allowance_review(on=date.fromisoformat(on)).routes["post_opinion"]["upheld"] == goes

    @pytest.mark.parametrize("on", ["2014-05-01", "2021-07-01", "2026-07-01"])
    def test_an_objection_that_is_called_wrong(self, on: str) -> None:
        """Measures of 2021: with any objection the file goes to inquiry or review; before and since, an answer may settle it."""
        day = date.fromisoformat(on)
        at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI) + DAY
        made = assistance.allowance_review(on=day)
        standing = ["peer_review.carried"] if on == "2014-05-01" else []
        case = along(opened(made, at=at), ["inquire.completed", *standing])
        case = do(case, Post(channels={"bulletin_board"}, content="公示"), now(case))
        ends = case.entries[-1].effect.due["ends"]
        case = do(case, Object("他家有车"), now(case), by="resident-1")
        case = do(case, AnswerObjection("x1", "经核对不属实", upheld=False), now(case))
        case = do(case, TakeDown(), ends)
        assert case.stage == ("peer_review" if on == "2021-07-01" else "decide")

    def test_no_panel_since_2026(self) -> None:
        """Since 2026-07-01 no body votes on an application."""
        assert assistance.ALLOWANCE_REVIEW.bodies == ()

    def test_the_edition_ends(self) -> None:
        """An opinion that is posted after the last day of an edition is refused."""
        case = along(
            opened(assistance.ALLOWANCE_REVIEW_2021, at=datetime(2026, 6, 30, 9, tzinfo=SHANGHAI)),
            ["inquire.completed"],
        )
        assert do(case, Post(channels={"bulletin_board"}, content="公示"), now(case)).phase == "posted"
        late = datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)
        refused(case, Post(channels={"bulletin_board"}, content="公示"), "NO_EDITION", at=late, by="secretary-1")

    def test_the_posting_may_be_left_out_since_2026(self) -> None:
        """The law of 2026 names the publication of the decision alone; before, the opinion is posted."""
        assert "post_opinion" not in assistance.allowance_review(posted=None).order
        with pytest.raises(InvalidValue, match="before 2026-07-01"):
            assistance.allowance_review(on=date(2026, 6, 30), posted=None)

    def test_a_posting_that_was_cut_short(self) -> None:
        """The opinion on a family that came down early has not been posted: it hangs anew, for all of its days (E31)."""
        case = along(opened(assistance.ALLOWANCE_REVIEW), ["inquire.completed"])
        notice = Post(channels={"bulletin_board"}, content="公示")
        case = do(case, notice, now(case))
        refused(case, TakeDown(), "CUT_SHORT", at=case.progress.ends - timedelta(seconds=1), by="secretary-1")
        case = do(do(case, Interrupt("大风"), now(case)), notice, now(case) + timedelta(days=6))
        refused(case, TakeDown(), "CUT_SHORT", at=case.entries[-2].at + timedelta(days=7), by="secretary-1")
        assert do(case, TakeDown(), case.progress.ends).stage == "decide"

    def test_a_by_law_is_never_weaker(self) -> None:
        """Three days of a by-law stay seven; ten become ten; and both are shown (E38)."""
        by_law = Citation(instrument="invented by-law", article="1")
        for days, hangs in ((3, 7), (10, 10)):
            made = assistance.allowance_review(posted=Period(days, citation=by_law))
            (period,) = made.stage("post_opinion").least
            assert period.length == hangs
            assert "invented by-law" in period.explain("en") + str(period)

    def test_where_the_decision_hangs(self) -> None:
        """What is confirmed hangs on the board; what is refused goes to the family alone, with the reasons."""
        told = assistance.ALLOWANCE_REVIEW.stage("publish_decision")
        refusal = assistance.ALLOWANCE_APPLICATION.stage("tell_refusal")
        assert isinstance(told, Disclosure)
        assert isinstance(refusal, Disclosure)
        assert (told.required, refusal.channels, refusal.carries) == ({"bulletin_board"}, {"letter"}, {"reasons"})

    @pytest.mark.parametrize(("region", "method"), [("商洛", "secret"), ("内蒙古", "secret"), ("明光", "by_name")])
    def test_how_a_panel_votes(self, region: str, method: str) -> None:
        """In secret in Shangluo and Inner Mongolia, by signature in Mingguang."""
        stage: Any = assistance.allowance_review(on=date(2019, 5, 1), region=region).stage("peer_review")
        assert stage.methods == {method}

    def test_days_without_rules(self) -> None:
        """Before May 2014 nothing is in the catalogue; what is no day is refused."""
        for made in (assistance.allowance_review, assistance.allowance_change):
            with pytest.raises(InvalidValue, match="2014-05-01"):
                made(on=date(2014, 4, 30))
            with pytest.raises(InvalidType):
                made(on="2026-07-01")


class TestHearings:
    """Who asks, who is heard, and what a hearing is worth."""

    def asked(self, share: str) -> Any:
        """The trigger by which so many may ask."""
        made = hearings.hearing(asked_by=[share]).stage("hear")
        return made.triggers[-1]

    @pytest.mark.parametrize(
        ("by", "share"), [("persons", Fraction(1, 5)), ("households", Fraction(1, 5)), ("groups", Fraction(1, 3))]
    )
    def test_who_may_ask(self, by: str, share: Fraction) -> None:
        """A fifth of the residents or of the households, or a third of the groups (one community's rules)."""
        assert self.asked(by).share == share

    def test_it_decides_nothing(self) -> None:
        """Either way it ends as advice, and leads to no works."""
        assert {end.id for end in hearings.HEARING.ends} >= {"advised", "not_as_it_is"}
        assert not any(stage.kind == "implementation" for stage in hearings.HEARING.stages)

    def test_who_else_asks(self) -> None:
        """Nobody else can ask."""
        with pytest.raises(InvalidValue, match="persons, households, groups"):
            hearings.hearing(asked_by=["passers-by"])

    def test_the_review_can_be_asked_for(self) -> None:
        """Where the by-law has the level above review, it does; in Kunshan it can be left out."""
        assert "review" in hearings.hearing(reviewed=True).order
        assert "review" not in hearings.hearing(region="昆山", reviewed=False).order
        assert "review" not in hearings.HEARING.order
