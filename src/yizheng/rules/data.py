"""Rules, conditions, amounts, tallies and rulings as plain data.

Plain data is ``dict``, ``list``, ``str``, ``int`` and ``bool``. It is written in one way only, so that equal values give
equal data; what is left at its default is left out::

    {
        "quorum": {"left": {"of": "present"}, "sign": ">=", "right": {"times": "2/3", "of": "entitled"}},
        "passage": {
            "all": [
                {"left": {"of": "for"}, "sign": ">=", "right": 9},
                {"left": {"of": "against", "among": "permanent"}, "sign": "<=", "right": 0},
            ]
        },
    }

An amount is a number, a multiple of a figure, or a list of these, which are added up. A whole number is an ``int`` (a
string beyond 2^53 - 1), any other is written exactly, as ``"3011.25"`` or ``"50/3"``; a multiple is a whole number or a
fraction, as the instrument says it. A rule without a quorum says ``"quorum": "none"``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidType
from yizheng.rules.algebra import AllOf, Amount, AnyOf, Comparison, Condition
from yizheng.rules.counting import Counts
from yizheng.rules.figures import HEADS, Figure
from yizheng.rules.numerals import Number
from yizheng.rules.rule import Rule, Ruling
from yizheng.rules.silence import Deemed, Silence
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Term
from yizheng.rules.weighing import Finding
from yizheng.text import Text
from yizheng.values import SAFE_INTEGER, one, written

__all__ = ["Data", "citation_to_data", "to_data"]

Data: TypeAlias = dict[str, Any] | list[Any] | str | int
"""Plain data."""


def to_data(value: object) -> Any:
    """Write a rule, a condition, an amount, a tally, a ruling or a silence as plain data; ``rule_from_data`` … read it.

    Raises:
        InvalidType: when it is none of these.
    """
    if isinstance(value, Rule):
        return _rule(value)
    if isinstance(value, Ruling):
        return _ruling(value)
    if isinstance(value, Tally):
        return _tally(value)
    if isinstance(value, Silence):
        return _silence(value)
    if isinstance(value, Condition):
        return _condition(value)
    if isinstance(value, Amount):
        return _amount(value)
    raise InvalidType(f"{type(value).__name__} is neither a rule nor a part of one, nor a tally or a ruling")


def _number(number: Number) -> int | str:
    number = Fraction(number)
    if number.denominator == 1:
        return number.numerator if abs(number) <= SAFE_INTEGER else str(number.numerator)
    return written(number)


def _multiple(number: Fraction) -> int | str:
    return _number(number) if number.denominator == 1 else str(number)


def _term(term: Term) -> dict[str, Any]:
    data: dict[str, Any] = {"of": term.figure.value}
    if term.times != 1:
        data = {"times": _multiple(term.times), **data}
    if term.measure != HEADS:
        data["by"] = term.measure
    if term.group is not None:
        data["among"] = term.group
    return data


def _amount(amount: Amount) -> Data:
    parts: list[Any] = [_term(term) for term in amount.terms]
    if amount.constant or not parts:
        parts.append(_number(amount.constant))
    return parts[0] if len(parts) == 1 else parts


def _condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, Comparison):
        return {"left": _amount(condition.left), "sign": condition.sign.value, "right": _amount(condition.right)}
    if isinstance(condition, AllOf):
        return {"all": [_condition(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [_condition(part) for part in condition.parts]}
    raise InvalidType(f"{type(condition).__name__} is no kind of condition that can be written down")


def _rule(rule: Rule) -> dict[str, Any]:
    data: dict[str, Any] = {
        "quorum": "none" if rule.quorum is None else _condition(rule.quorum),
        "passage": _condition(rule.passage),
    }
    if rule.by_no_objection:
        data["by_no_objection"] = True
    if rule.electorate is not None:
        data["electorate"] = rule.electorate
    if rule.casting is not None:
        data["casting"] = rule.casting
    if rule.citation is not None:
        data["citation"] = citation_to_data(rule.citation)
    if rule.joined:
        data["joined"] = [_rule(each) for each in rule.joined]
    return data


def _text(text: Text) -> Any:
    return text.zh if text.zh == text.en else {"zh": text.zh, "en": text.en}


def citation_to_data(citation: Citation) -> dict[str, Any]:
    """Write a citation as plain data, with its dates as ``"2026-01-01"``.

    Raises:
        InvalidType: when it is none.
    """
    one(Citation, citation, "a citation")
    data: dict[str, Any] = {"instrument": _text(citation.instrument)}
    if citation.article:
        data["article"] = citation.article
    if citation.in_force_from is not None:
        data["in_force_from"] = citation.in_force_from.isoformat()
    if citation.in_force_to is not None:
        data["in_force_to"] = citation.in_force_to.isoformat()
    if citation.region is not None:
        data["region"] = _text(citation.region)
    if citation.certainty is not Certainty.READ:
        data["certainty"] = citation.certainty.value
    if citation.note is not None:
        data["note"] = _text(citation.note)
    return data


def _counts(counts: Counts) -> dict[str, Any]:
    data: dict[str, Any] = {figure.value: _number(counts[figure.value]) for figure in Figure if figure.value in counts}
    if "among" in counts:
        data["among"] = {group: _counts(counts["among"][group]) for group in sorted(counts["among"])}
    return data


def _tally(tally: Tally) -> dict[str, Any]:
    others = sorted(measure for measure in tally.measures if measure != HEADS)
    data: dict[str, Any] = {"measures": {measure: _counts(tally.measures[measure]) for measure in [HEADS, *others]}}
    if not tally.presence:
        data["presence"] = False
    if tally.issued is not None:
        data["issued"] = _number(tally.issued)
    if tally.returned is not None:
        data["returned"] = _number(tally.returned)
    if tally.electorate is not None:
        data["electorate"] = tally.electorate
    if tally.casting is not None:
        data["casting"] = tally.casting.value
    if tally.blank is not None:
        data["blank"] = _number(tally.blank)
    if tally.ambiguous is not None:
        data["ambiguous"] = _number(tally.ambiguous)
    if tally.deemed is not None:
        data["deemed"] = _deemed(tally.deemed)
    return data


def _silence(silence: Silence) -> dict[str, Any]:
    data: dict[str, Any] = {"policy": silence.policy.value, "basis": citation_to_data(silence.basis)}
    if silence.warning is not None:
        data["warning"] = _text(silence.warning)
    if silence.floor is not None:
        data["floor"] = _condition(silence.floor)
    if silence.substitutes:
        data["substitutes"] = True
    if silence.ways:
        data["ways"] = sorted(silence.ways)
    return data


def _deemed(deemed: Deemed) -> dict[str, Any]:
    data: dict[str, Any] = {"silence": _silence(deemed.silence)}
    if deemed.mark is not None:
        data["mark"] = deemed.mark.value
    data["served"] = {measure: _served(deemed, measure) for measure in sorted(deemed.served)}
    return data


def _served(deemed: Deemed, measure: str) -> dict[str, Any]:
    groups = sorted(group for group in deemed.served[measure] if group is not None)
    data: dict[str, Any] = {"silent": _number(deemed.number(measure))}
    if groups:
        data["among"] = {group: _number(deemed.number(measure, group)) for group in groups}
    return data


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "part": finding.part.value,
        "left": _number(finding.left),
        "right": _number(finding.right),
        "holds": finding.holds,
    }
    if finding.needed is not None:
        data["needed"] = _number(finding.needed)
    if finding.needed_is_bound:
        data["needed_is_bound"] = True
    if finding.nothing:
        data["nothing"] = True
    return data


def _ruling(ruling: Ruling) -> dict[str, Any]:
    otherwise = ruling.otherwise
    return {
        **({} if otherwise is None else {"otherwise": otherwise.outcome.value}),
        "rule": _rule(ruling.rule),
        "tally": _tally(ruling.tally),
        "outcome": ruling.outcome.value,
        "tie": ruling.tie,
        **({} if ruling.casting is None else {"casting": ruling.casting.value}),
        "findings": [_finding(finding) for finding in ruling.findings],
    }
