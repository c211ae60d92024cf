"""Mandates as they are handed in, with what they say of how to vote: that is private, and binds whoever uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yizheng.errors import InvalidValue
from yizheng.people import Proxy
from yizheng.rules import Choice
from yizheng.values.doors import all_of, one_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import keyed

__all__ = ["as_mandates", "as_marks", "check_marks"]


def as_mandates(values: Iterable[Proxy]) -> tuple[Proxy, ...]:
    """Mandates, in the order in which they are given."""
    return all_of(Proxy, values, "proxies")


def as_marks(values: Mapping[str, Choice | str] | None) -> FrozenMap[str, Choice] | None:
    """What each principal wrote; nothing where no mandate says how to vote."""
    if values is None:
        return None
    marks = {member: one_of(Choice, choice) for member, choice in keyed(values, "marks").items()}
    return FrozenMap(marks) if marks else None


def check_marks(marks: Mapping[str, Choice] | None, proxies: Sequence[Proxy]) -> None:
    """See that marks belong to mandates.

    Raises:
        InvalidValue: when somebody is said to have written how to vote who gave no mandate here.
    """
    if strangers := sorted((marks or {}).keys() - {proxy.principal for proxy in proxies}):
        raise InvalidValue(
            f"marks are given for {', '.join(strangers)}, of whom there is no mandate; give it in proxies="
        )
