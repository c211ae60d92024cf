"""Evaluation (评议): the same question to the same people, before and after; counts and non-response are kept."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Final

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.reasons import INCOMPARABLE, NOT_NOW, Reason
from yizheng.rules import CAST, FOR, Outcome, Rule, Tally
from yizheng.stages.base import (
    NO_EFFECT,
    NOT_SHOWN,
    WORDS,
    Act,
    Action,
    Brings,
    Decided,
    Dossier,
    Duty,
    Edition,
    Effect,
    Ends,
    Phases,
    StageBase,
    as_rules,
    as_words,
    take_edition,
)
from yizheng.text import Text
from yizheng.values.doors import one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.plain import Plain, mapping
from yizheng.values.scalars import count

__all__ = ["CloseEvaluation", "Evaluation", "Survey", "Wave", "add_survey", "decide_survey"]


class Wave(enum.StrEnum):
    """When the question was put."""

    BEFORE = "before"
    AFTER = "after"


def as_wave(value: Wave | str) -> Wave:
    """A wave by itself or by its name."""
    return one_of(Wave, value)


ANSWERS: Final = ("satisfied", "unsatisfied", "undecided")


def _answers(values: Mapping[str, int]) -> FrozenMap[str, int]:
    if not isinstance(values, Mapping):
        raise InvalidType(f'answers are counts such as {{"satisfied": 20}}, not {kind_of(values)}')
    faults = [
        f"{shown(key)} is no answer; the answers are {', '.join(ANSWERS)}"
        for key in values
        if not (isinstance(key, str) and key in ANSWERS)
    ]
    InvalidValue.raise_all(faults)
    return FrozenMap({answer: count(values.get(answer, 0)) for answer in ANSWERS})


@attrs.frozen(kw_only=True)
class Survey(Action):
    """Ask a population how satisfied it is, before or after.

    Attributes:
        wave: before the works, or after them.
        question: what was asked; it must be the same both times.
        population: who was asked, in words; it must be the same both times.
        asked: how many were asked.
        answers: how many were ``satisfied``, ``unsatisfied`` or ``undecided``; the rest did not respond.
    """

    kind: ClassVar[str] = "survey"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("满意度调查", "survey")
    wave: Wave = attrs.field(converter=as_wave)
    question: Text = attrs.field(converter=as_words, metadata=WORDS)
    population: Text = attrs.field(converter=as_words, metadata=WORDS)
    asked: int = attrs.field(converter=count)
    answers: FrozenMap[str, int] = attrs.field(converter=_answers)

    def __attrs_post_init__(self) -> None:
        if self.asked < 1:
            raise InvalidValue(f"{self.asked} were asked; a survey asks somebody")
        if (answered := sum(self.answers.values())) > self.asked:
            raise InvalidValue(f"{answered} answered but only {self.asked} were asked; check the counts")

    @property
    def silent(self) -> int:
        """How many did not respond."""
        return self.asked - sum(self.answers.values())

    def tally(self) -> Tally:
        """The answers as a tally: satisfied for, unsatisfied against, undecided abstaining, the rest silent."""
        return Tally.of(
            entitled=self.asked,
            for_=self.answers["satisfied"],
            against=self.answers["unsatisfied"],
            abstaining=self.answers["undecided"],
            invalid=0,
            presence=False,
        )


@attrs.frozen(kw_only=True)
class CloseEvaluation(Action):
    """Close the evaluation: the survey after is judged, and held against the one before."""

    kind: ClassVar[str] = "close_evaluation"
    title: ClassVar[Text] = Text("结束评议", "close the evaluation")


def summary(survey: Survey) -> FrozenMap[str, Plain]:
    """A survey as plain data; words that were withheld are left out."""
    words = {"question": survey.question, "population": survey.population}
    return FrozenMap(
        {
            **{key: FrozenMap(zh=said.zh, en=said.en) for key, said in words.items() if said is not NOT_SHOWN},
            "asked": survey.asked,
            **survey.answers,
            "silent": survey.silent,
        }
    )


_WORDS: Final = frozenset({"question", "population"})
_SAME: Final = _WORDS | {"asked"}


def decide_survey(stage: StageBase, act: Act, _progress: Any, dossier: Dossier) -> Decided:
    """A survey before is taken in the solicitation, one after in the evaluation, with the same question and people."""
    action: Survey = act.action
    if (action.wave is Wave.AFTER) is not (stage.kind == Evaluation.kind):
        where = Text(
            "征求意见环节记录“前”，评议环节记录“后”", "'before' in the solicitation, 'after' in the evaluation"
        )
        return [NOT_NOW(stage=stage.id, phase=action.wave, action=action.title, options=where)]
    now = summary(action)
    if (before := dossier.baseline) is not None and any(now[key] != before[key] for key in now.keys() & before & _SAME):
        return [INCOMPARABLE(stage.source, before=_told(before, confidential=dossier.confidential))]
    if not isinstance(stage, Evaluation):
        return NO_EFFECT
    bar = take_edition(stage, "bar", stage.bar, act, dossier)
    return [bar] if isinstance(bar, Reason) else Effect(rule=bar)


def _told(survey: Mapping[str, Plain], *, confidential: bool) -> Text:
    if confidential or not survey.keys() >= _WORDS:
        said = NOT_SHOWN
        return Text(f"{said.zh}，{survey['asked']} 人", f"{said.en}, {survey['asked']} asked")
    question, population = mapping(survey["question"], "question"), mapping(survey["population"], "population")
    return Text(
        f"“{question['zh']}”，{population['zh']}，{survey['asked']} 人",
        f"{question['en']!r}, {population['en']}, {survey['asked']} asked",
    )


def add_survey(_stage: StageBase, act: Act, effect: Effect, progress: Any, dossier: Dossier) -> tuple[Any, Dossier]:
    """Keep the survey: the one before in the dossier, the one after in the progress."""
    action: Survey = act.action
    if action.wave is Wave.BEFORE:
        return progress, attrs.evolve(dossier, baseline=summary(action))
    return Progress(after=action, bar=effect.rule), dossier


@attrs.frozen(kw_only=True)
class Progress:
    """What an evaluation has come to.

    Attributes:
        after: the survey after the works.
        bar: the rule by which it will be judged, fixed with the survey.
    """

    after: Survey | None = attrs.field(default=None, repr=False)
    bar: Rule | None = None


def _close(_stage: Evaluation, _act: Act, progress: Progress, dossier: Dossier) -> Decided:
    assert progress.after is not None
    assert progress.bar is not None
    ruling = progress.bar.judge(progress.after.tally())
    held = {"after": summary(progress.after), "before": dossier.baseline}
    # An effect is public: where words are not, it carries the counts.
    hidden = _WORDS if dossier.confidential else frozenset[str]()
    carried: dict[str, Plain] = {
        wave: FrozenMap({key: value for key, value in survey.items() if key not in hidden})
        for wave, survey in held.items()
        if survey is not None
    }
    outcome = "satisfied" if ruling.outcome is Outcome.CARRIED else "unsatisfied"
    return Effect(outcome=outcome, ruling=ruling, carried=FrozenMap(carried))


def _closed(
    _stage: Evaluation, _act: Act, _effect: Effect, progress: Progress, dossier: Dossier
) -> tuple[Progress, Dossier]:
    return progress, dossier


SATISFIED: Final = Rule(
    quorum=None,
    passage=FOR > Fraction(1, 2) * CAST,
    citation=Citation.inferred(
        Text(
            "答复者过半数满意（来源未规定标准）",
            "more than half of those who answered are satisfied (the source sets no bar)",
        )
    ),
)
"""The default bar of an evaluation."""


@attrs.frozen(kw_only=True)
class Evaluation(StageBase):
    """Let the residents judge the effect.

    Attributes:
        bar: the rule by which the answers count as satisfied, in dated editions; satisfied counts as for, unsatisfied
            as against, undecided as abstaining.
    """

    kind: ClassVar[str] = "evaluation"
    phases: ClassVar[Phases] = {
        "waiting": {Survey: "surveyed"},
        "surveyed": {CloseEvaluation: "closed"},
        "closed": {},
    }
    ends: ClassVar[Ends] = {"satisfied": frozenset({"closed"}), "unsatisfied": frozenset({"closed"})}
    brings: ClassVar[Brings] = {CloseEvaluation: frozenset({"satisfied", "unsatisfied"})}
    next_: ClassVar = {"waiting": Survey, "surveyed": CloseEvaluation}
    deciders: ClassVar = {Survey: decide_survey, CloseEvaluation: _close}
    adders: ClassVar = {Survey: add_survey, CloseEvaluation: _closed}

    bar: tuple[Rule, ...] = attrs.field(default=(SATISFIED,), converter=as_rules)

    def start(self) -> Progress:
        """Nobody was asked yet."""
        return Progress()

    def due(self, phase: str, progress: Progress) -> Sequence[Duty]:
        """The survey, then the close."""
        return super().due(phase, progress)

    def rules(self) -> Iterable[tuple[str, Sequence[Edition]]]:
        """The bar."""
        return (("bar", self.bar),)
