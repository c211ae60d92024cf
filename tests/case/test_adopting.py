"""AdoptEdition: nobody lowers what the law asks on the way (domain E31, E35, E38, E41; gap 1 of issue 6). By-laws are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.made_up import catalogued
from walks import DECIDED, MEETING, NEWER, START, VOTERS, alone, assembly, courtyard, day, days, done, refused
from yizheng import Case, Citation, Period, Refused, Text, law
from yizheng.calendar import PLAIN_DAYS
from yizheng.case.adopting import adopting
from yizheng.conformance import conform
from yizheng.law.bars import replaced
from yizheng.record import minutes
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, Choice, Outcome, Rule
from yizheng.stages import (
    Act,
    AdoptEdition,
    CastBallot,
    CloseVote,
    Convene,
    FollowUp,
    Interrupt,
    Post,
    Stage,
    TakeAttendance,
)
from yizheng.stages.disclosure import Disclosure
from yizheng.stages.editions import SHORTER_IS_STRICTER, Adopted, Edition, no_less, taken

BY_LAW = Citation(instrument=Text("某村规民约（虚构）", "a covenant (invented)"), article="3", in_force_from=NEWER)
ONE_IN_FAVOUR = Rule(quorum=None, passage=FOR >= 1, citation=BY_LAW)
ONE_DAY = Period(1, citation=BY_LAW)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def board(least: Period | None = None) -> Disclosure:
    """A posting of fifteen days."""
    return Disclosure(
        id="disclose", title="公示", channels={"bulletin_board"}, least=days(15) if least is None else least
    )


class TestWeaker:
    """What asks for less than the law, and for more in nothing, is refused, with both numbers."""

    def test_one_in_favour_carries(self) -> None:
        """A rule by which one vote is enough is no edition of a rule that asks for a majority."""
        action = AdoptEdition("resolve", rule=ONE_IN_FAVOUR, **DECIDED)
        refused(alone(assembly()), action, "EDITION_LOWER", at=START, says=["1/2"])

    def test_a_posting_of_one_day(self) -> None:
        """A posting of one day is none of fifteen, at whatever time it is asked for (E31)."""
        action = AdoptEdition("disclose", period=ONE_DAY, **DECIDED)
        refused(alone(board()), action, "EDITION_LOWER", at=START, says=["1", "15"])
        cut = done(alone(board()), (Post(channels={"bulletin_board"}, content="x"), START), (Interrupt("风"), day(1)))
        refused(cut, action, "EDITION_LOWER", at=day(2), says=["15"])

    def test_the_courtyard(self) -> None:
        """Neither of them comes into a case of the catalogue."""
        refused(courtyard(), AdoptEdition("resolve", rule=ONE_IN_FAVOUR, **DECIDED), "EDITION_LOWER", at=START)
        short = AdoptEdition("disclose_measures", period=ONE_DAY, setting="least", **DECIDED)
        refused(courtyard(), short, "EDITION_LOWER", at=START)

    def test_longer_than_a_time_limit(self) -> None:
        """Of what somebody owes, the longer time is the weaker."""
        stage = attrs.evolve(board(), answer=days(3))
        slow = AdoptEdition("disclose", period=attrs.evolve(ONE_DAY, length=30), setting="answer", **DECIDED)
        refused(alone(stage), slow, "EDITION_LOWER", at=START, says=["30", "3"])

    @pytest.mark.parametrize("length", [29, 31])
    def test_the_time_to_ask_a_court(self, length: int) -> None:
        """No by-law gives a court more time, or the parties less, than the thirty days of art. 33."""
        stage = FollowUp(id="follow_up", title="回访", confirmation=law.JUDICIAL_CONFIRMATION)
        other = AdoptEdition("follow_up", period=attrs.evolve(ONE_DAY, length=length), **DECIDED)
        refused(alone(stage), other, "EDITION_LOWER", at=START, says=[str(length), "30"])
        same = AdoptEdition("follow_up", period=attrs.evolve(ONE_DAY, length=30), **DECIDED)
        assert done(alone(stage), (same, START)).version == 2

    def test_no_vote_in_favour_is_needed(self) -> None:
        """Nor is a vote in favour given up."""
        silent = attrs.evolve(MEETING, by_no_objection=True, citation=BY_LAW)
        refused(alone(assembly()), AdoptEdition("resolve", rule=silent, **DECIDED), "EDITION_LOWER", at=START)

    def test_a_casting_vote(self) -> None:
        """A casting vote that the law does not give is not given by a by-law."""
        chair = attrs.evolve(MEETING, casting="secretary", citation=BY_LAW)
        refused(alone(assembly()), AdoptEdition("resolve", rule=chair, **DECIDED), "EDITION_LOWER", at=START)

    def test_another_electorate(self) -> None:
        """A rule for households is none for persons."""
        persons = attrs.evolve(MEETING, electorate="persons")
        households = attrs.evolve(MEETING, electorate="households", citation=BY_LAW)
        action = AdoptEdition("resolve", rule=households, **DECIDED)
        refused(alone(assembly(rule=persons)), action, "EDITION_OTHERS", at=START, says=["persons", "households"])


class TestEvidence:
    """A by-law enters with the body that decided it, the day, and its filing; a law with its citation."""

    @pytest.mark.parametrize("lacking", sorted(DECIDED))
    def test_each_is_needed(self, lacking: str) -> None:
        """Whichever is left out is asked for."""
        said = {key: value for key, value in DECIDED.items() if key != lacking}
        action = AdoptEdition("disclose", period=Period(20, citation=BY_LAW), **said)
        refused(alone(board()), action, "EDITION_UNDECIDED", at=START, says=[f"{lacking}="])

    def test_before_it_was_decided(self) -> None:
        """What is decided tomorrow is not adopted today."""
        later = {**DECIDED, "decided_on": START.date() + timedelta(days=1)}
        action = AdoptEdition("disclose", period=Period(20, citation=BY_LAW), **later)
        refused(alone(board()), action, "DECIDED_LATER", at=START, says=["2026-03-03", "2026-03-02"])
        assert done(alone(board()), (action, day(1))).version == 2

    def test_all_at_once(self) -> None:
        """Everything that stands against it is told together."""
        action = AdoptEdition("disclose", period=ONE_DAY, decided_on=date(2027, 1, 1))
        refused(alone(board()), action, "EDITION_UNDECIDED", "DECIDED_LATER", "EDITION_LOWER", at=START)

    def test_it_stands_in_the_minutes(self) -> None:
        """Who decided it, when, and where it was filed, is read in both languages."""
        case = done(alone(board()), (AdoptEdition("disclose", period=Period(20, citation=BY_LAW), **DECIDED), START))
        assert "由“业主大会”于 2025年12月1日决定，备案：“街道办事处”" in minutes(case.entries)
        assert "Decided by “业主大会” on 1 December 2025; filed: “街道办事处”" in minutes(case.entries, "en")


class TestStricter:
    """What asks for more in anything is kept beside the law: the stricter of both counts, and both are shown (E38)."""

    MIXED = Rule(quorum=PRESENT >= 9, passage=FOR >= 1, citation=BY_LAW)

    def test_a_larger_quorum_does_not_buy_a_smaller_majority(self) -> None:
        """A by-law that asks for nine and lets one carry gets its nine, and the majority of the law."""
        case = done(alone(assembly()), (AdoptEdition("resolve", rule=self.MIXED, **DECIDED), START))
        case = done(case, (Convene(held_at=day(3)), day(1)))
        rule = case.entries[-1].effect.rule
        assert rule is not None
        assert rule.joined == (MEETING, self.MIXED)
        for present, outcome in ((8, Outcome.INQUORATE), (9, Outcome.LOST)):
            held = done(case, (TakeAttendance(VOTERS[:present]), day(3)), (CastBallot(Choice.FOR), day(3), "m-01"))
            ruling = done(held, (CloseVote(), day(3))).entries[-1].effect.ruling
            assert ruling is not None
            assert ruling.outcome is outcome

    def test_a_period_names_both(self) -> None:
        """The longer is taken, with a note of the other."""
        case = done(alone(board()), (AdoptEdition("disclose", period=Period(20, citation=BY_LAW), **DECIDED), START))
        period = (
            done(case, (Post(channels={"bulletin_board"}, content="x"), day(1))).entries[-1].effect.periods["least"]
        )
        assert period.length == 20
        assert period.citation is not None
        assert period.citation.note is not None
        for words in (period.citation.note.zh, period.citation.note.en):
            assert "20" in words
            assert "15" in words

    def test_by_the_days_themselves(self) -> None:
        """Of thirty days and some working days the one that ends later is taken, by the calendar and the day of the act."""
        for working, last in ((20, date(2026, 4, 2)), (23, date(2026, 4, 3))):
            adopted = AdoptEdition("disclose", period=Period(working, "working_days", citation=BY_LAW), **DECIDED)
            posted = Post(channels={"bulletin_board"}, content="x")
            case = done(alone(board(days(30))), (adopted, START), (posted, day(1)))
            assert case.progress.ends.astimezone(SHANGHAI).date() == last + timedelta(days=1)

    def test_a_later_by_law_of_the_same_instrument(self) -> None:
        """Who decided twenty days may decide seventeen; another's twenty-five stay, and the law's fifteen always."""
        other = attrs.evolve(BY_LAW, instrument=Text("另一规约（虚构）", "another covenant (invented)"))
        steps = [
            (AdoptEdition("disclose", period=Period(n, citation=c), **DECIDED), START)
            for n, c in ((20, BY_LAW), (17, BY_LAW))
        ]
        posted = (Post(channels={"bulletin_board"}, content="x"), day(1))
        assert done(alone(board()), *steps, posted).entries[-1].effect.periods["least"].length == 17
        steps.append((AdoptEdition("disclose", period=Period(25, citation=other), **DECIDED), START))
        steps.append((AdoptEdition("disclose", period=Period(16, citation=BY_LAW), **DECIDED), START))
        assert done(alone(board()), *steps, posted).entries[-1].effect.periods["least"].length == 25

    def test_where_the_definition_has_none_for_the_day(self) -> None:
        """It stands alone where the law is not in force yet and it asks no less; otherwise nothing does."""
        coming = board(days(15, since=date(2026, 3, 20)))
        posted = Post(channels={"bulletin_board"}, content="x")
        for length, code in ((15, None), (14, "EDITION_LOWER")):
            period = Period(length, citation=attrs.evolve(BY_LAW, in_force_to=date(2026, 3, 19)))
            adopt = AdoptEdition("disclose", period=period, **DECIDED)
            if code is not None:
                refused(alone(coming), adopt, code, at=START)
            else:
                assert done(alone(coming), (adopt, START), (posted, day(9))).phase == "posted"
        refused(alone(coming), posted, "NO_EDITION", at=day(9))

    def test_what_has_ended_is_not_revived(self) -> None:
        """An edition whose days are over is over, however much a by-law asks, adopted before or after its last day."""
        ended = board(days(15, until=date(2026, 3, 5)))
        posted = Post(channels={"bulletin_board"}, content="x")
        enough = AdoptEdition("disclose", period=Period(30, citation=BY_LAW), **DECIDED)
        case = done(alone(ended), (enough, START))
        assert done(case, (posted, day(3))).phase == "posted"  # 2026-03-05, its last day
        refused(case, posted, "NO_EDITION", at=day(4))
        refused(alone(ended), enough, "EDITION_ENDED", at=day(4), says=["2026-03-05"])
        later = Period(30, citation=attrs.evolve(BY_LAW, in_force_from=date(2026, 3, 6)))
        refused(alone(ended), AdoptEdition("disclose", period=later, **DECIDED), "EDITION_ENDED", at=START)


OLD, NEW = (law.edition("owners.vote.fund_use", on=on) for on in (date(2020, 6, 1), date(2021, 6, 1)))
"""Two thirds of all owners until 2020; since the Civil Code two thirds take part, and more than half of these are enough."""
BEFORE = datetime(2020, 12, 20, 9, tzinfo=SHANGHAI)
AFTER = datetime(2021, 1, 5, 9, tzinfo=SHANGHAI)


class TestLaterLaw:
    """A later law of the catalogue takes the place of the earlier edition of the same provision, and of nothing else."""

    def test_it_may_ask_for_less(self) -> None:
        """What the Civil Code asks since 2021 governs from then on, though it is less than before; the entry says what it replaced."""
        assert isinstance(OLD, Rule)
        assert isinstance(NEW, Rule)
        assert not no_less(NEW, OLD, "rule")
        case = done(
            alone(assembly(rule=OLD, modes={"written"}), at=BEFORE), (AdoptEdition("resolve", rule=NEW), BEFORE)
        )
        assert case.entries[-1].effect.carried["replaces"] == (
            {"zh": "物业管理条例", "en": "Property Management Regulations", "article": "12"},
        )
        assert "取代《物业管理条例》第12条" in minutes(case.entries)
        assert "It takes the place of Property Management Regulations art. 12." in minutes(case.entries, "en")
        held = case.dossier.adopted
        days_apart = ((BEFORE.date(), OLD), (AFTER.date(), NEW))
        for on, rule in days_apart:
            assert taken("rule", (OLD,), held, on=on, calendar=PLAIN_DAYS) == rule

    @pytest.mark.parametrize(
        "change",
        [
            {"passage": FOR > Fraction(1, 3) * CAST},
            {"quorum": None},
            {"citation": attrs.evolve(NEW.citation, in_force_from=date(2020, 12, 25))},
            {"citation": attrs.evolve(NEW.citation, instrument=Text("某条例（虚构）", "regulations (invented)"))},
            {"citation": attrs.evolve(NEW.citation, article="301")},
            {"by_no_objection": True},
        ],
        ids=["majority", "quorum", "day", "instrument", "article", "support"],
    )
    def test_whoever_claims_to_be_law(self, change: dict[str, object]) -> None:
        """One number, day or place that is not the catalogue's, and it is a by-law like any other."""
        claimed = attrs.evolve(NEW, **change)
        assert replaced(NEW, OLD, "rule")
        assert replaced(claimed, OLD, "rule") == ()
        case = alone(assembly(rule=OLD, modes={"written"}), at=BEFORE)
        early = claimed.citation is not None and claimed.citation.in_force_from == date(2020, 12, 25)
        lower = "EDITION_LOWER" if early else "EDITION_ENDED"  # whether the old law is still there beside it
        refused(case, AdoptEdition("resolve", rule=claimed), "EDITION_UNDECIDED", lower, at=BEFORE)

    def test_of_another_provision(self) -> None:
        """The law of one thing does not stand in for that of another: the villagers' for the owners', or a lower item."""
        villages = law.edition("villages.representatives.vote", on=date(2026, 6, 1))
        assert isinstance(villages, Rule)
        assert replaced(villages, OLD, "rule") == ()
        assert replaced(OLD, NEW, "rule") == ()

    def test_what_a_region_asks_besides_stays(self) -> None:
        """A national edition replaces the national one; what a region asked beside it is kept."""
        own = law.effective("villages.representatives.vote", on=date(2025, 6, 1), region="山东")
        assert isinstance(own, Rule)
        new = law.edition("villages.representatives.vote", on=date(2026, 6, 1))
        assert isinstance(new, Rule)
        places = frozenset((each.instrument.zh, each.article) for each in replaced(new, own, "rule"))
        assert len(own.joined) == 2
        assert len(places) == 1
        held = taken(
            "rule", (own,), [Adopted("resolve", "rule", new, places)], on=date(2026, 6, 1), calendar=PLAIN_DAYS
        )
        assert held == law.effective("villages.representatives.vote", on=date(2026, 6, 1), region="山东")


class TestConformance:
    """A record in which a lowered edition was applied departs from the law where it was (conform)."""

    def forged(self) -> Case:
        """A record of another program, which took one vote for enough: each entry chained and sealed as it should be."""
        case = alone(assembly())
        low = AdoptEdition("resolve", rule=ONE_IN_FAVOUR, **DECIDED)
        proper = done(case, (AdoptEdition("resolve", rule=attrs.evolve(MEETING, citation=BY_LAW), **DECIDED), START))
        entry = msgspec.structs.replace(proper.entries[-1], action=low)
        proper = done(proper, (Convene(held_at=day(3)), day(1)))
        called = msgspec.structs.replace(
            proper.entries[-1], effect=attrs.evolve(proper.entries[-1].effect, rule=ONE_IN_FAVOUR)
        )
        self.entries = (case.entries[0], entry, called)
        return case

    def test_it_is_found(self) -> None:
        """The adoption would have been refused, and the call would have taken the rule of the law."""
        procedure = self.forged().procedure
        found = conform(procedure, self.entries)
        assert [(each.number, each.code.value) for each in found.departures] == [(2, "refused"), (3, "otherwise")]
        assert [reason.code for reason in found.departures[0].reasons] == ["EDITION_LOWER"]
        assert found.departures[1].differing == ("rule",)


def worse(edition: Edition, setting: str) -> Iterator[Edition]:
    """Weaker editions: by a little, and as weak as can be."""
    if isinstance(edition, Rule):
        yield attrs.evolve(edition, quorum=None, passage=FOR >= 1, joined=(), citation=BY_LAW)
        yield attrs.evolve(edition, quorum=None, passage=FOR >= 1, joined=(), citation=BY_LAW, by_no_objection=True)
    elif setting in SHORTER_IS_STRICTER:
        yield attrs.evolve(edition, length=edition.length + 1, citation=BY_LAW)
        yield Period(40, "years", citation=BY_LAW)
    elif edition.length:
        yield attrs.evolve(edition, length=edition.length - 1, citation=BY_LAW)
        yield Period(0, citation=BY_LAW)


class TestEveryDefinition:
    """No edition of any definition of the catalogue is lowered by a by-law (E31, E35, E38, E41)."""

    @pytest.mark.parametrize("name", catalogued())
    def test_it_stays(self, name: str) -> None:
        """Whatever asks for less is refused at every stage, disclosures after an emergency and hearings before a refusal among them."""
        procedure = catalogued()[name]
        for stage in procedure.stages:
            for setting, editions in stage.rules():
                own = [each for each in editions if each.citation is not None and each.citation.in_force(NEWER)]
                for edition in own:
                    for weaker in worse(edition, setting):
                        decided = asked(stage, setting, weaker)
                        if isinstance(decided, list):
                            assert {each.code for each in decided} == {"EDITION_LOWER"}
                        else:  # it asks for more than an edition of other days
                            held = [Adopted(stage.id, setting, weaker)]
                            after = taken(setting, own, held, on=NEWER, calendar=PLAIN_DAYS)
                            assert after is not None
                            assert no_less(after, edition, setting)


def asked(stage: Stage, setting: str, edition: Edition) -> object:
    """What adopting an edition for a stage comes to."""
    given = {"rule": edition} if isinstance(edition, Rule) else {"period": edition}
    action = AdoptEdition(stage.id, **given, setting=setting, **DECIDED)
    case = alone(board())
    return adopting(Act(action, START, START, "sec-1", PLAIN_DAYS, "Asia/Shanghai"), stage, case.dossier)


QUORUMS = (
    st.none() | st.integers(1, 10).map(lambda n: PRESENT >= n) | st.sampled_from([PRESENT > Fraction(1, 2) * ENTITLED])
)
PASSAGES = st.integers(1, 10).map(lambda n: FOR >= n) | st.sampled_from(
    [FOR > Fraction(1, 2) * PRESENT, FOR >= Fraction(2, 3) * ENTITLED, FOR > Fraction(1, 3) * CAST]
)
SOURCES = st.builds(
    Citation,
    instrument=st.sampled_from(["甲", "乙", "民法典"]),
    article=st.sampled_from(["1", "278(6)-(8)"]),
    in_force_from=st.dates(date(2026, 3, 3), date(2026, 3, 20)),
)
RULES = st.builds(
    Rule,
    quorum=QUORUMS,
    passage=PASSAGES,
    by_no_objection=st.booleans(),
    casting=st.none() | st.just("secretary"),
    citation=SOURCES,
)
PERIODS = st.builds(Period, st.integers(0, 60), st.sampled_from(["days", "working_days", "months"]), citation=SOURCES)


class TestAnySequence:
    """Whatever is adopted, in whatever order: what a stage takes asks no less than the definition does."""

    @given(rules=st.lists(RULES, max_size=4), on=st.integers(1, 25))
    def test_rules(self, rules: list[Rule], on: int) -> None:
        """A vote that the rule of the definition loses is lost."""
        case = alone(assembly())
        for rule in rules:
            case = tried(case, AdoptEdition("resolve", rule=rule, **DECIDED))
        rule = done(case, (Convene(held_at=day(40)), day(on))).entries[-1].effect.rule
        assert rule is not None
        assert no_less(rule, MEETING, "rule")
        assert case.dossier.adopted or rule == MEETING

    @given(periods=st.lists(PERIODS, max_size=4), on=st.integers(1, 25))
    def test_periods(self, periods: list[Period], on: int) -> None:
        """No posting comes down sooner, and no answer later."""
        case = alone(attrs.evolve(board(), answer=days(15)))
        for number, period in enumerate(periods):
            case = tried(
                case, AdoptEdition("disclose", period=period, setting=("least", "answer")[number % 2], **DECIDED)
            )
        taken_ = done(case, (Post(channels={"bulletin_board"}, content="x"), day(on))).entries[-1].effect.periods
        start = day(on).date()
        assert taken_["least"].last_day(start) >= start + timedelta(days=15)
        assert taken_["answer"].last_day(start) <= start + timedelta(days=15)


def tried(case: Case, action: AdoptEdition) -> Case:
    """The case after an adoption, or as it was where that was refused."""
    try:
        return case.act(action, at=START, by="sec-1")
    except Refused:
        return case
