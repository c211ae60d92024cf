"""How surveys and their evaluation are told: counts and non-response side by side, and no claim that they do not bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from yizheng.record.markup import Marked, table
from yizheng.record.telling.base import Teller, Told
from yizheng.record.words import ANSWERS, WAVES, word
from yizheng.stages import CloseEvaluation, Survey
from yizheng.text import Text

__all__ = ["TELLERS"]

_SURVEYED: Final = Text(
    "进行{wave}满意度调查：对象{population}，问题{question}，{counts}。",
    "took the survey ({wave}): population {population}, question {question}; {counts}.",
)
_BAR: Final = Text("满意标准：{rule}", "Bar: {rule}")
_ANSWER: Final = Text("{answer} {count}", "{count} {answer}")
_CLOSED: Final = Text("结束评议。", "closed the evaluation.")
_SURVEY: Final = Text("调查", "survey")
_JUDGED: Final = Text(
    "满意计作赞成，不满意计作反对，未定计作弃权：{ruling}",
    "Satisfied counts as for, unsatisfied as against, undecided as abstaining: {ruling}",
)
_COMPARABLE: Final = Text(
    "两次调查的问题、对象和发出数相同，数字并列如上。",
    "Both surveys put the same question to the same population and asked as many; the figures stand side by side.",
)
_INCOMPARABLE: Final = Text(
    "两次调查的问题、对象或发出数不同，不能相互比较，也不能说明有所改善。",
    "The surveys differ in question, population or number asked: they cannot be compared, and show no improvement.",
)
_NO_BASELINE: Final = Text(
    "没有事前调查，不作前后比较。", "There was no survey before, so nothing is said about a change."
)


def _survey(told: Told) -> Iterator[Marked]:
    action: Survey = told.action
    pen = told.pen
    counts = {"asked": action.asked, **action.answers, "silent": action.silent}
    said = [pen.say(_ANSWER, answer=words, count=counts[answer]) for answer, words in ANSWERS.items()]
    yield pen.say(
        _SURVEYED,
        wave=word(WAVES, action.wave),
        population=pen.quote(action.population),
        question=pen.quote(action.question),
        counts=pen.several(said),
    )
    if told.entry.effect.rule is not None:
        yield pen.say(_BAR, rule=told.entry.effect.rule.explain(pen.language))


def _close(told: Told) -> Iterator[Marked]:
    pen, effect = told.pen, told.entry.effect
    yield pen.say(_CLOSED)
    waves: dict[str, Mapping[str, Any]] = {
        wave: survey for wave in WAVES if isinstance(survey := effect.carried.get(wave), Mapping)
    }
    rows = [
        [pen.said(WAVES[wave]), *(pen.plain(survey.get(answer)) for answer in ANSWERS)]
        for wave, survey in waves.items()
    ]
    yield table([[pen.said(_SURVEY), *(pen.said(words) for words in ANSWERS.values())], *rows])
    yield pen.say(_compared(waves))
    if effect.ruling is not None:
        yield pen.say(_JUDGED, ruling=effect.ruling.explain(pen.language))


def _compared(waves: Mapping[str, Mapping[str, Any]]) -> Text:
    if "before" not in waves:
        return _NO_BASELINE
    before, after = waves["before"], waves.get("after", {})
    same = all(before.get(key) == after.get(key) for key in ("question", "population", "asked"))
    return _COMPARABLE if same else _INCOMPARABLE


TELLERS: Final[Mapping[type[Any], Teller]] = {Survey: _survey, CloseEvaluation: _close}
