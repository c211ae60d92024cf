"""Rules and rulings in words, as a careful secretary enters them: every number exact, no percentages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Protocol

from yizheng.citation import Citation
from yizheng.rules.algebra import AllOf, Amount, Comparison, Condition, Sign
from yizheng.rules.amounts import ENTITLED
from yizheng.rules.figures import Choice, Figure, Outcome
from yizheng.rules.naming import one_share, plain_figure, said_count, said_share, said_sum, with_unit
from yizheng.rules.tally import Tally
from yizheng.rules.terms import Term, Where
from yizheng.rules.weighing import Finding, Part
from yizheng.text import Language, Text

__all__ = [
    "TellableRule",
    "TellableRuling",
    "authority",
    "condition_in_words",
    "halves_in_words",
    "rule_in_words",
    "ruling_in_words",
    "sentence",
]


class TellableRule(Protocol):
    """What of a rule is told."""

    @property
    def quorum(self) -> Condition | None: ...  # noqa: D102  # as in the rule
    @property
    def passage(self) -> Condition: ...  # noqa: D102
    @property
    def by_no_objection(self) -> bool: ...  # noqa: D102
    @property
    def casting(self) -> str | None: ...  # noqa: D102
    @property
    def sources(self) -> tuple[Citation, ...]: ...  # noqa: D102
    @property
    def joined(self) -> tuple[TellableRule, ...]: ...  # noqa: D102


class TellableRuling(Protocol):
    """What of a ruling is told."""

    @property
    def rule(self) -> TellableRule: ...  # noqa: D102  # as in the ruling
    @property
    def tally(self) -> Tally: ...  # noqa: D102
    @property
    def outcome(self) -> Outcome: ...  # noqa: D102
    @property
    def by_tie(self) -> bool: ...  # noqa: D102
    @property
    def casting(self) -> Choice | None: ...  # noqa: D102
    @property
    def unsupported(self) -> bool: ...  # noqa: D102
    @property
    def findings(self) -> tuple[Finding, ...]: ...  # noqa: D102


_HOLDS: Final = {
    Sign.AT_LEAST: Text("不少于", "at least"),
    Sign.MORE_THAN: Text("超过", "more than"),
    Sign.AT_MOST: Text("不超过", "at most"),
    Sign.FEWER_THAN: Text("少于", "less than"),
}
_FAILS: Final = {
    Sign.AT_LEAST: Text("不足", "less than"),
    Sign.MORE_THAN: Text("未超过", "not more than"),
    Sign.AT_MOST: Text("超过", "more than"),
    Sign.FEWER_THAN: Text("不少于", "not less than"),
}
_NEEDED: Final = {
    Sign.AT_LEAST: Text("至少需 {}", "{} needed"),
    Sign.MORE_THAN: Text("至少需 {}", "{} needed"),
    Sign.AT_MOST: Text("至多可 {}", "at most {} allowed"),
    Sign.FEWER_THAN: Text("至多可 {}", "at most {} allowed"),
}
_BOUND: Final = {
    Sign.MORE_THAN: Text("须超过 {}", "more than {} needed"),
    Sign.FEWER_THAN: Text("须少于 {}", "less than {} needed"),
}
_NOTHING: Final = Text("无可比较，不成立", "nothing to compare, so this does not hold")
_MEETING_QUORATE: Final = Text("会议有效", "the meeting is quorate")
_VOTE_QUORATE: Final = Text("表决有效", "the vote is quorate")
_INQUORATE: Final = Text("未达法定人数，不作决定", "no quorum, nothing is decided")
_CARRIED: Final = Text("通过", "carried")
_LOST: Final = Text("未通过", "lost")
_TIE: Final = Text("赞成与反对相等，未通过", "for and against are equal, lost")
_CAST_FOR: Final = Text(
    "赞成与反对相等，「{}」投决定票赞成，通过", 'for and against are equal, the casting vote of "{}" is for, carried'
)
_CAST_AGAINST: Final = Text(
    "赞成与反对相等，「{}」投决定票反对，未通过", 'for and against are equal, the casting vote of "{}" is against, lost'
)
_NOT_CAST: Final = Text(
    "赞成与反对相等，「{}」未投决定票，未通过", 'for and against are equal, "{}" gave no casting vote, lost'
)
_CAST_IN_VAIN: Final = Text(
    "「{}」的决定票只决定仅因平局而未通过的事项，在此不起作用，未通过",
    'the casting vote of "{}" decides only what a tie alone has failed, and has no effect here, lost',
)
_OF_A_TIE: Final = {Choice.FOR: _CAST_FOR, Choice.AGAINST: _CAST_AGAINST, None: _NOT_CAST}
_HAS_CASTING: Final = Text(
    "赞成与反对相等时，由「{}」投决定票。", ' Where for and against are equal, "{}" has the casting vote.'
)
_UNSUPPORTED: Final = Text("无人赞成，未通过", "nobody voted in favour, lost")
_NOBODY: Final = Text("无人有表决权，未通过", "nobody was entitled to vote, lost")
_VOID: Final = Text(
    "发出选票 {} 张，收回 {} 张，收回多于发出，表决无效",
    "{} ballots were issued and {} came back, more than were issued: the vote is void",
)
_COMMA: Final = Text("，", ", ")
_SEMICOLON: Final = Text("；", "; ")
_FOLLOWS: Final = Text("，", ": ")
_OR: Final = Text("；或", "; or ")
_BRACKETS: Final = Text("（{}）", "({})")
_JOINS: Final = Text("须同时符合：", " This joins: ")
_NUMBERED: Final = Text("（{}）{}", "({}) {}")
_SPACE: Final = Text("", " ")


def ruling_in_words(ruling: TellableRuling, language: Language, *, cited: bool = True) -> str:
    """The findings in the order of the rule, and what follows from each half; then, if asked, by what authority."""
    rule, tally, outcome = ruling.rule, ruling.tally, ruling.outcome
    source = authority(rule.sources, language) if cited else ""
    if outcome is Outcome.VOID:
        words = _VOID.say(language).format(tally.issued, tally.returned)
        return sentence(words, language) + source
    quorum, passage = halves_in_words(ruling, language)
    parts = [] if quorum is None else [quorum]
    if outcome is not Outcome.INQUORATE:
        parts.append(passage + _FOLLOWS.say(language) + _verdict(ruling).say(language))
    return sentence(_SEMICOLON.say(language).join(parts), language) + source


def halves_in_words(ruling: TellableRuling, language: Language) -> tuple[str | None, str]:
    """The findings of the quorum, with what follows from them, and those of the majority, with nothing yet.

    There is no first half where the rule asks for no quorum; the second is empty where the quorum is wanting.
    """
    rule, outcome = ruling.rule, ruling.outcome
    minutes, quorum = _Minutes(ruling.findings, ruling.tally, language), None
    if rule.quorum is not None:
        verdict = _quorum_verdict(rule.quorum, outcome).say(language)
        quorum = minutes.told(rule.quorum) + _FOLLOWS.say(language) + verdict
    return quorum, "" if outcome is Outcome.INQUORATE else minutes.told(rule.passage)


def _quorum_verdict(quorum: Condition, outcome: Outcome) -> Text:
    if outcome is Outcome.INQUORATE:
        return _INQUORATE
    at_a_meeting = any(term.figure is Figure.PRESENT for each in quorum.comparisons for term in each.left.terms)
    return _MEETING_QUORATE if at_a_meeting else _VOTE_QUORATE


def _verdict(ruling: TellableRuling) -> Text:
    holder = ruling.rule.casting
    if holder is not None and (ruling.by_tie or ruling.tally.casting is not None):
        words = _OF_A_TIE[ruling.casting] if ruling.by_tie else _CAST_IN_VAIN
        return Text(words.zh.format(holder), words.en.format(holder))
    if ruling.outcome is Outcome.CARRIED:
        return _CARRIED
    if ruling.unsupported:
        return _NOBODY if ruling.tally.get(ENTITLED) == 0 else _UNSUPPORTED
    return _TIE if ruling.by_tie else _LOST


class _Minutes:
    """Tells findings one after the other; a figure that was read out once is not read out again as a base."""

    def __init__(self, findings: tuple[Finding, ...], tally: Tally, language: Language) -> None:
        self._findings = iter(findings)
        self._tally = tally
        self._language: Language = language
        self._said: set[Where] = set()

    def told(self, condition: Condition) -> str:
        """A condition of the rule, with its findings in words."""
        if isinstance(condition, Comparison):
            return _COMMA.say(self._language).join(self._finding(next(self._findings)))
        return _joined(condition, [self.told(part) for part in condition.parts], self._language)

    def _finding(self, finding: Finding) -> Iterator[str]:
        comparison, language = finding.comparison, self._language
        base = list(self._base(comparison))
        yield from base
        yield from self._left(finding)
        if finding.nothing:
            yield _NOTHING.say(language)
            return
        sign = (_HOLDS if finding.holds else _FAILS)[comparison.sign].say(language)
        yield sign + self._right(finding, base_just_said=bool(base) and finding.part is Part.QUORUM)
        if not finding.holds and finding.needed is not None:
            words = (_BOUND if finding.needed_is_bound else _NEEDED)[comparison.sign].say(language)
            yield words.format(with_unit(finding.needed, comparison.measure, language))

    def _base(self, comparison: Comparison) -> Iterator[str]:
        """The figures on the right that the reader has not met yet; the left side is about to name its own."""
        if plain_figure(comparison.right) is not None:
            return
        about_to_be_said = {term.of for term in comparison.left.terms}
        for term in comparison.right.terms:
            if term.of not in self._said | about_to_be_said:
                yield self._read_out(term)

    def _left(self, finding: Finding) -> Iterator[str]:
        left, language = finding.comparison.left, self._language
        if (plain := plain_figure(left)) is not None:
            yield self._read_out(plain)
            return
        for term in left.terms:
            if term.of not in self._said:
                yield self._read_out(term)
        makes = Text(" 为 ", " makes ").say(language)
        yield said_sum(left, language) + makes + with_unit(finding.left, finding.comparison.measure, language)

    def _right(self, finding: Finding, *, base_just_said: bool) -> str:
        right, language = finding.comparison.right, self._language
        number = with_unit(finding.right, finding.comparison.measure, language)
        if not right.terms:
            return f" {number}"
        share = one_share(right)
        if share is None:
            words = " " + said_sum(right, language)
        elif base_just_said:
            words = f" {share.times}"
        else:
            words = _SPACE.say(language) + said_share(share, language)
        return words + ("" if language == "zh" else " ") + _BRACKETS.say(language).format(number)

    def _read_out(self, term: Term) -> str:
        self._said.add(term.of)
        number = self._tally.number(Amount((Term(Fraction(1), *term.of),)))
        return f"{said_count(term.of, self._language)} {with_unit(number, term.measure, self._language)}"


def _joined(condition: Condition, words: list[str], language: Language) -> str:
    """Several conditions as one: those that are joined themselves stand in brackets."""
    between = (_SEMICOLON if isinstance(condition, AllOf) else _OR).say(language)
    return between.join(
        _BRACKETS.say(language).format(word) if part.parts else word
        for part, word in zip(condition.parts, words, strict=True)
    )


def authority(sources: tuple[Citation, ...], language: Language) -> str:
    """Where it is written, as a sentence to be added."""
    if not sources:
        return ""
    said = _SEMICOLON.say(language).join(source.explain(language) for source in sources)
    return Text("依据：{}。", " Authority: {}.").say(language).format(said)


def sentence(words: str, language: Language) -> str:
    """Words as a sentence, with a capital and a full stop."""
    return words + "。" if language == "zh" else words[0].upper() + words[1:] + "."


def rule_in_words(rule: TellableRule, language: Language) -> str:
    """The rule itself: what must take part, and what carries; where it joins others, each of them too."""
    none = Text("不设", "none").say(language)
    asked = none if rule.quorum is None else condition_in_words(rule.quorum, language)
    words = Text("法定人数：{}。通过：{}。", "Quorum: {}. Carried by: {}.").say(language)
    said = words.format(asked, condition_in_words(rule.passage, language))
    if rule.by_no_objection:
        said += Text("无人赞成亦可通过。", " No vote in favour is needed.").say(language)
    if rule.casting is not None:
        said += _HAS_CASTING.say(language).format(rule.casting)
    if not rule.joined:
        return said + authority(rule.sources, language)
    each = [
        _NUMBERED.say(language).format(number, rule_in_words(part, language))
        for number, part in enumerate(rule.joined, start=1)
    ]
    return said + _JOINS.say(language) + _SPACE.say(language).join(each)


def condition_in_words(condition: Condition, language: Language) -> str:
    """A condition as a rule asks it, without a verdict: ``赞成超过到会 1/2``."""
    if not isinstance(condition, Comparison):
        return _joined(condition, [condition_in_words(part, language) for part in condition.parts], language)
    share = one_share(condition.right)
    if not condition.right.terms:
        right = " " + with_unit(condition.right.constant, condition.measure, language)
    elif share is None:
        right = " " + said_sum(condition.right, language)
    else:
        right = _SPACE.say(language) + said_share(share, language)
    return said_sum(condition.left, language) + _SPACE.say(language) + _HOLDS[condition.sign].say(language) + right
