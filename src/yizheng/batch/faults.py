"""What is wrong where a function of the caller's cannot read a matter: on which one, and what to add."""

from __future__ import annotations

from typing import Final

from yizheng.errors import YizhengError, shown
from yizheng.matter import Matter

__all__ = ["READING", "told"]

READING: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a function raises that asks a matter for what it does not have; anything else is a fault of the function itself."""


def told(matter: Matter, error: Exception, what: str) -> str:
    """Such an error in words.

    Args:
        matter: on which it came up.
        error: what was raised.
        what: what asked, such as ``by``.
    """
    where = f"matter {shown(matter.id)}"
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        stated = ", ".join(sorted(matter.facts)) or "none"
        return f"{where} does not state {shown(error.args[0])}, which {what} asks for; it states {stated[:400]}: add the fact"
    if isinstance(error, YizhengError):
        return f"{where}: {what}: {error}"
    return f"{where}: {what} fails with {type(error).__name__}; let it answer for every matter"
