"""The wording of titles as data: what says the same, what says nothing, and what tells two titles apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

import attrs

from yizheng.batch.rewriting import Rewriting, alternation
from yizheng.errors import InvalidValue, shown
from yizheng.values.doors import all_of, one
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name
from yizheng.values.scalars import flag

__all__ = ["Wording"]

_NEVER: Final = r"(?!)"


def _phrases(values: Iterable[str]) -> frozenset[str]:
    return frozenset(name(value, "a phrase") for value in all_of(str, values, "phrases"))


def _synonyms(values: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap(
        {
            variant: name(standard, f"the standard form of {variant}")
            for variant, standard in keyed(values, "synonyms").items()
        }
    )


def _telling(values: str) -> str:
    return "".join(sorted(set(one(str, values, "the telling characters"))))


@attrs.frozen(kw_only=True)
class Wording:
    """What is made of the words of a title before two titles are compared.

    Attributes:
        synonyms: for each variant the standard form, such as ``{"修缮": "维修"}``. Single characters are exchanged first,
            then the longest variants. A standard form stays as it is.
        openings: what says nothing at the beginning of a title, such as ``关于``.
        closings: what says nothing at its end, such as ``的请示``.
        fillers: what says nothing anywhere, such as ``进行``.
        telling: single characters that no slip of the pen explains: titles that differ in one of these, such as 东 and 西,
            or 不 in one of them alone, are not alike. Digits and letters always tell titles apart.
        numbers: whether numbers tell titles apart. If not, a day and the number of a building, a stairway or a room say
            nothing, and any other number says only that there is one: so the same trouble in several buildings is alike.
    """

    synonyms: FrozenMap[str, str] = attrs.field(default=FrozenMap[str, str](), converter=_synonyms)
    openings: frozenset[str] = attrs.field(default=frozenset[str](), converter=_phrases)
    closings: frozenset[str] = attrs.field(default=frozenset[str](), converter=_phrases)
    fillers: frozenset[str] = attrs.field(default=frozenset[str](), converter=_phrases)
    telling: str = attrs.field(default="", converter=_telling)
    numbers: bool = attrs.field(default=True, converter=flag)

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())

    def _faults(self) -> Iterator[str]:
        for variant, standard in self.synonyms.items():
            if (settled := self.key(standard)) != standard:
                yield f"the standard form {shown(standard)} of {shown(variant)} becomes {shown(settled)} itself; write that"

    def key(self, title: str) -> str:
        """The canonical key of a title: what is the same for every way of writing it that the wording knows.

        The key of a key is the key itself.

        Raises:
            InvalidType: when the title is no string.
            InvalidValue: when a title is not settled after 64 passes, since synonyms chase one another.
        """
        return self.keys([title])[0]

    def keys(self, titles: Iterable[str]) -> list[str]:
        """The canonical keys of several titles, in their order.

        Raises:
            InvalidType: when one of them is no string.
            InvalidValue: when a title is not settled after 64 passes, since synonyms chase one another.
        """
        return self._rewriting.keys(all_of(str, titles, "titles"))

    def signs(self, key: str) -> str:
        """What no slip explains in a key: its numbers, letters and telling characters, in their order.

        Raises:
            InvalidType: when the key is no string.
        """
        return "|".join(self._signs.findall(one(str, key, "a key")))

    def words(self, key: str) -> list[tuple[int, int, frozenset[str]]]:
        """Where in a key a standard form stands that has synonyms: from where, to where, and what is written for it.

        Raises:
            InvalidType: when the key is no string.
        """
        found, synonyms = self._standards
        return [(each.start(), each.end(), synonyms[each[0]]) for each in found.finditer(one(str, key, "a key"))]

    @cached_property
    def _rewriting(self) -> Rewriting:
        return Rewriting(
            openings=self.openings,
            closings=self.closings,
            fillers=self.fillers,
            synonyms=self.synonyms,
            numbers=self.numbers,
        )

    @cached_property
    def _standards(self) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
        """What finds the standard forms, and what is written for each."""
        table, synonyms = self._rewriting.table, dict[str, set[str]]()
        for variant, standard in self.synonyms.items():
            synonyms.setdefault(standard, set()).add(variant.translate(table))
        pattern = alternation({standard: [""] for standard in synonyms}) if synonyms else _NEVER
        return re.compile(pattern), {word: frozenset(held) for word, held in synonyms.items()}

    @cached_property
    def _signs(self) -> re.Pattern[str]:
        single = f"|[{re.escape(self.telling)}]" if self.telling else ""
        return re.compile(rf"[0-9]+(?:\.[0-9]+)?|[A-Z]+{single}")
