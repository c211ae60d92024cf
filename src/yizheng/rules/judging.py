"""Holding a rule's conditions against a tally."""

from __future__ import annotations

from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules.algebra import AllOf, Amount, Comparison, Condition
from yizheng.rules.figures import HEADS, Figure, Outcome
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Where
from yizheng.rules.weighing import Finding, Part, weigh

__all__ = ["asked_by", "fit", "holds", "judged", "sides", "void"]


def asked_by(*amounts: Amount) -> tuple[Where, ...]:
    """The figures that amounts name, each once."""
    return tuple(dict.fromkeys(term.of for amount in amounts for term in amount.terms))


def sides(condition: Condition | None) -> tuple[Amount, ...]:
    """Both sides of every comparison."""
    if condition is None:
        return ()
    return tuple([side for comparison in condition.comparisons for side in (comparison.left, comparison.right)])


def fit(tally: object, asked: tuple[Where, ...], electorate: str | None) -> Tally:
    """See that a tally counts by the measures and the groups that are asked for, and has a presence if that is.

    This is asked before anything is judged, so that a misspelt group is found even where the quorum fails.

    Raises:
        InvalidType: when it is no tally.
        InvalidValue: naming every measure and group that was not counted, and an electorate that is another.
    """
    if not isinstance(tally, Tally):
        raise InvalidType(f"a rule judges a Tally, not {type(tally).__name__}; write Tally.of(entitled=30, for_=12, …)")
    if electorate is not None and tally.electorate not in {None, electorate}:
        words = f"the rule counts {electorate}, and the tally counts {tally.electorate}; take the rule made for these"
        raise InvalidValue(words, *tally.gaps(asked, figures=False))
    if not tally.counts(asked):
        raise InvalidValue(*tally.gaps(asked, figures=False))
    return tally


def void(tally: Tally) -> bool:
    """Whether more ballots came back than were issued."""
    return tally.issued is not None and tally.returned is not None and tally.returned > tally.issued


def judged(
    quorum: Condition | None, passage: Condition, support: Figure, tally: Tally
) -> tuple[Outcome, tuple[Finding, ...], bool]:
    """The outcome, a finding for each comparison looked at, and whether support alone was lacking."""
    findings: list[Finding] = []
    if void(tally):
        return Outcome.VOID, (), False
    if quorum is not None and not _holds(quorum, Part.QUORUM, tally, findings):
        return Outcome.INQUORATE, tuple(findings), False
    carried = _holds(passage, Part.PASSAGE, tally, findings)
    heads = tally.heads(support)
    if heads is None:
        raise InvalidValue(*tally.gaps([(support, HEADS, None)]))
    supported = heads > 0
    return Outcome.CARRIED if carried and supported else Outcome.LOST, tuple(findings), carried and not supported


def holds(condition: Condition, tally: Tally) -> bool:
    """Whether a tally satisfies a condition; nobody asks why.

    Raises:
        InvalidValue: naming every figure that is unknown.
    """
    return _holds(condition, Part.PASSAGE, tally, [])


def _holds(condition: Condition, part: Part, tally: Tally, findings: list[Finding]) -> bool:
    try:
        return _looked_at(condition, part, tally, findings)
    except KeyError:
        # Every figure that is missing is named, not the first; there is one, or nothing would have been raised.
        raise InvalidValue(*tally.gaps(asked_by(*sides(condition)))) from None


def _looked_at(condition: Condition, part: Part, tally: Tally, findings: list[Finding]) -> bool:
    if isinstance(condition, Comparison):
        finding = weigh(part, condition, tally.measured(condition.measure))
        findings.append(finding)
        return finding.holds
    # Every part is looked at, whatever the first ones say: the minutes give them all.
    held = [_looked_at(each, part, tally, findings) for each in condition.parts]
    return all(held) if isinstance(condition, AllOf) else any(held)
