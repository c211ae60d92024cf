"""Duties of a procedure, by the templates of DECLARE: what must happen, in which order, and within which time.

A duty speaks of **milestones**, which are written as strings:

========================= ==========================================================
``"resolve"``             the stage was entered
``"resolve.carried"``     the stage ended with that outcome, or turned back within itself by it (``"resolve.recalled"``)
``"disclose:post"``       that kind of action was accepted in the stage
``"carried_out"``         the case ended so
========================= ==========================================================

One entry of a record brings about several of them, in this order: the action, the outcome, the stage or end to which it
leads (:func:`brought`). A milestone may be given as several names: then each of them counts.

**What is next.** A duty is held against the milestones of the sorts that it names, and sees no others
(:func:`seen_by`): where it speaks of two stages, the outcomes between them are not there, so that "immediately after"
means the next stage; where it speaks of an outcome and a stage, it means the stage to which the outcome leads. What may
be done anywhere and leads nowhere (a note, an attachment, a correction of an entry) is no milestone.

**When it is judged.** A duty is judged where the case ends, as LTL over finite traces has it: what is still owed then
was not kept. ``ends`` says at which ends it is asked for; left out, at all of them, also where the matter was withdrawn.

**Time.** ``within`` gives a duty a period, in dated editions: the one in force on the day on which it begins counts.
What a period is reckoned from is said by ``timed``.

The templates and their names are those of DECLARE (Pesic, Schonenberg and van der Aalst, 2007; with the meaning over
finite traces of De Giacomo, De Masellis and Montali, 2014). That several names may stand for one, ``since`` and ``ends``
are additions of this library.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from yizheng.calendar import Period
from yizheng.canonical import Kept
from yizheng.citation import Citation
from yizheng.codec import build, dump, said
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.procedure.outcomes import in_words
from yizheng.stages import OrderCorrection, Withdraw
from yizheng.stages.base import as_periods
from yizheng.text import Language, Text, as_language, as_text
from yizheng.values import FrozenMap, all_of, count, mapping, name, one, optional_instance_of

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure

__all__ = [
    "OTHER",
    "TEMPLATES",
    "A",
    "Absence",
    "AlternatePrecedence",
    "AlternateResponse",
    "AlternateSuccession",
    "AtMost",
    "Automaton",
    "B",
    "ChainPrecedence",
    "ChainResponse",
    "ChainSuccession",
    "Choice",
    "CoExistence",
    "Exactly",
    "ExclusiveChoice",
    "Existence",
    "Init",
    "Last",
    "NotChainSuccession",
    "NotCoExistence",
    "NotSuccession",
    "Precedence",
    "RespondedExistence",
    "Response",
    "Sort",
    "Succession",
    "Template",
    "Timed",
    "as_duties",
    "brought",
    "duty_from_data",
    "duty_to_data",
    "seen_by",
    "so_often",
    "sort_of",
    "told",
]

OTHER: Final = 0
"""The letter of a milestone that a duty sees and does not name."""
A: Final = 1
"""The letter of what a duty names first."""
B: Final = 2
"""The letter of what it names second."""

MOST: Final = 100
"""The largest number that a duty counts to."""


class Sort(enum.IntEnum):
    """What a milestone is."""

    STAGE = 0
    """A stage was entered."""
    OUTCOME = 1
    """A stage ended with an outcome, or was turned back within itself."""
    ACTION = 2
    """An action was accepted."""
    END = 3
    """The case ended."""


class Timed(enum.StrEnum):
    """From when the period of a duty is reckoned."""

    OPENING = "opening"
    """From the opening of the case to the occurrence that is asked for, the last one where several are."""
    RESPONSE = "response"
    """From each ``a`` to the first ``b`` that follows it."""
    PRECEDENCE = "precedence"
    """From the latest ``a`` to each ``b`` that follows it."""


@attrs.frozen
class Automaton:
    """What a duty accepts: one small deterministic automaton over the letters ``OTHER``, ``A`` and ``B``.

    It starts in state 0 with the opening, before the first stage is entered.

    Attributes:
        steps: for each state, the state to which each letter leads.
        kept: for each state, whether the duty is kept where the case ends now.
        broken: for each state, whether it cannot be kept any more, whatever follows.
        settled: for each state, whether it cannot be broken any more.
    """

    steps: tuple[tuple[int, int, int], ...]
    kept: tuple[bool, ...]
    broken: tuple[bool, ...] = attrs.field(init=False)
    settled: tuple[bool, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "broken", self._never_comes_to(kept=True))
        object.__setattr__(self, "settled", self._never_comes_to(kept=False))

    def _never_comes_to(self, *, kept: bool) -> tuple[bool, ...]:
        """For each state, whether none in which the duty is kept, or is not, can follow."""
        coming = {state for state, each in enumerate(self.kept) if each is kept}
        while more := {
            state for state, to in enumerate(self.steps) if state not in coming and not coming.isdisjoint(to)
        }:
            coming |= more
        return tuple(state not in coming for state in range(len(self.steps)))

    def run(self, letters: Iterable[int], state: int = 0) -> int:
        """The state after letters, from a state."""
        for letter in letters:
            state = self.steps[state][letter]
        return state


def _automaton(kept: str, *steps: tuple[int, int, int]) -> Automaton:
    """From its states: ``+`` or ``-`` for whether it is kept there, and the three states to which its letters lead."""
    return Automaton(steps, tuple(sign == "+" for sign in kept))


@lru_cache(maxsize=256)
def _counting(least: int, most: int | None) -> Automaton:
    """How often ``a`` comes, at least and at most; ``b`` begins the count anew, and one too many stays so."""
    top = least if most is None else most + 1
    rows = tuple((seen, seen + 1, 0) for seen in range(top))
    kept = tuple(least <= seen and (most is None or seen <= most) for seen in range(top + 1))
    return Automaton((*rows, (top, top, top)), kept)


#                    kept     state 0  state 1  … : where OTHER, A and B lead
_AUTOMATA: Final[Mapping[str, Automaton]] = FrozenMap(
    init=_automaton("-+-", (2, 1, 2), (1, 1, 1), (2, 2, 2)),
    last=_automaton("-+", (0, 1, 0), (0, 1, 0)),
    choice=_automaton("-+", (0, 1, 1), (1, 1, 1)),
    exclusive_choice=_automaton("-++-", (0, 1, 2), (1, 1, 3), (2, 3, 2), (3, 3, 3)),
    responded_existence=_automaton("+-+", (0, 1, 2), (1, 1, 2), (2, 2, 2)),
    co_existence=_automaton("+--+", (0, 1, 2), (1, 1, 3), (2, 3, 2), (3, 3, 3)),
    not_co_existence=_automaton("+++-", (0, 1, 2), (1, 1, 3), (2, 3, 2), (3, 3, 3)),
    response=_automaton("+-", (0, 1, 0), (1, 1, 0)),
    precedence=_automaton("++-", (0, 1, 2), (1, 1, 1), (2, 2, 2)),
    succession=_automaton("+-+-", (0, 1, 3), (1, 1, 2), (2, 1, 2), (3, 3, 3)),
    not_succession=_automaton("++-", (0, 1, 0), (1, 1, 2), (2, 2, 2)),
    alternate_response=_automaton("+--", (0, 1, 0), (1, 2, 0), (2, 2, 2)),
    alternate_precedence=_automaton("++-", (0, 1, 2), (1, 1, 0), (2, 2, 2)),
    alternate_succession=_automaton("+--", (0, 1, 2), (1, 2, 0), (2, 2, 2)),
    chain_response=_automaton("+--", (0, 1, 0), (2, 2, 0), (2, 2, 2)),
    chain_precedence=_automaton("++-", (0, 1, 2), (0, 1, 0), (2, 2, 2)),
    chain_succession=_automaton("+--", (0, 1, 2), (2, 2, 0), (2, 2, 2)),
    not_chain_succession=_automaton("++-", (0, 1, 0), (0, 1, 2), (2, 2, 2)),
)
"""Every template of two, and those of one that count nothing."""


_LEADING_AWAY: Final = frozenset({Withdraw.kind, OrderCorrection.kind})
"""What may be done anywhere and leads somewhere."""


def sort_of(milestone: str, procedure: Procedure) -> Sort | None:
    """What a milestone is in a procedure; ``None`` where there is no such stage, outcome, action or end in it."""
    if milestone in procedure.order:
        return Sort.STAGE
    if milestone in procedure.end_ids:
        return Sort.END
    stage_id, _, outcome = milestone.partition(".")
    if outcome and stage_id in procedure.order:
        stage = procedure.stage(stage_id)
        return Sort.OUTCOME if outcome in stage.ends or outcome in stage.turns else None
    stage_id, _, action = milestone.rpartition(":")
    if stage_id in procedure.order:
        here = {each.kind for following in procedure.stage(stage_id).phases.values() for each in following}
        return Sort.ACTION if action in here | _LEADING_AWAY else None
    return None


def brought(stage: str, action: str, outcome: str | None, target: str | None) -> tuple[str, ...]:
    """The milestones that one entry brings about, in their order.

    Args:
        stage: where it was done.
        action: its kind.
        outcome: the outcome or the turn by which it led on, if it did.
        target: the stage that was entered by it, the same one anew among them, or the end; ``None`` where the case stays
            in the stage.
    """
    found = [f"{stage}:{action}"]
    if outcome is not None:
        found.append(f"{stage}.{outcome}")
    return (*found, target) if target is not None else tuple(found)


def seen_by(duty: Template, procedure: Procedure) -> frozenset[Sort]:
    """The sorts of milestones that a duty sees in a procedure: those that it names."""
    sorts = (sort_of(each, procedure) for each in duty.milestones)
    return frozenset(sort for sort in sorts if sort is not None)


def _milestones(values: Any) -> tuple[str, ...]:
    found = tuple(name(each, "a milestone") for each in all_of(str, values, "milestones"))
    if not found:
        raise InvalidValue('a duty names no milestone; write one, such as "resolve.carried"')
    return tuple(dict.fromkeys(found))


def _since(values: Any) -> tuple[str, ...]:
    taken = all_of(str, values, "since")
    return _milestones(taken) if taken else ()


def _ends(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name(each, "an end") for each in all_of(str, values, "ends")))


def _times(value: int) -> int:
    times = count(value)
    if times > MOST:
        raise InvalidValue(f"a duty counts to {MOST} at most, not to {shown(times)}")
    return times


def _once_or_more(value: int) -> int:
    if not (times := _times(value)):
        raise InvalidValue("a duty asks for one occurrence or more; Absence says that there is none")
    return times


@attrs.frozen
class Template:
    """What all templates have in common; a duty is one of them, filled in.

    Attributes:
        words: how the source says it; left out, it is told from its parts.
        source: where it is written.
        within: in which time, in dated editions; only where ``timed`` says from when.
        ends: the ends at which it is asked for; left out, all of them.
    """

    template: ClassVar[str]
    """The lasting name of the template."""
    saying: ClassVar[Text]
    """What it asks for, with ``{a}`` and ``{b}``."""
    timed: ClassVar[Timed | None] = None
    """From when its period is reckoned; ``None`` where it takes none."""

    words: Text | None = attrs.field(default=None, converter=attrs.converters.optional(as_text), kw_only=True)
    source: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation), kw_only=True)
    within: tuple[Period, ...] = attrs.field(default=(), converter=as_periods, kw_only=True)
    ends: tuple[str, ...] = attrs.field(default=(), converter=_ends, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults: list[str] = []
        if self.within and self.timed is None:
            taking = ", ".join(each.__name__ for each in TEMPLATES.values() if each.timed is not None)
            faults.append(f"{type(self).__name__} takes no time; those that do are {taking}")
        if both := sorted(set(self.first) & set(self.second)):
            faults.append(f"{type(self).__name__} names {both[0]} on both sides; give it two different milestones")
        InvalidValue.raise_all(faults)

    @property
    def first(self) -> tuple[str, ...]:
        """The milestones that count as ``a``."""
        found: tuple[str, ...] = getattr(self, "a", ())
        return found

    @property
    def second(self) -> tuple[str, ...]:
        """The milestones that count as ``b``; none where the template has one side."""
        found: tuple[str, ...] = getattr(self, "b", ())
        return found

    @property
    def milestones(self) -> tuple[str, ...]:
        """Every milestone that it names."""
        return (*self.first, *self.second)

    def letter(self, milestone: str) -> int:
        """``A``, ``B`` or ``OTHER``, for a milestone that it sees.

        Raises:
            InvalidType: when it is no string.
        """
        one(str, milestone, "a milestone")
        return A if milestone in self.first else B if milestone in self.second else OTHER

    @property
    def automaton(self) -> Automaton:
        """What it accepts."""
        return _AUTOMATA[self.template]

    def explain(self, language: Language, procedure: Procedure | None = None) -> str:
        """The duty as a sentence.

        Args:
            language: of the sentence.
            procedure: by whose titles the milestones are called; left out, they stand as they are written.

        Raises:
            InvalidType: when the language is no string, or the procedure none.
            InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
        """
        as_language(language)
        if procedure is not None and not isinstance(procedure, Kept):
            raise InvalidType(f"the procedure is {shown(procedure)}; a Procedure was expected")
        if self.words is not None:
            return self.words.say(language)
        said_of = {"a": _called(self.first, language, procedure), "b": _called(self.second, language, procedure)}
        figures = {figure: so_often(times).say(language) for figure, times in self._figures().items()}
        told = self.saying.say(language).format(**said_of, **figures)
        return told + self._in_time(language) + self._at_ends(language, procedure)

    def _figures(self) -> Mapping[str, int]:
        return {}

    def _in_time(self, language: Language) -> str:
        if not self.within or self.timed is None:
            return ""
        periods = (" 或 " if language == "zh" else " or ").join(each.explain(language) for each in self.within)
        return _TIMED[self.timed].say(language).format(period=periods)

    def _at_ends(self, language: Language, procedure: Procedure | None) -> str:
        if not self.ends:
            return ""
        return (
            Text("（限于{ends}时）", " (asked for where {ends})")
            .say(language)
            .format(ends=_called(self.ends, language, procedure))
        )


_TIMED: Final[Mapping[Timed, Text]] = FrozenMap(
    {
        Timed.OPENING: Text("，自立案起{period}内", ", within {period} of the opening"),
        Timed.RESPONSE: Text("，在{period}内", ", within {period}"),
        Timed.PRECEDENCE: Text("，且前者不早于{period}之前", ", and no more than {period} after it"),
    }
)

_SORTS: Final[Mapping[Sort, Text]] = FrozenMap(
    {
        Sort.STAGE: Text("进入“{where}”", "“{where}” is entered"),
        Sort.OUTCOME: Text("“{where}”得出“{what}”", "“{where}” comes to “{what}”"),
        Sort.ACTION: Text("在“{where}”办理“{what}”", "“{what}” is done in “{where}”"),
        Sort.END: Text("以“{where}”结案", "the case ends as “{where}”"),
    }
)


def so_often(times: int) -> Text:
    """How often, in words."""
    return Text(f" {times} 次", {1: "once", 2: "twice"}.get(times, f"{times} times"))


def _called(milestones: tuple[str, ...], language: Language, procedure: Procedure | None) -> str:
    return (" 或 " if language == "zh" else " or ").join(told(each, language, procedure) for each in milestones)


def told(milestone: str, language: Language, procedure: Procedure | None = None) -> str:
    """A milestone in words, by the titles of a procedure; without one, as it is written."""
    sort = None if procedure is None else sort_of(milestone, procedure)
    if procedure is None or sort is None:
        return f"“{milestone}”"
    if sort is Sort.END:
        title = next(end.title for end in procedure.ends if end.id == milestone)
        return _SORTS[sort].say(language).format(where=title.say(language))
    stage_id, what = milestone, ""
    if sort is Sort.OUTCOME:
        stage_id, _, outcome = milestone.partition(".")
        what = in_words(outcome).say(language)
    elif sort is Sort.ACTION:
        stage_id, _, action = milestone.rpartition(":")
        what = procedure.actions()[action].title.say(language)
    return _SORTS[sort].say(language).format(where=procedure.stage(stage_id).title.say(language), what=what)


@attrs.frozen
class _Of(Template):
    """A template of one side."""

    a: tuple[str, ...] = attrs.field(converter=_milestones)


@attrs.frozen
class _Between(Template):
    """A template of two sides."""

    a: tuple[str, ...] = attrs.field(converter=_milestones)
    b: tuple[str, ...] = attrs.field(converter=_milestones)


@attrs.frozen
class Existence(_Of):
    """``a`` happens, at least so many times; with ``within``, the last of them by the end of the period from the opening."""

    template: ClassVar[str] = "existence"
    saying: ClassVar[Text] = Text("{a}至少{least}", "{a}, at least {least}")
    timed: ClassVar[Timed | None] = Timed.OPENING
    least: int = attrs.field(default=1, converter=_once_or_more, kw_only=True)

    @property
    def automaton(self) -> Automaton:
        """It counts to ``least``."""
        return _counting(self.least, None)

    def _figures(self) -> Mapping[str, int]:
        return {"least": self.least}


@attrs.frozen
class Absence(_Of):
    """``a`` never happens."""

    template: ClassVar[str] = "absence"
    saying: ClassVar[Text] = Text("不得{a}", "it never happens that {a}")

    @property
    def automaton(self) -> Automaton:
        """One is too many."""
        return _counting(0, 0)


@attrs.frozen
class AtMost(_Of):
    """``a`` happens no more than so many times: DECLARE's absence of one more.

    Attributes:
        most: how often at most.
        since: the milestones with which the count begins anew, such as the stage itself: "at most two recalls each time
            that the stage is entered"; left out, it is counted over the whole case.
    """

    template: ClassVar[str] = "at_most"
    saying: ClassVar[Text] = Text("{a}至多{most}", "{a}, at most {most}")
    most: int = attrs.field(default=1, converter=_times, kw_only=True)
    since: tuple[str, ...] = attrs.field(default=(), converter=_since, kw_only=True)

    @property
    def second(self) -> tuple[str, ...]:
        """What begins the count anew."""
        return self.since

    @property
    def automaton(self) -> Automaton:
        """It counts to one more than ``most``."""
        return _counting(0, self.most)

    def explain(self, language: Language, procedure: Procedure | None = None) -> str:
        """The duty as a sentence."""
        told = super().explain(language, procedure)
        if self.words is not None or not self.since:
            return told
        since = _called(self.since, language, procedure)
        return told + Text("（每次{since}时重新计数）", " (counted anew whenever {since})").say(language).format(
            since=since
        )

    def _figures(self) -> Mapping[str, int]:
        return {"most": self.most}


@attrs.frozen
class Exactly(_Of):
    """``a`` happens so many times, neither more nor fewer."""

    template: ClassVar[str] = "exactly"
    saying: ClassVar[Text] = Text("{a}恰好{times}", "{a}, exactly {times}")
    times: int = attrs.field(default=1, converter=_once_or_more, kw_only=True)

    @property
    def automaton(self) -> Automaton:
        """It counts to one more than ``times``."""
        return _counting(self.times, self.times)

    def _figures(self) -> Mapping[str, int]:
        return {"times": self.times}


@attrs.frozen
class Init(_Of):
    """``a`` is the first that happens."""

    template: ClassVar[str] = "init"
    saying: ClassVar[Text] = Text("首先须{a}", "first of all {a}")


@attrs.frozen
class Last(_Of):
    """``a`` is the last that happens (DECLARE: end)."""

    template: ClassVar[str] = "last"
    saying: ClassVar[Text] = Text("最后须{a}", "last of all {a}")


@attrs.frozen
class Choice(_Between):
    """``a`` or ``b`` happens, or both."""

    template: ClassVar[str] = "choice"
    saying: ClassVar[Text] = Text("{a}，或{b}，至少有其一", "{a}, or {b}, or both")


@attrs.frozen
class ExclusiveChoice(_Between):
    """``a`` or ``b`` happens, and never both."""

    template: ClassVar[str] = "exclusive_choice"
    saying: ClassVar[Text] = Text("{a}，或{b}，有且仅有其一", "either {a}, or {b}, and never both")


@attrs.frozen
class RespondedExistence(_Between):
    """Where ``a`` happens, ``b`` happens too, before or after it."""

    template: ClassVar[str] = "responded_existence"
    saying: ClassVar[Text] = Text("凡{a}，亦须{b}（先后不限）", "where {a}, {b} too, before it or after")


@attrs.frozen
class CoExistence(_Between):
    """Where one of the two happens, the other happens too."""

    template: ClassVar[str] = "co_existence"
    saying: ClassVar[Text] = Text("{a}，{b}，或俱有，或俱无", "{a}, and {b}: neither without the other")


@attrs.frozen
class NotCoExistence(_Between):
    """The two never happen in the same case."""

    template: ClassVar[str] = "not_co_existence"
    saying: ClassVar[Text] = Text("不得既{a}，又{b}", "never both: {a}, and {b}")


@attrs.frozen
class Response(_Between):
    """After each ``a``, ``b`` follows; one ``b`` answers every ``a`` before it. With ``within``, it follows in that time."""

    template: ClassVar[str] = "response"
    saying: ClassVar[Text] = Text("凡{a}，其后须{b}", "whenever {a}, {b} afterwards")
    timed: ClassVar[Timed | None] = Timed.RESPONSE


@attrs.frozen
class Precedence(_Between):
    """``b`` only after ``a``. With ``within``, the latest ``a`` lies no longer back than that."""

    template: ClassVar[str] = "precedence"
    saying: ClassVar[Text] = Text("须先{a}，方可{b}", "{b} only after {a}")
    timed: ClassVar[Timed | None] = Timed.PRECEDENCE


@attrs.frozen
class Succession(_Between):
    """After each ``a``, ``b`` follows, and ``b`` only after ``a``. ``within`` is for how soon it follows."""

    template: ClassVar[str] = "succession"
    saying: ClassVar[Text] = Text(
        "凡{a}，其后须{b}；未先有前者，不得有后者", "whenever {a}, {b} afterwards, and never without it before"
    )
    timed: ClassVar[Timed | None] = Timed.RESPONSE


@attrs.frozen
class NotSuccession(_Between):
    """``b`` never after ``a``."""

    template: ClassVar[str] = "not_succession"
    saying: ClassVar[Text] = Text("凡{a}，其后不得{b}", "after {a}, it never happens that {b}")


@attrs.frozen
class AlternateResponse(_Between):
    """After each ``a``, ``b`` follows before ``a`` happens again."""

    template: ClassVar[str] = "alternate_response"
    saying: ClassVar[Text] = Text("凡{a}，再有前者之前须{b}", "whenever {a}, {b} before that happens again")
    timed: ClassVar[Timed | None] = Timed.RESPONSE


@attrs.frozen
class AlternatePrecedence(_Between):
    """Each ``b`` only after an ``a`` of its own."""

    template: ClassVar[str] = "alternate_precedence"
    saying: ClassVar[Text] = Text("须先{a}，方可{b}，每次均须另行", "{b} only after {a}, anew each time")
    timed: ClassVar[Timed | None] = Timed.PRECEDENCE


@attrs.frozen
class AlternateSuccession(_Between):
    """``a`` and ``b`` take turns, ``a`` first, and each ``a`` is answered."""

    template: ClassVar[str] = "alternate_succession"
    saying: ClassVar[Text] = Text("{a}，然后{b}，须逐次交替", "by turns: {a}, then {b}")
    timed: ClassVar[Timed | None] = Timed.RESPONSE


@attrs.frozen
class ChainResponse(_Between):
    """Immediately after each ``a``, ``b`` follows."""

    template: ClassVar[str] = "chain_response"
    saying: ClassVar[Text] = Text("凡{a}，紧接着须{b}", "whenever {a}, {b} immediately afterwards")
    timed: ClassVar[Timed | None] = Timed.RESPONSE


@attrs.frozen
class ChainPrecedence(_Between):
    """Each ``b`` only immediately after ``a``."""

    template: ClassVar[str] = "chain_precedence"
    saying: ClassVar[Text] = Text("须紧接在{a}之后，方可{b}", "{b} only immediately after {a}")
    timed: ClassVar[Timed | None] = Timed.PRECEDENCE


@attrs.frozen
class ChainSuccession(_Between):
    """``a`` and ``b`` come together only: ``b`` immediately after ``a``, and neither otherwise."""

    template: ClassVar[str] = "chain_succession"
    saying: ClassVar[Text] = Text(
        "{a}，紧接着{b}，二者须紧接相连", "only together: {a}, and immediately afterwards {b}"
    )
    timed: ClassVar[Timed | None] = Timed.RESPONSE


@attrs.frozen
class NotChainSuccession(_Between):
    """``b`` never immediately after ``a``."""

    template: ClassVar[str] = "not_chain_succession"
    saying: ClassVar[Text] = Text("凡{a}，不得紧接着{b}", "{b} never immediately after {a}")


TEMPLATES: Final[Mapping[str, type[Template]]] = FrozenMap(
    {
        each.template: each
        for each in (
            *(Existence, Absence, AtMost, Exactly, Init, Last, Choice, ExclusiveChoice),
            *(RespondedExistence, CoExistence, NotCoExistence, Response, Precedence, Succession, NotSuccession),
            *(AlternateResponse, AlternatePrecedence, AlternateSuccession),
            *(ChainResponse, ChainPrecedence, ChainSuccession, NotChainSuccession),
        )
    }
)
"""Every template, by its lasting name."""


def duty_to_data(duty: Template) -> dict[str, object]:
    """A duty as plain data: ``is`` names its template."""
    return {"is": duty.template, **{field: dump(value) for field, value in said(duty)}}


def duty_from_data(data: Any, path: str) -> Template:
    """A duty from its plain data.

    Raises:
        InvalidValue: with the path of what is not as it must be.
    """
    fields = dict(mapping(data, path))
    found = TEMPLATES.get(str(template := fields.pop("is", None)))
    if found is None:
        raise InvalidValue(f"{path}.is: {shown(template)} is no template; it is one of {', '.join(TEMPLATES)}")
    duty: Template = build(found, fields, {}, path)
    return duty


def as_duties(values: Iterable[Template]) -> tuple[Template, ...]:
    """Several duties, or one.

    Raises:
        InvalidType: when something else is among them.
    """
    duties = all_of(Template, values, "duties")
    for duty in duties:
        if type(duty) not in _KNOWN:
            raise InvalidType(f"duties: {kind_of(duty)} is no template of its own; write Response, Precedence, …")
    return duties


_KNOWN: Final = frozenset(TEMPLATES.values())
