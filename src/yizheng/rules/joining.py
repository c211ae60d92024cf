"""What several rules ask together: every condition of each, said once."""

from __future__ import annotations

from collections.abc import Iterable

from yizheng.errors import InvalidValue
from yizheng.rules.algebra import AllOf, Condition

__all__ = ["both", "one_electorate", "shared"]


def both(conditions: Iterable[Condition | None]) -> Condition | None:
    """The condition that all of them hold, each part said once; ``None`` where nothing is asked."""
    parts = dict[Condition, None]()
    for condition in conditions:
        if condition is not None:
            parts |= dict.fromkeys(condition.parts if isinstance(condition, AllOf) else (condition,))
    return AllOf(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def one_electorate(electorates: Iterable[str | None]) -> str | None:
    """Whom rules count together; ``None`` where none of them says.

    Raises:
        InvalidValue: when they count different ones, which are never mixed.
    """
    named = sorted({electorate for electorate in electorates if electorate is not None})
    if len(named) > 1:
        raise InvalidValue(
            f"the rules count {' and '.join(named)}, which are never mixed; hold a vote of each, by its own rule"
        )
    return named[0] if named else None


def shared(holders: Iterable[str | None]) -> str | None:
    """Who has the casting vote by all of several rules; ``None`` where they do not give it to the same."""
    named = set(holders)
    return named.pop() if len(named) == 1 else None
