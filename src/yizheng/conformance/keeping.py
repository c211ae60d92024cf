"""What is asked of a record besides its order: mandatory milestones and duties, each as one small automaton."""

from __future__ import annotations

import enum
from typing import Final

import attrs

from yizheng.citation import Citation
from yizheng.procedure import Lapse, Procedure
from yizheng.procedure.duties import OTHER, Sort, Template, seen_by, sort_of, told
from yizheng.text import LANGUAGES, Language, Text

__all__ = ["Demand", "Kept", "Sought", "demands_of", "lapse_of"]


class Sought(enum.StrEnum):
    """What a demand asks for."""

    ORDER = "order"
    """That each step is one that could follow."""
    MILESTONE = "milestone"
    """That a mandatory milestone lies behind a case that was carried out."""
    DUTY = "duty"
    """That a duty of the definition is kept."""
    LAPSE = "lapse"
    """That what has lapsed does not come about any more."""


@attrs.frozen
class Demand:
    """One thing that is asked of a record as a whole.

    Attributes:
        sought: what of.
        words: how it is said.
        citation: where it is written.
        milestone: the mandatory milestone, or what lapses.
        duty: the duty.
    """

    sought: Sought
    words: Text
    citation: Citation | None = None
    milestone: str | None = None
    duty: Template | None = None

    def explain(self, language: Language) -> str:
        """What is asked, as a sentence.

        Raises:
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        return self.words.say(language)


ORDER: Final = Demand(
    Sought.ORDER, Text("每一步都须接得上前一步", "each step is one that could follow the one before it")
)


def demands_of(procedure: Procedure, duties: tuple[Template, ...]) -> tuple[Demand, ...]:
    """Everything that is asked: the order, the mandatory milestones, the definition's duties, and further ones."""
    return (
        ORDER,
        *(_mandatory(each, procedure) for each in procedure.mandatory),
        *(_duty(each, procedure) for each in (*procedure.duties, *duties)),
    )


def lapse_of(lapse: Lapse, procedure: Procedure) -> Demand:
    """That something does not come about after its last day."""
    zh, en = (told(lapse.milestone, language, procedure) for language in LANGUAGES)
    words = Text(
        f"{zh}只到 {lapse.last} 为止；此后{lapse.instead.zh}",
        f"until {lapse.last} it may be that {en}; from then on {lapse.instead.en}",
    )
    return Demand(Sought.LAPSE, words, lapse.citation, lapse.milestone)


def _mandatory(milestone: str, procedure: Procedure) -> Demand:
    stage_id, _, outcome = milestone.partition(".")
    stage = procedure.stage(stage_id)
    title = stage.title
    zh, en = (
        (f"“{title.zh}”", title.en) if not outcome else (f"“{title.zh}”的结果“{outcome}”", f"{title.en}: {outcome}")
    )
    words = Text(f"办成的事项必须经过{zh}", f"a matter that was carried out has passed: {en}")
    return Demand(Sought.MILESTONE, words, getattr(stage, "source", None), milestone)


def _duty(duty: Template, procedure: Procedure) -> Demand:
    words = Text(duty.explain("zh", procedure), duty.explain("en", procedure))
    return Demand(Sought.DUTY, words, duty.source, None, duty)


@attrs.frozen(eq=False)
class Kept:
    """A demand made ready: which milestones it sees, what each is to it, and where that leads.

    Attributes:
        demand: the demand.
        sorts: the sorts of milestones that it sees.
        steps: for each state, the state to which each letter leads.
        kept: for each state, whether it is kept where the case ends now.
        broken: for each state, whether it cannot be kept any more.
    """

    demand: Demand
    sorts: frozenset[Sort]
    steps: tuple[tuple[int, int, int], ...]
    kept: tuple[bool, ...]
    broken: tuple[bool, ...]

    @classmethod
    def of(cls, demand: Demand, procedure: Procedure) -> Kept:
        """A demand made ready."""
        if demand.duty is None:
            return cls(demand, frozenset(Sort), ((0, 1, 0), (1, 1, 1)), (False, True), (False, False))
        automaton = demand.duty.automaton
        return cls(demand, seen_by(demand.duty, procedure), automaton.steps, automaton.kept, automaton.broken)

    def letter(self, milestone: str, procedure: Procedure) -> int | None:
        """What a milestone is to it; ``None`` where it does not see it."""
        duty = self.demand.duty
        if duty is None:
            named = self.demand.milestone or ""
            return int(
                milestone == named or ("." not in named and milestone.partition(".")[0].partition(":")[0] == named)
            )
        return duty.letter(milestone) if sort_of(milestone, procedure) in self.sorts else None

    @property
    def minds_others(self) -> bool:
        """Whether it minds milestones that it sees and does not name, as "immediately after" does."""
        return any(to[OTHER] != state for state, to in enumerate(self.steps))

    def is_asked_at(self, end: str | None, carried_out: frozenset[str]) -> bool:
        """Whether it is asked for where a case ends so; ``None`` for an end that is not known."""
        duty = self.demand.duty
        if duty is None:
            return end in carried_out
        return not duty.ends or end in duty.ends

    def holds(self, state: int, end: str | None, carried_out: frozenset[str]) -> bool:
        """Whether it is kept where the case ends now."""
        return self.kept[state] or not self.is_asked_at(end, carried_out)

    def is_lost(self, state: int) -> bool:
        """Whether it is broken already, whatever follows and wherever that ends."""
        duty = self.demand.duty
        return self.broken[state] and duty is not None and not duty.ends
