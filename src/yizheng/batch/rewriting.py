"""Rewriting titles: one table for single characters, and one alternation for all that is longer, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, final

from yizheng.batch.numerals import NUMBERS, NUMERALS, PREPARED, in_one_form, without_numbers
from yizheng.errors import InvalidValue, shown

__all__ = ["Rewriting", "alternation"]

_WIDE: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_LARGE: Final = {chr(code): chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
_APART: Final = " \t\n\u00a0\u3000\"'“”‘’《》〈〉「」『』()【】[]{}<>!?。:;、…·_*"
_JOINTS: Final = {**dict.fromkeys(_APART, ","), **dict.fromkeys("~～—–―−/", "-")}
_JOINT: Final = rf"[,.\-](?:[,.\-]+|(?<![{NUMERALS}].)|(?![{NUMERALS}]))"
"""A sign that joins no two numbers, or several signs in a row."""

_ANYWHERE, _FIRST, _LAST = "", r"(?<![\s\S]@)", r"\Z"
_PASSES: Final = 64


@final
class Rewriting:
    """What exchanges the words of titles.

    Args:
        openings: what goes at the beginning.
        closings: what goes at the end.
        fillers: what goes anywhere.
        synonyms: for each variant the standard form.
        numbers: whether numbers stay, in their one form.

    Raises:
        InvalidValue: when a phrase is to become two different things.
    """

    __slots__ = ("_fixed", "_guards", "_pattern", "_read", "table")

    def __init__(
        self,
        *,
        openings: Iterable[str],
        closings: Iterable[str],
        fillers: Iterable[str],
        synonyms: Mapping[str, str],
        numbers: bool,
    ) -> None:
        single = {**_JOINTS, **_LARGE, **PREPARED, **{phrase: "" for phrase in fillers if len(phrase) == 1}}
        single |= {variant: standard for variant, standard in synonyms.items() if len(variant) == 1}
        wide = {character: single.get(narrow, narrow) for character, narrow in _WIDE.items()}
        self.table = {ord(character): instead for character, instead in (wide | single).items()}
        self._fixed: dict[str, str] = {}
        self._guards: dict[str, set[str]] = {}
        for phrases, guard in ((openings, _FIRST), (closings, _LAST), (fillers, _ANYWHERE)):
            for phrase in phrases:
                self._put(phrase, "", guard)
        for variant, standard in synonyms.items():
            self._put(variant, standard, _ANYWHERE)
        for standard in set(synonyms.values()) - synonyms.keys():
            if any(variant in standard for variant in synonyms):  # it is found whole, before the variant within it
                self._put(standard, standard, _ANYWHERE)
        self._pattern = self._compiled()
        self._read: Callable[[str], str] = in_one_form if numbers else without_numbers

    def _put(self, phrase: str, instead: str, guard: str) -> None:
        written = phrase.translate(self.table)
        if self._fixed.get(written, instead) != instead:
            raise InvalidValue(f"{shown(phrase)} is to become two different things; write it once")
        if written:
            self._guards.setdefault(written, set()).add(guard.replace("@", re.escape(written)))
            self._fixed[written] = instead

    def _compiled(self) -> re.Pattern[str]:
        # Most characters begin nothing that is looked for; one look at them is cheaper than a hundred branches.
        begins = re.escape("".join(sorted({phrase[0] for phrase in self._guards})))
        numbers = f"(?=[{NUMERALS}])(?:{NUMBERS})"
        phrases = [alternation(self._guards)] if self._guards else []
        return re.compile(rf"(?=[{begins}{NUMERALS},.\-])(?:{'|'.join([*phrases, numbers, _JOINT])})")

    def keys(self, titles: Iterable[str]) -> list[str]:
        """What is left of each title when another pass changes nothing more.

        Raises:
            InvalidValue: when a title is not settled after 64 passes, since synonyms chase one another.
        """
        known: dict[str, str] = {}
        settled: dict[str, str] = {}
        found: list[str] = []
        for title in titles:
            first = self._once(title, known)
            key = settled.get(first)
            if key is None:
                key = settled[first] = self._settled(first, known)
            found.append(key)
        return found

    def _once(self, title: str, known: dict[str, str]) -> str:
        """The title with everything exchanged that is found in one pass; what is known already is looked up."""

        def instead(found: re.Match[str]) -> str:
            words = found[0]
            taken = known.get(words)
            if taken is None:
                taken = known[words] = self._instead(words)
            return taken

        return self._pattern.sub(instead, title.translate(self.table))

    def _settled(self, key: str, known: dict[str, str]) -> str:
        """What stood apart may have come together in the last pass, so that there is another one."""
        for _ in range(_PASSES):
            before, key = key, self._once(key, known)
            if key == before:
                return key
        raise InvalidValue(
            f"the title {shown(key)} is not settled after {_PASSES} passes; let no synonym lead to what is a synonym with "
            "what stands beside it, or write the title without so many repetitions"
        )

    def _instead(self, words: str) -> str:
        """What becomes of words: of several signs in a row one stays for the next pass, and one that joins nothing goes."""
        if words in self._fixed:
            return self._fixed[words]
        if words[0] in ",.-":
            return words[0] if len(words) > 1 else ""
        return self._read(words)


def alternation(guards: Mapping[str, Iterable[str]]) -> str:
    """Phrases as a regular expression that takes the longest, by their characters one after another.

    Args:
        guards: for each phrase the expressions of which one must hold after it; an empty one always does.
    """
    root: dict[str, Any] = {}
    for phrase, around in guards.items():
        node = root
        for character in phrase:
            node = node.setdefault(character, {})
        node[""] = f"(?:{'|'.join(sorted(around))})"  # an empty one comes first, and always holds
    return _branches(root)


def _branches(node: Mapping[str, Any]) -> str:
    further = [re.escape(character) + _branches(rest) for character, rest in sorted(node.items()) if character]
    if "" in node:
        further.append(node[""])
    return f"(?:{'|'.join(further)})"
