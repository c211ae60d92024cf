"""Selections in words: each option with its numbers, then who is in, who is tied, who is out, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol

from yizheng.rules.amounts import FOR
from yizheng.rules.boxes import Box
from yizheng.rules.figures import HEADS, Outcome
from yizheng.rules.naming import said_sum, with_unit
from yizheng.rules.numerals import Number
from yizheng.rules.questions import Question
from yizheng.rules.ranking import Ranks
from yizheng.rules.rule import Ruling
from yizheng.rules.ties import Lot, Step
from yizheng.rules.wording import authority, halves_in_words, sentence
from yizheng.text import Language, Text, joined

__all__ = ["TellableSelection", "selection_in_words"]


class TellableSelection(Protocol):
    """What of a selection is told."""

    @property
    def question(self) -> Question: ...  # noqa: D102  # as in the selection
    @property
    def lot(self) -> Lot | None: ...  # noqa: D102
    @property
    def rulings(self) -> Mapping[str, Ruling]: ...  # noqa: D102
    @property
    def chosen(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def tied(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def advancing(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def out(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def eligible(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def standing(self) -> Ranks: ...  # noqa: D102
    @property
    def open_seats(self) -> int: ...  # noqa: D102
    @property
    def vacant_seats(self) -> int: ...  # noqa: D102
    @property
    def rejected(self) -> bool: ...  # noqa: D102
    def number(self, box: str) -> Number: ...  # noqa: D102


_NONE: Final = Text("以上都不同意", "None of these")
_MEETS: Final = Text("符合通过条件", "the rule is met")
_FAILS: Final = Text("不符合通过条件", "the rule is not met")
_UNSUPPORTED: Final = Text("无人赞成，不符合通过条件", "nobody voted in favour, the rule is not met")
_BELOW: Final = Text(
    "符合通过条件，但不多于“以上都不同意”的 {}，不入选",
    'the rule is met, but it is not more than the {} for "none of these", so it is not chosen',
)
_RANKED: Final = Text("，排名依据{}：{}", ", ranked by {}: {}")
_FOLLOWS: Final = Text("，", ": ")
_NAMED: Final = Text("{}：{}。", "{}: {}.")
_CHOSEN: Final = Text("选定：{}", "Chosen: {}")
_OUT: Final = Text("未选定：{}", "Not chosen: {}")
_NOBODY: Final = Text(
    "没有选定任何一项，也不等于否决各项", "Nothing is chosen, which is not a decision against any of them"
)
_REJECTED: Final = Text(
    "“以上都不同意”符合通过条件，各项均被否决", 'The rule is met by "none of these": all of them are rejected'
)
_TIED: Final = Text("并列：{}（{}），余 {} 个名额", "Tied: {} ({}); places left: {}")
_STEPS: Final = {
    Step.REVOTE: Text("在并列者中再次投票", "another vote is held among the tied"),
    Step.VACANT: Text("并列者均不入选，名额空缺", "none of the tied is chosen, and the places stay empty"),
    Step.LOT: Text("由抽签决定，抽签尚未进行", "a lot decides, which has not been drawn yet"),
    None: Text("规则没有规定如何处理，名额未定", "no rule says what follows from that, and the places are not filled"),
}
_DRAWN: Final = Text("抽签选定：{}（{}）", "chosen by lot: {} ({})")
_VACANT: Final = Text("空缺 {} 个名额", "Places that stay empty: {}")
_ADVANCING: Final = Text("进入第二轮投票，争 {} 个名额：{}", "Run-off for the places left ({}): {}")
_BETWEEN: Final = Text("", " ")
_SEMICOLON: Final = Text("；", "; ")


def selection_in_words(selection: TellableSelection, language: Language) -> str:
    """The question, the quorum once, each option with its findings, and what follows."""
    question, rulings = selection.question, selection.rulings
    first = rulings[min(rulings)]
    said = [sentence(question.text.say(language), language)]
    if first.outcome in {Outcome.VOID, Outcome.INQUORATE}:
        return _BETWEEN.say(language).join([*said, first.explain(language)])
    quorum, _ = halves_in_words(first, language)
    if quorum is not None:
        said.append(sentence(quorum, language))
    said += _options(selection, language)
    said += [sentence(words, language) for words in _conclusion(selection, language)]
    return _BETWEEN.say(language).join(said) + authority(question.rule.sources, language)


def _options(selection: TellableSelection, language: Language) -> Iterator[str]:
    """From the first to the last, and "none of these" at the end."""
    question = selection.question
    ordered = [option for _, group in selection.standing for option in sorted(group)]
    for box in [*ordered, *([str(Box.NONE)] if question.none else [])]:
        _, findings = halves_in_words(selection.rulings[box], language)
        words = findings + _FOLLOWS.say(language) + _verdict(selection, box, language)
        if question.by != FOR:
            measure = question.by.measure or HEADS
            number = with_unit(selection.number(box), measure, language)
            words += _RANKED.say(language).format(said_sum(question.by, language), number)
        yield _NAMED.say(language).format(_words(question, box, language), words)


def _verdict(selection: TellableSelection, box: str, language: Language) -> str:
    ruling = selection.rulings[box]
    if ruling.outcome is not Outcome.CARRIED:
        return (_UNSUPPORTED if ruling.unsupported else _FAILS).say(language)
    if box == Box.NONE or box in selection.eligible:
        return _MEETS.say(language)
    measure = selection.question.by.measure or HEADS
    return _BELOW.say(language).format(with_unit(selection.number(Box.NONE), measure, language))


def _conclusion(selection: TellableSelection, language: Language) -> Iterator[str]:
    question = selection.question

    def named(options: Iterable[str]) -> str:
        return joined([_words(question, option, language) for option in sorted(options)], language)

    drawn: frozenset[str] = frozenset() if selection.lot is None else selection.lot.drawn
    if sure := selection.chosen - drawn:
        yield _CHOSEN.say(language).format(named(sure))
    if selection.tied:
        yield _tie(selection, named, language)
    if selection.advancing:
        yield _ADVANCING.say(language).format(selection.open_seats, named(selection.advancing))
    elif not selection.chosen and not selection.tied:
        yield (_REJECTED if selection.rejected else _NOBODY).say(language)
    if selection.out:
        yield _OUT.say(language).format(named(selection.out))
    if selection.vacant_seats:
        yield _VACANT.say(language).format(selection.vacant_seats)


class _Named(Protocol):
    def __call__(self, options: Iterable[str]) -> str: ...


def _tie(selection: TellableSelection, named: _Named, language: Language) -> str:
    question, lot = selection.question, selection.lot
    measure = question.by.measure or HEADS
    number = with_unit(selection.number(min(selection.tied)), measure, language)
    drawn: frozenset[str] = frozenset() if lot is None else lot.drawn
    seats = question.seats - len(selection.chosen - drawn)
    words = _TIED.say(language).format(named(selection.tied), number, seats) + _SEMICOLON.say(language)
    if lot is not None:
        words += _DRAWN.say(language).format(named(lot.drawn), lot.evidence.say(language))
    else:
        words += _STEPS[question.edge].say(language)
    if question.edge_citation is None:
        return words
    return words + Text("（依据：{}）", " (by {})").say(language).format(question.edge_citation.explain(language))


def _words(question: Question, box: str, language: Language) -> str:
    return (_NONE if box == Box.NONE else question.options[box]).say(language)
