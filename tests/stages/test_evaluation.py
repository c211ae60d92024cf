"""Evaluation (评议): the same question to the same people, before and after. The cases are invented."""

from datetime import timedelta

import attrs
import pytest

from walks import (
    CITED,
    DECIDED,
    NEW_LAW,
    NEW_YEAR,
    NEWER,
    OLD_LAW_ENDS,
    START,
    alone,
    before,
    cited,
    courtyard,
    courtyard_steps,
    day,
    done,
    refused,
    take,
)
from yizheng import Case, Text
from yizheng.errors import YizhengError
from yizheng.rules import CAST, ENTITLED, FOR, Outcome, Rule
from yizheng.stages import AdoptEdition, CloseEvaluation, Evaluation, Survey


def evaluation(**settings) -> Evaluation:
    """An evaluation."""
    return Evaluation(id="evaluate", title="群众评议", **settings)


def survey(satisfied=0, unsatisfied=0, undecided=0, asked=10, **changes) -> Survey:
    """A survey after the works."""
    answers = {"satisfied": satisfied, "unsatisfied": unsatisfied, "undecided": undecided}
    given = {"wave": "after", "question": "满意吗？", "population": "院落 10 户", "asked": asked, "answers": answers}
    return Survey(**{**given, **changes})


def surveyed(*counts, **settings) -> Case:
    """The survey after has been taken."""
    return done(alone(evaluation(**settings)), (survey(*counts), START))


def compared() -> Case:
    """A courtyard case at its evaluation, with the survey before in its record."""
    return take(courtyard(), courtyard_steps(), lambda case: case.stage == "evaluate")


class TestWorkflow:
    """The effect is judged by those who were asked before (report, case A, stage 8)."""

    def test_before_and_after(self):
        """The survey after is judged, and both waves with their silence are kept side by side."""
        case = done(compared(), (before("after"), day(150)), (CloseEvaluation(), day(151)))
        assert case.outcome == "carried_out"
        carried = case.entries[-1].effect.carried
        assert [carried[wave]["satisfied"] for wave in ("before", "after")] == [2, 7]
        assert [carried[wave]["silent"] for wave in ("before", "after")] == [2, 2]
        assert Case.replay(case.entries) == case

    def test_without_a_survey_before(self):
        """Where no survey was taken before, the one after stands by itself."""
        case = done(surveyed(6), (CloseEvaluation(), START))
        assert (case.outcome, set(case.entries[-1].effect.carried)) == ("was_satisfied", {"after"})

    def test_unsatisfied(self):
        """Residents who are not satisfied say so, and the case ends with that."""
        case = done(compared(), (attrs.evolve(before("after"), answers={"unsatisfied": 9}), day(150)))
        assert done(case, (CloseEvaluation(), day(151))).outcome == "carried_out_unsatisfactorily"

    def test_what_is_due(self):
        """The survey, then the close."""
        assert [duty.action for duty in alone(evaluation()).due(START)] == ["survey"]
        assert [duty.action for duty in surveyed(6).due(START)] == ["close_evaluation"]
        assert evaluation().due("closed", surveyed(6).progress) == ()


class TestBar:
    """More than half of those who answered, unless the definition says otherwise (inferred, and marked so)."""

    @pytest.mark.parametrize(
        ("counts", "outcome"),
        [
            ((4, 6, 0), "unsatisfied"),
            ((5, 5, 0), "unsatisfied"),
            ((6, 4, 0), "satisfied"),
            ((5, 4, 1), "unsatisfied"),
            ((1, 0, 0), "satisfied"),
            ((1, 1, 0), "unsatisfied"),
            ((0, 0, 9), "unsatisfied"),
            ((0, 0, 0), "unsatisfied"),
        ],
        ids=str,
    )
    def test_exactly_half_one_below_one_above(self, counts, outcome):
        """Half is not more than half; the undecided answered; silence and nobody satisfy nobody."""
        assert done(surveyed(*counts), (CloseEvaluation(), START)).outcome == f"was_{outcome}"

    def test_counts_of_the_tally(self):
        """Satisfied is for, unsatisfied against, undecided abstaining, and the rest is silent."""
        tally = survey(3, 2, 1).tally()
        assert [tally.get(amount) for amount in (ENTITLED, CAST, FOR)] == [10, 6, 3]
        assert survey(3, 2, 1).silent == 4

    def test_inferred(self):
        """The bar says that no source gives it."""
        ruling = done(surveyed(6), (CloseEvaluation(), START)).entries[-1].effect.ruling
        assert "推定" in ruling.rule.citation.explain("zh")
        assert dict(evaluation().rules())["bar"] == (ruling.rule,)


class TestEditions:
    """The bar in force on the day on which the evaluation opens is taken (design: by which rule)."""

    OLD = Rule(quorum=None, passage=FOR > 0, citation=attrs.evolve(CITED, in_force_to=OLD_LAW_ENDS))
    NEW = Rule(quorum=None, passage=FOR >= 9, citation=attrs.evolve(CITED, in_force_from=NEW_LAW))

    def test_surveyed_in_the_old_year_and_closed_in_the_new(self):
        """A survey of 2025 is judged by the bar of 2025, whenever it is closed."""
        at = NEW_YEAR - timedelta(microseconds=1)
        case = done(alone(evaluation(bar=[self.OLD, self.NEW]), at=at), (survey(5), at), (CloseEvaluation(), NEW_YEAR))
        assert case.outcome == "was_satisfied"
        assert case.entries[-1].effect.ruling.rule == self.OLD

    def test_surveyed_in_the_new_year(self):
        """A survey of 2026 is judged by the bar of 2026."""
        at = NEW_YEAR - timedelta(days=9)
        case = done(
            alone(evaluation(bar=[self.OLD, self.NEW]), at=at), (survey(8), NEW_YEAR), (CloseEvaluation(), NEW_YEAR)
        )
        assert (case.outcome, case.entries[-1].effect.ruling.outcome) == ("was_unsatisfied", Outcome.LOST)

    def test_no_edition_in_force(self):
        """Where no bar is in force nothing is guessed."""
        at = NEW_YEAR - timedelta(days=9)
        case = alone(evaluation(bar=self.NEW), at=at)
        refused(case, survey(5), "NO_EDITION", at=at, says=["2026-01-01"])

    def test_adopted(self):
        """A bar that was adopted before the survey is taken; after it none is."""
        adopt = AdoptEdition("evaluate", rule=attrs.evolve(self.NEW, citation=cited(since=NEWER)), **DECIDED)
        case = done(alone(evaluation()), (adopt, START), (survey(8), day(1)))
        refused(case, adopt, "EDITION_FIXED", at=day(1))
        assert done(case, (CloseEvaluation(), day(1))).outcome == "was_unsatisfied"


class TestComparable:
    """The same question to the same population (report: satisfaction before and after)."""

    @pytest.mark.parametrize(
        "change",
        [{"question": "还行吧？"}, {"population": "全街道"}, {"asked": 11}],
        ids=str,
    )
    def test_another_question_or_population(self, change):
        """Another question, population or number asked is refused, and what was asked before is told."""
        other = attrs.evolve(before("after"), **change)
        no = refused(compared(), other, "INCOMPARABLE", at=day(150), says=["10"])
        assert "您对院落环境满意吗？" in no.explain("zh")

    def test_the_wave_before_does_not_belong_here(self):
        """Before is over when the works are done."""
        refused(compared(), before("before"), "NOT_NOW", at=day(150), says=["before"])

    def test_twice(self):
        """The survey after is taken once."""
        refused(surveyed(6), survey(7), "NOT_NOW", at=START)

    def test_closed_without_a_survey(self):
        """Nothing is judged before anybody was asked."""
        refused(alone(evaluation()), CloseEvaluation(), "NOT_NOW", at=START)

    def test_by_whom(self):
        """The office enters and closes it."""
        refused(alone(evaluation()), survey(9), "NOT_IN_OFFICE", at=START, by="a")
        refused(surveyed(6), CloseEvaluation(), "NOT_IN_OFFICE", at=START, by="a")


class TestCounts:
    """Counts and non-response are kept, and have to be possible."""

    @pytest.mark.parametrize(
        "bad",
        [
            {"wave": "later"},
            {"asked": 0},
            {"asked": -1},
            {"asked": True},
            {"asked": 2.0},
            {"asked": "10"},
            {"answers": {"satisfied": 11}},
            {"answers": {"satisfied": 6, "unsatisfied": 5}},
            {"answers": {"satisfied": -1}},
            {"answers": {"satisfied": 1.0}},
            {"answers": {"satisfied": True}},
            {"answers": {"delighted": 1}},
            {"answers": [1, 2]},
            {"answers": None},
            {"question": 5},
        ],
        ids=str,
    )
    def test_counts_that_cannot_be(self, bad):
        """More answers than people, negative numbers, unknown answers: none of it can be built."""
        with pytest.raises(YizhengError):
            survey(**bad)

    def test_every_fault_is_told(self):
        """Several wrong answers are told together."""
        with pytest.raises(YizhengError, match=r"delighted.*furious"):
            survey(answers={"delighted": 1, "furious": 2})

    def test_everybody_answered(self):
        """As many answers as people is possible, and one person is a population."""
        assert survey(10).silent == 0
        assert survey(1, asked=1).silent == 0

    def test_answers_that_are_left_out(self):
        """An answer that nobody gave need not be written."""
        assert survey(answers={"satisfied": 3}).answers == {"satisfied": 3, "unsatisfied": 0, "undecided": 0}


@pytest.mark.parametrize("bad", [{"bar": 5}, {"bar": [5]}, {"bar": "half"}], ids=str)
def test_bad_settings(bad):
    """A stage that cannot be built says so, by an error of this library."""
    with pytest.raises(YizhengError):
        evaluation(**bad)


def test_words_in_both_languages():
    """A survey in two languages is compared in both."""
    question = Text("满意吗？", "are you satisfied?")
    assert survey(question=question).question.en == "are you satisfied?"
