"""Every figure of the catalogue has its source, and what no source gives is marked as inferred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from yizheng import Citation, Period, Procedure, catalogue
from yizheng.catalogue import common, law
from yizheng.citation import Certainty
from yizheng.people import ProxyPolicy
from yizheng.procedure import Kinds
from yizheng.rules import Outcome, Rule, Tally
from yizheng.stages import AskedBy, Deliberation, Disclosure, Evaluation, FactIs, Hearing, Referral, Solicitation

COURTYARD, ALLOWANCE = catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE
BOTH = pytest.mark.parametrize("procedure", [COURTYARD, ALLOWANCE], ids=["courtyard", "allowance"])
NEW_LAW = date(2026, 1, 1)


def kind_of(procedure: Procedure, stage: str, kind: type[Any]) -> Any:
    """A stage of the procedure, of a kind."""
    found = procedure.stage(stage)
    assert isinstance(found, kind)
    return found


def citations(value: Any) -> Iterator[Citation]:
    """Every citation in a definition, however deep."""
    if isinstance(value, Citation):
        yield value
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from citations(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from citations(each)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from citations(each)


def in_force(editions: tuple[Any, ...], on: date) -> Any:
    """The one edition that is in force on a day."""
    (found,) = [edition for edition in editions if edition.citation.in_force(on)]
    return found


class TestSoundness:
    """Both bindings are sound, as they are and with every parameter set otherwise."""

    @BOTH
    def test_they_are_sound(self, procedure: Procedure) -> None:
        """The definitions have no fault and come back from their data."""
        assert procedure.check() == ()
        assert Procedure.from_data(procedure.to_data(), Kinds()).digest == procedure.digest

    def test_every_parameter_of_the_courtyard(self) -> None:
        """Each parameter of the courtyard binding changes its figure, and the definition stays sound."""
        by_law = Citation(instrument="invented by-law", article="1")
        rule, period = attrs.evolve(law.MAJORITY_INFERRED, citation=by_law), Period(30, citation=by_law)
        settings: dict[str, Any] = {
            "solicitation": period,
            "majority": rule,
            "owners": rule,
            "notice": period,
            "proxies": ProxyPolicy(cap=3, citation=by_law),
            "measures_posted": period,
            "result_posted": period,
            "answer": period,
            "bar": rule,
        }
        for name, value in settings.items():
            changed = catalogue.yizheng.courtyard(**{name: value})
            assert changed.check() == ()
            assert changed.digest != COURTYARD.digest
            assert by_law.instrument in {each.instrument for each in citations(changed)}
        assert catalogue.yizheng.courtyard(**settings).check() == ()
        assert catalogue.yizheng.courtyard() == COURTYARD

    def test_every_parameter_of_the_allowance(self) -> None:
        """Each parameter of the allowance binding changes its figure, and the definition stays sound."""
        by_law = Citation(instrument="invented by-law", article="1")
        rule, period = attrs.evolve(law.MAJORITY_INFERRED, citation=by_law), Period(30, citation=by_law)
        settings: dict[str, Any] = {
            "solicitation": period,
            "majority": rule,
            "representatives": rule,
            "hearing_share": "1/10",
            "posted": period,
            "answer": period,
            "decision_within": period,
            "decision_posted": period,
        }
        for name, value in settings.items():
            changed = catalogue.yizheng.allowance(**{name: value})
            assert changed.check() == ()
            assert changed.digest != ALLOWANCE.digest
        assert catalogue.yizheng.allowance(**settings).check() == ()
        assert catalogue.yizheng.allowance() == ALLOWANCE


class TestOwners:
    """Civil Code art. 278, items (6) to (8): two thirds take part, three quarters of those are in favour, twice over.

    Property Management Regulations art. 14: fifteen days' notice.
    """

    resolve: Deliberation = kind_of(COURTYARD, "resolve", Deliberation)
    (rule,) = resolve.rule

    def outcome(self, entitled: int, for_: int, against: int = 0, area: tuple[int, int, int] | None = None) -> Outcome:
        """The outcome of a vote of so many heads, with the same figures by area unless others are given."""
        whole, ayes, noes = area or (entitled, for_, against)
        return self.rule.judge(
            Tally.by_measure(
                heads={"entitled": entitled, "for_": for_, "against": against, "abstaining": 0, "invalid": 0},
                area={"entitled": whole, "for_": ayes, "against": noes, "abstaining": 0, "invalid": 0},
            )
        ).outcome

    def test_its_source(self) -> None:
        """It is article 278 of the Civil Code, in force since 2021, and was read."""
        citation = self.rule.citation
        assert citation is not None
        assert (citation.instrument.zh, citation.article.partition("(")[0]) == ("民法典", "278")
        assert (citation.in_force_from, citation.in_force_to) == (date(2021, 1, 1), None)
        assert citation.certainty is Certainty.READ

    @pytest.mark.parametrize(("cast", "outcome"), [(7, Outcome.INQUORATE), (8, Outcome.CARRIED), (9, Outcome.CARRIED)])
    def test_two_thirds_take_part(self, cast: int, outcome: Outcome) -> None:
        """Of twelve, exactly eight are enough, and seven are not."""
        assert self.outcome(12, cast) is outcome

    @pytest.mark.parametrize(("ayes", "outcome"), [(8, Outcome.LOST), (9, Outcome.CARRIED), (10, Outcome.CARRIED)])
    def test_three_quarters_are_in_favour(self, ayes: int, outcome: Outcome) -> None:
        """Of twelve that take part, exactly nine are enough, and eight are not."""
        assert self.outcome(12, ayes, 12 - ayes) is outcome

    def test_both_measures_count(self) -> None:
        """Heads without area carry nothing, and area without heads carries nothing, in quorum and in majority."""
        assert self.outcome(12, 12, area=(100, 100, 0)) is Outcome.CARRIED
        assert self.outcome(12, 11, area=(100, 66, 0)) is Outcome.INQUORATE
        assert self.outcome(12, 7, area=(100, 99, 0)) is Outcome.INQUORATE
        assert self.outcome(12, 9, 3, area=(100, 74, 26)) is Outcome.LOST
        assert self.outcome(12, 8, 4, area=(100, 75, 25)) is Outcome.LOST
        assert self.outcome(12, 9, 3, area=(100, 75, 25)) is Outcome.CARRIED

    def test_its_notice(self) -> None:
        """The owners' vote is announced fifteen days ahead, by article 14 of the regulations."""
        (notice,) = self.resolve.notice
        assert (notice.length, notice.unit) == (15, "days")
        assert notice.citation.article == "14"
        assert notice.citation.instrument.en == "Property Management Regulations"
        assert notice.citation.certainty is Certainty.READ

    def test_it_is_by_name_in_any_mode(self) -> None:
        """Owners vote by name, at a meeting, online, in writing or mixed, and without proxies unless the by-laws say."""
        assert self.resolve.methods == {"by_name"}
        assert self.resolve.modes == {"in_person", "online", "written", "mixed"}
        assert self.resolve.proxies is None


class TestRepresentatives:
    """Residents' committees law (2025) art. 29: two thirds of the members are present, more than half of those in favour."""

    (rule,) = kind_of(ALLOWANCE, "resolve", Deliberation).rule

    @pytest.mark.parametrize(
        ("present", "ayes", "outcome"),
        [
            (19, 19, Outcome.INQUORATE),
            (20, 10, Outcome.LOST),
            (20, 11, Outcome.CARRIED),
            (21, 10, Outcome.LOST),
            (21, 11, Outcome.CARRIED),
            (30, 15, Outcome.LOST),
            (30, 16, Outcome.CARRIED),
        ],
    )
    def test_its_figures(self, present: int, ayes: int, outcome: Outcome) -> None:
        """Of thirty, exactly twenty are a quorum; exactly half of those present is not enough, one more is."""
        tally = Tally.of(entitled=30, present=present, for_=ayes, against=present - ayes)
        assert self.rule.judge(tally).outcome is outcome

    def test_its_source(self) -> None:
        """It is article 29 of the law of 2025, in force from 2026-01-01, and not a day before."""
        citation = self.rule.citation
        assert citation is not None
        assert citation.article == "29"
        assert citation.in_force(NEW_LAW)
        assert not citation.in_force(date(2025, 12, 31))
        assert citation.certainty is Certainty.READ


class TestBoards:
    """Residents' committees law (2025) art. 34: fifteen days on the board."""

    @pytest.mark.parametrize("stage", ["disclose_measures", "disclose_result", "disclose_abandonment"])
    def test_fifteen_days(self, stage: str) -> None:
        """From 2026-01-01 the law says fifteen days; before, the same is inferred, and says so."""
        least = kind_of(COURTYARD, stage, Disclosure).least
        law_says = in_force(least, NEW_LAW)
        assert (law_says.length, law_says.unit, law_says.citation.article) == (15, "days", "34")
        assert law_says.citation.certainty is Certainty.READ
        inferred = in_force(least, date(2025, 12, 31))
        assert (inferred.length, inferred.citation.certainty) == (15, Certainty.INFERRED)
        assert "推定" in inferred.citation.explain("zh")
        assert "inferred" in inferred.citation.explain("en")

    def test_the_board_is_required(self) -> None:
        """Both disclosures are on the bulletin board, whatever other channels are used."""
        for stage in ("disclose_measures", "disclose_result"):
            assert kind_of(COURTYARD, stage, Disclosure).required == {"bulletin_board"}

    def test_results_carry_the_accounts(self) -> None:
        """Results and abandonment carry the accounts, which are taken from the record."""
        assert kind_of(COURTYARD, "disclose_result", Disclosure).carries == {"accounts"}
        assert kind_of(COURTYARD, "disclose_abandonment", Disclosure).carries == {"accounts"}


class TestAllowances:
    """Minfa [2021] No. 57: seven days; the disclosure of the decision is inferred, and says so."""

    def test_seven_days(self) -> None:
        """An allowance is posted for seven days, as reported."""
        (least,) = kind_of(ALLOWANCE, "disclose_resolution", Disclosure).least
        assert (least.length, least.unit) == (7, "days")
        assert "57" in least.citation.instrument.zh
        assert least.citation.certainty is Certainty.REPORTED

    @pytest.mark.parametrize("stage", ["disclose_decision", "inform_family"])
    def test_the_decision_s_days_are_inferred(self, stage: str) -> None:
        """How long the decision is posted no source says: seven days are inferred."""
        (least,) = kind_of(ALLOWANCE, stage, Disclosure).least
        assert (least.length, least.citation.certainty) == (7, Certainty.INFERRED)

    def test_the_hearing(self) -> None:
        """A hearing is held when the matter is contested or a fifth of the representatives ask; the share is inferred."""
        contested, asked = kind_of(ALLOWANCE, "hearing", Hearing).triggers
        assert contested == FactIs("contested", True)
        assert isinstance(asked, AskedBy)
        assert (asked.share, asked.body) == (Fraction(1, 5), "resident_representatives")
        assert asked.citation is not None
        assert asked.citation.certainty is Certainty.INFERRED

    def test_the_family_is_told_why(self) -> None:
        """A rejection is served on the family by letter, with the reasons of the level above."""
        told = kind_of(ALLOWANCE, "inform_family", Disclosure)
        assert (told.required, told.carries) == ({"letter"}, {"reasons"})

    def test_why_it_was_selected_must_be_stated(self) -> None:
        """A matter states why the family was selected, among its private fields."""
        assert [*ALLOWANCE.private] == ["selected_because"]


class TestWhatTheReportLeavesOpen:
    """The report tells the method and few figures: what it leaves open is marked as inferred, or not set."""

    @pytest.mark.parametrize(
        ("procedure", "stage"),
        [(COURTYARD, "propose"), (COURTYARD, "consult"), (ALLOWANCE, "discuss"), (ALLOWANCE, "review")],
    )
    def test_majorities_of_committees(self, procedure: Procedure, stage: str) -> None:
        """The report names these bodies and no figure: more than half, of more than half, is inferred."""
        (rule,) = kind_of(procedure, stage, Deliberation).rule
        assert isinstance(rule, Rule)
        assert rule.citation is not None
        assert rule.citation.certainty is Certainty.INFERRED
        outcomes = [
            rule.judge(Tally.of(entitled=10, present=present, for_=ayes, against=present - ayes)).outcome
            for present, ayes in ((5, 5), (6, 3), (6, 4))
        ]
        assert outcomes == [Outcome.INQUORATE, Outcome.LOST, Outcome.CARRIED]

    def test_the_bar_of_the_evaluation(self) -> None:
        """When residents count as satisfied is inferred."""
        (bar,) = kind_of(COURTYARD, "evaluate", Evaluation).bar
        assert bar.citation is not None
        assert bar.citation.certainty is Certainty.INFERRED

    @BOTH
    def test_how_long_residents_are_asked(self, procedure: Procedure) -> None:
        """The report states no period for the solicitation, so none is set."""
        assert kind_of(procedure, "solicit", Solicitation).least == ()

    def test_how_soon_the_level_above_decides(self) -> None:
        """The period of the level above was not read, so none is set."""
        assert kind_of(ALLOWANCE, "refer", Referral).within == ()

    @BOTH
    def test_every_stage_has_a_source(self, procedure: Procedure) -> None:
        """Every stage is either of the report or of a law, or says that it is neither by having no source."""
        without = [stage.id for stage in procedure.stages if getattr(stage, "source", None) is None]
        assert without in ([], ["disclose_abandonment"])
        assert procedure.sources == (catalogue.yizheng.REPORT,)
        assert catalogue.yizheng.REPORT.certainty is Certainty.REPORTED

    @BOTH
    def test_every_figure_has_a_source(self, procedure: Procedure) -> None:
        """Every rule and period has a citation, and what is read or reported names its instrument."""
        for stage in procedure.stages:
            for _, editions in stage.rules():
                for edition in editions:
                    assert edition.citation is not None
                    if edition.citation.certainty is Certainty.INFERRED:
                        assert edition.citation.note is not None
                    else:
                        assert edition.citation.article or edition.citation.instrument.zh
        for citation in citations(procedure):
            for language in ("zh", "en"):
                assert citation.explain(language)


class TestOffices:
    """Every action in the offices exists in the procedures."""

    def test_every_action_exists_in_one_of_the_two(self) -> None:
        """No office may do what no procedure knows, so that no name in the lists is misspelt."""
        change = catalogue.assistance.ALLOWANCE_CHANGE
        known = {"open", *COURTYARD.actions(), *ALLOWANCE.actions(), *change.actions()}
        everything = common.SECRETARY.split() + common.CHAIR.split()
        assert set(everything) <= known
        for procedure in (COURTYARD, ALLOWANCE):
            for office in procedure.offices:
                assert office.may <= {"open", *procedure.actions()}
                assert office.may

    def test_every_action_is_somebody_s(self) -> None:
        """Every action of either procedure is in some office, or is a member's or resident's own."""
        for procedure in (COURTYARD, ALLOWANCE):
            held = frozenset().union(*(office.may for office in procedure.offices))
            assert set(procedure.actions()) - held == {"cast_ballot", "ask_split"}

    def test_the_offices(self) -> None:
        """Supervisors inspect, the subdistrict orders corrections, the county decides on allowances."""
        may = {office.id: office.may for office in ALLOWANCE.offices}
        assert may["county"] >= {"confirm", "reject", "send_back"}
        assert "order_correction" in may["subdistrict"]
        assert {office.id for office in COURTYARD.offices} == {"secretary", "chair", "supervisor", "subdistrict"}
        assert "inspect" in {office.id: office.may for office in COURTYARD.offices}["supervisor"]
