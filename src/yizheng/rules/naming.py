"""What amounts are called in the minutes, in both languages."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from yizheng.rules.algebra import Amount
from yizheng.rules.figures import HEADS, Figure
from yizheng.rules.numerals import Number, number_in_words
from yizheng.rules.terms import Term, Where
from yizheng.text import Language, Text

__all__ = ["one_share", "plain_figure", "said_count", "said_share", "said_sum", "with_unit"]

_COUNTED: Final = {
    Figure.NAMES: Text("在册", "on the roll"),
    Figure.ENTITLED: Text("应到", "entitled"),
    Figure.PRESENT: Text("实到", "present"),
    Figure.CAST: Text("参与表决", "taking part"),
    Figure.VALID: Text("有效票", "valid"),
    Figure.FOR: Text("赞成", "for"),
    Figure.AGAINST: Text("反对", "against"),
    Figure.ABSTAINING: Text("弃权", "abstaining"),
    Figure.INVALID: Text("无效票", "invalid"),
    Figure.SILENT: Text("未表决", "not voting"),
    Figure.ABSENT: Text("缺席", "absent"),
    Figure.RECUSED: Text("回避", "recused"),
}
_SHARED: Final = _COUNTED | {Figure.PRESENT: Text("到会", "present"), Figure.VALID: Text("有效票", "voting validly")}
_AREA: Final = "area"


def with_unit(number: Number, measure: str, language: Language) -> str:
    """A number with the unit of its measure: none for heads, square metres for area."""
    unit = Text(" 平方米", " m²").say(language) if measure == _AREA else ""
    return number_in_words(number) + unit


def _named(where: Where, names: dict[Figure, Text], language: Language) -> str:
    figure, measure, group = where
    word = names[figure].say(language)
    if language == "zh":
        if measure != HEADS:
            word += "面积" if measure == _AREA else f"（{measure}）"
        return word if group is None else f"「{group}」{word}"
    if measure != HEADS:
        word = f"{measure} {word}"
    return word if group is None else f'{word} among "{group}"'


def said_count(where: Where, language: Language) -> str:
    """A figure as it is read out with its number: ``实到``, ``area entitled``."""
    return _named(where, _COUNTED, language)


def said_share(term: Term, language: Language) -> str:
    """A share of one figure: ``到会 1/2``, ``1/2 of those present``, ``2 times those against``."""
    of, times, whole = _named(term.of, _SHARED, language), str(term.times), term.times.denominator == 1
    if language == "zh":
        return of if term.times == 1 else f"{of} {times}" + (" 倍" if whole else "")
    whom = f"those {of}" if term.measure == HEADS else f"the {of}"
    if term.times == 1:
        return whom
    return f"{times} times {whom}" if whole else f"{times} of {whom}"


def said_sum(amount: Amount, language: Language) -> str:
    """Any amount: ``1/2 ×（赞成 + 反对）``, ``present - 1``."""
    times = amount.terms[0].times
    common = len(amount.terms) > 1 and times != 1 and all(term.times == times for term in amount.terms)
    words = ""
    for term in amount.terms:
        each, named = Fraction(1) if common else term.times, said_count(term.of, language)
        words += _joint(words, each) + (named if abs(each) == 1 else f"{abs(each)} × {named}")
    if common:
        words = f"{times} ×（{words}）" if language == "zh" else f"{times} × ({words})"
    if amount.constant:
        words += _joint(words, amount.constant) + number_in_words(abs(amount.constant))
    return words


def _joint(before: str, number: Fraction) -> str:
    if not before:
        return "-" if number < 0 else ""
    return " - " if number < 0 else " + "


def plain_figure(amount: Amount) -> Term | None:
    """The one figure that an amount is, if it is just that."""
    share = one_share(amount)
    return share if share is not None and share.times == 1 else None


def one_share(amount: Amount) -> Term | None:
    """The one multiple of a figure that an amount is, if it is just that."""
    one = len(amount.terms) == 1 and amount.terms[0].times > 0 and not amount.constant
    return amount.terms[0] if one else None
