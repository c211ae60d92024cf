"""What is asked about a matter, and what a placing answers: shared by all that place matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

import attrs

from yizheng.catalogue import law
from yizheng.catalogue.forums import Forum, Ground, Need, RuledOut
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.law import Region
from yizheng.law.provisions import cited
from yizheng.matter import Matter
from yizheng.rules import Rule
from yizheng.stages.deliberation.delegating import day_of, denies
from yizheng.text import Text, as_text
from yizheng.values.doors import all_of
from yizheng.values.frozen import FrozenMap

__all__ = [
    "CIVIL_CODE",
    "DELEGATED",
    "FACTS",
    "NEW",
    "Asked",
    "Category",
    "Lacking",
    "Placed",
    "Placing",
    "Row",
    "categories",
    "consulted",
    "decided_in",
    "excluded",
    "rules_of",
]

NEW: Final = date(2026, 1, 1)
"""Since when the organic laws of 2025 hold."""
CIVIL_CODE: Final = date(2021, 1, 1)
"""Since when the Civil Code holds."""

FACTS: Final = FrozenMap(
    {
        "delegated_by": Text(
            "由会议的哪项决定授权代表会议决定（写明依据；未授权的，写假）",
            "by what the assembly delegated it to its representatives (in words; false where it did not)",
        ),
        "delegated_until": Text(
            "授权的最后一日（如 2026-12-31；未定期限的，写假）",
            "the last day on which it is delegated (such as 2026-12-31; false where no term was set)",
        ),
        "collective_charter": Text(
            "由本集体经济组织章程的哪一条交成员代表大会决定（写明条款；没有的，写假）",
            "which article of the collective's own charter gives it to the members' representatives (in words; false where "
            "none does)",
        ),
        "reserved": Text(
            "是否属于章程，成员确认，土地承包、宅基地和收益权份额，土地补偿费，合并和分立（真或假）",
            "whether it is about the charter, who is a member, land contracts, homesteads or shares of income, "
            "compensation for land, merger or division (true or false)",
        ),
        "outsiders": Text(
            "是否涉及由非成员享有权利（真或假）", "whether it gives rights to those who are not members (true or false)"
        ),
        "rebuilds": Text(
            "是否改建、重建建筑物及其附属设施（真或假）",
            "whether it alters or rebuilds buildings and fixtures (true or false)",
        ),
        "emergency": Text(
            "是否属于紧急维修（写明哪一种紧急情况，或者假）",
            "whether it is an urgent repair (which emergency it is, or false)",
        ),
        "paid": Text("是否已在享受救助（真或假）", "whether an allowance is being paid already (true or false)"),
        "adverse": Text(
            "是否拟减少或者终止已享受的救助（真或假）",
            "whether an allowance that is paid is to be reduced or ended (true or false)",
        ),
    }
)
"""The facts that decide where a matter goes."""

_IN_WORDS: Final = frozenset({"emergency", "delegated_by", "collective_charter"})
"""The facts that may be stated in words."""

_NAMED: Final = frozenset({"delegated_by", "collective_charter"})
"""Those of them that must be, where they hold: a delegation that nobody can name is none."""

_UNSAID: Final = (None, "")
"""What states nothing."""

_ALIKE: Final = 0.75
"""How much two names of facts must have in common for one to have been meant by the other."""

_PLAINLY: Final = "delegated"
"""The fact by which a matter may say plainly that it was not delegated."""


class Lacking(Exception):
    """A fact that decides is not stated."""

    def __init__(self, need: Need) -> None:
        super().__init__(need.fact)
        self.need = need


@attrs.frozen(kw_only=True)
class Asked:
    """What is asked about: a matter, a day, a place.

    Attributes:
        matter: the matter.
        on: the day.
        region: the place; ``None`` for what holds in the whole country.
    """

    matter: Matter
    on: date
    region: Region | None

    def cite(self, provision: str, article: str | None = None) -> Citation:
        """Where the country's edition of a provision stands that holds on the day, or another article of the same law.

        Raises:
            NoEdition: when none holds.
        """
        citation = cited(law.edition(provision, on=self.on))
        return citation if article is None else attrs.evolve(citation, article=article, note=None)

    def ground(self, provision: str, zh: str, en: str, article: str | None = None) -> Ground:
        """A reason, with the country's edition of a provision as its authority."""
        return Ground(words=Text(zh, en), citation=self.cite(provision, article))

    def local(self, *provisions: str) -> tuple[Ground, ...]:
        """What the region says of some provisions besides."""
        if self.region is None:
            return ()
        held = [each for id_ in provisions for each in law.provision(id_).holding(self.on, self.region)]
        return tuple(
            [
                Ground(words=Text(each.explain("zh"), each.explain("en")), citation=cited(each))
                for each in held
                if cited(each).region is not None
            ]
        )

    def flag(self, fact: str, ground: Ground) -> bool:
        """Whether a fact holds. Where the meaning of a fact lets words say what it is, they hold, unless they deny.

        Raises:
            Lacking: when it is not stated.
            InvalidValue: when it is stated as something that it cannot be, or in words that read like a denial.
        """
        if self.matter.facts.get(fact) in _UNSAID:
            raise self.lacking(fact, ground)
        return self._says(fact)

    def lacking(self, fact: str, ground: Ground) -> Lacking:
        """That a fact is not stated, with one of a name much like it that is."""
        instead = next(iter(get_close_matches(fact, self.matter.facts, n=1, cutoff=_ALIKE)), None)
        return Lacking(Need(fact=fact, meaning=FACTS[fact], ground=ground, instead=instead))

    def not_delegated(self, ground: Ground, never: Ground, *, term: Ground | None = None) -> Ground | None:
        """Why a matter is not for those to whom it could be delegated; ``None`` where it was, and still is on the day.

        Args:
            ground: why a delegation decides.
            never: what is said where there was none.
            term: what is said where no term was set; ``None`` where none need be.

        Raises:
            Lacking: when it is not stated by what it was delegated, or until when.
            InvalidValue: when facts contradict each other, or are stated as something that they cannot be.
        """
        facts: Any = self.matter.facts
        plainly = None if facts.get(_PLAINLY) in _UNSAID else self._says(_PLAINLY)
        by = None if facts.get("delegated_by") in _UNSAID else self._says("delegated_by")
        if None not in {plainly, by} and plainly is not by:
            raise InvalidValue(
                f"the facts delegated and delegated_by of matter {self.matter.id} contradict each other: "
                f"{shown(facts[_PLAINLY])} and {shown(facts['delegated_by'])}; write delegated_by alone"
            )
        if by is None and plainly is not False:
            raise self.lacking("delegated_by", ground)
        return never if not by else self._ended(ground, never, term)

    def _ended(self, ground: Ground, never: Ground, term: Ground | None) -> Ground | None:
        """Why a delegation does not hold on the day; ``None`` where it does."""
        until: Any = self.matter.facts.get("delegated_until")
        if until in _UNSAID:
            raise self.lacking("delegated_until", ground)
        if until is False:
            return term
        last = day_of(until)
        if last is None:
            raise InvalidValue(
                f"the fact delegated_until of matter {self.matter.id} is {shown(until)}; write the last day, such as "
                f'"{self.on.year}-12-31", or False where no term was set'
            )
        words = Text(f"授权至{last}为止", f"it was delegated until {last}, and not any more")
        return Ground(words=words, citation=never.citation) if last < self.on else None

    def _says(self, fact: str) -> bool:
        """Whether a fact that is stated says that it holds; what words may mean is never guessed."""
        stated: Any = self.matter.facts[fact]
        if isinstance(stated, bool) and (fact not in _NAMED or not stated):
            return stated
        in_words = fact in _IN_WORDS
        if in_words and isinstance(stated, str) and not denies(stated):
            return True
        may = "False, or in words what it is" if in_words else "True or False"
        raise InvalidValue(f"the fact {fact} of matter {self.matter.id} is {shown(stated)}; write {may}")


@attrs.frozen(kw_only=True)
class Placed:
    """Where a matter goes.

    Attributes:
        forum: where it is decided.
        why: why.
        out: what was considered and does not decide.
        method: how the decision is prepared and disclosed, where a source prescribes it.
    """

    forum: Forum
    why: tuple[Ground, ...]
    out: tuple[RuledOut, ...] = ()
    method: Forum | None = None


Placing: TypeAlias = Callable[[Asked], Placed]


def _facts(values: Iterable[str]) -> tuple[str, ...]:
    taken = all_of(str, values, "facts")
    if unknown := sorted(set(taken) - FACTS.keys()):
        raise InvalidValue(f"{shown(unknown[0])} is no fact that decides; write some of {', '.join(FACTS)}")
    return taken


def _callable(value: Placing) -> Placing:
    if not callable(value):
        raise InvalidType(f"a function that places was expected, not {kind_of(value)}")
    return value


@attrs.frozen(kw_only=True)
class Category:
    """A kind of matter that can be placed.

    Attributes:
        title: what it is.
        facts: the facts by which it is decided where it goes, on some days at least.
        place: says where.
    """

    title: Text = attrs.field(converter=as_text)
    facts: tuple[str, ...] = attrs.field(default=(), converter=_facts)
    place: Placing = attrs.field(repr=False, converter=_callable)


def decided_in(body: str, *provisions: str, by: str | None = None, **settings: Any) -> Forum:
    """A forum, with the provisions of its vote and the function of the catalogue that makes its procedure."""
    module, _, function = (by or "").partition(".")
    return Forum(
        body=body,
        provisions=provisions,
        module=module or None,
        function=function or None,
        settings=FrozenMap(settings),
    )


def rules_of(provision: str) -> tuple[Rule, ...]:
    """What the country's editions of a provision say of a vote, whatever their days."""
    return tuple([each for each in law.provision(provision).editions if isinstance(each, Rule)])


def excluded(body: str, ground: Ground) -> RuledOut:
    """A forum that does not decide, and why."""
    return RuledOut(body=body, ground=ground)


DELEGATED: Final = ("delegated_by", "delegated_until")
"""What decides between an assembly and its representatives."""

Row: TypeAlias = tuple[str, str, str, tuple[str, ...], Placing]
"""A category: its name, what it is in both languages, the facts that decide, and the function that places it."""


def categories(*rows: Row) -> dict[str, Category]:
    """Categories by their names."""
    return {id_: Category(title=Text(zh, en), facts=facts, place=place) for id_, zh, en, facts, place in rows}


def consulted(*, village: bool) -> Placing:
    """A consultation, which prepares a decision and replaces none.

    Args:
        village: whether it is held in a village, and not in a city community.
    """
    provision = "villages.consultation" if village else "residents.consultation"
    settings = {"village": True} if village else {}

    def place(asked: Asked) -> Placed:
        may = asked.ground(
            provision,
            "涉及切身利益的公共事务应当组织协商，可以采取听证会等形式；协商确定的及时落实，需要决定的提交会议",
            "what concerns people closely is consulted, in a hearing or otherwise; what is agreed is carried out, and what "
            "needs a decision goes to the assembly",
        )
        decides = asked.ground(provision, "协商不代替决定", "a consultation does not replace a decision", None)
        body = "villagers_assembly" if village else "residents_assembly"
        return Placed(
            forum=decided_in("hearing", by="hearings.hearing", region=asked.region, **settings),
            why=(may, *asked.local("hearing.effect")),
            out=(excluded(body, decides),),
        )

    return place
