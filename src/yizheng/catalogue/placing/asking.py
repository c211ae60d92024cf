"""What is asked about a matter, and what a placing answers: shared by all that place matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeAlias

import attrs

from yizheng.catalogue import law
from yizheng.catalogue.forums import Forum, Ground, Need, RuledOut
from yizheng.catalogue.law import Region
from yizheng.catalogue.law.provisions import cited
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.rules import Rule
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
        "delegated": Text(
            "会议是否已授权代表会议决定本事项（真或假；写明 delegated_by 或 mandate 的，视为已授权）",
            "whether the assembly delegated the matter to its representatives (true or false; stated delegated_by or "
            "mandate says so too)",
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

_IN_WORDS: Final = frozenset({"emergency"})
"""The facts that may be stated in words."""

_DENYING: Final = ("不", "否", "无", "未", "没", "非", "假")
_DENIALS: Final = frozenset({"no", "none", "not", "false", "never", "nothing", "n", "n/a", "na", "nil", "without", "0"})


def _denies(words: str) -> bool:
    """Whether words read like a denial, rightly or not: whoever means something else can say it without."""
    plain = words.strip().casefold()
    first = plain.split(maxsplit=1)[0].strip(".,;:!-—，。；：！") if plain else ""
    return not plain or plain.startswith(_DENYING) or first in _DENIALS


_SAYS_SO: Final = {"delegated": ("delegated_by", "mandate")}


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
        stated: Any = self.matter.facts.get(fact)
        if isinstance(stated, bool):
            return stated
        if stated is not None and stated != "":
            return self._says(fact, in_words=fact in _IN_WORDS)
        if any(self._says(other, in_words=True) for other in _SAYS_SO.get(fact, ()) if other in self.matter.facts):
            return True
        raise Lacking(Need(fact=fact, meaning=FACTS[fact], ground=ground))

    def _says(self, fact: str, *, in_words: bool) -> bool:
        """Whether words that are stated for a fact say that it holds; what they may mean is never guessed."""
        stated: Any = self.matter.facts[fact]
        if stated is None or stated is False:
            return False
        if in_words and isinstance(stated, str) and not _denies(stated):
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


DELEGATED: Final = ("delegated",)
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
            forum=decided_in("hearing", by="hearings.hearing", region=asked.region),
            why=(may, *asked.local("hearing.effect")),
            out=(excluded(body, decides),),
        )

    return place
