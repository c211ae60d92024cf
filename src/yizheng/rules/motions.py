"""Motions: what is asked, what carrying it decides, and what losing it does not.

A motion has a polarity (domain E18): a motion to renew that is lost has not decided to end. Two opposite motions on one
matter are judged each by itself, and it is said when neither was carried.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from yizheng.errors import InvalidValue
from yizheng.rules.figures import Outcome
from yizheng.rules.rule import Rule, Ruling
from yizheng.rules.tally import Tally
from yizheng.text import Language, Text, as_text
from yizheng.values.doors import instance_of, one

__all__ = ["Motion", "Opposed", "Resolution"]

_DECIDED: Final = Text("决定{}。", "It was decided to {}.")
_NOT_DECIDED: Final = Text("未决定{}。", "It was not decided to {}.")
_NOR_OPPOSITE: Final = Text(
    "未决定{}；未通过不等于作出相反的决定。",
    "It was not decided to {}; losing the motion does not decide the opposite.",
)
_NOR: Final = Text("未决定{}，也未决定{}。", "It was not decided to {}; nor was it decided to {}.")
_NOTHING: Final = Text("对是否{}未作任何决定。", "Nothing was decided on whether to {}.")
_NEITHER: Final = Text(
    "两项动议均未通过：既未决定{}，也未决定{}，此事尚无决定。",
    "Neither motion was carried: it was decided neither to {} nor to {}, and the matter stays undecided.",
)
_BOTH: Final = Text(
    "两项动议均获通过而互相抵触：既决定{}，又决定{}；以何者为准，此处不作判断。",
    "Both motions were carried and contradict each other: to {} and to {}; which of them holds is not judged here.",
)


@attrs.frozen
class Motion:
    """Something that a body is asked to decide.

    Example:
        >>> from yizheng.rules import Motion
        >>> renew = Motion("renew the contract", opposite="end the contract")
        >>> ruled = renew.judge(Rule(quorum=None, passage=FOR > AGAINST), Tally.of(for_=4, against=9))
        >>> ruled.decision("en")
        'It was not decided to renew the contract; nor was it decided to end the contract.'

    Attributes:
        text: what is to be decided, as the words that follow "decided to" (决定……).
        if_carried: what follows once it is carried, as a sentence.
        if_lost: how things stand if it is lost, as a sentence. Losing decides nothing: it is not the opposite.
        opposite: what is not decided by losing it, as the words that follow "decided to".
    """

    text: Text = attrs.field(converter=as_text)
    if_carried: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text), kw_only=True)
    if_lost: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text), kw_only=True)
    opposite: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text), kw_only=True)

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())

    def _faults(self) -> Iterator[str]:
        if self.opposite == self.text:
            yield f"the opposite of {self.text} is the motion itself; say what losing it does not decide"
        if self.if_lost is not None and self.if_lost in {self.text, self.opposite, self.if_carried}:
            yield (
                f"losing the motion is said to mean {self.if_lost}, which would be a decision; a lost motion decides "
                "nothing: say how things then stand, and put the opposite as a motion of its own"
            )

    def judge(self, rule: Rule, tally: Tally) -> Resolution:
        """Judge the vote on it.

        Raises:
            InvalidType: when the rule is no rule, or the tally no tally.
            InvalidValue: as :meth:`Rule.judge` does.
        """
        return Resolution(self, one(Rule, rule, "the rule").judge(tally))


@attrs.frozen
class Resolution:
    """What came of a motion.

    Attributes:
        motion: what was asked.
        ruling: how the vote was judged.
    """

    motion: Motion = attrs.field(validator=instance_of(Motion))
    ruling: Ruling = attrs.field(validator=instance_of(Ruling))

    @property
    def decided(self) -> bool:
        """Whether what was asked is decided. Otherwise nothing is."""
        return self.ruling.outcome is Outcome.CARRIED

    def decision(self, language: Language) -> str:
        """What is decided, and what is not, in words.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        motion, outcome = self.motion, self.ruling.outcome
        text = motion.text.say(language)
        if outcome is Outcome.CARRIED:
            return _DECIDED.say(language).format(text) + _also(motion.if_carried, language)
        if outcome is not Outcome.LOST:
            return _NOTHING.say(language).format(text)
        if motion.opposite is None:
            said = _NOR_OPPOSITE.say(language).format(text)
        else:
            said = _NOR.say(language).format(text, motion.opposite.say(language))
        return said + _also(motion.if_lost, language)

    def explain(self, language: Language) -> str:
        """The ruling, and what is thereby decided.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        return self.ruling.explain(language) + _BETWEEN.say(language) + self.decision(language)


@attrs.frozen
class Opposed:
    """Two opposite motions on one matter, each put and judged by itself: renew, and end.

    Attributes:
        first: what came of the one.
        second: what came of the other.
    """

    first: Resolution = attrs.field(validator=instance_of(Resolution))
    second: Resolution = attrs.field(validator=instance_of(Resolution))

    def __attrs_post_init__(self) -> None:
        if self.first.motion.text == self.second.motion.text:
            raise InvalidValue(f"both motions ask to {self.first.motion.text.en}; give the two opposite ones")

    @property
    def neither(self) -> bool:
        """Whether neither was carried, so that nothing is decided."""
        return not (self.first.decided or self.second.decided)

    @property
    def both(self) -> bool:
        """Whether both were carried, and contradict each other."""
        return self.first.decided and self.second.decided

    @property
    def decided(self) -> Motion | None:
        """The one that was carried, if it is one."""
        if self.neither or self.both:
            return None
        return (self.first if self.first.decided else self.second).motion

    def explain(self, language: Language) -> str:
        """Both rulings, and what is decided by the two together.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        texts = [each.motion.text.say(language) for each in (self.first, self.second)]
        if self.neither or self.both:
            conclusion = (_NEITHER if self.neither else _BOTH).say(language).format(*texts)
        else:
            conclusion = _BETWEEN.say(language).join(
                (_DECIDED if each.decided else _NOT_DECIDED).say(language).format(each.motion.text.say(language))
                for each in (self.first, self.second)
            )
        rulings = [each.ruling.explain(language) for each in (self.first, self.second)]
        return _BETWEEN.say(language).join([*rulings, conclusion])


_BETWEEN: Final = Text("", " ")


def _also(words: Text | None, language: Language) -> str:
    if words is None:
        return ""
    said = words.say(language).rstrip("。.")
    return f"{said}。" if language == "zh" else f" {said[0].upper()}{said[1:]}."
