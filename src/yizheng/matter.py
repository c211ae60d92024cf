"""Matters: what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from yizheng.errors import InvalidType, InvalidValue, kind_of
from yizheng.text import Text, as_text
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed, name, names, prose
from yizheng.values.plain import Plain, plain

__all__ = ["Matter"]


def _facts(facts: Mapping[str, object]) -> FrozenMap[str, Plain]:
    taken = plain(facts)
    if not isinstance(taken, FrozenMap):
        raise InvalidType(f'facts are a mapping such as {{"budget": "1200000.00"}}, not {kind_of(facts)}')
    return taken


def _private(values: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({field: prose(value, field) for field, value in keyed(values, "private fields").items()})


@attrs.frozen
class Matter:
    """What is to be decided.

    Attributes:
        id: unique in the office, such as ``"2026-007"``.
        title: what it is about, in both languages or in one.
        category: the kind of matter, by which it is bound to a procedure and grouped into batches.
        facts: what the decision rests on, as plain data; exact numbers are strings (``{"budget": "1200000.00"}``).
        origin: where the matter came from (动议事由), such as a suggestion of the residents. Private where the procedure is
            confidential; the title and the facts are public there too.
        comes_from: the ids of the matters that it came from, such as the works that a dispute is about, or the disputes
            that made it a matter.
        private: what the public is not shown, such as a telephone number. The record holds it under salted digests.
    """

    id: str = attrs.field(converter=name)
    title: Text = attrs.field(converter=as_text, kw_only=True)
    category: str = attrs.field(converter=name, kw_only=True)
    facts: FrozenMap[str, Plain] = attrs.field(default=FrozenMap[str, Plain](), converter=_facts, kw_only=True)
    origin: Text | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_text),
        kw_only=True,
        repr=False,
        metadata={"words": True},
    )
    comes_from: frozenset[str] = attrs.field(default=frozenset[str](), converter=names, kw_only=True)
    private: FrozenMap[str, str] = attrs.field(
        default=FrozenMap[str, str](), converter=_private, kw_only=True, repr=False, metadata={"private": True}
    )

    def __attrs_post_init__(self) -> None:
        if self.id in self.comes_from:
            raise InvalidValue(f"matter {self.id} would come from itself; comes_from= names other matters")
