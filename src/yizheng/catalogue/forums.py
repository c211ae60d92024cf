"""Where a matter is decided: the forum, why it is that one, what was ruled out, and what is not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue.law import BODIES, Edition, Region
from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.procedure import Procedure
from yizheng.rules import LongerPeriod, Rule
from yizheng.text import Language, Text, joined
from yizheng.values.frozen import FrozenMap

__all__ = ["Applicable", "Forum", "Ground", "Need", "RuledOut"]


@attrs.frozen(kw_only=True)
class Ground:
    """A reason in law.

    Attributes:
        words: what is said.
        citation: where it is written.
    """

    words: Text
    citation: Citation

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

    body: str
    provisions: tuple[str, ...] = ()
    module: str | None = None
    function: str | None = None
    settings: FrozenMap[str, Any] = FrozenMap[str, Any]()

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

    body: str
    ground: Ground

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
    """

    fact: str
    meaning: Text
    ground: Ground

    def explain(self, language: Language) -> str:
        """What is not known, and why it matters."""
        meaning, why = self.meaning.say(language), self.ground.explain(language)
        if language == "zh":
            return f"未知：需要事实“{self.fact}”（{meaning}）；{why}"
        return f"unknown: needs fact {self.fact} ({meaning}); {why}"


_HEAD: Final = Text("{matter}（{category}）于 {on}{where}", "{matter} ({category}), on {on}{where}")
_DECIDES: Final = Text("由{forum}", "decided by: {forum}")
_UNKNOWN: Final = Text("尚不能确定由谁决定", "who decides is not known yet")
_MADE: Final = Text("程序：{name}", "procedure: {name}")
_METHOD: Final = Text("方法：{name}", "method: {name}")


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

    matter: str
    category: str
    on: date
    region: Region | None = None
    forum: Forum | None = None
    why: tuple[Ground, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    needs: tuple[Need, ...] = ()
    rules: Mapping[str, Edition | LongerPeriod] = FrozenMap[str, Any]()
    editions: Mapping[str, tuple[Edition, ...]] = FrozenMap[str, Any]()
    method: Forum | None = None

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
        yield from (f"- {need.explain(language)}" for need in self.needs)
        yield from (f"+ {ground.explain(language)}" for ground in self.why)
        yield from (f"= {_told(rule, language)}" for rule in self.rules.values())
        yield from (f"× {each.explain(language)}" for each in self.ruled_out)


def _told(rule: Edition | LongerPeriod, language: Language) -> str:
    said = rule.explain(language)
    citation = getattr(rule, "citation", None)
    if isinstance(rule, Rule | Period) or citation is None:
        return said
    return joined([said, citation.explain(language)], language)
