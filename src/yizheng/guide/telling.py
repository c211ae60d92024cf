"""Values of a definition in words: rules, periods, citations, and whatever else a stage sets."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.codec import fields_of
from yizheng.guide.words import OWN, SETTINGS, VALUES, YES
from yizheng.procedure import Procedure
from yizheng.procedure.duties import told
from yizheng.record.markup import Marked, escaped, strong, under
from yizheng.record.words import (
    CHANNELS,
    CHOICES,
    METHODS,
    MODES,
    OUTCOMES,
    PAPERS,
    ROUTES,
    SERVED,
    SORTS,
    in_words,
    word,
)
from yizheng.rules import Choice, Condition, Outcome, Rule
from yizheng.rules.wording import condition_in_words
from yizheng.stages import Action, AskedBy, Channel, FactIs, Method, Mode, Stage
from yizheng.stages.archive import DisputePaper
from yizheng.stages.mediation import Route
from yizheng.text import Language, Text, as_language, joined
from yizheng.values import a_day, one

__all__ = ["Teller", "own_actions", "point", "teller_of"]

_BY: Final = Text("（依据：{}）", " (authority: {})")
_FROM_TO: Final = Text("{first} 至 {last} 施行：", "in force from {first} to {last}: ")
_FROM: Final = Text("{first} 起施行：", "in force from {first}: ")
_TO: Final = Text("施行至 {last}：", "in force to {last}: ")
_COLON: Final = Text("：", ": ")
_AND_SO: Final = Text("；", "; ")
_FACT_IS: Final = Text("事项的“{fact}”为{value}", "the fact “{fact}” of the matter is {value}")
_ASKED_BY: Final = Text("{body}不少于 {share} 的成员申请", "at least {share} of {body} ask for it")
_NOTHING: Final = Text("无", "nothing")
_NONE_IN_FORCE: Final = Text("{on} 没有施行的规定", "nothing is in force on {on}")
_ENTERED: Final = Text("何时进入", "when it is reached")
_NOT_ALL: Final = Text("{ways}；并非每件事项都经过", "{ways}; not every matter comes here")
_ORDERED: Final = Text("{stage}（责令改正）", "{stage} (order of correction)")
_LAPSES: Final = Text("只到某日为止", "only until a day")
_LAPSE: Final = Text(
    "{milestone}，录入至 {last} 止；此后{instead}",
    "until {last} it may be entered that {milestone}; from then on {instead}",
)
_MILESTONE: Final = Text("{stage}（{outcome}）", "{stage} ({outcome})")
_WORDS: Final[Mapping[type[enum.Enum], Mapping[str, Text]]] = {
    Channel: CHANNELS,
    Mode: MODES,
    Method: METHODS,
    Choice: CHOICES,
    Outcome: OUTCOMES,
    DisputePaper: PAPERS,
    Route: ROUTES,
}
"""What the members of an enumeration are called."""

_NAMED: Final = {"carries": VALUES, "sorts": SORTS, "ways": SERVED}
"""What the names are called that a setting holds."""


def point(label: str, words: str, language: Language) -> Marked:
    """A point of a list: what it is about, and what is said of it."""
    return strong(escaped(label)) + Marked(_COLON.say(language)) + escaped(words)


def teller_of(procedure: Procedure, language: Language, on: date | None) -> Teller:
    """Who tells a definition, where all three are what they should be.

    Raises:
        InvalidType: when it is no definition, the language no string, or the day no date.
        InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
    """
    return Teller(
        one(Procedure, procedure, "the procedure"), as_language(language), None if on is None else a_day(on, "on")
    )


def own_actions(stage: Stage) -> list[type[Action]]:
    """What people may do for themselves in a stage, without an office."""
    return [action for action in _actions(stage) if action.is_own is not Action.is_own]


def _on_every_way(procedure: Procedure, stage: Stage) -> bool:
    """Whether no matter is carried out, or ends where no end is that, without this stage."""
    wanted = {end.id for end in procedure.ends if end.carried_out} or {end.id for end in procedure.ends}
    seen, waiting = {stage.id}, [procedure.stages[0].id]
    while waiting:
        place = waiting.pop()
        if place in wanted:
            return False
        if place not in seen:
            seen.add(place)
            ways: Mapping[str, str] = procedure.routes.get(place, {})
            waiting += ways.values()
    return True


def _actions(stage: Stage) -> list[type[Action]]:
    return list(dict.fromkeys(action for following in stage.phases.values() for action in following))


@attrs.frozen
class Teller:
    """Tells the parts of one definition in one language.

    Attributes:
        procedure: the definition.
        language: of the words.
        on: the day of which it is told; left out, every edition is.
    """

    procedure: Procedure
    language: Language
    on: date | None = None

    def say(self, words: Text, **values: object) -> str:
        """Words of the guide, with what stands in their gaps."""
        said = words.say(self.language)
        return said.format(**values) if values else said

    def target(self, target: str) -> str:
        """What a stage or an end is called."""
        titles = {stage.id: stage.title for stage in self.procedure.stages}
        titles |= {end.id: end.title for end in self.procedure.ends}
        return self.say(titles[target]) if target in titles else target

    def body(self, body: str) -> str:
        """What a body is called."""
        titles = {each.id: each.title for each in self.procedure.bodies}
        return self.say(titles[body]) if body in titles else body

    def offices(self, ids: Iterable[str]) -> str:
        """What offices are called, in the order of the definition."""
        held = frozenset(ids)
        return joined([self.say(each.title) for each in self.procedure.offices if each.id in held], self.language)

    def outcome(self, outcome: str) -> str:
        """What an outcome is called."""
        return self.say(word(OUTCOMES, outcome))

    def actions(self, stage: Stage) -> list[type[Action]]:
        """The kinds of action that have a place in a stage, in the order of its phases."""
        return [action for action in _actions(stage) if self.procedure.takes(stage, action)]

    def tasks(self, stage: Stage, actions: Iterable[type[Action]]) -> Iterator[tuple[str, str]]:
        """Each office with what it may do among some actions."""
        known = list(actions)
        for office in self.procedure.offices:
            done = [self.say(each.title) for each in known if office.id in self.procedure.offices_for(stage, each)]
            if done:
                yield self.say(office.title), joined(done, self.language)

    def own(self, stage: Stage) -> str:
        """What people may do for themselves in a stage; nothing where all is for an office."""
        return joined([self.say(OWN.get(action.kind, action.title)) for action in own_actions(stage)], self.language)

    def value(self, value: Any) -> str:  # noqa: C901 -- one row for each kind of value
        """A value in words; one of a class of somebody's own by the names of its fields."""
        if isinstance(value, Text):
            return self.say(value)
        if isinstance(value, Rule | Citation):
            return value.explain(self.language)
        if isinstance(value, Period):
            return value.explain(self.language) + self.authority(value.citation)
        if isinstance(value, Condition):
            return condition_in_words(value, self.language)
        if isinstance(value, FactIs):
            return self.say(_FACT_IS, fact=self.fact(value.fact), value=self.value(value.value))
        if isinstance(value, AskedBy):
            said = self.say(_ASKED_BY, body=self.body(value.body), share=value.share)
            return said + self.authority(value.citation)
        if isinstance(value, bool):
            return self.say(YES[value])
        if isinstance(value, int | Fraction):
            return str(value)
        if isinstance(value, enum.Enum):
            return self.say(word(_WORDS.get(type(value), VALUES), str(value.value)))
        if isinstance(value, Mapping):
            held = cast("Mapping[str, Any]", value)
            return self.say(_AND_SO).join(f"{key}{self.say(_COLON)}{self.value(each)}" for key, each in held.items())
        if isinstance(value, tuple | frozenset):
            several = cast("Sequence[Any]", value if isinstance(value, tuple) else sorted(cast("Any", value), key=str))
            return self.listing(self.value(each) for each in several)
        if attrs.has(cast("Any", type(value))):
            return self.say(_AND_SO).join(f"{label}{self.say(_COLON)}{said}" for label, said in self.settings(value))
        return self.say(_NOTHING) if value is None else str(value)

    def listing(self, words: Iterable[str]) -> str:
        """Several phrases, some of which may hold commas."""
        return self.say(_AND_SO).join(words)

    def fact(self, fact: str) -> str:
        """What a fact means, where the definition says so."""
        return self.say(self.procedure.facts[fact]) if fact in self.procedure.facts else fact

    def authority(self, citation: Citation | None) -> str:
        """By what authority."""
        return "" if citation is None else self.say(_BY).format(citation.explain(self.language))

    def in_force(self, citation: Citation | None) -> bool:
        """Whether what stands by this authority is in force on the day of which is told."""
        return self.on is None or citation is None or citation.in_force(self.on)

    def milestone(self, stage: str, outcome: str) -> str:
        """An outcome of a stage."""
        return self.say(_MILESTONE, stage=self.target(stage), outcome=self.outcome(outcome))

    def entered(self, stage: Stage) -> Iterator[Marked]:
        """From where a stage is reached, if a matter can be carried out without it."""
        if not _on_every_way(self.procedure, stage):
            ways = [
                self.milestone(other, outcome)
                for other, leads in self.procedure.routes.items()
                for outcome, target in leads.items()
                if target == stage.id != other
            ]
            ordered = [other for other, target in self.procedure.corrections.items() if target == stage.id != other]
            ways += [self.say(_ORDERED, stage=self.target(other)) for other in ordered]
            yield self.point(_ENTERED, self.say(_NOT_ALL, ways=self.listing(ways)))

    def lapses(self, stage: Stage) -> Iterator[Marked]:
        """What comes about in a stage until a day and no longer, and what is done from then on."""
        for each in self.procedure.lapses:
            if each.stage == stage.id:
                milestone = told(each.milestone, self.language, self.procedure)
                said = self.say(_LAPSE, milestone=milestone, last=each.last, instead=self.say(each.instead))
                yield self.point(_LAPSES, said + self.authority(each.citation))

    def edition(self, edition: Any, *, of_several: bool) -> str:
        """A dated rule or period; when it is in force is told where there are several."""
        citation: Citation | None = edition.citation
        if not of_several or citation is None:
            return self.value(edition)
        first, last = citation.in_force_from, citation.in_force_to
        if first is None and last is None:
            return self.value(edition)
        when = _TO if first is None else _FROM if last is None else _FROM_TO
        return self.say(when, first=first, last=last) + self.value(edition)

    def settings(self, value: Any, *apart: str) -> Iterator[tuple[str, str]]:
        """What a value sets, each by what it is called, but for what is told apart."""
        names = [field.name for field in fields_of(cast("Any", type(value))) if field.name not in apart]
        return self.told({name: getattr(value, name) for name in names})

    def told(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Settings by what they are called; what is empty, or not the case, is passed over."""
        for name, held in settings.items():
            if held is None or held is False or held in ((), frozenset[Any]()) or held == {}:
                continue
            label = self.say(word(SETTINGS, name))
            if name == "body":
                yield label, self.body(held)
            elif name in _NAMED:
                yield label, self.listing(self.say(each) for each in in_words(_NAMED[name], held))
            else:
                yield label, self.value(held)

    def setting(self, label: str, editions: Sequence[Any]) -> Marked:
        """A rule or period by what it is called, with each of its editions."""
        name = self.say(word(SETTINGS, label))
        told = [edition for edition in editions if self.in_force(edition.citation)]
        if not told:
            return point(name, self.say(_NONE_IN_FORCE, on=self.on), self.language)
        if len(told) == 1:
            return point(name, self.edition(told[0], of_several=False), self.language)
        each = [escaped(self.edition(edition, of_several=True)) for edition in told]
        return under(strong(escaped(name)), each)

    def point(self, label: Text, words: str) -> Marked:
        """A point of a list under one of the guide's own words."""
        return point(self.say(label), words, self.language)

    def points(self, pairs: Iterable[tuple[str, str]]) -> list[Marked]:
        """Points of a list, each by what it is about."""
        return [point(name, words, self.language) for name, words in pairs]

    def listed(self, label: Text, pairs: Iterable[tuple[str, str]]) -> Marked:
        """A point with further points under it."""
        return under(strong(escaped(self.say(label))), self.points(pairs))

    def under(self, words: str, pairs: Iterable[tuple[str, str]]) -> Marked:
        """Words with further points under them."""
        return under(escaped(words), self.points(pairs))
