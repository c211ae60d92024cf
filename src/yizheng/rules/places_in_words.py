"""Quotas in words: who ranked how, with which number, and what a matter got or did not get."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from yizheng.rules.figures import HEADS
from yizheng.rules.naming import said_sum, with_unit
from yizheng.rules.ties import Step
from yizheng.rules.wording import authority, sentence
from yizheng.text import Language, Text

if TYPE_CHECKING:
    from yizheng.rules.quotas import Filling, Placing, Quota, Standing

__all__ = ["filling_in_words", "placing_in_words", "quota_in_words"]

_HEAD: Final = Text(
    "批次“{batch}”的事项竞争 {seats} 个名额，按“{by}”排名",
    'in batch {batch}, matters compete for {seats} places, ranked by "{by}"',
)
_WHOLE: Final = Text("名额 {seats} 个，按“{by}”排名", 'places to fill: {seats}, ranked by "{by}"')
_RANKED: Final = Text(
    "本事项{met}：{number}，在 {contenders} 项中排第 {rank}",
    "this matter{met} has {number}, rank {rank} of {contenders}",
)
_MET: Final = Text("本身符合通过条件", ", which satisfies its rule,")
_PLACED: Final = Text("取得名额", "it gets a place")
_DRAWN: Final = Text(
    "与其他事项并列，争 {contested} 个名额，抽签取得名额（{evidence}）",
    "equal with others for {contested} places, it gets a place by lot ({evidence})",
)
_NOT_DRAWN: Final = Text(
    "与其他事项并列，争 {contested} 个名额，抽签未中（{evidence}），未取得名额",
    "equal with others for {contested} places, it was not drawn by lot ({evidence}) and gets no place",
)
_OUTRANKED: Final = Text(
    "取得名额的至少为 {least}，未取得名额", "the least that got a place is {least}, so it gets no place"
)
_NONE_GOT: Final = Text("这次没有事项取得名额，未取得名额", "nobody gets a place by this, nor does it")
_NONE_LEFT: Final = Text("名额已满，未取得名额", "no place is left, so it gets none")
_TIED: Final = {
    Step.REVOTE: Text(
        "与其他事项并列，争 {contested} 个名额，在并列者中再次表决",
        "equal with others for {contested} places, it is voted on again together with them",
    ),
    Step.VACANT: Text(
        "与其他事项并列，争 {contested} 个名额，名额空缺，未取得名额",
        "equal with others for {contested} places, which stay empty, it gets no place",
    ),
    None: Text(
        "与其他事项并列，争 {contested} 个名额，没有规则规定如何处理，未取得名额",
        "equal with others for {contested} places, and no rule says what follows from that, it gets no place",
    ),
}
_UNMET: Final = Text(
    "本事项未符合通过条件，不参加排名", "this matter does not satisfy its rule, so it does not compete"
)
_UNDECIDED: Final = Text(
    "本事项的表决没有作出决定，不参加排名", "the vote on this matter decides nothing, so it does not compete"
)
_LINE: Final = Text("第 {rank} 名{item}：{number}，{award}", "{rank}. {item}: {number}, {award}")
_UNRANKED: Final = Text("不参加排名的{item}：{award}", "not ranked: {item}, {award}")
_AWARDS: Final = {
    "placed": Text("取得名额", "a place"),
    "outranked": Text("未取得名额", "no place"),
    "tied": Text("并列", "tied"),
    "unmet": Text("未符合通过条件", "the rule is not met"),
    "undecided": Text("没有作出决定", "nothing was decided"),
}
_EDGE: Final = Text("并列者争 {contested} 个名额，{step}", "The tied compete for {contested} places: {step}")
_STEPS: Final = {
    Step.REVOTE: Text("在并列者中再次表决", "they are voted on again"),
    Step.VACANT: Text("名额空缺", "these stay empty"),
    Step.LOT: Text("抽签决定（{evidence}）", "drawn by lot ({evidence})"),
    None: Text(
        "没有规则规定如何处理，并列者均不取得名额", "no rule says what follows from that, and none of them gets one"
    ),
}
_QUOTA: Final = Text(
    "各事项竞争 {seats} 个名额，按“{by}”排名；最后名额并列的，{tie}",
    'the matters compete for {seats} places, ranked by "{by}"; where some are tied for the last places, {tie}',
)
_IF_TIED: Final = {
    Step.REVOTE: Text("在并列者中再次表决", "they are voted on again"),
    Step.VACANT: Text("名额空缺", "these stay empty"),
    Step.LOT: Text("由抽签决定", "a lot decides"),
    None: Text("没有规则规定如何处理，均不取得名额", "no rule says what follows from that, and none of them gets one"),
}
_COMMA: Final = Text("，", "; ")
_COLON: Final = Text("：", ": ")
_BETWEEN: Final = Text("", " ")
_BY: Final = Text("（依据：{}）", " (by {})")


def quota_in_words(quota: Quota, language: Language) -> str:
    """How many places there are, who gets them, and what follows from a tie."""
    tie = _IF_TIED[quota.edge].say(language) + _edge_source(quota, language)
    words = _QUOTA.say(language).format(seats=quota.seats, by=said_sum(quota.by, language), tie=tie)
    return sentence(words, language) + _authority(quota, language)


def placing_in_words(placing: Placing, language: Language) -> str:
    """One sentence for the record of one matter, then by what authority the places are so many."""
    quota, standing = placing.quota, placing.standing
    by = said_sum(quota.by, language)
    head = _HEAD.say(language).format(batch=placing.batch, seats=placing.seats, by=by)
    if standing.rank is None:
        words = (_UNMET if standing.number is not None else _UNDECIDED).say(language)
    else:
        ranked = _RANKED.say(language).format(
            met=_MET.say(language),
            number=_number(quota, standing.number, language),
            rank=standing.rank,
            contenders=placing.contenders,
        )
        words = ranked + _COMMA.say(language) + _got(placing, language)
    words = head + _COLON.say(language) + words
    return sentence(words, language) + _authority(quota, language)


def _got(placing: Placing, language: Language) -> str:
    """What a matter that competed got."""
    contested, got = placing.contested, placing.award == "placed"
    if contested is not None:
        if placing.lot is None:
            words = _TIED[placing.quota.edge].say(language).format(contested=contested)
        else:
            evidence = placing.lot.evidence.say(language)
            words = (_DRAWN if got else _NOT_DRAWN).say(language).format(contested=contested, evidence=evidence)
        return words + _edge_source(placing.quota, language)
    if got:
        return _PLACED.say(language)
    if placing.least is None:
        return (_NONE_GOT if placing.seats else _NONE_LEFT).say(language)
    return _OUTRANKED.say(language).format(least=_number(placing.quota, placing.least, language))


def filling_in_words(filling: Filling, language: Language) -> str:
    """A sentence for each matter, from the first to the last, and what follows from a tie."""
    quota, edge = filling.quota, filling.at_edge
    words = _WHOLE.say(language).format(seats=filling.seats, by=said_sum(quota.by, language))
    said = [sentence(words, language)]
    said += [
        sentence(_line(quota, item, each, language), language)
        for item, each in sorted(filling.standings.items(), key=_by_rank)
    ]
    if edge.tied:
        evidence = "" if filling.lot is None else filling.lot.evidence.say(language)
        step = _STEPS[quota.edge].say(language).format(evidence=evidence)
        words = _EDGE.say(language).format(contested=edge.contested, step=step)
        said.append(sentence(words + _edge_source(quota, language), language))
    return _BETWEEN.say(language).join(said) + _authority(quota, language)


def _by_rank(standing: tuple[str, Standing]) -> tuple[bool, int, str, str]:
    item, each = standing
    return each.rank is None, each.rank or 0, each.award.value, item


def _line(quota: Quota, item: str, standing: Standing, language: Language) -> str:
    award = _AWARDS[standing.award.value].say(language)
    if standing.rank is None:
        return _UNRANKED.say(language).format(item=item, award=award)
    number = _number(quota, standing.number, language)
    return _LINE.say(language).format(rank=standing.rank, item=item, number=number, award=award)


def _number(quota: Quota, number: Fraction | None, language: Language) -> str:
    assert number is not None
    return with_unit(number, quota.by.measure or HEADS, language)


def _edge_source(quota: Quota, language: Language) -> str:
    cited = quota.edge_citation
    return "" if cited is None else _BY.say(language).format(cited.explain(language))


def _authority(quota: Quota, language: Language) -> str:
    return "" if quota.citation is None else authority((quota.citation,), language)
