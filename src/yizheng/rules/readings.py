"""Both readings of a vote in which the silent may count for something, in words."""

from __future__ import annotations

from typing import Final, Protocol

from yizheng.rules.deeming import Deeming, found
from yizheng.rules.figures import HEADS, Figure
from yizheng.rules.naming import with_unit
from yizheng.rules.numerals import whole_or_exact
from yizheng.rules.silence import Deemed, SilencePolicy
from yizheng.rules.tally import Tally
from yizheng.rules.wording import TellableRuling, ruling_in_words
from yizheng.text import Language, Text, joined

__all__ = ["TwoReadings", "readings_in_words"]


class TwoReadings(TellableRuling, Protocol):
    """What of a ruling with silence is told."""

    @property
    def otherwise(self) -> TellableRuling | None: ...  # noqa: D102  # as in the ruling
    @property
    def by_silence(self) -> bool: ...  # noqa: D102


_SIDES: Final = {
    Figure.FOR: Text("赞成", "in favour"),
    Figure.AGAINST: Text("反对", "against"),
    Figure.ABSTAINING: Text("弃权", "abstaining"),
}
_DEEMED: Final = Text(
    "上述数字中，已送达而未表决的 {served}{how}计为{side}（依据：{basis}）{unserved}。",
    " Of these figures, {served} served and silent count as {side}{how} (by {basis}){unserved}.",
)
_FOLLOWING: Final = Text("，随多数意见，", ", following the majority")
_UNSERVED: Final = Text(
    "；未送达或不能表决的 {number} 人不视为作出表示",
    "; {number} who were not served or could not vote are deemed nothing",
)
_WHY_NOT: Final = {
    Deeming.NOT_TAKING_PART: Text(
        "未表决者不计入参与表决（依据：{basis}）。",
        " Those who did not vote are not counted as taking part (by {basis}).",
    ),
    Deeming.NOBODY: Text(
        "未表决者均未送达、尚不能表决，或无人未表决，不视为作出表示（依据：{basis}）。",
        " Nobody who was served and could vote was silent, so that nobody is deemed to have voted (by {basis}).",
    ),
    Deeming.UNKNOWN: Text(
        "没有记录谁投了票，无从知道谁未表决，不视为作出表示（依据：{basis}）。",
        " Nobody noted who voted, so that nobody knows who was silent, and nobody is deemed to have voted (by {basis}).",
    ),
    Deeming.FLOOR: Text(
        "实际表决未达到可以“视为”的下限，未表决者不视为作出表示（依据：{basis}）。",
        " Too few ballots were really cast for the silent to be deemed anything (by {basis}).",
    ),
    Deeming.TIE: Text(
        "实际表决中赞成与反对相等，没有多数意见可随，未表决者不视为作出表示（本库推断）（依据：{basis}）。",
        " Of the ballots really cast as many are for as against: there is no majority to follow, and the silent are "
        "deemed nothing (inferred) (by {basis}).",
    ),
    Deeming.DISAGREE: Text(
        "实际表决中各计量的多数意见不一致，未表决者不视为作出表示（本库推断）（依据：{basis}）。",
        " The measures do not agree on the majority of the ballots really cast, and the silent are deemed nothing "
        "(inferred) (by {basis}).",
    ),
}
_SAME: Final = Text(
    "只计实际表决，结果相同：{words}", " Counting only the ballots really cast, the outcome is the same: {words}"
)
_DECIDES: Final = Text(
    "只计实际表决，结果不同，本次结果取决于未表决者被视为的表示：{words}",
    " Counting only the ballots really cast, the outcome is another, so that the deemed votes decide it: {words}",
)


def readings_in_words(ruling: TwoReadings, language: Language) -> str:
    """What was made of silence, and the ruling without it; empty where no policy was applied."""
    deemed, came = ruling.tally.deemed, found(ruling.tally)
    if deemed is None or came is None:
        return ""
    basis = deemed.silence.basis.explain(language)
    if came is not Deeming.DEEMED or deemed.mark is None:
        return _WHY_NOT[came].say(language).format(basis=basis)
    following = deemed.silence.policy is SilencePolicy.MAJORITY
    told = _DEEMED.say(language).format(
        served=_served(deemed, language),
        how=_FOLLOWING.say(language) if following else "",
        side=_SIDES[deemed.mark].say(language),
        basis=basis,
        unserved=_unserved(ruling.tally, deemed, language),
    )
    assert ruling.otherwise is not None  # somebody was deemed to have voted
    words = ruling_in_words(ruling.otherwise, language, cited=False)
    return told + (_DECIDES if ruling.by_silence else _SAME).say(language).format(words=words)


def _served(deemed: Deemed, language: Language) -> str:
    measures = sorted(deemed.served, key=lambda measure: (measure != HEADS, measure))
    heads = Text(" 人", "")
    said: list[str] = []
    for measure in measures:
        number = deemed.number(measure)
        words = with_unit(whole_or_exact(number.numerator, number.denominator), measure, language)
        said.append(words + heads.say(language) if measure == HEADS else words)
    return joined(said, language)


def _unserved(tally: Tally, deemed: Deemed, language: Language) -> str:
    silent = tally.as_cast.heads(Figure.SILENT)
    number = 0 if silent is None else silent - deemed.number(HEADS)
    return _UNSERVED.say(language).format(number=number) if number else ""
