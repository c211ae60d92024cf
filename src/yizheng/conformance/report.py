"""What was found when records from elsewhere were held against a procedure: each departure, and what was not judged."""

from __future__ import annotations

import enum
from typing import Final

import attrs

from yizheng.citation import Citation
from yizheng.conformance.keeping import Demand
from yizheng.reasons import Reason
from yizheng.text import Language, Text, as_language, joined

__all__ = ["Conformity", "Departed", "Departure"]


class Departed(enum.StrEnum):
    """In what a record departs from a procedure."""

    REFUSED = "refused"
    """The procedure would have refused the entry."""
    OTHERWISE = "otherwise"
    """It would have been judged with another effect."""
    ELSEWHERE = "elsewhere"
    """It would have led elsewhere."""
    ORDER = "order"
    """It could not follow what came before."""
    MILESTONE = "milestone"
    """The case was carried out without a mandatory milestone."""
    DUTY = "duty"
    """A duty of the definition was not kept."""
    LATE = "late"
    """A duty was kept too late, or had not been kept when its time was over."""
    LAPSED = "lapsed"
    """It came about after the last day on which it may."""
    OFFICE = "office"
    """Somebody did it who may not."""
    UNJUDGED = "unjudged"
    """Whether it departs could not be judged, which is said where silence would be taken for an answer."""


@attrs.frozen(kw_only=True)
class Departure:
    """One departure.

    Attributes:
        code: in what.
        number: the number of the entry or row at which it is found: that which should not stand there, or the last one
            where something is missing.
        words: what is, and what was expected.
        case: the case, where the table is of several.
        citation: the article.
        reasons: why the entry would have been refused.
        demand: what was asked and not kept.
        expected: what a table could have shown there instead.
        differing: where an entry was judged otherwise, in what: the names of fields of its effect.
    """

    code: Departed
    number: int
    words: Text
    case: str | None = None
    citation: Citation | None = None
    reasons: tuple[Reason, ...] = ()
    demand: Demand | None = None
    expected: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()

    def explain(self, language: Language) -> str:
        """The departure as a sentence, with the entry and the authority.

        Raises:
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        chinese = as_language(language) == "zh"
        where = f"第{self.number}条" if chinese else f"entry {self.number}"
        if self.case is not None:
            where = f"{self.case}，{where}" if chinese else f"{self.case}, {where}"
        said = f"{where}：{self.words.zh}" if chinese else f"{where}: {self.words.en}"
        if self.citation is None or self.reasons:  # reasons name their authority themselves
            return said
        basis = self.citation.explain(language)
        return f"{said}（依据：{basis}）" if chinese else f"{said} (by {basis})"


@attrs.frozen(kw_only=True)
class Conformity:
    """What was found in a record, or in a table of several.

    Attributes:
        entries: how many entries or rows there were.
        cases: how many cases.
        departures: every departure, in the order of the entries.
        unknown: the numbers of the rows whose activity means nothing in the procedure.
        unfinished: the numbers of the rows that tell of an activity that was only planned or begun.
        apart: the numbers of the rows that belong to no case, in a table of cases.
        unplaced: the numbers of the rows whose actor is no office of the procedure, nor anybody of whom it was said which
            office they hold: whether they may do it was not judged.
        unjudged: the numbers of the entries that could not be judged: what was withheld or destroyed, what belongs to several
            records, and what comes after an entry that cannot be followed.
        blank: the cases of a table none of whose rows could be judged.
        unseen: what was not judged at all, since the table would not show it.
    """

    entries: int
    cases: int = 1
    departures: tuple[Departure, ...] = ()
    unknown: tuple[int, ...] = ()
    unfinished: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    unplaced: tuple[int, ...] = ()
    unjudged: tuple[int, ...] = ()
    blank: tuple[str, ...] = ()
    unseen: tuple[Demand, ...] = ()

    @property
    def judged(self) -> int:
        """How many entries or rows were judged at all."""
        return self.entries - len({*self.unknown, *self.unfinished, *self.apart, *self.unjudged})

    @property
    def conforms(self) -> bool:
        """Whether it was shown to conform: nothing departs, and nothing that could depart was left unjudged.

        A row without a case (``apart``) that means something here, an actor who could not be placed (``unplaced``), an entry that could not be judged
        again (``unjudged``) and a case without a row that means anything (``blank``) may each depart, so that nothing is
        claimed where there is one. Where ``departures`` is empty and this is not so, the record was not found to depart, and
        not shown to conform either. Rows of other activities, and those of what was only planned, claim nothing themselves.
        """
        apart = set(self.apart).difference(self.unknown, self.unfinished)
        left_open = self.departures or apart or self.unplaced or self.unjudged or self.blank
        return not left_open and self.judged > 0

    def explain(self, language: Language) -> str:
        """What was found, a line each; and what was not judged.

        Raises:
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        chinese = as_language(language) == "zh"
        found = len(self.departures)
        head = _HEAD.say(language).format(entries=self.entries, cases=self.cases, found=found)
        nothing = [] if self.judged else [_NOTHING.say(language)]
        if self.judged and not self.departures and not self.conforms:
            nothing = [_UNSHOWN.say(language)]
        lines = [head, *nothing, *(departure.explain(language) for departure in self.departures)]
        for numbers, words in (
            (self.unknown, _UNKNOWN),
            (self.unfinished, _UNFINISHED),
            (self.apart, _APART),
            (self.unplaced, _UNPLACED),
            (self.unjudged, _UNJUDGED),
        ):
            if numbers:
                listed = ("、" if chinese else ", ").join(map(str, numbers[:_TOLD])) + (
                    "…" if len(numbers) > _TOLD else ""
                )
                lines.append(words.say(language).format(numbers=listed, count=len(numbers)))
        if self.blank:
            cases = joined([*self.blank[:_TOLD]], language) + ("…" if len(self.blank) > _TOLD else "")
            lines.append(_BLANK.say(language).format(count=len(self.blank), cases=cases))
        lines += [_UNSEEN.say(language).format(demand=demand.explain(language)) for demand in self.unseen]
        return "\n".join(lines)


_TOLD: Final = 20
_HEAD: Final = Text(
    "{cases}个案件、{entries}条记录，{found}处不符", "{cases} cases, {entries} entries: {found} departures"
)
_NOTHING: Final = Text(
    "没有一条可以判断，不能说它符合本程序",
    "nothing of it could be judged, so that it cannot be said to conform",
)
_UNSHOWN: Final = Text(
    "未见不符，但有未能判断的内容，不能说它符合本程序",
    "nothing was found to depart, and not everything could be judged, so that it cannot be said to conform",
)
_BLANK: Final = Text(
    "没有一行可以判断的案件，共{count}个：{cases}", "{count} cases without a row that could be judged: {cases}"
)
_UNPLACED: Final = Text(
    "办理人不是本程序的职务，也未说明其担任何职，是否有权办理未作判断，共{count}条：{numbers}",
    "{count} by somebody who is no office of the procedure and of whom no office was said; whether they may was not "
    "judged: {numbers}",
)
_UNKNOWN: Final = Text(
    "本程序中没有对应的活动，共{count}条：{numbers}", "{count} of activities that mean nothing here: {numbers}"
)
_UNFINISHED: Final = Text("仅为计划或开始，共{count}条：{numbers}", "{count} planned or begun only: {numbers}")
_APART: Final = Text("不属于任何案件，共{count}条：{numbers}", "{count} that belong to no case: {numbers}")
_UNJUDGED: Final = Text("无法重新判断，共{count}条：{numbers}", "{count} that could not be judged again: {numbers}")
_UNSEEN: Final = Text("表中看不出，未作判断：{demand}", "not shown by the table, and not judged: {demand}")
