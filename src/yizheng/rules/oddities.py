"""The oddities that a rule can allow, as values, and in words."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Final

import attrs

from yizheng.rules.algebra import Comparison
from yizheng.rules.figures import HEADS, Figure, Outcome
from yizheng.rules.naming import said_count, with_unit
from yizheng.rules.numerals import Number, number_in_words
from yizheng.rules.tally import Tally
from yizheng.rules.wording import TellableRule, condition_in_words
from yizheng.text import Language, Text
from yizheng.values import one_of

__all__ = ["Audit", "Oddity", "OddityKind"]


class OddityKind(enum.StrEnum):
    """What can be odd about a rule.

    Each is shown by two counts. In the first one everybody votes for or against, abstains, or stays away: is absent from
    a meeting, or silent in a vote in writing. It is a meeting where the rule asks who is present or absent. Of all such
    counts that show the oddity the smallest is taken: the one with the fewest votes in favour; among these the one with
    the fewest against; among these the one with the fewest abstentions.
    """

    NO_SHOW = "no_show"
    """Voting against carries what staying away would have stopped.

    One person stays away, and it is not carried; the same person votes against, and it is.
    """
    LEAVING = "leaving"
    """Leaving breaks the quorum, and stops what was about to be carried.

    One person is against, and it is carried; the same person leaves the meeting, and there is no quorum.
    """
    ABSTAINING = "abstaining"
    """An abstention counts as a vote against.

    One person is recused, and it is carried; the same person abstains, and it is lost, as it is by a vote against. There
    is a quorum each time.
    """
    ROUNDING = "rounding"
    """Rounding a threshold to a whole number would change the outcome; half is rounded up.

    It is carried, and with the rounded threshold it is not; or the other way round. In the second count one person does
    another thing, and that turns the outcome as rounding would; where no such person is found, it is the first again.
    Thresholds are looked at by which one figure by heads is held against a share of those entitled, present, taking part
    or voting validly.
    """
    UNREACHABLE = "unreachable"
    """It cannot be met by these members, whatever they do.

    All stay away, and it is not carried; all are in favour, and it is not carried either.
    """


@attrs.frozen
class Oddity:
    """Something odd that a rule allows, shown by two counts.

    Attributes:
        kind: what is odd.
        before: the first count.
        outcome: what the rule makes of it.
        after: the second count: what it is says the kind.
        outcome_after: what the rule makes of that.
        comparison: the comparison whose threshold is rounded, for ``ROUNDING``.
        threshold: what it is exactly in the first count.
        rounded: the nearest whole number, by which the first count would come out otherwise.
        smallest: whether the first count is the smallest that shows this; among many members of different weights or
            groups some example is given instead, and its words say so.
    """

    kind: OddityKind
    before: Tally
    outcome: Outcome
    after: Tally
    outcome_after: Outcome
    comparison: Comparison | None = None
    threshold: Number | None = None
    rounded: int | None = None
    smallest: bool = True

    def explain(self, language: Language) -> str:
        """What is odd, and the example; where it may not be the smallest, that is said.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        odd, example = _ODD[self.kind].say(language), (_EXAMPLE if self.smallest else _SOME_EXAMPLE).say(language)
        if self.comparison is not None and self.threshold is not None and self.rounded is not None:
            odd = odd.format(
                condition_in_words(self.comparison, language), number_in_words(self.threshold), self.rounded
            )
        if self.kind is OddityKind.ROUNDING:
            rounded = (_ROUNDED_AWAY if self.outcome is Outcome.CARRIED else _ROUNDED_IN).say(language)
            return odd + example.format(self._told(self.before, self.outcome, language), rounded, "")
        first = self._told(self.before, self.outcome, language)
        second = self._told(self.after, self.outcome_after, language)
        return odd + example.format(first, _THEN[self.kind].say(language), second)

    @staticmethod
    def _told(tally: Tally, outcome: Outcome, language: Language) -> str:
        counts = _SEPARATOR.say(language).join(_counted(tally, language))
        return counts + _SO.say(language) + _OUTCOME[outcome].say(language)


@attrs.frozen
class Audit:
    """What is odd about a rule in a vote of certain members; goes through its oddities.

    Attributes:
        rule: the rule.
        oddities: what was found, each kind once (rounding once for each comparison).
        undecided: what could be neither found nor excluded among so many members of different weights or groups.
    """

    rule: TellableRule
    oddities: tuple[Oddity, ...]
    undecided: tuple[OddityKind, ...] = ()

    def __iter__(self) -> Iterator[Oddity]:
        return iter(self.oddities)

    def __len__(self) -> int:
        return len(self.oddities)

    def find(self, kind: OddityKind | str) -> Oddity | None:
        """The first oddity of a kind, if there is one.

        Raises:
            InvalidValue: when there is no such kind.
        """
        wanted = one_of(OddityKind, kind)
        return next((each for each in self.oddities if each.kind is wanted), None)

    def explain(self, language: Language) -> str:
        """Every oddity, each on a line of its own, and what was left undecided.

        Raises:
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        lines = [each.explain(language) for each in self.oddities]
        lines += [_UNDECIDED.say(language).format(_NAME[kind].say(language)) for kind in self.undecided]
        return "\n".join(lines) or _NOTHING_ODD.say(language)


_NAME: Final = {
    OddityKind.NO_SHOW: Text("到会反对反而促成通过", "voting against carries"),
    OddityKind.LEAVING: Text("退席可致会议无效", "leaving breaks the quorum"),
    OddityKind.ABSTAINING: Text("弃权等同反对", "an abstention counts as against"),
    OddityKind.ROUNDING: Text("取整会改变结果", "rounding changes the outcome"),
    OddityKind.UNREACHABLE: Text("无法通过", "it cannot be met"),
}
_ODD: Final = {
    OddityKind.NO_SHOW: Text(
        "投反对票反而会使事项通过，不参加表决却能阻止它。",
        "Voting against can carry what staying away would have stopped.",
    ),
    OddityKind.LEAVING: Text(
        "有人退席，即可使会议达不到法定人数，阻止本可通过的事项。",
        "Leaving can break the quorum, and stop what was about to be carried.",
    ),
    OddityKind.ABSTAINING: Text("弃权与反对同效。", "An abstention counts as a vote against."),
    OddityKind.ROUNDING: Text(
        "取整会改变结果：“{}”的界限为 {}，四舍五入为 {}。",
        "Rounding would change the outcome: the threshold of “{}” is {}, and {} when rounded.",
    ),
    OddityKind.UNREACHABLE: Text(
        "按此名册，无论怎样投票都不能通过。", "These members cannot carry anything, however they vote."
    ),
}
_THEN: Final = {
    OddityKind.NO_SHOW: Text("其中一名未参加者改投反对票，", "one of those who stayed away votes against: "),
    OddityKind.LEAVING: Text("其中一名反对者退席，", "one of those against leaves: "),
    OddityKind.ABSTAINING: Text("此人不回避而弃权，", "the one recused abstains instead: "),
    OddityKind.UNREACHABLE: Text("全体赞成，", "all vote in favour: "),
}
_ROUNDED_AWAY: Final = Text("按取整后的界限则不能通过", "by the rounded threshold it would not be carried")
_ROUNDED_IN: Final = Text("按取整后的界限则会通过", "by the rounded threshold it would be carried")
_EXAMPLE: Final = Text("例：{}；{}{}。", " Example: {}; {}{}.")
_SOME_EXAMPLE: Final = Text("例（未必最小）：{}；{}{}。", " Example (perhaps not the smallest): {}; {}{}.")
_SEPARATOR: Final = Text("，", ", ")
_SO: Final = Text("，", ": ")
_OUTCOME: Final = {
    Outcome.CARRIED: Text("通过", "carried"),
    Outcome.LOST: Text("未通过", "lost"),
    Outcome.INQUORATE: Text("未达法定人数", "no quorum"),
}
_NOTHING_ODD: Final = Text("未发现异常。", "Nothing odd was found.")
_UNDECIDED: Final = Text("“{}”：成员各不相同，未能查清。", "“{}”: the members differ too much to find out.")
_READ_OUT: Final = (Figure.ENTITLED, Figure.PRESENT, Figure.FOR, Figure.AGAINST, Figure.ABSTAINING, Figure.RECUSED)


def _counted(tally: Tally, language: Language) -> Iterator[str]:
    others = sorted(measure for measure in tally.measures if measure != HEADS)
    for measure in (HEADS, *others):
        known = tally.measures[measure]
        groups = known.get("among", {})
        for group, counts in ((None, known), *sorted(groups.items())):
            for figure in _READ_OUT:
                number = counts.get(figure.value)
                if number is not None and (figure is not Figure.RECUSED or number):
                    where = (figure, measure, group)
                    yield f"{said_count(where, language)} {with_unit(number, measure, language)}"
