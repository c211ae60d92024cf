"""What an edition of a provision can be besides a rule or a period: a share, bounds, or words; each with its source."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules import Rule, Sign
from yizheng.text import Language, Text, as_text
from yizheng.values import Exact, exact, name
from yizheng.values.doors import instance_of, one_of

__all__ = ["Bounds", "Clause", "Edition", "Share"]

_SIGNS: Final = {
    Sign.AT_LEAST: Text("不少于", "at least"),
    Sign.MORE_THAN: Text("超过", "more than"),
    Sign.AT_MOST: Text("不超过", "at most"),
    Sign.FEWER_THAN: Text("少于", "less than"),
}


def _share(value: Exact) -> Fraction:
    share = exact(value, "a share")
    if not 0 < share <= 1:
        raise InvalidValue(f'a share is {share}; write a part of the whole, such as "1/10"')
    return share


def _sign(value: Sign | str) -> Sign:
    return one_of(Sign, value)


def _bound(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise InvalidType(f"a bound is {shown(value)}; write a whole number, or None where there is none")
    if value < 0:
        raise InvalidValue(f"a bound is {shown(value)}; write nought or more")
    return value


@attrs.frozen
class Share:
    """A share that an instrument sets apart from any vote: how many can call a meeting, how many must be women.

    Example:
        >>> from yizheng import law
        >>> tenth = law.Share("1/10", "residents", citation=Citation(instrument="invented by-law", article="3"))
        >>> tenth.met(99, of=1000), tenth.met(100, of=1000), tenth.fewest(1001)
        (False, True, 101)

    Attributes:
        share: the part, of the whole that is one.
        whole: whom or what it is a share of.
        sign: whether exactly so many are enough (以上), or not (超过).
        citation: where it is written.
    """

    share: Fraction = attrs.field(converter=_share)
    whole: Text = attrs.field(converter=as_text)
    sign: Sign = attrs.field(default=Sign.AT_LEAST, converter=_sign)
    citation: Citation = attrs.field(kw_only=True, validator=instance_of(Citation))

    def met(self, part: Exact, *, of: Exact) -> bool:
        """Whether a part is share enough of a whole; a share of nothing is not.

        Args:
            part: how many there are.
            of: how many there could be.

        Raises:
            InvalidType: for floats and whatever is no number.
            InvalidValue: for a part that is less than nought or more than the whole.
        """
        some, everything = exact(part, "the part"), exact(of, "the whole")
        if not 0 <= some <= everything:
            raise InvalidValue(f"{some} of {everything} is no part of it; give the part first, and the whole as of=…")
        bound = self.share * everything
        holds = {
            Sign.AT_LEAST: some >= bound,
            Sign.MORE_THAN: some > bound,
            Sign.AT_MOST: some <= bound,
            Sign.FEWER_THAN: some < bound,
        }
        return bool(everything) and holds[self.sign]

    def fewest(self, of: int) -> int | None:
        """The fewest heads that meet it; ``None`` where not even all do.

        Raises:
            InvalidType: for floats and whatever is no number.
            InvalidValue: for a whole that is less than nought.
        """
        everything = exact(of, "the whole")
        if self.sign in {Sign.AT_MOST, Sign.FEWER_THAN}:
            return 0 if self.met(0, of=everything) else None
        bound = self.share * everything
        least = -(-bound.numerator // bound.denominator) if self.sign is Sign.AT_LEAST else bound // 1 + 1
        return least if least <= everything and self.met(least, of=everything) else None

    def explain(self, language: Language) -> str:
        """The share in words, such as ``不少于代表的 1/5`` or ``at least 1/5 of the representatives``."""
        sign, whole = _SIGNS[self.sign].say(language), self.whole.say(language)
        return f"{sign}{whole}的 {self.share}" if language == "zh" else f"{sign} {self.share} of {whole}"


@attrs.frozen
class Bounds:
    """A number that an instrument sets, or the least and the most of it, both included.

    Attributes:
        least: the least; ``None`` where there is no lower bound.
        most: the most; ``None`` where there is no upper bound.
        of: what is counted, such as members, or proxies for each holder.
        citation: where it is written.
    """

    least: int | None = attrs.field(converter=_bound)
    most: int | None = attrs.field(converter=_bound)
    of: Text = attrs.field(converter=as_text)
    citation: Citation = attrs.field(kw_only=True, validator=instance_of(Citation))

    def __attrs_post_init__(self) -> None:
        if self.least is None and self.most is None:
            raise InvalidValue("bounds have neither a least nor a most; give one of them")
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InvalidValue(f"bounds run from {shown(self.least)} to {shown(self.most)}; exchange them")

    def met(self, number: int) -> bool:
        """Whether a number lies within them.

        Raises:
            InvalidType: for floats and whatever is no number.
        """
        given = exact(number, "the number")
        return (self.least is None or self.least <= given) and (self.most is None or given <= self.most)

    def explain(self, language: Language) -> str:
        """The bounds in words, such as ``3至9名成员`` or ``members: 3 to 9``."""
        of = self.of.say(language)
        if self.most is None:
            said = f"{_SIGNS[Sign.AT_LEAST].say(language)} {self.least}"
        elif self.least is None:
            said = f"{_SIGNS[Sign.AT_MOST].say(language)} {self.most}"
        elif self.least == self.most:
            said = f"{self.most}"
        else:
            said = f"{self.least} 至 {self.most}" if language == "zh" else f"{self.least} to {self.most}"
        return f"{of}：{said}" if language == "zh" else f"{of}: {said}"


@attrs.frozen
class Clause:
    """What an instrument says without a figure.

    Attributes:
        words: what it says, in our words.
        value: the same as one word for a program, where it is a choice among several, such as ``"abstain"``.
        citation: where it is written.
    """

    words: Text = attrs.field(converter=as_text)
    value: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    citation: Citation = attrs.field(kw_only=True, validator=instance_of(Citation))

    def explain(self, language: Language) -> str:
        """The words."""
        return self.words.say(language)


Edition: TypeAlias = Rule | Period | Share | Bounds | Clause
"""What one instrument says, from one day to another."""
