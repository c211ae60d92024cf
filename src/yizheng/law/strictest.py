"""What a body must keep where several editions hold together: the stricter of them, with all of them shown."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Final, TypeAlias

from yizheng.calendar import Period
from yizheng.errors import InvalidValue, shown
from yizheng.law.editions import Bounds, Clause, Edition, Share
from yizheng.law.lookup import holding, told
from yizheng.law.regions import Region
from yizheng.rules import LongerPeriod, Rule, Sign, stricter
from yizheng.text import Text

__all__ = ["effective", "satisfies"]

_Plain: TypeAlias = Share | Bounds | Clause

_AT_LEAST: Final = (Sign.AT_LEAST, Sign.MORE_THAN)
_STRICT: Final = (Sign.MORE_THAN, Sign.FEWER_THAN)


def effective(
    id: str,  # noqa: A002  # as every id of the library is called
    *,
    on: date,
    region: Region | Text | str | None = None,
) -> Edition | LongerPeriod:
    """What satisfies every edition of a provision that holds on a day in a region (domain E38).

    One edition that holds alone is given as it is. Rules are joined by :func:`yizheng.rules.stricter`, which keeps them
    under ``joined``; periods make a :class:`~yizheng.rules.LongerPeriod`, which keeps them under ``periods``. Of shares,
    numbers and clauses the one that satisfies all is given, of equal ones the nearest; :func:`in_force` has them all.

    Example:
        >>> from datetime import date
        >>> from yizheng import law
        >>> rule = law.effective("villages.representatives.vote", on=date(2026, 3, 1), region="石家庄")
        >>> rule.judge(Tally.of(entitled=30, present=20, for_=10, against=10)).outcome
        <Outcome.LOST: 'lost'>
        >>> [source.article for source in rule.sources]
        ['30', '20']

    Args:
        id: of the provision.
        on: the day.
        region: where; ``None`` for what holds in the whole country.

    Raises:
        NoEdition: when none holds there on that day; the error lists the editions that there are.
        InvalidType: when ``on`` is no day.
        InvalidValue: when there is no such provision, no rule of the region is in the catalogue, or none of the editions
            that hold satisfies all of them, as where they say different things; the error lists them.
    """
    editions = holding(id, on=on, region=region)
    rules = [each for each in editions if isinstance(each, Rule)]
    if rules:
        return reduce(stricter, rules)
    periods = [each for each in editions if isinstance(each, Period)]
    if periods:
        return periods[0] if len(periods) == 1 else LongerPeriod(tuple(periods))
    plain = [each for each in editions if isinstance(each, _Plain)]
    for each in reversed(plain):
        if all(satisfies(each, other) for other in plain):
            return each
    listed = "; ".join(f"{each.explain('zh')} / {each.explain('en')} ({told(each)})" for each in plain)
    raise InvalidValue(
        f"{shown(id)} has {len(plain)} editions that hold there together on {on}, and none of them satisfies the others; "
        f"keep each of them: {listed}"
    )


def satisfies(one: _Plain, other: _Plain) -> bool:
    """Whether whatever satisfies the one satisfies the other."""
    if isinstance(one, Share) and isinstance(other, Share):
        return one.whole == other.whole and _no_looser(one, other)
    if isinstance(one, Bounds) and isinstance(other, Bounds):
        return (
            one.of == other.of
            and (one.least or 0) >= (other.least or 0)  # a count is nought or more, whether or not that is said
            and (other.most is None or (one.most is not None and one.most <= other.most))
        )
    return (
        isinstance(one, Clause) and isinstance(other, Clause) and (one.words, one.value) == (other.words, other.value)
    )


def _no_looser(one: Share, other: Share) -> bool:
    if (one.sign in _AT_LEAST) is not (other.sign in _AT_LEAST):
        return False
    if one.share == other.share:
        return one.sign in _STRICT or other.sign not in _STRICT
    return (one.share > other.share) is (one.sign in _AT_LEAST)
