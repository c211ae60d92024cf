"""A slow reference for the vectors: ``Fraction`` alone, and not one line of the library.

It takes rules and tallies as the plain data of ``README.md`` and judges them as written there. A figure must be given
for a comparison to be worked out: this reference completes no tally, beyond taking every part of a nought as nought.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction

WHOLES = {
    "valid": ["for", "against", "abstaining"],
    "cast": ["for", "against", "abstaining", "invalid"],
    "present": ["for", "against", "abstaining", "invalid", "silent"],
    "entitled": ["for", "against", "abstaining", "invalid", "silent", "absent"],
    "names": ["for", "against", "abstaining", "invalid", "silent", "absent", "recused"],
}
SHARED = ("entitled", "present", "cast", "valid")
SIGNS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}


def said(number: Fraction) -> int | str:
    """A number as data: whole, a decimal where it ends, or a fraction."""
    if number.denominator == 1:
        return int(number) if abs(number) < 2**53 else str(number)
    for places in range(1, 41):
        if (number * 10**places).denominator == 1:
            digits = str(abs(number * 10**places)).rjust(places + 1, "0")
            return ("-" if number < 0 else "") + digits[:-places] + "." + digits[-places:]
    return str(number)


def counts_of(tally: dict, measure: str, group: str | None) -> dict[str, Fraction]:
    """The figures of one measure, of all or of a group."""
    counts = tally["measures"][measure]
    counts = counts if group is None else counts["among"][group]
    return {figure: Fraction(number) for figure, number in counts.items() if figure != "among"}


def terms_of(amount: object) -> tuple[list[tuple[Fraction, str, str, str | None]], Fraction]:
    """The terms of an amount (times, figure, measure, group), and its plain number."""
    parts = amount if isinstance(amount, list) else [amount]
    terms = [
        (Fraction(part.get("times", 1)), part["of"], part.get("by", "heads"), part.get("among"))
        for part in parts
        if isinstance(part, dict)
    ]
    return terms, sum((Fraction(part) for part in parts if not isinstance(part, dict)), Fraction(0))


def worked_out(amount: object, tally: dict) -> Fraction:
    """What an amount comes to."""
    terms, number = terms_of(amount)
    return number + sum(times * counts_of(tally, by, among)[of] for times, of, by, among in terms)


def is_nought(terms: list, tally: dict) -> bool:
    """Whether every mark that terms count is nought, differences worked out."""
    times: dict[tuple[str, str | None], Fraction] = {}
    for each, of, _, among in terms:
        for mark in WHOLES.get(of, [of]):
            times[mark, among] = times.get((mark, among), Fraction(0)) + each
    for (mark, among), each in times.items():
        if each:
            counts = counts_of(tally, terms[0][2], among)
            if not any(number == 0 for figure, number in counts.items() if mark in WHOLES.get(figure, [figure])):
                return False
    return True


def weigh(part: str, comparison: dict, tally: dict) -> dict:
    """One comparison as a finding."""
    (left, constant), (right, _) = terms_of(comparison["left"]), terms_of(comparison["right"])
    on_left, on_right = worked_out(comparison["left"], tally), worked_out(comparison["right"], tally)
    sign = comparison["sign"]
    finding = {"part": part, "left": said(on_left), "right": said(on_right), "holds": SIGNS[sign](on_left, on_right)}
    grounds = [left + right] if right else []
    if right:
        grounds += [side for side in (left, right) if any(t.denominator > 1 and of in SHARED for t, of, _, _ in side)]
    if any(is_nought(ground, tally) for ground in grounds):
        return finding | {"holds": False, "nothing": True}
    if left[0][2] != "heads":
        return finding | {"needed": said(on_right)} | ({"needed_is_bound": True} if sign in "<>" else {})
    whole = math.lcm(*(times.denominator for times, *_ in left))
    step = Fraction(math.gcd(*(int(times * whole) for times, *_ in left)), whole)
    steps = (on_right - constant) / step
    steps = {">=": math.ceil(steps), ">": math.floor(steps) + 1, "<=": math.floor(steps), "<": math.ceil(steps) - 1}[
        sign
    ]
    return finding | {"needed": said(constant + steps * step)}


def holds(part: str, condition: dict, tally: dict, findings: list[dict]) -> bool:
    """Whether a condition holds; every comparison in it becomes a finding."""
    for key, together in (("all", all), ("any", any)):
        if key in condition:
            return together([holds(part, each, tally, findings) for each in condition[key]])
    findings.append(weigh(part, condition, tally))
    return findings[-1]["holds"]


def lost_by_tie(condition: dict, tally: dict) -> bool:
    """Whether a condition fails, if at all, by the tie alone."""
    for key, together in (("all", all), ("any", any)):
        if key in condition:
            return together([lost_by_tie(each, tally) for each in condition[key]])
    found = weigh("passage", condition, tally)
    if found["holds"]:
        return True
    if found.get("nothing") or found["left"] != found["right"] or condition["sign"] not in "<>":
        return False
    on_left, on_right = (terms_of(condition[side])[0] for side in ("left", "right"))
    if any((by, among) != ("heads", None) for _, _, by, among in on_left + on_right):
        return False

    def weight(mark: str) -> Fraction:
        left, right = (
            sum((times for times, of, *_ in side if mark in WHOLES.get(of, [of])), Fraction(0))
            for side in (on_left, on_right)
        )
        return left - right if condition["sign"] == ">" else right - left

    return weight("for") > 0 and weight("for") == -weight("against")


def judge(rule: dict, tally: dict) -> dict:
    """The outcome, whether it is a tie, the casting vote that decided it if one did, and the findings."""
    findings: list[dict] = []
    if "issued" in tally and "returned" in tally and Fraction(tally["returned"]) > Fraction(tally["issued"]):
        return {"outcome": "void", "tie": False, "findings": findings}
    if rule["quorum"] != "none" and not holds("quorum", rule["quorum"], tally, findings):
        return {"outcome": "inquorate", "tie": False, "findings": findings}
    carried = holds("passage", rule["passage"], tally, findings)
    heads = counts_of(tally, "heads", None)
    carried = carried and heads["entitled" if rule.get("by_no_objection") else "for"] > 0
    tie = not carried and heads.get("for", 0) > 0 and heads.get("for") == heads.get("against")
    ruling: dict = {"outcome": "carried" if carried else "lost", "tie": tie}
    if tie and "casting" in rule and "casting" in tally and lost_by_tie(rule["passage"], tally):
        ruling |= {"outcome": "carried" if tally["casting"] == "for" else "lost", "casting": tally["casting"]}
    return ruling | {"findings": findings}
