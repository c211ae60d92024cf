"""Where a matter is decided: the forum, why it is that one, what was ruled out, and what is not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.law import (
    BODIES,
    ELECTORATES,
    PROVISIONS,
    Bounds,
    Clause,
    Edition,
    Region,
    Share,
    provision,
)
from yizheng.law.provisions import as_body
from yizheng.law.regions import as_region
from yizheng.procedure import Procedure
from yizheng.rules import LongerPeriod, Rule
from yizheng.text import Language, Text, as_text, joined
from yizheng.values.doors import a_day, all_of, instance_of, optional_instance_of, several
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name

__all__ = ["Applicable", "Forum", "Ground", "Need", "RuledOut"]


def _provisions(values: Iterable[str]) -> tuple[str, ...]:
    return tuple([name(value, "a provision") for value in all_of(str, values, "provisions")])


def _settings(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap(keyed(values, "settings"))


def _day(value: date) -> date:
    return a_day(value, "on")


def _rule(value: Any, what: str) -> Any:
    if not isinstance(value, Rule | Period | LongerPeriod | Share | Bounds | Clause):
        raise InvalidType(f"{what}: rules, periods, shares, bounds or clauses were expected, not {kind_of(value)}")
    return value


def _rules(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap({key: _rule(value, "rules") for key, value in keyed(values, "rules").items()})


def _editions(values: Mapping[str, Iterable[Any]]) -> FrozenMap[str, tuple[Any, ...]]:
    taken = keyed(values, "editions")
    return FrozenMap(
        {key: tuple([_rule(each, "editions") for each in several(held, "editions")]) for key, held in taken.items()}
    )


@attrs.frozen(kw_only=True)
class Ground:
    """A reason in law.

    Attributes:
        words: what is said.
        citation: where it is written.
    """

    words: Text = attrs.field(converter=as_text)
    citation: Citation = attrs.field(validator=instance_of(Citation))

    def explain(self, language: Language) -> str:
        """The reason with its authority."""
        where = self.citation.explain(language)
        return f"{self.words.say(language)}（{where}）" if language == "zh" else f"{self.words.say(language)} ({where})"


@attrs.frozen(kw_only=True)
class Forum:
    """A body that decides, or those who agree, and the procedure of the catalogue by which they do.

    Attributes:
        body: who decides, by identifier (``catalogue.law.BODIES``).
        provisions: the provisions of law that its vote is held by; none where nothing is voted on. Several are
            alternatives, each for an electorate of its own.
        module: the module of the catalogue that has its procedure; ``None`` where the catalogue has none.
        function: the function that makes it.
        settings: what it is called with.
    """

    body: str = attrs.field(converter=as_body)
    provisions: tuple[str, ...] = attrs.field(default=(), converter=_provisions)
    module: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    function: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    settings: FrozenMap[str, Any] = attrs.field(default=FrozenMap[str, Any](), converter=_settings)

    @property
    def title(self) -> Text:
        """What it is called."""
        return BODIES[self.body]

    @property
    def name(self) -> str | None:
        """The name of its procedure, such as ``"villages.villagers_assembly"``."""
        return None if self.module is None else f"{self.module}.{self.function}"

    def procedure(self) -> Procedure:
        """The procedure, made now; its module is loaded with it.

        Raises:
            InvalidValue: when the catalogue has none.
        """
        if self.module is None or self.function is None:
            raise InvalidValue(
                f"the catalogue has no procedure for {self.title}; write one (Procedure), with the rule that holds"
            )
        made: Procedure = getattr(import_module(f"yizheng.catalogue.{self.module}"), self.function)(**self.settings)
        return made


@attrs.frozen(kw_only=True)
class RuledOut:
    """A forum that was considered, and does not decide.

    Attributes:
        body: which, by identifier.
        ground: why not.
    """

    body: str = attrs.field(converter=as_body)
    ground: Ground = attrs.field(validator=instance_of(Ground))

    def explain(self, language: Language) -> str:
        """Who does not decide, and why."""
        title = BODIES[self.body].say(language)
        return (
            f"{title}：{self.ground.explain(language)}"
            if language == "zh"
            else (f"{title}: {self.ground.explain(language)}")
        )


@attrs.frozen(kw_only=True)
class Need:
    """A fact that decides and is not stated.

    Attributes:
        fact: its name in the facts of the matter.
        meaning: what it says.
        ground: why it decides.
        instead: a fact of a name much like it that the matter states, and that is perhaps meant.
    """

    fact: str = attrs.field(converter=name)
    meaning: Text = attrs.field(converter=as_text)
    ground: Ground = attrs.field(validator=instance_of(Ground))
    instead: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))

    def explain(self, language: Language) -> str:
        """What is not known, and why it matters."""
        meaning, why = self.meaning.say(language), self.ground.explain(language)
        if language == "zh":
            stated = "" if self.instead is None else f"；事项写明的是“{self.instead}”"
            return f"未知：需要事实“{self.fact}”（{meaning}）{stated}；{why}"
        stated = "" if self.instead is None else f"; what the matter states is {self.instead}"
        return f"unknown: needs fact {self.fact} ({meaning}){stated}; {why}"


def _grounds(values: Iterable[Ground]) -> tuple[Ground, ...]:
    return all_of(Ground, values, "why")


def _ruled_out(values: Iterable[RuledOut]) -> tuple[RuledOut, ...]:
    return all_of(RuledOut, values, "ruled_out")


def _needs(values: Iterable[Need]) -> tuple[Need, ...]:
    return all_of(Need, values, "needs")


_HEAD: Final = Text("{matter}（{category}）于 {on}{where}", "{matter} ({category}), on {on}{where}")
_DECIDES: Final = Text("由{forum}", "decided by: {forum}")
_UNKNOWN: Final = Text("尚不能确定由谁决定", "who decides is not known yet")
_MADE: Final = Text("程序：{name}", "procedure: {name}")
_METHOD: Final = Text("方法：{name}", "method: {name}")
_STATES: Final = Text("立案时须写明：{facts}", "a case is opened with these facts: {facts}")
_COUNTS: Final = Text("计数对象：{whom}。{rule}", "It counts {whom}. {rule}")


@attrs.frozen(kw_only=True)
class Applicable:
    """Which forum and which rule a matter needs on a day in a place.

    Attributes:
        matter: the id of the matter.
        category: its category.
        on: the day.
        region: the place; ``None`` for what holds in the whole country.
        forum: where it is decided; ``None`` while a fact that decides is not known.
        why: the reasons, each with its authority.
        ruled_out: what was considered and does not decide, each with its reason.
        needs: the facts that decide and are not stated; they are never guessed.
        rules: what the vote must satisfy, by provision: where law and local rules hold together, the stricter.
        editions: what each of them says, by provision: the national one first, the nearest last.
        method: the way in which the decision is prepared and disclosed, where a source prescribes one.
    """

    matter: str = attrs.field(converter=name)
    category: str = attrs.field(converter=name)
    on: date = attrs.field(converter=_day)
    region: Region | None = attrs.field(default=None, converter=attrs.converters.optional(as_region))
    forum: Forum | None = attrs.field(default=None, validator=optional_instance_of(Forum))
    why: tuple[Ground, ...] = attrs.field(default=(), converter=_grounds)
    ruled_out: tuple[RuledOut, ...] = attrs.field(default=(), converter=_ruled_out)
    needs: tuple[Need, ...] = attrs.field(default=(), converter=_needs)
    rules: FrozenMap[str, Edition | LongerPeriod] = attrs.field(default=FrozenMap[str, Any](), converter=_rules)
    editions: FrozenMap[str, tuple[Edition, ...]] = attrs.field(default=FrozenMap[str, Any](), converter=_editions)
    method: Forum | None = attrs.field(default=None, validator=optional_instance_of(Forum))

    def procedure(self) -> Procedure:
        """The procedure by which the matter is decided.

        Raises:
            InvalidValue: when a fact that decides is missing, or the catalogue has no procedure for the forum.
        """
        if self.forum is None:
            raise InvalidValue("; ".join(need.explain("en") for need in self.needs))
        return self.forum.procedure()

    def explain(self, language: Language) -> str:
        """All of it, a line each: who decides, why, by which rule, what was ruled out, what is not known."""
        return "\n".join(self._lines(language))

    def _lines(self, language: Language) -> Iterator[str]:
        place = "" if self.region is None else self.region.name.say(language)
        where = place and (f"，{place}" if language == "zh" else f", {place}")
        yield _HEAD.say(language).format(matter=self.matter, category=self.category, on=self.on, where=where)
        if self.forum is None:
            yield _UNKNOWN.say(language)
        else:
            yield _DECIDES.say(language).format(forum=self.forum.title.say(language))
            named = ((_MADE, self.forum.name), (_METHOD, None if self.method is None else self.method.name))
            yield from (words.say(language).format(name=name) for words, name in named if name is not None)
            if self.forum.module is not None and (facts := self.forum.procedure().facts):
                told = joined(
                    [
                        f"{fact}（{meaning.zh}）" if language == "zh" else f"{fact} ({meaning.en})"
                        for fact, meaning in facts.items()
                    ],
                    language,
                )
                yield _STATES.say(language).format(facts=told)
        yield from (f"- {need.explain(language)}" for need in self.needs)
        yield from (f"+ {ground.explain(language)}" for ground in self.why)
        yield from (f"= {_told(id_, rule, language)}" for id_, rule in self.rules.items())
        yield from (f"× {each.explain(language)}" for each in self.ruled_out)


def _told(id_: str, rule: Edition | LongerPeriod, language: Language) -> str:
    """A rule with whom it counts."""
    said = rule.explain(language)
    citation = getattr(rule, "citation", None)
    if not isinstance(rule, Rule | Period) and citation is not None:
        said = joined([said, citation.explain(language)], language)
    whom = provision(id_).electorate if id_ in PROVISIONS else None
    return said if whom is None else _COUNTS.say(language).format(whom=ELECTORATES[whom].say(language), rule=said)
